//! Score reductions: contractions where both sides are products, plain reductions otherwise.

use super::{
    emit::{self, Tile},
    program::{Node, set_of},
    split::{self, Manner},
    tiler::{Fold, Scope, Source, Tiler, convert},
};
use crate::{
    dialect::ops::{self, Combine},
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
};
use std::collections::{HashMap, HashSet};

/// The two sides of a contraction.
struct Sides<'c> {
    /// Factors that do not depend on the key.
    fixed: Vec<Val<'c>>,
    /// Factors that depend on the key, and not on the query.
    moving: Vec<Val<'c>>,
}

impl<'c> Tiler<'_, 'c> {
    /// The sides of a reduction, when it is a sum of products of one side each.
    fn sides(&self, op: Op<'c>) -> Option<Sides<'c>> {
        let (kind, _) = ops::reduce_parts(op)?;
        let root = *ir::body(op, 0).map(ops::yielded)?.first()?;
        if kind != Combine::Sum || !ir::is_float(ir::type_of(root)) {
            return None;
        }
        let (mut fixed, mut moving) = (vec![], vec![]);
        for factor in self.factors(root) {
            let dims = self.programs.dims(factor, &HashMap::new(), &|_| 0);
            let has = |dim: Option<usize>| dim.is_some_and(|dim| dims >> dim & 1 == 1);
            match (has(self.query), has(Some(self.key))) {
                (_, false) => fixed.push(factor),
                (false, true) => moving.push(factor),
                (true, true) => return None,
            }
        }
        let queries = |factor: &Val<'c>| {
            let dims = self.programs.dims(*factor, &HashMap::new(), &|_| 0);
            self.query.is_none_or(|query| dims >> query & 1 == 1)
        };
        (fixed.iter().any(queries) && !moving.is_empty()).then_some(Sides { fixed, moving })
    }

    /// The factors of a product.
    fn factors(&self, value: Val<'c>) -> Vec<Val<'c>> {
        match self.programs.node(value) {
            Node::Apply(op) if ir::name(op) == "arith.mulf" => {
                ir::operands(op).into_iter().flat_map(|operand| self.factors(operand)).collect()
            }
            _ => vec![value],
        }
    }

    /// The reductions of a region, inner ones first.
    fn reductions(&self) -> Vec<Op<'c>> {
        let mut found: Vec<_> = ir::walk(self.fused.op).into_iter().filter(|op| ir::name(*op) == ops::REDUCE).collect();
        found.reverse();
        found
    }

    /// Whether something else may compute the scores once more and set them against a statistic: an extremum of them leaves, or
    /// one that came from elsewhere is taken from them in an exponent.
    pub fn scores_are_seen(&self) -> bool {
        let regions = self.fused.regions;
        let is_power = |op: &Op<'c>| matches!(ir::name(*op), "math.exp" | "math.exp2");
        let takes =
            |op: Op<'c>| is_power(&op) && ir::operands(op).into_iter().any(|exponent| self.takes_a_capture(exponent));
        let extremum = |at: &usize| self.fused.header.states[*at].combine != Combine::Sum;
        let states = ir::arguments(regions.epilogue);
        let extrema = (0..self.fused.header.states.len()).filter(extremum).filter_map(|at| states.get(at).copied());
        let (mut work, mut seen): (Vec<_>, HashSet<usize>) = (extrema.collect(), HashSet::new());
        while let Some(value) = work.pop() {
            for (user, _) in ffi::uses(value) {
                match ir::name(user) {
                    ops::YIELD => return true,
                    "arith.cmpf" => {}
                    _ if is_power(&user) || !seen.insert(ffi::op_key(user)) => {}
                    _ => work.extend(ir::results(user)),
                }
            }
        }
        [regions.score, regions.lift].into_iter().flat_map(ir::ops).any(takes)
    }

    /// Whether an exponent is a difference from a captured number of the row, or a multiple of one.
    fn takes_a_capture(&self, exponent: Val<'c>) -> bool {
        let Node::Apply(op) = self.programs.node(exponent) else { return false };
        let operands = ir::operands(op);
        match ir::name(op) {
            "arith.mulf" => operands.into_iter().any(|operand| self.takes_a_capture(operand)),
            "arith.subf" => {
                let factors = self.factors(operands[1]);
                factors.into_iter().any(|factor| matches!(self.programs.node(factor), Node::Read(_)))
            }
            _ => false,
        }
    }

    /// Contractions whose only use is a product with something that does not depend on the key.
    pub fn find_folds(&self) -> HashMap<usize, Fold<'c>> {
        let mut folds = HashMap::new();
        for op in self.reductions() {
            if self.sides(op).is_none() {
                continue;
            }
            let Some(value) = ir::results(op).first().copied() else { continue };
            let [(user, position)] = ffi::uses(value)[..] else { continue };
            if ir::name(user) != "arith.mulf" {
                continue;
            }
            let factor = ir::operands(user)[1 - position];
            let dims = self.programs.dims(factor, &HashMap::new(), &|_| u64::MAX);
            if dims >> self.key & 1 == 0
                && let Some(product) = ir::results(user).first()
            {
                folds.insert(ffi::value_key(*product), Fold { reduce: op, factor });
            }
        }
        folds
    }

    /// Of those, the ones with a constant factor whose other operand without a key is a capture of f32 that nothing else
    /// reads; and the factors, by capture. A factor above 1 might make it infinite.
    pub fn find_scales(&self) -> (HashMap<usize, Fold<'c>>, HashMap<usize, f64>) {
        let reads: Vec<_> = ir::walk(self.fused.op).into_iter().filter_map(ops::read_capture).collect();
        let mut scales = HashMap::new();
        let mut folds = self.find_folds();
        folds.retain(|_, fold| {
            let factor = super::program::constant(fold.factor).filter(|factor| factor.abs() <= 1.0 && *factor != 0.0);
            let fixed = self.sides(fold.reduce).map(|sides| sides.fixed).unwrap_or_default();
            let ([read], Some(factor)) = (&fixed[..], factor) else { return false };
            let Node::Read(capture) = self.programs.node(*read) else { return false };
            let Some(own) = self.fused.captures.get(capture) else { return false };
            let once = reads.iter().filter(|other| **other == capture).count() == 1
                && self.fused.captures.iter().filter(|other| other.tensor == own.tensor).count() == 1
                && self.fused.header.states.iter().all(|state| state.value != Some(capture));
            let fits = once && Element::of(own.element()) == Some(Element::F32);
            fits && scales.insert(capture, factor).is_none()
        });
        (folds, scales)
    }

    /// Computes everything that does not depend on the key: packed operands, other reductions, loads.
    pub fn hoist(&self, b: &Builder<'c>, scope: &mut Scope<'c>) -> Result<(), PassError> {
        let by_reduce: HashMap<_, _> = self.folds.values().map(|fold| (ffi::op_key(fold.reduce), *fold)).collect();
        for op in self.reductions() {
            let Some(value) = ir::results(op).first().copied() else { continue };
            let fold = by_reduce.get(&ffi::op_key(op));
            if let Some(sides) = self.sides(op) {
                let tile = self.fixed_side(b, scope, &sides, fold.map(|fold| fold.factor))?;
                if Element::of(tile.element()).is_some_and(|element| element.float_bits() > 16) {
                    self.parts(b, scope, &tile, Manner::Nearest);
                }
                scope.packed.insert(ffi::op_key(op), tile);
            } else if self.dims(scope, value) >> self.key & 1 == 0 {
                let tile = self.reduce(b, scope, op, None)?;
                scope.values.insert(ffi::value_key(value), Source::Tile(tile));
            }
        }
        // Reads at score level. Reads inside contractions were loaded above, if at all.
        for region in [self.fused.regions.score, self.fused.regions.lift] {
            for op in ir::ops(region).into_iter().filter(|op| ir::name(*op) == ops::READ) {
                if let Some(capture) = ops::read_capture(op)
                    && self.fused.captures.get(capture).is_some_and(|capture| !capture.map.uses(self.key))
                {
                    self.capture(b, scope, capture)?;
                }
            }
        }
        Ok(())
    }

    /// Computes a reduction, times `factor`, as a tile.
    pub fn reduce(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        op: Op<'c>,
        factor: Option<Val<'c>>,
    ) -> Result<Tile<'c>, PassError> {
        let malformed = || PassError::Unsupported(format!("a malformed '{}'", ops::REDUCE));
        let (kind, reduced) = ops::reduce_parts(op).ok_or_else(malformed)?;
        let root = *ir::body(op, 0).map(ops::yielded).unwrap_or_default().first().ok_or_else(malformed)?;
        let ty = ir::type_of(root);
        match self.sides(op) {
            Some(sides) => {
                let fixed = match scope.packed.get(&ffi::op_key(op)) {
                    Some(tile) => tile.clone(),
                    None => self.fixed_side(b, scope, &sides, factor)?,
                };
                let moving = self.moving_side(b, scope, &sides)?;
                let all = set_of(&fixed.dims) | set_of(&moving.dims);
                let dims = self.order(all & !set_of(&reduced));
                let zero = emit::zero(b, ty);
                let init = self.filled(b, scope, &dims, zero);
                let loops: Vec<_> = dims.iter().copied().chain(self.order(all & set_of(&reduced))).collect();
                Ok(self.contract(b, scope, &loops, (&moving, &fixed, Manner::Nearest), &init))
            }
            None => {
                let all = self.dims(scope, root) | self.tiled(scope, set_of(&reduced));
                let dims = self.order(all & !set_of(&reduced));
                let loops: Vec<_> = dims.iter().copied().chain(self.order(all & set_of(&reduced))).collect();
                let inputs = self.leaves(b, scope, &[root])?;
                let identity = kind.identity(b, ty);
                let init = self.filled(b, scope, &dims, identity);
                let scope = &*scope;
                Ok(emit::generic(b, "reduce", &loops, &inputs, &init, |b, elements| {
                    let tiles: Vec<_> = inputs.iter().cloned().zip(elements.iter().copied()).collect();
                    let mut value = self.copy(b, scope, &loops, &tiles, root, &mut HashMap::new());
                    for dim in &reduced {
                        if let Some(live) = self.is_live(b, scope, &loops, *dim) {
                            value = b.select(live, value, identity);
                        }
                    }
                    kind.apply(b, elements[inputs.len()], value)
                }))
            }
        }
    }

    /// `init + Σ moving · fixed`, with the operands in the order their layout wants; the fixed one is split in a manner, if
    /// the layout has them split.
    pub fn contract(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        loops: &[usize],
        (moving, fixed, manner): (&Tile<'c>, &Tile<'c>, Manner),
        init: &Tile<'c>,
    ) -> Tile<'c> {
        let ty = init.element();
        let splits = |tile: &Tile<'c>| ir::is_float(ty) && split::terms(tile.element(), self.layout.terms) > 1;
        let equal = moving.element() == fixed.element() && Element::of(fixed.element()).is_some_and(Element::is_half);
        let (fixed, moving) = if !equal && (splits(moving) || splits(fixed)) {
            (self.parts(b, scope, fixed, manner), self.parts(b, scope, moving, Manner::Nearest))
        } else {
            (vec![fixed.clone()], vec![moving.clone()])
        };
        let products = split::products(fixed.len(), moving.len(), self.layout.terms);
        let inputs: Vec<_> = match self.layout.lanes {
            true => moving.iter().chain(&fixed).cloned().collect(),
            false => fixed.iter().chain(&moving).cloned().collect(),
        };
        emit::generic(b, "contract", loops, &inputs, init, |b, elements| {
            let (multiply, add) =
                if ir::is_float(ty) { ("arith.mulf", "arith.addf") } else { ("arith.muli", "arith.addi") };
            let wide: Vec<_> = elements[..inputs.len()].iter().map(|element| convert(b, *element, ty)).collect();
            let (first, second) = wide.split_at(if self.layout.lanes { moving.len() } else { fixed.len() });
            products.iter().fold(elements[inputs.len()], |sum, [x, y]| {
                let (x, y) = if self.layout.lanes { (y, x) } else { (x, y) };
                b.binary(add, sum, b.binary(multiply, first[*x], second[*y]))
            })
        })
    }

    fn fixed_side(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        sides: &Sides<'c>,
        factor: Option<Val<'c>>,
    ) -> Result<Tile<'c>, PassError> {
        // Without lanes it is one that the operand is multiplied by when it is taken apart.
        let factor = factor.filter(|_| self.layout.lanes);
        let factors: Vec<_> = sides.fixed.iter().copied().chain(factor).collect();
        if !self.layout.lanes
            && let Some(tile) = self.plain(b, scope, &factors)?
        {
            return Ok(tile);
        }
        let dims = factors.iter().fold(0, |set, factor| set | self.dims(scope, *factor));
        let element = self.operand_type(b, &factors);
        self.map(b, scope, "pack", &factors, &self.order(dims), element, None, |_, _, value| value)
    }

    fn moving_side(&self, b: &Builder<'c>, scope: &mut Scope<'c>, sides: &Sides<'c>) -> Result<Tile<'c>, PassError> {
        if let [factor] = sides.moving[..]
            && let Node::Read(capture) = self.programs.node(factor)
            && let Some(tile) = self.widened(b, scope, capture)?
        {
            return Ok(tile);
        }
        let factors = &sides.moving;
        let dims = factors.iter().fold(0, |set, factor| set | self.dims(scope, *factor));
        let element = self.operand_type(b, factors);
        self.map(b, scope, "pack", factors, &self.order(dims), element, None, |_, _, value| value)
    }

    /// A capture's tile, in f32 when tiles are f32.
    pub fn widened(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        number: usize,
    ) -> Result<Option<Tile<'c>>, PassError> {
        if let Some(tile) = scope.widened.get(&number) {
            return Ok(Some(tile.clone()));
        }
        let Source::Tile(tile) = self.capture(b, scope, number)? else { return Ok(None) };
        let element = tile.element();
        if !self.layout.lanes || !Element::of(element).is_some_and(Element::is_narrow_float) {
            return Ok(Some(tile));
        }
        let output = self.empty(b, scope, &tile.dims, b.f32_type());
        let wide = emit::generic(b, "cast", &tile.dims, std::slice::from_ref(&tile), &output, |b, elements| {
            b.cast("arith.extf", elements[0], b.f32_type())
        });
        scope.widened.insert(number, wide.clone());
        Ok(Some(wide))
    }

    /// The tile itself, when the factors are one read.
    fn plain(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        factors: &[Val<'c>],
    ) -> Result<Option<Tile<'c>>, PassError> {
        if let [factor] = factors
            && let Node::Read(capture) = self.programs.node(*factor)
            && let Source::Tile(tile) = self.capture(b, scope, capture)?
        {
            return Ok(Some(tile));
        }
        Ok(None)
    }

    /// The type a computed operand has: what its reads have in common, or f32.
    fn operand_type(&self, b: &Builder<'c>, factors: &[Val<'c>]) -> Type<'c> {
        let compute = factors.first().map_or(b.f32_type(), |factor| ir::type_of(*factor));
        if self.layout.lanes || !self.layout.round_weights {
            return compute;
        }
        let mut types = vec![];
        let mut work = factors.to_vec();
        while let Some(value) = work.pop() {
            match self.programs.node(value) {
                Node::Read(capture) if ir::is_float(ir::type_of(value)) => {
                    types.extend(self.fused.captures.get(capture).map(|_| self.loaded_type(b, capture)));
                }
                Node::Apply(op) => work.extend(ir::operands(op)),
                _ => {}
            }
        }
        match types.first() {
            Some(first) if types.iter().all(|ty| ty == first) => *first,
            _ => compute,
        }
    }
}
