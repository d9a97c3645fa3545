# Two commands do everything on a fresh Debian 12 machine with a Rust toolchain:
#   make demo   installs what is missing, builds, compiles and runs a real exported program
#   make test   installs what is missing, builds, and runs every test
# and make plugin builds the pass plugin of mlir-opt, which is the library of the C API, too (docs/embed.md).
ifdef FLASHLIGHT_LLVM_PREFIX
export MLIR_SYS_220_PREFIX := $(FLASHLIGHT_LLVM_PREFIX)
export TABLEGEN_220_PREFIX := $(FLASHLIGHT_LLVM_PREFIX)
endif

EXAMPLE ?= tests/corpus/causal_bf16

.PHONY: demo test lint setup plugin header trace-test

setup:
	@scripts/setup.sh

demo: setup
	cargo build --release --bins
	@scripts/demo.sh $(EXAMPLE)

test: setup
	scripts/python-environment.sh & environment=$$!; cargo build --bins && wait $$environment
	cargo test
	scripts/python.sh

lint: setup
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo build --no-default-features --bin flashlight-run
	scripts/orphan-snapshots.sh

plugin: setup
	@scripts/embed.sh

header:
	FLASHLIGHT_UPDATE_HEADER=1 cargo test -q -p flashlight-c --test c_api header

# Opens pages of `flashlight trace` in a real browser (Debian's headless Chromium; playwright into .tools/).
trace-test: setup
	scripts/browser.sh
	cargo build --bin flashlight
	.tools/browser/bin/python tests/trace/browser.py
