#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<1x2x96x32xbf16>, %arg1: tensor<1x2x96x32xbf16>, %arg2: tensor<1x2x96x32xbf16>, %arg3: tensor<1x2x96x32xbf16>, %arg4: tensor<1x2x96x32xbf16>) -> (tensor<1x2x96x32xbf16>, tensor<1x2x96xbf16>) {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant 0x7FF0000000000000 : f64
    %cst_3 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x96xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x96x32xbf16>) outs(%0 : tensor<1x2x32x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x96x32xbf16> into tensor<2x96x32xbf16>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x96xbf16> into tensor<2x32x96xbf16>
    %1 = tensor.empty() : tensor<2x96x96xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x96x32xbf16>, tensor<2x32x96xbf16>) outs(%2 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %4 = tensor.empty() : tensor<2x96x96xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x96x96xf32>) outs(%4 : tensor<2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<2x96x96xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xbf16> into tensor<1x2x96x96xbf16>
    %transposed_5 = linalg.transpose ins(%arg3 : tensor<1x2x96x32xbf16>) outs(%0 : tensor<1x2x32x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_6 = tensor.collapse_shape %transposed_5 [[0, 1], [2], [3]] : tensor<1x2x32x96xbf16> into tensor<2x32x96xbf16>
    %6 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<2x96x32xbf16>, tensor<2x32x96xbf16>) outs(%2 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x96x96xf32>) outs(%4 : tensor<2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<2x96x96xbf16>
    %expanded_7 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xbf16> into tensor<1x2x96x96xbf16>
    %concat = tensor.concat dim(3) %expanded, %expanded_7 : (tensor<1x2x96x96xbf16>, tensor<1x2x96x96xbf16>) -> tensor<1x2x96x192xbf16>
    %8 = tensor.empty() : tensor<1x2x96x192xbf16>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat : tensor<1x2x96x192xbf16>) outs(%8 : tensor<1x2x96x192xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %41 = arith.truncf %cst_3 : f64 to bf16
      %42 = arith.divf %in, %41 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x96x192xbf16>
    %10 = tensor.empty() : tensor<1x2x96x192xf32>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x2x96x192xbf16>) outs(%10 : tensor<1x2x96x192xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %41 = arith.extf %in : bf16 to f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x192xf32>
    %12 = tensor.empty() : tensor<1x2x96xi64>
    %13 = linalg.fill ins(%c0_i64 : i64) outs(%12 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %14 = tensor.empty() : tensor<1x2x96xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %16:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%11 : tensor<1x2x96x192xf32>) outs(%15, %13 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_14: i64):
      %41 = linalg.index 3 : index
      %42 = arith.index_cast %41 : index to i64
      %43 = arith.maximumf %in, %out : f32
      %44 = arith.cmpf ogt, %in, %out : f32
      %45 = arith.select %44, %42, %out_14 : i64
      linalg.yield %43, %45 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_8 = tensor.expand_shape %16#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %expanded_8 : tensor<1x2x96x192xf32>, tensor<1x2x96x1xf32>) outs(%10 : tensor<1x2x96x192xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.subf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x192xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x96x192xf32>) outs(%10 : tensor<1x2x96x192xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.exp %in : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x192xf32>
    %19 = tensor.empty() : tensor<1x2x96x1xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<1x2x96x192xf32>) outs(%20 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.addf %in, %out : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<1x2x96x192xf32>, tensor<1x2x96x1xf32>) outs(%10 : tensor<1x2x96x192xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.divf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x192xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x96x192xf32>) outs(%8 : tensor<1x2x96x192xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<1x2x96x192xbf16>
    %concat_9 = tensor.concat dim(2) %arg2, %arg4 : (tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) -> tensor<1x2x192x32xbf16>
    %collapsed_10 = tensor.collapse_shape %23 [[0, 1], [2], [3]] : tensor<1x2x96x192xbf16> into tensor<2x96x192xbf16>
    %collapsed_11 = tensor.collapse_shape %concat_9 [[0, 1], [2], [3]] : tensor<1x2x192x32xbf16> into tensor<2x192x32xbf16>
    %24 = tensor.empty() : tensor<2x96x32xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %26 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<2x96x192xbf16>, tensor<2x192x32xbf16>) outs(%25 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %27 = tensor.empty() : tensor<2x96x32xbf16>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x96x32xf32>) outs(%27 : tensor<2x96x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<2x96x32xbf16>
    %expanded_12 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [1, 2, 96, 32] : tensor<2x96x32xbf16> into tensor<1x2x96x32xbf16>
    %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x2x96x1xf32>) outs(%19 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.absf %in : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x1xf32>
    %30 = tensor.empty() : tensor<1x2x96x1xi1>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<1x2x96x1xf32>) outs(%30 : tensor<1x2x96x1xi1>) {
    ^bb0(%in: f32, %out: i1):
      %41 = arith.extf %in : f32 to f64
      %42 = arith.cmpf oeq, %41, %cst_2 : f64
      linalg.yield %42 : i1
    } -> tensor<1x2x96x1xi1>
    %32 = linalg.generic {indexing_maps = [#map1, #map4, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %cst_1, %expanded_8 : tensor<1x2x96x1xi1>, tensor<f32>, tensor<1x2x96x1xf32>) outs(%19 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: i1, %in_14: f32, %in_15: f32, %out: f32):
      %41 = arith.select %in, %in_14, %in_15 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x1xf32>
    %collapsed_13 = tensor.collapse_shape %32 [[0], [1], [2, 3]] : tensor<1x2x96x1xf32> into tensor<1x2x96xf32>
    %33 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %32 : tensor<1x2x96x192xf32>, tensor<1x2x96x1xf32>) outs(%10 : tensor<1x2x96x192xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.subf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x192xf32>
    %34 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33 : tensor<1x2x96x192xf32>) outs(%10 : tensor<1x2x96x192xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.exp %in : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96x192xf32>
    %35 = linalg.fill ins(%cst : f32) outs(%14 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %36 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%34 : tensor<1x2x96x192xf32>) outs(%35 : tensor<1x2x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = arith.addf %in, %out : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96xf32>
    %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x96xf32>) outs(%14 : tensor<1x2x96xf32>) {
    ^bb0(%in: f32, %out: f32):
      %41 = math.log %in : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96xf32>
    %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %collapsed_13 : tensor<1x2x96xf32>, tensor<1x2x96xf32>) outs(%14 : tensor<1x2x96xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %41 = arith.addf %in, %in_14 : f32
      linalg.yield %41 : f32
    } -> tensor<1x2x96xf32>
    %39 = tensor.empty() : tensor<1x2x96xbf16>
    %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<1x2x96xf32>) outs(%39 : tensor<1x2x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %41 = arith.truncf %in : f32 to bf16
      linalg.yield %41 : bf16
    } -> tensor<1x2x96xbf16>
    return %expanded_12, %40 : tensor<1x2x96x32xbf16>, tensor<1x2x96xbf16>
  }
}

