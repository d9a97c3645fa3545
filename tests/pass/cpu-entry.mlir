// RUN: --cpu-entry
// Arguments of public functions are read-only, whatever they were; other attributes of theirs stay.
// CHECK: @main(%arg0: tensor<4xf32> {bufferization.access = "read", bufferization.writable = false}, %arg1: tensor<4xf32> {bufferization.writable = false}) -> tensor<4xf32> attributes {llvm.emit_c_interface}
// CHECK: func.func private @helper(%arg0: tensor<4xf32>) -> tensor<4xf32> {
func.func @main(%x: tensor<4xf32> {bufferization.access = "read", bufferization.writable = true}, %y: tensor<4xf32>) -> tensor<4xf32> {
  return %y : tensor<4xf32>
}
func.func private @helper(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
