#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> ()>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x40xi1>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) {
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<-1.000000e+09> : tensor<f32>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %4 = tensor.empty() : tensor<1x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.divf %in, %cst_3 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %expanded_5 = tensor.expand_shape %arg3 [[0], [1, 2, 3]] output_shape [1, 1, 1, 40] : tensor<1x40xi1> into tensor<1x1x1x40xi1>
    %6 = tensor.empty() : tensor<1x1x1x40xi1>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5 : tensor<1x1x1x40xi1>) outs(%6 : tensor<1x1x1x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      %35 = arith.xori %in, %true : i1
      linalg.yield %35 : i1
    } -> tensor<1x1x1x40xi1>
    %8 = linalg.generic {indexing_maps = [#map1, #map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %cst_2, %5 : tensor<1x1x1x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_20: f32, %in_21: f32, %out: f32):
      %35 = arith.select %in, %in_20, %in_21 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %9 = tensor.empty() : tensor<1x2x40xi64>
    %10 = linalg.fill ins(%c0_i64 : i64) outs(%9 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %11 = tensor.empty() : tensor<1x2x40xf32>
    %12 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %13:2 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%8 : tensor<1x2x40x40xf32>) outs(%12, %10 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_20: i64):
      %35 = linalg.index 3 : index
      %36 = arith.index_cast %35 : index to i64
      %37 = arith.maximumf %in, %out : f32
      %38 = arith.cmpf ogt, %in, %out : f32
      %39 = arith.select %38, %36, %out_20 : i64
      linalg.yield %37, %39 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_6 = tensor.expand_shape %13#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded_6 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %35 = arith.subf %in, %in_20 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = math.exp %in : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %16 = tensor.empty() : tensor<1x2x40x1xf32>
    %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.addf %in, %out : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x1xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %18 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %35 = arith.divf %in, %in_20 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_7 = tensor.collapse_shape %19 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_8 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_9 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_10 = linalg.transpose ins(%collapsed_7 : tensor<2x40x40xf32>) outs(%1 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %20 = tensor.empty() : tensor<2x40x16xf32>
    %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %22 = linalg.batch_matmul ins(%transposed_10, %collapsed_9 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%21 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %23 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_11 = linalg.transpose ins(%collapsed_8 : tensor<2x40x16xf32>) outs(%23 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %24 = linalg.batch_matmul ins(%collapsed_9, %transposed_11 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_12 = tensor.expand_shape %22 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_13 = tensor.expand_shape %24 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_13, %19 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %35 = arith.mulf %in, %in_20 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %26 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%25 : tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.addf %in, %out : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %26 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %35 = arith.mulf %in, %in_20 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %27 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %35 = arith.subf %in, %in_20 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %cst_1, %28 : tensor<1x1x1x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_20: f32, %in_21: f32, %out: f32):
      %35 = arith.select %in, %in_20, %in_21 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.divf %in, %cst_3 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %30 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_15 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%23 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %31 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %32 = linalg.batch_matmul ins(%transposed_15, %collapsed_14 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%31 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_16 = linalg.transpose ins(%collapsed_4 : tensor<2x16x40xf32>) outs(%20 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %33 = linalg.batch_matmul ins(%collapsed_14, %transposed_16 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%21 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_17 = tensor.expand_shape %32 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_18 = tensor.expand_shape %33 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %34 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_19 = linalg.transpose ins(%expanded_17 : tensor<1x2x16x40xf32>) outs(%34 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_18, %transposed_19, %expanded_12 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>
  }
}

