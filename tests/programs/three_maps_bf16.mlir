// expect: fused
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> ()>
module {
  func.func @main(%arg0: tensor<2x3x128x32xbf16>, %arg1: tensor<2x3x128x32xbf16>, %arg2: tensor<2x128x32xbf16>, %arg3: tensor<3xbf16>) -> tensor<2x128x32xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 0.17677669529663687 : f64
    %cst_2 = arith.constant 0.000000e+00 : bf16
    %extracted_slice = tensor.extract_slice %arg3[0] [1] [1] : tensor<3xbf16> to tensor<1xbf16>
    %collapsed = tensor.collapse_shape %extracted_slice [] : tensor<1xbf16> into tensor<bf16>
    %extracted_slice_3 = tensor.extract_slice %arg0[0, 0, 0, 0] [2, 1, 128, 32] [1, 1, 1, 1] : tensor<2x3x128x32xbf16> to tensor<2x1x128x32xbf16>
    %collapsed_4 = tensor.collapse_shape %extracted_slice_3 [[0, 1], [2], [3]] : tensor<2x1x128x32xbf16> into tensor<2x128x32xbf16>
    %extracted_slice_5 = tensor.extract_slice %arg1[0, 0, 0, 0] [2, 1, 128, 32] [1, 1, 1, 1] : tensor<2x3x128x32xbf16> to tensor<2x1x128x32xbf16>
    %collapsed_6 = tensor.collapse_shape %extracted_slice_5 [[0, 1], [2], [3]] : tensor<2x1x128x32xbf16> into tensor<2x128x32xbf16>
    %0 = tensor.empty() : tensor<2x32x128xbf16>
    %transposed = linalg.transpose ins(%collapsed_6 : tensor<2x128x32xbf16>) outs(%0 : tensor<2x32x128xbf16>) permutation = [0, 2, 1] 
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed_4, %transposed : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.truncf %cst_1 : f64 to bf16
      %52 = arith.mulf %in, %51 : bf16
      linalg.yield %52 : bf16
    } -> tensor<2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x128x128xbf16>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %51 = arith.extf %in : bf16 to f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %8 = tensor.empty() : tensor<2x128xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<2x128xi64>) -> tensor<2x128xi64>
    %10 = tensor.empty() : tensor<2x128xf32>
    %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x128xf32>) -> tensor<2x128xf32>
    %12:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x128x128xf32>) outs(%11, %9 : tensor<2x128xf32>, tensor<2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_23: i64):
      %51 = linalg.index 2 : index
      %52 = arith.index_cast %51 : index to i64
      %53 = arith.maximumf %in, %out : f32
      %54 = arith.cmpf ogt, %in, %out : f32
      %55 = arith.select %54, %52, %out_23 : i64
      linalg.yield %53, %55 : f32, i64
    } -> (tensor<2x128xf32>, tensor<2x128xi64>)
    %expanded = tensor.expand_shape %12#0 [[0], [1, 2]] output_shape [2, 128, 1] : tensor<2x128xf32> into tensor<2x128x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %expanded : tensor<2x128x128xf32>, tensor<2x128x1xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %51 = arith.subf %in, %in_23 : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x128x128xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.exp %in : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %15 = tensor.empty() : tensor<2x128x1xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<2x128x1xf32>) -> tensor<2x128x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%14 : tensor<2x128x128xf32>) outs(%16 : tensor<2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.addf %in, %out : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %17 : tensor<2x128x128xf32>, tensor<2x128x1xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %51 = arith.divf %in, %in_23 : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %20 = linalg.generic {indexing_maps = [#map3, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed, %19 : tensor<bf16>, tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_23 : bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.addf %in, %cst_2 : bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %extracted_slice_7 = tensor.extract_slice %arg3[1] [1] [1] : tensor<3xbf16> to tensor<1xbf16>
    %collapsed_8 = tensor.collapse_shape %extracted_slice_7 [] : tensor<1xbf16> into tensor<bf16>
    %extracted_slice_9 = tensor.extract_slice %arg0[0, 1, 0, 0] [2, 1, 128, 32] [1, 1, 1, 1] : tensor<2x3x128x32xbf16> to tensor<2x1x128x32xbf16>
    %collapsed_10 = tensor.collapse_shape %extracted_slice_9 [[0, 1], [2], [3]] : tensor<2x1x128x32xbf16> into tensor<2x128x32xbf16>
    %extracted_slice_11 = tensor.extract_slice %arg1[0, 1, 0, 0] [2, 1, 128, 32] [1, 1, 1, 1] : tensor<2x3x128x32xbf16> to tensor<2x1x128x32xbf16>
    %collapsed_12 = tensor.collapse_shape %extracted_slice_11 [[0, 1], [2], [3]] : tensor<2x1x128x32xbf16> into tensor<2x128x32xbf16>
    %transposed_13 = linalg.transpose ins(%collapsed_12 : tensor<2x128x32xbf16>) outs(%0 : tensor<2x32x128xbf16>) permutation = [0, 2, 1] 
    %22 = linalg.batch_matmul ins(%collapsed_10, %transposed_13 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.truncf %cst_1 : f64 to bf16
      %52 = arith.mulf %in, %51 : bf16
      linalg.yield %52 : bf16
    } -> tensor<2x128x128xbf16>
    %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<2x128x128xbf16>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %51 = arith.extf %in : bf16 to f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %26:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%25 : tensor<2x128x128xf32>) outs(%11, %9 : tensor<2x128xf32>, tensor<2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_23: i64):
      %51 = linalg.index 2 : index
      %52 = arith.index_cast %51 : index to i64
      %53 = arith.maximumf %in, %out : f32
      %54 = arith.cmpf ogt, %in, %out : f32
      %55 = arith.select %54, %52, %out_23 : i64
      linalg.yield %53, %55 : f32, i64
    } -> (tensor<2x128xf32>, tensor<2x128xi64>)
    %expanded_14 = tensor.expand_shape %26#0 [[0], [1, 2]] output_shape [2, 128, 1] : tensor<2x128xf32> into tensor<2x128x1xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %expanded_14 : tensor<2x128x128xf32>, tensor<2x128x1xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %51 = arith.subf %in, %in_23 : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x128x128xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.exp %in : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%28 : tensor<2x128x128xf32>) outs(%16 : tensor<2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.addf %in, %out : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x1xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %29 : tensor<2x128x128xf32>, tensor<2x128x1xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %51 = arith.divf %in, %in_23 : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %32 = linalg.generic {indexing_maps = [#map3, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_8, %31 : tensor<bf16>, tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_23 : bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %32 : tensor<2x128x128xbf16>, tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %51 = arith.addf %in, %in_23 : bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %extracted_slice_15 = tensor.extract_slice %arg3[2] [1] [1] : tensor<3xbf16> to tensor<1xbf16>
    %collapsed_16 = tensor.collapse_shape %extracted_slice_15 [] : tensor<1xbf16> into tensor<bf16>
    %extracted_slice_17 = tensor.extract_slice %arg0[0, 2, 0, 0] [2, 1, 128, 32] [1, 1, 1, 1] : tensor<2x3x128x32xbf16> to tensor<2x1x128x32xbf16>
    %collapsed_18 = tensor.collapse_shape %extracted_slice_17 [[0, 1], [2], [3]] : tensor<2x1x128x32xbf16> into tensor<2x128x32xbf16>
    %extracted_slice_19 = tensor.extract_slice %arg1[0, 2, 0, 0] [2, 1, 128, 32] [1, 1, 1, 1] : tensor<2x3x128x32xbf16> to tensor<2x1x128x32xbf16>
    %collapsed_20 = tensor.collapse_shape %extracted_slice_19 [[0, 1], [2], [3]] : tensor<2x1x128x32xbf16> into tensor<2x128x32xbf16>
    %transposed_21 = linalg.transpose ins(%collapsed_20 : tensor<2x128x32xbf16>) outs(%0 : tensor<2x32x128xbf16>) permutation = [0, 2, 1] 
    %34 = linalg.batch_matmul ins(%collapsed_18, %transposed_21 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.truncf %cst_1 : f64 to bf16
      %52 = arith.mulf %in, %51 : bf16
      linalg.yield %52 : bf16
    } -> tensor<2x128x128xbf16>
    %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<2x128x128xbf16>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %51 = arith.extf %in : bf16 to f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %38:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%37 : tensor<2x128x128xf32>) outs(%11, %9 : tensor<2x128xf32>, tensor<2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_23: i64):
      %51 = linalg.index 2 : index
      %52 = arith.index_cast %51 : index to i64
      %53 = arith.maximumf %in, %out : f32
      %54 = arith.cmpf ogt, %in, %out : f32
      %55 = arith.select %54, %52, %out_23 : i64
      linalg.yield %53, %55 : f32, i64
    } -> (tensor<2x128xf32>, tensor<2x128xi64>)
    %expanded_22 = tensor.expand_shape %38#0 [[0], [1, 2]] output_shape [2, 128, 1] : tensor<2x128xf32> into tensor<2x128x1xf32>
    %39 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %expanded_22 : tensor<2x128x128xf32>, tensor<2x128x1xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %51 = arith.subf %in, %in_23 : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x128x128xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.exp %in : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %41 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%40 : tensor<2x128x128xf32>) outs(%16 : tensor<2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.addf %in, %out : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x1xf32>
    %42 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%40, %41 : tensor<2x128x128xf32>, tensor<2x128x1xf32>) outs(%1 : tensor<2x128x128xf32>) {
    ^bb0(%in: f32, %in_23: f32, %out: f32):
      %51 = arith.divf %in, %in_23 : f32
      linalg.yield %51 : f32
    } -> tensor<2x128x128xf32>
    %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %44 = linalg.generic {indexing_maps = [#map3, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_16, %43 : tensor<bf16>, tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_23 : bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %45 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %44 : tensor<2x128x128xbf16>, tensor<2x128x128xbf16>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: bf16, %in_23: bf16, %out: bf16):
      %51 = arith.addf %in, %in_23 : bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %46 = tensor.empty() : tensor<2x128x32xf32>
    %47 = linalg.fill ins(%cst : f32) outs(%46 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %48 = linalg.batch_matmul ins(%45, %arg2 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%47 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %49 = tensor.empty() : tensor<2x128x32xbf16>
    %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48 : tensor<2x128x32xf32>) outs(%49 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x32xbf16>
    return %50 : tensor<2x128x32xbf16>
  }
}
