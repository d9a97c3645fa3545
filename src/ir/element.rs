//! Element types: what the numbers of a tensor are, and what scalars are.

use super::{Type, Val, type_of};
use crate::{ffi, runtime::DType};
use melior::ir::{TypeLike, r#type::IntegerType};
use std::{borrow::Cow, fmt, str::FromStr};

/// The type of a number. [`Element::of`] is the one place where MLIR's types are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Element {
    F64,
    F32,
    F16,
    BF16,
    /// `f8E4M3FN`: finite numbers and NaN.
    F8E4M3,
    F8E5M2,
    /// An integer as wide as an address: 64 bits.
    Index,
    /// An integer of so many bits that operations give a sign to.
    Int(u32),
    /// An integer with a sign of its own: it is stored and copied, and no operation of arith takes it.
    Signed(u32),
    Unsigned(u32),
}

impl Element {
    /// A truth value.
    pub const BOOL: Self = Self::Int(1);

    /// What a scalar type is; `None` for what is no number, and for the floats that nothing here computes with.
    pub fn of(ty: Type<'_>) -> Option<Self> {
        Some(match () {
            () if ty.is_f32() => Self::F32,
            () if ty.is_bf16() => Self::BF16,
            () if ty.is_f16() => Self::F16,
            () if ty.is_f64() => Self::F64,
            () if ty.is_index() => Self::Index,
            () if ty.is_float8e4m3fn() => Self::F8E4M3,
            () if ty.is_float8e5m2() => Self::F8E5M2,
            () => {
                let integer = IntegerType::try_from(ty).ok()?;
                match integer.width() {
                    bits if integer.is_signless() => Self::Int(bits),
                    bits if integer.is_signed() => Self::Signed(bits),
                    bits => Self::Unsigned(bits),
                }
            }
        })
    }

    /// What a tensor, a buffer or a vector type holds; of a scalar type, what it is itself.
    pub fn held_by(ty: Type<'_>) -> Option<Self> {
        Self::of(ffi::element_type(ty))
    }

    /// What a value is, or what it holds.
    pub fn of_value(value: Val<'_>) -> Option<Self> {
        Self::held_by(type_of(value))
    }

    /// The type as MLIR writes it.
    pub fn name(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::F64 => "f64",
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::BF16 => "bf16",
            Self::F8E4M3 => "f8E4M3FN",
            Self::F8E5M2 => "f8E5M2",
            Self::Index => "index",
            Self::Int(1) => "i1",
            Self::Int(8) => "i8",
            Self::Int(16) => "i16",
            Self::Int(32) => "i32",
            Self::Int(64) => "i64",
            Self::Int(bits) => return Cow::Owned(format!("i{bits}")),
            Self::Signed(bits) => return Cow::Owned(format!("si{bits}")),
            Self::Unsigned(bits) => return Cow::Owned(format!("ui{bits}")),
        })
    }

    /// The bits of a number.
    pub const fn bits(self) -> u32 {
        match self {
            Self::F64 | Self::Index => 64,
            Self::F32 => 32,
            Self::F16 | Self::BF16 => 16,
            Self::F8E4M3 | Self::F8E5M2 => 8,
            Self::Int(bits) | Self::Signed(bits) | Self::Unsigned(bits) => bits,
        }
    }

    /// Whether it is a floating-point number.
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F64 | Self::F32 | Self::F16 | Self::BF16 | Self::F8E4M3 | Self::F8E5M2)
    }

    /// Whether it is a float of 16 bits, as matrix units multiply.
    pub const fn is_half(self) -> bool {
        matches!(self, Self::F16 | Self::BF16)
    }

    /// Whether it is a float that is only stored: too narrow to compute with.
    pub const fn is_float8(self) -> bool {
        matches!(self, Self::F8E4M3 | Self::F8E5M2)
    }

    /// Whether it is a float that sums are not kept in: of less than 32 bits.
    pub const fn is_narrow_float(self) -> bool {
        self.is_half() || self.is_float8()
    }

    /// Whether operations of arith compute with it as an integer.
    pub const fn is_integer(self) -> bool {
        matches!(self, Self::Int(_) | Self::Index)
    }

    /// The bits of a float; 0 for all else.
    pub const fn float_bits(self) -> u32 {
        if self.is_float() { self.bits() } else { 0 }
    }

    /// The bits of an integer that is computed with; 0 for all else.
    pub const fn int_bits(self) -> u32 {
        if self.is_integer() { self.bits() } else { 0 }
    }

    /// How it is stored outside of the program: in arguments, results and files.
    pub const fn dtype(self) -> Option<DType> {
        Some(match self {
            Self::F64 => DType::F64,
            Self::F32 => DType::F32,
            Self::F16 => DType::F16,
            Self::BF16 => DType::BF16,
            Self::F8E4M3 => DType::F8E4M3,
            Self::F8E5M2 => DType::F8E5M2,
            Self::Index | Self::Int(64) | Self::Signed(64) => DType::I64,
            Self::Int(32) | Self::Signed(32) => DType::I32,
            Self::Int(16) | Self::Signed(16) => DType::I16,
            Self::Int(8) | Self::Signed(8) => DType::I8,
            Self::Unsigned(8) => DType::U8,
            Self::BOOL => DType::Bool,
            Self::Int(_) | Self::Signed(_) | Self::Unsigned(_) => return None,
        })
    }
}

impl fmt::Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name())
    }
}

impl FromStr for Element {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NAMED: [Element; 7] =
            [Element::F64, Element::F32, Element::F16, Element::BF16, Element::F8E4M3, Element::F8E5M2, Element::Index];
        let integer = |prefix: &str, made: fn(u32) -> Self| Some(made(text.strip_prefix(prefix)?.parse().ok()?));
        let named = NAMED.into_iter().find(|element| element.name() == text);
        named
            .or_else(|| integer("i", Self::Int))
            .or_else(|| integer("si", Self::Signed))
            .or_else(|| integer("ui", Self::Unsigned))
            .ok_or_else(|| format!("'{text}' is no element type"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::driver::new_context;

    #[test]
    fn types_are_read_and_written() {
        let context = new_context();
        let of = |text: &str| Type::parse(&context, text).and_then(Element::of);
        let known = ["f64", "f32", "f16", "bf16", "f8E4M3FN", "f8E5M2", "index", "i1", "i7", "i64", "si64", "ui8"];
        for text in known {
            assert_eq!(of(text).map(|element| element.to_string()).as_deref(), Some(text));
            assert_eq!(text.parse().ok(), of(text));
        }
        for text in ["f8E4M3", "f4E2M1FN", "tf32", "f80", "f128", "complex<f32>", "vector<4xf32>", "tensor<4xf32>"] {
            assert_eq!(of(text), None, "{text}");
            assert!(text.parse::<Element>().is_err());
        }
        let held = Type::parse(&context, "tensor<4x?xbf16>").and_then(Element::held_by);
        assert_eq!(held, Some(Element::BF16));
        assert_eq!((of("ui8").and_then(Element::dtype), of("ui16").and_then(Element::dtype)), (Some(DType::U8), None));
        assert_eq!((of("i7").and_then(Element::dtype), of("index").map(Element::bits)), (None, Some(64)));
        // An element with a dtype takes as many bytes in both.
        for element in known.into_iter().filter_map(of).filter(|element| element.bits() >= 8) {
            let size = element.dtype().map(DType::size);
            assert!(size.is_none_or(|size| 8 * size == element.bits() as usize), "{element}");
        }
    }
}
