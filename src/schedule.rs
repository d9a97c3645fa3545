//! Schedules: how a target wants tiles, read from `pipelines/<target>.toml`.
//!
//! A schedule file has one table per consumer; this module reads `[tile]`. Nothing has a default: the
//! file spells every choice out, and an unknown key is an error.

use serde::Deserialize;

/// The schedules that ship with the crate, by target name.
pub const SHIPPED: &[(&str, &str)] =
    &[("cpu", include_str!("../pipelines/cpu.toml")), ("sm_90a", include_str!("../pipelines/sm_90a.toml"))];

/// The ways to multiply f32 on a matrix unit that multiplies 16-bit numbers.
pub const F32_WAYS: [&str; 2] = ["split", "tf32"];

/// The text of a target's schedule: the file that `FLASHLIGHT_SCHEDULE_<TARGET>` names (for experiments), else `shipped`.
///
/// # Errors
/// When the named file cannot be read.
pub fn text_of(target: &str, shipped: &str) -> Result<String, String> {
    match std::env::var_os(format!("FLASHLIGHT_SCHEDULE_{}", target.to_uppercase())) {
        Some(path) => std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display())),
        None => Ok(shipped.into()),
    }
}

/// Which way a score tile lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// `S[m, n]`, `acc[m, d]`: a matrix unit computes rows of queries.
    RowsAreQueries,
    /// `S[n, m]`, `acc[d, m]`: queries lie on the vector lanes.
    LanesAreQueries,
}

/// The type weights have in the second contraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightType {
    /// The element type of the value operand.
    Operand,
    /// What they were computed in.
    F32,
}

/// Where key tiles are tested at run time, if the mask depends on data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TileTests {
    /// In the loop, before each tile is computed.
    Inside,
    /// Before the nest: it gets the range of each query tile.
    Ahead,
}

/// A tile of a contraction outside of fused ops.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractionTile {
    /// Rows, columns and depth of a step.
    pub tile: [i64; 3],
    /// How fast a processor is with it, against the fastest.
    pub rate: f64,
}

/// The size of a query tile and a key tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileSize {
    /// The entry holds for contractions of scores up to this deep,
    pub depth: i64,
    /// and for values up to this wide.
    pub value: i64,
    /// Queries in a tile.
    pub query: i64,
    /// Keys in a tile.
    pub key: i64,
}

/// The `[tile]` table of a schedule.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TileSchedule {
    pub orientation: Orientation,
    /// The type of the weights in the second contraction.
    pub p_type: WeightType,
    /// How many bf16 numbers an f32 operand of a contraction is the sum of, for a matrix unit that multiplies 16-bit numbers; 1
    /// where f32 is multiplied as it is.
    pub f32_terms: i64,
    /// Reduction and value dims of a tile are padded with zeros to a multiple of this.
    pub head_multiple: i64,
    /// Where a key tile that may be dead is tested at run time.
    pub test_tiles: TileTests,
    /// Rows a matrix unit computes whether they are used or not: an op with fewer gets more of them, or one where it has
    /// none. 0 leaves ops as they are.
    pub pack_rows: i64,
    /// Blocks that fill the target. Where a grid has so few that each could be several, the keys are split. 0: never.
    pub fill_blocks: i64,
    /// The fewest keys a part of them has.
    pub split_keys: i64,
    /// As `fill_blocks` where all rows fit one warpgroup and parts would have at most so many keys.
    pub fill_parts: i64,
    pub short_keys: i64,
    /// Tiles of contractions outside of fused ops: that of the shortest time is taken. Empty: contractions are left as they are.
    pub contractions: Vec<ContractionTile>,
    /// The same where operands are sums of tensors: tiles of all of them are loaded.
    pub split_contractions: Vec<ContractionTile>,
    /// The same where the operand of the rows is loaded as f32, and taken apart in registers.
    pub register_contractions: Vec<ContractionTile>,
    /// The same for a target whose lanes multiply f32: operands become tiles of f32 that lie as they are read. The first that makes at least
    /// `lane_tiles` tiles is taken, or the last.
    pub lane_contractions: Vec<ContractionTile>,
    pub lane_tiles: i64,
    /// The same where there are no more rows than it has: the time goes to reading the columns' operand.
    pub lane_few_rows: Vec<ContractionTile>,
    /// What it takes to take a number of a tensor apart, to read or write a number where parts of a depth are added up, and to have one more
    /// kernel, in the time that one processor multiplies two numbers in with the fastest of `split_contractions`.
    pub split_cost: f64,
    pub sum_cost: f64,
    pub kernel_cost: f64,
    /// The least depth of a part that tiles of their own sum.
    pub split_depth: i64,
    /// What a tile of a contraction costs beside its depth, as so much more depth.
    pub contraction_cost: i64,
    /// Tile sizes; the first entry whose `depth` and `value` are large enough is taken.
    pub sizes: Vec<TileSize>,
    /// Registers per GPU thread to plan without: not in the file, set by a pass option.
    #[serde(skip)]
    pub margin: i64,
}

impl TileSchedule {
    /// Reads the `[tile]` table of a schedule file.
    ///
    /// # Errors
    /// What is wrong with the text, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut file: toml::Table = toml::from_str(text).map_err(|error| error.to_string())?;
        let table = file.remove("tile").ok_or("a schedule needs a [tile] table")?;
        let schedule: Self = table.try_into().map_err(|error: toml::de::Error| format!("in [tile]: {error}"))?;
        if schedule.head_multiple < 1 {
            return Err(format!("in [tile]: head_multiple must be positive, not {}", schedule.head_multiple));
        }
        if schedule.sizes.is_empty() {
            return Err("in [tile]: 'sizes' is empty".into());
        }
        match schedule.sizes.iter().find(|size| size.query < 1 || size.key < 1) {
            Some(size) => Err(format!("in [tile]: a tile of {}x{} is empty", size.query, size.key)),
            None => Ok(schedule),
        }
    }

    /// The schedule that ships for a target.
    ///
    /// # Errors
    /// When there is none.
    pub fn shipped(target: &str) -> Result<Self, String> {
        let (_, text) = SHIPPED.iter().find(|(name, _)| *name == target).ok_or_else(|| {
            let known: Vec<_> = SHIPPED.iter().map(|(name, _)| *name).collect();
            format!("unknown target '{target}' (one of: {})", known.join(", "))
        })?;
        Self::parse(&text_of(target, text)?)
    }

    /// Sets how a matrix unit that multiplies 16-bit numbers multiplies f32: one of [`F32_WAYS`].
    pub fn multiply_f32(&mut self, way: &str) {
        if way == F32_WAYS[1] {
            self.f32_terms = self.f32_terms.min(2);
        }
    }

    /// The tile size for the largest reduction extent and the largest value extent; the last entry when none is large enough.
    pub fn size(&self, depth: i64, value: i64) -> TileSize {
        let fits = self.sizes.iter().find(|size| depth <= size.depth && value <= size.value);
        *fits.unwrap_or(&self.sizes[self.sizes.len() - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_schedules_parse() {
        for (target, _) in SHIPPED {
            assert!(TileSchedule::shipped(target).is_ok(), "{target}");
        }
    }

    #[test]
    fn unknown_keys_are_errors() {
        let text = "[tile]\norientation = \"rows-are-queries\"\np_type = \"f32\"\nf32_terms = 1\nhead_multiple = 1\ntest_tiles = \"inside\"\nsize = 3\nsizes = []";
        assert!(TileSchedule::parse(text).is_err_and(|error| error.contains("unknown field `size`")));
    }
}
