//! The Hopper back end: a nest of tiles in, kernels out. Nothing here knows what the nest computes.
//!
//! `distribute` (a pass) maps tiles to warps, `lower-kernel`, `expand-gpu-math` and upstream passes lower the rest (`pipelines/nvvm.txt`),
//! [`emit_ptx`] and [`assemble`] make text and binaries. The schedule is `pipelines/sm_90a.toml`.

mod alike;
mod aside;
mod assembler;
mod boxes;
mod capture;
mod code;
mod copy;
pub mod distribute;
mod element;
mod exact;
mod flat;
mod float;
mod float8;
mod flow;
mod gemm;
mod host;
mod kernel;
mod lanes;
mod layout;
mod lazy;
pub mod machine;
pub mod math;
mod maxima;
mod memory;
mod nest;
mod order;
mod outline;
mod overlap;
mod overwrite;
mod persist;
pub mod picture;
mod plan;
mod points;
mod ptxas;
mod repeat;
mod ring;
mod roles;
mod rotate;
mod rows;
mod scale;
pub mod schedule;
mod sections;
mod spread;
mod staging;
mod steps;
mod store;
mod stream;
mod turns;
pub mod unroll_loops;
mod variants;
mod view;

pub use assembler::find_ptxas;
pub(crate) use nest::{groups as reassociation, products};
pub(crate) use plan::FLAT_MARGIN;
pub(crate) use points::{Loops, loops_of, plain_dims};
pub use ptxas::{Kernel, Report, assemble, constants, emit_ptx, read_manifest};
pub(crate) use view::Movement;
