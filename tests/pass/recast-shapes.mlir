// RUN: --recast-shapes
// CHECK: memref.reinterpret_cast %arg0 to offset: [0], sizes: [%arg1, %arg2, 64], strides: [{{%[0-9]+}}, 64, 1]
// One run-time size per group is upstream's to lower.
// CHECK: memref.expand_shape %arg0
func.func @main(%x: memref<?x64xf32>, %b: index, %h: index) -> (memref<?x?x64xf32>, memref<?x4x64xf32>) {
  %both = memref.expand_shape %x [[0, 1], [2]] output_shape [%b, %h, 64] : memref<?x64xf32> into memref<?x?x64xf32>
  %one = memref.expand_shape %x [[0, 1], [2]] output_shape [%b, 4, 64] : memref<?x64xf32> into memref<?x4x64xf32>
  return %both, %one : memref<?x?x64xf32>, memref<?x4x64xf32>
}
