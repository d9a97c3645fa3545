func.func @main(%q: tensor<4xf32>) -> tensor<4xbf16> {
  %0 = arith.negf %q : tensor<4xbf16>
  return %0 : tensor<4xbf16>
}
