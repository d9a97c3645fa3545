#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 4.000000e+00 : f32
    %cst_1 = arith.constant 1.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %4 = tensor.empty() : tensor<1x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.divf %in, %cst_0 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = math.exp %in : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %7 = tensor.empty() : tensor<1x2x40x1xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%6 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.addf %in, %out : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x1xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x40x1xf32>) outs(%7 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.addf %in, %cst_1 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x1xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %10 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %30 = arith.divf %in, %in_17 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_3 = tensor.collapse_shape %11 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_4 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_5 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_6 = linalg.transpose ins(%collapsed_3 : tensor<2x40x40xf32>) outs(%1 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %12 = tensor.empty() : tensor<2x40x16xf32>
    %13 = linalg.fill ins(%cst : f32) outs(%12 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %14 = linalg.batch_matmul ins(%transposed_6, %collapsed_5 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%13 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %15 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_7 = linalg.transpose ins(%collapsed_4 : tensor<2x40x16xf32>) outs(%15 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %16 = linalg.batch_matmul ins(%collapsed_5, %transposed_7 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_8 = tensor.expand_shape %14 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_9 = tensor.expand_shape %16 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %10 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %30 = arith.divf %in, %in_17 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.negf %in : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %17 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %30 = arith.mulf %in, %in_17 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %10 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %30 = arith.divf %in, %in_17 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%19 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.addf %in, %out : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x1xf32>
    %collapsed_10 = tensor.collapse_shape %21 [[0], [1], [2, 3]] : tensor<1x2x40x1xf32> into tensor<1x2x40xf32>
    %22 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_10 : tensor<1x2x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x40xf32>
    %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %22 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %30 = arith.addf %in, %in_17 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %6 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %30 = arith.mulf %in, %in_17 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.divf %in, %cst_0 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_11 = tensor.collapse_shape %25 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_12 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%15 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %26 = linalg.fill ins(%cst : f32) outs(%15 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %27 = linalg.batch_matmul ins(%transposed_12, %collapsed_11 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%26 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_13 = linalg.transpose ins(%collapsed_2 : tensor<2x16x40xf32>) outs(%12 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %28 = linalg.batch_matmul ins(%collapsed_11, %transposed_13 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%13 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_14 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_15 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %29 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_16 = linalg.transpose ins(%expanded_14 : tensor<1x2x16x40xf32>) outs(%29 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_15, %transposed_16, %expanded_8 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>
  }
}

