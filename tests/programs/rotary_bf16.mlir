// expect: fused
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, 0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : f32
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 5.6568542494923806 : f64
    %cst_3 = arith.constant 2.000000e+00 : f32
    %cst_4 = arith.constant 3.200000e+01 : f32
    %cst_5 = arith.constant 1.000000e+04 : f32
    %0 = tensor.empty() : tensor<16xf32>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<16xf32>) {
    ^bb0(%out: f32):
      %51 = linalg.index 0 : index
      %52 = arith.index_cast %51 : index to i64
      %53 = arith.sitofp %52 : i64 to f32
      %54 = arith.mulf %53, %cst_3 : f32
      %55 = arith.addf %54, %cst : f32
      linalg.yield %55 : f32
    } -> tensor<16xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<16xf32>) outs(%0 : tensor<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.divf %in, %cst_4 : f32
      linalg.yield %51 : f32
    } -> tensor<16xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%0 : tensor<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.powf %cst_5, %in : f32
      linalg.yield %51 : f32
    } -> tensor<16xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%3 : tensor<16xf32>) outs(%0 : tensor<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.cmpf one, %in, %cst : f32
      cf.assert %51, "unimplemented: tensor with zero element"
      %52 = arith.divf %cst_0, %in : f32
      linalg.yield %52 : f32
    } -> tensor<16xf32>
    %5 = tensor.empty() : tensor<128xf32>
    %6 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%5 : tensor<128xf32>) {
    ^bb0(%out: f32):
      %51 = linalg.index 0 : index
      %52 = arith.index_cast %51 : index to i64
      %53 = arith.sitofp %52 : i64 to f32
      %54 = arith.addf %53, %cst : f32
      linalg.yield %54 : f32
    } -> tensor<128xf32>
    %expanded = tensor.expand_shape %6 [[0, 1]] output_shape [128, 1] : tensor<128xf32> into tensor<128x1xf32>
    %7 = tensor.empty() : tensor<128x16xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %4 : tensor<128x1xf32>, tensor<16xf32>) outs(%7 : tensor<128x16xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %51 = arith.mulf %in, %in_18 : f32
      linalg.yield %51 : f32
    } -> tensor<128x16xf32>
    %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<128x16xf32>) outs(%7 : tensor<128x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.cos %in : f32
      linalg.yield %51 : f32
    } -> tensor<128x16xf32>
    %concat = tensor.concat dim(1) %9, %9 : (tensor<128x16xf32>, tensor<128x16xf32>) -> tensor<128x32xf32>
    %10 = tensor.empty() : tensor<128x32xbf16>
    %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%concat : tensor<128x32xf32>) outs(%10 : tensor<128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<128x32xbf16>
    %12 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<128x16xf32>) outs(%7 : tensor<128x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.sin %in : f32
      linalg.yield %51 : f32
    } -> tensor<128x16xf32>
    %concat_6 = tensor.concat dim(1) %12, %12 : (tensor<128x16xf32>, tensor<128x16xf32>) -> tensor<128x32xf32>
    %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%concat_6 : tensor<128x32xf32>) outs(%10 : tensor<128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<128x32xbf16>
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0, 0] [1, 2, 128, 16] [1, 1, 1, 1] : tensor<1x2x128x32xbf16> to tensor<1x2x128x16xbf16>
    %extracted_slice_7 = tensor.extract_slice %arg0[0, 0, 0, 16] [1, 2, 128, 16] [1, 1, 1, 1] : tensor<1x2x128x32xbf16> to tensor<1x2x128x16xbf16>
    %14 = tensor.empty() : tensor<1x2x128x32xbf16>
    %15 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %11 : tensor<1x2x128x32xbf16>, tensor<128x32xbf16>) outs(%14 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_18: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_18 : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x32xbf16>
    %16 = tensor.empty() : tensor<1x2x128x16xbf16>
    %17 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_7 : tensor<1x2x128x16xbf16>) outs(%16 : tensor<1x2x128x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.negf %in : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x16xbf16>
    %concat_8 = tensor.concat dim(3) %17, %extracted_slice : (tensor<1x2x128x16xbf16>, tensor<1x2x128x16xbf16>) -> tensor<1x2x128x32xbf16>
    %18 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_8, %13 : tensor<1x2x128x32xbf16>, tensor<128x32xbf16>) outs(%14 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_18: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_18 : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x32xbf16>
    %19 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %18 : tensor<1x2x128x32xbf16>, tensor<1x2x128x32xbf16>) outs(%14 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_18: bf16, %out: bf16):
      %51 = arith.addf %in, %in_18 : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x32xbf16>
    %extracted_slice_9 = tensor.extract_slice %arg1[0, 0, 0, 0] [1, 2, 128, 16] [1, 1, 1, 1] : tensor<1x2x128x32xbf16> to tensor<1x2x128x16xbf16>
    %extracted_slice_10 = tensor.extract_slice %arg1[0, 0, 0, 16] [1, 2, 128, 16] [1, 1, 1, 1] : tensor<1x2x128x32xbf16> to tensor<1x2x128x16xbf16>
    %20 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<1x2x128x32xbf16>, tensor<128x32xbf16>) outs(%14 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_18: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_18 : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x32xbf16>
    %21 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_10 : tensor<1x2x128x16xbf16>) outs(%16 : tensor<1x2x128x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.negf %in : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x16xbf16>
    %concat_11 = tensor.concat dim(3) %21, %extracted_slice_9 : (tensor<1x2x128x16xbf16>, tensor<1x2x128x16xbf16>) -> tensor<1x2x128x32xbf16>
    %22 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_11, %13 : tensor<1x2x128x32xbf16>, tensor<128x32xbf16>) outs(%14 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_18: bf16, %out: bf16):
      %51 = arith.mulf %in, %in_18 : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x32xbf16>
    %23 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %22 : tensor<1x2x128x32xbf16>, tensor<1x2x128x32xbf16>) outs(%14 : tensor<1x2x128x32xbf16>) {
    ^bb0(%in: bf16, %in_18: bf16, %out: bf16):
      %51 = arith.addf %in, %in_18 : bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x32xbf16>
    %24 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%23 : tensor<1x2x128x32xbf16>) outs(%24 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %19 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_12 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %25 = tensor.empty() : tensor<2x128x128xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %27 = linalg.batch_matmul ins(%collapsed, %collapsed_12 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%26 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %28 = tensor.empty() : tensor<2x128x128xbf16>
    %29 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x128x128xf32>) outs(%28 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded_13 = tensor.expand_shape %29 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %30 = tensor.empty() : tensor<1x2x128x128xbf16>
    %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_13 : tensor<1x2x128x128xbf16>) outs(%30 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %51 = arith.truncf %cst_2 : f64 to bf16
      %52 = arith.divf %in, %51 : bf16
      linalg.yield %52 : bf16
    } -> tensor<1x2x128x128xbf16>
    %32 = tensor.empty() : tensor<1x2x128x128xf32>
    %33 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x128x128xbf16>) outs(%32 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %51 = arith.extf %in : bf16 to f32
      linalg.yield %51 : f32
    } -> tensor<1x2x128x128xf32>
    %34 = tensor.empty() : tensor<1x2x128xi64>
    %35 = linalg.fill ins(%c0_i64 : i64) outs(%34 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %36 = tensor.empty() : tensor<1x2x128xf32>
    %37 = linalg.fill ins(%cst_1 : f32) outs(%36 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %38:2 = linalg.generic {indexing_maps = [#map4, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%33 : tensor<1x2x128x128xf32>) outs(%37, %35 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %51 = linalg.index 3 : index
      %52 = arith.index_cast %51 : index to i64
      %53 = arith.maximumf %in, %out : f32
      %54 = arith.cmpf ogt, %in, %out : f32
      %55 = arith.select %54, %52, %out_18 : i64
      linalg.yield %53, %55 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_14 = tensor.expand_shape %38#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %39 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %expanded_14 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%32 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %51 = arith.subf %in, %in_18 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x128x128xf32>
    %40 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<1x2x128x128xf32>) outs(%32 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = math.exp %in : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x128x128xf32>
    %41 = tensor.empty() : tensor<1x2x128x1xf32>
    %42 = linalg.fill ins(%cst : f32) outs(%41 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %43 = linalg.generic {indexing_maps = [#map4, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<1x2x128x128xf32>) outs(%42 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %51 = arith.addf %in, %out : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x128x1xf32>
    %44 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %43 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%32 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %51 = arith.divf %in, %in_18 : f32
      linalg.yield %51 : f32
    } -> tensor<1x2x128x128xf32>
    %45 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44 : tensor<1x2x128x128xf32>) outs(%30 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_15 = tensor.collapse_shape %45 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_16 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %46 = tensor.empty() : tensor<2x128x32xf32>
    %47 = linalg.fill ins(%cst : f32) outs(%46 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %48 = linalg.batch_matmul ins(%collapsed_15, %collapsed_16 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%47 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %49 = tensor.empty() : tensor<2x128x32xbf16>
    %50 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48 : tensor<2x128x32xf32>) outs(%49 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %51 = arith.truncf %in : f32 to bf16
      linalg.yield %51 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_17 = tensor.expand_shape %50 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_17 : tensor<1x2x128x32xbf16>
  }
}
