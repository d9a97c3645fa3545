func.func @main(%q: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  return %q : tensor<4xf32>
}
