// sizes: 2 40 16; 16
// From PyTorch: pooled of examples/export.py.
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
#map2 = affine_map<(d0, d1) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d2)>
module {
  func.func @main(%arg0: tensor<2x40x16xf32>, %arg1: tensor<16xf32>) -> tensor<2x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x40x16xf32> into tensor<80x16xf32>
    %0 = tensor.empty() : tensor<80x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %arg1 : tensor<80x16xf32>, tensor<16xf32>) outs(%0 : tensor<80x16xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %22 = arith.mulf %in, %in_3 : f32
      linalg.yield %22 : f32
    } -> tensor<80x16xf32>
    %2 = tensor.empty() : tensor<80xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<80xf32>) -> tensor<80xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<80x16xf32>) outs(%3 : tensor<80xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.addf %in, %out : f32
      linalg.yield %22 : f32
    } -> tensor<80xf32>
    %expanded = tensor.expand_shape %4 [[0, 1]] output_shape [2, 40] : tensor<80xf32> into tensor<2x40xf32>
    %5 = tensor.empty() : tensor<2xi64>
    %6 = linalg.fill ins(%c0_i64 : i64) outs(%5 : tensor<2xi64>) -> tensor<2xi64>
    %7 = tensor.empty() : tensor<2xf32>
    %8 = linalg.fill ins(%cst_0 : f32) outs(%7 : tensor<2xf32>) -> tensor<2xf32>
    %9:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "reduction"]} ins(%expanded : tensor<2x40xf32>) outs(%8, %6 : tensor<2xf32>, tensor<2xi64>) {
    ^bb0(%in: f32, %out: f32, %out_3: i64):
      %22 = linalg.index 1 : index
      %23 = arith.index_cast %22 : index to i64
      %24 = arith.maximumf %in, %out : f32
      %25 = arith.cmpf ogt, %in, %out : f32
      %26 = arith.select %25, %23, %out_3 : i64
      linalg.yield %24, %26 : f32, i64
    } -> (tensor<2xf32>, tensor<2xi64>)
    %expanded_1 = tensor.expand_shape %9#0 [[0, 1]] output_shape [2, 1] : tensor<2xf32> into tensor<2x1xf32>
    %10 = tensor.empty() : tensor<2x40xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_1 : tensor<2x40xf32>, tensor<2x1xf32>) outs(%10 : tensor<2x40xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %22 = arith.subf %in, %in_3 : f32
      linalg.yield %22 : f32
    } -> tensor<2x40xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<2x40xf32>) outs(%10 : tensor<2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = math.exp %in : f32
      linalg.yield %22 : f32
    } -> tensor<2x40xf32>
    %13 = tensor.empty() : tensor<2x1xf32>
    %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<2x1xf32>) -> tensor<2x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%12 : tensor<2x40xf32>) outs(%14 : tensor<2x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.addf %in, %out : f32
      linalg.yield %22 : f32
    } -> tensor<2x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%12, %15 : tensor<2x40xf32>, tensor<2x1xf32>) outs(%10 : tensor<2x40xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %22 = arith.divf %in, %in_3 : f32
      linalg.yield %22 : f32
    } -> tensor<2x40xf32>
    %expanded_2 = tensor.expand_shape %16 [[0], [1, 2]] output_shape [2, 40, 1] : tensor<2x40xf32> into tensor<2x40x1xf32>
    %17 = tensor.empty() : tensor<2x40x16xf32>
    %18 = linalg.generic {indexing_maps = [#map4, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2, %arg0 : tensor<2x40x1xf32>, tensor<2x40x16xf32>) outs(%17 : tensor<2x40x16xf32>) {
    ^bb0(%in: f32, %in_3: f32, %out: f32):
      %22 = arith.mulf %in, %in_3 : f32
      linalg.yield %22 : f32
    } -> tensor<2x40x16xf32>
    %19 = tensor.empty() : tensor<2x16xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<2x16xf32>) -> tensor<2x16xf32>
    %21 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "reduction", "parallel"]} ins(%18 : tensor<2x40x16xf32>) outs(%20 : tensor<2x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.addf %in, %out : f32
      linalg.yield %22 : f32
    } -> tensor<2x16xf32>
    return %21 : tensor<2x16xf32>
  }
}

