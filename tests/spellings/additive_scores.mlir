// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 16
// From PyTorch: additive_scores of examples/export.py.
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, 0, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d4)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<16xf32>) -> tensor<2x2x40x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [2, 2, 40, 1, 16] : tensor<2x2x40x16xf32> into tensor<2x2x40x1x16xf32>
    %expanded_1 = tensor.expand_shape %arg1 [[0], [1], [2, 3], [4]] output_shape [2, 2, 1, 40, 16] : tensor<2x2x40x16xf32> into tensor<2x2x1x40x16xf32>
    %0 = tensor.empty() : tensor<2x2x40x40x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_1 : tensor<2x2x40x1x16xf32>, tensor<2x2x1x40x16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %21 = arith.addf %in, %in_5 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40x16xf32>
    %2 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<2x2x40x40x16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = math.tanh %in : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40x16xf32>
    %3 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%2, %arg3 : tensor<2x2x40x40x16xf32>, tensor<16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %21 = arith.mulf %in, %in_5 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40x16xf32>
    %4 = tensor.empty() : tensor<2x2x40x40xf32>
    %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<2x2x40x40xf32>) -> tensor<2x2x40x40xf32>
    %6 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%3 : tensor<2x2x40x40x16xf32>) outs(%5 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %7 = tensor.empty() : tensor<2x2x40xi64>
    %8 = linalg.fill ins(%c0_i64 : i64) outs(%7 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %9 = tensor.empty() : tensor<2x2x40xf32>
    %10 = linalg.fill ins(%cst_0 : f32) outs(%9 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %11:2 = linalg.generic {indexing_maps = [#map5, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%6 : tensor<2x2x40x40xf32>) outs(%10, %8 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_5: i64):
      %21 = linalg.index 3 : index
      %22 = arith.index_cast %21 : index to i64
      %23 = arith.maximumf %in, %out : f32
      %24 = arith.cmpf ogt, %in, %out : f32
      %25 = arith.select %24, %22, %out_5 : i64
      linalg.yield %23, %25 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_2 = tensor.expand_shape %11#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %12 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %21 = arith.subf %in, %in_5 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %13 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = math.exp %in : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %14 = tensor.empty() : tensor<2x2x40x1xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %16 = linalg.generic {indexing_maps = [#map5, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%13 : tensor<2x2x40x40xf32>) outs(%15 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x1xf32>
    %17 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %16 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_5: f32, %out: f32):
      %21 = arith.divf %in, %in_5 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed = tensor.collapse_shape %17 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_3 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %18 = tensor.empty() : tensor<4x40x16xf32>
    %19 = linalg.fill ins(%cst : f32) outs(%18 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %20 = linalg.batch_matmul ins(%collapsed, %collapsed_3 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%19 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_4 = tensor.expand_shape %20 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_4 : tensor<2x2x40x16xf32>
  }
}

