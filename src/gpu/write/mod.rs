//! Writing kernels: from the plan of a nest to both roles, in ops of the kernel dialect.

mod aside;
mod boxes;
mod capture;
mod copy;
mod element;
mod flow;
mod gemm;
pub mod kernel;
mod lanes;
mod lazy;
mod maxima;
mod memory;
mod order;
mod overlap;
mod persist;
mod ring;
mod roles;
mod rotate;
pub mod scale;
mod spread;
mod store;
mod stream;
mod turns;
