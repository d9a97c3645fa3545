//! `tensor.reshape` to sizes that factor as the source's do: dims are joined, then split.

use super::Resolver;
use crate::{
    dialect::ops::DYNAMIC,
    ffi,
    ir::{self, Builder, Op, Val},
    shape::poly::Poly,
};

/// Groups of consecutive dims of either side with the same product.
fn matched(from: &[Poly], to: &[Poly]) -> Option<Vec<(Vec<usize>, Vec<usize>)>> {
    let one = Poly::constant(1);
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = vec![];
    let (mut a, mut b) = (0, 0);
    while a < from.len() && b < to.len() {
        let (mut left, mut right) = (vec![a], vec![b]);
        let (mut x, mut y) = (from[a].clone(), to[b].clone());
        (a, b) = (a + 1, b + 1);
        while x != y {
            let joins = y.over(&x).is_some() || x.over(&y).is_none();
            if a < from.len() && (joins || b >= to.len()) {
                x = x.times(&from[a])?;
                left.push(a);
                a += 1;
            } else if b < to.len() {
                y = y.times(&to[b])?;
                right.push(b);
                b += 1;
            } else {
                return None;
            }
        }
        groups.push((left, right));
    }
    let last = groups.last_mut()?;
    if from[a..].iter().chain(&to[b..]).any(|size| *size != one) {
        return None;
    }
    last.0.extend(a..from.len());
    last.1.extend(b..to.len());
    Some(groups)
}

/// The attribute that lists groups of dims.
pub(super) fn reassociation<'g>(groups: impl Iterator<Item = &'g Vec<usize>>) -> String {
    let mut start = 0;
    let groups = groups.map(|group| {
        let dims: Vec<_> = (start..start + group.len()).map(|dim| format!("{dim} : i64")).collect();
        start += group.len();
        format!("[{}]", dims.join(", "))
    });
    format!("[{}]", groups.collect::<Vec<_>>().join(", "))
}

impl<'c> Resolver<'c> {
    /// Joins and splits dims instead of a `tensor.reshape`, where sizes say how.
    pub(super) fn reshape(&mut self, op: Op<'c>) {
        let (operands, result) = (ir::operands(op), ir::results(op)[0]);
        let (source, ty) = (operands[0], ir::type_of(result));
        let (from, to) = (self.facts.sizes(source), self.facts.sizes(result));
        let Some(groups) = matched(&from, &to) else { return };
        let b = &Builder::before(op);
        let element = ffi::element_type(ty);
        let joined: Option<Vec<Poly>> = groups
            .iter()
            .map(|(left, _)| left.iter().try_fold(Poly::constant(1), |size, dim| size.times(&from[*dim])))
            .collect();
        let Some(joined) = joined else { return };
        let shape = |sizes: &[Poly]| sizes.iter().map(Poly::as_constant).collect::<Vec<_>>();
        let Some(values) = self.dynamic_sizes(b, op, &to) else { return };
        let mut value = source;
        if groups.iter().any(|(left, _)| left.len() > 1) {
            // Static where the type says so: a join of sizes that are in the type is in the type.
            let own = ffi::shape(ir::type_of(source)).unwrap_or_default();
            let sizes: Vec<_> = groups.iter().map(|(left, _)| left.iter().map(|dim| own[*dim]).product()).collect();
            value = b
                .op("tensor.collapse_shape")
                .operands(&[value])
                .results(&[b.tensor_type(&sizes, element)])
                .attr_text("reassociation", &reassociation(groups.iter().map(|(left, _)| left)))
                .value();
        }
        let known = b.tensor_type(&shape(&joined), element);
        if ir::type_of(value) != known {
            value = b.cast("tensor.cast", value, known);
        }
        if groups.iter().any(|(_, right)| right.len() > 1) {
            let fixed: Vec<i64> = to.iter().map(|size| size.as_constant().unwrap_or(DYNAMIC)).collect();
            value = b
                .op("tensor.expand_shape")
                .operands(&[value])
                .operands(&values)
                .results(&[b.tensor_type(&shape(&to), element)])
                .attr_text("reassociation", &reassociation(groups.iter().map(|(_, right)| right)))
                .attr("static_output_shape", b.i64s_attr(&fixed))
                .value();
        }
        if ir::type_of(value) != ty {
            value = b.cast("tensor.cast", value, ty);
        }
        ffi::replace_all_uses(result, value);
        self.dead.push(op);
    }

    /// The sizes of a reshape that are no numbers, as values of type index.
    fn dynamic_sizes(&mut self, b: &Builder<'c>, op: Op<'c>, sizes: &[Poly]) -> Option<Vec<Val<'c>>> {
        let shape = ffi::defining_op(ir::operands(op)[1]).filter(|op| ir::name(*op) == "tensor.from_elements")?;
        let elements = ir::operands(shape);
        let mut values = vec![];
        for (size, element) in sizes.iter().zip(elements) {
            if size.as_constant().is_none() {
                let own = |element: Val<'c>| match ir::type_of(element) == b.index_type() {
                    true => element,
                    false => b.cast("arith.index_cast", element, b.index_type()),
                };
                values.push(self.value(size, b.index_type()).unwrap_or_else(|| own(element)));
            }
        }
        Some(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_factor_alike() {
        let [b, h, s, d, one] =
            [Poly::symbol(0), Poly::symbol(1), Poly::symbol(2), Poly::constant(64), Poly::constant(1)];
        let bh = b.times(&h).expect("small");
        let from = [b.clone(), h.clone(), s.clone(), one.clone(), d.clone()];
        let groups = matched(&from, &[bh.clone(), s.clone(), d.clone(), one]).expect("the same elements");
        assert_eq!(groups, [(vec![0, 1], vec![0]), (vec![2], vec![1]), (vec![3, 4], vec![2, 3])]);
        assert_eq!(matched(&[b.clone(), h], &[s, b]), None);
    }
}
