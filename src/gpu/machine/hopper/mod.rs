//! Hopper (`sm_90a`): wgmma, the tensor memory accelerator, mbarriers. Sections are those of the PTX ISA, "Instruction Set".

mod kernel;
mod matrix;

use super::{Asm, Machine};
use crate::{
    dialect::kernel::{Action, Float8, Half, Instruction, Lane},
    gpu::{
        code::{Cmp, Code},
        schedule::Target,
    },
    ir::{self, Op, Type, Val},
};

/// The machine.
pub struct Hopper;

/// What every lane's mask is.
const WARP: &str = "0xffffffff";
/// How long a thread is asleep at most in one look at a barrier.
const PATIENCE: i64 = 10_000_000;

impl Machine for Hopper {
    fn declare(&self, module: Op<'_>, target: &Target) {
        kernel::declare(module, target);
    }

    fn lower<'c>(&self, code: Code<'c>, instruction: &Instruction<'c>) -> Vec<Val<'c>> {
        // What has no result falls through.
        match instruction {
            Instruction::Registers { action, count } => registers(code, *action, *count),
            Instruction::AwaitGrids => await_grids(code),
            Instruction::Sync => barrier(code, &[], "array<i32: 0, 0, 0>"),
            Instruction::Barrier { id, threads } => barrier(code, &[*id, code.i32(*threads)], "array<i32: 1, 1, 0>"),
            Instruction::Arrive { id, threads } => effect(code, "nvvm.barrier.arrive", &[*id, code.i32(*threads)]),
            Instruction::InitBarrier { address, arrivals } => {
                effect(code, "nvvm.mbarrier.init", &[code.shared_ptr(*address), code.i32(*arrivals)])
            }
            Instruction::FenceInit => effect(code, "nvvm.fence.mbarrier.init", &[]),
            Instruction::Expect { address, bytes } => {
                effect(code, "nvvm.mbarrier.arrive.expect_tx", &[code.shared_ptr(*address), code.i32(*bytes)])
            }
            Instruction::Wait { address, parity } => {
                effect(code, "nvvm.mbarrier.try_wait.parity", &[code.shared_ptr(*address), *parity, code.i32(PATIENCE)])
            }
            Instruction::Fill { map, target, barrier, coordinates } => {
                fill(code, *map, [*target, *barrier], coordinates)
            }
            Instruction::Drain { map, source, coordinates } => drain(code, *map, *source, coordinates),
            Instruction::Commit => effect(code, "nvvm.cp.async.bulk.commit.group", &[]),
            Instruction::AwaitDrains { pending, read } => await_drains(code, *pending, *read),
            Instruction::FenceEngine => fence_engine(code),
            Instruction::StoreMatrix { address, words } => matrix::store(code, *address, words),
            Instruction::Thread { again: false } => return vec![sreg(code, "tid.x")],
            Instruction::Thread { again: true } => return code.asm("mov.u32 $0, %tid.x;", "=r", &[], &[code.t.i32]),
            Instruction::Block => return vec![sreg(code, "ctaid.x")],
            Instruction::Blocks => return vec![sreg(code, "nctaid.x")],
            Instruction::Shared => return vec![shared(code)],
            Instruction::Uniform(value) => {
                return code.asm(&format!("redux.sync.max.s32 $0, $1, {WARP};"), "=r,r", &[*value], &[code.t.i32]);
            }
            Instruction::Opaque(value) => return vec![opaque(code, *value)],
            Instruction::Pack { low, high, element, fixed } => {
                return vec![pack(code, [*low, *high], *element, *fixed)];
            }
            Instruction::ExtendFloat8 { bits, element } => return vec![extend_float8(code, *bits, *element)],
            Instruction::TruncateFloat8 { low, high, element } => {
                return vec![truncate_float8(code, [*low, *high], *element)];
            }
            Instruction::Elect => return vec![code.b.op("nvvm.elect.sync").results(&[code.t.i1]).value()],
            Instruction::Shuffle { value, kind, lane } => return vec![shuffle(code, *value, *kind, *lane)],
            Instruction::Vote(condition) => return vec![vote(code, *condition)],
            Instruction::SyncWarp => return code.asm(&format!("bar.warp.sync {WARP};"), "", &[], &[]),
            Instruction::ArriveBarrier { address, condition, count } => {
                return arrive(code, *address, *condition, *count);
            }
            Instruction::Load { address, offset, volatile, element, count } => {
                return load(code, (*address, *offset), *volatile, &vec![*element; *count]);
            }
            Instruction::Store { address, values } => return store(code, *address, values),
            Instruction::LoadMatrix(address) => return matrix::load(code, *address),
            Instruction::Mma(mma) => return matrix::mma(code, mma),
            Instruction::Await { sums, pins, scratch, pending, offset } => {
                return matrix::wait(code, *pending, sums, (pins, *scratch, *offset));
            }
            Instruction::MmaWarp { left, right, sums, element } => {
                return matrix::mma_warp(code, left, right, sums, *element);
            }
        }
        vec![]
    }
}

/// An op without attributes and results.
fn effect<'c>(code: Code<'c>, name: &str, operands: &[Val<'c>]) {
    code.b.op(name).operands(operands).build();
}

/// Special registers.
fn sreg<'c>(code: Code<'c>, name: &str) -> Val<'c> {
    code.b.op(&format!("nvvm.read.ptx.sreg.{name}")).results(&[code.t.i32]).value()
}

fn shared(code: Code<'_>) -> Val<'_> {
    let base = code.b.op("llvm.mlir.addressof").attr_text("global_name", "@shared").results(&[code.t.shared]).value();
    code.b.cast("llvm.ptrtoint", base, code.t.i32)
}

/// `setmaxnreg`.
fn registers(code: Code<'_>, action: Action, count: i64) {
    let spec = code.b.op("nvvm.setmaxregister");
    spec.attr_text("action", &format!("#nvvm<action {}>", action.name()))
        .attr_text("regCount", &format!("{count} : i32"))
        .build();
}

/// `griddepcontrol`: nothing before this reads or writes global memory.
fn await_grids(code: Code<'_>) {
    code.asm("griddepcontrol.launch_dependents;", "", &[], &[]);
    code.asm("griddepcontrol.wait;", "~{memory}", &[], &[]);
}

fn opaque<'c>(code: Code<'c>, value: Val<'c>) -> Val<'c> {
    let ty = ir::type_of(value);
    let (width, constraint) = if ty == code.t.ptr { ("b64", "l") } else { ("b32", "r") };
    code.asm(&format!("mov.{width} $0, $1;"), &format!("={constraint},{constraint}"), &[value], &[ty])[0]
}

/// `cvt`, which takes the upper half first.
fn pack<'c>(code: Code<'c>, [low, high]: [Val<'c>; 2], element: Half, fixed: bool) -> Val<'c> {
    let text = format!("cvt.rn.{}x2.f32 $0, $1, $2;", element.name());
    let operands = [high, low];
    if fixed {
        code.asm(&text, "=r,f,f", &operands, &[code.t.i32])[0]
    } else {
        code.pure_asm(&text, "=r,f,f", &operands, code.t.i32)
    }
}

/// The name of two 8-bit floats.
const fn pair_name(element: Float8) -> &'static str {
    match element {
        Float8::E4M3 => "e4m3x2",
        Float8::E5M2 => "e5m2x2",
    }
}

fn extend_float8<'c>(code: Code<'c>, bits: Val<'c>, element: Float8) -> Val<'c> {
    code.pure_asm(&format!("cvt.rn.f16x2.{} $0, $1;", pair_name(element)), "=r,h", &[bits], code.t.i32)
}

fn truncate_float8<'c>(code: Code<'c>, [low, high]: [Val<'c>; 2], element: Float8) -> Val<'c> {
    let text = format!("cvt.rn.satfinite.{}.f32 $0, $1, $2;", pair_name(element));
    code.pure_asm(&text, "=h,f,f", &[high, low], code.t.i16)
}

/// `shfl.sync` over the whole warp.
fn shuffle<'c>(code: Code<'c>, value: Val<'c>, kind: Lane, lane: i64) -> Val<'c> {
    code.b
        .op("nvvm.shfl.sync")
        .operands(&[code.i32(-1), value, code.i32(lane), code.i32(31)])
        .attr_text("kind", &format!("#nvvm<shfl_kind {}>", kind.name()))
        .results(&[ir::type_of(value)])
        .value()
}

fn vote<'c>(code: Code<'c>, condition: Val<'c>) -> Val<'c> {
    let text = format!("{{\n.reg .pred q;\nvote.sync.any.pred q, $1, {WARP};\nselp.b32 $0, 1, 0, q;\n}}");
    let any = code.asm(&text, "=r,b", &[condition], &[code.t.i32])[0];
    code.cmpc(Cmp::Ne, any, 0)
}

/// `bar.sync`.
fn barrier<'c>(code: Code<'c>, operands: &[Val<'c>], segments: &str) {
    code.b.op("nvvm.barrier").operands(operands).attr_text("operandSegmentSizes", segments).build();
}

/// `mbarrier.arrive`.
fn arrive<'c>(code: Code<'c>, address: Val<'c>, condition: Option<Val<'c>>, count: i64) -> Vec<Val<'c>> {
    let (guard, constraints) = if condition.is_some() { ("@$1 ", "r,b") } else { ("", "r") };
    let count = if count == 1 { String::new() } else { format!(", {count}") };
    let operands: Vec<_> = [address].into_iter().chain(condition).collect();
    code.asm(&format!("{guard}mbarrier.arrive.shared::cta.b64 _, [$0]{count};"), constraints, &operands, &[])
}

/// `cp.async.bulk.tensor` to shared memory.
fn fill<'c>(code: Code<'c>, map: Val<'c>, [target, barrier]: [Val<'c>; 2], coordinates: &[Val<'c>]) {
    code.b
        .op("nvvm.cp.async.bulk.tensor.shared.cluster.global")
        .operands(&[code.shared_ptr(target), map])
        .operands(coordinates)
        .operands(&[code.shared_ptr(barrier)])
        .attr_text("isCTAOnly", "true")
        .attr_text("mode", "#nvvm.tma_load_mode<tile>")
        .attr_text("operandSegmentSizes", &format!("array<i32: 1, 1, {}, 1, 0, 0, 0, 0>", coordinates.len()))
        .build();
}

/// `cp.async.bulk.tensor` from shared memory.
fn drain<'c>(code: Code<'c>, map: Val<'c>, source: Val<'c>, coordinates: &[Val<'c>]) {
    code.b
        .op("nvvm.cp.async.bulk.tensor.global.shared.cta")
        .operands(&[map, code.shared_ptr(source)])
        .operands(coordinates)
        .attr_text("mode", "#nvvm.tma_store_mode<tile>")
        .attr_text("operandSegmentSizes", &format!("array<i32: 1, 1, {}, 0, 0>", coordinates.len()))
        .build();
}

/// `cp.async.bulk.wait_group`.
fn await_drains(code: Code<'_>, pending: i64, read: bool) {
    let spec = code.b.op("nvvm.cp.async.bulk.wait_group").attr_text("group", &format!("{pending} : i32"));
    if read {
        spec.attr_text("read", "unit").build()
    } else {
        spec.build()
    };
}

/// `fence.proxy.async`.
fn fence_engine(code: Code<'_>) {
    code.b
        .op("nvvm.fence.proxy")
        .attr_text("kind", "#nvvm.proxy_kind<async.shared>")
        .attr_text("space", "#nvvm.shared_space<cta>")
        .build();
}

/// The register class of a 32-bit type, and its name in loads and stores.
fn class<'c>(code: Code<'c>, ty: Type<'c>) -> (&'static str, &'static str) {
    if ty == code.t.f32 { ("f", "f32") } else { ("r", "b32") }
}

/// Registers by number, as one operand: a vector where they are several.
fn registers_from(first: usize, count: usize) -> (String, String) {
    let names: Vec<_> = (first..first + count).map(|number| format!("${number}")).collect();
    if count == 1 {
        (String::new(), names.concat())
    } else {
        (format!(".v{count}"), format!("{{{}}}", names.join(", ")))
    }
}

/// `ld.shared`.
fn load<'c>(code: Code<'c>, (address, offset): (Val<'c>, i64), volatile: bool, types: &[Type<'c>]) -> Vec<Val<'c>> {
    let (constraint, name) = class(code, types[0]);
    let (vector, registers) = registers_from(0, types.len());
    let (volatile, at) = (if volatile { ".volatile" } else { "" }, types.len());
    let place = if offset == 0 { format!("${at}") } else { format!("${at}+{offset}") };
    let text = format!("ld{volatile}.shared{vector}.{name} {registers}, [{place}];");
    code.asm(&text, &format!("{}r", format!("={constraint},").repeat(types.len())), &[address], types)
}

/// `st.shared`.
fn store<'c>(code: Code<'c>, address: Val<'c>, values: &[Val<'c>]) -> Vec<Val<'c>> {
    let (constraint, name) = class(code, ir::type_of(values[0]));
    let (vector, registers) = registers_from(1, values.len());
    let operands: Vec<_> = [address].into_iter().chain(values.iter().copied()).collect();
    let constraints = format!("r{}", format!(",{constraint}").repeat(values.len()));
    code.asm(&format!("st.shared{vector}.{name} [$0], {registers};"), &constraints, &operands, &[])
}
