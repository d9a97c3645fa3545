//! Times compiled functions on the CPU: `cpu_speed [--stage tile|input] [--repeat N] [--threads N] [--dump DIR] [--object FILE.o] FILE...`
//!
//! With `--object` the object file is written instead. Otherwise each file's `main` is compiled and called on pseudo-random arguments; one JSON line per file gives the
//! compile time and the time of every call, in seconds. `benches/cpu_peers.py` drives it through standard
//! input: with `--serve` it waits for a line before each call, so that calls of two programs interleave.

use flashlight::{
    cli::front::functions,
    cpu::{self, pool},
    driver::{Request, Session},
    ffi,
    runtime::{Tensor, TensorSpec},
    shape::Sizes,
    stage::{Backend, Stage},
};
use std::{
    error::Error,
    io::BufRead,
    path::Path,
    time::{Duration, Instant},
};

struct Settings {
    stage: Stage,
    repeat: usize,
    threads: usize,
    serve: bool,
    dump: Option<std::path::PathBuf>,
    object: Option<std::path::PathBuf>,
    files: Vec<String>,
}

fn settings() -> Result<Settings, Box<dyn Error>> {
    let mut settings = Settings {
        stage: Stage::Input,
        repeat: 5,
        threads: usize::MAX,
        serve: false,
        dump: None,
        object: None,
        files: vec![],
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--stage" => settings.stage = value()?.parse()?,
            "--repeat" => settings.repeat = value()?.parse()?,
            "--threads" => settings.threads = value()?.parse()?,
            "--serve" => settings.serve = true,
            "--dump" => settings.dump = Some(value()?.into()),
            "--object" => settings.object = Some(value()?.into()),
            "--bench" => {}
            file => settings.files.push(file.into()),
        }
    }
    Ok(settings)
}

fn argument(spec: &TensorSpec, seed: u64) -> Result<Tensor, Box<dyn Error>> {
    let shape: Vec<usize> = spec.shape.iter().map(|size| size.unwrap_or(1)).collect();
    Ok(Tensor::random(spec.dtype, &shape, seed)?)
}

fn time(kernel: &cpu::CpuKernel, inputs: &[&Tensor], threads: usize) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    pool::with_threads(threads, || kernel.run(inputs))?;
    Ok(start.elapsed())
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = settings()?;
    let mut lines = std::io::stdin().lock().lines();
    for file in &settings.files {
        let session = Session::new();
        let start = Instant::now();
        let module = session.parse_file(Path::new(file))?;
        let signature = cpu::Signature::of(&module, "main")?;
        let functions = functions(ffi::op(&module.as_operation()));
        let main = functions.into_iter().find(|(name, _)| *name == "main").ok_or("no function 'main'")?.1;
        let sizes = Sizes::of(main);
        let mut request = Request::new(Backend::Cpu);
        request.from = settings.stage;
        request.dump.clone_from(&settings.dump);
        let outcome = session.compile(module, &request)?;
        let passes = start.elapsed();
        if let Some(path) = &settings.object {
            let target = cpu::native::Target { cpu: "native".into(), optimization: 3 };
            std::fs::write(
                path,
                cpu::aot::compile(&outcome.module, &signature, &sizes.results, "flashlight_main", &target)?.object,
            )?;
            continue;
        }
        let kernel = cpu::load(&outcome.module, signature, &cpu::Options::default())?;
        let compile = start.elapsed();
        let inputs: Vec<Tensor> = kernel
            .signature()
            .arguments
            .iter()
            .enumerate()
            .map(|(index, spec)| argument(spec, index as u64 + 1))
            .collect::<Result<_, _>>()?;
        let inputs: Vec<&Tensor> = inputs.iter().collect();
        time(&kernel, &inputs, settings.threads)?;
        let mut seconds = vec![];
        if settings.serve {
            println!("{{\"ready\": {:?}}}", compile.as_secs_f64());
            while seconds.len() < settings.repeat && lines.next().transpose()?.is_some() {
                time(&kernel, &inputs, settings.threads)?;
                seconds.push(time(&kernel, &inputs, settings.threads)?.as_secs_f64());
                println!("{{\"seconds\": {:?}}}", seconds[seconds.len() - 1]);
            }
        } else {
            for _ in 0..settings.repeat {
                seconds.push(time(&kernel, &inputs, settings.threads)?.as_secs_f64());
            }
            println!(
                "{{\"file\": {file:?}, \"passes\": {:?}, \"compile\": {:?}, \"seconds\": {seconds:?}}}",
                passes.as_secs_f64(),
                compile.as_secs_f64()
            );
        }
    }
    Ok(())
}
