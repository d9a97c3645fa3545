//! The CUDA driver API behind owned handles. The library is opened at run time, so a machine without a GPU
//! gets a message and not a link error.
//!
//! Rule of this module: a [`Device`] stays on the thread that opened it, its context is current there for as
//! long as it lives, and every other handle borrows it.
#![allow(unsafe_code, reason = "the one module that calls the CUDA driver API")]

use crate::runtime::{
    DType, RuntimeError,
    manifest::{L2Promotion, Swizzle},
};
use cudarc::driver::{result, result::DriverError, sys};
use std::{ffi::CString, ffi::c_void, marker::PhantomData};

/// Turns a driver error into a message that says what was being done.
fn during(what: &str) -> impl FnOnce(DriverError) -> RuntimeError {
    move |error| {
        let text =
            |found: Result<&std::ffi::CStr, _>| found.map_or("?".into(), |text| text.to_string_lossy().into_owned());
        let (name, reason) = (text(error.error_name()), text(error.error_string()));
        RuntimeError::Cuda(format!("CUDA: cannot {what}: {reason} ({name})"))
    }
}

/// A GPU with its primary context current on this thread.
pub struct Device {
    ordinal: sys::CUdevice,
    /// Not `Send`: the context is current on one thread.
    thread: PhantomData<*const ()>,
}

/// The oldest driver with tensor maps and clusters.
const OLDEST_DRIVER: i32 = 12_000;

impl Device {
    /// Opens a GPU by number.
    ///
    /// # Errors
    /// No driver, no such GPU, or a driver too old.
    pub fn open(ordinal: i32) -> Result<Self, RuntimeError> {
        // SAFETY: opening the library runs its initializers, which NVIDIA's allow at any time.
        if !unsafe { sys::is_culib_present() } {
            return Err(RuntimeError::Cuda("no CUDA driver on this machine (libcuda.so was not found)".into()));
        }
        let mut version = 0;
        // SAFETY: the library is present, and the pointer is to a live integer.
        unsafe { sys::cuDriverGetVersion(&mut version) }.result().map_err(during("read the driver's version"))?;
        if version < OLDEST_DRIVER {
            let (major, minor) = (version / 1000, version % 1000 / 10);
            return Err(RuntimeError::Cuda(format!("the driver is for CUDA {major}.{minor}; 12.0 or later is needed")));
        }
        result::init().map_err(during("start the driver"))?;
        let count = result::device::get_count().map_err(during("count GPUs"))?;
        if !(0..count).contains(&ordinal) {
            return Err(RuntimeError::Cuda(format!("there is no GPU {ordinal}: this machine has {count}")));
        }
        let device = result::device::get(ordinal).map_err(during("open the GPU"))?;
        // SAFETY: the device is valid; `drop` releases what is retained here.
        let context = unsafe { result::primary_ctx::retain(device) }.map_err(during("create a context"))?;
        let opened = Self { ordinal: device, thread: PhantomData };
        // SAFETY: the context was just retained.
        unsafe { result::ctx::set_current(context) }.map_err(during("use the context"))?;
        Ok(opened)
    }

    /// The product name.
    ///
    /// # Errors
    /// The driver's.
    pub fn name(&self) -> Result<String, RuntimeError> {
        result::device::get_name(self.ordinal).map_err(during("read the GPU's name"))
    }

    fn attribute(&self, attribute: sys::CUdevice_attribute) -> Result<i32, RuntimeError> {
        // SAFETY: the device is valid.
        unsafe { result::device::get_attribute(self.ordinal, attribute) }.map_err(during("read the GPU's attributes"))
    }

    /// Compute capability, such as (9, 0).
    ///
    /// # Errors
    /// The driver's.
    pub fn capability(&self) -> Result<(i32, i32), RuntimeError> {
        Ok((
            self.attribute(sys::CUdevice_attribute::CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)?,
            self.attribute(sys::CUdevice_attribute::CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR)?,
        ))
    }

    /// The number of streaming multiprocessors.
    ///
    /// # Errors
    /// The driver's.
    pub fn multiprocessors(&self) -> Result<i32, RuntimeError> {
        self.attribute(sys::CUdevice_attribute::CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT)
    }

    /// The size of the L2 cache, bytes.
    ///
    /// # Errors
    /// The driver's.
    pub fn cache(&self) -> Result<usize, RuntimeError> {
        let bytes = self.attribute(sys::CUdevice_attribute::CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE)?;
        Ok(usize::try_from(bytes).unwrap_or(0))
    }

    /// The most shared memory a block can ask for, bytes.
    ///
    /// # Errors
    /// The driver's.
    pub fn shared_memory(&self) -> Result<i32, RuntimeError> {
        self.attribute(sys::CUdevice_attribute::CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN)
    }

    /// Waits until all work is done.
    ///
    /// # Errors
    /// What a kernel did wrong, if one did.
    pub fn synchronize(&self, what: &str) -> Result<(), RuntimeError> {
        result::ctx::synchronize().map_err(during(what))
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        // SAFETY: retained in `open`. An error here has nobody left to tell.
        let _ = unsafe { result::primary_ctx::release(self.ordinal) };
    }
}

/// Device memory.
pub struct Memory<'d> {
    address: sys::CUdeviceptr,
    bytes: usize,
    device: PhantomData<&'d Device>,
}

impl<'d> Memory<'d> {
    /// Allocates at least one byte, aligned to 256.
    ///
    /// # Errors
    /// Out of memory.
    pub fn new(_device: &'d Device, bytes: usize) -> Result<Self, RuntimeError> {
        let bytes = bytes.max(1);
        // SAFETY: the size is not zero; `drop` frees it.
        let address = unsafe { result::malloc_sync(bytes) }
            .map_err(|error| during(&format!("allocate {bytes} bytes on the GPU"))(error))?;
        Ok(Self { address, bytes, device: PhantomData })
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
        // SAFETY: allocated in `new`, freed once.
        let _ = unsafe { result::free_sync(self.address) };
    }
}

/// A loaded cubin.
pub struct Image<'d> {
    module: sys::CUmodule,
    device: PhantomData<&'d Device>,
}

impl<'d> Image<'d> {
    /// Loads a cubin.
    ///
    /// # Errors
    /// Not a whole ELF file, or not one for this GPU.
    pub fn load(_device: &'d Device, name: &str, cubin: &[u8]) -> Result<Self, RuntimeError> {
        check_elf(cubin).map_err(|reason| RuntimeError::Cuda(format!("'{name}' is not a cubin: {reason}")))?;
        // SAFETY: the bytes are alive, and `check_elf` saw that the file is as long as its header says.
        let module = unsafe { result::module::load_data(cubin.as_ptr().cast()) }
            .map_err(|error| during(&format!("load '{name}'"))(error))?;
        Ok(Self { module, device: PhantomData })
    }

    /// A kernel, allowed to use this much dynamic shared memory.
    ///
    /// # Errors
    /// No such symbol, or more shared memory than there is.
    pub fn function(&self, symbol: &str, shared_memory: u32) -> Result<Function<'_>, RuntimeError> {
        let name = CString::new(symbol).map_err(|_| RuntimeError::Cuda(format!("'{symbol}' is not a symbol")))?;
        // SAFETY: the module is loaded.
        let function = unsafe { result::module::get_function(self.module, name) }
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
        Ok(Function { function, image: PhantomData })
    }
}

impl Drop for Image<'_> {
    fn drop(&mut self) {
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
pub struct Function<'i> {
    function: sys::CUfunction,
    image: PhantomData<&'i ()>,
}

/// One kernel argument, by value.
pub enum Argument {
    TensorMap(Box<sys::CUtensorMap>),
    U64(u64),
    I64(i64),
    I32(i32),
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

impl Function<'_> {
    /// Queues the kernel on the default stream.
    ///
    /// The arguments must be what the kernel's signature says and must point to live memory: this is what
    /// the manifest promises, and nothing here can check it.
    ///
    /// # Errors
    /// A launch the driver refuses. What goes wrong on the GPU shows up at [`Device::synchronize`].
    pub fn launch(&self, symbol: &str, launch: &Launch, arguments: &[Argument]) -> Result<(), RuntimeError> {
        let mut pointers: Vec<*mut c_void> = arguments
            .iter()
            .map(|argument| match argument {
                Argument::TensorMap(map) => std::ptr::from_ref(&**map).cast::<c_void>().cast_mut(),
                Argument::U64(value) => std::ptr::from_ref(value).cast::<c_void>().cast_mut(),
                Argument::I64(value) => std::ptr::from_ref(value).cast::<c_void>().cast_mut(),
                Argument::I32(value) => std::ptr::from_ref(value).cast::<c_void>().cast_mut(),
            })
            .collect();
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
        let config = sys::CUlaunchConfig {
            gridDimX: launch.grid[0],
            gridDimY: launch.grid[1],
            gridDimZ: launch.grid[2],
            blockDimX: launch.block[0],
            blockDimY: launch.block[1],
            blockDimZ: launch.block[2],
            sharedMemBytes: launch.shared_memory,
            hStream: result::stream::null(),
            attrs: attributes.as_mut_ptr(),
            numAttrs: attributes.len() as u32,
        };
        // SAFETY: the function is loaded; the config, its attributes and the arguments outlive the call, which
        // copies them.
        unsafe { sys::cuLaunchKernelEx(&config, self.function, pointers.as_mut_ptr(), std::ptr::null_mut()) }
            .result()
            .map_err(|error| during(&format!("launch kernel '{symbol}' on a grid of {:?}", launch.grid))(error))
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
    device: PhantomData<&'d Device>,
}

impl<'d> Stopwatch<'d> {
    /// Creates the events.
    ///
    /// # Errors
    /// The driver's.
    pub fn new(_device: &'d Device) -> Result<Self, RuntimeError> {
        let event = || result::event::create(sys::CUevent_flags::CU_EVENT_DEFAULT).map_err(during("create an event"));
        let start = event()?;
        let stop = event().inspect_err(|_| {
            // SAFETY: just created, and not used again.
            let _ = unsafe { result::event::destroy(start) };
        })?;
        Ok(Self { start, stop, device: PhantomData })
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
