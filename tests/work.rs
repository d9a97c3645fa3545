//! Operations of fused ops, counted for programs of the corpus.

use flashlight::{
    driver::{Request, Session},
    ffi, ir,
    runtime::{DType, Tensor},
    stage::{Backend, Stage},
    work::{self, Work},
};

fn count(file: &str, arguments: &[Tensor]) -> Work {
    let session = Session::new();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(file);
    let module = session.parse_file(&path).unwrap();
    let outcome = session.compile(module, &Request::new(Backend::Cpu).to(Stage::Bound)).unwrap();
    let module = ffi::op(&outcome.module.as_operation());
    let function = ir::ops(ir::body(module, 0).unwrap()).into_iter().find(|op| ir::name(*op) == "func.func");
    work::of(function.unwrap(), arguments).unwrap()
}

fn qkv() -> Vec<Tensor> {
    (0..3).map(|_| Tensor::zeros(DType::BF16, &[1, 2, 256, 64]).unwrap()).collect()
}

/// 4·B·H·S²·D, and the live pairs of a mask counted by hand.
#[test]
fn flops_of_live_scores() {
    let dense = 4.0 * 2.0 * 256.0 * 256.0 * 64.0;
    assert_eq!(count("vanilla_bf16.mlir", &qkv()), Work { flops: dense, live: 1.0 });
    let causal = count("causal_bf16.mlir", &qkv());
    assert!((causal.live - 0.5 * 257.0 / 256.0).abs() < 2e-3, "{causal:?}");
    assert!((causal.flops / dense - causal.live).abs() < 1e-12);
    // A window of 64 keys before the query's, over 256 rows.
    let pairs: i64 = (0..256).map(|row: i64| row.min(64) + 1).sum();
    let sliding = count("sliding_bf16.mlir", &qkv());
    assert!((sliding.live - pairs as f64 / 65536.0).abs() < 5e-3, "{sliding:?}");
}

#[test]
fn masks_that_read_an_argument() {
    let mut arguments = qkv();
    let ids: Vec<_> = (0..256).map(|row| f64::from(row / 128)).collect();
    arguments.push(Tensor::from_f64(DType::I64, &[1, 256], &ids).unwrap());
    let packed = count("document_bf16.mlir", &arguments);
    assert!((packed.live - 0.25 * 129.0 / 128.0).abs() < 2e-3, "{packed:?}");
}
