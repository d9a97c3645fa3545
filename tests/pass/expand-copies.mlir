// RUN: --expand-copies
// CHECK-NOT: memref.copy
// CHECK: linalg.generic {{.*}} ins(%arg0 : memref<4x8xf32, strided<[16, 1]>>) outs(%arg1 : memref<4x8xf32>)
// CHECK-NEXT: ^bb0([[IN:%[a-z0-9]+]]: f32, {{.*}}: f32):
// CHECK-NEXT: linalg.yield [[IN]] : f32
func.func @main(%a: memref<4x8xf32, strided<[16, 1]>>, %b: memref<4x8xf32>) {
  memref.copy %a, %b : memref<4x8xf32, strided<[16, 1]>> to memref<4x8xf32>
  return
}
