#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map10 = affine_map<(d0, d1, d2, d3) -> (0, d1, d2, d3)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<32x2xf32>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<32x2xf32>) {
    %cst = arith.constant dense<0.000000e+00> : tensor<32x2xf32>
    %c15_i64 = arith.constant 15 : i64
    %c-16_i64 = arith.constant -16 : i64
    %c16_i64 = arith.constant 16 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c32_i64 = arith.constant 32 : i64
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %43 = linalg.index 0 : index
      %44 = arith.index_cast %43 : index to i64
      linalg.yield %44 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_3 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %2 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%2 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %3 = tensor.empty() : tensor<2x40x40xf32>
    %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_5 = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %6 = tensor.empty() : tensor<1x2x40x40xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.divf %in, %cst_2 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %8 = tensor.empty() : tensor<40x40xi64>
    %9 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_3 : tensor<40x1xi64>, tensor<1x40xi64>) outs(%8 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_27: i64, %out: i64):
      %43 = arith.subi %in, %in_27 : i64
      linalg.yield %43 : i64
    } -> tensor<40x40xi64>
    %10 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<40x40xi64>) outs(%8 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %43 = arith.maxsi %in, %c-16_i64 : i64
      %44 = arith.minsi %43, %c15_i64 : i64
      linalg.yield %44 : i64
    } -> tensor<40x40xi64>
    %11 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<40x40xi64>) outs(%8 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %43 = arith.addi %in, %c16_i64 : i64
      linalg.yield %43 : i64
    } -> tensor<40x40xi64>
    %12 = tensor.empty() : tensor<40x40x2xf32>
    %13 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<40x40xi64>) outs(%12 : tensor<40x40x2xf32>) {
    ^bb0(%in: i64, %out: f32):
      %43 = arith.cmpi slt, %in, %c0_i64 : i64
      %44 = arith.addi %in, %c32_i64 : i64
      %45 = arith.select %43, %44, %in : i64
      %46 = arith.index_cast %45 : i64 to index
      %47 = linalg.index 2 : index
      %extracted = tensor.extract %arg3[%46, %47] : tensor<32x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<40x40x2xf32>
    %transposed_6 = linalg.transpose ins(%13 : tensor<40x40x2xf32>) outs(%3 : tensor<2x40x40xf32>) permutation = [2, 0, 1] 
    %14 = linalg.generic {indexing_maps = [#map1, #map7, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %transposed_6 : tensor<1x2x40x40xf32>, tensor<2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %43 = arith.addf %in, %in_27 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %15 = tensor.empty() : tensor<1x2x40xi64>
    %16 = linalg.fill ins(%c0_i64 : i64) outs(%15 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %17 = tensor.empty() : tensor<1x2x40xf32>
    %18 = linalg.fill ins(%cst_1 : f32) outs(%17 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %19:2 = linalg.generic {indexing_maps = [#map1, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%14 : tensor<1x2x40x40xf32>) outs(%18, %16 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_27: i64):
      %43 = linalg.index 3 : index
      %44 = arith.index_cast %43 : index to i64
      %45 = arith.maximumf %in, %out : f32
      %46 = arith.cmpf ogt, %in, %out : f32
      %47 = arith.select %46, %44, %out_27 : i64
      linalg.yield %45, %47 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_7 = tensor.expand_shape %19#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %expanded_7 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %43 = arith.subf %in, %in_27 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = math.exp %in : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %22 = tensor.empty() : tensor<1x2x40x1xf32>
    %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%21 : tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.addf %in, %out : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x1xf32>
    %25 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %24 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %43 = arith.divf %in, %in_27 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_8 = tensor.collapse_shape %25 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_9 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_10 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_11 = linalg.transpose ins(%collapsed_8 : tensor<2x40x40xf32>) outs(%3 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %26 = tensor.empty() : tensor<2x40x16xf32>
    %27 = linalg.fill ins(%cst_0 : f32) outs(%26 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %28 = linalg.batch_matmul ins(%transposed_11, %collapsed_10 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%27 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %29 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_12 = linalg.transpose ins(%collapsed_9 : tensor<2x40x16xf32>) outs(%29 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %30 = linalg.batch_matmul ins(%collapsed_10, %transposed_12 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_13 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_14 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_14, %25 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %43 = arith.mulf %in, %in_27 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%31 : tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.addf %in, %out : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x1xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %32 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %43 = arith.mulf %in, %in_27 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %33 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %43 = arith.subf %in, %in_27 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %35 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<1x2x40x40xf32>) -> tensor<1x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map10], iterator_types = ["reduction", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x2x40x40xf32>) outs(%35 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.addf %in, %out : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_15 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_16 = linalg.transpose ins(%collapsed_15 : tensor<2x40x40xf32>) outs(%12 : tensor<40x40x2xf32>) permutation = [1, 2, 0] 
    %collapsed_17 = tensor.collapse_shape %11 [[0, 1]] : tensor<40x40xi64> into tensor<1600xi64>
    %expanded_18 = tensor.expand_shape %collapsed_17 [[0, 1]] output_shape [1600, 1] : tensor<1600xi64> into tensor<1600x1xi64>
    %collapsed_19 = tensor.collapse_shape %transposed_16 [[0, 1], [2]] : tensor<40x40x2xf32> into tensor<1600x2xf32>
    %expanded_20 = tensor.expand_shape %collapsed_19 [[0], [1, 2]] output_shape [1600, 1, 2] : tensor<1600x2xf32> into tensor<1600x1x2xf32>
    %37 = tm_tensor.scatter {dimension_map = array<i64: 0>} unique_indices(false) ins(%expanded_20, %expanded_18 : tensor<1600x1x2xf32>, tensor<1600x1xi64>) outs(%cst : tensor<32x2xf32>) {
    ^bb0(%arg5: f32, %arg6: f32):
      %43 = arith.addf %arg6, %arg5 : f32
      tm_tensor.yield %43 : f32
    } -> tensor<32x2xf32>
    %38 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %43 = arith.divf %in, %cst_2 : f32
      linalg.yield %43 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_21 = tensor.collapse_shape %38 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_22 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%29 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %39 = linalg.fill ins(%cst_0 : f32) outs(%29 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %40 = linalg.batch_matmul ins(%transposed_22, %collapsed_21 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%39 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_23 = linalg.transpose ins(%collapsed_4 : tensor<2x16x40xf32>) outs(%26 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %41 = linalg.batch_matmul ins(%collapsed_21, %transposed_23 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%27 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_24 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_25 = tensor.expand_shape %41 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %42 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_26 = linalg.transpose ins(%expanded_24 : tensor<1x2x16x40xf32>) outs(%42 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_25, %transposed_26, %expanded_13, %37 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<32x2xf32>
  }
}

