// sizes: 3 16; 3 50 16; 3 50 24
// One query per batch point: batch_matvec and batch_vecmat.
func.func @main(%q: tensor<3x16xf32>, %k: tensor<3x50x16xf32>, %v: tensor<3x50x24xf32>) -> tensor<3x24xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x50xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<3x50xf32>) -> tensor<3x50xf32>
  %s = linalg.batch_matvec ins(%k, %q : tensor<3x50x16xf32>, tensor<3x16xf32>) outs(%f : tensor<3x50xf32>) -> tensor<3x50xf32>
  %p = linalg.softmax dimension(1) ins(%s : tensor<3x50xf32>) outs(%e : tensor<3x50xf32>) -> tensor<3x50xf32>
  %oe = tensor.empty() : tensor<3x24xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<3x24xf32>) -> tensor<3x24xf32>
  %o = linalg.batch_vecmat ins(%p, %v : tensor<3x50xf32>, tensor<3x50x24xf32>) outs(%of : tensor<3x24xf32>) -> tensor<3x24xf32>
  return %o : tensor<3x24xf32>
}
