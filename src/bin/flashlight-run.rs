//! Runs compiled artifacts on a GPU. Builds without LLVM: `cargo build --no-default-features --bin flashlight-run`.

use flashlight::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::launch::Cli>(|cli| &cli.common, cli::launch::run)
}
