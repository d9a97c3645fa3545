//! The matrix unit: `wgmma` with its shared-memory descriptors, `ldmatrix`, `stmatrix`, and `mma.sync`.
//!
//! A descriptor (PTX ISA, "Matrix Descriptor Format") is built from a 32-bit low word (address and leading offset, in units of 16
//! bytes) and a constant high word (stride between groups of 8 rows, swizzle mode). Only the low word is computed at run time.

use crate::{
    dialect::kernel::{Half, Left, Mma, Tile},
    ffi,
    gpu::{code::Code, machine::Asm},
    ir::{Builder, Val},
};
use melior::ir::operation::OperationLike;
use std::fmt::Write;

/// Rows of one `wgmma`.
const ROWS: i64 = 64;

impl Tile {
    /// High word: stride between groups of 8 rows, swizzle mode.
    fn high(self) -> i64 {
        let mode = match self.swizzle {
            32 => 3,
            64 => 2,
            _ => 1,
        };
        (8 * self.swizzle) >> 4 | mode << 30
    }

    /// Leading offset in the low word: unused along rows, else the distance between chunks.
    fn leading(self) -> i64 {
        let units = if self.inner { 1 } else { self.chunk_bytes() >> 4 };
        units << 16
    }

    /// Low-word offset of the `k`-th slice of 16.
    fn step(self, k: i64) -> i64 {
        let bytes = if self.inner {
            let chunk = 16 * k / self.chunk_columns();
            chunk * self.chunk_bytes() + 16 * k % self.chunk_columns() * 2
        } else {
            16 * k * self.swizzle
        };
        bytes >> 4
    }

    /// Low-word offset of where the product begins.
    fn begin(self) -> i64 {
        let bytes =
            if self.inner { self.first * self.swizzle } else { self.first / self.chunk_columns() * self.chunk_bytes() };
        bytes >> 4
    }
}

/// Code right after a value, where that is computed in this block: what only follows from it is written there.
fn after<'c>(code: Code<'c>, value: Val<'c>) -> Code<'c> {
    let Some(op) = ffi::defining_op(value) else { return code };
    match op.next_in_block().map(|next| ffi::op(&next)) {
        Some(next) if next.block().is_some_and(|block| ffi::blk(&block) == code.b.block()) => {
            Code { b: Builder::before(next).with_location(code.b.location), ..code }
        }
        _ => code,
    }
}

/// The low word of a tile's descriptor.
fn descriptor<'c>(code: Code<'c>, tile: Tile, address: Val<'c>) -> Val<'c> {
    let code = after(code, address);
    code.addc(code.addc(code.shrc(address, 4), tile.leading()), tile.begin())
}

/// `wgmma`: one group of all products.
pub fn mma<'c>(code: Code<'c>, mma: &Mma<'c>) -> Vec<Val<'c>> {
    let count = mma.sums();
    let outputs = (0..count).map(|index| format!("${index}")).collect::<Vec<_>>().join(", ");
    let mut operands = mma.accumulators.clone();
    let mut constraints = vec!["=f".to_string(); count];
    constraints.extend((0..operands.len()).map(|index| index.to_string()));
    let mut push = |values: &[Val<'c>], constraint: &str| {
        let first = count + operands.len();
        operands.extend(values);
        constraints.extend(vec![constraint.to_string(); values.len()]);
        first as i64
    };
    let left_at: Vec<_> = mma
        .lefts
        .iter()
        .map(|left| match left {
            Left::Shared(tile, address) => push(&[descriptor(code, *tile, *address)], "r"),
            Left::Words(words) => push(words, "r"),
        })
        .collect();
    let right_at: Vec<_> =
        mma.rights.iter().map(|(tile, address)| push(&[descriptor(code, *tile, *address)], "r")).collect();
    let adds_at = mma.adds.map(|adds| push(&[adds], "b"));
    let kind = mma.element.name();
    let instruction = format!("wgmma.mma_async.sync.aligned.m{ROWS}n{}k16.f32.{kind}.{kind}", mma.columns);
    let mut text = String::new();
    text.push_str("{\n.reg .pred p0, p1; .reg .b32 la, lb; .reg .b64 a, b;\n");
    text.push_str("setp.ne.b32 p0, 0, 0; setp.ne.b32 p1, 1, 0;\nwgmma.fence.sync.aligned;\n");
    let steps = mma.products.iter().flat_map(|product| (0..mma.depth / 16).map(move |k| (product, k)));
    for (number, ([left, right], k)) in steps.enumerate() {
        let predicate = match (number, adds_at) {
            (0, _) if mma.accumulators.is_empty() => "p0".to_string(),
            (0, Some(adds)) => format!("${adds}"),
            _ => "p1".to_string(),
        };
        let (tile, at) = (mma.rights[*right].0, right_at[*right]);
        let transpose_right = i32::from(!tile.inner);
        let _ = writeln!(text, "add.s32 lb, ${at}, {}; mov.b64 b, {{lb, {}}};", tile.step(k), tile.high());
        let first = left_at[*left];
        match &mma.lefts[*left] {
            Left::Shared(tile, _) => {
                let _ = writeln!(text, "add.s32 la, ${first}, {}; mov.b64 a, {{la, {}}};", tile.step(k), tile.high());
                let transpose_left = i32::from(!tile.inner);
                let _ = writeln!(
                    text,
                    "{instruction} {{{outputs}}}, a, b, {predicate}, 1, 1, {transpose_left}, {transpose_right};"
                );
            }
            Left::Words(_) => {
                let a = (0..4).map(|part| format!("${}", first + 4 * k + part)).collect::<Vec<_>>().join(", ");
                let _ =
                    writeln!(text, "{instruction} {{{outputs}}}, {{{a}}}, b, {predicate}, 1, 1, {transpose_right};");
            }
        }
    }
    text.push_str("wgmma.commit_group.sync.aligned;\n}");
    code.asm(&text, &constraints.join(","), &operands, &vec![code.t.f32; count])
}

/// `wgmma.wait_group`; the values pass through so that their readers come after. It would store a pin that is a NaN of a kind
/// that arithmetic does not make, to a word that nothing reads.
pub fn wait<'c>(
    code: Code<'c>,
    pending: i64,
    values: &[Val<'c>],
    (pins, scratch, offset): (&[Val<'c>], Option<Val<'c>>, i64),
) -> Vec<Val<'c>> {
    let count = values.len();
    let mut constraints = vec!["=f".to_string(); count];
    constraints.extend((0..count).map(|n| n.to_string()));
    let mut operands = values.to_vec();
    let mut text = format!("wgmma.wait_group.sync.aligned {pending};");
    if let Some(scratch) = scratch {
        constraints.push("r".into());
        operands.push(scratch);
        let mut before = String::from("{\n.reg .pred q;\n.reg .b32 bits;\n");
        for pin in 0..pins.len() {
            let (at, address) = (2 * count + 1 + pin, 2 * count);
            let _ = writeln!(before, "mov.b32 bits, ${at};\nsetp.eq.b32 q, bits, 0x7FFFDEAD;");
            let _ = writeln!(before, "@q st.shared.b32 [${address}+{offset}], bits;");
            constraints.push("f".into());
        }
        operands.extend_from_slice(pins);
        text = format!("{before}{text}\n}}");
    }
    code.asm(&text, &constraints.join(","), &operands, &vec![code.t.f32; count])
}

/// `mma.sync`.
pub fn mma_warp<'c>(
    code: Code<'c>,
    left: &[Val<'c>],
    right: &[Val<'c>],
    sums: &[Val<'c>],
    element: Half,
) -> Vec<Val<'c>> {
    let element = element.name();
    let text = format!(
        "mma.sync.aligned.m16n8k16.row.col.f32.{element}.{element}.f32 {{$0, $1, $2, $3}}, {{$4, $5, $6, $7}}, {{$8, $9}}, {{$10, $11, $12, $13}};"
    );
    code.asm(&text, "=f,=f,=f,=f,r,r,r,r,r,r,f,f,f,f", &[left, right, sums].concat(), &[code.t.f32; 4])
}

/// `ldmatrix`.
pub fn load<'c>(code: Code<'c>, address: Val<'c>) -> Vec<Val<'c>> {
    let text = "ldmatrix.sync.aligned.m8n8.x4.shared.b16 {$0, $1, $2, $3}, [$4];";
    code.asm(text, "=r,=r,=r,=r,r", &[address], &[code.t.i32; 4])
}

/// `stmatrix`.
pub fn store<'c>(code: Code<'c>, address: Val<'c>, words: &[Val<'c>]) {
    code.b
        .op("nvvm.stmatrix")
        .operands(&[code.shared_ptr(address)])
        .operands(words)
        .attr_text("layout", "#nvvm.mma_layout<row>")
        .attr_text("shape", "#nvvm.ld_st_matrix_shape<m = 8, n = 8>")
        .attr_text("eltType", "#nvvm.ld_st_matrix_elt_type<b16>")
        .build();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(rows: i64, columns: i64, swizzle: i64, inner: bool) -> Tile {
        Tile { rows, columns, swizzle, inner, first: 0 }
    }

    #[test]
    fn along_rows_of_128_bytes() {
        let key = tile(128, 128, 128, true);
        assert_eq!(key.high(), (1024 >> 4) | 1 << 30);
        assert_eq!((0..5).map(|k| key.step(k)).collect::<Vec<_>>(), [0, 2, 4, 6, 128 * 128 / 16]);
    }

    #[test]
    fn across_rows_of_128_bytes() {
        let value = tile(64, 128, 128, false);
        assert_eq!(value.leading(), (64 * 128 / 16) << 16);
        assert_eq!((0..3).map(|k| value.step(k)).collect::<Vec<_>>(), [0, 128, 256]);
    }

    #[test]
    fn narrow_rows_use_narrow_swizzles() {
        let narrow = tile(64, 16, 32, true);
        assert_eq!(narrow.high(), (256 >> 4) | 3 << 30);
        let middle = tile(64, 24, 64, false);
        assert_eq!((middle.high(), middle.step(1)), ((512 >> 4) | 2 << 30, 1024 / 16));
    }

    #[test]
    fn products_begin_at_a_row_or_a_chunk() {
        let from = |inner| Tile { first: 64, ..tile(128, 128, 128, inner) };
        assert_eq!((from(true).begin(), from(false).begin()), (64 * 128 / 16, 128 * 128 / 16));
    }
}
