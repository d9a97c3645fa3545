//! The CPU back end: unfused programs as the oracle, every element type, dynamic shapes.

mod support;

use flashlight::{
    cli::front::functions,
    cpu, ffi,
    pass::pipeline,
    runtime::{DType, Tensor, manifest::HostCode},
    shape::Sizes,
};
use melior::ir::Module;
use std::process::{Command, Output};
use support::{arguments, compile_after, compile_fused, compile_plain, context, corpus, corpus_failures};

#[test]
fn the_corpus_runs_unfused_within_the_corpus_rule() {
    let context = context();
    let mut failures = vec![];
    for program in corpus() {
        let text = std::fs::read_to_string(&program).expect("program");
        let kernel = compile_plain(&context, &text);
        let inputs = arguments(&kernel, &program);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("runs");
        failures.extend(corpus_failures(&program, &results).into_iter().map(|line| format!("{program:?}: {line}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_corpus_runs_fused_within_the_corpus_rule() {
    let mut failures = vec![];
    for program in corpus() {
        let context = context();
        let text = std::fs::read_to_string(&program).expect("program");
        let kernel = compile_fused(&context, &text);
        let inputs = arguments(&kernel, &program);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("runs");
        failures.extend(corpus_failures(&program, &results).into_iter().map(|line| format!("{program:?}: {line}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn tensor(dtype: DType, shape: &[usize], values: &[f64]) -> Tensor {
    Tensor::from_f64(dtype, shape, values).expect("fits")
}

#[test]
fn dynamic_shapes_and_two_results() {
    let text = "
func.func @main(%a: tensor<?x3xf32>) -> (tensor<3x?xf32>, tensor<?x3xf32>) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %a, %c0 : tensor<?x3xf32>
  %e = tensor.empty(%n) : tensor<3x?xf32>
  %t = linalg.transpose ins(%a : tensor<?x3xf32>) outs(%e : tensor<3x?xf32>) permutation = [1, 0]
  return %t, %a : tensor<3x?xf32>, tensor<?x3xf32>
}";
    let context = context();
    let kernel = compile_plain(&context, text);
    for n in [0, 1, 2, 5] {
        let values: Vec<f64> = (0..3 * n).map(|i| i as f64).collect();
        let input = tensor(DType::F32, &[n, 3], &values);
        let results = kernel.run(&[&input]).expect("runs");
        assert_eq!(results[0].shape(), [3, n]);
        let expected: Vec<f64> = (0..3 * n).map(|i| (i % n * 3 + i / n) as f64).collect();
        assert_eq!(results[0].to_f64(), expected);
        assert_eq!(results[1].to_f64(), values);
    }
}

#[test]
fn arguments_are_never_written() {
    let text = "
func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = [\"parallel\"]} outs(%a : tensor<4xf32>) {
  ^bb0(%x: f32):
    %y = arith.addf %x, %x : f32
    linalg.yield %y : f32
  } -> tensor<4xf32>
  return %r : tensor<4xf32>
}";
    let context = context();
    let kernel = compile_plain(&context, text);
    let input = tensor(DType::F32, &[4], &[1.0, 2.0, 3.0, f64::NAN]);
    for _ in 0..2 {
        let results = kernel.run(&[&input]).expect("runs");
        assert_eq!(results[0].to_f64()[..3], [2.0, 4.0, 6.0]);
        assert!(results[0].to_f64()[3].is_nan());
    }
}

/// One elementwise body over two tensors of a type.
fn elementwise(ty: &str, result: &str, body: &str) -> String {
    format!(
        "#i = affine_map<(i) -> (i)>
func.func @main(%a: tensor<?x{ty}>, %b: tensor<?x{ty}>) -> tensor<?x{result}> {{
  %c0 = arith.constant 0 : index
  %n = tensor.dim %a, %c0 : tensor<?x{ty}>
  %e = tensor.empty(%n) : tensor<?x{result}>
  %r = linalg.generic {{indexing_maps = [#i, #i, #i], iterator_types = [\"parallel\"]}} ins(%a, %b : tensor<?x{ty}>, tensor<?x{ty}>) outs(%e : tensor<?x{result}>) {{
  ^bb0(%x: {ty}, %y: {ty}, %out: {result}):
    {body}
    linalg.yield %r : {result}
  }} -> tensor<?x{result}>
  return %r : tensor<?x{result}>
}}"
    )
}

#[test]
fn every_element_type_computes() {
    let cases = [
        ("f64", "f64", "%r = arith.mulf %x, %y : f64", [1.5, -2.0], [2.0, 3.0], [3.0, -6.0]),
        (
            "f32",
            "f16",
            "%s = arith.addf %x, %y : f32\n%r = arith.truncf %s : f32 to f16",
            [1.5, -2.0],
            [2.0, 3.0],
            [3.5, 1.0],
        ),
        (
            "f64",
            "f16",
            "%s = arith.addf %x, %y : f64\n%r = arith.truncf %s : f64 to f16",
            [1.5, -2.0],
            [2.0, 3.0],
            [3.5, 1.0],
        ),
        (
            "f64",
            "bf16",
            "%s = arith.addf %x, %y : f64\n%r = arith.truncf %s : f64 to bf16",
            [1.5, -2.0],
            [2.0, 3.0],
            [3.5, 1.0],
        ),
        ("f16", "f16", "%r = arith.addf %x, %y : f16", [1.5, -2.0], [2.0, 3.0], [3.5, 1.0]),
        (
            "f16",
            "f64",
            "%s = arith.addf %x, %y : f16\n%r = arith.extf %s : f16 to f64",
            [1.5, -2.0],
            [2.0, 3.0],
            [3.5, 1.0],
        ),
        ("bf16", "bf16", "%r = arith.mulf %x, %y : bf16", [1.5, -2.0], [2.0, 3.0], [3.0, -6.0]),
        (
            "bf16",
            "f64",
            "%s = arith.subf %x, %y : bf16\n%r = arith.extf %s : bf16 to f64",
            [1.5, -2.0],
            [2.0, 3.0],
            [-0.5, -5.0],
        ),
        ("bf16", "i1", "%r = arith.cmpf olt, %x, %y : bf16", [1.5, -2.0], [2.0, -3.0], [1.0, 0.0]),
        ("bf16", "bf16", "%r = arith.maximumf %x, %y : bf16", [1.5, -2.0], [2.0, -3.0], [2.0, -2.0]),
        ("f16", "f16", "%r = math.exp2 %x : f16", [1.0, -2.0], [2.0, -3.0], [2.0, 0.25]),
        ("bf16", "bf16", "%r = math.powf %x, %y : bf16", [1.5, -2.0], [2.0, 3.0], [2.25, -8.0]),
        (
            "f32",
            "f32",
            "%k = arith.fptosi %y : f32 to i64\n%r = math.fpowi %x, %k : f32, i64",
            [1.5, -2.0],
            [2.0, 3.0],
            [2.25, -8.0],
        ),
        (
            "f32",
            "f32",
            "%k = arith.constant -3 : i64\n%r = math.fpowi %x, %k : f32, i64",
            [2.0, -2.0],
            [2.0, 3.0],
            [0.125, -0.125],
        ),
        ("i64", "i64", "%r = arith.subi %x, %y : i64", [5.0, -2.0], [2.0, 3.0], [3.0, -5.0]),
        (
            "i32",
            "i64",
            "%s = arith.muli %x, %y : i32\n%r = arith.extsi %s : i32 to i64",
            [5.0, -2.0],
            [2.0, 3.0],
            [10.0, -6.0],
        ),
        ("i8", "i8", "%r = arith.floordivsi %x, %y : i8", [5.0, -3.0], [2.0, 2.0], [2.0, -2.0]),
        ("i1", "i1", "%r = arith.xori %x, %y : i1", [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]),
    ];
    let context = context();
    for (ty, result, body, x, y, expected) in cases {
        let kernel = compile_plain(&context, &elementwise(ty, result, body));
        let dtype = kernel.signature().arguments[0].dtype;
        let found = kernel.run(&[&tensor(dtype, &[2], &x), &tensor(dtype, &[2], &y)]).expect("runs");
        assert_eq!(found[0].to_f64(), expected, "{ty} -> {result}: {body}");
    }
}

#[test]
fn wrong_arguments_are_refused_with_both_sides_named() {
    let context = context();
    let kernel = compile_plain(&context, &elementwise("f32", "f32", "%r = arith.addf %x, %y : f32"));
    let good = tensor(DType::F32, &[2], &[1.0, 2.0]);
    let message = |arguments: &[&Tensor]| kernel.run(arguments).expect_err("refused").to_string();
    assert_eq!(message(&[&good]), "the function takes 2 argument(s), 1 given");
    assert_eq!(message(&[&good, &tensor(DType::F64, &[2], &[1.0, 2.0])]), "arg1: element type is f64, expected f32");
    assert_eq!(message(&[&tensor(DType::F32, &[], &[1.0]), &good]), "arg0: shape is [], expected [?]");
}

/// The example of the dialect at other sizes.
fn fused_program(queries: usize, keys: usize, head: usize, values: usize, element: &str) -> String {
    let text = include_str!("dialect/roundtrip.mlir");
    let function = text.replace(
        "extents = array<i64: 2, 256, 256, 64, 64>",
        &format!("extents = array<i64: 2, {queries}, {keys}, {head}, {values}>"),
    );
    let mut lines = vec![];
    for line in function.lines() {
        let line = if line.contains("func.func") {
            format!(
                "func.func @main(%q: tensor<2x{queries}x{head}x{element}>, %k: tensor<2x{keys}x{head}x{element}>, %v: tensor<2x{keys}x{values}x{element}>) -> tensor<2x{queries}x{values}x{element}> {{"
            )
        } else if line.contains("(%q) {map") {
            line.replace("2x256x64xbf16", &format!("2x{queries}x{head}x{element}"))
        } else if line.contains("(%k) {map") {
            line.replace("2x256x64xbf16", &format!("2x{keys}x{head}x{element}"))
        } else if line.contains("(%v) {map") {
            line.replace("2x256x64xbf16", &format!("2x{keys}x{values}x{element}"))
        } else {
            line.replace("2x256x64xbf16", &format!("2x{queries}x{values}x{element}"))
        };
        lines.push(line);
    }
    lines.join("\n")
}

/// softmax(0.125 q kᵀ) v in f64.
fn reference(q: &[f64], k: &[f64], v: &[f64], [queries, keys, head, values]: [usize; 4]) -> Vec<f64> {
    let mut result = vec![];
    for (batch, row) in (0..2).flat_map(|batch| (0..queries).map(move |row| (batch, row))) {
        let query = &q[(batch * queries + row) * head..][..head];
        let scores: Vec<f64> = (0..keys)
            .map(|key| query.iter().zip(&k[(batch * keys + key) * head..]).map(|(a, b)| a * b * 0.125).sum())
            .collect();
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
        let total: f64 = weights.iter().sum();
        for column in 0..values {
            let sum: f64 = (0..keys).map(|key| weights[key] * v[(batch * keys + key) * values + column]).sum();
            result.push(sum / total);
        }
    }
    result
}

fn noise(dtype: DType, shape: &[usize], seed: u64) -> Tensor {
    let mut state = seed;
    let values: Vec<f64> = (0..shape.iter().product())
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / f64::from(1 << 22) - 2.0
        })
        .collect();
    tensor(dtype, shape, &values)
}

#[test]
fn fused_tiles_agree_with_f64_at_even_and_odd_sizes() {
    let sizes = [
        [256, 256, 64, 64],
        [64, 128, 128, 128],
        [100, 77, 64, 64],
        [1, 300, 64, 64],
        [33, 65, 24, 40],
        [70, 64, 7, 13],
        [16, 5, 80, 97],
        [3, 3, 1, 1],
    ];
    let mut failures = vec![];
    for (element, dtype, tolerance) in
        [("f32", DType::F32, 4e-6), ("bf16", DType::BF16, 9e-3), ("f16", DType::F16, 2e-3)]
    {
        for size in sizes {
            let [queries, keys, head, values] = size;
            let context = context();
            let kernel =
                compile_after(&context, &fused_program(queries, keys, head, values, element), "builtin.module(tile)");
            let q = noise(dtype, &[2, queries, head], 1);
            let k = noise(dtype, &[2, keys, head], 2);
            let v = noise(dtype, &[2, keys, values], 3);
            let found = kernel.run(&[&q, &k, &v]).expect("runs")[0].to_f64();
            let expected = reference(&q.to_f64(), &k.to_f64(), &v.to_f64(), size);
            let error = found
                .iter()
                .zip(&expected)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, |a: f64, b| if b > a || b.is_nan() { b } else { a });
            if error.is_nan() || error > tolerance {
                failures.push(format!("{element} {size:?}: error {error:e}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn masks_of_bits_are_read_as_bytes() {
    let mask = |row: usize, column: usize| (row * 7 + column * 3) % 5 < 3 || column == 0;
    let text = "
#b = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#m = affine_map<(d0, d1, d2) -> (d1, d2)>
#r = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%q: tensor<2x70x16xf32>, %k: tensor<2x90x16xf32>, %v: tensor<2x90x16xf32>, %mask: tensor<70x90xi1>) -> tensor<2x70x16xf32> {
  %zero = arith.constant 0.0 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %kte = tensor.empty() : tensor<2x16x90xf32>
  %kt = linalg.transpose ins(%k : tensor<2x90x16xf32>) outs(%kte : tensor<2x16x90xf32>) permutation = [0, 2, 1]
  %se = tensor.empty() : tensor<2x70x90xf32>
  %sz = linalg.fill ins(%zero : f32) outs(%se : tensor<2x70x90xf32>) -> tensor<2x70x90xf32>
  %s = linalg.batch_matmul ins(%q, %kt : tensor<2x70x16xf32>, tensor<2x16x90xf32>) outs(%sz : tensor<2x70x90xf32>) -> tensor<2x70x90xf32>
  %x = linalg.generic {indexing_maps = [#m, #b, #b], iterator_types = [\"parallel\", \"parallel\", \"parallel\"]} ins(%mask, %s : tensor<70x90xi1>, tensor<2x70x90xf32>) outs(%se : tensor<2x70x90xf32>) {
  ^bb0(%keep: i1, %in: f32, %out: f32):
    %scale = arith.constant 0.125 : f32
    %scaled = arith.mulf %in, %scale : f32
    %value = arith.select %keep, %scaled, %ninf : f32
    linalg.yield %value : f32
  } -> tensor<2x70x90xf32>
  %re = tensor.empty() : tensor<2x70xf32>
  %mz = linalg.fill ins(%ninf : f32) outs(%re : tensor<2x70xf32>) -> tensor<2x70xf32>
  %max = linalg.generic {indexing_maps = [#b, #r], iterator_types = [\"parallel\", \"parallel\", \"reduction\"]} ins(%x : tensor<2x70x90xf32>) outs(%mz : tensor<2x70xf32>) {
  ^bb0(%in: f32, %out: f32):
    %value = arith.maximumf %in, %out : f32
    linalg.yield %value : f32
  } -> tensor<2x70xf32>
  %e = linalg.generic {indexing_maps = [#b, #r, #b], iterator_types = [\"parallel\", \"parallel\", \"parallel\"]} ins(%x, %max : tensor<2x70x90xf32>, tensor<2x70xf32>) outs(%se : tensor<2x70x90xf32>) {
  ^bb0(%in: f32, %most: f32, %out: f32):
    %less = arith.subf %in, %most : f32
    %value = math.exp %less : f32
    linalg.yield %value : f32
  } -> tensor<2x70x90xf32>
  %lz = linalg.fill ins(%zero : f32) outs(%re : tensor<2x70xf32>) -> tensor<2x70xf32>
  %l = linalg.generic {indexing_maps = [#b, #r], iterator_types = [\"parallel\", \"parallel\", \"reduction\"]} ins(%e : tensor<2x70x90xf32>) outs(%lz : tensor<2x70xf32>) {
  ^bb0(%in: f32, %out: f32):
    %value = arith.addf %in, %out : f32
    linalg.yield %value : f32
  } -> tensor<2x70xf32>
  %p = linalg.generic {indexing_maps = [#b, #r, #b], iterator_types = [\"parallel\", \"parallel\", \"parallel\"]} ins(%e, %l : tensor<2x70x90xf32>, tensor<2x70xf32>) outs(%se : tensor<2x70x90xf32>) {
  ^bb0(%in: f32, %total: f32, %out: f32):
    %value = arith.divf %in, %total : f32
    linalg.yield %value : f32
  } -> tensor<2x70x90xf32>
  %oe = tensor.empty() : tensor<2x70x16xf32>
  %oz = linalg.fill ins(%zero : f32) outs(%oe : tensor<2x70x16xf32>) -> tensor<2x70x16xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<2x70x90xf32>, tensor<2x90x16xf32>) outs(%oz : tensor<2x70x16xf32>) -> tensor<2x70x16xf32>
  return %o : tensor<2x70x16xf32>
}";
    let (q, k, v) =
        (noise(DType::F32, &[2, 70, 16], 1), noise(DType::F32, &[2, 90, 16], 2), noise(DType::F32, &[2, 90, 16], 3));
    let bits: Vec<f64> = (0..70 * 90).map(|index| f64::from(mask(index / 90, index % 90))).collect();
    let bits = tensor(DType::Bool, &[70, 90], &bits);
    let context = context();
    let expected = compile_plain(&context, text).run(&[&q, &k, &v, &bits]).expect("runs")[0].to_f64();
    let kernel = compile_fused(&context, text);
    let found = kernel.run(&[&q, &k, &v, &bits]).expect("runs")[0].to_f64();
    let error = found.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(error < 1e-5, "error {error:e}");
}

/// Builds a C program from `main_c` and the object file of a text, and returns what it prints.
fn run_with_c(text: &str, passes: &str, main_c: &str) -> String {
    let run = output_with_c(text, passes, main_c);
    assert!(run.status.success(), "{run:?}");
    String::from_utf8(run.stdout).expect("text")
}

/// The object file of a text, and its header.
fn artifact(text: &str, passes: &str) -> cpu::aot::Artifact {
    let context = context();
    let mut module = Module::parse(&context, text).expect("the text parses");
    pipeline::run(&module, passes).expect("the passes run");
    let signature = cpu::Signature::of(&module, "main").expect("an entry");
    let sizes = Sizes::of(functions(ffi::op(&module.as_operation()))[0].1);
    cpu::lower::vectorize(&mut module).expect("vectorize");
    cpu::lower::llvm(&mut module).expect("llvm");
    let target = cpu::native::Target { cpu: "native".into(), optimization: 3 };
    cpu::aot::compile(&module, &signature, &sizes.results, "flashlight_main", &target).expect("an object file")
}

/// Builds a C program from `main_c` and the object file of a text, and runs it.
fn output_with_c(text: &str, passes: &str, main_c: &str) -> Output {
    let artifact = artifact(text, passes);
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("main.o"), &artifact.object).expect("written");
    std::fs::write(path("main.h"), &artifact.header).expect("written");
    std::fs::write(path("test.c"), main_c).expect("written");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let build = Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Werror", "-O1", "-o"])
        .args([path("test"), path("test.c"), path("main.o")])
        .args(["-lm", "-lpthread"])
        .output()
        .expect("a C compiler");
    assert!(build.status.success(), "{}\n{}", String::from_utf8_lossy(&build.stderr), artifact.header);
    Command::new(path("test")).output().expect("runs")
}

#[test]
fn an_object_file_works_from_c_alone_and_on_the_callers_threads() {
    let program = fused_program(100, 77, 16, 8, "f32");
    let body = r#"
static float q[2 * 100 * 16], k[2 * 77 * 16], v[2 * 77 * 8], o[2 * 100 * 8];
int main(void) {
  for (int i = 0; i < 2 * 77 * 8; i++) v[i] = (float)(i % 8);
  for (int i = 0; i < 2 * 100 * 16; i++) q[i] = (float)(i % 7) - 3;
  for (int i = 0; i < 2 * 77 * 16; i++) k[i] = (float)(i % 5) - 2;
  flashlight_main(0, q, k, v, o);
  double worst = 0;
  for (int i = 0; i < 2 * 100 * 8; i++) worst = fmax(worst, fabs(o[i] - i % 8));
  printf("%d tiles, %s\n", tiles, worst < 1e-5 ? "right" : "wrong");
  return 0;
}
"#;
    let alone = format!("#include \"main.h\"\n#include <math.h>\n#include <stdio.h>\nstatic int tiles = 0;\n{body}");
    assert_eq!(run_with_c(&program, "builtin.module(tile)", &alone), "0 tiles, right\n");
    let threads = r#"#include "main.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
static int tiles = 0;
static int64_t half;
static void *first;
static void (*work)(void *, int64_t);
static void *run(void *unused) {
  for (int64_t i = 0; i < half; i++) work(first, i);
  return unused;
}
void flashlight_parallel_for(int64_t count, void (*tile)(void *, int64_t), void *frame) {
  pthread_t thread;
  half = count / 2, first = frame, work = tile;
  pthread_create(&thread, 0, run, 0);
  for (int64_t i = half; i < count; i++) tile(frame, i);
  pthread_join(thread, 0);
  tiles = (int)count;
}
"#;
    assert_eq!(run_with_c(&program, "builtin.module(tile)", &format!("{threads}{body}")), "4 tiles, right\n");
}

#[test]
fn an_object_file_fills_buffers_whose_sizes_follow_from_arguments() {
    let text = elementwise("f32", "f32", "%r = arith.addf %x, %y : f32");
    let main_c = r#"#include "main.h"
#include <stdio.h>
int main(void) {
  float a[3] = {1, 2, 3}, b[3] = {10, 20, 30}, r[4] = {0, 0, 0, 7};
  flashlight_main(0, a, 3, b, 3, r);
  printf("%g %g %g, %g\n", r[0], r[1], r[2], r[3]);
  return 0;
}
"#;
    assert_eq!(run_with_c(&text, "builtin.module()", main_c), "11 22 33, 7\n");
}

#[test]
fn sizes_that_do_not_fit_together_are_refused_in_every_form() {
    let text = elementwise("f32", "f32", "%r = arith.addf %x, %y : f32");
    let message = "the arguments do not fit together: arg0.0 is 3, but arg1.0 is 2";
    let context = context();
    let kernel = compile_after(&context, &text, "builtin.module(resolve-sizes)");
    let (three, two) = (tensor(DType::F32, &[3], &[1.0, 2.0, 3.0]), tensor(DType::F32, &[2], &[1.0, 2.0]));
    assert_eq!(kernel.run(&[&three, &two]).expect_err("sizes differ").to_string(), message);
    assert_eq!(kernel.run(&[&three, &three]).expect("runs")[0].to_f64(), [2.0, 4.0, 6.0]);
    let main_c = r#"#include "main.h"
#include <stdio.h>
int main(void) {
  float a[3] = {1, 2, 3}, r[3] = {0, 0, 0};
  printf("%d\n", flashlight_main(0, a, 3, a, 3, r));
  printf("%g %g %g\n", r[0], r[1], r[2]);
  int error = flashlight_main(0, a, 3, a, 2, r);
  printf("%d %s\n", error, flashlight_main_message(error));
  printf("%s\n", flashlight_main_message(flashlight_main(0, a, 3, a, -3, r)));
  printf("%s, %s\n", flashlight_main_message(0), flashlight_main_message(7));
  int64_t many = INT64_MAX / 2;
  char odd[16];
  const int errors[] = {
    flashlight_main(0, a, many, a, many, r), flashlight_main(0, 0, 3, a, 3, r), flashlight_main(0, a, 3, a, 3, 0),
    flashlight_main(0, (float *)(odd + 1), 3, a, 3, r), flashlight_main(0, a, 3, a, 3, a), flashlight_main(0, a, 3, r, 1, a + 1),
    flashlight_main(0, r + 2, 1, a, 1, r), flashlight_main(0, r, 2, a, 2, r + 1), flashlight_main(0, 0, 0, 0, 0, 0) };
  for (int at = 0; at < 9; ++at) printf("%s\n", flashlight_main_message(errors[at]));
  return 0;
}
"#;
    let said = "0\n2 4 6\n-4 the arguments do not fit together: arg0.0 and arg1.0 differ\narg1.0 is negative\n\
                success, an error that is not known\n\
                a size overflows 64 bits\n'arg0' has no memory\n'result0' has no memory\n\
                'arg0' does not begin at a multiple of 4 bytes\n'result0' lies in the memory of 'arg0'\n\
                the arguments do not fit together: arg0.0 and arg1.0 differ\nsuccess\n'result0' lies in the memory of 'arg0'\nsuccess\n";
    assert_eq!(run_with_c(&text, "builtin.module(resolve-sizes)", main_c), said);
}

#[test]
fn an_object_file_is_loaded_by_its_symbol() {
    let text = elementwise("f32", "f32", "%r = arith.addf %x, %y : f32");
    let object = artifact(&text, "builtin.module(resolve-sizes)").object;
    let context = context();
    let module = Module::parse(&context, &text).expect("the text parses");
    let signature = cpu::Signature::of(&module, "main").expect("an entry");
    let code = HostCode { symbol: "flashlight_main".into(), ..HostCode::default() };
    let kernel = cpu::CpuKernel::from_object(&object, &code, signature.clone()).expect("it loads");
    let three = tensor(DType::F32, &[3], &[1.0, 2.0, 3.0]);
    assert_eq!(kernel.run(&[&three, &three]).expect("runs")[0].to_f64(), [2.0, 4.0, 6.0]);
    let other = HostCode { symbol: "flashlight_other".into(), ..HostCode::default() };
    assert!(cpu::CpuKernel::from_object(&object, &other, signature.clone()).is_err());
    let later = HostCode { cpu: "later".into(), features: vec!["teleport".into()], ..code };
    let error = cpu::CpuKernel::from_object(&object, &later, signature).err().expect("it is refused");
    assert_eq!(error.to_string(), "the code is for processor 'later'; this one lacks teleport");
}

/// A row is written into a cache. The other result is twice what the cache holds after that, or held before.
fn cache_program(read: &str) -> String {
    format!(
        "#m = affine_map<(i, j) -> (i, j)>
func.func @main(%cache: tensor<4x2xf32>, %row: tensor<1x2xf32>, %at: index) -> (tensor<4x2xf32>, tensor<4x2xf32>) {{
  %new = tensor.insert_slice %row into %cache[%at, 0] [1, 2] [1, 1] : tensor<1x2xf32> into tensor<4x2xf32>
  %e = tensor.empty() : tensor<4x2xf32>
  %twice = linalg.generic {{indexing_maps = [#m, #m], iterator_types = [\"parallel\", \"parallel\"]}} ins({read} : tensor<4x2xf32>) outs(%e : tensor<4x2xf32>) {{
  ^bb0(%x: f32, %out: f32):
    %y = arith.addf %x, %x : f32
    linalg.yield %y : f32
  }} -> tensor<4x2xf32>
  return %new, %twice : tensor<4x2xf32>, tensor<4x2xf32>
}}"
    )
}

#[test]
fn a_cache_may_be_stored_to_where_nothing_reads_what_it_held() {
    let body = |shared: bool| {
        let call =
            if shared { "flashlight_main(0, c, row, &at, c, t)" } else { "flashlight_main(0, c, row, &at, r, t)" };
        format!(
            "#include \"main.h\"
#include <stdio.h>
int main(void) {{
  float c[8] = {{0, 1, 2, 3, 4, 5, 6, 7}}, row[2] = {{70, 80}}, t[8], r[8];
  int64_t at = 2;
  for (int i = 0; i < 8; i++) r[i] = -1;
  {call};
  for (int i = 0; i < 8; i++) printf(\"%g/%g/%g \", c[i], r[i], t[i]);
  return 0;
}}
"
        )
    };
    let run = |read: &str, shared| run_with_c(&cache_program(read), "builtin.module(box-scalars)", &body(shared));
    assert_eq!(run("%new", true), "0/-1/0 1/-1/2 2/-1/4 3/-1/6 70/-1/140 80/-1/160 6/-1/12 7/-1/14 ");
    assert_eq!(run("%new", false), "0/0/0 1/1/2 2/2/4 3/3/6 4/70/140 5/80/160 6/6/12 7/7/14 ");
    assert_eq!(run("%cache", false), "0/0/0 1/1/2 2/2/4 3/3/6 4/70/8 5/80/10 6/6/12 7/7/14 ");
    let header = |read: &str| artifact(&cache_program(read), "builtin.module(box-scalars)").header;
    assert!(header("%new").contains("must not overlap, but result0 may be arg0 "), "{}", header("%new"));
    assert!(header("%cache").contains("Buffers must not overlap. */"), "{}", header("%cache"));
}

#[test]
fn an_object_file_hands_over_buffers_whose_sizes_are_data() {
    let text = "func.func @main(%n: tensor<i64>) -> (tensor<?xf32>, tensor<2xf32>) {
  %x = arith.constant 3.0 : f32
  %count = tensor.extract %n[] : tensor<i64>
  %size = arith.index_cast %count : i64 to index
  %e = tensor.empty(%size) : tensor<?xf32>
  %f = linalg.fill ins(%x : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  %g = tensor.empty() : tensor<2xf32>
  %h = linalg.fill ins(%x : f32) outs(%g : tensor<2xf32>) -> tensor<2xf32>
  return %f, %h : tensor<?xf32>, tensor<2xf32>
}";
    let main_c = r#"#include "main.h"
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  int64_t count = 3, n;
  float *r, two[2];
  flashlight_main(0, &count, &r, &n, two);
  printf("%d: %g %g %g, %g\n", (int)n, r[0], r[1], r[2], two[1]);
  free(r);
  return 0;
}
"#;
    assert_eq!(run_with_c(text, "builtin.module()", main_c), "3: 3 3 3, 3\n");
}
