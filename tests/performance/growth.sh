#!/usr/bin/env bash
# Measures how the cost of the service grows with what it keeps: seeds a PostgreSQL of its own at each size, puts
# a release build on it, and runs the bench. Prints one table for each series; see docs/PERFORMANCE.md.
#
# usage: tests/performance/growth.sh [--least] [--series NAME] [OPTION of credits bench...]
#   --least    the two smallest sizes of each series only, to see that it works
#   --series   only how cost grows with this: accounts, entries or lots
set -euo pipefail
here=$(dirname "$(realpath "$0")")
root=$(realpath "$here/../..")
me=$here/$(basename "$0")

if [ -z "${TEST_POSTGRES_URL:-}" ]; then
    exec "$root/scripts/with-postgres.sh" "$me" "$@"
fi

# Under with-server.sh: one size.
if [ -n "${SERVER_PROGRAM:-}" ]; then
    export CREDITS_DATA_DIR=$SERVER_DATA_DIR
    exec "$SERVER_PROGRAM" bench --url "$API_URL" --account-prefix grown- --as-they-are "$@"
fi

command -v jq >/dev/null || { echo "growth: please install jq" >&2; exit 1; }

sizes=99
if [ "${1:-}" = --least ]; then sizes=2; shift; fi
series=all
if [ "${1:-}" = --series ]; then
    series=${2:-}
    case $series in
        accounts | entries | lots) shift 2 ;;
        *) echo "growth: --series is accounts, entries or lots" >&2; exit 2 ;;
    esac
fi
bin=$("$root/scripts/tools.sh" postgres)
home=$(mktemp -d "${TMPDIR:-/tmp}/credits-growth.XXXXXX")
trap 'rm -rf "$home"' EXIT

(cd "$root" && cargo build --quiet --release --bin credits)
credits=$(cd "$root" && realpath "${CARGO_TARGET_DIR:-target}")/release/credits
server=${TEST_POSTGRES_URL%/*}

measure() { # NAME ACCOUNTS ENTRIES LOTS OPTION...
    local name=$1 accounts=$2 entries=$3 lots=$4
    shift 4
    echo "seeding $name: $accounts accounts with $entries entries and $lots lots each" >&2
    "$bin/psql" -qX "$server/postgres" -c "CREATE DATABASE $name"
    CREDITS_DATABASE_URL=$server/$name CREDITS_DATA_DIR=$home "$credits" migrate >&2
    "$bin/psql" -qX "$server/$name" -v accounts="$accounts" -v entries="$entries" -v lots="$lots" \
        -f "$here/seed.sql" >&2
    TEST_POSTGRES_URL=$server/$name "$root/scripts/with-server.sh" --postgres --release --unverified \
        "$me" --accounts "$accounts" --json "$home/$name.json" "$@" >&2
    "$bin/psql" -qX "$server/postgres" -c "DROP DATABASE $name"
}

# One row for each size and workload, of what the bench found.
table() { # SERIES UNIT
    printf '\n%s\n%10s  %-13s %12s %10s %10s\n' "$1" "$2" workload op/s 'mean ms' 'p99 ms'
    for file in $(find "$home" -name "$1_*.json" | sort -t_ -k2 -n); do
        local size=${file##*_}
        jq -r --arg size "${size%.json}" '.loads[] | [$size, .workload, .median.operations_per_second,
            .median.latency_ms.mean, .median.latency_ms.p99] | @tsv' "$file"
    done | LC_ALL=C awk -F'\t' '{ printf "%10d  %-13s %12.0f %10.3f %10.3f\n", $1, $2, $3, $4, $5 }'
}

first() { printf '%s\n' "$@" | head -n "$sizes"; }
reads=(--workload fresh-balance --workload fresh-history)

is_wanted() { [ "$series" = all ] || [ "$series" = "$1" ]; }

if is_wanted entries; then
    for size in $(first 1000 10000 100000 1000000 10000000); do
        measure "entries_$size" 1 "$size" 1 --workload lone --workload hot "${reads[@]}" --workload fresh-summary "$@"
    done
    table entries 'entries of the account'
fi
if is_wanted accounts; then
    for size in $(first 100 1000 10000 100000 1000000); do
        measure "accounts_$size" "$size" 5 1 --workload debits "${reads[@]}" "$@"
    done
    table accounts accounts
fi
if is_wanted lots; then
    for size in $(first 1 10 100 1000); do
        measure "lots_$size" 100 1000 "$size" --workload debits "${reads[@]}" "$@"
    done
    table lots 'lots of each account'
fi
