//! Kernel ops from what they say.

use super::{Instruction, Left, Mma, PREFIX, Tile};
use crate::ir::{self, Attr, Builder, Op, Type, Val};

impl<'c> Instruction<'c> {
    /// Writes the op and returns its results.
    pub fn build(&self, b: &Builder<'c>) -> Vec<Val<'c>> {
        ir::results(self.build_op(b))
    }

    /// Writes an op of one result.
    ///
    /// # Panics
    /// When it has none.
    pub fn value(&self, b: &Builder<'c>) -> Val<'c> {
        self.build(b)[0]
    }

    fn build_op(&self, b: &Builder<'c>) -> Op<'c> {
        let op = |name: &str| b.op(&format!("{PREFIX}{name}"));
        let int = |value: i64| b.i64_attr(value);
        let flag = |value: bool| b.attr(if value { "true" } else { "false" });
        let element = |name: &str| ir::type_attr(b.ty(name));
        let (i1, i16, i32) = (b.int_type(1), b.int_type(16), b.int_type(32));
        let spec = match self {
            Self::Thread { again } => op("thread").attr("again", flag(*again)).results(&[i32]),
            Self::Block => op("block").results(&[i32]),
            Self::Blocks => op("blocks").results(&[i32]),
            Self::Shared => op("shared").results(&[i32]),
            Self::Registers { action, count } => {
                op("registers").attr("action", b.str_attr(action.name())).attr("count", int(*count))
            }
            Self::AwaitGrids => op("await_grids"),
            Self::Uniform(value) => op("uniform").operands(&[*value]).results(&[i32]),
            Self::Opaque(value) => op("opaque").operands(&[*value]).results(&[ir::type_of(*value)]),
            Self::Pack { low, high, element: half, fixed } => op("pack")
                .operands(&[*low, *high])
                .attr("element", element(half.name()))
                .attr("fixed", flag(*fixed))
                .results(&[i32]),
            Self::ExtendFloat8 { bits, element: float } => {
                op("extend_float8").operands(&[*bits]).attr("element", element(float.name())).results(&[i32])
            }
            Self::TruncateFloat8 { low, high, element: float } => {
                op("truncate_float8").operands(&[*low, *high]).attr("element", element(float.name())).results(&[i16])
            }
            Self::Elect => op("elect").results(&[i1]),
            Self::Shuffle { value, kind, lane } => op("shuffle")
                .operands(&[*value])
                .attr("kind", b.str_attr(kind.name()))
                .attr("lane", int(*lane))
                .results(&[ir::type_of(*value)]),
            Self::Vote(condition) => op("vote").operands(&[*condition]).results(&[i1]),
            Self::SyncWarp => op("sync_warp"),
            Self::Sync => op("sync"),
            Self::Barrier { id, threads } => op("barrier").operands(&[*id]).attr("threads", int(*threads)),
            Self::Arrive { id, threads } => op("arrive").operands(&[*id]).attr("threads", int(*threads)),
            Self::InitBarrier { address, arrivals } => {
                op("init_barrier").operands(&[*address]).attr("arrivals", int(*arrivals))
            }
            Self::FenceInit => op("fence_init"),
            Self::Expect { address, bytes } => op("expect").operands(&[*address]).attr("bytes", int(*bytes)),
            Self::ArriveBarrier { address, condition, count } => {
                op("arrive_barrier").operands(&[*address]).operands(condition.as_slice()).attr("count", int(*count))
            }
            Self::Wait { address, parity } => op("wait").operands(&[*address, *parity]),
            Self::Fill { map, target, barrier, coordinates } => {
                op("fill").operands(&[*map, *target, *barrier]).operands(coordinates)
            }
            Self::Drain { map, source, coordinates } => op("drain").operands(&[*map, *source]).operands(coordinates),
            Self::Commit => op("commit"),
            Self::AwaitDrains { pending, read } => {
                op("await_drains").attr("pending", int(*pending)).attr("read", flag(*read))
            }
            Self::FenceEngine => op("fence_engine"),
            Self::Load { address, offset, volatile, element, count } => op("load")
                .operands(&[*address])
                .attr("offset", int(*offset))
                .attr("volatile", flag(*volatile))
                .results(&vec![*element; *count]),
            Self::Store { address, values } => op("store").operands(&[*address]).operands(values),
            Self::LoadMatrix(address) => op("load_matrix").operands(&[*address]).results(&[i32; 4]),
            Self::StoreMatrix { address, words } => op("store_matrix").operands(&[*address]).operands(words),
            Self::Mma(mma) => return mma.build(b),
            Self::Await { sums, pins, scratch, pending, offset } => op("await")
                .operands(sums)
                .operands(pins)
                .operands(scratch.as_slice())
                .attr("operandSegmentSizes", segments(b, &[sums.len(), pins.len(), scratch.iter().len()]))
                .attr("pending", int(*pending))
                .attr("offset", int(*offset))
                .results(&vec![b.f32_type(); sums.len()]),
            Self::MmaWarp { left, right, sums, element: half } => op("mma_warp")
                .operands(left)
                .operands(right)
                .operands(sums)
                .attr("operandSegmentSizes", segments(b, &[left.len(), right.len(), sums.len()]))
                .attr("element", element(half.name()))
                .results(&vec![b.f32_type(); sums.len()]),
        };
        spec.build()
    }
}

impl<'c> Mma<'c> {
    fn build(&self, b: &Builder<'c>) -> Op<'c> {
        let mut left = vec![];
        let mut lefts = vec![];
        for operand in &self.lefts {
            match operand {
                Left::Shared(tile, address) => {
                    left.push(*address);
                    lefts.push(tile.attribute(b));
                }
                Left::Words(words) => {
                    left.extend_from_slice(words);
                    lefts.push(Attr::unit(b.context));
                }
            }
        }
        let right: Vec<_> = self.rights.iter().map(|(_, address)| *address).collect();
        let rights: Vec<_> = self.rights.iter().map(|(tile, _)| tile.attribute(b)).collect();
        let pair = |pair: &[usize; 2]| b.array_attr(&pair.map(|number| b.i64_attr(number as i64)));
        let products: Vec<_> = self.products.iter().map(pair).collect();
        let sizes = [self.accumulators.len(), self.adds.iter().len(), left.len(), right.len()];
        let sums: Vec<Type<'c>> = vec![b.f32_type(); self.sums()];
        b.op(&format!("{PREFIX}mma"))
            .operands(&self.accumulators)
            .operands(self.adds.as_slice())
            .operands(&left)
            .operands(&right)
            .attr("operandSegmentSizes", segments(b, &sizes))
            .attr("columns", b.i64_attr(self.columns))
            .attr("depth", b.i64_attr(self.depth))
            .attr("element", ir::type_attr(b.ty(self.element.name())))
            .attr("products", b.array_attr(&products))
            .attr("lefts", b.array_attr(&lefts))
            .attr("rights", b.array_attr(&rights))
            .results(&sums)
            .build()
    }
}

impl Tile {
    fn attribute<'c>(self, b: &Builder<'c>) -> Attr<'c> {
        let Self { rows, columns, swizzle, inner, first } = self;
        b.attr(&format!(
            "{{rows = {rows} : i64, columns = {columns} : i64, swizzle = {swizzle} : i64, inner = {inner}, first = {first} : i64}}"
        ))
    }
}

/// How many operands each group of an op's operands has.
fn segments<'c>(b: &Builder<'c>, sizes: &[usize]) -> Attr<'c> {
    let sizes: Vec<_> = sizes.iter().map(|size| *size as i32).collect();
    melior::ir::attribute::DenseI32ArrayAttribute::new(b.context, &sizes).into()
}
