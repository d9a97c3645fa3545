func.func @main(%q: tensor<?x8xf32>) -> tensor<32xf32> {
  %0 = tensor.collapse_shape %q [[0, 1]] : tensor<?x8xf32> into tensor<32xf32>
  return %0 : tensor<32xf32>
}
