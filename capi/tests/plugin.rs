//! The pass plugin in the `mlir-opt` of the LLVM that it was built with.

use flashlight::{
    dialect,
    driver::{self, Request, Session},
    ffi::{self, tool},
    pass::{self, PASSES},
    stage::{Backend, Stage},
};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The shared library, which cargo builds beside the tests.
fn library() -> PathBuf {
    std::env::current_exe().expect("a test").with_file_name("libflashlight_c.so")
}

fn mlir_opt(arguments: &[&str]) -> Output {
    let prefix = std::env::var("MLIR_SYS_220_PREFIX").unwrap_or_else(|_| "/usr/lib/llvm-22".into());
    let output = Command::new(Path::new(&prefix).join("bin/mlir-opt"))
        .arg(format!("--load-pass-plugin={}", library().display()))
        .args(arguments)
        .output();
    output.expect("mlir-opt runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The passes of a back end's stages in one pipeline.
fn pipeline(backend: Backend) -> String {
    let request = Request::new(backend);
    let stages = Stage::of(backend).filter(|stage| !matches!(stage, Stage::Input | Stage::Ptx | Stage::Cubin));
    let inner = stages.map(|stage| {
        let text = driver::stage_pipeline(stage, &request);
        let inner = text.trim().strip_prefix("builtin.module(").and_then(|rest| rest.strip_suffix(')'));
        inner.expect("a pipeline of the module").to_owned()
    });
    format!("builtin.module({})", inner.collect::<Vec<_>>().join(","))
}

/// What our tools make of a file, `None` where they refuse it.
fn ours(file: &Path, pipeline: &str) -> Option<String> {
    let session = Session::new();
    let module = session.parse_file(file).expect("a program");
    pass::pipeline::run(&module, pipeline).ok()?;
    let mut bytes = tool::print(ffi::op(&module.as_operation()), &tool::PrintFlags::default());
    bytes.push(b'\n');
    Some(text(&bytes))
}

fn the_same(file: &Path) {
    for backend in [Backend::Cpu, Backend::Gpu] {
        let pipeline = pipeline(backend);
        let flags = [&format!("--pass-pipeline={pipeline}"), file.to_str().expect("a path")];
        let theirs = mlir_opt(&flags);
        let ours = ours(file, &pipeline);
        assert_eq!(theirs.status.success(), ours.is_some(), "{}: {}", file.display(), text(&theirs.stderr));
        assert!(ours.is_none_or(|ours| ours == text(&theirs.stdout)), "{}: {backend:?} differs", file.display());
    }
}

#[test]
fn mlir_opt_makes_what_our_tools_make() {
    for name in ["examples/attention.mlir", "tests/corpus/gqa_bf16.mlir"] {
        the_same(&root(name));
    }
}

/// Minutes of work: with `FLASHLIGHT_WHOLE_CORPUS=1`.
#[test]
fn mlir_opt_makes_what_our_tools_make_of_the_corpus() {
    if std::env::var_os("FLASHLIGHT_WHOLE_CORPUS").is_none() {
        return;
    }
    for entry in std::fs::read_dir(root("tests/corpus")).expect("the corpus").flatten() {
        let path = entry.path();
        let foreign = std::fs::read_to_string(&path).is_ok_and(|text| text.contains("tm_tensor."));
        if path.extension().is_some_and(|extension| extension == "mlir") && !foreign {
            println!("{}", path.display());
            the_same(&path);
        }
    }
}

#[test]
fn every_pass_and_option_is_in_the_help() {
    let help = text(&mlir_opt(&["--help"]).stdout);
    let mut lines = help.lines();
    let mut passes: Vec<_> = PASSES.iter().collect();
    passes.sort_by_key(|pass| pass.name);
    for pass in passes {
        let flag = format!("--{} ", pass.name);
        assert!(lines.any(|line| line.trim_start().starts_with(&flag) && line.ends_with(pass.summary)), "{flag}");
        let mut options: Vec<_> = pass.options.iter().map(|option| option.name).collect();
        options.sort_unstable();
        for option in options {
            let line = lines.next().unwrap_or_default();
            assert!(line.trim_start().starts_with(&format!("--{option}")), "{} {option}: {line}", pass.name);
        }
    }
}

#[test]
fn what_is_wrong_is_said_and_fails() {
    let file = root("examples/attention.mlir");
    let file = file.to_str().expect("a path");
    let cases: [(&[&str], &str); 5] = [
        (&["--pass-pipeline=builtin.module(func.func(raise))", file], "restricted to 'builtin.module'"),
        (&["--pass-pipeline=builtin.module(raise{strict-masks=maybe})", file], "is invalid value for boolean argument"),
        (&["--pass-pipeline=builtin.module(tile{fuse=bogus})", file], "'fuse' is true, fits or false, not 'bogus'"),
        (&["--pass-pipeline=builtin.module(tile{margin=x})", file], "value invalid for long argument"),
        (&["--pass-pipeline=builtin.module(distribute)", file], "attention.mlir:12:8: error: not supported on the GPU"),
    ];
    for (arguments, message) in cases {
        let output = mlir_opt(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(message), "{said}");
        assert_eq!(text(&output.stdout), "");
    }
}

/// What `make plugin` installs is both definitions in one file.
#[test]
fn the_dialects_are_read_with_their_definitions() {
    let folder = tempfile::tempdir().expect("a folder");
    let (definitions, stage) = (folder.path().join("flashlight.irdl.mlir"), folder.path().join("raised.mlir"));
    let text: String = dialect::DEFINITIONS.into_iter().map(|(_, definition)| definition).collect();
    std::fs::write(&definitions, text).expect("a file");
    let request = Request::new(Backend::Cpu);
    let text = [Stage::Normalize, Stage::Raise].map(|stage| driver::stage_pipeline(stage, &request));
    let session = Session::new();
    let module = session.parse_file(&root("examples/attention.mlir")).expect("a program");
    text.iter().for_each(|text| pass::pipeline::run(&module, text).expect("it raises"));
    let raised = module.as_operation().to_string();
    std::fs::write(&stage, &raised).expect("a file");
    let irdl = format!("--irdl-file={}", definitions.display());
    let output = mlir_opt(&[&irdl, stage.to_str().expect("a path")]);
    assert_eq!(self::text(&output.stdout), raised + "\n", "{}", self::text(&output.stderr));
}

#[test]
fn remarks_are_diagnostics_at_their_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("in.mlir");
    let source = std::fs::read_to_string(root("examples/attention.mlir")).expect("a program");
    std::fs::write(&path, &source).expect("a file");
    let normalize = driver::stage_pipeline(Stage::Normalize, &Request::new(Backend::Cpu));
    let inner = normalize.trim().strip_suffix(')').expect("a pipeline");
    let output = mlir_opt(&[&format!("--pass-pipeline={inner},raise)"), path.to_str().expect("a path")]);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("in.mlir:") && said.contains(": remark: [raise] "), "{said}");
}
