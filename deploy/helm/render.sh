#!/usr/bin/env bash
# Renders the chart with each file of examples/ into rendered/, and checks it. Needs Helm 3.8 or newer; where promtool
# is on the path, the alerts are tested as well. Run it after every change to the chart: a test compares the digest.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"

digest() { # of the chart and the examples, by name and content
  find freshet examples -type f ! -name '.*' | sort | while read -r file; do
    printf '%s  %s\n' "$(sha256sum < "$file" | cut -d' ' -f1)" "$file"
  done | sha256sum | cut -d' ' -f1
}

helm=${HELM:-helm}
mkdir -p rendered
for example in examples/*.yaml; do
  "$helm" lint --quiet --strict freshet -f "$example"
  {
    echo "# Made by render.sh from $example. digest: $(digest)"
    "$helm" template freshet freshet --namespace data -f "$example" --skip-tests
  } > "rendered/$(basename "$example")"
done

# What "helm test" starts. By itself: kubectl apply is not to start it with the others.
{
  echo "# Made by render.sh from examples/gateway.yaml."
  "$helm" template freshet freshet --namespace data -f examples/gateway.yaml --show-only templates/tests/status.yaml
} > rendered/test.yaml

# The rules as Prometheus itself reads them.
{
  echo "# Made by render.sh from examples/everything.yaml."
  sed -n '/^kind: PrometheusRule$/,/^---$/p' rendered/everything.yaml | sed -n '/^spec:$/,/^---$/p' |
    sed -e '1d' -e '/^---$/d' -e 's/^  //'
} > rendered/alerts.yaml
if command -v promtool > /dev/null; then
  promtool check rules rendered/alerts.yaml
  promtool test rules alerts-test.yaml
fi
