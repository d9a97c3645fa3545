//! The copy engine: boxes of tensors (PTX ISA, `cp.async.bulk.tensor`; CUDA driver API, `cuTensorMapEncodeTiled`).

use crate::{Fault, matrix::swizzled};

/// How rows of a box are permuted in shared memory: the bytes of one, where they are.
pub type Swizzle = Option<u64>;

/// A tensor in global memory, and the box that is copied at a time. Dims are listed innermost first.
#[derive(Clone, Debug)]
pub struct TensorMap {
    /// The address of the first element.
    pub address: u64,
    /// Bytes of an element.
    pub bytes: u64,
    /// Elements of each dim.
    pub dims: Vec<u64>,
    /// Bytes between neighbours of each dim.
    pub strides: Vec<u64>,
    /// Elements of a box.
    pub tile: Vec<u64>,
    /// Steps in a box.
    pub steps: Vec<u64>,
    /// How rows are permuted.
    pub swizzle: Swizzle,
}

/// A row of a box: where it lies, and how much of it is inside of the tensor.
pub struct Row {
    /// In shared memory, before the swizzle.
    pub shared: u64,
    /// Of each element, in the order of the row; `None` outside of the tensor.
    pub elements: Vec<Option<u64>>,
}

impl TensorMap {
    /// What a driver would refuse.
    pub fn check(&self) -> Result<(), Fault> {
        let rank = self.dims.len();
        let same = [self.strides.len(), self.tile.len(), self.steps.len()].iter().all(|length| *length == rank);
        if !(1..=5).contains(&rank) || !same {
            return Err(Fault::new(format!("a tensor map of rank {rank}")));
        }
        if !self.address.is_multiple_of(16) || self.strides.iter().skip(1).any(|stride| !stride.is_multiple_of(16)) {
            return Err(Fault::new("a tensor map whose address or strides are no multiples of 16"));
        }
        if self.tile.iter().any(|size| !(1..=256).contains(size)) {
            return Err(Fault::new(format!("a box of {:?} elements", self.tile)));
        }
        let row = self.row_bytes();
        if self.swizzle.is_some_and(|swizzle| row > swizzle) {
            return Err(Fault::new(format!("a box with rows of {row} bytes, swizzled by {:?}", self.swizzle)));
        }
        if !row.is_multiple_of(16) {
            return Err(Fault::new(format!("a box with rows of {row} bytes")));
        }
        Ok(())
    }

    fn row_bytes(&self) -> u64 {
        self.tile[0] * self.bytes
    }

    /// Bytes of a box.
    pub fn box_bytes(&self) -> u64 {
        self.tile.iter().product::<u64>() * self.bytes
    }

    /// The rows of the box at coordinates.
    pub fn rows(&self, at: &[i64], shared: u64) -> Result<Vec<Row>, Fault> {
        if at.len() != self.dims.len() {
            return Err(Fault::new(format!("{} coordinates of a tensor of rank {}", at.len(), self.dims.len())));
        }
        if !shared.is_multiple_of(128) {
            return Err(Fault::new(format!("a box at {shared} of shared memory, which is no multiple of 128")));
        }
        let count: u64 = self.tile[1..].iter().product();
        let mut rows = Vec::with_capacity(count as usize);
        for number in 0..count {
            let (mut rest, mut base) = (number, Some(self.address));
            let outer = self.tile.iter().zip(&self.steps).zip(self.dims.iter().zip(&self.strides)).zip(at).skip(1);
            for (((tile, step), (dim, stride)), at) in outer {
                let place = at + (rest % tile * step).cast_signed();
                rest /= tile;
                let inside = place >= 0 && place.cast_unsigned() < *dim;
                base = base.filter(|_| inside).map(|base| base + place.cast_unsigned() * stride);
            }
            let elements = (0..self.tile[0]).map(|element| {
                let place = at[0] + (element * self.steps[0]).cast_signed();
                let inside = place >= 0 && place.cast_unsigned() < self.dims[0];
                base.filter(|_| inside).map(|base| base + place.cast_unsigned() * self.bytes)
            });
            rows.push(Row { shared: shared + number * self.row_bytes(), elements: elements.collect() });
        }
        Ok(rows)
    }

    /// Where 16 bytes of a box are.
    pub const fn place(&self, linear: u64) -> u64 {
        match self.swizzle {
            Some(row) => swizzled(linear, row),
            None => linear,
        }
    }
}
