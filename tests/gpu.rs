//! GPU kernels without a GPU: everything compiles to cubins that neither spill nor serialize their matrix
//! instructions, and the manifest says how to launch them. `benches/gpu_correctness.py` runs them on one.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session},
    gpu,
    runtime::{
        Expr, Store, compare,
        manifest::{Parameter, Unit},
    },
    stage::{Backend, Stage},
};
use std::path::{Path, PathBuf};
use support::arguments;

fn compile(path: &Path, from: Stage) -> Result<Vec<gpu::Kernel>, String> {
    let session = Session::new();
    let module = session.parse_file(path).map_err(|error| error.to_string())?;
    let mut request = Request::new(Backend::Gpu);
    request.from = from;
    session.compile(module, &request).map(|outcome| outcome.kernels).map_err(|error| error.to_string())
}

fn files(folder: &str, keep: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder exists")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "mlir") && keep(&path.display().to_string()))
        .collect();
    found.sort();
    found
}

fn check(path: &Path, from: Stage) -> Vec<gpu::Kernel> {
    let name = path.display();
    let kernels = compile(path, from).unwrap_or_else(|error| panic!("{name}: {error}"));
    for kernel in &kernels {
        assert_eq!(kernel.report.fault(), None, "{name}");
        let aside = kernel.launch.schedule.get("thread_bytes_aside").and_then(|bytes| bytes.as_u64()).unwrap_or(0);
        assert_eq!(u64::from(kernel.report.stack), aside, "{name}: no stack frame but for tiles that are put aside");
        assert!(kernel.cubin.starts_with(b"\x7fELF"), "{name}: a cubin");
        assert!(kernel.launch.shared_memory <= 232_448, "{name}: {} bytes", kernel.launch.shared_memory);
        for parameter in &kernel.launch.parameters {
            let Parameter::TensorMap(map) = parameter else { continue };
            assert!(
                (1..=5).contains(&map.rank) && map.tile.iter().all(|size| (1..=256).contains(size)),
                "{name}: {map:?}"
            );
            for stride in &map.strides {
                assert!(!matches!(stride, Expr::Int(bytes) if bytes % 16 != 0), "{name}: {map:?}");
            }
        }
    }
    kernels
}

#[test]
fn every_program_becomes_kernels() {
    let programs = files("tests/corpus", |_| true).into_iter().chain(files("tests/programs", |_| true));
    let mut alone = 0;
    for path in programs {
        let kernels = check(&path, Stage::Input);
        assert!(!kernels.is_empty(), "{}", path.display());
        alone += usize::from(kernels.len() == 1);
    }
    assert!(alone >= 45, "{alone} programs are one kernel");
}

/// What these compute was written by the CPU back end, and is the truth for a GPU.
#[test]
fn ops_outside_of_fused_ones_become_kernels() {
    let programs = files("tests/gpu/steps", |_| true);
    assert!(programs.len() >= 5);
    for path in programs {
        let kernels = check(&path, Stage::Input);
        // Only contractions are nests.
        let nests = kernels.iter().filter(|kernel| kernel.launch.shared_memory > 0).count();
        assert_eq!(nests, usize::from(path.ends_with("projection.mlir")), "{}", path.display());
        let session = Session::new();
        let module = session.parse_file(&path).expect("a program that parses");
        let mut outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Tile)).expect("it tiles");
        let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options::default()).expect("machine code");
        let inputs = arguments(&kernel, &path);
        let results = kernel.run(&inputs.iter().collect::<Vec<_>>()).expect("a run");
        let truth = Store::open(&path.with_extension("safetensors")).expect("the truth");
        for (number, result) in results.iter().enumerate() {
            let name = format!("result{number}");
            let verdict = compare(&name, result, &truth.get(&name).expect("a result"), None).expect("one shape");
            assert!(verdict.passes(), "{}: {verdict}", path.display());
        }
    }
}

/// A thread that adds up what neighbours of other points lie beside takes eight of them at once.
#[test]
fn sums_over_outer_dims_read_whole_vectors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gpu/layers/sum_over_groups.mlir");
    let kernels = check(&path, Stage::Input);
    assert_eq!(kernels.len(), 1);
    let loads: Vec<_> = kernels[0].ptx.lines().filter(|line| line.contains("ld.global")).collect();
    assert_eq!(loads.len(), 4, "{loads:?}");
    assert!(loads.iter().all(|line| line.contains(".v4.b32")), "{loads:?}");
}

/// What is elementwise behind a contraction is in its kernel: nothing else is left of these.
#[test]
fn layers_are_as_many_kernels_as_contractions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (name, count) in [
        ("contractions/mlp_gelu", 2),
        ("contractions/mlp_gated", 2),
        ("contractions/sum_of_two", 1),
        ("contractions/strided_rows", 1),
        ("contractions/odd_depth", 1),
        ("gpu/layers/mlp_of_3000_rows", 2),
    ] {
        let kernels = check(&folder.join(name).with_extension("mlir"), Stage::Input);
        assert_eq!(kernels.len(), count, "{name}");
        assert!(kernels.iter().all(|kernel| kernel.ptx.contains("wgmma.mma_async")), "{name}");
    }
}

/// f32 products are sums of six products of 16-bit tensors: beside the nests there are only kernels that take arguments apart,
/// and what one nest makes for another never is in memory as f32. What a nest takes apart itself, as the large operand of a few
/// rows or columns, has no such kernel; parts of the depth have one that adds them up.
#[test]
fn products_of_f32_are_on_the_matrix_unit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contractions");
    for (name, nests, splits, products) in [
        ("f32_mlp", 2, 2, 6),
        ("f32_few_rows", 2, 3, 6),
        ("f32_few_columns", 1, 1, 6),
        ("f32_batched_odd", 1, 2, 6),
        ("f32_by_bf16", 1, 0, 3),
        ("f32_computed_factor", 1, 2, 6),
    ] {
        let kernels = check(&folder.join(name).with_extension("mlir"), Stage::Input);
        let (on_it, others): (Vec<_>, Vec<_>) =
            kernels.iter().partition(|kernel| kernel.ptx.contains("wgmma.mma_async"));
        assert_eq!((on_it.len(), others.len()), (nests, splits), "{name}");
        for kernel in on_it {
            let copies = kernel.launch.schedule.get("buffers_copied_by_threads").and_then(serde_json::Value::as_i64);
            assert_eq!(copies, Some(0), "{name}: odd rows are padded");
            let steps = kernel.ptx.matches("wgmma.mma_async").count();
            assert_eq!(steps % products, 0, "{name}: {steps} steps");
        }
    }
}

/// Queries of f32 that have one buffer are loaded as they are and taken apart in it: each sixteen columns of their three terms by a
/// store of matrices. Keys and values have kernels that take them apart.
#[test]
fn queries_of_f32_are_taken_apart_in_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gpu/layers/wide_heads_f32.mlir");
    let kernels = check(&path, Stage::Input);
    let (on_it, others): (Vec<_>, Vec<_>) = kernels.iter().partition(|kernel| kernel.ptx.contains("wgmma.mma_async"));
    assert_eq!((on_it.len(), others.len()), (1, 2));
    assert_eq!(on_it[0].ptx.matches("stmatrix").count(), 3 * 128 / 16);
}

/// A norm reads its rows once, also where a projection reads it by merged rows.
#[test]
fn a_norm_before_a_projection_is_one_kernel() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contractions/norm_linear.mlir");
    let kernels = check(&path, Stage::Input);
    let units: Vec<_> = kernels.iter().map(|kernel| kernel.launch.unit).collect();
    assert_eq!(units, [Some(Unit::Rows), Some(Unit::Matrix)]);
}

/// Scores of f32 may be so large that what a rounded product leaves is more than an exponential can hold.
#[test]
fn exponents_of_f32_scores_are_differences_of_rounded_numbers() {
    for name in ["vanilla_f32", "causal_f32"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name).with_extension("mlir");
        let kernels = check(&path, Stage::Input);
        let ptx = &kernels.iter().find(|kernel| kernel.ptx.contains("wgmma.mma_async")).expect("a kernel").ptx;
        let maker =
            |register: &str| ptx.lines().find(|line| line.split_whitespace().nth(1) == Some(&format!("{register},")));
        let mut powers = 0;
        for line in ptx.lines().filter(|line| line.contains("ex2.approx")) {
            let operand = line.trim_end_matches(';').split_whitespace().last().expect("an operand");
            powers += 1;
            assert!(!maker(operand).is_some_and(|line| line.contains("fma.")), "{name}: {line} of an fma");
        }
        assert!(powers > 16, "{name}: {powers} powers");
    }
}

#[test]
fn nests_without_attention_compile() {
    for path in files("tests/gpu", |_| true) {
        assert_eq!(check(&path, Stage::Tile).len(), 1, "{}", path.display());
    }
}

fn fact(kernel: &gpu::Kernel, name: &str) -> i64 {
    kernel.launch.schedule.get(name).and_then(serde_json::Value::as_i64).unwrap_or_else(|| panic!("no fact '{name}'"))
}

#[test]
fn biases_go_through_shared_memory_and_vectors_are_reduced_by_the_producer() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for (name, captures, copies) in [("evoformer_bf16", 1, 0), ("ipa_bf16", 2, 3)] {
        let kernels = check(&corpus.join(name).with_extension("mlir"), Stage::Input);
        let kernels: Vec<_> = kernels.into_iter().filter(|kernel| kernel.launch.unit == Some(Unit::Matrix)).collect();
        assert_eq!(fact(&kernels[0], "buffers_of_captures"), captures, "{name}");
        assert_eq!(fact(&kernels[0], "buffers_copied_by_threads"), copies, "{name}");
        assert!(kernels[0].ptx.contains("ldmatrix"), "{name}");
    }
}

/// Row statistics that a step of dK and dV reads go through shared memory whatever the length: consumers load none of them from memory.
#[test]
fn vectors_are_copied_by_the_producer_where_rows_are_not_aligned() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("gradient.mlir");
    std::fs::write(&path, include_str!("gradients/causal_bf16.mlir").replace("72", "1001"))
        .expect("the file is written");
    let kernels = check(&path, Stage::Input);
    let copied: Vec<_> = kernels.iter().map(|kernel| fact(kernel, "buffers_copied_by_threads")).collect();
    assert_eq!(copied, [0, 3, 0], "statistics, dK and dV, dQ");
    // Two elements a thread of a copying warp, for each vector and each kind of key loop.
    let loads = kernels[1].ptx.matches("ld.global").count();
    assert!(loads < 40, "{loads} loads");
    assert!(kernels[1].ptx.contains("ld.shared.v2.b32"));
}

/// Caches of bytes, and pages that a table names, are widened and gathered on the way into shared memory: by one kernel, into no
/// other tensor.
#[test]
fn operands_are_widened_and_gathered_where_they_are_loaded() {
    let reported = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reported");
    let programs =
        [("kv_int8_token_scale_bf16", 2), ("kv_fp8_scale_bf16", 2), ("int8_scores_bf16", 2), ("paged_gqa_bf16", 0)];
    for (name, copied) in programs {
        let kernels = check(&reported.join(name).with_extension("mlir"), Stage::Input);
        assert_eq!(kernels.len(), 1, "{name}");
        assert_eq!(fact(&kernels[0], "buffers_copied_by_threads"), copied, "{name}");
        // Bytes are widened in whole units of neighbours; pages need nothing but the copy engine.
        assert_eq!(kernels[0].ptx.contains("st.shared.v4.b32"), copied > 0, "{name}");
    }
}

/// What a wait would store to come after a value goes where no buffer and no barrier is.
#[test]
fn pins_write_nowhere_near_a_buffer() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/causal_bf16.mlir");
    let kernels = check(&path, Stage::Input);
    let last = i64::from(kernels[0].launch.shared_memory) - 16;
    let session = Session::new();
    let module = session.parse_file(&path).expect("it parses");
    let request = Request::new(Backend::Gpu).to(Stage::Nvvm);
    let text = session.compile(module, &request).expect("it compiles").text();
    let stores: Vec<_> = text.match_indices("@q st.shared.b32 [").map(|(at, _)| &text[at..]).collect();
    assert!(!stores.is_empty(), "maxima are pinned");
    for store in stores {
        let offset = store.split_once('+').and_then(|(_, rest)| rest.split_once(']')).map(|(offset, _)| offset);
        assert_eq!(offset.and_then(|offset| offset.parse().ok()), Some(last + 4), "{}", &store[..60]);
    }
}

/// A product of bf16 matrices of `m` by `k` and `k` by `n`, rounded to bf16.
fn product([m, n, k]: [i64; 3]) -> String {
    format!(
        "#map = affine_map<(i, j) -> (i, j)>
        func.func @main(%a: tensor<{m}x{k}xbf16>, %b: tensor<{k}x{n}xbf16>) -> tensor<{m}x{n}xbf16> {{
          %zero = arith.constant 0.0 : f32
          %empty = tensor.empty() : tensor<{m}x{n}xf32>
          %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<{m}x{n}xf32>) -> tensor<{m}x{n}xf32>
          %c = linalg.matmul ins(%a, %b : tensor<{m}x{k}xbf16>, tensor<{k}x{n}xbf16>)
                             outs(%init : tensor<{m}x{n}xf32>) -> tensor<{m}x{n}xf32>
          %out = tensor.empty() : tensor<{m}x{n}xbf16>
          %r = linalg.generic {{indexing_maps = [#map, #map], iterator_types = [\"parallel\", \"parallel\"]}}
                 ins(%c : tensor<{m}x{n}xf32>) outs(%out : tensor<{m}x{n}xbf16>) {{
          ^bb0(%x: f32, %old: bf16):
            %y = arith.truncf %x : f32 to bf16
            linalg.yield %y : bf16
          }} -> tensor<{m}x{n}xbf16>
          return %r : tensor<{m}x{n}xbf16>
        }}"
    )
}

#[test]
fn products_stream_through_blocks_that_stay() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for sizes in [[8192, 8192, 8192], [1000, 520, 328], [777, 1032, 600]] {
        let path = folder.path().join("product.mlir");
        std::fs::write(&path, product(sizes)).expect("the file is written");
        let kernels = check(&path, Stage::Input);
        let [kernel] = &kernels[..] else { panic!("{sizes:?}: {} kernels", kernels.len()) };
        assert!(kernel.launch.grid[0].to_string().contains("sm_count"), "{sizes:?}: {}", kernel.launch.grid[0]);
        assert!(kernel.ptx.contains("wgmma.wait_group.sync.aligned 1;"), "{sizes:?}: one group stays in flight");
        assert!(kernel.ptx.contains("cp.async.bulk.tensor.2d.global.shared"), "{sizes:?}: stores by the engine");
    }
}

/// Compiles two heads of `m` queries and `n` keys, with head dims `k` and `d`.
fn check_sizes((m, n, k, d): (i64, i64, i64, i64)) -> Vec<gpu::Kernel> {
    let template = include_str!("pass/fused/softmax.mlir");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = [("{M}", m), ("{N}", n), ("{K}", k), ("{D}", d)]
        .iter()
        .fold(template.to_string(), |text, (name, size)| text.replace(name, &size.to_string()));
    let path = folder.path().join(format!("{m}_{n}_{k}_{d}.mlir"));
    std::fs::write(&path, text).expect("the file is written");
    check(&path, Stage::Raise)
}

#[test]
fn any_head_dim_and_length_compiles() {
    let sizes = [
        (256, 256, 64, 64),
        (1000, 777, 128, 128),
        (300, 500, 256, 256),
        (200, 330, 80, 96),
        (64, 100, 12, 24),
        (129, 1, 1, 1),
        (200, 300, 576, 512),
        (1, 300, 100, 257),
    ];
    for sizes in sizes {
        assert_eq!(check_sizes(sizes).len(), 1, "{sizes:?}");
    }
}

/// Blocks of one warpgroup share a multiprocessor where there is room; wide keys leave room for one buffer of queries, in one loop
/// all the same.
#[test]
fn multiprocessors_are_shared_and_wide_heads_run_as_one_loop() {
    for (sizes, blocks, one_loop) in [
        ((49, 49, 32, 32), 3, 1),
        ((64, 64, 64, 64), 2, 1),
        ((64, 300, 256, 256), 1, 1),
        ((4096, 4096, 192, 128), 1, 1),
        ((4096, 4096, 256, 256), 1, 1),
    ] {
        let kernels = check_sizes(sizes);
        let grid = kernels[0].launch.grid[0].to_string();
        assert_eq!(fact(&kernels[0], "blocks_per_multiprocessor"), blocks, "{sizes:?}");
        assert_eq!(fact(&kernels[0], "one_loop"), one_loop, "{sizes:?}");
        assert_eq!(grid.contains("mul("), blocks > 1, "{sizes:?}: {grid}");
    }
}

/// A window and a few first keys: two ranges, whose tiles are tested. Rows of a tile are chosen for the keys that are left.
#[test]
fn rows_are_chosen_for_the_tiles_that_tests_leave() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (window, rows) in [("256", 64), ("4000", 192)] {
        let text = include_str!("pass/fused/mask_sinks.mlir")
            .replace("tensor<2x", "tensor<64x")
            .replace("x8xf32>", "x64xbf16>")
            .replace("x16xf32>", "x64xbf16>")
            .replace("i64: 2, {M}, {N}, 8, 16>", "i64: 64, {M}, {N}, 64, 64>")
            .replace("constant 10 :", &format!("constant {window} :"));
        let path = folder.path().join("sinks.mlir");
        std::fs::write(&path, text.replace("{M}", "4096").replace("{N}", "4096")).expect("the file is written");
        let kernels = check(&path, Stage::Raise);
        let kernel = kernels.iter().find(|kernel| kernel.symbol == "main_0").expect("the attention");
        assert_eq!(fact(kernel, "rows"), rows, "a window of {window}");
    }
}

/// Steps leave their maximum out where no result tells which one was subtracted; a warp that needs its scores again multiplies them.
#[test]
fn maxima_are_left_out_where_results_are_ratios() {
    for sizes in [(9000, 1024, 128, 128), (20000, 3001, 64, 64), (9000, 1024, 192, 128)] {
        let kernels = check_sizes(sizes);
        assert_eq!(fact(&kernels[0], "lazy_maxima"), 1, "{sizes:?}");
        assert!(kernels[0].ptx.contains("mma.sync.aligned.m16n8k16"), "{sizes:?}");
    }
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let kernels = check(&programs.join("with_lse_bf16.mlir"), Stage::Input);
    assert_eq!(fact(&kernels[0], "lazy_maxima"), 0, "a log-sum-exp adds the maximum");
}

#[test]
fn long_keys_of_few_tiles_are_split_and_combined_by_one_kernel() {
    // Two heads; 132 processors, and 512 keys or more for a part: 16 parts of 128 key tiles, and 13 of 128 beside 5 row tiles.
    for (sizes, tiles) in [((1, 8192, 64, 64), 32), ((5, 8192, 128, 256), 32), ((300, 16384, 128, 128), 130)] {
        let kernels = check_sizes(sizes);
        assert_eq!(kernels.len(), 2, "{sizes:?}");
        let grid = kernels[0].launch.grid[0].to_string();
        assert!(grid.contains(&tiles.to_string()), "{sizes:?}: {grid}");
        assert_eq!(kernels[1].launch.shared_memory, 0, "{sizes:?}");
    }
    // Every processor has a tile of its own.
    assert_eq!(check_sizes((9000, 16384, 64, 64)).len(), 1);
}

/// An attention over `q`, transposed `k`, `v` of `ty`, which is f32 or f64 in between.
fn attention(name: &str, [q, k, v]: [&str; 3], ty: &str) -> String {
    let wide = if ty == "bf16" { "f32" } else { ty };
    let (scores, sums) = (format!("tensor<2x128x128x{wide}>"), format!("tensor<2x128x64x{wide}>"));
    let (query, keys) = (format!("tensor<2x128x64x{ty}>"), format!("tensor<2x64x128x{ty}>"));
    let n = name;
    format!(
        "%{n}z = arith.constant 0.0 : {wide}\n%{n}se = tensor.empty() : {scores}\n\
         %{n}s0 = linalg.fill ins(%{n}z : {wide}) outs(%{n}se : {scores}) -> {scores}\n\
         %{n}s = linalg.batch_matmul ins({q}, {k} : {query}, {keys}) outs(%{n}s0 : {scores}) -> {scores}\n\
         %{n}p = linalg.softmax dimension(2) ins(%{n}s : {scores}) outs(%{n}se : {scores}) -> {scores}\n\
         %{n}oe = tensor.empty() : {sums}\n%{n}o0 = linalg.fill ins(%{n}z : {wide}) outs(%{n}oe : {sums}) -> {sums}\n\
         %{n} = linalg.batch_matmul ins(%{n}p, {v} : {scores}, {query}) outs(%{n}o0 : {sums}) -> {sums}\n"
    )
}

/// The matrix unit has no products of f64: that attention is left as separate kernels, and its neighbour is not.
#[test]
fn what_one_fused_op_cannot_do_leaves_only_that_one() {
    let ty = |shape: &str, element: &str| format!("tensor<{shape}x{element}>");
    let arguments = |names: [&str; 3], element: &str| {
        let shapes = ["2x128x64", "2x64x128", "2x128x64"];
        let each = names.iter().zip(shapes).map(|(name, shape)| format!("{name}: {}", ty(shape, element)));
        each.collect::<Vec<_>>().join(", ")
    };
    let (first, second) = (["%q", "%k", "%v"], ["%x", "%y", "%z"]);
    let text = format!(
        "func.func @main({}, {}) -> ({results}) {{\n{}{}return %first, %second : {results}\n}}",
        arguments(first, "bf16"),
        arguments(second, "f64"),
        attention("first", first, "bf16"),
        attention("second", second, "f64"),
        results = format!("{}, {}", ty("2x128x64", "f32"), ty("2x128x64", "f64"))
    );
    let session = Session::new();
    let module = session.parse("two.mlir", &text).expect("a program that parses");
    let outcome = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Ptx)).expect("it compiles");
    let on = |unit: Unit| outcome.kernels.iter().filter(move |kernel| kernel.launch.unit == Some(unit));
    let matrix: Vec<_> = on(Unit::Matrix).map(|kernel| kernel.symbol.as_str()).collect();
    assert_eq!(matrix, ["main_0"]);
    assert!(on(Unit::Points).count() > 1);
    assert!(on(Unit::Points).all(|kernel| kernel.launch.reason.contains("its operands are f64")));
    let left: Vec<_> = outcome.remarks.iter().filter(|remark| remark.message.starts_with("left as separate")).collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].location.starts_with("two.mlir:"), "{left:?}");
}

/// Values are a slice of one projection's result, and the result is written as the output projection reads it: neither is copied.
/// Which results may have the memory of which argument, and the kernel that copies it otherwise.
fn shared(text: &str) -> Vec<(String, String, String)> {
    let session = Session::new();
    let module = session.parse("cache.mlir", text).expect("a program that parses");
    let outcome = session.compile(module, &Request::new(Backend::Gpu).to(Stage::Distribute)).expect("it compiles");
    let manifest = gpu::read_manifest(&outcome.module).expect("a manifest");
    let shares = manifest.results.iter().filter_map(|result| Some((result.name.clone(), result.shares.clone()?)));
    let tensors = |kernel: usize| -> Vec<String> {
        let parameters = manifest.kernels[kernel].parameters.iter();
        parameters.map(|parameter| serde_json::to_value(parameter).expect("JSON")["tensor"].to_string()).collect()
    };
    shares.map(|(name, own)| (name, own.argument, tensors(own.kernel.expect("a kernel")).join(" "))).collect()
}

/// A part that overwrites an argument is a kernel of its own, and the copy before it is left out where both have one memory; not
/// where something reads what the argument held.
#[test]
fn caches_may_be_stored_to_where_nothing_reads_what_they_held() {
    for (name, pairs) in [
        ("static_cache_bf16", &[(1, 3), (2, 4)][..]),
        ("static_cache_index_copy", &[(1, 3), (2, 4)]),
        ("cache_index_put_bf16", &[(1, 2)]),
        ("scalar_position_bf16", &[(1, 1), (2, 2)]),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/reported/{name}.mlir"));
        let found = shared(&std::fs::read_to_string(path).expect("a program"));
        let expected = pairs.iter().map(|(result, argument)| {
            let (result, argument) = (format!("result{result}"), format!("arg{argument}"));
            let copies = format!("\"{argument}\" \"{result}\"");
            (result, argument, copies)
        });
        assert_eq!(found, expected.collect::<Vec<_>>(), "{name}");
    }
    let program = |part: &str, other: &str| {
        format!(
            "#m = affine_map<(i, j) -> (i, j)>
func.func @main(%cache: tensor<64x8xf32>, %row: tensor<2x8xf32>, %at: index) -> (tensor<64x8xf32>, tensor<64x8xf32>) {{
  %two = tensor.extract_slice %cache[5, 0] [2, 8] [1, 1] : tensor<64x8xf32> to tensor<2x8xf32>
  %new = tensor.insert_slice {part} into %cache[%at, 0] [2, 8] [3, 1] : tensor<2x8xf32> into tensor<64x8xf32>
  %e = tensor.empty() : tensor<64x8xf32>
  %twice = linalg.generic {{indexing_maps = [#m, #m], iterator_types = [\"parallel\", \"parallel\"]}} ins({other} : tensor<64x8xf32>) outs(%e : tensor<64x8xf32>) {{
  ^bb0(%x: f32, %out: f32):
    %y = arith.addf %x, %x : f32
    linalg.yield %y : f32
  }} -> tensor<64x8xf32>
  return %new, %twice : tensor<64x8xf32>, tensor<64x8xf32>
}}"
        )
    };
    assert_eq!(shared(&program("%row", "%new")).len(), 1);
    assert_eq!(shared(&program("%row", "%cache")), []);
    assert_eq!(shared(&program("%two", "%new")), []);
}

#[test]
fn heads_are_strides_of_tensor_maps() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/projected_bf16.mlir");
    let kernels = check(&path, Stage::Input);
    let attention = kernels.iter().find(|kernel| kernel.symbol == "main_0").expect("the fused kernel");
    let mut maps = vec![];
    for parameter in &attention.launch.parameters {
        if let Parameter::TensorMap(map) = parameter {
            maps.push((map.dims.clone(), map.strides.clone()));
        }
    }
    let numbers = |list: &[i64]| list.iter().map(|number| Expr::Int(*number)).collect::<Vec<_>>();
    let has = |dims: &[i64], strides: &[i64]| maps.contains(&(numbers(dims), numbers(strides)));
    assert!(has(&[512, 96], &[1024]), "values among queries and keys: {maps:?}");
    assert!(has(&[64, 2, 2, 96], &[128, 256, 512]), "a row of all heads per query: {maps:?}");
}
