// RUN: --import-foreign
func.func @main(%updates: tensor<3x1x4xf32>, %indices: tensor<3x2xi64>, %into: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %0 = tm_tensor.scatter {dimension_map = array<i64: 0>} unique_indices(true) ins(%updates, %indices : tensor<3x1x4xf32>, tensor<3x2xi64>) outs(%into : tensor<8x4xf32>) {
  ^bb0(%new: f32, %old: f32):
    tm_tensor.yield %new : f32
  } -> tensor<8x4xf32>
  return %0 : tensor<8x4xf32>
}
