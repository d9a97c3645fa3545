// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2 40
// From PyTorch: packed_documents of examples/export.py.
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0) -> (d0)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> (d0, 0)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2x40xi64>) -> tensor<2x2x40x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x40xi64>
    %1 = linalg.fill ins(%c0_i64 : i64) outs(%0 : tensor<2x40xi64>) -> tensor<2x40xi64>
    %2 = tensor.empty() : tensor<2xi64>
    %3 = linalg.fill ins(%c0_i64 : i64) outs(%2 : tensor<2xi64>) -> tensor<2xi64>
    %4:2 = tm_tensor.scan dimension(1) inclusive(true) ins(%arg3 : tensor<2x40xi64>) outs(%1, %3 : tensor<2x40xi64>, tensor<2xi64>) {
    ^bb0(%arg4: i64, %arg5: i64):
      %36 = arith.addi %arg4, %arg5 : i64
      tm_tensor.yield %36 : i64
    } -> tensor<2x40xi64>, tensor<2xi64>
    %5 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%4#0, %arg3 : tensor<2x40xi64>, tensor<2x40xi64>) outs(%0 : tensor<2x40xi64>) {
    ^bb0(%in: i64, %in_13: i64, %out: i64):
      %36 = arith.subi %in, %in_13 : i64
      linalg.yield %36 : i64
    } -> tensor<2x40xi64>
    %6 = tensor.empty() : tensor<40xi64>
    %7 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel"]} outs(%6 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %36 = linalg.index 0 : index
      %37 = arith.index_cast %36 : index to i64
      linalg.yield %37 : i64
    } -> tensor<40xi64>
    %expanded = tensor.expand_shape %5 [[0], [1, 2]] output_shape [2, 40, 1] : tensor<2x40xi64> into tensor<2x40x1xi64>
    %expanded_3 = tensor.expand_shape %5 [[0], [1, 2]] output_shape [2, 1, 40] : tensor<2x40xi64> into tensor<2x1x40xi64>
    %8 = tensor.empty() : tensor<2x40x40xi1>
    %9 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %expanded_3 : tensor<2x40x1xi64>, tensor<2x1x40xi64>) outs(%8 : tensor<2x40x40xi1>) {
    ^bb0(%in: i64, %in_13: i64, %out: i1):
      %36 = arith.cmpi eq, %in, %in_13 : i64
      linalg.yield %36 : i1
    } -> tensor<2x40x40xi1>
    %expanded_4 = tensor.expand_shape %7 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_5 = tensor.expand_shape %7 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %10 = tensor.empty() : tensor<40x40xi1>
    %11 = linalg.generic {indexing_maps = [#map5, #map6, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_4, %expanded_5 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%10 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_13: i64, %out: i1):
      %36 = arith.cmpi sle, %in, %in_13 : i64
      linalg.yield %36 : i1
    } -> tensor<40x40xi1>
    %12 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %11 : tensor<2x40x40xi1>, tensor<40x40xi1>) outs(%8 : tensor<2x40x40xi1>) {
    ^bb0(%in: i1, %in_13: i1, %out: i1):
      %36 = arith.andi %in, %in_13 : i1
      linalg.yield %36 : i1
    } -> tensor<2x40x40xi1>
    %13 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%13 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_6 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %14 = tensor.empty() : tensor<4x40x40xf32>
    %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %16 = linalg.batch_matmul ins(%collapsed, %collapsed_6 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%15 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_7 = tensor.expand_shape %16 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %17 = tensor.empty() : tensor<2x2x40x40xf32>
    %18 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<2x2x40x40xf32>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.divf %in, %cst_2 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %expanded_8 = tensor.expand_shape %12 [[0], [1, 2], [3]] output_shape [2, 1, 40, 40] : tensor<2x40x40xi1> into tensor<2x1x40x40xi1>
    %19 = tensor.empty() : tensor<2x1x40x40xi1>
    %20 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<2x1x40x40xi1>) outs(%19 : tensor<2x1x40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      %36 = arith.xori %in, %true : i1
      linalg.yield %36 : i1
    } -> tensor<2x1x40x40xi1>
    %21 = linalg.generic {indexing_maps = [#map9, #map10, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %cst_1, %18 : tensor<2x1x40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_13: f32, %in_14: f32, %out: f32):
      %36 = arith.select %in, %in_13, %in_14 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %22 = tensor.empty() : tensor<2x2x40xi64>
    %23 = linalg.fill ins(%c0_i64 : i64) outs(%22 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %24 = tensor.empty() : tensor<2x2x40xf32>
    %25 = linalg.fill ins(%cst_0 : f32) outs(%24 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %26:2 = linalg.generic {indexing_maps = [#map8, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%21 : tensor<2x2x40x40xf32>) outs(%25, %23 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_13: i64):
      %36 = linalg.index 3 : index
      %37 = arith.index_cast %36 : index to i64
      %38 = arith.maximumf %in, %out : f32
      %39 = arith.cmpf ogt, %in, %out : f32
      %40 = arith.select %39, %37, %out_13 : i64
      linalg.yield %38, %40 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_9 = tensor.expand_shape %26#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_9 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %36 = arith.subf %in, %in_13 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<2x2x40x40xf32>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = math.exp %in : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %29 = tensor.empty() : tensor<2x2x40x1xf32>
    %30 = linalg.fill ins(%cst : f32) outs(%29 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %31 = linalg.generic {indexing_maps = [#map8, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%28 : tensor<2x2x40x40xf32>) outs(%30 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %36 = arith.addf %in, %out : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x1xf32>
    %32 = linalg.generic {indexing_maps = [#map8, #map12, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %31 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%17 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %36 = arith.divf %in, %in_13 : f32
      linalg.yield %36 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_10 = tensor.collapse_shape %32 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %33 = tensor.empty() : tensor<4x40x16xf32>
    %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %35 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%34 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_12 = tensor.expand_shape %35 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_12 : tensor<2x2x40x16xf32>
  }
}

