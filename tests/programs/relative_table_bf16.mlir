// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>, %arg3: tensor<2x65xbf16>) -> tensor<1x2x128x32xbf16> {
    %c-32_i64 = arith.constant -32 : i64
    %c32_i64 = arith.constant 32 : i64
    %c0_i64 = arith.constant 0 : i64
    %c2_i64 = arith.constant 2 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %c65_i64 = arith.constant 65 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%0 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %37 = arith.truncf %in : f32 to bf16
      linalg.yield %37 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %37 = arith.truncf %cst_1 : f64 to bf16
      %38 = arith.divf %in, %37 : bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %8 = tensor.empty() : tensor<128xi64>
    %9 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%8 : tensor<128xi64>) {
    ^bb0(%out: i64):
      %37 = linalg.index 0 : index
      %38 = arith.index_cast %37 : index to i64
      linalg.yield %38 : i64
    } -> tensor<128xi64>
    %expanded_3 = tensor.expand_shape %9 [[0, 1]] output_shape [128, 1] : tensor<128xi64> into tensor<128x1xi64>
    %expanded_4 = tensor.expand_shape %9 [[0, 1]] output_shape [1, 128] : tensor<128xi64> into tensor<1x128xi64>
    %10 = tensor.empty() : tensor<128x128xi64>
    %11 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded_3 : tensor<1x128xi64>, tensor<128x1xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %in_10: i64, %out: i64):
      %37 = arith.subi %in, %in_10 : i64
      linalg.yield %37 : i64
    } -> tensor<128x128xi64>
    %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<128x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %out: i64):
      %37 = arith.maxsi %in, %c-32_i64 : i64
      %38 = arith.minsi %37, %c32_i64 : i64
      linalg.yield %38 : i64
    } -> tensor<128x128xi64>
    %13 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<128x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %out: i64):
      %37 = arith.addi %in, %c32_i64 : i64
      linalg.yield %37 : i64
    } -> tensor<128x128xi64>
    %14 = tensor.empty() : tensor<2xi64>
    %15 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%14 : tensor<2xi64>) {
    ^bb0(%out: i64):
      %37 = linalg.index 0 : index
      %38 = arith.index_cast %37 : index to i64
      linalg.yield %38 : i64
    } -> tensor<2xi64>
    %expanded_5 = tensor.expand_shape %15 [[0, 1, 2]] output_shape [2, 1, 1] : tensor<2xi64> into tensor<2x1x1xi64>
    %16 = linalg.generic {indexing_maps = [#map6, #map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %13 : tensor<2x1x1xi64>, tensor<128x128xi64>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: i64, %in_10: i64, %out: bf16):
      %37 = arith.cmpi slt, %in, %c0_i64 : i64
      %38 = arith.addi %in, %c2_i64 : i64
      %39 = arith.select %37, %38, %in : i64
      %40 = arith.index_cast %39 : i64 to index
      %41 = arith.cmpi slt, %in_10, %c0_i64 : i64
      %42 = arith.addi %in_10, %c65_i64 : i64
      %43 = arith.select %41, %42, %in_10 : i64
      %44 = arith.index_cast %43 : i64 to index
      %extracted = tensor.extract %arg3[%40, %44] : tensor<2x65xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<2x128x128xbf16>
    %17 = linalg.generic {indexing_maps = [#map1, #map8, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %16 : tensor<1x2x128x128xbf16>, tensor<2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_10: bf16, %out: bf16):
      %37 = arith.addf %in, %in_10 : bf16
      linalg.yield %37 : bf16
    } -> tensor<1x2x128x128xbf16>
    %18 = tensor.empty() : tensor<1x2x128x128xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x128x128xbf16>) outs(%18 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %37 = arith.extf %in : bf16 to f32
      linalg.yield %37 : f32
    } -> tensor<1x2x128x128xf32>
    %20 = tensor.empty() : tensor<1x2x128xi64>
    %21 = linalg.fill ins(%c0_i64 : i64) outs(%20 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %22 = tensor.empty() : tensor<1x2x128xf32>
    %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %24:2 = linalg.generic {indexing_maps = [#map1, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%19 : tensor<1x2x128x128xf32>) outs(%23, %21 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_10: i64):
      %37 = linalg.index 3 : index
      %38 = arith.index_cast %37 : index to i64
      %39 = arith.maximumf %in, %out : f32
      %40 = arith.cmpf ogt, %in, %out : f32
      %41 = arith.select %40, %38, %out_10 : i64
      linalg.yield %39, %41 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_6 = tensor.expand_shape %24#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %25 = linalg.generic {indexing_maps = [#map1, #map10, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded_6 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%18 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %37 = arith.subf %in, %in_10 : f32
      linalg.yield %37 : f32
    } -> tensor<1x2x128x128xf32>
    %26 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<1x2x128x128xf32>) outs(%18 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %37 = math.exp %in : f32
      linalg.yield %37 : f32
    } -> tensor<1x2x128x128xf32>
    %27 = tensor.empty() : tensor<1x2x128x1xf32>
    %28 = linalg.fill ins(%cst : f32) outs(%27 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%26 : tensor<1x2x128x128xf32>) outs(%28 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %37 = arith.addf %in, %out : f32
      linalg.yield %37 : f32
    } -> tensor<1x2x128x1xf32>
    %30 = linalg.generic {indexing_maps = [#map1, #map10, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %29 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%18 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %37 = arith.divf %in, %in_10 : f32
      linalg.yield %37 : f32
    } -> tensor<1x2x128x128xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x128x128xf32>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %37 = arith.truncf %in : f32 to bf16
      linalg.yield %37 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_7 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_8 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %32 = tensor.empty() : tensor<2x128x32xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %34 = linalg.batch_matmul ins(%collapsed_7, %collapsed_8 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%33 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %35 = tensor.empty() : tensor<2x128x32xbf16>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x128x32xf32>) outs(%35 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %37 = arith.truncf %in : f32 to bf16
      linalg.yield %37 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_9 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_9 : tensor<1x2x128x32xbf16>
  }
}
