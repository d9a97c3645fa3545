//! GPUs and their primary contexts: those that PyTorch and all that uses the runtime API have, too.

use super::during;
use crate::runtime::RuntimeError;
use cudarc::driver::{result, sys};
use std::{marker::PhantomData, ops::Deref, ptr};

/// The primary context of a GPU.
pub struct Context {
    ordinal: sys::CUdevice,
    handle: sys::CUcontext,
}

// SAFETY: a handle of the driver's, which any thread may use.
unsafe impl Send for Context {}
// SAFETY: as above.
unsafe impl Sync for Context {}

/// The oldest driver with tensor maps and clusters.
const OLDEST_DRIVER: i32 = 12_000;

/// Starts the driver.
///
/// # Errors
/// No driver, or one too old.
pub fn start() -> Result<(), RuntimeError> {
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
    result::init().map_err(during("start the driver"))
}

impl Context {
    /// Opens a GPU by number.
    ///
    /// # Errors
    /// No driver, no such GPU, or a driver too old.
    pub fn open(ordinal: i32) -> Result<Self, RuntimeError> {
        start()?;
        let count = result::device::get_count().map_err(during("count GPUs"))?;
        if !(0..count).contains(&ordinal) {
            return Err(RuntimeError::Cuda(format!("there is no GPU {ordinal}: this machine has {count}")));
        }
        let device = result::device::get(ordinal).map_err(during("open the GPU"))?;
        // SAFETY: the device is valid; `drop` releases what is retained here.
        let handle = unsafe { result::primary_ctx::retain(device) }.map_err(during("create a context"))?;
        Ok(Self { ordinal: device, handle })
    }

    /// Makes it current on this thread until the guard is dropped.
    ///
    /// # Errors
    /// The driver's.
    pub fn enter(&self) -> Result<Entered<'_>, RuntimeError> {
        let before = result::ctx::get_current().map_err(during("read the current context"))?;
        let before = before.unwrap_or(ptr::null_mut());
        if before != self.handle {
            // SAFETY: the context is retained.
            unsafe { result::ctx::set_current(self.handle) }.map_err(during("use the context"))?;
        }
        Ok(Entered { context: self, before, thread: PhantomData })
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
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: retained in `open`. An error here has nobody left to tell.
        let _ = unsafe { result::primary_ctx::release(self.ordinal) };
    }
}

/// A context that is current on this thread; the one before is again afterwards.
pub struct Entered<'c> {
    context: &'c Context,
    before: sys::CUcontext,
    /// Not `Send`: the context is current on one thread.
    thread: PhantomData<*const ()>,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        if self.before != self.context.handle && !self.before.is_null() {
            // SAFETY: it was current a moment ago.
            let _ = unsafe { result::ctx::set_current(self.before) };
        }
    }
}

/// A GPU whose primary context is current on this thread from now on.
pub struct Device {
    context: Context,
    /// Not `Send`: the context is current on one thread.
    thread: PhantomData<*const ()>,
}

impl Device {
    /// Opens a GPU by number.
    ///
    /// # Errors
    /// No driver, no such GPU, or a driver too old.
    pub fn open(ordinal: i32) -> Result<Self, RuntimeError> {
        let context = Context::open(ordinal)?;
        // SAFETY: the context was just retained.
        unsafe { result::ctx::set_current(context.handle) }.map_err(during("use the context"))?;
        Ok(Self { context, thread: PhantomData })
    }

    /// Waits until all work is done.
    ///
    /// # Errors
    /// What a kernel did wrong, if one did.
    pub fn synchronize(&self, what: &str) -> Result<(), RuntimeError> {
        result::ctx::synchronize().map_err(during(what))
    }
}

impl Deref for Device {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}
