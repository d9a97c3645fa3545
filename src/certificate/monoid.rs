//! The laws of the states, tried on random numbers: identity, associativity, commutativity, rescaling, and that folding
//! parts and combining them is folding everything.

use super::{
    Broken, Noise,
    formula::{Formula, Number, Scope, combine},
    program::{Key, Point, Program, identity},
    same,
};
use std::collections::HashMap;

/// How many rows of random scores are tried.
const ROWS: usize = 60;
/// Sums of exponentials of large numbers lose digits.
const TOLERANCE: f64 = 1e-7;

/// Tries the laws.
///
/// # Errors
/// A formula that cannot be evaluated.
pub fn check(program: &Program, seed: u64) -> Result<Vec<Broken>, String> {
    let mut broken = vec![];
    for (number, state) in program.states.iter().enumerate() {
        let Some(identity) = identity(&state.combine) else {
            broken.push(Broken::new("monoid", format!("state x{number} combines by '{}'", state.combine)));
            continue;
        };
        if let Some(law) = associative(&state.combine, identity, seed)? {
            broken.push(Broken::new(law, format!("'{}' of state x{number}", state.combine)));
        }
    }
    if !broken.is_empty() {
        return Ok(broken);
    }
    let mut noise = Noise::new(seed);
    // Captures stand for numbers of the row.
    let read = |_: &str, at: &[i64]| Ok(Number::Float(0.1 + at.iter().sum::<i64>() as f64 * 0.01));
    let at: HashMap<String, i64> = program.sizes.keys().map(|dim| (dim.clone(), 0)).collect();
    let point = Point { at: &at, read: &read };
    for row in 0..ROWS {
        let count = 1 + row % 9;
        let mut keys = vec![];
        for index in 0..count {
            let mut draw = || Number::Float(if row % 4 == 0 { 6.0 * (noise.unit() - 0.5) } else { noise.score() });
            let scores = scores(program, point, &mut draw)?;
            let index = index as i64 % program.sizes.get(&program.key).copied().unwrap_or(1).max(1);
            keys.push(Key { index, scores, value: Some(2.0 * noise.unit() - 1.0) });
        }
        let split = count * (row % 3) / 3;
        broken.extend(row_laws(program, point, &keys, split)?);
        if !broken.is_empty() {
            break;
        }
    }
    Ok(broken)
}

/// Random scores of a key. Scores that share a definition are what it makes of one random number.
fn scores(program: &Program, point: Point<'_>, draw: &mut dyn FnMut() -> Number) -> Result<Vec<Number>, String> {
    let used = |formula: &Formula| {
        let mut names = vec![];
        formula.names(&program.definitions, &mut names);
        names
    };
    let all: Vec<Vec<String>> = program.scores.iter().map(used).collect();
    let mut names: HashMap<String, Number> = point.at.iter().map(|(dim, at)| (dim.clone(), Number::Int(*at))).collect();
    let mut shared = false;
    for name in program.definitions.keys() {
        if all.iter().filter(|own| own.contains(name)).count() > 1 {
            names.insert(name.clone(), draw());
            shared = true;
        }
    }
    if !shared {
        return Ok(program.scores.iter().map(|_| draw()).collect());
    }
    let size = |dim: &str| program.sizes.get(dim).copied().ok_or_else(|| format!("no dim '{dim}'"));
    let scope = Scope { names, definitions: &program.definitions, read: point.read, size: &size };
    program.scores.iter().map(|score| score.value(&scope)).collect()
}

/// The law that a combine breaks, if any.
fn associative(kind: &str, identity: Number, seed: u64) -> Result<Option<&'static str>, String> {
    let mut noise = Noise::new(seed ^ 0x5EED);
    let boolean = matches!(identity, Number::Bool(_));
    let mut draw = || if boolean { Number::Bool(noise.unit() < 0.5) } else { Number::Float(noise.score()) };
    for _ in 0..200 {
        let (a, b, c) = (draw(), draw(), draw());
        let close = |x: Number, y: Number| same(x.float(), y.float(), TOLERANCE);
        let join = |x: Number, y: Number| combine(kind, x, y);
        if !close(join(join(a, b)?, c)?, join(a, join(b, c)?)?) {
            return Ok(Some("associativity"));
        }
        if !close(join(a, b)?, join(b, a)?) {
            return Ok(Some("commutativity"));
        }
        if !close(join(identity, a)?, a) {
            return Ok(Some("identity"));
        }
    }
    Ok(None)
}

/// The laws on one row of keys, split at one place.
fn row_laws(program: &Program, point: Point<'_>, keys: &[Key], split: usize) -> Result<Vec<Broken>, String> {
    let mut broken = vec![];
    let mut agree = |law: &str, found: &[Number], expected: &[Number]| {
        for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
            if broken.is_empty() && !same(found.float(), expected.float(), TOLERANCE) {
                let what = format!("state x{number} is {} where {} is right", found.float(), expected.float());
                broken.push(Broken::new(law, what));
            }
        }
    };
    let start = program.init(point)?;
    let identities = program.nothing();
    let whole = program.fold(point, &start, keys)?;
    let meaning = program.meaning(point, &start, keys)?;
    let mut reversed = keys.to_vec();
    reversed.reverse();
    let backwards = program.fold(point, &start, &reversed)?;
    // The running extrema of one order or the other move.
    agree("rescale: lift(s, new) = rescale(old, new) * lift(s, old)", &whole, &meaning);
    agree("rescale: lift(s, new) = rescale(old, new) * lift(s, old)", &backwards, &meaning);
    let (left, right) = keys.split_at(split);
    let parts = [program.fold(point, &start, left)?, program.fold(point, &identities, right)?];
    let merged = program.merge(point, &parts[0], &parts[1])?;
    agree("homomorphism: fold(xs ++ ys) = combine(fold(xs), fold(ys))", &merged, &whole);
    let swapped = program.merge(point, &parts[1], &parts[0])?;
    agree("commutativity: combine(a, b) = combine(b, a)", &swapped, &merged);
    let alone = program.merge(point, &whole, &identities)?;
    agree("identity: combine(a, identity) = a", &alone, &whole);
    Ok(broken)
}
