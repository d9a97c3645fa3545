#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1) -> (d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map9 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map10 = affine_map<(d0, d1) -> (d0, 0)>
#map11 = affine_map<(d0, d1) -> (0, d1)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map13 = affine_map<(d0, d1, d2, d3) -> ()>
#map14 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#map15 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map16 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x96x128xbf16>, %arg1: tensor<1x1x96x64xbf16>, %arg2: tensor<1x1x96x64xbf16>, %arg3: tensor<4xbf16>, %arg4: tensor<256x128xbf16>, %arg5: tensor<256xbf16>, %arg6: tensor<64x128xbf16>, %arg7: tensor<64xbf16>, %arg8: tensor<64x128xbf16>, %arg9: tensor<64xbf16>, %arg10: tensor<128x256xbf16>, %arg11: tensor<128xbf16>, %arg12: tensor<128xbf16>) -> tensor<1x96x128xbf16> {
    %c24_i64 = arith.constant 24 : i64
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant 1.000000e-05 : f64
    %cst_3 = arith.constant 1.280000e+02 : f32
    %cst_4 = arith.constant 1.250000e-01 : bf16
    %0 = tensor.empty() : tensor<1x96x128xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x96x128xbf16>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<1x96x128xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<1x96x128xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %108 : f32
    } -> tensor<1x96x128xf32>
    %3 = tensor.empty() : tensor<1x96x1xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x96x1xf32>) -> tensor<1x96x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<1x96x128xf32>) outs(%4 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = arith.addf %in, %out : f32
      linalg.yield %108 : f32
    } -> tensor<1x96x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = arith.divf %in, %cst_3 : f32
      linalg.yield %108 : f32
    } -> tensor<1x96x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = arith.truncf %cst_2 : f64 to f32
      %109 = arith.addf %in, %108 : f32
      linalg.yield %109 : f32
    } -> tensor<1x96x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<1x96x1xf32>) outs(%3 : tensor<1x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = math.rsqrt %in : f32
      linalg.yield %108 : f32
    } -> tensor<1x96x1xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<1x96x128xf32>, tensor<1x96x1xf32>) outs(%0 : tensor<1x96x128xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.mulf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<1x96x128xf32>
    %10 = tensor.empty() : tensor<1x96x128xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<1x96x128xf32>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<1x96x128xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg12, %11 : tensor<128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.mulf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x96x128xbf16>
    %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<1x96x128xbf16> into tensor<96x128xbf16>
    %13 = tensor.empty() : tensor<128x256xbf16>
    %transposed = linalg.transpose ins(%arg4 : tensor<256x128xbf16>) outs(%13 : tensor<128x256xbf16>) permutation = [1, 0] 
    %14 = tensor.empty() : tensor<256xf32>
    %15 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg5 : tensor<256xbf16>) outs(%14 : tensor<256xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<256xf32>
    %16 = tensor.empty() : tensor<96x128xf32>
    %17 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<96x128xbf16>) outs(%16 : tensor<96x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<96x128xf32>
    %18 = tensor.empty() : tensor<128x256xf32>
    %19 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<128x256xbf16>) outs(%18 : tensor<128x256xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<128x256xf32>
    %20 = tensor.empty() : tensor<96x256xf32>
    %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<96x256xf32>) -> tensor<96x256xf32>
    %22 = linalg.matmul ins(%17, %19 : tensor<96x128xf32>, tensor<128x256xf32>) outs(%21 : tensor<96x256xf32>) -> tensor<96x256xf32>
    %23 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%22, %15 : tensor<96x256xf32>, tensor<256xf32>) outs(%20 : tensor<96x256xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.addf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<96x256xf32>
    %24 = tensor.empty() : tensor<96x256xbf16>
    %25 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<96x256xf32>) outs(%24 : tensor<96x256xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<96x256xbf16>
    %expanded = tensor.expand_shape %25 [[0, 1], [2, 3]] output_shape [1, 96, 4, 64] : tensor<96x256xbf16> into tensor<1x96x4x64xbf16>
    %26 = tensor.empty() : tensor<1x4x96x64xbf16>
    %transposed_5 = linalg.transpose ins(%expanded : tensor<1x96x4x64xbf16>) outs(%26 : tensor<1x4x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %27 = tensor.empty() : tensor<128x64xbf16>
    %transposed_6 = linalg.transpose ins(%arg6 : tensor<64x128xbf16>) outs(%27 : tensor<128x64xbf16>) permutation = [1, 0] 
    %28 = tensor.empty() : tensor<64xf32>
    %29 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg7 : tensor<64xbf16>) outs(%28 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<64xf32>
    %30 = tensor.empty() : tensor<128x64xf32>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_6 : tensor<128x64xbf16>) outs(%30 : tensor<128x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<128x64xf32>
    %32 = tensor.empty() : tensor<96x64xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %34 = linalg.matmul ins(%17, %31 : tensor<96x128xf32>, tensor<128x64xf32>) outs(%33 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %35 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%34, %29 : tensor<96x64xf32>, tensor<64xf32>) outs(%32 : tensor<96x64xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.addf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<96x64xf32>
    %36 = tensor.empty() : tensor<96x64xbf16>
    %37 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%35 : tensor<96x64xf32>) outs(%36 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<96x64xbf16>
    %expanded_7 = tensor.expand_shape %37 [[0, 1], [2, 3]] output_shape [1, 96, 1, 64] : tensor<96x64xbf16> into tensor<1x96x1x64xbf16>
    %38 = tensor.empty() : tensor<1x1x96x64xbf16>
    %transposed_8 = linalg.transpose ins(%expanded_7 : tensor<1x96x1x64xbf16>) outs(%38 : tensor<1x1x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_9 = linalg.transpose ins(%arg8 : tensor<64x128xbf16>) outs(%27 : tensor<128x64xbf16>) permutation = [1, 0] 
    %39 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg9 : tensor<64xbf16>) outs(%28 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<64xf32>
    %40 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_9 : tensor<128x64xbf16>) outs(%30 : tensor<128x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<128x64xf32>
    %41 = linalg.matmul ins(%17, %40 : tensor<96x128xf32>, tensor<128x64xf32>) outs(%33 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %42 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%41, %39 : tensor<96x64xf32>, tensor<64xf32>) outs(%32 : tensor<96x64xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.addf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<96x64xf32>
    %43 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%42 : tensor<96x64xf32>) outs(%36 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<96x64xbf16>
    %expanded_10 = tensor.expand_shape %43 [[0, 1], [2, 3]] output_shape [1, 96, 1, 64] : tensor<96x64xbf16> into tensor<1x96x1x64xbf16>
    %transposed_11 = linalg.transpose ins(%expanded_10 : tensor<1x96x1x64xbf16>) outs(%38 : tensor<1x1x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %extracted_slice = tensor.extract_slice %transposed_5[0, 0, 0, 0] [1, 4, 96, 32] [1, 1, 1, 1] : tensor<1x4x96x64xbf16> to tensor<1x4x96x32xbf16>
    %extracted_slice_12 = tensor.extract_slice %transposed_5[0, 0, 0, 32] [1, 4, 96, 32] [1, 1, 1, 1] : tensor<1x4x96x64xbf16> to tensor<1x4x96x32xbf16>
    %44 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_5, %arg1 : tensor<1x4x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.mulf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x64xbf16>
    %45 = tensor.empty() : tensor<1x4x96x32xbf16>
    %46 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_12 : tensor<1x4x96x32xbf16>) outs(%45 : tensor<1x4x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %108 = arith.negf %in : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x32xbf16>
    %concat = tensor.concat dim(3) %46, %extracted_slice : (tensor<1x4x96x32xbf16>, tensor<1x4x96x32xbf16>) -> tensor<1x4x96x64xbf16>
    %47 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %arg2 : tensor<1x4x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%26 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.mulf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x64xbf16>
    %48 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44, %47 : tensor<1x4x96x64xbf16>, tensor<1x4x96x64xbf16>) outs(%26 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.addf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x64xbf16>
    %extracted_slice_13 = tensor.extract_slice %transposed_8[0, 0, 0, 0] [1, 1, 96, 32] [1, 1, 1, 1] : tensor<1x1x96x64xbf16> to tensor<1x1x96x32xbf16>
    %extracted_slice_14 = tensor.extract_slice %transposed_8[0, 0, 0, 32] [1, 1, 96, 32] [1, 1, 1, 1] : tensor<1x1x96x64xbf16> to tensor<1x1x96x32xbf16>
    %49 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_8, %arg1 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%38 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.mulf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x1x96x64xbf16>
    %50 = tensor.empty() : tensor<1x1x96x32xbf16>
    %51 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_14 : tensor<1x1x96x32xbf16>) outs(%50 : tensor<1x1x96x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %108 = arith.negf %in : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x1x96x32xbf16>
    %concat_15 = tensor.concat dim(3) %51, %extracted_slice_13 : (tensor<1x1x96x32xbf16>, tensor<1x1x96x32xbf16>) -> tensor<1x1x96x64xbf16>
    %52 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_15, %arg2 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%38 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.mulf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x1x96x64xbf16>
    %53 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49, %52 : tensor<1x1x96x64xbf16>, tensor<1x1x96x64xbf16>) outs(%38 : tensor<1x1x96x64xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.addf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x1x96x64xbf16>
    %54 = tensor.empty() : tensor<1x1x4x96x64xbf16>
    %55 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%53 : tensor<1x1x96x64xbf16>) outs(%54 : tensor<1x1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x1x4x96x64xbf16>
    %collapsed_16 = tensor.collapse_shape %55 [[0], [1, 2], [3], [4]] : tensor<1x1x4x96x64xbf16> into tensor<1x4x96x64xbf16>
    %56 = tensor.empty() : tensor<1x4x64x96xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed_16 : tensor<1x4x96x64xbf16>) outs(%56 : tensor<1x4x64x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_18 = tensor.collapse_shape %48 [[0, 1], [2], [3]] : tensor<1x4x96x64xbf16> into tensor<4x96x64xbf16>
    %collapsed_19 = tensor.collapse_shape %transposed_17 [[0, 1], [2], [3]] : tensor<1x4x64x96xbf16> into tensor<4x64x96xbf16>
    %57 = tensor.empty() : tensor<4x96x96xf32>
    %58 = linalg.fill ins(%cst : f32) outs(%57 : tensor<4x96x96xf32>) -> tensor<4x96x96xf32>
    %59 = linalg.batch_matmul ins(%collapsed_18, %collapsed_19 : tensor<4x96x64xbf16>, tensor<4x64x96xbf16>) outs(%58 : tensor<4x96x96xf32>) -> tensor<4x96x96xf32>
    %60 = tensor.empty() : tensor<4x96x96xbf16>
    %61 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%59 : tensor<4x96x96xf32>) outs(%60 : tensor<4x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<4x96x96xbf16>
    %expanded_20 = tensor.expand_shape %61 [[0, 1], [2], [3]] output_shape [1, 4, 96, 96] : tensor<4x96x96xbf16> into tensor<1x4x96x96xbf16>
    %62 = tensor.empty() : tensor<1x4x96x96xbf16>
    %63 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_20 : tensor<1x4x96x96xbf16>) outs(%62 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %108 = arith.mulf %in, %cst_4 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x96xbf16>
    %64 = tensor.empty() : tensor<96xi64>
    %65 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel"]} outs(%64 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %108 = linalg.index 0 : index
      %109 = arith.index_cast %108 : index to i64
      linalg.yield %109 : i64
    } -> tensor<96xi64>
    %expanded_21 = tensor.expand_shape %65 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %expanded_22 = tensor.expand_shape %65 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %66 = tensor.empty() : tensor<96x96xi64>
    %67 = linalg.generic {indexing_maps = [#map10, #map11, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_21, %expanded_22 : tensor<96x1xi64>, tensor<1x96xi64>) outs(%66 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_34: i64, %out: i64):
      %108 = arith.subi %in, %in_34 : i64
      linalg.yield %108 : i64
    } -> tensor<96x96xi64>
    %68 = tensor.empty() : tensor<96x96xi1>
    %69 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%67 : tensor<96x96xi64>) outs(%68 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %108 = arith.cmpi slt, %in, %c0_i64 : i64
      linalg.yield %108 : i1
    } -> tensor<96x96xi1>
    %70 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%67 : tensor<96x96xi64>) outs(%68 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %108 = arith.cmpi sge, %in, %c24_i64 : i64
      linalg.yield %108 : i1
    } -> tensor<96x96xi1>
    %71 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%69, %70 : tensor<96x96xi1>, tensor<96x96xi1>) outs(%68 : tensor<96x96xi1>) {
    ^bb0(%in: i1, %in_34: i1, %out: i1):
      %108 = arith.ori %in, %in_34 : i1
      linalg.yield %108 : i1
    } -> tensor<96x96xi1>
    %72 = linalg.generic {indexing_maps = [#map12, #map13, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%71, %cst_1, %63 : tensor<96x96xi1>, tensor<bf16>, tensor<1x4x96x96xbf16>) outs(%62 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: i1, %in_34: bf16, %in_35: bf16, %out: bf16):
      %108 = arith.select %in, %in_34, %in_35 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x96xbf16>
    %73 = tensor.empty() : tensor<1x4x96x1xbf16>
    %expanded_23 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [1, 4, 1] : tensor<4xbf16> into tensor<1x4x1xbf16>
    %74 = linalg.generic {indexing_maps = [#map14, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_23 : tensor<1x4x1xbf16>) outs(%73 : tensor<1x4x96x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x4x96x1xbf16>
    %concat_24 = tensor.concat dim(3) %72, %74 : (tensor<1x4x96x96xbf16>, tensor<1x4x96x1xbf16>) -> tensor<1x4x96x97xbf16>
    %75 = tensor.empty() : tensor<1x4x96x97xf32>
    %76 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_24 : tensor<1x4x96x97xbf16>) outs(%75 : tensor<1x4x96x97xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<1x4x96x97xf32>
    %77 = tensor.empty() : tensor<1x4x96xi64>
    %78 = linalg.fill ins(%c0_i64 : i64) outs(%77 : tensor<1x4x96xi64>) -> tensor<1x4x96xi64>
    %79 = tensor.empty() : tensor<1x4x96xf32>
    %80 = linalg.fill ins(%cst_0 : f32) outs(%79 : tensor<1x4x96xf32>) -> tensor<1x4x96xf32>
    %81:2 = linalg.generic {indexing_maps = [#map6, #map15, #map15], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%76 : tensor<1x4x96x97xf32>) outs(%80, %78 : tensor<1x4x96xf32>, tensor<1x4x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_34: i64):
      %108 = linalg.index 3 : index
      %109 = arith.index_cast %108 : index to i64
      %110 = arith.maximumf %in, %out : f32
      %111 = arith.cmpf ogt, %in, %out : f32
      %112 = arith.select %111, %109, %out_34 : i64
      linalg.yield %110, %112 : f32, i64
    } -> (tensor<1x4x96xf32>, tensor<1x4x96xi64>)
    %expanded_25 = tensor.expand_shape %81#0 [[0], [1], [2, 3]] output_shape [1, 4, 96, 1] : tensor<1x4x96xf32> into tensor<1x4x96x1xf32>
    %82 = linalg.generic {indexing_maps = [#map6, #map16, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%76, %expanded_25 : tensor<1x4x96x97xf32>, tensor<1x4x96x1xf32>) outs(%75 : tensor<1x4x96x97xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.subf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<1x4x96x97xf32>
    %83 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%82 : tensor<1x4x96x97xf32>) outs(%75 : tensor<1x4x96x97xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = math.exp %in : f32
      linalg.yield %108 : f32
    } -> tensor<1x4x96x97xf32>
    %84 = tensor.empty() : tensor<1x4x96x1xf32>
    %85 = linalg.fill ins(%cst : f32) outs(%84 : tensor<1x4x96x1xf32>) -> tensor<1x4x96x1xf32>
    %86 = linalg.generic {indexing_maps = [#map6, #map16], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%83 : tensor<1x4x96x97xf32>) outs(%85 : tensor<1x4x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %108 = arith.addf %in, %out : f32
      linalg.yield %108 : f32
    } -> tensor<1x4x96x1xf32>
    %87 = linalg.generic {indexing_maps = [#map6, #map16, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%83, %86 : tensor<1x4x96x97xf32>, tensor<1x4x96x1xf32>) outs(%75 : tensor<1x4x96x97xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.divf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<1x4x96x97xf32>
    %extracted_slice_26 = tensor.extract_slice %87[0, 0, 0, 0] [1, 4, 96, 96] [1, 1, 1, 1] : tensor<1x4x96x97xf32> to tensor<1x4x96x96xf32>
    %88 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_26 : tensor<1x4x96x96xf32>) outs(%62 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<1x4x96x96xbf16>
    %89 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%transposed_11 : tensor<1x1x96x64xbf16>) outs(%54 : tensor<1x1x4x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x1x4x96x64xbf16>
    %collapsed_27 = tensor.collapse_shape %88 [[0, 1], [2], [3]] : tensor<1x4x96x96xbf16> into tensor<4x96x96xbf16>
    %collapsed_28 = tensor.collapse_shape %89 [[0, 1, 2], [3], [4]] : tensor<1x1x4x96x64xbf16> into tensor<4x96x64xbf16>
    %90 = tensor.empty() : tensor<4x96x64xf32>
    %91 = linalg.fill ins(%cst : f32) outs(%90 : tensor<4x96x64xf32>) -> tensor<4x96x64xf32>
    %92 = linalg.batch_matmul ins(%collapsed_27, %collapsed_28 : tensor<4x96x96xbf16>, tensor<4x96x64xbf16>) outs(%91 : tensor<4x96x64xf32>) -> tensor<4x96x64xf32>
    %93 = tensor.empty() : tensor<4x96x64xbf16>
    %94 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%92 : tensor<4x96x64xf32>) outs(%93 : tensor<4x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<4x96x64xbf16>
    %expanded_29 = tensor.expand_shape %94 [[0, 1], [2], [3]] output_shape [1, 4, 96, 64] : tensor<4x96x64xbf16> into tensor<1x4x96x64xbf16>
    %95 = tensor.empty() : tensor<1x96x4x64xbf16>
    %transposed_30 = linalg.transpose ins(%expanded_29 : tensor<1x4x96x64xbf16>) outs(%95 : tensor<1x96x4x64xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_31 = tensor.collapse_shape %transposed_30 [[0, 1], [2, 3]] : tensor<1x96x4x64xbf16> into tensor<96x256xbf16>
    %96 = tensor.empty() : tensor<256x128xbf16>
    %transposed_32 = linalg.transpose ins(%arg10 : tensor<128x256xbf16>) outs(%96 : tensor<256x128xbf16>) permutation = [1, 0] 
    %97 = tensor.empty() : tensor<128xf32>
    %98 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg11 : tensor<128xbf16>) outs(%97 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<128xf32>
    %99 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%collapsed_31 : tensor<96x256xbf16>) outs(%20 : tensor<96x256xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<96x256xf32>
    %100 = tensor.empty() : tensor<256x128xf32>
    %101 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%transposed_32 : tensor<256x128xbf16>) outs(%100 : tensor<256x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %108 = arith.extf %in : bf16 to f32
      linalg.yield %108 : f32
    } -> tensor<256x128xf32>
    %102 = linalg.fill ins(%cst : f32) outs(%16 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %103 = linalg.matmul ins(%99, %101 : tensor<96x256xf32>, tensor<256x128xf32>) outs(%102 : tensor<96x128xf32>) -> tensor<96x128xf32>
    %104 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%103, %98 : tensor<96x128xf32>, tensor<128xf32>) outs(%16 : tensor<96x128xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %108 = arith.addf %in, %in_34 : f32
      linalg.yield %108 : f32
    } -> tensor<96x128xf32>
    %105 = tensor.empty() : tensor<96x128xbf16>
    %106 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%104 : tensor<96x128xf32>) outs(%105 : tensor<96x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %108 = arith.truncf %in : f32 to bf16
      linalg.yield %108 : bf16
    } -> tensor<96x128xbf16>
    %expanded_33 = tensor.expand_shape %106 [[0, 1], [2]] output_shape [1, 96, 128] : tensor<96x128xbf16> into tensor<1x96x128xbf16>
    %107 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_33 : tensor<1x96x128xbf16>, tensor<1x96x128xbf16>) outs(%10 : tensor<1x96x128xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %108 = arith.addf %in, %in_34 : bf16
      linalg.yield %108 : bf16
    } -> tensor<1x96x128xbf16>
    return %107 : tensor<1x96x128xbf16>
  }
}
