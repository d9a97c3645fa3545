#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<2xf32>, %arg4: tensor<1x2x40x16xf32>) -> (tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x2x40x41xf32>
    %cst_2 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_3 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_3 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %4 = tensor.empty() : tensor<1x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.divf %in, %cst_2 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x40xf32>
    %6 = tensor.empty() : tensor<1x2x40x1xf32>
    %expanded_4 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [1, 2, 1] : tensor<2xf32> into tensor<1x2x1xf32>
    %7 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_4 : tensor<1x2x1xf32>) outs(%6 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x1xf32>
    %concat = tensor.concat dim(3) %5, %7 : (tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) -> tensor<1x2x40x41xf32>
    %8 = tensor.empty() : tensor<1x2x40xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %10 = tensor.empty() : tensor<1x2x40xf32>
    %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %12:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%concat : tensor<1x2x40x41xf32>) outs(%11, %9 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_22: i64):
      %36 = linalg.index 3 : index
      %37 = arith.index_cast %36 : index to i64
      %38 = arith.maximumf %in, %out : f32
      %39 = arith.cmpf ogt, %in, %out : f32
      %40 = arith.select %39, %37, %out_22 : i64
      linalg.yield %38, %40 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_5 = tensor.expand_shape %12#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %13 = tensor.empty() : tensor<1x2x40x41xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %expanded_5 : tensor<1x2x40x41xf32>, tensor<1x2x40x1xf32>) outs(%13 : tensor<1x2x40x41xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %36 = arith.subf %in, %in_22 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x41xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x2x40x41xf32>) outs(%13 : tensor<1x2x40x41xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = math.exp %in : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x41xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%6 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<1x2x40x41xf32>) outs(%16 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.addf %in, %out : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %17 : tensor<1x2x40x41xf32>, tensor<1x2x40x1xf32>) outs(%13 : tensor<1x2x40x41xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %36 = arith.divf %in, %in_22 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x41xf32>
    %extracted_slice = tensor.extract_slice %18[0, 0, 0, 0] [1, 2, 40, 40] [1, 1, 1, 1] : tensor<1x2x40x41xf32> to tensor<1x2x40x40xf32>
    %collapsed_6 = tensor.collapse_shape %extracted_slice [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_8 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_9 = linalg.transpose ins(%collapsed_6 : tensor<2x40x40xf32>) outs(%1 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %19 = tensor.empty() : tensor<2x40x16xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %21 = linalg.batch_matmul ins(%transposed_9, %collapsed_8 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%20 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %22 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_10 = linalg.transpose ins(%collapsed_7 : tensor<2x40x16xf32>) outs(%22 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %23 = linalg.batch_matmul ins(%collapsed_8, %transposed_10 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_11 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_12 = tensor.expand_shape %23 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %inserted_slice = tensor.insert_slice %expanded_12 into %cst_1[0, 0, 0, 0] [1, 2, 40, 40] [1, 1, 1, 1] : tensor<1x2x40x40xf32> into tensor<1x2x40x41xf32>
    %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice, %18 : tensor<1x2x40x41xf32>, tensor<1x2x40x41xf32>) outs(%13 : tensor<1x2x40x41xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %36 = arith.mulf %in, %in_22 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x41xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x40x41xf32>) outs(%16 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.addf %in, %out : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %25 : tensor<1x2x40x41xf32>, tensor<1x2x40x1xf32>) outs(%13 : tensor<1x2x40x41xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %36 = arith.mulf %in, %in_22 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x41xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %26 : tensor<1x2x40x41xf32>, tensor<1x2x40x41xf32>) outs(%13 : tensor<1x2x40x41xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %36 = arith.subf %in, %in_22 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x41xf32>
    %extracted_slice_13 = tensor.extract_slice %27[0, 0, 0, 0] [1, 2, 40, 40] [1, 1, 1, 1] : tensor<1x2x40x41xf32> to tensor<1x2x40x40xf32>
    %extracted_slice_14 = tensor.extract_slice %27[0, 0, 0, 40] [1, 2, 40, 1] [1, 1, 1, 1] : tensor<1x2x40x41xf32> to tensor<1x2x40x1xf32>
    %28 = tensor.empty() : tensor<1x2x1x1xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "reduction", "parallel"]} ins(%extracted_slice_14 : tensor<1x2x40x1xf32>) outs(%29 : tensor<1x2x1x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.addf %in, %out : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x1x1xf32>
    %collapsed_15 = tensor.collapse_shape %30 [[0, 1, 2, 3]] : tensor<1x2x1x1xf32> into tensor<2xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_13 : tensor<1x2x40x40xf32>) outs(%4 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.divf %in, %cst_2 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_16 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_17 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%22 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %32 = linalg.fill ins(%cst : f32) outs(%22 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %33 = linalg.batch_matmul ins(%transposed_17, %collapsed_16 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%32 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_18 = linalg.transpose ins(%collapsed_3 : tensor<2x16x40xf32>) outs(%19 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %34 = linalg.batch_matmul ins(%collapsed_16, %transposed_18 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%20 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_19 = tensor.expand_shape %33 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_20 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %35 = tensor.empty() : tensor<1x2x40x16xf32>
    %transposed_21 = linalg.transpose ins(%expanded_19 : tensor<1x2x16x40xf32>) outs(%35 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    return %expanded_20, %transposed_21, %expanded_11, %collapsed_15 : tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>, tensor<2xf32>
  }
}

