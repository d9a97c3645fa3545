//! Ops on single values: `index` is i64, 16-bit floats are computed in f32 and rounded once.

use super::{Lanes, Points};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::float8::{self, is_float8},
    ir::{self, Op, Type, Val},
};
use melior::ir::operation::OperationLike;

/// Ops that take 16-bit floats as they are; every other is computed in f32 and rounded once.
const NARROW: [&str; 5] = ["arith.constant", "arith.select", "arith.bitcast", "arith.extf", "arith.truncf"];

/// Ops of math that are exact anyhow, or have no approximation.
const PLAIN: [&str; 7] =
    ["math.absf", "math.absi", "math.ceil", "math.floor", "math.roundeven", "math.trunc", "math.ctpop"];

/// Whether a type is a float of 16 bits.
pub fn is_half(ty: Type<'_>) -> bool {
    matches!(&*ir::type_name(ty), "bf16" | "f16")
}

impl<'c> Points<'_, 'c> {
    /// A scalar that is defined outside of every body.
    ///
    /// # Errors
    /// Those of [`Points::element`].
    pub fn outer(&mut self, value: Val<'c>) -> Result<Lanes<'c>, PassError> {
        if ir::type_of(value) == self.code.t.index
            && let Some(expr) = self.host.expr(value)
        {
            return Ok(Lanes::same(self.expr(&expr)));
        }
        let op = ffi::defining_op(value).ok_or_else(|| bug!("a scalar argument that is not bound"))?;
        let mut operands = vec![];
        for operand in ir::operands(op) {
            if !ffi::is_ranked_tensor(ir::type_of(operand)) {
                operands.push(self.outer(operand)?);
            }
        }
        Ok(self.scalar_op(op, &operands)?[ffi::value_number(value)].clone())
    }

    /// The type that values of a type have in a kernel.
    pub fn kernel_type(&self, ty: Type<'c>) -> Type<'c> {
        match () {
            () if ty == self.code.t.index => self.code.t.i64,
            () if is_float8(ty) => self.code.t.i8,
            () => ty,
        }
    }

    /// The same operation on kernel values; operands that are tensors are left out.
    ///
    /// # Errors
    /// Reported at an op that a kernel has no counterpart of.
    pub fn scalar_op(&mut self, op: Op<'c>, operands: &[Lanes<'c>]) -> Result<Vec<Lanes<'c>>, PassError> {
        let types: Vec<_> = ir::results(op).into_iter().map(|result| self.kernel_type(ir::type_of(result))).collect();
        let name = ir::name(op);
        match name {
            "tensor.extract" => {
                let at: Vec<_> = operands.iter().map(|at| self.as_coordinate(at)).collect();
                return Ok(vec![self.element(ir::operands(op)[0], &at)?]);
            }
            "tensor.dim" => {
                let value = ir::results(op)[0];
                let size = self.host.expr(value).ok_or_else(|| {
                    PassError::Unsupported("a size that is no function of the arguments' shapes".into())
                })?;
                return Ok(vec![Lanes::same(self.expr(&size))]);
            }
            "affine.apply" | "affine.min" | "affine.max" => {
                let map = ir::attr(op, "map").and_then(ffi::affine_map);
                let map = map.ok_or_else(|| bug!("an affine op without a map"))?;
                let combine = if name == "affine.max" { "arith.maxsi" } else { "arith.minsi" };
                let values = self.apply(map, operands);
                let best = values.into_iter().reduce(|a, b| {
                    self.each(&[&a, &b], |points, values| points.code.b.binary(combine, values[0], values[1]))
                });
                return Ok(best.into_iter().collect());
            }
            "arith.constant" if types[0] == self.code.t.i64 => {
                let value = ir::attr(op, "value").and_then(ir::int_attr).unwrap_or(0);
                return Ok(vec![Lanes::same(self.code.b.int(value, types[0]))]);
            }
            "arith.index_cast" | "arith.index_castui" => {
                return Ok(vec![self.resized(&operands[0], types[0], name == "arith.index_castui")]);
            }
            // Formulas stay formulas.
            "arith.addi" if types[0] == self.code.t.i64 => return Ok(vec![self.sum(&operands[0], &operands[1])]),
            "arith.subi" if types[0] == self.code.t.i64 => {
                return Ok(vec![self.difference(&operands[0], &operands[1])]);
            }
            "arith.muli" if types[0] == self.code.t.i64 => return Ok(vec![self.product(&operands[0], &operands[1])]),
            _ if name.starts_with("arith.") || name.starts_with("math.") => {}
            _ => {
                ffi::emit_error(op.location(), &format!("not supported on the GPU: '{name}' on a scalar"));
                return Err(PassError::Reported);
            }
        }
        let shared: Option<Vec<_>> = operands.iter().map(Lanes::shared).collect();
        if let Some(shared) = shared {
            let results = self.scalar(op, &shared, &types);
            return Ok(results.into_iter().map(Lanes::same).collect());
        }
        let mut results = vec![vec![]; types.len()];
        for lane in 0..self.lanes {
            let own: Vec<_> = operands.iter().map(|operand| self.lane(operand, lane)).collect();
            results.iter_mut().zip(self.scalar(op, &own, &types)).for_each(|(all, value)| all.push(value));
        }
        Ok(results.into_iter().map(Lanes::Each).collect())
    }

    /// An op of arith or math on one value each.
    fn scalar(&self, op: Op<'c>, operands: &[Val<'c>], types: &[Type<'c>]) -> Vec<Val<'c>> {
        let (code, name) = (self.code, ir::name(op));
        if let Some(value) = float8::converted(code, op, operands) {
            return vec![value];
        }
        let far = |ty: Type<'c>| ir::type_name(ty) == "f64";
        let steps = match name {
            "arith.extf" => far(types[0]),
            "arith.truncf" => far(ir::type_of(operands[0])) && is_half(types[0]),
            _ => !NARROW.contains(&name),
        };
        let widen = |value: Val<'c>| {
            if is_half(ir::type_of(value)) { code.b.cast("arith.extf", value, code.t.f32) } else { value }
        };
        let operands: Vec<_> = match name {
            "arith.truncf" if steps => vec![code.b.cast("arith.truncf", operands[0], code.t.f32)],
            _ if steps => operands.iter().map(|value| widen(*value)).collect(),
            _ => operands.to_vec(),
        };
        let wide = |ty: Type<'c>| if steps && is_half(ty) && name != "arith.truncf" { code.t.f32 } else { ty };
        let results: Vec<_> = types.iter().map(|ty| wide(*ty)).collect();
        if name == "arith.extf" && ir::type_of(operands[0]) == types[0] {
            return operands;
        }
        let mut spec = code.b.op(name).operands(&operands).results(&results);
        // A function that is rounded to 16 bits may be approximate in f32. The hyperbolic tangent of the hardware has 11 bits.
        let rough = |ty: &Type<'c>| ir::type_name(*ty) == "bf16" || ir::type_name(*ty) == "f16" && name != "math.tanh";
        let function = name == "arith.divf" || name.starts_with("math.") && !PLAIN.contains(&name);
        let approximate = function && steps && types.iter().all(rough);
        for (name, attribute) in crate::gpu::code::attributes(op) {
            if !(approximate && name == "fastmath") {
                spec = spec.attr(&name, attribute);
            }
        }
        if approximate {
            spec = spec.attr_text("fastmath", "#arith.fastmath<afn>");
        }
        let made = ir::results(spec.build());
        let narrow = |(value, ty): (Val<'c>, &Type<'c>)| match ir::type_of(value) == *ty {
            true => value,
            false => code.b.cast("arith.truncf", value, *ty),
        };
        made.into_iter().zip(types).map(narrow).collect()
    }

    /// Stops the program, as the source asks, when a condition does not hold.
    pub fn assert(&mut self, condition: &Lanes<'c>) {
        let code = self.code;
        let conditions = match condition.shared() {
            Some(condition) => vec![condition],
            None => self.spread(condition),
        };
        let Some(holds) = conditions.into_iter().reduce(|a, b| code.and(a, b)) else { return };
        let block = super::new_block(self.location, &[]);
        let inner = ir::Builder::at_end(code.b.context, ffi::block_handle(&block), self.location);
        inner.op("llvm.intr.trap").build();
        inner.op("scf.yield").build();
        let fails = code.b.binary("arith.xori", holds, code.b.int(1, code.t.i1));
        let spec = code.b.op("scf.if").operands(&[fails]).raw_region(super::region_of(block));
        spec.raw_region(melior::ir::Region::new()).build();
    }
}
