// sizes: B H S 64; B H T 64; B H T 64; B
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>, %arg3: tensor<?xi64>) -> tensor<?x?x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_3 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_3 : index to i64
    %dim_4 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_4 : index to i64
    %dim_5 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
    %3 = arith.index_cast %dim_5 : index to i64
    %dim_6 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_7 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_8 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %4 = tensor.empty(%dim_6, %dim_7, %dim_8) : tensor<?x?x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%4 : tensor<?x?x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %5 = arith.muli %0, %2 : i64
    %6 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    %7 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %8 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %8, "unimplemented: dynamic negative broadcast sizes"
    %9 = tensor.empty(%dim, %dim_4, %dim_3) : tensor<?x?x?x64xbf16>
    %10 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%9 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %140 = linalg.index 0 : index
      %141 = linalg.index 1 : index
      %142 = linalg.index 2 : index
      %143 = linalg.index 3 : index
      %144 = arith.cmpi eq, %dim, %c1 : index
      %145 = arith.select %144, %c0, %140 : index
      %dim_22 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %146 = arith.cmpi eq, %dim_22, %c1 : index
      %147 = arith.select %146, %c0, %141 : index
      %148 = arith.cmpi eq, %dim_3, %c1 : index
      %149 = arith.select %148, %c0, %142 : index
      %extracted = tensor.extract %arg0[%145, %147, %149, %143] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %11 = arith.cmpi slt, %5, %c0_i64 : i64
    %12 = arith.select %11, %c1_i64, %5 : i64
    %13 = arith.extui %11 : i1 to i64
    %14 = arith.muli %12, %1 : i64
    %15 = arith.addi %13, %c1_i64 : i64
    %16 = arith.cmpi slt, %1, %c0_i64 : i64
    %17 = arith.select %16, %12, %14 : i64
    %18 = arith.select %16, %15, %13 : i64
    %19 = arith.muli %17, %c64_i64 : i64
    %20 = arith.cmpi sle, %18, %c1_i64 : i64
    cf.assert %20, "must have at most one inferred (negative) dimension"
    %21 = arith.muli %5, %1 : i64
    %22 = arith.muli %21, %c64_i64 : i64
    %23 = arith.divsi %22, %19 : i64
    %24 = arith.select %11, %23, %5 : i64
    %25 = arith.select %16, %23, %1 : i64
    %from_elements = tensor.from_elements %24, %25, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %10(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %26 = arith.cmpi sge, %3, %c0_i64 : i64
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %27 = tensor.empty(%dim, %dim_4, %dim_5) : tensor<?x?x64x?xbf16>
    %28 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%27 : tensor<?x?x64x?xbf16>) {
    ^bb0(%out: bf16):
      %140 = linalg.index 0 : index
      %141 = linalg.index 1 : index
      %142 = linalg.index 2 : index
      %143 = linalg.index 3 : index
      %144 = arith.cmpi eq, %dim_6, %c1 : index
      %145 = arith.select %144, %c0, %140 : index
      %146 = arith.cmpi eq, %dim_7, %c1 : index
      %147 = arith.select %146, %c0, %141 : index
      %148 = arith.cmpi eq, %dim_8, %c1 : index
      %149 = arith.select %148, %c0, %143 : index
      %extracted = tensor.extract %transposed[%145, %147, %142, %149] : tensor<?x?x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x64x?xbf16>
    %29 = arith.muli %12, %c64_i64 : i64
    %30 = arith.muli %29, %3 : i64
    %31 = arith.cmpi slt, %3, %c0_i64 : i64
    %32 = arith.select %31, %29, %30 : i64
    %33 = arith.select %31, %15, %13 : i64
    %34 = arith.cmpi sle, %33, %c1_i64 : i64
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %35 = arith.muli %5, %c64_i64 : i64
    %36 = arith.muli %35, %3 : i64
    %37 = arith.divsi %36, %32 : i64
    %38 = arith.select %11, %37, %5 : i64
    %39 = arith.select %31, %37, %3 : i64
    %from_elements_9 = tensor.from_elements %38, %c64_i64, %39 : tensor<3xi64>
    %reshape_10 = tensor.reshape %28(%from_elements_9) : (tensor<?x?x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %40 = arith.index_cast %24 : i64 to index
    %41 = arith.index_cast %25 : i64 to index
    %42 = arith.index_cast %39 : i64 to index
    %43 = arith.cmpi eq, %24, %38 : i64
    cf.assert %43, "mismatching contracting dimension"
    %44 = tensor.empty(%40, %41, %42) : tensor<?x?x?xf32>
    %45 = linalg.fill ins(%cst : f32) outs(%44 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %46 = linalg.batch_matmul ins(%reshape, %reshape_10 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%45 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %47 = tensor.empty(%40, %41, %42) : tensor<?x?x?xbf16>
    %48 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<?x?x?xf32>) outs(%47 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %140 = arith.truncf %in : f32 to bf16
      linalg.yield %140 : bf16
    } -> tensor<?x?x?xbf16>
    %49 = arith.cmpi slt, %0, %c0_i64 : i64
    %50 = arith.select %49, %c1_i64, %0 : i64
    %51 = arith.extui %49 : i1 to i64
    %52 = arith.muli %50, %2 : i64
    %53 = arith.addi %51, %c1_i64 : i64
    %54 = arith.cmpi slt, %2, %c0_i64 : i64
    %55 = arith.select %54, %50, %52 : i64
    %56 = arith.select %54, %53, %51 : i64
    %57 = arith.muli %55, %1 : i64
    %58 = arith.addi %56, %c1_i64 : i64
    %59 = arith.select %16, %55, %57 : i64
    %60 = arith.select %16, %58, %56 : i64
    %61 = arith.muli %59, %3 : i64
    %62 = arith.addi %60, %c1_i64 : i64
    %63 = arith.select %31, %59, %61 : i64
    %64 = arith.select %31, %62, %60 : i64
    %65 = arith.cmpi sle, %64, %c1_i64 : i64
    cf.assert %65, "must have at most one inferred (negative) dimension"
    %66 = arith.muli %24, %25 : i64
    %67 = arith.muli %66, %39 : i64
    %68 = arith.divsi %67, %63 : i64
    %69 = arith.select %49, %68, %0 : i64
    %70 = arith.select %54, %68, %2 : i64
    %71 = arith.select %16, %68, %1 : i64
    %72 = arith.select %31, %68, %3 : i64
    %from_elements_11 = tensor.from_elements %69, %70, %71, %72 : tensor<4xi64>
    %reshape_12 = tensor.reshape %48(%from_elements_11) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x?x?x?xbf16>
    %73 = arith.index_cast %69 : i64 to index
    %74 = arith.index_cast %70 : i64 to index
    %75 = arith.index_cast %71 : i64 to index
    %76 = arith.index_cast %72 : i64 to index
    %77 = tensor.empty(%73, %74, %75, %76) : tensor<?x?x?x?xbf16>
    %78 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_12 : tensor<?x?x?x?xbf16>) outs(%77 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %140 = arith.divf %in, %cst_2 : bf16
      linalg.yield %140 : bf16
    } -> tensor<?x?x?x?xbf16>
    %79 = tensor.empty(%dim_5) : tensor<?xi64>
    %80 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%79 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %140 = linalg.index 0 : index
      %141 = arith.index_cast %140 : index to i64
      linalg.yield %141 : i64
    } -> tensor<?xi64>
    %expanded = tensor.expand_shape %80 [[0, 1, 2, 3]] output_shape [1, 1, 1, %dim_5] : tensor<?xi64> into tensor<1x1x1x?xi64>
    %dim_13 = tensor.dim %arg3, %c0 : tensor<?xi64>
    %expanded_14 = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [%dim_13, 1, 1, 1] : tensor<?xi64> into tensor<?x1x1x1xi64>
    %81 = tensor.empty(%dim_13, %dim_5) : tensor<?x1x1x?xi1>
    %82 = linalg.generic {indexing_maps = [#map3, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_14 : tensor<1x1x1x?xi64>, tensor<?x1x1x1xi64>) outs(%81 : tensor<?x1x1x?xi1>) {
    ^bb0(%in: i64, %in_22: i64, %out: i1):
      %140 = arith.cmpi sge, %in, %in_22 : i64
      linalg.yield %140 : i1
    } -> tensor<?x1x1x?xi1>
    %83 = arith.cmpi eq, %dim_13, %73 : index
    cf.assert %83, "mismatched size for broadcast"
    %84 = arith.cmpi eq, %dim_5, %76 : index
    cf.assert %84, "mismatched size for broadcast"
    %85 = tensor.empty(%dim_13, %74, %75, %dim_5) : tensor<?x?x?x?xbf16>
    %86 = linalg.generic {indexing_maps = [#map5, #map6, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%82, %cst_1, %78 : tensor<?x1x1x?xi1>, tensor<bf16>, tensor<?x?x?x?xbf16>) outs(%85 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: i1, %in_22: bf16, %in_23: bf16, %out: bf16):
      %140 = arith.select %in, %in_22, %in_23 : bf16
      linalg.yield %140 : bf16
    } -> tensor<?x?x?x?xbf16>
    %87 = tensor.empty(%dim_13, %74, %75, %dim_5) : tensor<?x?x?x?xf32>
    %88 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%86 : tensor<?x?x?x?xbf16>) outs(%87 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %140 = arith.extf %in : bf16 to f32
      linalg.yield %140 : f32
    } -> tensor<?x?x?x?xf32>
    %89 = tensor.empty(%dim_13, %74, %75) : tensor<?x?x?xi64>
    %90 = linalg.fill ins(%c0_i64 : i64) outs(%89 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %91 = tensor.empty(%dim_13, %74, %75) : tensor<?x?x?xf32>
    %92 = linalg.fill ins(%cst_0 : f32) outs(%91 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %93:2 = linalg.generic {indexing_maps = [#map, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%88 : tensor<?x?x?x?xf32>) outs(%92, %90 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_22: i64):
      %140 = linalg.index 3 : index
      %141 = arith.index_cast %140 : index to i64
      %142 = arith.maximumf %in, %out : f32
      %143 = arith.cmpf ogt, %in, %out : f32
      %144 = arith.select %143, %141, %out_22 : i64
      linalg.yield %142, %144 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_15 = tensor.expand_shape %93#0 [[0], [1], [2, 3]] output_shape [%dim_13, %74, %75, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %94 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%88, %expanded_15 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%87 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %140 = arith.subf %in, %in_22 : f32
      linalg.yield %140 : f32
    } -> tensor<?x?x?x?xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%94 : tensor<?x?x?x?xf32>) outs(%87 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %140 = math.exp %in : f32
      linalg.yield %140 : f32
    } -> tensor<?x?x?x?xf32>
    %96 = tensor.empty(%dim_13, %74, %75) : tensor<?x?x?x1xf32>
    %97 = linalg.fill ins(%cst : f32) outs(%96 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %98 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%95 : tensor<?x?x?x?xf32>) outs(%97 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %140 = arith.addf %in, %out : f32
      linalg.yield %140 : f32
    } -> tensor<?x?x?x1xf32>
    %99 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95, %98 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%87 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_22: f32, %out: f32):
      %140 = arith.divf %in, %in_22 : f32
      linalg.yield %140 : f32
    } -> tensor<?x?x?x?xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%99 : tensor<?x?x?x?xf32>) outs(%85 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %140 = arith.truncf %in : f32 to bf16
      linalg.yield %140 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %8, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %101 = tensor.empty(%dim, %dim_4, %dim_3, %dim_5) : tensor<?x?x?x?xbf16>
    %102 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%101 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %140 = linalg.index 0 : index
      %141 = linalg.index 1 : index
      %142 = linalg.index 2 : index
      %143 = linalg.index 3 : index
      %144 = arith.cmpi eq, %dim_13, %c1 : index
      %145 = arith.select %144, %c0, %140 : index
      %146 = arith.cmpi eq, %74, %c1 : index
      %147 = arith.select %146, %c0, %141 : index
      %148 = arith.cmpi eq, %75, %c1 : index
      %149 = arith.select %148, %c0, %142 : index
      %150 = arith.cmpi eq, %dim_5, %c1 : index
      %151 = arith.select %150, %c0, %143 : index
      %extracted = tensor.extract %100[%145, %147, %149, %151] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %103 = arith.muli %17, %3 : i64
    %104 = arith.addi %18, %c1_i64 : i64
    %105 = arith.select %31, %17, %103 : i64
    %106 = arith.select %31, %104, %18 : i64
    %107 = arith.cmpi sle, %106, %c1_i64 : i64
    cf.assert %107, "must have at most one inferred (negative) dimension"
    %108 = arith.muli %21, %3 : i64
    %109 = arith.divsi %108, %105 : i64
    %110 = arith.select %11, %109, %5 : i64
    %111 = arith.select %16, %109, %1 : i64
    %112 = arith.select %31, %109, %3 : i64
    %from_elements_16 = tensor.from_elements %110, %111, %112 : tensor<3xi64>
    %reshape_17 = tensor.reshape %102(%from_elements_16) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %113 = tensor.empty(%dim, %dim_4, %dim_5) : tensor<?x?x?x64xbf16>
    %114 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%113 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %140 = linalg.index 0 : index
      %141 = linalg.index 1 : index
      %142 = linalg.index 2 : index
      %143 = linalg.index 3 : index
      %dim_22 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %144 = arith.cmpi eq, %dim_22, %c1 : index
      %145 = arith.select %144, %c0, %140 : index
      %146 = arith.cmpi eq, %dim_4, %c1 : index
      %147 = arith.select %146, %c0, %141 : index
      %148 = arith.cmpi eq, %dim_5, %c1 : index
      %149 = arith.select %148, %c0, %142 : index
      %extracted = tensor.extract %arg2[%145, %147, %149, %143] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %115 = arith.muli %12, %3 : i64
    %116 = arith.select %31, %12, %115 : i64
    %117 = arith.muli %116, %c64_i64 : i64
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %118 = arith.muli %5, %3 : i64
    %119 = arith.muli %118, %c64_i64 : i64
    %120 = arith.divsi %119, %117 : i64
    %121 = arith.select %11, %120, %5 : i64
    %122 = arith.select %31, %120, %3 : i64
    %from_elements_18 = tensor.from_elements %121, %122, %c64_i64 : tensor<3xi64>
    %reshape_19 = tensor.reshape %114(%from_elements_18) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %123 = arith.index_cast %110 : i64 to index
    %124 = arith.index_cast %111 : i64 to index
    %125 = arith.cmpi eq, %110, %121 : i64
    cf.assert %125, "mismatching contracting dimension"
    %126 = arith.cmpi eq, %112, %122 : i64
    cf.assert %126, "mismatching contracting dimension"
    %127 = tensor.empty(%123, %124) : tensor<?x?x64xf32>
    %128 = linalg.fill ins(%cst : f32) outs(%127 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %129 = linalg.batch_matmul ins(%reshape_17, %reshape_19 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%128 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %130 = tensor.empty(%123, %124) : tensor<?x?x64xbf16>
    %131 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%129 : tensor<?x?x64xf32>) outs(%130 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %140 = arith.truncf %in : f32 to bf16
      linalg.yield %140 : bf16
    } -> tensor<?x?x64xbf16>
    %132 = arith.muli %59, %c64_i64 : i64
    %133 = arith.cmpi sle, %60, %c1_i64 : i64
    cf.assert %133, "must have at most one inferred (negative) dimension"
    %134 = arith.muli %110, %111 : i64
    %135 = arith.muli %134, %c64_i64 : i64
    %136 = arith.divsi %135, %132 : i64
    %137 = arith.select %49, %136, %0 : i64
    %138 = arith.select %54, %136, %2 : i64
    %139 = arith.select %16, %136, %1 : i64
    %from_elements_20 = tensor.from_elements %137, %138, %139, %c64_i64 : tensor<4xi64>
    %reshape_21 = tensor.reshape %131(%from_elements_20) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_21 : tensor<?x?x?x64xbf16>
  }
}

