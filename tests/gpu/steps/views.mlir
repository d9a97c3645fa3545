// Slices, paddings, concatenations, insertions and reshapes, one read through another; results that are arguments,
// constants, or the same twice.
// shapes: arg0=3x7x10 arg1=3x4x10 arg2=2x5
func.func @main(%a: tensor<3x?x10xf32>, %b: tensor<3x?x10xf32>, %c: tensor<2x5xbf16>)
    -> (tensor<3x?x10xf32>, tensor<?x10xf32>, tensor<4x9xbf16>, tensor<2x5xbf16>, tensor<4x9xbf16>, tensor<4xi64>, tensor<6x5xbf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %a, %c1 : tensor<3x?x10xf32>
  %rest = arith.subi %n, %c1 : index
  %tail = tensor.extract_slice %a[0, 1, 0] [3, %rest, 10] [1, 1, 1] : tensor<3x?x10xf32> to tensor<3x?x10xf32>
  %joined = tensor.concat dim(1) %tail, %b, %a : (tensor<3x?x10xf32>, tensor<3x?x10xf32>, tensor<3x?x10xf32>) -> tensor<3x?x10xf32>
  %row = tensor.extract_slice %joined[1, 0, 0] [1, %rest, 10] [1, 1, 1] : tensor<3x?x10xf32> to tensor<?x10xf32>
  %empty = tensor.empty(%rest) : tensor<?x10xf32>
  %negated = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%row : tensor<?x10xf32>) outs(%empty : tensor<?x10xf32>) {
  ^bb0(%x: f32, %o: f32):
    %y = arith.negf %x : f32
    linalg.yield %y : f32
  } -> tensor<?x10xf32>
  %one = arith.constant 1.5 : bf16
  %padded = tensor.pad %c low[1, 3] high[1, 1] {
  ^bb0(%i: index, %j: index):
    %at = arith.addi %i, %j : index
    %number = arith.index_cast %at : index to i64
    %float = arith.sitofp %number : i64 to bf16
    %sum = arith.addf %float, %one : bf16
    tensor.yield %sum : bf16
  } : tensor<2x5xbf16> to tensor<4x9xbf16>
  %steps = tensor.extract_slice %padded[1, 0] [2, 3] [2, 3] : tensor<4x9xbf16> to tensor<2x3xbf16>
  %flat = tensor.collapse_shape %steps [[0, 1]] : tensor<2x3xbf16> into tensor<6xbf16>
  %tall = tensor.expand_shape %flat [[0, 1]] output_shape [6, 1] : tensor<6xbf16> into tensor<6x1xbf16>
  %zeros = arith.constant dense<0.0> : tensor<6x5xbf16>
  %filled = tensor.insert_slice %tall into %zeros[0, 2] [6, 1] [1, 1] : tensor<6x1xbf16> into tensor<6x5xbf16>
  %spread = tensor.extract_slice %c[0, 0] [2, 2] [1, 2] : tensor<2x5xbf16> to tensor<2x2xbf16>
  %twice = tensor.insert_slice %spread into %filled[1, 0] [2, 2] [3, 4] : tensor<2x2xbf16> into tensor<6x5xbf16>
  %numbers = arith.constant dense<[3, -1, 4, 9007199254740993]> : tensor<4xi64>
  return %joined, %negated, %padded, %c, %padded, %numbers, %twice
      : tensor<3x?x10xf32>, tensor<?x10xf32>, tensor<4x9xbf16>, tensor<2x5xbf16>, tensor<4x9xbf16>, tensor<4xi64>, tensor<6x5xbf16>
}
