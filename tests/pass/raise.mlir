// RUN: --raise
// Softmax of a product, times values, is one fused op over a query and a key; its states are a maximum and two sums.
// CHECK: @main
// CHECK: "attention.capture"(%arg0)
// CHECK: "attention.capture"(%arg1)
// CHECK: "attention.capture"(%arg2)
// CHECK: "attention.fused"
// CHECK: extents = array<i64: 64, 128, 16, 32>, iterator_types = ["query", "key", "reduction", "value"], states = [{combine = "max"{{.*}}{combine = "sum"{{.*}}{combine = "sum"
// CHECK: [[R:%[0-9]+]] = "attention.result"
// CHECK-NOT: linalg.generic
// CHECK: return [[R]]
// A product of matrices alone is no attention.
// CHECK: @product
// CHECK-NOT: attention.
// CHECK: linalg.generic
#rows = affine_map<(i, j) -> (i)>
#points = affine_map<(i, j) -> (i, j)>
func.func @main(%q: tensor<64x16xf32>, %k: tensor<128x16xf32>, %v: tensor<128x32xf32>) -> tensor<64x32xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %e = tensor.empty() : tensor<64x128xf32>
  %none = linalg.fill ins(%zero : f32) outs(%e : tensor<64x128xf32>) -> tensor<64x128xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j, c) -> (i, c)>, affine_map<(i, j, c) -> (j, c)>, affine_map<(i, j, c) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<64x16xf32>, tensor<128x16xf32>) outs(%none : tensor<64x128xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    %n = arith.addf %p, %o : f32
    linalg.yield %n : f32
  } -> tensor<64x128xf32>
  %re = tensor.empty() : tensor<64xf32>
  %lows = linalg.fill ins(%low : f32) outs(%re : tensor<64xf32>) -> tensor<64xf32>
  %max = linalg.generic {indexing_maps = [#points, #rows], iterator_types = ["parallel", "reduction"]} ins(%s : tensor<64x128xf32>) outs(%lows : tensor<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.maximumf %a, %o : f32
    linalg.yield %n : f32
  } -> tensor<64xf32>
  %w = linalg.generic {indexing_maps = [#points, #rows, #points], iterator_types = ["parallel", "parallel"]} ins(%s, %max : tensor<64x128xf32>, tensor<64xf32>) outs(%e : tensor<64x128xf32>) {
  ^bb0(%a: f32, %m: f32, %o: f32):
    %d = arith.subf %a, %m : f32
    %n = math.exp %d : f32
    linalg.yield %n : f32
  } -> tensor<64x128xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%re : tensor<64xf32>) -> tensor<64xf32>
  %sum = linalg.generic {indexing_maps = [#points, #rows], iterator_types = ["parallel", "reduction"]} ins(%w : tensor<64x128xf32>) outs(%zeros : tensor<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.addf %a, %o : f32
    linalg.yield %n : f32
  } -> tensor<64xf32>
  %p = linalg.generic {indexing_maps = [#points, #rows, #points], iterator_types = ["parallel", "parallel"]} ins(%w, %sum : tensor<64x128xf32>, tensor<64xf32>) outs(%e : tensor<64x128xf32>) {
  ^bb0(%a: f32, %t: f32, %o: f32):
    %n = arith.divf %a, %t : f32
    linalg.yield %n : f32
  } -> tensor<64x128xf32>
  %oe = tensor.empty() : tensor<64x32xf32>
  %on = linalg.fill ins(%zero : f32) outs(%oe : tensor<64x32xf32>) -> tensor<64x32xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, d, j) -> (i, j)>, affine_map<(i, d, j) -> (j, d)>, affine_map<(i, d, j) -> (i, d)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%p, %v : tensor<64x128xf32>, tensor<128x32xf32>) outs(%on : tensor<64x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %n = arith.addf %m, %o : f32
    linalg.yield %n : f32
  } -> tensor<64x32xf32>
  return %r : tensor<64x32xf32>
}
// A product of matrices alone is no attention.
func.func @product(%q: tensor<64x16xf32>, %k: tensor<128x16xf32>, %start: tensor<64x128xf32>) -> tensor<64x128xf32> {
  %s = linalg.generic {indexing_maps = [affine_map<(i, j, c) -> (i, c)>, affine_map<(i, j, c) -> (j, c)>, affine_map<(i, j, c) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<64x16xf32>, tensor<128x16xf32>) outs(%start : tensor<64x128xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    %n = arith.addf %p, %o : f32
    linalg.yield %n : f32
  } -> tensor<64x128xf32>
  return %s : tensor<64x128xf32>
}
