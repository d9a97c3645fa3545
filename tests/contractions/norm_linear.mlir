// nests: 1
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<2x33x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<40x64xbf16>) -> tensor<2x33x40xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 9.9999999999999995E-7 : f64
    %cst_1 = arith.constant 6.400000e+01 : f32
    %0 = tensor.empty() : tensor<2x33x64xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x33x64xbf16>) outs(%0 : tensor<2x33x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %19 = arith.extf %in : bf16 to f32
      linalg.yield %19 : f32
    } -> tensor<2x33x64xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x33x64xf32>) outs(%0 : tensor<2x33x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %19 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %19 : f32
    } -> tensor<2x33x64xf32>
    %3 = tensor.empty() : tensor<2x33x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x33x1xf32>) -> tensor<2x33x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x33x64xf32>) outs(%4 : tensor<2x33x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %19 = arith.addf %in, %out : f32
      linalg.yield %19 : f32
    } -> tensor<2x33x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x33x1xf32>) outs(%3 : tensor<2x33x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %19 = arith.divf %in, %cst_1 : f32
      linalg.yield %19 : f32
    } -> tensor<2x33x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x33x1xf32>) outs(%3 : tensor<2x33x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %19 = arith.truncf %cst_0 : f64 to f32
      %20 = arith.addf %in, %19 : f32
      linalg.yield %20 : f32
    } -> tensor<2x33x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x33x1xf32>) outs(%3 : tensor<2x33x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %19 = math.rsqrt %in : f32
      linalg.yield %19 : f32
    } -> tensor<2x33x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x33x64xf32>, tensor<2x33x1xf32>) outs(%0 : tensor<2x33x64xf32>) {
    ^bb0(%in: f32, %in_2: f32, %out: f32):
      %19 = arith.mulf %in, %in_2 : f32
      linalg.yield %19 : f32
    } -> tensor<2x33x64xf32>
    %10 = tensor.empty() : tensor<2x33x64xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x33x64xf32>) outs(%10 : tensor<2x33x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %19 = arith.truncf %in : f32 to bf16
      linalg.yield %19 : bf16
    } -> tensor<2x33x64xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<64xbf16>, tensor<2x33x64xbf16>) outs(%10 : tensor<2x33x64xbf16>) {
    ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
      %19 = arith.mulf %in, %in_2 : bf16
      linalg.yield %19 : bf16
    } -> tensor<2x33x64xbf16>
    %13 = tensor.empty() : tensor<64x40xbf16>
    %transposed = linalg.transpose ins(%arg2 : tensor<40x64xbf16>) outs(%13 : tensor<64x40xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<2x33x64xbf16> into tensor<66x64xbf16>
    %14 = tensor.empty() : tensor<66x40xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %16 = linalg.matmul ins(%collapsed, %transposed : tensor<66x64xbf16>, tensor<64x40xbf16>) outs(%15 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %17 = tensor.empty() : tensor<66x40xbf16>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<66x40xf32>) outs(%17 : tensor<66x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %19 = arith.truncf %in : f32 to bf16
      linalg.yield %19 : bf16
    } -> tensor<66x40xbf16>
    %expanded = tensor.expand_shape %18 [[0, 1], [2]] output_shape [2, 33, 40] : tensor<66x40xbf16> into tensor<2x33x40xbf16>
    return %expanded : tensor<2x33x40xbf16>
  }
}
