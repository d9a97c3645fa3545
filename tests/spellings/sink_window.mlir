// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2
// From PyTorch: sink_window of examples/export.py.
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0) -> (d0)>
#map2 = affine_map<(d0, d1) -> (0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, 0)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1) -> ()>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d1, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2xf32>) -> tensor<2x2x40x16xf32> {
    %c9_i64 = arith.constant 9 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%0 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_4 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %1 = tensor.empty() : tensor<4x40x40xf32>
    %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %3 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%2 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded = tensor.expand_shape %3 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %4 = tensor.empty() : tensor<2x2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x2x40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.divf %in, %cst_3 : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x40xf32>
    %6 = tensor.empty() : tensor<40xi64>
    %7 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel"]} outs(%6 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %35 = linalg.index 0 : index
      %36 = arith.index_cast %35 : index to i64
      linalg.yield %36 : i64
    } -> tensor<40xi64>
    %expanded_5 = tensor.expand_shape %7 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_6 = tensor.expand_shape %7 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %8 = tensor.empty() : tensor<40x40xi1>
    %9 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%8 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_13: i64, %out: i1):
      %35 = arith.cmpi sle, %in, %in_13 : i64
      linalg.yield %35 : i1
    } -> tensor<40x40xi1>
    %10 = tensor.empty() : tensor<40x1xi64>
    %11 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_6 : tensor<40x1xi64>) outs(%10 : tensor<40x1xi64>) {
    ^bb0(%in: i64, %out: i64):
      %35 = arith.subi %in, %c9_i64 : i64
      linalg.yield %35 : i64
    } -> tensor<40x1xi64>
    %12 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_5, %11 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%8 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_13: i64, %out: i1):
      %35 = arith.cmpi sgt, %in, %in_13 : i64
      linalg.yield %35 : i1
    } -> tensor<40x40xi1>
    %13 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%9, %12 : tensor<40x40xi1>, tensor<40x40xi1>) outs(%8 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %in_13: i1, %out: i1):
      %35 = arith.andi %in, %in_13 : i1
      linalg.yield %35 : i1
    } -> tensor<40x40xi1>
    %14 = tensor.empty() : tensor<40x40xf32>
    %15 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%13, %cst_1, %cst_2 : tensor<40x40xi1>, tensor<f32>, tensor<f32>) outs(%14 : tensor<40x40xf32>) {
    ^bb0(%in: i1, %in_13: f32, %in_14: f32, %out: f32):
      %35 = arith.select %in, %in_13, %in_14 : f32
      linalg.yield %35 : f32
    } -> tensor<40x40xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map6, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %15 : tensor<2x2x40x40xf32>, tensor<40x40xf32>) outs(%4 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %35 = arith.addf %in, %in_13 : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x40xf32>
    %17 = tensor.empty() : tensor<2x2x40x1xf32>
    %expanded_7 = tensor.expand_shape %arg3 [[0, 1]] output_shape [2, 1] : tensor<2xf32> into tensor<2x1xf32>
    %18 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<2x1xf32>) outs(%17 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x2x40x1xf32>
    %concat = tensor.concat dim(3) %16, %18 : (tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) -> tensor<2x2x40x41xf32>
    %19 = tensor.empty() : tensor<2x2x40xi64>
    %20 = linalg.fill ins(%c0_i64 : i64) outs(%19 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %21 = tensor.empty() : tensor<2x2x40xf32>
    %22 = linalg.fill ins(%cst_0 : f32) outs(%21 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %23:2 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%concat : tensor<2x2x40x41xf32>) outs(%22, %20 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_13: i64):
      %35 = linalg.index 3 : index
      %36 = arith.index_cast %35 : index to i64
      %37 = arith.maximumf %in, %out : f32
      %38 = arith.cmpf ogt, %in, %out : f32
      %39 = arith.select %38, %36, %out_13 : i64
      linalg.yield %37, %39 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_8 = tensor.expand_shape %23#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %24 = tensor.empty() : tensor<2x2x40x41xf32>
    %25 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %expanded_8 : tensor<2x2x40x41xf32>, tensor<2x2x40x1xf32>) outs(%24 : tensor<2x2x40x41xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %35 = arith.subf %in, %in_13 : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x41xf32>
    %26:2 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%25 : tensor<2x2x40x41xf32>) outs(%22, %20 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_13: i64):
      %35 = linalg.index 3 : index
      %36 = arith.index_cast %35 : index to i64
      %37 = arith.maximumf %in, %out : f32
      %38 = arith.cmpf ogt, %in, %out : f32
      %39 = arith.select %38, %36, %out_13 : i64
      linalg.yield %37, %39 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_9 = tensor.expand_shape %26#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %expanded_9 : tensor<2x2x40x41xf32>, tensor<2x2x40x1xf32>) outs(%24 : tensor<2x2x40x41xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %35 = arith.subf %in, %in_13 : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x41xf32>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<2x2x40x41xf32>) outs(%24 : tensor<2x2x40x41xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = math.exp %in : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x41xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%17 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %30 = linalg.generic {indexing_maps = [#map, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%28 : tensor<2x2x40x41xf32>) outs(%29 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %35 = arith.addf %in, %out : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x1xf32>
    %31 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %30 : tensor<2x2x40x41xf32>, tensor<2x2x40x1xf32>) outs(%24 : tensor<2x2x40x41xf32>) {
    ^bb0(%in: f32, %in_13: f32, %out: f32):
      %35 = arith.divf %in, %in_13 : f32
      linalg.yield %35 : f32
    } -> tensor<2x2x40x41xf32>
    %extracted_slice = tensor.extract_slice %31[0, 0, 0, 0] [2, 2, 40, 40] [1, 1, 1, 1] : tensor<2x2x40x41xf32> to tensor<2x2x40x40xf32>
    %collapsed_10 = tensor.collapse_shape %extracted_slice [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_11 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %32 = tensor.empty() : tensor<4x40x16xf32>
    %33 = linalg.fill ins(%cst : f32) outs(%32 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %34 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%33 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_12 = tensor.expand_shape %34 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_12 : tensor<2x2x40x16xf32>
  }
}

