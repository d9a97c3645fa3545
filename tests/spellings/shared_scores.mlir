// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16
// From PyTorch: shared_scores of examples/export.py.
// kernels: 2
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>) -> tensor<2x2x40x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<true> : tensor<40x40xi1>
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
      %36 = arith.divf %in, %cst_3 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %6 = tensor.empty() : tensor<2x2x40xi64>
    %7 = linalg.fill ins(%c0_i64 : i64) outs(%6 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %8 = tensor.empty() : tensor<2x2x40xf32>
    %9 = linalg.fill ins(%cst_0 : f32) outs(%8 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %10:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%5 : tensor<2x2x40x40xf32>) outs(%9, %7 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_14: i64):
      %36 = linalg.index 3 : index
      %37 = arith.index_cast %36 : index to i64
      %38 = arith.maximumf %in, %out : f32
      %39 = arith.cmpf ogt, %in, %out : f32
      %40 = arith.select %39, %37, %out_14 : i64
      linalg.yield %38, %40 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_5 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_5 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %36 = arith.subf %in, %in_14 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = math.exp %in : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %13 = tensor.empty() : tensor<2x2x40x1xf32>
    %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%12 : tensor<2x2x40x40xf32>) outs(%14 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.addf %in, %out : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %15 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %36 = arith.divf %in, %in_14 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_6 = tensor.collapse_shape %16 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %17 = tensor.empty() : tensor<4x40x16xf32>
    %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %19 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%18 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_8 = tensor.expand_shape %19 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    %20 = tensor.empty() : tensor<40xi64>
    %21 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel"]} outs(%20 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %36 = linalg.index 0 : index
      %37 = arith.index_cast %36 : index to i64
      linalg.yield %37 : i64
    } -> tensor<40xi64>
    %expanded_9 = tensor.expand_shape %21 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_10 = tensor.expand_shape %21 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %22 = tensor.empty() : tensor<40x40xi64>
    %23 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%expanded_9, %expanded_10 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%22 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_14: i64, %out: i64):
      %36 = arith.subi %in, %in_14 : i64
      linalg.yield %36 : i64
    } -> tensor<40x40xi64>
    %24 = tensor.empty() : tensor<40x40xi1>
    %25 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<40x40xi64>) outs(%24 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %out: i1):
      %36 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %36 : i1
    } -> tensor<40x40xi1>
    %26 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%25, %cst_2 : tensor<40x40xi1>, tensor<40x40xi1>) outs(%24 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %in_14: i1, %out: i1):
      %36 = arith.andi %in, %in_14 : i1
      linalg.yield %36 : i1
    } -> tensor<40x40xi1>
    %27 = linalg.generic {indexing_maps = [#map7, #map8, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %cst_1, %5 : tensor<40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_14: f32, %in_15: f32, %out: f32):
      %36 = arith.select %in, %in_14, %in_15 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %28:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<2x2x40x40xf32>) outs(%9, %7 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_14: i64):
      %36 = linalg.index 3 : index
      %37 = arith.index_cast %36 : index to i64
      %38 = arith.maximumf %in, %out : f32
      %39 = arith.cmpf ogt, %in, %out : f32
      %40 = arith.select %39, %37, %out_14 : i64
      linalg.yield %38, %40 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_11 = tensor.expand_shape %28#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %expanded_11 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %36 = arith.subf %in, %in_14 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = math.exp %in : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%30 : tensor<2x2x40x40xf32>) outs(%14 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.addf %in, %out : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x1xf32>
    %32 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %31 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %36 = arith.divf %in, %in_14 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_12 = tensor.collapse_shape %32 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %33 = linalg.batch_matmul ins(%collapsed_12, %collapsed_7 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%18 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_13 = tensor.expand_shape %33 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    %34 = tensor.empty() : tensor<2x2x40x16xf32>
    %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_13 : tensor<2x2x40x16xf32>, tensor<2x2x40x16xf32>) outs(%34 : tensor<2x2x40x16xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %36 = arith.addf %in, %in_14 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x16xf32>
    return %35 : tensor<2x2x40x16xf32>
  }
}

