#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<() -> ()>
#map5 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>, %arg3: tensor<bf16>) -> tensor<1x2x128x32xbf16> {
    %cst = arith.constant 0.000000e+00 : bf16
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 9.9999999999999998E-13 : f64
    %cst_3 = arith.constant 5.000000e-01 : bf16
    %cst_4 = arith.constant 2.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x2x128x1xbf16>
    %1 = linalg.fill ins(%cst : bf16) outs(%0 : tensor<1x2x128x1xbf16>) -> tensor<1x2x128x1xbf16>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%arg0 : tensor<1x2x128x32xbf16>) outs(%1 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = math.absf %in : bf16
      %43 = math.powf %42, %cst_4 : bf16
      %44 = arith.addf %43, %out : bf16
      linalg.yield %44 : bf16
    } -> tensor<1x2x128x1xbf16>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<1x2x128x1xbf16>) outs(%0 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = math.powf %in, %cst_3 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x1xbf16>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3 : tensor<1x2x128x1xbf16>) outs(%0 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = arith.truncf %cst_2 : f64 to bf16
      %43 = arith.cmpf ult, %in, %42 : bf16
      %44 = arith.select %43, %42, %in : bf16
      linalg.yield %44 : bf16
    } -> tensor<1x2x128x1xbf16>
    %5 = tensor.empty() : tensor<1x2x128x32xbf16>
    %collapsed = tensor.collapse_shape %4 [[0], [1], [2, 3]] : tensor<1x2x128x1xbf16> into tensor<1x2x128xbf16>
    %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed : tensor<1x2x128xbf16>) outs(%5 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x128x32xbf16>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<1x2x128x32xbf16>, tensor<1x2x128x32xbf16>) outs(%5 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_12: bf16, %out: bf16):
      %42 = arith.divf %in, %in_12 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x32xbf16>
    %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%1 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = math.absf %in : bf16
      %43 = math.powf %42, %cst_4 : bf16
      %44 = arith.addf %43, %out : bf16
      linalg.yield %44 : bf16
    } -> tensor<1x2x128x1xbf16>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x2x128x1xbf16>) outs(%0 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = math.powf %in, %cst_3 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x1xbf16>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x128x1xbf16>) outs(%0 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = arith.truncf %cst_2 : f64 to bf16
      %43 = arith.cmpf ult, %in, %42 : bf16
      %44 = arith.select %43, %42, %in : bf16
      linalg.yield %44 : bf16
    } -> tensor<1x2x128x1xbf16>
    %collapsed_5 = tensor.collapse_shape %10 [[0], [1], [2, 3]] : tensor<1x2x128x1xbf16> into tensor<1x2x128xbf16>
    %11 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<1x2x128xbf16>) outs(%5 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x128x32xbf16>
    %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<1x2x128x32xbf16>, tensor<1x2x128x32xbf16>) outs(%5 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_12: bf16, %out: bf16):
      %42 = arith.divf %in, %in_12 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x32xbf16>
    %13 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%12 : tensor<1x2x128x32xbf16>) outs(%13 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_6 = tensor.collapse_shape %7 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %14 = tensor.empty() : tensor<2x128x128xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %16 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%15 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %17 = tensor.empty() : tensor<2x128x128xbf16>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x128x128xf32>) outs(%17 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %18 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %19 = tensor.empty() : tensor<bf16>
    %20 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%arg3 : tensor<bf16>) outs(%19 : tensor<bf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = math.exp %in : bf16
      linalg.yield %42 : bf16
    } -> tensor<bf16>
    %21 = tensor.empty() : tensor<1x2x128x128xbf16>
    %22 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %20 : tensor<1x2x128x128xbf16>, tensor<bf16>) outs(%21 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_12: bf16, %out: bf16):
      %42 = arith.mulf %in, %in_12 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x128xbf16>
    %23 = tensor.empty() : tensor<1x2x128x128xf32>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x128x128xbf16>) outs(%23 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<1x2x128x128xf32>
    %25 = tensor.empty() : tensor<1x2x128xi64>
    %26 = linalg.fill ins(%c0_i64 : i64) outs(%25 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %27 = tensor.empty() : tensor<1x2x128xf32>
    %28 = linalg.fill ins(%cst_1 : f32) outs(%27 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %29:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x128x128xf32>) outs(%28, %26 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_12: i64):
      %42 = linalg.index 3 : index
      %43 = arith.index_cast %42 : index to i64
      %44 = arith.maximumf %in, %out : f32
      %45 = arith.cmpf ogt, %in, %out : f32
      %46 = arith.select %45, %43, %out_12 : i64
      linalg.yield %44, %46 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_8 = tensor.expand_shape %29#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %expanded_8 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%23 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %42 = arith.subf %in, %in_12 : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x128x128xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x128x128xf32>) outs(%23 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = math.exp %in : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x128x128xf32>
    %32 = tensor.empty() : tensor<1x2x128x1xf32>
    %33 = linalg.fill ins(%cst_0 : f32) outs(%32 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %34 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%31 : tensor<1x2x128x128xf32>) outs(%33 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = arith.addf %in, %out : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x128x1xf32>
    %35 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %34 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%23 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %42 = arith.divf %in, %in_12 : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x128x128xf32>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<1x2x128x128xf32>) outs(%21 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_9 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_10 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %37 = tensor.empty() : tensor<2x128x32xf32>
    %38 = linalg.fill ins(%cst_0 : f32) outs(%37 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %39 = linalg.batch_matmul ins(%collapsed_9, %collapsed_10 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%38 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %40 = tensor.empty() : tensor<2x128x32xbf16>
    %41 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x128x32xf32>) outs(%40 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_11 = tensor.expand_shape %41 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_11 : tensor<1x2x128x32xbf16>
  }
}

