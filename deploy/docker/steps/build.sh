#!/bin/sh
# The wheels of this repository: the server and its stubs. Needs no network: the builder comes from the wheel stage too.
#   build.sh SOURCE BUILD_LOCK WHEELS
set -eu
source=$1 build_lock=$2 wheels=$3
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv --without-pip "$tools"
pip() { python3 -m pip --python "$tools/bin/python" "$@"; }
pip install --quiet --disable-pip-version-check --no-index --find-links "$wheels/build" --no-deps --require-hashes \
  --requirement "$build_lock"
pip wheel --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --wheel-dir "$wheels" \
  "$source/generated/python" "$source"
