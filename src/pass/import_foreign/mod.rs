//! `import-foreign`: ops of other projects' dialects, in generic form, become linalg.
//!
//! Before:  "tm_tensor.attention", "tm_tensor.scan", "tm_tensor.scatter", "tm_tensor.sort", "iree_linalg_ext.attention"
//! After:   linalg, and loops that insert elements: see `attention`, `scan`, `scatter`, `sort`
//!
//! The dialects are not registered: their ops parse as unknown ones ([`crate::assembly`] gives those in pretty form their
//! generic one). What they mean is spelled out, and `raise` derives it like any other program.
//! Needs: tensors. Leaves: no such op; one that is malformed is an error at its location.

mod attention;
mod scan;
pub mod scatter;
mod sort;

use super::{
    PassInfo, PassOptions,
    tile::{
        emit::{self, Ix, Tile},
        tiler::convert,
    },
};
use crate::{
    assembly,
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Element, Op, Type, Val},
};
use melior::{Context, ir::operation::OperationLike};
use std::collections::HashMap;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "import-foreign",
    summary: "turn attention, scans, scatters and sorts of dialects that are not registered into linalg",
    options: &[],
    run,
};

/// The ops this pass takes: operations of other projects, by their full names.
pub const OPS: [&str; 5] =
    ["tm_tensor.attention", "tm_tensor.scan", "tm_tensor.scatter", "tm_tensor.sort", "iree_linalg_ext.attention"];

/// The dialects these ops and those in their regions are of.
pub const DIALECTS: [&str; 2] = ["tm_tensor.", "iree_linalg_ext."];

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    // Listed first: importing one erases it with the ops of its region.
    let found: Vec<_> = ir::walk(module).into_iter().filter(|op| OPS.contains(&ir::name(*op))).collect();
    for op in found {
        let imported = match ir::name(op) {
            "tm_tensor.scan" => scan::import(op),
            "tm_tensor.scatter" => scatter::import(op),
            "tm_tensor.sort" => sort::import(op),
            _ => attention::import(op),
        };
        if let Err(reason) = imported {
            ffi::emit_error(op.location(), &format!("'{}': {reason}", ir::name(op)));
            return Err(PassError::Reported);
        }
    }
    Ok(())
}

/// Whether every op of a module is registered, or one that this pass takes or of their regions; else an error is emitted
/// at each that is not.
pub fn only(context: &Context, module: Op<'_>) -> bool {
    let foreign = |name: &str| DIALECTS.iter().any(|dialect| name.starts_with(dialect));
    let inside = |op: &Op<'_>| op.parent_operation().is_some_and(|parent| OPS.contains(&ir::name(ffi::op(&parent))));
    let unknown = |op: &Op<'_>| {
        let name = ir::name(*op);
        let taken = OPS.contains(&name) || foreign(name) && inside(op);
        !context.is_registered_operation(name) && !taken
    };
    let found: Vec<_> = ir::walk(module).into_iter().filter(unknown).collect();
    for op in &found {
        let name = ir::name(*op);
        let message = match foreign(name) {
            true => assembly::not_taken(name),
            false => format!("'{name}' is an operation of a dialect that is not registered"),
        };
        ffi::emit_error(op.location(), &message);
    }
    found.is_empty()
}

/// The number of dims of a ranked tensor.
fn rank(value: Val<'_>) -> Result<usize, String> {
    let ty = ir::type_of(value);
    match ffi::shape(ty).filter(|_| ffi::is_ranked_tensor(ty)) {
        Some(shape) => Ok(shape.len()),
        None => Err(format!("{ty} is no ranked tensor")),
    }
}

/// The dim that an op of operands of this rank works along: its attribute `dimension`.
fn dimension(op: Op<'_>, rank: usize) -> Result<usize, String> {
    let dim = ir::attr(op, "dimension").and_then(ir::int_attr).ok_or("'dimension' is missing, or no integer")?;
    usize::try_from(dim)
        .ok()
        .filter(|dim| *dim < rank)
        .ok_or_else(|| format!("dimension {dim} of tensors of {rank} dims"))
}

/// The size of each loop, from the tensors that it indexes.
///
/// # Errors
/// Two known sizes of one loop that differ.
fn sizes<'c>(b: &Builder<'c>, tiles: &[&Tile<'c>]) -> Result<HashMap<usize, Ix<'c>>, String> {
    let mut sizes: HashMap<usize, Ix<'c>> = HashMap::new();
    for tile in tiles {
        for (dim, own) in tile.dims.iter().enumerate() {
            let size = emit::size_of(b, tile.value, dim);
            let known = sizes.entry(*own).or_insert(size);
            match (known.known(), size.known()) {
                (Some(a), Some(b)) if a != b => return Err(format!("sizes {a} and {b} where they must be the same")),
                (None, Some(_)) => *known = size,
                _ => {}
            }
        }
    }
    Ok(sizes)
}

/// Builds loops over tensors.
struct Loops<'c> {
    b: Builder<'c>,
    /// The size of each loop.
    sizes: HashMap<usize, Ix<'c>>,
}

impl<'c> Loops<'c> {
    /// An empty tensor with these loops as dims.
    fn empty(&self, dims: &[usize], ty: Type<'c>) -> Tile<'c> {
        let sizes: Vec<Ix<'c>> = dims.iter().map(|dim| self.sizes[dim]).collect();
        Tile { value: emit::empty(&self.b, &sizes, ty), dims: dims.to_vec() }
    }

    /// A tensor with these loops as dims, whose every element is a scalar.
    fn filled(&self, dims: &[usize], scalar: Val<'c>) -> Tile<'c> {
        let empty = self.empty(dims, ir::type_of(scalar));
        Tile { value: emit::fill(&self.b, scalar, empty.value), ..empty }
    }

    /// A loop over the dims of `init`, then over whatever else the inputs have, which is folded from `init` in order.
    /// `body` gets the elements of the inputs, then what is folded so far.
    fn fold(
        &self,
        inputs: &[Tile<'c>],
        init: &Tile<'c>,
        body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Val<'c>,
    ) -> Tile<'c> {
        let mut loops = init.dims.clone();
        for dim in inputs.iter().flat_map(|tile| &tile.dims) {
            if !loops.contains(dim) {
                loops.push(*dim);
            }
        }
        untagged(emit::generic(&self.b, "", &loops, inputs, init, body))
    }

    /// A loop over `dims`.
    fn map(
        &self,
        inputs: &[Tile<'c>],
        dims: &[usize],
        ty: Type<'c>,
        body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Val<'c>,
    ) -> Tile<'c> {
        untagged(emit::generic(&self.b, "", dims, inputs, &self.empty(dims, ty), body))
    }
}

/// A tensor whose ops do not say that they are of a tile.
fn untagged(tile: Tile<'_>) -> Tile<'_> {
    if let Some(op) = ffi::defining_op(tile.value) {
        ffi::remove_attribute(op, emit::TAG);
        for operand in ir::operands(op).into_iter().filter_map(ffi::defining_op) {
            ffi::remove_attribute(operand, emit::TAG);
        }
    }
    tile
}

/// The block of an op's region, if it has one.
fn region_of(op: Op<'_>) -> Option<Blk<'_>> {
    (op.region_count() > 0).then(|| ir::body(op, 0)).flatten()
}

/// The block of a region that takes scalars of these types.
///
/// # Errors
/// No region, or other arguments.
fn region_on<'c>(op: Op<'c>, types: &[Type<'c>]) -> Result<Blk<'c>, String> {
    let body = region_of(op).ok_or("a region is missing")?;
    let found: Vec<_> = ir::arguments(body).into_iter().map(ir::type_of).collect();
    if found == types {
        return Ok(body);
    }
    let list = |types: &[Type<'c>]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Err(format!("a region on ({}) is expected, not on ({})", list(types), list(&found)))
}

/// What the region of a foreign op yields for these arguments, computed where `b` stands. An index in the region is one
/// of `points`: the loops around, by number. Where an argument is of a wider float type than the region's own, what the
/// region computes in the one it computes in the other.
///
/// # Errors
/// A region that does not yield one value, or with an op that has no place among scalars.
fn inline<'c>(b: &Builder<'c>, body: Blk<'c>, arguments: &[Val<'c>], points: &[usize]) -> Result<Val<'c>, String> {
    let own = ir::arguments(body);
    let types = || own.iter().zip(arguments).map(|(own, given)| (ir::type_of(*own), ir::type_of(*given)));
    let wider = types().find(|(own, given)| own != given);
    let widened = |ty| wider.filter(|(own, _)| *own == ty).map_or(ty, |(_, given)| given);
    let mut known: HashMap<usize, Val<'c>> =
        own.iter().map(|value| ffi::value_key(*value)).zip(arguments.iter().copied()).collect();
    for inner in ir::ops(body) {
        for operand in ir::operands(inner) {
            let own =
                ffi::defining_op(operand).is_some_and(|op| ffi::parent_block_key(op) == ffi::parent_block_key(inner));
            if own && !known.contains_key(&ffi::value_key(operand)) {
                return Err(format!("'{}' in the region uses a value before it is there", ir::name(inner)));
            }
            // One from outside of the region.
            known.entry(ffi::value_key(operand)).or_insert_with(|| convert(b, operand, widened(ir::type_of(operand))));
        }
        let operands: Vec<_> = ir::operands(inner).into_iter().map(|value| known[&ffi::value_key(value)]).collect();
        let number = || ir::attr(inner, "value").and_then(ir::float_attr);
        match ir::name(inner) {
            "tm_tensor.yield" | "iree_linalg_ext.yield" | "linalg.yield" => {
                let [value] = operands[..] else { return Err("a region that does not yield one value".into()) };
                return Ok(value);
            }
            "arith.constant" if let (Some((_, ty)), Some(number)) = (wider, number()) => {
                known.insert(ffi::value_key(ir::results(inner)[0]), b.float(number, ty));
            }
            "iree_linalg_ext.index" | "linalg.index" => {
                let dim = ir::attr(inner, "dim").and_then(ir::int_attr).and_then(|dim| usize::try_from(dim).ok());
                let at = dim.and_then(|dim| points.iter().position(|own| *own == dim));
                let at = at.ok_or("an index of a dim that is no loop around the region")?;
                known.insert(ffi::value_key(ir::results(inner)[0]), emit::loop_index(b, at));
            }
            name if inner.region_count() > 0 || DIALECTS.iter().any(|dialect| name.starts_with(dialect)) => {
                return Err(format!("'{name}' in the region"));
            }
            _ => {
                let copy = b.clone_op(inner, |value| known[&ffi::value_key(value)]);
                for (old, new) in ir::results(inner).into_iter().zip(ir::results(copy)) {
                    ffi::set_type(new, widened(ir::type_of(old)));
                    known.insert(ffi::value_key(old), new);
                }
            }
        }
    }
    Err("a region that yields nothing".into())
}

/// Whether a region on floats of this type can compute in f32 instead: it is arithmetic on them alone.
fn widens(body: Blk<'_>, element: Type<'_>) -> bool {
    let own = |value: &Val<'_>| {
        let ty = ir::type_of(*value);
        ty == element || Element::of(ty) == Some(Element::BOOL)
    };
    let arithmetic = |op: &Op<'_>| {
        let name = ir::name(*op);
        (name.starts_with("arith.") || name.starts_with("math."))
            && ir::operands(*op).iter().all(own)
            && ir::results(*op).iter().all(own)
    };
    let ops = ir::ops(body);
    let computed = ops.split_last().map_or(&[][..], |(_, computed)| computed);
    Element::of(element).is_some_and(Element::is_narrow_float) && computed.iter().all(arithmetic)
}

/// Puts values in the place of an op's results, and erases it.
fn replace<'c>(b: &Builder<'c>, op: Op<'c>, values: &[Val<'c>]) {
    for (result, value) in ir::results(op).into_iter().zip(values) {
        let wanted = ir::type_of(result);
        let value = if ir::type_of(*value) == wanted { *value } else { emit::cast(b, *value, wanted) };
        ffi::replace_all_uses(result, value);
    }
    ffi::erase(op);
}

/// Checks that the results of an op are tensors as its operands, sizes that are known in one of the two alone aside.
///
/// # Errors
/// Another number of results, or another type.
fn results_like(op: Op<'_>, operands: &[Val<'_>]) -> Result<(), String> {
    let results = ir::results(op);
    if results.len() != operands.len() {
        return Err(format!("{} results are expected, and there are {}", operands.len(), results.len()));
    }
    for (result, operand) in results.into_iter().zip(operands) {
        let (found, wanted) = (ir::type_of(result), ir::type_of(*operand));
        let sizes = |ty| ffi::shape(ty).unwrap_or_default();
        let (a, b) = (sizes(found), sizes(wanted));
        let same = |(a, b): (&Option<i64>, &Option<i64>)| a.is_none() || b.is_none() || a == b;
        if !ffi::is_ranked_tensor(found)
            || ffi::element_type(found) != ffi::element_type(wanted)
            || a.len() != b.len()
            || !a.iter().zip(&b).all(same)
        {
            return Err(format!("a result {found} for an operand {wanted}"));
        }
    }
    Ok(())
}
