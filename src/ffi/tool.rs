//! What the command-line tools need of the C API: parsing with a file name, locations taken apart,
//! printing flags, bytecode, and single-pass managers.

use crate::{assembly::Origins, ir::Op};
use melior::{
    Context, StringRef,
    ir::{Location, Module, Operation},
    pass::PassManager,
};
use mlir_sys as sys;
use std::ffi::c_void;

/// What bytecode starts with.
pub const BYTECODE_MAGIC: &[u8] = b"ML\xefR";

/// Source text in memory that the MLIR parser may read: nul-terminated, and aligned for bytecode.
pub struct SourceBuffer {
    blocks: Vec<Aligned>,
    length: usize,
}

#[repr(align(64))]
struct Aligned(#[allow(dead_code, reason = "read by the parser, through a pointer")] [u8; 64]);

impl SourceBuffer {
    /// Copies `bytes`.
    pub fn new(bytes: &[u8]) -> Self {
        let mut blocks: Vec<Aligned> = bytes
            .chunks(64)
            .map(|chunk| {
                let mut block = [0; 64];
                block[..chunk.len()].copy_from_slice(chunk);
                Aligned(block)
            })
            .collect();
        blocks.push(Aligned([0; 64]));
        Self { blocks, length: bytes.len() }
    }

    fn to_raw(&self) -> sys::MlirStringRef {
        sys::MlirStringRef { data: self.blocks.as_ptr().cast(), length: self.length }
    }
}

/// Parses text or bytecode that holds one top-level operation, and verifies it.
pub fn parse_operation<'c>(context: &'c Context, source: &SourceBuffer, name: &str) -> Option<Operation<'c>> {
    // SAFETY: the buffer outlives the call and is nul-terminated past its length; a null result is checked.
    unsafe {
        let raw = sys::mlirOperationCreateParse(context.to_raw(), source.to_raw(), StringRef::new(name).to_raw());
        (!raw.ptr.is_null()).then(|| Operation::from_raw(raw))
    }
}

/// Parses text or bytecode into a module, making one around the operations when there is none, and
/// verifies it.
///
/// The C API gives every location of such a source the file name [`ANONYMOUS`]: see [`relocate`].
pub fn parse_module<'c>(context: &'c Context, source: &SourceBuffer) -> Option<Module<'c>> {
    // SAFETY: as in `parse_operation`.
    unsafe { Module::from_option_raw(sys::mlirModuleCreateParse(context.to_raw(), source.to_raw())) }
}

/// The file name of a source that has none. Diagnostics of the parser say it too (see [`crate::diag::Sources::name`]).
pub const ANONYMOUS: &str = "-";

/// Gives the file [`ANONYMOUS`] its name, and each line and column there its origin, in the locations of an operation and
/// of everything in it.
pub fn relocate(op: Op<'_>, name: &str, origins: &Origins) {
    // SAFETY: only the locations of a live operation and of those in it are changed.
    unsafe { relocate_raw(op.to_raw(), StringRef::new(name).to_raw(), origins) }
}

unsafe fn relocate_raw(op: sys::MlirOperation, name: sys::MlirStringRef, origins: &Origins) {
    unsafe {
        let context = sys::mlirOperationGetContext(op);
        if let Some(location) = renamed(context, sys::mlirOperationGetLocation(op), name, origins) {
            sys::mlirOperationSetLocation(op, location);
        }
        for index in 0..sys::mlirOperationGetNumRegions(op) {
            let mut block = sys::mlirRegionGetFirstBlock(sys::mlirOperationGetRegion(op, index));
            while !block.ptr.is_null() {
                for argument in 0..sys::mlirBlockGetNumArguments(block) {
                    let argument = sys::mlirBlockGetArgument(block, argument);
                    if let Some(location) = renamed(context, sys::mlirValueGetLocation(argument), name, origins) {
                        sys::mlirBlockArgumentSetLocation(argument, location);
                    }
                }
                let mut inner = sys::mlirBlockGetFirstOperation(block);
                while !inner.ptr.is_null() {
                    relocate_raw(inner, name, origins);
                    inner = sys::mlirOperationGetNextInBlock(inner);
                }
                block = sys::mlirBlockGetNextInRegion(block);
            }
        }
    }
}

unsafe fn renamed(
    context: sys::MlirContext,
    location: sys::MlirLocation,
    name: sys::MlirStringRef,
    origins: &Origins,
) -> Option<sys::MlirLocation> {
    unsafe {
        if !sys::mlirLocationIsAFileLineColRange(location)
            || text_of(sys::mlirIdentifierStr(sys::mlirLocationFileLineColRangeGetFilename(location))) != ANONYMOUS
        {
            return None;
        }
        let line = sys::mlirLocationFileLineColRangeGetStartLine(location);
        let column = sys::mlirLocationFileLineColRangeGetStartColumn(location);
        let (line, column) = origins.of((line as usize, column as usize));
        Some(sys::mlirLocationFileLineColGet(context, name, line as u32, column as u32))
    }
}

unsafe fn text_of(text: sys::MlirStringRef) -> String {
    unsafe { String::from_utf8_lossy(std::slice::from_raw_parts(text.data.cast(), text.length)).into_owned() }
}

/// A location, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocationTree {
    /// `"file":line:column`, or the start of a range.
    File { name: String, line: usize, column: usize },
    /// A call stack entry.
    CallSite { callee: Box<LocationTree>, caller: Box<LocationTree> },
    /// Several locations of which none is preferred.
    Fused(Vec<LocationTree>),
    /// A name for a location.
    Name { name: String, child: Box<LocationTree> },
    /// Nothing is known.
    Unknown,
    /// Any other kind.
    Other,
}

/// Takes a location apart.
pub fn location_tree(location: Location<'_>) -> LocationTree {
    // SAFETY: the location is alive, and each accessor is guarded by its kind.
    unsafe { location_tree_raw(location.to_raw()) }
}

unsafe fn location_tree_raw(location: sys::MlirLocation) -> LocationTree {
    unsafe {
        if sys::mlirLocationIsAFileLineColRange(location) {
            LocationTree::File {
                name: text_of(sys::mlirIdentifierStr(sys::mlirLocationFileLineColRangeGetFilename(location))),
                line: sys::mlirLocationFileLineColRangeGetStartLine(location) as usize,
                column: sys::mlirLocationFileLineColRangeGetStartColumn(location) as usize,
            }
        } else if sys::mlirLocationIsACallSite(location) {
            LocationTree::CallSite {
                callee: Box::new(location_tree_raw(sys::mlirLocationCallSiteGetCallee(location))),
                caller: Box::new(location_tree_raw(sys::mlirLocationCallSiteGetCaller(location))),
            }
        } else if sys::mlirLocationIsAName(location) {
            LocationTree::Name {
                name: text_of(sys::mlirIdentifierStr(sys::mlirLocationNameGetName(location))),
                child: Box::new(location_tree_raw(sys::mlirLocationNameGetChildLoc(location))),
            }
        } else if sys::mlirLocationIsAFused(location) {
            let count = sys::mlirLocationFusedGetNumLocations(location) as usize;
            let mut parts = vec![sys::MlirLocation { ptr: std::ptr::null() }; count];
            sys::mlirLocationFusedGetLocations(location, parts.as_mut_ptr());
            LocationTree::Fused(parts.into_iter().map(|part| location_tree_raw(part)).collect())
        } else if sys::mlirLocationEqual(location, sys::mlirLocationUnknownGet(sys::mlirLocationGetContext(location))) {
            LocationTree::Unknown
        } else {
            LocationTree::Other
        }
    }
}

/// How to print IR; the fields are named as `mlir-opt`'s options are.
#[derive(Clone, Debug, Default)]
pub struct PrintFlags {
    pub debug_info: bool,
    pub pretty_debug_info: bool,
    pub local_scope: bool,
    pub generic: bool,
    pub assume_verified: bool,
    pub skip_regions: bool,
    pub name_locations_as_prefix: bool,
    pub elide_elements_if_larger: Option<usize>,
    pub elide_resources_if_larger: Option<usize>,
}

struct RawFlags(sys::MlirOpPrintingFlags);

impl RawFlags {
    fn new(flags: &PrintFlags) -> Self {
        // SAFETY: the flags object is owned by `Self`, which destroys it.
        unsafe {
            let raw = sys::mlirOpPrintingFlagsCreate();
            if flags.debug_info {
                sys::mlirOpPrintingFlagsEnableDebugInfo(raw, true, flags.pretty_debug_info);
            }
            if flags.local_scope {
                sys::mlirOpPrintingFlagsUseLocalScope(raw);
            }
            if flags.generic {
                sys::mlirOpPrintingFlagsPrintGenericOpForm(raw);
            }
            if flags.assume_verified {
                sys::mlirOpPrintingFlagsAssumeVerified(raw);
            }
            if flags.skip_regions {
                sys::mlirOpPrintingFlagsSkipRegions(raw);
            }
            if flags.name_locations_as_prefix {
                sys::mlirOpPrintingFlagsPrintNameLocAsPrefix(raw);
            }
            if let Some(limit) = flags.elide_elements_if_larger {
                sys::mlirOpPrintingFlagsElideLargeElementsAttrs(raw, limit as isize);
            }
            if let Some(limit) = flags.elide_resources_if_larger {
                sys::mlirOpPrintingFlagsElideLargeResourceString(raw, limit as isize);
            }
            Self(raw)
        }
    }
}

impl Drop for RawFlags {
    fn drop(&mut self) {
        // SAFETY: created by `new` and destroyed once.
        unsafe { sys::mlirOpPrintingFlagsDestroy(self.0) }
    }
}

unsafe extern "C" fn append(text: sys::MlirStringRef, data: *mut c_void) {
    // SAFETY: every caller in this module passes a live `Vec<u8>`.
    unsafe { (*data.cast::<Vec<u8>>()).extend_from_slice(std::slice::from_raw_parts(text.data.cast(), text.length)) }
}

/// Prints an operation as text.
pub fn print(op: Op<'_>, flags: &PrintFlags) -> Vec<u8> {
    let mut text = vec![];
    let flags = RawFlags::new(flags);
    // SAFETY: the operation and flags are alive, and `text` outlives the call.
    unsafe {
        sys::mlirOperationPrintWithFlags(op.to_raw(), flags.0, Some(append), (&raw mut text).cast());
    }
    text
}

/// Writes an operation as bytecode, of a given version or the newest.
pub fn bytecode(op: Op<'_>, version: Option<i64>) -> Option<Vec<u8>> {
    let mut bytes: Vec<u8> = vec![];
    // SAFETY: the operation is alive, the configuration is destroyed after use, `bytes` outlives the call.
    unsafe {
        let config = sys::mlirBytecodeWriterConfigCreate();
        if let Some(version) = version {
            sys::mlirBytecodeWriterConfigDesiredEmitVersion(config, version);
        }
        let result =
            sys::mlirOperationWriteBytecodeWithConfig(op.to_raw(), config, Some(append), (&raw mut bytes).cast());
        sys::mlirBytecodeWriterConfigDestroy(config);
        (result.value != 0).then_some(bytes)
    }
}

/// Runs MLIR's verifier.
pub fn verify(op: Op<'_>) -> bool {
    // SAFETY: the operation is alive.
    unsafe { sys::mlirOperationVerify(op.to_raw()) }
}

/// Where `--mlir-print-ir-*` applies to one pass.
#[derive(Clone, Debug)]
pub struct IrPrinting {
    pub before: bool,
    pub after: bool,
    pub module_scope: bool,
    pub only_on_change: bool,
    pub only_on_failure: bool,
    pub flags: PrintFlags,
}

/// A pass manager for the elements of a textual pipeline under one anchor (`any` included).
pub struct UpstreamPasses(PassManager<'static>);

impl UpstreamPasses {
    /// Parses `elements`, such as `canonicalize{max-iterations=3}`, for operations named `anchor`.
    ///
    /// # Errors
    /// The parser's message.
    pub fn parse(context: &Context, anchor: &str, elements: &str) -> Result<Self, String> {
        let mut message: Vec<u8> = vec![];
        // SAFETY: the manager is owned by the result; text and message outlive the call.
        unsafe {
            let raw = if anchor == "any" {
                sys::mlirPassManagerCreate(context.to_raw())
            } else {
                sys::mlirPassManagerCreateOnOperation(context.to_raw(), StringRef::new(anchor).to_raw())
            };
            let manager = PassManager::from_raw(raw);
            let result = sys::mlirOpPassManagerAddPipeline(
                sys::mlirPassManagerGetAsOpPassManager(raw),
                StringRef::new(elements).to_raw(),
                Some(append),
                (&raw mut message).cast(),
            );
            if result.value == 0 {
                return Err(String::from_utf8_lossy(&message).trim().to_owned());
            }
            Ok(Self(manager))
        }
    }

    /// The pipeline with every option spelled out, anchor included.
    pub fn text(&self) -> String {
        self.0.as_operation_pass_manager().to_string()
    }

    /// Whether MLIR's verifier runs after each pass.
    pub fn enable_verifier(&self, enabled: bool) {
        self.0.enable_verifier(enabled);
    }

    /// Prints IR to standard error around each pass.
    pub fn enable_printing(&self, printing: &IrPrinting) {
        let flags = RawFlags::new(&printing.flags);
        // SAFETY: the manager is alive; it copies the flags and the empty path.
        unsafe {
            sys::mlirPassManagerEnableIRPrinting(
                self.0.to_raw(),
                printing.before,
                printing.after,
                printing.module_scope,
                printing.only_on_change,
                printing.only_on_failure,
                flags.0,
                StringRef::new("").to_raw(),
            );
        }
    }

    /// Runs the passes; failures have been reported as diagnostics.
    pub fn run(&self, op: Op<'_>) -> bool {
        // SAFETY: the manager and the operation are alive and of one context.
        unsafe { sys::mlirPassManagerRunOnOp(self.0.to_raw(), op.to_raw()).value != 0 }
    }
}

/// Whether a dialect is registered in a context. Loads it if so.
pub fn has_dialect(context: &Context, name: &str) -> bool {
    // SAFETY: the context is alive; a null dialect means none.
    unsafe { !sys::mlirContextGetOrLoadDialect(context.to_raw(), StringRef::new(name).to_raw()).ptr.is_null() }
}
