// RUN: --expand-math
// Small powers are products, f64 is rounded through f32, log1p is right near 0.
// CHECK: @main
// CHECK: [[SQUARE:%[0-9]+]] = arith.mulf %arg0, %arg0
// CHECK-NEXT: arith.mulf %arg0, [[SQUARE]]
// CHECK-NEXT: [[F32:%[0-9]+]] = arith.truncf %arg1 : f64 to f32
// CHECK-NEXT: arith.truncf [[F32]] : f32 to bf16
// CHECK: math.log %
// Outside of kernels exp2 stays.
// CHECK: math.exp2 %arg0
// CHECK: @kernel
// CHECK-NOT: math.exp2
// CHECK: math.fma
// CHECK: memref.store
func.func @main(%x: f32, %d: f64) -> (f32, bf16, f32, f32) {
  %three = arith.constant 3 : i32
  %cube = math.fpowi %x, %three : f32, i32
  %narrow = arith.truncf %d : f64 to bf16
  %near = math.log1p %x : f32
  %plain = math.exp2 %x : f32
  return %cube, %narrow, %near, %plain : f32, bf16, f32, f32
}
func.func @kernel(%a: memref<8xf32>) {
  scf.forall (%i) in (8) {
    %x = memref.load %a[%i] : memref<8xf32>
    %y = math.exp2 %x : f32
    memref.store %y, %a[%i] : memref<8xf32>
  } {flashlight.kernel = "main_0"}
  return
}
