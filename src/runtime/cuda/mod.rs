//! Running a manifest's kernels on an NVIDIA GPU.

mod driver;
mod steps;

use super::{
    DType, Expr, Manifest, RuntimeError, Scope, Tensor,
    manifest::{Buffer, Kernel, Parameter, TensorMap},
    tensor::element_count,
};
use driver::{Argument, Image, Launch, Memory, Stopwatch, TiledMap};
use std::{collections::BTreeMap, path::Path};

pub use driver::Device;

/// The file of a cubin or a constant by name: read from the artifact folder, or from memory in a compiler.
pub type Files<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, RuntimeError>;

/// Reads cubins from the folder of a manifest.
pub fn folder_files(folder: &Path) -> impl Fn(&str) -> Result<Vec<u8>, RuntimeError> {
    move |name| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(RuntimeError::io("read", &path))
    }
}

/// A compiled function, loaded onto a GPU.
pub struct Program<'d> {
    device: &'d Device,
    manifest: Manifest,
    images: BTreeMap<String, Image<'d>>,
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
const POISON: u8 = 0xFF;

impl<'d> Program<'d> {
    /// Loads the cubins of a manifest.
    ///
    /// # Errors
    /// Artifacts for another target or GPU, a missing or malformed cubin.
    pub fn load(device: &'d Device, manifest: Manifest, files: Files<'_>) -> Result<Self, RuntimeError> {
        if manifest.host.is_some() || manifest.kernels.is_empty() {
            let text = format!("the artifacts are for target '{}', which has no GPU kernels", manifest.target);
            return Err(RuntimeError::Target(text));
        }
        let (capability, shared) = (device.capability()?, device.shared_memory()?);
        let mut images = BTreeMap::new();
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
        let multiprocessors = i64::from(device.multiprocessors()?);
        Ok(Self { device, manifest, images, constants, multiprocessors })
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
        scope.fact("sm_count", self.multiprocessors);
        if !self.manifest.is_plain() {
            return self.run_steps(arguments, scope, repeat);
        }
        let maps = self.maps(&scope)?;
        let mut memory = BTreeMap::new();
        let mut allocate = |name: &str, dtype: DType, shape: &[usize]| -> Result<(), RuntimeError> {
            let bytes = element_count(shape).and_then(|count| count.checked_mul(dtype.size()));
            let bytes = bytes.ok_or_else(|| too_large(name, shape))?;
            let mut block = Memory::new(self.device, bytes.max(reach(&maps, name, bytes)?))?;
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
        let launches = self.launches(&scope, &maps, &memory)?;
        let launch_all = || launches.iter().try_for_each(Prepared::launch);
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

    /// Every tensor map with its sizes, in the order the kernels name them.
    fn maps<'m>(&'m self, scope: &Scope) -> Result<Vec<SizedMap<'m>>, RuntimeError> {
        self.manifest.kernels.iter().flat_map(maps_of).map(|map| SizedMap::new(map, scope)).collect()
    }

    /// Every launch with a grid that is not empty, its arguments encoded.
    fn launches<'a>(
        &'a self,
        scope: &Scope,
        maps: &[SizedMap<'_>],
        memory: &BTreeMap<String, Memory<'_>>,
    ) -> Result<Vec<Prepared<'a>>, RuntimeError> {
        let mut maps = maps.iter();
        let launches = self
            .manifest
            .kernels
            .iter()
            .filter_map(|kernel| self.prepare(kernel, scope, &mut maps, memory).transpose());
        launches.collect()
    }

    /// The launch of a kernel with its arguments encoded, or `None` where its grid is empty. Takes its tensor maps from `maps`.
    fn prepare<'a, 'm>(
        &'a self,
        kernel: &'a Kernel,
        scope: &Scope,
        maps: &mut impl Iterator<Item = &'m SizedMap<'m>>,
        memory: &BTreeMap<String, Memory<'_>>,
    ) -> Result<Option<Prepared<'a>>, RuntimeError> {
        let address = |tensor: &str| {
            let found = memory.get(tensor).or_else(|| self.constants.get(tensor)).map(Memory::address);
            found.ok_or_else(|| RuntimeError::Cuda(format!("there is no tensor '{tensor}'")))
        };
        let grid = grid_of(kernel, scope)?;
        let arguments = kernel
            .parameters
            .iter()
            .map(|parameter| match parameter {
                Parameter::Pointer { tensor } => Ok(Argument::U64(address(tensor)?)),
                Parameter::Scalar { dtype, value } => scalar(*dtype, value, scope),
                Parameter::TensorMap(map) => {
                    let sized = maps.next().ok_or_else(|| RuntimeError::Cuda("tensor maps ran out".into()))?;
                    sized.encode(address(&map.tensor)?)
                }
            })
            .collect::<Result<_, RuntimeError>>()?;
        let Some(grid) = grid else { return Ok(None) };
        let image = self.images.get(&kernel.cubin);
        let image = image.ok_or_else(|| RuntimeError::Cuda(format!("'{}' is not loaded", kernel.cubin)))?;
        let launch = Launch {
            grid,
            block: kernel.block,
            cluster: kernel.cluster,
            shared_memory: kernel.shared_memory,
            dependent: kernel.dependent,
        };
        let function = image.function(&kernel.symbol, kernel.shared_memory)?;
        Ok(Some(Prepared { symbol: &kernel.symbol, function, launch, arguments }))
    }
}

/// The tensor maps among a kernel's parameters.
fn maps_of(kernel: &Kernel) -> impl Iterator<Item = &TensorMap> {
    kernel.parameters.iter().filter_map(|parameter| match parameter {
        Parameter::TensorMap(map) => Some(map),
        _ => None,
    })
}

/// A kernel with all that its launch takes.
struct Prepared<'a> {
    symbol: &'a str,
    function: driver::Function<'a>,
    launch: Launch,
    arguments: Vec<Argument>,
}

impl Prepared<'_> {
    fn launch(&self) -> Result<(), RuntimeError> {
        self.function.launch(self.symbol, &self.launch, &self.arguments)
    }
}

/// A tensor map with its run-time sizes. An empty dim is given as 1: the hardware has no empty maps, and a
/// kernel that respects the shape never looks at what is there.
struct SizedMap<'m> {
    map: &'m TensorMap,
    offset: u64,
    dims: Vec<u64>,
    strides: Vec<u64>,
    /// Whether the tensor has no elements.
    empty: bool,
}

impl<'m> SizedMap<'m> {
    fn new(map: &'m TensorMap, scope: &Scope) -> Result<Self, RuntimeError> {
        let size = |expr: &Expr| expr.eval_size(scope).map(|size| size as u64);
        let mut dims: Vec<u64> = map.dims.iter().map(size).collect::<Result<_, _>>()?;
        let mut strides: Vec<u64> = map.strides.iter().map(size).collect::<Result<_, _>>()?;
        let offset = size(&map.offset)?;
        let empty = dims.contains(&0);
        if empty {
            dims.iter_mut().for_each(|dim| *dim = (*dim).max(1));
            strides.iter_mut().for_each(|stride| *stride = (*stride).max(16));
        }
        let place = |reason: String| RuntimeError::Cuda(format!("tensor map of '{}': {reason}", map.tensor));
        if let Some(dim) = dims.iter().find(|&&dim| dim > 1 << 32) {
            return Err(place(format!("dim {dim} is more than 2^32")));
        }
        if let Some(stride) = strides.iter().find(|&&stride| stride % 16 != 0 || stride >= 1 << 40) {
            return Err(place(format!("stride {stride} is not a multiple of 16 below 2^40")));
        }
        if offset % 16 != 0 {
            return Err(place(format!("offset {offset} is not a multiple of 16")));
        }
        Ok(Self { map, offset, dims, strides, empty })
    }

    /// The bytes from the first element to past the last.
    fn reach(&self) -> Option<u64> {
        let row = self.dims.first()?.checked_mul(self.map.dtype.size() as u64)?.checked_add(self.offset)?;
        let outer = self.dims.iter().skip(1).zip(&self.strides);
        outer.map(|(dim, stride)| (dim - 1).checked_mul(*stride)).try_fold(row, |sum, part| sum.checked_add(part?))
    }

    fn encode(&self, address: u64) -> Result<Argument, RuntimeError> {
        let ones = vec![1; self.dims.len()];
        let TensorMap { tensor, dtype, tile, element_strides, swizzle, l2_promotion, .. } = self.map;
        let element_strides = if element_strides.is_empty() { &ones } else { element_strides };
        let (dtype, swizzle, l2_promotion) = (*dtype, *swizzle, *l2_promotion);
        let (dims, strides, address) = (&self.dims, &self.strides, address + self.offset);
        TiledMap { address, dtype, dims, strides, tile, element_strides, swizzle, l2_promotion }.encode(tensor)
    }
}

/// The bytes that the maps of a tensor need to exist; more than `bytes` only for an empty tensor.
fn reach(maps: &[SizedMap<'_>], tensor: &str, bytes: usize) -> Result<usize, RuntimeError> {
    let mut needed = bytes;
    for sized in maps.iter().filter(|sized| sized.map.tensor == tensor) {
        let reach = sized.reach().and_then(|reach| usize::try_from(reach).ok()).unwrap_or(usize::MAX);
        if reach > bytes && !sized.empty {
            let text = format!("tensor map of '{tensor}' reaches {reach} bytes into a tensor of {bytes}");
            return Err(RuntimeError::Cuda(text));
        }
        needed = needed.max(reach);
    }
    Ok(needed)
}

/// The grid, or `None` when it is empty and there is nothing to do.
fn grid_of(kernel: &Kernel, scope: &Scope) -> Result<Option<[u32; 3]>, RuntimeError> {
    const LIMITS: [usize; 3] = [(1 << 31) - 1, 65_535, 65_535];
    let mut grid = [0; 3];
    for (dim, size) in grid.iter_mut().enumerate() {
        let value = kernel.grid[dim].eval_size(scope)?;
        if value > LIMITS[dim] {
            let text =
                format!("kernel '{}': grid dim {dim} is {value}, at most {} is possible", kernel.symbol, LIMITS[dim]);
            return Err(RuntimeError::Cuda(text));
        }
        *size = value as u32;
    }
    Ok((!grid.contains(&0)).then_some(grid))
}

fn scalar(dtype: DType, value: &Expr, scope: &Scope) -> Result<Argument, RuntimeError> {
    let number = value.eval(scope)?;
    match dtype {
        DType::I64 => Ok(Argument::I64(number)),
        DType::I32 => i32::try_from(number)
            .map(Argument::I32)
            .map_err(|_| RuntimeError::Expr { text: value.to_string(), reason: format!("{number} does not fit i32") }),
        _ => Err(RuntimeError::Cuda(format!("a scalar parameter is i32 or i64, not {dtype}"))),
    }
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

    #[test]
    fn map_sizes_are_checked_before_the_gpu_sees_them() {
        let map = |dims: &str, strides: &str| -> Result<(u64, bool), String> {
            let text = format!(
                r#"{{"tensor": "arg0", "rank": 2, "dims": {dims}, "strides": {strides}, "box": [64, 8], "dtype": "bf16"}}"#
            );
            let map: TensorMap = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let sized = SizedMap::new(&map, &Scope::default()).map_err(|error| error.to_string())?;
            reach(std::slice::from_ref(&sized), "arg0", 1280).map_err(|error| error.to_string())?;
            Ok((sized.reach().unwrap_or(0), sized.empty))
        };
        assert_eq!(map("[64, 10]", "[128]"), Ok((1280, false)));
        assert_eq!(map("[64, 0]", "[128]"), Ok((128, true)));
        assert_eq!(map("[0, 10]", "[0]"), Ok((146, true)));
        assert_eq!(
            map("[33, 10]", "[66]"),
            Err("tensor map of 'arg0': stride 66 is not a multiple of 16 below 2^40".into())
        );
        assert_eq!(
            map("[64, 11]", "[128]"),
            Err("tensor map of 'arg0' reaches 1408 bytes into a tensor of 1280".into())
        );
    }
}
