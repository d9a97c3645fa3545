// RUN: --expand-gpu-math
// CHECK: gpu.module @fast
// CHECK: [[X:%[0-9]+]] = arith.mulf %arg0
// CHECK-NEXT: [[Y:%[0-9]+]] = llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz.f"([[X]])
// What the hardware has stays.
// CHECK-NEXT: math.absf [[Y]]
// An exact module takes the argument apart first.
// CHECK: gpu.module @exact
// CHECK: math.roundeven
// CHECK: math.fma
// CHECK: llvm.call_intrinsic "llvm.nvvm.ex2.approx.ftz.f"
// CHECK: func.func @host
// CHECK-NEXT: math.exp
gpu.module @fast {
  llvm.func @f(%x: f32, %d: f64) -> f32 {
    %y = math.exp %x : f32
    %z = math.absf %y : f32
    llvm.return %z : f32
  }
}
gpu.module @exact attributes {flashlight.exact_math} {
  llvm.func @g(%x: f32) -> f32 {
    %y = math.exp %x : f32
    llvm.return %y : f32
  }
}
func.func @host(%x: f32) -> f32 {
  %y = math.exp %x : f32
  return %y : f32
}
