//! `linalg.generic`: its body as a list of instructions, run at every point of its loops.

use super::{
    ASSERTED, Array, Failure, Machine, Value,
    control::affine,
    kind_of,
    scalar::{Scalar, Word},
    scalar_constant,
};
use crate::{
    dialect::linear::Linear,
    ffi,
    ir::{self, Op, Val},
};
use std::{collections::HashMap, rc::Rc};

/// One operation of a body. Registers are numbered.
enum Step<'c> {
    /// Operands and result.
    Apply(Scalar, Vec<usize>, usize),
    /// An operation of the affine dialect, its operands and its result.
    Affine(Op<'c>, Vec<usize>, usize),
    /// The index of a loop.
    Index(usize, usize),
    /// The element of a tensor (by position in [`Program::tensors`]) at computed indices.
    Extract(usize, Vec<usize>, usize),
    /// A size of a tensor (as above): the dim is computed too.
    Dim(usize, usize, usize),
    /// Stop where this is false.
    Assert(usize),
}

/// A body, ready to run.
pub(super) struct Program<'c> {
    steps: Vec<Step<'c>>,
    /// Registers with constants.
    constants: Vec<(usize, Word)>,
    /// Registers with scalars from outside.
    outside: Vec<(usize, Val<'c>)>,
    /// Tensors that are read element by element.
    tensors: Vec<Val<'c>>,
    yields: Vec<usize>,
    registers: usize,
    /// One map per operand.
    maps: Vec<Vec<Linear>>,
    loops: usize,
    /// Multiply two inputs and add to the output, without anything else.
    contraction: bool,
}

/// The body being compiled.
struct Compiler<'c> {
    program: Program<'c>,
    known: HashMap<usize, usize>,
}

impl<'c> Compiler<'c> {
    fn fresh(&mut self, value: Val<'c>) -> usize {
        self.program.registers += 1;
        self.known.insert(ffi::value_key(value), self.program.registers - 1);
        self.program.registers - 1
    }

    fn register(&mut self, value: Val<'c>) -> usize {
        if let Some(known) = self.known.get(&ffi::value_key(value)) {
            return *known;
        }
        let register = self.fresh(value);
        self.program.outside.push((register, value));
        register
    }

    fn op(&mut self, op: Op<'c>, typed: bool) -> Result<(), Failure> {
        let operands = ir::operands(op);
        let results = ir::results(op);
        if ir::name(op) == "cf.assert" {
            let condition = self.register(operands[0]);
            self.program.steps.push(Step::Assert(condition));
            return Ok(());
        }
        let [result] = results.as_slice() else { return Err(format!("'{}' in a body", ir::name(op))) };
        match ir::name(op) {
            "linalg.index" => {
                let dim = ir::attr(op, "dim").and_then(ir::int_attr).ok_or("an index without a dim")?;
                let register = self.fresh(*result);
                self.program.steps.push(Step::Index(dim as usize, register));
            }
            "arith.constant" => {
                let word = scalar_constant(ir::attr(op, "value").ok_or("no value")?)?;
                let register = self.fresh(*result);
                self.program.constants.push((register, word));
            }
            "tensor.extract" => {
                let at: Vec<_> = operands[1..].iter().map(|operand| self.register(*operand)).collect();
                let register = self.fresh(*result);
                self.program.tensors.push(operands[0]);
                self.program.steps.push(Step::Extract(self.program.tensors.len() - 1, at, register));
            }
            "tensor.dim" => {
                let dim = self.register(operands[1]);
                let register = self.fresh(*result);
                self.program.tensors.push(operands[0]);
                self.program.steps.push(Step::Dim(self.program.tensors.len() - 1, dim, register));
            }
            "affine.apply" | "affine.min" | "affine.max" => {
                let at: Vec<_> = operands.iter().map(|operand| self.register(*operand)).collect();
                let register = self.fresh(*result);
                self.program.steps.push(Step::Affine(op, at, register));
            }
            name => {
                let scalar = Scalar::decode(op, typed).ok_or_else(|| format!("'{name}' is not known"))?;
                let at: Vec<_> = operands.iter().map(|operand| self.register(*operand)).collect();
                let register = self.fresh(*result);
                self.program.steps.push(Step::Apply(scalar, at, register));
            }
        }
        Ok(())
    }
}

fn compile(op: Op<'_>, typed: bool) -> Result<Program<'_>, Failure> {
    let attribute = ir::attr(op, "indexing_maps").and_then(ffi::array_elements).ok_or("no indexing maps")?;
    let loops = ir::attr(op, "iterator_types").and_then(ffi::array_elements).ok_or("no iterator types")?.len();
    let mut maps = vec![];
    for attribute in attribute {
        let map = ffi::affine_map(attribute).ok_or("a map that is none")?;
        let results = (0..map.result_count()).map(|at| Linear::from_expr(map.result(at).ok()?, loops));
        maps.push(results.collect::<Option<Vec<_>>>().ok_or("a map that is not linear")?);
    }
    let block = ir::body(op, 0).ok_or("no body")?;
    let program = Program {
        steps: vec![],
        constants: vec![],
        outside: vec![],
        tensors: vec![],
        yields: vec![],
        registers: 0,
        maps,
        loops,
        contraction: false,
    };
    let mut compiler = Compiler { program, known: HashMap::new() };
    for argument in ir::arguments(block) {
        compiler.fresh(argument);
    }
    let ops = ir::ops(block);
    let (last, rest) = ops.split_last().ok_or("an empty body")?;
    for op in rest {
        compiler.op(*op, typed)?;
    }
    let yields = ir::operands(*last).into_iter().map(|value| compiler.register(value)).collect();
    let mut program = compiler.program;
    program.yields = yields;
    program.contraction = !typed && is_contraction(&ops, &ir::arguments(block));
    Ok(program)
}

/// `out + a * b`.
fn is_contraction(ops: &[Op<'_>], arguments: &[Val<'_>]) -> bool {
    let ([product, sum, _], [a, b, out]) = (ops, arguments) else { return false };
    let operands = |op: &Op<'_>| ir::operands(*op).iter().map(|value| ffi::value_key(*value)).collect::<Vec<_>>();
    let key = |value: &Val<'_>| ffi::value_key(*value);
    let made = ir::results(*product).first().map(key);
    ir::name(*product) == "arith.mulf"
        && ir::name(*sum) == "arith.addf"
        && operands(product) == [key(a), key(b)]
        && operands(sum).contains(&key(out))
        && made.is_some_and(|made| operands(sum).contains(&made))
}

/// An operand's elements, and how its position moves with each loop.
struct Stream {
    strides: Vec<i64>,
    start: i64,
}

fn stream(map: &[Linear], shape: &[i64], extents: &[i64]) -> Result<Stream, Failure> {
    let mut strides = vec![0; extents.len()];
    let (mut start, mut step) = (0, 1);
    for (linear, size) in map.iter().zip(shape).rev() {
        let reach = |want: fn(i64, i64) -> i64| {
            let terms = linear.factors.iter().zip(extents).map(|(factor, extent)| want(0, factor * (extent - 1)));
            linear.constant + terms.sum::<i64>()
        };
        if reach(i64::min) < 0 || reach(i64::max) >= *size {
            return Err(format!("an access outside of a tensor of shape {shape:?}"));
        }
        start += step * linear.constant;
        for (stride, factor) in strides.iter_mut().zip(&linear.factors) {
            *stride += step * factor;
        }
        step *= size;
    }
    Ok(Stream { strides, start })
}

/// The sizes of the loops, from the plain dims of the maps.
fn loop_sizes(maps: &[Vec<Linear>], shapes: &[Vec<i64>], loops: usize) -> Result<Vec<i64>, Failure> {
    let mut sizes: Vec<Option<i64>> = vec![None; loops];
    for (map, shape) in maps.iter().zip(shapes) {
        if map.len() != shape.len() {
            return Err("a map of another rank than its operand".into());
        }
        for (linear, size) in map.iter().zip(shape) {
            if let Some(dim) = linear.as_dim() {
                match sizes[dim] {
                    Some(known) if known != *size => return Err(format!("a loop over {known} and over {size}")),
                    _ => sizes[dim] = Some(*size),
                }
            }
        }
    }
    sizes.into_iter().collect::<Option<_>>().ok_or_else(|| "a loop without a size".into())
}

impl<'c> Machine<'c> {
    /// Runs a `linalg.generic`.
    pub(super) fn generic(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        let program = match self.programs.get(&ffi::op_key(op)) {
            Some(program) => program.clone(),
            None => {
                let program = Rc::new(compile(op, self.typed)?);
                self.programs.insert(ffi::op_key(op), program.clone());
                program
            }
        };
        let operands = ir::operands(op);
        let mut arrays = vec![];
        for operand in &operands {
            arrays.push(match self.get(*operand)? {
                Value::Tensor(array) => array,
                Value::Scalar(word) => Rc::new(Array { shape: vec![], data: vec![word] }),
            });
        }
        let shapes: Vec<_> = arrays.iter().map(|array| array.shape.clone()).collect();
        let extents = loop_sizes(&program.maps, &shapes, program.loops)?;
        let points = extents.iter().product::<i64>();
        self.spend(points.max(1) as u64)?;
        let outputs = program.yields.len();
        let inputs = arrays.len() - outputs;
        let mut streams = vec![];
        if points > 0 {
            for (map, shape) in program.maps.iter().zip(&shapes) {
                streams.push(stream(map, shape, &extents)?);
            }
        }
        let mut outs: Vec<Array> = arrays.split_off(inputs).into_iter().map(|array| (*array).clone()).collect();
        if points > 0 && program.contraction {
            contract(&arrays, &mut outs[0], &streams, &extents);
        } else if points > 0 {
            self.points(&program, &arrays, &mut outs, &streams, &extents)?;
        }
        let kinds: Result<Vec<_>, _> = ir::results(op).iter().map(|result| kind_of(ir::type_of(*result))).collect();
        kinds?;
        Ok(outs.into_iter().map(|array| Value::Tensor(Rc::new(array))).collect())
    }

    fn points(
        &self,
        program: &Program<'c>,
        inputs: &[Rc<Array>],
        outs: &mut [Array],
        streams: &[Stream],
        extents: &[i64],
    ) -> Result<(), Failure> {
        let mut registers = vec![Word::default(); program.registers];
        for (register, word) in &program.constants {
            registers[*register] = *word;
        }
        for (register, value) in &program.outside {
            registers[*register] = self.word(*value)?;
        }
        let mut tensors = vec![];
        for tensor in &program.tensors {
            tensors.push(self.array(*tensor)?);
        }
        let mut at = vec![0i64; extents.len()];
        let mut places: Vec<i64> = streams.iter().map(|stream| stream.start).collect();
        let mut arguments = vec![];
        loop {
            for (register, place) in places.iter().enumerate() {
                registers[register] = match inputs.get(register) {
                    Some(array) => array.data[*place as usize],
                    None => outs[register - inputs.len()].data[*place as usize],
                };
            }
            for step in &program.steps {
                match step {
                    Step::Apply(scalar, from, to) => {
                        arguments.clear();
                        arguments.extend(from.iter().map(|register| registers[*register]));
                        registers[*to] = scalar.apply(&arguments).ok_or("a division by zero")?;
                    }
                    Step::Affine(op, from, to) => {
                        arguments.clear();
                        arguments.extend(from.iter().map(|register| registers[*register]));
                        registers[*to] = affine(*op, &arguments)?;
                    }
                    Step::Index(dim, to) => registers[*to] = Word::int(at[*dim]),
                    Step::Extract(tensor, from, to) => {
                        let indices: Vec<_> = from.iter().map(|register| registers[*register].to_int()).collect();
                        let array = &tensors[*tensor];
                        let place = array.position(&indices);
                        let place = place.ok_or_else(|| format!("{indices:?} is outside of {:?}", array.shape))?;
                        registers[*to] = array.data[place];
                    }
                    Step::Dim(tensor, dim, to) => {
                        let dim = usize::try_from(registers[*dim].to_int()).ok();
                        let size = dim.and_then(|dim| tensors[*tensor].shape.get(dim)).ok_or("no such dim")?;
                        registers[*to] = Word::int(*size);
                    }
                    Step::Assert(condition) if registers[*condition].0 & 1 == 0 => return Err(ASSERTED.into()),
                    Step::Assert(_) => {}
                }
            }
            for (out, from) in program.yields.iter().enumerate() {
                outs[out].data[places[inputs.len() + out] as usize] = registers[*from];
            }
            // The next point, the last loop fastest.
            let mut dim = extents.len();
            loop {
                let Some(next) = dim.checked_sub(1) else { return Ok(()) };
                dim = next;
                at[dim] += 1;
                if at[dim] < extents[dim] {
                    places.iter_mut().zip(streams).for_each(|(place, stream)| *place += stream.strides[dim]);
                    break;
                }
                let back = extents[dim] - 1;
                places.iter_mut().zip(streams).for_each(|(place, stream)| *place -= back * stream.strides[dim]);
                at[dim] = 0;
            }
        }
    }
}

/// `out += a * b` at every point.
fn contract(inputs: &[Rc<Array>], out: &mut Array, streams: &[Stream], extents: &[i64]) {
    fn nest(dim: usize, places: [i64; 3], data: (&[Word], &[Word], &mut [Word]), streams: &[Stream], extents: &[i64]) {
        let (a, b, out) = data;
        if dim == extents.len() {
            let product = a[places[0] as usize].to_float() * b[places[1] as usize].to_float();
            let place = &mut out[places[2] as usize];
            *place = Word::float(place.to_float() + product);
            return;
        }
        let step = [streams[0].strides[dim], streams[1].strides[dim], streams[2].strides[dim]];
        let mut places = places;
        if dim + 1 == extents.len() && step[2] == 0 {
            let mut sum = out[places[2] as usize].to_float();
            for _ in 0..extents[dim] {
                sum += a[places[0] as usize].to_float() * b[places[1] as usize].to_float();
                places[0] += step[0];
                places[1] += step[1];
            }
            out[places[2] as usize] = Word::float(sum);
            return;
        }
        for _ in 0..extents[dim] {
            nest(dim + 1, places, (a, b, &mut *out), streams, extents);
            places.iter_mut().zip(step).for_each(|(place, step)| *place += step);
        }
    }
    let start = [streams[0].start, streams[1].start, streams[2].start];
    nest(0, start, (&inputs[0].data, &inputs[1].data, &mut out.data), streams, extents);
}
