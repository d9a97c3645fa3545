// Places repeat: the last update of each is what stays.
func.func @main(%u: tensor<40x1x16xf32>, %i: tensor<40x1xi64>, %x: tensor<12x16xf32>) -> tensor<12x16xf32> {
  %0 = tm_tensor.scatter {dimension_map = array<i64: 0>} unique_indices(false) ins(%u, %i : tensor<40x1x16xf32>, tensor<40x1xi64>) outs(%x : tensor<12x16xf32>) {
  ^bb0(%new: f32, %old: f32):
    tm_tensor.yield %new : f32
  } -> tensor<12x16xf32>
  return %0 : tensor<12x16xf32>
}
