// sizes: 2 3 S 64; 2 3 S 64; 2 3 S 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1) -> ()>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0) -> (d0)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> (d0, 0)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> ()>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<2x3x?x64xbf16>, %arg1: tensor<2x3x?x64xbf16>, %arg2: tensor<2x3x?x64xbf16>) -> tensor<2x3x?x64xbf16> {
    %true = arith.constant true
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c2_i64 = arith.constant 2 : i64
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %c3_i64 = arith.constant 3 : i64
    %c6_i64 = arith.constant 6 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant dense<true> : tensor<i1>
    %cst_3 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c2 : tensor<2x3x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_4 = tensor.dim %arg1, %c2 : tensor<2x3x?x64xbf16>
    %1 = tensor.empty(%dim_4) : tensor<2x3x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<2x3x?x64xbf16>) outs(%1 : tensor<2x3x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %2 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    %3 = tensor.empty(%dim) : tensor<2x3x?x64xbf16>
    %4 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%3 : tensor<2x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %63 = linalg.index 0 : index
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %extracted = tensor.extract %arg0[%63, %64, %68, %66] : tensor<2x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<2x3x?x64xbf16>
    %collapsed = tensor.collapse_shape %4 [[0, 1], [2], [3]] : tensor<2x3x?x64xbf16> into tensor<6x?x64xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    %5 = tensor.empty(%dim) : tensor<2x3x64x?xbf16>
    %6 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%5 : tensor<2x3x64x?xbf16>) {
    ^bb0(%out: bf16):
      %63 = linalg.index 0 : index
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %dim_4, %c1 : index
      %68 = arith.select %67, %c0, %66 : index
      %extracted = tensor.extract %transposed[%63, %64, %65, %68] : tensor<2x3x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<2x3x64x?xbf16>
    %collapsed_5 = tensor.collapse_shape %6 [[0, 1], [2], [3]] : tensor<2x3x64x?xbf16> into tensor<6x64x?xbf16>
    %7 = tensor.empty(%dim, %dim) : tensor<6x?x?xf32>
    %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<6x?x?xf32>) -> tensor<6x?x?xf32>
    %9 = linalg.batch_matmul ins(%collapsed, %collapsed_5 : tensor<6x?x64xbf16>, tensor<6x64x?xbf16>) outs(%8 : tensor<6x?x?xf32>) -> tensor<6x?x?xf32>
    %10 = tensor.empty(%dim, %dim) : tensor<6x?x?xbf16>
    %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<6x?x?xf32>) outs(%10 : tensor<6x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<6x?x?xbf16>
    %12 = arith.muli %0, %c6_i64 : i64
    %13 = arith.cmpi slt, %0, %c0_i64 : i64
    %14 = arith.select %13, %c6_i64, %12 : i64
    %15 = arith.extui %13 : i1 to i64
    %16 = arith.muli %14, %0 : i64
    %17 = arith.addi %15, %c1_i64 : i64
    %18 = arith.select %13, %c6_i64, %16 : i64
    %19 = arith.select %13, %17, %15 : i64
    %20 = arith.cmpi sle, %19, %c1_i64 : i64
    cf.assert %20, "must have at most one inferred (negative) dimension"
    %21 = arith.muli %12, %0 : i64
    %22 = arith.divsi %21, %18 : i64
    %23 = arith.select %13, %22, %0 : i64
    %from_elements = tensor.from_elements %c2_i64, %c3_i64, %23, %23 : tensor<4xi64>
    %reshape = tensor.reshape %11(%from_elements) : (tensor<6x?x?xbf16>, tensor<4xi64>) -> tensor<2x3x?x?xbf16>
    %24 = arith.index_cast %23 : i64 to index
    %25 = tensor.empty(%24, %24) : tensor<2x3x?x?xbf16>
    %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape : tensor<2x3x?x?xbf16>) outs(%25 : tensor<2x3x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %63 = arith.divf %in, %cst_3 : bf16
      linalg.yield %63 : bf16
    } -> tensor<2x3x?x?xbf16>
    %27 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %27, "negative values not allowed in new dimensions"
    cf.assert %27, "negative values not allowed in new dimensions"
    %28 = tensor.empty(%dim, %dim) : tensor<?x?xi1>
    %29 = linalg.generic {indexing_maps = [#map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<i1>) outs(%28 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<?x?xi1>
    %30 = tensor.empty(%dim) : tensor<?xi64>
    %31 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel"]} outs(%30 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %63 = linalg.index 0 : index
      %64 = arith.index_cast %63 : index to i64
      linalg.yield %64 : i64
    } -> tensor<?xi64>
    %expanded = tensor.expand_shape %31 [[0, 1]] output_shape [1, %dim] : tensor<?xi64> into tensor<1x?xi64>
    %expanded_6 = tensor.expand_shape %31 [[0, 1]] output_shape [%dim, 1] : tensor<?xi64> into tensor<?x1xi64>
    %32 = tensor.empty(%dim, %dim) : tensor<?x?xi64>
    %33 = linalg.generic {indexing_maps = [#map5, #map6, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_6 : tensor<1x?xi64>, tensor<?x1xi64>) outs(%32 : tensor<?x?xi64>) {
    ^bb0(%in: i64, %in_12: i64, %out: i64):
      %63 = arith.subi %in, %in_12 : i64
      linalg.yield %63 : i64
    } -> tensor<?x?xi64>
    %34 = tensor.empty(%dim, %dim) : tensor<?x?xi1>
    %35 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%33 : tensor<?x?xi64>) outs(%34 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %out: i1):
      %63 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %63 : i1
    } -> tensor<?x?xi1>
    cf.assert %true, "mismatched size for broadcast"
    cf.assert %true, "mismatched size for broadcast"
    %36 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%35, %29 : tensor<?x?xi1>, tensor<?x?xi1>) outs(%34 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %in_12: i1, %out: i1):
      %63 = arith.andi %in, %in_12 : i1
      linalg.yield %63 : i1
    } -> tensor<?x?xi1>
    %37 = arith.cmpi eq, %dim, %24 : index
    cf.assert %37, "mismatched size for broadcast"
    cf.assert %37, "mismatched size for broadcast"
    %38 = tensor.empty(%dim, %dim) : tensor<2x3x?x?xbf16>
    %39 = linalg.generic {indexing_maps = [#map7, #map8, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36, %cst_1, %26 : tensor<?x?xi1>, tensor<bf16>, tensor<2x3x?x?xbf16>) outs(%38 : tensor<2x3x?x?xbf16>) {
    ^bb0(%in: i1, %in_12: bf16, %in_13: bf16, %out: bf16):
      %63 = arith.select %in, %in_12, %in_13 : bf16
      linalg.yield %63 : bf16
    } -> tensor<2x3x?x?xbf16>
    %40 = tensor.empty(%dim, %dim) : tensor<2x3x?x?xf32>
    %41 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<2x3x?x?xbf16>) outs(%40 : tensor<2x3x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %63 = arith.extf %in : bf16 to f32
      linalg.yield %63 : f32
    } -> tensor<2x3x?x?xf32>
    %42 = tensor.empty(%dim) : tensor<2x3x?xi64>
    %43 = linalg.fill ins(%c0_i64 : i64) outs(%42 : tensor<2x3x?xi64>) -> tensor<2x3x?xi64>
    %44 = tensor.empty(%dim) : tensor<2x3x?xf32>
    %45 = linalg.fill ins(%cst_0 : f32) outs(%44 : tensor<2x3x?xf32>) -> tensor<2x3x?xf32>
    %46:2 = linalg.generic {indexing_maps = [#map, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%41 : tensor<2x3x?x?xf32>) outs(%45, %43 : tensor<2x3x?xf32>, tensor<2x3x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_12: i64):
      %63 = linalg.index 3 : index
      %64 = arith.index_cast %63 : index to i64
      %65 = arith.maximumf %in, %out : f32
      %66 = arith.cmpf ogt, %in, %out : f32
      %67 = arith.select %66, %64, %out_12 : i64
      linalg.yield %65, %67 : f32, i64
    } -> (tensor<2x3x?xf32>, tensor<2x3x?xi64>)
    %expanded_7 = tensor.expand_shape %46#0 [[0], [1], [2, 3]] output_shape [2, 3, %dim, 1] : tensor<2x3x?xf32> into tensor<2x3x?x1xf32>
    %47 = linalg.generic {indexing_maps = [#map, #map10, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %expanded_7 : tensor<2x3x?x?xf32>, tensor<2x3x?x1xf32>) outs(%40 : tensor<2x3x?x?xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %63 = arith.subf %in, %in_12 : f32
      linalg.yield %63 : f32
    } -> tensor<2x3x?x?xf32>
    %48 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<2x3x?x?xf32>) outs(%40 : tensor<2x3x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = math.exp %in : f32
      linalg.yield %63 : f32
    } -> tensor<2x3x?x?xf32>
    %49 = tensor.empty(%dim) : tensor<2x3x?x1xf32>
    %50 = linalg.fill ins(%cst : f32) outs(%49 : tensor<2x3x?x1xf32>) -> tensor<2x3x?x1xf32>
    %51 = linalg.generic {indexing_maps = [#map, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%48 : tensor<2x3x?x?xf32>) outs(%50 : tensor<2x3x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %63 = arith.addf %in, %out : f32
      linalg.yield %63 : f32
    } -> tensor<2x3x?x1xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map10, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%48, %51 : tensor<2x3x?x?xf32>, tensor<2x3x?x1xf32>) outs(%40 : tensor<2x3x?x?xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %63 = arith.divf %in, %in_12 : f32
      linalg.yield %63 : f32
    } -> tensor<2x3x?x?xf32>
    %53 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52 : tensor<2x3x?x?xf32>) outs(%38 : tensor<2x3x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<2x3x?x?xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    %54 = tensor.empty(%dim, %dim) : tensor<2x3x?x?xbf16>
    %55 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%54 : tensor<2x3x?x?xbf16>) {
    ^bb0(%out: bf16):
      %63 = linalg.index 0 : index
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %67 = arith.cmpi eq, %dim, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %69 = arith.select %67, %c0, %66 : index
      %extracted = tensor.extract %53[%63, %64, %68, %69] : tensor<2x3x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<2x3x?x?xbf16>
    cf.assert %20, "must have at most one inferred (negative) dimension"
    %from_elements_8 = tensor.from_elements %c6_i64, %23, %23 : tensor<3xi64>
    %reshape_9 = tensor.reshape %55(%from_elements_8) : (tensor<2x3x?x?xbf16>, tensor<3xi64>) -> tensor<6x?x?xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    %56 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%3 : tensor<2x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %63 = linalg.index 0 : index
      %64 = linalg.index 1 : index
      %65 = linalg.index 2 : index
      %66 = linalg.index 3 : index
      %dim_12 = tensor.dim %arg2, %c2 : tensor<2x3x?x64xbf16>
      %67 = arith.cmpi eq, %dim_12, %c1 : index
      %68 = arith.select %67, %c0, %65 : index
      %extracted = tensor.extract %arg2[%63, %64, %68, %66] : tensor<2x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<2x3x?x64xbf16>
    %collapsed_10 = tensor.collapse_shape %56 [[0, 1], [2], [3]] : tensor<2x3x?x64xbf16> into tensor<6x?x64xbf16>
    %57 = arith.cmpi eq, %23, %0 : i64
    cf.assert %57, "mismatching contracting dimension"
    %58 = tensor.empty(%24) : tensor<6x?x64xf32>
    %59 = linalg.fill ins(%cst : f32) outs(%58 : tensor<6x?x64xf32>) -> tensor<6x?x64xf32>
    %60 = linalg.batch_matmul ins(%reshape_9, %collapsed_10 : tensor<6x?x?xbf16>, tensor<6x?x64xbf16>) outs(%59 : tensor<6x?x64xf32>) -> tensor<6x?x64xf32>
    %61 = tensor.empty(%24) : tensor<6x?x64xbf16>
    %62 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%60 : tensor<6x?x64xf32>) outs(%61 : tensor<6x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %63 = arith.truncf %in : f32 to bf16
      linalg.yield %63 : bf16
    } -> tensor<6x?x64xbf16>
    %expanded_11 = tensor.expand_shape %62 [[0, 1], [2], [3]] output_shape [2, 3, %24, 64] : tensor<6x?x64xbf16> into tensor<2x3x?x64xbf16>
    return %expanded_11 : tensor<2x3x?x64xbf16>
  }
}

