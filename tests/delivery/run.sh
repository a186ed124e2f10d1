#!/usr/bin/env bash
# What leaves the service, as others receive it: mails by a real SMTP server, webhooks by Standard Webhooks' own
# verifiers for Python and JavaScript. With MAILS=FOLDER every mail is kept there, as it came.
#
# usage: scripts/with-postgres.sh tests/delivery/run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credits

venv=$cache/venv-delivery
stamp=$venv/requirements.installed
if ! cmp -s "$here/requirements.txt" "$stamp"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$stamp"
fi

"$root/scripts/tools.sh" node >/dev/null # Node.js itself
NODE_TOOLS=$cache/node-delivery
if ! cmp -s "$here/package-lock.json" "$NODE_TOOLS/installed.json"; then
    rm -rf "$NODE_TOOLS"
    mkdir -p "$NODE_TOOLS"
    cp "$here/package.json" "$here/package-lock.json" "$NODE_TOOLS"
    (cd "$NODE_TOOLS" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$here/package-lock.json" "$NODE_TOOLS/installed.json"
fi
export NODE_TOOLS

cd "$root"
[ -n "${TESTS_HAVE_BUILT:-}" ] || cargo build --quiet --bin credits ${CI:+--locked}
CREDITS_PROGRAM=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/credits
export CREDITS_PROGRAM

cd "$here"
# Nothing here leaves the machine, and a proxy from the environment must not come between.
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 PYTHONDONTWRITEBYTECODE=1
# Most of it is waiting: both engines at once.
env --unset TEST_POSTGRES_URL "$venv/bin/python" -m unittest discover --verbose &
sqlite=$!
code=0
TEST_POSTGRES_URL=${TEST_POSTGRES_URL:?run me under scripts/with-postgres.sh} MAILS='' \
    "$venv/bin/python" -m unittest discover --verbose || code=$?
wait "$sqlite" || code=$?
exit "$code"
