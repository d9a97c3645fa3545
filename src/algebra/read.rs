//! Reading tensor programs as scalar expressions, on demand.

use super::{
    arena::{Arena, DimId, Id, Role, TensorId, TensorInfo, Ty},
    scalar,
};
use crate::{
    ffi,
    ir::{self, Op, Val},
};
use melior::ir::AffineExpr;
use std::collections::{HashMap, HashSet};

/// Why reading or deriving stopped, and at which operation.
#[derive(Clone, Debug)]
pub struct Refused {
    pub reason: String,
    /// The operation it is about, as a value key of one of its results, if there is one.
    pub at: Option<usize>,
}

impl Refused {
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), at: None }
    }

    pub fn at(reason: impl Into<String>, value: Val<'_>) -> Self {
        Self { reason: reason.into(), at: Some(ffi::value_key(value)) }
    }
}

/// Which tensors are looked through, and which are loaded.
#[derive(Clone, Default, Debug)]
pub struct Policy {
    /// Values (by key) that are always looked through; their reductions bind key dimensions.
    pub inline: HashSet<usize>,
    /// Values that are always loaded.
    pub opaque: HashSet<usize>,
    /// Free dimensions (bits) that only the weight of the contraction depends on.
    pub query: u128,
    /// Free dimensions (bits) that only the other operand depends on.
    pub value: u128,
}

/// How far to look from here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    /// Everything, reductions inside the point included.
    Area,
    /// Views and scales only: this becomes an operand of a contraction.
    Operand,
    /// Views and cheap elementwise operations.
    Cheap,
    /// Views and elementwise operations: one value for a whole block of points.
    Block,
    /// Everything, and reductions bind key dimensions.
    Inline,
}

/// Expressions nodes after which reading gives up.
const BUDGET: usize = 200_000;

/// Reads values of one function into an arena.
pub struct Reader<'a, 'c> {
    pub arena: &'a mut Arena,
    pub policy: Policy,
    /// The SSA value behind each tensor of the arena.
    pub values: Vec<Val<'c>>,
    /// Operations that were looked through with key dimensions in scope or by order, by key.
    pub consumed: HashMap<usize, Op<'c>>,
    /// Values that depend on a key dimension and were looked through, by key.
    pub area: HashMap<usize, Val<'c>>,
    memo: HashMap<(usize, Vec<Id>), Id>,
}

impl<'a, 'c> Reader<'a, 'c> {
    pub fn new(arena: &'a mut Arena, policy: Policy) -> Self {
        Self { arena, policy, values: vec![], consumed: HashMap::new(), area: HashMap::new(), memo: HashMap::new() }
    }

    /// Forgets what was read, to read again under another policy.
    pub fn reset(&mut self) {
        self.memo.clear();
        self.consumed.clear();
        self.area.clear();
    }

    /// The element of `value` at these coordinates.
    ///
    /// # Errors
    /// When the expression grows past a budget.
    pub fn read(&mut self, value: Val<'c>, coords: &[Id]) -> Result<Id, Refused> {
        let key = (ffi::value_key(value), coords.to_vec());
        if let Some(id) = self.memo.get(&key) {
            return Ok(*id);
        }
        if self.arena.len() > BUDGET {
            return Err(Refused::at("the expression is too large", value));
        }
        let id = match self.look_through(value, coords)? {
            Some(id) => id,
            None => self.load(value, coords),
        };
        self.memo.insert(key, id);
        Ok(id)
    }

    /// A load of `value`, with no look at what produces it.
    pub fn load(&mut self, value: Val<'c>, coords: &[Id]) -> Id {
        let tensor = self.tensor(value);
        self.arena.load(tensor, coords.to_vec())
    }

    /// The arena's name of a value.
    pub fn tensor(&mut self, value: Val<'c>) -> TensorId {
        let key = ffi::value_key(value);
        if let Some(at) = self.arena.tensors.iter().position(|tensor| tensor.key == key) {
            return TensorId(at as u32);
        }
        let ty = ir::type_of(value);
        let element = ffi::element_type(ty).to_string();
        let bits =
            if element == "index" { 64 } else { element.strip_prefix('i').and_then(|b| b.parse().ok()).unwrap_or(0) };
        let kind = match bits {
            0 => Ty::Float,
            1 => Ty::Bool,
            _ => Ty::Int,
        };
        let shape = ffi::shape(ty).unwrap_or_default().into_iter().map(|size| size.unwrap_or(i64::MIN)).collect();
        self.arena.tensors.push(TensorInfo {
            key,
            shape,
            ty: kind,
            double: element == "f64",
            bits,
            scalar: !ffi::is_ranked_tensor(ty),
        });
        self.values.push(value);
        TensorId(self.arena.tensors.len() as u32 - 1)
    }

    fn mode(&self, value: Val<'c>, coords: &[Id]) -> Mode {
        if self.policy.inline.contains(&ffi::value_key(value)) {
            return Mode::Inline;
        }
        let mask = coords.iter().fold(0, |mask, id| mask | self.arena.flags(*id).dims);
        let (mut key, mut inner) = (false, false);
        for dim in self.arena.all_dims() {
            if mask >> dim.0 & 1 == 1 {
                key |= self.arena.dim_info(dim).role == Role::Key;
                inner |= self.arena.dim_info(dim).role == Role::Inner;
            }
        }
        let query = mask & self.policy.query != 0;
        let rows = query || self.policy.query == 0;
        if key && mask & self.policy.value != 0 && !query {
            return Mode::Operand;
        }
        match (key, inner) {
            (true, true) if query => Mode::Area,
            (_, true) => Mode::Operand,
            (true, false) if rows => Mode::Area,
            (false, false) if !query && mask & self.policy.value == 0 => Mode::Block,
            _ => Mode::Cheap,
        }
    }

    fn look_through(&mut self, value: Val<'c>, coords: &[Id]) -> Result<Option<Id>, Refused> {
        if self.policy.opaque.contains(&ffi::value_key(value)) {
            return Ok(None);
        }
        let Some(op) = ffi::defining_op(value) else { return Ok(None) };
        let mode = self.mode(value, coords);
        let found = match ir::name(op) {
            "arith.constant" => {
                let Some(attribute) = ir::attr(op, "value") else { return Ok(None) };
                return Ok(scalar::constant(self.arena, ffi::dense_splat(attribute).unwrap_or(attribute)));
            }
            "linalg.generic" => self.generic(op, ffi::value_number(value), coords, mode)?,
            "linalg.fill" => match ir::operands(op).first() {
                Some(scalar) => {
                    Some(self.scalar(*scalar, &mut HashMap::new())?.map_or_else(|| self.load(*scalar, &[]), |id| id))
                }
                None => None,
            },
            _ => self.view(op, coords)?,
        };
        if found.is_some() {
            let mask = coords.iter().fold(0, |mask, id| mask | self.arena.flags(*id).dims);
            let key =
                self.arena.all_dims().any(|dim| mask >> dim.0 & 1 == 1 && self.arena.dim_info(dim).role == Role::Key);
            if key || mode == Mode::Inline {
                self.consumed.insert(ffi::op_key(op), op);
            }
            if mode == Mode::Area {
                self.area.insert(ffi::value_key(value), value);
            }
        }
        Ok(found)
    }

    /// Operations that only move elements.
    fn view(&mut self, op: Op<'c>, coords: &[Id]) -> Result<Option<Id>, Refused> {
        let operands = ir::operands(op);
        let Some(source) = operands.first().copied() else { return Ok(None) };
        let arena = &mut *self.arena;
        let sizes = ffi::shape(ir::type_of(source)).unwrap_or_default();
        let list = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
        let inner: Vec<Id> = match ir::name(op) {
            "tensor.cast" => coords.to_vec(),
            "tensor.splat" => return self.scalar(source, &mut HashMap::new()),
            "linalg.transpose" => {
                let mut inner = vec![arena.int(0); coords.len()];
                for (to, from) in list("permutation").into_iter().enumerate() {
                    inner[from as usize] = coords[to];
                }
                inner
            }
            "linalg.broadcast" => {
                let added = list("dimensions");
                coords.iter().enumerate().filter(|(at, _)| !added.contains(&(*at as i64))).map(|(_, c)| *c).collect()
            }
            "tensor.expand_shape" => {
                let result = ir::results(op)[0];
                let shape = ffi::shape(ir::type_of(result)).unwrap_or_default();
                let Some(groups) = reassociation(op) else { return Ok(None) };
                let mut inner = vec![];
                for group in groups {
                    let Some(coord) = linearize(arena, &group, &shape, coords) else { return Ok(None) };
                    inner.push(coord);
                }
                inner
            }
            "tensor.collapse_shape" => {
                let Some(groups) = reassociation(op) else { return Ok(None) };
                let mut inner = vec![arena.int(0); sizes.len()];
                for (group, coord) in groups.iter().zip(coords) {
                    if !delinearize(arena, group, &sizes, *coord, &mut inner) {
                        return Ok(None);
                    }
                }
                inner
            }
            "tensor.extract_slice" => {
                let (offsets, lengths, strides) =
                    (list("static_offsets"), list("static_sizes"), list("static_strides"));
                if offsets.iter().chain(&lengths).chain(&strides).any(|value| *value == i64::MIN) {
                    return Ok(None);
                }
                let Some(kept) = kept_dims(&lengths, ir::results(op)[0]) else { return Ok(None) };
                let mut at = 0;
                let mut inner = vec![];
                for dim in 0..offsets.len() {
                    if kept[dim] {
                        inner.push(arena.linear(&[(coords[at], strides[dim])], offsets[dim]));
                        at += 1;
                    } else {
                        inner.push(arena.int(offsets[dim]));
                    }
                }
                inner
            }
            "tensor.concat" => {
                let Some(dim) = ir::attr(op, "dim").and_then(ir::int_attr) else { return Ok(None) };
                let dim = dim as usize;
                let (mut bounds, mut arms, mut start) = (vec![], vec![], 0);
                for part in &operands {
                    let Some(size) = ffi::shape(ir::type_of(*part)).and_then(|shape| shape[dim]) else {
                        return Ok(None);
                    };
                    let mut inner = coords.to_vec();
                    inner[dim] = self.arena.linear(&[(coords[dim], 1)], -start);
                    arms.push(self.read(*part, &inner)?);
                    start += size;
                    bounds.push(start);
                }
                bounds.pop();
                return Ok(Some(self.arena.switch(coords[dim], bounds, arms)));
            }
            "tensor.insert_slice" => {
                let (offsets, lengths, strides) =
                    (list("static_offsets"), list("static_sizes"), list("static_strides"));
                if offsets.iter().chain(&lengths).any(|value| *value == i64::MIN) || strides.iter().any(|s| *s != 1) {
                    return Ok(None);
                }
                let Some(kept) = kept_dims(&lengths, source) else { return Ok(None) };
                let mut inner = vec![];
                for dim in 0..offsets.len() {
                    if kept[dim] {
                        inner.push(arena.linear(&[(coords[dim], 1)], -offsets[dim]));
                    }
                }
                let outside = self.read(operands[1], coords)?;
                let mut inside = self.read(source, &inner)?;
                let whole = ffi::shape(ir::type_of(operands[1])).unwrap_or_default();
                for dim in (0..offsets.len()).rev() {
                    if whole[dim] != Some(lengths[dim]) {
                        let bounds = vec![offsets[dim], offsets[dim] + lengths[dim]];
                        inside = self.arena.switch(coords[dim], bounds, vec![outside, inside, outside]);
                    }
                }
                return Ok(Some(inside));
            }
            "tensor.pad" => {
                let (low, high) = (list("static_low"), list("static_high"));
                if low.iter().chain(&high).any(|value| *value == i64::MIN) {
                    return Ok(None);
                }
                let Some(body) = ir::body(op, 0) else { return Ok(None) };
                let yielded = ir::ops(body).last().and_then(|last| ir::operands(*last).first().copied());
                let Some(outside) = yielded else { return Ok(None) };
                let Some(outside) = self.scalar(outside, &mut HashMap::new())? else { return Ok(None) };
                let mut inner = vec![];
                for (dim, coord) in coords.iter().enumerate() {
                    inner.push(self.arena.linear(&[(*coord, 1)], -low[dim]));
                }
                let mut inside = self.read(source, &inner)?;
                for dim in 0..coords.len() {
                    let Some(size) = sizes[dim] else { return Ok(None) };
                    if low[dim] != 0 || high[dim] != 0 {
                        let bounds = vec![low[dim], low[dim] + size];
                        inside = self.arena.switch(coords[dim], bounds, vec![outside, inside, outside]);
                    }
                }
                return Ok(Some(inside));
            }
            _ => return Ok(None),
        };
        self.read(source, &inner).map(Some)
    }

    fn generic(&mut self, op: Op<'c>, result: usize, coords: &[Id], mode: Mode) -> Result<Option<Id>, Refused> {
        let Some(shape) = Generic::of(op) else { return Ok(None) };
        let reduces = shape.reduction.iter().zip(&shape.extents).any(|(red, extent)| *red && *extent != Some(1));
        let allowed = match mode {
            Mode::Area | Mode::Inline => true,
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
        let (kind, element) = match ffi::defining_op(yielded) {
            Some(combine) => {
                let operands = ir::operands(combine);
                let boolean = ir::type_of(yielded).to_string() == "i1";
                let Some(kind) = scalar::combiner(ir::name(combine), boolean) else { return Ok(None) };
                match operands.as_slice() {
                    [a, b] if *a == accumulator => (kind, *b),
                    [a, b] if *b == accumulator => (kind, *a),
                    _ => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        if bound.is_empty() {
            // A reduction over one point still combines with its initial value.
            point.memo.insert(ffi::value_key(accumulator), None);
        }
        let Some(element) = self.body(element, &mut point)? else { return Ok(None) };
        let init = ir::operands(op)[shape.inputs + result];
        let init = self.read(init, coords)?;
        let reduced = self.arena.reduce(kind, &bound, None, element);
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

    fn outer_scalar(&mut self, value: Val<'c>) -> Result<Id, Refused> {
        Ok(match self.scalar(value, &mut HashMap::new())? {
            Some(id) => id,
            None => self.load(value, &[]),
        })
    }

    /// A scalar outside any body: constants and what is computed from them.
    fn scalar(&mut self, value: Val<'c>, memo: &mut HashMap<usize, Option<Id>>) -> Result<Option<Id>, Refused> {
        let Some(op) = ffi::defining_op(value) else { return Ok(None) };
        if ir::name(op) == "arith.constant" {
            return Ok(ir::attr(op, "value").and_then(|value| scalar::constant(self.arena, value)));
        }
        if ir::name(op) == "tensor.extract" {
            let operands = ir::operands(op);
            let mut coords = vec![];
            for operand in &operands[1..] {
                let Some(coord) = self.scalar(*operand, memo)? else { return Ok(None) };
                coords.push(coord);
            }
            return self.read(operands[0], &coords).map(Some);
        }
        let mut arguments = vec![];
        for operand in ir::operands(op) {
            if ffi::is_ranked_tensor(ir::type_of(operand)) {
                return Ok(None);
            }
            let Some(argument) = self.scalar(operand, memo)? else { return Ok(None) };
            arguments.push(argument);
        }
        Ok(scalar::scalar_op(self.arena, op, &arguments))
    }
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
        let reduction: Vec<_> = ffi::array_elements(ir::attr(op, "iterator_types")?)?
            .into_iter()
            .map(|kind| !kind.to_string().contains("parallel"))
            .collect();
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
        let yields = ir::operands(*body.last()?);
        Some(Self { op, inputs, maps, reduction, extents, arguments: ir::arguments(block), yields, body })
    }

    /// Nothing but cheap arithmetic.
    fn is_cheap(&self) -> bool {
        self.body.len() <= 24 && self.body.iter().all(|op| scalar::is_cheap(ir::name(*op)))
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

/// The groups of an expand_shape or collapse_shape.
fn reassociation(op: Op<'_>) -> Option<Vec<Vec<usize>>> {
    ffi::array_elements(ir::attr(op, "reassociation")?)?
        .into_iter()
        .map(|group| {
            ffi::array_elements(group)?.into_iter().map(|dim| ir::int_attr(dim).map(|dim| dim as usize)).collect()
        })
        .collect()
}

fn linearize(arena: &mut Arena, group: &[usize], shape: &[Option<i64>], coords: &[Id]) -> Option<Id> {
    let mut sum = arena.int(0);
    for (position, dim) in group.iter().enumerate() {
        if position > 0 {
            let size = shape[*dim]?;
            sum = arena.linear(&[(sum, size)], 0);
        }
        sum = arena.add_int(sum, coords[*dim]);
    }
    Some(sum)
}

fn delinearize(arena: &mut Arena, group: &[usize], sizes: &[Option<i64>], coord: Id, out: &mut [Id]) -> bool {
    let wide: Vec<usize> = group.iter().copied().filter(|dim| sizes[*dim] != Some(1)).collect();
    let mut rest = coord;
    for (position, dim) in wide.iter().enumerate().rev() {
        if position == 0 {
            out[*dim] = rest;
            break;
        }
        let Some(size) = sizes[*dim].filter(|size| *size > 0) else { return false };
        out[*dim] = arena.modulo(rest, size);
        rest = arena.floor_div(rest, size);
    }
    true
}

/// Which dimensions of a slice its (possibly rank-reduced) type keeps.
fn kept_dims(lengths: &[i64], reduced: Val<'_>) -> Option<Vec<bool>> {
    let shape = ffi::shape(ir::type_of(reduced))?;
    let mut kept = vec![false; lengths.len()];
    let mut dim = lengths.len();
    for size in shape.iter().rev() {
        loop {
            dim = dim.checked_sub(1)?;
            if *size == Some(lengths[dim]) {
                kept[dim] = true;
                break;
            }
            if lengths[dim] != 1 {
                return None;
            }
        }
    }
    Some(kept)
}
