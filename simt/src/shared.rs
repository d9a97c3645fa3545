//! A block's shared memory, and who accessed each pair of its bytes last.

use crate::{
    Fault, SHARED_BASE,
    clock::{Agent, Clock, Known},
};

/// Bytes that are looked at together.
const GRAIN: usize = 2;
/// A lane that stands for several.
const SEVERAL: u32 = 63;
/// Marks a write of the copy engine or the matrix unit.
const ENGINE: u64 = 1 << 7;

/// Who accesses memory, and what it knows.
pub struct Access<'k> {
    /// Who.
    pub agent: Agent,
    /// The event of the agent that the access is.
    pub event: u32,
    /// The lane, where it is a thread's.
    pub lane: Option<usize>,
    /// The first event since the warp's threads waited for each other.
    pub since: u32,
    pub known: &'k Known,
}

impl Access<'_> {
    fn is_engine(&self) -> bool {
        self.lane.is_none()
    }

    /// Whether an event of a thread or an engine is ordered before this access.
    fn follows(&self, agent: Agent, event: u32, lane: u32, engine: bool) -> bool {
        if let Some(own) = self.lane
            && agent == self.agent
        {
            return lane == own as u32 || event < self.since;
        }
        // What a thread wrote an engine sees behind a fence only.
        let clock: &Clock = if self.is_engine() && !engine { &self.known.engines } else { &self.known.threads };
        event <= clock.of(agent)
    }
}

/// Shared memory.
pub struct Shared {
    pub bytes: Vec<u8>,
    /// The event, the agent and the lane that wrote last; 0: nobody did.
    writers: Vec<u64>,
    /// By agent: the event and the lane that read last.
    readers: Vec<Vec<u32>>,
}

/// How a fault names an agent.
pub type Names<'n> = &'n dyn Fn(Agent) -> String;

impl Shared {
    /// Memory of so many bytes.
    pub fn new(bytes: usize) -> Self {
        Self { bytes: vec![0xFF; bytes], writers: vec![0; bytes.div_ceil(GRAIN)], readers: vec![] }
    }

    /// A block begins: nobody has written anything.
    pub fn clear(&mut self) {
        self.bytes.fill(0xFF);
        self.writers.fill(0);
        self.readers.iter_mut().for_each(|row| row.fill(0));
    }

    /// The place of an address.
    fn place(&self, address: u64, bytes: usize) -> Result<usize, Fault> {
        let place = address.checked_sub(SHARED_BASE).map(|place| place as usize);
        match place.filter(|place| place + bytes <= self.bytes.len()) {
            Some(place) => Ok(place),
            None => Err(Fault::new(format!(
                "an access to {bytes} bytes at {} of shared memory, which has {}",
                address.cast_signed() - SHARED_BASE.cast_signed(),
                self.bytes.len()
            ))),
        }
    }

    /// Bytes, without a look at who wrote them.
    pub fn view(&self, address: u64, bytes: usize) -> Result<&[u8], Fault> {
        let place = self.place(address, bytes)?;
        Ok(&self.bytes[place..place + bytes])
    }

    /// Reads bytes: they must have been written, before this access.
    pub fn read(&mut self, address: u64, bytes: usize, access: &Access<'_>, names: Names<'_>) -> Result<usize, Fault> {
        let place = self.place(address, bytes)?;
        let grains = place / GRAIN..(place + bytes).div_ceil(GRAIN);
        self.check_writers(grains.clone(), access, "reads", names)?;
        if self.readers.len() <= access.agent {
            self.readers.resize(access.agent + 1, vec![]);
        }
        let row = &mut self.readers[access.agent];
        if row.is_empty() {
            row.resize(self.writers.len(), 0);
        }
        let lane = access.lane.map_or(SEVERAL, |lane| lane as u32);
        for reader in &mut row[grains] {
            let other = *reader != 0 && *reader >> 6 >= access.since && *reader & 63 != lane;
            *reader = access.event << 6 | if other { SEVERAL } else { lane };
        }
        Ok(place)
    }

    /// Says that bytes are written: nobody may still read or write them.
    pub fn write(&mut self, address: u64, bytes: usize, access: &Access<'_>, names: Names<'_>) -> Result<usize, Fault> {
        let place = self.place(address, bytes)?;
        let grains = place / GRAIN..(place + bytes).div_ceil(GRAIN);
        let lane = access.lane.map_or(ENGINE, |lane| lane as u64);
        let stamp = u64::from(access.event) << 32 | (access.agent as u64) << 8 | lane;
        for grain in grains.clone() {
            let writer = self.writers[grain];
            if writer != 0 && writer != stamp {
                self.check_writer(grain, writer, access, "writes", names)?;
            }
        }
        for (agent, row) in self.readers.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            let known = access.known.threads.of(agent);
            for (offset, reader) in row[grains.clone()].iter().enumerate() {
                let (event, lane) = (reader >> 6, reader & 63);
                if *reader == 0 || event <= known && agent != access.agent {
                    continue;
                }
                let ordered = match access.lane {
                    Some(own) if agent == access.agent => lane == own as u32 || event < access.since,
                    _ => event <= known,
                };
                if !ordered {
                    let (own, other) = (names(access.agent), names(agent));
                    let at = (grains.start + offset) * GRAIN;
                    return Err(Fault::new(format!(
                        "{own} overwrites what {other} may still read, at {at} of shared memory"
                    )));
                }
            }
        }
        self.writers[grains].fill(stamp);
        Ok(place)
    }

    fn check_writers(
        &self,
        grains: std::ops::Range<usize>,
        access: &Access<'_>,
        does: &str,
        names: Names<'_>,
    ) -> Result<(), Fault> {
        let mut last = 0;
        for grain in grains {
            let writer = self.writers[grain];
            if writer == 0 {
                let own = names(access.agent);
                let at = grain * GRAIN;
                return Err(Fault::new(format!("{own} {does} shared memory that nobody filled, at {at}")));
            }
            if writer != last {
                self.check_writer(grain, writer, access, does, names)?;
                last = writer;
            }
        }
        Ok(())
    }

    fn check_writer(
        &self,
        grain: usize,
        writer: u64,
        access: &Access<'_>,
        does: &str,
        names: Names<'_>,
    ) -> Result<(), Fault> {
        let (event, agent) = ((writer >> 32) as u32, (writer >> 8) as usize & 0xFF_FFFF);
        let engine = writer & ENGINE != 0;
        if access.follows(agent, event, (writer & 63) as u32, engine) {
            return Ok(());
        }
        let (own, other) = (names(access.agent), names(agent));
        let at = grain * GRAIN;
        let seen = access.known.threads.of(agent) >= event && agent != access.agent;
        let why = match seen {
            true => format!("{own} {does} what {other} wrote, without a proxy fence between them"),
            false => format!("{own} {does} what {other} writes, without an order between them"),
        };
        Err(Fault::new(format!("{why}, at {at} of shared memory")))
    }
}
