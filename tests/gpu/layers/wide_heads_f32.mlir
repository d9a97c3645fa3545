// Causal attention of f32 with heads so wide that queries have one buffer: they are taken apart in it.
#q = affine_map<(b, m, n, k) -> (b, m, k)>
#k = affine_map<(b, m, n, k) -> (b, n, k)>
#s = affine_map<(b, m, n, k) -> (b, m, n)>
#v = affine_map<(b, m, n, k) -> (b, k, n)>
#id = affine_map<(b, m, n) -> (b, m, n)>
#r = affine_map<(b, m, n) -> (b, m)>
module { func.func @main(%q: tensor<2x300x128xf32>, %k: tensor<2x300x128xf32>, %v: tensor<2x300x128xf32>) -> tensor<2x300x128xf32> {
  %zero = arith.constant 0.0 : f32
  %ninf = arith.constant 0xFF800000 : f32
  %sc = arith.constant 8.838834765e-02 : f32
  %e = tensor.empty() : tensor<2x300x300xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<2x300x300xf32>) -> tensor<2x300x300xf32>
  %s0 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%q, %k : tensor<2x300x128xf32>, tensor<2x300x128xf32>) outs(%z : tensor<2x300x300xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    %x = arith.addf %o, %p : f32
    linalg.yield %x : f32 } -> tensor<2x300x300xf32>
  %s1 = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s0 : tensor<2x300x300xf32>) outs(%e : tensor<2x300x300xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.mulf %a, %sc : f32
    %i = linalg.index 1 : index
    %j = linalg.index 2 : index
    %c = arith.cmpi sgt, %j, %i : index
    %m = arith.select %c, %ninf, %t : f32
    linalg.yield %m : f32 } -> tensor<2x300x300xf32>
  %er = tensor.empty() : tensor<2x300xf32>
  %fm = linalg.fill ins(%ninf : f32) outs(%er : tensor<2x300xf32>) -> tensor<2x300xf32>
  %mx = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "parallel", "reduction"]} ins(%s1 : tensor<2x300x300xf32>) outs(%fm : tensor<2x300xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.maximumf %a, %o : f32
    linalg.yield %t : f32 } -> tensor<2x300xf32>
  %ex = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s1, %mx : tensor<2x300x300xf32>, tensor<2x300xf32>) outs(%e : tensor<2x300x300xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %t = arith.subf %a, %b : f32
    %u = math.exp %t : f32
    linalg.yield %u : f32 } -> tensor<2x300x300xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%er : tensor<2x300xf32>) -> tensor<2x300xf32>
  %sm = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "parallel", "reduction"]} ins(%ex : tensor<2x300x300xf32>) outs(%fs : tensor<2x300xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %a, %o : f32
    linalg.yield %t : f32 } -> tensor<2x300xf32>
  %pr = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel", "parallel"]} ins(%ex, %sm : tensor<2x300x300xf32>, tensor<2x300xf32>) outs(%e : tensor<2x300x300xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %t = arith.divf %a, %b : f32
    linalg.yield %t : f32 } -> tensor<2x300x300xf32>
  %eo = tensor.empty() : tensor<2x300x128xf32>
  %zo = linalg.fill ins(%zero : f32) outs(%eo : tensor<2x300x128xf32>) -> tensor<2x300x128xf32>
  %o = linalg.generic {indexing_maps = [#q, #v, #s], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%pr, %v : tensor<2x300x300xf32>, tensor<2x300x128xf32>) outs(%zo : tensor<2x300x128xf32>) {
  ^bb0(%a: f32, %b: f32, %oo: f32):
    %p = arith.mulf %a, %b : f32
    %x = arith.addf %oo, %p : f32
    linalg.yield %x : f32 } -> tensor<2x300x128xf32>
  return %o : tensor<2x300x128xf32> } }
