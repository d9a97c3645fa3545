//! The command line of `flashlight`.

use super::{Common, Report, bench, check, compile, explain, run, trace};
use clap::{Parser, Subcommand};

/// A compiler for attention: linalg MLIR in, one fused online-softmax kernel out.
#[derive(Parser, Debug)]
#[command(
    name = "flashlight",
    version,
    after_help = "flashlight --help-env lists the environment variables that are read."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    Compile(compile::Compile),
    Run(run::Run),
    Explain(explain::Explain),
    Check(check::Check),
    Bench(bench::Bench),
    Trace(trace::Trace),
}

/// The options every command has.
pub const fn common(cli: &Cli) -> &Common {
    match &cli.command {
        Command::Compile(options) => &options.common,
        Command::Run(options) => &options.common,
        Command::Explain(options) => &options.common,
        Command::Check(options) => &options.common,
        Command::Bench(options) => &options.common,
        Command::Trace(options) => &options.common,
    }
}

/// Runs the command.
///
/// # Errors
/// Any, with its message.
pub fn execute(cli: Cli) -> anyhow::Result<Report> {
    match cli.command {
        Command::Compile(options) => compile::run(&options),
        Command::Run(options) => run::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Trace(options) => trace::run(&options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
        crate::cli::launch::Cli::command().debug_assert();
    }
}
