func.func @main(%q: tensor<-4xf32>) {
  return
}
