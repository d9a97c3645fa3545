#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<1x2x40x40xbf16>, %arg4: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x40xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %false = arith.constant false
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x2x40x40xf32>
    %cst_2 = arith.constant 0xFFF0000000000000 : f64
    %cst_3 = arith.constant 5.000000e-01 : f32
    %0 = tensor.empty() : tensor<1x2x40x16xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %52 = arith.extf %in : bf16 to f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x16xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %52 = arith.extf %in : bf16 to f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x16xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %52 = arith.extf %in : bf16 to f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x16xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = arith.mulf %in, %cst_3 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x16xf32>
    %5 = tensor.empty() : tensor<1x2x16x40xf32>
    %transposed = linalg.transpose ins(%2 : tensor<1x2x40x16xf32>) outs(%5 : tensor<1x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<1x2x16x40xf32>) outs(%5 : tensor<1x2x16x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = arith.mulf %in, %cst_3 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x16x40xf32>
    %collapsed = tensor.collapse_shape %4 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %6 [[0, 1], [2], [3]] : tensor<1x2x16x40xf32> into tensor<2x16x40xf32>
    %7 = tensor.empty() : tensor<2x40x40xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %9 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%8 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded = tensor.expand_shape %9 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %10 = tensor.empty() : tensor<1x2x40x40xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %arg3 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xbf16>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_19: bf16, %out: f32):
      %52 = arith.extf %in_19 : bf16 to f32
      %53 = arith.addf %in, %52 : f32
      linalg.yield %53 : f32
    } -> tensor<1x2x40x40xf32>
    %12 = tensor.empty() : tensor<1x2x40xi64>
    %13 = linalg.fill ins(%c0_i64 : i64) outs(%12 : tensor<1x2x40xi64>) -> tensor<1x2x40xi64>
    %14 = tensor.empty() : tensor<1x2x40xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %16:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%11 : tensor<1x2x40x40xf32>) outs(%15, %13 : tensor<1x2x40xf32>, tensor<1x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_19: i64):
      %52 = linalg.index 3 : index
      %53 = arith.index_cast %52 : index to i64
      %54 = arith.maximumf %in, %out : f32
      %55 = arith.cmpf ogt, %in, %out : f32
      %56 = arith.select %55, %53, %out_19 : i64
      linalg.yield %54, %56 : f32, i64
    } -> (tensor<1x2x40xf32>, tensor<1x2x40xi64>)
    %expanded_5 = tensor.expand_shape %16#0 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xf32> into tensor<1x2x40x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %expanded_5 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %52 = arith.subf %in, %in_19 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x40x40xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = math.exp %in : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %19 = tensor.empty() : tensor<1x2x40x1xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<1x2x40x1xf32>) -> tensor<1x2x40x1xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<1x2x40x40xf32>) outs(%20 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = arith.addf %in, %out : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x1xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %52 = arith.divf %in, %in_19 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %23 = tensor.empty() : tensor<1x2x40x40xi1>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x2x40x40xf32>) outs(%23 : tensor<1x2x40x40xi1>) {
    ^bb0(%in: f32, %out: i1):
      %52 = arith.extf %in : f32 to f64
      %53 = arith.cmpf oeq, %52, %cst_2 : f64
      linalg.yield %53 : i1
    } -> tensor<1x2x40x40xi1>
    %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<1x2x40x40xi1>) outs(%23 : tensor<1x2x40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      %52 = arith.cmpi eq, %in, %false : i1
      linalg.yield %52 : i1
    } -> tensor<1x2x40x40xi1>
    %26 = tensor.empty() : tensor<1x2x40x1xi1>
    %27 = linalg.fill ins(%false : i1) outs(%26 : tensor<1x2x40x1xi1>) -> tensor<1x2x40x1xi1>
    %28 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%25 : tensor<1x2x40x40xi1>) outs(%27 : tensor<1x2x40x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %52 = arith.ori %in, %out : i1
      linalg.yield %52 : i1
    } -> tensor<1x2x40x1xi1>
    %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x40x1xi1>) outs(%26 : tensor<1x2x40x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %52 = arith.cmpi eq, %in, %false : i1
      linalg.yield %52 : i1
    } -> tensor<1x2x40x1xi1>
    %30 = linalg.generic {indexing_maps = [#map2, #map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %cst_1, %22 : tensor<1x2x40x1xi1>, tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: i1, %in_19: f32, %in_20: f32, %out: f32):
      %52 = arith.select %in, %in_19, %in_20 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %collapsed_6 = tensor.collapse_shape %30 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %collapsed_7 = tensor.collapse_shape %3 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg4 : tensor<1x2x40x16xbf16>) outs(%0 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %52 = arith.extf %in : bf16 to f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x16xf32>
    %collapsed_8 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x40x16xf32> into tensor<2x40x16xf32>
    %transposed_9 = linalg.transpose ins(%collapsed_6 : tensor<2x40x40xf32>) outs(%7 : tensor<2x40x40xf32>) permutation = [0, 2, 1] 
    %32 = tensor.empty() : tensor<2x40x16xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %34 = linalg.batch_matmul ins(%transposed_9, %collapsed_8 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%33 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %35 = tensor.empty() : tensor<2x16x40xf32>
    %transposed_10 = linalg.transpose ins(%collapsed_7 : tensor<2x40x16xf32>) outs(%35 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %36 = linalg.batch_matmul ins(%collapsed_8, %transposed_10 : tensor<2x40x16xf32>, tensor<2x16x40xf32>) outs(%8 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %expanded_11 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %expanded_12 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 40, 40] : tensor<2x40x40xf32> into tensor<1x2x40x40xf32>
    %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12, %30 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %52 = arith.mulf %in, %in_19 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %38 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%37 : tensor<1x2x40x40xf32>) outs(%20 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = arith.addf %in, %out : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x1xf32>
    %39 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %38 : tensor<1x2x40x40xf32>, tensor<1x2x40x1xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %52 = arith.mulf %in, %in_19 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37, %39 : tensor<1x2x40x40xf32>, tensor<1x2x40x40xf32>) outs(%10 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %52 = arith.subf %in, %in_19 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x40xf32>
    %41 = tensor.empty() : tensor<1x2x40x40xbf16>
    %42 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40 : tensor<1x2x40x40xf32>) outs(%41 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %52 = arith.truncf %in : f32 to bf16
      linalg.yield %52 : bf16
    } -> tensor<1x2x40x40xbf16>
    %collapsed_13 = tensor.collapse_shape %40 [[0, 1], [2], [3]] : tensor<1x2x40x40xf32> into tensor<2x40x40xf32>
    %transposed_14 = linalg.transpose ins(%collapsed : tensor<2x40x16xf32>) outs(%35 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %43 = linalg.fill ins(%cst : f32) outs(%35 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %44 = linalg.batch_matmul ins(%transposed_14, %collapsed_13 : tensor<2x16x40xf32>, tensor<2x40x40xf32>) outs(%43 : tensor<2x16x40xf32>) -> tensor<2x16x40xf32>
    %transposed_15 = linalg.transpose ins(%collapsed_4 : tensor<2x16x40xf32>) outs(%32 : tensor<2x40x16xf32>) permutation = [0, 2, 1] 
    %45 = linalg.batch_matmul ins(%collapsed_13, %transposed_15 : tensor<2x40x40xf32>, tensor<2x40x16xf32>) outs(%33 : tensor<2x40x16xf32>) -> tensor<2x40x16xf32>
    %expanded_16 = tensor.expand_shape %44 [[0, 1], [2], [3]] output_shape [1, 2, 16, 40] : tensor<2x16x40xf32> into tensor<1x2x16x40xf32>
    %expanded_17 = tensor.expand_shape %45 [[0, 1], [2], [3]] output_shape [1, 2, 40, 16] : tensor<2x40x16xf32> into tensor<1x2x40x16xf32>
    %46 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_16 : tensor<1x2x16x40xf32>) outs(%5 : tensor<1x2x16x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = arith.mulf %in, %cst_3 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x16x40xf32>
    %transposed_18 = linalg.transpose ins(%46 : tensor<1x2x16x40xf32>) outs(%0 : tensor<1x2x40x16xf32>) permutation = [0, 1, 3, 2] 
    %47 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_17 : tensor<1x2x40x16xf32>) outs(%0 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %52 = arith.mulf %in, %cst_3 : f32
      linalg.yield %52 : f32
    } -> tensor<1x2x40x16xf32>
    %48 = tensor.empty() : tensor<1x2x40x16xbf16>
    %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_11 : tensor<1x2x40x16xf32>) outs(%48 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %52 = arith.truncf %in : f32 to bf16
      linalg.yield %52 : bf16
    } -> tensor<1x2x40x16xbf16>
    %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_18 : tensor<1x2x40x16xf32>) outs(%48 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %52 = arith.truncf %in : f32 to bf16
      linalg.yield %52 : bf16
    } -> tensor<1x2x40x16xbf16>
    %51 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x40x16xf32>) outs(%48 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %52 = arith.truncf %in : f32 to bf16
      linalg.yield %52 : bf16
    } -> tensor<1x2x40x16xbf16>
    return %51, %50, %49, %42 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x40xbf16>
  }
}

