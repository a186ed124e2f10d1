#!/usr/bin/env bash
# Makes the generated part of all five clients from openapi/openapi.json; the rest of each is written by hand.
# What the tools make is cut down to what a client needs, by the templates in sdk/generator.
#
# usage: sdk/generate.sh [--check]     --check changes nothing, and fails if anything would change
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credits

fail() { echo "sdk: $*" >&2; exit 1; }
needs() { command -v "$1" >/dev/null || fail "$1 is not installed: please install $2"; }

PATH=$PATH:/usr/local/go/bin
needs go "Go (https://go.dev/dl)"
needs java "a JDK, 17 or later, and Maven"
needs rustfmt "Rust with rustfmt (https://rustup.rs)"
needs npm "Node.js 20.19 or later (https://nodejs.org)"
needs python3 "Python 3.11 or later"

node=$root/node_modules/.bin
[ -x "$node/openapi-typescript" ] || (cd "$root" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

tools=$cache/sdk-generators
if ! cmp -s generator/requirements.txt "$tools/installed.txt"; then
    python3 -m venv --clear "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement generator/requirements.txt
    cp generator/requirements.txt "$tools/installed.txt"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/credits-sdk.XXXXXX")
trap 'rm -rf "$work"' EXIT
document=$root/openapi/openapi.json
prepared=$work/document.json
python3 generator/prepare.py "$document" >"$prepared"

quietly() { # COMMAND...: what a tool says is of interest when it fails
    "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "$1 failed"; }
}

openapi_generator() { # LANGUAGE
    local jar
    jar=$(echo "$tools"/lib/python3*/site-packages/openapi_generator_cli/openapi-generator.jar)
    (cd generator && quietly java -jar "$jar" generate -c "$1.yaml" -i "$prepared" -o "$work/$1")
}

# Each of these leaves in $work/out/LANGUAGE what belongs into sdk/LANGUAGE.

make_typescript() {
    local out=$work/out/typescript/src
    mkdir -p "$out"
    quietly "$node/openapi-typescript" "$document" --root-types --root-types-no-schema-prefix \
        --default-non-nullable=false --output "$out/schema.ts"
    "$tools/bin/python" generator/render.py "$prepared" generator/typescript/operations.ts.jinja >"$out/operations.ts"
    quietly "$node/prettier" --print-width 120 --write "$out/operations.ts"
}

make_python() {
    local out=$work/out/python/credits_client
    mkdir -p "$out"
    quietly "$tools/bin/openapi-python-client" generate --path "$prepared" --config generator/python.yaml \
        --custom-template-path=generator/python --meta none --output-path "$work/python"
    { cat generator/python/models_head.py; find "$work/python/models" -name '[!_]*.py' -print0 | sort -z | xargs -0 cat; } \
        >"$out/models.py"
    cp "$work/python/api/operations/__init__.py" "$out/operations.py"
    quietly "$tools/bin/ruff" format --line-length 120 "$out"
}

make_go() {
    local out=$work/out/go
    mkdir -p "$out"
    openapi_generator go
    cp "$work"/go/{models,operations}.go "$out"
    gofmt -w "$out"
}

make_java() {
    local out=$work/out/java/src/main/java/credits/client
    mkdir -p "$out"
    openapi_generator java
    cp -r "$work/java/src/main/java/credits/client/model" "$out/model"
    rm "$out/model/AbstractOpenApiSchema.java" # for unions; there are none
    cp "$work/java/Operations.java" "$out"
}

make_rust() {
    local out=$work/out/rust/src
    mkdir -p "$out"
    openapi_generator rust
    sed -E 's/\bmodels::([A-Z])/\1/g; s/std::collections::HashMap</HashMap</g' "$work/rust/src/models.rs" >"$out/models.rs"
    sed -E 's/\bmodels::([A-Z])/\1/g' "$work/rust/src/operations.rs" >"$out/operations.rs"
    rustfmt --edition 2024 --config-path rust/rustfmt.toml "$out"/{models,operations}.rs
}

make_typescript
make_python
make_go
make_java
make_rust

if [ "${1:-}" = --check ]; then
    changed=no
    while IFS= read -r -d '' file; do
        diff -u "${file#"$work/out/"}" "$file" || changed=yes
    done < <(find "$work/out" -type f -print0)
    # A model that the document has no more.
    diff <(ls "$work/out/java/src/main/java/credits/client/model") <(ls java/src/main/java/credits/client/model) || changed=yes
    [ "$changed" = no ] || fail "the clients are not what openapi/openapi.json makes: run sdk/generate.sh"
    exit
fi
rm -f java/src/main/java/credits/client/model/*.java
cp -r "$work/out/." .
