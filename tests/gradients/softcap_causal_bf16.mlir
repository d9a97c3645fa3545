#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_2 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_3 = arith.constant 4.000000e+00 : bf16
    %cst_4 = arith.constant 2.000000e+01 : bf16
    %cst_5 = arith.constant dense<1> : tensor<i64>
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %62 = linalg.index 0 : index
      %63 = arith.index_cast %62 : index to i64
      linalg.yield %63 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_6 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %2 = tensor.empty() : tensor<1x2x16x40xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x40x16xbf16>) outs(%2 : tensor<1x2x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x40xbf16> into tensor<2x16x40xbf16>
    %3 = tensor.empty() : tensor<2x40x40xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_7 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %6 = tensor.empty() : tensor<2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_8 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %8 = tensor.empty() : tensor<1x2x40x40xbf16>
    %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = arith.divf %in, %cst_3 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %10 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = arith.divf %in, %cst_4 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = math.tanh %in : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %12 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = arith.mulf %in, %cst_4 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %13 = tensor.empty() : tensor<40x40xi1>
    %14 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_6, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%13 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_23: i64, %out: i1):
      %62 = arith.cmpi sgt, %in, %in_23 : i64
      linalg.yield %62 : i1
    } -> tensor<40x40xi1>
    %15 = linalg.generic {indexing_maps = [#map6, #map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_2, %12 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_23: bf16, %in_24: bf16, %out: bf16):
      %62 = arith.select %in, %in_23, %in_24 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %16 = tensor.empty() : tensor<1x2x40x40xf32>
    %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x40x40xbf16>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %62 = arith.extf %in : bf16 to f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %18 = tensor.empty() : tensor<1x2x40xi64>
    %19 = linalg.fill ins(%c0_i64 : i64) outs(%18 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %20 = tensor.empty() : tensor<1x2x40xf32>
    %21 = linalg.fill ins(%cst_0 : f32) outs(%20 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %22:2 = linalg.generic {indexing_maps = [#map2, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%17 : tensor<1x2x40x40xf32>) outs(%21, %19 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_23: i64):
      %62 = linalg.index 3 : index
      %63 = arith.index_cast %62 : index to i64
      %64 = arith.maximumf %in, %out : f32
      %65 = arith.cmpf ogt, %in, %out : f32
      %66 = arith.select %65, %63, %out_23 : i64
      linalg.yield %64, %66 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_9 = tensor.expand_shape %22#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %23 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %expanded_9 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.subf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %62 = math.exp %in : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %25 = tensor.empty() : tensor<1x2x40x1xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x40x40xf32>) outs(%26 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %62 = arith.addf %in, %out : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x1xf32>
    %28 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %27 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.divf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_10 = tensor.collapse_shape %29 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_12 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_10 : tensor<2x40x40xbf16>) outs(%6 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %30 = tensor.empty() : tensor<2x40x16xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %32 = linalg.batch_matmul ins(%transposed_13, %collapsed_12 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%31 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %33 = tensor.empty() : tensor<2x40x16xbf16>
    %34 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<2x40x16xf32>) outs(%33 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<2x40x16xbf16>
    %35 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_14 = linalg.transpose ins(%collapsed_11 : tensor<2x40x16xbf16>) outs(%35 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %36 = linalg.batch_matmul ins(%collapsed_12, %transposed_14 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %37 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_15 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_16 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %38 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_16 : tensor<1x2x40x40xbf16>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %62 = arith.extf %in : bf16 to f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %39 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<1x2x40x40xbf16>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %62 = arith.extf %in : bf16 to f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %39 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.mulf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %41 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<1x2x40x40xf32>) outs(%26 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %62 = arith.addf %in, %out : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x1xf32>
    %42 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %41 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.mulf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %42 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.subf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %45 = linalg.generic {indexing_maps = [#map6, #map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_1, %44 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_23: bf16, %in_24: bf16, %out: bf16):
      %62 = arith.select %in, %in_23, %in_24 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %46 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = arith.mulf %in, %cst_4 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %47 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46 : tensor<1x2x40x40xbf16>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %62 = arith.extf %in : bf16 to f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %48 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x2x40x40xbf16>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %62 = arith.extf %in : bf16 to f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %49 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%48, %48 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.mulf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %50 = linalg.generic {indexing_maps = [#map7, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_5, %49 : tensor<i64>, tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i64, %in_23: f32, %out: f32):
      %62 = arith.sitofp %in : i64 to f32
      %63 = arith.subf %62, %in_23 : f32
      linalg.yield %63 : f32
    } -> tensor<1x2x40x40xf32>
    %51 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47, %50 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%16 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %62 = arith.mulf %in, %in_23 : f32
      linalg.yield %62 : f32
    } -> tensor<1x2x40x40xf32>
    %52 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%51 : tensor<1x2x40x40xf32>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %53 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = arith.divf %in, %cst_4 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %54 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%53 : tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %62 = arith.divf %in, %cst_3 : bf16
      linalg.yield %62 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_17 = tensor.collapse_shape %54 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %transposed_18 = linalg.transpose ins(%collapsed : tensor<2x40x16xbf16>) outs(%35 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %55 = tensor.empty() : tensor<2x16x40xf32>
    %56 = linalg.fill ins(%cst : f32) outs(%55 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %57 = linalg.batch_matmul ins(%transposed_18, %collapsed_17 : tensor<2x16x40xbf16>, tensor<2x40x40xbf16>) outs(%56 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %58 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%57 : tensor<2x16x40xf32>) outs(%35 : tensor<2x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<2x16x40xbf16>
    %transposed_19 = linalg.transpose ins(%collapsed_7 : tensor<2x16x40xbf16>) outs(%33 : tensor<2x40x16xbf16>) permutation = [0, 2, 1] 
    %59 = linalg.batch_matmul ins(%collapsed_17, %transposed_19 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%31 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %60 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%59 : tensor<2x40x16xf32>) outs(%33 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %62 = arith.truncf %in : f32 to bf16
      linalg.yield %62 : bf16
    } -> tensor<2x40x16xbf16>
    %expanded_20 = tensor.expand_shape %58 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xbf16> into tensor<1x2x16x40xbf16>
    %expanded_21 = tensor.expand_shape %60 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %61 = tensor.empty() : tensor<1x2x40x16xbf16>
    %transposed_22 = linalg.transpose ins(%expanded_20 : tensor<1x2x16x40xbf16>) outs(%61 : tensor<1x2x40x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_21, %transposed_22, %expanded_15 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>
  }
}

