//! Elements of a tensor: loaded where the tensor has memory, else computed by the op that defines it.

use super::{
    super::nest,
    Lanes, Loops, Points,
    insert::{is_insertion, started_from},
    loops_of,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::steps::splat,
    ir::{self, Op, Type, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

impl<'c> Points<'_, 'c> {
    /// The elements of a tensor at some coordinates.
    ///
    /// # Errors
    /// Reported at an op that has no meaning on single elements.
    pub fn element(&mut self, value: Val<'c>, coords: &[Lanes<'c>]) -> Result<Lanes<'c>, PassError> {
        let key = (ffi::value_key(value), coords.iter().map(Lanes::key).collect::<Vec<_>>());
        if let Some(known) = self.scopes.iter().rev().find_map(|scope| scope.elements.get(&key)) {
            return Ok(known.clone());
        }
        let element = match self.host.view(value).filter(|view| !self.own.contains(&view.tensor)) {
            Some(view) => self.load(&view, coords),
            None => self.computed(value, coords)?,
        };
        self.scope().elements.insert(key, element.clone());
        Ok(element)
    }

    /// The elements of a tensor as the op that defines it says, whether or not the tensor has memory.
    ///
    /// # Errors
    /// Those of [`Points::element`].
    pub fn computed(&mut self, value: Val<'c>, coords: &[Lanes<'c>]) -> Result<Lanes<'c>, PassError> {
        let op = ffi::defining_op(value).ok_or_else(|| bug!("a tensor that is no argument and no result"))?;
        let operands = ir::operands(op);
        let ty = self.kernel_type(ffi::element_type(ir::type_of(value)));
        match ir::name(op) {
            "linalg.fill" | "tensor.splat" => self.outer(operands[0]),
            "tensor.empty" => Ok(Lanes::same(self.code.zero(ty))),
            "arith.constant" => {
                let value = splat(value).ok_or_else(|| bug!("a constant without memory"))?;
                Ok(Lanes::same(self.code.b.op("arith.constant").attr("value", value).results(&[ty]).value()))
            }
            "tensor.cast" => self.element(operands[0], coords),
            "scf.for" | "tensor.insert" if is_insertion(op) => self.element(started_from(op), coords),
            "tensor.collapse_shape" => {
                let inner = self.expanded(op, operands[0], coords)?;
                self.element(operands[0], &inner)
            }
            "tensor.expand_shape" => {
                let inner = self.collapsed(op, value, coords)?;
                self.element(operands[0], &inner)
            }
            "tensor.extract_slice" => {
                let inner = self.sliced(op, coords, value)?;
                self.element(operands[0], &inner)
            }
            "tensor.insert_slice" => self.inserted(op, coords, ty),
            "tensor.concat" => {
                let dim = ir::attr(op, "dim").and_then(ir::int_attr).and_then(|dim| usize::try_from(dim).ok());
                let dim = dim.ok_or_else(|| bug!("a concatenation without its dim"))?;
                self.one_of(&operands, dim, coords, ty)
            }
            "tensor.pad" => self.padded(op, coords, ty),
            "tensor.from_elements" => {
                let at = self.linear(value, coords)?;
                let mut found: Option<Lanes<'c>> = None;
                for (number, operand) in operands.into_iter().enumerate() {
                    let element = self.outer(operand)?;
                    let number = self.fixed(number as i64);
                    let here = self.equal(&at, &number);
                    found = Some(match found {
                        None => element,
                        Some(before) => self.each(&[&here, &element, &before], |points, values| {
                            points.code.b.select(values[0], values[1], values[2])
                        }),
                    });
                }
                found.ok_or_else(|| bug!("a tensor of no elements is read"))
            }
            "tensor.generate" => self.region_value(op, coords),
            "linalg.generic" => {
                let loops = Loops::read(op).ok_or_else(|| bug!("a generic without maps"))?;
                let output = ffi::value_number(value);
                let mut place = vec![self.fixed(0); loops.reduced.len()];
                let Some(dims) = loops_of(loops.maps[loops.inputs + output]) else {
                    let message = "not supported on the GPU: an output whose places are computed from the loops";
                    ffi::emit_error(op.location(), message);
                    return Err(PassError::Reported);
                };
                for (dim, at) in dims.into_iter().zip(coords) {
                    dim.into_iter().for_each(|dim| place[dim] = at.clone());
                }
                let values = self.generic_at(&loops, &place)?;
                for (number, (result, element)) in ir::results(op).into_iter().zip(&values).enumerate() {
                    if loops.maps[loops.inputs + number] == loops.maps[loops.inputs + output] {
                        self.keep(result, coords, element);
                    }
                }
                Ok(values[output].clone())
            }
            name => {
                ffi::emit_error(op.location(), &format!("not supported on the GPU: '{name}' outside of a kernel"));
                Err(PassError::Reported)
            }
        }
    }

    /// What the body of a generic yields at a point, given what its outputs hold.
    ///
    /// # Errors
    /// Those of [`Points::element`].
    pub fn body(
        &mut self,
        loops: &Loops<'c>,
        place: &[Lanes<'c>],
        carried: &[Lanes<'c>],
    ) -> Result<Vec<Lanes<'c>>, PassError> {
        let mut known = self.inputs(loops, place)?;
        let outputs = ir::arguments(loops.body).into_iter().skip(loops.inputs);
        known.extend(outputs.map(ffi::value_key).zip(carried.iter().cloned()));
        let ops = ir::ops(loops.body);
        self.block(&ops, &mut known, place)?;
        let last = ops.last().map(|op| ir::operands(*op)).unwrap_or_default();
        self.values(&last, &known)
    }

    /// What the arguments of a body hold that are inputs.
    fn inputs(&mut self, loops: &Loops<'c>, place: &[Lanes<'c>]) -> Result<HashMap<usize, Lanes<'c>>, PassError> {
        let mut known = HashMap::new();
        for (number, argument) in ir::arguments(loops.body).into_iter().enumerate().take(loops.inputs) {
            if loops.reads(number) {
                let coords = self.apply(loops.maps[number], place);
                known.insert(ffi::value_key(argument), self.element(loops.operands[number], &coords)?);
            }
        }
        Ok(known)
    }

    /// What a body adds to each result at a point, by the op of it that adds (see [`Loops::combiners`]).
    ///
    /// # Errors
    /// Those of [`Points::element`].
    pub fn added(
        &mut self,
        loops: &Loops<'c>,
        combiners: &[Op<'c>],
        place: &[Lanes<'c>],
    ) -> Result<Vec<Lanes<'c>>, PassError> {
        let mut known = self.inputs(loops, place)?;
        let ops: Vec<_> = ir::ops(loops.body).into_iter().filter(|op| !combiners.contains(op)).collect();
        self.block(&ops, &mut known, place)?;
        let arguments = ir::arguments(loops.body);
        let parts: Option<Vec<_>> = combiners
            .iter()
            .zip(&arguments[loops.inputs..])
            .map(|(op, held)| ir::operands(*op).into_iter().find(|operand| operand != held))
            .collect();
        self.values(&parts.ok_or_else(|| bug!("a reduction that adds nothing"))?, &known)
    }

    fn values(&mut self, values: &[Val<'c>], known: &HashMap<usize, Lanes<'c>>) -> Result<Vec<Lanes<'c>>, PassError> {
        let find = |value: &Val<'c>| match known.get(&ffi::value_key(*value)) {
            Some(lanes) => Ok(lanes.clone()),
            None => self.outer(*value),
        };
        values.iter().map(find).collect()
    }

    /// Writes the ops of a block, up to its yield, and makes their results known.
    fn block(
        &mut self,
        ops: &[Op<'c>],
        known: &mut HashMap<usize, Lanes<'c>>,
        place: &[Lanes<'c>],
    ) -> Result<(), PassError> {
        for op in ops {
            let mut operands = vec![];
            for operand in ir::operands(*op) {
                operands.push(match known.get(&ffi::value_key(operand)) {
                    Some(value) => value.clone(),
                    // `scalar_op` takes it from the op.
                    None if ffi::is_ranked_tensor(ir::type_of(operand)) => continue,
                    None if ir::name(*op).ends_with(".yield") => continue,
                    None => self.outer(operand)?,
                });
            }
            let results = match ir::name(*op) {
                "linalg.yield" | "tensor.yield" => return Ok(()),
                "linalg.index" => {
                    let dim = ir::attr(*op, "dim").and_then(ir::int_attr).unwrap_or(0);
                    vec![self.as_index(&place[dim as usize])]
                }
                "cf.assert" => {
                    self.assert(&operands[0]);
                    vec![]
                }
                _ => self.scalar_op(*op, &operands)?,
            };
            ir::results(*op).into_iter().zip(results).for_each(|(from, to)| _ = known.insert(ffi::value_key(from), to));
        }
        Ok(())
    }

    /// The sizes of a tensor as coordinates.
    fn sizes(&mut self, value: Val<'c>) -> Result<Vec<Lanes<'c>>, PassError> {
        let dims = self.host.dims(value)?;
        Ok(dims.iter().map(|dim| self.size(dim)).collect())
    }

    fn index(&mut self, index: nest::Index<'c>) -> Result<Lanes<'c>, PassError> {
        match index {
            nest::Index::Const(value) => Ok(self.fixed(value)),
            nest::Index::Value(value) => {
                let value = self.outer(value)?;
                Ok(self.as_coordinate(&value))
            }
        }
    }

    /// The position of an element among all of its tensor.
    fn linear(&mut self, value: Val<'c>, coords: &[Lanes<'c>]) -> Result<Lanes<'c>, PassError> {
        let mut total = self.fixed(0);
        for (coord, size) in coords.iter().zip(self.sizes(value)?) {
            let above = self.product(&total, &size);
            total = self.sum(&above, coord);
        }
        Ok(total)
    }

    /// Which dims of the larger shape each dim of the smaller one stands for.
    fn groups(op: Op<'c>) -> Result<Vec<Vec<usize>>, PassError> {
        nest::groups(op).ok_or_else(|| bug!("a reshape without its groups"))
    }

    /// Coordinates in the larger shape from those in the smaller.
    fn expanded(&mut self, op: Op<'c>, larger: Val<'c>, coords: &[Lanes<'c>]) -> Result<Vec<Lanes<'c>>, PassError> {
        let sizes = self.sizes(larger)?;
        let mut inner = vec![self.fixed(0); sizes.len()];
        let one = |size: &Lanes<'c>| size.shared().and_then(crate::gpu::code::constant) == Some(1);
        for (group, coord) in Self::groups(op)?.into_iter().zip(coords) {
            let long: Vec<_> = group.into_iter().filter(|dim| !one(&sizes[*dim])).collect();
            let mut rest = coord.clone();
            for (place, dim) in long.iter().enumerate().rev() {
                if place == 0 {
                    inner[*dim] = rest.clone();
                } else {
                    let size = sizes[*dim].shared().ok_or_else(|| bug!("a size that differs between points"))?;
                    (rest, inner[*dim]) = self.divided(&rest, size);
                }
            }
        }
        Ok(inner)
    }

    /// Coordinates in the smaller shape from those in the larger.
    fn collapsed(&mut self, op: Op<'c>, larger: Val<'c>, coords: &[Lanes<'c>]) -> Result<Vec<Lanes<'c>>, PassError> {
        let sizes = self.sizes(larger)?;
        let mut inner = vec![];
        for group in Self::groups(op)? {
            let mut total = self.fixed(0);
            for dim in group {
                let above = self.product(&total, &sizes[dim]);
                total = self.sum(&above, &coords[dim]);
            }
            inner.push(total);
        }
        Ok(inner)
    }

    /// Coordinates in the tensor that a slice is taken of.
    fn sliced(&mut self, op: Op<'c>, coords: &[Lanes<'c>], slice: Val<'c>) -> Result<Vec<Lanes<'c>>, PassError> {
        let (offsets, sizes, strides) = nest::slice(op, 1).ok_or_else(|| bug!("a slice without its attributes"))?;
        let kept = nest::kept_dims(&sizes, &ffi::shape(ir::type_of(slice)).unwrap_or_default());
        let mut inner = offsets.into_iter().map(|offset| self.index(offset)).collect::<Result<Vec<_>, _>>()?;
        for (dim, coord) in kept.into_iter().zip(coords) {
            let step = self.stride(strides[dim], op)?;
            let away = self.product(coord, &step);
            inner[dim] = self.sum(&inner[dim], &away);
        }
        Ok(inner)
    }

    fn stride(&self, stride: i64, op: Op<'c>) -> Result<Lanes<'c>, PassError> {
        if stride < 1 {
            ffi::emit_error(op.location(), "not supported on the GPU: a slice with a stride known only at run time");
            return Err(PassError::Reported);
        }
        Ok(self.fixed(stride))
    }

    /// Whether a coordinate lies in a range, and where in it.
    fn within(
        &mut self,
        coord: &Lanes<'c>,
        offset: nest::Index<'c>,
        size: &Lanes<'c>,
    ) -> Result<(Lanes<'c>, Lanes<'c>), PassError> {
        let offset = self.index(offset)?;
        let at = self.difference(coord, &offset);
        let size = size.shared().ok_or_else(|| bug!("a size that differs between points"))?;
        // Counted without a sign, what lies before the range counts as far behind it.
        Ok((self.below(&at, size), at))
    }

    fn inserted(&mut self, op: Op<'c>, coords: &[Lanes<'c>], ty: Type<'c>) -> Result<Lanes<'c>, PassError> {
        let (offsets, sizes, strides) = nest::slice(op, 2).ok_or_else(|| bug!("a slice without its attributes"))?;
        let [source, into] = [ir::operands(op)[0], ir::operands(op)[1]];
        let kept = nest::kept_dims(&sizes, &ffi::shape(ir::type_of(source)).unwrap_or_default());
        let mut inside = Lanes::same(self.code.b.int(1, self.code.t.i1));
        let mut inner = vec![];
        for (dim, coord) in coords.iter().enumerate() {
            let size = self.index(sizes[dim])?;
            let step = self.stride(strides[dim], op)?;
            let (mut live, mut at) = self.within(coord, offsets[dim], &size)?;
            if strides[dim] > 1 {
                let away = at;
                let by = step.shared().ok_or_else(|| bug!("a stride that differs between points"))?;
                at = self.divided(&away, by).0;
                let back = self.product(&at, &step);
                let exact = self.equal(&back, &away);
                let size = size.shared().ok_or_else(|| bug!("a size that differs between points"))?;
                live = self.below(&at, size);
                live = self.both(&live, &exact);
            }
            inside = self.both(&inside, &live);
            if kept.contains(&dim) {
                inner.push(at);
            }
        }
        let count = inner.len();
        let all: Vec<_> = inner.into_iter().chain(coords.iter().cloned()).collect();
        self.choose(&inside, ty, &all, &mut |points, at| points.element(source, &at[..count]), &mut |points, at| {
            points.element(into, &at[count..])
        })
    }

    /// An element of tensors that lie one behind the other.
    fn one_of(
        &mut self,
        parts: &[Val<'c>],
        dim: usize,
        coords: &[Lanes<'c>],
        ty: Type<'c>,
    ) -> Result<Lanes<'c>, PassError> {
        let Some((first, rest)) = parts.split_first() else { return Err(bug!("a concatenation of nothing")) };
        if rest.is_empty() {
            return self.element(*first, coords);
        }
        let size = self.sizes(*first)?[dim].clone();
        let end = size.shared().ok_or_else(|| bug!("a size that differs between points"))?;
        let here = self.below(&coords[dim], end);
        self.choose(&here, ty, coords, &mut |points, at| points.element(*first, at), &mut |points, at| {
            let mut beyond = at.to_vec();
            beyond[dim] = points.difference(&at[dim], &size);
            points.one_of(rest, dim, &beyond, ty)
        })
    }

    fn padded(&mut self, op: Op<'c>, coords: &[Lanes<'c>], ty: Type<'c>) -> Result<Lanes<'c>, PassError> {
        let [low, _] = nest::padding(op).ok_or_else(|| bug!("a padding without its sizes"))?;
        let source = ir::operands(op)[0];
        let sizes = self.sizes(source)?;
        let mut inside = Lanes::same(self.code.b.int(1, self.code.t.i1));
        let mut inner = vec![];
        for (dim, coord) in coords.iter().enumerate() {
            let (live, at) = self.within(coord, low[dim], &sizes[dim])?;
            inside = self.both(&inside, &live);
            inner.push(at);
        }
        let count = inner.len();
        let all: Vec<_> = inner.into_iter().chain(coords.iter().cloned()).collect();
        self.choose(&inside, ty, &all, &mut |points, at| points.element(source, &at[..count]), &mut |points, at| {
            points.region_value(op, &at[count..])
        })
    }

    /// What the region of an op yields, its arguments bound to coordinates.
    fn region_value(&mut self, op: Op<'c>, coords: &[Lanes<'c>]) -> Result<Lanes<'c>, PassError> {
        let body = ir::body(op, 0).ok_or_else(|| bug!("'{}' without a body", ir::name(op)))?;
        let indices: Vec<_> = coords.iter().map(|at| self.as_index(at)).collect();
        let mut known = ir::arguments(body).into_iter().map(ffi::value_key).zip(indices).collect();
        let ops = ir::ops(body);
        self.block(&ops, &mut known, coords)?;
        let last = ops.last().map(|op| ir::operands(*op)).unwrap_or_default();
        self.values(&last, &known)?.into_iter().next().ok_or_else(|| bug!("a region that yields nothing"))
    }
}
