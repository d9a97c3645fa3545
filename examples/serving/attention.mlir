// Causal attention of any number of queries and keys over 4 heads.
#q = affine_map<(h, i, j, d) -> (h, i, d)>
#k = affine_map<(h, i, j, d) -> (h, j, d)>
#s = affine_map<(h, i, j, d) -> (h, i, j)>
#each = affine_map<(h, i, j) -> (h, i, j)>
func.func @main(%q: tensor<4x?x64xf32>, %k: tensor<4x?x64xf32>, %v: tensor<4x?x64xf32>) -> tensor<4x?x64xf32> {
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %factor = arith.constant 0.125 : f32
  %m = tensor.dim %q, %c1 : tensor<4x?x64xf32>
  %n = tensor.dim %k, %c1 : tensor<4x?x64xf32>
  %se = tensor.empty(%m, %n) : tensor<4x?x?xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<4x?x?xf32>) -> tensor<4x?x?xf32>
  %s = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<4x?x64xf32>, tensor<4x?x64xf32>) outs(%s0 : tensor<4x?x?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %x = arith.mulf %a, %b : f32
    %y = arith.addf %x, %o : f32
    linalg.yield %y : f32
  } -> tensor<4x?x?xf32>
  %masked = linalg.generic {indexing_maps = [#each, #each], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%s : tensor<4x?x?xf32>) outs(%se : tensor<4x?x?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %i = linalg.index 1 : index
    %j = linalg.index 2 : index
    %seen = arith.cmpi sle, %j, %i : index
    %x = arith.mulf %a, %factor : f32
    %y = arith.select %seen, %x, %low : f32
    linalg.yield %y : f32
  } -> tensor<4x?x?xf32>
  %p = linalg.softmax dimension(2) ins(%masked : tensor<4x?x?xf32>) outs(%se : tensor<4x?x?xf32>) -> tensor<4x?x?xf32>
  %oe = tensor.empty(%m) : tensor<4x?x64xf32>
  %o0 = linalg.fill ins(%zero : f32) outs(%oe : tensor<4x?x64xf32>) -> tensor<4x?x64xf32>
  %r = linalg.batch_matmul ins(%p, %v : tensor<4x?x?xf32>, tensor<4x?x64xf32>) outs(%o0 : tensor<4x?x64xf32>) -> tensor<4x?x64xf32>
  return %r : tensor<4x?x64xf32>
}
