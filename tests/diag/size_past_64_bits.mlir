func.func @main(%q: tensor<99999999999999999999xf32>) {
  return
}
