#!/usr/bin/env bash
# The page in a browser, against the real server and its Stripe sandbox: the journeys, the screens, what they weigh.
# One file at a time: some have the sandbox misbehave for everybody.
#
# usage: scripts/with-server.sh [--postgres] tests/browser/run.sh [--brief | FILE...]
#   --brief   the journeys without what no server can change (accessibility, faults of the network, weight): for a
#             second database engine
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

curl -fsS "${API_URL:?run me under scripts/with-server.sh}/" | grep -q '<script' ||
    { echo "$0: the server has no page: build it with 'make page'" >&2; exit 1; }
CHROMIUM=$("$here/../../scripts/tools.sh" chromium)/chromium
export CHROMIUM

cd "$here"
case ${1:-} in
    --brief) set -- ./{journey,buying,webhooks,live,screens}.test.mjs ;;
    '') set -- ./*.test.mjs ;;
esac
exec node --test --test-concurrency=1 --test-reporter=spec "$@"
