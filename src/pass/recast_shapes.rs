//! `recast-shapes`: splits of buffers into several run-time sizes become casts.
//!
//! Before:  `memref.expand_shape %x [[0, 1], [2]] output_shape [%b, %h, 64] : memref<?x64xf32> into memref<?x?x64xf32>`
//! After:   `memref.reinterpret_cast %x to offset: [0], sizes: [%b, %h, 64], strides: [%h * 64, 64, 1]`
//!
//! Needs: contiguous buffers, after bufferization. Leaves: splits with at most one run-time size per group, which
//! upstream lowers. (Its lowering of the others takes all but one size of a group to be a number.)

use super::{PassInfo, PassOptions};
use crate::{
    dialect::ops::DYNAMIC,
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
    shape::groups,
};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "recast-shapes",
    summary: "turn splits of buffers into several run-time sizes into casts",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for op in ir::walk(module) {
        if ir::name(op) == "memref.expand_shape" {
            recast(op);
        }
    }
    Ok(())
}

fn recast(op: Op<'_>) {
    let (operands, result) = (ir::operands(op), ir::results(op)[0]);
    let ty = ir::type_of(result);
    let sizes = ffi::shape(ty).unwrap_or_default();
    let open = |group: &Vec<usize>| group.iter().filter(|dim| sizes[**dim].is_none()).count();
    let contiguous = |value: Val<'_>| !ir::type_name(ir::type_of(value)).contains(", strided<");
    if groups(op).iter().all(|group| open(group) < 2) || !contiguous(operands[0]) || !contiguous(result) {
        return;
    }
    let b = &Builder::before(op);
    let mut given = operands[1..].iter().copied();
    let values: Vec<Option<Val<'_>>> =
        sizes.iter().map(|size| if size.is_none() { given.next() } else { None }).collect();
    // From the last dim: a number as long as only numbers have been multiplied.
    let (mut strides, mut known, mut product) = (vec![], Some(1), None);
    for (size, value) in sizes.iter().zip(&values).rev() {
        strides.push((known, product));
        let value = value.unwrap_or_else(|| b.index(size.unwrap_or(1)));
        product = Some(product.map_or(value, |product| b.binary("arith.muli", product, value)));
        known = known.zip(*size).map(|(known, size)| known * size);
    }
    strides.reverse();
    let open_strides: Vec<Val<'_>> =
        strides.iter().filter(|(known, _)| known.is_none()).filter_map(|(_, value)| *value).collect();
    let open_sizes: Vec<Val<'_>> = values.iter().copied().flatten().collect();
    let fixed = |list: &mut dyn Iterator<Item = Option<i64>>| {
        b.i64s_attr(&list.map(|number| number.unwrap_or(DYNAMIC)).collect::<Vec<_>>())
    };
    let cast = b
        .op("memref.reinterpret_cast")
        .operands(&operands[..1])
        .operands(&open_sizes)
        .operands(&open_strides)
        .results(&[ty])
        .attr("static_offsets", b.i64s_attr(&[0]))
        .attr("static_sizes", fixed(&mut sizes.iter().copied()))
        .attr("static_strides", fixed(&mut strides.iter().map(|(known, _)| *known)))
        .attr_text("operandSegmentSizes", &format!("array<i32: 1, 0, {}, {}>", open_sizes.len(), open_strides.len()))
        .value();
    ffi::replace_all_uses(result, cast);
    ffi::erase(op);
}
