func.func @main(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    scf.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    scf.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}
