// Matmul, elementwise, matmul, no normalizer: relu(a b) c over 8 batches of 256x96, 96x160, 160x72.
#a = affine_map<(d0, d1, d2) -> (d0, d2)>
#b = affine_map<(d0, d1, d2) -> (d2, d1)>
#c = affine_map<(d0, d1, d2) -> (d0, d1)>
#mn = affine_map<(d0, d1) -> (d0, d1)>
module {
  func.func @main(%a: tensor<8x256x96xf16>, %b: tensor<8x96x160xf16>, %c: tensor<8x160x72xf16>) -> tensor<8x256x72xf32> {
    %c0 = arith.constant 0 : index
    %c32 = arith.constant 32 : index
    %c160 = arith.constant 160 : index
    %zero = arith.constant 0.0 : f32
    %empty = tensor.empty() : tensor<8x256x72xf32>
    %r = scf.forall (%bt, %mt) in (8, 2) shared_outs(%o = %empty) -> (tensor<8x256x72xf32>) {
      %m0 = affine.apply affine_map<(d0) -> (d0 * 128)>(%mt)
      %at = tensor.extract_slice %a[%bt, %m0, 0] [1, 128, 96] [1, 1, 1] : tensor<8x256x96xf16> to tensor<128x96xf16>
      %e = tensor.empty() : tensor<128x72xf32>
      %z = linalg.fill ins(%zero : f32) outs(%e : tensor<128x72xf32>) -> tensor<128x72xf32>
      %acc = scf.for %n0 = %c0 to %c160 step %c32 iter_args(%in = %z) -> (tensor<128x72xf32>) {
        %bs = tensor.extract_slice %b[%bt, 0, %n0] [1, 96, 32] [1, 1, 1] : tensor<8x96x160xf16> to tensor<96x32xf16>
        %cs = tensor.extract_slice %c[%bt, %n0, 0] [1, 32, 72] [1, 1, 1] : tensor<8x160x72xf16> to tensor<32x72xf16>
        %e32 = tensor.empty() : tensor<128x32xf32>
        %z32 = linalg.fill ins(%zero : f32) outs(%e32 : tensor<128x32xf32>) -> tensor<128x32xf32>
        %s = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%at, %bs : tensor<128x96xf16>, tensor<96x32xf16>) outs(%z32 : tensor<128x32xf32>) {
        ^bb0(%x: f16, %y: f16, %w: f32):
          %xf = arith.extf %x : f16 to f32
          %yf = arith.extf %y : f16 to f32
          %p = arith.mulf %xf, %yf : f32
          %t = arith.addf %w, %p : f32
          linalg.yield %t : f32
        } -> tensor<128x32xf32>
        %e16 = tensor.empty() : tensor<128x32xf16>
        %h = linalg.generic {indexing_maps = [#mn, #mn], iterator_types = ["parallel", "parallel"]} ins(%s : tensor<128x32xf32>) outs(%e16 : tensor<128x32xf16>) {
        ^bb0(%x: f32, %w: f16):
          %t = arith.maximumf %x, %zero : f32
          %u = arith.truncf %t : f32 to f16
          linalg.yield %u : f16
        } -> tensor<128x32xf16>
        %n = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%h, %cs : tensor<128x32xf16>, tensor<32x72xf16>) outs(%in : tensor<128x72xf32>) {
        ^bb0(%x: f16, %y: f16, %w: f32):
          %xf = arith.extf %x : f16 to f32
          %yf = arith.extf %y : f16 to f32
          %p = arith.mulf %xf, %yf : f32
          %t = arith.addf %w, %p : f32
          linalg.yield %t : f32
        } -> tensor<128x72xf32>
        scf.yield %n : tensor<128x72xf32>
      }
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %acc into %o[%bt, %m0, 0] [1, 128, 72] [1, 1, 1] : tensor<128x72xf32> into tensor<8x256x72xf32>
      }
    } {flashlight.kernel = "main_0"}
    return %r : tensor<8x256x72xf32>
  }
}
