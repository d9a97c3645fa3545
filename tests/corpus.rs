//! One dropped file is one full test: every program of `tests/corpus`, `tests/programs` and `tests/dynamic` is snapshotted
//! after each stage, run on the CPU as it is compiled by default, and compared with the truth beside it (the corpus in `tests/cpu.rs`).
//!
//! Stages people read are snapshotted whole; the stages below `tile` as a digest (how often each
//! operation occurs), since a line there says little and moves often. A few small kernels are snapshotted whole.

mod support;

use flashlight::{
    cpu,
    driver::{CompileError, Request, Session, stage_pipeline},
    pass,
    stage::{Backend, Stage},
};
use std::{collections::BTreeMap, fmt::Write, path::Path};
use support::{arguments, corpus_failures, in_parallel, programs};

/// Operation names and how often each occurs.
fn digest(text: &str) -> String {
    let mut counts = BTreeMap::<&str, usize>::new();
    for line in text.lines() {
        let line = line.trim_start();
        let results = line.starts_with('%').then(|| line.split_once(" = ")).flatten();
        let op = results.map_or(line, |(_, op)| op);
        let name = op.trim_start_matches('"').split(['(', ' ', '"', '<', '{', ':']).next().unwrap_or("");
        if name.contains('.') && !name.starts_with(['#', '%', '^', '!']) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.into_iter().fold(String::new(), |mut out, (name, count)| {
        let _ = writeln!(out, "{count:6} {name}");
        out
    })
}

/// Programs whose kernels are snapshotted whole.
const WHOLE: [&str; 3] = ["chain_bf16", "relu_attention_bf16", "five_dims_bf16"];

/// No machine's instruction is written above the pass that lowers kernels for one.
fn assert_no_machine(program: &Path, text: &str) {
    let digest = digest(text);
    let names: Vec<_> = digest.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert!(names.iter().any(|name| name.starts_with("kernel.")), "{program:?}: a kernel without kernel ops");
    let below: Vec<_> = names.iter().filter(|name| name.starts_with("nvvm.") || **name == "llvm.inline_asm").collect();
    assert!(below.is_empty(), "{program:?}: {below:?} after distribute");
}

fn snapshot(program: &Path, label: &str, text: &str) {
    // Weights in the text of a program tell a reader nothing.
    let text: String = text
        .lines()
        .map(|line| {
            line.char_indices()
                .nth(2000)
                .map_or(line.to_owned(), |_| format!("{}...", line.chars().take(200).collect::<String>()))
        })
        .fold(String::new(), |text, line| text + &line + "\n");
    let name = program.file_stem().expect("a name").to_string_lossy().into_owned();
    insta::with_settings!({
        snapshot_path => format!("snapshots/{name}"),
        prepend_module_to_snapshot => false,
        input_file => program,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(label, text);
    });
}

/// What of a kernel's PTX is stable: its interface, and how often each instruction that makes its structure occurs.
fn reduced(ptx: &str) -> String {
    const STRUCTURE: [&str; 9] = [
        "wgmma.mma_async",
        "wgmma.wait_group",
        "cp.async.bulk",
        "mbarrier",
        "setmaxnreg",
        "bar.",
        "barrier.",
        "stmatrix",
        "fence.",
    ];
    let mut out = String::new();
    let mut counts = BTreeMap::<String, usize>::new();
    for line in ptx.lines().map(str::trim) {
        if [".target", ".visible .entry", ".param", ".maxntid", ".minnctapersm"]
            .iter()
            .any(|start| line.starts_with(start))
        {
            let _ = writeln!(out, "{line}");
        }
        let line = line.trim_start_matches("{ ");
        let line = if line.starts_with('@') { line.split_once(' ').map_or(line, |(_, rest)| rest) } else { line };
        if STRUCTURE.iter().any(|start| line.starts_with(start)) {
            let name = line.split([' ', ';', '\t']).next().unwrap_or(line);
            *counts.entry(name.into()).or_default() += 1;
        }
    }
    counts.into_iter().fold(out, |mut out, (name, count)| {
        let _ = writeln!(out, "{count:6} {name}");
        out
    })
}

/// The number and name of a stage, and the text after it.
type Labelled = (String, String);

/// Compiles as far as `to` and returns the IR after every stage on the way, and the PTX of each kernel, reduced.
fn stages(program: &Path, backend: Backend, to: Stage) -> Result<(Vec<Labelled>, Vec<String>), CompileError> {
    let session = Session::new();
    let module = session.parse_file(program)?;
    let directory = tempfile::tempdir().expect("a temporary directory");
    let request = Request { dump: Some(directory.path().into()), ..Request::new(backend).to(to) };
    let outcome = session.compile(module, &request)?;
    let mut found = vec![];
    for (number, stage) in Stage::of(backend).enumerate().skip(1).take_while(|(_, stage)| *stage <= to) {
        let label = format!("{number:02}-{stage}");
        if let Ok(text) = std::fs::read_to_string(directory.path().join(format!("{label}.mlir"))) {
            found.push((label, text));
        }
    }
    Ok((found, outcome.kernels.iter().map(|kernel| reduced(&kernel.ptx)).collect()))
}

/// The stages of the CPU below `tile`, as digests. The vector width is fixed, so that every machine gives the same.
fn below_tile(program: &Path) -> Vec<Labelled> {
    let session = Session::new();
    let module = session.parse_file(program).expect("a program that parses");
    let request = Request::new(Backend::Cpu).to(Stage::Tile);
    let outcome = session.compile(module, &request).expect("a program that tiles");
    let below = Stage::of(Backend::Cpu).enumerate().filter(|(_, stage)| *stage > Stage::Tile);
    below
        .map(|(number, stage)| {
            let text = stage_pipeline(stage, &request).replace("apply-schedule", "apply-schedule{isa=avx2}");
            pass::pipeline::run(&outcome.module, &text).expect("a stage that runs");
            (format!("{number:02}-{stage}"), digest(&outcome.text()))
        })
        .collect()
}

#[test]
fn every_stage() {
    let programs: Vec<_> = ["tests/corpus", "tests/programs", "tests/dynamic"].into_iter().flat_map(programs).collect();
    in_parallel(&programs, |program| {
        let (shared, _) = stages(program, Backend::Cpu, Stage::Tile).expect("a program that tiles");
        for (label, text) in shared.into_iter().chain(below_tile(program)) {
            snapshot(program, &label, &text);
        }
        match stages(program, Backend::Gpu, Stage::Ptx) {
            Ok((stages, kernels)) => {
                for (label, text) in stages.into_iter().filter(|(label, _)| label.as_str() >= "04") {
                    let is_kernel = label.contains("distribute");
                    if is_kernel {
                        assert_no_machine(program, &text);
                    }
                    let whole =
                        is_kernel && WHOLE.contains(&program.file_stem().and_then(|stem| stem.to_str()).unwrap_or(""));
                    let text = if whole || label.contains("tile") { text } else { digest(&text) };
                    snapshot(program, &format!("gpu-{label}"), &text);
                }
                snapshot(program, "gpu-07-ptx", &kernels.join("\n"));
            }
            Err(refusal) => snapshot(program, "gpu-refused", &refusal.to_string()),
        }
    });
}

#[test]
fn programs_run_within_the_corpus_rule() {
    let programs = programs("tests/programs");
    let failures = in_parallel(&programs, |program| {
        let session = Session::new();
        let module = session.parse_file(program).expect("a program that parses");
        let request = Request::new(Backend::Cpu).to(Stage::Tile);
        let mut outcome = session.compile(module, &request).expect("a program that tiles");
        let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options::default()).expect("machine code");
        let inputs = arguments(&kernel, program);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("a run");
        corpus_failures(program, &results).into_iter().map(|line| format!("{program:?}: {line}")).collect::<Vec<_>>()
    });
    let failures: Vec<_> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
