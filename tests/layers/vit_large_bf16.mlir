#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1) -> (d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map9 = affine_map<(d0, d1, d2) -> (d1, d2)>
module {
  func.func @main(%arg0: tensor<2x77x128xbf16>, %arg1: tensor<128x128xbf16>, %arg2: tensor<128xbf16>, %arg3: tensor<128x128xbf16>, %arg4: tensor<128xbf16>, %arg5: tensor<128x128xbf16>, %arg6: tensor<128xbf16>, %arg7: tensor<128x128xbf16>, %arg8: tensor<128xbf16>, %arg9: tensor<288x128xbf16>, %arg10: tensor<288xbf16>, %arg11: tensor<128x288xbf16>, %arg12: tensor<128xbf16>, %arg13: tensor<128xbf16>, %arg14: tensor<128xbf16>, %arg15: tensor<128xbf16>, %arg16: tensor<128xbf16>) -> tensor<2x77x128xbf16> {
    %cst = arith.constant 0.000000e+00 : f64
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_1 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_2 = arith.constant 1.000000e+00 : bf16
    %cst_3 = arith.constant 2.000000e+00 : bf16
    %cst_4 = arith.constant 5.000000e-01 : bf16
    %cst_5 = arith.constant dense<0.000000e+00> : tensor<2x2x77x77xf32>
    %cst_6 = arith.constant 0xFFF0000000000000 : f64
    %cst_7 = arith.constant 0.35355339059327379 : f64
    %cst_8 = arith.constant 1.000000e-05 : f64
    %cst_9 = arith.constant 1.280000e+02 : f64
    %cst_10 = arith.constant 1.280000e+02 : f32
    %0 = tensor.empty() : tensor<2x77x128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x77x128xbf16>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x77x128xf32>
    %2 = tensor.empty() : tensor<2x77x128xf64>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x77x128xf32>) outs(%2 : tensor<2x77x128xf64>) {
    ^bb0(%in: f32, %out: f64):
      %129 = arith.extf %in : f32 to f64
      linalg.yield %129 : f64
    } -> tensor<2x77x128xf64>
    %4 = tensor.empty() : tensor<2x77x1xf64>
    %5 = linalg.fill ins(%cst : f64) outs(%4 : tensor<2x77x1xf64>) -> tensor<2x77x1xf64>
    %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x77x128xf64>) outs(%5 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x77x1xf64>) outs(%4 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %7 : tensor<2x77x128xf64>, tensor<2x77x1xf64>) outs(%2 : tensor<2x77x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.subf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x128xf64>
    %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<2x77x128xf64>, tensor<2x77x128xf64>) outs(%2 : tensor<2x77x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.mulf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x128xf64>
    %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<2x77x128xf64>) outs(%5 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x77x1xf64>) outs(%4 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %12 = tensor.empty() : tensor<2x77x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x77x1xf64>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %129 = arith.truncf %in : f64 to f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %14 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<2x77x1xf32>) -> tensor<2x77x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x77x128xf32>) outs(%14 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x77x1xf32>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.divf %in, %cst_10 : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x77x1xf32>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_8 : f64 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x77x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x77x1xf32>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.rsqrt %in : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %16 : tensor<2x77x128xf32>, tensor<2x77x1xf32>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.subf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x128xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<2x77x128xf32>, tensor<2x77x1xf32>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.mulf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x128xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg13 : tensor<2x77x128xf32>, tensor<128xbf16>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x77x128xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg14 : tensor<2x77x128xf32>, tensor<128xbf16>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x77x128xf32>
    %23 = tensor.empty() : tensor<2x77x128xbf16>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x77x128xf32>) outs(%23 : tensor<2x77x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x77x128xbf16>
    %collapsed = tensor.collapse_shape %24 [[0, 1], [2]] : tensor<2x77x128xbf16> into tensor<154x128xbf16>
    %25 = tensor.empty() : tensor<128x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<128x128xbf16>) outs(%25 : tensor<128x128xbf16>) permutation = [1, 0] 
    %26 = tensor.empty() : tensor<128xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg2 : tensor<128xbf16>) outs(%26 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %28 = tensor.empty() : tensor<154x128xf32>
    %29 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<154x128xbf16>) outs(%28 : tensor<154x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<154x128xf32>
    %30 = tensor.empty() : tensor<128x128xf32>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<128x128xbf16>) outs(%30 : tensor<128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x128xf32>
    %32 = linalg.fill ins(%cst_0 : f32) outs(%28 : tensor<154x128xf32>) -> tensor<154x128xf32>
    %33 = linalg.matmul ins(%29, %31 : tensor<154x128xf32>, tensor<128x128xf32>) outs(%32 : tensor<154x128xf32>) -> tensor<154x128xf32>
    %34 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%33, %27 : tensor<154x128xf32>, tensor<128xf32>) outs(%28 : tensor<154x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<154x128xf32>
    %35 = tensor.empty() : tensor<154x128xbf16>
    %36 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%34 : tensor<154x128xf32>) outs(%35 : tensor<154x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<154x128xbf16>
    %expanded = tensor.expand_shape %36 [[0, 1], [2, 3]] output_shape [2, 77, 2, 64] : tensor<154x128xbf16> into tensor<2x77x2x64xbf16>
    %37 = tensor.empty() : tensor<2x2x77x64xbf16>
    %transposed_11 = linalg.transpose ins(%expanded : tensor<2x77x2x64xbf16>) outs(%37 : tensor<2x2x77x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_12 = linalg.transpose ins(%arg3 : tensor<128x128xbf16>) outs(%25 : tensor<128x128xbf16>) permutation = [1, 0] 
    %38 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg4 : tensor<128xbf16>) outs(%26 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %39 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_12 : tensor<128x128xbf16>) outs(%30 : tensor<128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x128xf32>
    %40 = linalg.matmul ins(%29, %39 : tensor<154x128xf32>, tensor<128x128xf32>) outs(%32 : tensor<154x128xf32>) -> tensor<154x128xf32>
    %41 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%40, %38 : tensor<154x128xf32>, tensor<128xf32>) outs(%28 : tensor<154x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<154x128xf32>
    %42 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%41 : tensor<154x128xf32>) outs(%35 : tensor<154x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<154x128xbf16>
    %expanded_13 = tensor.expand_shape %42 [[0, 1], [2, 3]] output_shape [2, 77, 2, 64] : tensor<154x128xbf16> into tensor<2x77x2x64xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<2x77x2x64xbf16>) outs(%37 : tensor<2x2x77x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_15 = linalg.transpose ins(%arg5 : tensor<128x128xbf16>) outs(%25 : tensor<128x128xbf16>) permutation = [1, 0] 
    %43 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg6 : tensor<128xbf16>) outs(%26 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %44 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_15 : tensor<128x128xbf16>) outs(%30 : tensor<128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x128xf32>
    %45 = linalg.matmul ins(%29, %44 : tensor<154x128xf32>, tensor<128x128xf32>) outs(%32 : tensor<154x128xf32>) -> tensor<154x128xf32>
    %46 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%45, %43 : tensor<154x128xf32>, tensor<128xf32>) outs(%28 : tensor<154x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<154x128xf32>
    %47 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%46 : tensor<154x128xf32>) outs(%35 : tensor<154x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<154x128xbf16>
    %expanded_16 = tensor.expand_shape %47 [[0, 1], [2, 3]] output_shape [2, 77, 2, 64] : tensor<154x128xbf16> into tensor<2x77x2x64xbf16>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<2x77x2x64xbf16>) outs(%37 : tensor<2x2x77x64xbf16>) permutation = [0, 2, 1, 3] 
    %48 = tensor.empty() : tensor<2x2x77x64xf32>
    %49 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_11 : tensor<2x2x77x64xbf16>) outs(%48 : tensor<2x2x77x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x64xf32>
    %50 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_14 : tensor<2x2x77x64xbf16>) outs(%48 : tensor<2x2x77x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x64xf32>
    %51 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_17 : tensor<2x2x77x64xbf16>) outs(%48 : tensor<2x2x77x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x64xf32>
    %52 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49 : tensor<2x2x77x64xf32>) outs(%48 : tensor<2x2x77x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_7 : f64 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x2x77x64xf32>
    %53 = tensor.empty() : tensor<2x2x64x77xf32>
    %transposed_18 = linalg.transpose ins(%50 : tensor<2x2x77x64xf32>) outs(%53 : tensor<2x2x64x77xf32>) permutation = [0, 1, 3, 2] 
    %54 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_18 : tensor<2x2x64x77xf32>) outs(%53 : tensor<2x2x64x77xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_7 : f64 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x2x64x77xf32>
    %collapsed_19 = tensor.collapse_shape %52 [[0, 1], [2], [3]] : tensor<2x2x77x64xf32> into tensor<4x77x64xf32>
    %collapsed_20 = tensor.collapse_shape %54 [[0, 1], [2], [3]] : tensor<2x2x64x77xf32> into tensor<4x64x77xf32>
    %55 = tensor.empty() : tensor<4x77x77xf32>
    %56 = linalg.fill ins(%cst_0 : f32) outs(%55 : tensor<4x77x77xf32>) -> tensor<4x77x77xf32>
    %57 = linalg.batch_matmul ins(%collapsed_19, %collapsed_20 : tensor<4x77x64xf32>, tensor<4x64x77xf32>) outs(%56 : tensor<4x77x77xf32>) -> tensor<4x77x77xf32>
    %expanded_21 = tensor.expand_shape %57 [[0, 1], [2], [3]] output_shape [2, 2, 77, 77] : tensor<4x77x77xf32> into tensor<2x2x77x77xf32>
    %58 = tensor.empty() : tensor<2x2x77xi64>
    %59 = linalg.fill ins(%c0_i64 : i64) outs(%58 : tensor<2x2x77xi64>) -> tensor<2x2x77xi64>
    %60 = tensor.empty() : tensor<2x2x77xf32>
    %61 = linalg.fill ins(%cst_1 : f32) outs(%60 : tensor<2x2x77xf32>) -> tensor<2x2x77xf32>
    %62:2 = linalg.generic {indexing_maps = [#map6, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_21 : tensor<2x2x77x77xf32>) outs(%61, %59 : tensor<2x2x77xf32>, tensor<2x2x77xi64>) {
    ^bb0(%in: f32, %out: f32, %out_35: i64):
      %129 = linalg.index 3 : index
      %130 = arith.index_cast %129 : index to i64
      %131 = arith.maximumf %in, %out : f32
      %132 = arith.cmpf ogt, %in, %out : f32
      %133 = arith.select %132, %130, %out_35 : i64
      linalg.yield %131, %133 : f32, i64
    } -> (tensor<2x2x77xf32>, tensor<2x2x77xi64>)
    %expanded_22 = tensor.expand_shape %62#0 [[0], [1], [2, 3]] output_shape [2, 2, 77, 1] : tensor<2x2x77xf32> into tensor<2x2x77x1xf32>
    %63 = tensor.empty() : tensor<2x2x77x77xf32>
    %64 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21, %expanded_22 : tensor<2x2x77x77xf32>, tensor<2x2x77x1xf32>) outs(%63 : tensor<2x2x77x77xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.subf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x77xf32>
    %65 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%64 : tensor<2x2x77x77xf32>) outs(%63 : tensor<2x2x77x77xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.exp %in : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x77xf32>
    %66 = tensor.empty() : tensor<2x2x77x1xf32>
    %67 = linalg.fill ins(%cst_0 : f32) outs(%66 : tensor<2x2x77x1xf32>) -> tensor<2x2x77x1xf32>
    %68 = linalg.generic {indexing_maps = [#map6, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%65 : tensor<2x2x77x77xf32>) outs(%67 : tensor<2x2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x1xf32>
    %69 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65, %68 : tensor<2x2x77x77xf32>, tensor<2x2x77x1xf32>) outs(%63 : tensor<2x2x77x77xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.divf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x77xf32>
    %70 = tensor.empty() : tensor<2x2x77x77xi1>
    %71 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21 : tensor<2x2x77x77xf32>) outs(%70 : tensor<2x2x77x77xi1>) {
    ^bb0(%in: f32, %out: i1):
      %129 = arith.extf %in : f32 to f64
      %130 = arith.cmpf oeq, %129, %cst_6 : f64
      linalg.yield %130 : i1
    } -> tensor<2x2x77x77xi1>
    %72 = tensor.empty() : tensor<2x2x77x1xi1>
    %73 = linalg.fill ins(%true : i1) outs(%72 : tensor<2x2x77x1xi1>) -> tensor<2x2x77x1xi1>
    %74 = linalg.generic {indexing_maps = [#map6, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%71 : tensor<2x2x77x77xi1>) outs(%73 : tensor<2x2x77x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %129 = arith.andi %in, %out : i1
      linalg.yield %129 : i1
    } -> tensor<2x2x77x1xi1>
    %75 = linalg.generic {indexing_maps = [#map8, #map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%74, %cst_5, %69 : tensor<2x2x77x1xi1>, tensor<2x2x77x77xf32>, tensor<2x2x77x77xf32>) outs(%63 : tensor<2x2x77x77xf32>) {
    ^bb0(%in: i1, %in_35: f32, %in_36: f32, %out: f32):
      %129 = arith.select %in, %in_35, %in_36 : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x77x77xf32>
    %collapsed_23 = tensor.collapse_shape %75 [[0, 1], [2], [3]] : tensor<2x2x77x77xf32> into tensor<4x77x77xf32>
    %collapsed_24 = tensor.collapse_shape %51 [[0, 1], [2], [3]] : tensor<2x2x77x64xf32> into tensor<4x77x64xf32>
    %76 = tensor.empty() : tensor<4x77x64xf32>
    %77 = linalg.fill ins(%cst_0 : f32) outs(%76 : tensor<4x77x64xf32>) -> tensor<4x77x64xf32>
    %78 = linalg.batch_matmul ins(%collapsed_23, %collapsed_24 : tensor<4x77x77xf32>, tensor<4x77x64xf32>) outs(%77 : tensor<4x77x64xf32>) -> tensor<4x77x64xf32>
    %expanded_25 = tensor.expand_shape %78 [[0, 1], [2], [3]] output_shape [2, 2, 77, 64] : tensor<4x77x64xf32> into tensor<2x2x77x64xf32>
    %79 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_25 : tensor<2x2x77x64xf32>) outs(%37 : tensor<2x2x77x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x2x77x64xbf16>
    %80 = tensor.empty() : tensor<2x77x2x64xbf16>
    %transposed_26 = linalg.transpose ins(%79 : tensor<2x2x77x64xbf16>) outs(%80 : tensor<2x77x2x64xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_27 = tensor.collapse_shape %transposed_26 [[0], [1], [2, 3]] : tensor<2x77x2x64xbf16> into tensor<2x77x128xbf16>
    %transposed_28 = linalg.transpose ins(%arg7 : tensor<128x128xbf16>) outs(%25 : tensor<128x128xbf16>) permutation = [1, 0] 
    %81 = tensor.empty() : tensor<2x128x128xbf16>
    %82 = linalg.generic {indexing_maps = [#map9, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_28 : tensor<128x128xbf16>) outs(%81 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<2x128x128xbf16>
    %83 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<2x77x128xf32>) -> tensor<2x77x128xf32>
    %84 = linalg.batch_matmul ins(%collapsed_27, %82 : tensor<2x77x128xbf16>, tensor<2x128x128xbf16>) outs(%83 : tensor<2x77x128xf32>) -> tensor<2x77x128xf32>
    %85 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%84 : tensor<2x77x128xf32>) outs(%23 : tensor<2x77x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x77x128xbf16>
    %86 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85, %arg8 : tensor<2x77x128xbf16>, tensor<128xbf16>) outs(%23 : tensor<2x77x128xbf16>) {
    ^bb0(%in: bf16, %in_35: bf16, %out: bf16):
      %129 = arith.addf %in, %in_35 : bf16
      linalg.yield %129 : bf16
    } -> tensor<2x77x128xbf16>
    %87 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %86 : tensor<2x77x128xbf16>, tensor<2x77x128xbf16>) outs(%23 : tensor<2x77x128xbf16>) {
    ^bb0(%in: bf16, %in_35: bf16, %out: bf16):
      %129 = arith.addf %in, %in_35 : bf16
      linalg.yield %129 : bf16
    } -> tensor<2x77x128xbf16>
    %88 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87 : tensor<2x77x128xbf16>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x77x128xf32>
    %89 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88 : tensor<2x77x128xf32>) outs(%2 : tensor<2x77x128xf64>) {
    ^bb0(%in: f32, %out: f64):
      %129 = arith.extf %in : f32 to f64
      linalg.yield %129 : f64
    } -> tensor<2x77x128xf64>
    %90 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%89 : tensor<2x77x128xf64>) outs(%5 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %91 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%90 : tensor<2x77x1xf64>) outs(%4 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %92 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%89, %91 : tensor<2x77x128xf64>, tensor<2x77x1xf64>) outs(%2 : tensor<2x77x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.subf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x128xf64>
    %93 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%92, %92 : tensor<2x77x128xf64>, tensor<2x77x128xf64>) outs(%2 : tensor<2x77x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.mulf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x128xf64>
    %94 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%93 : tensor<2x77x128xf64>) outs(%5 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %95 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%94 : tensor<2x77x1xf64>) outs(%4 : tensor<2x77x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x77x1xf64>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%95 : tensor<2x77x1xf64>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %129 = arith.truncf %in : f64 to f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %97 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%88 : tensor<2x77x128xf32>) outs(%14 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %98 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%97 : tensor<2x77x1xf32>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.divf %in, %cst_10 : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %99 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%96 : tensor<2x77x1xf32>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_8 : f64 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x77x1xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%99 : tensor<2x77x1xf32>) outs(%12 : tensor<2x77x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.rsqrt %in : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x1xf32>
    %101 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88, %98 : tensor<2x77x128xf32>, tensor<2x77x1xf32>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.subf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x128xf32>
    %102 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%101, %100 : tensor<2x77x128xf32>, tensor<2x77x1xf32>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.mulf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x77x128xf32>
    %103 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%102, %arg15 : tensor<2x77x128xf32>, tensor<128xbf16>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x77x128xf32>
    %104 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%103, %arg16 : tensor<2x77x128xf32>, tensor<128xbf16>) outs(%0 : tensor<2x77x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x77x128xf32>
    %105 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%104 : tensor<2x77x128xf32>) outs(%23 : tensor<2x77x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x77x128xbf16>
    %collapsed_29 = tensor.collapse_shape %105 [[0, 1], [2]] : tensor<2x77x128xbf16> into tensor<154x128xbf16>
    %106 = tensor.empty() : tensor<128x288xbf16>
    %transposed_30 = linalg.transpose ins(%arg9 : tensor<288x128xbf16>) outs(%106 : tensor<128x288xbf16>) permutation = [1, 0] 
    %107 = tensor.empty() : tensor<288xf32>
    %108 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg10 : tensor<288xbf16>) outs(%107 : tensor<288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<288xf32>
    %109 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_29 : tensor<154x128xbf16>) outs(%28 : tensor<154x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<154x128xf32>
    %110 = tensor.empty() : tensor<128x288xf32>
    %111 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_30 : tensor<128x288xbf16>) outs(%110 : tensor<128x288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x288xf32>
    %112 = tensor.empty() : tensor<154x288xf32>
    %113 = linalg.fill ins(%cst_0 : f32) outs(%112 : tensor<154x288xf32>) -> tensor<154x288xf32>
    %114 = linalg.matmul ins(%109, %111 : tensor<154x128xf32>, tensor<128x288xf32>) outs(%113 : tensor<154x288xf32>) -> tensor<154x288xf32>
    %115 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%114, %108 : tensor<154x288xf32>, tensor<288xf32>) outs(%112 : tensor<154x288xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<154x288xf32>
    %116 = tensor.empty() : tensor<154x288xbf16>
    %117 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%115 : tensor<154x288xf32>) outs(%116 : tensor<154x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<154x288xbf16>
    %expanded_31 = tensor.expand_shape %117 [[0, 1], [2]] output_shape [2, 77, 288] : tensor<154x288xbf16> into tensor<2x77x288xbf16>
    %118 = tensor.empty() : tensor<2x77x288xbf16>
    %119 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_31 : tensor<2x77x288xbf16>) outs(%118 : tensor<2x77x288xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %129 = math.sqrt %cst_3 : bf16
      %130 = arith.divf %in, %129 : bf16
      %131 = math.erf %130 : bf16
      %132 = arith.addf %131, %cst_2 : bf16
      %133 = arith.mulf %132, %cst_4 : bf16
      %134 = arith.mulf %in, %133 : bf16
      linalg.yield %134 : bf16
    } -> tensor<2x77x288xbf16>
    %collapsed_32 = tensor.collapse_shape %119 [[0, 1], [2]] : tensor<2x77x288xbf16> into tensor<154x288xbf16>
    %120 = tensor.empty() : tensor<288x128xbf16>
    %transposed_33 = linalg.transpose ins(%arg11 : tensor<128x288xbf16>) outs(%120 : tensor<288x128xbf16>) permutation = [1, 0] 
    %121 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg12 : tensor<128xbf16>) outs(%26 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %122 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_32 : tensor<154x288xbf16>) outs(%112 : tensor<154x288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<154x288xf32>
    %123 = tensor.empty() : tensor<288x128xf32>
    %124 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_33 : tensor<288x128xbf16>) outs(%123 : tensor<288x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<288x128xf32>
    %125 = linalg.matmul ins(%122, %124 : tensor<154x288xf32>, tensor<288x128xf32>) outs(%32 : tensor<154x128xf32>) -> tensor<154x128xf32>
    %126 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%125, %121 : tensor<154x128xf32>, tensor<128xf32>) outs(%28 : tensor<154x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<154x128xf32>
    %127 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%126 : tensor<154x128xf32>) outs(%35 : tensor<154x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<154x128xbf16>
    %expanded_34 = tensor.expand_shape %127 [[0, 1], [2]] output_shape [2, 77, 128] : tensor<154x128xbf16> into tensor<2x77x128xbf16>
    %128 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87, %expanded_34 : tensor<2x77x128xbf16>, tensor<2x77x128xbf16>) outs(%23 : tensor<2x77x128xbf16>) {
    ^bb0(%in: bf16, %in_35: bf16, %out: bf16):
      %129 = arith.addf %in, %in_35 : bf16
      linalg.yield %129 : bf16
    } -> tensor<2x77x128xbf16>
    return %128 : tensor<2x77x128xbf16>
  }
}
