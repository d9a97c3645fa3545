// Two attentions that share a table index: two fused ops.
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map5 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map8 = affine_map<(d0, d1) -> (d0, 0)>
#map9 = affine_map<(d0, d1) -> (0, d1)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x2x17x16xf32>, %arg1: tensor<2x2x17x16xf32>, %arg2: tensor<35x2xf32>, %arg3: tensor<35x2xf32>, %arg4: tensor<17x17xi64>) -> tensor<2x2x17x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %c35_i64 = arith.constant 35 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 4.000000e+00 : f32
    %cst_2 = arith.constant dense<11> : tensor<17xi64>
    %cst_3 = arith.constant dense<10> : tensor<17x17xi64>
    %cst_4 = arith.constant dense<9> : tensor<17x17xi64>
    %cst_5 = arith.constant dense<0> : tensor<16x17xi64>
    %cst_6 = arith.constant dense<0> : tensor<17x17xi64>
    %0 = tensor.empty() : tensor<4xi64>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%0 : tensor<4xi64>) {
    ^bb0(%out: i64):
      %63 = linalg.index 0 : index
      %64 = arith.index_cast %63 : index to i64
      linalg.yield %64 : i64
    } -> tensor<4xi64>
    %2 = tensor.empty() : tensor<4x4xi64>
    %3 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<4xi64>) outs(%2 : tensor<4x4xi64>) {
    ^bb0(%in: i64, %out: i64):
      linalg.yield %in : i64
    } -> tensor<4x4xi64>
    %4 = linalg.generic {indexing_maps = [#map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<4xi64>) outs(%2 : tensor<4x4xi64>) {
    ^bb0(%in: i64, %out: i64):
      linalg.yield %in : i64
    } -> tensor<4x4xi64>
    %concat = tensor.concat dim(0) %3, %4 : (tensor<4x4xi64>, tensor<4x4xi64>) -> tensor<8x4xi64>
    %expanded = tensor.expand_shape %concat [[0, 1], [2]] output_shape [2, 4, 4] : tensor<8x4xi64> into tensor<2x4x4xi64>
    %collapsed = tensor.collapse_shape %expanded [[0], [1, 2]] : tensor<2x4x4xi64> into tensor<2x16xi64>
    %expanded_7 = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xi64> into tensor<2x16x1xi64>
    %expanded_8 = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 1, 16] : tensor<2x16xi64> into tensor<2x1x16xi64>
    %5 = tensor.empty() : tensor<2x16x16xi64>
    %6 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %expanded_8 : tensor<2x16x1xi64>, tensor<2x1x16xi64>) outs(%5 : tensor<2x16x16xi64>) {
    ^bb0(%in: i64, %in_30: i64, %out: i64):
      %63 = arith.subi %in, %in_30 : i64
      linalg.yield %63 : i64
    } -> tensor<2x16x16xi64>
    %7 = tensor.empty() : tensor<16x16x2xi64>
    %transposed = linalg.transpose ins(%6 : tensor<2x16x16xi64>) outs(%7 : tensor<16x16x2xi64>) permutation = [1, 2, 0] 
    %8 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed : tensor<16x16x2xi64>) outs(%7 : tensor<16x16x2xi64>) {
    ^bb0(%in: i64, %out: i64):
      %63 = math.absi %in : i64
      linalg.yield %63 : i64
    } -> tensor<16x16x2xi64>
    %9 = tensor.empty() : tensor<16x16xi64>
    %10 = linalg.fill ins(%c0_i64 : i64) outs(%9 : tensor<16x16xi64>) -> tensor<16x16xi64>
    %11 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<16x16x2xi64>) outs(%10 : tensor<16x16xi64>) {
    ^bb0(%in: i64, %out: i64):
      %63 = arith.addi %in, %out : i64
      linalg.yield %63 : i64
    } -> tensor<16x16xi64>
    %inserted_slice = tensor.insert_slice %11 into %cst_5[0, 1] [16, 16] [1, 1] : tensor<16x16xi64> into tensor<16x17xi64>
    %inserted_slice_9 = tensor.insert_slice %inserted_slice into %cst_6[1, 0] [16, 17] [1, 1] : tensor<16x17xi64> into tensor<17x17xi64>
    %12 = tensor.empty() : tensor<17xi64>
    %13 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%12 : tensor<17xi64>) {
    ^bb0(%out: i64):
      %63 = linalg.index 0 : index
      %64 = arith.index_cast %63 : index to i64
      linalg.yield %64 : i64
    } -> tensor<17xi64>
    %expanded_10 = tensor.expand_shape %13 [[0, 1]] output_shape [17, 1] : tensor<17xi64> into tensor<17x1xi64>
    %14 = tensor.empty() : tensor<17x1xi1>
    %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%expanded_10 : tensor<17x1xi64>) outs(%14 : tensor<17x1xi1>) {
    ^bb0(%in: i64, %out: i1):
      %63 = arith.cmpi eq, %in, %c0_i64 : i64
      linalg.yield %63 : i1
    } -> tensor<17x1xi1>
    %16 = tensor.empty() : tensor<17x17xi64>
    %17 = linalg.generic {indexing_maps = [#map8, #map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%15, %cst_4, %inserted_slice_9 : tensor<17x1xi1>, tensor<17x17xi64>, tensor<17x17xi64>) outs(%16 : tensor<17x17xi64>) {
    ^bb0(%in: i1, %in_30: i64, %in_31: i64, %out: i64):
      %63 = arith.select %in, %in_30, %in_31 : i64
      linalg.yield %63 : i64
    } -> tensor<17x17xi64>
    %expanded_11 = tensor.expand_shape %13 [[0, 1]] output_shape [1, 17] : tensor<17xi64> into tensor<1x17xi64>
    %18 = tensor.empty() : tensor<1x17xi1>
    %19 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%expanded_11 : tensor<1x17xi64>) outs(%18 : tensor<1x17xi1>) {
    ^bb0(%in: i64, %out: i1):
      %63 = arith.cmpi eq, %in, %c0_i64 : i64
      linalg.yield %63 : i1
    } -> tensor<1x17xi1>
    %20 = linalg.generic {indexing_maps = [#map9, #map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%19, %cst_3, %17 : tensor<1x17xi1>, tensor<17x17xi64>, tensor<17x17xi64>) outs(%16 : tensor<17x17xi64>) {
    ^bb0(%in: i1, %in_30: i64, %in_31: i64, %out: i64):
      %63 = arith.select %in, %in_30, %in_31 : i64
      linalg.yield %63 : i64
    } -> tensor<17x17xi64>
    %extracted_slice = tensor.extract_slice %20[0, 0] [1, 17] [1, 1] : tensor<17x17xi64> to tensor<1x17xi64>
    %collapsed_12 = tensor.collapse_shape %extracted_slice [[0, 1]] : tensor<1x17xi64> into tensor<17xi64>
    %21 = tensor.empty() : tensor<17xi1>
    %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%13 : tensor<17xi64>) outs(%21 : tensor<17xi1>) {
    ^bb0(%in: i64, %out: i1):
      %63 = arith.cmpi eq, %in, %c0_i64 : i64
      linalg.yield %63 : i1
    } -> tensor<17xi1>
    %23 = linalg.generic {indexing_maps = [#map, #map, #map, #map], iterator_types = ["parallel"]} ins(%22, %cst_2, %collapsed_12 : tensor<17xi1>, tensor<17xi64>, tensor<17xi64>) outs(%12 : tensor<17xi64>) {
    ^bb0(%in: i1, %in_30: i64, %in_31: i64, %out: i64):
      %63 = arith.select %in, %in_30, %in_31 : i64
      linalg.yield %63 : i64
    } -> tensor<17xi64>
    %24 = linalg.generic {indexing_maps = [#map3, #map2], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<17xi64>) outs(%16 : tensor<17x17xi64>) {
    ^bb0(%in: i64, %out: i64):
      linalg.yield %in : i64
    } -> tensor<17x17xi64>
    %25 = linalg.generic {indexing_maps = [#map8, #map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%15, %24, %20 : tensor<17x1xi1>, tensor<17x17xi64>, tensor<17x17xi64>) outs(%16 : tensor<17x17xi64>) {
    ^bb0(%in: i1, %in_30: i64, %in_31: i64, %out: i64):
      %63 = arith.select %in, %in_30, %in_31 : i64
      linalg.yield %63 : i64
    } -> tensor<17x17xi64>
    %collapsed_13 = tensor.collapse_shape %25 [[0, 1]] : tensor<17x17xi64> into tensor<289xi64>
    %26 = tensor.empty() : tensor<289x2xf32>
    %27 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel"]} ins(%collapsed_13 : tensor<289xi64>) outs(%26 : tensor<289x2xf32>) {
    ^bb0(%in: i64, %out: f32):
      %63 = arith.cmpi slt, %in, %c0_i64 : i64
      %64 = arith.addi %in, %c35_i64 : i64
      %65 = arith.select %63, %64, %in : i64
      %66 = arith.index_cast %65 : i64 to index
      %67 = linalg.index 1 : index
      %extracted = tensor.extract %arg2[%66, %67] : tensor<35x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<289x2xf32>
    %expanded_14 = tensor.expand_shape %27 [[0, 1], [2]] output_shape [17, 17, 2] : tensor<289x2xf32> into tensor<17x17x2xf32>
    %28 = tensor.empty() : tensor<2x17x17xf32>
    %transposed_15 = linalg.transpose ins(%expanded_14 : tensor<17x17x2xf32>) outs(%28 : tensor<2x17x17xf32>) permutation = [2, 0, 1] 
    %29 = tensor.empty() : tensor<2x2x16x17xf32>
    %transposed_16 = linalg.transpose ins(%arg1 : tensor<2x2x17x16xf32>) outs(%29 : tensor<2x2x16x17xf32>) permutation = [0, 1, 3, 2] 
    %collapsed_17 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<2x2x17x16xf32> into tensor<4x17x16xf32>
    %collapsed_18 = tensor.collapse_shape %transposed_16 [[0, 1], [2], [3]] : tensor<2x2x16x17xf32> into tensor<4x16x17xf32>
    %30 = tensor.empty() : tensor<4x17x17xf32>
    %31 = linalg.fill ins(%cst : f32) outs(%30 : tensor<4x17x17xf32>) -> tensor<4x17x17xf32>
    %32 = linalg.batch_matmul ins(%collapsed_17, %collapsed_18 : tensor<4x17x16xf32>, tensor<4x16x17xf32>) outs(%31 : tensor<4x17x17xf32>) -> tensor<4x17x17xf32>
    %expanded_19 = tensor.expand_shape %32 [[0, 1], [2], [3]] output_shape [2, 2, 17, 17] : tensor<4x17x17xf32> into tensor<2x2x17x17xf32>
    %33 = tensor.empty() : tensor<2x2x17x17xf32>
    %34 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_19 : tensor<2x2x17x17xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.divf %in, %cst_1 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %35 = linalg.generic {indexing_maps = [#map10, #map11, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %transposed_15 : tensor<2x2x17x17xf32>, tensor<2x17x17xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %63 = arith.addf %in, %in_30 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %36 = tensor.empty() : tensor<2x2x17xi64>
    %37 = linalg.fill ins(%c0_i64 : i64) outs(%36 : tensor<2x2x17xi64>) -> tensor<2x2x17xi64>
    %38 = tensor.empty() : tensor<2x2x17xf32>
    %39 = linalg.fill ins(%cst_0 : f32) outs(%38 : tensor<2x2x17xf32>) -> tensor<2x2x17xf32>
    %40:2 = linalg.generic {indexing_maps = [#map10, #map12, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%35 : tensor<2x2x17x17xf32>) outs(%39, %37 : tensor<2x2x17xf32>, tensor<2x2x17xi64>) {
    ^bb0(%in: f32, %out: f32, %out_30: i64):
      %63 = linalg.index 3 : index
      %64 = arith.index_cast %63 : index to i64
      %65 = arith.maximumf %in, %out : f32
      %66 = arith.cmpf ogt, %in, %out : f32
      %67 = arith.select %66, %64, %out_30 : i64
      linalg.yield %65, %67 : f32, i64
    } -> (tensor<2x2x17xf32>, tensor<2x2x17xi64>)
    %expanded_20 = tensor.expand_shape %40#0 [[0], [1], [2, 3]] output_shape [2, 2, 17, 1] : tensor<2x2x17xf32> into tensor<2x2x17x1xf32>
    %41 = linalg.generic {indexing_maps = [#map10, #map13, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35, %expanded_20 : tensor<2x2x17x17xf32>, tensor<2x2x17x1xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %63 = arith.subf %in, %in_30 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %42 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41 : tensor<2x2x17x17xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = math.exp %in : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %43 = tensor.empty() : tensor<2x2x17x1xf32>
    %44 = linalg.fill ins(%cst : f32) outs(%43 : tensor<2x2x17x1xf32>) -> tensor<2x2x17x1xf32>
    %45 = linalg.generic {indexing_maps = [#map10, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%42 : tensor<2x2x17x17xf32>) outs(%44 : tensor<2x2x17x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.addf %in, %out : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x1xf32>
    %46 = linalg.generic {indexing_maps = [#map10, #map13, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42, %45 : tensor<2x2x17x17xf32>, tensor<2x2x17x1xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %63 = arith.divf %in, %in_30 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %collapsed_21 = tensor.collapse_shape %46 [[0, 1], [2], [3]] : tensor<2x2x17x17xf32> into tensor<4x17x17xf32>
    %47 = tensor.empty() : tensor<4x17x16xf32>
    %48 = linalg.fill ins(%cst : f32) outs(%47 : tensor<4x17x16xf32>) -> tensor<4x17x16xf32>
    %49 = linalg.batch_matmul ins(%collapsed_21, %collapsed_17 : tensor<4x17x17xf32>, tensor<4x17x16xf32>) outs(%48 : tensor<4x17x16xf32>) -> tensor<4x17x16xf32>
    %expanded_22 = tensor.expand_shape %49 [[0, 1], [2], [3]] output_shape [2, 2, 17, 16] : tensor<4x17x16xf32> into tensor<2x2x17x16xf32>
    %50 = tensor.empty() : tensor<2x2x17x16xf32>
    %51 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_22 : tensor<2x2x17x16xf32>) outs(%50 : tensor<2x2x17x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = math.tanh %in : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x16xf32>
    %52 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel"]} ins(%collapsed_13 : tensor<289xi64>) outs(%26 : tensor<289x2xf32>) {
    ^bb0(%in: i64, %out: f32):
      %63 = arith.cmpi slt, %in, %c0_i64 : i64
      %64 = arith.addi %in, %c35_i64 : i64
      %65 = arith.select %63, %64, %in : i64
      %66 = arith.index_cast %65 : i64 to index
      %67 = linalg.index 1 : index
      %extracted = tensor.extract %arg3[%66, %67] : tensor<35x2xf32>
      linalg.yield %extracted : f32
    } -> tensor<289x2xf32>
    %expanded_23 = tensor.expand_shape %52 [[0, 1], [2]] output_shape [17, 17, 2] : tensor<289x2xf32> into tensor<17x17x2xf32>
    %transposed_24 = linalg.transpose ins(%expanded_23 : tensor<17x17x2xf32>) outs(%28 : tensor<2x17x17xf32>) permutation = [2, 0, 1] 
    %collapsed_25 = tensor.collapse_shape %51 [[0, 1], [2], [3]] : tensor<2x2x17x16xf32> into tensor<4x17x16xf32>
    %53 = linalg.batch_matmul ins(%collapsed_25, %collapsed_18 : tensor<4x17x16xf32>, tensor<4x16x17xf32>) outs(%31 : tensor<4x17x17xf32>) -> tensor<4x17x17xf32>
    %expanded_26 = tensor.expand_shape %53 [[0, 1], [2], [3]] output_shape [2, 2, 17, 17] : tensor<4x17x17xf32> into tensor<2x2x17x17xf32>
    %54 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_26 : tensor<2x2x17x17xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.divf %in, %cst_1 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %55 = linalg.generic {indexing_maps = [#map10, #map11, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%54, %transposed_24 : tensor<2x2x17x17xf32>, tensor<2x17x17xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %63 = arith.addf %in, %in_30 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %56:2 = linalg.generic {indexing_maps = [#map10, #map12, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%55 : tensor<2x2x17x17xf32>) outs(%39, %37 : tensor<2x2x17xf32>, tensor<2x2x17xi64>) {
    ^bb0(%in: f32, %out: f32, %out_30: i64):
      %63 = linalg.index 3 : index
      %64 = arith.index_cast %63 : index to i64
      %65 = arith.maximumf %in, %out : f32
      %66 = arith.cmpf ogt, %in, %out : f32
      %67 = arith.select %66, %64, %out_30 : i64
      linalg.yield %65, %67 : f32, i64
    } -> (tensor<2x2x17xf32>, tensor<2x2x17xi64>)
    %expanded_27 = tensor.expand_shape %56#0 [[0], [1], [2, 3]] output_shape [2, 2, 17, 1] : tensor<2x2x17xf32> into tensor<2x2x17x1xf32>
    %57 = linalg.generic {indexing_maps = [#map10, #map13, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%55, %expanded_27 : tensor<2x2x17x17xf32>, tensor<2x2x17x1xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %63 = arith.subf %in, %in_30 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %58 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57 : tensor<2x2x17x17xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = math.exp %in : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %59 = linalg.generic {indexing_maps = [#map10, #map13], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%58 : tensor<2x2x17x17xf32>) outs(%44 : tensor<2x2x17x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.addf %in, %out : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x1xf32>
    %60 = linalg.generic {indexing_maps = [#map10, #map13, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%58, %59 : tensor<2x2x17x17xf32>, tensor<2x2x17x1xf32>) outs(%33 : tensor<2x2x17x17xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %63 = arith.divf %in, %in_30 : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x17xf32>
    %collapsed_28 = tensor.collapse_shape %60 [[0, 1], [2], [3]] : tensor<2x2x17x17xf32> into tensor<4x17x17xf32>
    %61 = linalg.batch_matmul ins(%collapsed_28, %collapsed_25 : tensor<4x17x17xf32>, tensor<4x17x16xf32>) outs(%48 : tensor<4x17x16xf32>) -> tensor<4x17x16xf32>
    %expanded_29 = tensor.expand_shape %61 [[0, 1], [2], [3]] output_shape [2, 2, 17, 16] : tensor<4x17x16xf32> into tensor<2x2x17x16xf32>
    %62 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_29 : tensor<2x2x17x16xf32>) outs(%50 : tensor<2x2x17x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = math.tanh %in : f32
      linalg.yield %63 : f32
    } -> tensor<2x2x17x16xf32>
    return %62 : tensor<2x2x17x16xf32>
  }
}
