#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (0, d1)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d3)>
module {
  func.func @main(%arg0: tensor<1x2x96x32xf32>, %arg1: tensor<1x2x96x32xf32>, %arg2: tensor<1x2x96x32xf32>) -> (tensor<1x2x96x32xf32>, tensor<1x96xf32>) {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<true> : tensor<96x96xi1>
    %cst_3 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<96xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %31 = linalg.index 0 : index
      %32 = arith.index_cast %31 : index to i64
      linalg.yield %32 : i64
    } -> tensor<96xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %expanded_4 = tensor.expand_shape %1 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %2 = tensor.empty() : tensor<96x96xi64>
    %3 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_4 : tensor<1x96xi64>, tensor<96x1xi64>) outs(%2 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_11: i64, %out: i64):
      %31 = arith.subi %in, %in_11 : i64
      linalg.yield %31 : i64
    } -> tensor<96x96xi64>
    %4 = tensor.empty() : tensor<96x96xi1>
    %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<96x96xi64>) outs(%4 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %31 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %31 : i1
    } -> tensor<96x96xi1>
    %6 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %cst_2 : tensor<96x96xi1>, tensor<96x96xi1>) outs(%4 : tensor<96x96xi1>) {
    ^bb0(%in: i1, %in_11: i1, %out: i1):
      %31 = arith.andi %in, %in_11 : i1
      linalg.yield %31 : i1
    } -> tensor<96x96xi1>
    %7 = tensor.empty() : tensor<1x2x32x96xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x96x32xf32>) outs(%7 : tensor<1x2x32x96xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x96x32xf32> into tensor<2x96x32xf32>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x96xf32> into tensor<2x32x96xf32>
    %8 = tensor.empty() : tensor<2x96x96xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %10 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x96x32xf32>, tensor<2x32x96xf32>) outs(%9 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %expanded_6 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xf32> into tensor<1x2x96x96xf32>
    %11 = tensor.empty() : tensor<1x2x96x96xf32>
    %12 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<1x2x96x96xf32>) outs(%11 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.truncf %cst_3 : f64 to f32
      %32 = arith.divf %in, %31 : f32
      linalg.yield %32 : f32
    } -> tensor<1x2x96x96xf32>
    %13 = linalg.generic {indexing_maps = [#map5, #map6, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %cst_1, %12 : tensor<96x96xi1>, tensor<f32>, tensor<1x2x96x96xf32>) outs(%11 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: i1, %in_11: f32, %in_12: f32, %out: f32):
      %31 = arith.select %in, %in_11, %in_12 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %14 = tensor.empty() : tensor<1x2x96xi64>
    %15 = linalg.fill ins(%c0_i64 : i64) outs(%14 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %16 = tensor.empty() : tensor<1x2x96xf32>
    %17 = linalg.fill ins(%cst_0 : f32) outs(%16 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %18:2 = linalg.generic {indexing_maps = [#map4, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%13 : tensor<1x2x96x96xf32>) outs(%17, %15 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_11: i64):
      %31 = linalg.index 3 : index
      %32 = arith.index_cast %31 : index to i64
      %33 = arith.maximumf %in, %out : f32
      %34 = arith.cmpf ogt, %in, %out : f32
      %35 = arith.select %34, %32, %out_11 : i64
      linalg.yield %33, %35 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_7 = tensor.expand_shape %18#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %19 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %expanded_7 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%11 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %31 = arith.subf %in, %in_11 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %20 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x2x96x96xf32>) outs(%11 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = math.exp %in : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %21 = tensor.empty() : tensor<1x2x96x1xf32>
    %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %23 = linalg.generic {indexing_maps = [#map4, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<1x2x96x96xf32>) outs(%22 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.addf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x1xf32>
    %24 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %23 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%11 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %31 = arith.divf %in, %in_11 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x96x96xf32>
    %collapsed_8 = tensor.collapse_shape %24 [[0, 1], [2], [3]] : tensor<1x2x96x96xf32> into tensor<2x96x96xf32>
    %collapsed_9 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x96x32xf32> into tensor<2x96x32xf32>
    %25 = tensor.empty() : tensor<2x96x32xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %27 = linalg.batch_matmul ins(%collapsed_8, %collapsed_9 : tensor<2x96x96xf32>, tensor<2x96x32xf32>) outs(%26 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %expanded_10 = tensor.expand_shape %27 [[0, 1], [2], [3]] output_shape [1, 2, 96, 32] : tensor<2x96x32xf32> into tensor<1x2x96x32xf32>
    %28 = tensor.empty() : tensor<1x96xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<1x96xf32>) -> tensor<1x96xf32>
    %30 = linalg.generic {indexing_maps = [#map4, #map9], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%24 : tensor<1x2x96x96xf32>) outs(%29 : tensor<1x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.addf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<1x96xf32>
    return %expanded_10, %30 : tensor<1x2x96x32xf32>, tensor<1x96xf32>
  }
}

