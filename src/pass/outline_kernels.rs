//! `outline-kernels`: the grid of a kernel becomes a function of the linear tile index.
//!
//! Before:  scf.forall (%h, %q) in (8, 16) { …%arg0… } {flashlight.kernel = "main_0"}
//! After:   func.func private @main_0(%tile: index, %arg0: memref<…>) { …%arg0… return }
//!          call @main_0(%c128, %arg0) {flashlight.parallel} : (index, memref<…>) -> ()
//!
//! The marked call stands for `count` calls, one per tile, in any order: `dispatch-kernels` makes it so.
//! The innermost grid dim is numbered backwards and varies slowest, so that where later tiles have more
//! work, the longest are issued first.
//!
//! Needs: buffers. Leaves: no `flashlight.kernel`.

use super::{PassInfo, PassOptions, apply_schedule::kernels};
use crate::{
    bug, choices,
    dialect::ops::DYNAMIC,
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Op, Val},
};
use std::collections::{HashMap, HashSet};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "outline-kernels",
    summary: "turn the grid of each kernel into a function of the tile index",
    options: &[],
    run,
};

/// Marks a call that stands for one call per tile.
pub const PARALLEL: &str = "flashlight.parallel";
/// Marks the function of one tile.
pub const TILE_FUNCTION: &str = "flashlight.tile_function";

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    let module_body = ir::body(module, 0).ok_or_else(|| bug!("a module without a body"))?;
    for kernel in kernels(module) {
        outline(module_body, kernel)?;
    }
    Ok(())
}

/// One grid dim: `lower + index * step`, `count` of them.
struct GridDim<'c> {
    lower: Val<'c>,
    step: Val<'c>,
    count: Val<'c>,
}

fn outline<'c>(module: Blk<'c>, kernel: Op<'c>) -> Result<(), PassError> {
    if !ir::results(kernel).is_empty() {
        return Err(bug!("a kernel that is not on buffers"));
    }
    let name = ir::attr(kernel, choices::SYMBOL).and_then(ir::string_attr).unwrap_or("kernel");
    let body = ir::body(kernel, 0).ok_or_else(|| bug!("a kernel without a body"))?;
    let builder = Builder::before(kernel);
    let grid = grid(&builder, kernel)?;

    // What the tile needs from outside: constants are repeated inside, the rest become arguments.
    let mut captured = vec![];
    let mut constants = vec![];
    let mut seen: HashSet<usize> = HashSet::new();
    let inside: HashSet<usize> = std::iter::once(kernel).chain(ir::walk(kernel)).map(ffi::op_key).collect();
    let uses = ir::walk(kernel).into_iter().flat_map(ir::operands);
    let bounds = grid.iter().flat_map(|dim| [dim.lower, dim.step, dim.count]);
    for value in uses.chain(bounds) {
        if is_inside(value, &inside) || !seen.insert(ffi::value_key(value)) {
            continue;
        }
        match ffi::defining_op(value).filter(|op| matches!(ir::name(*op), "arith.constant" | "ub.poison")) {
            Some(constant) => constants.push(constant),
            None => captured.push(value),
        }
    }

    // The call.
    let mut count = builder.index(1);
    for dim in &grid {
        count = builder.binary("arith.muli", count, dim.count);
    }
    let operands: Vec<_> = std::iter::once(count).chain(captured.iter().copied()).collect();
    builder
        .op("func.call")
        .operands(&operands)
        .attr_text("callee", &format!("@{name}"))
        .attr_text(PARALLEL, "unit")
        .build();

    // The function.
    let types: Vec<_> = operands.iter().map(|value| ir::type_of(*value)).collect();
    let inputs: Vec<_> = types.iter().map(ToString::to_string).collect();
    let at_module = Builder::at_end(builder.context, module, builder.location);
    let function = at_module
        .op("func.func")
        .attr("sym_name", at_module.str_attr(name))
        .attr("sym_visibility", at_module.str_attr("private"))
        .attr_text("function_type", &format!("({}) -> ()", inputs.join(", ")))
        .attr_text(TILE_FUNCTION, "unit")
        .region(&types, |_, _| {})
        .build();
    let block = ir::body(function, 0).ok_or_else(|| bug!("a function without a body"))?;
    let inner = Builder::at_end(builder.context, block, builder.location);
    let arguments = ir::arguments(block);
    let mut map: HashMap<usize, Val<'c>> =
        captured.iter().map(|value| ffi::value_key(*value)).zip(arguments[1..].iter().copied()).collect();
    for constant in constants {
        let copy = inner.clone_op(constant, |value| value);
        map.insert(ffi::value_key(ir::results(constant)[0]), ir::results(copy)[0]);
    }
    let lookup = |value: Val<'c>| map.get(&ffi::value_key(value)).copied().unwrap_or(value);

    // The tile's coordinates. All dims but the last vary fastest, the last one runs backwards.
    let mut rest = arguments[0];
    let order = (0..grid.len().saturating_sub(1)).rev().chain(grid.len().checked_sub(1));
    for position in order {
        let dim = &grid[position];
        let size = lookup(dim.count);
        let last = position + 1 == grid.len();
        let index = if last {
            let highest = inner.binary("arith.subi", size, inner.index(1));
            inner.binary("arith.subi", highest, rest)
        } else {
            let index = inner.binary("arith.remui", rest, size);
            rest = inner.binary("arith.divui", rest, size);
            index
        };
        let scaled = inner.binary("arith.muli", index, lookup(dim.step));
        let coordinate = inner.binary("arith.addi", scaled, lookup(dim.lower));
        let variable = ir::arguments(body)[position];
        ffi::replace_all_uses(variable, coordinate);
    }
    for op in ir::ops(body) {
        if ir::name(op) != "scf.forall.in_parallel" {
            ffi::move_to_end(op, block);
        }
    }
    for op in ir::walk(function) {
        for (index, operand) in ir::operands(op).into_iter().enumerate() {
            if let Some(mapped) = map.get(&ffi::value_key(operand)) {
                ffi::set_operand(op, index, *mapped);
            }
        }
    }
    inner.op("func.return").build();
    ffi::erase(kernel);
    Ok(())
}

fn is_inside(value: Val<'_>, inside: &HashSet<usize>) -> bool {
    match ffi::defining_op(value) {
        Some(op) => inside.contains(&ffi::op_key(op)),
        None => ffi::owner_of_argument(value).is_some_and(|op| inside.contains(&ffi::op_key(op))),
    }
}

fn grid<'c>(builder: &Builder<'c>, kernel: Op<'c>) -> Result<Vec<GridDim<'c>>, PassError> {
    let operands = ir::operands(kernel);
    let mut dynamic = operands.into_iter();
    let mut list = |name: &str| -> Result<Vec<Val<'c>>, PassError> {
        let sizes = ir::attr(kernel, name).and_then(ffi::i64_array).ok_or_else(|| bug!("a forall without '{name}'"))?;
        sizes
            .into_iter()
            .map(|size| match size {
                DYNAMIC => dynamic.next().ok_or_else(|| bug!("a forall with too few bounds")),
                size => Ok(builder.index(size)),
            })
            .collect()
    };
    let (lowers, uppers, steps) = (list("staticLowerBound")?, list("staticUpperBound")?, list("staticStep")?);
    let dims = lowers.into_iter().zip(uppers).zip(steps);
    Ok(dims
        .map(|((lower, upper), step)| {
            let constant = |value| ffi::defining_op(value).and_then(|op| ir::attr(op, "value")).and_then(ir::int_attr);
            let count = match (constant(lower), constant(upper), constant(step)) {
                (Some(low), Some(high), Some(by)) if by > 0 => builder.index((high - low + by - 1).max(0) / by),
                _ => {
                    let extent = builder.binary("arith.subi", upper, lower);
                    builder.binary("arith.ceildivsi", extent, step)
                }
            };
            GridDim { lower, step, count }
        })
        .collect())
}
