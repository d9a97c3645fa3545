//! Which scores are dead: the mask of a score program as a formula over affine inequalities.
//!
//! A score is *dead* where it is -inf. The formula of a point being *live* is read off the selects and
//! sums of the score region; its atoms are `e <= 0` with `e` affine in the iteration dims, in integer
//! captures that depend on batch dims only (scalars of a tile), in integer captures along the query or the
//! key (data), and in quotients of such expressions, rounded down.

use super::identity;
use crate::{
    dialect::{
        linear::Linear,
        ops::{self, Combine, Fused},
    },
    ffi,
    ir::{self, Val},
    pass::{
        tile::program::{Node, Programs, constant},
        unit_values,
    },
};
use std::collections::BTreeSet;

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
    fn constant(dims: usize, value: i64) -> Self {
        Self { linear: Linear::constant(dims, value), reads: vec![], floors: vec![] }
    }

    fn plus(&self, other: &Self) -> Option<Self> {
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

    fn times(&self, factor: i64) -> Option<Self> {
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
    fn least(&self, dims: &[(i64, i64)]) -> Option<i64> {
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
    fn atom(term: Option<Term>) -> Self {
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

/// A mask condition, and which value of it keeps the score.
pub type Keep = (usize, bool);

/// What the masks of a fused op say.
pub struct Mask {
    /// Where a point is live: some score is not dead.
    pub live: Formula,
    /// Where no mask changes any score.
    pub clear: Formula,
    /// The conditions that are decided where the mask is clear, by value identity.
    pub keeps: Vec<Keep>,
    /// Where each score is live in which a finite number stands for -inf.
    pub finite: Vec<Formula>,
    /// Captures that have to be finite for a point that is not live to add nothing.
    pub taken: BTreeSet<usize>,
}

/// Reads the masks of a fused op.
pub struct Reader<'a, 'c> {
    programs: Programs<'a, 'c>,
    /// Numbers at or below this count as -inf.
    threshold: f64,
    /// What the number being looked at is multiplied by before it is a score.
    scale: f64,
    /// Whether -inf stays -inf whatever is added to it.
    sticky: bool,
    keeps: Vec<Keep>,
    finite: bool,
    /// What the first arguments of the lift region are.
    scores: Vec<Val<'c>>,
    taken: BTreeSet<usize>,
}

impl<'a, 'c> Reader<'a, 'c> {
    /// Reads masks; numbers at or below `threshold` count as -inf.
    pub fn new(fused: &'a Fused<'c>, threshold: f64) -> Self {
        let sticky = ir::attr(fused.op, super::STRICT).is_none();
        let (keeps, scores, taken) = (vec![], vec![], BTreeSet::new());
        Self { programs: Programs { fused }, threshold, scale: 1.0, sticky, keeps, finite: false, scores, taken }
    }

    /// The mask over every score.
    pub fn read(mut self, scores: &[Val<'c>]) -> Mask {
        let (mut live, mut clear, mut finite) = (Formula::Constant(false), Formula::Constant(true), vec![]);
        for score in scores {
            self.finite = false;
            let (dead, kept) = self.dead(*score);
            let own = dead.negated();
            if self.finite {
                finite.push(own.clone());
            }
            live = live.or(own);
            clear = clear.and(kept);
        }
        Mask { live, clear, keeps: self.keeps, finite, taken: BTreeSet::new() }
    }

    /// The mask over what a point adds to the states, where that says more than the scores do: weights that are 0 where a score
    /// inside of them is -inf, or that are set to 0.
    pub fn read_added(mut self, scores: &[Val<'c>]) -> Mask {
        self.scores = scores.to_vec();
        let fused = self.programs.fused;
        let (mut dead, mut clear) = (Formula::Constant(true), Formula::Constant(true));
        for (number, lift) in ops::yielded(fused.regions.lift).into_iter().enumerate() {
            let combine = fused.header.states.get(number).map(|state| state.combine);
            let (own, kept) = match combine {
                Some(Combine::Sum) => {
                    // A value of a dead key is finite (docs/numerics.md), whether or not it has a dim of its own.
                    self.zero(unit_values::weighted(fused, number).map_or(lift, |sum| sum.weight))
                }
                Some(Combine::Max) => self.dead(lift),
                Some(Combine::And) => (self.formula(lift), Formula::Constant(true)),
                Some(Combine::Or) => (self.formula(lift).negated(), Formula::Constant(true)),
                _ => (Formula::Constant(false), Formula::Constant(true)),
            };
            (dead, clear) = (dead.and(own), clear.and(kept));
        }
        let live = dead.negated();
        let finite = if self.finite { vec![live.clone()] } else { vec![] };
        Mask { live, clear, keeps: self.keeps, finite, taken: self.taken }
    }

    /// Where a value is surely 0, and where no mask inside it makes it so. Beside a 0, what is read is taken to be finite.
    fn zero(&mut self, value: Val<'c>) -> (Formula, Formula) {
        let nothing = (Formula::Constant(false), Formula::Constant(true));
        if let Some(number) = constant(value) {
            return (Formula::Constant(number == 0.0), Formula::Constant(true));
        }
        let op = match self.programs.node(value) {
            Node::Argument(number) => {
                let score = self.scores.get(number).copied();
                return score.map_or(nothing, |score| self.zero(score));
            }
            Node::Apply(op) => op,
            _ => return nothing,
        };
        let operands = ir::operands(op);
        match ir::name(op) {
            "arith.select" => {
                let condition = self.formula(operands[0]);
                let ((yes, clear_yes), (no, clear_no)) = (self.zero(operands[1]), self.zero(operands[2]));
                let is_zero = |value: Val<'c>| constant(value) == Some(0.0);
                match (is_zero(operands[1]), is_zero(operands[2])) {
                    // Whatever it is about, the other arm decides.
                    (false, true) if condition == Formula::Unknown => (yes, clear_yes),
                    (true, false) if condition == Formula::Unknown => (no, clear_no),
                    (false, true) => {
                        self.keep(operands[0], true);
                        (condition.clone().negated().or(yes), condition.and(clear_yes))
                    }
                    (true, false) => {
                        self.keep(operands[0], false);
                        (condition.clone().or(no), condition.negated().and(clear_no))
                    }
                    _ => (condition.clone().and(yes).or(condition.negated().and(no)), clear_yes.and(clear_no)),
                }
            }
            "arith.mulf" => {
                let ((lhs, clear_lhs), (rhs, clear_rhs)) = (self.zero(operands[0]), self.zero(operands[1]));
                for (own, other) in [(&lhs, operands[1]), (&rhs, operands[0])] {
                    if *own != Formula::Constant(false) {
                        self.take(other);
                    }
                }
                (lhs.or(rhs), clear_lhs.and(clear_rhs))
            }
            "arith.addf" | "arith.subf" => {
                let ((lhs, clear_lhs), (rhs, clear_rhs)) = (self.zero(operands[0]), self.zero(operands[1]));
                (lhs.and(rhs), clear_lhs.and(clear_rhs))
            }
            "arith.divf" => {
                self.take(operands[1]);
                self.zero(operands[0])
            }
            "math.exp" | "math.exp2" => self.dead(operands[0]),
            "arith.negf" | "arith.extf" | "arith.truncf" | "math.tanh" | "math.absf" => self.zero(operands[0]),
            _ => nothing,
        }
    }

    /// Notes a mask condition, and which value of it keeps the point.
    fn keep(&mut self, condition: Val<'c>, value: bool) {
        let own = match self.programs.node(condition) {
            Node::Argument(number) => self.scores.get(number).copied().unwrap_or(condition),
            _ => condition,
        };
        self.keeps.push((ffi::value_key(own), value));
    }

    /// Notes the numbers that a value is computed from, but for what is contracted.
    fn take(&mut self, value: Val<'c>) {
        match self.programs.node(value) {
            Node::Argument(number) => {
                if let Some(score) = self.scores.get(number).copied() {
                    self.take(score);
                }
            }
            Node::Read(capture) if ir::is_float(ir::type_of(value)) => {
                self.taken.insert(capture);
            }
            Node::Apply(op) => ir::operands(op).into_iter().for_each(|operand| self.take(operand)),
            _ => {}
        }
    }

    /// Whether what is subtracted from a -inf leaves it one: nothing of a running state that may be -inf itself.
    fn leaves(&mut self, subtracted: Val<'c>) -> bool {
        self.take(subtracted);
        let mut open = vec![subtracted];
        while let Some(value) = open.pop() {
            match self.programs.node(value) {
                Node::Argument(number) if number >= self.scores.len() => {
                    return identity::is_above_neg_inf(self.programs.fused, subtracted);
                }
                Node::Argument(number) => open.push(self.scores[number]),
                Node::Apply(op) => open.extend(ir::operands(op)),
                _ => {}
            }
        }
        true
    }

    fn is_dead(&mut self, value: Val<'c>) -> bool {
        let Some(number) = constant(value) else { return false };
        let dead = number == f64::NEG_INFINITY || number * self.scale <= self.threshold;
        self.finite |= dead && number.is_finite();
        dead
    }

    /// As [`Reader::dead`], of a value that is then multiplied by a positive number.
    fn dead_times(&mut self, value: Val<'c>, factor: f64) -> (Formula, Formula) {
        let outer = self.scale;
        self.scale *= factor;
        let found = self.dead(value);
        self.scale = outer;
        found
    }

    /// Where a score is surely dead, and where no mask inside it changes it.
    fn dead(&mut self, value: Val<'c>) -> (Formula, Formula) {
        let nothing = (Formula::Constant(false), Formula::Constant(true));
        if self.is_dead(value) {
            return (Formula::Constant(true), Formula::Constant(true));
        }
        let op = match self.programs.node(value) {
            Node::Argument(number) => {
                let score = self.scores.get(number).copied();
                return score.map_or(nothing, |score| self.dead(score));
            }
            Node::Apply(op) => op,
            _ => return nothing,
        };
        let operands = ir::operands(op);
        match ir::name(op) {
            "arith.select" => {
                let condition = self.formula(operands[0]);
                let (yes, no) = (self.masks(operands[1]), self.masks(operands[2]));
                match (yes, no) {
                    // A mask: one branch is dead (or the neutral 0 of an added mask is the other).
                    (false, true) => {
                        self.keep(operands[0], true);
                        let (dead, clear) = self.dead(operands[1]);
                        (condition.clone().negated().or(dead), condition.and(clear))
                    }
                    (true, false) => {
                        self.keep(operands[0], false);
                        let (dead, clear) = self.dead(operands[2]);
                        (condition.clone().or(dead), condition.negated().and(clear))
                    }
                    _ => {
                        let ((dead_yes, clear_yes), (dead_no, clear_no)) =
                            (self.dead(operands[1]), self.dead(operands[2]));
                        let dead = condition.clone().and(dead_yes).or(condition.negated().and(dead_no));
                        (dead, clear_yes.and(clear_no))
                    }
                }
            }
            // Strictly, +inf or NaN may be added to a -inf.
            "arith.addf" | "arith.subf" if !self.sticky => nothing,
            "arith.addf" | "arith.minimumf" | "arith.minnumf" => {
                let ((dead_lhs, clear_lhs), (dead_rhs, clear_rhs)) = (self.dead(operands[0]), self.dead(operands[1]));
                (dead_lhs.or(dead_rhs), clear_lhs.and(clear_rhs))
            }
            "arith.subf" if !self.leaves(operands[1]) => nothing,
            "arith.subf" | "arith.truncf" | "arith.extf" => self.dead(operands[0]),
            "arith.mulf" => match (constant(operands[0]), constant(operands[1])) {
                (_, Some(factor)) if factor > 0.0 => self.dead_times(operands[0], factor),
                (Some(factor), _) if factor > 0.0 => self.dead_times(operands[1], factor),
                _ => nothing,
            },
            "arith.divf" => match constant(operands[1]) {
                Some(by) if by > 0.0 => self.dead_times(operands[0], 1.0 / by),
                _ => nothing,
            },
            _ => nothing,
        }
    }

    /// Whether a value is a dead constant, possibly scaled or cast.
    fn masks(&mut self, value: Val<'c>) -> bool {
        self.is_dead(value)
    }

    /// The formula of an i1 value.
    pub fn formula(&self, value: Val<'c>) -> Formula {
        let dims = self.programs.fused.header.roles.len();
        let op = match self.programs.node(value) {
            Node::Apply(op) => op,
            // A boolean b holds where 1 - b <= 0.
            Node::Argument(number) => {
                return self.scores.get(number).map_or(Formula::Unknown, |score| self.formula(*score));
            }
            Node::Read(capture) if ir::type_name(ir::type_of(value)) == "i1" => {
                return Formula::Atom(Term { reads: vec![(capture, -1)], ..Term::constant(dims, 1) });
            }
            _ => return Formula::Unknown,
        };
        let operands = ir::operands(op);
        let of = |index: usize| self.formula(operands[index]);
        match ir::name(op) {
            "arith.constant" => constant(value).map_or(Formula::Unknown, |value| Formula::Constant(value != 0.0)),
            "arith.andi" | "arith.muli" => of(0).and(of(1)),
            "arith.ori" => of(0).or(of(1)),
            "arith.xori" => match (of(0), of(1)) {
                (Formula::Constant(value), formula) | (formula, Formula::Constant(value)) => {
                    if value {
                        formula.negated()
                    } else {
                        formula
                    }
                }
                _ => Formula::Unknown,
            },
            "arith.select" => {
                let condition = of(0);
                condition.clone().and(of(1)).or(condition.negated().and(of(2)))
            }
            "arith.cmpi" => {
                let predicate = ir::attr(op, "predicate").and_then(ir::int_attr).unwrap_or(-1);
                self.compare(predicate, operands[0], operands[1])
            }
            _ => Formula::Unknown,
        }
    }

    /// The formula of an integer comparison (numbers of `arith.cmpi`).
    fn compare(&self, predicate: i64, lhs: Val<'c>, rhs: Val<'c>) -> Formula {
        // A boolean that was widened and compared with zero.
        if constant(rhs) == Some(0.0)
            && let Node::Apply(op) = self.programs.node(lhs)
            && ir::name(op) == "arith.extui"
            && ir::type_name(ir::type_of(ir::operands(op)[0])) == "i1"
        {
            let formula = self.formula(ir::operands(op)[0]);
            return match predicate {
                0 => formula.negated(),
                1 => formula,
                _ => Formula::Unknown,
            };
        }
        if let Node::Apply(op) = self.programs.node(lhs)
            && ir::name(op) == "math.absi"
            && let (Some(inner), Some(bound)) = (self.term(ir::operands(op)[0]), self.term(rhs))
        {
            let (Some(up), Some(down)) =
                (minus(&inner, &bound), inner.negate().and_then(|inner| minus(&inner, &bound)))
            else {
                return Formula::Unknown;
            };
            let both = |add: i64| Formula::atom(up.add(add)).and(Formula::atom(down.add(add)));
            return match predicate {
                2 => both(1),
                3 => both(0),
                4 => both(0).negated(),
                5 => both(1).negated(),
                _ => Formula::Unknown,
            };
        }
        let (Some(lhs), Some(rhs)) = (self.term(lhs), self.term(rhs)) else { return Formula::Unknown };
        let (Some(up), Some(down)) = (minus(&lhs, &rhs), minus(&rhs, &lhs)) else { return Formula::Unknown };
        match predicate {
            0 => Formula::atom(Some(up)).and(Formula::atom(Some(down))),
            1 => Formula::atom(up.add(1)).or(Formula::atom(down.add(1))),
            2 => Formula::atom(up.add(1)),
            3 => Formula::atom(Some(up)),
            4 => Formula::atom(down.add(1)),
            5 => Formula::atom(Some(down)),
            _ => Formula::Unknown,
        }
    }

    /// An integer value as a term. Index arithmetic is taken not to wrap.
    fn term(&self, value: Val<'c>) -> Option<Term> {
        let dims = self.programs.fused.header.roles.len();
        match self.programs.node(value) {
            Node::Index(dim) => Some(Term { linear: Linear::dim(dims, dim), ..Term::constant(dims, 0) }),
            Node::Read(capture) => {
                let integer = ops::int_width(ir::type_of(value)) > 1;
                integer.then(|| Term { reads: vec![(capture, 1)], ..Term::constant(dims, 0) })
            }
            Node::Apply(op) => {
                let operands = ir::operands(op);
                let of = |index: usize| self.term(operands[index]);
                match ir::name(op) {
                    "arith.constant" => {
                        let number = ir::int_attr(ir::attr(op, "value")?)?;
                        Some(Term::constant(dims, number))
                    }
                    "arith.index_cast" | "arith.extsi" => of(0),
                    "arith.addi" => of(0)?.plus(&of(1)?),
                    "arith.subi" => minus(&of(0)?, &of(1)?),
                    "arith.muli" => {
                        let (lhs, rhs) = (of(0)?, of(1)?);
                        match (number(&lhs), number(&rhs)) {
                            (_, Some(factor)) => lhs.times(factor),
                            (Some(factor), _) => rhs.times(factor),
                            _ => None,
                        }
                    }
                    "arith.floordivsi" => floor(&of(0)?, number(&of(1)?)?),
                    // Division that truncates is floor division where the dividend is not negative.
                    "arith.divsi" | "arith.divui" if self.is_natural(operands[0]) => floor(&of(0)?, number(&of(1)?)?),
                    "arith.shrsi" | "arith.shrui" if self.is_natural(operands[0]) => {
                        let bits = u32::try_from(number(&of(1)?)?).ok()?;
                        floor(&of(0)?, 1_i64.checked_shl(bits).filter(|by| *by > 0)?)
                    }
                    "arith.remsi" | "arith.remui" if self.is_natural(operands[0]) => {
                        let (dividend, by) = (of(0)?, number(&of(1)?)?);
                        minus(&dividend, &floor(&dividend, by)?.times(by)?)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether an integer value is surely not negative: built from indices and constants by sums,
    /// products and quotients.
    fn is_natural(&self, value: Val<'c>) -> bool {
        match self.programs.node(value) {
            Node::Index(_) => true,
            Node::Apply(op) => match ir::name(op) {
                "arith.constant" => constant(value).is_some_and(|number| number >= 0.0),
                "arith.index_cast" | "arith.extsi" | "arith.addi" | "arith.muli" | "arith.divsi" | "arith.divui"
                | "arith.floordivsi" | "arith.remsi" | "arith.remui" => {
                    ir::operands(op).into_iter().all(|operand| self.is_natural(operand))
                }
                _ => false,
            },
            _ => false,
        }
    }
}

fn floor(dividend: &Term, by: i64) -> Option<Term> {
    if by < 1 {
        return None;
    }
    let zero = Term::constant(dividend.linear.factors.len(), 0);
    Some(Term { floors: vec![(dividend.clone(), by, 1)], ..zero })
}

fn number(term: &Term) -> Option<i64> {
    (term.reads.is_empty() && term.floors.is_empty()).then(|| term.linear.as_constant()).flatten()
}

fn minus(lhs: &Term, rhs: &Term) -> Option<Term> {
    lhs.plus(&rhs.negate()?)
}
