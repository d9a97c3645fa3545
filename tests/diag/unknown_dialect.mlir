func.func @main(%q: tensor<4xf32>) {
  "flesh.light"(%q) : (tensor<4xf32>) -> ()
  return
}
