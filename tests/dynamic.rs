//! Programs whose sizes are only known at run time: each is compiled once and run at many sizes, and its own unfused
//! lowering is the truth.
//!
//! What the programs compute is checked in f32, so that one key more or less shows; the sizes in the first line of a
//! program are given numbers here.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session, stage_pipeline},
    pass::pipeline,
    runtime::{DType, Tensor},
    stage::{Backend, Stage},
};
use std::{collections::HashMap, path::Path};

/// The program computed in f32: rounding casts between f32 and f32 are no casts.
fn in_f32(text: &str) -> String {
    let text = text.replace("bf16", "f32").replace("dense<0xFF80>", "dense<0xFF800000>");
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

/// The program through these stages to machine code, and how many kernels it became.
fn compile(text: &str, stages: &[Stage]) -> (cpu::CpuKernel, usize) {
    let session = Session::new();
    let mut module = session.parse("program.mlir", text).expect("a program that parses");
    for stage in stages {
        let passes = stage_pipeline(*stage, &Request::new(Backend::Cpu));
        pipeline::run(&module, &passes).expect("a stage that runs");
    }
    let kernels = module.as_operation().to_string().matches("scf.forall (").count();
    (cpu::compile(&mut module, "main", &cpu::Options { optimization: 1 }).expect("machine code"), kernels)
}

const FUSED: [Stage; 4] = [Stage::Normalize, Stage::Raise, Stage::Bound, Stage::Tile];

/// Compiles a program once, fused and not, and compares the two at these (queries, keys).
fn check(program: &Path, lengths: &[(usize, usize)]) {
    let text = in_f32(&std::fs::read_to_string(program).expect("a program"));
    let (fused, kernels) = compile(&text, &FUSED);
    assert_eq!(kernels, 1, "{program:?}");
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
fn long_ones_are_right_too() {
    for name in ["causal", "vanilla"] {
        check(Path::new(&format!("tests/dynamic/{name}.mlir")), &[(1000, 1000), (4097, 4100)]);
    }
}
