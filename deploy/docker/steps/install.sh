#!/bin/sh
# The environment that runs, from the wheel stage's files alone: no network, no package beside the lock file.
#   install.sh WHEELS LOCK TARGET [PARTS]
# With PARTS, a folder of installed packages, these stand in for the lock file's; that is for trying the steps, not for images.
set -eu
wheels=$1 lock=$2 target=$3 parts=${4:-}
python3 -m venv --without-pip "$target"
pip() { python3 -m pip --python "$target/bin/python" "$@"; }
if [ -n "$parts" ]; then
  printf '%s\n' "$parts" >"$("$target/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/parts.pth"
else
  pip install --quiet --disable-pip-version-check --no-index --find-links "$wheels" --no-deps --require-hashes \
    --no-compile --requirement "$lock"
fi
pip install --quiet --disable-pip-version-check --no-index --no-deps --no-compile "$wheels"/tradewind_client-*.whl "$wheels"/tradewind-*.whl
# A read-only root has no place for bytecode: it is made here. Templates of packages that are no Python stay as they are.
"$target/bin/python" -m compileall -q -j 0 "$target/lib" || true
"$target/bin/tradewind" version
