//! From the states of the parts to the results: one reduction over the parts per result, online like the op itself.

use crate::{
    dialect::{
        edit,
        linear::{IndexMap, Linear},
        ops::{self, Combine, Fused, Mapped},
    },
    error::PassError,
    ffi,
    ir::{self, Builder, Type, Val},
    pass::tile::{
        self,
        emit::{self, Ix},
        program::{Assumptions, Node, Programs, constant},
        tiler::convert,
    },
};
use melior::ir::{AffineExpr, AffineMap};
use std::collections::{BTreeSet, HashMap};

/// What each result is made of.
pub struct Plan {
    results: Vec<Needs>,
}

/// What one result needs.
#[derive(Default)]
struct Needs {
    /// States that the epilogue reads, and those that rescale them.
    states: BTreeSet<usize>,
    /// Captures that the factors on those read.
    factor_reads: BTreeSet<usize>,
    /// Captures that the epilogue reads.
    epilogue_reads: BTreeSet<usize>,
}

/// Finds what each result needs.
///
/// # Errors
/// A sentence, when a program has no form outside of the op.
pub fn plan(fused: &Fused<'_>) -> Result<Plan, String> {
    let programs = Programs { fused };
    let factors = ops::yielded(fused.regions.rescale);
    let count = factors.len();
    let mut results = vec![];
    for root in ops::yielded(fused.regions.epilogue) {
        let mut needs = Needs::default();
        leaves(programs, root, &mut needs.states, &mut needs.epilogue_reads)?;
        for state in (0..count).rev().filter(|state| fused.header.states[*state].combine == Combine::Sum) {
            if needs.states.contains(&state) {
                let mut read = BTreeSet::new();
                leaves(programs, factors[state], &mut read, &mut needs.factor_reads)?;
                needs.states.extend(read.into_iter().map(|argument| argument % count));
            }
        }
        results.push(needs);
    }
    Ok(Plan { results })
}

/// The region arguments and captures that a program reads.
fn leaves<'c>(
    programs: Programs<'_, 'c>,
    root: Val<'c>,
    arguments: &mut BTreeSet<usize>,
    reads: &mut BTreeSet<usize>,
) -> Result<(), String> {
    match programs.node(root) {
        Node::Argument(argument) => {
            arguments.insert(argument);
        }
        Node::Read(capture) => {
            reads.insert(capture);
        }
        Node::Apply(op) => {
            for operand in ir::operands(op) {
                leaves(programs, operand, arguments, reads)?;
            }
        }
        Node::Reduce(_) => return Err("keys are not split: a reduction after the last key".into()),
        Node::Index(_) | Node::Outside => {}
    }
    Ok(())
}

/// The generics of one result.
struct Combiner<'a, 'c> {
    fused: &'a Fused<'c>,
    programs: Programs<'a, 'c>,
    /// The iteration dims that are loops, in order; in the reduction, the split dim follows.
    loops: Vec<usize>,
    sizes: Vec<Ix<'c>>,
}

/// A tensor under a map.
type Operand<'c> = (Val<'c>, AffineMap<'c>);

/// Computes the results of an op from the states of its parts, and gives them to its users.
///
/// # Errors
/// [`PassError::Unsupported`] when a dim has no size.
pub fn results<'c>(
    b: &Builder<'c>,
    fused: &Fused<'c>,
    parts: &[Val<'c>],
    maps: &[IndexMap],
    plan: &Plan,
) -> Result<(), PassError> {
    let roots = ops::yielded(fused.regions.epilogue);
    for ((result, root), needs) in fused.results.iter().zip(roots).zip(&plan.results) {
        let loops: Vec<_> = result.map.results.iter().filter_map(Linear::as_dim).collect();
        let sizes = loops.iter().map(|dim| tile::extent(b, fused, *dim)).collect::<Result<_, _>>()?;
        let combiner = Combiner { fused, programs: Programs { fused }, loops, sizes };
        let states = combiner.reduce(b, parts, maps, needs);
        let value = combiner.epilogue(b, result, root, &states, needs);
        ffi::replace_all_uses(result.tensor, value);
    }
    Ok(())
}

impl<'c> Combiner<'_, 'c> {
    /// The combined states of one result at each of its points, by number.
    fn reduce(&self, b: &Builder<'c>, parts: &[Val<'c>], maps: &[IndexMap], needs: &Needs) -> HashMap<usize, Val<'c>> {
        let split = self.fused.header.roles.len();
        let loops: Vec<_> = self.loops.iter().copied().chain([split]).collect();
        let types = self.fused.state_types();
        let count = types.len();
        let numbers: Vec<_> = needs.states.iter().copied().collect();
        let reads: Vec<_> = needs.factor_reads.iter().copied().collect();
        let inputs: Vec<_> = numbers
            .iter()
            .map(|state| (parts[*state], over(b, &maps[*state], &loops)))
            .chain(reads.iter().map(|read| self.capture(b, *read, &loops)))
            .collect();
        let point = IndexMap::of_dims(split + 1, &self.loops);
        let outputs: Vec<_> = numbers
            .iter()
            .map(|state| {
                let identity = self.fused.header.states[*state].combine.identity(b, types[*state]);
                (self.filled(b, identity), over(b, &point, &loops))
            })
            .collect();
        let factors = ops::yielded(self.fused.regions.rescale);
        let values = generic(b, loops.len(), true, &inputs, &outputs, |b, arguments| {
            let place = |state: usize| numbers.iter().position(|own| *own == state);
            let (incoming, rest) = arguments.split_at(numbers.len());
            let (captured, before) = rest.split_at(reads.len());
            let mut after: HashMap<usize, Val<'c>> = HashMap::new();
            let mut yielded = vec![];
            for (position, state) in numbers.iter().enumerate() {
                let combine = self.fused.header.states[*state].combine;
                let scaled = |value: Val<'c>, old: &[Val<'c>]| {
                    if combine != Combine::Sum || constant(factors[*state]) == Some(1.0) {
                        return value;
                    }
                    let factor = self.copy(
                        b,
                        factors[*state],
                        &loops,
                        &mut |argument| match argument.checked_sub(count) {
                            None => place(argument).map(|place| old[place]),
                            Some(state) => after.get(&state).copied(),
                        },
                        &|capture| reads.iter().position(|own| *own == capture).map(|place| captured[place]),
                    );
                    let name = if ir::is_float(ir::type_of(value)) { "arith.mulf" } else { "arith.muli" };
                    b.binary(name, value, factor)
                };
                let (kept, new) = (scaled(before[position], before), scaled(incoming[position], incoming));
                let value = combine.apply(b, kept, new);
                after.insert(*state, value);
                yielded.push(value);
            }
            yielded
        });
        numbers.into_iter().zip(values).collect()
    }

    /// The result, from the combined states.
    fn epilogue(
        &self,
        b: &Builder<'c>,
        result: &Mapped<'c>,
        root: Val<'c>,
        states: &HashMap<usize, Val<'c>>,
        needs: &Needs,
    ) -> Val<'c> {
        let point = over(b, &IndexMap::of_dims(self.fused.header.roles.len(), &self.loops), &self.loops);
        let mut numbers: Vec<_> = states.keys().copied().collect();
        numbers.sort_unstable();
        let reads: Vec<_> = needs.epilogue_reads.iter().copied().collect();
        let inputs: Vec<_> = numbers
            .iter()
            .map(|state| (states[state], point))
            .chain(reads.iter().map(|read| self.capture(b, *read, &self.loops)))
            .collect();
        let output = (emit::empty(b, &self.sizes, result.element()), point);
        let mut value = generic(b, self.loops.len(), false, &inputs, &[output], |b, arguments| {
            let value = self.copy(
                b,
                root,
                &self.loops,
                &mut |state| numbers.iter().position(|own| *own == state).map(|place| arguments[place]),
                &|capture| reads.iter().position(|own| *own == capture).map(|place| arguments[numbers.len() + place]),
            );
            vec![convert(b, value, result.element())]
        })[0];
        // Dims of size one that are no iteration dim.
        for (place, linear) in result.map.results.iter().enumerate() {
            if linear.as_dim().is_none() {
                let rank = ffi::shape(ir::type_of(value)).map_or(0, |shape| shape.len());
                let (at, sizes) = if place < rank { (place, [1, 0]) } else { (place.saturating_sub(1), [0, 1]) };
                value = edit::expand(b, value, at, sizes);
            }
        }
        if ir::type_of(value) == ir::type_of(result.tensor) {
            value
        } else {
            emit::cast(b, value, ir::type_of(result.tensor))
        }
    }

    /// A program as code of a generic over `loops`.
    fn copy(
        &self,
        b: &Builder<'c>,
        root: Val<'c>,
        loops: &[usize],
        argument: &mut dyn FnMut(usize) -> Option<Val<'c>>,
        capture: &dyn Fn(usize) -> Option<Val<'c>>,
    ) -> Val<'c> {
        self.programs.copy(b, root, &Assumptions::new(), &mut HashMap::new(), &mut |b, value| match self
            .programs
            .node(value)
        {
            Node::Argument(number) => argument(number),
            Node::Read(number) => Some(convert(b, capture(number)?, ir::type_of(value))),
            Node::Index(dim) => Some(emit::loop_index(b, loops.iter().position(|own| *own == dim)?)),
            _ => None,
        })
    }

    fn capture(&self, b: &Builder<'c>, number: usize, loops: &[usize]) -> Operand<'c> {
        let capture = &self.fused.captures[number];
        (capture.tensor, over(b, &capture.map, loops))
    }

    /// A tensor over the points of the result that holds one value.
    fn filled(&self, b: &Builder<'c>, value: Val<'c>) -> Val<'c> {
        let filled = emit::fill(b, value, emit::empty(b, &self.sizes, ir::type_of(value)));
        if let Some(op) = ffi::defining_op(filled) {
            ffi::remove_attribute(op, emit::TAG);
        }
        filled
    }
}

/// A map over iteration dims as one over loops.
fn over<'c>(b: &Builder<'c>, map: &IndexMap, loops: &[usize]) -> AffineMap<'c> {
    let linear = |result: &Linear| {
        let mut own = Linear::constant(loops.len(), result.constant);
        for (position, dim) in loops.iter().enumerate() {
            own.factors[position] = result.factors.get(*dim).copied().unwrap_or(0);
        }
        own.to_expr(b.context)
    };
    let exprs: Vec<AffineExpr<'c>> = map.results.iter().map(linear).collect();
    AffineMap::new(b.context, loops.len(), 0, &exprs)
}

/// `linalg.generic` with any number of results; with `reduces`, the last loop is a reduction.
fn generic<'c>(
    b: &Builder<'c>,
    loops: usize,
    reduces: bool,
    inputs: &[Operand<'c>],
    outputs: &[Operand<'c>],
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Vec<Val<'c>>,
) -> Vec<Val<'c>> {
    let all: Vec<_> = inputs.iter().chain(outputs).copied().collect();
    let (values, maps): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let elements: Vec<Type<'c>> = values.iter().map(|value| ffi::element_type(ir::type_of(*value))).collect();
    let types: Vec<_> = outputs.iter().map(|(value, _)| ir::type_of(*value)).collect();
    let kinds: Vec<_> = (0..loops)
        .map(|number| if reduces && number + 1 == loops { "reduction" } else { "parallel" })
        .map(|kind| b.attr(&format!("#linalg.iterator_type<{kind}>")))
        .collect();
    let op = b
        .op("linalg.generic")
        .operands(&values)
        .results(&types)
        .attr("indexing_maps", b.maps_attr(&maps))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr_text("operandSegmentSizes", &format!("array<i32: {}, {}>", inputs.len(), outputs.len()))
        .region(&elements, |b, arguments| {
            let yielded = body(b, arguments);
            b.op("linalg.yield").operands(&yielded).build();
        })
        .build();
    // As in the nest: functions by approximation, where a target tells the two apart.
    for inner in ir::walk(op).into_iter().filter(|inner| ir::name(*inner).starts_with("math.")) {
        ffi::set_attribute(inner, "fastmath", b.attr("#arith.fastmath<afn>"));
    }
    ir::results(op)
}
