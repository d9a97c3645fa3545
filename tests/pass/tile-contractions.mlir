// RUN: --tile-contractions=target=sm_90a
// A product of bf16 is a grid of tiles, each a sum over tiles of the depth.
// CHECK: scf.forall ({{.*}}, {{.*}}) in (4, 4)
// CHECK: scf.for {{.*}} -> (tensor<64x64xf32>)
// CHECK: linalg.generic {{.*}} : tensor<64x64xbf16>, tensor<64x64xbf16>) outs({{.*}} : tensor<64x64xf32>)
// CHECK: flashlight.kernel
// Integers stay as they are.
// CHECK: linalg.generic {{.*}} ins(%arg2, %arg3 : tensor<8x8xi32>, tensor<8x8xi32>)
func.func @main(%a: tensor<256x128xbf16>, %b: tensor<128x256xbf16>, %i: tensor<8x8xi32>, %j: tensor<8x8xi32>, %start: tensor<8x8xi32>) -> (tensor<256x256xf32>, tensor<8x8xi32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<256x256xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e : tensor<256x256xf32>) -> tensor<256x256xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<256x128xbf16>, tensor<128x256xbf16>) outs(%init : tensor<256x256xf32>) {
  ^bb0(%left: bf16, %right: bf16, %sum: f32):
    %l = arith.extf %left : bf16 to f32
    %r = arith.extf %right : bf16 to f32
    %product = arith.mulf %l, %r : f32
    %next = arith.addf %product, %sum : f32
    linalg.yield %next : f32
  } -> tensor<256x256xf32>
  %whole = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%i, %j : tensor<8x8xi32>, tensor<8x8xi32>) outs(%start : tensor<8x8xi32>) {
  ^bb0(%left: i32, %right: i32, %sum: i32):
    %product = arith.muli %left, %right : i32
    %next = arith.addi %product, %sum : i32
    linalg.yield %next : i32
  } -> tensor<8x8xi32>
  return %c, %whole : tensor<256x256xf32>, tensor<8x8xi32>
}
