#!/usr/bin/env bash
# Runs `credits bench` on a release build with a server and a database of its own, which are thrown away afterwards.
# The ledger is verified when the load is over. Its options go to the bench as they are.
#
# usage: scripts/bench.sh [--sqlite] [OPTION...]
#   --sqlite   on the embedded database, held against a plain loop; otherwise on PostgreSQL, held against pgbench
set -euo pipefail
here=$(dirname "$(realpath "$0")")

if [ -n "${SERVER_PROGRAM:-}" ]; then
    export CREDITS_DATA_DIR=$SERVER_DATA_DIR CREDITS_DATABASE_URL=$SERVER_DATABASE_URL
    if [ -n "$SERVER_DATABASE_URL" ]; then
        reference=(--compare-pgbench)
    else
        reference=(--compare-sqlite "$SERVER_DATA_DIR")
    fi
    exec "$SERVER_PROGRAM" bench --url "$API_URL" --server-pid "$SERVER_PID" "${reference[@]}" "$@"
fi

if [ "${1:-}" = --sqlite ]; then
    shift
    exec "$here/with-server.sh" --release "$here/bench.sh" "$@"
fi
exec "$here/with-postgres.sh" "$here/with-server.sh" --release --postgres "$here/bench.sh" "$@"
