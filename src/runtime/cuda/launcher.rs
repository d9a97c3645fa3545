//! Programs on tensors that are on GPUs already, on the streams of their owners.
//!
//! What a call needs is made once: the sizes of kernels per shapes of arguments, tensor maps per shapes and address, packed parameters per
//! shapes and addresses. A call that finds all of it launches, and does nothing else.

use super::{
    Loaded,
    cache::Cache,
    driver::{Argument, Context, Kept, Memory, Ready, Stream},
    sized::{SizedKernel, SizedMap, maps_of, reach},
    too_large,
};
use crate::runtime::{DType, Manifest, RuntimeError, Scope, tensor::element_count};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::{self, ThreadId},
};

mod walk;

/// Where an argument is.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// In memory of the GPU.
    At(u64),
    /// A number for a scalar, by its bits.
    Number(u64),
}

/// An argument. Its element type and shape are those that the manifest wants.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub content: Content,
    pub shape: &'a [usize],
}

/// Who has memory, and a thread to wait on.
pub trait Allocator {
    /// The address of memory for a result, in place of what it may have had.
    ///
    /// # Errors
    /// None to be had.
    fn result(&mut self, number: usize, shape: &[usize]) -> Result<u64, RuntimeError>;

    /// Whether it has memory for temporaries on every call. Otherwise streams keep some, but while they are captured.
    fn has_scratch(&self) -> bool;

    /// The address of memory that nothing needs once the call has been queued.
    ///
    /// # Errors
    /// None to be had.
    fn scratch(&mut self, bytes: usize) -> Result<u64, RuntimeError>;

    /// Does what takes long.
    ///
    /// # Errors
    /// Those of the work.
    fn wait(&mut self, work: &mut (dyn FnMut() -> Result<(), RuntimeError> + Send)) -> Result<(), RuntimeError>;
}

/// A stream, and the thread where its handle means another one on each.
type Queue = (Stream, Option<ThreadId>);

/// What a call queues, in order.
type Launches = Arc<[Ready<'static>]>;

/// The bytes of a file of an artifact.
type Files = Box<dyn Fn(&str) -> Result<Vec<u8>, RuntimeError> + Send + Sync>;

/// A program, loaded onto every GPU on which it is called.
pub struct Launcher {
    manifest: Manifest,
    files: Files,
    /// The places of arguments, results and temporaries, in this order.
    places: HashMap<String, usize>,
    devices: Mutex<BTreeMap<i32, Arc<Resident>>>,
}

/// A GPU for the rest of the process, and what its streams keep: every program has its temporaries there, one after another.
struct Gpu {
    context: Context,
    kept: Mutex<HashMap<Queue, Arc<Mutex<Kept>>>>,
}

/// A program on a GPU.
struct Resident {
    gpu: &'static Gpu,
    loaded: Loaded<'static>,
    sized: Mutex<Cache<Box<[usize]>, Arc<Sized>>>,
}

/// A program for arguments of these shapes.
struct Sized {
    scope: Scope,
    /// All kernels, where they are all there is.
    kernels: Vec<SizedKernel>,
    /// The shapes of results, as far as they are known.
    results: Vec<Option<Vec<usize>>>,
    /// The bytes of tensors by place, as far as they are known.
    bytes: Vec<Option<usize>>,
    /// Where in scratch memory what has no other memory lies, by place: temporaries, numbers, and tensors without elements.
    offsets: Vec<Option<u64>>,
    /// Bytes of scratch memory.
    scratch: usize,
    maps: Mutex<Cache<(usize, u64), Argument>>,
    bound: Mutex<Cache<Box<[u64]>, Launches>>,
}

/// What blocks in scratch memory begin at a multiple of, as `cuMemAlloc`'s do.
const ALIGNMENT: usize = 256;

/// How many shapes, maps and calls are kept, at least.
const ROOM: usize = 512;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn byte_count(name: &str, dtype: DType, shape: &[usize]) -> Result<usize, RuntimeError> {
    let bytes = element_count(shape).and_then(|count| count.checked_mul(dtype.size()));
    bytes.ok_or_else(|| too_large(name, shape))
}

impl Gpu {
    fn get(ordinal: i32) -> Result<&'static Self, RuntimeError> {
        static ALL: Mutex<BTreeMap<i32, &'static Gpu>> = Mutex::new(BTreeMap::new());
        let mut all = lock(&ALL);
        if let Some(found) = all.get(&ordinal) {
            return Ok(found);
        }
        let gpu = Self { context: Context::open(ordinal)?, kept: Mutex::default() };
        Ok(all.entry(ordinal).or_insert(Box::leak(Box::new(gpu))))
    }

    fn kept(&self, stream: Stream) -> Arc<Mutex<Kept>> {
        let thread = stream.is_per_thread().then(|| thread::current().id());
        Arc::clone(lock(&self.kept).entry((stream, thread)).or_default())
    }
}

impl Launcher {
    /// A launcher of a manifest, whose cubins are loaded onto a GPU when it is called there first.
    ///
    /// # Errors
    /// Artifacts without GPU kernels.
    pub fn new(
        manifest: Manifest,
        files: impl Fn(&str) -> Result<Vec<u8>, RuntimeError> + Send + Sync + 'static,
    ) -> Result<Self, RuntimeError> {
        super::check_target(&manifest)?;
        let arguments = manifest.arguments.iter().map(|argument| &argument.name);
        let buffers = manifest.results.iter().chain(&manifest.temporaries).map(|buffer| &buffer.name);
        let places = arguments.chain(buffers).enumerate().map(|(place, name)| (name.clone(), place)).collect();
        Ok(Self { manifest, files: Box::new(files), places, devices: Mutex::default() })
    }

    /// Queues a call on a stream of a GPU.
    ///
    /// The tensors must live until the GPU is through: streams and allocators of the caller see to that.
    ///
    /// # Errors
    /// Another GPU than the artifact is for, sizes that do not fit together, results that may not have the memory that they have, or a
    /// failure of the GPU.
    pub fn call(
        &self,
        ordinal: i32,
        stream: u64,
        arguments: &[Given<'_>],
        allocator: &mut dyn Allocator,
    ) -> Result<(), RuntimeError> {
        let resident = self.resident(ordinal)?;
        let _entered = resident.gpu.context.enter()?;
        let stream = Stream::new(stream);
        let sized = self.sized(&resident, arguments)?;
        let mut addresses = Vec::with_capacity(self.places.len() + 1);
        addresses.extend(arguments.iter().map(|argument| match argument.content {
            Content::At(address) => address,
            Content::Number(_) => 0,
        }));
        for (number, shape) in sized.results.iter().enumerate() {
            addresses.push(match shape {
                Some(shape) => allocator.result(number, shape)?,
                None => 0,
            });
        }
        if !self.manifest.is_plain() {
            return self.walk(&resident, &sized, stream, arguments, addresses, allocator);
        }
        if sized.scratch == 0 {
            let bound = self.bound(&resident, &sized, addresses, 0)?;
            return bound.iter().try_for_each(|ready| ready.launch(stream));
        }
        let lent = allocator.has_scratch() || stream.is_captured()?;
        let kept = (!lent).then(|| resident.gpu.kept(stream));
        // Held until all is queued: what another thread queues here must not come between.
        let mut held = kept.as_deref().map(lock);
        let base = match &mut held {
            Some(kept) => kept.at_least(sized.scratch, stream)?,
            None => allocator.scratch(sized.scratch)?,
        };
        self.write_numbers(&sized, arguments, base, stream)?;
        let bound = self.bound(&resident, &sized, addresses, base)?;
        bound.iter().try_for_each(|ready| ready.launch(stream))
    }

    /// What a stream has now comes before what is queued on another one from now on.
    ///
    /// # Errors
    /// The driver's.
    pub fn order(&self, ordinal: i32, first: u64, then: u64) -> Result<(), RuntimeError> {
        let (first, then) = (Stream::new(first), Stream::new(then));
        if first == then {
            return Ok(());
        }
        let gpu = Gpu::get(ordinal)?;
        let _entered = gpu.context.enter()?;
        then.follow(first)
    }

    fn resident(&self, ordinal: i32) -> Result<Arc<Resident>, RuntimeError> {
        let mut devices = lock(&self.devices);
        if let Some(found) = devices.get(&ordinal) {
            return Ok(Arc::clone(found));
        }
        let gpu = Gpu::get(ordinal)?;
        let _entered = gpu.context.enter()?;
        let loaded = Loaded::load(&gpu.context, &self.manifest, &*self.files)?;
        let resident = Arc::new(Resident { gpu, loaded, sized: Mutex::new(Cache::new(ROOM)) });
        devices.insert(ordinal, Arc::clone(&resident));
        Ok(resident)
    }

    fn sized(&self, resident: &Resident, arguments: &[Given<'_>]) -> Result<Arc<Sized>, RuntimeError> {
        let shapes = || arguments.iter().map(|argument| argument.shape);
        // Ranks are the manifest's.
        let key: Vec<usize> = shapes().flatten().copied().collect();
        let mut known = lock(&resident.sized);
        if let Some(found) = known.get(&key[..]) {
            return Ok(found);
        }
        let mut scope = self.manifest.fitting(shapes())?;
        scope.fact("sm_count", resident.loaded.multiprocessors);
        self.manifest.size_buffers(&mut scope)?;
        let sized = Arc::new(self.size(scope, shapes())?);
        known.put(key.into(), Arc::clone(&sized));
        Ok(sized)
    }

    fn size<'s>(&self, scope: Scope, shapes: impl Iterator<Item = &'s [usize]>) -> Result<Sized, RuntimeError> {
        let manifest = &self.manifest;
        let plain = manifest.is_plain();
        let kernels = manifest.kernels.iter().filter(|_| plain).map(|kernel| SizedKernel::new(kernel, &scope));
        let kernels: Vec<_> = kernels.collect::<Result<_, _>>()?;
        let reach_of = |name: &str, bytes: usize| {
            if plain {
                reach(kernels.iter().flat_map(SizedKernel::maps), name, bytes)
            } else {
                self.reach_so_far(name, bytes, &scope)
            }
        };
        let (mut bytes, mut offsets, mut results) = (vec![], vec![], vec![]);
        let (mut scratch, mut spare) = (0usize, 0usize);
        let mut place = |name: &str, room: usize| -> Result<u64, RuntimeError> {
            let at = scratch;
            let end = at.checked_add(room).and_then(|end| end.checked_next_multiple_of(ALIGNMENT));
            scratch = end.ok_or_else(|| too_large(name, &[room]))?;
            Ok(at as u64)
        };
        for (argument, shape) in manifest.arguments.iter().zip(shapes) {
            let size = byte_count(&argument.name, argument.dtype, shape)?;
            let room = reach_of(&argument.name, size)?;
            spare = spare.max(if size == 0 { room.max(1) } else { 0 });
            offsets.push(if shape.is_empty() { Some(place(&argument.name, size)?) } else { None });
            bytes.push(Some(size));
        }
        let buffers = manifest.results.iter().map(|buffer| (buffer, true));
        for (buffer, result) in buffers.chain(manifest.temporaries.iter().map(|buffer| (buffer, false))) {
            let shape = if buffer.is_known(&scope) { Some(buffer.eval_shape(&scope)?) } else { None };
            let size = shape.as_ref().map(|shape| byte_count(&buffer.name, buffer.dtype, shape)).transpose()?;
            let room = size.map(|size| reach_of(&buffer.name, size)).transpose()?;
            offsets.push(match room {
                Some(room) if !result => Some(place(&buffer.name, room.max(1))?),
                _ => None,
            });
            if result {
                spare = spare.max(if size == Some(0) { room.unwrap_or(0).max(1) } else { 0 });
                results.push(shape);
            }
            bytes.push(size);
        }
        if spare > 0 {
            let at = place("a tensor without elements", spare)?;
            let empty = offsets.iter_mut().zip(&bytes).filter(|(offset, size)| offset.is_none() && **size == Some(0));
            empty.for_each(|(offset, _)| *offset = Some(at));
        }
        let (maps, bound) = (Mutex::new(Cache::new(ROOM)), Mutex::new(Cache::new(ROOM)));
        Ok(Sized { scope, kernels, results, bytes, offsets, scratch, maps, bound })
    }

    /// [`reach`], of the maps whose sizes are known: the others are looked at when it is their turn.
    fn reach_so_far(&self, name: &str, bytes: usize, scope: &Scope) -> Result<usize, RuntimeError> {
        if bytes > 0 {
            return Ok(bytes);
        }
        let maps = self.manifest.kernels.iter().flat_map(maps_of);
        let maps: Vec<_> = maps.filter_map(|map| SizedMap::new(map, scope).ok()).collect();
        reach(maps.iter(), name, bytes)
    }

    /// Puts numbers where kernels look for scalars.
    fn write_numbers(
        &self,
        sized: &Sized,
        arguments: &[Given<'_>],
        base: u64,
        stream: Stream,
    ) -> Result<(), RuntimeError> {
        for ((argument, given), offset) in self.manifest.arguments.iter().zip(arguments).zip(&sized.offsets) {
            if let (Content::Number(bits), Some(offset)) = (given.content, offset) {
                stream.write(base + offset, bits, argument.dtype.size())?;
            }
        }
        Ok(())
    }

    /// The launches of all kernels on tensors at these addresses: those of arguments and results, and of scratch memory.
    fn bound(
        &self,
        resident: &Resident,
        sized: &Sized,
        addresses: Vec<u64>,
        base: u64,
    ) -> Result<Launches, RuntimeError> {
        let mut key = addresses;
        key.push(base);
        if let Some(found) = lock(&sized.bound).get(&key[..]) {
            return Ok(found);
        }
        let mut addresses = key[..key.len() - 1].to_vec();
        addresses.resize(self.places.len(), 0);
        sized.settle(&mut addresses, base);
        let left_out = self.sharing(sized, &addresses)?;
        let address = |tensor: &str| self.address(resident, &addresses, tensor);
        let (mut launches, mut map_number) = (vec![], 0);
        let mut maps = lock(&sized.maps);
        for (number, kernel) in sized.kernels.iter().enumerate() {
            let first = map_number;
            map_number += kernel.maps().count();
            if left_out.contains(&number) {
                continue;
            }
            let mut at = first;
            let mut encode = |map: &SizedMap, address: u64| {
                let key = (at, address);
                at += 1;
                if let Some(found) = maps.get(&key) {
                    return Ok(found);
                }
                let made = map.encode(address)?;
                maps.put(key, made.clone());
                Ok(made)
            };
            let function = resident.loaded.functions[number].clone();
            launches.extend(kernel.ready(&self.manifest.kernels[number], function, &address, &mut encode)?);
        }
        let bound: Launches = launches.into();
        lock(&sized.bound).put(key.into(), Arc::clone(&bound));
        Ok(bound)
    }

    fn address(&self, resident: &Resident, addresses: &[u64], tensor: &str) -> Result<u64, RuntimeError> {
        let own = self.places.get(tensor).map(|place| addresses[*place]);
        let found = own.or_else(|| resident.loaded.constants.get(tensor).map(Memory::address));
        found
            .filter(|address| *address != 0)
            .ok_or_else(|| RuntimeError::Cuda(format!("the tensor '{tensor}' has no memory")))
    }

    /// The kernels that would copy an argument to itself: those of results that have its memory, where they may.
    fn sharing(&self, sized: &Sized, addresses: &[u64]) -> Result<Vec<usize>, RuntimeError> {
        let arguments = self.manifest.arguments.len();
        let range = |place: usize| {
            let start = addresses[place];
            (start, start + sized.bytes[place].unwrap_or(0) as u64)
        };
        let mut left_out = vec![];
        for (number, result) in self.manifest.results.iter().enumerate() {
            let own = range(arguments + number);
            for place in 0..arguments + number {
                let other = range(place);
                if own.0.max(other.0) >= own.1.min(other.1) {
                    continue;
                }
                let argument = self.manifest.arguments.get(place).map(|argument| &argument.name);
                let shares = result.shares.as_ref().filter(|shares| own == other && Some(&shares.argument) == argument);
                let Some(kernel) = shares.and_then(|shares| shares.kernel) else {
                    let other = argument.unwrap_or_else(|| &self.manifest.results[place - arguments].name);
                    return Err(RuntimeError::Memory { result: result.name.clone(), other: other.clone() });
                };
                left_out.push(kernel);
            }
        }
        Ok(left_out)
    }
}

impl Sized {
    /// Gives addresses in scratch memory to what lies there. A scalar that has memory of its own keeps it.
    fn settle(&self, addresses: &mut [u64], base: u64) {
        for ((address, offset), bytes) in addresses.iter_mut().zip(&self.offsets).zip(&self.bytes) {
            if let Some(offset) = offset
                && (*address == 0 || *bytes == Some(0))
            {
                *address = base + offset;
            }
        }
    }
}
