#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> ()>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
module {
  func.func @main(%arg0: tensor<1x4x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x4x40x16xf32>) -> (tensor<1x4x40x16xf32>, tensor<1x4x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x2x2x40x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x16xf32>
    %collapsed = tensor.collapse_shape %1 [[0], [1, 2], [3], [4]] : tensor<1x2x2x40x16xf32> into tensor<1x4x40x16xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x16xf32>
    %3 = tensor.empty() : tensor<40xi64>
    %4 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%3 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %45 = linalg.index 0 : index
      %46 = arith.index_cast %45 : index to i64
      linalg.yield %46 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %4 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_4 = tensor.expand_shape %4 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %5 = tensor.empty() : tensor<1x4x16x40xf32>
    %transposed = linalg.transpose ins(%collapsed : tensor<1x4x40x16xf32>) outs(%5 : tensor<1x4x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_5 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x4x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x4x16x40xf32> into tensor<4x16x40xf32>
    %6 = tensor.empty() : tensor<4x40x40xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %8 = linalg.batch_matmul ins(%collapsed_5, %collapsed_6 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%7 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_7 = tensor.expand_shape %8 [[0, 1], [2], [3]] output_shape [1, 4, 40, 40] : tensor<4x40x40xf32> into tensor<1x4x40x40xf32>
    %9 = tensor.empty() : tensor<1x4x40x40xf32>
    %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.divf %in, %cst_3 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %11 = tensor.empty() : tensor<40x40xi1>
    %12 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%11 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_26: i64, %out: i1):
      %45 = arith.cmpi sgt, %in, %in_26 : i64
      linalg.yield %45 : i1
    } -> tensor<40x40xi1>
    %13 = linalg.generic {indexing_maps = [#map7, #map8, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %cst_2, %10 : tensor<40x40xi1>, tensor<f32>, tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: i1, %in_26: f32, %in_27: f32, %out: f32):
      %45 = arith.select %in, %in_26, %in_27 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %14 = tensor.empty() : tensor<1x4x40xi64>
    %15 = linalg.fill ins(%c0_i64 : i64) outs(%14 : tensor<1x4x40xi64>) -> tensor<1x4x40xi64>
    %16 = tensor.empty() : tensor<1x4x40xf32>
    %17 = linalg.fill ins(%cst_0 : f32) outs(%16 : tensor<1x4x40xf32>) -> tensor<1x4x40xf32>
    %18:2 = linalg.generic {indexing_maps = [#map3, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%13 : tensor<1x4x40x40xf32>) outs(%17, %15 : tensor<1x4x40xf32>, tensor<1x4x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_26: i64):
      %45 = linalg.index 3 : index
      %46 = arith.index_cast %45 : index to i64
      %47 = arith.maximumf %in, %out : f32
      %48 = arith.cmpf ogt, %in, %out : f32
      %49 = arith.select %48, %46, %out_26 : i64
      linalg.yield %47, %49 : f32, i64
    } -> (tensor<1x4x40xf32>, tensor<1x4x40xi64>)
    %expanded_8 = tensor.expand_shape %18#0 [[0], [1], [2, 3]] output_shape [1, 4, 40, 1] : tensor<1x4x40xf32> into tensor<1x4x40x1xf32>
    %19 = linalg.generic {indexing_maps = [#map3, #map10, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %expanded_8 : tensor<1x4x40x40xf32>, tensor<1x4x40x1xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %45 = arith.subf %in, %in_26 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = math.exp %in : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %21 = tensor.empty() : tensor<1x4x40x1xf32>
    %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<1x4x40x1xf32>) -> tensor<1x4x40x1xf32>
    %23 = linalg.generic {indexing_maps = [#map3, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<1x4x40x40xf32>) outs(%22 : tensor<1x4x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.addf %in, %out : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x1xf32>
    %24 = linalg.generic {indexing_maps = [#map3, #map10, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %23 : tensor<1x4x40x40xf32>, tensor<1x4x40x1xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %45 = arith.divf %in, %in_26 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %collapsed_9 = tensor.collapse_shape %24 [[0, 1], [2], [3]] : tensor<1x4x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_10 = tensor.collapse_shape %2 [[0, 1, 2], [3], [4]] : tensor<1x2x2x40x16xf32> into tensor<4x40x16xf32>
    %25 = tensor.empty() : tensor<4x40x16xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %27 = linalg.batch_matmul ins(%collapsed_9, %collapsed_10 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%26 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_11 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 4, 40, 16] : tensor<4x40x16xf32> into tensor<1x4x40x16xf32>
    %collapsed_12 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x4x40x16xf32> into tensor<4x40x16xf32>
    %transposed_13 = linalg.transpose ins(%collapsed_9 : tensor<4x40x40xf32>) outs(%6 : tensor<4x40x40xf32>) permutation = [0, 2, 1] 
    %28 = linalg.batch_matmul ins(%transposed_13, %collapsed_12 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%26 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %29 = tensor.empty() : tensor<4x16x40xf32>
    %transposed_14 = linalg.transpose ins(%collapsed_10 : tensor<4x40x16xf32>) outs(%29 : tensor<4x16x40xf32>) permutation = [0, 2, 1] 
    %30 = linalg.batch_matmul ins(%collapsed_12, %transposed_14 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%7 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_15 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 4, 40, 40] : tensor<4x40x40xf32> into tensor<1x4x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_15, %24 : tensor<1x4x40x40xf32>, tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %45 = arith.mulf %in, %in_26 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map3, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%31 : tensor<1x4x40x40xf32>) outs(%22 : tensor<1x4x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.addf %in, %out : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x1xf32>
    %33 = linalg.generic {indexing_maps = [#map3, #map10, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %32 : tensor<1x4x40x40xf32>, tensor<1x4x40x1xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %45 = arith.mulf %in, %in_26 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %34 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %33 : tensor<1x4x40x40xf32>, tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %45 = arith.subf %in, %in_26 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %35 = linalg.generic {indexing_maps = [#map7, #map8, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %cst_1, %34 : tensor<40x40xi1>, tensor<f32>, tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: i1, %in_26: f32, %in_27: f32, %out: f32):
      %45 = arith.select %in, %in_26, %in_27 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<1x4x40x40xf32>) outs(%9 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.divf %in, %cst_3 : f32
      linalg.yield %45 : f32
    } -> tensor<1x4x40x40xf32>
    %collapsed_16 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x4x40x40xf32> into tensor<4x40x40xf32>
    %transposed_17 = linalg.transpose ins(%collapsed_5 : tensor<4x40x16xf32>) outs(%29 : tensor<4x16x40xf32>) permutation = [0, 2, 1] 
    %37 = linalg.fill ins(%cst : f32) outs(%29 : tensor<4x16x40xf32>) -> tensor<4x16x40xf32>
    %38 = linalg.batch_matmul ins(%transposed_17, %collapsed_16 : tensor<4x16x40xf32>, tensor<4x40x40xf32>) outs(%37 : tensor<4x16x40xf32>) -> tensor<4x16x40xf32>
    %transposed_18 = linalg.transpose ins(%collapsed_6 : tensor<4x16x40xf32>) outs(%25 : tensor<4x40x16xf32>) permutation = [0, 2, 1] 
    %39 = linalg.batch_matmul ins(%collapsed_16, %transposed_18 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%26 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_19 = tensor.expand_shape %38 [[0, 1], [2], [3]] output_shape [1, 4, 16, 40] : tensor<4x16x40xf32> into tensor<1x4x16x40xf32>
    %expanded_20 = tensor.expand_shape %39 [[0, 1], [2], [3]] output_shape [1, 4, 40, 16] : tensor<4x40x16xf32> into tensor<1x4x40x16xf32>
    %40 = tensor.empty() : tensor<1x4x40x16xf32>
    %transposed_21 = linalg.transpose ins(%expanded_19 : tensor<1x4x16x40xf32>) outs(%40 : tensor<1x4x40x16xf32>) permutation = [0, 1, 3, 2] 
    %expanded_22 = tensor.expand_shape %28 [[0, 1, 2], [3], [4]] output_shape [1, 2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<1x2x2x40x16xf32>
    %41 = tensor.empty() : tensor<1x2x1x40x16xf32>
    %42 = linalg.fill ins(%cst : f32) outs(%41 : tensor<1x2x1x40x16xf32>) -> tensor<1x2x1x40x16xf32>
    %43 = linalg.generic {indexing_maps = [#map1, #map11], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%expanded_22 : tensor<1x2x2x40x16xf32>) outs(%42 : tensor<1x2x1x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.addf %in, %out : f32
      linalg.yield %45 : f32
    } -> tensor<1x2x1x40x16xf32>
    %collapsed_23 = tensor.collapse_shape %43 [[0], [1, 2], [3], [4]] : tensor<1x2x1x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_24 = tensor.expand_shape %transposed_21 [[0], [1, 2], [3], [4]] output_shape [1, 2, 2, 40, 16] : tensor<1x4x40x16xf32> into tensor<1x2x2x40x16xf32>
    %44 = linalg.generic {indexing_maps = [#map1, #map11], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%expanded_24 : tensor<1x2x2x40x16xf32>) outs(%42 : tensor<1x2x1x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %45 = arith.addf %in, %out : f32
      linalg.yield %45 : f32
    } -> tensor<1x2x1x40x16xf32>
    %collapsed_25 = tensor.collapse_shape %44 [[0], [1, 2], [3], [4]] : tensor<1x2x1x40x16xf32> into tensor<1x2x40x16xf32>
    return %expanded_11, %expanded_20, %collapsed_25, %collapsed_23 : tensor<1x4x40x16xf32>, tensor<1x4x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>
  }
}

