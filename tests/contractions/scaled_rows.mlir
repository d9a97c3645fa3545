// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
module {
  func.func @main(%arg0: tensor<3x37x64xbf16>, %arg1: tensor<72x64xbf16>, %arg2: tensor<3x37xbf16>) -> tensor<3x37x72xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<64x72xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<72x64xbf16>) outs(%0 : tensor<64x72xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<3x37x64xbf16> into tensor<111x64xbf16>
    %1 = tensor.empty() : tensor<111x72xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<111x72xf32>) -> tensor<111x72xf32>
    %3 = linalg.matmul ins(%collapsed, %transposed : tensor<111x64xbf16>, tensor<64x72xbf16>) outs(%2 : tensor<111x72xf32>) -> tensor<111x72xf32>
    %4 = tensor.empty() : tensor<111x72xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<111x72xf32>) outs(%4 : tensor<111x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %8 = arith.truncf %in : f32 to bf16
      linalg.yield %8 : bf16
    } -> tensor<111x72xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [3, 37, 72] : tensor<111x72xbf16> into tensor<3x37x72xbf16>
    %expanded_0 = tensor.expand_shape %arg2 [[0], [1, 2]] output_shape [3, 37, 1] : tensor<3x37xbf16> into tensor<3x37x1xbf16>
    %6 = tensor.empty() : tensor<3x37x72xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %expanded_0 : tensor<3x37x72xbf16>, tensor<3x37x1xbf16>) outs(%6 : tensor<3x37x72xbf16>) {
    ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
      %8 = arith.mulf %in, %in_1 : bf16
      linalg.yield %8 : bf16
    } -> tensor<3x37x72xbf16>
    return %7 : tensor<3x37x72xbf16>
  }
}
