// sizes: B 4 S 64; B 2 T 64; B 2 T 64
#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, 0)>
module {
  func.func @main(%arg0: tensor<?x4x?x64xbf16>, %arg1: tensor<?x2x?x64xbf16>, %arg2: tensor<?x2x?x64xbf16>) -> tensor<?x4x?x64xbf16> {
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %c4_i64 = arith.constant 4 : i64
    %c1_i64 = arith.constant 1 : i64
    %c64_i64 = arith.constant 64 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %c256_i64 = arith.constant 256 : i64
    %cst_1 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x4x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_2 = tensor.dim %arg0, %c2 : tensor<?x4x?x64xbf16>
    %1 = arith.index_cast %dim_2 : index to i64
    %dim_3 = tensor.dim %arg2, %c2 : tensor<?x2x?x64xbf16>
    %2 = arith.index_cast %dim_3 : index to i64
    %3 = arith.cmpi slt, %0, %c0_i64 : i64
    %4 = arith.select %3, %c1_i64, %0 : i64
    %5 = arith.extui %3 : i1 to i64
    %6 = arith.muli %4, %c2_i64 : i64
    %7 = arith.addi %5, %c1_i64 : i64
    %8 = arith.muli %6, %1 : i64
    %9 = arith.addi %5, %c2_i64 : i64
    %10 = arith.cmpi slt, %1, %c0_i64 : i64
    %11 = arith.select %10, %6, %8 : i64
    %12 = arith.select %10, %9, %7 : i64
    %13 = arith.muli %11, %c64_i64 : i64
    %14 = arith.cmpi sle, %12, %c1_i64 : i64
    cf.assert %14, "must have at most one inferred (negative) dimension"
    %15 = arith.muli %0, %c4_i64 : i64
    %16 = arith.muli %15, %1 : i64
    %17 = arith.muli %16, %c64_i64 : i64
    %18 = arith.divsi %17, %13 : i64
    %19 = arith.select %3, %18, %0 : i64
    %20 = arith.select %10, %18, %1 : i64
    %from_elements = tensor.from_elements %19, %c2_i64, %18, %20, %c64_i64 : tensor<5xi64>
    %reshape = tensor.reshape %arg0(%from_elements) : (tensor<?x4x?x64xbf16>, tensor<5xi64>) -> tensor<?x2x2x?x64xbf16>
    %dim_4 = tensor.dim %arg1, %c0 : tensor<?x2x?x64xbf16>
    %dim_5 = tensor.dim %arg1, %c2 : tensor<?x2x?x64xbf16>
    %expanded = tensor.expand_shape %arg1 [[0], [1], [2, 3], [4]] output_shape [%dim_4, 2, 1, %dim_5, 64] : tensor<?x2x?x64xbf16> into tensor<?x2x1x?x64xbf16>
    %21 = tensor.empty(%dim_4, %dim_5) : tensor<?x2x1x64x?xbf16>
    %transposed = linalg.transpose ins(%expanded : tensor<?x2x1x?x64xbf16>) outs(%21 : tensor<?x2x1x64x?xbf16>) permutation = [0, 1, 2, 4, 3] 
    %22 = arith.muli %0, %c4_i64 : i64
    %23 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %23, "unimplemented: dynamic negative broadcast sizes"
    %24 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %24, "unimplemented: dynamic negative broadcast sizes"
    %25 = tensor.empty(%dim, %dim_2) : tensor<?x2x2x?x64xbf16>
    %26 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%25 : tensor<?x2x2x?x64xbf16>) {
    ^bb0(%out: bf16):
      %142 = linalg.index 0 : index
      %143 = linalg.index 1 : index
      %144 = linalg.index 2 : index
      %145 = linalg.index 3 : index
      %146 = linalg.index 4 : index
      %147 = arith.index_cast %19 : i64 to index
      %148 = arith.cmpi eq, %147, %c1 : index
      %149 = arith.select %148, %c0, %142 : index
      %150 = arith.index_cast %20 : i64 to index
      %151 = arith.cmpi eq, %150, %c1 : index
      %152 = arith.select %151, %c0, %145 : index
      %extracted = tensor.extract %reshape[%149, %143, %144, %152, %146] : tensor<?x2x2x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x2x?x64xbf16>
    %27 = arith.cmpi slt, %22, %c0_i64 : i64
    %28 = arith.select %27, %c1_i64, %22 : i64
    %29 = arith.extui %27 : i1 to i64
    %30 = arith.muli %28, %1 : i64
    %31 = arith.addi %29, %c1_i64 : i64
    %32 = arith.select %10, %28, %30 : i64
    %33 = arith.select %10, %31, %29 : i64
    %34 = arith.muli %32, %c64_i64 : i64
    %35 = arith.cmpi sle, %33, %c1_i64 : i64
    cf.assert %35, "must have at most one inferred (negative) dimension"
    %36 = arith.muli %22, %1 : i64
    %37 = arith.muli %36, %c64_i64 : i64
    %38 = arith.divsi %37, %34 : i64
    %39 = arith.select %27, %38, %22 : i64
    %40 = arith.select %10, %38, %1 : i64
    %from_elements_6 = tensor.from_elements %39, %40, %c64_i64 : tensor<3xi64>
    %reshape_7 = tensor.reshape %26(%from_elements_6) : (tensor<?x2x2x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %23, "unimplemented: dynamic negative broadcast sizes"
    %41 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %41, "unimplemented: dynamic negative broadcast sizes"
    %42 = tensor.empty(%dim, %dim_3) : tensor<?x2x2x64x?xbf16>
    %43 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%42 : tensor<?x2x2x64x?xbf16>) {
    ^bb0(%out: bf16):
      %142 = linalg.index 0 : index
      %143 = linalg.index 1 : index
      %144 = linalg.index 3 : index
      %145 = linalg.index 4 : index
      %146 = arith.cmpi eq, %dim_4, %c1 : index
      %147 = arith.select %146, %c0, %142 : index
      %148 = arith.cmpi eq, %dim_5, %c1 : index
      %149 = arith.select %148, %c0, %145 : index
      %extracted = tensor.extract %transposed[%147, %143, %c0, %144, %149] : tensor<?x2x1x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x2x64x?xbf16>
    %44 = arith.muli %28, %c64_i64 : i64
    %45 = arith.muli %44, %2 : i64
    %46 = arith.cmpi slt, %2, %c0_i64 : i64
    %47 = arith.select %46, %44, %45 : i64
    %48 = arith.select %46, %31, %29 : i64
    %49 = arith.cmpi sle, %48, %c1_i64 : i64
    cf.assert %49, "must have at most one inferred (negative) dimension"
    %50 = arith.muli %0, %c256_i64 : i64
    %51 = arith.muli %50, %2 : i64
    %52 = arith.divsi %51, %47 : i64
    %53 = arith.select %27, %52, %22 : i64
    %54 = arith.select %46, %52, %2 : i64
    %from_elements_8 = tensor.from_elements %53, %c64_i64, %54 : tensor<3xi64>
    %reshape_9 = tensor.reshape %43(%from_elements_8) : (tensor<?x2x2x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %55 = arith.index_cast %39 : i64 to index
    %56 = arith.index_cast %40 : i64 to index
    %57 = arith.index_cast %54 : i64 to index
    %58 = arith.cmpi eq, %39, %53 : i64
    cf.assert %58, "mismatching contracting dimension"
    %59 = tensor.empty(%55, %56, %57) : tensor<?x?x?xf32>
    %60 = linalg.fill ins(%cst : f32) outs(%59 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %61 = linalg.batch_matmul ins(%reshape_7, %reshape_9 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%60 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %62 = tensor.empty(%55, %56, %57) : tensor<?x?x?xbf16>
    %63 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%61 : tensor<?x?x?xf32>) outs(%62 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %142 = arith.truncf %in : f32 to bf16
      linalg.yield %142 : bf16
    } -> tensor<?x?x?xbf16>
    %64 = arith.muli %4, %c4_i64 : i64
    %65 = arith.muli %64, %1 : i64
    %66 = arith.select %10, %64, %65 : i64
    %67 = arith.select %10, %7, %5 : i64
    %68 = arith.muli %66, %2 : i64
    %69 = arith.addi %67, %c1_i64 : i64
    %70 = arith.select %46, %66, %68 : i64
    %71 = arith.select %46, %69, %67 : i64
    %72 = arith.cmpi sle, %71, %c1_i64 : i64
    cf.assert %72, "must have at most one inferred (negative) dimension"
    %73 = arith.muli %39, %40 : i64
    %74 = arith.muli %73, %54 : i64
    %75 = arith.divsi %74, %70 : i64
    %76 = arith.select %3, %75, %0 : i64
    %77 = arith.select %10, %75, %1 : i64
    %78 = arith.select %46, %75, %2 : i64
    %from_elements_10 = tensor.from_elements %76, %c2_i64, %c2_i64, %77, %78 : tensor<5xi64>
    %reshape_11 = tensor.reshape %63(%from_elements_10) : (tensor<?x?x?xbf16>, tensor<5xi64>) -> tensor<?x2x2x?x?xbf16>
    %79 = arith.index_cast %76 : i64 to index
    %80 = arith.index_cast %77 : i64 to index
    %81 = arith.index_cast %78 : i64 to index
    %82 = tensor.empty(%79, %80, %81) : tensor<?x2x2x?x?xbf16>
    %83 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%reshape_11 : tensor<?x2x2x?x?xbf16>) outs(%82 : tensor<?x2x2x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %142 = arith.divf %in, %cst_1 : bf16
      linalg.yield %142 : bf16
    } -> tensor<?x2x2x?x?xbf16>
    %84 = tensor.empty(%79, %80, %81) : tensor<?x2x2x?x?xf32>
    %85 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%83 : tensor<?x2x2x?x?xbf16>) outs(%84 : tensor<?x2x2x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %142 = arith.extf %in : bf16 to f32
      linalg.yield %142 : f32
    } -> tensor<?x2x2x?x?xf32>
    %86 = tensor.empty(%79, %80) : tensor<?x2x2x?xi64>
    %87 = linalg.fill ins(%c0_i64 : i64) outs(%86 : tensor<?x2x2x?xi64>) -> tensor<?x2x2x?xi64>
    %88 = tensor.empty(%79, %80) : tensor<?x2x2x?xf32>
    %89 = linalg.fill ins(%cst_0 : f32) outs(%88 : tensor<?x2x2x?xf32>) -> tensor<?x2x2x?xf32>
    %90:2 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%85 : tensor<?x2x2x?x?xf32>) outs(%89, %87 : tensor<?x2x2x?xf32>, tensor<?x2x2x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_21: i64):
      %142 = linalg.index 4 : index
      %143 = arith.index_cast %142 : index to i64
      %144 = arith.maximumf %in, %out : f32
      %145 = arith.cmpf ogt, %in, %out : f32
      %146 = arith.select %145, %143, %out_21 : i64
      linalg.yield %144, %146 : f32, i64
    } -> (tensor<?x2x2x?xf32>, tensor<?x2x2x?xi64>)
    %expanded_12 = tensor.expand_shape %90#0 [[0], [1], [2], [3, 4]] output_shape [%79, 2, 2, %80, 1] : tensor<?x2x2x?xf32> into tensor<?x2x2x?x1xf32>
    %91 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%85, %expanded_12 : tensor<?x2x2x?x?xf32>, tensor<?x2x2x?x1xf32>) outs(%84 : tensor<?x2x2x?x?xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %142 = arith.subf %in, %in_21 : f32
      linalg.yield %142 : f32
    } -> tensor<?x2x2x?x?xf32>
    %92 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%91 : tensor<?x2x2x?x?xf32>) outs(%84 : tensor<?x2x2x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %142 = math.exp %in : f32
      linalg.yield %142 : f32
    } -> tensor<?x2x2x?x?xf32>
    %93 = tensor.empty(%79, %80) : tensor<?x2x2x?x1xf32>
    %94 = linalg.fill ins(%cst : f32) outs(%93 : tensor<?x2x2x?x1xf32>) -> tensor<?x2x2x?x1xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%92 : tensor<?x2x2x?x?xf32>) outs(%94 : tensor<?x2x2x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %142 = arith.addf %in, %out : f32
      linalg.yield %142 : f32
    } -> tensor<?x2x2x?x1xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%92, %95 : tensor<?x2x2x?x?xf32>, tensor<?x2x2x?x1xf32>) outs(%84 : tensor<?x2x2x?x?xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %142 = arith.divf %in, %in_21 : f32
      linalg.yield %142 : f32
    } -> tensor<?x2x2x?x?xf32>
    %97 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%96 : tensor<?x2x2x?x?xf32>) outs(%82 : tensor<?x2x2x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %142 = arith.truncf %in : f32 to bf16
      linalg.yield %142 : bf16
    } -> tensor<?x2x2x?x?xbf16>
    %dim_13 = tensor.dim %arg2, %c0 : tensor<?x2x?x64xbf16>
    %expanded_14 = tensor.expand_shape %arg2 [[0], [1], [2, 3], [4]] output_shape [%dim_13, 2, 1, %dim_3, 64] : tensor<?x2x?x64xbf16> into tensor<?x2x1x?x64xbf16>
    cf.assert %23, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %24, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %41, "unimplemented: dynamic negative broadcast sizes"
    %98 = tensor.empty(%dim, %dim_2, %dim_3) : tensor<?x2x2x?x?xbf16>
    %99 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%98 : tensor<?x2x2x?x?xbf16>) {
    ^bb0(%out: bf16):
      %142 = linalg.index 0 : index
      %143 = linalg.index 1 : index
      %144 = linalg.index 2 : index
      %145 = linalg.index 3 : index
      %146 = linalg.index 4 : index
      %147 = arith.cmpi eq, %79, %c1 : index
      %148 = arith.select %147, %c0, %142 : index
      %149 = arith.cmpi eq, %80, %c1 : index
      %150 = arith.select %149, %c0, %145 : index
      %151 = arith.cmpi eq, %81, %c1 : index
      %152 = arith.select %151, %c0, %146 : index
      %extracted = tensor.extract %97[%148, %143, %144, %150, %152] : tensor<?x2x2x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x2x?x?xbf16>
    %100 = arith.muli %32, %2 : i64
    %101 = arith.addi %33, %c1_i64 : i64
    %102 = arith.select %46, %32, %100 : i64
    %103 = arith.select %46, %101, %33 : i64
    %104 = arith.cmpi sle, %103, %c1_i64 : i64
    cf.assert %104, "must have at most one inferred (negative) dimension"
    %105 = arith.muli %36, %2 : i64
    %106 = arith.divsi %105, %102 : i64
    %107 = arith.select %27, %106, %22 : i64
    %108 = arith.select %10, %106, %1 : i64
    %109 = arith.select %46, %106, %2 : i64
    %from_elements_15 = tensor.from_elements %107, %108, %109 : tensor<3xi64>
    %reshape_16 = tensor.reshape %99(%from_elements_15) : (tensor<?x2x2x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %23, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %41, "unimplemented: dynamic negative broadcast sizes"
    %110 = tensor.empty(%dim, %dim_3) : tensor<?x2x2x?x64xbf16>
    %111 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} outs(%110 : tensor<?x2x2x?x64xbf16>) {
    ^bb0(%out: bf16):
      %142 = linalg.index 0 : index
      %143 = linalg.index 1 : index
      %144 = linalg.index 3 : index
      %145 = linalg.index 4 : index
      %146 = arith.cmpi eq, %dim_13, %c1 : index
      %147 = arith.select %146, %c0, %142 : index
      %148 = arith.cmpi eq, %dim_3, %c1 : index
      %149 = arith.select %148, %c0, %144 : index
      %extracted = tensor.extract %expanded_14[%147, %143, %c0, %149, %145] : tensor<?x2x1x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x2x?x64xbf16>
    %112 = arith.muli %28, %2 : i64
    %113 = arith.select %46, %28, %112 : i64
    %114 = arith.muli %113, %c64_i64 : i64
    cf.assert %49, "must have at most one inferred (negative) dimension"
    %115 = arith.muli %22, %2 : i64
    %116 = arith.muli %115, %c64_i64 : i64
    %117 = arith.divsi %116, %114 : i64
    %118 = arith.select %27, %117, %22 : i64
    %119 = arith.select %46, %117, %2 : i64
    %from_elements_17 = tensor.from_elements %118, %119, %c64_i64 : tensor<3xi64>
    %reshape_18 = tensor.reshape %111(%from_elements_17) : (tensor<?x2x2x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %120 = arith.index_cast %107 : i64 to index
    %121 = arith.index_cast %108 : i64 to index
    %122 = arith.cmpi eq, %107, %118 : i64
    cf.assert %122, "mismatching contracting dimension"
    %123 = arith.cmpi eq, %109, %119 : i64
    cf.assert %123, "mismatching contracting dimension"
    %124 = tensor.empty(%120, %121) : tensor<?x?x64xf32>
    %125 = linalg.fill ins(%cst : f32) outs(%124 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %126 = linalg.batch_matmul ins(%reshape_16, %reshape_18 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%125 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %127 = tensor.empty(%120, %121) : tensor<?x?x64xbf16>
    %128 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%126 : tensor<?x?x64xf32>) outs(%127 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %142 = arith.truncf %in : f32 to bf16
      linalg.yield %142 : bf16
    } -> tensor<?x?x64xbf16>
    %129 = arith.muli %66, %c64_i64 : i64
    %130 = arith.cmpi sle, %67, %c1_i64 : i64
    cf.assert %130, "must have at most one inferred (negative) dimension"
    %131 = arith.muli %107, %108 : i64
    %132 = arith.muli %131, %c64_i64 : i64
    %133 = arith.divsi %132, %129 : i64
    %134 = arith.select %3, %133, %0 : i64
    %135 = arith.select %10, %133, %1 : i64
    cf.assert %130, "must have at most one inferred (negative) dimension"
    %136 = arith.muli %134, %c4_i64 : i64
    %137 = arith.muli %136, %135 : i64
    %138 = arith.muli %137, %c64_i64 : i64
    %139 = arith.divsi %138, %129 : i64
    %140 = arith.select %3, %139, %0 : i64
    %141 = arith.select %10, %139, %1 : i64
    %from_elements_19 = tensor.from_elements %140, %c4_i64, %141, %c64_i64 : tensor<4xi64>
    %reshape_20 = tensor.reshape %128(%from_elements_19) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x4x?x64xbf16>
    return %reshape_20 : tensor<?x4x?x64xbf16>
  }
}

