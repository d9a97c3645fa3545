// RUN: --to=normalize
func.func @main(%x: tensor<4xf32>) -> tensor<5xf32> {
  %r = tm_tensor.sort dimension(0) outs(%x : tensor<4xf32>) {
  ^bb0(%a: f32, %b: f32):
    %c = arith.cmpf ole, %a, %b : f32
    tm_tensor.yield %c : i1
  } -> tensor<5xf32>
  return %r : tensor<5xf32>
}
