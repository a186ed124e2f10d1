#!/usr/bin/env bash
# Runs a command against a `credits` server of its own: sandbox mode, free ports, a data folder that is deleted
# afterwards. The command's exit code becomes ours, unless the server misbehaved: it must be ready within 10 s, end
# by itself within 10 s of SIGTERM with code 0, have logged no panic, and leave a ledger that `credits verify` accepts.
#
# The command finds API_URL, SANDBOX_URL, METRICS_URL, and three bearer tokens: USER_TOKEN (reads and buys),
# SERVICE_TOKEN (consumes for any account) and ADMIN_TOKEN. What the program itself needs to be run beside the server
# is in SERVER_PROGRAM, SERVER_PID, SERVER_DATA_DIR and SERVER_DATABASE_URL (empty for SQLite).
#
# usage: scripts/with-server.sh [--postgres] [--release] [--unverified] COMMAND [ARGUMENT...]
#   --postgres     keep the ledger in TEST_POSTGRES_URL (see with-postgres.sh) and not in an embedded SQLite
#   --release      as it is built for production, not for development
#   --unverified   the ledger was filled by other hands and has no chain of hashes: do not verify it
# shellcheck disable=SC2329 # functions that are handed to trap and to within_ten_seconds by name
set -euo pipefail

# Nothing of the caller's own configuration may leak in.
for name in "${!CREDITS_@}"; do unset "$name"; done

database_url=
profile=debug
verified=yes
while :; do
    case ${1:-} in
        --postgres) database_url=${TEST_POSTGRES_URL:?run me under scripts/with-postgres.sh} ;;
        --release) profile=release ;;
        --unverified) verified=no ;;
        *) break ;;
    esac
    shift
done
[ $# -gt 0 ] || { echo "usage: $0 [--postgres] [--release] [--unverified] COMMAND [ARGUMENT...]" >&2; exit 2; }

root=$(cd "$(dirname "$0")/.." && pwd)
build=(cargo build --quiet --bin credits ${CI:+--locked})
[ "$profile" = debug ] || build+=(--release)
# What `cargo test` has just built need not be built again for want of the tests' dependencies.
[ "$profile" = debug ] && [ -n "${TESTS_HAVE_BUILT:-}" ] || (cd "$root" && "${build[@]}")
binary=$(cd "$root" && realpath "${CARGO_TARGET_DIR:-target}")/$profile/credits

home=$(mktemp -d "${TMPDIR:-/tmp}/credits-server.XXXXXX")
log=$home/log
settings=(CREDITS_MODE=sandbox CREDITS_DATA_DIR="$home/data" CREDITS_LISTEN=127.0.0.1:0
    CREDITS_SANDBOX_LISTEN=127.0.0.1:0 CREDITS_METRICS_LISTEN=127.0.0.1:0)
[ -z "$database_url" ] || settings+=(CREDITS_DATABASE_URL="$database_url")
server=
group=

clean_up() {
    [ -z "$group" ] || kill -TERM -- "-$group" 2>/dev/null || true
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
    echo "with-server: $*; the end of its log:" >&2
    tail -n 40 "$log" >&2
    exit 1
}

# Tries a command every tenth of a second, for at most ten seconds, as long as the server lives.
within_ten_seconds() {
    for _ in $(seq 100); do
        "$@" && return
        kill -0 "$server" 2>/dev/null || { "$@"; return; }
        sleep 0.1
    done
    return 1
}

url_of() { # LISTENER
    grep '"message":"listening"' "$log" | grep "\"name\":\"$1\"" | sed -n 's/.*"url":"\([^"]*\)".*/\1/p' | head -n 1
}
all_listening() { [ -n "$(url_of api)" ] && [ -n "$(url_of sandbox)" ] && [ -n "$(url_of metrics)" ]; }
credits() { env "${settings[@]}" "$binary" "$@"; }
healthy() { env CREDITS_LISTEN="${API_URL#http://}" "$binary" health >/dev/null 2>&1; }
token() { credits token --account "$1" --scope "$2" --ttl 1h; }

env "${settings[@]}" "$binary" serve >"$log" 2>&1 &
server=$!
within_ten_seconds all_listening || fail "the server named no address"
API_URL=$(url_of api) SANDBOX_URL=$(url_of sandbox) METRICS_URL=$(url_of metrics)
export API_URL SANDBOX_URL METRICS_URL
within_ten_seconds healthy || fail "the server did not become ready"

USER_TOKEN=$(token schema-user "credits:read credits:purchase")
SERVICE_TOKEN=$(token schema-service "credits:read credits:consume")
ADMIN_TOKEN=$(token schema-admin "credits:read credits:admin")
export USER_TOKEN SERVICE_TOKEN ADMIN_TOKEN
export SERVER_PROGRAM=$binary SERVER_PID=$server SERVER_DATA_DIR=$home/data SERVER_DATABASE_URL=$database_url

# Process groups: see with-postgres.sh.
code=0
if [ -t 0 ]; then
    "$@" || code=$?
else
    set -m
    "$@" &
    group=$!
    wait "$group" || code=$?
    set +m
    group=
fi

stopped() { ! kill -0 "$server" 2>/dev/null; }
kill -TERM "$server" 2>/dev/null || fail "the server ended before it was told to"
within_ten_seconds stopped || fail "the server was still there 10 s after SIGTERM"
server_code=0
wait "$server" || server_code=$?
server=
[ "$server_code" -eq 0 ] || fail "the server ended with code $server_code"
! grep -q 'panicked at' "$log" || fail "the server panicked: $(grep 'panicked at' "$log" | head -n 1)"
[ "$verified" = no ] || credits verify >>"$log" 2>&1 || fail "the ledger does not verify"
[ "$code" -eq 0 ] || grep '"level":"ERROR"' "$log" | tail -n 20 >&2 || true
exit "$code"
