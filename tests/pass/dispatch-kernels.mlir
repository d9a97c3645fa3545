// RUN: --dispatch-kernels
// A call per tile goes through the pool: arguments in a frame, a function that takes them out.
// CHECK: llvm.call @main_0_launch(%arg0, %arg1, %arg2) : (i64, !llvm.ptr, i64) -> ()
// CHECK-NEXT: llvm.call @plain(%arg0, %arg1, %arg2)
// CHECK: llvm.func @flashlight_parallel_for(i64, !llvm.ptr, !llvm.ptr)
// CHECK: llvm.func internal @main_0_tile(%arg0: !llvm.ptr, %arg1: i64)
// CHECK: llvm.call @main_0(%arg1, {{%.*}}, {{%.*}}) : (i64, !llvm.ptr, i64) -> ()
// CHECK: llvm.func internal @main_0_launch(%arg0: i64, %arg1: !llvm.ptr, %arg2: i64)
// CHECK: [[FRAME:%[0-9]+]] = llvm.alloca {{.*}} x !llvm.struct<(ptr, i64)>
// CHECK: [[TILE:%[0-9]+]] = llvm.mlir.addressof @main_0_tile
// CHECK: llvm.call @flashlight_parallel_for(%arg0, [[TILE]], [[FRAME]])
llvm.func @main_0(i64, !llvm.ptr, i64)
llvm.func @plain(i64, !llvm.ptr, i64)
llvm.func @main(%count: i64, %a: !llvm.ptr, %n: i64) {
  llvm.call @main_0(%count, %a, %n) {flashlight.parallel} : (i64, !llvm.ptr, i64) -> ()
  llvm.call @plain(%count, %a, %n) : (i64, !llvm.ptr, i64) -> ()
  llvm.return
}
