//! GPU kernels, executed on this processor (`interp::kernel`): what they compute, and no race, deadlock or access out of bounds.

mod support;

use flashlight::{
    driver::{Request, Session},
    gpu,
    interp::kernel::{self, Options, Order},
    pass::pipeline,
    runtime::{Store, Tensor},
    stage::{Backend, Stage},
};
use melior::ir::Module;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};
use support::{corpus_failures, in_parallel, programs_of};

/// The module after stage `distribute`.
fn distributed<'c>(session: &'c Session, path: &Path) -> Result<Module<'c>, String> {
    let module = session.parse_file(path).map_err(|error| error.to_string())?;
    let request = Request::new(Backend::Gpu).to(Stage::Distribute);
    session.compile(module, &request).map(|outcome| outcome.module).map_err(|error| error.to_string())
}

/// Executes a module on a program's arguments: the results, or what is wrong with it.
fn run(module: &Module<'_>, path: &Path, options: Options) -> Result<Vec<Tensor>, String> {
    let specs = gpu::read_manifest(module).map_err(|error| error.to_string())?.argument_specs();
    let store = Store::open(&path.with_extension("safetensors")).map_err(|error| error.to_string())?;
    let arguments = store.arguments(&specs).map_err(|error| error.to_string())?;
    kernel::run(module, &arguments, options).map(|run| run.results).map_err(|error| error.to_string())
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
        let session = Session::new();
        let module = distributed(&session, path);
        let results = module.and_then(|module| run(&module, path, Options { order, ..Options::default() }));
        let found = match results {
            Ok(_) if inexact.iter().any(|name| path.ends_with(format!("{name}.mlir"))) => vec![],
            Ok(results) => corpus_failures(path, &results),
            Err(error) => vec![error],
        };
        found.into_iter().map(|fault| format!("{}: {fault}", path.display())).collect::<Vec<_>>()
    });
    let faults: Vec<_> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The instructions that kernels are lowered to, descriptors of tiles included, do what the kernel dialect says.
#[test]
fn lowered_kernels_compute_the_truth() {
    let names = [
        "corpus/causal_bf16",
        "corpus/gqa_bf16",
        "corpus/causal_f32",
        "programs/wide_value_bf16",
        "gradients/causal_bf16",
    ];
    let faults = in_parallel(&names, |name| {
        let path = Path::new("tests").join(name).with_extension("mlir");
        let session = Session::new();
        let module = distributed(&session, &path).expect("a module");
        pipeline::run(&module, "builtin.module(lower-kernel{target=sm_90a})").expect("a machine");
        run(&module, &path, Options::default())
            .map_or_else(|error| vec![error], |results| corpus_failures(&path, &results))
    });
    assert!(faults.iter().all(Vec::is_empty), "{faults:?}");
}

/// The text before the first operand of an op with another operand: `line` with `%x` in place of its operand `number`.
fn with_operand(line: &str, number: usize, change: &str) -> Option<String> {
    let (before, rest) = line.split_once("\"(")?;
    let (operands, after) = rest.split_once(')')?;
    let mut operands: Vec<_> = operands.split(", ").collect();
    let old = std::mem::replace(operands.get_mut(number)?, "%mutant");
    let code = format!("%mutated = arith.constant {change} : i32\n");
    let op = if change == "1" { "xori" } else { "addi" };
    Some(format!("{code}%mutant = arith.{op} {old}, %mutated : i32\n{before}\"({}){after}", operands.join(", ")))
}

/// What a line of a kernel may be in a mutant.
fn mutants(line: &str) -> Vec<(String, String)> {
    let Some((_, name)) = line.split_once("\"kernel.") else { return vec![] };
    let name = name.split('"').next().unwrap_or_default();
    let mut found = vec![];
    let mut add = |what: &str, text: Option<String>| found.extend(text.map(|text| (format!("{name}: {what}"), text)));
    let next = |text: &str, from: &str, to: &str| text.contains(from).then(|| text.replacen(from, to, 1));
    if !line.contains(" = ") {
        add("left out", Some(String::new()));
    }
    match name {
        "wait" => {
            add("another parity", with_operand(line, 1, "1"));
            add("another barrier", with_operand(line, 0, "8"));
        }
        "arrive_barrier" | "expect" => {
            add("another barrier", with_operand(line, 0, "8"));
            add("twice", Some(format!("{line}\n{line}")));
        }
        "fill" => {
            add("another place", with_operand(line, 1, "1024"));
            add("other rows", with_operand(line, 4, "8"));
        }
        "drain" => {
            add("another place", with_operand(line, 1, "1024"));
            add("other rows", with_operand(line, 3, "8"));
        }
        "store_matrix" | "load_matrix" => add("another place", with_operand(line, 0, "16")),
        "await" => {
            add("one more in flight", next(line, "pending = 0", "pending = 1"));
            add("one more in flight", next(line, "pending = 1", "pending = 2"));
        }
        "mma" => {
            add("another swizzle", next(line, "swizzle = 128", "swizzle = 64"));
            add("across", next(line, "inner = true", "inner = false"));
            add("along", next(line, "inner = false", "inner = true"));
        }
        _ => {}
    }
    if name == "expect" {
        add("fewer bytes", next(line, "bytes = ", "bytes = 1"));
        let bytes = line.split("bytes = ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<i64>().ok());
        add("half the bytes", bytes.and_then(|bytes| next(line, &format!("= {bytes}"), &format!("= {}", bytes / 2))));
    }
    if name == "init_barrier" {
        add("fewer arrivals", next(line, "arrivals = 4", "arrivals = 3"));
        add("more arrivals", next(line, "arrivals = 1 ", "arrivals = 2 "));
    }
    found
}

/// Whether a line of a module is executed, once there is nothing but an error in its place.
fn is_executed(path: &Path, lines: &[&str], number: usize) -> bool {
    let (mut lines, trap) = (lines.to_vec(), format!("\"llvm.intr.trap\"() : () -> ()\n{}", lines[number]));
    lines[number] = &trap;
    let session = Session::new();
    let module = session.parse("trap.mlir", &lines.join("\n")).expect("a trap");
    run(&module, path, one_block()).is_err()
}

/// One block takes all tiles, so that every ring turns.
fn one_block() -> Options {
    Options { fuel: 50_000_000, multiprocessors: 1, ..Options::default() }
}

/// A kernel with a wait, an arrival, a fence or a copy left out, with another place, parity, size or layout: each is an error, or
/// gives a wrong result, wherever the program comes by.
#[test]
fn mutants_are_noticed() {
    let path = Path::new("tests/corpus/causal_bf16.mlir");
    let session = Session::new();
    let text = distributed(&session, path).expect("a module").as_operation().to_string();
    let (start, end) = text.split_once("min(").expect("a grid");
    let (tiles, end) = end.split_once(')').expect("a grid");
    assert!(tiles.contains("sm_count"), "a kernel whose blocks take several tiles, not min({tiles})");
    let end = end.trim_start_matches(')');
    let text = format!("{start}sm_count{end}");
    let lines: Vec<&str> = text.lines().collect();
    let all = lines
        .iter()
        .enumerate()
        .flat_map(|(number, line)| mutants(line).into_iter().map(move |(what, changed)| (number, what, changed)));
    let mut all: Vec<_> = all.collect();
    // Of the many loads and stores of matrices two of each do.
    let mut matrices = HashMap::new();
    all.retain(|(_, what, _)| {
        let count: &mut usize = matrices.entry(what.clone()).or_default();
        *count += 1;
        !what.contains("matrix") || *count <= 2
    });
    let whole = run(&session.parse("whole.mlir", &text).expect("a module"), path, one_block()).expect("no fault");
    assert!(corpus_failures(path, &whole).is_empty(), "the kernel is right as it is");
    assert!(all.len() > 90, "{} mutants", all.len());
    let survivors = in_parallel(&all, |(number, what, changed)| {
        let mut changed_lines = lines.clone();
        changed_lines[*number] = changed;
        let session = Session::new();
        let module = session.parse("mutant.mlir", &changed_lines.join("\n")).expect("a mutant that parses");
        let results = run(&module, path, one_block());
        let survives = results.is_ok_and(|results| corpus_failures(path, &results).is_empty());
        (survives && is_executed(path, &lines, *number)).then(|| format!("{what}: {}", lines[*number].trim()))
    });
    let survivors: Vec<_> = survivors.into_iter().flatten().collect();
    assert!(survivors.is_empty(), "{} of {}:\n{}", survivors.len(), all.len(), survivors.join("\n"));
}
