//! What a module must keep to before it is compiled: names that can be symbols and files, sizes that can be counted, numbers that
//! can be computed with.

use crate::{
    error::PassError,
    ffi,
    ir::{self, Element, Op, Type},
};
use melior::ir::{TypeLike, operation::OperationLike};
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
                held &= keep(op, countable(ty)) & keep(op, computable(ty));
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

/// What is wrong with the numbers of a type. What holds no numbers (a complex number, a function, …) is nothing that is looked at here.
fn computable(ty: Type<'_>) -> Option<String> {
    let element = ffi::element_type(ty);
    match Element::of(element) {
        Some(Element::Int(bits) | Element::Signed(bits) | Element::Unsigned(bits)) if bits > 64 => {
            Some(format!("{element} is not supported: integers have at most 64 bits"))
        }
        None if element.is_float() => {
            Some(format!("{element} is not supported: floats are f64, f32, f16, bf16, f8E4M3FN and f8E5M2"))
        }
        _ => None,
    }
}

/// Checks that kernels can store the elements of every tensor of a function.
///
/// # Errors
/// [`PassError::Reported`], after a diagnostic at the op that makes such a tensor.
pub fn stored(function: Op<'_>) -> Result<(), PassError> {
    let mut held = true;
    for op in std::iter::once(function).chain(ir::walk(function)) {
        let blocks = (0..op.region_count()).filter_map(|region| ir::body(op, region));
        for value in blocks.flat_map(ir::arguments).chain(ir::results(op)) {
            let ty = ir::type_of(value);
            held &= !ffi::is_ranked_tensor(ty) || keep(op, storable(ffi::element_type(ty)));
        }
    }
    if held { Ok(()) } else { Err(PassError::Reported) }
}

/// Why kernels can not store elements of a type.
fn storable(element: Type<'_>) -> Option<String> {
    match Element::of(element) {
        Some(Element::Signed(_) | Element::Unsigned(_)) => {
            Some(format!("a tensor of {element} is not supported on the GPU: its integers have a sign of their own"))
        }
        Some(known) if known.dtype().is_some() => None,
        _ => Some(format!("a tensor of {element} is not supported on the GPU")),
    }
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
