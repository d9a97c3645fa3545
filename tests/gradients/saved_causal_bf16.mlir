#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<2x40x16xbf16>, %arg1: tensor<2x16x40xbf16>, %arg2: tensor<40x40xi1>, %arg3: tensor<1x2x40x40xbf16>, %arg4: tensor<2x40x40xbf16>, %arg5: tensor<2x40x16xbf16>, %arg6: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_1 = arith.constant 4.000000e+00 : bf16
    %collapsed = tensor.collapse_shape %arg6 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %0 = tensor.empty() : tensor<2x40x40xbf16>
    %transposed = linalg.transpose ins(%arg4 : tensor<2x40x40xbf16>) outs(%0 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %1 = tensor.empty() : tensor<2x40x16xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %3 = linalg.batch_matmul ins(%transposed, %collapsed : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%2 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %4 = tensor.empty() : tensor<2x40x16xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x40x16xf32>) outs(%4 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x40x16xbf16>
    %6 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_2 = linalg.transpose ins(%arg5 : tensor<2x40x16xbf16>) outs(%6 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %7 = tensor.empty() : tensor<2x40x40xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %9 = linalg.batch_matmul ins(%collapsed, %transposed_2 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%8 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x40x40xf32>) outs(%0 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_3 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %11 = tensor.empty() : tensor<1x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_3 : tensor<1x2x40x40xbf16>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %31 = arith.extf %in : bf16 to f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x40xf32>
    %13 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3 : tensor<1x2x40x40xbf16>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %31 = arith.extf %in : bf16 to f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x40xf32>
    %14 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %13 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %31 = arith.mulf %in, %in_10 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x40xf32>
    %15 = tensor.empty() : tensor<1x2x40x1xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%14 : tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.addf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %17 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %31 = arith.mulf %in, %in_10 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x40xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %18 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%11 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %31 = arith.subf %in, %in_10 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x40x40xf32>
    %20 = tensor.empty() : tensor<1x2x40x40xbf16>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x2x40x40xf32>) outs(%20 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<1x2x40x40xbf16>
    %22 = linalg.generic {indexing_maps = [#map3, #map4, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2, %cst_0, %21 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%20 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_10: bf16, %in_11: bf16, %out: bf16):
      %31 = arith.select %in, %in_10, %in_11 : bf16
      linalg.yield %31 : bf16
    } -> tensor<1x2x40x40xbf16>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x40x40xbf16>) outs(%20 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %31 = arith.divf %in, %cst_1 : bf16
      linalg.yield %31 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_4 = tensor.collapse_shape %23 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_5 = linalg.transpose ins(%arg0 : tensor<2x40x16xbf16>) outs(%6 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %24 = tensor.empty() : tensor<2x16x40xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %26 = linalg.batch_matmul ins(%transposed_5, %collapsed_4 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%25 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x16x40xf32>) outs(%6 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_6 = linalg.transpose ins(%arg1 : tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %28 = linalg.batch_matmul ins(%collapsed_4, %transposed_6 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%2 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28 : tensor<2x40x16xf32>) outs(%4 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_7 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_8 = tensor.expand_shape %29 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %30 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed_9 = linalg.transpose ins(%expanded_7 : tensor<1x2x16x40xbf16>) outs(%30 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_8, %transposed_9, %expanded : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>
  }
}

