// RUN: --widen-booleans
// CHECK: @main(%arg0: tensor<8xi8>, %arg1: tensor<8xf32>, %arg2: i1)
// CHECK: ^bb0([[BYTE:%[a-z0-9_]+]]: i8
// CHECK-NEXT: [[KEEP:%[0-9]+]] = arith.trunci [[BYTE]] : i8 to i1
// CHECK-NEXT: arith.select [[KEEP]]
func.func @main(%mask: tensor<8xi1>, %x: tensor<8xf32>, %flag: i1) -> tensor<8xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]} ins(%mask, %x : tensor<8xi1>, tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%keep: i1, %v: f32, %o: f32):
    %y = arith.select %keep, %v, %zero : f32
    linalg.yield %y : f32
  } -> tensor<8xf32>
  return %r : tensor<8xf32>
}
