//! Loops, branches and blocks of a kernel over points.

use super::{Lanes, Points, Scope};
use crate::{
    error::PassError,
    ffi,
    gpu::code::{new_block, region_of},
    ir::{self, Builder, Type, Val},
};
use melior::ir::Block;

impl<'c> Points<'_, 'c> {
    /// `scf.for` with carried values.
    pub fn repeat(
        &mut self,
        bounds: [Val<'c>; 3],
        carried: &[Val<'c>],
        body: impl FnOnce(&mut Self, Val<'c>, &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let types = carried.iter().map(|value| ir::type_of(*value));
        let arguments: Vec<_> = [ir::type_of(bounds[0])].into_iter().chain(types).collect();
        let (block, values) =
            self.region(&arguments, |points, arguments| body(points, arguments[0], &arguments[1..]))?;
        Ok(self.looped(bounds, carried, block, &values))
    }

    /// Opens a block with arguments: what is written from now on goes there, until [`Points::close`].
    pub fn open(&mut self, arguments: &[Type<'c>]) -> (Block<'c>, Vec<Val<'c>>, Builder<'c>) {
        let block = new_block(self.location, arguments);
        let arguments = ir::arguments(ffi::block_handle(&block));
        let outer = self.enter(&block);
        (block, arguments, outer)
    }

    /// Goes on where it was before [`Points::open`].
    pub fn close(&mut self, outer: Builder<'c>) {
        self.leave(outer);
    }

    /// `scf.for` over a block that was written, which yields `values`.
    pub fn looped(
        &mut self,
        bounds: [Val<'c>; 3],
        carried: &[Val<'c>],
        block: Block<'c>,
        values: &[Val<'c>],
    ) -> Vec<Val<'c>> {
        self.end_region(&block, values);
        let types: Vec<_> = carried.iter().map(|value| ir::type_of(*value)).collect();
        let spec = self.code.b.op("scf.for").operands(&bounds).operands(carried).results(&types);
        ir::results(spec.raw_region(region_of(block)).build())
    }

    /// Runs `body` where a condition holds.
    pub fn only_if(
        &mut self,
        condition: Val<'c>,
        body: impl FnOnce(&mut Self) -> Result<(), PassError>,
    ) -> Result<(), PassError> {
        let (block, ()) = self.region(&[], |points, _| body(points))?;
        self.end_region(&block, &[]);
        let spec = self.code.b.op("scf.if").operands(&[condition]).raw_region(region_of(block));
        spec.raw_region(melior::ir::Region::new()).build();
        Ok(())
    }

    /// One of two values by a condition: `scf.if`, so that only the branch that is taken computes it. `yes` and `no` are given
    /// the coordinates, of one point where the condition differs between points.
    #[allow(clippy::type_complexity, reason = "each arm writes code into the kernel that it is given")]
    pub fn choose(
        &mut self,
        condition: &Lanes<'c>,
        ty: Type<'c>,
        coords: &[Lanes<'c>],
        yes: &mut dyn FnMut(&mut Self, &[Lanes<'c>]) -> Result<Lanes<'c>, PassError>,
        no: &mut dyn FnMut(&mut Self, &[Lanes<'c>]) -> Result<Lanes<'c>, PassError>,
    ) -> Result<Lanes<'c>, PassError> {
        if let Some(condition) = condition.shared() {
            let (first, a) = self.region(&[], |points, _| yes(points, coords))?;
            let (second, b) = self.region(&[], |points, _| no(points, coords))?;
            let count = if a.shared().is_some() && b.shared().is_some() { 1 } else { self.lanes };
            for (block, values) in [(&first, a), (&second, b)] {
                let outer = self.enter(block);
                let values: Vec<_> = (0..count).map(|lane| self.lane(&values, lane)).collect();
                self.leave(outer);
                self.end_region(block, &values);
            }
            let spec = self.code.b.op("scf.if").operands(&[condition]).results(&vec![ty; count]);
            let values = ir::results(spec.raw_region(region_of(first)).raw_region(region_of(second)).build());
            return Ok(match values[..] {
                [value] => Lanes::Run { base: value, step: 0, multiple: 1 },
                _ => Lanes::Each(values),
            });
        }
        let lanes = self.lanes;
        let mut each = vec![];
        for lane in 0..lanes {
            let condition = Lanes::same(self.lane(condition, lane));
            let own: Vec<_> = coords.iter().map(|at| Lanes::same(self.lane(at, lane))).collect();
            self.lanes = 1;
            let value = self.choose(&condition, ty, &own, yes, no);
            self.lanes = lanes;
            each.push(self.lane(&value?, 0));
        }
        Ok(Lanes::Each(each))
    }

    fn enter(&mut self, block: &Block<'c>) -> Builder<'c> {
        let outer = self.code.b;
        self.code.b = Builder::at_end(outer.context, ffi::block_handle(block), outer.location);
        self.scopes.push(Scope::default());
        outer
    }

    fn leave(&mut self, outer: Builder<'c>) {
        self.scopes.pop();
        self.code.b = outer;
    }

    /// Writes `body` into a new block, which is still to be ended.
    fn region<T>(
        &mut self,
        arguments: &[Type<'c>],
        body: impl FnOnce(&mut Self, &[Val<'c>]) -> Result<T, PassError>,
    ) -> Result<(Block<'c>, T), PassError> {
        let (block, arguments, outer) = self.open(arguments);
        let outcome = body(self, &arguments);
        self.leave(outer);
        Ok((block, outcome?))
    }

    fn end_region(&self, block: &Block<'c>, values: &[Val<'c>]) {
        let b = self.code.b;
        Builder::at_end(b.context, ffi::block_handle(block), b.location).op("scf.yield").operands(values).build();
    }
}
