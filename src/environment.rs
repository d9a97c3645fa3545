//! The environment variables that are read, by the tools, the library and the Python package: what `--help-env` prints.

/// A variable: its name and what it does.
pub const VARIABLES: &[(&str, &str)] = &[
    ("FLASHLIGHT_ALLOW_SPILLS", "set: a GPU kernel that spills registers is no error (for experiments)"),
    ("FLASHLIGHT_CACHE_DIR", "where the Python package keeps artifacts (~/.cache/flashlight; empty: nowhere)"),
    ("FLASHLIGHT_CPU", "the processor that code in this process is made for, as LLVM names it (this machine's)"),
    ("FLASHLIGHT_ISA", "the instruction set of pipelines/cpu-vector.toml to use (this machine's)"),
    ("FLASHLIGHT_PTXAS", "the assembler of GPU code (else it is looked for: PATH, CUDA's folders, Python's wheels)"),
    ("FLASHLIGHT_SCHEDULE_CPU", "a file in the place of pipelines/cpu.toml (for experiments)"),
    ("FLASHLIGHT_SCHEDULE_SM_90A", "a file in the place of pipelines/sm_90a.toml (for experiments)"),
    ("FLASHLIGHT_THREADS", "threads of CPU code (as many as processors)"),
    ("NO_COLOR", "set and not empty: no colours, on a terminal either"),
];

/// The table as text.
pub fn text() -> String {
    VARIABLES.iter().map(|(name, summary)| format!("{name:<27} {summary}\n")).collect()
}
