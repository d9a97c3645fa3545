//! Which warps of the producer warpgroup fill which buffers.

use super::{Plan, Staged, Use};
use crate::{ffi, ir};

/// Warps of the producer warpgroup that copy: the first number, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copiers {
    pub first: i64,
    pub warps: i64,
}

impl Plan<'_> {
    /// The warps that fill a buffer; `None` where the copy engine does.
    pub fn copiers(&self, buffer: usize) -> Option<Copiers> {
        let place = self.copied().position(|own| own == buffer)? as i64;
        Some(match (self.copied().count(), place) {
            (1, _) => Copiers { first: 1, warps: 3 },
            // Loads of one are on their way while the other is computed.
            (2, _) if self.copied().all(|buffer| self.is_computed(buffer)) => Copiers { first: 1, warps: 3 },
            (2, 0) => Copiers { first: 1, warps: 2 },
            (2, _) => Copiers { first: 3, warps: 1 },
            _ => Copiers { first: 1 + place % 3, warps: 1 },
        })
    }

    /// All groups of warps that copy.
    pub fn all_copiers(&self) -> Vec<Copiers> {
        let mut all: Vec<_> = self.copied().filter_map(|buffer| self.copiers(buffer)).collect();
        all.sort_by_key(|copiers| copiers.first);
        all.dedup();
        all
    }

    /// Whether a buffer holds operands that are computed on their way.
    fn is_computed(&self, buffer: usize) -> bool {
        let generic =
            |staged: &Staged<'_>| ffi::defining_op(staged.value).is_some_and(|op| ir::name(op) == "linalg.generic");
        self.staged
            .iter()
            .filter(|staged| staged.buffer == buffer)
            .all(|staged| staged.used == Use::Operand && generic(staged))
    }

    fn copied(&self) -> impl Iterator<Item = usize> {
        (0..self.buffers.len()).filter(|buffer| self.buffers[*buffer].by_threads)
    }
}
