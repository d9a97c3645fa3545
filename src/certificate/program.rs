//! The online program of a certificate: its formulas, parsed, and how they fold keys.

use super::formula::{Formula, Number, Read, Scope, combine, parse};
use crate::cli::explain::Fusion;
use std::collections::HashMap;

/// One online accumulator.
pub struct State {
    pub combine: String,
    /// The dims it has one value for each of.
    pub per: Vec<String>,
    pub init: Formula,
    pub lift: Formula,
    pub value: Option<Formula>,
    pub rescale: Formula,
}

/// The program.
pub struct Program {
    pub key: String,
    pub sizes: HashMap<String, i64>,
    pub scores: Vec<Formula>,
    pub definitions: HashMap<String, Formula>,
    pub states: Vec<State>,
    /// The dims and the formula of each result.
    pub results: Vec<(Vec<Formula>, Formula)>,
}

/// Where formulas are evaluated: the index of every dim, and what captures hold.
#[derive(Clone, Copy)]
pub struct Point<'a> {
    pub at: &'a HashMap<String, i64>,
    pub read: Read<'a>,
}

impl Program {
    /// Parses the formulas of a fusion. `length` stands for a size that is only known at run time.
    ///
    /// # Errors
    /// Formulas that are none, or no key.
    pub fn of(fusion: &Fusion, length: i64) -> Result<Self, String> {
        let keys: Vec<_> = fusion.dims.iter().filter(|dim| dim.role == "key").collect();
        let [key] = keys.as_slice() else { return Err(format!("{} key dims", keys.len())) };
        let named = |text: &String| -> Result<(String, Formula), String> {
            let (name, formula) = text.split_once(" = ").ok_or_else(|| format!("'{text}' defines nothing"))?;
            Ok((name.to_string(), parse(formula)?))
        };
        let scores: Result<Vec<_>, String> = fusion.scores.iter().map(named).collect();
        let states = fusion.states.iter().map(|state| {
            Ok(State {
                combine: state.combine.clone(),
                per: state.per.clone(),
                init: parse(&state.init)?,
                lift: parse(&state.lift)?,
                value: state.value.as_deref().map(parse).transpose()?,
                rescale: parse(&state.rescale)?,
            })
        });
        let results = fusion.results.iter().map(|result| {
            let index: Result<Vec<_>, String> = result.index.iter().map(|one| parse(one)).collect();
            Ok((index?, parse(&result.formula)?))
        });
        Ok(Self {
            key: key.name.clone(),
            sizes: fusion.dims.iter().map(|dim| (dim.name.clone(), dim.size.unwrap_or(length))).collect(),
            scores: scores?.into_iter().map(|(_, formula)| formula).collect(),
            definitions: fusion.definitions.iter().map(named).collect::<Result<_, _>>()?,
            states: states.collect::<Result<_, String>>()?,
            results: results.collect::<Result<_, String>>()?,
        })
    }

    /// Evaluates a formula with scores, states and old states, at a point.
    ///
    /// # Errors
    /// A name without a meaning.
    pub fn value(
        &self,
        formula: &Formula,
        point: Point<'_>,
        scores: &[Number],
        states: &[Number],
        old: &[Number],
    ) -> Result<Number, String> {
        let mut names: HashMap<String, Number> =
            point.at.iter().map(|(name, index)| (name.clone(), Number::Int(*index))).collect();
        names.insert("no_keys".into(), Number::Bool(self.sizes.get(&self.key) == Some(&0)));
        let mut set = |values: &[Number], name: &dyn Fn(usize) -> String| {
            names.extend(values.iter().enumerate().map(|(number, value)| (name(number), *value)));
        };
        set(scores, &|number| format!("s{number}"));
        set(states, &|number| format!("x{number}"));
        set(old, &|number| format!("x{number}'"));
        let size = |dim: &str| self.sizes.get(dim).copied().ok_or_else(|| format!("no dim '{dim}'"));
        formula.value(&Scope { names, definitions: &self.definitions, read: point.read, size: &size })
    }

    /// The states before any key.
    ///
    /// # Errors
    /// As [`Program::value`].
    pub fn init(&self, point: Point<'_>) -> Result<Vec<Number>, String> {
        self.states.iter().map(|state| self.value(&state.init, point, &[], &[], &[])).collect()
    }

    /// The identity of every state.
    pub fn nothing(&self) -> Vec<Number> {
        self.states.iter().map(|state| identity(&state.combine).unwrap_or(Number::Float(0.0))).collect()
    }

    /// What a key adds to a state, given the states before it.
    fn lifted(&self, state: &State, point: Point<'_>, key: &Key, states: &[Number]) -> Result<Number, String> {
        let mut at = point.at.clone();
        at.insert(self.key.clone(), key.index);
        let point = Point { at: &at, ..point };
        let lift = self.value(&state.lift, point, &key.scores, states, &[])?;
        Ok(match (&state.value, key.value) {
            (None, _) => lift,
            (Some(_), Some(value)) => Number::Float(lift.float() * value),
            (Some(value), None) => {
                let value = self.value(value, point, &[], &[], &[])?.float();
                Number::Float(lift.float() * value)
            }
        })
    }

    /// Adds keys to states one by one, as a kernel does.
    ///
    /// # Errors
    /// As [`Program::value`].
    pub fn fold(&self, point: Point<'_>, start: &[Number], keys: &[Key]) -> Result<Vec<Number>, String> {
        let mut states = start.to_vec();
        for key in keys {
            let old = states.clone();
            for (number, state) in self.states.iter().enumerate() {
                let added = self.lifted(state, point, key, &states)?;
                states[number] = self.join(number, point, &old, &states, added)?;
            }
        }
        Ok(states)
    }

    /// The old value of a state, brought to the new values of those before it, and something added.
    fn join(
        &self,
        number: usize,
        point: Point<'_>,
        old: &[Number],
        new: &[Number],
        added: Number,
    ) -> Result<Number, String> {
        let state = &self.states[number];
        if state.combine != "sum" {
            return combine(&state.combine, old[number], added);
        }
        Ok(Number::Float(self.rescaled(number, point, old, new)? + added.float()))
    }

    /// An old sum in the scale of new states. Nothing stays nothing.
    fn rescaled(&self, number: usize, point: Point<'_>, old: &[Number], new: &[Number]) -> Result<f64, String> {
        let sum = old[number].float();
        let factor = self.value(&self.states[number].rescale, point, &[], new, old)?.float();
        Ok(if sum == 0.0 && factor.is_finite() { 0.0 } else { sum * factor })
    }

    /// Two folds over different keys as one.
    ///
    /// # Errors
    /// As [`Program::value`].
    pub fn merge(&self, point: Point<'_>, a: &[Number], b: &[Number]) -> Result<Vec<Number>, String> {
        let mut states = a.to_vec();
        for number in 0..states.len() {
            states[number] = match self.states[number].combine.as_str() {
                "sum" => {
                    let (left, right) =
                        (self.rescaled(number, point, a, &states)?, self.rescaled(number, point, b, &states)?);
                    Number::Float(left + right)
                }
                kind => combine(kind, a[number], b[number])?,
            };
        }
        Ok(states)
    }

    /// What the states mean: every reduction over all keys at once, by the final values of the states before it. No
    /// factor on old sums is used but on what was there before any key.
    ///
    /// # Errors
    /// As [`Program::value`].
    pub fn meaning(&self, point: Point<'_>, start: &[Number], keys: &[Key]) -> Result<Vec<Number>, String> {
        let mut states = start.to_vec();
        for (number, state) in self.states.iter().enumerate() {
            let mut total = match state.combine.as_str() {
                "sum" if start[number].float() != 0.0 => Number::Float(self.rescaled(number, point, start, &states)?),
                _ => start[number],
            };
            for key in keys {
                let added = self.lifted(state, point, key, &states)?;
                total = combine(&state.combine, total, added)?;
            }
            states[number] = total;
        }
        Ok(states)
    }
}

/// A key: its scores, and a value operand in place of the real one.
#[derive(Clone, Debug)]
pub struct Key {
    pub index: i64,
    pub scores: Vec<Number>,
    pub value: Option<f64>,
}

/// The identity of a combine.
pub fn identity(kind: &str) -> Option<Number> {
    Some(match kind {
        "sum" => Number::Float(0.0),
        "max" => Number::Float(f64::NEG_INFINITY),
        "min" => Number::Float(f64::INFINITY),
        "and" => Number::Bool(true),
        "or" => Number::Bool(false),
        _ => return None,
    })
}
