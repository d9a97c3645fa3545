// sizes: B H S 64; B H S 64; B H S 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>) -> (tensor<?x?x?x64xbf16>, tensor<?x?x?xf32>) {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant 0x7FF0000000000000 : f64
    %cst_3 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_4 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_4 : index to i64
    %dim_5 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_5 : index to i64
    %dim_6 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_7 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_8 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %3 = tensor.empty(%dim_6, %dim_7, %dim_8) : tensor<?x?x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%3 : tensor<?x?x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %4 = arith.muli %0, %2 : i64
    %5 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    %6 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    %7 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %8 = tensor.empty(%dim, %dim_5, %dim_4) : tensor<?x?x?x64xbf16>
    %9 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%8 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %125 = linalg.index 0 : index
      %126 = linalg.index 1 : index
      %127 = linalg.index 2 : index
      %128 = linalg.index 3 : index
      %129 = arith.cmpi eq, %dim, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %dim_18 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %131 = arith.cmpi eq, %dim_18, %c1 : index
      %132 = arith.select %131, %c0, %126 : index
      %133 = arith.cmpi eq, %dim_4, %c1 : index
      %134 = arith.select %133, %c0, %127 : index
      %extracted = tensor.extract %arg0[%130, %132, %134, %128] : tensor<?x?x?x64xbf16>
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
    %25 = tensor.empty(%dim, %dim_5, %dim_4) : tensor<?x?x64x?xbf16>
    %26 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%25 : tensor<?x?x64x?xbf16>) {
    ^bb0(%out: bf16):
      %125 = linalg.index 0 : index
      %126 = linalg.index 1 : index
      %127 = linalg.index 2 : index
      %128 = linalg.index 3 : index
      %129 = arith.cmpi eq, %dim_6, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %131 = arith.cmpi eq, %dim_7, %c1 : index
      %132 = arith.select %131, %c0, %126 : index
      %133 = arith.cmpi eq, %dim_8, %c1 : index
      %134 = arith.select %133, %c0, %128 : index
      %extracted = tensor.extract %transposed[%130, %132, %127, %134] : tensor<?x?x64x?xbf16>
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
    %from_elements_9 = tensor.from_elements %33, %c64_i64, %34 : tensor<3xi64>
    %reshape_10 = tensor.reshape %26(%from_elements_9) : (tensor<?x?x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %35 = arith.index_cast %23 : i64 to index
    %36 = arith.index_cast %24 : i64 to index
    %37 = arith.index_cast %34 : i64 to index
    %38 = arith.cmpi eq, %23, %33 : i64
    cf.assert %38, "mismatching contracting dimension"
    %39 = tensor.empty(%35, %36, %37) : tensor<?x?x?xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %41 = linalg.batch_matmul ins(%reshape, %reshape_10 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%40 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %42 = tensor.empty(%35, %36, %37) : tensor<?x?x?xbf16>
    %43 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<?x?x?xf32>) outs(%42 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %125 = arith.truncf %in : f32 to bf16
      linalg.yield %125 : bf16
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
    %from_elements_11 = tensor.from_elements %64, %65, %66, %66 : tensor<4xi64>
    %reshape_12 = tensor.reshape %43(%from_elements_11) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x?x?x?xbf16>
    %67 = arith.index_cast %64 : i64 to index
    %68 = arith.index_cast %65 : i64 to index
    %69 = arith.index_cast %66 : i64 to index
    %70 = tensor.empty(%67, %68, %69, %69) : tensor<?x?x?x?xbf16>
    %71 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_12 : tensor<?x?x?x?xbf16>) outs(%70 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %125 = arith.divf %in, %cst_3 : bf16
      linalg.yield %125 : bf16
    } -> tensor<?x?x?x?xbf16>
    %72 = tensor.empty(%67, %68, %69, %69) : tensor<?x?x?x?xf32>
    %73 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%71 : tensor<?x?x?x?xbf16>) outs(%72 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %125 = arith.extf %in : bf16 to f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x?xf32>
    %74 = tensor.empty(%67, %68, %69) : tensor<?x?x?xi64>
    %75 = linalg.fill ins(%c0_i64 : i64) outs(%74 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %76 = tensor.empty(%67, %68, %69) : tensor<?x?x?xf32>
    %77 = linalg.fill ins(%cst_0 : f32) outs(%76 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %78:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%73 : tensor<?x?x?x?xf32>) outs(%77, %75 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %125 = linalg.index 3 : index
      %126 = arith.index_cast %125 : index to i64
      %127 = arith.maximumf %in, %out : f32
      %128 = arith.cmpf ogt, %in, %out : f32
      %129 = arith.select %128, %126, %out_18 : i64
      linalg.yield %127, %129 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded = tensor.expand_shape %78#0 [[0], [1], [2, 3]] output_shape [%67, %68, %69, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %79 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%73, %expanded : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%72 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %125 = arith.subf %in, %in_18 : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x?xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%79 : tensor<?x?x?x?xf32>) outs(%72 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %125 = math.exp %in : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x?xf32>
    %81 = tensor.empty(%67, %68, %69) : tensor<?x?x?x1xf32>
    %82 = linalg.fill ins(%cst : f32) outs(%81 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %83 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%80 : tensor<?x?x?x?xf32>) outs(%82 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %125 = arith.addf %in, %out : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x1xf32>
    %84 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%80, %83 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%72 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %125 = arith.divf %in, %in_18 : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x?xf32>
    %85 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%84 : tensor<?x?x?x?xf32>) outs(%70 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %125 = arith.truncf %in : f32 to bf16
      linalg.yield %125 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %86 = tensor.empty(%dim, %dim_5, %dim_4, %dim_4) : tensor<?x?x?x?xbf16>
    %87 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%86 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %125 = linalg.index 0 : index
      %126 = linalg.index 1 : index
      %127 = linalg.index 2 : index
      %128 = linalg.index 3 : index
      %129 = arith.cmpi eq, %67, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %131 = arith.cmpi eq, %68, %c1 : index
      %132 = arith.select %131, %c0, %126 : index
      %133 = arith.cmpi eq, %69, %c1 : index
      %134 = arith.select %133, %c0, %127 : index
      %135 = arith.select %133, %c0, %128 : index
      %extracted = tensor.extract %85[%130, %132, %134, %135] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %88 = arith.muli %16, %1 : i64
    %89 = arith.addi %17, %c1_i64 : i64
    %90 = arith.select %15, %11, %88 : i64
    %91 = arith.select %15, %89, %12 : i64
    %92 = arith.cmpi sle, %91, %c1_i64 : i64
    cf.assert %92, "must have at most one inferred (negative) dimension"
    %93 = arith.muli %20, %1 : i64
    %94 = arith.divsi %93, %90 : i64
    %95 = arith.select %10, %94, %4 : i64
    %96 = arith.select %15, %94, %1 : i64
    %from_elements_13 = tensor.from_elements %95, %96, %96 : tensor<3xi64>
    %reshape_14 = tensor.reshape %87(%from_elements_13) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %97 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%8 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %125 = linalg.index 0 : index
      %126 = linalg.index 1 : index
      %127 = linalg.index 2 : index
      %128 = linalg.index 3 : index
      %dim_18 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %129 = arith.cmpi eq, %dim_18, %c1 : index
      %130 = arith.select %129, %c0, %125 : index
      %131 = arith.cmpi eq, %dim_5, %c1 : index
      %132 = arith.select %131, %c0, %126 : index
      %dim_19 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
      %133 = arith.cmpi eq, %dim_19, %c1 : index
      %134 = arith.select %133, %c0, %127 : index
      %extracted = tensor.extract %arg2[%130, %132, %134, %128] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %reshape_15 = tensor.reshape %97(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %98 = arith.index_cast %95 : i64 to index
    %99 = arith.index_cast %96 : i64 to index
    %100 = arith.cmpi eq, %95, %23 : i64
    cf.assert %100, "mismatching contracting dimension"
    %101 = arith.cmpi eq, %96, %24 : i64
    cf.assert %101, "mismatching contracting dimension"
    %102 = tensor.empty(%98, %99) : tensor<?x?x64xf32>
    %103 = linalg.fill ins(%cst : f32) outs(%102 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %104 = linalg.batch_matmul ins(%reshape_14, %reshape_15 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%103 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %105 = tensor.empty(%98, %99) : tensor<?x?x64xbf16>
    %106 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%104 : tensor<?x?x64xf32>) outs(%105 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %125 = arith.truncf %in : f32 to bf16
      linalg.yield %125 : bf16
    } -> tensor<?x?x64xbf16>
    %107 = arith.muli %54, %c64_i64 : i64
    %108 = arith.cmpi sle, %55, %c1_i64 : i64
    cf.assert %108, "must have at most one inferred (negative) dimension"
    %109 = arith.muli %95, %96 : i64
    %110 = arith.muli %109, %c64_i64 : i64
    %111 = arith.divsi %110, %107 : i64
    %112 = arith.select %44, %111, %0 : i64
    %113 = arith.select %49, %111, %2 : i64
    %114 = arith.select %15, %111, %1 : i64
    %from_elements_16 = tensor.from_elements %112, %113, %114, %c64_i64 : tensor<4xi64>
    %reshape_17 = tensor.reshape %106(%from_elements_16) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    %115 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<?x?x?x1xf32>) outs(%81 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %125 = math.absf %in : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x1xf32>
    %116 = tensor.empty(%67, %68, %69) : tensor<?x?x?x1xi1>
    %117 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%115 : tensor<?x?x?x1xf32>) outs(%116 : tensor<?x?x?x1xi1>) {
    ^bb0(%in: f32, %out: i1):
      %125 = arith.extf %in : f32 to f64
      %126 = arith.cmpf oeq, %125, %cst_2 : f64
      linalg.yield %126 : i1
    } -> tensor<?x?x?x1xi1>
    %118 = linalg.generic {indexing_maps = [#map, #map4, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%117, %cst_1, %expanded : tensor<?x?x?x1xi1>, tensor<f32>, tensor<?x?x?x1xf32>) outs(%81 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: i1, %in_18: f32, %in_19: f32, %out: f32):
      %125 = arith.select %in, %in_18, %in_19 : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x1xf32>
    %collapsed = tensor.collapse_shape %118 [[0], [1], [2, 3]] : tensor<?x?x?x1xf32> into tensor<?x?x?xf32>
    %119 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%73, %118 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%72 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %125 = arith.subf %in, %in_18 : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x?xf32>
    %120 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%119 : tensor<?x?x?x?xf32>) outs(%72 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %125 = math.exp %in : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?x?xf32>
    %121 = linalg.fill ins(%cst : f32) outs(%76 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %122 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%120 : tensor<?x?x?x?xf32>) outs(%121 : tensor<?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %125 = arith.addf %in, %out : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?xf32>
    %123 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%122 : tensor<?x?x?xf32>) outs(%76 : tensor<?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %125 = math.log %in : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?xf32>
    %124 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%123, %collapsed : tensor<?x?x?xf32>, tensor<?x?x?xf32>) outs(%76 : tensor<?x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %125 = arith.addf %in, %in_18 : f32
      linalg.yield %125 : f32
    } -> tensor<?x?x?xf32>
    return %reshape_17, %124 : tensor<?x?x?x64xbf16>, tensor<?x?x?xf32>
  }
}

