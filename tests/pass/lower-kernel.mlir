// RUN: --lower-kernel
// CHECK-NOT: kernel.
// CHECK: [[TID:%[0-9]+]] = nvvm.read.ptx.sreg.tid.x : i32
// CHECK-NEXT: [[LARGEST:%[0-9]+]] = llvm.inline_asm {{.*}} "redux.sync.max.s32 {{.*}} %arg0
// CHECK-NEXT: nvvm.barrier
// What is no op of a kernel stays.
// CHECK-NEXT: arith.addi [[TID]], [[LARGEST]]
gpu.module @main {
  llvm.func @f(%v: i32, %x: f32) -> i32 {
    %tid = "kernel.thread"() {again = false} : () -> i32
    %u = "kernel.uniform"(%v) : (i32) -> i32
    "kernel.sync"() : () -> ()
    %s = arith.addi %tid, %u : i32
    llvm.return %s : i32
  }
}
