// Functions of numbers in f32, f64 and bf16.
// shapes: arg0=1000 arg1=1000
#map = affine_map<(i) -> (i)>
func.func @main(%a: tensor<1000xf32>, %b: tensor<1000xbf16>) -> (tensor<14x1000xf32>, tensor<7x1000xf64>, tensor<1000xbf16>) {
  %e = tensor.empty() : tensor<14x1000xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(k, i) -> (i)>, affine_map<(k, i) -> (k, i)>], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<1000xf32>) outs(%e : tensor<14x1000xf32>) {
  ^bb0(%x: f32, %o: f32):
    %k = linalg.index 0 : index
    %one = arith.constant 1.0 : f32
    %many = arith.constant 3000.0 : f32
    %size = math.absf %x : f32
    %large = arith.mulf %x, %many : f32
    %power = arith.constant 3 : i64
    %f0 = math.exp %x : f32
    %f1 = math.exp2 %x : f32
    %f2 = math.expm1 %x : f32
    %f3 = math.log %size : f32
    %f4 = math.log2 %size : f32
    %f5 = math.log1p %size : f32
    %f6 = math.sin %large : f32
    %f7 = math.cos %large : f32
    %f8 = math.tanh %x : f32
    %f9 = math.erf %x : f32
    %f10 = math.powf %size, %x : f32
    %f11 = math.rsqrt %size : f32
    %f12 = math.sqrt %size : f32
    %f13 = math.fpowi %x, %power : f32, i64
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    %c4 = arith.constant 4 : index
    %c5 = arith.constant 5 : index
    %c6 = arith.constant 6 : index
    %c7 = arith.constant 7 : index
    %c8 = arith.constant 8 : index
    %c9 = arith.constant 9 : index
    %c10 = arith.constant 10 : index
    %c11 = arith.constant 11 : index
    %c12 = arith.constant 12 : index
    %c13 = arith.constant 13 : index
    %t1 = arith.cmpi eq, %k, %c1 : index
    %s1 = arith.select %t1, %f1, %f0 : f32
    %t2 = arith.cmpi eq, %k, %c2 : index
    %s2 = arith.select %t2, %f2, %s1 : f32
    %t3 = arith.cmpi eq, %k, %c3 : index
    %s3 = arith.select %t3, %f3, %s2 : f32
    %t4 = arith.cmpi eq, %k, %c4 : index
    %s4 = arith.select %t4, %f4, %s3 : f32
    %t5 = arith.cmpi eq, %k, %c5 : index
    %s5 = arith.select %t5, %f5, %s4 : f32
    %t6 = arith.cmpi eq, %k, %c6 : index
    %s6 = arith.select %t6, %f6, %s5 : f32
    %t7 = arith.cmpi eq, %k, %c7 : index
    %s7 = arith.select %t7, %f7, %s6 : f32
    %t8 = arith.cmpi eq, %k, %c8 : index
    %s8 = arith.select %t8, %f8, %s7 : f32
    %t9 = arith.cmpi eq, %k, %c9 : index
    %s9 = arith.select %t9, %f9, %s8 : f32
    %t10 = arith.cmpi eq, %k, %c10 : index
    %s10 = arith.select %t10, %f10, %s9 : f32
    %t11 = arith.cmpi eq, %k, %c11 : index
    %s11 = arith.select %t11, %f11, %s10 : f32
    %t12 = arith.cmpi eq, %k, %c12 : index
    %s12 = arith.select %t12, %f12, %s11 : f32
    %t13 = arith.cmpi eq, %k, %c13 : index
    %s13 = arith.select %t13, %f13, %s12 : f32
    linalg.yield %s13 : f32
  } -> tensor<14x1000xf32>
  %d = tensor.empty() : tensor<7x1000xf64>
  %w = linalg.generic {indexing_maps = [affine_map<(k, i) -> (i)>, affine_map<(k, i) -> (k, i)>], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<1000xf32>) outs(%d : tensor<7x1000xf64>) {
  ^bb0(%y: f32, %o: f64):
    %k = linalg.index 0 : index
    %x = arith.extf %y : f32 to f64
    %size = math.absf %x : f64
    %f0 = math.exp %x : f64
    %f1 = math.log %size : f64
    %f2 = math.sin %x : f64
    %f3 = math.cos %x : f64
    %f4 = math.tanh %x : f64
    %f5 = math.powf %size, %x : f64
    %f6 = math.sqrt %size : f64
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    %c4 = arith.constant 4 : index
    %c5 = arith.constant 5 : index
    %c6 = arith.constant 6 : index
    %t1 = arith.cmpi eq, %k, %c1 : index
    %s1 = arith.select %t1, %f1, %f0 : f64
    %t2 = arith.cmpi eq, %k, %c2 : index
    %s2 = arith.select %t2, %f2, %s1 : f64
    %t3 = arith.cmpi eq, %k, %c3 : index
    %s3 = arith.select %t3, %f3, %s2 : f64
    %t4 = arith.cmpi eq, %k, %c4 : index
    %s4 = arith.select %t4, %f4, %s3 : f64
    %t5 = arith.cmpi eq, %k, %c5 : index
    %s5 = arith.select %t5, %f5, %s4 : f64
    %t6 = arith.cmpi eq, %k, %c6 : index
    %s6 = arith.select %t6, %f6, %s5 : f64
    linalg.yield %s6 : f64
  } -> tensor<7x1000xf64>
  %n = tensor.empty() : tensor<1000xbf16>
  %h = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]}
      ins(%b : tensor<1000xbf16>) outs(%n : tensor<1000xbf16>) {
  ^bb0(%x: bf16, %o: bf16):
    %f = math.exp %x : bf16
    %g = arith.addf %f, %x : bf16
    %t = math.tanh %g : bf16
    linalg.yield %t : bf16
  } -> tensor<1000xbf16>
  return %r, %w, %h : tensor<14x1000xf32>, tensor<7x1000xf64>, tensor<1000xbf16>
}
