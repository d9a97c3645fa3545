
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%q: tensor<2x3x32xbf16>, %kc: tensor<2x64x32xbf16>, %vc: tensor<2x64x32xbf16>, %kn: tensor<2x3x32xbf16>, %vn: tensor<2x3x32xbf16>, %pos: index) -> (tensor<2x3x32xf32>, tensor<2x64x32xbf16>, tensor<2x64x32xbf16>, index) {
  %cM = arith.constant 3 : index
  %k = tensor.insert_slice %kn into %kc[0, %pos, 0] [2, 3, 32] [1, 1, 1] : tensor<2x3x32xbf16> into tensor<2x64x32xbf16>
  %v = tensor.insert_slice %vn into %vc[0, %pos, 0] [2, 3, 32] [1, 1, 1] : tensor<2x3x32xbf16> into tensor<2x64x32xbf16>

  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %es = tensor.empty() : tensor<2x3x64xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<2x3x64xf32>) -> tensor<2x3x64xf32>
  %qk = linalg.generic {indexing_maps = [affine_map<(b,m,n,k)->(b,m,k)>, affine_map<(b,m,n,k)->(b,n,k)>, affine_map<(b,m,n,k)->(b,m,n)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%q, %k : tensor<2x3x32xbf16>, tensor<2x64x32xbf16>) outs(%fs : tensor<2x3x64xf32>) {
  ^bb0(%a: bf16, %b: bf16, %c: f32):
    %a1 = arith.extf %a : bf16 to f32
    %b1 = arith.extf %b : bf16 to f32
    %m = arith.mulf %a1, %b1 : f32
    %d = arith.addf %c, %m : f32
    linalg.yield %d : f32
  } -> tensor<2x3x64xf32>
  %s = linalg.generic {indexing_maps = [#m3, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%qk : tensor<2x3x64xf32>) outs(%es : tensor<2x3x64xf32>) {
  ^bb0(%in: f32, %o: f32):
    %i = linalg.index 2 : index
    %r = linalg.index 1 : index
    %edge = arith.addi %r, %pos : index
    %past = arith.cmpi sgt, %i, %edge : index
    %y = arith.select %past, %low, %in : f32
    linalg.yield %y : f32
  } -> tensor<2x3x64xf32>
  %er = tensor.empty() : tensor<2x3xf32>
  %fl = linalg.fill ins(%low : f32) outs(%er : tensor<2x3xf32>) -> tensor<2x3xf32>
  %mx = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%s : tensor<2x3x64xf32>) outs(%fl : tensor<2x3xf32>) {
  ^bb0(%in: f32, %o: f32):
    %m = arith.maximumf %in, %o : f32
    linalg.yield %m : f32
  } -> tensor<2x3xf32>
  %w = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s, %mx : tensor<2x3x64xf32>, tensor<2x3xf32>) outs(%es : tensor<2x3x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.subf %a, %b : f32
    %e = math.exp %d : f32
    linalg.yield %e : f32
  } -> tensor<2x3x64xf32>
  %fz = linalg.fill ins(%zero : f32) outs(%er : tensor<2x3xf32>) -> tensor<2x3xf32>
  %sum = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%w : tensor<2x3x64xf32>) outs(%fz : tensor<2x3xf32>) {
  ^bb0(%in: f32, %o: f32):
    %m = arith.addf %in, %o : f32
    linalg.yield %m : f32
  } -> tensor<2x3xf32>
  %p = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%w, %sum : tensor<2x3x64xf32>, tensor<2x3xf32>) outs(%es : tensor<2x3x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.divf %a, %b : f32
    linalg.yield %d : f32
  } -> tensor<2x3x64xf32>
  %eo = tensor.empty() : tensor<2x3x32xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<2x3x32xf32>) -> tensor<2x3x32xf32>
  %out = linalg.generic {indexing_maps = [affine_map<(b,m,d,n)->(b,m,n)>, affine_map<(b,m,d,n)->(b,n,d)>, affine_map<(b,m,d,n)->(b,m,d)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%p, %v : tensor<2x3x64xf32>, tensor<2x64x32xbf16>) outs(%fo : tensor<2x3x32xf32>) {
  ^bb0(%a: f32, %b: bf16, %c: f32):
    %b1 = arith.extf %b : bf16 to f32
    %m = arith.mulf %a, %b1 : f32
    %d = arith.addf %c, %m : f32
    linalg.yield %d : f32
  } -> tensor<2x3x32xf32>

  %next = arith.addi %pos, %cM : index
  return %out, %k, %v, %next : tensor<2x3x32xf32>, tensor<2x64x32xbf16>, tensor<2x64x32xbf16>, index
}
