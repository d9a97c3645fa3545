// RUN: --centre-distances
// What is squared is the difference of points that were moved; what they have in common is read off some of them.
// CHECK: tensor.extract_slice %arg1[0, 0] [32, 3] [4, 1]
// CHECK: arith.minimumf
// CHECK: arith.maximumf
// CHECK: [[CENTRE:%[0-9]+]] = linalg.generic {{.*}} attrs = {flashlight.centre}
// CHECK: [[X:%[0-9]+]] = linalg.generic {{.*}} ins(%arg0, [[CENTRE]] :
// CHECK: arith.subf
// CHECK: [[Y:%[0-9]+]] = linalg.generic {{.*}} ins(%arg1, [[CENTRE]] :
// CHECK: arith.subf
// CHECK: ins([[X]], [[Y]] : tensor<64x3xf32>, tensor<128x3xf32>)
// CHECK: arith.mulf
// A difference that nothing squares is left alone.
// CHECK: ins(%arg0, %arg1 : tensor<64x3xf32>, tensor<128x3xf32>)
func.func @main(%x: tensor<64x3xf32>, %y: tensor<128x3xf32>) -> (tensor<64x128xf32>, tensor<64x128x3xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<64x128x3xf32>
  %d = linalg.generic {indexing_maps = [affine_map<(i, j, c) -> (i, c)>, affine_map<(i, j, c) -> (j, c)>, affine_map<(i, j, c) -> (i, j, c)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x, %y : tensor<64x3xf32>, tensor<128x3xf32>) outs(%e : tensor<64x128x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.subf %a, %b : f32
    %q = arith.mulf %s, %s : f32
    linalg.yield %q : f32
  } -> tensor<64x128x3xf32>
  %se = tensor.empty() : tensor<64x128xf32>
  %init = linalg.fill ins(%zero : f32) outs(%se : tensor<64x128xf32>) -> tensor<64x128xf32>
  %sum = linalg.generic {indexing_maps = [affine_map<(i, j, c) -> (i, j, c)>, affine_map<(i, j, c) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%d : tensor<64x128x3xf32>) outs(%init : tensor<64x128xf32>) {
  ^bb0(%q: f32, %o: f32):
    %s = arith.addf %q, %o : f32
    linalg.yield %s : f32
  } -> tensor<64x128xf32>
  %plain = linalg.generic {indexing_maps = [affine_map<(i, j, c) -> (i, c)>, affine_map<(i, j, c) -> (j, c)>, affine_map<(i, j, c) -> (i, j, c)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%x, %y : tensor<64x3xf32>, tensor<128x3xf32>) outs(%e : tensor<64x128x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.subf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<64x128x3xf32>
  return %sum, %plain : tensor<64x128xf32>, tensor<64x128x3xf32>
}
