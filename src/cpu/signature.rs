//! What a function takes and returns, read before lowering erases it.

use super::CpuError;
use crate::{
    ffi,
    ir::{self, Element, Op},
    runtime::{Expr, Manifest, RuntimeError, Scope, TensorSpec, manifest},
    shape::facts,
};
use melior::ir::{Module, Type, attribute::TypeAttribute, r#type::FunctionType};

/// The tensors a function takes and returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub entry: String,
    pub arguments: Vec<TensorSpec>,
    pub results: Vec<TensorSpec>,
    /// Lists of sizes of the arguments that must be the same.
    pub equal: Vec<Vec<Expr>>,
}

impl Signature {
    /// Reads the signature of `entry`, which must still be a `func.func` on scalars and ranked tensors.
    ///
    /// # Errors
    /// [`CpuError::Entry`] when there is no such function, [`CpuError::Signature`] when it takes or
    /// returns something that is neither a scalar nor a tensor of a known element type.
    pub fn of(module: &Module<'_>, entry: &str) -> Result<Self, CpuError> {
        let functions = functions(ffi::op(&module.as_operation()));
        let Some((_, function)) = functions.iter().find(|(name, _)| *name == entry) else {
            let present: Vec<_> = functions.iter().map(|(name, _)| *name).collect();
            return Err(CpuError::Entry { entry: entry.into(), present: present.join(", ") });
        };
        let ty = function_type(*function)
            .ok_or_else(|| CpuError::Signature { entry: entry.into(), what: "the function has no type".into() })?;
        let arguments = (0..ty.input_count()).filter_map(|index| ty.input(index).ok());
        let results = (0..ty.result_count()).filter_map(|index| ty.result(index).ok());
        Ok(Self {
            entry: entry.into(),
            arguments: specs(entry, "argument", "arg", arguments)?,
            results: specs(entry, "result", "result", results)?,
            equal: facts::noted(*function),
        })
    }

    /// Checks that the sizes of arguments of these shapes fit together.
    ///
    /// # Errors
    /// [`RuntimeError::Unequal`] naming the first two that differ.
    pub fn check_sizes<'s>(&self, shapes: impl IntoIterator<Item = &'s [usize]>) -> Result<(), RuntimeError> {
        if self.equal.is_empty() {
            return Ok(());
        }
        let mut scope = Scope::default();
        for (spec, shape) in self.arguments.iter().zip(shapes) {
            scope.shape(&spec.name, shape);
        }
        manifest::check_equal(&self.equal, &scope)
    }
}

impl From<&Manifest> for Signature {
    /// The signature of an artifact's function.
    fn from(manifest: &Manifest) -> Self {
        let argument = |argument: &manifest::Argument| TensorSpec {
            name: argument.name.clone(),
            dtype: argument.dtype,
            shape: argument.shape.clone(),
        };
        let size = |size: &Expr| match size {
            Expr::Int(size) => usize::try_from(*size).ok(),
            _ => None,
        };
        let result = |result: &manifest::Buffer| TensorSpec {
            name: result.name.clone(),
            dtype: result.dtype,
            shape: result.shape.iter().map(size).collect(),
        };
        Self {
            entry: manifest.entry.clone(),
            arguments: manifest.arguments.iter().map(argument).collect(),
            results: manifest.results.iter().map(result).collect(),
            equal: manifest.equal.clone(),
        }
    }
}

/// The functions of a module that have a body, by name.
pub(super) fn functions<'c>(module: Op<'c>) -> Vec<(&'c str, Op<'c>)> {
    let Some(body) = ir::body(module, 0) else { return vec![] };
    let named = |op: Op<'c>| Some((ir::string_attr(ir::attr(op, "sym_name")?)?, op));
    ir::ops(body)
        .into_iter()
        .filter(|op| ir::name(*op) == "func.func" && ir::body(*op, 0).is_some())
        .filter_map(named)
        .collect()
}

/// The type of a `func.func`.
pub(super) fn function_type<'c>(function: Op<'c>) -> Option<FunctionType<'c>> {
    let attribute = TypeAttribute::try_from(ir::attr(function, "function_type")?).ok()?;
    FunctionType::try_from(attribute.value()).ok()
}

fn specs<'c>(
    entry: &str,
    role: &str,
    prefix: &str,
    types: impl Iterator<Item = Type<'c>>,
) -> Result<Vec<TensorSpec>, CpuError> {
    types
        .enumerate()
        .map(|(index, ty)| {
            let wrong = || CpuError::Signature {
                entry: entry.into(),
                what: format!("{role} {index} is {ty}, expected a scalar or a ranked tensor of a known element type"),
            };
            // A scalar is a tensor of rank 0, as `box-scalars` makes it.
            let (element, shape) = match ffi::is_ranked_tensor(ty) {
                true => (Element::held_by(ty), ffi::shape(ty).ok_or_else(wrong)?),
                false => (Element::of(ty), vec![]),
            };
            let dtype = element.and_then(Element::dtype).ok_or_else(wrong)?;
            Ok(TensorSpec {
                name: format!("{prefix}{index}"),
                dtype,
                shape: shape.into_iter().map(|size| size.map(|size| size as usize)).collect(),
            })
        })
        .collect()
}
