// RUN: --box-scalars
// Scalars of public functions become tensors of rank 0, an index an i64.
// CHECK: @main(%arg0: tensor<4xf32>, %arg1: tensor<i64>, %arg2: tensor<i64>) -> (tensor<4xf32>, tensor<i64>)
// CHECK: [[N:%[a-z0-9_]+]] = tensor.extract %arg1[] : tensor<i64>
// CHECK: [[I:%[a-z0-9_]+]] = tensor.extract %arg2[] : tensor<i64>
// CHECK-NEXT: arith.index_cast [[I]] : i64 to index
// CHECK: arith.addi [[N]]
// CHECK: tensor.from_elements {{.*}} : tensor<i64>
// Private functions keep theirs.
// CHECK: func.func private @helper(%arg0: i64) -> i64
func.func @main(%x: tensor<4xf32>, %n: i64, %i: index) -> (tensor<4xf32>, i64) {
  %m = arith.index_cast %i : index to i64
  %s = arith.addi %n, %m : i64
  return %x, %s : tensor<4xf32>, i64
}
func.func private @helper(%n: i64) -> i64 {
  return %n : i64
}
