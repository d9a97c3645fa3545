// RUN: --allow-unregistered-dialect --import-foreign
// A running sum: each place sums the places up to it, and the last one is the accumulator.
// CHECK-NOT: tm_tensor
// CHECK: [[SUMS:%[0-9]+]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<4x8xf32>)
// CHECK: arith.addf
// CHECK: arith.cmpi sle
// CHECK: [[LAST:%[0-9]+]] = linalg.generic {{.*}} ins([[SUMS]] : tensor<4x8xf32>) outs(%arg2 : tensor<4xf32>)
// CHECK: return [[SUMS]], [[LAST]]
func.func @main(%x: tensor<4x8xf32>, %o: tensor<4x8xf32>, %a: tensor<4xf32>) -> (tensor<4x8xf32>, tensor<4xf32>) {
  %r:2 = "tm_tensor.scan"(%x, %o, %a) <{dimension = 1 : i64, inclusive = true, operandSegmentSizes = array<i32: 1, 2>}> ({
  ^bb0(%l: f32, %s: f32):
    %t = arith.addf %l, %s : f32
    "tm_tensor.yield"(%t) : (f32) -> ()
  }) : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4xf32>) -> (tensor<4x8xf32>, tensor<4xf32>)
  return %r#0, %r#1 : tensor<4x8xf32>, tensor<4xf32>
}
