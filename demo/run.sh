#!/usr/bin/env bash
# The main job on an embedded store: makes a synthetic day, takes it in, judges it, reports on it.
# Called by ./dev demo with the folder of the built programs; everything it makes is in demo/out.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
programs=${1:-$root/build}
out=$root/demo/out
at=2024-05-08T08:00
rm -rf "$out"
mkdir -p "$out"
cd "$root"
jianlu() { "$programs/jianlu" --lang "${JIANLU_LANG:-zh}" --rules rules --bureau qinhuangdao-water --store demo/out/jianlu.db "$@"; }

echo "== 制作一天的录像和清单 / making a day of footage and manifests"
python3 demo/make_day.py demo/out/day
echo "== 采集 / ingest"
jianlu ingest demo/out/day --as-of $at
echo "== 审核 / audit"
jianlu audit --as-of $at --receipt demo/out/receipt.json
echo "== 发现 / findings"
jianlu findings
echo "== 报告 / report"
texts=()
if [ -d ../shared/regulations ]; then texts=(--texts ../shared/regulations); fi
jianlu report "${texts[@]}" --out demo/out/report.html
JIANLU_LANG=en jianlu report "${texts[@]}" --out demo/out/report.en.html
jianlu --format json report --out demo/out/report.json
jianlu verify
echo
echo "报告 / report: $out/report.html   (English: $out/report.en.html)"
