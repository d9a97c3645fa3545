// One row, and one row per batch, times matrices by their rows: sums of few points, across the rows of memory.
#x = affine_map<(d0, d1, d2) -> (d0, d2)>
#w = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
#y = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @main(%x: tensor<1x1024xf32>, %w: tensor<1024x520xf32>, %v: tensor<3x640xf32>, %u: tensor<3x640x72xf32>) -> (tensor<1x520xf32>, tensor<3x72xf32>) {
    %zero = arith.constant 0.0 : f32
    %e0 = tensor.empty() : tensor<1x520xf32>
    %z0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<1x520xf32>) -> tensor<1x520xf32>
    %y0 = linalg.matmul ins(%x, %w : tensor<1x1024xf32>, tensor<1024x520xf32>) outs(%z0 : tensor<1x520xf32>) -> tensor<1x520xf32>
    %e1 = tensor.empty() : tensor<3x72xf32>
    %z1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<3x72xf32>) -> tensor<3x72xf32>
    %y1 = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "reduction"]} ins(%v, %u : tensor<3x640xf32>, tensor<3x640x72xf32>) outs(%z1 : tensor<3x72xf32>) {
    ^bb0(%a: f32, %b: f32, %out: f32):
      %0 = arith.mulf %a, %b : f32
      %1 = arith.addf %out, %0 : f32
      linalg.yield %1 : f32
    } -> tensor<3x72xf32>
    return %y0, %y1 : tensor<1x520xf32>, tensor<3x72xf32>
  }
}
