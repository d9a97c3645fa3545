// RUN: --to=normalize
func.func @main(%q: tensor<4x8xf32>, %k: tensor<5x8xf32>, %v: tensor<5x8xf32>, %s: f32) -> tensor<4x8xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %r = "iree_linalg_ext.attention"(%q, %k, %v, %s, %e) : (tensor<4x8xf32>, tensor<5x8xf32>, tensor<5x8xf32>, f32, tensor<4x8xf32>) -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
