//! The CUDA driver API behind owned handles. The library is opened at run time, so a machine without a GPU
//! gets a message and not a link error.
//!
//! Rule of this module: every handle borrows the [`Context`] that it belongs to, which is current on the thread that makes or
//! uses one: for as long as a [`Device`] lives, or as long as it is [`Entered`].
#![allow(unsafe_code, reason = "the one module that calls the CUDA driver API")]

mod context;
mod stream;

pub use context::{Context, Device, start};
pub use stream::{Kept, Stream};

use crate::runtime::{
    DType, RuntimeError,
    manifest::{L2Promotion, Swizzle},
};
use cudarc::driver::{result, result::DriverError, sys};
use std::{ffi::CString, ffi::c_void, sync::Arc};

/// Turns a driver error into a message that says what was being done.
fn during(what: &str) -> impl FnOnce(DriverError) -> RuntimeError {
    move |error| {
        let text =
            |found: Result<&std::ffi::CStr, _>| found.map_or("?".into(), |text| text.to_string_lossy().into_owned());
        let (name, reason) = (text(error.error_name()), text(error.error_string()));
        RuntimeError::Cuda(format!("CUDA: cannot {what}: {reason} ({name})"))
    }
}

/// Device memory.
pub struct Memory<'d> {
    address: sys::CUdeviceptr,
    bytes: usize,
    context: &'d Context,
}

impl<'d> Memory<'d> {
    /// Allocates at least one byte, aligned to 256.
    ///
    /// # Errors
    /// Out of memory.
    pub fn new(context: &'d Context, bytes: usize) -> Result<Self, RuntimeError> {
        let bytes = bytes.max(1);
        // SAFETY: the size is not zero; `drop` frees it.
        let address = unsafe { result::malloc_sync(bytes) }
            .map_err(|error| during(&format!("allocate {bytes} bytes on the GPU"))(error))?;
        Ok(Self { address, bytes, context })
    }

    /// The device address.
    pub const fn address(&self) -> u64 {
        self.address
    }

    /// Sets every byte.
    ///
    /// # Errors
    /// The driver's.
    pub fn fill(&mut self, byte: u8) -> Result<(), RuntimeError> {
        // SAFETY: the range is the allocation.
        unsafe { result::memset_d8_sync(self.address, byte, self.bytes) }.map_err(during("fill GPU memory"))
    }

    /// Copies from the host to the start.
    ///
    /// # Errors
    /// The driver's, or a source longer than the allocation.
    pub fn upload(&mut self, source: &[u8]) -> Result<(), RuntimeError> {
        self.fits(source.len())?;
        if source.is_empty() {
            return Ok(());
        }
        // SAFETY: the source fits.
        unsafe { result::memcpy_htod_sync(self.address, source) }.map_err(during("copy to the GPU"))
    }

    /// Copies from the start to the host.
    ///
    /// # Errors
    /// The driver's, or a target longer than the allocation.
    pub fn download(&self, target: &mut [u8]) -> Result<(), RuntimeError> {
        self.fits(target.len())?;
        if target.is_empty() {
            return Ok(());
        }
        // SAFETY: the target fits.
        unsafe { result::memcpy_dtoh_sync(target, self.address) }.map_err(during("copy from the GPU"))
    }

    fn fits(&self, bytes: usize) -> Result<(), RuntimeError> {
        if bytes <= self.bytes {
            return Ok(());
        }
        Err(RuntimeError::Cuda(format!("a copy of {bytes} bytes does not fit {} bytes of GPU memory", self.bytes)))
    }
}

impl Drop for Memory<'_> {
    fn drop(&mut self) {
        let _entered = self.context.enter();
        // SAFETY: allocated in `new`, freed once.
        let _ = unsafe { result::free_sync(self.address) };
    }
}

/// A loaded cubin, for as long as one of its kernels is there.
pub struct Image<'d>(Arc<Module<'d>>);

struct Module<'d> {
    module: sys::CUmodule,
    context: &'d Context,
}

// SAFETY: a handle of the driver's, which any thread may use.
unsafe impl Send for Module<'_> {}
// SAFETY: as above.
unsafe impl Sync for Module<'_> {}

impl<'d> Image<'d> {
    /// Loads a cubin.
    ///
    /// # Errors
    /// Not a whole ELF file, or not one for this GPU.
    pub fn load(context: &'d Context, name: &str, cubin: &[u8]) -> Result<Self, RuntimeError> {
        check_elf(cubin).map_err(|reason| RuntimeError::Cuda(format!("'{name}' is not a cubin: {reason}")))?;
        // SAFETY: the bytes are alive, and `check_elf` saw that the file is as long as its header says.
        let module = unsafe { result::module::load_data(cubin.as_ptr().cast()) }
            .map_err(|error| during(&format!("load '{name}'"))(error))?;
        Ok(Self(Arc::new(Module { module, context })))
    }

    /// A kernel, allowed to use this much dynamic shared memory.
    ///
    /// # Errors
    /// No such symbol, or more shared memory than there is.
    pub fn function(&self, symbol: &str, shared_memory: u32) -> Result<Function<'d>, RuntimeError> {
        let name = CString::new(symbol).map_err(|_| RuntimeError::Cuda(format!("'{symbol}' is not a symbol")))?;
        // SAFETY: the module is loaded.
        let function = unsafe { result::module::get_function(self.0.module, name) }
            .map_err(|error| during(&format!("find kernel '{symbol}'"))(error))?;
        let bytes = i32::try_from(shared_memory).map_err(|_| {
            RuntimeError::Cuda(format!("kernel '{symbol}' asks for {shared_memory} bytes of shared memory"))
        })?;
        let attribute = sys::CUfunction_attribute::CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
        // SAFETY: the function belongs to a loaded module.
        let allowed = unsafe { result::function::get_function_attribute(function, attribute) }
            .map_err(during("read a kernel's attributes"))?;
        if bytes > allowed {
            // SAFETY: as above. Never lowered, because other launches of the same function may need more.
            unsafe { result::function::set_function_attribute(function, attribute, bytes) }
                .map_err(|error| during(&format!("give kernel '{symbol}' {bytes} bytes of shared memory"))(error))?;
        }
        Ok(Function { function, _module: Arc::clone(&self.0) })
    }
}

impl Drop for Module<'_> {
    fn drop(&mut self) {
        let _entered = self.context.enter();
        // SAFETY: loaded in `load`, unloaded once.
        let _ = unsafe { result::module::unload(self.module) };
    }
}

/// Whether the bytes are an ELF file no shorter than its section table says.
fn check_elf(bytes: &[u8]) -> Result<(), &'static str> {
    let field = |at: usize, size: usize| -> Option<u64> {
        let bytes = bytes.get(at..at + size)?;
        Some(bytes.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte)))
    };
    if bytes.get(..5) != Some(b"\x7fELF\x02") {
        return Err("it does not start as a 64-bit ELF file");
    }
    let table = (|| field(40, 8)?.checked_add(field(58, 2)? * field(60, 2)?))();
    if table.is_some_and(|end| end <= bytes.len() as u64) { Ok(()) } else { Err("it is truncated") }
}

/// A kernel of an [`Image`].
#[derive(Clone)]
pub struct Function<'d> {
    function: sys::CUfunction,
    _module: Arc<Module<'d>>,
}

// SAFETY: a handle of the driver's, which any thread may use.
unsafe impl Send for Function<'_> {}
// SAFETY: as above.
unsafe impl Sync for Function<'_> {}

/// One kernel argument, by value.
#[derive(Clone)]
pub enum Argument {
    TensorMap(Box<sys::CUtensorMap>),
    U64(u64),
    I64(i64),
    I32(i32),
}

impl Argument {
    /// The bits of a number.
    pub const fn bits(&self) -> u64 {
        match self {
            Self::TensorMap(_) => 0,
            Self::U64(value) => *value,
            Self::I64(value) => value.cast_unsigned(),
            Self::I32(value) => value.cast_unsigned() as u64,
        }
    }

    fn pointer(&self) -> *mut c_void {
        match self {
            Self::TensorMap(map) => std::ptr::from_ref(&**map).cast::<c_void>().cast_mut(),
            Self::U64(value) => std::ptr::from_ref(value).cast::<c_void>().cast_mut(),
            Self::I64(value) => std::ptr::from_ref(value).cast::<c_void>().cast_mut(),
            Self::I32(value) => std::ptr::from_ref(value).cast::<c_void>().cast_mut(),
        }
    }
}

/// The shape of a launch.
pub struct Launch {
    pub grid: [u32; 3],
    pub block: [u32; 3],
    pub cluster: [u32; 3],
    pub shared_memory: u32,
    /// Launched while what came before it still runs; the kernel itself waits.
    pub dependent: bool,
}

/// A kernel with all that its launch takes, packed.
pub struct Ready<'d> {
    symbol: String,
    function: Function<'d>,
    launch: Launch,
    attributes: Vec<sys::CUlaunchAttribute>,
    /// Into `arguments`.
    pointers: Vec<*mut c_void>,
    _arguments: Vec<Argument>,
}

// SAFETY: the pointers are to memory of its own that is never written.
unsafe impl Send for Ready<'_> {}
// SAFETY: as above.
unsafe impl Sync for Ready<'_> {}

impl<'d> Ready<'d> {
    /// Packs a launch.
    ///
    /// The arguments must be what the kernel's signature says and must point to live memory: this is what
    /// the manifest promises, and nothing here can check it.
    pub fn new(symbol: &str, function: Function<'d>, launch: Launch, arguments: Vec<Argument>) -> Self {
        let pointers = arguments.iter().map(Argument::pointer).collect();
        let [x, y, z] = launch.cluster;
        let attribute = |id, value| sys::CUlaunchAttribute { id, pad: [0; 4], value };
        let mut attributes = vec![];
        if launch.cluster != [1, 1, 1] {
            attributes.push(attribute(
                sys::CUlaunchAttributeID::CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION,
                sys::CUlaunchAttributeValue { clusterDim: sys::CUlaunchAttributeValue_union__bindgen_ty_1 { x, y, z } },
            ));
        }
        if launch.dependent {
            attributes.push(attribute(
                sys::CUlaunchAttributeID::CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION,
                sys::CUlaunchAttributeValue { programmaticStreamSerializationAllowed: 1 },
            ));
        }
        Self { symbol: symbol.to_owned(), function, launch, attributes, pointers, _arguments: arguments }
    }

    /// Queues the kernel on a stream.
    ///
    /// # Errors
    /// A launch the driver refuses. What goes wrong on the GPU shows up when it is waited for.
    pub fn launch(&self, stream: Stream) -> Result<(), RuntimeError> {
        let Launch { grid, block, shared_memory, .. } = &self.launch;
        let config = sys::CUlaunchConfig {
            gridDimX: grid[0],
            gridDimY: grid[1],
            gridDimZ: grid[2],
            blockDimX: block[0],
            blockDimY: block[1],
            blockDimZ: block[2],
            sharedMemBytes: *shared_memory,
            hStream: stream.handle(),
            attrs: self.attributes.as_ptr().cast_mut(),
            numAttrs: self.attributes.len() as u32,
        };
        let pointers = self.pointers.as_ptr().cast_mut();
        // SAFETY: the function is loaded; the config, its attributes and the arguments outlive the call, which
        // copies them and writes none.
        unsafe { sys::cuLaunchKernelEx(&config, self.function.function, pointers, std::ptr::null_mut()) }
            .result()
            .map_err(|error| during(&format!("launch kernel '{}' on a grid of {grid:?}", self.symbol))(error))
    }
}

/// A tensor map with its sizes known. Innermost dim first.
pub struct TiledMap<'a> {
    pub address: u64,
    pub dtype: DType,
    pub dims: &'a [u64],
    pub strides: &'a [u64],
    pub tile: &'a [u32],
    pub element_strides: &'a [u32],
    pub swizzle: Swizzle,
    pub l2_promotion: L2Promotion,
}

impl TiledMap<'_> {
    /// Encodes the map. The slices must be of equal rank 1 to 5 (strides: one less), as manifests guarantee.
    ///
    /// # Errors
    /// What the hardware cannot do.
    pub fn encode(&self, name: &str) -> Result<Argument, RuntimeError> {
        use sys::{
            CUtensorMapDataType_enum as Type, CUtensorMapFloatOOBfill_enum as Fill,
            CUtensorMapInterleave_enum as Interleave, CUtensorMapL2promotion_enum as Promotion,
            CUtensorMapSwizzle_enum as Swizzling,
        };
        let rank = self.dims.len();
        if !(1..=5).contains(&rank)
            || self.strides.len() != rank - 1
            || self.tile.len() != rank
            || self.element_strides.len() != rank
        {
            return Err(RuntimeError::Cuda(format!("tensor map of '{name}': ranks differ")));
        }
        let dtype = match self.dtype {
            DType::F64 => Type::CU_TENSOR_MAP_DATA_TYPE_FLOAT64,
            DType::F32 => Type::CU_TENSOR_MAP_DATA_TYPE_FLOAT32,
            DType::F16 => Type::CU_TENSOR_MAP_DATA_TYPE_FLOAT16,
            DType::BF16 => Type::CU_TENSOR_MAP_DATA_TYPE_BFLOAT16,
            DType::I64 => Type::CU_TENSOR_MAP_DATA_TYPE_INT64,
            DType::I32 => Type::CU_TENSOR_MAP_DATA_TYPE_INT32,
            DType::I16 => Type::CU_TENSOR_MAP_DATA_TYPE_UINT16,
            DType::F8E4M3 | DType::F8E5M2 | DType::I8 | DType::U8 | DType::Bool => Type::CU_TENSOR_MAP_DATA_TYPE_UINT8,
        };
        let swizzle = match self.swizzle {
            Swizzle::None => Swizzling::CU_TENSOR_MAP_SWIZZLE_NONE,
            Swizzle::B32 => Swizzling::CU_TENSOR_MAP_SWIZZLE_32B,
            Swizzle::B64 => Swizzling::CU_TENSOR_MAP_SWIZZLE_64B,
            Swizzle::B128 => Swizzling::CU_TENSOR_MAP_SWIZZLE_128B,
        };
        let promotion = match self.l2_promotion {
            L2Promotion::None => Promotion::CU_TENSOR_MAP_L2_PROMOTION_NONE,
            L2Promotion::B64 => Promotion::CU_TENSOR_MAP_L2_PROMOTION_L2_64B,
            L2Promotion::B128 => Promotion::CU_TENSOR_MAP_L2_PROMOTION_L2_128B,
            L2Promotion::B256 => Promotion::CU_TENSOR_MAP_L2_PROMOTION_L2_256B,
        };
        let mut map = Box::new(sys::CUtensorMap { opaque: [0; 16] });
        // SAFETY: every slice has the length that `rank` says, checked above.
        unsafe {
            sys::cuTensorMapEncodeTiled(
                &mut *map,
                dtype,
                rank as u32,
                self.address as *mut c_void,
                self.dims.as_ptr(),
                self.strides.as_ptr(),
                self.tile.as_ptr(),
                self.element_strides.as_ptr(),
                Interleave::CU_TENSOR_MAP_INTERLEAVE_NONE,
                swizzle,
                promotion,
                Fill::CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE,
            )
        }
        .result()
        .map_err(|error| {
            let what = format!("encode the tensor map of '{name}' (dims {:?}, strides {:?})", self.dims, self.strides);
            during(&what)(error)
        })?;
        Ok(Argument::TensorMap(map))
    }
}

/// A pair of events around work on the default stream.
pub struct Stopwatch<'d> {
    start: sys::CUevent,
    stop: sys::CUevent,
    context: &'d Context,
}

impl<'d> Stopwatch<'d> {
    /// Creates the events.
    ///
    /// # Errors
    /// The driver's.
    pub fn new(context: &'d Context) -> Result<Self, RuntimeError> {
        let event = || result::event::create(sys::CUevent_flags::CU_EVENT_DEFAULT).map_err(during("create an event"));
        let start = event()?;
        let stop = event().inspect_err(|_| {
            // SAFETY: just created, and not used again.
            let _ = unsafe { result::event::destroy(start) };
        })?;
        Ok(Self { start, stop, context })
    }

    /// Milliseconds that `work` takes on the GPU.
    ///
    /// # Errors
    /// The work's, or the driver's.
    pub fn time(&self, work: impl FnOnce() -> Result<(), RuntimeError>) -> Result<f32, RuntimeError> {
        let stream = result::stream::null();
        // SAFETY: both events are alive in the current context.
        unsafe { result::event::record(self.start, stream) }.map_err(during("record an event"))?;
        work()?;
        // SAFETY: as above.
        unsafe { result::event::record(self.stop, stream) }.map_err(during("record an event"))?;
        // SAFETY: as above.
        unsafe { result::event::synchronize(self.stop) }.map_err(during("run the kernels"))?;
        // SAFETY: both were recorded.
        unsafe { result::event::elapsed(self.start, self.stop) }.map_err(during("read the time"))
    }
}

impl Drop for Stopwatch<'_> {
    fn drop(&mut self) {
        let _entered = self.context.enter();
        // SAFETY: created in `new`, destroyed once.
        unsafe {
            let _ = result::event::destroy(self.start);
            let _ = result::event::destroy(self.stop);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elf_headers() {
        let mut file = vec![0u8; 128];
        file[..5].copy_from_slice(b"\x7fELF\x02");
        file[40] = 64; // section table offset
        file[58] = 64; // entry size
        file[60] = 1; // entries
        assert_eq!(check_elf(&file), Ok(()));
        assert_eq!(check_elf(&file[..127]), Err("it is truncated"));
        assert_eq!(check_elf(&file[..40]), Err("it is truncated"));
        assert_eq!(check_elf(b"// PTX"), Err("it does not start as a 64-bit ELF file"));
        assert_eq!(check_elf(b""), Err("it does not start as a 64-bit ELF file"));
    }
}
