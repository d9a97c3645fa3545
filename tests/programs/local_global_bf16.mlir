// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %c8_i64 = arith.constant 8 : i64
    %c24_i64 = arith.constant 24 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%0 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_3 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_3 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %41 = arith.truncf %cst_2 : f64 to bf16
      %42 = arith.divf %in, %41 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x128x128xbf16>
    %8 = tensor.empty() : tensor<128xi64>
    %9 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%8 : tensor<128xi64>) {
    ^bb0(%out: i64):
      %41 = linalg.index 0 : index
      %42 = arith.index_cast %41 : index to i64
      linalg.yield %42 : i64
    } -> tensor<128xi64>
    %expanded_4 = tensor.expand_shape %9 [[0, 1]] output_shape [128, 1] : tensor<128xi64> into tensor<128x1xi64>
    %expanded_5 = tensor.expand_shape %9 [[0, 1]] output_shape [1, 128] : tensor<128xi64> into tensor<1x128xi64>
    %10 = tensor.empty() : tensor<128x128xi64>
    %11 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded_5 : tensor<128x1xi64>, tensor<1x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %in_10: i64, %out: i64):
      %41 = arith.subi %in, %in_10 : i64
      linalg.yield %41 : i64
    } -> tensor<128x128xi64>
    %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<128x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %out: i64):
      %41 = math.absi %in : i64
      linalg.yield %41 : i64
    } -> tensor<128x128xi64>
    %13 = tensor.empty() : tensor<128x128xi1>
    %14 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<128x128xi64>) outs(%13 : tensor<128x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %41 = arith.cmpi sle, %in, %c24_i64 : i64
      linalg.yield %41 : i1
    } -> tensor<128x128xi1>
    %15 = tensor.empty() : tensor<1x128xi1>
    %16 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_5 : tensor<1x128xi64>) outs(%15 : tensor<1x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %41 = arith.cmpi slt, %in, %c8_i64 : i64
      linalg.yield %41 : i1
    } -> tensor<1x128xi1>
    %17 = linalg.generic {indexing_maps = [#map5, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%14, %16 : tensor<128x128xi1>, tensor<1x128xi1>) outs(%13 : tensor<128x128xi1>) {
    ^bb0(%in: i1, %in_10: i1, %out: i1):
      %41 = arith.ori %in, %in_10 : i1
      linalg.yield %41 : i1
    } -> tensor<128x128xi1>
    %18 = tensor.empty() : tensor<128x1xi1>
    %19 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_4 : tensor<128x1xi64>) outs(%18 : tensor<128x1xi1>) {
    ^bb0(%in: i64, %out: i1):
      %41 = arith.cmpi slt, %in, %c8_i64 : i64
      linalg.yield %41 : i1
    } -> tensor<128x1xi1>
    %20 = linalg.generic {indexing_maps = [#map5, #map3, #map5], iterator_types = ["parallel", "parallel"]} ins(%17, %19 : tensor<128x128xi1>, tensor<128x1xi1>) outs(%13 : tensor<128x128xi1>) {
    ^bb0(%in: i1, %in_10: i1, %out: i1):
      %41 = arith.ori %in, %in_10 : i1
      linalg.yield %41 : i1
    } -> tensor<128x128xi1>
    %21 = linalg.generic {indexing_maps = [#map6, #map1, #map7, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %7, %cst_1 : tensor<128x128xi1>, tensor<1x2x128x128xbf16>, tensor<bf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_10: bf16, %in_11: bf16, %out: bf16):
      %41 = arith.select %in, %in_10, %in_11 : bf16
      linalg.yield %41 : bf16
    } -> tensor<1x2x128x128xbf16>
    %22 = tensor.empty() : tensor<1x2x128x128xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<1x2x128x128xbf16>) outs(%22 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %41 = arith.extf %in : bf16 to f32
      linalg.yield %41 : f32
    } -> tensor<1x2x128x128xf32>
    %24 = tensor.empty() : tensor<1x2x128xi64>
    %25 = linalg.fill ins(%c0_i64 : i64) outs(%24 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %26 = tensor.empty() : tensor<1x2x128xf32>
    %27 = linalg.fill ins(%cst_0 : f32) outs(%26 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %28:2 = linalg.generic {indexing_maps = [#map1, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%23 : tensor<1x2x128x128xf32>) outs(%27, %25 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_10: i64):
      %41 = linalg.index 3 : index
      %42 = arith.index_cast %41 : index to i64
      %43 = arith.maximumf %in, %out : f32
      %44 = arith.cmpf ogt, %in, %out : f32
      %45 = arith.select %44, %42, %out_10 : i64
      linalg.yield %43, %45 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_6 = tensor.expand_shape %28#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_6 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%22 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %41 = arith.subf %in, %in_10 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x128x128xf32>
    %30 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<1x2x128x128xf32>) outs(%22 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.exp %in : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x128x128xf32>
    %31 = tensor.empty() : tensor<1x2x128x1xf32>
    %32 = linalg.fill ins(%cst : f32) outs(%31 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%30 : tensor<1x2x128x128xf32>) outs(%32 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.addf %in, %out : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x128x1xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %33 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%22 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %41 = arith.divf %in, %in_10 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x128x128xf32>
    %35 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x2x128x128xf32>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_7 = tensor.collapse_shape %35 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_8 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %36 = tensor.empty() : tensor<2x128x32xf32>
    %37 = linalg.fill ins(%cst : f32) outs(%36 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %38 = linalg.batch_matmul ins(%collapsed_7, %collapsed_8 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%37 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %39 = tensor.empty() : tensor<2x128x32xbf16>
    %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<2x128x32xf32>) outs(%39 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_9 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_9 : tensor<1x2x128x32xbf16>
  }
}
