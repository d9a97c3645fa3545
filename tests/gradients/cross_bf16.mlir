#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x24x16xbf16>, %arg1: tensor<1x2x56x16xbf16>, %arg2: tensor<1x2x56x16xbf16>, %arg3: tensor<1x2x24x16xbf16>) -> (tensor<1x2x24x16xbf16>, tensor<1x2x56x16xbf16>, tensor<1x2x56x16xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x2x16x56xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x56x16xbf16>) outs(%0 : tensor<1x2x16x56xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x24x16xbf16> into tensor<2x24x16xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x56xbf16> into tensor<2x16x56xbf16>
    %1 = tensor.empty() : tensor<2x24x56xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x24x56xf32>) -> tensor<2x24x56xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x24x16xbf16>, tensor<2x16x56xbf16>) outs(%2 : tensor<2x24x56xf32>) -> tensor<2x24x56xf32>
    %4 = tensor.empty() : tensor<2x24x56xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x24x56xf32>) outs(%4 : tensor<2x24x56xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<2x24x56xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 24, 56] : tensor<2x24x56xbf16> into tensor<1x2x24x56xbf16>
    %6 = tensor.empty() : tensor<1x2x24x56xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x24x56xbf16>) outs(%6 : tensor<1x2x24x56xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %50 = arith.divf %in, %cst_1 : bf16
      linalg.yield %50 : bf16
    } -> tensor<1x2x24x56xbf16>
    %8 = tensor.empty() : tensor<1x2x24x56xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x2x24x56xbf16>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %50 = arith.extf %in : bf16 to f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %10 = tensor.empty() : tensor<1x2x24xi64>
    %11 = linalg.fill ins(%c0_i64 : i64) outs(%10 : tensor<1x2x24xi64>) -> tensor<1x2x24xi64>
    %12 = tensor.empty() : tensor<1x2x24xf32>
    %13 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<1x2x24xf32>) -> tensor<1x2x24xf32>
    %14:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%9 : tensor<1x2x24x56xf32>) outs(%13, %11 : tensor<1x2x24xf32>, tensor<1x2x24xi64>) {
    ^bb0(%in: f32, %out: f32, %out_17: i64):
      %50 = linalg.index 3 : index
      %51 = arith.index_cast %50 : index to i64
      %52 = arith.maximumf %in, %out : f32
      %53 = arith.cmpf ogt, %in, %out : f32
      %54 = arith.select %53, %51, %out_17 : i64
      linalg.yield %52, %54 : f32, i64
    } -> (tensor<1x2x24xf32>, tensor<1x2x24xi64>)
    %expanded_3 = tensor.expand_shape %14#0 [[0], [1], [2, 3]] output_shape [1, 2, 24, 1] : tensor<1x2x24xf32> into tensor<1x2x24x1xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %expanded_3 : tensor<1x2x24x56xf32>, tensor<1x2x24x1xf32>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %50 = arith.subf %in, %in_17 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x24x56xf32>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = math.exp %in : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %17 = tensor.empty() : tensor<1x2x24x1xf32>
    %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<1x2x24x1xf32>) -> tensor<1x2x24x1xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%16 : tensor<1x2x24x56xf32>) outs(%18 : tensor<1x2x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.addf %in, %out : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x1xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %19 : tensor<1x2x24x56xf32>, tensor<1x2x24x1xf32>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %50 = arith.divf %in, %in_17 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x24x56xf32>) outs(%6 : tensor<1x2x24x56xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<1x2x24x56xbf16>
    %collapsed_4 = tensor.collapse_shape %21 [[0, 1], [2], [3]] : tensor<1x2x24x56xbf16> into tensor<2x24x56xbf16>
    %collapsed_5 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x56x16xbf16> into tensor<2x56x16xbf16>
    %collapsed_6 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x2x24x16xbf16> into tensor<2x24x16xbf16>
    %22 = tensor.empty() : tensor<2x56x24xbf16>
    %transposed_7 = linalg.transpose ins(%collapsed_4 : tensor<2x24x56xbf16>) outs(%22 : tensor<2x56x24xbf16>) permutation = [0, 2, 1] 
    %23 = tensor.empty() : tensor<2x56x16xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x56x16xf32>) -> tensor<2x56x16xf32>
    %25 = linalg.batch_matmul ins(%transposed_7, %collapsed_6 : tensor<2x56x24xbf16>, tensor<2x24x16xbf16>) outs(%24 : tensor<2x56x16xf32>) -> tensor<2x56x16xf32>
    %26 = tensor.empty() : tensor<2x56x16xbf16>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x56x16xf32>) outs(%26 : tensor<2x56x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<2x56x16xbf16>
    %28 = tensor.empty() : tensor<2x16x56xbf16>
    %transposed_8 = linalg.transpose ins(%collapsed_5 : tensor<2x56x16xbf16>) outs(%28 : tensor<2x16x56xbf16>) permutation = [0, 2, 1] 
    %29 = linalg.batch_matmul ins(%collapsed_6, %transposed_8 : tensor<2x24x16xbf16>, tensor<2x16x56xbf16>) outs(%2 : tensor<2x24x56xf32>) -> tensor<2x24x56xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x24x56xf32>) outs(%4 : tensor<2x24x56xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<2x24x56xbf16>
    %expanded_9 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 56, 16] : tensor<2x56x16xbf16> into tensor<1x2x56x16xbf16>
    %expanded_10 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 24, 56] : tensor<2x24x56xbf16> into tensor<1x2x24x56xbf16>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<1x2x24x56xbf16>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %50 = arith.extf %in : bf16 to f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<1x2x24x56xbf16>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %50 = arith.extf %in : bf16 to f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %32 : tensor<1x2x24x56xf32>, tensor<1x2x24x56xf32>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %50 = arith.mulf %in, %in_17 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%33 : tensor<1x2x24x56xf32>) outs(%18 : tensor<1x2x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %50 = arith.addf %in, %out : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x1xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %34 : tensor<1x2x24x56xf32>, tensor<1x2x24x1xf32>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %50 = arith.mulf %in, %in_17 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<1x2x24x56xf32>, tensor<1x2x24x56xf32>) outs(%8 : tensor<1x2x24x56xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %50 = arith.subf %in, %in_17 : f32
      linalg.yield %50 : f32
    } -> tensor<1x2x24x56xf32>
    %37 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x24x56xf32>) outs(%6 : tensor<1x2x24x56xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<1x2x24x56xbf16>
    %38 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37 : tensor<1x2x24x56xbf16>) outs(%6 : tensor<1x2x24x56xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %50 = arith.divf %in, %cst_1 : bf16
      linalg.yield %50 : bf16
    } -> tensor<1x2x24x56xbf16>
    %collapsed_11 = tensor.collapse_shape %38 [[0, 1], [2], [3]] : tensor<1x2x24x56xbf16> into tensor<2x24x56xbf16>
    %39 = tensor.empty() : tensor<2x16x24xbf16>
    %transposed_12 = linalg.transpose ins(%collapsed : tensor<2x24x16xbf16>) outs(%39 : tensor<2x16x24xbf16>) permutation = [0, 2, 1] 
    %40 = tensor.empty() : tensor<2x16x56xf32>
    %41 = linalg.fill ins(%cst : f32) outs(%40 : tensor<2x16x56xf32>) -> tensor<2x16x56xf32>
    %42 = linalg.batch_matmul ins(%transposed_12, %collapsed_11 : tensor<2x16x24xbf16>, tensor<2x24x56xbf16>) outs(%41 : tensor<2x16x56xf32>) -> tensor<2x16x56xf32>
    %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42 : tensor<2x16x56xf32>) outs(%28 : tensor<2x16x56xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<2x16x56xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_2 : tensor<2x16x56xbf16>) outs(%26 : tensor<2x56x16xbf16>) permutation = [0, 2, 1] 
    %44 = tensor.empty() : tensor<2x24x16xf32>
    %45 = linalg.fill ins(%cst : f32) outs(%44 : tensor<2x24x16xf32>) -> tensor<2x24x16xf32>
    %46 = linalg.batch_matmul ins(%collapsed_11, %transposed_13 : tensor<2x24x56xbf16>, tensor<2x56x16xbf16>) outs(%45 : tensor<2x24x16xf32>) -> tensor<2x24x16xf32>
    %47 = tensor.empty() : tensor<2x24x16xbf16>
    %48 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<2x24x16xf32>) outs(%47 : tensor<2x24x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %50 = arith.truncf %in : f32 to bf16
      linalg.yield %50 : bf16
    } -> tensor<2x24x16xbf16>
    %expanded_14 = tensor.expand_shape %43 [[0, 1], [2], [3]] output_shape [1, 2, 16, 56] : tensor<2x16x56xbf16> into tensor<1x2x16x56xbf16>
    %expanded_15 = tensor.expand_shape %48 [[0, 1], [2], [3]] output_shape [1, 2, 24, 16] : tensor<2x24x16xbf16> into tensor<1x2x24x16xbf16>
    %49 = tensor.empty() : tensor<1x2x56x16xbf16>
    %transposed_16 = linalg.transpose ins(%expanded_14 : tensor<1x2x16x56xbf16>) outs(%49 : tensor<1x2x56x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_15, %transposed_16, %expanded_9 : tensor<1x2x24x16xbf16>, tensor<1x2x56x16xbf16>, tensor<1x2x56x16xbf16>
  }
}

