#!/bin/sh
# The end of a job that has loaded data: tells Freshet, and waits until the reports have run.
#
#   FRESHET_URL=https://freshet.example.com FRESHET_TOKEN=… send-and-wait.sh DATA_SOURCE SOURCE ID
#
# SOURCE and ID name this load, such as /etl/nightly and 2026-11-24: the same two sent again are the same change.
# Prints "accepted …" and "settled …". Exits with 0; with 1 if reports failed; with 2 if it can't be told. Needs curl and jq.
set -eu

data_source=$1 source=$2 id=$3
patience=${FRESHET_PATIENCE:-3600} # seconds
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
end=$(($(date +%s) + patience))

# The status of its answer, if that came whole. The token is in no list of processes.
ask() {
  printf 'Authorization: Bearer %s' "$FRESHET_TOKEN" |
    curl --silent --output "$answer" --write-out '%{http_code}' --max-time 75 --header @- "$@" || echo " broken off"
}

give_up() {
  echo "$1: $(jq -r '[.detail, .errors[]?.reason] | map(values) | join(" ")' "$answer" 2>/dev/null)" >&2
  exit 2
}

# What can't be reached, or is busy, may be well in a moment.
pause() {
  [ "$(date +%s)" -lt "$end" ] || give_up "gave up after $patience s, the last status was $1"
  sleep 2
}

while :; do
  status=$(ask --header "Content-Type: application/json" --header "ce-specversion: 1.0" \
    --header "ce-type: io.freshet.data-changed.v1" --header "ce-source: $source" --header "ce-id: $id" \
    --data "{\"data_source\": \"$data_source\"}" "$FRESHET_URL/api/v1/changes")
  case $status in
    202) break ;;
    408 | 429) pause "$status" ;;
    4??) give_up "refused with $status" ;;
    *) pause "$status" ;;
  esac
done
account=$(jq -r '.accepted[0].account' "$answer")
echo "accepted account=$account source=$source id=$id"

while :; do
  status=$(ask --get --data-urlencode "account=$account" --data-urlencode "source=$source" --data-urlencode "id=$id" \
    --data "wait=20s" "$FRESHET_URL/api/v1/changes")
  case $status in
    200) [ "$(jq -r .state "$answer")" != settled ] || break ;;
    400 | 401 | 403) give_up "refused with $status" ;;
  esac
  pause "$status"
done
jq -r '.settled | "settled outcome=\(.outcome) data=\(.data) succeeded=\(.runs.succeeded)"' "$answer"
[ "$(jq -r '.settled.outcome | IN("succeeded", "nothing_to_do")' "$answer")" = true ] || exit 1
