//! A dense row-major tensor on the host.

use super::{RuntimeError, float8};
use half::{bf16, f16};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An element type. Booleans take one byte, 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DType {
    F64,
    F32,
    F16,
    BF16,
    /// Four bits of exponent, three of mantissa, no infinity.
    #[serde(rename = "f8_e4m3")]
    F8E4M3,
    /// Five bits of exponent, two of mantissa.
    #[serde(rename = "f8_e5m2")]
    F8E5M2,
    I64,
    I32,
    I16,
    I8,
    U8,
    Bool,
}

impl DType {
    /// Every element type.
    pub const ALL: [Self; 12] = [
        Self::F64,
        Self::F32,
        Self::F16,
        Self::BF16,
        Self::F8E4M3,
        Self::F8E5M2,
        Self::I64,
        Self::I32,
        Self::I16,
        Self::I8,
        Self::U8,
        Self::Bool,
    ];

    /// Bytes per element in memory.
    pub const fn size(self) -> usize {
        match self {
            Self::F64 | Self::I64 => 8,
            Self::F32 | Self::I32 => 4,
            Self::F16 | Self::BF16 | Self::I16 => 2,
            Self::F8E4M3 | Self::F8E5M2 | Self::I8 | Self::U8 | Self::Bool => 1,
        }
    }

    /// The name in manifests and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::F64 => "f64",
            Self::F32 => "f32",
            Self::F16 => "f16",
            Self::BF16 => "bf16",
            Self::F8E4M3 => "f8_e4m3",
            Self::F8E5M2 => "f8_e5m2",
            Self::I64 => "i64",
            Self::I32 => "i32",
            Self::I16 => "i16",
            Self::I8 => "i8",
            Self::U8 => "u8",
            Self::Bool => "bool",
        }
    }

    /// Whether values are floating-point numbers.
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F64 | Self::F32 | Self::F16 | Self::BF16 | Self::F8E4M3 | Self::F8E5M2)
    }

    /// A number as a float of this type: rounded, and infinite where the type ends. Other types have it as it is.
    pub fn holds(self, value: f64) -> f64 {
        match self {
            Self::F32 => f64::from(value as f32),
            Self::F16 => half::f16::from_f64(value).to_f64(),
            Self::BF16 => half::bf16::from_f64(value).to_f64(),
            _ => value,
        }
    }

    /// Whether bytes of `other` can stand where this type is expected (signless bytes).
    pub fn accepts(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::I8, Self::U8) | (Self::U8, Self::I8))
    }
}

impl fmt::Display for DType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Bytes that start at a multiple of 64, so that vector loads of any width are aligned.
struct Aligned {
    buffer: Vec<u8>,
    start: usize,
    len: usize,
}

impl Aligned {
    const ALIGN: usize = 64;

    /// `None` when there is no memory for it.
    fn zeros(len: usize) -> Option<Self> {
        let padded = len.checked_add(Self::ALIGN)?;
        let mut buffer = Vec::new();
        buffer.try_reserve_exact(padded).ok()?;
        buffer.resize(padded, 0u8);
        let start = buffer.as_ptr().align_offset(Self::ALIGN).min(Self::ALIGN);
        Some(Self { buffer, start, len })
    }

    fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.start + self.len]
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.buffer[self.start..self.start + self.len]
    }
}

/// A dense row-major tensor in host memory, aligned to 64 bytes.
pub struct Tensor {
    dtype: DType,
    shape: Vec<usize>,
    data: Aligned,
}

/// The number of elements of a shape, or `None` on overflow. A scalar has one; a zero dim gives zero.
pub fn element_count(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape.iter().try_fold(1usize, |product, &dim| product.checked_mul(dim))
}

/// A shape as text: `[2, 64]`, with `?` for `None`.
pub fn shape_text(shape: &[Option<usize>]) -> String {
    let dims: Vec<_> = shape.iter().map(|dim| dim.map_or("?".into(), |dim| dim.to_string())).collect();
    format!("[{}]", dims.join(", "))
}

impl Tensor {
    /// A tensor of zeros.
    ///
    /// # Errors
    /// [`RuntimeError::TooLarge`] when the size does not fit the address space or memory.
    pub fn zeros(dtype: DType, shape: &[usize]) -> Result<Self, RuntimeError> {
        element_count(shape)
            .and_then(|count| count.checked_mul(dtype.size()))
            .and_then(Aligned::zeros)
            .map(|data| Self { dtype, shape: shape.to_vec(), data })
            .ok_or_else(|| RuntimeError::TooLarge { name: "tensor".into(), shape: format!("{shape:?}") })
    }

    /// A tensor with these bytes, little-endian.
    ///
    /// # Errors
    /// [`RuntimeError::WrongSize`] when the byte count does not follow from shape and type.
    pub fn from_bytes(dtype: DType, shape: &[usize], bytes: &[u8]) -> Result<Self, RuntimeError> {
        let expected = element_count(shape).and_then(|count| count.checked_mul(dtype.size()));
        if expected != Some(bytes.len()) {
            return Err(RuntimeError::WrongSize {
                shape: format!("{shape:?}"),
                dtype: dtype.name(),
                expected: expected.unwrap_or(usize::MAX),
                found: bytes.len(),
            });
        }
        let mut tensor = Self::zeros(dtype, shape)?;
        tensor.bytes_mut().copy_from_slice(bytes);
        Ok(tensor)
    }

    /// A tensor whose elements are these numbers, rounded to `dtype`.
    ///
    /// # Errors
    /// As [`Tensor::from_bytes`].
    pub fn from_f64(dtype: DType, shape: &[usize], values: &[f64]) -> Result<Self, RuntimeError> {
        let mut bytes = Vec::with_capacity(values.len() * dtype.size());
        for &value in values {
            match dtype {
                DType::F64 => bytes.extend(value.to_le_bytes()),
                DType::F32 => bytes.extend((value as f32).to_le_bytes()),
                DType::F16 => bytes.extend(f16::from_f64(value).to_le_bytes()),
                DType::BF16 => bytes.extend(bf16::from_f64(value).to_le_bytes()),
                DType::F8E4M3 => bytes.push(float8::to_e4m3(value)),
                DType::F8E5M2 => bytes.push(float8::to_e5m2(value)),
                DType::I64 => bytes.extend((value as i64).to_le_bytes()),
                DType::I32 => bytes.extend((value as i32).to_le_bytes()),
                DType::I16 => bytes.extend((value as i16).to_le_bytes()),
                DType::I8 => bytes.extend((value as i8).to_le_bytes()),
                DType::U8 => bytes.push(value as u8),
                DType::Bool => bytes.push(u8::from(value != 0.0)),
            }
        }
        Self::from_bytes(dtype, shape, &bytes)
    }

    /// Pseudo-random values from a seed: floats uniform in [-1, 1), integers and booleans 0 or 1.
    ///
    /// # Errors
    /// [`RuntimeError::TooLarge`].
    pub fn random(dtype: DType, shape: &[usize], seed: u64) -> Result<Self, RuntimeError> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            // Knuth's linear congruential generator (MMIX); its upper bits.
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / f64::from(1 << 23) - 1.0
        };
        // Memory is asked for before any value is made.
        let count = Self::zeros(dtype, shape)?.count();
        let value = |next: f64| if dtype.is_float() { next } else { f64::from(next > 0.0) };
        let values: Vec<f64> = (0..count).map(|_| value(next())).collect();
        Self::from_f64(dtype, shape, &values)
    }

    /// The element type.
    pub const fn dtype(&self) -> DType {
        self.dtype
    }

    /// The dims, outermost first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The number of elements.
    pub fn count(&self) -> usize {
        self.data.len / self.dtype.size()
    }

    /// The elements, little-endian, row-major.
    pub fn bytes(&self) -> &[u8] {
        self.data.bytes()
    }

    /// As [`Tensor::bytes`], to write.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        self.data.bytes_mut()
    }

    /// Every element as an f64: exact but for i64 beyond 2^53.
    pub fn to_f64(&self) -> Vec<f64> {
        fn read<const N: usize>(bytes: &[u8], value: impl Fn([u8; N]) -> f64) -> Vec<f64> {
            bytes.as_chunks::<N>().0.iter().map(|&chunk| value(chunk)).collect()
        }
        let bytes = self.bytes();
        match self.dtype {
            DType::F64 => read(bytes, f64::from_le_bytes),
            DType::F32 => read(bytes, |chunk| f64::from(f32::from_le_bytes(chunk))),
            DType::F16 => read(bytes, |chunk| f16::from_le_bytes(chunk).to_f64()),
            DType::BF16 => read(bytes, |chunk| bf16::from_le_bytes(chunk).to_f64()),
            DType::F8E4M3 => read(bytes, |[byte]| float8::from_e4m3(byte)),
            DType::F8E5M2 => read(bytes, |[byte]| float8::from_e5m2(byte)),
            DType::I64 => read(bytes, |chunk| i64::from_le_bytes(chunk) as f64),
            DType::I32 => read(bytes, |chunk| f64::from(i32::from_le_bytes(chunk))),
            DType::I16 => read(bytes, |chunk| f64::from(i16::from_le_bytes(chunk))),
            DType::I8 => read(bytes, |chunk| f64::from(i8::from_le_bytes(chunk))),
            DType::U8 | DType::Bool => read(bytes, |[byte]| f64::from(byte)),
        }
    }
}

impl Clone for Tensor {
    fn clone(&self) -> Self {
        let mut data = Aligned::zeros(self.data.len).unwrap_or(Aligned { buffer: Vec::new(), start: 0, len: 0 });
        data.bytes_mut().copy_from_slice(self.bytes());
        Self { dtype: self.dtype, shape: self.shape.clone(), data }
    }
}

impl fmt::Debug for Tensor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Tensor({}, {:?})", self.dtype, self.shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_a_round_trip_through_every_type() {
        for dtype in DType::ALL {
            let tensor = Tensor::from_f64(dtype, &[2, 1], &[0.0, 1.0]).expect("fits");
            assert_eq!(tensor.to_f64(), [0.0, 1.0], "{dtype}");
            assert_eq!(tensor.bytes().as_ptr() as usize % 64, 0);
            assert_eq!(tensor.clone().to_f64(), [0.0, 1.0]);
        }
        let nan = Tensor::from_f64(DType::BF16, &[], &[f64::NAN]).expect("fits");
        assert!(nan.to_f64()[0].is_nan());
    }

    #[test]
    fn empty_and_huge_shapes() {
        assert_eq!(Tensor::zeros(DType::F32, &[usize::MAX, 0]).expect("empty").count(), 0);
        assert!(Tensor::zeros(DType::F32, &[usize::MAX, 2]).is_err());
        assert!(Tensor::zeros(DType::F64, &[1 << 62]).is_err());
        assert!(Tensor::from_bytes(DType::F32, &[2], &[0; 7]).is_err());
    }
}
