//! The formulas of a certificate: `exp2(s0 - select(x0 == -inf, 0.0, x0))`, read and evaluated in f64.
//!
//! This is the text that `explain` prints; nothing here knows how it was derived.

use crate::interp::scalar::{compare_float, maximum, minimum};
use std::collections::HashMap;

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Number(Number),
    Name(String),
    /// `c0[b, m, k]`.
    Read(String, Vec<Formula>),
    Call(String, Vec<Formula>),
    /// `sum[k](…)`.
    Reduce(String, Vec<String>, Box<Formula>),
    Binary(String, Box<Formula>, Box<Formula>),
    Negated(Box<Formula>),
}

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Bool(bool),
    Int(i64),
    Float(f64),
}

impl Number {
    /// As a float; booleans are 0 and 1.
    pub fn float(self) -> f64 {
        match self {
            Self::Bool(value) => f64::from(u8::from(value)),
            Self::Int(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    fn truth(self) -> bool {
        self.float() != 0.0
    }
}

/// What a formula reads: an element of a capture.
pub type Read<'a> = &'a dyn Fn(&str, &[i64]) -> Result<Number, String>;

/// What names mean.
pub struct Scope<'a> {
    /// Names of dims, scores and states.
    pub names: HashMap<String, Number>,
    /// `t0 = …`.
    pub definitions: &'a HashMap<String, Formula>,
    /// An element of a capture.
    pub read: Read<'a>,
    /// The size of a dim that a reduction goes over.
    pub size: &'a dyn Fn(&str) -> Result<i64, String>,
}

struct Parser<'t> {
    rest: &'t str,
}

/// Reads a formula.
///
/// # Errors
/// Text that is none.
pub fn parse(text: &str) -> Result<Formula, String> {
    let mut parser = Parser { rest: text };
    let formula = parser.compare(0)?;
    parser.space();
    if parser.rest.is_empty() { Ok(formula) } else { Err(format!("'{text}' does not end at '{}'", parser.rest)) }
}

/// Formulas nest no deeper than this.
const DEPTH: usize = 200;

impl Parser<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.space();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.eat(token) { Ok(()) } else { Err(format!("'{token}' is missing before '{}'", self.rest)) }
    }

    fn chain(
        &mut self,
        signs: &[&str],
        depth: usize,
        next: fn(&mut Self, usize) -> Result<Formula, String>,
    ) -> Result<Formula, String> {
        let mut left = next(self, depth)?;
        while let Some(sign) = signs.iter().find(|sign| self.eat(sign)) {
            let right = next(self, depth)?;
            left = Formula::Binary((*sign).to_string(), Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn compare(&mut self, depth: usize) -> Result<Formula, String> {
        if depth > DEPTH {
            return Err("a formula that nests too deep".into());
        }
        self.chain(&["==", "!=", "<=", ">=", "<", ">", "u<=", "u>=", "u<", "u>", "&", "|", "^"], depth + 1, Self::sum)
    }

    fn sum(&mut self, depth: usize) -> Result<Formula, String> {
        self.chain(&["+", "-"], depth, Self::product)
    }

    fn product(&mut self, depth: usize) -> Result<Formula, String> {
        self.chain(&["*", "/"], depth, Self::unary)
    }

    fn unary(&mut self, depth: usize) -> Result<Formula, String> {
        if depth > DEPTH {
            return Err("a formula that nests too deep".into());
        }
        if self.eat("-") {
            return Ok(match self.unary(depth + 1)? {
                Formula::Number(Number::Float(value)) => Formula::Number(Number::Float(-value)),
                Formula::Number(Number::Int(value)) => Formula::Number(Number::Int(value.wrapping_neg())),
                other => Formula::Negated(Box::new(other)),
            });
        }
        if self.eat("(") {
            let inner = self.compare(depth + 1)?;
            self.expect(")")?;
            return Ok(inner);
        }
        self.space();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '\'';
        let digit = self.rest.starts_with(|c: char| c.is_ascii_digit());
        let mut end = self.rest.find(|c: char| !(is_name(c) || digit && c == '.')).unwrap_or(self.rest.len());
        // An exponent may have a sign.
        if digit && self.rest[..end].ends_with('e') && self.rest[end..].starts_with(['-', '+']) {
            let tail = &self.rest[end + 1..];
            end += 1 + tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        }
        let (word, rest) = self.rest.split_at(end);
        let word = word.to_string();
        self.rest = rest;
        match word.as_str() {
            "" => return Err(format!("a formula is missing before '{}'", self.rest)),
            "true" | "false" => return Ok(Formula::Number(Number::Bool(word == "true"))),
            "inf" => return Ok(Formula::Number(Number::Float(f64::INFINITY))),
            "NaN" => return Ok(Formula::Number(Number::Float(f64::NAN))),
            _ => {}
        }
        if digit {
            let number = word.parse::<i64>().map(Number::Int).or_else(|_| word.parse().map(Number::Float));
            return number.map(Formula::Number).map_err(|_| format!("'{word}' is no number"));
        }
        if self.eat("[") {
            let inside = self.list("]", depth)?;
            if !self.eat("(") {
                return Ok(Formula::Read(word, inside));
            }
            let body = self.compare(depth + 1)?;
            self.expect(")")?;
            let name = |formula: Formula| match formula {
                Formula::Name(name) => Ok(name),
                _ => Err(format!("'{word}' over something that is no dim")),
            };
            let dims = inside.into_iter().map(name).collect::<Result<_, _>>()?;
            return Ok(Formula::Reduce(word.clone(), dims, Box::new(body)));
        }
        if self.eat("(") {
            return Ok(Formula::Call(word, self.list(")", depth)?));
        }
        Ok(Formula::Name(word))
    }

    fn list(&mut self, end: &str, depth: usize) -> Result<Vec<Formula>, String> {
        let mut found = vec![];
        if self.eat(end) {
            return Ok(found);
        }
        loop {
            found.push(self.compare(depth + 1)?);
            if self.eat(end) {
                return Ok(found);
            }
            self.expect(",")?;
        }
    }
}

impl Formula {
    /// Every name in it, those of definitions looked through.
    pub fn names(&self, definitions: &HashMap<String, Self>, found: &mut Vec<String>) {
        match self {
            Self::Number(_) => {}
            Self::Name(name) => {
                if !found.contains(name) {
                    found.push(name.clone());
                    if let Some(inner) = definitions.get(name) {
                        inner.names(definitions, found);
                    }
                }
            }
            Self::Read(_, inner) | Self::Call(_, inner) => inner.iter().for_each(|one| one.names(definitions, found)),
            Self::Reduce(_, _, inner) | Self::Negated(inner) => inner.names(definitions, found),
            Self::Binary(_, a, b) => {
                a.names(definitions, found);
                b.names(definitions, found);
            }
        }
    }

    /// The value of the formula.
    ///
    /// # Errors
    /// A name or a function that means nothing here.
    pub fn value(&self, scope: &Scope<'_>) -> Result<Number, String> {
        Ok(match self {
            Self::Number(number) => *number,
            Self::Name(name) => match (scope.names.get(name), scope.definitions.get(name)) {
                (Some(number), _) => *number,
                (None, Some(formula)) => formula.value(scope)?,
                (None, None) => return Err(format!("'{name}' means nothing here")),
            },
            Self::Read(capture, index) => {
                let index: Result<Vec<i64>, String> =
                    index.iter().map(|one| Ok(one.value(scope)?.float() as i64)).collect();
                (scope.read)(capture, &index?)?
            }
            Self::Negated(inner) => match inner.value(scope)? {
                Number::Int(value) => Number::Int(value.wrapping_neg()),
                other => Number::Float(-other.float()),
            },
            Self::Reduce(kind, dims, body) => reduce(kind, dims, body, scope)?,
            Self::Binary(sign, a, b) => binary(sign, a.value(scope)?, b.value(scope)?)?,
            Self::Call(name, arguments) if name == "select" && arguments.len() == 3 => {
                let taken = if arguments[0].value(scope)?.truth() { 1 } else { 2 };
                arguments[taken].value(scope)?
            }
            Self::Call(name, arguments) => {
                let values: Result<Vec<_>, _> = arguments.iter().map(|one| one.value(scope)).collect();
                call(name, &values?)?
            }
        })
    }
}

fn reduce(kind: &str, dims: &[String], body: &Formula, scope: &Scope<'_>) -> Result<Number, String> {
    let sizes: Result<Vec<i64>, String> = dims.iter().map(|dim| (scope.size)(dim)).collect();
    let sizes = sizes?;
    let mut inner = Scope { names: scope.names.clone(), ..*scope };
    let mut total: Option<Number> = None;
    for mut point in 0..sizes.iter().product() {
        for (dim, size) in dims.iter().zip(&sizes).rev() {
            inner.names.insert(dim.clone(), Number::Int(point % size));
            point /= size;
        }
        let value = body.value(&inner)?;
        total = Some(match total {
            None => value,
            Some(total) => combine(kind, total, value)?,
        });
    }
    total.ok_or_else(|| "a reduction over nothing".into())
}

/// Combines two values, as reductions and states of this kind do.
///
/// # Errors
/// A kind that is not known.
pub fn combine(kind: &str, a: Number, b: Number) -> Result<Number, String> {
    let (x, y) = (a.float(), b.float());
    Ok(match kind {
        "sum" => Number::Float(x + y),
        "max" => Number::Float(maximum(x, y)),
        "min" => Number::Float(minimum(x, y)),
        "and" => Number::Bool(a.truth() && b.truth()),
        "or" => Number::Bool(a.truth() || b.truth()),
        _ => return Err(format!("a combine '{kind}'")),
    })
}

fn binary(sign: &str, a: Number, b: Number) -> Result<Number, String> {
    if let (Number::Int(x), Number::Int(y)) = (a, b) {
        // As 64 bits hold them: narrower integers say where they wrap.
        let (u, v) = (x.cast_unsigned(), y.cast_unsigned());
        let compared = match sign {
            "==" => Some(x == y),
            "!=" => Some(x != y),
            "<" => Some(x < y),
            "<=" => Some(x <= y),
            ">" => Some(x > y),
            ">=" => Some(x >= y),
            "u<" => Some(u < v),
            "u<=" => Some(u <= v),
            "u>" => Some(u > v),
            "u>=" => Some(u >= v),
            _ => None,
        };
        if let Some(compared) = compared {
            return Ok(Number::Bool(compared));
        }
        let whole = match sign {
            "+" => Some(x.wrapping_add(y)),
            "-" => Some(x.wrapping_sub(y)),
            "*" => Some(x.wrapping_mul(y)),
            "/" => Some(x.checked_div(y).ok_or("a division by zero")?),
            _ => None,
        };
        if let Some(whole) = whole {
            return Ok(Number::Int(whole));
        }
    }
    let predicate = ["", "==", ">", ">=", "<", "<="].iter().position(|own| *own == sign);
    if let Some(predicate) = predicate {
        return Ok(Number::Bool(compare_float(predicate as i64, a.float(), b.float())));
    }
    let (x, y) = (a.float(), b.float());
    Ok(match sign {
        "+" => Number::Float(x + y),
        "-" => Number::Float(x - y),
        "*" => Number::Float(x * y),
        "/" => Number::Float(x / y),
        "!=" => Number::Bool(x != y),
        "&" => Number::Bool(a.truth() && b.truth()),
        "|" => Number::Bool(a.truth() || b.truth()),
        "^" => Number::Bool(a.truth() != b.truth()),
        _ => return Err(format!("an operator '{sign}'")),
    })
}

fn call(name: &str, a: &[Number]) -> Result<Number, String> {
    if let ("max" | "min" | "rem" | "floordiv", [Number::Int(x), Number::Int(y)]) = (name, a) {
        let whole = match name {
            "max" => Some(*x.max(y)),
            "min" => Some(*x.min(y)),
            "rem" => x.checked_rem(*y),
            _ => (*y > 0).then(|| x.div_euclid(*y)),
        };
        return whole.map(Number::Int).ok_or_else(|| "a division by zero".into());
    }
    if let ("abs", [Number::Int(x)]) = (name, a) {
        return Ok(Number::Int(x.wrapping_abs()));
    }
    if let (Some(bits), [Number::Int(x)]) = (name.strip_prefix('i').and_then(|bits| bits.parse::<u32>().ok()), a) {
        let unused = 64u32.checked_sub(bits).filter(|unused| *unused < 64).ok_or_else(|| format!("a type '{name}'"))?;
        return Ok(Number::Int(x << unused >> unused));
    }
    let float = |at: usize| a.get(at).map(|number| number.float()).ok_or_else(|| format!("'{name}' of too little"));
    let x = float(0)?;
    Ok(Number::Float(match name {
        "exp" => x.exp(),
        "exp2" => x.exp2(),
        "log" => x.ln(),
        "log2" => x.log2(),
        "tanh" => x.tanh(),
        "sqrt" => x.sqrt(),
        "rsqrt" => 1.0 / x.sqrt(),
        "abs" => x.abs(),
        "sin" => x.sin(),
        "cos" => x.cos(),
        "floor" => x.floor(),
        "ceil" => x.ceil(),
        "max" => maximum(x, float(1)?),
        "min" => minimum(x, float(1)?),
        "maxnum" => x.max(float(1)?),
        "minnum" => x.min(float(1)?),
        "powf" => x.powf(float(1)?),
        "rem" => x % float(1)?,
        _ => return Err(format!("a function '{name}'")),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        let definitions = HashMap::from([("t0".to_string(), parse("x0 * 2.0").expect("a formula"))]);
        let names = HashMap::from([("x0".into(), Number::Float(3.0)), ("m".into(), Number::Int(5))]);
        let read = |_: &str, at: &[i64]| Ok(Number::Float(at.iter().sum::<i64>() as f64));
        let scope = Scope { names, definitions: &definitions, read: &read, size: &|_| Ok(4) };
        parse(text).expect("a formula").value(&scope).expect("a value").float()
    }

    #[test]
    fn formulas_mean_what_they_say() {
        let cases = [
            ("1.5 - 2.0 - 3.0", -3.5),
            ("-x0 * 2.0 + 1.0e-1", -5.9),
            ("select(m > 3, t0, -inf)", 6.0),
            ("sum[k](c0[k, m] * 2.0)", 52.0),
            ("exp2(x0 - 1.0) / 4.0", 1.0),
            ("m / 2", 2.0),
            ("select((m == 5) ^ true, 1.0, 2.0)", 2.0),
            ("max(x0, NaN)", f64::NAN),
            ("maxnum(x0, NaN)", 3.0),
            ("i8(m * 51)", -1.0),
            ("select(m - 6 u> 4, 1.0, 2.0)", 1.0),
            ("select(m - 6 < 4, 1.0, 2.0)", 1.0),
        ];
        for (text, expected) in cases {
            let found = value(text);
            assert!((found - expected).abs() < 1e-12 || found.is_nan() && expected.is_nan(), "{text}: {found}");
        }
    }

    #[test]
    fn what_is_no_formula_is_said_to_be_none() {
        for text in ["", "1 +", "f(", "c0[1", "(", &"(".repeat(1000), "a b"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
