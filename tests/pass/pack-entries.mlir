// RUN: --pack-entries
// CHECK: llvm.func @main(%arg0: !llvm.ptr)
// CHECK: llvm.func @main_packed(%arg0: !llvm.ptr)
// CHECK: [[A:%[0-9]+]] = llvm.load {{.*}} : !llvm.ptr -> !llvm.ptr
// CHECK: [[B:%[0-9]+]] = llvm.load {{.*}} : !llvm.ptr -> !llvm.ptr
// CHECK: llvm.call @_mlir_ciface_main([[A]], [[B]])
// What is no entry of a C interface gets none.
// CHECK-NOT: llvm.func
llvm.func @_mlir_ciface_main(%a: !llvm.ptr, %b: !llvm.ptr) {
  llvm.return
}
llvm.func @main(%a: !llvm.ptr) {
  llvm.return
}
