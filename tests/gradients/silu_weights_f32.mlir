#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant 4.000000e+01 : f32
    %cst_3 = arith.constant dense<1> : tensor<i64>
    %0 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %4 = tensor.empty() : tensor<40xi64>
    %5 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%4 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %30 = linalg.index 0 : index
      %31 = arith.index_cast %30 : index to i64
      linalg.yield %31 : i64
    } -> tensor<40xi64>
    %expanded_5 = tensor.expand_shape %5 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_6 = tensor.expand_shape %5 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %6 = tensor.empty() : tensor<1x2x40x40xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.negf %in : f32
      %31 = math.exp %30 : f32
      %32 = arith.addf %31, %cst_0 : f32
      %33 = arith.divf %cst_0, %32 : f32
      linalg.yield %33 : f32
    } -> tensor<1x2x40x40xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %7 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %30 = arith.mulf %in, %in_20 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.divf %in, %cst_2 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %10 = tensor.empty() : tensor<40x40xi1>
    %11 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_6, %expanded_5 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%10 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_20: i64, %out: i1):
      %30 = arith.cmpi sgt, %in, %in_20 : i64
      linalg.yield %30 : i1
    } -> tensor<40x40xi1>
    %12 = linalg.generic {indexing_maps = [#map5, #map6, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %cst_1, %9 : tensor<40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_20: f32, %in_21: f32, %out: f32):
      %30 = arith.select %in, %in_20, %in_21 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_7 = tensor.collapse_shape %12 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_8 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_9 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_10 = linalg.transpose ins(%collapsed_7 : tensor<2x40x40xf32>) outs(%1 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %13 = tensor.empty() : tensor<2x40x16xf32>
    %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %15 = linalg.batch_matmul ins(%transposed_10, %collapsed_9 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%14 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %16 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_11 = linalg.transpose ins(%collapsed_8 : tensor<2x40x16xf32>) outs(%16 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %17 = linalg.batch_matmul ins(%collapsed_9, %transposed_11 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_12 = tensor.expand_shape %15 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_13 = tensor.expand_shape %17 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map5, #map6, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %cst_1, %expanded_13 : tensor<40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_20: f32, %in_21: f32, %out: f32):
      %30 = arith.select %in, %in_20, %in_21 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %30 = arith.divf %in, %cst_2 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %30 = arith.mulf %in, %in_20 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %7 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %30 = arith.mulf %in, %in_20 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %22 = linalg.generic {indexing_maps = [#map6, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_3, %7 : tensor<i64>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i64, %in_20: f32, %out: f32):
      %30 = arith.sitofp %in : i64 to f32
      %31 = arith.subf %30, %in_20 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x40xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %22 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %30 = arith.mulf %in, %in_20 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %23 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %30 = arith.mulf %in, %in_20 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %24 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %30 = arith.addf %in, %in_20 : f32
      linalg.yield %30 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %25 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_15 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%16 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %26 = linalg.fill ins(%cst : f32) outs(%16 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %27 = linalg.batch_matmul ins(%transposed_15, %collapsed_14 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%26 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_16 = linalg.transpose ins(%collapsed_4 : tensor<2x16x40xf32>) outs(%13 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %28 = linalg.batch_matmul ins(%collapsed_14, %transposed_16 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%14 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_17 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_18 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %29 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_19 = linalg.transpose ins(%expanded_17 : tensor<1x2x16x40xf32>) outs(%29 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_18, %transposed_19, %expanded_12 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>
  }
}

