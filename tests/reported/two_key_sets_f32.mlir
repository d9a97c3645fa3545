#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (0, d1)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xf32>, %arg1: tensor<1x2x128x32xf32>, %arg2: tensor<1x2x128x32xf32>, %arg3: tensor<1x2x40x32xf32>, %arg4: tensor<1x2x40x32xf32>) -> tensor<1x2x128x32xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<true> : tensor<128x128xi1>
    %cst_3 = arith.constant 0.17677669529663687 : f64
    %0 = tensor.empty() : tensor<128xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<128xi64>) {
    ^bb0(%out: i64):
      %35 = linalg.index 0 : index
      %36 = arith.index_cast %35 : index to i64
      linalg.yield %36 : i64
    } -> tensor<128xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [1, 128] : tensor<128xi64> into tensor<1x128xi64>
    %expanded_4 = tensor.expand_shape %1 [[0, 1]] output_shape [128, 1] : tensor<128xi64> into tensor<128x1xi64>
    %2 = tensor.empty() : tensor<128x128xi64>
    %3 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_4 : tensor<1x128xi64>, tensor<128x1xi64>) outs(%2 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %in_15: i64, %out: i64):
      %35 = arith.subi %in, %in_15 : i64
      linalg.yield %35 : i64
    } -> tensor<128x128xi64>
    %4 = tensor.empty() : tensor<128x128xi1>
    %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<128x128xi64>) outs(%4 : tensor<128x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %35 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %35 : i1
    } -> tensor<128x128xi1>
    %6 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %cst_2 : tensor<128x128xi1>, tensor<128x128xi1>) outs(%4 : tensor<128x128xi1>) {
    ^bb0(%in: i1, %in_15: i1, %out: i1):
      %35 = arith.andi %in, %in_15 : i1
      linalg.yield %35 : i1
    } -> tensor<128x128xi1>
    %7 = tensor.empty() : tensor<1x2x32x128xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xf32>) outs(%7 : tensor<1x2x32x128xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xf32> into tensor<2x128x32xf32>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xf32> into tensor<2x32x128xf32>
    %8 = tensor.empty() : tensor<2x128x128xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %10 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x128x32xf32>, tensor<2x32x128xf32>) outs(%9 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %expanded_6 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xf32> into tensor<1x2x128x128xf32>
    %11 = tensor.empty() : tensor<1x2x128x128xf32>
    %12 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<1x2x128x128xf32>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.truncf %cst_3 : f64 to f32
      %36 = arith.mulf %in, %35 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x128x128xf32>
    %13 = linalg.generic {indexing_maps = [#map5, #map6, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %cst_1, %12 : tensor<128x128xi1>, tensor<f32>, tensor<1x2x128x128xf32>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: i1, %in_15: f32, %in_16: f32, %out: f32):
      %35 = arith.select %in, %in_15, %in_16 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x128x128xf32>
    %14 = tensor.empty() : tensor<1x2x32x40xf32>
    %transposed_7 = linalg.transpose ins(%arg3 : tensor<1x2x40x32xf32>) outs(%14 : tensor<1x2x32x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_8 = tensor.collapse_shape %transposed_7 [[0, 1], [2], [3]] : tensor<1x2x32x40xf32> into tensor<2x32x40xf32>
    %15 = tensor.empty() : tensor<2x128x40xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<2x128x40xf32>) -> tensor<2x128x40xf32>
    %17 = linalg.batch_matmul ins(%collapsed, %collapsed_8 : tensor<2x128x32xf32>, tensor<2x32x40xf32>) outs(%16 : tensor<2x128x40xf32>) -> tensor<2x128x40xf32>
    %expanded_9 = tensor.expand_shape %17 [[0, 1], [2], [3]] output_shape [1, 2, 128, 40] : tensor<2x128x40xf32> into tensor<1x2x128x40xf32>
    %18 = tensor.empty() : tensor<1x2x128x40xf32>
    %19 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x2x128x40xf32>) outs(%18 : tensor<1x2x128x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.truncf %cst_3 : f64 to f32
      %36 = arith.mulf %in, %35 : f32
      linalg.yield %36 : f32
    } -> tensor<1x2x128x40xf32>
    %concat = tensor.concat dim(3) %13, %19 : (tensor<1x2x128x128xf32>, tensor<1x2x128x40xf32>) -> tensor<1x2x128x168xf32>
    %20 = tensor.empty() : tensor<1x2x128xi64>
    %21 = linalg.fill ins(%c0_i64 : i64) outs(%20 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %22 = tensor.empty() : tensor<1x2x128xf32>
    %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %24:2 = linalg.generic {indexing_maps = [#map4, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%concat : tensor<1x2x128x168xf32>) outs(%23, %21 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_15: i64):
      %35 = linalg.index 3 : index
      %36 = arith.index_cast %35 : index to i64
      %37 = arith.maximumf %in, %out : f32
      %38 = arith.cmpf ogt, %in, %out : f32
      %39 = arith.select %38, %36, %out_15 : i64
      linalg.yield %37, %39 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_10 = tensor.expand_shape %24#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %25 = tensor.empty() : tensor<1x2x128x168xf32>
    %26 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %expanded_10 : tensor<1x2x128x168xf32>, tensor<1x2x128x1xf32>) outs(%25 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: f32, %in_15: f32, %out: f32):
      %35 = arith.subf %in, %in_15 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x128x168xf32>
    %27 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x128x168xf32>) outs(%25 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = math.exp %in : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x128x168xf32>
    %28 = tensor.empty() : tensor<1x2x128x1xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %30 = linalg.generic {indexing_maps = [#map4, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<1x2x128x168xf32>) outs(%29 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.addf %in, %out : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x128x1xf32>
    %31 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %30 : tensor<1x2x128x168xf32>, tensor<1x2x128x1xf32>) outs(%25 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: f32, %in_15: f32, %out: f32):
      %35 = arith.divf %in, %in_15 : f32
      linalg.yield %35 : f32
    } -> tensor<1x2x128x168xf32>
    %concat_11 = tensor.concat dim(2) %arg2, %arg4 : (tensor<1x2x128x32xf32>, tensor<1x2x40x32xf32>) -> tensor<1x2x168x32xf32>
    %collapsed_12 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x128x168xf32> into tensor<2x128x168xf32>
    %collapsed_13 = tensor.collapse_shape %concat_11 [[0, 1], [2], [3]] : tensor<1x2x168x32xf32> into tensor<2x168x32xf32>
    %32 = tensor.empty() : tensor<2x128x32xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %34 = linalg.batch_matmul ins(%collapsed_12, %collapsed_13 : tensor<2x128x168xf32>, tensor<2x168x32xf32>) outs(%33 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %expanded_14 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xf32> into tensor<1x2x128x32xf32>
    return %expanded_14 : tensor<1x2x128x32xf32>
  }
}

