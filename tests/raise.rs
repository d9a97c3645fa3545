//! Recognition: every corpus program is one fused op with nothing left around it, and means what the source means.
//!
//! `FLASHLIGHT_CORPUS=DIR` also checks the meaning of the programs of another folder.

mod support;

use flashlight::{
    cli::joint,
    cpu,
    driver::{Request, Session},
    runtime::{Store, Tensor},
    stage::{Backend, Stage},
};
use std::path::{Path, PathBuf};
use support::{arguments, context, corpus, corpus_failures};

/// A program after `raise`, and the remarks on the way.
fn raised(text: &str) -> (String, Vec<String>) {
    let session = Session::new();
    let module = session.parse("program.mlir", text).expect("parses");
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Raise)).expect("compiles");
    let remarks = outcome.remarks.iter().map(|remark| remark.message.clone()).collect();
    (outcome.text(), remarks)
}

/// The raised program lowered back to plain linalg and compiled.
fn executable(context: &melior::Context, raised: &str) -> cpu::CpuKernel {
    executable_of(context, raised, "main")
}

/// The same of one function.
fn executable_of(context: &melior::Context, raised: &str, entry: &str) -> cpu::CpuKernel {
    let mut module = melior::ir::Module::parse(context, raised).expect("parses");
    let pass = flashlight::pass::find("attention-decompose").expect("registered");
    flashlight::pass::run(pass, flashlight::ffi::op(&module.as_operation()), &Default::default()).expect("decomposes");
    cpu::compile(&mut module, entry, &cpu::Options::default()).expect("compiles")
}

#[test]
fn every_corpus_program_is_one_fused_op() {
    for program in corpus() {
        let text = std::fs::read_to_string(&program).expect("program");
        let (ir, remarks) = raised(&text);
        assert_eq!(ir.matches("\"attention.fused\"").count(), 1, "{program:?}: {remarks:?}");
        // Points are moved to their centre before their distances are taken.
        let moved = program.ends_with("ipa_bf16.mlir");
        let kept = if moved { ir.rsplit("\"attention.fused\"").next() } else { Some(ir.as_str()) };
        assert!(!kept.is_some_and(|text| text.contains("linalg.")), "{program:?} keeps linalg:\n{ir}");
    }
}

/// The failures of these programs by the corpus rule, run after `raise`.
fn wrong(programs: &[PathBuf]) -> Vec<String> {
    let context = context();
    let mut failures = vec![];
    for program in programs {
        let text = std::fs::read_to_string(program).expect("program");
        let kernel = executable(&context, &raised(&text).0);
        let inputs = arguments(&kernel, program);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("runs");
        failures.extend(corpus_failures(program, &results).into_iter().map(|line| format!("{program:?}: {line}")));
    }
    failures
}

#[test]
fn raised_corpus_programs_are_right() {
    let failures = wrong(&corpus());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every program of `tests/programs` (and of `FLASHLIGHT_CORPUS`, when it is set).
fn programs() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let folders = std::iter::once(own).chain(std::env::var_os("FLASHLIGHT_CORPUS").map(PathBuf::from));
    let entries = folders.flat_map(|folder| std::fs::read_dir(folder).expect("the folder is there"));
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "mlir"));
    files.sort();
    files
}

/// A program of `tests/programs` says in its first line what is expected of it.
#[test]
fn other_ways_of_writing_are_recognized_or_refused_with_a_reason() {
    for program in programs() {
        let text = std::fs::read_to_string(&program).expect("program");
        let Some(expected) = text.lines().next().and_then(|line| line.strip_prefix("// expect: ")) else { continue };
        let (ir, remarks) = raised(&text);
        let fused = ir.matches("\"attention.fused\"").count();
        match expected.strip_prefix("refused: ") {
            None => {
                let ops = expected.strip_prefix("fused ").map_or(1, |count| count.parse().expect("a number"));
                assert_eq!(fused, ops, "{program:?}: {remarks:?}");
                assert!(!remarks.iter().any(|remark| remark.starts_with("not fused")), "{program:?}: {remarks:?}");
            }
            Some(reason) => {
                assert_eq!(fused, 0, "{program:?}: {remarks:?}");
                assert!(remarks.iter().any(|remark| remark.contains(reason)), "{program:?}: {remarks:?}");
            }
        }
    }
}

/// Queries and keys are rotated in f32, all three are rounded and seen through views: slices of one projection, heads that
/// are split off, transposed and repeated.
#[test]
fn captures_have_the_type_that_the_contractions_read() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/projected_bf16.mlir");
    let (ir, _) = raised(&std::fs::read_to_string(program).expect("program"));
    let captures: Vec<_> = ir.lines().filter(|line| line.contains("\"attention.capture\"")).collect();
    assert_eq!(captures.len(), 3, "{ir}");
    assert!(captures.iter().all(|line| line.contains("xbf16>")), "{captures:?}");
}

/// Scores of bf16 over a scalar of f64 that is rounded to bf16: nothing is computed in f64.
#[test]
fn what_is_rounded_first_is_not_computed_in_its_own_type() {
    let (ir, _) = raised(include_str!("pass/raise/truncated_scale.mlir"));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 1, "{ir}");
    assert!(!ir.contains("to f64") && ir.contains("f64 to f32"), "{ir}");
}

/// Forward-mode derivatives: two sums over the same weights whose tangents are dims of their own have no op in common.
#[test]
fn results_without_all_dims_of_their_states_are_apart() {
    let (ir, remarks) = raised(include_str!("pass/raise/jacobian.mlir"));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 2, "{remarks:?}");
}

#[test]
fn other_ways_of_writing_are_right() {
    let failures = wrong(&programs());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A function of q, k, v (2x24x8 f32) with named operations; `weights` turns `%s` (2x24x24) into `%p`.
fn attention(weights: &str, results: &str, types: &str) -> String {
    format!(
        "#b = affine_map<(b, m, n) -> (b, m, n)>
#row = affine_map<(b, m, n) -> (b, m)>
#column = affine_map<(b, m, n) -> (b, n)>
func.func @main(%q: tensor<2x24x8xf32>, %k: tensor<2x8x24xf32>, %v: tensor<2x24x8xf32>) -> ({types}) {{
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %se = tensor.empty() : tensor<2x24x24xf32>
  %si = linalg.fill ins(%zero : f32) outs(%se : tensor<2x24x24xf32>) -> tensor<2x24x24xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<2x24x8xf32>, tensor<2x8x24xf32>) outs(%si : tensor<2x24x24xf32>) -> tensor<2x24x24xf32>
  %re = tensor.empty() : tensor<2x24xf32>
  %r0 = linalg.fill ins(%zero : f32) outs(%re : tensor<2x24xf32>) -> tensor<2x24xf32>
  %rl = linalg.fill ins(%low : f32) outs(%re : tensor<2x24xf32>) -> tensor<2x24xf32>
  {weights}
  %oe = tensor.empty() : tensor<2x24x8xf32>
  %oi = linalg.fill ins(%zero : f32) outs(%oe : tensor<2x24x8xf32>) -> tensor<2x24x8xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<2x24x24xf32>, tensor<2x24x8xf32>) outs(%oi : tensor<2x24x8xf32>) -> tensor<2x24x8xf32>
  return {results} : {types}
}}"
    )
}

/// A few heads are taken apart; a sum over many is one op, of which `tile-contractions` makes one nest.
#[test]
fn a_sum_of_weights_over_many_heads_is_not_written_out() {
    let sum = "%we = tensor.empty() : tensor<24x24xf32>
  %wi = linalg.fill ins(%zero : f32) outs(%we : tensor<24x24xf32>) -> tensor<24x24xf32>
  %w = linalg.reduce ins(%p : tensor<2x24x24xf32>) outs(%wi : tensor<24x24xf32>) dimensions = [0]
    (%x: f32, %y: f32) { %z = arith.addf %x, %y : f32 linalg.yield %z : f32 }";
    let few = attention(&(softmax("#row") + sum), "%o, %w", &format!("{TENSOR}, tensor<24x24xf32>"));
    let (ir, remarks) = raised(&few);
    assert!(ir.contains("extract_slice") && !ir.contains("2x24x24"), "{remarks:?} {ir}");
    let (ir, remarks) = raised(&few.replace("<2x", "<20x"));
    assert!(!ir.contains("extract_slice") && ir.matches("attention.fused").count() >= 1, "{remarks:?} {ir}");
}

const TENSOR: &str = "tensor<2x24x8xf32>";

/// One elementwise operation over the scores and, perhaps, a row (or column) of numbers.
fn map(result: &str, inputs: &[(&str, &str)], body: &str) -> String {
    let maps: Vec<_> = inputs.iter().map(|(_, map)| *map).chain(["#b"]).collect();
    let ty = |map: &str| if map == "#b" { "tensor<2x24x24xf32>" } else { "tensor<2x24xf32>" };
    let names: Vec<_> = inputs.iter().map(|(name, _)| *name).collect();
    let types: Vec<_> = inputs.iter().map(|(_, map)| ty(map)).collect();
    let arguments: Vec<_> = (0..inputs.len()).map(|at| format!("%x{at}: f32")).collect();
    format!(
        "{result} = linalg.generic {{indexing_maps = [{}], iterator_types = [\"parallel\", \"parallel\", \"parallel\"]}} \
         ins({} : {}) outs(%se : tensor<2x24x24xf32>) {{\n ^bb0({}, %out: f32):\n {body}\n linalg.yield %y : f32\n }} -> tensor<2x24x24xf32>\n",
        maps.join(", "),
        names.join(", "),
        types.join(", "),
        arguments.join(", ")
    )
}

/// A reduction of the scores to rows (or columns).
fn reduce(result: &str, input: &str, init: &str, to: &str, combine: &str) -> String {
    let kinds = if to == "#row" {
        "\"parallel\", \"parallel\", \"reduction\""
    } else {
        "\"parallel\", \"reduction\", \"parallel\""
    };
    format!(
        "{result} = linalg.generic {{indexing_maps = [#b, {to}], iterator_types = [{kinds}]}} ins({input} : tensor<2x24x24xf32>) \
         outs({init} : tensor<2x24xf32>) {{\n ^bb0(%x: f32, %out: f32):\n %y = {combine} %x, %out : f32\n linalg.yield %y : f32\n }} -> tensor<2x24xf32>\n"
    )
}

fn softmax(axis: &str) -> String {
    [
        reduce("%m", "%s", "%rl", axis, "arith.maximumf"),
        map("%e", &[("%s", "#b"), ("%m", axis)], "%d = arith.subf %x0, %x1 : f32\n %y = math.exp %d : f32"),
        reduce("%l", "%e", "%r0", axis, "arith.addf"),
        map("%p", &[("%e", "#b"), ("%l", axis)], "%y = arith.divf %x0, %x1 : f32"),
    ]
    .concat()
}

#[test]
fn a_softmax_over_the_keys_is_fused_and_over_the_queries_too() {
    let (ir, _) = raised(&attention(&softmax("#row"), "%o", TENSOR));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 1);
    // The statistics of the columns first, then the keys with what is known of them.
    let (ir, remarks) = raised(&attention(&softmax("#column"), "%o", TENSOR));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 2, "{remarks:?}");
    assert!(!ir.contains("24x24"), "{ir}");
}

/// Masks that come out of scans, gathers and concatenations of positions, and a log-sum-exp beside a masked attention, bound
/// the key as plain masks do, and one sum is enough.
#[test]
fn masks_of_positions_bound_the_key() {
    let programs = [
        "tests/reported/hf_mask_eager.mlir",
        "tests/reported/hf_mask_sdpa.mlir",
        "tests/reported/causal_lse1_bf16.mlir",
        "tests/spellings/segments_of_positions.mlir",
    ];
    for program in programs {
        let session = Session::new();
        let module = session.parse_file(Path::new(program)).expect("parses");
        let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Bound)).expect("compiles");
        let remarks: Vec<_> = outcome.remarks.iter().map(|remark| remark.message.clone()).collect();
        assert!(remarks.iter().any(|remark| remark.starts_with("the mask bounds the key")), "{program}: {remarks:?}");
        assert!(remarks.iter().any(|remark| remark.contains("with 3 states")), "{program}: {remarks:?}");
    }
}

#[test]
fn returned_weights_are_computed_again_and_returned_statistics_are_results() {
    let both = format!("{TENSOR}, tensor<2x24x24xf32>");
    let (ir, remarks) = raised(&attention(&softmax("#row"), "%o, %p", &both));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 1, "{remarks:?}");
    assert!(ir.matches("\"attention.result\"").count() == 3, "{ir}");
    let both = format!("{TENSOR}, tensor<2x24xf32>");
    let (ir, _) = raised(&attention(&softmax("#row"), "%o, %l", &both));
    assert_eq!(ir.matches("\"attention.result\"").count(), 2, "{ir}");
}

#[test]
fn linear_weights_are_refused() {
    let scaled = map("%p", &[("%s", "#b")], "%h = arith.constant 0.5 : f32\n %y = arith.mulf %x0, %h : f32");
    let (ir, remarks) = raised(&attention(&scaled, "%o", TENSOR));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 0);
    assert!(remarks.iter().any(|remark| remark.contains("nothing between them but linear")), "{remarks:?}");
}

#[test]
fn a_reduction_that_cannot_be_rescaled_is_refused() {
    // relu(s - mean(s)): the sum is known only after the last key.
    let weights = [
        reduce("%l", "%s", "%r0", "#row", "arith.addf"),
        map(
            "%p",
            &[("%s", "#b"), ("%l", "#row")],
            "%c = arith.constant 24.0 : f32\n %a = arith.divf %x1, %c : f32\n %d = arith.subf %x0, %a : f32\n \
             %z = arith.constant 0.0 : f32\n %y = arith.maximumf %d, %z : f32",
        ),
    ]
    .concat();
    let (ir, remarks) = raised(&attention(&weights, "%o", TENSOR));
    assert_eq!(ir.matches("\"attention.fused\"").count(), 0);
    assert!(remarks.iter().any(|remark| remark.contains("cannot be rescaled")), "{remarks:?}");
}

/// Documents of rows and of keys, gathered by index tensors from one tensor, are its elements: every row is then of its own document.
#[test]
fn gathers_at_indices_are_reads_of_the_same_data() {
    let gather = |result: &str| {
        format!(
            "{result} = linalg.generic {{indexing_maps = [#one, #one], iterator_types = [\"parallel\"]}} ins(%places : tensor<24xi64>) \
             outs(%ie : tensor<24xi64>) {{\n ^bb0(%x: i64, %out: i64):\n %zi = arith.constant 0 : i64\n %ni = arith.constant 24 : i64\n \
             %c = arith.cmpi slt, %x, %zi : i64\n %w = arith.addi %x, %ni : i64\n %y = arith.select %c, %w, %x : i64\n \
             %at = arith.index_cast %y : i64 to index\n %c0 = arith.constant 0 : index\n \
             %id = tensor.extract %ids[%c0, %at] : tensor<1x24xi64>\n linalg.yield %id : i64\n }} -> tensor<24xi64>\n"
        )
    };
    let places = "%ie = tensor.empty() : tensor<24xi64>
%places = linalg.generic {indexing_maps = [#one], iterator_types = [\"parallel\"]} outs(%ie : tensor<24xi64>) {
^bb0(%out: i64):
  %i = linalg.index 0 : index
  %x = arith.index_cast %i : index to i64
  linalg.yield %x : i64
} -> tensor<24xi64>\n";
    let masked = "%t = linalg.generic {indexing_maps = [#b, #m, #n, #b], iterator_types = [\"parallel\", \"parallel\", \"parallel\"]}
  ins(%s, %of_rows, %of_keys : tensor<2x24x24xf32>, tensor<24xi64>, tensor<24xi64>) outs(%se : tensor<2x24x24xf32>) {
^bb0(%x: f32, %r: i64, %k1: i64, %out: f32):
  %m1 = linalg.index 1 : index
  %n1 = linalg.index 2 : index
  %c = arith.cmpi sle, %n1, %m1 : index
  %d = arith.cmpi eq, %r, %k1 : i64
  %both = arith.andi %c, %d : i1
  %least = arith.constant -3.0e38 : f32
  %y = arith.select %both, %x, %least : f32
  linalg.yield %y : f32
} -> tensor<2x24x24xf32>\n";
    let weights = [
        places,
        &gather("%of_rows"),
        &gather("%of_keys"),
        masked,
        &softmax("#row").replace("%s:", "%t:").replace("(%s ", "(%t ").replace("(%s,", "(%t,"),
    ]
    .concat();
    let maps = "#one = affine_map<(i) -> (i)>\n#m = affine_map<(b, m, n) -> (m)>\n#n = affine_map<(b, m, n) -> (n)>\n";
    let program = attention(&weights, "%o", TENSOR)
        .replace("%v: tensor<2x24x8xf32>", "%v: tensor<2x24x8xf32>, %ids: tensor<1x24xi64>");
    let session = Session::new();
    let module = session.parse("program.mlir", &[maps, &program].concat()).expect("parses");
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Bound)).expect("compiles");
    let text = outcome.text();
    assert!(text.contains("key_range") && text.contains("skip"), "{text}");
    assert!(!text.contains("linalg."), "{text}");
}

/// The columns that all sums of a fold add up are so many as an accumulator holds.
#[test]
fn sums_over_the_same_weights_share_a_fold_unless_they_are_wide() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gradients");
    let text = std::fs::read_to_string(folder.join("given_lse_f32.mlir")).expect("program");
    let wide = text.replace("40x16xf32", "40x256xf32").replace("16x40xf32", "256x40xf32");
    for (text, folds) in [(text, 2), (wide, 3)] {
        assert_eq!(raised(&text).0.matches("\"attention.fused\"").count(), folds);
    }
}

/// Forward gives a maximum and a sum per row beside the results, and backward reads them and the results: seven products for all. One of the
/// programs is run.
#[test]
fn a_function_with_its_gradient_is_split() {
    let (context, folder) = (context(), Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gradients"));
    for name in ["joint_causal_bf16", "joint_documents_f32", "joint_gqa_f32"] {
        let program = folder.join(name).with_extension("mlir");
        let session = Session::new();
        let split =
            joint::split(&session, session.parse_file(&program).expect("parses"), [1, 1], false).expect("splits");
        let [forward, backward] = &split.parts[..] else { panic!("{name}: not two functions") };
        assert_eq!(backward.reads.iter().filter(|read| read.starts_with("result")).count(), 3, "{name}");
        assert!(!forward.reads.iter().any(|read| read.starts_with("result")), "{name}");
        let (first, second) = split.text.split_once("@main_backward").expect("two functions");
        let folds = [first, second].map(|text| text.matches("\"attention.fused\"").count());
        let products =
            [first, second].map(|text| text.matches("\"attention.reduce\"").count() + text.matches("value = ").count());
        assert_eq!((folds, products), ([1, 2], [2, 7]), "{name}: dK and dV in one fold, dQ in another\n{}", split.text);
        if name != "joint_gqa_f32" {
            continue;
        }
        let store = Store::open(&program.with_extension("safetensors")).expect("tensors");
        let tensor = |name: &str| store.get(name).expect("a tensor");
        let run = |part: &joint::Part, made: &[Tensor]| {
            let read = |read: &String| match read.strip_prefix("result") {
                Some(number) => made[number.parse::<usize>().expect("a number")].clone(),
                None => tensor(read),
            };
            let arguments: Vec<_> = part.reads.iter().map(read).collect();
            let kernel = executable_of(&context, &split.text, &part.name);
            kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("runs")
        };
        let made = run(forward, &[]);
        let sizes: Vec<usize> = made.iter().map(|tensor| tensor.shape().iter().product()).collect();
        assert_eq!(sizes, [sizes[0], sizes[0] / 16, sizes[0] / 16], "{name}: a number per row of 16 is saved");
        let results: Vec<_> = made[..1].iter().cloned().chain(run(backward, &made)).collect();
        assert_eq!(corpus_failures(&program, &results), Vec::<String>::new(), "{name}");
    }
}

/// A function whose gradient needs nothing of it that is not cheap is left whole, and so is one whose result needs a gradient.
#[test]
fn what_cannot_be_split_says_why() {
    let body = |result: &str| {
        format!(
            "func.func @main(%x: tensor<4xf32>, %g: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {{
               %y = arith.mulf %x, %x : tensor<4xf32>
               %d = arith.mulf %y, %g : tensor<4xf32>
               return {result}, %d : tensor<4xf32>, tensor<4xf32>
             }}"
        )
    };
    for (result, reason) in [("%y", "nothing that a fused op gives"), ("%d", "computed together with gradients")] {
        let session = Session::new();
        let module = session.parse("program.mlir", &body(result)).expect("parses");
        let refused = joint::split(&session, module, [1, 1], false).err().expect("refused").to_string();
        assert!(refused.contains(reason), "{refused}");
    }
}
