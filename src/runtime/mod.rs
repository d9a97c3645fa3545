//! Running what was compiled: tensors, manifests, the comparison rule and the CUDA driver.
//!
//! Invariant: nothing here needs LLVM or MLIR, so `flashlight-run` builds without them and a compiled
//! kernel runs where no compiler is.

pub mod compare;
pub mod cuda;
pub mod error;
pub mod expr;
pub mod float8;
pub mod launcher;
pub mod manifest;
pub mod steps;
pub mod store;
pub mod tensor;

pub use compare::{Verdict, compare, default_tolerance, unravel};
pub use error::RuntimeError;
pub use expr::{Expr, Function, Scope};
pub use manifest::Manifest;
pub use store::{Store, TensorSpec};
pub use tensor::{DType, Tensor};
