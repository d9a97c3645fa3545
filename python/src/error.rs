//! Errors of the compiler as Python exceptions, panics among them: none crosses the boundary.

use pyo3::{PyErr, create_exception, exceptions::PyRuntimeError};
use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};

create_exception!(
    flashlight,
    CompileError,
    PyRuntimeError,
    "A program that cannot be compiled. The message has the location of what is wrong with it."
);

thread_local! {
    static PANIC: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps what panics say for [`run`], in place of printing it.
fn keep_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(|place| format!(" ({}:{})", place.file(), place.line()));
            let payload = panic.payload();
            let text = payload.downcast_ref::<&str>().copied();
            let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
            PANIC.set(Some(format!("{text}{}", place.unwrap_or_default())));
        }));
    });
}

/// Runs the compiler on a thread with a deep stack. An error or a panic is a [`CompileError`].
pub fn run<T: Send>(body: impl FnOnce() -> anyhow::Result<T> + Send) -> Result<T, PyErr> {
    keep_panics();
    let outcome = flashlight::stack::deep(|| {
        catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| {
            let text = PANIC.take().unwrap_or_else(|| "no message".into());
            Err(anyhow::anyhow!("internal error (a bug in flashlight): {text}"))
        })
    });
    outcome.map_err(|error| CompileError::new_err(chain(&error)))
}

/// An error and its causes in a line, or as the diagnostics it is.
fn chain(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text.trim_end().to_owned()
}
