// A loop over a dim around one whose bounds are an array's, in i32; a float is carried.
#m3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#row = affine_map<(d0, d1, d2) -> (d0, d1)>
#m2 = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<1x8x16xf32>, %rounds: tensor<?xf32>, %bounds: tensor<2xi32>) -> (tensor<1x8x16xf32>, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %one = arith.constant 1 : i32
  %half = arith.constant 0.5 : f32
  %count = tensor.dim %rounds, %c0 : tensor<?xf32>
  %from = tensor.extract %bounds[%c0] : tensor<2xi32>
  %to = tensor.extract %bounds[%c1] : tensor<2xi32>
  %out, %sum = scf.for %i = %c0 to %count step %c1 iter_args(%h = %x, %s = %zero) -> (tensor<1x8x16xf32>, f32) {
    %r = tensor.extract %rounds[%i] : tensor<?xf32>
    %in, %t = scf.for %j = %from to %to step %one iter_args(%g = %h, %u = %s) -> (tensor<1x8x16xf32>, f32) : i32 {

  %yes = tensor.empty() : tensor<1x8x8xf32>
  %yfs = linalg.fill ins(%zero : f32) outs(%yes : tensor<1x8x8xf32>) -> tensor<1x8x8xf32>
  %ys = linalg.generic {indexing_maps = [affine_map<(b,m,n,k)->(b,m,k)>, affine_map<(b,m,n,k)->(b,n,k)>, affine_map<(b,m,n,k)->(b,m,n)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%g, %g : tensor<1x8x16xf32>, tensor<1x8x16xf32>) outs(%yfs : tensor<1x8x8xf32>) {
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
  %y = linalg.generic {indexing_maps = [affine_map<(b,m,d,n)->(b,m,n)>, affine_map<(b,m,d,n)->(b,n,d)>, affine_map<(b,m,d,n)->(b,m,d)>], iterator_types = ["parallel","parallel","parallel","reduction"]} ins(%yp, %g : tensor<1x8x8xf32>, tensor<1x8x16xf32>) outs(%yfo : tensor<1x8x16xf32>) {
  ^bb0(%y_a: f32, %y_c: f32, %y_o: f32):
    %y_m = arith.mulf %y_a, %y_c : f32
    %y_d = arith.addf %y_o, %y_m : f32
    linalg.yield %y_d : f32
  } -> tensor<1x8x16xf32>
      %number = arith.sitofp %j : i32 to f32
      %shift = arith.mulf %r, %number : f32
      %eh = tensor.empty() : tensor<1x8x16xf32>
      %z = linalg.generic {indexing_maps = [#m3, #m3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%y : tensor<1x8x16xf32>) outs(%eh : tensor<1x8x16xf32>) {
      ^bb0(%a: f32, %o: f32):
        %d = arith.mulf %a, %half : f32
        %e = arith.addf %d, %shift : f32
        linalg.yield %e : f32
      } -> tensor<1x8x16xf32>
      %v = arith.addf %u, %shift : f32
      scf.yield %z, %v : tensor<1x8x16xf32>, f32
    }
    scf.yield %in, %t : tensor<1x8x16xf32>, f32
  }
  return %out, %sum : tensor<1x8x16xf32>, f32
}
