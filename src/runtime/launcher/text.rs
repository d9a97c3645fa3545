//! Sizes as C: what follows from the arguments alone is computed once, at the head of a function.

use crate::runtime::{
    DType, Expr, Function, Manifest, Scope,
    manifest::{Argument, Buffer},
};
use std::collections::{BTreeMap, BTreeSet};

/// The messages of negative error codes: the code of the first is -1.
#[derive(Default)]
pub struct Messages {
    texts: Vec<String>,
}

impl Messages {
    /// The code of a message.
    pub fn code(&mut self, text: impl Into<String>) -> i64 {
        let text = text.into();
        let at = self.texts.iter().position(|known| *known == text).unwrap_or_else(|| {
            self.texts.push(text);
            self.texts.len() - 1
        });
        -1 - at as i64
    }

    /// All of them, that of -1 first.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// What sizes are known by.
pub struct Shapes<'m> {
    /// Expressions of the arguments' sizes for every dim of every tensor that is known before the first step.
    early: BTreeMap<&'m str, Vec<Expr>>,
    /// Tensors whose sizes need a number that a step reads or counts.
    pub late: Vec<&'m Buffer>,
}

impl<'m> Shapes<'m> {
    pub fn of(manifest: &'m Manifest) -> Self {
        let mut shapes = Self { early: BTreeMap::new(), late: vec![] };
        for argument in &manifest.arguments {
            shapes.early.insert(&argument.name, own_dims(argument));
        }
        for constant in &manifest.constants {
            let dims = constant.shape.iter().map(|size| Expr::Int(*size as i64)).collect();
            shapes.early.insert(&constant.name, dims);
        }
        for buffer in manifest.results.iter().chain(&manifest.temporaries) {
            let dims: Vec<_> = buffer.shape.iter().map(|size| shapes.plain(size)).collect();
            if dims.iter().all(is_early) {
                shapes.early.insert(&buffer.name, dims);
            } else {
                shapes.late.push(buffer);
            }
        }
        shapes
    }

    /// The same size over dynamic sizes of arguments, facts, and sizes of late tensors.
    pub fn plain(&self, size: &Expr) -> Expr {
        size.replaced(&|part| match part {
            Expr::Dim(tensor, dim) => {
                let own = self.early.get(tensor.as_str())?.get(*dim)?;
                (own != part).then(|| own.clone())
            }
            _ => None,
        })
    }

    pub fn is_late(&self, tensor: &str) -> bool {
        self.late.iter().any(|buffer| buffer.name == tensor)
    }

    /// The dims of a tensor that is known early.
    pub fn dims(&self, tensor: &str) -> Option<&[Expr]> {
        self.early.get(tensor).map(Vec::as_slice)
    }

    /// The bytes of a tensor that is known early.
    pub fn bytes(&self, tensor: &str, dtype: DType) -> Option<Expr> {
        self.dims(tensor).map(|dims| bytes(dims, dtype))
    }
}

/// Bytes of a tensor with these dims.
pub fn bytes(dims: &[Expr], dtype: DType) -> Expr {
    let size = Expr::Int(dtype.size() as i64);
    dims.iter().fold(size, |product, dim| Expr::call(Function::Mul, product, dim.clone()))
}

fn own_dims(argument: &Argument) -> Vec<Expr> {
    let dims = argument.shape.iter().enumerate();
    let known = |size: usize| Expr::Int(size as i64);
    dims.map(|(dim, size)| size.map_or_else(|| Expr::dim(&argument.name, dim), known)).collect()
}

/// Whether all is known before the first step.
fn is_early(size: &Expr) -> bool {
    match size {
        Expr::Int(_) => true,
        Expr::Dim(tensor, _) => tensor.starts_with("arg"),
        Expr::Fact(name) => name == "sm_count",
        Expr::Call(_, parts) => parts.iter().all(is_early),
    }
}

/// The parameter or variable that is a dim of a tensor.
pub fn dim_name(tensor: &str, dim: usize) -> String {
    format!("{tensor}_d{dim}")
}

/// A function of C as it is written.
#[derive(Default)]
pub struct Body {
    pub lines: String,
    depth: usize,
    /// Early sizes that are more than a number or a name, in the order of their variables.
    hoisted: Vec<String>,
    places: BTreeMap<String, usize>,
    /// Arithmetic that is used.
    pub functions: BTreeSet<&'static str>,
}

impl Body {
    pub fn new() -> Self {
        Self { depth: 1, ..Self::default() }
    }

    /// Adds a line; one that ends with `{` indents what follows, one that begins with `}` ends that.
    pub fn line(&mut self, line: impl AsRef<str>) {
        let line = line.as_ref();
        if line.starts_with('}') {
            self.depth -= 1;
        }
        self.lines.push_str(&"    ".repeat(self.depth));
        self.lines.push_str(line);
        self.lines.push('\n');
        if line.ends_with('{') {
            self.depth += 1;
        }
    }

    /// The value of a size.
    pub fn size(&mut self, size: &Expr) -> String {
        if is_early(size) && matches!(size, Expr::Call(..)) {
            let text = self.render(size);
            let next = self.hoisted.len();
            let place = *self.places.entry(text.clone()).or_insert(next);
            if place == next {
                self.hoisted.push(text);
            }
            return format!("size_{place}");
        }
        self.render(size)
    }

    fn render(&mut self, size: &Expr) -> String {
        match size {
            Expr::Int(value) if i32::try_from(*value).is_ok() => value.to_string(),
            Expr::Int(i64::MIN) => "INT64_MIN".into(),
            Expr::Int(value) => format!("INT64_C({value})"),
            Expr::Dim(tensor, dim) => dim_name(tensor, *dim),
            Expr::Fact(name) if name == "sm_count" => "program->sm_count".into(),
            Expr::Fact(name) => name.clone(),
            Expr::Call(function, parts) => {
                let name = function.name();
                self.functions.insert(name);
                let parts: Vec<_> = parts.iter().map(|part| self.size(part)).collect();
                let mut parts = parts.into_iter();
                let first = parts.next().unwrap_or_default();
                parts.fold(first, |left, right| format!("{name}_(&bad, {left}, {right})"))
            }
        }
    }

    /// Several sizes as the elements of an array.
    pub fn sizes(&mut self, sizes: &[Expr]) -> String {
        let sizes: Vec<_> = sizes.iter().map(|size| self.size(size)).collect();
        sizes.join(", ")
    }

    /// The variables that sizes were put into.
    pub fn head(&self) -> String {
        let line = |(place, text): (usize, &String)| format!("    const int64_t size_{place} = {text};\n");
        self.hoisted.iter().enumerate().map(line).collect()
    }
}

/// The arithmetic of sizes: each notes in `bad` where it has no result.
pub fn arithmetic(used: &BTreeSet<&'static str>) -> String {
    let body = |name: &str| {
        Some(match name {
            "add" => "if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return *bad = 1, 0;\n    return a + b;",
            "sub" => "if (b < 0 ? a > INT64_MAX + b : a < INT64_MIN + b) return *bad = 1, 0;\n    return a - b;",
            "mul" => {
                "if (a > 0 ? (b > 0 ? a > INT64_MAX / b : b < INT64_MIN / a)\n              \
                 : a < 0 && (b > 0 ? a < INT64_MIN / b : b < 0 && b < INT64_MAX / a)) return *bad = 1, 0;\n    return a * b;"
            }
            "min" => "(void)bad;\n    return a < b ? a : b;",
            "max" => "(void)bad;\n    return a > b ? a : b;",
            "ceildiv" => {
                "if (b == 0 || (b == -1 && a == INT64_MIN)) return *bad = 1, 0;\n    return a / b + (a % b != 0 && (a < 0) == (b < 0));"
            }
            "floordiv" => {
                "if (b == 0 || (b == -1 && a == INT64_MIN)) return *bad = 1, 0;\n    return a / b - (a % b != 0 && (a < 0) != (b < 0));"
            }
            "mod" => {
                "if (b == 0 || (b == -1 && a == INT64_MIN)) return *bad = 1, 0;\n    a %= b;\n    return a < 0 ? (b < 0 ? a - b : a + b) : a;"
            }
            _ => return None,
        })
    };
    let function = |name: &&str| {
        Some(format!("static int64_t {name}_(int *bad, int64_t a, int64_t b) {{\n    {}\n}}\n\n", body(name)?))
    };
    used.iter().filter_map(function).collect()
}

/// Whether a size of a tensor may be negative for some sizes of arguments.
pub fn may_be_negative(size: &Expr) -> bool {
    match size {
        Expr::Int(value) => *value < 0,
        Expr::Dim(..) => false,
        Expr::Fact(name) => name != "sm_count",
        Expr::Call(Function::Sub | Function::Mod, _) => true,
        Expr::Call(_, parts) => parts.iter().any(may_be_negative),
    }
}

/// Whether a size is a number that is known now.
pub fn number(size: &Expr) -> Option<i64> {
    size.eval(&Scope::default()).ok()
}
