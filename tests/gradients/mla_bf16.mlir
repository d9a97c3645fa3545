#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> ()>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
module {
  func.func @main(%arg0: tensor<1x2x40x24xbf16>, %arg1: tensor<1x2x40x8xbf16>, %arg2: tensor<1x2x40x24xbf16>, %arg3: tensor<1x40x8xbf16>, %arg4: tensor<1x2x40x16xbf16>, %arg5: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x24xbf16>, tensor<1x2x40x8xbf16>, tensor<1x2x40x24xbf16>, tensor<1x40x8xbf16>, tensor<1x2x40x16xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : bf16
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_3 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_4 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %74 = linalg.index 0 : index
      %75 = arith.index_cast %74 : index to i64
      linalg.yield %75 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_5 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %2 = tensor.empty() : tensor<1x2x24x40xbf16>
    %transposed = linalg.transpose ins(%arg2 : tensor<1x2x40x24xbf16>) outs(%2 : tensor<1x2x24x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x40x24xbf16> into tensor<2x40x24xbf16>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x24x40xbf16> into tensor<2x24x40xbf16>
    %3 = tensor.empty() : tensor<2x40x40xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<2x40x24xbf16>, tensor<2x24x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %6 = tensor.empty() : tensor<2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_7 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %expanded_8 = tensor.expand_shape %arg3 [[0], [1, 2], [3]] output_shape [1, 1, 40, 8] : tensor<1x40x8xbf16> into tensor<1x1x40x8xbf16>
    %8 = tensor.empty() : tensor<1x1x8x40xbf16>
    %transposed_9 = linalg.transpose ins(%expanded_8 : tensor<1x1x40x8xbf16>) outs(%8 : tensor<1x1x8x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_10 = tensor.collapse_shape %arg1 [[0, 1], [2], [3]] : tensor<1x2x40x8xbf16> into tensor<2x40x8xbf16>
    %9 = tensor.empty() : tensor<1x2x8x40xbf16>
    %collapsed_11 = tensor.collapse_shape %transposed_9 [[0, 1], [2], [3]] : tensor<1x1x8x40xbf16> into tensor<1x8x40xbf16>
    %10 = linalg.generic {indexing_maps = [#map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_11 : tensor<1x8x40xbf16>) outs(%9 : tensor<1x2x8x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x8x40xbf16>
    %collapsed_12 = tensor.collapse_shape %10 [[0, 1], [2], [3]] : tensor<1x2x8x40xbf16> into tensor<2x8x40xbf16>
    %11 = linalg.batch_matmul ins(%collapsed_10, %collapsed_12 : tensor<2x40x8xbf16>, tensor<2x8x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_13 = tensor.expand_shape %12 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %13 = tensor.empty() : tensor<1x2x40x40xbf16>
    %14 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7, %expanded_13 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_34: bf16, %out: bf16):
      %74 = arith.addf %in, %in_34 : bf16
      linalg.yield %74 : bf16
    } -> tensor<1x2x40x40xbf16>
    %15 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x2x40x40xbf16>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %74 = arith.truncf %cst_4 : f64 to bf16
      %75 = arith.divf %in, %74 : bf16
      linalg.yield %75 : bf16
    } -> tensor<1x2x40x40xbf16>
    %16 = tensor.empty() : tensor<40x40xi1>
    %17 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%16 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_34: i64, %out: i1):
      %74 = arith.cmpi sgt, %in, %in_34 : i64
      linalg.yield %74 : i1
    } -> tensor<40x40xi1>
    %18 = linalg.generic {indexing_maps = [#map7, #map8, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_3, %15 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_34: bf16, %in_35: bf16, %out: bf16):
      %74 = arith.select %in, %in_34, %in_35 : bf16
      linalg.yield %74 : bf16
    } -> tensor<1x2x40x40xbf16>
    %19 = tensor.empty() : tensor<1x2x40x40xf32>
    %20 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x2x40x40xbf16>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %74 = arith.extf %in : bf16 to f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %21 = tensor.empty() : tensor<1x2x40xi64>
    %22 = linalg.fill ins(%c0_i64 : i64) outs(%21 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %23 = tensor.empty() : tensor<1x2x40xf32>
    %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %25:2 = linalg.generic {indexing_maps = [#map3, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%20 : tensor<1x2x40x40xf32>) outs(%24, %22 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_34: i64):
      %74 = linalg.index 3 : index
      %75 = arith.index_cast %74 : index to i64
      %76 = arith.maximumf %in, %out : f32
      %77 = arith.cmpf ogt, %in, %out : f32
      %78 = arith.select %77, %75, %out_34 : i64
      linalg.yield %76, %78 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_14 = tensor.expand_shape %25#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map3, #map10, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_14 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %74 = arith.subf %in, %in_34 : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %74 = math.exp %in : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %28 = tensor.empty() : tensor<1x2x40x1xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %30 = linalg.generic {indexing_maps = [#map3, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<1x2x40x40xf32>) outs(%29 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %74 = arith.addf %in, %out : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x1xf32>
    %31 = linalg.generic {indexing_maps = [#map3, #map10, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %30 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %74 = arith.divf %in, %in_34 : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x40x40xf32>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_15 = tensor.collapse_shape %32 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %collapsed_16 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %collapsed_17 = tensor.collapse_shape %arg5 [[0, 1], [2], [3]] : tensor<1x2x40x16xbf16> into tensor<2x40x16xbf16>
    %transposed_18 = linalg.transpose ins(%collapsed_15 : tensor<2x40x40xbf16>) outs(%6 : tensor<2x40x40xbf16>) permutation = [0, 2, 1] 
    %33 = tensor.empty() : tensor<2x40x16xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %35 = linalg.batch_matmul ins(%transposed_18, %collapsed_17 : tensor<2x40x40xbf16>, tensor<2x40x16xbf16>) outs(%34 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %36 = tensor.empty() : tensor<2x40x16xbf16>
    %37 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x40x16xf32>) outs(%36 : tensor<2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x40x16xbf16>
    %38 = tensor.empty() : tensor<2x16x40xbf16>
    %transposed_19 = linalg.transpose ins(%collapsed_16 : tensor<2x40x16xbf16>) outs(%38 : tensor<2x16x40xbf16>) permutation = [0, 2, 1] 
    %39 = linalg.batch_matmul ins(%collapsed_17, %transposed_19 : tensor<2x40x16xbf16>, tensor<2x16x40xbf16>) outs(%4 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x40x40xf32>) outs(%6 : tensor<2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x40x40xbf16>
    %expanded_20 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_21 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xbf16> into tensor<1x2x40x40xbf16>
    %41 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_21 : tensor<1x2x40x40xbf16>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %74 = arith.extf %in : bf16 to f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %42 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32 : tensor<1x2x40x40xbf16>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %74 = arith.extf %in : bf16 to f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %42 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %74 = arith.mulf %in, %in_34 : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map3, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%43 : tensor<1x2x40x40xf32>) outs(%29 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %74 = arith.addf %in, %out : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x1xf32>
    %45 = linalg.generic {indexing_maps = [#map3, #map10, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42, %44 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %74 = arith.mulf %in, %in_34 : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %46 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43, %45 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%19 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_34: f32, %out: f32):
      %74 = arith.subf %in, %in_34 : f32
      linalg.yield %74 : f32
    } -> tensor<1x2x40x40xf32>
    %47 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46 : tensor<1x2x40x40xf32>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<1x2x40x40xbf16>
    %48 = linalg.generic {indexing_maps = [#map7, #map8, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_2, %47 : tensor<40x40xi1>, tensor<bf16>, tensor<1x2x40x40xbf16>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_34: bf16, %in_35: bf16, %out: bf16):
      %74 = arith.select %in, %in_34, %in_35 : bf16
      linalg.yield %74 : bf16
    } -> tensor<1x2x40x40xbf16>
    %49 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%48 : tensor<1x2x40x40xbf16>) outs(%13 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %74 = arith.truncf %cst_4 : f64 to bf16
      %75 = arith.divf %in, %74 : bf16
      linalg.yield %75 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_22 = tensor.collapse_shape %49 [[0, 1], [2], [3]] : tensor<1x2x40x40xbf16> into tensor<2x40x40xbf16>
    %50 = tensor.empty() : tensor<2x8x40xbf16>
    %transposed_23 = linalg.transpose ins(%collapsed_10 : tensor<2x40x8xbf16>) outs(%50 : tensor<2x8x40xbf16>) permutation = [0, 2, 1] 
    %51 = tensor.empty() : tensor<2x8x40xf32>
    %52 = linalg.fill ins(%cst : f32) outs(%51 : tensor<2x8x40xf32>) -> tensor<2x8x40xf32>
    %53 = linalg.batch_matmul ins(%transposed_23, %collapsed_22 : tensor<2x8x40xbf16>, tensor<2x40x40xbf16>) outs(%52 : tensor<2x8x40xf32>) -> tensor<2x8x40xf32>
    %54 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%53 : tensor<2x8x40xf32>) outs(%50 : tensor<2x8x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x8x40xbf16>
    %55 = tensor.empty() : tensor<2x40x8xbf16>
    %transposed_24 = linalg.transpose ins(%collapsed_12 : tensor<2x8x40xbf16>) outs(%55 : tensor<2x40x8xbf16>) permutation = [0, 2, 1] 
    %56 = tensor.empty() : tensor<2x40x8xf32>
    %57 = linalg.fill ins(%cst : f32) outs(%56 : tensor<2x40x8xf32>) -> tensor<2x40x8xf32>
    %58 = linalg.batch_matmul ins(%collapsed_22, %transposed_24 : tensor<2x40x40xbf16>, tensor<2x40x8xbf16>) outs(%57 : tensor<2x40x8xf32>) -> tensor<2x40x8xf32>
    %59 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x40x8xf32>) outs(%55 : tensor<2x40x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x40x8xbf16>
    %expanded_25 = tensor.expand_shape %54 [[0, 1], [2], [3]] output_shape [1, 2, 8, 40] : tensor<2x8x40xbf16> into tensor<1x2x8x40xbf16>
    %60 = linalg.fill ins(%cst_1 : bf16) outs(%8 : tensor<1x1x8x40xbf16>) -> tensor<1x1x8x40xbf16>
    %61 = linalg.generic {indexing_maps = [#map3, #map11], iterator_types = ["parallel", "reduction", "parallel", "parallel"]} ins(%expanded_25 : tensor<1x2x8x40xbf16>) outs(%60 : tensor<1x1x8x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %74 = arith.addf %in, %out : bf16
      linalg.yield %74 : bf16
    } -> tensor<1x1x8x40xbf16>
    %expanded_26 = tensor.expand_shape %59 [[0, 1], [2], [3]] output_shape [1, 2, 40, 8] : tensor<2x40x8xbf16> into tensor<1x2x40x8xbf16>
    %62 = tensor.empty() : tensor<1x1x40x8xbf16>
    %transposed_27 = linalg.transpose ins(%61 : tensor<1x1x8x40xbf16>) outs(%62 : tensor<1x1x40x8xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_28 = tensor.collapse_shape %transposed_27 [[0, 1], [2], [3]] : tensor<1x1x40x8xbf16> into tensor<1x40x8xbf16>
    %63 = tensor.empty() : tensor<2x24x40xbf16>
    %transposed_29 = linalg.transpose ins(%collapsed : tensor<2x40x24xbf16>) outs(%63 : tensor<2x24x40xbf16>) permutation = [0, 2, 1] 
    %64 = tensor.empty() : tensor<2x24x40xf32>
    %65 = linalg.fill ins(%cst : f32) outs(%64 : tensor<2x24x40xf32>) -> tensor<2x24x40xf32>
    %66 = linalg.batch_matmul ins(%transposed_29, %collapsed_22 : tensor<2x24x40xbf16>, tensor<2x40x40xbf16>) outs(%65 : tensor<2x24x40xf32>) -> tensor<2x24x40xf32>
    %67 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%66 : tensor<2x24x40xf32>) outs(%63 : tensor<2x24x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x24x40xbf16>
    %68 = tensor.empty() : tensor<2x40x24xbf16>
    %transposed_30 = linalg.transpose ins(%collapsed_6 : tensor<2x24x40xbf16>) outs(%68 : tensor<2x40x24xbf16>) permutation = [0, 2, 1] 
    %69 = tensor.empty() : tensor<2x40x24xf32>
    %70 = linalg.fill ins(%cst : f32) outs(%69 : tensor<2x40x24xf32>) -> tensor<2x40x24xf32>
    %71 = linalg.batch_matmul ins(%collapsed_22, %transposed_30 : tensor<2x40x40xbf16>, tensor<2x40x24xbf16>) outs(%70 : tensor<2x40x24xf32>) -> tensor<2x40x24xf32>
    %72 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%71 : tensor<2x40x24xf32>) outs(%68 : tensor<2x40x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %74 = arith.truncf %in : f32 to bf16
      linalg.yield %74 : bf16
    } -> tensor<2x40x24xbf16>
    %expanded_31 = tensor.expand_shape %67 [[0, 1], [2], [3]] output_shape [1, 2, 24, 40] : tensor<2x24x40xbf16> into tensor<1x2x24x40xbf16>
    %expanded_32 = tensor.expand_shape %72 [[0, 1], [2], [3]] output_shape [1, 2, 40, 24] : tensor<2x40x24xbf16> into tensor<1x2x40x24xbf16>
    %73 = tensor.empty() : tensor<1x2x40x24xbf16>
    %transposed_33 = linalg.transpose ins(%expanded_31 : tensor<1x2x24x40xbf16>) outs(%73 : tensor<1x2x40x24xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_32, %expanded_26, %transposed_33, %collapsed_28, %expanded_20 : tensor<1x2x40x24xbf16>, tensor<1x2x40x8xbf16>, tensor<1x2x40x24xbf16>, tensor<1x40x8xbf16>, tensor<1x2x40x16xbf16>
  }
}

