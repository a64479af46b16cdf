#!/usr/bin/env bash
# run.sh PROGRAM [SESSIONS [ROUNDS]]: `jianlu audit --from` beside simdjson On Demand that merely reads the same lines.
# The input (1,000,000 sessions of 5 recordings by default: 1.4 GB) is made once, in ${TMPDIR:-/tmp}.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1"); sessions=${2:-1000000}; rounds=${3:-3}
folder=${TMPDIR:-/tmp}/jianlu-bench-stream; mkdir -p "$folder"
input=$folder/sessions-$sessions.jsonl
[ -s "$input" ] || { python3 "$here/generate.py" "$sessions" 5 > "$input.part" && mv "$input.part" "$input"; }
"${CXX:-c++}" -O3 -std=c++20 -march=native -o "$folder/peer" "$here/peer.cc" -lsimdjson
exec python3 "$here/measure.py" "$program" "$folder/peer" "$input" "$rounds"
