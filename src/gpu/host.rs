//! What the host knows: the tensors of a function, their shapes as expressions, and which op makes which.
//!
//! Tensors are contiguous and row-major, so a reshape is only another way to count the same memory: a
//! [`View`] is the tensor at the root of a chain of reshapes with the dims at the end of it.

use crate::{
    error::PassError,
    ffi,
    ir::{self, Op, Type, Val},
    runtime::{Expr, Function},
};
use melior::ir::{AffineExpr, operation::OperationLike};
use std::collections::HashMap;

/// A tensor in memory, under some shape.
#[derive(Clone, Debug)]
pub struct View<'c> {
    /// `arg0`, `result0`, `tmp0`, …
    pub tensor: String,
    pub dims: Vec<Expr>,
    pub element: Type<'c>,
}

impl View<'_> {
    /// Elements between neighbours along each dim.
    pub fn strides(&self) -> Vec<Expr> {
        let mut strides = vec![Expr::Int(1); self.dims.len()];
        for dim in (1..self.dims.len()).rev() {
            strides[dim - 1] = product(&strides[dim], &self.dims[dim]);
        }
        strides
    }

    /// The number of elements when it is a constant.
    pub fn static_size(&self) -> Option<i64> {
        self.dims.iter().try_fold(1_i64, |total, dim| match dim {
            Expr::Int(size) => total.checked_mul(*size),
            _ => None,
        })
    }
}

/// `a * b`, with the factor 1 left out.
pub fn product(a: &Expr, b: &Expr) -> Expr {
    match (a, b) {
        (Expr::Int(1), other) | (other, Expr::Int(1)) => other.clone(),
        _ => Expr::call(Function::Mul, a.clone(), b.clone()),
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

/// A function whose body is kernels and reshapes.
pub struct Host<'c> {
    pub func: Op<'c>,
    pub name: String,
    pub arguments: Vec<Val<'c>>,
    pub kernels: Vec<Op<'c>>,
    pub results: Vec<Output<'c>>,
    pub temporaries: Vec<Output<'c>>,
    names: HashMap<usize, String>,
}

const RESHAPES: [&str; 3] = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"];

impl<'c> Host<'c> {
    /// Reads a function.
    ///
    /// # Errors
    /// Reported at an op that is in no kernel and is not a reshape.
    pub fn read(func: Op<'c>) -> Result<Self, PassError> {
        let name = ir::attr(func, "sym_name").and_then(ir::string_attr).unwrap_or("main").to_string();
        let body = ir::body(func, 0).ok_or_else(|| PassError::Unsupported(format!("'{name}' has no body")))?;
        let arguments = ir::arguments(body);
        let mut names: HashMap<usize, String> = arguments
            .iter()
            .enumerate()
            .map(|(number, value)| (ffi::value_key(*value), format!("arg{number}")))
            .collect();
        let (mut kernels, mut returned) = (vec![], vec![]);
        for op in ir::ops(body) {
            match ir::name(op) {
                "scf.forall" => kernels.push(op),
                "func.return" => returned = ir::operands(op),
                _ => {}
            }
        }
        let mut host =
            Self { func, name, arguments, kernels, results: vec![], temporaries: vec![], names: HashMap::new() };
        for (number, value) in returned.iter().enumerate() {
            let root = root(*value);
            let maker = ffi::defining_op(root);
            if maker.is_none_or(|op| ir::name(op) != "scf.forall") {
                let location = maker.map_or_else(|| func.location(), |op| op.location());
                let what = maker.map_or("an argument", ir::name);
                ffi::emit_error(location, &format!("result {number} is made by {what}, which is in no GPU kernel"));
                return Err(PassError::Reported);
            }
            if names.insert(ffi::value_key(root), format!("result{number}")).is_some() {
                ffi::emit_error(func.location(), &format!("result {number} repeats another result"));
                return Err(PassError::Reported);
            }
        }
        for kernel in &host.kernels {
            for value in ir::results(*kernel) {
                let next = names.len();
                names.entry(ffi::value_key(value)).or_insert_with(|| format!("tmp{next}"));
            }
        }
        host.names = names;
        for (number, value) in returned.iter().enumerate() {
            let dims = host.dims(*value)?;
            let element = ffi::element_type(ir::type_of(*value));
            host.results.push(Output { name: format!("result{number}"), element, dims });
        }
        for value in host.kernels.clone().into_iter().flat_map(ir::results) {
            let name = host.names[&ffi::value_key(value)].clone();
            if name.starts_with("tmp") {
                let element = ffi::element_type(ir::type_of(value));
                host.temporaries.push(Output { name, element, dims: host.dims(value)? });
            }
        }
        Ok(host)
    }

    /// The tensor behind a value, or `None` when the value is not an argument, a kernel's result or a reshape of one.
    pub fn view(&self, value: Val<'c>) -> Option<View<'c>> {
        let tensor = self.names.get(&ffi::value_key(root(value)))?.clone();
        Some(View { tensor, dims: self.dims(value).ok()?, element: ffi::element_type(ir::type_of(value)) })
    }

    /// The sizes of a tensor value.
    fn dims(&self, value: Val<'c>) -> Result<Vec<Expr>, PassError> {
        let shape =
            ffi::shape(ir::type_of(value)).ok_or_else(|| PassError::Unsupported("an unranked tensor".into()))?;
        let dims = (0..shape.len()).map(|dim| match shape[dim] {
            Some(size) => Some(Expr::Int(size)),
            None => self.dynamic_dim(value, dim),
        });
        dims.collect::<Option<_>>()
            .ok_or_else(|| PassError::Unsupported("a size that is no function of the arguments' shapes".into()))
    }

    fn dynamic_dim(&self, value: Val<'c>, dim: usize) -> Option<Expr> {
        let Some(op) = ffi::defining_op(value) else {
            return Some(Expr::dim(self.names.get(&ffi::value_key(value))?.clone(), dim));
        };
        let operands = ir::operands(op);
        match ir::name(op) {
            "tensor.cast" => self.dims(operands[0]).ok()?.get(dim).cloned(),
            "tensor.collapse_shape" => {
                let sizes = self.dims(operands[0]).ok()?;
                let group = ffi::array_elements(ir::attr(op, "reassociation")?)?.get(dim).copied()?;
                let members: Vec<_> = ffi::array_elements(group)?.into_iter().filter_map(ir::int_attr).collect();
                Some(members.iter().fold(Expr::Int(1), |total, member| product(&total, &sizes[*member as usize])))
            }
            "tensor.expand_shape" => self.expr(operands[1 + dynamic_before(value, dim)?]),
            "tensor.empty" => self.expr(operands[dynamic_before(value, dim)?]),
            "scf.forall" => {
                let outputs = operands.len() - op.result_count();
                self.dims(operands[outputs + ffi::value_number(value)]).ok()?.get(dim).cloned()
            }
            _ => None,
        }
    }

    /// An index value outside every kernel, as an expression of the arguments' shapes.
    pub fn expr(&self, value: Val<'c>) -> Option<Expr> {
        let op = ffi::defining_op(value)?;
        let operands = ir::operands(op);
        let binary = |function| Some(Expr::call(function, self.expr(operands[0])?, self.expr(operands[1])?));
        match ir::name(op) {
            "arith.constant" => ir::attr(op, "value").and_then(ir::int_attr).map(Expr::Int),
            "tensor.dim" => {
                let Expr::Int(dim) = self.expr(operands[1])? else { return None };
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
            "arith.index_cast" | "arith.index_castui" => self.expr(operands[0]),
            "affine.apply" | "affine.min" | "affine.max" => {
                let map = ffi::affine_map(ir::attr(op, "map")?)?;
                let sizes: Vec<_> = operands.iter().map(|operand| self.expr(*operand)).collect::<Option<_>>()?;
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

/// The value under a chain of reshapes.
fn root<'c>(mut value: Val<'c>) -> Val<'c> {
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
