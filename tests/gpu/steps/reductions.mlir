// Reductions along rows and columns, of every type, several at once, over everything, and one that is no single operation.
// shapes: arg0=5x100 arg1=130x6 arg2=70
#row = affine_map<(i, j) -> (i, j)>
#left = affine_map<(i, j) -> (i)>
#right = affine_map<(i, j) -> (j)>
#none = affine_map<(i, j) -> ()>
func.func @main(%a: tensor<?x100xf32>, %b: tensor<?x6xi64>, %c: tensor<70xi1>)
    -> (tensor<?xf32>, tensor<?xf32>, tensor<?xi64>, tensor<6xi64>, tensor<6xi64>, tensor<f32>, tensor<i1>, tensor<i1>, tensor<?xf64>, tensor<100xbf16>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %n = tensor.dim %a, %c0 : tensor<?x100xf32>
  %rows = tensor.empty(%n) : tensor<?xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%rows : tensor<?xf32>) -> tensor<?xf32>
  %sum = linalg.generic {indexing_maps = [#row, #left], iterator_types = ["parallel", "reduction"]}
      ins(%a : tensor<?x100xf32>) outs(%zeros : tensor<?xf32>) {
  ^bb0(%x: f32, %o: f32):
    %y = arith.mulf %x, %x : f32
    %s = arith.addf %o, %y : f32
    linalg.yield %s : f32
  } -> tensor<?xf32>
  %lows = linalg.fill ins(%low : f32) outs(%rows : tensor<?xf32>) -> tensor<?xf32>
  %places = tensor.empty(%n) : tensor<?xi64>
  %none = arith.constant 0 : i64
  %firsts = linalg.fill ins(%none : i64) outs(%places : tensor<?xi64>) -> tensor<?xi64>
  // The maximum and where it is.
  %max:2 = linalg.generic {indexing_maps = [#row, #left, #left], iterator_types = ["parallel", "reduction"]}
      ins(%a : tensor<?x100xf32>) outs(%lows, %firsts : tensor<?xf32>, tensor<?xi64>) {
  ^bb0(%x: f32, %o: f32, %p: i64):
    %j = linalg.index 1 : index
    %at = arith.index_cast %j : index to i64
    %more = arith.cmpf ogt, %x, %o : f32
    %v = arith.select %more, %x, %o : f32
    %q = arith.select %more, %at, %p : i64
    linalg.yield %v, %q : f32, i64
  } -> (tensor<?xf32>, tensor<?xi64>)
  %least = arith.constant dense<9223372036854775807> : tensor<6xi64>
  %most = arith.constant dense<-9223372036854775808> : tensor<6xi64>
  %ends:2 = linalg.generic {indexing_maps = [#row, #right, #right], iterator_types = ["reduction", "parallel"]}
      ins(%b : tensor<?x6xi64>) outs(%least, %most : tensor<6xi64>, tensor<6xi64>) {
  ^bb0(%x: i64, %o: i64, %p: i64):
    %u = arith.minsi %x, %o : i64
    %v = arith.maxsi %x, %p : i64
    linalg.yield %u, %v : i64, i64
  } -> (tensor<6xi64>, tensor<6xi64>)
  %start = arith.constant dense<0.5> : tensor<f32>
  %all = linalg.generic {indexing_maps = [#row, #none], iterator_types = ["reduction", "reduction"]}
      ins(%a : tensor<?x100xf32>) outs(%start : tensor<f32>) {
  ^bb0(%x: f32, %o: f32):
    %s = arith.addf %o, %x : f32
    linalg.yield %s : f32
  } -> tensor<f32>
  %true = arith.constant dense<true> : tensor<i1>
  %false = arith.constant dense<false> : tensor<i1>
  %both = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%c : tensor<70xi1>) outs(%true : tensor<i1>) {
  ^bb0(%x: i1, %o: i1):
    %s = arith.andi %o, %x : i1
    linalg.yield %s : i1
  } -> tensor<i1>
  %any = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
      ins(%c : tensor<70xi1>) outs(%false : tensor<i1>) {
  ^bb0(%x: i1, %o: i1):
    %s = arith.ori %o, %x : i1
    linalg.yield %s : i1
  } -> tensor<i1>
  %doubles = tensor.empty(%n) : tensor<?xf64>
  %unit = arith.constant 1.0 : f64
  %ones = linalg.fill ins(%unit : f64) outs(%doubles : tensor<?xf64>) -> tensor<?xf64>
  %product = linalg.generic {indexing_maps = [#row, #left], iterator_types = ["parallel", "reduction"]}
      ins(%a : tensor<?x100xf32>) outs(%ones : tensor<?xf64>) {
  ^bb0(%x: f32, %o: f64):
    %wide = arith.extf %x : f32 to f64
    %y = arith.addf %wide, %unit : f64
    %s = arith.mulf %o, %y : f64
    linalg.yield %s : f64
  } -> tensor<?xf64>
  %narrow = arith.constant dense<0.0> : tensor<100xbf16>
  %columns = linalg.generic {indexing_maps = [#row, #right], iterator_types = ["reduction", "parallel"]}
      ins(%a : tensor<?x100xf32>) outs(%narrow : tensor<100xbf16>) {
  ^bb0(%x: f32, %o: bf16):
    %y = arith.truncf %x : f32 to bf16
    %s = arith.maximumf %o, %y : bf16
    linalg.yield %s : bf16
  } -> tensor<100xbf16>
  return %sum, %max#0, %max#1, %ends#0, %ends#1, %all, %both, %any, %product, %columns
      : tensor<?xf32>, tensor<?xf32>, tensor<?xi64>, tensor<6xi64>, tensor<6xi64>, tensor<f32>, tensor<i1>, tensor<i1>, tensor<?xf64>, tensor<100xbf16>
}
