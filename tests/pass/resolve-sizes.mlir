// RUN: --resolve-sizes
// Sizes that an assertion says are equal are noted at the function; what follows from them is known.
// CHECK: attributes {attention.equal = [["arg0.0", "arg1.0"]]}
// CHECK: [[M:%[a-z0-9_]+]] = tensor.dim %arg0
// CHECK-NOT: cf.assert
// CHECK: tensor.empty([[M]])
// CHECK: return {{.*}}, %true
// An assertion about values stays.
// CHECK: @values
// CHECK: cf.assert
func.func @main(%x: tensor<?x8xf32>, %y: tensor<?x8xf32>) -> (tensor<?x8xf32>, i1) {
  %c0 = arith.constant 0 : index
  %m = tensor.dim %x, %c0 : tensor<?x8xf32>
  %n = tensor.dim %y, %c0 : tensor<?x8xf32>
  %same = arith.cmpi eq, %m, %n : index
  cf.assert %same, "sizes differ"
  %two = arith.constant 2 : index
  %twice = arith.muli %n, %two : index
  %half = arith.divsi %twice, %two : index
  %e = tensor.empty(%half) : tensor<?x8xf32>
  %known = arith.cmpi sle, %m, %n : index
  return %e, %known : tensor<?x8xf32>, i1
}
func.func @values(%x: tensor<4xi64>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0 : i64
  %v = tensor.extract %x[%c0] : tensor<4xi64>
  %fine = arith.cmpi eq, %v, %zero : i64
  cf.assert %fine, "a value"
  return
}
