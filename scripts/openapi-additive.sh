#!/usr/bin/env bash
# The OpenAPI document may only grow: nothing that a caller of the last release relies on may go, move or narrow.
#
# The last release is the newest tag v* that can be reached. What it promised also stands in openapi/released.json, so
# that a checkout without tags (a shallow clone, an archive) has something to compare with; where there are both they
# must agree. Before anything is released the file alone says what will be.
#
# usage: scripts/openapi-additive.sh [--record]
#   --record   write openapi/released.json from the present document, for the release that is about to be tagged
set -euo pipefail
cd "$(dirname "$0")/.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credits
version=v1.38.0
document=openapi/openapi.json
released=openapi/released.json

fail() { echo "openapi-additive: $*" >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/credits-additive.XXXXXX")
trap 'rm -rf "$work"' EXIT

oasdiff=$cache/oasdiff-$version/oasdiff
if [ ! -x "$oasdiff" ]; then
    PATH=$PATH:/usr/local/go/bin
    command -v go >/dev/null || fail "Go is needed for oasdiff: please install it (https://go.dev/dl)"
    GOBIN=$(dirname "$oasdiff") go install "github.com/oasdiff/oasdiff@$version" >&2 || fail "Go could not install oasdiff $version"
fi

# What is a warning to oasdiff may break a caller too. What else we hold to, or allow, is in the levels.
additive() { # BASE REVISION
    "$oasdiff" breaking "$1" "$2" --fail-on WARN --severity-levels scripts/openapi-additive.levels \
        --format singleline --color never
}

# It is known to fail: on the document itself, changed in ways that callers would notice.
test_itself() {
    local change now=$work/now.json
    cp "$document" "$now" # somebody may be writing it anew
    python3 scripts/openapi-changes.py "$now" "$work/changes"
    for change in "$work"/changes/refused/*.json; do
        ! additive "$now" "$change" >"$work/said" 2>&1 || fail "it lets pass that $(basename "$change" .json)"
        # A document that cannot be read is refused for the wrong reason.
        grep -q '\[[a-z-]*\]' "$work/said" || { cat "$work/said" >&2; fail "it cannot read that $(basename "$change" .json)"; }
    done
    for change in "$work"/changes/allowed/*.json; do
        additive "$now" "$change" >"$work/said" 2>&1 ||
            { cat "$work/said" >&2; fail "it refuses that $(basename "$change" .json)"; }
    done
    echo "openapi-additive: of itself: $(find "$work/changes/refused" -type f | wc -l) changes refused, $(find "$work/changes/allowed" -type f | wc -l) allowed, as they should be"
}

if [ "${1:-}" = --record ]; then
    python3 scripts/openapi-shape.py "$document" >"$released"
    exit
fi
[ -s "$released" ] || fail "$released is missing: scripts/openapi-additive.sh --record writes it"

# What was recorded is what the tag promised, or, in the commit that is about to be tagged, what is there now.
recorded() {
    for promise in "$work/tagged.json" "$document"; do
        python3 scripts/openapi-shape.py "$promise" >"$work/shape.json"
        ! cmp -s "$work/shape.json" "$released" || return 0
    done
    return 1
}

base=$released
if tag=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null); then
    git show "$tag:$document" >"$work/tagged.json" || fail "tag $tag has no $document"
    recorded || fail "$released is not what $tag promised: scripts/openapi-additive.sh --record belongs before a release's tag"
    base=$work/tagged.json
    echo "openapi-additive: compared with $tag"
else
    echo "openapi-additive: no release's tag is within reach; compared with $released, as it was recorded"
fi
additive "$base" "$document" || fail "the document does not only grow: see docs/API-DESIGN.md, Names"
test_itself
