// The gradient of an embedding: tokens, of which only the run says how many, add their rows.
func.func @main(%g: tensor<?x24xbf16>, %i: tensor<?xi64>) -> tensor<12x24xbf16> {
  %zero = arith.constant 0.0 : bf16
  %c0 = arith.constant 0 : index
  %n = tensor.dim %g, %c0 : tensor<?x24xbf16>
  %e = tensor.empty() : tensor<12x24xbf16>
  %f = linalg.fill ins(%zero : bf16) outs(%e : tensor<12x24xbf16>) -> tensor<12x24xbf16>
  %u = tensor.expand_shape %g [[0, 1], [2]] output_shape [%n, 1, 24] : tensor<?x24xbf16> into tensor<?x1x24xbf16>
  %at = tensor.expand_shape %i [[0, 1]] output_shape [%n, 1] : tensor<?xi64> into tensor<?x1xi64>
  %0 = tm_tensor.scatter {dimension_map = array<i64: 0>} unique_indices(false) ins(%u, %at : tensor<?x1x24xbf16>, tensor<?x1xi64>) outs(%f : tensor<12x24xbf16>) {
  ^bb0(%new: bf16, %old: bf16):
    %s = arith.addf %old, %new : bf16
    tm_tensor.yield %s : bf16
  } -> tensor<12x24xbf16>
  return %0 : tensor<12x24xbf16>
}
