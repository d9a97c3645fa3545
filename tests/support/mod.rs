//! Shared by the integration tests: a compiler context, the corpus, and the corpus rule.
#![allow(dead_code, unused_imports, reason = "each test binary uses a part of it")]

use flashlight::{
    cpu,
    driver::{Request, stage_pipeline},
    pass::pipeline,
    runtime::{Store, Tensor, compare},
    stage::{Backend, Stage},
};
use melior::{Context, ir::Module};
use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

pub use flashlight::driver::new_context as context;

/// The programs of a folder of the repository (where cargo runs tests), sorted by name: a whole collection.
pub fn programs(folder: &str) -> Vec<PathBuf> {
    let found = programs_of(folder);
    assert!(found.len() >= 19, "{} programs", found.len());
    found
}

/// The programs of any folder, sorted by name.
pub fn programs_of(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut found: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "mlir"));
    found.sort();
    assert!(!found.is_empty(), "no program in {folder}");
    found
}

/// Every program of the corpus, sorted.
pub fn corpus() -> Vec<PathBuf> {
    programs("tests/corpus")
}

/// Compiles `main` of a text for the CPU as it is: no stage before `vectorize` runs.
pub fn compile_plain(context: &Context, text: &str) -> cpu::CpuKernel {
    let mut module = Module::parse(context, text).expect("the text parses");
    cpu::compile(&mut module, "main", &cpu::Options::default()).expect("it compiles")
}

/// Compiles `main` of a text for the CPU after the passes of a textual pipeline.
pub fn compile_after(context: &Context, text: &str, passes: &str) -> cpu::CpuKernel {
    let mut module = Module::parse(context, text).expect("the text parses");
    pipeline::run(&module, passes).expect("the passes run");
    cpu::compile(&mut module, "main", &cpu::Options::default()).expect("it compiles")
}

/// Compiles `main` of a text for the CPU through the whole pipeline.
pub fn compile_fused(context: &Context, text: &str) -> cpu::CpuKernel {
    let mut module = Module::parse(context, text).expect("the text parses");
    let request = Request::new(Backend::Cpu);
    for stage in [Stage::Normalize, Stage::Raise, Stage::Bound, Stage::Tile] {
        pipeline::run(&module, &stage_pipeline(stage, &request)).expect("the stage runs");
    }
    cpu::compile(&mut module, "main", &cpu::Options::default()).expect("it compiles")
}

/// The arguments of a corpus program.
pub fn arguments(kernel: &cpu::CpuKernel, program: &Path) -> Vec<Tensor> {
    let store = Store::open(&program.with_extension("safetensors")).expect("tensors");
    store.arguments(&kernel.signature().arguments).expect("arguments")
}

/// Judges results by the corpus rule; returns the failures, one line each.
pub fn corpus_failures(program: &Path, results: &[Tensor]) -> Vec<String> {
    let store = Store::open(&program.with_extension("safetensors")).expect("tensors");
    let mut failures = vec![];
    for (index, result) in results.iter().enumerate() {
        let truth = store.get(&format!("result{index}")).expect("truth");
        let eager = store.find(&format!("eager{index}")).expect("readable");
        let verdict = compare(&format!("result{index}"), result, &truth, eager.as_ref()).expect("shapes agree");
        if !verdict.passes() {
            failures.push(verdict.to_string());
        }
    }
    failures
}

/// What `work` makes of every item, in order; as many at a time as there are processors.
pub fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(vec![]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((at, item)) = items.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(item);
                    results.lock().expect("no panic").push((at, result));
                }
            });
        }
    });
    let mut results = results.into_inner().expect("no panic");
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
