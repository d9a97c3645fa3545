//! `stack-buffers`: the small static buffers of a tile function live on the stack.
//!
//! Before:  %b = memref.alloc() : memref<64x64xf32>   (in a function marked `flashlight.tile_function`)
//! After:   %b = memref.alloca() : memref<64x64xf32>
//!
//! A tile function returns nothing, so no buffer outlives it. Workers of the pool have large stacks; the
//! limits keep a tile within them whatever its shape.
//! Needs: buffers hoisted out of loops. Leaves: buffers in loops, dynamic and large ones on the heap.

use super::{OptionInfo, OptionKind, PassInfo, PassOptions, outline_kernels::TILE_FUNCTION};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op},
};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "stack-buffers",
    summary: "put the buffers of tile functions on the stack",
    options: &[BYTES],
    run,
};

const BYTES: OptionInfo = OptionInfo {
    name: "bytes",
    kind: OptionKind::Int { default: 1 << 20, most: 1 << 30 },
    summary: "most bytes of stack a tile function may take",
};

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let limit = options.number(&BYTES) as usize;
    // Listed before the first is changed: what is erased in one is looked at no more.
    let mut functions = ir::body(module, 0).map(ir::ops).unwrap_or_default();
    functions.retain(|op| ir::name(*op) == "func.func" && ir::attr(*op, TILE_FUNCTION).is_some());
    functions.into_iter().for_each(|function| promote(function, limit));
    Ok(())
}

fn promote(function: Op<'_>, limit: usize) {
    let Some(body) = ir::body(function, 0) else { return };
    let mut used = 0usize;
    for op in ir::ops(body) {
        let Some(bytes) = static_bytes(op) else { continue };
        if used + bytes > limit {
            continue;
        }
        used += bytes;
        let builder = Builder::before(op);
        let buffer = ir::results(op)[0];
        let place = builder
            .op("memref.alloca")
            .results(&[ir::type_of(buffer)])
            .attr_text("operandSegmentSizes", "array<i32: 0, 0>")
            .attr_text("alignment", "64 : i64")
            .value();
        ffi::replace_all_uses(buffer, place);
        ffi::erase(op);
    }
}

/// The size of a static `memref.alloc`.
fn static_bytes(op: Op<'_>) -> Option<usize> {
    if ir::name(op) != "memref.alloc" || !ir::operands(op).is_empty() {
        return None;
    }
    let ty = ir::type_of(*ir::results(op).first()?);
    let count: i64 = ffi::shape(ty)?.into_iter().collect::<Option<Vec<_>>>()?.into_iter().product();
    Some(usize::try_from(count).ok()? * Element::held_by(ty)?.dtype()?.size())
}
