// sizes: B H S 64; B H S 64; B H S 64; B S
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map4 = affine_map<(d0) -> (d0)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> (d0, 0)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
#map8 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> ()>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>, %arg3: tensor<?x?xi64>) -> tensor<?x?x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %true = arith.constant true
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<-9.999220e+09> : tensor<bf16>
    %cst_2 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_3 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_3 : index to i64
    %dim_4 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_4 : index to i64
    %dim_5 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_6 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_7 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %3 = tensor.empty(%dim_5, %dim_6, %dim_7) : tensor<?x?x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%3 : tensor<?x?x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %4 = arith.muli %0, %2 : i64
    %5 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    %6 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    %7 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %8 = tensor.empty(%dim, %dim_4, %dim_3) : tensor<?x?x?x64xbf16>
    %9 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%8 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %129 = linalg.index 0 : index
      %130 = linalg.index 1 : index
      %131 = linalg.index 2 : index
      %132 = linalg.index 3 : index
      %133 = arith.cmpi eq, %dim, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %dim_24 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %135 = arith.cmpi eq, %dim_24, %c1 : index
      %136 = arith.select %135, %c0, %130 : index
      %137 = arith.cmpi eq, %dim_3, %c1 : index
      %138 = arith.select %137, %c0, %131 : index
      %extracted = tensor.extract %arg0[%134, %136, %138, %132] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %10 = arith.cmpi slt, %4, %c0_i64 : i64
    %11 = arith.select %10, %c1_i64, %4 : i64
    %12 = arith.extui %10 : i1 to i64
    %13 = arith.muli %11, %1 : i64
    %14 = arith.addi %12, %c1_i64 : i64
    %15 = arith.cmpi slt, %1, %c0_i64 : i64
    %16 = arith.select %15, %11, %13 : i64
    %17 = arith.select %15, %14, %12 : i64
    %18 = arith.muli %16, %c64_i64 : i64
    %19 = arith.cmpi sle, %17, %c1_i64 : i64
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %20 = arith.muli %4, %1 : i64
    %21 = arith.muli %20, %c64_i64 : i64
    %22 = arith.divsi %21, %18 : i64
    %23 = arith.select %10, %22, %4 : i64
    %24 = arith.select %15, %22, %1 : i64
    %from_elements = tensor.from_elements %23, %24, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %9(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %25 = tensor.empty(%dim, %dim_4, %dim_3) : tensor<?x?x64x?xbf16>
    %26 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%25 : tensor<?x?x64x?xbf16>) {
    ^bb0(%out: bf16):
      %129 = linalg.index 0 : index
      %130 = linalg.index 1 : index
      %131 = linalg.index 2 : index
      %132 = linalg.index 3 : index
      %133 = arith.cmpi eq, %dim_5, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %135 = arith.cmpi eq, %dim_6, %c1 : index
      %136 = arith.select %135, %c0, %130 : index
      %137 = arith.cmpi eq, %dim_7, %c1 : index
      %138 = arith.select %137, %c0, %132 : index
      %extracted = tensor.extract %transposed[%134, %136, %131, %138] : tensor<?x?x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x64x?xbf16>
    %27 = arith.muli %11, %c64_i64 : i64
    %28 = arith.muli %27, %1 : i64
    %29 = arith.select %15, %27, %28 : i64
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %30 = arith.muli %4, %c64_i64 : i64
    %31 = arith.muli %30, %1 : i64
    %32 = arith.divsi %31, %29 : i64
    %33 = arith.select %10, %32, %4 : i64
    %34 = arith.select %15, %32, %1 : i64
    %from_elements_8 = tensor.from_elements %33, %c64_i64, %34 : tensor<3xi64>
    %reshape_9 = tensor.reshape %26(%from_elements_8) : (tensor<?x?x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %35 = arith.index_cast %23 : i64 to index
    %36 = arith.index_cast %24 : i64 to index
    %37 = arith.index_cast %34 : i64 to index
    %38 = arith.cmpi eq, %23, %33 : i64
    cf.assert %38, "mismatching contracting dimension"
    %39 = tensor.empty(%35, %36, %37) : tensor<?x?x?xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %41 = linalg.batch_matmul ins(%reshape, %reshape_9 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%40 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %42 = tensor.empty(%35, %36, %37) : tensor<?x?x?xbf16>
    %43 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<?x?x?xf32>) outs(%42 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<?x?x?xbf16>
    %44 = arith.cmpi slt, %0, %c0_i64 : i64
    %45 = arith.select %44, %c1_i64, %0 : i64
    %46 = arith.extui %44 : i1 to i64
    %47 = arith.muli %45, %2 : i64
    %48 = arith.addi %46, %c1_i64 : i64
    %49 = arith.cmpi slt, %2, %c0_i64 : i64
    %50 = arith.select %49, %45, %47 : i64
    %51 = arith.select %49, %48, %46 : i64
    %52 = arith.muli %50, %1 : i64
    %53 = arith.addi %51, %c1_i64 : i64
    %54 = arith.select %15, %50, %52 : i64
    %55 = arith.select %15, %53, %51 : i64
    %56 = arith.muli %54, %1 : i64
    %57 = arith.addi %55, %c1_i64 : i64
    %58 = arith.select %15, %50, %56 : i64
    %59 = arith.select %15, %57, %51 : i64
    %60 = arith.cmpi sle, %59, %c1_i64 : i64
    cf.assert %60, "must have at most one inferred (negative) dimension"
    %61 = arith.muli %23, %24 : i64
    %62 = arith.muli %61, %34 : i64
    %63 = arith.divsi %62, %58 : i64
    %64 = arith.select %44, %63, %0 : i64
    %65 = arith.select %49, %63, %2 : i64
    %66 = arith.select %15, %63, %1 : i64
    %from_elements_10 = tensor.from_elements %64, %65, %66, %66 : tensor<4xi64>
    %reshape_11 = tensor.reshape %43(%from_elements_10) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x?x?x?xbf16>
    %67 = arith.index_cast %64 : i64 to index
    %68 = arith.index_cast %65 : i64 to index
    %69 = arith.index_cast %66 : i64 to index
    %70 = tensor.empty(%67, %68, %69, %69) : tensor<?x?x?x?xbf16>
    %71 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_11 : tensor<?x?x?x?xbf16>) outs(%70 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %129 = arith.divf %in, %cst_2 : bf16
      linalg.yield %129 : bf16
    } -> tensor<?x?x?x?xbf16>
    %dim_12 = tensor.dim %arg3, %c0 : tensor<?x?xi64>
    %dim_13 = tensor.dim %arg3, %c1 : tensor<?x?xi64>
    %expanded = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [%dim_12, %dim_13, 1] : tensor<?x?xi64> into tensor<?x?x1xi64>
    %expanded_14 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [%dim_12, 1, %dim_13] : tensor<?x?xi64> into tensor<?x1x?xi64>
    %72 = tensor.empty(%dim_12, %dim_13, %dim_13) : tensor<?x?x?xi1>
    %73 = linalg.generic {indexing_maps = [#map2, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %expanded_14 : tensor<?x?x1xi64>, tensor<?x1x?xi64>) outs(%72 : tensor<?x?x?xi1>) {
    ^bb0(%in: i64, %in_24: i64, %out: i1):
      %129 = arith.cmpi eq, %in, %in_24 : i64
      linalg.yield %129 : i1
    } -> tensor<?x?x?xi1>
    %74 = tensor.empty(%dim_3) : tensor<?xi64>
    %75 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel"]} outs(%74 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %129 = linalg.index 0 : index
      %130 = arith.index_cast %129 : index to i64
      linalg.yield %130 : i64
    } -> tensor<?xi64>
    %expanded_15 = tensor.expand_shape %75 [[0, 1]] output_shape [%dim_3, 1] : tensor<?xi64> into tensor<?x1xi64>
    %expanded_16 = tensor.expand_shape %75 [[0, 1]] output_shape [1, %dim_3] : tensor<?xi64> into tensor<1x?xi64>
    %76 = tensor.empty(%dim_3, %dim_3) : tensor<?x?xi1>
    %77 = linalg.generic {indexing_maps = [#map5, #map6, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded_16, %expanded_15 : tensor<1x?xi64>, tensor<?x1xi64>) outs(%76 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %in_24: i64, %out: i1):
      %129 = arith.cmpi sle, %in, %in_24 : i64
      linalg.yield %129 : i1
    } -> tensor<?x?xi1>
    %78 = arith.cmpi eq, %dim_13, %dim_3 : index
    cf.assert %78, "mismatched size for broadcast"
    cf.assert %78, "mismatched size for broadcast"
    %79 = linalg.generic {indexing_maps = [#map1, #map8, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%73, %77 : tensor<?x?x?xi1>, tensor<?x?xi1>) outs(%72 : tensor<?x?x?xi1>) {
    ^bb0(%in: i1, %in_24: i1, %out: i1):
      %129 = arith.andi %in, %in_24 : i1
      linalg.yield %129 : i1
    } -> tensor<?x?x?xi1>
    %expanded_17 = tensor.expand_shape %79 [[0], [1, 2], [3]] output_shape [%dim_12, 1, %dim_13, %dim_13] : tensor<?x?x?xi1> into tensor<?x1x?x?xi1>
    %80 = tensor.empty(%dim_12, %dim_13, %dim_13) : tensor<?x1x?x?xi1>
    %81 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_17 : tensor<?x1x?x?xi1>) outs(%80 : tensor<?x1x?x?xi1>) {
    ^bb0(%in: i1, %out: i1):
      %129 = arith.xori %in, %true : i1
      linalg.yield %129 : i1
    } -> tensor<?x1x?x?xi1>
    %82 = arith.cmpi eq, %dim_12, %67 : index
    cf.assert %82, "mismatched size for broadcast"
    %83 = arith.cmpi eq, %dim_13, %69 : index
    cf.assert %83, "mismatched size for broadcast"
    cf.assert %83, "mismatched size for broadcast"
    %84 = tensor.empty(%dim_12, %68, %dim_13, %dim_13) : tensor<?x?x?x?xbf16>
    %85 = linalg.generic {indexing_maps = [#map9, #map10, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%81, %cst_1, %71 : tensor<?x1x?x?xi1>, tensor<bf16>, tensor<?x?x?x?xbf16>) outs(%84 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: i1, %in_24: bf16, %in_25: bf16, %out: bf16):
      %129 = arith.select %in, %in_24, %in_25 : bf16
      linalg.yield %129 : bf16
    } -> tensor<?x?x?x?xbf16>
    %86 = tensor.empty(%dim_12, %68, %dim_13, %dim_13) : tensor<?x?x?x?xf32>
    %87 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%85 : tensor<?x?x?x?xbf16>) outs(%86 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %129 = arith.extf %in : bf16 to f32
      linalg.yield %129 : f32
    } -> tensor<?x?x?x?xf32>
    %88 = tensor.empty(%dim_12, %68, %dim_13) : tensor<?x?x?xi64>
    %89 = linalg.fill ins(%c0_i64 : i64) outs(%88 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %90 = tensor.empty(%dim_12, %68, %dim_13) : tensor<?x?x?xf32>
    %91 = linalg.fill ins(%cst_0 : f32) outs(%90 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %92:2 = linalg.generic {indexing_maps = [#map, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%87 : tensor<?x?x?x?xf32>) outs(%91, %89 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_24: i64):
      %129 = linalg.index 3 : index
      %130 = arith.index_cast %129 : index to i64
      %131 = arith.maximumf %in, %out : f32
      %132 = arith.cmpf ogt, %in, %out : f32
      %133 = arith.select %132, %130, %out_24 : i64
      linalg.yield %131, %133 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_18 = tensor.expand_shape %92#0 [[0], [1], [2, 3]] output_shape [%dim_12, %68, %dim_13, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %93 = linalg.generic {indexing_maps = [#map, #map12, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%87, %expanded_18 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%86 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %129 = arith.subf %in, %in_24 : f32
      linalg.yield %129 : f32
    } -> tensor<?x?x?x?xf32>
    %94 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%93 : tensor<?x?x?x?xf32>) outs(%86 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = math.exp %in : f32
      linalg.yield %129 : f32
    } -> tensor<?x?x?x?xf32>
    %95 = tensor.empty(%dim_12, %68, %dim_13) : tensor<?x?x?x1xf32>
    %96 = linalg.fill ins(%cst : f32) outs(%95 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %97 = linalg.generic {indexing_maps = [#map, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%94 : tensor<?x?x?x?xf32>) outs(%96 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %129 = arith.addf %in, %out : f32
      linalg.yield %129 : f32
    } -> tensor<?x?x?x1xf32>
    %98 = linalg.generic {indexing_maps = [#map, #map12, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%94, %97 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%86 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %129 = arith.divf %in, %in_24 : f32
      linalg.yield %129 : f32
    } -> tensor<?x?x?x?xf32>
    %99 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%98 : tensor<?x?x?x?xf32>) outs(%84 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %100 = tensor.empty(%dim, %dim_4, %dim_3, %dim_3) : tensor<?x?x?x?xbf16>
    %101 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%100 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %129 = linalg.index 0 : index
      %130 = linalg.index 1 : index
      %131 = linalg.index 2 : index
      %132 = linalg.index 3 : index
      %133 = arith.cmpi eq, %dim_12, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %135 = arith.cmpi eq, %68, %c1 : index
      %136 = arith.select %135, %c0, %130 : index
      %137 = arith.cmpi eq, %dim_13, %c1 : index
      %138 = arith.select %137, %c0, %131 : index
      %139 = arith.select %137, %c0, %132 : index
      %extracted = tensor.extract %99[%134, %136, %138, %139] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %102 = arith.muli %16, %1 : i64
    %103 = arith.addi %17, %c1_i64 : i64
    %104 = arith.select %15, %11, %102 : i64
    %105 = arith.select %15, %103, %12 : i64
    %106 = arith.cmpi sle, %105, %c1_i64 : i64
    cf.assert %106, "must have at most one inferred (negative) dimension"
    %107 = arith.muli %20, %1 : i64
    %108 = arith.divsi %107, %104 : i64
    %109 = arith.select %10, %108, %4 : i64
    %110 = arith.select %15, %108, %1 : i64
    %from_elements_19 = tensor.from_elements %109, %110, %110 : tensor<3xi64>
    %reshape_20 = tensor.reshape %101(%from_elements_19) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %111 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%8 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %129 = linalg.index 0 : index
      %130 = linalg.index 1 : index
      %131 = linalg.index 2 : index
      %132 = linalg.index 3 : index
      %dim_24 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %133 = arith.cmpi eq, %dim_24, %c1 : index
      %134 = arith.select %133, %c0, %129 : index
      %135 = arith.cmpi eq, %dim_4, %c1 : index
      %136 = arith.select %135, %c0, %130 : index
      %dim_25 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
      %137 = arith.cmpi eq, %dim_25, %c1 : index
      %138 = arith.select %137, %c0, %131 : index
      %extracted = tensor.extract %arg2[%134, %136, %138, %132] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %reshape_21 = tensor.reshape %111(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %112 = arith.index_cast %109 : i64 to index
    %113 = arith.index_cast %110 : i64 to index
    %114 = arith.cmpi eq, %109, %23 : i64
    cf.assert %114, "mismatching contracting dimension"
    %115 = arith.cmpi eq, %110, %24 : i64
    cf.assert %115, "mismatching contracting dimension"
    %116 = tensor.empty(%112, %113) : tensor<?x?x64xf32>
    %117 = linalg.fill ins(%cst : f32) outs(%116 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %118 = linalg.batch_matmul ins(%reshape_20, %reshape_21 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%117 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %119 = tensor.empty(%112, %113) : tensor<?x?x64xbf16>
    %120 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%118 : tensor<?x?x64xf32>) outs(%119 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %129 = arith.truncf %in : f32 to bf16
      linalg.yield %129 : bf16
    } -> tensor<?x?x64xbf16>
    %121 = arith.muli %54, %c64_i64 : i64
    %122 = arith.cmpi sle, %55, %c1_i64 : i64
    cf.assert %122, "must have at most one inferred (negative) dimension"
    %123 = arith.muli %109, %110 : i64
    %124 = arith.muli %123, %c64_i64 : i64
    %125 = arith.divsi %124, %121 : i64
    %126 = arith.select %44, %125, %0 : i64
    %127 = arith.select %49, %125, %2 : i64
    %128 = arith.select %15, %125, %1 : i64
    %from_elements_22 = tensor.from_elements %126, %127, %128, %c64_i64 : tensor<4xi64>
    %reshape_23 = tensor.reshape %120(%from_elements_22) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_23 : tensor<?x?x?x64xbf16>
  }
}

