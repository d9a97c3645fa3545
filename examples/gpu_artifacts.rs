//! Compiles files for sm_90a and writes each one's artifact folder: `gpu_artifacts FROM_STAGE OUT_DIR FILE...`.
//! With DUMP=1 in the environment the IR after every stage is written there too.

use flashlight::{
    driver::{Request, Session},
    gpu,
    runtime::manifest::FILE_NAME,
    stage::{Backend, Stage},
};
use std::{error::Error, fs, path::Path, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, out, files @ ..] = arguments.as_slice() else { return Err("usage: FROM_STAGE OUT_DIR FILE...".into()) };
    let from: Stage = from.parse()?;
    let mut failed = 0;
    for file in files {
        let start = Instant::now();
        let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match compile(Path::new(file), from, &Path::new(out).join(&name)) {
            Ok(text) => println!("{name:24} {:5} ms  {text}", start.elapsed().as_millis()),
            Err(error) => {
                failed += 1;
                println!("{name:24} FAILED {error}");
            }
        }
    }
    if failed == 0 { Ok(()) } else { Err(format!("{failed} failed").into()) }
}

fn compile(file: &Path, from: Stage, out: &Path) -> Result<String, Box<dyn Error>> {
    let session = Session::new();
    let module = session.parse_file(file)?;
    let mut request = Request::new(Backend::Gpu);
    request.from = from;
    request.dump = std::env::var_os("DUMP").map(|_| out.to_path_buf());
    fs::create_dir_all(out)?;
    let outcome = session.compile(module, &request)?;
    let mut manifest = gpu::read_manifest(&outcome.module)?;
    manifest.kernels = outcome.kernels.iter().map(|kernel| kernel.launch.clone()).collect();
    for (name, bytes) in gpu::constants(&outcome.module, &manifest)? {
        fs::write(out.join(name), bytes)?;
    }
    let mut facts = String::new();
    for kernel in &outcome.kernels {
        fs::write(out.join(&kernel.launch.cubin), &kernel.cubin)?;
        let report = &kernel.report;
        facts += &format!(
            "{} regs {} spills {} smem {} {}; ",
            kernel.symbol,
            report.registers,
            report.spills,
            kernel.launch.shared_memory,
            serde_json::to_string(&kernel.launch.schedule)?
        );
        for line in &report.warnings {
            facts += &format!("[{line}]");
        }
    }
    fs::write(out.join(FILE_NAME), serde_json::to_string_pretty(&manifest)?)?;
    for (stage, time) in &outcome.timings {
        facts += &format!("{stage} {} ms ", time.as_millis());
    }
    Ok(facts)
}
