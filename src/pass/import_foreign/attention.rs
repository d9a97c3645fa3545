//! Attention: `tm_tensor.attention` (batch dims, then rows and columns) and `iree_linalg_ext.attention` (operands with
//! maps, and a region on the score).
//!
//! Before:  "tm_tensor.attention"(%q, %k, %v, %mask, %out), "iree_linalg_ext.attention"(%q, %k, %v, %scale, %out) ({ … })
//! After:   a contraction, the scale, the score's region, the mask, a softmax in four loops, a contraction
//!
//! Scores and weights are f32, or f64 where the operands are.

use super::{Loops, inline, rank, region_of, replace, sizes};
use crate::{
    dialect::linear::IndexMap,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
    pass::tile::{
        emit::{self, Ix, Tile},
        tiler::convert,
    },
};
use std::collections::BTreeSet;

/// Scores of queries and keys, a mask and values, each a tensor with the loops that index it.
struct Program<'c> {
    op: Op<'c>,
    query: Tile<'c>,
    key: Tile<'c>,
    value: Tile<'c>,
    scale: Scale<'c>,
    /// Dims of one point that all keys share have no loop.
    mask: Option<Tile<'c>>,
    out: Tile<'c>,
}

enum Scale<'c> {
    Number(f64),
    Value(Val<'c>),
}

/// Replaces one of the two attention ops.
///
/// # Errors
/// What is wrong with its operands, its maps or its region.
pub(super) fn import(op: Op<'_>) -> Result<(), String> {
    if ir::results(op).len() != 1 {
        return Err(format!("one result is expected, and there are {}", ir::results(op).len()));
    }
    let program = if ir::name(op) == "tm_tensor.attention" { plain(op)? } else { mapped(op)? };
    build(&program)
}

/// Batch dims, then rows and columns: `softmax(q · kᵀ / √d + mask) · v`.
fn plain(op: Op<'_>) -> Result<Program<'_>, String> {
    let operands = ir::operands(op);
    let (inputs, out) = match operands[..] {
        [q, k, v, out] => ([q, k, v], out),
        [q, k, v, _, out] => ([q, k, v], out),
        _ => {
            return Err(format!(
                "query, key, value, an optional mask and a result are expected, not {} operands",
                operands.len()
            ));
        }
    };
    let rank = rank(inputs[0])?;
    if rank < 2 {
        return Err("a query of fewer than two dims".into());
    }
    for value in inputs.into_iter().chain([out]) {
        if self::rank(value)? != rank {
            return Err(format!("{} has not the rank of the query, {rank}", ir::type_of(value)));
        }
    }
    let shape = ffi::shape(ir::type_of(inputs[0])).unwrap_or_default();
    let Some(depth) = shape[rank - 1] else { return Err("a head dim that is only known at run time".into()) };
    // Loops: batch dims, query, key, depth, column.
    let batch: Vec<usize> = (0..rank - 2).collect();
    let (m, n, k, d) = (rank - 2, rank - 1, rank, rank + 1);
    let with = |value, last: [usize; 2]| Tile { value, dims: batch.iter().copied().chain(last).collect() };
    let mask = (operands.len() == 5).then(|| trailing(op, operands[3], &with(operands[3], [m, n]).dims)).transpose()?;
    Ok(Program {
        op,
        query: with(inputs[0], [m, k]),
        key: with(inputs[1], [n, k]),
        value: with(inputs[2], [n, d]),
        scale: Scale::Number(1.0 / (depth as f64).sqrt()),
        mask,
        out: with(out, [m, d]),
    })
}

/// A mask whose dims are the last of the scores', each of that size or one.
fn trailing<'c>(op: Op<'c>, mask: Val<'c>, loops: &[usize]) -> Result<Tile<'c>, String> {
    let rank = rank(mask)?;
    if rank > loops.len() {
        return Err(format!("a mask of {rank} dims for scores of {}", loops.len()));
    }
    let (b, loops) = (Builder::before(op), &loops[loops.len() - rank..]);
    let sizes = ffi::shape(ir::type_of(mask)).unwrap_or_default();
    // Dims of one point are dropped, so that every dim left is a loop.
    let kept: Vec<usize> = (0..rank).filter(|dim| sizes[*dim] != Some(1)).collect();
    if kept.len() == rank {
        return Ok(Tile { value: mask, dims: loops.to_vec() });
    }
    let whole: Vec<Ix<'c>> = (0..rank).map(|dim| emit::size_of(&b, mask, dim)).collect();
    let mut slice = emit::Slice::default();
    for size in whole {
        slice.push(Ix::Known(0), size, 1);
    }
    Ok(Tile { value: slice.extract(&b, mask, &kept), dims: kept.iter().map(|dim| loops[*dim]).collect() })
}

/// Operands with maps, and a region on the score.
fn mapped(op: Op<'_>) -> Result<Program<'_>, String> {
    let operands = ir::operands(op);
    let maps = ir::attr(op, "indexing_maps").and_then(ffi::array_elements).ok_or("'indexing_maps' is missing")?;
    if !matches!(operands.len(), 5 | 6) {
        return Err(format!(
            "query, key, value, scale, an optional mask and a result are expected, not {} operands",
            operands.len()
        ));
    }
    if maps.len() != operands.len() {
        return Err(format!("{} maps for {} operands", maps.len(), operands.len()));
    }
    let tile = |at: usize| -> Result<Tile<'_>, String> {
        let map = IndexMap::from_attr(maps[at]).and_then(|map| map.as_dims());
        let dims = map.ok_or_else(|| format!("the map of operand {at} is no list of dims"))?;
        if rank(operands[at])? != dims.len() {
            return Err(format!("the map of operand {at} has not one result per dim of {}", ir::type_of(operands[at])));
        }
        if dims.iter().collect::<BTreeSet<_>>().len() != dims.len() {
            return Err(format!("the map of operand {at} repeats a dim"));
        }
        Ok(Tile { value: operands[at], dims })
    };
    if !ir::is_float(ir::type_of(operands[3])) {
        return Err(format!("the scale is {}, no float", ir::type_of(operands[3])));
    }
    Ok(Program {
        op,
        query: tile(0)?,
        key: tile(1)?,
        value: tile(2)?,
        scale: Scale::Value(operands[3]),
        mask: (operands.len() == 6).then(|| tile(4)).transpose()?,
        out: tile(operands.len() - 1)?,
    })
}

fn build(program: &Program<'_>) -> Result<(), String> {
    let Program { op, query, key, value, scale, mask, out } = program;
    for tile in [query, key, value, out] {
        if !ir::is_float(tile.element()) {
            return Err(format!("{} has no float elements", ir::type_of(tile.value)));
        }
    }
    let b = Builder::before(*op);
    let sizes = sizes(&b, &[query, key, value, out].into_iter().chain(mask).collect::<Vec<_>>())?;
    let has = |tile: &Tile<'_>, dim: &usize| tile.dims.contains(dim);
    // The keys are what values are summed over; the depth is what scores are summed over.
    let keys: Vec<usize> = value.dims.iter().copied().filter(|dim| has(key, dim) && !has(out, dim)).collect();
    let depth = |dim: &usize| has(query, dim) && has(key, dim) && !has(out, dim) && !keys.contains(dim);
    let mut rows: Vec<usize> = query.dims.iter().copied().filter(|dim| !depth(dim)).collect();
    if keys.is_empty() {
        return Err("no dim is of keys: in the key and the value, and not in the result".into());
    }
    if let Some(lost) = rows.iter().find(|dim| !has(out, dim)) {
        return Err(format!("dim {lost} of the query is neither in the key nor in the result"));
    }
    rows.extend(key.dims.iter().filter(|dim| !depth(dim) && !keys.contains(dim) && !has(query, dim)));
    let points: Vec<usize> = rows.iter().copied().chain(keys.iter().copied()).collect();
    if let Some(mask) = mask
        && let Some(other) = mask.dims.iter().find(|dim| !points.contains(dim))
    {
        return Err(format!("dim {other} of the mask is no dim of the scores"));
    }
    if let Some(other) = out.dims.iter().find(|dim| !rows.contains(dim) && !has(value, dim)) {
        return Err(format!("dim {other} of the result is in no operand"));
    }
    let double = [query, key, value].iter().all(|tile| Element::of(tile.element()) == Some(Element::F64));
    let ty = if double { b.ty("f64") } else { b.f32_type() };
    let loops = Loops { b, sizes };
    let sum = ("arith.addf", 0.0);
    let scores = reduce(&loops, ty, &[query.clone(), key.clone()], &points, sum, |b, x| {
        let (q, k) = (convert(b, x[0], ty), convert(b, x[1], ty));
        b.binary("arith.mulf", q, k)
    });
    let mut failed = None;
    let inputs: Vec<Tile<'_>> = [scores].into_iter().chain(mask.clone()).collect();
    let scores = loops.map(&inputs, &points, ty, |b, x| {
        let factor = match scale {
            Scale::Number(number) => b.float(*number, ty),
            Scale::Value(value) => convert(b, *value, ty),
        };
        let scaled = b.binary("arith.mulf", x[0], factor);
        let score = region(b, *op, scaled, &points).unwrap_or_else(|error| {
            failed = Some(error);
            scaled
        });
        match mask {
            Some(mask) => masked(b, score, x[1], mask.element(), ty).unwrap_or_else(|error| {
                failed = Some(error);
                score
            }),
            None => score,
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let top =
        reduce(&loops, ty, std::slice::from_ref(&scores), &rows, ("arith.maximumf", f64::NEG_INFINITY), |_, x| x[0]);
    let weights = loops.map(&[scores, top], &points, ty, |b, x| {
        let shifted = b.binary("arith.subf", x[0], x[1]);
        b.unary("math.exp", shifted)
    });
    let total = reduce(&loops, ty, std::slice::from_ref(&weights), &rows, sum, |_, x| x[0]);
    let weights = loops.map(&[weights, total], &points, ty, |b, x| b.binary("arith.divf", x[0], x[1]));
    let result = reduce(&loops, ty, &[weights, value.clone()], &out.dims, sum, |b, x| {
        let v = convert(b, x[1], ty);
        b.binary("arith.mulf", x[0], v)
    });
    let element = out.element();
    let result = match element == ty {
        true => result.value,
        false => loops.map(&[result], &out.dims, element, |b, x| convert(b, x[0], element)).value,
    };
    replace(&loops.b, *op, &[result]);
    Ok(())
}

/// A tensor of floats `ty` over `dims`: whatever other loops the inputs have is reduced, from `identity`.
fn reduce<'c>(
    loops: &Loops<'c>,
    ty: Type<'c>,
    inputs: &[Tile<'c>],
    dims: &[usize],
    (combine, identity): (&str, f64),
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Val<'c>,
) -> Tile<'c> {
    let init = loops.filled(dims, loops.b.float(identity, ty));
    let count = inputs.len();
    loops.fold(inputs, &init, |b, elements| {
        let value = body(b, &elements[..count]);
        b.binary(combine, elements[count], value)
    })
}

/// The score under a mask: -inf where a condition does not hold, or a sum.
fn masked<'c>(b: &Builder<'c>, score: Val<'c>, mask: Val<'c>, own: Type<'c>, ty: Type<'c>) -> Result<Val<'c>, String> {
    if Element::of(own) == Some(Element::BOOL) {
        let low = b.float(f64::NEG_INFINITY, ty);
        return Ok(b.select(mask, score, low));
    }
    if !ir::is_float(own) {
        return Err(format!("a mask of {own}, neither i1 nor a float"));
    }
    let mask = convert(b, mask, ty);
    Ok(b.binary("arith.addf", score, mask))
}

/// The score after the op's region, if it has one. An index in the region is one of `points`, the loops around it.
fn region<'c>(b: &Builder<'c>, op: Op<'c>, score: Val<'c>, points: &[usize]) -> Result<Val<'c>, String> {
    let Some(body) = region_of(op) else { return Ok(score) };
    let arguments = ir::arguments(body);
    let [argument] = arguments[..] else {
        return Err(format!("a region on the score has one argument, not {}", arguments.len()));
    };
    if !ir::is_float(ir::type_of(argument)) {
        return Err(format!("a score of {}, no float", ir::type_of(argument)));
    }
    let result = inline(b, body, &[convert(b, score, ir::type_of(argument))], points)?;
    Ok(convert(b, result, ir::type_of(score)))
}
