//! The C API of `include/flashlight.h`: a compiler in a host's process, on its own MLIR context or the host's.
//!
//! Nothing here unwinds into C: a panic is a diagnostic, as every other failure is. What a function returns belongs to the
//! object it was asked of, if nothing else is said.

use crate::plugin::VERSION;
use flashlight::{
    cli::{
        Report,
        artifacts::{self, Artifacts},
        compile::Target,
        front,
    },
    driver::{Request, Session},
    ffi,
    runtime::manifest,
    stack,
    stage::Stage,
};
use melior::{
    ContextRef,
    ir::{Module, Operation},
};
use mlir_sys::{MlirContext, MlirModule, mlirModuleGetOperation, mlirOperationClone};
use std::{
    cell::OnceCell,
    collections::BTreeMap,
    ffi::{CStr, CString, OsStr, c_char, c_void},
    os::unix::ffi::OsStrExt,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    ptr, slice,
};

/// Bytes of an object of this library: text, too, which ends in a nul that `size` does not count.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct FlashlightBytes {
    pub data: *const c_char,
    pub size: usize,
}

impl FlashlightBytes {
    const NONE: Self = Self { data: ptr::null(), size: 0 };
}

/// Takes a diagnostic as text, with its location and notes; `text` is nul-terminated, and gone after the call.
pub type FlashlightDiagnosticCallback = Option<extern "C" fn(text: *const c_char, size: usize, user: *mut c_void)>;

/// A compiler: an MLIR context and what to compile for. One thread at a time may use it.
pub struct FlashlightCompiler {
    session: Session<'static>,
    target: Target,
    settings: Settings,
    callback: FlashlightDiagnosticCallback,
    user: *mut c_void,
}

#[derive(Default)]
struct Settings {
    entry: Option<String>,
    symbol: Option<String>,
    from: Option<Stage>,
    to: Option<Stage>,
    ptxas: Option<PathBuf>,
    dump: Option<PathBuf>,
    cpu: Option<String>,
    strict_masks: bool,
    tf32: bool,
    require_fusion: bool,
}

/// A compiled program. It must not outlive the context that it was made in.
pub struct FlashlightProgram {
    module: Module<'static>,
    text: OnceCell<CString>,
    manifest: CString,
    files: Vec<(CString, Vec<u8>)>,
    kernels: Vec<(CString, CString, Vec<u8>)>,
}

/// What crosses to a thread with a deep stack while its own thread waits.
struct Crossing<T>(T);
// SAFETY: the thread that sends it waits for the one that gets it.
unsafe impl<T> Send for Crossing<T> {}

impl<T> Crossing<T> {
    /// Takes it out; a method, so that closures capture the whole.
    fn into_inner(self) -> T {
        self.0
    }
}

impl FlashlightCompiler {
    fn new(session: Session<'static>) -> *mut Self {
        let (target, settings) = (Target::Cpu, Settings::default());
        Box::into_raw(Box::new(Self { session, target, settings, callback: None, user: ptr::null_mut() }))
    }

    fn say(&self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.callback {
            Some(callback) => {
                let text = c_text(text);
                callback(text.as_ptr(), text.as_bytes().len(), self.user);
            }
            None => flashlight::diag::say(format_args!("{}\n", text.trim_end())),
        }
    }

    /// Runs something that may fail or panic; `None` after a diagnostic.
    fn guard<T>(&self, work: impl FnOnce() -> anyhow::Result<T>) -> Option<T> {
        let work = Crossing(work);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            stack::deep(move || Crossing(catch_unwind(AssertUnwindSafe(|| (work.into_inner())())))).into_inner()
        }));
        let error = match outcome {
            Ok(Ok(Ok(value))) => {
                self.say(&self.session.diagnostics());
                return Some(value);
            }
            Ok(Ok(Err(error))) => format!("{error:#}"),
            Ok(Err(panic)) | Err(panic) => {
                let text = panic.downcast_ref::<&str>().copied();
                let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
                format!("internal error (a bug in flashlight): {}", text.unwrap_or("no message"))
            }
        };
        self.say(&self.session.diagnostics());
        self.say(&if error.contains("error: ") { error } else { format!("error: {error}") });
        None
    }

    fn request(&self) -> Request {
        let Settings { from, to, ptxas, dump, cpu, strict_masks, tf32, .. } = &self.settings;
        let whole = Request::new(self.target.backend());
        Request {
            from: from.unwrap_or(whole.from),
            to: to.unwrap_or(whole.to),
            ptxas: ptxas.clone(),
            dump: dump.clone(),
            cpu: cpu.clone(),
            strict_masks: *strict_masks,
            tf32: *tf32,
            ..whole
        }
    }

    fn set(&mut self, name: &str, value: &CStr) -> anyhow::Result<()> {
        let text = value.to_str()?;
        let path = || PathBuf::from(OsStr::from_bytes(value.to_bytes()));
        let stage = || text.parse::<Stage>().map_err(anyhow::Error::msg);
        let settings = &mut self.settings;
        match name {
            "target" => {
                let known = [Target::Cpu, Target::Sm90a];
                let found = known.into_iter().find(|target| target.name() == text);
                self.target = found.ok_or_else(|| anyhow::anyhow!("there is no target '{text}' (cpu, sm_90a)"))?;
            }
            "entry" => settings.entry = Some(text.into()),
            "symbol" => {
                flashlight::runtime::launcher::check_symbol(text).map_err(anyhow::Error::msg)?;
                settings.symbol = Some(text.into());
            }
            "from" => settings.from = Some(stage()?),
            "to" => settings.to = Some(stage()?),
            "ptxas" => settings.ptxas = Some(path()),
            "dump-stages" => settings.dump = Some(path()),
            "cpu" => {
                flashlight::pass::apply_schedule::Isa::of_processor(text).map_err(anyhow::Error::msg)?;
                settings.cpu = Some(text.into());
            }
            "strict-masks" => settings.strict_masks = switch(text)?,
            "tf32" => settings.tf32 = switch(text)?,
            "require-fusion" => settings.require_fusion = switch(text)?,
            _ => anyhow::bail!(
                "there is no option '{name}' (there are: target, entry, symbol, from, to, ptxas, dump-stages, cpu, strict-masks, \
                 tf32, require-fusion)"
            ),
        }
        Ok(())
    }

    fn compile(&self, module: Module<'_>) -> anyhow::Result<FlashlightProgram> {
        let (settings, request) = (&self.settings, self.request());
        let backend = self.target.backend();
        for stage in [request.from, request.to] {
            anyhow::ensure!(
                Stage::of(backend).any(|own| own == stage),
                "target {} has no stage '{stage}'",
                self.target.name()
            );
        }
        let front = front::begin(&self.session, module, settings.entry.as_deref(), &request)?;
        let (outcome, facts) = front.finish(&self.session, &request)?;
        if settings.require_fusion {
            facts.findings.require_fusion()?;
        }
        let whole = Stage::of(backend).last() == Some(request.to);
        let options = artifacts::Options { symbol: settings.symbol.as_deref(), cpu: settings.cpu.as_deref() };
        let (manifest, files) = match whole {
            true => {
                let made = artifacts::of(self.target, &outcome, &facts, &options, &request.choices())?;
                (made.manifest.to_text()?, made.files)
            }
            false => (String::new(), BTreeMap::new()),
        };
        let kernel =
            |kernel: &flashlight::gpu::Kernel| (c_text(&kernel.symbol), c_text(&kernel.ptx), kernel.cubin.clone());
        let kernels = outcome.kernels.iter().map(kernel).collect();
        // SAFETY: the module is the program's from here on; its context outlives it, as C promises.
        let module = unsafe { Module::from_raw(outcome.module.to_raw()) };
        std::mem::forget(outcome.module);
        Ok(FlashlightProgram {
            module,
            text: OnceCell::new(),
            manifest: c_text(&manifest),
            files: files.into_iter().map(|(name, bytes)| (c_text(&name), bytes)).collect(),
            kernels,
        })
    }
}

/// Text as C has it.
fn c_text(text: &str) -> CString {
    CString::new(text.replace('\0', " ")).unwrap_or_default()
}

fn switch(text: &str) -> anyhow::Result<bool> {
    text.parse().map_err(|_| anyhow::anyhow!("'{text}' is neither 'true' nor 'false'"))
}

fn of_text(text: &CStr) -> FlashlightBytes {
    FlashlightBytes { data: text.as_ptr(), size: text.to_bytes().len() }
}

fn of_bytes(bytes: &[u8]) -> FlashlightBytes {
    FlashlightBytes { data: bytes.as_ptr().cast(), size: bytes.len() }
}

/// The version of the library: a text for good.
#[unsafe(no_mangle)]
pub extern "C" fn flashlight_version() -> *const c_char {
    VERSION.as_ptr()
}

/// Makes a compiler with an MLIR context of its own. `NULL`: there is none to be had.
#[unsafe(no_mangle)]
pub extern "C" fn flashlight_compiler_create() -> *mut FlashlightCompiler {
    catch_unwind(|| FlashlightCompiler::new(Session::new())).unwrap_or(ptr::null_mut())
}

/// Makes a compiler on a context of the host, which must outlive it and all that it makes. The context gains every upstream
/// dialect, ours and the translations to LLVM IR; while the compiler lives, it takes the context's diagnostics.
///
/// # Safety
/// The context is one of MLIR's, alive, and used by no other thread meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compiler_create_in(context: MlirContext) -> *mut FlashlightCompiler {
    if context.ptr.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: the caller keeps the context alive for as long as what is made of it.
    let context = ffi::context_of(unsafe { ContextRef::<'static>::from_raw(context) });
    catch_unwind(AssertUnwindSafe(|| FlashlightCompiler::new(Session::within(context)))).unwrap_or(ptr::null_mut())
}

/// Frees a compiler, and its context if that is its own. `NULL` is left alone.
///
/// # Safety
/// The compiler is one of this library's, and not used again; nor is a program of it, where the context is its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compiler_destroy(compiler: *mut FlashlightCompiler) {
    if !compiler.is_null() {
        // SAFETY: made by `FlashlightCompiler::new`, and freed once.
        drop(unsafe { Box::from_raw(compiler) });
    }
}

/// The context of a compiler.
///
/// # Safety
/// The compiler is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compiler_context(compiler: *const FlashlightCompiler) -> MlirContext {
    // SAFETY: as the caller says.
    unsafe { &*compiler }.session.context().to_raw()
}

/// Hands the diagnostics of a compiler to a function from now on; `NULL`: to standard error, as before.
///
/// # Safety
/// The compiler is alive; `callback` may be called with `user` as long as it is, and must not unwind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compiler_on_diagnostic(
    compiler: *mut FlashlightCompiler,
    callback: FlashlightDiagnosticCallback,
    user: *mut c_void,
) {
    // SAFETY: as the caller says.
    let compiler = unsafe { &mut *compiler };
    (compiler.callback, compiler.user) = (callback, user);
}

/// Sets an option, by the names of `flashlight compile`: `target` (`cpu`, `sm_90a`), `entry`, `symbol`, `from` and `to` (stages),
/// `ptxas`, `dump-stages`, `cpu`; `strict-masks`, `tf32` and `require-fusion` are `true` or `false`. False after a diagnostic.
///
/// # Safety
/// The compiler is alive; both texts end in a nul.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compiler_set(
    compiler: *mut FlashlightCompiler,
    name: *const c_char,
    value: *const c_char,
) -> bool {
    // SAFETY: as the caller says.
    let (compiler, name, value) = unsafe { (&mut *compiler, CStr::from_ptr(name), CStr::from_ptr(value)) };
    match compiler.set(&name.to_string_lossy(), value) {
        Ok(()) => true,
        Err(error) => {
            compiler.say(&format!("error: {error:#}"));
            false
        }
    }
}

/// Compiles MLIR, text or bytecode; `name` is the file name in diagnostics. `NULL` after a diagnostic.
///
/// # Safety
/// The compiler is alive, `name` ends in a nul, and `source` has `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compile(
    compiler: *mut FlashlightCompiler,
    name: *const c_char,
    source: *const c_char,
    size: usize,
) -> *mut FlashlightProgram {
    // SAFETY: as the caller says.
    let (compiler, name) = unsafe { (&*compiler, CStr::from_ptr(name).to_string_lossy()) };
    // SAFETY: as the caller says; no bytes need no memory.
    let bytes = if size == 0 { &[] } else { unsafe { slice::from_raw_parts(source.cast::<u8>(), size) } };
    let work = || compiler.compile(compiler.session.parse_bytes(&name, bytes)?);
    compiler.guard(work).map_or(ptr::null_mut(), |program| Box::into_raw(Box::new(program)))
}

/// Compiles a module of the compiler's context, which stays as it is. `NULL` after a diagnostic.
///
/// # Safety
/// The compiler and the module are alive, and of one context.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_compile_module(
    compiler: *mut FlashlightCompiler,
    module: MlirModule,
) -> *mut FlashlightProgram {
    // SAFETY: as the caller says.
    let compiler = unsafe { &*compiler };
    let work = || {
        // SAFETY: the module is alive; the copy of a module's operation is one, too.
        let copy = unsafe { Operation::from_raw(mlirOperationClone(mlirModuleGetOperation(module))) };
        let copy = Module::from_operation(copy).ok_or_else(|| anyhow::anyhow!("there is no module"))?;
        let root = ffi::op(&copy.as_operation());
        anyhow::ensure!(ffi::tool::verify(root), "the module does not verify");
        compiler.session.check(root)?;
        compiler.compile(copy)
    };
    compiler.guard(work).map_or(ptr::null_mut(), |program| Box::into_raw(Box::new(program)))
}

/// Frees a program. `NULL` is left alone.
///
/// # Safety
/// The program is one of this library's, its context is alive, and neither it nor what it returned is used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_destroy(program: *mut FlashlightProgram) {
    if !program.is_null() {
        // SAFETY: made by a function above, and freed once.
        drop(unsafe { Box::from_raw(program) });
    }
}

/// The module after the last stage that ran; the program's.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_module(program: *const FlashlightProgram) -> MlirModule {
    // SAFETY: as the caller says.
    unsafe { &*program }.module.to_raw()
}

/// That module as text.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_text(program: *const FlashlightProgram) -> FlashlightBytes {
    // SAFETY: as the caller says.
    let program = unsafe { &*program };
    let text = || program.text.get_or_init(|| c_text(&program.module.as_operation().to_string()));
    catch_unwind(AssertUnwindSafe(text)).map_or(FlashlightBytes::NONE, |text| of_text(text))
}

/// The manifest (docs/manifest.md); empty where a stage before the last was asked for.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_manifest(program: *const FlashlightProgram) -> FlashlightBytes {
    // SAFETY: as the caller says.
    of_text(&unsafe { &*program }.manifest)
}

/// The number of files that the manifest names: cubins and constants, or an object and its header.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_file_count(program: *const FlashlightProgram) -> usize {
    // SAFETY: as the caller says.
    unsafe { &*program }.files.len()
}

/// The name of a file; `NULL` past the last.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_file_name(
    program: *const FlashlightProgram,
    index: usize,
) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { &*program }.files.get(index).map_or(ptr::null(), |(name, _)| name.as_ptr())
}

/// The content of a file.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_file(program: *const FlashlightProgram, index: usize) -> FlashlightBytes {
    // SAFETY: as the caller says.
    unsafe { &*program }.files.get(index).map_or(FlashlightBytes::NONE, |(_, bytes)| of_bytes(bytes))
}

/// The number of GPU kernels, in the order of their launches; from stage `ptx` on.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_kernel_count(program: *const FlashlightProgram) -> usize {
    // SAFETY: as the caller says.
    unsafe { &*program }.kernels.len()
}

/// The symbol of a kernel; `NULL` past the last.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_kernel_symbol(
    program: *const FlashlightProgram,
    index: usize,
) -> *const c_char {
    // SAFETY: as the caller says.
    unsafe { &*program }.kernels.get(index).map_or(ptr::null(), |(symbol, ..)| symbol.as_ptr())
}

/// The PTX of a kernel.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_kernel_ptx(
    program: *const FlashlightProgram,
    index: usize,
) -> FlashlightBytes {
    // SAFETY: as the caller says.
    unsafe { &*program }.kernels.get(index).map_or(FlashlightBytes::NONE, |(_, ptx, _)| of_text(ptx))
}

/// The cubin of a kernel; empty before stage `cubin`.
///
/// # Safety
/// The program is alive.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_kernel_cubin(
    program: *const FlashlightProgram,
    index: usize,
) -> FlashlightBytes {
    // SAFETY: as the caller says.
    unsafe { &*program }.kernels.get(index).map_or(FlashlightBytes::NONE, |(_, _, cubin)| of_bytes(cubin))
}

/// Writes the manifest and its files to a folder, which is made if it is not there: all of them, or none. False after a
/// diagnostic.
///
/// # Safety
/// The compiler and the program are alive; `folder` ends in a nul.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn flashlight_program_write(
    compiler: *mut FlashlightCompiler,
    program: *const FlashlightProgram,
    folder: *const c_char,
) -> bool {
    // SAFETY: as the caller says.
    let (compiler, program, folder) = unsafe { (&*compiler, &*program, CStr::from_ptr(folder)) };
    let folder = Path::new(OsStr::from_bytes(folder.to_bytes()));
    let work = || {
        anyhow::ensure!(!program.manifest.is_empty(), "a program that stopped at a stage has no artifacts");
        let mut artifacts = Artifacts::default();
        artifacts.add(manifest::FILE_NAME, program.manifest.to_bytes());
        for (name, bytes) in &program.files {
            artifacts.add(name.to_string_lossy(), bytes.as_slice());
        }
        Artifacts::check_folder(folder)?;
        Ok(artifacts.write(folder, &mut Report::default())?)
    };
    compiler.guard(work).is_some()
}
