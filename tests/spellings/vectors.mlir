// sizes: 16; 50 16; 50 24
// One query and no batch: a matvec, a softmax of a vector, a vecmat.
func.func @main(%q: tensor<16xf32>, %k: tensor<50x16xf32>, %v: tensor<50x24xf32>) -> tensor<24xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<50xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<50xf32>) -> tensor<50xf32>
  %s = linalg.matvec ins(%k, %q : tensor<50x16xf32>, tensor<16xf32>) outs(%f : tensor<50xf32>) -> tensor<50xf32>
  %p = linalg.softmax dimension(0) ins(%s : tensor<50xf32>) outs(%e : tensor<50xf32>) -> tensor<50xf32>
  %oe = tensor.empty() : tensor<24xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<24xf32>) -> tensor<24xf32>
  %o = linalg.vecmat ins(%p, %v : tensor<50xf32>, tensor<50x24xf32>) outs(%of : tensor<24xf32>) -> tensor<24xf32>
  return %o : tensor<24xf32>
}
