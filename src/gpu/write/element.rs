//! Elements of tiles: elementwise generics written out per element a thread owns, reductions in the thread and
//! over the four threads that share a row.

use super::kernel::{Kernel, Registers};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{
        layout::{Coord, Layout},
        nest::{Generic, MapDim, window},
        plan::Source,
    },
    ir::{self, Op, Type, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// Independent chains of a reduction in a thread.
const CHAINS: usize = 2;
/// Longest reduction written out element by element; longer ones are loops.
const UNROLLED: i64 = 16;

impl<'c> Kernel<'_, 'c> {
    /// The element of a tile at a coordinate: from registers, or computed here from memory.
    ///
    /// # Errors
    /// Reported when the element belongs to another thread or the op has no elementwise meaning.
    pub fn element(&mut self, value: Val<'c>, coords: &[Coord]) -> Result<Val<'c>, PassError> {
        if let Some(registers) = self.tile(value) {
            let position = position(registers.layout, coords);
            return position
                .map(|position| registers.values[position])
                .ok_or_else(|| self.refuse(value, "an element that another thread holds"));
        }
        if let Some(waiting) = self.element_aside(value, coords) {
            return Ok(waiting);
        }
        let vector = self.plan.staged(value).is_some_and(|staged| matches!(staged.source, Source::Vector { .. }));
        if vector && self.copiers.is_none() {
            self.take_columns(value)?;
            return self.element(value, coords);
        }
        let key = (ffi::value_key(value), coords.to_vec());
        if let Some(known) = self.find(|scope| scope.elements.get(&key).copied()) {
            return Ok(known);
        }
        let result = self.compute(value, coords)?;
        self.scope().elements.insert(key, result);
        Ok(result)
    }

    fn compute(&mut self, value: Val<'c>, coords: &[Coord]) -> Result<Val<'c>, PassError> {
        if let Some(window) = window(self.host, value) {
            return self.load_element(value, &window, coords);
        }
        let Some(op) = ffi::defining_op(value) else {
            return Err(self.refuse(value, "a tile that is not bound"));
        };
        match ir::name(op) {
            "linalg.fill" => self.scalar(ir::operands(op)[0]),
            "tensor.empty" => {
                let element = self.kernel_type(ffi::element_type(ir::type_of(value)));
                Ok(self.code.zero(element))
            }
            "arith.constant" => {
                let splat = ir::attr(op, "value").and_then(ffi::dense_splat);
                let splat = splat.ok_or_else(|| self.refuse(value, "a constant tile that is not a splat"))?;
                let ty = ffi::element_type(ir::type_of(value));
                Ok(self.code.b.op("arith.constant").attr("value", splat).results(&[ty]).value())
            }
            "linalg.generic" => {
                let generic = Generic::read(op)?;
                let output = ffi::value_number(value);
                if generic.is_reduction() {
                    self.reduce_in_thread(&generic, output, coords)
                } else {
                    let iteration = iteration(&generic, output, coords);
                    self.body_results(&generic, &iteration)?
                        .into_iter()
                        .nth(output)
                        .ok_or_else(|| bug!("too few results"))
                }
            }
            name => Err(self.refuse(value, &format!("'{name}' inside an elementwise program"))),
        }
    }

    fn refuse(&self, value: Val<'c>, what: &str) -> PassError {
        let location = ffi::defining_op(value).map_or(self.location, |op| op.location());
        ffi::emit_error(location, &format!("not supported in a GPU kernel: {what}"));
        PassError::Reported
    }

    /// Every value a generic yields at one point.
    fn body_results(&mut self, generic: &Generic<'c>, iteration: &[Coord]) -> Result<Vec<Val<'c>>, PassError> {
        let last = ir::ops(generic.body).pop().ok_or_else(|| bug!("an empty body"))?;
        let mut bound = self.bind(generic, iteration)?;
        ir::operands(last).into_iter().map(|value| self.body_value(generic, value, iteration, &mut bound)).collect()
    }

    /// A value of a body at every point of a layout of the result.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn body_fragment(
        &mut self,
        generic: &Generic<'c>,
        value: Val<'c>,
        layout: Layout,
    ) -> Result<Vec<Val<'c>>, PassError> {
        self.memo.clear();
        let mut values = vec![];
        for point in layout.points() {
            let iteration = iteration(generic, 0, &point);
            let mut bound = self.bind(generic, &iteration)?;
            values.push(self.body_value(generic, value, &iteration, &mut bound)?);
        }
        self.memo.clear();
        Ok(values)
    }

    /// Block arguments that are read, at one point.
    pub fn bind(&mut self, generic: &Generic<'c>, iteration: &[Coord]) -> Result<HashMap<usize, Val<'c>>, PassError> {
        let mut bound = HashMap::new();
        let values = generic.inputs.clone().into_iter().chain(generic.outputs.clone());
        for (number, (value, argument)) in values.zip(ir::arguments(generic.body)).enumerate() {
            let is_output = number >= generic.inputs.len();
            if ffi::uses(argument).is_empty() || (is_output && generic.is_reduction()) {
                continue;
            }
            let coords = apply(&generic.maps[number], iteration);
            bound.insert(ffi::value_key(argument), self.element(value, &coords)?);
        }
        Ok(bound)
    }

    /// A value of a body at one point, computed on demand.
    pub fn body_value(
        &mut self,
        generic: &Generic<'c>,
        value: Val<'c>,
        iteration: &[Coord],
        bound: &mut HashMap<usize, Val<'c>>,
    ) -> Result<Val<'c>, PassError> {
        let key = ffi::value_key(value);
        if let Some(known) = bound.get(&key) {
            return Ok(*known);
        }
        let inside =
            ffi::defining_op(value).filter(|op| op.block().is_some_and(|block| ffi::blk(&block) == generic.body));
        let Some(op) = inside else { return self.scalar(value) };
        if ir::name(op) == "linalg.index" {
            let dim = ir::attr(op, "dim").and_then(ir::int_attr).unwrap_or(0);
            return Ok(self.coord(iteration[dim as usize]));
        }
        if ir::name(op) == "tensor.extract"
            && let Some(value) = self.lane_of_words(generic, op, iteration)?
        {
            bound.insert(key, value);
            return Ok(value);
        }
        let operands = match ir::name(op) {
            "tensor.extract" => ir::operands(op).split_off(1),
            _ => ir::operands(op),
        };
        let operands = operands
            .into_iter()
            .map(|operand| self.body_value(generic, operand, iteration, bound))
            .collect::<Result<Vec<_>, _>>()?;
        let results = self.rebuild_once(op, &operands)?;
        for (result, value) in ir::results(op).into_iter().zip(&results) {
            bound.insert(ffi::value_key(result), *value);
        }
        Ok(results[ffi::value_number(value)])
    }

    /// [`Kernel::rebuild`], at most once per op and operands.
    fn rebuild_once(&mut self, op: Op<'c>, operands: &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError> {
        let key = (ffi::op_key(op), operands.iter().map(|value| ffi::value_key(*value)).collect::<Vec<_>>());
        if let Some(known) = self.memo.get(&key) {
            return Ok(known.clone());
        }
        let results = self.rebuild(op, operands)?;
        self.memo.insert(key, results.clone());
        Ok(results)
    }

    /// Writes a generic whose result lives in registers.
    ///
    /// # Errors
    /// Reported when its result has no layout.
    pub fn generic(&mut self, generic: &Generic<'c>) -> Result<(), PassError> {
        self.memo.clear();
        let results = ir::results(generic.op);
        let spread = |kernel: &Self, value: &Val<'c>| {
            kernel
                .tile(*value)
                .is_some_and(|tile| matches!(tile.layout, Layout::Fragment { .. } | Layout::Flipped { .. }))
        };
        if generic.is_reduction() && generic.inputs.iter().any(|value| spread(self, value)) {
            return self.reduce(generic);
        }
        let Some(layout) = self.plan.classes.layout(results[0]) else {
            return Err(self.refuse(results[0], "a tile whose dims are not rows and columns"));
        };
        let mut columns = vec![vec![]; results.len()];
        for point in layout.points() {
            if generic.is_reduction() {
                for (output, column) in columns.iter_mut().enumerate() {
                    column.push(self.reduce_in_thread(generic, output, &point)?);
                }
                continue;
            }
            let iteration = iteration(generic, 0, &point);
            for (output, value) in self.body_results(generic, &iteration)?.into_iter().enumerate() {
                columns[output].push(value);
            }
        }
        self.memo.clear();
        for (result, values) in results.into_iter().zip(columns) {
            self.keep(result, Registers { layout, values });
        }
        Ok(())
    }

    /// Writes a reduction over the columns of a fragment.
    fn reduce(&mut self, generic: &Generic<'c>) -> Result<(), PassError> {
        let results = ir::results(generic.op);
        let layout = self.plan.classes.layout(results[0]);
        let reduced = generic.reduced.iter().position(|reduced| *reduced).unwrap_or(0);
        let single = results.len() == 1 && generic.reduced.iter().filter(|reduced| **reduced).count() == 1;
        let (Some(Layout::Row), true, Some(extent)) = (layout, single, generic.extent(reduced)) else {
            return Err(self.refuse(results[0], "this reduction (only over the columns of a fragment)"));
        };
        let (combine, part) = self.combiner(generic, 0)?;
        let [MapDim::Dim(row_dim)] = generic.output_map(0) else {
            return Err(self.refuse(results[0], "this reduction's output map"));
        };
        let columns = crate::gpu::layout::groups(extent) * 2;
        let scaled = self.scaled_input(generic, combine, part);
        let mut values = vec![];
        for row in 0..2 {
            let mut chains: Vec<Option<Val<'c>>> = vec![None; CHAINS];
            for column in 0..columns {
                let mut iteration = vec![Coord::Const(0); generic.reduced.len()];
                iteration[*row_dim] = Coord::Row(row);
                iteration[reduced] = Coord::Column(column);
                let mut item = match &scaled {
                    Some(scaled) => {
                        let point = [iteration[*row_dim], iteration[reduced]];
                        let mut bound = self.bind(&scaled.map, &point)?;
                        self.body_value(&scaled.map, scaled.plain, &point, &mut bound)?
                    }
                    None => {
                        let mut bound = self.bind(generic, &iteration)?;
                        self.body_value(generic, part, &iteration, &mut bound)?
                    }
                };
                if extent % 8 != 0 && column / 2 == columns / 2 - 1 {
                    let at = self.coord(Coord::Column(column));
                    let inside = self.code.cmpc(crate::gpu::code::Cmp::Slt, at, extent);
                    let neutral = self.neutral(combine, ir::type_of(item))?;
                    item = self.code.b.select(inside, item, neutral);
                }
                let chain = &mut chains[column % CHAINS];
                *chain = Some(match *chain {
                    Some(total) => self.combine(combine, total, item),
                    None => item,
                });
            }
            let parts: Vec<_> = chains.into_iter().flatten().collect();
            let mut total = parts[0];
            for part in &parts[1..] {
                total = self.combine(combine, total, *part);
            }
            if !self.spread.contains(&ffi::op_key(generic.op)) {
                for lanes in [1, 2] {
                    let other = self.code.exchange(total, lanes);
                    total = self.combine(combine, total, other);
                }
            }
            if let Some(scaled) = &scaled {
                total = self.code.b.binary("arith.mulf", total, self.code.f32(scaled.factor));
            }
            let init = generic.outputs[0];
            if !self.is_neutral(combine, init) {
                let init = self.element(init, &[Coord::Row(row)])?;
                total = self.combine(combine, init, total);
            }
            values.push(total);
        }
        self.memo.clear();
        self.keep(results[0], Registers { layout: Layout::Row, values });
        Ok(())
    }

    /// The op that combines, and the value of the body that is combined into the output.
    fn combiner(&mut self, generic: &Generic<'c>, output: usize) -> Result<(Op<'c>, Val<'c>), PassError> {
        let argument = ir::arguments(generic.body)[generic.inputs.len() + output];
        let last = ir::ops(generic.body).pop().ok_or_else(|| bug!("an empty body"))?;
        let yielded = ir::operands(last)[output];
        let op = ffi::defining_op(yielded).filter(|op| op.operand_count() == 2);
        let found = op.and_then(|op| {
            let operands = ir::operands(op);
            match () {
                () if operands[0] == argument => Some((op, operands[1])),
                () if operands[1] == argument => Some((op, operands[0])),
                () => None,
            }
        });
        found.ok_or_else(|| self.refuse(ir::results(generic.op)[output], "a reduction that is not one binary op"))
    }

    fn combine(&self, op: Op<'c>, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code.b.binary(ir::name(op), a, b)
    }

    /// The neutral element of a combining op.
    fn neutral(&self, op: Op<'c>, ty: Type<'c>) -> Result<Val<'c>, PassError> {
        self.code.neutral(ir::name(op), ty).ok_or_else(|| {
            let name = ir::name(op);
            ffi::emit_error(op.location(), &format!("not supported in a GPU kernel: '{name}' over padded columns"));
            PassError::Reported
        })
    }

    /// Whether a tile holds the neutral element of a combining op everywhere.
    fn is_neutral(&self, op: Op<'c>, tile: Val<'c>) -> bool {
        let Some(fill) = ffi::defining_op(tile).filter(|fill| ir::name(*fill) == "linalg.fill") else { return false };
        let Some(constant) = ffi::defining_op(ir::operands(fill)[0]).and_then(|op| ir::attr(op, "value")) else {
            return false;
        };
        match (ir::name(op), ir::float_attr(constant), ir::int_attr(constant)) {
            ("arith.addf", Some(value), _) => value == 0.0,
            ("arith.mulf", Some(value), _) => value == 1.0,
            ("arith.maximumf" | "arith.maxnumf", Some(value), _) => value == f64::NEG_INFINITY,
            ("arith.minimumf" | "arith.minnumf", Some(value), _) => value == f64::INFINITY,
            ("arith.addi" | "arith.ori", _, Some(value)) => value == 0,
            ("arith.andi", _, Some(value)) => value == -1 || value == 1,
            _ => false,
        }
    }

    /// A reduction over data from memory, by one thread for one element.
    fn reduce_in_thread(
        &mut self,
        generic: &Generic<'c>,
        output: usize,
        coords: &[Coord],
    ) -> Result<Val<'c>, PassError> {
        let (combine, part) = self.combiner(generic, output)?;
        let map = apply_inverse(generic.output_map(output), coords, generic.reduced.len());
        let mut total = self.element(generic.outputs[output], coords)?;
        let dims: Vec<(usize, i64)> = (0..generic.reduced.len())
            .filter(|dim| generic.reduced[*dim])
            .map(|dim| generic.extent(dim).map(|extent| (dim, extent)))
            .collect::<Option<_>>()
            .ok_or_else(|| self.refuse(ir::results(generic.op)[output], "a reduction of unknown extent"))?;
        if dims.iter().map(|(_, extent)| extent).product::<i64>() <= UNROLLED {
            let mut points = vec![map];
            for (dim, extent) in dims {
                points = points
                    .into_iter()
                    .flat_map(|point| {
                        (0..extent).map(move |at| {
                            let mut next = point.clone();
                            next[dim] = Coord::Const(at);
                            next
                        })
                    })
                    .collect();
            }
            for point in points {
                let mut bound = self.bind(generic, &point)?;
                let item = self.body_value(generic, part, &point, &mut bound)?;
                total = self.combine(combine, total, item);
            }
            return Ok(total);
        }
        self.reduce_in_loops(generic, (combine, part), &map, &dims, total)
    }

    /// A reduction over data from memory whose result is spread over rows or columns: one loop for all values a thread
    /// holds. Returns whether the generic is one.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn reduce_memory(&mut self, generic: &Generic<'c>) -> Result<bool, PassError> {
        let result = ir::results(generic.op)[0];
        let layout = self.plan.classes.layout(result);
        let dims: Vec<usize> = (0..generic.reduced.len()).filter(|dim| generic.reduced[*dim]).collect();
        let ([dim], Some(layout @ (Layout::Row | Layout::Column { .. }))) = (&dims[..], layout) else {
            return Ok(false);
        };
        let (Some(extent), 1) = (generic.extent(*dim), ir::results(generic.op).len()) else { return Ok(false) };
        let (combine, part) = self.combiner(generic, 0)?;
        let points = layout.points();
        let init = self.fragment(generic.outputs[0], layout)?;
        let bounds = [self.code.i32(0), self.code.i32(extent), self.code.i32(1)];
        let values = self.repeat(bounds, &init, |kernel, at, carried| {
            let at = kernel.dynamic_coord(at);
            let mut next = vec![];
            for (point, total) in points.iter().zip(carried) {
                let mut iteration = iteration(generic, 0, point);
                iteration[*dim] = at;
                let mut bound = kernel.bind(generic, &iteration)?;
                let item = kernel.body_value(generic, part, &iteration, &mut bound)?;
                next.push(kernel.combine(combine, *total, item));
            }
            Ok(next)
        })?;
        self.keep(result, Registers { layout, values });
        Ok(true)
    }

    fn reduce_in_loops(
        &mut self,
        generic: &Generic<'c>,
        (combine, part): (Op<'c>, Val<'c>),
        point: &[Coord],
        dims: &[(usize, i64)],
        total: Val<'c>,
    ) -> Result<Val<'c>, PassError> {
        let Some(((dim, extent), rest)) = dims.split_first() else {
            let mut bound = self.bind(generic, point)?;
            let item = self.body_value(generic, part, point, &mut bound)?;
            return Ok(self.combine(combine, total, item));
        };
        let bounds = [self.code.i32(0), self.code.i32(*extent), self.code.i32(1)];
        let result = self.repeat(bounds, &[total], |kernel, at, carried| {
            let mut point = point.to_vec();
            point[*dim] = kernel.dynamic_coord(at);
            Ok(vec![kernel.reduce_in_loops(generic, (combine, part), &point, rest, carried[0])?])
        })?;
        Ok(result[0])
    }
}

/// Where in a layout's storage a coordinate is.
pub fn position(layout: Layout, coords: &[Coord]) -> Option<usize> {
    match (layout, coords) {
        (Layout::Uniform, _) => Some(0),
        (Layout::Row, [Coord::Row(row)]) => Some(*row),
        (Layout::Column { .. }, [Coord::Column(index)]) => Some(*index),
        (Layout::Fragment { .. }, [Coord::Row(row), Coord::Column(index)])
        | (Layout::Flipped { .. }, [Coord::Column(index), Coord::Row(row)]) => {
            Some(4 * (index / 2) + 2 * row + index % 2)
        }
        _ => None,
    }
}

/// A map at a point of the iteration space.
pub fn apply(map: &[MapDim], iteration: &[Coord]) -> Vec<Coord> {
    map.iter()
        .map(|result| match result {
            MapDim::Dim(dim) => iteration[*dim],
            MapDim::Const(value) => Coord::Const(*value),
        })
        .collect()
}

fn apply_inverse(map: &[MapDim], coords: &[Coord], dims: usize) -> Vec<Coord> {
    let mut iteration = vec![Coord::Const(0); dims];
    for (result, coord) in map.iter().zip(coords) {
        if let MapDim::Dim(dim) = result {
            iteration[*dim] = *coord;
        }
    }
    iteration
}

/// The point of the iteration space at which an output element is made.
pub fn iteration(generic: &Generic<'_>, output: usize, coords: &[Coord]) -> Vec<Coord> {
    apply_inverse(generic.output_map(output), coords, generic.reduced.len())
}
