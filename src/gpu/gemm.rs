//! Contractions on the tensor cores: wgmma with its shared-memory descriptors.
//!
//! A descriptor is built from a 32-bit low word (address and leading offset, in units of 16 bytes) and a constant high
//! word (stride between groups of 8 rows, swizzle mode). Only the low word is computed at run time.

use super::{
    kernel::{Kernel, Registers},
    layout::{Coord, Layout, groups},
    nest::Contraction,
    plan::{SharedTile, Staged},
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

/// The left operand of a contraction.
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
        let issued = self.issue(contraction)?;
        let done = self.await_groups(0, &issued, &[]);
        self.keep(
            contraction.result,
            Registers { layout: Layout::Fragment { columns: contraction.sizes[1] }, values: done },
        );
        Ok(())
    }

    /// Issues the wgmmas of a contraction as one group; the values are valid after [`Kernel::await_groups`].
    ///
    /// # Errors
    /// Reported when a tile has a shape that wgmma does not take.
    pub fn issue(&mut self, contraction: &Contraction<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let refuse = |what: &str| {
            ffi::emit_error(contraction.op.location(), &format!("not supported on the GPU: {what}"));
            PassError::Reported
        };
        let [_, columns, depth] = contraction.sizes;
        if columns > 256 {
            return Err(refuse(&format!("a contraction with {columns} columns (at most 256)")));
        }
        let rhs = self
            .plan
            .staged(contraction.rhs)
            .ok_or_else(|| refuse("a right operand that is computed from another contraction"))?;
        let (right_reading, element) = (Reading { shared: rhs.shared, inner: contraction.rhs_inner }, rhs.element);
        let right = self.descriptor(&rhs.clone(), right_reading, false);
        let left = match self.plan.staged(contraction.lhs) {
            Some(staged) => {
                let reading = Reading { shared: staged.shared, inner: contraction.lhs_inner };
                Left::Shared(reading, self.descriptor(&staged.clone(), reading, true))
            }
            None if !contraction.lhs_inner || depth % 16 != 0 => {
                return Err(refuse("a computed left operand that is transposed or not a multiple of 16 deep"));
            }
            None => Left::Registers(self.packed(contraction.lhs, depth, element)?),
        };
        let layout = Layout::Fragment { columns };
        let accumulate = !is_zero_fill(contraction.init);
        let init = if accumulate { self.fragment(contraction.init, layout)? } else { vec![] };
        let kind = if element == self.code.t.bf16 { "bf16" } else { "f16" };
        Ok(self.wgmma(&left, (right_reading, right), (&init, None), [round_up(columns, 8), round_up(depth, 16)], kind))
    }

    /// Issues a contraction whose left operand is packed already and whose accumulator is in registers; if a condition is
    /// given and false, what is in the accumulator is not added to.
    ///
    /// # Errors
    /// [`PassError::Bug`] when the right operand is not staged.
    pub fn issue_with(
        &mut self,
        contraction: &Contraction<'c>,
        (words, adds): (&[Val<'c>], Option<Val<'c>>),
        accumulator: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let rhs =
            self.plan.staged(contraction.rhs).cloned().ok_or_else(|| bug!("a right operand that is not staged"))?;
        let reading = Reading { shared: rhs.shared, inner: contraction.rhs_inner };
        let right = self.descriptor(&rhs, reading, false);
        let [_, columns, depth] = contraction.sizes;
        let kind = if rhs.element == self.code.t.bf16 { "bf16" } else { "f16" };
        let left = Left::Registers(words.to_vec());
        Ok(self.wgmma(&left, (reading, right), (accumulator, adds), [round_up(columns, 8), depth], kind))
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
        left: &Left<'c>,
        right: (Reading, Val<'c>),
        (init, adds): (&[Val<'c>], Option<Val<'c>>),
        [columns, depth]: [i64; 2],
        kind: &str,
    ) -> Vec<Val<'c>> {
        let code = self.code;
        let count = groups(columns) * 4;
        let outputs = (0..count).map(|index| format!("${index}")).collect::<Vec<_>>().join(", ");
        let mut operands = init.to_vec();
        let mut constraints = vec!["=f".to_string(); count];
        constraints.extend((0..init.len()).map(|index| index.to_string()));
        let first = count + operands.len();
        let words = match left {
            Left::Shared(_, low) => vec![*low],
            Left::Registers(words) => words.clone(),
        };
        operands.extend(&words);
        operands.push(right.1);
        constraints.extend(vec!["r".to_string(); words.len() + 1]);
        let rhs = first + words.len();
        operands.extend(adds);
        constraints.extend(adds.map(|_| "b".to_string()));
        let (transpose_right, mut text) = (i32::from(!right.0.inner), String::new());
        text.push_str("{\n.reg .pred p0, p1; .reg .b32 la, lb; .reg .b64 a, b;\n");
        text.push_str("setp.ne.b32 p0, 0, 0; setp.ne.b32 p1, 1, 0;\nwgmma.fence.sync.aligned;\n");
        for k in 0..depth / 16 {
            let predicate = match k {
                0 if init.is_empty() => "p0".to_string(),
                0 if adds.is_some() => format!("${}", rhs + 1),
                _ => "p1".to_string(),
            };
            let _ = writeln!(text, "add.s32 lb, ${rhs}, {}; mov.b64 b, {{lb, {}}};", right.0.step(k), right.0.high());
            let instruction = format!("wgmma.mma_async.sync.aligned.m64n{columns}k16.f32.{kind}.{kind}");
            match left {
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
                    let a =
                        (0..4).map(|part| format!("${}", first as i64 + 4 * k + part)).collect::<Vec<_>>().join(", ");
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
    fn descriptor(&mut self, staged: &Staged<'c>, reading: Reading, is_left: bool) -> Val<'c> {
        let code = self.code;
        let mut address = self.buffer_address(staged.buffer);
        if is_left && self.plan.warpgroups > 1 {
            let rows = code.mulc(self.me().warpgroup, reading.warpgroup_bytes());
            address = code.add(address, rows);
        }
        code.addc(code.shrc(address, 4), reading.leading())
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
        Reading { shared: SharedTile { rows, columns, swizzle }, inner }
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
