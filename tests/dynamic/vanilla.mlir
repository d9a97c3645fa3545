// sizes: B H S 64; B H T 64; B H T 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>) -> tensor<?x?x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_2 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_2 : index to i64
    %dim_3 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_3 : index to i64
    %dim_4 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
    %3 = arith.index_cast %dim_4 : index to i64
    %dim_5 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_6 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_7 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %4 = tensor.empty(%dim_5, %dim_6, %dim_7) : tensor<?x?x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%4 : tensor<?x?x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %5 = arith.muli %0, %2 : i64
    %6 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    %7 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %8 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %8, "unimplemented: dynamic negative broadcast sizes"
    %9 = tensor.empty(%dim, %dim_3, %dim_2) : tensor<?x?x?x64xbf16>
    %10 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%9 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %132 = linalg.index 0 : index
      %133 = linalg.index 1 : index
      %134 = linalg.index 2 : index
      %135 = linalg.index 3 : index
      %136 = arith.cmpi eq, %dim, %c1 : index
      %137 = arith.select %136, %c0, %132 : index
      %dim_18 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %138 = arith.cmpi eq, %dim_18, %c1 : index
      %139 = arith.select %138, %c0, %133 : index
      %140 = arith.cmpi eq, %dim_2, %c1 : index
      %141 = arith.select %140, %c0, %134 : index
      %extracted = tensor.extract %arg0[%137, %139, %141, %135] : tensor<?x?x?x64xbf16>
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
    %27 = tensor.empty(%dim, %dim_3, %dim_4) : tensor<?x?x64x?xbf16>
    %28 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%27 : tensor<?x?x64x?xbf16>) {
    ^bb0(%out: bf16):
      %132 = linalg.index 0 : index
      %133 = linalg.index 1 : index
      %134 = linalg.index 2 : index
      %135 = linalg.index 3 : index
      %136 = arith.cmpi eq, %dim_5, %c1 : index
      %137 = arith.select %136, %c0, %132 : index
      %138 = arith.cmpi eq, %dim_6, %c1 : index
      %139 = arith.select %138, %c0, %133 : index
      %140 = arith.cmpi eq, %dim_7, %c1 : index
      %141 = arith.select %140, %c0, %135 : index
      %extracted = tensor.extract %transposed[%137, %139, %134, %141] : tensor<?x?x64x?xbf16>
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
    %from_elements_8 = tensor.from_elements %38, %c64_i64, %39 : tensor<3xi64>
    %reshape_9 = tensor.reshape %28(%from_elements_8) : (tensor<?x?x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %40 = arith.index_cast %24 : i64 to index
    %41 = arith.index_cast %25 : i64 to index
    %42 = arith.index_cast %39 : i64 to index
    %43 = arith.cmpi eq, %24, %38 : i64
    cf.assert %43, "mismatching contracting dimension"
    %44 = tensor.empty(%40, %41, %42) : tensor<?x?x?xf32>
    %45 = linalg.fill ins(%cst : f32) outs(%44 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %46 = linalg.batch_matmul ins(%reshape, %reshape_9 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%45 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %47 = tensor.empty(%40, %41, %42) : tensor<?x?x?xbf16>
    %48 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<?x?x?xf32>) outs(%47 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %132 = arith.truncf %in : f32 to bf16
      linalg.yield %132 : bf16
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
    %from_elements_10 = tensor.from_elements %69, %70, %71, %72 : tensor<4xi64>
    %reshape_11 = tensor.reshape %48(%from_elements_10) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x?x?x?xbf16>
    %73 = arith.index_cast %69 : i64 to index
    %74 = arith.index_cast %70 : i64 to index
    %75 = arith.index_cast %71 : i64 to index
    %76 = arith.index_cast %72 : i64 to index
    %77 = tensor.empty(%73, %74, %75, %76) : tensor<?x?x?x?xbf16>
    %78 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_11 : tensor<?x?x?x?xbf16>) outs(%77 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %132 = arith.divf %in, %cst_1 : bf16
      linalg.yield %132 : bf16
    } -> tensor<?x?x?x?xbf16>
    %79 = tensor.empty(%73, %74, %75, %76) : tensor<?x?x?x?xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%78 : tensor<?x?x?x?xbf16>) outs(%79 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %132 = arith.extf %in : bf16 to f32
      linalg.yield %132 : f32
    } -> tensor<?x?x?x?xf32>
    %81 = tensor.empty(%73, %74, %75) : tensor<?x?x?xi64>
    %82 = linalg.fill ins(%c0_i64 : i64) outs(%81 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %83 = tensor.empty(%73, %74, %75) : tensor<?x?x?xf32>
    %84 = linalg.fill ins(%cst_0 : f32) outs(%83 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %85:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%80 : tensor<?x?x?x?xf32>) outs(%84, %82 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %132 = linalg.index 3 : index
      %133 = arith.index_cast %132 : index to i64
      %134 = arith.maximumf %in, %out : f32
      %135 = arith.cmpf ogt, %in, %out : f32
      %136 = arith.select %135, %133, %out_18 : i64
      linalg.yield %134, %136 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded = tensor.expand_shape %85#0 [[0], [1], [2, 3]] output_shape [%73, %74, %75, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %86 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%80, %expanded : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%79 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %132 = arith.subf %in, %in_18 : f32
      linalg.yield %132 : f32
    } -> tensor<?x?x?x?xf32>
    %87 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%86 : tensor<?x?x?x?xf32>) outs(%79 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %132 = math.exp %in : f32
      linalg.yield %132 : f32
    } -> tensor<?x?x?x?xf32>
    %88 = tensor.empty(%73, %74, %75) : tensor<?x?x?x1xf32>
    %89 = linalg.fill ins(%cst : f32) outs(%88 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%87 : tensor<?x?x?x?xf32>) outs(%89 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %132 = arith.addf %in, %out : f32
      linalg.yield %132 : f32
    } -> tensor<?x?x?x1xf32>
    %91 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%87, %90 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%79 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %132 = arith.divf %in, %in_18 : f32
      linalg.yield %132 : f32
    } -> tensor<?x?x?x?xf32>
    %92 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91 : tensor<?x?x?x?xf32>) outs(%77 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %132 = arith.truncf %in : f32 to bf16
      linalg.yield %132 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %8, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %93 = tensor.empty(%dim, %dim_3, %dim_2, %dim_4) : tensor<?x?x?x?xbf16>
    %94 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%93 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %132 = linalg.index 0 : index
      %133 = linalg.index 1 : index
      %134 = linalg.index 2 : index
      %135 = linalg.index 3 : index
      %136 = arith.cmpi eq, %73, %c1 : index
      %137 = arith.select %136, %c0, %132 : index
      %138 = arith.cmpi eq, %74, %c1 : index
      %139 = arith.select %138, %c0, %133 : index
      %140 = arith.cmpi eq, %75, %c1 : index
      %141 = arith.select %140, %c0, %134 : index
      %142 = arith.cmpi eq, %76, %c1 : index
      %143 = arith.select %142, %c0, %135 : index
      %extracted = tensor.extract %92[%137, %139, %141, %143] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %95 = arith.muli %17, %3 : i64
    %96 = arith.addi %18, %c1_i64 : i64
    %97 = arith.select %31, %17, %95 : i64
    %98 = arith.select %31, %96, %18 : i64
    %99 = arith.cmpi sle, %98, %c1_i64 : i64
    cf.assert %99, "must have at most one inferred (negative) dimension"
    %100 = arith.muli %21, %3 : i64
    %101 = arith.divsi %100, %97 : i64
    %102 = arith.select %11, %101, %5 : i64
    %103 = arith.select %16, %101, %1 : i64
    %104 = arith.select %31, %101, %3 : i64
    %from_elements_12 = tensor.from_elements %102, %103, %104 : tensor<3xi64>
    %reshape_13 = tensor.reshape %94(%from_elements_12) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %105 = tensor.empty(%dim, %dim_3, %dim_4) : tensor<?x?x?x64xbf16>
    %106 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%105 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %132 = linalg.index 0 : index
      %133 = linalg.index 1 : index
      %134 = linalg.index 2 : index
      %135 = linalg.index 3 : index
      %dim_18 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %136 = arith.cmpi eq, %dim_18, %c1 : index
      %137 = arith.select %136, %c0, %132 : index
      %138 = arith.cmpi eq, %dim_3, %c1 : index
      %139 = arith.select %138, %c0, %133 : index
      %140 = arith.cmpi eq, %dim_4, %c1 : index
      %141 = arith.select %140, %c0, %134 : index
      %extracted = tensor.extract %arg2[%137, %139, %141, %135] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %107 = arith.muli %12, %3 : i64
    %108 = arith.select %31, %12, %107 : i64
    %109 = arith.muli %108, %c64_i64 : i64
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %110 = arith.muli %5, %3 : i64
    %111 = arith.muli %110, %c64_i64 : i64
    %112 = arith.divsi %111, %109 : i64
    %113 = arith.select %11, %112, %5 : i64
    %114 = arith.select %31, %112, %3 : i64
    %from_elements_14 = tensor.from_elements %113, %114, %c64_i64 : tensor<3xi64>
    %reshape_15 = tensor.reshape %106(%from_elements_14) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %115 = arith.index_cast %102 : i64 to index
    %116 = arith.index_cast %103 : i64 to index
    %117 = arith.cmpi eq, %102, %113 : i64
    cf.assert %117, "mismatching contracting dimension"
    %118 = arith.cmpi eq, %104, %114 : i64
    cf.assert %118, "mismatching contracting dimension"
    %119 = tensor.empty(%115, %116) : tensor<?x?x64xf32>
    %120 = linalg.fill ins(%cst : f32) outs(%119 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %121 = linalg.batch_matmul ins(%reshape_13, %reshape_15 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%120 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %122 = tensor.empty(%115, %116) : tensor<?x?x64xbf16>
    %123 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%121 : tensor<?x?x64xf32>) outs(%122 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %132 = arith.truncf %in : f32 to bf16
      linalg.yield %132 : bf16
    } -> tensor<?x?x64xbf16>
    %124 = arith.muli %59, %c64_i64 : i64
    %125 = arith.cmpi sle, %60, %c1_i64 : i64
    cf.assert %125, "must have at most one inferred (negative) dimension"
    %126 = arith.muli %102, %103 : i64
    %127 = arith.muli %126, %c64_i64 : i64
    %128 = arith.divsi %127, %124 : i64
    %129 = arith.select %49, %128, %0 : i64
    %130 = arith.select %54, %128, %2 : i64
    %131 = arith.select %16, %128, %1 : i64
    %from_elements_16 = tensor.from_elements %129, %130, %131, %c64_i64 : tensor<4xi64>
    %reshape_17 = tensor.reshape %123(%from_elements_16) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_17 : tensor<?x?x?x64xbf16>
  }
}

