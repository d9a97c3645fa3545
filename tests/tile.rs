//! `tile` and `attention-decompose`, by execution: every program of tests/pass/fused in every shape its
//! header lists means the same decomposed, tiled for lanes and tiled for rows,
//! with rows packed or not, with keys split or not.

mod support;

use flashlight::{
    cpu, dialect,
    driver::{Request, Session, stage_pipeline},
    ffi,
    interp::{self, Machine, Precision},
    pass::{self, PassOptions},
    remark,
    runtime::{DType, Tensor},
    stage::{Backend, Stage},
};
use melior::{
    Context,
    ir::{Module, operation::OperationLike},
};
use std::path::Path;

/// Ways to lower a fused op: passes and the target of those that have one. The first is the meaning. Those from
/// [`OTHERS`] on are tried with one line of sizes per program.
const LOWERINGS: [(&[&str], &str); 8] = [
    (&["attention-decompose"], ""),
    (&["bound", "tile"], "cpu"),
    (&["bound", "tile"], "sm_90a"),
    (&["bound", "attention-unit-values", "attention-pack-rows", "tile"], "sm_90a"),
    (&["attention-unit-values", "attention-pack-rows", "attention-decompose"], "sm_90a"),
    (&["attention-split-keys", "attention-decompose"], "cpu"),
    (&["bound", "attention-split-keys", "tile"], "cpu"),
    (&["bound", "attention-unit-values", "attention-pack-rows", "attention-split-keys", "tile"], "sm_90a"),
];

fn lower<'c>(context: &'c Context, text: &str, passes: &[&str], target: &str) -> Module<'c> {
    let module = Module::parse(context, text).expect("the program parses");
    for name in passes {
        let info = pass::find(name).expect("a pass of ours");
        let takes = |name: &str| info.options.iter().any(|option| option.name == name);
        let target = if takes("target") { format!("target={target} ") } else { String::new() };
        let ways = if takes("ways") { "ways=3" } else { "" };
        let options = PassOptions::parse(info, &format!("{target}{ways}")).expect("options of the pass");
        pass::run(info, ffi::op(&module.as_operation()), &options).expect("the pass runs");
        assert!(module.as_operation().verify(), "{name} {target} leaves IR that does not verify");
        if name.starts_with("attention-") {
            dialect::verify::verify(ffi::op(&module.as_operation())).expect("well-formed attention ops");
        }
    }
    module
}

const OTHERS: usize = 3;

/// The programs, one text per line of sizes, with the shapes that fill its dynamic arguments in turn.
fn cases(path: &Path) -> Vec<(String, String, Vec<Vec<usize>>)> {
    let text = std::fs::read_to_string(path).expect("readable");
    let mut cases = vec![];
    let mut fills = vec![];
    for line in text.lines() {
        if let Some(sizes) = line.strip_prefix("// sizes:") {
            let mut case = text.clone();
            for (name, size) in sizes.split_whitespace().filter_map(|size| size.split_once('=')) {
                case = case.replace(&format!("{{{name}}}"), size);
            }
            cases.push((sizes.trim().to_owned(), case, vec![vec![]]));
        } else if let Some(shapes) = line.strip_prefix("// shapes:") {
            fills.push(shapes.split_whitespace().map(|size| size.parse().expect("a size")).collect());
        }
    }
    if !fills.is_empty() {
        cases.push(("dynamic".to_owned(), text, fills));
    }
    assert!(!cases.is_empty(), "{path:?} lists no sizes");
    cases
}

/// Reproducible values: floats in [-1, 1), small integers, mostly true booleans.
fn random(dtype: DType, shape: &[usize], seed: &mut u64) -> Tensor {
    let mut next = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 40) as f64 / f64::from(1 << 24)
    };
    let values: Vec<f64> = (0..shape.iter().product())
        .map(|_| match dtype {
            DType::Bool => f64::from(u8::from(next() < 0.8)),
            DType::F64 | DType::F32 | DType::F16 | DType::BF16 => 2.0 * next() - 1.0,
            _ => (next() * 4.0).floor(),
        })
        .collect();
    Tensor::from_f64(dtype, shape, &values).expect("values fit")
}

fn inputs(kernel: &cpu::CpuKernel, fill: &[usize]) -> Vec<Tensor> {
    let (mut seed, mut fill) = (7, fill.iter());
    let mut tensors = vec![];
    for spec in &kernel.signature().arguments {
        let shape: Vec<usize> =
            spec.shape.iter().map(|size| size.unwrap_or_else(|| *fill.next().expect("a size"))).collect();
        tensors.push(random(spec.dtype, &shape, &mut seed));
    }
    tensors
}

/// The largest difference relative to the largest magnitude; NaN must meet NaN.
fn difference(found: &Tensor, expected: &Tensor) -> f64 {
    assert_eq!(found.shape(), expected.shape());
    let (found, expected) = (found.to_f64(), expected.to_f64());
    let scale = expected.iter().filter(|value| value.is_finite()).fold(1e-3_f64, |max, value| max.max(value.abs()));
    found.iter().zip(&expected).fold(0.0, |max, (found, expected)| {
        let same = found.is_nan() && expected.is_nan() || found == expected;
        let error = if same { 0.0 } else { (found - expected).abs() / scale };
        if error.is_nan() || error > max { if error.is_nan() { f64::INFINITY } else { error } } else { max }
    })
}

/// One program in one line of sizes through every lowering, and what is wrong with the results.
fn check(name: &str, sizes: &str, text: &str, fills: &[Vec<usize>], lowerings: usize) -> Vec<String> {
    let context = support::context();
    let mut failures = vec![];
    let mut expected: Option<Vec<Vec<Tensor>>> = None;
    for (passes, target) in LOWERINGS.into_iter().take(lowerings) {
        let mut module = lower(&context, text, passes, target);
        let kernel = cpu::compile(&mut module, "main", &cpu::Options { optimization: 1 }).expect("it compiles");
        let mut narrow = false;
        let mut run = |fill: &Vec<usize>| {
            let arguments = inputs(&kernel, fill);
            narrow |= arguments.iter().any(|argument| matches!(argument.dtype(), DType::BF16 | DType::F16));
            kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("it runs")
        };
        let results: Vec<_> = fills.iter().map(&mut run).collect();
        let Some(expected) = &expected else {
            expected = Some(results);
            continue;
        };
        for ((fill, results), expected) in fills.iter().zip(&results).zip(expected) {
            for (index, (found, expected)) in results.iter().zip(expected).enumerate() {
                let error = difference(found, expected);
                if error > if narrow { 1e-2 } else { 1e-5 } {
                    failures.push(format!(
                        "{name}, {sizes} {fill:?}: result {index} of {passes:?} for '{target}' is off by {error:e}"
                    ));
                }
            }
        }
    }
    failures
}

#[test]
fn tiles_mean_what_the_op_means() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass/fused");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("programs").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let only = std::env::var("FLASHLIGHT_TEST_ONLY").unwrap_or_default();
    let mut all = vec![];
    for path in files.iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let cases = cases(path);
        let alone = cases.len() == 1;
        for (number, (sizes, text, fills)) in cases.into_iter().enumerate() {
            let lowerings = if number == 1 || alone { LOWERINGS.len() } else { OTHERS };
            all.push((name.clone(), sizes, text, fills, lowerings));
        }
    }
    let failures =
        support::in_parallel(&all, |(name, sizes, text, fills, lowerings)| check(name, sizes, text, fills, *lowerings));
    let failures: Vec<_> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn split_corpus_programs_are_right() {
    let context = support::context();
    let mut failures = vec![];
    for program in support::corpus() {
        let text = std::fs::read_to_string(&program).expect("readable");
        let module = Module::parse(&context, &text).expect("the program parses");
        let request = Request::new(Backend::Cpu);
        for stage in [Stage::Normalize, Stage::Raise, Stage::Bound] {
            pass::pipeline::run(&module, &stage_pipeline(stage, &request)).expect("the stage runs");
        }
        let split = "builtin.module(attention-split-keys{ways=3}, tile)";
        pass::pipeline::run(&module, split).expect("the passes run");
        assert!(module.as_operation().to_string().contains("\"reduction\"]} ins("), "{program:?} is combined outside");
        let mut module = module;
        let kernel = cpu::compile(&mut module, "main", &cpu::Options { optimization: 1 }).expect("it compiles");
        let inputs = support::arguments(&kernel, &program);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("it runs");
        let lines = support::corpus_failures(&program, &results);
        failures.extend(lines.into_iter().map(|line| format!("{program:?}: {line}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn short_rows_are_packed_and_missing_ones_are_made() {
    let context = support::context();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass/fused");
    let packed = |name: &str, sizes: &[(&str, &str)]| {
        let text = std::fs::read_to_string(folder.join(name)).expect("readable");
        let fixed = sizes.iter().fold(text, |text, (name, size)| text.replace(&format!("{{{name}}}"), size));
        let module = lower(&context, &fixed, &["bound", "attention-pack-rows"], "sm_90a");
        module.as_operation().to_string()
    };
    // Three heads of four queries are one tile of rows, and every one of them may see 4 + 9 keys.
    let text = packed("short_rows.mlir", &[("G", "3"), ("M", "4"), ("N", "64")]);
    assert!(text.contains("extents = array<i64: 3, 12, 64, 16, 24>"), "{text}");
    assert!(text.contains("tensor<3x12x16xbf16>") && text.contains("tensor<3x12x64xf32>"), "{text}");
    assert!(text.contains("arith.remui"), "an index of the query is a remainder: {text}");
    // Together they would not fit.
    let text = packed("short_rows.mlir", &[("G", "2"), ("M", "40"), ("N", "64")]);
    assert!(text.contains("extents = array<i64: 3, 2, 40, 64, 16, 24>"), "{text}");
    let text = packed("one_row.mlir", &[("N", "64"), ("D", "16")]);
    assert!(text.contains("tensor<3x1x16xbf16>") && text.contains("\"query\""), "{text}");
}

#[test]
fn no_tensor_holds_every_score() {
    let context = support::context();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass/fused/mask_causal.mlir");
    let text = std::fs::read_to_string(path).expect("readable").replace("{M}", "384").replace("{N}", "640");
    for target in ["cpu", "sm_90a"] {
        let tiled = lower(&context, &text, &["bound", "tile"], target).as_operation().to_string();
        assert!(!tiled.contains("384x640") && !tiled.contains("640x384"), "{target}: a tensor over query and key");
        assert!(!tiled.contains("attention."), "{target}: an op of the dialect survives");
    }
}

#[test]
fn masks_become_ranges() {
    let context = support::context();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass/fused");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("programs").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut lines = vec![];
    for path in files {
        let text = std::fs::read_to_string(&path).expect("readable");
        let fixed =
            ["M", "N", "K", "D", "G"].iter().fold(text, |text, size| text.replace(&format!("{{{size}}}"), "256"));
        let (_, remarks) = remark::collect(|| lower(&context, &fixed, &["bound"], ""));
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let said = remarks.iter().map(|remark| remark.message.as_str()).collect::<Vec<_>>().join("; ");
        lines.push(format!("{name}: {}", if said.is_empty() { "no mask" } else { &said }));
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_clear_range_has_no_mask_code() {
    let context = support::context();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass/fused/mask_window.mlir");
    let text = std::fs::read_to_string(path).expect("readable").replace("{M}", "1024").replace("{N}", "1024");
    let wide = text.replace("constant 20 : index", "constant 500 : index");
    let tiled = lower(&context, &wide, &["bound", "tile"], "cpu").as_operation().to_string();
    let loops: Vec<_> = tiled.split("scf.for ").skip(1).collect();
    assert_eq!(loops.len(), 3, "a masked edge, a clear interior, a masked edge");
    let masked: Vec<_> = loops.iter().map(|text| text.contains("linalg.index")).collect();
    assert_eq!(masked, [true, false, true]);
}

#[test]
fn dead_tiles_between_live_ones_cost_nothing() {
    let context = support::context();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pass/fused/mask_document.mlir");
    let text = std::fs::read_to_string(path).expect("readable").replace("{M}", "512").replace("{N}", "512");
    let module = lower(&context, &text, &["bound", "tile"], "sm_90a");
    interp::generalize(&module).expect("generic ops");
    let zeros = |shape: &[usize]| Tensor::zeros(DType::F32, shape).expect("a tensor");
    // Documents in pieces of 128 tokens, one after the other in turn.
    let work = |documents: usize| {
        let ids: Vec<f64> = (0..1024).map(|token| (token % 512 / 128 % documents) as f64).collect();
        let ids = || Tensor::from_f64(DType::I64, &[2, 512], &ids).expect("a tensor");
        let arguments = [zeros(&[2, 512, 8]), zeros(&[2, 512, 8]), zeros(&[2, 512, 16]), ids(), ids()];
        let mut machine = Machine::new(ffi::op(&module.as_operation()), Precision::Typed);
        let before = machine.fuel();
        machine.run("main", &arguments).expect("a run");
        before - machine.fuel()
    };
    // Of ten tiles at or below the diagonal of four by four, two documents leave six.
    let (all, some) = (work(1), work(2));
    assert!(10 * some < 7 * all, "{some} of {all}");
}

/// A program after stage `tile` of a back end, and what it computes with some sizes.
fn tiled(session: &Session, path: &Path, backend: Backend, fills: &[Vec<usize>]) -> (String, Vec<Vec<Tensor>>) {
    executed(session, path, &Request::new(backend).to(Stage::Tile), fills)
}

/// What a program computes with some sizes, as loops over its points.
fn untiled(session: &Session, path: &Path, fills: &[Vec<usize>]) -> Vec<Vec<Tensor>> {
    executed(session, path, &Request::new(Backend::Cpu).to(Stage::Normalize), fills).1
}

/// A program after a request, and what it computes with some sizes.
fn executed(session: &Session, path: &Path, request: &Request, fills: &[Vec<usize>]) -> (String, Vec<Vec<Tensor>>) {
    let module = session.parse_file(path).expect("it parses");
    let mut outcome = session.compile(module, request).expect("it compiles");
    let text = outcome.text();
    let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options { optimization: 1 }).expect("machine code");
    let run = |fill: &Vec<usize>| {
        let arguments = inputs(&kernel, fill);
        kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("it runs")
    };
    (text, fills.iter().map(run).collect())
}

/// Queries that are taken apart in the nest are the same numbers.
#[test]
fn queries_that_are_taken_apart_in_the_nest_mean_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gpu/layers/wide_heads_f32.mlir");
    let session = Session::new();
    let (_, expected) = tiled(&session, &path, Backend::Cpu, &[vec![]]);
    let (_, found) = tiled(&session, &path, Backend::Gpu, &[vec![]]);
    let error = difference(&found[0][0], &expected[0][0]);
    assert!(error < 4e-6, "{error:e}");
}

/// Terms of infinite numbers make the products that the numbers make: also of two of them, in registers and before the nest.
#[test]
fn infinite_factors_have_infinite_products() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contractions/f32_few_columns.mlir");
    let session = Session::new();
    let module = session.parse_file(&path).expect("it parses");
    let mut outcome = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Tile)).expect("it compiles");
    let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options { optimization: 1 }).expect("machine code");
    let ones = |shape: &[usize], first: f64| {
        let mut values = vec![1.0; shape.iter().product()];
        values[0] = first;
        Tensor::from_f64(DType::F32, shape, &values).expect("values fit")
    };
    let arguments = [ones(&[4000, 72], f64::INFINITY), ones(&[72, 20], f64::NEG_INFINITY), ones(&[20], 1.0)];
    let results = kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("it runs");
    let found = results[0].to_f64();
    let rows = [[f64::NEG_INFINITY, f64::INFINITY], [f64::NEG_INFINITY, 73.0]];
    for (row, expected) in rows.iter().enumerate() {
        assert_eq!(found[20 * row..20 * row + 2], expected[..], "row {row}");
    }
}

/// Sums of few points across the rows of memory are cut into parts, which are added up.
/// The weights of dK and of dV are computed from one capped score.
#[test]
fn what_several_scores_are_computed_from_is_computed_once() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gradients/softcap_causal_bf16.mlir");
    let session = Session::new();
    let module = session.parse_file(&path).expect("parses");
    let text = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Tile)).expect("compiles").text();
    let loops = text.matches("scf.for ").count();
    assert!(loops > 2, "{text}");
    assert_eq!(text.matches("math.tanh").count(), loops, "{text}");
}

#[test]
fn deep_sums_of_few_points_are_cut() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gpu/layers/row_times_matrix.mlir");
    let session = Session::new();
    let expected = untiled(&session, &path, &[vec![]]);
    let (text, found) = tiled(&session, &path, Backend::Gpu, &[vec![]]);
    for parts in ["tensor<32x1x520xf32>", "tensor<20x3x72xf32>"] {
        assert!(text.contains(parts), "{parts} in {text}");
    }
    // On lanes, one row is a tile.
    let (text, on_lanes) = tiled(&session, &path, Backend::Cpu, &[vec![]]);
    assert!(text.contains("tensor<1x16xf32>"), "{text}");
    let expected = expected[0].iter().chain(&expected[0]);
    for (found, expected) in found[0].iter().chain(&on_lanes[0]).zip(expected) {
        let error = difference(found, expected);
        assert!(error < 4e-6, "{error:e}");
    }
}

/// A row that is computed inside a product is computed once, and one row times a matrix is a nest on lanes.
#[test]
fn one_row_is_a_tile_of_lanes() {
    let text = "
#x = affine_map<(d0, d1, d2) -> (d0, d2)>
#w = affine_map<(d0, d1, d2) -> (d1, d2)>
#y = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%gate: tensor<1x136xf32>, %up: tensor<1x136xf32>, %w: tensor<70x136xbf16>) -> tensor<1x70xf32> {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<1x70xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<1x70xf32>) -> tensor<1x70xf32>
  %r = linalg.generic {indexing_maps = [#x, #x, #w, #y], iterator_types = [\"parallel\", \"parallel\", \"reduction\"]} ins(%gate, %up, %w : tensor<1x136xf32>, tensor<1x136xf32>, tensor<70x136xbf16>) outs(%z : tensor<1x70xf32>) {
  ^bb0(%g: f32, %u: f32, %b: bf16, %out: f32):
    %n = arith.negf %g : f32
    %x = math.exp %n : f32
    %d = arith.addf %x, %one : f32
    %s = arith.divf %g, %d : f32
    %a = arith.mulf %s, %u : f32
    %wide = arith.extf %b : bf16 to f32
    %p = arith.mulf %a, %wide : f32
    %o = arith.addf %out, %p : f32
    linalg.yield %o : f32
  } -> tensor<1x70xf32>
  return %r : tensor<1x70xf32>
}";
    let session = Session::new();
    let run = |stage: Stage| {
        let module = session.parse("one_row.mlir", text).expect("it parses");
        let mut outcome = session.compile(module, &Request::new(Backend::Cpu).to(stage)).expect("it compiles");
        let text = outcome.text();
        let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options { optimization: 1 }).expect("code");
        let arguments = inputs(&kernel, &[]);
        (text, kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("it runs"))
    };
    let ((_, expected), (tiled, found)) = (run(Stage::Raise), run(Stage::Tile));
    let before = tiled.split("scf.forall").next().unwrap_or_default();
    assert!(before.contains("math.exp") && tiled.matches("math.exp").count() == 1, "{tiled}");
    assert!(tiled.contains("tensor<1x16xf32>"), "{tiled}");
    let error = difference(&found[0], &expected[0]);
    assert!(error < 4e-6, "{error:e}");
}

/// Every contraction of 16-bit tensors becomes a nest, as many as the first line says, and the nests mean what it meant; so do those of lanes.
#[test]
fn contractions_outside_of_fused_ops_become_nests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contractions");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("programs").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let only = std::env::var("FLASHLIGHT_TEST_ONLY").unwrap_or_default();
    files.retain(|path| path.to_string_lossy().contains(&only));
    let failures = support::in_parallel(&files, |path| {
        let session = Session::new();
        let text = std::fs::read_to_string(path).expect("readable");
        let nests = text.lines().find_map(|line| line.strip_prefix("// nests: ")).expect("a number of nests");
        let shapes = text.lines().filter_map(|line| line.strip_prefix("// shapes:"));
        let mut fills: Vec<Vec<usize>> =
            shapes.map(|line| line.split_whitespace().map(|size| size.parse().expect("a size")).collect()).collect();
        if fills.is_empty() {
            fills.push(vec![]);
        }
        let expected = untiled(&session, path, &fills);
        let (on_lanes, found_on_lanes) = tiled(&session, path, Backend::Cpu, &fills);
        let (text, found) = tiled(&session, path, Backend::Gpu, &fills);
        let mut failures = vec![];
        if !on_lanes.contains("scf.forall (") {
            failures.push(format!("{path:?}: no nest of lanes"));
        }
        let made = text.matches("scf.forall (").count();
        // What sums one tensor, as a norm does, is no contraction.
        let of_two = |line: &str| {
            let inputs = line.split_once("ins(").and_then(|(_, rest)| rest.split_once(" :"));
            inputs.is_some_and(|(inputs, _)| inputs.contains(','))
        };
        let summed = text.lines().filter(|line| line.starts_with("    %") && line.contains("\"reduction\""));
        let left = summed.filter(|line| of_two(line)).count();
        if nests != made.to_string() || left > 0 {
            failures.push(format!("{path:?}: {made} nests, {left} contractions left"));
        }
        let all = found.iter().zip(&expected).chain(found_on_lanes.iter().zip(&expected));
        for (fill, (found, expected)) in all.enumerate() {
            for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
                let error = difference(found, expected);
                let most = if path.to_string_lossy().contains("/f32_") { 4e-6 } else { 1e-2 };
                if error > most {
                    failures.push(format!("{path:?}: result {number} at {fill} is off by {error:e}"));
                }
            }
        }
        failures
    });
    let failures: Vec<_> = failures.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
