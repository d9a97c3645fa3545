//! What is known of a block's operations while its candidates are raised one by one, and the ways around what stands in
//! the way of one.

use super::{
    find::{self, Candidate},
    live::{ANOTHER_AXIS, Erased, depends_on_reduction},
    point::Point,
    weights::Walks,
};
use crate::{
    algebra::Refused,
    ffi,
    ir::{self, Op},
};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// A candidate stops at so many values before it is given up.
const MOST_CUTS: usize = 8;

/// How candidates get around what stands in their way, by operation.
#[derive(Default)]
pub struct Detours {
    /// Values at which the area stops.
    cuts: HashMap<usize, HashSet<usize>>,
    /// The area is computed again for what else needs it.
    pub again: HashSet<usize>,
    /// Where to stop if that does not help either.
    postponed: HashMap<usize, usize>,
    /// Why the first detour was taken.
    obstacles: HashMap<usize, Refused>,
}

impl Detours {
    /// What stood in the way of a candidate, if anything.
    pub fn obstacle(&self, op: Op<'_>) -> Option<&Refused> {
        self.obstacles.get(&ffi::op_key(op))
    }

    /// Takes one more detour; where there is none, the reason that remains.
    pub fn around(
        &mut self,
        candidate: &Candidate<'_>,
        error: Refused,
        point: &Point<'_>,
        walks: &mut Walks,
    ) -> Option<Refused> {
        let key = ffi::op_key(candidate.op);
        let own = self.cuts.entry(key).or_default();
        if let Some(cut) = self.postponed.remove(&key) {
            self.again.remove(&key);
            own.insert(cut);
            return None;
        }
        let mut cut = own.clone();
        let Some(new) = error.cut.filter(|new| own.len() < MOST_CUTS && cut.insert(*new)) else {
            return Some(self.obstacles.get(&key).cloned().unwrap_or(error));
        };
        // Scores are rather computed twice than written out, and statistics along another axis are a fold of their own.
        let scored = has_scores(candidate, &cut, point, walks);
        let apart = scored && error.reason == ANOTHER_AXIS && own.is_empty() && !self.again.contains(&key);
        if apart {
            self.postponed.insert(key, new);
        }
        if scored && !apart || !self.again.insert(key) {
            *own = cut;
        }
        if !candidate.is_layer() {
            self.obstacles.entry(key).or_insert(error);
        }
        None
    }

    /// Forgets operations that are gone.
    pub fn forget(&mut self, erased: &Erased) {
        for key in &erased.ops {
            self.cuts.remove(key);
            self.again.remove(key);
            self.postponed.remove(key);
            self.obstacles.remove(key);
        }
    }
}

/// Whether a candidate that looks through a value rather stops there than computes it a second time.
pub fn stops_at(candidate: &Candidate<'_>, value: usize, point: &Point<'_>, walks: &mut Walks) -> bool {
    let mut cuts = candidate.opaque.clone();
    cuts.insert(value);
    candidate.area.contains_key(&value) && has_scores(candidate, &cuts, point, walks)
}

/// Whether what is left of a candidate that stops at these values has scores, if it has any.
fn has_scores(candidate: &Candidate<'_>, cuts: &HashSet<usize>, point: &Point<'_>, walks: &mut Walks) -> bool {
    let left = find::analyze(candidate.op, &point.open, cuts, walks).ok().flatten();
    left.is_some_and(|left| left.depth > 0) || candidate.depth == 0
}

/// What is known of the operations of a block, so that each is analyzed about once however many programs are fused around it.
pub struct Known<'c> {
    analyses: HashMap<usize, Result<Option<Rc<Candidate<'c>>>, Refused>>,
    /// The operations whose candidates looked through a value.
    through: HashMap<usize, Vec<usize>>,
    pub walks: Walks,
    /// Nothing was fused since all of this was found: where something was, what was no candidate is looked at once more
    /// before a block is done.
    pub fresh: bool,
}

impl Default for Known<'_> {
    fn default() -> Self {
        Self { analyses: HashMap::new(), through: HashMap::new(), walks: Walks::default(), fresh: true }
    }
}

impl<'c> Known<'c> {
    pub fn analysis(
        &mut self,
        op: Op<'c>,
        point: &Point<'c>,
        detours: &Detours,
    ) -> &Result<Option<Rc<Candidate<'c>>>, Refused> {
        let Self { analyses, through, walks, .. } = self;
        let key = ffi::op_key(op);
        analyses.entry(key).or_insert_with(|| {
            let none = HashSet::new();
            let cuts = detours.cuts.get(&key).unwrap_or(&none);
            let found = match find::analyze(op, &point.open, cuts, walks) {
                Ok(None) if find::is_dynamic(op) && ir::operands(op).into_iter().any(depends_on_reduction) => {
                    Err(Refused::new("sizes that are only known at run time"))
                }
                found => found,
            };
            if let Ok(Some(candidate)) = &found {
                for value in candidate.area.keys().chain(&candidate.inline) {
                    through.entry(*value).or_default().push(key);
                }
            }
            found.map(|found| found.map(Rc::new))
        })
    }

    /// Drops what is said of one operation.
    pub fn renew(&mut self, op: Op<'_>) {
        self.analyses.remove(&ffi::op_key(op));
    }

    /// Drops what is said of operations that are gone, and of candidates that looked through one.
    pub fn forget(&mut self, erased: &Erased) {
        self.fresh = false;
        self.walks = Walks::default();
        let readers = erased.values.iter().filter_map(|value| self.through.remove(value)).flatten();
        for key in erased.ops.iter().copied().chain(readers) {
            self.analyses.remove(&key);
        }
    }
}
