// RUN: --to=normalize
func.func @main(%x: tensor<4xf32>, %i: tensor<4xi64>) -> (tensor<4xf32>, tensor<4xi64>) {
  %r:2 = tm_tensor.sort dimension(0) outs(%x, %i : tensor<4xf32>, tensor<4xi64>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.cmpf ole, %a, %b : f32
    tm_tensor.yield %c : i1
  } -> tensor<4xf32>, tensor<4xi64>
  return %r#0, %r#1 : tensor<4xf32>, tensor<4xi64>
}
