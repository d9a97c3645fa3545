//! What kernel ops say, and what is wrong with one.

use super::{Action, Float8, Half, Instruction, Lane, Left, Mma, PREFIX, Tile};
use crate::{
    ffi,
    ir::{self, Attr, Op, Type, Val},
};
use melior::ir::{
    AttributeLike,
    attribute::{DenseI32ArrayAttribute, TypeAttribute},
};

impl<'c> Instruction<'c> {
    /// Reads an op; `None` for one of another dialect.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(op: Op<'c>) -> Result<Option<Self>, String> {
        let Some(name) = ir::name(op).strip_prefix(PREFIX) else { return Ok(None) };
        let reader = Reader { op, operands: ir::operands(op) };
        reader.instruction(name).map(Some)
    }
}

/// An op that is read.
struct Reader<'c> {
    op: Op<'c>,
    operands: Vec<Val<'c>>,
}

impl<'c> Reader<'c> {
    fn instruction(&self, name: &str) -> Result<Instruction<'c>, String> {
        Ok(match name {
            "thread" => Instruction::Thread { again: self.flag("again")? },
            "block" => Instruction::Block,
            "blocks" => Instruction::Blocks,
            "shared" => Instruction::Shared,
            "registers" => self.registers()?,
            "await_grids" => Instruction::AwaitGrids,
            "uniform" => Instruction::Uniform(self.operand(0)?),
            "opaque" => Instruction::Opaque(self.opaque()?),
            "pack" => Instruction::Pack {
                low: self.operand(0)?,
                high: self.operand(1)?,
                element: self.half()?,
                fixed: self.flag("fixed")?,
            },
            "extend_float8" => Instruction::ExtendFloat8 { bits: self.operand(0)?, element: self.float8()? },
            "truncate_float8" => {
                Instruction::TruncateFloat8 { low: self.operand(0)?, high: self.operand(1)?, element: self.float8()? }
            }
            "elect" => Instruction::Elect,
            "shuffle" => self.shuffle()?,
            "vote" => Instruction::Vote(self.operand(0)?),
            "sync_warp" => Instruction::SyncWarp,
            "sync" => Instruction::Sync,
            "barrier" => Instruction::Barrier { id: self.operand(0)?, threads: self.warps("threads")? },
            "arrive" => Instruction::Arrive { id: self.operand(0)?, threads: self.warps("threads")? },
            "init_barrier" => {
                Instruction::InitBarrier { address: self.operand(0)?, arrivals: self.at_least("arrivals", 1)? }
            }
            "fence_init" => Instruction::FenceInit,
            "expect" => Instruction::Expect { address: self.operand(0)?, bytes: self.at_least("bytes", 0)? },
            "arrive_barrier" => Instruction::ArriveBarrier {
                address: self.operand(0)?,
                condition: self.operands.get(1).copied(),
                count: self.at_least("count", 1)?,
            },
            "wait" => Instruction::Wait { address: self.operand(0)?, parity: self.operand(1)? },
            "fill" => Instruction::Fill {
                map: self.map()?,
                target: self.operand(1)?,
                barrier: self.operand(2)?,
                coordinates: self.coordinates(3)?,
            },
            "drain" => {
                Instruction::Drain { map: self.map()?, source: self.operand(1)?, coordinates: self.coordinates(2)? }
            }
            "commit" => Instruction::Commit,
            "await_drains" => {
                Instruction::AwaitDrains { pending: self.at_least("pending", 0)?, read: self.flag("read")? }
            }
            "fence_engine" => Instruction::FenceEngine,
            "load" => self.load()?,
            "store" => {
                neighbours(self.operands.len() - 1)?;
                Instruction::Store { address: self.operand(0)?, values: self.operands[1..].to_vec() }
            }
            "load_matrix" => {
                self.count("words", ir::results(self.op).len(), 4)?;
                Instruction::LoadMatrix(self.operand(0)?)
            }
            "store_matrix" => {
                self.count("words", self.operands.len() - 1, 4)?;
                Instruction::StoreMatrix { address: self.operand(0)?, words: self.operands[1..].to_vec() }
            }
            "mma" => Instruction::Mma(self.mma()?),
            "await" => self.wait_for_products()?,
            "mma_warp" => self.mma_warp()?,
            other => return Err(format!("'{other}' is no op of the kernel dialect")),
        })
    }

    fn operand(&self, number: usize) -> Result<Val<'c>, String> {
        self.operands.get(number).copied().ok_or_else(|| format!("expected more than {number} operands"))
    }

    fn attribute(&self, name: &str) -> Result<Attr<'c>, String> {
        ir::attr(self.op, name).ok_or_else(|| format!("requires attribute '{name}'"))
    }

    fn flag(&self, name: &str) -> Result<bool, String> {
        flag(name, self.attribute(name)?)
    }

    fn int(&self, name: &str) -> Result<i64, String> {
        int(name, self.attribute(name)?)
    }

    fn text(&self, name: &str) -> Result<&'c str, String> {
        ir::string_attr(self.attribute(name)?).ok_or_else(|| format!("'{name}' must be a string"))
    }

    fn at_least(&self, name: &str, least: i64) -> Result<i64, String> {
        let value = self.int(name)?;
        if value < least {
            return Err(format!("'{name}' must be at least {least}, but is {value}"));
        }
        Ok(value)
    }

    /// A number of threads that is one of whole warps.
    fn warps(&self, name: &str) -> Result<i64, String> {
        let threads = self.at_least(name, 32)?;
        if threads % 32 != 0 {
            return Err(format!("'{name}' must be a multiple of 32, but is {threads}"));
        }
        Ok(threads)
    }

    fn count(&self, what: &str, found: usize, expected: usize) -> Result<(), String> {
        if found == expected { Ok(()) } else { Err(format!("expected {expected} {what}, found {found}")) }
    }

    fn element(&self) -> Result<Type<'c>, String> {
        let attribute = TypeAttribute::try_from(self.attribute("element")?);
        attribute.map(|attribute| attribute.value()).map_err(|_| "'element' must be a type".to_string())
    }

    fn half(&self) -> Result<Half, String> {
        let ty = self.element()?;
        Half::of(ty).ok_or_else(|| format!("'element' must be bf16 or f16, but is {ty}"))
    }

    fn float8(&self) -> Result<Float8, String> {
        let ty = self.element()?;
        Float8::of(ty).ok_or_else(|| format!("'element' must be f8E4M3FN or f8E5M2, but is {ty}"))
    }

    fn registers(&self) -> Result<Instruction<'c>, String> {
        let text = self.text("action")?;
        let action = [Action::Increase, Action::Decrease].into_iter().find(|action| action.name() == text);
        let action = action.ok_or_else(|| format!("'action' must be increase or decrease, but is '{text}'"))?;
        let count = self.at_least("count", 24)?;
        if count > 256 || count % 8 != 0 {
            return Err(format!("'count' must be a multiple of 8 of at most 256, but is {count}"));
        }
        Ok(Instruction::Registers { action, count })
    }

    fn opaque(&self) -> Result<Val<'c>, String> {
        let value = self.operand(0)?;
        match &*ir::type_name(ir::type_of(value)) {
            "i32" | "!llvm.ptr" => Ok(value),
            other => Err(format!("operand must be i32 or !llvm.ptr, but is {other}")),
        }
    }

    fn shuffle(&self) -> Result<Instruction<'c>, String> {
        let (value, text, lane) = (self.operand(0)?, self.text("kind")?, self.at_least("lane", 0)?);
        let kind = [Lane::Index, Lane::Butterfly].into_iter().find(|kind| kind.name() == text);
        let kind = kind.ok_or_else(|| format!("'kind' must be idx or bfly, but is '{text}'"))?;
        let ty = ir::type_of(value);
        if !matches!(&*ir::type_name(ty), "i32" | "f32") {
            return Err(format!("operand must be i32 or f32, but is {ty}"));
        }
        if lane > 31 {
            return Err(format!("'lane' must be at most 31, but is {lane}"));
        }
        Ok(Instruction::Shuffle { value, kind, lane })
    }

    fn map(&self) -> Result<Val<'c>, String> {
        let map = self.operand(0)?;
        let ty = ir::type_of(map);
        if ir::type_name(ty) == "!llvm.ptr" { Ok(map) } else { Err(format!("'map' must be !llvm.ptr, but is {ty}")) }
    }

    fn coordinates(&self, first: usize) -> Result<Vec<Val<'c>>, String> {
        let coordinates = self.operands.get(first..).unwrap_or_default().to_vec();
        if (1..=5).contains(&coordinates.len()) {
            Ok(coordinates)
        } else {
            Err(format!("expected 1 to 5 coordinates, found {}", coordinates.len()))
        }
    }

    fn load(&self) -> Result<Instruction<'c>, String> {
        let results = ir::results(self.op);
        neighbours(results.len())?;
        let (address, offset) = (self.operand(0)?, self.int("offset")?);
        let element = ir::type_of(results[0]);
        Ok(Instruction::Load { address, offset, volatile: self.flag("volatile")?, element, count: results.len() })
    }

    /// The operands by groups.
    fn groups<const N: usize>(&self) -> Result<[Vec<Val<'c>>; N], String> {
        let sizes = DenseI32ArrayAttribute::try_from(self.attribute("operandSegmentSizes")?)
            .map_err(|_| "'operandSegmentSizes' must be an array of i32".to_string())?;
        let sizes: Vec<_> =
            (0..sizes.len()).filter_map(|at| sizes.element(at).ok()).map(|size| size as usize).collect();
        if sizes.len() != N || sizes.iter().sum::<usize>() != self.operands.len() {
            return Err(format!("'operandSegmentSizes' must be {N} sizes that add up to {}", self.operands.len()));
        }
        let mut rest = &self.operands[..];
        Ok(std::array::from_fn(|group| {
            let (own, others) = rest.split_at(sizes[group]);
            rest = others;
            own.to_vec()
        }))
    }

    fn list(&self, name: &str) -> Result<Vec<Attr<'c>>, String> {
        ffi::array_elements(self.attribute(name)?).ok_or_else(|| format!("'{name}' must be an array"))
    }

    fn mma(&self) -> Result<Mma<'c>, String> {
        let [accumulators, adds, left, right] = self.groups()?;
        let (columns, depth) = (self.at_least("columns", 8)?, self.at_least("depth", 16)?);
        if columns % 8 != 0 || columns > 256 {
            return Err(format!("'columns' must be a multiple of 8 of at most 256, but is {columns}"));
        }
        if depth % 16 != 0 {
            return Err(format!("'depth' must be a multiple of 16, but is {depth}"));
        }
        let mut operands = left.into_iter();
        let mut lefts = vec![];
        for layout in self.list("lefts")? {
            let words = if layout.is_unit() { depth as usize / 4 } else { 1 };
            let own: Vec<_> = operands.by_ref().take(words).collect();
            self.count("words of a left operand", own.len(), words)?;
            lefts.push(if layout.is_unit() { Left::Words(own) } else { Left::Shared(tile(layout)?, own[0]) });
        }
        self.count("left operands more", operands.count(), 0)?;
        let layouts = self.list("rights")?;
        self.count("right operands", right.len(), layouts.len())?;
        let rights = layouts
            .into_iter()
            .zip(right)
            .map(|(layout, address)| Ok((tile(layout)?, address)))
            .collect::<Result<_, String>>()?;
        let mut mma = Mma {
            columns,
            depth,
            element: self.half()?,
            products: vec![],
            accumulators,
            adds: adds.first().copied(),
            lefts,
            rights,
        };
        for product in self.list("products")? {
            mma.products.push(pair(product, [mma.lefts.len(), mma.rights.len()])?);
        }
        if mma.products.is_empty() {
            return Err("expected at least one product".into());
        }
        self.count("sums", ir::results(self.op).len(), mma.sums())?;
        if !mma.accumulators.is_empty() {
            self.count("accumulators", mma.accumulators.len(), mma.sums())?;
        }
        if mma.adds.is_some() && mma.accumulators.is_empty() {
            return Err("'adds' needs accumulators".into());
        }
        Ok(mma)
    }

    fn wait_for_products(&self) -> Result<Instruction<'c>, String> {
        let [sums, pins, scratch] = self.groups()?;
        self.count("results", ir::results(self.op).len(), sums.len())?;
        if scratch.is_empty() != pins.is_empty() {
            return Err("'scratch' must be there where 'pins' are".into());
        }
        let (pending, offset) = (self.at_least("pending", 0)?, self.at_least("offset", 0)?);
        Ok(Instruction::Await { sums, pins, scratch: scratch.first().copied(), pending, offset })
    }

    fn mma_warp(&self) -> Result<Instruction<'c>, String> {
        let [left, right, sums] = self.groups()?;
        self.count("left words", left.len(), 4)?;
        self.count("right words", right.len(), 2)?;
        self.count("sums", sums.len(), 4)?;
        self.count("results", ir::results(self.op).len(), 4)?;
        Ok(Instruction::MmaWarp { left, right, sums, element: self.half()? })
    }
}

fn int(name: &str, attribute: Attr<'_>) -> Result<i64, String> {
    ir::int_attr(attribute).ok_or_else(|| format!("'{name}' must be an integer"))
}

fn flag(name: &str, attribute: Attr<'_>) -> Result<bool, String> {
    match &*attribute.to_string() {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(format!("'{name}' must be true or false, but is {other}")),
    }
}

/// Whether so many words can be loaded or stored together.
fn neighbours(count: usize) -> Result<(), String> {
    if matches!(count, 1 | 2 | 4) { Ok(()) } else { Err(format!("expected 1, 2 or 4 values, found {count}")) }
}

fn tile(attribute: Attr<'_>) -> Result<Tile, String> {
    let field = |name: &str| {
        ffi::dictionary_get(attribute, name).ok_or_else(|| format!("a tile requires '{name}': {attribute}"))
    };
    let number = |name: &str| int(name, field(name)?);
    let tile = Tile {
        rows: number("rows")?,
        columns: number("columns")?,
        swizzle: number("swizzle")?,
        inner: flag("inner", field("inner")?)?,
        first: number("first")?,
    };
    if !matches!(tile.swizzle, 32 | 64 | 128) {
        return Err(format!("'swizzle' must be 32, 64 or 128, but is {}", tile.swizzle));
    }
    if tile.rows < 8 || tile.columns < 1 || tile.first < 0 {
        return Err(format!("a tile must have at least 8 rows and a column: {attribute}"));
    }
    Ok(tile)
}

fn pair(attribute: Attr<'_>, counts: [usize; 2]) -> Result<[usize; 2], String> {
    let numbers = ffi::array_elements(attribute).unwrap_or_default();
    let numbers: Vec<_> = numbers.into_iter().filter_map(ir::int_attr).map(|number| number as usize).collect();
    match numbers[..] {
        [left, right] if left < counts[0] && right < counts[1] => Ok([left, right]),
        _ => Err(format!("a product is a pair of a left and a right operand, not {attribute}")),
    }
}
