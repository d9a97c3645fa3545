// Attention as a frontend might write it: two contractions with a softmax between them.
func.func @main(%q: tensor<8x512x64xf16>, %k: tensor<8x512x64xf16>, %v: tensor<8x512x64xf16>) -> tensor<8x512x64xf32> {
  %zero = arith.constant 0.0 : f32
  %scale = arith.constant 0.125 : f32
  %se = tensor.empty() : tensor<8x512x512xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<8x512x512xf32>) -> tensor<8x512x512xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, affine_map<(b, m, n, k) -> (b, n, k)>, affine_map<(b, m, n, k) -> (b, m, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<8x512x64xf16>, tensor<8x512x64xf16>) outs(%s0 : tensor<8x512x512xf32>) {
  ^bb0(%a: f16, %b: f16, %c: f32):
    %x = arith.extf %a : f16 to f32
    %y = arith.extf %b : f16 to f32
    %xs = arith.mulf %x, %scale : f32
    %p = arith.mulf %xs, %y : f32
    %r = arith.addf %c, %p : f32
    linalg.yield %r : f32
  } -> tensor<8x512x512xf32>
  %p = linalg.softmax dimension(2) ins(%s : tensor<8x512x512xf32>) outs(%se : tensor<8x512x512xf32>) -> tensor<8x512x512xf32>
  %oe = tensor.empty() : tensor<8x512x64xf32>
  %o0 = linalg.fill ins(%zero : f32) outs(%oe : tensor<8x512x64xf32>) -> tensor<8x512x64xf32>
  %o = linalg.generic {indexing_maps = [affine_map<(b, m, d, n) -> (b, m, n)>, affine_map<(b, m, d, n) -> (b, n, d)>, affine_map<(b, m, d, n) -> (b, m, d)>],
                       iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%p, %v : tensor<8x512x512xf32>, tensor<8x512x64xf16>) outs(%o0 : tensor<8x512x64xf32>) {
  ^bb0(%a: f32, %b: f16, %c: f32):
    %y = arith.extf %b : f16 to f32
    %m = arith.mulf %a, %y : f32
    %r = arith.addf %c, %m : f32
    linalg.yield %r : f32
  } -> tensor<8x512x64xf32>
  return %o : tensor<8x512x64xf32>
}
