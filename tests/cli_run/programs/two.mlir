func.func @first(%a: tensor<2xf32>) -> tensor<2xf32> {
  return %a : tensor<2xf32>
}
func.func @second(%a: tensor<2xi64>, %b: tensor<i1>) -> (tensor<2xi64>, tensor<i1>) {
  return %a, %b : tensor<2xi64>, tensor<i1>
}
