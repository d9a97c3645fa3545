// nests: 3
#q = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d4)>
#k = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#s = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#all = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#turned = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3, d2)>
#bias = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#row = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#mask = affine_map<(d0, d1, d2, d3) -> (d0, d3)>
#one = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
module {
  func.func @main(%q: tensor<5x2x70x24xf32>, %k: tensor<5x2x40x24xf32>, %g: tensor<5x2x70x24xf32>, %v: tensor<5x2x40x24xf32>, %b: tensor<2x70x40xf32>, %l: tensor<5x2x70xf32>, %m: tensor<5x40xf32>) -> (tensor<2x70x40xf32>, tensor<70x40xf32>, tensor<5x2x70x40xf32>) {
    %z = arith.constant 0.000000e+00 : f32
    %e = tensor.empty() : tensor<5x2x70x40xf32>
    %et = tensor.empty() : tensor<5x2x40x70xf32>
    %eb = tensor.empty() : tensor<2x70x40xf32>
    %eo = tensor.empty() : tensor<70x40xf32>
    %ee = tensor.empty() : tensor<5x2x70x40xf32>
    %fe = linalg.fill ins(%z : f32) outs(%e : tensor<5x2x70x40xf32>) -> tensor<5x2x70x40xf32>
    %fet = linalg.fill ins(%z : f32) outs(%et : tensor<5x2x40x70xf32>) -> tensor<5x2x40x70xf32>
    %feb = linalg.fill ins(%z : f32) outs(%eb : tensor<2x70x40xf32>) -> tensor<2x70x40xf32>
    %feo = linalg.fill ins(%z : f32) outs(%eo : tensor<70x40xf32>) -> tensor<70x40xf32>
    %s0 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%q, %k : tensor<5x2x70x24xf32>, tensor<5x2x40x24xf32>) outs(%fe : tensor<5x2x70x40xf32>) {
    ^bb0(%a: f32, %y: f32, %o: f32):
      %p = arith.mulf %a, %y : f32
      %c = arith.addf %o, %p : f32
      linalg.yield %c : f32
    } -> tensor<5x2x70x40xf32>
    %t0 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%g, %v : tensor<5x2x70x24xf32>, tensor<5x2x40x24xf32>) outs(%fe : tensor<5x2x70x40xf32>) {
    ^bb0(%a: f32, %y: f32, %o: f32):
      %p = arith.mulf %a, %y : f32
      %c = arith.addf %o, %p : f32
      linalg.yield %c : f32
    } -> tensor<5x2x70x40xf32>
    %s1 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%k, %q : tensor<5x2x40x24xf32>, tensor<5x2x70x24xf32>) outs(%fet : tensor<5x2x40x70xf32>) {
    ^bb0(%a: f32, %y: f32, %o: f32):
      %p = arith.mulf %a, %y : f32
      %c = arith.addf %o, %p : f32
      linalg.yield %c : f32
    } -> tensor<5x2x40x70xf32>
    %t1 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%q, %v : tensor<5x2x70x24xf32>, tensor<5x2x40x24xf32>) outs(%fe : tensor<5x2x70x40xf32>) {
    ^bb0(%a: f32, %y: f32, %o: f32):
      %p = arith.mulf %a, %y : f32
      %c = arith.addf %o, %p : f32
      linalg.yield %c : f32
    } -> tensor<5x2x70x40xf32>
    %s2 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%g, %k : tensor<5x2x70x24xf32>, tensor<5x2x40x24xf32>) outs(%fe : tensor<5x2x70x40xf32>) {
    ^bb0(%a: f32, %y: f32, %o: f32):
      %p = arith.mulf %a, %y : f32
      %c = arith.addf %o, %p : f32
      linalg.yield %c : f32
    } -> tensor<5x2x70x40xf32>
    %t2 = linalg.generic {indexing_maps = [#q, #k, #s], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%q, %k : tensor<5x2x70x24xf32>, tensor<5x2x40x24xf32>) outs(%fe : tensor<5x2x70x40xf32>) {
    ^bb0(%a: f32, %y: f32, %o: f32):
      %p = arith.mulf %a, %y : f32
      %c = arith.addf %o, %p : f32
      linalg.yield %c : f32
    } -> tensor<5x2x70x40xf32>
    %r0 = linalg.generic {indexing_maps = [#all, #bias, #row, #mask, #all, #bias], iterator_types = ["reduction", "parallel", "parallel", "parallel"]} ins(%s0, %b, %l, %m, %t0 : tensor<5x2x70x40xf32>, tensor<2x70x40xf32>, tensor<5x2x70xf32>, tensor<5x40xf32>, tensor<5x2x70x40xf32>) outs(%feb : tensor<2x70x40xf32>) {
    ^bb0(%s: f32, %bb: f32, %ll: f32, %mm: f32, %t: f32, %o: f32):
      %hs = arith.mulf %s, %s : f32
      %1 = arith.addf %hs, %bb : f32
      %2 = arith.addf %1, %mm : f32
      %3 = arith.subf %2, %ll : f32
      %4 = math.tanh %3 : f32
      %5 = arith.mulf %4, %t : f32
      %6 = arith.addf %5, %o : f32
      linalg.yield %6 : f32
    } -> tensor<2x70x40xf32>
    %r1 = linalg.generic {indexing_maps = [#turned, #all, #row, #one], iterator_types = ["reduction", "reduction", "parallel", "parallel"]} ins(%s1, %t1, %l : tensor<5x2x40x70xf32>, tensor<5x2x70x40xf32>, tensor<5x2x70xf32>) outs(%feo : tensor<70x40xf32>) {
    ^bb0(%s: f32, %t: f32, %ll: f32, %o: f32):
      %u = math.tanh %s : f32
      %1 = arith.maximumf %u, %t : f32
      %2 = arith.subf %1, %ll : f32
      %3 = arith.addf %o, %2 : f32
      linalg.yield %3 : f32
    } -> tensor<70x40xf32>
    %r2 = linalg.generic {indexing_maps = [#all, #all, #bias, #all], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%s2, %t2, %b : tensor<5x2x70x40xf32>, tensor<5x2x70x40xf32>, tensor<2x70x40xf32>) outs(%ee : tensor<5x2x70x40xf32>) {
    ^bb0(%s: f32, %t: f32, %bb: f32, %o: f32):
      %1 = arith.mulf %s, %t : f32
      %2 = arith.addf %1, %bb : f32
      linalg.yield %2 : f32
    } -> tensor<5x2x70x40xf32>
    return %r0, %r1, %r2 : tensor<2x70x40xf32>, tensor<70x40xf32>, tensor<5x2x70x40xf32>
  }
}
