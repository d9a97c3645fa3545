//! Blocks of a launch: warps that take turns, and what each instruction does.

use crate::{
    Fault, Half, Inst, Left, Operand, Program, SHARED_BASE, Shuffle, Slot, Special, TensorMap, Wgmma,
    barrier::{Mbarrier, Named},
    clock::{Agent, Known},
    copy::Row,
    global::Global,
    lanes::{Lanes, WARP},
    matrix::{self, Descriptor, Placed},
    shared::{Access, Shared},
    warp::{ALL, Frame, State, Warp, barrier_agent, drain_agent, grids_agent, matrix_agent},
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
    if launch.threads == 0 || launch.threads % WARP as u32 != 0 || launch.threads > 1024 {
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
            Inst::Mma { to, left, right, sums, half } => mma(warp, [to, left], *right, *sums, *half)?,
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

    // Memory.

    fn names(count: usize, barriers: &BTreeMap<u64, Mbarrier>, agent: Agent) -> String {
        let group = |warp: usize| format!("warp {warp} (warpgroup {})", warp / WARPGROUP);
        match agent {
            warp if warp < count => group(warp),
            agent if agent < 2 * count => format!("a product of {}", group(agent - count)),
            agent if agent < 3 * count => format!("a drain of {}", group(agent - 2 * count)),
            agent => match barriers.iter().find(|(_, barrier)| barrier.agent == agent) {
                Some((address, _)) => format!("a fill that arrives at the barrier at {}", address - SHARED_BASE),
                None => "a fill".into(),
            },
        }
    }

    /// That no access touches a barrier.
    fn check_place(&self, address: u64, bytes: usize) -> Result<(), Fault> {
        let end = address + bytes as u64;
        match self.barriers.range(address.saturating_sub(7)..end).next() {
            Some((at, _)) => Err(Fault::new(format!("an access to the barrier at {} as memory", at - SHARED_BASE))),
            None => Ok(()),
        }
    }

    fn read_shared(&mut self, address: u64, bytes: usize, access: &Access<'_>) -> Result<usize, Fault> {
        self.check_place(address, bytes)?;
        let (count, barriers) = (self.warps.len(), &self.barriers);
        self.shared.read(address, bytes, access, &|agent| Self::names(count, barriers, agent))
    }

    fn write_shared(&mut self, address: u64, bytes: usize, access: &Access<'_>) -> Result<usize, Fault> {
        self.check_place(address, bytes)?;
        let (count, barriers) = (self.warps.len(), &self.barriers);
        self.shared.write(address, bytes, access, &|agent| Self::names(count, barriers, agent))
    }

    fn check_grids(&self, known: &Known) -> Result<(), Fault> {
        match known.threads.of(grids_agent(self.count())) {
            0 => Err(Fault::new("global memory is accessed before what was launched earlier has ended")),
            _ => Ok(()),
        }
    }

    fn load(&mut self, warp: &mut Warp, to: &[Slot], bytes: u8, address: Slot, offset: i64) -> Result<(), Fault> {
        let (each, all) = (usize::from(bytes), usize::from(bytes) * to.len());
        for lane in warp.lanes() {
            let address = warp.get(address)[lane].wrapping_add_signed(offset);
            aligned(address, all)?;
            let mut buffer = [0; 32];
            let buffer = &mut buffer[..all];
            match address {
                shared if shared <= u64::from(u32::MAX) => {
                    let access = Access {
                        agent: warp.number,
                        event: warp.event,
                        lane: Some(lane),
                        since: warp.since,
                        known: &warp.known,
                    };
                    let place = self.read_shared(shared, all, &access)?;
                    buffer.copy_from_slice(&self.shared.bytes[place..place + all]);
                }
                local if local & LOCAL != 0 => {
                    let place = local_place(warp, lane, local, all)?;
                    buffer.copy_from_slice(&warp.local[place..place + all]);
                }
                global => {
                    self.check_grids(&warp.known)?;
                    self.global.read(global, buffer)?;
                }
            }
            for (slot, part) in to.iter().zip(buffer.chunks(each)) {
                let mut word = [0; 8];
                word[..each].copy_from_slice(part);
                warp.slots[*slot as usize][lane] = u64::from_le_bytes(word);
            }
            if address <= u64::from(u32::MAX) {
                warp.touch(1 << lane);
            }
        }
        Ok(())
    }

    fn store(
        &mut self,
        warp: &mut Warp,
        from: &[Slot],
        bytes: u8,
        address: Slot,
        offset: i64,
        when: Option<Slot>,
    ) -> Result<(), Fault> {
        let (each, all) = (usize::from(bytes), usize::from(bytes) * from.len());
        let active = when.map_or(ALL, |when| warp.holds(when));
        for lane in warp.lanes().filter(|lane| active >> lane & 1 != 0) {
            let address = warp.get(address)[lane].wrapping_add_signed(offset);
            aligned(address, all)?;
            let mut buffer = [0; 32];
            for (slot, part) in from.iter().zip(buffer.chunks_mut(each)) {
                part.copy_from_slice(&warp.get(*slot)[lane].to_le_bytes()[..each]);
            }
            let buffer = &buffer[..all];
            match address {
                shared if shared <= u64::from(u32::MAX) => {
                    let access = Access {
                        agent: warp.number,
                        event: warp.event,
                        lane: Some(lane),
                        since: warp.since,
                        known: &warp.known,
                    };
                    let place = self.write_shared(shared, all, &access)?;
                    self.shared.bytes[place..place + all].copy_from_slice(buffer);
                    warp.touch(1 << lane);
                }
                local if local & LOCAL != 0 => {
                    let place = local_place(warp, lane, local, all)?;
                    warp.local[place..place + all].copy_from_slice(buffer);
                }
                global => {
                    self.check_grids(&warp.known)?;
                    self.global.write(global, buffer)?;
                }
            }
        }
        Ok(())
    }

    // Barriers.

    fn barrier(&mut self, warp: &mut Warp, id: Option<Slot>, threads: Option<Slot>, wait: bool) -> Result<Next, Fault> {
        whole(warp, "a named barrier")?;
        let id = id.map_or(Ok(0), |id| same(warp, id, "a named barrier"))?;
        let all = (self.count() * WARP) as u64;
        let threads = threads.map_or(Ok(all), |threads| same(warp, threads, "a named barrier"))?;
        if id >= NAMED || threads == 0 || threads > all || threads % WARP as u64 != 0 {
            return Err(Fault::new(format!("named barrier {id} of {threads} threads, in a block of {all}")));
        }
        let named = &mut self.named[id as usize];
        if named.arrived != 0 && u64::from(named.threads) != threads {
            let text = format!("named barrier {id} is for {} threads here and for {threads} there", named.threads);
            return Err(Fault::new(text));
        }
        if named.waiting.contains(&warp.number) {
            return Err(Fault::new(format!("named barrier {id} is reached twice in a round")));
        }
        named.threads = threads as u32;
        named.arrived += WARP as u32;
        named.known.join(&warp.release());
        if wait {
            named.waiting.push(warp.number);
            warp.state = State::Waits(id as usize);
        }
        if u64::from(named.arrived) >= threads {
            let Named { waiting, known, .. } = std::mem::take(named);
            for number in waiting {
                if number == warp.number {
                    learn(warp, &known);
                    warp.state = State::Runs;
                } else if let Some(other) = &mut self.warps[number] {
                    learn(other, &known);
                    other.state = State::Released;
                }
            }
            return Ok(Next::On);
        }
        // It goes on behind the barrier when it is released.
        Ok(if wait { Next::Blocked } else { Next::On })
    }

    fn init(&mut self, warp: &mut Warp, address: u64, count: u64) -> Result<(), Fault> {
        aligned(address, 8)?;
        self.shared.view(address, 8)?;
        if self.barriers.contains_key(&address) {
            return Err(Fault::new(format!("the barrier at {} is made twice", address - SHARED_BASE)));
        }
        self.check_place(address, 8)?;
        let access = Access {
            agent: warp.number,
            event: warp.event,
            lane: Some(warp.mask.trailing_zeros() as usize),
            since: warp.since,
            known: &warp.known,
        };
        self.write_shared(address, 8, &access)?;
        warp.touch(1 << warp.mask.trailing_zeros());
        let agent = barrier_agent(self.count(), self.barriers.len());
        self.barriers.insert(address, Mbarrier::new(count, agent, (warp.number, warp.event))?);
        Ok(())
    }

    /// The barrier at an address, for a warp that must know that it was made.
    fn known_barrier(&mut self, warp: &Warp, address: u64) -> Result<&mut Mbarrier, Fault> {
        let at = address.wrapping_sub(SHARED_BASE).cast_signed();
        let Some(barrier) = self.barriers.get_mut(&address) else {
            return Err(Fault::new(format!("there is no barrier at {at} of shared memory")));
        };
        let (maker, event) = barrier.made;
        if maker != warp.number && warp.known.threads.of(maker) < event {
            return Err(Fault::new(format!("the barrier at {at} is used without an order after it is made")));
        }
        Ok(barrier)
    }

    fn arrive(&mut self, warp: &mut Warp, address: Slot, active: u32, count: u32, bytes: i64) -> Result<(), Fault> {
        if active == 0 {
            return Ok(());
        }
        let addresses = *warp.get(address);
        let mask = std::mem::replace(&mut warp.mask, active);
        let known = warp.release();
        let outcome =
            warp.lanes().try_for_each(|lane| self.known_barrier(warp, addresses[lane])?.arrive(count, bytes, &known));
        warp.mask = mask;
        outcome
    }

    fn wait(&mut self, warp: &mut Warp, address: Slot, parity: Slot) -> Result<Next, Fault> {
        let (address, parity) = (same(warp, address, "a wait")?, same(warp, parity, "a wait")?);
        if parity > 1 {
            return Err(Fault::new(format!("a wait for parity {parity}")));
        }
        let barrier = self.known_barrier(warp, address)?;
        if !barrier.has_ended(parity) {
            return Ok(Next::Blocked);
        }
        let done = barrier.done.clone();
        warp.acquire(&done);
        Ok(Next::On)
    }

    // The copy engine.

    fn map(&self, warp: &Warp, map: Slot) -> Result<&TensorMap, Fault> {
        let number = same(warp, map, "a tensor map")?;
        self.launch.maps.get(number as usize).ok_or_else(|| Fault::new("no tensor map where one is expected"))
    }

    fn rows(&self, warp: &Warp, map: Slot, at: &[Slot], shared: u64) -> Result<(TensorMap, Vec<Row>), Fault> {
        let signed = |slot: &Slot| Ok(i64::from(same(warp, *slot, "a coordinate")? as u32 as i32));
        let at = at.iter().map(signed).collect::<Result<Vec<_>, Fault>>()?;
        let map = self.map(warp, map)?;
        Ok((map.clone(), map.rows(&at, shared)?))
    }

    fn fill(&mut self, warp: &mut Warp, [map, target, barrier]: [Slot; 3], at: &[Slot]) -> Result<(), Fault> {
        single(warp, "a fill")?;
        let (target, address) = (same(warp, target, "a fill")?, same(warp, barrier, "a fill")?);
        let (map, rows) = self.rows(warp, map, at, target)?;
        let known = warp.outward();
        self.check_grids(&known)?;
        let barrier = self.known_barrier(warp, address)?;
        if !barrier.fenced {
            return Err(Fault::new("a fill arrives at a barrier that no fence shows to the copy engine"));
        }
        let (agent, event) = (barrier.agent, barrier.phase + 1);
        let access = Access { agent, event, lane: None, since: 0, known: &known };
        for row in rows {
            let mut bytes = vec![];
            for element in &row.elements {
                let mut value = [0; 8];
                let value = &mut value[..map.bytes as usize];
                if let Some(from) = element {
                    self.global.read(*from, value)?;
                }
                bytes.extend_from_slice(value);
            }
            for (number, part) in bytes.chunks(16).enumerate() {
                let place = self.write_shared(map.place(row.shared + 16 * number as u64), part.len(), &access)?;
                self.shared.bytes[place..place + part.len()].copy_from_slice(part);
            }
        }
        self.known_barrier(warp, address)?.copied(map.box_bytes().cast_signed())
    }

    fn drain(&mut self, warp: &mut Warp, map: Slot, source: Slot, at: &[Slot]) -> Result<(), Fault> {
        single(warp, "a drain")?;
        let source = same(warp, source, "a drain")?;
        let (map, rows) = self.rows(warp, map, at, source)?;
        let known = warp.outward();
        self.check_grids(&known)?;
        let agent = drain_agent(self.count(), warp.number);
        let access = Access { agent, event: warp.drains + 1, lane: None, since: 0, known: &known };
        for row in rows {
            let mut bytes = vec![];
            for number in 0..(row.elements.len() as u64 * map.bytes).div_ceil(16) {
                let place = self.read_shared(map.place(row.shared + 16 * number), 16, &access)?;
                bytes.extend_from_slice(&self.shared.bytes[place..place + 16]);
            }
            for (element, value) in row.elements.iter().zip(bytes.chunks(map.bytes as usize)) {
                if let Some(to) = element {
                    self.global.write(*to, value)?;
                }
            }
        }
        warp.draining = true;
        warp.drainers |= warp.mask;
        Ok(())
    }

    // Fragments and products.

    fn load_matrix(&mut self, warp: &mut Warp, to: &[Slot], address: Slot, transposed: bool) -> Result<(), Fault> {
        whole(warp, "ldmatrix")?;
        let addresses = *warp.get(address);
        let mut rows = [[0; 16]; WARP];
        for (lane, row) in rows.iter_mut().enumerate().take(8 * to.len()) {
            aligned(addresses[lane], 16)?;
            let access = Access {
                agent: warp.number,
                event: warp.event,
                lane: Some(lane),
                since: warp.since,
                known: &warp.known,
            };
            let place = self.read_shared(addresses[lane], 16, &access)?;
            row.copy_from_slice(&self.shared.bytes[place..place + 16]);
        }
        warp.touch(ALL);
        let half = |matrix: usize, row: usize, column: usize| {
            let row = &rows[8 * matrix + row];
            u64::from(u16::from_le_bytes([row[2 * column], row[2 * column + 1]]))
        };
        for (matrix, slot) in to.iter().enumerate() {
            warp.slots[*slot as usize] = std::array::from_fn(|lane| {
                let (row, column) = (lane / 4, lane % 4 * 2);
                match transposed {
                    false => half(matrix, row, column) | half(matrix, row, column + 1) << 16,
                    true => half(matrix, column, row) | half(matrix, column + 1, row) << 16,
                }
            });
        }
        Ok(())
    }

    fn store_matrix(&mut self, warp: &mut Warp, from: &[Slot], address: Slot, transposed: bool) -> Result<(), Fault> {
        whole(warp, "stmatrix")?;
        let addresses = *warp.get(address);
        let mut rows = [[0_u8; 16]; WARP];
        for (matrix, slot) in from.iter().enumerate() {
            for (lane, word) in warp.get(*slot).iter().enumerate() {
                for part in 0..2 {
                    let (row, column) = match transposed {
                        false => (lane / 4, lane % 4 * 2 + part),
                        true => (lane % 4 * 2 + part, lane / 4),
                    };
                    let half = ((word >> (16 * part)) as u16).to_le_bytes();
                    rows[8 * matrix + row][2 * column..2 * column + 2].copy_from_slice(&half);
                }
            }
        }
        for (lane, row) in rows.iter().enumerate().take(8 * from.len()) {
            aligned(addresses[lane], 16)?;
            let access = Access {
                agent: warp.number,
                event: warp.event,
                lane: Some(lane),
                since: warp.since,
                known: &warp.known,
            };
            let place = self.write_shared(addresses[lane], 16, &access)?;
            self.shared.bytes[place..place + 16].copy_from_slice(row);
        }
        warp.touch(ALL);
        Ok(())
    }

    /// That all warps of a warpgroup say the same of a collective instruction.
    fn agree(&mut self, warp: &Warp, number: u64, pc: u32, said: u64) -> Result<(), Fault> {
        let key = (warp.number / WARPGROUP, number);
        let first = self.collective.entry(key).or_insert((pc, said, 0));
        if (first.0, first.1) != (pc, said) {
            return Err(Fault::new("warps of a warpgroup disagree about a product"));
        }
        first.2 += 1;
        if first.2 == WARPGROUP {
            self.collective.remove(&key);
        }
        Ok(())
    }

    fn wgmma(&mut self, warp: &mut Warp, product: &Wgmma, pc: u32) -> Result<(), Fault> {
        whole(warp, "a product of the matrix unit")?;
        let columns = product.sums.len() * 2;
        let (right, said) = placed(warp, product.right)?;
        let left = match product.left {
            Left::Shared(left) => Some(placed(warp, left)?),
            Left::Words(_) => None,
        };
        let adds = product.adds.map_or(Ok(1), |adds| same(warp, adds, "a predicate"))?;
        warp.products += 1;
        let said = said ^ left.map_or(0, |(_, left)| left.rotate_left(17)) ^ adds << 63;
        self.agree(warp, warp.products, pc, said)?;
        let known = warp.outward();
        let event = warp.groups + 1;
        let agent = matrix_agent(self.count(), warp.number);
        let access = Access { agent, event, lane: None, since: 0, known: &known };
        let mut read = |address: u64| -> Result<[u8; 16], Fault> {
            let place = self.read_shared(address, 16, &access)?;
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&self.shared.bytes[place..place + 16]);
            Ok(bytes)
        };
        let left = match &product.left {
            Left::Words(words) => matrix::left_words(words.map(|word| warp.get(word)), product.half),
            Left::Shared(_) => match left {
                Some((left, _)) => {
                    let first = warp.number % WARPGROUP * 16;
                    left.tile(first..first + 16, &mut read, product.half)?
                }
                None => vec![],
            },
        };
        let right = right.tile(0..columns, &mut read, product.half)?;
        let from = product.from.as_deref().filter(|_| adds & 1 != 0);
        for (register, to) in product.sums.iter().enumerate() {
            let sums = matrix::products(&left, &right, register);
            let old: Option<Lanes> = from.map(|from| *warp.get(from[register]));
            warp.slots[*to as usize] = std::array::from_fn(|lane| {
                let old = old.map_or(0.0, |old| f64::from(f32::from_bits(matrix::sum_of(old[lane]).0)));
                matrix::in_flight((old + sums[lane]) as f32, event)
            });
        }
        warp.open = true;
        Ok(())
    }

    fn land(&mut self, warp: &mut Warp, pending: u32, sums: &[(Slot, Slot)]) -> Result<(), Fault> {
        whole(warp, "a wait for products")?;
        let done = warp.groups.saturating_sub(pending);
        warp.known.raise(matrix_agent(self.count(), warp.number), done);
        let mut landed = vec![];
        for (_, from) in sums {
            // What is in flight beyond the wait stays so: the next product may add to it, and nothing may read it.
            landed.push(warp.get(*from).map(|value| match matrix::sum_of(value) {
                (_, Some(group)) if group > done => value,
                (bits, _) => bits.into(),
            }));
        }
        for ((to, _), value) in sums.iter().zip(landed) {
            warp.slots[*to as usize] = value;
        }
        Ok(())
    }
}

/// Where an operand is, and what warps must agree about.
fn placed(warp: &Warp, operand: Operand) -> Result<(Placed, u64), Fault> {
    let (placed, said) = match operand {
        Operand::Descriptor(bits, across) => {
            let bits = same(warp, bits, "a matrix descriptor")?;
            (Placed::Descriptor(Descriptor::new(bits)?, across), bits)
        }
        Operand::Tile(tile, address) => {
            let address = same(warp, address, "a tile")?;
            (Placed::Tile(tile, address), address)
        }
    };
    placed.check()?;
    Ok((placed, said))
}

/// A warp goes on behind a named barrier.
fn learn(warp: &mut Warp, known: &Known) {
    warp.acquire(known);
    warp.sync();
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

fn mma(
    warp: &mut Warp,
    [to, left]: [&[Slot; 4]; 2],
    right: [Slot; 2],
    sums: [Slot; 4],
    half: Half,
) -> Result<(), Fault> {
    whole(warp, "mma.sync")?;
    let left = matrix::left_words(left.map(|word| warp.get(word)), half);
    let right = matrix::right_words(right.map(|word| warp.get(word)), half);
    let results: Vec<Lanes> = (0..4)
        .map(|register| {
            let (products, old) = (matrix::products(&left, &right, register), warp.get(sums[register]));
            std::array::from_fn(|lane| {
                let old = f64::from(f32::from_bits(old[lane] as u32));
                u64::from(((old + products[lane]) as f32).to_bits())
            })
        })
        .collect();
    for (slot, value) in to.iter().zip(results) {
        warp.slots[*slot as usize] = value;
    }
    Ok(())
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
    if address % bytes as u64 == 0 {
        return Ok(());
    }
    Err(Fault::new(format!("an access to {bytes} bytes at {address:#x}, which is not aligned")))
}

fn local_place(warp: &Warp, lane: usize, address: u64, bytes: usize) -> Result<usize, Fault> {
    let each = warp.local.len() / WARP;
    let offset = (address & !LOCAL) as usize;
    if offset + bytes > each {
        return Err(Fault::new(format!("an access to bytes {offset} to {} of a thread's {each}", offset + bytes)));
    }
    Ok(lane * each + offset)
}
