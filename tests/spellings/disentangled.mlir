// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 16 16; 16 16
// From PyTorch: disentangled of examples/export.py.
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, 0)>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<16x16xf32>, %arg4: tensor<16x16xf32>) -> tensor<2x2x40x16xf32> {
    %c15_i64 = arith.constant 15 : i64
    %c8_i64 = arith.constant 8 : i64
    %c0_i64 = arith.constant 0 : i64
    %c16 = arith.constant 16 : index
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 6.9282032302755088 : f64
    %0 = tensor.empty() : tensor<40xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %42 = linalg.index 0 : index
      %43 = arith.index_cast %42 : index to i64
      linalg.yield %43 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %1 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %expanded_2 = tensor.expand_shape %1 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %2 = tensor.empty() : tensor<40x40xi64>
    %3 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_2 : tensor<40x1xi64>, tensor<1x40xi64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_16: i64, %out: i64):
      %42 = arith.subi %in, %in_16 : i64
      linalg.yield %42 : i64
    } -> tensor<40x40xi64>
    %4 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%4 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_3 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %5 = tensor.empty() : tensor<4x40x40xf32>
    %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %7 = linalg.batch_matmul ins(%collapsed, %collapsed_3 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%6 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_4 = tensor.expand_shape %7 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %8 = tensor.empty() : tensor<16x16xf32>
    %transposed_5 = linalg.transpose ins(%arg4 : tensor<16x16xf32>) outs(%8 : tensor<16x16xf32>) permutation = [1, 0] 
    %collapsed_6 = tensor.collapse_shape %arg0 [[0, 1, 2], [3]] : tensor<2x2x40x16xf32> into tensor<160x16xf32>
    %9 = tensor.empty() : tensor<160x16xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<160x16xf32>) -> tensor<160x16xf32>
    %11 = linalg.matmul ins(%collapsed_6, %transposed_5 : tensor<160x16xf32>, tensor<16x16xf32>) outs(%10 : tensor<160x16xf32>) -> tensor<160x16xf32>
    %expanded_7 = tensor.expand_shape %11 [[0, 1, 2], [3]] output_shape [2, 2, 40, 16] : tensor<160x16xf32> into tensor<2x2x40x16xf32>
    %12 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<40x40xi64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %42 = arith.addi %in, %c8_i64 : i64
      linalg.yield %42 : i64
    } -> tensor<40x40xi64>
    %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<40x40xi64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %42 = arith.maxsi %in, %c0_i64 : i64
      %43 = arith.minsi %42, %c15_i64 : i64
      linalg.yield %43 : i64
    } -> tensor<40x40xi64>
    %14 = tensor.empty() : tensor<2x2x40x40xi64>
    %15 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<40x40xi64>) outs(%14 : tensor<2x2x40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      linalg.yield %in : i64
    } -> tensor<2x2x40x40xi64>
    %16 = tensor.empty() : tensor<2x2x40x40xf32>
    %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<2x2x40x40xf32>) -> tensor<2x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<2x2x40x40xi64>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i64, %out: f32):
      %42 = linalg.index 0 : index
      %43 = linalg.index 1 : index
      %44 = linalg.index 2 : index
      %45 = arith.index_cast %in : i64 to index
      %46 = arith.cmpi slt, %45, %c16 : index
      cf.assert %46, "index must be smaller than dim size"
      %47 = arith.cmpi sge, %in, %c0_i64 : i64
      cf.assert %47, "index must be larger or equal to 0"
      %extracted = tensor.extract %expanded_7[%42, %43, %44, %45] : tensor<2x2x40x16xf32>
      linalg.yield %extracted : f32
    } -> tensor<2x2x40x40xf32>
    %19 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_4, %18 : tensor<2x2x40x40xf32>, tensor<2x2x40x40xf32>) outs(%16 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %42 = arith.addf %in, %in_16 : f32
      linalg.yield %42 : f32
    } -> tensor<2x2x40x40xf32>
    %transposed_8 = linalg.transpose ins(%arg3 : tensor<16x16xf32>) outs(%8 : tensor<16x16xf32>) permutation = [1, 0] 
    %collapsed_9 = tensor.collapse_shape %arg1 [[0, 1, 2], [3]] : tensor<2x2x40x16xf32> into tensor<160x16xf32>
    %20 = linalg.matmul ins(%collapsed_9, %transposed_8 : tensor<160x16xf32>, tensor<16x16xf32>) outs(%10 : tensor<160x16xf32>) -> tensor<160x16xf32>
    %expanded_10 = tensor.expand_shape %20 [[0, 1, 2], [3]] output_shape [2, 2, 40, 16] : tensor<160x16xf32> into tensor<2x2x40x16xf32>
    %21 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<40x40xi64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %42 = arith.sitofp %in : i64 to f32
      %43 = arith.negf %42 : f32
      %44 = arith.fptosi %43 : f32 to i64
      linalg.yield %44 : i64
    } -> tensor<40x40xi64>
    %22 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%21 : tensor<40x40xi64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %42 = arith.addi %in, %c8_i64 : i64
      linalg.yield %42 : i64
    } -> tensor<40x40xi64>
    %23 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%22 : tensor<40x40xi64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %42 = arith.maxsi %in, %c0_i64 : i64
      %43 = arith.minsi %42, %c15_i64 : i64
      linalg.yield %43 : i64
    } -> tensor<40x40xi64>
    %24 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<40x40xi64>) outs(%14 : tensor<2x2x40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      linalg.yield %in : i64
    } -> tensor<2x2x40x40xi64>
    %25 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<2x2x40x40xi64>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i64, %out: f32):
      %42 = linalg.index 0 : index
      %43 = linalg.index 1 : index
      %44 = linalg.index 2 : index
      %45 = arith.index_cast %in : i64 to index
      %46 = arith.cmpi slt, %45, %c16 : index
      cf.assert %46, "index must be smaller than dim size"
      %47 = arith.cmpi sge, %in, %c0_i64 : i64
      cf.assert %47, "index must be larger or equal to 0"
      %extracted = tensor.extract %expanded_10[%42, %43, %44, %45] : tensor<2x2x40x16xf32>
      linalg.yield %extracted : f32
    } -> tensor<2x2x40x40xf32>
    %transposed_11 = linalg.transpose ins(%25 : tensor<2x2x40x40xf32>) outs(%16 : tensor<2x2x40x40xf32>) permutation = [0, 1, 3, 2] 
    %26 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %transposed_11 : tensor<2x2x40x40xf32>, tensor<2x2x40x40xf32>) outs(%16 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %42 = arith.addf %in, %in_16 : f32
      linalg.yield %42 : f32
    } -> tensor<2x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<2x2x40x40xf32>) outs(%16 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = arith.truncf %cst_1 : f64 to f32
      %43 = arith.divf %in, %42 : f32
      linalg.yield %43 : f32
    } -> tensor<2x2x40x40xf32>
    %28 = tensor.empty() : tensor<2x2x40xi64>
    %29 = linalg.fill ins(%c0_i64 : i64) outs(%28 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %30 = tensor.empty() : tensor<2x2x40xf32>
    %31 = linalg.fill ins(%cst_0 : f32) outs(%30 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %32:2 = linalg.generic {indexing_maps = [#map5, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<2x2x40x40xf32>) outs(%31, %29 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_16: i64):
      %42 = linalg.index 3 : index
      %43 = arith.index_cast %42 : index to i64
      %44 = arith.maximumf %in, %out : f32
      %45 = arith.cmpf ogt, %in, %out : f32
      %46 = arith.select %45, %43, %out_16 : i64
      linalg.yield %44, %46 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_12 = tensor.expand_shape %32#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %33 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %expanded_12 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%16 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %42 = arith.subf %in, %in_16 : f32
      linalg.yield %42 : f32
    } -> tensor<2x2x40x40xf32>
    %34 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33 : tensor<2x2x40x40xf32>) outs(%16 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = math.exp %in : f32
      linalg.yield %42 : f32
    } -> tensor<2x2x40x40xf32>
    %35 = tensor.empty() : tensor<2x2x40x1xf32>
    %36 = linalg.fill ins(%cst : f32) outs(%35 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %37 = linalg.generic {indexing_maps = [#map5, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%34 : tensor<2x2x40x40xf32>) outs(%36 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %42 = arith.addf %in, %out : f32
      linalg.yield %42 : f32
    } -> tensor<2x2x40x1xf32>
    %38 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%16 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %42 = arith.divf %in, %in_16 : f32
      linalg.yield %42 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_13 = tensor.collapse_shape %38 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %39 = tensor.empty() : tensor<4x40x16xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %41 = linalg.batch_matmul ins(%collapsed_13, %collapsed_14 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%40 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_15 = tensor.expand_shape %41 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_15 : tensor<2x2x40x16xf32>
  }
}

