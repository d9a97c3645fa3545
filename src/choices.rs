//! What earlier attempts to compile a module found out about its kernels: the driver notes it on the module, and the passes
//! that make kernels go by it. So what one kernel needs changes no other.

use crate::{
    ffi,
    ir::{self, Builder, Op},
};
use std::collections::BTreeMap;

/// The module attribute: per kernel a margin, or why it is left apart.
pub const KERNELS: &str = "flashlight.kernels";
/// The attribute of a nest that names its kernel.
pub const SYMBOL: &str = "flashlight.kernel";
/// The module attribute that names the kernel that could not be made.
pub const FAILED: &str = "flashlight.failed";
/// Why the operations of a fused op, or a contraction, are kernels of their own.
pub const APART: &str = "flashlight.apart";
/// The module attribute that says which kernels another one stands for: `name=other,...`.
const ALIKE: &str = "flashlight.alike";
/// Every kernel that has no entry of its own.
pub const ALL: &str = "*";

/// How a kernel is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Registers per thread to plan without, and with every step's maximum.
    Margin(u32),
    /// Not at all, for this reason: its operations become kernels of their own.
    Apart(String),
}

/// Choices by the names of kernels.
pub type Choices = BTreeMap<String, Choice>;

/// Writes choices on a module.
pub fn note(module: Op<'_>, choices: &Choices) {
    if choices.is_empty() {
        return;
    }
    let Some(first) = ir::body(module, 0).and_then(|body| ir::ops(body).first().copied()) else { return };
    let b = Builder::before(first);
    let entries = choices.iter().map(|(kernel, choice)| {
        let value = match choice {
            Choice::Margin(margin) => format!("{margin} : i64"),
            Choice::Apart(reason) => b.str_attr(reason).to_string(),
        };
        format!("{} = {value}", b.str_attr(kernel))
    });
    let text = format!("{{{}}}", entries.collect::<Vec<_>>().join(", "));
    ffi::set_attribute(module, KERNELS, b.attr(&text));
}

/// The choice for a kernel.
pub fn of(module: Op<'_>, kernel: &str) -> Option<Choice> {
    let all = ir::attr(module, KERNELS)?;
    let entry = ffi::dictionary_get(all, kernel).or_else(|| ffi::dictionary_get(all, ALL))?;
    match ir::string_attr(entry) {
        Some(reason) => Some(Choice::Apart(reason.to_owned())),
        None => ir::int_attr(entry).and_then(|margin| u32::try_from(margin).ok()).map(Choice::Margin),
    }
}

/// Notes kernels that are the same as another one, by name.
pub fn note_alike(module: Op<'_>, merged: &[(String, String)]) {
    let Some(first) = ir::body(module, 0).and_then(|body| ir::ops(body).first().copied()) else { return };
    if !merged.is_empty() {
        let pairs: Vec<_> = merged.iter().map(|(kernel, same)| format!("{kernel}={same}")).collect();
        ffi::set_attribute(module, ALIKE, Builder::before(first).str_attr(&pairs.join(",")));
    }
}

/// The kernels that a module noted to be the same as another one, and that one.
pub fn alike(module: Op<'_>) -> Vec<(String, String)> {
    let text = ir::attr(module, ALIKE).and_then(ir::string_attr).unwrap_or_default();
    let pair = |pair: &str| pair.split_once('=').map(|(kernel, same)| (kernel.to_owned(), same.to_owned()));
    text.split(',').filter_map(pair).collect()
}
