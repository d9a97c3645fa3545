//! The schedule: what `pipelines/sm_90a.toml` says, and the tile sizes it leads to.

mod registers;

pub use registers::Copies;

use crate::{error::PassError, pass::OptionInfo};
use serde::{Deserialize, Serialize};

/// The pass option that says whose schedule to use.
pub const TARGET: OptionInfo = OptionInfo::target("sm_90a", "whose schedule to use");

/// The schedule that ships with the compiler.
pub const SM_90A: &str = include_str!("../../pipelines/sm_90a.toml");

/// A schedule file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    pub target: Target,
    pub distribute: Distribute,
    /// Registers per thread to plan without: not in the file, set by a pass option.
    #[serde(skip)]
    pub margin: i64,
}

/// What the chip has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub chip: String,
    pub features: String,
    /// Bytes of shared memory one block may use.
    pub shared_memory: i64,
    /// Registers one block may use.
    pub registers: i64,
    /// Multiprocessors, for the choice of tiles: any number runs.
    pub multiprocessors: i64,
}

/// What the distribute stage reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distribute {
    /// How fast consumer warpgroups are; the first entry whose `value` is large enough is taken.
    pub rates: Vec<Rates>,
    /// What a grid tile costs beside its keys, in keys.
    pub tile_cost: i64,
    /// Bytes that the tiles of one section of the grid read in their loops, where loops differ in length.
    pub section_bytes: i64,
    /// Rows that must read a key together for memory to keep up, where the cache does not have it.
    pub memory_rows: i64,
    /// What a step of a key loop costs beside its keys, and what a last step with too many keys costs beside those, in keys.
    pub step_cost: i64,
    pub rest_cost: i64,
    /// Key tiles to fall back to, widest first.
    pub keys: Vec<i64>,
    /// Buffers per ring.
    pub ring: i64,
    /// Buffers per ring in kernels of one consumer warpgroup.
    pub short_ring: i64,
    /// Buffers per ring in kernels that do nothing but read operands and add products up.
    pub stream_ring: i64,
    /// Blocks of one consumer warpgroup that share a multiprocessor, at most, and the bytes of rings they have there together.
    pub residents: i64,
    pub resident_bytes: i64,
    /// The widest key tile where all queries fit one consumer warpgroup, or as many keys as have so many bytes.
    pub short_key: i64,
    pub short_bytes: i64,
    /// Buffers of a tile that is filled once per grid tile, the most that fits beside the rings, where blocks take several.
    pub tile_ring: i64,
    /// Buffers of a tile that elementwise ops read, at most; 0 leaves such tiles in memory.
    pub capture_ring: i64,
    pub producer_registers: i64,
    pub copy_registers: i64,
    /// The same with copies of nothing but vectors.
    pub vector_registers: i64,
    /// The same in kernels of one consumer warpgroup, which leave more.
    pub short_copy_registers: i64,
    /// Registers of a consumer thread that do not depend on the tile.
    pub overhead_registers: i64,
    /// Registers each accumulator after the first adds to those.
    pub state_registers: i64,
    /// Run the second contraction of a step beside the first one of the next.
    pub rotate: bool,
    /// Run the tiles of a block as one loop, where operands of a tile have room for two buffers.
    pub flatten: bool,
    /// As `overhead_registers`, in a rotated loop.
    pub rotated_registers: i64,
    /// Consumer warpgroups take turns on the tensor cores in rotated loops.
    pub take_turns: bool,
    /// Which row statistics of a step are finished before the wait for its late contraction, in kernels whose loops differ.
    pub pin: Pin,
    /// The same where all loops do the same.
    pub pin_alike: Pin,
    /// Take the maximum of a step's scores only where the running one does not do.
    pub lazy_maxima: bool,
    /// Store results through shared memory and the copy engine where a buffer is free.
    pub store_by_engine: bool,
    /// Have the copy engine read pages that a table names, and bytes that are widened, where a body says they are.
    pub boxes: bool,
    pub tanh: Tanh,
}

/// How fast consumer warpgroups are together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// The entry holds for accumulators up to this wide.
    pub value: i64,
    /// Of one, two and three warpgroups, per key and row, against the fastest.
    pub warpgroups: Vec<f64>,
    /// Of as many blocks of one warpgroup as share a multiprocessor, if several do.
    pub residents: f64,
}

/// Row statistics that a wait comes after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pin {
    None,
    /// All but the sums that each thread keeps its own part of.
    Extrema,
    All,
}

/// Which expansion of `math.tanh` to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tanh {
    Approx,
    Exact,
}

/// What a block of one consumer warpgroup needs.
#[derive(Clone, Copy, Debug)]
pub struct Needs {
    /// Registers of a consumer thread.
    pub registers: i64,
    /// Columns of the widest result of a contraction.
    pub columns: i64,
    /// Bytes of rings, and of all shared memory.
    pub ring: i64,
    pub shared: i64,
    /// Whether one tile only reads what is in the rings, so that it comes from memory: a block's own bytes on their way are enough then.
    pub once: bool,
    /// Whether it takes one tile: another block's bytes are on their way while it begins and ends.
    pub single: bool,
}

/// What a fused program needs per grid tile, for [`Schedule::fit`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Extent of the summed dim of every contraction that makes a score.
    pub score_depths: Vec<i64>,
    /// The most scores that one weight is made of: they are live together.
    pub live_scores: i64,
    /// Per group of states that do not read one another, the columns of every accumulator that a second contraction adds to.
    pub accumulators: Vec<Vec<i64>>,
    /// Per such group, the scores that its weights are made of.
    pub part_scores: Vec<i64>,
    /// How many 16-bit tiles an operand is the sum of, at most.
    pub terms: i64,
    /// Columns of every value operand (several accumulators may share one).
    pub values: Vec<i64>,
    /// Extent of the query dim, if it is a constant.
    pub queries: Option<i64>,
    /// Extent of the key dim, if it is a constant.
    pub keys: Option<i64>,
    /// Coordinates of the grid beside the query tiles, if that is a constant.
    pub batch: Option<i64>,
}

/// The columns of a value operand that one of so many column blocks computes: all of them where each block cannot have a share.
pub fn block_columns(columns: i64, blocks: i64) -> i64 {
    let share = round_up((columns + blocks - 1) / blocks, 16);
    if (blocks - 1) * share < columns { share.min(columns) } else { columns }
}

impl Footprint {
    /// The footprint of a grid tile that computes one of so many column blocks.
    fn in_blocks(&self, blocks: i64) -> Self {
        let share = |columns: &Vec<i64>| columns.iter().map(|columns| block_columns(*columns, blocks)).collect();
        Self {
            accumulators: self.accumulators.iter().map(share).collect(),
            values: share(&self.values),
            batch: self.batch.map(|batch| batch * blocks),
            ..self.clone()
        }
    }

    /// Scores that are live at once in a loop: of one part at a time where parts have loops of their own.
    fn loop_scores(&self, apart: bool) -> i64 {
        let most = self.part_scores.iter().copied().max().unwrap_or(1).max(1);
        if apart { most } else { self.score_depths.len() as i64 }
    }

    /// Whether loops of their own would compute some score again.
    fn shares_scores(&self) -> bool {
        self.part_scores.iter().sum::<i64>() > self.score_depths.len() as i64
    }

    /// Columns in shared memory of so many of an operand.
    fn row(&self, columns: i64) -> i64 {
        if self.terms > 1 { dense_row(columns) } else { padded_row(columns) }
    }

    /// Columns in shared memory of the operands of one query or key in all scores.
    fn inner_columns(&self) -> i64 {
        self.score_depths.iter().map(|depth| self.row(*depth)).sum()
    }

    /// Columns in shared memory of all operands of one key.
    fn row_columns(&self) -> i64 {
        self.inner_columns() + self.values.iter().map(|columns| self.row(*columns)).sum::<i64>()
    }

    /// Registers of a thread for accumulators: of one part at a time where parts have loops of their own.
    fn accumulator_registers(&self, apart: bool) -> i64 {
        let of_part = |columns: &Vec<i64>| columns.iter().map(|columns| round_up(*columns, 8) / 2).sum::<i64>();
        let each = self.accumulators.iter().map(of_part);
        if apart { each.max().unwrap_or(0) } else { each.sum() }
    }
}

/// Registers of a thread for products that are summed from zero, where not all of an accumulator's columns are at once.
const PARTIAL_SUMS: i64 = 32;

/// Tile sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tiles {
    pub query: i64,
    pub key: i64,
    /// Fold each group of states by loops of its own.
    pub apart: bool,
    /// Blocks that the columns of values are cut into: each is computed by a grid tile of its own, from scores of its own.
    pub blocks: i64,
    /// Buffers of a tile that is filled once per grid tile, where that was planned for.
    pub once: i64,
}

impl Schedule {
    /// Parses a schedule.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] with what is wrong in the file.
    pub fn parse(text: &str) -> Result<Self, PassError> {
        toml::from_str(text).map_err(|error| PassError::Unsupported(format!("the schedule does not parse: {error}")))
    }

    /// The schedule of a target by name.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] for an unknown target.
    pub fn of(target: &str) -> Result<Self, PassError> {
        match target {
            "sm_90a" => Self::parse(&crate::schedule::text_of(target, SM_90A).map_err(PassError::Unsupported)?),
            other => Err(PassError::Unsupported(format!("no schedule for target '{other}'"))),
        }
    }

    /// Shrinks wanted tile sizes until registers (but for `margin` of them) and shared memory suffice, and the rows to what
    /// makes the grid shortest; `visited` says which keys the loops of each query tile visit. Columns of values are cut into
    /// as few blocks as possible, for each computes the scores again.
    ///
    /// # Errors
    /// [`PassError::Unsupported`] when even the narrowest tile does not fit.
    pub fn fit(
        &self,
        footprint: &Footprint,
        wanted: Tiles,
        margin: i64,
        visited: &dyn Fn(Tiles) -> Option<Vec<i64>>,
    ) -> Result<Tiles, PassError> {
        let widest = footprint.accumulators.iter().flatten().copied().max().unwrap_or(0);
        let blocks = 1..=((widest + 15) / 16).max(1);
        let mut chosen = blocks.flat_map(|blocks| {
            let (part, wanted) = (footprint.in_blocks(blocks), Tiles { blocks, ..wanted });
            let best = self.best_rows(&part, wanted, visited);
            if let Some(together) = self.fit_together(&part, best, margin) {
                return Some(Tiles { once: 1, ..together });
            }
            let rows: Vec<_> = (1..=best.query / 64).rev().map(|warpgroups| 64 * warpgroups).collect();
            // Fewer rows where the best leave no room to load the next keys beside the ones at hand.
            let ways: Vec<_> = if part.terms > 1 {
                rows.iter()
                    .flat_map(|query| Self::buffers(&part, *query).into_iter().map(|size| (*query, size)))
                    .collect()
            } else {
                Self::buffers(&part, best.query)
                    .into_iter()
                    .flat_map(|size| rows.iter().map(move |query| (*query, size)))
                    .collect()
            };
            let tiles = |query: i64| if query == best.query { best } else { Tiles { query, ..wanted } };
            ways.into_iter().find_map(|(query, size)| {
                let once = size.0[0];
                self.fit_keys(&part, tiles(query), margin, size).map(|tiles| Tiles { once, ..tiles })
            })
        });
        chosen.next().ok_or_else(|| {
            PassError::Unsupported(format!(
                "no key tile fits: score depths {:?}, accumulators of {:?} columns",
                footprint.score_depths, footprint.accumulators
            ))
        })
    }

    /// The rows of a grid tile that make the grid shortest, with the keys that go with them.
    fn best_rows(&self, footprint: &Footprint, wanted: Tiles, visited: &dyn Fn(Tiles) -> Option<Vec<i64>>) -> Tiles {
        let most = wanted.query.min(footprint.queries.map_or(i64::MAX, |extent| round_up(extent.max(1), 64)));
        // The registers of a third warpgroup hold the sums and the weights of tiles that are split.
        let most = if footprint.terms > 1 { most.min(128) } else { most };
        let candidates = (1..=most / 64).rev().map(|warpgroups| 64 * warpgroups);
        // Few keys leave room for several blocks of one warpgroup.
        let few = Tiles { query: 64, key: wanted.key.min(self.distribute.short_key), ..wanted };
        let long = footprint.queries.is_none_or(|extent| extent > 64);
        let all = candidates.map(|query| Tiles { query, ..wanted }).chain(long.then_some(few));
        let timed = all.filter_map(|tiles| Some((tiles, self.time(tiles, footprint, &visited(tiles)?)?)));
        let alone = |tiles: &Tiles, blocks: i64| *tiles == few && few.key < wanted.key && blocks < 2;
        let timed = timed.filter(|(tiles, (_, blocks))| !alone(tiles, *blocks));
        let best = timed.min_by(|a, b| a.1.0.total_cmp(&b.1.0));
        best.map_or(Tiles { query: most, ..wanted }, |(tiles, _)| tiles)
    }

    /// The key tile for so many rows, with room for `buffers` of keys and values.
    fn fit_keys(
        &self,
        footprint: &Footprint,
        wanted: Tiles,
        margin: i64,
        (buffers, least): ([i64; 2], i64),
    ) -> Option<Tiles> {
        let widest = if footprint.queries.is_some_and(|extent| extent <= 64) {
            let bytes = (2 * footprint.terms * footprint.row_columns()).max(1);
            wanted.key.min(self.distribute.short_key.max(self.distribute.short_bytes / bytes / 16 * 16))
        } else {
            wanted.key
        };
        let limit = widest.min(footprint.keys.map_or(i64::MAX, |extent| round_up(extent.max(1), 16)));
        let candidates = [limit].into_iter().chain(self.distribute.keys.iter().copied().filter(|key| *key < limit));
        // Loops of their own compute scores again, or load values again, but can be rotated.
        if footprint.accumulators.len() > 1 && !self.rotates_together(footprint, Tiles { key: limit, ..wanted }, margin)
        {
            let rotates = |key: &i64| {
                let tiles = Tiles { key: *key, apart: true, ..wanted };
                let live = footprint.loop_scores(true);
                *key >= WIDE_KEYS
                    && self.fits(footprint, tiles, margin, [1, 1])
                    && self.rotates(footprint, tiles, [live, 1], margin)
            };
            if let Some(key) = candidates.clone().find(rotates) {
                return Some(Tiles { key, apart: true, ..wanted });
            }
        }
        let most = if buffers == [1, 1] && ALONE.contains(&least) { least } else { limit };
        let fits = |key: &i64| *key <= most && self.fits(footprint, Tiles { key: *key, ..wanted }, margin, buffers);
        let fitting: Vec<_> = candidates.filter(|key| *key >= least.min(limit) && fits(key)).collect();
        // The widest, but for a narrower one that leaves less of the last step empty.
        let rest = |key: i64| footprint.keys.is_some_and(|keys| keys % key != 0);
        let key = fitting.iter().copied().min_by_key(|key| (self.steps_cost(footprint.keys, *key), rest(*key)))?;
        Some(Tiles { key, apart: false, ..wanted })
    }

    /// Whether one loop for all parts can be rotated.
    fn rotates_together(&self, footprint: &Footprint, tiles: Tiles, margin: i64) -> bool {
        let parts = footprint.accumulators.len() as i64;
        let margin = margin + self.distribute.state_registers * (parts - 1);
        self.fits(footprint, tiles, margin, [1, 1])
            && self.rotates(footprint, tiles, [footprint.loop_scores(false), parts], margin)
    }

    /// Whether one loop for all parts has the registers if products overlap: the weights of one are on their way at a time.
    fn overlaps(&self, footprint: &Footprint, tiles: Tiles, margin: i64) -> bool {
        // Small margins take the loop over the tiles of a block away first, larger ones keys: not many, for accumulators stay.
        let margin = (margin - TILES_MARGIN).max(0) / 2;
        let row = footprint.row_columns();
        let bytes = 2 * (tiles.query * footprint.inner_columns() + 2 * tiles.key * row) + 2048;
        footprint.terms == 1
            && self.rotates(footprint, tiles, [footprint.loop_scores(false), 1], margin)
            && bytes <= self.target.shared_memory
    }

    /// The most rows and keys, of so many rows at most, with which one loop for all parts can be rotated, or its products overlap, where
    /// loops of their own would compute some score again.
    fn fit_together(&self, footprint: &Footprint, wanted: Tiles, margin: i64) -> Option<Tiles> {
        if footprint.accumulators.len() < 2 || !footprint.shares_scores() {
            return None;
        }
        let rows = (1..=wanted.query / 64).rev().map(|warpgroups| 64 * warpgroups);
        let all =
            rows.flat_map(|query| self.distribute.keys.iter().map(move |key| Tiles { query, key: *key, ..wanted }));
        let all: Vec<_> = all.filter(|tiles| (OVERLAPPED_KEYS..=wanted.key).contains(&tiles.key)).collect();
        let rotated =
            all.iter().find(|tiles| tiles.key >= WIDE_KEYS && self.rotates_together(footprint, **tiles, margin));
        rotated.or_else(|| all.iter().find(|tiles| self.overlaps(footprint, **tiles, margin))).copied()
    }

    /// How long a grid takes, in units of one key and one row at the best rate: its share of the multiprocessors, but no less
    /// than the waves of its mean tile and than its longest; and how many blocks share a multiprocessor.
    fn time(&self, tiles: Tiles, footprint: &Footprint, visited: &[i64]) -> Option<(f64, i64)> {
        let warpgroups = (tiles.query / 64).max(1) as usize;
        let widest = footprint.accumulators.iter().flatten().copied().max().unwrap_or(0);
        let rates = self.distribute.rates.iter().find(|rates| widest <= rates.value);
        let count = (visited.len() as i64 * footprint.batch?).max(1);
        let most = if warpgroups == 1 { self.expected_residents(footprint, tiles.key) } else { 1 };
        let residents = most.min(count / self.target.multiprocessors).max(1);
        let rate = match rates {
            Some(rates) if residents > 1 => rates.residents / residents as f64,
            rates => rates.and_then(|rates| rates.warpgroups.get(warpgroups - 1)).copied().unwrap_or(1.0),
        };
        let cost = |keys: i64| (keys + self.distribute.tile_cost) as f64 * tiles.query as f64 / rate;
        let mean = visited.iter().map(|keys| cost(*keys)).sum::<f64>() / visited.len().max(1) as f64;
        let longest = visited.iter().map(|keys| cost(*keys)).fold(0.0, f64::max);
        let processors = (residents * self.target.multiprocessors) as f64;
        let even = visited.iter().all(|keys| Some(keys) == visited.first());
        let waves = count as f64 / processors;
        let waves = if even { waves.ceil() } else { waves };
        Some(((waves * mean).max(longest), residents))
    }

    /// What the steps over all keys cost with key tiles of a width, in keys; 0 where their number is not known.
    fn steps_cost(&self, keys: Option<i64>, width: i64) -> i64 {
        keys.map_or(0, |keys| {
            let steps = (keys + width - 1) / width;
            let rest = if keys % width == 0 { 0 } else { self.distribute.rest_cost };
            steps * (width + self.distribute.step_cost) + rest
        })
    }

    /// Buffers to have room for with so many rows, of a tile that is filled once per grid tile and of a loop's, with the narrowest key tile that
    /// is worth it. One of each is what must be; wide keys and operands that are sums of tiles are so large that rings are planned for.
    fn buffers(footprint: &Footprint, query: i64) -> Vec<([i64; 2], i64)> {
        if footprint.terms > 1 {
            let [wide, narrow] = ALONE;
            let all = [([2, 2], 48), ([1, 2], 64), ([1, 1], wide), ([1, 1], narrow), ([1, 2], 32), ([1, 1], 16)];
            all.into_iter().filter(|(buffers, least)| *buffers != [1, 1] || *least == 16 || query > 64).collect()
        } else {
            vec![([1, 2], NARROW_KEYS), ([1, 1], 1)]
        }
    }

    /// Whether registers and so many buffers suffice.
    fn fits(&self, footprint: &Footprint, tiles: Tiles, margin: i64, [once, ring]: [i64; 2]) -> bool {
        let Tiles { query, key, apart, .. } = tiles;
        let accumulators = footprint.accumulator_registers(apart);
        // The scores of one weight are live at once, and a rounded copy is on its way into the second contraction.
        let live = if apart { footprint.loop_scores(true) } else { footprint.live_scores };
        let sums = if footprint.terms > 1 { PARTIAL_SUMS.min(accumulators) } else { 0 };
        let scores = key / 2 * live + key / 4 * footprint.terms + sums;
        let warpgroups = round_up(query, 64) / 64;
        let states = footprint.accumulators.iter().map(|part| part.len() as i64);
        let states = if apart { states.max().unwrap_or(0) } else { states.sum() };
        let registers = accumulators
            + scores
            + self.distribute.overhead_registers
            + margin
            + self.distribute.state_registers * (states - 1).max(0);
        let row = footprint.row_columns();
        let bytes = 2 * footprint.terms * (once * query * footprint.inner_columns() + ring * key * row) + 2048;
        registers <= self.consumer_registers(warpgroups, Copies::None)
            && (ring == 1 || self.rotates(footprint, tiles, [live, live], margin))
            && bytes <= self.target.shared_memory
            && footprint.accumulators.iter().flatten().all(|columns| *columns <= 256)
    }

    /// Whether rotated loops have the registers: the accumulators of a loop, so many scores, so many weights of the step before.
    fn rotates(&self, footprint: &Footprint, tiles: Tiles, [scores, weights]: [i64; 2], margin: i64) -> bool {
        let accumulators = footprint.accumulator_registers(tiles.apart);
        let accumulators = if footprint.terms > 1 { 2 * accumulators } else { accumulators };
        let weights = tiles.key / 2 * scores + tiles.key / 4 * weights * footprint.terms;
        accumulators + weights + self.distribute.rotated_registers + margin
            <= self.consumer_registers(round_up(tiles.query, 64) / 64, Copies::None)
    }

    /// How many blocks of one consumer warpgroup share a multiprocessor.
    pub fn residents(&self, needs: &Needs) -> i64 {
        let Distribute { residents, resident_bytes, short_ring, short_bytes, .. } = self.distribute;
        let bytes = |blocks: i64| match () {
            () if !needs.once => resident_bytes,
            () if needs.single && blocks == 2 => blocks * short_ring * short_bytes,
            () => short_ring * short_bytes,
        };
        let fits = |blocks: &i64| {
            self.split(1, Copies::None, *blocks).1 >= needs.registers
                && self.launch_registers(1, *blocks) >= needs.columns / 2 + WGMMA_REGISTERS
                && blocks * needs.ring <= bytes(*blocks)
                && blocks * (needs.shared + BLOCK_BYTES) <= self.target.shared_memory + BLOCK_BYTES
        };
        (2..=residents).rev().find(fits).unwrap_or(1)
    }

    /// [`Self::residents`] of a footprint with so many keys in a tile, before anything is planned.
    fn expected_residents(&self, footprint: &Footprint, key: i64) -> i64 {
        let [accumulators] = &footprint.accumulators[..] else { return 1 };
        let Distribute { short_ring, rotated_registers, .. } = self.distribute;
        let ring = 2 * short_ring * key * footprint.row_columns();
        let needs = Needs {
            registers: footprint.accumulator_registers(false) + key / 2 + key / 4 + rotated_registers,
            columns: accumulators.iter().copied().max().unwrap_or(0).max(key),
            ring,
            shared: ring + 2 * 2 * 64 * footprint.inner_columns() + BLOCK_BYTES,
            once: footprint.queries.is_some_and(|extent| extent <= 64),
            single: false,
        };
        if footprint.terms > 1 || footprint.live_scores > 1 { 1 } else { self.residents(&needs) }
    }
}

/// Keys whose scores and products take as long as the next ones need to be loaded, where operands are sums of tiles and two warpgroups
/// take turns: one buffer of them is enough. The more keys the fewer steps: D=128 on an H100, 80 against 64: 0.64 to 0.82 ms, causal 0.39 to 0.49.
const ALONE: [i64; 2] = [80, 64];

/// The largest margin by which a loop over the tiles of a block is given up, but no keys.
const TILES_MARGIN: i64 = 12;

/// Key tiles that loops of several parts have at least, and where products of one step overlap.
const WIDE_KEYS: i64 = 64;
const OVERLAPPED_KEYS: i64 = 16;

/// Key tiles narrower than this are worse than fewer rows, or one buffer.
const NARROW_KEYS: i64 = 32;

/// Shared memory that a block takes beside its own.
const BLOCK_BYTES: i64 = 1024;

/// Registers of a thread that a wgmma takes beside its result, at launch.
const WGMMA_REGISTERS: i64 = 24;

/// Columns a row of 16-bit elements takes in shared memory.
pub fn padded_row(columns: i64) -> i64 {
    match columns {
        i64::MIN..=16 => 16,
        17..=32 => 32,
        _ => round_up(columns, 64),
    }
}

/// The same with more and narrower chunks, where they hold less padding.
pub fn dense_row(columns: i64) -> i64 {
    if columns <= 16 { 16 } else { round_up(columns, 32) }
}

/// The next multiple of `unit`.
pub fn round_up(value: i64, unit: i64) -> i64 {
    (value + unit - 1) / unit * unit
}

#[cfg(test)]
mod tests;
