//! The C header of an object.

use super::{dynamic_dims, is_given};
use crate::{
    cpu::Signature,
    runtime::{DType, Expr, TensorSpec},
};

/// The C type of an element; floats of 16 and 8 bits are passed as their bits.
const fn c_type(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "double",
        DType::F32 => "float",
        DType::F16 | DType::BF16 => "uint16_t",
        DType::I64 => "int64_t",
        DType::I32 => "int32_t",
        DType::I16 => "int16_t",
        DType::I8 => "int8_t",
        DType::F8E4M3 | DType::F8E5M2 | DType::U8 | DType::Bool => "uint8_t",
    }
}

/// The header that declares the exported function.
pub(super) fn header(signature: &Signature, shapes: &[Vec<Expr>], name: &str, shared: &[(usize, usize)]) -> String {
    let (mut parameters, mut notes) = (vec!["struct flashlight_pool *pool".to_owned()], vec![]);
    let shape = |spec: &TensorSpec| {
        let dims: Vec<_> = spec.shape.iter().map(|size| size.map_or("?".into(), |size| size.to_string())).collect();
        format!("   {}: {} [{}]", spec.name, spec.dtype, dims.join(", "))
    };
    for spec in &signature.arguments {
        parameters.push(format!("const {} *{}", c_type(spec.dtype), spec.name));
        parameters.extend(dynamic_dims(spec).map(|dim| format!("int64_t {}_d{dim}", spec.name)));
        notes.push(shape(spec));
    }
    for (at, spec) in signature.results.iter().enumerate() {
        let given = shapes.get(at).filter(|sizes| is_given(Some(*sizes)));
        let stars = if given.is_some() { "*" } else { "**" };
        parameters.push(format!("{} {stars}{}", c_type(spec.dtype), spec.name));
        let open = dynamic_dims(spec).filter(|_| given.is_none());
        parameters.extend(open.map(|dim| format!("int64_t *{}_d{dim}", spec.name)));
        notes.push(match given {
            Some(sizes) => {
                let sizes: Vec<_> = sizes.iter().map(ToString::to_string).collect();
                format!("   {}: {} [{}]", spec.name, spec.dtype, sizes.join(", "))
            }
            None => shape(spec),
        });
    }
    for list in &signature.equal {
        let sizes: Vec<_> = list.iter().map(ToString::to_string).collect();
        notes.push(format!("   The same: {}", sizes.join(", ")));
    }
    let apart = match shared {
        [] => String::from("Buffers must not overlap."),
        _ => {
            let pair = |(result, argument): &(usize, usize)| {
                format!("{} may be {}", signature.results[*result].name, signature.arguments[*argument].name)
            };
            let pairs: Vec<_> = shared.iter().map(pair).collect();
            format!(
                "Buffers must not overlap, but {} (which is then\n   overwritten, and not copied first).",
                pairs.join(", ")
            )
        }
    };
    let guard = format!("{}_H", name.to_ascii_uppercase());
    let parameters = parameters.join(",\n    ");
    format!(
        "/* Written by flashlight compile --target cpu. Link with -lm.

   Tensors are row-major and contiguous; f16 and bf16 elements are passed as their bits, bool as 0 or 1.
{notes}
   A `?` is passed as an int64_t after its tensor. Sizes of results such as `arg0.1` (dim 1 of arg0) follow from those of
   the arguments: the caller allocates. A result with a `?` comes back in a buffer to free(). The function returns 0, or an error
   where nothing was computed: the processor is another, a size is negative, sizes that must be the same are not, or a buffer is NULL,
   misplaced or overlaps one that it must not.

   `pool` is NULL, or threads from flashlight_pool.h that any number of callers may share. Without flashlight_pool.c a program may
   define flashlight_parallel_for as that header declares it, to run tiles on threads of its own; else the calling thread runs them all.
   A thread needs up to 2 MiB of stack.
   Arguments are not written. {apart} */
#ifndef {guard}
#define {guard}
#include <stdint.h>
#ifdef __cplusplus
extern \"C\" {{
#endif

struct flashlight_pool;

int {name}(
    {parameters});

/* What an error means. */
const char *{name}_message(int error);

#ifdef __cplusplus
}}
#endif
#endif
",
        notes = notes.join("\n")
    )
}
