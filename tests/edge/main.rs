//! The edges of attention, each named: rows and tiles without a live key, infinities and NaN, mask values, lengths, head
//! dims, strides. The truth is the source's own unfused meaning (`flashlight::interp`), and numbers by hand where they are
//! simple; the program under test is machine code of the CPU back end.

mod case;

use case::{Case, causal, masked};
use flashlight::{
    cpu,
    driver::{Request, Session},
    runtime::{DType, Tensor},
    stage::Backend,
};

const INF: f64 = f64::INFINITY;

/// Attention over no keys, divided after the second contraction.
const NO_KEYS: &str = r#"
func.func @main(%q: tensor<4x8xf32>, %k: tensor<0x8xf32>, %v: tensor<0x5xf32>) -> tensor<4x5xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %k, %c0 : tensor<0x8xf32>
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %se = tensor.empty() : tensor<4x0xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<4x0xf32>) -> tensor<4x0xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%q, %k : tensor<4x8xf32>, tensor<0x8xf32>) outs(%s0 : tensor<4x0xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %p = arith.mulf %a, %b : f32
      %r = arith.addf %o, %p : f32
      linalg.yield %r : f32
  } -> tensor<4x0xf32>
  %re = tensor.empty() : tensor<4xf32>
  %m0 = linalg.fill ins(%low : f32) outs(%re : tensor<4xf32>) -> tensor<4xf32>
  %m = linalg.reduce { arith.maximumf } ins(%s : tensor<4x0xf32>) outs(%m0 : tensor<4xf32>) dimensions = [1]
  %e = linalg.generic {indexing_maps = [affine_map<(m, n) -> (m, n)>, affine_map<(m, n) -> (m)>, affine_map<(m, n) -> (m, n)>], iterator_types = ["parallel", "parallel"]} ins(%s, %m : tensor<4x0xf32>, tensor<4xf32>) outs(%se : tensor<4x0xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %d = arith.subf %a, %b : f32
      %r = math.exp %d : f32
      linalg.yield %r : f32
  } -> tensor<4x0xf32>
  %l0 = linalg.fill ins(%zero : f32) outs(%re : tensor<4xf32>) -> tensor<4xf32>
  %l = linalg.reduce { arith.addf } ins(%e : tensor<4x0xf32>) outs(%l0 : tensor<4xf32>) dimensions = [1]
  %oe = tensor.empty() : tensor<4x5xf32>
  %o0 = linalg.fill ins(%zero : f32) outs(%oe : tensor<4x5xf32>) -> tensor<4x5xf32>
  %o = linalg.matmul ins(%e, %v : tensor<4x0xf32>, tensor<0x5xf32>) outs(%o0 : tensor<4x5xf32>) -> tensor<4x5xf32>
  %x = linalg.generic {indexing_maps = [affine_map<(m, d) -> (m, d)>, affine_map<(m, d) -> (m)>, affine_map<(m, d) -> (m, d)>], iterator_types = ["parallel", "parallel"]} ins(%o, %l : tensor<4x5xf32>, tensor<4xf32>) outs(%oe : tensor<4x5xf32>) {
    ^bb0(%a: f32, %b: f32, %c: f32):
      %r = arith.divf %a, %b : f32
      linalg.yield %r : f32
  } -> tensor<4x5xf32>
  return %x : tensor<4x5xf32>
}
"#;

/// The rows of a result.
fn rows(values: &[f64], width: usize) -> Vec<&[f64]> {
    values.chunks_exact(width).collect()
}

/// Row 3 has no live key.
fn dead_row(query: usize, _key: usize) -> f64 {
    if query == 3 { -INF } else { 0.0 }
}

#[test]
fn a_row_without_a_live_key_is_nan_as_the_source_says() {
    let case = Case { returns: true, ..Case::default() };
    let results = case.check_with(&case.arguments(dead_row));
    assert!(rows(&results[0], 8)[3].iter().all(|x| x.is_nan()));
    assert!(rows(&results[0], 8)[2].iter().all(|x| x.is_finite()));
    assert!(results[1][3].is_nan() && results[1][4].is_finite());
}

#[test]
fn a_row_without_a_live_key_is_0_where_the_source_says_so() {
    let case = Case { guarded: true, ..Case::default() };
    let results = case.check_with(&case.arguments(dead_row));
    assert!(rows(&results[0], 8)[3].iter().all(|x| *x == 0.0));
}

#[test]
fn tiles_without_a_live_key_leave_live_rows_alone() {
    // The first tiles of keys are dead, then the middle ones, for a row that lives elsewhere.
    for (low, high) in [(0, 100), (20, 110)] {
        let case = Case { returns: true, ..Case::default() };
        case.check_with(&case.arguments(|_, key| if (low..high).contains(&key) { -INF } else { 0.0 }));
    }
}

#[test]
fn a_late_first_key_with_a_very_low_score_is_finite() {
    let case = Case { returns: true, ..Case::default() };
    let results = case.check_with(&case.arguments(|_, key| if key < 100 { -INF } else { -3000.0 }));
    assert!(results.iter().flatten().all(|x| x.is_finite()));
}

#[test]
fn masks_of_minus_infinity() {
    Case { score: causal("0xFF800000"), ..Case::default() }.check();
}

#[test]
fn masks_of_minus_ten_thousand() {
    Case { score: causal("-1.0e4"), ..Case::default() }.check();
}

#[test]
fn masks_of_minus_a_billion() {
    Case { score: causal("-1.0e9"), ..Case::default() }.check();
}

#[test]
fn masks_of_the_lowest_float() {
    Case { score: causal("-3.40282347E+38"), ..Case::default() }.check();
}

#[test]
fn rows_that_a_finite_mask_value_fills_are_uniform() {
    // Keys from the tenth on are live, for queries from the fifth on: the rows before are means of all values.
    for value in ["-1.0e4", "-1.0e9", "-3.40282347E+38"] {
        let keep = "%five = arith.constant 5 : i64\n      %keep = arith.cmpi sge, %i, %five : i64";
        let case = Case { score: masked(keep, value), ..Case::default() };
        let arguments = case.arguments(|_, _| 0.0);
        let results = case.check_with(&arguments);
        let values = arguments[2].to_f64();
        let mean = values.iter().step_by(8).sum::<f64>() / 130.0;
        assert!((results[0][0] - mean).abs() < 1e-5, "{value}: {} is not {mean}", results[0][0]);
    }
}

#[test]
fn rows_that_an_added_lowest_float_fills_are_uniform() {
    let score = "%s9 = arith.addf %s, %bias : f32\n      %five = arith.constant 5 : i64\n      %keep = arith.cmpi sge, %i, %five : i64\n      %m = arith.constant -3.40282347E+38 : f32\n      %z = arith.constant 0.0 : f32\n      %y = arith.select %keep, %z, %m : f32\n      %r = arith.addf %s9, %y : f32";
    let results = Case { score: score.into(), ..Case::default() }.check();
    assert!(results[0].iter().all(|x| x.is_finite()));
}

#[test]
fn rows_that_the_lowest_float_of_a_mask_tensor_fills_are_uniform() {
    // Row 3 is filled, the first tiles of keys are for row 5: what the tensor holds has no multiple in f32.
    let least = f64::from(f32::MIN);
    let case = Case { returns: true, ..Case::default() };
    let arguments = case.arguments(|query, key| if query == 3 || query == 5 && key < 100 { least } else { 0.0 });
    let results = case.check_with(&arguments);
    let mean = arguments[2].to_f64().iter().step_by(8).sum::<f64>() / 130.0;
    assert!((rows(&results[0], 8)[3][0] - mean).abs() < 1e-5, "{} is not {mean}", rows(&results[0], 8)[3][0]);
    assert!(results.iter().flatten().all(|x| x.is_finite()));
    // The same with -inf elsewhere.
    let bias = |query: usize, key: usize| match (query, key % 3) {
        (3, 0) => least,
        (3, _) | (6, 1) => -INF,
        _ => 0.0,
    };
    case.check_with(&case.arguments(bias));
}

#[test]
fn no_key_at_all_is_what_the_source_says() {
    let softmax = |text: &str| {
        let mut text = text.to_owned();
        let (from, to) = (text.find("  %m0 =").expect("a maximum"), text.find("  return").expect("the end"));
        text.replace_range(
            from..to,
            "  %pe = tensor.empty() : tensor<4x0xf32>
  %p = linalg.softmax dimension(1) ins(%s : tensor<4x0xf32>) outs(%pe : tensor<4x0xf32>) -> tensor<4x0xf32>
  %xe = tensor.empty() : tensor<4x5xf32>
  %x0 = linalg.fill ins(%zero : f32) outs(%xe : tensor<4x5xf32>) -> tensor<4x5xf32>
  %x = linalg.matmul ins(%p, %v : tensor<4x0xf32>, tensor<0x5xf32>) outs(%x0 : tensor<4x5xf32>) -> tensor<4x5xf32>
",
        );
        text
    };
    let open = |text: &str| {
        text.replace("tensor<0x", "tensor<?x")
            .replace("x0xf32>", "x?xf32>")
            .replace("tensor.empty() : tensor<4x?xf32>", "tensor.empty(%n) : tensor<4x?xf32>")
    };
    let divided_before = softmax(NO_KEYS);
    for text in [NO_KEYS.to_owned(), open(NO_KEYS), divided_before.clone(), open(&divided_before)] {
        let session = Session::new();
        let module = session.parse("edge.mlir", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let signature = cpu::Signature::of(&module, "main").expect("a signature");
        let outcome = session.compile(module, &Request::new(Backend::Cpu)).expect("it compiles");
        let fused = outcome.remarks.iter().any(|remark| remark.message.starts_with("fused"));
        assert_eq!(fused, text.contains('?'), "{text}");
        let kernel = cpu::load(&outcome.module, signature, &cpu::Options { optimization: 1 }).expect("it loads");
        let tensor = |shape: [usize; 2]| {
            Tensor::from_f64(DType::F32, &shape, &vec![1.0; shape[0] * shape[1]]).expect("a tensor")
        };
        let results = kernel.run(&[&tensor([4, 8]), &tensor([0, 8]), &tensor([0, 5])]).expect("it runs");
        // Sums that are divided afterwards are 0/0; a sum over no weights is 0.
        let right = |x: &f64| if text.contains("linalg.softmax") { *x == 0.0 } else { x.is_nan() };
        assert!(results[0].to_f64().iter().all(right) && results[0].shape() == [4, 5], "{text}");
    }
}

#[test]
fn the_largest_weight_of_a_row_is_a_fold_of_its_own_and_right() {
    let case = Case { score: causal("0xFF800000"), ..Case::default() };
    let text = case.text();
    let peak = "  %peaki = linalg.fill ins(%low : f32) outs(%maxe : tensor<70xf32>) -> tensor<70xf32>\n  %peak = linalg.reduce { arith.maximumf } ins(%p0 : tensor<70x130xf32>) outs(%peaki : tensor<70xf32>) dimensions = [1]\n  return %out, %peak : tensor<70x8xf32>, tensor<70xf32>";
    let text = text
        .replace("return %out : tensor<70x8xf32>", peak)
        .replace("-> (tensor<70x8xf32>)", "-> (tensor<70x8xf32>, tensor<70xf32>)");
    let remarks = case.check_text(&text, &case.arguments(|_, _| 0.0)).1;
    assert!(remarks.iter().any(|remark| remark.starts_with("fused")), "{remarks:?}");
}

#[test]
fn a_mask_value_that_is_scaled_down_is_no_mask() {
    let score = format!(
        "{}\n      %c = arith.constant 1.0e-4 : f32\n      %r2 = arith.mulf %r1, %c : f32\n      %zz = arith.constant 0.0 : f32\n      %r = arith.addf %r2, %zz : f32",
        causal("-1.0e4").replace("%r =", "%r1 =")
    );
    Case { score, ..Case::default() }.check();
}

#[test]
fn a_score_of_plus_infinity_takes_its_row() {
    let case = Case { returns: true, ..Case::default() };
    let results = case.check_with(&case.arguments(|query, key| if (query, key) == (2, 90) { INF } else { 0.0 }));
    assert!(rows(&results[0], 8)[2].iter().all(|x| x.is_nan()));
    assert!(rows(&results[0], 8)[1].iter().all(|x| x.is_finite()));
}

#[test]
fn a_nan_score_takes_its_row() {
    let case = Case { returns: true, ..Case::default() };
    let results = case.check_with(&case.arguments(|query, key| if (query, key) == (2, 90) { f64::NAN } else { 0.0 }));
    assert!(rows(&results[0], 8)[2].iter().all(|x| x.is_nan()));
    assert!(results[1][2].is_nan() && results[1][1].is_finite());
}

#[test]
fn a_nan_query_takes_its_row_and_no_other() {
    let case = Case { score: causal("0xFF800000"), ..Case::default() };
    let mut arguments = case.arguments(|_, _| 0.0);
    let mut query = arguments[0].to_f64();
    query[5 * 16] = f64::NAN;
    arguments[0] = Tensor::from_f64(DType::F32, &[70, 16], &query).expect("a tensor");
    let results = case.check_with(&arguments);
    assert!(rows(&results[0], 8)[5].iter().all(|x| x.is_nan()));
    assert!(rows(&results[0], 8)[6].iter().all(|x| x.is_finite()));
}

#[test]
fn a_masked_nan_score_is_no_score_where_the_source_selects() {
    let score = format!("%y = arith.addf %s, %bias : f32\n      {}", causal("0xFF800000").replace("%s,", "%y,"));
    let case = Case { score, ..Case::default() };
    let results = case.check_with(&case.arguments(|query, key| if key > query { f64::NAN } else { 0.0 }));
    assert!(results[0].iter().all(|x| x.is_finite()));
}

/// `s + bias + (j <= i ? 0 : -inf)`
fn added() -> String {
    "%y = arith.addf %s, %bias : f32\n      %keep = arith.cmpi sle, %j, %i : i64\n      %z = arith.constant 0.0 : f32\n      %w = arith.select %keep, %z, %low : f32\n      %r = arith.addf %y, %w : f32".into()
}

#[test]
fn a_nan_under_an_added_mask_is_ignored_unless_masks_are_strict() {
    let nan = |query: usize, key: usize| if key > query { f64::NAN } else { 0.0 };
    let strict = Case { score: added(), strict: true, ..Case::default() };
    let results = strict.check_with(&strict.arguments(nan));
    assert!(rows(&results[0], 8)[3].iter().all(|x| x.is_nan()));
    let loose = Case { strict: false, ..strict };
    loose.check_with(&loose.arguments(|_, _| 0.0));
}

#[test]
fn fewer_queries_than_keys_and_more() {
    for (queries, keys) in [(1, 130), (33, 64), (130, 7), (65, 1)] {
        Case { queries, keys, returns: true, ..Case::default() }.check();
    }
}

#[test]
fn one_query_and_one_key() {
    let case = Case { queries: 2, keys: 1, returns: true, ..Case::default() };
    let arguments = case.arguments(|_, _| 0.0);
    let results = case.check_with(&arguments);
    // One key has all the weight.
    assert_eq!(results[0][..8], arguments[2].to_f64()[..]);
}

#[test]
fn head_dims_that_are_no_power_of_two_and_differ() {
    for (depth, width) in [(8, 8), (40, 24), (72, 40), (80, 80), (96, 72), (192, 128)] {
        Case { queries: 20, keys: 70, depth, width, score: causal("0xFF800000"), ..Case::default() }.check();
    }
}

#[test]
fn operands_that_are_transposed_slices_with_odd_strides() {
    Case { strided: true, returns: true, ..Case::default() }.check();
    Case { strided: true, score: causal("0xFF800000"), queries: 65, keys: 65, depth: 7, width: 5, ..Case::default() }
        .check();
}

/// `s + (5 <= i ? 0 : value)`
fn rows_from_the_fifth(value: &str) -> String {
    format!(
        "%five = arith.constant 5 : i64\n      %keep = arith.cmpi sge, %i, %five : i64\n      %z = arith.constant 0.0 : f32\n      %m = arith.constant {value} : f32\n      %w = arith.select %keep, %z, %m : f32\n      %r = arith.addf %s, %w : f32"
    )
}

#[test]
fn an_added_mask_of_queries_alone() {
    let case = Case { score: rows_from_the_fifth("0xFF800000"), returns: true, ..Case::default() };
    let results = case.check();
    assert!(
        rows(&results[0], 8)[4].iter().all(|x| x.is_nan()) && rows(&results[0], 8)[5].iter().all(|x| x.is_finite())
    );
    let results = Case { score: rows_from_the_fifth("-3.40282347E+38"), ..Case::default() }.check();
    assert!(results[0].iter().all(|x| x.is_finite()));
}

#[test]
fn bounds_by_queries_alone_stay_within_the_indices_of_a_gpu() {
    let case = Case { score: rows_from_the_fifth("0xFF800000"), ..Case::default() };
    let (_, remarks) = case.check_text(&case.text(), &case.arguments(|_, _| 0.0));
    let bounds: Vec<_> = remarks.iter().filter(|remark| remark.starts_with("the mask bounds the key")).collect();
    assert!(!bounds.is_empty(), "the mask is a bound: {remarks:?}");
    let numbers = bounds.iter().flat_map(|remark| remark.split(|c: char| !c.is_ascii_digit()));
    let largest = numbers.filter_map(|number| number.parse::<i64>().ok()).max().unwrap_or(0);
    let reach = largest * (case.queries as i64 + 1);
    assert!(reach <= i64::from(i32::MAX), "{bounds:?}");
}
