// nests: 2
#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<2x33x64xbf16>, %arg1: tensor<40x64xbf16>, %arg2: tensor<24x64xbf16>) -> (tensor<2x33x40xbf16>, tensor<2x33x24xbf16>) {
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
      %12 = arith.truncf %in : f32 to bf16
      linalg.yield %12 : bf16
    } -> tensor<66x40xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 33, 40] : tensor<66x40xbf16> into tensor<2x33x40xbf16>
    %6 = tensor.empty() : tensor<64x24xbf16>
    %transposed_0 = linalg.transpose ins(%arg2 : tensor<24x64xbf16>) outs(%6 : tensor<64x24xbf16>) permutation = [1, 0] 
    %7 = tensor.empty() : tensor<66x24xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<66x24xf32>) -> tensor<66x24xf32>
    %9 = linalg.matmul ins(%collapsed, %transposed_0 : tensor<66x64xbf16>, tensor<64x24xbf16>) outs(%8 : tensor<66x24xf32>) -> tensor<66x24xf32>
    %10 = tensor.empty() : tensor<66x24xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<66x24xf32>) outs(%10 : tensor<66x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %12 = arith.truncf %in : f32 to bf16
      linalg.yield %12 : bf16
    } -> tensor<66x24xbf16>
    %expanded_1 = tensor.expand_shape %11 [[0, 1], [2]] output_shape [2, 33, 24] : tensor<66x24xbf16> into tensor<2x33x24xbf16>
    return %expanded, %expanded_1 : tensor<2x33x40xbf16>, tensor<2x33x24xbf16>
  }
}
