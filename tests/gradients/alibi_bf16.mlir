#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map13 = affine_map<(d0, d1, d2, d3) -> (0, d1, d2, d3)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<2xbf16>, %arg4: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<2xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : bf16
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_3 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_4 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %63 = linalg.index 0 : index
      %64 = arith.index_cast %63 : index to i64
      linalg.yield %64 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_5 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %2 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xbf16>) outs(%2 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %3 = tensor.empty() : tensor<2x40x40xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %6 = tensor.empty() : tensor<2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_7 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %8 = tensor.empty() : tensor<1x2x40x40xbf16>
    %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %63 = arith.divf %in, %cst_4 : bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %expanded_8 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [2, 1, 1] : tensor<2xbf16> into tensor<2x1x1xbf16>
    %10 = tensor.empty() : tensor<40x40xi64>
    %11 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%10 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_25: i64, %out: i64):
      %63 = arith.subi %in, %in_25 : i64
      linalg.yield %63 : i64
    } -> tensor<40x40xi64>
    %12 = tensor.empty() : tensor<40x40xbf16>
    %13 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<40x40xi64>) outs(%12 : tensor<40x40xbf16>) {
    ^bb0(%in: i64, %out: bf16):
      %63 = arith.sitofp %in : i64 to bf16
      linalg.yield %63 : bf16
    } -> tensor<40x40xbf16>
    %14 = linalg.generic {indexing_maps = [#map6, #map7, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_8, %13 : tensor<2x1x1xbf16>, tensor<40x40xbf16>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_25: bf16, %out: bf16):
      %63 = arith.mulf %in, %in_25 : bf16
      linalg.yield %63 : bf16
    } -> tensor<2x40x40xbf16>
    %15 = linalg.generic {indexing_maps = [#map2, #map8, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %14 : tensor<1x2x40x40xbf16>, tensor<2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_25: bf16, %out: bf16):
      %63 = arith.addf %in, %in_25 : bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %16 = tensor.empty() : tensor<40x40xi1>
    %17 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%16 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_25: i64, %out: i1):
      %63 = arith.cmpi sgt, %in, %in_25 : i64
      linalg.yield %63 : i1
    } -> tensor<40x40xi1>
    %18 = linalg.generic {indexing_maps = [#map9, #map10, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_3, %15 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_25: bf16, %in_26: bf16, %out: bf16):
      %63 = arith.select %in, %in_25, %in_26 : bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %19 = tensor.empty() : tensor<1x2x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x2x40x40xbf16>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %63 = arith.extf %in : bf16 to f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = tensor.empty() : tensor<1x2x40xi64>
    %22 = linalg.fill ins(%c0_i64 : i64) outs(%21 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %23 = tensor.empty() : tensor<1x2x40xf32>
    %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %25:2 = linalg.generic {indexing_maps = [#map2, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<1x2x40x40xf32>) outs(%24, %22 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_25: i64):
      %63 = linalg.index 3 : index
      %64 = arith.index_cast %63 : index to i64
      %65 = arith.maximumf %in, %out : f32
      %66 = arith.cmpf ogt, %in, %out : f32
      %67 = arith.select %66, %64, %out_25 : i64
      linalg.yield %65, %67 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_9 = tensor.expand_shape %25#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map12, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_9 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %63 = arith.subf %in, %in_25 : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = math.exp %in : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = tensor.empty() : tensor<1x2x40x1xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %30 = linalg.generic {indexing_maps = [#map2, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<1x2x40x40xf32>) outs(%29 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.addf %in, %out : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x1xf32>
    %31 = linalg.generic {indexing_maps = [#map2, #map12, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %30 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %63 = arith.divf %in, %in_25 : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_10 = tensor.collapse_shape %32 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_12 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_10 : tensor<2x40x40xbf16>) outs(%6 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %33 = tensor.empty() : tensor<2x40x16xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %35 = linalg.batch_matmul ins(%transposed_13, %collapsed_12 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%34 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %36 = tensor.empty() : tensor<2x40x16xbf16>
    %37 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x40x16xf32>) outs(%36 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<2x40x16xbf16>
    %38 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_14 = linalg.transpose ins(%collapsed_11 : tensor<2x40x16xbf16>) outs(%38 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %39 = linalg.batch_matmul ins(%collapsed_12, %transposed_14 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_15 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_16 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %41 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_16 : tensor<1x2x40x40xbf16>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %63 = arith.extf %in : bf16 to f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %42 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32 : tensor<1x2x40x40xbf16>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %63 = arith.extf %in : bf16 to f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %42 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %63 = arith.mulf %in, %in_25 : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map2, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%43 : tensor<1x2x40x40xf32>) outs(%29 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.addf %in, %out : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x1xf32>
    %45 = linalg.generic {indexing_maps = [#map2, #map12, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42, %44 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %63 = arith.mulf %in, %in_25 : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %46 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43, %45 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %63 = arith.subf %in, %in_25 : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %47 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %48 = linalg.generic {indexing_maps = [#map9, #map10, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_2, %47 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_25: bf16, %in_26: bf16, %out: bf16):
      %63 = arith.select %in, %in_25, %in_26 : bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %49 = linalg.fill ins(%cst_1 : bf16) outs(%8 : tensor<1x2x40x40xbf16>) -> tensor<1x2x40x40xbf16>
    %50 = linalg.generic {indexing_maps = [#map2, #map13], iterator_types = ["reduction", "parallel", "parallel", "parallel"]} ins(%48 : tensor<1x2x40x40xbf16>) outs(%49 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %63 = arith.addf %in, %out : bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_17 = tensor.collapse_shape %50 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %51 = linalg.generic {indexing_maps = [#map1, #map7, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_17, %13 : tensor<2x40x40xbf16>, tensor<40x40xbf16>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_25: bf16, %out: bf16):
      %63 = arith.mulf %in, %in_25 : bf16
      linalg.yield %63 : bf16
    } -> tensor<2x40x40xbf16>
    %52 = tensor.empty() : tensor<2x1x1xbf16>
    %53 = linalg.fill ins(%cst_1 : bf16) outs(%52 : tensor<2x1x1xbf16>) -> tensor<2x1x1xbf16>
    %54 = linalg.generic {indexing_maps = [#map1, #map6], iterator_types = ["parallel", "reduction", "reduction"]} ins(%51 : tensor<2x40x40xbf16>) outs(%53 : tensor<2x1x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %63 = arith.addf %in, %out : bf16
      linalg.yield %63 : bf16
    } -> tensor<2x1x1xbf16>
    %collapsed_18 = tensor.collapse_shape %54 [[0, 1, 2]] : tensor<2x1x1xbf16> into tensor<2xbf16>
    %55 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%48 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %63 = arith.divf %in, %cst_4 : bf16
      linalg.yield %63 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_19 = tensor.collapse_shape %55 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_20 = linalg.transpose ins(%collapsed : tensor<2x40x16xbf16>) outs(%38 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %56 = tensor.empty() : tensor<2x16x40xf32>
    %57 = linalg.fill ins(%cst : f32) outs(%56 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %58 = linalg.batch_matmul ins(%transposed_20, %collapsed_19 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%57 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %59 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x16x40xf32>) outs(%38 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_21 = linalg.transpose ins(%collapsed_6 : tensor<2x16x40xbf16>) outs(%36 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %60 = linalg.batch_matmul ins(%collapsed_19, %transposed_21 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%34 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %61 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%60 : tensor<2x40x16xf32>) outs(%36 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_22 = tensor.expand_shape %59 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_23 = tensor.expand_shape %61 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %62 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed_24 = linalg.transpose ins(%expanded_22 : tensor<1x2x16x40xbf16>) outs(%62 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_23, %transposed_24, %expanded_15, %collapsed_18 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<2xbf16>
  }
}

