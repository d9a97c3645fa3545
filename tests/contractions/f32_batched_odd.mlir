// nests: 1
module {
  func.func @main(%a: tensor<3x33x71xf32>, %b: tensor<3x71x45xf32>) -> tensor<3x33x45xf32> {
    %zero = arith.constant 0.0 : f32
    %e = tensor.empty() : tensor<3x33x45xf32>
    %z = linalg.fill ins(%zero : f32) outs(%e : tensor<3x33x45xf32>) -> tensor<3x33x45xf32>
    %c = linalg.batch_matmul ins(%a, %b : tensor<3x33x71xf32>, tensor<3x71x45xf32>) outs(%z : tensor<3x33x45xf32>) -> tensor<3x33x45xf32>
    return %c : tensor<3x33x45xf32>
  }
}
