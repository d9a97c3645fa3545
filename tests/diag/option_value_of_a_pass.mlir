// RUN: --convert-to-llvm=filter-dialects=nothing
func.func @main(%q: tensor<4xf32>) -> tensor<4xf32> {
  return %q : tensor<4xf32>
}
