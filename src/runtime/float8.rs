//! The two 8-bit floats that caches are stored in, as numbers and as bits.

/// The bits of a number in an 8-bit float with so many bits of mantissa and this bias, rounded to nearest, ties to even; `None`
/// past the largest finite number.
fn round(value: f64, mantissa: i32, bias: i32, largest: f64) -> Option<u8> {
    let magnitude = value.abs();
    let smallest = 1 - bias;
    let exponent = if magnitude == 0.0 { smallest } else { (magnitude.log2().floor() as i32).max(smallest) };
    // In units of the last place; a number just below a power of two may round up to it, which carries into the exponent.
    let places = (magnitude * 2f64.powi(mantissa - exponent)).round_ties_even();
    if places * 2f64.powi(exponent - mantissa) > largest {
        return None;
    }
    let bits = places as i32 + (exponent - smallest) * (1 << mantissa);
    u8::try_from(bits).ok()
}

/// The number that bits stand for, as a float with so many bits of mantissa and this bias, infinities and NaN left out.
fn number(bits: u8, mantissa: i32, bias: i32) -> f64 {
    let (exponent, fraction) = (i32::from(bits & 0x7f) >> mantissa, i32::from(bits) & ((1 << mantissa) - 1));
    let magnitude = match exponent {
        0 => f64::from(fraction) * 2f64.powi(1 - bias - mantissa),
        _ => f64::from(fraction + (1 << mantissa)) * 2f64.powi(exponent - bias - mantissa),
    };
    if bits & 0x80 == 0 { magnitude } else { -magnitude }
}

fn sign(value: f64) -> u8 {
    if value.is_sign_negative() { 0x80 } else { 0 }
}

/// The number behind four bits of exponent and three of mantissa: no infinity, and one NaN of either sign.
pub fn from_e4m3(bits: u8) -> f64 {
    if bits & 0x7f == 0x7f { f64::NAN } else { number(bits, 3, 7) }
}

/// The nearest of those; NaN past the largest.
pub fn to_e4m3(value: f64) -> u8 {
    let bits = if value.is_finite() { round(value, 3, 7, 448.0) } else { None };
    sign(value) | bits.unwrap_or(0x7f)
}

/// The number behind five bits of exponent and two of mantissa.
pub fn from_e5m2(bits: u8) -> f64 {
    match bits & 0x7f {
        0x7c if bits & 0x80 == 0 => f64::INFINITY,
        0x7c => f64::NEG_INFINITY,
        0x7d.. => f64::NAN,
        _ => number(bits, 2, 15),
    }
}

/// The nearest of those; infinite past the largest.
pub fn to_e5m2(value: f64) -> u8 {
    if value.is_nan() {
        return sign(value) | 0x7f;
    }
    let bits = if value.is_finite() { round(value, 2, 15, 57344.0) } else { None };
    sign(value) | bits.unwrap_or(0x7c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_survives() {
        for bits in 0..=u8::MAX {
            for (from, to) in [(from_e4m3 as fn(u8) -> f64, to_e4m3 as fn(f64) -> u8), (from_e5m2, to_e5m2)] {
                let value = from(bits);
                assert!(if value.is_nan() { from(to(value)).is_nan() } else { to(value) == bits }, "{bits:#x}");
            }
        }
    }

    #[test]
    fn known_numbers() {
        let numbers = [0x01, 0x08, 0x38, 0x3c, 0x7e, 0xb8].map(from_e4m3);
        assert_eq!(numbers, [2f64.powi(-9), 2f64.powi(-6), 1.0, 1.5, 448.0, -1.0]);
        assert_eq!([0x01, 0x3c, 0x7b].map(from_e5m2), [2f64.powi(-16), 1.0, 57344.0]);
        assert_eq!((to_e4m3(464.0), to_e4m3(464.1) & 0x7f, to_e4m3(1e9) & 0x7f), (0x7e, 0x7f, 0x7f));
        assert_eq!((to_e5m2(61439.0), to_e5m2(61440.0)), (0x7b, 0x7c));
        // Ties go to even, and a carry reaches the exponent.
        assert_eq!((to_e4m3(1.0625), to_e4m3(1.1875), to_e4m3(1.99)), (0x38, 0x3a, 0x40));
        assert_eq!((to_e4m3(2f64.powi(-10)), to_e4m3(-0.0)), (0x00, 0x80));
    }
}
