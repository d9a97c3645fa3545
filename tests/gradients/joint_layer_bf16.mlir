#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0) -> (d0)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x40x32xbf16>, %arg1: tensor<32x32xbf16>, %arg2: tensor<32x32xbf16>, %arg3: tensor<32x32xbf16>, %arg4: tensor<32x32xbf16>, %arg5: tensor<1x40x32xbf16>) -> (tensor<1x40x32xbf16>, tensor<1x40x32xbf16>, tensor<32x32xbf16>, tensor<32x32xbf16>, tensor<32x32xbf16>, tensor<32x32xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_2 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_3 = arith.constant 4.000000e+00 : bf16
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<1x40x32xbf16> into tensor<40x32xbf16>
    %0 = tensor.empty() : tensor<40x32xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %2 = linalg.matmul ins(%collapsed, %arg1 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %3 = tensor.empty() : tensor<40x32xbf16>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded = tensor.expand_shape %4 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xbf16> into tensor<1x40x2x16xbf16>
    %5 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed = linalg.transpose ins(%expanded : tensor<1x40x2x16xbf16>) outs(%5 : tensor<1x2x40x16xbf16>) permutation = [0, 2, 1, 3] 
    %6 = linalg.matmul ins(%collapsed, %arg2 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_4 = tensor.expand_shape %7 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xbf16> into tensor<1x40x2x16xbf16>
    %8 = linalg.matmul ins(%collapsed, %arg3 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_5 = tensor.expand_shape %9 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xbf16> into tensor<1x40x2x16xbf16>
    %transposed_6 = linalg.transpose ins(%expanded_5 : tensor<1x40x2x16xbf16>) outs(%5 : tensor<1x2x40x16xbf16>) permutation = [0, 2, 1, 3] 
    %10 = tensor.empty() : tensor<40xi64>
    %11 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel"]} outs(%10 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %88 = linalg.index 0 : index
      %89 = arith.index_cast %88 : index to i64
      linalg.yield %89 : i64
    } -> tensor<40xi64>
    %expanded_7 = tensor.expand_shape %11 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_8 = tensor.expand_shape %11 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %12 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed_9 = linalg.transpose ins(%expanded_4 : tensor<1x40x2x16xbf16>) outs(%12 : tensor<1x2x16x40xbf16>) permutation = [0, 2, 3, 1] 
    %collapsed_10 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_11 = tensor.collapse_shape %transposed_9 [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %13 = tensor.empty() : tensor<2x40x40xf32>
    %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %15 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%14 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %16 = tensor.empty() : tensor<2x40x40xbf16>
    %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x40x40xf32>) outs(%16 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_12 = tensor.expand_shape %17 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %18 = tensor.empty() : tensor<1x2x40x40xbf16>
    %19 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.divf %in, %cst_3 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %20 = tensor.empty() : tensor<40x40xi1>
    %21 = linalg.generic {indexing_maps = [#map4, #map5, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_8, %expanded_7 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%20 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_48: i64, %out: i1):
      %88 = arith.cmpi sgt, %in, %in_48 : i64
      linalg.yield %88 : i1
    } -> tensor<40x40xi1>
    %22 = linalg.generic {indexing_maps = [#map6, #map7, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %cst_2, %19 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_48: bf16, %in_49: bf16, %out: bf16):
      %88 = arith.select %in, %in_48, %in_49 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %23 = tensor.empty() : tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x40x40xbf16>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = tensor.empty() : tensor<1x2x40xi64>
    %26 = linalg.fill ins(%c0_i64 : i64) outs(%25 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %27 = tensor.empty() : tensor<1x2x40xf32>
    %28 = linalg.fill ins(%cst_0 : f32) outs(%27 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %29:2 = linalg.generic {indexing_maps = [#map3, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x40x40xf32>) outs(%28, %26 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_48: i64):
      %88 = linalg.index 3 : index
      %89 = arith.index_cast %88 : index to i64
      %90 = arith.maximumf %in, %out : f32
      %91 = arith.cmpf ogt, %in, %out : f32
      %92 = arith.select %91, %89, %out_48 : i64
      linalg.yield %90, %92 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_13 = tensor.expand_shape %29#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %30 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %expanded_13 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %88 = arith.subf %in, %in_48 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = math.exp %in : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = tensor.empty() : tensor<1x2x40x1xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %34 = linalg.generic {indexing_maps = [#map3, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%31 : tensor<1x2x40x40xf32>) outs(%33 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = arith.addf %in, %out : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x1xf32>
    %35 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %34 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %88 = arith.divf %in, %in_48 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_14 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_15 = tensor.collapse_shape %transposed_6 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %37 = tensor.empty() : tensor<2x40x16xf32>
    %38 = linalg.fill ins(%cst : f32) outs(%37 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %39 = linalg.batch_matmul ins(%collapsed_14, %collapsed_15 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%38 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %40 = tensor.empty() : tensor<2x40x16xbf16>
    %41 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x40x16xf32>) outs(%40 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_16 = tensor.expand_shape %41 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %42 = tensor.empty() : tensor<1x40x2x16xbf16>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<1x2x40x16xbf16>) outs(%42 : tensor<1x40x2x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_18 = tensor.collapse_shape %transposed_17 [[0, 1], [2, 3]] : tensor<1x40x2x16xbf16> into tensor<40x32xbf16>
    %43 = linalg.matmul ins(%collapsed_18, %arg4 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %44 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%43 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_19 = tensor.expand_shape %44 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xbf16> into tensor<1x40x32xbf16>
    %collapsed_20 = tensor.collapse_shape %arg5 [[0, 1], [2]] : tensor<1x40x32xbf16> into tensor<40x32xbf16>
    %45 = tensor.empty() : tensor<32x40xbf16>
    %transposed_21 = linalg.transpose ins(%collapsed_18 : tensor<40x32xbf16>) outs(%45 : tensor<32x40xbf16>) permutation = [1, 0] 
    %46 = tensor.empty() : tensor<32x32xf32>
    %47 = linalg.fill ins(%cst : f32) outs(%46 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %48 = linalg.matmul ins(%transposed_21, %collapsed_20 : tensor<32x40xbf16>, tensor<40x32xbf16>) outs(%47 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %49 = tensor.empty() : tensor<32x32xbf16>
    %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%48 : tensor<32x32xf32>) outs(%49 : tensor<32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<32x32xbf16>
    %transposed_22 = linalg.transpose ins(%arg4 : tensor<32x32xbf16>) outs(%49 : tensor<32x32xbf16>) permutation = [1, 0] 
    %51 = linalg.matmul ins(%collapsed_20, %transposed_22 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%51 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_23 = tensor.expand_shape %52 [[0, 1], [2, 3]] output_shape [1, 40, 2, 16] : tensor<40x32xbf16> into tensor<1x40x2x16xbf16>
    %transposed_24 = linalg.transpose ins(%expanded_23 : tensor<1x40x2x16xbf16>) outs(%5 : tensor<1x2x40x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_25 = tensor.collapse_shape %transposed_24 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_26 = linalg.transpose ins(%collapsed_14 : tensor<2x40x40xbf16>) outs(%16 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %53 = linalg.batch_matmul ins(%transposed_26, %collapsed_25 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%38 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %54 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%53 : tensor<2x40x16xf32>) outs(%40 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x16xbf16>
    %55 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_27 = linalg.transpose ins(%collapsed_15 : tensor<2x40x16xbf16>) outs(%55 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %56 = linalg.batch_matmul ins(%collapsed_25, %transposed_27 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%14 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %57 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56 : tensor<2x40x40xf32>) outs(%16 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_28 = tensor.expand_shape %54 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_29 = tensor.expand_shape %57 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %58 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_29 : tensor<1x2x40x40xbf16>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %59 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x40x40xbf16>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %88 = arith.extf %in : bf16 to f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %60 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%58, %59 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %88 = arith.mulf %in, %in_48 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %61 = linalg.generic {indexing_maps = [#map3, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%60 : tensor<1x2x40x40xf32>) outs(%33 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %88 = arith.addf %in, %out : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x1xf32>
    %62 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%59, %61 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %88 = arith.mulf %in, %in_48 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %63 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%60, %62 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_48: f32, %out: f32):
      %88 = arith.subf %in, %in_48 : f32
      linalg.yield %88 : f32
    } -> tensor<1x2x40x40xf32>
    %64 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %65 = linalg.generic {indexing_maps = [#map6, #map7, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %cst_1, %64 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_48: bf16, %in_49: bf16, %out: bf16):
      %88 = arith.select %in, %in_48, %in_49 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %66 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65 : tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %88 = arith.divf %in, %cst_3 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_30 = tensor.collapse_shape %66 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_31 = linalg.transpose ins(%collapsed_10 : tensor<2x40x16xbf16>) outs(%55 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %67 = tensor.empty() : tensor<2x16x40xf32>
    %68 = linalg.fill ins(%cst : f32) outs(%67 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %69 = linalg.batch_matmul ins(%transposed_31, %collapsed_30 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%68 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %70 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%69 : tensor<2x16x40xf32>) outs(%55 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_32 = linalg.transpose ins(%collapsed_11 : tensor<2x16x40xbf16>) outs(%40 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %71 = linalg.batch_matmul ins(%collapsed_30, %transposed_32 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%38 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %72 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%71 : tensor<2x40x16xf32>) outs(%40 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_33 = tensor.expand_shape %70 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_34 = tensor.expand_shape %72 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %transposed_35 = linalg.transpose ins(%expanded_28 : tensor<1x2x40x16xbf16>) outs(%42 : tensor<1x40x2x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_36 = tensor.collapse_shape %transposed_35 [[0, 1], [2, 3]] : tensor<1x40x2x16xbf16> into tensor<40x32xbf16>
    %transposed_37 = linalg.transpose ins(%collapsed : tensor<40x32xbf16>) outs(%45 : tensor<32x40xbf16>) permutation = [1, 0] 
    %73 = linalg.matmul ins(%transposed_37, %collapsed_36 : tensor<32x40xbf16>, tensor<40x32xbf16>) outs(%47 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %74 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%73 : tensor<32x32xf32>) outs(%49 : tensor<32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<32x32xbf16>
    %transposed_38 = linalg.transpose ins(%arg3 : tensor<32x32xbf16>) outs(%49 : tensor<32x32xbf16>) permutation = [1, 0] 
    %75 = linalg.matmul ins(%collapsed_36, %transposed_38 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %76 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%75 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_39 = tensor.expand_shape %76 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xbf16> into tensor<1x40x32xbf16>
    %transposed_40 = linalg.transpose ins(%expanded_33 : tensor<1x2x16x40xbf16>) outs(%42 : tensor<1x40x2x16xbf16>) permutation = [0, 3, 1, 2] 
    %collapsed_41 = tensor.collapse_shape %transposed_40 [[0, 1], [2, 3]] : tensor<1x40x2x16xbf16> into tensor<40x32xbf16>
    %77 = linalg.matmul ins(%transposed_37, %collapsed_41 : tensor<32x40xbf16>, tensor<40x32xbf16>) outs(%47 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %78 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%77 : tensor<32x32xf32>) outs(%49 : tensor<32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<32x32xbf16>
    %transposed_42 = linalg.transpose ins(%arg2 : tensor<32x32xbf16>) outs(%49 : tensor<32x32xbf16>) permutation = [1, 0] 
    %79 = linalg.matmul ins(%collapsed_41, %transposed_42 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%79 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_43 = tensor.expand_shape %80 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xbf16> into tensor<1x40x32xbf16>
    %81 = tensor.empty() : tensor<1x40x32xbf16>
    %82 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_39, %expanded_43 : tensor<1x40x32xbf16>, tensor<1x40x32xbf16>) outs(%81 : tensor<1x40x32xbf16>) {
    ^bb0(%in: bf16, %in_48: bf16, %out: bf16):
      %88 = arith.addf %in, %in_48 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x40x32xbf16>
    %transposed_44 = linalg.transpose ins(%expanded_34 : tensor<1x2x40x16xbf16>) outs(%42 : tensor<1x40x2x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_45 = tensor.collapse_shape %transposed_44 [[0, 1], [2, 3]] : tensor<1x40x2x16xbf16> into tensor<40x32xbf16>
    %83 = linalg.matmul ins(%transposed_37, %collapsed_45 : tensor<32x40xbf16>, tensor<40x32xbf16>) outs(%47 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %84 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%83 : tensor<32x32xf32>) outs(%49 : tensor<32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<32x32xbf16>
    %transposed_46 = linalg.transpose ins(%arg1 : tensor<32x32xbf16>) outs(%49 : tensor<32x32xbf16>) permutation = [1, 0] 
    %85 = linalg.matmul ins(%collapsed_45, %transposed_46 : tensor<40x32xbf16>, tensor<32x32xbf16>) outs(%1 : tensor<40x32xf32>) -> tensor<40x32xf32>
    %86 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%85 : tensor<40x32xf32>) outs(%3 : tensor<40x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %88 = arith.truncf %in : f32 to bf16
      linalg.yield %88 : bf16
    } -> tensor<40x32xbf16>
    %expanded_47 = tensor.expand_shape %86 [[0, 1], [2]] output_shape [1, 40, 32] : tensor<40x32xbf16> into tensor<1x40x32xbf16>
    %87 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%82, %expanded_47 : tensor<1x40x32xbf16>, tensor<1x40x32xbf16>) outs(%81 : tensor<1x40x32xbf16>) {
    ^bb0(%in: bf16, %in_48: bf16, %out: bf16):
      %88 = arith.addf %in, %in_48 : bf16
      linalg.yield %88 : bf16
    } -> tensor<1x40x32xbf16>
    return %expanded_19, %87, %84, %78, %74, %50 : tensor<1x40x32xbf16>, tensor<1x40x32xbf16>, tensor<32x32xbf16>, tensor<32x32xbf16>, tensor<32x32xbf16>, tensor<32x32xbf16>
  }
}

