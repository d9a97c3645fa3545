//! Operations on whole tensors: views, slices, padding, constants.

use super::{
    Array, Failure, Machine, Value, kind_of,
    scalar::{Kind, Word},
    unwritten,
};
use crate::{
    dialect::ops::DYNAMIC,
    ffi,
    ir::{self, Attr, Op, Type, Val},
    runtime::{float8, tensor::element_count},
};
use half::{bf16, f16};
use std::rc::Rc;

fn list(op: Op<'_>, name: &str) -> Vec<i64> {
    ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default()
}

/// Every index of a shape, the last fastest.
fn indices(shape: &[i64]) -> impl Iterator<Item = Vec<i64>> {
    let count: i64 = shape.iter().product();
    let shape = shape.to_vec();
    (0..count).map(move |mut position| {
        let mut at = vec![0; shape.len()];
        for (index, size) in at.iter_mut().zip(&shape).rev() {
            *index = position % size;
            position /= size;
        }
        at
    })
}

fn tensor(shape: Vec<i64>, data: Vec<Word>) -> Vec<Value> {
    vec![Value::Tensor(Rc::new(Array { shape, data }))]
}

impl<'c> Machine<'c> {
    /// Runs an operation of the tensor dialect.
    pub(super) fn tensor_op(&mut self, op: Op<'c>) -> Result<Vec<Value>, Failure> {
        let operands = ir::operands(op);
        let ty = ir::results(op).first().map(|result| ir::type_of(*result));
        Ok(match (ir::name(op), ty) {
            ("tensor.empty", Some(ty)) => {
                let shape = self.sizes(ty, &operands)?;
                let count = self.count(&shape)?;
                tensor(shape, vec![unwritten(kind_of(ty)?); count])
            }
            ("tensor.splat", Some(ty)) => {
                let (word, shape) = (self.word(operands[0])?, self.sizes(ty, &operands[1..])?);
                let count = self.count(&shape)?;
                tensor(shape, vec![word; count])
            }
            ("tensor.from_elements", Some(ty)) => {
                let shape = self.sizes(ty, &[])?;
                let data: Result<Vec<_>, _> = operands.iter().map(|operand| self.word(*operand)).collect();
                tensor(shape, data?)
            }
            ("tensor.cast", Some(_)) => vec![self.get(operands[0])?],
            ("tensor.dim", _) => {
                let (array, dim) = (self.array(operands[0])?, self.word(operands[1])?.to_int());
                let size = usize::try_from(dim).ok().and_then(|dim| array.shape.get(dim)).ok_or("no such dim")?;
                vec![Value::Scalar(Word::int(*size))]
            }
            ("tensor.reshape", _) => {
                let (array, sizes) = (self.array(operands[0])?, self.array(operands[1])?);
                let shape: Vec<i64> = sizes.data.iter().map(|size| size.to_int()).collect();
                let count =
                    shape.iter().try_fold(1usize, |count, size| count.checked_mul(usize::try_from(*size).ok()?));
                if count != Some(array.data.len()) {
                    return Err(format!("a tensor of shape {:?} as one of shape {shape:?}", array.shape));
                }
                vec![Value::Tensor(Rc::new(Array { shape, data: array.data.clone() }))]
            }
            ("tensor.extract", _) => {
                let array = self.array(operands[0])?;
                let at: Result<Vec<_>, _> = operands[1..].iter().map(|at| Ok(self.word(*at)?.to_int())).collect();
                let at: Vec<i64> = at.map_err(|error: Failure| error)?;
                let place = array.position(&at).ok_or_else(|| format!("{at:?} is outside of {:?}", array.shape))?;
                vec![Value::Scalar(array.data[place])]
            }
            ("tensor.insert", Some(_)) => {
                let word = self.word(operands[0])?;
                let mut array = self.array(operands[1])?;
                if ffi::defining_op(operands[1]).is_none() {
                    // What a loop carries is nobody else's: it changes in place.
                    self.forget(operands[1]);
                    ir::results(op).into_iter().for_each(|result| self.forget(result));
                }
                let at: Result<Vec<_>, _> = operands[2..].iter().map(|at| Ok(self.word(*at)?.to_int())).collect();
                let at: Vec<i64> = at.map_err(|error: Failure| error)?;
                let place = array.position(&at).ok_or_else(|| format!("{at:?} is outside of {:?}", array.shape))?;
                Rc::make_mut(&mut array).data[place] = word;
                vec![Value::Tensor(array)]
            }
            ("tensor.collapse_shape", Some(_)) => {
                let array = self.array(operands[0])?;
                let groups = reassociation(op).ok_or("no reassociation")?;
                let size = |group: &Vec<usize>| group.iter().map(|dim| array.shape[*dim]).product();
                tensor(groups.iter().map(size).collect(), array.data.clone())
            }
            ("tensor.expand_shape", Some(_)) => {
                let array = self.array(operands[0])?;
                let shape = self.mixed(&list(op, "static_output_shape"), &mut operands[1..].iter())?;
                if shape.iter().product::<i64>() != array.data.len() as i64 {
                    return Err(format!("{:?} expanded to {shape:?}", array.shape));
                }
                tensor(shape, array.data.clone())
            }
            ("tensor.extract_slice", Some(ty)) => self.extract_slice(op, &operands, ty)?,
            ("tensor.insert_slice", Some(_)) => {
                let (part, mut whole) = (self.array(operands[0])?, (*self.array(operands[1])?).clone());
                self.insert(op, &part, &mut whole, &operands[2..])?;
                vec![Value::Tensor(Rc::new(whole))]
            }
            ("tensor.parallel_insert_slice", None) => {
                // The destination is a block argument of the loop: its new value stands in its place.
                let (part, mut whole) = (self.array(operands[0])?, (*self.array(operands[1])?).clone());
                self.insert(op, &part, &mut whole, &operands[2..])?;
                self.set(operands[1], Value::Tensor(Rc::new(whole)));
                vec![]
            }
            ("tensor.concat", Some(_)) => {
                let dim = ir::attr(op, "dim").and_then(ir::int_attr).ok_or("no dim")? as usize;
                let parts: Result<Vec<_>, _> = operands.iter().map(|operand| self.array(*operand)).collect();
                concat(&parts?, dim)?
            }
            ("tensor.pad", Some(_)) => self.pad(op, &operands)?,
            (name, _) => return Err(format!("'{name}' is not known")),
        })
    }

    /// The number of elements of a new tensor, which is counted as work.
    fn count(&mut self, shape: &[i64]) -> Result<usize, Failure> {
        let sizes: Option<Vec<usize>> = shape.iter().map(|size| usize::try_from(*size).ok()).collect();
        let count =
            sizes.and_then(|sizes| element_count(&sizes)).ok_or_else(|| format!("{shape:?} is outside of any size"))?;
        self.spend(count as u64)?;
        Ok(count)
    }

    /// The shape of a type, its dynamic sizes taken from operands.
    fn sizes(&self, ty: Type<'c>, dynamic: &[Val<'c>]) -> Result<Vec<i64>, Failure> {
        let shape = ffi::shape(ty).ok_or("a tensor without rank")?;
        let shape: Vec<_> = shape.into_iter().map(|size| size.unwrap_or(DYNAMIC)).collect();
        self.mixed(&shape, &mut dynamic.iter())
    }

    /// Numbers of an attribute, the dynamic ones from operands.
    pub(super) fn mixed<'a>(
        &self,
        fixed: &[i64],
        dynamic: &mut impl Iterator<Item = &'a Val<'c>>,
    ) -> Result<Vec<i64>, Failure>
    where
        'c: 'a,
    {
        let mut numbers = vec![];
        for number in fixed {
            numbers.push(match *number {
                DYNAMIC => self.word(*dynamic.next().ok_or("too few operands")?)?.to_int(),
                number => number,
            });
        }
        Ok(numbers)
    }

    fn slice(&self, op: Op<'c>, operands: &[Val<'c>]) -> Result<[Vec<i64>; 3], Failure> {
        let mut dynamic = operands.iter();
        let offsets = self.mixed(&list(op, "static_offsets"), &mut dynamic)?;
        let sizes = self.mixed(&list(op, "static_sizes"), &mut dynamic)?;
        let strides = self.mixed(&list(op, "static_strides"), &mut dynamic)?;
        Ok([offsets, sizes, strides])
    }

    fn extract_slice(&mut self, op: Op<'c>, operands: &[Val<'c>], ty: Type<'c>) -> Result<Vec<Value>, Failure> {
        let array = self.array(operands[0])?;
        let [offsets, sizes, strides] = self.slice(op, &operands[1..])?;
        let last = |((offset, size), stride): ((&i64, &i64), &i64)| offset + (size - 1).max(0) * stride;
        let last: Vec<_> = offsets.iter().zip(&sizes).zip(&strides).map(last).collect();
        if sizes.iter().any(|size| *size < 0) || !sizes.contains(&0) && array.position(&last).is_none() {
            return Err(format!("{last:?} is outside of {:?}", array.shape));
        }
        self.spend(sizes.iter().product::<i64>().max(1) as u64)?;
        let mut data = vec![];
        for at in indices(&sizes) {
            let at: Vec<_> = at.iter().zip(offsets.iter().zip(&strides)).map(|(i, (o, s))| o + i * s).collect();
            let place = array.position(&at).ok_or_else(|| format!("{at:?} is outside of {:?}", array.shape))?;
            data.push(array.data[place]);
        }
        let result = ffi::shape(ty).ok_or("a tensor without rank")?;
        Ok(tensor(reduced(&sizes, &list(op, "static_sizes"), &result)?, data))
    }

    fn insert(&self, op: Op<'c>, part: &Array, whole: &mut Array, operands: &[Val<'c>]) -> Result<(), Failure> {
        let [offsets, sizes, strides] = self.slice(op, operands)?;
        if sizes.iter().product::<i64>() != part.data.len() as i64 {
            return Err(format!("{:?} inserted as {sizes:?}", part.shape));
        }
        for (at, word) in indices(&sizes).zip(&part.data) {
            let at: Vec<_> = at.iter().zip(offsets.iter().zip(&strides)).map(|(i, (o, s))| o + i * s).collect();
            let place = whole.position(&at).ok_or_else(|| format!("{at:?} is outside of {:?}", whole.shape))?;
            whole.data[place] = *word;
        }
        Ok(())
    }

    fn pad(&mut self, op: Op<'c>, operands: &[Val<'c>]) -> Result<Vec<Value>, Failure> {
        let array = self.array(operands[0])?;
        let mut dynamic = operands[1..].iter();
        let low = self.mixed(&list(op, "static_low"), &mut dynamic)?;
        let high = self.mixed(&list(op, "static_high"), &mut dynamic)?;
        let shape: Vec<_> = array.shape.iter().zip(low.iter().zip(&high)).map(|(size, (l, h))| l + size + h).collect();
        let body = ir::body(op, 0).ok_or("no body")?;
        let mut data = vec![];
        for at in indices(&shape) {
            let inner: Vec<_> = at.iter().zip(&low).map(|(index, low)| index - low).collect();
            data.push(match array.position(&inner) {
                Some(place) => array.data[place],
                None => {
                    let index = at.iter().map(|index| Value::Scalar(Word::int(*index))).collect();
                    match self.call(body, index)?.first() {
                        Some(Value::Scalar(word)) => *word,
                        _ => return Err("padding with a tensor".into()),
                    }
                }
            });
        }
        self.spend(data.len() as u64)?;
        Ok(tensor(shape, data))
    }

    /// A dense constant.
    pub(super) fn dense(&self, attribute: Attr<'c>, ty: Type<'c>) -> Result<Value, Failure> {
        let shape: Option<Vec<i64>> = ffi::shape(ty).unwrap_or_default().into_iter().collect();
        let shape = shape.ok_or("a constant of unknown size")?;
        let kind = kind_of(ty)?;
        let resource = attribute.to_string().starts_with("dense_resource<");
        let data: Vec<Word> = if resource {
            let text = || self.text.get_or_init(|| self.module.to_string()).clone();
            let bytes = ffi::dense_bytes(attribute, &text).ok_or("a resource that is not there")?;
            bytes.chunks_exact(kind.bytes()).map(|bytes| element(bytes, kind)).collect()
        } else if kind == Kind::Int(1) {
            let bits = ffi::dense_bools(attribute).ok_or("a constant that is not dense")?;
            bits.into_iter().map(|bit| Word::int(i64::from(bit))).collect()
        } else {
            let bytes = ffi::dense_elements(attribute, kind.bytes()).ok_or("a constant that is not dense")?;
            bytes.chunks_exact(kind.bytes()).map(|bytes| element(bytes, kind)).collect()
        };
        Ok(Value::Tensor(Rc::new(Array { shape, data })))
    }
}

/// An element of a dense constant.
fn element(bytes: &[u8], kind: Kind) -> Word {
    let mut wide = [0u8; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    let bits = u64::from_le_bytes(wide);
    match kind {
        Kind::F64 => Word(bits),
        Kind::F32 => Word::float(f64::from(f32::from_bits(bits as u32))),
        Kind::F16 => Word::float(f16::from_bits(bits as u16).to_f64()),
        Kind::BF16 => Word::float(bf16::from_bits(bits as u16).to_f64()),
        Kind::F8E4M3 => Word::float(float8::from_e4m3(bits as u8)),
        Kind::F8E5M2 => Word::float(float8::from_e5m2(bits as u8)),
        Kind::Int(_) => {
            let unused = 64 - 8 * bytes.len();
            Word::int(bits.cast_signed() << unused >> unused)
        }
    }
}

/// The shape of a slice without the unit dims that its type drops.
fn reduced(sizes: &[i64], fixed: &[i64], result: &[Option<i64>]) -> Result<Vec<i64>, Failure> {
    let mut drop = sizes.len() - result.len();
    let mut shape = vec![];
    for (size, fixed) in sizes.iter().zip(fixed) {
        let next = result.get(shape.len()).copied();
        if drop > 0 && *fixed == 1 && next != Some(Some(1)) {
            drop -= 1;
        } else if next.is_some() {
            shape.push(*size);
        } else {
            drop -= 1;
        }
    }
    if shape.len() == result.len() { Ok(shape) } else { Err("a slice of another rank".into()) }
}

fn concat(parts: &[Rc<Array>], dim: usize) -> Result<Vec<Value>, Failure> {
    let first = parts.first().ok_or("nothing to concatenate")?;
    let mut shape = first.shape.clone();
    shape[dim] = parts.iter().map(|part| part.shape[dim]).sum();
    let outer: i64 = shape[..dim].iter().product();
    let inner: i64 = shape[dim + 1..].iter().product();
    let mut data = vec![];
    for row in 0..outer {
        for part in parts {
            let length = (part.shape[dim] * inner) as usize;
            let start = row as usize * length;
            data.extend_from_slice(&part.data[start..start + length]);
        }
    }
    Ok(tensor(shape, data))
}

/// The groups of an expand_shape or collapse_shape.
fn reassociation(op: Op<'_>) -> Option<Vec<Vec<usize>>> {
    let group = |group| -> Option<Vec<usize>> {
        ffi::array_elements(group)?.into_iter().map(|dim| ir::int_attr(dim).map(|dim| dim as usize)).collect()
    };
    ffi::array_elements(ir::attr(op, "reassociation")?)?.into_iter().map(group).collect()
}
