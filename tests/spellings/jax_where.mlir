// sizes: 2 40 4 16; 2 40 2 16; 2 40 2 16
// A causal mask as JAX builds it: iotas compared, `where` with the least finite number, in f32 around bf16-sized
// steps; grouped heads by broadcast_in_dim and a reshape, and the mask in private functions as `jnp.where` is.
#iota = affine_map<(d0, d1) -> (d0, d1)>
#bhmk = affine_map<(b, h, m, n, k) -> (b, m, h, k)>
#bhnk = affine_map<(b, h, m, n, k) -> (b, n, h, k)>
#bhmn = affine_map<(b, h, m, n, k) -> (b, h, m, n)>
func.func private @_where(%arg0: tensor<40x40xi1>, %arg1: tensor<2x4x40x40xf32>, %arg2: tensor<f32>) -> tensor<2x4x40x40xf32> {
  %0 = tensor.empty() : tensor<2x4x40x40xi1>
  %b = linalg.broadcast ins(%arg0 : tensor<40x40xi1>) outs(%0 : tensor<2x4x40x40xi1>) dimensions = [0, 1]
  %1 = tensor.empty() : tensor<2x4x40x40xf32>
  %c = linalg.broadcast ins(%arg2 : tensor<f32>) outs(%1 : tensor<2x4x40x40xf32>) dimensions = [0, 1, 2, 3]
  %m = linalg.map { arith.select } ins(%b, %arg1, %c : tensor<2x4x40x40xi1>, tensor<2x4x40x40xf32>, tensor<2x4x40x40xf32>) outs(%1 : tensor<2x4x40x40xf32>)
  return %m : tensor<2x4x40x40xf32>
}
func.func public @main(%arg0: tensor<2x40x4x16xf32>, %arg1: tensor<2x40x2x16xf32>, %arg2: tensor<2x40x2x16xf32>) -> tensor<2x40x4x16xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %min = arith.constant dense<-3.40282347E+38> : tensor<f32>
  %scale = arith.constant dense<2.500000e-01> : tensor<f32>
  %ge = tensor.empty() : tensor<2x40x2x2x16xf32>
  %k5 = linalg.broadcast ins(%arg1 : tensor<2x40x2x16xf32>) outs(%ge : tensor<2x40x2x2x16xf32>) dimensions = [3]
  %k = tensor.collapse_shape %k5 [[0], [1], [2, 3], [4]] : tensor<2x40x2x2x16xf32> into tensor<2x40x4x16xf32>
  %v5 = linalg.broadcast ins(%arg2 : tensor<2x40x2x16xf32>) outs(%ge : tensor<2x40x2x2x16xf32>) dimensions = [3]
  %v = tensor.collapse_shape %v5 [[0], [1], [2, 3], [4]] : tensor<2x40x2x2x16xf32> into tensor<2x40x4x16xf32>
  %se = tensor.empty() : tensor<2x4x40x40xf32>
  %sf = linalg.fill ins(%zero : f32) outs(%se : tensor<2x4x40x40xf32>) -> tensor<2x4x40x40xf32>
  %s = linalg.generic {indexing_maps = [#bhmk, #bhnk, #bhmn], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %k : tensor<2x40x4x16xf32>, tensor<2x40x4x16xf32>) outs(%sf : tensor<2x4x40x40xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %a = arith.mulf %in, %in_2 : f32
    %b = arith.addf %out, %a : f32
    linalg.yield %b : f32
  } -> tensor<2x4x40x40xf32>
  %sb = linalg.broadcast ins(%scale : tensor<f32>) outs(%se : tensor<2x4x40x40xf32>) dimensions = [0, 1, 2, 3]
  %x = linalg.map { arith.mulf } ins(%s, %sb : tensor<2x4x40x40xf32>, tensor<2x4x40x40xf32>) outs(%se : tensor<2x4x40x40xf32>)
  %ie = tensor.empty() : tensor<40x40xi32>
  %i = linalg.generic {indexing_maps = [#iota], iterator_types = ["parallel", "parallel"]} outs(%ie : tensor<40x40xi32>) {
  ^bb0(%out: i32):
    %0 = linalg.index 0 : index
    %1 = arith.index_cast %0 : index to i32
    linalg.yield %1 : i32
  } -> tensor<40x40xi32>
  %j = linalg.generic {indexing_maps = [#iota], iterator_types = ["parallel", "parallel"]} outs(%ie : tensor<40x40xi32>) {
  ^bb0(%out: i32):
    %0 = linalg.index 1 : index
    %1 = arith.index_cast %0 : index to i32
    linalg.yield %1 : i32
  } -> tensor<40x40xi32>
  %be = tensor.empty() : tensor<40x40xi1>
  %keep = linalg.map ins(%i, %j : tensor<40x40xi32>, tensor<40x40xi32>) outs(%be : tensor<40x40xi1>)
    (%a: i32, %b: i32, %out: i1) {
      %0 = arith.cmpi sge, %a, %b : i32
      linalg.yield %0 : i1
    }
  %y = call @_where(%keep, %x, %min) : (tensor<40x40xi1>, tensor<2x4x40x40xf32>, tensor<f32>) -> tensor<2x4x40x40xf32>
  %re = tensor.empty() : tensor<2x4x40xf32>
  %lows = linalg.fill ins(%low : f32) outs(%re : tensor<2x4x40xf32>) -> tensor<2x4x40xf32>
  %max = linalg.reduce { arith.maximumf } ins(%y : tensor<2x4x40x40xf32>) outs(%lows : tensor<2x4x40xf32>) dimensions = [3]
  %maxb = linalg.broadcast ins(%max : tensor<2x4x40xf32>) outs(%se : tensor<2x4x40x40xf32>) dimensions = [3]
  %d = linalg.map { arith.subf } ins(%y, %maxb : tensor<2x4x40x40xf32>, tensor<2x4x40x40xf32>) outs(%se : tensor<2x4x40x40xf32>)
  %p = linalg.map { math.exp } ins(%d : tensor<2x4x40x40xf32>) outs(%se : tensor<2x4x40x40xf32>)
  %zeros = linalg.fill ins(%zero : f32) outs(%re : tensor<2x4x40xf32>) -> tensor<2x4x40xf32>
  %sum = linalg.reduce { arith.addf } ins(%p : tensor<2x4x40x40xf32>) outs(%zeros : tensor<2x4x40xf32>) dimensions = [3]
  %sumb = linalg.broadcast ins(%sum : tensor<2x4x40xf32>) outs(%se : tensor<2x4x40x40xf32>) dimensions = [3]
  %w = linalg.map { arith.divf } ins(%p, %sumb : tensor<2x4x40x40xf32>, tensor<2x4x40x40xf32>) outs(%se : tensor<2x4x40x40xf32>)
  %oe = tensor.empty() : tensor<2x40x4x16xf32>
  %of = linalg.fill ins(%zero : f32) outs(%oe : tensor<2x40x4x16xf32>) -> tensor<2x40x4x16xf32>
  %o = linalg.generic {indexing_maps = [affine_map<(b, m, h, d, n) -> (b, h, m, n)>, affine_map<(b, m, h, d, n) -> (b, n, h, d)>, affine_map<(b, m, h, d, n) -> (b, m, h, d)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%w, %v : tensor<2x4x40x40xf32>, tensor<2x40x4x16xf32>) outs(%of : tensor<2x40x4x16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %a = arith.mulf %in, %in_2 : f32
    %b = arith.addf %out, %a : f32
    linalg.yield %b : f32
  } -> tensor<2x40x4x16xf32>
  return %o : tensor<2x40x4x16xf32>
}
