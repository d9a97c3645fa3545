//! Recognition: every corpus program is one fused op with nothing left around it, and means what the source means.
//!
//! `FLASHLIGHT_CORPUS=DIR` also checks the meaning of the programs of another folder.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session},
    stage::{Backend, Stage},
};
use support::{arguments, context, corpus, corpus_failures};

/// A program after `raise`, and the remarks on the way.
fn raised(text: &str) -> (String, Vec<String>) {
    let session = Session::new();
    let module = session.parse("program.mlir", text).expect("parses");
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Raise)).expect("compiles");
    let remarks = outcome.remarks.iter().map(|remark| remark.message.clone()).collect();
    (outcome.text(), remarks)
}

/// The raised program lowered back to plain linalg and compiled.
fn executable(context: &melior::Context, raised: &str) -> cpu::CpuKernel {
    let mut module = melior::ir::Module::parse(context, raised).expect("parses");
    let pass = flashlight::pass::find("attention-decompose").expect("registered");
    flashlight::pass::run(pass, flashlight::ffi::op(&module.as_operation()), &Default::default()).expect("decomposes");
    cpu::compile(&mut module, "main", &cpu::Options::default()).expect("compiles")
}

#[test]
fn every_corpus_program_is_one_fused_op() {
    for program in corpus() {
        let text = std::fs::read_to_string(&program).expect("program");
        let (ir, remarks) = raised(&text);
        assert_eq!(ir.matches("\"attention.fused\"").count(), 1, "{program:?}: {remarks:?}");
        assert!(!ir.contains("linalg."), "{program:?} keeps linalg:\n{ir}");
    }
}

#[test]
fn raised_corpus_programs_are_right() {
    let context = context();
    let mut failures = vec![];
    let mut programs = corpus();
    if let Some(folder) = std::env::var_os("FLASHLIGHT_CORPUS") {
        let entries = std::fs::read_dir(folder).expect("the folder is there");
        programs = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        programs.retain(|path| path.extension().is_some_and(|extension| extension == "mlir"));
        programs.sort();
    }
    for program in programs {
        let text = std::fs::read_to_string(&program).expect("program");
        let kernel = executable(&context, &raised(&text).0);
        let inputs = arguments(&kernel, &program);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("runs");
        failures.extend(corpus_failures(&program, &results).into_iter().map(|line| format!("{program:?}: {line}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
