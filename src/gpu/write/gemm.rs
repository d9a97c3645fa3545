//! Contractions on the matrix unit: what is multiplied, where its operands are, and when its sums may be read.

use super::kernel::{Kernel, Registers};
use crate::{
    bug,
    dialect::kernel::{Half, Instruction, Left, Mma, Tile},
    error::PassError,
    ffi,
    gpu::{
        layout::{Coord, Layout, groups},
        nest::{Contraction, is_zero_fill},
        plan::{SharedTile, Source, Staged},
        schedule::round_up,
    },
    ir::{self, Val},
};
use melior::ir::operation::OperationLike;

/// Columns that a contraction has in flight beside its accumulator are a multiple of the rows of a warpgroup: of so many,
const PART: i64 = 64;
/// and in kernels that hold nothing else as many as leave an accumulator so many registers, beside those that are always used.
const ACCUMULATING: i64 = 192;

impl<'c> Kernel<'_, 'c> {
    /// Issues a contraction and waits for it.
    ///
    /// # Errors
    /// Reported when a tile has a shape that wgmma does not take.
    pub fn contract(&mut self, contraction: &Contraction<'c>) -> Result<(), PassError> {
        let columns = contraction.sizes[1];
        let layout = Layout::Fragment { columns };
        let done = if contraction.apart() && !is_zero_fill(contraction.init) {
            // Some columns at a time: their sums from zero are in registers beside the accumulator, until they are added.
            let init = self.fragment(contraction.init, layout)?;
            let mut done = vec![];
            let room = if self.plan.is_streaming() { (2 * ACCUMULATING - columns).max(PART) } else { PART };
            let width = if room >= columns { columns } else { room / PART * PART };
            for first in (0..columns).step_by(width as usize) {
                let part = (first, width.min(columns - first));
                let issued = self.issue_part(contraction, part, &[])?;
                let sums = self.await_groups(0, &issued, &[]);
                let added = done.len();
                done.extend(self.landed(contraction, &sums, None, &init[added..added + sums.len()]));
                if first + width < columns {
                    self.await_groups(0, &[], &done[added..]);
                }
            }
            done
        } else {
            let issued = self.issue(contraction)?;
            self.await_groups(0, &issued, &[])
        };
        self.keep(contraction.result, Registers { layout, values: done });
        Ok(())
    }

    /// Issues the wgmmas of a contraction as one group; the values are valid after [`Kernel::await_groups`].
    ///
    /// # Errors
    /// Reported when a tile has a shape that wgmma does not take.
    pub fn issue(&mut self, contraction: &Contraction<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let columns = contraction.sizes[1];
        let accumulate = !is_zero_fill(contraction.init);
        let init = if accumulate { self.fragment(contraction.init, Layout::Fragment { columns })? } else { vec![] };
        self.issue_part(contraction, (0, columns), &init)
    }

    /// [`Kernel::issue`] for some columns, from the first one on, and their accumulator, if they have one.
    fn issue_part(
        &mut self,
        contraction: &Contraction<'c>,
        (first, columns): (i64, i64),
        init: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let refuse = |what: &str| {
            ffi::emit_error(contraction.op.location(), &format!("not supported on the GPU: {what}"));
            PassError::Reported
        };
        let depth = contraction.sizes[2];
        if columns > 256 {
            return Err(refuse(&format!("a contraction with {columns} columns (at most 256)")));
        }
        if !contraction.rhs.iter().all(|rhs| self.plan.staged(*rhs).is_some()) {
            return Err(refuse("a right operand that is computed from another contraction"));
        }
        let rights = self.rights(contraction, first)?;
        let mut lefts = vec![];
        for lhs in &contraction.lhs {
            lefts.push(match self.plan.staged(*lhs).cloned() {
                Some(staged) => {
                    let inner = contraction.lhs_inner;
                    Left::Shared(tile(staged.shared, inner, 0), self.own_address(&staged, inner)?)
                }
                None if !contraction.lhs_inner || depth % 16 != 0 => {
                    return Err(refuse("a computed left operand that is transposed or not a multiple of 16 deep"));
                }
                None => Left::Words(self.packed(*lhs, depth, right_element(contraction))?),
            });
        }
        let sizes = [round_up(columns, 8), round_up(depth, 16)];
        self.multiply(contraction, (lefts, rights), (init, None), sizes)
    }

    /// Issues a contraction whose left operand is packed already and whose accumulator is in registers; if a condition is
    /// given and false, what is in the accumulator is not added to. [`Kernel::landed`] has the result.
    ///
    /// # Errors
    /// [`PassError::Bug`] when the right operand is not staged.
    pub fn issue_with(
        &mut self,
        contraction: &Contraction<'c>,
        (words, adds): (&[Val<'c>], Option<Val<'c>>),
        accumulator: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let rights = self.rights(contraction, 0)?;
        let [_, columns, depth] = contraction.sizes;
        let each = words.len() / contraction.lhs.len().max(1);
        let lefts: Vec<_> = words.chunks(each.max(1)).map(|words| Left::Words(words.to_vec())).collect();
        let init = if contraction.apart() { (&[][..], None) } else { (accumulator, adds) };
        self.multiply(contraction, (lefts, rights), init, [round_up(columns, 8), depth])
    }

    /// The sums of a contraction that [`Kernel::issue_with`] began, after the wait: with the accumulator added, if that was
    /// not done in flight, where the condition holds.
    pub fn landed(
        &self,
        contraction: &Contraction<'c>,
        sums: &[Val<'c>],
        adds: Option<Val<'c>>,
        accumulator: &[Val<'c>],
    ) -> Vec<Val<'c>> {
        if !contraction.apart() {
            return sums.to_vec();
        }
        let code = self.code;
        let added = |(sum, old): (&Val<'c>, &Val<'c>)| {
            let old = adds.map_or(*old, |adds| code.b.select(adds, *old, code.f32(0.0)));
            code.b.binary("arith.addf", old, *sum)
        };
        sums.iter().zip(accumulator).map(added).collect()
    }

    /// The tiles of a right operand as they are read, from a column on.
    fn rights(&mut self, contraction: &Contraction<'c>, first: i64) -> Result<Vec<(Tile, Val<'c>)>, PassError> {
        let mut rights = vec![];
        for rhs in &contraction.rhs {
            let staged = self.plan.staged(*rhs).cloned().ok_or_else(|| bug!("a right operand that is not staged"))?;
            rights.push((tile(staged.shared, contraction.rhs_inner, first), self.operand_address(&staged)?));
        }
        Ok(rights)
    }

    /// The words of a computed left operand, tile by tile.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn packed_left(&mut self, contraction: &Contraction<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let mut words = vec![];
        for lhs in &contraction.lhs {
            words.extend(self.packed(*lhs, contraction.sizes[2], right_element(contraction))?);
        }
        Ok(words)
    }

    /// Waits until at most `pending` groups are in flight; the values pass through so that their readers come after.
    /// `pins` are computed before the wait.
    pub fn await_groups(&self, pending: usize, values: &[Val<'c>], pins: &[Val<'c>]) -> Vec<Val<'c>> {
        let scratch = (!pins.is_empty()).then(|| self.me().shared);
        let offset = scratch.map_or(0, |_| self.plan.zero + 4);
        let (sums, pins, pending) = (values.to_vec(), pins.to_vec(), pending as i64);
        Instruction::Await { sums, pins, scratch, pending, offset }.build(&self.code.b)
    }

    fn multiply(
        &self,
        contraction: &Contraction<'c>,
        (lefts, rights): (Vec<Left<'c>>, Vec<(Tile, Val<'c>)>),
        (accumulators, adds): (&[Val<'c>], Option<Val<'c>>),
        [columns, depth]: [i64; 2],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let (element, products) = (element(contraction)?, contraction.products.clone());
        let accumulators = accumulators.to_vec();
        let mma = Mma { columns, depth, element, products, accumulators, adds, lefts, rights };
        Ok(Instruction::Mma(mma).build(&self.code.b))
    }

    /// Where an operand begins in the buffer in turn.
    fn operand_address(&mut self, staged: &Staged<'c>) -> Result<Val<'c>, PassError> {
        let address = self.buffer_address(staged.buffer);
        let Source::Inside(column) = staged.source else { return Ok(address) };
        // A whole number of chunks.
        let (at, shared) = (self.index(column)?, staged.shared);
        let chunk = self.code.divc(at, shared.chunk_columns());
        Ok(self.code.add(address, self.code.mulc(chunk, shared.chunk_bytes())))
    }

    /// Where the rows of this warpgroup begin in a left operand.
    fn own_address(&mut self, staged: &Staged<'c>, inner: bool) -> Result<Val<'c>, PassError> {
        let address = self.operand_address(staged)?;
        if self.plan.warpgroups == 1 {
            return Ok(address);
        }
        let shared = staged.shared;
        let rows = if inner { PART * shared.swizzle } else { PART / shared.chunk_columns() * shared.chunk_bytes() };
        Ok(self.code.add(address, self.code.mulc(self.me().warpgroup, rows)))
    }

    /// A fragment as the words of a left operand: `(row, group)` pairs in the order wgmma reads them.
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn packed(&mut self, value: Val<'c>, depth: i64, element: ir::Type<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let mut words = vec![];
        for group in 0..groups(depth) {
            for row in 0..2 {
                let mut pair = [None; 2];
                for (part, slot) in pair.iter_mut().enumerate() {
                    let item = self.element(value, &[Coord::Row(row), Coord::Column(2 * group + part)])?;
                    *slot = Some(if ir::type_of(item) == element {
                        item
                    } else {
                        self.code.b.cast("arith.truncf", item, element)
                    });
                }
                let [Some(low), Some(high)] = pair else { return Err(bug!("a pair of two")) };
                words.push(self.pack(low, high, true));
            }
        }
        Ok(words)
    }

    /// A tile's elements in a layout, in registers.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn fragment(&mut self, value: Val<'c>, layout: Layout) -> Result<Vec<Val<'c>>, PassError> {
        layout.points().iter().map(|point| self.element(value, point)).collect()
    }
}

/// How a product reads a shared tile: along its rows (the summed dim is the inner one) or across them.
fn tile(shared: SharedTile, inner: bool, first: i64) -> Tile {
    Tile { rows: shared.rows, columns: shared.columns, swizzle: shared.swizzle, inner, first }
}

/// The element type of the tiles that a contraction multiplies, for the matrix unit.
///
/// # Errors
/// [`PassError::Bug`] for one that it does not multiply.
pub fn element(contraction: &Contraction<'_>) -> Result<Half, PassError> {
    let ty = right_element(contraction);
    Half::of(ty).ok_or_else(|| bug!("a product of {ty}"))
}

/// The element type of the tiles that a contraction multiplies.
fn right_element<'c>(contraction: &Contraction<'c>) -> ir::Type<'c> {
    ffi::element_type(ir::type_of(contraction.rhs[0]))
}
