//! Which accumulators wait for another loop in each thread's memory.

use super::Plan;
use crate::{
    ffi,
    gpu::{layout::Layout, nest::on_demand},
    ir::{self, Blk, Val},
};

impl<'c> Plan<'c> {
    /// What is put aside in a block: results of loops before its last one, fragments of f32 that no loop goes on with.
    pub fn waiting(&self, body: Blk<'c>) -> Vec<(Val<'c>, Layout)> {
        let mut loops: Vec<_> = on_demand(body).into_iter().filter(|op| ir::name(*op) == "scf.for").collect();
        loops.pop();
        let ends = |value: Val<'c>| ffi::uses(value).iter().all(|(user, _)| ir::name(*user) != "scf.for");
        let float = |value: Val<'c>| ir::type_name(ffi::element_type(ir::type_of(value))) == "f32";
        let held = |value: Val<'c>| self.computed.contains(&ffi::value_key(value));
        let results =
            loops.into_iter().flat_map(ir::results).filter(|value| ends(*value) && held(*value) && float(*value));
        let fragments = results.filter_map(|value| match self.classes.layout(value) {
            Some(layout @ Layout::Fragment { .. }) => Some((value, layout)),
            _ => None,
        });
        fragments.collect()
    }

    /// Bytes of memory of its own that each consumer thread uses for tiles that are put aside.
    pub fn bytes_aside(&self, body: Blk<'c>) -> i64 {
        match self.flat {
            Some(_) => 0,
            None => self.waiting(body).iter().map(|(_, layout)| 4 * layout.len() as i64).sum(),
        }
    }
}
