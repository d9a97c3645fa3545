//! A program that has a function and its gradient, in two: what frontends compile for training.

use super::front;
use crate::{
    driver::{Request, Session},
    ffi,
    ir::{self, Builder},
    pass::{pipeline, split_gradient},
    remark::{self, Kind},
    stage::{Backend, Stage},
};
use melior::ir::Module;

/// A program that was split.
pub struct Split {
    /// The module of both functions, at stage `raise`.
    pub text: String,
    /// Forward and backward.
    pub parts: Vec<Part>,
}

/// A function that was split off.
pub struct Part {
    pub name: String,
    /// What its arguments are, as [`split_gradient::READS`] says.
    pub reads: Vec<String>,
}

/// Splits the function of a module of which so many first results are a function's, and so many last arguments the gradients of them.
///
/// # Errors
/// Why it cannot be split; a stage that fails.
pub fn split<'c>(
    session: &'c Session,
    module: Module<'c>,
    [results, later]: [usize; 2],
    strict_masks: bool,
) -> anyhow::Result<Split> {
    let function = match front::functions(ffi::op(&module.as_operation()))[..] {
        [(_, function)] => function,
        ref other => anyhow::bail!("the module has {} functions, not one", other.len()),
    };
    let joint = Builder::before(function).i64s_attr(&[results as i64, later as i64]);
    ffi::set_attribute(function, split_gradient::JOINT, joint);
    let request = Request { strict_masks, ..Request::new(Backend::Cpu) };
    let outcome = session.compile(module, &request.to(Stage::Raise))?;
    let passes = pipeline::strip_comments(include_str!("../../pipelines/split.txt"));
    let (ran, remarks) = remark::collect(|| pipeline::run(&outcome.module, &passes));
    ran.map_err(|error| anyhow::anyhow!("{}{error}", session.diagnostics()))?;
    let refused = remarks.into_iter().find(|remark| remark.kind == Kind::Missed && remark.pass == split_gradient::NAME);
    if let Some(refused) = refused {
        anyhow::bail!(refused.message);
    }
    let parts = front::functions(ffi::op(&outcome.module.as_operation())).into_iter().map(|(name, function)| {
        let reads = ir::attr(function, split_gradient::READS).and_then(ffi::array_elements).unwrap_or_default();
        Part { name: name.into(), reads: reads.into_iter().filter_map(ir::string_attr).map(str::to_owned).collect() }
    });
    let parts = parts.collect();
    Ok(Split { parts, text: outcome.text() })
}
