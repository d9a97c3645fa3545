func.func @main(%q: tensor<4x8xf32>, %s: f32, %e: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %r = iree_linalg_ext.attention ins(%q, %q, %q, %s : tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, f32) outs(%e : tensor<4x8xf32>) {
  ^bb0(%x: f32):
    iree_linalg_ext.yield %x : f32
  } -> tensor<4x8xf32>
  return %r : tensor<4x8xf32>
}
