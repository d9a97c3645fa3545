// Attention to the first keys of a cache; how many is an argument.
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
#m2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%q: tensor<2x16x32xbf16>, %k: tensor<2x96x32xbf16>, %v: tensor<2x96x32xbf16>, %n: i64) -> tensor<2x16x32xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %length = arith.index_cast %n : i64 to index
  %kn = tensor.extract_slice %k[0, 0, 0] [2, %length, 32] [1, 1, 1] : tensor<2x96x32xbf16> to tensor<2x?x32xbf16>
  %vn = tensor.extract_slice %v[0, 0, 0] [2, %length, 32] [1, 1, 1] : tensor<2x96x32xbf16> to tensor<2x?x32xbf16>

  %yes = tensor.empty(%length) : tensor<2x16x?xf32>
  %yfs = linalg.fill ins(%zero : f32) outs(%yes : tensor<2x16x?xf32>) -> tensor<2x16x?xf32>
  %ys = linalg.generic {indexing_maps = [affine_map<(b,m,n,k)->(b,m,k)>, affine_map<(b,m,n,k)->(b,n,k)>, affine_map<(b,m,n,k)->(b,m,n)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%q, %kn : tensor<2x16x32xbf16>, tensor<2x?x32xbf16>) outs(%yfs : tensor<2x16x?xf32>) {
  ^bb0(%y_a: bf16, %y_c: bf16, %y_o: f32):
    %y_ae = arith.extf %y_a : bf16 to f32
    %y_ce = arith.extf %y_c : bf16 to f32
    %y_m = arith.mulf %y_ae, %y_ce : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<2x16x?xf32>
  %yer = tensor.empty() : tensor<2x16xf32>
  %yfl = linalg.fill ins(%low : f32) outs(%yer : tensor<2x16xf32>) -> tensor<2x16xf32>
  %ymx = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%ys : tensor<2x16x?xf32>) outs(%yfl : tensor<2x16xf32>) {
  ^bb0(%y_in: f32, %y_o: f32):
    %y_m = arith.maximumf %y_in, %y_o : f32
    linalg.yield %y_m : f32
  } -> tensor<2x16xf32>
  %yw = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%ys, %ymx : tensor<2x16x?xf32>, tensor<2x16xf32>) outs(%yes : tensor<2x16x?xf32>) {
  ^bb0(%y_a: f32, %y_b: f32, %y_o: f32):
    %y_d = arith.subf %y_a, %y_b : f32
    %y_x = math.exp %y_d : f32
    linalg.yield %y_x : f32
  } -> tensor<2x16x?xf32>
  %yfz = linalg.fill ins(%zero : f32) outs(%yer : tensor<2x16xf32>) -> tensor<2x16xf32>
  %ysum = linalg.generic {indexing_maps = [#m3, #row], iterator_types = ["parallel", "parallel", "reduction"]} ins(%yw : tensor<2x16x?xf32>) outs(%yfz : tensor<2x16xf32>) {
  ^bb0(%y_in: f32, %y_o: f32):
    %y_m = arith.addf %y_in, %y_o : f32
    linalg.yield %y_m : f32
  } -> tensor<2x16xf32>
  %yp = linalg.generic {indexing_maps = [#m3, #row, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%yw, %ysum : tensor<2x16x?xf32>, tensor<2x16xf32>) outs(%yes : tensor<2x16x?xf32>) {
  ^bb0(%y_a: f32, %y_b: f32, %y_o: f32):
    %y_d = arith.divf %y_a, %y_b : f32
    linalg.yield %y_d : f32
  } -> tensor<2x16x?xf32>
  %yeo = tensor.empty() : tensor<2x16x32xf32>
  %yfo = linalg.fill ins(%zero : f32) outs(%yeo : tensor<2x16x32xf32>) -> tensor<2x16x32xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(b,m,d,n)->(b,m,n)>, affine_map<(b,m,d,n)->(b,n,d)>, affine_map<(b,m,d,n)->(b,m,d)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%yp, %vn : tensor<2x16x?xf32>, tensor<2x?x32xbf16>) outs(%yfo : tensor<2x16x32xf32>) {
  ^bb0(%y_a: f32, %y_c: bf16, %y_o: f32):
    %y_ce = arith.extf %y_c : bf16 to f32
    %y_m = arith.mulf %y_a, %y_ce : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<2x16x32xf32>
  return %y : tensor<2x16x32xf32>
}
