//! GPU kernels without a GPU: everything compiles to cubins that neither spill nor serialize their matrix
//! instructions, and the manifest says how to launch them. `benches/gpu_correctness.py` runs them on one.

use flashlight::{
    driver::{Request, Session},
    gpu,
    runtime::{Expr, manifest::Parameter},
    stage::{Backend, Stage},
};
use std::path::{Path, PathBuf};

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

fn check(path: &Path, from: Stage) {
    let name = path.display();
    let kernels = compile(path, from).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(kernels.len(), 1, "{name}: one kernel");
    for kernel in kernels {
        assert_eq!(kernel.report.fault(), None, "{name}");
        assert_eq!(kernel.report.stack, 0, "{name}: no stack frame");
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
}

/// Programs that have no GPU kernel: nothing was fused, or an op outside every kernel makes an operand.
const REFUSED: [&str; 6] = [
    "chain_bf16",
    "relative_table_bf16",
    "returns_map_bf16",
    "rotary_bf16",
    "softmax_over_queries_bf16",
    "tanh_scale_bf16",
];

#[test]
fn the_16_bit_corpus_becomes_one_kernel_each() {
    let corpus = files("tests/corpus", |name| name.contains("bf16") || name.contains("f16"));
    assert!(corpus.len() >= 17);
    for path in corpus {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if REFUSED.contains(&name.as_str()) {
            let error = compile(&path, Stage::Input).expect_err("a program without a GPU kernel");
            assert!(error.contains("not supported") || error.contains("no GPU kernel"), "{name}: {error}");
        } else {
            check(&path, Stage::Input);
        }
    }
}

#[test]
fn nests_without_attention_compile() {
    for path in files("tests/gpu", |_| true) {
        check(&path, Stage::Tile);
    }
}

#[test]
fn any_head_dim_and_length_compiles() {
    let template = include_str!("pass/fused/softmax.mlir");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sizes = [
        (256, 256, 64, 64),
        (1000, 777, 128, 128),
        (300, 500, 256, 256),
        (200, 330, 80, 96),
        (64, 100, 12, 24),
        (129, 1, 1, 1),
    ];
    for (m, n, k, d) in sizes {
        let text = [("{M}", m), ("{N}", n), ("{K}", k), ("{D}", d)]
            .iter()
            .fold(template.to_string(), |text, (name, size)| text.replace(name, &size.to_string()));
        let path = folder.path().join(format!("{m}_{n}_{k}_{d}.mlir"));
        std::fs::write(&path, text).expect("the file is written");
        check(&path, Stage::Raise);
    }
}

#[test]
fn operands_of_32_bits_are_refused_at_their_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/vanilla_f32.mlir");
    let error = compile(&path, Stage::Input).expect_err("f32 operands are refused");
    assert!(error.contains("vanilla_f32.mlir:") && error.contains("f32 operands (bf16 or f16)"), "{error}");
}
