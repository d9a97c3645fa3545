// RUN: --attention-pack-rows=target=sm_90a
// Two queries of four heads that share keys are eight rows.
// CHECK: tensor.collapse_shape %arg0 {{.*}} : tensor<3x4x2x16xbf16> into tensor<3x8x16xbf16>
// CHECK: "attention.fused"
// CHECK: extents = array<i64: 3, 8, 130, 16, 24>, iterator_types = ["batch", "query", "key", "reduction", "value"]
// CHECK: return
// An op with rows enough stays as it is.
// CHECK: @many
// CHECK: extents = array<i64: 2, 64, 512, 32, 32>
#of_row = affine_map<(b, m, n, k, d) -> (b, m)>
#of_omap = affine_map<(b, m, n, k, d) -> (b, m, d)>
#of_vmap = affine_map<(b, m, n, k, d) -> (b, n, d)>
#of_kmap = affine_map<(b, m, n, k, d) -> (b, n, k)>
#of_qmap = affine_map<(b, m, n, k, d) -> (b, m, k)>
#q = affine_map<(b, g, m, n, k, d) -> (b, g, m, k)>
#k = affine_map<(b, g, m, n, k, d) -> (b, n, k)>
#v = affine_map<(b, g, m, n, k, d) -> (b, n, d)>
#bias = affine_map<(b, g, m, n, k, d) -> (b, g, m, n)>
#o = affine_map<(b, g, m, n, k, d) -> (b, g, m, d)>
#row = affine_map<(b, g, m, n, k, d) -> (b, g, m)>
func.func @main(%q: tensor<3x4x2x16xbf16>, %k: tensor<3x130x16xbf16>, %v: tensor<3x130x24xbf16>, %bias: tensor<3x4x2x130xf32>) -> (tensor<3x4x2x24xf32>, tensor<3x4x2xf32>) {
  %c0 = "attention.capture"(%q) {map = #q} : (tensor<3x4x2x16xbf16>) -> !attention.captured
  %c1 = "attention.capture"(%k) {map = #k} : (tensor<3x130x16xbf16>) -> !attention.captured
  %c2 = "attention.capture"(%v) {map = #v} : (tensor<3x130x24xbf16>) -> !attention.captured
  %c3 = "attention.capture"(%bias) {map = #bias} : (tensor<3x4x2x130xf32>) -> !attention.captured
  %r:2 = "attention.fused"(%c0, %c1, %c2, %c3) ({
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    gpu.yield %ninf, %zero, %zero : f32, f32, f32
  }, {
    %s = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %b = "attention.read"() {capture = 1 : i64} : () -> f32
      %p = arith.mulf %a, %b : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 4>} : () -> f32
    %e = "attention.read"() {capture = 3 : i64} : () -> f32
    %x = arith.addf %s, %e : f32
    %m = "attention.index"() {dim = 2 : i64} : () -> index
    %n = "attention.index"() {dim = 3 : i64} : () -> index
    %nine = arith.constant 9 : index
    %last = arith.addi %m, %nine : index
    %far = arith.cmpi sgt, %n, %last : index
    %ninf = arith.constant 0xFF800000 : f32
    %masked = arith.select %far, %ninf, %x : f32
    gpu.yield %masked : f32
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
    gpu.yield %o, %m : f32, f32
  }) {
    iterator_types = ["batch", "batch", "query", "key", "reduction", "value"],
    extents = array<i64: 3, 4, 2, 130, 16, 24>,
    states = [{combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #o, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured, !attention.captured) -> (!attention.fusion, !attention.fusion)
  %o = "attention.result"(%r#0) {map = #o} : (!attention.fusion) -> tensor<3x4x2x24xf32>
  %x = "attention.result"(%r#1) {map = #row} : (!attention.fusion) -> tensor<3x4x2xf32>
  return %o, %x : tensor<3x4x2x24xf32>, tensor<3x4x2xf32>
}
func.func @many(%q: tensor<2x64x32xbf16>, %k: tensor<2x512x32xbf16>, %v: tensor<2x512x32xbf16>) -> tensor<2x64x32xbf16> {
  %cq = "attention.capture"(%q) {map = #of_qmap} : (tensor<2x64x32xbf16>) -> !attention.captured
  %ck = "attention.capture"(%k) {map = #of_kmap} : (tensor<2x512x32xbf16>) -> !attention.captured
  %cv = "attention.capture"(%v) {map = #of_vmap} : (tensor<2x512x32xbf16>) -> !attention.captured
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
    states = [{combine = "max", map = #of_row}, {combine = "sum", map = #of_row}, {combine = "sum", map = #of_omap, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #of_omap} : (!attention.fusion) -> tensor<2x64x32xbf16>
  return %o : tensor<2x64x32xbf16>
}
