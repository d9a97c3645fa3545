#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, 0, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, 0, d2, d3, d4)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, 0)>
module {
  func.func @main(%arg0: tensor<1x4x40x2x16xbf16>, %arg1: tensor<1x4x40x2x16xbf16>, %arg2: tensor<1x4x40x2x16xbf16>, %arg3: tensor<1x4x1x1x40xbf16>, %arg4: tensor<1x1x2x40x40xbf16>, %arg5: tensor<1x4x40x2x16xbf16>) -> (tensor<1x4x40x2x16xbf16>, tensor<1x4x40x2x16xbf16>, tensor<1x4x40x2x16xbf16>, tensor<1x4x1x1x40xbf16>, tensor<1x1x2x40x40xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : bf16
    %cst_2 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x4x2x40x16xbf16>
    %transposed = linalg.transpose ins(%arg0 : tensor<1x4x40x2x16xbf16>) outs(%0 : tensor<1x4x2x40x16xbf16>) permutation = [0, 1, 3, 2, 4] 
    %transposed_3 = linalg.transpose ins(%arg2 : tensor<1x4x40x2x16xbf16>) outs(%0 : tensor<1x4x2x40x16xbf16>) permutation = [0, 1, 3, 2, 4] 
    %1 = tensor.empty() : tensor<1x4x2x16x40xbf16>
    %transposed_4 = linalg.transpose ins(%arg1 : tensor<1x4x40x2x16xbf16>) outs(%1 : tensor<1x4x2x16x40xbf16>) permutation = [0, 1, 3, 4, 2] 
    %collapsed = tensor.collapse_shape %transposed [[0, 1, 2], [3], [4]] : tensor<1x4x2x40x16xbf16> into tensor<8x40x16xbf16>
    %collapsed_5 = tensor.collapse_shape %transposed_4 [[0, 1, 2], [3], [4]] : tensor<1x4x2x16x40xbf16> into tensor<8x16x40xbf16>
    %2 = tensor.empty() : tensor<8x40x40xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<8x40x40xf32>) -> tensor<8x40x40xf32>
    %4 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<8x40x16xbf16>, tensor<8x16x40xbf16>) outs(%3 : tensor<8x40x40xf32>) -> tensor<8x40x40xf32>
    %5 = tensor.empty() : tensor<8x40x40xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<8x40x40xf32>) outs(%5 : tensor<8x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<8x40x40xbf16>
    %expanded = tensor.expand_shape %6 [[0, 1, 2], [3], [4]] output_shape [1, 4, 2, 40, 40] : tensor<8x40x40xbf16> into tensor<1x4x2x40x40xbf16>
    %7 = tensor.empty() : tensor<1x4x2x40x40xbf16>
    %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x4x2x40x40xbf16>) outs(%7 : tensor<1x4x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %54 = arith.divf %in, %cst_2 : bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x2x40x40xbf16>
    %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%8, %arg3 : tensor<1x4x2x40x40xbf16>, tensor<1x4x1x1x40xbf16>) outs(%7 : tensor<1x4x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %54 = arith.addf %in, %in_23 : bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x2x40x40xbf16>
    %10 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%9, %arg4 : tensor<1x4x2x40x40xbf16>, tensor<1x1x2x40x40xbf16>) outs(%7 : tensor<1x4x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %54 = arith.addf %in, %in_23 : bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x2x40x40xbf16>
    %11 = tensor.empty() : tensor<1x4x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x4x2x40x40xbf16>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %54 = arith.extf %in : bf16 to f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %13 = tensor.empty() : tensor<1x4x2x40xi64>
    %14 = linalg.fill ins(%c0_i64 : i64) outs(%13 : tensor<1x4x2x40xi64>) -> tensor<1x4x2x40xi64>
    %15 = tensor.empty() : tensor<1x4x2x40xf32>
    %16 = linalg.fill ins(%cst_0 : f32) outs(%15 : tensor<1x4x2x40xf32>) -> tensor<1x4x2x40xf32>
    %17:2 = linalg.generic {indexing_maps = [#map1, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%12 : tensor<1x4x2x40x40xf32>) outs(%16, %14 : tensor<1x4x2x40xf32>, tensor<1x4x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_23: i64):
      %54 = linalg.index 4 : index
      %55 = arith.index_cast %54 : index to i64
      %56 = arith.maximumf %in, %out : f32
      %57 = arith.cmpf ogt, %in, %out : f32
      %58 = arith.select %57, %55, %out_23 : i64
      linalg.yield %56, %58 : f32, i64
    } -> (tensor<1x4x2x40xf32>, tensor<1x4x2x40xi64>)
    %expanded_6 = tensor.expand_shape %17#0 [[0], [1], [2], [3, 4]] output_shape [1, 4, 2, 40, 1] : tensor<1x4x2x40xf32> into tensor<1x4x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%12, %expanded_6 : tensor<1x4x2x40x40xf32>, tensor<1x4x2x40x1xf32>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %54 = arith.subf %in, %in_23 : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x4x2x40x40xf32>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = math.exp %in : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %20 = tensor.empty() : tensor<1x4x2x40x1xf32>
    %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<1x4x2x40x1xf32>) -> tensor<1x4x2x40x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%19 : tensor<1x4x2x40x40xf32>) outs(%21 : tensor<1x4x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.addf %in, %out : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x1xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%19, %22 : tensor<1x4x2x40x40xf32>, tensor<1x4x2x40x1xf32>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %54 = arith.divf %in, %in_23 : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x4x2x40x40xf32>) outs(%7 : tensor<1x4x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x2x40x40xbf16>
    %collapsed_7 = tensor.collapse_shape %24 [[0, 1, 2], [3], [4]] : tensor<1x4x2x40x40xbf16> into tensor<8x40x40xbf16>
    %collapsed_8 = tensor.collapse_shape %transposed_3 [[0, 1, 2], [3], [4]] : tensor<1x4x2x40x16xbf16> into tensor<8x40x16xbf16>
    %transposed_9 = linalg.transpose ins(%arg5 : tensor<1x4x40x2x16xbf16>) outs(%0 : tensor<1x4x2x40x16xbf16>) permutation = [0, 1, 3, 2, 4] 
    %collapsed_10 = tensor.collapse_shape %transposed_9 [[0, 1, 2], [3], [4]] : tensor<1x4x2x40x16xbf16> into tensor<8x40x16xbf16>
    %transposed_11 = linalg.transpose ins(%collapsed_7 : tensor<8x40x40xbf16>) outs(%5 : tensor<8x40x40xbf16>) permutation = [0, 2, 1] 
    %25 = tensor.empty() : tensor<8x40x16xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<8x40x16xf32>) -> tensor<8x40x16xf32>
    %27 = linalg.batch_matmul ins(%transposed_11, %collapsed_10 : tensor<8x40x40xbf16>, tensor<8x40x16xbf16>) outs(%26 : tensor<8x40x16xf32>) -> tensor<8x40x16xf32>
    %28 = tensor.empty() : tensor<8x40x16xbf16>
    %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<8x40x16xf32>) outs(%28 : tensor<8x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<8x40x16xbf16>
    %30 = tensor.empty() : tensor<8x16x40xbf16>
    %transposed_12 = linalg.transpose ins(%collapsed_8 : tensor<8x40x16xbf16>) outs(%30 : tensor<8x16x40xbf16>) permutation = [0, 2, 1] 
    %31 = linalg.batch_matmul ins(%collapsed_10, %transposed_12 : tensor<8x40x16xbf16>, tensor<8x16x40xbf16>) outs(%3 : tensor<8x40x40xf32>) -> tensor<8x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<8x40x40xf32>) outs(%5 : tensor<8x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<8x40x40xbf16>
    %expanded_13 = tensor.expand_shape %29 [[0, 1, 2], [3], [4]] output_shape [1, 4, 2, 40, 16] : tensor<8x40x16xbf16> into tensor<1x4x2x40x16xbf16>
    %expanded_14 = tensor.expand_shape %32 [[0, 1, 2], [3], [4]] output_shape [1, 4, 2, 40, 40] : tensor<8x40x40xbf16> into tensor<1x4x2x40x40xbf16>
    %33 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_14 : tensor<1x4x2x40x40xbf16>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %54 = arith.extf %in : bf16 to f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<1x4x2x40x40xbf16>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %54 = arith.extf %in : bf16 to f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%33, %34 : tensor<1x4x2x40x40xf32>, tensor<1x4x2x40x40xf32>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %54 = arith.mulf %in, %in_23 : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%35 : tensor<1x4x2x40x40xf32>) outs(%21 : tensor<1x4x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.addf %in, %out : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x1xf32>
    %37 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%34, %36 : tensor<1x4x2x40x40xf32>, tensor<1x4x2x40x1xf32>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %54 = arith.mulf %in, %in_23 : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %38 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%35, %37 : tensor<1x4x2x40x40xf32>, tensor<1x4x2x40x40xf32>) outs(%11 : tensor<1x4x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %54 = arith.subf %in, %in_23 : f32
      linalg.yield %54 : f32
    } -> tensor<1x4x2x40x40xf32>
    %39 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%38 : tensor<1x4x2x40x40xf32>) outs(%7 : tensor<1x4x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x2x40x40xbf16>
    %40 = tensor.empty() : tensor<1x1x2x40x40xbf16>
    %41 = linalg.fill ins(%cst_1 : bf16) outs(%40 : tensor<1x1x2x40x40xbf16>) -> tensor<1x1x2x40x40xbf16>
    %42 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "reduction", "parallel", "parallel", "parallel"]} ins(%39 : tensor<1x4x2x40x40xbf16>) outs(%41 : tensor<1x1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %54 = arith.addf %in, %out : bf16
      linalg.yield %54 : bf16
    } -> tensor<1x1x2x40x40xbf16>
    %43 = tensor.empty() : tensor<1x4x1x1x40xbf16>
    %44 = linalg.fill ins(%cst_1 : bf16) outs(%43 : tensor<1x4x1x1x40xbf16>) -> tensor<1x4x1x1x40xbf16>
    %45 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction", "parallel"]} ins(%39 : tensor<1x4x2x40x40xbf16>) outs(%44 : tensor<1x4x1x1x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %54 = arith.addf %in, %out : bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x1x1x40xbf16>
    %46 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<1x4x2x40x40xbf16>) outs(%7 : tensor<1x4x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %54 = arith.divf %in, %cst_2 : bf16
      linalg.yield %54 : bf16
    } -> tensor<1x4x2x40x40xbf16>
    %collapsed_15 = tensor.collapse_shape %46 [[0, 1, 2], [3], [4]] : tensor<1x4x2x40x40xbf16> into tensor<8x40x40xbf16>
    %transposed_16 = linalg.transpose ins(%collapsed : tensor<8x40x16xbf16>) outs(%30 : tensor<8x16x40xbf16>) permutation = [0, 2, 1] 
    %47 = tensor.empty() : tensor<8x16x40xf32>
    %48 = linalg.fill ins(%cst : f32) outs(%47 : tensor<8x16x40xf32>) -> tensor<8x16x40xf32>
    %49 = linalg.batch_matmul ins(%transposed_16, %collapsed_15 : tensor<8x16x40xbf16>, tensor<8x40x40xbf16>) outs(%48 : tensor<8x16x40xf32>) -> tensor<8x16x40xf32>
    %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<8x16x40xf32>) outs(%30 : tensor<8x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<8x16x40xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed_5 : tensor<8x16x40xbf16>) outs(%28 : tensor<8x40x16xbf16>) permutation = [0, 2, 1] 
    %51 = linalg.batch_matmul ins(%collapsed_15, %transposed_17 : tensor<8x40x40xbf16>, tensor<8x40x16xbf16>) outs(%26 : tensor<8x40x16xf32>) -> tensor<8x40x16xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51 : tensor<8x40x16xf32>) outs(%28 : tensor<8x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %54 = arith.truncf %in : f32 to bf16
      linalg.yield %54 : bf16
    } -> tensor<8x40x16xbf16>
    %expanded_18 = tensor.expand_shape %50 [[0, 1, 2], [3], [4]] output_shape [1, 4, 2, 16, 40] : tensor<8x16x40xbf16> into tensor<1x4x2x16x40xbf16>
    %expanded_19 = tensor.expand_shape %52 [[0, 1, 2], [3], [4]] output_shape [1, 4, 2, 40, 16] : tensor<8x40x16xbf16> into tensor<1x4x2x40x16xbf16>
    %53 = tensor.empty() : tensor<1x4x40x2x16xbf16>
    %transposed_20 = linalg.transpose ins(%expanded_13 : tensor<1x4x2x40x16xbf16>) outs(%53 : tensor<1x4x40x2x16xbf16>) permutation = [0, 1, 3, 2, 4] 
    %transposed_21 = linalg.transpose ins(%expanded_18 : tensor<1x4x2x16x40xbf16>) outs(%53 : tensor<1x4x40x2x16xbf16>) permutation = [0, 1, 4, 2, 3] 
    %transposed_22 = linalg.transpose ins(%expanded_19 : tensor<1x4x2x40x16xbf16>) outs(%53 : tensor<1x4x40x2x16xbf16>) permutation = [0, 1, 3, 2, 4] 
    return %transposed_22, %transposed_21, %transposed_20, %45, %42 : tensor<1x4x40x2x16xbf16>, tensor<1x4x40x2x16xbf16>, tensor<1x4x40x2x16xbf16>, tensor<1x4x1x1x40xbf16>, tensor<1x1x2x40x40xbf16>
  }
}

