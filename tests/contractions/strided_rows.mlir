// nests: 1
#map = affine_map<(d0, d1, d2) -> (d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
module {
  func.func @main(%arg0: tensor<3x40x64xbf16>, %arg1: tensor<72x64xbf16>, %arg2: tensor<72xbf16>) -> tensor<3x20x72xbf16> {
    %cst = arith.constant 0.000000e+00 : f32
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0] [3, 20, 64] [1, 2, 1] : tensor<3x40x64xbf16> to tensor<3x20x64xbf16>
    %0 = tensor.empty() : tensor<64x72xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<72x64xbf16>) outs(%0 : tensor<64x72xbf16>) permutation = [1, 0] 
    %1 = tensor.empty() : tensor<3x64x72xbf16>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed : tensor<64x72xbf16>) outs(%1 : tensor<3x64x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<3x64x72xbf16>
    %3 = tensor.empty() : tensor<3x20x72xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<3x20x72xf32>) -> tensor<3x20x72xf32>
    %5 = linalg.batch_matmul ins(%extracted_slice, %2 : tensor<3x20x64xbf16>, tensor<3x64x72xbf16>) outs(%4 : tensor<3x20x72xf32>) -> tensor<3x20x72xf32>
    %6 = tensor.empty() : tensor<3x20x72xbf16>
    %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<3x20x72xf32>) outs(%6 : tensor<3x20x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %9 = arith.truncf %in : f32 to bf16
      linalg.yield %9 : bf16
    } -> tensor<3x20x72xbf16>
    %8 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %arg2 : tensor<3x20x72xbf16>, tensor<72xbf16>) outs(%6 : tensor<3x20x72xbf16>) {
    ^bb0(%in: bf16, %in_0: bf16, %out: bf16):
      %9 = arith.addf %in, %in_0 : bf16
      linalg.yield %9 : bf16
    } -> tensor<3x20x72xbf16>
    return %8 : tensor<3x20x72xbf16>
  }
}
