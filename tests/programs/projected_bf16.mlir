// expect: fused
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map8 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1) -> (0, d1)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x96x64xbf16>, %arg1: tensor<64x512xbf16>, %arg2: tensor<256x64xbf16>) -> tensor<1x96x64xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant dense<true> : tensor<96x96xi1>
    %cst_3 = arith.constant 2.000000e+00 : f32
    %cst_4 = arith.constant 6.400000e+01 : f32
    %cst_5 = arith.constant 1.000000e+04 : f32
    %cst_6 = arith.constant 1.250000e-01 : bf16
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<1x96x64xbf16> into tensor<96x64xbf16>
    %0 = tensor.empty() : tensor<96x512xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<96x512xf32>) -> tensor<96x512xf32>
    %2 = linalg.matmul ins(%collapsed, %arg1 : tensor<96x64xbf16>, tensor<64x512xbf16>) outs(%1 : tensor<96x512xf32>) -> tensor<96x512xf32>
    %3 = tensor.empty() : tensor<96x512xbf16>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<96x512xf32>) outs(%3 : tensor<96x512xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<96x512xbf16>
    %expanded = tensor.expand_shape %4 [[0, 1], [2]] output_shape [1, 96, 512] : tensor<96x512xbf16> into tensor<1x96x512xbf16>
    %extracted_slice = tensor.extract_slice %expanded[0, 0, 0] [1, 96, 256] [1, 1, 1] : tensor<1x96x512xbf16> to tensor<1x96x256xbf16>
    %extracted_slice_7 = tensor.extract_slice %expanded[0, 0, 256] [1, 96, 128] [1, 1, 1] : tensor<1x96x512xbf16> to tensor<1x96x128xbf16>
    %extracted_slice_8 = tensor.extract_slice %expanded[0, 0, 384] [1, 96, 128] [1, 1, 1] : tensor<1x96x512xbf16> to tensor<1x96x128xbf16>
    %expanded_9 = tensor.expand_shape %extracted_slice [[0], [1], [2, 3]] output_shape [1, 96, 4, 64] : tensor<1x96x256xbf16> into tensor<1x96x4x64xbf16>
    %5 = tensor.empty() : tensor<1x4x96x64xbf16>
    %transposed = linalg.transpose ins(%expanded_9 : tensor<1x96x4x64xbf16>) outs(%5 : tensor<1x4x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %expanded_10 = tensor.expand_shape %extracted_slice_7 [[0], [1], [2, 3]] output_shape [1, 96, 2, 64] : tensor<1x96x128xbf16> into tensor<1x96x2x64xbf16>
    %6 = tensor.empty() : tensor<1x2x96x64xbf16>
    %transposed_11 = linalg.transpose ins(%expanded_10 : tensor<1x96x2x64xbf16>) outs(%6 : tensor<1x2x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %expanded_12 = tensor.expand_shape %extracted_slice_8 [[0], [1], [2, 3]] output_shape [1, 96, 2, 64] : tensor<1x96x128xbf16> into tensor<1x96x2x64xbf16>
    %transposed_13 = linalg.transpose ins(%expanded_12 : tensor<1x96x2x64xbf16>) outs(%6 : tensor<1x2x96x64xbf16>) permutation = [0, 2, 1, 3] 
    %7 = tensor.empty() : tensor<96xf32>
    %8 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel"]} outs(%7 : tensor<96xf32>) {
    ^bb0(%out: f32):
      %78 = linalg.index 0 : index
      %79 = arith.index_cast %78 : index to i64
      %80 = arith.sitofp %79 : i64 to f32
      %81 = arith.addf %80, %cst : f32
      linalg.yield %81 : f32
    } -> tensor<96xf32>
    %expanded_14 = tensor.expand_shape %8 [[0, 1]] output_shape [96, 1] : tensor<96xf32> into tensor<96x1xf32>
    %9 = tensor.empty() : tensor<32xf32>
    %10 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel"]} outs(%9 : tensor<32xf32>) {
    ^bb0(%out: f32):
      %78 = linalg.index 0 : index
      %79 = arith.index_cast %78 : index to i64
      %80 = arith.sitofp %79 : i64 to f32
      %81 = arith.mulf %80, %cst_3 : f32
      %82 = arith.addf %81, %cst : f32
      linalg.yield %82 : f32
    } -> tensor<32xf32>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%10 : tensor<32xf32>) outs(%9 : tensor<32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = arith.negf %in : f32
      linalg.yield %78 : f32
    } -> tensor<32xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%11 : tensor<32xf32>) outs(%9 : tensor<32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = arith.divf %in, %cst_4 : f32
      linalg.yield %78 : f32
    } -> tensor<32xf32>
    %13 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel"]} ins(%12 : tensor<32xf32>) outs(%9 : tensor<32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = math.powf %cst_5, %in : f32
      linalg.yield %78 : f32
    } -> tensor<32xf32>
    %14 = tensor.empty() : tensor<96x32xf32>
    %15 = linalg.generic {indexing_maps = [#map2, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_14, %13 : tensor<96x1xf32>, tensor<32xf32>) outs(%14 : tensor<96x32xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.mulf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<96x32xf32>
    %concat = tensor.concat dim(1) %15, %15 : (tensor<96x32xf32>, tensor<96x32xf32>) -> tensor<96x64xf32>
    %16 = tensor.empty() : tensor<96x64xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%concat : tensor<96x64xf32>) outs(%16 : tensor<96x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = math.cos %in : f32
      linalg.yield %78 : f32
    } -> tensor<96x64xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%concat : tensor<96x64xf32>) outs(%16 : tensor<96x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = math.sin %in : f32
      linalg.yield %78 : f32
    } -> tensor<96x64xf32>
    %19 = tensor.empty() : tensor<1x4x96x64xf32>
    %20 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<1x4x96x64xbf16>) outs(%19 : tensor<1x4x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %78 = arith.extf %in : bf16 to f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x64xf32>
    %extracted_slice_15 = tensor.extract_slice %20[0, 0, 0, 0] [1, 4, 96, 32] [1, 1, 1, 1] : tensor<1x4x96x64xf32> to tensor<1x4x96x32xf32>
    %extracted_slice_16 = tensor.extract_slice %20[0, 0, 0, 32] [1, 4, 96, 32] [1, 1, 1, 1] : tensor<1x4x96x64xf32> to tensor<1x4x96x32xf32>
    %21 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %17 : tensor<1x4x96x64xf32>, tensor<96x64xf32>) outs(%19 : tensor<1x4x96x64xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.mulf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x64xf32>
    %22 = tensor.empty() : tensor<1x4x96x32xf32>
    %23 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_16 : tensor<1x4x96x32xf32>) outs(%22 : tensor<1x4x96x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = arith.negf %in : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x32xf32>
    %concat_17 = tensor.concat dim(3) %23, %extracted_slice_15 : (tensor<1x4x96x32xf32>, tensor<1x4x96x32xf32>) -> tensor<1x4x96x64xf32>
    %24 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_17, %18 : tensor<1x4x96x64xf32>, tensor<96x64xf32>) outs(%19 : tensor<1x4x96x64xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.mulf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x64xf32>
    %25 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %24 : tensor<1x4x96x64xf32>, tensor<1x4x96x64xf32>) outs(%19 : tensor<1x4x96x64xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.addf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x64xf32>
    %26 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<1x4x96x64xf32>) outs(%5 : tensor<1x4x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<1x4x96x64xbf16>
    %27 = tensor.empty() : tensor<1x2x96x64xf32>
    %28 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_11 : tensor<1x2x96x64xbf16>) outs(%27 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %78 = arith.extf %in : bf16 to f32
      linalg.yield %78 : f32
    } -> tensor<1x2x96x64xf32>
    %extracted_slice_18 = tensor.extract_slice %28[0, 0, 0, 0] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xf32> to tensor<1x2x96x32xf32>
    %extracted_slice_19 = tensor.extract_slice %28[0, 0, 0, 32] [1, 2, 96, 32] [1, 1, 1, 1] : tensor<1x2x96x64xf32> to tensor<1x2x96x32xf32>
    %29 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %17 : tensor<1x2x96x64xf32>, tensor<96x64xf32>) outs(%27 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.mulf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x2x96x64xf32>
    %30 = tensor.empty() : tensor<1x2x96x32xf32>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_19 : tensor<1x2x96x32xf32>) outs(%30 : tensor<1x2x96x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = arith.negf %in : f32
      linalg.yield %78 : f32
    } -> tensor<1x2x96x32xf32>
    %concat_20 = tensor.concat dim(3) %31, %extracted_slice_18 : (tensor<1x2x96x32xf32>, tensor<1x2x96x32xf32>) -> tensor<1x2x96x64xf32>
    %32 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_20, %18 : tensor<1x2x96x64xf32>, tensor<96x64xf32>) outs(%27 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.mulf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x2x96x64xf32>
    %33 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %32 : tensor<1x2x96x64xf32>, tensor<1x2x96x64xf32>) outs(%27 : tensor<1x2x96x64xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.addf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x2x96x64xf32>
    %34 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33 : tensor<1x2x96x64xf32>) outs(%6 : tensor<1x2x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<1x2x96x64xbf16>
    %35 = tensor.empty() : tensor<1x2x2x96x64xbf16>
    %36 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x2x96x64xbf16>) outs(%35 : tensor<1x2x2x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x96x64xbf16>
    %collapsed_21 = tensor.collapse_shape %36 [[0], [1, 2], [3], [4]] : tensor<1x2x2x96x64xbf16> into tensor<1x4x96x64xbf16>
    %37 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%transposed_13 : tensor<1x2x96x64xbf16>) outs(%35 : tensor<1x2x2x96x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x96x64xbf16>
    %38 = tensor.empty() : tensor<1x4x64x96xbf16>
    %transposed_22 = linalg.transpose ins(%collapsed_21 : tensor<1x4x96x64xbf16>) outs(%38 : tensor<1x4x64x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_23 = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<1x4x96x64xbf16> into tensor<4x96x64xbf16>
    %collapsed_24 = tensor.collapse_shape %transposed_22 [[0, 1], [2], [3]] : tensor<1x4x64x96xbf16> into tensor<4x64x96xbf16>
    %39 = tensor.empty() : tensor<4x96x96xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<4x96x96xf32>) -> tensor<4x96x96xf32>
    %41 = linalg.batch_matmul ins(%collapsed_23, %collapsed_24 : tensor<4x96x64xbf16>, tensor<4x64x96xbf16>) outs(%40 : tensor<4x96x96xf32>) -> tensor<4x96x96xf32>
    %42 = tensor.empty() : tensor<4x96x96xbf16>
    %43 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<4x96x96xf32>) outs(%42 : tensor<4x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<4x96x96xbf16>
    %expanded_25 = tensor.expand_shape %43 [[0, 1], [2], [3]] output_shape [1, 4, 96, 96] : tensor<4x96x96xbf16> into tensor<1x4x96x96xbf16>
    %44 = tensor.empty() : tensor<1x4x96x96xbf16>
    %45 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_25 : tensor<1x4x96x96xbf16>) outs(%44 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %78 = arith.mulf %in, %cst_6 : bf16
      linalg.yield %78 : bf16
    } -> tensor<1x4x96x96xbf16>
    %46 = tensor.empty() : tensor<96xi64>
    %47 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel"]} outs(%46 : tensor<96xi64>) {
    ^bb0(%out: i64):
      %78 = linalg.index 0 : index
      %79 = arith.index_cast %78 : index to i64
      linalg.yield %79 : i64
    } -> tensor<96xi64>
    %expanded_26 = tensor.expand_shape %47 [[0, 1]] output_shape [1, 96] : tensor<96xi64> into tensor<1x96xi64>
    %expanded_27 = tensor.expand_shape %47 [[0, 1]] output_shape [96, 1] : tensor<96xi64> into tensor<96x1xi64>
    %48 = tensor.empty() : tensor<96x96xi64>
    %49 = linalg.generic {indexing_maps = [#map9, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_26, %expanded_27 : tensor<1x96xi64>, tensor<96x1xi64>) outs(%48 : tensor<96x96xi64>) {
    ^bb0(%in: i64, %in_35: i64, %out: i64):
      %78 = arith.subi %in, %in_35 : i64
      linalg.yield %78 : i64
    } -> tensor<96x96xi64>
    %50 = tensor.empty() : tensor<96x96xi1>
    %51 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%49 : tensor<96x96xi64>) outs(%50 : tensor<96x96xi1>) {
    ^bb0(%in: i64, %out: i1):
      %78 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %78 : i1
    } -> tensor<96x96xi1>
    %52 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%51, %cst_2 : tensor<96x96xi1>, tensor<96x96xi1>) outs(%50 : tensor<96x96xi1>) {
    ^bb0(%in: i1, %in_35: i1, %out: i1):
      %78 = arith.andi %in, %in_35 : i1
      linalg.yield %78 : i1
    } -> tensor<96x96xi1>
    %53 = linalg.generic {indexing_maps = [#map5, #map10, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52, %cst_1, %45 : tensor<96x96xi1>, tensor<bf16>, tensor<1x4x96x96xbf16>) outs(%44 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: i1, %in_35: bf16, %in_36: bf16, %out: bf16):
      %78 = arith.select %in, %in_35, %in_36 : bf16
      linalg.yield %78 : bf16
    } -> tensor<1x4x96x96xbf16>
    %54 = tensor.empty() : tensor<1x4x96x96xf32>
    %55 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%53 : tensor<1x4x96x96xbf16>) outs(%54 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %78 = arith.extf %in : bf16 to f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x96xf32>
    %56 = tensor.empty() : tensor<1x4x96xi64>
    %57 = linalg.fill ins(%c0_i64 : i64) outs(%56 : tensor<1x4x96xi64>) -> tensor<1x4x96xi64>
    %58 = tensor.empty() : tensor<1x4x96xf32>
    %59 = linalg.fill ins(%cst_0 : f32) outs(%58 : tensor<1x4x96xf32>) -> tensor<1x4x96xf32>
    %60:2 = linalg.generic {indexing_maps = [#map4, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%55 : tensor<1x4x96x96xf32>) outs(%59, %57 : tensor<1x4x96xf32>, tensor<1x4x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_35: i64):
      %78 = linalg.index 3 : index
      %79 = arith.index_cast %78 : index to i64
      %80 = arith.maximumf %in, %out : f32
      %81 = arith.cmpf ogt, %in, %out : f32
      %82 = arith.select %81, %79, %out_35 : i64
      linalg.yield %80, %82 : f32, i64
    } -> (tensor<1x4x96xf32>, tensor<1x4x96xi64>)
    %expanded_28 = tensor.expand_shape %60#0 [[0], [1], [2, 3]] output_shape [1, 4, 96, 1] : tensor<1x4x96xf32> into tensor<1x4x96x1xf32>
    %61 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%55, %expanded_28 : tensor<1x4x96x96xf32>, tensor<1x4x96x1xf32>) outs(%54 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.subf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x96xf32>
    %62 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%61 : tensor<1x4x96x96xf32>) outs(%54 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = math.exp %in : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x96xf32>
    %63 = tensor.empty() : tensor<1x4x96x1xf32>
    %64 = linalg.fill ins(%cst : f32) outs(%63 : tensor<1x4x96x1xf32>) -> tensor<1x4x96x1xf32>
    %65 = linalg.generic {indexing_maps = [#map4, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%62 : tensor<1x4x96x96xf32>) outs(%64 : tensor<1x4x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %78 = arith.addf %in, %out : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x1xf32>
    %66 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62, %65 : tensor<1x4x96x96xf32>, tensor<1x4x96x1xf32>) outs(%54 : tensor<1x4x96x96xf32>) {
    ^bb0(%in: f32, %in_35: f32, %out: f32):
      %78 = arith.divf %in, %in_35 : f32
      linalg.yield %78 : f32
    } -> tensor<1x4x96x96xf32>
    %67 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%66 : tensor<1x4x96x96xf32>) outs(%44 : tensor<1x4x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<1x4x96x96xbf16>
    %collapsed_29 = tensor.collapse_shape %67 [[0, 1], [2], [3]] : tensor<1x4x96x96xbf16> into tensor<4x96x96xbf16>
    %collapsed_30 = tensor.collapse_shape %37 [[0, 1, 2], [3], [4]] : tensor<1x2x2x96x64xbf16> into tensor<4x96x64xbf16>
    %68 = tensor.empty() : tensor<4x96x64xf32>
    %69 = linalg.fill ins(%cst : f32) outs(%68 : tensor<4x96x64xf32>) -> tensor<4x96x64xf32>
    %70 = linalg.batch_matmul ins(%collapsed_29, %collapsed_30 : tensor<4x96x96xbf16>, tensor<4x96x64xbf16>) outs(%69 : tensor<4x96x64xf32>) -> tensor<4x96x64xf32>
    %71 = tensor.empty() : tensor<4x96x64xbf16>
    %72 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70 : tensor<4x96x64xf32>) outs(%71 : tensor<4x96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<4x96x64xbf16>
    %expanded_31 = tensor.expand_shape %72 [[0, 1], [2], [3]] output_shape [1, 4, 96, 64] : tensor<4x96x64xbf16> into tensor<1x4x96x64xbf16>
    %73 = tensor.empty() : tensor<1x96x4x64xbf16>
    %transposed_32 = linalg.transpose ins(%expanded_31 : tensor<1x4x96x64xbf16>) outs(%73 : tensor<1x96x4x64xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_33 = tensor.collapse_shape %transposed_32 [[0, 1], [2, 3]] : tensor<1x96x4x64xbf16> into tensor<96x256xbf16>
    %74 = linalg.fill ins(%cst : f32) outs(%16 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %75 = linalg.matmul ins(%collapsed_33, %arg2 : tensor<96x256xbf16>, tensor<256x64xbf16>) outs(%74 : tensor<96x64xf32>) -> tensor<96x64xf32>
    %76 = tensor.empty() : tensor<96x64xbf16>
    %77 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%75 : tensor<96x64xf32>) outs(%76 : tensor<96x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %78 = arith.truncf %in : f32 to bf16
      linalg.yield %78 : bf16
    } -> tensor<96x64xbf16>
    %expanded_34 = tensor.expand_shape %77 [[0, 1], [2]] output_shape [1, 96, 64] : tensor<96x64xbf16> into tensor<1x96x64xbf16>
    return %expanded_34 : tensor<1x96x64xbf16>
  }
}
