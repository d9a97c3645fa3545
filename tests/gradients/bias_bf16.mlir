#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<1x2x40x40xbf16>, %arg4: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x40xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %1 = tensor.empty() : tensor<2x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %4 = tensor.empty() : tensor<2x40x40xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x40x40xf32>) outs(%4 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %6 = tensor.empty() : tensor<1x2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %46 = arith.divf %in, %cst_1 : bf16
      linalg.yield %46 : bf16
    } -> tensor<1x2x40x40xbf16>
    %8 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %arg3 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_17: bf16, %out: bf16):
      %46 = arith.addf %in, %in_17 : bf16
      linalg.yield %46 : bf16
    } -> tensor<1x2x40x40xbf16>
    %9 = tensor.empty() : tensor<1x2x40x40xf32>
    %10 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x2x40x40xbf16>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %46 = arith.extf %in : bf16 to f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %11 = tensor.empty() : tensor<1x2x40xi64>
    %12 = linalg.fill ins(%c0_i64 : i64) outs(%11 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %13 = tensor.empty() : tensor<1x2x40xf32>
    %14 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %15:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%10 : tensor<1x2x40x40xf32>) outs(%14, %12 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_17: i64):
      %46 = linalg.index 3 : index
      %47 = arith.index_cast %46 : index to i64
      %48 = arith.maximumf %in, %out : f32
      %49 = arith.cmpf ogt, %in, %out : f32
      %50 = arith.select %49, %47, %out_17 : i64
      linalg.yield %48, %50 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_3 = tensor.expand_shape %15#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %expanded_3 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %46 = arith.subf %in, %in_17 : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<1x2x40x40xf32>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %46 = math.exp %in : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %18 = tensor.empty() : tensor<1x2x40x1xf32>
    %19 = linalg.fill ins(%cst : f32) outs(%18 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%17 : tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %46 = arith.addf %in, %out : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x1xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %20 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %46 = arith.divf %in, %in_17 : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_4 = tensor.collapse_shape %22 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_5 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_6 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_7 = linalg.transpose ins(%collapsed_4 : tensor<2x40x40xbf16>) outs(%4 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %23 = tensor.empty() : tensor<2x40x16xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %25 = linalg.batch_matmul ins(%transposed_7, %collapsed_6 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%24 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %26 = tensor.empty() : tensor<2x40x16xbf16>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x40x16xf32>) outs(%26 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<2x40x16xbf16>
    %28 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_8 = linalg.transpose ins(%collapsed_5 : tensor<2x40x16xbf16>) outs(%28 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %29 = linalg.batch_matmul ins(%collapsed_6, %transposed_8 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x40x40xf32>) outs(%4 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_9 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_10 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<1x2x40x40xbf16>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %46 = arith.extf %in : bf16 to f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x40x40xbf16>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %46 = arith.extf %in : bf16 to f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %32 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %46 = arith.mulf %in, %in_17 : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%33 : tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %46 = arith.addf %in, %out : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x1xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %34 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %46 = arith.mulf %in, %in_17 : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%9 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %46 = arith.subf %in, %in_17 : f32
      linalg.yield %46 : f32
    } -> tensor<1x2x40x40xf32>
    %37 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x40x40xf32>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<1x2x40x40xbf16>
    %38 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37 : tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %46 = arith.divf %in, %cst_1 : bf16
      linalg.yield %46 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_11 = tensor.collapse_shape %38 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_12 = linalg.transpose ins(%collapsed : tensor<2x40x16xbf16>) outs(%28 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %39 = tensor.empty() : tensor<2x16x40xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %41 = linalg.batch_matmul ins(%transposed_12, %collapsed_11 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%40 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %42 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<2x16x40xf32>) outs(%28 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_2 : tensor<2x16x40xbf16>) outs(%26 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %43 = linalg.batch_matmul ins(%collapsed_11, %transposed_13 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%24 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %44 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43 : tensor<2x40x16xf32>) outs(%26 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %46 = arith.truncf %in : f32 to bf16
      linalg.yield %46 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_14 = tensor.expand_shape %42 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_15 = tensor.expand_shape %44 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %45 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed_16 = linalg.transpose ins(%expanded_14 : tensor<1x2x16x40xbf16>) outs(%45 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_15, %transposed_16, %expanded_9, %37 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x40xbf16>
  }
}

