// sizes: 2 S 128; 2 T 128; 2 T 32; S T
// The op of IREE, in generic form: maps, a scale, a softcap in its region, an additive mask, lengths known at run time.
#q = affine_map<(b, m, n, k1, k2) -> (b, m, k1)>
#k = affine_map<(b, m, n, k1, k2) -> (b, k2, k1)>
#v = affine_map<(b, m, n, k1, k2) -> (b, k2, n)>
#s = affine_map<(b, m, n, k1, k2) -> ()>
#mask = affine_map<(b, m, n, k1, k2) -> (m, k2)>
#o = affine_map<(b, m, n, k1, k2) -> (b, m, n)>
func.func @main(%q: tensor<2x?x128xf16>, %k: tensor<2x?x128xf16>, %v: tensor<2x?x32xf16>, %mask: tensor<?x?xf16>) -> tensor<2x?x32xf16> {
  %c1 = arith.constant 1 : index
  %scale = arith.constant 0.08 : f16
  %cap = arith.constant 20.0 : f32
  %m = tensor.dim %q, %c1 : tensor<2x?x128xf16>
  %e = tensor.empty(%m) : tensor<2x?x32xf16>
  %r = "iree_linalg_ext.attention"(%q, %k, %v, %scale, %mask, %e) <{indexing_maps = [#q, #k, #v, #s, #mask, #o], operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1>}> ({
  ^bb0(%x: f32):
    %a = arith.divf %x, %cap : f32
    %t = math.tanh %a : f32
    %y = arith.mulf %t, %cap : f32
    "iree_linalg_ext.yield"(%y) : (f32) -> ()
  }) : (tensor<2x?x128xf16>, tensor<2x?x128xf16>, tensor<2x?x32xf16>, f16, tensor<?x?xf16>, tensor<2x?x32xf16>) -> tensor<2x?x32xf16>
  return %r : tensor<2x?x32xf16>
}
