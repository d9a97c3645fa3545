// expect: refused: a reduction inside of the score is not a contraction of two operands
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x32x32xbf16>, %arg1: tensor<1x2x32x32xbf16>, %arg2: tensor<1x2x32x32xbf16>, %arg3: tensor<2x2xbf16>) -> tensor<1x2x32x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x32xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x32x32xbf16>) outs(%0 : tensor<1x2x32x32xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x32x32xbf16> into tensor<2x32x32xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x32xbf16> into tensor<2x32x32xbf16>
    %1 = tensor.empty() : tensor<2x32x32xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x32x32xbf16>, tensor<2x32x32xbf16>) outs(%2 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %4 = tensor.empty() : tensor<2x32x32xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x32x32xf32>) outs(%4 : tensor<2x32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x32x32xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 32, 32] : tensor<2x32x32xbf16> into tensor<1x2x32x32xbf16>
    %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x32x32xbf16>) outs(%0 : tensor<1x2x32x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %31 = arith.truncf %cst_1 : f64 to bf16
      %32 = arith.divf %in, %31 : bf16
      linalg.yield %32 : bf16
    } -> tensor<1x2x32x32xbf16>
    %7 = tensor.empty() : tensor<1x2x32x32xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<1x2x32x32xbf16>) outs(%7 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %31 = arith.extf %in : bf16 to f32
      linalg.yield %31 : f32
    } -> tensor<1x2x32x32xf32>
    %9 = tensor.empty() : tensor<1x2x32xi64>
    %10 = linalg.fill ins(%c0_i64 : i64) outs(%9 : tensor<1x2x32xi64>) -> tensor<1x2x32xi64>
    %11 = tensor.empty() : tensor<1x2x32xf32>
    %12 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<1x2x32xf32>) -> tensor<1x2x32xf32>
    %13:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%8 : tensor<1x2x32x32xf32>) outs(%12, %10 : tensor<1x2x32xf32>, tensor<1x2x32xi64>) {
    ^bb0(%in: f32, %out: f32, %out_16: i64):
      %31 = linalg.index 3 : index
      %32 = arith.index_cast %31 : index to i64
      %33 = arith.maximumf %in, %out : f32
      %34 = arith.cmpf ogt, %in, %out : f32
      %35 = arith.select %34, %32, %out_16 : i64
      linalg.yield %33, %35 : f32, i64
    } -> (tensor<1x2x32xf32>, tensor<1x2x32xi64>)
    %expanded_3 = tensor.expand_shape %13#0 [[0], [1], [2, 3]] output_shape [1, 2, 32, 1] : tensor<1x2x32xf32> into tensor<1x2x32x1xf32>
    %14 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded_3 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%7 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %31 = arith.subf %in, %in_16 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x32x32xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x2x32x32xf32>) outs(%7 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = math.exp %in : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x32x32xf32>
    %16 = tensor.empty() : tensor<1x2x32x1xf32>
    %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<1x2x32x1xf32>) -> tensor<1x2x32x1xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<1x2x32x32xf32>) outs(%17 : tensor<1x2x32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %31 = arith.addf %in, %out : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x32x1xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %18 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%7 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %31 = arith.divf %in, %in_16 : f32
      linalg.yield %31 : f32
    } -> tensor<1x2x32x32xf32>
    %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x2x32x32xf32>) outs(%0 : tensor<1x2x32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<1x2x32x32xbf16>
    %expanded_4 = tensor.expand_shape %20 [[0], [1], [2], [3, 4]] output_shape [1, 2, 32, 32, 1] : tensor<1x2x32x32xbf16> into tensor<1x2x32x32x1xbf16>
    %expanded_5 = tensor.expand_shape %arg3 [[0], [1, 2, 3, 4]] output_shape [2, 2, 1, 1, 1] : tensor<2x2xbf16> into tensor<2x2x1x1x1xbf16>
    %21 = tensor.empty() : tensor<1x2x2x1x1xbf16>
    %transposed_6 = linalg.transpose ins(%expanded_5 : tensor<2x2x1x1x1xbf16>) outs(%21 : tensor<1x2x2x1x1xbf16>) permutation = [2, 1, 0, 3, 4] 
    %collapsed_7 = tensor.collapse_shape %transposed_6 [[0], [1], [2, 3, 4]] : tensor<1x2x2x1x1xbf16> into tensor<1x2x2xbf16>
    %22 = tensor.empty() : tensor<2x32x32x1x1xbf16>
    %transposed_8 = linalg.transpose ins(%expanded_4 : tensor<1x2x32x32x1xbf16>) outs(%22 : tensor<2x32x32x1x1xbf16>) permutation = [1, 2, 3, 0, 4] 
    %collapsed_9 = tensor.collapse_shape %transposed_8 [[0], [1, 2, 3, 4]] : tensor<2x32x32x1x1xbf16> into tensor<2x1024xbf16>
    %expanded_10 = tensor.expand_shape %collapsed_9 [[0, 1], [2]] output_shape [1, 2, 1024] : tensor<2x1024xbf16> into tensor<1x2x1024xbf16>
    %23 = tensor.empty() : tensor<1x2x1024xf32>
    %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<1x2x1024xf32>) -> tensor<1x2x1024xf32>
    %25 = linalg.batch_matmul ins(%collapsed_7, %expanded_10 : tensor<1x2x2xbf16>, tensor<1x2x1024xbf16>) outs(%24 : tensor<1x2x1024xf32>) -> tensor<1x2x1024xf32>
    %26 = tensor.empty() : tensor<1x2x1024xbf16>
    %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<1x2x1024xf32>) outs(%26 : tensor<1x2x1024xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<1x2x1024xbf16>
    %expanded_11 = tensor.expand_shape %27 [[0], [1], [2, 3, 4]] output_shape [1, 2, 1, 32, 32] : tensor<1x2x1024xbf16> into tensor<1x2x1x32x32xbf16>
    %28 = tensor.empty() : tensor<1x2x32x32x1xbf16>
    %transposed_12 = linalg.transpose ins(%expanded_11 : tensor<1x2x1x32x32xbf16>) outs(%28 : tensor<1x2x32x32x1xbf16>) permutation = [0, 1, 3, 4, 2] 
    %collapsed_13 = tensor.collapse_shape %transposed_12 [[0, 1], [2], [3, 4]] : tensor<1x2x32x32x1xbf16> into tensor<2x32x32xbf16>
    %collapsed_14 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x32x32xbf16> into tensor<2x32x32xbf16>
    %29 = linalg.batch_matmul ins(%collapsed_13, %collapsed_14 : tensor<2x32x32xbf16>, tensor<2x32x32xbf16>) outs(%2 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x32x32xf32>) outs(%4 : tensor<2x32x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %31 = arith.truncf %in : f32 to bf16
      linalg.yield %31 : bf16
    } -> tensor<2x32x32xbf16>
    %expanded_15 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [1, 2, 32, 32] : tensor<2x32x32xbf16> into tensor<1x2x32x32xbf16>
    return %expanded_15 : tensor<1x2x32x32xbf16>
  }
}

