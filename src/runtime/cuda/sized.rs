//! Kernels whose sizes are known: grids, numbers, and tensor maps up to their addresses.

use super::driver::{Argument, Function, Launch, Ready, TiledMap};
use crate::runtime::{
    DType, Expr, RuntimeError, Scope,
    manifest::{Kernel, Parameter, TensorMap},
};

/// A kernel with its run-time sizes.
pub struct SizedKernel {
    /// `None`: it is empty, and there is nothing to do.
    grid: Option<[u32; 3]>,
    parameters: Vec<SizedParameter>,
}

/// A parameter of a kernel.
pub enum SizedParameter {
    Map(Box<SizedMap>),
    /// The address of a tensor.
    Pointer(String),
    Number(Argument),
}

impl SizedKernel {
    /// A kernel in a scope.
    ///
    /// # Errors
    /// Sizes that the hardware does not have.
    pub fn new(kernel: &Kernel, scope: &Scope) -> Result<Self, RuntimeError> {
        let sized = |parameter: &Parameter| {
            Ok(match parameter {
                Parameter::Pointer { tensor } => SizedParameter::Pointer(tensor.clone()),
                Parameter::Scalar { dtype, value } => SizedParameter::Number(scalar(*dtype, value, scope)?),
                Parameter::TensorMap(map) => SizedParameter::Map(Box::new(SizedMap::new(map, scope)?)),
            })
        };
        let parameters = kernel.parameters.iter().map(sized).collect::<Result<_, RuntimeError>>()?;
        Ok(Self { grid: grid_of(kernel, scope)?, parameters })
    }

    /// Its blocks, or `None` where there are none.
    pub const fn grid(&self) -> Option<[u32; 3]> {
        self.grid
    }

    /// Its parameters, in order.
    pub fn parameters(&self) -> &[SizedParameter] {
        &self.parameters
    }

    /// Its tensor maps.
    pub fn maps(&self) -> impl Iterator<Item = &SizedMap> {
        self.parameters.iter().filter_map(|parameter| match parameter {
            SizedParameter::Map(map) => Some(&**map),
            _ => None,
        })
    }

    /// Checks that its tensor maps stay inside of tensors of so many bytes; of what `bytes` does not know, nothing is checked.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check_reach(&self, bytes: impl Fn(&str) -> Option<usize>) -> Result<(), RuntimeError> {
        for tensor in self.maps().map(|map| &map.map.tensor) {
            if let Some(bytes) = bytes(tensor) {
                reach(self.maps(), tensor, bytes)?;
            }
        }
        Ok(())
    }

    /// The launch on tensors at these addresses, or `None` where the grid is empty.
    ///
    /// # Errors
    /// Those of `address` and `encode`.
    pub fn ready<'d>(
        &self,
        kernel: &Kernel,
        function: Function<'d>,
        address: &dyn Fn(&str) -> Result<u64, RuntimeError>,
        encode: &mut dyn FnMut(&SizedMap, u64) -> Result<Argument, RuntimeError>,
    ) -> Result<Option<Ready<'d>>, RuntimeError> {
        let Some(grid) = self.grid else { return Ok(None) };
        let packed = self.parameters.iter().map(|parameter| match parameter {
            SizedParameter::Map(map) => encode(map, address(&map.map.tensor)?),
            SizedParameter::Pointer(tensor) => Ok(Argument::U64(address(tensor)?)),
            SizedParameter::Number(number) => Ok(number.clone()),
        });
        let arguments = packed.collect::<Result<_, RuntimeError>>()?;
        let launch = Launch {
            grid,
            block: kernel.block,
            cluster: kernel.cluster,
            shared_memory: kernel.shared_memory,
            dependent: kernel.dependent,
        };
        Ok(Some(Ready::new(&kernel.symbol, function, launch, arguments)))
    }
}

/// The tensor maps among a kernel's parameters.
pub fn maps_of(kernel: &Kernel) -> impl Iterator<Item = &TensorMap> {
    kernel.parameters.iter().filter_map(|parameter| match parameter {
        Parameter::TensorMap(map) => Some(map),
        _ => None,
    })
}

/// A tensor map with its run-time sizes. An empty dim is given as 1: the hardware has no empty maps, and a
/// kernel that respects the shape never looks at what is there.
pub struct SizedMap {
    pub map: TensorMap,
    /// Bytes from the tensor's first element to the map's.
    pub offset: u64,
    pub dims: Vec<u64>,
    pub strides: Vec<u64>,
    /// Whether the tensor has no elements.
    empty: bool,
}

impl SizedMap {
    pub fn new(map: &TensorMap, scope: &Scope) -> Result<Self, RuntimeError> {
        let size = |expr: &Expr| expr.eval_size(scope).map(|size| size as u64);
        let mut dims: Vec<u64> = map.dims.iter().map(size).collect::<Result<_, _>>()?;
        let mut strides: Vec<u64> = map.strides.iter().map(size).collect::<Result<_, _>>()?;
        let offset = size(&map.offset)?;
        let empty = dims.contains(&0);
        if empty {
            dims.iter_mut().for_each(|dim| *dim = (*dim).max(1));
            strides.iter_mut().for_each(|stride| *stride = (*stride).max(16));
        }
        let place = |reason: String| RuntimeError::Cuda(format!("tensor map of '{}': {reason}", map.tensor));
        if let Some(dim) = dims.iter().find(|&&dim| dim > 1 << 32) {
            return Err(place(format!("dim {dim} is more than 2^32")));
        }
        if let Some(stride) = strides.iter().find(|&&stride| stride % 16 != 0 || stride >= 1 << 40) {
            return Err(place(format!("stride {stride} is not a multiple of 16 below 2^40")));
        }
        if offset % 16 != 0 {
            return Err(place(format!("offset {offset} is not a multiple of 16")));
        }
        Ok(Self { map: map.clone(), offset, dims, strides, empty })
    }

    /// The bytes from the first element to past the last.
    pub fn reach(&self) -> Option<u64> {
        let row = self.dims.first()?.checked_mul(self.map.dtype.size() as u64)?.checked_add(self.offset)?;
        let outer = self.dims.iter().skip(1).zip(&self.strides);
        outer.map(|(dim, stride)| (dim - 1).checked_mul(*stride)).try_fold(row, |sum, part| sum.checked_add(part?))
    }

    /// The map of a tensor at an address.
    pub fn encode(&self, address: u64) -> Result<Argument, RuntimeError> {
        let ones = vec![1; self.dims.len()];
        let TensorMap { tensor, dtype, tile, element_strides, swizzle, l2_promotion, .. } = &self.map;
        let element_strides = if element_strides.is_empty() { &ones } else { element_strides };
        let (dtype, swizzle, l2_promotion) = (*dtype, *swizzle, *l2_promotion);
        let (dims, strides, address) = (&self.dims, &self.strides, address + self.offset);
        TiledMap { address, dtype, dims, strides, tile, element_strides, swizzle, l2_promotion }.encode(tensor)
    }
}

/// The bytes that the maps of a tensor need to exist; more than `bytes` only for an empty tensor.
pub fn reach<'m>(maps: impl Iterator<Item = &'m SizedMap>, tensor: &str, bytes: usize) -> Result<usize, RuntimeError> {
    let mut needed = bytes;
    for sized in maps.filter(|sized| sized.map.tensor == tensor) {
        let reach = sized.reach().and_then(|reach| usize::try_from(reach).ok()).unwrap_or(usize::MAX);
        if reach > bytes && !sized.empty {
            let text = format!("tensor map of '{tensor}' reaches {reach} bytes into a tensor of {bytes}");
            return Err(RuntimeError::Cuda(text));
        }
        needed = needed.max(reach);
    }
    Ok(needed)
}

/// The grid, or `None` when it is empty and there is nothing to do.
fn grid_of(kernel: &Kernel, scope: &Scope) -> Result<Option<[u32; 3]>, RuntimeError> {
    const LIMITS: [usize; 3] = [(1 << 31) - 1, 65_535, 65_535];
    let mut grid = [0; 3];
    for (dim, size) in grid.iter_mut().enumerate() {
        let value = kernel.grid[dim].eval_size(scope)?;
        if value > LIMITS[dim] {
            let text =
                format!("kernel '{}': grid dim {dim} is {value}, at most {} is possible", kernel.symbol, LIMITS[dim]);
            return Err(RuntimeError::Cuda(text));
        }
        *size = value as u32;
    }
    Ok((!grid.contains(&0)).then_some(grid))
}

fn scalar(dtype: DType, value: &Expr, scope: &Scope) -> Result<Argument, RuntimeError> {
    let number = value.eval(scope)?;
    match dtype {
        DType::I64 => Ok(Argument::I64(number)),
        DType::I32 => i32::try_from(number)
            .map(Argument::I32)
            .map_err(|_| RuntimeError::Expr { text: value.to_string(), reason: format!("{number} does not fit i32") }),
        _ => Err(RuntimeError::Cuda(format!("a scalar parameter is i32 or i64, not {dtype}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_sizes_are_checked_before_the_gpu_sees_them() {
        let map = |dims: &str, strides: &str| -> Result<(u64, bool), String> {
            let text = format!(
                r#"{{"tensor": "arg0", "rank": 2, "dims": {dims}, "strides": {strides}, "box": [64, 8], "dtype": "bf16"}}"#
            );
            let map: TensorMap = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let sized = SizedMap::new(&map, &Scope::default()).map_err(|error| error.to_string())?;
            reach([&sized].into_iter(), "arg0", 1280).map_err(|error| error.to_string())?;
            Ok((sized.reach().unwrap_or(0), sized.empty))
        };
        assert_eq!(map("[64, 10]", "[128]"), Ok((1280, false)));
        assert_eq!(map("[64, 0]", "[128]"), Ok((128, true)));
        assert_eq!(map("[0, 10]", "[0]"), Ok((146, true)));
        assert_eq!(
            map("[33, 10]", "[66]"),
            Err("tensor map of 'arg0': stride 66 is not a multiple of 16 below 2^40".into())
        );
        assert_eq!(
            map("[64, 11]", "[128]"),
            Err("tensor map of 'arg0' reaches 1408 bytes into a tensor of 1280".into())
        );
    }
}
