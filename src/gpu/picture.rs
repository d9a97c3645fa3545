//! What a plan is, as data for people: shared memory byte by byte, rings, roles and their registers, and one step of each
//! key loop on a time line. `flashlight trace` and `explain` draw it; nothing in the compiler reads it.

use super::{
    nest::{Contraction, Generic},
    plan::{Plan, STRIP_BYTES, Source, Use, contractions, rotation::Rotation},
    points::Loops,
};
use crate::{
    ffi,
    ir::{self, Blk, Op},
    remark,
};
use melior::ir::operation::OperationLike;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A kernel of the matrix unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    pub kernel: String,
    /// Rows of a grid tile.
    pub rows: i64,
    /// Keys of a step (of the summed dim, where there are no scores), where all loops have the same.
    pub keys: Option<i64>,
    pub blocks_per_multiprocessor: i64,
    /// Whether the tiles of a block run as one loop.
    pub one_loop: bool,
    /// Whether a block takes several tiles.
    pub persistent: bool,
    /// Whether maxima are left out where they are not needed.
    pub lazy_maxima: bool,
    /// Bytes of shared memory that a block has, and may have.
    pub shared_bytes: i64,
    pub shared_limit: i64,
    /// Registers that a block may have.
    pub register_limit: i64,
    /// In the order of their offsets.
    pub areas: Vec<Area>,
    pub roles: Vec<Role>,
    pub rings: Vec<Ring>,
    pub steps: Vec<Step>,
}

/// A part of shared memory: `depth` pieces of `bytes` each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    pub name: String,
    pub offset: i64,
    pub bytes: i64,
    pub depth: i64,
    /// What is in it.
    pub holds: String,
    /// What fills it.
    pub filled_by: String,
    pub ring: Option<usize>,
}

/// Warps that do the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    pub name: String,
    pub warps: i64,
    /// Registers of each of their threads.
    pub registers: i64,
    pub does: String,
}

/// Buffers that turn together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ring {
    pub depth: i64,
    /// Filled once per grid tile, outside every loop.
    pub once: bool,
    /// Read by elementwise ops rather than by contractions.
    pub captures: bool,
}

/// One step of a key loop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub name: String,
    /// Whether the second contraction belongs to the step before.
    pub rotated: bool,
    pub keys: i64,
    /// Estimated cycles from begin to end.
    pub cycles: f64,
    pub blocks: Vec<Busy>,
}

/// A unit that is busy in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Busy {
    pub lane: String,
    pub what: String,
    pub begin: f64,
    pub cycles: f64,
}

/// What a multiprocessor of a Hopper GPU does per cycle (H100 tensor core GPU architecture, 1.0, 2022): floating-point operations
/// of 16-bit products on its tensor cores, f32 operations, special functions; and its share of the bytes that the second-level
/// cache delivers (5120 per cycle, which the A100's white paper says of that chip).
const PRODUCTS: f64 = 4096.0;
const PLAIN: f64 = 128.0;
const SPECIAL: f64 = 16.0;
const MEMORY: f64 = 38.8;

/// Draws a plan.
pub fn of(plan: &Plan<'_>, kernel: Op<'_>, symbol: &str) -> Picture {
    let steps = steps(plan, kernel);
    let keys = steps.first().map(|step| step.keys).filter(|keys| steps.iter().all(|step| step.keys == *keys));
    Picture {
        kernel: symbol.to_owned(),
        rows: plan.rows,
        keys,
        blocks_per_multiprocessor: plan.blocks,
        one_loop: plan.flat.is_some(),
        persistent: plan.persistent,
        lazy_maxima: plan.flat.as_ref().is_some_and(|flat| flat.lazy.is_some()),
        shared_bytes: plan.shared_bytes,
        shared_limit: plan.schedule.target.shared_memory,
        register_limit: plan.schedule.target.registers,
        areas: areas(plan),
        roles: roles(plan),
        rings: plan
            .rings
            .iter()
            .map(|ring| Ring { depth: ring.depth, once: ring.once, captures: ring.captures })
            .collect(),
        steps,
    }
}

fn areas(plan: &Plan<'_>) -> Vec<Area> {
    let mut areas = vec![];
    for (number, buffer) in plan.buffers.iter().enumerate() {
        let staged: Vec<_> = plan.staged.iter().filter(|staged| staged.buffer == number).collect();
        let mut names: Vec<String> = vec![];
        for staged in &staged {
            let name = match &staged.source {
                Source::Tma(window) | Source::Vector { window, .. } => window.view.tensor.clone(),
                Source::Boxes(_) | Source::Widened { .. } => "pages".into(),
                Source::Term => "terms".into(),
                Source::Threads | Source::Inside(_) => {
                    let place = ffi::defining_op(staged.value).map(|op| remark::position(op.location()));
                    place
                        .and_then(|place| Some(format!("computed at {}", place.split_once(':')?.1)))
                        .unwrap_or_default()
                }
            };
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let depth = plan.rings[buffer.ring].depth;
        let shared = buffer.shared;
        let read_by = match staged.first().map(|staged| staged.used) {
            Some(Use::Operand) => "for contractions",
            Some(Use::Points) => "for elementwise ops",
            Some(Use::Columns) => "for elementwise ops, by column",
            None => "bytes that are widened",
        };
        let swizzle = if shared.rows == 1 { String::new() } else { format!(", {} B swizzle", shared.swizzle) };
        let filled_by = match plan.copiers(number) {
            Some(copiers) if copiers.warps == 1 => format!("warp {}", copiers.first),
            Some(copiers) => format!("warps {} to {}", copiers.first, copiers.first + copiers.warps - 1),
            None => "copy engine".into(),
        };
        areas.push(Area {
            name: if names.is_empty() { format!("buffer {number}") } else { names.join(" + ") },
            offset: buffer.offset,
            bytes: shared.bytes(),
            depth,
            holds: format!("{} x {} of {} B{swizzle}, {read_by}", shared.rows, shared.columns, shared.size),
            filled_by,
            ring: Some(buffer.ring),
        });
    }
    let own = |name: &str, offset: i64, bytes: i64, holds: &str, filled_by: &str| Area {
        name: name.into(),
        offset,
        bytes,
        depth: 1,
        holds: holds.into(),
        filled_by: filled_by.into(),
        ring: None,
    };
    if let Some(first) = plan.buffers.iter().map(|buffer| buffer.barriers).min() {
        let bytes: i64 = plan.buffers.iter().map(|buffer| 16 * plan.rings[buffer.ring].depth).sum();
        areas.push(own("barriers", first, bytes, "a full and an empty mbarrier per buffer", "all roles"));
    }
    if let Some(strips) = plan.strips {
        let bytes = plan.warpgroups * strips.count * STRIP_BYTES;
        areas.push(own("strips", strips.offset, bytes, "results on their way to memory", "consumers"));
    }
    areas.push(own(
        "flags",
        plan.written,
        plan.shared_bytes - plan.written,
        "barriers of results, a zero",
        "consumers",
    ));
    areas.sort_by_key(|area| area.offset);
    areas
}

fn roles(plan: &Plan<'_>) -> Vec<Role> {
    let copied = plan.buffers.iter().filter(|buffer| buffer.by_threads).count();
    let copies = if copied > 0 { format!(", {copied} buffer(s) by its other warps") } else { String::new() };
    let producer = Role {
        name: "producer".into(),
        warps: 4,
        registers: plan.producer_registers,
        does: format!("fills the rings: one thread drives the copy engine{copies}"),
    };
    let consumer = |number: i64| Role {
        name: format!("consumer {number}"),
        warps: 4,
        registers: plan.consumer_registers,
        does: format!("rows {} to {} of a tile", 64 * number, 64 * number + 63),
    };
    std::iter::once(producer).chain((0..plan.warpgroups).map(consumer)).collect()
}

/// The steps of the key loops, loops with equal bodies once.
fn steps(plan: &Plan<'_>, kernel: Op<'_>) -> Vec<Step> {
    let Some(body) = ir::body(kernel, 0) else { return vec![] };
    if let Some(flat) = &plan.flat {
        let step = |group: &Vec<usize>| {
            let own = &flat.loops[group[0]];
            step(plan, own.op, own.body, Some(&own.rotation), &name_of(group))
        };
        return flat.groups.iter().filter_map(step).collect();
    }
    let loops = ir::ops(body).into_iter().filter(|op| ir::name(*op) == "scf.for").enumerate();
    let step = |(number, op): (usize, Op<'_>)| {
        let rotation = plan.rotation(op, false);
        step(plan, op, ir::body(op, 0)?, rotation.as_ref(), &name_of(&[number]))
    };
    loops.filter_map(step).collect()
}

fn name_of(group: &[usize]) -> String {
    let numbers: Vec<_> = group.iter().map(|number| (number + 1).to_string()).collect();
    let plural = if group.len() > 1 { "s" } else { "" };
    format!("key loop{plural} {}", numbers.join(", "))
}

/// Lays out a step: each warpgroup issues its products in turn; elementwise ops share the multiprocessor's lanes.
fn step<'c>(plan: &Plan<'c>, op: Op<'c>, body: Blk<'c>, rotation: Option<&Rotation<'c>>, name: &str) -> Option<Step> {
    let all = contractions(body).ok()?;
    let (early, late): (Vec<_>, Vec<_>) = match rotation {
        Some(rotation) => (rotation.early.clone(), rotation.late.iter().map(|(_, late)| late.clone()).collect()),
        None => {
            let staged =
                |contraction: &Contraction<'c>| contraction.operands().all(|value| plan.staged(value).is_some());
            all.into_iter().partition(staged)
        }
    };
    // Scores are as wide as a step; without scores a step is a part of the sum.
    let keys = if late.is_empty() { early.first()?.sizes[2] } else { early.first()?.sizes[1] };
    let order = rotation.and_then(|rotation| rotation.order(body).ok());
    let (before, after) = order.unwrap_or_else(|| (elementwise(body), vec![]));
    let products =
        |list: &[Contraction<'c>]| -> f64 { list.iter().map(cycles_of).sum::<f64>() / plan.warpgroups as f64 };
    let (scores, values) = (products(&early), products(&late));
    let [before, after] = [before, after].map(|ops| cost(&ops) / plan.warpgroups as f64);
    let mut blocks = vec![];
    let mut busy = |lane: &str, what: &str, begin: f64, cycles: f64| {
        if cycles > 0.0 {
            let what = what.to_owned();
            blocks.push(Busy { lane: lane.into(), what, begin: begin.round(), cycles: cycles.round().max(1.0) });
        }
        begin + cycles
    };
    let turning = plan.loop_rings.get(&ffi::op_key(op)).cloned().unwrap_or_default();
    let mut copied = 0.0;
    for buffer in plan.buffers.iter().filter(|buffer| turning.contains(&buffer.ring)) {
        let lane = if buffer.by_threads { "producer's warps" } else { "copy engine" };
        copied = busy(lane, "a later step's buffers", copied, buffer.shared.bytes() as f64 / MEMORY);
    }
    let (mut cores, mut lanes, mut end) = (0.0_f64, 0.0_f64, copied);
    for number in 0..plan.warpgroups {
        let lane = format!("consumer {number}");
        let said = |what: &str| format!("{what} ({lane})");
        let issued = busy("tensor cores", &said(&sizes("", &early)), cores, scores);
        let (late_done, begin) = match rotation {
            Some(_) => (busy("tensor cores", &said(&sizes("of the step before: ", &late)), issued, values), issued),
            None => (issued, issued),
        };
        cores = late_done;
        let mapped = busy(&lane, "elementwise ops", begin.max(lanes), before);
        lanes = busy(&lane, "ops on accumulators", mapped.max(late_done), after);
        if rotation.is_none() {
            cores = busy("tensor cores", &said(&sizes("", &late)), lanes.max(cores), values);
        }
        end = end.max(cores).max(lanes);
    }
    Some(Step { name: name.to_owned(), rotated: rotation.is_some(), keys, cycles: end.round(), blocks })
}

/// `64x128x64 + 64x64x128`
fn sizes(prefix: &str, list: &[Contraction<'_>]) -> String {
    let texts: Vec<_> = list.iter().map(|own| own.sizes.map(|size| size.to_string()).join("x")).collect();
    format!("{prefix}{}", texts.join(" + "))
}

fn cycles_of(contraction: &Contraction<'_>) -> f64 {
    let [rows, columns, depth] = contraction.sizes.map(|size| size as f64);
    2.0 * rows * columns * depth * contraction.products.len() as f64 / PRODUCTS
}

fn elementwise(body: Blk<'_>) -> Vec<Op<'_>> {
    let plain = |op: &Op<'_>| {
        ir::name(*op) == "linalg.generic" && Generic::read(*op).is_ok_and(|generic| generic.contraction().is_none())
    };
    ir::ops(body).into_iter().filter(plain).collect()
}

/// Cycles of elementwise ops on one multiprocessor.
fn cost(ops: &[Op<'_>]) -> f64 {
    let mut kinds: HashMap<&str, f64> = HashMap::new();
    for loops in ops.iter().filter_map(|op| Loops::read(*op)) {
        let points: f64 = loops.extents.iter().map(|extent| extent.unwrap_or(1) as f64).product();
        for op in ir::ops(loops.body) {
            let name = ir::name(op);
            let rate = match name {
                "arith.constant" | "linalg.yield" | "linalg.index" => continue,
                "arith.divf" => SPECIAL,
                name if name.starts_with("math.") => SPECIAL,
                _ => PLAIN,
            };
            *kinds.entry(if rate == SPECIAL { "special" } else { "plain" }).or_default() += points / rate;
        }
    }
    kinds.values().sum()
}

impl Picture {
    /// Says as a remark what the kernel of an op is, with the picture as data.
    pub fn tell(&self, op: Op<'_>) {
        let detail = serde_json::to_value(self).ok();
        remark::emit_with(op.location(), remark::Kind::Analysis, super::distribute::INFO.name, self.line(), detail);
    }

    /// The picture that a remark carries.
    pub fn in_remark(remark: &remark::Remark) -> Option<Self> {
        let own = remark.pass == super::distribute::INFO.name;
        own.then(|| serde_json::from_value(remark.detail.clone()?).ok()).flatten()
    }

    fn line(&self) -> String {
        let consumers = self.roles.len().saturating_sub(1);
        let keys = self.keys.map_or(String::new(), |keys| format!(" x {keys}"));
        format!(
            "kernel {}: tiles of {}{keys}, {consumers} consumer warpgroup(s), {} ring(s), {} of {} bytes of shared memory",
            self.kernel,
            self.rows,
            self.rings.len(),
            self.shared_bytes,
            self.shared_limit,
        )
    }

    /// The picture in a few lines of text.
    pub fn text(&self) -> Vec<String> {
        let mut lines = vec![self.line()];
        for role in &self.roles {
            let Role { name, warps, registers, does } = role;
            lines.push(format!("  {name:<11} {warps} warps, {registers:>3} registers a thread  {does}"));
        }
        for (number, ring) in self.rings.iter().enumerate() {
            let held = self.areas.iter().filter(|area| area.ring == Some(number)).map(|area| area.name.clone());
            let turn = if ring.once { "filled once per tile" } else { "turns with every step" };
            let boxes = "[ ]".repeat(usize::try_from(ring.depth).unwrap_or(1).min(12));
            lines.push(format!("  ring {number} {boxes} {turn}: {}", held.collect::<Vec<_>>().join(", ")));
        }
        lines.push(format!("  shared memory |{}|", self.bar(56)));
        for (area, letter) in self.areas.iter().zip('a'..='z') {
            let Area { name, offset, bytes, depth, holds, .. } = area;
            lines.push(format!("    {letter} {offset:>7}  {depth} x {bytes:<6} {name}: {holds}"));
        }
        for step in &self.steps {
            let late = if step.rotated { ", products of the step before run beside" } else { "" };
            lines.push(format!("  a step of {}: {} keys, about {:.0} cycles{late}", step.name, step.keys, step.cycles));
            let mut lanes: Vec<&str> = vec![];
            for busy in &step.blocks {
                if !lanes.contains(&busy.lane.as_str()) {
                    lanes.push(&busy.lane);
                }
            }
            for lane in lanes {
                lines.push(format!("    {lane:<16} |{}|", step.bar(lane, 56)));
            }
        }
        lines
    }

    /// Shared memory as a line of letters, a letter per area, `.` where nothing is.
    fn bar(&self, width: usize) -> String {
        let mut bar = vec!['.'; width];
        let place = |byte: i64| (byte as f64 / self.shared_limit.max(1) as f64 * width as f64) as usize;
        for (area, letter) in self.areas.iter().zip('a'..='z') {
            let end = place(area.offset + area.bytes * area.depth).max(place(area.offset) + 1).min(width);
            bar.get_mut(place(area.offset)..end).unwrap_or_default().fill(letter);
        }
        bar.into_iter().collect()
    }
}

impl Step {
    /// When a lane is busy: `#` and `=` in turn, so that neighbours can be told apart.
    fn bar(&self, lane: &str, width: usize) -> String {
        let mut bar = vec![' '; width];
        let place = |cycle: f64| (cycle / self.cycles.max(1.0) * width as f64) as usize;
        for (busy, mark) in self.blocks.iter().filter(|busy| busy.lane == lane).zip("#=".chars().cycle()) {
            let end = place(busy.begin + busy.cycles).max(place(busy.begin) + 1).min(width);
            bar.get_mut(place(busy.begin)..end).unwrap_or_default().fill(mark);
        }
        bar.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_to_scale() {
        let busy = |begin: f64, cycles: f64| Busy { lane: "a".into(), what: String::new(), begin, cycles };
        let step = Step {
            name: String::new(),
            rotated: false,
            keys: 64,
            cycles: 8.0,
            blocks: vec![busy(0.0, 2.0), busy(2.0, 2.0), busy(7.0, 1.0), busy(8.0, 5.0)],
        };
        assert_eq!(step.bar("a", 8), "##==   #");
        assert_eq!(step.bar("b", 4), "    ");
    }
}
