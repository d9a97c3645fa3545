// nests: 1
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x4x33x16xbf16>, %arg1: tensor<4x16x40xbf16>) -> tensor<2x33x40xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [2, 4, 33, 16, 1] : tensor<2x4x33x16xbf16> into tensor<2x4x33x16x1xbf16>
    %expanded_0 = tensor.expand_shape %arg1 [[0], [1], [2, 3, 4]] output_shape [4, 16, 40, 1, 1] : tensor<4x16x40xbf16> into tensor<4x16x40x1x1xbf16>
    %0 = tensor.empty() : tensor<2x33x16x4x1xbf16>
    %transposed = linalg.transpose ins(%expanded : tensor<2x4x33x16x1xbf16>) outs(%0 : tensor<2x33x16x4x1xbf16>) permutation = [0, 2, 3, 1, 4] 
    %collapsed = tensor.collapse_shape %transposed [[0, 1], [2, 3, 4]] : tensor<2x33x16x4x1xbf16> into tensor<66x64xbf16>
    %expanded_1 = tensor.expand_shape %collapsed [[0, 1], [2]] output_shape [1, 66, 64] : tensor<66x64xbf16> into tensor<1x66x64xbf16>
    %1 = tensor.empty() : tensor<16x4x40x1x1xbf16>
    %transposed_2 = linalg.transpose ins(%expanded_0 : tensor<4x16x40x1x1xbf16>) outs(%1 : tensor<16x4x40x1x1xbf16>) permutation = [1, 0, 2, 3, 4] 
    %collapsed_3 = tensor.collapse_shape %transposed_2 [[0, 1], [2, 3, 4]] : tensor<16x4x40x1x1xbf16> into tensor<64x40xbf16>
    %expanded_4 = tensor.expand_shape %collapsed_3 [[0, 1], [2]] output_shape [1, 64, 40] : tensor<64x40xbf16> into tensor<1x64x40xbf16>
    %2 = tensor.empty() : tensor<1x66x40xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<1x66x40xf32>) -> tensor<1x66x40xf32>
    %4 = linalg.batch_matmul ins(%expanded_1, %expanded_4 : tensor<1x66x64xbf16>, tensor<1x64x40xbf16>) outs(%3 : tensor<1x66x40xf32>) -> tensor<1x66x40xf32>
    %5 = tensor.empty() : tensor<1x66x40xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<1x66x40xf32>) outs(%5 : tensor<1x66x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %8 = arith.truncf %in : f32 to bf16
      linalg.yield %8 : bf16
    } -> tensor<1x66x40xbf16>
    %collapsed_5 = tensor.collapse_shape %6 [[0, 1], [2]] : tensor<1x66x40xbf16> into tensor<66x40xbf16>
    %expanded_6 = tensor.expand_shape %collapsed_5 [[0, 1], [2, 3, 4]] output_shape [2, 33, 1, 1, 40] : tensor<66x40xbf16> into tensor<2x33x1x1x40xbf16>
    %7 = tensor.empty() : tensor<2x33x40x1x1xbf16>
    %transposed_7 = linalg.transpose ins(%expanded_6 : tensor<2x33x1x1x40xbf16>) outs(%7 : tensor<2x33x40x1x1xbf16>) permutation = [0, 1, 4, 2, 3] 
    %collapsed_8 = tensor.collapse_shape %transposed_7 [[0], [1], [2, 3, 4]] : tensor<2x33x40x1x1xbf16> into tensor<2x33x40xbf16>
    return %collapsed_8 : tensor<2x33x40xbf16>
  }
}
