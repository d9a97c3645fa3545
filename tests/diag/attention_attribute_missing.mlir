func.func @main(%q: tensor<4xf32>) {
  %0 = "attention.capture"(%q) : (tensor<4xf32>) -> !attention.captured
  return
}
