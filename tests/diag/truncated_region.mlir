func.func @main(%q: tensor<4x8xf32>) -> tensor<4x8xf32> {
  return %q : tensor<4x8xf32>
