//! Algebra over scalar expressions of loop indices.
//!
//! A tensor program is read as the scalar it computes at one point of an iteration space: [`Reader`] turns an SSA
//! value and symbolic coordinates into an expression of the hash-consed [`Arena`]. Views, transposes, broadcasts
//! and index arithmetic disappear into coordinates; reductions become [`Node::Reduce`] over bound dimensions;
//! float casts are the identity. Two ways of writing one computation become one [`Id`], so laws are applied to
//! values and not to spellings.
//!
//! Invariants
//! - Floats are a commutative ring here: sums and products are n-ary, sorted and carry f64 constants.
//! - Integers are mathematical integers with ranges; a range decides `floordiv`, `mod` and comparisons.
//! - A bound dimension is named by its role, extent and depth, so alpha-equivalent reductions are one node.

mod arena;
mod count;
mod float;
mod generic;
mod int;
pub mod interp;
mod logic;
mod read;
mod rewrite;
mod scalar;
mod show;
#[cfg(test)]
mod tests;
mod view;

pub use arena::{Arena, DimId, DimInfo, Flags, Func, Id, Kind, Node, Real, Role, TensorId, TensorInfo, Ty};
pub use float::snap;
pub(crate) use generic::Generic;
pub use read::{Policy, Reader, Refused};
