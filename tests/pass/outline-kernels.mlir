// RUN: --outline-kernels
// The grid becomes a count, the body a function of the tile; the last grid dim is counted backwards.
// CHECK: [[COUNT:%[0-9]+]] = arith.muli
// CHECK-NEXT: [[ALL:%[0-9]+]] = arith.muli [[COUNT]]
// CHECK-NEXT: call @main_0([[ALL]], %arg0) {flashlight.parallel} : (index, memref<8x64xf32>) -> ()
// A loop that is no kernel stays.
// CHECK: scf.forall (%arg1) in (8)
// CHECK: func.func private @main_0(%arg0: index, %arg1: memref<8x64xf32>) attributes {flashlight.tile_function}
// CHECK: arith.remui %arg0
// CHECK: [[Q:%[0-9]+]] = arith.divui %arg0
// CHECK: arith.subi %{{.*}}, [[Q]]
// CHECK: memref.store
func.func @main(%a: memref<8x64xf32>) {
  %x = arith.constant 1.0 : f32
  scf.forall (%h, %q) in (8, 4) {
    memref.store %x, %a[%h, %q] : memref<8x64xf32>
  } {flashlight.kernel = "main_0"}
  scf.forall (%h) in (8) {
    memref.store %x, %a[%h, %h] : memref<8x64xf32>
  }
  return
}
