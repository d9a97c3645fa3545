// nests: 2
// shapes: 37
// shapes: 130
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<()[s0] -> (s0 * 2)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x?x300xbf16>, %arg1: tensor<520x300xbf16>, %arg2: tensor<520xbf16>, %arg3: tensor<300x520xbf16>, %arg4: tensor<300xbf16>) -> tensor<2x?x300xbf16> {
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : bf16
    %cst_1 = arith.constant 2.000000e+00 : bf16
    %cst_2 = arith.constant 5.000000e-01 : bf16
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x?x300xbf16> into tensor<?x300xbf16>
    %0 = tensor.empty() : tensor<300x520xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<520x300xbf16>) outs(%0 : tensor<300x520xbf16>) permutation = [1, 0] 
    %1 = tensor.empty() : tensor<520xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg2 : tensor<520xbf16>) outs(%1 : tensor<520xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %35 = arith.extf %in : bf16 to f32
      linalg.yield %35 : f32
    } -> tensor<520xf32>
    %dim = tensor.dim %arg0, %c1 : tensor<2x?x300xbf16>
    %3 = affine.apply #map1()[%dim]
    %4 = tensor.empty(%3) : tensor<?x300xf32>
    %5 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<?x300xbf16>) outs(%4 : tensor<?x300xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %35 = arith.extf %in : bf16 to f32
      linalg.yield %35 : f32
    } -> tensor<?x300xf32>
    %6 = tensor.empty() : tensor<300x520xf32>
    %7 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<300x520xbf16>) outs(%6 : tensor<300x520xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %35 = arith.extf %in : bf16 to f32
      linalg.yield %35 : f32
    } -> tensor<300x520xf32>
    %8 = tensor.empty(%3) : tensor<?x520xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<?x520xf32>) -> tensor<?x520xf32>
    %10 = linalg.matmul ins(%5, %7 : tensor<?x300xf32>, tensor<300x520xf32>) outs(%9 : tensor<?x520xf32>) -> tensor<?x520xf32>
    %11 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%10, %2 : tensor<?x520xf32>, tensor<520xf32>) outs(%8 : tensor<?x520xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %35 = arith.addf %in, %in_6 : f32
      linalg.yield %35 : f32
    } -> tensor<?x520xf32>
    %12 = tensor.empty(%3) : tensor<?x520xbf16>
    %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<?x520xf32>) outs(%12 : tensor<?x520xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %35 = arith.truncf %in : f32 to bf16
      linalg.yield %35 : bf16
    } -> tensor<?x520xbf16>
    %14 = arith.divsi %3, %c2 : index
    %expanded = tensor.expand_shape %13 [[0, 1], [2]] output_shape [2, %14, 520] : tensor<?x520xbf16> into tensor<2x?x520xbf16>
    %15 = tensor.empty(%14) : tensor<2x?x520xbf16>
    %16 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x?x520xbf16>) outs(%15 : tensor<2x?x520xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %35 = math.sqrt %cst_1 : bf16
      %36 = arith.divf %in, %35 : bf16
      %37 = math.erf %36 : bf16
      %38 = arith.addf %37, %cst_0 : bf16
      %39 = arith.mulf %38, %cst_2 : bf16
      %40 = arith.mulf %in, %39 : bf16
      linalg.yield %40 : bf16
    } -> tensor<2x?x520xbf16>
    %collapsed_3 = tensor.collapse_shape %16 [[0, 1], [2]] : tensor<2x?x520xbf16> into tensor<?x520xbf16>
    %17 = tensor.empty() : tensor<520x300xbf16>
    %transposed_4 = linalg.transpose ins(%arg3 : tensor<300x520xbf16>) outs(%17 : tensor<520x300xbf16>) permutation = [1, 0] 
    %18 = tensor.empty() : tensor<300xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<300xbf16>) outs(%18 : tensor<300xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %35 = arith.extf %in : bf16 to f32
      linalg.yield %35 : f32
    } -> tensor<300xf32>
    %20 = affine.apply #map1()[%14]
    %21 = tensor.empty(%20) : tensor<?x520xf32>
    %22 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%collapsed_3 : tensor<?x520xbf16>) outs(%21 : tensor<?x520xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %35 = arith.extf %in : bf16 to f32
      linalg.yield %35 : f32
    } -> tensor<?x520xf32>
    %23 = tensor.empty() : tensor<520x300xf32>
    %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%transposed_4 : tensor<520x300xbf16>) outs(%23 : tensor<520x300xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %35 = arith.extf %in : bf16 to f32
      linalg.yield %35 : f32
    } -> tensor<520x300xf32>
    %25 = tensor.empty(%20) : tensor<?x300xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<?x300xf32>) -> tensor<?x300xf32>
    %27 = linalg.matmul ins(%22, %24 : tensor<?x520xf32>, tensor<520x300xf32>) outs(%26 : tensor<?x300xf32>) -> tensor<?x300xf32>
    %28 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%27, %19 : tensor<?x300xf32>, tensor<300xf32>) outs(%25 : tensor<?x300xf32>) {
    ^bb0(%in: f32, %in_6: f32, %out: f32):
      %35 = arith.addf %in, %in_6 : f32
      linalg.yield %35 : f32
    } -> tensor<?x300xf32>
    %29 = tensor.empty(%20) : tensor<?x300xbf16>
    %30 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%28 : tensor<?x300xf32>) outs(%29 : tensor<?x300xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %35 = arith.truncf %in : f32 to bf16
      linalg.yield %35 : bf16
    } -> tensor<?x300xbf16>
    %31 = arith.divsi %20, %c2 : index
    %expanded_5 = tensor.expand_shape %30 [[0, 1], [2]] output_shape [2, %31, 300] : tensor<?x300xbf16> into tensor<2x?x300xbf16>
    %32 = arith.cmpi eq, %dim, %31 : index
    cf.assert %32, "mismatched size for broadcast"
    %33 = tensor.empty(%dim) : tensor<2x?x300xbf16>
    %34 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_5 : tensor<2x?x300xbf16>, tensor<2x?x300xbf16>) outs(%33 : tensor<2x?x300xbf16>) {
    ^bb0(%in: bf16, %in_6: bf16, %out: bf16):
      %35 = arith.addf %in, %in_6 : bf16
      linalg.yield %35 : bf16
    } -> tensor<2x?x300xbf16>
    return %34 : tensor<2x?x300xbf16>
  }
}
