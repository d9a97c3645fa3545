// nests: 1
// Weights of 16 bits that are widened: three products.
#map = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%a: tensor<80x128xf32>, %b: tensor<128x64xbf16>) -> tensor<80x64xf32> {
    %zero = arith.constant 0.0 : f32
    %eb = tensor.empty() : tensor<128x64xf32>
    %wide = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%b : tensor<128x64xbf16>) outs(%eb : tensor<128x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %0 = arith.extf %in : bf16 to f32
      linalg.yield %0 : f32
    } -> tensor<128x64xf32>
    %e = tensor.empty() : tensor<80x64xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<80x64xf32>) -> tensor<80x64xf32>
    %c = linalg.matmul ins(%a, %wide : tensor<80x128xf32>, tensor<128x64xf32>) outs(%z : tensor<80x64xf32>) -> tensor<80x64xf32>
    return %c : tensor<80x64xf32>
  }
}
