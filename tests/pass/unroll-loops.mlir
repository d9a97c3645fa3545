// RUN: --unroll-loops=target=sm_90a
// Three iterations are written out; a loop of as many as an argument says calls a function.
// CHECK: func.func private @main_loop0(
// CHECK: math.absf
// CHECK: @main
// CHECK: [[A:%[0-9]+]] = math.sqrt %arg0
// CHECK: [[B:%[0-9]+]] = math.sqrt [[A]]
// CHECK: [[C:%[0-9]+]] = math.sqrt [[B]]
// CHECK: [[D:%[0-9]+]] = scf.for {{.*}} to %arg1
// CHECK: func.call @main_loop0
// CHECK: return [[C]], [[D]]
func.func @main(%x: tensor<8xf32>, %n: index) -> (tensor<8xf32>, tensor<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%t = %x) -> (tensor<8xf32>) {
    %u = math.sqrt %t : tensor<8xf32>
    scf.yield %u : tensor<8xf32>
  }
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%t = %x) -> (tensor<8xf32>) {
    %u = math.absf %t : tensor<8xf32>
    scf.yield %u : tensor<8xf32>
  }
  return %r, %s : tensor<8xf32>, tensor<8xf32>
}
