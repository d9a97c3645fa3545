// RUN: --distribute=target=sm_90a
// Elementwise ops are a kernel over points; the function becomes a manifest.
// CHECK: module attributes {flashlight.manifest = "{{.*}}\22entry\22:\22main\22
// CHECK: gpu.module
// CHECK: llvm.func @main_step0(%arg0: !llvm.ptr<1>, %arg1: !llvm.ptr<1>) attributes {gpu.kernel
// CHECK: "kernel.await_grids"
// CHECK: "kernel.block"
// CHECK: "kernel.thread"
// CHECK: math.exp
// CHECK: llvm.store
// CHECK-NOT: func.func
func.func @main(%x: tensor<64xf32>, %n: tensor<64xi64>) -> tensor<64xf32> {
  %e = tensor.empty() : tensor<64xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]} ins(%x : tensor<64xf32>) outs(%e : tensor<64xf32>) {
  ^bb0(%v: f32, %o: f32):
    %y = math.exp %v : f32
    linalg.yield %y : f32
  } -> tensor<64xf32>
  return %r : tensor<64xf32>
}
