// RUN: --to=normalize
func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = tm_tensor.sort dimension(0) outs(%x : tensor<4xf32>) {
  ^bb0(%a: f32, %b: f32):
    tm_tensor.yield %a : f32
  } -> tensor<4xf32>
  return %r : tensor<4xf32>
}
