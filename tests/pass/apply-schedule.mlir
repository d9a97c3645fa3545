// RUN: --apply-schedule=isa=avx2
// A contraction of 64x64 points is done in register blocks of 4x16.
// CHECK: scf.forall ({{.*}}) in (16, 4)
// CHECK: vector.transfer_read %{{.*}} : tensor<64x64xf32>, vector<4x16xf32>
// CHECK: scf.for
// CHECK: vector.contract {{.*}} : vector<4x1xf32>, vector<1x16xf32> into vector<4x16xf32>
// CHECK: vector.transfer_write {{.*}} : vector<4x16xf32>, tensor<4x16xf32>
// Outside of kernels nothing changes.
// CHECK: linalg.generic
// CHECK-NOT: vector.
func.func @main(%a: tensor<64x32xf32>, %b: tensor<32x64xf32>, %start: tensor<64x64xf32>) -> (tensor<64x64xf32>, tensor<64x64xf32>) {
  %e = tensor.empty() : tensor<64x64xf32>
  %r = scf.forall (%i) in (1) shared_outs(%out = %e) -> (tensor<64x64xf32>) {
  %c = linalg.generic {flashlight.tile = "contract", indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<64x32xf32>, tensor<32x64xf32>) outs(%start : tensor<64x64xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %product = arith.mulf %left, %right : f32
    %next = arith.addf %product, %sum : f32
    linalg.yield %next : f32
  } -> tensor<64x64xf32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %c into %out[0, 0] [64, 64] [1, 1] : tensor<64x64xf32> into tensor<64x64xf32>
    }
  } {flashlight.kernel = "main_0"}
  %d = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<64x32xf32>, tensor<32x64xf32>) outs(%start : tensor<64x64xf32>) {
  ^bb0(%left: f32, %right: f32, %sum: f32):
    %product = arith.mulf %left, %right : f32
    %next = arith.addf %product, %sum : f32
    linalg.yield %next : f32
  } -> tensor<64x64xf32>
  return %r, %d : tensor<64x64xf32>, tensor<64x64xf32>
}
