//! What IRDL cannot say about the attention ops: ranks, maps, extents, element types, region signatures. Kernel ops are verified by
//! reading them ([`Instruction::read`]).
//!
//! Messages follow MLIR's: lower case, no full stop, `'attention.fused' op ...`, with the operand and
//! both values named. Each op reports its first fault only.

mod range;
mod regions;

use super::{
    kernel::Instruction,
    linear::{IndexMap, Linear},
    ops::{self, CAPTURE, FUSED, Fused, INDEX, Mapped, READ, REDUCE, RESULT, Role},
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Op},
};
use melior::ir::operation::OperationLike;

/// Verifies every attention and kernel op at or under `root`.
///
/// # Errors
/// [`PassError::Reported`] when something is wrong, after a diagnostic per faulty op.
pub fn verify(root: Op<'_>) -> Result<(), PassError> {
    let mut valid = true;
    for op in std::iter::once(root).chain(ir::walk(root)) {
        let faults = match ir::name(op) {
            CAPTURE => capture(op).map_err(|fault| vec![(op, fault)]),
            RESULT => result(op).map_err(|fault| vec![(op, fault)]),
            FUSED => fused(op),
            READ | INDEX | REDUCE => inside(op).map_err(|fault| vec![(op, fault)]),
            _ => Instruction::read(op).map(|_| ()).map_err(|fault| vec![(op, fault)]),
        };
        for (op, fault) in faults.err().into_iter().flatten() {
            valid = false;
            ffi::emit_error(op.location(), &format!("'{}' op {fault}", ir::name(op)));
        }
    }
    if valid { Ok(()) } else { Err(PassError::Reported) }
}

fn capture(op: Op<'_>) -> Result<(), String> {
    let capture = ops::parse_capture(op)?;
    ranked("operand", &capture)?;
    for value in ir::results(op) {
        if let Some((user, _)) = ffi::uses(value).into_iter().find(|(user, _)| ir::name(*user) != FUSED) {
            return Err(format!("result is used by '{}', but only '{FUSED}' takes captures", ir::name(user)));
        }
    }
    Ok(())
}

fn result(op: Op<'_>) -> Result<(), String> {
    let result = ops::parse_result(op)?;
    ranked("result", &result)?;
    let fused = ir::operands(op).first().copied().and_then(ffi::defining_op);
    match fused.map(ir::name) {
        Some(FUSED) => Ok(()),
        _ => Err(format!("operand is not the result of an '{FUSED}'")),
    }
}

/// The tensor is ranked and its map has one result per dim.
fn ranked(what: &str, mapped: &Mapped<'_>) -> Result<(), String> {
    let ty = ir::type_of(mapped.tensor);
    if !ffi::is_ranked_tensor(ty) {
        return Err(format!("{what} must be a ranked tensor, but is '{ty}'"));
    }
    let (rank, results) = (mapped.shape().len(), mapped.map.results.len());
    if rank != results {
        return Err(format!("{what} has rank {rank}, but its map has {results} results"));
    }
    Ok(())
}

fn inside(op: Op<'_>) -> Result<(), String> {
    let mut parent = op.parent_operation().map(|parent| ffi::op(&parent));
    while let Some(current) = parent {
        if ir::name(current) == FUSED {
            return Ok(());
        }
        parent = current.parent_operation().map(|parent| ffi::op(&parent));
    }
    Err(format!("must be inside of an '{FUSED}'"))
}

type Faults<'c> = Vec<(Op<'c>, String)>;

/// Verifies a fused op: its header first, then its regions.
fn fused(op: Op<'_>) -> Result<(), Faults<'_>> {
    // A capture or result that is malformed by itself has its own diagnostic.
    let own_fault = |mapped: Op<'_>| match ir::name(mapped) {
        CAPTURE => capture(mapped).is_err(),
        RESULT => result(mapped).is_err(),
        _ => false,
    };
    let operands = ir::operands(op).into_iter().filter_map(ffi::defining_op);
    let users = ir::results(op).into_iter().flat_map(ffi::uses).map(|(user, _)| user);
    if operands.chain(users).any(own_fault) {
        return Ok(());
    }
    let fused = Fused::parse(op).and_then(|fused| header(&fused).map(|()| fused)).map_err(|fault| vec![(op, fault)])?;
    regions::verify(&fused)
}

fn header(fused: &Fused<'_>) -> Result<(), String> {
    let header = &fused.header;
    let dims = header.roles.len();
    if header.extents.len() != dims {
        return Err(format!("has {dims} iterator types, but {} extents", header.extents.len()));
    }
    if let Some((dim, extent)) = header.extents.iter().enumerate().find(|(_, extent)| extent.is_some_and(|e| e < 0)) {
        return Err(format!("extent {} of dim {dim} is negative", extent.unwrap_or_default()));
    }
    fused.key()?;
    let queries = fused.dims_of(Role::Query).len();
    if queries > 1 {
        return Err(format!("expected at most one query dim, found {queries}"));
    }
    split(fused)?;
    for (index, capture) in fused.captures.iter().enumerate() {
        let what = format!("capture {index}");
        map_dims(&what, &capture.map, dims)?;
        for (position, (linear, size)) in capture.map.results.iter().zip(capture.shape()).enumerate() {
            in_bounds(fused, &what, position, linear, size)?;
        }
    }
    for (dim, _) in header.extents.iter().enumerate().filter(|(_, extent)| extent.is_none()) {
        if !fused.captures.iter().any(|capture| capture.map.results.iter().any(|r| r.as_dim() == Some(dim))) {
            return Err(format!(
                "dim {dim} is dynamic, but no capture has it as a plain map result to take its size from"
            ));
        }
    }
    (0..header.states.len()).try_for_each(|index| state(fused, index))?;
    (0..fused.results.len()).try_for_each(|index| result_map(fused, index))?;
    range::verify(fused)
}

/// A split dim is no dim of any tensor that is read, and every state has it.
fn split(fused: &Fused<'_>) -> Result<(), String> {
    let splits = fused.dims_of(Role::Split);
    let [dim] = splits[..] else {
        return if splits.is_empty() {
            Ok(())
        } else {
            Err(format!("expected at most one split dim, found {}", splits.len()))
        };
    };
    if fused.header.extents[dim].is_none_or(|extent| extent < 1) {
        return Err(format!("the extent of d{dim}, a split dim, must be a positive constant"));
    }
    if let Some(index) = fused.captures.iter().position(|capture| capture.map.uses(dim)) {
        return Err(format!("capture {index} depends on d{dim}, which is a split dim"));
    }
    match fused.header.states.iter().position(|state| !state.map.uses(dim)) {
        Some(index) => Err(format!("state {index} has no value for each coordinate of d{dim}, which is a split dim")),
        None => Ok(()),
    }
}

fn map_dims(what: &str, map: &IndexMap, dims: usize) -> Result<(), String> {
    if map.dims == dims {
        return Ok(());
    }
    Err(format!("{what} has a map over {} dims, but there are {dims} iterator types", map.dims))
}

/// Every access through `linear` stays inside of a tensor dim, as far as sizes are known.
fn in_bounds(fused: &Fused<'_>, what: &str, position: usize, linear: &Linear, size: Option<i64>) -> Result<(), String> {
    let Some(size) = size else { return Ok(()) };
    if let Some(dim) = linear.as_dim() {
        return match fused.header.extents[dim] {
            Some(extent) if extent > size => {
                Err(format!("{what} has size {size} in dim {position}, but d{dim} has extent {extent}"))
            }
            _ => Ok(()),
        };
    }
    let (mut low, mut high) = (i128::from(linear.constant), i128::from(linear.constant));
    for dim in linear.dims() {
        let Some(extent) = fused.header.extents[dim] else { return Ok(()) };
        if extent == 0 {
            return Ok(());
        }
        let reach = i128::from(linear.factors[dim]) * i128::from(extent - 1);
        low += reach.min(0);
        high += reach.max(0);
    }
    if low < 0 || high >= i128::from(size) {
        return Err(format!("{what} has size {size} in dim {position}, but {linear} runs from {low} to {high}"));
    }
    Ok(())
}

fn state(fused: &Fused<'_>, index: usize) -> Result<(), String> {
    let header = &fused.header;
    let state = &header.states[index];
    let what = format!("state {index}");
    map_dims(&what, &state.map, header.roles.len())?;
    plain_parallel_dims(fused, &what, &state.map)?;
    let Some(value) = state.value else { return Ok(()) };
    let Some(capture) = fused.captures.get(value) else {
        return Err(format!("{what} has value capture {value}, but there are {} captures", fused.captures.len()));
    };
    let key = fused.key()?;
    match capture.map.used().into_iter().find(|dim| *dim != key && !state.map.uses(*dim)) {
        Some(dim) => Err(format!("{what} has value capture {value}, which depends on d{dim}, but the state does not")),
        None => Ok(()),
    }
}

/// Results are distinct plain dims, none of them summed over.
fn plain_parallel_dims(fused: &Fused<'_>, what: &str, map: &IndexMap) -> Result<(), String> {
    let mut seen = vec![];
    for linear in &map.results {
        let Some(dim) = linear.as_dim() else {
            return Err(format!("{what} has the map result {linear}, but only plain dims can be carried"));
        };
        let role = fused.header.roles[dim];
        if matches!(role, Role::Key | Role::Reduction) {
            return Err(format!("{what} carries d{dim}, which is a {role} dim"));
        }
        if seen.contains(&dim) {
            return Err(format!("{what} carries d{dim} twice"));
        }
        seen.push(dim);
    }
    Ok(())
}

fn result_map(fused: &Fused<'_>, index: usize) -> Result<(), String> {
    let result = &fused.results[index];
    let what = format!("result {index}");
    map_dims(&what, &result.map, fused.header.roles.len())?;
    let constant = |linear: &&Linear| linear.as_constant() != Some(0);
    let plain = result.map.results.iter().filter(constant).cloned().collect();
    plain_parallel_dims(fused, &what, &IndexMap { dims: result.map.dims, results: plain })?;
    for (position, (linear, size)) in result.map.results.iter().zip(result.shape()).enumerate() {
        let extent = linear.as_dim().map_or(Some(1), |dim| fused.header.extents[dim]);
        if let (Some(size), Some(extent)) = (size, extent)
            && size != extent
        {
            return Err(format!("{what} has size {size} in dim {position}, but {linear} has extent {extent}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver;
    use melior::{Context, ir::Module};

    const ROUNDTRIP: &str = include_str!("../../tests/dialect/roundtrip.mlir");

    #[test]
    fn the_dialect_loads_into_two_contexts() {
        let contexts = [driver::new_context(), driver::new_context()];
        for context in &contexts {
            let module = Module::parse(context, ROUNDTRIP).expect("the example parses");
            assert!(verify(ffi::op(&module.as_operation())).is_ok());
        }
    }

    #[test]
    fn a_context_without_the_dialect_refuses_its_ops() {
        let context = Context::new();
        let text = "\"attention.index\"() {dim = 0 : i64} : () -> index";
        assert!(Module::parse(&context, text).is_none());
    }

    #[test]
    fn a_nested_op_is_verified_too() {
        let context = driver::new_context();
        let text = "module { module { %0 = \"attention.index\"() {dim = 0 : i64} : () -> index } }";
        let module = Module::parse(&context, text).expect("IRDL has nothing against it");
        assert!(verify(ffi::op(&module.as_operation())).is_err());
    }
}
