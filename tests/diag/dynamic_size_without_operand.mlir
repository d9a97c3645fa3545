func.func @main() -> tensor<?x8xf32> {
  %0 = tensor.empty() : tensor<?x8xf32>
  return %0 : tensor<?x8xf32>
}
