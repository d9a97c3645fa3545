// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : bf16
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%0 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %19 = arith.truncf %in : f32 to bf16
      linalg.yield %19 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %19 = arith.truncf %cst_1 : f64 to bf16
      %20 = arith.divf %in, %19 : bf16
      linalg.yield %20 : bf16
    } -> tensor<1x2x128x128xbf16>
    %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %19 = math.exp %in : bf16
      linalg.yield %19 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_3 = tensor.collapse_shape %8 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_4 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %9 = tensor.empty() : tensor<2x128x32xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %11 = linalg.batch_matmul ins(%collapsed_3, %collapsed_4 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%10 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %12 = tensor.empty() : tensor<2x128x32xbf16>
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x128x32xf32>) outs(%12 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %19 = arith.truncf %in : f32 to bf16
      linalg.yield %19 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_5 = tensor.expand_shape %13 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    %14 = tensor.empty() : tensor<1x2x128x1xbf16>
    %15 = linalg.fill ins(%cst_0 : bf16) outs(%14 : tensor<1x2x128x1xbf16>) -> tensor<1x2x128x1xbf16>
    %16 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%8 : tensor<1x2x128x128xbf16>) outs(%15 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %19 = arith.addf %in, %out : bf16
      linalg.yield %19 : bf16
    } -> tensor<1x2x128x1xbf16>
    %17 = tensor.empty() : tensor<1x2x128x32xbf16>
    %18 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %16 : tensor<1x2x128x32xbf16>, tensor<1x2x128x1xbf16>) outs(%17 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_6: bf16, %out: bf16):
      %19 = arith.divf %in, %in_6 : bf16
      linalg.yield %19 : bf16
    } -> tensor<1x2x128x32xbf16>
    return %18 : tensor<1x2x128x32xbf16>
  }
}
