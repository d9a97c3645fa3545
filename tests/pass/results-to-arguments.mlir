// RUN: --results-to-arguments
// Static results are written where the caller wants them: a buffer that is only reshaped becomes the argument itself.
// CHECK: module attributes {flashlight.shares = array<i64: 0, 0>}
// CHECK: @main(%arg0: memref<4xf32>, %arg1: index, %arg2: memref<4xf32>, %arg3: memref<2x2xf32>) -> memref<?xf32>
// CHECK: [[VIEW:%[a-z0-9_]+]] = memref.collapse_shape %arg3
// CHECK: linalg.copy ins(%arg0 : memref<4xf32>) outs([[VIEW]] : memref<4xf32>)
// A result of dynamic shape stays one, and an argument is copied where the memory is another.
// CHECK: [[OPEN:%[a-z0-9_]+]] = memref.alloc(%arg1)
// CHECK: scf.if
// CHECK-NEXT: memref.copy %arg0, %arg2
// CHECK: return [[OPEN]] : memref<?xf32>
func.func @main(%a: memref<4xf32>, %n: index) -> (memref<4xf32>, memref<2x2xf32>, memref<?xf32>) {
  %made = memref.alloc() : memref<4xf32>
  linalg.copy ins(%a : memref<4xf32>) outs(%made : memref<4xf32>)
  %view = memref.expand_shape %made [[0, 1]] output_shape [2, 2] : memref<4xf32> into memref<2x2xf32>
  %open = memref.alloc(%n) : memref<?xf32>
  return %a, %view, %open : memref<4xf32>, memref<2x2xf32>, memref<?xf32>
}
