#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map6 = affine_map<(d0) -> (d0)>
#map7 = affine_map<(d0, d1) -> (0, d1)>
#map8 = affine_map<(d0, d1) -> (d0, 0)>
#map9 = affine_map<(d0, d1) -> ()>
#map10 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map14 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x96x128xbf16>, %arg1: tensor<1x1x96x64xbf16>, %arg2: tensor<1x1x96x64xbf16>, %arg3: tensor<128x128xbf16>, %arg4: tensor<64x128xbf16>, %arg5: tensor<64x128xbf16>, %arg6: tensor<128x128xbf16>, %arg7: tensor<288x128xbf16>, %arg8: tensor<288x128xbf16>, %arg9: tensor<128x288xbf16>, %arg10: tensor<128xbf16>, %arg11: tensor<128xbf16>) -> tensor<1x96x128xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant 1.000000e+00 : f32
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<1x2x96x96xf32>
    %cst_3 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_4 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_5 = arith.constant dense<true> : tensor<96x96xi1>
    %cst_6 = arith.constant 0xFFF0000000000000 : f64
    %cst_7 = arith.constant 0.35355339059327379 : f64
    %cst_8 = arith.constant 1.000000e-05 : f64
    %cst_9 = arith.constant 1.280000e+02 : f32
    %0 = tensor.empty() : tensor<1x96x128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %117 = arith.extf %in : bf16 to f32
      linalg.yield %117 : f32
    } -> tensor<1x96x128xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %117 : f32
    } -> tensor<1x96x128xf32>
    %3 = tensor.empty() : tensor<1x96x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x96x1xf32>) -> tensor<1x96x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.addf %in, %out : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.divf %in, %cst_9 : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.truncf %cst_8 : f64 to f32
      %118 = arith.addf %in, %117 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = math.rsqrt %in : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_44: f32, %out: f32):
      %117 = arith.mulf %in, %in_44 : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x128xf32>
    %10 = tensor.empty() : tensor<1x96x128xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<1x96x128xf32>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x128xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg10, %11 : tensor<128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x128xbf16>
    %13 = tensor.empty() : tensor<128x128xbf16>
    %transposed = linalg.transpose ins(%arg3 : tensor<128x128xbf16>) outs(%13 : tensor<128x128xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %14 = tensor.empty() : tensor<96x128xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %16 = linalg.matmul ins(%collapsed, %transposed : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%15 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %17 = tensor.empty() : tensor<96x128xbf16>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<96x128xf32>) outs(%17 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x128xbf16>
    %expanded = tensor.expand_shape %18 [[0, 1], [2, 3]] output_shape [1, 96, 2, 64] : tensor<96x128xbf16> into tensor<1x96x2x64xbf16>
    %19 = tensor.empty() : tensor<1x2x96x64xbf16>
    %transposed_10 = linalg.transpose ins(%expanded : tensor<1x96x2x64xbf16>) outs(%19 : tensor<1x2x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %20 = tensor.empty() : tensor<128x64xbf16>
    %transposed_11 = linalg.transpose ins(%arg4 : tensor<64x128xbf16>) outs(%20 : tensor<128x64xbf16>) permutation = [1, 0] 
    %21 = tensor.empty() : tensor<96x64xf32>
    %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %23 = linalg.matmul ins(%collapsed, %transposed_11 : tensor<96x128xbf16>, tensor<128x64xbf16>) outs(%22 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %24 = tensor.empty() : tensor<96x64xbf16>
    %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<96x64xf32>) outs(%24 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x64xbf16>
    %expanded_12 = tensor.expand_shape %25 [[0, 1], [2, 3]] output_shape [1, 96, 1, 64] : tensor<96x64xbf16> into tensor<1x96x1x64xbf16>
    %26 = tensor.empty() : tensor<1x1x96x64xbf16>
    %transposed_13 = linalg.transpose ins(%expanded_12 : tensor<1x96x1x64xbf16>) outs(%26 : tensor<1x1x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_14 = linalg.transpose ins(%arg5 : tensor<64x128xbf16>) outs(%20 : tensor<128x64xbf16>) permutation = [1, 0] 
    %27 = linalg.matmul ins(%collapsed, %transposed_14 : tensor<96x128xbf16>, tensor<128x64xbf16>) outs(%22 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %28 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<96x64xf32>) outs(%24 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x64xbf16>
    %expanded_15 = tensor.expand_shape %28 [[0, 1], [2, 3]] output_shape [1, 96, 1, 64] : tensor<96x64xbf16> into tensor<1x96x1x64xbf16>
    %transposed_16 = linalg.transpose ins(%expanded_15 : tensor<1x96x1x64xbf16>) outs(%26 : tensor<1x1x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %extracted_slice = tensor.extract_slice %transposed_10[0, 0, 0, 0] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x2x96x32xbf16>
    %extracted_slice_17 = tensor.extract_slice %transposed_10[0, 0, 0, 32] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x2x96x32xbf16>
    %29 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_10, %arg1 : tensor<1x2x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%19 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x2x96x64xbf16>
    %30 = tensor.empty() : tensor<1x2x96x32xbf16>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_17 : tensor<1x2x96x32xbf16>) outs(%30 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %117 = arith.negf %in : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x2x96x32xbf16>
    %concat = tensor.concat dim(3) %31, %extracted_slice : (tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) -> tensor<1x2x96x64xbf16>
    %32 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %arg2 : tensor<1x2x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%19 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x2x96x64xbf16>
    %33 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %32 : tensor<1x2x96x64xbf16>, tensor<1x2x96x64xbf16>) outs(%19 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.addf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x2x96x64xbf16>
    %extracted_slice_18 = tensor.extract_slice %transposed_13[0, 0, 0, 0] [1, 1, 96, 32] [1, 1, 1, 1] : tensor<1x1x96x64xbf16> to tensor<1x1x96x32xbf16>
    %extracted_slice_19 = tensor.extract_slice %transposed_13[0, 0, 0, 32] [1, 1, 96, 32] [1, 1, 1, 1] : tensor<1x1x96x64xbf16> to tensor<1x1x96x32xbf16>
    %34 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_13, %arg1 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x1x96x64xbf16>
    %35 = tensor.empty() : tensor<1x1x96x32xbf16>
    %36 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_19 : tensor<1x1x96x32xbf16>) outs(%35 : tensor<1x1x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %117 = arith.negf %in : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x1x96x32xbf16>
    %concat_20 = tensor.concat dim(3) %36, %extracted_slice_18 : (tensor<1x1x96x32xbf16>, tensor<1x1x96x32xbf16>) -> tensor<1x1x96x64xbf16>
    %37 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_20, %arg2 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x1x96x64xbf16>
    %38 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.addf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x1x96x64xbf16>
    %39 = tensor.empty() : tensor<1x2x96x64xf32>
    %40 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33 : tensor<1x2x96x64xbf16>) outs(%39 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %117 = arith.extf %in : bf16 to f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x64xf32>
    %41 = tensor.empty() : tensor<1x1x96x64xf32>
    %42 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38 : tensor<1x1x96x64xbf16>) outs(%41 : tensor<1x1x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %117 = arith.extf %in : bf16 to f32
      linalg.yield %117 : f32
    } -> tensor<1x1x96x64xf32>
    %43 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_16 : tensor<1x1x96x64xbf16>) outs(%41 : tensor<1x1x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %117 = arith.extf %in : bf16 to f32
      linalg.yield %117 : f32
    } -> tensor<1x1x96x64xf32>
    %44 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40 : tensor<1x2x96x64xf32>) outs(%39 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.truncf %cst_7 : f64 to f32
      %118 = arith.mulf %in, %117 : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x64xf32>
    %45 = tensor.empty() : tensor<96xi64>
    %46 = linalg.generic {indexing_maps = [#map6], iterator_types = ["parallel"]} outs(%45 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %117 = linalg.index 0 : index
      %118 = arith.index_cast %117 : index to i64
      linalg.yield %118 : i64
    } -> tensor<96xi64>
    %expanded_21 = tensor.expand_shape %46 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %expanded_22 = tensor.expand_shape %46 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %47 = tensor.empty() : tensor<96x96xi64>
    %48 = linalg.generic {indexing_maps = [#map7, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded_21, %expanded_22 : tensor<1x96xi64>, tensor<96x1xi64>) outs(%47 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_44: i64, %out: i64):
      %117 = arith.subi %in, %in_44 : i64
      linalg.yield %117 : i64
    } -> tensor<96x96xi64>
    %49 = tensor.empty() : tensor<96x96xi1>
    %50 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%48 : tensor<96x96xi64>) outs(%49 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %117 = arith.cmpi sle, %in, %c0_i64 : i64
      linalg.yield %117 : i1
    } -> tensor<96x96xi1>
    %51 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%50, %cst_5 : tensor<96x96xi1>, tensor<96x96xi1>) outs(%49 : tensor<96x96xi1>) {
    ^bb0(%in: i1, %in_44: i1, %out: i1):
      %117 = arith.andi %in, %in_44 : i1
      linalg.yield %117 : i1
    } -> tensor<96x96xi1>
    %52 = tensor.empty() : tensor<96x96xf32>
    %53 = linalg.generic {indexing_maps = [#map3, #map9, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%51, %cst_3, %cst_4 : tensor<96x96xi1>, tensor<f32>, tensor<f32>) outs(%52 : tensor<96x96xf32>) {
    ^bb0(%in: i1, %in_44: f32, %in_45: f32, %out: f32):
      %117 = arith.select %in, %in_44, %in_45 : f32
      linalg.yield %117 : f32
    } -> tensor<96x96xf32>
    %54 = tensor.empty() : tensor<1x1x2x96x64xf32>
    %55 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%42 : tensor<1x1x96x64xf32>) outs(%54 : tensor<1x1x2x96x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x2x96x64xf32>
    %collapsed_23 = tensor.collapse_shape %55 [[0], [1, 2], [3], [4]] : tensor<1x1x2x96x64xf32> into tensor<1x2x96x64xf32>
    %56 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%43 : tensor<1x1x96x64xf32>) outs(%54 : tensor<1x1x2x96x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x2x96x64xf32>
    %57 = tensor.empty() : tensor<1x2x64x96xf32>
    %transposed_24 = linalg.transpose ins(%collapsed_23 : tensor<1x2x96x64xf32>) outs(%57 : tensor<1x2x64x96xf32>) permutation = [0, 1, 3, 2] 
    %58 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_24 : tensor<1x2x64x96xf32>) outs(%57 : tensor<1x2x64x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.truncf %cst_7 : f64 to f32
      %118 = arith.mulf %in, %117 : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x64x96xf32>
    %collapsed_25 = tensor.collapse_shape %44 [[0, 1], [2], [3]] : tensor<1x2x96x64xf32> into tensor<2x96x64xf32>
    %collapsed_26 = tensor.collapse_shape %58 [[0, 1], [2], [3]] : tensor<1x2x64x96xf32> into tensor<2x64x96xf32>
    %59 = tensor.empty() : tensor<2x96x96xf32>
    %60 = linalg.fill ins(%cst : f32) outs(%59 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %61 = linalg.batch_matmul ins(%collapsed_25, %collapsed_26 : tensor<2x96x64xf32>, tensor<2x64x96xf32>) outs(%60 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %expanded_27 = tensor.expand_shape %61 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xf32> into tensor<1x2x96x96xf32>
    %62 = tensor.empty() : tensor<1x2x96x96xf32>
    %63 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_27, %53 : tensor<1x2x96x96xf32>, tensor<96x96xf32>) outs(%62 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_44: f32, %out: f32):
      %117 = arith.addf %in, %in_44 : f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x96xf32>
    %64 = tensor.empty() : tensor<1x2x96xi64>
    %65 = linalg.fill ins(%c0_i64 : i64) outs(%64 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %66 = tensor.empty() : tensor<1x2x96xf32>
    %67 = linalg.fill ins(%cst_0 : f32) outs(%66 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %68:2 = linalg.generic {indexing_maps = [#map4, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%63 : tensor<1x2x96x96xf32>) outs(%67, %65 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_44: i64):
      %117 = linalg.index 3 : index
      %118 = arith.index_cast %117 : index to i64
      %119 = arith.maximumf %in, %out : f32
      %120 = arith.cmpf ogt, %in, %out : f32
      %121 = arith.select %120, %118, %out_44 : i64
      linalg.yield %119, %121 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_28 = tensor.expand_shape %68#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %69 = linalg.generic {indexing_maps = [#map4, #map14, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63, %expanded_28 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%62 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_44: f32, %out: f32):
      %117 = arith.subf %in, %in_44 : f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x96xf32>
    %70 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%69 : tensor<1x2x96x96xf32>) outs(%62 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = math.exp %in : f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x96xf32>
    %71 = tensor.empty() : tensor<1x2x96x1xf32>
    %72 = linalg.fill ins(%cst : f32) outs(%71 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %73 = linalg.generic {indexing_maps = [#map4, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%70 : tensor<1x2x96x96xf32>) outs(%72 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.addf %in, %out : f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x1xf32>
    %74 = linalg.generic {indexing_maps = [#map4, #map14, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%70, %73 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%62 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_44: f32, %out: f32):
      %117 = arith.divf %in, %in_44 : f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x96xf32>
    %75 = tensor.empty() : tensor<1x2x96x96xi1>
    %76 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63 : tensor<1x2x96x96xf32>) outs(%75 : tensor<1x2x96x96xi1>) {
    ^bb0(%in: f32, %out: i1):
      %117 = arith.extf %in : f32 to f64
      %118 = arith.cmpf oeq, %117, %cst_6 : f64
      linalg.yield %118 : i1
    } -> tensor<1x2x96x96xi1>
    %77 = tensor.empty() : tensor<1x2x96x1xi1>
    %78 = linalg.fill ins(%true : i1) outs(%77 : tensor<1x2x96x1xi1>) -> tensor<1x2x96x1xi1>
    %79 = linalg.generic {indexing_maps = [#map4, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%76 : tensor<1x2x96x96xi1>) outs(%78 : tensor<1x2x96x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %117 = arith.andi %in, %out : i1
      linalg.yield %117 : i1
    } -> tensor<1x2x96x1xi1>
    %80 = linalg.generic {indexing_maps = [#map14, #map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%79, %cst_2, %74 : tensor<1x2x96x1xi1>, tensor<1x2x96x96xf32>, tensor<1x2x96x96xf32>) outs(%62 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: i1, %in_44: f32, %in_45: f32, %out: f32):
      %117 = arith.select %in, %in_44, %in_45 : f32
      linalg.yield %117 : f32
    } -> tensor<1x2x96x96xf32>
    %collapsed_29 = tensor.collapse_shape %80 [[0, 1], [2], [3]] : tensor<1x2x96x96xf32> into tensor<2x96x96xf32>
    %collapsed_30 = tensor.collapse_shape %56 [[0, 1, 2], [3], [4]] : tensor<1x1x2x96x64xf32> into tensor<2x96x64xf32>
    %81 = tensor.empty() : tensor<2x96x64xf32>
    %82 = linalg.fill ins(%cst : f32) outs(%81 : tensor<2x96x64xf32>) -> tensor<2x96x64xf32>
    %83 = linalg.batch_matmul ins(%collapsed_29, %collapsed_30 : tensor<2x96x96xf32>, tensor<2x96x64xf32>) outs(%82 : tensor<2x96x64xf32>) -> tensor<2x96x64xf32>
    %expanded_31 = tensor.expand_shape %83 [[0, 1], [2], [3]] output_shape [1, 2, 96, 64] : tensor<2x96x64xf32> into tensor<1x2x96x64xf32>
    %84 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_31 : tensor<1x2x96x64xf32>) outs(%19 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<1x2x96x64xbf16>
    %85 = tensor.empty() : tensor<1x96x2x64xbf16>
    %transposed_32 = linalg.transpose ins(%84 : tensor<1x2x96x64xbf16>) outs(%85 : tensor<1x96x2x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_33 = linalg.transpose ins(%arg6 : tensor<128x128xbf16>) outs(%13 : tensor<128x128xbf16>) permutation = [1, 0] 
    %collapsed_34 = tensor.collapse_shape %transposed_32 [[0, 1], [2, 3]] : tensor<1x96x2x64xbf16> into tensor<96x128xbf16>
    %86 = linalg.matmul ins(%collapsed_34, %transposed_33 : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%15 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %87 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%86 : tensor<96x128xf32>) outs(%17 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x128xbf16>
    %expanded_35 = tensor.expand_shape %87 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %88 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_35 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.addf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x128xbf16>
    %89 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %117 = arith.extf %in : bf16 to f32
      linalg.yield %117 : f32
    } -> tensor<1x96x128xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%89 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %117 : f32
    } -> tensor<1x96x128xf32>
    %91 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%90 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.addf %in, %out : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x1xf32>
    %92 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%91 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.divf %in, %cst_9 : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x1xf32>
    %93 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%92 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.truncf %cst_8 : f64 to f32
      %118 = arith.addf %in, %117 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %94 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%93 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = math.rsqrt %in : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x1xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%89, %94 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_44: f32, %out: f32):
      %117 = arith.mulf %in, %in_44 : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x128xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%95 : tensor<1x96x128xf32>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x128xbf16>
    %97 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg11, %96 : tensor<128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x128xbf16>
    %98 = tensor.empty() : tensor<128x288xbf16>
    %transposed_36 = linalg.transpose ins(%arg7 : tensor<288x128xbf16>) outs(%98 : tensor<128x288xbf16>) permutation = [1, 0] 
    %collapsed_37 = tensor.collapse_shape %97 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %99 = tensor.empty() : tensor<96x288xf32>
    %100 = linalg.fill ins(%cst : f32) outs(%99 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %101 = linalg.matmul ins(%collapsed_37, %transposed_36 : tensor<96x128xbf16>, tensor<128x288xbf16>) outs(%100 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %102 = tensor.empty() : tensor<96x288xbf16>
    %103 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%101 : tensor<96x288xf32>) outs(%102 : tensor<96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x288xbf16>
    %expanded_38 = tensor.expand_shape %103 [[0, 1], [2]] output_shape [1, 96, 288] : tensor<96x288xbf16> into tensor<1x96x288xbf16>
    %104 = tensor.empty() : tensor<1x96x288xf32>
    %105 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_38 : tensor<1x96x288xbf16>) outs(%104 : tensor<1x96x288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %117 = arith.extf %in : bf16 to f32
      linalg.yield %117 : f32
    } -> tensor<1x96x288xf32>
    %106 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%105 : tensor<1x96x288xf32>) outs(%104 : tensor<1x96x288xf32>) {
    ^bb0(%in: f32, %out: f32):
      %117 = arith.negf %in : f32
      %118 = math.exp %117 : f32
      %119 = arith.addf %118, %cst_1 : f32
      %120 = arith.divf %cst_1, %119 : f32
      linalg.yield %120 : f32
    } -> tensor<1x96x288xf32>
    %107 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%105, %106 : tensor<1x96x288xf32>, tensor<1x96x288xf32>) outs(%104 : tensor<1x96x288xf32>) {
    ^bb0(%in: f32, %in_44: f32, %out: f32):
      %117 = arith.mulf %in, %in_44 : f32
      linalg.yield %117 : f32
    } -> tensor<1x96x288xf32>
    %108 = tensor.empty() : tensor<1x96x288xbf16>
    %109 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%107 : tensor<1x96x288xf32>) outs(%108 : tensor<1x96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x288xbf16>
    %transposed_39 = linalg.transpose ins(%arg8 : tensor<288x128xbf16>) outs(%98 : tensor<128x288xbf16>) permutation = [1, 0] 
    %110 = linalg.matmul ins(%collapsed_37, %transposed_39 : tensor<96x128xbf16>, tensor<128x288xbf16>) outs(%100 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %111 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%110 : tensor<96x288xf32>) outs(%102 : tensor<96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x288xbf16>
    %expanded_40 = tensor.expand_shape %111 [[0, 1], [2]] output_shape [1, 96, 288] : tensor<96x288xbf16> into tensor<1x96x288xbf16>
    %112 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%109, %expanded_40 : tensor<1x96x288xbf16>, tensor<1x96x288xbf16>) outs(%108 : tensor<1x96x288xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.mulf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x288xbf16>
    %113 = tensor.empty() : tensor<288x128xbf16>
    %transposed_41 = linalg.transpose ins(%arg9 : tensor<128x288xbf16>) outs(%113 : tensor<288x128xbf16>) permutation = [1, 0] 
    %collapsed_42 = tensor.collapse_shape %112 [[0, 1], [2]] : tensor<1x96x288xbf16> into tensor<96x288xbf16>
    %114 = linalg.matmul ins(%collapsed_42, %transposed_41 : tensor<96x288xbf16>, tensor<288x128xbf16>) outs(%15 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %115 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%114 : tensor<96x128xf32>) outs(%17 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %117 = arith.truncf %in : f32 to bf16
      linalg.yield %117 : bf16
    } -> tensor<96x128xbf16>
    %expanded_43 = tensor.expand_shape %115 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %116 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88, %expanded_43 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_44: bf16, %out: bf16):
      %117 = arith.addf %in, %in_44 : bf16
      linalg.yield %117 : bf16
    } -> tensor<1x96x128xbf16>
    return %116 : tensor<1x96x128xbf16>
  }
}
