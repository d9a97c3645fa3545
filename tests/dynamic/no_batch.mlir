// sizes: S 64; T 64; T 64
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d0, 0)>
module {
  func.func @main(%arg0: tensor<?x64xbf16>, %arg1: tensor<?x64xbf16>, %arg2: tensor<?x64xbf16>) -> tensor<?x64xbf16> {
    %c0 = arith.constant 0 : index
    %cst = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg1, %c0 : tensor<?x64xbf16>
    %0 = tensor.empty(%dim) : tensor<64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x64xbf16>) outs(%0 : tensor<64x?xbf16>) permutation = [1, 0] 
    %dim_2 = tensor.dim %arg0, %c0 : tensor<?x64xbf16>
    %1 = tensor.empty(%dim_2, %dim) : tensor<?x?xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<?x?xf32>) -> tensor<?x?xf32>
    %3 = linalg.matmul ins(%arg0, %transposed : tensor<?x64xbf16>, tensor<64x?xbf16>) outs(%2 : tensor<?x?xf32>) -> tensor<?x?xf32>
    %4 = tensor.empty(%dim_2, %dim) : tensor<?x?xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<?x?xf32>) outs(%4 : tensor<?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %26 = arith.truncf %in : f32 to bf16
      linalg.yield %26 : bf16
    } -> tensor<?x?xbf16>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<?x?xbf16>) outs(%4 : tensor<?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %26 = arith.divf %in, %cst_1 : bf16
      linalg.yield %26 : bf16
    } -> tensor<?x?xbf16>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<?x?xbf16>) outs(%1 : tensor<?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %26 = arith.extf %in : bf16 to f32
      linalg.yield %26 : f32
    } -> tensor<?x?xf32>
    %8 = tensor.empty(%dim_2) : tensor<?xi64>
    %9 = linalg.fill ins(%c0_i64 : i64) outs(%8 : tensor<?xi64>) -> tensor<?xi64>
    %10 = tensor.empty(%dim_2) : tensor<?xf32>
    %11 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<?xf32>) -> tensor<?xf32>
    %12:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%7 : tensor<?x?xf32>) outs(%11, %9 : tensor<?xf32>, tensor<?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_4: i64):
      %26 = linalg.index 1 : index
      %27 = arith.index_cast %26 : index to i64
      %28 = arith.maximumf %in, %out : f32
      %29 = arith.cmpf ogt, %in, %out : f32
      %30 = arith.select %29, %27, %out_4 : i64
      linalg.yield %28, %30 : f32, i64
    } -> (tensor<?xf32>, tensor<?xi64>)
    %expanded = tensor.expand_shape %12#0 [[0, 1]] output_shape [%dim_2, 1] : tensor<?xf32> into tensor<?x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%7, %expanded : tensor<?x?xf32>, tensor<?x1xf32>) outs(%1 : tensor<?x?xf32>) {
    ^bb0(%in: f32, %in_4: f32, %out: f32):
      %26 = arith.subf %in, %in_4 : f32
      linalg.yield %26 : f32
    } -> tensor<?x?xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<?x?xf32>) outs(%1 : tensor<?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = math.exp %in : f32
      linalg.yield %26 : f32
    } -> tensor<?x?xf32>
    %15 = tensor.empty(%dim_2) : tensor<?x1xf32>
    %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<?x1xf32>) -> tensor<?x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "reduction"]} ins(%14 : tensor<?x?xf32>) outs(%16 : tensor<?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %26 = arith.addf %in, %out : f32
      linalg.yield %26 : f32
    } -> tensor<?x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%14, %17 : tensor<?x?xf32>, tensor<?x1xf32>) outs(%1 : tensor<?x?xf32>) {
    ^bb0(%in: f32, %in_4: f32, %out: f32):
      %26 = arith.divf %in, %in_4 : f32
      linalg.yield %26 : f32
    } -> tensor<?x?xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%18 : tensor<?x?xf32>) outs(%4 : tensor<?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %26 = arith.truncf %in : f32 to bf16
      linalg.yield %26 : bf16
    } -> tensor<?x?xbf16>
    %dim_3 = tensor.dim %arg2, %c0 : tensor<?x64xbf16>
    %20 = arith.cmpi eq, %dim, %dim_3 : index
    cf.assert %20, "mismatching contracting dimension for torch.aten.mm"
    %21 = tensor.empty(%dim_2) : tensor<?x64xf32>
    %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<?x64xf32>) -> tensor<?x64xf32>
    %23 = linalg.matmul ins(%19, %arg2 : tensor<?x?xbf16>, tensor<?x64xbf16>) outs(%22 : tensor<?x64xf32>) -> tensor<?x64xf32>
    %24 = tensor.empty(%dim_2) : tensor<?x64xbf16>
    %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<?x64xf32>) outs(%24 : tensor<?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %26 = arith.truncf %in : f32 to bf16
      linalg.yield %26 : bf16
    } -> tensor<?x64xbf16>
    return %25 : tensor<?x64xbf16>
  }
}

