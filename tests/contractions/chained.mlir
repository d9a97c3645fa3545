// nests: 2
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<2x33x64xbf16>, %arg1: tensor<2x64x48xbf16>) -> tensor<2x48x64xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x33x48xf32>
    %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x33x48xf32>) -> tensor<2x33x48xf32>
    %2 = linalg.batch_matmul ins(%arg0, %arg1 : tensor<2x33x64xbf16>, tensor<2x64x48xbf16>) outs(%1 : tensor<2x33x48xf32>) -> tensor<2x33x48xf32>
    %3 = tensor.empty() : tensor<2x33x48xbf16>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x33x48xf32>) outs(%3 : tensor<2x33x48xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %11 = arith.truncf %in : f32 to bf16
      linalg.yield %11 : bf16
    } -> tensor<2x33x48xbf16>
    %5 = tensor.empty() : tensor<2x48x33xbf16>
    %transposed = linalg.transpose ins(%4 : tensor<2x33x48xbf16>) outs(%5 : tensor<2x48x33xbf16>) permutation = [0, 2, 1] 
    %6 = tensor.empty() : tensor<2x48x64xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<2x48x64xf32>) -> tensor<2x48x64xf32>
    %8 = linalg.batch_matmul ins(%transposed, %arg0 : tensor<2x48x33xbf16>, tensor<2x33x64xbf16>) outs(%7 : tensor<2x48x64xf32>) -> tensor<2x48x64xf32>
    %9 = tensor.empty() : tensor<2x48x64xbf16>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x48x64xf32>) outs(%9 : tensor<2x48x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %11 = arith.truncf %in : f32 to bf16
      linalg.yield %11 : bf16
    } -> tensor<2x48x64xbf16>
    return %10 : tensor<2x48x64xbf16>
  }
}
