// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d1, d2)>
module {
  func.func @main(%arg0: tensor<2x33x64xbf16>, %arg1: tensor<40x64xbf16>, %arg2: tensor<33x40xf32>) -> tensor<2x33x40xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<64x40xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<40x64xbf16>) outs(%0 : tensor<64x40xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x33x64xbf16> into tensor<66x64xbf16>
    %1 = tensor.empty() : tensor<66x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %3 = linalg.matmul ins(%collapsed, %transposed : tensor<66x64xbf16>, tensor<64x40xbf16>) outs(%2 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %4 = tensor.empty() : tensor<66x40xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<66x40xf32>) outs(%4 : tensor<66x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %9 = arith.truncf %in : f32 to bf16
      linalg.yield %9 : bf16
    } -> tensor<66x40xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 33, 40] : tensor<66x40xbf16> into tensor<2x33x40xbf16>
    %6 = tensor.empty() : tensor<2x33x40xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x33x40xbf16>) outs(%6 : tensor<2x33x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %9 = arith.extf %in : bf16 to f32
      linalg.yield %9 : f32
    } -> tensor<2x33x40xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %arg2 : tensor<2x33x40xf32>, tensor<33x40xf32>) outs(%6 : tensor<2x33x40xf32>) {
    ^bb0(%in: f32, %in_0: f32, %out: f32):
      %9 = arith.mulf %in, %in_0 : f32
      linalg.yield %9 : f32
    } -> tensor<2x33x40xf32>
    return %8 : tensor<2x33x40xf32>
  }
}
