// Two score contractions, each normalized on its own, one value operand: a difference of two maps.
// sizes: M=64 N=128 D=32
// sizes: M=33 N=77 D=16
#q = affine_map<(m, n, k, d) -> (m, k)>
#k = affine_map<(m, n, k, d) -> (n, k)>
#v = affine_map<(m, n, k, d) -> (n, d)>
#o = affine_map<(m, n, k, d) -> (m, d)>
#row = affine_map<(m, n, k, d) -> (m)>
func.func @main(%q0: tensor<{M}x16xbf16>, %k0: tensor<{N}x16xbf16>, %q1: tensor<{M}x16xbf16>, %k1: tensor<{N}x16xbf16>, %v: tensor<{N}x{D}xbf16>) -> tensor<{M}x{D}xf32> {
  %c0 = "attention.capture"(%q0) {map = #q} : (tensor<{M}x16xbf16>) -> !attention.captured
  %c1 = "attention.capture"(%k0) {map = #k} : (tensor<{N}x16xbf16>) -> !attention.captured
  %c2 = "attention.capture"(%q1) {map = #q} : (tensor<{M}x16xbf16>) -> !attention.captured
  %c3 = "attention.capture"(%k1) {map = #k} : (tensor<{N}x16xbf16>) -> !attention.captured
  %c4 = "attention.capture"(%v) {map = #v} : (tensor<{N}x{D}xbf16>) -> !attention.captured
  %r = "attention.fused"(%c0, %c1, %c2, %c3, %c4) ({
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    gpu.yield %ninf, %ninf, %zero, %zero, %zero, %zero : f32, f32, f32, f32, f32, f32
  }, {
    %s0 = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %b = "attention.read"() {capture = 1 : i64} : () -> f32
      %p = arith.mulf %a, %b : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 2>} : () -> f32
    %s1 = "attention.reduce"() ({
      %a = "attention.read"() {capture = 2 : i64} : () -> f32
      %b = "attention.read"() {capture = 3 : i64} : () -> f32
      %p = arith.mulf %a, %b : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 2>} : () -> f32
    %scale = arith.constant 0.3606 : f32
    %x0 = arith.mulf %s0, %scale : f32
    %x1 = arith.mulf %s1, %scale : f32
    gpu.yield %x0, %x1 : f32, f32
  }, {
  ^bb0(%x0: f32, %x1: f32, %m0: f32, %m1: f32, %l0: f32, %l1: f32, %a0: f32, %a1: f32):
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead0 = arith.cmpf oeq, %m0, %ninf : f32
    %safe0 = arith.select %dead0, %zero, %m0 : f32
    %d0 = arith.subf %x0, %safe0 : f32
    %p0 = math.exp2 %d0 : f32
    %dead1 = arith.cmpf oeq, %m1, %ninf : f32
    %safe1 = arith.select %dead1, %zero, %m1 : f32
    %d1 = arith.subf %x1, %safe1 : f32
    %p1 = math.exp2 %d1 : f32
    gpu.yield %x0, %x1, %p0, %p1, %p0, %p1 : f32, f32, f32, f32, f32, f32
  }, {
  ^bb0(%m0: f32, %m1: f32, %l0: f32, %l1: f32, %a0: f32, %a1: f32, %n0: f32, %n1: f32, %nl0: f32, %nl1: f32, %na0: f32, %na1: f32):
    %one = arith.constant 1.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead0 = arith.cmpf oeq, %n0, %ninf : f32
    %safe0 = arith.select %dead0, %zero, %n0 : f32
    %d0 = arith.subf %m0, %safe0 : f32
    %f0 = math.exp2 %d0 : f32
    %dead1 = arith.cmpf oeq, %n1, %ninf : f32
    %safe1 = arith.select %dead1, %zero, %n1 : f32
    %d1 = arith.subf %m1, %safe1 : f32
    %f1 = math.exp2 %d1 : f32
    gpu.yield %one, %one, %f0, %f1, %f0, %f1 : f32, f32, f32, f32, f32, f32
  }, {
  ^bb0(%m0: f32, %m1: f32, %l0: f32, %l1: f32, %a0: f32, %a1: f32):
    %lambda = arith.constant 0.3 : f32
    %o0 = arith.divf %a0, %l0 : f32
    %o1 = arith.divf %a1, %l1 : f32
    %w1 = arith.mulf %o1, %lambda : f32
    %o = arith.subf %o0, %w1 : f32
    gpu.yield %o : f32
  }) {
    iterator_types = ["query", "key", "reduction", "value"],
    extents = array<i64: {M}, {N}, 16, {D}>,
    states = [{combine = "max", map = #row}, {combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #row},
              {combine = "sum", map = #o, value = 4 : i64}, {combine = "sum", map = #o, value = 4 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #o} : (!attention.fusion) -> tensor<{M}x{D}xf32>
  return %o : tensor<{M}x{D}xf32>
}
