func.func @main(%q: tensor<4xf32>) {
  %0 = "attention.capture"(%q) {map = 3 : i64} : (tensor<4xf32>) -> !attention.captured
  return
}
