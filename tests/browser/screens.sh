#!/usr/bin/env bash
# Takes the pictures in docs/screens: two months in the life of an account, told to a server whose clock is moved from
# day to day, and then every screen of the page, light, dark and on a phone. To be run by hand, once the page is built;
# needs Debian's faketime and pngquant.
#
# usage: tests/browser/screens.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
fail() { echo "$0: $*" >&2; exit 1; }

if [ "${1:-}" = --inside ]; then
    # From here on only the server's clock is another one. Tokens last for all of the story.
    export CREDITS_DATA_DIR=$SERVER_DATA_DIR
    token() { "$SERVER_PROGRAM" token --account story --scope "$1" --ttl 2400h; }
    SERVICE_TOKEN=$(token "credits:read credits:consume")
    ADMIN_TOKEN=$(token "credits:read credits:admin")
    CHROMIUM=$("$root/scripts/tools.sh" chromium)/chromium
    export SERVICE_TOKEN ADMIN_TOKEN CHROMIUM
    unset LD_PRELOAD
    exec node "$root/tests/browser/screens.mjs"
fi

faketime=$(find /usr/lib -name libfaketime.so.1 -print -quit)
[ -n "$faketime" ] || fail "please install faketime"
command -v pngquant >/dev/null || fail "please install pngquant"

(cd "$root" && cargo build --quiet --bin credits)
clock=$(mktemp)
trap 'rm -f "$clock"' EXIT
echo -70d >"$clock"
LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$clock FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1 \
    "$root/scripts/with-server.sh" "$0" --inside
