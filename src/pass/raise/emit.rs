//! Building the op from the plan: captures, the five regions, results and the views around them.

use super::{
    derive::{OLD, Plan, SCORE},
    layout::{Layout, Part, View},
};
use crate::{
    algebra::{Arena, Func, Id, Kind, Node, Refused, TensorInfo, Ty},
    dialect::ops::{self, Combine, Header, State},
    ir::{self, Builder, Type, Val},
};
use std::{cell::RefCell, collections::HashMap};

/// Everything the regions need.
struct Emitter<'e, 'c> {
    arena: &'e Arena,
    layout: &'e Layout,
    values: &'e [Val<'c>],
    /// Compute in f64.
    double: bool,
    failed: RefCell<Option<Refused>>,
}

/// One region under construction.
struct Region<'r, 'e, 'c> {
    emitter: &'r Emitter<'e, 'c>,
    builder: Builder<'c>,
    /// What atoms are here.
    atoms: &'r dyn Fn(u32) -> Option<Val<'c>>,
    /// Atoms that must read 0 where they are -inf when an exponent subtracts them.
    guarded: &'r dyn Fn(u32) -> bool,
    cache: HashMap<(Id, Width), Val<'c>>,
}

/// The machine type a value is wanted in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Width {
    Natural,
    Narrow,
    Wide,
}

/// Emits the op before `at` and returns one value per root, of the root's type.
///
/// # Errors
/// When an expression has no scalar form in the dialect.
pub fn emit<'c>(
    b: &Builder<'c>,
    arena: &Arena,
    plan: &Plan,
    layout: &Layout,
    values: &[Val<'c>],
    root_types: &[Type<'c>],
) -> Result<Vec<Val<'c>>, Refused> {
    let uses_double = |id: Id| match arena.node(id) {
        Node::Load(tensor, _) => arena.tensors[tensor.0 as usize].double,
        _ => false,
    };
    let all = super::layout::expressions(plan);
    let double = !arena.collect(&all, |_, id| uses_double(id)).is_empty();
    let emitter = Emitter { arena, layout, values, double, failed: RefCell::new(None) };
    emitter.supported(&all)?;

    let mut captures = vec![];
    for view in &layout.captures {
        let Some(tensor) = view.tensor else { continue };
        let source = capture_view(b, view, layout, values[tensor.0 as usize]);
        captures.push(ops::capture(b, source, &layout.map(view)));
    }
    let states: Vec<State> = plan.states.iter().map(|state| emitter.state(plan, state)).collect::<Result<_, _>>()?;
    let header = Header {
        roles: layout.dims.iter().map(|(role, _)| *role).collect(),
        extents: (0..layout.dims.len()).map(|at| Some(layout.extent(arena, at))).collect(),
        states,
    };
    let none = |_: u32| None;
    let never = |_: u32| false;
    let state_types: Vec<Type<'c>> = plan.states.iter().map(|state| emitter.ty(b, arena.ty(state.lift))).collect();
    let score_types: Vec<Type<'c>> = plan.scores.iter().map(|score| emitter.score_type(b, *score)).collect();
    let count = plan.states.len();
    let maximum = |number: u32| plan.states.get(number as usize).is_some_and(|state| state.kind == Kind::Max);
    let lift_types: Vec<_> = score_types.iter().chain(&state_types).copied().collect();
    let rescale_types: Vec<_> = state_types.iter().chain(&state_types).copied().collect();
    let fused = ops::fused(b, &captures, layout.results.len(), &header)
        .region(&[], |b, _| {
            let mut region = Region::new(&emitter, b, &none, &never);
            let yields: Vec<_> = plan.states.iter().map(|state| region.emit(state.init)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&[], |b, _| {
            let mut region = Region::new(&emitter, b, &none, &never);
            let yields: Vec<_> = plan.scores.iter().map(|score| region.emit(*score)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&lift_types, |b, arguments| {
            let scores = plan.scores.len();
            let atoms = |number: u32| match number.checked_sub(SCORE) {
                Some(score) => arguments.get(score as usize).copied(),
                None => arguments.get(scores + number as usize).copied(),
            };
            let mut region = Region::new(&emitter, b, &atoms, &maximum);
            let yields: Vec<_> = plan.states.iter().map(|state| region.emit(state.lift)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&rescale_types, |b, arguments| {
            let atoms = |number: u32| match number.checked_sub(OLD) {
                Some(old) => arguments.get(old as usize).copied(),
                None => arguments.get(count + number as usize).copied(),
            };
            let mut region = Region::new(&emitter, b, &atoms, &maximum);
            let yields: Vec<_> = plan.states.iter().map(|state| region.emit(state.rescale)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&state_types, |b, arguments| {
            let atoms = |number: u32| arguments.get(number as usize).copied();
            let mut region = Region::new(&emitter, b, &atoms, &never);
            let yields: Vec<_> = plan
                .outputs
                .iter()
                .zip(root_types)
                .map(|(output, root)| {
                    let value = region.emit(*output);
                    let wanted = ops::compute_type(b, crate::ffi::element_type(*root));
                    let own = ir::type_of(value);
                    match (own.to_string().as_str(), wanted.to_string().as_str()) {
                        ("f64", "f32") => b.cast("arith.truncf", value, wanted),
                        ("f32", "f64") => b.cast("arith.extf", value, wanted),
                        ("i32", "i64") => b.cast("arith.extsi", value, wanted),
                        _ => value,
                    }
                })
                .collect();
            ops::yield_values(b, &yields);
        })
        .build();
    if let Some(refused) = emitter.failed.take() {
        crate::ffi::erase(fused);
        return Err(refused);
    }
    let mut found = vec![];
    for ((fusion, view), root) in ir::results(fused).into_iter().zip(&layout.results).zip(root_types) {
        let element = crate::ffi::element_type(*root);
        let map = layout.map(view);
        let shape: Vec<_> =
            map.as_dims().unwrap_or_default().into_iter().map(|at| Some(layout.extent(arena, at))).collect();
        let tensor = ops::result(b, fusion, &map, b.tensor_type(&shape, element));
        found.push(result_view(b, view, layout, tensor, *root));
    }
    Ok(found)
}

impl<'c> Emitter<'_, 'c> {
    fn float(&self, b: &Builder<'c>) -> Type<'c> {
        if self.double { b.ty("f64") } else { b.f32_type() }
    }

    fn ty(&self, b: &Builder<'c>, ty: Ty) -> Type<'c> {
        match ty {
            Ty::Bool => b.int_type(1),
            Ty::Int => b.int_type(64),
            Ty::Float => self.float(b),
        }
    }

    fn score_type(&self, b: &Builder<'c>, id: Id) -> Type<'c> {
        match self.arena.ty(id) {
            Ty::Int if self.narrow(id) => b.int_type(32),
            ty => self.ty(b, ty),
        }
    }

    /// Whether an integer and all it is computed from fits i32.
    fn narrow(&self, id: Id) -> bool {
        let fits = |range: Option<(i64, i64)>| {
            range.is_some_and(|(low, high)| low >= i64::from(i32::MIN) && high <= i64::from(i32::MAX))
        };
        if !fits(self.arena.range(id)) {
            return false;
        }
        match self.arena.node(id) {
            Node::Linear(terms, offset) => {
                let mut sum: i64 = offset.saturating_abs();
                for (term, factor) in terms {
                    if !self.narrow(*term) {
                        return false;
                    }
                    let Some((low, high)) = self.arena.range(*term) else { return false };
                    sum = sum
                        .saturating_add(low.saturating_abs().max(high.saturating_abs()).saturating_mul(factor.abs()));
                }
                sum <= i64::from(i32::MAX)
            }
            Node::Call(Func::Select, a) => self.narrow(a[1]) && self.narrow(a[2]),
            Node::Call(_, a) => a.iter().all(|id| self.arena.ty(*id) != Ty::Int || self.narrow(*id)),
            Node::Load(tensor, _) => self.arena.tensors[tensor.0 as usize].bits <= 32,
            _ => true,
        }
    }

    /// Refuses what has no scalar form before anything is built.
    fn supported(&self, all: &[Id]) -> Result<(), Refused> {
        for id in self.arena.collect(all, |_, _| true) {
            match self.arena.node(id) {
                Node::Switch { .. } => return Err(Refused::new("a concatenation inside of the fused region")),
                Node::Reduce { kind, body, .. } => {
                    if matches!(kind, Kind::Prod) {
                        return Err(Refused::new("a product over a dimension inside of a point"));
                    }
                    let (_, factors) = self.arena.product_parts(*body);
                    let contraction = *kind == Kind::Sum
                        && factors
                            .iter()
                            .all(|(id, power)| *power >= 1 && matches!(self.arena.node(*id), Node::Load(..)))
                        && factors.iter().map(|(_, power)| power).sum::<i32>() <= 2;
                    if !contraction {
                        return Err(Refused::new(
                            "a reduction inside of the score is not a contraction of two operands",
                        ));
                    }
                }
                Node::Call(Func::NamedI(name), _) if !matches!(&**name, "arith.remsi" | "arith.divsi") => {
                    return Err(Refused::new(format!("no scalar form of '{name}'")));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn state(&self, plan: &Plan, state: &super::derive::State) -> Result<State, Refused> {
        let combine = match state.kind {
            Kind::Sum => Combine::Sum,
            Kind::Max => Combine::Max,
            Kind::Min => Combine::Min,
            Kind::And => Combine::And,
            Kind::Or => Combine::Or,
            Kind::Prod => return Err(Refused::new("no online form of a product over the keys")),
        };
        let _ = plan;
        let value_mask = state.value.map_or(0, |value| self.arena.flags(value).dims);
        let dims: Vec<usize> = self
            .layout
            .dims
            .iter()
            .enumerate()
            .filter(|(_, (role, group))| match role {
                ops::Role::Query => true,
                // A batch dimension that only values have is not a dimension of the statistics.
                ops::Role::Batch => group.iter().any(|dim| (self.rows(plan) | value_mask) >> dim.0 & 1 == 1),
                ops::Role::Value => group.iter().any(|dim| value_mask >> dim.0 & 1 == 1),
                _ => false,
            })
            .map(|(at, _)| at)
            .collect();
        let map = crate::dialect::linear::IndexMap::of_dims(self.layout.dims.len(), &dims);
        let value = match state.value {
            Some(value) => Some(self.capture_of(value).ok_or_else(|| Refused::new("a value operand was lost"))?),
            None => None,
        };
        Ok(State { combine, map, value })
    }

    fn rows(&self, plan: &Plan) -> u128 {
        let mut mask = 0;
        for id in &plan.scores {
            mask |= self.arena.flags(*id).dims;
        }
        for state in &plan.states {
            for id in [state.init, state.lift, state.rescale] {
                mask |= self.arena.flags(id).dims;
            }
        }
        mask
    }

    /// The capture a load reads.
    fn capture_of(&self, load: Id) -> Option<usize> {
        let Node::Load(tensor, coords) = self.arena.node(load) else { return None };
        let info = &self.arena.tensors[tensor.0 as usize];
        let own = super::layout::view(self.arena, Some(*tensor), &info.shape, coords).ok()?;
        let map = self.layout.map(&own);
        self.layout.captures.iter().position(|view| view.tensor == Some(*tensor) && self.layout.map(view) == map)
    }
}

impl<'r, 'e, 'c> Region<'r, 'e, 'c> {
    fn new(
        emitter: &'r Emitter<'e, 'c>,
        b: &Builder<'c>,
        atoms: &'r dyn Fn(u32) -> Option<Val<'c>>,
        guarded: &'r dyn Fn(u32) -> bool,
    ) -> Self {
        Self { emitter, builder: *b, atoms, guarded, cache: HashMap::new() }
    }

    fn fail(&self, reason: &str) -> Val<'c> {
        self.emitter.failed.borrow_mut().get_or_insert_with(|| Refused::new(reason));
        self.builder.float(0.0, self.emitter.float(&self.builder))
    }

    fn emit(&mut self, id: Id) -> Val<'c> {
        let width = match self.emitter.arena.ty(id) {
            Ty::Int if self.emitter.narrow(id) => Width::Narrow,
            Ty::Int => Width::Wide,
            _ => Width::Natural,
        };
        self.emit_as(id, width)
    }

    fn emit_as(&mut self, id: Id, width: Width) -> Val<'c> {
        if let Some(value) = self.cache.get(&(id, width)) {
            return *value;
        }
        let value = match self.emitter.arena.ty(id) {
            Ty::Int => self.integer(id, width),
            Ty::Bool => self.boolean(id),
            Ty::Float => self.float(id),
        };
        self.cache.insert((id, width), value);
        value
    }

    fn int_type(&self, width: Width) -> Type<'c> {
        self.builder.int_type(if width == Width::Narrow { 32 } else { 64 })
    }

    /// An integer in i32 or i64. What is wanted narrow fits, by its range.
    fn integer(&mut self, id: Id, width: Width) -> Val<'c> {
        let ty = self.int_type(width);
        let b = self.builder;
        let arena = self.emitter.arena;
        if width == Width::Wide && self.emitter.narrow(id) && !matches!(arena.node(id), Node::Int(_)) {
            let narrow = self.emit_as(id, Width::Narrow);
            return b.cast("arith.extsi", narrow, ty);
        }
        match arena.node(id).clone() {
            Node::Int(value) => b.int(value, ty),
            Node::Dim(dim) => match self.emitter.layout.position(dim) {
                Some(at) => {
                    let index = ops::index(&b, at);
                    b.cast("arith.index_cast", index, ty)
                }
                None => self.fail("an index of a merged dimension"),
            },
            Node::Linear(terms, offset) => {
                let mut sum: Option<Val<'c>> = None;
                // Positive terms first, so that a difference is one subtraction.
                let (positive, negative): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, factor)| *factor > 0);
                for (term, factor) in positive.into_iter().chain(negative) {
                    let value = self.emit_as(term, width);
                    let scaled = if factor.abs() == 1 {
                        value
                    } else {
                        let factor = b.int(factor.abs(), ty);
                        b.binary("arith.muli", value, factor)
                    };
                    sum = Some(match sum {
                        None if factor < 0 => {
                            let zero = b.int(0, ty);
                            b.binary("arith.subi", zero, scaled)
                        }
                        None => scaled,
                        Some(sum) if factor < 0 => b.binary("arith.subi", sum, scaled),
                        Some(sum) => b.binary("arith.addi", sum, scaled),
                    });
                }
                let constant = b.int(offset, ty);
                match sum {
                    Some(sum) if offset != 0 => b.binary("arith.addi", sum, constant),
                    Some(sum) => sum,
                    None => constant,
                }
            }
            Node::Call(func, a) => {
                let name = match func {
                    Func::FloorDiv if arena.range(a[0]).is_some_and(|range| range.0 >= 0) => "arith.divui",
                    Func::FloorDiv => "arith.floordivsi",
                    Func::Mod if arena.range(a[0]).is_some_and(|range| range.0 >= 0) => "arith.remui",
                    Func::NamedI(ref name) if &**name == "arith.remsi" => "arith.remsi",
                    Func::NamedI(ref name) if &**name == "arith.divsi" => "arith.divsi",
                    Func::MulI => "arith.muli",
                    Func::MinI => "arith.minsi",
                    Func::MaxI => "arith.maxsi",
                    Func::Mod => {
                        // x - c*floordiv(x, c)
                        let (x, c) = (self.emit_as(a[0], width), self.emit_as(a[1], width));
                        let quotient = b.binary("arith.floordivsi", x, c);
                        let product = b.binary("arith.muli", quotient, c);
                        return b.binary("arith.subi", x, product);
                    }
                    Func::Select => {
                        let condition = self.emit(a[0]);
                        let (yes, no) = (self.emit_as(a[1], width), self.emit_as(a[2], width));
                        return b.select(condition, yes, no);
                    }
                    Func::ToInt => {
                        let float = self.emit(a[0]);
                        return b.cast("arith.fptosi", float, ty);
                    }
                    _ => return self.fail("an integer function without a scalar form"),
                };
                let (x, y) = (self.emit_as(a[0], width), self.emit_as(a[1], width));
                b.binary(name, x, y)
            }
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                let value = self.load(id, info, tensor.0);
                let own = ir::type_of(value).to_string();
                let wanted = ty.to_string();
                match (own.as_str(), wanted.as_str()) {
                    (own, wanted) if own == wanted => value,
                    ("index", _) => b.cast("arith.index_cast", value, ty),
                    ("i64", "i32") => b.cast("arith.trunci", value, ty),
                    _ => b.cast("arith.extsi", value, ty),
                }
            }
            Node::Atom(number, _) => match (self.atoms)(number) {
                Some(value) if ir::type_of(value).to_string() == "i32" && width == Width::Wide => {
                    b.cast("arith.extsi", value, ty)
                }
                Some(value) => value,
                None => self.fail("a state where there is none"),
            },
            _ => self.fail("an integer without a scalar form"),
        }
    }

    fn load(&mut self, id: Id, info: &TensorInfo, tensor: u32) -> Val<'c> {
        let value = self.emitter.values[tensor as usize];
        if info.scalar {
            return value;
        }
        let Some(capture) = self.emitter.capture_of(id) else { return self.fail("an operand was lost") };
        let element = crate::ffi::element_type(ir::type_of(value));
        let ty = ops::compute_type(&self.builder, element);
        ops::read(&self.builder, capture, ty)
    }

    fn boolean(&mut self, id: Id) -> Val<'c> {
        let b = self.builder;
        let ty = b.int_type(1);
        let arena = self.emitter.arena;
        match arena.node(id).clone() {
            Node::Bool(value) => b.constant(if value { "true" } else { "false" }, ty),
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                self.load(id, info, tensor.0)
            }
            Node::Atom(number, _) => match (self.atoms)(number) {
                Some(value) => value,
                None => self.fail("a state where there is none"),
            },
            Node::Call(func, a) => match func {
                Func::CmpI(predicate) => {
                    let ty = arena.ty(a[0]);
                    if ty == Ty::Bool {
                        let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                        return b.compare("arith.cmpi", predicate, x, y);
                    }
                    let narrow = a.iter().all(|id| self.emitter.narrow(*id));
                    let width = if narrow { Width::Narrow } else { Width::Wide };
                    let (x, y) = (self.emit_as(a[0], width), self.emit_as(a[1], width));
                    b.compare("arith.cmpi", predicate, x, y)
                }
                Func::CmpF(predicate) => {
                    let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                    b.compare("arith.cmpf", predicate, x, y)
                }
                Func::Not => {
                    let x = self.emit(a[0]);
                    let yes = b.constant("true", ty);
                    b.binary("arith.xori", x, yes)
                }
                Func::And | Func::Or | Func::Xor => {
                    let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                    let name = match func {
                        Func::And => "arith.andi",
                        Func::Or => "arith.ori",
                        _ => "arith.xori",
                    };
                    b.binary(name, x, y)
                }
                Func::Select => {
                    let (condition, yes, no) = (self.emit(a[0]), self.emit(a[1]), self.emit(a[2]));
                    b.select(condition, yes, no)
                }
                _ => self.fail("a condition without a scalar form"),
            },
            _ => self.fail("a condition without a scalar form"),
        }
    }

    fn constant(&self, value: f64) -> Val<'c> {
        self.builder.float(value, self.emitter.float(&self.builder))
    }

    fn float(&mut self, id: Id) -> Val<'c> {
        let b = self.builder;
        let arena = self.emitter.arena;
        match arena.node(id).clone() {
            Node::Float(value) => self.constant(value.get()),
            Node::Sum(..) => self.sum(id, false),
            Node::Product(factors) => self.product(&factors),
            Node::Load(tensor, _) => {
                let info = &arena.tensors[tensor.0 as usize];
                let value = self.load(id, info, tensor.0);
                let (own, wanted) = (ir::type_of(value), self.emitter.float(&b));
                if own == wanted { value } else { b.cast("arith.extf", value, wanted) }
            }
            Node::Atom(number, _) => match (self.atoms)(number) {
                Some(value) => value,
                None => self.fail("a state where there is none"),
            },
            Node::Reduce { kind, dims, body, .. } => {
                let positions = self.emitter.layout.positions(&dims);
                let combine = match kind {
                    Kind::Max => Combine::Max,
                    Kind::Min => Combine::Min,
                    _ => Combine::Sum,
                };
                let ty = self.emitter.float(&b);
                let (emitter, atoms, guarded) = (self.emitter, self.atoms, self.guarded);
                ops::reduce(&b, combine, &positions, ty, |b| Region::new(emitter, b, atoms, guarded).emit(body))
            }
            Node::Call(func, a) => match func {
                Func::Exp | Func::Log | Func::Log2 => {
                    let x = self.emit(a[0]);
                    let name = match func {
                        Func::Exp => "math.exp",
                        Func::Log => "math.log",
                        _ => "math.log2",
                    };
                    b.unary(name, x)
                }
                Func::Exp2 => {
                    let x = match arena.node(a[0]) {
                        Node::Sum(..) => self.sum(a[0], true),
                        _ => self.emit(a[0]),
                    };
                    b.unary("math.exp2", x)
                }
                Func::MaxF | Func::MinF => {
                    let (x, y) = (self.emit(a[0]), self.emit(a[1]));
                    b.binary(if func == Func::MaxF { "arith.maximumf" } else { "arith.minimumf" }, x, y)
                }
                Func::Named(name) => {
                    let operands: Vec<_> = a.iter().map(|id| self.emit(*id)).collect();
                    b.op(&name).operands(&operands).results(&[self.emitter.float(&b)]).value()
                }
                Func::Select => {
                    let (condition, yes, no) = (self.emit(a[0]), self.emit(a[1]), self.emit(a[2]));
                    b.select(condition, yes, no)
                }
                Func::ToFloat => {
                    let x = self.emit(a[0]);
                    b.cast("arith.sitofp", x, self.emitter.float(&b))
                }
                _ => self.fail("a float function without a scalar form"),
            },
            _ => self.fail("a float without a scalar form"),
        }
    }

    /// A sum; inside an exponent a subtracted maximum is read as 0 where it is -inf.
    fn sum(&mut self, id: Id, exponent: bool) -> Val<'c> {
        let b = self.builder;
        let (terms, constant) = self.emitter.arena.sum_parts(id);
        let (positive, negative): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(_, factor)| *factor > 0.0);
        let mut sum: Option<Val<'c>> = None;
        for (term, factor) in positive.into_iter().chain(negative) {
            let mut value = self.emit(term);
            if exponent
                && factor < 0.0
                && let Node::Atom(number, _) = self.emitter.arena.node(term)
                && (self.guarded)(*number)
            {
                value = self.safe(value);
            }
            let subtract = factor < 0.0 && sum.is_some();
            let factor = if subtract { -factor } else { factor };
            if factor == -1.0 {
                value = b.unary("arith.negf", value);
            } else if factor != 1.0 {
                let factor = self.constant(factor);
                value = b.binary("arith.mulf", value, factor);
            }
            sum = Some(match sum {
                None => value,
                Some(sum) => b.binary(if subtract { "arith.subf" } else { "arith.addf" }, sum, value),
            });
        }
        match sum {
            Some(sum) if constant != 0.0 => {
                let constant = self.constant(constant);
                b.binary("arith.addf", sum, constant)
            }
            Some(sum) => sum,
            None => self.constant(constant),
        }
    }

    /// `x == -inf ? 0 : x`
    fn safe(&mut self, value: Val<'c>) -> Val<'c> {
        let b = self.builder;
        let (low, zero) = (self.constant(f64::NEG_INFINITY), self.constant(0.0));
        let dead = b.compare("arith.cmpf", 1, value, low);
        b.select(dead, zero, value)
    }

    fn product(&mut self, factors: &[(Id, i32)]) -> Val<'c> {
        let b = self.builder;
        let (mut above, mut below): (Option<Val<'c>>, Option<Val<'c>>) = (None, None);
        for (factor, power) in factors {
            let value = self.emit(*factor);
            let slot = if *power > 0 { &mut above } else { &mut below };
            for _ in 0..power.unsigned_abs() {
                *slot = Some(match *slot {
                    None => value,
                    Some(product) => b.binary("arith.mulf", product, value),
                });
            }
        }
        match (above, below) {
            (Some(above), Some(below)) => b.binary("arith.divf", above, below),
            (Some(above), None) => above,
            (None, Some(below)) => {
                let one = self.constant(1.0);
                b.binary("arith.divf", one, below)
            }
            (None, None) => self.constant(1.0),
        }
    }
}

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

fn reshape<'c>(b: &Builder<'c>, name: &str, source: Val<'c>, groups: &[Vec<usize>], shape: &[i64]) -> Val<'c> {
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
fn capture_view<'c>(b: &Builder<'c>, view: &View, layout: &Layout, tensor: Val<'c>) -> Val<'c> {
    let (flat, count) = numbered(view, layout);
    let sizes: Vec<i64> = flat.iter().map(|(size, _)| *size).collect();
    let expanded = reshape(b, "tensor.expand_shape", tensor, &splits(view), &sizes);
    let groups = groups(&flat, count);
    let shape: Vec<i64> = groups.iter().map(|group| group.iter().map(|at| sizes[*at]).product()).collect();
    reshape(b, "tensor.collapse_shape", expanded, &groups, &shape)
}

/// The result in the shape of the root.
fn result_view<'c>(b: &Builder<'c>, view: &View, layout: &Layout, tensor: Val<'c>, root: Type<'c>) -> Val<'c> {
    let (flat, count) = numbered(view, layout);
    let sizes: Vec<i64> = flat.iter().map(|(size, _)| *size).collect();
    let expanded = reshape(b, "tensor.expand_shape", tensor, &groups(&flat, count), &sizes);
    let shape: Vec<i64> =
        crate::ffi::shape(root).unwrap_or_default().into_iter().map(|size| size.unwrap_or(1)).collect();
    reshape(b, "tensor.collapse_shape", expanded, &splits(view), &shape)
}
