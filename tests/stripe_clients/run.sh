#!/usr/bin/env bash
# Builds the Stripe sandbox, starts it alone on a free port and runs Stripe's official client against it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

venv=${XDG_CACHE_HOME:-$HOME/.cache}/credits/venv-stripe
stamp=$venv/requirements.installed
if ! cmp -s "$here/requirements.txt" "$stamp"; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$stamp"
fi

cd "$root"
[ -n "${TESTS_HAVE_BUILT:-}" ] || cargo build --quiet --package stripe-sandbox --example serve
serve=${CARGO_TARGET_DIR:-$root/target}/debug/examples/serve

state=$(mktemp -d)
sandbox=
stop() {
    if [ -n "$sandbox" ]; then
        kill "$sandbox" 2>/dev/null || true
        wait "$sandbox" 2>/dev/null || true
    fi
    rm -rf "$state"
}
trap stop EXIT

WEBHOOK_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export WEBHOOK_PORT
export WEBHOOK_SECRET=whsec_official_client
export SANDBOX_KEY=sk_test_official_client

"$serve" --listen 127.0.0.1:0 --state "$state" --key "$SANDBOX_KEY" \
    --webhook "http://127.0.0.1:$WEBHOOK_PORT/webhooks=$WEBHOOK_SECRET" >"$state/url" &
sandbox=$!
for _ in $(seq 100); do
    [ -s "$state/url" ] && break
    kill -0 "$sandbox" 2>/dev/null || { echo "the sandbox did not start" >&2; exit 1; }
    sleep 0.1
done
SANDBOX_URL=$(head -n 1 "$state/url")
[ -n "$SANDBOX_URL" ] || { echo "the sandbox did not say its address" >&2; exit 1; }
export SANDBOX_URL

cd "$here"
# Nothing here leaves the machine, and a proxy from the environment must not come between.
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 PYTHONDONTWRITEBYTECODE=1
"$venv/bin/python" -m unittest discover --verbose
