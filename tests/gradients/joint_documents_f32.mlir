#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x40xi64>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %43 = linalg.index 0 : index
      %44 = arith.index_cast %43 : index to i64
      linalg.yield %44 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_4 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_5 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [1, 40, 1] : tensor<1x40xi64> into tensor<1x40x1xi64>
    %expanded_6 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [1, 1, 40] : tensor<1x40xi64> into tensor<1x1x40xi64>
    %2 = tensor.empty() : tensor<1x40x40xi1>
    %3 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<1x40x1xi64>, tensor<1x1x40xi64>) outs(%2 : tensor<1x40x40xi1>) {
    ^bb0(%in: i64, %in_25: i64, %out: i1):
      %43 = arith.cmpi eq, %in, %in_25 : i64
      linalg.yield %43 : i1
    } -> tensor<1x40x40xi1>
    %4 = tensor.empty() : tensor<40x40xi1>
    %5 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%4 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_25: i64, %out: i1):
      %43 = arith.cmpi sle, %in, %in_25 : i64
      linalg.yield %43 : i1
    } -> tensor<40x40xi1>
    %6 = linalg.generic {indexing_maps = [#map3, #map7, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %5 : tensor<1x40x40xi1>, tensor<40x40xi1>) outs(%2 : tensor<1x40x40xi1>) {
    ^bb0(%in: i1, %in_25: i1, %out: i1):
      %43 = arith.andi %in, %in_25 : i1
      linalg.yield %43 : i1
    } -> tensor<1x40x40xi1>
    %7 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%7 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %8 = tensor.empty() : tensor<2x40x40xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %10 = linalg.batch_matmul ins(%collapsed, %collapsed_7 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%9 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_8 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %11 = tensor.empty() : tensor<1x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.divf %in, %cst_3 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %expanded_9 = tensor.expand_shape %6 [[0], [1, 2], [3]] output_shape [1, 1, 40, 40] : tensor<1x40x40xi1> into tensor<1x1x40x40xi1>
    %13 = tensor.empty() : tensor<1x1x40x40xi1>
    %14 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x1x40x40xi1>) outs(%13 : tensor<1x1x40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      %43 = arith.xori %in, %true : i1
      linalg.yield %43 : i1
    } -> tensor<1x1x40x40xi1>
    %15 = linalg.generic {indexing_maps = [#map9, #map10, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_2, %12 : tensor<1x1x40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_25: f32, %in_26: f32, %out: f32):
      %43 = arith.select %in, %in_25, %in_26 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %16 = tensor.empty() : tensor<1x2x40xi64>
    %17 = linalg.fill ins(%c0_i64 : i64) outs(%16 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %18 = tensor.empty() : tensor<1x2x40xf32>
    %19 = linalg.fill ins(%cst_0 : f32) outs(%18 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %20:2 = linalg.generic {indexing_maps = [#map8, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<1x2x40x40xf32>) outs(%19, %17 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_25: i64):
      %43 = linalg.index 3 : index
      %44 = arith.index_cast %43 : index to i64
      %45 = arith.maximumf %in, %out : f32
      %46 = arith.cmpf ogt, %in, %out : f32
      %47 = arith.select %46, %44, %out_25 : i64
      linalg.yield %45, %47 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_10 = tensor.expand_shape %20#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %21 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %expanded_10 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %43 = arith.subf %in, %in_25 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %22 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = math.exp %in : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %23 = tensor.empty() : tensor<1x2x40x1xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %25 = linalg.generic {indexing_maps = [#map8, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%22 : tensor<1x2x40x40xf32>) outs(%24 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.addf %in, %out : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %25 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %43 = arith.divf %in, %in_25 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_11 = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_12 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %27 = tensor.empty() : tensor<2x40x16xf32>
    %28 = linalg.fill ins(%cst : f32) outs(%27 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %29 = linalg.batch_matmul ins(%collapsed_11, %collapsed_12 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%28 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_13 = tensor.expand_shape %29 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %collapsed_14 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_15 = linalg.transpose ins(%collapsed_11 : tensor<2x40x40xf32>) outs(%8 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %30 = linalg.batch_matmul ins(%transposed_15, %collapsed_14 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%28 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %31 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_16 = linalg.transpose ins(%collapsed_12 : tensor<2x40x16xf32>) outs(%31 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %32 = linalg.batch_matmul ins(%collapsed_14, %transposed_16 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%9 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_17 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_18 = tensor.expand_shape %32 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %33 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_18, %26 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %43 = arith.mulf %in, %in_25 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %34 = linalg.generic {indexing_maps = [#map8, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%33 : tensor<1x2x40x40xf32>) outs(%24 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.addf %in, %out : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x1xf32>
    %35 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %34 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %43 = arith.mulf %in, %in_25 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %43 = arith.subf %in, %in_25 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %37 = linalg.generic {indexing_maps = [#map9, #map10, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_1, %36 : tensor<1x1x40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_25: f32, %in_26: f32, %out: f32):
      %43 = arith.select %in, %in_25, %in_26 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %38 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37 : tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.divf %in, %cst_3 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_19 = tensor.collapse_shape %38 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_20 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%31 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %39 = linalg.fill ins(%cst : f32) outs(%31 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %40 = linalg.batch_matmul ins(%transposed_20, %collapsed_19 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%39 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_21 = linalg.transpose ins(%collapsed_7 : tensor<2x16x40xf32>) outs(%27 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %41 = linalg.batch_matmul ins(%collapsed_19, %transposed_21 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%28 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_22 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_23 = tensor.expand_shape %41 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %42 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_24 = linalg.transpose ins(%expanded_22 : tensor<1x2x16x40xf32>) outs(%42 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_13, %expanded_23, %transposed_24, %expanded_17 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>
  }
}

