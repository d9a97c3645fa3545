//! The compiler's command line; see `flashlight --help`.

use flashlight::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main(cli::flashlight::common, cli::flashlight::execute)
}
