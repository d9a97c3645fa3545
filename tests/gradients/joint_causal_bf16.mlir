#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x72x16xbf16>, %arg1: tensor<1x2x72x16xbf16>, %arg2: tensor<1x2x72x16xbf16>, %arg3: tensor<1x2x72x16xbf16>) -> (tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_2 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_3 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<72xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<72xi64>) {
    ^bb0(%out: i64):
      %53 = linalg.index 0 : index
      %54 = arith.index_cast %53 : index to i64
      linalg.yield %54 : i64
    } -> tensor<72xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [72, 1] : tensor<72xi64> into tensor<72x1xi64>
    %expanded_4 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 72] : tensor<72xi64> into tensor<1x72xi64>
    %2 = tensor.empty() : tensor<1x2x16x72xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x72x16xbf16>) outs(%2 : tensor<1x2x16x72xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x72x16xbf16> into tensor<2x72x16xbf16>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x72xbf16> into tensor<2x16x72xbf16>
    %3 = tensor.empty() : tensor<2x72x72xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x72x72xf32>) -> tensor<2x72x72xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x72x16xbf16>, tensor<2x16x72xbf16>) outs(%4 : tensor<2x72x72xf32>) -> tensor<2x72x72xf32>
    %6 = tensor.empty() : tensor<2x72x72xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x72x72xf32>) outs(%6 : tensor<2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<2x72x72xbf16>
    %expanded_6 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [1, 2, 72, 72] : tensor<2x72x72xbf16> into tensor<1x2x72x72xbf16>
    %8 = tensor.empty() : tensor<1x2x72x72xbf16>
    %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<1x2x72x72xbf16>) outs(%8 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %53 = arith.divf %in, %cst_3 : bf16
      linalg.yield %53 : bf16
    } -> tensor<1x2x72x72xbf16>
    %10 = tensor.empty() : tensor<72x72xi1>
    %11 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded : tensor<1x72xi64>, tensor<72x1xi64>) outs(%10 : tensor<72x72xi1>) {
    ^bb0(%in: i64, %in_22: i64, %out: i1):
      %53 = arith.cmpi sgt, %in, %in_22 : i64
      linalg.yield %53 : i1
    } -> tensor<72x72xi1>
    %12 = linalg.generic {indexing_maps = [#map6, #map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %cst_2, %9 : tensor<72x72xi1>, tensor<bf16>, tensor<1x2x72x72xbf16>) outs(%8 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: i1, %in_22: bf16, %in_23: bf16, %out: bf16):
      %53 = arith.select %in, %in_22, %in_23 : bf16
      linalg.yield %53 : bf16
    } -> tensor<1x2x72x72xbf16>
    %13 = tensor.empty() : tensor<1x2x72x72xf32>
    %14 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %53 = arith.extf %in : bf16 to f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %15 = tensor.empty() : tensor<1x2x72xi64>
    %16 = linalg.fill ins(%c0_i64 : i64) outs(%15 : tensor<1x2x72xi64>) -> tensor<1x2x72xi64>
    %17 = tensor.empty() : tensor<1x2x72xf32>
    %18 = linalg.fill ins(%cst_0 : f32) outs(%17 : tensor<1x2x72xf32>) -> tensor<1x2x72xf32>
    %19:2 = linalg.generic {indexing_maps = [#map2, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%14 : tensor<1x2x72x72xf32>) outs(%18, %16 : tensor<1x2x72xf32>, tensor<1x2x72xi64>) {
    ^bb0(%in: f32, %out: f32, %out_22: i64):
      %53 = linalg.index 3 : index
      %54 = arith.index_cast %53 : index to i64
      %55 = arith.maximumf %in, %out : f32
      %56 = arith.cmpf ogt, %in, %out : f32
      %57 = arith.select %56, %54, %out_22 : i64
      linalg.yield %55, %57 : f32, i64
    } -> (tensor<1x2x72xf32>, tensor<1x2x72xi64>)
    %expanded_7 = tensor.expand_shape %19#0 [[0], [1], [2, 3]] output_shape [1, 2, 72, 1] : tensor<1x2x72xf32> into tensor<1x2x72x1xf32>
    %20 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %expanded_7 : tensor<1x2x72x72xf32>, tensor<1x2x72x1xf32>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %53 = arith.subf %in, %in_22 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %21 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x72x72xf32>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %out: f32):
      %53 = math.exp %in : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %22 = tensor.empty() : tensor<1x2x72x1xf32>
    %23 = linalg.fill ins(%cst : f32) outs(%22 : tensor<1x2x72x1xf32>) -> tensor<1x2x72x1xf32>
    %24 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%21 : tensor<1x2x72x72xf32>) outs(%23 : tensor<1x2x72x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %53 = arith.addf %in, %out : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x1xf32>
    %25 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %24 : tensor<1x2x72x72xf32>, tensor<1x2x72x1xf32>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %53 = arith.divf %in, %in_22 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<1x2x72x72xf32>) outs(%8 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<1x2x72x72xbf16>
    %collapsed_8 = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<1x2x72x72xbf16> into tensor<2x72x72xbf16>
    %collapsed_9 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x72x16xbf16> into tensor<2x72x16xbf16>
    %27 = tensor.empty() : tensor<2x72x16xf32>
    %28 = linalg.fill ins(%cst : f32) outs(%27 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %29 = linalg.batch_matmul ins(%collapsed_8, %collapsed_9 : tensor<2x72x72xbf16>, tensor<2x72x16xbf16>) outs(%28 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %30 = tensor.empty() : tensor<2x72x16xbf16>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x72x16xf32>) outs(%30 : tensor<2x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<2x72x16xbf16>
    %expanded_10 = tensor.expand_shape %31 [[0, 1], [2], [3]] output_shape [1, 2, 72, 16] : tensor<2x72x16xbf16> into tensor<1x2x72x16xbf16>
    %collapsed_11 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x2x72x16xbf16> into tensor<2x72x16xbf16>
    %transposed_12 = linalg.transpose ins(%collapsed_8 : tensor<2x72x72xbf16>) outs(%6 : tensor<2x72x72xbf16>) permutation = [0, 2, 1] 
    %32 = linalg.batch_matmul ins(%transposed_12, %collapsed_11 : tensor<2x72x72xbf16>, tensor<2x72x16xbf16>) outs(%28 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<2x72x16xf32>) outs(%30 : tensor<2x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<2x72x16xbf16>
    %34 = tensor.empty() : tensor<2x16x72xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_9 : tensor<2x72x16xbf16>) outs(%34 : tensor<2x16x72xbf16>) permutation = [0, 2, 1] 
    %35 = linalg.batch_matmul ins(%collapsed_11, %transposed_13 : tensor<2x72x16xbf16>, tensor<2x16x72xbf16>) outs(%4 : tensor<2x72x72xf32>) -> tensor<2x72x72xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x72x72xf32>) outs(%6 : tensor<2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<2x72x72xbf16>
    %expanded_14 = tensor.expand_shape %33 [[0, 1], [2], [3]] output_shape [1, 2, 72, 16] : tensor<2x72x16xbf16> into tensor<1x2x72x16xbf16>
    %expanded_15 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 72, 72] : tensor<2x72x72xbf16> into tensor<1x2x72x72xbf16>
    %37 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_15 : tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %53 = arith.extf %in : bf16 to f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %38 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %53 = arith.extf %in : bf16 to f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %39 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37, %38 : tensor<1x2x72x72xf32>, tensor<1x2x72x72xf32>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %53 = arith.mulf %in, %in_22 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %40 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%39 : tensor<1x2x72x72xf32>) outs(%23 : tensor<1x2x72x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %53 = arith.addf %in, %out : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x1xf32>
    %41 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %40 : tensor<1x2x72x72xf32>, tensor<1x2x72x1xf32>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %53 = arith.mulf %in, %in_22 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %42 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %41 : tensor<1x2x72x72xf32>, tensor<1x2x72x72xf32>) outs(%13 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %53 = arith.subf %in, %in_22 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x72x72xf32>
    %43 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42 : tensor<1x2x72x72xf32>) outs(%8 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<1x2x72x72xbf16>
    %44 = linalg.generic {indexing_maps = [#map6, #map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %cst_1, %43 : tensor<72x72xi1>, tensor<bf16>, tensor<1x2x72x72xbf16>) outs(%8 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: i1, %in_22: bf16, %in_23: bf16, %out: bf16):
      %53 = arith.select %in, %in_22, %in_23 : bf16
      linalg.yield %53 : bf16
    } -> tensor<1x2x72x72xbf16>
    %45 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44 : tensor<1x2x72x72xbf16>) outs(%8 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %53 = arith.divf %in, %cst_3 : bf16
      linalg.yield %53 : bf16
    } -> tensor<1x2x72x72xbf16>
    %collapsed_16 = tensor.collapse_shape %45 [[0, 1], [2], [3]] : tensor<1x2x72x72xbf16> into tensor<2x72x72xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed : tensor<2x72x16xbf16>) outs(%34 : tensor<2x16x72xbf16>) permutation = [0, 2, 1] 
    %46 = tensor.empty() : tensor<2x16x72xf32>
    %47 = linalg.fill ins(%cst : f32) outs(%46 : tensor<2x16x72xf32>) -> tensor<2x16x72xf32>
    %48 = linalg.batch_matmul ins(%transposed_17, %collapsed_16 : tensor<2x16x72xbf16>, tensor<2x72x72xbf16>) outs(%47 : tensor<2x16x72xf32>) -> tensor<2x16x72xf32>
    %49 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48 : tensor<2x16x72xf32>) outs(%34 : tensor<2x16x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<2x16x72xbf16>
    %transposed_18 = linalg.transpose ins(%collapsed_5 : tensor<2x16x72xbf16>) outs(%30 : tensor<2x72x16xbf16>) permutation = [0, 2, 1] 
    %50 = linalg.batch_matmul ins(%collapsed_16, %transposed_18 : tensor<2x72x72xbf16>, tensor<2x72x16xbf16>) outs(%28 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %51 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%50 : tensor<2x72x16xf32>) outs(%30 : tensor<2x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %53 = arith.truncf %in : f32 to bf16
      linalg.yield %53 : bf16
    } -> tensor<2x72x16xbf16>
    %expanded_19 = tensor.expand_shape %49 [[0, 1], [2], [3]] output_shape [1, 2, 16, 72] : tensor<2x16x72xbf16> into tensor<1x2x16x72xbf16>
    %expanded_20 = tensor.expand_shape %51 [[0, 1], [2], [3]] output_shape [1, 2, 72, 16] : tensor<2x72x16xbf16> into tensor<1x2x72x16xbf16>
    %52 = tensor.empty() : tensor<1x2x72x16xbf16>
    %transposed_21 = linalg.transpose ins(%expanded_19 : tensor<1x2x16x72xbf16>) outs(%52 : tensor<1x2x72x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_10, %expanded_20, %transposed_21, %expanded_14 : tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>
  }
}

