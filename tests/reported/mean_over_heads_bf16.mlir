#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
module {
  func.func @main(%arg0: tensor<1x2x96x32xbf16>, %arg1: tensor<1x2x96x32xbf16>, %arg2: tensor<1x2x96x32xbf16>) -> (tensor<1x2x96x32xbf16>, tensor<1x96x96xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : bf16
    %cst_2 = arith.constant 5.6568542494923806 : f64
    %cst_3 = arith.constant 2.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x2x32x96xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x96x32xbf16>) outs(%0 : tensor<1x2x32x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x96x32xbf16> into tensor<2x96x32xbf16>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x96xbf16> into tensor<2x32x96xbf16>
    %1 = tensor.empty() : tensor<2x96x96xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x96x32xbf16>, tensor<2x32x96xbf16>) outs(%2 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %4 = tensor.empty() : tensor<2x96x96xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x96x96xf32>) outs(%4 : tensor<2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x96x96xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xbf16> into tensor<1x2x96x96xbf16>
    %6 = tensor.empty() : tensor<1x2x96x96xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x96x96xbf16>) outs(%6 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %31 = arith.truncf %cst_2 : f64 to bf16
      %32 = arith.divf %in, %31 : bf16
      linalg.yield %32 : bf16
    } -> tensor<1x2x96x96xbf16>
    %8 = tensor.empty() : tensor<1x2x96x96xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x2x96x96xbf16>) outs(%8 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %31 = arith.extf %in : bf16 to f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %10 = tensor.empty() : tensor<1x2x96xi64>
    %11 = linalg.fill ins(%c0_i64 : i64) outs(%10 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %12 = tensor.empty() : tensor<1x2x96xf32>
    %13 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %14:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%9 : tensor<1x2x96x96xf32>) outs(%13, %11 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_9: i64):
      %31 = linalg.index 3 : index
      %32 = arith.index_cast %31 : index to i64
      %33 = arith.maximumf %in, %out : f32
      %34 = arith.cmpf ogt, %in, %out : f32
      %35 = arith.select %34, %32, %out_9 : i64
      linalg.yield %33, %35 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_5 = tensor.expand_shape %14#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %expanded_5 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%8 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %31 = arith.subf %in, %in_9 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x96x96xf32>) outs(%8 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = math.exp %in : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %17 = tensor.empty() : tensor<1x2x96x1xf32>
    %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%16 : tensor<1x2x96x96xf32>) outs(%18 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.addf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x1xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %19 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%8 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %31 = arith.divf %in, %in_9 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x2x96x96xf32>) outs(%6 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<1x2x96x96xbf16>
    %collapsed_6 = tensor.collapse_shape %21 [[0, 1], [2], [3]] : tensor<1x2x96x96xbf16> into tensor<2x96x96xbf16>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x96x32xbf16> into tensor<2x96x32xbf16>
    %22 = tensor.empty() : tensor<2x96x32xf32>
    %23 = linalg.fill ins(%cst : f32) outs(%22 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %24 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<2x96x96xbf16>, tensor<2x96x32xbf16>) outs(%23 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %25 = tensor.empty() : tensor<2x96x32xbf16>
    %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<2x96x32xf32>) outs(%25 : tensor<2x96x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x96x32xbf16>
    %expanded_8 = tensor.expand_shape %26 [[0, 1], [2], [3]] output_shape [1, 2, 96, 32] : tensor<2x96x32xbf16> into tensor<1x2x96x32xbf16>
    %27 = tensor.empty() : tensor<1x96x96xbf16>
    %28 = linalg.fill ins(%cst_1 : bf16) outs(%27 : tensor<1x96x96xbf16>) -> tensor<1x96x96xbf16>
    %29 = linalg.generic {indexing_maps = [#map1, #map4], iterator_types = ["parallel", "reduction", "parallel", "parallel"]} ins(%21 : tensor<1x2x96x96xbf16>) outs(%28 : tensor<1x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %31 = arith.addf %in, %out : bf16
      linalg.yield %31 : bf16
    } -> tensor<1x96x96xbf16>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<1x96x96xbf16>) outs(%27 : tensor<1x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %31 = arith.divf %in, %cst_3 : bf16
      linalg.yield %31 : bf16
    } -> tensor<1x96x96xbf16>
    return %expanded_8, %30 : tensor<1x2x96x32xbf16>, tensor<1x96x96xbf16>
  }
}

