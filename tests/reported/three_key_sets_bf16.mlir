#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x96x32xbf16>, %arg1: tensor<1x2x96x32xbf16>, %arg2: tensor<1x2x96x32xbf16>, %arg3: tensor<1x2x40x32xbf16>, %arg4: tensor<1x2x40x32xbf16>, %arg5: tensor<1x2x40x32xbf16>, %arg6: tensor<1x2x40x32xbf16>) -> tensor<1x2x96x32xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x96xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x96x32xbf16>) outs(%0 : tensor<1x2x32x96xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x96x32xbf16> into tensor<2x96x32xbf16>
    %collapsed_2 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x96xbf16> into tensor<2x32x96xbf16>
    %1 = tensor.empty() : tensor<2x96x96xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_2 : tensor<2x96x32xbf16>, tensor<2x32x96xbf16>) outs(%2 : tensor<2x96x96xf32>) -> tensor<2x96x96xf32>
    %4 = tensor.empty() : tensor<2x96x96xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x96x96xf32>) outs(%4 : tensor<2x96x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x96x96xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 96, 96] : tensor<2x96x96xbf16> into tensor<1x2x96x96xbf16>
    %6 = tensor.empty() : tensor<1x2x32x40xbf16>
    %transposed_3 = linalg.transpose ins(%arg3 : tensor<1x2x40x32xbf16>) outs(%6 : tensor<1x2x32x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_4 = tensor.collapse_shape %transposed_3 [[0, 1], [2], [3]] : tensor<1x2x32x40xbf16> into tensor<2x32x40xbf16>
    %7 = tensor.empty() : tensor<2x96x40xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<2x96x40xf32>) -> tensor<2x96x40xf32>
    %9 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<2x96x32xbf16>, tensor<2x32x40xbf16>) outs(%8 : tensor<2x96x40xf32>) -> tensor<2x96x40xf32>
    %10 = tensor.empty() : tensor<2x96x40xbf16>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x96x40xf32>) outs(%10 : tensor<2x96x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x96x40xbf16>
    %expanded_5 = tensor.expand_shape %11 [[0, 1], [2], [3]] output_shape [1, 2, 96, 40] : tensor<2x96x40xbf16> into tensor<1x2x96x40xbf16>
    %transposed_6 = linalg.transpose ins(%arg5 : tensor<1x2x40x32xbf16>) outs(%6 : tensor<1x2x32x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_7 = tensor.collapse_shape %transposed_6 [[0, 1], [2], [3]] : tensor<1x2x32x40xbf16> into tensor<2x32x40xbf16>
    %12 = linalg.batch_matmul ins(%collapsed, %collapsed_7 : tensor<2x96x32xbf16>, tensor<2x32x40xbf16>) outs(%8 : tensor<2x96x40xf32>) -> tensor<2x96x40xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x96x40xf32>) outs(%10 : tensor<2x96x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x96x40xbf16>
    %expanded_8 = tensor.expand_shape %13 [[0, 1], [2], [3]] output_shape [1, 2, 96, 40] : tensor<2x96x40xbf16> into tensor<1x2x96x40xbf16>
    %concat = tensor.concat dim(3) %expanded, %expanded_5, %expanded_8 : (tensor<1x2x96x96xbf16>, tensor<1x2x96x40xbf16>, tensor<1x2x96x40xbf16>) -> tensor<1x2x96x176xbf16>
    %14 = tensor.empty() : tensor<1x2x96x176xbf16>
    %15 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat : tensor<1x2x96x176xbf16>) outs(%14 : tensor<1x2x96x176xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %42 = arith.truncf %cst_1 : f64 to bf16
      %43 = arith.divf %in, %42 : bf16
      linalg.yield %43 : bf16
    } -> tensor<1x2x96x176xbf16>
    %16 = tensor.empty() : tensor<1x2x96x176xf32>
    %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x96x176xbf16>) outs(%16 : tensor<1x2x96x176xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %42 = arith.extf %in : bf16 to f32
      linalg.yield %42 : f32
    } -> tensor<1x2x96x176xf32>
    %18 = tensor.empty() : tensor<1x2x96xi64>
    %19 = linalg.fill ins(%c0_i64 : i64) outs(%18 : tensor<1x2x96xi64>) -> tensor<1x2x96xi64>
    %20 = tensor.empty() : tensor<1x2x96xf32>
    %21 = linalg.fill ins(%cst_0 : f32) outs(%20 : tensor<1x2x96xf32>) -> tensor<1x2x96xf32>
    %22:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%17 : tensor<1x2x96x176xf32>) outs(%21, %19 : tensor<1x2x96xf32>, tensor<1x2x96xi64>) {
    ^bb0(%in: f32, %out: f32, %out_21: i64):
      %42 = linalg.index 3 : index
      %43 = arith.index_cast %42 : index to i64
      %44 = arith.maximumf %in, %out : f32
      %45 = arith.cmpf ogt, %in, %out : f32
      %46 = arith.select %45, %43, %out_21 : i64
      linalg.yield %44, %46 : f32, i64
    } -> (tensor<1x2x96xf32>, tensor<1x2x96xi64>)
    %expanded_9 = tensor.expand_shape %22#0 [[0], [1], [2, 3]] output_shape [1, 2, 96, 1] : tensor<1x2x96xf32> into tensor<1x2x96x1xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %expanded_9 : tensor<1x2x96x176xf32>, tensor<1x2x96x1xf32>) outs(%16 : tensor<1x2x96x176xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %42 = arith.subf %in, %in_21 : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x96x176xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x96x176xf32>) outs(%16 : tensor<1x2x96x176xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = math.exp %in : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x96x176xf32>
    %25 = tensor.empty() : tensor<1x2x96x1xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<1x2x96x1xf32>) -> tensor<1x2x96x1xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<1x2x96x176xf32>) outs(%26 : tensor<1x2x96x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = arith.addf %in, %out : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x96x1xf32>
    %28 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %27 : tensor<1x2x96x176xf32>, tensor<1x2x96x1xf32>) outs(%16 : tensor<1x2x96x176xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %42 = arith.divf %in, %in_21 : f32
      linalg.yield %42 : f32
    } -> tensor<1x2x96x176xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x96x176xf32>) outs(%14 : tensor<1x2x96x176xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x96x176xbf16>
    %extracted_slice = tensor.extract_slice %29[0, 0, 0, 0] [1, 2, 96, 96] [1, 1, 1, 1] : tensor<1x2x96x176xbf16> to tensor<1x2x96x96xbf16>
    %collapsed_10 = tensor.collapse_shape %extracted_slice [[0, 1], [2], [3]] : tensor<1x2x96x96xbf16> into tensor<2x96x96xbf16>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x96x32xbf16> into tensor<2x96x32xbf16>
    %30 = tensor.empty() : tensor<2x96x32xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %32 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<2x96x96xbf16>, tensor<2x96x32xbf16>) outs(%31 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %33 = tensor.empty() : tensor<2x96x32xbf16>
    %34 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<2x96x32xf32>) outs(%33 : tensor<2x96x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x96x32xbf16>
    %expanded_12 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [1, 2, 96, 32] : tensor<2x96x32xbf16> into tensor<1x2x96x32xbf16>
    %extracted_slice_13 = tensor.extract_slice %29[0, 0, 0, 96] [1, 2, 96, 40] [1, 1, 1, 1] : tensor<1x2x96x176xbf16> to tensor<1x2x96x40xbf16>
    %collapsed_14 = tensor.collapse_shape %extracted_slice_13 [[0, 1], [2], [3]] : tensor<1x2x96x40xbf16> into tensor<2x96x40xbf16>
    %collapsed_15 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x2x40x32xbf16> into tensor<2x40x32xbf16>
    %35 = linalg.batch_matmul ins(%collapsed_14, %collapsed_15 : tensor<2x96x40xbf16>, tensor<2x40x32xbf16>) outs(%31 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x96x32xf32>) outs(%33 : tensor<2x96x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x96x32xbf16>
    %expanded_16 = tensor.expand_shape %36 [[0, 1], [2], [3]] output_shape [1, 2, 96, 32] : tensor<2x96x32xbf16> into tensor<1x2x96x32xbf16>
    %37 = tensor.empty() : tensor<1x2x96x32xbf16>
    %38 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12, %expanded_16 : tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) outs(%37 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %in_21: bf16, %out: bf16):
      %42 = arith.addf %in, %in_21 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x96x32xbf16>
    %extracted_slice_17 = tensor.extract_slice %29[0, 0, 0, 136] [1, 2, 96, 40] [1, 1, 1, 1] : tensor<1x2x96x176xbf16> to tensor<1x2x96x40xbf16>
    %collapsed_18 = tensor.collapse_shape %extracted_slice_17 [[0, 1], [2], [3]] : tensor<1x2x96x40xbf16> into tensor<2x96x40xbf16>
    %collapsed_19 = tensor.collapse_shape %arg6 [[0, 1], [2], [3]] : tensor<1x2x40x32xbf16> into tensor<2x40x32xbf16>
    %39 = linalg.batch_matmul ins(%collapsed_18, %collapsed_19 : tensor<2x96x40xbf16>, tensor<2x40x32xbf16>) outs(%31 : tensor<2x96x32xf32>) -> tensor<2x96x32xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x96x32xf32>) outs(%33 : tensor<2x96x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %42 = arith.truncf %in : f32 to bf16
      linalg.yield %42 : bf16
    } -> tensor<2x96x32xbf16>
    %expanded_20 = tensor.expand_shape %40 [[0, 1], [2], [3]] output_shape [1, 2, 96, 32] : tensor<2x96x32xbf16> into tensor<1x2x96x32xbf16>
    %41 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %expanded_20 : tensor<1x2x96x32xbf16>, tensor<1x2x96x32xbf16>) outs(%37 : tensor<1x2x96x32xbf16>) {
    ^bb0(%in: bf16, %in_21: bf16, %out: bf16):
      %42 = arith.addf %in, %in_21 : bf16
      linalg.yield %42 : bf16
    } -> tensor<1x2x96x32xbf16>
    return %41 : tensor<1x2x96x32xbf16>
  }
}

