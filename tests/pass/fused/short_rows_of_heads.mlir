// As short_rows.mlir, but the heads are the query dim, and the mask depends on a batch dim.
// sizes: G=3 M=4 N=64
// sizes: G=4 M=2 N=130
#q = affine_map<(b, g, m, n, k, d) -> (b, g, m, k)>
#k = affine_map<(b, g, m, n, k, d) -> (b, n, k)>
#v = affine_map<(b, g, m, n, k, d) -> (b, n, d)>
#bias = affine_map<(b, g, m, n, k, d) -> (b, g, m, n)>
#o = affine_map<(b, g, m, n, k, d) -> (b, g, m, d)>
#row = affine_map<(b, g, m, n, k, d) -> (b, g, m)>
func.func @main(%q: tensor<3x{G}x{M}x16xbf16>, %k: tensor<3x{N}x16xbf16>, %v: tensor<3x{N}x24xbf16>, %bias: tensor<3x{G}x{M}x{N}xf32>) -> (tensor<3x{G}x{M}x24xf32>, tensor<3x{G}x{M}xf32>) {
  %c0 = "attention.capture"(%q) {map = #q} : (tensor<3x{G}x{M}x16xbf16>) -> !attention.captured
  %c1 = "attention.capture"(%k) {map = #k} : (tensor<3x{N}x16xbf16>) -> !attention.captured
  %c2 = "attention.capture"(%v) {map = #v} : (tensor<3x{N}x24xbf16>) -> !attention.captured
  %c3 = "attention.capture"(%bias) {map = #bias} : (tensor<3x{G}x{M}x{N}xf32>) -> !attention.captured
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
    iterator_types = ["batch", "query", "batch", "key", "reduction", "value"],
    extents = array<i64: 3, {G}, {M}, {N}, 16, 24>,
    states = [{combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #o, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured, !attention.captured) -> (!attention.fusion, !attention.fusion)
  %o = "attention.result"(%r#0) {map = #o} : (!attention.fusion) -> tensor<3x{G}x{M}x24xf32>
  %x = "attention.result"(%r#1) {map = #row} : (!attention.fusion) -> tensor<3x{G}x{M}xf32>
  return %o, %x : tensor<3x{G}x{M}x24xf32>, tensor<3x{G}x{M}xf32>
}
