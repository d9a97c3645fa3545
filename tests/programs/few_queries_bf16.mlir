// expect: fused
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1) -> (0, d1)>
#map7 = affine_map<(d0, d1) -> (d0, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x6x3x32xbf16>, %arg1: tensor<1x2x201x32xbf16>, %arg2: tensor<1x2x201x32xbf16>) -> tensor<1x6x3x32xbf16> {
    %c198_i64 = arith.constant 198 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x3x201x32xbf16>
    %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<1x2x201x32xbf16>) outs(%0 : tensor<1x2x3x201x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x3x201x32xbf16>
    %collapsed = tensor.collapse_shape %1 [[0], [1, 2], [3], [4]] : tensor<1x2x3x201x32xbf16> into tensor<1x6x201x32xbf16>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<1x2x201x32xbf16>) outs(%0 : tensor<1x2x3x201x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x3x201x32xbf16>
    %3 = tensor.empty() : tensor<3xi64>
    %4 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%3 : tensor<3xi64>) {
    ^bb0(%out: i64):
      %39 = linalg.index 0 : index
      %40 = arith.index_cast %39 : index to i64
      linalg.yield %40 : i64
    } -> tensor<3xi64>
    %expanded = tensor.expand_shape %4 [[0, 1]] output_shape [3, 1] : tensor<3xi64> into tensor<3x1xi64>
    %5 = tensor.empty() : tensor<3x1xi64>
    %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded : tensor<3x1xi64>) outs(%5 : tensor<3x1xi64>) {
    ^bb0(%in: i64, %out: i64):
      %39 = arith.addi %in, %c198_i64 : i64
      linalg.yield %39 : i64
    } -> tensor<3x1xi64>
    %7 = tensor.empty() : tensor<201xi64>
    %8 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%7 : tensor<201xi64>) {
    ^bb0(%out: i64):
      %39 = linalg.index 0 : index
      %40 = arith.index_cast %39 : index to i64
      linalg.yield %40 : i64
    } -> tensor<201xi64>
    %expanded_3 = tensor.expand_shape %8 [[0, 1]] output_shape [1, 201] : tensor<201xi64> into tensor<1x201xi64>
    %9 = tensor.empty() : tensor<1x6x32x201xbf16>
    %transposed = linalg.transpose ins(%collapsed : tensor<1x6x201x32xbf16>) outs(%9 : tensor<1x6x32x201xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_4 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x6x3x32xbf16> into tensor<6x3x32xbf16>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x6x32x201xbf16> into tensor<6x32x201xbf16>
    %10 = tensor.empty() : tensor<6x3x201xf32>
    %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<6x3x201xf32>) -> tensor<6x3x201xf32>
    %12 = linalg.batch_matmul ins(%collapsed_4, %collapsed_5 : tensor<6x3x32xbf16>, tensor<6x32x201xbf16>) outs(%11 : tensor<6x3x201xf32>) -> tensor<6x3x201xf32>
    %13 = tensor.empty() : tensor<6x3x201xbf16>
    %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<6x3x201xf32>) outs(%13 : tensor<6x3x201xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<6x3x201xbf16>
    %expanded_6 = tensor.expand_shape %14 [[0, 1], [2], [3]] output_shape [1, 6, 3, 201] : tensor<6x3x201xbf16> into tensor<1x6x3x201xbf16>
    %15 = tensor.empty() : tensor<1x6x3x201xbf16>
    %16 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<1x6x3x201xbf16>) outs(%15 : tensor<1x6x3x201xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %39 = arith.truncf %cst_2 : f64 to bf16
      %40 = arith.divf %in, %39 : bf16
      linalg.yield %40 : bf16
    } -> tensor<1x6x3x201xbf16>
    %17 = tensor.empty() : tensor<3x201xi1>
    %18 = linalg.generic {indexing_maps = [#map6, #map7, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded_3, %6 : tensor<1x201xi64>, tensor<3x1xi64>) outs(%17 : tensor<3x201xi1>) {
    ^bb0(%in: i64, %in_11: i64, %out: i1):
      %39 = arith.cmpi sgt, %in, %in_11 : i64
      linalg.yield %39 : i1
    } -> tensor<3x201xi1>
    %19 = linalg.generic {indexing_maps = [#map8, #map9, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %cst_1, %16 : tensor<3x201xi1>, tensor<bf16>, tensor<1x6x3x201xbf16>) outs(%15 : tensor<1x6x3x201xbf16>) {
    ^bb0(%in: i1, %in_11: bf16, %in_12: bf16, %out: bf16):
      %39 = arith.select %in, %in_11, %in_12 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x6x3x201xbf16>
    %20 = tensor.empty() : tensor<1x6x3x201xf32>
    %21 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x6x3x201xbf16>) outs(%20 : tensor<1x6x3x201xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %39 = arith.extf %in : bf16 to f32
      linalg.yield %39 : f32
    } -> tensor<1x6x3x201xf32>
    %22 = tensor.empty() : tensor<1x6x3xi64>
    %23 = linalg.fill ins(%c0_i64 : i64) outs(%22 : tensor<1x6x3xi64>) -> tensor<1x6x3xi64>
    %24 = tensor.empty() : tensor<1x6x3xf32>
    %25 = linalg.fill ins(%cst_0 : f32) outs(%24 : tensor<1x6x3xf32>) -> tensor<1x6x3xf32>
    %26:2 = linalg.generic {indexing_maps = [#map5, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%21 : tensor<1x6x3x201xf32>) outs(%25, %23 : tensor<1x6x3xf32>, tensor<1x6x3xi64>) {
    ^bb0(%in: f32, %out: f32, %out_11: i64):
      %39 = linalg.index 3 : index
      %40 = arith.index_cast %39 : index to i64
      %41 = arith.maximumf %in, %out : f32
      %42 = arith.cmpf ogt, %in, %out : f32
      %43 = arith.select %42, %40, %out_11 : i64
      linalg.yield %41, %43 : f32, i64
    } -> (tensor<1x6x3xf32>, tensor<1x6x3xi64>)
    %expanded_7 = tensor.expand_shape %26#0 [[0], [1], [2, 3]] output_shape [1, 6, 3, 1] : tensor<1x6x3xf32> into tensor<1x6x3x1xf32>
    %27 = linalg.generic {indexing_maps = [#map5, #map11, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_7 : tensor<1x6x3x201xf32>, tensor<1x6x3x1xf32>) outs(%20 : tensor<1x6x3x201xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %39 = arith.subf %in, %in_11 : f32
      linalg.yield %39 : f32
    } -> tensor<1x6x3x201xf32>
    %28 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<1x6x3x201xf32>) outs(%20 : tensor<1x6x3x201xf32>) {
    ^bb0(%in: f32, %out: f32):
      %39 = math.exp %in : f32
      linalg.yield %39 : f32
    } -> tensor<1x6x3x201xf32>
    %29 = tensor.empty() : tensor<1x6x3x1xf32>
    %30 = linalg.fill ins(%cst : f32) outs(%29 : tensor<1x6x3x1xf32>) -> tensor<1x6x3x1xf32>
    %31 = linalg.generic {indexing_maps = [#map5, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%28 : tensor<1x6x3x201xf32>) outs(%30 : tensor<1x6x3x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %39 = arith.addf %in, %out : f32
      linalg.yield %39 : f32
    } -> tensor<1x6x3x1xf32>
    %32 = linalg.generic {indexing_maps = [#map5, #map11, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %31 : tensor<1x6x3x201xf32>, tensor<1x6x3x1xf32>) outs(%20 : tensor<1x6x3x201xf32>) {
    ^bb0(%in: f32, %in_11: f32, %out: f32):
      %39 = arith.divf %in, %in_11 : f32
      linalg.yield %39 : f32
    } -> tensor<1x6x3x201xf32>
    %33 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32 : tensor<1x6x3x201xf32>) outs(%15 : tensor<1x6x3x201xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<1x6x3x201xbf16>
    %collapsed_8 = tensor.collapse_shape %33 [[0, 1], [2], [3]] : tensor<1x6x3x201xbf16> into tensor<6x3x201xbf16>
    %collapsed_9 = tensor.collapse_shape %2 [[0, 1, 2], [3], [4]] : tensor<1x2x3x201x32xbf16> into tensor<6x201x32xbf16>
    %34 = tensor.empty() : tensor<6x3x32xf32>
    %35 = linalg.fill ins(%cst : f32) outs(%34 : tensor<6x3x32xf32>) -> tensor<6x3x32xf32>
    %36 = linalg.batch_matmul ins(%collapsed_8, %collapsed_9 : tensor<6x3x201xbf16>, tensor<6x201x32xbf16>) outs(%35 : tensor<6x3x32xf32>) -> tensor<6x3x32xf32>
    %37 = tensor.empty() : tensor<6x3x32xbf16>
    %38 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<6x3x32xf32>) outs(%37 : tensor<6x3x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %39 = arith.truncf %in : f32 to bf16
      linalg.yield %39 : bf16
    } -> tensor<6x3x32xbf16>
    %expanded_10 = tensor.expand_shape %38 [[0, 1], [2], [3]] output_shape [1, 6, 3, 32] : tensor<6x3x32xbf16> into tensor<1x6x3x32xbf16>
    return %expanded_10 : tensor<1x6x3x32xbf16>
  }
}

