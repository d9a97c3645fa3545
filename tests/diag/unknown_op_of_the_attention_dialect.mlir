func.func @main(%q: tensor<4xf32>) {
  "attention.fuse"(%q) : (tensor<4xf32>) -> ()
  return
}
