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
    %c40_i64 = arith.constant 40 : i64
    %c0_i64 = arith.constant 0 : i64
    %c2_i64 = arith.constant 2 : i64
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
      %38 = arith.truncf %in : f32 to bf16
      linalg.yield %38 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %38 = arith.truncf %cst_2 : f64 to bf16
      %39 = arith.divf %in, %38 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x128x128xbf16>
    %8 = tensor.empty() : tensor<128xi64>
    %9 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%8 : tensor<128xi64>) {
    ^bb0(%out: i64):
      %38 = linalg.index 0 : index
      %39 = arith.index_cast %38 : index to i64
      linalg.yield %39 : i64
    } -> tensor<128xi64>
    %expanded_4 = tensor.expand_shape %9 [[0, 1]] output_shape [128, 1] : tensor<128xi64> into tensor<128x1xi64>
    %expanded_5 = tensor.expand_shape %9 [[0, 1]] output_shape [1, 128] : tensor<128xi64> into tensor<1x128xi64>
    %10 = tensor.empty() : tensor<128x128xi64>
    %11 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded_5 : tensor<128x1xi64>, tensor<1x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %in_10: i64, %out: i64):
      %38 = arith.subi %in, %in_10 : i64
      linalg.yield %38 : i64
    } -> tensor<128x128xi64>
    %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<128x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %out: i64):
      %38 = math.absi %in : i64
      linalg.yield %38 : i64
    } -> tensor<128x128xi64>
    %13 = tensor.empty() : tensor<128x128xi1>
    %14 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<128x128xi64>) outs(%13 : tensor<128x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %38 = arith.cmpi sgt, %in, %c40_i64 : i64
      linalg.yield %38 : i1
    } -> tensor<128x128xi1>
    %15 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<128x128xi64>) outs(%10 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %out: i64):
      %38 = arith.remsi %in, %c2_i64 : i64
      %39 = arith.cmpi ne, %38, %c0_i64 : i64
      %40 = arith.cmpi slt, %38, %c0_i64 : i64
      %41 = arith.andi %39, %40 : i1
      %42 = arith.addi %38, %c2_i64 : i64
      %43 = arith.select %41, %42, %38 : i64
      linalg.yield %43 : i64
    } -> tensor<128x128xi64>
    %16 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<128x128xi64>) outs(%13 : tensor<128x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %38 = arith.cmpi ne, %in, %c0_i64 : i64
      linalg.yield %38 : i1
    } -> tensor<128x128xi1>
    %17 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%14, %16 : tensor<128x128xi1>, tensor<128x128xi1>) outs(%13 : tensor<128x128xi1>) {
    ^bb0(%in: i1, %in_10: i1, %out: i1):
      %38 = arith.ori %in, %in_10 : i1
      linalg.yield %38 : i1
    } -> tensor<128x128xi1>
    %18 = linalg.generic {indexing_maps = [#map6, #map7, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_1, %7 : tensor<128x128xi1>, tensor<bf16>, tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_10: bf16, %in_11: bf16, %out: bf16):
      %38 = arith.select %in, %in_10, %in_11 : bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %19 = tensor.empty() : tensor<1x2x128x128xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x2x128x128xbf16>) outs(%19 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %38 = arith.extf %in : bf16 to f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %21 = tensor.empty() : tensor<1x2x128xi64>
    %22 = linalg.fill ins(%c0_i64 : i64) outs(%21 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %23 = tensor.empty() : tensor<1x2x128xf32>
    %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %25:2 = linalg.generic {indexing_maps = [#map1, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<1x2x128x128xf32>) outs(%24, %22 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_10: i64):
      %38 = linalg.index 3 : index
      %39 = arith.index_cast %38 : index to i64
      %40 = arith.maximumf %in, %out : f32
      %41 = arith.cmpf ogt, %in, %out : f32
      %42 = arith.select %41, %39, %out_10 : i64
      linalg.yield %40, %42 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_6 = tensor.expand_shape %25#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %26 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_6 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%19 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %38 = arith.subf %in, %in_10 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x128x128xf32>) outs(%19 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = math.exp %in : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %28 = tensor.empty() : tensor<1x2x128x1xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %30 = linalg.generic {indexing_maps = [#map1, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<1x2x128x128xf32>) outs(%29 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = arith.addf %in, %out : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x1xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %30 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%19 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_10: f32, %out: f32):
      %38 = arith.divf %in, %in_10 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %32 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x128x128xf32>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %38 = arith.truncf %in : f32 to bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_7 = tensor.collapse_shape %32 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_8 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %33 = tensor.empty() : tensor<2x128x32xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %35 = linalg.batch_matmul ins(%collapsed_7, %collapsed_8 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%34 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %36 = tensor.empty() : tensor<2x128x32xbf16>
    %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x128x32xf32>) outs(%36 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %38 = arith.truncf %in : f32 to bf16
      linalg.yield %38 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_9 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_9 : tensor<1x2x128x32xbf16>
  }
}
