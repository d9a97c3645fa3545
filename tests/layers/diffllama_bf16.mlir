#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map8 = affine_map<(d0) -> (d0)>
#map9 = affine_map<(d0, d1) -> (d0, 0)>
#map10 = affine_map<(d0, d1) -> (0, d1)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> ()>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map14 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map15 = affine_map<(d0) -> ()>
#map16 = affine_map<() -> ()>
#map17 = affine_map<(d0, d1, d2, d3) -> (d3)>
module {
  func.func @main(%arg0: tensor<1x96x128xbf16>, %arg1: tensor<1x1x96x64xbf16>, %arg2: tensor<1x1x96x64xbf16>, %arg3: tensor<4x64xbf16>, %arg4: tensor<256x128xbf16>, %arg5: tensor<128x128xbf16>, %arg6: tensor<128x128xbf16>, %arg7: tensor<128x256xbf16>, %arg8: tensor<288x128xbf16>, %arg9: tensor<288x128xbf16>, %arg10: tensor<128x288xbf16>, %arg11: tensor<128xbf16>, %arg12: tensor<128xbf16>, %arg13: tensor<128xbf16>) -> tensor<1x96x128xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 1.000000e+00 : f32
    %cst_2 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_3 = arith.constant 8.000000e-01 : f64
    %cst_4 = arith.constant 2.000000e-01 : f64
    %cst_5 = arith.constant 1.000000e-05 : f64
    %cst_6 = arith.constant 1.280000e+02 : f32
    %cst_7 = arith.constant 1.250000e-01 : bf16
    %0 = tensor.empty() : tensor<1x96x128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %141 = arith.extf %in : bf16 to f32
      linalg.yield %141 : f32
    } -> tensor<1x96x128xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %141 : f32
    } -> tensor<1x96x128xf32>
    %3 = tensor.empty() : tensor<1x96x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x96x1xf32>) -> tensor<1x96x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.addf %in, %out : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.divf %in, %cst_6 : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.truncf %cst_5 : f64 to f32
      %142 = arith.addf %in, %141 : f32
      linalg.yield %142 : f32
    } -> tensor<1x96x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.rsqrt %in : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.mulf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x128xf32>
    %10 = tensor.empty() : tensor<1x96x128xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<1x96x128xf32>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x128xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg11, %11 : tensor<128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x128xbf16>
    %13 = tensor.empty() : tensor<128x256xbf16>
    %transposed = linalg.transpose ins(%arg4 : tensor<256x128xbf16>) outs(%13 : tensor<128x256xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %14 = tensor.empty() : tensor<96x256xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<96x256xf32>) -> tensor<96x256xf32>
    %16 = linalg.matmul ins(%collapsed, %transposed : tensor<96x128xbf16>, tensor<128x256xbf16>) outs(%15 : tensor<96x256xf32>) -> tensor<96x256xf32>
    %17 = tensor.empty() : tensor<96x256xbf16>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<96x256xf32>) outs(%17 : tensor<96x256xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x256xbf16>
    %expanded = tensor.expand_shape %18 [[0, 1], [2, 3]] output_shape [1, 96, 4, 64] : tensor<96x256xbf16> into tensor<1x96x4x64xbf16>
    %19 = tensor.empty() : tensor<1x4x96x64xbf16>
    %transposed_8 = linalg.transpose ins(%expanded : tensor<1x96x4x64xbf16>) outs(%19 : tensor<1x4x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %20 = tensor.empty() : tensor<128x128xbf16>
    %transposed_9 = linalg.transpose ins(%arg5 : tensor<128x128xbf16>) outs(%20 : tensor<128x128xbf16>) permutation = [1, 0] 
    %21 = tensor.empty() : tensor<96x128xf32>
    %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %23 = linalg.matmul ins(%collapsed, %transposed_9 : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%22 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %24 = tensor.empty() : tensor<96x128xbf16>
    %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<96x128xf32>) outs(%24 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x128xbf16>
    %expanded_10 = tensor.expand_shape %25 [[0, 1], [2, 3]] output_shape [1, 96, 2, 64] : tensor<96x128xbf16> into tensor<1x96x2x64xbf16>
    %26 = tensor.empty() : tensor<1x2x96x64xbf16>
    %transposed_11 = linalg.transpose ins(%expanded_10 : tensor<1x96x2x64xbf16>) outs(%26 : tensor<1x2x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_12 = linalg.transpose ins(%arg6 : tensor<128x128xbf16>) outs(%20 : tensor<128x128xbf16>) permutation = [1, 0] 
    %27 = linalg.matmul ins(%collapsed, %transposed_12 : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%22 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %28 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<96x128xf32>) outs(%24 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x128xbf16>
    %expanded_13 = tensor.expand_shape %28 [[0, 1], [2, 3]] output_shape [1, 96, 2, 64] : tensor<96x128xbf16> into tensor<1x96x2x64xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<1x96x2x64xbf16>) outs(%26 : tensor<1x2x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %extracted_slice = tensor.extract_slice %transposed_8[0, 0, 0, 0] [1, 4, 96, 32] [1, 1, 1, 1] : tensor<1x4x96x64xbf16> to tensor<1x4x96x32xbf16>
    %extracted_slice_15 = tensor.extract_slice %transposed_8[0, 0, 0, 32] [1, 4, 96, 32] [1, 1, 1, 1] : tensor<1x4x96x64xbf16> to tensor<1x4x96x32xbf16>
    %29 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_8, %arg1 : tensor<1x4x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%19 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x64xbf16>
    %30 = tensor.empty() : tensor<1x4x96x32xbf16>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_15 : tensor<1x4x96x32xbf16>) outs(%30 : tensor<1x4x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %141 = arith.negf %in : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x32xbf16>
    %concat = tensor.concat dim(3) %31, %extracted_slice : (tensor<1x4x96x32xbf16>, tensor<1x4x96x32xbf16>) -> tensor<1x4x96x64xbf16>
    %32 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %arg2 : tensor<1x4x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%19 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x64xbf16>
    %33 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %32 : tensor<1x4x96x64xbf16>, tensor<1x4x96x64xbf16>) outs(%19 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.addf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x64xbf16>
    %extracted_slice_16 = tensor.extract_slice %transposed_11[0, 0, 0, 0] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x2x96x32xbf16>
    %extracted_slice_17 = tensor.extract_slice %transposed_11[0, 0, 0, 32] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x2x96x32xbf16>
    %34 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_11, %arg1 : tensor<1x2x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x64xbf16>
    %35 = tensor.empty() : tensor<1x2x96x32xbf16>
    %36 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_17 : tensor<1x2x96x32xbf16>) outs(%35 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %141 = arith.negf %in : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x32xbf16>
    %concat_18 = tensor.concat dim(3) %36, %extracted_slice_16 : (tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) -> tensor<1x2x96x64xbf16>
    %37 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_18, %arg2 : tensor<1x2x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x64xbf16>
    %38 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<1x2x96x64xbf16>, tensor<1x2x96x64xbf16>) outs(%26 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.addf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x64xbf16>
    %extracted_slice_19 = tensor.extract_slice %transposed_14[0, 0, 0, 0] [1, 1, 96, 64] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x1x96x64xbf16>
    %extracted_slice_20 = tensor.extract_slice %transposed_14[0, 1, 0, 0] [1, 1, 96, 64] [1, 1, 1, 1] : tensor<1x2x96x64xbf16> to tensor<1x1x96x64xbf16>
    %concat_21 = tensor.concat dim(3) %extracted_slice_19, %extracted_slice_20 : (tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) -> tensor<1x1x96x128xbf16>
    %39 = tensor.empty() : tensor<1x1x4x96x128xbf16>
    %40 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%concat_21 : tensor<1x1x96x128xbf16>) outs(%39 : tensor<1x1x4x96x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x1x4x96x128xbf16>
    %41 = tensor.empty() : tensor<1x2x2x96x64xbf16>
    %42 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%38 : tensor<1x2x96x64xbf16>) outs(%41 : tensor<1x2x2x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x96x64xbf16>
    %collapsed_22 = tensor.collapse_shape %42 [[0], [1, 2], [3], [4]] : tensor<1x2x2x96x64xbf16> into tensor<1x4x96x64xbf16>
    %43 = tensor.empty() : tensor<1x4x64x96xbf16>
    %transposed_23 = linalg.transpose ins(%collapsed_22 : tensor<1x4x96x64xbf16>) outs(%43 : tensor<1x4x64x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_24 = tensor.collapse_shape %33 [[0, 1], [2], [3]] : tensor<1x4x96x64xbf16> into tensor<4x96x64xbf16>
    %collapsed_25 = tensor.collapse_shape %transposed_23 [[0, 1], [2], [3]] : tensor<1x4x64x96xbf16> into tensor<4x64x96xbf16>
    %44 = tensor.empty() : tensor<4x96x96xf32>
    %45 = linalg.fill ins(%cst : f32) outs(%44 : tensor<4x96x96xf32>) -> tensor<4x96x96xf32>
    %46 = linalg.batch_matmul ins(%collapsed_24, %collapsed_25 : tensor<4x96x64xbf16>, tensor<4x64x96xbf16>) outs(%45 : tensor<4x96x96xf32>) -> tensor<4x96x96xf32>
    %47 = tensor.empty() : tensor<4x96x96xbf16>
    %48 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<4x96x96xf32>) outs(%47 : tensor<4x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<4x96x96xbf16>
    %expanded_26 = tensor.expand_shape %48 [[0, 1], [2], [3]] output_shape [1, 4, 96, 96] : tensor<4x96x96xbf16> into tensor<1x4x96x96xbf16>
    %49 = tensor.empty() : tensor<1x4x96x96xbf16>
    %50 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_26 : tensor<1x4x96x96xbf16>) outs(%49 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %141 = arith.mulf %in, %cst_7 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x96xbf16>
    %51 = tensor.empty() : tensor<96xi64>
    %52 = linalg.generic {indexing_maps = [#map8], iterator_types = ["parallel"]} outs(%51 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %141 = linalg.index 0 : index
      %142 = arith.index_cast %141 : index to i64
      linalg.yield %142 : i64
    } -> tensor<96xi64>
    %expanded_27 = tensor.expand_shape %52 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %expanded_28 = tensor.expand_shape %52 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %53 = tensor.empty() : tensor<96x96xi64>
    %54 = linalg.generic {indexing_maps = [#map9, #map10, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded_27, %expanded_28 : tensor<96x1xi64>, tensor<1x96xi64>) outs(%53 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_55: i64, %out: i64):
      %141 = arith.subi %in, %in_55 : i64
      linalg.yield %141 : i64
    } -> tensor<96x96xi64>
    %55 = tensor.empty() : tensor<96x96xi1>
    %56 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%54 : tensor<96x96xi64>) outs(%55 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %141 = arith.cmpi slt, %in, %c0_i64 : i64
      linalg.yield %141 : i1
    } -> tensor<96x96xi1>
    %57 = linalg.generic {indexing_maps = [#map11, #map12, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%56, %cst_2, %50 : tensor<96x96xi1>, tensor<bf16>, tensor<1x4x96x96xbf16>) outs(%49 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: i1, %in_55: bf16, %in_56: bf16, %out: bf16):
      %141 = arith.select %in, %in_55, %in_56 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x96xbf16>
    %58 = tensor.empty() : tensor<1x4x96x96xf32>
    %59 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57 : tensor<1x4x96x96xbf16>) outs(%58 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %141 = arith.extf %in : bf16 to f32
      linalg.yield %141 : f32
    } -> tensor<1x4x96x96xf32>
    %60 = tensor.empty() : tensor<1x4x96xi64>
    %61 = linalg.fill ins(%c0_i64 : i64) outs(%60 : tensor<1x4x96xi64>) -> tensor<1x4x96xi64>
    %62 = tensor.empty() : tensor<1x4x96xf32>
    %63 = linalg.fill ins(%cst_0 : f32) outs(%62 : tensor<1x4x96xf32>) -> tensor<1x4x96xf32>
    %64:2 = linalg.generic {indexing_maps = [#map4, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%59 : tensor<1x4x96x96xf32>) outs(%63, %61 : tensor<1x4x96xf32>, tensor<1x4x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_55: i64):
      %141 = linalg.index 3 : index
      %142 = arith.index_cast %141 : index to i64
      %143 = arith.maximumf %in, %out : f32
      %144 = arith.cmpf ogt, %in, %out : f32
      %145 = arith.select %144, %142, %out_55 : i64
      linalg.yield %143, %145 : f32, i64
    } -> (tensor<1x4x96xf32>, tensor<1x4x96xi64>)
    %expanded_29 = tensor.expand_shape %64#0 [[0], [1], [2, 3]] output_shape [1, 4, 96, 1] : tensor<1x4x96xf32> into tensor<1x4x96x1xf32>
    %65 = linalg.generic {indexing_maps = [#map4, #map14, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%59, %expanded_29 : tensor<1x4x96x96xf32>, tensor<1x4x96x1xf32>) outs(%58 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.subf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<1x4x96x96xf32>
    %66 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65 : tensor<1x4x96x96xf32>) outs(%58 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.exp %in : f32
      linalg.yield %141 : f32
    } -> tensor<1x4x96x96xf32>
    %67 = tensor.empty() : tensor<1x4x96x1xf32>
    %68 = linalg.fill ins(%cst : f32) outs(%67 : tensor<1x4x96x1xf32>) -> tensor<1x4x96x1xf32>
    %69 = linalg.generic {indexing_maps = [#map4, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%66 : tensor<1x4x96x96xf32>) outs(%68 : tensor<1x4x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.addf %in, %out : f32
      linalg.yield %141 : f32
    } -> tensor<1x4x96x1xf32>
    %70 = linalg.generic {indexing_maps = [#map4, #map14, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%66, %69 : tensor<1x4x96x96xf32>, tensor<1x4x96x1xf32>) outs(%58 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.divf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<1x4x96x96xf32>
    %71 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%70 : tensor<1x4x96x96xf32>) outs(%49 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<1x4x96x96xbf16>
    %collapsed_30 = tensor.collapse_shape %71 [[0, 1], [2], [3]] : tensor<1x4x96x96xbf16> into tensor<4x96x96xbf16>
    %collapsed_31 = tensor.collapse_shape %40 [[0, 1, 2], [3], [4]] : tensor<1x1x4x96x128xbf16> into tensor<4x96x128xbf16>
    %72 = tensor.empty() : tensor<4x96x128xf32>
    %73 = linalg.fill ins(%cst : f32) outs(%72 : tensor<4x96x128xf32>) -> tensor<4x96x128xf32>
    %74 = linalg.batch_matmul ins(%collapsed_30, %collapsed_31 : tensor<4x96x96xbf16>, tensor<4x96x128xbf16>) outs(%73 : tensor<4x96x128xf32>) -> tensor<4x96x128xf32>
    %75 = tensor.empty() : tensor<4x96x128xbf16>
    %76 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<4x96x128xf32>) outs(%75 : tensor<4x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<4x96x128xbf16>
    %expanded_32 = tensor.expand_shape %76 [[0, 1], [2], [3]] output_shape [1, 4, 96, 128] : tensor<4x96x128xbf16> into tensor<1x4x96x128xbf16>
    %extracted_slice_33 = tensor.extract_slice %expanded_32[0, 0, 0, 0] [1, 2, 96, 128] [1, 1, 1, 1] : tensor<1x4x96x128xbf16> to tensor<1x2x96x128xbf16>
    %extracted_slice_34 = tensor.extract_slice %expanded_32[0, 2, 0, 0] [1, 2, 96, 128] [1, 1, 1, 1] : tensor<1x4x96x128xbf16> to tensor<1x2x96x128xbf16>
    %77 = tensor.empty() : tensor<4x64xf32>
    %78 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg3 : tensor<4x64xbf16>) outs(%77 : tensor<4x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %141 = arith.extf %in : bf16 to f32
      linalg.yield %141 : f32
    } -> tensor<4x64xf32>
    %extracted_slice_35 = tensor.extract_slice %78[0, 0] [1, 64] [1, 1] : tensor<4x64xf32> to tensor<1x64xf32>
    %extracted_slice_36 = tensor.extract_slice %78[1, 0] [1, 64] [1, 1] : tensor<4x64xf32> to tensor<1x64xf32>
    %extracted_slice_37 = tensor.extract_slice %78[2, 0] [1, 64] [1, 1] : tensor<4x64xf32> to tensor<1x64xf32>
    %extracted_slice_38 = tensor.extract_slice %78[3, 0] [1, 64] [1, 1] : tensor<4x64xf32> to tensor<1x64xf32>
    %collapsed_39 = tensor.collapse_shape %extracted_slice_35 [[0, 1]] : tensor<1x64xf32> into tensor<64xf32>
    %collapsed_40 = tensor.collapse_shape %extracted_slice_36 [[0, 1]] : tensor<1x64xf32> into tensor<64xf32>
    %collapsed_41 = tensor.collapse_shape %extracted_slice_37 [[0, 1]] : tensor<1x64xf32> into tensor<64xf32>
    %collapsed_42 = tensor.collapse_shape %extracted_slice_38 [[0, 1]] : tensor<1x64xf32> into tensor<64xf32>
    %79 = tensor.empty() : tensor<64xf32>
    %80 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel"]} ins(%collapsed_39, %collapsed_40 : tensor<64xf32>, tensor<64xf32>) outs(%79 : tensor<64xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.mulf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<64xf32>
    %81 = tensor.empty() : tensor<f32>
    %82 = linalg.fill ins(%cst : f32) outs(%81 : tensor<f32>) -> tensor<f32>
    %83 = linalg.generic {indexing_maps = [#map8, #map15], iterator_types = ["reduction"]} ins(%80 : tensor<64xf32>) outs(%82 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.addf %in, %out : f32
      linalg.yield %141 : f32
    } -> tensor<f32>
    %84 = linalg.generic {indexing_maps = [#map16, #map16], iterator_types = []} ins(%83 : tensor<f32>) outs(%81 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.exp %in : f32
      linalg.yield %141 : f32
    } -> tensor<f32>
    %85 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel"]} ins(%collapsed_41, %collapsed_42 : tensor<64xf32>, tensor<64xf32>) outs(%79 : tensor<64xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.mulf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<64xf32>
    %86 = linalg.generic {indexing_maps = [#map8, #map15], iterator_types = ["reduction"]} ins(%85 : tensor<64xf32>) outs(%82 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.addf %in, %out : f32
      linalg.yield %141 : f32
    } -> tensor<f32>
    %87 = linalg.generic {indexing_maps = [#map16, #map16], iterator_types = []} ins(%86 : tensor<f32>) outs(%81 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.exp %in : f32
      linalg.yield %141 : f32
    } -> tensor<f32>
    %88 = linalg.generic {indexing_maps = [#map16, #map16, #map16], iterator_types = []} ins(%84, %87 : tensor<f32>, tensor<f32>) outs(%81 : tensor<f32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.subf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<f32>
    %89 = linalg.generic {indexing_maps = [#map16, #map16], iterator_types = []} ins(%88 : tensor<f32>) outs(%81 : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.truncf %cst_4 : f64 to f32
      %142 = arith.addf %in, %141 : f32
      linalg.yield %142 : f32
    } -> tensor<f32>
    %90 = tensor.empty() : tensor<bf16>
    %91 = linalg.generic {indexing_maps = [#map16, #map16], iterator_types = []} ins(%89 : tensor<f32>) outs(%90 : tensor<bf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<bf16>
    %92 = tensor.empty() : tensor<1x2x96x128xbf16>
    %93 = linalg.generic {indexing_maps = [#map12, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91, %extracted_slice_34 : tensor<bf16>, tensor<1x2x96x128xbf16>) outs(%92 : tensor<1x2x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x128xbf16>
    %94 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_33, %93 : tensor<1x2x96x128xbf16>, tensor<1x2x96x128xbf16>) outs(%92 : tensor<1x2x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.subf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x128xbf16>
    %95 = tensor.empty() : tensor<1x2x96x128xf32>
    %96 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%94 : tensor<1x2x96x128xbf16>) outs(%95 : tensor<1x2x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %141 = arith.extf %in : bf16 to f32
      linalg.yield %141 : f32
    } -> tensor<1x2x96x128xf32>
    %97 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%96 : tensor<1x2x96x128xf32>) outs(%95 : tensor<1x2x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %141 : f32
    } -> tensor<1x2x96x128xf32>
    %98 = tensor.empty() : tensor<1x2x96x1xf32>
    %99 = linalg.fill ins(%cst : f32) outs(%98 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %100 = linalg.generic {indexing_maps = [#map4, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%97 : tensor<1x2x96x128xf32>) outs(%99 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.addf %in, %out : f32
      linalg.yield %141 : f32
    } -> tensor<1x2x96x1xf32>
    %101 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%100 : tensor<1x2x96x1xf32>) outs(%98 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.divf %in, %cst_6 : f32
      linalg.yield %141 : f32
    } -> tensor<1x2x96x1xf32>
    %102 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%101 : tensor<1x2x96x1xf32>) outs(%98 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.truncf %cst_5 : f64 to f32
      %142 = arith.addf %in, %141 : f32
      linalg.yield %142 : f32
    } -> tensor<1x2x96x1xf32>
    %103 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%102 : tensor<1x2x96x1xf32>) outs(%98 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.rsqrt %in : f32
      linalg.yield %141 : f32
    } -> tensor<1x2x96x1xf32>
    %104 = linalg.generic {indexing_maps = [#map4, #map14, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%96, %103 : tensor<1x2x96x128xf32>, tensor<1x2x96x1xf32>) outs(%95 : tensor<1x2x96x128xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.mulf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<1x2x96x128xf32>
    %105 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%104 : tensor<1x2x96x128xf32>) outs(%92 : tensor<1x2x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x128xbf16>
    %106 = linalg.generic {indexing_maps = [#map17, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg13, %105 : tensor<128xbf16>, tensor<1x2x96x128xbf16>) outs(%92 : tensor<1x2x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x2x96x128xbf16>
    %107 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%106 : tensor<1x2x96x128xbf16>) outs(%92 : tensor<1x2x96x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %141 = arith.truncf %cst_3 : f64 to bf16
      %142 = arith.mulf %in, %141 : bf16
      linalg.yield %142 : bf16
    } -> tensor<1x2x96x128xbf16>
    %108 = tensor.empty() : tensor<1x96x2x128xbf16>
    %transposed_43 = linalg.transpose ins(%107 : tensor<1x2x96x128xbf16>) outs(%108 : tensor<1x96x2x128xbf16>) permutation = [0, 2, 1, 3] 
    %109 = tensor.empty() : tensor<256x128xbf16>
    %transposed_44 = linalg.transpose ins(%arg7 : tensor<128x256xbf16>) outs(%109 : tensor<256x128xbf16>) permutation = [1, 0] 
    %collapsed_45 = tensor.collapse_shape %transposed_43 [[0, 1], [2, 3]] : tensor<1x96x2x128xbf16> into tensor<96x256xbf16>
    %110 = linalg.matmul ins(%collapsed_45, %transposed_44 : tensor<96x256xbf16>, tensor<256x128xbf16>) outs(%22 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %111 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%110 : tensor<96x128xf32>) outs(%24 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x128xbf16>
    %expanded_46 = tensor.expand_shape %111 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %112 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_46 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.addf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x128xbf16>
    %113 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%112 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %141 = arith.extf %in : bf16 to f32
      linalg.yield %141 : f32
    } -> tensor<1x96x128xf32>
    %114 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%113 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %141 : f32
    } -> tensor<1x96x128xf32>
    %115 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%114 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.addf %in, %out : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x1xf32>
    %116 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%115 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.divf %in, %cst_6 : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x1xf32>
    %117 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%116 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.truncf %cst_5 : f64 to f32
      %142 = arith.addf %in, %141 : f32
      linalg.yield %142 : f32
    } -> tensor<1x96x1xf32>
    %118 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%117 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = math.rsqrt %in : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x1xf32>
    %119 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%113, %118 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.mulf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x128xf32>
    %120 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%119 : tensor<1x96x128xf32>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x128xbf16>
    %121 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg12, %120 : tensor<128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x128xbf16>
    %122 = tensor.empty() : tensor<128x288xbf16>
    %transposed_47 = linalg.transpose ins(%arg8 : tensor<288x128xbf16>) outs(%122 : tensor<128x288xbf16>) permutation = [1, 0] 
    %collapsed_48 = tensor.collapse_shape %121 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %123 = tensor.empty() : tensor<96x288xf32>
    %124 = linalg.fill ins(%cst : f32) outs(%123 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %125 = linalg.matmul ins(%collapsed_48, %transposed_47 : tensor<96x128xbf16>, tensor<128x288xbf16>) outs(%124 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %126 = tensor.empty() : tensor<96x288xbf16>
    %127 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%125 : tensor<96x288xf32>) outs(%126 : tensor<96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x288xbf16>
    %expanded_49 = tensor.expand_shape %127 [[0, 1], [2]] output_shape [1, 96, 288] : tensor<96x288xbf16> into tensor<1x96x288xbf16>
    %128 = tensor.empty() : tensor<1x96x288xf32>
    %129 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_49 : tensor<1x96x288xbf16>) outs(%128 : tensor<1x96x288xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %141 = arith.extf %in : bf16 to f32
      linalg.yield %141 : f32
    } -> tensor<1x96x288xf32>
    %130 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%129 : tensor<1x96x288xf32>) outs(%128 : tensor<1x96x288xf32>) {
    ^bb0(%in: f32, %out: f32):
      %141 = arith.negf %in : f32
      %142 = math.exp %141 : f32
      %143 = arith.addf %142, %cst_1 : f32
      %144 = arith.divf %cst_1, %143 : f32
      linalg.yield %144 : f32
    } -> tensor<1x96x288xf32>
    %131 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%129, %130 : tensor<1x96x288xf32>, tensor<1x96x288xf32>) outs(%128 : tensor<1x96x288xf32>) {
    ^bb0(%in: f32, %in_55: f32, %out: f32):
      %141 = arith.mulf %in, %in_55 : f32
      linalg.yield %141 : f32
    } -> tensor<1x96x288xf32>
    %132 = tensor.empty() : tensor<1x96x288xbf16>
    %133 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%131 : tensor<1x96x288xf32>) outs(%132 : tensor<1x96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x288xbf16>
    %transposed_50 = linalg.transpose ins(%arg9 : tensor<288x128xbf16>) outs(%122 : tensor<128x288xbf16>) permutation = [1, 0] 
    %134 = linalg.matmul ins(%collapsed_48, %transposed_50 : tensor<96x128xbf16>, tensor<128x288xbf16>) outs(%124 : tensor<96x288xf32>) -> tensor<96x288xf32>
    %135 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%134 : tensor<96x288xf32>) outs(%126 : tensor<96x288xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x288xbf16>
    %expanded_51 = tensor.expand_shape %135 [[0, 1], [2]] output_shape [1, 96, 288] : tensor<96x288xbf16> into tensor<1x96x288xbf16>
    %136 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%133, %expanded_51 : tensor<1x96x288xbf16>, tensor<1x96x288xbf16>) outs(%132 : tensor<1x96x288xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.mulf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x288xbf16>
    %137 = tensor.empty() : tensor<288x128xbf16>
    %transposed_52 = linalg.transpose ins(%arg10 : tensor<128x288xbf16>) outs(%137 : tensor<288x128xbf16>) permutation = [1, 0] 
    %collapsed_53 = tensor.collapse_shape %136 [[0, 1], [2]] : tensor<1x96x288xbf16> into tensor<96x288xbf16>
    %138 = linalg.matmul ins(%collapsed_53, %transposed_52 : tensor<96x288xbf16>, tensor<288x128xbf16>) outs(%22 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %139 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%138 : tensor<96x128xf32>) outs(%24 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %141 = arith.truncf %in : f32 to bf16
      linalg.yield %141 : bf16
    } -> tensor<96x128xbf16>
    %expanded_54 = tensor.expand_shape %139 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %140 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%112, %expanded_54 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_55: bf16, %out: bf16):
      %141 = arith.addf %in, %in_55 : bf16
      linalg.yield %141 : bf16
    } -> tensor<1x96x128xbf16>
    return %140 : tensor<1x96x128xbf16>
  }
}
