// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2 2 40
// From PyTorch: forget_gates of examples/export.py.
#map = affine_map<(d0, d1, d2) -> ()>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2x2x40xf32>) -> tensor<2x2x40x16xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<true> : tensor<40x40xi1>
    %cst_3 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_4 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x2x40xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_3, %arg3 : tensor<f32>, tensor<2x2x40xf32>) outs(%0 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %40 = arith.cmpf olt, %in, %in_14 : f32
      %41 = arith.select %40, %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<2x2x40xf32>
    %2 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x2x40xf32>) outs(%0 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = math.absf %in : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40xf32>
    %3 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x2x40xf32>) outs(%0 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = arith.negf %in : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40xf32>
    %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x2x40xf32>) outs(%0 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = math.exp %in : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40xf32>
    %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x2x40xf32>) outs(%0 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = math.log1p %in : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40xf32>
    %6 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x2x40xf32>, tensor<2x2x40xf32>) outs(%0 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %40 = arith.subf %in, %in_14 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %8 = tensor.empty() : tensor<2x2xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<2x2xf32>) -> tensor<2x2xf32>
    %10:2 = tm_tensor.scan dimension(2) inclusive(true) ins(%6 : tensor<2x2x40xf32>) outs(%7, %9 : tensor<2x2x40xf32>, tensor<2x2xf32>) {
    ^bb0(%arg4: f32, %arg5: f32):
      %40 = arith.addf %arg4, %arg5 : f32
      tm_tensor.yield %40 : f32
    } -> tensor<2x2x40xf32>, tensor<2x2xf32>
    %11 = tensor.empty() : tensor<40xi64>
    %12 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%11 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %40 = linalg.index 0 : index
      %41 = arith.index_cast %40 : index to i64
      linalg.yield %41 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %12 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_5 = tensor.expand_shape %12 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %13 = tensor.empty() : tensor<40x40xi64>
    %14 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_5 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%13 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_14: i64, %out: i64):
      %40 = arith.subi %in, %in_14 : i64
      linalg.yield %40 : i64
    } -> tensor<40x40xi64>
    %15 = tensor.empty() : tensor<40x40xi1>
    %16 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%14 : tensor<40x40xi64>) outs(%15 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %out: i1):
      %40 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %40 : i1
    } -> tensor<40x40xi1>
    %17 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%16, %cst_2 : tensor<40x40xi1>, tensor<40x40xi1>) outs(%15 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %in_14: i1, %out: i1):
      %40 = arith.andi %in, %in_14 : i1
      linalg.yield %40 : i1
    } -> tensor<40x40xi1>
    %18 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%18 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %19 = tensor.empty() : tensor<4x40x40xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %21 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%20 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_7 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %22 = tensor.empty() : tensor<2x2x40x40xf32>
    %23 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<2x2x40x40xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = arith.divf %in, %cst_4 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %expanded_8 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %24 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_8 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %40 = arith.addf %in, %in_14 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %expanded_9 = tensor.expand_shape %10#0 [[0], [1], [2, 3]] output_shape [2, 2, 1, 40] : tensor<2x2x40xf32> into tensor<2x2x1x40xf32>
    %25 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %expanded_9 : tensor<2x2x40x40xf32>, tensor<2x2x1x40xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %40 = arith.subf %in, %in_14 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %26 = linalg.generic {indexing_maps = [#map9, #map10, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_1, %25 : tensor<40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_14: f32, %in_15: f32, %out: f32):
      %40 = arith.select %in, %in_14, %in_15 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %27 = tensor.empty() : tensor<2x2x40xi64>
    %28 = linalg.fill ins(%c0_i64 : i64) outs(%27 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %29 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %30:2 = linalg.generic {indexing_maps = [#map6, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%26 : tensor<2x2x40x40xf32>) outs(%29, %28 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_14: i64):
      %40 = linalg.index 3 : index
      %41 = arith.index_cast %40 : index to i64
      %42 = arith.maximumf %in, %out : f32
      %43 = arith.cmpf ogt, %in, %out : f32
      %44 = arith.select %43, %41, %out_14 : i64
      linalg.yield %42, %44 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_10 = tensor.expand_shape %30#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %31 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %expanded_10 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %40 = arith.subf %in, %in_14 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<2x2x40x40xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = math.exp %in : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %33 = tensor.empty() : tensor<2x2x40x1xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %35 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%32 : tensor<2x2x40x40xf32>) outs(%34 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %40 = arith.addf %in, %out : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x1xf32>
    %36 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %35 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%22 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %40 = arith.divf %in, %in_14 : f32
      linalg.yield %40 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_11 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_12 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %37 = tensor.empty() : tensor<4x40x16xf32>
    %38 = linalg.fill ins(%cst : f32) outs(%37 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %39 = linalg.batch_matmul ins(%collapsed_11, %collapsed_12 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%38 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_13 = tensor.expand_shape %39 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_13 : tensor<2x2x40x16xf32>
  }
}

