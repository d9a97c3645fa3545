// One fused program as the tile stage leaves it: two contractions, a masked key tail, online row statistics.
#nm = affine_map<(d0) -> (d0 * 128)>
#left = affine_map<(d0) -> (-d0 + 200, 128)>
#leftn = affine_map<(d0) -> (-d0 + 200, 64)>
#mn = affine_map<(d0, d1) -> (d0, d1)>
#m = affine_map<(d0, d1) -> (d0)>
#id1 = affine_map<(d0) -> (d0)>
#a = affine_map<(d0, d1, d2) -> (d0, d2)>
#b = affine_map<(d0, d1, d2) -> (d1, d2)>
#bt = affine_map<(d0, d1, d2) -> (d2, d1)>
#c = affine_map<(d0, d1, d2) -> (d0, d1)>
module {
  func.func @main(%q4: tensor<1x2x200x64xbf16>, %k4: tensor<1x2x200x64xbf16>, %v4: tensor<1x2x200x64xbf16>) -> tensor<1x2x200x64xbf16> {
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %c200 = arith.constant 200 : index
    %zero16 = arith.constant 0.0 : bf16
    %zero = arith.constant 0.0 : f32
    %one = arith.constant 1.0 : f32
    %ninf = arith.constant 0xFF800000 : f32
    %scale = arith.constant 0.18033688 : f32
    %q = tensor.collapse_shape %q4 [[0, 1], [2], [3]] : tensor<1x2x200x64xbf16> into tensor<2x200x64xbf16>
    %k = tensor.collapse_shape %k4 [[0, 1], [2], [3]] : tensor<1x2x200x64xbf16> into tensor<2x200x64xbf16>
    %v = tensor.collapse_shape %v4 [[0, 1], [2], [3]] : tensor<1x2x200x64xbf16> into tensor<2x200x64xbf16>
    %empty = tensor.empty() : tensor<2x200x64xbf16>
    %r = scf.forall (%bh, %mt) in (2, 2) shared_outs(%o = %empty) -> (tensor<2x200x64xbf16>) {
      %m0 = affine.apply #nm(%mt)
      %ml = affine.min #left(%m0)
      %qs = tensor.extract_slice %q[%bh, %m0, 0] [1, %ml, 64] [1, 1, 1] : tensor<2x200x64xbf16> to tensor<?x64xbf16>
      %mpad = affine.apply affine_map<(d0) -> (-d0 + 128)>(%ml)
      %qt = tensor.pad %qs low[0, 0] high[%mpad, 0] {
      ^bb0(%i: index, %j: index):
        tensor.yield %zero16 : bf16
      } : tensor<?x64xbf16> to tensor<128x64xbf16>
      %e2 = tensor.empty() : tensor<128x64xf32>
      %e1 = tensor.empty() : tensor<128xf32>
      %e16 = tensor.empty() : tensor<128x64xbf16>
      %fz = linalg.fill ins(%zero : f32) outs(%e2 : tensor<128x64xf32>) -> tensor<128x64xf32>
      %fm = linalg.fill ins(%ninf : f32) outs(%e1 : tensor<128xf32>) -> tensor<128xf32>
      %fl = linalg.fill ins(%zero : f32) outs(%e1 : tensor<128xf32>) -> tensor<128xf32>
      %s:3 = scf.for %n0 = %c0 to %c200 step %c64 iter_args(%mo = %fm, %lo = %fl, %acc = %fz) -> (tensor<128xf32>, tensor<128xf32>, tensor<128x64xf32>) {
        %nl = affine.min #leftn(%n0)
        %ks = tensor.extract_slice %k[%bh, %n0, 0] [1, %nl, 64] [1, 1, 1] : tensor<2x200x64xbf16> to tensor<?x64xbf16>
        %npad = affine.apply affine_map<(d0) -> (-d0 + 64)>(%nl)
        %kt = tensor.pad %ks low[0, 0] high[%npad, 0] {
        ^bb0(%i: index, %j: index):
          tensor.yield %zero16 : bf16
        } : tensor<?x64xbf16> to tensor<64x64xbf16>
        %vs = tensor.extract_slice %v[%bh, %n0, 0] [1, %nl, 64] [1, 1, 1] : tensor<2x200x64xbf16> to tensor<?x64xbf16>
        %vt = tensor.pad %vs low[0, 0] high[%npad, 0] {
        ^bb0(%i: index, %j: index):
          tensor.yield %zero16 : bf16
        } : tensor<?x64xbf16> to tensor<64x64xbf16>
        %s0 = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%qt, %kt : tensor<128x64xbf16>, tensor<64x64xbf16>) outs(%fz : tensor<128x64xf32>) attrs = {flashlight.tile = "contract"} {
        ^bb0(%x: bf16, %y: bf16, %z: f32):
          %xf = arith.extf %x : bf16 to f32
          %yf = arith.extf %y : bf16 to f32
          %p = arith.mulf %xf, %yf : f32
          %t = arith.addf %z, %p : f32
          linalg.yield %t : f32
        } -> tensor<128x64xf32>
        %sc = linalg.generic {indexing_maps = [#mn, #mn], iterator_types = ["parallel", "parallel"]} ins(%s0 : tensor<128x64xf32>) outs(%e2 : tensor<128x64xf32>) attrs = {flashlight.tile = "map"} {
        ^bb0(%x: f32, %z: f32):
          %y = arith.mulf %x, %scale : f32
          %j = linalg.index 1 : index
          %n = arith.addi %j, %n0 : index
          %in = arith.cmpi slt, %n, %c200 : index
          %t = arith.select %in, %y, %ninf : f32
          linalg.yield %t : f32
        } -> tensor<128x64xf32>
        %mx = linalg.generic {indexing_maps = [#mn, #m], iterator_types = ["parallel", "reduction"]} ins(%sc : tensor<128x64xf32>) outs(%fm : tensor<128xf32>) attrs = {flashlight.tile = "reduce"} {
        ^bb0(%x: f32, %z: f32):
          %t = arith.maximumf %z, %x : f32
          linalg.yield %t : f32
        } -> tensor<128xf32>
        %mn = linalg.generic {indexing_maps = [#id1, #id1, #id1], iterator_types = ["parallel"]} ins(%mo, %mx : tensor<128xf32>, tensor<128xf32>) outs(%e1 : tensor<128xf32>) attrs = {flashlight.tile = "row"} {
        ^bb0(%x: f32, %y: f32, %z: f32):
          %t = arith.maximumf %x, %y : f32
          linalg.yield %t : f32
        } -> tensor<128xf32>
        %al = linalg.generic {indexing_maps = [#id1, #id1, #id1], iterator_types = ["parallel"]} ins(%mo, %mn : tensor<128xf32>, tensor<128xf32>) outs(%e1 : tensor<128xf32>) attrs = {flashlight.tile = "row"} {
        ^bb0(%x: f32, %y: f32, %z: f32):
          %is = arith.cmpf oeq, %y, %ninf : f32
          %safe = arith.select %is, %zero, %y : f32
          %d = arith.subf %x, %safe : f32
          %t = math.exp2 %d : f32
          linalg.yield %t : f32
        } -> tensor<128xf32>
        %p = linalg.generic {indexing_maps = [#mn, #m, #mn], iterator_types = ["parallel", "parallel"]} ins(%sc, %mn : tensor<128x64xf32>, tensor<128xf32>) outs(%e2 : tensor<128x64xf32>) attrs = {flashlight.tile = "map"} {
        ^bb0(%x: f32, %y: f32, %z: f32):
          %is = arith.cmpf oeq, %y, %ninf : f32
          %safe = arith.select %is, %zero, %y : f32
          %d = arith.subf %x, %safe : f32
          %t = math.exp2 %d : f32
          linalg.yield %t : f32
        } -> tensor<128x64xf32>
        %ps = linalg.generic {indexing_maps = [#mn, #m], iterator_types = ["parallel", "reduction"]} ins(%p : tensor<128x64xf32>) outs(%fl : tensor<128xf32>) attrs = {flashlight.tile = "reduce"} {
        ^bb0(%x: f32, %z: f32):
          %t = arith.addf %z, %x : f32
          linalg.yield %t : f32
        } -> tensor<128xf32>
        %ln = linalg.generic {indexing_maps = [#id1, #id1, #id1, #id1], iterator_types = ["parallel"]} ins(%lo, %al, %ps : tensor<128xf32>, tensor<128xf32>, tensor<128xf32>) outs(%e1 : tensor<128xf32>) attrs = {flashlight.tile = "row"} {
        ^bb0(%x: f32, %y: f32, %w: f32, %z: f32):
          %d = arith.mulf %x, %y : f32
          %t = arith.addf %d, %w : f32
          linalg.yield %t : f32
        } -> tensor<128xf32>
        %pt = linalg.generic {indexing_maps = [#mn, #mn], iterator_types = ["parallel", "parallel"]} ins(%p : tensor<128x64xf32>) outs(%e16 : tensor<128x64xbf16>) attrs = {flashlight.tile = "map"} {
        ^bb0(%x: f32, %z: bf16):
          %t = arith.truncf %x : f32 to bf16
          linalg.yield %t : bf16
        } -> tensor<128x64xbf16>
        %ar = linalg.generic {indexing_maps = [#mn, #m, #mn], iterator_types = ["parallel", "parallel"]} ins(%acc, %al : tensor<128x64xf32>, tensor<128xf32>) outs(%e2 : tensor<128x64xf32>) attrs = {flashlight.tile = "map"} {
        ^bb0(%x: f32, %y: f32, %z: f32):
          %t = arith.mulf %x, %y : f32
          linalg.yield %t : f32
        } -> tensor<128x64xf32>
        %an = linalg.generic {indexing_maps = [#a, #bt, #c], iterator_types = ["parallel", "parallel", "reduction"]} ins(%pt, %vt : tensor<128x64xbf16>, tensor<64x64xbf16>) outs(%ar : tensor<128x64xf32>) attrs = {flashlight.tile = "contract"} {
        ^bb0(%x: bf16, %y: bf16, %z: f32):
          %xf = arith.extf %x : bf16 to f32
          %yf = arith.extf %y : bf16 to f32
          %u = arith.mulf %xf, %yf : f32
          %t = arith.addf %z, %u : f32
          linalg.yield %t : f32
        } -> tensor<128x64xf32>
        scf.yield %mn, %ln, %an : tensor<128xf32>, tensor<128xf32>, tensor<128x64xf32>
      }
      %ot = linalg.generic {indexing_maps = [#mn, #m, #mn], iterator_types = ["parallel", "parallel"]} ins(%s#2, %s#1 : tensor<128x64xf32>, tensor<128xf32>) outs(%e16 : tensor<128x64xbf16>) attrs = {flashlight.tile = "map"} {
      ^bb0(%x: f32, %y: f32, %z: bf16):
        %d = arith.divf %x, %y : f32
        %t = arith.truncf %d : f32 to bf16
        linalg.yield %t : bf16
      } -> tensor<128x64xbf16>
      %os = tensor.extract_slice %ot[0, 0] [%ml, 64] [1, 1] : tensor<128x64xbf16> to tensor<?x64xbf16>
      scf.forall.in_parallel {
        tensor.parallel_insert_slice %os into %o[%bh, %m0, 0] [1, %ml, 64] [1, 1, 1] : tensor<?x64xbf16> into tensor<2x200x64xbf16>
      }
    } {flashlight.kernel = "main_0"}
    %out = tensor.expand_shape %r [[0, 1], [2], [3]] output_shape [1, 2, 200, 64] : tensor<2x200x64xbf16> into tensor<1x2x200x64xbf16>
    return %out : tensor<1x2x200x64xbf16>
  }
}
