//! Loops, branches and affine arithmetic.

use super::{Failure, Machine, Value, scalar::Word};
use crate::{
    ffi,
    ir::{self, Op, Val},
};
use melior::ir::AffineExpr;

impl<'c> Machine<'c> {
    /// Runs an operation of the scf or affine dialects.
    pub(super) fn control(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        match ir::name(op) {
            "scf.for" => self.serial(op),
            "scf.while" => self.repeat(op),
            "scf.forall" => self.forall(op),
            "scf.if" => {
                let taken = self.word(ir::operands(op)[0])?.0 & 1 == 1;
                match ir::body(op, usize::from(!taken)) {
                    Some(block) => self.block(block),
                    None => Ok(vec![]),
                }
            }
            "affine.apply" | "affine.min" | "affine.max" => self.affine(op),
            name => Err(format!("'{name}' is not known")),
        }
    }

    fn serial(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        let operands = ir::operands(op);
        let bound = |at: usize| self.word(operands[at]).map(Word::to_int);
        let (low, high, step) = (bound(0)?, bound(1)?, bound(2)?);
        if step <= 0 {
            return Err(format!("a loop with step {step}"));
        }
        let block = ir::body(op, 0).ok_or("no body")?;
        let mut carried: Vec<Value> =
            operands[3..].iter().map(|operand| self.get(*operand)).collect::<Result<_, _>>()?;
        // What the body yields is computed anew each time.
        let last = ir::ops(block).last().copied().ok_or("an empty body")?;
        let own = |value: &Val<'c>| {
            ffi::defining_op(*value).is_some_and(|op| ffi::parent_block_key(op) == ffi::parent_block_key(last))
        };
        let yielded: Vec<_> = ir::operands(last).into_iter().filter(own).collect();
        let mut index = low;
        while index < high {
            self.spend(1)?;
            let mut arguments = vec![Value::Scalar(Word::int(index))];
            arguments.append(&mut carried);
            carried = self.call(block, arguments)?;
            yielded.iter().for_each(|value| self.forget(*value));
            index += step;
        }
        Ok(carried)
    }

    fn repeat(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        let (before, after) = (ir::body(op, 0).ok_or("no condition")?, ir::body(op, 1).ok_or("no body")?);
        let mut carried = self.operands(op)?;
        loop {
            self.spend(1)?;
            let mut found = self.call(before, carried)?.into_iter();
            let passed = match found.next() {
                Some(Value::Scalar(holds)) => holds.0 & 1 == 1,
                _ => return Err("a loop without a condition".into()),
            };
            if !passed {
                return Ok(found.collect());
            }
            carried = self.call(after, found.collect())?;
        }
    }

    fn forall(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        let list = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
        let operands = ir::operands(op);
        let mut next = operands.iter();
        let low = self.mixed(&list("staticLowerBound"), &mut next)?;
        let high = self.mixed(&list("staticUpperBound"), &mut next)?;
        let step = self.mixed(&list("staticStep"), &mut next)?;
        if let Some(step) = step.iter().find(|step| **step <= 0) {
            return Err(format!("a loop with step {step}"));
        }
        let shared: Vec<_> = next.copied().collect();
        let block = ir::body(op, 0).ok_or("no body")?;
        let arguments = ir::arguments(block);
        for (argument, operand) in arguments[low.len()..].iter().zip(shared) {
            let value = self.get(operand)?;
            self.set(*argument, value);
        }
        let counts: Vec<i64> =
            low.iter().zip(high.iter().zip(&step)).map(|(l, (h, s))| (h - l + s - 1).div_euclid(*s).max(0)).collect();
        for mut point in 0..counts.iter().product() {
            self.spend(1)?;
            for (dim, count) in counts.iter().enumerate().rev() {
                self.set(arguments[dim], Value::Scalar(Word::int(low[dim] + point % count * step[dim])));
                point /= count;
            }
            self.block(block)?;
        }
        arguments[low.len()..].iter().map(|argument| self.get(*argument)).collect()
    }

    fn affine(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        let operands: Result<Vec<Word>, Failure> =
            ir::operands(op).into_iter().map(|operand| self.word(operand)).collect();
        Ok(vec![Value::Scalar(affine(op, &operands?)?)])
    }
}

/// The value of an `affine.apply`, `affine.min` or `affine.max`.
pub(super) fn affine(op: Op<'_>, operands: &[Word]) -> Result<Word, Failure> {
    let map = ir::attr(op, "map").and_then(ffi::affine_map).ok_or("no map")?;
    let operands: Vec<i64> = operands.iter().map(|word| word.to_int()).collect();
    let (dims, symbols) = operands.split_at(map.dim_count());
    let mut values = vec![];
    for at in 0..map.result_count() {
        let expr = map.result(at).map_err(|error| error.to_string())?;
        values.push(evaluate(expr, dims, symbols)?);
    }
    let value = if ir::name(op) == "affine.max" { values.iter().max() } else { values.iter().min() };
    Ok(Word::int(*value.ok_or("an empty map")?))
}

/// An affine expression at a point.
fn evaluate(expr: AffineExpr<'_>, dims: &[i64], symbols: &[i64]) -> Result<i64, Failure> {
    if expr.is_constant() {
        return Ok(expr.constant_value());
    }
    if expr.is_dim() {
        return dims.get(expr.dim_position()).copied().ok_or_else(|| "no such dim".into());
    }
    if expr.is_symbol() {
        return symbols.get(expr.symbol_position()).copied().ok_or_else(|| "no such symbol".into());
    }
    let (lhs, rhs) = ffi::affine_operands(expr).ok_or("an affine expression that is not known")?;
    let (a, b) = (evaluate(lhs, dims, symbols)?, evaluate(rhs, dims, symbols)?);
    if expr.is_add() {
        return Ok(a + b);
    }
    if expr.is_mul() {
        return Ok(a * b);
    }
    if b <= 0 {
        return Err("a division by zero".into());
    }
    Ok(if expr.is_mod() {
        a.rem_euclid(b)
    } else if expr.is_floor_div() {
        a.div_euclid(b)
    } else {
        -(-a).div_euclid(b)
    })
}
