func.func @main(%q: tensor<4x8xf32>, %k: tensor<7x4xf32>, %o: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %0 = linalg.matmul ins(%q, %k : tensor<4x8xf32>, tensor<7x4xf32>) outs(%o : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}
