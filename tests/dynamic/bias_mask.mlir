// sizes: B H S 64; B H T 64; B H T 64; B 1 S T
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>, %arg3: tensor<?x1x?x?xbf16>) -> tensor<?x?x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
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
    %dim_4 = tensor.dim %arg3, %c3 : tensor<?x1x?x?xbf16>
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
      %136 = linalg.index 0 : index
      %137 = linalg.index 1 : index
      %138 = linalg.index 2 : index
      %139 = linalg.index 3 : index
      %140 = arith.cmpi eq, %dim, %c1 : index
      %141 = arith.select %140, %c0, %136 : index
      %dim_20 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %142 = arith.cmpi eq, %dim_20, %c1 : index
      %143 = arith.select %142, %c0, %137 : index
      %144 = arith.cmpi eq, %dim_2, %c1 : index
      %145 = arith.select %144, %c0, %138 : index
      %extracted = tensor.extract %arg0[%141, %143, %145, %139] : tensor<?x?x?x64xbf16>
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
      %136 = linalg.index 0 : index
      %137 = linalg.index 1 : index
      %138 = linalg.index 2 : index
      %139 = linalg.index 3 : index
      %140 = arith.cmpi eq, %dim_5, %c1 : index
      %141 = arith.select %140, %c0, %136 : index
      %142 = arith.cmpi eq, %dim_6, %c1 : index
      %143 = arith.select %142, %c0, %137 : index
      %144 = arith.cmpi eq, %dim_7, %c1 : index
      %145 = arith.select %144, %c0, %139 : index
      %extracted = tensor.extract %transposed[%141, %143, %138, %145] : tensor<?x?x64x?xbf16>
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
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
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
      %136 = arith.divf %in, %cst_1 : bf16
      linalg.yield %136 : bf16
    } -> tensor<?x?x?x?xbf16>
    %dim_12 = tensor.dim %arg3, %c0 : tensor<?x1x?x?xbf16>
    %79 = arith.cmpi eq, %73, %dim_12 : index
    cf.assert %79, "mismatched size for broadcast"
    %dim_13 = tensor.dim %arg3, %c2 : tensor<?x1x?x?xbf16>
    %80 = arith.cmpi eq, %75, %dim_13 : index
    cf.assert %80, "mismatched size for broadcast"
    %81 = arith.cmpi eq, %76, %dim_4 : index
    cf.assert %81, "mismatched size for broadcast"
    %82 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%78, %arg3 : tensor<?x?x?x?xbf16>, tensor<?x1x?x?xbf16>) outs(%77 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %in_20: bf16, %out: bf16):
      %136 = arith.addf %in, %in_20 : bf16
      linalg.yield %136 : bf16
    } -> tensor<?x?x?x?xbf16>
    %83 = tensor.empty(%73, %74, %75, %76) : tensor<?x?x?x?xf32>
    %84 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%82 : tensor<?x?x?x?xbf16>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %136 = arith.extf %in : bf16 to f32
      linalg.yield %136 : f32
    } -> tensor<?x?x?x?xf32>
    %85 = tensor.empty(%73, %74, %75) : tensor<?x?x?xi64>
    %86 = linalg.fill ins(%c0_i64 : i64) outs(%85 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %87 = tensor.empty(%73, %74, %75) : tensor<?x?x?xf32>
    %88 = linalg.fill ins(%cst_0 : f32) outs(%87 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %89:2 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%84 : tensor<?x?x?x?xf32>) outs(%88, %86 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_20: i64):
      %136 = linalg.index 3 : index
      %137 = arith.index_cast %136 : index to i64
      %138 = arith.maximumf %in, %out : f32
      %139 = arith.cmpf ogt, %in, %out : f32
      %140 = arith.select %139, %137, %out_20 : i64
      linalg.yield %138, %140 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded = tensor.expand_shape %89#0 [[0], [1], [2, 3]] output_shape [%73, %74, %75, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%84, %expanded : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %136 = arith.subf %in, %in_20 : f32
      linalg.yield %136 : f32
    } -> tensor<?x?x?x?xf32>
    %91 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%90 : tensor<?x?x?x?xf32>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = math.exp %in : f32
      linalg.yield %136 : f32
    } -> tensor<?x?x?x?xf32>
    %92 = tensor.empty(%73, %74, %75) : tensor<?x?x?x1xf32>
    %93 = linalg.fill ins(%cst : f32) outs(%92 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %94 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%91 : tensor<?x?x?x?xf32>) outs(%93 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %136 = arith.addf %in, %out : f32
      linalg.yield %136 : f32
    } -> tensor<?x?x?x1xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91, %94 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_20: f32, %out: f32):
      %136 = arith.divf %in, %in_20 : f32
      linalg.yield %136 : f32
    } -> tensor<?x?x?x?xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95 : tensor<?x?x?x?xf32>) outs(%77 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %8, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %97 = tensor.empty(%dim, %dim_3, %dim_2, %dim_4) : tensor<?x?x?x?xbf16>
    %98 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%97 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %136 = linalg.index 0 : index
      %137 = linalg.index 1 : index
      %138 = linalg.index 2 : index
      %139 = linalg.index 3 : index
      %140 = arith.cmpi eq, %73, %c1 : index
      %141 = arith.select %140, %c0, %136 : index
      %142 = arith.cmpi eq, %74, %c1 : index
      %143 = arith.select %142, %c0, %137 : index
      %144 = arith.cmpi eq, %75, %c1 : index
      %145 = arith.select %144, %c0, %138 : index
      %146 = arith.cmpi eq, %76, %c1 : index
      %147 = arith.select %146, %c0, %139 : index
      %extracted = tensor.extract %96[%141, %143, %145, %147] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %99 = arith.muli %17, %3 : i64
    %100 = arith.addi %18, %c1_i64 : i64
    %101 = arith.select %31, %17, %99 : i64
    %102 = arith.select %31, %100, %18 : i64
    %103 = arith.cmpi sle, %102, %c1_i64 : i64
    cf.assert %103, "must have at most one inferred (negative) dimension"
    %104 = arith.muli %21, %3 : i64
    %105 = arith.divsi %104, %101 : i64
    %106 = arith.select %11, %105, %5 : i64
    %107 = arith.select %16, %105, %1 : i64
    %108 = arith.select %31, %105, %3 : i64
    %from_elements_14 = tensor.from_elements %106, %107, %108 : tensor<3xi64>
    %reshape_15 = tensor.reshape %98(%from_elements_14) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %109 = tensor.empty(%dim, %dim_3, %dim_4) : tensor<?x?x?x64xbf16>
    %110 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%109 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %136 = linalg.index 0 : index
      %137 = linalg.index 1 : index
      %138 = linalg.index 2 : index
      %139 = linalg.index 3 : index
      %dim_20 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %140 = arith.cmpi eq, %dim_20, %c1 : index
      %141 = arith.select %140, %c0, %136 : index
      %142 = arith.cmpi eq, %dim_3, %c1 : index
      %143 = arith.select %142, %c0, %137 : index
      %dim_21 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
      %144 = arith.cmpi eq, %dim_21, %c1 : index
      %145 = arith.select %144, %c0, %138 : index
      %extracted = tensor.extract %arg2[%141, %143, %145, %139] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %111 = arith.muli %12, %3 : i64
    %112 = arith.select %31, %12, %111 : i64
    %113 = arith.muli %112, %c64_i64 : i64
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %114 = arith.muli %5, %3 : i64
    %115 = arith.muli %114, %c64_i64 : i64
    %116 = arith.divsi %115, %113 : i64
    %117 = arith.select %11, %116, %5 : i64
    %118 = arith.select %31, %116, %3 : i64
    %from_elements_16 = tensor.from_elements %117, %118, %c64_i64 : tensor<3xi64>
    %reshape_17 = tensor.reshape %110(%from_elements_16) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %119 = arith.index_cast %106 : i64 to index
    %120 = arith.index_cast %107 : i64 to index
    %121 = arith.cmpi eq, %106, %117 : i64
    cf.assert %121, "mismatching contracting dimension"
    %122 = arith.cmpi eq, %108, %118 : i64
    cf.assert %122, "mismatching contracting dimension"
    %123 = tensor.empty(%119, %120) : tensor<?x?x64xf32>
    %124 = linalg.fill ins(%cst : f32) outs(%123 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %125 = linalg.batch_matmul ins(%reshape_15, %reshape_17 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%124 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %126 = tensor.empty(%119, %120) : tensor<?x?x64xbf16>
    %127 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%125 : tensor<?x?x64xf32>) outs(%126 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %136 = arith.truncf %in : f32 to bf16
      linalg.yield %136 : bf16
    } -> tensor<?x?x64xbf16>
    %128 = arith.muli %59, %c64_i64 : i64
    %129 = arith.cmpi sle, %60, %c1_i64 : i64
    cf.assert %129, "must have at most one inferred (negative) dimension"
    %130 = arith.muli %106, %107 : i64
    %131 = arith.muli %130, %c64_i64 : i64
    %132 = arith.divsi %131, %128 : i64
    %133 = arith.select %49, %132, %0 : i64
    %134 = arith.select %54, %132, %2 : i64
    %135 = arith.select %16, %132, %1 : i64
    %from_elements_18 = tensor.from_elements %133, %134, %135, %c64_i64 : tensor<4xi64>
    %reshape_19 = tensor.reshape %127(%from_elements_18) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_19 : tensor<?x?x?x64xbf16>
  }
}

