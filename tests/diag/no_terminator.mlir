func.func @main(%q: tensor<4xf32>) {
  %0 = arith.negf %q : tensor<4xf32>
}
