//! Scalars: how they are stored, and the operations of arith and math on them.

use crate::{
    ir::{self, Element, Op, Type},
    runtime::float8,
};
use half::{bf16, f16};

/// The machine type of a scalar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    F64,
    F32,
    F16,
    BF16,
    F8E4M3,
    F8E5M2,
    /// An integer of so many bits; `index` is 64 of them.
    Int(u32),
}

impl Kind {
    /// The kind of a scalar type.
    pub fn of(ty: Type<'_>) -> Option<Self> {
        Some(match Element::of(ty)? {
            Element::F64 => Self::F64,
            Element::F32 => Self::F32,
            Element::F16 => Self::F16,
            Element::BF16 => Self::BF16,
            Element::F8E4M3 => Self::F8E4M3,
            Element::F8E5M2 => Self::F8E5M2,
            element => Self::Int(element.bits()),
        })
    }

    /// Whether it is a float.
    pub const fn is_float(self) -> bool {
        !matches!(self, Self::Int(_))
    }

    /// Bytes of an element in memory.
    pub const fn bytes(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::BF16 => 2,
            Self::F8E4M3 | Self::F8E5M2 => 1,
            Self::Int(bits) => (bits as usize).div_ceil(8),
        }
    }

    /// The number as this kind can hold it: floats are rounded when `typed`, integers wrap.
    fn fit(self, word: Word, typed: bool) -> Word {
        match self {
            Self::F64 => word,
            _ if self.is_float() && !typed => word,
            Self::F32 => Word::float(f64::from(word.to_float() as f32)),
            Self::F16 => Word::float(f16::from_f64(word.to_float()).to_f64()),
            Self::BF16 => Word::float(bf16::from_f64(word.to_float()).to_f64()),
            Self::F8E4M3 => Word::float(float8::from_e4m3(float8::to_e4m3(word.to_float()))),
            Self::F8E5M2 => Word::float(float8::from_e5m2(float8::to_e5m2(word.to_float()))),
            Self::Int(1) => Word::int(word.to_int() & 1),
            Self::Int(bits) if bits < 64 => Word::int(word.to_int() << (64 - bits) >> (64 - bits)),
            Self::Int(_) => word,
        }
    }

    /// The bits of a number as this kind holds it in memory.
    fn bits(self, word: Word) -> u64 {
        match self {
            Self::F64 => word.0,
            Self::F32 => u64::from((word.to_float() as f32).to_bits()),
            Self::F16 => u64::from(f16::from_f64(word.to_float()).to_bits()),
            Self::BF16 => u64::from(bf16::from_f64(word.to_float()).to_bits()),
            Self::F8E4M3 => u64::from(float8::to_e4m3(word.to_float())),
            Self::F8E5M2 => u64::from(float8::to_e5m2(word.to_float())),
            Self::Int(_) => self.unsigned(word),
        }
    }

    /// The number of this kind that bits in memory are.
    fn of_bits(self, bits: u64) -> Word {
        match self {
            Self::F64 | Self::Int(_) => Word(bits),
            Self::F32 => Word::float(f64::from(f32::from_bits(bits as u32))),
            Self::F16 => Word::float(f16::from_bits(bits as u16).to_f64()),
            Self::BF16 => Word::float(bf16::from_bits(bits as u16).to_f64()),
            Self::F8E4M3 => Word::float(float8::from_e4m3(bits as u8)),
            Self::F8E5M2 => Word::float(float8::from_e5m2(bits as u8)),
        }
    }

    /// The unsigned reading of an integer of this kind.
    fn unsigned(self, word: Word) -> u64 {
        match self {
            Self::Int(bits) if bits < 64 => word.0 & ((1 << bits) - 1),
            _ => word.0,
        }
    }
}

/// A scalar: the bits of an f64, or an integer. An i1 is 0 or 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word(pub u64);

impl Word {
    pub const fn float(value: f64) -> Self {
        Self(value.to_bits())
    }

    pub const fn int(value: i64) -> Self {
        Self(value.cast_unsigned())
    }

    pub const fn to_float(self) -> f64 {
        f64::from_bits(self.0)
    }

    pub const fn to_int(self) -> i64 {
        self.0.cast_signed()
    }
}

/// What an operation does to its operands.
#[derive(Clone, Copy)]
enum Rule {
    Float1(fn(f64) -> f64),
    Float2(fn(f64, f64) -> f64),
    Float3(fn(f64, f64, f64) -> f64),
    Int2(fn(i64, i64) -> Option<i64>),
    /// On the unsigned readings.
    Unsigned2(fn(u64, u64) -> Option<u64>),
    CompareFloat(i64),
    CompareInt(i64),
    Select,
    /// The same number.
    Same,
    /// The same bits.
    Bits,
    AbsInt,
    PowInt,
    IntToFloat,
    UnsignedToFloat,
    FloatToInt,
    Widen,
    WidenUnsigned,
}

/// A scalar operation, decoded.
#[derive(Clone, Copy)]
pub struct Scalar {
    rule: Rule,
    from: Kind,
    to: Kind,
    typed: bool,
}

/// `arith.maximumf`: NaN wins.
pub fn maximum(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

/// `arith.minimumf`: NaN wins.
pub fn minimum(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

fn rule(name: &str, op: Op<'_>) -> Option<Rule> {
    let predicate = || ir::attr(op, "predicate").and_then(ir::int_attr);
    Some(match name {
        "arith.addf" => Rule::Float2(|a, b| a + b),
        "arith.subf" => Rule::Float2(|a, b| a - b),
        "arith.mulf" => Rule::Float2(|a, b| a * b),
        "arith.divf" => Rule::Float2(|a, b| a / b),
        "arith.remf" => Rule::Float2(|a, b| a % b),
        "arith.negf" => Rule::Float1(|a| -a),
        "arith.maximumf" => Rule::Float2(maximum),
        "arith.minimumf" => Rule::Float2(minimum),
        "arith.maxnumf" => Rule::Float2(f64::max),
        "arith.minnumf" => Rule::Float2(f64::min),
        "arith.cmpf" => Rule::CompareFloat(predicate()?),
        "arith.cmpi" => Rule::CompareInt(predicate()?),
        "arith.select" => Rule::Select,
        "arith.extf" | "arith.truncf" | "arith.trunci" => Rule::Same,
        "arith.bitcast" => Rule::Bits,
        "arith.index_cast" | "arith.extsi" => Rule::Widen,
        "arith.index_castui" | "arith.extui" => Rule::WidenUnsigned,
        "arith.sitofp" => Rule::IntToFloat,
        "arith.uitofp" => Rule::UnsignedToFloat,
        "arith.fptosi" | "arith.fptoui" => Rule::FloatToInt,
        "arith.addi" => Rule::Int2(|a, b| Some(a.wrapping_add(b))),
        "arith.subi" => Rule::Int2(|a, b| Some(a.wrapping_sub(b))),
        "arith.muli" => Rule::Int2(|a, b| Some(a.wrapping_mul(b))),
        "arith.divsi" => Rule::Int2(i64::checked_div),
        "arith.remsi" => Rule::Int2(i64::checked_rem),
        "arith.floordivsi" => Rule::Int2(|a, b| {
            let quotient = a.checked_div(b)?;
            Some(if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
        }),
        "arith.ceildivsi" => Rule::Int2(|a, b| {
            let quotient = a.checked_div(b)?;
            Some(if a % b != 0 && (a < 0) == (b < 0) { quotient + 1 } else { quotient })
        }),
        "arith.divui" => Rule::Unsigned2(u64::checked_div),
        "arith.remui" => Rule::Unsigned2(u64::checked_rem),
        "arith.ceildivui" => Rule::Unsigned2(|a, b| if b == 0 { None } else { Some(a.div_ceil(b)) }),
        "arith.maxsi" => Rule::Int2(|a, b| Some(a.max(b))),
        "arith.minsi" => Rule::Int2(|a, b| Some(a.min(b))),
        "arith.maxui" => Rule::Unsigned2(|a, b| Some(a.max(b))),
        "arith.minui" => Rule::Unsigned2(|a, b| Some(a.min(b))),
        "arith.andi" => Rule::Int2(|a, b| Some(a & b)),
        "arith.ori" => Rule::Int2(|a, b| Some(a | b)),
        "arith.xori" => Rule::Int2(|a, b| Some(a ^ b)),
        "arith.shli" => Rule::Int2(|a, b| a.checked_shl(u32::try_from(b).ok()?)),
        "arith.shrsi" => Rule::Int2(|a, b| a.checked_shr(u32::try_from(b).ok()?)),
        "arith.shrui" => Rule::Unsigned2(|a, b| a.checked_shr(u32::try_from(b).ok()?)),
        "math.fma" => Rule::Float3(f64::mul_add),
        "math.exp" => Rule::Float1(f64::exp),
        "math.exp2" => Rule::Float1(f64::exp2),
        "math.expm1" => Rule::Float1(f64::exp_m1),
        "math.log" => Rule::Float1(f64::ln),
        "math.log2" => Rule::Float1(f64::log2),
        "math.log10" => Rule::Float1(f64::log10),
        "math.log1p" => Rule::Float1(f64::ln_1p),
        "math.sqrt" => Rule::Float1(f64::sqrt),
        "math.rsqrt" => Rule::Float1(|a| 1.0 / a.sqrt()),
        "math.cbrt" => Rule::Float1(f64::cbrt),
        "math.tanh" => Rule::Float1(f64::tanh),
        "math.sinh" => Rule::Float1(f64::sinh),
        "math.cosh" => Rule::Float1(f64::cosh),
        "math.sin" => Rule::Float1(f64::sin),
        "math.cos" => Rule::Float1(f64::cos),
        "math.tan" => Rule::Float1(f64::tan),
        "math.atan" => Rule::Float1(f64::atan),
        "math.atan2" => Rule::Float2(f64::atan2),
        "math.absf" => Rule::Float1(f64::abs),
        "math.erf" => Rule::Float1(simt::lanes::erf),
        "math.floor" => Rule::Float1(f64::floor),
        "math.ceil" => Rule::Float1(f64::ceil),
        "math.round" => Rule::Float1(f64::round),
        "math.roundeven" => Rule::Float1(f64::round_ties_even),
        "math.trunc" => Rule::Float1(f64::trunc),
        "math.powf" => Rule::Float2(f64::powf),
        "math.copysign" => Rule::Float2(f64::copysign),
        "math.fpowi" => Rule::PowInt,
        "math.absi" => Rule::AbsInt,
        _ => return None,
    })
}

impl Scalar {
    /// A scalar operation with one result; `None` when it is none that is known. `typed`: floats are rounded to
    /// their types.
    pub fn decode(op: Op<'_>, typed: bool) -> Option<Self> {
        let rule = rule(ir::name(op), op)?;
        let to = Kind::of(ir::type_of(*ir::results(op).first()?))?;
        let from = Kind::of(ir::type_of(*ir::operands(op).first()?))?;
        Some(Self { rule, from, to, typed })
    }

    /// Applies the operation. `None`: a division by zero.
    pub fn apply(&self, a: &[Word]) -> Option<Word> {
        let f = |at: usize| a[at].to_float();
        let word = match self.rule {
            Rule::Float1(rule) => Word::float(rule(f(0))),
            Rule::Float2(rule) => Word::float(rule(f(0), f(1))),
            Rule::Float3(rule) => Word::float(rule(f(0), f(1), f(2))),
            Rule::Int2(rule) => Word::int(rule(a[0].to_int(), a[1].to_int())?),
            Rule::Unsigned2(rule) => Word(rule(self.from.unsigned(a[0]), self.from.unsigned(a[1]))?),
            Rule::CompareFloat(predicate) => Word(u64::from(compare_float(predicate, f(0), f(1)))),
            Rule::CompareInt(predicate) => Word(u64::from(self.compare_int(predicate, a[0], a[1]))),
            Rule::Select => return Some(if a[0].0 & 1 == 1 { a[1] } else { a[2] }),
            Rule::Same => a[0],
            Rule::Bits => self.to.of_bits(self.from.bits(a[0])),
            Rule::AbsInt => Word::int(a[0].to_int().wrapping_abs()),
            Rule::PowInt => Word::float(f(0).powi(i32::try_from(a[1].to_int()).ok()?)),
            Rule::Widen => Word::int(self.signed(a[0])),
            Rule::WidenUnsigned => Word(self.from.unsigned(a[0])),
            Rule::IntToFloat => Word::float(self.signed(a[0]) as f64),
            Rule::UnsignedToFloat => Word::float(self.from.unsigned(a[0]) as f64),
            Rule::FloatToInt => Word::int(f(0) as i64),
        };
        Some(self.to.fit(word, self.typed))
    }

    /// An i1 that is set reads as -1.
    fn signed(&self, word: Word) -> i64 {
        if self.from == Kind::Int(1) { -word.to_int() } else { word.to_int() }
    }

    fn compare_int(&self, predicate: i64, a: Word, b: Word) -> bool {
        let (u, v) = (self.from.unsigned(a), self.from.unsigned(b));
        compare_signed(predicate, self.signed(a), self.signed(b)).unwrap_or(match predicate {
            6 => u < v,
            7 => u <= v,
            8 => u > v,
            _ => u >= v,
        })
    }
}

/// `arith.cmpi`, by its predicate's number, for those that do not depend on how many bits there are.
pub fn compare_signed(predicate: i64, x: i64, y: i64) -> Option<bool> {
    Some(match predicate {
        0 => x == y,
        1 => x != y,
        2 => x < y,
        3 => x <= y,
        4 => x > y,
        5 => x >= y,
        _ => return None,
    })
}

/// `arith.cmpf`, by its predicate's number.
pub fn compare_float(predicate: i64, a: f64, b: f64) -> bool {
    let unordered = a.is_nan() || b.is_nan();
    match predicate {
        0 => false,
        1 => a == b,
        2 => a > b,
        3 => a >= b,
        4 => a < b,
        5 => a <= b,
        6 => !unordered && a != b,
        7 => !unordered,
        8 => unordered || a == b,
        9 => unordered || a > b,
        10 => unordered || a >= b,
        11 => unordered || a < b,
        12 => unordered || a <= b,
        13 => unordered || a != b,
        14 => unordered,
        _ => true,
    }
}

/// A number as a scalar type holds it.
pub fn stored(value: f64, kind: Kind, typed: bool) -> Word {
    if kind.is_float() { kind.fit(Word::float(value), typed) } else { kind.fit(Word::int(value as i64), typed) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use simt::lanes::erf;

    #[test]
    fn the_error_function_is_right_where_its_two_forms_meet() {
        for (x, expected) in [(0.0, 0.0), (0.5, 0.520_499_877_813_046_5), (2.0, 0.995_322_265_018_952_7)] {
            assert!((erf(x) - expected).abs() < 1e-14, "{x}");
            assert!((erf(-x) + expected).abs() < 1e-14, "{x}");
        }
        assert!((erf(2.499_999_999) - erf(2.500_000_001)).abs() < 1e-10);
    }

    #[test]
    fn narrow_types_round_and_wrap() {
        assert_eq!(Kind::F32.fit(Word::float(1e39), true).to_float(), f64::INFINITY);
        assert_eq!(Kind::F32.fit(Word::float(1e39), false).to_float(), 1e39);
        assert_eq!(Kind::Int(8).fit(Word::int(200), true).to_int(), -56);
        assert_eq!(Kind::Int(1).fit(Word::int(-1), true).to_int(), 1);
    }

    #[test]
    fn bits_go_from_one_kind_to_another() {
        let bits = |from: Kind, value: f64| from.bits(Word::float(value));
        assert_eq!((bits(Kind::F32, 1.0), bits(Kind::BF16, -2.0)), (0x3F80_0000, 0xC000));
        assert_eq!(Kind::F32.of_bits(0x3FFF_0000).to_float(), 1.992_187_5);
        assert_eq!(Kind::Int(32).fit(Kind::Int(32).of_bits(0xFFFF_0000), true).to_int(), -0x1_0000);
    }
}
