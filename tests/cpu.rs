//! The CPU back end: unfused programs as the oracle, every element type, dynamic shapes.

mod support;

use flashlight::runtime::{DType, Tensor};
use support::{arguments, compile_plain, context, corpus, corpus_failures};

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
