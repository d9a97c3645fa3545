// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x40x64xbf16>, %arg1: tensor<72x64xbf16>, %arg2: tensor<72x64xbf16>) -> tensor<2x40x72xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<64x72xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<72x64xbf16>) outs(%0 : tensor<64x72xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x40x64xbf16> into tensor<80x64xbf16>
    %1 = tensor.empty() : tensor<80x72xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<80x72xf32>) -> tensor<80x72xf32>
    %3 = linalg.matmul ins(%collapsed, %transposed : tensor<80x64xbf16>, tensor<64x72xbf16>) outs(%2 : tensor<80x72xf32>) -> tensor<80x72xf32>
    %4 = tensor.empty() : tensor<80x72xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<80x72xf32>) outs(%4 : tensor<80x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %10 = arith.truncf %in : f32 to bf16
      linalg.yield %10 : bf16
    } -> tensor<80x72xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 40, 72] : tensor<80x72xbf16> into tensor<2x40x72xbf16>
    %transposed_0 = linalg.transpose ins(%arg2 : tensor<72x64xbf16>) outs(%0 : tensor<64x72xbf16>) permutation = [1, 0] 
    %6 = linalg.matmul ins(%collapsed, %transposed_0 : tensor<80x64xbf16>, tensor<64x72xbf16>) outs(%2 : tensor<80x72xf32>) -> tensor<80x72xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<80x72xf32>) outs(%4 : tensor<80x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %10 = arith.truncf %in : f32 to bf16
      linalg.yield %10 : bf16
    } -> tensor<80x72xbf16>
    %expanded_1 = tensor.expand_shape %7 [[0, 1], [2]] output_shape [2, 40, 72] : tensor<80x72xbf16> into tensor<2x40x72xbf16>
    %8 = tensor.empty() : tensor<2x40x72xbf16>
    %9 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %expanded_1 : tensor<2x40x72xbf16>, tensor<2x40x72xbf16>) outs(%8 : tensor<2x40x72xbf16>) {
    ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
      %10 = arith.addf %in, %in_2 : bf16
      linalg.yield %10 : bf16
    } -> tensor<2x40x72xbf16>
    return %9 : tensor<2x40x72xbf16>
  }
}
