#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x65x32xbf16>, %arg1: tensor<1x2x65x32xbf16>, %arg2: tensor<1x2x65x32xbf16>, %arg3: tensor<1x2x64x64xbf16>) -> tensor<1x2x65x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x65xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x65x32xbf16>) outs(%0 : tensor<1x2x32x65xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x65x32xbf16> into tensor<2x65x32xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x65xbf16> into tensor<2x32x65xbf16>
    %1 = tensor.empty() : tensor<2x65x65xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x65x65xf32>) -> tensor<2x65x65xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x65x32xbf16>, tensor<2x32x65xbf16>) outs(%2 : tensor<2x65x65xf32>) -> tensor<2x65x65xf32>
    %4 = tensor.empty() : tensor<2x65x65xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x65x65xf32>) outs(%4 : tensor<2x65x65xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %29 = arith.truncf %in : f32 to bf16
      linalg.yield %29 : bf16
    } -> tensor<2x65x65xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 65, 65] : tensor<2x65x65xbf16> into tensor<1x2x65x65xbf16>
    %6 = tensor.empty() : tensor<1x2x65x65xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x65x65xbf16>) outs(%6 : tensor<1x2x65x65xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %29 = arith.truncf %cst_1 : f64 to bf16
      %30 = arith.divf %in, %29 : bf16
      linalg.yield %30 : bf16
    } -> tensor<1x2x65x65xbf16>
    %extracted_slice = tensor.extract_slice %7[0, 0, 1, 0] [1, 2, 64, 65] [1, 1, 1, 1] : tensor<1x2x65x65xbf16> to tensor<1x2x64x65xbf16>
    %extracted_slice_3 = tensor.extract_slice %extracted_slice[0, 0, 0, 1] [1, 2, 64, 64] [1, 1, 1, 1] : tensor<1x2x64x65xbf16> to tensor<1x2x64x64xbf16>
    %8 = tensor.empty() : tensor<1x2x64x64xbf16>
    %9 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_3, %arg3 : tensor<1x2x64x64xbf16>, tensor<1x2x64x64xbf16>) outs(%8 : tensor<1x2x64x64xbf16>) {
    ^bb0(%in: bf16, %in_9: bf16, %out: bf16):
      %29 = arith.addf %in, %in_9 : bf16
      linalg.yield %29 : bf16
    } -> tensor<1x2x64x64xbf16>
    %inserted_slice = tensor.insert_slice %9 into %extracted_slice[0, 0, 0, 1] [1, 2, 64, 64] [1, 1, 1, 1] : tensor<1x2x64x64xbf16> into tensor<1x2x64x65xbf16>
    %inserted_slice_4 = tensor.insert_slice %inserted_slice into %7[0, 0, 1, 0] [1, 2, 64, 65] [1, 1, 1, 1] : tensor<1x2x64x65xbf16> into tensor<1x2x65x65xbf16>
    %10 = tensor.empty() : tensor<1x2x65x65xf32>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice_4 : tensor<1x2x65x65xbf16>) outs(%10 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %29 = arith.extf %in : bf16 to f32
      linalg.yield %29 : f32
    } -> tensor<1x2x65x65xf32>
    %12 = tensor.empty() : tensor<1x2x65xi64>
    %13 = linalg.fill ins(%c0_i64 : i64) outs(%12 : tensor<1x2x65xi64>) -> tensor<1x2x65xi64>
    %14 = tensor.empty() : tensor<1x2x65xf32>
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<1x2x65xf32>) -> tensor<1x2x65xf32>
    %16:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%11 : tensor<1x2x65x65xf32>) outs(%15, %13 : tensor<1x2x65xf32>, tensor<1x2x65xi64>) {
    ^bb0(%in: f32, %out: f32, %out_9: i64):
      %29 = linalg.index 3 : index
      %30 = arith.index_cast %29 : index to i64
      %31 = arith.maximumf %in, %out : f32
      %32 = arith.cmpf ogt, %in, %out : f32
      %33 = arith.select %32, %30, %out_9 : i64
      linalg.yield %31, %33 : f32, i64
    } -> (tensor<1x2x65xf32>, tensor<1x2x65xi64>)
    %expanded_5 = tensor.expand_shape %16#0 [[0], [1], [2, 3]] output_shape [1, 2, 65, 1] : tensor<1x2x65xf32> into tensor<1x2x65x1xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %expanded_5 : tensor<1x2x65x65xf32>, tensor<1x2x65x1xf32>) outs(%10 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %29 = arith.subf %in, %in_9 : f32
      linalg.yield %29 : f32
    } -> tensor<1x2x65x65xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x65x65xf32>) outs(%10 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %out: f32):
      %29 = math.exp %in : f32
      linalg.yield %29 : f32
    } -> tensor<1x2x65x65xf32>
    %19 = tensor.empty() : tensor<1x2x65x1xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<1x2x65x1xf32>) -> tensor<1x2x65x1xf32>
    %21 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%18 : tensor<1x2x65x65xf32>) outs(%20 : tensor<1x2x65x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %29 = arith.addf %in, %out : f32
      linalg.yield %29 : f32
    } -> tensor<1x2x65x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<1x2x65x65xf32>, tensor<1x2x65x1xf32>) outs(%10 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %29 = arith.divf %in, %in_9 : f32
      linalg.yield %29 : f32
    } -> tensor<1x2x65x65xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x2x65x65xf32>) outs(%6 : tensor<1x2x65x65xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %29 = arith.truncf %in : f32 to bf16
      linalg.yield %29 : bf16
    } -> tensor<1x2x65x65xbf16>
    %collapsed_6 = tensor.collapse_shape %23 [[0, 1], [2], [3]] : tensor<1x2x65x65xbf16> into tensor<2x65x65xbf16>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x65x32xbf16> into tensor<2x65x32xbf16>
    %24 = tensor.empty() : tensor<2x65x32xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<2x65x32xf32>) -> tensor<2x65x32xf32>
    %26 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<2x65x65xbf16>, tensor<2x65x32xbf16>) outs(%25 : tensor<2x65x32xf32>) -> tensor<2x65x32xf32>
    %27 = tensor.empty() : tensor<2x65x32xbf16>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x65x32xf32>) outs(%27 : tensor<2x65x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %29 = arith.truncf %in : f32 to bf16
      linalg.yield %29 : bf16
    } -> tensor<2x65x32xbf16>
    %expanded_8 = tensor.expand_shape %28 [[0, 1], [2], [3]] output_shape [1, 2, 65, 32] : tensor<2x65x32xbf16> into tensor<1x2x65x32xbf16>
    return %expanded_8 : tensor<1x2x65x32xbf16>
  }
}

