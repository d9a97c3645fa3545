// RUN: --allow-unregistered-dialect --stack-buffers=bytes=1024
// Small static buffers of a tile function are on the stack; large and dynamic ones, and those of other functions, are not.
// CHECK: memref.alloca() {{.*}} : memref<8x8xf32>
// CHECK-NEXT: memref.alloc() : memref<64x64xf32>
// CHECK-NEXT: memref.alloc(%arg1) : memref<?xf32>
// CHECK: @main
// CHECK-NEXT: memref.alloc() : memref<8x8xf32>
func.func private @main_0(%tile: index, %n: index) attributes {flashlight.tile_function} {
  %small = memref.alloc() : memref<8x8xf32>
  %large = memref.alloc() : memref<64x64xf32>
  %open = memref.alloc(%n) : memref<?xf32>
  "test.use"(%small, %large, %open) : (memref<8x8xf32>, memref<64x64xf32>, memref<?xf32>) -> ()
  return
}
func.func @main() -> memref<8x8xf32> {
  %kept = memref.alloc() : memref<8x8xf32>
  return %kept : memref<8x8xf32>
}
