//! Tensors in memory under another shape: reshapes, slices, permutations and repetitions are other ways to count the same
//! memory.
//!
//! A [`View`] is a tensor at the root of a chain of such ops, with the sizes and strides at the end of it.

use super::{
    host::{Host, RESHAPES, product, sum},
    nest,
    points::{Loops, plain_dims},
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Op, Type, Val},
    runtime::{Expr, Function},
};

/// A tensor in memory, under some shape.
#[derive(Clone, Debug, PartialEq)]
pub struct View<'c> {
    /// `arg0`, `result0`, `tmp0`, …
    pub tensor: String,
    pub dims: Vec<Expr>,
    /// Elements between neighbours along each dim; 0 where a dim repeats.
    pub strides: Vec<Expr>,
    /// Elements before the first.
    pub offset: Expr,
    pub element: Type<'c>,
}

impl<'c> View<'c> {
    /// A whole tensor, row by row.
    pub fn whole(tensor: &str, dims: Vec<Expr>, element: Type<'c>) -> Self {
        Self { tensor: tensor.to_string(), strides: contiguous(&dims), dims, offset: Expr::Int(0), element }
    }

    /// Elements from the first to past the last, when that is a constant.
    pub fn reach(&self) -> Option<i64> {
        self.dims.iter().zip(&self.strides).try_fold(1_i64, |total, pair| match pair {
            (Expr::Int(0), _) => Some(total),
            (Expr::Int(size), Expr::Int(stride)) => total.checked_add((size - 1).checked_mul(*stride)?),
            _ => None,
        })
    }

    /// Whether neighbours along a dim are neighbours in memory, and every row of them begins at a multiple of so many elements.
    pub fn rows_of(&self, inner: usize, width: i64) -> bool {
        let outer = (0..self.dims.len()).filter(|dim| *dim != inner && self.dims[*dim] != Expr::Int(1));
        self.strides[inner] == Expr::Int(1)
            && is_multiple(&self.offset, width)
            && outer.into_iter().all(|dim| is_multiple(&self.strides[dim], width))
    }

    /// Whether a kernel that reads tiles of it does as well as with a copy that is contiguous.
    fn reads_well(&self) -> bool {
        let used: Vec<_> = (0..self.dims.len()).filter(|dim| self.dims[*dim] != Expr::Int(1)).collect();
        let Some(inner) = used.last().filter(|_| used.len() > 1) else { return true };
        let narrow = nest::is_half(self.element) && is_multiple(&self.dims[*inner], 8);
        self.strides[*inner] == Expr::Int(1) && (!narrow || self.rows_of(*inner, 8))
    }
}

/// Whether an expression is sure to be a multiple of a number.
pub fn is_multiple(expr: &Expr, of: i64) -> bool {
    match expr {
        Expr::Int(value) => value % of == 0,
        Expr::Call(Function::Mul, factors) => factors.iter().any(|factor| is_multiple(factor, of)),
        Expr::Call(Function::Add | Function::Sub, terms) => terms.iter().all(|term| is_multiple(term, of)),
        _ => of == 1,
    }
}

/// The strides of a tensor row by row.
fn contiguous(dims: &[Expr]) -> Vec<Expr> {
    let mut strides = vec![Expr::Int(1); dims.len()];
    for dim in (1..dims.len()).rev() {
        strides[dim - 1] = product(&strides[dim], &dims[dim]);
    }
    strides
}

/// A permutation or repetition of one tensor: a generic that yields its input.
pub struct Movement<'c> {
    pub source: Val<'c>,
    /// Per dim of the result, the dim of the source that it runs along.
    pub dims: Vec<Option<usize>>,
}

impl<'c> Movement<'c> {
    /// Reads an op that is nothing else.
    pub fn read(op: Op<'c>) -> Option<Self> {
        let loops = Loops::read(op)?;
        let ([last], [source, _]) = (&ir::ops(loops.body)[..], &loops.operands[..]) else { return None };
        let plain = loops.inputs == 1 && !loops.reduced.contains(&true);
        if !plain || ir::operands(*last) != ir::arguments(loops.body)[..1] {
            return None;
        }
        let (from, to) = (loops.maps[0], plain_dims(loops.maps[1])?);
        let mut dims = vec![None; to.len()];
        for position in 0..from.result_count() {
            let expr = from.result(position).ok()?;
            match () {
                () if expr.is_dim() => {
                    let place = to.iter().position(|dim| *dim == expr.dim_position())?;
                    if dims[place].replace(position).is_some() {
                        return None;
                    }
                }
                () if expr.is_constant() && expr.constant_value() == 0 => {}
                () => return None,
            }
        }
        (to.len() == loops.reduced.len()).then_some(Self { source: *source, dims })
    }
}

/// A view before its tensor has a name.
#[derive(Clone)]
struct Shaped<'c> {
    base: Val<'c>,
    dims: Vec<Expr>,
    strides: Vec<Expr>,
    offset: Expr,
    /// Whether it is all of the tensor, row by row.
    whole: bool,
}

/// Why a value is no view of a tensor in memory.
enum Refusal<'c> {
    /// This tensor is counted in a way that only a copy of it allows.
    Scattered(Val<'c>),
    Unknown,
}

impl From<PassError> for Refusal<'_> {
    fn from(_: PassError) -> Self {
        Self::Unknown
    }
}

impl<'c> Host<'c> {
    /// The tensor behind a value, or `None` when the value is not an argument, a kernel's result or a view of one.
    pub fn view(&self, value: Val<'c>) -> Option<View<'c>> {
        let named = |value: Val<'c>| self.name_of(value).is_some();
        let Shaped { base, dims, strides, offset, .. } = self.shaped(value, &named).ok()?;
        let tensor = self.name_of(base)?.to_string();
        Some(View { tensor, dims, strides, offset, element: ffi::element_type(ir::type_of(value)) })
    }

    /// The tensor that must be in memory so that kernels read tiles of a value, given those that are.
    pub fn needed_for(&self, value: Val<'c>, in_memory: &dyn Fn(Val<'c>) -> bool) -> Val<'c> {
        let known = |value: Val<'c>| self.name_of(value).is_some() || in_memory(value);
        match self.shaped(value, &known) {
            Ok(Shaped { base, dims, strides, offset, whole }) => {
                let element = ffi::element_type(ir::type_of(value));
                let view = View { tensor: String::new(), dims, strides, offset, element };
                if whole || view.reads_well() { base } else { value }
            }
            Err(Refusal::Scattered(blocker)) => blocker,
            Err(Refusal::Unknown) => super::host::root(value),
        }
    }

    fn shaped(&self, value: Val<'c>, in_memory: &dyn Fn(Val<'c>) -> bool) -> Result<Shaped<'c>, Refusal<'c>> {
        let whole = |base: Val<'c>, dims: Vec<Expr>| {
            let strides = contiguous(&dims);
            Shaped { base, dims, strides, offset: Expr::Int(0), whole: true }
        };
        let Some(op) = ffi::defining_op(value).filter(|_| !in_memory(value)) else {
            return Ok(whole(value, self.dims(value)?));
        };
        let inner = || self.shaped(ir::operands(op)[0], in_memory);
        match ir::name(op) {
            name if RESHAPES.contains(&name) => {
                let inner = inner()?;
                let dims = self.dims(value)?;
                if inner.whole {
                    return Ok(whole(inner.base, dims));
                }
                let strides = match name {
                    "tensor.collapse_shape" => collapsed(op, &inner),
                    "tensor.expand_shape" => expanded(op, &inner, &dims),
                    _ => Some(inner.strides.clone()),
                };
                let strides = strides.ok_or(Refusal::Scattered(ir::operands(op)[0]))?;
                Ok(Shaped { dims, strides, ..inner })
            }
            "tensor.extract_slice" => {
                let inner = inner()?;
                let (offsets, sizes, steps) = nest::slice(op, 1).ok_or(Refusal::Unknown)?;
                let shape = ffi::shape(ir::type_of(value)).ok_or(Refusal::Unknown)?;
                let kept = nest::kept_dims(&sizes, &shape);
                let mut offset = inner.offset.clone();
                for (dim, at) in offsets.iter().enumerate() {
                    // A place that is only known on the GPU.
                    let Some(at) = self.index(*at) else { return Ok(whole(value, self.dims(value)?)) };
                    offset = sum(&offset, &product(&inner.strides[dim], &at));
                }
                let strides = kept.iter().map(|dim| product(&inner.strides[*dim], &Expr::Int(steps[*dim]))).collect();
                Ok(Shaped { base: inner.base, dims: self.dims(value)?, strides, offset, whole: false })
            }
            "linalg.generic" => {
                let Some(movement) = Movement::read(op) else { return Ok(whole(value, self.dims(value)?)) };
                let inner = self.shaped(movement.source, in_memory)?;
                let stride = |dim: &Option<usize>| dim.map_or(Expr::Int(0), |dim| inner.strides[dim].clone());
                let strides = movement.dims.iter().map(stride).collect();
                Ok(Shaped { base: inner.base, dims: self.dims(value)?, strides, offset: inner.offset, whole: false })
            }
            _ => Ok(whole(value, self.dims(value)?)),
        }
    }
}

/// The strides after dims are counted as one, where each runs through the next.
fn collapsed(op: Op<'_>, inner: &Shaped<'_>) -> Option<Vec<Expr>> {
    let groups = nest::groups(op)?;
    let stride = |group: &Vec<usize>| {
        let mut used = group.iter().copied().filter(|dim| inner.dims[*dim] != Expr::Int(1)).rev();
        let Some(mut last) = used.next() else { return Some(Expr::Int(1)) };
        let stride = inner.strides[last].clone();
        for dim in used {
            if inner.strides[dim] != product(&inner.strides[last], &inner.dims[last]) {
                return None;
            }
            last = dim;
        }
        Some(stride)
    };
    groups.iter().map(stride).collect()
}

/// The strides after a dim is counted as several.
fn expanded(op: Op<'_>, inner: &Shaped<'_>, dims: &[Expr]) -> Option<Vec<Expr>> {
    let mut strides = vec![Expr::Int(1); dims.len()];
    for (group, stride) in nest::groups(op)?.iter().zip(&inner.strides) {
        let mut stride = stride.clone();
        for dim in group.iter().rev() {
            strides[*dim] = stride.clone();
            stride = product(&stride, &dims[*dim]);
        }
    }
    Some(strides)
}
