//! Kernels that are the same but for their name, as those of equal layers are, become one that is launched several times.

use crate::{
    choices, ffi,
    ir::{self, Op},
    runtime::manifest::Kernel,
};
use melior::ir::operation::{OperationLike, OperationPrintingFlags};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Erases every `gpu.module` that says what an earlier one says; its launches name the earlier one's symbol, and the module notes
/// what was merged.
pub fn merge(module: Op<'_>, kernels: &mut [Kernel]) {
    let mut merged = vec![];
    let Some(body) = ir::body(module, 0) else { return };
    let mut first: HashMap<[u8; 32], String> = HashMap::new();
    for op in ir::ops(body).into_iter().filter(|op| ir::name(*op) == "gpu.module") {
        let Some(symbol) = ir::attr(op, "sym_name").and_then(ir::string_attr).map(ToOwned::to_owned) else { continue };
        // In a scope of its own: otherwise the whole module is numbered for each print.
        let flags = OperationPrintingFlags::new().print_generic_operation_form().use_local_scope();
        let Ok(text) = op.to_string_with_flags(flags) else { continue };
        let said = Sha256::digest(text.replace(&symbol, "kernel"));
        match first.get(said.as_slice()) {
            None => {
                first.insert(said.into(), symbol);
            }
            Some(same) => {
                ffi::erase(op);
                merged.push((symbol.clone(), same.clone()));
                for kernel in kernels.iter_mut().filter(|kernel| kernel.symbol == symbol) {
                    kernel.cubin = format!("{same}.cubin");
                    kernel.symbol.clone_from(same);
                }
            }
        }
    }
    choices::note_alike(module, &merged);
}
