func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = "tm_tensor.fft"(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}
