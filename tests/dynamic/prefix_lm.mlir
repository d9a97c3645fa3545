// sizes: B H S 64; B H T 64; B H T 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> ()>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>) -> tensor<?x?x?x64xbf16> {
    %c48_i64 = arith.constant 48 : i64
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<-9.999220e+09> : tensor<bf16>
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
      %145 = linalg.index 0 : index
      %146 = linalg.index 1 : index
      %147 = linalg.index 2 : index
      %148 = linalg.index 3 : index
      %149 = arith.cmpi eq, %dim, %c1 : index
      %150 = arith.select %149, %c0, %145 : index
      %dim_21 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %151 = arith.cmpi eq, %dim_21, %c1 : index
      %152 = arith.select %151, %c0, %146 : index
      %153 = arith.cmpi eq, %dim_3, %c1 : index
      %154 = arith.select %153, %c0, %147 : index
      %extracted = tensor.extract %arg0[%150, %152, %154, %148] : tensor<?x?x?x64xbf16>
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
      %145 = linalg.index 0 : index
      %146 = linalg.index 1 : index
      %147 = linalg.index 2 : index
      %148 = linalg.index 3 : index
      %149 = arith.cmpi eq, %dim_6, %c1 : index
      %150 = arith.select %149, %c0, %145 : index
      %151 = arith.cmpi eq, %dim_7, %c1 : index
      %152 = arith.select %151, %c0, %146 : index
      %153 = arith.cmpi eq, %dim_8, %c1 : index
      %154 = arith.select %153, %c0, %148 : index
      %extracted = tensor.extract %transposed[%150, %152, %147, %154] : tensor<?x?x64x?xbf16>
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
      %145 = arith.truncf %in : f32 to bf16
      linalg.yield %145 : bf16
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
      %145 = arith.divf %in, %cst_2 : bf16
      linalg.yield %145 : bf16
    } -> tensor<?x?x?x?xbf16>
    %79 = tensor.empty(%dim_3) : tensor<?xi64>
    %80 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%79 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %145 = linalg.index 0 : index
      %146 = arith.index_cast %145 : index to i64
      linalg.yield %146 : i64
    } -> tensor<?xi64>
    %expanded = tensor.expand_shape %80 [[0, 1]] output_shape [%dim_3, 1] : tensor<?xi64> into tensor<?x1xi64>
    %81 = tensor.empty(%dim_5) : tensor<?xi64>
    %82 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%81 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %145 = linalg.index 0 : index
      %146 = arith.index_cast %145 : index to i64
      linalg.yield %146 : i64
    } -> tensor<?xi64>
    %expanded_13 = tensor.expand_shape %82 [[0, 1]] output_shape [1, %dim_5] : tensor<?xi64> into tensor<1x?xi64>
    %83 = tensor.empty(%dim_3, %dim_5) : tensor<?x?xi1>
    %84 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_13, %expanded : tensor<1x?xi64>, tensor<?x1xi64>) outs(%83 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %in_21: i64, %out: i1):
      %145 = arith.cmpi sle, %in, %in_21 : i64
      linalg.yield %145 : i1
    } -> tensor<?x?xi1>
    %85 = tensor.empty(%dim_5) : tensor<1x?xi1>
    %86 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_13 : tensor<1x?xi64>) outs(%85 : tensor<1x?xi1>) {
    ^bb0(%in: i64, %out: i1):
      %145 = arith.cmpi slt, %in, %c48_i64 : i64
      linalg.yield %145 : i1
    } -> tensor<1x?xi1>
    %87 = linalg.generic {indexing_maps = [#map5, #map3, #map5], iterator_types = ["parallel", "parallel"]} ins(%84, %86 : tensor<?x?xi1>, tensor<1x?xi1>) outs(%83 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %in_21: i1, %out: i1):
      %145 = arith.ori %in, %in_21 : i1
      linalg.yield %145 : i1
    } -> tensor<?x?xi1>
    %88 = arith.cmpi eq, %dim_3, %75 : index
    cf.assert %88, "mismatched size for broadcast"
    %89 = arith.cmpi eq, %dim_5, %76 : index
    cf.assert %89, "mismatched size for broadcast"
    %90 = tensor.empty(%73, %74, %dim_3, %dim_5) : tensor<?x?x?x?xbf16>
    %91 = linalg.generic {indexing_maps = [#map6, #map, #map7, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%87, %78, %cst_1 : tensor<?x?xi1>, tensor<?x?x?x?xbf16>, tensor<bf16>) outs(%90 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: i1, %in_21: bf16, %in_22: bf16, %out: bf16):
      %145 = arith.select %in, %in_21, %in_22 : bf16
      linalg.yield %145 : bf16
    } -> tensor<?x?x?x?xbf16>
    %92 = tensor.empty(%73, %74, %dim_3, %dim_5) : tensor<?x?x?x?xf32>
    %93 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91 : tensor<?x?x?x?xbf16>) outs(%92 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %145 = arith.extf %in : bf16 to f32
      linalg.yield %145 : f32
    } -> tensor<?x?x?x?xf32>
    %94 = tensor.empty(%73, %74, %dim_3) : tensor<?x?x?xi64>
    %95 = linalg.fill ins(%c0_i64 : i64) outs(%94 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %96 = tensor.empty(%73, %74, %dim_3) : tensor<?x?x?xf32>
    %97 = linalg.fill ins(%cst_0 : f32) outs(%96 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %98:2 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%93 : tensor<?x?x?x?xf32>) outs(%97, %95 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_21: i64):
      %145 = linalg.index 3 : index
      %146 = arith.index_cast %145 : index to i64
      %147 = arith.maximumf %in, %out : f32
      %148 = arith.cmpf ogt, %in, %out : f32
      %149 = arith.select %148, %146, %out_21 : i64
      linalg.yield %147, %149 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_14 = tensor.expand_shape %98#0 [[0], [1], [2, 3]] output_shape [%73, %74, %dim_3, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %99 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%93, %expanded_14 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%92 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %145 = arith.subf %in, %in_21 : f32
      linalg.yield %145 : f32
    } -> tensor<?x?x?x?xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%99 : tensor<?x?x?x?xf32>) outs(%92 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %145 = math.exp %in : f32
      linalg.yield %145 : f32
    } -> tensor<?x?x?x?xf32>
    %101 = tensor.empty(%73, %74, %dim_3) : tensor<?x?x?x1xf32>
    %102 = linalg.fill ins(%cst : f32) outs(%101 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %103 = linalg.generic {indexing_maps = [#map, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%100 : tensor<?x?x?x?xf32>) outs(%102 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %145 = arith.addf %in, %out : f32
      linalg.yield %145 : f32
    } -> tensor<?x?x?x1xf32>
    %104 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%100, %103 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%92 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_21: f32, %out: f32):
      %145 = arith.divf %in, %in_21 : f32
      linalg.yield %145 : f32
    } -> tensor<?x?x?x?xf32>
    %105 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%104 : tensor<?x?x?x?xf32>) outs(%90 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %145 = arith.truncf %in : f32 to bf16
      linalg.yield %145 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %8, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %106 = tensor.empty(%dim, %dim_4, %dim_3, %dim_5) : tensor<?x?x?x?xbf16>
    %107 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%106 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %145 = linalg.index 0 : index
      %146 = linalg.index 1 : index
      %147 = linalg.index 2 : index
      %148 = linalg.index 3 : index
      %149 = arith.cmpi eq, %73, %c1 : index
      %150 = arith.select %149, %c0, %145 : index
      %151 = arith.cmpi eq, %74, %c1 : index
      %152 = arith.select %151, %c0, %146 : index
      %153 = arith.cmpi eq, %dim_3, %c1 : index
      %154 = arith.select %153, %c0, %147 : index
      %155 = arith.cmpi eq, %dim_5, %c1 : index
      %156 = arith.select %155, %c0, %148 : index
      %extracted = tensor.extract %105[%150, %152, %154, %156] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %108 = arith.muli %17, %3 : i64
    %109 = arith.addi %18, %c1_i64 : i64
    %110 = arith.select %31, %17, %108 : i64
    %111 = arith.select %31, %109, %18 : i64
    %112 = arith.cmpi sle, %111, %c1_i64 : i64
    cf.assert %112, "must have at most one inferred (negative) dimension"
    %113 = arith.muli %21, %3 : i64
    %114 = arith.divsi %113, %110 : i64
    %115 = arith.select %11, %114, %5 : i64
    %116 = arith.select %16, %114, %1 : i64
    %117 = arith.select %31, %114, %3 : i64
    %from_elements_15 = tensor.from_elements %115, %116, %117 : tensor<3xi64>
    %reshape_16 = tensor.reshape %107(%from_elements_15) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %118 = tensor.empty(%dim, %dim_4, %dim_5) : tensor<?x?x?x64xbf16>
    %119 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%118 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %145 = linalg.index 0 : index
      %146 = linalg.index 1 : index
      %147 = linalg.index 2 : index
      %148 = linalg.index 3 : index
      %dim_21 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %149 = arith.cmpi eq, %dim_21, %c1 : index
      %150 = arith.select %149, %c0, %145 : index
      %151 = arith.cmpi eq, %dim_4, %c1 : index
      %152 = arith.select %151, %c0, %146 : index
      %153 = arith.cmpi eq, %dim_5, %c1 : index
      %154 = arith.select %153, %c0, %147 : index
      %extracted = tensor.extract %arg2[%150, %152, %154, %148] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %120 = arith.muli %12, %3 : i64
    %121 = arith.select %31, %12, %120 : i64
    %122 = arith.muli %121, %c64_i64 : i64
    cf.assert %34, "must have at most one inferred (negative) dimension"
    %123 = arith.muli %5, %3 : i64
    %124 = arith.muli %123, %c64_i64 : i64
    %125 = arith.divsi %124, %122 : i64
    %126 = arith.select %11, %125, %5 : i64
    %127 = arith.select %31, %125, %3 : i64
    %from_elements_17 = tensor.from_elements %126, %127, %c64_i64 : tensor<3xi64>
    %reshape_18 = tensor.reshape %119(%from_elements_17) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %128 = arith.index_cast %115 : i64 to index
    %129 = arith.index_cast %116 : i64 to index
    %130 = arith.cmpi eq, %115, %126 : i64
    cf.assert %130, "mismatching contracting dimension"
    %131 = arith.cmpi eq, %117, %127 : i64
    cf.assert %131, "mismatching contracting dimension"
    %132 = tensor.empty(%128, %129) : tensor<?x?x64xf32>
    %133 = linalg.fill ins(%cst : f32) outs(%132 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %134 = linalg.batch_matmul ins(%reshape_16, %reshape_18 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%133 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %135 = tensor.empty(%128, %129) : tensor<?x?x64xbf16>
    %136 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%134 : tensor<?x?x64xf32>) outs(%135 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %145 = arith.truncf %in : f32 to bf16
      linalg.yield %145 : bf16
    } -> tensor<?x?x64xbf16>
    %137 = arith.muli %59, %c64_i64 : i64
    %138 = arith.cmpi sle, %60, %c1_i64 : i64
    cf.assert %138, "must have at most one inferred (negative) dimension"
    %139 = arith.muli %115, %116 : i64
    %140 = arith.muli %139, %c64_i64 : i64
    %141 = arith.divsi %140, %137 : i64
    %142 = arith.select %49, %141, %0 : i64
    %143 = arith.select %54, %141, %2 : i64
    %144 = arith.select %16, %141, %1 : i64
    %from_elements_19 = tensor.from_elements %142, %143, %144, %c64_i64 : tensor<4xi64>
    %reshape_20 = tensor.reshape %136(%from_elements_19) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_20 : tensor<?x?x?x64xbf16>
  }
}

