// As often as there are elements above a limit: the bound is computed on the GPU.
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
#m2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<1x8x16xf32>, %marks: tensor<10xf32>) -> tensor<1x8x16xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %one = arith.constant 1 : i64
  %none = arith.constant 0 : i64
  %em = tensor.empty() : tensor<i64>
  %fm = linalg.fill ins(%none : i64) outs(%em : tensor<i64>) -> tensor<i64>
  %sum = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]} ins(%marks : tensor<10xf32>) outs(%fm : tensor<i64>) {
  ^bb0(%in: f32, %o: i64):
    %p = arith.cmpf ogt, %in, %zero : f32
    %u = arith.extui %p : i1 to i64
    %m = arith.addi %u, %o : i64
    linalg.yield %m : i64
  } -> tensor<i64>
  %n = tensor.extract %sum[] : tensor<i64>
  %high = arith.index_cast %n : i64 to index
  %out = scf.for %i = %c0 to %high step %c1 iter_args(%h = %x) -> tensor<1x8x16xf32> {

  %yes = tensor.empty() : tensor<1x8x8xf32>
  %yfs = linalg.fill ins(%zero : f32) outs(%yes : tensor<1x8x8xf32>) -> tensor<1x8x8xf32>
  %ys = linalg.generic {indexing_maps = [affine_map<(b,m,n,k)->(b,m,k)>, affine_map<(b,m,n,k)->(b,n,k)>, affine_map<(b,m,n,k)->(b,m,n)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%h, %h : tensor<1x8x16xf32>, tensor<1x8x16xf32>) outs(%yfs : tensor<1x8x8xf32>) {
  ^bb0(%y_a: f32, %y_c: f32, %y_o: f32):
    %y_m = arith.mulf %y_a, %y_c : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<1x8x8xf32>
  %yer = tensor.empty() : tensor<1x8xf32>
  %yfl = linalg.fill ins(%low : f32) outs(%yer : tensor<1x8xf32>) -> tensor<1x8xf32>
  %ymx = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%ys : tensor<1x8x8xf32>) outs(%yfl : tensor<1x8xf32>) {
  ^bb0(%y_in: f32, %y_o: f32):
    %y_m = arith.maximumf %y_in, %y_o : f32
    linalg.yield %y_m : f32
  } -> tensor<1x8xf32>
  %yw = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%ys, %ymx : tensor<1x8x8xf32>, tensor<1x8xf32>) outs(%yes : tensor<1x8x8xf32>) {
  ^bb0(%y_a: f32, %y_b: f32, %y_o: f32):
    %y_d = arith.subf %y_a, %y_b : f32
    %y_x = math.exp %y_d : f32
    linalg.yield %y_x : f32
  } -> tensor<1x8x8xf32>
  %yfz = linalg.fill ins(%zero : f32) outs(%yer : tensor<1x8xf32>) -> tensor<1x8xf32>
  %ysum = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%yw : tensor<1x8x8xf32>) outs(%yfz : tensor<1x8xf32>) {
  ^bb0(%y_in: f32, %y_o: f32):
    %y_m = arith.addf %y_in, %y_o : f32
    linalg.yield %y_m : f32
  } -> tensor<1x8xf32>
  %yp = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%yw, %ysum : tensor<1x8x8xf32>, tensor<1x8xf32>) outs(%yes : tensor<1x8x8xf32>) {
  ^bb0(%y_a: f32, %y_b: f32, %y_o: f32):
    %y_d = arith.divf %y_a, %y_b : f32
    linalg.yield %y_d : f32
  } -> tensor<1x8x8xf32>
  %yeo = tensor.empty() : tensor<1x8x16xf32>
  %yfo = linalg.fill ins(%zero : f32) outs(%yeo : tensor<1x8x16xf32>) -> tensor<1x8x16xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(b,m,d,n)->(b,m,n)>, affine_map<(b,m,d,n)->(b,n,d)>, affine_map<(b,m,d,n)->(b,m,d)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%yp, %h : tensor<1x8x8xf32>, tensor<1x8x16xf32>) outs(%yfo : tensor<1x8x16xf32>) {
  ^bb0(%y_a: f32, %y_c: f32, %y_o: f32):
    %y_m = arith.mulf %y_a, %y_c : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<1x8x16xf32>
    scf.yield %y : tensor<1x8x16xf32>
  }
  return %out : tensor<1x8x16xf32>
}
