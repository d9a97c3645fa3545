// sizes: 2 40 3 16; 2 50 3 16; 2 50 3 24
// As a JAX program arrives through StableHLO: dot_general as a generic in its own order of dims, a reduce with a scalar
// tensor as its initial value, maps for the elementwise ops, broadcasts as generics, the maximum compared with -inf.
#bhmk = affine_map<(b, h, m, n, k) -> (b, m, h, k)>
#bhnk = affine_map<(b, h, m, n, k) -> (b, n, h, k)>
#bhmn = affine_map<(b, h, m, n, k) -> (b, h, m, n)>
#id = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#row = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#keep = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#none = affine_map<(d0, d1, d2) -> ()>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
func.func public @main(%arg0: tensor<2x40x3x16xf32>, %arg1: tensor<2x50x3x16xf32>, %arg2: tensor<2x50x3x24xf32>) -> tensor<2x40x3x24xf32> {
  %cst = arith.constant dense<0.000000e+00> : tensor<f32>
  %cst_0 = arith.constant dense<0xFF800000> : tensor<f32>
  %cst_1 = arith.constant dense<4.000000e+00> : tensor<f32>
  %zero = arith.constant 0.0 : f32
  %0 = tensor.empty() : tensor<2x3x40x50xf32>
  %1 = linalg.fill ins(%zero : f32) outs(%0 : tensor<2x3x40x50xf32>) -> tensor<2x3x40x50xf32>
  %2 = linalg.generic {indexing_maps = [#bhmk, #bhnk, #bhmn], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %arg1 : tensor<2x40x3x16xf32>, tensor<2x50x3x16xf32>) outs(%1 : tensor<2x3x40x50xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %a = arith.mulf %in, %in_2 : f32
    %b = arith.addf %out, %a : f32
    linalg.yield %b : f32
  } -> tensor<2x3x40x50xf32>
  %splat = tensor.extract %cst_1[] : tensor<f32>
  %3 = tensor.empty() : tensor<2x3x40x50xf32>
  %4 = linalg.fill ins(%splat : f32) outs(%3 : tensor<2x3x40x50xf32>) -> tensor<2x3x40x50xf32>
  %mapped = linalg.map { arith.divf } ins(%2, %4 : tensor<2x3x40x50xf32>, tensor<2x3x40x50xf32>) outs(%3 : tensor<2x3x40x50xf32>)
  %extracted = tensor.extract %cst_0[] : tensor<f32>
  %5 = tensor.empty() : tensor<2x3x40xf32>
  %6 = linalg.fill ins(%extracted : f32) outs(%5 : tensor<2x3x40xf32>) -> tensor<2x3x40xf32>
  %reduced = linalg.reduce ins(%mapped : tensor<2x3x40x50xf32>) outs(%6 : tensor<2x3x40xf32>) dimensions = [3]
    (%in: f32, %init: f32) {
      %m = arith.maximumf %init, %in : f32
      linalg.yield %m : f32
    }
  %7 = tensor.empty() : tensor<2x3x40xf32>
  %8 = linalg.generic {indexing_maps = [#none, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<f32>) outs(%7 : tensor<2x3x40xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x3x40xf32>
  %mapped_3 = linalg.map { arith.maximumf } ins(%8, %reduced : tensor<2x3x40xf32>, tensor<2x3x40xf32>) outs(%7 : tensor<2x3x40xf32>)
  %expanded = tensor.expand_shape %mapped_3 [[0], [1], [2, 3]] output_shape [2, 3, 40, 1] : tensor<2x3x40xf32> into tensor<2x3x40x1xf32>
  %9 = linalg.generic {indexing_maps = [#keep, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x3x40x1xf32>) outs(%3 : tensor<2x3x40x50xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x3x40x50xf32>
  %mapped_4 = linalg.map { arith.subf } ins(%mapped, %9 : tensor<2x3x40x50xf32>, tensor<2x3x40x50xf32>) outs(%3 : tensor<2x3x40x50xf32>)
  %mapped_5 = linalg.map { math.exp } ins(%mapped_4 : tensor<2x3x40x50xf32>) outs(%3 : tensor<2x3x40x50xf32>)
  %extracted_6 = tensor.extract %cst[] : tensor<f32>
  %10 = linalg.fill ins(%extracted_6 : f32) outs(%5 : tensor<2x3x40xf32>) -> tensor<2x3x40xf32>
  %reduced_7 = linalg.reduce ins(%mapped_5 : tensor<2x3x40x50xf32>) outs(%10 : tensor<2x3x40xf32>) dimensions = [3]
    (%in: f32, %init: f32) {
      %m = arith.addf %init, %in : f32
      linalg.yield %m : f32
    }
  %broadcasted = linalg.broadcast ins(%reduced_7 : tensor<2x3x40xf32>) outs(%3 : tensor<2x3x40x50xf32>) dimensions = [3]
  %mapped_8 = linalg.map { arith.divf } ins(%mapped_5, %broadcasted : tensor<2x3x40x50xf32>, tensor<2x3x40x50xf32>) outs(%3 : tensor<2x3x40x50xf32>)
  %11 = tensor.empty() : tensor<2x3x24x40xf32>
  %12 = linalg.fill ins(%zero : f32) outs(%11 : tensor<2x3x24x40xf32>) -> tensor<2x3x24x40xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(b, h, d, m, n) -> (b, n, h, d)>, affine_map<(b, h, d, m, n) -> (b, h, m, n)>, affine_map<(b, h, d, m, n) -> (b, h, d, m)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg2, %mapped_8 : tensor<2x50x3x24xf32>, tensor<2x3x40x50xf32>) outs(%12 : tensor<2x3x24x40xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %a = arith.mulf %in, %in_2 : f32
    %b = arith.addf %out, %a : f32
    linalg.yield %b : f32
  } -> tensor<2x3x24x40xf32>
  %14 = tensor.empty() : tensor<2x40x3x24xf32>
  %transposed = linalg.transpose ins(%13 : tensor<2x3x24x40xf32>) outs(%14 : tensor<2x40x3x24xf32>) permutation = [0, 3, 1, 2]
  return %transposed : tensor<2x40x3x24xf32>
}
