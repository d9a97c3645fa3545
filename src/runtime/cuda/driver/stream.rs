//! Streams of callers, and what is done in their order. The context that a stream belongs to is current.

use super::during;
use crate::runtime::RuntimeError;
use cudarc::driver::{result, sys};

/// A stream of somebody else, by its handle.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stream(u64);

impl Stream {
    /// The stream that waits for all others: what nothing is said about runs there.
    pub const DEFAULT: Self = Self(0);
    /// `CU_STREAM_LEGACY`, another name of [`Stream::DEFAULT`].
    const LEGACY: u64 = 1;
    /// `CU_STREAM_PER_THREAD`: as many streams as threads.
    const PER_THREAD: u64 = 2;

    /// The stream of a handle.
    pub const fn new(handle: u64) -> Self {
        if handle == Self::LEGACY { Self::DEFAULT } else { Self(handle) }
    }

    /// Whether the handle means another stream on every thread.
    pub fn is_per_thread(self) -> bool {
        self.0 == Self::PER_THREAD
    }

    pub(super) const fn handle(self) -> sys::CUstream {
        self.0 as sys::CUstream
    }

    /// Whether what is queued is recorded as a graph in place of being run.
    ///
    /// # Errors
    /// The driver's.
    pub fn is_captured(self) -> Result<bool, RuntimeError> {
        if self == Self::DEFAULT {
            return Ok(false);
        }
        let mut status = sys::CUstreamCaptureStatus::CU_STREAM_CAPTURE_STATUS_NONE;
        // SAFETY: the pointer is to a live integer.
        unsafe { sys::cuStreamIsCapturing(self.handle(), &mut status) }.result().map_err(during("ask a stream"))?;
        Ok(status != sys::CUstreamCaptureStatus::CU_STREAM_CAPTURE_STATUS_NONE)
    }

    /// Device memory from here on in the order of the stream.
    ///
    /// # Errors
    /// Out of memory.
    pub fn allocate(self, bytes: usize) -> Result<u64, RuntimeError> {
        // SAFETY: `free` frees it.
        unsafe { result::malloc_async(self.handle(), bytes.max(1)) }
            .map_err(|error| during(&format!("allocate {bytes} bytes on the GPU"))(error))
    }

    /// Gives memory of [`Stream::allocate`] back when all before in the stream has ended.
    ///
    /// # Errors
    /// The driver's.
    pub fn free(self, address: u64) -> Result<(), RuntimeError> {
        // SAFETY: the caller has it from `allocate`, and forgets it.
        unsafe { result::free_async(address, self.handle()) }.map_err(during("free GPU memory"))
    }

    /// Writes a number of 1, 2, 4 or 8 bytes.
    ///
    /// # Errors
    /// The driver's.
    pub fn write(self, address: u64, number: u64, bytes: usize) -> Result<(), RuntimeError> {
        let (low, high, stream) = (number as u32, (number >> 32) as u32, self.handle());
        // SAFETY: the caller owns as many bytes.
        let code = unsafe {
            match bytes {
                1 => sys::cuMemsetD8Async(address, low as u8, 1, stream),
                2 => sys::cuMemsetD16Async(address, low as u16, 1, stream),
                4 => sys::cuMemsetD32Async(address, low, 1, stream),
                _ if low == high => sys::cuMemsetD32Async(address, low, 2, stream),
                _ => match sys::cuMemsetD32Async(address, low, 1, stream) {
                    sys::CUresult::CUDA_SUCCESS => sys::cuMemsetD32Async(address + 4, high, 1, stream),
                    code => code,
                },
            }
        };
        code.result().map_err(during("write a number to the GPU"))
    }

    /// Bytes of device memory, when all before in the stream has ended.
    ///
    /// # Errors
    /// What a kernel did wrong, or the driver's.
    pub fn read(self, address: u64, bytes: &mut [u8]) -> Result<(), RuntimeError> {
        // SAFETY: the caller owns as many bytes there, and the copy ends before this returns.
        unsafe {
            result::memcpy_dtoh_async(bytes, address, self.handle()).map_err(during("copy from the GPU"))?;
            result::stream::synchronize(self.handle()).map_err(during("run the kernels"))
        }
    }

    /// What is queued here from now on waits for what another stream has now.
    ///
    /// # Errors
    /// The driver's.
    pub fn follow(self, other: Self) -> Result<(), RuntimeError> {
        let flags = sys::CUevent_flags::CU_EVENT_DISABLE_TIMING;
        let event = result::event::create(flags).map_err(during("create an event"))?;
        // SAFETY: the event is alive until it is destroyed, which the driver puts off until it has happened.
        unsafe {
            let ordered = result::event::record(event, other.handle()).and_then(|()| {
                let wait = sys::CUevent_wait_flags::CU_EVENT_WAIT_DEFAULT;
                result::stream::wait_event(self.handle(), event, wait)
            });
            let destroyed = result::event::destroy(event);
            ordered.and(destroyed).map_err(during("order two streams"))
        }
    }
}

/// Memory that a stream keeps from call to call; it grows, and the old block is given back in the order of the stream.
#[derive(Default)]
pub struct Kept {
    address: u64,
    bytes: usize,
}

impl Kept {
    /// At least so many bytes, aligned to 256.
    ///
    /// # Errors
    /// Out of memory.
    pub fn at_least(&mut self, bytes: usize, stream: Stream) -> Result<u64, RuntimeError> {
        if bytes > self.bytes {
            let old = std::mem::take(self);
            if old.bytes > 0 {
                stream.free(old.address)?;
            }
            *self = Self { address: stream.allocate(bytes)?, bytes };
        }
        Ok(self.address)
    }
}
