// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2 40 16
// From PyTorch: relative_shift of examples/export.py.
#map = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2x40x16xf32>) -> tensor<2x2x40x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<true> : tensor<40x40xi1>
    %cst_3 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<2x16x40xf32>
    %transposed = linalg.transpose ins(%arg3 : tensor<2x40x16xf32>) outs(%0 : tensor<2x16x40xf32>) permutation = [0, 2, 1] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %1 = tensor.empty() : tensor<2x2x16x40xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<2x16x40xf32>) outs(%1 : tensor<2x2x16x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<2x2x16x40xf32>
    %collapsed_4 = tensor.collapse_shape %2 [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %3 = tensor.empty() : tensor<4x40x40xf32>
    %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %5 = linalg.batch_matmul ins(%collapsed, %collapsed_4 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%4 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded = tensor.expand_shape %5 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %padded = tensor.pad %expanded low[0, 0, 0, 1] high[0, 0, 0, 0] {
    ^bb0(%arg4: index, %arg5: index, %arg6: index, %arg7: index):
      tensor.yield %cst : f32
    } : tensor<2x2x40x40xf32> to tensor<2x2x40x41xf32>
    %collapsed_5 = tensor.collapse_shape %padded [[0], [1], [2, 3]] : tensor<2x2x40x41xf32> into tensor<2x2x1640xf32>
    %expanded_6 = tensor.expand_shape %collapsed_5 [[0], [1], [2, 3]] output_shape [2, 2, 41, 40] : tensor<2x2x1640xf32> into tensor<2x2x41x40xf32>
    %extracted_slice = tensor.extract_slice %expanded_6[0, 0, 1, 0] [2, 2, 40, 40] [1, 1, 1, 1] : tensor<2x2x41x40xf32> to tensor<2x2x40x40xf32>
    %transposed_7 = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%1 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_8 = tensor.collapse_shape %transposed_7 [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %6 = linalg.batch_matmul ins(%collapsed, %collapsed_8 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%4 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_9 = tensor.expand_shape %6 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %7 = tensor.empty() : tensor<2x2x40x40xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %extracted_slice : tensor<2x2x40x40xf32>, tensor<2x2x40x40xf32>) outs(%7 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %32 = arith.addf %in, %in_16 : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x40xf32>
    %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<2x2x40x40xf32>) outs(%7 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %32 = arith.divf %in, %cst_3 : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x40xf32>
    %10 = tensor.empty() : tensor<40xi64>
    %11 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%10 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %32 = linalg.index 0 : index
      %33 = arith.index_cast %32 : index to i64
      linalg.yield %33 : i64
    } -> tensor<40xi64>
    %expanded_10 = tensor.expand_shape %11 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_11 = tensor.expand_shape %11 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %12 = tensor.empty() : tensor<40x40xi64>
    %13 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_10, %expanded_11 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%12 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_16: i64, %out: i64):
      %32 = arith.subi %in, %in_16 : i64
      linalg.yield %32 : i64
    } -> tensor<40x40xi64>
    %14 = tensor.empty() : tensor<40x40xi1>
    %15 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<40x40xi64>) outs(%14 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %out: i1):
      %32 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %32 : i1
    } -> tensor<40x40xi1>
    %16 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%15, %cst_2 : tensor<40x40xi1>, tensor<40x40xi1>) outs(%14 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %in_16: i1, %out: i1):
      %32 = arith.andi %in, %in_16 : i1
      linalg.yield %32 : i1
    } -> tensor<40x40xi1>
    %17 = linalg.generic {indexing_maps = [#map6, #map7, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %cst_1, %9 : tensor<40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%7 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_16: f32, %in_17: f32, %out: f32):
      %32 = arith.select %in, %in_16, %in_17 : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x40xf32>
    %18 = tensor.empty() : tensor<2x2x40xi64>
    %19 = linalg.fill ins(%c0_i64 : i64) outs(%18 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %20 = tensor.empty() : tensor<2x2x40xf32>
    %21 = linalg.fill ins(%cst_0 : f32) outs(%20 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %22:2 = linalg.generic {indexing_maps = [#map1, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%17 : tensor<2x2x40x40xf32>) outs(%21, %19 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_16: i64):
      %32 = linalg.index 3 : index
      %33 = arith.index_cast %32 : index to i64
      %34 = arith.maximumf %in, %out : f32
      %35 = arith.cmpf ogt, %in, %out : f32
      %36 = arith.select %35, %33, %out_16 : i64
      linalg.yield %34, %36 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_12 = tensor.expand_shape %22#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %23 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %expanded_12 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%7 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %32 = arith.subf %in, %in_16 : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x40xf32>
    %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<2x2x40x40xf32>) outs(%7 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %32 = math.exp %in : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x40xf32>
    %25 = tensor.empty() : tensor<2x2x40x1xf32>
    %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%24 : tensor<2x2x40x40xf32>) outs(%26 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %32 = arith.addf %in, %out : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x1xf32>
    %28 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %27 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%7 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_16: f32, %out: f32):
      %32 = arith.divf %in, %in_16 : f32
      linalg.yield %32 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_13 = tensor.collapse_shape %28 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %29 = tensor.empty() : tensor<4x40x16xf32>
    %30 = linalg.fill ins(%cst : f32) outs(%29 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %31 = linalg.batch_matmul ins(%collapsed_13, %collapsed_14 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%30 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_15 = tensor.expand_shape %31 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_15 : tensor<2x2x40x16xf32>
  }
}

