//! Programs with steps besides launches: what a launch takes is encoded when it is its turn.

use super::{
    POISON, Program, Repeat, Run,
    driver::{Device, Memory, Stream},
    sized::{SizedKernel, SizedMap, maps_of, reach},
    too_large,
};
use crate::runtime::{
    DType, RuntimeError, Scope, Tensor,
    manifest::Buffer,
    steps::{self, Machine},
    tensor::element_count,
};
use std::collections::BTreeMap;

/// A program that runs.
struct Running<'p, 'd> {
    program: &'p Program<'d>,
    device: &'d Device,
    memory: BTreeMap<String, Memory<'d>>,
    /// Bytes of each tensor.
    bytes: BTreeMap<String, usize>,
}

impl<'d> Program<'d> {
    /// Runs all steps once on these arguments, and then more often for timing.
    pub(super) fn run_steps(&self, arguments: &[Tensor], scope: Scope, repeat: Repeat) -> Result<Run, RuntimeError> {
        let manifest = &self.manifest;
        let (memory, bytes) = (BTreeMap::new(), BTreeMap::new());
        let mut running = Running { program: self, device: self.device, memory, bytes };
        for (argument, tensor) in manifest.arguments.iter().zip(arguments) {
            running.give(&argument.name, argument.dtype, tensor.shape(), &scope)?;
            if let Some(block) = running.memory.get_mut(&argument.name) {
                block.upload(tensor.bytes())?;
            }
        }
        for buffer in manifest.results.iter().chain(&manifest.temporaries).filter(|buffer| buffer.is_known(&scope)) {
            running.give(&buffer.name, buffer.dtype, &buffer.eval_shape(&scope)?, &scope)?;
        }
        let mut last = scope.clone();
        manifest.execute(&mut last, &mut running)?;
        self.device.synchronize("run the kernels")?;
        let times = self.times(repeat, || manifest.execute(&mut last.clone(), &mut running))?;
        Ok(Run { results: self.download(&running.memory, &last)?, times })
    }
}

impl Running<'_, '_> {
    fn give(&mut self, name: &str, dtype: DType, shape: &[usize], scope: &Scope) -> Result<(), RuntimeError> {
        let bytes = element_count(shape).and_then(|count| count.checked_mul(dtype.size()));
        let bytes = bytes.ok_or_else(|| too_large(name, shape))?;
        // Maps whose sizes are not known yet are looked at when it is their turn.
        let maps = self.program.manifest.kernels.iter().flat_map(maps_of);
        let maps: Vec<_> = maps.filter_map(|map| SizedMap::new(map, scope).ok()).collect();
        let empty = bytes == 0;
        let room = if empty { reach(maps.iter(), name, bytes)? } else { bytes };
        let mut block = Memory::new(self.device, room)?;
        block.fill(POISON)?;
        self.memory.insert(name.to_owned(), block);
        self.bytes.insert(name.to_owned(), bytes);
        Ok(())
    }
}

impl Machine for Running<'_, '_> {
    fn launch(&mut self, kernel: usize, scope: &Scope) -> Result<(), RuntimeError> {
        let sized = SizedKernel::new(&self.program.manifest.kernels[kernel], scope)?;
        sized.check_reach(|tensor| self.bytes.get(tensor).copied())?;
        match self.program.ready(kernel, &sized, &self.memory)? {
            Some(launch) => launch.launch(Stream::DEFAULT),
            None => Ok(()),
        }
    }

    fn read(&mut self, tensor: &str, element: usize, dtype: DType) -> Result<i64, RuntimeError> {
        let missing = || RuntimeError::Cuda(format!("'{tensor}' has no element {element}"));
        let block =
            self.memory.get(tensor).or_else(|| self.program.loaded.constants.get(tensor)).ok_or_else(missing)?;
        let mut bytes = vec![0; (element + 1) * dtype.size()];
        if self.bytes.get(tensor).is_some_and(|all| *all < bytes.len()) {
            return Err(missing());
        }
        block.download(&mut bytes)?;
        steps::integer(&bytes, element, dtype).ok_or_else(missing)
    }

    fn swap(&mut self, [a, b]: &[String; 2]) -> Result<(), RuntimeError> {
        let (Some(first), Some(second)) = (self.memory.remove(a), self.memory.remove(b)) else {
            return Err(RuntimeError::Cuda(format!("'{a}' and '{b}' have no memory")));
        };
        self.memory.insert(a.clone(), second);
        self.memory.insert(b.clone(), first);
        Ok(())
    }

    fn allocate(&mut self, buffer: &Buffer, shape: &[usize], scope: &Scope) -> Result<(), RuntimeError> {
        self.give(&buffer.name, buffer.dtype, shape, scope)
    }
}
