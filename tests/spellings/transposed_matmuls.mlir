// sizes: 2 40 16; 2 50 16; 2 24 50
// Batched matmuls with maps of their own: the key by rows, the value by columns.
func.func @main(%q: tensor<2x40x16xf32>, %k: tensor<2x50x16xf32>, %v: tensor<2x24x50xf32>) -> tensor<2x40x24xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x40x50xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %s = linalg.batch_matmul indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, affine_map<(b, m, n, k) -> (b, n, k)>, affine_map<(b, m, n, k) -> (b, m, n)>]
    ins(%q, %k : tensor<2x40x16xf32>, tensor<2x50x16xf32>) outs(%f : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %p = linalg.softmax dimension(2) ins(%s : tensor<2x40x50xf32>) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %oe = tensor.empty() : tensor<2x40x24xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<2x40x24xf32>) -> tensor<2x40x24xf32>
  %o = linalg.batch_matmul indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, affine_map<(b, m, n, k) -> (b, n, k)>, affine_map<(b, m, n, k) -> (b, m, n)>]
    ins(%p, %v : tensor<2x40x50xf32>, tensor<2x24x50xf32>) outs(%of : tensor<2x40x24xf32>) -> tensor<2x40x24xf32>
  return %o : tensor<2x40x24xf32>
}
