//! The views around the op: a tensor as a capture's map reads it, a result in the shape of its root.

use super::layout::{Layout, Part, View};
use crate::ir::{self, Builder, Type, Val};

/// The flat list of parts of a view with, for each, the number of the view dimension it ends up in.
fn numbered(view: &View, layout: &Layout) -> (Vec<(i64, Option<usize>)>, usize) {
    let mut flat = vec![];
    let mut count = 0;
    let mut previous: Option<usize> = None;
    for (part, size) in view.parts.iter().flatten() {
        match part {
            Part::Unit => flat.push((*size, None)),
            Part::Dims(dims) => {
                let group = layout.positions(&dims[..1]).first().copied();
                let merged = group.is_some_and(|at| layout.dims[at].1.len() > 1);
                if !(merged && previous == group) {
                    count += 1;
                }
                previous = group;
                flat.push((*size, Some(count - 1)));
            }
            Part::Linear(..) => {
                previous = None;
                count += 1;
                flat.push((*size, Some(count - 1)));
            }
        }
    }
    (flat, count)
}

/// Groups of consecutive parts, one per view dimension; units go with a neighbour.
fn groups(flat: &[(i64, Option<usize>)], count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![];
    }
    let mut groups = vec![vec![]; count];
    let mut current = 0;
    for (at, (_, group)) in flat.iter().enumerate() {
        if let Some(group) = group {
            current = *group;
        }
        groups[current].push(at);
    }
    groups
}

fn reassociation(groups: &[Vec<usize>]) -> String {
    let group = |group: &Vec<usize>| {
        let dims: Vec<_> = group.iter().map(|dim| format!("{dim} : i64")).collect();
        format!("[{}]", dims.join(", "))
    };
    format!("[{}]", groups.iter().map(group).collect::<Vec<_>>().join(", "))
}

/// A tensor with every group of dimensions of one of the two shapes as one dimension of the other.
pub(super) fn reshape<'c>(
    b: &Builder<'c>,
    name: &str,
    source: Val<'c>,
    groups: &[Vec<usize>],
    shape: &[i64],
) -> Val<'c> {
    let sizes: Vec<_> = shape.iter().map(|size| Some(*size)).collect();
    let ty = b.tensor_type(&sizes, crate::ffi::element_type(ir::type_of(source)));
    if ty == ir::type_of(source) {
        return source;
    }
    let spec = b.op(name).operands(&[source]).results(&[ty]).attr_text("reassociation", &reassociation(groups));
    if name == "tensor.expand_shape" {
        spec.attr("static_output_shape", b.i64s_attr(shape)).value()
    } else {
        spec.value()
    }
}

/// The groups of parts that each dimension of the tensor is split into.
fn splits(view: &View) -> Vec<Vec<usize>> {
    let mut next = 0;
    view.parts
        .iter()
        .map(|parts| {
            let group = (next..next + parts.len()).collect();
            next += parts.len();
            group
        })
        .collect()
}

/// The tensor as the capture's map reads it.
pub fn capture_view<'c>(b: &Builder<'c>, view: &View, layout: &Layout, tensor: Val<'c>) -> Val<'c> {
    let (flat, count) = numbered(view, layout);
    let sizes: Vec<i64> = flat.iter().map(|(size, _)| *size).collect();
    let expanded = reshape(b, "tensor.expand_shape", tensor, &splits(view), &sizes);
    let groups = groups(&flat, count);
    let shape: Vec<i64> = groups.iter().map(|group| group.iter().map(|at| sizes[*at]).product()).collect();
    reshape(b, "tensor.collapse_shape", expanded, &groups, &shape)
}

/// The result in the shape of the root.
pub fn result_view<'c>(b: &Builder<'c>, view: &View, layout: &Layout, tensor: Val<'c>, root: Type<'c>) -> Val<'c> {
    let (flat, count) = numbered(view, layout);
    let sizes: Vec<i64> = flat.iter().map(|(size, _)| *size).collect();
    let expanded = reshape(b, "tensor.expand_shape", tensor, &groups(&flat, count), &sizes);
    let shape: Vec<i64> =
        crate::ffi::shape(root).unwrap_or_default().into_iter().map(|size| size.unwrap_or(1)).collect();
    reshape(b, "tensor.collapse_shape", expanded, &splits(view), &shape)
}
