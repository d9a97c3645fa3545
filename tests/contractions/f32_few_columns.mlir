// nests: 1
// Many rows times a narrow weight: the rows are taken apart where they are multiplied, and what is elementwise behind joins the nest.
#map = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%x: tensor<4000x72xf32>, %w: tensor<72x20xf32>, %b: tensor<20xf32>) -> tensor<4000x20xf32> {
    %zero = arith.constant 0.0 : f32
    %e = tensor.empty() : tensor<4000x20xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<4000x20xf32>) -> tensor<4000x20xf32>
    %y = linalg.matmul ins(%x, %w : tensor<4000x72xf32>, tensor<72x20xf32>) outs(%z : tensor<4000x20xf32>) -> tensor<4000x20xf32>
    %h = linalg.generic {indexing_maps = [#map, #row, #map], iterator_types = ["parallel", "parallel"]} ins(%y, %b : tensor<4000x20xf32>, tensor<20xf32>) outs(%e : tensor<4000x20xf32>) {
    ^bb0(%in: f32, %bias: f32, %out: f32):
      %0 = arith.addf %in, %bias : f32
      linalg.yield %0 : f32
    } -> tensor<4000x20xf32>
    return %h : tensor<4000x20xf32>
  }
}
