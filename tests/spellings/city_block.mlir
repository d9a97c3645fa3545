// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16
// From PyTorch: city_block of examples/export.py.
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, 0, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>) -> tensor<2x2x40x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 1.600000e+01 : f32
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [2, 2, 40, 1, 16] : tensor<2x2x40x16xf32> into tensor<2x2x40x1x16xf32>
    %expanded_2 = tensor.expand_shape %arg1 [[0], [1], [2, 3], [4]] output_shape [2, 2, 1, 40, 16] : tensor<2x2x40x16xf32> into tensor<2x2x1x40x16xf32>
    %0 = tensor.empty() : tensor<2x2x40x40x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_2 : tensor<2x2x40x1x16xf32>, tensor<2x2x1x40x16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %22 = arith.subf %in, %in_6 : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40x16xf32>
    %2 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<2x2x40x40x16xf32>) outs(%0 : tensor<2x2x40x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = math.absf %in : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40x16xf32>
    %3 = tensor.empty() : tensor<2x2x40x40xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x2x40x40xf32>) -> tensor<2x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x2x40x40x16xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.addf %in, %out : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40xf32>
    %6 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<2x2x40x40xf32>) outs(%3 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.negf %in : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40xf32>
    %7 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x2x40x40xf32>) outs(%3 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.divf %in, %cst_1 : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40xf32>
    %8 = tensor.empty() : tensor<2x2x40xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %10 = tensor.empty() : tensor<2x2x40xf32>
    %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %12:2 = linalg.generic {indexing_maps = [#map4, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%7 : tensor<2x2x40x40xf32>) outs(%11, %9 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_6: i64):
      %22 = linalg.index 3 : index
      %23 = arith.index_cast %22 : index to i64
      %24 = arith.maximumf %in, %out : f32
      %25 = arith.cmpf ogt, %in, %out : f32
      %26 = arith.select %25, %23, %out_6 : i64
      linalg.yield %24, %26 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_3 = tensor.expand_shape %12#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %13 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %expanded_3 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%3 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %22 = arith.subf %in, %in_6 : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40xf32>
    %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<2x2x40x40xf32>) outs(%3 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = math.exp %in : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40xf32>
    %15 = tensor.empty() : tensor<2x2x40x1xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %17 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%14 : tensor<2x2x40x40xf32>) outs(%16 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.addf %in, %out : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x1xf32>
    %18 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %17 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%3 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %22 = arith.divf %in, %in_6 : f32
      linalg.yield %22 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed = tensor.collapse_shape %18 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_4 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %19 = tensor.empty() : tensor<4x40x16xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %21 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%20 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_5 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_5 : tensor<2x2x40x16xf32>
  }
}

