#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map6 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2) -> (d2)>
#map9 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
module {
  func.func @main(%arg0: tensor<2x80x128xbf16>, %arg1: tensor<128x128xbf16>, %arg2: tensor<128xbf16>, %arg3: tensor<128x128xbf16>, %arg4: tensor<128xbf16>, %arg5: tensor<128x128xbf16>, %arg6: tensor<128xbf16>, %arg7: tensor<128x128xbf16>, %arg8: tensor<128xbf16>, %arg9: tensor<288x128xbf16>, %arg10: tensor<288xbf16>, %arg11: tensor<128x288xbf16>, %arg12: tensor<128xbf16>, %arg13: tensor<128xbf16>, %arg14: tensor<128xbf16>, %arg15: tensor<128xbf16>, %arg16: tensor<128xbf16>) -> tensor<2x80x128xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant 0.000000e+00 : f64
    %cst_2 = arith.constant 1.000000e+00 : bf16
    %cst_3 = arith.constant 2.000000e+00 : bf16
    %cst_4 = arith.constant 5.000000e-01 : bf16
    %cst_5 = arith.constant dense<0.000000e+00> : tensor<2x2x80x80xf32>
    %cst_6 = arith.constant 1.000000e-05 : f64
    %cst_7 = arith.constant 0xFFF0000000000000 : f64
    %cst_8 = arith.constant 0.35355339059327379 : f64
    %cst_9 = arith.constant 1.280000e+02 : f64
    %cst_10 = arith.constant 1.280000e+02 : f32
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x80x128xbf16> into tensor<160x128xbf16>
    %0 = tensor.empty() : tensor<128x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<128x128xbf16>) outs(%0 : tensor<128x128xbf16>) permutation = [1, 0] 
    %1 = tensor.empty() : tensor<128xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg2 : tensor<128xbf16>) outs(%1 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %3 = tensor.empty() : tensor<160x128xf32>
    %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<160x128xbf16>) outs(%3 : tensor<160x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<160x128xf32>
    %5 = tensor.empty() : tensor<128x128xf32>
    %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<128x128xbf16>) outs(%5 : tensor<128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x128xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%3 : tensor<160x128xf32>) -> tensor<160x128xf32>
    %8 = linalg.matmul ins(%4, %6 : tensor<160x128xf32>, tensor<128x128xf32>) outs(%7 : tensor<160x128xf32>) -> tensor<160x128xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%8, %2 : tensor<160x128xf32>, tensor<128xf32>) outs(%3 : tensor<160x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<160x128xf32>
    %10 = tensor.empty() : tensor<160x128xbf16>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<160x128xf32>) outs(%10 : tensor<160x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<160x128xbf16>
    %expanded = tensor.expand_shape %11 [[0, 1], [2, 3]] output_shape [2, 80, 2, 64] : tensor<160x128xbf16> into tensor<2x80x2x64xbf16>
    %12 = tensor.empty() : tensor<2x2x80x64xbf16>
    %transposed_11 = linalg.transpose ins(%expanded : tensor<2x80x2x64xbf16>) outs(%12 : tensor<2x2x80x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_12 = linalg.transpose ins(%arg3 : tensor<128x128xbf16>) outs(%0 : tensor<128x128xbf16>) permutation = [1, 0] 
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<128xbf16>) outs(%1 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_12 : tensor<128x128xbf16>) outs(%5 : tensor<128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x128xf32>
    %15 = linalg.matmul ins(%4, %14 : tensor<160x128xf32>, tensor<128x128xf32>) outs(%7 : tensor<160x128xf32>) -> tensor<160x128xf32>
    %16 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%15, %13 : tensor<160x128xf32>, tensor<128xf32>) outs(%3 : tensor<160x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<160x128xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<160x128xf32>) outs(%10 : tensor<160x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<160x128xbf16>
    %expanded_13 = tensor.expand_shape %17 [[0, 1], [2, 3]] output_shape [2, 80, 2, 64] : tensor<160x128xbf16> into tensor<2x80x2x64xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<2x80x2x64xbf16>) outs(%12 : tensor<2x2x80x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_15 = linalg.transpose ins(%arg5 : tensor<128x128xbf16>) outs(%0 : tensor<128x128xbf16>) permutation = [1, 0] 
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg6 : tensor<128xbf16>) outs(%1 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_15 : tensor<128x128xbf16>) outs(%5 : tensor<128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x128xf32>
    %20 = linalg.matmul ins(%4, %19 : tensor<160x128xf32>, tensor<128x128xf32>) outs(%7 : tensor<160x128xf32>) -> tensor<160x128xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%20, %18 : tensor<160x128xf32>, tensor<128xf32>) outs(%3 : tensor<160x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<160x128xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%21 : tensor<160x128xf32>) outs(%10 : tensor<160x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<160x128xbf16>
    %expanded_16 = tensor.expand_shape %22 [[0, 1], [2, 3]] output_shape [2, 80, 2, 64] : tensor<160x128xbf16> into tensor<2x80x2x64xbf16>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<2x80x2x64xbf16>) outs(%12 : tensor<2x2x80x64xbf16>) permutation = [0, 2, 1, 3] 
    %23 = tensor.empty() : tensor<2x2x80x64xf32>
    %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_11 : tensor<2x2x80x64xbf16>) outs(%23 : tensor<2x2x80x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x64xf32>
    %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_14 : tensor<2x2x80x64xbf16>) outs(%23 : tensor<2x2x80x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x64xf32>
    %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_17 : tensor<2x2x80x64xbf16>) outs(%23 : tensor<2x2x80x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x64xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<2x2x80x64xf32>) outs(%23 : tensor<2x2x80x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_8 : f64 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x2x80x64xf32>
    %28 = tensor.empty() : tensor<2x2x64x80xf32>
    %transposed_18 = linalg.transpose ins(%25 : tensor<2x2x80x64xf32>) outs(%28 : tensor<2x2x64x80xf32>) permutation = [0, 1, 3, 2] 
    %29 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_18 : tensor<2x2x64x80xf32>) outs(%28 : tensor<2x2x64x80xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_8 : f64 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x2x64x80xf32>
    %collapsed_19 = tensor.collapse_shape %27 [[0, 1], [2], [3]] : tensor<2x2x80x64xf32> into tensor<4x80x64xf32>
    %collapsed_20 = tensor.collapse_shape %29 [[0, 1], [2], [3]] : tensor<2x2x64x80xf32> into tensor<4x64x80xf32>
    %30 = tensor.empty() : tensor<4x80x80xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<4x80x80xf32>) -> tensor<4x80x80xf32>
    %32 = linalg.batch_matmul ins(%collapsed_19, %collapsed_20 : tensor<4x80x64xf32>, tensor<4x64x80xf32>) outs(%31 : tensor<4x80x80xf32>) -> tensor<4x80x80xf32>
    %expanded_21 = tensor.expand_shape %32 [[0, 1], [2], [3]] output_shape [2, 2, 80, 80] : tensor<4x80x80xf32> into tensor<2x2x80x80xf32>
    %33 = tensor.empty() : tensor<2x2x80xi64>
    %34 = linalg.fill ins(%c0_i64 : i64) outs(%33 : tensor<2x2x80xi64>) -> tensor<2x2x80xi64>
    %35 = tensor.empty() : tensor<2x2x80xf32>
    %36 = linalg.fill ins(%cst_0 : f32) outs(%35 : tensor<2x2x80xf32>) -> tensor<2x2x80xf32>
    %37:2 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_21 : tensor<2x2x80x80xf32>) outs(%36, %34 : tensor<2x2x80xf32>, tensor<2x2x80xi64>) {
    ^bb0(%in: f32, %out: f32, %out_35: i64):
      %129 = linalg.index 3 : index
      %130 = arith.index_cast %129 : index to i64
      %131 = arith.maximumf %in, %out : f32
      %132 = arith.cmpf ogt, %in, %out : f32
      %133 = arith.select %132, %130, %out_35 : i64
      linalg.yield %131, %133 : f32, i64
    } -> (tensor<2x2x80xf32>, tensor<2x2x80xi64>)
    %expanded_22 = tensor.expand_shape %37#0 [[0], [1], [2, 3]] output_shape [2, 2, 80, 1] : tensor<2x2x80xf32> into tensor<2x2x80x1xf32>
    %38 = tensor.empty() : tensor<2x2x80x80xf32>
    %39 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21, %expanded_22 : tensor<2x2x80x80xf32>, tensor<2x2x80x1xf32>) outs(%38 : tensor<2x2x80x80xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.subf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x80xf32>
    %40 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<2x2x80x80xf32>) outs(%38 : tensor<2x2x80x80xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.exp %in : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x80xf32>
    %41 = tensor.empty() : tensor<2x2x80x1xf32>
    %42 = linalg.fill ins(%cst : f32) outs(%41 : tensor<2x2x80x1xf32>) -> tensor<2x2x80x1xf32>
    %43 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<2x2x80x80xf32>) outs(%42 : tensor<2x2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x1xf32>
    %44 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %43 : tensor<2x2x80x80xf32>, tensor<2x2x80x1xf32>) outs(%38 : tensor<2x2x80x80xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.divf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x80xf32>
    %45 = tensor.empty() : tensor<2x2x80x80xi1>
    %46 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21 : tensor<2x2x80x80xf32>) outs(%45 : tensor<2x2x80x80xi1>) {
    ^bb0(%in: f32, %out: i1):
      %129 = arith.extf %in : f32 to f64
      %130 = arith.cmpf oeq, %129, %cst_7 : f64
      linalg.yield %130 : i1
    } -> tensor<2x2x80x80xi1>
    %47 = tensor.empty() : tensor<2x2x80x1xi1>
    %48 = linalg.fill ins(%true : i1) outs(%47 : tensor<2x2x80x1xi1>) -> tensor<2x2x80x1xi1>
    %49 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%46 : tensor<2x2x80x80xi1>) outs(%48 : tensor<2x2x80x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %129 = arith.andi %in, %out : i1
      linalg.yield %129 : i1
    } -> tensor<2x2x80x1xi1>
    %50 = linalg.generic {indexing_maps = [#map5, #map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49, %cst_5, %44 : tensor<2x2x80x1xi1>, tensor<2x2x80x80xf32>, tensor<2x2x80x80xf32>) outs(%38 : tensor<2x2x80x80xf32>) {
    ^bb0(%in: i1, %in_35: f32, %in_36: f32, %out: f32):
      %129 = arith.select %in, %in_35, %in_36 : f32
      linalg.yield %129 : f32
    } -> tensor<2x2x80x80xf32>
    %collapsed_23 = tensor.collapse_shape %50 [[0, 1], [2], [3]] : tensor<2x2x80x80xf32> into tensor<4x80x80xf32>
    %collapsed_24 = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<2x2x80x64xf32> into tensor<4x80x64xf32>
    %51 = tensor.empty() : tensor<4x80x64xf32>
    %52 = linalg.fill ins(%cst : f32) outs(%51 : tensor<4x80x64xf32>) -> tensor<4x80x64xf32>
    %53 = linalg.batch_matmul ins(%collapsed_23, %collapsed_24 : tensor<4x80x80xf32>, tensor<4x80x64xf32>) outs(%52 : tensor<4x80x64xf32>) -> tensor<4x80x64xf32>
    %expanded_25 = tensor.expand_shape %53 [[0, 1], [2], [3]] output_shape [2, 2, 80, 64] : tensor<4x80x64xf32> into tensor<2x2x80x64xf32>
    %54 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_25 : tensor<2x2x80x64xf32>) outs(%12 : tensor<2x2x80x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x2x80x64xbf16>
    %55 = tensor.empty() : tensor<2x80x2x64xbf16>
    %transposed_26 = linalg.transpose ins(%54 : tensor<2x2x80x64xbf16>) outs(%55 : tensor<2x80x2x64xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_27 = tensor.collapse_shape %transposed_26 [[0], [1], [2, 3]] : tensor<2x80x2x64xbf16> into tensor<2x80x128xbf16>
    %transposed_28 = linalg.transpose ins(%arg7 : tensor<128x128xbf16>) outs(%0 : tensor<128x128xbf16>) permutation = [1, 0] 
    %56 = tensor.empty() : tensor<2x128x128xbf16>
    %57 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_28 : tensor<128x128xbf16>) outs(%56 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<2x128x128xbf16>
    %58 = tensor.empty() : tensor<2x80x128xf32>
    %59 = linalg.fill ins(%cst : f32) outs(%58 : tensor<2x80x128xf32>) -> tensor<2x80x128xf32>
    %60 = linalg.batch_matmul ins(%collapsed_27, %57 : tensor<2x80x128xbf16>, tensor<2x128x128xbf16>) outs(%59 : tensor<2x80x128xf32>) -> tensor<2x80x128xf32>
    %61 = tensor.empty() : tensor<2x80x128xbf16>
    %62 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%60 : tensor<2x80x128xf32>) outs(%61 : tensor<2x80x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x80x128xbf16>
    %63 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%62, %arg8 : tensor<2x80x128xbf16>, tensor<128xbf16>) outs(%61 : tensor<2x80x128xbf16>) {
    ^bb0(%in: bf16, %in_35: bf16, %out: bf16):
      %129 = arith.addf %in, %in_35 : bf16
      linalg.yield %129 : bf16
    } -> tensor<2x80x128xbf16>
    %64 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %63 : tensor<2x80x128xbf16>, tensor<2x80x128xbf16>) outs(%61 : tensor<2x80x128xbf16>) {
    ^bb0(%in: bf16, %in_35: bf16, %out: bf16):
      %129 = arith.addf %in, %in_35 : bf16
      linalg.yield %129 : bf16
    } -> tensor<2x80x128xbf16>
    %65 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%64 : tensor<2x80x128xbf16>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x80x128xf32>
    %66 = tensor.empty() : tensor<2x80x128xf64>
    %67 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65 : tensor<2x80x128xf32>) outs(%66 : tensor<2x80x128xf64>) {
    ^bb0(%in: f32, %out: f64):
      %129 = arith.extf %in : f32 to f64
      linalg.yield %129 : f64
    } -> tensor<2x80x128xf64>
    %68 = tensor.empty() : tensor<2x80x1xf64>
    %69 = linalg.fill ins(%cst_1 : f64) outs(%68 : tensor<2x80x1xf64>) -> tensor<2x80x1xf64>
    %70 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["parallel", "parallel", "reduction"]} ins(%67 : tensor<2x80x128xf64>) outs(%69 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %71 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70 : tensor<2x80x1xf64>) outs(%68 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %72 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%67, %71 : tensor<2x80x128xf64>, tensor<2x80x1xf64>) outs(%66 : tensor<2x80x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.subf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x128xf64>
    %73 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72, %72 : tensor<2x80x128xf64>, tensor<2x80x128xf64>) outs(%66 : tensor<2x80x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.mulf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x128xf64>
    %74 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["parallel", "parallel", "reduction"]} ins(%73 : tensor<2x80x128xf64>) outs(%69 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %75 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<2x80x1xf64>) outs(%68 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %76 = tensor.empty() : tensor<2x80x1xf32>
    %77 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%75 : tensor<2x80x1xf64>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %129 = arith.truncf %in : f64 to f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %78 = linalg.fill ins(%cst : f32) outs(%76 : tensor<2x80x1xf32>) -> tensor<2x80x1xf32>
    %79 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["parallel", "parallel", "reduction"]} ins(%65 : tensor<2x80x128xf32>) outs(%78 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %80 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%79 : tensor<2x80x1xf32>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.divf %in, %cst_10 : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %81 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77 : tensor<2x80x1xf32>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_6 : f64 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x80x1xf32>
    %82 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%81 : tensor<2x80x1xf32>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.rsqrt %in : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %83 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65, %80 : tensor<2x80x128xf32>, tensor<2x80x1xf32>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.subf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x128xf32>
    %84 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%83, %82 : tensor<2x80x128xf32>, tensor<2x80x1xf32>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.mulf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x128xf32>
    %85 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%84, %arg13 : tensor<2x80x128xf32>, tensor<128xbf16>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x80x128xf32>
    %86 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85, %arg14 : tensor<2x80x128xf32>, tensor<128xbf16>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x80x128xf32>
    %87 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%86 : tensor<2x80x128xf32>) outs(%61 : tensor<2x80x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x80x128xbf16>
    %collapsed_29 = tensor.collapse_shape %87 [[0, 1], [2]] : tensor<2x80x128xbf16> into tensor<160x128xbf16>
    %88 = tensor.empty() : tensor<128x288xbf16>
    %transposed_30 = linalg.transpose ins(%arg9 : tensor<288x128xbf16>) outs(%88 : tensor<128x288xbf16>) permutation = [1, 0] 
    %89 = tensor.empty() : tensor<288xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg10 : tensor<288xbf16>) outs(%89 : tensor<288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<288xf32>
    %91 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed_29 : tensor<160x128xbf16>) outs(%3 : tensor<160x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<160x128xf32>
    %92 = tensor.empty() : tensor<128x288xf32>
    %93 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_30 : tensor<128x288xbf16>) outs(%92 : tensor<128x288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128x288xf32>
    %94 = tensor.empty() : tensor<160x288xf32>
    %95 = linalg.fill ins(%cst : f32) outs(%94 : tensor<160x288xf32>) -> tensor<160x288xf32>
    %96 = linalg.matmul ins(%91, %93 : tensor<160x128xf32>, tensor<128x288xf32>) outs(%95 : tensor<160x288xf32>) -> tensor<160x288xf32>
    %97 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%96, %90 : tensor<160x288xf32>, tensor<288xf32>) outs(%94 : tensor<160x288xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<160x288xf32>
    %98 = tensor.empty() : tensor<160x288xbf16>
    %99 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%97 : tensor<160x288xf32>) outs(%98 : tensor<160x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<160x288xbf16>
    %expanded_31 = tensor.expand_shape %99 [[0, 1], [2]] output_shape [2, 80, 288] : tensor<160x288xbf16> into tensor<2x80x288xbf16>
    %100 = tensor.empty() : tensor<2x80x288xbf16>
    %101 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_31 : tensor<2x80x288xbf16>) outs(%100 : tensor<2x80x288xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %129 = math.sqrt %cst_3 : bf16
      %130 = arith.divf %in, %129 : bf16
      %131 = math.erf %130 : bf16
      %132 = arith.addf %131, %cst_2 : bf16
      %133 = arith.mulf %132, %cst_4 : bf16
      %134 = arith.mulf %in, %133 : bf16
      linalg.yield %134 : bf16
    } -> tensor<2x80x288xbf16>
    %collapsed_32 = tensor.collapse_shape %101 [[0, 1], [2]] : tensor<2x80x288xbf16> into tensor<160x288xbf16>
    %102 = tensor.empty() : tensor<288x128xbf16>
    %transposed_33 = linalg.transpose ins(%arg11 : tensor<128x288xbf16>) outs(%102 : tensor<288x128xbf16>) permutation = [1, 0] 
    %103 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg12 : tensor<128xbf16>) outs(%1 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<128xf32>
    %104 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed_32 : tensor<160x288xbf16>) outs(%94 : tensor<160x288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<160x288xf32>
    %105 = tensor.empty() : tensor<288x128xf32>
    %106 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_33 : tensor<288x128xbf16>) outs(%105 : tensor<288x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<288x128xf32>
    %107 = linalg.matmul ins(%104, %106 : tensor<160x288xf32>, tensor<288x128xf32>) outs(%7 : tensor<160x128xf32>) -> tensor<160x128xf32>
    %108 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%107, %103 : tensor<160x128xf32>, tensor<128xf32>) outs(%3 : tensor<160x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.addf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<160x128xf32>
    %109 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%108 : tensor<160x128xf32>) outs(%10 : tensor<160x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<160x128xbf16>
    %expanded_34 = tensor.expand_shape %109 [[0, 1], [2]] output_shape [2, 80, 128] : tensor<160x128xbf16> into tensor<2x80x128xbf16>
    %110 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87, %expanded_34 : tensor<2x80x128xbf16>, tensor<2x80x128xbf16>) outs(%61 : tensor<2x80x128xbf16>) {
    ^bb0(%in: bf16, %in_35: bf16, %out: bf16):
      %129 = arith.addf %in, %in_35 : bf16
      linalg.yield %129 : bf16
    } -> tensor<2x80x128xbf16>
    %111 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%110 : tensor<2x80x128xbf16>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<2x80x128xf32>
    %112 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%111 : tensor<2x80x128xf32>) outs(%66 : tensor<2x80x128xf64>) {
    ^bb0(%in: f32, %out: f64):
      %129 = arith.extf %in : f32 to f64
      linalg.yield %129 : f64
    } -> tensor<2x80x128xf64>
    %113 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["parallel", "parallel", "reduction"]} ins(%112 : tensor<2x80x128xf64>) outs(%69 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %114 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%113 : tensor<2x80x1xf64>) outs(%68 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %115 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%112, %114 : tensor<2x80x128xf64>, tensor<2x80x1xf64>) outs(%66 : tensor<2x80x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.subf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x128xf64>
    %116 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%115, %115 : tensor<2x80x128xf64>, tensor<2x80x128xf64>) outs(%66 : tensor<2x80x128xf64>) {
    ^bb0(%in: f64, %in_35: f64, %out: f64):
      %129 = arith.mulf %in, %in_35 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x128xf64>
    %117 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["parallel", "parallel", "reduction"]} ins(%116 : tensor<2x80x128xf64>) outs(%69 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.addf %in, %out : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %118 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%117 : tensor<2x80x1xf64>) outs(%68 : tensor<2x80x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %129 = arith.divf %in, %cst_9 : f64
      linalg.yield %129 : f64
    } -> tensor<2x80x1xf64>
    %119 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%118 : tensor<2x80x1xf64>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %129 = arith.truncf %in : f64 to f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %120 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["parallel", "parallel", "reduction"]} ins(%111 : tensor<2x80x128xf32>) outs(%78 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %121 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%120 : tensor<2x80x1xf32>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.divf %in, %cst_10 : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %122 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%119 : tensor<2x80x1xf32>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.truncf %cst_6 : f64 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x80x1xf32>
    %123 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%122 : tensor<2x80x1xf32>) outs(%76 : tensor<2x80x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.rsqrt %in : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x1xf32>
    %124 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%111, %121 : tensor<2x80x128xf32>, tensor<2x80x1xf32>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.subf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x128xf32>
    %125 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%124, %123 : tensor<2x80x128xf32>, tensor<2x80x1xf32>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %129 = arith.mulf %in, %in_35 : f32
      linalg.yield %129 : f32
    } -> tensor<2x80x128xf32>
    %126 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%125, %arg15 : tensor<2x80x128xf32>, tensor<128xbf16>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.mulf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x80x128xf32>
    %127 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%126, %arg16 : tensor<2x80x128xf32>, tensor<128xbf16>) outs(%58 : tensor<2x80x128xf32>) {
    ^bb0(%in: f32, %in_35: bf16, %out: f32):
      %129 = arith.extf %in_35 : bf16 to f32
      %130 = arith.addf %in, %129 : f32
      linalg.yield %130 : f32
    } -> tensor<2x80x128xf32>
    %128 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%127 : tensor<2x80x128xf32>) outs(%61 : tensor<2x80x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<2x80x128xbf16>
    return %128 : tensor<2x80x128xbf16>
  }
}
