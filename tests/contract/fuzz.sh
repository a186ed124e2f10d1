#!/usr/bin/env bash
# Holds a running server against its own OpenAPI document, as a user, as a service and as an administrator.
# Run it under scripts/with-server.sh, which says where the server is and hands out the tokens.
#
# usage: scripts/with-server.sh tests/contract/fuzz.sh [--brief]
#   --brief   fewer cases: for a second database engine, whose difference is behind the API and not in it
set -euo pipefail
: "${API_URL:?run me under scripts/with-server.sh}"
cd "$(dirname "$0")"
bin=$(../../scripts/tools.sh python)
reports=$(mktemp -d "${TMPDIR:-/tmp}/credits-contract.XXXXXX")
trap 'rm -rf "$reports"' EXIT

options=()
[ "${1:-}" != --brief ] || options=(--phases "examples,fuzzing" --max-examples 5)

# A run takes well under a minute; three minutes mean that something hangs.
fuzz_as() { # NAME TOKEN
    echo "== schemathesis as $1"
    API_TOKEN=$2 SCHEMATHESIS_HOOKS=hooks PYTHONPATH=. PYTHONDONTWRITEBYTECODE=1 \
        HYPOTHESIS_STORAGE_DIRECTORY="$reports/hypothesis" \
        timeout 180 "$bin/schemathesis" --config-file schemathesis.toml run "$API_URL/openapi.json" "${options[@]}" \
        --report json,ndjson --report-json-path "$reports/run.json" --report-ndjson-path "$reports/run.ndjson" ||
        { echo "fuzz: the run as $1 failed (code $?; 124 is the time limit)" >&2; exit 1; }
    "$bin/python" reached.py "$1" "$reports"
}

fuzz_as user "$USER_TOKEN"
fuzz_as service "$SERVICE_TOKEN"
fuzz_as administrator "$ADMIN_TOKEN"
