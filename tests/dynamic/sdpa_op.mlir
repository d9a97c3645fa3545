// sizes: B H S 64; B H T 64; B H T 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> ()>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>) -> tensor<?x?x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_2 = arith.constant 0xFFF0000000000000 : f64
    %cst_3 = arith.constant 0.35355339059327379 : f64
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_4 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_4 : index to i64
    %dim_5 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_5 : index to i64
    %dim_6 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
    %3 = arith.index_cast %dim_6 : index to i64
    %dim_7 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
    %4 = tensor.empty(%dim, %dim_7, %dim_4) : tensor<?x?x?x64xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<?x?x?x64xbf16>) outs(%4 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %158 = arith.extf %in : bf16 to f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x64xf32>
    %dim_8 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_9 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_10 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %6 = tensor.empty(%dim_8, %dim_9, %dim_10) : tensor<?x?x?x64xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%6 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %158 = arith.extf %in : bf16 to f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x64xf32>
    %dim_11 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
    %8 = tensor.empty(%dim_11, %dim_5, %dim_6) : tensor<?x?x?x64xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<?x?x?x64xbf16>) outs(%8 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %158 = arith.extf %in : bf16 to f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x64xf32>
    %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<?x?x?x64xf32>) outs(%4 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = arith.truncf %cst_3 : f64 to f32
      %159 = arith.mulf %in, %158 : f32
      linalg.yield %159 : f32
    } -> tensor<?x?x?x64xf32>
    %11 = tensor.empty(%dim_8, %dim_9, %dim_10) : tensor<?x?x64x?xf32>
    %transposed = linalg.transpose ins(%7 : tensor<?x?x?x64xf32>) outs(%11 : tensor<?x?x64x?xf32>) permutation = [0, 1, 3, 2] 
    %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<?x?x64x?xf32>) outs(%11 : tensor<?x?x64x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = arith.truncf %cst_3 : f64 to f32
      %159 = arith.mulf %in, %158 : f32
      linalg.yield %159 : f32
    } -> tensor<?x?x64x?xf32>
    %13 = arith.muli %0, %2 : i64
    %14 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    %15 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %16 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %16, "unimplemented: dynamic negative broadcast sizes"
    %17 = tensor.empty(%dim, %dim_5, %dim_4) : tensor<?x?x?x64xf32>
    %18 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%17 : tensor<?x?x?x64xf32>) {
    ^bb0(%out: f32):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %dim, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %dim_7, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %dim_4, %c1 : index
      %167 = arith.select %166, %c0, %160 : index
      %extracted = tensor.extract %10[%163, %165, %167, %161] : tensor<?x?x?x64xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x64xf32>
    %19 = arith.cmpi slt, %13, %c0_i64 : i64
    %20 = arith.select %19, %c1_i64, %13 : i64
    %21 = arith.extui %19 : i1 to i64
    %22 = arith.muli %20, %1 : i64
    %23 = arith.addi %21, %c1_i64 : i64
    %24 = arith.cmpi slt, %1, %c0_i64 : i64
    %25 = arith.select %24, %20, %22 : i64
    %26 = arith.select %24, %23, %21 : i64
    %27 = arith.muli %25, %c64_i64 : i64
    %28 = arith.cmpi sle, %26, %c1_i64 : i64
    cf.assert %28, "must have at most one inferred (negative) dimension"
    %29 = arith.muli %13, %1 : i64
    %30 = arith.muli %29, %c64_i64 : i64
    %31 = arith.divsi %30, %27 : i64
    %32 = arith.select %19, %31, %13 : i64
    %33 = arith.select %24, %31, %1 : i64
    %from_elements = tensor.from_elements %32, %33, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %18(%from_elements) : (tensor<?x?x?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    %34 = arith.cmpi sge, %3, %c0_i64 : i64
    cf.assert %34, "unimplemented: dynamic negative broadcast sizes"
    %35 = tensor.empty(%dim, %dim_5, %dim_6) : tensor<?x?x64x?xf32>
    %36 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%35 : tensor<?x?x64x?xf32>) {
    ^bb0(%out: f32):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %dim_8, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %dim_9, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %dim_10, %c1 : index
      %167 = arith.select %166, %c0, %161 : index
      %extracted = tensor.extract %12[%163, %165, %160, %167] : tensor<?x?x64x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x64x?xf32>
    %37 = arith.muli %20, %c64_i64 : i64
    %38 = arith.muli %37, %3 : i64
    %39 = arith.cmpi slt, %3, %c0_i64 : i64
    %40 = arith.select %39, %37, %38 : i64
    %41 = arith.select %39, %23, %21 : i64
    %42 = arith.cmpi sle, %41, %c1_i64 : i64
    cf.assert %42, "must have at most one inferred (negative) dimension"
    %43 = arith.muli %13, %c64_i64 : i64
    %44 = arith.muli %43, %3 : i64
    %45 = arith.divsi %44, %40 : i64
    %46 = arith.select %19, %45, %13 : i64
    %47 = arith.select %39, %45, %3 : i64
    %from_elements_12 = tensor.from_elements %46, %c64_i64, %47 : tensor<3xi64>
    %reshape_13 = tensor.reshape %36(%from_elements_12) : (tensor<?x?x64x?xf32>, tensor<3xi64>) -> tensor<?x64x?xf32>
    %48 = arith.index_cast %32 : i64 to index
    %49 = arith.index_cast %33 : i64 to index
    %50 = arith.index_cast %47 : i64 to index
    %51 = arith.cmpi eq, %32, %46 : i64
    cf.assert %51, "mismatching contracting dimension"
    %52 = tensor.empty(%48, %49, %50) : tensor<?x?x?xf32>
    %53 = linalg.fill ins(%cst : f32) outs(%52 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %54 = linalg.batch_matmul ins(%reshape, %reshape_13 : tensor<?x?x64xf32>, tensor<?x64x?xf32>) outs(%53 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %55 = arith.cmpi slt, %0, %c0_i64 : i64
    %56 = arith.select %55, %c1_i64, %0 : i64
    %57 = arith.extui %55 : i1 to i64
    %58 = arith.muli %56, %2 : i64
    %59 = arith.addi %57, %c1_i64 : i64
    %60 = arith.cmpi slt, %2, %c0_i64 : i64
    %61 = arith.select %60, %56, %58 : i64
    %62 = arith.select %60, %59, %57 : i64
    %63 = arith.muli %61, %1 : i64
    %64 = arith.addi %62, %c1_i64 : i64
    %65 = arith.select %24, %61, %63 : i64
    %66 = arith.select %24, %64, %62 : i64
    %67 = arith.muli %65, %3 : i64
    %68 = arith.addi %66, %c1_i64 : i64
    %69 = arith.select %39, %65, %67 : i64
    %70 = arith.select %39, %68, %66 : i64
    %71 = arith.cmpi sle, %70, %c1_i64 : i64
    cf.assert %71, "must have at most one inferred (negative) dimension"
    %72 = arith.muli %32, %33 : i64
    %73 = arith.muli %72, %47 : i64
    %74 = arith.divsi %73, %69 : i64
    %75 = arith.select %55, %74, %0 : i64
    %76 = arith.select %60, %74, %2 : i64
    %77 = arith.select %24, %74, %1 : i64
    %78 = arith.select %39, %74, %3 : i64
    %from_elements_14 = tensor.from_elements %75, %76, %77, %78 : tensor<4xi64>
    %reshape_15 = tensor.reshape %54(%from_elements_14) : (tensor<?x?x?xf32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
    %79 = arith.index_cast %75 : i64 to index
    %80 = arith.index_cast %76 : i64 to index
    %81 = arith.index_cast %77 : i64 to index
    %82 = tensor.empty(%79, %80, %81) : tensor<?x?x?xi64>
    %83 = linalg.fill ins(%c0_i64 : i64) outs(%82 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %84 = tensor.empty(%79, %80, %81) : tensor<?x?x?xf32>
    %85 = linalg.fill ins(%cst_0 : f32) outs(%84 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %86:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%reshape_15 : tensor<?x?x?x?xf32>) outs(%85, %83 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_22: i64):
      %158 = linalg.index 3 : index
      %159 = arith.index_cast %158 : index to i64
      %160 = arith.maximumf %in, %out : f32
      %161 = arith.cmpf ogt, %in, %out : f32
      %162 = arith.select %161, %159, %out_22 : i64
      linalg.yield %160, %162 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded = tensor.expand_shape %86#0 [[0], [1], [2, 3]] output_shape [%79, %80, %81, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %87 = arith.index_cast %78 : i64 to index
    %88 = tensor.empty(%79, %80, %81, %87) : tensor<?x?x?x?xf32>
    %89 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_15, %expanded : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %158 = arith.subf %in, %in_22 : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%89 : tensor<?x?x?x?xf32>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = math.exp %in : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %91 = tensor.empty(%79, %80, %81) : tensor<?x?x?x1xf32>
    %92 = linalg.fill ins(%cst : f32) outs(%91 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %93 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%90 : tensor<?x?x?x?xf32>) outs(%92 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = arith.addf %in, %out : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x1xf32>
    %94 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%90, %93 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%88 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %158 = arith.divf %in, %in_22 : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %95 = tensor.empty(%79, %80, %81, %87) : tensor<?x?x?x?xi1>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_15 : tensor<?x?x?x?xf32>) outs(%95 : tensor<?x?x?x?xi1>) {
    ^bb0(%in: f32, %out: i1):
      %158 = arith.extf %in : f32 to f64
      %159 = arith.cmpf oeq, %158, %cst_2 : f64
      linalg.yield %159 : i1
    } -> tensor<?x?x?x?xi1>
    %97 = tensor.empty(%79, %80, %81) : tensor<?x?x?x1xi1>
    %98 = linalg.fill ins(%true : i1) outs(%97 : tensor<?x?x?x1xi1>) -> tensor<?x?x?x1xi1>
    %99 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%96 : tensor<?x?x?x?xi1>) outs(%98 : tensor<?x?x?x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %158 = arith.andi %in, %out : i1
      linalg.yield %158 : i1
    } -> tensor<?x?x?x1xi1>
    %100 = arith.cmpi sge, %75, %c0_i64 : i64
    cf.assert %100, "negative values not allowed in new dimensions"
    %101 = arith.index_cast %75 : i64 to index
    %102 = arith.cmpi sge, %76, %c0_i64 : i64
    cf.assert %102, "negative values not allowed in new dimensions"
    %103 = arith.index_cast %76 : i64 to index
    %104 = arith.cmpi sge, %77, %c0_i64 : i64
    cf.assert %104, "negative values not allowed in new dimensions"
    %105 = arith.index_cast %77 : i64 to index
    %106 = arith.cmpi sge, %78, %c0_i64 : i64
    cf.assert %106, "negative values not allowed in new dimensions"
    %107 = arith.index_cast %78 : i64 to index
    %108 = tensor.empty(%101, %103, %105, %107) : tensor<?x?x?x?xf32>
    %109 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_1 : tensor<f32>) outs(%108 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x?x?x?xf32>
    %110 = arith.cmpi eq, %79, %101 : index
    cf.assert %110, "mismatched size for broadcast"
    %111 = arith.cmpi eq, %80, %103 : index
    cf.assert %111, "mismatched size for broadcast"
    %112 = arith.cmpi eq, %81, %105 : index
    cf.assert %112, "mismatched size for broadcast"
    %113 = arith.cmpi eq, %107, %87 : index
    cf.assert %113, "mismatched size for broadcast"
    %114 = tensor.empty(%79, %80, %81, %107) : tensor<?x?x?x?xf32>
    %115 = linalg.generic {indexing_maps = [#map2, #map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%99, %109, %94 : tensor<?x?x?x1xi1>, tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>) outs(%114 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: i1, %in_22: f32, %in_23: f32, %out: f32):
      %158 = arith.select %in, %in_22, %in_23 : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %16, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %34, "unimplemented: dynamic negative broadcast sizes"
    %116 = tensor.empty(%dim, %dim_5, %dim_4, %dim_6) : tensor<?x?x?x?xf32>
    %117 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%116 : tensor<?x?x?x?xf32>) {
    ^bb0(%out: f32):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %79, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %80, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %81, %c1 : index
      %167 = arith.select %166, %c0, %160 : index
      %168 = arith.cmpi eq, %107, %c1 : index
      %169 = arith.select %168, %c0, %161 : index
      %extracted = tensor.extract %115[%163, %165, %167, %169] : tensor<?x?x?x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x?xf32>
    %118 = arith.muli %25, %3 : i64
    %119 = arith.addi %26, %c1_i64 : i64
    %120 = arith.select %39, %25, %118 : i64
    %121 = arith.select %39, %119, %26 : i64
    %122 = arith.cmpi sle, %121, %c1_i64 : i64
    cf.assert %122, "must have at most one inferred (negative) dimension"
    %123 = arith.muli %29, %3 : i64
    %124 = arith.divsi %123, %120 : i64
    %125 = arith.select %19, %124, %13 : i64
    %126 = arith.select %24, %124, %1 : i64
    %127 = arith.select %39, %124, %3 : i64
    %from_elements_16 = tensor.from_elements %125, %126, %127 : tensor<3xi64>
    %reshape_17 = tensor.reshape %117(%from_elements_16) : (tensor<?x?x?x?xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
    cf.assert %14, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %15, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %34, "unimplemented: dynamic negative broadcast sizes"
    %128 = tensor.empty(%dim, %dim_5, %dim_6) : tensor<?x?x?x64xf32>
    %129 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%128 : tensor<?x?x?x64xf32>) {
    ^bb0(%out: f32):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %dim_11, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %dim_5, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %dim_6, %c1 : index
      %167 = arith.select %166, %c0, %160 : index
      %extracted = tensor.extract %9[%163, %165, %167, %161] : tensor<?x?x?x64xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x64xf32>
    %130 = arith.muli %20, %3 : i64
    %131 = arith.select %39, %20, %130 : i64
    %132 = arith.muli %131, %c64_i64 : i64
    cf.assert %42, "must have at most one inferred (negative) dimension"
    %133 = arith.muli %13, %3 : i64
    %134 = arith.muli %133, %c64_i64 : i64
    %135 = arith.divsi %134, %132 : i64
    %136 = arith.select %19, %135, %13 : i64
    %137 = arith.select %39, %135, %3 : i64
    %from_elements_18 = tensor.from_elements %136, %137, %c64_i64 : tensor<3xi64>
    %reshape_19 = tensor.reshape %129(%from_elements_18) : (tensor<?x?x?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
    %138 = arith.index_cast %125 : i64 to index
    %139 = arith.index_cast %126 : i64 to index
    %140 = arith.cmpi eq, %125, %136 : i64
    cf.assert %140, "mismatching contracting dimension"
    %141 = arith.cmpi eq, %127, %137 : i64
    cf.assert %141, "mismatching contracting dimension"
    %142 = tensor.empty(%138, %139) : tensor<?x?x64xf32>
    %143 = linalg.fill ins(%cst : f32) outs(%142 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %144 = linalg.batch_matmul ins(%reshape_17, %reshape_19 : tensor<?x?x?xf32>, tensor<?x?x64xf32>) outs(%143 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %145 = arith.muli %65, %c64_i64 : i64
    %146 = arith.cmpi sle, %66, %c1_i64 : i64
    cf.assert %146, "must have at most one inferred (negative) dimension"
    %147 = arith.muli %125, %126 : i64
    %148 = arith.muli %147, %c64_i64 : i64
    %149 = arith.divsi %148, %145 : i64
    %150 = arith.select %55, %149, %0 : i64
    %151 = arith.select %60, %149, %2 : i64
    %152 = arith.select %24, %149, %1 : i64
    %from_elements_20 = tensor.from_elements %150, %151, %152, %c64_i64 : tensor<4xi64>
    %reshape_21 = tensor.reshape %144(%from_elements_20) : (tensor<?x?x64xf32>, tensor<4xi64>) -> tensor<?x?x?x64xf32>
    %153 = arith.index_cast %150 : i64 to index
    %154 = arith.index_cast %151 : i64 to index
    %155 = arith.index_cast %152 : i64 to index
    %156 = tensor.empty(%153, %154, %155) : tensor<?x?x?x64xbf16>
    %157 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_21 : tensor<?x?x?x64xf32>) outs(%156 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %158 = arith.truncf %in : f32 to bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    return %157 : tensor<?x?x?x64xbf16>
  }
}

