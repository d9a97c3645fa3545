//! Tiles that elementwise ops read from shared memory: four words of a fragment per load, vectors two neighbours at once.
//!
//! A tile is waited for at its first reader, and given back when all of it is in registers or its step has read it.

use super::kernel::{Kernel, Registers};
use crate::{
    bug,
    dialect::kernel::Instruction,
    error::PassError,
    ffi,
    gpu::{
        code::Code,
        layout::{Coord, Layout, groups},
        plan::{Source, Staged, Use},
    },
    ir::{self, Blk, Type, Val},
};

impl<'c> Kernel<'_, 'c> {
    /// The word that holds two neighbours of a staged tile, `first` being the one of the even column; `None` when the tile
    /// is not staged for this. Four words are loaded at once.
    pub fn captured_word(&mut self, tile: Val<'c>, first: &[Coord]) -> Option<Val<'c>> {
        let staged = self.plan.staged(tile).filter(|staged| is_points(staged, 2))?.clone();
        let [Coord::Row(_), Coord::Column(column)] = first[..] else { return None };
        let key = ffi::value_key(tile);
        let find = |kernel: &Self| kernel.find(|scope| scope.pairs.get(&(key, first.to_vec())).copied());
        if let Some(word) = find(self) {
            return Some(word);
        }
        self.await_capture(&staged);
        let group = column / 4 * 2;
        let tile = self.own_rows((self.buffer_address(staged.buffer), staged.shared));
        let address = self.fragment_address(tile, group);
        let words = Instruction::LoadMatrix(address).build(&self.code.b);
        for (part, word) in words.into_iter().enumerate() {
            let at = vec![Coord::Row(part % 2), Coord::Column(2 * (group + part / 2))];
            self.scope().pairs.insert((key, at), word);
        }
        find(self)
    }

    /// A number of a staged tile of f32; `None` when the tile is not staged for this. Neighbours in a row are loaded at once.
    pub fn captured_number(&mut self, tile: Val<'c>, coords: &[Coord]) -> Option<Val<'c>> {
        let staged = self.plan.staged(tile).filter(|staged| is_points(staged, 4))?.clone();
        let (key, code) = (ffi::value_key(tile), self.code);
        let (shared, swizzle) = (staged.shared, staged.shared.swizzle);
        match coords {
            [Coord::Row(row), Coord::Column(column)] => {
                let place = |column| vec![Coord::Row(*row), Coord::Column(column)];
                if let Some(known) = self.find(|scope| scope.elements.get(&(key, place(*column))).copied()) {
                    return Some(known);
                }
                self.await_capture(&staged);
                let (first, per_chunk) = (8 * (*column as i64 / 2), shared.chunk_columns());
                let at = code.addc(self.me().row, 8 * *row as i64);
                let unit = code.addc(code.shrc(self.me().column, 2), first % per_chunk / 4);
                let byte = code.shlc(code.andc(self.me().column, 2), 2);
                let row_address = code.add(self.buffer_address(staged.buffer), code.mulc(at, swizzle));
                let inside = code.add(code.shlc(code.xor(unit, turn_of(&code, at, swizzle)), 4), byte);
                let address = code.addc(code.add(row_address, inside), first / per_chunk * shared.chunk_bytes());
                let pair = code.load_shared(address, 0, code.t.f32, 2);
                for (part, value) in pair.iter().enumerate() {
                    self.scope().elements.insert((key, place(column / 2 * 2 + part)), *value);
                }
                Some(pair[column % 2])
            }
            [Coord::Column(column), Coord::Row(row)] => {
                self.await_capture(&staged);
                let per_chunk = shared.chunk_columns();
                let at = code.addc(self.me().column, (8 * (column / 2) + column % 2) as i64);
                let across = code.addc(self.me().row, 8 * *row as i64);
                let chunk = code.divc(across, per_chunk);
                let inside = code.sub(across, code.mulc(chunk, per_chunk));
                let unit = code.xor(code.shrc(inside, 2), turn_of(&code, at, swizzle));
                let byte = code.add(code.shlc(unit, 4), code.shlc(code.andc(inside, 3), 2));
                let row_address = code.add(self.buffer_address(staged.buffer), code.mulc(at, swizzle));
                let address = code.add(code.add(row_address, byte), code.mulc(chunk, shared.chunk_bytes()));
                Some(code.load_shared(address, 0, code.t.f32, 1)[0])
            }
            _ => None,
        }
    }

    /// Takes a staged vector into registers, if it is not there.
    ///
    /// # Errors
    /// [`PassError::Bug`] for a value that is no such vector.
    pub fn take_columns(&mut self, value: Val<'c>) -> Result<(), PassError> {
        if self.tile(value).is_some() {
            return Ok(());
        }
        let staged = self.plan.staged(value).cloned().ok_or_else(|| bug!("a vector that is not staged"))?;
        let Some(layout @ Layout::Column { columns }) = self.plan.classes.layout(value) else {
            return Err(bug!("a staged vector that is not by column"));
        };
        self.await_capture(&staged);
        let code = self.code;
        let element = self.kernel_type(ffi::element_type(ir::type_of(value)));
        let base = code.add(self.buffer_address(staged.buffer), code.shlc(self.me().column, 2));
        let mut values = vec![];
        for group in 0..groups(columns) {
            let words = code.load_shared(base, 32 * group as i64, code.t.i32, 2);
            values.extend(words.into_iter().map(|word| self.of_word(word, element)));
        }
        if matches!(staged.source, Source::Vector { inverse: true, .. }) {
            self.inverses.extend(values.iter().map(|value| ffi::value_key(*value)));
        }
        self.keep(value, Registers { layout, values });
        Ok(())
    }

    /// An element of a vector as a word.
    pub fn as_word(&self, value: Val<'c>) -> Val<'c> {
        let (code, ty) = (self.code, ir::type_of(value));
        match () {
            () if ty == code.t.i32 => value,
            () if ty == code.t.f32 => code.bitcast(value, code.t.i32),
            () if ir::is_float(ty) => code.b.cast("arith.extui", code.bitcast(value, code.t.i16), code.t.i32),
            () => code.b.cast("arith.extui", value, code.t.i32),
        }
    }

    /// The element of a type that a word stands for.
    fn of_word(&self, word: Val<'c>, ty: Type<'c>) -> Val<'c> {
        let code = self.code;
        match () {
            () if ty == code.t.i32 => word,
            () if ty == code.t.f32 => code.bitcast(word, ty),
            () if ir::is_float(ty) => code.bitcast(code.b.cast("arith.trunci", word, code.t.i16), ty),
            () => code.b.cast("arith.trunci", word, ty),
        }
    }

    fn await_capture(&mut self, staged: &Staged<'c>) {
        if self.find(|scope| scope.ready.contains(&ffi::value_key(staged.value)).then_some(())).is_none() {
            self.scope().ready.insert(ffi::value_key(staged.value));
            self.wait_full(staged.buffer);
        }
    }

    /// Gives back the captures of a step.
    pub fn release_captures(&mut self, body: Blk<'c>) {
        let values = ir::ops(body).into_iter().flat_map(ir::results);
        let staged = values.filter_map(|value| self.plan.staged(value).filter(|staged| staged.used != Use::Operand));
        let staged = staged.filter(|staged| !self.plan.rings[self.plan.buffers[staged.buffer].ring].once);
        let staged: Vec<_> = staged.cloned().collect();
        if staged.is_empty() {
            return;
        }
        // Every lane has read, as the copy engine sees it, when the first one says so.
        if staged.iter().any(|staged| !self.plan.buffers[staged.buffer].by_threads) {
            self.fence_engine();
        }
        self.code.sync_warp();
        for staged in staged {
            self.await_capture(&staged);
            self.release(staged.buffer, None);
        }
    }
}

/// Whether elementwise ops read a staged tile, of elements of so many bytes, at the points of a fragment.
fn is_points(staged: &Staged<'_>, size: i64) -> bool {
    staged.used == Use::Points && staged.shared.size == size
}

/// What the number of a unit of 16 bytes in a row of a chunk is changed by.
fn turn_of<'c>(code: &Code<'c>, row: Val<'c>, swizzle: i64) -> Val<'c> {
    match swizzle {
        128 => code.andc(row, 7),
        64 => code.andc(code.shrc(row, 1), 3),
        _ => code.andc(code.shrc(row, 2), 1),
    }
}
