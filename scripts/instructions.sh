#!/usr/bin/env bash
# Counts the instructions that `decide` takes for a few commands, under callgrind, and holds them against the recorded
# ones. More than 5 % above fails: what the hot path costs is not to grow unseen. Instructions, unlike times, are the
# same on a busy machine as on an idle one.
#
# usage: scripts/instructions.sh            compare
#        scripts/instructions.sh --record   make the figures of now the recorded ones
set -euo pipefail
cd "$(dirname "$0")/.."
recorded=ledger/instructions.txt
few=200
many=800
margin_percent=5

valgrind=$(scripts/tools.sh valgrind)/valgrind
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release --package ledger --example instructions
program=$target/release/examples/instructions

collected() { # WORKLOAD COUNT
    "$valgrind" --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1 |
        sed -nE 's/^==[0-9]+== Collected : ([0-9]+)$/\1/p'
}

# What is prepared is in both runs; between them lie only the commands.
per_command() { # WORKLOAD
    local low high
    low=$(collected "$1" "$few")
    high=$(collected "$1" "$many")
    echo $(((high - low) / (many - few)))
}

measured=$(for workload in debit hold-and-capture debit-of-100-lots; do
    echo "$workload $(per_command "$workload")"
done)

if [ "${1:-}" = --record ]; then
    echo "$measured" | tee "$recorded"
    exit
fi

worse=0
while read -r workload now; do
    before=$(sed -nE "s/^$workload ([0-9]+)$/\1/p" "$recorded")
    [ -n "$before" ] || { echo "instructions: nothing is recorded for $workload" >&2; exit 1; }
    verdict=""
    if [ $((now * 100)) -gt $((before * (100 + margin_percent))) ]; then
        verdict="more than $margin_percent % above"
        worse=1
    fi
    printf '%-20s%8d instructions, %8d recorded  %s\n' "$workload" "$now" "$before" "$verdict"
done <<<"$measured"
[ "$worse" -eq 0 ] || {
    echo "instructions: find out why, or record them anew with scripts/instructions.sh --record" >&2
    exit 1
}
