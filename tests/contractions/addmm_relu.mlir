// nests: 1
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%arg0: tensor<70x136xbf16>, %arg1: tensor<136x72xbf16>, %arg2: tensor<72xbf16>) -> tensor<70x72xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0.000000e+00 : bf16
    %0 = tensor.empty() : tensor<72xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg2 : tensor<72xbf16>) outs(%0 : tensor<72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %13 = arith.extf %in : bf16 to f32
      linalg.yield %13 : f32
    } -> tensor<72xf32>
    %2 = tensor.empty() : tensor<70x136xf32>
    %3 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<70x136xbf16>) outs(%2 : tensor<70x136xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %13 = arith.extf %in : bf16 to f32
      linalg.yield %13 : f32
    } -> tensor<70x136xf32>
    %4 = tensor.empty() : tensor<136x72xf32>
    %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<136x72xbf16>) outs(%4 : tensor<136x72xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %13 = arith.extf %in : bf16 to f32
      linalg.yield %13 : f32
    } -> tensor<136x72xf32>
    %6 = tensor.empty() : tensor<70x72xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<70x72xf32>) -> tensor<70x72xf32>
    %8 = linalg.matmul ins(%3, %5 : tensor<70x136xf32>, tensor<136x72xf32>) outs(%7 : tensor<70x72xf32>) -> tensor<70x72xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%8, %1 : tensor<70x72xf32>, tensor<72xf32>) outs(%6 : tensor<70x72xf32>) {
    ^bb0(%in: f32, %in_1: f32, %out: f32):
      %13 = arith.addf %in, %in_1 : f32
      linalg.yield %13 : f32
    } -> tensor<70x72xf32>
    %10 = tensor.empty() : tensor<70x72xbf16>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<70x72xf32>) outs(%10 : tensor<70x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %13 = arith.truncf %in : f32 to bf16
      linalg.yield %13 : bf16
    } -> tensor<70x72xbf16>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<70x72xbf16>) outs(%10 : tensor<70x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %13 = arith.cmpf ugt, %in, %cst_0 : bf16
      %14 = arith.select %13, %in, %cst_0 : bf16
      linalg.yield %14 : bf16
    } -> tensor<70x72xbf16>
    return %12 : tensor<70x72xbf16>
  }
}
