#!/bin/sh
# The wheel stage, the only one with a network: every part of a lock file, each checked by its hash.
#   download.sh LOCK BUILD_LOCK WHEELS
set -eu
lock=$1 build_lock=$2 wheels=$3
python3 -m pip download --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes \
  --dest "$wheels" --requirement "$lock"
python3 -m pip download --quiet --disable-pip-version-check --only-binary :all: --no-deps --require-hashes \
  --dest "$wheels/build" --requirement "$build_lock"
