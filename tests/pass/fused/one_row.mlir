// No query dim: one row per batch, keys from a slice that starts at 3.
// sizes: N=64 D=16
// sizes: N=131 D=24
#q = affine_map<(b, n, k, d) -> (b, k)>
#k = affine_map<(b, n, k, d) -> (b, n + 3, k)>
#v = affine_map<(b, n, k, d) -> (b, n, d)>
#o = affine_map<(b, n, k, d) -> (b, d)>
#row = affine_map<(b, n, k, d) -> (b)>
func.func @main(%q: tensor<3x16xbf16>, %k: tensor<3x200x16xbf16>, %v: tensor<3x{N}x{D}xbf16>) -> tensor<3x{D}xf32> {
  %c0 = "attention.capture"(%q) {map = #q} : (tensor<3x16xbf16>) -> !attention.captured
  %c1 = "attention.capture"(%k) {map = #k} : (tensor<3x200x16xbf16>) -> !attention.captured
  %c2 = "attention.capture"(%v) {map = #v} : (tensor<3x{N}x{D}xbf16>) -> !attention.captured
  %r = "attention.fused"(%c0, %c1, %c2) ({
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    gpu.yield %ninf, %zero, %zero : f32, f32, f32
  }, {
    %s = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %b = "attention.read"() {capture = 1 : i64} : () -> f32
      %p = arith.mulf %a, %b : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 2>} : () -> f32
    gpu.yield %s : f32
  }, {
  ^bb0(%x: f32, %m: f32, %l: f32, %acc: f32):
    %d = arith.subf %x, %m : f32
    %p = math.exp2 %d : f32
    gpu.yield %x, %p, %p : f32, f32, f32
  }, {
  ^bb0(%m0: f32, %l0: f32, %acc0: f32, %m1: f32, %l1: f32, %acc1: f32):
    %one = arith.constant 1.0 : f32
    %d = arith.subf %m0, %m1 : f32
    %f = math.exp2 %d : f32
    gpu.yield %one, %f, %f : f32, f32, f32
  }, {
  ^bb0(%m: f32, %l: f32, %acc: f32):
    %o = arith.divf %acc, %l : f32
    gpu.yield %o : f32
  }) {
    iterator_types = ["batch", "key", "reduction", "value"],
    extents = array<i64: 3, {N}, 16, {D}>,
    states = [{combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #o, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #o} : (!attention.fusion) -> tensor<3x{D}xf32>
  return %o : tensor<3x{D}xf32>
}
