//! Contractions on the tensor cores: wgmma with its shared-memory descriptors.
//!
//! A descriptor is built from a 32-bit low word (address and leading offset, in units of 16 bytes) and a constant high
//! word (stride between groups of 8 rows, swizzle mode). Only the low word is computed at run time.

use super::{
    kernel::{Kernel, Registers},
    layout::{Coord, Layout, groups},
    nest::Contraction,
    plan::{SharedTile, Source, Staged},
    schedule::round_up,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Val},
};
use melior::ir::operation::OperationLike;
use std::fmt::Write;

/// How a shared tile is read by wgmma: along its rows (the summed dim is the inner one) or across them.
#[derive(Clone, Copy)]
struct Reading {
    shared: SharedTile,
    inner: bool,
}

impl Reading {
    /// High word: stride between groups of 8 rows, swizzle mode.
    fn high(self) -> i64 {
        let mode = match self.shared.swizzle {
            32 => 3,
            64 => 2,
            _ => 1,
        };
        (8 * self.shared.swizzle) >> 4 | mode << 30
    }

    /// Leading offset in the low word: unused along rows, else the distance between chunks.
    fn leading(self) -> i64 {
        let units = if self.inner { 1 } else { self.shared.chunk_bytes() >> 4 };
        units << 16
    }

    /// Low-word offset of the `k`-th slice of 16.
    fn step(self, k: i64) -> i64 {
        let bytes = if self.inner {
            let chunk = 16 * k / self.shared.chunk_columns();
            chunk * self.shared.chunk_bytes() + 16 * k % self.shared.chunk_columns() * 2
        } else {
            16 * k * self.shared.swizzle
        };
        bytes >> 4
    }

    /// Bytes to the rows of the next warpgroup.
    fn warpgroup_bytes(self) -> i64 {
        if self.inner { 64 * self.shared.swizzle } else { 64 / self.shared.chunk_columns() * self.shared.chunk_bytes() }
    }
}

/// Columns that a contraction has in flight beside its accumulator are a multiple of the rows of a warpgroup: of so many,
const PART: i64 = 64;
/// and in kernels that hold nothing else as many as leave an accumulator so many registers, beside those that are always used.
const ACCUMULATING: i64 = 192;

/// A tile of the left operand of a contraction.
enum Left<'c> {
    /// Low word of the descriptor.
    Shared(Reading, Val<'c>),
    /// Packed words, four per slice of 16.
    Registers(Vec<Val<'c>>),
}

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
                    let reading = Reading { shared: staged.shared, inner: contraction.lhs_inner };
                    Left::Shared(reading, self.descriptor(&staged, reading, true)?)
                }
                None if !contraction.lhs_inner || depth % 16 != 0 => {
                    return Err(refuse("a computed left operand that is transposed or not a multiple of 16 deep"));
                }
                None => Left::Registers(self.packed(*lhs, depth, right_element(contraction))?),
            });
        }
        let sizes = [round_up(columns, 8), round_up(depth, 16)];
        Ok(self.wgmma(contraction, (&lefts, &rights), (init, None), sizes))
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
        let lefts: Vec<_> = words.chunks(each.max(1)).map(|words| Left::Registers(words.to_vec())).collect();
        let init = if contraction.apart() { (&[][..], None) } else { (accumulator, adds) };
        Ok(self.wgmma(contraction, (&lefts, &rights), init, [round_up(columns, 8), depth]))
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
    fn rights(&mut self, contraction: &Contraction<'c>, first: i64) -> Result<Vec<(Reading, Val<'c>)>, PassError> {
        let mut rights = vec![];
        for rhs in &contraction.rhs {
            let staged = self.plan.staged(*rhs).cloned().ok_or_else(|| bug!("a right operand that is not staged"))?;
            let reading = Reading { shared: staged.shared, inner: contraction.rhs_inner };
            let low = self.descriptor(&staged, reading, false)?;
            rights.push((reading, self.code.addc(low, (first / PART * reading.warpgroup_bytes()) >> 4)));
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
    /// `pins` are computed before the wait: it would store one that is a NaN of a kind that arithmetic does not make, to a
    /// word that nothing reads.
    pub fn await_groups(&self, pending: usize, values: &[Val<'c>], pins: &[Val<'c>]) -> Vec<Val<'c>> {
        let count = values.len();
        let mut constraints = vec!["=f".to_string(); count];
        constraints.extend((0..count).map(|n| n.to_string()));
        let mut operands = values.to_vec();
        let mut text = format!("wgmma.wait_group.sync.aligned {pending};");
        if !pins.is_empty() {
            constraints.push("r".into());
            operands.push(self.me().shared);
            let mut before = String::from("{\n.reg .pred q;\n.reg .b32 bits;\n");
            let unread = self.plan.zero + 4;
            for pin in 0..pins.len() {
                let (at, address) = (2 * count + 1 + pin, 2 * count);
                let _ = writeln!(before, "mov.b32 bits, ${at};\nsetp.eq.b32 q, bits, 0x7FFFDEAD;");
                let _ = writeln!(before, "@q st.shared.b32 [${address}+{unread}], bits;");
                constraints.push("f".into());
            }
            operands.extend_from_slice(pins);
            text = format!("{before}{text}\n}}");
        }
        self.code.asm(&text, &constraints.join(","), &operands, &vec![self.code.t.f32; count])
    }

    fn wgmma(
        &self,
        contraction: &Contraction<'c>,
        (lefts, rights): (&[Left<'c>], &[(Reading, Val<'c>)]),
        (init, adds): (&[Val<'c>], Option<Val<'c>>),
        [columns, depth]: [i64; 2],
    ) -> Vec<Val<'c>> {
        let code = self.code;
        let count = groups(columns) * 4;
        let outputs = (0..count).map(|index| format!("${index}")).collect::<Vec<_>>().join(", ");
        let mut operands = init.to_vec();
        let mut constraints = vec!["=f".to_string(); count];
        constraints.extend((0..init.len()).map(|index| index.to_string()));
        let mut push = |values: &[Val<'c>], constraint: &str| {
            let first = count + operands.len();
            operands.extend(values);
            constraints.extend(vec![constraint.to_string(); values.len()]);
            first as i64
        };
        let left_at: Vec<_> = lefts
            .iter()
            .map(|left| match left {
                Left::Shared(_, low) => push(&[*low], "r"),
                Left::Registers(words) => push(words, "r"),
            })
            .collect();
        let right_at: Vec<_> = rights.iter().map(|(_, low)| push(&[*low], "r")).collect();
        let adds_at = adds.map(|adds| push(&[adds], "b"));
        let kind = if right_element(contraction) == code.t.bf16 { "bf16" } else { "f16" };
        let instruction = format!("wgmma.mma_async.sync.aligned.m64n{columns}k16.f32.{kind}.{kind}");
        let mut text = String::new();
        text.push_str("{\n.reg .pred p0, p1; .reg .b32 la, lb; .reg .b64 a, b;\n");
        text.push_str("setp.ne.b32 p0, 0, 0; setp.ne.b32 p1, 1, 0;\nwgmma.fence.sync.aligned;\n");
        let steps = (0..contraction.products.len()).flat_map(|product| (0..depth / 16).map(move |k| (product, k)));
        for (number, (product, k)) in steps.enumerate() {
            let [left, right] = contraction.products[product];
            let predicate = match (number, adds_at) {
                (0, _) if init.is_empty() => "p0".to_string(),
                (0, Some(adds)) => format!("${adds}"),
                _ => "p1".to_string(),
            };
            let (reading, at) = (rights[right].0, right_at[right]);
            let transpose_right = i32::from(!reading.inner);
            let _ = writeln!(text, "add.s32 lb, ${at}, {}; mov.b64 b, {{lb, {}}};", reading.step(k), reading.high());
            let first = left_at[left];
            match &lefts[left] {
                Left::Shared(reading, _) => {
                    let _ = writeln!(
                        text,
                        "add.s32 la, ${first}, {}; mov.b64 a, {{la, {}}};",
                        reading.step(k),
                        reading.high()
                    );
                    let transpose_left = i32::from(!reading.inner);
                    let _ = writeln!(
                        text,
                        "{instruction} {{{outputs}}}, a, b, {predicate}, 1, 1, {transpose_left}, {transpose_right};"
                    );
                }
                Left::Registers(_) => {
                    let a = (0..4).map(|part| format!("${}", first + 4 * k + part)).collect::<Vec<_>>().join(", ");
                    let _ = writeln!(
                        text,
                        "{instruction} {{{outputs}}}, {{{a}}}, b, {predicate}, 1, 1, {transpose_right};"
                    );
                }
            }
        }
        text.push_str("wgmma.commit_group.sync.aligned;\n}");
        code.asm(&text, &constraints.join(","), &operands, &vec![code.t.f32; count])
    }

    /// The low word of a staged tile's descriptor, at the buffer in turn.
    fn descriptor(&mut self, staged: &Staged<'c>, reading: Reading, is_left: bool) -> Result<Val<'c>, PassError> {
        let mut address = self.buffer_address(staged.buffer);
        if let Source::Inside(column) = staged.source {
            // A whole number of chunks.
            let (at, shared) = (self.index(column)?, staged.shared);
            let chunk = self.code.divc(at, shared.chunk_columns());
            address = self.code.add(address, self.code.mulc(chunk, shared.chunk_bytes()));
        }
        let code = self.code;
        if is_left && self.plan.warpgroups > 1 {
            let rows = code.mulc(self.me().warpgroup, reading.warpgroup_bytes());
            address = code.add(address, rows);
        }
        Ok(code.addc(code.shrc(address, 4), reading.leading()))
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

/// The element type of the tiles that a contraction multiplies.
fn right_element<'c>(contraction: &Contraction<'c>) -> ir::Type<'c> {
    ffi::element_type(ir::type_of(contraction.rhs[0]))
}

/// Whether a tile is filled with zeros.
pub fn is_zero_fill(value: Val<'_>) -> bool {
    ffi::defining_op(value)
        .filter(|op| ir::name(*op) == "linalg.fill")
        .and_then(|op| ffi::defining_op(ir::operands(op)[0]))
        .and_then(|op| ir::attr(op, "value"))
        .and_then(ir::float_attr)
        .is_some_and(|value| value == 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(rows: i64, columns: i64, swizzle: i64, inner: bool) -> Reading {
        Reading { shared: SharedTile { rows, columns, swizzle, size: 2 }, inner }
    }

    #[test]
    fn along_rows_of_128_bytes() {
        let key = reading(128, 128, 128, true);
        assert_eq!(key.high(), (1024 >> 4) | 1 << 30);
        assert_eq!((0..5).map(|k| key.step(k)).collect::<Vec<_>>(), [0, 2, 4, 6, 128 * 128 / 16]);
    }

    #[test]
    fn across_rows_of_128_bytes() {
        let value = reading(64, 128, 128, false);
        assert_eq!(value.leading(), (64 * 128 / 16) << 16);
        assert_eq!((0..3).map(|k| value.step(k)).collect::<Vec<_>>(), [0, 128, 256]);
    }

    #[test]
    fn narrow_rows_use_narrow_swizzles() {
        let narrow = reading(64, 16, 32, true);
        assert_eq!(narrow.high(), (256 >> 4) | 3 << 30);
        assert_eq!(narrow.shared.chunks(), 1);
        let middle = reading(64, 24, 64, false);
        assert_eq!((middle.high(), middle.step(1)), ((512 >> 4) | 2 << 30, 1024 / 16));
    }
}
