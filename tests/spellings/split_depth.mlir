// sizes: 4 40 16; 4 16 50; 50 24
// The depth in four parts, summed by batch_reduce_matmul.
func.func @main(%q: tensor<4x40x16xf32>, %k: tensor<4x16x50xf32>, %v: tensor<50x24xf32>) -> tensor<40x24xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<40x50xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<40x50xf32>) -> tensor<40x50xf32>
  %s = linalg.batch_reduce_matmul ins(%q, %k : tensor<4x40x16xf32>, tensor<4x16x50xf32>) outs(%f : tensor<40x50xf32>) -> tensor<40x50xf32>
  %p = linalg.softmax dimension(1) ins(%s : tensor<40x50xf32>) outs(%e : tensor<40x50xf32>) -> tensor<40x50xf32>
  %oe = tensor.empty() : tensor<40x24xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<40x24xf32>) -> tensor<40x24xf32>
  %o = linalg.matmul ins(%p, %v : tensor<40x50xf32>, tensor<50x24xf32>) outs(%of : tensor<40x24xf32>) -> tensor<40x24xf32>
  return %o : tensor<40x24xf32>
}
