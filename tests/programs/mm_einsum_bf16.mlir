// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [1, 2, 128, 32, 1] : tensor<1x2x128x32xbf16> into tensor<1x2x128x32x1xbf16>
    %expanded_2 = tensor.expand_shape %arg1 [[0], [1], [2], [3, 4]] output_shape [1, 2, 128, 32, 1] : tensor<1x2x128x32xbf16> into tensor<1x2x128x32x1xbf16>
    %0 = tensor.empty() : tensor<2x128x32x1x1xbf16>
    %transposed = linalg.transpose ins(%expanded : tensor<1x2x128x32x1xbf16>) outs(%0 : tensor<2x128x32x1x1xbf16>) permutation = [1, 2, 3, 0, 4] 
    %collapsed = tensor.collapse_shape %transposed [[0], [1], [2, 3, 4]] : tensor<2x128x32x1x1xbf16> into tensor<2x128x32xbf16>
    %1 = tensor.empty() : tensor<2x32x1x128x1xbf16>
    %transposed_3 = linalg.transpose ins(%expanded_2 : tensor<1x2x128x32x1xbf16>) outs(%1 : tensor<2x32x1x128x1xbf16>) permutation = [1, 3, 0, 2, 4] 
    %collapsed_4 = tensor.collapse_shape %transposed_3 [[0], [1], [2, 3, 4]] : tensor<2x32x1x128x1xbf16> into tensor<2x32x128xbf16>
    %2 = tensor.empty() : tensor<2x128x128xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%3 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %5 = tensor.empty() : tensor<2x128x128xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x128x128xf32>) outs(%5 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %32 = arith.truncf %in : f32 to bf16
      linalg.yield %32 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded_5 = tensor.expand_shape %6 [[0], [1], [2, 3, 4]] output_shape [2, 128, 1, 1, 128] : tensor<2x128x128xbf16> into tensor<2x128x1x1x128xbf16>
    %7 = tensor.empty() : tensor<1x2x128x128x1xbf16>
    %transposed_6 = linalg.transpose ins(%expanded_5 : tensor<2x128x1x1x128xbf16>) outs(%7 : tensor<1x2x128x128x1xbf16>) permutation = [3, 0, 1, 4, 2] 
    %collapsed_7 = tensor.collapse_shape %transposed_6 [[0], [1], [2], [3, 4]] : tensor<1x2x128x128x1xbf16> into tensor<1x2x128x128xbf16>
    %8 = tensor.empty() : tensor<1x2x128x128xbf16>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_7 : tensor<1x2x128x128xbf16>) outs(%8 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %32 = arith.truncf %cst_1 : f64 to bf16
      %33 = arith.divf %in, %32 : bf16
      linalg.yield %33 : bf16
    } -> tensor<1x2x128x128xbf16>
    %10 = tensor.empty() : tensor<1x2x128x128xf32>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x128x128xbf16>) outs(%10 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %32 = arith.extf %in : bf16 to f32
      linalg.yield %32 : f32
    } -> tensor<1x2x128x128xf32>
    %12 = tensor.empty() : tensor<1x2x128xi64>
    %13 = linalg.fill ins(%c0_i64 : i64) outs(%12 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %14 = tensor.empty() : tensor<1x2x128xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %16:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%11 : tensor<1x2x128x128xf32>) outs(%15, %13 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %32 = linalg.index 3 : index
      %33 = arith.index_cast %32 : index to i64
      %34 = arith.maximumf %in, %out : f32
      %35 = arith.cmpf ogt, %in, %out : f32
      %36 = arith.select %35, %33, %out_18 : i64
      linalg.yield %34, %36 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_8 = tensor.expand_shape %16#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %expanded_8 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%10 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %32 = arith.subf %in, %in_18 : f32
      linalg.yield %32 : f32
    } -> tensor<1x2x128x128xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x128x128xf32>) outs(%10 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %32 = math.exp %in : f32
      linalg.yield %32 : f32
    } -> tensor<1x2x128x128xf32>
    %19 = tensor.empty() : tensor<1x2x128x1xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<1x2x128x128xf32>) outs(%20 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %32 = arith.addf %in, %out : f32
      linalg.yield %32 : f32
    } -> tensor<1x2x128x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%10 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %32 = arith.divf %in, %in_18 : f32
      linalg.yield %32 : f32
    } -> tensor<1x2x128x128xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x128x128xf32>) outs(%8 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %32 = arith.truncf %in : f32 to bf16
      linalg.yield %32 : bf16
    } -> tensor<1x2x128x128xbf16>
    %expanded_9 = tensor.expand_shape %23 [[0], [1], [2], [3, 4]] output_shape [1, 2, 128, 128, 1] : tensor<1x2x128x128xbf16> into tensor<1x2x128x128x1xbf16>
    %expanded_10 = tensor.expand_shape %arg2 [[0], [1], [2], [3, 4]] output_shape [1, 2, 128, 32, 1] : tensor<1x2x128x32xbf16> into tensor<1x2x128x32x1xbf16>
    %24 = tensor.empty() : tensor<2x128x128x1x1xbf16>
    %transposed_11 = linalg.transpose ins(%expanded_9 : tensor<1x2x128x128x1xbf16>) outs(%24 : tensor<2x128x128x1x1xbf16>) permutation = [1, 2, 3, 0, 4] 
    %collapsed_12 = tensor.collapse_shape %transposed_11 [[0], [1], [2, 3, 4]] : tensor<2x128x128x1x1xbf16> into tensor<2x128x128xbf16>
    %25 = tensor.empty() : tensor<2x128x1x32x1xbf16>
    %transposed_13 = linalg.transpose ins(%expanded_10 : tensor<1x2x128x32x1xbf16>) outs(%25 : tensor<2x128x1x32x1xbf16>) permutation = [1, 2, 0, 3, 4] 
    %collapsed_14 = tensor.collapse_shape %transposed_13 [[0], [1], [2, 3, 4]] : tensor<2x128x1x32x1xbf16> into tensor<2x128x32xbf16>
    %26 = tensor.empty() : tensor<2x128x32xf32>
    %27 = linalg.fill ins(%cst : f32) outs(%26 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %28 = linalg.batch_matmul ins(%collapsed_12, %collapsed_14 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%27 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %29 = tensor.empty() : tensor<2x128x32xbf16>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28 : tensor<2x128x32xf32>) outs(%29 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %32 = arith.truncf %in : f32 to bf16
      linalg.yield %32 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_15 = tensor.expand_shape %30 [[0], [1], [2, 3, 4]] output_shape [2, 128, 1, 1, 32] : tensor<2x128x32xbf16> into tensor<2x128x1x1x32xbf16>
    %31 = tensor.empty() : tensor<1x2x128x32x1xbf16>
    %transposed_16 = linalg.transpose ins(%expanded_15 : tensor<2x128x1x1x32xbf16>) outs(%31 : tensor<1x2x128x32x1xbf16>) permutation = [3, 0, 1, 4, 2] 
    %collapsed_17 = tensor.collapse_shape %transposed_16 [[0], [1], [2], [3, 4]] : tensor<1x2x128x32x1xbf16> into tensor<1x2x128x32xbf16>
    return %collapsed_17 : tensor<1x2x128x32xbf16>
  }
}
