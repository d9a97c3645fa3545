// sizes: B 3 S 64; B 3 S 64; B 3 S 64
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x3x?x64xbf16>, %arg1: tensor<?x3x?x64xbf16>, %arg2: tensor<?x3x?x64xbf16>) -> tensor<?x3x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c3_i64 = arith.constant 3 : i64
    %c0_i64 = arith.constant 0 : i64
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 1.000000e+00 : f32
    %cst_2 = arith.constant 8.000000e+00 : f32
    %cst_3 = arith.constant 3.000000e+00 : f32
    %cst_4 = arith.constant 2.000000e+00 : f32
    %c192_i64 = arith.constant 192 : i64
    %cst_5 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x3x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_6 = tensor.dim %arg0, %c2 : tensor<?x3x?x64xbf16>
    %1 = arith.index_cast %dim_6 : index to i64
    %2 = tensor.empty() : tensor<3xf32>
    %3 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%2 : tensor<3xf32>) {
    ^bb0(%out: f32):
      %123 = linalg.index 0 : index
      %124 = arith.index_cast %123 : index to i64
      %125 = arith.sitofp %124 : i64 to f32
      %126 = arith.addf %125, %cst : f32
      linalg.yield %126 : f32
    } -> tensor<3xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%3 : tensor<3xf32>) outs(%2 : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = arith.addf %in, %cst_1 : f32
      linalg.yield %123 : f32
    } -> tensor<3xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<3xf32>) outs(%2 : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = arith.negf %in : f32
      linalg.yield %123 : f32
    } -> tensor<3xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%5 : tensor<3xf32>) outs(%2 : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = arith.mulf %in, %cst_2 : f32
      linalg.yield %123 : f32
    } -> tensor<3xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%6 : tensor<3xf32>) outs(%2 : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = arith.divf %in, %cst_3 : f32
      linalg.yield %123 : f32
    } -> tensor<3xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%7 : tensor<3xf32>) outs(%2 : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = math.powf %cst_4, %in : f32
      linalg.yield %123 : f32
    } -> tensor<3xf32>
    %expanded = tensor.expand_shape %8 [[0, 1, 2]] output_shape [3, 1, 1] : tensor<3xf32> into tensor<3x1x1xf32>
    %9 = tensor.empty(%dim_6) : tensor<?xi64>
    %10 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%9 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %123 = linalg.index 0 : index
      %124 = arith.index_cast %123 : index to i64
      linalg.yield %124 : i64
    } -> tensor<?xi64>
    %expanded_7 = tensor.expand_shape %10 [[0, 1]] output_shape [%dim_6, 1] : tensor<?xi64> into tensor<?x1xi64>
    %expanded_8 = tensor.expand_shape %10 [[0, 1]] output_shape [1, %dim_6] : tensor<?xi64> into tensor<1x?xi64>
    %dim_9 = tensor.dim %arg1, %c0 : tensor<?x3x?x64xbf16>
    %dim_10 = tensor.dim %arg1, %c2 : tensor<?x3x?x64xbf16>
    %11 = tensor.empty(%dim_9, %dim_10) : tensor<?x3x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x3x?x64xbf16>) outs(%11 : tensor<?x3x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %12 = arith.muli %0, %c3_i64 : i64
    %13 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %13, "unimplemented: dynamic negative broadcast sizes"
    %14 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    %15 = tensor.empty(%dim, %dim_6) : tensor<?x3x?x64xbf16>
    %16 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%15 : tensor<?x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %123 = linalg.index 0 : index
      %124 = linalg.index 1 : index
      %125 = linalg.index 2 : index
      %126 = linalg.index 3 : index
      %127 = arith.cmpi eq, %dim, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %129 = arith.cmpi eq, %dim_6, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %extracted = tensor.extract %arg0[%128, %124, %130, %126] : tensor<?x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x64xbf16>
    %17 = arith.cmpi slt, %12, %c0_i64 : i64
    %18 = arith.select %17, %c1_i64, %12 : i64
    %19 = arith.extui %17 : i1 to i64
    %20 = arith.muli %18, %1 : i64
    %21 = arith.addi %19, %c1_i64 : i64
    %22 = arith.cmpi slt, %1, %c0_i64 : i64
    %23 = arith.select %22, %18, %20 : i64
    %24 = arith.select %22, %21, %19 : i64
    %25 = arith.muli %23, %c64_i64 : i64
    %26 = arith.cmpi sle, %24, %c1_i64 : i64
    cf.assert %26, "must have at most one inferred (negative) dimension"
    %27 = arith.muli %12, %1 : i64
    %28 = arith.muli %27, %c64_i64 : i64
    %29 = arith.divsi %28, %25 : i64
    %30 = arith.select %17, %29, %12 : i64
    %31 = arith.select %22, %29, %1 : i64
    %from_elements = tensor.from_elements %30, %31, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %16(%from_elements) : (tensor<?x3x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %13, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    %32 = tensor.empty(%dim, %dim_6) : tensor<?x3x64x?xbf16>
    %33 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%32 : tensor<?x3x64x?xbf16>) {
    ^bb0(%out: bf16):
      %123 = linalg.index 0 : index
      %124 = linalg.index 1 : index
      %125 = linalg.index 2 : index
      %126 = linalg.index 3 : index
      %127 = arith.cmpi eq, %dim_9, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %129 = arith.cmpi eq, %dim_10, %c1 : index
      %130 = arith.select %129, %c0, %126 : index
      %extracted = tensor.extract %transposed[%128, %124, %125, %130] : tensor<?x3x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x64x?xbf16>
    %34 = arith.muli %18, %c64_i64 : i64
    %35 = arith.muli %34, %1 : i64
    %36 = arith.select %22, %34, %35 : i64
    cf.assert %26, "must have at most one inferred (negative) dimension"
    %37 = arith.muli %0, %c192_i64 : i64
    %38 = arith.muli %37, %1 : i64
    %39 = arith.divsi %38, %36 : i64
    %40 = arith.select %17, %39, %12 : i64
    %41 = arith.select %22, %39, %1 : i64
    %from_elements_11 = tensor.from_elements %40, %c64_i64, %41 : tensor<3xi64>
    %reshape_12 = tensor.reshape %33(%from_elements_11) : (tensor<?x3x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %42 = arith.index_cast %30 : i64 to index
    %43 = arith.index_cast %31 : i64 to index
    %44 = arith.index_cast %41 : i64 to index
    %45 = arith.cmpi eq, %30, %40 : i64
    cf.assert %45, "mismatching contracting dimension"
    %46 = tensor.empty(%42, %43, %44) : tensor<?x?x?xf32>
    %47 = linalg.fill ins(%cst : f32) outs(%46 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %48 = linalg.batch_matmul ins(%reshape, %reshape_12 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%47 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %49 = tensor.empty(%42, %43, %44) : tensor<?x?x?xbf16>
    %50 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48 : tensor<?x?x?xf32>) outs(%49 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %123 = arith.truncf %in : f32 to bf16
      linalg.yield %123 : bf16
    } -> tensor<?x?x?xbf16>
    %51 = arith.cmpi slt, %0, %c0_i64 : i64
    %52 = arith.select %51, %c1_i64, %0 : i64
    %53 = arith.extui %51 : i1 to i64
    %54 = arith.muli %52, %c3_i64 : i64
    %55 = arith.muli %54, %1 : i64
    %56 = arith.addi %53, %c1_i64 : i64
    %57 = arith.select %22, %54, %55 : i64
    %58 = arith.select %22, %56, %53 : i64
    %59 = arith.muli %57, %1 : i64
    %60 = arith.addi %58, %c1_i64 : i64
    %61 = arith.select %22, %54, %59 : i64
    %62 = arith.select %22, %60, %53 : i64
    %63 = arith.cmpi sle, %62, %c1_i64 : i64
    cf.assert %63, "must have at most one inferred (negative) dimension"
    %64 = arith.muli %30, %31 : i64
    %65 = arith.muli %64, %41 : i64
    %66 = arith.divsi %65, %61 : i64
    %67 = arith.select %51, %66, %0 : i64
    %68 = arith.select %22, %66, %1 : i64
    %from_elements_13 = tensor.from_elements %67, %c3_i64, %68, %68 : tensor<4xi64>
    %reshape_14 = tensor.reshape %50(%from_elements_13) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x3x?x?xbf16>
    %69 = arith.index_cast %67 : i64 to index
    %70 = arith.index_cast %68 : i64 to index
    %71 = tensor.empty(%69, %70, %70) : tensor<?x3x?x?xbf16>
    %72 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_14 : tensor<?x3x?x?xbf16>) outs(%71 : tensor<?x3x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %123 = arith.divf %in, %cst_5 : bf16
      linalg.yield %123 : bf16
    } -> tensor<?x3x?x?xbf16>
    %73 = tensor.empty(%dim_6, %dim_6) : tensor<?x?xi64>
    %74 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_8, %expanded_7 : tensor<1x?xi64>, tensor<?x1xi64>) outs(%73 : tensor<?x?xi64>) {
    ^bb0(%in: i64, %in_21: i64, %out: i64):
      %123 = arith.subi %in, %in_21 : i64
      linalg.yield %123 : i64
    } -> tensor<?x?xi64>
    %75 = tensor.empty(%dim_6, %dim_6) : tensor<3x?x?xf32>
    %76 = linalg.generic {indexing_maps = [#map6, #map7, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %74 : tensor<3x1x1xf32>, tensor<?x?xi64>) outs(%75 : tensor<3x?x?xf32>) {
    ^bb0(%in: f32, %in_21: i64, %out: f32):
      %123 = arith.sitofp %in_21 : i64 to f32
      %124 = arith.mulf %in, %123 : f32
      linalg.yield %124 : f32
    } -> tensor<3x?x?xf32>
    %77 = tensor.empty(%dim_6, %dim_6) : tensor<3x?x?xbf16>
    %78 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%76 : tensor<3x?x?xf32>) outs(%77 : tensor<3x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %123 = arith.truncf %in : f32 to bf16
      linalg.yield %123 : bf16
    } -> tensor<3x?x?xbf16>
    %79 = arith.cmpi eq, %70, %dim_6 : index
    cf.assert %79, "mismatched size for broadcast"
    cf.assert %79, "mismatched size for broadcast"
    %80 = linalg.generic {indexing_maps = [#map1, #map8, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%72, %78 : tensor<?x3x?x?xbf16>, tensor<3x?x?xbf16>) outs(%71 : tensor<?x3x?x?xbf16>) {
    ^bb0(%in: bf16, %in_21: bf16, %out: bf16):
      %123 = arith.addf %in, %in_21 : bf16
      linalg.yield %123 : bf16
    } -> tensor<?x3x?x?xbf16>
    %81 = tensor.empty(%69, %70, %70) : tensor<?x3x?x?xf32>
    %82 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%80 : tensor<?x3x?x?xbf16>) outs(%81 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %123 = arith.extf %in : bf16 to f32
      linalg.yield %123 : f32
    } -> tensor<?x3x?x?xf32>
    %83 = tensor.empty(%69, %70) : tensor<?x3x?xi64>
    %84 = linalg.fill ins(%c0_i64 : i64) outs(%83 : tensor<?x3x?xi64>) -> tensor<?x3x?xi64>
    %85 = tensor.empty(%69, %70) : tensor<?x3x?xf32>
    %86 = linalg.fill ins(%cst_0 : f32) outs(%85 : tensor<?x3x?xf32>) -> tensor<?x3x?xf32>
    %87:2 = linalg.generic {indexing_maps = [#map1, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%82 : tensor<?x3x?x?xf32>) outs(%86, %84 : tensor<?x3x?xf32>, tensor<?x3x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_21: i64):
      %123 = linalg.index 3 : index
      %124 = arith.index_cast %123 : index to i64
      %125 = arith.maximumf %in, %out : f32
      %126 = arith.cmpf ogt, %in, %out : f32
      %127 = arith.select %126, %124, %out_21 : i64
      linalg.yield %125, %127 : f32, i64
    } -> (tensor<?x3x?xf32>, tensor<?x3x?xi64>)
    %expanded_15 = tensor.expand_shape %87#0 [[0], [1], [2, 3]] output_shape [%69, 3, %70, 1] : tensor<?x3x?xf32> into tensor<?x3x?x1xf32>
    %88 = linalg.generic {indexing_maps = [#map1, #map10, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%82, %expanded_15 : tensor<?x3x?x?xf32>, tensor<?x3x?x1xf32>) outs(%81 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %123 = arith.subf %in, %in_21 : f32
      linalg.yield %123 : f32
    } -> tensor<?x3x?x?xf32>
    %89 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%88 : tensor<?x3x?x?xf32>) outs(%81 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = math.exp %in : f32
      linalg.yield %123 : f32
    } -> tensor<?x3x?x?xf32>
    %90 = tensor.empty(%69, %70) : tensor<?x3x?x1xf32>
    %91 = linalg.fill ins(%cst : f32) outs(%90 : tensor<?x3x?x1xf32>) -> tensor<?x3x?x1xf32>
    %92 = linalg.generic {indexing_maps = [#map1, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%89 : tensor<?x3x?x?xf32>) outs(%91 : tensor<?x3x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %123 = arith.addf %in, %out : f32
      linalg.yield %123 : f32
    } -> tensor<?x3x?x1xf32>
    %93 = linalg.generic {indexing_maps = [#map1, #map10, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%89, %92 : tensor<?x3x?x?xf32>, tensor<?x3x?x1xf32>) outs(%81 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %123 = arith.divf %in, %in_21 : f32
      linalg.yield %123 : f32
    } -> tensor<?x3x?x?xf32>
    %94 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%93 : tensor<?x3x?x?xf32>) outs(%71 : tensor<?x3x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %123 = arith.truncf %in : f32 to bf16
      linalg.yield %123 : bf16
    } -> tensor<?x3x?x?xbf16>
    cf.assert %13, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    %95 = tensor.empty(%dim, %dim_6, %dim_6) : tensor<?x3x?x?xbf16>
    %96 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%95 : tensor<?x3x?x?xbf16>) {
    ^bb0(%out: bf16):
      %123 = linalg.index 0 : index
      %124 = linalg.index 1 : index
      %125 = linalg.index 2 : index
      %126 = linalg.index 3 : index
      %127 = arith.cmpi eq, %69, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %129 = arith.cmpi eq, %70, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %131 = arith.select %129, %c0, %126 : index
      %extracted = tensor.extract %94[%128, %124, %130, %131] : tensor<?x3x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x?xbf16>
    %97 = arith.muli %23, %1 : i64
    %98 = arith.addi %24, %c1_i64 : i64
    %99 = arith.select %22, %18, %97 : i64
    %100 = arith.select %22, %98, %19 : i64
    %101 = arith.cmpi sle, %100, %c1_i64 : i64
    cf.assert %101, "must have at most one inferred (negative) dimension"
    %102 = arith.muli %27, %1 : i64
    %103 = arith.divsi %102, %99 : i64
    %104 = arith.select %17, %103, %12 : i64
    %105 = arith.select %22, %103, %1 : i64
    %from_elements_16 = tensor.from_elements %104, %105, %105 : tensor<3xi64>
    %reshape_17 = tensor.reshape %96(%from_elements_16) : (tensor<?x3x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %13, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    %106 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%15 : tensor<?x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %123 = linalg.index 0 : index
      %124 = linalg.index 1 : index
      %125 = linalg.index 2 : index
      %126 = linalg.index 3 : index
      %dim_21 = tensor.dim %arg2, %c0 : tensor<?x3x?x64xbf16>
      %127 = arith.cmpi eq, %dim_21, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %dim_22 = tensor.dim %arg2, %c2 : tensor<?x3x?x64xbf16>
      %129 = arith.cmpi eq, %dim_22, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %extracted = tensor.extract %arg2[%128, %124, %130, %126] : tensor<?x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x64xbf16>
    cf.assert %26, "must have at most one inferred (negative) dimension"
    %reshape_18 = tensor.reshape %106(%from_elements) : (tensor<?x3x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %107 = arith.index_cast %104 : i64 to index
    %108 = arith.index_cast %105 : i64 to index
    %109 = arith.cmpi eq, %104, %30 : i64
    cf.assert %109, "mismatching contracting dimension"
    %110 = arith.cmpi eq, %105, %31 : i64
    cf.assert %110, "mismatching contracting dimension"
    %111 = tensor.empty(%107, %108) : tensor<?x?x64xf32>
    %112 = linalg.fill ins(%cst : f32) outs(%111 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %113 = linalg.batch_matmul ins(%reshape_17, %reshape_18 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%112 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %114 = tensor.empty(%107, %108) : tensor<?x?x64xbf16>
    %115 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%113 : tensor<?x?x64xf32>) outs(%114 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %123 = arith.truncf %in : f32 to bf16
      linalg.yield %123 : bf16
    } -> tensor<?x?x64xbf16>
    %116 = arith.muli %57, %c64_i64 : i64
    %117 = arith.cmpi sle, %58, %c1_i64 : i64
    cf.assert %117, "must have at most one inferred (negative) dimension"
    %118 = arith.muli %104, %105 : i64
    %119 = arith.muli %118, %c64_i64 : i64
    %120 = arith.divsi %119, %116 : i64
    %121 = arith.select %51, %120, %0 : i64
    %122 = arith.select %22, %120, %1 : i64
    %from_elements_19 = tensor.from_elements %121, %c3_i64, %122, %c64_i64 : tensor<4xi64>
    %reshape_20 = tensor.reshape %115(%from_elements_19) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x3x?x64xbf16>
    return %reshape_20 : tensor<?x3x?x64xbf16>
  }
}

