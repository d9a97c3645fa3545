//! Programs of one head whose scores a test writes, and what they are compared with.

use flashlight::{
    cpu,
    driver::{Request, Session},
    ffi,
    interp::{self, Precision},
    runtime::{DType, Tensor, store},
    stage::Backend,
};
use std::path::Path;

/// Names a folder that receives every program as NAME.mlir, and its arguments and truth as NAME.safetensors, so that they can
/// be compiled for a GPU and checked there (`benches/gpu_correctness.py --runner`). Those that keep their masks strict, and want to
/// be compiled so, are called NAME_strict.
const FOLDER: &str = "FLASHLIGHT_EDGE_PROGRAMS";

/// Attention of one head: sizes, and what happens to the scores.
#[derive(Clone)]
pub struct Case {
    pub queries: usize,
    pub keys: usize,
    pub depth: usize,
    pub width: usize,
    /// The body that makes a score `%r` from `%s`, with `%i`, `%j` (query and key, i64), `%bias` and `%low` (-inf).
    pub score: String,
    /// Rows without a live key give 0.
    pub guarded: bool,
    /// The log-sum-exp is returned too.
    pub returns: bool,
    /// Operands come as `[depth, length]` slices of larger tensors.
    pub strided: bool,
    pub strict: bool,
}

/// Writes a program of the test at hand under the first name that is free.
fn export(folder: &Path, text: &str, strict: bool, arguments: &[Tensor], truth: &[interp::Array]) {
    let test = std::thread::current().name().unwrap_or("program").to_owned();
    let named = |number: usize| format!("{test}_{number}{}", if strict { "_strict" } else { "" });
    let free = |name: &String| !folder.join(format!("{name}.mlir")).exists();
    let name = (0..).map(named).find(free).expect("a free name");
    std::fs::write(folder.join(format!("{name}.mlir")), text).expect("a folder that can be written");
    let results: Vec<Tensor> = truth
        .iter()
        .map(|truth| {
            let values: Vec<f64> = truth.data.iter().map(|word| word.to_float()).collect();
            let shape: Vec<usize> = truth.shape.iter().map(|size| usize::try_from(*size).expect("a size")).collect();
            Tensor::from_f64(DType::F32, &shape, &values).expect("a tensor")
        })
        .collect();
    let name_all = |kind: &'static str, tensors: &'_ [Tensor]| -> Vec<(String, Tensor)> {
        tensors.iter().enumerate().map(|(at, tensor)| (format!("{kind}{at}"), tensor.clone())).collect()
    };
    let tensors: Vec<_> = [name_all("arg", arguments), name_all("result", &results)].concat();
    let tensors = tensors.iter().map(|(name, tensor)| (name.clone(), tensor));
    store::save(&folder.join(format!("{name}.safetensors")), tensors).expect("a folder that can be written");
}

impl Default for Case {
    fn default() -> Self {
        Self {
            queries: 70,
            keys: 130,
            depth: 16,
            width: 8,
            score: "%r = arith.addf %s, %bias : f32".into(),
            guarded: false,
            returns: false,
            strided: false,
            strict: false,
        }
    }
}

/// A keep condition as the body of a score: `%keep` is computed from `%i`, `%j` and `%bias`.
pub fn masked(keep: &str, value: &str) -> String {
    format!("{keep}\n      %m = arith.constant {value} : f32\n      %r = arith.select %keep, %s, %m : f32")
}

/// `j <= i`.
pub fn causal(value: &str) -> String {
    masked("%keep = arith.cmpi sle, %j, %i : i64", value)
}

impl Case {
    pub fn text(&self) -> String {
        let Self { queries: m, keys: n, depth: k, width: d, score, .. } = self;
        let qk = format!("tensor<{m}x{n}xf32>");
        let row = format!("tensor<{m}xf32>");
        let out = format!("tensor<{m}x{d}xf32>");
        let operand = |name: &str, length: usize, width: usize| {
            if !self.strided {
                return (format!("tensor<{length}x{width}xf32>"), String::new(), format!("%{name}"));
            }
            let (whole, part) =
                (format!("tensor<{}x{}xf32>", width + 3, 2 * length + 1), format!("tensor<{width}x{length}xf32>"));
            let flipped = format!("tensor<{length}x{width}xf32>");
            let text = format!(
                "  %{name}p = tensor.extract_slice %{name}[2, 1] [{width}, {length}] [1, 2] : {whole} to {part}\n  %{name}e = tensor.empty() : {flipped}\n  %{name}t = linalg.transpose ins(%{name}p : {part}) outs(%{name}e : {flipped}) permutation = [1, 0]\n"
            );
            (whole, text, format!("%{name}t"))
        };
        let (qt, qs, q) = operand("q", *m, *k);
        let (kt, ks, kk) = operand("k", *n, *k);
        let (vt, vs, v) = operand("v", *n, *d);
        let (qty, kty, vty) =
            (format!("tensor<{m}x{k}xf32>"), format!("tensor<{n}x{k}xf32>"), format!("tensor<{n}x{d}xf32>"));
        let id = "affine_map<(m, n) -> (m, n)>";
        let rows = "affine_map<(m, n) -> (m)>";
        let reduce = |name: &str, from: &str, op: &str, init: &str| {
            format!(
                "  %{name}e = tensor.empty() : {row}\n  %{name}i = linalg.fill ins({init} : f32) outs(%{name}e : {row}) -> {row}\n  %{name} = linalg.generic {{indexing_maps = [{id}, {rows}], iterator_types = [\"parallel\", \"reduction\"]}} ins({from} : {qk}) outs(%{name}i : {row}) {{\n    ^bb0(%a: f32, %o: f32):\n      %r = arith.{op} %o, %a : f32\n      linalg.yield %r : f32\n  }} -> {row}\n"
            )
        };
        let with_row = |name: &str, a: &str, b: &str, body: &str| {
            format!(
                "  %{name} = linalg.generic {{indexing_maps = [{id}, {rows}, {id}], iterator_types = [\"parallel\", \"parallel\"]}} ins({a}, {b} : {qk}, {row}) outs(%se : {qk}) {{\n    ^bb0(%a: f32, %b: f32, %o: f32):\n      {body}\n      linalg.yield %r : f32\n  }} -> {qk}\n"
            )
        };
        let mut text = format!(
            "func.func @main(%q: {qt}, %k: {kt}, %v: {vt}, %bias_arg: tensor<{m}x{n}xf32>) -> (RESULTS) {{\n  %zero = arith.constant 0.0 : f32\n  %low = arith.constant 0xFF800000 : f32\n  %se = tensor.empty() : {qk}\n  %s0 = linalg.fill ins(%zero : f32) outs(%se : {qk}) -> {qk}\n{qs}{ks}{vs}"
        );
        text += &format!(
            "  %s1 = linalg.generic {{indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = [\"parallel\", \"parallel\", \"reduction\"]}} ins({q}, {kk} : {qty}, {kty}) outs(%s0 : {qk}) {{\n    ^bb0(%a: f32, %b: f32, %o: f32):\n      %p = arith.mulf %a, %b : f32\n      %r = arith.addf %o, %p : f32\n      linalg.yield %r : f32\n  }} -> {qk}\n"
        );
        text += &format!(
            "  %x = linalg.generic {{indexing_maps = [{id}, {id}, {id}], iterator_types = [\"parallel\", \"parallel\"]}} ins(%s1, %bias_arg : {qk}, {qk}) outs(%se : {qk}) {{\n    ^bb0(%s: f32, %bias: f32, %o: f32):\n      %ii = linalg.index 0 : index\n      %jj = linalg.index 1 : index\n      %i = arith.index_cast %ii : index to i64\n      %j = arith.index_cast %jj : index to i64\n      {score}\n      linalg.yield %r : f32\n  }} -> {qk}\n"
        );
        text += &reduce("max", "%x", "maximumf", "%low");
        text += &with_row("e", "%x", "%max", "%d = arith.subf %a, %b : f32\n      %r = math.exp %d : f32");
        text += &reduce("sum", "%e", "addf", "%zero");
        text += &with_row("p0", "%e", "%sum", "%r = arith.divf %a, %b : f32");
        if self.guarded {
            text += &with_row(
                "p",
                "%p0",
                "%max",
                "%dead = arith.cmpf oeq, %b, %low : f32\n      %r = arith.select %dead, %zero, %a : f32",
            );
        }
        let p = if self.guarded { "%p" } else { "%p0" };
        text += &format!(
            "  %oe = tensor.empty() : {out}\n  %o0 = linalg.fill ins(%zero : f32) outs(%oe : {out}) -> {out}\n  %out = linalg.matmul ins({p}, {v} : {qk}, {vty}) outs(%o0 : {out}) -> {out}\n"
        );
        if self.returns {
            text += &format!(
                "  %le = tensor.empty() : {row}\n  %lse = linalg.generic {{indexing_maps = [affine_map<(m) -> (m)>, affine_map<(m) -> (m)>, affine_map<(m) -> (m)>], iterator_types = [\"parallel\"]}} ins(%max, %sum : {row}, {row}) outs(%le : {row}) {{\n    ^bb0(%a: f32, %b: f32, %o: f32):\n      %l = math.log %b : f32\n      %r = arith.addf %l, %a : f32\n      linalg.yield %r : f32\n  }} -> {row}\n  return %out, %lse : {out}, {row}\n}}\n"
            );
            return text.replace("RESULTS", &format!("{out}, {row}"));
        }
        text += &format!("  return %out : {out}\n}}\n");
        text.replace("RESULTS", &out)
    }

    /// Ordinary arguments: q, k, v, and a bias that `bias` gives by query and key.
    pub fn arguments(&self, bias: impl Fn(usize, usize) -> f64) -> Vec<Tensor> {
        let shape = |length: usize, width: usize| {
            if self.strided { [width + 3, 2 * length + 1] } else { [length, width] }
        };
        let noise = |shape: [usize; 2], seed: usize| {
            let value = |at: usize| {
                let x = (at + 1).wrapping_mul(2_654_435_761).wrapping_add(seed * 40_503) as u32;
                f64::from(x ^ (x >> 15)) / f64::from(u32::MAX) - 0.5
            };
            let values: Vec<f64> = (0..shape[0] * shape[1]).map(value).collect();
            Tensor::from_f64(DType::F32, &shape, &values).expect("a tensor")
        };
        let bias: Vec<f64> = (0..self.queries * self.keys).map(|at| bias(at / self.keys, at % self.keys)).collect();
        vec![
            noise(shape(self.queries, self.depth), 1),
            noise(shape(self.keys, self.depth), 2),
            noise(shape(self.keys, self.width), 3),
            Tensor::from_f64(DType::F32, &[self.queries, self.keys], &bias).expect("a tensor"),
        ]
    }

    /// Runs the program fused, which it must be, and compares with its source; returns the results.
    pub fn check_with(&self, arguments: &[Tensor]) -> Vec<Vec<f64>> {
        let (results, remarks) = self.check_text(&self.text(), arguments);
        // A softmax over one key is no reduction.
        let fused = remarks.iter().any(|remark| remark.starts_with("fused"));
        assert!(fused || self.keys == 1, "not fused\n{}", self.text());
        results
    }

    /// Runs a text compiled, and compares with its source; returns the results and the remarks.
    pub fn check_text(&self, text: &str, arguments: &[Tensor]) -> (Vec<Vec<f64>>, Vec<String>) {
        let session = Session::new();
        let module = session.parse("edge.mlir", text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let truth = interp::run(&module, "main", arguments, Precision::Typed).expect("the source runs");
        if let Some(folder) = std::env::var_os(FOLDER) {
            export(Path::new(&folder), text, self.strict, arguments, &truth);
        }
        let request = Request { strict_masks: self.strict, ..Request::new(Backend::Cpu) };
        let signature = cpu::Signature::of(&module, "main").expect("a signature");
        let outcome = session.compile(ffi::clone_module(&module), &request);
        let outcome = outcome.unwrap_or_else(|error| panic!("{error}\n{text}"));
        let kernel = cpu::load(&outcome.module, signature, &cpu::Options { optimization: 1 }).expect("it loads");
        let results = kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("it runs");
        let results: Vec<Vec<f64>> = results.iter().map(Tensor::to_f64).collect();
        for (number, (truth, found)) in truth.iter().zip(&results).enumerate() {
            for (at, (truth, found)) in truth.data.iter().zip(found).enumerate() {
                let truth = truth.to_float();
                let same = if truth.is_finite() {
                    (truth - found).abs() <= 1e-4 * truth.abs().max(1.0)
                } else {
                    truth.is_nan() && found.is_nan() || truth == *found
                };
                assert!(same, "result {number}, element {at}: {found}, not {truth}\n{text}");
            }
        }
        (results, outcome.remarks.iter().map(|remark| remark.message.clone()).collect())
    }

    pub fn check(&self) -> Vec<Vec<f64>> {
        self.check_with(&self.arguments(|_, _| 0.0))
    }
}
