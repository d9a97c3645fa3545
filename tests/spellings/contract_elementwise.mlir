// sizes: 2 40 16; 2 50 16; 2 50 24
// The newer named ops: contract, elementwise, reduce, broadcast, transpose.
#q = affine_map<(b, m, n, k) -> (b, m, k)>
#k = affine_map<(b, m, n, k) -> (b, n, k)>
#s = affine_map<(b, m, n, k) -> (b, m, n)>
#id = affine_map<(b, m, n) -> (b, m, n)>
#row = affine_map<(b, m, n) -> (b, m)>
#one = affine_map<(b, m, n) -> ()>
func.func @main(%q: tensor<2x40x16xf32>, %k: tensor<2x50x16xf32>, %v: tensor<2x50x24xf32>) -> tensor<2x40x24xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %scale = arith.constant 0.25 : f32
  %e = tensor.empty() : tensor<2x40x50xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %s = linalg.contract indexing_maps = [#q, #k, #s] ins(%q, %k : tensor<2x40x16xf32>, tensor<2x50x16xf32>) outs(%f : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %x = linalg.elementwise kind = #linalg.elementwise_kind<mul> indexing_maps = [#id, #one, #id] ins(%s, %scale : tensor<2x40x50xf32>, f32) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %re = tensor.empty() : tensor<2x40xf32>
  %lows = linalg.fill ins(%low : f32) outs(%re : tensor<2x40xf32>) -> tensor<2x40xf32>
  %max = linalg.reduce { arith.maximumf } ins(%x : tensor<2x40x50xf32>) outs(%lows : tensor<2x40xf32>) dimensions = [2]
  %d = linalg.elementwise kind = #linalg.elementwise_kind<sub> indexing_maps = [#id, #row, #id] ins(%x, %max : tensor<2x40x50xf32>, tensor<2x40xf32>) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %p = linalg.elementwise kind = #linalg.elementwise_kind<exp> ins(%d : tensor<2x40x50xf32>) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%re : tensor<2x40xf32>) -> tensor<2x40xf32>
  %sum = linalg.reduce { arith.addf } ins(%p : tensor<2x40x50xf32>) outs(%zeros : tensor<2x40xf32>) dimensions = [2]
  %wide = linalg.broadcast ins(%sum : tensor<2x40xf32>) outs(%e : tensor<2x40x50xf32>) dimensions = [2]
  %w = linalg.div ins(%p, %wide : tensor<2x40x50xf32>, tensor<2x40x50xf32>) outs(%e : tensor<2x40x50xf32>) -> tensor<2x40x50xf32>
  %oe = tensor.empty() : tensor<2x40x24xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<2x40x24xf32>) -> tensor<2x40x24xf32>
  %o = linalg.contract indexing_maps = [affine_map<(b, m, d, n) -> (b, m, n)>, affine_map<(b, m, d, n) -> (b, n, d)>, affine_map<(b, m, d, n) -> (b, m, d)>] ins(%w, %v : tensor<2x40x50xf32>, tensor<2x50x24xf32>) outs(%of : tensor<2x40x24xf32>) -> tensor<2x40x24xf32>
  return %o : tensor<2x40x24xf32>
}
