//! Elementwise ops behind products, at the products' own points: they are computed before the products are stored.

use super::operand::Operand;
use crate::{
    ffi,
    gpu::{Loops, Movement, plain_dims, reassociation},
    ir::{self, Blk, Builder, Element, Op, Val},
    pass::tile::tiler::convert,
};
use std::collections::{HashMap, HashSet};

/// What a tail reads at a point.
#[derive(Clone, Debug)]
pub enum Source<'c> {
    /// The sum of a product, by number.
    Product(usize),
    /// A result of an earlier tail.
    Tail(usize, usize),
    Memory(Operand<'c>),
}

/// A value at the points of a product.
#[derive(Clone, Debug)]
pub struct Point<'c> {
    source: Source<'c>,
    /// Per dim, the part of the product's result that it runs over: dim `n` of that is from `n * UNIT` to `(n + 1) * UNIT`.
    spans: Vec<Span>,
    /// Whether some part is a guess: a dim was counted as several.
    split: bool,
}

type Span = (u64, u64);

/// A dim of a product's result: divisible by the number of dims that a reshape makes of it.
const UNIT: u64 = 1 << 32;

impl<'c> Point<'c> {
    /// The result of a product.
    pub fn product(number: usize, rank: usize) -> Self {
        let spans = (0..rank as u64).map(|dim| (dim * UNIT, (dim + 1) * UNIT)).collect();
        Self { source: Source::Product(number), spans, split: false }
    }

    /// The value after a reshape.
    fn reshaped(&self, op: Op<'c>) -> Option<Self> {
        let groups = reassociation(op).unwrap_or_default();
        let spans = match ir::name(op) {
            "tensor.cast" => self.spans.clone(),
            "tensor.collapse_shape" => {
                let run = |group: &Vec<usize>| {
                    let parts: Vec<_> = group.iter().map(|dim| self.spans[*dim]).collect();
                    parts.windows(2).all(|pair| pair[0].1 == pair[1].0).then(|| (parts[0].0, parts[parts.len() - 1].1))
                };
                groups.iter().map(run).collect::<Option<_>>()?
            }
            "tensor.expand_shape" => {
                let split = |(group, (from, to)): (&Vec<usize>, &Span)| {
                    let (count, from, to) = (group.len() as u64, *from, *to);
                    let cut = move |at: u64| if at == count { to } else { from + (to - from) / count * at };
                    (0..count).map(move |at| (cut(at), cut(at + 1)))
                };
                groups.iter().zip(&self.spans).flat_map(split).collect()
            }
            _ => return None,
        };
        let split = self.split || ir::name(op) == "tensor.expand_shape";
        Some(Self { source: self.source.clone(), spans, split })
    }
}

/// Values at the points of a product, by key.
pub type Points<'c> = HashMap<usize, Point<'c>>;

/// A value at the points of a product, itself or under another shape.
pub fn point_of<'c>(points: &Points<'c>, value: Val<'c>) -> Option<Point<'c>> {
    if let Some(point) = points.get(&ffi::value_key(value)) {
        return Some(point.clone());
    }
    let op = ffi::defining_op(value).filter(|op| is_reshape(*op))?;
    point_of(points, ir::operands(op)[0])?.reshaped(op)
}

/// Whether an op only counts a tensor's elements in another way.
pub fn is_reshape(op: Op<'_>) -> bool {
    ["tensor.cast", "tensor.collapse_shape", "tensor.expand_shape"].contains(&ir::name(op))
}

/// An elementwise op at the end of a nest.
pub struct Tail<'c> {
    pub op: Op<'c>,
    pub loops: Loops<'c>,
    pub inputs: Vec<Source<'c>>,
    /// Per group of the nest's loops that the result has, in its order, the loops of this op.
    pub groups: Vec<Vec<usize>>,
    /// Per result, the loops in the order of its dims.
    pub orders: Vec<Vec<usize>>,
    /// Per loop, the part of the product's result that it runs over.
    spans: Vec<Span>,
    split: bool,
}

/// Loops of a product's result that are counted together.
pub struct ResultGroup {
    /// Its number among the groups of all loops.
    pub number: usize,
    /// The dims of the result.
    pub dims: Vec<usize>,
    /// The number of iterations, if it is known.
    pub extent: Option<i64>,
}

impl<'c> Tail<'c> {
    /// Reads an elementwise op at points that are known. `groups` are the dims of the product's result that are counted together,
    /// in their order.
    pub fn read(op: Op<'c>, points: &Points<'c>, groups: &[ResultGroup]) -> Option<Self> {
        let loops = Loops::read(op)?;
        // Readers see through these.
        if Movement::read(op).is_some() || only_widens(&loops) {
            return None;
        }
        let outputs = loops.inputs..loops.operands.len();
        if loops.reduced.contains(&true) || outputs.clone().any(|output| loops.reads(output)) {
            return None;
        }
        if !is_arithmetic(loops.body) {
            return None;
        }
        let all = |dims: &Vec<usize>| {
            let distinct: HashSet<_> = dims.iter().collect();
            distinct.len() == loops.extents.len() && dims.len() == distinct.len()
        };
        // The part of the product's result that each loop runs over.
        let mut spans: Option<Vec<Span>> = None;
        let (mut found, mut split) = (vec![], false);
        for input in 0..loops.inputs {
            let point = point_of(points, loops.operands[input]);
            let dims = plain_dims(loops.maps[input]).filter(all);
            let (Some(point), Some(dims)) = (point, dims) else {
                found.push(None);
                continue;
            };
            let mut own = vec![(0, 0); loops.extents.len()];
            dims.iter().zip(&point.spans).for_each(|(dim, span)| own[*dim] = *span);
            if spans.as_ref().is_some_and(|spans| *spans != own) {
                return None;
            }
            spans = Some(own);
            split |= point.split;
            found.push(Some(point.source));
        }
        let spans = spans?;
        let mut own_groups = vec![];
        for ResultGroup { dims, extent, .. } in groups {
            let (from, to) = (dims[0] as u64 * UNIT, (dims[dims.len() - 1] as u64 + 1) * UNIT);
            let inside = |dim: &usize| spans[*dim].0 >= from && spans[*dim].1 <= to;
            let mut own: Vec<_> = (0..spans.len()).filter(inside).collect();
            own.sort_by_key(|dim| spans[*dim]);
            let tiles = own.iter().try_fold(from, |at, dim| (at == spans[*dim].0).then(|| spans[*dim].1));
            let size = own.iter().try_fold(1_i64, |total, dim| total.checked_mul(loops.extents[*dim]?));
            let unknown = own.iter().filter(|dim| loops.extents[**dim].is_none()).count();
            let sized = unknown < 2 || own.len() == dims.len();
            if tiles != Some(to) || size != *extent || split && extent.is_none() || !sized {
                return None;
            }
            own_groups.push(own);
        }
        let single = |dim: usize| loops.extents[dim] == Some(1);
        let inputs = found.into_iter().enumerate().map(|(input, source)| {
            source.or_else(|| {
                let mut operand = Operand::of(&loops, input)?.merged(&own_groups, &single)?;
                operand.dims.iter_mut().for_each(|dim| dim.over = dim.over.map(|group| groups[group].number));
                Some(Source::Memory(operand))
            })
        });
        let inputs = inputs.collect::<Option<_>>()?;
        let orders = outputs.map(|output| plain_dims(loops.maps[output]).filter(all)).collect::<Option<_>>()?;
        Some(Self { op, loops, inputs, groups: own_groups, orders, spans, split })
    }

    /// Its results, as values at the points of the product.
    pub fn points(&self, number: usize) -> Vec<(Val<'c>, Point<'c>)> {
        let point = |(output, order): (usize, &Vec<usize>)| {
            let spans = order.iter().map(|dim| self.spans[*dim]).collect();
            (ir::results(self.op)[output], Point { source: Source::Tail(number, output), spans, split: self.split })
        };
        self.orders.iter().enumerate().map(point).collect()
    }

    /// One of its results from the elements that it reads, in f32 between the roundings that the source spells out.
    pub fn value(&self, b: &Builder<'c>, elements: &[Val<'c>], output: usize) -> Val<'c> {
        let last = *ir::ops(self.loops.body).last().expect("a body that ends in a yield");
        computed(b, &self.loops, elements, ir::operands(last)[output], Rounding::Spelled)
    }
}

/// Where values that are 16 bits wide in a source are rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Where the source widens or stores them.
    Spelled,
    /// At the end.
    Last,
}

/// A value of a body from the elements that the body reads, in f32 between roundings.
pub fn computed<'c>(
    b: &Builder<'c>,
    loops: &Loops<'c>,
    elements: &[Val<'c>],
    value: Val<'c>,
    rounding: Rounding,
) -> Val<'c> {
    let mut wide = Wide { b, rounding, narrow: HashMap::new(), known: HashMap::new(), exact: HashSet::new() };
    for (argument, element) in ir::arguments(loops.body).into_iter().zip(&elements[..loops.inputs]) {
        wide.put(argument, *element);
    }
    let mut ops = ir::ops(loops.body);
    ops.pop();
    let wanted = needed(&ops, value);
    ops.into_iter().filter(|op| wanted.contains(&ffi::op_key(*op))).for_each(|op| wide.op(op));
    wide.rounded(value)
}

/// Whether a body is made of arithmetic only.
pub fn is_arithmetic(body: Blk<'_>) -> bool {
    let known = ["arith.", "math.", "linalg.yield"];
    ir::ops(body).iter().all(|op| known.iter().any(|start| ir::name(*op).starts_with(start)))
}

/// Whether an op makes nothing but a wider copy, or one that is wider than what the kernel computes with.
fn only_widens(loops: &Loops<'_>) -> bool {
    let ops = ir::ops(loops.body);
    let casts = ops.iter().all(|op| matches!(ir::name(*op), "arith.extf" | "linalg.yield"));
    let wide = |value: &Val<'_>| Element::of_value(*value) == Some(Element::F64);
    casts || loops.operands[loops.inputs..].iter().any(wide)
}

/// The ops that a value is computed by.
fn needed<'c>(ops: &[Op<'c>], value: Val<'c>) -> HashSet<usize> {
    let (mut found, mut wanted) = (HashSet::new(), HashSet::from([ffi::value_key(value)]));
    for op in ops.iter().rev() {
        if ir::results(*op).iter().any(|result| wanted.contains(&ffi::value_key(*result))) {
            found.insert(ffi::op_key(*op));
            wanted.extend(ir::operands(*op).into_iter().map(ffi::value_key));
        }
    }
    found
}

/// A body being written with 16-bit floats held as f32: they are rounded where the source widens or stores them.
struct Wide<'b, 'c> {
    b: &'b Builder<'c>,
    rounding: Rounding,
    /// The type of each value that is 16 bits wide in the source.
    narrow: HashMap<usize, ir::Type<'c>>,
    known: HashMap<usize, Val<'c>>,
    /// Values that rounding would not change.
    exact: HashSet<usize>,
}

/// Ops that see the bits of 16-bit floats.
const BITS: [&str; 5] = ["arith.bitcast", "arith.extf", "arith.truncf", "arith.sitofp", "arith.uitofp"];

impl<'c> Wide<'_, 'c> {
    fn is_narrow(ty: ir::Type<'c>) -> bool {
        Element::of(ty).is_some_and(Element::is_half)
    }

    /// Names a value of its own type, or one that is wider.
    fn put(&mut self, name: Val<'c>, value: Val<'c>) {
        let (key, ty) = (ffi::value_key(name), ir::type_of(name));
        if Self::is_narrow(ty) {
            self.narrow.insert(key, ty);
            self.exact.insert(key);
            self.known.insert(key, convert(self.b, value, self.b.f32_type()));
        } else {
            self.known.insert(key, value);
        }
    }

    fn get(&self, name: Val<'c>) -> Val<'c> {
        self.known.get(&ffi::value_key(name)).copied().unwrap_or(name)
    }

    /// A value as the source has it.
    fn rounded(&self, name: Val<'c>) -> Val<'c> {
        let value = self.get(name);
        match self.narrow.get(&ffi::value_key(name)) {
            Some(ty) => self.b.cast("arith.truncf", value, *ty),
            None => value,
        }
    }

    fn op(&mut self, op: Op<'c>) {
        let (operands, results) = (ir::operands(op), ir::results(op));
        let f32_type = self.b.f32_type();
        let [result] = results[..] else { return };
        let ty = ir::type_of(result);
        let key = ffi::value_key(result);
        match ir::name(op) {
            "arith.truncf" if Self::is_narrow(ty) && ir::type_of(operands[0]) == f32_type => {
                self.narrow.insert(key, ty);
                self.known.insert(key, self.get(operands[0]));
            }
            "arith.extf" if ty == f32_type && self.is_whole(operands[0]) => {
                self.known.insert(key, self.get(operands[0]));
            }
            "arith.constant" if Self::is_narrow(ty) => {
                let value = ir::attr(op, "value").and_then(ir::float_attr).unwrap_or(0.0);
                self.narrow.insert(key, ty);
                self.exact.insert(key);
                self.known.insert(key, self.b.float(value, f32_type));
            }
            name if BITS.contains(&name) => {
                let operands = operands.into_iter().map(|value| self.rounded(value)).collect();
                self.put(result, self.copy(op, operands));
            }
            _ => {
                let operands = operands.into_iter().map(|value| self.get_wide(value)).collect();
                let made = self.copy(op, operands);
                if Self::is_narrow(ty) {
                    ffi::set_type(made, f32_type);
                    self.narrow.insert(key, ty);
                }
                self.known.insert(key, made);
            }
        }
    }

    /// Whether a value is widened without a rounding before.
    fn is_whole(&self, name: Val<'c>) -> bool {
        let key = ffi::value_key(name);
        self.exact.contains(&key) || self.rounding == Rounding::Last && self.narrow.contains_key(&key)
    }

    /// The result of an op with other operands.
    fn copy(&self, op: Op<'c>, operands: Vec<Val<'c>>) -> Val<'c> {
        let copy = self.b.clone_op(op, |value| value);
        operands.into_iter().enumerate().for_each(|(index, operand)| ffi::set_operand(copy, index, operand));
        ir::results(copy)[0]
    }

    /// A value as ops compute with it; 16-bit constants from outside of the body are widened.
    fn get_wide(&self, name: Val<'c>) -> Val<'c> {
        let value = self.get(name);
        if Self::is_narrow(ir::type_of(value)) { self.b.cast("arith.extf", value, self.b.f32_type()) } else { value }
    }
}
