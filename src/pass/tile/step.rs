//! One key tile: from old states to new ones.
//!
//! The program order keeps one-shot bufferization in place (docs/architecture.md): every read of an
//! old state comes before the op that overwrites it.

use super::{
    emit::{self, Tile},
    program::{Interner, Node, constant, set_of},
    split::Manner,
    tiler::{Scope, Source, Tiler, convert},
};
use crate::{
    dialect::ops::{self, Combine},
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Type, Val},
};
use std::collections::{HashMap, HashSet, hash_map::Entry};

/// How far behind a score a function is looked for.
const MOST_STEPS: u32 = 16;

/// Keys that are summed in one chain of additions.
const LONGEST_CHAIN: i64 = 256;

impl<'c> Tiler<'_, 'c> {
    /// The tiled dims of a state, in tile order.
    pub fn state_dims(&self, scope: &Scope<'c>, state: usize) -> Vec<usize> {
        self.order(self.tiled(scope, set_of(&self.fused.header.states[state].map.used())))
    }

    /// The states before any key.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when the init region reads what has no value yet.
    pub fn init_states(&self, b: &Builder<'c>, scope: &mut Scope<'c>) -> Result<Vec<Tile<'c>>, PassError> {
        let mut states = vec![];
        for (state, root) in ops::yielded(self.fused.regions.init).into_iter().enumerate() {
            let dims = self.state_dims(scope, state);
            let scalar = self.leaves(b, scope, &[root])?.is_empty() && self.dims(scope, root) == 0;
            states.push(if scalar {
                let value = self.copy(b, scope, &[], &[], root, &mut HashMap::new());
                self.filled(b, scope, &dims, value)
            } else {
                let element = ir::type_of(root);
                self.map(b, scope, "map", &[root], &dims, element, None, |_, _, value| value)?
            });
        }
        Ok(states)
    }

    /// The combining op of a state. A float max may skip NaN where another state is sure to carry it.
    fn combine_name(&self, state: usize, ty: Type<'c>) -> &'static str {
        let float = ir::is_float(ty);
        match (self.fused.header.states[state].combine, float) {
            (Combine::Max, true) if self.nan_is_carried(state) => "arith.maxnumf",
            (Combine::Max, true) => "arith.maximumf",
            (Combine::Max, false) => "arith.maxsi",
            (Combine::Min, true) => "arith.minimumf",
            (Combine::Min, false) => "arith.minsi",
            (Combine::Sum, true) => "arith.addf",
            (Combine::Sum, false) => "arith.addi",
            (Combine::And, _) => "arith.andi",
            (Combine::Or, _) => "arith.ori",
        }
    }

    /// Whether a NaN score reaches every result through some sum, whatever this state does with it.
    fn nan_is_carried(&self, state: usize) -> bool {
        let scores = ops::yielded(self.fused.regions.score).len();
        let lifts = ops::yielded(self.fused.regions.lift);
        let fed: Vec<_> = (0..scores).filter(|score| self.programs.is_strict(lifts[state], *score)).collect();
        let carriers: Vec<_> = (0..lifts.len())
            .filter(|own| self.fused.header.states[*own].combine == Combine::Sum)
            .filter(|own| fed.iter().all(|score| self.programs.is_strict(lifts[*own], *score)))
            .collect();
        let results = ops::yielded(self.fused.regions.epilogue);
        !fed.is_empty()
            && results.iter().all(|result| carriers.iter().any(|own| self.programs.is_strict(*result, *own)))
    }

    /// Advances the states by the key tile that the scope's key axis describes.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when a state depends on a later one, or on an earlier sum.
    pub fn step(&self, b: &Builder<'c>, scope: &mut Scope<'c>, old: &[Tile<'c>]) -> Result<Vec<Tile<'c>>, PassError> {
        let regions = self.fused.regions;
        let states = &self.fused.header.states;
        let (lift_arguments, rescale_arguments) = (ir::arguments(regions.lift), ir::arguments(regions.rescale));
        let (lifts, factors) = (ops::yielded(regions.lift), ops::yielded(regions.rescale));
        let scores = self.scores(b, scope, &lift_arguments)?;
        let count = scores.len();

        // What each idempotent state gains; its new value is formed where it is used.
        let mut gains: Vec<Option<Tile<'c>>> = vec![None; states.len()];
        for state in (0..states.len()).filter(|state| states[*state].combine != Combine::Sum) {
            let gain = self.gain(b, scope, state, lifts[state])?;
            let name = self.combine_name(state, old[state].element());
            let joined = Source::Joined(name, old[state].clone(), gain.clone());
            scope.values.insert(ffi::value_key(rescale_arguments[states.len() + state]), joined.clone());
            scope.values.insert(ffi::value_key(lift_arguments[count + state]), joined);
            gains[state] = Some(gain);
        }

        // The factors on old sums, each distinct one once.
        for (argument, tile) in rescale_arguments.iter().zip(old) {
            scope.values.insert(ffi::value_key(*argument), Source::Tile(tile.clone()));
        }
        let mut interner = Interner::default();
        let mut distinct: HashMap<usize, Tile<'c>> = HashMap::new();
        let mut scales: Vec<Option<Tile<'c>>> = vec![None; states.len()];
        for state in (0..states.len()).filter(|state| states[*state].combine == Combine::Sum) {
            if constant(factors[state]) == Some(1.0) {
                continue;
            }
            let number = interner.number(self.programs, factors[state], &|argument| format!("argument {argument}"));
            if let Entry::Vacant(entry) = distinct.entry(number) {
                let dims = self.order(self.dims(scope, factors[state]));
                let element = ir::type_of(factors[state]);
                let tile = self.map(b, scope, "row", &[factors[state]], &dims, element, None, |_, _, value| value)?;
                entry.insert(tile);
            }
            scales[state] = distinct.get(&number).cloned();
        }

        // Overwrite the idempotent states, scale the sums without a value operand.
        let mut new = old.to_vec();
        for state in 0..states.len() {
            if let Some(gain) = &gains[state] {
                let name = self.combine_name(state, old[state].element());
                new[state] = emit::generic(
                    b,
                    "row",
                    &old[state].dims,
                    std::slice::from_ref(gain),
                    &old[state],
                    |b, elements| b.binary(name, elements[1], elements[0]),
                );
                scope.values.insert(ffi::value_key(lift_arguments[count + state]), Source::Tile(new[state].clone()));
            }
        }
        for state in (0..states.len()).filter(|state| states[*state].value.is_none()) {
            if let Some(scale) = &scales[state] {
                new[state] = scaled(b, scale, &new[state], "row");
            }
        }

        // The lifted tiles of the sums, then the sums.
        let weights = self.weights(b, scope, &scores, &lifts)?;
        for state in 0..states.len() {
            let Some(weight) = &weights[state] else { continue };
            if states[state].value.is_none() {
                new[state] = self.sum_keys(b, scope, weight, &new[state]);
            }
        }
        let mut rounded: Vec<(Val<'c>, Type<'c>, Tile<'c>)> = vec![];
        for state in 0..states.len() {
            let (Some(weight), Some(capture)) = (&weights[state], states[state].value) else { continue };
            let weight = (weight, self.manner(lifts[state]));
            if self.sums_by_tile() {
                let zero = emit::zero(b, new[state].element());
                let nothing = self.filled(b, scope, &new[state].dims, zero);
                let part = self.accumulate(b, scope, weight, capture, &nothing, &mut rounded)?;
                new[state] = added(b, scales[state].as_ref(), &part, &new[state], "scale");
                continue;
            }
            if let Some(scale) = &scales[state] {
                new[state] = scaled(b, scale, &new[state], "scale");
            }
            new[state] = self.accumulate(b, scope, weight, capture, &new[state], &mut rounded)?;
        }
        Ok(new)
    }

    /// Whether a key tile is summed by itself and then added to the state, so that rounding errors do not grow with the number of
    /// keys. Kernels of fragments sum tiles by themselves anyway (but for the accumulators of the
    /// matrix unit, where operands are of 16 bits).
    fn sums_by_tile(&self) -> bool {
        self.layout.lanes && self.fused.header.extents[self.key].is_none_or(|keys| keys > LONGEST_CHAIN)
    }

    /// The score tiles, bound to the lift region's first arguments.
    fn scores(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        arguments: &[Val<'c>],
    ) -> Result<Vec<Tile<'c>>, PassError> {
        let roots = ops::yielded(self.fused.regions.score);
        let mut tiles: Vec<Tile<'c>> = vec![];
        let mut known = vec![];
        // What several scores are computed from, and none of them is, is computed once.
        for value in self.shared(scope, &roots) {
            let root = self.programs.resolve(value, &scope.assumptions);
            let dims = self.order(self.dims(scope, value) | 1 << self.key);
            if self.layout.lanes {
                self.rows(b, scope, &[root], &mut Interner::default())?;
            }
            let tile = self.map(b, scope, "map", &[root], &dims, ir::type_of(root), None, |_, _, value| value)?;
            for value in [value, root] {
                known.push(ffi::value_key(value));
                scope.values.insert(ffi::value_key(value), Source::Tile(tile.clone()));
            }
        }
        for (number, score) in roots.iter().enumerate() {
            let dims = self.order(self.dims(scope, *score) | 1 << self.key);
            let root = self.programs.resolve(*score, &scope.assumptions);
            if self.layout.lanes {
                self.rows(b, scope, &[root], &mut Interner::default())?;
            }
            let leaves = self.leaves(b, scope, &[root])?;
            let computed = |tile: &Tile<'c>| {
                scope.values.values().any(|source| matches!(source, Source::Tile(own) if own.value == tile.value))
            };
            let whole = match scope.values.get(&ffi::value_key(root)) {
                Some(Source::Tile(tile)) if tile.dims == dims && computed(tile) => Some(tile.clone()),
                _ => None,
            };
            let tile = match whole {
                Some(tile) => tile,
                None => {
                    let element = ir::type_of(root);
                    let mut later = vec![];
                    for root in &roots[number + 1..] {
                        later.extend(self.leaves(b, scope, &[*root])?);
                    }
                    let into = leaves
                        .into_iter()
                        .filter(|tile| self.layout.lanes && tile.dims == dims && tile.element() == element)
                        .filter(|tile| self.is_computed(scope, tile))
                        .find(|tile| !later.iter().chain(&tiles).any(|own| own.value == tile.value));
                    let tile = self.map(b, scope, "map", &[root], &dims, element, into, |_, _, value| value)?;
                    // What another score is computed from is computed once, where that is more than a few operations.
                    if ffi::uses(*score).len() > 1 && is_costly(root, 0) {
                        for value in [*score, root] {
                            known.push(ffi::value_key(value));
                            scope.values.insert(ffi::value_key(value), Source::Tile(tile.clone()));
                        }
                    }
                    tile
                }
            };
            tiles.push(tile);
        }
        known.iter().for_each(|key| drop(scope.values.remove(key)));
        for (argument, tile) in arguments.iter().zip(&tiles) {
            scope.values.insert(ffi::value_key(*argument), Source::Tile(tile.clone()));
        }
        Ok(tiles)
    }

    /// The largest values of a point that several scores are computed from and that are more than a few operations, but for scores.
    fn shared(&self, scope: &Scope<'c>, roots: &[Val<'c>]) -> Vec<Val<'c>> {
        let mut readers: HashMap<usize, HashSet<usize>> = HashMap::new();
        let mut found: Vec<Val<'c>> = vec![];
        for (number, root) in roots.iter().enumerate() {
            let mut work = vec![*root];
            while let Some(value) = work.pop() {
                let own = readers.entry(ffi::value_key(value)).or_default();
                if own.insert(number)
                    && let Node::Apply(op) = self.programs.node(value)
                {
                    if own.len() == 2 {
                        found.push(value);
                    }
                    work.extend(ir::operands(op));
                }
            }
        }
        let several = |value: Val<'c>| readers.get(&ffi::value_key(value)).is_some_and(|own| own.len() > 1);
        let scores: HashSet<usize> = roots.iter().map(|root| ffi::value_key(*root)).collect();
        let within = |value: Val<'c>| {
            let users = ffi::uses(value).into_iter().flat_map(|(user, _)| ir::results(user));
            let users: Vec<_> = users.filter(|user| readers.contains_key(&ffi::value_key(*user))).collect();
            users.into_iter().all(several)
        };
        found.retain(|value| {
            ir::is_float(ir::type_of(*value))
                && !scores.contains(&ffi::value_key(*value))
                && is_costly(*value, 0)
                && self.dims(scope, *value) >> self.key & 1 == 1
                && !within(*value)
        });
        found
    }

    /// Whether a tile was computed inside the key loop, so that it may be overwritten.
    fn is_computed(&self, scope: &Scope<'c>, tile: &Tile<'c>) -> bool {
        let loaded =
            scope.captures.values().any(|source| matches!(source, Source::Tile(own) if own.value == tile.value));
        tile.dims.contains(&self.key) && !loaded && !scope.widened.values().any(|own| own.value == tile.value)
    }

    /// The reduction over the keys of this tile of an idempotent state's lift.
    fn gain(&self, b: &Builder<'c>, scope: &mut Scope<'c>, state: usize, lift: Val<'c>) -> Result<Tile<'c>, PassError> {
        let element = self.fused.state_types()[state];
        let combine = self.fused.header.states[state].combine;
        let dims = self.state_dims(scope, state);
        let whole = scope.axes[self.key].is_full() && self.open_split(scope).is_none();
        let tile = match (scope.values.get(&ffi::value_key(lift)), self.programs.node(lift)) {
            (Some(Source::Tile(tile)), Node::Argument(_)) if whole => tile.clone(),
            _ => {
                let dims = self.order(self.dims(scope, lift) | self.point_dims(scope));
                self.map(b, scope, "map", &[lift], &dims, element, None, |b, scope, value| {
                    self.mask_padding(b, scope, &dims, value, |b| combine.identity(b, element))
                })?
            }
        };
        let identity = combine.identity(b, element);
        let init = self.filled(b, scope, &dims, identity);
        let name = self.combine_name(state, element);
        Ok(emit::generic(
            b,
            "reduce",
            &self.loops_with_key(&tile, &dims),
            std::slice::from_ref(&tile),
            &init,
            |b, elements| b.binary(name, elements[0], elements[1]),
        ))
    }

    /// The split dim, where one tile has all of its coordinates.
    fn open_split(&self, scope: &Scope<'c>) -> Option<usize> {
        self.split_dim.filter(|split| !scope.axes[*split].grid)
    }

    /// The dims that whatever a key adds to a state has.
    fn point_dims(&self, scope: &Scope<'c>) -> u64 {
        self.open_split(scope).map_or(0, |split| 1 << split) | 1 << self.key
    }

    /// Replaces what padded keys contribute by an identity, and what keys contribute to coordinates of a split dim that
    /// they do not belong to: there, keys are dealt out one by one.
    fn mask_padding(
        &self,
        b: &Builder<'c>,
        scope: &Scope<'c>,
        loops: &[usize],
        value: Val<'c>,
        identity: impl FnOnce(&Builder<'c>) -> Val<'c>,
    ) -> Val<'c> {
        let mut live = self.is_live(b, scope, loops, self.key);
        if let Some(split) = self.open_split(scope) {
            let ways = self.fused.header.extents[split].unwrap_or(1);
            let owner = self.coordinate(b, scope, loops, self.key).rem(b, ways).value(b);
            let at = self.coordinate(b, scope, loops, split).value(b);
            let own = b.compare("arith.cmpi", ir::cmpi::EQ, owner, at);
            live = Some(live.map_or(own, |live| b.binary("arith.andi", live, own)));
        }
        match live {
            Some(live) => {
                let identity = identity(b);
                b.select(live, value, identity)
            }
            None => value,
        }
    }

    /// The loops of a reduction of `tile` into a tile of `dims`.
    fn loops_with_key(&self, tile: &Tile<'c>, dims: &[usize]) -> Vec<usize> {
        self.order(set_of(&tile.dims) | set_of(dims) | 1 << self.key)
    }

    /// The lifted tile of every sum; equal programs share one.
    fn weights(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        scores: &[Tile<'c>],
        lifts: &[Val<'c>],
    ) -> Result<Vec<Option<Tile<'c>>>, PassError> {
        let states = &self.fused.header.states;
        let sums: Vec<_> = (0..states.len()).filter(|state| states[*state].combine == Combine::Sum).collect();
        let mut interner = Interner::default();
        let name = |argument: usize| format!("argument {argument}");
        let numbers: Vec<_> = lifts.iter().map(|lift| interner.number(self.programs, *lift, &name)).collect();
        self.rows(b, scope, &sums.iter().map(|state| lifts[*state]).collect::<Vec<_>>(), &mut interner)?;
        let mut distinct: HashMap<usize, Tile<'c>> = HashMap::new();
        let mut weights = vec![None; states.len()];
        for (position, state) in sums.iter().enumerate() {
            let number = numbers[*state];
            if let Entry::Vacant(entry) = distinct.entry(number) {
                let lift = lifts[*state];
                let dims = self.order(self.dims(scope, lift) | self.point_dims(scope));
                let element = ir::type_of(lift);
                let mut later = vec![];
                for other in sums[position + 1..].iter().filter(|other| numbers[**other] != number) {
                    later.extend(self.leaves(b, scope, &[lifts[*other]])?);
                }
                let leaves = self.leaves(b, scope, &[lift])?;
                let into = leaves
                    .into_iter()
                    .filter(|tile| self.layout.lanes && tile.dims == dims && tile.element() == element)
                    .filter(|tile| {
                        scores.iter().any(|score| score.value == tile.value) && self.is_computed(scope, tile)
                    })
                    .find(|tile| !later.iter().any(|own| own.value == tile.value));
                let tile = self.map(b, scope, "map", &[lift], &dims, element, into, |b, scope, value| {
                    self.mask_padding(b, scope, &dims, value, |b| emit::zero(b, element))
                })?;
                entry.insert(tile);
            }
            weights[*state] = distinct.get(&number).cloned();
        }
        Ok(weights)
    }

    /// Computes the largest parts of `roots` that do not depend on the key as tiles of their own, if they are floats.
    fn rows(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        roots: &[Val<'c>],
        interner: &mut Interner,
    ) -> Result<(), PassError> {
        let mut done: HashMap<usize, Source<'c>> = HashMap::new();
        let mut seen = HashSet::new();
        let mut work = roots.to_vec();
        while let Some(value) = work.pop() {
            if !seen.insert(ffi::value_key(value)) || scope.values.contains_key(&ffi::value_key(value)) {
                continue;
            }
            let Node::Apply(op) = self.programs.node(value) else { continue };
            let dims = self.dims(scope, value);
            if dims == 0 {
                continue;
            }
            if dims >> self.key & 1 == 1 {
                work.extend(ir::operands(op));
                continue;
            }
            if !ir::is_float(ir::type_of(value)) {
                continue;
            }
            let number = interner.number(self.programs, value, &|argument| format!("argument {argument}"));
            if let Entry::Vacant(entry) = done.entry(number) {
                let (dims, element) = (self.order(dims), ir::type_of(value));
                let tile = self.map(b, scope, "row", &[value], &dims, element, None, |_, _, value| value)?;
                entry.insert(Source::Tile(tile));
            }
            scope.values.insert(ffi::value_key(value), done[&number].clone());
        }
        Ok(())
    }

    /// `state + Σ_key weight`.
    fn sum_keys(&self, b: &Builder<'c>, scope: &Scope<'c>, weight: &Tile<'c>, state: &Tile<'c>) -> Tile<'c> {
        let ty = state.element();
        let loops = self.loops_with_key(weight, &state.dims);
        let sum = |init: &Tile<'c>| {
            emit::generic(b, "reduce", &loops, std::slice::from_ref(weight), init, |b, elements| {
                let value = convert(b, elements[0], ty);
                b.binary(if ir::is_float(ty) { "arith.addf" } else { "arith.addi" }, value, elements[1])
            })
        };
        if !self.sums_by_tile() {
            return sum(state);
        }
        let part = sum(&self.filled(b, scope, &state.dims, emit::zero(b, ty)));
        added(b, None, &part, state, "row")
    }

    /// `state + Σ_key weight · value`.
    fn accumulate(
        &self,
        b: &Builder<'c>,
        scope: &mut Scope<'c>,
        (weight, manner): (&Tile<'c>, Manner),
        capture: usize,
        state: &Tile<'c>,
        rounded: &mut Vec<(Val<'c>, Type<'c>, Tile<'c>)>,
    ) -> Result<Tile<'c>, PassError> {
        let value = self
            .widened(b, scope, capture)?
            .ok_or_else(|| PassError::Unsupported(format!("value operand {capture} has no tiled dim")))?;
        let (narrow, wide) = (value.element(), weight.element());
        let bits = |ty| Element::of(ty).map(Element::float_bits).filter(|bits| *bits > 0);
        let narrower = bits(narrow).zip(bits(wide)).is_some_and(|(narrow, wide)| narrow < wide);
        let round = self.layout.round_weights && narrower;
        let weight = if !round {
            weight.clone()
        } else if let Some((_, _, tile)) = rounded.iter().find(|(own, ty, _)| *own == weight.value && *ty == narrow) {
            tile.clone()
        } else {
            let output = self.empty(b, scope, &weight.dims, narrow);
            let tile = emit::generic(b, "cast", &weight.dims, std::slice::from_ref(weight), &output, |b, elements| {
                convert(b, elements[0], narrow)
            });
            rounded.push((weight.value, narrow, tile.clone()));
            tile
        };
        let reduced = (set_of(&weight.dims) | set_of(&value.dims) | 1 << self.key) & !set_of(&state.dims);
        let loops: Vec<_> = state.dims.iter().copied().chain(self.order(reduced)).collect();
        Ok(self.contract(b, scope, &loops, (&value, &weight, manner), state))
    }
}

/// `state · factor + part`, in the place of `state`.
fn added<'c>(b: &Builder<'c>, factor: Option<&Tile<'c>>, part: &Tile<'c>, state: &Tile<'c>, tag: &str) -> Tile<'c> {
    let ty = state.element();
    let (multiply, add) = if ir::is_float(ty) { ("arith.mulf", "arith.addf") } else { ("arith.muli", "arith.addi") };
    let inputs: Vec<_> = factor.into_iter().chain([part]).cloned().collect();
    emit::generic(b, tag, &state.dims, &inputs, state, |b, elements| match *elements {
        [factor, part, old] => {
            let factor = convert(b, factor, ty);
            let old = b.binary(multiply, old, factor);
            b.binary(add, old, part)
        }
        _ => b.binary(add, elements[1], elements[0]),
    })
}

/// `state · factor`, in the place of `state`.
fn scaled<'c>(b: &Builder<'c>, factor: &Tile<'c>, state: &Tile<'c>, tag: &str) -> Tile<'c> {
    let ty = state.element();
    emit::generic(b, tag, &state.dims, std::slice::from_ref(factor), state, |b, elements| {
        let factor = convert(b, elements[0], ty);
        b.binary(if ir::is_float(ty) { "arith.mulf" } else { "arith.muli" }, elements[1], factor)
    })
}

/// Whether a value is computed by a function, or is a quotient.
fn is_costly(value: Val<'_>, depth: u32) -> bool {
    ffi::defining_op(value).is_some_and(|op| {
        let name = ir::name(op);
        name.starts_with("math.")
            || name == "arith.divf"
            || depth < MOST_STEPS && ir::operands(op).into_iter().any(|operand| is_costly(operand, depth + 1))
    })
}
