#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : bf16
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_2 = arith.constant 3.6888794541139363 : f64
    %cst_3 = arith.constant 4.000000e+00 : bf16
    %cst_4 = arith.constant dense<1> : tensor<i64>
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %39 = linalg.index 0 : index
      %40 = arith.index_cast %39 : index to i64
      linalg.yield %40 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_5 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %2 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xbf16>) outs(%2 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %3 = tensor.empty() : tensor<2x40x40xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %6 = tensor.empty() : tensor<2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_7 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %8 = tensor.empty() : tensor<1x2x40x40xbf16>
    %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %39 = arith.divf %in, %cst_3 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x40x40xbf16>
    %10 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %39 = arith.truncf %cst_2 : f64 to bf16
      %40 = arith.subf %in, %39 : bf16
      linalg.yield %40 : bf16
    } -> tensor<1x2x40x40xbf16>
    %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %39 = arith.negf %in : bf16
      %40 = math.exp %39 : bf16
      %41 = arith.addf %40, %cst_0 : bf16
      %42 = arith.divf %cst_0, %41 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x40x40xbf16>
    %12 = tensor.empty() : tensor<40x40xi1>
    %13 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%12 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_21: i64, %out: i1):
      %39 = arith.cmpi sgt, %in, %in_21 : i64
      linalg.yield %39 : i1
    } -> tensor<40x40xi1>
    %14 = linalg.generic {indexing_maps = [#map6, #map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %cst_1, %11 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_21: bf16, %in_22: bf16, %out: bf16):
      %39 = arith.select %in, %in_21, %in_22 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_8 = tensor.collapse_shape %14 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_9 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_10 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_11 = linalg.transpose ins(%collapsed_8 : tensor<2x40x40xbf16>) outs(%6 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %15 = tensor.empty() : tensor<2x40x16xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %17 = linalg.batch_matmul ins(%transposed_11, %collapsed_10 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%16 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %18 = tensor.empty() : tensor<2x40x16xbf16>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x40x16xf32>) outs(%18 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<2x40x16xbf16>
    %20 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_12 = linalg.transpose ins(%collapsed_9 : tensor<2x40x16xbf16>) outs(%20 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %21 = linalg.batch_matmul ins(%collapsed_10, %transposed_12 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_13 = tensor.expand_shape %19 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_14 = tensor.expand_shape %22 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %23 = linalg.generic {indexing_maps = [#map6, #map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %cst_1, %expanded_14 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_21: bf16, %in_22: bf16, %out: bf16):
      %39 = arith.select %in, %in_21, %in_22 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x40x40xbf16>
    %24 = tensor.empty() : tensor<1x2x40x40xf32>
    %25 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x40x40xbf16>) outs(%24 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %39 = arith.extf %in : bf16 to f32
      linalg.yield %39 : f32
    } -> tensor<1x2x40x40xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x2x40x40xbf16>) outs(%24 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %39 = arith.extf %in : bf16 to f32
      linalg.yield %39 : f32
    } -> tensor<1x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_4, %26 : tensor<i64>, tensor<1x2x40x40xf32>) outs(%24 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i64, %in_21: f32, %out: f32):
      %39 = arith.sitofp %in : i64 to f32
      %40 = arith.subf %39, %in_21 : f32
      linalg.yield %40 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %27 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%24 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %39 = arith.mulf %in, %in_21 : f32
      linalg.yield %39 : f32
    } -> tensor<1x2x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %28 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%24 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %39 = arith.mulf %in, %in_21 : f32
      linalg.yield %39 : f32
    } -> tensor<1x2x40x40xf32>
    %30 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x40x40xbf16>
    %31 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %39 = arith.divf %in, %cst_3 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_15 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_16 = linalg.transpose ins(%collapsed : tensor<2x40x16xbf16>) outs(%20 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %32 = tensor.empty() : tensor<2x16x40xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %34 = linalg.batch_matmul ins(%transposed_16, %collapsed_15 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%33 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x16x40xf32>) outs(%20 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed_6 : tensor<2x16x40xbf16>) outs(%18 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %36 = linalg.batch_matmul ins(%collapsed_15, %transposed_17 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%16 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %37 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<2x40x16xf32>) outs(%18 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_18 = tensor.expand_shape %35 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_19 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %38 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed_20 = linalg.transpose ins(%expanded_18 : tensor<1x2x16x40xbf16>) outs(%38 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_19, %transposed_20, %expanded_13 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>
  }
}

