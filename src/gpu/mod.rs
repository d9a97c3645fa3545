//! The Hopper back end: a nest of tiles in, kernels out. Nothing here knows what the nest computes.
//!
//! `distribute` (a pass) maps tiles to warps, `lower-kernel`, `expand-gpu-math` and upstream passes lower the rest (`pipelines/nvvm.txt`),
//! [`emit_ptx`] and [`assemble`] make text and binaries. The schedule is `pipelines/sm_90a.toml`.

mod alike;
mod assembler;
mod code;
pub mod distribute;
mod float8;
mod host;
mod layout;
pub mod lower_kernel;
mod machine;
pub mod math;
mod nest;
mod outline;
mod overwrite;
pub mod picture;
mod plan;
mod points;
mod ptxas;
mod repeat;
mod rows;
pub mod schedule;
mod steps;
pub mod unroll_loops;
mod view;
mod write;

pub use assembler::find_ptxas;
pub(crate) use nest::{groups as reassociation, products};
pub(crate) use plan::FLAT_MARGIN;
pub(crate) use points::{Loops, loops_of, plain_dims};
pub use ptxas::{Kernel, Report, assemble, constants, emit_ptx, read_manifest};
pub(crate) use view::Movement;
