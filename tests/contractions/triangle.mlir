// nests: 3
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%arg0: tensor<24x20x32xbf16>, %arg1: tensor<24x20x32xbf16>, %arg2: tensor<32x32xbf16>, %arg3: tensor<32xbf16>, %arg4: tensor<32x32xbf16>, %arg5: tensor<32xbf16>, %arg6: tensor<32x32xbf16>, %arg7: tensor<32xbf16>, %arg8: tensor<32x32xbf16>, %arg9: tensor<32xbf16>) -> tensor<24x24x32xbf16> {
    %cst = arith.constant 0.000000e+00 : bf16
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 1.000000e+00 : bf16
    %0 = tensor.empty() : tensor<24x20x32xbf16>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<24x20x32xbf16>) outs(%0 : tensor<24x20x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = arith.cmpf ugt, %in, %cst : bf16
      %43 = arith.select %42, %in, %cst : bf16
      linalg.yield %43 : bf16
    } -> tensor<24x20x32xbf16>
    %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg1 : tensor<24x20x32xbf16>, tensor<24x20x32xbf16>) outs(%0 : tensor<24x20x32xbf16>) {
    ^bb0(%in: bf16, %in_11: bf16, %out: bf16):
      %42 = arith.mulf %in, %in_11 : bf16
      linalg.yield %42 : bf16
    } -> tensor<24x20x32xbf16>
    %collapsed = tensor.collapse_shape %2 [[0, 1], [2]] : tensor<24x20x32xbf16> into tensor<480x32xbf16>
    %3 = tensor.empty() : tensor<32x32xbf16>
    %transposed = linalg.transpose ins(%arg2 : tensor<32x32xbf16>) outs(%3 : tensor<32x32xbf16>) permutation = [1, 0] 
    %4 = tensor.empty() : tensor<32xf32>
    %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%arg3 : tensor<32xbf16>) outs(%4 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32xf32>
    %6 = tensor.empty() : tensor<480x32xf32>
    %7 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<480x32xbf16>) outs(%6 : tensor<480x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<480x32xf32>
    %8 = tensor.empty() : tensor<32x32xf32>
    %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<32x32xbf16>) outs(%8 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32x32xf32>
    %10 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<480x32xf32>) -> tensor<480x32xf32>
    %11 = linalg.matmul ins(%7, %9 : tensor<480x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<480x32xf32>) -> tensor<480x32xf32>
    %12 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%11, %5 : tensor<480x32xf32>, tensor<32xf32>) outs(%6 : tensor<480x32xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %42 = arith.addf %in, %in_11 : f32
      linalg.yield %42 : f32
    } -> tensor<480x32xf32>
    %13 = tensor.empty() : tensor<480x32xbf16>
    %14 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<480x32xf32>) outs(%13 : tensor<480x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<480x32xbf16>
    %expanded = tensor.expand_shape %14 [[0, 1], [2]] output_shape [24, 20, 32] : tensor<480x32xbf16> into tensor<24x20x32xbf16>
    %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<24x20x32xbf16>) outs(%0 : tensor<24x20x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = arith.negf %in : bf16
      %43 = math.exp %42 : bf16
      %44 = arith.addf %43, %cst_1 : bf16
      %45 = arith.divf %cst_1, %44 : bf16
      linalg.yield %45 : bf16
    } -> tensor<24x20x32xbf16>
    %transposed_2 = linalg.transpose ins(%arg4 : tensor<32x32xbf16>) outs(%3 : tensor<32x32xbf16>) permutation = [1, 0] 
    %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%arg5 : tensor<32xbf16>) outs(%4 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32xf32>
    %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%transposed_2 : tensor<32x32xbf16>) outs(%8 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32x32xf32>
    %18 = linalg.matmul ins(%7, %17 : tensor<480x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<480x32xf32>) -> tensor<480x32xf32>
    %19 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%18, %16 : tensor<480x32xf32>, tensor<32xf32>) outs(%6 : tensor<480x32xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %42 = arith.addf %in, %in_11 : f32
      linalg.yield %42 : f32
    } -> tensor<480x32xf32>
    %20 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%19 : tensor<480x32xf32>) outs(%13 : tensor<480x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<480x32xbf16>
    %expanded_3 = tensor.expand_shape %20 [[0, 1], [2]] output_shape [24, 20, 32] : tensor<480x32xbf16> into tensor<24x20x32xbf16>
    %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %expanded_3 : tensor<24x20x32xbf16>, tensor<24x20x32xbf16>) outs(%0 : tensor<24x20x32xbf16>) {
    ^bb0(%in: bf16, %in_11: bf16, %out: bf16):
      %42 = arith.mulf %in, %in_11 : bf16
      linalg.yield %42 : bf16
    } -> tensor<24x20x32xbf16>
    %transposed_4 = linalg.transpose ins(%arg6 : tensor<32x32xbf16>) outs(%3 : tensor<32x32xbf16>) permutation = [1, 0] 
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%arg7 : tensor<32xbf16>) outs(%4 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32xf32>
    %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%transposed_4 : tensor<32x32xbf16>) outs(%8 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32x32xf32>
    %24 = linalg.matmul ins(%7, %23 : tensor<480x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<480x32xf32>) -> tensor<480x32xf32>
    %25 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%24, %22 : tensor<480x32xf32>, tensor<32xf32>) outs(%6 : tensor<480x32xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %42 = arith.addf %in, %in_11 : f32
      linalg.yield %42 : f32
    } -> tensor<480x32xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%25 : tensor<480x32xf32>) outs(%13 : tensor<480x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<480x32xbf16>
    %expanded_5 = tensor.expand_shape %26 [[0, 1], [2]] output_shape [24, 20, 32] : tensor<480x32xbf16> into tensor<24x20x32xbf16>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5 : tensor<24x20x32xbf16>) outs(%0 : tensor<24x20x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = arith.negf %in : bf16
      %43 = math.exp %42 : bf16
      %44 = arith.addf %43, %cst_1 : bf16
      %45 = arith.divf %cst_1, %44 : bf16
      linalg.yield %45 : bf16
    } -> tensor<24x20x32xbf16>
    %transposed_6 = linalg.transpose ins(%arg8 : tensor<32x32xbf16>) outs(%3 : tensor<32x32xbf16>) permutation = [1, 0] 
    %28 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%arg9 : tensor<32xbf16>) outs(%4 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32xf32>
    %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%transposed_6 : tensor<32x32xbf16>) outs(%8 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<32x32xf32>
    %30 = linalg.matmul ins(%7, %29 : tensor<480x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<480x32xf32>) -> tensor<480x32xf32>
    %31 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%30, %28 : tensor<480x32xf32>, tensor<32xf32>) outs(%6 : tensor<480x32xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %42 = arith.addf %in, %in_11 : f32
      linalg.yield %42 : f32
    } -> tensor<480x32xf32>
    %32 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%31 : tensor<480x32xf32>) outs(%13 : tensor<480x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<480x32xbf16>
    %expanded_7 = tensor.expand_shape %32 [[0, 1], [2]] output_shape [24, 20, 32] : tensor<480x32xbf16> into tensor<24x20x32xbf16>
    %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %expanded_7 : tensor<24x20x32xbf16>, tensor<24x20x32xbf16>) outs(%0 : tensor<24x20x32xbf16>) {
    ^bb0(%in: bf16, %in_11: bf16, %out: bf16):
      %42 = arith.mulf %in, %in_11 : bf16
      linalg.yield %42 : bf16
    } -> tensor<24x20x32xbf16>
    %34 = tensor.empty() : tensor<32x24x20xbf16>
    %transposed_8 = linalg.transpose ins(%21 : tensor<24x20x32xbf16>) outs(%34 : tensor<32x24x20xbf16>) permutation = [2, 0, 1] 
    %35 = tensor.empty() : tensor<32x20x24xbf16>
    %transposed_9 = linalg.transpose ins(%33 : tensor<24x20x32xbf16>) outs(%35 : tensor<32x20x24xbf16>) permutation = [2, 1, 0] 
    %36 = tensor.empty() : tensor<32x24x24xf32>
    %37 = linalg.fill ins(%cst_0 : f32) outs(%36 : tensor<32x24x24xf32>) -> tensor<32x24x24xf32>
    %38 = linalg.batch_matmul ins(%transposed_8, %transposed_9 : tensor<32x24x20xbf16>, tensor<32x20x24xbf16>) outs(%37 : tensor<32x24x24xf32>) -> tensor<32x24x24xf32>
    %39 = tensor.empty() : tensor<32x24x24xbf16>
    %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<32x24x24xf32>) outs(%39 : tensor<32x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<32x24x24xbf16>
    %41 = tensor.empty() : tensor<24x24x32xbf16>
    %transposed_10 = linalg.transpose ins(%40 : tensor<32x24x24xbf16>) outs(%41 : tensor<24x24x32xbf16>) permutation = [1, 2, 0] 
    return %transposed_10 : tensor<24x24x32xbf16>
  }
}
