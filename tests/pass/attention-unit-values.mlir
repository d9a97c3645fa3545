// RUN: --attention-unit-values=target=sm_90a
// Sums of weights times a number per key get a value dim of extent 1.
// CHECK: extents = array<i64: 2, 70, 133, 1>, iterator_types = ["batch", "query", "key", "value"]
// CHECK: {combine = "sum", map = #{{.*}}, value = 2 : i64}
// An op that contracts anything stays as it is.
// CHECK: @contracts
// CHECK: extents = array<i64: 2, 64, 512, 32, 32>, iterator_types = ["batch", "query", "key", "reduction", "value"]
#of_row = affine_map<(b, m, n, k, d) -> (b, m)>
#of_omap = affine_map<(b, m, n, k, d) -> (b, m, d)>
#of_vmap = affine_map<(b, m, n, k, d) -> (b, n, d)>
#of_kmap = affine_map<(b, m, n, k, d) -> (b, n, k)>
#of_qmap = affine_map<(b, m, n, k, d) -> (b, m, k)>
#q = affine_map<(b, m, n) -> (b, m)>
#k = affine_map<(b, m, n) -> (b, n)>
#w = affine_map<(b, m, n) -> (n)>
func.func @main(%q_in: tensor<2x70xbf16>, %k_in: tensor<2x133xbf16>, %v_in: tensor<2x133xbf16>, %w_in: tensor<133xbf16>)
    -> (tensor<2x70xf32>, tensor<2x70xf32>, tensor<2x70xf32>) {
  %c0 = "attention.capture"(%q_in) {map = #q} : (tensor<2x70xbf16>) -> !attention.captured
  %c1 = "attention.capture"(%k_in) {map = #k} : (tensor<2x133xbf16>) -> !attention.captured
  %c2 = "attention.capture"(%v_in) {map = #k} : (tensor<2x133xbf16>) -> !attention.captured
  %c3 = "attention.capture"(%w_in) {map = #w} : (tensor<133xbf16>) -> !attention.captured
  %r:3 = "attention.fused"(%c0, %c1, %c2, %c3) ({
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    gpu.yield %ninf, %zero, %zero, %zero : f32, f32, f32, f32
  }, {
    %ninf = arith.constant 0xFF800000 : f32
    %a = "attention.read"() {capture = 0 : i64} : () -> f32
    %b = "attention.read"() {capture = 1 : i64} : () -> f32
    %p = arith.mulf %a, %b : f32
    %i = "attention.index"() {dim = 1 : i64} : () -> index
    %j = "attention.index"() {dim = 2 : i64} : () -> index
    %live = arith.cmpi sle, %j, %i : index
    %s = arith.select %live, %p, %ninf : f32
    %v = "attention.read"() {capture = 2 : i64} : () -> f32
    %w = "attention.read"() {capture = 3 : i64} : () -> f32
    gpu.yield %s, %v, %w : f32, f32, f32
  }, {
  ^bb0(%x: f32, %v: f32, %w: f32, %m: f32, %l: f32, %o: f32, %u: f32):
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead = arith.cmpf oeq, %m, %ninf : f32
    %g = arith.select %dead, %zero, %m : f32
    %d = arith.subf %x, %g : f32
    %p = math.exp2 %d : f32
    %pv = arith.mulf %p, %v : f32
    %pw = arith.mulf %w, %p : f32
    gpu.yield %x, %p, %pv, %pw : f32, f32, f32, f32
  }, {
  ^bb0(%m0: f32, %l0: f32, %o0: f32, %u0: f32, %m1: f32, %l1: f32, %o1: f32, %u1: f32):
    %one = arith.constant 1.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead = arith.cmpf oeq, %m1, %ninf : f32
    %g = arith.select %dead, %zero, %m1 : f32
    %d = arith.subf %m0, %g : f32
    %f = math.exp2 %d : f32
    gpu.yield %one, %f, %f, %f : f32, f32, f32, f32
  }, {
  ^bb0(%m: f32, %l: f32, %o: f32, %u: f32):
    %a = arith.divf %o, %l : f32
    %log = math.log2 %l : f32
    %lse = arith.addf %m, %log : f32
    %b = arith.divf %u, %l : f32
    gpu.yield %a, %lse, %b : f32, f32, f32
  }) {
    iterator_types = ["batch", "query", "key"],
    extents = array<i64: 2, 70, 133>,
    states = [{combine = "max", map = #q}, {combine = "sum", map = #q}, {combine = "sum", map = #q}, {combine = "sum", map = #q}]
  } : (!attention.captured, !attention.captured, !attention.captured, !attention.captured)
    -> (!attention.fusion, !attention.fusion, !attention.fusion)
  %o0 = "attention.result"(%r#0) {map = #q} : (!attention.fusion) -> tensor<2x70xf32>
  %o1 = "attention.result"(%r#1) {map = #q} : (!attention.fusion) -> tensor<2x70xf32>
  %o2 = "attention.result"(%r#2) {map = #q} : (!attention.fusion) -> tensor<2x70xf32>
  return %o0, %o1, %o2 : tensor<2x70xf32>, tensor<2x70xf32>, tensor<2x70xf32>
}
func.func @contracts(%q: tensor<2x64x32xbf16>, %k: tensor<2x512x32xbf16>, %v: tensor<2x512x32xbf16>) -> tensor<2x64x32xbf16> {
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
