#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map9 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<1x40x32xf32>, %arg1: tensor<32x32xf32>, %arg2: tensor<32x32xf32>, %arg3: tensor<32x32xf32>, %arg4: tensor<32x32xf32>, %arg5: tensor<1x40x32xf32>) -> (tensor<1x40x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<1x40x32xf32> into tensor<40x32xf32>
    %0 = tensor.empty() : tensor<40x32xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %2 = linalg.matmul ins(%collapsed, %arg1 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded = tensor.expand_shape %2 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xf32> into tensor<1x40x2x16xf32>
    %3 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed = linalg.transpose ins(%expanded : tensor<1x40x2x16xf32>) outs(%3 : tensor<1x2x40x16xf32>) permutation = [0, 2, 1, 3] 
    %4 = linalg.matmul ins(%collapsed, %arg2 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded_4 = tensor.expand_shape %4 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xf32> into tensor<1x40x2x16xf32>
    %5 = linalg.matmul ins(%collapsed, %arg3 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded_5 = tensor.expand_shape %5 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xf32> into tensor<1x40x2x16xf32>
    %transposed_6 = linalg.transpose ins(%expanded_5 : tensor<1x40x2x16xf32>) outs(%3 : tensor<1x2x40x16xf32>) permutation = [0, 2, 1, 3] 
    %6 = tensor.empty() : tensor<40xi64>
    %7 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%6 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %58 = linalg.index 0 : index
      %59 = arith.index_cast %58 : index to i64
      linalg.yield %59 : i64
    } -> tensor<40xi64>
    %expanded_7 = tensor.expand_shape %7 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_8 = tensor.expand_shape %7 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %8 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed_9 = linalg.transpose ins(%expanded_4 : tensor<1x40x2x16xf32>) outs(%8 : tensor<1x2x16x40xf32>) permutation = [0, 2, 3, 1] 
    %collapsed_10 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_11 = tensor.collapse_shape %transposed_9 [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %9 = tensor.empty() : tensor<2x40x40xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %11 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%10 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_12 = tensor.expand_shape %11 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %12 = tensor.empty() : tensor<1x2x40x40xf32>
    %13 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = arith.divf %in, %cst_3 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %14 = tensor.empty() : tensor<40x40xi1>
    %15 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_8, %expanded_7 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%14 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_47: i64, %out: i1):
      %58 = arith.cmpi sgt, %in, %in_47 : i64
      linalg.yield %58 : i1
    } -> tensor<40x40xi1>
    %16 = linalg.generic {indexing_maps = [#map5, #map6, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %cst_2, %13 : tensor<40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_47: f32, %in_48: f32, %out: f32):
      %58 = arith.select %in, %in_47, %in_48 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %17 = tensor.empty() : tensor<1x2x40xi64>
    %18 = linalg.fill ins(%c0_i64 : i64) outs(%17 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %19 = tensor.empty() : tensor<1x2x40xf32>
    %20 = linalg.fill ins(%cst_0 : f32) outs(%19 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %21:2 = linalg.generic {indexing_maps = [#map1, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%16 : tensor<1x2x40x40xf32>) outs(%20, %18 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_47: i64):
      %58 = linalg.index 3 : index
      %59 = arith.index_cast %58 : index to i64
      %60 = arith.maximumf %in, %out : f32
      %61 = arith.cmpf ogt, %in, %out : f32
      %62 = arith.select %61, %59, %out_47 : i64
      linalg.yield %60, %62 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_13 = tensor.expand_shape %21#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map8, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %expanded_13 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.subf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = math.exp %in : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = tensor.empty() : tensor<1x2x40x1xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%23 : tensor<1x2x40x40xf32>) outs(%25 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = arith.addf %in, %out : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map8, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %26 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.divf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %27 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_15 = tensor.collapse_shape %transposed_6 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %28 = tensor.empty() : tensor<2x40x16xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %30 = linalg.batch_matmul ins(%collapsed_14, %collapsed_15 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%29 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_16 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %31 = tensor.empty() : tensor<1x40x2x16xf32>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<1x2x40x16xf32>) outs(%31 : tensor<1x40x2x16xf32>) permutation = [0, 2, 1, 3] 
    %collapsed_18 = tensor.collapse_shape %transposed_17 [[0, 1], [2, 3]] : tensor<1x40x2x16xf32> into tensor<40x32xf32>
    %collapsed_19 = tensor.collapse_shape %arg5 [[0, 1], [2]] : tensor<1x40x32xf32> into tensor<40x32xf32>
    %32 = tensor.empty() : tensor<32x40xf32>
    %transposed_20 = linalg.transpose ins(%collapsed_18 : tensor<40x32xf32>) outs(%32 : tensor<32x40xf32>) permutation = [1, 0] 
    %33 = tensor.empty() : tensor<32x32xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %35 = linalg.matmul ins(%transposed_20, %collapsed_19 : tensor<32x40xf32>, tensor<40x32xf32>) outs(%34 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %transposed_21 = linalg.transpose ins(%arg4 : tensor<32x32xf32>) outs(%33 : tensor<32x32xf32>) permutation = [1, 0] 
    %36 = linalg.matmul ins(%collapsed_19, %transposed_21 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded_22 = tensor.expand_shape %36 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xf32> into tensor<1x40x2x16xf32>
    %transposed_23 = linalg.transpose ins(%expanded_22 : tensor<1x40x2x16xf32>) outs(%3 : tensor<1x2x40x16xf32>) permutation = [0, 2, 1, 3] 
    %collapsed_24 = tensor.collapse_shape %transposed_23 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_25 = linalg.transpose ins(%collapsed_14 : tensor<2x40x40xf32>) outs(%9 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %37 = linalg.batch_matmul ins(%transposed_25, %collapsed_24 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%29 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %38 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_26 = linalg.transpose ins(%collapsed_15 : tensor<2x40x16xf32>) outs(%38 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %39 = linalg.batch_matmul ins(%collapsed_24, %transposed_26 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%10 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_27 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_28 = tensor.expand_shape %39 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_28, %27 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.mulf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %41 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<1x2x40x40xf32>) outs(%25 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = arith.addf %in, %out : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x1xf32>
    %42 = linalg.generic {indexing_maps = [#map1, #map8, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %41 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.mulf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %42 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.subf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map5, #map6, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %cst_1, %43 : tensor<40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_47: f32, %in_48: f32, %out: f32):
      %58 = arith.select %in, %in_47, %in_48 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44 : tensor<1x2x40x40xf32>) outs(%12 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = arith.divf %in, %cst_3 : f32
      linalg.yield %58 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_29 = tensor.collapse_shape %45 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_30 = linalg.transpose ins(%collapsed_10 : tensor<2x40x16xf32>) outs(%38 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %46 = linalg.fill ins(%cst : f32) outs(%38 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %47 = linalg.batch_matmul ins(%transposed_30, %collapsed_29 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%46 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_31 = linalg.transpose ins(%collapsed_11 : tensor<2x16x40xf32>) outs(%28 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %48 = linalg.batch_matmul ins(%collapsed_29, %transposed_31 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%29 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_32 = tensor.expand_shape %47 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_33 = tensor.expand_shape %48 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %transposed_34 = linalg.transpose ins(%expanded_27 : tensor<1x2x40x16xf32>) outs(%31 : tensor<1x40x2x16xf32>) permutation = [0, 2, 1, 3] 
    %collapsed_35 = tensor.collapse_shape %transposed_34 [[0, 1], [2, 3]] : tensor<1x40x2x16xf32> into tensor<40x32xf32>
    %transposed_36 = linalg.transpose ins(%collapsed : tensor<40x32xf32>) outs(%32 : tensor<32x40xf32>) permutation = [1, 0] 
    %49 = linalg.matmul ins(%transposed_36, %collapsed_35 : tensor<32x40xf32>, tensor<40x32xf32>) outs(%34 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %transposed_37 = linalg.transpose ins(%arg3 : tensor<32x32xf32>) outs(%33 : tensor<32x32xf32>) permutation = [1, 0] 
    %50 = linalg.matmul ins(%collapsed_35, %transposed_37 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded_38 = tensor.expand_shape %50 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xf32> into tensor<1x40x32xf32>
    %transposed_39 = linalg.transpose ins(%expanded_32 : tensor<1x2x16x40xf32>) outs(%31 : tensor<1x40x2x16xf32>) permutation = [0, 3, 1, 2] 
    %collapsed_40 = tensor.collapse_shape %transposed_39 [[0, 1], [2, 3]] : tensor<1x40x2x16xf32> into tensor<40x32xf32>
    %51 = linalg.matmul ins(%transposed_36, %collapsed_40 : tensor<32x40xf32>, tensor<40x32xf32>) outs(%34 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %transposed_41 = linalg.transpose ins(%arg2 : tensor<32x32xf32>) outs(%33 : tensor<32x32xf32>) permutation = [1, 0] 
    %52 = linalg.matmul ins(%collapsed_40, %transposed_41 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded_42 = tensor.expand_shape %52 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xf32> into tensor<1x40x32xf32>
    %53 = tensor.empty() : tensor<1x40x32xf32>
    %54 = linalg.generic {indexing_maps = [#map9, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_38, %expanded_42 : tensor<1x40x32xf32>, tensor<1x40x32xf32>) outs(%53 : tensor<1x40x32xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.addf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x40x32xf32>
    %transposed_43 = linalg.transpose ins(%expanded_33 : tensor<1x2x40x16xf32>) outs(%31 : tensor<1x40x2x16xf32>) permutation = [0, 2, 1, 3] 
    %collapsed_44 = tensor.collapse_shape %transposed_43 [[0, 1], [2, 3]] : tensor<1x40x2x16xf32> into tensor<40x32xf32>
    %55 = linalg.matmul ins(%transposed_36, %collapsed_44 : tensor<32x40xf32>, tensor<40x32xf32>) outs(%34 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %transposed_45 = linalg.transpose ins(%arg1 : tensor<32x32xf32>) outs(%33 : tensor<32x32xf32>) permutation = [1, 0] 
    %56 = linalg.matmul ins(%collapsed_44, %transposed_45 : tensor<40x32xf32>, tensor<32x32xf32>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %expanded_46 = tensor.expand_shape %56 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xf32> into tensor<1x40x32xf32>
    %57 = linalg.generic {indexing_maps = [#map9, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54, %expanded_46 : tensor<1x40x32xf32>, tensor<1x40x32xf32>) outs(%53 : tensor<1x40x32xf32>) {
    ^bb0(%in: f32, %in_47: f32, %out: f32):
      %58 = arith.addf %in, %in_47 : f32
      linalg.yield %58 : f32
    } -> tensor<1x40x32xf32>
    return %57, %55, %51, %49, %35 : tensor<1x40x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>
  }
}

