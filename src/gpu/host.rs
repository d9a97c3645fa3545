//! What the host knows: the tensors of a function, their shapes as expressions, and which op makes which.

use super::{
    nest::{self, Index},
    outline::NAMES,
    points::Loops,
    steps::{Layout, Step},
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Type, Val},
    runtime::{Expr, Function, steps},
    shape::facts,
};
use melior::ir::{AffineExpr, TypeLike, operation::OperationLike};
use std::{
    cell::RefCell,
    collections::{HashMap, hash_map::Entry},
};

/// `a * b`, with the factors 0 and 1 left out.
pub fn product(a: &Expr, b: &Expr) -> Expr {
    match (a, b) {
        (Expr::Int(0), _) | (_, Expr::Int(0)) => Expr::Int(0),
        (Expr::Int(1), other) | (other, Expr::Int(1)) => other.clone(),
        _ => Expr::call(Function::Mul, a.clone(), b.clone()),
    }
}

/// `a + b`, with 0 left out and constants added.
pub fn sum(a: &Expr, b: &Expr) -> Expr {
    match (a, b) {
        (Expr::Int(0), other) | (other, Expr::Int(0)) => other.clone(),
        (Expr::Int(a), Expr::Int(b)) if a.checked_add(*b).is_some() => Expr::Int(a + b),
        _ => Expr::call(Function::Add, a.clone(), b.clone()),
    }
}

/// A buffer the kernels write.
#[derive(Clone, Debug)]
pub struct Output<'c> {
    pub name: String,
    pub element: Type<'c>,
    /// The shape the function returns it in.
    pub dims: Vec<Expr>,
}

/// A tensor whose elements the program holds.
#[derive(Clone, Debug)]
pub struct Constant<'c> {
    pub name: String,
    pub value: Val<'c>,
}

/// A function as kernels in order: which op makes which buffer.
pub struct Host<'c> {
    pub func: Op<'c>,
    pub name: String,
    pub arguments: Vec<Val<'c>>,
    pub steps: Vec<Step<'c>>,
    pub results: Vec<Output<'c>>,
    pub temporaries: Vec<Output<'c>>,
    pub constants: Vec<Constant<'c>>,
    names: HashMap<usize, String>,
    /// What the names of all its tensors begin with.
    pub prefix: String,
    /// Integers of the arguments that sizes are computed from.
    numbers: RefCell<Vec<steps::Read>>,
    /// Lists of sizes of the arguments that are the same.
    pub equal: Vec<Vec<Expr>>,
    /// Whether 32 bits number the elements of every tensor of the function.
    pub is_narrow: bool,
}

/// Which integers of arguments an expression may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbers {
    None,
    /// Those that come back anyway.
    Known,
    All,
}

pub const RESHAPES: [&str; 3] = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"];

impl<'c> Host<'c> {
    /// Reads a function.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] at a size that does not follow from the arguments' shapes.
    pub fn read(func: Op<'c>) -> Result<Self, PassError> {
        let name = ir::attr(func, "sym_name").and_then(ir::string_attr).unwrap_or("main").to_string();
        let body = ir::body(func, 0).ok_or_else(|| PassError::Unsupported(format!("'{name}' has no body")))?;
        let arguments = ir::arguments(body);
        let prefix = ir::attr(func, NAMES).and_then(ir::string_attr).unwrap_or_default();
        let names: HashMap<usize, String> = arguments
            .iter()
            .enumerate()
            .map(|(number, value)| (ffi::value_key(*value), format!("{prefix}arg{number}")))
            .collect();
        let own = |size: &Expr| match size {
            Expr::Dim(tensor, dim) => Some(Expr::dim(format!("{prefix}{tensor}"), *dim)),
            _ => None,
        };
        let equal =
            facts::noted(func).iter().map(|list| list.iter().map(|size| size.replaced(&own)).collect()).collect();
        let mut host = Self {
            func,
            name,
            arguments,
            steps: vec![],
            results: vec![],
            temporaries: vec![],
            constants: vec![],
            names,
            is_narrow: is_narrow(body),
            prefix: prefix.into(),
            numbers: RefCell::default(),
            equal,
        };
        let layout = Layout::of(&host, body);
        for value in layout.constants {
            let name = format!("{prefix}const{}", host.constants.len());
            host.names.insert(ffi::value_key(value), name.clone());
            host.constants.push(Constant { name, value });
        }
        let (mut results, mut copies, mut next) = (vec![], vec![], 0);
        let returned = ir::ops(body).last().map(|op| ir::operands(*op)).unwrap_or_default();
        for (number, value) in returned.iter().enumerate() {
            let (name, root) = (format!("{prefix}result{number}"), root(*value));
            let made = layout.steps.iter().any(|step| step.makes(root));
            if made && !host.names.contains_key(&ffi::value_key(root)) {
                host.names.insert(ffi::value_key(root), name.clone());
            } else {
                copies.push(Step::Copy { from: *value, into: name.clone() });
            }
            results.push((name, *value));
        }
        let mut temporaries = vec![];
        for value in layout.steps.iter().flat_map(Step::made) {
            if let Entry::Vacant(free) = host.names.entry(ffi::value_key(value)) {
                let name = format!("{prefix}tmp{next}");
                next += 1;
                temporaries.push((name.clone(), value));
                free.insert(name);
            }
        }
        host.steps = layout.steps.into_iter().chain(copies).collect();
        let output = |host: &Self, (name, value): (String, Val<'c>)| -> Result<Output<'c>, PassError> {
            let dims = host.dims(value).map_err(|error| match (error, ffi::defining_op(value)) {
                (PassError::Unsupported(what), Some(op)) => {
                    ffi::emit_error(op.location(), &format!("not supported on the GPU: {what}"));
                    PassError::Reported
                }
                (error, _) => error,
            })?;
            Ok(Output { name, element: ffi::element_type(ir::type_of(value)), dims })
        };
        host.results = results.into_iter().map(|result| output(&host, result)).collect::<Result<_, _>>()?;
        host.temporaries = temporaries.into_iter().map(|tmp| output(&host, tmp)).collect::<Result<_, _>>()?;
        Ok(host)
    }

    /// The name of the memory of a tensor that has some.
    pub fn name_of(&self, value: Val<'c>) -> Option<&str> {
        self.names.get(&ffi::value_key(value)).map(String::as_str)
    }

    /// The sizes of a tensor value.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when one does not follow from the arguments' shapes.
    pub fn dims(&self, value: Val<'c>) -> Result<Vec<Expr>, PassError> {
        let shape =
            ffi::shape(ir::type_of(value)).ok_or_else(|| PassError::Unsupported("an unranked tensor".into()))?;
        let dims = (0..shape.len()).map(|dim| match shape[dim] {
            Some(size) => Some(Expr::Int(size)),
            None => self.dynamic_dim(value, dim),
        });
        dims.collect::<Option<_>>()
            .ok_or_else(|| PassError::Unsupported("a size that is no function of the arguments' shapes".into()))
    }

    /// The lengths of the loops of a generic.
    pub fn extents(&self, loops: &Loops<'c>) -> Option<Vec<Expr>> {
        let extent = |dim| {
            let (operand, position) = loops.extent_of(dim)?;
            self.dims(operand).ok()?.get(position).cloned()
        };
        (0..loops.reduced.len()).map(extent).collect()
    }

    fn dynamic_dim(&self, value: Val<'c>, dim: usize) -> Option<Expr> {
        let Some(op) = ffi::defining_op(value) else {
            let size = Expr::dim(self.names.get(&ffi::value_key(value))?.clone(), dim);
            // One name for sizes that are the same.
            let list = self.equal.iter().find(|list| list.contains(&size));
            return list.and_then(|list| list.first().cloned()).or(Some(size));
        };
        let operands = ir::operands(op);
        match ir::name(op) {
            "tensor.cast" => self.dims(operands[0]).ok()?.get(dim).cloned(),
            "tensor.collapse_shape" => {
                let sizes = self.dims(operands[0]).ok()?;
                let members = nest::groups(op)?.get(dim).cloned()?;
                Some(members.iter().fold(Expr::Int(1), |total, member| product(&total, &sizes[*member])))
            }
            "tensor.expand_shape" => self.size(operands[1 + dynamic_before(value, dim)?]),
            "tensor.empty" => self.size(operands[dynamic_before(value, dim)?]),
            "scf.forall" | "linalg.generic" | "linalg.fill" => {
                let outputs = operands.len() - op.result_count();
                self.dims(operands[outputs + ffi::value_number(value)]).ok()?.get(dim).cloned()
            }
            "tensor.insert_slice" | "tensor.insert" => self.dims(operands[1]).ok()?.get(dim).cloned(),
            "scf.for" => self.dims(operands[3 + ffi::value_number(value)]).ok()?.get(dim).cloned(),
            // What a condition passes on as it is carried.
            "scf.while" => {
                let before = ir::body(op, 0)?;
                let passed = *ir::operands(*ir::ops(before).last()?).get(1 + ffi::value_number(value))?;
                let at = ir::arguments(before).into_iter().position(|carried| carried == passed)?;
                self.dims(operands[at]).ok()?.get(dim).cloned()
            }
            "tensor.extract_slice" => {
                let (_, sizes, _) = nest::slice(op, 1)?;
                let kept = nest::kept_dims(&sizes, &ffi::shape(ir::type_of(value))?);
                self.size_index(sizes[*kept.get(dim)?])
            }
            "tensor.pad" => {
                let [low, high] = nest::padding(op)?;
                let size = self.dims(operands[0]).ok()?.get(dim).cloned()?;
                Some(sum(&sum(&self.size_index(low[dim])?, &size), &self.size_index(high[dim])?))
            }
            "tensor.concat" => {
                let along = ir::attr(op, "dim").and_then(ir::int_attr)?;
                let sizes: Vec<_> =
                    operands.iter().map(|part| self.dims(*part).ok()?.get(dim).cloned()).collect::<Option<_>>()?;
                if usize::try_from(along) == Ok(dim) {
                    sizes.into_iter().reduce(|total, size| sum(&total, &size))
                } else {
                    sizes.into_iter().next()
                }
            }
            "tensor.generate" | "tensor.splat" => {
                let skip = usize::from(ir::name(op) == "tensor.splat");
                self.size(operands[skip + dynamic_before(value, dim)?])
            }
            _ => None,
        }
    }

    /// An [`Index`] outside every kernel, as an expression of the arguments' shapes.
    pub fn index(&self, index: Index<'c>) -> Option<Expr> {
        match index {
            Index::Const(value) => Some(Expr::Int(value)),
            Index::Value(value) => self.expr(value),
        }
    }

    fn size_index(&self, index: Index<'c>) -> Option<Expr> {
        match index {
            Index::Const(value) => Some(Expr::Int(value)),
            Index::Value(value) => self.size(value),
        }
    }

    /// An index value outside every kernel, as an expression of the arguments' shapes.
    pub fn expr(&self, value: Val<'c>) -> Option<Expr> {
        self.computed(value, Numbers::None)
    }

    /// A size, or how often a loop runs: an expression of the arguments' shapes, and of integers that arguments hold. Those come back
    /// from the GPU before the function's first kernel.
    pub fn size(&self, value: Val<'c>) -> Option<Expr> {
        self.computed(value, Numbers::All)
    }

    /// As [`Self::size`], where no other integers come back for it.
    pub fn known_size(&self, value: Val<'c>) -> Option<Expr> {
        self.computed(value, Numbers::Known)
    }

    /// The integers that come back.
    pub fn numbers(&self) -> Vec<steps::Read> {
        self.numbers.borrow().clone()
    }

    /// An element of an argument, by the name of the number that it holds.
    fn number(&self, extract: Op<'c>, wanted: Numbers) -> Option<Expr> {
        let operands = ir::operands(extract);
        let (tensor, at) = operands.split_first()?;
        let argument = root(*tensor);
        let integer =
            matches!(&*ir::type_name(ffi::element_type(ir::type_of(argument))), "i8" | "i16" | "i32" | "i64" | "index");
        if ffi::defining_op(argument).is_some() || !integer {
            return None;
        }
        let mut element = 0;
        for (size, at) in ffi::shape(ir::type_of(*tensor))?.into_iter().zip(at) {
            let Expr::Int(at) = self.expr(*at)? else { return None };
            element = element * size? + at;
        }
        let (tensor, element) = (self.name_of(argument)?.to_owned(), usize::try_from(element).ok()?);
        let mut numbers = self.numbers.borrow_mut();
        let known = numbers.iter().find(|read| (&read.tensor, read.element) == (&tensor, element));
        let name = known.map_or_else(|| format!("{}n{}", self.prefix, numbers.len()), |read| read.name.clone());
        if known.is_none() {
            if wanted != Numbers::All {
                return None;
            }
            numbers.push(steps::Read { tensor, element, name: name.clone() });
        }
        Some(Expr::Fact(name))
    }

    fn computed(&self, value: Val<'c>, numbers: Numbers) -> Option<Expr> {
        let Some(op) = ffi::defining_op(value) else {
            // The number that a loop of the host calls its function with.
            let named = self.name_of(value).filter(|_| ir::type_of(value).is_index());
            return named.map(|name| Expr::Fact(name.into()));
        };
        let operands = ir::operands(op);
        let of = |value: Val<'c>| self.computed(value, numbers);
        let binary = |function| Some(Expr::call(function, of(operands[0])?, of(operands[1])?));
        match ir::name(op) {
            "arith.constant" => ir::attr(op, "value").and_then(ir::int_attr).map(Expr::Int),
            "tensor.extract" => self.number(op, numbers),
            "tensor.dim" => {
                let Expr::Int(dim) = of(operands[1])? else { return None };
                self.dims(operands[0]).ok()?.get(usize::try_from(dim).ok()?).cloned()
            }
            "arith.addi" => binary(Function::Add),
            "arith.subi" => binary(Function::Sub),
            "arith.muli" => binary(Function::Mul),
            "arith.ceildivsi" | "arith.ceildivui" => binary(Function::CeilDiv),
            "arith.floordivsi" | "arith.divsi" | "arith.divui" => binary(Function::FloorDiv),
            "arith.remsi" | "arith.remui" => binary(Function::Mod),
            "arith.minsi" | "arith.minui" => binary(Function::Min),
            "arith.maxsi" | "arith.maxui" => binary(Function::Max),
            "arith.index_cast" | "arith.index_castui" => of(operands[0]),
            "arith.extsi" => of(operands[0]),
            "affine.apply" | "affine.min" | "affine.max" => {
                let map = ffi::affine_map(ir::attr(op, "map")?)?;
                let sizes: Vec<_> = operands.iter().map(|operand| of(*operand)).collect::<Option<_>>()?;
                let results: Vec<_> = (0..map.result_count())
                    .map(|result| affine(map.result(result).ok()?, map.dim_count(), &sizes))
                    .collect::<Option<_>>()?;
                let function = if ir::name(op) == "affine.max" { Function::Max } else { Function::Min };
                results.into_iter().reduce(|left, right| Expr::call(function, left, right))
            }
            _ => None,
        }
    }
}

/// Whether 32 bits number the elements of every tensor of a block.
fn is_narrow(block: Blk<'_>) -> bool {
    let small = |value: Val<'_>| {
        ffi::shape(ir::type_of(value)).is_none_or(|shape| {
            let count = shape.into_iter().try_fold(1_i64, |total, size| total.checked_mul(size?));
            count.is_some_and(|count| count < 1 << 31)
        })
    };
    ir::arguments(block).into_iter().chain(ir::ops(block).into_iter().flat_map(ir::results)).all(small)
}

/// The value under a chain of reshapes.
pub fn root<'c>(mut value: Val<'c>) -> Val<'c> {
    while let Some(op) = ffi::defining_op(value)
        && RESHAPES.contains(&ir::name(op))
    {
        value = ir::operands(op)[0];
    }
    value
}

/// How many dynamic dims of a tensor come before `dim`.
fn dynamic_before(value: Val<'_>, dim: usize) -> Option<usize> {
    Some(ffi::shape(ir::type_of(value))?[..dim].iter().filter(|size| size.is_none()).count())
}

fn affine(expr: AffineExpr<'_>, dims: usize, operands: &[Expr]) -> Option<Expr> {
    if expr.is_dim() {
        return operands.get(expr.dim_position()).cloned();
    }
    if expr.is_symbol() {
        return operands.get(dims + expr.symbol_position()).cloned();
    }
    if expr.is_constant() {
        return Some(Expr::Int(expr.constant_value()));
    }
    let function = match () {
        () if expr.is_add() => Function::Add,
        () if expr.is_mul() => Function::Mul,
        () if expr.is_mod() => Function::Mod,
        () if expr.is_floor_div() => Function::FloorDiv,
        () => Function::CeilDiv,
    };
    Some(Expr::call(function, affine(expr.lhs(), dims, operands)?, affine(expr.rhs(), dims, operands)?))
}
