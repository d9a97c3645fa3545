//! Machine code for a module of the LLVM dialect: LLVM's optimizer and code generator, to an object file in
//! memory. The JIT loads the same bytes that `compile --target cpu` writes.
#![allow(unsafe_code, reason = "LLVM's C API, which no crate here wraps")]

use super::CpuError;
use melior::ir::Module;
use mlir_sys as sys;
use std::{
    ffi::{CStr, CString, c_char, c_int, c_uint, c_void},
    ptr::null_mut,
    sync::{Once, OnceLock},
};

/// What to generate code for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A processor name as `llc -mcpu` takes it; `native` is the host's, or what [`CPU_VARIABLE`] names.
    pub cpu: String,
    /// LLVM's optimization level, 0 to 3.
    pub optimization: u8,
}

/// The environment variable that says which processor `native` is. Set `FLASHLIGHT_ISA` along with it.
pub const CPU_VARIABLE: &str = "FLASHLIGHT_CPU";

impl Target {
    /// Whether the code is for this very processor.
    pub(super) fn is_host(&self) -> bool {
        self.cpu == "native" && !matches!(std::env::var(CPU_VARIABLE), Ok(cpu) if !cpu.is_empty())
    }

    /// The processor, `native` resolved.
    pub fn processor(&self) -> String {
        match (self.cpu.as_str(), std::env::var(CPU_VARIABLE)) {
            ("native", Ok(cpu)) if !cpu.is_empty() => cpu,
            // SAFETY: the string is LLVM's, for us to release.
            ("native", _) => Message(unsafe { LLVMGetHostCPUName() }).text(),
            (cpu, _) => cpu.to_owned(),
        }
    }
}

type Handle = *mut c_void;

unsafe extern "C" {
    #[cfg(target_arch = "x86_64")]
    fn LLVMInitializeX86TargetInfo();
    #[cfg(target_arch = "x86_64")]
    fn LLVMInitializeX86Target();
    #[cfg(target_arch = "x86_64")]
    fn LLVMInitializeX86TargetMC();
    #[cfg(target_arch = "x86_64")]
    fn LLVMInitializeX86AsmPrinter();
    #[cfg(target_arch = "x86_64")]
    fn LLVMInitializeX86AsmParser();
    #[cfg(target_arch = "aarch64")]
    fn LLVMInitializeAArch64TargetInfo();
    #[cfg(target_arch = "aarch64")]
    fn LLVMInitializeAArch64Target();
    #[cfg(target_arch = "aarch64")]
    fn LLVMInitializeAArch64TargetMC();
    #[cfg(target_arch = "aarch64")]
    fn LLVMInitializeAArch64AsmPrinter();

    fn LLVMContextCreate() -> Handle;
    fn LLVMContextDispose(context: Handle);
    fn LLVMDisposeModule(module: Handle);
    fn LLVMSetTarget(module: Handle, triple: *const c_char);
    fn LLVMSetModuleDataLayout(module: Handle, layout: Handle);
    fn LLVMDisposeMessage(message: *mut c_char);
    fn LLVMGetDefaultTargetTriple() -> *mut c_char;
    fn LLVMGetHostCPUName() -> *mut c_char;
    fn LLVMGetHostCPUFeatures() -> *mut c_char;
    fn LLVMGetTargetFromTriple(triple: *const c_char, target: *mut Handle, message: *mut *mut c_char) -> c_int;
    fn LLVMCreateTargetMachine(
        target: Handle,
        triple: *const c_char,
        cpu: *const c_char,
        features: *const c_char,
        level: c_uint,
        relocation: c_uint,
        code_model: c_uint,
    ) -> Handle;
    fn LLVMDisposeTargetMachine(machine: Handle);
    fn LLVMCreateTargetDataLayout(machine: Handle) -> Handle;
    fn LLVMDisposeTargetData(layout: Handle);
    fn LLVMCreatePassBuilderOptions() -> Handle;
    fn LLVMDisposePassBuilderOptions(options: Handle);
    fn LLVMRunPasses(module: Handle, passes: *const c_char, machine: Handle, options: Handle) -> Handle;
    fn LLVMGetErrorMessage(error: Handle) -> *mut c_char;
    fn LLVMDisposeErrorMessage(message: *mut c_char);
    fn LLVMTargetMachineEmitToMemoryBuffer(
        machine: Handle,
        module: Handle,
        file_type: c_uint,
        message: *mut *mut c_char,
        buffer: *mut Handle,
    ) -> c_int;
    fn LLVMGetBufferStart(buffer: Handle) -> *const u8;
    fn LLVMGetBufferSize(buffer: Handle) -> usize;
    fn LLVMDisposeMemoryBuffer(buffer: Handle);
}

const RELOCATION_PIC: c_uint = 2;
const CODE_MODEL_DEFAULT: c_uint = 0;
const OBJECT_FILE: c_uint = 1;

/// Registers the host's target with LLVM, once.
pub(super) fn initialize() {
    static ONCE: Once = Once::new();
    // SAFETY: these calls only register; `Once` keeps them from racing.
    ONCE.call_once(|| unsafe {
        #[cfg(target_arch = "x86_64")]
        {
            LLVMInitializeX86TargetInfo();
            LLVMInitializeX86Target();
            LLVMInitializeX86TargetMC();
            LLVMInitializeX86AsmPrinter();
            LLVMInitializeX86AsmParser();
        }
        #[cfg(target_arch = "aarch64")]
        {
            LLVMInitializeAArch64TargetInfo();
            LLVMInitializeAArch64Target();
            LLVMInitializeAArch64TargetMC();
            LLVMInitializeAArch64AsmPrinter();
        }
    });
}

/// The features that this processor has, by LLVM's names.
pub(super) fn host_features() -> &'static [String] {
    static FEATURES: OnceLock<Vec<String>> = OnceLock::new();
    FEATURES.get_or_init(|| {
        // SAFETY: the string is LLVM's, for us to release.
        let all = Message(unsafe { LLVMGetHostCPUFeatures() }).text();
        all.split(',').filter_map(|name| name.strip_prefix('+')).map(str::to_owned).collect()
    })
}

/// The kind of machine that this one is.
pub(super) fn triple() -> String {
    // SAFETY: the string is LLVM's, for us to release.
    Message(unsafe { LLVMGetDefaultTargetTriple() }).text()
}

/// A string that LLVM owns, released on drop.
struct Message(*mut c_char);

impl Message {
    fn as_ptr(&self) -> *const c_char {
        self.0
    }

    fn text(&self) -> String {
        if self.0.is_null() {
            return String::new();
        }
        // SAFETY: LLVM's strings are nul-terminated.
        unsafe { CStr::from_ptr(self.0) }.to_string_lossy().into_owned()
    }
}

impl Drop for Message {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: the string came from LLVM and is released once.
            unsafe { LLVMDisposeMessage(self.0) }
        }
    }
}

/// Calls a destructor on drop.
struct Owned(Handle, unsafe extern "C" fn(Handle));

impl Drop for Owned {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: the handle is owned and released once.
            unsafe { (self.1)(self.0) }
        }
    }
}

/// The text of an LLVM error, which is consumed.
///
/// # Safety
/// `error` must be a live error that is not used again.
pub(super) unsafe fn take_error(error: Handle) -> String {
    // SAFETY: by the contract.
    unsafe {
        let message = LLVMGetErrorMessage(error);
        let text = CStr::from_ptr(message).to_string_lossy().into_owned();
        LLVMDisposeErrorMessage(message);
        text
    }
}

/// Optimizes a module of the LLVM dialect and generates a position-independent object file.
///
/// # Errors
/// [`CpuError::CodeGeneration`] with LLVM's message.
pub fn object(module: &Module<'_>, target: &Target) -> Result<Vec<u8>, CpuError> {
    let failed = |what: &str, why: &str| Err(CpuError::CodeGeneration(format!("{what}: {why}")));
    initialize();
    let level = target.optimization.min(3);
    // SAFETY: every handle is checked or cannot be null, lives as long as its owner below, and the owners
    // are dropped in reverse order of creation: the module before its context.
    unsafe {
        let triple = Message(LLVMGetDefaultTargetTriple());
        let features = if target.is_host() { Message(LLVMGetHostCPUFeatures()).text() } else { String::new() };
        let cpu = target.processor();
        let (Ok(cpu), Ok(features)) = (CString::new(cpu), CString::new(features)) else {
            return failed("processor", "the name contains a nul character");
        };
        let mut description = null_mut();
        let mut message = Message(null_mut());
        if LLVMGetTargetFromTriple(triple.as_ptr(), &raw mut description, &raw mut message.0) != 0 {
            return failed("target", &message.text());
        }
        let machine = Owned(
            LLVMCreateTargetMachine(
                description,
                triple.as_ptr(),
                cpu.as_ptr(),
                features.as_ptr(),
                c_uint::from(level),
                RELOCATION_PIC,
                CODE_MODEL_DEFAULT,
            ),
            LLVMDisposeTargetMachine,
        );
        if machine.0.is_null() {
            return failed("target", "no code generator for this machine");
        }
        let context = Owned(LLVMContextCreate(), LLVMContextDispose);
        let translated = Owned(
            sys::mlirTranslateModuleToLLVMIR(module.as_operation().to_raw(), context.0.cast()).cast(),
            LLVMDisposeModule,
        );
        if translated.0.is_null() {
            return failed("translation", "the module is not of the LLVM dialect");
        }
        let layout = Owned(LLVMCreateTargetDataLayout(machine.0), LLVMDisposeTargetData);
        LLVMSetTarget(translated.0, triple.as_ptr());
        LLVMSetModuleDataLayout(translated.0, layout.0);
        let options = Owned(LLVMCreatePassBuilderOptions(), LLVMDisposePassBuilderOptions);
        let passes = CString::new(format!("default<O{level}>")).unwrap_or_default();
        let error = LLVMRunPasses(translated.0, passes.as_ptr(), machine.0, options.0);
        if !error.is_null() {
            return failed("optimizer", &take_error(error));
        }
        let mut message = Message(null_mut());
        let mut buffer = Owned(null_mut(), LLVMDisposeMemoryBuffer);
        let status = LLVMTargetMachineEmitToMemoryBuffer(
            machine.0,
            translated.0,
            OBJECT_FILE,
            &raw mut message.0,
            &raw mut buffer.0,
        );
        if status != 0 {
            return failed("code generator", &message.text());
        }
        Ok(std::slice::from_raw_parts(LLVMGetBufferStart(buffer.0), LLVMGetBufferSize(buffer.0)).to_vec())
    }
}
