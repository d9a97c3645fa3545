//! Tiles that are computed on their way into shared memory, eight or sixteen neighbours along a row at a time.
//!
//! A thread writes the body of the tile's generic once per neighbour; what does not depend on the column is computed once for
//! all of them, and what is read along the column from bytes or 16-bit elements is loaded as whole words.

use super::kernel::Kernel;
use crate::{
    bug,
    dialect::kernel::Instruction,
    error::PassError,
    ffi,
    gpu::{
        code::Cmp,
        layout::Coord,
        nest::{Generic, MapDim, along, depends_on_dim},
        plan::{SharedTile, Staged},
    },
    ir::{self, Op, Val},
};
use std::collections::HashMap;

/// Neighbours that are computed together, at least: 16-bit elements of a unit of 16 bytes in shared memory.
const LANES: i64 = 8;

/// The neighbours of one unit of work, and the one that code is written for.
#[derive(Clone)]
pub struct Lane<'c> {
    /// How many there are.
    width: i64,
    /// Iteration dim along which they lie.
    dim: usize,
    /// Where the first one is.
    first: Coord,
    row: Val<'c>,
    column: Val<'c>,
    /// The coordinates that they share.
    place: Vec<Coord>,
    number: i64,
    /// Words that were loaded for all of them, by the op that extracts and its other indices.
    words: HashMap<(usize, Vec<usize>), Vec<Val<'c>>>,
}

impl<'c> Kernel<'_, 'c> {
    /// The generic behind a staged tile whose rows are computed in whole units, and how many elements those have: what is
    /// read as bytes is read sixteen at a time.
    pub fn lanes_of(&self, staged: &Staged<'c>) -> Option<(Generic<'c>, i64)> {
        let op = ffi::defining_op(staged.value).filter(|op| ir::name(*op) == "linalg.generic")?;
        let generic = Generic::read(op).ok()?;
        let tile: Vec<i64> = ffi::shape(ir::type_of(staged.value))?.into_iter().collect::<Option<_>>()?;
        let plain = !generic.is_reduction() && generic.inputs.is_empty() && generic.outputs.len() == 1;
        let [MapDim::Dim(_), MapDim::Dim(columns)] = generic.output_map(0) else { return None };
        if !plain || tile[1] != staged.shared.columns || tile[1] % LANES != 0 {
            return None;
        }
        let wide = tile[1] % (2 * LANES) == 0
            && extracts(&generic).into_iter().any(|extract| {
                let bytes = self.wide_read(&generic, extract, *columns, 2 * LANES) == Some(8);
                bytes && ir::operands(extract).len() > 2
            });
        Some((generic, if wide { 2 * LANES } else { LANES }))
    }

    /// Loads what the elements of a unit that begins at a row and a column are computed from.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn load_unit(
        &mut self,
        generic: &Generic<'c>,
        [row, column]: [Val<'c>; 2],
        width: i64,
    ) -> Result<Lane<'c>, PassError> {
        let [MapDim::Dim(rows), MapDim::Dim(columns)] = generic.output_map(0) else {
            return Err(bug!("a tile whose dims are not plain"));
        };
        let mut place = vec![Coord::Const(0); generic.reduced.len()];
        place[*rows] = self.dynamic_coord(row);
        let first = self.dynamic_coord(column);
        place[*columns] = first;
        let lane =
            Lane { width, dim: *columns, first, row, column, place: place.clone(), number: 0, words: HashMap::new() };
        let outer = self.lane.replace(lane);
        let mut bound = HashMap::new();
        let loaded = extracts(generic)
            .into_iter()
            .try_for_each(|extract| self.body_value(generic, ir::results(extract)[0], &place, &mut bound).map(|_| ()));
        let lane = std::mem::replace(&mut self.lane, outer);
        loaded?;
        lane.ok_or_else(|| bug!("a unit without its lane"))
    }

    /// The elements of a unit.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn unit(&mut self, generic: &Generic<'c>, lane: Lane<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let last = ir::ops(generic.body).pop().ok_or_else(|| bug!("an empty body"))?;
        let yielded = ir::operands(last)[0];
        let (mut place, width, dim, column) = (lane.place.clone(), lane.width, lane.dim, lane.column);
        let outer = self.lane.replace(lane);
        let values = (0..width).map(|number| {
            if let Some(lane) = &mut self.lane {
                lane.number = number;
            }
            let at = self.code.addc(column, number);
            place[dim] = self.dynamic_coord(at);
            self.body_value(generic, yielded, &place, &mut HashMap::new())
        });
        let values = values.collect();
        self.lane = outer;
        values
    }

    /// The bits of the elements that an extract reads side by side for the neighbours of a unit; `None` where it does not.
    fn wide_read(&self, generic: &Generic<'c>, op: Op<'c>, dim: usize, width: i64) -> Option<i64> {
        let operands = ir::operands(op);
        let view = self.host.view(operands[0])?;
        let bits = match &*ir::type_name(view.element) {
            "i8" | "f8E4M3FN" | "f8E5M2" => 8,
            "bf16" | "f16" | "i16" => 16,
            _ => return None,
        };
        let (last, others) = operands[1..].split_last()?;
        let contiguous = view.rows_of(view.dims.len() - 1, width)
            && along(generic, *last, dim, width)
            && !others.iter().any(|index| depends_on_dim(generic, *index, dim));
        contiguous.then_some(bits)
    }

    /// What an extract along the column gives for the neighbour at hand, out of words that are loaded once for all.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn lane_of_words(
        &mut self,
        generic: &Generic<'c>,
        op: Op<'c>,
        iteration: &[Coord],
    ) -> Result<Option<Val<'c>>, PassError> {
        let Some(lane) = self.lane.clone() else { return Ok(None) };
        let operands = ir::operands(op);
        let Some(bits) = self.wide_read(generic, op, lane.dim, lane.width) else { return Ok(None) };
        let Some(view) = self.host.view(operands[0]) else { return Ok(None) };
        let code = self.code;
        if let Some((_, base, shared)) = self.raw.filter(|(extract, ..)| *extract == op) {
            return self.lane_of_bytes(&lane, op, (base, shared)).map(Some);
        }
        let mut place = iteration.to_vec();
        place[lane.dim] = lane.first;
        let mut bound = HashMap::new();
        let indices = operands[1..]
            .iter()
            .map(|index| self.body_value(generic, *index, &place, &mut bound))
            .collect::<Result<Vec<_>, _>>()?;
        let key = (ffi::op_key(op), indices.iter().map(|index| ffi::value_key(*index)).collect::<Vec<_>>());
        let words = match lane.words.get(&key) {
            Some(words) => words.clone(),
            None => {
                let address = self.gather_address(&view, &indices);
                // Words of 64 bits: eight bytes, or four halves.
                let words: Vec<_> = (0..lane.width * bits / 64)
                    .map(|word| {
                        code.load(code.element_ptr(address, code.b.int(word, code.t.i32), code.t.i64), code.t.i64)
                    })
                    .collect();
                if let Some(lane) = &mut self.lane {
                    lane.words.insert(key, words.clone());
                }
                words
            }
        };
        Ok(Some(self.lane_of(&words, bits, lane.number, view.element)))
    }

    /// The element of the neighbour at hand out of bytes in shared memory.
    fn lane_of_bytes(
        &mut self,
        lane: &Lane<'c>,
        op: Op<'c>,
        (base, shared): (Val<'c>, SharedTile),
    ) -> Result<Val<'c>, PassError> {
        let key = (ffi::op_key(op), vec![]);
        let words = match lane.words.get(&key) {
            Some(words) => words.clone(),
            None => {
                let code = self.code;
                // Two bytes are where an element of 16 bits would be.
                let at = code.add(code.mulc(lane.row, shared.columns), code.shrc(lane.column, 1));
                let (_, address) = self.place_in(shared, base, at);
                let words: Vec<_> = (0..lane.width / 8)
                    .map(|word| code.load(code.shared_ptr(code.addc(address, 8 * word)), code.t.i64))
                    .collect();
                if let Some(lane) = &mut self.lane {
                    lane.words.insert(key, words.clone());
                }
                words
            }
        };
        Ok(self.lane_of(&words, 8, lane.number, ffi::element_type(ir::type_of(ir::operands(op)[0]))))
    }

    /// An element of so many bits out of words.
    fn lane_of(&self, words: &[Val<'c>], bits: i64, number: i64, element: ir::Type<'c>) -> Val<'c> {
        let (code, per_word) = (self.code, 64 / bits);
        let shifted = code.shrc(words[(number / per_word) as usize], bits * (number % per_word));
        let narrow = code.b.cast("arith.trunci", shifted, if bits == 8 { code.t.i8 } else { code.t.i16 });
        let element = self.kernel_type(element);
        if ir::type_of(narrow) == element { narrow } else { code.bitcast(narrow, element) }
    }

    /// Writes neighbours in units of 16 bytes from an address on; those of a row that does not exist are 0.
    pub fn store_unit(&mut self, values: &[Val<'c>], address: Val<'c>, inside: Option<Val<'c>>) {
        let code = self.code;
        for (number, values) in values.chunks(LANES as usize).enumerate() {
            let words: Vec<_> = values
                .chunks(2)
                .map(|pair| {
                    let word = self.pack(pair[0], pair[1], false);
                    inside.map_or(word, |inside| code.b.select(inside, word, code.i32(0)))
                })
                .collect();
            // A swizzle permutes units: the second of two lies in the other half of 32 bytes.
            let address = if number == 0 { address } else { code.xor(address, code.i32(16)) };
            Instruction::Store { address, values: words }.build(&code.b);
        }
    }

    /// Whether a row of a staged tile exists; `None` when all do.
    pub fn row_exists(&self, staged: &Staged<'c>, row: Val<'c>) -> Option<Val<'c>> {
        let rows = ffi::shape(ir::type_of(staged.value))?.first().copied().flatten()?;
        (rows < staged.shared.rows).then(|| self.code.cmpc(Cmp::Slt, row, rows))
    }
}

/// What a body extracts from tensors, in order.
fn extracts<'c>(generic: &Generic<'c>) -> Vec<Op<'c>> {
    ir::ops(generic.body).into_iter().filter(|op| ir::name(*op) == "tensor.extract").collect()
}
