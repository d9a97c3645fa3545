// A plain matmul with an elementwise epilogue (bias per column, scale per row, gelu-like curve), no attention in it:
// 300x192 times 192x200.
#a = affine_map<(d0, d1, d2) -> (d0, d2)>
#b = affine_map<(d0, d1, d2) -> (d2, d1)>
#c = affine_map<(d0, d1, d2) -> (d0, d1)>
#mn = affine_map<(d0, d1) -> (d0, d1)>
#m = affine_map<(d0, d1) -> (d0)>
#n = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%a: tensor<300x192xbf16>, %b: tensor<192x200xbf16>, %bias: tensor<200xf32>, %scale: tensor<300xf32>) -> tensor<300x200xbf16> {
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %c192 = arith.constant 192 : index
    %zero16 = arith.constant 0.0 : bf16
    %zero32 = arith.constant 0.0 : f32
    %empty = tensor.empty() : tensor<300x200xbf16>
    %r = scf.forall (%mt, %nt) in (3, 2) shared_outs(%o = %empty) -> (tensor<300x200xbf16>) {
      %m0 = affine.apply affine_map<(d0) -> (d0 * 128)>(%mt)
      %n0 = affine.apply affine_map<(d0) -> (d0 * 128)>(%nt)
      %ml = affine.min affine_map<(d0) -> (128, -d0 + 300)>(%m0)
      %nl = affine.min affine_map<(d0) -> (128, -d0 + 200)>(%n0)
      %mp = affine.apply affine_map<(d0) -> (-d0 + 128)>(%ml)
      %np = affine.apply affine_map<(d0) -> (-d0 + 128)>(%nl)
      %e = tensor.empty() : tensor<128x128xf32>
      %z = linalg.fill ins(%zero32 : f32) outs(%e : tensor<128x128xf32>) -> tensor<128x128xf32>
      %acc = scf.for %k0 = %c0 to %c192 step %c64 iter_args(%in = %z) -> (tensor<128x128xf32>) {
        %as = tensor.extract_slice %a[%m0, %k0] [%ml, 64] [1, 1] : tensor<300x192xbf16> to tensor<?x64xbf16>
        %at = tensor.pad %as low[0, 0] high[%mp, 0] {
        ^bb0(%i: index, %j: index):
          tensor.yield %zero16 : bf16
        } : tensor<?x64xbf16> to tensor<128x64xbf16>
        %bs = tensor.extract_slice %b[%k0, %n0] [64, %nl] [1, 1] : tensor<192x200xbf16> to tensor<64x?xbf16>
        %bt = tensor.pad %bs low[0, 0] high[0, %np] {
        ^bb0(%i: index, %j: index):
          tensor.yield %zero16 : bf16
        } : tensor<64x?xbf16> to tensor<64x128xbf16>
        %s = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%at, %bt : tensor<128x64xbf16>, tensor<64x128xbf16>) outs(%in : tensor<128x128xf32>) {
        ^bb0(%x: bf16, %y: bf16, %w: f32):
          %xf = arith.extf %x : bf16 to f32
          %yf = arith.extf %y : bf16 to f32
          %p = arith.mulf %xf, %yf : f32
          %t = arith.addf %w, %p : f32
          linalg.yield %t : f32
        } -> tensor<128x128xf32>
        scf.yield %s : tensor<128x128xf32>
      }
      %bsl = tensor.extract_slice %bias[%n0] [%nl] [1] : tensor<200xf32> to tensor<?xf32>
      %bpad = tensor.pad %bsl low[0] high[%np] {
      ^bb0(%i: index):
        tensor.yield %zero32 : f32
      } : tensor<?xf32> to tensor<128xf32>
      %ssl = tensor.extract_slice %scale[%m0] [%ml] [1] : tensor<300xf32> to tensor<?xf32>
      %spad = tensor.pad %ssl low[0] high[%mp] {
      ^bb0(%i: index):
        tensor.yield %zero32 : f32
      } : tensor<?xf32> to tensor<128xf32>
      %e16 = tensor.empty() : tensor<128x128xbf16>
      %ot = linalg.generic {indexing_maps = [#mn, #n, #m, #mn], iterator_types = ["parallel", "parallel"]} ins(%acc, %bpad, %spad : tensor<128x128xf32>, tensor<128xf32>, tensor<128xf32>) outs(%e16 : tensor<128x128xbf16>) {
      ^bb0(%x: f32, %bb: f32, %sc: f32, %w: bf16):
        %u = arith.mulf %x, %sc : f32
        %v = arith.addf %u, %bb : f32
        %t = math.tanh %v : f32
        %g = arith.mulf %t, %v : f32
        %h = arith.truncf %g : f32 to bf16
        linalg.yield %h : bf16
      } -> tensor<128x128xbf16>
      %os = tensor.extract_slice %ot[0, 0] [%ml, %nl] [1, 1] : tensor<128x128xbf16> to tensor<?x?xbf16>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %os into %o[%m0, %n0] [%ml, %nl] [1, 1] : tensor<?x?xbf16> into tensor<300x200xbf16>
      }
    } {flashlight.kernel = "main_0"}
    return %r : tensor<300x200xbf16>
  }
}
