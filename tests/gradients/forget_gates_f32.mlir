#map = affine_map<(d0, d1, d2) -> ()>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#map6 = affine_map<(d0, d1) -> (0, d1)>
#map7 = affine_map<(d0, d1) -> (d0, 0)>
#map8 = affine_map<(d0, d1) -> (d0, d1)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x2x40xf32>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0xFF800000 : f32
    %cst_0 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant 4.000000e+00 : f32
    %c39 = arith.constant 39 : index
    %c0 = arith.constant 0 : index
    %cst_3 = arith.constant 1.000000e+00 : f32
    %cst_4 = arith.constant 0.000000e+00 : f32
    %cst_5 = arith.constant dense<-1> : tensor<i64>
    %cst_6 = arith.constant dense<1> : tensor<i64>
    %cst_7 = arith.constant dense<0> : tensor<i64>
    %0 = tensor.empty() : tensor<1x2x40xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_1, %arg3 : tensor<f32>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.cmpf olt, %in, %in_29 : f32
      %68 = arith.select %67, %in, %in_29 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x40xf32>
    %2 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = math.absf %in : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %3 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.negf %in : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = math.exp %in : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = math.log1p %in : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %6 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<1x2x40xf32>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.subf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %7 = linalg.fill ins(%cst_4 : f32) outs(%0 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %8 = tensor.empty() : tensor<1x2xf32>
    %9 = linalg.fill ins(%cst_4 : f32) outs(%8 : tensor<1x2xf32>) -> tensor<1x2xf32>
    %10:2 = tm_tensor.scan dimension(2) inclusive(true) ins(%6 : tensor<1x2x40xf32>) outs(%7, %9 : tensor<1x2x40xf32>, tensor<1x2xf32>) {
    ^bb0(%arg5: f32, %arg6: f32):
      %67 = arith.addf %arg5, %arg6 : f32
      tm_tensor.yield %67 : f32
    } -> tensor<1x2x40xf32>, tensor<1x2xf32>
    %11 = tensor.empty() : tensor<40xi64>
    %12 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%11 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %67 = linalg.index 0 : index
      %68 = arith.index_cast %67 : index to i64
      linalg.yield %68 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %12 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_8 = tensor.expand_shape %12 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %13 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%13 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_9 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %14 = tensor.empty() : tensor<2x40x40xf32>
    %15 = linalg.fill ins(%cst_4 : f32) outs(%14 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %16 = linalg.batch_matmul ins(%collapsed, %collapsed_9 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%15 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_10 = tensor.expand_shape %16 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %17 = tensor.empty() : tensor<1x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.divf %in, %cst_2 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %expanded_11 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %19 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %expanded_11 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.addf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %expanded_12 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [1, 2, 1, 40] : tensor<1x2x40xf32> into tensor<1x2x1x40xf32>
    %20 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded_12 : tensor<1x2x40x40xf32>, tensor<1x2x1x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.subf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = tensor.empty() : tensor<40x40xi1>
    %22 = linalg.generic {indexing_maps = [#map6, #map7, #map8], iterator_types = ["parallel", "parallel"]} ins(%expanded_8, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%21 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_29: i64, %out: i1):
      %67 = arith.cmpi sgt, %in, %in_29 : i64
      linalg.yield %67 : i1
    } -> tensor<40x40xi1>
    %23 = linalg.generic {indexing_maps = [#map9, #map10, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %cst_0, %20 : tensor<40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_29: f32, %in_30: f32, %out: f32):
      %67 = arith.select %in, %in_29, %in_30 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = tensor.empty() : tensor<1x2x40xi64>
    %25 = linalg.fill ins(%c0_i64 : i64) outs(%24 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %26 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %27:2 = linalg.generic {indexing_maps = [#map3, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%23 : tensor<1x2x40x40xf32>) outs(%26, %25 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_29: i64):
      %67 = linalg.index 3 : index
      %68 = arith.index_cast %67 : index to i64
      %69 = arith.maximumf %in, %out : f32
      %70 = arith.cmpf ogt, %in, %out : f32
      %71 = arith.select %70, %68, %out_29 : i64
      linalg.yield %69, %71 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_13 = tensor.expand_shape %27#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %28 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_13 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.subf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = math.exp %in : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %30 = tensor.empty() : tensor<1x2x40x1xf32>
    %31 = linalg.fill ins(%cst_4 : f32) outs(%30 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %32 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%29 : tensor<1x2x40x40xf32>) outs(%31 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.addf %in, %out : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x1xf32>
    %33 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %32 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.divf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %33 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_15 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_16 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_17 = linalg.transpose ins(%collapsed_14 : tensor<2x40x40xf32>) outs(%14 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %34 = tensor.empty() : tensor<2x40x16xf32>
    %35 = linalg.fill ins(%cst_4 : f32) outs(%34 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %36 = linalg.batch_matmul ins(%transposed_17, %collapsed_16 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%35 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %37 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_18 = linalg.transpose ins(%collapsed_15 : tensor<2x40x16xf32>) outs(%37 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %38 = linalg.batch_matmul ins(%collapsed_16, %transposed_18 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%15 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_19 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_20 = tensor.expand_shape %38 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %39 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_20, %33 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.mulf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%39 : tensor<1x2x40x40xf32>) outs(%31 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.addf %in, %out : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x1xf32>
    %41 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %40 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.mulf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %42 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %41 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.subf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map9, #map10, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %cst_1, %42 : tensor<40x40xi1>, tensor<f32>, tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_29: f32, %in_30: f32, %out: f32):
      %67 = arith.select %in, %in_29, %in_30 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43 : tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.negf %in : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %45 = tensor.empty() : tensor<1x2x1x40xf32>
    %46 = linalg.fill ins(%cst_4 : f32) outs(%45 : tensor<1x2x1x40xf32>) -> tensor<1x2x1x40xf32>
    %47 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "reduction", "parallel"]} ins(%44 : tensor<1x2x40x40xf32>) outs(%46 : tensor<1x2x1x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.addf %in, %out : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x1x40xf32>
    %collapsed_21 = tensor.collapse_shape %47 [[0], [1, 2], [3]] : tensor<1x2x1x40xf32> into tensor<1x2x40xf32>
    %48 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%43 : tensor<1x2x40x40xf32>) outs(%31 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.addf %in, %out : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x1xf32>
    %collapsed_22 = tensor.collapse_shape %48 [[0], [1], [2, 3]] : tensor<1x2x40x1xf32> into tensor<1x2x40xf32>
    %49 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_21, %collapsed_22 : tensor<1x2x40xf32>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.addf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %50 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43 : tensor<1x2x40x40xf32>) outs(%17 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.divf %in, %cst_2 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_23 = tensor.collapse_shape %50 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_24 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%37 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %51 = linalg.fill ins(%cst_4 : f32) outs(%37 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %52 = linalg.batch_matmul ins(%transposed_24, %collapsed_23 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%51 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_25 = linalg.transpose ins(%collapsed_9 : tensor<2x16x40xf32>) outs(%34 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %53 = linalg.batch_matmul ins(%collapsed_23, %transposed_25 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%35 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_26 = tensor.expand_shape %52 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_27 = tensor.expand_shape %53 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %54 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_28 = linalg.transpose ins(%expanded_26 : tensor<1x2x16x40xf32>) outs(%54 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    %55 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<1x2x40xf32>) outs(%7 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = linalg.index 1 : index
      %68 = linalg.index 2 : index
      %69 = arith.subi %c39, %68 : index
      %extracted = tensor.extract %49[%c0, %67, %69] : tensor<1x2x40xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x2x40xf32>
    %56:2 = tm_tensor.scan dimension(2) inclusive(true) ins(%55 : tensor<1x2x40xf32>) outs(%7, %9 : tensor<1x2x40xf32>, tensor<1x2xf32>) {
    ^bb0(%arg5: f32, %arg6: f32):
      %67 = arith.addf %arg5, %arg6 : f32
      tm_tensor.yield %67 : f32
    } -> tensor<1x2x40xf32>, tensor<1x2xf32>
    %57 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56#0 : tensor<1x2x40xf32>) outs(%7 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = linalg.index 1 : index
      %68 = linalg.index 2 : index
      %69 = arith.subi %c39, %68 : index
      %extracted = tensor.extract %56#0[%c0, %67, %69] : tensor<1x2x40xf32>
      linalg.yield %extracted : f32
    } -> tensor<1x2x40xf32>
    %58 = tensor.empty() : tensor<1x2x40xi1>
    %59 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<1x2x40xf32>) outs(%58 : tensor<1x2x40xi1>) {
    ^bb0(%in: f32, %out: i1):
      %67 = arith.cmpf olt, %in, %cst_4 : f32
      linalg.yield %67 : i1
    } -> tensor<1x2x40xi1>
    %60 = linalg.generic {indexing_maps = [#map1, #map, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%59, %cst_6, %cst_7 : tensor<1x2x40xi1>, tensor<i64>, tensor<i64>) outs(%24 : tensor<1x2x40xi64>) {
    ^bb0(%in: i1, %in_29: i64, %in_30: i64, %out: i64):
      %67 = arith.select %in, %in_29, %in_30 : i64
      linalg.yield %67 : i64
    } -> tensor<1x2x40xi64>
    %61 = linalg.generic {indexing_maps = [#map1, #map, #map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%59, %cst_6, %cst_5 : tensor<1x2x40xi1>, tensor<i64>, tensor<i64>) outs(%24 : tensor<1x2x40xi64>) {
    ^bb0(%in: i1, %in_29: i64, %in_30: i64, %out: i64):
      %67 = arith.select %in, %in_29, %in_30 : i64
      linalg.yield %67 : i64
    } -> tensor<1x2x40xi64>
    %62 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %67 = arith.addf %in, %cst_3 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %63 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %62 : tensor<1x2x40xf32>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.divf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    %64 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%61, %63 : tensor<1x2x40xi64>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: i64, %in_29: f32, %out: f32):
      %67 = arith.sitofp %in : i64 to f32
      %68 = arith.mulf %67, %in_29 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x40xf32>
    %65 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%60, %64 : tensor<1x2x40xi64>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: i64, %in_29: f32, %out: f32):
      %67 = arith.sitofp %in : i64 to f32
      %68 = arith.subf %67, %in_29 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x40xf32>
    %66 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%57, %65 : tensor<1x2x40xf32>, tensor<1x2x40xf32>) outs(%0 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %in_29: f32, %out: f32):
      %67 = arith.mulf %in, %in_29 : f32
      linalg.yield %67 : f32
    } -> tensor<1x2x40xf32>
    return %expanded_27, %transposed_28, %expanded_19, %66 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40xf32>
  }
}

