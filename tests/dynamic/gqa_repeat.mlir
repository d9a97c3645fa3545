// sizes: B 4 S 64; B 2 S 64; B 2 S 64
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1) -> ()>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0) -> (d0)>
#map6 = affine_map<(d0, d1) -> (0, d1)>
#map7 = affine_map<(d0, d1) -> (d0, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x4x?x64xbf16>, %arg1: tensor<?x2x?x64xbf16>, %arg2: tensor<?x2x?x64xbf16>) -> tensor<?x4x?x64xbf16> {
    %true = arith.constant true
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c4_i64 = arith.constant 4 : i64
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c1 = arith.constant 1 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant dense<true> : tensor<i1>
    %c256_i64 = arith.constant 256 : i64
    %cst_3 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x4x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_4 = tensor.dim %arg0, %c2 : tensor<?x4x?x64xbf16>
    %1 = arith.index_cast %dim_4 : index to i64
    %dim_5 = tensor.dim %arg1, %c0 : tensor<?x2x?x64xbf16>
    %dim_6 = tensor.dim %arg1, %c2 : tensor<?x2x?x64xbf16>
    %expanded = tensor.expand_shape %arg1 [[0], [1], [2, 3], [4]] output_shape [%dim_5, 2, 1, %dim_6, 64] : tensor<?x2x?x64xbf16> into tensor<?x2x1x?x64xbf16>
    %2 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    %3 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %4 = tensor.empty(%dim, %dim_4) : tensor<?x2x2x?x64xbf16>
    %5 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%4 : tensor<?x2x2x?x64xbf16>) {
    ^bb0(%out: bf16):
      %127 = linalg.index 0 : index
      %128 = linalg.index 1 : index
      %129 = linalg.index 3 : index
      %130 = linalg.index 4 : index
      %131 = arith.cmpi eq, %dim_5, %c1 : index
      %132 = arith.select %131, %c0, %127 : index
      %133 = arith.cmpi eq, %dim_6, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %extracted = tensor.extract %expanded[%132, %128, %c0, %134, %130] : tensor<?x2x1x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x2x?x64xbf16>
    %6 = arith.cmpi slt, %0, %c0_i64 : i64
    %7 = arith.select %6, %c1_i64, %0 : i64
    %8 = arith.extui %6 : i1 to i64
    %9 = arith.muli %7, %c4_i64 : i64
    %10 = arith.muli %9, %1 : i64
    %11 = arith.addi %8, %c1_i64 : i64
    %12 = arith.cmpi slt, %1, %c0_i64 : i64
    %13 = arith.select %12, %9, %10 : i64
    %14 = arith.select %12, %11, %8 : i64
    %15 = arith.muli %13, %c64_i64 : i64
    %16 = arith.cmpi sle, %14, %c1_i64 : i64
    cf.assert %16, "must have at most one inferred (negative) dimension"
    %17 = arith.muli %0, %c4_i64 : i64
    %18 = arith.muli %17, %1 : i64
    %19 = arith.muli %18, %c64_i64 : i64
    %20 = arith.divsi %19, %15 : i64
    %21 = arith.select %6, %20, %0 : i64
    %22 = arith.select %12, %20, %1 : i64
    %from_elements = tensor.from_elements %21, %c4_i64, %22, %c64_i64 : tensor<4xi64>
    %reshape = tensor.reshape %5(%from_elements) : (tensor<?x2x2x?x64xbf16>, tensor<4xi64>) -> tensor<?x4x?x64xbf16>
    %dim_7 = tensor.dim %arg2, %c0 : tensor<?x2x?x64xbf16>
    %dim_8 = tensor.dim %arg2, %c2 : tensor<?x2x?x64xbf16>
    %expanded_9 = tensor.expand_shape %arg2 [[0], [1], [2, 3], [4]] output_shape [%dim_7, 2, 1, %dim_8, 64] : tensor<?x2x?x64xbf16> into tensor<?x2x1x?x64xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %23 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%4 : tensor<?x2x2x?x64xbf16>) {
    ^bb0(%out: bf16):
      %127 = linalg.index 0 : index
      %128 = linalg.index 1 : index
      %129 = linalg.index 3 : index
      %130 = linalg.index 4 : index
      %131 = arith.cmpi eq, %dim_7, %c1 : index
      %132 = arith.select %131, %c0, %127 : index
      %133 = arith.cmpi eq, %dim_8, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %extracted = tensor.extract %expanded_9[%132, %128, %c0, %134, %130] : tensor<?x2x1x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x2x?x64xbf16>
    cf.assert %16, "must have at most one inferred (negative) dimension"
    %reshape_10 = tensor.reshape %23(%from_elements) : (tensor<?x2x2x?x64xbf16>, tensor<4xi64>) -> tensor<?x4x?x64xbf16>
    %24 = arith.index_cast %21 : i64 to index
    %25 = arith.index_cast %22 : i64 to index
    %26 = tensor.empty(%24, %25) : tensor<?x4x64x?xbf16>
    %transposed = linalg.transpose ins(%reshape : tensor<?x4x?x64xbf16>) outs(%26 : tensor<?x4x64x?xbf16>) permutation = [0, 1, 3, 2] 
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %27 = tensor.empty(%dim, %dim_4) : tensor<?x4x?x64xbf16>
    %28 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%27 : tensor<?x4x?x64xbf16>) {
    ^bb0(%out: bf16):
      %127 = linalg.index 0 : index
      %128 = linalg.index 1 : index
      %129 = linalg.index 2 : index
      %130 = linalg.index 3 : index
      %131 = arith.cmpi eq, %dim, %c1 : index
      %132 = arith.select %131, %c0, %127 : index
      %133 = arith.cmpi eq, %dim_4, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %extracted = tensor.extract %arg0[%132, %128, %134, %130] : tensor<?x4x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x4x?x64xbf16>
    %29 = arith.cmpi slt, %17, %c0_i64 : i64
    %30 = arith.select %29, %c1_i64, %17 : i64
    %31 = arith.extui %29 : i1 to i64
    %32 = arith.muli %30, %1 : i64
    %33 = arith.addi %31, %c1_i64 : i64
    %34 = arith.select %12, %30, %32 : i64
    %35 = arith.select %12, %33, %31 : i64
    %36 = arith.muli %34, %c64_i64 : i64
    %37 = arith.cmpi sle, %35, %c1_i64 : i64
    cf.assert %37, "must have at most one inferred (negative) dimension"
    %38 = arith.divsi %19, %36 : i64
    %39 = arith.select %29, %38, %17 : i64
    %40 = arith.select %12, %38, %1 : i64
    %from_elements_11 = tensor.from_elements %39, %40, %c64_i64 : tensor<3xi64>
    %reshape_12 = tensor.reshape %28(%from_elements_11) : (tensor<?x4x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %41 = tensor.empty(%dim, %dim_4) : tensor<?x4x64x?xbf16>
    %42 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%41 : tensor<?x4x64x?xbf16>) {
    ^bb0(%out: bf16):
      %127 = linalg.index 0 : index
      %128 = linalg.index 1 : index
      %129 = linalg.index 2 : index
      %130 = linalg.index 3 : index
      %131 = arith.cmpi eq, %24, %c1 : index
      %132 = arith.select %131, %c0, %127 : index
      %133 = arith.cmpi eq, %25, %c1 : index
      %134 = arith.select %133, %c0, %130 : index
      %extracted = tensor.extract %transposed[%132, %128, %129, %134] : tensor<?x4x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x4x64x?xbf16>
    %43 = arith.muli %30, %c64_i64 : i64
    %44 = arith.muli %43, %1 : i64
    %45 = arith.select %12, %43, %44 : i64
    cf.assert %37, "must have at most one inferred (negative) dimension"
    %46 = arith.muli %0, %c256_i64 : i64
    %47 = arith.muli %46, %1 : i64
    %48 = arith.divsi %47, %45 : i64
    %49 = arith.select %29, %48, %17 : i64
    %50 = arith.select %12, %48, %1 : i64
    %from_elements_13 = tensor.from_elements %49, %c64_i64, %50 : tensor<3xi64>
    %reshape_14 = tensor.reshape %42(%from_elements_13) : (tensor<?x4x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %51 = arith.index_cast %39 : i64 to index
    %52 = arith.index_cast %40 : i64 to index
    %53 = arith.index_cast %50 : i64 to index
    %54 = arith.cmpi eq, %39, %49 : i64
    cf.assert %54, "mismatching contracting dimension"
    %55 = tensor.empty(%51, %52, %53) : tensor<?x?x?xf32>
    %56 = linalg.fill ins(%cst : f32) outs(%55 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %57 = linalg.batch_matmul ins(%reshape_12, %reshape_14 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%56 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %58 = tensor.empty(%51, %52, %53) : tensor<?x?x?xbf16>
    %59 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%57 : tensor<?x?x?xf32>) outs(%58 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %127 = arith.truncf %in : f32 to bf16
      linalg.yield %127 : bf16
    } -> tensor<?x?x?xbf16>
    %60 = arith.muli %13, %1 : i64
    %61 = arith.addi %14, %c1_i64 : i64
    %62 = arith.select %12, %9, %60 : i64
    %63 = arith.select %12, %61, %8 : i64
    %64 = arith.cmpi sle, %63, %c1_i64 : i64
    cf.assert %64, "must have at most one inferred (negative) dimension"
    %65 = arith.muli %39, %40 : i64
    %66 = arith.muli %65, %50 : i64
    %67 = arith.divsi %66, %62 : i64
    %68 = arith.select %6, %67, %0 : i64
    %69 = arith.select %12, %67, %1 : i64
    %from_elements_15 = tensor.from_elements %68, %c4_i64, %69, %69 : tensor<4xi64>
    %reshape_16 = tensor.reshape %59(%from_elements_15) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x4x?x?xbf16>
    %70 = arith.index_cast %68 : i64 to index
    %71 = arith.index_cast %69 : i64 to index
    %72 = tensor.empty(%70, %71, %71) : tensor<?x4x?x?xbf16>
    %73 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_16 : tensor<?x4x?x?xbf16>) outs(%72 : tensor<?x4x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %127 = arith.divf %in, %cst_3 : bf16
      linalg.yield %127 : bf16
    } -> tensor<?x4x?x?xbf16>
    %74 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %74, "negative values not allowed in new dimensions"
    cf.assert %74, "negative values not allowed in new dimensions"
    %75 = tensor.empty(%dim_4, %dim_4) : tensor<?x?xi1>
    %76 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<i1>) outs(%75 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<?x?xi1>
    %77 = tensor.empty(%dim_4) : tensor<?xi64>
    %78 = linalg.generic {indexing_maps = [#map5], iterator_types = ["parallel"]} outs(%77 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %127 = linalg.index 0 : index
      %128 = arith.index_cast %127 : index to i64
      linalg.yield %128 : i64
    } -> tensor<?xi64>
    %expanded_17 = tensor.expand_shape %78 [[0, 1]] output_shape [1, %dim_4] : tensor<?xi64> into tensor<1x?xi64>
    %expanded_18 = tensor.expand_shape %78 [[0, 1]] output_shape [%dim_4, 1] : tensor<?xi64> into tensor<?x1xi64>
    %79 = tensor.empty(%dim_4, %dim_4) : tensor<?x?xi64>
    %80 = linalg.generic {indexing_maps = [#map6, #map7, #map4], iterator_types = ["parallel", "parallel"]} ins(%expanded_17, %expanded_18 : tensor<1x?xi64>, tensor<?x1xi64>) outs(%79 : tensor<?x?xi64>) {
    ^bb0(%in: i64, %in_25: i64, %out: i64):
      %127 = arith.subi %in, %in_25 : i64
      linalg.yield %127 : i64
    } -> tensor<?x?xi64>
    %81 = tensor.empty(%dim_4, %dim_4) : tensor<?x?xi1>
    %82 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%80 : tensor<?x?xi64>) outs(%81 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %out: i1):
      %127 = arith.cmpi sge, %in, %c1_i64 : i64
      linalg.yield %127 : i1
    } -> tensor<?x?xi1>
    cf.assert %true, "mismatched size for broadcast"
    cf.assert %true, "mismatched size for broadcast"
    %83 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%82, %76 : tensor<?x?xi1>, tensor<?x?xi1>) outs(%81 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %in_25: i1, %out: i1):
      %127 = arith.andi %in, %in_25 : i1
      linalg.yield %127 : i1
    } -> tensor<?x?xi1>
    %84 = arith.cmpi eq, %dim_4, %71 : index
    cf.assert %84, "mismatched size for broadcast"
    cf.assert %84, "mismatched size for broadcast"
    %85 = tensor.empty(%70, %dim_4, %dim_4) : tensor<?x4x?x?xbf16>
    %86 = linalg.generic {indexing_maps = [#map8, #map9, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%83, %cst_1, %73 : tensor<?x?xi1>, tensor<bf16>, tensor<?x4x?x?xbf16>) outs(%85 : tensor<?x4x?x?xbf16>) {
    ^bb0(%in: i1, %in_25: bf16, %in_26: bf16, %out: bf16):
      %127 = arith.select %in, %in_25, %in_26 : bf16
      linalg.yield %127 : bf16
    } -> tensor<?x4x?x?xbf16>
    %87 = tensor.empty(%70, %dim_4, %dim_4) : tensor<?x4x?x?xf32>
    %88 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%86 : tensor<?x4x?x?xbf16>) outs(%87 : tensor<?x4x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %127 = arith.extf %in : bf16 to f32
      linalg.yield %127 : f32
    } -> tensor<?x4x?x?xf32>
    %89 = tensor.empty(%70, %dim_4) : tensor<?x4x?xi64>
    %90 = linalg.fill ins(%c0_i64 : i64) outs(%89 : tensor<?x4x?xi64>) -> tensor<?x4x?xi64>
    %91 = tensor.empty(%70, %dim_4) : tensor<?x4x?xf32>
    %92 = linalg.fill ins(%cst_0 : f32) outs(%91 : tensor<?x4x?xf32>) -> tensor<?x4x?xf32>
    %93:2 = linalg.generic {indexing_maps = [#map1, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%88 : tensor<?x4x?x?xf32>) outs(%92, %90 : tensor<?x4x?xf32>, tensor<?x4x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_25: i64):
      %127 = linalg.index 3 : index
      %128 = arith.index_cast %127 : index to i64
      %129 = arith.maximumf %in, %out : f32
      %130 = arith.cmpf ogt, %in, %out : f32
      %131 = arith.select %130, %128, %out_25 : i64
      linalg.yield %129, %131 : f32, i64
    } -> (tensor<?x4x?xf32>, tensor<?x4x?xi64>)
    %expanded_19 = tensor.expand_shape %93#0 [[0], [1], [2, 3]] output_shape [%70, 4, %dim_4, 1] : tensor<?x4x?xf32> into tensor<?x4x?x1xf32>
    %94 = linalg.generic {indexing_maps = [#map1, #map11, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%88, %expanded_19 : tensor<?x4x?x?xf32>, tensor<?x4x?x1xf32>) outs(%87 : tensor<?x4x?x?xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %127 = arith.subf %in, %in_25 : f32
      linalg.yield %127 : f32
    } -> tensor<?x4x?x?xf32>
    %95 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%94 : tensor<?x4x?x?xf32>) outs(%87 : tensor<?x4x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %127 = math.exp %in : f32
      linalg.yield %127 : f32
    } -> tensor<?x4x?x?xf32>
    %96 = tensor.empty(%70, %dim_4) : tensor<?x4x?x1xf32>
    %97 = linalg.fill ins(%cst : f32) outs(%96 : tensor<?x4x?x1xf32>) -> tensor<?x4x?x1xf32>
    %98 = linalg.generic {indexing_maps = [#map1, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%95 : tensor<?x4x?x?xf32>) outs(%97 : tensor<?x4x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %127 = arith.addf %in, %out : f32
      linalg.yield %127 : f32
    } -> tensor<?x4x?x1xf32>
    %99 = linalg.generic {indexing_maps = [#map1, #map11, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95, %98 : tensor<?x4x?x?xf32>, tensor<?x4x?x1xf32>) outs(%87 : tensor<?x4x?x?xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %127 = arith.divf %in, %in_25 : f32
      linalg.yield %127 : f32
    } -> tensor<?x4x?x?xf32>
    %100 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%99 : tensor<?x4x?x?xf32>) outs(%85 : tensor<?x4x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %127 = arith.truncf %in : f32 to bf16
      linalg.yield %127 : bf16
    } -> tensor<?x4x?x?xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %101 = tensor.empty(%dim, %dim_4, %dim_4) : tensor<?x4x?x?xbf16>
    %102 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%101 : tensor<?x4x?x?xbf16>) {
    ^bb0(%out: bf16):
      %127 = linalg.index 0 : index
      %128 = linalg.index 1 : index
      %129 = linalg.index 2 : index
      %130 = linalg.index 3 : index
      %131 = arith.cmpi eq, %70, %c1 : index
      %132 = arith.select %131, %c0, %127 : index
      %133 = arith.cmpi eq, %dim_4, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %135 = arith.select %133, %c0, %130 : index
      %extracted = tensor.extract %100[%132, %128, %134, %135] : tensor<?x4x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x4x?x?xbf16>
    %103 = arith.muli %34, %1 : i64
    %104 = arith.addi %35, %c1_i64 : i64
    %105 = arith.select %12, %30, %103 : i64
    %106 = arith.select %12, %104, %31 : i64
    %107 = arith.cmpi sle, %106, %c1_i64 : i64
    cf.assert %107, "must have at most one inferred (negative) dimension"
    %108 = arith.muli %18, %1 : i64
    %109 = arith.divsi %108, %105 : i64
    %110 = arith.select %29, %109, %17 : i64
    %111 = arith.select %12, %109, %1 : i64
    %from_elements_20 = tensor.from_elements %110, %111, %111 : tensor<3xi64>
    %reshape_21 = tensor.reshape %102(%from_elements_20) : (tensor<?x4x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %2, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %3, "unimplemented: dynamic negative broadcast sizes"
    %112 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%27 : tensor<?x4x?x64xbf16>) {
    ^bb0(%out: bf16):
      %127 = linalg.index 0 : index
      %128 = linalg.index 1 : index
      %129 = linalg.index 2 : index
      %130 = linalg.index 3 : index
      %131 = arith.cmpi eq, %24, %c1 : index
      %132 = arith.select %131, %c0, %127 : index
      %133 = arith.cmpi eq, %25, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %extracted = tensor.extract %reshape_10[%132, %128, %134, %130] : tensor<?x4x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x4x?x64xbf16>
    cf.assert %37, "must have at most one inferred (negative) dimension"
    %reshape_22 = tensor.reshape %112(%from_elements_11) : (tensor<?x4x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %113 = arith.index_cast %110 : i64 to index
    %114 = arith.index_cast %111 : i64 to index
    %115 = arith.cmpi eq, %110, %39 : i64
    cf.assert %115, "mismatching contracting dimension"
    %116 = arith.cmpi eq, %111, %40 : i64
    cf.assert %116, "mismatching contracting dimension"
    %117 = tensor.empty(%113, %114) : tensor<?x?x64xf32>
    %118 = linalg.fill ins(%cst : f32) outs(%117 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %119 = linalg.batch_matmul ins(%reshape_21, %reshape_22 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%118 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %120 = tensor.empty(%113, %114) : tensor<?x?x64xbf16>
    %121 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%119 : tensor<?x?x64xf32>) outs(%120 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %127 = arith.truncf %in : f32 to bf16
      linalg.yield %127 : bf16
    } -> tensor<?x?x64xbf16>
    cf.assert %16, "must have at most one inferred (negative) dimension"
    %122 = arith.muli %110, %111 : i64
    %123 = arith.muli %122, %c64_i64 : i64
    %124 = arith.divsi %123, %15 : i64
    %125 = arith.select %6, %124, %0 : i64
    %126 = arith.select %12, %124, %1 : i64
    %from_elements_23 = tensor.from_elements %125, %c4_i64, %126, %c64_i64 : tensor<4xi64>
    %reshape_24 = tensor.reshape %121(%from_elements_23) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x4x?x64xbf16>
    return %reshape_24 : tensor<?x4x?x64xbf16>
  }
}

