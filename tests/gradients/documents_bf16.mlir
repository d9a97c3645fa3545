#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x72x16xbf16>, %arg1: tensor<1x2x72x16xbf16>, %arg2: tensor<1x2x72x16xbf16>, %arg3: tensor<1x72xi64>, %arg4: tensor<1x2x72x16xbf16>) -> (tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>) {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_2 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_3 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<72xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<72xi64>) {
    ^bb0(%out: i64):
      %56 = linalg.index 0 : index
      %57 = arith.index_cast %56 : index to i64
      linalg.yield %57 : i64
    } -> tensor<72xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [72, 1] : tensor<72xi64> into tensor<72x1xi64>
    %expanded_4 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 72] : tensor<72xi64> into tensor<1x72xi64>
    %expanded_5 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [1, 72, 1] : tensor<1x72xi64> into tensor<1x72x1xi64>
    %expanded_6 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [1, 1, 72] : tensor<1x72xi64> into tensor<1x1x72xi64>
    %2 = tensor.empty() : tensor<1x72x72xi1>
    %3 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<1x72x1xi64>, tensor<1x1x72xi64>) outs(%2 : tensor<1x72x72xi1>) {
    ^bb0(%in: i64, %in_24: i64, %out: i1):
      %56 = arith.cmpi eq, %in, %in_24 : i64
      linalg.yield %56 : i1
    } -> tensor<1x72x72xi1>
    %4 = tensor.empty() : tensor<72x72xi1>
    %5 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded : tensor<1x72xi64>, tensor<72x1xi64>) outs(%4 : tensor<72x72xi1>) {
    ^bb0(%in: i64, %in_24: i64, %out: i1):
      %56 = arith.cmpi sle, %in, %in_24 : i64
      linalg.yield %56 : i1
    } -> tensor<72x72xi1>
    %6 = linalg.generic {indexing_maps = [#map3, #map7, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %5 : tensor<1x72x72xi1>, tensor<72x72xi1>) outs(%2 : tensor<1x72x72xi1>) {
    ^bb0(%in: i1, %in_24: i1, %out: i1):
      %56 = arith.andi %in, %in_24 : i1
      linalg.yield %56 : i1
    } -> tensor<1x72x72xi1>
    %7 = tensor.empty() : tensor<1x2x16x72xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x72x16xbf16>) outs(%7 : tensor<1x2x16x72xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x72x16xbf16> into tensor<2x72x16xbf16>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x16x72xbf16> into tensor<2x16x72xbf16>
    %8 = tensor.empty() : tensor<2x72x72xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<2x72x72xf32>) -> tensor<2x72x72xf32>
    %10 = linalg.batch_matmul ins(%collapsed, %collapsed_7 : tensor<2x72x16xbf16>, tensor<2x16x72xbf16>) outs(%9 : tensor<2x72x72xf32>) -> tensor<2x72x72xf32>
    %11 = tensor.empty() : tensor<2x72x72xbf16>
    %12 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x72x72xf32>) outs(%11 : tensor<2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<2x72x72xbf16>
    %expanded_8 = tensor.expand_shape %12 [[0, 1], [2], [3]] output_shape [1, 2, 72, 72] : tensor<2x72x72xbf16> into tensor<1x2x72x72xbf16>
    %13 = tensor.empty() : tensor<1x2x72x72xbf16>
    %14 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %56 = arith.divf %in, %cst_3 : bf16
      linalg.yield %56 : bf16
    } -> tensor<1x2x72x72xbf16>
    %expanded_9 = tensor.expand_shape %6 [[0], [1, 2], [3]] output_shape [1, 1, 72, 72] : tensor<1x72x72xi1> into tensor<1x1x72x72xi1>
    %15 = tensor.empty() : tensor<1x1x72x72xi1>
    %16 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x1x72x72xi1>) outs(%15 : tensor<1x1x72x72xi1>) {
    ^bb0(%in: i1, %out: i1):
      %56 = arith.xori %in, %true : i1
      linalg.yield %56 : i1
    } -> tensor<1x1x72x72xi1>
    %17 = linalg.generic {indexing_maps = [#map9, #map10, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %cst_2, %14 : tensor<1x1x72x72xi1>, tensor<bf16>, tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: i1, %in_24: bf16, %in_25: bf16, %out: bf16):
      %56 = arith.select %in, %in_24, %in_25 : bf16
      linalg.yield %56 : bf16
    } -> tensor<1x2x72x72xbf16>
    %18 = tensor.empty() : tensor<1x2x72x72xf32>
    %19 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x72x72xbf16>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %56 = arith.extf %in : bf16 to f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %20 = tensor.empty() : tensor<1x2x72xi64>
    %21 = linalg.fill ins(%c0_i64 : i64) outs(%20 : tensor<1x2x72xi64>) -> tensor<1x2x72xi64>
    %22 = tensor.empty() : tensor<1x2x72xf32>
    %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<1x2x72xf32>) -> tensor<1x2x72xf32>
    %24:2 = linalg.generic {indexing_maps = [#map8, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%19 : tensor<1x2x72x72xf32>) outs(%23, %21 : tensor<1x2x72xf32>, tensor<1x2x72xi64>) {
    ^bb0(%in: f32, %out: f32, %out_24: i64):
      %56 = linalg.index 3 : index
      %57 = arith.index_cast %56 : index to i64
      %58 = arith.maximumf %in, %out : f32
      %59 = arith.cmpf ogt, %in, %out : f32
      %60 = arith.select %59, %57, %out_24 : i64
      linalg.yield %58, %60 : f32, i64
    } -> (tensor<1x2x72xf32>, tensor<1x2x72xi64>)
    %expanded_10 = tensor.expand_shape %24#0 [[0], [1], [2, 3]] output_shape [1, 2, 72, 1] : tensor<1x2x72xf32> into tensor<1x2x72x1xf32>
    %25 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded_10 : tensor<1x2x72x72xf32>, tensor<1x2x72x1xf32>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %56 = arith.subf %in, %in_24 : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %26 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<1x2x72x72xf32>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %out: f32):
      %56 = math.exp %in : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %27 = tensor.empty() : tensor<1x2x72x1xf32>
    %28 = linalg.fill ins(%cst : f32) outs(%27 : tensor<1x2x72x1xf32>) -> tensor<1x2x72x1xf32>
    %29 = linalg.generic {indexing_maps = [#map8, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%26 : tensor<1x2x72x72xf32>) outs(%28 : tensor<1x2x72x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %56 = arith.addf %in, %out : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x1xf32>
    %30 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %29 : tensor<1x2x72x72xf32>, tensor<1x2x72x1xf32>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %56 = arith.divf %in, %in_24 : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %31 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x72x72xf32>) outs(%13 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<1x2x72x72xbf16>
    %collapsed_11 = tensor.collapse_shape %31 [[0, 1], [2], [3]] : tensor<1x2x72x72xbf16> into tensor<2x72x72xbf16>
    %collapsed_12 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x72x16xbf16> into tensor<2x72x16xbf16>
    %collapsed_13 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x72x16xbf16> into tensor<2x72x16xbf16>
    %transposed_14 = linalg.transpose ins(%collapsed_11 : tensor<2x72x72xbf16>) outs(%11 : tensor<2x72x72xbf16>) permutation = [0, 2, 1] 
    %32 = tensor.empty() : tensor<2x72x16xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %34 = linalg.batch_matmul ins(%transposed_14, %collapsed_13 : tensor<2x72x72xbf16>, tensor<2x72x16xbf16>) outs(%33 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %35 = tensor.empty() : tensor<2x72x16xbf16>
    %36 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x72x16xf32>) outs(%35 : tensor<2x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<2x72x16xbf16>
    %37 = tensor.empty() : tensor<2x16x72xbf16>
    %transposed_15 = linalg.transpose ins(%collapsed_12 : tensor<2x72x16xbf16>) outs(%37 : tensor<2x16x72xbf16>) permutation = [0, 2, 1] 
    %38 = linalg.batch_matmul ins(%collapsed_13, %transposed_15 : tensor<2x72x16xbf16>, tensor<2x16x72xbf16>) outs(%9 : tensor<2x72x72xf32>) -> tensor<2x72x72xf32>
    %39 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<2x72x72xf32>) outs(%11 : tensor<2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<2x72x72xbf16>
    %expanded_16 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 72, 16] : tensor<2x72x16xbf16> into tensor<1x2x72x16xbf16>
    %expanded_17 = tensor.expand_shape %39 [[0, 1], [2], [3]] output_shape [1, 2, 72, 72] : tensor<2x72x72xbf16> into tensor<1x2x72x72xbf16>
    %40 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_17 : tensor<1x2x72x72xbf16>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %56 = arith.extf %in : bf16 to f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %41 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x72x72xbf16>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %56 = arith.extf %in : bf16 to f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %42 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %41 : tensor<1x2x72x72xf32>, tensor<1x2x72x72xf32>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %56 = arith.mulf %in, %in_24 : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %43 = linalg.generic {indexing_maps = [#map8, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%42 : tensor<1x2x72x72xf32>) outs(%28 : tensor<1x2x72x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %56 = arith.addf %in, %out : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x1xf32>
    %44 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %43 : tensor<1x2x72x72xf32>, tensor<1x2x72x1xf32>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %56 = arith.mulf %in, %in_24 : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %45 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42, %44 : tensor<1x2x72x72xf32>, tensor<1x2x72x72xf32>) outs(%18 : tensor<1x2x72x72xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %56 = arith.subf %in, %in_24 : f32
      linalg.yield %56 : f32
    } -> tensor<1x2x72x72xf32>
    %46 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45 : tensor<1x2x72x72xf32>) outs(%13 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<1x2x72x72xbf16>
    %47 = linalg.generic {indexing_maps = [#map9, #map10, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %cst_1, %46 : tensor<1x1x72x72xi1>, tensor<bf16>, tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: i1, %in_24: bf16, %in_25: bf16, %out: bf16):
      %56 = arith.select %in, %in_24, %in_25 : bf16
      linalg.yield %56 : bf16
    } -> tensor<1x2x72x72xbf16>
    %48 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x72x72xbf16>) outs(%13 : tensor<1x2x72x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %56 = arith.divf %in, %cst_3 : bf16
      linalg.yield %56 : bf16
    } -> tensor<1x2x72x72xbf16>
    %collapsed_18 = tensor.collapse_shape %48 [[0, 1], [2], [3]] : tensor<1x2x72x72xbf16> into tensor<2x72x72xbf16>
    %transposed_19 = linalg.transpose ins(%collapsed : tensor<2x72x16xbf16>) outs(%37 : tensor<2x16x72xbf16>) permutation = [0, 2, 1] 
    %49 = tensor.empty() : tensor<2x16x72xf32>
    %50 = linalg.fill ins(%cst : f32) outs(%49 : tensor<2x16x72xf32>) -> tensor<2x16x72xf32>
    %51 = linalg.batch_matmul ins(%transposed_19, %collapsed_18 : tensor<2x16x72xbf16>, tensor<2x72x72xbf16>) outs(%50 : tensor<2x16x72xf32>) -> tensor<2x16x72xf32>
    %52 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51 : tensor<2x16x72xf32>) outs(%37 : tensor<2x16x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<2x16x72xbf16>
    %transposed_20 = linalg.transpose ins(%collapsed_7 : tensor<2x16x72xbf16>) outs(%35 : tensor<2x72x16xbf16>) permutation = [0, 2, 1] 
    %53 = linalg.batch_matmul ins(%collapsed_18, %transposed_20 : tensor<2x72x72xbf16>, tensor<2x72x16xbf16>) outs(%33 : tensor<2x72x16xf32>) -> tensor<2x72x16xf32>
    %54 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%53 : tensor<2x72x16xf32>) outs(%35 : tensor<2x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %56 = arith.truncf %in : f32 to bf16
      linalg.yield %56 : bf16
    } -> tensor<2x72x16xbf16>
    %expanded_21 = tensor.expand_shape %52 [[0, 1], [2], [3]] output_shape [1, 2, 16, 72] : tensor<2x16x72xbf16> into tensor<1x2x16x72xbf16>
    %expanded_22 = tensor.expand_shape %54 [[0, 1], [2], [3]] output_shape [1, 2, 72, 16] : tensor<2x72x16xbf16> into tensor<1x2x72x16xbf16>
    %55 = tensor.empty() : tensor<1x2x72x16xbf16>
    %transposed_23 = linalg.transpose ins(%expanded_21 : tensor<1x2x16x72xbf16>) outs(%55 : tensor<1x2x72x16xbf16>) permutation = [0, 1, 3, 2] 
    return %expanded_22, %transposed_23, %expanded_16 : tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>
  }
}

