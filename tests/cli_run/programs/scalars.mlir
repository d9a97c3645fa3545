// Keys up to a position that is a scalar argument, scores times a scalar; the position after it is a result.
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%q: tensor<2x5x8xf32>, %k: tensor<2x8x16xf32>, %v: tensor<2x16x8xf32>, %position: i64, %scale: f32) -> (tensor<2x5x8xf32>, i64) {
  %c1 = arith.constant 1 : i64
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %es = tensor.empty() : tensor<2x5x16xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<2x5x16xf32>) -> tensor<2x5x16xf32>
  %qk = linalg.batch_matmul ins(%q, %k : tensor<2x5x8xf32>, tensor<2x8x16xf32>) outs(%fs : tensor<2x5x16xf32>) -> tensor<2x5x16xf32>
  %s = linalg.generic {indexing_maps = [#m3, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%qk : tensor<2x5x16xf32>) outs(%es : tensor<2x5x16xf32>) {
  ^bb0(%in: f32, %o: f32):
    %i = linalg.index 2 : index
    %at = arith.index_cast %i : index to i64
    %past = arith.cmpi sgt, %at, %position : i64
    %x = arith.mulf %in, %scale : f32
    %y = arith.select %past, %low, %x : f32
    linalg.yield %y : f32
  } -> tensor<2x5x16xf32>
  %er = tensor.empty() : tensor<2x5xf32>
  %fl = linalg.fill ins(%low : f32) outs(%er : tensor<2x5xf32>) -> tensor<2x5xf32>
  %mx = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%s : tensor<2x5x16xf32>) outs(%fl : tensor<2x5xf32>) {
  ^bb0(%in: f32, %o: f32):
    %m = arith.maximumf %in, %o : f32
    linalg.yield %m : f32
  } -> tensor<2x5xf32>
  %w = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s, %mx : tensor<2x5x16xf32>, tensor<2x5xf32>) outs(%es : tensor<2x5x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.subf %a, %b : f32
    %e = math.exp %d : f32
    linalg.yield %e : f32
  } -> tensor<2x5x16xf32>
  %fz = linalg.fill ins(%zero : f32) outs(%er : tensor<2x5xf32>) -> tensor<2x5xf32>
  %sum = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%w : tensor<2x5x16xf32>) outs(%fz : tensor<2x5xf32>) {
  ^bb0(%in: f32, %o: f32):
    %m = arith.addf %in, %o : f32
    linalg.yield %m : f32
  } -> tensor<2x5xf32>
  %p = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%w, %sum : tensor<2x5x16xf32>, tensor<2x5xf32>) outs(%es : tensor<2x5x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.divf %a, %b : f32
    linalg.yield %d : f32
  } -> tensor<2x5x16xf32>
  %eo = tensor.empty() : tensor<2x5x8xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
  %r = linalg.batch_matmul ins(%p, %v : tensor<2x5x16xf32>, tensor<2x16x8xf32>) outs(%fo : tensor<2x5x8xf32>) -> tensor<2x5x8xf32>
  %next = arith.addi %position, %c1 : i64
  return %r, %next : tensor<2x5x8xf32>, i64
}
