//! A kernel's launch: grid, parameters and tensor maps.

use super::{Writer, text::Body};
use crate::runtime::{
    DType, Expr,
    manifest::{Kernel, L2Promotion, Parameter, Swizzle, TensorMap},
};

impl Writer<'_> {
    pub(super) fn launch(&mut self, body: &mut Body, places: &[usize], number: usize) {
        let manifest = self.manifest;
        let kernel = &manifest.kernels[number];
        // The kernel that copies an argument to a result in the same memory.
        let copies = manifest.results.iter().find_map(|result| {
            let shares = result.shares.as_ref().filter(|shares| shares.kernel == Some(number))?;
            Some(format!("if ({} != {}) ", result.name, shares.argument))
        });
        body.line(format!("{}{{", copies.unwrap_or_default()));
        body.line(format!("/* kernel {number}: {} */", kernel.symbol));
        self.launch_in(body, places[number], kernel);
        body.line("}");
    }

    fn launch_in(&mut self, body: &mut Body, place: usize, kernel: &Kernel) {
        let [(bx, by, bz), (cx, cy, cz)] = [kernel.block, kernel.cluster].map(|[x, y, z]| (x, y, z));
        body.line(format!(
            "static const struct shape shape = {{ {{{bx}, {by}, {bz}}}, {{{cx}, {cy}, {cz}}}, {}, {} }};",
            kernel.shared_memory,
            i32::from(kernel.dependent)
        ));
        let grid: Vec<_> = kernel.grid.iter().map(|dim| self.shapes.plain(dim)).collect();
        let grid = body.sizes(&grid);
        body.line(format!("const int64_t grid[3] = {{ {grid} }};"));
        self.check_bad(body, &grid);
        let mut pointers = vec![];
        for (at, parameter) in kernel.parameters.iter().enumerate() {
            match parameter {
                Parameter::Pointer { tensor } => {
                    body.line(format!("CUdeviceptr p{at} = {};", self.address(tensor)));
                }
                Parameter::Scalar { dtype, value } => {
                    let value = self.shapes.plain(value);
                    let text = body.size(&value);
                    if *dtype == DType::I32 {
                        body.line(format!("const int64_t wide_{at} = {text};"));
                        let code = self.messages.code(format!("{value} does not fit i32"));
                        body.line(format!("if (wide_{at} < INT32_MIN || wide_{at} > INT32_MAX) return {code};"));
                        body.line(format!("int32_t p{at} = (int32_t)wide_{at};"));
                    } else {
                        body.line(format!("int64_t p{at} = {text};"));
                    }
                    self.check_bad(body, &text);
                }
                Parameter::TensorMap(map) => self.map(body, at, map),
            }
            pointers.push(format!("&p{at}"));
        }
        let parameters = if pointers.is_empty() { "NULL".into() } else { pointers.join(", ") };
        body.line(format!("void *parameters[] = {{ {parameters} }};"));
        let wrong =
            self.messages.code(format!("the grid of kernel '{}' is larger than a GPU can launch", kernel.symbol));
        body.line(format!(
            "if ((error = launch(program->functions[{place}], &shape, grid, stream, parameters, {wrong}))) return error;"
        ));
    }

    fn map(&mut self, body: &mut Body, at: usize, map: &TensorMap) {
        let row = |values: &[u32]| {
            let values: Vec<_> = values.iter().map(u32::to_string).collect();
            format!("{{{}}}", values.join(", "))
        };
        let ones = vec![1; map.tile.len()];
        let steps = if map.element_strides.is_empty() { &ones } else { &map.element_strides };
        body.line(format!(
            "static const struct box box_{at} = {{ {}, {}, {}, {}, {}, {}, {} }};",
            element(map.dtype),
            map.dtype.size(),
            map.rank,
            row(&map.tile),
            row(steps),
            swizzle(map.swizzle),
            promotion(map.l2_promotion)
        ));
        let mut sizes = |sizes: &[Expr]| {
            let plain: Vec<_> = sizes.iter().map(|size| self.shapes.plain(size)).collect();
            body.sizes(&plain)
        };
        let (dims, mut strides) = (sizes(&map.dims), sizes(&map.strides));
        let offset = sizes(std::slice::from_ref(&map.offset));
        if strides.is_empty() {
            strides.push('0');
        }
        body.line(format!("const int64_t dims_{at}[] = {{ {dims} }}, strides_{at}[] = {{ {strides} }};"));
        self.check_bad(body, &format!("{dims}{strides}{offset}"));
        body.line(format!("CUtensorMap p{at};"));
        let wrong = self.messages.code(format!(
            "tensor map of '{}': a size is negative or above 2^32, a stride is not a multiple of 16 below 2^40, or it reaches past the tensor",
            map.tensor
        ));
        let (address, size) = (self.address(&map.tensor), self.bytes_of(body, &map.tensor));
        body.line(format!(
            "if ((error = encode_map(program->encode, &p{at}, &box_{at}, {address}, {size}, {offset}, dims_{at}, strides_{at}, {wrong}))) return error;"
        ));
    }
}

const fn element(dtype: DType) -> &'static str {
    match dtype {
        DType::F64 => "CU_TENSOR_MAP_DATA_TYPE_FLOAT64",
        DType::F32 => "CU_TENSOR_MAP_DATA_TYPE_FLOAT32",
        DType::F16 => "CU_TENSOR_MAP_DATA_TYPE_FLOAT16",
        DType::BF16 => "CU_TENSOR_MAP_DATA_TYPE_BFLOAT16",
        DType::I64 => "CU_TENSOR_MAP_DATA_TYPE_INT64",
        DType::I32 => "CU_TENSOR_MAP_DATA_TYPE_INT32",
        DType::I16 => "CU_TENSOR_MAP_DATA_TYPE_UINT16",
        DType::F8E4M3 | DType::F8E5M2 | DType::I8 | DType::U8 | DType::Bool => "CU_TENSOR_MAP_DATA_TYPE_UINT8",
    }
}

const fn swizzle(swizzle: Swizzle) -> &'static str {
    match swizzle {
        Swizzle::None => "CU_TENSOR_MAP_SWIZZLE_NONE",
        Swizzle::B32 => "CU_TENSOR_MAP_SWIZZLE_32B",
        Swizzle::B64 => "CU_TENSOR_MAP_SWIZZLE_64B",
        Swizzle::B128 => "CU_TENSOR_MAP_SWIZZLE_128B",
    }
}

const fn promotion(promotion: L2Promotion) -> &'static str {
    match promotion {
        L2Promotion::None => "CU_TENSOR_MAP_L2_PROMOTION_NONE",
        L2Promotion::B64 => "CU_TENSOR_MAP_L2_PROMOTION_L2_64B",
        L2Promotion::B128 => "CU_TENSOR_MAP_L2_PROMOTION_L2_128B",
        L2Promotion::B256 => "CU_TENSOR_MAP_L2_PROMOTION_L2_256B",
    }
}
