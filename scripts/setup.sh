#!/usr/bin/env bash
# Installs what a fresh Debian 12 machine lacks, and nothing that is there already:
# LLVM/MLIR 22 and friends from Debian, ptxas from its PyPI wheel into .tools/.
# Other distributions: install LLVM/MLIR 22 yourself and set FLASHLIGHT_LLVM_PREFIX (README).
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(llvm-22-dev libmlir-22-dev mlir-22-tools libpolly-22-dev libclang-22-dev clang-22 lld libzstd-dev zlib1g-dev gcc g++ python3 python3-pip python3-venv)
ptxas_version=13.0.88

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if [ -z "${FLASHLIGHT_LLVM_PREFIX:-}" ]; then
  missing=()
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: installing ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
fi

if [ ! -x .tools/nvidia/cu13/bin/ptxas ]; then
  echo "setup: fetching ptxas $ptxas_version"
  mkdir -p .tools
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: -d "$scratch" "nvidia-cuda-nvcc==$ptxas_version"
  python3 -m zipfile -e "$scratch"/nvidia_cuda_nvcc-*.whl "$scratch/wheel"
  mkdir -p .tools/nvidia/cu13/bin
  install -m 755 "$scratch/wheel/nvidia/cu13/bin/ptxas" .tools/nvidia/cu13/bin/ptxas
fi

command -v cargo >/dev/null || { echo "setup: a Rust toolchain (cargo) is needed, see https://rustup.rs" >&2; exit 1; }
