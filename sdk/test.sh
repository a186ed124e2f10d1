#!/usr/bin/env bash
# All five clients against a live server: that they are what the document makes, and the same steps in each language.
# Ends with a matrix, language by step. Nothing is skipped: a language that cannot be built has failed.
#
# usage: scripts/with-server.sh sdk/test.sh [LANGUAGE...]
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
: "${API_URL:?run me under scripts/with-server.sh}"
languages=(typescript python go java rust)
steps=(build grant quote hold capture debit retry history export tomorrow problem webhook)
[ $# -eq 0 ] || languages=("$@")

export PATH=$PATH:/usr/local/go/bin
# Nothing here leaves the machine, and a proxy from the environment must not come between.
export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 PYTHONDONTWRITEBYTECODE=1

echo "sdk: the generated code against openapi/openapi.json"
drift=none
./generate.sh --check || drift=found

work=$(mktemp -d "${TMPDIR:-/tmp}/credits-sdk-test.XXXXXX")
shaky=
trap '[ -z "$shaky" ] || kill "$shaky" 2>/dev/null; rm -rf "$work"' EXIT

needs() { command -v "$1" >/dev/null || { echo "sdk: $1 is not installed: please install $2" >&2; return 1; }; }

build_typescript() {
    needs npm "Node.js 20.19 or later (https://nodejs.org)" &&
    (cd typescript && ../../node_modules/.bin/tsc && ../../node_modules/.bin/prettier --check --log-level warn .)
}
run_typescript() { node typescript/dist/tests/end-to-end.js; }

python=${XDG_CACHE_HOME:-$HOME/.cache}/credits/sdk-generators/bin/python
build_python() {
    needs python3 "Python 3.11 or later" && "$(dirname "$python")/ruff" format --quiet --check python &&
        "$python" -c 'import httpx, standardwebhooks'
}
run_python() { PYTHONPATH=python "$python" python/tests/end_to_end.py; }

build_go() {
    needs go "Go (https://go.dev/dl)" && (cd go && [ -z "$(gofmt -l .)" ] && go vet ./... && go build -o "$work/end-to-end" ./endtoend)
}
run_go() { "$work/end-to-end"; }

maven=(mvn --quiet --batch-mode -Dstyle.color=never --file java/pom.xml)
build_java() { needs mvn "a JDK, 17 or later, and Maven" && "${maven[@]}" test-compile; }
run_java() { "${maven[@]}" exec:java; }

rust_target=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")/sdk
build_rust() {
    needs cargo "Rust (https://rustup.rs)" && (cd rust && cargo fmt --check && CARGO_TARGET_DIR=$rust_target \
        cargo build --quiet --locked --no-default-features --example end_to_end)
}
run_rust() { "$rust_target/debug/examples/end_to_end"; }

# Each language has an account of its own.
user_token() { # ACCOUNT
    CREDITS_MODE=sandbox CREDITS_DATA_DIR=$SERVER_DATA_DIR "$SERVER_PROGRAM" token --account "$1" \
        --scope "credits:read credits:purchase" --ttl 1h
}

python3 test/shaky.py "$API_URL" >"$work/shaky" &
shaky=$!
for _ in $(seq 100); do [ ! -s "$work/shaky" ] || break; sleep 0.1; done
SHAKY_URL=$(cat "$work/shaky")
export SHAKY_URL

declare -A cells seconds
failed=$drift
for language in "${languages[@]}"; do
    begun=$SECONDS
    log=$work/$language.log
    if ! "build_$language" >"$log" 2>&1; then
        echo "FAILED build" >>"$log"
    else
        echo "ok build" >>"$log"
        USER_TOKEN=$(user_token "sdk-$language")
        export USER_TOKEN
        eval "$(python3 test/webhook.py "$root/openapi/openapi.json")"
        "run_$language" >>"$log" 2>&1 || failed=$language
    fi
    sed -i 's/\x1b\[[0-9;]*m//g' "$log" # Maven colours its silence
    for step in "${steps[@]}"; do
        cells[$language.$step]=-
        ! grep -qx "ok $step" "$log" || cells[$language.$step]=ok
        ! grep -qE "^FAILED $step\b" "$log" || cells[$language.$step]=FAILED
        [ "${cells[$language.$step]}" = ok ] || failed=$language
    done
    seconds[$language]=$((SECONDS - begun))
    [ "$failed" = none ] || { [ "$failed" != "$language" ] || sed "s/^/$language: /" "$log" >&2; }
done

printf '\n%-12s' ""; printf '%-9s' "${steps[@]}" seconds; echo
for language in "${languages[@]}"; do
    printf '%-12s' "$language"
    for step in "${steps[@]}"; do printf '%-9s' "${cells[$language.$step]}"; done
    printf '%s\n' "${seconds[$language]}"
done
[ "$drift" = none ] || echo "the generated code is not what openapi/openapi.json makes"
[ "$failed" = none ]
