// sizes: 2 2 40 16; 2 2 40 16; 2 2 40 16; 2 40
// From PyTorch: counted_alibi of examples/export.py.
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, d2, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#map6 = affine_map<(d0, d1) -> (0, d1)>
#map7 = affine_map<(d0, d1) -> (d0, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x40x16xf32>, %arg1: tensor<2x2x40x16xf32>, %arg2: tensor<2x2x40x16xf32>, %arg3: tensor<2x40xi64>) -> tensor<2x2x40x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c1_i64 = arith.constant 1 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<true> : tensor<40x40xi1>
    %cst_2 = arith.constant dense<-3.40282347E+38> : tensor<f32>
    %cst_3 = arith.constant 1.000000e+00 : f32
    %cst_4 = arith.constant 8.000000e+00 : f32
    %cst_5 = arith.constant 2.000000e+00 : f32
    %cst_6 = arith.constant 4.000000e+00 : f32
    %0 = tensor.empty() : tensor<2xf32>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<2xf32>) {
    ^bb0(%out: f32):
      %49 = linalg.index 0 : index
      %50 = arith.index_cast %49 : index to i64
      %51 = arith.sitofp %50 : i64 to f32
      %52 = arith.addf %51, %cst : f32
      linalg.yield %52 : f32
    } -> tensor<2xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<2xf32>) outs(%0 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.addf %in, %cst_3 : f32
      linalg.yield %49 : f32
    } -> tensor<2xf32>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%2 : tensor<2xf32>) outs(%0 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.negf %in : f32
      linalg.yield %49 : f32
    } -> tensor<2xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%3 : tensor<2xf32>) outs(%0 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.mulf %in, %cst_4 : f32
      linalg.yield %49 : f32
    } -> tensor<2xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<2xf32>) outs(%0 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.divf %in, %cst_5 : f32
      linalg.yield %49 : f32
    } -> tensor<2xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%5 : tensor<2xf32>) outs(%0 : tensor<2xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = math.powf %cst_5, %in : f32
      linalg.yield %49 : f32
    } -> tensor<2xf32>
    %expanded = tensor.expand_shape %6 [[0, 1, 2]] output_shape [2, 1, 1] : tensor<2xf32> into tensor<2x1x1xf32>
    %7 = tensor.empty() : tensor<2x2x16x40xf32>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x2x40x16xf32>) outs(%7 : tensor<2x2x16x40xf32>) permutation = [0, 1, 3, 2] 
    %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %collapsed_7 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<2x2x16x40xf32> into tensor<4x16x40xf32>
    %8 = tensor.empty() : tensor<4x40x40xf32>
    %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %10 = linalg.batch_matmul ins(%collapsed, %collapsed_7 : tensor<4x40x16xf32>, tensor<4x16x40xf32>) outs(%9 : tensor<4x40x40xf32>) -> tensor<4x40x40xf32>
    %expanded_8 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [2, 2, 40, 40] : tensor<4x40x40xf32> into tensor<2x2x40x40xf32>
    %11 = tensor.empty() : tensor<2x2x40x40xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<2x2x40x40xf32>) outs(%11 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.divf %in, %cst_6 : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x40xf32>
    %13 = tensor.empty() : tensor<2x40xi64>
    %14 = linalg.fill ins(%c0_i64 : i64) outs(%13 : tensor<2x40xi64>) -> tensor<2x40xi64>
    %15 = tensor.empty() : tensor<2xi64>
    %16 = linalg.fill ins(%c0_i64 : i64) outs(%15 : tensor<2xi64>) -> tensor<2xi64>
    %17:2 = tm_tensor.scan dimension(1) inclusive(true) ins(%arg3 : tensor<2x40xi64>) outs(%14, %16 : tensor<2x40xi64>, tensor<2xi64>) {
    ^bb0(%arg4: i64, %arg5: i64):
      %49 = arith.addi %arg4, %arg5 : i64
      tm_tensor.yield %49 : i64
    } -> tensor<2x40xi64>, tensor<2xi64>
    %18 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%17#0 : tensor<2x40xi64>) outs(%13 : tensor<2x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      %49 = arith.subi %in, %c1_i64 : i64
      linalg.yield %49 : i64
    } -> tensor<2x40xi64>
    %19 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%18, %arg3 : tensor<2x40xi64>, tensor<2x40xi64>) outs(%13 : tensor<2x40xi64>) {
    ^bb0(%in: i64, %in_17: i64, %out: i64):
      %49 = arith.muli %in, %in_17 : i64
      linalg.yield %49 : i64
    } -> tensor<2x40xi64>
    %expanded_9 = tensor.expand_shape %19 [[0], [1, 2, 3]] output_shape [2, 1, 1, 40] : tensor<2x40xi64> into tensor<2x1x1x40xi64>
    %20 = tensor.empty() : tensor<2x2x1x40xf32>
    %21 = linalg.generic {indexing_maps = [#map3, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_9 : tensor<2x1x1xf32>, tensor<2x1x1x40xi64>) outs(%20 : tensor<2x2x1x40xf32>) {
    ^bb0(%in: f32, %in_17: i64, %out: f32):
      %49 = arith.sitofp %in_17 : i64 to f32
      %50 = arith.mulf %in, %49 : f32
      linalg.yield %50 : f32
    } -> tensor<2x2x1x40xf32>
    %22 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %21 : tensor<2x2x40x40xf32>, tensor<2x2x1x40xf32>) outs(%11 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %49 = arith.addf %in, %in_17 : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x40xf32>
    %23 = tensor.empty() : tensor<40xi64>
    %24 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%23 : tensor<40xi64>) {
    ^bb0(%out: i64):
      %49 = linalg.index 0 : index
      %50 = arith.index_cast %49 : index to i64
      linalg.yield %50 : i64
    } -> tensor<40xi64>
    %expanded_10 = tensor.expand_shape %24 [[0, 1]] output_shape [1, 40] : tensor<40xi64> into tensor<1x40xi64>
    %expanded_11 = tensor.expand_shape %24 [[0, 1]] output_shape [40, 1] : tensor<40xi64> into tensor<40x1xi64>
    %25 = tensor.empty() : tensor<40x40xi64>
    %26 = linalg.generic {indexing_maps = [#map6, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%expanded_10, %expanded_11 : tensor<1x40xi64>, tensor<40x1xi64>) outs(%25 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_17: i64, %out: i64):
      %49 = arith.subi %in, %in_17 : i64
      linalg.yield %49 : i64
    } -> tensor<40x40xi64>
    %27 = tensor.empty() : tensor<40x40xi1>
    %28 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<40x40xi64>) outs(%27 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %out: i1):
      %49 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %49 : i1
    } -> tensor<40x40xi1>
    %29 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%28, %cst_1 : tensor<40x40xi1>, tensor<40x40xi1>) outs(%27 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %in_17: i1, %out: i1):
      %49 = arith.andi %in, %in_17 : i1
      linalg.yield %49 : i1
    } -> tensor<40x40xi1>
    %expanded_12 = tensor.expand_shape %arg3 [[0], [1, 2, 3]] output_shape [2, 1, 1, 40] : tensor<2x40xi64> into tensor<2x1x1x40xi64>
    %30 = tensor.empty() : tensor<2x1x1x40xi1>
    %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<2x1x1x40xi64>) outs(%30 : tensor<2x1x1x40xi1>) {
    ^bb0(%in: i64, %out: i1):
      %49 = arith.cmpi eq, %in, %c0_i64 : i64
      linalg.yield %49 : i1
    } -> tensor<2x1x1x40xi1>
    %32 = tensor.empty() : tensor<2x1x40x40xi1>
    %33 = linalg.generic {indexing_maps = [#map8, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %31 : tensor<40x40xi1>, tensor<2x1x1x40xi1>) outs(%32 : tensor<2x1x40x40xi1>) {
    ^bb0(%in: i1, %in_17: i1, %out: i1):
      %49 = arith.ori %in, %in_17 : i1
      linalg.yield %49 : i1
    } -> tensor<2x1x40x40xi1>
    %34 = linalg.generic {indexing_maps = [#map4, #map9, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %cst_2, %22 : tensor<2x1x40x40xi1>, tensor<f32>, tensor<2x2x40x40xf32>) outs(%11 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: i1, %in_17: f32, %in_18: f32, %out: f32):
      %49 = arith.select %in, %in_17, %in_18 : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x40xf32>
    %35 = tensor.empty() : tensor<2x2x40xi64>
    %36 = linalg.fill ins(%c0_i64 : i64) outs(%35 : tensor<2x2x40xi64>) -> tensor<2x2x40xi64>
    %37 = tensor.empty() : tensor<2x2x40xf32>
    %38 = linalg.fill ins(%cst_0 : f32) outs(%37 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %39:2 = linalg.generic {indexing_maps = [#map1, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%34 : tensor<2x2x40x40xf32>) outs(%38, %36 : tensor<2x2x40xf32>, tensor<2x2x40xi64>) {
    ^bb0(%in: f32, %out: f32, %out_17: i64):
      %49 = linalg.index 3 : index
      %50 = arith.index_cast %49 : index to i64
      %51 = arith.maximumf %in, %out : f32
      %52 = arith.cmpf ogt, %in, %out : f32
      %53 = arith.select %52, %50, %out_17 : i64
      linalg.yield %51, %53 : f32, i64
    } -> (tensor<2x2x40xf32>, tensor<2x2x40xi64>)
    %expanded_13 = tensor.expand_shape %39#0 [[0], [1], [2, 3]] output_shape [2, 2, 40, 1] : tensor<2x2x40xf32> into tensor<2x2x40x1xf32>
    %40 = linalg.generic {indexing_maps = [#map1, #map11, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %expanded_13 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%11 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %49 = arith.subf %in, %in_17 : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x40xf32>
    %41 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40 : tensor<2x2x40x40xf32>) outs(%11 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = math.exp %in : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x40xf32>
    %42 = tensor.empty() : tensor<2x2x40x1xf32>
    %43 = linalg.fill ins(%cst : f32) outs(%42 : tensor<2x2x40x1xf32>) -> tensor<2x2x40x1xf32>
    %44 = linalg.generic {indexing_maps = [#map1, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%41 : tensor<2x2x40x40xf32>) outs(%43 : tensor<2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %49 = arith.addf %in, %out : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x1xf32>
    %45 = linalg.generic {indexing_maps = [#map1, #map11, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %44 : tensor<2x2x40x40xf32>, tensor<2x2x40x1xf32>) outs(%11 : tensor<2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_17: f32, %out: f32):
      %49 = arith.divf %in, %in_17 : f32
      linalg.yield %49 : f32
    } -> tensor<2x2x40x40xf32>
    %collapsed_14 = tensor.collapse_shape %45 [[0, 1], [2], [3]] : tensor<2x2x40x40xf32> into tensor<4x40x40xf32>
    %collapsed_15 = tensor.collapse_shape %arg2 [[0, 1], [2], [3]] : tensor<2x2x40x16xf32> into tensor<4x40x16xf32>
    %46 = tensor.empty() : tensor<4x40x16xf32>
    %47 = linalg.fill ins(%cst : f32) outs(%46 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %48 = linalg.batch_matmul ins(%collapsed_14, %collapsed_15 : tensor<4x40x40xf32>, tensor<4x40x16xf32>) outs(%47 : tensor<4x40x16xf32>) -> tensor<4x40x16xf32>
    %expanded_16 = tensor.expand_shape %48 [[0, 1], [2], [3]] output_shape [2, 2, 40, 16] : tensor<4x40x16xf32> into tensor<2x2x40x16xf32>
    return %expanded_16 : tensor<2x2x40x16xf32>
  }
}

