func.func @main(%q: tensor<4xf32>) {
  arith.addd %q, %q : tensor<4xf32>
  return
}
