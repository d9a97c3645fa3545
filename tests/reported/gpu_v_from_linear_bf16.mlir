// q and k are arguments; v is a bf16 linear layer (accumulated in f32, rounded to bf16), as torch-mlir exports nn.Linear in bf16: one wgmma kernel on sm_90a.
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func @main(%q: tensor<2x128x64xbf16>, %k: tensor<2x64x128xbf16>, %x: tensor<2x128x64xbf16>, %w: tensor<2x64x64xbf16>) -> tensor<2x128x64xbf16> {
  %zero = arith.constant 0.0 : f32
  %ve = tensor.empty() : tensor<2x128x64xf32>
  %v0 = linalg.fill ins(%zero : f32) outs(%ve : tensor<2x128x64xf32>) -> tensor<2x128x64xf32>
  %v32 = linalg.batch_matmul ins(%x, %w : tensor<2x128x64xbf16>, tensor<2x64x64xbf16>) outs(%v0 : tensor<2x128x64xf32>) -> tensor<2x128x64xf32>
  %vb = tensor.empty() : tensor<2x128x64xbf16>
  %v = linalg.generic {indexing_maps = [#m3, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%v32 : tensor<2x128x64xf32>) outs(%vb : tensor<2x128x64xbf16>) {
  ^bb0(%a: f32, %b: bf16):
    %t = arith.truncf %a : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<2x128x64xbf16>
  %se = tensor.empty() : tensor<2x128x128xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<2x128x64xbf16>, tensor<2x64x128xbf16>) outs(%s0 : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
  %p = linalg.softmax dimension(2) ins(%s : tensor<2x128x128xf32>) outs(%se : tensor<2x128x128xf32>) -> tensor<2x128x128xf32>
  %pe = tensor.empty() : tensor<2x128x128xbf16>
  %pb = linalg.generic {indexing_maps = [#m3, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%p : tensor<2x128x128xf32>) outs(%pe : tensor<2x128x128xbf16>) {
  ^bb0(%a: f32, %b: bf16):
    %t = arith.truncf %a : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<2x128x128xbf16>
  %o32 = linalg.batch_matmul ins(%pb, %v : tensor<2x128x128xbf16>, tensor<2x128x64xbf16>) outs(%v0 : tensor<2x128x64xf32>) -> tensor<2x128x64xf32>
  %o = linalg.generic {indexing_maps = [#m3, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%o32 : tensor<2x128x64xf32>) outs(%vb : tensor<2x128x64xbf16>) {
  ^bb0(%a: f32, %b: bf16):
    %t = arith.truncf %a : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<2x128x64xbf16>
  return %o : tensor<2x128x64xbf16>
}
