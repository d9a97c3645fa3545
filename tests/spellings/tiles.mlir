// sizes: 5 2 8 8; 10 2 5 8; 50 24
// The score by mmt4d: queries and keys in tiles of 8 and 5 rows.
func.func @main(%q: tensor<5x2x8x8xf32>, %k: tensor<10x2x5x8xf32>, %v: tensor<50x24xf32>) -> tensor<40x24xf32> {
  %zero = arith.constant 0.0 : f32
  %te = tensor.empty() : tensor<5x10x8x5xf32>
  %tf = linalg.fill ins(%zero : f32) outs(%te : tensor<5x10x8x5xf32>) -> tensor<5x10x8x5xf32>
  %t = linalg.mmt4d ins(%q, %k : tensor<5x2x8x8xf32>, tensor<10x2x5x8xf32>) outs(%tf : tensor<5x10x8x5xf32>) -> tensor<5x10x8x5xf32>
  %pe = tensor.empty() : tensor<5x8x10x5xf32>
  %u = linalg.transpose ins(%t : tensor<5x10x8x5xf32>) outs(%pe : tensor<5x8x10x5xf32>) permutation = [0, 2, 1, 3]
  %s = tensor.collapse_shape %u [[0, 1], [2, 3]] : tensor<5x8x10x5xf32> into tensor<40x50xf32>
  %e = tensor.empty() : tensor<40x50xf32>
  %p = linalg.softmax dimension(1) ins(%s : tensor<40x50xf32>) outs(%e : tensor<40x50xf32>) -> tensor<40x50xf32>
  %oe = tensor.empty() : tensor<40x24xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<40x24xf32>) -> tensor<40x24xf32>
  %o = linalg.matmul ins(%p, %v : tensor<40x50xf32>, tensor<50x24xf32>) outs(%of : tensor<40x24xf32>) -> tensor<40x24xf32>
  return %o : tensor<40x24xf32>
}
