//! The command lines. Each subcommand is a function from its arguments to a [`Report`]; this module turns
//! reports, errors and panics into output and exit codes: 0 for success, 1 for everything else.

#[cfg(feature = "compiler")]
pub mod artifacts;
#[cfg(feature = "compiler")]
pub mod bench;
#[cfg(feature = "compiler")]
pub mod chains;
#[cfg(feature = "compiler")]
pub mod check;
#[cfg(feature = "compiler")]
pub mod compile;
#[cfg(feature = "compiler")]
pub mod explain;
#[cfg(feature = "compiler")]
pub mod flashlight;
#[cfg(feature = "compiler")]
pub mod formula;
#[cfg(feature = "compiler")]
pub mod front;
#[cfg(feature = "compiler")]
pub mod host;
#[cfg(feature = "compiler")]
pub mod joint;
pub mod judge;
#[cfg(feature = "compiler")]
pub mod kernels;
pub mod launch;
#[cfg(feature = "compiler")]
pub mod run;
#[cfg(feature = "compiler")]
pub mod trace;
#[cfg(feature = "compiler")]
pub mod verify;

use clap::{Args, Parser};
use std::{
    fmt,
    io::{IsTerminal, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};
use tracing::Level;

/// What a command prints on standard output, and whether it succeeded.
#[derive(Default)]
pub struct Report {
    text: String,
    failed: bool,
}

impl Report {
    /// Adds a line.
    pub fn line(&mut self, line: impl fmt::Display) {
        self.text.push_str(&line.to_string());
        self.text.push('\n');
    }

    /// Adds all of another report.
    pub fn append(&mut self, other: Self) {
        self.text.push_str(&other.text);
        self.failed |= other.failed;
    }

    /// The lines so far.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// Makes the exit code 1, the text notwithstanding.
    pub const fn fail(&mut self) {
        self.failed = true;
    }
}

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Say more on standard error (-v: progress, -vv: details, -vvv: everything)
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
}

/// Parses the command line, runs a command and reports. The whole of a `main` function.
pub fn main<C: Parser + Send>(common: fn(&C) -> &Common, command: fn(C) -> anyhow::Result<Report>) -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
        let payload = panic.payload();
        let text =
            payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let text = text.unwrap_or("no message");
        let _ = writeln!(std::io::stderr(), "error: internal error (a bug in flashlight): {text}{place}");
    }));
    if std::env::args_os().nth(1).is_some_and(|word| word == "--help-env") {
        return finish(&Report { text: crate::environment::text(), ..Report::default() });
    }
    let parsed = match C::try_parse() {
        Ok(parsed) => parsed,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        }
    };
    log_to_stderr(common(&parsed).verbose);
    match crate::stack::deep(|| catch_unwind(AssertUnwindSafe(|| command(parsed)))) {
        Ok(Ok(report)) => finish(&report),
        Ok(Err(error)) => {
            complain(&error);
            ExitCode::FAILURE
        }
        Err(_) => ExitCode::FAILURE, // the hook has said what
    }
}

fn log_to_stderr(verbose: u8) {
    let level = match verbose {
        0 => Level::WARN,
        1 => Level::INFO,
        2 => Level::DEBUG,
        _ => Level::TRACE,
    };
    let log = tracing_subscriber::fmt().with_max_level(level).with_target(false).without_time();
    let _ = log.with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr).try_init();
}

/// Prints an error and its causes. Compiler diagnostics carry their own `error:` and position.
fn complain(error: &anyhow::Error) {
    let mut text = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    let prefix = if text.contains("error: ") { "" } else { "error: " };
    let _ = writeln!(std::io::stderr(), "{prefix}{}", text.trim_end());
}

fn finish(report: &Report) -> ExitCode {
    let mut output = std::io::stdout().lock();
    match output.write_all(report.text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            complain(&anyhow::anyhow!("cannot write to standard output: {error}"));
            ExitCode::FAILURE
        }
        _ if report.failed => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}
