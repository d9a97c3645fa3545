// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<2x33x77xbf16>, %arg1: tensor<41x77xbf16>) -> tensor<2x33x41xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<77x41xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<41x77xbf16>) outs(%0 : tensor<77x41xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x33x77xbf16> into tensor<66x77xbf16>
    %1 = tensor.empty() : tensor<66x41xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<66x41xf32>) -> tensor<66x41xf32>
    %3 = linalg.matmul ins(%collapsed, %transposed : tensor<66x77xbf16>, tensor<77x41xbf16>) outs(%2 : tensor<66x41xf32>) -> tensor<66x41xf32>
    %4 = tensor.empty() : tensor<66x41xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<66x41xf32>) outs(%4 : tensor<66x41xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %6 = arith.truncf %in : f32 to bf16
      linalg.yield %6 : bf16
    } -> tensor<66x41xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 33, 41] : tensor<66x41xbf16> into tensor<2x33x41xbf16>
    return %expanded : tensor<2x33x41xbf16>
  }
}
