// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x512x1024xbf16>, %arg1: tensor<1024x512xbf16>, %arg2: tensor<2x512x512xbf16>) -> tensor<2x512x512xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x512x1024xbf16> into tensor<1024x1024xbf16>
    %0 = tensor.empty() : tensor<1024x512xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1024x512xf32>) -> tensor<1024x512xf32>
    %2 = linalg.matmul ins(%collapsed, %arg1 : tensor<1024x1024xbf16>, tensor<1024x512xbf16>) outs(%1 : tensor<1024x512xf32>) -> tensor<1024x512xf32>
    %3 = tensor.empty() : tensor<1024x512xbf16>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<1024x512xf32>) outs(%3 : tensor<1024x512xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %7 = arith.truncf %in : f32 to bf16
      linalg.yield %7 : bf16
    } -> tensor<1024x512xbf16>
    %expanded = tensor.expand_shape %4 [[0, 1], [2]] output_shape [2, 512, 512] : tensor<1024x512xbf16> into tensor<2x512x512xbf16>
    %5 = tensor.empty() : tensor<2x512x512xbf16>
    %6 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %arg2 : tensor<2x512x512xbf16>, tensor<2x512x512xbf16>) outs(%5 : tensor<2x512x512xbf16>) {
    ^bb0(%in: bf16, %in_0: bf16, %out: bf16):
      %7 = arith.addf %in, %in_0 : bf16
      linalg.yield %7 : bf16
    } -> tensor<2x512x512xbf16>
    return %6 : tensor<2x512x512xbf16>
  }
}
