#!/usr/bin/env bash
# Runs a command against a PostgreSQL of its own and throws the server away afterwards, however the command ends.
# The command finds it in TEST_POSTGRES_URL; its exit code becomes ours. Commits are as durable as in production
# (fsync and synchronous_commit stay on), so that what is tested is what is run.
#
# usage: scripts/with-postgres.sh COMMAND [ARGUMENT...]
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }

bin=$("$(dirname "$0")/tools.sh" postgres)
home=$(mktemp -d "${TMPDIR:-/tmp}/credits-postgres.XXXXXX")

# The server refuses to run as root: root hands over to the user that Debian's package made.
as_owner=(env)
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$home"
    as_owner=(runuser -u postgres --)
fi

# Immediately: nobody will read this cluster again.
stop() {
    [ ! -f "$home/data/postmaster.pid" ] ||
        (cd "$home" && "${as_owner[@]}" "$bin/pg_ctl" stop -D "$home/data" -m immediate -s) || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A free port below the range that the kernel hands to outgoing connections.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

start() { # PORT
    (cd "$home" && "${as_owner[@]}" "$bin/pg_ctl" start -D "$home/data" -l "$home/log" -o "-p $1" -w -s) \
        >/dev/null 2>&1
}

(cd "$home" && "${as_owner[@]}" "$bin/initdb" -D data -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync) \
    >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 1; }
cat >>"$home/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
max_connections = 300
lc_messages = 'C'
timezone = 'UTC'
CONF

# Somebody may take the port between the look and the start.
for _ in 1 2 3 4 5; do
    port=$(free_port)
    start "$port" && break
    port=
done
[ -n "$port" ] || { echo "with-postgres: the server did not start" >&2; cat "$home/log" >&2; exit 1; }
export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"

# In a process group of its own the command and all it started can be ended together. At a terminal it stays in
# the foreground instead, where Ctrl-C reaches it without our help.
if [ -t 0 ]; then
    "$@"
else
    set -m
    "$@" &
    group=$!
    trap 'kill -TERM -- "-$group" 2>/dev/null; exit 130' INT
    trap 'kill -TERM -- "-$group" 2>/dev/null; exit 143' TERM HUP
    wait "$group"
fi
