// expect: fused 1
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1) -> (d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<12x12x32xbf16>, %arg1: tensor<32x32xbf16>, %arg2: tensor<32xbf16>, %arg3: tensor<32x32xbf16>, %arg4: tensor<32xbf16>, %arg5: tensor<32x32xbf16>, %arg6: tensor<32xbf16>, %arg7: tensor<32x32xbf16>, %arg8: tensor<32xbf16>, %arg9: tensor<32x32xbf16>, %arg10: tensor<32xbf16>, %arg11: tensor<32xbf16>, %arg12: tensor<32xbf16>, %arg13: tensor<32xbf16>, %arg14: tensor<32xbf16>, %arg15: tensor<32xbf16>, %arg16: tensor<32xbf16>, %arg17: tensor<32x32xbf16>, %arg18: tensor<32x32xbf16>, %arg19: tensor<32x32xbf16>, %arg20: tensor<32x32xbf16>, %arg21: tensor<32xbf16>, %arg22: tensor<32x32xbf16>, %arg23: tensor<32xbf16>, %arg24: tensor<2x32xbf16>, %arg25: tensor<128x32xbf16>, %arg26: tensor<128xbf16>, %arg27: tensor<32x128xbf16>, %arg28: tensor<32xbf16>) -> tensor<12x12x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f64
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 1.000000e+00 : bf16
    %c0_i64 = arith.constant 0 : i64
    %cst_2 = arith.constant 0xFF800000 : f32
    %cst_3 = arith.constant 0.000000e+00 : bf16
    %cst_4 = arith.constant 1.000000e-05 : f64
    %cst_5 = arith.constant 3.200000e+01 : f64
    %cst_6 = arith.constant 3.200000e+01 : f32
    %cst_7 = arith.constant 2.500000e-01 : bf16
    %0 = tensor.empty() : tensor<12x12x32xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<12x12x32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %2 = tensor.empty() : tensor<12x12x32xf64>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<12x12x32xf32>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %185 = arith.extf %in : f32 to f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %4 = tensor.empty() : tensor<12x12x1xf64>
    %5 = linalg.fill ins(%cst : f64) outs(%4 : tensor<12x12x1xf64>) -> tensor<12x12x1xf64>
    %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<12x12x32xf64>) outs(%5 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.addf %in, %out : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<12x12x1xf64>) outs(%4 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.divf %in, %cst_5 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %7 : tensor<12x12x32xf64>, tensor<12x12x1xf64>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %185 = arith.subf %in, %in_53 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<12x12x32xf64>, tensor<12x12x32xf64>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %185 = arith.mulf %in, %in_53 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<12x12x32xf64>) outs(%5 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.addf %in, %out : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<12x12x1xf64>) outs(%4 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.divf %in, %cst_5 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %12 = tensor.empty() : tensor<12x12x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<12x12x1xf64>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %185 = arith.truncf %in : f64 to f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %14 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<12x12x1xf32>) -> tensor<12x12x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<12x12x32xf32>) outs(%14 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.addf %in, %out : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.divf %in, %cst_6 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.truncf %cst_4 : f64 to f32
      %186 = arith.addf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = math.rsqrt %in : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %16 : tensor<12x12x32xf32>, tensor<12x12x1xf32>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.subf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<12x12x32xf32>, tensor<12x12x1xf32>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.mulf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg11 : tensor<12x12x32xf32>, tensor<32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: bf16, %out: f32):
      %185 = arith.extf %in_53 : bf16 to f32
      %186 = arith.mulf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x32xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg12 : tensor<12x12x32xf32>, tensor<32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: bf16, %out: f32):
      %185 = arith.extf %in_53 : bf16 to f32
      %186 = arith.addf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x32xf32>
    %23 = tensor.empty() : tensor<12x12x32xbf16>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<12x12x32xf32>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %collapsed = tensor.collapse_shape %24 [[0, 1], [2]] : tensor<12x12x32xbf16> into tensor<144x32xbf16>
    %25 = tensor.empty() : tensor<32x32xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %26 = tensor.empty() : tensor<32xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg2 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %28 = tensor.empty() : tensor<144x32xf32>
    %29 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<144x32xbf16>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %30 = tensor.empty() : tensor<32x32xf32>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %32 = linalg.fill ins(%cst_0 : f32) outs(%28 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %33 = linalg.matmul ins(%29, %31 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %34 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%33, %27 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %35 = tensor.empty() : tensor<144x32xbf16>
    %36 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%34 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded = tensor.expand_shape %36 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %185 = arith.negf %in : bf16
      %186 = math.exp %185 : bf16
      %187 = arith.addf %186, %cst_1 : bf16
      %188 = arith.divf %cst_1, %187 : bf16
      linalg.yield %188 : bf16
    } -> tensor<12x12x32xbf16>
    %transposed_8 = linalg.transpose ins(%arg3 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %38 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %39 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_8 : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %40 = linalg.matmul ins(%29, %39 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %41 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%40, %38 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %42 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%41 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_9 = tensor.expand_shape %42 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %43 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %expanded_9 : tensor<12x12x32xbf16>, tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.mulf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %transposed_10 = linalg.transpose ins(%arg5 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %44 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg6 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %45 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_10 : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %46 = linalg.matmul ins(%29, %45 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %47 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%46, %44 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %48 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%47 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_11 = tensor.expand_shape %48 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_11 : tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %185 = arith.negf %in : bf16
      %186 = math.exp %185 : bf16
      %187 = arith.addf %186, %cst_1 : bf16
      %188 = arith.divf %cst_1, %187 : bf16
      linalg.yield %188 : bf16
    } -> tensor<12x12x32xbf16>
    %transposed_12 = linalg.transpose ins(%arg7 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %50 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg8 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %51 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_12 : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %52 = linalg.matmul ins(%29, %51 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %53 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%52, %50 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %54 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%53 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_13 = tensor.expand_shape %54 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %55 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49, %expanded_13 : tensor<12x12x32xbf16>, tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.mulf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %56 = tensor.empty() : tensor<32x12x12xbf16>
    %transposed_14 = linalg.transpose ins(%43 : tensor<12x12x32xbf16>) outs(%56 : tensor<32x12x12xbf16>) permutation = [2, 0, 1] 
    %transposed_15 = linalg.transpose ins(%55 : tensor<12x12x32xbf16>) outs(%56 : tensor<32x12x12xbf16>) permutation = [2, 1, 0] 
    %57 = tensor.empty() : tensor<32x12x12xf32>
    %58 = linalg.fill ins(%cst_0 : f32) outs(%57 : tensor<32x12x12xf32>) -> tensor<32x12x12xf32>
    %59 = linalg.batch_matmul ins(%transposed_14, %transposed_15 : tensor<32x12x12xbf16>, tensor<32x12x12xbf16>) outs(%58 : tensor<32x12x12xf32>) -> tensor<32x12x12xf32>
    %60 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%59 : tensor<32x12x12xf32>) outs(%56 : tensor<32x12x12xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<32x12x12xbf16>
    %transposed_16 = linalg.transpose ins(%60 : tensor<32x12x12xbf16>) outs(%23 : tensor<12x12x32xbf16>) permutation = [1, 2, 0] 
    %61 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_16 : tensor<12x12x32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %62 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%61 : tensor<12x12x32xf32>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %185 = arith.extf %in : f32 to f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %63 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%62 : tensor<12x12x32xf64>) outs(%5 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.addf %in, %out : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %64 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%63 : tensor<12x12x1xf64>) outs(%4 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.divf %in, %cst_5 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %65 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%62, %64 : tensor<12x12x32xf64>, tensor<12x12x1xf64>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %185 = arith.subf %in, %in_53 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %66 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65, %65 : tensor<12x12x32xf64>, tensor<12x12x32xf64>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %185 = arith.mulf %in, %in_53 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %67 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%66 : tensor<12x12x32xf64>) outs(%5 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.addf %in, %out : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %68 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%67 : tensor<12x12x1xf64>) outs(%4 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.divf %in, %cst_5 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %69 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%68 : tensor<12x12x1xf64>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %185 = arith.truncf %in : f64 to f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %70 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%61 : tensor<12x12x32xf32>) outs(%14 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.addf %in, %out : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %71 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.divf %in, %cst_6 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %72 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%69 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.truncf %cst_4 : f64 to f32
      %186 = arith.addf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x1xf32>
    %73 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = math.rsqrt %in : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %74 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%61, %71 : tensor<12x12x32xf32>, tensor<12x12x1xf32>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.subf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %75 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74, %73 : tensor<12x12x32xf32>, tensor<12x12x1xf32>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.mulf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %76 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%75, %arg13 : tensor<12x12x32xf32>, tensor<32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: bf16, %out: f32):
      %185 = arith.extf %in_53 : bf16 to f32
      %186 = arith.mulf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x32xf32>
    %77 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%76, %arg14 : tensor<12x12x32xf32>, tensor<32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: bf16, %out: f32):
      %185 = arith.extf %in_53 : bf16 to f32
      %186 = arith.addf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x32xf32>
    %78 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77 : tensor<12x12x32xf32>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %collapsed_17 = tensor.collapse_shape %78 [[0, 1], [2]] : tensor<12x12x32xbf16> into tensor<144x32xbf16>
    %transposed_18 = linalg.transpose ins(%arg9 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %79 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg10 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %80 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_17 : tensor<144x32xbf16>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %81 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_18 : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %82 = linalg.matmul ins(%80, %81 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %83 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%82, %79 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %84 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%83 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_19 = tensor.expand_shape %84 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %85 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_19 : tensor<12x12x32xbf16>, tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.addf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %86 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85 : tensor<12x12x32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %87 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%86 : tensor<12x12x32xf32>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %185 = arith.extf %in : f32 to f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %88 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%87 : tensor<12x12x32xf64>) outs(%5 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.addf %in, %out : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %89 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88 : tensor<12x12x1xf64>) outs(%4 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.divf %in, %cst_5 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %90 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87, %89 : tensor<12x12x32xf64>, tensor<12x12x1xf64>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %185 = arith.subf %in, %in_53 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %91 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%90, %90 : tensor<12x12x32xf64>, tensor<12x12x32xf64>) outs(%2 : tensor<12x12x32xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %185 = arith.mulf %in, %in_53 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x32xf64>
    %92 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%91 : tensor<12x12x32xf64>) outs(%5 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.addf %in, %out : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %93 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%92 : tensor<12x12x1xf64>) outs(%4 : tensor<12x12x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %185 = arith.divf %in, %cst_5 : f64
      linalg.yield %185 : f64
    } -> tensor<12x12x1xf64>
    %94 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%93 : tensor<12x12x1xf64>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %185 = arith.truncf %in : f64 to f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%86 : tensor<12x12x32xf32>) outs(%14 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.addf %in, %out : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%95 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.divf %in, %cst_6 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %97 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%94 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.truncf %cst_4 : f64 to f32
      %186 = arith.addf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x1xf32>
    %98 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%97 : tensor<12x12x1xf32>) outs(%12 : tensor<12x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = math.rsqrt %in : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x1xf32>
    %99 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%86, %96 : tensor<12x12x32xf32>, tensor<12x12x1xf32>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.subf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%99, %98 : tensor<12x12x32xf32>, tensor<12x12x1xf32>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.mulf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x12x32xf32>
    %101 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%100, %arg15 : tensor<12x12x32xf32>, tensor<32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: bf16, %out: f32):
      %185 = arith.extf %in_53 : bf16 to f32
      %186 = arith.mulf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x32xf32>
    %102 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%101, %arg16 : tensor<12x12x32xf32>, tensor<32xbf16>) outs(%0 : tensor<12x12x32xf32>) {
    ^bb0(%in: f32, %in_53: bf16, %out: f32):
      %185 = arith.extf %in_53 : bf16 to f32
      %186 = arith.addf %in, %185 : f32
      linalg.yield %186 : f32
    } -> tensor<12x12x32xf32>
    %103 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%102 : tensor<12x12x32xf32>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %transposed_20 = linalg.transpose ins(%arg17 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %collapsed_21 = tensor.collapse_shape %103 [[0, 1], [2]] : tensor<12x12x32xbf16> into tensor<144x32xbf16>
    %104 = linalg.matmul ins(%collapsed_21, %transposed_20 : tensor<144x32xbf16>, tensor<32x32xbf16>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %105 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%104 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_22 = tensor.expand_shape %105 [[0, 1], [2, 3]] output_shape [12, 12, 2, 16] : tensor<144x32xbf16> into tensor<12x12x2x16xbf16>
    %106 = tensor.empty() : tensor<12x2x12x16xbf16>
    %transposed_23 = linalg.transpose ins(%expanded_22 : tensor<12x12x2x16xbf16>) outs(%106 : tensor<12x2x12x16xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_24 = linalg.transpose ins(%arg18 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %107 = linalg.matmul ins(%collapsed_21, %transposed_24 : tensor<144x32xbf16>, tensor<32x32xbf16>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %108 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%107 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_25 = tensor.expand_shape %108 [[0, 1], [2, 3]] output_shape [12, 12, 2, 16] : tensor<144x32xbf16> into tensor<12x12x2x16xbf16>
    %transposed_26 = linalg.transpose ins(%arg19 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %109 = linalg.matmul ins(%collapsed_21, %transposed_26 : tensor<144x32xbf16>, tensor<32x32xbf16>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %110 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%109 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_27 = tensor.expand_shape %110 [[0, 1], [2, 3]] output_shape [12, 12, 2, 16] : tensor<144x32xbf16> into tensor<12x12x2x16xbf16>
    %transposed_28 = linalg.transpose ins(%expanded_27 : tensor<12x12x2x16xbf16>) outs(%106 : tensor<12x2x12x16xbf16>) permutation = [0, 2, 1, 3] 
    %111 = tensor.empty() : tensor<12x2x16x12xbf16>
    %transposed_29 = linalg.transpose ins(%expanded_25 : tensor<12x12x2x16xbf16>) outs(%111 : tensor<12x2x16x12xbf16>) permutation = [0, 2, 3, 1] 
    %collapsed_30 = tensor.collapse_shape %transposed_23 [[0, 1], [2], [3]] : tensor<12x2x12x16xbf16> into tensor<24x12x16xbf16>
    %collapsed_31 = tensor.collapse_shape %transposed_29 [[0, 1], [2], [3]] : tensor<12x2x16x12xbf16> into tensor<24x16x12xbf16>
    %112 = tensor.empty() : tensor<24x12x12xf32>
    %113 = linalg.fill ins(%cst_0 : f32) outs(%112 : tensor<24x12x12xf32>) -> tensor<24x12x12xf32>
    %114 = linalg.batch_matmul ins(%collapsed_30, %collapsed_31 : tensor<24x12x16xbf16>, tensor<24x16x12xbf16>) outs(%113 : tensor<24x12x12xf32>) -> tensor<24x12x12xf32>
    %115 = tensor.empty() : tensor<24x12x12xbf16>
    %116 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%114 : tensor<24x12x12xf32>) outs(%115 : tensor<24x12x12xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<24x12x12xbf16>
    %expanded_32 = tensor.expand_shape %116 [[0, 1], [2], [3]] output_shape [12, 2, 12, 12] : tensor<24x12x12xbf16> into tensor<12x2x12x12xbf16>
    %117 = tensor.empty() : tensor<12x2x12x12xbf16>
    %118 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_32 : tensor<12x2x12x12xbf16>) outs(%117 : tensor<12x2x12x12xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %185 = arith.mulf %in, %cst_7 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x2x12x12xbf16>
    %119 = tensor.empty() : tensor<32x2xbf16>
    %transposed_33 = linalg.transpose ins(%arg24 : tensor<2x32xbf16>) outs(%119 : tensor<32x2xbf16>) permutation = [1, 0] 
    %120 = tensor.empty() : tensor<144x2xf32>
    %121 = linalg.fill ins(%cst_0 : f32) outs(%120 : tensor<144x2xf32>) -> tensor<144x2xf32>
    %122 = linalg.matmul ins(%collapsed_21, %transposed_33 : tensor<144x32xbf16>, tensor<32x2xbf16>) outs(%121 : tensor<144x2xf32>) -> tensor<144x2xf32>
    %123 = tensor.empty() : tensor<144x2xbf16>
    %124 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%122 : tensor<144x2xf32>) outs(%123 : tensor<144x2xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x2xbf16>
    %expanded_34 = tensor.expand_shape %124 [[0, 1], [2]] output_shape [12, 12, 2] : tensor<144x2xbf16> into tensor<12x12x2xbf16>
    %125 = tensor.empty() : tensor<2x12x12xbf16>
    %transposed_35 = linalg.transpose ins(%expanded_34 : tensor<12x12x2xbf16>) outs(%125 : tensor<2x12x12xbf16>) permutation = [2, 0, 1] 
    %126 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%118, %transposed_35 : tensor<12x2x12x12xbf16>, tensor<2x12x12xbf16>) outs(%117 : tensor<12x2x12x12xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.addf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x2x12x12xbf16>
    %127 = tensor.empty() : tensor<12x2x12x12xf32>
    %128 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%126 : tensor<12x2x12x12xbf16>) outs(%127 : tensor<12x2x12x12xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<12x2x12x12xf32>
    %129 = tensor.empty() : tensor<12x2x12xi64>
    %130 = linalg.fill ins(%c0_i64 : i64) outs(%129 : tensor<12x2x12xi64>) -> tensor<12x2x12xi64>
    %131 = tensor.empty() : tensor<12x2x12xf32>
    %132 = linalg.fill ins(%cst_2 : f32) outs(%131 : tensor<12x2x12xf32>) -> tensor<12x2x12xf32>
    %133:2 = linalg.generic {indexing_maps = [#map6, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%128 : tensor<12x2x12x12xf32>) outs(%132, %130 : tensor<12x2x12xf32>, tensor<12x2x12xi64>) {
    ^bb0(%in: f32, %out: f32, %out_53: i64):
      %185 = linalg.index 3 : index
      %186 = arith.index_cast %185 : index to i64
      %187 = arith.maximumf %in, %out : f32
      %188 = arith.cmpf ogt, %in, %out : f32
      %189 = arith.select %188, %186, %out_53 : i64
      linalg.yield %187, %189 : f32, i64
    } -> (tensor<12x2x12xf32>, tensor<12x2x12xi64>)
    %expanded_36 = tensor.expand_shape %133#0 [[0], [1], [2, 3]] output_shape [12, 2, 12, 1] : tensor<12x2x12xf32> into tensor<12x2x12x1xf32>
    %134 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%128, %expanded_36 : tensor<12x2x12x12xf32>, tensor<12x2x12x1xf32>) outs(%127 : tensor<12x2x12x12xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.subf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x2x12x12xf32>
    %135 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%134 : tensor<12x2x12x12xf32>) outs(%127 : tensor<12x2x12x12xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = math.exp %in : f32
      linalg.yield %185 : f32
    } -> tensor<12x2x12x12xf32>
    %136 = tensor.empty() : tensor<12x2x12x1xf32>
    %137 = linalg.fill ins(%cst_0 : f32) outs(%136 : tensor<12x2x12x1xf32>) -> tensor<12x2x12x1xf32>
    %138 = linalg.generic {indexing_maps = [#map6, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%135 : tensor<12x2x12x12xf32>) outs(%137 : tensor<12x2x12x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %185 = arith.addf %in, %out : f32
      linalg.yield %185 : f32
    } -> tensor<12x2x12x1xf32>
    %139 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%135, %138 : tensor<12x2x12x12xf32>, tensor<12x2x12x1xf32>) outs(%127 : tensor<12x2x12x12xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.divf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<12x2x12x12xf32>
    %140 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%139 : tensor<12x2x12x12xf32>) outs(%117 : tensor<12x2x12x12xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<12x2x12x12xbf16>
    %collapsed_37 = tensor.collapse_shape %140 [[0, 1], [2], [3]] : tensor<12x2x12x12xbf16> into tensor<24x12x12xbf16>
    %collapsed_38 = tensor.collapse_shape %transposed_28 [[0, 1], [2], [3]] : tensor<12x2x12x16xbf16> into tensor<24x12x16xbf16>
    %141 = tensor.empty() : tensor<24x12x16xf32>
    %142 = linalg.fill ins(%cst_0 : f32) outs(%141 : tensor<24x12x16xf32>) -> tensor<24x12x16xf32>
    %143 = linalg.batch_matmul ins(%collapsed_37, %collapsed_38 : tensor<24x12x12xbf16>, tensor<24x12x16xbf16>) outs(%142 : tensor<24x12x16xf32>) -> tensor<24x12x16xf32>
    %144 = tensor.empty() : tensor<24x12x16xbf16>
    %145 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%143 : tensor<24x12x16xf32>) outs(%144 : tensor<24x12x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<24x12x16xbf16>
    %expanded_39 = tensor.expand_shape %145 [[0, 1], [2], [3]] output_shape [12, 2, 12, 16] : tensor<24x12x16xbf16> into tensor<12x2x12x16xbf16>
    %146 = tensor.empty() : tensor<12x12x2x16xbf16>
    %transposed_40 = linalg.transpose ins(%expanded_39 : tensor<12x2x12x16xbf16>) outs(%146 : tensor<12x12x2x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_41 = tensor.collapse_shape %transposed_40 [[0], [1], [2, 3]] : tensor<12x12x2x16xbf16> into tensor<12x12x32xbf16>
    %transposed_42 = linalg.transpose ins(%arg20 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %147 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg21 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %148 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_21 : tensor<144x32xbf16>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %149 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_42 : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %150 = linalg.matmul ins(%148, %149 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %151 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%150, %147 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %152 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%151 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_43 = tensor.expand_shape %152 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %153 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_43 : tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %185 = arith.negf %in : bf16
      %186 = math.exp %185 : bf16
      %187 = arith.addf %186, %cst_1 : bf16
      %188 = arith.divf %cst_1, %187 : bf16
      linalg.yield %188 : bf16
    } -> tensor<12x12x32xbf16>
    %154 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%153, %collapsed_41 : tensor<12x12x32xbf16>, tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.mulf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %collapsed_44 = tensor.collapse_shape %154 [[0, 1], [2]] : tensor<12x12x32xbf16> into tensor<144x32xbf16>
    %transposed_45 = linalg.transpose ins(%arg22 : tensor<32x32xbf16>) outs(%25 : tensor<32x32xbf16>) permutation = [1, 0] 
    %155 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg23 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %156 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_44 : tensor<144x32xbf16>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %157 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_45 : tensor<32x32xbf16>) outs(%30 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x32xf32>
    %158 = linalg.matmul ins(%156, %157 : tensor<144x32xf32>, tensor<32x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %159 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%158, %155 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %160 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%159 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_46 = tensor.expand_shape %160 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %161 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85, %expanded_46 : tensor<12x12x32xbf16>, tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.addf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    %collapsed_47 = tensor.collapse_shape %161 [[0, 1], [2]] : tensor<12x12x32xbf16> into tensor<144x32xbf16>
    %162 = tensor.empty() : tensor<32x128xbf16>
    %transposed_48 = linalg.transpose ins(%arg25 : tensor<128x32xbf16>) outs(%162 : tensor<32x128xbf16>) permutation = [1, 0] 
    %163 = tensor.empty() : tensor<128xf32>
    %164 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg26 : tensor<128xbf16>) outs(%163 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<128xf32>
    %165 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_47 : tensor<144x32xbf16>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %166 = tensor.empty() : tensor<32x128xf32>
    %167 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_48 : tensor<32x128xbf16>) outs(%166 : tensor<32x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32x128xf32>
    %168 = tensor.empty() : tensor<144x128xf32>
    %169 = linalg.fill ins(%cst_0 : f32) outs(%168 : tensor<144x128xf32>) -> tensor<144x128xf32>
    %170 = linalg.matmul ins(%165, %167 : tensor<144x32xf32>, tensor<32x128xf32>) outs(%169 : tensor<144x128xf32>) -> tensor<144x128xf32>
    %171 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%170, %164 : tensor<144x128xf32>, tensor<128xf32>) outs(%168 : tensor<144x128xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x128xf32>
    %172 = tensor.empty() : tensor<144x128xbf16>
    %173 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%171 : tensor<144x128xf32>) outs(%172 : tensor<144x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x128xbf16>
    %expanded_49 = tensor.expand_shape %173 [[0, 1], [2]] output_shape [12, 12, 128] : tensor<144x128xbf16> into tensor<12x12x128xbf16>
    %174 = tensor.empty() : tensor<12x12x128xbf16>
    %175 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_49 : tensor<12x12x128xbf16>) outs(%174 : tensor<12x12x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %185 = arith.cmpf ugt, %in, %cst_3 : bf16
      %186 = arith.select %185, %in, %cst_3 : bf16
      linalg.yield %186 : bf16
    } -> tensor<12x12x128xbf16>
    %collapsed_50 = tensor.collapse_shape %175 [[0, 1], [2]] : tensor<12x12x128xbf16> into tensor<144x128xbf16>
    %176 = tensor.empty() : tensor<128x32xbf16>
    %transposed_51 = linalg.transpose ins(%arg27 : tensor<32x128xbf16>) outs(%176 : tensor<128x32xbf16>) permutation = [1, 0] 
    %177 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg28 : tensor<32xbf16>) outs(%26 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<32xf32>
    %178 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_50 : tensor<144x128xbf16>) outs(%168 : tensor<144x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<144x128xf32>
    %179 = tensor.empty() : tensor<128x32xf32>
    %180 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_51 : tensor<128x32xbf16>) outs(%179 : tensor<128x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %185 = arith.extf %in : bf16 to f32
      linalg.yield %185 : f32
    } -> tensor<128x32xf32>
    %181 = linalg.matmul ins(%178, %180 : tensor<144x128xf32>, tensor<128x32xf32>) outs(%32 : tensor<144x32xf32>) -> tensor<144x32xf32>
    %182 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%181, %177 : tensor<144x32xf32>, tensor<32xf32>) outs(%28 : tensor<144x32xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %185 = arith.addf %in, %in_53 : f32
      linalg.yield %185 : f32
    } -> tensor<144x32xf32>
    %183 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%182 : tensor<144x32xf32>) outs(%35 : tensor<144x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %185 = arith.truncf %in : f32 to bf16
      linalg.yield %185 : bf16
    } -> tensor<144x32xbf16>
    %expanded_52 = tensor.expand_shape %183 [[0, 1], [2]] output_shape [12, 12, 32] : tensor<144x32xbf16> into tensor<12x12x32xbf16>
    %184 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%161, %expanded_52 : tensor<12x12x32xbf16>, tensor<12x12x32xbf16>) outs(%23 : tensor<12x12x32xbf16>) {
    ^bb0(%in: bf16, %in_53: bf16, %out: bf16):
      %185 = arith.addf %in, %in_53 : bf16
      linalg.yield %185 : bf16
    } -> tensor<12x12x32xbf16>
    return %184 : tensor<12x12x32xbf16>
  }
}
