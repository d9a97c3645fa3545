#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x65x32xf32>, %arg1: tensor<1x2x65x32xf32>, %arg2: tensor<1x2x65x32xf32>, %arg3: tensor<1x2x64x64xf32>) -> tensor<1x2x65x32xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x65xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x65x32xf32>) outs(%0 : tensor<1x2x32x65xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x65x32xf32> into tensor<2x65x32xf32>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x65xf32> into tensor<2x32x65xf32>
    %1 = tensor.empty() : tensor<2x65x65xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x65x65xf32>) -> tensor<2x65x65xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x65x32xf32>, tensor<2x32x65xf32>) outs(%2 : tensor<2x65x65xf32>) -> tensor<2x65x65xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [1, 2, 65, 65] : tensor<2x65x65xf32> into tensor<1x2x65x65xf32>
    %4 = tensor.empty() : tensor<1x2x65x65xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x65x65xf32>) outs(%4 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.truncf %cst_1 : f64 to f32
      %23 = arith.divf %in, %22 : f32
      linalg.yield %23 : f32
    } -> tensor<1x2x65x65xf32>
    %extracted_slice = tensor.extract_slice %5[0, 0, 1, 0] [1, 2, 64, 65] [1, 1, 1, 1] : tensor<1x2x65x65xf32> to tensor<1x2x64x65xf32>
    %extracted_slice_3 = tensor.extract_slice %extracted_slice[0, 0, 0, 1] [1, 2, 64, 64] [1, 1, 1, 1] : tensor<1x2x64x65xf32> to tensor<1x2x64x64xf32>
    %6 = tensor.empty() : tensor<1x2x64x64xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_3, %arg3 : tensor<1x2x64x64xf32>, tensor<1x2x64x64xf32>) outs(%6 : tensor<1x2x64x64xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %22 = arith.addf %in, %in_9 : f32
      linalg.yield %22 : f32
    } -> tensor<1x2x64x64xf32>
    %inserted_slice = tensor.insert_slice %7 into %extracted_slice[0, 0, 0, 1] [1, 2, 64, 64] [1, 1, 1, 1] : tensor<1x2x64x64xf32> into tensor<1x2x64x65xf32>
    %inserted_slice_4 = tensor.insert_slice %inserted_slice into %5[0, 0, 1, 0] [1, 2, 64, 65] [1, 1, 1, 1] : tensor<1x2x64x65xf32> into tensor<1x2x65x65xf32>
    %8 = tensor.empty() : tensor<1x2x65xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<1x2x65xi64>) -> tensor<1x2x65xi64>
    %10 = tensor.empty() : tensor<1x2x65xf32>
    %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x2x65xf32>) -> tensor<1x2x65xf32>
    %12:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%inserted_slice_4 : tensor<1x2x65x65xf32>) outs(%11, %9 : tensor<1x2x65xf32>, tensor<1x2x65xi64>) {
    ^bb0(%in: f32, %out: f32, %out_9: i64):
      %22 = linalg.index 3 : index
      %23 = arith.index_cast %22 : index to i64
      %24 = arith.maximumf %in, %out : f32
      %25 = arith.cmpf ogt, %in, %out : f32
      %26 = arith.select %25, %23, %out_9 : i64
      linalg.yield %24, %26 : f32, i64
    } -> (tensor<1x2x65xf32>, tensor<1x2x65xi64>)
    %expanded_5 = tensor.expand_shape %12#0 [[0], [1], [2, 3]] output_shape [1, 2, 65, 1] : tensor<1x2x65xf32> into tensor<1x2x65x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice_4, %expanded_5 : tensor<1x2x65x65xf32>, tensor<1x2x65x1xf32>) outs(%4 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %22 = arith.subf %in, %in_9 : f32
      linalg.yield %22 : f32
    } -> tensor<1x2x65x65xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x2x65x65xf32>) outs(%4 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = math.exp %in : f32
      linalg.yield %22 : f32
    } -> tensor<1x2x65x65xf32>
    %15 = tensor.empty() : tensor<1x2x65x1xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<1x2x65x1xf32>) -> tensor<1x2x65x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%14 : tensor<1x2x65x65xf32>) outs(%16 : tensor<1x2x65x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %22 = arith.addf %in, %out : f32
      linalg.yield %22 : f32
    } -> tensor<1x2x65x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %17 : tensor<1x2x65x65xf32>, tensor<1x2x65x1xf32>) outs(%4 : tensor<1x2x65x65xf32>) {
    ^bb0(%in: f32, %in_9: f32, %out: f32):
      %22 = arith.divf %in, %in_9 : f32
      linalg.yield %22 : f32
    } -> tensor<1x2x65x65xf32>
    %collapsed_6 = tensor.collapse_shape %18 [[0, 1], [2], [3]] : tensor<1x2x65x65xf32> into tensor<2x65x65xf32>
    %collapsed_7 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x65x32xf32> into tensor<2x65x32xf32>
    %19 = tensor.empty() : tensor<2x65x32xf32>
    %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<2x65x32xf32>) -> tensor<2x65x32xf32>
    %21 = linalg.batch_matmul ins(%collapsed_6, %collapsed_7 : tensor<2x65x65xf32>, tensor<2x65x32xf32>) outs(%20 : tensor<2x65x32xf32>) -> tensor<2x65x32xf32>
    %expanded_8 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [1, 2, 65, 32] : tensor<2x65x32xf32> into tensor<1x2x65x32xf32>
    return %expanded_8 : tensor<1x2x65x32xf32>
  }
}

