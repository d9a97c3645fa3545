#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (0, d1)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>, %arg3: tensor<1x2x40x32xbf16>, %arg4: tensor<1x2x40x32xbf16>) -> tensor<1x2x128x32xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant dense<true> : tensor<128x128xi1>
    %cst_3 = arith.constant 0.17677669529663687 : f64
    %0 = tensor.empty() : tensor<128xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<128xi64>) {
    ^bb0(%out: i64):
      %44 = linalg.index 0 : index
      %45 = arith.index_cast %44 : index to i64
      linalg.yield %45 : i64
    } -> tensor<128xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [1, 128] : tensor<128xi64> into tensor<1x128xi64>
    %expanded_4 = tensor.expand_shape %1 [[0, 1]] output_shape [128, 1] : tensor<128xi64> into tensor<128x1xi64>
    %2 = tensor.empty() : tensor<128x128xi64>
    %3 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_4 : tensor<1x128xi64>, tensor<128x1xi64>) outs(%2 : tensor<128x128xi64>) {
    ^bb0(%in: i64, %in_15: i64, %out: i64):
      %44 = arith.subi %in, %in_15 : i64
      linalg.yield %44 : i64
    } -> tensor<128x128xi64>
    %4 = tensor.empty() : tensor<128x128xi1>
    %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<128x128xi64>) outs(%4 : tensor<128x128xi1>) {
    ^bb0(%in: i64, %out: i1):
      %44 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %44 : i1
    } -> tensor<128x128xi1>
    %6 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %cst_2 : tensor<128x128xi1>, tensor<128x128xi1>) outs(%4 : tensor<128x128xi1>) {
    ^bb0(%in: i1, %in_15: i1, %out: i1):
      %44 = arith.andi %in, %in_15 : i1
      linalg.yield %44 : i1
    } -> tensor<128x128xi1>
    %7 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%7 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_5 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %8 = tensor.empty() : tensor<2x128x128xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %10 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%9 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %11 = tensor.empty() : tensor<2x128x128xbf16>
    %12 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x128x128xf32>) outs(%11 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %44 = arith.truncf %in : f32 to bf16
      linalg.yield %44 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded_6 = tensor.expand_shape %12 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %13 = tensor.empty() : tensor<1x2x128x128xbf16>
    %14 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<1x2x128x128xbf16>) outs(%13 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %44 = arith.truncf %cst_3 : f64 to bf16
      %45 = arith.mulf %in, %44 : bf16
      linalg.yield %45 : bf16
    } -> tensor<1x2x128x128xbf16>
    %15 = linalg.generic {indexing_maps = [#map6, #map7, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %cst_1, %14 : tensor<128x128xi1>, tensor<bf16>, tensor<1x2x128x128xbf16>) outs(%13 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_15: bf16, %in_16: bf16, %out: bf16):
      %44 = arith.select %in, %in_15, %in_16 : bf16
      linalg.yield %44 : bf16
    } -> tensor<1x2x128x128xbf16>
    %16 = tensor.empty() : tensor<1x2x32x40xbf16>
    %transposed_7 = linalg.transpose ins(%arg3 : tensor<1x2x40x32xbf16>) outs(%16 : tensor<1x2x32x40xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_8 = tensor.collapse_shape %transposed_7 [[0, 1], [2], [3]] : tensor<1x2x32x40xbf16> into tensor<2x32x40xbf16>
    %17 = tensor.empty() : tensor<2x128x40xf32>
    %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<2x128x40xf32>) -> tensor<2x128x40xf32>
    %19 = linalg.batch_matmul ins(%collapsed, %collapsed_8 : tensor<2x128x32xbf16>, tensor<2x32x40xbf16>) outs(%18 : tensor<2x128x40xf32>) -> tensor<2x128x40xf32>
    %20 = tensor.empty() : tensor<2x128x40xbf16>
    %21 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x128x40xf32>) outs(%20 : tensor<2x128x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %44 = arith.truncf %in : f32 to bf16
      linalg.yield %44 : bf16
    } -> tensor<2x128x40xbf16>
    %expanded_9 = tensor.expand_shape %21 [[0, 1], [2], [3]] output_shape [1, 2, 128, 40] : tensor<2x128x40xbf16> into tensor<1x2x128x40xbf16>
    %22 = tensor.empty() : tensor<1x2x128x40xbf16>
    %23 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x2x128x40xbf16>) outs(%22 : tensor<1x2x128x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %44 = arith.truncf %cst_3 : f64 to bf16
      %45 = arith.mulf %in, %44 : bf16
      linalg.yield %45 : bf16
    } -> tensor<1x2x128x40xbf16>
    %concat = tensor.concat dim(3) %15, %23 : (tensor<1x2x128x128xbf16>, tensor<1x2x128x40xbf16>) -> tensor<1x2x128x168xbf16>
    %24 = tensor.empty() : tensor<1x2x128x168xf32>
    %25 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat : tensor<1x2x128x168xbf16>) outs(%24 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %44 = arith.extf %in : bf16 to f32
      linalg.yield %44 : f32
    } -> tensor<1x2x128x168xf32>
    %26 = tensor.empty() : tensor<1x2x128xi64>
    %27 = linalg.fill ins(%c0_i64 : i64) outs(%26 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %28 = tensor.empty() : tensor<1x2x128xf32>
    %29 = linalg.fill ins(%cst_0 : f32) outs(%28 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %30:2 = linalg.generic {indexing_maps = [#map5, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%25 : tensor<1x2x128x168xf32>) outs(%29, %27 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_15: i64):
      %44 = linalg.index 3 : index
      %45 = arith.index_cast %44 : index to i64
      %46 = arith.maximumf %in, %out : f32
      %47 = arith.cmpf ogt, %in, %out : f32
      %48 = arith.select %47, %45, %out_15 : i64
      linalg.yield %46, %48 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_10 = tensor.expand_shape %30#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %31 = linalg.generic {indexing_maps = [#map5, #map9, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %expanded_10 : tensor<1x2x128x168xf32>, tensor<1x2x128x1xf32>) outs(%24 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: f32, %in_15: f32, %out: f32):
      %44 = arith.subf %in, %in_15 : f32
      linalg.yield %44 : f32
    } -> tensor<1x2x128x168xf32>
    %32 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x128x168xf32>) outs(%24 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: f32, %out: f32):
      %44 = math.exp %in : f32
      linalg.yield %44 : f32
    } -> tensor<1x2x128x168xf32>
    %33 = tensor.empty() : tensor<1x2x128x1xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %35 = linalg.generic {indexing_maps = [#map5, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%32 : tensor<1x2x128x168xf32>) outs(%34 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %44 = arith.addf %in, %out : f32
      linalg.yield %44 : f32
    } -> tensor<1x2x128x1xf32>
    %36 = linalg.generic {indexing_maps = [#map5, #map9, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %35 : tensor<1x2x128x168xf32>, tensor<1x2x128x1xf32>) outs(%24 : tensor<1x2x128x168xf32>) {
    ^bb0(%in: f32, %in_15: f32, %out: f32):
      %44 = arith.divf %in, %in_15 : f32
      linalg.yield %44 : f32
    } -> tensor<1x2x128x168xf32>
    %37 = tensor.empty() : tensor<1x2x128x168xbf16>
    %38 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x128x168xf32>) outs(%37 : tensor<1x2x128x168xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %44 = arith.truncf %in : f32 to bf16
      linalg.yield %44 : bf16
    } -> tensor<1x2x128x168xbf16>
    %concat_11 = tensor.concat dim(2) %arg2, %arg4 : (tensor<1x2x128x32xbf16>, tensor<1x2x40x32xbf16>) -> tensor<1x2x168x32xbf16>
    %collapsed_12 = tensor.collapse_shape %38 [[0, 1], [2], [3]] : tensor<1x2x128x168xbf16> into tensor<2x128x168xbf16>
    %collapsed_13 = tensor.collapse_shape %concat_11 [[0, 1], [2], [3]] : tensor<1x2x168x32xbf16> into tensor<2x168x32xbf16>
    %39 = tensor.empty() : tensor<2x128x32xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %41 = linalg.batch_matmul ins(%collapsed_12, %collapsed_13 : tensor<2x128x168xbf16>, tensor<2x168x32xbf16>) outs(%40 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %42 = tensor.empty() : tensor<2x128x32xbf16>
    %43 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<2x128x32xf32>) outs(%42 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %44 = arith.truncf %in : f32 to bf16
      linalg.yield %44 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_14 = tensor.expand_shape %43 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_14 : tensor<1x2x128x32xbf16>
  }
}

