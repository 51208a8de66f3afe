#!/bin/sh
# Runs the vendors' official clients against the sandbox, as they are published: Python's fal-client, modelslab-py and
# seaart-sdk, and @fal-ai/client of npm; and the AI SDK's provider for fal, which many use instead. And the clients that
# openapi-python-client makes of the contracts.
#
# Usage: xtask/referees/run.sh [FOLDER]: the folder keeps the clients for the next run (target/referees if none is
# given). With REFEREES=latest the clients are the newest there are, and else those that were content before: a release
# of somebody else's must not stop a change of ours. Exit 0: every referee that could be had is content, and a line says
# which could not; 1: one is not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${1:-$root/target/referees}
mkdir -p "$folder"
# The sandbox is on this machine: no proxy is to be asked for it.
NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
export NO_PROXY no_proxy

skip() { echo "referees: skipped $1: $2"; }

# Installs a client: from_pip NAME VERSION [PACKAGE…], from_npm NAME VERSION [NEWEST].
latest=${REFEREES:-}
from_pip() {
    if [ "$latest" = latest ]; then client="--upgrade $1"; else client="$1==$2"; fi
    shift 2
    # shellcheck disable=SC2086 # an option and a name
    "$folder/python/bin/python" -m pip install --quiet --disable-pip-version-check $client "$@" >"$folder/pip.log" 2>&1
}
from_npm() {
    if [ "$latest" = latest ]; then version=${3:-latest}; else version=$2; fi
    npm install --prefix "$folder/node" --no-audit --no-fund "$1@$version" >"$folder/npm.log" 2>&1
}

python=
if ! command -v python3 >/dev/null; then
    skip "fal-client (Python)" "there is no python3"
elif ! { [ -x "$folder/python/bin/python" ] || python3 -m venv "$folder/python" >/dev/null 2>&1; }; then
    skip "fal-client (Python)" "python3 cannot make a virtual environment"
elif ! from_pip fal-client 1.0.3; then
    skip "fal-client (Python)" "pip cannot install it; see $folder/pip.log"
else
    python=$folder/python/bin/python
fi
# Whether one more client could be had beside fal-client: more NAME VERSION [PACKAGE…]
more() {
    if [ -z "$python" ]; then
        skip "$1 (Python)" "it runs beside fal-client"
        return 1
    elif ! from_pip "$@"; then
        skip "$1 (Python)" "pip cannot install it; see $folder/pip.log"
        return 1
    fi
}
modelslab= seaart= generated=
# ModelsLab's SDK does not say what it needs.
more modelslab-py 0.2.3 requests pydantic && modelslab=$python
more seaart-sdk 0.1.4 && seaart=$python
more openapi-python-client 0.29.1 && generated=$python

node=
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    skip "@fal-ai/client (JavaScript)" "there is no node, or no npm"
elif ! { mkdir -p "$folder/node" && from_npm @fal-ai/client 1.10.1; }; then
    skip "@fal-ai/client (JavaScript)" "npm cannot install it; see $folder/npm.log"
else
    node=$folder/node
fi
provider=
if [ -z "$node" ]; then
    skip "@ai-sdk/fal (JavaScript)" "it runs beside @fal-ai/client"
# The third major version has another interface for videos.
elif ! from_npm @ai-sdk/fal 2.0.59 2; then
    skip "@ai-sdk/fal (JavaScript)" "npm cannot install it; see $folder/npm.log"
else
    provider=$node
fi

if [ -z "$python$node" ]; then
    exit 0
fi

cargo build --quiet --locked --manifest-path "$root/Cargo.toml" -p hailuo-sandbox --example serve
serve=$(cargo metadata --format-version 1 --no-deps --manifest-path "$root/Cargo.toml" |
    sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/debug/examples/serve

# Runs one referee against a sandbox of its own, which lives as long as its stdin is open:
# judge FAULT|- SUBMITS JOBS REFEREE…; the sandbox must have received so many submits and made so many jobs.
vendor=fal
judge() {
    fault=$1 submits=$2 jobs=$3
    shift 3
    case $fault in
    -) scene=round ;;
    submit:http=500) scene=refused ;;
    *) scene=again ;;
    esac
    fifo=$folder/stdin.$$
    rm -f "$fifo"
    mkfifo "$fifo"
    if [ "$fault" = - ]; then
        "$serve" --pace "4 polls" <"$fifo" >"$folder/serve.log" &
    else
        "$serve" --pace "4 polls" --fault "$vendor/$fault" <"$fifo" >"$folder/serve.log" &
    fi
    pid=$!
    exec 3>"$fifo"
    rm -f "$fifo"
    tries=0
    until grep -q '^$' "$folder/serve.log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ]; then
            echo "referees: the sandbox does not start"
            exit 1
        fi
        sleep 0.1
    done
    url=$(sed -n "s/^$vendor=//p" "$folder/serve.log")
    verdict=0
    "$@" "$url" "$scene" >"$folder/referee.log" 2>&1 || verdict=1
    cat "$folder/referee.log"
    exec 3>&-
    wait "$pid" || verdict=1
    # Some orders are wrong on purpose: without a picture, with a number for a prompt, with a duration that is none.
    if grep -v "submit\(_[a-z]*\)\? .*: body /\([a-z_]*image[a-z_]* breaks required\|prompt breaks type\|duration breaks [a-z]*\):" \
        "$folder/serve.log" |
        grep -E '^(violation|mismatch):'; then
        verdict=1
    fi
    for said in "submits=$submits" "jobs=$jobs"; do
        if [ "$verdict" = 0 ] && ! grep -qx "$vendor $said" "$folder/serve.log"; then
            echo "referees: expected $said, and there was $(grep -x "$vendor ${said%%=*}=.*" "$folder/serve.log")"
            verdict=1
        fi
    done
    return "$verdict"
}

# What each official client makes of a submit that goes wrong once: they send it again, and pay twice for an answer that
# was lost.
judge_faults() {
    name=$1
    shift
    judge submit:drop-request 2 1 "$@"
    judge submit:drop-answer 2 2 "$@"
    judge submit:rate-limit 2 1 "$@"
    judge submit:html 2 1 "$@"
    judge submit:html=502,accepted 2 2 "$@"
    judge submit:http=500 1 0 "$@"
    echo "$name: sends a submit again that was dropped, limited or answered by a gateway"
}

if [ -n "$python" ]; then
    judge - 14 13 "$python" "$here/fal_python.py"
    echo "fal-client (Python): submit, status with logs, result, cancel and timeouts done"
    judge_faults "fal-client (Python)" "$python" "$here/fal_python.py"
fi
if [ -n "$modelslab" ]; then
    vendor=modelslab
    judge - 4 2 "$modelslab" "$here/modelslab_python.py"
    echo "modelslab-py (Python): submit and fetch done"
    vendor=fal
fi
if [ -n "$seaart" ]; then
    vendor=seaart
    judge - 6 5 "$seaart" "$here/seaart_python.py"
    echo "seaart-sdk (Python): submit, status, result and cancel done"
    vendor=fal
fi
if [ -n "$generated" ]; then
    mkdir -p "$folder/generated"
    for vendor in modelslab fal seaart highwayapi apiinone; do
        # fal has two endpoints to order at. At each, one order is taken, and one is wrong.
        if [ "$vendor" = fal ]; then jobs=2; else jobs=1; fi
        judge - $((2 * jobs)) "$jobs" "$generated" "$here/generated_python.py" \
            "$root/crates/hailuo-sandbox/contracts/$vendor.json" "$folder/generated"
    done
    vendor=fal
    echo "openapi-python-client (Python): a client of each contract makes a video"
fi
if [ -n "$node" ]; then
    cd "$node"
    judge - 14 13 node "$here/fal_javascript.mjs"
    echo "@fal-ai/client (JavaScript): submit, status with logs, streams, result, cancel, timeouts and proxy done"
    judge_faults "@fal-ai/client (JavaScript)" node "$here/fal_javascript.mjs"
fi
if [ -n "$provider" ]; then
    cd "$node"
    judge - 5 4 node "$here/ai_sdk.mjs"
    echo "@ai-sdk/fal (JavaScript): submit and results done"
fi
