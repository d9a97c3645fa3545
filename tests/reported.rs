//! Programs that users reported, and layers of models (`examples/export_layers.py --small`): each is as right, as fused and as far
//! on the matrix unit as `expected.toml` of its folder says.
//!
//! An entry is what is seen, so a program that gets better or worse fails here until its line is changed
//! (`FLASHLIGHT_UPDATE_REPORTED=1` writes the files anew). A program with tensors beside it is judged by the corpus rule.
//!
//! Gradients (`examples/export_gradients.py`, `examples/export_gradients_jax.py`) also say how many tensors of queries × keys are
//! computed beside fused ops: only those that are results, or that results are sums of.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session},
    stage::{Backend, Stage},
};
use std::{collections::BTreeMap, path::Path};
use support::{arguments, corpus_failures, in_parallel, programs_of};

/// A program after `raise`.
fn raised(program: &Path) -> Option<String> {
    let session = Session::new();
    let module = session.parse_file(program).ok()?;
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Raise)).ok()?;
    Some(outcome.text())
}

/// How many tensors are computed outside of fused ops that have both the queries and the keys of one for dims.
fn squares(raised: &str) -> usize {
    let after = |line: &str, start: &str| -> Vec<String> {
        let list = line.split(start).nth(1).unwrap_or_default().split([']', '>']).next().unwrap_or_default();
        list.split(',').map(|word| word.trim().trim_matches('"').to_owned()).collect()
    };
    let ops = raised.lines().filter(|line| line.contains("iterator_types = [\"") && line.contains("extents = array"));
    let sides: Vec<[String; 2]> = ops
        .map(|line| {
            let (roles, extents) = (after(line, "iterator_types = ["), after(line, "extents = array<i64: "));
            ["query", "key"].map(|role| {
                let at = roles.iter().position(|own| own == role);
                at.map_or(String::new(), |at| extents[at].clone())
            })
        })
        .collect();
    let has_both = |line: &str| {
        let shape = line.rsplit("tensor<").next().unwrap_or_default().split('>').next().unwrap_or_default();
        let sizes: Vec<&str> = shape.split('x').collect();
        let first = |[query, _]: &[String; 2]| sizes.iter().position(|size| *size == query.as_str());
        let second = |side: &[String; 2], first: usize| (0..sizes.len()).any(|at| at != first && sizes[at] == side[1]);
        sides.iter().any(|side| first(side).is_some_and(|first| second(side, first)))
    };
    raised.lines().filter(|line| line.contains(" = linalg.") && line.contains(" ins(") && has_both(line)).count()
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

fn seen(program: &Path, with_squares: bool) -> String {
    let number = |count: Option<usize>| count.map_or("\"refused\"".into(), |count| count.to_string());
    let kernels = on_the_matrix_unit(program);
    let others = kernels.map(|(_, others)| others).filter(|others| *others > 0);
    let raised = raised(program);
    let squares = raised.as_deref().filter(|_| with_squares).map(|raised| format!(", squares = {}", squares(raised)));
    format!(
        "{{ fused = {}{}, cpu = \"{}\", matrix_kernels = {}{} }}",
        number(raised.map(|raised| raised.matches("\"attention.fused\"").count())),
        squares.unwrap_or_default(),
        on_the_cpu(program),
        number(kernels.map(|(matrix, _)| matrix)),
        others.map_or(String::new(), |others| format!(", fallbacks = {others}"))
    )
}

fn are_as_expected(folder: &str, with_squares: bool) {
    let programs = programs_of(folder);
    let expected = format!("{folder}/expected.toml");
    let name = |program: &Path| program.file_stem().expect("a name").to_string_lossy().into_owned();
    let seen: BTreeMap<_, _> =
        in_parallel(&programs, |program| (name(program), seen(program, with_squares))).into_iter().collect();
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
    are_as_expected("tests/reported", false);
}

#[test]
fn layers_are_as_expected() {
    are_as_expected("tests/layers", false);
}

#[test]
fn gradients_are_as_expected() {
    are_as_expected("tests/gradients", true);
}
