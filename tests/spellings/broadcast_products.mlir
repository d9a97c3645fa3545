// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16
// From PyTorch: broadcast_products of examples/export.py.
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, 0, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, 0)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d4)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>) -> tensor<2x2x40x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 4.000000e+00 : f32
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [2, 2, 40, 1, 16] : tensor<2x2x40x16xf32> into tensor<2x2x40x1x16xf32>
    %expanded_2 = tensor.expand_shape %arg1 [[0], [1], [2, 3], [4]] output_shape [2, 2, 1, 40, 16] : tensor<2x2x40x16xf32> into tensor<2x2x1x40x16xf32>
    %0 = tensor.empty() : tensor<2x2x40x40x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_2 : tensor<2x2x40x1x16xf32>, tensor<2x2x1x40x16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.mulf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40x16xf32>
    %2 = tensor.empty() : tensor<2x2x40x40xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x2x40x40xf32>) -> tensor<2x2x40x40xf32>
    %4 = linalg.generic {indexing_maps = [#map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%1 : tensor<2x2x40x40x16xf32>) outs(%3 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<2x2x40x40xf32>) outs(%2 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.divf %in, %cst_1 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %6 = tensor.empty() : tensor<2x2x40xi64>
    %7 = linalg.fill ins(%c0_i64 : i64) outs(%6 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %8 = tensor.empty() : tensor<2x2x40xf32>
    %9 = linalg.fill ins(%cst_0 : f32) outs(%8 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %10:2 = linalg.generic {indexing_maps = [#map4, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%5 : tensor<2x2x40x40xf32>) outs(%9, %7 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_6: i64):
      %21 = linalg.index 3 : index
      %22 = arith.index_cast %21 : index to i64
      %23 = arith.maximumf %in, %out : f32
      %24 = arith.cmpf ogt, %in, %out : f32
      %25 = arith.select %24, %22, %out_6 : i64
      linalg.yield %23, %25 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_3 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %11 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_3 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%2 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.subf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<2x2x40x40xf32>) outs(%2 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = math.exp %in : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %13 = tensor.empty() : tensor<2x2x40x1xf32>
    %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %15 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%12 : tensor<2x2x40x40xf32>) outs(%14 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x1xf32>
    %16 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %15 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%2 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.divf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40xf32>
    %expanded_4 = tensor.expand_shape %16 [[0], [1], [2], [3, 4]] output_shape [2, 2, 40, 40, 1] : tensor<2x2x40x40xf32> into tensor<2x2x40x40x1xf32>
    %expanded_5 = tensor.expand_shape %arg2 [[0], [1], [2, 3], [4]] output_shape [2, 2, 1, 40, 16] : tensor<2x2x40x16xf32> into tensor<2x2x1x40x16xf32>
    %17 = linalg.generic {indexing_maps = [#map7, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_4, %expanded_5 : tensor<2x2x40x40x1xf32>, tensor<2x2x1x40x16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %21 = arith.mulf %in, %in_6 : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x40x16xf32>
    %18 = tensor.empty() : tensor<2x2x40x16xf32>
    %19 = linalg.fill ins(%cst : f32) outs(%18 : tensor<2x2x40x16xf32>) -> tensor<2x2x40x16xf32>
    %20 = linalg.generic {indexing_maps = [#map2, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction", "parallel"]} ins(%17 : tensor<2x2x40x40x16xf32>) outs(%19 : tensor<2x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %21 = arith.addf %in, %out : f32
      linalg.yield %21 : f32
    } -> tensor<2x2x40x16xf32>
    return %20 : tensor<2x2x40x16xf32>
  }
}

