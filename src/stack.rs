//! Passes follow chains of operations by recursion; a program may have tens of thousands of operations in a chain.

/// Address space for the stack; memory is taken as it is used.
const BYTES: usize = 1 << 30;

/// Runs something on a thread with a deep stack, or here if there is no room for one.
///
/// # Panics
/// When what is run does.
pub fn deep<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    let mut run = Some(run);
    let run = &mut run;
    let outcome = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(BYTES);
        let spawned = thread.spawn_scoped(scope, || run.take().map(|run| run()));
        spawned.ok().map(|thread| thread.join())
    });
    match outcome {
        Some(Ok(Some(value))) => value,
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        _ => run.take().map(|run| run()).expect("not run yet"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn recursion_may_be_deep() {
        fn depth(n: u64) -> u64 {
            if std::hint::black_box(n) == 0 { 0 } else { depth(n - 1) + 1 }
        }
        assert_eq!(super::deep(|| depth(1_000_000)), 1_000_000);
    }
}
