//! Programs with steps besides launches: what a launch takes is encoded when it is its turn.

use super::{Allocator, Content, Given, Launcher, Resident, Sized, byte_count};
use crate::runtime::{
    DType, RuntimeError, Scope,
    cuda::{driver::Stream, sized::SizedKernel},
    manifest::Buffer,
    steps::{self, Machine},
};

/// A program that runs.
struct Walk<'a> {
    launcher: &'a Launcher,
    resident: &'a Resident,
    stream: Stream,
    arguments: &'a [Given<'a>],
    /// Of arguments, results and temporaries.
    addresses: Vec<u64>,
    bytes: Vec<Option<usize>>,
    /// Memory of the stream that is given back at the end.
    taken: Vec<u64>,
    allocator: &'a mut dyn Allocator,
}

impl Launcher {
    pub(super) fn walk(
        &self,
        resident: &Resident,
        sized: &Sized,
        stream: Stream,
        arguments: &[Given<'_>],
        mut addresses: Vec<u64>,
        allocator: &mut dyn Allocator,
    ) -> Result<(), RuntimeError> {
        addresses.resize(self.places.len(), 0);
        let bytes = sized.bytes.clone();
        let mut walk = Walk { launcher: self, resident, stream, arguments, addresses, bytes, taken: vec![], allocator };
        let ran = walk.run(sized);
        // In the order of the stream: after all that was queued.
        let freed = walk.taken.iter().try_for_each(|address| stream.free(*address));
        ran.and(freed)
    }
}

impl Walk<'_> {
    fn run(&mut self, sized: &Sized) -> Result<(), RuntimeError> {
        let base = if sized.scratch > 0 { self.take(sized.scratch)? } else { 0 };
        sized.settle(&mut self.addresses, base);
        self.launcher.sharing(sized, &self.addresses)?;
        self.launcher.write_numbers(sized, self.arguments, base, self.stream)?;
        self.launcher.manifest.execute(&mut sized.scope.clone(), self)
    }

    fn take(&mut self, bytes: usize) -> Result<u64, RuntimeError> {
        let address = self.stream.allocate(bytes)?;
        self.taken.push(address);
        Ok(address)
    }
}

impl Machine for Walk<'_> {
    fn launch(&mut self, kernel: usize, scope: &Scope) -> Result<(), RuntimeError> {
        let manifest = &self.launcher.manifest;
        let sized = SizedKernel::new(&manifest.kernels[kernel], scope)?;
        let place = |tensor: &str| self.launcher.places.get(tensor).copied();
        sized.check_reach(|tensor| place(tensor).and_then(|place| self.bytes[place]))?;
        let function = self.resident.loaded.functions[kernel].clone();
        let address = |tensor: &str| self.launcher.address(self.resident, &self.addresses, tensor);
        let encode = &mut |map: &_, address| super::SizedMap::encode(map, address);
        match sized.ready(&manifest.kernels[kernel], function, &address, encode)? {
            Some(ready) => ready.launch(self.stream),
            None => Ok(()),
        }
    }

    fn read(&mut self, tensor: &str, element: usize, dtype: DType) -> Result<i64, RuntimeError> {
        let missing = || RuntimeError::Cuda(format!("'{tensor}' has no element {element}"));
        let (place, size) = (self.launcher.places.get(tensor).copied(), dtype.size());
        if let Some(given) = place.and_then(|place| self.arguments.get(place))
            && let Content::Number(bits) = given.content
        {
            return steps::integer(&bits.to_le_bytes(), element, dtype).ok_or_else(missing);
        }
        let end = (element + 1) * size;
        if place.and_then(|place| self.bytes[place]).is_some_and(|all| all < end) {
            return Err(missing());
        }
        let address = self.launcher.address(self.resident, &self.addresses, tensor)? + (end - size) as u64;
        let (mut bytes, stream) = (vec![0; size], self.stream);
        self.allocator.wait(&mut || stream.read(address, &mut bytes))?;
        steps::integer(&bytes, 0, dtype).ok_or_else(missing)
    }

    fn swap(&mut self, [a, b]: &[String; 2]) -> Result<(), RuntimeError> {
        let (Some(a), Some(b)) = (self.launcher.places.get(a), self.launcher.places.get(b)) else {
            return Err(RuntimeError::Cuda(format!("'{a}' and '{b}' have no memory")));
        };
        self.addresses.swap(*a, *b);
        self.bytes.swap(*a, *b);
        Ok(())
    }

    fn allocate(&mut self, buffer: &Buffer, shape: &[usize], scope: &Scope) -> Result<(), RuntimeError> {
        let Some(place) = self.launcher.places.get(&buffer.name).copied() else { return Ok(()) };
        let bytes = byte_count(&buffer.name, buffer.dtype, shape)?;
        let (arguments, results) = (self.launcher.manifest.arguments.len(), self.launcher.manifest.results.len());
        let room = self.launcher.reach_so_far(&buffer.name, bytes, scope)?;
        let mut address = 0;
        if (arguments..arguments + results).contains(&place) {
            address = self.allocator.result(place - arguments, shape)?;
        }
        if address == 0 || bytes == 0 {
            address = self.take(room)?;
        }
        self.addresses[place] = address;
        self.bytes[place] = Some(bytes);
        Ok(())
    }
}
