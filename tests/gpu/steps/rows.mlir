// Rows looked up in a table by number, normalized, multiplied by weights that the program holds, and transposed.
// shapes: arg0=37 arg1=20x16
#vector = affine_map<(i) -> (i)>
#row = affine_map<(i, j) -> (i, j)>
#left = affine_map<(i, j) -> (i)>
func.func @main(%ids: tensor<?xi64>, %table: tensor<20x16xf32>) -> (tensor<8x?xf32>, tensor<?x4x2xf32>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %ids, %c0 : tensor<?xi64>
  %wide = tensor.empty(%n) : tensor<?x16xf32>
  %taken = linalg.generic {indexing_maps = [#left, #row], iterator_types = ["parallel", "parallel"]}
      ins(%ids : tensor<?xi64>) outs(%wide : tensor<?x16xf32>) {
  ^bb0(%id: i64, %o: f32):
    %limit = arith.constant 20 : i64
    %fits = arith.cmpi slt, %id, %limit : i64
    cf.assert %fits, "a number past the table"
    %at = arith.index_cast %id : i64 to index
    %j = linalg.index 1 : index
    %x = tensor.extract %table[%at, %j] : tensor<20x16xf32>
    linalg.yield %x : f32
  } -> tensor<?x16xf32>
  %thin = tensor.empty(%n) : tensor<?xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%thin : tensor<?xf32>) -> tensor<?xf32>
  %squares = linalg.generic {indexing_maps = [#row, #left], iterator_types = ["parallel", "reduction"]}
      ins(%taken : tensor<?x16xf32>) outs(%zeros : tensor<?xf32>) {
  ^bb0(%x: f32, %o: f32):
    %y = arith.mulf %x, %x : f32
    %s = arith.addf %o, %y : f32
    linalg.yield %s : f32
  } -> tensor<?xf32>
  %normal = linalg.generic {indexing_maps = [#row, #left, #row], iterator_types = ["parallel", "parallel"]}
      ins(%taken, %squares : tensor<?x16xf32>, tensor<?xf32>) outs(%wide : tensor<?x16xf32>) {
  ^bb0(%x: f32, %s: f32, %o: f32):
    %eps = arith.constant 1.0e-5 : f32
    %t = arith.addf %s, %eps : f32
    %r = math.rsqrt %t : f32
    %y = arith.mulf %x, %r : f32
    linalg.yield %y : f32
  } -> tensor<?x16xf32>
  %weights = arith.constant dense<[[0.5, -1.0, 0.25, 2.0, 1.5, -0.75, 1.0, 0.125]]> : tensor<1x8xf32>
  %full = tensor.empty() : tensor<16x8xf32>
  %matrix = linalg.generic {indexing_maps = [affine_map<(i, j) -> (0, j)>, #row], iterator_types = ["parallel", "parallel"]}
      ins(%weights : tensor<1x8xf32>) outs(%full : tensor<16x8xf32>) {
  ^bb0(%w: f32, %o: f32):
    %i = linalg.index 0 : index
    %number = arith.index_cast %i : index to i64
    %scale = arith.sitofp %number : i64 to f32
    %y = arith.mulf %w, %scale : f32
    linalg.yield %y : f32
  } -> tensor<16x8xf32>
  %out = tensor.empty(%n) : tensor<?x8xf32>
  %init = linalg.fill ins(%zero : f32) outs(%out : tensor<?x8xf32>) -> tensor<?x8xf32>
  %product = linalg.matmul ins(%normal, %matrix : tensor<?x16xf32>, tensor<16x8xf32>) outs(%init : tensor<?x8xf32>) -> tensor<?x8xf32>
  %turned = tensor.empty(%n) : tensor<8x?xf32>
  %across = linalg.transpose ins(%product : tensor<?x8xf32>) outs(%turned : tensor<8x?xf32>) permutation = [1, 0]
  %grouped = tensor.expand_shape %product [[0], [1, 2]] output_shape [%n, 4, 2] : tensor<?x8xf32> into tensor<?x4x2xf32>
  return %across, %grouped : tensor<8x?xf32>, tensor<?x4x2xf32>
}
