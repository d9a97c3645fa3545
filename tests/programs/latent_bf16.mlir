// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x64xbf16>, %arg1: tensor<1x2x128x64xbf16>, %arg2: tensor<1x2x128x16xbf16>, %arg3: tensor<1x1x128x16xbf16>, %arg4: tensor<1x2x128x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 8.9442719099991592 : f64
    %0 = tensor.empty() : tensor<1x2x64x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x64xbf16>) outs(%0 : tensor<1x2x64x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x64xbf16> into tensor<2x128x64xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x64x128xbf16> into tensor<2x64x128xbf16>
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x128x64xbf16>, tensor<2x64x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %33 = arith.truncf %in : f32 to bf16
      linalg.yield %33 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x1x16x128xbf16>
    %transposed_3 = linalg.transpose ins(%arg3 : tensor<1x1x128x16xbf16>) outs(%6 : tensor<1x1x16x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_4 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x16xbf16> into tensor<2x128x16xbf16>
    %7 = tensor.empty() : tensor<1x2x16x128xbf16>
    %collapsed_5 = tensor.collapse_shape %transposed_3 [[0, 1], [2], [3]] : tensor<1x1x16x128xbf16> into tensor<1x16x128xbf16>
    %8 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<1x16x128xbf16>) outs(%7 : tensor<1x2x16x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x16x128xbf16>
    %collapsed_6 = tensor.collapse_shape %8 [[0, 1], [2], [3]] : tensor<1x2x16x128xbf16> into tensor<2x16x128xbf16>
    %9 = linalg.batch_matmul ins(%collapsed_4, %collapsed_6 : tensor<2x128x16xbf16>, tensor<2x16x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %33 = arith.truncf %in : f32 to bf16
      linalg.yield %33 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded_7 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %11 = tensor.empty() : tensor<1x2x128x128xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_7 : tensor<1x2x128x128xbf16>, tensor<1x2x128x128xbf16>) outs(%11 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_12: bf16, %out: bf16):
      %33 = arith.addf %in, %in_12 : bf16
      linalg.yield %33 : bf16
    } -> tensor<1x2x128x128xbf16>
    %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x2x128x128xbf16>) outs(%11 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %33 = arith.truncf %cst_1 : f64 to bf16
      %34 = arith.divf %in, %33 : bf16
      linalg.yield %34 : bf16
    } -> tensor<1x2x128x128xbf16>
    %14 = tensor.empty() : tensor<1x2x128x128xf32>
    %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x2x128x128xbf16>) outs(%14 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %33 = arith.extf %in : bf16 to f32
      linalg.yield %33 : f32
    } -> tensor<1x2x128x128xf32>
    %16 = tensor.empty() : tensor<1x2x128xi64>
    %17 = linalg.fill ins(%c0_i64 : i64) outs(%16 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %18 = tensor.empty() : tensor<1x2x128xf32>
    %19 = linalg.fill ins(%cst_0 : f32) outs(%18 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %20:2 = linalg.generic {indexing_maps = [#map2, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<1x2x128x128xf32>) outs(%19, %17 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_12: i64):
      %33 = linalg.index 3 : index
      %34 = arith.index_cast %33 : index to i64
      %35 = arith.maximumf %in, %out : f32
      %36 = arith.cmpf ogt, %in, %out : f32
      %37 = arith.select %36, %34, %out_12 : i64
      linalg.yield %35, %37 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_8 = tensor.expand_shape %20#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %21 = linalg.generic {indexing_maps = [#map2, #map4, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %expanded_8 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%14 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %33 = arith.subf %in, %in_12 : f32
      linalg.yield %33 : f32
    } -> tensor<1x2x128x128xf32>
    %22 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<1x2x128x128xf32>) outs(%14 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %33 = math.exp %in : f32
      linalg.yield %33 : f32
    } -> tensor<1x2x128x128xf32>
    %23 = tensor.empty() : tensor<1x2x128x1xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %25 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%22 : tensor<1x2x128x128xf32>) outs(%24 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %33 = arith.addf %in, %out : f32
      linalg.yield %33 : f32
    } -> tensor<1x2x128x1xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map4, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %25 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%14 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %33 = arith.divf %in, %in_12 : f32
      linalg.yield %33 : f32
    } -> tensor<1x2x128x128xf32>
    %27 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x128x128xf32>) outs(%11 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %33 = arith.truncf %in : f32 to bf16
      linalg.yield %33 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_9 = tensor.collapse_shape %27 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_10 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %28 = tensor.empty() : tensor<2x128x32xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %30 = linalg.batch_matmul ins(%collapsed_9, %collapsed_10 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%29 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %31 = tensor.empty() : tensor<2x128x32xbf16>
    %32 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<2x128x32xf32>) outs(%31 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %33 = arith.truncf %in : f32 to bf16
      linalg.yield %33 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_11 = tensor.expand_shape %32 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_11 : tensor<1x2x128x32xbf16>
  }
}
