// A projection with a bias per column and a residual, rounded; its rows are two dims, of a length known at run time.
// shapes: arg0=3x65x100 arg1=72x100 arg2=72 arg3=3x65x72
func.func @main(%x: tensor<3x?x100xbf16>, %w: tensor<72x100xbf16>, %bias: tensor<72xbf16>, %r: tensor<3x?x72xbf16>) -> tensor<3x?x72xbf16> {
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c1 : tensor<3x?x100xbf16>
  %z = arith.constant 0.0 : f32
  %e = tensor.empty(%n) : tensor<3x?x72xf32>
  %i = linalg.fill ins(%z : f32) outs(%e : tensor<3x?x72xf32>) -> tensor<3x?x72xf32>
  %p = linalg.generic {indexing_maps = [affine_map<(b, m, n, k) -> (b, m, k)>, affine_map<(b, m, n, k) -> (n, k)>, affine_map<(b, m, n, k) -> (b, m, n)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%x, %w : tensor<3x?x100xbf16>, tensor<72x100xbf16>) outs(%i : tensor<3x?x72xf32>) {
  ^bb0(%a: bf16, %b: bf16, %o: f32):
    %af = arith.extf %a : bf16 to f32
    %bf = arith.extf %b : bf16 to f32
    %m = arith.mulf %af, %bf : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<3x?x72xf32>
  %t = tensor.empty(%n) : tensor<3x?x72xbf16>
  %y = linalg.generic {indexing_maps = [affine_map<(b, m, n) -> (b, m, n)>, affine_map<(b, m, n) -> (n)>, affine_map<(b, m, n) -> (b, m, n)>, affine_map<(b, m, n) -> (b, m, n)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%p, %bias, %r : tensor<3x?x72xf32>, tensor<72xbf16>, tensor<3x?x72xbf16>) outs(%t : tensor<3x?x72xbf16>) {
  ^bb0(%a: f32, %b: bf16, %c: bf16, %o: bf16):
    %bf = arith.extf %b : bf16 to f32
    %cf = arith.extf %c : bf16 to f32
    %u = arith.addf %a, %bf : f32
    %v = arith.addf %u, %cf : f32
    %h = arith.truncf %v : f32 to bf16
    linalg.yield %h : bf16
  } -> tensor<3x?x72xbf16>
  return %y : tensor<3x?x72xbf16>
}
