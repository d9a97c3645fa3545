//! Softmax–matmul chains that are still there: `--require-fusion` does not take the compiler's word for it.
//!
//! Values are followed forward through a function. `exp` marks what an exponential went into; a reduction of
//! that is a *sum*; combining both (the division) gives a *softmax*; a contraction that reads a softmax is a
//! chain. A contraction that reads an exponential and is divided by its sum later is one too.

use crate::{
    algebra::Generic,
    ffi,
    ir::{self, Blk, Op, Val},
    remark,
};
use melior::ir::operation::OperationLike;
use std::collections::{BTreeSet, HashMap};

/// What a value descends from.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Marks {
    exp: bool,
    sum: bool,
    softmax: bool,
    /// A contraction of exponentials, not yet divided.
    product: bool,
}

impl Marks {
    const fn or(self, other: Self) -> Self {
        Self {
            exp: self.exp || other.exp,
            sum: self.sum || other.sum,
            softmax: self.softmax || other.softmax,
            product: self.product || other.product,
        }
    }
}

/// Where in a function a softmax–matmul chain is left.
pub fn find(function: Op<'_>) -> Vec<String> {
    let Some(body) = ir::body(function, 0) else { return vec![] };
    let mut marks: HashMap<usize, Marks> = HashMap::new();
    let mut found = BTreeSet::new();
    for op in ops(body) {
        let of = |value: &Val<'_>| marks.get(&ffi::value_key(*value)).copied().unwrap_or_default();
        let inputs: Vec<Marks> = ir::operands(op).iter().map(of).collect();
        let all = inputs.iter().copied().fold(Marks::default(), Marks::or);
        let mut out = all;
        // What a fused op computes is its own affair.
        if ir::name(op).starts_with("attention.") {
            continue;
        }
        let divided = inputs.iter().any(|marks| marks.sum && !marks.exp && !marks.product);
        if is_contraction(op) {
            // The division may have been fused into the contraction.
            if all.softmax || (divided && all.exp) {
                found.insert(remark::position(op.location()));
            }
            out = Marks { product: all.exp, ..Marks::default() };
        } else if is_reduction(op) {
            out = Marks { sum: all.exp || all.sum, ..Marks::default() };
        } else {
            if divided && all.product {
                found.insert(remark::position(op.location()));
            }
            out.softmax |= divided && all.exp;
            out.exp |= has_exp(op);
            out.sum &= !out.exp;
        }
        if out != Marks::default() {
            marks.extend(ir::results(op).into_iter().map(|result| (ffi::value_key(result), out)));
        }
    }
    found.into_iter().collect()
}

/// The operations of a block, and of the loops and branches in it.
fn ops<'c>(block: Blk<'c>) -> Vec<Op<'c>> {
    let mut found = vec![];
    for op in ir::ops(block) {
        found.push(op);
        if ir::name(op).starts_with("scf.") {
            found.extend((0..op.region_count()).filter_map(|at| ir::body(op, at)).flat_map(ops));
        }
    }
    found
}

fn is_contraction(op: Op<'_>) -> bool {
    let name = ir::name(op);
    let named = ["matmul", "matvec", "vecmat", "linalg.dot", "contract"].iter().any(|part| name.contains(part));
    name.starts_with("linalg.")
        && (named || (is_reduction(op) && ir::walk(op).iter().any(|op| ir::name(*op) == "arith.mulf")))
}

/// Whether an operation reduces more than one point to one.
fn is_reduction(op: Op<'_>) -> bool {
    ir::name(op) == "linalg.reduce" || Generic::of(op).is_some_and(|generic| generic.reduces())
}

fn has_exp(op: Op<'_>) -> bool {
    let names = ["math.exp", "math.exp2", "linalg.exp", "linalg.softmax"];
    names.contains(&ir::name(op)) || ir::walk(op).iter().any(|op| names.contains(&ir::name(*op)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::front::functions,
        driver::{Request, Session},
        stage::{Backend, Stage},
    };
    use melior::ir::Module;

    fn chains(session: &Session, text: &str) -> usize {
        let module = session.parse("test.mlir", text).expect("parses");
        let written = count(&module);
        let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Normalize)).expect("normalizes");
        assert_eq!(written > 0, count(&outcome.module) > 0, "normalization hides no chain");
        written
    }

    fn count(module: &Module<'_>) -> usize {
        functions(ffi::op(&module.as_operation())).into_iter().map(|(_, function)| find(function).len()).sum()
    }

    #[test]
    fn every_exported_program_has_one_as_it_was_written() {
        let session = Session::new();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).expect("the corpus") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "mlir") {
                let text = std::fs::read_to_string(&path).expect("readable");
                assert!(chains(&session, &text) > 0, "{}", path.display());
                seen += 1;
            }
        }
        assert!(seen > 0);
    }

    #[test]
    fn a_gate_before_a_projection_is_none() {
        let text = "
            func.func @main(%x: tensor<4x4xf32>, %w: tensor<4x4xf32>) -> tensor<4x4xf32> {
              %zero = arith.constant 0.0 : f32
              %e = tensor.empty() : tensor<4x4xf32>
              %g = linalg.exp ins(%x : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
              %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x4xf32>) -> tensor<4x4xf32>
              %y = linalg.matmul ins(%g, %w : tensor<4x4xf32>, tensor<4x4xf32>) outs(%f : tensor<4x4xf32>) -> tensor<4x4xf32>
              return %y : tensor<4x4xf32>
            }";
        assert_eq!(chains(&Session::new(), text), 0);
    }
}
