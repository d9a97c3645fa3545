//! Property: a fused program computes what its unfused lowering computes.
//!
//! `FLASHLIGHT_RANDOM_PROGRAMS` sets how many programs are tried (40 by default), and
//! `FLASHLIGHT_RANDOM_SEED` where the sequence starts.

#[path = "random/program.rs"]
mod program;

use flashlight::{
    cpu,
    driver::{Request, Session},
    runtime::{DType, Tensor},
    stage::{Backend, Stage},
};
use program::Program;
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A number in [-1, 1) that depends on nothing but its position.
fn noise(argument: usize, position: usize) -> f64 {
    let mut x = (argument as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ (position as u64).wrapping_mul(0xD1B5_4A32_D192_ED03);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^= x >> 32;
    (x >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}

fn inputs(arguments: &[(Vec<usize>, bool)]) -> Vec<Tensor> {
    let make = |(index, (shape, integer)): (usize, &(Vec<usize>, bool))| {
        let count = shape.iter().product();
        let values: Vec<f64> = (0..count)
            .map(
                |position| if *integer { (noise(index, position) * 2.0).round() } else { 2.0 * noise(index, position) },
            )
            .collect();
        let dtype = if *integer { DType::I64 } else { DType::F32 };
        Tensor::from_f64(dtype, shape, &values).expect("a tensor")
    };
    arguments.iter().enumerate().map(make).collect()
}

/// Runs the program, fused or not; returns its result and how many kernels it became.
fn run(text: &str, arguments: &[Tensor], to: Stage) -> Result<(Vec<f64>, usize), String> {
    let session = Session::new();
    let module = session.parse("random.mlir", text).map_err(|error| error.to_string())?;
    let mut outcome = session.compile(module, &Request::new(Backend::Cpu).to(to)).map_err(|error| error.to_string())?;
    let kernels = outcome.text().matches("scf.forall (").count();
    let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options { optimization: 1 })
        .map_err(|error| error.to_string())?;
    let results = kernel.run(&arguments.iter().collect::<Vec<_>>()).map_err(|error| error.to_string())?;
    Ok((results[0].to_f64(), kernels))
}

fn check(program: &Program) -> Result<bool, String> {
    let (text, arguments) = program.text();
    let arguments = inputs(&arguments);
    let (expected, _) = run(&text, &arguments, Stage::Input).map_err(|error| format!("unfused: {error}"))?;
    let (found, kernels) = run(&text, &arguments, Stage::Tile).map_err(|error| format!("fused: {error}"))?;
    let top = expected.iter().copied().filter(|x| x.is_finite()).fold(1.0f64, |top, x| top.max(x.abs()));
    for (position, (expected, found)) in expected.iter().zip(&found).enumerate() {
        let same = if expected.is_finite() {
            (expected - found).abs() <= 2e-4 * top
        } else {
            expected.is_nan() == found.is_nan() && (expected.is_nan() || expected == found)
        };
        if !same {
            return Err(format!("position {position}: {found}, not {expected}\n{text}"));
        }
    }
    Ok(kernels > 0)
}

#[test]
fn fused_is_unfused() {
    let number =
        |name: &str, default: u32| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let cases = number("FLASHLIGHT_RANDOM_PROGRAMS", 40);
    let mut seed = [7u8; 32];
    seed[..4].copy_from_slice(&number("FLASHLIGHT_RANDOM_SEED", 0).to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let fused = std::cell::Cell::new(0u32);
    let outcome = runner.run(&Program::any(), |program| {
        let result = catch_unwind(AssertUnwindSafe(|| check(&program)));
        match result {
            Ok(Ok(was_fused)) => {
                fused.set(fused.get() + u32::from(was_fused));
                Ok(())
            }
            Ok(Err(message)) => Err(TestCaseError::fail(message)),
            Err(_) => Err(TestCaseError::fail("a panic")),
        }
    });
    if let Err(TestError::Fail(reason, program)) = outcome {
        panic!("{program:?}\n{reason}");
    }
    assert!(fused.get() * 10 >= cases * 6, "only {} of {cases} programs were fused", fused.get());
}
