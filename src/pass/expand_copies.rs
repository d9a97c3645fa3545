//! `expand-copies`: copies between buffers become loops.
//!
//! Before:  memref.copy %a, %b : memref<?x64xf32, strided<…>> to memref<?x64xf32>
//! After:   linalg.generic ins(%a) outs(%b) { yield the element }
//!
//! Upstream lowers a copy of buffers that are not contiguous to a call of a run-time library.
//! Needs: buffers. Leaves: no `memref.copy`.

use super::{PassInfo, PassOptions};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Builder, Op},
};
use melior::ir::AffineMap;

/// The pass.
pub const INFO: PassInfo =
    PassInfo { name: "expand-copies", summary: "turn copies between buffers into loops", options: &[], run };

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for op in ir::walk(module) {
        if ir::name(op) == "memref.copy" {
            expand(op);
        }
    }
    Ok(())
}

fn expand(op: Op<'_>) {
    let [from, to] = ir::operands(op)[..] else { return };
    let Some(shape) = ffi::shape(ir::type_of(to)) else { return };
    if from != to {
        let builder = Builder::before(op);
        let identity = AffineMap::multi_dim_identity(builder.context, shape.len());
        let parallel = vec![builder.attr("#linalg.iterator_type<parallel>"); shape.len()];
        let element = ffi::element_type(ir::type_of(to));
        builder
            .op("linalg.generic")
            .operands(&[from, to])
            .attr("indexing_maps", builder.maps_attr(&[identity, identity]))
            .attr("iterator_types", builder.array_attr(&parallel))
            .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
            .region(&[element, element], |inner, arguments| {
                inner.op("linalg.yield").operands(&arguments[..1]).build();
            })
            .build();
    }
    ffi::erase(op);
}
