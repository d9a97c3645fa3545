#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%x: tensor<2x16x8xf32>) -> tensor<2x16x8xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %out = scf.for %i = %c0 to %c3 step %c1 iter_args(%q = %x) -> tensor<2x16x8xf32> {
    %es = tensor.empty() : tensor<2x16x16xf32>
    %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<2x16x16xf32>) -> tensor<2x16x16xf32>
    %et = tensor.empty() : tensor<2x8x16xf32>
    %t = linalg.transpose ins(%q : tensor<2x16x8xf32>) outs(%et : tensor<2x8x16xf32>) permutation = [0, 2, 1]
    %s = linalg.batch_matmul ins(%q, %t : tensor<2x16x8xf32>, tensor<2x8x16xf32>) outs(%fs : tensor<2x16x16xf32>) -> tensor<2x16x16xf32>
    %er = tensor.empty() : tensor<2x16xf32>
    %fl = linalg.fill ins(%low : f32) outs(%er : tensor<2x16xf32>) -> tensor<2x16xf32>
    %mx = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%s : tensor<2x16x16xf32>) outs(%fl : tensor<2x16xf32>) {
    ^bb0(%in: f32, %o: f32):
      %m = arith.maximumf %in, %o : f32
      linalg.yield %m : f32
    } -> tensor<2x16xf32>
    %w = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%s, %mx : tensor<2x16x16xf32>, tensor<2x16xf32>) outs(%es : tensor<2x16x16xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %d = arith.subf %a, %b : f32
      %e = math.exp %d : f32
      linalg.yield %e : f32
    } -> tensor<2x16x16xf32>
    %fz = linalg.fill ins(%zero : f32) outs(%er : tensor<2x16xf32>) -> tensor<2x16xf32>
    %sum = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%w : tensor<2x16x16xf32>) outs(%fz : tensor<2x16xf32>) {
    ^bb0(%in: f32, %o: f32):
      %m = arith.addf %in, %o : f32
      linalg.yield %m : f32
    } -> tensor<2x16xf32>
    %p = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%w, %sum : tensor<2x16x16xf32>, tensor<2x16xf32>) outs(%es : tensor<2x16x16xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %d = arith.divf %a, %b : f32
      linalg.yield %d : f32
    } -> tensor<2x16x16xf32>
    %eo = tensor.empty() : tensor<2x16x8xf32>
    %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<2x16x8xf32>) -> tensor<2x16x8xf32>
    %y = linalg.batch_matmul ins(%p, %q : tensor<2x16x16xf32>, tensor<2x16x8xf32>) outs(%fo : tensor<2x16x8xf32>) -> tensor<2x16x8xf32>
    scf.yield %y : tensor<2x16x8xf32>
  }
  return %out : tensor<2x16x8xf32>
}
