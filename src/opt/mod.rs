//! `flashlight-opt`: reads MLIR, runs passes of ours and upstream's in any order, prints MLIR.
//!
//! Flags, output, diagnostics and exit codes are `mlir-opt`'s wherever both have them. What it adds:
//! `--from`/`--to STAGE`, line numbers of the whole file under `--split-input-file`, hints for names
//! that are nearly right, and our verifier after every pass.

pub mod expect;
pub mod flags;
mod process;
pub mod split;
pub mod watch;

use crate::{
    diag::{Diagnostic, Place, Position, Severity, Sources},
    dialect, driver,
    ffi::{
        self,
        tool::{BYTECODE_MAGIC, bytecode, has_dialect},
    },
    pass::{
        PASSES,
        names::{self, Upstream},
        reproducer::Reproducer,
    },
    runtime::store::write_atomic,
};
use flags::{Command, Options};
use melior::ir::{Location, Module};
use std::{
    ffi::{OsStr, OsString},
    io::{self, Read, Write},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

/// What stands between the pieces of a split file.
pub const DEFAULT_MARKER: &str = "// -----";

/// Every dialect that MLIR's C API registers, `tests/opt/behaviour.rs` checks that none is missing.
const UPSTREAM_DIALECTS: &[&str] = &[
    "acc",
    "affine",
    "amdgpu",
    "amx",
    "arith",
    "arm_neon",
    "arm_sme",
    "arm_sve",
    "async",
    "bufferization",
    "builtin",
    "cf",
    "complex",
    "dlti",
    "emitc",
    "func",
    "gpu",
    "index",
    "irdl",
    "linalg",
    "llvm",
    "math",
    "memref",
    "ml_program",
    "mpi",
    "nvgpu",
    "nvvm",
    "omp",
    "pdl",
    "pdl_interp",
    "ptr",
    "quant",
    "rocdl",
    "scf",
    "shape",
    "shard",
    "smt",
    "sparse_tensor",
    "spirv",
    "tensor",
    "tosa",
    "transform",
    "ub",
    "vector",
    "wasmssa",
    "x86vector",
    "xegpu",
    "xevm",
];

/// Runs the tool on its arguments (without the program's name) and returns the exit code.
pub fn main(arguments: &[OsString]) -> u8 {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let parsed = flags::parse(&texts).map_err(|message| format!("error: {message}"));
    let outcome = parsed.and_then(|command| match command {
        Command::Run(options) => {
            let (input, output) = (path_of(&options.input, arguments), path_of(&options.output, arguments));
            run(&options, &input, &output)
        }
        Command::Help => print(&flags::help()),
        Command::Version => print(&version()),
        Command::ListPasses => print(&pass_list()),
        Command::ShowDialects => print(&dialect_list()),
    });
    match outcome {
        Ok(true) => 0,
        Ok(false) => 1,
        Err(message) => {
            let message = message.strip_suffix('\n').unwrap_or(&message);
            crate::diag::say(format_args!("{message}\n"));
            1
        }
    }
}

/// The path that an argument, or what follows its `=`, names: any bytes, of which `text` is what is UTF-8.
fn path_of(text: &str, arguments: &[OsString]) -> PathBuf {
    let bytes = arguments.iter().map(|argument| argument.as_bytes());
    let mut parts = bytes.flat_map(|whole| [Some(whole), whole.splitn(2, |byte| *byte == b'=').nth(1)]).flatten();
    let raw = parts.find(|raw| String::from_utf8_lossy(raw) == text);
    raw.map_or_else(|| text.into(), |raw| OsStr::from_bytes(raw).into())
}

fn print(text: &str) -> Result<bool, String> {
    write_stdout(text.as_bytes()).map(|()| true)
}

/// Writes to standard output. A reader that has gone is no error.
fn write_stdout(bytes: &[u8]) -> Result<(), String> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot write to stdout: {error}")),
        _ => Ok(()),
    }
}

/// An I/O error in words, without the number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

fn read_input(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = vec![];
    let read = match path.to_str() {
        Some("-") => io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        _ => std::fs::read(path).map(|read| bytes = read),
    };
    read.map_err(|error| format!("cannot open input file '{}': {}", path.display(), reason(&error)))?;
    Ok(bytes)
}

/// Refuses an output that can not be written before any work is done for it.
fn check_output(path: &Path) -> Result<(), String> {
    if path == Path::new("-") {
        return Ok(());
    }
    let fail = |why: &str| Err(format!("cannot open output file '{}': {why}", path.display()));
    match path.parent() {
        Some(parent) if parent != Path::new("") && !parent.exists() => fail("No such file or directory"),
        _ if path.is_dir() => fail("Is a directory"),
        _ => Ok(()),
    }
}

fn run(options: &Options, input: &Path, output_path: &Path) -> Result<bool, String> {
    let (mut own, mut early) = (options.clone(), None);
    if options.run_reproducer {
        let bytes = read_input(input)?;
        let found = Reproducer::read(&String::from_utf8_lossy(&bytes));
        let Reproducer { pipeline, verify_each } =
            found.ok_or_else(|| format!("error: '{}' is no reproducer", input.display()))?;
        (own.pipeline, own.verify_each, early) = (Some(pipeline), verify_each, Some(bytes));
    }
    let options = &own;
    let work = process::Work::new(options)?;
    check_output(output_path)?;
    let input = match early {
        Some(bytes) => bytes,
        None => read_input(input)?,
    };
    let name = if options.input == "-" { "<stdin>" } else { &options.input };
    let (pieces, near_misses) = match &options.split_marker {
        Some(marker) if !input.starts_with(BYTECODE_MAGIC) => split::split(&input, marker),
        _ => (vec![split::Piece { text: input.clone() }], vec![]),
    };
    let mut sources = Sources::default();
    sources.add(name, &input);
    for split::NearMiss { line, column } in near_misses {
        let place = Place::File(Position { file: name.into(), line, column });
        crate::diag::say(format_args!(
            "{}",
            sources.render(&Diagnostic::new(Severity::Warning, place, "near miss with file split marker"))
        ));
    }
    let (mut succeeded, mut output) = (true, vec![]);
    let marker = options.output_marker.as_deref().unwrap_or(DEFAULT_MARKER);
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            output.extend_from_slice(format!("{marker}\n").as_bytes());
        }
        let (good, mut text) = work.piece(index, name, &piece.text)?;
        succeeded &= good;
        output.append(&mut text);
    }
    if options.output == "-" {
        write_stdout(&output)?;
    } else if succeeded {
        write_atomic(output_path, &output).map_err(|error| error.to_string())?;
    }
    Ok(succeeded)
}

fn version() -> String {
    // MLIR's version is in the header of its bytecode: magic, one byte, then the producer's name.
    let context = driver::new_context();
    let module = Module::new(Location::unknown(&context));
    let bytes = bytecode(ffi::op(&module.as_operation()), None).unwrap_or_default();
    let producer = bytes.get(5..).and_then(|rest| rest.split(|byte| *byte == 0).next()).unwrap_or_default();
    let producer = String::from_utf8_lossy(producer);
    format!("flashlight-opt {}\nMLIR {}\n", env!("CARGO_PKG_VERSION"), producer.trim_start_matches("MLIR"))
}

fn pass_list() -> String {
    let mut text = String::from("Passes of Flashlight:\n");
    for pass in PASSES {
        text.push_str(&format!("  --{:<50} {}\n", pass.name, pass.summary));
        for option in pass.options {
            let spelled = format!("{}={}", option.name, option.default());
            text.push_str(&format!("      {spelled:<48} {} ({})\n", option.summary, option.takes()));
        }
    }
    for (title, pipelines) in [("Passes of MLIR:", false), ("Pipelines of MLIR:", true)] {
        text.push_str(&format!("\n{title}\n"));
        for Upstream { name, summary, .. } in names::upstream().filter(|entry| entry.is_pipeline == pipelines) {
            text.push_str(&format!("  --{name:<50} {summary}\n"));
        }
    }
    text
}

fn dialect_list() -> String {
    let context = driver::new_context();
    let mut names: Vec<_> = UPSTREAM_DIALECTS.iter().copied().filter(|name| has_dialect(&context, name)).collect();
    names.extend(dialect::DEFINITIONS.map(|(name, _)| name));
    names.sort_unstable();
    format!("Available Dialects: {}\n", names.join(", "))
}
