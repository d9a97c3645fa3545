//! GPU kernels, executed on this processor (`interp::kernel`): what they compute, and no race, deadlock or access out of bounds.

mod support;

use flashlight::{
    driver::{Request, Session},
    gpu,
    interp::kernel::{self, Options, Order},
    runtime::{Store, Tensor},
    stage::{Backend, Stage},
};
use melior::ir::operation::OperationLike;
use std::path::{Path, PathBuf};
use support::{corpus_failures, in_parallel, programs_of};

/// The module after stage `distribute`, executed, perhaps with another text: the results, or what is wrong with it.
fn run(path: &Path, change: Option<&dyn Fn(String) -> String>, options: Options) -> Result<Vec<Tensor>, String> {
    let session = Session::new();
    let module = session.parse_file(path).map_err(|error| error.to_string())?;
    let request = Request::new(Backend::Gpu).to(Stage::Distribute);
    let mut module = session.compile(module, &request).map_err(|error| error.to_string())?.module;
    if let Some(change) = change {
        let text = change(module.as_operation().to_string());
        module = session.parse("changed.mlir", &text).map_err(|error| error.to_string())?;
    }
    let specs = gpu::read_manifest(&module).map_err(|error| error.to_string())?.argument_specs();
    let store = Store::open(&path.with_extension("safetensors")).map_err(|error| error.to_string())?;
    let arguments = store.arguments(&specs).map_err(|error| error.to_string())?;
    kernel::run(&module, &arguments, options).map(|run| run.results).map_err(|error| error.to_string())
}

/// Programs whose f32 results are known to be less exact than the corpus rule asks for.
fn inexact() -> Vec<String> {
    let text = std::fs::read_to_string("tests/gradients/expected.toml").expect("it is there");
    let wrong = text.lines().filter(|line| line.contains("cpu = \"wrong\""));
    wrong.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
}

/// Every program whose truth is at hand. Its warps take turns in one order or the other: races show in either.
#[test]
fn kernels_compute_the_truth_without_races() {
    let folders = ["corpus", "programs", "gradients", "layers", "gpu/steps"];
    let all = folders.iter().flat_map(|folder| programs_of(&format!("tests/{folder}")));
    let all: Vec<PathBuf> = all.filter(|path| path.with_extension("safetensors").exists()).collect();
    assert!(all.len() > 100, "{} programs", all.len());
    let (numbered, inexact): (Vec<_>, _) = (all.iter().enumerate().collect(), inexact());
    let faults = in_parallel(&numbered, |(number, path)| {
        let order = if number % 2 == 0 { Order::Ascending } else { Order::Descending };
        let found = match run(path, None, Options { order, ..Options::default() }) {
            Ok(_) if inexact.iter().any(|name| path.ends_with(format!("{name}.mlir"))) => vec![],
            Ok(results) => corpus_failures(path, &results),
            Err(error) => vec![error],
        };
        found.into_iter().map(|fault| format!("{}: {fault}", path.display())).collect::<Vec<_>>()
    });
    let faults: Vec<_> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
