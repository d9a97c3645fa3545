//! Affine expressions without division, as numbers: `c0·d0 + c1·d1 + … + constant`.
//!
//! Every map of the dialect has results of this form. [`Linear`] is what passes compute with; it
//! converts from and to MLIR's expressions.

use crate::ir::Attr;
use melior::{
    Context,
    ir::{AffineExpr, AffineMap},
};
use std::fmt;

/// A linear combination of iteration dims plus a constant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Linear {
    /// One factor per iteration dim.
    pub factors: Vec<i64>,
    /// The constant term.
    pub constant: i64,
}

impl Linear {
    /// The constant `value` over `dims` dims.
    pub fn constant(dims: usize, value: i64) -> Self {
        Self { factors: vec![0; dims], constant: value }
    }

    /// The plain dim `dim` out of `dims`.
    pub fn dim(dims: usize, dim: usize) -> Self {
        let mut factors = vec![0; dims];
        factors[dim] = 1;
        Self { factors, constant: 0 }
    }

    /// Reads an expression over `dims` dims; `None` when it divides, has symbols or is not linear.
    pub fn from_expr(expr: AffineExpr<'_>, dims: usize) -> Option<Self> {
        if expr.is_dim() {
            return (expr.dim_position() < dims).then(|| Self::dim(dims, expr.dim_position()));
        }
        if expr.is_constant() {
            return Some(Self::constant(dims, expr.constant_value()));
        }
        if expr.is_add() {
            return Self::from_expr(expr.lhs(), dims)?.plus(&Self::from_expr(expr.rhs(), dims)?);
        }
        if expr.is_mul() {
            let (lhs, rhs) = (Self::from_expr(expr.lhs(), dims)?, Self::from_expr(expr.rhs(), dims)?);
            return match (lhs.as_constant(), rhs.as_constant()) {
                (_, Some(factor)) => lhs.times(factor),
                (Some(factor), _) => rhs.times(factor),
                _ => None,
            };
        }
        None
    }

    /// The same expression in MLIR.
    pub fn to_expr<'c>(&self, context: &'c Context) -> AffineExpr<'c> {
        let mut sum: Option<AffineExpr<'c>> = None;
        for (dim, factor) in self.factors.iter().enumerate().filter(|(_, factor)| **factor != 0) {
            let term = AffineExpr::dim(context, dim);
            let term = if *factor == 1 { term } else { term * AffineExpr::constant(context, *factor) };
            sum = Some(sum.map_or(term, |sum| sum + term));
        }
        match (sum, self.constant) {
            (Some(sum), 0) => sum,
            (Some(sum), constant) => sum + AffineExpr::constant(context, constant),
            (None, constant) => AffineExpr::constant(context, constant),
        }
    }

    /// The sum; `None` on overflow or when the dim counts differ.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        if self.factors.len() != other.factors.len() {
            return None;
        }
        let factors = self.factors.iter().zip(&other.factors).map(|(a, b)| a.checked_add(*b)).collect::<Option<_>>()?;
        Some(Self { factors, constant: self.constant.checked_add(other.constant)? })
    }

    /// The product with a number; `None` on overflow.
    pub fn times(&self, factor: i64) -> Option<Self> {
        let factors = self.factors.iter().map(|own| own.checked_mul(factor)).collect::<Option<_>>()?;
        Some(Self { factors, constant: self.constant.checked_mul(factor)? })
    }

    /// The value, when no dim occurs.
    pub fn as_constant(&self) -> Option<i64> {
        self.factors.iter().all(|factor| *factor == 0).then_some(self.constant)
    }

    /// The dim, when the expression is one plain dim.
    pub fn as_dim(&self) -> Option<usize> {
        let dim = self.factors.iter().position(|factor| *factor != 0)?;
        (self.constant == 0 && self.factors[dim] == 1 && self.dims().count() == 1).then_some(dim)
    }

    /// Whether a dim occurs.
    pub fn uses(&self, dim: usize) -> bool {
        self.factors.get(dim).is_some_and(|factor| *factor != 0)
    }

    /// The dims that occur, ascending.
    pub fn dims(&self) -> impl Iterator<Item = usize> + '_ {
        self.factors.iter().enumerate().filter(|(_, factor)| **factor != 0).map(|(dim, _)| dim)
    }
}

impl fmt::Display for Linear {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for dim in self.dims() {
            let factor = self.factors[dim];
            let plus = if first { "" } else { " + " };
            first = false;
            if factor == 1 {
                write!(formatter, "{plus}d{dim}")?;
            } else {
                write!(formatter, "{plus}{factor}*d{dim}")?;
            }
        }
        match self.constant {
            0 if !first => Ok(()),
            constant if first => write!(formatter, "{constant}"),
            constant => write!(formatter, " + {constant}"),
        }
    }
}

/// A map from the iteration dims of an op to the dims of a tensor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IndexMap {
    /// Number of iteration dims.
    pub dims: usize,
    /// One expression per tensor dim.
    pub results: Vec<Linear>,
}

impl IndexMap {
    /// A map whose results are plain dims.
    pub fn of_dims(dims: usize, results: &[usize]) -> Self {
        Self { dims, results: results.iter().map(|dim| Linear::dim(dims, *dim)).collect() }
    }

    /// Reads an affine map; `None` when a result divides or is not linear, or the map has symbols.
    pub fn from_map(map: AffineMap<'_>) -> Option<Self> {
        let dims = map.dim_count();
        if map.symbol_count() != 0 {
            return None;
        }
        let results = (0..map.result_count())
            .map(|index| Linear::from_expr(map.result(index).ok()?, dims))
            .collect::<Option<_>>()?;
        Some(Self { dims, results })
    }

    /// Reads an affine-map attribute; see [`Self::from_map`].
    pub fn from_attr(attribute: Attr<'_>) -> Option<Self> {
        Self::from_map(crate::ffi::affine_map(attribute)?)
    }

    /// The same map in MLIR.
    pub fn to_map<'c>(&self, context: &'c Context) -> AffineMap<'c> {
        let exprs: Vec<_> = self.results.iter().map(|result| result.to_expr(context)).collect();
        AffineMap::new(context, self.dims, 0, &exprs)
    }

    /// The same map as an attribute.
    pub fn to_attr<'c>(&self, context: &'c Context) -> Attr<'c> {
        crate::ffi::affine_map_attr(self.to_map(context))
    }

    /// Whether an iteration dim occurs in some result.
    pub fn uses(&self, dim: usize) -> bool {
        self.results.iter().any(|result| result.uses(dim))
    }

    /// The iteration dims that occur, ascending, each once.
    pub fn used(&self) -> Vec<usize> {
        (0..self.dims).filter(|dim| self.uses(*dim)).collect()
    }

    /// The results as plain dims; `None` when one is anything else.
    pub fn as_dims(&self) -> Option<Vec<usize>> {
        self.results.iter().map(Linear::as_dim).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_round_trip() {
        let context = Context::new();
        let linear = Linear { factors: vec![0, 2, -1], constant: 7 };
        assert_eq!(Linear::from_expr(linear.to_expr(&context), 3), Some(linear.clone()));
        assert_eq!(linear.to_string(), "2*d1 + -1*d2 + 7");
        assert_eq!(linear.dims().collect::<Vec<_>>(), [1, 2]);
        let constant = Linear::constant(2, -3);
        assert_eq!(Linear::from_expr(constant.to_expr(&context), 2), Some(constant));
    }

    #[test]
    fn divisions_and_products_of_dims_are_not_linear() {
        let context = Context::new();
        let (x, y) = (AffineExpr::dim(&context, 0), AffineExpr::dim(&context, 1));
        let two = AffineExpr::constant(&context, 2);
        assert_eq!(Linear::from_expr(AffineExpr::floor_div(x, two), 2), None);
        assert_eq!(Linear::from_expr(AffineExpr::modulo(x, two), 2), None);
        assert_eq!(Linear::from_expr(x, 0), None);
        assert_eq!(Linear::from_expr((x + y) * two, 2), Some(Linear { factors: vec![2, 2], constant: 0 }));
    }

    #[test]
    fn overflow_is_an_answer() {
        let large = Linear { factors: vec![i64::MAX], constant: 0 };
        assert_eq!(large.plus(&large), None);
        assert_eq!(large.times(2), None);
        assert_eq!(Linear::dim(1, 0).as_dim(), Some(0));
        assert_eq!(Linear::dim(2, 0).times(2).and_then(|twice| twice.as_dim()), None);
    }
}
