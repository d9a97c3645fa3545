//! Loops that the host runs on a GPU: they mean what their source means, and the manifest says how to run them.

mod support;

use flashlight::{
    cpu,
    driver::{Request, Session},
    ffi, gpu,
    interp::{self, Precision},
    runtime::{
        DType, Manifest, RuntimeError, Scope, Tensor,
        manifest::Buffer,
        steps::{Action, Machine, Step},
    },
    stage::{Backend, Stage},
};
use std::{collections::BTreeMap, path::Path};
use support::{in_parallel, programs_of};

/// The numbers that stand in for the integers of a program: each is a run of its own.
fn numbers(program: &str) -> Vec<Vec<i64>> {
    match program {
        "stacked_layers" => vec![vec![0], vec![1], vec![5], vec![-2]],
        "keys_up_to_a_length" => vec![vec![1], vec![64], vec![96], vec![0]],
        "nested" => vec![vec![0, 2], vec![1, 4], vec![3, 3]],
        "decoding" => vec![vec![7, 3], vec![0, 1], vec![62, 2], vec![5, 0]],
        _ => vec![vec![]],
    }
}

/// Arguments of a program: small numbers that differ, and the given integers in order.
fn arguments(signature: &cpu::Signature, integers: &[i64]) -> Vec<Tensor> {
    let mut integers = integers.iter().map(|number| *number as f64);
    let arguments = signature.arguments.iter().enumerate().map(|(number, spec)| {
        let shape: Vec<usize> = spec.shape.iter().map(|size| size.unwrap_or(3)).collect();
        let count = shape.iter().product::<usize>();
        let values: Vec<f64> = match spec.dtype {
            DType::I64 | DType::I32 => (0..count).map(|_| integers.next().expect("an integer")).collect(),
            _ if count == 1 => vec![0.02],
            _ => (0..count).map(|at| ((at * 37 + number * 11) % 23) as f64 / 16.0 - 0.7).collect(),
        };
        Tensor::from_f64(spec.dtype, &shape, &values).expect("a tensor")
    });
    arguments.collect()
}

fn floats(results: &[interp::Array], signature: &cpu::Signature) -> Vec<Vec<f64>> {
    let each = results.iter().zip(&signature.results).map(|(result, spec)| {
        let whole = matches!(spec.dtype, DType::I64 | DType::I32);
        result.data.iter().map(|word| if whole { word.to_int() as f64 } else { word.to_float() }).collect()
    });
    each.collect()
}

#[test]
fn loops_mean_what_their_source_means() {
    in_parallel(&programs_of("tests/gpu/loops"), |path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let session = Session::new();
        let source = session.parse_file(path).expect("a program");
        let signature = cpu::Signature::of(&source, "main").expect("a signature");
        let tiles = |backend| {
            let request = Request::new(backend).to(Stage::Tile);
            session.compile(ffi::clone_module(&source), &request).expect("it tiles").module
        };
        let (gpu, mut cpu) = (tiles(Backend::Gpu), tiles(Backend::Cpu));
        assert!(gpu.as_operation().to_string().contains("call @main_loop0") || name == "keys_up_to_a_length", "{name}");
        let kernel = cpu::compile(&mut cpu, "main", &cpu::Options::default()).expect("it compiles");
        for integers in numbers(&name) {
            let arguments = arguments(&signature, &integers);
            let truth = interp::run(&source, "main", &arguments, Precision::Wide).expect("the source runs");
            let found = interp::run(&gpu, "main", &arguments, Precision::Wide).expect("the tiles run");
            let machine = kernel.run(&arguments.iter().collect::<Vec<_>>()).expect("machine code runs");
            let machine: Vec<_> = machine.iter().map(Tensor::to_f64).collect();
            for (how, found) in [("tiles", floats(&found, &signature)), ("machine code", machine)] {
                for (truth, found) in floats(&truth, &signature).iter().zip(&found) {
                    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 2e-3 || a.is_nan() && b.is_nan();
                    assert!(truth.iter().zip(found).all(near), "{name} {integers:?} as {how}:\n{truth:?}\n{found:?}");
                }
            }
        }
    });
}

/// The manifest of a program, with its kernels by name.
fn manifest(path: &Path) -> Manifest {
    let session = Session::new();
    let module = session.parse_file(path).expect("a program");
    let outcome =
        session.compile(module, &Request::new(Backend::Gpu)).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut manifest = gpu::read_manifest(&outcome.module).expect("a manifest");
    assert_eq!(manifest.kernels.len(), outcome.kernels.len());
    manifest.kernels = outcome.kernels.iter().map(|kernel| kernel.launch.clone()).collect();
    for kernel in &outcome.kernels {
        assert_eq!(kernel.report.fault(), None, "{path:?}");
    }
    manifest
}

/// Steps as lines, those that are repeated further in.
fn lines(manifest: &Manifest, steps: &[Step]) -> Vec<String> {
    let inner = |steps: &[Step]| lines(manifest, steps).into_iter().map(|line| format!("  {line}"));
    let each = steps.iter().map(|step| match step {
        Step::Launch(kernel) => vec![format!("launch {}", manifest.kernels[*kernel].symbol)],
        Step::Other(Action::Read(read)) => vec![format!("{} = {}[{}]", read.name, read.tensor, read.element)],
        Step::Other(Action::Swap([a, b])) => vec![format!("swap {a}, {b}")],
        Step::Other(Action::Loop(own)) => {
            let times = own.times.as_ref().map(|times| format!(" {times} times")).unwrap_or_default();
            let index = own.index.as_ref().map(|index| format!(" by {index}")).unwrap_or_default();
            let condition = own.condition.as_ref().map(|condition| format!("while {condition}"));
            let first = std::iter::once(format!("loop{times}{index}"));
            first.chain(inner(&own.test)).chain(condition).chain(inner(&own.steps)).collect()
        }
    });
    each.flatten().collect()
}

#[test]
fn the_manifest_says_how_to_run_loops() {
    let programs = programs_of("tests/gpu/loops");
    let texts = in_parallel(&programs, |path| {
        let manifest = manifest(path);
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        format!("{name}\n{}\n", lines(&manifest, &manifest.steps).join("\n"))
    });
    insta::assert_snapshot!(texts.join("\n"));
}

/// A machine that notes what it is told to do; tensors of conditions and numbers hold what is given for them, one after the other.
#[derive(Default)]
struct Noted {
    told: Vec<String>,
    numbers: BTreeMap<String, Vec<i64>>,
}

impl Machine for Noted {
    fn launch(&mut self, kernel: usize, _: &Scope) -> Result<(), RuntimeError> {
        self.told.push(format!("{kernel}"));
        Ok(())
    }

    fn read(&mut self, tensor: &str, _: usize, _: DType) -> Result<i64, RuntimeError> {
        Ok(self.numbers.get_mut(tensor).expect("a number").remove(0))
    }

    fn swap(&mut self, [a, b]: &[String; 2]) -> Result<(), RuntimeError> {
        self.told.push(format!("{a}/{b}"));
        Ok(())
    }

    fn allocate(&mut self, buffer: &Buffer, shape: &[usize], _: &Scope) -> Result<(), RuntimeError> {
        self.told.push(format!("{}: {shape:?}", buffer.name));
        Ok(())
    }
}

/// What a manifest's steps tell a machine to do.
fn told(steps: &str, numbers: &[(&str, &[i64])]) -> String {
    let kernel = r#"{"symbol": "k", "cubin": "k.cubin", "target": "sm_90a", "grid": [1, 1, 1], "block": [32, 1, 1],
        "shared_memory": 0, "registers": 1, "spills": 0, "parameters": []}"#;
    let text = format!(
        r#"{{"version": 4, "target": "sm_90a", "source_hash": "", "entry": "main",
        "arguments": [{{"name": "arg0", "dtype": "i64", "shape": [null]}}, {{"name": "arg1", "dtype": "f32", "shape": []}}], "results": [],
        "temporaries": [{{"name": "a", "dtype": "f32", "shape": [4]}}, {{"name": "b", "dtype": "f32", "shape": [4]}},
            {{"name": "c", "dtype": "bool", "shape": []}}, {{"name": "d", "dtype": "f32", "shape": ["mul(2,n)"]}}],
        "kernels": [{kernel}, {kernel}, {kernel}], "steps": {steps}, "unfused_ops": 0}}"#
    );
    let manifest = match Manifest::parse(&text) {
        Ok(manifest) => manifest,
        Err(reason) => return reason,
    };
    let mut machine = Noted::default();
    machine.numbers.extend(numbers.iter().map(|(name, values)| ((*name).to_owned(), values.to_vec())));
    let mut scope = Scope::default();
    scope.shape("arg0", &[3]);
    match manifest.execute(&mut scope, &mut machine) {
        Ok(()) => machine.told.join(" "),
        Err(error) => error.to_string(),
    }
}

#[test]
fn steps_are_run_in_order_and_as_often_as_they_say() {
    let counted = r#"[0, {"loop": {"index": "i", "times": "arg0.0", "steps": [1, {"swap": ["a", "b"]}]}}, 2]"#;
    assert_eq!(told(counted, &[]), "0 1 a/b 1 a/b 1 a/b 2");
    let none = r#"[0, {"loop": {"times": "sub(arg0.0,5)", "steps": [1]}}, 2]"#;
    assert_eq!(told(none, &[]), "0 2");
    let conditional = r#"[{"loop": {"test": [0], "condition": "c", "steps": [1, {"swap": ["b", "a"]}]}}, 2]"#;
    assert_eq!(told(conditional, &[("c", &[1, 1, 0])]), "0 1 b/a 0 1 b/a 0 2");
    // Memory follows sizes, and stays where they do.
    let sized =
        r#"[{"loop": {"times": 3, "steps": [{"read": {"tensor": "arg0", "element": 1, "name": "n"}}, 0]}}, 1, 2]"#;
    assert_eq!(told(sized, &[("arg0", &[4, 4, 5])]), "d: [8] 0 0 d: [10] 0 1 2");
    assert_eq!(told(sized, &[("arg0", &[-1])]), "shape expression 'mul(2,n)': is negative: -2");
}

#[test]
fn steps_that_mean_nothing_are_refused() {
    let cases = [
        "[0, 1, 3]",
        "[0, 1]",
        r#"[0, 1, 2, {"swap": ["a", "c"]}]"#,
        r#"[0, 1, 2, {"swap": ["a", "arg0"]}]"#,
        r#"[0, 1, 2, {"read": {"tensor": "arg1", "name": "n"}}]"#,
        r#"[0, 1, 2, {"read": {"tensor": "e", "name": "n"}}]"#,
        r#"[0, 1, {"loop": {"steps": [2]}}]"#,
        r#"[0, 1, {"loop": {"condition": "a", "steps": [2]}}]"#,
        r#"[0, 1, 2, {"jump": 0}]"#,
    ];
    insta::assert_snapshot!(cases.map(|case| told(case, &[])).join("\n"));
}
