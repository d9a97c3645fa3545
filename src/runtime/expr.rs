//! Shape expressions: small integer formulas over the run-time shapes.
//!
//! ```text
//! expr := INT | TENSOR "." DIM | NAME | FUNCTION "(" expr ("," expr)+ ")"
//! FUNCTION := add | sub | mul | ceildiv | floordiv | mod | min | max
//! ```
//! `arg0.2` is dim 2 of `arg0`; a bare name is a fact: about the device, such as `sm_count`, or a number that a step of the program gives a name. Arithmetic is
//! on 64-bit signed integers, and overflow is an error rather than a wrap.

use super::RuntimeError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A parsed shape expression. As text and in JSON it is a string, or a plain number when it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A constant.
    Int(i64),
    /// Dim `.1` of tensor `.0`.
    Dim(String, usize),
    /// A named fact.
    Fact(String),
    /// A function of two or more expressions, applied from the left.
    Call(Function, Vec<Expr>),
}

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Add,
    Sub,
    Mul,
    CeilDiv,
    FloorDiv,
    Mod,
    Min,
    Max,
}

impl Function {
    const ALL: [Self; 8] =
        [Self::Add, Self::Sub, Self::Mul, Self::CeilDiv, Self::FloorDiv, Self::Mod, Self::Min, Self::Max];

    /// Its name in expressions.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Sub => "sub",
            Self::Mul => "mul",
            Self::CeilDiv => "ceildiv",
            Self::FloorDiv => "floordiv",
            Self::Mod => "mod",
            Self::Min => "min",
            Self::Max => "max",
        }
    }

    fn apply(self, a: i64, b: i64) -> Result<i64, &'static str> {
        let divides = matches!(self, Self::CeilDiv | Self::FloorDiv | Self::Mod);
        if divides && b == 0 {
            return Err("division by zero");
        }
        let overflow = "overflows 64 bits";
        match self {
            Self::Add => a.checked_add(b).ok_or(overflow),
            Self::Sub => a.checked_sub(b).ok_or(overflow),
            Self::Mul => a.checked_mul(b).ok_or(overflow),
            Self::Min => Ok(a.min(b)),
            Self::Max => Ok(a.max(b)),
            Self::Mod => a.checked_rem_euclid(b).ok_or(overflow),
            Self::FloorDiv | Self::CeilDiv => {
                let quotient = a.checked_div(b).ok_or(overflow)?;
                let (exact, negative) = (a % b == 0, (a < 0) != (b < 0));
                Ok(match self {
                    Self::FloorDiv if !exact && negative => quotient - 1,
                    Self::CeilDiv if !exact && !negative => quotient + 1,
                    _ => quotient,
                })
            }
        }
    }
}

/// What names stand for: the shapes of tensors, and facts.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    shapes: BTreeMap<String, Vec<usize>>,
    facts: BTreeMap<String, i64>,
}

impl Scope {
    /// Adds the shape of a tensor.
    pub fn shape(&mut self, name: impl Into<String>, shape: &[usize]) {
        self.shapes.insert(name.into(), shape.to_vec());
    }

    /// Whether a tensor is known to have this shape.
    pub fn has_shape(&self, name: &str, shape: &[usize]) -> bool {
        self.shapes.get(name).is_some_and(|known| known == shape)
    }

    /// Adds a fact.
    pub fn fact(&mut self, name: impl Into<String>, value: i64) {
        self.facts.insert(name.into(), value);
    }
}

impl Expr {
    /// Dim `dim` of a tensor.
    pub fn dim(tensor: impl Into<String>, dim: usize) -> Self {
        Self::Dim(tensor.into(), dim)
    }

    /// A call, folded when both sides are constants.
    pub fn call(function: Function, left: Self, right: Self) -> Self {
        if let (Self::Int(a), Self::Int(b)) = (&left, &right)
            && let Ok(value) = function.apply(*a, *b)
        {
            return Self::Int(value);
        }
        Self::Call(function, vec![left, right])
    }

    /// The value in a scope.
    ///
    /// # Errors
    /// [`RuntimeError::Expr`] for an unknown name, a division by zero or an overflow.
    pub fn eval(&self, scope: &Scope) -> Result<i64, RuntimeError> {
        let fail = |reason: String| RuntimeError::Expr { text: self.to_string(), reason };
        match self {
            Self::Int(value) => Ok(*value),
            Self::Dim(tensor, dim) => {
                let shape = scope.shapes.get(tensor).ok_or_else(|| fail(format!("there is no tensor '{tensor}'")))?;
                let size = shape.get(*dim).ok_or_else(|| fail(format!("'{tensor}' has {} dims", shape.len())))?;
                i64::try_from(*size).map_err(|_| fail("overflows 64 bits".into()))
            }
            Self::Fact(name) => {
                scope.facts.get(name).copied().ok_or_else(|| fail(format!("'{name}' is not known here")))
            }
            Self::Call(function, arguments) => {
                let mut values = arguments.iter().map(|argument| argument.eval(scope));
                let first = values.next().unwrap_or_else(|| Err(fail("no arguments".into())))?;
                values.try_fold(first, |left, right| function.apply(left, right?).map_err(|why| fail(why.into())))
            }
        }
    }

    /// The expression with some of its parts replaced.
    #[must_use]
    pub fn replaced(&self, by: &dyn Fn(&Self) -> Option<Self>) -> Self {
        match (by(self), self) {
            (Some(new), _) => new,
            (None, Self::Call(function, arguments)) => {
                let parts: Vec<_> = arguments.iter().map(|part| part.replaced(by)).collect();
                match &parts[..] {
                    [left, right] => Self::call(*function, left.clone(), right.clone()),
                    _ => Self::Call(*function, parts),
                }
            }
            (None, own) => own.clone(),
        }
    }

    /// Whether it mentions a fact.
    pub fn names(&self, fact: &str) -> bool {
        match self {
            Self::Int(_) | Self::Dim(..) => false,
            Self::Fact(name) => name == fact,
            Self::Call(_, parts) => parts.iter().any(|part| part.names(fact)),
        }
    }

    /// Whether all that it mentions is known.
    pub fn is_known(&self, scope: &Scope) -> bool {
        match self {
            Self::Int(_) => true,
            Self::Dim(tensor, _) => scope.shapes.contains_key(tensor),
            Self::Fact(name) => scope.facts.contains_key(name),
            Self::Call(_, parts) => parts.iter().all(|part| part.is_known(scope)),
        }
    }

    /// The value as a size.
    ///
    /// # Errors
    /// As [`Expr::eval`], and when the value is negative.
    pub fn eval_size(&self, scope: &Scope) -> Result<usize, RuntimeError> {
        let value = self.eval(scope)?;
        usize::try_from(value)
            .map_err(|_| RuntimeError::Expr { text: self.to_string(), reason: format!("is negative: {value}") })
    }
}

impl From<i64> for Expr {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(value) => write!(formatter, "{value}"),
            Self::Dim(tensor, dim) => write!(formatter, "{tensor}.{dim}"),
            Self::Fact(name) => formatter.write_str(name),
            Self::Call(function, arguments) => {
                write!(formatter, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(formatter, "{comma}{argument}")?;
                }
                formatter.write_str(")")
            }
        }
    }
}

/// Expressions nested deeper than this are refused, so that a hostile manifest cannot exhaust the stack.
const MAX_DEPTH: usize = 64;

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn fail<T>(&self, reason: impl Into<String>) -> Result<T, RuntimeError> {
        Err(RuntimeError::Expr { text: self.text.to_owned(), reason: reason.into() })
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.text[self.at..].trim_start().len();
    }

    fn eat(&mut self, token: char) -> bool {
        self.skip_spaces();
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len_utf8();
        }
        found
    }

    fn word(&mut self) -> &'a str {
        self.skip_spaces();
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn expr(&mut self, depth: usize) -> Result<Expr, RuntimeError> {
        if depth > MAX_DEPTH {
            return self.fail("is nested too deeply");
        }
        let negative = self.eat('-');
        let word = self.word();
        if word.is_empty() {
            return self.fail(format!("expected a number or a name at column {}", self.at + 1));
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let sign = if negative { "-" } else { "" };
            return match format!("{sign}{word}").parse() {
                Ok(value) => Ok(Expr::Int(value)),
                Err(_) => self.fail(format!("'{sign}{word}' is not a 64-bit integer")),
            };
        }
        if negative {
            return self.fail("'-' stands only before a number");
        }
        if self.eat('.') {
            let dim = self.word();
            return match dim.parse() {
                Ok(dim) => Ok(Expr::Dim(word.to_owned(), dim)),
                Err(_) => self.fail(format!("'{dim}' is not a dim of '{word}'")),
            };
        }
        if !self.eat('(') {
            return Ok(Expr::Fact(word.to_owned()));
        }
        let Some(function) = Function::ALL.into_iter().find(|function| function.name() == word) else {
            let known = Function::ALL.map(Function::name).join(", ");
            return self.fail(format!("unknown function '{word}' (one of: {known})"));
        };
        let mut arguments = vec![self.expr(depth + 1)?];
        while self.eat(',') {
            arguments.push(self.expr(depth + 1)?);
        }
        if !self.eat(')') {
            return self.fail(format!("expected ')' at column {}", self.at + 1));
        }
        if arguments.len() < 2 {
            return self.fail(format!("'{word}' takes two or more arguments"));
        }
        Ok(Expr::Call(function, arguments))
    }
}

impl FromStr for Expr {
    type Err = RuntimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parser = Parser { text, at: 0 };
        let expr = parser.expr(0)?;
        parser.skip_spaces();
        if parser.at < text.len() {
            return parser.fail(format!("unexpected '{}' at column {}", &text[parser.at..], parser.at + 1));
        }
        Ok(expr)
    }
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Int(value) => serializer.serialize_i64(*value),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a number or a shape expression")]
        enum Either {
            Int(i64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Int(value) => Ok(Self::Int(value)),
            Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        let mut scope = Scope::default();
        scope.shape("arg0", &[2, 1000, 64]);
        scope.fact("sm_count", 132);
        scope
    }

    fn eval(text: &str) -> Result<i64, String> {
        text.parse::<Expr>().and_then(|expr| expr.eval(&scope())).map_err(|error| error.to_string())
    }

    #[test]
    fn values() {
        assert_eq!(eval("ceildiv(arg0.1, 128)"), Ok(8));
        assert_eq!(eval("mul(2,arg0.0,arg0.2)"), Ok(256));
        assert_eq!(eval(" min( sm_count , mul(arg0.0,ceildiv(arg0.1,128)) ) "), Ok(16));
        assert_eq!(eval("floordiv(-7,2)"), Ok(-4));
        assert_eq!(eval("ceildiv(-7,2)"), Ok(-3));
        assert_eq!(eval("mod(-7,4)"), Ok(1));
    }

    #[test]
    fn text_round_trips() {
        for text in ["7", "arg0.2", "sm_count", "ceildiv(arg0.1,128)", "max(1,sub(arg0.0,1),mod(3,2))"] {
            assert_eq!(text.parse::<Expr>().expect("parses").to_string(), text);
        }
    }

    #[test]
    fn messages() {
        let cases = [
            "",
            "arg0",
            "arg0.",
            "arg0.9",
            "arg9.0",
            "foo(1,2)",
            "add(1",
            "add(1)",
            "add(1,2) x",
            "-arg0.1",
            "1a",
            "99999999999999999999",
            "mul(9223372036854775807,2)",
            "floordiv(1,0)",
            "floordiv(-9223372036854775808,-1)",
            "é",
        ];
        let lines: Vec<_> = cases.map(|case| eval(case).expect_err(case)).into();
        insta::assert_snapshot!(lines.join("\n"));
        let deep = format!("{}1{}", "add(1,".repeat(100), ")".repeat(100));
        assert!(eval(&deep).expect_err("deep").contains("nested too deeply"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,40}") {
            let _ = eval(&text);
        }

        #[test]
        fn what_looks_like_an_expression_evaluates_or_says_why(text in "(add|mul|ceildiv|mod|floordiv)\\((arg0\\.[0-4]|-?[0-9]{1,19}),(sm_count|-?[0-9]{1,19})\\)") {
            if let Ok(expr) = text.parse::<Expr>() {
                let _ = expr.eval(&scope());
                proptest::prop_assert_eq!(expr.to_string().parse::<Expr>().map_err(|error| error.to_string()), Ok(expr));
            }
        }
    }
}
