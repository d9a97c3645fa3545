#!/usr/bin/env bash
# Fails when a committed snapshot belongs to no test: cargo test must have run with
# INSTA_SNAPSHOT_REFERENCES_FILE set (make test under .ci/run does), which lists what was used.
set -euo pipefail
cd "$(dirname "$0")/.."
references=${1:-target/insta-references.txt}
[ -s "$references" ] || { echo "orphan-snapshots: no reference list at $references (run the tests with INSTA_SNAPSHOT_REFERENCES_FILE=$PWD/$references)" >&2; exit 1; }
orphans=$(comm -23 <(git ls-files '*.snap' | sed "s|^|$PWD/|" | sort -u) <(sort -u "$references"))
if [ -n "$orphans" ]; then
  echo "orphan snapshots:" >&2
  echo "$orphans" >&2
  exit 1
fi
