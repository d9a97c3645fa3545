#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x4x40x16xbf16>, %arg1: tensor<1x4x40x16xbf16>, %arg2: tensor<1x2x40x32xbf16>, %arg3: tensor<bf16>, %arg4: tensor<1x2x40x32xbf16>) -> (tensor<1x4x40x16xbf16>, tensor<1x4x40x16xbf16>, tensor<1x2x40x32xbf16>, tensor<bf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : bf16
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<1x4x40x16xbf16>
    %cst_3 = arith.constant 4.000000e+00 : bf16
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xbf16> to tensor<1x2x40x16xbf16>
    %extracted_slice_4 = tensor.extract_slice %arg1[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xbf16> to tensor<1x2x40x16xbf16>
    %0 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed = linalg.transpose ins(%extracted_slice_4 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %extracted_slice [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst_0 : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %4 = tensor.empty() : tensor<2x40x40xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x40x40xf32>) outs(%4 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %6 = tensor.empty() : tensor<1x2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.divf %in, %cst_3 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %8 = tensor.empty() : tensor<1x2x40x40xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %10 = tensor.empty() : tensor<1x2x40xi64>
    %11 = linalg.fill ins(%c0_i64 : i64) outs(%10 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %12 = tensor.empty() : tensor<1x2x40xf32>
    %13 = linalg.fill ins(%cst_1 : f32) outs(%12 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %14:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%9 : tensor<1x2x40x40xf32>) outs(%13, %11 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_42: i64):
      %88 = linalg.index 3 : index
      %89 = arith.index_cast %88 : index to i64
      %90 = arith.maximumf %in, %out : f32
      %91 = arith.cmpf ogt, %in, %out : f32
      %92 = arith.select %91, %89, %out_42 : i64
      linalg.yield %90, %92 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_6 = tensor.expand_shape %14#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %expanded_6 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.subf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = math.exp %in : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %17 = tensor.empty() : tensor<1x2x40x1xf32>
    %18 = linalg.fill ins(%cst_0 : f32) outs(%17 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%16 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = arith.addf %in, %out : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x1xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %19 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.divf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %extracted_slice_7 = tensor.extract_slice %arg0[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xbf16> to tensor<1x2x40x16xbf16>
    %extracted_slice_8 = tensor.extract_slice %arg1[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xbf16> to tensor<1x2x40x16xbf16>
    %transposed_9 = linalg.transpose ins(%extracted_slice_8 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_10 = tensor.collapse_shape %extracted_slice_7 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_11 = tensor.collapse_shape %transposed_9 [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %22 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x40x40xf32>) outs(%4 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_12 = tensor.expand_shape %23 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.divf %in, %cst_3 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %25 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %26:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%25 : tensor<1x2x40x40xf32>) outs(%13, %11 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_42: i64):
      %88 = linalg.index 3 : index
      %89 = arith.index_cast %88 : index to i64
      %90 = arith.maximumf %in, %out : f32
      %91 = arith.cmpf ogt, %in, %out : f32
      %92 = arith.select %91, %89, %out_42 : i64
      linalg.yield %90, %92 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_13 = tensor.expand_shape %26#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %expanded_13 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.subf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = math.exp %in : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%28 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = arith.addf %in, %out : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x1xf32>
    %30 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %29 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.divf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_14 = tensor.collapse_shape %21 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_15 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x32xbf16> into tensor<2x40x32xbf16>
    %collapsed_16 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %32 = tensor.empty() : tensor<2x40x32xf32>
    %33 = linalg.fill ins(%cst_0 : f32) outs(%32 : tensor<2x40x32xf32>) -> tensor<2x40x32xf32>
    %34 = linalg.batch_matmul ins(%collapsed_16, %collapsed_15 : tensor<2x40x40xbf16>, tensor<2x40x32xbf16>) outs(%33 : tensor<2x40x32xf32>) -> tensor<2x40x32xf32>
    %35 = tensor.empty() : tensor<2x40x32xbf16>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x40x32xf32>) outs(%35 : tensor<2x40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x32xbf16>
    %expanded_17 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 40, 32] : tensor<2x40x32xbf16> into tensor<1x2x40x32xbf16>
    %37 = tensor.empty() : tensor<1x2x40x32xbf16>
    %38 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg4 : tensor<1x2x40x32xbf16>) outs(%37 : tensor<1x2x40x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.negf %in : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x32xbf16>
    %39 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %arg3 : tensor<1x2x40x32xbf16>, tensor<bf16>) outs(%37 : tensor<1x2x40x32xbf16>) {
    ^bb0(%in: bf16, %in_42: bf16, %out: bf16):
      %88 = arith.mulf %in, %in_42 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x32xbf16>
    %40 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %expanded_17 : tensor<1x2x40x32xbf16>, tensor<1x2x40x32xbf16>) outs(%37 : tensor<1x2x40x32xbf16>) {
    ^bb0(%in: bf16, %in_42: bf16, %out: bf16):
      %88 = arith.mulf %in, %in_42 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x32xbf16>
    %41 = tensor.empty() : tensor<bf16>
    %42 = linalg.fill ins(%cst : bf16) outs(%41 : tensor<bf16>) -> tensor<bf16>
    %43 = linalg.generic {indexing_maps = [#map1, #map4], iterator_types = ["reduction", "reduction", "reduction", "reduction"]} ins(%40 : tensor<1x2x40x32xbf16>) outs(%42 : tensor<bf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.addf %in, %out : bf16
      linalg.yield %88 : bf16
    } -> tensor<bf16>
    %collapsed_18 = tensor.collapse_shape %39 [[0, 1], [2], [3]] : tensor<1x2x40x32xbf16> into tensor<2x40x32xbf16>
    %transposed_19 = linalg.transpose ins(%collapsed_16 : tensor<2x40x40xbf16>) outs(%4 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %44 = linalg.batch_matmul ins(%transposed_19, %collapsed_18 : tensor<2x40x40xbf16>, tensor<2x40x32xbf16>) outs(%33 : tensor<2x40x32xf32>) -> tensor<2x40x32xf32>
    %45 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44 : tensor<2x40x32xf32>) outs(%35 : tensor<2x40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x32xbf16>
    %46 = tensor.empty() : tensor<2x32x40xbf16>
    %transposed_20 = linalg.transpose ins(%collapsed_15 : tensor<2x40x32xbf16>) outs(%46 : tensor<2x32x40xbf16>) permutation = [0, 2, 1] 
    %47 = linalg.batch_matmul ins(%collapsed_18, %transposed_20 : tensor<2x40x32xbf16>, tensor<2x32x40xbf16>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %48 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<2x40x40xf32>) outs(%4 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_21 = tensor.expand_shape %45 [[0, 1], [2], [3]] output_shape [1, 2, 40, 32] : tensor<2x40x32xbf16> into tensor<1x2x40x32xbf16>
    %expanded_22 = tensor.expand_shape %48 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %collapsed_23 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x32xbf16> into tensor<2x40x32xbf16>
    %transposed_24 = linalg.transpose ins(%collapsed_14 : tensor<2x40x40xbf16>) outs(%4 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %49 = linalg.batch_matmul ins(%transposed_24, %collapsed_23 : tensor<2x40x40xbf16>, tensor<2x40x32xbf16>) outs(%33 : tensor<2x40x32xf32>) -> tensor<2x40x32xf32>
    %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<2x40x32xf32>) outs(%35 : tensor<2x40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x32xbf16>
    %51 = linalg.batch_matmul ins(%collapsed_23, %transposed_20 : tensor<2x40x32xbf16>, tensor<2x32x40xbf16>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51 : tensor<2x40x40xf32>) outs(%4 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_25 = tensor.expand_shape %50 [[0, 1], [2], [3]] output_shape [1, 2, 40, 32] : tensor<2x40x32xbf16> into tensor<1x2x40x32xbf16>
    %53 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21, %expanded_25 : tensor<1x2x40x32xbf16>, tensor<1x2x40x32xbf16>) outs(%37 : tensor<1x2x40x32xbf16>) {
    ^bb0(%in: bf16, %in_42: bf16, %out: bf16):
      %88 = arith.addf %in, %in_42 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x32xbf16>
    %expanded_26 = tensor.expand_shape %52 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %54 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_22 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %55 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %56 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%54, %55 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.mulf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %57 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%56 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = arith.addf %in, %out : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x1xf32>
    %58 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%55, %57 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.mulf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %59 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%56, %58 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.subf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %60 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%59 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %61 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%60 : tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.divf %in, %cst_3 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_27 = tensor.collapse_shape %61 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %62 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_28 = linalg.transpose ins(%collapsed_10 : tensor<2x40x16xbf16>) outs(%62 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %63 = tensor.empty() : tensor<2x16x40xf32>
    %64 = linalg.fill ins(%cst_0 : f32) outs(%63 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %65 = linalg.batch_matmul ins(%transposed_28, %collapsed_27 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%64 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %66 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65 : tensor<2x16x40xf32>) outs(%62 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x16x40xbf16>
    %67 = tensor.empty() : tensor<2x40x16xbf16>
    %transposed_29 = linalg.transpose ins(%collapsed_11 : tensor<2x16x40xbf16>) outs(%67 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %68 = tensor.empty() : tensor<2x40x16xf32>
    %69 = linalg.fill ins(%cst_0 : f32) outs(%68 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %70 = linalg.batch_matmul ins(%collapsed_27, %transposed_29 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%69 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %71 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70 : tensor<2x40x16xf32>) outs(%67 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_30 = tensor.expand_shape %66 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_31 = tensor.expand_shape %71 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %72 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed_32 = linalg.transpose ins(%expanded_30 : tensor<1x2x16x40xbf16>) outs(%72 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    %inserted_slice = tensor.insert_slice %transposed_32 into %cst_2[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> into tensor<1x4x40x16xbf16>
    %inserted_slice_33 = tensor.insert_slice %expanded_31 into %cst_2[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> into tensor<1x4x40x16xbf16>
    %73 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_26 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %74 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %75 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%73, %74 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.mulf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %76 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%75 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = arith.addf %in, %out : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x1xf32>
    %77 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%74, %76 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.mulf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %78 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%75, %77 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_42: f32, %out: f32):
      %88 = arith.subf %in, %in_42 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %79 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%78 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %80 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%79 : tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.divf %in, %cst_3 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_34 = tensor.collapse_shape %80 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_35 = linalg.transpose ins(%collapsed : tensor<2x40x16xbf16>) outs(%62 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %81 = linalg.batch_matmul ins(%transposed_35, %collapsed_34 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%64 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %82 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%81 : tensor<2x16x40xf32>) outs(%62 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_36 = linalg.transpose ins(%collapsed_5 : tensor<2x16x40xbf16>) outs(%67 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %83 = linalg.batch_matmul ins(%collapsed_34, %transposed_36 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%69 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %84 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%83 : tensor<2x40x16xf32>) outs(%67 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_37 = tensor.expand_shape %82 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_38 = tensor.expand_shape %84 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %transposed_39 = linalg.transpose ins(%expanded_37 : tensor<1x2x16x40xbf16>) outs(%72 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    %inserted_slice_40 = tensor.insert_slice %transposed_39 into %cst_2[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> into tensor<1x4x40x16xbf16>
    %85 = tensor.empty() : tensor<1x4x40x16xbf16>
    %86 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice, %inserted_slice_40 : tensor<1x4x40x16xbf16>, tensor<1x4x40x16xbf16>) outs(%85 : tensor<1x4x40x16xbf16>) {
    ^bb0(%in: bf16, %in_42: bf16, %out: bf16):
      %88 = arith.addf %in, %in_42 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x4x40x16xbf16>
    %inserted_slice_41 = tensor.insert_slice %expanded_38 into %cst_2[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> into tensor<1x4x40x16xbf16>
    %87 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice_33, %inserted_slice_41 : tensor<1x4x40x16xbf16>, tensor<1x4x40x16xbf16>) outs(%85 : tensor<1x4x40x16xbf16>) {
    ^bb0(%in: bf16, %in_42: bf16, %out: bf16):
      %88 = arith.addf %in, %in_42 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x4x40x16xbf16>
    return %87, %86, %53, %43 : tensor<1x4x40x16xbf16>, tensor<1x4x40x16xbf16>, tensor<1x2x40x32xbf16>, tensor<bf16>
  }
}

