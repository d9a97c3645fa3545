//! Shared by the integration tests: a compiler context, the corpus, and the corpus rule.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use flashlight::{
    cpu,
    driver::{Request, stage_pipeline},
    pass::pipeline,
    runtime::{Store, Tensor, compare},
    stage::{Backend, Stage},
};
use melior::{
    Context,
    dialect::DialectRegistry,
    ir::Module,
    utility::{register_all_dialects, register_all_llvm_translations, register_all_passes},
};
use std::path::{Path, PathBuf};

/// A context that can compile for the CPU.
pub fn context() -> Context {
    register_all_passes();
    let registry = DialectRegistry::new();
    register_all_dialects(&registry);
    let context = Context::new_with_registry(&registry, false);
    context.load_all_available_dialects();
    register_all_llvm_translations(&context);
    flashlight::dialect::load(&context);
    context
}

/// Every program of the corpus, sorted.
pub fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "mlir"))
        .collect();
    files.sort();
    files
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
