// sizes: B H S 64; B H T 64; B H T 64; B 1 S T
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> ()>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>, %arg3: tensor<?x1x?x?xi1>) -> tensor<?x?x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c3 = arith.constant 3 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_3 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_4 = arith.constant 0.35355339059327379 : f64
    %cst_5 = arith.constant 0xFFF0000000000000 : f64
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_6 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_6 : index to i64
    %dim_7 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_7 : index to i64
    %dim_8 = tensor.dim %arg3, %c3 : tensor<?x1x?x?xi1>
    %3 = arith.index_cast %dim_8 : index to i64
    %dim_9 = tensor.dim %arg3, %c0 : tensor<?x1x?x?xi1>
    %dim_10 = tensor.dim %arg3, %c2 : tensor<?x1x?x?xi1>
    %4 = tensor.empty(%dim_9, %dim_10, %dim_8) : tensor<?x1x?x?xbf16>
    %5 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3, %cst_2, %cst_3 : tensor<?x1x?x?xi1>, tensor<bf16>, tensor<bf16>) outs(%4 : tensor<?x1x?x?xbf16>) {
    ^bb0(%in: i1, %in_27: bf16, %in_28: bf16, %out: bf16):
      %164 = arith.select %in, %in_27, %in_28 : bf16
      linalg.yield %164 : bf16
    } -> tensor<?x1x?x?xbf16>
    %dim_11 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
    %6 = tensor.empty(%dim, %dim_11, %dim_6) : tensor<?x?x?x64xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<?x?x?x64xbf16>) outs(%6 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %164 = arith.extf %in : bf16 to f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x64xf32>
    %dim_12 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_13 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_14 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %8 = tensor.empty(%dim_12, %dim_13, %dim_14) : tensor<?x?x?x64xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%8 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %164 = arith.extf %in : bf16 to f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x64xf32>
    %dim_15 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
    %dim_16 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
    %10 = tensor.empty(%dim_15, %dim_7, %dim_16) : tensor<?x?x?x64xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<?x?x?x64xbf16>) outs(%10 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %164 = arith.extf %in : bf16 to f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x64xf32>
    %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<?x?x?x64xf32>) outs(%6 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %164 = arith.truncf %cst_4 : f64 to f32
      %165 = arith.mulf %in, %164 : f32
      linalg.yield %165 : f32
    } -> tensor<?x?x?x64xf32>
    %13 = tensor.empty(%dim_12, %dim_13, %dim_14) : tensor<?x?x64x?xf32>
    %transposed = linalg.transpose ins(%9 : tensor<?x?x?x64xf32>) outs(%13 : tensor<?x?x64x?xf32>) permutation = [0, 1, 3, 2] 
    %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<?x?x64x?xf32>) outs(%13 : tensor<?x?x64x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %164 = arith.truncf %cst_4 : f64 to f32
      %165 = arith.mulf %in, %164 : f32
      linalg.yield %165 : f32
    } -> tensor<?x?x64x?xf32>
    %15 = arith.muli %0, %2 : i64
    %16 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %16, "unimplemented: dynamic negative broadcast sizes"
    %17 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %17, "unimplemented: dynamic negative broadcast sizes"
    %18 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %18, "unimplemented: dynamic negative broadcast sizes"
    %19 = tensor.empty(%dim, %dim_7, %dim_6) : tensor<?x?x?x64xf32>
    %20 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%19 : tensor<?x?x?x64xf32>) {
    ^bb0(%out: f32):
      %164 = linalg.index 0 : index
      %165 = linalg.index 1 : index
      %166 = linalg.index 2 : index
      %167 = linalg.index 3 : index
      %168 = arith.cmpi eq, %dim, %c1 : index
      %169 = arith.select %168, %c0, %164 : index
      %170 = arith.cmpi eq, %dim_11, %c1 : index
      %171 = arith.select %170, %c0, %165 : index
      %172 = arith.cmpi eq, %dim_6, %c1 : index
      %173 = arith.select %172, %c0, %166 : index
      %extracted = tensor.extract %12[%169, %171, %173, %167] : tensor<?x?x?x64xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x64xf32>
    %21 = arith.cmpi slt, %15, %c0_i64 : i64
    %22 = arith.select %21, %c1_i64, %15 : i64
    %23 = arith.extui %21 : i1 to i64
    %24 = arith.muli %22, %1 : i64
    %25 = arith.addi %23, %c1_i64 : i64
    %26 = arith.cmpi slt, %1, %c0_i64 : i64
    %27 = arith.select %26, %22, %24 : i64
    %28 = arith.select %26, %25, %23 : i64
    %29 = arith.muli %27, %c64_i64 : i64
    %30 = arith.cmpi sle, %28, %c1_i64 : i64
    cf.assert %30, "must have at most one inferred (negative) dimension"
    %31 = arith.muli %15, %1 : i64
    %32 = arith.muli %31, %c64_i64 : i64
    %33 = arith.divsi %32, %29 : i64
    %34 = arith.select %21, %33, %15 : i64
    %35 = arith.select %26, %33, %1 : i64
    %from_elements = tensor.from_elements %34, %35, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %20(%from_elements) : (tensor<?x?x?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
    cf.assert %16, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %17, "unimplemented: dynamic negative broadcast sizes"
    %36 = arith.cmpi sge, %3, %c0_i64 : i64
    cf.assert %36, "unimplemented: dynamic negative broadcast sizes"
    %37 = tensor.empty(%dim, %dim_7, %dim_8) : tensor<?x?x64x?xf32>
    %38 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%37 : tensor<?x?x64x?xf32>) {
    ^bb0(%out: f32):
      %164 = linalg.index 0 : index
      %165 = linalg.index 1 : index
      %166 = linalg.index 2 : index
      %167 = linalg.index 3 : index
      %168 = arith.cmpi eq, %dim_12, %c1 : index
      %169 = arith.select %168, %c0, %164 : index
      %170 = arith.cmpi eq, %dim_13, %c1 : index
      %171 = arith.select %170, %c0, %165 : index
      %172 = arith.cmpi eq, %dim_14, %c1 : index
      %173 = arith.select %172, %c0, %167 : index
      %extracted = tensor.extract %14[%169, %171, %166, %173] : tensor<?x?x64x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x64x?xf32>
    %39 = arith.muli %22, %c64_i64 : i64
    %40 = arith.muli %39, %3 : i64
    %41 = arith.cmpi slt, %3, %c0_i64 : i64
    %42 = arith.select %41, %39, %40 : i64
    %43 = arith.select %41, %25, %23 : i64
    %44 = arith.cmpi sle, %43, %c1_i64 : i64
    cf.assert %44, "must have at most one inferred (negative) dimension"
    %45 = arith.muli %15, %c64_i64 : i64
    %46 = arith.muli %45, %3 : i64
    %47 = arith.divsi %46, %42 : i64
    %48 = arith.select %21, %47, %15 : i64
    %49 = arith.select %41, %47, %3 : i64
    %from_elements_17 = tensor.from_elements %48, %c64_i64, %49 : tensor<3xi64>
    %reshape_18 = tensor.reshape %38(%from_elements_17) : (tensor<?x?x64x?xf32>, tensor<3xi64>) -> tensor<?x64x?xf32>
    %50 = arith.index_cast %34 : i64 to index
    %51 = arith.index_cast %35 : i64 to index
    %52 = arith.index_cast %49 : i64 to index
    %53 = arith.cmpi eq, %34, %48 : i64
    cf.assert %53, "mismatching contracting dimension"
    %54 = tensor.empty(%50, %51, %52) : tensor<?x?x?xf32>
    %55 = linalg.fill ins(%cst : f32) outs(%54 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %56 = linalg.batch_matmul ins(%reshape, %reshape_18 : tensor<?x?x64xf32>, tensor<?x64x?xf32>) outs(%55 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %57 = arith.cmpi slt, %0, %c0_i64 : i64
    %58 = arith.select %57, %c1_i64, %0 : i64
    %59 = arith.extui %57 : i1 to i64
    %60 = arith.muli %58, %2 : i64
    %61 = arith.addi %59, %c1_i64 : i64
    %62 = arith.cmpi slt, %2, %c0_i64 : i64
    %63 = arith.select %62, %58, %60 : i64
    %64 = arith.select %62, %61, %59 : i64
    %65 = arith.muli %63, %1 : i64
    %66 = arith.addi %64, %c1_i64 : i64
    %67 = arith.select %26, %63, %65 : i64
    %68 = arith.select %26, %66, %64 : i64
    %69 = arith.muli %67, %3 : i64
    %70 = arith.addi %68, %c1_i64 : i64
    %71 = arith.select %41, %67, %69 : i64
    %72 = arith.select %41, %70, %68 : i64
    %73 = arith.cmpi sle, %72, %c1_i64 : i64
    cf.assert %73, "must have at most one inferred (negative) dimension"
    %74 = arith.muli %34, %35 : i64
    %75 = arith.muli %74, %49 : i64
    %76 = arith.divsi %75, %71 : i64
    %77 = arith.select %57, %76, %0 : i64
    %78 = arith.select %62, %76, %2 : i64
    %79 = arith.select %26, %76, %1 : i64
    %80 = arith.select %41, %76, %3 : i64
    %from_elements_19 = tensor.from_elements %77, %78, %79, %80 : tensor<4xi64>
    %reshape_20 = tensor.reshape %56(%from_elements_19) : (tensor<?x?x?xf32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
    %81 = arith.index_cast %77 : i64 to index
    %82 = arith.index_cast %78 : i64 to index
    %83 = arith.index_cast %79 : i64 to index
    %84 = arith.index_cast %80 : i64 to index
    %85 = arith.cmpi eq, %81, %dim_9 : index
    cf.assert %85, "mismatched size for broadcast"
    %86 = arith.cmpi eq, %83, %dim_10 : index
    cf.assert %86, "mismatched size for broadcast"
    %87 = arith.cmpi eq, %84, %dim_8 : index
    cf.assert %87, "mismatched size for broadcast"
    %88 = tensor.empty(%81, %82, %83, %84) : tensor<?x?x?x?xf32>
    %89 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_20, %5 : tensor<?x?x?x?xf32>, tensor<?x1x?x?xbf16>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_27: bf16, %out: f32):
      %164 = arith.extf %in_27 : bf16 to f32
      %165 = arith.addf %in, %164 : f32
      linalg.yield %165 : f32
    } -> tensor<?x?x?x?xf32>
    %90 = tensor.empty(%81, %82, %83) : tensor<?x?x?xi64>
    %91 = linalg.fill ins(%c0_i64 : i64) outs(%90 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %92 = tensor.empty(%81, %82, %83) : tensor<?x?x?xf32>
    %93 = linalg.fill ins(%cst_0 : f32) outs(%92 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %94:2 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%89 : tensor<?x?x?x?xf32>) outs(%93, %91 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_27: i64):
      %164 = linalg.index 3 : index
      %165 = arith.index_cast %164 : index to i64
      %166 = arith.maximumf %in, %out : f32
      %167 = arith.cmpf ogt, %in, %out : f32
      %168 = arith.select %167, %165, %out_27 : i64
      linalg.yield %166, %168 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded = tensor.expand_shape %94#0 [[0], [1], [2, 3]] output_shape [%81, %82, %83, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%89, %expanded : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %164 = arith.subf %in, %in_27 : f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x?xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95 : tensor<?x?x?x?xf32>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %164 = math.exp %in : f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x?xf32>
    %97 = tensor.empty(%81, %82, %83) : tensor<?x?x?x1xf32>
    %98 = linalg.fill ins(%cst : f32) outs(%97 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %99 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%96 : tensor<?x?x?x?xf32>) outs(%98 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %164 = arith.addf %in, %out : f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x1xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%96, %99 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_27: f32, %out: f32):
      %164 = arith.divf %in, %in_27 : f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x?xf32>
    %101 = tensor.empty(%81, %82, %83, %84) : tensor<?x?x?x?xi1>
    %102 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%89 : tensor<?x?x?x?xf32>) outs(%101 : tensor<?x?x?x?xi1>) {
    ^bb0(%in: f32, %out: i1):
      %164 = arith.extf %in : f32 to f64
      %165 = arith.cmpf oeq, %164, %cst_5 : f64
      linalg.yield %165 : i1
    } -> tensor<?x?x?x?xi1>
    %103 = tensor.empty(%81, %82, %83) : tensor<?x?x?x1xi1>
    %104 = linalg.fill ins(%true : i1) outs(%103 : tensor<?x?x?x1xi1>) -> tensor<?x?x?x1xi1>
    %105 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%102 : tensor<?x?x?x?xi1>) outs(%104 : tensor<?x?x?x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %164 = arith.andi %in, %out : i1
      linalg.yield %164 : i1
    } -> tensor<?x?x?x1xi1>
    %106 = arith.cmpi sge, %77, %c0_i64 : i64
    cf.assert %106, "negative values not allowed in new dimensions"
    %107 = arith.index_cast %77 : i64 to index
    %108 = arith.cmpi sge, %78, %c0_i64 : i64
    cf.assert %108, "negative values not allowed in new dimensions"
    %109 = arith.index_cast %78 : i64 to index
    %110 = arith.cmpi sge, %79, %c0_i64 : i64
    cf.assert %110, "negative values not allowed in new dimensions"
    %111 = arith.index_cast %79 : i64 to index
    %112 = arith.cmpi sge, %80, %c0_i64 : i64
    cf.assert %112, "negative values not allowed in new dimensions"
    %113 = arith.index_cast %80 : i64 to index
    %114 = tensor.empty(%107, %109, %111, %113) : tensor<?x?x?x?xf32>
    %115 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_1 : tensor<f32>) outs(%114 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x?x?x?xf32>
    %116 = arith.cmpi eq, %81, %107 : index
    cf.assert %116, "mismatched size for broadcast"
    %117 = arith.cmpi eq, %82, %109 : index
    cf.assert %117, "mismatched size for broadcast"
    %118 = arith.cmpi eq, %83, %111 : index
    cf.assert %118, "mismatched size for broadcast"
    %119 = arith.cmpi eq, %113, %84 : index
    cf.assert %119, "mismatched size for broadcast"
    %120 = tensor.empty(%81, %82, %83, %113) : tensor<?x?x?x?xf32>
    %121 = linalg.generic {indexing_maps = [#map4, #map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%105, %115, %100 : tensor<?x?x?x1xi1>, tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>) outs(%120 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: i1, %in_27: f32, %in_28: f32, %out: f32):
      %164 = arith.select %in, %in_27, %in_28 : f32
      linalg.yield %164 : f32
    } -> tensor<?x?x?x?xf32>
    cf.assert %16, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %17, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %18, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %36, "unimplemented: dynamic negative broadcast sizes"
    %122 = tensor.empty(%dim, %dim_7, %dim_6, %dim_8) : tensor<?x?x?x?xf32>
    %123 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%122 : tensor<?x?x?x?xf32>) {
    ^bb0(%out: f32):
      %164 = linalg.index 0 : index
      %165 = linalg.index 1 : index
      %166 = linalg.index 2 : index
      %167 = linalg.index 3 : index
      %168 = arith.cmpi eq, %81, %c1 : index
      %169 = arith.select %168, %c0, %164 : index
      %170 = arith.cmpi eq, %82, %c1 : index
      %171 = arith.select %170, %c0, %165 : index
      %172 = arith.cmpi eq, %83, %c1 : index
      %173 = arith.select %172, %c0, %166 : index
      %174 = arith.cmpi eq, %113, %c1 : index
      %175 = arith.select %174, %c0, %167 : index
      %extracted = tensor.extract %121[%169, %171, %173, %175] : tensor<?x?x?x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x?xf32>
    %124 = arith.muli %27, %3 : i64
    %125 = arith.addi %28, %c1_i64 : i64
    %126 = arith.select %41, %27, %124 : i64
    %127 = arith.select %41, %125, %28 : i64
    %128 = arith.cmpi sle, %127, %c1_i64 : i64
    cf.assert %128, "must have at most one inferred (negative) dimension"
    %129 = arith.muli %31, %3 : i64
    %130 = arith.divsi %129, %126 : i64
    %131 = arith.select %21, %130, %15 : i64
    %132 = arith.select %26, %130, %1 : i64
    %133 = arith.select %41, %130, %3 : i64
    %from_elements_21 = tensor.from_elements %131, %132, %133 : tensor<3xi64>
    %reshape_22 = tensor.reshape %123(%from_elements_21) : (tensor<?x?x?x?xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
    cf.assert %16, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %17, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %36, "unimplemented: dynamic negative broadcast sizes"
    %134 = tensor.empty(%dim, %dim_7, %dim_8) : tensor<?x?x?x64xf32>
    %135 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%134 : tensor<?x?x?x64xf32>) {
    ^bb0(%out: f32):
      %164 = linalg.index 0 : index
      %165 = linalg.index 1 : index
      %166 = linalg.index 2 : index
      %167 = linalg.index 3 : index
      %168 = arith.cmpi eq, %dim_15, %c1 : index
      %169 = arith.select %168, %c0, %164 : index
      %170 = arith.cmpi eq, %dim_7, %c1 : index
      %171 = arith.select %170, %c0, %165 : index
      %172 = arith.cmpi eq, %dim_16, %c1 : index
      %173 = arith.select %172, %c0, %166 : index
      %extracted = tensor.extract %11[%169, %171, %173, %167] : tensor<?x?x?x64xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x64xf32>
    %136 = arith.muli %22, %3 : i64
    %137 = arith.select %41, %22, %136 : i64
    %138 = arith.muli %137, %c64_i64 : i64
    cf.assert %44, "must have at most one inferred (negative) dimension"
    %139 = arith.muli %15, %3 : i64
    %140 = arith.muli %139, %c64_i64 : i64
    %141 = arith.divsi %140, %138 : i64
    %142 = arith.select %21, %141, %15 : i64
    %143 = arith.select %41, %141, %3 : i64
    %from_elements_23 = tensor.from_elements %142, %143, %c64_i64 : tensor<3xi64>
    %reshape_24 = tensor.reshape %135(%from_elements_23) : (tensor<?x?x?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
    %144 = arith.index_cast %131 : i64 to index
    %145 = arith.index_cast %132 : i64 to index
    %146 = arith.cmpi eq, %131, %142 : i64
    cf.assert %146, "mismatching contracting dimension"
    %147 = arith.cmpi eq, %133, %143 : i64
    cf.assert %147, "mismatching contracting dimension"
    %148 = tensor.empty(%144, %145) : tensor<?x?x64xf32>
    %149 = linalg.fill ins(%cst : f32) outs(%148 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %150 = linalg.batch_matmul ins(%reshape_22, %reshape_24 : tensor<?x?x?xf32>, tensor<?x?x64xf32>) outs(%149 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %151 = arith.muli %67, %c64_i64 : i64
    %152 = arith.cmpi sle, %68, %c1_i64 : i64
    cf.assert %152, "must have at most one inferred (negative) dimension"
    %153 = arith.muli %131, %132 : i64
    %154 = arith.muli %153, %c64_i64 : i64
    %155 = arith.divsi %154, %151 : i64
    %156 = arith.select %57, %155, %0 : i64
    %157 = arith.select %62, %155, %2 : i64
    %158 = arith.select %26, %155, %1 : i64
    %from_elements_25 = tensor.from_elements %156, %157, %158, %c64_i64 : tensor<4xi64>
    %reshape_26 = tensor.reshape %150(%from_elements_25) : (tensor<?x?x64xf32>, tensor<4xi64>) -> tensor<?x?x?x64xf32>
    %159 = arith.index_cast %156 : i64 to index
    %160 = arith.index_cast %157 : i64 to index
    %161 = arith.index_cast %158 : i64 to index
    %162 = tensor.empty(%159, %160, %161) : tensor<?x?x?x64xbf16>
    %163 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_26 : tensor<?x?x?x64xf32>) outs(%162 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %164 = arith.truncf %in : f32 to bf16
      linalg.yield %164 : bf16
    } -> tensor<?x?x?x64xbf16>
    return %163 : tensor<?x?x?x64xbf16>
  }
}

