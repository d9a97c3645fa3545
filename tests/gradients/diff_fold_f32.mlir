#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x4x40x16xf32>, %arg1: tensor<1x4x40x16xf32>, %arg2: tensor<1x2x40x32xf32>, %arg3: tensor<f32>, %arg4: tensor<1x2x40x32xf32>) -> (tensor<1x4x40x16xf32>, tensor<1x4x40x16xf32>, tensor<1x2x40x32xf32>, tensor<f32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x4x40x16xf32>
    %cst_2 = arith.constant 4.000000e+00 : f32
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xf32> to tensor<1x2x40x16xf32>
    %extracted_slice_3 = tensor.extract_slice %arg1[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xf32> to tensor<1x2x40x16xf32>
    %0 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%extracted_slice_3 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %extracted_slice [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %4 = tensor.empty() : tensor<1x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.divf %in, %cst_2 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %6 = tensor.empty() : tensor<1x2x40xi64>
    %7 = linalg.fill ins(%c0_i64 : i64) outs(%6 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %8 = tensor.empty() : tensor<1x2x40xf32>
    %9 = linalg.fill ins(%cst_0 : f32) outs(%8 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %10:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%5 : tensor<1x2x40x40xf32>) outs(%9, %7 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_35: i64):
      %59 = linalg.index 3 : index
      %60 = arith.index_cast %59 : index to i64
      %61 = arith.maximumf %in, %out : f32
      %62 = arith.cmpf ogt, %in, %out : f32
      %63 = arith.select %62, %60, %out_35 : i64
      linalg.yield %61, %63 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_5 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_5 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.subf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = math.exp %in : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %13 = tensor.empty() : tensor<1x2x40x1xf32>
    %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%12 : tensor<1x2x40x40xf32>) outs(%14 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.addf %in, %out : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %15 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.divf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %extracted_slice_6 = tensor.extract_slice %arg0[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xf32> to tensor<1x2x40x16xf32>
    %extracted_slice_7 = tensor.extract_slice %arg1[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x4x40x16xf32> to tensor<1x2x40x16xf32>
    %transposed_8 = linalg.transpose ins(%extracted_slice_7 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_9 = tensor.collapse_shape %extracted_slice_6 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_10 = tensor.collapse_shape %transposed_8 [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %17 = linalg.batch_matmul ins(%collapsed_9, %collapsed_10 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_11 = tensor.expand_shape %17 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_11 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.divf %in, %cst_2 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %19:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<1x2x40x40xf32>) outs(%9, %7 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_35: i64):
      %59 = linalg.index 3 : index
      %60 = arith.index_cast %59 : index to i64
      %61 = arith.maximumf %in, %out : f32
      %62 = arith.cmpf ogt, %in, %out : f32
      %63 = arith.select %62, %60, %out_35 : i64
      linalg.yield %61, %63 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_12 = tensor.expand_shape %19#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %expanded_12 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.subf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = math.exp %in : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%21 : tensor<1x2x40x40xf32>) outs(%14 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.addf %in, %out : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x1xf32>
    %23 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %22 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.divf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map3, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3, %23 : tensor<f32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %24 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.subf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_13 = tensor.collapse_shape %25 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x32xf32> into tensor<2x40x32xf32>
    %collapsed_15 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x32xf32> into tensor<2x40x32xf32>
    %transposed_16 = linalg.transpose ins(%collapsed_13 : tensor<2x40x40xf32>) outs(%1 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %26 = tensor.empty() : tensor<2x40x32xf32>
    %27 = linalg.fill ins(%cst : f32) outs(%26 : tensor<2x40x32xf32>) -> tensor<2x40x32xf32>
    %28 = linalg.batch_matmul ins(%transposed_16, %collapsed_15 : tensor<2x40x40xf32>, tensor<2x40x32xf32>) outs(%27 : tensor<2x40x32xf32>) -> tensor<2x40x32xf32>
    %29 = tensor.empty() : tensor<2x32x40xf32>
    %transposed_17 = linalg.transpose ins(%collapsed_14 : tensor<2x40x32xf32>) outs(%29 : tensor<2x32x40xf32>) permutation = [0, 2, 1] 
    %30 = linalg.batch_matmul ins(%collapsed_15, %transposed_17 : tensor<2x40x32xf32>, tensor<2x32x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_18 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [1, 2, 40, 32] : tensor<2x40x32xf32> into tensor<1x2x40x32xf32>
    %expanded_19 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_19 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.negf %in : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %arg3 : tensor<1x2x40x40xf32>, tensor<f32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %23 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %34 = tensor.empty() : tensor<f32>
    %35 = linalg.fill ins(%cst : f32) outs(%34 : tensor<f32>) -> tensor<f32>
    %36 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["reduction", "reduction", "reduction", "reduction"]} ins(%33 : tensor<1x2x40x40xf32>) outs(%35 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.addf %in, %out : f32
      linalg.yield %59 : f32
    } -> tensor<f32>
    %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %23 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %38 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%37 : tensor<1x2x40x40xf32>) outs(%14 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.addf %in, %out : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x1xf32>
    %39 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %38 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37, %39 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.subf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %41 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.divf %in, %cst_2 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_20 = tensor.collapse_shape %41 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %42 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_21 = linalg.transpose ins(%collapsed_9 : tensor<2x40x16xf32>) outs(%42 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %43 = linalg.fill ins(%cst : f32) outs(%42 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %44 = linalg.batch_matmul ins(%transposed_21, %collapsed_20 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%43 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %45 = tensor.empty() : tensor<2x40x16xf32>
    %transposed_22 = linalg.transpose ins(%collapsed_10 : tensor<2x16x40xf32>) outs(%45 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %46 = linalg.fill ins(%cst : f32) outs(%45 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %47 = linalg.batch_matmul ins(%collapsed_20, %transposed_22 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%46 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_23 = tensor.expand_shape %44 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_24 = tensor.expand_shape %47 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %48 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_25 = linalg.transpose ins(%expanded_23 : tensor<1x2x16x40xf32>) outs(%48 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    %inserted_slice = tensor.insert_slice %transposed_25 into %cst_1[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xf32> into tensor<1x4x40x16xf32>
    %inserted_slice_26 = tensor.insert_slice %expanded_24 into %cst_1[0, 2, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xf32> into tensor<1x4x40x16xf32>
    %49 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_19, %16 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %50 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%49 : tensor<1x2x40x40xf32>) outs(%14 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.addf %in, %out : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x1xf32>
    %51 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %50 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.mulf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49, %51 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.subf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %53 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %59 = arith.divf %in, %cst_2 : f32
      linalg.yield %59 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_27 = tensor.collapse_shape %53 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_28 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%42 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %54 = linalg.batch_matmul ins(%transposed_28, %collapsed_27 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%43 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_29 = linalg.transpose ins(%collapsed_4 : tensor<2x16x40xf32>) outs(%45 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %55 = linalg.batch_matmul ins(%collapsed_27, %transposed_29 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%46 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_30 = tensor.expand_shape %54 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_31 = tensor.expand_shape %55 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %transposed_32 = linalg.transpose ins(%expanded_30 : tensor<1x2x16x40xf32>) outs(%48 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    %inserted_slice_33 = tensor.insert_slice %transposed_32 into %cst_1[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xf32> into tensor<1x4x40x16xf32>
    %56 = tensor.empty() : tensor<1x4x40x16xf32>
    %57 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice, %inserted_slice_33 : tensor<1x4x40x16xf32>, tensor<1x4x40x16xf32>) outs(%56 : tensor<1x4x40x16xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.addf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x4x40x16xf32>
    %inserted_slice_34 = tensor.insert_slice %expanded_31 into %cst_1[0, 0, 0, 0] [1, 2, 40, 16] [1, 1, 1, 1] : tensor<1x2x40x16xf32> into tensor<1x4x40x16xf32>
    %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice_26, %inserted_slice_34 : tensor<1x4x40x16xf32>, tensor<1x4x40x16xf32>) outs(%56 : tensor<1x4x40x16xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %59 = arith.addf %in, %in_35 : f32
      linalg.yield %59 : f32
    } -> tensor<1x4x40x16xf32>
    return %58, %57, %expanded_18, %36 : tensor<1x4x40x16xf32>, tensor<1x4x40x16xf32>, tensor<1x2x40x32xf32>, tensor<f32>
  }
}

