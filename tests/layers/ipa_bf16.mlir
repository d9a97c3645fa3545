#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
#map6 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, 0, d2, d3, d4)>
#map9 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>
#map11 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map12 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map14 = affine_map<(d0, d1) -> (d0, 0)>
module {
  func.func @main(%arg0: tensor<40x64xbf16>, %arg1: tensor<40x40x32xbf16>, %arg2: tensor<40x3x3xbf16>, %arg3: tensor<40x3xbf16>, %arg4: tensor<4xbf16>, %arg5: tensor<64x64xbf16>, %arg6: tensor<64xbf16>, %arg7: tensor<64x64xbf16>, %arg8: tensor<64xbf16>, %arg9: tensor<64x64xbf16>, %arg10: tensor<64xbf16>, %arg11: tensor<48x64xbf16>, %arg12: tensor<48xbf16>, %arg13: tensor<48x64xbf16>, %arg14: tensor<48xbf16>, %arg15: tensor<96x64xbf16>, %arg16: tensor<96xbf16>, %arg17: tensor<4x32xbf16>, %arg18: tensor<4xbf16>, %arg19: tensor<64x192xbf16>, %arg20: tensor<64xbf16>, %arg21: tensor<64xbf16>, %arg22: tensor<64xbf16>) -> tensor<40x64xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : f64
    %cst_2 = arith.constant 1.000000e-05 : f64
    %cst_3 = arith.constant 1.000000e-08 : f64
    %cst_4 = arith.constant 0.06804138174397717 : f64
    %cst_5 = arith.constant 0.57735026918962573 : f64
    %cst_6 = arith.constant 0.14433756729740643 : f64
    %cst_7 = arith.constant 2.000000e+01 : f32
    %cst_8 = arith.constant 6.400000e+01 : f64
    %cst_9 = arith.constant 6.400000e+01 : f32
    %0 = tensor.empty() : tensor<64x64xbf16>
    %transposed = linalg.transpose ins(%arg5 : tensor<64x64xbf16>) outs(%0 : tensor<64x64xbf16>) permutation = [1, 0] 
    %1 = tensor.empty() : tensor<64xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg6 : tensor<64xbf16>) outs(%1 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64xf32>
    %3 = tensor.empty() : tensor<40x64xf32>
    %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<40x64xbf16>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %5 = tensor.empty() : tensor<64x64xf32>
    %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<64x64xbf16>) outs(%5 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64x64xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%3 : tensor<40x64xf32>) -> tensor<40x64xf32>
    %8 = linalg.matmul ins(%4, %6 : tensor<40x64xf32>, tensor<64x64xf32>) outs(%7 : tensor<40x64xf32>) -> tensor<40x64xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%8, %2 : tensor<40x64xf32>, tensor<64xf32>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %10 = tensor.empty() : tensor<40x64xbf16>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<40x64xf32>) outs(%10 : tensor<40x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x64xbf16>
    %expanded = tensor.expand_shape %11 [[0], [1, 2]] output_shape [40, 4, 16] : tensor<40x64xbf16> into tensor<40x4x16xbf16>
    %12 = tensor.empty() : tensor<4x40x16xbf16>
    %transposed_10 = linalg.transpose ins(%expanded : tensor<40x4x16xbf16>) outs(%12 : tensor<4x40x16xbf16>) permutation = [1, 0, 2] 
    %transposed_11 = linalg.transpose ins(%arg7 : tensor<64x64xbf16>) outs(%0 : tensor<64x64xbf16>) permutation = [1, 0] 
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg8 : tensor<64xbf16>) outs(%1 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64xf32>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_11 : tensor<64x64xbf16>) outs(%5 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64x64xf32>
    %15 = linalg.matmul ins(%4, %14 : tensor<40x64xf32>, tensor<64x64xf32>) outs(%7 : tensor<40x64xf32>) -> tensor<40x64xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%15, %13 : tensor<40x64xf32>, tensor<64xf32>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<40x64xf32>) outs(%10 : tensor<40x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x64xbf16>
    %expanded_12 = tensor.expand_shape %17 [[0], [1, 2]] output_shape [40, 4, 16] : tensor<40x64xbf16> into tensor<40x4x16xbf16>
    %transposed_13 = linalg.transpose ins(%arg9 : tensor<64x64xbf16>) outs(%0 : tensor<64x64xbf16>) permutation = [1, 0] 
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg10 : tensor<64xbf16>) outs(%1 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_13 : tensor<64x64xbf16>) outs(%5 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64x64xf32>
    %20 = linalg.matmul ins(%4, %19 : tensor<40x64xf32>, tensor<64x64xf32>) outs(%7 : tensor<40x64xf32>) -> tensor<40x64xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%20, %18 : tensor<40x64xf32>, tensor<64xf32>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%21 : tensor<40x64xf32>) outs(%10 : tensor<40x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x64xbf16>
    %expanded_14 = tensor.expand_shape %22 [[0], [1, 2]] output_shape [40, 4, 16] : tensor<40x64xbf16> into tensor<40x4x16xbf16>
    %transposed_15 = linalg.transpose ins(%expanded_14 : tensor<40x4x16xbf16>) outs(%12 : tensor<4x40x16xbf16>) permutation = [1, 0, 2] 
    %23 = tensor.empty() : tensor<64x48xbf16>
    %transposed_16 = linalg.transpose ins(%arg11 : tensor<48x64xbf16>) outs(%23 : tensor<64x48xbf16>) permutation = [1, 0] 
    %24 = tensor.empty() : tensor<48xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg12 : tensor<48xbf16>) outs(%24 : tensor<48xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<48xf32>
    %26 = tensor.empty() : tensor<64x48xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_16 : tensor<64x48xbf16>) outs(%26 : tensor<64x48xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64x48xf32>
    %28 = tensor.empty() : tensor<40x48xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<40x48xf32>) -> tensor<40x48xf32>
    %30 = linalg.matmul ins(%4, %27 : tensor<40x64xf32>, tensor<64x48xf32>) outs(%29 : tensor<40x48xf32>) -> tensor<40x48xf32>
    %31 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%30, %25 : tensor<40x48xf32>, tensor<48xf32>) outs(%28 : tensor<40x48xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x48xf32>
    %32 = tensor.empty() : tensor<40x48xbf16>
    %33 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%31 : tensor<40x48xf32>) outs(%32 : tensor<40x48xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x48xbf16>
    %expanded_17 = tensor.expand_shape %arg2 [[0], [1], [2, 3, 4]] output_shape [40, 3, 3, 1, 1] : tensor<40x3x3xbf16> into tensor<40x3x3x1x1xbf16>
    %expanded_18 = tensor.expand_shape %33 [[0], [1, 2]] output_shape [40, 16, 3] : tensor<40x48xbf16> into tensor<40x16x3xbf16>
    %34 = tensor.empty() : tensor<40x3x3x1x1xbf16>
    %transposed_19 = linalg.transpose ins(%expanded_17 : tensor<40x3x3x1x1xbf16>) outs(%34 : tensor<40x3x3x1x1xbf16>) permutation = [0, 2, 1, 3, 4] 
    %collapsed = tensor.collapse_shape %transposed_19 [[0], [1], [2, 3, 4]] : tensor<40x3x3x1x1xbf16> into tensor<40x3x3xbf16>
    %35 = tensor.empty() : tensor<40x16x3xf32>
    %36 = linalg.fill ins(%cst : f32) outs(%35 : tensor<40x16x3xf32>) -> tensor<40x16x3xf32>
    %37 = linalg.batch_matmul ins(%expanded_18, %collapsed : tensor<40x16x3xbf16>, tensor<40x3x3xbf16>) outs(%36 : tensor<40x16x3xf32>) -> tensor<40x16x3xf32>
    %38 = tensor.empty() : tensor<40x16x3xbf16>
    %39 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37 : tensor<40x16x3xf32>) outs(%38 : tensor<40x16x3xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x16x3xbf16>
    %expanded_20 = tensor.expand_shape %39 [[0], [1, 2], [3, 4]] output_shape [40, 4, 4, 1, 3] : tensor<40x16x3xbf16> into tensor<40x4x4x1x3xbf16>
    %40 = tensor.empty() : tensor<40x4x4x3x1xbf16>
    %transposed_21 = linalg.transpose ins(%expanded_20 : tensor<40x4x4x1x3xbf16>) outs(%40 : tensor<40x4x4x3x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    %collapsed_22 = tensor.collapse_shape %transposed_21 [[0], [1], [2], [3, 4]] : tensor<40x4x4x3x1xbf16> into tensor<40x4x4x3xbf16>
    %expanded_23 = tensor.expand_shape %arg3 [[0], [1, 2, 3]] output_shape [40, 1, 1, 3] : tensor<40x3xbf16> into tensor<40x1x1x3xbf16>
    %41 = tensor.empty() : tensor<40x4x4x3xbf16>
    %42 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_22, %expanded_23 : tensor<40x4x4x3xbf16>, tensor<40x1x1x3xbf16>) outs(%41 : tensor<40x4x4x3xbf16>) {
    ^bb0(%in: bf16, %in_58: bf16, %out: bf16):
      %180 = arith.addf %in, %in_58 : bf16
      linalg.yield %180 : bf16
    } -> tensor<40x4x4x3xbf16>
    %43 = tensor.empty() : tensor<4x40x4x3xbf16>
    %transposed_24 = linalg.transpose ins(%42 : tensor<40x4x4x3xbf16>) outs(%43 : tensor<4x40x4x3xbf16>) permutation = [1, 0, 2, 3] 
    %transposed_25 = linalg.transpose ins(%arg13 : tensor<48x64xbf16>) outs(%23 : tensor<64x48xbf16>) permutation = [1, 0] 
    %44 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg14 : tensor<48xbf16>) outs(%24 : tensor<48xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<48xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_25 : tensor<64x48xbf16>) outs(%26 : tensor<64x48xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64x48xf32>
    %46 = linalg.matmul ins(%4, %45 : tensor<40x64xf32>, tensor<64x48xf32>) outs(%29 : tensor<40x48xf32>) -> tensor<40x48xf32>
    %47 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%46, %44 : tensor<40x48xf32>, tensor<48xf32>) outs(%28 : tensor<40x48xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x48xf32>
    %48 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%47 : tensor<40x48xf32>) outs(%32 : tensor<40x48xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x48xbf16>
    %expanded_26 = tensor.expand_shape %48 [[0], [1, 2]] output_shape [40, 16, 3] : tensor<40x48xbf16> into tensor<40x16x3xbf16>
    %49 = linalg.batch_matmul ins(%expanded_26, %collapsed : tensor<40x16x3xbf16>, tensor<40x3x3xbf16>) outs(%36 : tensor<40x16x3xf32>) -> tensor<40x16x3xf32>
    %50 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<40x16x3xf32>) outs(%38 : tensor<40x16x3xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x16x3xbf16>
    %expanded_27 = tensor.expand_shape %50 [[0], [1, 2], [3, 4]] output_shape [40, 4, 4, 1, 3] : tensor<40x16x3xbf16> into tensor<40x4x4x1x3xbf16>
    %transposed_28 = linalg.transpose ins(%expanded_27 : tensor<40x4x4x1x3xbf16>) outs(%40 : tensor<40x4x4x3x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    %collapsed_29 = tensor.collapse_shape %transposed_28 [[0], [1], [2], [3, 4]] : tensor<40x4x4x3x1xbf16> into tensor<40x4x4x3xbf16>
    %51 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_29, %expanded_23 : tensor<40x4x4x3xbf16>, tensor<40x1x1x3xbf16>) outs(%41 : tensor<40x4x4x3xbf16>) {
    ^bb0(%in: bf16, %in_58: bf16, %out: bf16):
      %180 = arith.addf %in, %in_58 : bf16
      linalg.yield %180 : bf16
    } -> tensor<40x4x4x3xbf16>
    %transposed_30 = linalg.transpose ins(%51 : tensor<40x4x4x3xbf16>) outs(%43 : tensor<4x40x4x3xbf16>) permutation = [1, 0, 2, 3] 
    %52 = tensor.empty() : tensor<64x96xbf16>
    %transposed_31 = linalg.transpose ins(%arg15 : tensor<96x64xbf16>) outs(%52 : tensor<64x96xbf16>) permutation = [1, 0] 
    %53 = tensor.empty() : tensor<96xf32>
    %54 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg16 : tensor<96xbf16>) outs(%53 : tensor<96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<96xf32>
    %55 = tensor.empty() : tensor<64x96xf32>
    %56 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_31 : tensor<64x96xbf16>) outs(%55 : tensor<64x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64x96xf32>
    %57 = tensor.empty() : tensor<40x96xf32>
    %58 = linalg.fill ins(%cst : f32) outs(%57 : tensor<40x96xf32>) -> tensor<40x96xf32>
    %59 = linalg.matmul ins(%4, %56 : tensor<40x64xf32>, tensor<64x96xf32>) outs(%58 : tensor<40x96xf32>) -> tensor<40x96xf32>
    %60 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%59, %54 : tensor<40x96xf32>, tensor<96xf32>) outs(%57 : tensor<40x96xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x96xf32>
    %61 = tensor.empty() : tensor<40x96xbf16>
    %62 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%60 : tensor<40x96xf32>) outs(%61 : tensor<40x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x96xbf16>
    %expanded_32 = tensor.expand_shape %62 [[0], [1, 2]] output_shape [40, 32, 3] : tensor<40x96xbf16> into tensor<40x32x3xbf16>
    %63 = tensor.empty() : tensor<40x32x3xf32>
    %64 = linalg.fill ins(%cst : f32) outs(%63 : tensor<40x32x3xf32>) -> tensor<40x32x3xf32>
    %65 = linalg.batch_matmul ins(%expanded_32, %collapsed : tensor<40x32x3xbf16>, tensor<40x3x3xbf16>) outs(%64 : tensor<40x32x3xf32>) -> tensor<40x32x3xf32>
    %66 = tensor.empty() : tensor<40x32x3xbf16>
    %67 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65 : tensor<40x32x3xf32>) outs(%66 : tensor<40x32x3xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x32x3xbf16>
    %expanded_33 = tensor.expand_shape %67 [[0], [1, 2], [3, 4]] output_shape [40, 4, 8, 1, 3] : tensor<40x32x3xbf16> into tensor<40x4x8x1x3xbf16>
    %68 = tensor.empty() : tensor<40x4x8x3x1xbf16>
    %transposed_34 = linalg.transpose ins(%expanded_33 : tensor<40x4x8x1x3xbf16>) outs(%68 : tensor<40x4x8x3x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    %collapsed_35 = tensor.collapse_shape %transposed_34 [[0], [1], [2], [3, 4]] : tensor<40x4x8x3x1xbf16> into tensor<40x4x8x3xbf16>
    %69 = tensor.empty() : tensor<40x4x8x3xbf16>
    %70 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_35, %expanded_23 : tensor<40x4x8x3xbf16>, tensor<40x1x1x3xbf16>) outs(%69 : tensor<40x4x8x3xbf16>) {
    ^bb0(%in: bf16, %in_58: bf16, %out: bf16):
      %180 = arith.addf %in, %in_58 : bf16
      linalg.yield %180 : bf16
    } -> tensor<40x4x8x3xbf16>
    %71 = tensor.empty() : tensor<4x40x8x3xbf16>
    %transposed_36 = linalg.transpose ins(%70 : tensor<40x4x8x3xbf16>) outs(%71 : tensor<4x40x8x3xbf16>) permutation = [1, 0, 2, 3] 
    %72 = tensor.empty() : tensor<4x16x40xbf16>
    %transposed_37 = linalg.transpose ins(%expanded_12 : tensor<40x4x16xbf16>) outs(%72 : tensor<4x16x40xbf16>) permutation = [1, 2, 0] 
    %73 = tensor.empty() : tensor<4x40x40xf32>
    %74 = linalg.fill ins(%cst : f32) outs(%73 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %75 = linalg.batch_matmul ins(%transposed_10, %transposed_37 : tensor<4x40x16xbf16>, tensor<4x16x40xbf16>) outs(%74 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %76 = tensor.empty() : tensor<4x40x40xbf16>
    %77 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%75 : tensor<4x40x40xf32>) outs(%76 : tensor<4x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<4x40x40xbf16>
    %78 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77 : tensor<4x40x40xbf16>) outs(%76 : tensor<4x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %180 = arith.truncf %cst_6 : f64 to bf16
      %181 = arith.mulf %in, %180 : bf16
      linalg.yield %181 : bf16
    } -> tensor<4x40x40xbf16>
    %collapsed_38 = tensor.collapse_shape %arg1 [[0, 1], [2]] : tensor<40x40x32xbf16> into tensor<1600x32xbf16>
    %79 = tensor.empty() : tensor<32x4xbf16>
    %transposed_39 = linalg.transpose ins(%arg17 : tensor<4x32xbf16>) outs(%79 : tensor<32x4xbf16>) permutation = [1, 0] 
    %80 = tensor.empty() : tensor<4xf32>
    %81 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg18 : tensor<4xbf16>) outs(%80 : tensor<4xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<4xf32>
    %82 = tensor.empty() : tensor<1600x32xf32>
    %83 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed_38 : tensor<1600x32xbf16>) outs(%82 : tensor<1600x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<1600x32xf32>
    %84 = tensor.empty() : tensor<32x4xf32>
    %85 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_39 : tensor<32x4xbf16>) outs(%84 : tensor<32x4xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<32x4xf32>
    %86 = tensor.empty() : tensor<1600x4xf32>
    %87 = linalg.fill ins(%cst : f32) outs(%86 : tensor<1600x4xf32>) -> tensor<1600x4xf32>
    %88 = linalg.matmul ins(%83, %85 : tensor<1600x32xf32>, tensor<32x4xf32>) outs(%87 : tensor<1600x4xf32>) -> tensor<1600x4xf32>
    %89 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%88, %81 : tensor<1600x4xf32>, tensor<4xf32>) outs(%86 : tensor<1600x4xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<1600x4xf32>
    %90 = tensor.empty() : tensor<1600x4xbf16>
    %91 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%89 : tensor<1600x4xf32>) outs(%90 : tensor<1600x4xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<1600x4xbf16>
    %expanded_40 = tensor.expand_shape %91 [[0, 1], [2]] output_shape [40, 40, 4] : tensor<1600x4xbf16> into tensor<40x40x4xbf16>
    %transposed_41 = linalg.transpose ins(%expanded_40 : tensor<40x40x4xbf16>) outs(%76 : tensor<4x40x40xbf16>) permutation = [2, 0, 1] 
    %92 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_41 : tensor<4x40x40xbf16>) outs(%76 : tensor<4x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %180 = arith.truncf %cst_5 : f64 to bf16
      %181 = arith.mulf %in, %180 : bf16
      linalg.yield %181 : bf16
    } -> tensor<4x40x40xbf16>
    %93 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78, %92 : tensor<4x40x40xbf16>, tensor<4x40x40xbf16>) outs(%76 : tensor<4x40x40xbf16>) {
    ^bb0(%in: bf16, %in_58: bf16, %out: bf16):
      %180 = arith.addf %in, %in_58 : bf16
      linalg.yield %180 : bf16
    } -> tensor<4x40x40xbf16>
    %expanded_42 = tensor.expand_shape %transposed_24 [[0], [1], [2, 3], [4]] output_shape [4, 40, 1, 4, 3] : tensor<4x40x4x3xbf16> into tensor<4x40x1x4x3xbf16>
    %94 = tensor.empty() : tensor<4x40x1x4x3xf32>
    %95 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_42 : tensor<4x40x1x4x3xbf16>) outs(%94 : tensor<4x40x1x4x3xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<4x40x1x4x3xf32>
    %expanded_43 = tensor.expand_shape %transposed_30 [[0], [1, 2], [3], [4]] output_shape [4, 1, 40, 4, 3] : tensor<4x40x4x3xbf16> into tensor<4x1x40x4x3xbf16>
    %96 = tensor.empty() : tensor<4x1x40x4x3xf32>
    %97 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_43 : tensor<4x1x40x4x3xbf16>) outs(%96 : tensor<4x1x40x4x3xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<4x1x40x4x3xf32>
    %98 = tensor.empty() : tensor<4x40x40x4x3xf32>
    %99 = linalg.generic {indexing_maps = [#map7, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%95, %97 : tensor<4x40x1x4x3xf32>, tensor<4x1x40x4x3xf32>) outs(%98 : tensor<4x40x40x4x3xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.subf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40x4x3xf32>
    %100 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%99 : tensor<4x40x40x4x3xf32>) outs(%98 : tensor<4x40x40x4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %180 : f32
    } -> tensor<4x40x40x4x3xf32>
    %101 = linalg.generic {indexing_maps = [#map6, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%100 : tensor<4x40x40x4x3xf32>) outs(%74 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.addf %in, %out : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %102 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%93 : tensor<4x40x40xbf16>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %103 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<4xbf16>) outs(%80 : tensor<4xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<4xf32>
    %104 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%103 : tensor<4xf32>) outs(%80 : tensor<4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.exp %in : f32
      linalg.yield %180 : f32
    } -> tensor<4xf32>
    %105 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%104 : tensor<4xf32>) outs(%80 : tensor<4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.log1p %in : f32
      linalg.yield %180 : f32
    } -> tensor<4xf32>
    %106 = tensor.empty() : tensor<4xi1>
    %107 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%103 : tensor<4xf32>) outs(%106 : tensor<4xi1>) {
    ^bb0(%in: f32, %out: i1):
      %180 = arith.cmpf ogt, %in, %cst_7 : f32
      linalg.yield %180 : i1
    } -> tensor<4xi1>
    %108 = linalg.generic {indexing_maps = [#map, #map, #map, #map], iterator_types = ["parallel"]} ins(%107, %103, %105 : tensor<4xi1>, tensor<4xf32>, tensor<4xf32>) outs(%80 : tensor<4xf32>) {
    ^bb0(%in: i1, %in_58: f32, %in_59: f32, %out: f32):
      %180 = arith.select %in, %in_58, %in_59 : f32
      linalg.yield %180 : f32
    } -> tensor<4xf32>
    %expanded_44 = tensor.expand_shape %108 [[0, 1, 2]] output_shape [4, 1, 1] : tensor<4xf32> into tensor<4x1x1xf32>
    %109 = linalg.generic {indexing_maps = [#map10, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_44, %101 : tensor<4x1x1xf32>, tensor<4x40x40xf32>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.mulf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %110 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%109 : tensor<4x40x40xf32>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.truncf %cst_4 : f64 to f32
      %181 = arith.mulf %in, %180 : f32
      linalg.yield %181 : f32
    } -> tensor<4x40x40xf32>
    %111 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%102, %110 : tensor<4x40x40xf32>, tensor<4x40x40xf32>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.subf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %112 = tensor.empty() : tensor<4x40xi64>
    %113 = linalg.fill ins(%c0_i64 : i64) outs(%112 : tensor<4x40xi64>) -> tensor<4x40xi64>
    %114 = tensor.empty() : tensor<4x40xf32>
    %115 = linalg.fill ins(%cst_0 : f32) outs(%114 : tensor<4x40xf32>) -> tensor<4x40xf32>
    %116:2 = linalg.generic {indexing_maps = [#map3, #map11, #map11], iterator_types = ["parallel", "parallel", "reduction"]} ins(%111 : tensor<4x40x40xf32>) outs(%115, %113 : tensor<4x40xf32>, tensor<4x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_58: i64):
      %180 = linalg.index 2 : index
      %181 = arith.index_cast %180 : index to i64
      %182 = arith.maximumf %in, %out : f32
      %183 = arith.cmpf ogt, %in, %out : f32
      %184 = arith.select %183, %181, %out_58 : i64
      linalg.yield %182, %184 : f32, i64
    } -> (tensor<4x40xf32>, tensor<4x40xi64>)
    %expanded_45 = tensor.expand_shape %116#0 [[0], [1, 2]] output_shape [4, 40, 1] : tensor<4x40xf32> into tensor<4x40x1xf32>
    %117 = linalg.generic {indexing_maps = [#map3, #map12, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%111, %expanded_45 : tensor<4x40x40xf32>, tensor<4x40x1xf32>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.subf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %118 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%117 : tensor<4x40x40xf32>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.exp %in : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %119 = tensor.empty() : tensor<4x40x1xf32>
    %120 = linalg.fill ins(%cst : f32) outs(%119 : tensor<4x40x1xf32>) -> tensor<4x40x1xf32>
    %121 = linalg.generic {indexing_maps = [#map3, #map12], iterator_types = ["parallel", "parallel", "reduction"]} ins(%118 : tensor<4x40x40xf32>) outs(%120 : tensor<4x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.addf %in, %out : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x1xf32>
    %122 = linalg.generic {indexing_maps = [#map3, #map12, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%118, %121 : tensor<4x40x40xf32>, tensor<4x40x1xf32>) outs(%73 : tensor<4x40x40xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.divf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<4x40x40xf32>
    %123 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%122 : tensor<4x40x40xf32>) outs(%76 : tensor<4x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<4x40x40xbf16>
    %124 = tensor.empty() : tensor<4x40x16xf32>
    %125 = linalg.fill ins(%cst : f32) outs(%124 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %126 = linalg.batch_matmul ins(%123, %transposed_15 : tensor<4x40x40xbf16>, tensor<4x40x16xbf16>) outs(%125 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %127 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%126 : tensor<4x40x16xf32>) outs(%12 : tensor<4x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<4x40x16xbf16>
    %128 = tensor.empty() : tensor<40x4x16xbf16>
    %transposed_46 = linalg.transpose ins(%127 : tensor<4x40x16xbf16>) outs(%128 : tensor<40x4x16xbf16>) permutation = [1, 0, 2] 
    %collapsed_47 = tensor.collapse_shape %transposed_46 [[0], [1, 2]] : tensor<40x4x16xbf16> into tensor<40x64xbf16>
    %collapsed_48 = tensor.collapse_shape %transposed_36 [[0], [1], [2, 3]] : tensor<4x40x8x3xbf16> into tensor<4x40x24xbf16>
    %129 = tensor.empty() : tensor<4x40x24xf32>
    %130 = linalg.fill ins(%cst : f32) outs(%129 : tensor<4x40x24xf32>) -> tensor<4x40x24xf32>
    %131 = linalg.batch_matmul ins(%123, %collapsed_48 : tensor<4x40x40xbf16>, tensor<4x40x24xbf16>) outs(%130 : tensor<4x40x24xf32>) -> tensor<4x40x24xf32>
    %132 = tensor.empty() : tensor<4x40x24xbf16>
    %133 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%131 : tensor<4x40x24xf32>) outs(%132 : tensor<4x40x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<4x40x24xbf16>
    %expanded_49 = tensor.expand_shape %133 [[0], [1], [2, 3]] output_shape [4, 40, 8, 3] : tensor<4x40x24xbf16> into tensor<4x40x8x3xbf16>
    %transposed_50 = linalg.transpose ins(%expanded_49 : tensor<4x40x8x3xbf16>) outs(%69 : tensor<40x4x8x3xbf16>) permutation = [1, 0, 2, 3] 
    %134 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_50, %expanded_23 : tensor<40x4x8x3xbf16>, tensor<40x1x1x3xbf16>) outs(%69 : tensor<40x4x8x3xbf16>) {
    ^bb0(%in: bf16, %in_58: bf16, %out: bf16):
      %180 = arith.subf %in, %in_58 : bf16
      linalg.yield %180 : bf16
    } -> tensor<40x4x8x3xbf16>
    %collapsed_51 = tensor.collapse_shape %134 [[0], [1, 2], [3]] : tensor<40x4x8x3xbf16> into tensor<40x32x3xbf16>
    %135 = linalg.batch_matmul ins(%collapsed_51, %arg2 : tensor<40x32x3xbf16>, tensor<40x3x3xbf16>) outs(%64 : tensor<40x32x3xf32>) -> tensor<40x32x3xf32>
    %136 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%135 : tensor<40x32x3xf32>) outs(%66 : tensor<40x32x3xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x32x3xbf16>
    %expanded_52 = tensor.expand_shape %136 [[0], [1, 2], [3, 4]] output_shape [40, 4, 8, 1, 3] : tensor<40x32x3xbf16> into tensor<40x4x8x1x3xbf16>
    %transposed_53 = linalg.transpose ins(%expanded_52 : tensor<40x4x8x1x3xbf16>) outs(%68 : tensor<40x4x8x3x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    %collapsed_54 = tensor.collapse_shape %transposed_53 [[0], [1], [2], [3, 4]] : tensor<40x4x8x3x1xbf16> into tensor<40x4x8x3xbf16>
    %137 = tensor.empty() : tensor<40x4x8x3xf32>
    %138 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_54 : tensor<40x4x8x3xbf16>) outs(%137 : tensor<40x4x8x3xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<40x4x8x3xf32>
    %139 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%138 : tensor<40x4x8x3xf32>) outs(%137 : tensor<40x4x8x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %180 : f32
    } -> tensor<40x4x8x3xf32>
    %140 = tensor.empty() : tensor<40x4x8xf32>
    %141 = linalg.fill ins(%cst : f32) outs(%140 : tensor<40x4x8xf32>) -> tensor<40x4x8xf32>
    %142 = linalg.generic {indexing_maps = [#map4, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%139 : tensor<40x4x8x3xf32>) outs(%141 : tensor<40x4x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.addf %in, %out : f32
      linalg.yield %180 : f32
    } -> tensor<40x4x8xf32>
    %143 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%142 : tensor<40x4x8xf32>) outs(%140 : tensor<40x4x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.truncf %cst_3 : f64 to f32
      %181 = arith.addf %in, %180 : f32
      linalg.yield %181 : f32
    } -> tensor<40x4x8xf32>
    %144 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%143 : tensor<40x4x8xf32>) outs(%140 : tensor<40x4x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.sqrt %in : f32
      linalg.yield %180 : f32
    } -> tensor<40x4x8xf32>
    %145 = tensor.empty() : tensor<40x4x8xbf16>
    %146 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%144 : tensor<40x4x8xf32>) outs(%145 : tensor<40x4x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x4x8xbf16>
    %collapsed_55 = tensor.collapse_shape %transposed_53 [[0], [1, 2, 3, 4]] : tensor<40x4x8x3x1xbf16> into tensor<40x96xbf16>
    %collapsed_56 = tensor.collapse_shape %146 [[0], [1, 2]] : tensor<40x4x8xbf16> into tensor<40x32xbf16>
    %concat = tensor.concat dim(1) %collapsed_47, %collapsed_55, %collapsed_56 : (tensor<40x64xbf16>, tensor<40x96xbf16>, tensor<40x32xbf16>) -> tensor<40x192xbf16>
    %147 = tensor.empty() : tensor<192x64xbf16>
    %transposed_57 = linalg.transpose ins(%arg19 : tensor<64x192xbf16>) outs(%147 : tensor<192x64xbf16>) permutation = [1, 0] 
    %148 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg20 : tensor<64xbf16>) outs(%1 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<64xf32>
    %149 = tensor.empty() : tensor<40x192xf32>
    %150 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%concat : tensor<40x192xbf16>) outs(%149 : tensor<40x192xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<40x192xf32>
    %151 = tensor.empty() : tensor<192x64xf32>
    %152 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_57 : tensor<192x64xbf16>) outs(%151 : tensor<192x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<192x64xf32>
    %153 = linalg.matmul ins(%150, %152 : tensor<40x192xf32>, tensor<192x64xf32>) outs(%7 : tensor<40x64xf32>) -> tensor<40x64xf32>
    %154 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%153, %148 : tensor<40x64xf32>, tensor<64xf32>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.addf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %155 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%154 : tensor<40x64xf32>) outs(%10 : tensor<40x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x64xbf16>
    %156 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%arg0, %155 : tensor<40x64xbf16>, tensor<40x64xbf16>) outs(%10 : tensor<40x64xbf16>) {
    ^bb0(%in: bf16, %in_58: bf16, %out: bf16):
      %180 = arith.addf %in, %in_58 : bf16
      linalg.yield %180 : bf16
    } -> tensor<40x64xbf16>
    %157 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%156 : tensor<40x64xbf16>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %180 = arith.extf %in : bf16 to f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %158 = tensor.empty() : tensor<40x64xf64>
    %159 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%157 : tensor<40x64xf32>) outs(%158 : tensor<40x64xf64>) {
    ^bb0(%in: f32, %out: f64):
      %180 = arith.extf %in : f32 to f64
      linalg.yield %180 : f64
    } -> tensor<40x64xf64>
    %160 = tensor.empty() : tensor<40x1xf64>
    %161 = linalg.fill ins(%cst_1 : f64) outs(%160 : tensor<40x1xf64>) -> tensor<40x1xf64>
    %162 = linalg.generic {indexing_maps = [#map1, #map14], iterator_types = ["parallel", "reduction"]} ins(%159 : tensor<40x64xf64>) outs(%161 : tensor<40x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %180 = arith.addf %in, %out : f64
      linalg.yield %180 : f64
    } -> tensor<40x1xf64>
    %163 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%162 : tensor<40x1xf64>) outs(%160 : tensor<40x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %180 = arith.divf %in, %cst_8 : f64
      linalg.yield %180 : f64
    } -> tensor<40x1xf64>
    %164 = linalg.generic {indexing_maps = [#map1, #map14, #map1], iterator_types = ["parallel", "parallel"]} ins(%159, %163 : tensor<40x64xf64>, tensor<40x1xf64>) outs(%158 : tensor<40x64xf64>) {
    ^bb0(%in: f64, %in_58: f64, %out: f64):
      %180 = arith.subf %in, %in_58 : f64
      linalg.yield %180 : f64
    } -> tensor<40x64xf64>
    %165 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%164, %164 : tensor<40x64xf64>, tensor<40x64xf64>) outs(%158 : tensor<40x64xf64>) {
    ^bb0(%in: f64, %in_58: f64, %out: f64):
      %180 = arith.mulf %in, %in_58 : f64
      linalg.yield %180 : f64
    } -> tensor<40x64xf64>
    %166 = linalg.generic {indexing_maps = [#map1, #map14], iterator_types = ["parallel", "reduction"]} ins(%165 : tensor<40x64xf64>) outs(%161 : tensor<40x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %180 = arith.addf %in, %out : f64
      linalg.yield %180 : f64
    } -> tensor<40x1xf64>
    %167 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%166 : tensor<40x1xf64>) outs(%160 : tensor<40x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %180 = arith.divf %in, %cst_8 : f64
      linalg.yield %180 : f64
    } -> tensor<40x1xf64>
    %168 = tensor.empty() : tensor<40x1xf32>
    %169 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%167 : tensor<40x1xf64>) outs(%168 : tensor<40x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %180 = arith.truncf %in : f64 to f32
      linalg.yield %180 : f32
    } -> tensor<40x1xf32>
    %170 = linalg.fill ins(%cst : f32) outs(%168 : tensor<40x1xf32>) -> tensor<40x1xf32>
    %171 = linalg.generic {indexing_maps = [#map1, #map14], iterator_types = ["parallel", "reduction"]} ins(%157 : tensor<40x64xf32>) outs(%170 : tensor<40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.addf %in, %out : f32
      linalg.yield %180 : f32
    } -> tensor<40x1xf32>
    %172 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%171 : tensor<40x1xf32>) outs(%168 : tensor<40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.divf %in, %cst_9 : f32
      linalg.yield %180 : f32
    } -> tensor<40x1xf32>
    %173 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%169 : tensor<40x1xf32>) outs(%168 : tensor<40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = arith.truncf %cst_2 : f64 to f32
      %181 = arith.addf %in, %180 : f32
      linalg.yield %181 : f32
    } -> tensor<40x1xf32>
    %174 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%173 : tensor<40x1xf32>) outs(%168 : tensor<40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %180 = math.rsqrt %in : f32
      linalg.yield %180 : f32
    } -> tensor<40x1xf32>
    %175 = linalg.generic {indexing_maps = [#map1, #map14, #map1], iterator_types = ["parallel", "parallel"]} ins(%157, %172 : tensor<40x64xf32>, tensor<40x1xf32>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.subf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %176 = linalg.generic {indexing_maps = [#map1, #map14, #map1], iterator_types = ["parallel", "parallel"]} ins(%175, %174 : tensor<40x64xf32>, tensor<40x1xf32>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: f32, %out: f32):
      %180 = arith.mulf %in, %in_58 : f32
      linalg.yield %180 : f32
    } -> tensor<40x64xf32>
    %177 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%176, %arg21 : tensor<40x64xf32>, tensor<64xbf16>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: bf16, %out: f32):
      %180 = arith.extf %in_58 : bf16 to f32
      %181 = arith.mulf %in, %180 : f32
      linalg.yield %181 : f32
    } -> tensor<40x64xf32>
    %178 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%177, %arg22 : tensor<40x64xf32>, tensor<64xbf16>) outs(%3 : tensor<40x64xf32>) {
    ^bb0(%in: f32, %in_58: bf16, %out: f32):
      %180 = arith.extf %in_58 : bf16 to f32
      %181 = arith.addf %in, %180 : f32
      linalg.yield %181 : f32
    } -> tensor<40x64xf32>
    %179 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%178 : tensor<40x64xf32>) outs(%10 : tensor<40x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %180 = arith.truncf %in : f32 to bf16
      linalg.yield %180 : bf16
    } -> tensor<40x64xbf16>
    return %179 : tensor<40x64xbf16>
  }
}
