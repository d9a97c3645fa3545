//! Formulas over affine inequalities: what a mask says of the points of an iteration space.

use crate::dialect::linear::Linear;

/// An integer expression: affine in the dims, plus captures times factors, plus quotients times factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub linear: Linear,
    /// (capture, factor)
    pub reads: Vec<(usize, i64)>,
    /// (dividend, positive divisor, factor): the quotient is rounded down.
    pub floors: Vec<(Term, i64, i64)>,
}

/// A formula in negation normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    Constant(bool),
    /// `term <= 0`
    Atom(Term),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
    /// Anything else: may hold or not.
    Unknown,
}

impl Term {
    pub(super) fn constant(dims: usize, value: i64) -> Self {
        Self { linear: Linear::constant(dims, value), reads: vec![], floors: vec![] }
    }

    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        let mut reads = self.reads.clone();
        for (capture, factor) in &other.reads {
            match reads.iter_mut().find(|(own, _)| own == capture) {
                Some((_, own)) => *own = own.checked_add(*factor)?,
                None => reads.push((*capture, *factor)),
            }
        }
        reads.retain(|(_, factor)| *factor != 0);
        let mut floors = self.floors.clone();
        for (dividend, divisor, factor) in &other.floors {
            match floors.iter_mut().find(|(own, by, _)| own == dividend && by == divisor) {
                Some((_, _, own)) => *own = own.checked_add(*factor)?,
                None => floors.push((dividend.clone(), *divisor, *factor)),
            }
        }
        floors.retain(|(_, _, factor)| *factor != 0);
        Some(Self { linear: self.linear.plus(&other.linear)?, reads, floors })
    }

    pub(super) fn times(&self, factor: i64) -> Option<Self> {
        let reads = self
            .reads
            .iter()
            .map(|(capture, own)| Some((*capture, own.checked_mul(factor)?)))
            .collect::<Option<_>>()?;
        let floors = self
            .floors
            .iter()
            .map(|(dividend, divisor, own)| Some((dividend.clone(), *divisor, own.checked_mul(factor)?)))
            .collect::<Option<_>>()?;
        Some(Self { linear: self.linear.times(factor)?, reads, floors })
    }

    /// The term plus a number.
    pub fn add(&self, number: i64) -> Option<Self> {
        self.plus(&Self::constant(self.linear.factors.len(), number))
    }

    /// The term's negation.
    pub fn negate(&self) -> Option<Self> {
        self.times(-1)
    }

    /// A number that the term is nowhere below where every dim is between two; `None` where a capture has a say.
    pub fn least(&self, dims: &[(i64, i64)]) -> Option<i64> {
        if !self.reads.is_empty() {
            return None;
        }
        let mut sum = self.linear.constant;
        for dim in self.linear.dims() {
            let (factor, (low, high)) = (self.linear.factors[dim], *dims.get(dim)?);
            sum = sum.checked_add(factor.checked_mul(if factor > 0 { low } else { high })?)?;
        }
        for (dividend, divisor, factor) in &self.floors {
            let dividend = if *factor > 0 { dividend.least(dims)? } else { -dividend.negate()?.least(dims)? };
            sum = sum.checked_add(factor.checked_mul(dividend.div_euclid(*divisor))?)?;
        }
        Some(sum)
    }
}

impl Formula {
    pub(super) fn atom(term: Option<Term>) -> Self {
        match term {
            Some(term) => match (term.linear.as_constant(), term.reads.is_empty() && term.floors.is_empty()) {
                (Some(value), true) => Self::Constant(value <= 0),
                _ => Self::Atom(term),
            },
            None => Self::Unknown,
        }
    }

    /// The conjunction, simplified.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Constant(false), _) | (_, Self::Constant(false)) => Self::Constant(false),
            (Self::Constant(true), formula) | (formula, Self::Constant(true)) => formula,
            (lhs, rhs) if lhs == rhs => lhs,
            (lhs, rhs) => Self::And(Box::new(lhs), Box::new(rhs)),
        }
    }

    /// The disjunction, simplified.
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Constant(true), _) | (_, Self::Constant(true)) => Self::Constant(true),
            (Self::Constant(false), formula) | (formula, Self::Constant(false)) => formula,
            (lhs, rhs) if lhs == rhs => lhs,
            (lhs, rhs) => Self::Or(Box::new(lhs), Box::new(rhs)),
        }
    }

    /// The negation.
    pub fn negated(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            // e > 0 is -e + 1 <= 0 over the integers.
            Self::Atom(term) => Self::atom(term.negate().and_then(|term| term.add(1))),
            Self::And(lhs, rhs) => lhs.negated().or(rhs.negated()),
            Self::Or(lhs, rhs) => lhs.negated().and(rhs.negated()),
            Self::Unknown => Self::Unknown,
        }
    }

    /// The captures that a conjunction of two atoms says are equal.
    pub fn equality(&self) -> Option<[usize; 2]> {
        let Self::And(lhs, rhs) = self else { return None };
        let (Self::Atom(lhs), Self::Atom(rhs)) = (&**lhs, &**rhs) else { return None };
        let bare = |term: &Term| term.linear.as_constant() == Some(0) && term.floors.is_empty();
        match lhs.plus(rhs)? {
            sum if !bare(&sum) || !bare(lhs) || !sum.reads.is_empty() => None,
            _ => match lhs.reads[..] {
                [(a, 1), (b, -1)] | [(b, -1), (a, 1)] => Some([a, b]),
                _ => None,
            },
        }
    }

    /// Whether the formula may hold somewhere where every dim is between two numbers.
    pub fn may_hold(&self, dims: &[(i64, i64)]) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Atom(term) => term.least(dims).is_none_or(|least| least <= 0),
            Self::And(lhs, rhs) => lhs.may_hold(dims) && rhs.may_hold(dims),
            Self::Or(lhs, rhs) => lhs.may_hold(dims) || rhs.may_hold(dims),
            Self::Unknown => true,
        }
    }

    /// Whether some atom satisfies `test`.
    pub fn any(&self, test: &dyn Fn(&Term) -> bool) -> bool {
        match self {
            Self::Constant(_) | Self::Unknown => false,
            Self::Atom(term) => test(term),
            Self::And(lhs, rhs) | Self::Or(lhs, rhs) => lhs.any(test) || rhs.any(test),
        }
    }
}

/// A quotient, rounded down.
pub(super) fn floor(dividend: &Term, by: i64) -> Option<Term> {
    if by < 1 {
        return None;
    }
    let zero = Term::constant(dividend.linear.factors.len(), 0);
    Some(Term { floors: vec![(dividend.clone(), by, 1)], ..zero })
}

/// A term that is a number.
pub(super) fn number(term: &Term) -> Option<i64> {
    (term.reads.is_empty() && term.floors.is_empty()).then(|| term.linear.as_constant()).flatten()
}

/// A difference.
pub(super) fn minus(lhs: &Term, rhs: &Term) -> Option<Term> {
    lhs.plus(&rhs.negate()?)
}
