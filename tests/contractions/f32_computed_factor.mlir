// nests: 1
// shapes: 37 37
// shapes: 130 130
// A factor that is computed inside of the contraction, and a sum that is added to.
#x = affine_map<(d0, d1, d2) -> (d0, d2)>
#s = affine_map<(d0, d1, d2) -> (d2)>
#w = affine_map<(d0, d1, d2) -> (d2, d1)>
#c = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @main(%x: tensor<?x64xf32>, %s: tensor<64xf32>, %w: tensor<64x40xf32>, %b: tensor<?x40xf32>) -> tensor<?x40xf32> {
    %c = linalg.generic {indexing_maps = [#x, #s, #w, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%x, %s, %w : tensor<?x64xf32>, tensor<64xf32>, tensor<64x40xf32>) outs(%b : tensor<?x40xf32>) {
    ^bb0(%in: f32, %scale: f32, %weight: f32, %out: f32):
      %0 = arith.mulf %in, %scale : f32
      %1 = arith.mulf %0, %weight : f32
      %2 = arith.addf %out, %1 : f32
      linalg.yield %2 : f32
    } -> tensor<?x40xf32>
    return %c : tensor<?x40xf32>
  }
}
