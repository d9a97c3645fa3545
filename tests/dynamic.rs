//! Programs whose sizes are only known at run time: each is compiled once and run at many sizes, and its own unfused
//! lowering is the truth. So it is for programs in the spellings of other frontends (`tests/spellings`).
//!
//! What the programs compute is checked in f32, so that one key more or less shows; the sizes in the first line of a
//! program are given numbers here.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session, stage_pipeline},
    interp::{self, Precision},
    pass::pipeline,
    runtime::{DType, Tensor},
    stage::{Backend, Stage},
};
use std::{collections::HashMap, path::Path};

/// The program computed in f32: rounding casts between f32 and f32 are no casts.
fn in_f32(text: &str) -> String {
    let text = text.replace("bf16", "f32").replace("f16", "f32").replace("dense<0xFF80>", "dense<0xFF800000>");
    let cast = |line: &str| {
        line.contains(": f32 to f32").then(|| {
            let (result, operand) = line.split_once(" = ").expect("a result");
            let operand = operand.split_whitespace().nth(1).expect("an operand");
            format!("{result} = arith.minimumf {operand}, {operand} : f32")
        })
    };
    text.lines().map(|line| cast(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// The sizes of the arguments, by name or number.
fn sizes(text: &str) -> Vec<Vec<String>> {
    let line = text.lines().next().and_then(|line| line.strip_prefix("// sizes: ")).expect("a line of sizes");
    line.split(';').map(|list| list.split_whitespace().map(str::to_owned).collect()).collect()
}

/// A number in [-1, 1) that depends on nothing but its place.
fn noise(place: usize) -> f64 {
    let mut x = (place as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^= x >> 32;
    (x >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}

fn input(number: usize, dtype: DType, shape: &[usize], keys: usize) -> Tensor {
    let last = shape.last().copied().unwrap_or(1);
    let count: usize = shape.iter().product();
    let value = |place: usize| match dtype {
        // Documents, in order along a row, or numbers of keys.
        DType::I64 if shape.len() == 2 => (place % last * 5 / last) as f64,
        DType::I64 => (1 + place * 7 % keys) as f64,
        // The first key of each row is never masked.
        DType::Bool => f64::from(u8::from(place.is_multiple_of(last) || noise(place) > -0.4)),
        _ => 2.0 * noise(place + (number << 40)),
    };
    Tensor::from_f64(dtype, shape, &(0..count).map(value).collect::<Vec<_>>()).expect("a tensor")
}

/// The program through these stages to machine code, and how many fused ops became kernels of it.
fn compile(text: &str, stages: &[Stage]) -> (cpu::CpuKernel, usize) {
    let session = Session::new();
    let mut module = session.parse("program.mlir", text).expect("a program that parses");
    for stage in stages {
        let passes = stage_pipeline(*stage, &Request::new(Backend::Cpu));
        pipeline::run(&module, &passes).expect("a stage that runs");
    }
    let tiled = module.as_operation().to_string();
    let kernels = tiled.matches("flashlight.kernel = ").count() - tiled.matches("_contraction").count();
    (cpu::compile(&mut module, "main", &cpu::Options { optimization: 1 }).expect("machine code"), kernels)
}

const FUSED: [Stage; 4] = [Stage::Normalize, Stage::Raise, Stage::Bound, Stage::Tile];

/// Compiles a program once, fused and not, and compares the two at these (queries, keys).
fn check(program: &Path, lengths: &[(usize, usize)]) {
    let text = in_f32(&std::fs::read_to_string(program).expect("a program"));
    let (fused, kernels) = compile(&text, &FUSED);
    let wanted = text.lines().find_map(|line| line.strip_prefix("// kernels: "));
    assert_eq!(kernels, wanted.map_or(1, |wanted| wanted.parse().expect("a number")), "{program:?}");
    let (plain, _) = compile(&text, &[Stage::Normalize]);
    let sizes = sizes(&text);
    for (queries, keys) in lengths {
        let batch = if *keys > 500 { 1 } else { 2 };
        let named = HashMap::from([("B", batch), ("H", batch + 1), ("S", *queries), ("T", *keys)]);
        let number =
            |name: &String| named.get(name.as_str()).copied().unwrap_or_else(|| name.parse().expect("a number"));
        let arguments: Vec<Tensor> = fused
            .signature()
            .arguments
            .iter()
            .enumerate()
            .map(|(at, spec)| input(at, spec.dtype, &sizes[at].iter().map(number).collect::<Vec<_>>(), *keys))
            .collect();
        let arguments: Vec<&Tensor> = arguments.iter().collect();
        let (found, truth) = (fused.run(&arguments).expect("a run"), plain.run(&arguments).expect("a run"));
        for (found, truth) in found.iter().zip(&truth) {
            assert_eq!(found.shape(), truth.shape(), "{program:?} at {queries} x {keys}");
            let (found, truth) = (found.to_f64(), truth.to_f64());
            let worst = found.iter().zip(&truth).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            let nans = found.iter().zip(&truth).filter(|(a, b)| a.is_nan() != b.is_nan()).count();
            assert!(worst < 2e-5 && nans == 0, "{program:?} at {queries} x {keys}: {worst} off, {nans} NaN");
        }
    }
}

fn programs() -> Vec<std::path::PathBuf> {
    support::programs("tests/dynamic")
}

#[test]
fn one_kernel_is_right_at_every_length() {
    for program in programs() {
        check(&program, &[(1, 1), (7, 9), (63, 64), (64, 64), (65, 130), (200, 300)]);
    }
}

#[test]
fn spellings_of_other_frontends_fuse() {
    for program in support::programs_of("tests/spellings") {
        check(&program, &[(7, 9), (65, 130)]);
    }
}

/// `softmax(q · kᵀ / √d)` where the mask holds, times `v`, for one row of one head.
fn row(q: &[f64], keys: &[f64], values: &[f64], mask: &[f64], depth: usize, width: usize) -> Vec<f64> {
    let score = |key: &[f64]| q.iter().zip(key).map(|(a, b)| a * b).sum::<f64>() / (depth as f64).sqrt();
    let weights: Vec<f64> =
        keys.chunks(depth).zip(mask).map(|(key, mask)| if *mask == 1.0 { score(key).exp() } else { 0.0 }).collect();
    let total: f64 = weights.iter().sum();
    let column = |at: usize| values.chunks(width).zip(&weights).map(|(value, weight)| value[at] * weight).sum::<f64>();
    (0..width).map(|at| column(at) / total).collect()
}

#[test]
fn an_imported_op_means_what_its_dialect_says() {
    let text = std::fs::read_to_string("tests/spellings/tm_tensor.mlir").expect("a program");
    let (kernel, _) = compile(&text, &FUSED);
    let (heads, queries, keys, depth) = (6, 40, 50, 16);
    let shapes: [&[usize]; 4] = [&[2, 3, queries, depth], &[2, 3, keys, depth], &[2, 3, keys, depth], &[queries, keys]];
    let dtypes = [DType::F32, DType::F32, DType::F32, DType::Bool];
    let arguments: Vec<Tensor> = (0..4).map(|at| input(at, dtypes[at], shapes[at], keys)).collect();
    let found = kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("a run")[0].to_f64();
    let [q, k, v, mask] = [0, 1, 2, 3].map(|at| arguments[at].to_f64());
    for head in 0..heads {
        let part = |list: &[f64], rows: usize| list[head * rows * depth..][..rows * depth].to_vec();
        let (q, k, v) = (part(&q, queries), part(&k, keys), part(&v, keys));
        for query in 0..queries {
            let truth = row(&q[query * depth..][..depth], &k, &v, &mask[query * keys..][..keys], depth, depth);
            let found = &found[(head * queries + query) * depth..][..depth];
            let worst = truth.iter().zip(found).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(worst < 1e-5, "head {head}, query {query}: {worst}");
        }
    }
}

/// The results of `main`, compiled for the CPU, after checking that the interpreter gives the same.
fn results(text: &str, arguments: &[Tensor]) -> Vec<Vec<f64>> {
    let (kernel, _) = compile(text, &FUSED);
    let found = kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("a run");
    let session = Session::new();
    let module = session.parse("program.mlir", text).expect("a program that parses");
    let truth = interp::run(&module, "main", arguments, Precision::Typed).expect("an interpretation");
    let shape = |tensor: &Tensor| tensor.shape().iter().map(|size| *size as i64).collect::<Vec<_>>();
    for (found, truth) in found.iter().zip(&truth) {
        assert_eq!(shape(found), truth.shape);
        let float = found.dtype().is_float();
        let numbers: Vec<f64> =
            truth.data.iter().map(|word| if float { word.to_float() } else { word.to_int() as f64 }).collect();
        assert_eq!(format!("{numbers:?}"), format!("{:?}", found.to_f64()), "{text}");
    }
    let request = Request::new(Backend::Gpu).to(Stage::Ptx);
    session.compile(module, &request).expect("a program that compiles for the GPU");
    found.iter().map(Tensor::to_f64).collect()
}

/// A scan of f32 along dim 1 of three, written as its own dialect prints it. `combine` makes `%c` of what is folded so
/// far, `%a`, and the next element, `%b`.
fn scan(shape: &str, rows: &str, inclusive: bool, combine: &str) -> String {
    format!(
        "func.func @main(%x: tensor<{shape}xf32>, %y: tensor<{shape}xf32>, %z: tensor<{rows}xf32>) -> (tensor<{shape}xf32>, tensor<{rows}xf32>) {{
  %r:2 = tm_tensor.scan dimension(1) inclusive({inclusive}) ins(%x : tensor<{shape}xf32>) outs(%y, %z : tensor<{shape}xf32>, tensor<{rows}xf32>) {{
  ^bb0(%a: f32, %b: f32):
    {combine}
    tm_tensor.yield %c : f32
  }} -> tensor<{shape}xf32>, tensor<{rows}xf32>
  return %r#0, %r#1 : tensor<{shape}xf32>, tensor<{rows}xf32>
}}"
    )
}

#[test]
fn a_scan_folds_every_prefix_from_the_left() {
    // Neither commutative nor associative: any other order shows.
    let combine = "%h = arith.constant 0.5 : f32\n %d = arith.mulf %a, %h : f32\n %c = arith.addf %d, %b : f32";
    let step = |so_far: f32, next: f32| so_far * 0.5 + next;
    for (inclusive, length, dynamic) in
        [(true, 9, false), (false, 9, false), (true, 7, true), (false, 7, true), (true, 1, false), (false, 1, true)]
    {
        let fixed = format!("2x{length}x3");
        let (shape, rows) = if dynamic { ("?x?x?", "?x?") } else { (fixed.as_str(), "2x3") };
        let text = scan(shape, rows, inclusive, combine);
        let sizes = [&[2, length, 3][..], &[2, length, 3], &[2, 3]];
        let arguments: Vec<Tensor> = (0..3).map(|at| input(at, DType::F32, sizes[at], 0)).collect();
        let (x, z) = (arguments[0].to_f64(), arguments[2].to_f64());
        let (mut scanned, mut last) = (vec![0.0; x.len()], z.clone());
        for (row, accumulator) in z.iter().enumerate() {
            let place = |at: usize| (row / 3 * length + at) * 3 + row % 3;
            for at in 0..length {
                let next = x[place(if inclusive { at } else { at.saturating_sub(1) })] as f32;
                let value = match (at, inclusive) {
                    (0, true) => next,
                    (0, false) => *accumulator as f32,
                    _ => step(scanned[place(at - 1)] as f32, next),
                };
                scanned[place(at)] = f64::from(value);
                if at > 0 {
                    last[row] = f64::from(value);
                }
            }
        }
        assert_eq!(results(&text, &arguments), [scanned, last], "inclusive {inclusive}, {length} elements");
    }
}

#[test]
fn a_scan_of_narrow_floats_rounds_once() {
    // In bf16, 256 + 1 is 256.
    let combine = "%h = arith.constant 1.0 : f32\n %d = arith.mulf %a, %h : f32\n %c = arith.addf %d, %b : f32";
    let text = scan("1x300x1", "1x1", false, combine).replace("f32", "bf16");
    let ones = |shape: &[usize], value: f64| {
        Tensor::from_f64(DType::BF16, shape, &vec![value; shape.iter().product()]).expect("a tensor")
    };
    let found = results(&text, &[ones(&[1, 300, 1], 1.0), ones(&[1, 300, 1], 0.0), ones(&[1, 1], 5.0)]);
    assert_eq!((found[0][0], found[0][299], found[1][0]), (5.0, 304.0, 304.0));
}

/// Rows of updates at computed rows of a matrix. `combine` makes `%c` of the update `%a` and what is there, `%b`.
fn scatter(updates: &str, number: &str, into: &str, unique: bool, combine: &str) -> String {
    format!(
        "func.func @main(%u: tensor<{updates}xf32>, %i: tensor<{number}x1xi64>, %x: tensor<{into}xf32>) -> tensor<{into}xf32> {{
  %r = tm_tensor.scatter {{dimension_map = array<i64: 0>}} unique_indices({unique}) ins(%u, %i : tensor<{updates}xf32>, tensor<{number}x1xi64>) outs(%x : tensor<{into}xf32>) {{
  ^bb0(%a: f32, %b: f32):
    {combine}
    tm_tensor.yield %c : f32
  }} -> tensor<{into}xf32>
  return %r : tensor<{into}xf32>
}}"
    )
}

#[test]
fn a_scatter_takes_its_updates_in_order() {
    // Neither commutative nor associative: any other order shows.
    let combine = "%h = arith.constant 0.5 : f32\n %d = arith.mulf %b, %h : f32\n %c = arith.addf %d, %a : f32";
    // Windows of one row and of two, which overlap where places are near.
    for (unique, window, dynamic) in [(false, 1, false), (false, 2, true), (false, 1, true), (true, 2, false)] {
        let places: &[i64] = if unique { &[4, 0, 6, 2] } else { &[4, 0, 4, 3, 0, 4, 5] };
        let (number, rows, columns) = (places.len(), 9, 3);
        let fixed = format!("{number}x{window}x{columns}");
        let (updates, many, into) = match dynamic {
            true => ("?x?x?", "?".to_owned(), "?x?"),
            false => (fixed.as_str(), number.to_string(), "9x3"),
        };
        let text = scatter(updates, &many, into, unique, combine);
        let u = input(0, DType::F32, &[number, window, columns], 0);
        let indices: Vec<f64> = places.iter().map(|place| *place as f64).collect();
        let i = Tensor::from_f64(DType::I64, &[number, 1], &indices).expect("a tensor");
        let x = input(2, DType::F32, &[rows, columns], 0);
        let mut expected = x.to_f64();
        for (at, value) in u.to_f64().iter().enumerate() {
            let (update, row, column) = (at / columns / window, at / columns % window, at % columns);
            let place = &mut expected[(places[update] as usize + row) * columns + column];
            *place = f64::from(*place as f32 * 0.5 + *value as f32);
        }
        assert_eq!(results(&text, &[u, i, x]), [expected], "unique {unique}, window {window}, dynamic {dynamic}");
    }
}

/// A sort of f32 and of i64 along dim 0 of two by the first, in generic form.
fn sort(shape: &str, predicate: u32) -> String {
    format!(
        "func.func @main(%x: tensor<{shape}xf32>, %y: tensor<{shape}xi64>) -> (tensor<{shape}xf32>, tensor<{shape}xi64>) {{
  %r:2 = \"tm_tensor.sort\"(%x, %y) <{{dimension = 0 : i64, operandSegmentSizes = array<i32: 0, 2>}}> ({{
  ^bb0(%a: f32, %b: f32, %i: i64, %j: i64):
    %c = \"arith.cmpf\"(%a, %b) {{predicate = {predicate} : i64}} : (f32, f32) -> i1
    \"tm_tensor.yield\"(%c) : (i1) -> ()
  }}) : (tensor<{shape}xf32>, tensor<{shape}xi64>) -> (tensor<{shape}xf32>, tensor<{shape}xi64>)
  return %r#0, %r#1 : tensor<{shape}xf32>, tensor<{shape}xi64>
}}"
    )
}

#[test]
fn a_sort_is_stable() {
    // Comparators of floats: > and <, which do not hold among equals, >= and <=, which do.
    for (predicate, falling) in [(2, true), (3, true), (4, false), (5, false)] {
        for (shape, length) in [("11x4", 11), ("?x?", 13), ("1x4", 1)] {
            // Few different keys, so that many are equal; an infinity is one of them.
            let key = |place: usize| if place.is_multiple_of(7) { f64::NEG_INFINITY } else { (place * 5 % 3) as f64 };
            let keys: Vec<f64> = (0..length * 4).map(key).collect();
            let values: Vec<f64> = (0..length * 4).map(|place| place as f64).collect();
            let arguments = [(DType::F32, &keys), (DType::I64, &values)]
                .map(|(dtype, list)| Tensor::from_f64(dtype, &[length, 4], list).expect("a tensor"));
            let mut sorted = [vec![0.0; keys.len()], vec![0.0; keys.len()]];
            for column in 0..4 {
                let mut order: Vec<usize> = (0..length).map(|at| at * 4 + column).collect();
                order.sort_by(|a, b| {
                    let rising = keys[*a].total_cmp(&keys[*b]);
                    if falling { rising.reverse() } else { rising }
                });
                for (at, place) in order.into_iter().enumerate() {
                    sorted[0][at * 4 + column] = keys[place];
                    sorted[1][at * 4 + column] = values[place];
                }
            }
            assert_eq!(results(&sort(shape, predicate), &arguments), sorted, "predicate {predicate}, {shape}");
        }
    }
}

#[test]
fn a_sort_of_what_has_no_order_reads_nothing_outside() {
    let keys = [1.0, f64::NAN, 3.0, f64::NAN, 2.0];
    let arguments = [(DType::F32, keys), (DType::I64, [0.0, 1.0, 2.0, 3.0, 4.0])]
        .map(|(dtype, list)| Tensor::from_f64(dtype, &[5, 1], &list).expect("a tensor"));
    // The interpreter, which this is compared with, refuses to read outside of a tensor.
    let found = results(&sort("5x1", 3), &arguments);
    assert!(found[1].iter().all(|value| (0.0..5.0).contains(value)), "{found:?}");
}

#[test]
fn long_ones_are_right_too() {
    for name in ["causal", "vanilla"] {
        check(Path::new(&format!("tests/dynamic/{name}.mlir")), &[(1000, 1000), (4097, 4100)]);
    }
}

/// A view that a frontend took for one of a size that is 1: the products of rows of `x`, at any of its sizes.
#[test]
fn a_size_that_is_only_supposed_to_be_1_is_what_it_is() {
    let program = |reads: &str, rows: &str, result: &str| {
        format!(
            "func.func @main(%x: tensor<?x?x3xf32>, %w: tensor<3x2xf32>) -> {result} {{
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %c0 : tensor<?x?x3xf32>
  {reads}
  %e = tensor.empty(%n) : tensor<?x2xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x2xf32>) -> tensor<?x2xf32>
  %p = linalg.matmul ins(%r, %w : tensor<?x3xf32>, tensor<3x2xf32>) outs(%f : tensor<?x2xf32>) -> tensor<?x2xf32>
  {rows}
}}"
        )
    };
    let sizes = "%c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %l = tensor.dim %x, %c1 : tensor<?x?x3xf32>
  %s = tensor.from_elements %n, %l, %c2 : tensor<3xindex>
  %o = tensor.reshape %p(%s) : (tensor<?x2xf32>, tensor<3xindex>) -> tensor<?x?x2xf32>
  return %o : tensor<?x?x2xf32>";
    let cast = "%u = tensor.cast %x : tensor<?x?x3xf32> to tensor<?x1x3xf32>";
    let unit = format!(
        "{cast}
  %r = tensor.collapse_shape %u [[0], [1, 2]] : tensor<?x1x3xf32> into tensor<?x3xf32>"
    );
    let joined = "%j = tensor.collapse_shape %x [[0], [1, 2]] : tensor<?x?x3xf32> into tensor<?x?xf32>
  %r = tensor.cast %j : tensor<?x?xf32> to tensor<?x3xf32>";
    let w = Tensor::from_f64(DType::F32, &[3, 2], &[1.0, 0.0, 10.0, 1.0, 100.0, 0.0]).expect("a tensor");
    let x = |batch: usize, length: usize| {
        let count = batch * length * 3;
        let values: Vec<f64> = (0..count).map(|place| place as f64).collect();
        Tensor::from_f64(DType::F32, &[batch, length, 3], &values).expect("a tensor")
    };
    for reads in [&unit, joined] {
        let (kernel, _) = compile(&program(reads, sizes, "tensor<?x?x2xf32>"), &FUSED);
        for (batch, length) in [(2, 3), (4, 1), (1, 5), (2, 0)] {
            let found = kernel.run(&[&x(batch, length), &w]).expect("a run");
            let row = |row: usize| {
                let first = 3.0 * row as f64;
                [first + 10.0 * (first + 1.0) + 100.0 * (first + 2.0), first + 1.0]
            };
            assert_eq!(found[0].shape(), [batch, length, 2]);
            assert_eq!(found[0].to_f64(), (0..batch * length).flat_map(row).collect::<Vec<_>>());
        }
    }
}
