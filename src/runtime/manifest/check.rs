//! What a manifest has to keep to beyond its schema.

use super::{Manifest, Parameter, Shares, Swizzle, TensorMap, VERSION};
use crate::runtime::{DType, Expr};
use std::{collections::BTreeSet, path::Path};

impl Manifest {
    /// Checks what the schema cannot say: ranks, limits, names, and that files lie beside the manifest.
    ///
    /// # Errors
    /// What is wrong, as text.
    pub fn check(&self) -> Result<(), String> {
        let names = self.arguments.iter().map(|argument| &argument.name);
        let names = names.chain(self.results.iter().chain(&self.temporaries).map(|buffer| &buffer.name));
        let names: Vec<_> = names.chain(self.constants.iter().map(|constant| &constant.name)).collect();
        if let Some(twice) = names.iter().enumerate().find(|(index, name)| names[..*index].contains(name)) {
            return Err(format!("two tensors are named '{}'", twice.1));
        }
        let known = |tensor: &String| {
            if names.contains(&tensor) { Ok(()) } else { Err(format!("there is no tensor '{tensor}'")) }
        };
        if let Some(host) = &self.host {
            plain_file_name(&host.object)?;
            plain_file_name(&host.header)?;
        }
        for constant in &self.constants {
            plain_file_name(&constant.file)?;
        }
        if self.version >= VERSION {
            let (named, hashed): (_, BTreeSet<_>) =
                (self.file_names(), self.files.keys().map(String::as_str).collect());
            if let Some(file) = named.symmetric_difference(&hashed).next() {
                return Err(format!("'{file}' is named without a hash, or hashed without being named"));
            }
        }
        let is_digest = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some((file, hash)) = self.files.iter().find(|(_, hash)| !is_digest(hash)) {
            return Err(format!("'{hash}' is not a SHA-256, of '{file}'"));
        }
        for buffer in &self.temporaries {
            if buffer.shares.is_some() {
                return Err(format!("'{}' is no result, and shares memory", buffer.name));
            }
        }
        for buffer in &self.results {
            let Some(Shares { argument, kernel }) = &buffer.shares else { continue };
            let place = |reason: String| format!("'{}': {reason}", buffer.name);
            let own = self.arguments.iter().find(|own| own.name == *argument);
            let own = own.ok_or_else(|| place(format!("there is no argument '{argument}'")))?;
            if own.dtype != buffer.dtype {
                return Err(place(format!("{} in the memory of '{argument}', which is {}", buffer.dtype, own.dtype)));
            }
            if kernel.is_some_and(|kernel| kernel >= self.kernels.len() || !self.is_plain()) {
                return Err(place("there is no such kernel".into()));
            }
        }
        for kernel in &self.kernels {
            let place = |reason: String| format!("kernel '{}': {reason}", kernel.symbol);
            plain_file_name(&kernel.cubin).map_err(place)?;
            if kernel.block.contains(&0) || kernel.cluster.contains(&0) {
                return Err(place("block and cluster dims are at least 1".into()));
            }
            if kernel.block.iter().map(|&dim| u64::from(dim)).product::<u64>() > 1024 {
                return Err(place(format!("a block of {:?} has more than 1024 threads", kernel.block)));
            }
            for parameter in &kernel.parameters {
                match parameter {
                    Parameter::Pointer { tensor } => known(tensor).map_err(place)?,
                    Parameter::TensorMap(map) => {
                        known(&map.tensor).map_err(place)?;
                        map.check().map_err(place)?;
                    }
                    Parameter::Scalar { dtype, .. } if !matches!(dtype, DType::I32 | DType::I64) => {
                        return Err(place(format!("a scalar parameter is i32 or i64, not {dtype}")));
                    }
                    Parameter::Scalar { .. } => {}
                }
            }
        }
        self.check_steps()
    }
}

impl TensorMap {
    /// The limits of the hardware that do not depend on run-time shapes.
    fn check(&self) -> Result<(), String> {
        let place = |reason: String| Err(format!("tensor map of '{}': {reason}", self.tensor));
        let rank = self.rank as usize;
        if !(1..=5).contains(&rank) {
            return place(format!("rank {rank} is not 1 to 5"));
        }
        if self.dims.len() != rank || self.tile.len() != rank || self.strides.len() != rank - 1 {
            return place(format!(
                "rank {rank} needs {rank} dims, {rank} box sizes and {} strides, not {}, {} and {}",
                rank - 1,
                self.dims.len(),
                self.tile.len(),
                self.strides.len()
            ));
        }
        if !self.element_strides.is_empty() && self.element_strides.len() != rank {
            return place(format!("rank {rank} needs {rank} element strides, not {}", self.element_strides.len()));
        }
        if let Some(size) = self.tile.iter().find(|&&size| !(1..=256).contains(&size)) {
            return place(format!("box size {size} is not 1 to 256"));
        }
        let narrow = |stride: &&Expr| matches!(stride, Expr::Int(bytes) if bytes % 16 != 0);
        if let Some(stride) = self.strides.iter().find(narrow).filter(|_| !self.dims.contains(&Expr::Int(0))) {
            return place(format!("stride {stride} is not a multiple of 16"));
        }
        let row = u64::from(self.tile[0]) * self.dtype.size() as u64;
        let limit = match self.swizzle {
            Swizzle::None => return Ok(()),
            Swizzle::B32 => 32,
            Swizzle::B64 => 64,
            Swizzle::B128 => 128,
        };
        if row > limit {
            place(format!("a box row of {row} bytes is wider than its {limit}-byte swizzle"))
        } else {
            Ok(())
        }
    }
}

/// A manifest names files beside it, never elsewhere.
fn plain_file_name(name: &str) -> Result<(), String> {
    let path = Path::new(name);
    if path.file_name().is_some_and(|file| file == path.as_os_str()) {
        Ok(())
    } else {
        Err(format!("'{name}' is not a plain file name"))
    }
}
