#!/usr/bin/env bash
# The plan beside the same norms written by hand: outcomes compared, a race in one process, then Google Benchmark.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cmake --preset release >/dev/null
cmake --build build -j "${JIANLU_JOBS:-$(nproc)}" --target jianlu_bench_eval >/dev/null
build/jianlu_bench_eval --rounds "${ROUNDS:-7}" "$@"
build/jianlu_bench_eval --benchmark_filter=. "$@"
