//! Operands of a product that a matrix unit for 16-bit numbers does not take: tensors of their terms come first.
//!
//! Before:  `C = Σ A · B` of f32 tensors
//! After:   `a0, a1, a2 = terms of A`, the same for `B`, and `C = Σ (a0·b2 + a1·b1 + a2·b0 + a0·b1 + a1·b0 + a0·b0)`
//!
//! What takes a tensor apart is an elementwise op: a nest that makes the tensor stores its terms instead.

use super::{cut::outline, factor::without_units, group::WAYS, operand::Operand, product::Product};
use crate::{
    ffi,
    gpu::{Loops, Movement, plain_dims},
    ir::{self, Builder, Element, Op, Val},
    pass::tile::{
        emit::{self, Tile},
        split,
        tiler::convert,
    },
};
use std::collections::HashMap;

/// Tensors that were taken apart, by key.
pub type Known<'c> = HashMap<usize, Vec<Val<'c>>>;

/// Writes a product of tensors that are not of one 16-bit type by their terms, if a matrix unit can then run it.
pub fn split_operands<'c>(op: Op<'c>, most: usize, known: &mut Known<'c>) {
    let Some(product) = Product::read_any(op).filter(|product| most > 1 && product.pairs.len() == 1) else { return };
    let Some(loops) = Loops::read(op) else { return };
    let b = &Builder::before(op);
    let elements = [&product.left, &product.right].map(|operand| ffi::element_type(ir::type_of(operand.value)));
    let float =
        |element: ir::Type<'c>| matches!(Element::of(element), Some(Element::F32 | Element::F16 | Element::BF16));
    let (f32_type, result) = (b.f32_type(), ffi::element_type(ir::type_of(product.result)));
    let taken_as_it_is = elements[0] == elements[1] && elements[0] != f32_type;
    if taken_as_it_is || result != f32_type || !elements.into_iter().all(float) {
        return;
    }
    let large = |(rows, columns): (bool, bool)| {
        let groups = product.groups(rows, columns);
        [false, true].into_iter().any(|turned| outline(&product, &groups, turned, true).is_some())
    };
    if !WAYS.into_iter().any(large) {
        return;
    }
    let operands = [0, 1].map(|number| Operand::of(&loops, number).map(|own| own.seen_through(&|_| false)));
    let [Some(left), Some(right)] = operands else { return };
    let [left, right] = [left, right].map(|operand| terms(b, &operand, most, known));
    let pairs = split::products(left.len(), right.len(), most);
    let all: Vec<_> = (0..loops.reduced.len()).collect();
    let inputs: Vec<_> = left.iter().chain(&right).cloned().collect();
    let into = Tile { value: loops.operands[2], dims: product.dims.clone() };
    let made = emit::generic(b, "contract", &all, &inputs, &into, |b, elements| {
        let wide: Vec<_> =
            elements[..inputs.len()].iter().map(|element| b.cast("arith.extf", *element, f32_type)).collect();
        pairs.iter().fold(elements[inputs.len()], |sum, [x, y]| {
            b.binary("arith.addf", sum, b.binary("arith.mulf", wide[*x], wide[left.len() + y]))
        })
    });
    ffi::replace_all_uses(product.result, made.value);
    ffi::erase(op);
}

/// The terms of an operand, as tensors over its loops.
fn terms<'c>(b: &Builder<'c>, operand: &Operand<'c>, most: usize, known: &mut Known<'c>) -> Vec<Tile<'c>> {
    let over: Vec<_> = operand.dims.iter().map(|dim| dim.over).collect();
    let tensor = operand.value;
    let count = split::terms(ffi::element_type(ir::type_of(tensor)), most);
    let parts = match count {
        1 => vec![tensor],
        _ => known.entry(ffi::value_key(tensor)).or_insert_with(|| split::split_tensor(b, tensor, None, count)).clone(),
    };
    let dims: Vec<_> = over.iter().flatten().copied().collect();
    parts.into_iter().map(|part| Tile { value: without_units(b, part, &over), dims: dims.clone() }).collect()
}

/// A tensor that was taken apart.
pub struct Taken<'c> {
    pub tensor: Val<'c>,
    /// Which of its terms they are, in their order.
    pub numbers: Vec<usize>,
    /// What else the terms were cut by, which the tensor can be cut by just as well.
    views: Vec<Op<'c>>,
    /// How many ops read the terms.
    pub readers: usize,
}

/// The tensor whose terms some tensors are, if what takes it apart is still there.
pub fn taken_from<'c>(terms: &[Val<'c>]) -> Option<Taken<'c>> {
    let (mut maker, mut views, mut readers) = (None, vec![], 0);
    let mut numbers = vec![];
    for term in terms {
        let mut value = *term;
        readers = ffi::uses(value).len().max(readers);
        views.clear();
        let op = loop {
            let op = ffi::defining_op(value)?;
            match ir::name(op) {
                "tensor.extract_slice" => {
                    views.push(op);
                    value = ir::operands(op)[0];
                    readers = readers.max(ffi::uses(value).len());
                }
                "linalg.generic" => break op,
                _ => return None,
            }
        };
        if *maker.get_or_insert(op) != op {
            return None;
        }
        numbers.push(ffi::value_number(value));
    }
    let maker = maker?;
    let loops = Loops::read(maker).filter(|loops| loops.inputs == 1 && !loops.reduced.contains(&true))?;
    let mut tensor = loops.operands[0];
    let whole = ir::results(maker).len() == terms.len() && loops.maps.iter().all(|map| *map == loops.maps[0]);
    if !whole || Element::of_value(tensor) != Some(Element::F32) {
        return None;
    }
    // Rows were padded for their terms.
    if let Some(pad) = ffi::defining_op(tensor).filter(|op| ir::name(*op) == "tensor.pad") {
        tensor = ir::operands(pad)[0];
        let cut = views.pop()?;
        if ffi::shape(ir::type_of(ir::results(cut)[0])) != ffi::shape(ir::type_of(tensor)) {
            return None;
        }
    }
    views.reverse();
    Some(Taken { tensor, numbers, views, readers })
}

impl<'c> Taken<'c> {
    /// Whether the copy engine can load it: its rows are rows of memory that begin at multiples of 16 bytes.
    pub fn is_loadable(&self) -> bool {
        let mut value = self.tensor;
        loop {
            let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
            if shape.last().copied().flatten().is_none_or(|size| size % 4 != 0) {
                return false;
            }
            let Some(op) = ffi::defining_op(value) else { return true };
            match ir::name(op) {
                "tensor.collapse_shape" | "tensor.expand_shape" | "tensor.cast" => value = ir::operands(op)[0],
                "tensor.extract_slice" => return false,
                _ => return Movement::read(op).is_none(),
            }
        }
    }

    /// The tensor as the terms are cut.
    pub fn cut(&self, b: &Builder<'c>) -> Val<'c> {
        self.views.iter().fold(self.tensor, |value, view| {
            let copy = b.clone_op(*view, |operand| operand);
            ffi::set_operand(copy, 0, value);
            let result = ir::results(copy)[0];
            let shape = ffi::shape(ir::type_of(result)).unwrap_or_default();
            ffi::set_type(result, b.tensor_type(&shape, ffi::element_type(ir::type_of(value))));
            result
        })
    }
}

/// Erases what takes a tensor apart into terms that nothing reads.
pub fn erase_unread(terms: &[Val<'_>]) {
    for term in terms {
        let mut value = *term;
        while let Some(op) = ffi::defining_op(value) {
            let read = ir::results(op).into_iter().any(|result| !ffi::uses(result).is_empty());
            if read || !matches!(ir::name(op), "tensor.extract_slice" | "linalg.generic") {
                break;
            }
            value = ir::operands(op)[0];
            let made_all = ir::name(op) == "linalg.generic";
            ffi::erase(op);
            if made_all {
                return;
            }
        }
    }
}

/// Writes a product of terms that is not run by a matrix unit as one of the numbers that they are the terms of; returns the
/// new op.
pub fn join_operands<'c>(product: &Product<'c>) -> Option<Op<'c>> {
    let op = product.op;
    let loops = Loops::read(op).filter(|_| product.pairs.len() > 1)?;
    let b = &Builder::before(op);
    let (f32_type, all) = (b.f32_type(), (0..loops.reduced.len()).collect::<Vec<_>>());
    // The inputs of each operand: the tensor that was taken apart, where it still is.
    let sides = product.inputs.clone().map(|numbers| {
        let values: Vec<_> = numbers.iter().map(|number| loops.operands[*number]).collect();
        let all_of = |maker: &Op<'c>| {
            let made = ir::results(*maker);
            made.len() == values.len() && values.len() > 1 && values.iter().all(|value| made.contains(value))
        };
        let whole = ffi::defining_op(values[0]).filter(all_of);
        let whole = whole.and_then(Loops::read).filter(|maker| maker.inputs == 1).map(|maker| maker.operands[0]);
        let dims = plain_dims(loops.maps[numbers[0]]).unwrap_or_default();
        let tile = |value: Val<'c>| Tile { value, dims: dims.clone() };
        whole.map_or_else(|| values.iter().map(|value| tile(*value)).collect(), |whole| vec![tile(whole)])
    });
    let inputs: Vec<Tile<'c>> = sides.iter().flatten().cloned().collect();
    let into = Tile { value: loops.operands[loops.inputs], dims: product.dims.clone() };
    let made = emit::generic(b, "contract", &all, &inputs, &into, |b, elements| {
        let wide = |element: &Val<'c>| convert(b, *element, f32_type);
        let sum =
            |elements: &[Val<'c>]| elements.iter().map(wide).reduce(|sum, term| b.binary("arith.addf", sum, term));
        let (left, right) = elements[..inputs.len()].split_at(sides[0].len());
        let factors = [sum(left), sum(right)].map(|factor| factor.expect("an operand has a term"));
        b.binary("arith.addf", elements[inputs.len()], b.binary("arith.mulf", factors[0], factors[1]))
    });
    ffi::replace_all_uses(product.result, made.value);
    ffi::erase(op);
    ffi::defining_op(made.value)
}
