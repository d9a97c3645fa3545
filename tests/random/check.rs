//! Running a program fused and unfused, and comparing.

use super::{
    emit,
    program::{Program, Weights, has_finite_mask},
    text::{Argument, Content},
};
use flashlight::{
    cpu,
    driver::{Request, Session},
    ffi,
    interp::{self, Array, Precision},
    remark::Kind,
    runtime::{DType, Tensor},
    stage::{Backend, Stage},
};
use melior::ir::Module;

/// What became of a program whose results are right.
pub struct Outcome {
    pub kernels: usize,
    /// Why candidates were refused.
    pub refusals: Vec<String>,
}

/// A number in [-1, 1) that depends on nothing but its position.
fn noise(argument: usize, position: usize) -> f64 {
    let mut x = (argument as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ (position as u64).wrapping_mul(0xD1B5_4A32_D192_ED03);
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^= x >> 32;
    (x >> 11) as f64 / (1u64 << 52) as f64 - 1.0
}

fn input(number: usize, (shape, content): &Argument) -> Tensor {
    let count: usize = shape.iter().product();
    let value = |position: usize| {
        let x = noise(number, position);
        match content {
            Content::Floats | Content::Bf16 | Content::F16 => 2.0 * x,
            Content::Factor => 1.0 + 0.5 * x,
            Content::Shorts => (32768.0 * x).floor(),
            Content::Ints => (2147483648.0 * x).floor(),
            Content::Bytes => (20.0 * x).round(),
            Content::DeadFloats if x > 0.4 => f64::NEG_INFINITY,
            Content::WildFloats if x > 0.96 => f64::NAN,
            Content::WildFloats if x > 0.9 => f64::INFINITY,
            Content::WildFloats if x > 0.7 => f64::NEG_INFINITY,
            Content::DeadFloats | Content::WildFloats => 2.0 * x,
            Content::Groups { sorted: false } => (2.0 * x).round(),
            Content::Groups { sorted: true } => (position * 4 / count) as f64,
            Content::UpTo(most) => ((x + 1.0) / 2.0 * (*most as f64 + 1.0)).floor(),
            Content::Bools => f64::from(u8::from(x > -0.3)),
        }
    };
    let dtype = match content {
        Content::Floats | Content::Factor | Content::DeadFloats | Content::WildFloats => DType::F32,
        Content::Bf16 => DType::BF16,
        Content::F16 => DType::F16,
        Content::Shorts => DType::I16,
        Content::Ints => DType::I32,
        Content::Bytes => DType::I8,
        Content::Groups { .. } | Content::UpTo(_) => DType::I64,
        Content::Bools => DType::Bool,
    };
    let values: Vec<f64> = (0..count).map(value).collect();
    Tensor::from_f64(dtype, shape, &values).expect("a tensor")
}

/// Where two runs first differ, if they do: non-finite numbers must be the same.
fn difference(expected: &[f64], found: &[f64], tolerance: f64) -> Option<String> {
    let top = expected.iter().copied().filter(|x| x.abs() < 1e38).fold(1.0f64, |top, x| top.max(x.abs()));
    if expected.len() != found.len() {
        return Some(format!("{} elements, not {}", found.len(), expected.len()));
    }
    let single = |x: f64| if x.abs() > f64::from(f32::MAX) { x.signum() * f64::INFINITY } else { x };
    let same = |expected: f64, found: f64| match expected.is_finite() {
        // Statistics of rows that a number near the largest f32 fills: their scale is lost.
        true if expected.abs() > 1e38 => found * expected.signum() > 1e38,
        true => (expected - found).abs() <= tolerance * top,
        false => expected.is_nan() && found.is_nan() || expected == found,
    };
    // What the source has past the largest f32 may be that or infinite.
    let large =
        |expected: f64, found: f64| expected.is_finite() && expected.abs() > 1e38 && found * expected.signum() > 1e38;
    let differs = |expected: f64, found: f64| !large(expected, found) && !same(single(expected), single(found));
    let at = expected.iter().zip(found).position(|(expected, found)| differs(*expected, *found))?;
    Some(format!("position {at}: {}, not {}", found[at], expected[at]))
}

fn floats(array: &Array) -> Vec<f64> {
    array.data.iter().map(|word| word.to_float()).collect()
}

fn compare(truth: &[Array], found: &[Vec<f64>], tolerance: f64, how: &str) -> Result<(), String> {
    for (number, (truth, found)) in truth.iter().zip(found).enumerate() {
        if let Some(difference) = difference(&floats(truth), found, tolerance) {
            return Err(format!("result {number}, {how}: {difference}"));
        }
    }
    Ok(())
}

fn interpret(module: &Module<'_>, arguments: &[Tensor], precision: Precision) -> Result<Vec<Array>, String> {
    interp::run(module, "main", arguments, precision)
}

/// Checks a program at stage `tile` by the interpreter and, if asked, compiled to machine code.
pub fn check(session: &Session, program: &Program, natively: bool) -> Result<Outcome, String> {
    let (text, arguments) = emit::text(program);
    let with_text = |error: String| format!("{error}\n{text}");
    let arguments: Vec<_> = arguments.iter().enumerate().map(|(number, argument)| input(number, argument)).collect();
    let module = session.parse("random.mlir", &text).map_err(|error| with_text(error.to_string()))?;
    let truth =
        interpret(&module, &arguments, Precision::Wide).map_err(|error| with_text(format!("unfused: {error}")))?;
    let request = Request::new(Backend::Cpu).to(Stage::Tile);
    let compiled = session.compile(ffi::clone_module(&module), &request);
    let mut outcome = compiled.map_err(|error| with_text(error.to_string()))?;
    let fused = interpret(&outcome.module, &arguments, Precision::Wide);
    let fused = fused.map_err(|error| with_text(format!("fused: {error}")))?;
    // A large mask value leaves few digits to what is added to it.
    let rough = program.scores.iter().any(|scores| has_finite_mask(&scores.steps));
    let tolerance = if rough { 1e-4 } else { 2e-6 };
    compare(&truth, &fused.iter().map(floats).collect::<Vec<_>>(), tolerance, "as tiles").map_err(with_text)?;
    let kernels = outcome.text().matches("flashlight.kernel").count();
    let refusals = outcome.remarks.iter().filter(|remark| remark.kind == Kind::Missed && remark.pass == "raise");
    let refusals = refusals.map(|remark| remark.message.clone()).collect();
    if natively {
        let kernel = cpu::compile(&mut outcome.module, "main", &cpu::Options { optimization: 1 });
        let kernel = kernel.map_err(|error| with_text(error.to_string()))?;
        let results =
            kernel.run(&arguments.iter().collect::<Vec<_>>()).map_err(|error| with_text(error.to_string()))?;
        let results: Vec<_> = results.iter().map(Tensor::to_f64).collect();
        // Where rounding is what decides, the program as typed is the truth: large mask values, exponentials that vanish,
        // operands that are rounded on their way.
        let rounds = program.projected && program.stored.half().is_some();
        let single = rough || rounds || !program.weights.is_shifted();
        let truth = if single { interpret(&module, &arguments, Precision::Typed).map_err(with_text)? } else { truth };
        let halves = program.stored.half().is_some() || program.row_result.is_some() || program.rounds();
        let tolerance = if program.weights == Weights::Halves {
            6e-2
        } else if halves {
            2e-2
        } else {
            4e-4
        };
        compare(&truth, &results, tolerance, "as machine code").map_err(with_text)?;
    }
    Ok(Outcome { kernels, refusals })
}
