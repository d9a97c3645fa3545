//! Kernels that are the same but for their name and their tensors, as those of equal layers are, become one that is launched
//! several times.
//!
//! Before a step of the host is made a kernel, [`Alike`] reads what it is made from: its ops, and what those compute where they
//! read it, up to tensors in memory. What reads like an earlier step is a launch of that step's kernel. Steps that read
//! differently and still give the same code are found afterwards, by [`merge`].

use super::{host::Host, schedule::Schedule, steps::Step};
use crate::{
    choices, ffi,
    ir::{self, Op, Val},
    runtime::manifest::{Kernel, Parameter},
};
use melior::ir::operation::{OperationLike, OperationPrintingFlags};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The kernels of a program so far, by what they are made from.
#[derive(Default)]
pub struct Alike {
    known: HashMap<[u8; 32], (Kernel, Vec<String>)>,
    /// The symbols that were not made, and those of the kernels that are launched instead.
    pub merged: Vec<(String, String)>,
}

/// What a step is made from: a digest, and the tensors in memory in the order in which they are met.
pub type Reading = ([u8; 32], Vec<String>);

impl Alike {
    /// The kernel of an earlier step that was to be made in the same way (`schedule`), for the tensors of this one.
    ///
    /// The reading is what to [`Self::keep`] the step's own kernel by; `None` for a step that has to be made anew.
    pub fn find(&self, host: &Host<'_>, step: &Step<'_>, schedule: &Schedule) -> (Option<Kernel>, Option<Reading>) {
        let Some((digest, names)) = Reader::read(host, step, schedule) else { return (None, None) };
        let found = self.known.get(&digest).and_then(|(kernel, known)| renamed(kernel, known, &names));
        (found, Some((digest, names)))
    }

    /// Notes a kernel by what it was made from.
    pub fn keep(&mut self, (digest, names): Reading, kernel: &Kernel) {
        self.known.entry(digest).or_insert_with(|| (kernel.clone(), names));
    }
}

/// A kernel with the tensors `names` in place of `known`.
fn renamed(kernel: &Kernel, known: &[String], names: &[String]) -> Option<Kernel> {
    let mut kernel = kernel.clone();
    for parameter in &mut kernel.parameters {
        let tensor = match parameter {
            Parameter::Pointer { tensor } => tensor,
            Parameter::TensorMap(map) => &mut map.tensor,
            Parameter::Scalar { .. } => continue,
        };
        let at = known.iter().position(|name| name == tensor)?;
        tensor.clone_from(&names[at]);
    }
    Some(kernel)
}

/// Reads what a step is made from.
struct Reader<'h, 'c> {
    host: &'h Host<'c>,
    digest: Sha256,
    numbers: HashMap<usize, u64>,
    names: Vec<String>,
    /// Every size is a number, and so is everything that a launch says.
    fixed: bool,
}

impl<'h, 'c> Reader<'h, 'c> {
    fn read(host: &'h Host<'c>, step: &Step<'c>, schedule: &Schedule) -> Option<Reading> {
        let mut reader = Self { host, digest: Sha256::new(), numbers: HashMap::new(), names: vec![], fixed: true };
        reader.note(schedule.margin as u64);
        reader.note(u64::from(schedule.distribute.lazy_maxima));
        match step {
            Step::Nest(op) | Step::Insert(op) => {
                reader.text(if matches!(step, Step::Nest(_)) { "nest" } else { "insert" });
                reader.op(*op);
                reader.results(*op);
            }
            Step::Group(group) => {
                reader.text(&format!("group {:?} {:?}", group.extents, group.reduced));
                for member in &group.members {
                    reader.op(member.op);
                    reader.results(member.op);
                    let stored: Vec<_> = member.stored.iter().map(|value| reader.number(*value)).collect();
                    let (dims, reduces, serial, pass) = (&member.dims, member.reduces, member.serial, member.pass);
                    reader.text(&format!("{dims:?} {reduces} {serial} {pass} {stored:?}"));
                }
            }
            Step::Loop(_) => reader.fixed = false,
            Step::Copy { from, into } => {
                reader.text("copy");
                reader.value(*from);
                reader.name(into);
            }
        }
        reader.fixed.then(|| (reader.digest.finalize().into(), reader.names))
    }

    fn note(&mut self, number: u64) {
        self.digest.update(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.note(text.len() as u64);
        self.digest.update(text.as_bytes());
    }

    /// The memory of a tensor, by when it is met first.
    fn name(&mut self, name: &str) {
        let at = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        self.note(at as u64);
    }

    /// Which of an op's results have memory, and where.
    fn results(&mut self, op: Op<'c>) {
        for value in ir::results(op) {
            match self.host.name_of(value) {
                Some(name) => self.name(name),
                None => self.note(u64::MAX),
            }
        }
    }

    fn number(&mut self, value: Val<'c>) -> u64 {
        let next = self.numbers.len() as u64;
        *self.numbers.entry(ffi::value_key(value)).or_insert(next)
    }

    /// Gives a value its number, and notes its type.
    fn define(&mut self, value: Val<'c>) {
        self.number(value);
        let ty = ir::type_of(value);
        self.fixed &= ffi::shape(ty).is_none_or(|shape| shape.iter().all(Option::is_some));
        self.note(ffi::type_key(ty) as u64);
    }

    /// An operand: what has memory by its name, everything else by what computes it.
    fn value(&mut self, value: Val<'c>) {
        if !self.numbers.contains_key(&ffi::value_key(value)) {
            let maker = ffi::defining_op(value);
            if let Some(name) = self.host.name_of(value) {
                self.text(maker.map_or("argument", ir::name));
                // A number that a loop's function is called with.
                self.fixed &= ffi::is_ranked_tensor(ir::type_of(value));
                self.name(name);
                self.define(value);
            } else if let Some(maker) = maker {
                self.op(maker);
            } else {
                self.fixed = false;
                self.define(value);
            }
        }
        let number = self.number(value);
        self.note(number);
    }

    fn op(&mut self, op: Op<'c>) {
        for operand in ir::operands(op) {
            self.value(operand);
        }
        self.text(ir::name(op));
        for (name, attribute) in ir::attributes(op).into_iter().filter(|(name, _)| name != choices::SYMBOL) {
            self.text(&name);
            self.note(ffi::attribute_key(attribute) as u64);
        }
        ir::results(op).into_iter().for_each(|result| self.define(result));
        for region in 0..op.region_count() {
            let blocks = ir::blocks(op, region);
            self.note(blocks.len() as u64);
            for block in blocks {
                let arguments = ir::arguments(block);
                self.note(arguments.len() as u64);
                arguments.into_iter().for_each(|argument| self.define(argument));
                let ops = ir::ops(block);
                self.note(ops.len() as u64);
                ops.into_iter().for_each(|inner| self.op(inner));
            }
        }
    }
}

/// Erases the module that was just made for a kernel, after a look at whether it says what the one says that stands for it.
///
/// # Panics
/// When it does not.
pub fn check(module: Op<'_>, stands: &Kernel, made: &Kernel) {
    let modules = ir::body(module, 0).map(ir::ops).unwrap_or_default();
    let module_of = |kernel: &Kernel| {
        let symbol = |op: &&Op<'_>| ir::attr(**op, "sym_name").and_then(ir::string_attr) == Some(&kernel.symbol);
        modules.iter().filter(|op| ir::name(**op) == "gpu.module").find(symbol).copied()
    };
    let (Some(one), Some(other)) = (module_of(stands), module_of(made)) else { panic!("a kernel without a module") };
    assert_eq!(
        said(one).map(|(_, said)| said),
        said(other).map(|(_, said)| said),
        "'{}' and '{}' are made from the same and differ",
        stands.symbol,
        made.symbol
    );
    let anonymous = |kernel: &Kernel| Kernel { symbol: String::new(), cubin: String::new(), ..kernel.clone() };
    assert_eq!(anonymous(stands), anonymous(made));
    ffi::erase(other);
}

/// What a `gpu.module` says, but for its symbol.
fn said(op: Op<'_>) -> Option<(String, [u8; 32])> {
    let symbol = ir::attr(op, "sym_name").and_then(ir::string_attr)?.to_owned();
    // In a scope of its own: otherwise the whole module is numbered for each print.
    let flags = OperationPrintingFlags::new().print_generic_operation_form().use_local_scope();
    let text = op.to_string_with_flags(flags).ok()?;
    let said = Sha256::digest(text.replace(&symbol, "kernel"));
    Some((symbol, said.into()))
}

/// Erases every `gpu.module` that says what an earlier one says; its launches name the earlier one's symbol, and the module notes
/// what was `merged`, then and before.
pub fn merge(module: Op<'_>, kernels: &mut [Kernel], mut merged: Vec<(String, String)>) {
    let Some(body) = ir::body(module, 0) else { return };
    let mut first: HashMap<[u8; 32], String> = HashMap::new();
    for op in ir::ops(body).into_iter().filter(|op| ir::name(*op) == "gpu.module") {
        let Some((symbol, said)) = said(op) else { continue };
        match first.get(&said) {
            None => {
                first.insert(said, symbol);
            }
            Some(same) => {
                ffi::erase(op);
                for kernel in kernels.iter_mut().filter(|kernel| kernel.symbol == symbol) {
                    kernel.cubin = format!("{same}.cubin");
                    kernel.symbol.clone_from(same);
                }
                for (_, stands) in merged.iter_mut().filter(|(_, stands)| *stands == symbol) {
                    stands.clone_from(same);
                }
                merged.push((symbol, same.clone()));
            }
        }
    }
    choices::note_alike(module, &merged);
}
