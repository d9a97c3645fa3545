//! Loads and stores of the elements that a thread computes together: up to 16 bytes at a time where they are neighbours.

use super::{ACCESS, Lanes, Points, gcd};
use crate::{
    gpu::{code::Cmp, float8::is_float8, view::View},
    ir::{self, Type, Val},
    runtime::manifest::Parameter,
};

/// Neighbours in memory: how many elements one access takes.
fn width(multiple: i64, lanes: usize, bytes: i64) -> usize {
    let most = gcd(multiple, lanes as i64).min(ACCESS / bytes);
    let mut width = 1;
    while width * 2 <= most && most % (width * 2) == 0 {
        width *= 2;
    }
    usize::try_from(width).unwrap_or(1)
}

impl<'c> Points<'_, 'c> {
    /// Elements from the start of a buffer to an element.
    fn offset(&mut self, view: &View<'c>, coords: &[Lanes<'c>]) -> Lanes<'c> {
        let mut total = self.size(&view.offset);
        for (coord, stride) in coords.iter().zip(&view.strides) {
            let stride = self.size(stride);
            let away = self.product(coord, &stride);
            total = self.sum(&total, &away);
        }
        total
    }

    /// The pointer to a buffer and the type of its elements in memory.
    fn buffer(&mut self, view: &View<'c>) -> (Val<'c>, Type<'c>) {
        let code = self.code;
        let stored = match view.element {
            element if element == code.t.i1 || is_float8(element) => code.t.i8,
            element if element == code.t.index => code.t.i64,
            element => element,
        };
        (self.parameter(Parameter::Pointer { tensor: view.tensor.clone() }, code.t.global), stored)
    }

    fn vector(&self, width: usize, element: Type<'c>) -> Type<'c> {
        self.code.b.ty(&format!("vector<{width}x{element}>"))
    }

    /// The elements of a tensor in memory at some coordinates.
    pub fn load(&mut self, view: &View<'c>, coords: &[Lanes<'c>]) -> Lanes<'c> {
        let (pointer, stored) = self.buffer(view);
        let offset = self.offset(view, coords);
        let bytes = super::bytes_of(stored);
        let code = self.code;
        let loaded = match &offset {
            Lanes::Run { base, step: 1, multiple } if self.lanes > 1 => {
                let width = width(*multiple, self.lanes, bytes);
                let mut values = vec![];
                for first in (0..self.lanes).step_by(width) {
                    let at = self.lane(&offset, first);
                    debug_assert!(first > 0 || at == *base);
                    let address = code.element_ptr(pointer, at, stored);
                    if width == 1 {
                        values.push(code.load(address, stored));
                        continue;
                    }
                    let ty = self.vector(width, stored);
                    let align = format!("{} : i64", bytes * width as i64);
                    let spec = code.b.op("llvm.load").operands(&[address]).attr_text("alignment", &align);
                    let vector = spec.results(&[ty]).value();
                    values.extend((0..width).map(|number| code.part(vector, number)));
                }
                Lanes::Each(values)
            }
            _ => self.each(&[&offset], |points, at| {
                points.code.load(points.code.element_ptr(pointer, at[0], stored), stored)
            }),
        };
        if view.element != code.t.i1 {
            return match loaded {
                // Nothing is known of what was loaded.
                Lanes::Run { base, .. } => Lanes::Run { base, step: 0, multiple: 1 },
                each => each,
            };
        }
        self.each(&[&loaded], |points, value| points.code.cmpc(Cmp::Ne, value[0], 0))
    }

    /// Stores elements at some coordinates.
    pub fn store(&mut self, view: &View<'c>, coords: &[Lanes<'c>], value: &Lanes<'c>) {
        let (pointer, stored) = self.buffer(view);
        let offset = self.offset(view, coords);
        let code = self.code;
        let value = match view.element == code.t.i1 {
            true => self.each(&[value], |points, value| points.code.b.cast("arith.extui", value[0], stored)),
            false => value.clone(),
        };
        let width = match &offset {
            Lanes::Run { step: 1, multiple, .. } if self.lanes > 1 => {
                width(*multiple, self.lanes, super::bytes_of(stored))
            }
            _ => 1,
        };
        let lanes = if offset.shared().is_some() { 1 } else { self.lanes };
        for first in (0..lanes).step_by(width) {
            let at = self.lane(&offset, first);
            let address = code.element_ptr(pointer, at, stored);
            let values: Vec<_> = (first..first + width).map(|lane| self.lane(&value, lane)).collect();
            if let [value] = values[..] {
                code.store(value, address);
                continue;
            }
            let vector = self.packed(&values, stored);
            let align = format!("{} : i64", super::bytes_of(stored) * width as i64);
            code.b.op("llvm.store").operands(&[vector, address]).attr_text("alignment", &align).build();
        }
    }

    /// Values as a vector.
    fn packed(&self, values: &[Val<'c>], element: Type<'c>) -> Val<'c> {
        let code = self.code;
        let ty = self.vector(values.len(), element);
        let mut vector = code.b.op("llvm.mlir.poison").results(&[ty]).value();
        for (number, value) in values.iter().enumerate() {
            let place = code.i32(number as i64);
            vector = code.b.op("llvm.insertelement").operands(&[vector, *value, place]).results(&[ty]).value();
        }
        debug_assert_eq!(ir::type_of(vector), ty);
        vector
    }
}
