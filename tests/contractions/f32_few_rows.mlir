// nests: 2
// A few rows times large weights, which are taken apart where they are multiplied: by rows and by columns of memory. The depth is cut into parts.
#row = affine_map<(d0, d1) -> (d1)>
#map = affine_map<(d0, d1) -> (d0, d1)>
#x = affine_map<(d0, d1, d2) -> (d0, d2)>
#w = affine_map<(d0, d1, d2) -> (d1, d2)>
#r = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @main(%x: tensor<21x1028xf32>, %w1: tensor<1000x1028xf32>, %b1: tensor<1000xf32>, %w2: tensor<1028x520xf32>) -> (tensor<21x1000xf32>, tensor<21x520xf32>) {
    %zero = arith.constant 0.0 : f32
    %e1 = tensor.empty() : tensor<21x1000xf32>
    %z1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<21x1000xf32>) -> tensor<21x1000xf32>
    %y1 = linalg.generic {indexing_maps = [#x, #w, #r], iterator_types = ["parallel", "parallel", "reduction"]} ins(%x, %w1 : tensor<21x1028xf32>, tensor<1000x1028xf32>) outs(%z1 : tensor<21x1000xf32>) {
    ^bb0(%in: f32, %weight: f32, %out: f32):
      %0 = arith.mulf %in, %weight : f32
      %1 = arith.addf %out, %0 : f32
      linalg.yield %1 : f32
    } -> tensor<21x1000xf32>
    %h = linalg.generic {indexing_maps = [#map, #row, #map], iterator_types = ["parallel", "parallel"]} ins(%y1, %b1 : tensor<21x1000xf32>, tensor<1000xf32>) outs(%e1 : tensor<21x1000xf32>) {
    ^bb0(%in: f32, %bias: f32, %out: f32):
      %0 = arith.addf %in, %bias : f32
      %1 = arith.maximumf %0, %zero : f32
      linalg.yield %1 : f32
    } -> tensor<21x1000xf32>
    %e2 = tensor.empty() : tensor<21x520xf32>
    %z2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<21x520xf32>) -> tensor<21x520xf32>
    %y2 = linalg.matmul ins(%x, %w2 : tensor<21x1028xf32>, tensor<1028x520xf32>) outs(%z2 : tensor<21x520xf32>) -> tensor<21x520xf32>
    return %h, %y2 : tensor<21x1000xf32>, tensor<21x520xf32>
  }
}
