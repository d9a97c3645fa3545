//! Every way in which loading, checking or running can fail, each with a message for the user.

use std::path::PathBuf;
use thiserror::Error;

/// An error of the runtime. The text is complete: it names the file, the tensor and both values.
#[derive(Debug, Error)]
pub enum RuntimeError {
    /// A file could not be read or written.
    #[error("cannot {action} '{}': {source}", path.display())]
    Io { action: &'static str, path: PathBuf, source: std::io::Error },
    /// A safetensors file is malformed.
    #[error("'{}' is not a complete safetensors file: {reason}", path.display())]
    Store { path: PathBuf, reason: String },
    /// A tensor that the program needs is absent.
    #[error("'{}' has no tensor '{name}' (it has: {present})", path.display())]
    MissingTensor { path: PathBuf, name: String, present: String },
    /// A tensor is present that the program has no use for.
    #[error("'{}' has a tensor '{name}', but the function takes {count} argument(s)", path.display())]
    ExtraTensor { path: PathBuf, name: String, count: usize },
    /// A tensor is not of the element type that is needed.
    #[error("{name}: element type is {found}, expected {expected}")]
    WrongDtype { name: String, found: String, expected: String },
    /// A tensor is not of the shape that is needed.
    #[error("{name}: shape is {found}, expected {expected}")]
    WrongShape { name: String, found: String, expected: String },
    /// Two sizes that the program needs to be the same.
    #[error("the arguments do not fit together: {first} is {expected}, but {other} is {found}")]
    Unequal { first: String, expected: i64, other: String, found: i64 },
    /// A shape whose size does not fit the address space or memory.
    #[error("{name}: shape {shape} is too large")]
    TooLarge { name: String, shape: String },
    /// The byte count does not follow from shape and element type.
    #[error("shape {shape} of {dtype} takes {expected} bytes, not {found}")]
    WrongSize { shape: String, dtype: &'static str, expected: usize, found: usize },
    /// A manifest that cannot be read as one.
    #[error("'{}' is not a flashlight manifest: {reason}", path.display())]
    Manifest { path: PathBuf, reason: String },
    /// A file of an artifact that is another one than the manifest was written for.
    #[error("'{name}' is not the file that was compiled: its SHA-256 is another")]
    Changed { name: String },
    /// A shape expression that does not parse or evaluate.
    #[error("shape expression '{text}': {reason}")]
    Expr { text: String, reason: String },
    /// A result in memory that it may not have.
    #[error("'{result}' cannot have the memory of '{other}'")]
    Memory { result: String, other: String },
    /// A number of arguments other than the function's.
    #[error("the function takes {expected} argument(s), {found} given")]
    ArgumentCount { expected: usize, found: usize },
    /// The GPU, its driver or a kernel failed.
    #[error("{0}")]
    Cuda(String),
    /// The artifacts are for another kind of machine.
    #[error("{0}")]
    Target(String),
}

impl RuntimeError {
    /// An [`RuntimeError::Io`] for `map_err`.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
