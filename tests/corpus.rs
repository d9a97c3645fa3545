//! One dropped file is one full test: every `tests/corpus/*.mlir` is snapshotted after each stage here, and run
//! fused on the CPU and compared with the truth beside it in `tests/cpu.rs`.
//!
//! Stages people read are snapshotted whole; the stages below `tile` as a digest (how often each
//! operation occurs), since a line there says little and moves often.

use flashlight::{
    driver::{Request, Session, stage_pipeline},
    pass,
    stage::{Backend, Stage},
};
use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
};

/// The programs, sorted by name.
fn programs() -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in std::fs::read_dir("tests/corpus").expect("tests/corpus") {
        let path = entry.expect("a directory entry").path();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("mlir") => found.push(path),
            Some("safetensors") => assert!(path.with_extension("mlir").exists(), "{} has no program", path.display()),
            _ => panic!("{} is neither a program nor its data", path.display()),
        }
    }
    found.sort();
    assert!(found.len() >= 19);
    found
}

/// Operation names and how often each occurs.
fn digest(text: &str) -> String {
    let mut counts = BTreeMap::<&str, usize>::new();
    for line in text.lines() {
        let line = line.trim_start();
        let op = line.split_once(" = ").map_or(line, |(_, op)| op);
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

fn snapshot(program: &Path, label: &str, text: &str) {
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

/// The text of one stage. The vector width is fixed, so that every machine gives the same.
fn after(program: &Path, backend: Backend, stage: Stage) -> String {
    let session = Session::new();
    let module = session.parse_file(program).expect("a program that parses");
    let request = Request::new(backend).to(stage);
    if stage.backend() == Some(Backend::Cpu) {
        let outcome = session.compile(module, &Request::new(backend).to(Stage::Tile)).expect("a program that tiles");
        for own in Stage::of(backend).filter(|own| (Stage::Vectorize..=stage).contains(own)) {
            let text = stage_pipeline(own, &request).replace("apply-schedule", "apply-schedule{isa=avx2}");
            pass::pipeline::run(&outcome.module, &text).expect("a stage that runs");
        }
        return digest(&outcome.text());
    }
    let outcome = session.compile(module, &request).expect("a stage that runs");
    match stage {
        Stage::Ptx => outcome.kernels.iter().map(|kernel| reduced(&kernel.ptx)).collect(),
        Stage::Distribute | Stage::Nvvm => digest(&outcome.text()),
        _ => outcome.text(),
    }
}

/// Whether every floating-point argument is f16 or bf16, which is what the GPU back end takes.
fn for_gpu(program: &Path) -> bool {
    let name = program.file_stem().expect("a name").to_string_lossy();
    name.ends_with("_bf16") || name.ends_with("_f16")
}

#[test]
fn every_stage() {
    for program in programs() {
        for backend in [Backend::Cpu, Backend::Gpu] {
            for (number, stage) in Stage::of(backend).enumerate().skip(1) {
                let twice = backend == Backend::Gpu && stage < Stage::Tile;
                if twice || stage == Stage::Cubin || backend == Backend::Gpu && !for_gpu(&program) {
                    continue;
                }
                let number = format!(
                    "{number:02}-{stage}{}",
                    if stage == Stage::Tile && backend == Backend::Gpu { "-gpu" } else { "" }
                );
                snapshot(&program, &number, &after(&program, backend, stage));
            }
        }
    }
}
