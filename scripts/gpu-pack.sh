#!/usr/bin/env bash
# Compiles every GPU program of the corpus into one folder, with its tensors, the loader and a script that checks
# them all. The folder runs on any machine with an H100 or H200: no compiler, no LLVM, no Python.
#   scripts/gpu-pack.sh OUT [NAME...]      then, on that machine: OUT/check.sh [REPEAT]
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 1; }
out=$1
shift
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for file in tests/corpus/*_bf16.mlir tests/corpus/*_f16.mlir; do names+=("$(basename "$file" .mlir)"); done
fi

cargo build --release --bin flashlight
# A folder of its own: the features differ, and switching them in one folder rebuilds everything.
cargo build --release --no-default-features --bin flashlight-run --target-dir target/runner
mkdir -p "$out"
cp target/runner/release/flashlight-run scripts/gpu-check.sh "$out/"
mv "$out/gpu-check.sh" "$out/check.sh"
failed=0
for name in "${names[@]}"; do
  if target/release/flashlight compile "tests/corpus/$name.mlir" --target sm_90a -o "$out/$name"; then
    cp "tests/corpus/$name.safetensors" "$out/$name/tensors.safetensors"
  else
    echo "not packed: $name" >&2
    failed=1
  fi
done
exit $failed
