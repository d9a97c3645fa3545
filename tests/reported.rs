//! Programs that users reported: each is as right, as fused and as far on the matrix unit as `tests/reported/expected.toml` says.
//!
//! An entry is what is seen, so a program that gets better or worse fails here until its line is changed
//! (`FLASHLIGHT_UPDATE_REPORTED=1` writes the file anew). A program with tensors beside it is judged by the corpus rule.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session},
    stage::{Backend, Stage},
};
use std::{collections::BTreeMap, path::Path};
use support::{arguments, corpus_failures, in_parallel, programs};

const EXPECTED: &str = "tests/reported/expected.toml";

/// How many fused ops a program has after `raise`.
fn fused(program: &Path) -> Option<usize> {
    let session = Session::new();
    let module = session.parse_file(program).ok()?;
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Raise)).ok()?;
    Some(outcome.text().matches("\"attention.fused\"").count())
}

/// What the CPU makes of it: `right`, `wrong`, `compiled` (there is no truth beside it) or `refused`.
fn on_the_cpu(program: &Path) -> &'static str {
    let session = Session::new();
    let compiled = session.parse_file(program).ok().and_then(|module| {
        let mut outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Tile)).ok()?;
        cpu::compile(&mut outcome.module, "main", &cpu::Options::default()).ok()
    });
    let Some(kernel) = compiled else { return "refused" };
    if !program.with_extension("safetensors").exists() {
        return "compiled";
    }
    let inputs = arguments(&kernel, program);
    match kernel.run(&inputs.iter().collect::<Vec<_>>()) {
        Ok(results) if corpus_failures(program, &results).is_empty() => "right",
        _ => "wrong",
    }
}

/// How many kernels for sm_90a are on the matrix unit; `None` when it does not compile.
fn on_the_matrix_unit(program: &Path) -> Option<usize> {
    let session = Session::new();
    let module = session.parse_file(program).ok()?;
    let outcome = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Ptx)).ok()?;
    Some(outcome.kernels.iter().filter(|kernel| kernel.ptx.contains("wgmma.mma_async")).count())
}

fn seen(program: &Path) -> String {
    let number = |count: Option<usize>| count.map_or("\"refused\"".into(), |count| count.to_string());
    format!(
        "{{ fused = {}, cpu = \"{}\", matrix_kernels = {} }}",
        number(fused(program)),
        on_the_cpu(program),
        number(on_the_matrix_unit(program))
    )
}

#[test]
fn reported_programs_are_as_expected() {
    let programs = programs("tests/reported");
    let name = |program: &Path| program.file_stem().expect("a name").to_string_lossy().into_owned();
    let seen: BTreeMap<_, _> = in_parallel(&programs, |program| (name(program), seen(program))).into_iter().collect();
    let text: String = seen.iter().map(|(name, seen)| format!("{name} = {seen}\n")).collect();
    if std::env::var_os("FLASHLIGHT_UPDATE_REPORTED").is_some() {
        std::fs::write(EXPECTED, text).expect("the file can be written");
        return;
    }
    let expected = std::fs::read_to_string(EXPECTED).expect("the file is there");
    let lines = |text: &str| text.lines().map(ToOwned::to_owned).collect::<Vec<_>>();
    let (expected, seen) = (lines(&expected), lines(&text));
    let differ: Vec<_> = seen.iter().filter(|line| !expected.contains(line)).cloned().collect();
    assert!(differ.is_empty() && expected.len() == seen.len(), "seen, and not expected:\n{}", differ.join("\n"));
}
