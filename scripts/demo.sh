#!/usr/bin/env bash
# Takes one exported program through every stage and says what happened at each.
set -euo pipefail
cd "$(dirname "$0")/.."
example=$1
out=out/$(basename "$example")
bin=target/release/flashlight
rm -rf "$out"
mkdir -p out

echo "== $example.mlir: what is in it"
$bin explain "$example.mlir"
echo
echo "== compile for sm_90a: every stage, then cubin and manifest"
$bin compile "$example.mlir" --target sm_90a -o "$out" --dump-stages "$out-stages"
ls -l "$out" "$out-stages"
echo
echo "== run on the CPU and compare with the truth"
$bin run "$example.mlir" --target cpu --args "$example.safetensors" --compare "$example.safetensors" --require-fusion
if command -v nvidia-smi >/dev/null && nvidia-smi >/dev/null 2>&1; then
  echo
  echo "== run on the GPU and compare with the truth"
  $bin run "$example.mlir" --target cuda --args "$example.safetensors" --compare "$example.safetensors" --require-fusion
fi
