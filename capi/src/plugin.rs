//! The pass plugin: `mlir-opt --load-pass-plugin=libflashlight.so` knows every pass of ours by its name, with its options.
//!
//! A pass does there what it does in `flashlight-opt`: ours is the verifier after it, and no panic leaves it.

use flashlight::{
    dialect, ffi,
    pass::{self, OptionInfo, OptionKind, PASSES, PassInfo, PassOptions, plan},
    remark::{self, Remark},
    stack,
};
use melior::{
    ContextRef,
    ir::{OperationRef, operation::OperationLike},
};
use mlir_sys::{MlirContext, MlirOperation};
use std::{
    ffi::{CStr, CString, c_char, c_void},
    panic::AssertUnwindSafe,
    sync::Once,
};

/// What `mlir-opt` asks a plugin for; as in `mlir/Tools/Plugins/PassPlugin.h`.
#[repr(C)]
pub struct PassPluginLibraryInfo {
    api_version: u32,
    name: *const c_char,
    version: *const c_char,
    register: extern "C" fn(),
}

const API_VERSION: u32 = 1;

/// The version of this package.
pub(crate) const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(text) => text,
    Err(_) => panic!("a version without a nul"),
};

/// The entry point of the plugin.
#[unsafe(no_mangle)]
pub extern "C" fn mlirGetPassPluginInfo() -> PassPluginLibraryInfo {
    PassPluginLibraryInfo {
        api_version: API_VERSION,
        name: c"flashlight".as_ptr(),
        version: VERSION.as_ptr(),
        register: register_passes,
    }
}

/// An option, as plugin.cpp sees it.
#[repr(C)]
struct RawOption {
    name: *const c_char,
    summary: *const c_char,
    initial: *const c_char,
    kind: u32,
}

/// A pass, as plugin.cpp sees it.
#[repr(C)]
struct RawPass {
    argument: *const c_char,
    name: *const c_char,
    summary: *const c_char,
    options: *const RawOption,
    option_count: usize,
}

/// Emits a remark on behalf of an operation.
type RemarkSink = extern "C" fn(op: *mut c_void, file: *const c_char, line: usize, column: usize, text: *const c_char);
/// Loads our dialects into a context before a pipeline runs.
type Prepare = extern "C" fn(MlirContext) -> bool;
type Run = extern "C" fn(usize, MlirOperation, *const *const c_char, RemarkSink, *mut c_void) -> bool;

unsafe extern "C" {
    fn flashlight_register_passes(passes: *const RawPass, count: usize, prepare: Prepare, run: Run);
}

/// Text for good, as C has it.
fn c_text(text: &str) -> *const c_char {
    CString::new(text.replace('\0', " ")).map_or(c"".as_ptr(), |text| text.into_raw().cast_const())
}

fn raw_option(option: &OptionInfo) -> RawOption {
    let kind = match option.kind {
        OptionKind::OneOf { .. } | OptionKind::Named { .. } => 0,
        OptionKind::Bool { .. } => 1,
        OptionKind::Int { .. } => 2,
    };
    let summary = format!("{} ({})", option.summary, option.takes());
    RawOption { name: c_text(option.name), summary: c_text(&summary), initial: c_text(&option.default()), kind }
}

fn raw_pass(pass: &PassInfo) -> RawPass {
    let options: Vec<_> = pass.options.iter().map(raw_option).collect();
    RawPass {
        argument: c_text(pass.name),
        name: c_text(&plan::camel_case(pass.name)),
        summary: c_text(pass.summary),
        option_count: options.len(),
        options: Vec::leak(options).as_ptr(),
    }
}

extern "C" fn register_passes() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        let table: &[RawPass] = Vec::leak(PASSES.iter().map(raw_pass).collect());
        // SAFETY: the table lives for good, and has as many passes as are said.
        unsafe { flashlight_register_passes(table.as_ptr(), table.len(), prepare, run) }
    });
}

extern "C" fn prepare(context: MlirContext) -> bool {
    // SAFETY: MLIR hands the context out for the time of the call.
    let context = ffi::context_of(unsafe { ContextRef::from_raw(context) });
    std::panic::catch_unwind(AssertUnwindSafe(|| dialect::load(context))).is_ok()
}

extern "C" fn run(
    index: usize,
    op: MlirOperation,
    values: *const *const c_char,
    sink: RemarkSink,
    context: *mut c_void,
) -> bool {
    let Some(pass) = PASSES.get(index) else { return false };
    let option = |(at, option): (usize, &OptionInfo)| {
        // SAFETY: plugin.cpp gives as many values as the pass has options, each a text that outlives the call.
        let value = unsafe { CStr::from_ptr(*values.add(at)) };
        (option.name, value.to_string_lossy())
    };
    let values: Vec<_> = pass.options.iter().enumerate().map(option).collect();
    let options = match PassOptions::of(pass, values.iter().map(|(name, value)| (*name, Some(&**value)))) {
        Ok(options) => options,
        Err(message) => {
            // SAFETY: MLIR hands the operation out for the time of the pass.
            ffi::emit_error(unsafe { OperationRef::from_raw(op) }.location(), &message);
            return false;
        }
    };
    let op = Shared(op);
    // The table is only read, and `pass::run` catches panics; one in what is around it must not leave, either.
    let outcome = std::panic::catch_unwind(|| stack::deep(|| on_deep_stack(pass, &op, &options)));
    let (good, remarks) = outcome.unwrap_or_default();
    for remark in &remarks {
        emit(remark, sink, context);
    }
    good
}

/// An operation on the way to the thread that works on it while its own waits.
struct Shared(MlirOperation);
// SAFETY: one thread at a time uses it: the one that sends it waits.
unsafe impl Sync for Shared {}

fn on_deep_stack(pass: &PassInfo, op: &Shared, options: &PassOptions) -> (bool, Vec<Remark>) {
    // SAFETY: MLIR hands the operation out for the time of the pass.
    let op = ffi::op(&unsafe { OperationRef::from_raw(op.0) });
    remark::collect(|| pass::run(pass, op, options).is_ok() && dialect::verify::verify(op).is_ok())
}

fn emit(remark: &Remark, sink: RemarkSink, context: *mut c_void) {
    let place = remark.place();
    let (file, line, column) =
        place.position().map_or(("", 0, 0), |place| (place.file.as_str(), place.line, place.column));
    let text = |text: &str| CString::new(text.replace('\0', " ")).unwrap_or_default();
    let (file, text) = (text(file), text(&format!("[{}] {}", remark.pass, remark.message)));
    sink(context, file.as_ptr(), line, column, text.as_ptr());
}
