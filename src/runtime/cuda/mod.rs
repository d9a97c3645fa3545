//! Running a manifest's kernels on an NVIDIA GPU.

mod cache;
mod driver;
mod launcher;
pub(crate) mod sized;
mod steps;

use super::{DType, Manifest, RuntimeError, Scope, Tensor, manifest::Buffer, tensor::element_count};
use driver::{Context, Function, Image, Memory, Ready, Stopwatch, Stream};
use sized::{SizedKernel, reach};
use std::{collections::BTreeMap, path::Path};

pub use driver::{Device, start};
pub use launcher::{Allocator, Content, Given, Launcher};

/// The file of a cubin or a constant by name: read from the artifact folder, or from memory in a compiler.
pub type Files<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, RuntimeError>;

/// Reads the files of a manifest from its folder, if they are those that were compiled.
pub fn folder_files(manifest: &Manifest, folder: &Path) -> impl Fn(&str) -> Result<Vec<u8>, RuntimeError> {
    move |name| {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(RuntimeError::io("read", &path))?;
        manifest.verify(name, &bytes)?;
        Ok(bytes)
    }
}

/// A compiled function, loaded onto a GPU.
pub struct Program<'d> {
    device: &'d Device,
    manifest: Manifest,
    loaded: Loaded<'d>,
}

/// What of a manifest is on a GPU for all runs.
struct Loaded<'d> {
    /// Of each kernel.
    functions: Vec<Function<'d>>,
    /// The manifest's constants on the GPU, by name.
    constants: BTreeMap<String, Memory<'d>>,
    multiprocessors: i64,
}

/// How often a program is run again for timing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Repeat {
    pub count: usize,
    /// Fill the GPU's cache with other data before each repetition.
    pub flush: bool,
}

/// What one execution gave.
pub struct Run {
    pub results: Vec<Tensor>,
    /// Milliseconds of each timed repetition, without copies.
    pub times: Vec<f32>,
}

/// The byte that results and temporaries are filled with before a run: every float of it is NaN, so a
/// position that no kernel writes shows up in a comparison.
pub(crate) const POISON: u8 = 0xFF;

impl<'d> Loaded<'d> {
    /// Loads the cubins and the constants of a manifest into the current context.
    fn load(device: &'d Context, manifest: &Manifest, files: Files<'_>) -> Result<Self, RuntimeError> {
        check_target(manifest)?;
        let (capability, shared) = (device.capability()?, device.shared_memory()?);
        let (mut images, mut functions) = (BTreeMap::new(), vec![]);
        for kernel in &manifest.kernels {
            if !runs_on(&kernel.target, capability) {
                let (name, (major, minor)) = (device.name()?, capability);
                return Err(RuntimeError::Target(format!(
                    "kernel '{}' is for {}, but {name} has compute capability {major}.{minor}",
                    kernel.symbol, kernel.target
                )));
            }
            if i64::from(kernel.shared_memory) > i64::from(shared) {
                return Err(RuntimeError::Target(format!(
                    "kernel '{}' needs {} bytes of shared memory per block, and the GPU has {shared}",
                    kernel.symbol, kernel.shared_memory
                )));
            }
            if !images.contains_key(&kernel.cubin) {
                images.insert(kernel.cubin.clone(), Image::load(device, &kernel.cubin, &files(&kernel.cubin)?)?);
            }
            if let Some(image) = images.get(&kernel.cubin) {
                functions.push(image.function(&kernel.symbol, kernel.shared_memory)?);
            }
        }
        let mut constants = BTreeMap::new();
        for constant in &manifest.constants {
            let (bytes, size) = (files(&constant.file)?, element_count(&constant.shape));
            if size.and_then(|count| count.checked_mul(constant.dtype.size())) != Some(bytes.len()) {
                let text = format!(
                    "'{}' has {} bytes, not a {:?} of {}",
                    constant.file,
                    bytes.len(),
                    constant.shape,
                    constant.dtype
                );
                return Err(RuntimeError::Cuda(text));
            }
            let mut block = Memory::new(device, bytes.len())?;
            block.upload(&bytes)?;
            constants.insert(constant.name.clone(), block);
        }
        Ok(Self { functions, constants, multiprocessors: i64::from(device.multiprocessors()?) })
    }
}

impl<'d> Program<'d> {
    /// Loads the cubins of a manifest.
    ///
    /// # Errors
    /// Artifacts for another target or GPU, a missing or malformed cubin.
    pub fn load(device: &'d Device, manifest: Manifest, files: Files<'_>) -> Result<Self, RuntimeError> {
        let loaded = Loaded::load(device, &manifest, files)?;
        Ok(Self { device, manifest, loaded })
    }

    /// The manifest it was loaded from.
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Runs the kernels once on these arguments, and then more often for timing.
    ///
    /// # Errors
    /// Arguments that do not match, or a failure of the GPU.
    pub fn run(&self, arguments: &[Tensor], repeat: Repeat) -> Result<Run, RuntimeError> {
        let mut scope = self.manifest.scope(arguments)?;
        scope.fact("sm_count", self.loaded.multiprocessors);
        if !self.manifest.is_plain() {
            return self.run_steps(arguments, scope, repeat);
        }
        let kernels = self.manifest.kernels.iter().map(|kernel| SizedKernel::new(kernel, &scope));
        let kernels: Vec<_> = kernels.collect::<Result<_, _>>()?;
        let maps = || kernels.iter().flat_map(SizedKernel::maps);
        let mut memory = BTreeMap::new();
        let mut allocate = |name: &str, dtype: DType, shape: &[usize]| -> Result<(), RuntimeError> {
            let bytes = element_count(shape).and_then(|count| count.checked_mul(dtype.size()));
            let bytes = bytes.ok_or_else(|| too_large(name, shape))?;
            let mut block = Memory::new(self.device, bytes.max(reach(maps(), name, bytes)?))?;
            block.fill(POISON)?;
            memory.insert(name.to_owned(), block);
            Ok(())
        };
        for (argument, tensor) in self.manifest.arguments.iter().zip(arguments) {
            allocate(&argument.name, argument.dtype, tensor.shape())?;
        }
        for buffer in self.manifest.results.iter().chain(&self.manifest.temporaries) {
            allocate(&buffer.name, buffer.dtype, &buffer.eval_shape(&scope)?)?;
        }
        for (argument, tensor) in self.manifest.arguments.iter().zip(arguments) {
            if let Some(block) = memory.get_mut(&argument.name) {
                block.upload(tensor.bytes())?;
            }
        }
        let ready = kernels.iter().enumerate().map(|(number, sized)| self.ready(number, sized, &memory));
        let launches: Vec<_> = ready.collect::<Result<_, _>>()?;
        let launch_all = || launches.iter().flatten().try_for_each(|launch| launch.launch(Stream::DEFAULT));
        launch_all()?;
        self.device.synchronize("run the kernels")?;
        let times = self.times(repeat, launch_all)?;
        Ok(Run { results: self.download(&memory, &scope)?, times })
    }

    /// Times a run again and again.
    fn times(
        &self,
        repeat: Repeat,
        mut run: impl FnMut() -> Result<(), RuntimeError>,
    ) -> Result<Vec<f32>, RuntimeError> {
        let stopwatch = Stopwatch::new(self.device)?;
        let mut other = repeat.flush.then(|| Memory::new(self.device, 2 * self.device.cache()?)).transpose()?;
        let times = (0..repeat.count).map(|_| {
            other.iter_mut().try_for_each(|other| other.fill(0))?;
            stopwatch.time(&mut run)
        });
        times.collect()
    }

    /// The results, from memory.
    fn download(&self, memory: &BTreeMap<String, Memory<'_>>, scope: &Scope) -> Result<Vec<Tensor>, RuntimeError> {
        let download = |buffer: &Buffer| {
            let mut tensor = Tensor::zeros(buffer.dtype, &buffer.eval_shape(scope)?)?;
            if let Some(block) = memory.get(&buffer.name) {
                block.download(tensor.bytes_mut())?;
            }
            Ok(tensor)
        };
        self.manifest.results.iter().map(download).collect()
    }

    /// The launch of a kernel on what is in memory, or `None` where its grid is empty.
    fn ready(
        &self,
        kernel: usize,
        sized: &SizedKernel,
        memory: &BTreeMap<String, Memory<'_>>,
    ) -> Result<Option<Ready<'d>>, RuntimeError> {
        let address = |tensor: &str| {
            let found = memory.get(tensor).or_else(|| self.loaded.constants.get(tensor)).map(Memory::address);
            found.ok_or_else(|| RuntimeError::Cuda(format!("there is no tensor '{tensor}'")))
        };
        let function = self.loaded.functions[kernel].clone();
        sized.ready(&self.manifest.kernels[kernel], function, &address, &mut |map, address| map.encode(address))
    }
}

/// Checks that there are GPU kernels.
fn check_target(manifest: &Manifest) -> Result<(), RuntimeError> {
    if manifest.host.is_some() || manifest.kernels.is_empty() {
        let text = format!("the artifacts are for target '{}', which has no GPU kernels", manifest.target);
        return Err(RuntimeError::Target(text));
    }
    Ok(())
}

fn too_large(name: &str, shape: &[usize]) -> RuntimeError {
    RuntimeError::TooLarge { name: name.to_owned(), shape: format!("{shape:?}") }
}

/// Whether code for `target` (`sm_90a`, `sm_80`, …) runs on a GPU of this compute capability. A suffix `a`
/// means exactly that capability; without one, any later minor version will do.
fn runs_on(target: &str, (major, minor): (i32, i32)) -> bool {
    let Some(digits) = target.strip_prefix("sm_") else { return false };
    let number = digits.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let Ok(wanted) = number.parse::<i32>() else { return false };
    let exact = digits.len() > number.len();
    wanted / 10 == major && if exact { wanted % 10 == minor } else { wanted % 10 <= minor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        assert!(runs_on("sm_90a", (9, 0)));
        assert!(!runs_on("sm_90a", (10, 0)));
        assert!(runs_on("sm_80", (8, 9)));
        assert!(!runs_on("sm_89", (8, 0)));
        assert!(runs_on("sm_120a", (12, 0)));
        assert!(!runs_on("cpu", (9, 0)));
    }
}
