//! What LLVM's NVPTX back end is to know of a kernel.

use crate::{
    dialect::kernel::{RESIDENT, TENSOR_MAP, THREADS},
    ffi,
    gpu::schedule::Target,
    ir::{self, Builder, Op},
};

/// How it lays out types (64-bit pointers). The translation to LLVM takes alignments from it: without one a 64-bit element is loaded
/// in two halves.
const DATA_LAYOUT: &str = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64";
/// Tensor maps are passed by value, in constant memory.
const BY_VALUE: &str = "{llvm.align = 64 : i64, llvm.byval = !llvm.array<128 x i8>, nvvm.grid_constant}";

/// Says so on a module and on its kernels.
pub fn declare(module: Op<'_>, target: &Target) {
    let b = Builder::before(module);
    let chip = format!("[#nvvm.target<O = 3, chip = \"{}\", features = \"{}\">]", target.chip, target.features);
    ffi::set_attribute(module, "targets", b.attr(&chip));
    ffi::set_attribute(module, "llvm.data_layout", b.str_attr(DATA_LAYOUT));
    for function in ir::walk_named(module, &["llvm.func"]) {
        let number = |name: &str| ir::attr(function, name).and_then(ir::int_attr);
        let Some(threads) = number(THREADS) else { continue };
        ffi::set_attribute(function, "nvvm.kernel", b.attr("unit"));
        ffi::set_attribute(function, "nvvm.maxntid", b.attr(&format!("array<i32: {threads}, 1, 1>")));
        ffi::set_attribute(function, "nvvm.minctasm", b.attr(&format!("{} : i32", number(RESIDENT).unwrap_or(1))));
        ffi::remove_attribute(function, THREADS);
        ffi::remove_attribute(function, RESIDENT);
        let arguments = ir::attr(function, "arg_attrs").and_then(ffi::array_elements).unwrap_or_default();
        let arguments: Vec<_> = arguments
            .into_iter()
            .map(|argument| match ffi::dictionary_get(argument, TENSOR_MAP) {
                Some(_) => b.attr(BY_VALUE),
                None => argument,
            })
            .collect();
        ffi::set_attribute(function, "arg_attrs", b.array_attr(&arguments));
    }
}
