func.func @main(%q: tensor<4xf32>) -> tensor<4xf32> {
  %0 = arith.negf %1 : tensor<4xf32>
  %1 = arith.negf %q : tensor<4xf32>
  return %0 : tensor<4xf32>
}
