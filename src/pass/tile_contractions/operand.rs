//! Tensors as a nest reads them: under the loops of a contraction, in other shapes than they have.

use crate::{
    dialect::ops::DYNAMIC,
    ffi,
    gpu::{Loops, Movement, loops_of},
    ir::{self, Builder, Element, Op, Val},
    pass::tile::emit::{self, Ix},
};

/// A tensor and the loop that each of its dims is, or several neighbouring dims together.
#[derive(Clone, Debug)]
pub struct Operand<'c> {
    pub value: Val<'c>,
    pub dims: Vec<Dim>,
}

/// Neighbouring dims of a tensor that are counted as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dim {
    pub members: Vec<usize>,
    /// The loop that runs over them; without one the dim is read at 0.
    pub over: Option<usize>,
}

impl<'c> Operand<'c> {
    /// An operand of an op on whole tensors.
    pub fn of(loops: &Loops<'c>, number: usize) -> Option<Self> {
        Some(Self::new(loops.operands[number], &loops_of(loops.maps[number])?))
    }

    /// A tensor with a loop per dim.
    pub fn new(value: Val<'c>, dims: &[Option<usize>]) -> Self {
        let dims = dims.iter().enumerate().map(|(member, over)| Dim { members: vec![member], over: *over }).collect();
        Self { value, dims }
    }

    /// The operand with some loops, of one iteration each, left out.
    pub fn without(mut self, left_out: &dyn Fn(usize) -> bool) -> Self {
        self.dims.iter_mut().for_each(|dim| dim.over = dim.over.filter(|over| !left_out(*over)));
        self
    }

    /// The loops of all dims, in order.
    pub fn loops(&self) -> Vec<usize> {
        self.dims.iter().filter_map(|dim| dim.over).collect()
    }

    /// The operand as the tensor that it is a permutation, a repetition or a wider copy of: no farther than to where
    /// neighbours in memory are no longer of one tile, which a loop of `apart` would run over.
    pub fn seen_through(self, apart: &dyn Fn(usize) -> bool) -> Self {
        let mut found = self;
        while let Some(op) = ffi::defining_op(found.value) {
            let plain = found.dims.iter().all(|dim| dim.members.len() == 1);
            let loops: Vec<_> = found.dims.iter().map(|dim| dim.over).collect();
            let inner = match Movement::read(op).filter(|_| plain) {
                Some(movement) => {
                    let rank = ffi::shape(ir::type_of(movement.source)).map_or(0, |shape| shape.len());
                    let over = |dim: usize| movement.dims.iter().position(|own| *own == Some(dim));
                    let dims: Vec<_> = (0..rank).map(|dim| over(dim).and_then(|place| loops[place])).collect();
                    Self::new(movement.source, &dims)
                }
                None => match widened(op) {
                    Some(source) => Self { value: source, dims: found.dims.clone() },
                    None => return found,
                },
            };
            let scattered = |operand: &Self| operand.loops().last().is_some_and(|last| apart(*last));
            if scattered(&inner) && !scattered(&found) && is_narrow(found.value) {
                return found;
            }
            found = inner;
        }
        found
    }

    /// Counts neighbouring dims as one where their loops are counted as one: `groups` lists the old loops of each new one, and
    /// those that have one value only are optional. `None` where dims are no neighbours in the tensor or in memory.
    pub fn merged(&self, groups: &[Vec<usize>], single: &dyn Fn(usize) -> bool) -> Option<Self> {
        let mut dims: Vec<Dim> = vec![];
        let mut at = 0;
        while at < self.dims.len() {
            let Some(first) = self.dims[at].over else {
                dims.push(self.dims[at].clone());
                at += 1;
                continue;
            };
            let group = groups.iter().position(|group| group.contains(&first))?;
            let mut members = vec![];
            for member in &groups[group] {
                match self.dims.get(at) {
                    Some(dim) if dim.over == Some(*member) => {
                        members.extend_from_slice(&dim.members);
                        at += 1;
                    }
                    _ if single(*member) => {}
                    _ => return None,
                }
            }
            if members.windows(2).any(|pair| !is_run(self.value, pair[0], pair[1])) {
                return None;
            }
            dims.push(Dim { members, over: Some(group) });
        }
        Some(Self { value: self.value, dims })
    }

    /// Whether dims that are counted together have known sizes: what those of unknown size are together, two places may write in
    /// two ways.
    pub fn has_known_dims(&self) -> bool {
        let shape = ffi::shape(ir::type_of(self.value)).unwrap_or_default();
        let known = |dim: &Dim| dim.members.len() == 1 || dim.members.iter().all(|member| shape[*member].is_some());
        self.dims.iter().all(known)
    }

    /// The tensor with every dim as one.
    pub fn collapsed(&self, b: &Builder<'c>) -> Val<'c> {
        if self.dims.iter().all(|dim| dim.members.len() == 1) {
            return self.value;
        }
        let shape = ffi::shape(ir::type_of(self.value)).unwrap_or_default();
        let size = |dim: &Dim| dim.members.iter().try_fold(1_i64, |total, member| Some(total * shape[*member]?));
        let sizes: Vec<_> = self.dims.iter().map(size).collect();
        let ty = b.tensor_type(&sizes, ffi::element_type(ir::type_of(self.value)));
        let groups: Vec<_> = self.dims.iter().map(|dim| dim.members.clone()).collect();
        let spec = b.op("tensor.collapse_shape").operands(&[self.value]).results(&[ty]);
        spec.attr_text("reassociation", &reassociation(&groups)).value()
    }
}

/// The tensor of some sizes whose dims were counted together, `groups` of them each.
pub fn expanded<'c>(b: &Builder<'c>, value: Val<'c>, groups: &[Vec<usize>], sizes: &[Ix<'c>]) -> Val<'c> {
    if groups.iter().all(|group| group.len() == 1) {
        return value;
    }
    let ty = emit::tensor_type(b, sizes, ffi::element_type(ir::type_of(value)));
    let dynamic: Vec<_> = sizes.iter().filter(|size| size.known().is_none()).map(|size| size.value(b)).collect();
    let numbers: Vec<_> = sizes.iter().map(|size| size.known().unwrap_or(DYNAMIC)).collect();
    b.op("tensor.expand_shape")
        .operands(&[value])
        .operands(&dynamic)
        .results(&[ty])
        .attr_text("reassociation", &reassociation(groups))
        .attr("static_output_shape", b.i64s_attr(&numbers))
        .value()
}

fn reassociation(groups: &[Vec<usize>]) -> String {
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    list(groups.iter().map(|group| list(group.iter().map(|dim| format!("{dim} : i64")).collect())).collect())
}

/// Whether a tensor is of 16-bit floats.
fn is_narrow(value: Val<'_>) -> bool {
    Element::of_value(value).is_some_and(Element::is_half)
}

/// The tensor of 16-bit floats that an op only widens.
pub fn widened<'c>(op: Op<'c>) -> Option<Val<'c>> {
    let loops = Loops::read(op).filter(|loops| loops.operands.len() == 2 && !loops.reduced.contains(&true))?;
    let ([extension, last], [source, _]) = (&ir::ops(loops.body)[..], &loops.operands[..]) else { return None };
    let narrow = is_narrow(*source);
    let widens = ir::name(*extension) == "arith.extf"
        && ir::operands(*extension) == ir::arguments(loops.body)[..1]
        && ir::operands(*last) == ir::results(*extension);
    (narrow && widens && loops.maps[0] == loops.maps[1]).then_some(*source)
}

/// Whether neighbours along two dims of a tensor lie in memory as if the dims were one.
fn is_run(value: Val<'_>, first: usize, second: usize) -> bool {
    let Some(op) = ffi::defining_op(value) else { return true };
    match ir::name(op) {
        "tensor.extract_slice" => {
            let list = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
            let (offsets, sizes, strides) = (list("static_offsets"), list("static_sizes"), list("static_strides"));
            let source = ir::operands(op)[0];
            let shape = ffi::shape(ir::type_of(source)).unwrap_or_default();
            let rank = ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len());
            let is_all = |dim: usize| offsets[dim] == 0 && strides[dim] == 1 && shape[dim] == Some(sizes[dim]);
            rank == shape.len() && strides[first] == 1 && is_all(second) && is_run(source, first, second)
        }
        "tensor.cast" => is_run(ir::operands(op)[0], first, second),
        // What they are of may be a part of a tensor.
        "tensor.expand_shape" | "tensor.collapse_shape" => is_whole(ir::operands(op)[0]),
        _ => Movement::read(op).is_none(),
    }
}

/// Whether a tensor is all of what has memory.
fn is_whole(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return true };
    match ir::name(op) {
        "tensor.extract_slice" => false,
        "tensor.cast" | "tensor.expand_shape" | "tensor.collapse_shape" => is_whole(ir::operands(op)[0]),
        _ => Movement::read(op).is_none(),
    }
}
