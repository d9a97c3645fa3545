//! Which scores are dead: the mask of a score program as a formula over affine inequalities.
//!
//! A score is *dead* where it is -inf. The formula of a point being *live* is read off the selects and
//! sums of the score region; its atoms are `e <= 0` with `e` affine in the iteration dims, in integer
//! captures that depend on batch dims only (scalars of a tile), in integer captures along the query or the
//! key (data), and in quotients of such expressions, rounded down.

use super::{
    formula::{Formula, Term, floor, minus, number},
    identity,
};
use crate::{
    dialect::{
        linear::Linear,
        ops::{self, Combine, Fused},
    },
    ffi,
    ir::{self, Element, Val},
    pass::{
        tile::program::{Node, Programs, constant},
        unit_values,
    },
};
use std::collections::BTreeSet;

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
        let value = self.resolved(value);
        let nothing = (Formula::Constant(false), Formula::Constant(true));
        if let Some(number) = constant(value) {
            return (Formula::Constant(number == 0.0), Formula::Constant(true));
        }
        let Node::Apply(op) = self.programs.node(value) else { return nothing };
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

    /// A value, or the score that an argument stands for.
    fn resolved(&self, value: Val<'c>) -> Val<'c> {
        match self.programs.node(value) {
            Node::Argument(number) => self.scores.get(number).map_or(value, |score| self.resolved(*score)),
            _ => value,
        }
    }

    /// Notes a mask condition, and which value of it keeps the point.
    fn keep(&mut self, condition: Val<'c>, value: bool) {
        self.keeps.push((ffi::value_key(self.resolved(condition)), value));
    }

    /// Notes the numbers that a value is computed from, but for what is contracted.
    fn take(&mut self, value: Val<'c>) {
        let value = self.resolved(value);
        match self.programs.node(value) {
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
        let value = self.resolved(value);
        let nothing = (Formula::Constant(false), Formula::Constant(true));
        if self.is_dead(value) {
            return (Formula::Constant(true), Formula::Constant(true));
        }
        let Node::Apply(op) = self.programs.node(value) else { return nothing };
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
            Node::Read(capture) if Element::of(ir::type_of(value)) == Some(Element::BOOL) => {
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
            && Element::of(ir::type_of(ir::operands(op)[0])) == Some(Element::BOOL)
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
                let integer = Element::of(ir::type_of(value)).is_some_and(|element| element.int_bits() > 1);
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
