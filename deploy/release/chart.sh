#!/usr/bin/env bash
# A copy of the chart that names the image by its digest, and the runbook of its version:
# deploy/release/chart.sh TARGET IMAGE DIGEST RUNBOOK
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1 image=$2 digest=$3 runbook=$4
cp -r deploy/helm/freshet "$target"
sed -i \
  -e "s|^  repository: freshet\$|  repository: $image|" \
  -e "s|^  digest: \"\"\$|  digest: $digest|" \
  -e "s|^    runbookUrl: \"\"\$|    runbookUrl: $runbook|" \
  "$target/values.yaml"
