#!/usr/bin/env bash
# Runs a command beside a stripe-mock of its own, and ends it afterwards. The command finds it in
# TEST_STRIPE_MOCK_URL; its exit code becomes ours.
#
# usage: scripts/with-stripe-mock.sh COMMAND [ARGUMENT...]
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }

bin=$("$(dirname "$0")/tools.sh" stripe-mock)
log=$(mktemp "${TMPDIR:-/tmp}/credits-stripe-mock.XXXXXX")
mock=
trap '[ -z "$mock" ] || kill "$mock" 2>/dev/null || true; rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Port 0: it takes a free one, and says which.
"$bin/stripe-mock" -http-addr 127.0.0.1:0 >"$log" 2>&1 &
mock=$!
port_said() { sed -n 's/^Listening for HTTP at address: .*:\([0-9]*\)$/\1/p' "$log"; }
for _ in $(seq 100); do
    [ -z "$(port_said)" ] || break
    kill -0 "$mock" 2>/dev/null || break
    sleep 0.1
done
port=$(port_said)
[ -n "$port" ] || { echo "with-stripe-mock: it did not start" >&2; cat "$log" >&2; exit 1; }

TEST_STRIPE_MOCK_URL="http://127.0.0.1:$port" "$@"
