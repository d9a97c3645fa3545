//! A program computed in f64 whatever floats it says: its results without the roundings of its own types.

use crate::{
    ffi,
    ir::{self, Attr, Builder, Element, Type},
    runtime::{DType, Tensor, tensor::element_count},
};
use melior::ir::{Module, attribute::FloatAttribute, operation::OperationLike};

const NARROW: [&str; 3] = ["bf16", "f16", "f32"];

/// Makes every float of a module an f64. Returns whether it could: the bits of a float must not be looked at.
pub fn widen(module: &Module<'_>) -> bool {
    let root = ffi::op(&module.as_operation());
    let text = || module.as_operation().to_string();
    let mut casts = vec![];
    for op in ir::walk(root) {
        if ir::name(op) == "arith.bitcast" {
            return false;
        }
        let b = Builder::before(op);
        let regions = (0..op.region_count()).filter_map(|region| ir::body(op, region));
        for value in regions.flat_map(ir::arguments).chain(ir::results(op)) {
            ffi::set_type(value, wide_type(&b, ir::type_of(value)));
        }
        if let Some(function) = ir::attr(op, "function_type") {
            ffi::set_attribute(op, "function_type", b.attr(&wide_text(&function.to_string())));
        }
        if let Some(value) = ir::attr(op, "value") {
            let Some(value) = wide_value(&b, value, &text) else { return false };
            ffi::set_attribute(op, "value", value);
        }
        if matches!(ir::name(op), "arith.extf" | "arith.truncf") {
            casts.push(op);
        }
    }
    for op in casts {
        ffi::replace_all_uses(ir::results(op)[0], ir::operands(op)[0]);
        ffi::erase(op);
    }
    true
}

/// The same arguments in f64.
pub fn widened(arguments: &[Tensor]) -> Vec<Tensor> {
    let wide = |tensor: &Tensor| match tensor.dtype() {
        dtype if dtype.is_float() => Tensor::from_f64(DType::F64, tensor.shape(), &tensor.to_f64()),
        dtype => Tensor::from_bytes(dtype, tensor.shape(), tensor.bytes()),
    };
    arguments.iter().filter_map(|tensor| wide(tensor).ok()).collect()
}

fn wide_text(text: &str) -> String {
    NARROW.iter().fold(text.to_owned(), |text, narrow| text.replace(narrow, "f64"))
}

fn wide_type<'c>(b: &Builder<'c>, ty: Type<'c>) -> Type<'c> {
    let text = ty.to_string();
    if NARROW.iter().any(|narrow| text.contains(narrow)) { b.ty(&wide_text(&text)) } else { ty }
}

/// A constant in f64; the same one if it is no float.
fn wide_value<'c>(b: &Builder<'c>, value: Attr<'c>, module: &dyn Fn() -> String) -> Option<Attr<'c>> {
    let f64 = b.ty("f64");
    let number = |value: f64| -> Attr<'c> { FloatAttribute::new(b.context, f64, value).into() };
    if let Some(float) = ir::float_attr(value) {
        return Some(number(float));
    }
    let Some(ty) = value_type(value).filter(|ty| ir::is_float(ffi::element_type(*ty))) else { return Some(value) };
    let element = Element::held_by(ty)?.dtype()?;
    let shape: Vec<usize> =
        ffi::shape(ty)?.into_iter().map(|size| usize::try_from(size?).ok()).collect::<Option<_>>()?;
    let values = match ffi::dense_splat(value) {
        Some(splat) => vec![ir::float_attr(splat)?; element_count(&shape)?],
        None => Tensor::from_bytes(element, &shape, &ffi::dense_bytes(value, module)?).ok()?.to_f64(),
    };
    Some(ffi::dense_f64(wide_type(b, ty), &values))
}

/// The type of a shaped constant.
fn value_type<'c>(value: Attr<'c>) -> Option<Type<'c>> {
    let ty = ffi::attribute_type(value)?;
    ffi::is_ranked_tensor(ty).then_some(ty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::Session;

    #[test]
    fn no_narrow_float_is_left() {
        let session = Session::new();
        let text = "func.func @main(%a: tensor<2xbf16>) -> tensor<2xbf16> {
          %c = arith.constant dense<[1.5, -2.0]> : tensor<2xbf16>
          %s = arith.constant dense<0xFF80> : tensor<2xbf16>
          %0 = arith.extf %a : tensor<2xbf16> to tensor<2xf32>
          %1 = arith.truncf %0 : tensor<2xf32> to tensor<2xbf16>
          %2 = arith.addf %1, %c : tensor<2xbf16>
          %3 = arith.maximumf %2, %s : tensor<2xbf16>
          return %3 : tensor<2xbf16>
        }";
        let module = session.parse("program.mlir", text).expect("a program");
        assert!(widen(&module));
        let text = module.as_operation().to_string();
        assert!(ffi::tool::verify(ffi::op(&module.as_operation())), "{text}");
        assert!(!NARROW.iter().any(|narrow| text.contains(narrow)) && text.contains("1.5"), "{text}");
    }

    #[test]
    fn bits_are_left_alone() {
        let session = Session::new();
        let text = "func.func @main(%a: f32) -> i32 {
          %0 = arith.bitcast %a : f32 to i32
          return %0 : i32
        }";
        assert!(!widen(&session.parse("program.mlir", text).expect("a program")));
    }
}
