//! What a thread computes for several neighbouring points together: a value per point, kept as a formula where that is
//! possible, so that neighbours in memory are seen to be neighbours.

use super::Points;
use crate::{
    ffi,
    gpu::code::{self, Cmp},
    ir::{self, Type, Val},
};

/// The number that an integer is known to be.
fn constant(value: Val<'_>) -> Option<i64> {
    if ir::is_float(ir::type_of(value)) { None } else { code::constant(value) }
}

/// A value of every point that a thread computes together.
#[derive(Clone, Debug)]
pub enum Lanes<'c> {
    /// Point `n` has `base + n * step`. `base` is a multiple of `multiple`, and 0 where that is 0.
    Run {
        base: Val<'c>,
        step: i64,
        multiple: i64,
    },
    Each(Vec<Val<'c>>),
}

/// Something that two equal values have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    Constant(i64),
    Value(usize),
}

impl Part {
    pub fn of(value: Val<'_>) -> Self {
        constant(value).map_or_else(|| Self::Value(ffi::value_key(value)), Self::Constant)
    }
}

/// What [`Lanes`] at two places have in common if they are the same.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Key {
    Run(Part, i64),
    Each(Vec<Part>),
}

pub fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a).unwrap_or(1)
}

impl<'c> Lanes<'c> {
    /// One value for all points.
    pub fn same(value: Val<'c>) -> Self {
        Self::Run { base: value, step: 0, multiple: constant(value).unwrap_or(1) }
    }

    /// The value that all points share.
    pub const fn shared(&self) -> Option<Val<'c>> {
        match self {
            Self::Run { base, step: 0, .. } => Some(*base),
            _ => None,
        }
    }

    pub fn key(&self) -> Key {
        match self {
            Self::Run { base, step, .. } => Key::Run(Part::of(*base), *step),
            Self::Each(values) => Key::Each(values.iter().map(|value| Part::of(*value)).collect()),
        }
    }

    /// The type of every value.
    pub fn ty(&self) -> Type<'c> {
        match self {
            Self::Run { base, .. } => ir::type_of(*base),
            Self::Each(values) => ir::type_of(values[0]),
        }
    }

    /// The numbers that `base` and each of these many values in a row lie under the same multiple of.
    fn span(&self, lanes: usize) -> Option<i64> {
        match self {
            Self::Run { step, .. } if *step >= 0 => step.checked_mul(lanes as i64 - 1),
            _ => None,
        }
    }
}

impl<'c> Points<'_, 'c> {
    /// A coordinate that all points share.
    pub fn fixed(&self, value: i64) -> Lanes<'c> {
        Lanes::same(self.code.b.int(value, self.coordinate))
    }

    /// What one point has.
    pub fn lane(&mut self, values: &Lanes<'c>, lane: usize) -> Val<'c> {
        match values {
            Lanes::Run { base, step: 0, .. } => *base,
            Lanes::Run { base, step, .. } => {
                let step = self.code.b.int(step * lane as i64, ir::type_of(*base));
                self.arithmetic("arith.addi", *base, step)
            }
            Lanes::Each(values) => values[lane.min(values.len() - 1)],
        }
    }

    /// A value for each point.
    pub fn spread(&mut self, values: &Lanes<'c>) -> Vec<Val<'c>> {
        (0..self.lanes).map(|lane| self.lane(values, lane)).collect()
    }

    /// One value per point, computed one by one, or once where all operands are shared.
    pub fn each(
        &mut self,
        operands: &[&Lanes<'c>],
        mut compute: impl FnMut(&mut Self, &[Val<'c>]) -> Val<'c>,
    ) -> Lanes<'c> {
        if let Some(shared) = operands.iter().map(|operand| operand.shared()).collect::<Option<Vec<_>>>() {
            return Lanes::same(compute(self, &shared));
        }
        let each = (0..self.lanes).map(|lane| {
            let operands: Vec<_> = operands.iter().map(|operand| self.lane(operand, lane)).collect();
            compute(self, &operands)
        });
        Lanes::Each(each.collect())
    }

    /// Integer arithmetic, folded, and once for the same operands.
    fn arithmetic(&mut self, name: &'static str, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        let ty = ir::type_of(a);
        let folded = match (name, constant(a), constant(b)) {
            ("arith.addi" | "arith.subi", _, Some(0)) | ("arith.muli" | "arith.divui", _, Some(1)) => return a,
            ("arith.addi", Some(0), _) | ("arith.muli", Some(1), _) => return b,
            ("arith.muli", Some(0), _) | ("arith.muli", _, Some(0)) => Some(0),
            ("arith.addi", Some(a), Some(b)) => a.checked_add(b),
            ("arith.subi", Some(a), Some(b)) => a.checked_sub(b),
            ("arith.muli", Some(a), Some(b)) => a.checked_mul(b),
            ("arith.divui", Some(a), Some(b)) if a >= 0 && b > 0 => Some(a / b),
            _ => None,
        };
        if let Some(folded) = folded {
            return self.code.b.int(folded, ty);
        }
        let key = (name, Part::of(a), Part::of(b));
        if let Some(known) = self.scopes.iter().rev().find_map(|scope| scope.arithmetic.get(&key)) {
            return *known;
        }
        let value = self.code.b.binary(name, a, b);
        self.scope().arithmetic.insert(key, value);
        value
    }

    pub fn sum(&mut self, a: &Lanes<'c>, b: &Lanes<'c>) -> Lanes<'c> {
        match (a, b) {
            (Lanes::Run { base: x, step: s, multiple: m }, Lanes::Run { base: y, step: t, multiple: n }) => {
                Lanes::Run { base: self.arithmetic("arith.addi", *x, *y), step: s + t, multiple: gcd(*m, *n) }
            }
            _ => self.each(&[a, b], |points, values| points.arithmetic("arith.addi", values[0], values[1])),
        }
    }

    pub fn difference(&mut self, a: &Lanes<'c>, b: &Lanes<'c>) -> Lanes<'c> {
        match (a, b) {
            (Lanes::Run { base: x, step: s, multiple: m }, Lanes::Run { base: y, step: t, multiple: n }) => {
                Lanes::Run { base: self.arithmetic("arith.subi", *x, *y), step: s - t, multiple: gcd(*m, *n) }
            }
            _ => self.each(&[a, b], |points, values| points.arithmetic("arith.subi", values[0], values[1])),
        }
    }

    pub fn product(&mut self, a: &Lanes<'c>, b: &Lanes<'c>) -> Lanes<'c> {
        if let (Lanes::Run { base: x, step: s, multiple: m }, Lanes::Run { base: y, step: t, multiple: n }) = (a, b) {
            // One side is the same for all points, and a known number unless both are.
            let by = match (*s, *t) {
                (0, 0) => Some(0),
                (s, 0) => constant(*y).and_then(|factor| s.checked_mul(factor)),
                (0, t) => constant(*x).and_then(|factor| t.checked_mul(factor)),
                _ => None,
            };
            if let Some(step) = by {
                let multiple = m.checked_mul(*n).unwrap_or(1);
                return Lanes::Run { base: self.arithmetic("arith.muli", *x, *y), step, multiple };
            }
        }
        self.each(&[a, b], |points, values| points.arithmetic("arith.muli", values[0], values[1]))
    }

    /// Quotient and remainder of numbers that are not negative.
    pub fn divided(&mut self, a: &Lanes<'c>, size: Val<'c>) -> (Lanes<'c>, Lanes<'c>) {
        let number = constant(size);
        if number == Some(1) {
            let zero = Lanes::same(self.code.b.int(0, ir::type_of(size)));
            return (a.clone(), zero);
        }
        if let Lanes::Run { base, step, multiple } = a {
            // All points lie between two multiples of this that `size` is a multiple of.
            let within = number.filter(|number| *number > 0).map_or(1, |number| gcd(*multiple, number));
            if a.span(self.lanes).is_some_and(|span| span < within) {
                let quotient = self.arithmetic("arith.divui", *base, size);
                let whole = self.arithmetic("arith.muli", quotient, size);
                let rest = self.arithmetic("arith.subi", *base, whole);
                let per = number.filter(|number| *number > 0 && multiple % number == 0).map(|number| multiple / number);
                let quotient = Lanes::Run { base: quotient, step: 0, multiple: per.unwrap_or(1) };
                return (quotient, Lanes::Run { base: rest, step: *step, multiple: within });
            }
        }
        let size = Lanes::same(size);
        let quotient = self.each(&[a, &size], |points, values| points.arithmetic("arith.divui", values[0], values[1]));
        let whole = self.product(&quotient, &size);
        let rest = self.difference(a, &whole);
        (quotient, rest)
    }

    /// Whether numbers, counted without a sign, lie below a size.
    pub fn below(&mut self, a: &Lanes<'c>, size: Val<'c>) -> Lanes<'c> {
        let less = |points: &Self, a, b| points.code.b.compare("arith.cmpi", ir::cmpi::ULT, a, b);
        if let (Lanes::Run { base, multiple, .. }, Some(number)) = (a, constant(size)) {
            let within = gcd(*multiple, number);
            if a.span(self.lanes).is_some_and(|span| span < within) {
                return Lanes::same(less(self, *base, size));
            }
        }
        self.each(&[a, &Lanes::same(size)], |points, values| less(points, values[0], values[1]))
    }

    /// Both of two conditions.
    pub fn both(&mut self, a: &Lanes<'c>, b: &Lanes<'c>) -> Lanes<'c> {
        self.each(&[a, b], |points, values| points.code.and(values[0], values[1]))
    }

    /// Whether numbers are equal.
    pub fn equal(&mut self, a: &Lanes<'c>, b: &Lanes<'c>) -> Lanes<'c> {
        self.each(&[a, b], |points, values| points.code.cmp(Cmp::Eq, values[0], values[1]))
    }

    /// Integers in another width.
    pub fn resized(&mut self, values: &Lanes<'c>, ty: Type<'c>, unsigned: bool) -> Lanes<'c> {
        let width = |ty: Type<'c>| ir::type_name(ty).trim_start_matches('i').parse::<u32>().unwrap_or(64);
        let from = values.ty();
        if width(from) == width(ty) {
            return values.clone();
        }
        let extend = if unsigned { "arith.extui" } else { "arith.extsi" };
        let name = if width(from) < width(ty) { extend } else { "arith.trunci" };
        self.each(&[values], |points, values| match constant(values[0]) {
            Some(number) if (0..1 << 30).contains(&number) => points.code.b.int(number, ty),
            _ => points.code.b.cast(name, values[0], ty),
        })
    }

    /// A coordinate as a value of the program: an i64.
    pub fn as_index(&mut self, coordinate: &Lanes<'c>) -> Lanes<'c> {
        self.recast(coordinate, self.code.t.i64)
    }

    /// An i64 of the program that lies within a tensor as a coordinate.
    pub fn as_coordinate(&mut self, value: &Lanes<'c>) -> Lanes<'c> {
        self.recast(value, self.coordinate)
    }

    /// Coordinates in another width, neither negative nor too large for the narrower one.
    fn recast(&mut self, values: &Lanes<'c>, ty: Type<'c>) -> Lanes<'c> {
        match values {
            Lanes::Run { base, step, multiple } => {
                let base = match constant(*base) {
                    Some(number) => self.code.b.int(number, ty),
                    None if ir::type_of(*base) == ty => *base,
                    None => {
                        let key = ("recast", Part::of(*base), Part::Value(0));
                        match self.scopes.iter().rev().find_map(|scope| scope.arithmetic.get(&key)).copied() {
                            Some(known) if ir::type_of(known) == ty => known,
                            _ => {
                                let wider = ty == self.code.t.i64;
                                let name = if wider { "arith.extsi" } else { "arith.trunci" };
                                let value = self.code.b.cast(name, *base, ty);
                                self.scope().arithmetic.insert(key, value);
                                value
                            }
                        }
                    }
                };
                Lanes::Run { base, step: *step, multiple: *multiple }
            }
            each => self.resized(each, ty, false),
        }
    }
}
