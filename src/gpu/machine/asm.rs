//! Inline PTX and LLVM's intrinsics.

use crate::{
    gpu::code::Code,
    ir::{Attr, Type, Val},
};
use melior::ir::attribute::StringAttribute;

/// Code below the line that machines draw.
pub trait Asm<'c> {
    /// Inline PTX with an effect; several results come as a struct and are taken apart.
    fn asm(&self, text: &str, constraints: &str, operands: &[Val<'c>], results: &[Type<'c>]) -> Vec<Val<'c>>;

    /// Inline PTX that computes one value and does nothing else.
    fn pure_asm(&self, text: &str, constraints: &str, operands: &[Val<'c>], result: Type<'c>) -> Val<'c>;

    /// Calls an LLVM intrinsic.
    fn intrinsic(&self, name: &str, operands: &[Val<'c>], result: Type<'c>) -> Val<'c>;
}

impl<'c> Asm<'c> for Code<'c> {
    fn asm(&self, text: &str, constraints: &str, operands: &[Val<'c>], results: &[Type<'c>]) -> Vec<Val<'c>> {
        let spec = self.b.op("llvm.inline_asm").operands(operands);
        let spec = spec
            .attr("asm_string", self.b.str_attr(text))
            .attr("constraints", self.b.str_attr(constraints))
            .attr("has_side_effects", Attr::unit(self.b.context));
        match results {
            [] => {
                spec.build();
                vec![]
            }
            [one] => vec![spec.results(&[*one]).value()],
            many => {
                let value = spec.results(&[struct_type(self, many)]).value();
                (0..many.len()).map(|index| extract(self, value, index, many[index])).collect()
            }
        }
    }

    fn pure_asm(&self, text: &str, constraints: &str, operands: &[Val<'c>], result: Type<'c>) -> Val<'c> {
        self.b
            .op("llvm.inline_asm")
            .operands(operands)
            .attr("asm_string", self.b.str_attr(text))
            .attr("constraints", self.b.str_attr(constraints))
            .results(&[result])
            .value()
    }

    fn intrinsic(&self, name: &str, operands: &[Val<'c>], result: Type<'c>) -> Val<'c> {
        self.b
            .op("llvm.call_intrinsic")
            .operands(operands)
            .attr("intrin", StringAttribute::new(self.b.context, name).into())
            .attr_text("op_bundle_sizes", "array<i32>")
            .attr_text("operandSegmentSizes", &format!("array<i32: {}, 0>", operands.len()))
            .results(&[result])
            .value()
    }
}

fn struct_type<'c>(code: &Code<'c>, parts: &[Type<'c>]) -> Type<'c> {
    let names: Vec<_> = parts.iter().map(ToString::to_string).collect();
    code.b.ty(&format!("!llvm.struct<({})>", names.join(", ")))
}

fn extract<'c>(code: &Code<'c>, value: Val<'c>, index: usize, ty: Type<'c>) -> Val<'c> {
    code.b
        .op("llvm.extractvalue")
        .operands(&[value])
        .attr("position", code.b.i64s_attr(&[index as i64]))
        .results(&[ty])
        .value()
}
