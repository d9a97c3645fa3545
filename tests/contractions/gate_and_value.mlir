// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x33x64xbf16>, %arg1: tensor<40x64xbf16>, %arg2: tensor<40x64xbf16>) -> (tensor<2x33x40xbf16>, tensor<2x33x40xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : f32
    %0 = tensor.empty() : tensor<64x40xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<40x64xbf16>) outs(%0 : tensor<64x40xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x33x64xbf16> into tensor<66x64xbf16>
    %1 = tensor.empty() : tensor<66x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %3 = linalg.matmul ins(%collapsed, %transposed : tensor<66x64xbf16>, tensor<64x40xbf16>) outs(%2 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %4 = tensor.empty() : tensor<66x40xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<66x40xf32>) outs(%4 : tensor<66x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %15 = arith.truncf %in : f32 to bf16
      linalg.yield %15 : bf16
    } -> tensor<66x40xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 33, 40] : tensor<66x40xbf16> into tensor<2x33x40xbf16>
    %6 = tensor.empty() : tensor<2x33x40xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x33x40xbf16>) outs(%6 : tensor<2x33x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %15 = arith.extf %in : bf16 to f32
      linalg.yield %15 : f32
    } -> tensor<2x33x40xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x33x40xf32>) outs(%6 : tensor<2x33x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %15 = arith.negf %in : f32
      %16 = math.exp %15 : f32
      %17 = arith.addf %16, %cst_0 : f32
      %18 = arith.divf %cst_0, %17 : f32
      linalg.yield %18 : f32
    } -> tensor<2x33x40xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %8 : tensor<2x33x40xf32>, tensor<2x33x40xf32>) outs(%6 : tensor<2x33x40xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %15 = arith.mulf %in, %in_3 : f32
      linalg.yield %15 : f32
    } -> tensor<2x33x40xf32>
    %10 = tensor.empty() : tensor<2x33x40xbf16>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x33x40xf32>) outs(%10 : tensor<2x33x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %15 = arith.truncf %in : f32 to bf16
      linalg.yield %15 : bf16
    } -> tensor<2x33x40xbf16>
    %transposed_1 = linalg.transpose ins(%arg2 : tensor<40x64xbf16>) outs(%0 : tensor<64x40xbf16>) permutation = [1, 0] 
    %12 = linalg.matmul ins(%collapsed, %transposed_1 : tensor<66x64xbf16>, tensor<64x40xbf16>) outs(%2 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<66x40xf32>) outs(%4 : tensor<66x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %15 = arith.truncf %in : f32 to bf16
      linalg.yield %15 : bf16
    } -> tensor<66x40xbf16>
    %expanded_2 = tensor.expand_shape %13 [[0, 1], [2]] output_shape [2, 33, 40] : tensor<66x40xbf16> into tensor<2x33x40xbf16>
    %14 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %expanded_2 : tensor<2x33x40xbf16>, tensor<2x33x40xbf16>) outs(%10 : tensor<2x33x40xbf16>) {
    ^bb0(%in: bf16, %in_3: bf16, %out: bf16):
      %15 = arith.mulf %in, %in_3 : bf16
      linalg.yield %15 : bf16
    } -> tensor<2x33x40xbf16>
    return %14, %expanded : tensor<2x33x40xbf16>, tensor<2x33x40xbf16>
  }
}
