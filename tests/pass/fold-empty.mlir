// RUN: --fold-empty
// A sum over nothing is what it starts from, and one over something is not.
// CHECK: [[SOME:%[0-9]+]] = linalg.generic {{.*}} ins(%arg2, %arg3 :
// CHECK-NOT: linalg.generic
// CHECK: return %arg4, [[SOME]]
func.func @main(%p: tensor<8x0xf32>, %v: tensor<0x16xf32>, %q: tensor<8x4xf32>, %u: tensor<4x16xf32>, %start: tensor<8x16xf32>) -> (tensor<8x16xf32>, tensor<8x16xf32>) {
  %none = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%p, %v : tensor<8x0xf32>, tensor<0x16xf32>) outs(%start : tensor<8x16xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %product = arith.mulf %left, %right : f32
    %next = arith.addf %product, %sum : f32
    linalg.yield %next : f32
  } -> tensor<8x16xf32>
  %some = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%q, %u : tensor<8x4xf32>, tensor<4x16xf32>) outs(%start : tensor<8x16xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %product = arith.mulf %left, %right : f32
    %next = arith.addf %product, %sum : f32
    linalg.yield %next : f32
  } -> tensor<8x16xf32>
  return %none, %some : tensor<8x16xf32>, tensor<8x16xf32>
}
