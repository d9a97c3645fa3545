#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
#map7 = affine_map<(d0) -> (d0)>
#map8 = affine_map<(d0, d1) -> (0, d1)>
#map9 = affine_map<(d0, d1) -> (d0, 0)>
#map10 = affine_map<(d0, d1) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x96x128xbf16>, %arg1: tensor<1x1x96x32xbf16>, %arg2: tensor<1x1x96x32xbf16>, %arg3: tensor<128xbf16>, %arg4: tensor<96xbf16>, %arg5: tensor<64xbf16>, %arg6: tensor<96x128xbf16>, %arg7: tensor<192x96xbf16>, %arg8: tensor<96x128xbf16>, %arg9: tensor<256x64xbf16>, %arg10: tensor<128x128xbf16>) -> tensor<1x96x128xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x2x96x96xf32>
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_3 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_4 = arith.constant dense<true> : tensor<96x96xi1>
    %cst_5 = arith.constant 0xFFF0000000000000 : f64
    %cst_6 = arith.constant 0.31947155212313622 : f64
    %cst_7 = arith.constant 9.9999999999999995E-7 : f64
    %cst_8 = arith.constant 1.280000e+02 : f32
    %cst_9 = arith.constant 9.600000e+01 : f32
    %cst_10 = arith.constant 6.400000e+01 : f32
    %0 = tensor.empty() : tensor<1x96x128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %118 = arith.extf %in : bf16 to f32
      linalg.yield %118 : f32
    } -> tensor<1x96x128xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %118 : f32
    } -> tensor<1x96x128xf32>
    %3 = tensor.empty() : tensor<1x96x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x96x1xf32>) -> tensor<1x96x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.addf %in, %out : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.divf %in, %cst_8 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.truncf %cst_7 : f64 to f32
      %119 = arith.addf %in, %118 : f32
      linalg.yield %119 : f32
    } -> tensor<1x96x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.rsqrt %in : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_49: f32, %out: f32):
      %118 = arith.mulf %in, %in_49 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x128xf32>
    %10 = tensor.empty() : tensor<1x96x128xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<1x96x128xf32>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x128xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3, %11 : tensor<128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x128xbf16>
    %13 = tensor.empty() : tensor<128x96xbf16>
    %transposed = linalg.transpose ins(%arg6 : tensor<96x128xbf16>) outs(%13 : tensor<128x96xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %14 = tensor.empty() : tensor<96x96xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<96x96xf32>) -> tensor<96x96xf32>
    %16 = linalg.matmul ins(%collapsed, %transposed : tensor<96x128xbf16>, tensor<128x96xbf16>) outs(%15 : tensor<96x96xf32>) -> tensor<96x96xf32>
    %17 = tensor.empty() : tensor<96x96xbf16>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<96x96xf32>) outs(%17 : tensor<96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<96x96xbf16>
    %expanded = tensor.expand_shape %18 [[0, 1], [2]] output_shape [1, 96, 96] : tensor<96x96xbf16> into tensor<1x96x96xbf16>
    %19 = tensor.empty() : tensor<1x96x96xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x96x96xbf16>) outs(%19 : tensor<1x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %118 = arith.extf %in : bf16 to f32
      linalg.yield %118 : f32
    } -> tensor<1x96x96xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<1x96x96xf32>) outs(%19 : tensor<1x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %118 : f32
    } -> tensor<1x96x96xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%21 : tensor<1x96x96xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.addf %in, %out : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.divf %in, %cst_9 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.truncf %cst_7 : f64 to f32
      %119 = arith.addf %in, %118 : f32
      linalg.yield %119 : f32
    } -> tensor<1x96x1xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.rsqrt %in : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %26 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %25 : tensor<1x96x96xf32>, tensor<1x96x1xf32>) outs(%19 : tensor<1x96x96xf32>) {
    ^bb0(%in: f32, %in_49: f32, %out: f32):
      %118 = arith.mulf %in, %in_49 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x96xf32>
    %27 = tensor.empty() : tensor<1x96x96xbf16>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<1x96x96xf32>) outs(%27 : tensor<1x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x96xbf16>
    %29 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg4, %28 : tensor<96xbf16>, tensor<1x96x96xbf16>) outs(%27 : tensor<1x96x96xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x96xbf16>
    %30 = tensor.empty() : tensor<96x192xbf16>
    %transposed_11 = linalg.transpose ins(%arg7 : tensor<192x96xbf16>) outs(%30 : tensor<96x192xbf16>) permutation = [1, 0] 
    %collapsed_12 = tensor.collapse_shape %29 [[0, 1], [2]] : tensor<1x96x96xbf16> into tensor<96x96xbf16>
    %31 = tensor.empty() : tensor<96x192xf32>
    %32 = linalg.fill ins(%cst : f32) outs(%31 : tensor<96x192xf32>) -> tensor<96x192xf32>
    %33 = linalg.matmul ins(%collapsed_12, %transposed_11 : tensor<96x96xbf16>, tensor<96x192xbf16>) outs(%32 : tensor<96x192xf32>) -> tensor<96x192xf32>
    %34 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%33 : tensor<96x192xf32>) outs(%30 : tensor<96x192xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<96x192xbf16>
    %expanded_13 = tensor.expand_shape %34 [[0, 1], [2, 3]] output_shape [1, 96, 2, 96] : tensor<96x192xbf16> into tensor<1x96x2x96xbf16>
    %35 = tensor.empty() : tensor<1x2x96x96xbf16>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<1x96x2x96xbf16>) outs(%35 : tensor<1x2x96x96xbf16>) permutation = [0, 2, 1, 3] 
    %extracted_slice = tensor.extract_slice %transposed_14[0, 0, 0, 0] [1, 2, 96, 64] [1, 1, 1, 1] : tensor<1x2x96x96xbf16> to tensor<1x2x96x64xbf16>
    %extracted_slice_15 = tensor.extract_slice %transposed_14[0, 0, 0, 64] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x96xbf16> to tensor<1x2x96x32xbf16>
    %transposed_16 = linalg.transpose ins(%arg8 : tensor<96x128xbf16>) outs(%13 : tensor<128x96xbf16>) permutation = [1, 0] 
    %36 = linalg.matmul ins(%collapsed, %transposed_16 : tensor<96x128xbf16>, tensor<128x96xbf16>) outs(%15 : tensor<96x96xf32>) -> tensor<96x96xf32>
    %37 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%36 : tensor<96x96xf32>) outs(%17 : tensor<96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<96x96xbf16>
    %expanded_17 = tensor.expand_shape %37 [[0, 1], [2]] output_shape [1, 96, 96] : tensor<96x96xbf16> into tensor<1x96x96xbf16>
    %extracted_slice_18 = tensor.extract_slice %expanded_17[0, 0, 0] [1, 96, 64] [1, 1, 1] : tensor<1x96x96xbf16> to tensor<1x96x64xbf16>
    %extracted_slice_19 = tensor.extract_slice %expanded_17[0, 0, 64] [1, 96, 32] [1, 1, 1] : tensor<1x96x96xbf16> to tensor<1x96x32xbf16>
    %38 = tensor.empty() : tensor<1x96x64xf32>
    %39 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%extracted_slice_18 : tensor<1x96x64xbf16>) outs(%38 : tensor<1x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %118 = arith.extf %in : bf16 to f32
      linalg.yield %118 : f32
    } -> tensor<1x96x64xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<1x96x64xf32>) outs(%38 : tensor<1x96x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %118 : f32
    } -> tensor<1x96x64xf32>
    %41 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%40 : tensor<1x96x64xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.addf %in, %out : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %42 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.divf %in, %cst_10 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.truncf %cst_7 : f64 to f32
      %119 = arith.addf %in, %118 : f32
      linalg.yield %119 : f32
    } -> tensor<1x96x1xf32>
    %44 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.rsqrt %in : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x1xf32>
    %45 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39, %44 : tensor<1x96x64xf32>, tensor<1x96x1xf32>) outs(%38 : tensor<1x96x64xf32>) {
    ^bb0(%in: f32, %in_49: f32, %out: f32):
      %118 = arith.mulf %in, %in_49 : f32
      linalg.yield %118 : f32
    } -> tensor<1x96x64xf32>
    %46 = tensor.empty() : tensor<1x96x64xbf16>
    %47 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45 : tensor<1x96x64xf32>) outs(%46 : tensor<1x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x64xbf16>
    %48 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg5, %47 : tensor<64xbf16>, tensor<1x96x64xbf16>) outs(%46 : tensor<1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x64xbf16>
    %49 = tensor.empty() : tensor<64x256xbf16>
    %transposed_20 = linalg.transpose ins(%arg9 : tensor<256x64xbf16>) outs(%49 : tensor<64x256xbf16>) permutation = [1, 0] 
    %collapsed_21 = tensor.collapse_shape %48 [[0, 1], [2]] : tensor<1x96x64xbf16> into tensor<96x64xbf16>
    %50 = tensor.empty() : tensor<96x256xf32>
    %51 = linalg.fill ins(%cst : f32) outs(%50 : tensor<96x256xf32>) -> tensor<96x256xf32>
    %52 = linalg.matmul ins(%collapsed_21, %transposed_20 : tensor<96x64xbf16>, tensor<64x256xbf16>) outs(%51 : tensor<96x256xf32>) -> tensor<96x256xf32>
    %53 = tensor.empty() : tensor<96x256xbf16>
    %54 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%52 : tensor<96x256xf32>) outs(%53 : tensor<96x256xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<96x256xbf16>
    %expanded_22 = tensor.expand_shape %54 [[0, 1], [2, 3]] output_shape [1, 96, 2, 128] : tensor<96x256xbf16> into tensor<1x96x2x128xbf16>
    %55 = tensor.empty() : tensor<1x2x96x128xbf16>
    %transposed_23 = linalg.transpose ins(%expanded_22 : tensor<1x96x2x128xbf16>) outs(%55 : tensor<1x2x96x128xbf16>) permutation = [0, 2, 1, 3] 
    %extracted_slice_24 = tensor.extract_slice %transposed_23[0, 0, 0, 0] [1, 2, 96, 64] [1, 1, 1, 1] : tensor<1x2x96x128xbf16> to tensor<1x2x96x64xbf16>
    %extracted_slice_25 = tensor.extract_slice %transposed_23[0, 0, 0, 64] [1, 2, 96, 64] [1, 1, 1, 1] : tensor<1x2x96x128xbf16> to tensor<1x2x96x64xbf16>
    %extracted_slice_26 = tensor.extract_slice %extracted_slice_15[0, 0, 0, 0] [1, 2, 96, 16] [1, 1, 1, 1] : tensor<1x2x96x32xbf16> to tensor<1x2x96x16xbf16>
    %extracted_slice_27 = tensor.extract_slice %extracted_slice_15[0, 0, 0, 16] [1, 2, 96, 16] [1, 1, 1, 1] : tensor<1x2x96x32xbf16> to tensor<1x2x96x16xbf16>
    %56 = tensor.empty() : tensor<1x2x96x32xbf16>
    %57 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_15, %arg1 : tensor<1x2x96x32xbf16>, tensor<1x1x96x32xbf16>) outs(%56 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x2x96x32xbf16>
    %58 = tensor.empty() : tensor<1x2x96x16xbf16>
    %59 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_27 : tensor<1x2x96x16xbf16>) outs(%58 : tensor<1x2x96x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %118 = arith.negf %in : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x2x96x16xbf16>
    %concat = tensor.concat dim(3) %59, %extracted_slice_26 : (tensor<1x2x96x16xbf16>, tensor<1x2x96x16xbf16>) -> tensor<1x2x96x32xbf16>
    %60 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %arg2 : tensor<1x2x96x32xbf16>, tensor<1x1x96x32xbf16>) outs(%56 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x2x96x32xbf16>
    %61 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57, %60 : tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) outs(%56 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.addf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x2x96x32xbf16>
    %concat_28 = tensor.concat dim(3) %extracted_slice, %61 : (tensor<1x2x96x64xbf16>, tensor<1x2x96x32xbf16>) -> tensor<1x2x96x96xbf16>
    %expanded_29 = tensor.expand_shape %extracted_slice_19 [[0], [1, 2], [3]] output_shape [1, 1, 96, 32] : tensor<1x96x32xbf16> into tensor<1x1x96x32xbf16>
    %extracted_slice_30 = tensor.extract_slice %expanded_29[0, 0, 0, 0] [1, 1, 96, 16] [1, 1, 1, 1] : tensor<1x1x96x32xbf16> to tensor<1x1x96x16xbf16>
    %extracted_slice_31 = tensor.extract_slice %expanded_29[0, 0, 0, 16] [1, 1, 96, 16] [1, 1, 1, 1] : tensor<1x1x96x32xbf16> to tensor<1x1x96x16xbf16>
    %62 = tensor.empty() : tensor<1x1x96x32xbf16>
    %63 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_29, %arg1 : tensor<1x1x96x32xbf16>, tensor<1x1x96x32xbf16>) outs(%62 : tensor<1x1x96x32xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x1x96x32xbf16>
    %64 = tensor.empty() : tensor<1x1x96x16xbf16>
    %65 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_31 : tensor<1x1x96x16xbf16>) outs(%64 : tensor<1x1x96x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %118 = arith.negf %in : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x1x96x16xbf16>
    %concat_32 = tensor.concat dim(3) %65, %extracted_slice_30 : (tensor<1x1x96x16xbf16>, tensor<1x1x96x16xbf16>) -> tensor<1x1x96x32xbf16>
    %66 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_32, %arg2 : tensor<1x1x96x32xbf16>, tensor<1x1x96x32xbf16>) outs(%62 : tensor<1x1x96x32xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.mulf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x1x96x32xbf16>
    %67 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63, %66 : tensor<1x1x96x32xbf16>, tensor<1x1x96x32xbf16>) outs(%62 : tensor<1x1x96x32xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.addf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x1x96x32xbf16>
    %collapsed_33 = tensor.collapse_shape %67 [[0, 1], [2], [3]] : tensor<1x1x96x32xbf16> into tensor<1x96x32xbf16>
    %68 = linalg.generic {indexing_maps = [#map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_33 : tensor<1x96x32xbf16>) outs(%56 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x96x32xbf16>
    %concat_34 = tensor.concat dim(3) %extracted_slice_24, %68 : (tensor<1x2x96x64xbf16>, tensor<1x2x96x32xbf16>) -> tensor<1x2x96x96xbf16>
    %69 = tensor.empty() : tensor<1x2x96x96xf32>
    %70 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_28 : tensor<1x2x96x96xbf16>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %118 = arith.extf %in : bf16 to f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %71 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_34 : tensor<1x2x96x96xbf16>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %118 = arith.extf %in : bf16 to f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %72 = tensor.empty() : tensor<1x2x96x64xf32>
    %73 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_25 : tensor<1x2x96x64xbf16>) outs(%72 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %118 = arith.extf %in : bf16 to f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x64xf32>
    %74 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%70 : tensor<1x2x96x96xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.truncf %cst_6 : f64 to f32
      %119 = arith.mulf %in, %118 : f32
      linalg.yield %119 : f32
    } -> tensor<1x2x96x96xf32>
    %75 = tensor.empty() : tensor<96xi64>
    %76 = linalg.generic {indexing_maps = [#map7], iterator_types = ["parallel"]} outs(%75 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %118 = linalg.index 0 : index
      %119 = arith.index_cast %118 : index to i64
      linalg.yield %119 : i64
    } -> tensor<96xi64>
    %expanded_35 = tensor.expand_shape %76 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %expanded_36 = tensor.expand_shape %76 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %77 = tensor.empty() : tensor<96x96xi64>
    %78 = linalg.generic {indexing_maps = [#map8, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded_35, %expanded_36 : tensor<1x96xi64>, tensor<96x1xi64>) outs(%77 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_49: i64, %out: i64):
      %118 = arith.subi %in, %in_49 : i64
      linalg.yield %118 : i64
    } -> tensor<96x96xi64>
    %79 = tensor.empty() : tensor<96x96xi1>
    %80 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%78 : tensor<96x96xi64>) outs(%79 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %118 = arith.cmpi sle, %in, %c0_i64 : i64
      linalg.yield %118 : i1
    } -> tensor<96x96xi1>
    %81 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%80, %cst_4 : tensor<96x96xi1>, tensor<96x96xi1>) outs(%79 : tensor<96x96xi1>) {
    ^bb0(%in: i1, %in_49: i1, %out: i1):
      %118 = arith.andi %in, %in_49 : i1
      linalg.yield %118 : i1
    } -> tensor<96x96xi1>
    %82 = linalg.generic {indexing_maps = [#map3, #map10, #map10, #map3], iterator_types = ["parallel", "parallel"]} ins(%81, %cst_2, %cst_3 : tensor<96x96xi1>, tensor<f32>, tensor<f32>) outs(%14 : tensor<96x96xf32>) {
    ^bb0(%in: i1, %in_49: f32, %in_50: f32, %out: f32):
      %118 = arith.select %in, %in_49, %in_50 : f32
      linalg.yield %118 : f32
    } -> tensor<96x96xf32>
    %transposed_37 = linalg.transpose ins(%71 : tensor<1x2x96x96xf32>) outs(%69 : tensor<1x2x96x96xf32>) permutation = [0, 1, 3, 2] 
    %83 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_37 : tensor<1x2x96x96xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.truncf %cst_6 : f64 to f32
      %119 = arith.mulf %in, %118 : f32
      linalg.yield %119 : f32
    } -> tensor<1x2x96x96xf32>
    %collapsed_38 = tensor.collapse_shape %74 [[0, 1], [2], [3]] : tensor<1x2x96x96xf32> into tensor<2x96x96xf32>
    %collapsed_39 = tensor.collapse_shape %83 [[0, 1], [2], [3]] : tensor<1x2x96x96xf32> into tensor<2x96x96xf32>
    %84 = tensor.empty() : tensor<2x96x96xf32>
    %85 = linalg.fill ins(%cst : f32) outs(%84 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %86 = linalg.batch_matmul ins(%collapsed_38, %collapsed_39 : tensor<2x96x96xf32>, tensor<2x96x96xf32>) outs(%85 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %expanded_40 = tensor.expand_shape %86 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xf32> into tensor<1x2x96x96xf32>
    %87 = linalg.generic {indexing_maps = [#map4, #map11, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_40, %82 : tensor<1x2x96x96xf32>, tensor<96x96xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_49: f32, %out: f32):
      %118 = arith.addf %in, %in_49 : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %88 = tensor.empty() : tensor<1x2x96xi64>
    %89 = linalg.fill ins(%c0_i64 : i64) outs(%88 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %90 = tensor.empty() : tensor<1x2x96xf32>
    %91 = linalg.fill ins(%cst_0 : f32) outs(%90 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %92:2 = linalg.generic {indexing_maps = [#map4, #map12, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%87 : tensor<1x2x96x96xf32>) outs(%91, %89 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_49: i64):
      %118 = linalg.index 3 : index
      %119 = arith.index_cast %118 : index to i64
      %120 = arith.maximumf %in, %out : f32
      %121 = arith.cmpf ogt, %in, %out : f32
      %122 = arith.select %121, %119, %out_49 : i64
      linalg.yield %120, %122 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_41 = tensor.expand_shape %92#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %93 = linalg.generic {indexing_maps = [#map4, #map13, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%87, %expanded_41 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_49: f32, %out: f32):
      %118 = arith.subf %in, %in_49 : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %94 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%93 : tensor<1x2x96x96xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = math.exp %in : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %95 = tensor.empty() : tensor<1x2x96x1xf32>
    %96 = linalg.fill ins(%cst : f32) outs(%95 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %97 = linalg.generic {indexing_maps = [#map4, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%94 : tensor<1x2x96x96xf32>) outs(%96 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %118 = arith.addf %in, %out : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x1xf32>
    %98 = linalg.generic {indexing_maps = [#map4, #map13, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%94, %97 : tensor<1x2x96x96xf32>, tensor<1x2x96x1xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: f32, %in_49: f32, %out: f32):
      %118 = arith.divf %in, %in_49 : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %99 = tensor.empty() : tensor<1x2x96x96xi1>
    %100 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%87 : tensor<1x2x96x96xf32>) outs(%99 : tensor<1x2x96x96xi1>) {
    ^bb0(%in: f32, %out: i1):
      %118 = arith.extf %in : f32 to f64
      %119 = arith.cmpf oeq, %118, %cst_5 : f64
      linalg.yield %119 : i1
    } -> tensor<1x2x96x96xi1>
    %101 = tensor.empty() : tensor<1x2x96x1xi1>
    %102 = linalg.fill ins(%true : i1) outs(%101 : tensor<1x2x96x1xi1>) -> tensor<1x2x96x1xi1>
    %103 = linalg.generic {indexing_maps = [#map4, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%100 : tensor<1x2x96x96xi1>) outs(%102 : tensor<1x2x96x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %118 = arith.andi %in, %out : i1
      linalg.yield %118 : i1
    } -> tensor<1x2x96x1xi1>
    %104 = linalg.generic {indexing_maps = [#map13, #map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%103, %cst_1, %98 : tensor<1x2x96x1xi1>, tensor<1x2x96x96xf32>, tensor<1x2x96x96xf32>) outs(%69 : tensor<1x2x96x96xf32>) {
    ^bb0(%in: i1, %in_49: f32, %in_50: f32, %out: f32):
      %118 = arith.select %in, %in_49, %in_50 : f32
      linalg.yield %118 : f32
    } -> tensor<1x2x96x96xf32>
    %collapsed_42 = tensor.collapse_shape %104 [[0, 1], [2], [3]] : tensor<1x2x96x96xf32> into tensor<2x96x96xf32>
    %collapsed_43 = tensor.collapse_shape %73 [[0, 1], [2], [3]] : tensor<1x2x96x64xf32> into tensor<2x96x64xf32>
    %105 = tensor.empty() : tensor<2x96x64xf32>
    %106 = linalg.fill ins(%cst : f32) outs(%105 : tensor<2x96x64xf32>) -> tensor<2x96x64xf32>
    %107 = linalg.batch_matmul ins(%collapsed_42, %collapsed_43 : tensor<2x96x96xf32>, tensor<2x96x64xf32>) outs(%106 : tensor<2x96x64xf32>) -> tensor<2x96x64xf32>
    %expanded_44 = tensor.expand_shape %107 [[0, 1], [2], [3]] output_shape [1, 2, 96, 64] : tensor<2x96x64xf32> into tensor<1x2x96x64xf32>
    %108 = tensor.empty() : tensor<1x2x96x64xbf16>
    %109 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_44 : tensor<1x2x96x64xf32>) outs(%108 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<1x2x96x64xbf16>
    %110 = tensor.empty() : tensor<1x96x2x64xbf16>
    %transposed_45 = linalg.transpose ins(%109 : tensor<1x2x96x64xbf16>) outs(%110 : tensor<1x96x2x64xbf16>) permutation = [0, 2, 1, 3] 
    %111 = tensor.empty() : tensor<128x128xbf16>
    %transposed_46 = linalg.transpose ins(%arg10 : tensor<128x128xbf16>) outs(%111 : tensor<128x128xbf16>) permutation = [1, 0] 
    %collapsed_47 = tensor.collapse_shape %transposed_45 [[0, 1], [2, 3]] : tensor<1x96x2x64xbf16> into tensor<96x128xbf16>
    %112 = tensor.empty() : tensor<96x128xf32>
    %113 = linalg.fill ins(%cst : f32) outs(%112 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %114 = linalg.matmul ins(%collapsed_47, %transposed_46 : tensor<96x128xbf16>, tensor<128x128xbf16>) outs(%113 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %115 = tensor.empty() : tensor<96x128xbf16>
    %116 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%114 : tensor<96x128xf32>) outs(%115 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %118 = arith.truncf %in : f32 to bf16
      linalg.yield %118 : bf16
    } -> tensor<96x128xbf16>
    %expanded_48 = tensor.expand_shape %116 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %117 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_48 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_49: bf16, %out: bf16):
      %118 = arith.addf %in, %in_49 : bf16
      linalg.yield %118 : bf16
    } -> tensor<1x96x128xbf16>
    return %117 : tensor<1x96x128xbf16>
  }
}
