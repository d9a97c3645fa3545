//! Rebuilding expressions with parts replaced, and the laws that need no context.

use super::{
    arena::{Arena, DimId, Func, Id, Kind, Node, Role},
    scalar::is_identity,
};
use std::collections::HashMap;

impl Arena {
    /// Rebuilds a node from new children through the constructors.
    pub fn rebuild(&mut self, id: Id, mut child: impl FnMut(&mut Self, Id) -> Id) -> Id {
        match self.node(id).clone() {
            Node::Bool(_) | Node::Int(_) | Node::Float(_) | Node::Dim(_) | Node::Atom(..) => id,
            Node::Linear(terms, offset) => {
                let terms: Vec<_> = terms.into_iter().map(|(term, c)| (child(self, term), c)).collect();
                self.linear(&terms, offset)
            }
            Node::Sum(terms, constant) => {
                let terms: Vec<_> = terms.into_iter().map(|(term, c)| (child(self, term), c.get())).collect();
                self.sum(&terms, constant.get())
            }
            Node::Product(factors) => {
                let factors: Vec<_> = factors.into_iter().map(|(factor, power)| (child(self, factor), power)).collect();
                self.product(&factors)
            }
            Node::Call(func, arguments) => {
                let arguments: Vec<_> = arguments.into_iter().map(|argument| child(self, argument)).collect();
                self.call(func, &arguments)
            }
            Node::Switch { index, bounds, arms } => {
                let index = child(self, index);
                let arms = arms.into_iter().map(|arm| child(self, arm)).collect();
                self.switch(index, bounds, arms)
            }
            Node::Load(tensor, coords) => {
                let coords = coords.into_iter().map(|coord| child(self, coord)).collect();
                self.intern(Node::Load(tensor, coords))
            }
            Node::Reduce { kind, dims, init, body } => {
                let init = init.map(|init| child(self, init));
                let body = child(self, body);
                self.reduce(kind, &dims, init, body)
            }
        }
    }

    /// A call of any function through its constructor.
    pub fn call(&mut self, func: Func, arguments: &[Id]) -> Id {
        match (&func, arguments) {
            (Func::Exp | Func::Exp2 | Func::Log | Func::Log2, [x]) => self.call1(func, *x),
            (Func::Named(_), [x]) => self.call1(func, *x),
            (Func::MaxF | Func::MinF, [a, b]) => self.extremum(func, *a, *b),
            (Func::CmpF(predicate), [a, b]) => self.compare_float(*predicate, *a, *b),
            (Func::CmpI(predicate), [a, b]) => self.compare_int(*predicate, *a, *b),
            (Func::Not, [a]) => self.not(*a),
            (Func::And, [a, b]) => self.and(*a, *b),
            (Func::Or, [a, b]) => self.or(*a, *b),
            (Func::Xor, [a, b]) => self.xor(*a, *b),
            (Func::Select, [c, a, b]) => self.select(*c, *a, *b),
            (Func::MulI, [a, b]) => self.mul_int(*a, *b),
            (Func::Wrap(bits), [a]) => self.wrap(*bits, *a),
            (Func::FloorDiv, [a, b]) if self.as_int(*b).is_some_and(|value| value > 0) => {
                let divisor = self.as_int(*b).unwrap_or(1);
                self.floor_div(*a, divisor)
            }
            (Func::Mod, [a, b]) if self.as_int(*b).is_some_and(|value| value > 0) => {
                let divisor = self.as_int(*b).unwrap_or(1);
                self.modulo(*a, divisor)
            }
            (Func::MinI | Func::MaxI, [a, b]) => self.extremum_int(func, *a, *b),
            (Func::ToInt, [a]) => match self.quotient(*a) {
                Some((dividend, divisor)) => self.floor_div(dividend, divisor),
                None => self.intern(Node::Call(func, arguments.to_vec())),
            },
            (Func::ToFloat, [a]) if self.as_int(*a).is_some() => {
                let value = self.as_int(*a).unwrap_or(0);
                self.float(value as f64)
            }
            _ => self.intern(Node::Call(func, arguments.to_vec())),
        }
    }

    /// Dividend and divisor of integers that are divided as floats and rounded down. In every float type the result is exact
    /// for numbers as small as asked for here.
    fn quotient(&self, id: Id) -> Option<(Id, i64)> {
        const MOST: i64 = 1 << 24;
        let (inner, floored) = match self.node(id) {
            Node::Call(Func::Named(name), a) if &**name == "math.floor" => (a[0], true),
            _ => (id, false),
        };
        let (terms, constant) = self.sum_parts(inner);
        let ([(term, factor)], true) = (terms.as_slice(), constant == 0.0) else { return None };
        let Node::Call(Func::ToFloat, a) = self.node(*term) else { return None };
        let (low, high) = self.range(a[0])?;
        let divisor = (1.0 / factor).round();
        let exact = (divisor * factor - 1.0).abs() < 1e-12 && (1.0..MOST as f64).contains(&divisor);
        // A conversion rounds toward 0.
        (exact && (floored || low >= 0) && low > -MOST && high < MOST).then_some((a[0], divisor as i64))
    }

    fn extremum_int(&mut self, func: Func, lhs: Id, rhs: Id) -> Id {
        if let (Some(a), Some(b)) = (self.range(lhs), self.range(rhs)) {
            let left = if func == Func::MinI { a.1 <= b.0 } else { a.0 >= b.1 };
            let right = if func == Func::MinI { b.1 <= a.0 } else { b.0 >= a.1 };
            if left {
                return lhs;
            }
            if right {
                return rhs;
            }
        }
        self.intern(Node::Call(func, vec![lhs, rhs]))
    }

    /// A load.
    pub fn load(&mut self, tensor: super::TensorId, coords: Vec<Id>) -> Id {
        self.intern(Node::Load(tensor, coords))
    }

    /// A value supplied from outside.
    pub fn atom(&mut self, number: u32, ty: super::Ty) -> Id {
        self.intern(Node::Atom(number, ty))
    }

    /// Replaces whole expressions, largest first.
    pub fn replace(&mut self, id: Id, map: &HashMap<Id, Id>) -> Id {
        let mut memo = HashMap::new();
        self.replace_with(id, map, &mut memo)
    }

    fn replace_with(&mut self, id: Id, map: &HashMap<Id, Id>, memo: &mut HashMap<Id, Id>) -> Id {
        if let Some(new) = map.get(&id).or_else(|| memo.get(&id)) {
            return *new;
        }
        let new = self.rebuild(id, |arena, child| arena.replace_with(child, map, memo));
        memo.insert(id, new);
        new
    }

    /// Replaces free dimensions by expressions, which must not use a dimension bound in `id`.
    pub fn substitute(&mut self, id: Id, map: &HashMap<DimId, Id>) -> Id {
        let mut memo = HashMap::new();
        self.substitute_with(id, map, &mut memo)
    }

    fn substitute_with(&mut self, id: Id, map: &HashMap<DimId, Id>, memo: &mut HashMap<Id, Id>) -> Id {
        let mask = self.flags(id).dims;
        if !map.keys().any(|dim| mask >> dim.0 & 1 == 1) {
            return id;
        }
        if let Some(new) = memo.get(&id) {
            return *new;
        }
        let new = match self.node(id).clone() {
            Node::Dim(dim) => map.get(&dim).copied().unwrap_or(id),
            Node::Reduce { kind, dims, init, body } => {
                let init = init.map(|init| self.substitute_with(init, map, memo));
                let body = if dims.iter().any(|dim| map.contains_key(dim)) {
                    let inner: HashMap<_, _> =
                        map.iter().filter(|(dim, _)| !dims.contains(dim)).map(|(a, b)| (*a, *b)).collect();
                    self.substitute(body, &inner)
                } else {
                    self.substitute_with(body, map, memo)
                };
                self.reduce(kind, &dims, init, body)
            }
            _ => self.rebuild(id, |arena, child| arena.substitute_with(child, map, memo)),
        };
        memo.insert(id, new);
        new
    }

    /// A reduction. Reductions inside a point are normalized: factors that do not depend on the dimensions come
    /// out of sums, sums over sums are one, and a sum of products that is not separable is expanded.
    pub fn reduce(&mut self, kind: Kind, dims: &[DimId], init: Option<Id>, body: Id) -> Id {
        let mut dims = dims.to_vec();
        dims.sort();
        dims.dedup();
        dims.retain(|dim| self.dim_info(*dim).extent != 1);
        if dims.is_empty() {
            return match (init, kind) {
                (None, _) => body,
                (Some(init), Kind::Sum) => self.add(init, body),
                (Some(init), Kind::Prod) => self.mul(init, body),
                (Some(init), Kind::Max) => self.extremum(Func::MaxF, init, body),
                (Some(init), Kind::Min) => self.extremum(Func::MinF, init, body),
                (Some(init), Kind::And) => self.and(init, body),
                (Some(init), Kind::Or) => self.or(init, body),
            };
        }
        if is_identity(self, kind, body) {
            // However many there are.
            return init.unwrap_or(body);
        }
        let inner = dims.iter().all(|dim| self.dim_info(*dim).role == Role::Inner);
        if inner && kind == Kind::Sum && init.is_none() && self.ty(body) == super::Ty::Float {
            return self.inner_sum(&dims, body);
        }
        if let ([dim], Kind::Sum, None, super::Ty::Int) = (&dims[..], kind, init, self.ty(body))
            && let Some(closed) = self.sum_int(*dim, body)
        {
            return closed;
        }
        self.intern(Node::Reduce { kind, dims, init, body })
    }

    fn inner_sum(&mut self, dims: &[DimId], body: Id) -> Id {
        let depends = |arena: &Self, id: Id| dims.iter().any(|dim| arena.uses(id, *dim));
        if dims.iter().any(|dim| self.symbolic(self.dim_info(*dim).extent)) {
            // The number of points is no number.
            return self.intern(Node::Reduce { kind: Kind::Sum, dims: dims.to_vec(), init: None, body });
        }
        let (terms, constant) = self.sum_parts(body);
        if terms.len() > 1 || constant != 0.0 {
            // Every term by itself: each may be a contraction.
            let points: i64 = dims.iter().map(|dim| self.dim_info(*dim).extent).product();
            let terms: Vec<_> = terms.into_iter().map(|(term, c)| (self.inner_sum(dims, term), c)).collect();
            return self.sum(&terms, constant * points as f64);
        }
        let (coefficient, factors) = self.product_parts(body);
        let (own, out): (Vec<_>, Vec<_>) = factors.into_iter().partition(|(factor, _)| depends(self, *factor));
        if own.is_empty() {
            let points: i64 = dims.iter().map(|dim| self.dim_info(*dim).extent).product();
            let out = self.product(&out);
            return self.scale(coefficient * points as f64, out);
        }
        // Expand a positive power of a sum, or a product with a sum: |a - b|^2 and its like.
        if let Some(at) = own.iter().position(|(factor, power)| {
            *power >= 1 && matches!(self.node(*factor), Node::Sum(..)) && own.iter().all(|(_, power)| *power >= 1)
        }) && own.iter().map(|(_, power)| power).sum::<i32>() <= 4
            && !self.separable(&own)
        {
            let (factor, power) = own[at];
            let mut rest = own.clone();
            rest[at].1 = power - 1;
            rest.extend(&out);
            let (terms, constant) = self.sum_parts(factor);
            let rest: Vec<_> = rest.into_iter().filter(|(_, power)| *power != 0).collect();
            let mut parts = vec![];
            for (term, c) in terms {
                let mut factors = rest.clone();
                factors.push((term, 1));
                parts.push((self.product(&factors), c * coefficient));
            }
            if constant != 0.0 {
                parts.push((self.product(&rest), constant * coefficient));
            }
            let mut sums = vec![];
            for (part, c) in parts {
                sums.push((self.inner_sum(dims, part), c));
            }
            return self.sum(&sums, 0.0);
        }
        let own = self.product(&own);
        let reduced = match self.node(own).clone() {
            Node::Reduce { kind: Kind::Sum, dims: nested, init: None, body }
                if nested.iter().all(|dim| self.dim_info(*dim).role == Role::Inner && !dims.contains(dim)) =>
            {
                let mut all = dims.to_vec();
                all.extend(nested);
                all.sort();
                self.intern(Node::Reduce { kind: Kind::Sum, dims: all, init: None, body })
            }
            _ => self.intern(Node::Reduce { kind: Kind::Sum, dims: dims.to_vec(), init: None, body: own }),
        };
        let out = self.product(&out);
        let product = self.mul(out, reduced);
        self.scale(coefficient, product)
    }

    /// Whether no factor mixes a key dimension with a free one.
    fn separable(&self, factors: &[(Id, i32)]) -> bool {
        factors.iter().all(|(factor, _)| {
            let dims = self.free_dims(*factor);
            let key = dims.iter().any(|dim| self.dim_info(*dim).role == Role::Key);
            let (terms, _) = self.sum_parts(*factor);
            !key || terms.len() < 2 || {
                let same = |a: Id, b: Id| self.flags(a).dims == self.flags(b).dims;
                terms.iter().all(|term| same(term.0, *factor))
            }
        })
    }
}
