// RUN: --expand-named
// CHECK-NOT: linalg.softmax
// CHECK: arith.max
// CHECK: math.exp
// CHECK: arith.addf
// CHECK: arith.divf
// A pad by a negative width is a slice, and a pad by what is left.
// CHECK: tensor.extract_slice %arg1[2] [8] [1] : tensor<10xf32> to tensor<8xf32>
// CHECK: tensor.pad {{.*}} low[0] high[1]
// Any other pad stays.
// CHECK: tensor.pad %arg1 low[1] high[1]
func.func @main(%s: tensor<8x64xf32>, %x: tensor<10xf32>) -> (tensor<8x64xf32>, tensor<9xf32>, tensor<12xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8x64xf32>
  %p = linalg.softmax dimension(1) ins(%s : tensor<8x64xf32>) outs(%e : tensor<8x64xf32>) -> tensor<8x64xf32>
  %cut = tensor.pad %x low[-2] high[1] {
  ^bb0(%i: index):
    tensor.yield %zero : f32
  } : tensor<10xf32> to tensor<9xf32>
  %padded = tensor.pad %x low[1] high[1] {
  ^bb0(%i: index):
    tensor.yield %zero : f32
  } : tensor<10xf32> to tensor<12xf32>
  return %p, %cut, %padded : tensor<8x64xf32>, tensor<9xf32>, tensor<12xf32>
}
