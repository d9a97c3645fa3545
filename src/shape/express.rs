//! Sizes of the arguments as shape expressions, and back.

use super::{
    facts::{Facts, Source},
    poly::Poly,
};
use crate::runtime::{Expr, Function};

impl Facts<'_> {
    /// A shape expression over the arguments as a polynomial.
    pub(super) fn poly_of(&mut self, expr: &Expr) -> Option<Poly> {
        match expr {
            Expr::Int(value) => Some(Poly::constant(*value)),
            Expr::Dim(name, dim) => {
                let number: usize = name.strip_prefix("arg")?.parse().ok()?;
                let value = *self.arguments.get(number)?;
                Some(self.size(value, *dim))
            }
            Expr::Call(function, list) => {
                let mut polys = vec![];
                for part in list {
                    polys.push(self.poly_of(part)?);
                }
                let first = polys.first()?.clone();
                polys[1..].iter().try_fold(first, |left, right| match function {
                    Function::Add => left.plus(right),
                    Function::Sub => left.minus(right),
                    Function::Mul => left.times(right),
                    _ => None,
                })
            }
            Expr::Fact(_) => None,
        }
    }

    /// A polynomial over sizes of arguments as a shape expression.
    pub fn expr_of(&self, poly: &Poly) -> Option<Expr> {
        let mut sum: Option<Expr> = None;
        for (symbols, coefficient) in poly.terms() {
            let mut term: Option<Expr> = (coefficient != 1 || symbols.is_empty()).then_some(Expr::Int(coefficient));
            for symbol in symbols {
                let Source::Dim(value, dim) = self.sources[*symbol as usize] else { return None };
                let number = self.arguments.iter().position(|argument| *argument == value)?;
                let dim = Expr::dim(format!("arg{number}"), dim);
                term = Some(match term {
                    Some(term) => Expr::call(Function::Mul, term, dim),
                    None => dim,
                });
            }
            sum = match (sum, term) {
                (Some(sum), Some(term)) => Some(Expr::call(Function::Add, sum, term)),
                (sum, term) => sum.or(term),
            };
        }
        Some(sum.unwrap_or(Expr::Int(0)))
    }

    /// Lists of sizes of the arguments that are the same, each with two entries or more.
    pub fn equal(&mut self) -> Vec<Vec<Expr>> {
        let mut lists: Vec<(Poly, Vec<Expr>)> = vec![];
        for (number, argument) in self.arguments.clone().into_iter().enumerate() {
            for dim in super::dynamic_dims(argument) {
                let size = self.size(argument, dim);
                let name = Expr::dim(format!("arg{number}"), dim);
                match lists.iter_mut().find(|(other, _)| *other == size) {
                    Some((_, list)) => list.push(name),
                    None => {
                        let known = self.expr_of(&size).filter(|known| *known != name);
                        lists.push((size, known.into_iter().chain([name]).collect()));
                    }
                }
            }
        }
        lists.into_iter().map(|(_, list)| list).filter(|list| list.len() > 1).collect()
    }
}
