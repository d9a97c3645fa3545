//! The laws that bring sums and extrema over the keys into the form states can be read from.

use super::derive::Deriver;
use crate::algebra::{Arena, Func, Id, Kind, Node, Ty};
use std::collections::{HashMap, HashSet};

/// The condition of taking a divisor out of a sum where it is proved, and where it is assumed.
const TOTAL: &str = "c does not depend on the key, and is 0 only where every x is";
/// `arith.cmpf ogt`.
const GREATER: i64 = 2;
/// Numbers from here on are not kept as multiples where their rounding is seen.
const LARGE: f64 = 128.0;
/// Numbers from here on have multiples that f32 cannot hold.
const HUGE: f64 = f32::MAX as f64 / std::f64::consts::LOG2_E;
const ASSUMED: &str = "c does not depend on the key; assumed finite, and not 0 where an x is not";

impl Deriver<'_> {
    /// `exp(x)` as `exp2(x * log2 e)`, where it meets the keys or their reductions.
    pub(super) fn base_two(&mut self, root: Id) -> Id {
        let calls = self.arena.collect(&[root], |arena, id| {
            let matters = arena.uses(id, self.key) || arena.flags(id).key_reduces;
            matters && matches!(arena.node(id), Node::Call(Func::Exp | Func::Log, _))
        });
        let mut map = HashMap::new();
        for call in calls {
            let Node::Call(func, arguments) = self.arena.node(call).clone() else { continue };
            let argument = self.arena.replace(arguments[0], &map);
            let seen = self.is_settled(argument) && (self.holds(argument, LARGE) || self.is_wide(argument));
            let new = if func == Func::Exp && seen {
                self.arena.call1(Func::Exp, argument)
            } else if func == Func::Exp {
                let scaled = if self.is_settled(argument) {
                    self.scaled_terms(std::f64::consts::LOG2_E, argument)
                } else {
                    self.arena.scale(std::f64::consts::LOG2_E, argument)
                };
                self.laws.used("exp(x) = exp2(x*log2(e))", "always", "exponentials of the score");
                if self.is_log_sum(scaled) { self.exp2_of(scaled) } else { self.arena.call1(Func::Exp2, scaled) }
            } else {
                let log = self.arena.call1(Func::Log2, argument);
                self.arena.scale(std::f64::consts::LN_2, log)
            };
            map.insert(call, new);
        }
        self.arena.replace(root, &map)
    }

    /// A multiple of a sum; of a choice that a mask makes, what it chooses is multiplied.
    fn scaled_terms(&mut self, by: f64, sum: Id) -> Id {
        let (terms, constant) = self.arena.sum_parts(sum);
        let scaled: Vec<_> = terms
            .into_iter()
            .map(|(term, factor)| match self.arena.node(term).clone() {
                Node::Call(Func::Select, a)
                    if a[1..].iter().any(|arm| self.arena.as_float(*arm) == Some(f64::NEG_INFINITY))
                        && factor > 0.0 =>
                {
                    let (yes, no) = (self.arena.scale(by * factor, a[1]), self.arena.scale(by * factor, a[2]));
                    (self.arena.select(a[0], yes, no), 1.0)
                }
                _ => (term, by * factor),
            })
            .collect();
        self.arena.sum(&scaled, by * constant)
    }

    /// Whether something that is known, as a statistic of rows or of columns, is taken from an exponent, and nothing that is not.
    fn is_settled(&self, exponent: Id) -> bool {
        let (terms, _) = self.arena.sum_parts(exponent);
        let known = |term: &Id| matches!(self.arena.node(*term), Node::Load(..));
        !self.arena.flags(exponent).key_reduces && terms.iter().any(|(term, factor)| *factor < 0.0 && known(term))
    }

    /// Whether an exponent is a value of the row with the logarithm of a sum of exponentials in it.
    fn is_log_sum(&self, exponent: Id) -> bool {
        let (terms, _) = self.arena.sum_parts(exponent);
        let mut logarithms = terms.iter().filter_map(|(term, _)| match self.arena.node(*term) {
            Node::Call(Func::Log2, a) => Some(a[0]),
            _ => None,
        });
        let sum = |id: Id| match self.arena.node(id) {
            Node::Reduce { kind: Kind::Sum, body, init: None, .. } => self.is_nonnegative(*body),
            _ => false,
        };
        !self.arena.uses(exponent, self.key) && logarithms.clone().count() > 0 && logarithms.all(sum)
    }

    /// The sum over the keys of `body`, with all that does not depend on the key outside of it.
    pub(super) fn distribute(&mut self, body: Id) -> Id {
        let (coefficient, factors) = self.arena.product_parts(body);
        if coefficient == 0.0 {
            return self.arena.float(0.0);
        }
        let mut outside: Vec<(Id, i32)> = vec![];
        let mut inside: Vec<(Id, i32)> = vec![];
        for (factor, power) in factors.clone() {
            if !self.uses_key(factor) {
                if power < 0 {
                    let condition = if self.is_total(factor, &factors) { TOTAL } else { ASSUMED };
                    self.laws.used("sum(x/c) = sum(x)/c", condition, "a divisor of the weights");
                } else {
                    let condition = "c does not depend on the key";
                    self.laws.used("sum(c*x) = c*sum(x)", condition, "a factor of the weights");
                }
                outside.push((factor, power));
            } else if let Node::Call(Func::Exp2, arguments) = self.arena.node(factor).clone() {
                let (kept, out) = self.split_exponent(arguments[0]);
                if let Some(out) = out {
                    let exponential = self.exp2_of(out);
                    outside.push((exponential, power));
                }
                let kept = self.arena.call1(Func::Exp2, kept);
                inside.push((kept, power));
            } else {
                inside.push((factor, power));
            }
        }
        if let [(factor, 1)] = inside[..]
            && let Node::Call(Func::Exp2, a) = self.arena.node(factor).clone()
            && let Some(sum) = self.guarded_sum(a[0])
        {
            outside.push((sum, 1));
            let product = self.arena.product(&outside);
            return self.arena.scale(coefficient, product);
        }
        for at in 0..inside.len() {
            let (factor, power) = inside[at];
            if power < 1 {
                continue;
            }
            let mut rest = inside.clone();
            rest[at].1 -= 1;
            rest.retain(|(_, power)| *power != 0);
            let rest = self.arena.product(&rest);
            match self.arena.node(factor).clone() {
                Node::Call(Func::Select, a) if !self.uses_key(a[0]) => {
                    self.laws.used(
                        "sum(select(p, x, y)) = select(p, sum(x), sum(y))",
                        "p does not depend on the key",
                        "a choice on a row value",
                    );
                    let mut arms = [a[1], a[2]];
                    for arm in &mut arms {
                        let product =
                            if self.arena.as_float(*arm) == Some(0.0) { *arm } else { self.arena.mul(*arm, rest) };
                        *arm = self.distribute(product);
                    }
                    let chosen = self.arena.select(a[0], arms[0], arms[1]);
                    outside.push((chosen, 1));
                    let product = self.arena.product(&outside);
                    return self.arena.scale(coefficient, product);
                }
                Node::Call(Func::Select, a) if power == 1 && self.arena.flags(factor).key_reduces => {
                    let Some(sum) = self.chosen_weights(&a, rest) else { continue };
                    outside.push((sum, 1));
                    let product = self.arena.product(&outside);
                    return self.arena.scale(coefficient, product);
                }
                Node::Sum(..) if self.arena.flags(factor).key_reduces => {
                    self.laws.used(
                        "sum((x + y)*v) = sum(x*v) + sum(y*v)",
                        "the terms have different row factors",
                        "a combination of normalized maps",
                    );
                    let (terms, constant) = self.arena.sum_parts(factor);
                    let mut sums = vec![];
                    for (term, c) in terms {
                        let product = self.arena.mul(term, rest);
                        sums.push((self.distribute(product), c));
                    }
                    if constant != 0.0 {
                        sums.push((self.distribute(rest), constant));
                    }
                    let sum = self.arena.sum(&sums, 0.0);
                    outside.push((sum, 1));
                    let product = self.arena.product(&outside);
                    return self.arena.scale(coefficient, product);
                }
                _ => {}
            }
        }
        let weight = self.arena.product(&inside);
        let sum = self.arena.reduce(Kind::Sum, &[self.key], None, weight);
        outside.push((sum, 1));
        let product = self.arena.product(&outside);
        self.arena.scale(coefficient, product)
    }

    /// The other arm of a choice that has a 0.
    pub(super) fn or_nothing(&self, choice: &[Id]) -> Option<Id> {
        let zero = |id: Id| self.arena.as_float(id) == Some(0.0);
        match (zero(choice[1]), zero(choice[2])) {
            (false, true) => Some(choice[1]),
            (true, false) => Some(choice[2]),
            _ => None,
        }
    }

    /// The sum over the keys of `select(p, x/c, 0) * rest`, or of `select(p, 0, x/c) * rest`, with the row factors of the
    /// weight outside. They may be NaN, as the normalizer of a row without a live key is, where nothing is chosen.
    fn chosen_weights(&mut self, choice: &[Id], rest: Id) -> Option<Id> {
        let weight = self.or_nothing(choice)?;
        let (coefficient, factors) = self.arena.product_parts(weight);
        let pick = |arena: &mut Arena, value: Id| {
            let zero = arena.float(0.0);
            let arms = if weight == choice[1] { [value, zero] } else { [zero, value] };
            arena.select(choice[0], arms[0], arms[1])
        };
        let mixed = |(factor, power): &(Id, i32)| {
            *power == 1 && matches!(self.arena.node(*factor), Node::Sum(..)) && self.arena.flags(*factor).key_reduces
        };
        if let Some(at) = factors.iter().position(mixed) {
            self.laws.used(
                "sum((x + y)*v) = sum(x*v) + sum(y*v)",
                "the terms have different row factors",
                "a combination of normalized maps",
            );
            let (sum, _) = factors[at];
            let mut others = factors.clone();
            others.remove(at);
            let others = self.arena.product(&others);
            let (mut terms, constant) = self.arena.sum_parts(sum);
            if constant != 0.0 {
                terms.push((self.arena.float(1.0), constant));
            }
            let mut sums = vec![];
            for (term, factor) in terms {
                let product = self.arena.mul(others, term);
                let chosen = pick(self.arena, product);
                let body = self.arena.mul(chosen, rest);
                sums.push((self.distribute(body), factor * coefficient));
            }
            return Some(self.arena.sum(&sums, 0.0));
        }
        let (own, row): (Vec<_>, Vec<_>) = factors.into_iter().partition(|(factor, _)| self.uses_key(*factor));
        if row.is_empty() {
            return None;
        }
        self.laws.used(
            "sum(select(p, c*x, 0)) = select(any(p), c*sum(select(p, x, 0)), 0)",
            "c does not depend on the key",
            "weights that are set to 0 after they are normalized",
        );
        let (zero, one) = (self.arena.float(0.0), self.arena.float(1.0));
        let own = self.arena.product(&own);
        let own = self.arena.scale(coefficient, own);
        let (chosen, count) = (pick(self.arena, own), pick(self.arena, one));
        let product = self.arena.mul(chosen, rest);
        let sum = self.distribute(product);
        let row = self.arena.product(&row);
        let sum = self.arena.mul(row, sum);
        let count = self.arena.reduce(Kind::Sum, &[self.key], None, count);
        let some = self.arena.compare_float(GREATER, count, zero);
        Some(self.arena.select(some, sum, zero))
    }

    /// Whether a divisor is 0 only where all that is divided is 0: a sum of what is divided, none of it negative, and
    /// perhaps something positive.
    fn is_total(&self, divisor: Id, divided: &[(Id, i32)]) -> bool {
        let (terms, constant) = self.arena.sum_parts(divisor);
        let total = |id: Id| match self.arena.node(id) {
            Node::Reduce { kind: Kind::Sum, init: None, body, .. } => {
                let (_, parts) = self.arena.product_parts(*body);
                self.is_nonnegative(*body) && parts.iter().all(|part| divided.contains(part))
            }
            _ => false,
        };
        constant >= 0.0
            && terms.iter().all(|(term, factor)| *factor > 0.0 && (total(*term) || self.is_nonnegative(*term)))
            && (constant > 0.0 || terms.iter().any(|(term, _)| total(*term)))
    }

    fn is_nonnegative(&self, id: Id) -> bool {
        match self.arena.node(id) {
            Node::Float(value) => value.get() >= 0.0,
            Node::Call(Func::Exp | Func::Exp2, _) => true,
            Node::Call(Func::Named(name), a) => match &**name {
                "arith.maxnumf" => a.iter().any(|id| self.is_nonnegative(*id)),
                name => name == "math.absf" || name == "math.sqrt",
            },
            Node::Call(Func::MaxF, a) => a.iter().any(|id| self.is_nonnegative(*id)),
            Node::Call(Func::Select, a) => self.is_nonnegative(a[1]) && self.is_nonnegative(a[2]),
            Node::Product(factors) => factors.iter().all(|(id, power)| power % 2 == 0 || self.is_nonnegative(*id)),
            Node::Sum(terms, constant) => {
                constant.get() >= 0.0 && terms.iter().all(|(id, factor)| factor.get() > 0.0 && self.is_nonnegative(*id))
            }
            Node::Reduce { kind: Kind::Sum, init, body, .. } => {
                init.is_none_or(|init| self.is_nonnegative(init)) && self.is_nonnegative(*body)
            }
            _ => false,
        }
    }

    /// `exp2(a + b) = exp2(a) * exp2(b)` for the terms `b` that hold a sum over the keys.
    fn split_exponent(&mut self, argument: Id) -> (Id, Option<Id>) {
        let (terms, constant) = self.arena.sum_parts(argument);
        let (out, kept): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(term, _)| {
            !self.uses_key(*term)
                && self
                    .reductions(&[*term])
                    .iter()
                    .any(|id| matches!(self.arena.node(*id), Node::Reduce { kind: Kind::Sum, .. }))
        });
        if out.is_empty() {
            return (argument, None);
        }
        self.laws.used(
            "exp2(x + c) = exp2(x)*exp2(c)",
            "c does not depend on the key",
            "a logarithm of a sum in the exponent",
        );
        (self.arena.sum(&kept, constant), Some(self.arena.sum(&out, 0.0)))
    }

    /// `exp2` of a sum of logarithms is a product.
    fn exp2_of(&mut self, argument: Id) -> Id {
        let (terms, constant) = self.arena.sum_parts(argument);
        let mut factors = vec![];
        let mut rest = vec![];
        for (term, coefficient) in terms {
            match self.arena.node(term) {
                Node::Call(Func::Log2, a) if coefficient.fract() == 0.0 && coefficient.abs() <= 4.0 => {
                    factors.push((a[0], coefficient as i32));
                }
                // A maximum inside a log-sum-exp was already separated from its logarithm by the sum.
                _ => rest.push((term, coefficient)),
            }
        }
        if !rest.is_empty() || constant != 0.0 {
            let rest = self.arena.sum(&rest, constant);
            factors.push((self.arena.call1(Func::Exp2, rest), 1));
        }
        self.arena.product(&factors)
    }

    /// The factor with which `part` enters a sum, itself or as an arm of a choice.
    fn factor_of(&self, part: Id, whole: Id) -> Option<f64> {
        let (terms, _) = self.arena.sum_parts(whole);
        terms.into_iter().find_map(|(term, factor)| match self.arena.node(term) {
            _ if term == part => Some(factor),
            Node::Call(Func::Select, a) => {
                a[1..].iter().find_map(|arm| self.factor_of(part, *arm)).map(|own| factor * own)
            }
            _ => None,
        })
    }

    /// Whether an expression may be a number that has no multiple in f32: the numbers of a tensor are added to it, which a
    /// mask's may be among, or it is the size of such a constant. (A constant that is chosen is scaled by itself.)
    fn may_be_huge(&self, id: Id) -> bool {
        match self.arena.node(id) {
            Node::Load(..) => self.uses_key(id),
            Node::Sum(terms, _) => terms.iter().any(|(term, _)| self.may_be_huge(*term)),
            Node::Call(Func::Select, a) => a[1..].iter().any(|arm| self.may_be_huge(*arm)),
            Node::Call(Func::Named(name), a) if &**name == "math.absf" => {
                self.may_be_huge(a[0]) || self.holds(a[0], HUGE)
            }
            _ => false,
        }
    }

    /// Whether a finite number as large as `least` may be chosen or added in an expression. Its multiple by a factor that is not
    /// exact is off by more than an exponent may be.
    fn holds(&self, body: Id, least: f64) -> bool {
        let found = |arena: &Arena, id: Id| {
            let (_, constant) = arena.sum_parts(id);
            constant.is_finite() && constant.abs() >= least
        };
        !self.arena.collect(&[body], found).is_empty()
    }

    /// Whether an extremum is more than what exponents and comparisons read: a result, or a part of one.
    fn is_read_elsewhere(&self, extremum: Id, roots: &[Id]) -> bool {
        let mut seen = HashSet::new();
        let mut stack = roots.to_vec();
        while let Some(id) = stack.pop() {
            if id == extremum {
                return true;
            }
            let inside = matches!(self.arena.node(id), Node::Call(Func::Exp2 | Func::CmpF(_), _));
            if !inside && seen.insert(id) {
                stack.extend(self.arena.children(id));
            }
        }
        false
    }

    /// Whether scores are products of f32, or sums of such.
    fn is_wide(&self, body: Id) -> bool {
        let products =
            self.arena.collect(&[body], |arena, id| matches!(arena.node(id), Node::Reduce { .. } | Node::Product(_)));
        let loads = self.arena.collect(&products, |arena, id| match arena.node(id) {
            Node::Load(tensor, _) => arena.tensors[tensor.0 as usize].ty == Ty::Float,
            _ => false,
        });
        let wide = |load: &Id| match self.arena.node(*load) {
            Node::Load(tensor, _) => self.arena.tensors[tensor.0 as usize].float_bits >= 32,
            _ => false,
        };
        !loads.is_empty() && loads.iter().all(wide)
    }

    /// A running extremum in the scale in which exponents use it, or as it is where it may be huge.
    pub(super) fn scaled_extremum(&mut self, kind: Kind, old: Id, init: Option<Id>, body: Id, roots: &[Id]) -> Id {
        let exponents = self.arena.collect(roots, |arena, id| matches!(arena.node(id), Node::Call(Func::Exp2, _)));
        let scale = exponents.into_iter().find_map(|call| match self.arena.node(call) {
            Node::Call(_, arguments) => self.factor_of(old, arguments[0]),
            _ => None,
        });
        // What exponents have of the extremum, they have of the scores with the other sign.
        let opposite = scale.map_or(1.0, |factor| -factor);
        // A multiple of a sum with such a number in it is not the sum of the multiples.
        let whole = self.arena.sum_parts(body).1.abs() < HUGE;
        let large = whole && self.holds(body, LARGE) && self.is_read_elsewhere(old, roots);
        let scale = if self.may_be_huge(body) || large {
            1.0
        } else if self.is_wide(body) && !self.holds(body, HUGE) {
            // A factor of the scores of f32 is left out on both sides of the difference from the extremum: that is exact where
            // the difference of two rounded products may be anything, and the extremum's own weight has to be 1.
            let (factor, factors) = self.arena.product_parts(body);
            if factor > 0.0 && !factors.is_empty() { 1.0 / factor } else { 1.0 }
        } else {
            opposite.abs()
        };
        if scale != 1.0 {
            self.laws.used(
                "max(c*x) = c*max(x)",
                "c is positive",
                "the running maximum, kept in the scale of the exponent",
            );
        }
        let scaled = self.arena.scale(scale, body);
        // A norm of the query alone moves every score of a row alike, and so does another statistic of the row.
        let (terms, constant) = self.arena.sum_parts(scaled);
        let (shift, rest): (Vec<_>, Vec<_>) = terms.into_iter().partition(|(term, _)| {
            !self.uses_key(*term)
                && (self.arena.flags(*term).key_reduces || matches!(self.arena.node(*term), Node::Reduce { .. }))
        });
        let (scaled, shift) = (self.arena.sum(&rest, constant), self.arena.sum(&shift, 0.0));
        if self.arena.as_float(shift).is_none() {
            self.laws.used(
                "max(x + c) = max(x) + c",
                "c does not depend on the key",
                "a value of the row in the scores",
            );
        }
        let atom = self.score(scaled);
        let back = self.arena.add(atom, shift);
        let back = self.arena.scale(1.0 / scale, back);
        self.known.insert(body, back);
        if opposite != scale {
            let (multiple, back) = (self.arena.scale(opposite, body), self.arena.scale(opposite, back));
            self.known.insert(multiple, back);
        }
        let init = init.map(|init| {
            let init = self.arena.scale(scale, init);
            self.arena.sub(init, shift)
        });
        let reduced = self.arena.reduce(kind, &[self.key], init, scaled);
        let reduced = self.arena.add(reduced, shift);
        self.arena.scale(1.0 / scale, reduced)
    }

    /// `all(x == -inf)` is `max(x) == -inf` when that maximum is there anyway.
    pub(super) fn logical(&mut self, kind: Kind, body: Id, map: &HashMap<Id, Id>) -> Id {
        if let (Kind::And, Node::Call(Func::CmpF(1), a)) = (kind, self.arena.node(body).clone())
            && self.arena.as_float(a[1]) == Some(f64::NEG_INFINITY)
        {
            let same = |arena: &Arena, id: &Id| match arena.node(*id) {
                Node::Reduce { kind: Kind::Max, init: None, body, .. } => {
                    *body == a[0] || arena.sum_parts(*body).0.iter().any(|(term, c)| *term == a[0] && *c > 0.0)
                }
                _ => false,
            };
            if let Some(maximum) = map.keys().find(|id| same(self.arena, id)).and_then(|id| map.get(id)).copied() {
                self.laws.used(
                    "all(x == -inf) = (max(x) == -inf)",
                    "the maximum of the same x is a state",
                    "a guard against rows without a live key",
                );
                return self.arena.compare_float(1, maximum, a[1]);
            }
        }
        self.arena.reduce(kind, &[self.key], None, body)
    }
}
