#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map10 = affine_map<(d0, d1, d2, d3) -> (0, 0, d2, d3)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<40x16xbf16>, %arg4: tensor<40x16xbf16>, %arg5: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<40x16xbf16>, tensor<40x16xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : bf16
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_3 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_4 = arith.constant 4.000000e+00 : bf16
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0, 0] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %extracted_slice_5 = tensor.extract_slice %arg0[0, 0, 0, 8] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %0 = tensor.empty() : tensor<1x2x40x16xbf16>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %2 = tensor.empty() : tensor<1x2x40x8xbf16>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_5 : tensor<1x2x40x8xbf16>) outs(%2 : tensor<1x2x40x8xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.negf %in : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x8xbf16>
    %concat = tensor.concat dim(3) %3, %extracted_slice : (tensor<1x2x40x8xbf16>, tensor<1x2x40x8xbf16>) -> tensor<1x2x40x16xbf16>
    %4 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %arg4 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %4 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.addf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %extracted_slice_6 = tensor.extract_slice %arg1[0, 0, 0, 0] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %extracted_slice_7 = tensor.extract_slice %arg1[0, 0, 0, 8] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg3 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_7 : tensor<1x2x40x8xbf16>) outs(%2 : tensor<1x2x40x8xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.negf %in : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x8xbf16>
    %concat_8 = tensor.concat dim(3) %7, %extracted_slice_6 : (tensor<1x2x40x8xbf16>, tensor<1x2x40x8xbf16>) -> tensor<1x2x40x16xbf16>
    %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_8, %arg4 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %8 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.addf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %10 = tensor.empty() : tensor<40xi64>
    %11 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%10 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %81 = linalg.index 0 : index
      %82 = arith.index_cast %81 : index to i64
      linalg.yield %82 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %11 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_9 = tensor.expand_shape %11 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %12 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed = linalg.transpose ins(%9 : tensor<1x2x40x16xbf16>) outs(%12 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %5 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_10 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %13 = tensor.empty() : tensor<2x40x40xf32>
    %14 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %15 = linalg.batch_matmul ins(%collapsed, %collapsed_10 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%14 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %16 = tensor.empty() : tensor<2x40x40xbf16>
    %17 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x40x40xf32>) outs(%16 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_11 = tensor.expand_shape %17 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %18 = tensor.empty() : tensor<1x2x40x40xbf16>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_11 : tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.divf %in, %cst_4 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x40xbf16>
    %20 = tensor.empty() : tensor<40x40xi1>
    %21 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%expanded_9, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%20 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_36: i64, %out: i1):
      %81 = arith.cmpi sgt, %in, %in_36 : i64
      linalg.yield %81 : i1
    } -> tensor<40x40xi1>
    %22 = linalg.generic {indexing_maps = [#map1, #map7, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %cst_3, %19 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_36: bf16, %in_37: bf16, %out: bf16):
      %81 = arith.select %in, %in_36, %in_37 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x40xbf16>
    %23 = tensor.empty() : tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x40x40xbf16>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %81 = arith.extf %in : bf16 to f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = tensor.empty() : tensor<1x2x40xi64>
    %26 = linalg.fill ins(%c0_i64 : i64) outs(%25 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %27 = tensor.empty() : tensor<1x2x40xf32>
    %28 = linalg.fill ins(%cst_1 : f32) outs(%27 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %29:2 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x40x40xf32>) outs(%28, %26 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_36: i64):
      %81 = linalg.index 3 : index
      %82 = arith.index_cast %81 : index to i64
      %83 = arith.maximumf %in, %out : f32
      %84 = arith.cmpf ogt, %in, %out : f32
      %85 = arith.select %84, %82, %out_36 : i64
      linalg.yield %83, %85 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_12 = tensor.expand_shape %29#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %expanded_12 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %81 = arith.subf %in, %in_36 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %81 = math.exp %in : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = tensor.empty() : tensor<1x2x40x1xf32>
    %33 = linalg.fill ins(%cst_0 : f32) outs(%32 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %34 = linalg.generic {indexing_maps = [#map, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%31 : tensor<1x2x40x40xf32>) outs(%33 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %81 = arith.addf %in, %out : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x1xf32>
    %35 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %34 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %81 = arith.divf %in, %in_36 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_13 = tensor.collapse_shape %36 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_14 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_15 = tensor.collapse_shape %arg5 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_16 = linalg.transpose ins(%collapsed_13 : tensor<2x40x40xbf16>) outs(%16 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %37 = tensor.empty() : tensor<2x40x16xf32>
    %38 = linalg.fill ins(%cst_0 : f32) outs(%37 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %39 = linalg.batch_matmul ins(%transposed_16, %collapsed_15 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%38 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %40 = tensor.empty() : tensor<2x40x16xbf16>
    %41 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x40x16xf32>) outs(%40 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<2x40x16xbf16>
    %42 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed_14 : tensor<2x40x16xbf16>) outs(%42 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %43 = linalg.batch_matmul ins(%collapsed_15, %transposed_17 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%14 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43 : tensor<2x40x40xf32>) outs(%16 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_18 = tensor.expand_shape %41 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_19 = tensor.expand_shape %44 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %45 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_19 : tensor<1x2x40x40xbf16>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %81 = arith.extf %in : bf16 to f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %46 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x40x40xbf16>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %81 = arith.extf %in : bf16 to f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45, %46 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %81 = arith.mulf %in, %in_36 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %48 = linalg.generic {indexing_maps = [#map, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%47 : tensor<1x2x40x40xf32>) outs(%33 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %81 = arith.addf %in, %out : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x1xf32>
    %49 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46, %48 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %81 = arith.mulf %in, %in_36 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %50 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47, %49 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %81 = arith.subf %in, %in_36 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x40x40xf32>
    %51 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%50 : tensor<1x2x40x40xf32>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x40xbf16>
    %52 = linalg.generic {indexing_maps = [#map1, #map7, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %cst_2, %51 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_36: bf16, %in_37: bf16, %out: bf16):
      %81 = arith.select %in, %in_36, %in_37 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x40xbf16>
    %53 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52 : tensor<1x2x40x40xbf16>) outs(%18 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.divf %in, %cst_4 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_20 = tensor.collapse_shape %53 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_21 = linalg.transpose ins(%collapsed : tensor<2x40x16xbf16>) outs(%42 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %54 = tensor.empty() : tensor<2x16x40xf32>
    %55 = linalg.fill ins(%cst_0 : f32) outs(%54 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %56 = linalg.batch_matmul ins(%transposed_21, %collapsed_20 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%55 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %57 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56 : tensor<2x16x40xf32>) outs(%42 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_22 = linalg.transpose ins(%collapsed_10 : tensor<2x16x40xbf16>) outs(%40 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %58 = linalg.batch_matmul ins(%collapsed_20, %transposed_22 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%38 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %59 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x40x16xf32>) outs(%40 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %81 = arith.truncf %in : f32 to bf16
      linalg.yield %81 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_23 = tensor.expand_shape %57 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_24 = tensor.expand_shape %59 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %transposed_25 = linalg.transpose ins(%expanded_23 : tensor<1x2x16x40xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    %60 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_25, %concat_8 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %61 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_25, %arg4 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %62 = tensor.empty() : tensor<1x1x40x16xbf16>
    %63 = linalg.fill ins(%cst : bf16) outs(%62 : tensor<1x1x40x16xbf16>) -> tensor<1x1x40x16xbf16>
    %64 = linalg.generic {indexing_maps = [#map, #map10], iterator_types = ["reduction", "reduction", "parallel", "parallel"]} ins(%60 : tensor<1x2x40x16xbf16>) outs(%63 : tensor<1x1x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.addf %in, %out : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x1x40x16xbf16>
    %collapsed_26 = tensor.collapse_shape %64 [[0, 1, 2], [3]] : tensor<1x1x40x16xbf16> into tensor<40x16xbf16>
    %extracted_slice_27 = tensor.extract_slice %61[0, 0, 0, 0] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %extracted_slice_28 = tensor.extract_slice %61[0, 0, 0, 8] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %65 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_27 : tensor<1x2x40x8xbf16>) outs(%2 : tensor<1x2x40x8xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.negf %in : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x8xbf16>
    %66 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_25, %arg1 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %67 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_25, %arg3 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %68 = linalg.generic {indexing_maps = [#map, #map10], iterator_types = ["reduction", "reduction", "parallel", "parallel"]} ins(%66 : tensor<1x2x40x16xbf16>) outs(%63 : tensor<1x1x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.addf %in, %out : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x1x40x16xbf16>
    %collapsed_29 = tensor.collapse_shape %68 [[0, 1, 2], [3]] : tensor<1x1x40x16xbf16> into tensor<40x16xbf16>
    %concat_30 = tensor.concat dim(3) %extracted_slice_28, %65 : (tensor<1x2x40x8xbf16>, tensor<1x2x40x8xbf16>) -> tensor<1x2x40x16xbf16>
    %69 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%67, %concat_30 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.addf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %70 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_24, %concat : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %71 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_24, %arg4 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %72 = linalg.generic {indexing_maps = [#map, #map10], iterator_types = ["reduction", "reduction", "parallel", "parallel"]} ins(%70 : tensor<1x2x40x16xbf16>) outs(%63 : tensor<1x1x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.addf %in, %out : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x1x40x16xbf16>
    %collapsed_31 = tensor.collapse_shape %72 [[0, 1, 2], [3]] : tensor<1x1x40x16xbf16> into tensor<40x16xbf16>
    %73 = tensor.empty() : tensor<40x16xbf16>
    %74 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%collapsed_26, %collapsed_31 : tensor<40x16xbf16>, tensor<40x16xbf16>) outs(%73 : tensor<40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.addf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<40x16xbf16>
    %extracted_slice_32 = tensor.extract_slice %71[0, 0, 0, 0] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %extracted_slice_33 = tensor.extract_slice %71[0, 0, 0, 8] [1, 2, 40, 8] [1, 1, 1, 1] : tensor<1x2x40x16xbf16> to tensor<1x2x40x8xbf16>
    %75 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_32 : tensor<1x2x40x8xbf16>) outs(%2 : tensor<1x2x40x8xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.negf %in : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x8xbf16>
    %76 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_24, %arg0 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %77 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_24, %arg3 : tensor<1x2x40x16xbf16>, tensor<40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.mulf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    %78 = linalg.generic {indexing_maps = [#map, #map10], iterator_types = ["reduction", "reduction", "parallel", "parallel"]} ins(%76 : tensor<1x2x40x16xbf16>) outs(%63 : tensor<1x1x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %81 = arith.addf %in, %out : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x1x40x16xbf16>
    %collapsed_34 = tensor.collapse_shape %78 [[0, 1, 2], [3]] : tensor<1x1x40x16xbf16> into tensor<40x16xbf16>
    %79 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%collapsed_29, %collapsed_34 : tensor<40x16xbf16>, tensor<40x16xbf16>) outs(%73 : tensor<40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.addf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<40x16xbf16>
    %concat_35 = tensor.concat dim(3) %extracted_slice_33, %75 : (tensor<1x2x40x8xbf16>, tensor<1x2x40x8xbf16>) -> tensor<1x2x40x16xbf16>
    %80 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%77, %concat_35 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %81 = arith.addf %in, %in_36 : bf16
      linalg.yield %81 : bf16
    } -> tensor<1x2x40x16xbf16>
    return %80, %69, %expanded_18, %79, %74 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<40x16xbf16>, tensor<40x16xbf16>
  }
}

