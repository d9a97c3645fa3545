#!/usr/bin/env bash
# Runs every program that gpu-pack.sh put beside this script, compares with the truth and prints a table.
#   check.sh [REPEAT]      REPEAT: timed launches per program (20)
set -uo pipefail
cd "$(dirname "$0")"
repeat=${1:-20}
failed=0
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null | sed 's/^/GPU: /; s/$/\n/'
echo "| program | result | max error | yardstick | verdict | median ms |"
echo "|---|---|---|---|---|---|"
for folder in */; do
  name=${folder%/}
  [ -f "$name/manifest.json" ] || continue
  # A kernel with a barrier bug hangs: nothing here takes longer than a few seconds.
  if ! text=$(timeout 60 ./flashlight-run "$name" --args "$name/tensors.safetensors" \
      --compare "$name/tensors.safetensors" --repeat "$repeat" 2>&1); then
    failed=1
  fi
  if ! grep -q '^result' <<<"$text"; then
    echo "| $name | | | | ${text:-timed out after 60 s} | |"
    failed=1
    continue
  fi
  awk -v name="$name" '
    /^median of/ { time = $(NF - 1) }
    /^result/ {
      result = $1; sub(":", "", result)
      error = $4; sub(",", "", error)
      verdict = $NF
      printf "| %s | %s | %s | %s | %s | %s |\n", name, result, error, $6, verdict, time
    }' <<<"$text"
done
exit $failed
