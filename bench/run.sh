#!/usr/bin/env bash
# Runs every benchmark: bench/*/run.sh, or those named. Each builds what it needs below build/ and prints its figures; what it
# prints is added to build/bench.log too. Fails when one of them fails.
#   bench/run.sh [NAME ...]        ./dev bench [NAME ...]
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
names=("$@")
if ((${#names[@]} == 0)); then
  for script in bench/*/run.sh; do names+=("$(basename "$(dirname "$script")")"); done
fi
status=0
for name in "${names[@]}"; do
  if [[ ! -x bench/$name/run.sh ]]; then
    echo "bench: there is no bench/$name/run.sh; there are: $(cd bench && echo */run.sh)" >&2
    status=2
    continue
  fi
  {
    echo "== $name, $(git rev-parse --short HEAD), $(date -u +%Y-%m-%dT%H:%MZ), load $(cut -d' ' -f1 /proc/loadavg)"
    "bench/$name/run.sh"
  } 2>&1 | tee -a build/bench.log || status=1
done
exit $status
