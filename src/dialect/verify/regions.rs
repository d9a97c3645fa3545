//! The five regions of a fused op: signatures, terminators, and which dims each value may depend on.

use super::Faults;
use crate::{
    dialect::ops::{self, Combine, FUSED, Fused, INDEX, READ, REDUCE, Role, YIELD},
    ffi,
    ir::{self, Attr, Blk, Element, Op, Type, Val},
};
use melior::ir::{BlockLike, RegionLike, operation::OperationLike};
use std::collections::{BTreeSet, HashMap};

/// A set of iteration dims.
type Dims = BTreeSet<usize>;

pub(super) fn verify<'c>(fused: &Fused<'c>) -> Result<(), Faults<'c>> {
    let at_op = |fault: String| vec![(fused.op, fault)];
    let signature = signatures(fused).map_err(at_op)?;
    let mut faults = vec![];
    for (name, block) in named(fused) {
        Body { fused, region: name, faults: &mut faults }.block(block, &Dims::new());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    dependences(fused, &signature).map_err(at_op)
}

fn named<'c>(fused: &Fused<'c>) -> [(&'static str, Blk<'c>); 5] {
    let regions = &fused.regions;
    [
        ("init", regions.init),
        ("score", regions.score),
        ("lift", regions.lift),
        ("rescale", regions.rescale),
        ("epilogue", regions.epilogue),
    ]
}

/// What the regions hand to each other.
struct Signature {
    scores: usize,
    states: usize,
}

fn signatures(fused: &Fused<'_>) -> Result<Signature, String> {
    for (index, (name, block)) in named(fused).into_iter().enumerate() {
        let one_block =
            fused.op.region(index).ok().and_then(|r| r.first_block()).is_some_and(|b| b.next_in_region().is_none());
        if !one_block {
            return Err(format!("the {name} region must have one block"));
        }
        terminator(name, block)?;
    }
    let regions = &fused.regions;
    let types =
        |values: Vec<Val<'_>>| values.into_iter().map(|value| ir::type_of(value).to_string()).collect::<Vec<_>>();
    let states = types(ops::yielded(regions.init));
    let scores = types(ops::yielded(regions.score));
    expect_count("the init region yields", states.len(), "states", fused.header.states.len())?;
    let both = |a: &[String], b: &[String]| a.iter().chain(b).cloned().collect::<Vec<_>>();
    for (name, block, expected) in [
        ("init", regions.init, vec![]),
        ("score", regions.score, vec![]),
        ("lift", regions.lift, both(&scores, &states)),
        ("rescale", regions.rescale, both(&states, &states)),
        ("epilogue", regions.epilogue, states.clone()),
    ] {
        let found = types(ir::arguments(block));
        expect_types(&format!("the {name} region"), "argument", &found, &expected)?;
    }
    expect_types("the lift region", "yielded value", &types(ops::yielded(regions.lift)), &states)?;
    let rescale = types(ops::yielded(regions.rescale));
    expect_count("the rescale region yields", rescale.len(), "states", states.len())?;
    for (index, (state, own)) in fused.header.states.iter().zip(&states).enumerate() {
        if state.combine == Combine::Sum && rescale[index] != *own {
            let found = &rescale[index];
            return Err(format!("the rescale region yields '{found}' for state {index}, which has type '{own}'"));
        }
        if matches!(state.combine, Combine::And | Combine::Or) && !own.starts_with('i') {
            return Err(format!("state {index} combines by '{}', but has type '{own}'", state.combine.name()));
        }
        if state.value.is_some() && state.combine != Combine::Sum {
            return Err(format!("state {index} has a value, but combines by '{}' and not 'sum'", state.combine.name()));
        }
    }
    let results = types(ops::yielded(regions.epilogue));
    expect_count("the epilogue region yields", results.len(), "results", fused.results.len())?;
    for (index, (result, found)) in fused.results.iter().zip(&results).enumerate() {
        let expected = computed(result.element());
        if *found != expected {
            let element = result.element();
            return Err(format!(
                "the epilogue region yields '{found}' for result {index}, but '{element}' elements are computed in '{expected}'"
            ));
        }
    }
    Ok(Signature { scores: scores.len(), states: states.len() })
}

/// The type that elements of a tensor are computed in.
fn computed(element: Type<'_>) -> String {
    let narrow = Element::of(element).is_some_and(Element::is_narrow_float);
    if narrow { Element::F32.to_string() } else { element.to_string() }
}

fn terminator(name: &str, block: Blk<'_>) -> Result<(), String> {
    match ir::ops(block).last().map(|op| ir::name(*op)) {
        Some(YIELD) => Ok(()),
        Some(other) => Err(format!("the {name} region ends in '{other}', not in '{YIELD}'")),
        None => Err(format!("the {name} region is empty")),
    }
}

fn expect_count(what: &str, found: usize, of: &str, expected: usize) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    let values = if found == 1 { "value" } else { "values" };
    Err(format!("{what} {found} {values}, but there are {expected} {of}"))
}

fn expect_types(region: &str, what: &str, found: &[String], expected: &[String]) -> Result<(), String> {
    if found.len() != expected.len() {
        return Err(format!("{region} has {} {what}s, but {} are expected", found.len(), expected.len()));
    }
    match found.iter().zip(expected).position(|(found, expected)| found != expected) {
        Some(index) => {
            let (found, expected) = (&found[index], &expected[index]);
            Err(format!("{region} has {what} {index} of type '{found}', but '{expected}' is expected"))
        }
        None => Ok(()),
    }
}

/// Checks the ops of one region, one by one.
struct Body<'a, 'c> {
    fused: &'a Fused<'c>,
    region: &'static str,
    faults: &'a mut Faults<'c>,
}

impl<'c> Body<'_, 'c> {
    fn block(&mut self, block: Blk<'c>, reduced: &Dims) {
        let ops = ir::ops(block);
        let (_, body) = ops.split_last().map_or((None, &[][..]), |(last, body)| (Some(last), body));
        for op in body {
            if let Err(fault) = self.op(*op, reduced) {
                self.faults.push((*op, fault));
            }
        }
    }

    fn op(&mut self, op: Op<'c>, reduced: &Dims) -> Result<(), String> {
        match ir::name(op) {
            READ => self.read(op),
            INDEX => self.index(op, reduced),
            REDUCE => self.reduce(op, reduced),
            name if name.starts_with("arith.") || name.starts_with("math.") || name == "tensor.extract" => {
                match ir::results(op).into_iter().map(ir::type_of).find(|ty| !is_scalar(*ty)) {
                    Some(ty) => Err(format!("gives a '{ty}', but the regions of '{FUSED}' compute on scalars")),
                    None => Ok(()),
                }
            }
            _ => Err(format!("is not allowed in the {} region of '{FUSED}'", self.region)),
        }
    }

    fn read(&self, op: Op<'c>) -> Result<(), String> {
        let index = number(op, "capture")?;
        let count = self.fused.captures.len();
        let Some(capture) = usize::try_from(index).ok().and_then(|index| self.fused.captures.get(index)) else {
            return Err(format!("reads capture {index}, but there are {count} captures"));
        };
        let (found, element) = (result_type(op)?, capture.element());
        let expected = computed(element);
        if found != expected {
            return Err(format!(
                "gives '{found}', but capture {index} has '{element}' elements, which are read as '{expected}'"
            ));
        }
        Ok(())
    }

    fn index(&self, op: Op<'c>, _reduced: &Dims) -> Result<(), String> {
        self.dim(number(op, "dim")?).map(|_| ())
    }

    fn dim(&self, dim: i64) -> Result<usize, String> {
        let dims = self.fused.header.roles.len();
        usize::try_from(dim)
            .ok()
            .filter(|dim| *dim < dims)
            .ok_or_else(|| format!("names dim {dim}, but there are {dims} dims"))
    }

    fn reduce(&mut self, op: Op<'c>, reduced: &Dims) -> Result<(), String> {
        let kind: Combine =
            ir::attr(op, "kind").and_then(ir::string_attr).ok_or("needs a string attribute 'kind'")?.parse()?;
        let dims = ir::attr(op, "dims").and_then(ffi::i64_array).ok_or("needs an array<i64> attribute 'dims'")?;
        if dims.is_empty() {
            return Err("reduces no dim".into());
        }
        let mut inner = reduced.clone();
        for dim in dims {
            let dim = self.dim(dim)?;
            let role = self.fused.header.roles[dim];
            if role != Role::Reduction {
                return Err(format!("reduces d{dim}, which is a {role} dim"));
            }
            if !inner.insert(dim) {
                return Err(format!("reduces d{dim} twice"));
            }
        }
        let region = op.region(0).ok().and_then(|region| region.first_block());
        let Some(body) = region.filter(|block| block.next_in_region().is_none()).map(|block| ffi::blk(&block)) else {
            return Err("the body must have one block".into());
        };
        terminator("body", body).map_err(|fault| fault.replace("body region", "body"))?;
        let found: Vec<_> = ops::yielded(body).into_iter().map(|value| ir::type_of(value).to_string()).collect();
        let ty = result_type(op)?;
        expect_types("the body", "argument", &vec![String::new(); ir::arguments(body).len()], &[])?;
        expect_types("the body", "yielded value", &found, std::slice::from_ref(&ty))?;
        if matches!(kind, Combine::And | Combine::Or) && !ty.starts_with('i') {
            return Err(format!("combines by '{}', but has type '{ty}'", kind.name()));
        }
        self.block(body, &inner);
        Ok(())
    }
}

fn number(op: Op<'_>, name: &str) -> Result<i64, String> {
    ir::attr(op, name)
        .and_then(|value: Attr<'_>| ir::int_attr(value))
        .ok_or_else(|| format!("needs an integer attribute '{name}'"))
}

fn result_type(op: Op<'_>) -> Result<String, String> {
    ir::results(op).first().map(|value| ir::type_of(*value).to_string()).ok_or_else(|| "needs a result".into())
}

fn is_scalar(ty: Type<'_>) -> bool {
    Element::of(ty).is_some_and(|element| element.is_float() || element.is_integer())
}

/// Checks that each yielded value depends only on dims that its destination has.
fn dependences(fused: &Fused<'_>, signature: &Signature) -> Result<(), String> {
    let roles = &fused.header.roles;
    let of_role = |wanted: &[Role]| (0..roles.len()).filter(|dim| wanted.contains(&roles[*dim])).collect::<Dims>();
    let states: Vec<Dims> = fused.header.states.iter().map(|state| state.map.used().into_iter().collect()).collect();
    let point = of_role(&[Role::Batch, Role::Query, Role::Key]);
    let regions = &fused.regions;

    let scores = arguments(fused, regions.score, |_| Dims::new());
    for (index, value) in ops::yielded(regions.score).into_iter().enumerate() {
        within("score", &format!("score {index}"), &scores.of(value), &point)?;
    }
    let init = arguments(fused, regions.init, |_| Dims::new());
    for (index, value) in ops::yielded(regions.init).into_iter().enumerate() {
        within("init", &format!("state {index}"), &init.of(value), &states[index])?;
    }
    // Which keys a coordinate of a split dim has is open, so that no update may depend on it.
    let updates: Vec<Dims> =
        states.iter().map(|dims| dims.difference(&of_role(&[Role::Split])).copied().collect()).collect();
    let lift = arguments(fused, regions.lift, |argument| match argument.checked_sub(signature.scores) {
        Some(state) => updates[state].clone(),
        None => Dims::new(),
    });
    let key: Dims = fused.key().into_iter().collect();
    for (index, value) in ops::yielded(regions.lift).into_iter().enumerate() {
        earlier("lift", index, &lift.arguments(value), |argument| argument.checked_sub(signature.scores))?;
        within("lift", &format!("state {index}"), &lift.of(value), &updates[index].union(&key).copied().collect())?;
    }
    let rescale = arguments(fused, regions.rescale, |argument| updates[argument % signature.states.max(1)].clone());
    for (index, value) in ops::yielded(regions.rescale).into_iter().enumerate() {
        if fused.header.states[index].combine == Combine::Sum {
            earlier("rescale", index, &rescale.arguments(value), |argument| Some(argument % signature.states.max(1)))?;
            within("rescale", &format!("state {index}"), &rescale.of(value), &updates[index])?;
        }
    }
    let epilogue = arguments(fused, regions.epilogue, |argument| states[argument].clone());
    for (index, value) in ops::yielded(regions.epilogue).into_iter().enumerate() {
        let own: Dims = fused.results[index].map.used().into_iter().collect();
        within("epilogue", &format!("result {index}"), &epilogue.of(value), &own)?;
    }
    Ok(())
}

fn within(region: &str, what: &str, found: &Dims, allowed: &Dims) -> Result<(), String> {
    match found.difference(allowed).next() {
        Some(dim) => {
            Err(format!("the {region} region's value for {what} depends on d{dim}, which is not in scope there"))
        }
        None => Ok(()),
    }
}

fn earlier(
    region: &str,
    index: usize,
    used: &BTreeSet<usize>,
    state_of: impl Fn(usize) -> Option<usize>,
) -> Result<(), String> {
    match used.iter().filter_map(|argument| state_of(*argument)).find(|state| *state >= index) {
        Some(state) => Err(format!(
            "the {region} region's value for state {index} uses state {state}, but may only use states before {index}"
        )),
        None => Ok(()),
    }
}

/// The dims and region arguments that every value of a region depends on.
struct Dependences {
    values: HashMap<usize, (Dims, BTreeSet<usize>)>,
}

impl Dependences {
    fn of(&self, value: Val<'_>) -> Dims {
        self.values.get(&ffi::value_key(value)).map(|(dims, _)| dims.clone()).unwrap_or_default()
    }

    fn arguments(&self, value: Val<'_>) -> BTreeSet<usize> {
        self.values.get(&ffi::value_key(value)).map(|(_, arguments)| arguments.clone()).unwrap_or_default()
    }

    fn block(&mut self, fused: &Fused<'_>, block: Blk<'_>) {
        for op in ir::ops(block) {
            let (mut dims, mut arguments) = (Dims::new(), BTreeSet::new());
            for operand in ir::operands(op) {
                dims.extend(self.of(operand));
                arguments.extend(self.arguments(operand));
            }
            match ir::name(op) {
                READ => {
                    let capture = ops::read_capture(op).and_then(|index| fused.captures.get(index));
                    dims.extend(capture.map(|capture| capture.map.used()).unwrap_or_default());
                }
                INDEX => dims.extend(ops::index_dim(op)),
                REDUCE => {
                    if let (Some(body), Some((_, reduced))) = (ir::body(op, 0), ops::reduce_parts(op)) {
                        self.block(fused, body);
                        for value in ops::yielded(body) {
                            dims.extend(self.of(value));
                            arguments.extend(self.arguments(value));
                        }
                        dims.retain(|dim| !reduced.contains(dim));
                    }
                }
                _ => {}
            }
            for result in ir::results(op) {
                self.values.insert(ffi::value_key(result), (dims.clone(), arguments.clone()));
            }
        }
    }
}

fn arguments(fused: &Fused<'_>, block: Blk<'_>, dims_of: impl Fn(usize) -> Dims) -> Dependences {
    let mut dependences = Dependences { values: HashMap::new() };
    for (index, argument) in ir::arguments(block).into_iter().enumerate() {
        dependences.values.insert(ffi::value_key(argument), (dims_of(index), BTreeSet::from([index])));
    }
    dependences.block(fused, block);
    dependences
}
