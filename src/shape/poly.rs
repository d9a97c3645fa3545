//! Sizes as polynomials over the sizes that are only known at run time.

use std::collections::BTreeMap;

/// A size that is only known at run time: a number of [`super::facts::Facts`]. It is never negative.
pub type Symbol = u32;

/// A polynomial with integer coefficients: sorted monomials, none with coefficient 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Poly(BTreeMap<Vec<Symbol>, i64>);

impl Poly {
    /// A number.
    pub fn constant(value: i64) -> Self {
        Self::default().plus_term(vec![], value).unwrap_or_default()
    }

    /// A symbol.
    pub fn symbol(symbol: Symbol) -> Self {
        Self(BTreeMap::from([(vec![symbol], 1)]))
    }

    /// The number this is, if it is one.
    pub fn as_constant(&self) -> Option<i64> {
        match self.0.len() {
            0 => Some(0),
            1 => self.0.get(&vec![]).copied(),
            _ => None,
        }
    }

    /// The symbol this is, if it is one.
    pub fn as_symbol(&self) -> Option<Symbol> {
        match self.monomial() {
            Some((1, [symbol])) => Some(*symbol),
            _ => None,
        }
    }

    /// Coefficient and symbols, when there is one term.
    pub fn monomial(&self) -> Option<(i64, &[Symbol])> {
        let (symbols, coefficient) = self.0.first_key_value()?;
        (self.0.len() == 1).then_some((*coefficient, symbols))
    }

    /// The terms: symbols and coefficient.
    pub fn terms(&self) -> impl Iterator<Item = (&[Symbol], i64)> {
        self.0.iter().map(|(symbols, coefficient)| (symbols.as_slice(), *coefficient))
    }

    /// Every symbol that occurs.
    pub fn symbols(&self) -> impl Iterator<Item = Symbol> + '_ {
        self.0.keys().flatten().copied()
    }

    fn plus_term(mut self, symbols: Vec<Symbol>, coefficient: i64) -> Option<Self> {
        let slot = self.0.entry(symbols.clone()).or_default();
        *slot = slot.checked_add(coefficient)?;
        if *slot == 0 {
            self.0.remove(&symbols);
        }
        Some(self)
    }

    /// The sum; `None` past 64 bits, as everywhere here.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        other.0.iter().try_fold(self.clone(), |sum, (symbols, c)| sum.plus_term(symbols.clone(), *c))
    }

    /// The difference.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        self.plus(&other.times(&Self::constant(-1))?)
    }

    /// The product.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut product = Self::default();
        for (a, x) in &self.0 {
            for (b, y) in &other.0 {
                let mut symbols = [a.as_slice(), b.as_slice()].concat();
                symbols.sort_unstable();
                product = product.plus_term(symbols, x.checked_mul(*y)?)?;
            }
        }
        Some(product)
    }

    /// The quotient, when `other` is one term that divides every term of this.
    pub fn over(&self, other: &Self) -> Option<Self> {
        if self == other && *self != Self::default() {
            return Some(Self::constant(1));
        }
        let (divisor, below) = other.monomial()?;
        let mut quotient = Self::default();
        for (symbols, coefficient) in &self.0 {
            let mut rest = symbols.clone();
            for symbol in below {
                rest.remove(rest.iter().position(|own| own == symbol)?);
            }
            if coefficient.checked_rem(divisor)? != 0 {
                return None;
            }
            quotient = quotient.plus_term(rest, coefficient.checked_div(divisor)?)?;
        }
        Some(quotient)
    }

    /// Whether this is at least `low` whatever the symbols are; `None` when that depends on them.
    pub fn at_least(&self, low: i64) -> Option<bool> {
        let constant = self.0.get(&vec![]).copied().unwrap_or(0);
        let mut rest = self.0.iter().filter(|(symbols, _)| !symbols.is_empty()).map(|(_, c)| *c);
        if constant >= low && rest.clone().all(|c| c > 0) {
            return Some(true);
        }
        (constant < low && rest.all(|c| c < 0)).then_some(false)
    }

    /// This with symbols replaced; `None` for a symbol leaves it.
    pub fn substitute(&self, with: impl Fn(Symbol) -> Option<Self>) -> Option<Self> {
        let mut sum = Self::default();
        for (symbols, coefficient) in &self.0 {
            let start = Self::constant(*coefficient);
            let term = symbols
                .iter()
                .try_fold(start, |term, symbol| term.times(&with(*symbol).unwrap_or_else(|| Self::symbol(*symbol))))?;
            sum = sum.plus(&term)?;
        }
        Some(sum)
    }

    /// The value where each symbol has this one.
    pub fn eval(&self, at: impl Fn(Symbol) -> Option<i64>) -> Option<i64> {
        self.0.iter().try_fold(0_i64, |sum, (symbols, coefficient)| {
            let term = symbols.iter().try_fold(*coefficient, |term, symbol| term.checked_mul(at(*symbol)?))?;
            sum.checked_add(term)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_exact() {
        let (a, b) = (Poly::symbol(0), Poly::symbol(1));
        let all = a.times(&b).and_then(|ab| ab.times(&Poly::constant(64))).expect("small");
        assert_eq!(all.over(&a), b.times(&Poly::constant(64)));
        assert_eq!(all.over(&Poly::constant(128)), None);
        assert_eq!(a.plus(&b).and_then(|sum| sum.over(&a)), None);
    }

    #[test]
    fn signs_hold_for_every_size() {
        let next = Poly::symbol(0).plus(&Poly::constant(1)).expect("small");
        assert_eq!(next.at_least(1), Some(true));
        assert_eq!(next.at_least(2), None);
        assert_eq!(Poly::default().minus(&next).and_then(|less| less.at_least(0)), Some(false));
    }
}
