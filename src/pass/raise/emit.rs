//! Building the op from the plan: captures, the five regions, results and the views around them.

use super::{
    derive::{self, OLD, Plan, SCORE},
    layout::Layout,
    point::Point,
    region::Region,
    reshape::{capture_view, result_view},
};
use crate::{
    algebra::{Arena, Func, Id, Kind, Node, Refused, Ty},
    dialect::ops::{self, Combine, Header, State},
    ffi,
    ir::{self, Builder, Element, Type, Val},
};
use std::cell::RefCell;

/// Everything the regions need.
pub struct Emitter<'e, 'c> {
    pub arena: &'e Arena,
    pub layout: &'e Layout,
    pub values: &'e [Val<'c>],
    /// Compute in f64.
    double: bool,
    /// The running extrema whose own key, or what they start from, is part of every sum: states by number.
    leading: Vec<bool>,
    /// Whether each state is a sum of values.
    accumulators: Vec<bool>,
    pub failed: RefCell<Option<Refused>>,
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
    point: &Point<'c>,
) -> Result<Vec<Val<'c>>, Refused> {
    let uses_double = |id: Id| match arena.node(id) {
        Node::Load(tensor, _) => {
            let tensor = tensor.0 as usize;
            arena.tensors[tensor].float_bits == 64 && !is_rounded(values[tensor])
        }
        _ => false,
    };
    let all = super::layout::expressions(plan);
    let double = !arena.collect(&all, |_, id| uses_double(id)).is_empty();
    let (leading, failed) = (leading(arena, plan), RefCell::new(None));
    let accumulators = plan.states.iter().map(|state| state.value.is_some()).collect();
    let emitter = Emitter { arena, layout, values, double, leading, accumulators, failed };
    emitter.supported(&all)?;
    if super::layout::uses_open_size(arena, &all) {
        return Err(Refused::new("an index is computed with a size that is only known at run time"));
    }
    let views = layout.captures.iter().chain(&layout.results).flat_map(|view| view.parts.iter().flatten());
    if views.map(|(_, size)| *size).any(|size| !point.has(size)) {
        return Err(Refused::new("a size that follows from no argument"));
    }

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
    let never = |_: u32| None;
    let keys = plan.empty.as_ref().and_then(|_| point.value(b, arena.dim_info(plan.key).extent));
    let state_types: Vec<Type<'c>> = plan.states.iter().map(|state| emitter.ty(b, arena.ty(state.lift))).collect();
    let score_types: Vec<Type<'c>> = plan.scores.iter().map(|score| emitter.score_type(b, *score)).collect();
    let count = plan.states.len();
    let extremum = |number: u32| plan.states.get(number as usize).and_then(derive::State::dead);
    let lift_types: Vec<_> = score_types.iter().chain(&state_types).copied().collect();
    let rescale_types: Vec<_> = state_types.iter().chain(&state_types).copied().collect();
    // What is the same at every point is no result of a fold.
    let fixed: Vec<Option<Val<'c>>> =
        (0..plan.outputs.len()).map(|at| constant(b, arena, plan, at, root_types[at])).collect();
    let folded: Vec<usize> = (0..fixed.len()).filter(|at| fixed[*at].is_none()).collect();
    let fused = ops::fused(b, &captures, folded.len(), &header)
        .region(&[], |b, _| {
            let mut region = Region::new(&emitter, b, &none, &never);
            let yields: Vec<_> = plan.states.iter().map(|state| region.emit(state.init)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&[], |b, _| {
            let mut region = Region::new(&emitter, b, &none, &never);
            // Short quotients first: longer ones are multiples of them.
            let mut order = plan.scores.clone();
            order.sort_by_key(|score| {
                let (_, factors) = arena.product_parts(*score);
                if factors.iter().any(|(_, power)| *power < 0) { factors.len() } else { usize::MAX }
            });
            for score in order {
                region.emit(score);
            }
            let yields: Vec<_> = plan.scores.iter().map(|score| region.emit(*score)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&lift_types, |b, arguments| {
            let scores = plan.scores.len();
            let atoms = |number: u32| match number.checked_sub(SCORE) {
                Some(score) => arguments.get(score as usize).copied(),
                None => arguments.get(scores + number as usize).copied(),
            };
            let mut region = Region::new(&emitter, b, &atoms, &extremum);
            let yields: Vec<_> = plan.states.iter().map(|state| region.emit(state.lift)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&rescale_types, |b, arguments| {
            let atoms = |number: u32| match number.checked_sub(OLD) {
                Some(old) => arguments.get(old as usize).copied(),
                None => arguments.get(count + number as usize).copied(),
            };
            let mut region = Region::new(&emitter, b, &atoms, &extremum);
            let yields: Vec<_> = plan.states.iter().map(|state| region.emit(state.rescale)).collect();
            ops::yield_values(b, &yields);
        })
        .region(&state_types, |b, arguments| {
            let atoms = |number: u32| arguments.get(number as usize).copied();
            let mut region = Region::new(&emitter, b, &atoms, &never);
            let none = keys.map(|keys| {
                let zero = b.index(0);
                let predicate = b.i64_attr(ir::cmpi::EQ);
                let compared = b.op("arith.cmpi").operands(&[keys, zero]).results(&[b.int_type(1)]);
                compared.attr("predicate", predicate).attr_text(ops::NO_KEYS, "unit").value()
            });
            let yields: Vec<_> = folded
                .iter()
                .map(|number| {
                    let (number, root) = (*number, &root_types[*number]);
                    let mut value = region.emit(plan.outputs[number]);
                    if let (Some(none), Some(empty)) = (none, &plan.empty) {
                        let empty = region.emit(empty[number]);
                        if ir::type_of(empty) == ir::type_of(value) && empty != value {
                            value = b.select(none, empty, value);
                        }
                    }
                    let wanted = ops::compute_type(b, ffi::element_type(*root));
                    let own = ir::type_of(value);
                    match (Element::of(own), Element::of(wanted)) {
                        (Some(Element::F64), Some(Element::F32)) => b.cast("arith.truncf", value, wanted),
                        (Some(Element::F32), Some(Element::F64)) => b.cast("arith.extf", value, wanted),
                        (Some(Element::Int(32)), Some(Element::Int(64))) => b.cast("arith.extsi", value, wanted),
                        _ => value,
                    }
                })
                .collect();
            ops::yield_values(b, &yields);
        })
        .build();
    if let Some(refused) = emitter.failed.take() {
        ffi::erase(fused);
        return Err(refused);
    }
    let mut found = vec![];
    let mut fusions = ir::results(fused).into_iter();
    for ((fixed, view), root) in fixed.into_iter().zip(&layout.results).zip(root_types) {
        let Some(fusion) = fixed.is_none().then(|| fusions.next()).flatten() else {
            found.extend(fixed);
            continue;
        };
        let element = ffi::element_type(*root);
        let map = layout.map(view);
        let shape: Vec<_> =
            map.as_dims().unwrap_or_default().into_iter().map(|at| Some(layout.extent(arena, at))).collect();
        let tensor = ops::result(b, fusion, &map, b.tensor_type(&shape, element));
        found.push(result_view(b, view, layout, tensor, *root));
    }
    Ok(found)
}

/// Whether everything that reads a value, perhaps through views and copies, rounds it to a narrower type first.
fn is_rounded(value: Val<'_>) -> bool {
    let uses = ffi::uses(value);
    !uses.is_empty()
        && uses.into_iter().all(|(user, operand)| match ir::name(user) {
            "arith.truncf" => true,
            "tensor.extract" | "tensor.expand_shape" | "tensor.collapse_shape" | "tensor.cast" => {
                is_rounded(ir::results(user)[0])
            }
            "linalg.generic" => ir::body(user, 0).is_some_and(|body| {
                let argument = ir::arguments(body)[operand];
                let yielded = ops::yielded(body).iter().position(|own| *own == argument);
                match yielded {
                    Some(result) => ffi::uses(argument).len() == 1 && is_rounded(ir::results(user)[result]),
                    None => ffi::uses(argument).is_empty() || is_rounded(argument),
                }
            }),
            _ => false,
        })
}

/// The value of an output that is one number at every point, where another output is not.
fn constant<'c>(b: &Builder<'c>, arena: &Arena, plan: &Plan, at: usize, root: Type<'c>) -> Option<Val<'c>> {
    let empty = plan.empty.as_ref().is_none_or(|empty| empty[at] == plan.outputs[at]);
    let number = arena.as_float(plan.outputs[at]).filter(|_| empty)?;
    plan.outputs.iter().any(|output| arena.as_float(*output).is_none()).then_some(())?;
    Some(b.filled(number, root))
}

/// Whether each state is a running extremum from its identity, or from a value that sums start from as well.
fn leading(arena: &Arena, plan: &Plan) -> Vec<bool> {
    let sums = plan.states.iter().filter(|state| state.kind == Kind::Sum && state.value.is_none());
    let extra = sums.into_iter().any(|state| arena.as_float(state.init) != Some(0.0));
    let leads = |state: &derive::State| state.dead().is_some() && (extra || arena.as_float(state.init) == state.dead());
    plan.states.iter().map(leads).collect()
}

impl<'c> Emitter<'_, 'c> {
    /// Whether a state, by the number of its atom, is an extremum that some weight of every row is 1 at.
    pub fn leads(&self, atom: u32) -> bool {
        let state = atom.checked_sub(derive::OLD).unwrap_or(atom);
        self.leading.get(state as usize).copied().unwrap_or(false)
    }

    /// Whether a state, by the number of its atom, is a sum of values.
    pub fn is_accumulator(&self, atom: u32) -> bool {
        self.accumulators.get(atom as usize).copied().unwrap_or(false)
    }

    /// Whether every state is a sum of values: nothing is divided by a sum of weights.
    pub fn sums_values(&self) -> bool {
        self.accumulators.iter().all(|own| *own)
    }

    /// The type floats are computed in.
    pub fn float(&self, b: &Builder<'c>) -> Type<'c> {
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
    pub fn narrow(&self, id: Id) -> bool {
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
            Node::Call(Func::Wrap(_), _) => true,
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
        let dims = self.layout.state_dims(self.arena, plan, state);
        let map = crate::dialect::linear::IndexMap::of_dims(self.layout.dims.len(), &dims);
        let value = match state.value {
            Some(value) => Some(self.capture_of(value).ok_or_else(|| Refused::new("a value operand was lost"))?),
            None => None,
        };
        Ok(State { combine, map, value })
    }

    /// The capture a load reads.
    pub fn capture_of(&self, load: Id) -> Option<usize> {
        let Node::Load(tensor, coords) = self.arena.node(load) else { return None };
        let info = &self.arena.tensors[tensor.0 as usize];
        let own = super::layout::view(self.arena, Some(*tensor), &info.shape, coords).ok()?;
        let map = self.layout.map(&own);
        self.layout.captures.iter().position(|view| view.tensor == Some(*tensor) && self.layout.map(view) == map)
    }
}
