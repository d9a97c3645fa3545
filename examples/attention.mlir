// Attention as a frontend might write it: two contractions with a softmax between them.
func.func @main(%q: tensor<8x512x64xf16>, %k: tensor<8x64x512xf16>, %v: tensor<8x512x64xf16>) -> tensor<8x512x64xf32> {
  %zero = arith.constant 0.0 : f32
  %se = tensor.empty() : tensor<8x512x512xf32>
  %s0 = linalg.fill ins(%zero : f32) outs(%se : tensor<8x512x512xf32>) -> tensor<8x512x512xf32>
  %s = linalg.batch_matmul ins(%q, %k : tensor<8x512x64xf16>, tensor<8x64x512xf16>)
                           outs(%s0 : tensor<8x512x512xf32>) -> tensor<8x512x512xf32>
  %p = linalg.softmax dimension(2) ins(%s : tensor<8x512x512xf32>)
                                   outs(%se : tensor<8x512x512xf32>) -> tensor<8x512x512xf32>
  %oe = tensor.empty() : tensor<8x512x64xf32>
  %o0 = linalg.fill ins(%zero : f32) outs(%oe : tensor<8x512x64xf32>) -> tensor<8x512x64xf32>
  %o = linalg.batch_matmul ins(%p, %v : tensor<8x512x512xf32>, tensor<8x512x64xf16>)
                           outs(%o0 : tensor<8x512x64xf32>) -> tensor<8x512x64xf32>
  return %o : tensor<8x512x64xf32>
}
