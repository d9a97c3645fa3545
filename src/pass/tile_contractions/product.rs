//! Products: contractions of 16-bit tensors as a matrix unit sees them.

use super::{factor::is_product, made_after, operand::Operand};
use crate::{
    ffi,
    gpu::{self, Loops, plain_dims},
    ir::{self, Builder, Element, Op, Val},
    pass::tile::emit::{self, Ix},
};

/// A product of two tensors, summed over some loops.
#[derive(Clone)]
pub struct Product<'c> {
    pub op: Op<'c>,
    /// The first tensor of each operand.
    pub left: Operand<'c>,
    pub right: Operand<'c>,
    /// Per operand, the tensors that it is the sum of, all alike.
    terms: [Vec<Val<'c>>; 2],
    /// The inputs of the op that those are.
    pub inputs: [Vec<usize>; 2],
    /// Which of them are multiplied, in order.
    pub pairs: Vec<[usize; 2]>,
    pub result: Val<'c>,
    /// The loop of every dim of the result.
    pub dims: Vec<usize>,
    pub extents: Vec<Option<i64>>,
    /// Per loop, which operands have it.
    sides: Vec<Side>,
    /// Per loop, a tensor and the dim of it that the loop runs over.
    sizes: Vec<(Val<'c>, usize)>,
}

/// Which operands of a product have a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// None: it has one iteration.
    Unit,
    Left,
    Right,
    Both,
    Summed,
}

/// What a loop is to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Fixed in a tile.
    Grid,
    Row,
    Column,
    Depth,
}

impl<'c> Product<'c> {
    /// Reads an op that a matrix unit can run.
    pub fn read(op: Op<'c>) -> Option<Self> {
        let product = Self::read_any(op)?;
        let element = Element::of_value;
        let (own, first) = (element(product.result), element(product.left.value));
        let equal = product.terms.iter().flatten().all(|term| element(*term) == first);
        let fits = equal && first.is_some_and(Element::is_half) && (own == Some(Element::F32) || own == first);
        fits.then_some(product)
    }

    /// Reads an op that lanes of f32 can run.
    pub fn read_for_lanes(op: Op<'c>) -> Option<Self> {
        let product = Self::read_any(op)?;
        let element = Element::of_value;
        let known = |value: Val<'c>| matches!(element(value), Some(Element::F32 | Element::BF16 | Element::F16));
        let tensors = [product.left.value, product.right.value, product.result];
        (product.pairs.len() == 1 && tensors.into_iter().all(known)).then_some(product)
    }

    /// Reads a product of tensors, or of sums of tensors, of any types.
    pub fn read_any(op: Op<'c>) -> Option<Self> {
        let loops = Loops::read(op).filter(|loops| loops.operands.len() == loops.inputs + 1)?;
        let [result] = ir::results(op)[..] else { return None };
        if !is_zero(loops.operands[loops.inputs]) {
            return None;
        }
        let (inputs, pairs) = if is_product(&loops) { ([vec![0], vec![1]], vec![[0, 0]]) } else { sums(&loops)? };
        let single = |dim: usize| loops.extents[dim] == Some(1) && !loops.reduced[dim];
        let seen = |number: usize, apart: &dyn Fn(usize) -> bool| {
            Operand::of(&loops, number).map(|operand| operand.without(&single).seen_through(apart))
        };
        let [of_left, of_right] = [seen(inputs[0][0], &|_| false)?.loops(), seen(inputs[1][0], &|_| false)?.loops()];
        let both = |dim: usize| !loops.reduced[dim] && of_left.contains(&dim) && of_right.contains(&dim);
        let side = |number: usize| seen(number, &both);
        let (left, right) = (side(inputs[0][0])?, side(inputs[1][0])?);
        let terms = |first: &Operand<'c>, numbers: &[usize]| -> Option<Vec<Val<'c>>> {
            let term = |number: &usize| side(*number).filter(|own| own.dims == first.dims).map(|own| own.value);
            numbers.iter().map(term).collect()
        };
        let terms = [terms(&left, &inputs[0])?, terms(&right, &inputs[1])?];
        let dims = plain_dims(loops.maps[loops.inputs])?;
        let (of_left, of_right) = (left.loops(), right.loops());
        let sides = (0..loops.reduced.len()).map(|dim| {
            if single(dim) {
                return Some(Side::Unit);
            }
            Some(match (of_left.contains(&dim), of_right.contains(&dim), loops.reduced[dim]) {
                (true, true, true) => Side::Summed,
                (true, true, false) => Side::Both,
                (true, false, false) => Side::Left,
                (false, true, false) => Side::Right,
                _ => return None,
            })
        });
        let sides = sides.collect::<Option<Vec<_>>>()?;
        let sizes = (0..sides.len()).map(|dim| loops.extent_of(dim)).collect::<Option<_>>()?;
        let once = |list: &Vec<usize>| (1..list.len()).all(|at| !list[..at].contains(&list[at]));
        let whole = once(&of_left) && once(&of_right) && once(&dims);
        whole.then_some(Self {
            op,
            left,
            right,
            terms,
            inputs,
            pairs,
            result,
            dims,
            extents: loops.extents,
            sides,
            sizes,
        })
    }

    /// The tensors that the operands are the sums of, under the loops of the operands.
    pub fn sums(&self, [left, right]: &[Operand<'c>; 2]) -> [Vec<Operand<'c>>; 2] {
        let of = |operand: &Operand<'c>, terms: &[Val<'c>]| {
            terms.iter().map(|value| Operand { value: *value, dims: operand.dims.clone() }).collect()
        };
        [of(left, &self.terms[0]), of(right, &self.terms[1])]
    }

    /// The tensors that an operand is the sum of.
    pub fn terms(&self, side: usize) -> &[Val<'c>] {
        &self.terms[side]
    }

    /// All tensors that it reads.
    pub fn tensors(&self) -> impl Iterator<Item = Val<'c>> {
        self.terms.iter().flatten().copied()
    }

    /// The loops of an other product of the same left operand, under the names of this one's.
    pub fn alike(&self, other: &Self) -> Option<Self> {
        if other.dims.len() != self.dims.len() || other.terms[0] != self.terms[0] {
            return None;
        }
        let mut names = vec![usize::MAX; other.extents.len()];
        let (theirs, ours) = (other.left.loops(), self.left.loops());
        let pairs = other.dims.iter().zip(&self.dims).chain(theirs.iter().zip(&ours));
        for (their, our) in pairs {
            if !matches!(names[*their], usize::MAX) && names[*their] != *our {
                return None;
            }
            names[*their] = *our;
        }
        let rename = |operand: &Operand<'c>| {
            let mut operand = operand.clone();
            operand.dims.iter_mut().for_each(|dim| dim.over = dim.over.map(|over| names[over]));
            operand
        };
        let (left, right) = (rename(&other.left), rename(&other.right));
        let same = (0..names.len()).all(|their| {
            let our = names[their];
            our < self.extents.len()
                && self.extents[our] == other.extents[their]
                && self.sides[our] == other.sides[their]
                && (self.extents[our].is_some() || self.sides[our] != Side::Right)
        });
        let element = |product: &Self| ffi::element_type(ir::type_of(product.result));
        let fits = same && left.dims == self.left.dims && element(self) == element(other);
        let Self { op, result, terms, inputs, pairs, .. } = other.clone();
        fits.then(|| Self { op, result, left, right, terms, inputs, pairs, ..self.clone() })
    }

    /// Loops that can be counted as one, in the order of the result and then of the sums; rows and columns only if wanted.
    pub fn groups(&self, rows: bool, columns: bool) -> Vec<Vec<usize>> {
        let wanted = |side: Side| match side {
            Side::Left => rows,
            Side::Right => columns,
            Side::Both | Side::Unit => false,
            Side::Summed => true,
        };
        // Where the left operand has the depth only, loops that run once are its rows.
        let lone = !self.sides.contains(&Side::Left);
        let summed = self.left.loops().into_iter().filter(|dim| self.sides[*dim] == Side::Summed);
        let order: Vec<_> = self.dims.iter().copied().chain(summed).collect();
        let mut groups: Vec<Vec<usize>> = order.iter().map(|dim| vec![*dim]).collect();
        let mut at = 1;
        while at < groups.len() {
            let sides = [self.side(&groups[at - 1]), self.side(&groups[at])];
            let mut joined = groups.clone();
            let next = joined.remove(at);
            joined[at - 1].extend(next);
            let same = match sides {
                [Side::Unit, Side::Summed] => false,
                [Side::Unit, Side::Right] | [Side::Right, Side::Unit] if lone => false,
                [Side::Unit, _] | [_, Side::Unit] => true,
                [first, second] => first == second && wanted(first),
            };
            if same && self.merged(&joined).is_some() {
                groups = joined;
            } else {
                at += 1;
            }
        }
        groups
    }

    /// Which operands have a group of loops.
    fn side(&self, group: &[usize]) -> Side {
        let sides = group.iter().map(|dim| self.sides[*dim]);
        sides.into_iter().find(|side| *side != Side::Unit).unwrap_or(Side::Unit)
    }

    /// Both operands by groups of loops.
    pub fn merged(&self, groups: &[Vec<usize>]) -> Option<[Operand<'c>; 2]> {
        let single = |dim: usize| self.extents[dim] == Some(1);
        Some([self.left.merged(groups, &single)?, self.right.merged(groups, &single)?])
    }

    /// What each group of loops is, and whether the left operand has the columns. Columns are neighbours in the result, or, in a
    /// nest that is `turned`, rows.
    pub fn parts(&self, groups: &[Vec<usize>], turned: bool) -> Option<(Vec<Part>, bool)> {
        let side = |group: &usize| self.side(&groups[*group]);
        let last = |wanted: Side| (0..groups.len()).rev().find(|group| side(group) == wanted);
        let (first, second) = (last(Side::Left).or_else(|| last(Side::Unit))?, last(Side::Right)?);
        let swapped = (first > second) != turned;
        let (row, column) = if swapped { (second, first) } else { (first, second) };
        let part = |group: usize| match () {
            () if side(&group) == Side::Summed => Part::Depth,
            () if group == row => Part::Row,
            () if group == column => Part::Column,
            () => Part::Grid,
        };
        Some(((0..groups.len()).map(part).collect(), swapped))
    }

    /// The number of iterations of a group of loops, if it is known.
    pub fn extent(&self, group: &[usize]) -> Option<i64> {
        group.iter().try_fold(1_i64, |total, dim| total.checked_mul(self.extents[*dim]?))
    }

    /// The loops of its rows, columns and depth, if there is one of each.
    pub fn single_loops(&self) -> Option<(usize, usize, usize)> {
        let only = |wanted: Side| {
            let mut found = (0..self.sides.len()).filter(|dim| self.sides[*dim] == wanted);
            found.next().filter(|_| found.next().is_none())
        };
        Some((only(Side::Left)?, only(Side::Right)?, only(Side::Summed)?))
    }

    /// The number of iterations of a loop.
    pub fn size(&self, b: &Builder<'c>, dim: usize) -> Ix<'c> {
        match self.extents[dim] {
            Some(extent) => Ix::Known(extent),
            None => emit::size_of(b, self.sizes[dim].0, self.sizes[dim].1),
        }
    }
}

/// The terms of two operands, by input, and which of them are multiplied.
type Sums = ([Vec<usize>; 2], Vec<[usize; 2]>);

/// The inputs of a body that adds several products to its output, by operand, and which of them are multiplied.
fn sums(loops: &Loops<'_>) -> Option<Sums> {
    let arguments = ir::arguments(loops.body);
    let yielded = *ir::operands(*ir::ops(loops.body).last()?).first()?;
    let mut sides = [vec![], vec![]];
    let mut pairs = vec![];
    for factors in gpu::products(yielded, arguments[loops.inputs])? {
        let mut pair = [0, 0];
        for ((factor, side), slot) in factors.iter().zip(&mut sides).zip(&mut pair) {
            let number = arguments[..loops.inputs].iter().position(|argument| argument == factor)?;
            *slot = side.iter().position(|own| *own == number).unwrap_or_else(|| {
                side.push(number);
                side.len() - 1
            });
        }
        pairs.push(pair);
    }
    sides[0].iter().all(|number| !sides[1].contains(number)).then_some((sides, pairs))
}

/// Whether a tensor is zero everywhere.
pub fn is_zero(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return false };
    let zero = |scalar: Val<'_>| {
        let constant = ffi::defining_op(scalar).and_then(|op| ir::attr(op, "value"));
        constant.and_then(ir::float_attr) == Some(0.0)
    };
    match ir::name(op) {
        "linalg.fill" => zero(ir::operands(op)[0]),
        "linalg.generic" => ir::body(op, 0)
            .and_then(|body| ir::ops(body).last().copied())
            .is_some_and(|last| ir::results(op).len() == 1 && zero(ir::operands(last)[0])),
        "arith.constant" => ir::attr(op, "value").and_then(ffi::dense_splat).and_then(ir::float_attr) == Some(0.0),
        "tensor.expand_shape" | "tensor.collapse_shape" | "tensor.cast" => is_zero(ir::operands(op)[0]),
        _ => false,
    }
}

/// Gives a contraction that adds to a tensor a tensor of zeros instead, and adds afterwards.
pub fn add_afterwards<'c>(op: Op<'c>) {
    let Some(loops) = Loops::read(op).filter(|loops| loops.operands.len() == 3 && is_product(loops)) else { return };
    let Some(dims) = plain_dims(loops.maps[2]).filter(|_| !is_zero(loops.operands[2])) else { return };
    let before = loops.operands[2];
    let [result] = ir::results(op)[..] else { return };
    let b = &Builder::before(op);
    let element = ffi::element_type(ir::type_of(result));
    let sizes: Vec<_> = (0..dims.len()).map(|dim| emit::size_of(b, before, dim)).collect();
    let zeros = emit::fill(b, emit::zero(b, element), emit::empty(b, &sizes, element));
    let whole = |value: Val<'c>| emit::Tile { value, dims: dims.clone() };
    ffi::set_operand(op, 2, zeros);
    // After the contraction: its other readers read the sum.
    let readers = ffi::uses(result);
    let next = made_after(op);
    let b = &next.map_or_else(|| Builder::before(op), Builder::before);
    let into = whole(emit::empty(b, &sizes, element));
    let sum = emit::generic(b, "map", &dims, &[whole(result), whole(before)], &into, |b, element| {
        b.binary("arith.addf", element[0], element[1])
    });
    for (reader, operand) in readers {
        ffi::set_operand(reader, operand, sum.value);
    }
}
