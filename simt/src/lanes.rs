//! Values of a warp, one per lane, and what arithmetic does to them.

use half::{bf16, f16};

/// Lanes of a warp.
pub const WARP: usize = 32;

/// A value per lane.
pub type Lanes = [u64; WARP];

/// A value from one.
pub type Unary = fn(&Lanes) -> Lanes;
/// A value from two.
pub type Binary = fn(&Lanes, &Lanes) -> Lanes;
/// A value from three.
pub type Ternary = fn(&Lanes, &Lanes, &Lanes) -> Lanes;

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An integer of so many bits.
    Int(u32),
    /// `f64`
    F64,
    /// `f32`
    F32,
    /// `f16`
    F16,
    /// `bf16`
    Bf16,
}

impl Kind {
    /// Its bits.
    pub const fn bits(self) -> u32 {
        match self {
            Self::Int(bits) => bits,
            Self::F64 => 64,
            Self::F32 => 32,
            Self::F16 | Self::Bf16 => 16,
        }
    }
}

/// A float type, as f64s: an operation on it is exact and then rounded once.
trait Float {
    fn get(bits: u64) -> f64;
    fn put(value: f64) -> u64;
}

struct Single;
struct Double;
struct Brain;
struct Narrow;

impl Float for Single {
    fn get(bits: u64) -> f64 {
        f64::from(f32::from_bits(bits as u32))
    }
    fn put(value: f64) -> u64 {
        u64::from((value as f32).to_bits())
    }
}
impl Float for Double {
    fn get(bits: u64) -> f64 {
        f64::from_bits(bits)
    }
    fn put(value: f64) -> u64 {
        value.to_bits()
    }
}
impl Float for Brain {
    fn get(bits: u64) -> f64 {
        bf16::from_bits(bits as u16).to_f64()
    }
    fn put(value: f64) -> u64 {
        // Through the nearest f32 that rounding cannot tell from the number.
        u64::from(bf16::from_f64(value).to_bits())
    }
}
impl Float for Narrow {
    fn get(bits: u64) -> f64 {
        f16::from_bits(bits as u16).to_f64()
    }
    fn put(value: f64) -> u64 {
        u64::from(f16::from_f64(value).to_bits())
    }
}

macro_rules! lanes {
    (|$a:ident| $value:expr) => {
        |a: &Lanes| {
            std::array::from_fn(|lane| {
                let $a = a[lane];
                $value
            })
        }
    };
    (|$a:ident, $b:ident| $value:expr) => {
        |a: &Lanes, b: &Lanes| {
            std::array::from_fn(|lane| {
                let ($a, $b) = (a[lane], b[lane]);
                $value
            })
        }
    };
    (|$a:ident, $b:ident, $c:ident| $value:expr) => {
        |a: &Lanes, b: &Lanes, c: &Lanes| {
            std::array::from_fn(|lane| {
                let ($a, $b, $c) = (a[lane], b[lane], c[lane]);
                $value
            })
        }
    };
}

macro_rules! floats {
    ($kind:expr, $f:ident => $function:expr) => {
        match $kind {
            Kind::F64 => {
                type $f = Double;
                Some($function)
            }
            Kind::F32 => {
                type $f = Single;
                Some($function)
            }
            Kind::F16 => {
                type $f = Narrow;
                Some($function)
            }
            Kind::Bf16 => {
                type $f = Brain;
                Some($function)
            }
            Kind::Int(_) => None,
        }
    };
}

/// An integer of `BITS` bits: of its bits, and to them.
const fn signed<const BITS: u32>(bits: u64) -> i64 {
    (bits << (64 - BITS)).cast_signed() >> (64 - BITS)
}

const fn cut<const BITS: u32>(value: u64) -> u64 {
    if BITS == 64 { value } else { value & ((1 << BITS) - 1) }
}

macro_rules! ints {
    ($bits:expr, $n:ident => $function:expr) => {
        match $bits {
            1 => {
                const $n: u32 = 1;
                Some($function)
            }
            8 => {
                const $n: u32 = 8;
                Some($function)
            }
            16 => {
                const $n: u32 = 16;
                Some($function)
            }
            32 => {
                const $n: u32 = 32;
                Some($function)
            }
            64 => {
                const $n: u32 = 64;
                Some($function)
            }
            _ => None,
        }
    };
}

fn single(bits: u64) -> f32 {
    f32::from_bits(bits as u32)
}

fn bits(value: f32) -> u64 {
    u64::from(value.to_bits())
}

fn truth(value: bool) -> u64 {
    u64::from(value)
}

fn max(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

fn min(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

/// The binary operation of a name of the arith dialect (without `arith.`) on a type.
pub fn binary(name: &str, kind: Kind) -> Option<Binary> {
    if let Kind::Int(bits) = kind {
        return integer(name, bits);
    }
    if kind == Kind::F32 {
        let fast: Option<Binary> = match name {
            "addf" => Some(lanes!(|a, b| bits(single(a) + single(b)))),
            "subf" => Some(lanes!(|a, b| bits(single(a) - single(b)))),
            "mulf" => Some(lanes!(|a, b| bits(single(a) * single(b)))),
            "divf" => Some(lanes!(|a, b| bits(single(a) / single(b)))),
            "maximumf" => Some(lanes!(|a, b| {
                let (a, b) = (single(a), single(b));
                bits(if a.is_nan() || b.is_nan() {
                    f32::NAN
                } else if a > b {
                    a
                } else {
                    b
                })
            })),
            _ => None,
        };
        if fast.is_some() {
            return fast;
        }
    }
    match name {
        "addf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a) + F::get(b)))),
        "subf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a) - F::get(b)))),
        "mulf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a) * F::get(b)))),
        "divf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a) / F::get(b)))),
        "remf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a) % F::get(b)))),
        "maximumf" => floats!(kind, F => lanes!(|a, b| F::put(max(F::get(a), F::get(b))))),
        "minimumf" => floats!(kind, F => lanes!(|a, b| F::put(min(F::get(a), F::get(b))))),
        "maxnumf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a).max(F::get(b))))),
        "minnumf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a).min(F::get(b))))),
        "powf" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a).powf(F::get(b))))),
        "atan2" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a).atan2(F::get(b))))),
        "copysign" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a).copysign(F::get(b))))),
        "fpowi" => floats!(kind, F => lanes!(|a, b| F::put(F::get(a).powi(signed::<32>(b) as i32)))),
        _ => None,
    }
}

fn integer(name: &str, width: u32) -> Option<Binary> {
    Some(match name {
        "andi" => lanes!(|a, b| a & b),
        "ori" => lanes!(|a, b| a | b),
        "xori" => lanes!(|a, b| a ^ b),
        "maxui" => lanes!(|a, b| a.max(b)),
        "minui" => lanes!(|a, b| a.min(b)),
        "addi" => return ints!(width, N => lanes!(|a, b| cut::<N>(a.wrapping_add(b)))),
        "subi" => return ints!(width, N => lanes!(|a, b| cut::<N>(a.wrapping_sub(b)))),
        "muli" => return ints!(width, N => lanes!(|a, b| cut::<N>(a.wrapping_mul(b)))),
        // A shift by the width or more leaves nothing (PTX ISA, `shl`, `shr`).
        "shli" => return ints!(width, N => lanes!(|a, b| if b >= u64::from(N) { 0 } else { cut::<N>(a << b) })),
        "shrui" => return ints!(width, N => lanes!(|a, b| if b >= u64::from(N) { 0 } else { a >> b })),
        "shrsi" => {
            return ints!(width, N => lanes!(|a, b| {
                cut::<N>((signed::<N>(a) >> b.min(63)).cast_unsigned())
            }));
        }
        "maxsi" => return ints!(width, N => lanes!(|a, b| if signed::<N>(a) > signed::<N>(b) { a } else { b })),
        "minsi" => return ints!(width, N => lanes!(|a, b| if signed::<N>(a) < signed::<N>(b) { a } else { b })),
        _ => return None,
    })
}

/// The integer division of a name of the arith dialect; a division by zero gives 0 here, and is looked for elsewhere.
pub fn division(name: &str, width: u32) -> Option<Binary> {
    match name {
        "divui" => Some(lanes!(|a, b| a.checked_div(b).unwrap_or(0))),
        "remui" => Some(lanes!(|a, b| a.checked_rem(b).unwrap_or(0))),
        "ceildivui" => Some(lanes!(|a, b| if b == 0 { 0 } else { a.div_ceil(b) })),
        "divsi" => ints!(width, N => lanes!(|a, b| {
            cut::<N>(signed::<N>(a).checked_div(signed::<N>(b)).unwrap_or(0).cast_unsigned())
        })),
        "remsi" => ints!(width, N => lanes!(|a, b| {
            cut::<N>(signed::<N>(a).checked_rem(signed::<N>(b)).unwrap_or(0).cast_unsigned())
        })),
        "floordivsi" => ints!(width, N => lanes!(|a, b| {
            let (a, b) = (signed::<N>(a), signed::<N>(b));
            let quotient = a.checked_div(b).unwrap_or(0);
            let below = b != 0 && a.wrapping_rem(b) != 0 && (a < 0) != (b < 0);
            cut::<N>((quotient - i64::from(below)).cast_unsigned())
        })),
        "ceildivsi" => ints!(width, N => lanes!(|a, b| {
            let (a, b) = (signed::<N>(a), signed::<N>(b));
            let quotient = a.checked_div(b).unwrap_or(0);
            let above = b != 0 && a.wrapping_rem(b) != 0 && (a < 0) == (b < 0);
            cut::<N>((quotient + i64::from(above)).cast_unsigned())
        })),
        _ => None,
    }
}

/// The comparison of integers that `arith.cmpi` gives this number.
pub fn compare_integers(predicate: i64, width: u32) -> Option<Binary> {
    Some(match predicate {
        0 => lanes!(|a, b| truth(a == b)),
        1 => lanes!(|a, b| truth(a != b)),
        2 => return ints!(width, N => lanes!(|a, b| truth(signed::<N>(a) < signed::<N>(b)))),
        3 => return ints!(width, N => lanes!(|a, b| truth(signed::<N>(a) <= signed::<N>(b)))),
        4 => return ints!(width, N => lanes!(|a, b| truth(signed::<N>(a) > signed::<N>(b)))),
        5 => return ints!(width, N => lanes!(|a, b| truth(signed::<N>(a) >= signed::<N>(b)))),
        6 => lanes!(|a, b| truth(a < b)),
        7 => lanes!(|a, b| truth(a <= b)),
        8 => lanes!(|a, b| truth(a > b)),
        9 => lanes!(|a, b| truth(a >= b)),
        _ => return None,
    })
}

/// The comparison of floats that `arith.cmpf` gives this number.
pub fn compare_floats(predicate: i64, kind: Kind) -> Option<Binary> {
    macro_rules! compare {
        (|$a:ident, $b:ident| $value:expr) => {
            floats!(kind, F => lanes!(|a, b| { let ($a, $b) = (F::get(a), F::get(b)); truth($value) }))
        };
    }
    match predicate {
        0 => Some(lanes!(|_a, _b| 0)),
        1 => compare!(|a, b| a == b),
        2 => compare!(|a, b| a > b),
        3 => compare!(|a, b| a >= b),
        4 => compare!(|a, b| a < b),
        5 => compare!(|a, b| a <= b),
        6 => compare!(|a, b| a.partial_cmp(&b).is_some_and(std::cmp::Ordering::is_ne)),
        7 => compare!(|a, b| !a.is_nan() && !b.is_nan()),
        8 => compare!(|a, b| a.partial_cmp(&b).is_none_or(std::cmp::Ordering::is_eq)),
        9 => compare!(|a, b| a.partial_cmp(&b).is_none_or(std::cmp::Ordering::is_gt)),
        10 => compare!(|a, b| a.partial_cmp(&b).is_none_or(std::cmp::Ordering::is_ge)),
        11 => compare!(|a, b| a.partial_cmp(&b).is_none_or(std::cmp::Ordering::is_lt)),
        12 => compare!(|a, b| a.partial_cmp(&b).is_none_or(std::cmp::Ordering::is_le)),
        13 => compare!(|a, b| a != b),
        14 => compare!(|a, b| a.is_nan() || b.is_nan()),
        15 => Some(lanes!(|_a, _b| 1)),
        _ => None,
    }
}

/// `arith.select`.
pub const SELECT: Ternary = lanes!(|c, a, b| if c == 0 { b } else { a });

/// `math.fma`.
pub fn fma(kind: Kind) -> Option<Ternary> {
    if kind == Kind::F32 {
        return Some(lanes!(|a, b, c| bits(single(a).mul_add(single(b), single(c)))));
    }
    floats!(kind, F => lanes!(|a, b, c| F::put(F::get(a).mul_add(F::get(b), F::get(c)))))
}

/// Two f32 as a word of two halves, the first below.
pub const PACK_BF16: Binary = lanes!(|low, high| {
    u64::from(bf16::from_f32(single(low)).to_bits()) | u64::from(bf16::from_f32(single(high)).to_bits()) << 16
});
/// Two f32 as a word of two halves, the first below.
pub const PACK_F16: Binary = lanes!(|low, high| {
    u64::from(f16::from_f32(single(low)).to_bits()) | u64::from(f16::from_f32(single(high)).to_bits()) << 16
});

/// The unary operation of a name of the arith or math dialect on a type.
pub fn unary(name: &str, kind: Kind) -> Option<Unary> {
    macro_rules! float {
        (|$a:ident| $value:expr) => {
            floats!(kind, F => lanes!(|a| { let $a = F::get(a); F::put($value) }))
        };
    }
    match name {
        "negf" => float!(|a| -a),
        "absf" => float!(|a| a.abs()),
        "exp" => float!(|a| a.exp()),
        "exp2" => float!(|a| a.exp2()),
        "expm1" => float!(|a| a.exp_m1()),
        "log" => float!(|a| a.ln()),
        "log2" => float!(|a| a.log2()),
        "log10" => float!(|a| a.log10()),
        "log1p" => float!(|a| a.ln_1p()),
        "sqrt" => float!(|a| a.sqrt()),
        "rsqrt" => float!(|a| 1.0 / a.sqrt()),
        "cbrt" => float!(|a| a.cbrt()),
        "tanh" => float!(|a| a.tanh()),
        "sinh" => float!(|a| a.sinh()),
        "cosh" => float!(|a| a.cosh()),
        "sin" => float!(|a| a.sin()),
        "cos" => float!(|a| a.cos()),
        "tan" => float!(|a| a.tan()),
        "asin" => float!(|a| a.asin()),
        "acos" => float!(|a| a.acos()),
        "atan" => float!(|a| a.atan()),
        "asinh" => float!(|a| a.asinh()),
        "acosh" => float!(|a| a.acosh()),
        "atanh" => float!(|a| a.atanh()),
        "floor" => float!(|a| a.floor()),
        "ceil" => float!(|a| a.ceil()),
        "round" => float!(|a| a.round()),
        "roundeven" => float!(|a| a.round_ties_even()),
        "trunc" => float!(|a| a.trunc()),
        "erf" => float!(|a| erf(a)),
        "erfc" => float!(|a| 1.0 - erf(a)),
        "absi" => match kind {
            Kind::Int(width) => ints!(width, N => lanes!(|a| cut::<N>(signed::<N>(a).unsigned_abs()))),
            _ => None,
        },
        "isnan" => floats!(kind, F => lanes!(|a| truth(F::get(a).is_nan()))),
        _ => None,
    }
}

/// The error function, to about 1e-15: its series near zero, a continued fraction of `erfc` elsewhere.
pub fn erf(x: f64) -> f64 {
    let a = x.abs();
    if a.is_nan() {
        return x;
    }
    let value = if a < 2.5 {
        let (mut term, mut sum, mut n) = (a, a, 0.0);
        while term.abs() > 1e-18 * sum.abs() && n < 200.0 {
            n += 1.0;
            term *= -a * a / n;
            sum += term / (2.0 * n + 1.0);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    } else if a < 7.0 {
        let mut fraction = 0.0;
        for k in (1..=120).rev() {
            fraction = f64::from(k) / 2.0 / (a + fraction);
        }
        1.0 - (-a * a).exp() / (a + fraction) / std::f64::consts::PI.sqrt()
    } else {
        1.0
    };
    value.copysign(x)
}

/// The cast of a name of the arith dialect between types; `None` also where bits stay what they are.
pub fn cast(name: &str, from: Kind, to: Kind) -> Option<Unary> {
    match (name, from, to) {
        ("extf" | "truncf", Kind::F32, Kind::Bf16) => Some(lanes!(|a| u64::from(bf16::from_f32(single(a)).to_bits()))),
        ("extf" | "truncf", Kind::Bf16, Kind::F32) => Some(lanes!(|a| (a & 0xFFFF) << 16)),
        ("extf" | "truncf", Kind::F32, Kind::F16) => Some(lanes!(|a| u64::from(f16::from_f32(single(a)).to_bits()))),
        ("extf" | "truncf", Kind::F16, Kind::F32) => Some(lanes!(|a| bits(f16::from_bits(a as u16).to_f32()))),
        ("extf" | "truncf", from, Kind::F64) => floats!(from, F => lanes!(|a| F::get(a).to_bits())),
        ("extf" | "truncf", Kind::F64, to) => floats!(to, F => lanes!(|a| F::put(f64::from_bits(a)))),
        ("extf" | "truncf", Kind::Bf16, Kind::F16) => Some(lanes!(|a| Narrow::put(Brain::get(a)))),
        ("extf" | "truncf", Kind::F16, Kind::Bf16) => Some(lanes!(|a| Brain::put(Narrow::get(a)))),
        ("trunci" | "extui" | "bitcast", _, Kind::Int(width)) => ints!(width, N => lanes!(|a| cut::<N>(a))),
        ("bitcast", ..) => Some(lanes!(|a| a)),
        ("extsi", Kind::Int(width), Kind::Int(to)) => match to {
            16 => ints!(width, N => lanes!(|a| cut::<16>(signed::<N>(a).cast_unsigned()))),
            32 => ints!(width, N => lanes!(|a| cut::<32>(signed::<N>(a).cast_unsigned()))),
            64 => ints!(width, N => lanes!(|a| signed::<N>(a).cast_unsigned())),
            _ => None,
        },
        ("sitofp", Kind::Int(width), Kind::F32) => {
            ints!(width, N => lanes!(|a| bits(signed::<N>(a) as f32)))
        }
        ("sitofp", Kind::Int(width), Kind::F64) => {
            ints!(width, N => lanes!(|a| (signed::<N>(a) as f64).to_bits()))
        }
        ("sitofp", Kind::Int(32), to) => floats!(to, F => lanes!(|a| F::put(signed::<32>(a) as f64))),
        ("sitofp", Kind::Int(64), to) => floats!(to, F => lanes!(|a| F::put(signed::<64>(a) as f64))),
        ("sitofp", Kind::Int(1), to) => floats!(to, F => lanes!(|a| F::put(signed::<1>(a) as f64))),
        ("uitofp", _, Kind::F32) => Some(lanes!(|a| bits(a as f32))),
        ("uitofp", _, to) => floats!(to, F => lanes!(|a| F::put(a as f64))),
        // Past the ends of the integers come the ends (PTX ISA, `cvt`).
        ("fptosi", from, Kind::Int(32)) => {
            floats!(from, F => lanes!(|a| cut::<32>(i64::from(F::get(a) as i32).cast_unsigned())))
        }
        ("fptosi", from, Kind::Int(64)) => floats!(from, F => lanes!(|a| (F::get(a) as i64).cast_unsigned())),
        ("fptosi", from, Kind::Int(16)) => {
            floats!(from, F => lanes!(|a| cut::<16>(i64::from(F::get(a) as i16).cast_unsigned())))
        }
        ("fptosi", from, Kind::Int(8)) => {
            floats!(from, F => lanes!(|a| cut::<8>(i64::from(F::get(a) as i8).cast_unsigned())))
        }
        ("fptoui", from, Kind::Int(64)) => floats!(from, F => lanes!(|a| F::get(a) as u64)),
        ("fptoui", from, Kind::Int(32)) => floats!(from, F => lanes!(|a| u64::from(F::get(a) as u32))),
        ("fptoui", from, Kind::Int(8)) => floats!(from, F => lanes!(|a| u64::from(F::get(a) as u8))),
        _ => None,
    }
}
