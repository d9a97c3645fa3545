//! The `gpu.module` of a kernel.

use crate::{
    dialect::kernel::{RESIDENT, TENSOR_MAP, THREADS},
    gpu::{
        code::region_of,
        math::{EXACT_DIFFERENCES, EXACT_MATH},
    },
    ir::{Builder, Type},
    runtime::manifest::Parameter,
};
use melior::ir::Block;

/// The body of a kernel and its interface.
pub(super) struct Entry<'p, 'c> {
    pub block: Block<'c>,
    pub parameters: &'p [Parameter],
    pub types: &'p [Type<'c>],
    pub threads: i64,
    /// Blocks that share a multiprocessor, at least.
    pub blocks: i64,
    pub needs: Needs,
}

/// Shared memory of a kernel, as `@shared`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    /// As much as its launch says.
    Dynamic,
    Bytes(i64),
}

/// What a kernel needs beside its code.
#[derive(Clone, Copy)]
pub(super) struct Needs {
    pub shared: Shared,
    /// Functions fast rather than exact.
    pub fast: bool,
    /// Exponents from products that are rounded.
    pub differences: bool,
}

/// A `gpu.module` with one kernel.
pub(super) fn gpu_module<'c>(builder: &Builder<'c>, symbol: &str, entry: Entry<'_, 'c>) {
    let mut spec = builder.op("gpu.module").attr("sym_name", builder.str_attr(symbol));
    if !entry.needs.fast {
        spec = spec.attr_text(EXACT_MATH, "unit");
    }
    if entry.needs.differences {
        spec = spec.attr_text(EXACT_DIFFERENCES, "unit");
    }
    spec.region(&[], |inner, _| {
        let (bytes, linkage) = match entry.needs.shared {
            Shared::Dynamic => (0, "external"),
            Shared::Bytes(bytes) => (bytes, "internal"),
        };
        if entry.needs.shared != Shared::Bytes(0) {
            inner
                .op("llvm.mlir.global")
                .attr_text("addr_space", "3 : i32")
                .attr_text("alignment", "1024 : i64")
                .attr_text("global_type", &format!("!llvm.array<{bytes} x i8>"))
                .attr_text("linkage", &format!("#llvm.linkage<{linkage}>"))
                .attr("sym_name", inner.str_attr("shared"))
                .raw_region(melior::ir::Region::new())
                .build();
        }
        inner
            .op("llvm.func")
            .attr("sym_name", inner.str_attr(symbol))
            .attr_text("function_type", &function_type(entry.types))
            .attr_text("arg_attrs", &argument_attributes(entry.parameters))
            .attr_text("linkage", "#llvm.linkage<external>")
            .attr_text("CConv", "#llvm.cconv<ccc>")
            .attr_text("gpu.kernel", "unit")
            .attr(THREADS, inner.i64_attr(entry.threads))
            .attr(RESIDENT, inner.i64_attr(entry.blocks))
            .raw_region(region_of(entry.block))
            .build();
    })
    .build();
}

fn function_type(types: &[Type<'_>]) -> String {
    let names: Vec<_> = types.iter().map(ToString::to_string).collect();
    format!("!llvm.func<void ({})>", names.join(", "))
}

/// Which arguments are tensor maps.
fn argument_attributes(parameters: &[Parameter]) -> String {
    let each = parameters.iter().map(|parameter| match parameter {
        Parameter::TensorMap(_) => format!("{{{TENSOR_MAP}}}"),
        _ => "{}".into(),
    });
    format!("[{}]", each.collect::<Vec<_>>().join(", "))
}
