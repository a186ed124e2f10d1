#!/usr/bin/env bash
# What software agents find here: the official client of the Model Context Protocol calls every tool and buys, the
# capability manifest is what its specification says, and every link for language models leads somewhere.
#
# usage: scripts/with-server.sh tests/agents/run.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credits
: "${API_URL:?run me under scripts/with-server.sh}"

venv=$cache/venv-agents
stamp=$venv/requirements.installed
if ! cmp -s "$here/requirements.txt" "$stamp"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$stamp"
fi

cd "$here"
# Nothing here leaves the machine, and a proxy from the environment must not come between.
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" -m unittest discover --verbose
