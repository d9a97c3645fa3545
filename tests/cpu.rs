//! The CPU back end: unfused programs as the oracle, every element type, dynamic shapes.

#[path = "cpu/objects.rs"]
mod objects;
mod support;

use flashlight::runtime::{DType, Tensor};
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
