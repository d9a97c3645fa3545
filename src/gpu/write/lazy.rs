//! Votes on maxima that are looked for only where they are needed ([`Lazy`]), and the scores of a warp once more.

use super::{kernel::Kernel, store::FragmentTile};
use crate::{
    bug,
    dialect::kernel::Instruction,
    error::PassError,
    gpu::{
        layout::Layout,
        nest::Contraction,
        plan::{SharedTile, lazy::Lazy},
    },
    ir::Val,
};

impl<'c> Kernel<'_, 'c> {
    /// Whether a condition holds for some thread of the warp.
    pub fn any_lane(&self, condition: Val<'c>) -> Val<'c> {
        Instruction::Vote(condition).value(&self.code.b)
    }

    /// Whether some row of the warp has no finite maximum yet, or one that grew.
    pub fn any_row_without_maximum(&self, maxima: &[Val<'c>], grew: Option<Val<'c>>) -> Val<'c> {
        let low = self.code.f32(f64::NEG_INFINITY);
        // 1 is oeq
        let none = maxima.iter().map(|value| self.code.b.compare("arith.cmpf", 1, *value, low));
        let none = none.chain(grew).reduce(|a, b| self.code.b.binary("arith.ori", a, b));
        self.any_lane(none.unwrap_or_else(|| self.code.b.int(0, self.code.t.i1)))
    }

    /// Whether what a step added to some sum of the warp is too much, or no number.
    pub fn any_sum_too_large(&self, lazy: &Lazy<'c>, before: &[Val<'c>], after: &[Val<'c>]) -> Val<'c> {
        let limit = self.code.f32(lazy.limit);
        let over = before.iter().zip(after).map(|(before, after)| {
            let added = self.code.b.binary("arith.subf", *after, *before);
            // 10 is ugt
            self.code.b.compare("arith.cmpf", 10, added, limit)
        });
        let over = over.reduce(|a, b| self.code.b.binary("arith.ori", a, b));
        self.any_lane(over.unwrap_or_else(|| self.code.b.int(0, self.code.t.i1)))
    }

    /// The scores of the warp's rows once more, as `wgmma` leaves them.
    ///
    /// # Errors
    /// [`PassError::Bug`] for a contraction of tiles that are not in shared memory.
    pub fn scores_by_warp(&mut self, early: &Contraction<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let staged = |kernel: &Self, value: Val<'c>| {
            kernel.plan.staged(value).cloned().ok_or_else(|| bug!("an operand that is not staged"))
        };
        let (left, right) = (staged(self, early.lhs[0])?, staged(self, early.rhs[0])?);
        let columns = early.sizes[1];
        let count = Layout::Fragment { columns }.len();
        let element = super::gemm::element(early)?;
        let bases = [self.buffer_address(left.buffer), self.buffer_address(right.buffer)];
        let code = self.code;
        let first = code.sub(self.me().row, code.shrc(self.me().lane, 2));
        let zero = code.f32(0.0);
        // Slices of 16 of the depth, of which a chunk has a power of two.
        let per_chunk = left.shared.swizzle / 32;
        let bounds = [code.i32(0), code.i32(left.shared.chunks() * per_chunk), code.i32(1)];
        self.repeat(bounds, &vec![zero; count], |kernel, slice, sums| {
            let code = kernel.code;
            let chunk = code.divc(slice, per_chunk);
            let group = code.shlc(code.andc(slice, per_chunk - 1), 1);
            let load = |kernel: &Self, base: Val<'c>, shared: SharedTile, row: Val<'c>| {
                let begins = code.mulc(chunk, shared.chunk_bytes());
                let address = kernel.chunk_address(FragmentTile { base, shared, row }, begins, group);
                Instruction::LoadMatrix(address).build(&code.b)
            };
            let mut sums = sums.to_vec();
            let rows = load(kernel, bases[0], left.shared, first);
            for block in 0..columns / 16 {
                let keys = load(kernel, bases[1], right.shared, code.i32(16 * block));
                for half in 0..2 {
                    let at = 4 * (2 * block as usize + half);
                    let (left, right) = (rows.clone(), vec![keys[half], keys[2 + half]]);
                    let multiply = Instruction::MmaWarp { left, right, sums: sums[at..at + 4].to_vec(), element };
                    sums[at..at + 4].copy_from_slice(&multiply.build(&code.b));
                }
            }
            Ok(sums)
        })
    }
}
