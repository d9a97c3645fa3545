// sizes: B H S 64; B H S 64; B H S 64
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
    %c64_i64 = arith.constant 64 : i64
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
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
      %126 = linalg.index 0 : index
      %127 = linalg.index 1 : index
      %128 = linalg.index 2 : index
      %129 = linalg.index 3 : index
      %130 = arith.cmpi eq, %dim, %c1 : index
      %131 = arith.select %130, %c0, %126 : index
      %dim_19 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
      %132 = arith.cmpi eq, %dim_19, %c1 : index
      %133 = arith.select %132, %c0, %127 : index
      %134 = arith.cmpi eq, %dim_3, %c1 : index
      %135 = arith.select %134, %c0, %128 : index
      %extracted = tensor.extract %arg0[%131, %133, %135, %129] : tensor<?x?x?x64xbf16>
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
      %126 = linalg.index 0 : index
      %127 = linalg.index 1 : index
      %128 = linalg.index 2 : index
      %129 = linalg.index 3 : index
      %130 = arith.cmpi eq, %dim_5, %c1 : index
      %131 = arith.select %130, %c0, %126 : index
      %132 = arith.cmpi eq, %dim_6, %c1 : index
      %133 = arith.select %132, %c0, %127 : index
      %134 = arith.cmpi eq, %dim_7, %c1 : index
      %135 = arith.select %134, %c0, %129 : index
      %extracted = tensor.extract %transposed[%131, %133, %128, %135] : tensor<?x?x64x?xbf16>
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
      %126 = arith.truncf %in : f32 to bf16
      linalg.yield %126 : bf16
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
      %126 = arith.divf %in, %cst_2 : bf16
      linalg.yield %126 : bf16
    } -> tensor<?x?x?x?xbf16>
    %72 = tensor.empty(%dim_3) : tensor<?xi64>
    %73 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%72 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %126 = linalg.index 0 : index
      %127 = arith.index_cast %126 : index to i64
      linalg.yield %127 : i64
    } -> tensor<?xi64>
    %expanded = tensor.expand_shape %73 [[0, 1]] output_shape [%dim_3, 1] : tensor<?xi64> into tensor<?x1xi64>
    %expanded_12 = tensor.expand_shape %73 [[0, 1]] output_shape [1, %dim_3] : tensor<?xi64> into tensor<1x?xi64>
    %74 = tensor.empty(%dim_3, %dim_3) : tensor<?x?xi1>
    %75 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded_12, %expanded : tensor<1x?xi64>, tensor<?x1xi64>) outs(%74 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %in_19: i64, %out: i1):
      %126 = arith.cmpi sgt, %in, %in_19 : i64
      linalg.yield %126 : i1
    } -> tensor<?x?xi1>
    %76 = tensor.empty(%dim_3, %dim_3) : tensor<?x?xi64>
    %77 = linalg.generic {indexing_maps = [#map4, #map3, #map5], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_12 : tensor<?x1xi64>, tensor<1x?xi64>) outs(%76 : tensor<?x?xi64>) {
    ^bb0(%in: i64, %in_19: i64, %out: i64):
      %126 = arith.subi %in, %in_19 : i64
      linalg.yield %126 : i64
    } -> tensor<?x?xi64>
    %78 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%77 : tensor<?x?xi64>) outs(%74 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %out: i1):
      %126 = arith.cmpi sgt, %in, %c64_i64 : i64
      linalg.yield %126 : i1
    } -> tensor<?x?xi1>
    %79 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%75, %78 : tensor<?x?xi1>, tensor<?x?xi1>) outs(%74 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %in_19: i1, %out: i1):
      %126 = arith.ori %in, %in_19 : i1
      linalg.yield %126 : i1
    } -> tensor<?x?xi1>
    %80 = arith.cmpi eq, %dim_3, %69 : index
    cf.assert %80, "mismatched size for broadcast"
    cf.assert %80, "mismatched size for broadcast"
    %81 = tensor.empty(%67, %68, %dim_3, %dim_3) : tensor<?x?x?x?xbf16>
    %82 = linalg.generic {indexing_maps = [#map6, #map7, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%79, %cst_1, %71 : tensor<?x?xi1>, tensor<bf16>, tensor<?x?x?x?xbf16>) outs(%81 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: i1, %in_19: bf16, %in_20: bf16, %out: bf16):
      %126 = arith.select %in, %in_19, %in_20 : bf16
      linalg.yield %126 : bf16
    } -> tensor<?x?x?x?xbf16>
    %83 = tensor.empty(%67, %68, %dim_3, %dim_3) : tensor<?x?x?x?xf32>
    %84 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%82 : tensor<?x?x?x?xbf16>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %126 = arith.extf %in : bf16 to f32
      linalg.yield %126 : f32
    } -> tensor<?x?x?x?xf32>
    %85 = tensor.empty(%67, %68, %dim_3) : tensor<?x?x?xi64>
    %86 = linalg.fill ins(%c0_i64 : i64) outs(%85 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %87 = tensor.empty(%67, %68, %dim_3) : tensor<?x?x?xf32>
    %88 = linalg.fill ins(%cst_0 : f32) outs(%87 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %89:2 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%84 : tensor<?x?x?x?xf32>) outs(%88, %86 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_19: i64):
      %126 = linalg.index 3 : index
      %127 = arith.index_cast %126 : index to i64
      %128 = arith.maximumf %in, %out : f32
      %129 = arith.cmpf ogt, %in, %out : f32
      %130 = arith.select %129, %127, %out_19 : i64
      linalg.yield %128, %130 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_13 = tensor.expand_shape %89#0 [[0], [1], [2, 3]] output_shape [%67, %68, %dim_3, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%84, %expanded_13 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %126 = arith.subf %in, %in_19 : f32
      linalg.yield %126 : f32
    } -> tensor<?x?x?x?xf32>
    %91 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%90 : tensor<?x?x?x?xf32>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %126 = math.exp %in : f32
      linalg.yield %126 : f32
    } -> tensor<?x?x?x?xf32>
    %92 = tensor.empty(%67, %68, %dim_3) : tensor<?x?x?x1xf32>
    %93 = linalg.fill ins(%cst : f32) outs(%92 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %94 = linalg.generic {indexing_maps = [#map, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%91 : tensor<?x?x?x?xf32>) outs(%93 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %126 = arith.addf %in, %out : f32
      linalg.yield %126 : f32
    } -> tensor<?x?x?x1xf32>
    %95 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91, %94 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%83 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %126 = arith.divf %in, %in_19 : f32
      linalg.yield %126 : f32
    } -> tensor<?x?x?x?xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95 : tensor<?x?x?x?xf32>) outs(%81 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %126 = arith.truncf %in : f32 to bf16
      linalg.yield %126 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %97 = tensor.empty(%dim, %dim_4, %dim_3, %dim_3) : tensor<?x?x?x?xbf16>
    %98 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%97 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %126 = linalg.index 0 : index
      %127 = linalg.index 1 : index
      %128 = linalg.index 2 : index
      %129 = linalg.index 3 : index
      %130 = arith.cmpi eq, %67, %c1 : index
      %131 = arith.select %130, %c0, %126 : index
      %132 = arith.cmpi eq, %68, %c1 : index
      %133 = arith.select %132, %c0, %127 : index
      %134 = arith.cmpi eq, %dim_3, %c1 : index
      %135 = arith.select %134, %c0, %128 : index
      %136 = arith.select %134, %c0, %129 : index
      %extracted = tensor.extract %96[%131, %133, %135, %136] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %99 = arith.muli %16, %1 : i64
    %100 = arith.addi %17, %c1_i64 : i64
    %101 = arith.select %15, %11, %99 : i64
    %102 = arith.select %15, %100, %12 : i64
    %103 = arith.cmpi sle, %102, %c1_i64 : i64
    cf.assert %103, "must have at most one inferred (negative) dimension"
    %104 = arith.muli %20, %1 : i64
    %105 = arith.divsi %104, %101 : i64
    %106 = arith.select %10, %105, %4 : i64
    %107 = arith.select %15, %105, %1 : i64
    %from_elements_14 = tensor.from_elements %106, %107, %107 : tensor<3xi64>
    %reshape_15 = tensor.reshape %98(%from_elements_14) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %6, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %108 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%8 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %126 = linalg.index 0 : index
      %127 = linalg.index 1 : index
      %128 = linalg.index 2 : index
      %129 = linalg.index 3 : index
      %dim_19 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %130 = arith.cmpi eq, %dim_19, %c1 : index
      %131 = arith.select %130, %c0, %126 : index
      %132 = arith.cmpi eq, %dim_4, %c1 : index
      %133 = arith.select %132, %c0, %127 : index
      %dim_20 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
      %134 = arith.cmpi eq, %dim_20, %c1 : index
      %135 = arith.select %134, %c0, %128 : index
      %extracted = tensor.extract %arg2[%131, %133, %135, %129] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %reshape_16 = tensor.reshape %108(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %109 = arith.index_cast %106 : i64 to index
    %110 = arith.index_cast %107 : i64 to index
    %111 = arith.cmpi eq, %106, %23 : i64
    cf.assert %111, "mismatching contracting dimension"
    %112 = arith.cmpi eq, %107, %24 : i64
    cf.assert %112, "mismatching contracting dimension"
    %113 = tensor.empty(%109, %110) : tensor<?x?x64xf32>
    %114 = linalg.fill ins(%cst : f32) outs(%113 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %115 = linalg.batch_matmul ins(%reshape_15, %reshape_16 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%114 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %116 = tensor.empty(%109, %110) : tensor<?x?x64xbf16>
    %117 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%115 : tensor<?x?x64xf32>) outs(%116 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %126 = arith.truncf %in : f32 to bf16
      linalg.yield %126 : bf16
    } -> tensor<?x?x64xbf16>
    %118 = arith.muli %54, %c64_i64 : i64
    %119 = arith.cmpi sle, %55, %c1_i64 : i64
    cf.assert %119, "must have at most one inferred (negative) dimension"
    %120 = arith.muli %106, %107 : i64
    %121 = arith.muli %120, %c64_i64 : i64
    %122 = arith.divsi %121, %118 : i64
    %123 = arith.select %44, %122, %0 : i64
    %124 = arith.select %49, %122, %2 : i64
    %125 = arith.select %15, %122, %1 : i64
    %from_elements_17 = tensor.from_elements %123, %124, %125, %c64_i64 : tensor<4xi64>
    %reshape_18 = tensor.reshape %117(%from_elements_17) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_18 : tensor<?x?x?x64xbf16>
  }
}

