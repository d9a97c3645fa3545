// sizes: 3 20 16; 3 20 16; 3 20 16
// A window mask as `transformers` exports it for packed sequences: segment ids are a scan of where positions do not follow
// each other, are read by position, and are all the same, because the positions are an iota. The mask is finite.
#id1 = affine_map<(d0) -> (d0)>
#id2 = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#col = affine_map<(d0, d1) -> (d1)>
#id3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#mask = affine_map<(d0, d1, d2) -> (d1, d2)>
#max = affine_map<(d0, d1, d2) -> (d0, d1)>
func.func @main(%arg0: tensor<3x20x16xf32>, %arg1: tensor<3x20x16xf32>, %arg2: tensor<3x20x16xf32>) -> tensor<3x20x16xf32> {
  %zero = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %min = arith.constant -3.40282347E+38 : f32
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c5 = arith.constant 5 : i64
  %e = tensor.empty() : tensor<20xi64>
  %at = linalg.generic {indexing_maps = [#id1], iterator_types = ["parallel"]} outs(%e : tensor<20xi64>) {
  ^bb0(%out: i64):
    %i = linalg.index 0 : index
    %x = arith.index_cast %i : index to i64
    linalg.yield %x : i64
  } -> tensor<20xi64>
  %first = tensor.extract_slice %at[0] [1] [1] : tensor<20xi64> to tensor<1xi64>
  %e1 = tensor.empty() : tensor<1xi64>
  %before = linalg.generic {indexing_maps = [#id1, #id1], iterator_types = ["parallel"]} ins(%first : tensor<1xi64>) outs(%e1 : tensor<1xi64>) {
  ^bb0(%in: i64, %out: i64):
    %x = arith.subi %in, %c1 : i64
    linalg.yield %x : i64
  } -> tensor<1xi64>
  %all = tensor.concat dim(0) %before, %at : (tensor<1xi64>, tensor<20xi64>) -> tensor<21xi64>
  %left = tensor.extract_slice %all[0] [20] [1] : tensor<21xi64> to tensor<20xi64>
  %right = tensor.extract_slice %all[1] [20] [1] : tensor<21xi64> to tensor<20xi64>
  %jumps = linalg.generic {indexing_maps = [#id1, #id1, #id1], iterator_types = ["parallel"]} ins(%right, %left : tensor<20xi64>, tensor<20xi64>) outs(%e : tensor<20xi64>) {
  ^bb0(%a: i64, %b: i64, %out: i64):
    %x = arith.subi %a, %b : i64
    %y = arith.cmpi ne, %x, %c1 : i64
    %z = arith.extui %y : i1 to i64
    linalg.yield %z : i64
  } -> tensor<20xi64>
  %none = linalg.fill ins(%c0 : i64) outs(%e : tensor<20xi64>) -> tensor<20xi64>
  %s = tensor.empty() : tensor<i64>
  %start = linalg.fill ins(%c0 : i64) outs(%s : tensor<i64>) -> tensor<i64>
  %ids:2 = tm_tensor.scan dimension(0) inclusive(true) ins(%jumps : tensor<20xi64>) outs(%none, %start : tensor<20xi64>, tensor<i64>) {
  ^bb0(%a: i64, %b: i64):
    %x = arith.addi %a, %b : i64
    tm_tensor.yield %x : i64
  } -> tensor<20xi64>, tensor<i64>
  %own = linalg.generic {indexing_maps = [#id1, #id1], iterator_types = ["parallel"]} ins(%at : tensor<20xi64>) outs(%e : tensor<20xi64>) {
  ^bb0(%in: i64, %out: i64):
    %p = arith.index_cast %in : i64 to index
    %x = tensor.extract %ids#0[%p] : tensor<20xi64>
    linalg.yield %x : i64
  } -> tensor<20xi64>
  %em = tensor.empty() : tensor<20x20xf32>
  %m = linalg.generic {indexing_maps = [#row, #col, #row, #col, #id2], iterator_types = ["parallel", "parallel"]} ins(%own, %own, %at, %at : tensor<20xi64>, tensor<20xi64>, tensor<20xi64>, tensor<20xi64>) outs(%em : tensor<20x20xf32>) {
  ^bb0(%a: i64, %b: i64, %i: i64, %j: i64, %out: f32):
    %same = arith.cmpi eq, %a, %b : i64
    %causal = arith.cmpi sle, %j, %i : i64
    %reach = arith.subi %i, %c5 : i64
    %near = arith.cmpi sgt, %j, %reach : i64
    %x = arith.andi %same, %causal : i1
    %y = arith.andi %x, %near : i1
    %z = arith.select %y, %zero, %min : f32
    linalg.yield %z : f32
  } -> tensor<20x20xf32>
  %es = tensor.empty() : tensor<3x20x20xf32>
  %fs = linalg.fill ins(%zero : f32) outs(%es : tensor<3x20x20xf32>) -> tensor<3x20x20xf32>
  %kt = tensor.empty() : tensor<3x16x20xf32>
  %t = linalg.transpose ins(%arg1 : tensor<3x20x16xf32>) outs(%kt : tensor<3x16x20xf32>) permutation = [0, 2, 1]
  %qk = linalg.batch_matmul ins(%arg0, %t : tensor<3x20x16xf32>, tensor<3x16x20xf32>) outs(%fs : tensor<3x20x20xf32>) -> tensor<3x20x20xf32>
  %scores = linalg.generic {indexing_maps = [#id3, #mask, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%qk, %m : tensor<3x20x20xf32>, tensor<20x20xf32>) outs(%es : tensor<3x20x20xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %x = arith.addf %a, %b : f32
    linalg.yield %x : f32
  } -> tensor<3x20x20xf32>
  %er = tensor.empty() : tensor<3x20xf32>
  %fl = linalg.fill ins(%low : f32) outs(%er : tensor<3x20xf32>) -> tensor<3x20xf32>
  %mx = linalg.generic {indexing_maps = [#id3, #max], iterator_types = ["parallel", "parallel", "reduction"]} ins(%scores : tensor<3x20x20xf32>) outs(%fl : tensor<3x20xf32>) {
  ^bb0(%in: f32, %out: f32):
    %x = arith.maximumf %in, %out : f32
    linalg.yield %x : f32
  } -> tensor<3x20xf32>
  %w = linalg.generic {indexing_maps = [#id3, #max, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%scores, %mx : tensor<3x20x20xf32>, tensor<3x20xf32>) outs(%es : tensor<3x20x20xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %x = arith.subf %a, %b : f32
    %y = math.exp %x : f32
    linalg.yield %y : f32
  } -> tensor<3x20x20xf32>
  %fz = linalg.fill ins(%zero : f32) outs(%er : tensor<3x20xf32>) -> tensor<3x20xf32>
  %sum = linalg.generic {indexing_maps = [#id3, #max], iterator_types = ["parallel", "parallel", "reduction"]} ins(%w : tensor<3x20x20xf32>) outs(%fz : tensor<3x20xf32>) {
  ^bb0(%in: f32, %out: f32):
    %x = arith.addf %in, %out : f32
    linalg.yield %x : f32
  } -> tensor<3x20xf32>
  %p = linalg.generic {indexing_maps = [#id3, #max, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%w, %sum : tensor<3x20x20xf32>, tensor<3x20xf32>) outs(%es : tensor<3x20x20xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %x = arith.divf %a, %b : f32
    linalg.yield %x : f32
  } -> tensor<3x20x20xf32>
  %eo = tensor.empty() : tensor<3x20x16xf32>
  %fo = linalg.fill ins(%zero : f32) outs(%eo : tensor<3x20x16xf32>) -> tensor<3x20x16xf32>
  %o = linalg.batch_matmul ins(%p, %arg2 : tensor<3x20x20xf32>, tensor<3x20x16xf32>) outs(%fo : tensor<3x20x16xf32>) -> tensor<3x20x16xf32>
  return %o : tensor<3x20x16xf32>
}
