func.func @main(%q: tensor<4xf32>) {
  func.call @attend(%q) : (tensor<4xf32>) -> ()
  return
}
