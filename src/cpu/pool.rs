//! The persistent thread pool that grid tiles run on.
//!
//! Compiled code calls [`parallel_for`] (as `flashlight_parallel_for`) once per kernel. Tiles are
//! taken from a shared counter in ascending order, so the order of the grid is the order of issue:
//! a kernel that numbers its longest tiles first also runs them first.

use std::{
    cell::Cell,
    ffi::c_void,
    sync::{
        LazyLock,
        atomic::{AtomicI64, Ordering},
    },
};

/// The environment variable that sets the number of threads.
pub const THREADS_VARIABLE: &str = "FLASHLIGHT_THREADS";

/// Stack of a worker: tile buffers live on it.
const STACK_BYTES: usize = 64 << 20;

/// The tile function of a kernel: `(frame, linear tile index)`.
pub type TileFn = extern "C" fn(frame: *mut c_void, index: i64);

static POOL: LazyLock<Option<rayon::ThreadPool>> = LazyLock::new(|| {
    rayon::ThreadPoolBuilder::new()
        .num_threads(configured_threads())
        .stack_size(STACK_BYTES)
        .thread_name(|index| format!("flashlight-{index}"))
        .build()
        .ok()
});

thread_local! {
    static LIMIT: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// `FLASHLIGHT_THREADS` when it is a positive number, else the available cores.
fn configured_threads() -> usize {
    std::env::var(THREADS_VARIABLE)
        .ok()
        .and_then(|text| text.parse().ok())
        .filter(|&count| count > 0)
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// The number of threads kernels run on.
pub fn threads() -> usize {
    POOL.as_ref().map_or(1, rayon::ThreadPool::current_num_threads)
}

/// Runs `body` with kernels it starts on this thread limited to `count` threads.
pub fn with_threads<T>(count: usize, body: impl FnOnce() -> T) -> T {
    struct Restore(usize);
    impl Drop for Restore {
        fn drop(&mut self) {
            LIMIT.set(self.0);
        }
    }
    let _restore = Restore(LIMIT.replace(count.max(1)));
    body()
}

/// A frame pointer that may cross threads: tiles only read the frame.
#[derive(Clone, Copy)]
struct Frame(usize);

/// Calls `tile(frame, 0..count)`, each index once, on the pool. Returns when all have returned.
pub extern "C" fn parallel_for(count: i64, tile: TileFn, frame: *mut c_void) {
    let next = AtomicI64::new(0);
    let frame = Frame(frame as usize);
    let limit = LIMIT.get();
    let work = |worker: usize| {
        if worker >= limit {
            return;
        }
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                break;
            }
            tile(frame.0 as *mut c_void, index);
        }
    };
    match POOL.as_ref() {
        Some(pool) => {
            pool.broadcast(|context| work(context.index()));
        }
        None => work(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    extern "C" fn mark(frame: *mut c_void, index: i64) {
        let counters = frame.cast::<[AtomicI64; 100]>();
        assert!(!counters.is_null());
        // The counters outlive the call below; they are reached through an exposed address only.
        super::super::jit::with_shared(counters, |counters| {
            counters[index as usize].fetch_add(index + 1, Ordering::Relaxed);
        });
    }

    #[test]
    fn every_tile_runs_exactly_once() {
        let counters: [AtomicI64; 100] = std::array::from_fn(|_| AtomicI64::new(0));
        for limit in [1, 2, usize::MAX] {
            with_threads(limit, || parallel_for(100, mark, (&raw const counters).cast_mut().cast()));
        }
        for (index, counter) in counters.iter().enumerate() {
            assert_eq!(counter.load(Ordering::Relaxed), 3 * (index as i64 + 1));
        }
    }
}
