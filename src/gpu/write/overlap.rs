//! `overlap`: products of a step that is not rotated run beside what does not need them.
//!
//! Before:  `S = A·B`, wait, `P = f(S)`, `acc += P·C`, wait, `T = D·E`, wait, `W = g(P, T)`, `sum += W·F`, wait
//! After:   `S = A·B` and `T = D·E` in flight together, `P = f(S)`, `acc += P·C` in flight, `W = g(P, T)`, `sum += W·F`, wait for both
//!
//! Each product is waited for by its first reader, accumulators at the end of the step. Several accumulators leave no registers for
//! the weights of the step before, so that such a step cannot be rotated; another warpgroup has the tensor cores while this one
//! ends its step.

use super::kernel::{Kernel, Registers, Thread};
use crate::{
    error::PassError,
    ffi,
    gpu::{
        layout::Layout,
        nest::{Contraction, Generic, on_demand},
        plan::overlap::Overlap,
    },
    ir::{self, Blk, Element, Val},
};
use std::collections::{HashMap, HashSet};

/// Products in flight: each a group of its own, in the order they were issued.
#[derive(Default)]
struct Flight<'c> {
    issued: usize,
    /// The number of each group, its contraction and its result.
    groups: Vec<(usize, Contraction<'c>, Vec<Val<'c>>)>,
}

impl<'c> Kernel<'_, 'c> {
    /// Writes a step of an overlapped loop for a consumer.
    ///
    /// # Errors
    /// Reported at the op that cannot be mapped.
    pub fn overlapped_step(&mut self, body: Blk<'c>, overlap: &Overlap<'c>, at: Val<'c>) -> Result<(), PassError> {
        let counter = ir::arguments(body)[0];
        let mut uses = self.uses(body)?;
        let mut flight = Flight::default();
        for contraction in &overlap.early {
            self.launch(&mut flight, contraction, &uses)?;
        }
        let known: HashSet<usize> = self.scope().scalars.keys().copied().collect();
        let thread = self.me();
        for op in on_demand(body) {
            if ir::name(op) != "linalg.generic" {
                continue;
            }
            let read = |(_, contraction, _): &(usize, Contraction<'c>, Vec<Val<'c>>)| {
                ir::operands(op).contains(&contraction.result)
            };
            while let Some(at) = flight.groups.iter().position(read) {
                self.land(&mut flight, at, &mut uses);
            }
            let is_early = |own: &Contraction<'c>| overlap.early.iter().any(|early| early.op == own.op);
            match Generic::read(op)?.contraction() {
                Some(contraction) if !is_early(&contraction) => {
                    self.launch(&mut flight, &contraction, &uses)?;
                }
                Some(_) => {}
                None => {
                    let reads = |value: &Val<'c>| !self.plan.computed.contains(&ffi::value_key(*value));
                    let places = !ir::walk_named(op, &["linalg.index"]).is_empty();
                    let inputs = Generic::read(op)?.inputs;
                    // Masks of data need registers that the left operands of products in flight have.
                    if inputs.iter().any(|input| {
                        reads(input) && Element::of_value(*input).is_some_and(|element| element.int_bits() > 1)
                    }) {
                        while let Some(at) = flight.groups.iter().position(|(_, own, _)| !is_early(own)) {
                            self.land(&mut flight, at, &mut uses);
                        }
                    }
                    if places || inputs.iter().any(reads) {
                        self.forget_loads(&known);
                        let zero = self.unknown_zero();
                        let (at, row) = (self.code.add(at, zero), self.code.add(thread.row, zero));
                        self.thread = Some(Thread { row, ..thread });
                        self.scope().scalars.insert(ffi::value_key(counter), at);
                    }
                    self.compute_op(op)?;
                }
            }
        }
        self.thread = Some(thread);
        while !flight.groups.is_empty() {
            self.land(&mut flight, 0, &mut uses);
        }
        self.release_captures(body);
        Ok(())
    }

    /// Forgets what was read from memory, and where it lies, so that it is not kept in registers from one op to the next.
    fn forget_loads(&mut self, known: &HashSet<usize>) {
        let scope = self.scope();
        scope.elements.clear();
        scope.pairs.clear();
        scope.bases.clear();
        scope.scalars.retain(|key, _| known.contains(key));
    }

    /// A 0 that the assembler cannot see through: what it is added to shares no expression with what was computed before, so that
    /// coordinates of one op, and what is read there, are not kept in registers for the next.
    fn unknown_zero(&self) -> Val<'c> {
        let code = self.code;
        let address = code.addc(self.me().shared, self.plan.zero);
        code.unknown_zero(address)
    }

    fn launch(
        &mut self,
        flight: &mut Flight<'c>,
        contraction: &Contraction<'c>,
        uses: &HashMap<usize, usize>,
    ) -> Result<(), PassError> {
        contraction.operands().for_each(|value| self.first_use(value, uses));
        let issued = self.issue(contraction)?;
        flight.groups.push((flight.issued, contraction.clone(), issued));
        flight.issued += 1;
        Ok(())
    }

    /// Waits for a product, and gives back what only it still read.
    fn land(&mut self, flight: &mut Flight<'c>, at: usize, uses: &mut HashMap<usize, usize>) {
        let (number, contraction, issued) = flight.groups.remove(at);
        let values = self.await_groups(flight.issued - 1 - number, &issued, &[]);
        let layout = Layout::Fragment { columns: contraction.sizes[1] };
        self.keep(contraction.result, Registers { layout, values });
        contraction.operands().for_each(|value| self.last_use(value, uses));
    }
}
