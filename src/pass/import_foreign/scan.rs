//! `tm_tensor.scan`: what a combiner makes of every prefix along a dim (cumsum, cumprod, cummax).
//!
//! Before:  "tm_tensor.scan"(%in, %out, %accumulator) <{dimension = D, inclusive = …}> ({ ^bb0(%so_far, %next): … })
//! After:   a `linalg.generic` with a loop i over results and a loop j over what is folded into each
//!
//! With `⊕` the region and `x` the input along the dim:
//! - inclusive: `y[0] = x[0]`, `y[i] = y[i-1] ⊕ x[i]`; the accumulator's initial value takes no part
//! - exclusive: `y[0] = accumulator`, `y[i] = y[i-1] ⊕ x[i-1]`
//! - the accumulator's result is the last `y` where there are two or more, and the accumulator where there are not
//!
//! The combiner need not be associative: each `y` is folded from the left. The work is quadratic in the scanned length.
//! A sum of integers is the sum over `j` of what is taken, and 0 for the rest: what is computed from indices has a closed form.
//! Floats narrower than f32 are folded in f32 and rounded once, where the region is arithmetic on them alone.

use super::{Loops, dimension, inline, rank, region_on, replace, results_like, sizes, widens};
use crate::{
    ir::{self, Blk, Builder, Op, Val, cmpi},
    pass::tile::{
        emit::{self, Ix, Tile},
        tiler::convert,
    },
};

/// Replaces a scan.
///
/// # Errors
/// What is wrong with its operands, its attributes or its region.
pub(super) fn import(op: Op<'_>) -> Result<(), String> {
    let operands = ir::operands(op);
    let [input, out, accumulator] = operands[..] else {
        return Err(format!("an input, an output and an accumulator are expected, not {} operands", operands.len()));
    };
    let rank = rank(input)?;
    let dim = dimension(op, rank)?;
    for (value, wanted) in [(out, rank), (accumulator, rank - 1)] {
        if super::rank(value)? != wanted {
            return Err(format!("{} has not {wanted} dims", ir::type_of(value)));
        }
    }
    results_like(op, &[out, accumulator])?;
    let inclusive = match ir::attr(op, "inclusive").map(|attribute| attribute.to_string()).as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ => return Err("'inclusive' is missing, or neither true nor false".into()),
    };
    // Loops: the dims of the result, then what is folded.
    let (dims, folded) = ((0..rank).collect::<Vec<_>>(), rank);
    let along: Vec<usize> = dims.iter().map(|own| if *own == dim { folded } else { *own }).collect();
    let rows: Vec<usize> = dims.iter().copied().filter(|own| *own != dim).collect();
    let (input, accumulator) = (Tile { value: input, dims: along }, Tile { value: accumulator, dims: rows });
    let element = input.element();
    for tile in [&accumulator, &Tile { value: out, dims: dims.clone() }] {
        if tile.element() != element {
            return Err(format!("{} has not the elements of the input, {element}", ir::type_of(tile.value)));
        }
    }
    let body = region_on(op, &[element, element])?;
    let b = Builder::before(op);
    let own = Tile { value: input.value, dims: dims.clone() };
    let sizes = sizes(&b, &[&input, &own, &Tile { value: out, dims: dims.clone() }, &accumulator])?;
    let scan = Scan { loops: Loops { b, sizes }, body, dim, folded };
    let wide = if widens(body, element) { b.f32_type() } else { element };
    let init = match inclusive {
        true => scan.loops.filled(&dims, emit::zero(&b, wide)),
        false => scan.loops.map(std::slice::from_ref(&accumulator), &dims, wide, |b, x| convert(b, x[0], wide)),
    };
    let mut failed = None;
    let scanned = scan.loops.fold(&[input], &init, |b, x| {
        scan.step(b, x, inclusive).unwrap_or_else(|error| {
            failed = Some(error);
            x[1]
        })
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let scanned = match wide == element {
        true => scanned,
        false => scan.loops.map(&[scanned], &dims, element, |b, x| convert(b, x[0], element)),
    };
    let last = scan.last(&scanned, &accumulator);
    replace(&b, op, &[scanned.value, last.value]);
    Ok(())
}

/// A scan along `dim`, folded over the loop `folded`.
struct Scan<'c> {
    loops: Loops<'c>,
    body: Blk<'c>,
    dim: usize,
    folded: usize,
}

impl<'c> Scan<'c> {
    /// The fold of one result after one more element: `x` is that element, and the fold so far.
    fn step(&self, b: &Builder<'c>, x: &[Val<'c>], inclusive: bool) -> Result<Val<'c>, String> {
        let (next, so_far) = (convert(b, x[0], ir::type_of(x[1])), x[1]);
        let (at, from) = (emit::loop_index(b, self.dim), emit::loop_index(b, self.folded));
        if inclusive && self.adds_integers() {
            let taken = b.compare("arith.cmpi", cmpi::SLE, from, at);
            let part = b.select(taken, next, emit::zero(b, ir::type_of(next)));
            return Ok(b.binary("arith.addi", so_far, part));
        }
        let combined = inline(b, self.body, &[so_far, next], &[])?;
        if ir::type_of(combined) != ir::type_of(next) {
            return Err(format!("a region on {} that yields {}", ir::type_of(next), ir::type_of(combined)));
        }
        let (value, taken) = match inclusive {
            true => {
                let first = b.compare("arith.cmpi", cmpi::EQ, from, b.index(0));
                (b.select(first, next, combined), cmpi::SLE)
            }
            false => (combined, cmpi::SLT),
        };
        let taken = b.compare("arith.cmpi", taken, from, at);
        Ok(b.select(taken, value, so_far))
    }

    /// Whether the region is the sum of two integers.
    fn adds_integers(&self) -> bool {
        let arguments = ir::arguments(self.body);
        let ops = ir::ops(self.body);
        let [sum, end] = ops[..] else { return false };
        let both = |values: Vec<Val<'c>>| values.len() == 2 && arguments.iter().all(|own| values.contains(own));
        ir::name(sum) == "arith.addi" && both(ir::operands(sum)) && ir::operands(end) == ir::results(sum)
    }

    /// The accumulator after the scan.
    fn last(&self, scanned: &Tile<'c>, accumulator: &Tile<'c>) -> Tile<'c> {
        let b = &self.loops.b;
        let along = scanned.dims.iter().map(|own| if *own == self.dim { self.folded } else { *own }).collect();
        // One element, or none, leaves it alone: no element is at place 1.
        let last = self.loops.sizes[&self.dim].minus(b, Ix::Known(1)).max(b, Ix::Known(1));
        let folded = accumulator.dims.len();
        self.loops.fold(&[Tile { value: scanned.value, dims: along }], accumulator, |b, x| {
            let here = b.compare("arith.cmpi", cmpi::EQ, emit::loop_index(b, folded), last.value(b));
            b.select(here, x[0], x[1])
        })
    }
}
