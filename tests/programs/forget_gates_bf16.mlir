// expect: fused
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0) -> ()>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (0, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>, %arg3: tensor<128xbf16>) -> tensor<1x2x128x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<true> : tensor<128x128xi1>
    %cst_3 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_4 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg3 : tensor<128xbf16>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %48 = arith.extf %in : bf16 to f32
      linalg.yield %48 : f32
    } -> tensor<128xf32>
    %2 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel"]} ins(%cst_3, %1 : tensor<f32>, tensor<128xf32>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %48 = arith.cmpf olt, %in, %in_14 : f32
      %49 = arith.select %48, %in, %in_14 : f32
      linalg.yield %49 : f32
    } -> tensor<128xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<128xf32>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.absf %in : f32
      linalg.yield %48 : f32
    } -> tensor<128xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%3 : tensor<128xf32>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.negf %in : f32
      linalg.yield %48 : f32
    } -> tensor<128xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<128xf32>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.exp %in : f32
      linalg.yield %48 : f32
    } -> tensor<128xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%5 : tensor<128xf32>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.log1p %in : f32
      linalg.yield %48 : f32
    } -> tensor<128xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%2, %6 : tensor<128xf32>, tensor<128xf32>) outs(%0 : tensor<128xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %48 = arith.subf %in, %in_14 : f32
      linalg.yield %48 : f32
    } -> tensor<128xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%0 : tensor<128xf32>) -> tensor<128xf32>
    %9 = tensor.empty() : tensor<f32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<f32>) -> tensor<f32>
    %11:2 = tm_tensor.scan dimension(0) inclusive(true) ins(%7 : tensor<128xf32>) outs(%8, %10 : tensor<128xf32>, tensor<f32>) {
    ^bb0(%arg4: f32, %arg5: f32):
      %48 = arith.addf %arg4, %arg5 : f32
      tm_tensor.yield %48 : f32
    } -> tensor<128xf32>, tensor<f32>
    %12 = tensor.empty() : tensor<128xi64>
    %13 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%12 : tensor<128xi64>) {
    ^bb0(%out: i64):
      %48 = linalg.index 0 : index
      %49 = arith.index_cast %48 : index to i64
      linalg.yield %49 : i64
    } -> tensor<128xi64>
    %expanded = tensor.expand_shape %13 [[0, 1]] output_shape [1, 128] : tensor<128xi64> into tensor<1x128xi64>
    %expanded_5 = tensor.expand_shape %13 [[0, 1]] output_shape [128, 1] : tensor<128xi64> into tensor<128x1xi64>
    %14 = tensor.empty() : tensor<128x128xi64>
    %15 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_5 : tensor<1x128xi64>, tensor<128x1xi64>) outs(%14 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %in_14: i64, %out: i64):
      %48 = arith.subi %in, %in_14 : i64
      linalg.yield %48 : i64
    } -> tensor<128x128xi64>
    %16 = tensor.empty() : tensor<128x128xi1>
    %17 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<128x128xi64>) outs(%16 : tensor<128x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %48 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %48 : i1
    } -> tensor<128x128xi1>
    %18 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%17, %cst_2 : tensor<128x128xi1>, tensor<128x128xi1>) outs(%16 : tensor<128x128xi1>) {
    ^bb0(%in: i1, %in_14: i1, %out: i1):
      %48 = arith.andi %in, %in_14 : i1
      linalg.yield %48 : i1
    } -> tensor<128x128xi1>
    %19 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%19 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %20 = tensor.empty() : tensor<2x128x128xf32>
    %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %22 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%21 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %23 = tensor.empty() : tensor<2x128x128xbf16>
    %24 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x128x128xf32>) outs(%23 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %48 = arith.truncf %in : f32 to bf16
      linalg.yield %48 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded_7 = tensor.expand_shape %24 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %25 = tensor.empty() : tensor<1x2x128x128xbf16>
    %26 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<1x2x128x128xbf16>) outs(%25 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %48 = arith.truncf %cst_4 : f64 to bf16
      %49 = arith.divf %in, %48 : bf16
      linalg.yield %49 : bf16
    } -> tensor<1x2x128x128xbf16>
    %expanded_8 = tensor.expand_shape %11#0 [[0, 1]] output_shape [128, 1] : tensor<128xf32> into tensor<128x1xf32>
    %27 = tensor.empty() : tensor<1x2x128x128xf32>
    %28 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %expanded_8 : tensor<1x2x128x128xbf16>, tensor<128x1xf32>) outs(%27 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %in_14: f32, %out: f32):
      %48 = arith.extf %in : bf16 to f32
      %49 = arith.addf %48, %in_14 : f32
      linalg.yield %49 : f32
    } -> tensor<1x2x128x128xf32>
    %expanded_9 = tensor.expand_shape %11#0 [[0, 1]] output_shape [1, 128] : tensor<128xf32> into tensor<1x128xf32>
    %29 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %expanded_9 : tensor<1x2x128x128xf32>, tensor<1x128xf32>) outs(%27 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %48 = arith.subf %in, %in_14 : f32
      linalg.yield %48 : f32
    } -> tensor<1x2x128x128xf32>
    %30 = linalg.generic {indexing_maps = [#map9, #map10, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %cst_1, %29 : tensor<128x128xi1>, tensor<f32>, tensor<1x2x128x128xf32>) outs(%27 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: i1, %in_14: f32, %in_15: f32, %out: f32):
      %48 = arith.select %in, %in_14, %in_15 : f32
      linalg.yield %48 : f32
    } -> tensor<1x2x128x128xf32>
    %31 = tensor.empty() : tensor<1x2x128xi64>
    %32 = linalg.fill ins(%c0_i64 : i64) outs(%31 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %33 = tensor.empty() : tensor<1x2x128xf32>
    %34 = linalg.fill ins(%cst_0 : f32) outs(%33 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %35:2 = linalg.generic {indexing_maps = [#map6, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%30 : tensor<1x2x128x128xf32>) outs(%34, %32 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_14: i64):
      %48 = linalg.index 3 : index
      %49 = arith.index_cast %48 : index to i64
      %50 = arith.maximumf %in, %out : f32
      %51 = arith.cmpf ogt, %in, %out : f32
      %52 = arith.select %51, %49, %out_14 : i64
      linalg.yield %50, %52 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_10 = tensor.expand_shape %35#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %36 = linalg.generic {indexing_maps = [#map6, #map12, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %expanded_10 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%27 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %48 = arith.subf %in, %in_14 : f32
      linalg.yield %48 : f32
    } -> tensor<1x2x128x128xf32>
    %37 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x128x128xf32>) outs(%27 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.exp %in : f32
      linalg.yield %48 : f32
    } -> tensor<1x2x128x128xf32>
    %38 = tensor.empty() : tensor<1x2x128x1xf32>
    %39 = linalg.fill ins(%cst : f32) outs(%38 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %40 = linalg.generic {indexing_maps = [#map6, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%37 : tensor<1x2x128x128xf32>) outs(%39 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.addf %in, %out : f32
      linalg.yield %48 : f32
    } -> tensor<1x2x128x1xf32>
    %41 = linalg.generic {indexing_maps = [#map6, #map12, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37, %40 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%27 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %48 = arith.divf %in, %in_14 : f32
      linalg.yield %48 : f32
    } -> tensor<1x2x128x128xf32>
    %42 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41 : tensor<1x2x128x128xf32>) outs(%25 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %48 = arith.truncf %in : f32 to bf16
      linalg.yield %48 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_11 = tensor.collapse_shape %42 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_12 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %43 = tensor.empty() : tensor<2x128x32xf32>
    %44 = linalg.fill ins(%cst : f32) outs(%43 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %45 = linalg.batch_matmul ins(%collapsed_11, %collapsed_12 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%44 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %46 = tensor.empty() : tensor<2x128x32xbf16>
    %47 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45 : tensor<2x128x32xf32>) outs(%46 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %48 = arith.truncf %in : f32 to bf16
      linalg.yield %48 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_13 = tensor.expand_shape %47 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_13 : tensor<1x2x128x32xbf16>
  }
}

