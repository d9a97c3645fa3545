#!/usr/bin/env bash
# Installs what a fresh Debian 12 machine lacks, and nothing that is there already:
# LLVM/MLIR 22 and friends from Debian, ptxas and cuda.h (which tests compile launchers against) from their PyPI wheels into .tools/.
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

# Takes a file of a wheel of NVIDIA's.
fetch() { # wheel version file mode
  [ -e ".tools/nvidia/cu13/$3" ] && return
  echo "setup: fetching $(basename "$3") of $1 $2"
  local scratch
  scratch=$(mktemp -d)
  python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: -d "$scratch" "$1==$2"
  python3 -m zipfile -e "$scratch"/*.whl "$scratch/wheel"
  mkdir -p "$(dirname ".tools/nvidia/cu13/$3")"
  install -m "$4" "$scratch/wheel/nvidia/cu13/$3" ".tools/nvidia/cu13/$3"
  rm -rf "$scratch"
}
fetch nvidia-cuda-nvcc "$ptxas_version" bin/ptxas 755
fetch nvidia-cuda-runtime "$ptxas_version" include/cuda.h 644

command -v cargo >/dev/null || { echo "setup: a Rust toolchain (cargo) is needed, see https://rustup.rs" >&2; exit 1; }
