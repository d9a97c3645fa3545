// A squared distance (no product of two sides), document ids over query and key, a table read at the
// difference of the two, an and-reduction that guards the row, no max: plain exp2 of a bounded score.
// sizes: M=64 N=64 D=16
// sizes: M=40 N=83 D=9
#q = affine_map<(b, m, n, k, d) -> (b, m, k)>
#k = affine_map<(b, m, n, k, d) -> (b, n, k)>
#v = affine_map<(b, m, n, k, d) -> (b, n, d)>
#idm = affine_map<(b, m, n, k, d) -> (b, m)>
#idn = affine_map<(b, m, n, k, d) -> (b, n)>
#table = affine_map<(b, m, n, k, d) -> (m - n + {N} - 1)>
#o = affine_map<(b, m, n, k, d) -> (b, d, m)>
#acc = affine_map<(b, m, n, k, d) -> (b, m, d)>
#row = affine_map<(b, m, n, k, d) -> (b, m)>
func.func @main(%q_in: tensor<2x{M}x5xf32>, %k_in: tensor<2x{N}x5xf32>, %v_in: tensor<2x{N}x{D}xf32>, %im_in: tensor<2x{M}xi64>, %in_in: tensor<2x{N}xi64>, %t_in: tensor<512xf32>) -> tensor<2x{D}x{M}xf32> {
  %c0 = "attention.capture"(%q_in) {map = #q} : (tensor<2x{M}x5xf32>) -> !attention.captured
  %c1 = "attention.capture"(%k_in) {map = #k} : (tensor<2x{N}x5xf32>) -> !attention.captured
  %c2 = "attention.capture"(%v_in) {map = #v} : (tensor<2x{N}x{D}xf32>) -> !attention.captured
  %c3 = "attention.capture"(%im_in) {map = #idm} : (tensor<2x{M}xi64>) -> !attention.captured
  %c4 = "attention.capture"(%in_in) {map = #idn} : (tensor<2x{N}xi64>) -> !attention.captured
  %c5 = "attention.capture"(%t_in) {map = #table} : (tensor<512xf32>) -> !attention.captured
  %r = "attention.fused"(%c0, %c1, %c2, %c3, %c4, %c5) ({
    %true = arith.constant true
    %zero = arith.constant 0.0 : f32
    gpu.yield %true, %zero, %zero : i1, f32, f32
  }, {
    %ninf = arith.constant 0xFF800000 : f32
    %s = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %b = "attention.read"() {capture = 1 : i64} : () -> f32
      %d = arith.subf %a, %b : f32
      %p = arith.mulf %d, %d : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 3>} : () -> f32
    %qq = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %p = arith.mulf %a, %a : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 3>} : () -> f32
    %kk = "attention.reduce"() ({
      %a = "attention.read"() {capture = 1 : i64} : () -> f32
      gpu.yield %a : f32
    }) {kind = "max", dims = array<i64: 3>} : () -> f32
    %t = "attention.read"() {capture = 5 : i64} : () -> f32
    %x0 = arith.subf %t, %s : f32
    %half = arith.constant 0.25 : f32
    %x1 = arith.mulf %x0, %half : f32
    %qh = arith.mulf %qq, %half : f32
    %x2 = arith.subf %x1, %qh : f32
    %x3 = arith.addf %x2, %kk : f32
    %a = "attention.read"() {capture = 3 : i64} : () -> i64
    %b = "attention.read"() {capture = 4 : i64} : () -> i64
    %same = arith.cmpi eq, %a, %b : i64
    %x = arith.select %same, %x3, %ninf : f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %dead: i1, %l: f32, %acc: f32):
    %ninf = arith.constant 0xFF800000 : f32
    %out = arith.cmpf oeq, %x, %ninf : f32
    %p = math.exp2 %x : f32
    gpu.yield %out, %p, %p : i1, f32, f32
  }, {
  ^bb0(%m0: i1, %l0: f32, %acc0: f32, %m1: i1, %l1: f32, %acc1: f32):
    %true = arith.constant true
    %one = arith.constant 1.0 : f32
    gpu.yield %true, %one, %one : i1, f32, f32
  }, {
  ^bb0(%dead: i1, %l: f32, %acc: f32):
    %zero = arith.constant 0.0 : f32
    %o = arith.divf %acc, %l : f32
    %g = arith.select %dead, %zero, %o : f32
    gpu.yield %g : f32
  }) {
    iterator_types = ["batch", "query", "key", "reduction", "value"],
    extents = array<i64: 2, {M}, {N}, 5, {D}>,
    states = [{combine = "and", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #acc, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #o} : (!attention.fusion) -> tensor<2x{D}x{M}xf32>
  return %o : tensor<2x{D}x{M}xf32>
}
