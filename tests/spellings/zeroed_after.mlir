// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2 1 40 40
// From PyTorch: zeroed_after of examples/export.py.
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> ()>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2x1x40x40xi1>) -> tensor<2x2x40x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%0 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %1 = tensor.empty() : tensor<4x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%2 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %4 = tensor.empty() : tensor<2x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %24 = arith.divf %in, %cst_3 : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x40xf32>
    %6 = tensor.empty() : tensor<2x1x40x40xi1>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x1x40x40xi1>) outs(%6 : tensor<2x1x40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      %24 = arith.xori %in, %true : i1
      linalg.yield %24 : i1
    } -> tensor<2x1x40x40xi1>
    %8 = linalg.generic {indexing_maps = [#map1, #map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %cst_2, %5 : tensor<2x1x40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_9: f32, %in_10: f32, %out: f32):
      %24 = arith.select %in, %in_9, %in_10 : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x40xf32>
    %9 = tensor.empty() : tensor<2x2x40xi64>
    %10 = linalg.fill ins(%c0_i64 : i64) outs(%9 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %11 = tensor.empty() : tensor<2x2x40xf32>
    %12 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %13:2 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%8 : tensor<2x2x40x40xf32>) outs(%12, %10 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_9: i64):
      %24 = linalg.index 3 : index
      %25 = arith.index_cast %24 : index to i64
      %26 = arith.maximumf %in, %out : f32
      %27 = arith.cmpf ogt, %in, %out : f32
      %28 = arith.select %27, %25, %out_9 : i64
      linalg.yield %26, %28 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_5 = tensor.expand_shape %13#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded_5 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %24 = arith.subf %in, %in_9 : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x40xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %24 = math.exp %in : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x40xf32>
    %16 = tensor.empty() : tensor<2x2x40x1xf32>
    %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<2x2x40x40xf32>) outs(%17 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %24 = arith.addf %in, %out : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x1xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %18 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %24 = arith.divf %in, %in_9 : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %cst_1, %19 : tensor<2x1x40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_9: f32, %in_10: f32, %out: f32):
      %24 = arith.select %in, %in_9, %in_10 : f32
      linalg.yield %24 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_6 = tensor.collapse_shape %20 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %21 = tensor.empty() : tensor<4x40x16xf32>
    %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %23 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%22 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_8 = tensor.expand_shape %23 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_8 : tensor<2x2x40x16xf32>
  }
}

