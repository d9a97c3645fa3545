// sizes: M=64 N=64 K=32 D=32
// sizes: M=100 N=130 K=16 D=24
// sizes: M=7 N=5 K=8 D=72
// sizes: M=1 N=65 K=40 D=8
// sizes: M=129 N=1 K=1 D=1
// sizes: M=70 N=40 K=24 D=300
#qmap = affine_map<(b, m, n, k, d) -> (b, m, k)>
#kmap = affine_map<(b, m, n, k, d) -> (b, n, k)>
#vmap = affine_map<(b, m, n, k, d) -> (b, n, d)>
#omap = affine_map<(b, m, n, k, d) -> (b, m, d)>
#row = affine_map<(b, m, n, k, d) -> (b, m)>
func.func @main(%q: tensor<2x{M}x{K}xbf16>, %k: tensor<2x{N}x{K}xbf16>, %v: tensor<2x{N}x{D}xbf16>) -> tensor<2x{M}x{D}xbf16> {
  %cq = "attention.capture"(%q) {map = #qmap} : (tensor<2x{M}x{K}xbf16>) -> !attention.captured
  %ck = "attention.capture"(%k) {map = #kmap} : (tensor<2x{N}x{K}xbf16>) -> !attention.captured
  %cv = "attention.capture"(%v) {map = #vmap} : (tensor<2x{N}x{D}xbf16>) -> !attention.captured
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
    extents = array<i64: 2, {M}, {N}, {K}, {D}>,
    states = [{combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #omap, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #omap} : (!attention.fusion) -> tensor<2x{M}x{D}xbf16>
  return %o : tensor<2x{M}x{D}xbf16>
}
