//! Which sizes of a function's arguments must be the same, and which of them its results have.
//!
//! With dynamic shapes a program may read `k` and `v` with one loop and yet take them with different lengths;
//! nothing in the type says that they agree. [`facts`] finds what follows from the function. Callers check it
//! before they run.

mod express;
pub mod facts;
pub mod poly;
pub mod repeat;
mod scalar;

use crate::{
    ffi,
    ir::{self, Op, Val},
    runtime::Expr,
};
use facts::{Facts, Sources};

/// How the sizes of a function's arguments and results hang together.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    /// Lists of equal sizes over the arguments, each with two entries or more: `[arg1.0, arg2.0]`, or
    /// `[64, arg0.1]` where the size is known.
    pub equal: Vec<Vec<Expr>>,
    /// The shape of each result. A size that follows from no argument is the fact `dynamic`.
    pub results: Vec<Vec<Expr>>,
}

impl Sizes {
    /// Reads a function on tensors.
    pub fn of(function: Op<'_>) -> Self {
        let Some(body) = ir::body(function, 0) else { return Self::default() };
        let mut facts = Facts::of(function, Sources::default());
        let returned = ir::ops(body).last().map(|op| ir::operands(*op)).unwrap_or_default();
        let results = returned.into_iter().map(|value| {
            let sizes = facts.sizes(value);
            let expr = |size| facts.expr_of(size).unwrap_or_else(|| Expr::Fact("dynamic".into()));
            sizes.iter().map(expr).collect()
        });
        let results = results.collect();
        Self { equal: facts.equal(), results }
    }
}

/// The dims whose size is not in the type.
fn dynamic_dims(value: Val<'_>) -> Vec<usize> {
    let shape = ffi::shape(ir::type_of(value)).unwrap_or_default();
    shape.iter().enumerate().filter(|(_, size)| size.is_none()).map(|(dim, _)| dim).collect()
}

/// The groups of dims of an expand_shape or collapse_shape.
pub fn groups(op: Op<'_>) -> Vec<Vec<usize>> {
    let groups = ir::attr(op, "reassociation").and_then(ffi::array_elements).unwrap_or_default();
    let dims = |group| ffi::array_elements(group).unwrap_or_default().into_iter().filter_map(ir::int_attr);
    groups.into_iter().map(|group| dims(group).filter_map(|dim| usize::try_from(dim).ok()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::front::functions, driver::Session};

    #[test]
    fn sizes_that_one_loop_reads_are_the_same() {
        let session = Session::new();
        let text = include_str!("../../tests/cli_run/programs/attention.mlir");
        let module = session.parse("attention.mlir", text).expect("parses");
        let functions = functions(ffi::op(&module.as_operation()));
        let sizes = Sizes::of(functions[0].1);
        let text = |list: &Vec<Expr>| list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        assert_eq!(sizes.equal.iter().map(text).collect::<Vec<_>>(), ["arg1.0, arg2.0"]);
        assert_eq!(sizes.results.iter().map(text).collect::<Vec<_>>(), ["arg0.0, 4"]);
    }
}
