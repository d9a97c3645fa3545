//! The kernel dialect and the nvvm dialect as instructions of the SIMT machine.

use super::{Failure, decode::Decoder};
use crate::{
    dialect::kernel::{self, Instruction, Lane, Left, Mma},
    ir::{self, Op, Val},
    runtime::float8,
};
use half::f16;
use simt::{Half, Inst, Lanes, Operand, SHARED_BASE, Shuffle, Slot, Special, Tile, Wgmma, lanes};

/// Decodes an operation of either dialect.
pub fn decode<'c>(decoder: &mut Decoder<'c>, name: &str, op: Op<'c>) -> Result<(), Failure> {
    if name.starts_with("nvvm.") {
        return nvvm(decoder, name, op);
    }
    match Instruction::read(op)? {
        Some(instruction) => instruction_of(decoder, op, instruction),
        None => Err("an operation that is not known".into()),
    }
}

impl From<kernel::Half> for Half {
    fn from(half: kernel::Half) -> Self {
        match half {
            kernel::Half::Bf16 => Self::Bf16,
            kernel::Half::F16 => Self::F16,
        }
    }
}

fn count_of(number: i64) -> Result<u32, Failure> {
    u32::try_from(number).map_err(|_| format!("a count of {number}"))
}

fn instruction_of<'c>(decoder: &mut Decoder<'c>, op: Op<'c>, instruction: Instruction<'c>) -> Result<(), Failure> {
    let results = ir::results(op);
    let special = |decoder: &mut Decoder<'c>, what: Special| {
        let to = decoder.fresh();
        decoder.emit(Inst::Special(what, to));
        decoder.bind(results[0], vec![to]);
    };
    match instruction {
        Instruction::Thread { .. } => special(decoder, Special::Thread),
        Instruction::Block => special(decoder, Special::Block),
        Instruction::Blocks => special(decoder, Special::Blocks),
        Instruction::Shared => {
            let slot = decoder.constant(SHARED_BASE);
            decoder.bind(results[0], vec![slot]);
        }
        Instruction::Registers { .. } => {}
        Instruction::AwaitGrids => drop(decoder.emit(Inst::AwaitGrids)),
        Instruction::Uniform(value) => {
            let (to, value) = (decoder.fresh(), decoder.slot(value)?);
            decoder.emit(Inst::Largest(to, value));
            decoder.bind(results[0], vec![to]);
        }
        Instruction::Opaque(value) => {
            let slots = decoder.slots(value)?;
            decoder.bind(results[0], slots);
        }
        Instruction::Pack { low, high, element, .. } => {
            let function = match element {
                kernel::Half::Bf16 => lanes::PACK_BF16,
                kernel::Half::F16 => lanes::PACK_F16,
            };
            let (low, high) = (decoder.slot(low)?, decoder.slot(high)?);
            let word = decoder.binary(function, low, high);
            decoder.bind(results[0], vec![word]);
        }
        Instruction::ExtendFloat8 { bits, element } => {
            let (to, bits) = (decoder.fresh(), decoder.slot(bits)?);
            decoder.emit(Inst::Unary(extend(element), to, bits));
            decoder.bind(results[0], vec![to]);
        }
        Instruction::TruncateFloat8 { low, high, element } => {
            let (low, high) = (decoder.slot(low)?, decoder.slot(high)?);
            let bits = decoder.binary(truncate(element), low, high);
            decoder.bind(results[0], vec![bits]);
        }
        Instruction::Elect => {
            let to = decoder.fresh();
            decoder.emit(Inst::Elect(to));
            decoder.bind(results[0], vec![to]);
        }
        Instruction::Shuffle { value, kind, lane } => {
            let kind = match kind {
                Lane::Index => Shuffle::Idx,
                Lane::Butterfly => Shuffle::Bfly,
            };
            let (to, value, lane) = (decoder.fresh(), decoder.slot(value)?, decoder.constant(lane.cast_unsigned()));
            decoder.emit(Inst::Shuffle { kind, to, value, lane });
            decoder.bind(results[0], vec![to]);
        }
        Instruction::Vote(condition) => {
            let (to, value) = (decoder.fresh(), decoder.slot(condition)?);
            decoder.emit(Inst::Vote { to, value, any: true });
            decoder.bind(results[0], vec![to]);
        }
        Instruction::SyncWarp => drop(decoder.emit(Inst::SyncWarp)),
        Instruction::Sync => drop(decoder.emit(Inst::Barrier { id: None, threads: None, wait: true })),
        Instruction::Barrier { id, threads } => barrier(decoder, id, threads, true)?,
        Instruction::Arrive { id, threads } => barrier(decoder, id, threads, false)?,
        Instruction::InitBarrier { address, arrivals } => {
            let (address, count) = (decoder.slot(address)?, decoder.constant(arrivals.cast_unsigned()));
            decoder.emit(Inst::Init { address, count });
        }
        Instruction::FenceInit => drop(decoder.emit(Inst::FenceInit)),
        Instruction::Expect { address, bytes } => {
            let (address, bytes) = (decoder.slot(address)?, decoder.constant(bytes.cast_unsigned()));
            decoder.emit(Inst::Expect { address, bytes });
        }
        Instruction::ArriveBarrier { address, condition, count } => {
            let when = condition.map(|condition| decoder.slot(condition)).transpose()?;
            let (address, count) = (decoder.slot(address)?, count_of(count)?);
            decoder.emit(Inst::Arrive { address, count, when });
        }
        Instruction::Wait { address, parity } => {
            let (address, parity) = (decoder.slot(address)?, decoder.slot(parity)?);
            decoder.emit(Inst::Wait { address, parity });
        }
        Instruction::Fill { map, target, barrier, coordinates } => {
            let (map, target, barrier) = (decoder.slot(map)?, decoder.slot(target)?, decoder.slot(barrier)?);
            let at = decoder.each(&coordinates)?.into();
            decoder.emit(Inst::Fill { map, target, barrier, at });
        }
        Instruction::Drain { map, source, coordinates } => {
            let (map, source) = (decoder.slot(map)?, decoder.slot(source)?);
            let at = decoder.each(&coordinates)?.into();
            decoder.emit(Inst::Drain { map, source, at });
        }
        Instruction::Commit => drop(decoder.emit(Inst::Commit)),
        Instruction::AwaitDrains { pending, .. } => drop(decoder.emit(Inst::AwaitDrains(count_of(pending)?))),
        Instruction::FenceEngine => drop(decoder.emit(Inst::FenceProxy)),
        Instruction::Load { address, offset, .. } => {
            let address = decoder.slot(address)?;
            let to: Vec<Slot> = results.iter().map(|_| decoder.fresh()).collect();
            decoder.emit(Inst::Load { to: to.clone().into(), bytes: 4, address, offset });
            results.iter().zip(to).for_each(|(result, slot)| decoder.bind(*result, vec![slot]));
        }
        Instruction::Store { address, values } => {
            let (address, from) = (decoder.slot(address)?, decoder.each(&values)?.into());
            decoder.emit(Inst::Store { from, bytes: 4, address, offset: 0, when: None });
        }
        Instruction::LoadMatrix(address) => {
            let address = decoder.slot(address)?;
            let to: Vec<Slot> = results.iter().map(|_| decoder.fresh()).collect();
            decoder.emit(Inst::LoadMatrix { to: to.clone().into(), address, transposed: false });
            results.iter().zip(to).for_each(|(result, slot)| decoder.bind(*result, vec![slot]));
        }
        Instruction::StoreMatrix { address, words } => {
            let (address, from) = (decoder.slot(address)?, decoder.each(&words)?.into());
            decoder.emit(Inst::StoreMatrix { from, address, transposed: false });
        }
        Instruction::Mma(product) => products(decoder, &results, &product)?,
        Instruction::Await { sums, pending, .. } => {
            let from = decoder.each(&sums)?;
            let to: Vec<Slot> = results.iter().map(|_| decoder.fresh()).collect();
            let pairs: Vec<_> = to.iter().copied().zip(from).collect();
            decoder.emit(Inst::WgmmaWait(count_of(pending)?, pairs.into()));
            results.iter().zip(to).for_each(|(result, slot)| decoder.bind(*result, vec![slot]));
        }
        Instruction::MmaWarp { left, right, sums, element } => {
            let wrong = |_| "a fragment of another size".to_string();
            let left = decoder.each(&left)?.try_into().map_err(wrong)?;
            let right = decoder.each(&right)?.try_into().map_err(wrong)?;
            let sums = decoder.each(&sums)?.try_into().map_err(wrong)?;
            let to: [Slot; 4] = std::array::from_fn(|_| decoder.fresh());
            decoder.emit(Inst::Mma { to, left, right, sums, half: element.into() });
            results.iter().zip(to).for_each(|(result, slot)| decoder.bind(*result, vec![slot]));
        }
    }
    Ok(())
}

fn barrier<'c>(decoder: &mut Decoder<'c>, id: Val<'c>, threads: i64, wait: bool) -> Result<(), Failure> {
    let (id, threads) = (decoder.slot(id)?, decoder.constant(threads.cast_unsigned()));
    decoder.emit(Inst::Barrier { id: Some(id), threads: Some(threads), wait });
    Ok(())
}

/// One group of products: each pair of tiles, 16 of the depth at a time.
fn products<'c>(decoder: &mut Decoder<'c>, results: &[Val<'c>], product: &Mma<'c>) -> Result<(), Failure> {
    let mut from = match product.accumulators.is_empty() {
        true => None,
        false => Some(decoder.each(&product.accumulators)?),
    };
    let mut adds = product.adds.map(|adds| decoder.slot(adds)).transpose()?;
    let tile = |tile: kernel::Tile, depth: u64| Tile {
        rows: tile.rows.cast_unsigned(),
        swizzle: tile.swizzle.cast_unsigned(),
        inner: tile.inner,
        first: tile.first.cast_unsigned(),
        depth,
    };
    // Sums of a group are added up in place.
    let sums: Vec<Slot> = results.iter().map(|_| decoder.fresh()).collect();
    for [left, right] in &product.products {
        for step in 0..product.depth.cast_unsigned() / 16 {
            let left = match product.lefts.get(*left).ok_or("no such operand")? {
                Left::Shared(own, address) => {
                    simt::Left::Shared(Operand::Tile(tile(*own, 16 * step), decoder.slot(*address)?))
                }
                Left::Words(words) => {
                    let words =
                        words.get(4 * step as usize..4 * step as usize + 4).ok_or("a fragment of another size")?;
                    let words =
                        decoder.each(words)?.try_into().map_err(|_| "a fragment of another size".to_string())?;
                    simt::Left::Words(words)
                }
            };
            let (own, address) = product.rights.get(*right).ok_or("no such operand")?;
            let right = Operand::Tile(tile(*own, 16 * step), decoder.slot(*address)?);
            decoder.emit(Inst::Wgmma(Box::new(Wgmma {
                sums: sums.clone().into(),
                from: from.take().map(Into::into),
                adds: adds.take(),
                left,
                right,
                half: product.element.into(),
            })));
            from = Some(sums.clone());
        }
    }
    decoder.emit(Inst::WgmmaCommit);
    results.iter().zip(sums).for_each(|(result, slot)| decoder.bind(*result, vec![slot]));
    Ok(())
}

/// Two 8-bit floats as two f16.
pub fn extend(float: kernel::Float8) -> lanes::Unary {
    fn both(bits: &Lanes, number: fn(u8) -> f64) -> Lanes {
        bits.map(|bits| {
            let half = |byte: u64| u64::from(f16::from_f64(number(byte as u8)).to_bits());
            half(bits) | half(bits >> 8) << 16
        })
    }
    match float {
        kernel::Float8::E4M3 => |bits| both(bits, float8::from_e4m3),
        kernel::Float8::E5M2 => |bits| both(bits, float8::from_e5m2),
    }
}

/// Two f32 as two 8-bit floats; past the largest number comes the largest.
pub fn truncate(float: kernel::Float8) -> lanes::Binary {
    fn both(low: &Lanes, high: &Lanes, bits: fn(f64) -> u8, largest: f64) -> Lanes {
        std::array::from_fn(|lane| {
            let byte = |value: u64| {
                let value = f64::from(f32::from_bits(value as u32));
                u64::from(bits(if value.is_nan() { value } else { value.clamp(-largest, largest) }))
            };
            byte(low[lane]) | byte(high[lane]) << 8
        })
    }
    match float {
        kernel::Float8::E4M3 => |low, high| both(low, high, float8::to_e4m3, 448.0),
        kernel::Float8::E5M2 => |low, high| both(low, high, float8::to_e5m2, 57344.0),
    }
}

fn nvvm<'c>(decoder: &mut Decoder<'c>, name: &str, op: Op<'c>) -> Result<(), Failure> {
    let (operands, results) = (ir::operands(op), ir::results(op));
    let slots = decoder.each(&operands)?;
    let text = |name: &str| ir::attr(op, name).map(|value| value.to_string()).unwrap_or_default();
    let inst = match (name, &slots[..]) {
        ("nvvm.setmaxregister", _) => return Ok(()),
        ("nvvm.barrier", []) => Inst::Barrier { id: None, threads: None, wait: true },
        ("nvvm.barrier", [id, threads]) => Inst::Barrier { id: Some(*id), threads: Some(*threads), wait: true },
        ("nvvm.barrier.arrive", [id, threads]) => Inst::Barrier { id: Some(*id), threads: Some(*threads), wait: false },
        ("nvvm.mbarrier.init", [address, count]) => Inst::Init { address: *address, count: *count },
        ("nvvm.mbarrier.arrive.expect_tx", [address, bytes]) => Inst::Expect { address: *address, bytes: *bytes },
        ("nvvm.mbarrier.try_wait.parity", [address, parity, ..]) => Inst::Wait { address: *address, parity: *parity },
        ("nvvm.fence.proxy", []) => Inst::FenceProxy,
        ("nvvm.fence.mbarrier.init", []) => Inst::FenceInit,
        ("nvvm.cp.async.bulk.tensor.shared.cluster.global", [target, map, at @ .., barrier]) => {
            Inst::Fill { map: *map, target: *target, barrier: *barrier, at: at.into() }
        }
        ("nvvm.cp.async.bulk.tensor.global.shared.cta", [map, source, at @ ..]) => {
            Inst::Drain { map: *map, source: *source, at: at.into() }
        }
        ("nvvm.cp.async.bulk.commit.group", []) => Inst::Commit,
        ("nvvm.cp.async.bulk.wait_group", []) => {
            let pending = ir::attr(op, "group").and_then(ir::int_attr).ok_or("no count")?;
            Inst::AwaitDrains(count_of(pending)?)
        }
        ("nvvm.stmatrix", [address, words @ ..]) => {
            Inst::StoreMatrix { from: words.into(), address: *address, transposed: text("layout").contains("col") }
        }
        _ => {
            let to = decoder.fresh();
            let inst = match (name, &slots[..]) {
                ("nvvm.read.ptx.sreg.tid.x", []) => Inst::Special(Special::Thread, to),
                ("nvvm.read.ptx.sreg.ctaid.x", []) => Inst::Special(Special::Block, to),
                ("nvvm.read.ptx.sreg.nctaid.x", []) => Inst::Special(Special::Blocks, to),
                ("nvvm.read.ptx.sreg.ntid.x", []) => Inst::Special(Special::Threads, to),
                ("nvvm.read.ptx.sreg.laneid", []) => Inst::Special(Special::Lane, to),
                ("nvvm.elect.sync", _) => Inst::Elect(to),
                ("nvvm.shfl.sync", [_, value, lane, _]) => {
                    let kind = match text("kind") {
                        kind if kind.contains("idx") => Shuffle::Idx,
                        kind if kind.contains("bfly") => Shuffle::Bfly,
                        kind if kind.contains("up") => Shuffle::Up,
                        _ => Shuffle::Down,
                    };
                    Inst::Shuffle { kind, to, value: *value, lane: *lane }
                }
                _ => return Err("an operation that is not known".into()),
            };
            decoder.emit(inst);
            decoder.bind(results[0], vec![to]);
            return Ok(());
        }
    };
    decoder.emit(inst);
    Ok(())
}
