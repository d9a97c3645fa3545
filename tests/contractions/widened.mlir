// nests: 1
#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%arg0: tensor<33x64xbf16>, %arg1: tensor<40x64xbf16>) -> tensor<33x40xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<33x64xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<33x64xbf16>) outs(%0 : tensor<33x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %8 = arith.extf %in : bf16 to f32
      linalg.yield %8 : f32
    } -> tensor<33x64xf32>
    %2 = tensor.empty() : tensor<40x64xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<40x64xbf16>) outs(%2 : tensor<40x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %8 = arith.extf %in : bf16 to f32
      linalg.yield %8 : f32
    } -> tensor<40x64xf32>
    %4 = tensor.empty() : tensor<64x40xf32>
    %transposed = linalg.transpose ins(%3 : tensor<40x64xf32>) outs(%4 : tensor<64x40xf32>) permutation = [1, 0] 
    %5 = tensor.empty() : tensor<33x40xf32>
    %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<33x40xf32>) -> tensor<33x40xf32>
    %7 = linalg.matmul ins(%1, %transposed : tensor<33x64xf32>, tensor<64x40xf32>) outs(%6 : tensor<33x40xf32>) -> tensor<33x40xf32>
    return %7 : tensor<33x40xf32>
  }
}
