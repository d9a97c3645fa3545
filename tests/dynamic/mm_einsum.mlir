// sizes: B H S 64; B H T 64; B H T 64
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
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
    %dim_5 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
    %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [%dim, %dim_5, %dim_2, 64, 1] : tensor<?x?x?x64xbf16> into tensor<?x?x?x64x1xbf16>
    %dim_6 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_7 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_8 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %expanded_9 = tensor.expand_shape %arg1 [[0], [1], [2], [3, 4]] output_shape [%dim_6, %dim_7, %dim_8, 64, 1] : tensor<?x?x?x64xbf16> into tensor<?x?x?x64x1xbf16>
    %4 = arith.muli %0, %2 : i64
    %5 = arith.cmpi slt, %4, %c0_i64 : i64
    %6 = arith.select %5, %c1_i64, %4 : i64
    %7 = arith.extui %5 : i1 to i64
    %8 = arith.muli %6, %1 : i64
    %9 = arith.addi %7, %c1_i64 : i64
    %10 = arith.cmpi slt, %1, %c0_i64 : i64
    %11 = arith.select %10, %6, %8 : i64
    %12 = arith.select %10, %9, %7 : i64
    %13 = arith.muli %11, %c64_i64 : i64
    %14 = arith.cmpi sle, %12, %c1_i64 : i64
    cf.assert %14, "must have at most one inferred (negative) dimension"
    %15 = arith.index_cast %dim_5 : index to i64
    %16 = arith.muli %0, %15 : i64
    %17 = arith.muli %16, %1 : i64
    %18 = arith.muli %17, %c64_i64 : i64
    %19 = arith.divsi %18, %13 : i64
    %20 = arith.select %5, %19, %4 : i64
    %21 = arith.select %10, %19, %1 : i64
    %from_elements = tensor.from_elements %20, %21, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %expanded(%from_elements) : (tensor<?x?x?x64x1xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %22 = tensor.empty(%dim_6, %dim_7, %dim_8) : tensor<?x?x64x?x1xbf16>
    %transposed = linalg.transpose ins(%expanded_9 : tensor<?x?x?x64x1xbf16>) outs(%22 : tensor<?x?x64x?x1xbf16>) permutation = [0, 1, 3, 2, 4] 
    %23 = arith.muli %6, %c64_i64 : i64
    %24 = arith.muli %23, %3 : i64
    %25 = arith.cmpi slt, %3, %c0_i64 : i64
    %26 = arith.select %25, %23, %24 : i64
    %27 = arith.select %25, %9, %7 : i64
    %28 = arith.cmpi sle, %27, %c1_i64 : i64
    cf.assert %28, "must have at most one inferred (negative) dimension"
    %29 = arith.index_cast %dim_6 : index to i64
    %30 = arith.index_cast %dim_7 : index to i64
    %31 = arith.muli %29, %30 : i64
    %32 = arith.muli %31, %c64_i64 : i64
    %33 = arith.index_cast %dim_8 : index to i64
    %34 = arith.muli %32, %33 : i64
    %35 = arith.divsi %34, %26 : i64
    %36 = arith.select %5, %35, %4 : i64
    %37 = arith.select %25, %35, %3 : i64
    %from_elements_10 = tensor.from_elements %36, %c64_i64, %37 : tensor<3xi64>
    %reshape_11 = tensor.reshape %transposed(%from_elements_10) : (tensor<?x?x64x?x1xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %38 = arith.index_cast %20 : i64 to index
    %39 = arith.index_cast %21 : i64 to index
    %40 = arith.index_cast %37 : i64 to index
    %41 = arith.cmpi eq, %20, %36 : i64
    cf.assert %41, "mismatching contracting dimension"
    %42 = tensor.empty(%38, %39, %40) : tensor<?x?x?xf32>
    %43 = linalg.fill ins(%cst : f32) outs(%42 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %44 = linalg.batch_matmul ins(%reshape, %reshape_11 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%43 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %45 = tensor.empty(%38, %39, %40) : tensor<?x?x?xbf16>
    %46 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44 : tensor<?x?x?xf32>) outs(%45 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %154 = arith.truncf %in : f32 to bf16
      linalg.yield %154 : bf16
    } -> tensor<?x?x?xbf16>
    %47 = arith.cmpi slt, %0, %c0_i64 : i64
    %48 = arith.select %47, %c1_i64, %0 : i64
    %49 = arith.extui %47 : i1 to i64
    %50 = arith.muli %48, %2 : i64
    %51 = arith.addi %49, %c1_i64 : i64
    %52 = arith.cmpi slt, %2, %c0_i64 : i64
    %53 = arith.select %52, %48, %50 : i64
    %54 = arith.select %52, %51, %49 : i64
    %55 = arith.muli %53, %1 : i64
    %56 = arith.addi %54, %c1_i64 : i64
    %57 = arith.select %10, %53, %55 : i64
    %58 = arith.select %10, %56, %54 : i64
    %59 = arith.muli %57, %3 : i64
    %60 = arith.addi %58, %c1_i64 : i64
    %61 = arith.select %25, %57, %59 : i64
    %62 = arith.select %25, %60, %58 : i64
    %63 = arith.cmpi sle, %62, %c1_i64 : i64
    cf.assert %63, "must have at most one inferred (negative) dimension"
    %64 = arith.muli %20, %21 : i64
    %65 = arith.muli %64, %37 : i64
    %66 = arith.divsi %65, %61 : i64
    %67 = arith.select %47, %66, %0 : i64
    %68 = arith.select %52, %66, %2 : i64
    %69 = arith.select %10, %66, %1 : i64
    %70 = arith.select %25, %66, %3 : i64
    %from_elements_12 = tensor.from_elements %67, %68, %69, %c1_i64, %70 : tensor<5xi64>
    %reshape_13 = tensor.reshape %46(%from_elements_12) : (tensor<?x?x?xbf16>, tensor<5xi64>) -> tensor<?x?x?x1x?xbf16>
    %71 = arith.index_cast %67 : i64 to index
    %72 = arith.index_cast %68 : i64 to index
    %73 = arith.index_cast %69 : i64 to index
    %74 = arith.index_cast %70 : i64 to index
    %75 = tensor.empty(%71, %72, %73, %74) : tensor<?x?x?x?x1xbf16>
    %transposed_14 = linalg.transpose ins(%reshape_13 : tensor<?x?x?x1x?xbf16>) outs(%75 : tensor<?x?x?x?x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    cf.assert %63, "must have at most one inferred (negative) dimension"
    %76 = arith.muli %67, %68 : i64
    %77 = arith.muli %76, %69 : i64
    %78 = arith.muli %77, %70 : i64
    %79 = arith.divsi %78, %61 : i64
    %80 = arith.select %47, %79, %0 : i64
    %81 = arith.select %52, %79, %2 : i64
    %82 = arith.select %10, %79, %1 : i64
    %83 = arith.select %25, %79, %3 : i64
    %from_elements_15 = tensor.from_elements %80, %81, %82, %83 : tensor<4xi64>
    %reshape_16 = tensor.reshape %transposed_14(%from_elements_15) : (tensor<?x?x?x?x1xbf16>, tensor<4xi64>) -> tensor<?x?x?x?xbf16>
    %84 = arith.index_cast %80 : i64 to index
    %85 = arith.index_cast %81 : i64 to index
    %86 = arith.index_cast %82 : i64 to index
    %87 = arith.index_cast %83 : i64 to index
    %88 = tensor.empty(%84, %85, %86, %87) : tensor<?x?x?x?xbf16>
    %89 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_16 : tensor<?x?x?x?xbf16>) outs(%88 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %154 = arith.divf %in, %cst_1 : bf16
      linalg.yield %154 : bf16
    } -> tensor<?x?x?x?xbf16>
    %90 = tensor.empty(%84, %85, %86, %87) : tensor<?x?x?x?xf32>
    %91 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%89 : tensor<?x?x?x?xbf16>) outs(%90 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %154 = arith.extf %in : bf16 to f32
      linalg.yield %154 : f32
    } -> tensor<?x?x?x?xf32>
    %92 = tensor.empty(%84, %85, %86) : tensor<?x?x?xi64>
    %93 = linalg.fill ins(%c0_i64 : i64) outs(%92 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %94 = tensor.empty(%84, %85, %86) : tensor<?x?x?xf32>
    %95 = linalg.fill ins(%cst_0 : f32) outs(%94 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %96:2 = linalg.generic {indexing_maps = [#map1, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%91 : tensor<?x?x?x?xf32>) outs(%95, %93 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_30: i64):
      %154 = linalg.index 3 : index
      %155 = arith.index_cast %154 : index to i64
      %156 = arith.maximumf %in, %out : f32
      %157 = arith.cmpf ogt, %in, %out : f32
      %158 = arith.select %157, %155, %out_30 : i64
      linalg.yield %156, %158 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_17 = tensor.expand_shape %96#0 [[0], [1], [2, 3]] output_shape [%84, %85, %86, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %97 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91, %expanded_17 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%90 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %154 = arith.subf %in, %in_30 : f32
      linalg.yield %154 : f32
    } -> tensor<?x?x?x?xf32>
    %98 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%97 : tensor<?x?x?x?xf32>) outs(%90 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %154 = math.exp %in : f32
      linalg.yield %154 : f32
    } -> tensor<?x?x?x?xf32>
    %99 = tensor.empty(%84, %85, %86) : tensor<?x?x?x1xf32>
    %100 = linalg.fill ins(%cst : f32) outs(%99 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %101 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%98 : tensor<?x?x?x?xf32>) outs(%100 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %154 = arith.addf %in, %out : f32
      linalg.yield %154 : f32
    } -> tensor<?x?x?x1xf32>
    %102 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%98, %101 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%90 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_30: f32, %out: f32):
      %154 = arith.divf %in, %in_30 : f32
      linalg.yield %154 : f32
    } -> tensor<?x?x?x?xf32>
    %103 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%102 : tensor<?x?x?x?xf32>) outs(%88 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %154 = arith.truncf %in : f32 to bf16
      linalg.yield %154 : bf16
    } -> tensor<?x?x?x?xbf16>
    %expanded_18 = tensor.expand_shape %103 [[0], [1], [2], [3, 4]] output_shape [%84, %85, %86, %87, 1] : tensor<?x?x?x?xbf16> into tensor<?x?x?x?x1xbf16>
    %dim_19 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
    %expanded_20 = tensor.expand_shape %arg2 [[0], [1], [2], [3, 4]] output_shape [%dim_19, %dim_3, %dim_4, 64, 1] : tensor<?x?x?x64xbf16> into tensor<?x?x?x64x1xbf16>
    %104 = arith.muli %11, %3 : i64
    %105 = arith.addi %12, %c1_i64 : i64
    %106 = arith.select %25, %11, %104 : i64
    %107 = arith.select %25, %105, %12 : i64
    %108 = arith.cmpi sle, %107, %c1_i64 : i64
    cf.assert %108, "must have at most one inferred (negative) dimension"
    %109 = arith.muli %80, %81 : i64
    %110 = arith.muli %109, %82 : i64
    %111 = arith.muli %110, %83 : i64
    %112 = arith.divsi %111, %106 : i64
    %113 = arith.select %5, %112, %4 : i64
    %114 = arith.select %10, %112, %1 : i64
    %115 = arith.select %25, %112, %3 : i64
    %from_elements_21 = tensor.from_elements %113, %114, %115 : tensor<3xi64>
    %reshape_22 = tensor.reshape %expanded_18(%from_elements_21) : (tensor<?x?x?x?x1xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    %116 = arith.muli %6, %3 : i64
    %117 = arith.select %25, %6, %116 : i64
    %118 = arith.muli %117, %c64_i64 : i64
    cf.assert %28, "must have at most one inferred (negative) dimension"
    %119 = arith.index_cast %dim_19 : index to i64
    %120 = arith.muli %119, %2 : i64
    %121 = arith.muli %120, %3 : i64
    %122 = arith.muli %121, %c64_i64 : i64
    %123 = arith.divsi %122, %118 : i64
    %124 = arith.select %5, %123, %4 : i64
    %125 = arith.select %25, %123, %3 : i64
    %from_elements_23 = tensor.from_elements %124, %125, %c64_i64 : tensor<3xi64>
    %reshape_24 = tensor.reshape %expanded_20(%from_elements_23) : (tensor<?x?x?x64x1xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %126 = arith.index_cast %113 : i64 to index
    %127 = arith.index_cast %114 : i64 to index
    %128 = arith.cmpi eq, %113, %124 : i64
    cf.assert %128, "mismatching contracting dimension"
    %129 = arith.cmpi eq, %115, %125 : i64
    cf.assert %129, "mismatching contracting dimension"
    %130 = tensor.empty(%126, %127) : tensor<?x?x64xf32>
    %131 = linalg.fill ins(%cst : f32) outs(%130 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %132 = linalg.batch_matmul ins(%reshape_22, %reshape_24 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%131 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %133 = tensor.empty(%126, %127) : tensor<?x?x64xbf16>
    %134 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%132 : tensor<?x?x64xf32>) outs(%133 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %154 = arith.truncf %in : f32 to bf16
      linalg.yield %154 : bf16
    } -> tensor<?x?x64xbf16>
    %135 = arith.muli %57, %c64_i64 : i64
    %136 = arith.cmpi sle, %58, %c1_i64 : i64
    cf.assert %136, "must have at most one inferred (negative) dimension"
    %137 = arith.muli %113, %114 : i64
    %138 = arith.muli %137, %c64_i64 : i64
    %139 = arith.divsi %138, %135 : i64
    %140 = arith.select %47, %139, %0 : i64
    %141 = arith.select %52, %139, %2 : i64
    %142 = arith.select %10, %139, %1 : i64
    %from_elements_25 = tensor.from_elements %140, %141, %142, %c1_i64, %c64_i64 : tensor<5xi64>
    %reshape_26 = tensor.reshape %134(%from_elements_25) : (tensor<?x?x64xbf16>, tensor<5xi64>) -> tensor<?x?x?x1x64xbf16>
    %143 = arith.index_cast %140 : i64 to index
    %144 = arith.index_cast %141 : i64 to index
    %145 = arith.index_cast %142 : i64 to index
    %146 = tensor.empty(%143, %144, %145) : tensor<?x?x?x64x1xbf16>
    %transposed_27 = linalg.transpose ins(%reshape_26 : tensor<?x?x?x1x64xbf16>) outs(%146 : tensor<?x?x?x64x1xbf16>) permutation = [0, 1, 2, 4, 3] 
    cf.assert %136, "must have at most one inferred (negative) dimension"
    %147 = arith.muli %140, %141 : i64
    %148 = arith.muli %147, %142 : i64
    %149 = arith.muli %148, %c64_i64 : i64
    %150 = arith.divsi %149, %135 : i64
    %151 = arith.select %47, %150, %0 : i64
    %152 = arith.select %52, %150, %2 : i64
    %153 = arith.select %10, %150, %1 : i64
    %from_elements_28 = tensor.from_elements %151, %152, %153, %c64_i64 : tensor<4xi64>
    %reshape_29 = tensor.reshape %transposed_27(%from_elements_28) : (tensor<?x?x?x64x1xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_29 : tensor<?x?x?x64xbf16>
  }
}

