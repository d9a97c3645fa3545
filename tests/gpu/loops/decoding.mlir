// Tokens one by one: each is written into a cache, and attends to what is there.
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
#m2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<2x1x32xf32>, %cache: tensor<2x64x32xf32>, %start: i64, %tokens: i64) -> (tensor<2x1x32xf32>, tensor<2x64x32xf32>, i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %one = arith.constant 1 : i64
  %none = arith.constant 0 : i64
  %out, %filled, %end = scf.for %i = %none to %tokens step %one iter_args(%h = %x, %c = %cache, %at = %start) -> (tensor<2x1x32xf32>, tensor<2x64x32xf32>, i64) : i64 {
    %place = arith.index_cast %at : i64 to index
    %next = arith.addi %at, %one : i64
    %length = arith.index_cast %next : i64 to index
    %more = tensor.insert_slice %h into %c[0, %place, 0] [2, 1, 32] [1, 1, 1] : tensor<2x1x32xf32> into tensor<2x64x32xf32>
    %k = tensor.extract_slice %more[0, 0, 0] [2, %length, 32] [1, 1, 1] : tensor<2x64x32xf32> to tensor<2x?x32xf32>

  %yes = tensor.empty(%length) : tensor<2x1x?xf32>
  %yfs = linalg.fill ins(%zero : f32) outs(%yes : tensor<2x1x?xf32>) -> tensor<2x1x?xf32>
  %ys = linalg.generic {indexing_maps = [affine_map<(b,m,n,k)->(b,m,k)>, affine_map<(b,m,n,k)->(b,n,k)>, affine_map<(b,m,n,k)->(b,m,n)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%h, %k : tensor<2x1x32xf32>, tensor<2x?x32xf32>) outs(%yfs : tensor<2x1x?xf32>) {
  ^bb0(%y_a: f32, %y_c: f32, %y_o: f32):
    %y_m = arith.mulf %y_a, %y_c : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<2x1x?xf32>
  %yer = tensor.empty() : tensor<2x1xf32>
  %yfl = linalg.fill ins(%low : f32) outs(%yer : tensor<2x1xf32>) -> tensor<2x1xf32>
  %ymx = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%ys : tensor<2x1x?xf32>) outs(%yfl : tensor<2x1xf32>) {
  ^bb0(%y_in: f32, %y_o: f32):
    %y_m = arith.maximumf %y_in, %y_o : f32
    linalg.yield %y_m : f32
  } -> tensor<2x1xf32>
  %yw = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%ys, %ymx : tensor<2x1x?xf32>, tensor<2x1xf32>) outs(%yes : tensor<2x1x?xf32>) {
  ^bb0(%y_a: f32, %y_b: f32, %y_o: f32):
    %y_d = arith.subf %y_a, %y_b : f32
    %y_x = math.exp %y_d : f32
    linalg.yield %y_x : f32
  } -> tensor<2x1x?xf32>
  %yfz = linalg.fill ins(%zero : f32) outs(%yer : tensor<2x1xf32>) -> tensor<2x1xf32>
  %ysum = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%yw : tensor<2x1x?xf32>) outs(%yfz : tensor<2x1xf32>) {
  ^bb0(%y_in: f32, %y_o: f32):
    %y_m = arith.addf %y_in, %y_o : f32
    linalg.yield %y_m : f32
  } -> tensor<2x1xf32>
  %yp = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%yw, %ysum : tensor<2x1x?xf32>, tensor<2x1xf32>) outs(%yes : tensor<2x1x?xf32>) {
  ^bb0(%y_a: f32, %y_b: f32, %y_o: f32):
    %y_d = arith.divf %y_a, %y_b : f32
    linalg.yield %y_d : f32
  } -> tensor<2x1x?xf32>
  %yeo = tensor.empty() : tensor<2x1x32xf32>
  %yfo = linalg.fill ins(%zero : f32) outs(%yeo : tensor<2x1x32xf32>) -> tensor<2x1x32xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(b,m,d,n)->(b,m,n)>, affine_map<(b,m,d,n)->(b,n,d)>, affine_map<(b,m,d,n)->(b,m,d)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%yp, %k : tensor<2x1x?xf32>, tensor<2x?x32xf32>) outs(%yfo : tensor<2x1x32xf32>) {
  ^bb0(%y_a: f32, %y_c: f32, %y_o: f32):
    %y_m = arith.mulf %y_a, %y_c : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<2x1x32xf32>
    scf.yield %y, %more, %next : tensor<2x1x32xf32>, tensor<2x64x32xf32>, i64
  }
  return %out, %filled, %end : tensor<2x1x32xf32>, tensor<2x64x32xf32>, i64
}
