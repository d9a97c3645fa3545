// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF80 : bf16
    %cst_1 = arith.constant 0.000000e+00 : bf16
    %cst_2 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%0 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_3 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_3 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %28 = arith.truncf %in : f32 to bf16
      linalg.yield %28 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %28 = arith.truncf %cst_2 : f64 to bf16
      %29 = arith.divf %in, %28 : bf16
      linalg.yield %29 : bf16
    } -> tensor<1x2x128x128xbf16>
    %8 = tensor.empty() : tensor<1x2x128xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %10 = tensor.empty() : tensor<1x2x128xbf16>
    %11 = linalg.fill ins(%cst_0 : bf16) outs(%10 : tensor<1x2x128xbf16>) -> tensor<1x2x128xbf16>
    %12:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%7 : tensor<1x2x128x128xbf16>) outs(%11, %9 : tensor<1x2x128xbf16>, tensor<1x2x128xi64>) {
    ^bb0(%in: bf16, %out: bf16, %out_8: i64):
      %28 = linalg.index 3 : index
      %29 = arith.index_cast %28 : index to i64
      %30 = arith.maximumf %in, %out : bf16
      %31 = arith.cmpf ogt, %in, %out : bf16
      %32 = arith.select %31, %29, %out_8 : i64
      linalg.yield %30, %32 : bf16, i64
    } -> (tensor<1x2x128xbf16>, tensor<1x2x128xi64>)
    %expanded_4 = tensor.expand_shape %12#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xbf16> into tensor<1x2x128x1xbf16>
    %13 = tensor.empty() : tensor<1x2x128x1xbf16>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_4 : tensor<1x2x128x1xbf16>) outs(%13 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %28 = arith.cmpf ult, %in, %cst_1 : bf16
      %29 = arith.select %28, %cst_1, %in : bf16
      linalg.yield %29 : bf16
    } -> tensor<1x2x128x1xbf16>
    %15 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %14 : tensor<1x2x128x128xbf16>, tensor<1x2x128x1xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_8: bf16, %out: bf16):
      %28 = arith.subf %in, %in_8 : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x128xbf16>
    %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %28 = math.exp %in : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x128xbf16>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x2x128x1xbf16>) outs(%13 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %28 = arith.negf %in : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x1xbf16>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x128x1xbf16>) outs(%13 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %28 = math.exp %in : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x1xbf16>
    %19 = linalg.fill ins(%cst_1 : bf16) outs(%13 : tensor<1x2x128x1xbf16>) -> tensor<1x2x128x1xbf16>
    %20 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%16 : tensor<1x2x128x128xbf16>) outs(%19 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %28 = arith.addf %in, %out : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x1xbf16>
    %21 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %20 : tensor<1x2x128x1xbf16>, tensor<1x2x128x1xbf16>) outs(%13 : tensor<1x2x128x1xbf16>) {
    ^bb0(%in: bf16, %in_8: bf16, %out: bf16):
      %28 = arith.addf %in, %in_8 : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x1xbf16>
    %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %21 : tensor<1x2x128x128xbf16>, tensor<1x2x128x1xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_8: bf16, %out: bf16):
      %28 = arith.divf %in, %in_8 : bf16
      linalg.yield %28 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_5 = tensor.collapse_shape %22 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_6 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %23 = tensor.empty() : tensor<2x128x32xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %25 = linalg.batch_matmul ins(%collapsed_5, %collapsed_6 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%24 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %26 = tensor.empty() : tensor<2x128x32xbf16>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x128x32xf32>) outs(%26 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %28 = arith.truncf %in : f32 to bf16
      linalg.yield %28 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_7 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_7 : tensor<1x2x128x32xbf16>
  }
}
