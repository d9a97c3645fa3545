#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<2xf32>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant 9.9999999999999998E-13 : f64
    %cst_3 = arith.constant 5.000000e-01 : f32
    %cst_4 = arith.constant 2.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x2x40x1xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%arg0 : tensor<1x2x40x16xf32>) outs(%1 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = math.absf %in : f32
      %74 = math.powf %73, %cst_4 : f32
      %75 = arith.addf %74, %out : f32
      linalg.yield %75 : f32
    } -> tensor<1x2x40x1xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<1x2x40x1xf32>) outs(%0 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = math.powf %in, %cst_3 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3 : tensor<1x2x40x1xf32>) outs(%0 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.truncf %cst_2 : f64 to f32
      %74 = arith.cmpf ult, %in, %73 : f32
      %75 = arith.select %74, %73, %in : f32
      linalg.yield %75 : f32
    } -> tensor<1x2x40x1xf32>
    %5 = tensor.empty() : tensor<1x2x40x16xf32>
    %collapsed = tensor.collapse_shape %4 [[0], [1], [2, 3]] : tensor<1x2x40x1xf32> into tensor<1x2x40xf32>
    %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed : tensor<1x2x40xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x16xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%arg1 : tensor<1x2x40x16xf32>) outs(%1 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = math.absf %in : f32
      %74 = math.powf %73, %cst_4 : f32
      %75 = arith.addf %74, %out : f32
      linalg.yield %75 : f32
    } -> tensor<1x2x40x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x2x40x1xf32>) outs(%0 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = math.powf %in, %cst_3 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x40x1xf32>) outs(%0 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.truncf %cst_2 : f64 to f32
      %74 = arith.cmpf ult, %in, %73 : f32
      %75 = arith.select %74, %73, %in : f32
      linalg.yield %75 : f32
    } -> tensor<1x2x40x1xf32>
    %collapsed_5 = tensor.collapse_shape %10 [[0], [1], [2, 3]] : tensor<1x2x40x1xf32> into tensor<1x2x40xf32>
    %11 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<1x2x40xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x16xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %13 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%12 : tensor<1x2x40x16xf32>) outs(%13 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_6 = tensor.collapse_shape %7 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %14 = tensor.empty() : tensor<2x40x40xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %16 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%15 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %16 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %17 = tensor.empty() : tensor<2xf32>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg3 : tensor<2xf32>) outs(%17 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = math.exp %in : f32
      linalg.yield %73 : f32
    } -> tensor<2xf32>
    %expanded_8 = tensor.expand_shape %18 [[0, 1, 2]] output_shape [2, 1, 1] : tensor<2xf32> into tensor<2x1x1xf32>
    %19 = tensor.empty() : tensor<1x2x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_8 : tensor<1x2x40x40xf32>, tensor<2x1x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = tensor.empty() : tensor<1x2x40xi64>
    %22 = linalg.fill ins(%c0_i64 : i64) outs(%21 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %23 = tensor.empty() : tensor<1x2x40xf32>
    %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %25:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<1x2x40x40xf32>) outs(%24, %22 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_24: i64):
      %73 = linalg.index 3 : index
      %74 = arith.index_cast %73 : index to i64
      %75 = arith.maximumf %in, %out : f32
      %76 = arith.cmpf ogt, %in, %out : f32
      %77 = arith.select %76, %74, %out_24 : i64
      linalg.yield %75, %77 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_9 = tensor.expand_shape %25#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_9 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.subf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = math.exp %in : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<1x2x40x40xf32>) outs(%1 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.addf %in, %out : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %28 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_10 = tensor.collapse_shape %29 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_12 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_13 = linalg.transpose ins(%collapsed_10 : tensor<2x40x40xf32>) outs(%14 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %30 = tensor.empty() : tensor<2x40x16xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %32 = linalg.batch_matmul ins(%transposed_13, %collapsed_12 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%31 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %33 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_14 = linalg.transpose ins(%collapsed_11 : tensor<2x40x16xf32>) outs(%33 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %34 = linalg.batch_matmul ins(%collapsed_12, %transposed_14 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%15 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_15 = tensor.expand_shape %32 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_16 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_16, %29 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%35 : tensor<1x2x40x40xf32>) outs(%1 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.addf %in, %out : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %37 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %36 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35, %37 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.subf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %39 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %expanded : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %expanded_8 : tensor<1x2x40x40xf32>, tensor<2x1x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x40xf32>
    %41 = tensor.empty() : tensor<1x2x1x1xf32>
    %42 = linalg.fill ins(%cst : f32) outs(%41 : tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
    %43 = linalg.generic {indexing_maps = [#map, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%39 : tensor<1x2x40x40xf32>) outs(%42 : tensor<1x2x1x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.addf %in, %out : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x1x1xf32>
    %collapsed_17 = tensor.collapse_shape %43 [[0, 1, 2, 3]] : tensor<1x2x1x1xf32> into tensor<2xf32>
    %44 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%collapsed_17, %18 : tensor<2xf32>, tensor<2xf32>) outs(%17 : tensor<2xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<2xf32>
    %collapsed_18 = tensor.collapse_shape %40 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_19 = linalg.transpose ins(%collapsed_6 : tensor<2x40x16xf32>) outs(%33 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %45 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %46 = linalg.batch_matmul ins(%transposed_19, %collapsed_18 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%45 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_20 = linalg.transpose ins(%collapsed_7 : tensor<2x16x40xf32>) outs(%30 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %47 = linalg.batch_matmul ins(%collapsed_18, %transposed_20 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%31 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_21 = tensor.expand_shape %46 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_22 = tensor.expand_shape %47 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %transposed_23 = linalg.transpose ins(%expanded_21 : tensor<1x2x16x40xf32>) outs(%5 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    %48 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %11 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_23 : tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.negf %in : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %50 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49, %48 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %51 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_23, %11 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%50 : tensor<1x2x40x16xf32>) outs(%1 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.addf %in, %out : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %53 = tensor.empty() : tensor<1x2x40x1xi1>
    %54 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x40x1xf32>) outs(%53 : tensor<1x2x40x1xi1>) {
    ^bb0(%in: f32, %out: i1):
      %73 = arith.extf %in : f32 to f64
      %74 = arith.cmpf oge, %73, %cst_2 : f64
      linalg.yield %74 : i1
    } -> tensor<1x2x40x1xi1>
    %55 = linalg.generic {indexing_maps = [#map, #map, #map6, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%54, %52, %cst_1 : tensor<1x2x40x1xi1>, tensor<1x2x40x1xf32>, tensor<f32>) outs(%0 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: i1, %in_24: f32, %in_25: f32, %out: f32):
      %73 = arith.select %in, %in_24, %in_25 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %56 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %9 : tensor<1x2x40x16xf32>, tensor<1x2x40x1xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %57 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x40x1xf32>) outs(%53 : tensor<1x2x40x1xi1>) {
    ^bb0(%in: f32, %out: i1):
      %73 = arith.cmpf oeq, %in, %cst : f32
      linalg.yield %73 : i1
    } -> tensor<1x2x40x1xi1>
    %58 = linalg.generic {indexing_maps = [#map1, #map6, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57, %cst_1, %56 : tensor<1x2x40x1xi1>, tensor<f32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: i1, %in_24: f32, %in_25: f32, %out: f32):
      %73 = arith.select %in, %in_24, %in_25 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %59 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%55, %58 : tensor<1x2x40x1xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %60 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%51, %59 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.addf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %61 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %6 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %62 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_22 : tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.negf %in : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %63 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62, %61 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %64 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_22, %6 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %65 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%63 : tensor<1x2x40x16xf32>) outs(%1 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %73 = arith.addf %in, %out : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %66 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3 : tensor<1x2x40x1xf32>) outs(%53 : tensor<1x2x40x1xi1>) {
    ^bb0(%in: f32, %out: i1):
      %73 = arith.extf %in : f32 to f64
      %74 = arith.cmpf oge, %73, %cst_2 : f64
      linalg.yield %74 : i1
    } -> tensor<1x2x40x1xi1>
    %67 = linalg.generic {indexing_maps = [#map, #map, #map6, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%66, %65, %cst_1 : tensor<1x2x40x1xi1>, tensor<1x2x40x1xf32>, tensor<f32>) outs(%0 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: i1, %in_24: f32, %in_25: f32, %out: f32):
      %73 = arith.select %in, %in_24, %in_25 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x1xf32>
    %68 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<1x2x40x16xf32>, tensor<1x2x40x1xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.divf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %69 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3 : tensor<1x2x40x1xf32>) outs(%53 : tensor<1x2x40x1xi1>) {
    ^bb0(%in: f32, %out: i1):
      %73 = arith.cmpf oeq, %in, %cst : f32
      linalg.yield %73 : i1
    } -> tensor<1x2x40x1xi1>
    %70 = linalg.generic {indexing_maps = [#map1, #map6, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%69, %cst_1, %68 : tensor<1x2x40x1xi1>, tensor<f32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: i1, %in_24: f32, %in_25: f32, %out: f32):
      %73 = arith.select %in, %in_24, %in_25 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %71 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%67, %70 : tensor<1x2x40x1xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.mulf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    %72 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%64, %71 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %73 = arith.addf %in, %in_24 : f32
      linalg.yield %73 : f32
    } -> tensor<1x2x40x16xf32>
    return %72, %60, %expanded_15, %44 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2xf32>
  }
}

