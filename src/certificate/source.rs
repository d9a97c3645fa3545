//! The source's own results against the formulas, at points of generated inputs.

use super::{
    Broken, Noise,
    formula::Number,
    program::{Key, Point, Program},
    same,
};
use crate::{
    cli::explain::{self, FunctionAccount, Fusion},
    interp::{Array, Machine, Precision, Value, scalar::Kind},
    ir::{self, Element, Op},
    remark,
    runtime::Tensor,
};
use melior::ir::operation::OperationLike;
use std::{collections::HashMap, rc::Rc};

/// How many points of each result are looked at.
const POINTS: usize = 10;
/// Formulas are in base 2 and in constants of f32.
const TOLERANCE: f64 = 2e-5;

/// A normalized source after a run.
pub struct Run<'c> {
    function: Op<'c>,
    machine: Machine<'c>,
    arguments: Vec<Array>,
    results: Vec<Array>,
}

/// The elements of a capture.
struct Elements {
    shape: Vec<i64>,
    kind: Kind,
    data: Rc<Array>,
}

impl<'c> Run<'c> {
    /// Runs a function of a normalized module in f64.
    ///
    /// # Errors
    /// What the interpreter cannot run.
    pub fn new(module: Op<'c>, function: Op<'c>, entry: &str, arguments: &[Tensor], fuel: u64) -> Result<Self, String> {
        let mut machine = Machine::new(module, Precision::Wide).with_fuel(fuel);
        let results = machine.run(entry, arguments)?;
        let block = ir::body(function, 0).ok_or("a function without a body")?;
        let arguments = ir::arguments(block).into_iter().filter_map(|value| match machine.value(value) {
            Some(Value::Tensor(array)) => Some((**array).clone()),
            _ => None,
        });
        let arguments = arguments.collect();
        Ok(Self { function, machine, arguments, results })
    }

    /// The tensor behind the source of a capture: an argument, or the result of the only operation with that name, place
    /// and size.
    fn tensor(&self, source: &str, count: usize) -> Option<Rc<Array>> {
        if let Some(number) = source.strip_prefix("arg").and_then(|number| number.parse::<usize>().ok()) {
            return self.arguments.get(number).cloned().map(Rc::new);
        }
        let (name, place) = source.split_once(" at ")?;
        let mut found = vec![];
        for op in ir::walk(self.function) {
            if ir::name(op) != name || !same_place(place, &remark::position(op.location())) {
                continue;
            }
            for result in ir::results(op) {
                if let Some(Value::Tensor(array)) = self.machine.value(result)
                    && array.data.len() == count
                {
                    found.push(array.clone());
                }
            }
        }
        if found.len() == 1 { found.pop() } else { None }
    }
}

/// Whether two places are the same line and column.
pub fn same_place(a: &str, b: &str) -> bool {
    let tail = |text: &str| text.rsplit(':').take(2).map(str::to_owned).collect::<Vec<_>>();
    tail(a) == tail(b)
}

/// Every operation that a certificate says was consumed is one of the source.
pub fn consumed(function: Op<'_>, location: &str, consumed: &[String]) -> Vec<Broken> {
    let at_location = |op: &String| op.split_once(" at ").is_some_and(|(_, place)| same_place(place, location));
    if !consumed.iter().any(at_location) {
        let what = format!("none is at {location}, where the fusion is");
        return vec![Broken::new("consumed operations are the source's", what)];
    }
    let places: Vec<String> = ir::walk(function).into_iter().map(|op| remark::position(op.location())).collect();
    let mut broken = vec![];
    for op in consumed {
        let place = op.split(" at ").last().unwrap_or(op);
        if !places.iter().any(|own| same_place(own, place)) {
            broken.push(Broken::new("consumed operations are the source's", format!("the source has no {op}")));
        }
    }
    broken
}

/// What a function's account says of the operations outside of fusions, against how many there are.
pub fn accounted(function: Op<'_>, account: &FunctionAccount) -> Vec<Broken> {
    let ops = explain::unfused_ops(function);
    let captures: usize = account.fusions.iter().map(|fusion| fusion.captures.len() + fusion.results.len()).sum();
    let what = match account.unfused_ops {
        0 if ops > 0 && account.fusions.is_empty() => format!("nothing is fused, and 0 of {ops} are left"),
        left if left > ops + captures => format!("{left} are left of {ops}"),
        _ => return vec![],
    };
    vec![Broken::new("operations outside of fusions are counted", what)]
}

/// The elements of the captures of a fusion; `Err` names one that the source does not have.
fn captures(fusion: &Fusion, run: &Run<'_>) -> Result<HashMap<String, Elements>, String> {
    let mut found = HashMap::new();
    for capture in &fusion.captures {
        let inner = capture.r#type.trim_start_matches("tensor<").trim_end_matches('>');
        let mut parts: Vec<&str> = inner.split('x').collect();
        let element: Element = parts.pop().unwrap_or_default().parse()?;
        let kind = if element.is_float() { Kind::F64 } else { Kind::Int(element.bits()) };
        let sizes: Option<Vec<i64>> = parts.iter().map(|size| size.parse().ok()).collect();
        let count = sizes.as_ref().map(|sizes| sizes.iter().product::<i64>() as usize);
        let missing = || format!("capture {} is {}, computed on the way", capture.name, capture.source);
        let (Some(shape), Some(count)) = (sizes, count) else { return Err(format!("{} is dynamic", capture.name)) };
        let data = run.tensor(&capture.source, count).filter(|array| array.data.len() == count).ok_or_else(missing)?;
        found.insert(capture.name.clone(), Elements { shape, kind, data });
    }
    Ok(found)
}

/// Compares the results of a fusion with the source's.
///
/// # Errors
/// Why they cannot be compared.
pub fn check(fusion: &Fusion, program: &Program, run: &Run<'_>, seed: u64) -> Result<Vec<Broken>, String> {
    let captures = captures(fusion, run)?;
    let read = |name: &str, at: &[i64]| -> Result<Number, String> {
        let capture = captures.get(name).ok_or_else(|| format!("no capture '{name}'"))?;
        let array = Array { shape: capture.shape.clone(), data: vec![] };
        let place = array.position(at).ok_or_else(|| format!("{name}{at:?} is outside of {:?}", capture.shape))?;
        let word = capture.data.data[place];
        Ok(match capture.kind {
            Kind::Int(1) => Number::Bool(word.0 & 1 == 1),
            Kind::Int(_) => Number::Int(word.to_int()),
            _ => Number::Float(word.to_float()),
        })
    };
    let mut noise = Noise::new(seed);
    let mut compared = 0;
    for (number, result) in fusion.results.iter().enumerate() {
        let Some(truth) =
            result.becomes.strip_prefix("result").and_then(|at| run.results.get(at.parse::<usize>().ok()?))
        else {
            continue;
        };
        compared += 1;
        let (index, formula) = &program.results[number];
        for _ in 0..POINTS {
            let mut at = HashMap::new();
            for (dim, size) in &program.sizes {
                if *dim != program.key {
                    at.insert(dim.clone(), (noise.unit() * *size as f64) as i64);
                }
            }
            let mut keys = vec![];
            for key in 0..program.sizes.get(&program.key).copied().unwrap_or(0) {
                let mut of_key = at.clone();
                of_key.insert(program.key.clone(), key);
                let scores: Result<Vec<_>, String> = program
                    .scores
                    .iter()
                    .map(|score| program.value(score, Point { at: &of_key, read: &read }, &[], &[], &[]))
                    .collect();
                keys.push(Key { index: key, scores: scores?, value: None });
            }
            let point = Point { at: &at, read: &read };
            let start = program.init(point)?;
            // Two parts that are folded by themselves, and combined.
            let (left, right) = keys.split_at((noise.unit() * (keys.len() + 1) as f64) as usize);
            let parts = [program.fold(point, &start, left)?, program.fold(point, &program.nothing(), right)?];
            let states = program.merge(point, &parts[0], &parts[1])?;
            let found = program.value(formula, point, &[], &states, &[])?.float();
            let mut place = 0;
            let mut step = 1;
            let shape = shape_of(&result.r#type).ok_or("a result of unknown size")?;
            for (position, size) in index.iter().zip(&shape).rev() {
                place += step * program.value(position, point, &[], &[], &[])?.float() as i64;
                step *= size;
            }
            let expected = truth.data.get(place as usize).ok_or("a result of another size")?.to_float();
            let top = truth.data.iter().map(|word| word.to_float().abs()).filter(|x| x.is_finite()).fold(1.0, f64::max);
            if !same(found / top, expected / top, TOLERANCE) {
                let what = format!("result{number} is {found} at {at:?}, the source gives {expected}");
                return Ok(vec![Broken::new("the formulas mean what the source computes", what)]);
            }
        }
    }
    if compared == 0 {
        return Err("its results are used by what was not fused".into());
    }
    Ok(vec![])
}

fn shape_of(ty: &str) -> Option<Vec<i64>> {
    let inner = ty.trim_start_matches("tensor<").trim_end_matches('>');
    let mut parts: Vec<&str> = inner.split('x').collect();
    parts.pop();
    parts.iter().map(|size| size.parse().ok()).collect()
}
