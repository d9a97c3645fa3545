//! Scalar regions as formulas a person can read: `s = sum[k](c0[b, m, k] * c1[b, n, k]) * 0.18`.

use crate::{
    dialect::ops,
    ffi,
    ir::{self, Op, Val},
};
use std::collections::HashMap;

/// How tightly the outermost operator of a text binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Compare,
    Sum,
    Product,
    Atom,
}

#[derive(Clone)]
struct Term {
    text: String,
    binding: Binding,
}

impl Term {
    fn atom(text: impl Into<String>) -> Self {
        Self { text: text.into(), binding: Binding::Atom }
    }

    /// The text, in parentheses unless it binds at least this tightly.
    fn at(&self, binding: Binding) -> String {
        if self.binding >= binding { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// Prints values of one region after another, giving names to values that are used more than once.
pub struct Printer<'n, 'c> {
    /// Names of the iteration dims.
    dims: &'n [String],
    /// How each capture reads: `c0[b, m, k]`.
    captures: &'n [String],
    known: HashMap<usize, Term>,
    /// Definitions made on the way, each `t0 = …`.
    pub lets: Vec<String>,
    /// Print numbers as they are, not as short as people like them.
    exact: bool,
    context: std::marker::PhantomData<Val<'c>>,
}

impl<'n, 'c> Printer<'n, 'c> {
    /// A printer for the regions of one fused op.
    pub fn new(dims: &'n [String], captures: &'n [String], exact: bool) -> Self {
        Self { dims, captures, known: HashMap::new(), lets: vec![], exact, context: std::marker::PhantomData }
    }

    /// Gives a value, such as a block argument, a name.
    pub fn name(&mut self, value: Val<'c>, name: impl Into<String>) {
        self.known.insert(ffi::value_key(value), Term::atom(name));
    }

    /// The formula of a value.
    pub fn print(&mut self, value: Val<'c>) -> String {
        self.term(value).text
    }

    fn term(&mut self, value: Val<'c>) -> Term {
        if let Some(term) = self.known.get(&ffi::value_key(value)) {
            return term.clone();
        }
        let Some(op) = ffi::defining_op(value) else { return Term::atom("?") };
        let mut term = self.of_op(op);
        let shared = ffi::uses(value).len() > 1 && !is_leaf(op);
        if shared {
            let name = format!("t{}", self.lets.len());
            self.lets.push(format!("{name} = {}", term.text));
            term = Term::atom(name);
        }
        self.known.insert(ffi::value_key(value), term.clone());
        term
    }

    fn of_op(&mut self, op: Op<'c>) -> Term {
        let operands = ir::operands(op);
        if ir::attr(op, ops::NO_KEYS).is_some() {
            return Term::atom("no_keys");
        }
        if let Some((sign, binding)) = infix(op)
            && let [left, right] = operands[..]
        {
            let (left, right) = (self.term(left), self.term(right));
            let tighter = match binding {
                Binding::Compare | Binding::Sum => Binding::Product,
                _ => Binding::Atom,
            };
            // `a - b - c` and `a * b * c` need no parentheses on the left.
            let first = if binding == Binding::Compare { tighter } else { binding };
            return Term { text: format!("{} {sign} {}", left.at(first), right.at(tighter)), binding };
        }
        match ir::name(op) {
            "arith.constant" => Term::atom(if self.exact { exact(op) } else { constant(op) }),
            ops::READ => {
                let text = ops::read_capture(op).and_then(|capture| self.captures.get(capture)).cloned();
                Term::atom(text.unwrap_or_else(|| "?".into()))
            }
            ops::INDEX => Term::atom(ops::index_dim(op).map_or("?".into(), |dim| self.dim(dim))),
            ops::REDUCE => self.reduce(op),
            // Conversions change no value that matters here.
            "arith.extf" | "arith.truncf" | "arith.index_cast" | "arith.extsi" | "arith.sitofp" | "arith.extui"
                if operands.len() == 1 =>
            {
                self.term(operands[0])
            }
            "arith.trunci" if operands.len() == 1 => {
                let inner = self.print(operands[0]);
                Term::atom(format!(
                    "{}({inner})",
                    ir::results(op).first().map_or("?".into(), |own| ir::type_of(*own).to_string())
                ))
            }
            // The low bits alone, with their sign.
            "arith.shrsi" if low_bits(op).is_some() => {
                let (bits, inner) = low_bits(op).unwrap_or((64, operands[0]));
                Term::atom(format!("i{bits}({})", self.print(inner)))
            }
            "arith.negf" if operands.len() == 1 => {
                let inner = self.term(operands[0]).at(Binding::Atom);
                Term { text: format!("-{inner}"), binding: Binding::Product }
            }
            name => {
                let arguments: Vec<_> = operands.iter().map(|operand| self.print(*operand)).collect();
                let short = name.rsplit('.').next().unwrap_or(name);
                Term::atom(format!("{}({})", function_name(short), arguments.join(", ")))
            }
        }
    }

    fn dim(&self, dim: usize) -> String {
        self.dims.get(dim).cloned().unwrap_or_else(|| format!("d{dim}"))
    }

    fn reduce(&mut self, op: Op<'c>) -> Term {
        let (kind, dims) = match ops::reduce_parts(op) {
            Some((kind, dims)) => (kind.name(), dims),
            None => ("?", vec![]),
        };
        let over: Vec<_> = dims.into_iter().map(|dim| self.dim(dim)).collect();
        let body = ir::body(op, 0).and_then(|body| ops::yielded(body).first().copied());
        let body = body.map_or("?".into(), |value| self.print(value));
        Term::atom(format!("{kind}[{}]({body})", over.join(", ")))
    }
}

/// For a shift to the right of a shift to the left by as much: how many bits are left, and of what.
fn low_bits<'c>(op: Op<'c>) -> Option<(i64, Val<'c>)> {
    let constant = |value: Val<'c>| ir::int_attr(ir::attr(ffi::defining_op(value)?, "value")?);
    let operands = ir::operands(op);
    let left = ffi::defining_op(operands[0]).filter(|left| ir::name(*left) == "arith.shli")?;
    let by = constant(operands[1]).filter(|by| constant(ir::operands(left)[1]) == Some(*by))?;
    let held: i64 = ir::type_of(operands[0]).to_string().strip_prefix('i')?.parse().ok()?;
    Some((held - by, ir::operands(left)[0]))
}

/// Whether a value is short enough to be written wherever it is used.
fn is_leaf(op: Op<'_>) -> bool {
    let casts = ["arith.extf", "arith.index_cast", "arith.extsi", "arith.sitofp", "arith.extui"];
    matches!(ir::name(op), "arith.constant" | ops::READ | ops::INDEX)
        || ir::attr(op, ops::NO_KEYS).is_some()
        || (casts.contains(&ir::name(op))
            && ir::operands(op).first().is_none_or(|inner| ffi::defining_op(*inner).is_none_or(is_leaf)))
}

fn infix(op: Op<'_>) -> Option<(&'static str, Binding)> {
    let predicate = || ir::attr(op, "predicate").and_then(ir::int_attr);
    Some(match ir::name(op) {
        "arith.addf" | "arith.addi" => ("+", Binding::Sum),
        "arith.subf" | "arith.subi" => ("-", Binding::Sum),
        "arith.mulf" | "arith.muli" => ("*", Binding::Product),
        "arith.divf" | "arith.divsi" | "arith.divui" => ("/", Binding::Product),
        "arith.andi" => ("&", Binding::Compare),
        "arith.ori" => ("|", Binding::Compare),
        "arith.xori" => ("^", Binding::Compare),
        // Ordered and unordered forms read alike.
        "arith.cmpf" => (["==", ">", ">=", "<", "<=", "!="][cmpf_class(predicate()?)?], Binding::Compare),
        "arith.cmpi" => match predicate()? {
            0 => ("==", Binding::Compare),
            1 => ("!=", Binding::Compare),
            2 => ("<", Binding::Compare),
            3 => ("<=", Binding::Compare),
            4 => (">", Binding::Compare),
            5 => (">=", Binding::Compare),
            6 => ("u<", Binding::Compare),
            7 => ("u<=", Binding::Compare),
            8 => ("u>", Binding::Compare),
            9 => ("u>=", Binding::Compare),
            _ => return None,
        },
        _ => return None,
    })
}

/// `oeq ogt oge olt ole one` are 1 to 6; `ueq ugt uge ult ule une` are 8 to 13.
fn cmpf_class(predicate: i64) -> Option<usize> {
    match predicate {
        1..=6 => usize::try_from(predicate - 1).ok(),
        8..=13 => usize::try_from(predicate - 8).ok(),
        _ => None,
    }
}

fn function_name(short: &str) -> &str {
    match short {
        "maximumf" | "maxsi" => "max",
        "minimumf" | "minsi" => "min",
        "maxnumf" => "maxnum",
        "minnumf" => "minnum",
        "absf" | "absi" => "abs",
        "remsi" | "remui" | "remf" => "rem",
        "floordivsi" => "floordiv",
        "ceildivsi" => "ceildiv",
        other => other,
    }
}

/// A constant as a short number.
pub fn constant(op: Op<'_>) -> String {
    let Some(value) = ir::attr(op, "value") else { return "?".into() };
    if let Some(number) = ir::float_attr(value) {
        return short_float(number);
    }
    let text = value.to_string();
    text.split(" : ").next().unwrap_or(&text).to_owned()
}

/// A constant to the last digit; a float has a point or an exponent.
fn exact(op: Op<'_>) -> String {
    match ir::attr(op, "value").and_then(ir::float_attr) {
        Some(number) => format!("{number:?}"),
        None => constant(op),
    }
}

fn short_float(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let magnitude = number.abs();
    let text = if magnitude != 0.0 && !(1e-4..1e7).contains(&magnitude) {
        format!("{number:.5e}")
    } else {
        format!("{number:.6}").trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if text == "-0" { "0".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let texts = [0.0, 1.0, -2.5, 0.180_336_88, 1e-6, 1e10, f64::NEG_INFINITY, f64::NAN].map(short_float);
        assert_eq!(texts, ["0", "1", "-2.5", "0.180337", "1.00000e-6", "1.00000e10", "-inf", "NaN"]);
    }
}
