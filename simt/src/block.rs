//! Blocks of a launch: warps that take turns, and what each instruction does.

mod barriers;
mod engine;
mod memory;
mod products;

use crate::{
    Fault, Inst, Program, SHARED_BASE, Shuffle, Slot, Special, TensorMap,
    barrier::{Mbarrier, Named},
    clock::Agent,
    global::Global,
    lanes::{Lanes, WARP},
    shared::Shared,
    warp::{ALL, Frame, State, Warp, drain_agent, grids_agent, matrix_agent},
};
use std::collections::BTreeMap;

/// Which warp goes on first, of those that can.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// The one with the lowest number.
    #[default]
    Ascending,
    /// The one with the highest number.
    Descending,
}

/// A launch.
#[derive(Clone, Debug)]
pub struct Launch<'p> {
    /// The kernel.
    pub program: &'p Program,
    /// Blocks, in one dim.
    pub grid: u32,
    /// Threads of a block.
    pub threads: u32,
    /// Bytes of shared memory.
    pub shared: usize,
    /// Parameters, in order; a tensor map is given by its number in `maps`.
    pub arguments: Vec<u64>,
    /// Tensor maps.
    pub maps: Vec<TensorMap>,
    /// In which order warps take turns.
    pub order: Order,
    /// Instructions of all warps, at most.
    pub fuel: u64,
}

/// Bits of a local address.
const LOCAL: u64 = 1 << 62;
/// Named barriers of a block.
const NAMED: u64 = 16;
/// Warps of a warpgroup.
const WARPGROUP: usize = 4;

/// Runs a kernel.
///
/// # Errors
/// What is wrong with it.
pub fn launch(launch: &Launch<'_>, global: &mut Global) -> Result<u64, Fault> {
    for map in &launch.maps {
        map.check()?;
    }
    if launch.threads == 0 || !launch.threads.is_multiple_of(WARP as u32) || launch.threads > 1024 {
        return Err(Fault::new(format!("a block of {} threads", launch.threads)));
    }
    global.begin(launch.grid);
    let count = launch.threads as usize / WARP;
    let mut block = Block {
        launch,
        global,
        warps: (0..count).map(|number| Some(Warp::new(number, launch.program))).collect(),
        shared: Shared::new(launch.shared),
        barriers: BTreeMap::new(),
        named: vec![Named::default(); NAMED as usize],
        number: 0,
        left: launch.fuel,
        collective: BTreeMap::new(),
    };
    for warp in block.warps.iter_mut().flatten() {
        for (slot, value) in launch.program.parameters.iter().zip(&launch.arguments) {
            warp.slots[*slot as usize] = [*value; WARP];
        }
    }
    for number in 0..launch.grid {
        block.run(number)?;
    }
    Ok(launch.fuel - block.left)
}

struct Block<'l> {
    launch: &'l Launch<'l>,
    global: &'l mut Global,
    /// A warp is taken out while it runs.
    warps: Vec<Option<Warp>>,
    shared: Shared,
    /// Barriers in shared memory, by address.
    barriers: BTreeMap<u64, Mbarrier>,
    named: Vec<Named>,
    number: u32,
    left: u64,
    /// What the first warp of a warpgroup said of a collective instruction, by warpgroup and number, and how many have.
    collective: BTreeMap<(usize, u64), (u32, u64, usize)>,
}

/// Whether a warp can go on.
#[derive(PartialEq, Eq)]
enum Next {
    On,
    Blocked,
}

impl Block<'_> {
    fn run(&mut self, number: u32) -> Result<(), Fault> {
        self.number = number;
        self.global.enter(number);
        self.shared.clear();
        self.barriers.clear();
        self.collective.clear();
        self.named.iter_mut().for_each(|named| *named = Named::default());
        let count = self.warps.len();
        for warp in self.warps.iter_mut().flatten() {
            warp.restart();
            if !self.launch.program.dependent {
                warp.known.raise(grids_agent(count), 1);
            }
        }
        let mut order: Vec<usize> = (0..count).collect();
        if self.launch.order == Order::Descending {
            order.reverse();
        }
        loop {
            let mut moved = false;
            for &number in &order {
                let Some(mut warp) = self.warps[number].take() else { continue };
                let outcome = self.advance(&mut warp);
                let pc = warp.pc;
                self.warps[number] = Some(warp);
                moved |= outcome.map_err(|fault| self.located(fault, number, pc))?;
            }
            let ended = self.warps.iter().flatten().all(|warp| warp.state == State::Ended);
            if ended {
                return Ok(());
            }
            if !moved {
                return Err(self.deadlock());
            }
        }
    }

    fn located(&self, fault: Fault, warp: usize, pc: u32) -> Fault {
        let what = format!("{} (warp {warp} of block {})", fault.what, self.number);
        Fault { what, at: fault.at.or(Some(pc)), ..fault }
    }

    /// Who waits where.
    fn deadlock(&self) -> Fault {
        let mut others = vec![];
        for warp in self.warps.iter().flatten().filter(|warp| warp.state != State::Ended) {
            let what = match (&self.launch.program.code[warp.pc as usize], warp.state) {
                (_, State::Waits(id)) => {
                    let named = &self.named[id];
                    format!("at named barrier {id}, where {} of {} threads are", named.arrived, named.threads)
                }
                (Inst::Wait { address, parity }, _) => {
                    let (address, parity) = (warp.same(*address).unwrap_or(0), warp.same(*parity).unwrap_or(0));
                    let lacks = self.barriers.get(&address).map(Mbarrier::lacks).unwrap_or_default();
                    let at = address.wrapping_sub(SHARED_BASE);
                    format!("for parity {parity} of the barrier at {at}: {lacks}")
                }
                _ => "for something".into(),
            };
            others.push((format!("warp {} waits {what}", warp.number), warp.pc));
        }
        Fault { what: format!("deadlock in block {}", self.number), at: None, others }
    }

    /// Runs a warp until it is blocked; whether it did anything.
    fn advance(&mut self, warp: &mut Warp) -> Result<bool, Fault> {
        let mut moved = false;
        match warp.state {
            State::Ended | State::Waits(_) => return Ok(false),
            State::Released => {
                warp.state = State::Runs;
                warp.pc += 1;
                moved = true;
            }
            State::Runs => {}
        }
        let code = &self.launch.program.code;
        while warp.state == State::Runs {
            let Some(inst) = code.get(warp.pc as usize) else {
                return Err(Fault::new("the code ends without a return"));
            };
            self.left = self.left.checked_sub(1).ok_or_else(|| Fault::new("too much work for the interpreter"))?;
            let pc = warp.pc;
            warp.pc += 1;
            let next = self.step(warp, inst, pc);
            if next.is_err() {
                warp.pc = pc;
            }
            if next? == Next::Blocked {
                warp.pc = pc;
                return Ok(moved);
            }
            moved = true;
        }
        Ok(moved)
    }

    fn count(&self) -> usize {
        self.warps.len()
    }

    fn step(&mut self, warp: &mut Warp, inst: &Inst, pc: u32) -> Result<Next, Fault> {
        match inst {
            Inst::Unary(f, to, a) => warp.slots[*to as usize] = f(warp.get(*a)),
            Inst::Binary(f, to, a, b) => warp.slots[*to as usize] = f(warp.get(*a), warp.get(*b)),
            Inst::Ternary(f, to, [a, b, c]) => {
                warp.slots[*to as usize] = f(warp.get(*a), warp.get(*b), warp.get(*c));
            }
            Inst::Divide(f, to, a, b) => {
                if warp.lanes().any(|lane| warp.get(*b)[lane] == 0) {
                    return Err(Fault::new("a division by zero"));
                }
                warp.slots[*to as usize] = f(warp.get(*a), warp.get(*b));
            }
            Inst::Move(pairs) => moves(warp, pairs),
            Inst::Special(what, to) => {
                let number = warp.number;
                warp.slots[*to as usize] = std::array::from_fn(|lane| match what {
                    Special::Thread => (number * WARP + lane) as u64,
                    Special::Block => self.number.into(),
                    Special::Blocks => self.launch.grid.into(),
                    Special::Threads => self.launch.threads.into(),
                    Special::Lane => lane as u64,
                });
            }
            Inst::If(condition, otherwise) => {
                let holds = warp.holds(*condition);
                warp.frames.push(Frame::If(warp.mask, warp.mask & !holds));
                warp.mask &= holds;
                if warp.mask == 0 {
                    warp.pc = *otherwise;
                }
            }
            Inst::Else(end) => match warp.frames.last_mut() {
                Some(Frame::If(_, rest)) => {
                    if *rest == 0 {
                        warp.pc = *end;
                    } else {
                        warp.mask = std::mem::take(rest);
                    }
                }
                _ => return Err(Fault::new("an else without an if")),
            },
            Inst::EndIf | Inst::End => match warp.frames.pop() {
                Some(Frame::If(mask, _) | Frame::Loop(mask)) => warp.mask = mask,
                None => return Err(Fault::new("an end without a beginning")),
            },
            Inst::Begin => warp.frames.push(Frame::Loop(warp.mask)),
            Inst::Test(condition, exit) => {
                warp.mask &= warp.holds(*condition);
                if warp.mask == 0 {
                    warp.pc = *exit;
                }
            }
            Inst::Jump(to) => warp.pc = *to,
            Inst::Load { to, bytes, address, offset } => self.load(warp, to, *bytes, *address, *offset)?,
            Inst::Store { from, bytes, address, offset, when } => {
                self.store(warp, from, *bytes, *address, *offset, *when)?;
            }
            Inst::Local(to, offset) => warp.slots[*to as usize] = [LOCAL | *offset; WARP],
            Inst::SyncWarp => {
                whole(warp, "the warp's threads")?;
                warp.sync();
            }
            Inst::Shuffle { kind, to, value, lane } => {
                whole(warp, "a shuffle")?;
                let (value, lanes) = (*warp.get(*value), *warp.get(*lane));
                warp.slots[*to as usize] = std::array::from_fn(|own| {
                    let lane = lanes[own] as usize % WARP;
                    value[match kind {
                        Shuffle::Idx => lane,
                        Shuffle::Bfly => own ^ lane,
                        Shuffle::Up => own.checked_sub(lane).unwrap_or(own),
                        Shuffle::Down => Some(own + lane).filter(|other| *other < WARP).unwrap_or(own),
                    }]
                });
            }
            Inst::Vote { to, value, any } => {
                whole(warp, "a vote")?;
                let holds = warp.holds(*value);
                let result = if *any { holds != 0 } else { holds == ALL };
                warp.slots[*to as usize] = [result.into(); WARP];
            }
            Inst::Largest(to, value) => {
                whole(warp, "a reduction of the warp")?;
                let largest = warp.get(*value).iter().map(|value| *value as u32 as i32).max().unwrap_or(0);
                warp.slots[*to as usize] = [u64::from(largest as u32); WARP];
            }
            Inst::Elect(to) => {
                whole(warp, "an election")?;
                warp.slots[*to as usize] = std::array::from_fn(|lane| u64::from(lane == 0));
            }
            Inst::Barrier { id, threads, wait } => return self.barrier(warp, *id, *threads, *wait),
            Inst::Init { address, count } => {
                let (address, count) = (same(warp, *address, "a barrier")?, same(warp, *count, "a barrier")?);
                self.init(warp, address, count)?;
            }
            Inst::Arrive { address, count, when } => {
                let active = warp.mask & when.map_or(ALL, |when| warp.holds(when));
                self.arrive(warp, *address, active, *count, 0)?;
            }
            Inst::Expect { address, bytes } => {
                let bytes = same(warp, *bytes, "the bytes of a barrier")?;
                self.arrive(warp, *address, warp.mask, 1, bytes.cast_signed())?;
            }
            Inst::Wait { address, parity } => return self.wait(warp, *address, *parity),
            Inst::FenceProxy => warp.fence(),
            Inst::FenceInit => {
                for barrier in self.barriers.values_mut().filter(|barrier| barrier.made.0 == warp.number) {
                    barrier.fenced = true;
                }
            }
            Inst::AwaitGrids => warp.known.raise(grids_agent(self.count()), 1),
            Inst::Fill { map, target, barrier, at } => self.fill(warp, [*map, *target, *barrier], at)?,
            Inst::Drain { map, source, at } => self.drain(warp, *map, *source, at)?,
            Inst::Commit => {
                if warp.draining && warp.mask & warp.drainers == warp.drainers {
                    warp.drains += 1;
                    warp.draining = false;
                }
            }
            Inst::AwaitDrains(pending) => {
                if warp.mask & warp.drainers == warp.drainers {
                    let done = warp.drains.saturating_sub(*pending);
                    warp.known.raise(drain_agent(self.count(), warp.number), done);
                }
            }
            Inst::LoadMatrix { to, address, transposed } => self.load_matrix(warp, to, *address, *transposed)?,
            Inst::StoreMatrix { from, address, transposed } => self.store_matrix(warp, from, *address, *transposed)?,
            Inst::WgmmaFence => whole(warp, "a fence of the matrix unit")?,
            Inst::Wgmma(product) => self.wgmma(warp, product, pc)?,
            Inst::WgmmaCommit => {
                whole(warp, "a group of products")?;
                if warp.open {
                    warp.groups += 1;
                    warp.open = false;
                }
            }
            Inst::WgmmaWait(pending, sums) => self.land(warp, *pending, sums)?,
            Inst::Mma { to, left, right, sums, half } => products::mma(warp, [to, left], *right, *sums, *half)?,
            Inst::Trap => return Err(Fault::new("a trap")),
            Inst::Return => self.end(warp)?,
        }
        Ok(Next::On)
    }

    /// What a warp leaves behind.
    fn end(&self, warp: &mut Warp) -> Result<(), Fault> {
        let known = |agent: Agent| warp.known.threads.of(agent);
        if warp.draining || known(drain_agent(self.count(), warp.number)) < warp.drains {
            return Err(Fault::new("a warp ends while its drains still read shared memory"));
        }
        if warp.open || known(matrix_agent(self.count(), warp.number)) < warp.groups {
            return Err(Fault::new("a warp ends while its products are in flight"));
        }
        warp.state = State::Ended;
        Ok(())
    }
}

fn moves(warp: &mut Warp, pairs: &[(Slot, Slot)]) {
    let all = warp.mask == ALL;
    let overlap = pairs.len() > 1;
    if !overlap {
        for (to, from) in pairs {
            let value = *warp.get(*from);
            put(warp, *to, &value, all);
        }
        return;
    }
    let values: Vec<Lanes> = pairs.iter().map(|(_, from)| *warp.get(*from)).collect();
    for ((to, _), value) in pairs.iter().zip(&values) {
        put(warp, *to, value, all);
    }
}

fn put(warp: &mut Warp, to: Slot, value: &Lanes, all: bool) {
    if all {
        warp.slots[to as usize] = *value;
        return;
    }
    for lane in warp.lanes() {
        warp.slots[to as usize][lane] = value[lane];
    }
}

/// That all threads of a warp execute an instruction together.
fn whole(warp: &Warp, what: &str) -> Result<(), Fault> {
    match warp.mask {
        ALL => Ok(()),
        mask => Err(Fault::new(format!("{what}: only lanes {mask:#010x} of the warp come here"))),
    }
}

/// That one thread executes an instruction.
fn single(warp: &Warp, what: &str) -> Result<(), Fault> {
    match warp.mask.count_ones() {
        1 => Ok(()),
        count => Err(Fault::new(format!("{what} by {count} threads at once"))),
    }
}

/// A value that active lanes agree about.
fn same(warp: &Warp, slot: Slot, what: &str) -> Result<u64, Fault> {
    warp.same(slot).ok_or_else(|| Fault::new(format!("threads of a warp disagree about {what}")))
}

fn aligned(address: u64, bytes: usize) -> Result<(), Fault> {
    if address.is_multiple_of(bytes as u64) {
        return Ok(());
    }
    Err(Fault::new(format!("an access to {bytes} bytes at {address:#x}, which is not aligned")))
}
