// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2 40 3; 6 2
// From PyTorch: pair_network of examples/export.py.
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0) -> (d0)>
#map6 = affine_map<(d0) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d3)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2x40x3xf32>, %arg4: tensor<6x2xf32>) -> tensor<2x2x40x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c2_i64 = arith.constant 2 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 8.000000e-01 : f64
    %cst_2 = arith.constant 5.000000e-01 : f32
    %c3_i64 = arith.constant 3 : i64
    %cst_3 = arith.constant 4.000000e+00 : f32
    %cst_4 = arith.constant 2.000000e+00 : f32
    %cst_5 = arith.constant dense<4> : tensor<i64>
    %cst_6 = arith.constant dense<5> : tensor<i64>
    %expanded = tensor.expand_shape %arg3 [[0], [1], [2, 3]] output_shape [2, 40, 1, 3] : tensor<2x40x3xf32> into tensor<2x40x1x3xf32>
    %expanded_7 = tensor.expand_shape %arg3 [[0], [1, 2], [3]] output_shape [2, 1, 40, 3] : tensor<2x40x3xf32> into tensor<2x1x40x3xf32>
    %0 = tensor.empty() : tensor<2x40x40x3xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_7 : tensor<2x40x1x3xf32>, tensor<2x1x40x3xf32>) outs(%0 : tensor<2x40x40x3xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %48 = arith.subf %in, %in_18 : f32
      linalg.yield %48 : f32
    } -> tensor<2x40x40x3xf32>
    %2 = tensor.empty() : tensor<2x40x40xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x40x40xf32>) -> tensor<2x40x40xf32>
    %4 = linalg.generic {indexing_maps = [#map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%1 : tensor<2x40x40x3xf32>) outs(%3 : tensor<2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.absf %in : f32
      %49 = math.powf %48, %cst_4 : f32
      %50 = arith.addf %49, %out : f32
      linalg.yield %50 : f32
    } -> tensor<2x40x40xf32>
    %5 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x40x40xf32>) outs(%2 : tensor<2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.powf %in, %cst_2 : f32
      linalg.yield %48 : f32
    } -> tensor<2x40x40xf32>
    %expanded_8 = tensor.expand_shape %5 [[0], [1], [2, 3]] output_shape [2, 40, 40, 1] : tensor<2x40x40xf32> into tensor<2x40x40x1xf32>
    %6 = tensor.empty() : tensor<6xi64>
    %7 = linalg.generic {indexing_maps = [#map5], iterator_types = ["parallel"]} outs(%6 : tensor<6xi64>) {
    ^bb0(%out: i64):
      %48 = linalg.index 0 : index
      %49 = arith.index_cast %48 : index to i64
      linalg.yield %49 : i64
    } -> tensor<6xi64>
    %8 = tensor.empty() : tensor<6xi1>
    %9 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%7 : tensor<6xi64>) outs(%8 : tensor<6xi1>) {
    ^bb0(%in: i64, %out: i1):
      %48 = arith.cmpi slt, %in, %c3_i64 : i64
      linalg.yield %48 : i1
    } -> tensor<6xi1>
    %10 = tensor.empty() : tensor<6xf32>
    %11 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%7 : tensor<6xi64>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: i64, %out: f32):
      %48 = arith.sitofp %in : i64 to f32
      linalg.yield %48 : f32
    } -> tensor<6xf32>
    %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%11 : tensor<6xf32>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.truncf %cst_1 : f64 to f32
      %49 = arith.mulf %in, %48 : f32
      linalg.yield %49 : f32
    } -> tensor<6xf32>
    %13 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%12 : tensor<6xf32>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.addf %in, %cst : f32
      linalg.yield %48 : f32
    } -> tensor<6xf32>
    %14 = linalg.generic {indexing_maps = [#map6, #map5, #map5], iterator_types = ["parallel"]} ins(%cst_6, %7 : tensor<i64>, tensor<6xi64>) outs(%6 : tensor<6xi64>) {
    ^bb0(%in: i64, %in_18: i64, %out: i64):
      %48 = arith.subi %in, %in_18 : i64
      linalg.yield %48 : i64
    } -> tensor<6xi64>
    %15 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%14 : tensor<6xi64>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: i64, %out: f32):
      %48 = arith.sitofp %in : i64 to f32
      linalg.yield %48 : f32
    } -> tensor<6xf32>
    %16 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%15 : tensor<6xf32>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.truncf %cst_1 : f64 to f32
      %49 = arith.mulf %in, %48 : f32
      linalg.yield %49 : f32
    } -> tensor<6xf32>
    %17 = linalg.generic {indexing_maps = [#map6, #map5, #map5], iterator_types = ["parallel"]} ins(%cst_5, %16 : tensor<i64>, tensor<6xf32>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: i64, %in_18: f32, %out: f32):
      %48 = arith.sitofp %in : i64 to f32
      %49 = arith.subf %48, %in_18 : f32
      linalg.yield %49 : f32
    } -> tensor<6xf32>
    %18 = linalg.generic {indexing_maps = [#map5, #map5, #map5, #map5], iterator_types = ["parallel"]} ins(%9, %13, %17 : tensor<6xi1>, tensor<6xf32>, tensor<6xf32>) outs(%10 : tensor<6xf32>) {
    ^bb0(%in: i1, %in_18: f32, %in_19: f32, %out: f32):
      %48 = arith.select %in, %in_18, %in_19 : f32
      linalg.yield %48 : f32
    } -> tensor<6xf32>
    %19 = tensor.empty() : tensor<2x40x40x6xf32>
    %20 = linalg.generic {indexing_maps = [#map7, #map8, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8, %18 : tensor<2x40x40x1xf32>, tensor<6xf32>) outs(%19 : tensor<2x40x40x6xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %48 = arith.subf %in, %in_18 : f32
      linalg.yield %48 : f32
    } -> tensor<2x40x40x6xf32>
    %21 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<2x40x40x6xf32>) outs(%19 : tensor<2x40x40x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %48 : f32
    } -> tensor<2x40x40x6xf32>
    %22 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<2x40x40x6xf32>) outs(%19 : tensor<2x40x40x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.negf %in : f32
      linalg.yield %48 : f32
    } -> tensor<2x40x40x6xf32>
    %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x40x40x6xf32>) outs(%19 : tensor<2x40x40x6xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.exp %in : f32
      linalg.yield %48 : f32
    } -> tensor<2x40x40x6xf32>
    %collapsed = tensor.collapse_shape %23 [[0, 1, 2], [3]] : tensor<2x40x40x6xf32> into tensor<3200x6xf32>
    %24 = tensor.empty() : tensor<3200x2xf32>
    %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<3200x2xf32>) -> tensor<3200x2xf32>
    %26 = linalg.matmul ins(%collapsed, %arg4 : tensor<3200x6xf32>, tensor<6x2xf32>) outs(%25 : tensor<3200x2xf32>) -> tensor<3200x2xf32>
    %expanded_9 = tensor.expand_shape %26 [[0, 1, 2], [3]] output_shape [2, 40, 40, 2] : tensor<3200x2xf32> into tensor<2x40x40x2xf32>
    %27 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%27 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_10 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_11 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %28 = tensor.empty() : tensor<4x40x40xf32>
    %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %30 = linalg.batch_matmul ins(%collapsed_10, %collapsed_11 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%29 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_12 = tensor.expand_shape %30 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %31 = tensor.empty() : tensor<2x2x40x40xf32>
    %32 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<2x2x40x40xf32>) outs(%31 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.divf %in, %cst_3 : f32
      linalg.yield %48 : f32
    } -> tensor<2x2x40x40xf32>
    %transposed_13 = linalg.transpose ins(%expanded_9 : tensor<2x40x40x2xf32>) outs(%31 : tensor<2x2x40x40xf32>) permutation = [0, 3, 1, 2] 
    %33 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %transposed_13 : tensor<2x2x40x40xf32>, tensor<2x2x40x40xf32>) outs(%31 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %48 = arith.addf %in, %in_18 : f32
      linalg.yield %48 : f32
    } -> tensor<2x2x40x40xf32>
    %34 = tensor.empty() : tensor<2x2x40xi64>
    %35 = linalg.fill ins(%c0_i64 : i64) outs(%34 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %36 = tensor.empty() : tensor<2x2x40xf32>
    %37 = linalg.fill ins(%cst_0 : f32) outs(%36 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %38:2 = linalg.generic {indexing_maps = [#map2, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%33 : tensor<2x2x40x40xf32>) outs(%37, %35 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %48 = linalg.index 3 : index
      %49 = arith.index_cast %48 : index to i64
      %50 = arith.maximumf %in, %out : f32
      %51 = arith.cmpf ogt, %in, %out : f32
      %52 = arith.select %51, %49, %out_18 : i64
      linalg.yield %50, %52 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_14 = tensor.expand_shape %38#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %39 = linalg.generic {indexing_maps = [#map2, #map7, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %expanded_14 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%31 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %48 = arith.subf %in, %in_18 : f32
      linalg.yield %48 : f32
    } -> tensor<2x2x40x40xf32>
    %40 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<2x2x40x40xf32>) outs(%31 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = math.exp %in : f32
      linalg.yield %48 : f32
    } -> tensor<2x2x40x40xf32>
    %41 = tensor.empty() : tensor<2x2x40x1xf32>
    %42 = linalg.fill ins(%cst : f32) outs(%41 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %43 = linalg.generic {indexing_maps = [#map2, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%40 : tensor<2x2x40x40xf32>) outs(%42 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %48 = arith.addf %in, %out : f32
      linalg.yield %48 : f32
    } -> tensor<2x2x40x1xf32>
    %44 = linalg.generic {indexing_maps = [#map2, #map7, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %43 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%31 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %48 = arith.divf %in, %in_18 : f32
      linalg.yield %48 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_15 = tensor.collapse_shape %44 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_16 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %45 = tensor.empty() : tensor<4x40x16xf32>
    %46 = linalg.fill ins(%cst : f32) outs(%45 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %47 = linalg.batch_matmul ins(%collapsed_15, %collapsed_16 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%46 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_17 = tensor.expand_shape %47 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_17 : tensor<2x2x40x16xf32>
  }
}

