#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map9 = affine_map<(d0, d1) -> (d0, 0)>
#map10 = affine_map<(d0, d1) -> (0, d1)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> ()>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map14 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x96x128xbf16>, %arg1: tensor<1x1x96x64xbf16>, %arg2: tensor<1x1x96x64xbf16>, %arg3: tensor<128x128xbf16>, %arg4: tensor<64x128xbf16>, %arg5: tensor<64x128xbf16>, %arg6: tensor<128x128xbf16>, %arg7: tensor<288x128xbf16>, %arg8: tensor<288x128xbf16>, %arg9: tensor<128x288xbf16>, %arg10: tensor<128xbf16>, %arg11: tensor<128xbf16>, %arg12: tensor<128xbf16>, %arg13: tensor<128xbf16>) -> tensor<1x96x128xbf16> {
    %c40_i64 = arith.constant 40 : i64
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %c3_i64 = arith.constant 3 : i64
    %cst_1 = arith.constant 4.467770e-02 : bf16
    %cst_2 = arith.constant 7.968750e-01 : bf16
    %cst_3 = arith.constant 1.000000e+00 : bf16
    %cst_4 = arith.constant 5.000000e-01 : bf16
    %cst_5 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_6 = arith.constant 9.9999999999999995E-7 : f64
    %cst_7 = arith.constant 1.280000e+02 : f32
    %cst_8 = arith.constant 1.000000e+00 : f32
    %cst_9 = arith.constant 1.250000e-01 : bf16
    %cst_10 = arith.constant 5.000000e+01 : bf16
    %0 = tensor.empty() : tensor<1x96x128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %3 = tensor.empty() : tensor<1x96x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x96x1xf32>) -> tensor<1x96x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %out : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.divf %in, %cst_7 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.truncf %cst_6 : f64 to f32
      %137 = arith.addf %in, %136 : f32
      linalg.yield %137 : f32
    } -> tensor<1x96x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.rsqrt %in : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %10 = tensor.empty() : tensor<128xf32>
    %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg10 : tensor<128xbf16>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %12 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<128xf32>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %cst_8 : f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %12 : tensor<1x96x128xf32>, tensor<128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %14 = tensor.empty() : tensor<1x96x128xbf16>
    %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<1x96x128xf32>) outs(%14 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x128xbf16>
    %16 = tensor.empty() : tensor<128x128xbf16>
    %transposed = linalg.transpose ins(%arg3 : tensor<128x128xbf16>) outs(%16 : tensor<128x128xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %15 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %17 = tensor.empty() : tensor<96x128xf32>
    %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %19 = linalg.matmul ins(%collapsed, %transposed : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%18 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %20 = tensor.empty() : tensor<96x128xbf16>
    %21 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%19 : tensor<96x128xf32>) outs(%20 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x128xbf16>
    %expanded = tensor.expand_shape %21 [[0, 1], [2, 3]] output_shape [1, 96, 2, 64] : tensor<96x128xbf16> into tensor<1x96x2x64xbf16>
    %22 = tensor.empty() : tensor<1x2x96x64xbf16>
    %transposed_11 = linalg.transpose ins(%expanded : tensor<1x96x2x64xbf16>) outs(%22 : tensor<1x2x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %23 = tensor.empty() : tensor<128x64xbf16>
    %transposed_12 = linalg.transpose ins(%arg4 : tensor<64x128xbf16>) outs(%23 : tensor<128x64xbf16>) permutation = [1, 0] 
    %24 = tensor.empty() : tensor<96x64xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %26 = linalg.matmul ins(%collapsed, %transposed_12 : tensor<96x128xbf16>, tensor<128x64xbf16>) outs(%25 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %27 = tensor.empty() : tensor<96x64xbf16>
    %28 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<96x64xf32>) outs(%27 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x64xbf16>
    %expanded_13 = tensor.expand_shape %28 [[0, 1], [2, 3]] output_shape [1, 96, 1, 64] : tensor<96x64xbf16> into tensor<1x96x1x64xbf16>
    %29 = tensor.empty() : tensor<1x1x96x64xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<1x96x1x64xbf16>) outs(%29 : tensor<1x1x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_15 = linalg.transpose ins(%arg5 : tensor<64x128xbf16>) outs(%23 : tensor<128x64xbf16>) permutation = [1, 0] 
    %30 = linalg.matmul ins(%collapsed, %transposed_15 : tensor<96x128xbf16>, tensor<128x64xbf16>) outs(%25 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%30 : tensor<96x64xf32>) outs(%27 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x64xbf16>
    %expanded_16 = tensor.expand_shape %31 [[0, 1], [2, 3]] output_shape [1, 96, 1, 64] : tensor<96x64xbf16> into tensor<1x96x1x64xbf16>
    %transposed_17 = linalg.transpose ins(%expanded_16 : tensor<1x96x1x64xbf16>) outs(%29 : tensor<1x1x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %extracted_slice = tensor.extract_slice %transposed_11[0, 0, 0, 0] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x2x96x32xbf16>
    %extracted_slice_18 = tensor.extract_slice %transposed_11[0, 0, 0, 32] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x2x96x32xbf16>
    %32 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_11, %arg1 : tensor<1x2x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%22 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.mulf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x64xbf16>
    %33 = tensor.empty() : tensor<1x2x96x32xbf16>
    %34 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_18 : tensor<1x2x96x32xbf16>) outs(%33 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = arith.negf %in : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x32xbf16>
    %concat = tensor.concat dim(3) %34, %extracted_slice : (tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) -> tensor<1x2x96x64xbf16>
    %35 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %arg2 : tensor<1x2x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%22 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.mulf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x64xbf16>
    %36 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %35 : tensor<1x2x96x64xbf16>, tensor<1x2x96x64xbf16>) outs(%22 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.addf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x64xbf16>
    %extracted_slice_19 = tensor.extract_slice %transposed_14[0, 0, 0, 0] [1, 1, 96, 32] [1, 1, 1, 1] : tensor<1x1x96x64xbf16> to tensor<1x1x96x32xbf16>
    %extracted_slice_20 = tensor.extract_slice %transposed_14[0, 0, 0, 32] [1, 1, 96, 32] [1, 1, 1, 1] : tensor<1x1x96x64xbf16> to tensor<1x1x96x32xbf16>
    %37 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_14, %arg1 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%29 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.mulf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x1x96x64xbf16>
    %38 = tensor.empty() : tensor<1x1x96x32xbf16>
    %39 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_20 : tensor<1x1x96x32xbf16>) outs(%38 : tensor<1x1x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = arith.negf %in : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x1x96x32xbf16>
    %concat_21 = tensor.concat dim(3) %39, %extracted_slice_19 : (tensor<1x1x96x32xbf16>, tensor<1x1x96x32xbf16>) -> tensor<1x1x96x64xbf16>
    %40 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_21, %arg2 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%29 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.mulf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x1x96x64xbf16>
    %41 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37, %40 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%29 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.addf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x1x96x64xbf16>
    %42 = tensor.empty() : tensor<1x1x2x96x64xbf16>
    %43 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%41 : tensor<1x1x96x64xbf16>) outs(%42 : tensor<1x1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x1x2x96x64xbf16>
    %collapsed_22 = tensor.collapse_shape %43 [[0], [1, 2], [3], [4]] : tensor<1x1x2x96x64xbf16> into tensor<1x2x96x64xbf16>
    %44 = tensor.empty() : tensor<1x2x64x96xbf16>
    %transposed_23 = linalg.transpose ins(%collapsed_22 : tensor<1x2x96x64xbf16>) outs(%44 : tensor<1x2x64x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_24 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x2x96x64xbf16> into tensor<2x96x64xbf16>
    %collapsed_25 = tensor.collapse_shape %transposed_23 [[0, 1], [2], [3]] : tensor<1x2x64x96xbf16> into tensor<2x64x96xbf16>
    %45 = tensor.empty() : tensor<2x96x96xf32>
    %46 = linalg.fill ins(%cst : f32) outs(%45 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %47 = linalg.batch_matmul ins(%collapsed_24, %collapsed_25 : tensor<2x96x64xbf16>, tensor<2x64x96xbf16>) outs(%46 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %48 = tensor.empty() : tensor<2x96x96xbf16>
    %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<2x96x96xf32>) outs(%48 : tensor<2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<2x96x96xbf16>
    %expanded_26 = tensor.expand_shape %49 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xbf16> into tensor<1x2x96x96xbf16>
    %50 = tensor.empty() : tensor<1x2x96x96xbf16>
    %51 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_26 : tensor<1x2x96x96xbf16>) outs(%50 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = arith.mulf %in, %cst_9 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x96xbf16>
    %52 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%51 : tensor<1x2x96x96xbf16>) outs(%50 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = arith.divf %in, %cst_10 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x96xbf16>
    %53 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52 : tensor<1x2x96x96xbf16>) outs(%50 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = math.tanh %in : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x96xbf16>
    %54 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%53 : tensor<1x2x96x96xbf16>) outs(%50 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = arith.mulf %in, %cst_10 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x96xbf16>
    %55 = tensor.empty() : tensor<96xi64>
    %56 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%55 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %136 = linalg.index 0 : index
      %137 = arith.index_cast %136 : index to i64
      linalg.yield %137 : i64
    } -> tensor<96xi64>
    %expanded_27 = tensor.expand_shape %56 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %expanded_28 = tensor.expand_shape %56 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %57 = tensor.empty() : tensor<96x96xi64>
    %58 = linalg.generic {indexing_maps = [#map9, #map10, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_27, %expanded_28 : tensor<96x1xi64>, tensor<1x96xi64>) outs(%57 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_45: i64, %out: i64):
      %136 = arith.subi %in, %in_45 : i64
      linalg.yield %136 : i64
    } -> tensor<96x96xi64>
    %59 = tensor.empty() : tensor<96x96xi1>
    %60 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%58 : tensor<96x96xi64>) outs(%59 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %136 = arith.cmpi slt, %in, %c0_i64 : i64
      linalg.yield %136 : i1
    } -> tensor<96x96xi1>
    %61 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%58 : tensor<96x96xi64>) outs(%59 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %136 = arith.cmpi sge, %in, %c40_i64 : i64
      linalg.yield %136 : i1
    } -> tensor<96x96xi1>
    %62 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%60, %61 : tensor<96x96xi1>, tensor<96x96xi1>) outs(%59 : tensor<96x96xi1>) {
    ^bb0(%in: i1, %in_45: i1, %out: i1):
      %136 = arith.ori %in, %in_45 : i1
      linalg.yield %136 : i1
    } -> tensor<96x96xi1>
    %63 = linalg.generic {indexing_maps = [#map11, #map12, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62, %cst_5, %54 : tensor<96x96xi1>, tensor<bf16>, tensor<1x2x96x96xbf16>) outs(%50 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: i1, %in_45: bf16, %in_46: bf16, %out: bf16):
      %136 = arith.select %in, %in_45, %in_46 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x96xbf16>
    %64 = tensor.empty() : tensor<1x2x96x96xf32>
    %65 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63 : tensor<1x2x96x96xbf16>) outs(%64 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<1x2x96x96xf32>
    %66 = tensor.empty() : tensor<1x2x96xi64>
    %67 = linalg.fill ins(%c0_i64 : i64) outs(%66 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %68 = tensor.empty() : tensor<1x2x96xf32>
    %69 = linalg.fill ins(%cst_0 : f32) outs(%68 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %70:2 = linalg.generic {indexing_maps = [#map5, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%65 : tensor<1x2x96x96xf32>) outs(%69, %67 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_45: i64):
      %136 = linalg.index 3 : index
      %137 = arith.index_cast %136 : index to i64
      %138 = arith.maximumf %in, %out : f32
      %139 = arith.cmpf ogt, %in, %out : f32
      %140 = arith.select %139, %137, %out_45 : i64
      linalg.yield %138, %140 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_29 = tensor.expand_shape %70#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %71 = linalg.generic {indexing_maps = [#map5, #map14, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65, %expanded_29 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%64 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.subf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x2x96x96xf32>
    %72 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%71 : tensor<1x2x96x96xf32>) outs(%64 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.exp %in : f32
      linalg.yield %136 : f32
    } -> tensor<1x2x96x96xf32>
    %73 = tensor.empty() : tensor<1x2x96x1xf32>
    %74 = linalg.fill ins(%cst : f32) outs(%73 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %75 = linalg.generic {indexing_maps = [#map5, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%72 : tensor<1x2x96x96xf32>) outs(%74 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %out : f32
      linalg.yield %136 : f32
    } -> tensor<1x2x96x1xf32>
    %76 = linalg.generic {indexing_maps = [#map5, #map14, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%72, %75 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%64 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.divf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x2x96x96xf32>
    %77 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%76 : tensor<1x2x96x96xf32>) outs(%50 : tensor<1x2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<1x2x96x96xbf16>
    %78 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%transposed_17 : tensor<1x1x96x64xbf16>) outs(%42 : tensor<1x1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x1x2x96x64xbf16>
    %collapsed_30 = tensor.collapse_shape %77 [[0, 1], [2], [3]] : tensor<1x2x96x96xbf16> into tensor<2x96x96xbf16>
    %collapsed_31 = tensor.collapse_shape %78 [[0, 1, 2], [3], [4]] : tensor<1x1x2x96x64xbf16> into tensor<2x96x64xbf16>
    %79 = tensor.empty() : tensor<2x96x64xf32>
    %80 = linalg.fill ins(%cst : f32) outs(%79 : tensor<2x96x64xf32>) -> tensor<2x96x64xf32>
    %81 = linalg.batch_matmul ins(%collapsed_30, %collapsed_31 : tensor<2x96x96xbf16>, tensor<2x96x64xbf16>) outs(%80 : tensor<2x96x64xf32>) -> tensor<2x96x64xf32>
    %82 = tensor.empty() : tensor<2x96x64xbf16>
    %83 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%81 : tensor<2x96x64xf32>) outs(%82 : tensor<2x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<2x96x64xbf16>
    %expanded_32 = tensor.expand_shape %83 [[0, 1], [2], [3]] output_shape [1, 2, 96, 64] : tensor<2x96x64xbf16> into tensor<1x2x96x64xbf16>
    %84 = tensor.empty() : tensor<1x96x2x64xbf16>
    %transposed_33 = linalg.transpose ins(%expanded_32 : tensor<1x2x96x64xbf16>) outs(%84 : tensor<1x96x2x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_34 = linalg.transpose ins(%arg6 : tensor<128x128xbf16>) outs(%16 : tensor<128x128xbf16>) permutation = [1, 0] 
    %collapsed_35 = tensor.collapse_shape %transposed_33 [[0, 1], [2, 3]] : tensor<1x96x2x64xbf16> into tensor<96x128xbf16>
    %85 = linalg.matmul ins(%collapsed_35, %transposed_34 : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%18 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %86 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%85 : tensor<96x128xf32>) outs(%20 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x128xbf16>
    %expanded_36 = tensor.expand_shape %86 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %87 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_36 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %88 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %89 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%88 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %out : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%89 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.divf %in, %cst_7 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %91 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%90 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.truncf %cst_6 : f64 to f32
      %137 = arith.addf %in, %136 : f32
      linalg.yield %137 : f32
    } -> tensor<1x96x1xf32>
    %92 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%91 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.rsqrt %in : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %93 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87, %92 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %94 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg11 : tensor<128xbf16>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %95 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%94 : tensor<128xf32>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %cst_8 : f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%93, %95 : tensor<1x96x128xf32>, tensor<128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %97 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%96 : tensor<1x96x128xf32>) outs(%14 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x128xbf16>
    %98 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %97 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%14 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.addf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x128xbf16>
    %99 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%98 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%99 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %101 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%100 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %out : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %102 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%101 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.divf %in, %cst_7 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %103 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%102 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.truncf %cst_6 : f64 to f32
      %137 = arith.addf %in, %136 : f32
      linalg.yield %137 : f32
    } -> tensor<1x96x1xf32>
    %104 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%103 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.rsqrt %in : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %105 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%99, %104 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %106 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg12 : tensor<128xbf16>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %107 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%106 : tensor<128xf32>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %cst_8 : f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %108 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%105, %107 : tensor<1x96x128xf32>, tensor<128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %109 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%108 : tensor<1x96x128xf32>) outs(%14 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x128xbf16>
    %110 = tensor.empty() : tensor<128x288xbf16>
    %transposed_37 = linalg.transpose ins(%arg7 : tensor<288x128xbf16>) outs(%110 : tensor<128x288xbf16>) permutation = [1, 0] 
    %collapsed_38 = tensor.collapse_shape %109 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %111 = tensor.empty() : tensor<96x288xf32>
    %112 = linalg.fill ins(%cst : f32) outs(%111 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %113 = linalg.matmul ins(%collapsed_38, %transposed_37 : tensor<96x128xbf16>, tensor<128x288xbf16>) outs(%112 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %114 = tensor.empty() : tensor<96x288xbf16>
    %115 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%113 : tensor<96x288xf32>) outs(%114 : tensor<96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x288xbf16>
    %expanded_39 = tensor.expand_shape %115 [[0, 1], [2]] output_shape [1, 96, 288] : tensor<96x288xbf16> into tensor<1x96x288xbf16>
    %116 = tensor.empty() : tensor<1x96x288xbf16>
    %117 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_39 : tensor<1x96x288xbf16>) outs(%116 : tensor<1x96x288xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %136 = math.fpowi %in, %c3_i64 : bf16, i64
      %137 = arith.mulf %136, %cst_1 : bf16
      %138 = arith.addf %in, %137 : bf16
      %139 = arith.mulf %138, %cst_2 : bf16
      %140 = math.tanh %139 : bf16
      %141 = arith.addf %140, %cst_3 : bf16
      %142 = arith.mulf %141, %cst_4 : bf16
      %143 = arith.mulf %in, %142 : bf16
      linalg.yield %143 : bf16
    } -> tensor<1x96x288xbf16>
    %transposed_40 = linalg.transpose ins(%arg8 : tensor<288x128xbf16>) outs(%110 : tensor<128x288xbf16>) permutation = [1, 0] 
    %118 = linalg.matmul ins(%collapsed_38, %transposed_40 : tensor<96x128xbf16>, tensor<128x288xbf16>) outs(%112 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %119 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%118 : tensor<96x288xf32>) outs(%114 : tensor<96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x288xbf16>
    %expanded_41 = tensor.expand_shape %119 [[0, 1], [2]] output_shape [1, 96, 288] : tensor<96x288xbf16> into tensor<1x96x288xbf16>
    %120 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%117, %expanded_41 : tensor<1x96x288xbf16>, tensor<1x96x288xbf16>) outs(%116 : tensor<1x96x288xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.mulf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x288xbf16>
    %121 = tensor.empty() : tensor<288x128xbf16>
    %transposed_42 = linalg.transpose ins(%arg9 : tensor<128x288xbf16>) outs(%121 : tensor<288x128xbf16>) permutation = [1, 0] 
    %collapsed_43 = tensor.collapse_shape %120 [[0, 1], [2]] : tensor<1x96x288xbf16> into tensor<96x288xbf16>
    %122 = linalg.matmul ins(%collapsed_43, %transposed_42 : tensor<96x288xbf16>, tensor<288x128xbf16>) outs(%18 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %123 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%122 : tensor<96x128xf32>) outs(%20 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<96x128xbf16>
    %expanded_44 = tensor.expand_shape %123 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %124 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_44 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %125 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%124 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %126 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%125 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %out : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %127 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%126 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.divf %in, %cst_7 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %128 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%127 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.truncf %cst_6 : f64 to f32
      %137 = arith.addf %in, %136 : f32
      linalg.yield %137 : f32
    } -> tensor<1x96x1xf32>
    %129 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%128 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.rsqrt %in : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x1xf32>
    %130 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%124, %129 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %131 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg13 : tensor<128xbf16>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %132 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%131 : tensor<128xf32>) outs(%10 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %cst_8 : f32
      linalg.yield %136 : f32
    } -> tensor<128xf32>
    %133 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%130, %132 : tensor<1x96x128xf32>, tensor<128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_45: f32, %out: f32):
      %136 = arith.mulf %in, %in_45 : f32
      linalg.yield %136 : f32
    } -> tensor<1x96x128xf32>
    %134 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%133 : tensor<1x96x128xf32>) outs(%14 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x128xbf16>
    %135 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%98, %134 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%14 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_45: bf16, %out: bf16):
      %136 = arith.addf %in, %in_45 : bf16
      linalg.yield %136 : bf16
    } -> tensor<1x96x128xbf16>
    return %135 : tensor<1x96x128xbf16>
  }
}
