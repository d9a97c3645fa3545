// RUN: --attention-decompose
// Scores of all points, then states as reductions over the key, then the epilogue.
// CHECK-NOT: attention.
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %arg1 : {{.*}}) outs({{.*}} : tensor<2x64x512xf32>)
// CHECK: iterator_types = ["parallel", "parallel", "reduction"]} {{.*}} outs({{.*}} : tensor<2x64xf32>)
// CHECK: arith.maxnumf
// CHECK: math.exp2
// CHECK: ins(%{{[0-9]+}}, %arg2 : tensor<2x64x512xf32>, tensor<2x512x32xbf16>) outs({{.*}} : tensor<2x64x32xf32>)
// CHECK: arith.divf
// CHECK: return
#qmap = affine_map<(b, m, n, k, d) -> (b, m, k)>
#kmap = affine_map<(b, m, n, k, d) -> (b, n, k)>
#vmap = affine_map<(b, m, n, k, d) -> (b, n, d)>
#omap = affine_map<(b, m, n, k, d) -> (b, m, d)>
#row = affine_map<(b, m, n, k, d) -> (b, m)>
func.func @main(%q: tensor<2x64x32xbf16>, %k: tensor<2x512x32xbf16>, %v: tensor<2x512x32xbf16>) -> tensor<2x64x32xbf16> {
  %cq = "attention.capture"(%q) {map = #qmap} : (tensor<2x64x32xbf16>) -> !attention.captured
  %ck = "attention.capture"(%k) {map = #kmap} : (tensor<2x512x32xbf16>) -> !attention.captured
  %cv = "attention.capture"(%v) {map = #vmap} : (tensor<2x512x32xbf16>) -> !attention.captured
  %r = "attention.fused"(%cq, %ck, %cv) ({
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    gpu.yield %ninf, %zero, %zero : f32, f32, f32
  }, {
    %s = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %b = "attention.read"() {capture = 1 : i64} : () -> f32
      %p = arith.mulf %a, %b : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 3>} : () -> f32
    %scale = arith.constant 0.180336878 : f32
    %x = arith.mulf %s, %scale : f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %m: f32, %l: f32, %acc: f32):
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead = arith.cmpf oeq, %m, %ninf : f32
    %safe = arith.select %dead, %zero, %m : f32
    %d = arith.subf %x, %safe : f32
    %p = math.exp2 %d : f32
    gpu.yield %x, %p, %p : f32, f32, f32
  }, {
  ^bb0(%m0: f32, %l0: f32, %acc0: f32, %m1: f32, %l1: f32, %acc1: f32):
    %one = arith.constant 1.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead = arith.cmpf oeq, %m1, %ninf : f32
    %safe = arith.select %dead, %zero, %m1 : f32
    %d = arith.subf %m0, %safe : f32
    %f = math.exp2 %d : f32
    gpu.yield %one, %f, %f : f32, f32, f32
  }, {
  ^bb0(%m: f32, %l: f32, %acc: f32):
    %o = arith.divf %acc, %l : f32
    gpu.yield %o : f32
  }) {
    iterator_types = ["batch", "query", "key", "reduction", "value"],
    extents = array<i64: 2, 64, 512, 32, 32>,
    states = [{combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #omap, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #omap} : (!attention.fusion) -> tensor<2x64x32xbf16>
  return %o : tensor<2x64x32xbf16>
}
