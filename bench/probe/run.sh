#!/usr/bin/env bash
# The footage reader beside SHA-256 alone, ffprobe and mediainfo; ROUNDS (default 9) says how often.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
cmake --preset release >/dev/null
cmake --build build --target jianlu-probe sha256_only >/dev/null
exec python3 bench/probe/run.py build/jianlu-probe build/sha256_only "$@"
