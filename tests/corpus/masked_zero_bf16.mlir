#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> ()>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<1x2x128x32xbf16>, %arg1: tensor<1x2x128x32xbf16>, %arg2: tensor<1x2x128x32xbf16>, %arg3: tensor<1x1x128x128xi1>) -> tensor<1x2x128x32xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<3.389530e+38> : tensor<bf16>
    %cst_2 = arith.constant dense<-3.389530e+38> : tensor<bf16>
    %cst_3 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_4 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_5 = arith.constant 0x7FF0000000000000 : f64
    %cst_6 = arith.constant 0xFFF0000000000000 : f64
    %cst_7 = arith.constant 5.6568542494923806 : f64
    %0 = tensor.empty() : tensor<1x2x32x128xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<1x2x128x32xbf16>) outs(%0 : tensor<1x2x32x128xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %collapsed_8 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x2x32x128xbf16> into tensor<2x32x128xbf16>
    %1 = tensor.empty() : tensor<2x128x128xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_8 : tensor<2x128x32xbf16>, tensor<2x32x128xbf16>) outs(%2 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
    %4 = tensor.empty() : tensor<2x128x128xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x128x128xf32>) outs(%4 : tensor<2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %38 = arith.truncf %in : f32 to bf16
      linalg.yield %38 : bf16
    } -> tensor<2x128x128xbf16>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [1, 2, 128, 128] : tensor<2x128x128xbf16> into tensor<1x2x128x128xbf16>
    %6 = tensor.empty() : tensor<1x2x128x128xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %38 = arith.truncf %cst_7 : f64 to bf16
      %39 = arith.divf %in, %38 : bf16
      linalg.yield %39 : bf16
    } -> tensor<1x2x128x128xbf16>
    %8 = tensor.empty() : tensor<1x1x128x128xi1>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3 : tensor<1x1x128x128xi1>) outs(%8 : tensor<1x1x128x128xi1>) {
    ^bb0(%in: i1, %out: i1):
      %38 = arith.xori %in, %true : i1
      linalg.yield %38 : i1
    } -> tensor<1x1x128x128xi1>
    %10 = linalg.generic {indexing_maps = [#map2, #map3, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %cst_4, %7 : tensor<1x1x128x128xi1>, tensor<bf16>, tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_13: bf16, %in_14: bf16, %out: bf16):
      %38 = arith.select %in, %in_13, %in_14 : bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %11 = tensor.empty() : tensor<1x2x128x128xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x2x128x128xbf16>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %38 = arith.extf %in : bf16 to f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %13 = tensor.empty() : tensor<1x2x128xi64>
    %14 = linalg.fill ins(%c0_i64 : i64) outs(%13 : tensor<1x2x128xi64>) -> tensor<1x2x128xi64>
    %15 = tensor.empty() : tensor<1x2x128xf32>
    %16 = linalg.fill ins(%cst_0 : f32) outs(%15 : tensor<1x2x128xf32>) -> tensor<1x2x128xf32>
    %17:2 = linalg.generic {indexing_maps = [#map1, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%12 : tensor<1x2x128x128xf32>) outs(%16, %14 : tensor<1x2x128xf32>, tensor<1x2x128xi64>) {
    ^bb0(%in: f32, %out: f32, %out_13: i64):
      %38 = linalg.index 3 : index
      %39 = arith.index_cast %38 : index to i64
      %40 = arith.maximumf %in, %out : f32
      %41 = arith.cmpf ogt, %in, %out : f32
      %42 = arith.select %41, %39, %out_13 : i64
      linalg.yield %40, %42 : f32, i64
    } -> (tensor<1x2x128xf32>, tensor<1x2x128xi64>)
    %expanded_9 = tensor.expand_shape %17#0 [[0], [1], [2, 3]] output_shape [1, 2, 128, 1] : tensor<1x2x128xf32> into tensor<1x2x128x1xf32>
    %18 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %expanded_9 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %38 = arith.subf %in, %in_13 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x2x128x128xf32>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = math.exp %in : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %20 = tensor.empty() : tensor<1x2x128x1xf32>
    %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<1x2x128x1xf32>) -> tensor<1x2x128x1xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%19 : tensor<1x2x128x128xf32>) outs(%21 : tensor<1x2x128x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %38 = arith.addf %in, %out : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x1xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %22 : tensor<1x2x128x128xf32>, tensor<1x2x128x1xf32>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %38 = arith.divf %in, %in_13 : f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x128x128xf32>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %38 = arith.truncf %in : f32 to bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %25 = tensor.empty() : tensor<1x2x128x128xi1>
    %26 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %24 : tensor<1x2x128x128xbf16>, tensor<1x2x128x128xbf16>) outs(%25 : tensor<1x2x128x128xi1>) {
    ^bb0(%in: bf16, %in_13: bf16, %out: i1):
      %38 = arith.cmpf une, %in, %in_13 : bf16
      linalg.yield %38 : i1
    } -> tensor<1x2x128x128xi1>
    %27 = linalg.generic {indexing_maps = [#map1, #map3, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %cst_3, %24 : tensor<1x2x128x128xi1>, tensor<bf16>, tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_13: bf16, %in_14: bf16, %out: bf16):
      %38 = arith.select %in, %in_13, %in_14 : bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %28 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<1x2x128x128xbf16>) outs(%11 : tensor<1x2x128x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %38 = arith.extf %in : bf16 to f32
      linalg.yield %38 : f32
    } -> tensor<1x2x128x128xf32>
    %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x128x128xf32>) outs(%25 : tensor<1x2x128x128xi1>) {
    ^bb0(%in: f32, %out: i1):
      %38 = arith.extf %in : f32 to f64
      %39 = arith.cmpf oeq, %38, %cst_6 : f64
      linalg.yield %39 : i1
    } -> tensor<1x2x128x128xi1>
    %30 = linalg.generic {indexing_maps = [#map1, #map3, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %cst_2, %27 : tensor<1x2x128x128xi1>, tensor<bf16>, tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_13: bf16, %in_14: bf16, %out: bf16):
      %38 = arith.select %in, %in_13, %in_14 : bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x2x128x128xf32>) outs(%25 : tensor<1x2x128x128xi1>) {
    ^bb0(%in: f32, %out: i1):
      %38 = arith.extf %in : f32 to f64
      %39 = arith.cmpf oeq, %38, %cst_5 : f64
      linalg.yield %39 : i1
    } -> tensor<1x2x128x128xi1>
    %32 = linalg.generic {indexing_maps = [#map1, #map3, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %cst_1, %30 : tensor<1x2x128x128xi1>, tensor<bf16>, tensor<1x2x128x128xbf16>) outs(%6 : tensor<1x2x128x128xbf16>) {
    ^bb0(%in: i1, %in_13: bf16, %in_14: bf16, %out: bf16):
      %38 = arith.select %in, %in_13, %in_14 : bf16
      linalg.yield %38 : bf16
    } -> tensor<1x2x128x128xbf16>
    %collapsed_10 = tensor.collapse_shape %32 [[0, 1], [2], [3]] : tensor<1x2x128x128xbf16> into tensor<2x128x128xbf16>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<1x2x128x32xbf16> into tensor<2x128x32xbf16>
    %33 = tensor.empty() : tensor<2x128x32xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %35 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<2x128x128xbf16>, tensor<2x128x32xbf16>) outs(%34 : tensor<2x128x32xf32>) -> tensor<2x128x32xf32>
    %36 = tensor.empty() : tensor<2x128x32xbf16>
    %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x128x32xf32>) outs(%36 : tensor<2x128x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %38 = arith.truncf %in : f32 to bf16
      linalg.yield %38 : bf16
    } -> tensor<2x128x32xbf16>
    %expanded_12 = tensor.expand_shape %37 [[0, 1], [2], [3]] output_shape [1, 2, 128, 32] : tensor<2x128x32xbf16> into tensor<1x2x128x32xbf16>
    return %expanded_12 : tensor<1x2x128x32xbf16>
  }
}

