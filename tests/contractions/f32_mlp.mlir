// nests: 2
// Both layers of a network in f32: the first one stores the terms that the second one multiplies.
#map = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%x: tensor<2x128x96xf32>, %w1: tensor<520x96xf32>, %b1: tensor<520xf32>, %w2: tensor<264x520xf32>, %r: tensor<256x264xf32>) -> tensor<256x264xf32> {
    %zero = arith.constant 0.0 : f32
    %half = arith.constant 0.5 : f32
    %root = arith.constant 0.70710678 : f32
    %one = arith.constant 1.0 : f32
    %rows = tensor.collapse_shape %x [[0, 1], [2]] : tensor<2x128x96xf32> into tensor<256x96xf32>
    %e0 = tensor.empty() : tensor<96x520xf32>
    %t1 = linalg.transpose ins(%w1 : tensor<520x96xf32>) outs(%e0 : tensor<96x520xf32>) permutation = [1, 0]
    %e1 = tensor.empty() : tensor<256x520xf32>
    %z1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<256x520xf32>) -> tensor<256x520xf32>
    %h0 = linalg.matmul ins(%rows, %t1 : tensor<256x96xf32>, tensor<96x520xf32>) outs(%z1 : tensor<256x520xf32>) -> tensor<256x520xf32>
    %h = linalg.generic {indexing_maps = [#map, #row, #map], iterator_types = ["parallel", "parallel"]} ins(%h0, %b1 : tensor<256x520xf32>, tensor<520xf32>) outs(%e1 : tensor<256x520xf32>) {
    ^bb0(%in: f32, %bias: f32, %out: f32):
      %0 = arith.addf %in, %bias : f32
      %1 = arith.mulf %0, %root : f32
      %2 = math.erf %1 : f32
      %3 = arith.addf %2, %one : f32
      %4 = arith.mulf %3, %half : f32
      %5 = arith.mulf %0, %4 : f32
      linalg.yield %5 : f32
    } -> tensor<256x520xf32>
    %e2 = tensor.empty() : tensor<520x264xf32>
    %t2 = linalg.transpose ins(%w2 : tensor<264x520xf32>) outs(%e2 : tensor<520x264xf32>) permutation = [1, 0]
    %e3 = tensor.empty() : tensor<256x264xf32>
    %z2 = linalg.fill ins(%zero : f32) outs(%e3 : tensor<256x264xf32>) -> tensor<256x264xf32>
    %o = linalg.matmul ins(%h, %t2 : tensor<256x520xf32>, tensor<520x264xf32>) outs(%z2 : tensor<256x264xf32>) -> tensor<256x264xf32>
    %y = linalg.add ins(%o, %r : tensor<256x264xf32>, tensor<256x264xf32>) outs(%e3 : tensor<256x264xf32>) -> tensor<256x264xf32>
    return %y : tensor<256x264xf32>
  }
}
