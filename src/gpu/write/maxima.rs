//! What a step computes whose maxima are left out ([`crate::gpu::plan::lazy`]): its weights, those once more where their sums are too large,
//! and the scales of accumulators where maxima grew.

use super::{
    flow::{Begun, Frame},
    kernel::{Kernel, Registers},
    persist::Steps,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{
        layout::Layout,
        nest::Contraction,
        plan::{flat::KeyLoop, lazy::Lazy},
    },
    ir::{self, Val},
};

/// Factors below this say that a maximum grows from step to step: the next step takes its own, too.
const GROWTH: f64 = 0.00390625;

impl<'c> Kernel<'_, 'c> {
    /// What a step computes of its scores. Returns whether maxima were taken in a step that is not its tile's first, where that is not
    /// always so.
    pub(super) fn weights(
        &mut self,
        lazy: Option<&Lazy<'c>>,
        key: &KeyLoop<'c>,
        begun: &Begun<'c>,
    ) -> Result<Option<Val<'c>>, PassError> {
        let Some(lazy) = lazy else {
            if !begun.read.given_back {
                self.release_read(&begun.read);
            }
            key.order.0.iter().try_for_each(|op| self.compute_op(*op))?;
            return Ok(None);
        };
        let none = self.any_row_without_maximum(&begun.started[lazy.reference], begun.grew);
        let direct = self.code.b.binary("arith.ori", begun.first, none);
        for op in key.order.0.iter().filter(|op| !lazy.converts.contains(op)) {
            if *op != lazy.own {
                self.compute_op(*op)?;
                continue;
            }
            let result = ir::results(*op)[0];
            let values = self.choose_values(
                direct,
                |kernel| {
                    kernel.compute_op(*op)?;
                    kernel.fragment(result, Layout::Row)
                },
                |kernel| Ok(vec![kernel.code.f32(f64::NEG_INFINITY); 2]),
            )?;
            self.keep(result, Registers { layout: Layout::Row, values });
        }
        Ok(Some(none))
    }

    /// Computes the weights of a step again, from scores that the warp multiplies itself, where its sums are too large. Returns whether
    /// accumulators are to be scaled.
    pub(super) fn corrected(
        &mut self,
        (frame, lazy): (&Frame<'_, 'c>, &Lazy<'c>),
        (steps, step): (&Steps<'c>, Val<'c>),
        key: &KeyLoop<'c>,
        (begun, none): (&Begun<'c>, Val<'c>),
    ) -> Result<Val<'c>, PassError> {
        let ops: Vec<_> = key.order.0.iter().copied().filter(|op| !lazy.converts.contains(op)).collect();
        let last = ir::ops(key.body).pop().ok_or_else(|| bug!("a loop without a terminator"))?;
        let code = self.code;
        let not = |value: Val<'c>| code.xor(value, code.b.int(1, code.t.i1));
        let sums = self.fragment(ir::operands(last)[lazy.sum], Layout::Row)?;
        let direct = code.b.binary("arith.ori", begun.first, none);
        let over = code.and(self.any_sum_too_large(lazy, &begun.started[lazy.sum], &sums), not(direct));
        let later =
            |value: &Val<'c>| ffi::uses(*value).into_iter().any(|(user, _)| user == last || !ops.contains(&user));
        let made: Vec<_> = ops.iter().flat_map(|op| ir::results(*op)).filter(later).collect();
        let made: Vec<_> = made.into_iter().filter_map(|value| Some((value, self.tile(value)?.clone()))).collect();
        let again = self.choose_values(
            over,
            |kernel| {
                let thread = kernel.thread.replace(kernel.thread_again());
                let scores = kernel.scores_by_warp(&key.rotation.early[0])?;
                let scores = kernel.masked_scores(frame, steps, step, scores)?;
                kernel.keep_scores(key, &scores);
                ops.iter().try_for_each(|op| kernel.compute_op(*op))?;
                // What every lane has read is read, as the copy engine sees it.
                kernel.fence_engine();
                kernel.code.sync_warp();
                let tiles = made.iter().map(|(value, tile)| kernel.fragment(*value, tile.layout));
                let values = tiles.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
                kernel.thread = thread;
                Ok(values)
            },
            |_| Ok(made.iter().flat_map(|(_, tile)| tile.values.clone()).collect()),
        )?;
        let mut rest = &again[..];
        for (value, tile) in made {
            let (own, after) = rest.split_at(tile.values.len());
            self.keep(value, Registers { layout: tile.layout, values: own.to_vec() });
            rest = after;
        }
        self.release_read(&begun.read);
        lazy.converts.iter().try_for_each(|op| self.compute_op(*op))?;
        Ok(code.and(code.b.binary("arith.ori", none, over), not(begun.first)))
    }

    /// Whether what accumulators are scaled by says that some maximum grew so much that it may go on.
    pub(super) fn grows(&mut self, key: &KeyLoop<'c>) -> Result<Val<'c>, PassError> {
        let mut grows = self.code.b.int(0, self.code.t.i1);
        let little = self.code.f32(GROWTH);
        for factor in &key.factors {
            for value in self.fragment(*factor, Layout::Row)? {
                // 4 is olt
                let own = self.code.b.compare("arith.cmpf", 4, value, little);
                grows = self.code.b.binary("arith.ori", grows, own);
            }
        }
        Ok(grows)
    }

    /// The ops of a body after the wait for its products: those scale accumulators, all or where maxima have `grown`.
    pub(super) fn scale_accumulators(&mut self, key: &KeyLoop<'c>, grown: Option<Val<'c>>) -> Result<(), PassError> {
        let Some(grown) = grown else { return key.order.1.iter().try_for_each(|op| self.compute_op(*op)) };
        let arguments = ir::arguments(key.body);
        let late = &key.rotation.late;
        let layout = |contraction: &Contraction<'c>| Layout::Fragment { columns: contraction.sizes[1] };
        let scaled = self.choose_values(
            grown,
            |kernel| {
                key.order.1.iter().try_for_each(|op| kernel.compute_op(*op))?;
                let each = late.iter().map(|(_, late)| kernel.fragment(late.init, layout(late)));
                Ok(each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
            },
            |kernel| {
                let each = late.iter().map(|(state, late)| kernel.fragment(arguments[1 + state], layout(late)));
                Ok(each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
            },
        )?;
        let mut rest = &scaled[..];
        for (_, contraction) in late {
            let layout = layout(contraction);
            let (own, after) = rest.split_at(layout.len());
            self.keep(contraction.init, Registers { layout, values: own.to_vec() });
            rest = after;
        }
        Ok(())
    }
}
