//! Flashlight: a compiler for attention.
//!
//! Linalg/tensor MLIR from any frontend goes in; attention is found by algebra, fused into one
//! online-softmax kernel, and comes out as a cubin (`sm_90a`) or as CPU code. `docs/architecture.md`
//! is the map; [`stage::Stage`] is the pipeline.
//!
//! Invariants
//! - Nothing in this crate names an attention variant.
//! - After [`stage::Stage::Tile`] nothing knows the word attention.
//! - [`runtime`] builds without LLVM (`--no-default-features`).

#![allow(rustdoc::private_intra_doc_links, reason = "headers of modules are for those who read the source, too")]

pub mod cli;
pub mod environment;
pub mod runtime;

#[cfg(feature = "compiler")]
pub mod algebra;
#[cfg(feature = "compiler")]
pub mod assembly;
#[cfg(feature = "compiler")]
pub mod certificate;
#[cfg(feature = "compiler")]
pub mod choices;
#[cfg(feature = "compiler")]
pub mod cpu;
#[cfg(feature = "compiler")]
pub mod diag;
#[cfg(feature = "compiler")]
pub mod dialect;
#[cfg(feature = "compiler")]
pub mod driver;
#[cfg(feature = "compiler")]
pub mod error;
#[cfg(feature = "compiler")]
pub mod ffi;
#[cfg(feature = "compiler")]
pub mod gpu;
#[cfg(feature = "compiler")]
pub mod interp;
#[cfg(feature = "compiler")]
pub mod ir;
#[cfg(feature = "compiler")]
mod limits;
#[cfg(feature = "compiler")]
pub mod opt;
#[cfg(feature = "compiler")]
pub mod pass;
#[cfg(feature = "compiler")]
pub mod remark;
#[cfg(feature = "compiler")]
pub mod schedule;
#[cfg(feature = "compiler")]
pub mod shape;
pub mod stack;
#[cfg(feature = "compiler")]
pub mod stage;
#[cfg(feature = "compiler")]
pub mod trace;
#[cfg(feature = "compiler")]
pub mod work;
