//! What the exported function refuses before it computes anything.

use super::{dynamic_dims, function::Text, is_given};
use crate::{
    cpu::{CpuError, Signature, processor},
    runtime::{DType, Expr},
};

/// What a call must keep to.
pub(super) struct Limits<'a> {
    /// Results, and the arguments whose memory they may have, by their numbers.
    pub shared: &'a [(usize, usize)],
    /// The processor that the code is for.
    pub processor: &'a str,
    /// Whether the object has a test of the processor.
    pub tested: bool,
}

/// Memory of the caller's.
struct Place {
    name: String,
    /// The bytes of the tensor.
    bytes: String,
    result: Option<usize>,
}

impl Text {
    /// Returns an error where the processor is another, a size is negative, sizes do not fit together, or a tensor has no memory,
    /// lies at an odd address, or in the memory of another.
    pub(super) fn checks(
        &mut self,
        signature: &Signature,
        shapes: &[Vec<Expr>],
        limits: &Limits<'_>,
    ) -> Result<(), CpuError> {
        // Whether there is a test or not, the numbers of the other errors are the same.
        let lacks = format!("this processor lacks what code for '{}' needs", limits.processor);
        self.messages.push(lacks.clone());
        if limits.tested {
            let fits = self.value(&format!("llvm.call {}() : () -> i1", processor::TEST));
            self.refuse_unless(&fits, lacks);
        }
        for spec in &signature.arguments {
            for dim in dynamic_dims(spec) {
                let size = format!("%{}_d{dim}", spec.name);
                self.refuse_negative(&size, format!("{}.{dim} is negative", spec.name));
            }
        }
        for sizes in &signature.equal {
            let Some((first, others)) = sizes.split_first() else { continue };
            let expected = self.size(signature, first)?;
            for other in others {
                let found = self.size(signature, other)?;
                let same = self.value(&format!("llvm.icmp \"eq\" {expected}, {found} : i64"));
                self.refuse_unless(&same, format!("the arguments do not fit together: {first} and {other} differ"));
            }
        }
        self.check_memory(signature, shapes, limits)
    }

    fn check_memory(
        &mut self,
        signature: &Signature,
        shapes: &[Vec<Expr>],
        limits: &Limits<'_>,
    ) -> Result<(), CpuError> {
        let mut places = vec![];
        for spec in &signature.arguments {
            let dims = (0..spec.shape.len()).map(|dim| Expr::dim(&spec.name, dim)).collect::<Vec<_>>();
            let bytes = self.bytes(signature, &dims, spec.dtype)?;
            places.push(self.place_of(&spec.name, bytes, spec.dtype, None));
        }
        for (at, spec) in signature.results.iter().enumerate() {
            let Some(dims) = shapes.get(at).filter(|dims| is_given(Some(*dims))) else {
                self.refuse_null(&spec.name);
                dynamic_dims(spec).for_each(|dim| self.refuse_null(&format!("{}_d{dim}", spec.name)));
                continue;
            };
            for (dim, size) in dims.iter().enumerate().filter(|(_, size)| matches!(size, Expr::Call(..))) {
                let size = self.size(signature, size)?;
                self.refuse_negative(&size, format!("{}.{dim} is negative", spec.name));
            }
            let bytes = self.bytes(signature, dims, spec.dtype)?;
            places.push(self.place_of(&spec.name, bytes, spec.dtype, Some(at)));
        }
        for (at, place) in places.iter().enumerate() {
            let Some(result) = place.result else { continue };
            for (number, other) in places[..at].iter().enumerate() {
                let may_be_one = limits.shared.contains(&(result, number)) && other.result.is_none();
                self.refuse_overlap(place, other, may_be_one);
            }
        }
        Ok(())
    }

    /// The bytes of a tensor with dims that are not negative.
    fn bytes(&mut self, signature: &Signature, dims: &[Expr], dtype: DType) -> Result<String, CpuError> {
        let mut bytes = self.constant(dtype.size());
        for dim in dims {
            let size = self.size(signature, dim)?;
            let both = self.value(&format!(
                "\"llvm.intr.smul.with.overflow\"({bytes}, {size}) : (i64, i64) -> !llvm.struct<(i64, i1)>"
            ));
            bytes = self.value(&format!("llvm.extractvalue {both}[0] : !llvm.struct<(i64, i1)>"));
            if *dim == Expr::Int(0) {
                continue;
            }
            let over = self.value(&format!("llvm.extractvalue {both}[1] : !llvm.struct<(i64, i1)>"));
            let one = self.value("llvm.mlir.constant(true) : i1");
            let fits = self.value(&format!("llvm.xor {over}, {one} : i1"));
            self.refuse_unless(&fits, "a size overflows 64 bits".into());
        }
        Ok(bytes)
    }

    /// Checks that a tensor that is not empty has memory, where its elements can be read.
    fn place_of(&mut self, name: &str, bytes: String, dtype: DType, result: Option<usize>) -> Place {
        let (address, zero) = (self.address(name), self.constant(0));
        let there = self.value(&format!("llvm.icmp \"ne\" {address}, {zero} : i64"));
        let empty = self.value(&format!("llvm.icmp \"eq\" {bytes}, {zero} : i64"));
        let fits = self.value(&format!("llvm.or {there}, {empty} : i1"));
        self.refuse_unless(&fits, format!("'{name}' has no memory"));
        if dtype.size() > 1 {
            let mask = self.constant(dtype.size() - 1);
            let rest = self.value(&format!("llvm.and {address}, {mask} : i64"));
            let even = self.value(&format!("llvm.icmp \"eq\" {rest}, {zero} : i64"));
            self.refuse_unless(&even, format!("'{name}' does not begin at a multiple of {} bytes", dtype.size()));
        }
        Place { name: name.to_owned(), bytes, result }
    }

    fn address(&mut self, name: &str) -> String {
        self.value(&format!("llvm.ptrtoint %{name} : !llvm.ptr to i64"))
    }

    fn refuse_overlap(&mut self, place: &Place, other: &Place, may_be_one: bool) {
        let (own, its, zero) = (self.address(&place.name), self.address(&other.name), self.constant(0));
        // The one begins in the other, as far as there is one at all.
        let mut begins = |at: &str, place: &Place, from: &str, bytes: &str| {
            let distance = self.value(&format!("llvm.sub {at}, {from} : i64"));
            let within = self.value(&format!("llvm.icmp \"ult\" {distance}, {bytes} : i64"));
            let some = self.value(&format!("llvm.icmp \"ne\" {}, {zero} : i64", place.bytes));
            self.value(&format!("llvm.and {within}, {some} : i1"))
        };
        let first = begins(&own, place, &its, &other.bytes);
        let second = begins(&its, other, &own, &place.bytes);
        let either = self.value(&format!("llvm.or {first}, {second} : i1"));
        let one = self.value("llvm.mlir.constant(true) : i1");
        let mut apart = self.value(&format!("llvm.xor {either}, {one} : i1"));
        if may_be_one {
            let same = self.value(&format!("llvm.icmp \"eq\" {own}, {its} : i64"));
            apart = self.value(&format!("llvm.or {apart}, {same} : i1"));
        }
        self.refuse_unless(&apart, format!("'{}' lies in the memory of '{}'", place.name, other.name));
    }

    fn refuse_null(&mut self, name: &str) {
        let (address, zero) = (self.address(name), self.constant(0));
        let there = self.value(&format!("llvm.icmp \"ne\" {address}, {zero} : i64"));
        self.refuse_unless(&there, format!("'{name}' is NULL"));
    }

    fn refuse_negative(&mut self, size: &str, message: String) {
        let zero = self.constant(0);
        let fits = self.value(&format!("llvm.icmp \"sge\" {size}, {zero} : i64"));
        self.refuse_unless(&fits, message);
    }

    fn refuse_unless(&mut self, fits: &str, message: String) {
        let code = self.messages.iter().position(|known| *known == message).unwrap_or_else(|| {
            self.messages.push(message);
            self.messages.len() - 1
        });
        self.branches += 1;
        let at = self.branches;
        self.lines.push_str(&format!("llvm.cond_br {fits}, ^fit{at}, ^unfit{at}\n^unfit{at}:\n"));
        let code = self.value(&format!("llvm.mlir.constant({} : i32) : i32", -1 - code as i64));
        self.lines.push_str(&format!("llvm.return {code} : i32\n^fit{at}:\n"));
    }
}
