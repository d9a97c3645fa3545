// sizes: 2 3 40 16; 2 3 50 16; 2 3 50 16; 40 50
// The op of torch-mlir, as it prints it.
func.func @main(%q: tensor<2x3x40x16xf32>, %k: tensor<2x3x50x16xf32>, %v: tensor<2x3x50x16xf32>, %m: tensor<40x50xi1>) -> tensor<2x3x40x16xf32> {
  %e = tensor.empty() : tensor<2x3x40x16xf32>
  %r = tm_tensor.attention ins(%q, %k, %v, %m : tensor<2x3x40x16xf32>, tensor<2x3x50x16xf32>, tensor<2x3x50x16xf32>, tensor<40x50xi1>) outs(%e : tensor<2x3x40x16xf32>) -> tensor<2x3x40x16xf32>
  return %r : tensor<2x3x40x16xf32>
}
