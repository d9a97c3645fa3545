#map = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, 0, d4, d5)>
#map1 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, 0, d3, d4, d5)>
#map2 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4, d5)>
#map3 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x2x40x4x3xf32>, %arg4: tensor<1x2x40x4x3xf32>, %arg5: tensor<1x2x40x4x3xf32>, %arg6: tensor<1x2x40x40xf32>, %arg7: tensor<1x2x40x16xf32>, %arg8: tensor<1x2x40x4x3xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x4x3xf32>, tensor<1x2x40x4x3xf32>, tensor<1x2x40x4x3xf32>, tensor<1x2x40x40xf32>) {
    %c1_i64 = arith.constant 1 : i64
    %c2_i64 = arith.constant 2 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant -0.5303300858899106 : f64
    %cst_2 = arith.constant 4.000000e+00 : f32
    %cst_3 = arith.constant 2.000000e+00 : f32
    %expanded = tensor.expand_shape %arg3 [[0], [1], [2], [3, 4], [5]] output_shape [1, 2, 40, 1, 4, 3] : tensor<1x2x40x4x3xf32> into tensor<1x2x40x1x4x3xf32>
    %expanded_4 = tensor.expand_shape %arg4 [[0], [1], [2, 3], [4], [5]] output_shape [1, 2, 1, 40, 4, 3] : tensor<1x2x40x4x3xf32> into tensor<1x2x1x40x4x3xf32>
    %0 = tensor.empty() : tensor<1x2x40x40x4x3xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_4 : tensor<1x2x40x1x4x3xf32>, tensor<1x2x1x40x4x3xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.subf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %2 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<1x2x40x40x4x3xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %3 = tensor.empty() : tensor<1x2x40x40x4xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x2x40x40x4xf32>) -> tensor<1x2x40x40x4xf32>
    %5 = linalg.generic {indexing_maps = [#map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<1x2x40x40x4x3xf32>) outs(%4 : tensor<1x2x40x40x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.addf %in, %out : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4xf32>
    %6 = tensor.empty() : tensor<1x2x40x40xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<1x2x40x40xf32>) -> tensor<1x2x40x40xf32>
    %8 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%5 : tensor<1x2x40x40x4xf32>) outs(%7 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.addf %in, %out : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %9 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%9 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %10 = tensor.empty() : tensor<2x40x40xf32>
    %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %12 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%11 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_6 = tensor.expand_shape %12 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %13 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.divf %in, %cst_2 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %14 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.truncf %cst_1 : f64 to f32
      %67 = arith.mulf %in, %66 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %15 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %14 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.addf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %16 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %arg6 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.addf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %17 = tensor.empty() : tensor<1x2x40xi64>
    %18 = linalg.fill ins(%c0_i64 : i64) outs(%17 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %19 = tensor.empty() : tensor<1x2x40xf32>
    %20 = linalg.fill ins(%cst_0 : f32) outs(%19 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %21:2 = linalg.generic {indexing_maps = [#map6, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%16 : tensor<1x2x40x40xf32>) outs(%20, %18 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_40: i64):
      %66 = linalg.index 3 : index
      %67 = arith.index_cast %66 : index to i64
      %68 = arith.maximumf %in, %out : f32
      %69 = arith.cmpf ogt, %in, %out : f32
      %70 = arith.select %69, %67, %out_40 : i64
      linalg.yield %68, %70 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_7 = tensor.expand_shape %21#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %22 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %expanded_7 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.subf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %23 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = math.exp %in : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = tensor.empty() : tensor<1x2x40x1xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map6, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%23 : tensor<1x2x40x40xf32>) outs(%25 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.addf %in, %out : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %26 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.divf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_8 = tensor.collapse_shape %27 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_9 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %expanded_10 = tensor.expand_shape %27 [[0], [1], [2], [3, 4, 5]] output_shape [1, 2, 40, 40, 1, 1] : tensor<1x2x40x40xf32> into tensor<1x2x40x40x1x1xf32>
    %expanded_11 = tensor.expand_shape %arg5 [[0], [1], [2], [3], [4, 5]] output_shape [1, 2, 40, 4, 3, 1] : tensor<1x2x40x4x3xf32> into tensor<1x2x40x4x3x1xf32>
    %28 = tensor.empty() : tensor<2x40x40x1x1x1xf32>
    %transposed_12 = linalg.transpose ins(%expanded_10 : tensor<1x2x40x40x1x1xf32>) outs(%28 : tensor<2x40x40x1x1x1xf32>) permutation = [1, 2, 3, 0, 4, 5] 
    %collapsed_13 = tensor.collapse_shape %transposed_12 [[0], [1], [2, 3, 4, 5]] : tensor<2x40x40x1x1x1xf32> into tensor<2x40x40xf32>
    %29 = tensor.empty() : tensor<2x40x1x4x3x1xf32>
    %transposed_14 = linalg.transpose ins(%expanded_11 : tensor<1x2x40x4x3x1xf32>) outs(%29 : tensor<2x40x1x4x3x1xf32>) permutation = [1, 2, 0, 3, 4, 5] 
    %collapsed_15 = tensor.collapse_shape %transposed_14 [[0], [1], [2, 3, 4, 5]] : tensor<2x40x1x4x3x1xf32> into tensor<2x40x12xf32>
    %expanded_16 = tensor.expand_shape %arg8 [[0], [1], [2], [3], [4, 5]] output_shape [1, 2, 40, 4, 3, 1] : tensor<1x2x40x4x3xf32> into tensor<1x2x40x4x3x1xf32>
    %30 = tensor.empty() : tensor<2x40x1x1x4x3xf32>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<1x2x40x4x3x1xf32>) outs(%30 : tensor<2x40x1x1x4x3xf32>) permutation = [1, 2, 5, 0, 3, 4] 
    %collapsed_18 = tensor.collapse_shape %transposed_17 [[0], [1], [2, 3, 4, 5]] : tensor<2x40x1x1x4x3xf32> into tensor<2x40x12xf32>
    %transposed_19 = linalg.transpose ins(%collapsed_13 : tensor<2x40x40xf32>) outs(%10 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %31 = tensor.empty() : tensor<2x40x12xf32>
    %32 = linalg.fill ins(%cst : f32) outs(%31 : tensor<2x40x12xf32>) -> tensor<2x40x12xf32>
    %33 = linalg.batch_matmul ins(%transposed_19, %collapsed_18 : tensor<2x40x40xf32>, tensor<2x40x12xf32>) outs(%32 : tensor<2x40x12xf32>) -> tensor<2x40x12xf32>
    %34 = tensor.empty() : tensor<2x12x40xf32>
    %transposed_20 = linalg.transpose ins(%collapsed_15 : tensor<2x40x12xf32>) outs(%34 : tensor<2x12x40xf32>) permutation = [0, 2, 1] 
    %35 = linalg.batch_matmul ins(%collapsed_18, %transposed_20 : tensor<2x40x12xf32>, tensor<2x12x40xf32>) outs(%11 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_21 = tensor.expand_shape %33 [[0], [1], [2, 3, 4, 5]] output_shape [2, 40, 1, 4, 3, 1] : tensor<2x40x12xf32> into tensor<2x40x1x4x3x1xf32>
    %expanded_22 = tensor.expand_shape %35 [[0], [1], [2, 3, 4, 5]] output_shape [2, 40, 40, 1, 1, 1] : tensor<2x40x40xf32> into tensor<2x40x40x1x1x1xf32>
    %36 = tensor.empty() : tensor<1x2x40x4x3x1xf32>
    %transposed_23 = linalg.transpose ins(%expanded_21 : tensor<2x40x1x4x3x1xf32>) outs(%36 : tensor<1x2x40x4x3x1xf32>) permutation = [2, 0, 1, 3, 4, 5] 
    %collapsed_24 = tensor.collapse_shape %transposed_23 [[0], [1], [2], [3], [4, 5]] : tensor<1x2x40x4x3x1xf32> into tensor<1x2x40x4x3xf32>
    %37 = tensor.empty() : tensor<1x2x40x40x1x1xf32>
    %transposed_25 = linalg.transpose ins(%expanded_22 : tensor<2x40x40x1x1x1xf32>) outs(%37 : tensor<1x2x40x40x1x1xf32>) permutation = [3, 0, 1, 2, 4, 5] 
    %collapsed_26 = tensor.collapse_shape %transposed_25 [[0], [1], [2], [3, 4, 5]] : tensor<1x2x40x40x1x1xf32> into tensor<1x2x40x40xf32>
    %collapsed_27 = tensor.collapse_shape %arg7 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_28 = linalg.transpose ins(%collapsed_8 : tensor<2x40x40xf32>) outs(%10 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %38 = tensor.empty() : tensor<2x40x16xf32>
    %39 = linalg.fill ins(%cst : f32) outs(%38 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %40 = linalg.batch_matmul ins(%transposed_28, %collapsed_27 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%39 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %41 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_29 = linalg.transpose ins(%collapsed_9 : tensor<2x40x16xf32>) outs(%41 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %42 = linalg.batch_matmul ins(%collapsed_27, %transposed_29 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%11 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_30 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_31 = tensor.expand_shape %42 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_26, %expanded_31 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.addf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43, %27 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.mulf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %45 = linalg.generic {indexing_maps = [#map6, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%44 : tensor<1x2x40x40xf32>) outs(%25 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.addf %in, %out : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x1xf32>
    %46 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %45 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.mulf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %47 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44, %46 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.subf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %48 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.truncf %cst_1 : f64 to f32
      %67 = arith.mulf %in, %66 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %49 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.divf %in, %cst_2 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_32 = tensor.collapse_shape %49 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_33 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%41 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %50 = linalg.fill ins(%cst : f32) outs(%41 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %51 = linalg.batch_matmul ins(%transposed_33, %collapsed_32 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%50 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_34 = linalg.transpose ins(%collapsed_5 : tensor<2x16x40xf32>) outs(%38 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %52 = linalg.batch_matmul ins(%collapsed_32, %transposed_34 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%39 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_35 = tensor.expand_shape %51 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_36 = tensor.expand_shape %52 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %53 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_37 = linalg.transpose ins(%expanded_35 : tensor<1x2x16x40xf32>) outs(%53 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    %54 = linalg.generic {indexing_maps = [#map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%48 : tensor<1x2x40x40xf32>) outs(%3 : tensor<1x2x40x40x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x40x4xf32>
    %55 = linalg.generic {indexing_maps = [#map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%54 : tensor<1x2x40x40x4xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %56 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<1x2x40x40x4x3xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = math.fpowi %in, %c1_i64 : f32, i64
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %57 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%56 : tensor<1x2x40x40x4x3xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.mulf %in, %cst_3 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %58 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%55, %57 : tensor<1x2x40x40x4x3xf32>, tensor<1x2x40x40x4x3xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %66 = arith.mulf %in, %in_40 : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %59 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%58 : tensor<1x2x40x40x4x3xf32>) outs(%0 : tensor<1x2x40x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.negf %in : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x40x4x3xf32>
    %60 = tensor.empty() : tensor<1x2x40x1x4x3xf32>
    %61 = linalg.fill ins(%cst : f32) outs(%60 : tensor<1x2x40x1x4x3xf32>) -> tensor<1x2x40x1x4x3xf32>
    %62 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%58 : tensor<1x2x40x40x4x3xf32>) outs(%61 : tensor<1x2x40x1x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.addf %in, %out : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x40x1x4x3xf32>
    %63 = tensor.empty() : tensor<1x2x1x40x4x3xf32>
    %64 = linalg.fill ins(%cst : f32) outs(%63 : tensor<1x2x1x40x4x3xf32>) -> tensor<1x2x1x40x4x3xf32>
    %65 = linalg.generic {indexing_maps = [#map2, #map1], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel", "parallel"]} ins(%59 : tensor<1x2x40x40x4x3xf32>) outs(%64 : tensor<1x2x1x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %66 = arith.addf %in, %out : f32
      linalg.yield %66 : f32
    } -> tensor<1x2x1x40x4x3xf32>
    %collapsed_38 = tensor.collapse_shape %65 [[0], [1, 2], [3], [4], [5]] : tensor<1x2x1x40x4x3xf32> into tensor<1x2x40x4x3xf32>
    %collapsed_39 = tensor.collapse_shape %62 [[0], [1], [2, 3], [4], [5]] : tensor<1x2x40x1x4x3xf32> into tensor<1x2x40x4x3xf32>
    return %expanded_36, %transposed_37, %expanded_30, %collapsed_39, %collapsed_38, %collapsed_24, %47 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x4x3xf32>, tensor<1x2x40x4x3xf32>, tensor<1x2x40x4x3xf32>, tensor<1x2x40x40xf32>
  }
}

