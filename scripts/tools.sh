#!/usr/bin/env bash
# Prints the folder that holds a set of outside tools, after installing the set where that is possible.
# Nothing is skipped: a set that is neither there nor installable ends the script with what to install.
#
# usage: scripts/tools.sh postgres|npm|node|python|valgrind|go|stripe-mock|chromium
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/credits
stripe_mock=v0.203.0

fail() { echo "tools: $*" >&2; exit 1; }

# Debian packages, when we may install them; otherwise the reason to stop.
install_packages() {
    if [ "$(id -u)" -ne 0 ] || [ ! -f /etc/debian_version ]; then
        fail "please install: $* (Debian's package names; as root on Debian this script does it)"
    fi
    echo "tools: installing $*" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# The newest server's programs: Debian keeps them off PATH, a folder per major version.
find_postgres() {
    local newest
    newest=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
    [ -n "$newest" ] || newest=$(command -v initdb) || return 1
    dirname "$newest"
}

provide_postgres() {
    find_postgres && return
    install_packages postgresql
    find_postgres || fail "PostgreSQL is installed, but its initdb is not where it is looked for"
}

# A folder of the cache that belongs to exactly this lock file and interpreter.
folder_for() { # NAME LOCK_FILE INTERPRETER_VERSION
    local sum
    sum=$( (cat "$2"; echo "$3") | cksum | cut -d ' ' -f 1)
    echo "$cache/$1-$sum"
}

# Debian's own is too old for some of its releases, so that it is not installed for anybody.
provide_npm() {
    command -v npm >/dev/null || fail "Node.js 20.19 or later is needed: please install it (https://nodejs.org)"
    node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
        fail "Node.js 20.19 or later is needed, found $(node --version): please install a newer one"
    dirname "$(command -v npm)"
}

provide_node() {
    provide_npm >/dev/null
    local folder
    folder=$(folder_for node "$root/tests/contract/package-lock.json" "$(node --version)")
    if [ ! -f "$folder/.complete" ]; then
        mkdir -p "$folder"
        cp "$root"/tests/contract/package{,-lock}.json "$folder"
        (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 ||
            fail "npm could not install tests/contract/package-lock.json"
        touch "$folder/.complete"
    fi
    echo "$folder/node_modules/.bin"
}

provide_python() {
    command -v python3 >/dev/null || install_packages python3 python3-venv
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Python 3.11 or later is needed, found $(python3 --version): please install a newer one"
    python3 -c 'import ensurepip' 2>/dev/null || install_packages python3-venv
    local folder
    folder=$(folder_for python "$root/tests/contract/requirements.txt" "$(python3 --version)")
    if [ ! -f "$folder/.complete" ]; then
        python3 -m venv --clear "$folder" >&2
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
            --requirement "$root/tests/contract/requirements.txt" >&2 ||
            fail "pip could not install tests/contract/requirements.txt"
        touch "$folder/.complete"
    fi
    echo "$folder/bin"
}

provide_valgrind() {
    command -v valgrind >/dev/null || install_packages valgrind
    dirname "$(command -v valgrind)"
}

# Where PATH does not name it, it is where its own installation puts it.
provide_go() {
    local go
    go=$(PATH=$PATH:/usr/local/go/bin command -v go) ||
        fail "Go is needed for stripe-mock: please install it (https://go.dev/dl)"
    dirname "$go"
}

provide_stripe-mock() {
    local go folder=$cache/stripe-mock-$stripe_mock
    go=$(provide_go)
    if [ ! -x "$folder/stripe-mock" ]; then
        GOBIN=$folder "$go/go" install "github.com/stripe/stripe-mock@$stripe_mock" >&2 ||
            fail "Go could not install stripe-mock $stripe_mock"
    fi
    echo "$folder"
}

# A browser for the page's tests.
provide_chromium() {
    command -v chromium >/dev/null || install_packages chromium
    dirname "$(command -v chromium)"
}

case ${1:-} in
    postgres | npm | node | python | valgrind | go | stripe-mock | chromium) "provide_$1" ;;
    *) fail "usage: scripts/tools.sh postgres|npm|node|python|valgrind|go|stripe-mock|chromium" ;;
esac
