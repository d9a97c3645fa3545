// A causal select, a bias over (head, query, key), a float mask over the key, a slope per head, a sink
// per head, a transposed result, the log-sum-exp as a second result, a gate in the epilogue.
// sizes: M=96 N=96 D=16
// sizes: M=70 N=133 D=20
// sizes: M=5 N=9 D=8
// sizes: M=20 N=40 D=272
#qmap = affine_map<(b, h, m, n, k, d) -> (b, m, h, k)>
#kmap = affine_map<(b, h, m, n, k, d) -> (b, n, h, k)>
#vmap = affine_map<(b, h, m, n, k, d) -> (b, h, n, d)>
#bias = affine_map<(b, h, m, n, k, d) -> (h, m, n)>
#pad = affine_map<(b, h, m, n, k, d) -> (b, n)>
#head = affine_map<(b, h, m, n, k, d) -> (h)>
#gate = affine_map<(b, h, m, n, k, d) -> (b, m, h, d)>
#acc = affine_map<(b, h, m, n, k, d) -> (b, h, m, d)>
#row = affine_map<(b, h, m, n, k, d) -> (b, h, m)>
func.func @main(%q_in: tensor<2x{M}x3x16xf32>, %k_in: tensor<2x{N}x3x16xf32>, %v_in: tensor<2x3x{N}x{D}xf32>, %bias_in: tensor<3x{M}x{N}xf32>,
                %keep_in: tensor<2x{N}xi1>, %slope_in: tensor<3xf32>, %sink_in: tensor<3xf32>, %gate_in: tensor<2x{M}x3x{D}xf32>)
    -> (tensor<2x{M}x3x{D}xf32>, tensor<2x3x{M}xf32>) {
  %c0 = "attention.capture"(%q_in) {map = #qmap} : (tensor<2x{M}x3x16xf32>) -> !attention.captured
  %c1 = "attention.capture"(%k_in) {map = #kmap} : (tensor<2x{N}x3x16xf32>) -> !attention.captured
  %c2 = "attention.capture"(%v_in) {map = #vmap} : (tensor<2x3x{N}x{D}xf32>) -> !attention.captured
  %c3 = "attention.capture"(%bias_in) {map = #bias} : (tensor<3x{M}x{N}xf32>) -> !attention.captured
  %c4 = "attention.capture"(%keep_in) {map = #pad} : (tensor<2x{N}xi1>) -> !attention.captured
  %c5 = "attention.capture"(%slope_in) {map = #head} : (tensor<3xf32>) -> !attention.captured
  %c6 = "attention.capture"(%sink_in) {map = #head} : (tensor<3xf32>) -> !attention.captured
  %c7 = "attention.capture"(%gate_in) {map = #gate} : (tensor<2x{M}x3x{D}xf32>) -> !attention.captured
  %r:2 = "attention.fused"(%c0, %c1, %c2, %c3, %c4, %c5, %c6, %c7) ({
    %one = arith.constant 1.0 : f32
    %zero = arith.constant 0.0 : f32
    %s = "attention.read"() {capture = 6 : i64} : () -> f32
    gpu.yield %s, %one, %zero : f32, f32, f32
  }, {
    %ninf = arith.constant 0xFF800000 : f32
    %s = "attention.reduce"() ({
      %a = "attention.read"() {capture = 0 : i64} : () -> f32
      %b = "attention.read"() {capture = 1 : i64} : () -> f32
      %p = arith.mulf %a, %b : f32
      gpu.yield %p : f32
    }) {kind = "sum", dims = array<i64: 4>} : () -> f32
    %scale = arith.constant 0.25 : f32
    %x0 = arith.mulf %s, %scale : f32
    %bias = "attention.read"() {capture = 3 : i64} : () -> f32
    %x1 = arith.addf %x0, %bias : f32
    %m = "attention.index"() {dim = 2 : i64} : () -> index
    %n = "attention.index"() {dim = 3 : i64} : () -> index
    %df = arith.subi %n, %m : index
    %di = arith.index_cast %df : index to i64
    %dx = arith.sitofp %di : i64 to f32
    %slope = "attention.read"() {capture = 5 : i64} : () -> f32
    %al = arith.mulf %dx, %slope : f32
    %x2 = arith.addf %x1, %al : f32
    %causal = arith.cmpi sle, %n, %m : index
    %keep = "attention.read"() {capture = 4 : i64} : () -> i1
    %ok = arith.andi %causal, %keep : i1
    %x = arith.select %ok, %x2, %ninf : f32
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
    %g = "attention.read"() {capture = 7 : i64} : () -> f32
    %o = arith.divf %acc, %l : f32
    %og = arith.mulf %o, %g : f32
    %ll = math.log2 %l : f32
    %lse = arith.addf %m, %ll : f32
    gpu.yield %og, %lse : f32, f32
  }) {
    iterator_types = ["batch", "batch", "query", "key", "reduction", "value"],
    extents = array<i64: 2, 3, {M}, {N}, 16, {D}>,
    states = [{combine = "max", map = #row}, {combine = "sum", map = #row}, {combine = "sum", map = #acc, value = 2 : i64}]
  } : (!attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured, !attention.captured) -> (!attention.fusion, !attention.fusion)
  %o = "attention.result"(%r#0) {map = #gate} : (!attention.fusion) -> tensor<2x{M}x3x{D}xf32>
  %lse = "attention.result"(%r#1) {map = #row} : (!attention.fusion) -> tensor<2x3x{M}xf32>
  return %o, %lse : tensor<2x{M}x3x{D}xf32>, tensor<2x3x{M}xf32>
}
