#!/usr/bin/env bash
# The version that pom.xml has. With a tag, that must be its version: deploy/release/version.sh [v1.2.3]
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$(sed -n '/<artifactId>freshet<\/artifactId>/,$s/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml | sed -n 1p)
if [ $# = 1 ] && { [ "$1" != "v$version" ] || [[ $version == *-SNAPSHOT ]]; }; then
  echo "the tag is $1, and pom.xml has $version: set the version to be released in pom.xml, commit, and tag that commit" >&2
  exit 1
fi
echo "$version"
