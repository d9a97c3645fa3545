//! Reading `linalg.generic`: its body at a point, its reductions as reductions.

use super::{
    arena::{Arena, DimId, Id, Node, Role, TensorId, Ty},
    read::{Mode, Policy, Reader, Refused},
    scalar,
};
use crate::{
    ffi,
    ir::{self, Element, Op, Val},
};
use melior::ir::AffineExpr;
use std::collections::HashMap;

impl<'c> Reader<'_, 'c> {
    pub(super) fn generic(
        &mut self,
        op: Op<'c>,
        result: usize,
        coords: &[Id],
        mode: Mode,
    ) -> Result<Option<Id>, Refused> {
        let Some(shape) = Generic::of(op) else { return Ok(None) };
        let reduces = shape.reduces();
        let allowed = match mode {
            _ if reduces && self.policy.shallow => false,
            Mode::Area | Mode::Inline | Mode::Whole => true,
            Mode::Cheap => !reduces && shape.is_cheap(),
            Mode::Block => !reduces && shape.body.len() <= 24,
            Mode::Operand => !reduces && shape.is_scale(),
        };
        if !allowed {
            return Ok(None);
        }
        // From coordinates of the result to loop indices.
        let mut at: Vec<Option<Id>> = vec![None; shape.extents.len()];
        let out = shape.maps[shape.inputs + result];
        for (position, coord) in coords.iter().enumerate() {
            let Ok(expr) = out.result(position) else { return Ok(None) };
            if expr.is_dim() {
                at[expr.dim_position()] = Some(*coord);
            } else if !expr.is_constant() {
                return Ok(None);
            }
        }
        let mut ordinal = 0;
        for coord in coords {
            for dim in self.arena.free_dims(*coord) {
                let info = self.arena.dim_info(dim);
                if info.role == Role::Inner {
                    ordinal = ordinal.max(info.ordinal + 1);
                }
            }
        }
        let in_area = coords
            .iter()
            .any(|coord| self.arena.free_dims(*coord).iter().any(|dim| self.arena.dim_info(*dim).role == Role::Key));
        let mut bound: Vec<DimId> = vec![];
        for (loop_dim, slot) in at.iter_mut().enumerate() {
            if slot.is_some() {
                continue;
            }
            let Some(extent) = shape.extents[loop_dim] else { return Ok(None) };
            if extent == 1 {
                *slot = Some(self.arena.int(0));
                continue;
            }
            if !shape.reduction[loop_dim] {
                return Ok(None);
            }
            let dim = if mode == Mode::Inline && !in_area {
                if !bound.is_empty() {
                    return Ok(None);
                }
                self.arena.dim(Role::Key, 0, extent)
            } else {
                ordinal += 1;
                self.arena.dim(Role::Inner, ordinal - 1, extent)
            };
            let Some(dim) = dim else { return Err(Refused::new("too many dimensions")) };
            bound.push(dim);
            *slot = Some(self.arena.index(dim));
        }
        let at: Vec<Id> = at.into_iter().flatten().collect();
        let Some(yielded) = shape.yields.get(result).copied() else { return Ok(None) };
        let mut memo: HashMap<usize, Option<Id>> = HashMap::new();
        for (position, argument) in shape.arguments.iter().enumerate() {
            if position >= shape.inputs && !bound.is_empty() {
                // Only the combiner may read the accumulator.
                memo.insert(ffi::value_key(*argument), None);
            }
        }
        let mut point = Point { shape: &shape, at: &at, memo };
        if bound.is_empty() && !shape.reduction.contains(&true) {
            return self.body(yielded, &mut point);
        }
        // combine(accumulator, body)
        let accumulator = shape.arguments[shape.inputs + result];
        let (kind, element, sign) = match ffi::defining_op(yielded) {
            Some(combine) => {
                let operands = ir::operands(combine);
                let boolean = Element::of(ir::type_of(yielded)) == Some(Element::BOOL);
                let kind = scalar::combiner(ir::name(combine), boolean);
                match (kind, operands.as_slice()) {
                    (Some(kind), [a, b]) if *a == accumulator => (kind, *b, 1.0),
                    (Some(kind), [a, b]) if *b == accumulator => (kind, *a, 1.0),
                    (None, [a, b]) if *a == accumulator && ir::name(combine) == "arith.subf" => {
                        (super::Kind::Sum, *b, -1.0)
                    }
                    _ => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        if bound.is_empty() {
            // A reduction over one point still combines with its initial value.
            point.memo.insert(ffi::value_key(accumulator), None);
        }
        if mode == Mode::Area && self.knotted(kind, element, &bound, &point)? {
            self.apart.push(ir::results(op)[result]);
            return Ok(None);
        }
        let before = (mode == Mode::Area).then(|| (self.area.clone(), self.consumed.clone()));
        let Some(element) = self.body(element, &mut point)? else { return Ok(None) };
        let element = if sign == 1.0 { element } else { self.arena.scale(sign, element) };
        // An extremum that skips NaN is one over elements that are its identity there.
        let element = match ffi::defining_op(yielded).map(ir::name) {
            Some(name @ ("arith.maxnumf" | "arith.minnumf")) => {
                let identity = if name == "arith.maxnumf" { f64::NEG_INFINITY } else { f64::INFINITY };
                let identity = self.arena.float(identity);
                self.arena.call(super::Func::Named(name.into()), &[element.min(identity), element.max(identity)])
            }
            _ => element,
        };
        let reduced = self.arena.reduce(kind, &bound, None, element);
        if let Some((area, consumed)) = before
            && (self.scattered(element)
                || self.entangled(reduced, &bound, |_| true)
                || self.squares(element) && rooted(ir::results(op)[result], 3))
        {
            (self.area, self.consumed) = (area, consumed);
            self.apart.push(ir::results(op)[result]);
            return Ok(None);
        }
        if mode == Mode::Inline && !bound.is_empty() {
            self.statistics.push((reduced, ir::results(op)[result]));
        }
        let init = ir::operands(op)[shape.inputs + result];
        let init = self.read(init, coords)?;
        if scalar::is_identity(self.arena, kind, init) {
            return Ok(Some(reduced));
        }
        Ok(Some(match kind {
            super::Kind::Sum if self.arena.ty(reduced) == Ty::Float => self.arena.add(init, reduced),
            super::Kind::Sum => self.arena.add_int(init, reduced),
            super::Kind::Prod => self.arena.mul(init, reduced),
            super::Kind::Max => self.arena.extremum(super::Func::MaxF, init, reduced),
            super::Kind::Min => self.arena.extremum(super::Func::MinF, init, reduced),
            super::Kind::And => self.arena.and(init, reduced),
            super::Kind::Or => self.arena.or(init, reduced),
        }))
    }

    /// The dims of the keys, and those of the queries.
    fn key_and_query(&self) -> (u128, u128) {
        let keys = self.arena.all_dims().filter(|dim| self.arena.dim_info(*dim).role == Role::Key);
        (keys.fold(0, |mask, dim| mask | 1 << dim.0), self.policy.query)
    }

    /// Whether a reduction inside a point is [`Self::entangled`] whatever the reductions are that it is computed from: what
    /// is behind those is not read.
    fn knotted(
        &mut self,
        kind: super::Kind,
        element: Val<'c>,
        bound: &[DimId],
        point: &Point<'_, 'c>,
    ) -> Result<bool, Refused> {
        if bound.is_empty() || self.policy.shallow {
            return Ok(false);
        }
        let mark = self.arena.mark();
        let policy = Policy { shallow: true, ..std::mem::take(&mut self.policy) };
        let mut reader = Reader::new(&mut *self.arena, policy);
        reader.values = std::mem::take(&mut self.values);
        let mut point = Point { shape: point.shape, at: point.at, memo: point.memo.clone() };
        let found = reader.body(element, &mut point);
        let knotted = match found {
            Ok(Some(element)) => {
                let reduced = reader.arena.reduce(kind, bound, None, element);
                let values = &reader.values;
                let plain = |tensor: TensorId| {
                    let maker = ffi::defining_op(values[tensor.0 as usize]).and_then(Generic::of);
                    maker.is_none_or(|maker| !maker.reduces())
                };
                reader.entangled(reduced, bound, plain)
            }
            _ => false,
        };
        let (policy, mut values) = (std::mem::take(&mut reader.policy), std::mem::take(&mut reader.values));
        values.truncate(mark.2);
        (self.policy, self.values) = (Policy { shallow: false, ..policy }, values);
        self.arena.rewind(mark);
        found.map(|_| knotted)
    }

    /// Whether an expression reads a tensor by query and key at a place that is not linear in the key: a contraction of
    /// that has fewer points as a tensor of its own than the places it is read at.
    fn scattered(&self, id: Id) -> bool {
        let arena = &*self.arena;
        let (keys, query) = self.key_and_query();
        let bent = |coord: &Id| {
            let (terms, _) = arena.linear_parts(*coord);
            let plain = |term: Id| matches!(arena.node(term), Node::Dim(_));
            terms.iter().any(|(term, _)| arena.flags(*term).dims & keys != 0 && !plain(*term))
        };
        let found = arena.collect(&[id], |arena, id| match arena.node(id) {
            Node::Load(_, coords) => arena.flags(id).dims & query != 0 && coords.iter().any(bent),
            _ => false,
        });
        !found.is_empty()
    }

    /// Whether an expression is the square of a difference, whose sum would become `|a|^2 - 2ab + |b|^2`.
    fn squares(&self, id: Id) -> bool {
        let square = |(factor, power): &(Id, i32)| *power == 2 && matches!(self.arena.node(*factor), Node::Sum(..));
        self.arena.product_parts(id).1.iter().any(square)
    }

    /// Whether a reduction over `bound` inside a point is no sum of products of operands: it reduces what is computed
    /// from query and key together, or read by both where no other factor has a query of its own (a projection of a
    /// tensor of pairs). Of tensors that are not `plain` the latter is not said.
    fn entangled(&self, id: Id, bound: &[DimId], plain: impl Fn(TensorId) -> bool) -> bool {
        let (keys, query) = self.key_and_query();
        let mixed = |arena: &Arena, id: Id| {
            let dims = arena.flags(id).dims;
            dims & keys != 0 && dims & query != 0 && !matches!(arena.node(id), Node::Load(..))
        };
        let found = self.arena.collect(&[id], |arena, id| match arena.node(id) {
            Node::Reduce { kind, dims, body, .. } if dims.iter().any(|dim| bound.contains(dim)) => match kind {
                super::Kind::Sum => {
                    let (_, factors) = arena.product_parts(*body);
                    let dims: Vec<u128> = factors.iter().map(|(factor, _)| arena.flags(*factor).dims).collect();
                    let told = |factor: Id| !matches!(arena.node(factor), Node::Load(tensor, _) if !plain(*tensor));
                    let pairs = |(own, (factor, _)): (&u128, &(Id, i32))| {
                        own & keys != 0
                            && own & query != 0
                            && dims.iter().all(|other| other & query & !own == 0)
                            && told(*factor)
                    };
                    factors.iter().any(|(factor, _)| mixed(arena, *factor)) || dims.iter().zip(&factors).any(pairs)
                }
                _ => mixed(arena, *body),
            },
            _ => false,
        });
        !found.is_empty()
    }

    /// A scalar inside the body of a generic, at a point.
    fn body(&mut self, value: Val<'c>, point: &mut Point<'_, 'c>) -> Result<Option<Id>, Refused> {
        let key = ffi::value_key(value);
        if let Some(id) = point.memo.get(&key) {
            return Ok(*id);
        }
        let id = match ffi::defining_op(value) {
            None => match point.shape.arguments.iter().position(|argument| *argument == value) {
                Some(position) => {
                    let operand = ir::operands(point.shape.op)[position];
                    let map = point.shape.maps[position];
                    let mut coords = vec![];
                    for result in 0..map.result_count() {
                        let Ok(expr) = map.result(result) else { return Ok(None) };
                        let Some(coord) = affine(self.arena, expr, point.at) else { return Ok(None) };
                        coords.push(coord);
                    }
                    if ffi::is_ranked_tensor(ir::type_of(operand)) {
                        Some(self.read(operand, &coords)?)
                    } else {
                        Some(self.outer_scalar(operand)?)
                    }
                }
                None => Some(self.outer_scalar(value)?),
            },
            Some(op) if ffi::parent_block_key(op) != point.shape.block => Some(self.outer_scalar(value)?),
            Some(op) => match ir::name(op) {
                "linalg.index" => {
                    let dim = ir::attr(op, "dim").and_then(ir::int_attr).unwrap_or(0) as usize;
                    point.at.get(dim).copied()
                }
                "arith.constant" => ir::attr(op, "value").and_then(|value| scalar::constant(self.arena, value)),
                "tensor.extract" => {
                    let operands = ir::operands(op);
                    let mut coords = vec![];
                    for operand in &operands[1..] {
                        let Some(coord) = self.body(*operand, point)? else { return Ok(None) };
                        coords.push(coord);
                    }
                    Some(self.read(operands[0], &coords)?)
                }
                _ => {
                    let mut arguments = vec![];
                    for operand in ir::operands(op) {
                        let Some(argument) = self.body(operand, point)? else { return Ok(None) };
                        arguments.push(argument);
                    }
                    scalar::scalar_op(self.arena, op, &arguments)
                }
            },
        };
        point.memo.insert(key, id);
        Ok(id)
    }

    pub(super) fn outer_scalar(&mut self, value: Val<'c>) -> Result<Id, Refused> {
        Ok(match self.scalar(value)? {
            Some(id) => id,
            None => self.load(value, &[]),
        })
    }

    /// A scalar outside any body: constants, elements, and what is computed from them.
    pub(super) fn scalar(&mut self, value: Val<'c>) -> Result<Option<Id>, Refused> {
        let Some(op) = ffi::defining_op(value) else { return Ok(None) };
        if ir::name(op) == "arith.constant" {
            return Ok(ir::attr(op, "value").and_then(|value| scalar::constant(self.arena, value)));
        }
        if ir::name(op) == "tensor.extract" {
            let operands = ir::operands(op);
            let mut coords = vec![];
            for operand in &operands[1..] {
                let Some(coord) = self.scalar(*operand)? else { return Ok(None) };
                coords.push(coord);
            }
            return self.read(operands[0], &coords).map(Some);
        }
        let mut arguments = vec![];
        for operand in ir::operands(op) {
            if ffi::is_ranked_tensor(ir::type_of(operand)) {
                return Ok(None);
            }
            arguments.push(self.outer_scalar(operand)?);
        }
        Ok(scalar::scalar_op(self.arena, op, &arguments))
    }
}

/// Whether a value goes into a function that magnifies what is lost near 0, at most `depth` operations on.
fn rooted(value: Val<'_>, depth: u32) -> bool {
    let root = |op: &Op<'_>| matches!(ir::name(*op), "math.sqrt" | "math.rsqrt" | "math.powf" | "math.log");
    ffi::uses(value).into_iter().any(|(user, _)| {
        let on = depth > 0 && Generic::of(user).is_none_or(|generic| !generic.reduces());
        ir::walk(user).iter().any(root) || on && ir::results(user).into_iter().any(|next| rooted(next, depth - 1))
    })
}

/// A point of a generic's loop nest.
struct Point<'s, 'c> {
    shape: &'s Generic<'c>,
    at: &'s [Id],
    memo: HashMap<usize, Option<Id>>,
}

/// A `linalg.generic`, taken apart.
pub(crate) struct Generic<'c> {
    pub op: Op<'c>,
    pub inputs: usize,
    pub maps: Vec<melior::ir::AffineMap<'c>>,
    pub reduction: Vec<bool>,
    /// Points of each loop; `None` when not known.
    pub extents: Vec<Option<i64>>,
    pub arguments: Vec<Val<'c>>,
    pub yields: Vec<Val<'c>>,
    body: Vec<Op<'c>>,
    /// The block of the body, as a key.
    block: usize,
}

impl<'c> Generic<'c> {
    /// `None` when the operation is not a generic on tensors.
    pub fn of(op: Op<'c>) -> Option<Self> {
        if ir::name(op) != "linalg.generic" {
            return None;
        }
        let operands = ir::operands(op);
        let results = ir::results(op).len();
        let inputs = operands.len().checked_sub(results)?;
        let maps: Option<Vec<_>> =
            ffi::array_elements(ir::attr(op, "indexing_maps")?)?.into_iter().map(ffi::affine_map).collect();
        let maps = maps?;
        let reduction = ir::reduced_loops(op)?;
        let mut extents = vec![None; reduction.len()];
        for (operand, map) in operands.iter().zip(&maps) {
            let shape = ffi::shape(ir::type_of(*operand)).unwrap_or_default();
            for (position, size) in shape.iter().enumerate() {
                let expr = map.result(position).ok()?;
                if expr.is_dim() && size.is_some() {
                    extents[expr.dim_position()] = *size;
                }
            }
        }
        let block = ir::body(op, 0)?;
        let body = ir::ops(block);
        let last = *body.last()?;
        let (yields, key) = (ir::operands(last), ffi::parent_block_key(last));
        Some(Self { op, inputs, maps, reduction, extents, arguments: ir::arguments(block), yields, body, block: key })
    }

    /// Whether more than one point becomes one.
    pub fn reduces(&self) -> bool {
        self.reduction.iter().zip(&self.extents).any(|(reduction, extent)| *reduction && *extent != Some(1))
    }

    /// Nothing but cheap arithmetic. Integers may be divided as floats.
    fn is_cheap(&self) -> bool {
        let integers =
            self.yields.iter().all(|value| Element::of(ir::type_of(*value)).is_some_and(Element::is_integer));
        let divides = |name: &str| integers && matches!(name, "arith.divf" | "math.floor");
        self.body.len() <= 24 && self.body.iter().all(|op| scalar::is_cheap(ir::name(*op)) || divides(ir::name(*op)))
    }

    /// A copy, a cast, or a constant multiple of one input.
    fn is_scale(&self) -> bool {
        let argument = |value: &Val<'c>| self.arguments.contains(value);
        self.body.iter().all(|op| match ir::name(*op) {
            "arith.extf" | "arith.truncf" | "arith.negf" | "linalg.yield" | "arith.constant" => true,
            "arith.mulf" | "arith.divf" => ir::operands(*op).iter().enumerate().any(|(at, operand)| {
                let constant = constant_scalar(*operand);
                constant && !argument(operand) && (at == 1 || ir::name(*op) == "arith.mulf")
            }),
            _ => false,
        })
    }
}

/// A constant, or a cast of one.
fn constant_scalar(value: Val<'_>) -> bool {
    match ffi::defining_op(value) {
        Some(op) if ir::name(op) == "arith.constant" => true,
        Some(op) if matches!(ir::name(op), "arith.truncf" | "arith.extf") => {
            ir::operands(op).first().is_some_and(|inner| constant_scalar(*inner))
        }
        _ => false,
    }
}

/// An affine expression at a point.
fn affine<'c>(arena: &mut Arena, expr: AffineExpr<'c>, at: &[Id]) -> Option<Id> {
    if expr.is_dim() {
        return at.get(expr.dim_position()).copied();
    }
    if expr.is_constant() {
        return Some(arena.int(expr.constant_value()));
    }
    let (lhs, rhs) = ffi::affine_operands(expr)?;
    let (lhs, rhs) = (affine(arena, lhs, at)?, affine(arena, rhs, at)?);
    if expr.is_add() {
        return Some(arena.add_int(lhs, rhs));
    }
    if expr.is_mul() {
        return Some(arena.mul_int(lhs, rhs));
    }
    let divisor = arena.as_int(rhs).filter(|value| *value > 0)?;
    if expr.is_floor_div() {
        return Some(arena.floor_div(lhs, divisor));
    }
    expr.is_mod().then(|| arena.modulo(lhs, divisor))
}
