#!/usr/bin/env bash
# Builds what embeds the compiler elsewhere into target/embed: include/flashlight.h, lib/libflashlight.so (the C API and the pass plugin of
# mlir-opt), lib/libflashlight.a (the C API without MLIR, which the host links) and the dialects. Arguments go to cargo.
set -euo pipefail
cd "$(dirname "$0")/.."
prefix=${MLIR_SYS_220_PREFIX:-/usr/lib/llvm-22}
place=target/embed
built=target/release

cargo build --release -p flashlight-c "$@"
cargo rustc --release -p flashlight-c --lib --crate-type staticlib "$@"
rm -rf "$place"
mkdir -p "$place/include" "$place/lib" "$place/share"
cp include/flashlight.h "$place/include/"
cat dialects/*.irdl.mlir >"$place/share/flashlight.irdl.mlir"
cp "$built/libflashlight_c.so" "$place/lib/libflashlight.so"

# Rust puts MLIR's static libraries, which the compiler's own programs link, into the archive: a host has MLIR. The compiler's stand-ins for
# LLVM's targets are for those programs, too.
cp "$built/libflashlight_c.a" "$place/lib/libflashlight.a"
"$prefix/bin/llvm-ar" t "$place/lib/libflashlight.a" | grep '\.cpp\.o$' | sort -u >"$place/members"
# Members of one name are deleted one at a time.
while [ -s "$place/members" ]; do
  xargs "$prefix/bin/llvm-ar" d "$place/lib/libflashlight.a" <"$place/members"
  "$prefix/bin/llvm-ar" t "$place/lib/libflashlight.a" | { grep '\.cpp\.o$' || true; } | sort -u >"$place/members"
done
rm "$place/members"
"$prefix/bin/llvm-objcopy" --wildcard --localize-symbol='LLVMInitialize*' "$place/lib/libflashlight.a"
du -h "$place"/lib/*
