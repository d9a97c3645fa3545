// F.pad(x, (0, 0, 0, -1)), a crop, as torch-mlir writes it: the first 5 rows.
module {
  func.func @main(%arg0: tensor<1x6x4xf32>) -> tensor<1x5x4xf32> {
    %cst = arith.constant 0.000000e+00 : f32
    %padded = tensor.pad %arg0 low[0, 0, 0] high[0, -1, 0] {
    ^bb0(%arg1: index, %arg2: index, %arg3: index):
      tensor.yield %cst : f32
    } : tensor<1x6x4xf32> to tensor<1x5x4xf32>
    return %padded : tensor<1x5x4xf32>
  }
}
