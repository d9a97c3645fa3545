// expect: refused: a value of the size of the scores is also used by
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> ()>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<1x2x32x16xf32>, %arg1: tensor<1x2x32x16xf32>, %arg2: tensor<1x2x32x16xf32>) -> tensor<1x2x32x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<1x2x16x32xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x32x16xf32>) outs(%0 : tensor<1x2x16x32xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x32x16xf32> into tensor<2x32x16xf32>
    %collapsed_3 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x32xf32> into tensor<2x16x32xf32>
    %1 = tensor.empty() : tensor<2x32x32xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_3 : tensor<2x32x16xf32>, tensor<2x16x32xf32>) outs(%2 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 32, 32] : tensor<2x32x32xf32> into tensor<1x2x32x32xf32>
    %4 = tensor.empty() : tensor<1x2x32x32xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x32x32xf32>) outs(%4 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = arith.divf %in, %cst_2 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x32x32xf32>
    %6 = tensor.empty() : tensor<1x2x32x32xi64>
    %7 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%6 : tensor<1x2x32x32xi64>) {
    ^bb0(%out: i64):
      %26 = linalg.index 3 : index
      %27 = arith.index_cast %26 : index to i64
      linalg.yield %27 : i64
    } -> tensor<1x2x32x32xi64>
    %8:2 = tm_tensor.sort dimension(3) outs(%5, %7 : tensor<1x2x32x32xf32>, tensor<1x2x32x32xi64>) {
    ^bb0(%arg3: f32, %arg4: f32, %arg5: i64, %arg6: i64):
      %26 = arith.cmpf oge, %arg3, %arg4 : f32
      tm_tensor.yield %26 : i1
    } -> tensor<1x2x32x32xf32>, tensor<1x2x32x32xi64>
    %extracted_slice = tensor.extract_slice %8#0[0, 0, 0, 0] [1, 2, 32, 8] [1, 1, 1, 1] : tensor<1x2x32x32xf32> to tensor<1x2x32x8xf32>
    %extracted_slice_4 = tensor.extract_slice %extracted_slice[0, 0, 0, 7] [1, 2, 32, 1] [1, 1, 1, 1] : tensor<1x2x32x8xf32> to tensor<1x2x32x1xf32>
    %9 = tensor.empty() : tensor<1x2x32x32xi1>
    %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %extracted_slice_4 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%9 : tensor<1x2x32x32xi1>) {
    ^bb0(%in: f32, %in_9: f32, %out: i1):
      %26 = arith.cmpf olt, %in, %in_9 : f32
      linalg.yield %26 : i1
    } -> tensor<1x2x32x32xi1>
    %11 = linalg.generic {indexing_maps = [#map, #map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %cst_1, %5 : tensor<1x2x32x32xi1>, tensor<f32>, tensor<1x2x32x32xf32>) outs(%4 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: i1, %in_9: f32, %in_10: f32, %out: f32):
      %26 = arith.select %in, %in_9, %in_10 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x32x32xf32>
    %12 = tensor.empty() : tensor<1x2x32xi64>
    %13 = linalg.fill ins(%c0_i64 : i64) outs(%12 : tensor<1x2x32xi64>) -> tensor<1x2x32xi64>
    %14 = tensor.empty() : tensor<1x2x32xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<1x2x32xf32>) -> tensor<1x2x32xf32>
    %16:2 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%11 : tensor<1x2x32x32xf32>) outs(%15, %13 : tensor<1x2x32xf32>, tensor<1x2x32xi64>) {
    ^bb0(%in: f32, %out: f32, %out_9: i64):
      %26 = linalg.index 3 : index
      %27 = arith.index_cast %26 : index to i64
      %28 = arith.maximumf %in, %out : f32
      %29 = arith.cmpf ogt, %in, %out : f32
      %30 = arith.select %29, %27, %out_9 : i64
      linalg.yield %28, %30 : f32, i64
    } -> (tensor<1x2x32xf32>, tensor<1x2x32xi64>)
    %expanded_5 = tensor.expand_shape %16#0 [[0], [1], [2, 3]] output_shape [1, 2, 32, 1] : tensor<1x2x32xf32> into tensor<1x2x32x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %expanded_5 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%4 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %26 = arith.subf %in, %in_9 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x32x32xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x32x32xf32>) outs(%4 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = math.exp %in : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x32x32xf32>
    %19 = tensor.empty() : tensor<1x2x32x1xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<1x2x32x1xf32>) -> tensor<1x2x32x1xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<1x2x32x32xf32>) outs(%20 : tensor<1x2x32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = arith.addf %in, %out : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x32x1xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%4 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %26 = arith.divf %in, %in_9 : f32
      linalg.yield %26 : f32
    } -> tensor<1x2x32x32xf32>
    %collapsed_6 = tensor.collapse_shape %22 [[0, 1], [2], [3]] : tensor<1x2x32x32xf32> into tensor<2x32x32xf32>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x32x16xf32> into tensor<2x32x16xf32>
    %23 = tensor.empty() : tensor<2x32x16xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x32x16xf32>) -> tensor<2x32x16xf32>
    %25 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<2x32x32xf32>, tensor<2x32x16xf32>) outs(%24 : tensor<2x32x16xf32>) -> tensor<2x32x16xf32>
    %expanded_8 = tensor.expand_shape %25 [[0, 1], [2], [3]] output_shape [1, 2, 32, 16] : tensor<2x32x16xf32> into tensor<1x2x32x16xf32>
    return %expanded_8 : tensor<1x2x32x16xf32>
  }
}

