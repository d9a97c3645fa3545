// RUN: --to=normalize
#q = affine_map<(m, d, k, n) -> (m, k)>
#k = affine_map<(m, d, k, n) -> (n, k)>
#v = affine_map<(m, d, k, n) -> (n, d)>
#s = affine_map<(m, d, k, n) -> ()>
#o = affine_map<(m, d, k, n) -> (m, d)>
func.func @main(%q: tensor<4x8xf32>, %k: tensor<5x8xf32>, %v: tensor<5x8xf32>, %s: f32) -> tensor<4x8xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %r = "iree_linalg_ext.attention"(%q, %k, %v, %s, %e) <{indexing_maps = [#q, #k, #v, #s, #o]}> ({
  ^bb0(%x: f32):
    %i = "iree_linalg_ext.index"() {dim = 2 : i64} : () -> index
    "iree_linalg_ext.yield"(%x) : (f32) -> ()
  }) : (tensor<4x8xf32>, tensor<5x8xf32>, tensor<5x8xf32>, f32, tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
