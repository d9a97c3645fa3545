//! Programs that users reported, and layers of models (`examples/export_layers.py --small`): each is as right, as fused and as far
//! on the matrix unit as `expected.toml` of its folder says.
//!
//! An entry is what is seen, so a program that gets better or worse fails here until its line is changed
//! (`FLASHLIGHT_UPDATE_REPORTED=1` writes the files anew). A program with tensors beside it is judged by the corpus rule.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session},
    stage::{Backend, Stage},
};
use std::{collections::BTreeMap, path::Path};
use support::{arguments, corpus_failures, in_parallel, programs_of};

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

/// How many kernels for sm_90a are on the matrix unit, and how many are not though that was tried; `None` when it does not
/// compile.
fn on_the_matrix_unit(program: &Path) -> Option<(usize, usize)> {
    let session = Session::new();
    let module = session.parse_file(program).ok()?;
    let outcome = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Ptx)).ok()?;
    let (matrix, others): (Vec<_>, Vec<_>) =
        outcome.kernels.iter().partition(|kernel| kernel.ptx.contains("wgmma.mma_async"));
    Some((matrix.len(), others.iter().filter(|kernel| !kernel.launch.reason.is_empty()).count()))
}

fn seen(program: &Path) -> String {
    let number = |count: Option<usize>| count.map_or("\"refused\"".into(), |count| count.to_string());
    let kernels = on_the_matrix_unit(program);
    let others = kernels.map(|(_, others)| others).filter(|others| *others > 0);
    format!(
        "{{ fused = {}, cpu = \"{}\", matrix_kernels = {}{} }}",
        number(fused(program)),
        on_the_cpu(program),
        number(kernels.map(|(matrix, _)| matrix)),
        others.map_or(String::new(), |others| format!(", fallbacks = {others}"))
    )
}

fn are_as_expected(folder: &str) {
    let programs = programs_of(folder);
    let expected = format!("{folder}/expected.toml");
    let name = |program: &Path| program.file_stem().expect("a name").to_string_lossy().into_owned();
    let seen: BTreeMap<_, _> = in_parallel(&programs, |program| (name(program), seen(program))).into_iter().collect();
    let text: String = seen.iter().map(|(name, seen)| format!("{name} = {seen}\n")).collect();
    if std::env::var_os("FLASHLIGHT_UPDATE_REPORTED").is_some() {
        std::fs::write(expected, text).expect("the file can be written");
        return;
    }
    let expected = std::fs::read_to_string(expected).expect("the file is there");
    let lines = |text: &str| text.lines().map(ToOwned::to_owned).collect::<Vec<_>>();
    let (expected, seen) = (lines(&expected), lines(&text));
    let differ: Vec<_> = seen.iter().filter(|line| !expected.contains(line)).cloned().collect();
    assert!(differ.is_empty() && expected.len() == seen.len(), "seen, and not expected:\n{}", differ.join("\n"));
}

#[test]
fn reported_programs_are_as_expected() {
    are_as_expected("tests/reported");
}

#[test]
fn layers_are_as_expected() {
    are_as_expected("tests/layers");
}
