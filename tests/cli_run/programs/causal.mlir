// Causal attention over 80 queries and keys with a bias per key, its mask a select on indices.
#qk = affine_map<(m, n, k) -> (m, n)>
#id = affine_map<(m, n) -> (m, n)>
#row = affine_map<(m, n) -> (m)>
#key = affine_map<(m, n) -> (n)>
func.func @main(%q: tensor<80x8xf32>, %k: tensor<80x8xf32>, %v: tensor<80x4xf32>, %b: tensor<80xf32>) -> tensor<80x4xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %se = tensor.empty() : tensor<80x80xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<80x80xf32>) -> tensor<80x80xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, #qk], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<80x8xf32>, tensor<80x8xf32>) outs(%s0 : tensor<80x80xf32>) {
    ^bb0(%a: f32, %c: f32, %o: f32):
      %p = arith.mulf %a, %c : f32
      %r = arith.addf %o, %p : f32
      linalg.yield %r : f32
  } -> tensor<80x80xf32>
  %x = linalg.generic {indexing_maps = [#id, #key, #id], iterator_types = ["parallel", "parallel"]}
      ins(%s, %b : tensor<80x80xf32>, tensor<80xf32>) outs(%se : tensor<80x80xf32>) {
    ^bb0(%a: f32, %c: f32, %o: f32):
      %y = arith.addf %a, %c : f32
      %m = linalg.index 0 : index
      %n = linalg.index 1 : index
      %future = arith.cmpi ugt, %n, %m : index
      %r = arith.select %future, %low, %y : f32
      linalg.yield %r : f32
  } -> tensor<80x80xf32>
  %re = tensor.empty() : tensor<80xf32>
  %m0 = linalg.fill ins(%low : f32) outs(%re : tensor<80xf32>) -> tensor<80xf32>
  %max = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<80x80xf32>) outs(%m0 : tensor<80xf32>) {
    ^bb0(%a: f32, %o: f32):
      %r = arith.maximumf %a, %o : f32
      linalg.yield %r : f32
  } -> tensor<80xf32>
  %e = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %max : tensor<80x80xf32>, tensor<80xf32>) outs(%se : tensor<80x80xf32>) {
    ^bb0(%a: f32, %c: f32, %o: f32):
      %d = arith.subf %a, %c : f32
      %r = math.exp %d : f32
      linalg.yield %r : f32
  } -> tensor<80x80xf32>
  %l0 = linalg.fill ins(%zero : f32) outs(%re : tensor<80xf32>) -> tensor<80xf32>
  %l = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%e : tensor<80x80xf32>) outs(%l0 : tensor<80xf32>) {
    ^bb0(%a: f32, %o: f32):
      %r = arith.addf %a, %o : f32
      linalg.yield %r : f32
  } -> tensor<80xf32>
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%e, %l : tensor<80x80xf32>, tensor<80xf32>) outs(%se : tensor<80x80xf32>) {
    ^bb0(%a: f32, %c: f32, %o: f32):
      %r = arith.divf %a, %c : f32
      linalg.yield %r : f32
  } -> tensor<80x80xf32>
  %oe = tensor.empty() : tensor<80x4xf32>
  %o0 = linalg.fill ins(%zero : f32) outs(%oe : tensor<80x4xf32>) -> tensor<80x4xf32>
  %out = linalg.matmul ins(%p, %v : tensor<80x80xf32>, tensor<80x4xf32>) outs(%o0 : tensor<80x4xf32>) -> tensor<80x4xf32>
  return %out : tensor<80x4xf32>
}
