// RUN: --to=normalize
func.func @main(%x: tensor<2x4xf32>, %y: tensor<2x4xf32>, %z: tensor<2xf32>) -> tensor<2x4xf32> {
  %r:2 = tm_tensor.scan dimension(0) inclusive(true) ins(%x : tensor<2x4xf32>) outs(%y, %z : tensor<2x4xf32>, tensor<2xf32>) {
  ^bb0(%a: f32, %b: f32):
    tm_tensor.yield %a : f32
  } -> tensor<2x4xf32>, tensor<2xf32>
  return %r#0 : tensor<2x4xf32>
}
