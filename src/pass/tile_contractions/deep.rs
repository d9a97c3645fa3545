//! Products without rows, as of one row with a matrix: deep sums of few points are cut into parts.
//!
//! Before:  `y[n] = Σ_k x[k] · W[k, n]`
//! After:   `p[s, n] = Σ_k x[s, k] · W[s, k, n]`, `y[n] = p[0, n] + p[1, n] + …`
//!
//! Each point is a thread's: a few thousand of them leave a processor idle. Where the sum runs along rows of memory a warp or a
//! block shares each of them anyway.

use super::{factor::is_product, nest::added_up, operand::expanded, product::is_zero};
use crate::{
    choices, ffi,
    gpu::{Loops, loops_of},
    ir::{self, Builder, Op},
    pass::tile::{
        emit::{self, Ix, Tile},
        tiler::convert,
    },
};

/// Points that keep a processor busy, together.
const MANY_POINTS: i64 = 1 << 18;
/// The least depth of a part, and the most parts.
const PART: i64 = 32;
const MOST_PARTS: i64 = 32;

/// Cuts a sum of products into parts, if it is of few points and not along the rows of an operand.
pub fn cut_depth<'c>(op: Op<'c>) {
    let Some(loops) = Loops::read(op).filter(|loops| loops.operands.len() == 3 && is_product(loops)) else { return };
    let Some(maps) = loops.maps.iter().map(|map| loops_of(*map)).collect::<Option<Vec<_>>>() else { return };
    let maps: Option<Vec<Vec<usize>>> = maps.into_iter().map(|dims| dims.into_iter().collect()).collect();
    let (Some(maps), [result]) = (maps, &ir::results(op)[..]) else { return };
    let b = &Builder::before(op);
    let (f32_type, output) = (b.f32_type(), &maps[2]);
    let reduced: Vec<_> = (0..loops.reduced.len()).filter(|dim| loops.reduced[*dim]).collect();
    let ([deep], true) = (&reduced[..], ffi::element_type(ir::type_of(*result)) == f32_type) else { return };
    let points = output.iter().try_fold(1_i64, |total, dim| total.checked_mul(loops.extents[*dim]?));
    let (Some(points), Some(depth)) = (points, loops.extents[*deep]) else { return };
    let along_rows = maps[..2].iter().all(|dims| !dims.contains(deep) || dims.last() == Some(deep));
    let wanted = (MANY_POINTS / points.max(1)).min(depth / PART).min(MOST_PARTS);
    let parts = (2..=wanted).rev().find(|parts| depth % parts == 0);
    // One that the matrix unit was to run says why it does not.
    let apart = ir::attr(op, choices::APART).is_some();
    let (Some(parts), false) = (parts, apart || along_rows || !is_zero(loops.operands[2])) else { return };
    let part = loops.reduced.len();
    let size = |dim: &usize| Ix::Known(loops.extents[*dim].unwrap_or(1));
    let cut = |number: usize| {
        let (mut groups, mut sizes, mut dims) = (vec![], vec![], vec![]);
        for dim in &maps[number] {
            let first = dims.len();
            if dim == deep {
                dims.push(part);
                sizes.push(Ix::Known(parts));
            }
            dims.push(*dim);
            sizes.push(if dim == deep { Ix::Known(depth / parts) } else { size(dim) });
            groups.push((first..dims.len()).collect());
        }
        Tile { value: expanded(b, loops.operands[number], &groups, &sizes), dims }
    };
    let inputs = [cut(0), cut(1)];
    let shape: Vec<_> = std::iter::once(Ix::Known(parts)).chain(output.iter().map(size)).collect();
    let zeros = emit::fill(b, b.float(0.0, f32_type), emit::empty(b, &shape, f32_type));
    let into = Tile { value: zeros, dims: std::iter::once(part).chain(output.iter().copied()).collect() };
    let all: Vec<_> = (0..=part).collect();
    let made = emit::generic(b, "contract", &all, &inputs, &into, |b, element| {
        let [x, y] = [0, 1].map(|side| convert(b, element[side], f32_type));
        b.binary("arith.addf", element[2], b.binary("arith.mulf", x, y))
    });
    if let Some(made) = ffi::defining_op(made.value) {
        ffi::remove_attribute(made, emit::TAG);
    }
    ffi::replace_all_uses(*result, added_up(b, made.value, &shape, f32_type));
    ffi::erase(op);
}
