//! Runs `flashlight-opt` and `mlir-opt`.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Output {
    /// The part that goes into a snapshot.
    pub fn failure(&self) -> String {
        format!("exit code {}\n{}", self.code.map_or("none".into(), |code| code.to_string()), self.stderr)
    }
}

/// A folder of this project.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder with the extension `mlir`, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "mlir"))
        .collect();
    files.sort();
    files
}

/// Runs `flashlight-opt` in `folder`.
pub fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    finish(Command::new(env!("CARGO_BIN_EXE_flashlight-opt")).args(arguments).current_dir(folder), input)
}

/// Runs `flashlight-opt` in the project's root.
pub fn run(arguments: &[&str], input: &[u8]) -> Output {
    run_in(&root(""), arguments, input)
}

/// Runs the `mlir-opt` of the LLVM that this build links.
pub fn mlir_opt_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let prefix = std::env::var("MLIR_SYS_220_PREFIX").unwrap_or_else(|_| "/usr/lib/llvm-22".into());
    finish(Command::new(Path::new(&prefix).join("bin/mlir-opt")).args(arguments).current_dir(folder), input)
}

fn finish(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // A tool that stops early closes the pipe, which is no fault of the test.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the tool ends");
    writer.join().expect("the input is written");
    Output {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
