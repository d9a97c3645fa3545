#in = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#out = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
func.func @main(%a: tensor<8x4x4096x128xbf16>) -> tensor<8x4096x128xbf16> {
  %z = arith.constant 0.0 : bf16
  %e = tensor.empty() : tensor<8x4096x128xbf16>
  %f = linalg.fill ins(%z : bf16) outs(%e : tensor<8x4096x128xbf16>) -> tensor<8x4096x128xbf16>
  %r = linalg.generic {indexing_maps = [#in, #out], iterator_types = ["parallel", "reduction", "parallel", "parallel"]} ins(%a : tensor<8x4x4096x128xbf16>) outs(%f : tensor<8x4096x128xbf16>) {
  ^bb0(%x: bf16, %y: bf16):
    %s = arith.addf %x, %y : bf16
    linalg.yield %s : bf16
  } -> tensor<8x4096x128xbf16>
  return %r : tensor<8x4096x128xbf16>
}
