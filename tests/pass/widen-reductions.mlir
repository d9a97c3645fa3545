// RUN: --widen-reductions
// A sum of bf16 is kept in f32 and rounded once; a maximum is not rounded anyway.
// CHECK: [[SUM:%[0-9]+]] = linalg.generic {{.*}} ins(%arg0 : tensor<8x64xbf16>) outs({{.*}} : tensor<8xf32>)
// CHECK: arith.addf {{.*}} : f32
// CHECK: ins([[SUM]] : tensor<8xf32>)
// CHECK-NEXT: ^bb0
// CHECK-NEXT: arith.truncf
// CHECK: ins(%arg0 : tensor<8x64xbf16>) outs(%arg1 : tensor<8xbf16>)
// CHECK: arith.maximumf {{.*}} : bf16
func.func @main(%x: tensor<8x64xbf16>, %start: tensor<8xbf16>) -> (tensor<8xbf16>, tensor<8xbf16>) {
  %sum = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<8x64xbf16>) outs(%start : tensor<8xbf16>) {
  ^bb0(%v: bf16, %o: bf16):
    %y = arith.addf %v, %o : bf16
    linalg.yield %y : bf16
  } -> tensor<8xbf16>
  %largest = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<8x64xbf16>) outs(%start : tensor<8xbf16>) {
  ^bb0(%v: bf16, %o: bf16):
    %y = arith.maximumf %v, %o : bf16
    linalg.yield %y : bf16
  } -> tensor<8xbf16>
  return %sum, %largest : tensor<8xbf16>, tensor<8xbf16>
}
