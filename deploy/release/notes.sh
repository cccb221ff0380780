#!/usr/bin/env bash
# What CHANGELOG.md says of a version; of a SNAPSHOT, what is not released yet: deploy/release/notes.sh 1.2.3
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1
[[ $version == *-SNAPSHOT ]] && version=Unreleased
notes=$(awk -v heading="## [$version]" '
  /^## / { wanted = (index($0, heading) == 1); next }
  wanted { print }
' CHANGELOG.md)
if [ -z "${notes//[[:space:]]/}" ]; then
  echo "CHANGELOG.md has no section \"## [$version]\", or nothing in it" >&2
  exit 1
fi
printf '%s\n' "$notes"
