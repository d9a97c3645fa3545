#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<2xf32>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %0 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_1 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_1 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %4 = tensor.empty() : tensor<2xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg3 : tensor<2xf32>) outs(%4 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = math.exp %in : f32
      linalg.yield %38 : f32
    } -> tensor<2xf32>
    %expanded_2 = tensor.expand_shape %5 [[0, 1, 2]] output_shape [2, 1, 1] : tensor<2xf32> into tensor<2x1x1xf32>
    %6 = tensor.empty() : tensor<1x2x40x40xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_2 : tensor<1x2x40x40xf32>, tensor<2x1x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.mulf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %8 = tensor.empty() : tensor<1x2x40xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %10 = tensor.empty() : tensor<1x2x40xf32>
    %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %12:2 = linalg.generic {indexing_maps = [#map1, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%7 : tensor<1x2x40x40xf32>) outs(%11, %9 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %38 = linalg.index 3 : index
      %39 = arith.index_cast %38 : index to i64
      %40 = arith.maximumf %in, %out : f32
      %41 = arith.cmpf ogt, %in, %out : f32
      %42 = arith.select %41, %39, %out_18 : i64
      linalg.yield %40, %42 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_3 = tensor.expand_shape %12#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %13 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %expanded_3 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.subf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = math.exp %in : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %15 = tensor.empty() : tensor<1x2x40x1xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%14 : tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = arith.addf %in, %out : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %17 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.divf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_4 = tensor.collapse_shape %18 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_5 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_6 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_7 = linalg.transpose ins(%collapsed_4 : tensor<2x40x40xf32>) outs(%1 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %19 = tensor.empty() : tensor<2x40x16xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %21 = linalg.batch_matmul ins(%transposed_7, %collapsed_6 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%20 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %22 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_8 = linalg.transpose ins(%collapsed_5 : tensor<2x40x16xf32>) outs(%22 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %23 = linalg.batch_matmul ins(%collapsed_6, %transposed_8 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_9 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_10 = tensor.expand_shape %23 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10, %18 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.mulf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = linalg.generic {indexing_maps = [#map1, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = arith.addf %in, %out : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %25 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.mulf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %26 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.subf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %expanded : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.mulf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %expanded_2 : tensor<1x2x40x40xf32>, tensor<2x1x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.mulf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x40x40xf32>
    %30 = tensor.empty() : tensor<1x2x1x1xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%28 : tensor<1x2x40x40xf32>) outs(%31 : tensor<1x2x1x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = arith.addf %in, %out : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x1x1xf32>
    %collapsed_11 = tensor.collapse_shape %32 [[0, 1, 2, 3]] : tensor<1x2x1x1xf32> into tensor<2xf32>
    %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%collapsed_11, %5 : tensor<2xf32>, tensor<2xf32>) outs(%4 : tensor<2xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %38 = arith.mulf %in, %in_18 : f32
      linalg.yield %38 : f32
    } -> tensor<2xf32>
    %collapsed_12 = tensor.collapse_shape %29 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_13 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%22 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %34 = linalg.fill ins(%cst : f32) outs(%22 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %35 = linalg.batch_matmul ins(%transposed_13, %collapsed_12 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%34 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_14 = linalg.transpose ins(%collapsed_1 : tensor<2x16x40xf32>) outs(%19 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %36 = linalg.batch_matmul ins(%collapsed_12, %transposed_14 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%20 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_15 = tensor.expand_shape %35 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_16 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %37 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_17 = linalg.transpose ins(%expanded_15 : tensor<1x2x16x40xf32>) outs(%37 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_16, %transposed_17, %expanded_9, %33 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2xf32>
  }
}

