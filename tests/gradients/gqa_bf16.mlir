#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> (d0, 0)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map12 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
module {
  func.func @main(%arg0: tensor<1x4x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<1x4x40x16xbf16>) -> (tensor<1x4x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.000000e+00 : bf16
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_3 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_4 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x2x2x40x16xbf16>
    %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x2x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x40x16xbf16>
    %collapsed = tensor.collapse_shape %1 [[0], [1, 2], [3], [4]] : tensor<1x2x2x40x16xbf16> into tensor<1x4x40x16xbf16>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x2x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x40x16xbf16>
    %3 = tensor.empty() : tensor<40xi64>
    %4 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%3 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %58 = linalg.index 0 : index
      %59 = arith.index_cast %58 : index to i64
      linalg.yield %59 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %4 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_5 = tensor.expand_shape %4 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %5 = tensor.empty() : tensor<1x4x16x40xbf16>
    %transposed = linalg.transpose ins(%collapsed : tensor<1x4x40x16xbf16>) outs(%5 : tensor<1x4x16x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_6 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x4x40x16xbf16> into tensor<4x40x16xbf16>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x4x16x40xbf16> into tensor<4x16x40xbf16>
    %6 = tensor.empty() : tensor<4x40x40xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %8 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<4x40x16xbf16>, tensor<4x16x40xbf16>) outs(%7 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %9 = tensor.empty() : tensor<4x40x40xbf16>
    %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x40x40xf32>) outs(%9 : tensor<4x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<4x40x40xbf16>
    %expanded_8 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 4, 40, 40] : tensor<4x40x40xbf16> into tensor<1x4x40x40xbf16>
    %11 = tensor.empty() : tensor<1x4x40x40xbf16>
    %12 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x4x40x40xbf16>) outs(%11 : tensor<1x4x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %58 = arith.divf %in, %cst_4 : bf16
      linalg.yield %58 : bf16
    } -> tensor<1x4x40x40xbf16>
    %13 = tensor.empty() : tensor<40x40xi1>
    %14 = linalg.generic {indexing_maps = [#map5, #map6, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %expanded : tensor<1x40xi64>, tensor<40x1xi64>) outs(%13 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_26: i64, %out: i1):
      %58 = arith.cmpi sgt, %in, %in_26 : i64
      linalg.yield %58 : i1
    } -> tensor<40x40xi1>
    %15 = linalg.generic {indexing_maps = [#map8, #map9, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_3, %12 : tensor<40x40xi1>, tensor<bf16>, tensor<1x4x40x40xbf16>) outs(%11 : tensor<1x4x40x40xbf16>) {
    ^bb0(%in: i1, %in_26: bf16, %in_27: bf16, %out: bf16):
      %58 = arith.select %in, %in_26, %in_27 : bf16
      linalg.yield %58 : bf16
    } -> tensor<1x4x40x40xbf16>
    %16 = tensor.empty() : tensor<1x4x40x40xf32>
    %17 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x4x40x40xbf16>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %58 = arith.extf %in : bf16 to f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %18 = tensor.empty() : tensor<1x4x40xi64>
    %19 = linalg.fill ins(%c0_i64 : i64) outs(%18 : tensor<1x4x40xi64>) -> tensor<1x4x40xi64>
    %20 = tensor.empty() : tensor<1x4x40xf32>
    %21 = linalg.fill ins(%cst_0 : f32) outs(%20 : tensor<1x4x40xf32>) -> tensor<1x4x40xf32>
    %22:2 = linalg.generic {indexing_maps = [#map4, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%17 : tensor<1x4x40x40xf32>) outs(%21, %19 : tensor<1x4x40xf32>, tensor<1x4x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_26: i64):
      %58 = linalg.index 3 : index
      %59 = arith.index_cast %58 : index to i64
      %60 = arith.maximumf %in, %out : f32
      %61 = arith.cmpf ogt, %in, %out : f32
      %62 = arith.select %61, %59, %out_26 : i64
      linalg.yield %60, %62 : f32, i64
    } -> (tensor<1x4x40xf32>, tensor<1x4x40xi64>)
    %expanded_9 = tensor.expand_shape %22#0 [[0], [1], [2, 3]] output_shape [1, 4, 40, 1] : tensor<1x4x40xf32> into tensor<1x4x40x1xf32>
    %23 = linalg.generic {indexing_maps = [#map4, #map11, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %expanded_9 : tensor<1x4x40x40xf32>, tensor<1x4x40x1xf32>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %58 = arith.subf %in, %in_26 : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x4x40x40xf32>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = math.exp %in : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %25 = tensor.empty() : tensor<1x4x40x1xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<1x4x40x1xf32>) -> tensor<1x4x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map4, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x4x40x40xf32>) outs(%26 : tensor<1x4x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = arith.addf %in, %out : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x1xf32>
    %28 = linalg.generic {indexing_maps = [#map4, #map11, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %27 : tensor<1x4x40x40xf32>, tensor<1x4x40x1xf32>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %58 = arith.divf %in, %in_26 : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %29 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x4x40x40xf32>) outs(%11 : tensor<1x4x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<1x4x40x40xbf16>
    %collapsed_10 = tensor.collapse_shape %29 [[0, 1], [2], [3]] : tensor<1x4x40x40xbf16> into tensor<4x40x40xbf16>
    %collapsed_11 = tensor.collapse_shape %2 [[0, 1, 2], [3], [4]] : tensor<1x2x2x40x16xbf16> into tensor<4x40x16xbf16>
    %collapsed_12 = tensor.collapse_shape %arg3 [[0, 1], [2], [3]] : tensor<1x4x40x16xbf16> into tensor<4x40x16xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_10 : tensor<4x40x40xbf16>) outs(%9 : tensor<4x40x40xbf16>) permutation = [0, 2, 1] 
    %30 = tensor.empty() : tensor<4x40x16xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %32 = linalg.batch_matmul ins(%transposed_13, %collapsed_12 : tensor<4x40x40xbf16>, tensor<4x40x16xbf16>) outs(%31 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %33 = tensor.empty() : tensor<4x40x16xbf16>
    %34 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<4x40x16xf32>) outs(%33 : tensor<4x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<4x40x16xbf16>
    %35 = tensor.empty() : tensor<4x16x40xbf16>
    %transposed_14 = linalg.transpose ins(%collapsed_11 : tensor<4x40x16xbf16>) outs(%35 : tensor<4x16x40xbf16>) permutation = [0, 2, 1] 
    %36 = linalg.batch_matmul ins(%collapsed_12, %transposed_14 : tensor<4x40x16xbf16>, tensor<4x16x40xbf16>) outs(%7 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %37 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<4x40x40xf32>) outs(%9 : tensor<4x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<4x40x40xbf16>
    %expanded_15 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 4, 40, 40] : tensor<4x40x40xbf16> into tensor<1x4x40x40xbf16>
    %38 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_15 : tensor<1x4x40x40xbf16>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %58 = arith.extf %in : bf16 to f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %39 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<1x4x40x40xbf16>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %58 = arith.extf %in : bf16 to f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %39 : tensor<1x4x40x40xf32>, tensor<1x4x40x40xf32>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %58 = arith.mulf %in, %in_26 : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %41 = linalg.generic {indexing_maps = [#map4, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<1x4x40x40xf32>) outs(%26 : tensor<1x4x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %58 = arith.addf %in, %out : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x1xf32>
    %42 = linalg.generic {indexing_maps = [#map4, #map11, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %41 : tensor<1x4x40x40xf32>, tensor<1x4x40x1xf32>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %58 = arith.mulf %in, %in_26 : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %43 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %42 : tensor<1x4x40x40xf32>, tensor<1x4x40x40xf32>) outs(%16 : tensor<1x4x40x40xf32>) {
    ^bb0(%in: f32, %in_26: f32, %out: f32):
      %58 = arith.subf %in, %in_26 : f32
      linalg.yield %58 : f32
    } -> tensor<1x4x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43 : tensor<1x4x40x40xf32>) outs(%11 : tensor<1x4x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<1x4x40x40xbf16>
    %45 = linalg.generic {indexing_maps = [#map8, #map9, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_2, %44 : tensor<40x40xi1>, tensor<bf16>, tensor<1x4x40x40xbf16>) outs(%11 : tensor<1x4x40x40xbf16>) {
    ^bb0(%in: i1, %in_26: bf16, %in_27: bf16, %out: bf16):
      %58 = arith.select %in, %in_26, %in_27 : bf16
      linalg.yield %58 : bf16
    } -> tensor<1x4x40x40xbf16>
    %46 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45 : tensor<1x4x40x40xbf16>) outs(%11 : tensor<1x4x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %58 = arith.divf %in, %cst_4 : bf16
      linalg.yield %58 : bf16
    } -> tensor<1x4x40x40xbf16>
    %collapsed_16 = tensor.collapse_shape %46 [[0, 1], [2], [3]] : tensor<1x4x40x40xbf16> into tensor<4x40x40xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed_6 : tensor<4x40x16xbf16>) outs(%35 : tensor<4x16x40xbf16>) permutation = [0, 2, 1] 
    %47 = tensor.empty() : tensor<4x16x40xf32>
    %48 = linalg.fill ins(%cst : f32) outs(%47 : tensor<4x16x40xf32>) -> tensor<4x16x40xf32>
    %49 = linalg.batch_matmul ins(%transposed_17, %collapsed_16 : tensor<4x16x40xbf16>, tensor<4x40x40xbf16>) outs(%48 : tensor<4x16x40xf32>) -> tensor<4x16x40xf32>
    %50 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<4x16x40xf32>) outs(%35 : tensor<4x16x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<4x16x40xbf16>
    %transposed_18 = linalg.transpose ins(%collapsed_7 : tensor<4x16x40xbf16>) outs(%33 : tensor<4x40x16xbf16>) permutation = [0, 2, 1] 
    %51 = linalg.batch_matmul ins(%collapsed_16, %transposed_18 : tensor<4x40x40xbf16>, tensor<4x40x16xbf16>) outs(%31 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %52 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51 : tensor<4x40x16xf32>) outs(%33 : tensor<4x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %58 = arith.truncf %in : f32 to bf16
      linalg.yield %58 : bf16
    } -> tensor<4x40x16xbf16>
    %expanded_19 = tensor.expand_shape %50 [[0, 1], [2], [3]] output_shape [1, 4, 16, 40] : tensor<4x16x40xbf16> into tensor<1x4x16x40xbf16>
    %expanded_20 = tensor.expand_shape %52 [[0, 1], [2], [3]] output_shape [1, 4, 40, 16] : tensor<4x40x16xbf16> into tensor<1x4x40x16xbf16>
    %53 = tensor.empty() : tensor<1x4x40x16xbf16>
    %transposed_21 = linalg.transpose ins(%expanded_19 : tensor<1x4x16x40xbf16>) outs(%53 : tensor<1x4x40x16xbf16>) permutation = [0, 1, 3, 2] 
    %expanded_22 = tensor.expand_shape %34 [[0, 1, 2], [3], [4]] output_shape [1, 2, 2, 40, 16] : tensor<4x40x16xbf16> into tensor<1x2x2x40x16xbf16>
    %54 = tensor.empty() : tensor<1x2x1x40x16xbf16>
    %55 = linalg.fill ins(%cst_1 : bf16) outs(%54 : tensor<1x2x1x40x16xbf16>) -> tensor<1x2x1x40x16xbf16>
    %56 = linalg.generic {indexing_maps = [#map1, #map12], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%expanded_22 : tensor<1x2x2x40x16xbf16>) outs(%55 : tensor<1x2x1x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %58 = arith.addf %in, %out : bf16
      linalg.yield %58 : bf16
    } -> tensor<1x2x1x40x16xbf16>
    %collapsed_23 = tensor.collapse_shape %56 [[0], [1, 2], [3], [4]] : tensor<1x2x1x40x16xbf16> into tensor<1x2x40x16xbf16>
    %expanded_24 = tensor.expand_shape %transposed_21 [[0], [1, 2], [3], [4]] output_shape [1, 2, 2, 40, 16] : tensor<1x4x40x16xbf16> into tensor<1x2x2x40x16xbf16>
    %57 = linalg.generic {indexing_maps = [#map1, #map12], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%expanded_24 : tensor<1x2x2x40x16xbf16>) outs(%55 : tensor<1x2x1x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %58 = arith.addf %in, %out : bf16
      linalg.yield %58 : bf16
    } -> tensor<1x2x1x40x16xbf16>
    %collapsed_25 = tensor.collapse_shape %57 [[0], [1, 2], [3], [4]] : tensor<1x2x1x40x16xbf16> into tensor<1x2x40x16xbf16>
    return %expanded_20, %collapsed_25, %collapsed_23 : tensor<1x4x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>
  }
}

