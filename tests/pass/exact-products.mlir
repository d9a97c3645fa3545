// RUN: --exact-products
// A sum of products of bytes that is read as a float is one of bf16 in f32.
// CHECK: arith.sitofp {{.*}} : i8 to bf16
// CHECK: arith.sitofp {{.*}} : i8 to bf16
// CHECK: [[C:%[0-9]+]] = linalg.generic {{.*}} ins({{.*}} : tensor<8x16xbf16>, tensor<16x8xbf16>) outs({{.*}} : tensor<8x8xf32>)
// CHECK: ins([[C]] : tensor<8x8xf32>)
// CHECK-NEXT: ^bb0
// CHECK-NEXT: linalg.yield
// Where the integers are wanted, they are summed.
// CHECK: ins(%arg0, %arg1 : tensor<8x16xi8>, tensor<16x8xi8>) outs({{.*}} : tensor<8x8xi32>)
// CHECK: arith.muli
// CHECK: return
func.func @main(%a: tensor<8x16xi8>, %b: tensor<16x8xi8>) -> (tensor<8x8xf32>, tensor<8x8xi32>) {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<8x8xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<8x8xi32>) -> tensor<8x8xi32>
  %c = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<8x16xi8>, tensor<16x8xi8>) outs(%init : tensor<8x8xi32>) {
  ^bb0(%left: i8, %right: i8, %sum: i32):
    %l = arith.extsi %left : i8 to i32
    %r = arith.extsi %right : i8 to i32
    %product = arith.muli %l, %r : i32
    %next = arith.addi %product, %sum : i32
    linalg.yield %next : i32
  } -> tensor<8x8xi32>
  %f = tensor.empty() : tensor<8x8xf32>
  %x = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%c : tensor<8x8xi32>) outs(%f : tensor<8x8xf32>) {
  ^bb0(%i: i32, %o: f32):
    %r = arith.sitofp %i : i32 to f32
    linalg.yield %r : f32
  } -> tensor<8x8xf32>
  %kept = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<8x16xi8>, tensor<16x8xi8>) outs(%init : tensor<8x8xi32>) {
  ^bb0(%left: i8, %right: i8, %sum: i32):
    %l = arith.extsi %left : i8 to i32
    %r = arith.extsi %right : i8 to i32
    %product = arith.muli %l, %r : i32
    %next = arith.addi %product, %sum : i32
    linalg.yield %next : i32
  } -> tensor<8x8xi32>
  return %x, %kept : tensor<8x8xf32>, tensor<8x8xi32>
}
