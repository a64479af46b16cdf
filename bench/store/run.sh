#!/usr/bin/env bash
# run.sh PROGRAM [SESSIONS]: ingest and audit through a store: sessions a second, processor time, peak memory, size.
# Then a night: one session in a hundred has changed. Input as in bench/stream, 20,000 sessions by default.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1"); sessions=${2:-20000}
folder=${TMPDIR:-/tmp}/jianlu-bench-store; mkdir -p "$folder"
input=$folder/sessions-$sessions.jsonl; store=$folder/store-$sessions.db
[ -s "$input" ] || { python3 "$here/../stream/generate.py" "$sessions" 5 > "$input.part" && mv "$input.part" "$input"; }
rm -f "$store" "$store"-*
exec python3 "$here/measure.py" "$program" "$input" "$store"
