#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0, 0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0) -> (d0)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func private @layer(%arg0: tensor<64x64xbf16>, %arg1: tensor<64x64xbf16>, %arg2: tensor<64x64xbf16>, %arg3: tensor<64x64xbf16>, %arg4: tensor<64x64xbf16>, %arg5: tensor<64xbf16>) -> tensor<64x64xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x2x64x64xf32>
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_3 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_4 = arith.constant dense<true> : tensor<64x64xi1>
    %cst_5 = arith.constant 0xFFF0000000000000 : f64
    %cst_6 = arith.constant 0.42044820762685725 : f64
    %cst_7 = arith.constant 1.000000e-05 : f64
    %cst_8 = arith.constant 6.400000e+01 : f32
    %0 = tensor.empty() : tensor<64x64xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<64x64xbf16>) outs(%0 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %68 = arith.extf %in : bf16 to f32
      linalg.yield %68 : f32
    } -> tensor<64x64xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<64x64xf32>) outs(%0 : tensor<64x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %68 : f32
    } -> tensor<64x64xf32>
    %3 = tensor.empty() : tensor<64x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<64x1xf32>) -> tensor<64x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%2 : tensor<64x64xf32>) outs(%4 : tensor<64x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = arith.addf %in, %out : f32
      linalg.yield %68 : f32
    } -> tensor<64x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<64x1xf32>) outs(%3 : tensor<64x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = arith.divf %in, %cst_8 : f32
      linalg.yield %68 : f32
    } -> tensor<64x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<64x1xf32>) outs(%3 : tensor<64x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = arith.truncf %cst_7 : f64 to f32
      %69 = arith.addf %in, %68 : f32
      linalg.yield %69 : f32
    } -> tensor<64x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<64x1xf32>) outs(%3 : tensor<64x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = math.rsqrt %in : f32
      linalg.yield %68 : f32
    } -> tensor<64x1xf32>
    %9 = tensor.empty() : tensor<64x1xbf16>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<64x1xf32>) outs(%9 : tensor<64x1xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %68 = arith.truncf %in : f32 to bf16
      linalg.yield %68 : bf16
    } -> tensor<64x1xbf16>
    %11 = tensor.empty() : tensor<64x64xbf16>
    %12 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %10 : tensor<64x64xbf16>, tensor<64x1xbf16>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: bf16, %in_28: bf16, %out: bf16):
      %68 = arith.mulf %in, %in_28 : bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    %13 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%12, %arg5 : tensor<64x64xbf16>, tensor<64xbf16>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: bf16, %in_28: bf16, %out: bf16):
      %68 = arith.mulf %in, %in_28 : bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    %14 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64x64xf32>) -> tensor<64x64xf32>
    %15 = linalg.matmul ins(%13, %arg1 : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%14 : tensor<64x64xf32>) -> tensor<64x64xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<64x64xf32>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %68 = arith.truncf %in : f32 to bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    %expanded = tensor.expand_shape %16 [[0], [1, 2]] output_shape [64, 2, 32] : tensor<64x64xbf16> into tensor<64x2x32xbf16>
    %17 = tensor.empty() : tensor<2x64x32xbf16>
    %transposed = linalg.transpose ins(%expanded : tensor<64x2x32xbf16>) outs(%17 : tensor<2x64x32xbf16>) permutation = [1, 0, 2] 
    %expanded_9 = tensor.expand_shape %transposed [[0, 1], [2], [3]] output_shape [1, 2, 64, 32] : tensor<2x64x32xbf16> into tensor<1x2x64x32xbf16>
    %18 = linalg.matmul ins(%13, %arg2 : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%14 : tensor<64x64xf32>) -> tensor<64x64xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%18 : tensor<64x64xf32>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %68 = arith.truncf %in : f32 to bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    %expanded_10 = tensor.expand_shape %19 [[0], [1, 2]] output_shape [64, 2, 32] : tensor<64x64xbf16> into tensor<64x2x32xbf16>
    %transposed_11 = linalg.transpose ins(%expanded_10 : tensor<64x2x32xbf16>) outs(%17 : tensor<2x64x32xbf16>) permutation = [1, 0, 2] 
    %expanded_12 = tensor.expand_shape %transposed_11 [[0, 1], [2], [3]] output_shape [1, 2, 64, 32] : tensor<2x64x32xbf16> into tensor<1x2x64x32xbf16>
    %20 = linalg.matmul ins(%13, %arg3 : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%14 : tensor<64x64xf32>) -> tensor<64x64xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<64x64xf32>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %68 = arith.truncf %in : f32 to bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    %expanded_13 = tensor.expand_shape %21 [[0], [1, 2]] output_shape [64, 2, 32] : tensor<64x64xbf16> into tensor<64x2x32xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<64x2x32xbf16>) outs(%17 : tensor<2x64x32xbf16>) permutation = [1, 0, 2] 
    %expanded_15 = tensor.expand_shape %transposed_14 [[0, 1], [2], [3]] output_shape [1, 2, 64, 32] : tensor<2x64x32xbf16> into tensor<1x2x64x32xbf16>
    %22 = tensor.empty() : tensor<1x2x64x32xf32>
    %23 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x2x64x32xbf16>) outs(%22 : tensor<1x2x64x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %68 = arith.extf %in : bf16 to f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x32xf32>
    %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<1x2x64x32xbf16>) outs(%22 : tensor<1x2x64x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %68 = arith.extf %in : bf16 to f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x32xf32>
    %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_15 : tensor<1x2x64x32xbf16>) outs(%22 : tensor<1x2x64x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %68 = arith.extf %in : bf16 to f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x32xf32>
    %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x64x32xf32>) outs(%22 : tensor<1x2x64x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = arith.truncf %cst_6 : f64 to f32
      %69 = arith.mulf %in, %68 : f32
      linalg.yield %69 : f32
    } -> tensor<1x2x64x32xf32>
    %27 = tensor.empty() : tensor<64xi64>
    %28 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel"]} outs(%27 : tensor<64xi64>) {
    ^bb0(%out: i64):
      %68 = linalg.index 0 : index
      %69 = arith.index_cast %68 : index to i64
      linalg.yield %69 : i64
    } -> tensor<64xi64>
    %expanded_16 = tensor.expand_shape %28 [[0, 1]] output_shape [1, 64] : tensor<64xi64> into tensor<1x64xi64>
    %expanded_17 = tensor.expand_shape %28 [[0, 1]] output_shape [64, 1] : tensor<64xi64> into tensor<64x1xi64>
    %29 = tensor.empty() : tensor<64x64xi64>
    %30 = linalg.generic {indexing_maps = [#map5, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_16, %expanded_17 : tensor<1x64xi64>, tensor<64x1xi64>) outs(%29 : tensor<64x64xi64>) {
    ^bb0(%in: i64, %in_28: i64, %out: i64):
      %68 = arith.subi %in, %in_28 : i64
      linalg.yield %68 : i64
    } -> tensor<64x64xi64>
    %31 = tensor.empty() : tensor<64x64xi1>
    %32 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%30 : tensor<64x64xi64>) outs(%31 : tensor<64x64xi1>) {
    ^bb0(%in: i64, %out: i1):
      %68 = arith.cmpi sle, %in, %c0_i64 : i64
      linalg.yield %68 : i1
    } -> tensor<64x64xi1>
    %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%32, %cst_4 : tensor<64x64xi1>, tensor<64x64xi1>) outs(%31 : tensor<64x64xi1>) {
    ^bb0(%in: i1, %in_28: i1, %out: i1):
      %68 = arith.andi %in, %in_28 : i1
      linalg.yield %68 : i1
    } -> tensor<64x64xi1>
    %34 = linalg.generic {indexing_maps = [#map, #map6, #map6, #map], iterator_types = ["parallel", "parallel"]} ins(%33, %cst_2, %cst_3 : tensor<64x64xi1>, tensor<f32>, tensor<f32>) outs(%0 : tensor<64x64xf32>) {
    ^bb0(%in: i1, %in_28: f32, %in_29: f32, %out: f32):
      %68 = arith.select %in, %in_28, %in_29 : f32
      linalg.yield %68 : f32
    } -> tensor<64x64xf32>
    %35 = tensor.empty() : tensor<1x2x32x64xf32>
    %transposed_18 = linalg.transpose ins(%24 : tensor<1x2x64x32xf32>) outs(%35 : tensor<1x2x32x64xf32>) permutation = [0, 1, 3, 2] 
    %36 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_18 : tensor<1x2x32x64xf32>) outs(%35 : tensor<1x2x32x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = arith.truncf %cst_6 : f64 to f32
      %69 = arith.mulf %in, %68 : f32
      linalg.yield %69 : f32
    } -> tensor<1x2x32x64xf32>
    %collapsed = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<1x2x64x32xf32> into tensor<2x64x32xf32>
    %collapsed_19 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x2x32x64xf32> into tensor<2x32x64xf32>
    %37 = tensor.empty() : tensor<2x64x64xf32>
    %38 = linalg.fill ins(%cst : f32) outs(%37 : tensor<2x64x64xf32>) -> tensor<2x64x64xf32>
    %39 = linalg.batch_matmul ins(%collapsed, %collapsed_19 : tensor<2x64x32xf32>, tensor<2x32x64xf32>) outs(%38 : tensor<2x64x64xf32>) -> tensor<2x64x64xf32>
    %expanded_20 = tensor.expand_shape %39 [[0, 1], [2], [3]] output_shape [1, 2, 64, 64] : tensor<2x64x64xf32> into tensor<1x2x64x64xf32>
    %40 = tensor.empty() : tensor<1x2x64x64xf32>
    %41 = linalg.generic {indexing_maps = [#map3, #map7, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_20, %34 : tensor<1x2x64x64xf32>, tensor<64x64xf32>) outs(%40 : tensor<1x2x64x64xf32>) {
    ^bb0(%in: f32, %in_28: f32, %out: f32):
      %68 = arith.addf %in, %in_28 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x64xf32>
    %42 = tensor.empty() : tensor<1x2x64xi64>
    %43 = linalg.fill ins(%c0_i64 : i64) outs(%42 : tensor<1x2x64xi64>) -> tensor<1x2x64xi64>
    %44 = tensor.empty() : tensor<1x2x64xf32>
    %45 = linalg.fill ins(%cst_0 : f32) outs(%44 : tensor<1x2x64xf32>) -> tensor<1x2x64xf32>
    %46:2 = linalg.generic {indexing_maps = [#map3, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%41 : tensor<1x2x64x64xf32>) outs(%45, %43 : tensor<1x2x64xf32>, tensor<1x2x64xi64>) {
    ^bb0(%in: f32, %out: f32, %out_28: i64):
      %68 = linalg.index 3 : index
      %69 = arith.index_cast %68 : index to i64
      %70 = arith.maximumf %in, %out : f32
      %71 = arith.cmpf ogt, %in, %out : f32
      %72 = arith.select %71, %69, %out_28 : i64
      linalg.yield %70, %72 : f32, i64
    } -> (tensor<1x2x64xf32>, tensor<1x2x64xi64>)
    %expanded_21 = tensor.expand_shape %46#0 [[0], [1], [2, 3]] output_shape [1, 2, 64, 1] : tensor<1x2x64xf32> into tensor<1x2x64x1xf32>
    %47 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %expanded_21 : tensor<1x2x64x64xf32>, tensor<1x2x64x1xf32>) outs(%40 : tensor<1x2x64x64xf32>) {
    ^bb0(%in: f32, %in_28: f32, %out: f32):
      %68 = arith.subf %in, %in_28 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x64xf32>
    %48 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x64x64xf32>) outs(%40 : tensor<1x2x64x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = math.exp %in : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x64xf32>
    %49 = tensor.empty() : tensor<1x2x64x1xf32>
    %50 = linalg.fill ins(%cst : f32) outs(%49 : tensor<1x2x64x1xf32>) -> tensor<1x2x64x1xf32>
    %51 = linalg.generic {indexing_maps = [#map3, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%48 : tensor<1x2x64x64xf32>) outs(%50 : tensor<1x2x64x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %68 = arith.addf %in, %out : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x1xf32>
    %52 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%48, %51 : tensor<1x2x64x64xf32>, tensor<1x2x64x1xf32>) outs(%40 : tensor<1x2x64x64xf32>) {
    ^bb0(%in: f32, %in_28: f32, %out: f32):
      %68 = arith.divf %in, %in_28 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x64xf32>
    %53 = tensor.empty() : tensor<1x2x64x64xi1>
    %54 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41 : tensor<1x2x64x64xf32>) outs(%53 : tensor<1x2x64x64xi1>) {
    ^bb0(%in: f32, %out: i1):
      %68 = arith.extf %in : f32 to f64
      %69 = arith.cmpf oeq, %68, %cst_5 : f64
      linalg.yield %69 : i1
    } -> tensor<1x2x64x64xi1>
    %55 = tensor.empty() : tensor<1x2x64x1xi1>
    %56 = linalg.fill ins(%true : i1) outs(%55 : tensor<1x2x64x1xi1>) -> tensor<1x2x64x1xi1>
    %57 = linalg.generic {indexing_maps = [#map3, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%54 : tensor<1x2x64x64xi1>) outs(%56 : tensor<1x2x64x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %68 = arith.andi %in, %out : i1
      linalg.yield %68 : i1
    } -> tensor<1x2x64x1xi1>
    %58 = linalg.generic {indexing_maps = [#map9, #map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57, %cst_1, %52 : tensor<1x2x64x1xi1>, tensor<1x2x64x64xf32>, tensor<1x2x64x64xf32>) outs(%40 : tensor<1x2x64x64xf32>) {
    ^bb0(%in: i1, %in_28: f32, %in_29: f32, %out: f32):
      %68 = arith.select %in, %in_28, %in_29 : f32
      linalg.yield %68 : f32
    } -> tensor<1x2x64x64xf32>
    %collapsed_22 = tensor.collapse_shape %58 [[0, 1], [2], [3]] : tensor<1x2x64x64xf32> into tensor<2x64x64xf32>
    %collapsed_23 = tensor.collapse_shape %25 [[0, 1], [2], [3]] : tensor<1x2x64x32xf32> into tensor<2x64x32xf32>
    %59 = tensor.empty() : tensor<2x64x32xf32>
    %60 = linalg.fill ins(%cst : f32) outs(%59 : tensor<2x64x32xf32>) -> tensor<2x64x32xf32>
    %61 = linalg.batch_matmul ins(%collapsed_22, %collapsed_23 : tensor<2x64x64xf32>, tensor<2x64x32xf32>) outs(%60 : tensor<2x64x32xf32>) -> tensor<2x64x32xf32>
    %expanded_24 = tensor.expand_shape %61 [[0, 1], [2], [3]] output_shape [1, 2, 64, 32] : tensor<2x64x32xf32> into tensor<1x2x64x32xf32>
    %62 = tensor.empty() : tensor<1x2x64x32xbf16>
    %63 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_24 : tensor<1x2x64x32xf32>) outs(%62 : tensor<1x2x64x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %68 = arith.truncf %in : f32 to bf16
      linalg.yield %68 : bf16
    } -> tensor<1x2x64x32xbf16>
    %collapsed_25 = tensor.collapse_shape %63 [[0, 1], [2], [3]] : tensor<1x2x64x32xbf16> into tensor<2x64x32xbf16>
    %64 = tensor.empty() : tensor<64x2x32xbf16>
    %transposed_26 = linalg.transpose ins(%collapsed_25 : tensor<2x64x32xbf16>) outs(%64 : tensor<64x2x32xbf16>) permutation = [1, 0, 2] 
    %collapsed_27 = tensor.collapse_shape %transposed_26 [[0], [1, 2]] : tensor<64x2x32xbf16> into tensor<64x64xbf16>
    %65 = linalg.matmul ins(%collapsed_27, %arg4 : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%14 : tensor<64x64xf32>) -> tensor<64x64xf32>
    %66 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%65 : tensor<64x64xf32>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %68 = arith.truncf %in : f32 to bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    %67 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %66 : tensor<64x64xbf16>, tensor<64x64xbf16>) outs(%11 : tensor<64x64xbf16>) {
    ^bb0(%in: bf16, %in_28: bf16, %out: bf16):
      %68 = arith.addf %in, %in_28 : bf16
      linalg.yield %68 : bf16
    } -> tensor<64x64xbf16>
    return %67 : tensor<64x64xbf16>
  }
  func.func @main(%x: tensor<64x64xbf16>, %W0: tensor<3x64x64xbf16>, %W1: tensor<3x64x64xbf16>, %W2: tensor<3x64x64xbf16>, %W3: tensor<3x64x64xbf16>, %g: tensor<3x64xbf16>) -> tensor<64x64xbf16> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %high = arith.constant 3 : index
    %r = scf.for %i = %c0 to %high step %c1 iter_args(%h = %x) -> (tensor<64x64xbf16>) {
      %w0 = tensor.extract_slice %W0[%i, 0, 0] [1, 64, 64] [1, 1, 1] : tensor<3x64x64xbf16> to tensor<64x64xbf16>
      %w1 = tensor.extract_slice %W1[%i, 0, 0] [1, 64, 64] [1, 1, 1] : tensor<3x64x64xbf16> to tensor<64x64xbf16>
      %w2 = tensor.extract_slice %W2[%i, 0, 0] [1, 64, 64] [1, 1, 1] : tensor<3x64x64xbf16> to tensor<64x64xbf16>
      %w3 = tensor.extract_slice %W3[%i, 0, 0] [1, 64, 64] [1, 1, 1] : tensor<3x64x64xbf16> to tensor<64x64xbf16>
      %gi = tensor.extract_slice %g[%i, 0] [1, 64] [1, 1] : tensor<3x64xbf16> to tensor<64xbf16>
      %y = func.call @layer(%h, %w0, %w1, %w2, %w3, %gi) : (tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64x64xbf16>, tensor<64xbf16>) -> tensor<64x64xbf16>
      scf.yield %y : tensor<64x64xbf16>
    }
    return %r : tensor<64x64xbf16>
  }
}
