//! `flashlight-opt`: see [`flashlight::opt`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    ExitCode::from(flashlight::stack::deep(|| flashlight::opt::main(&arguments)))
}
