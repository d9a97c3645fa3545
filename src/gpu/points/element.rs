//! One element of a tensor: loaded where the tensor has memory, else computed by the op that defines it.

use super::{super::nest, Loops, Points};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{code::Cmp, steps::splat},
    ir::{self, Op, Type, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// Ops that take 16-bit floats as they are; every other is computed in f32 and rounded once.
const NARROW: [&str; 5] = ["arith.constant", "arith.select", "arith.bitcast", "arith.extf", "arith.truncf"];

impl<'c> Points<'_, 'c> {
    /// The element of a tensor at some coordinates (i64).
    ///
    /// # Errors
    /// Reported at an op that has no meaning on single elements.
    pub fn element(&mut self, value: Val<'c>, coords: &[Val<'c>]) -> Result<Val<'c>, PassError> {
        if let Some(view) = self.host.view(value) {
            return Ok(self.load(&view, coords));
        }
        self.computed(value, coords)
    }

    /// The element of a tensor as the op that defines it says, whether or not the tensor has memory.
    ///
    /// # Errors
    /// Those of [`Points::element`].
    pub fn computed(&mut self, value: Val<'c>, coords: &[Val<'c>]) -> Result<Val<'c>, PassError> {
        let op = ffi::defining_op(value).ok_or_else(|| bug!("a tensor that is no argument and no result"))?;
        let operands = ir::operands(op);
        let ty = self.kernel_type(ffi::element_type(ir::type_of(value)));
        match ir::name(op) {
            "linalg.fill" | "tensor.splat" => self.outer(operands[0]),
            "tensor.empty" => Ok(self.code.zero(ty)),
            "arith.constant" => {
                let value = splat(value).ok_or_else(|| bug!("a constant without memory"))?;
                Ok(self.code.b.op("arith.constant").attr("value", value).results(&[ty]).value())
            }
            "tensor.cast" => self.element(operands[0], coords),
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
            "tensor.concat" => self.concatenated(op, coords, ty),
            "tensor.pad" => self.padded(op, coords, ty),
            "tensor.from_elements" => {
                let at = self.linear(value, coords)?;
                let mut found = None;
                for (number, operand) in operands.into_iter().enumerate() {
                    let element = self.outer(operand)?;
                    let here = self.code.cmpc(Cmp::Eq, at, number as i64);
                    found = Some(found.map_or(element, |before| self.code.b.select(here, element, before)));
                }
                found.ok_or_else(|| bug!("a tensor of no elements is read"))
            }
            "tensor.generate" => self.region_value(op, coords),
            "linalg.generic" => {
                let loops = Loops::read(op).ok_or_else(|| bug!("a generic without maps"))?;
                let output = ffi::value_number(value);
                let key = (ffi::op_key(op), coords.iter().map(|at| ffi::value_key(*at)).collect::<Vec<_>>());
                if let Some(known) = self.made.get(&key) {
                    return Ok(known[output]);
                }
                let zero = self.code.b.int(0, self.code.t.i64);
                let mut place = vec![zero; loops.reduced.len()];
                let Some(dims) = super::plain_dims(loops.maps[loops.inputs + output]) else {
                    let message = "not supported on the GPU: an output whose places are computed from the loops";
                    ffi::emit_error(op.location(), message);
                    return Err(PassError::Reported);
                };
                dims.iter().zip(coords).for_each(|(dim, at)| place[*dim] = *at);
                let mut carried = vec![];
                for operand in loops.inputs..loops.operands.len() {
                    let coords = self.apply(loops.maps[operand], &place);
                    carried.push(match loops.reads(operand) {
                        true => self.element(loops.operands[operand], &coords)?,
                        false => {
                            let element = ffi::element_type(ir::type_of(loops.operands[operand]));
                            self.code.zero(self.kernel_type(element))
                        }
                    });
                }
                let reductions: Vec<_> = (0..place.len()).filter(|dim| loops.reduced[*dim]).collect();
                let extents = self.extents(&loops).ok_or_else(|| bug!("a loop without a length"))?;
                let values = self.reduce(&loops, &extents, &reductions, false, &mut place, carried)?;
                self.made.insert(key, values.clone());
                Ok(values[output])
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
        place: &[Val<'c>],
        carried: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let mut known = HashMap::new();
        for (number, argument) in ir::arguments(loops.body).into_iter().enumerate() {
            if number >= loops.inputs {
                known.insert(ffi::value_key(argument), carried[number - loops.inputs]);
            } else if loops.reads(number) {
                let coords = self.apply(loops.maps[number], place);
                known.insert(ffi::value_key(argument), self.element(loops.operands[number], &coords)?);
            }
        }
        self.block(ir::ops(loops.body), known, place)
    }

    /// The yielded values of a block, its ops written here.
    fn block(
        &mut self,
        ops: Vec<Op<'c>>,
        mut known: HashMap<usize, Val<'c>>,
        place: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        for op in ops {
            let mut operands = vec![];
            for operand in ir::operands(op) {
                operands.push(match known.get(&ffi::value_key(operand)) {
                    Some(value) => *value,
                    None if ffi::is_ranked_tensor(ir::type_of(operand)) => operand,
                    None => self.outer(operand)?,
                });
            }
            let results = match ir::name(op) {
                "linalg.yield" | "tensor.yield" => return Ok(operands),
                "linalg.index" => {
                    let dim = ir::attr(op, "dim").and_then(ir::int_attr).unwrap_or(0);
                    vec![place[dim as usize]]
                }
                "cf.assert" => {
                    self.assert(operands[0]);
                    vec![]
                }
                _ => self.scalar_op(op, &operands)?,
            };
            ir::results(op).into_iter().zip(results).for_each(|(from, to)| _ = known.insert(ffi::value_key(from), to));
        }
        Err(bug!("a block without a yield"))
    }

    /// Stops the program, as the source asks, when a condition does not hold.
    fn assert(&mut self, condition: Val<'c>) {
        let code = self.code;
        let block = super::new_block(self.location, &[]);
        let inner = ir::Builder::at_end(code.b.context, ffi::block_handle(&block), self.location);
        inner.op("llvm.intr.trap").build();
        inner.op("scf.yield").build();
        let fails = code.b.binary("arith.xori", condition, code.b.int(1, code.t.i1));
        let spec = code.b.op("scf.if").operands(&[fails]).raw_region(super::region_of(block));
        spec.raw_region(melior::ir::Region::new()).build();
    }

    /// A scalar that is defined outside of every body.
    fn outer(&mut self, value: Val<'c>) -> Result<Val<'c>, PassError> {
        if ir::type_of(value) == self.code.t.index
            && let Some(expr) = self.host.expr(value)
        {
            return Ok(self.expr(&expr));
        }
        let op = ffi::defining_op(value).ok_or_else(|| bug!("a scalar argument that is not bound"))?;
        let mut operands = vec![];
        for operand in ir::operands(op) {
            let tensor = ffi::is_ranked_tensor(ir::type_of(operand));
            operands.push(if tensor { operand } else { self.outer(operand)? });
        }
        Ok(self.scalar_op(op, &operands)?[ffi::value_number(value)])
    }

    fn kernel_type(&self, ty: Type<'c>) -> Type<'c> {
        if ty == self.code.t.index { self.code.t.i64 } else { ty }
    }

    /// The same operation on kernel values: `index` is i64, 16-bit floats are computed in f32.
    fn scalar_op(&mut self, op: Op<'c>, operands: &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError> {
        let code = self.code;
        let types: Vec<_> = ir::results(op).into_iter().map(|result| self.kernel_type(ir::type_of(result))).collect();
        let name = ir::name(op);
        match name {
            "tensor.extract" => return Ok(vec![self.element(operands[0], &operands[1..])?]),
            "tensor.dim" => {
                let value = ir::results(op)[0];
                let size = self.host.expr(value).ok_or_else(|| {
                    PassError::Unsupported("a size that is no function of the arguments' shapes".into())
                })?;
                return Ok(vec![self.expr(&size)]);
            }
            "affine.apply" | "affine.min" | "affine.max" => {
                let map = ir::attr(op, "map").and_then(ffi::affine_map);
                let map = map.ok_or_else(|| bug!("an affine op without a map"))?;
                let combine = if name == "affine.max" { "arith.maxsi" } else { "arith.minsi" };
                let values = self.apply(map, operands).into_iter();
                return Ok(values.reduce(|a, b| code.b.binary(combine, a, b)).into_iter().collect());
            }
            "arith.constant" if types[0] == code.t.i64 => {
                let value = ir::attr(op, "value").and_then(ir::int_attr).unwrap_or(0);
                return Ok(vec![code.b.int(value, types[0])]);
            }
            "arith.index_cast" | "arith.index_castui" => {
                return Ok(vec![self.resize(operands[0], types[0], name == "arith.index_castui")]);
            }
            _ if name.starts_with("arith.") || name.starts_with("math.") => {}
            _ => {
                ffi::emit_error(op.location(), &format!("not supported on the GPU: '{name}' on a scalar"));
                return Err(PassError::Reported);
            }
        }
        let half = |ty: Type<'c>| matches!(ty.to_string().as_str(), "bf16" | "f16");
        let far = |ty: Type<'c>| ty.to_string() == "f64";
        let steps = match name {
            "arith.extf" => far(types[0]),
            "arith.truncf" => far(ir::type_of(operands[0])) && half(types[0]),
            _ => !NARROW.contains(&name),
        };
        let widen = |value: Val<'c>| {
            if half(ir::type_of(value)) { code.b.cast("arith.extf", value, code.t.f32) } else { value }
        };
        let operands: Vec<_> = match name {
            "arith.truncf" if steps => vec![code.b.cast("arith.truncf", operands[0], code.t.f32)],
            _ if steps => operands.iter().map(|value| widen(*value)).collect(),
            _ => operands.to_vec(),
        };
        let wide = |ty: Type<'c>| if steps && half(ty) && name != "arith.truncf" { code.t.f32 } else { ty };
        let results: Vec<_> = types.iter().map(|ty| wide(*ty)).collect();
        if name == "arith.extf" && ir::type_of(operands[0]) == types[0] {
            return Ok(operands);
        }
        let mut spec = code.b.op(name).operands(&operands).results(&results);
        for (name, attribute) in super::super::kernel::attributes(op) {
            spec = spec.attr(&name, attribute);
        }
        let made = ir::results(spec.build());
        let narrow = |(value, ty): (Val<'c>, &Type<'c>)| match ir::type_of(value) == *ty {
            true => value,
            false => code.b.cast("arith.truncf", value, *ty),
        };
        Ok(made.into_iter().zip(&types).map(narrow).collect())
    }

    fn resize(&self, value: Val<'c>, ty: Type<'c>, unsigned: bool) -> Val<'c> {
        let width = |ty: Type<'c>| ty.to_string().trim_start_matches('i').parse::<u32>().unwrap_or(64);
        let extend = if unsigned { "arith.extui" } else { "arith.extsi" };
        match width(ir::type_of(value)).cmp(&width(ty)) {
            std::cmp::Ordering::Less => self.code.b.cast(extend, value, ty),
            std::cmp::Ordering::Equal => value,
            std::cmp::Ordering::Greater => self.code.b.cast("arith.trunci", value, ty),
        }
    }

    /// The sizes of a tensor as values.
    fn sizes(&mut self, value: Val<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let dims = self.host.dims(value)?;
        Ok(dims.iter().map(|dim| self.expr(dim)).collect())
    }

    fn index(&mut self, index: nest::Index<'c>) -> Result<Val<'c>, PassError> {
        match index {
            nest::Index::Const(value) => Ok(self.code.b.int(value, self.code.t.i64)),
            nest::Index::Value(value) => self.outer(value),
        }
    }

    /// The position of an element among all of its tensor.
    fn linear(&mut self, value: Val<'c>, coords: &[Val<'c>]) -> Result<Val<'c>, PassError> {
        let mut total = self.code.b.int(0, self.code.t.i64);
        for (coord, size) in coords.iter().zip(self.sizes(value)?) {
            total = self.code.add(self.code.mul(total, size), *coord);
        }
        Ok(total)
    }

    /// Which dims of the larger shape each dim of the smaller one stands for.
    fn groups(op: Op<'c>) -> Result<Vec<Vec<usize>>, PassError> {
        let groups = ir::attr(op, "reassociation").and_then(ffi::array_elements);
        let members = |group: ir::Attr<'c>| -> Option<Vec<usize>> {
            ffi::array_elements(group)?.into_iter().map(|dim| usize::try_from(ir::int_attr(dim)?).ok()).collect()
        };
        let groups: Option<Vec<_>> = groups.and_then(|groups| groups.into_iter().map(members).collect());
        groups.ok_or_else(|| bug!("a reshape without its groups"))
    }

    /// Coordinates in the larger shape from those in the smaller.
    fn expanded(&mut self, op: Op<'c>, larger: Val<'c>, coords: &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError> {
        let (sizes, code) = (self.sizes(larger)?, self.code);
        let zero = code.b.int(0, code.t.i64);
        let mut inner = vec![zero; sizes.len()];
        for (group, coord) in Self::groups(op)?.into_iter().zip(coords) {
            let mut rest = *coord;
            for (place, dim) in group.iter().enumerate().rev() {
                if place == 0 {
                    inner[*dim] = rest;
                } else {
                    let above = code.b.binary("arith.divui", rest, sizes[*dim]);
                    inner[*dim] = code.sub(rest, code.mul(above, sizes[*dim]));
                    rest = above;
                }
            }
        }
        Ok(inner)
    }

    /// Coordinates in the smaller shape from those in the larger.
    fn collapsed(&mut self, op: Op<'c>, larger: Val<'c>, coords: &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError> {
        let (sizes, code) = (self.sizes(larger)?, self.code);
        let mut inner = vec![];
        for group in Self::groups(op)? {
            let mut total = code.b.int(0, code.t.i64);
            for dim in group {
                total = code.add(code.mul(total, sizes[dim]), coords[dim]);
            }
            inner.push(total);
        }
        Ok(inner)
    }

    /// Coordinates in the tensor that a slice is taken of.
    fn sliced(&mut self, op: Op<'c>, coords: &[Val<'c>], slice: Val<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let (offsets, sizes, strides) = nest::slice(op, 1).ok_or_else(|| bug!("a slice without its attributes"))?;
        let kept = nest::kept_dims(&sizes, &ffi::shape(ir::type_of(slice)).unwrap_or_default());
        let mut inner = offsets.into_iter().map(|offset| self.index(offset)).collect::<Result<Vec<_>, _>>()?;
        for (dim, coord) in kept.into_iter().zip(coords) {
            let step = self.stride(strides[dim], op)?;
            inner[dim] = self.code.add(inner[dim], self.code.mul(*coord, step));
        }
        Ok(inner)
    }

    fn stride(&self, stride: i64, op: Op<'c>) -> Result<Val<'c>, PassError> {
        if stride < 1 {
            ffi::emit_error(op.location(), "not supported on the GPU: a slice with a stride known only at run time");
            return Err(PassError::Reported);
        }
        Ok(self.code.b.int(stride, self.code.t.i64))
    }

    fn inserted(&mut self, op: Op<'c>, coords: &[Val<'c>], ty: Type<'c>) -> Result<Val<'c>, PassError> {
        let (offsets, sizes, strides) = nest::slice(op, 2).ok_or_else(|| bug!("a slice without its attributes"))?;
        let [source, into] = [ir::operands(op)[0], ir::operands(op)[1]];
        let kept = nest::kept_dims(&sizes, &ffi::shape(ir::type_of(source)).unwrap_or_default());
        let code = self.code;
        let mut inside = code.b.int(1, code.t.i1);
        let mut inner = vec![];
        for (dim, coord) in coords.iter().enumerate() {
            let (offset, size) = (self.index(offsets[dim])?, self.index(sizes[dim])?);
            let step = self.stride(strides[dim], op)?;
            let away = code.sub(*coord, offset);
            let mut at = away;
            if strides[dim] > 1 {
                at = code.b.binary("arith.divui", away, step);
                inside = code.and(inside, code.cmp(Cmp::Eq, code.mul(at, step), away));
            }
            // Unsigned: what lies before the slice counts as far behind it. 6 is ult.
            inside = code.and(inside, code.b.compare("arith.cmpi", ir::cmpi::ULT, at, size));
            if kept.contains(&dim) {
                inner.push(at);
            }
        }
        self.choose(inside, ty, |points| points.element(source, &inner), |points| points.element(into, coords))
    }

    fn concatenated(&mut self, op: Op<'c>, coords: &[Val<'c>], ty: Type<'c>) -> Result<Val<'c>, PassError> {
        let dim = ir::attr(op, "dim").and_then(ir::int_attr).and_then(|dim| usize::try_from(dim).ok());
        let dim = dim.ok_or_else(|| bug!("a concatenation without its dim"))?;
        self.one_of(&ir::operands(op), dim, coords, ty)
    }

    fn one_of(
        &mut self,
        parts: &[Val<'c>],
        dim: usize,
        coords: &[Val<'c>],
        ty: Type<'c>,
    ) -> Result<Val<'c>, PassError> {
        let Some((first, rest)) = parts.split_first() else { return Err(bug!("a concatenation of nothing")) };
        if rest.is_empty() {
            return self.element(*first, coords);
        }
        let size = self.sizes(*first)?[dim];
        let here = self.code.cmp(Cmp::Slt, coords[dim], size);
        self.choose(
            here,
            ty,
            |points| points.element(*first, coords),
            |points| {
                let mut beyond = coords.to_vec();
                beyond[dim] = points.code.sub(coords[dim], size);
                points.one_of(rest, dim, &beyond, ty)
            },
        )
    }

    fn padded(&mut self, op: Op<'c>, coords: &[Val<'c>], ty: Type<'c>) -> Result<Val<'c>, PassError> {
        let [low, _] = nest::padding(op).ok_or_else(|| bug!("a padding without its sizes"))?;
        let source = ir::operands(op)[0];
        let sizes = self.sizes(source)?;
        let code = self.code;
        let mut inside = code.b.int(1, code.t.i1);
        let mut inner = vec![];
        for (dim, coord) in coords.iter().enumerate() {
            let at = code.sub(*coord, self.index(low[dim])?);
            inside = code.and(inside, code.b.compare("arith.cmpi", ir::cmpi::ULT, at, sizes[dim]));
            inner.push(at);
        }
        self.choose(inside, ty, |points| points.element(source, &inner), |points| points.region_value(op, coords))
    }

    /// What the region of an op yields, its arguments bound to coordinates.
    fn region_value(&mut self, op: Op<'c>, coords: &[Val<'c>]) -> Result<Val<'c>, PassError> {
        let body = ir::body(op, 0).ok_or_else(|| bug!("'{}' without a body", ir::name(op)))?;
        let known = ir::arguments(body).into_iter().map(ffi::value_key).zip(coords.iter().copied()).collect();
        let values = self.block(ir::ops(body), known, coords)?;
        values.first().copied().ok_or_else(|| bug!("a region that yields nothing"))
    }
}
