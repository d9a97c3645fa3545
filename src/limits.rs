//! What a module must keep to before it is compiled: names that can be symbols and files, sizes that can be counted.

use crate::{
    ffi,
    ir::{self, Op, Type},
};
use melior::ir::operation::OperationLike;
use std::collections::HashSet;

/// Most elements of a tensor.
const MOST: i64 = 1 << 62;

/// Whether a module keeps to the limits; where it does not, a diagnostic says so.
pub fn hold(module: Op<'_>) -> bool {
    let mut held = true;
    let mut seen = HashSet::new();
    for op in ir::walk(module) {
        if let Some(name) = ir::attr(op, "sym_name").filter(|_| ir::name(op) == "func.func") {
            held &= keep(op, symbol(ir::string_attr(name)));
        }
        if ir::name(op) == "tensor.dim" {
            held &= keep(op, dimension(op));
        }
        let blocks = (0..op.region_count()).filter_map(|region| ir::body(op, region));
        for value in blocks.flat_map(ir::arguments).chain(ir::results(op)) {
            let ty = ir::type_of(value);
            if seen.insert(ffi::type_key(ty)) {
                held &= keep(op, countable(ty));
            }
        }
    }
    held
}

fn keep(op: Op<'_>, broken: Option<String>) -> bool {
    if let Some(message) = &broken {
        ffi::emit_error(op.location(), message);
    }
    broken.is_none()
}

/// What is wrong with the name of a function: it becomes a symbol of machine code and part of file names.
fn symbol(name: Option<&str>) -> Option<String> {
    let Some(name) = name else { return Some("a name that is not UTF-8".into()) };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$');
    let fine = name.chars().all(plain) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (!fine).then(|| {
        format!(
            "{name:?} cannot be the name of a function here: letters, digits, '_', '.' and '$', from a letter or '_' on"
        )
    })
}

/// What is wrong with the dimension whose size is asked for.
fn dimension(op: Op<'_>) -> Option<String> {
    let operands = ir::operands(op);
    let [tensor, dim] = operands[..] else { return None };
    let dim = ffi::defining_op(dim).and_then(|op| ir::attr(op, "value")).and_then(ir::int_attr)?;
    let rank = ffi::shape(ir::type_of(tensor)).filter(|_| ffi::is_ranked_tensor(ir::type_of(tensor)))?.len();
    let inside = usize::try_from(dim).is_ok_and(|dim| dim < rank);
    (!inside).then(|| format!("the size of dimension {dim} of {}, which has {rank}", ir::type_of(tensor)))
}

fn countable(ty: Type<'_>) -> Option<String> {
    let shape = ffi::shape(ty).filter(|_| ffi::is_ranked_tensor(ty))?;
    let mut known = shape.iter().flatten();
    let count = known.try_fold(1i64, |count, size| count.checked_mul(*size).filter(|count| *count < MOST));
    count.is_none().then(|| format!("{ty} has more elements than can be counted"))
}

#[cfg(test)]
mod tests {
    use super::symbol;

    #[test]
    fn a_name_is_a_symbol_and_no_path() {
        for name in ["main", "_a.b$1", "forward_0"] {
            assert_eq!(symbol(Some(name)), None);
        }
        for name in ["", "../../evil", "fwd-1 pass", "\0a", "1a", ".hidden", "\u{e4}"] {
            assert!(symbol(Some(name)).is_some(), "{name}");
        }
        assert!(symbol(None).is_some());
    }
}
