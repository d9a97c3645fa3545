//! Global memory: buffers at addresses far from each other.

use crate::Fault;

/// Bits of an offset in a buffer.
const OFFSET_BITS: u32 = 40;

/// The address of a buffer.
pub fn global_address(buffer: usize) -> u64 {
    (buffer as u64 + 1) << OFFSET_BITS
}

/// A buffer, and which blocks read and wrote its bytes last.
#[derive(Clone, Debug, Default)]
struct Buffer {
    name: String,
    bytes: Vec<u8>,
    /// The block that wrote a byte, counted over all launches; 0: none did.
    writers: Vec<u32>,
    /// The block that read it last; [`MANY`] above the launch's first: several did.
    readers: Vec<u32>,
}

/// All buffers, over several launches.
#[derive(Clone, Debug, Default)]
pub struct Global {
    buffers: Vec<Buffer>,
    /// The first block of the launch, and the block that runs.
    first: u32,
    block: u32,
    next: u32,
}

impl Global {
    /// Adds a buffer, and returns its number.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> usize {
        let (writers, readers) = (vec![0; bytes.len()], vec![0; bytes.len()]);
        self.buffers.push(Buffer { name: name.into(), bytes, writers, readers });
        self.buffers.len() - 1
    }

    /// The bytes of a buffer.
    pub fn bytes(&self, buffer: usize) -> &[u8] {
        self.buffers.get(buffer).map_or(&[], |buffer| &buffer.bytes)
    }

    /// A launch of so many blocks begins.
    pub(crate) fn begin(&mut self, blocks: u32) {
        self.first = self.next + 1;
        // One number more stands for several readers.
        self.next = self.first + blocks + 1;
    }

    /// A block begins.
    pub(crate) fn enter(&mut self, block: u32) {
        self.block = self.first + 1 + block;
    }

    fn find(&mut self, address: u64, bytes: usize) -> Result<(&mut Buffer, usize), Fault> {
        let offset = (address & ((1 << OFFSET_BITS) - 1)) as usize;
        let number = (address >> OFFSET_BITS) as usize;
        if number == 0 || number > self.buffers.len() {
            // A pointer a little before its buffer.
            return Err(match self.buffers.get(number) {
                Some(buffer) => {
                    let before = (1 << OFFSET_BITS) - offset;
                    Fault::new(format!("an access {before} bytes before '{}'", buffer.name))
                }
                None => Fault::new(format!("an access to address {address:#x}, where no tensor is")),
            });
        }
        let buffer = &mut self.buffers[number - 1];
        if offset + bytes > buffer.bytes.len() {
            let (name, size) = (&buffer.name, buffer.bytes.len());
            return Err(Fault::new(format!(
                "an access to bytes {offset} to {} of '{name}', which has {size}",
                offset + bytes
            )));
        }
        Ok((buffer, offset))
    }

    /// Reads bytes.
    pub(crate) fn read(&mut self, address: u64, into: &mut [u8]) -> Result<(), Fault> {
        let (first, block) = (self.first, self.block);
        let (buffer, at) = self.find(address, into.len())?;
        let range = at..at + into.len();
        into.copy_from_slice(&buffer.bytes[range.clone()]);
        for (writer, reader) in buffer.writers[range.clone()].iter().zip(&mut buffer.readers[range]) {
            if *writer > first && *writer != block {
                let (name, other, own) = (&buffer.name, writer - first - 1, block - first - 1);
                return Err(Fault::new(format!(
                    "block {own} reads what block {other} wrote to '{name}' in the same launch"
                )));
            }
            *reader = if *reader >= first && *reader != block { first } else { block };
        }
        Ok(())
    }

    /// Writes bytes.
    pub(crate) fn write(&mut self, address: u64, from: &[u8]) -> Result<(), Fault> {
        let (first, block) = (self.first, self.block);
        let (buffer, at) = self.find(address, from.len())?;
        let range = at..at + from.len();
        // Blocks may write the same bytes to the same place.
        let same = buffer.bytes[range.clone()] == *from;
        buffer.bytes[range.clone()].copy_from_slice(from);
        for (writer, reader) in buffer.writers[range.clone()].iter_mut().zip(&buffer.readers[range]) {
            let (name, own) = (&buffer.name, block - first - 1);
            if *writer > first && *writer != block && !same {
                let other = *writer - first - 1;
                return Err(Fault::new(format!(
                    "blocks {own} and {other} write different values to the same bytes of '{name}'"
                )));
            }
            if *reader >= first && *reader != block {
                return Err(Fault::new(format!(
                    "block {own} writes to '{name}' what another block reads in the same launch"
                )));
            }
            *writer = block;
        }
        Ok(())
    }
}
