//! The stages `vectorize` and `llvm`: pipelines under `pipelines/`, run over a module.

use crate::error::PassError;
use melior::{ir::Module, pass::PassManager, utility::parse_pass_pipeline};

/// The pipeline of stage `vectorize`.
pub const VECTORIZE: &str = include_str!("../../pipelines/vectorize.txt");
/// The pipeline of stage `llvm`.
pub const LLVM: &str = include_str!("../../pipelines/llvm.txt");

/// Tiles to register-blocked vector code on buffers.
///
/// # Errors
/// [`PassError::Reported`] after a diagnostic.
pub fn vectorize(module: &mut Module<'_>) -> Result<(), PassError> {
    run(module, VECTORIZE)
}

/// Buffers and loops to the LLVM dialect.
///
/// # Errors
/// [`PassError::Reported`] after a diagnostic.
pub fn llvm(module: &mut Module<'_>) -> Result<(), PassError> {
    run(module, LLVM)
}

fn run(module: &mut Module<'_>, text: &str) -> Result<(), PassError> {
    let text: String = text.lines().filter(|line| !line.trim_start().starts_with('#')).map(str::trim).collect();
    let inner = text.strip_prefix("builtin.module(").and_then(|text| text.strip_suffix(')')).unwrap_or(&text);
    let mut upstream = String::new();
    for element in split(inner) {
        let name = element.split(['{', '(']).next().unwrap_or(element);
        if let Some(pass) = crate::pass::find(name) {
            run_upstream(module, &std::mem::take(&mut upstream))?;
            crate::pass::run(pass, crate::ffi::op(&module.as_operation()), &crate::pass::PassOptions::default())?;
        } else {
            if !upstream.is_empty() {
                upstream.push(',');
            }
            upstream.push_str(element);
        }
    }
    run_upstream(module, &upstream)
}

fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0usize, 0usize, vec![]);
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

fn run_upstream(module: &mut Module<'_>, passes: &str) -> Result<(), PassError> {
    if passes.is_empty() {
        return Ok(());
    }
    let context = crate::ffi::context_of(module.context());
    let manager = PassManager::new(context);
    parse_pass_pipeline(manager.as_operation_pass_manager(), &format!("builtin.module({passes})"))?;
    manager.run(module).map_err(|_| PassError::Reported)
}
