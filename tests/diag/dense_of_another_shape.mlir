func.func @main() {
  %0 = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<4xf32>
  return
}
