// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x128x3x64xbf16>, %arg1: tensor<2x128x3x64xbf16>, %arg2: tensor<2x128x3x64xbf16>) -> tensor<2x128x3x64xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 1.250000e-01 : bf16
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [2, 128, 3, 64, 1] : tensor<2x128x3x64xbf16> into tensor<2x128x3x64x1xbf16>
    %expanded_2 = tensor.expand_shape %arg1 [[0], [1], [2], [3, 4]] output_shape [2, 128, 3, 64, 1] : tensor<2x128x3x64xbf16> into tensor<2x128x3x64x1xbf16>
    %0 = tensor.empty() : tensor<2x3x128x64x1xbf16>
    %transposed = linalg.transpose ins(%expanded : tensor<2x128x3x64x1xbf16>) outs(%0 : tensor<2x3x128x64x1xbf16>) permutation = [0, 2, 1, 3, 4] 
    %collapsed = tensor.collapse_shape %transposed [[0, 1], [2], [3, 4]] : tensor<2x3x128x64x1xbf16> into tensor<6x128x64xbf16>
    %1 = tensor.empty() : tensor<2x3x64x128x1xbf16>
    %transposed_3 = linalg.transpose ins(%expanded_2 : tensor<2x128x3x64x1xbf16>) outs(%1 : tensor<2x3x64x128x1xbf16>) permutation = [0, 2, 3, 1, 4] 
    %collapsed_4 = tensor.collapse_shape %transposed_3 [[0, 1], [2], [3, 4]] : tensor<2x3x64x128x1xbf16> into tensor<6x64x128xbf16>
    %2 = tensor.empty() : tensor<6x128x128xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<6x128x128xf32>) -> tensor<6x128x128xf32>
    %4 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<6x128x64xbf16>, tensor<6x64x128xbf16>) outs(%3 : tensor<6x128x128xf32>) -> tensor<6x128x128xf32>
    %5 = tensor.empty() : tensor<6x128x128xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<6x128x128xf32>) outs(%5 : tensor<6x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %30 = arith.truncf %in : f32 to bf16
      linalg.yield %30 : bf16
    } -> tensor<6x128x128xbf16>
    %expanded_5 = tensor.expand_shape %6 [[0, 1], [2], [3, 4]] output_shape [2, 3, 128, 1, 128] : tensor<6x128x128xbf16> into tensor<2x3x128x1x128xbf16>
    %7 = tensor.empty() : tensor<2x3x128x128x1xbf16>
    %transposed_6 = linalg.transpose ins(%expanded_5 : tensor<2x3x128x1x128xbf16>) outs(%7 : tensor<2x3x128x128x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    %collapsed_7 = tensor.collapse_shape %transposed_6 [[0], [1], [2], [3, 4]] : tensor<2x3x128x128x1xbf16> into tensor<2x3x128x128xbf16>
    %8 = tensor.empty() : tensor<2x3x128x128xbf16>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_7 : tensor<2x3x128x128xbf16>) outs(%8 : tensor<2x3x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %30 = arith.mulf %in, %cst_1 : bf16
      linalg.yield %30 : bf16
    } -> tensor<2x3x128x128xbf16>
    %10 = tensor.empty() : tensor<2x3x128x128xf32>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x3x128x128xbf16>) outs(%10 : tensor<2x3x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %30 = arith.extf %in : bf16 to f32
      linalg.yield %30 : f32
    } -> tensor<2x3x128x128xf32>
    %12 = tensor.empty() : tensor<2x3x128xi64>
    %13 = linalg.fill ins(%c0_i64 : i64) outs(%12 : tensor<2x3x128xi64>) -> tensor<2x3x128xi64>
    %14 = tensor.empty() : tensor<2x3x128xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<2x3x128xf32>) -> tensor<2x3x128xf32>
    %16:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%11 : tensor<2x3x128x128xf32>) outs(%15, %13 : tensor<2x3x128xf32>, tensor<2x3x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_16: i64):
      %30 = linalg.index 3 : index
      %31 = arith.index_cast %30 : index to i64
      %32 = arith.maximumf %in, %out : f32
      %33 = arith.cmpf ogt, %in, %out : f32
      %34 = arith.select %33, %31, %out_16 : i64
      linalg.yield %32, %34 : f32, i64
    } -> (tensor<2x3x128xf32>, tensor<2x3x128xi64>)
    %expanded_8 = tensor.expand_shape %16#0 [[0], [1], [2, 3]] output_shape [2, 3, 128, 1] : tensor<2x3x128xf32> into tensor<2x3x128x1xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %expanded_8 : tensor<2x3x128x128xf32>, tensor<2x3x128x1xf32>) outs(%10 : tensor<2x3x128x128xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %30 = arith.subf %in, %in_16 : f32
      linalg.yield %30 : f32
    } -> tensor<2x3x128x128xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<2x3x128x128xf32>) outs(%10 : tensor<2x3x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = math.exp %in : f32
      linalg.yield %30 : f32
    } -> tensor<2x3x128x128xf32>
    %19 = tensor.empty() : tensor<2x3x128x1xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<2x3x128x1xf32>) -> tensor<2x3x128x1xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<2x3x128x128xf32>) outs(%20 : tensor<2x3x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.addf %in, %out : f32
      linalg.yield %30 : f32
    } -> tensor<2x3x128x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<2x3x128x128xf32>, tensor<2x3x128x1xf32>) outs(%10 : tensor<2x3x128x128xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %30 = arith.divf %in, %in_16 : f32
      linalg.yield %30 : f32
    } -> tensor<2x3x128x128xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x3x128x128xf32>) outs(%8 : tensor<2x3x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %30 = arith.truncf %in : f32 to bf16
      linalg.yield %30 : bf16
    } -> tensor<2x3x128x128xbf16>
    %expanded_9 = tensor.expand_shape %arg2 [[0], [1], [2], [3, 4]] output_shape [2, 128, 3, 64, 1] : tensor<2x128x3x64xbf16> into tensor<2x128x3x64x1xbf16>
    %collapsed_10 = tensor.collapse_shape %23 [[0, 1], [2], [3]] : tensor<2x3x128x128xbf16> into tensor<6x128x128xbf16>
    %transposed_11 = linalg.transpose ins(%expanded_9 : tensor<2x128x3x64x1xbf16>) outs(%0 : tensor<2x3x128x64x1xbf16>) permutation = [0, 2, 1, 3, 4] 
    %collapsed_12 = tensor.collapse_shape %transposed_11 [[0, 1], [2], [3, 4]] : tensor<2x3x128x64x1xbf16> into tensor<6x128x64xbf16>
    %24 = tensor.empty() : tensor<6x128x64xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<6x128x64xf32>) -> tensor<6x128x64xf32>
    %26 = linalg.batch_matmul ins(%collapsed_10, %collapsed_12 : tensor<6x128x128xbf16>, tensor<6x128x64xbf16>) outs(%25 : tensor<6x128x64xf32>) -> tensor<6x128x64xf32>
    %27 = tensor.empty() : tensor<6x128x64xbf16>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<6x128x64xf32>) outs(%27 : tensor<6x128x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %30 = arith.truncf %in : f32 to bf16
      linalg.yield %30 : bf16
    } -> tensor<6x128x64xbf16>
    %expanded_13 = tensor.expand_shape %28 [[0, 1], [2], [3, 4]] output_shape [2, 3, 128, 1, 64] : tensor<6x128x64xbf16> into tensor<2x3x128x1x64xbf16>
    %29 = tensor.empty() : tensor<2x128x3x64x1xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<2x3x128x1x64xbf16>) outs(%29 : tensor<2x128x3x64x1xbf16>) permutation = [0, 2, 1, 4, 3] 
    %collapsed_15 = tensor.collapse_shape %transposed_14 [[0], [1], [2], [3, 4]] : tensor<2x128x3x64x1xbf16> into tensor<2x128x3x64xbf16>
    return %collapsed_15 : tensor<2x128x3x64xbf16>
  }
}
