#!/usr/bin/env bash
# Puts each fault of tests/planted/bugs.toml into a copy of the ledger, one at a time, and runs the tests until one of
# them fails. A fault that no test notices, that does not compile, or whose text is not there any more fails the run.
#
# usage: scripts/planted-bugs.sh [NAME...]     all of them, or these
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
plant=(python3 "$root/tests/planted/plant.py")
target=${CARGO_TARGET_DIR:-$root/target}/planted-bugs
copy=$target/copy
export CARGO_TARGET_DIR=$target CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_TEST_DEBUG=0 RUST_BACKTRACE=0

# Each line is a set of tests, the likeliest to notice first: the tables of `decide`, then everything of the ledger, the
# simulator among it.
crates=(ledger simulation)
noticed() {
    ! run cargo test --package ledger --test main decide:: ||
        ! run cargo test --package ledger
}

run() {
    (cd "$copy" && timeout 600 "$@" --quiet) >"$target/last.log" 2>&1
}

rm -rf "$copy"
mkdir -p "$copy"
for crate in "${crates[@]}"; do cp -R "$root/$crate" "$copy/$crate"; done
cp "$root/Cargo.lock" "$root/rust-toolchain.toml" "$copy/"
"${plant[@]}" manifest "$copy" "${crates[@]}"

names=("$@")
[ $# -gt 0 ] || mapfile -t names < <("${plant[@]}" names)
[ ${#names[@]} -gt 0 ] || { echo "planted-bugs: there are no faults to plant" >&2; exit 1; }

if noticed; then
    echo "planted-bugs: the tests fail without a fault, so they would notice anything:" >&2
    tail -n 40 "$target/last.log" >&2
    exit 1
fi

caught=0
failed=()
for name in "${names[@]}"; do
    if ! "${plant[@]}" plant "$name" "$copy"; then
        verdict="does not apply"
    elif ! run cargo test --package ledger --no-run; then
        verdict="does not compile"
    elif noticed; then
        verdict=caught
        caught=$((caught + 1))
    else
        verdict=MISSED
    fi
    printf '%-18s%-40s%s\n' "$verdict" "$name" "$("${plant[@]}" harm "$name")"
    [ "$verdict" = caught ] || failed+=("$name")
    "${plant[@]}" mend "$name" "$copy"
done

echo "planted-bugs: $caught of ${#names[@]} caught, in $SECONDS s"
[ ${#failed[@]} -eq 0 ] || { echo "planted-bugs: not caught: ${failed[*]}" >&2; exit 1; }
