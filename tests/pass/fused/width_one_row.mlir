// A weighted mean of so many numbers as there are: no batch, no query, no width.
// shapes: 300 300
// shapes: 1 1
#k = affine_map<(n) -> (n)>
#none = affine_map<(n) -> ()>
func.func @main(%k_in: tensor<?xf32>, %v_in: tensor<?xf32>) -> tensor<f32> {
  %c0 = "attention.capture"(%k_in) {map = #k} : (tensor<?xf32>) -> !attention.captured
  %c1 = "attention.capture"(%v_in) {map = #k} : (tensor<?xf32>) -> !attention.captured
  %r = "attention.fused"(%c0, %c1) ({
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    gpu.yield %ninf, %zero, %zero : f32, f32, f32
  }, {
    %s = "attention.read"() {capture = 0 : i64} : () -> f32
    %v = "attention.read"() {capture = 1 : i64} : () -> f32
    gpu.yield %s, %v : f32, f32
  }, {
  ^bb0(%x: f32, %v: f32, %m: f32, %l: f32, %o: f32):
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead = arith.cmpf oeq, %m, %ninf : f32
    %g = arith.select %dead, %zero, %m : f32
    %d = arith.subf %x, %g : f32
    %p = math.exp2 %d : f32
    %pv = arith.mulf %p, %v : f32
    gpu.yield %x, %p, %pv : f32, f32, f32
  }, {
  ^bb0(%m0: f32, %l0: f32, %o0: f32, %m1: f32, %l1: f32, %o1: f32):
    %one = arith.constant 1.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %zero = arith.constant 0.0 : f32
    %dead = arith.cmpf oeq, %m1, %ninf : f32
    %g = arith.select %dead, %zero, %m1 : f32
    %d = arith.subf %m0, %g : f32
    %f = math.exp2 %d : f32
    gpu.yield %one, %f, %f : f32, f32, f32
  }, {
  ^bb0(%m: f32, %l: f32, %o: f32):
    %a = arith.divf %o, %l : f32
    gpu.yield %a : f32
  }) {
    iterator_types = ["key"],
    extents = array<i64: -9223372036854775808>,
    states = [{combine = "max", map = #none}, {combine = "sum", map = #none}, {combine = "sum", map = #none}]
  } : (!attention.captured, !attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = #none} : (!attention.fusion) -> tensor<f32>
  return %o : tensor<f32>
}
