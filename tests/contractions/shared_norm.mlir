// nests: 3
// What a norm rounds to bf16 is widened once, and read in f32 by three projections and by a sum.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%x: tensor<66x64xbf16>, %squares: tensor<66xf32>, %scale: tensor<64xbf16>, %q: tensor<64x40xbf16>, %k: tensor<64x24xbf16>, %v: tensor<64x24xbf16>) -> (tensor<66x40xbf16>, tensor<66x24xbf16>, tensor<66x24xbf16>, tensor<66xf32>) {
    %zero = arith.constant 0.000000e+00 : f32
    %count = arith.constant 6.400000e+01 : f32
    %e1 = tensor.empty() : tensor<66x64xbf16>
    %norm = linalg.generic {indexing_maps = [#id, #row, #column, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %squares, %scale : tensor<66x64xbf16>, tensor<66xf32>, tensor<64xbf16>) outs(%e1 : tensor<66x64xbf16>) {
    ^bb0(%in: bf16, %sum: f32, %g: bf16, %out: bf16):
      %w = arith.extf %in : bf16 to f32
      %m = arith.divf %sum, %count : f32
      %r = math.rsqrt %m : f32
      %n = arith.mulf %w, %r : f32
      %gw = arith.extf %g : bf16 to f32
      %s = arith.mulf %n, %gw : f32
      %t = arith.truncf %s : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<66x64xbf16>
    %e2 = tensor.empty() : tensor<66x64xf32>
    %wide = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%norm : tensor<66x64xbf16>) outs(%e2 : tensor<66x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %w = arith.extf %in : bf16 to f32
      linalg.yield %w : f32
    } -> tensor<66x64xf32>
    %e3 = tensor.empty() : tensor<64x40xf32>
    %qw = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%q : tensor<64x40xbf16>) outs(%e3 : tensor<64x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %w = arith.extf %in : bf16 to f32
      linalg.yield %w : f32
    } -> tensor<64x40xf32>
    %e4 = tensor.empty() : tensor<64x24xf32>
    %kw = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%k : tensor<64x24xbf16>) outs(%e4 : tensor<64x24xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %w = arith.extf %in : bf16 to f32
      linalg.yield %w : f32
    } -> tensor<64x24xf32>
    %vw = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%v : tensor<64x24xbf16>) outs(%e4 : tensor<64x24xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %w = arith.extf %in : bf16 to f32
      linalg.yield %w : f32
    } -> tensor<64x24xf32>
    %e5 = tensor.empty() : tensor<66x40xf32>
    %f5 = linalg.fill ins(%zero : f32) outs(%e5 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %e6 = tensor.empty() : tensor<66x24xf32>
    %f6 = linalg.fill ins(%zero : f32) outs(%e6 : tensor<66x24xf32>) -> tensor<66x24xf32>
    %qm = linalg.matmul ins(%wide, %qw : tensor<66x64xf32>, tensor<64x40xf32>) outs(%f5 : tensor<66x40xf32>) -> tensor<66x40xf32>
    %km = linalg.matmul ins(%wide, %kw : tensor<66x64xf32>, tensor<64x24xf32>) outs(%f6 : tensor<66x24xf32>) -> tensor<66x24xf32>
    %vm = linalg.matmul ins(%wide, %vw : tensor<66x64xf32>, tensor<64x24xf32>) outs(%f6 : tensor<66x24xf32>) -> tensor<66x24xf32>
    %e7 = tensor.empty() : tensor<66x40xbf16>
    %qo = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%qm : tensor<66x40xf32>) outs(%e7 : tensor<66x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %t = arith.truncf %in : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<66x40xbf16>
    %e8 = tensor.empty() : tensor<66x24xbf16>
    %ko = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%km : tensor<66x24xf32>) outs(%e8 : tensor<66x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %t = arith.truncf %in : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<66x24xbf16>
    %vo = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%vm : tensor<66x24xf32>) outs(%e8 : tensor<66x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %t = arith.truncf %in : f32 to bf16
      linalg.yield %t : bf16
    } -> tensor<66x24xbf16>
    %row = tensor.extract_slice %wide[0, 3] [66, 1] [1, 1] : tensor<66x64xf32> to tensor<66xf32>
    return %qo, %ko, %vo, %row : tensor<66x40xbf16>, tensor<66x24xbf16>, tensor<66x24xbf16>, tensor<66xf32>
  }
}
