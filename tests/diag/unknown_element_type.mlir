func.func @main(%q: tensor<4xbf17>) {
  return
}
