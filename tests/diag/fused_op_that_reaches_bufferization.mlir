// RUN: --one-shot-bufferize
func.func @main(%q: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "attention.capture"(%q) {map = affine_map<(d0) -> (d0)>} : (tensor<4xf32>) -> !attention.captured
  return %q : tensor<4xf32>
}
