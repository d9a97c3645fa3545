//! A temporary folder, files in it, and one command at a time.

use flashlight::runtime::{DType, Tensor, store};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder that vanishes with the test.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Writes a safetensors file of tensors that count up from 0 in steps of 1/8.
    pub fn tensors(&self, name: &str, tensors: &[(&str, DType, &[usize])]) -> PathBuf {
        let made: Vec<_> =
            tensors.iter().map(|(name, dtype, shape)| ((*name).to_owned(), ramp(*dtype, shape))).collect();
        let path = self.path(name);
        store::save(&path, made.iter().map(|(name, tensor)| (name.clone(), tensor))).expect("a safetensors file");
        path
    }

    /// Runs a program in this folder, with arguments split at spaces.
    pub fn run(&self, program: &str, arguments: &str) -> Ran {
        let output = Command::new(program)
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("RUST_BACKTRACE")
            .output()
            .expect("the program starts");
        Ran::new(&output, self.folder.path())
    }

    /// Everything in the folder, sorted.
    pub fn listing(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.folder.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn ramp(dtype: DType, shape: &[usize]) -> Tensor {
    let count: usize = shape.iter().product();
    let values: Vec<f64> = (0..count).map(|index| (index % 16) as f64 / 8.0).collect();
    Tensor::from_f64(dtype, shape, &values).expect("a small tensor")
}

/// What a command did.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    fn new(output: &Output, folder: &Path) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&*folder.to_string_lossy(), "DIR");
        Self { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// The message of a command that must fail as a user error does: exit code 1, one or more lines on
    /// standard error, nothing on standard output, and no internal error.
    pub fn refusal(&self) -> String {
        assert_eq!(self.code, Some(1), "exit code; stdout: {}\nstderr: {}", self.stdout, self.stderr);
        assert_eq!(self.stdout, "", "nothing on standard output");
        assert!(!self.stderr.contains("internal error"), "{}", self.stderr);
        assert!(!self.stderr.trim().is_empty(), "a message");
        self.stderr.trim_end().to_owned()
    }
}

/// Cases and their messages, for one snapshot.
#[derive(Default)]
pub struct Table(String);

impl Table {
    pub fn add(&mut self, case: &str, message: &str) {
        self.0.push_str(&format!("{case}\n"));
        for line in message.lines() {
            self.0.push_str(&format!("    {line}\n"));
        }
    }

    pub fn text(&self) -> &str {
        &self.0
    }
}
