// sizes: B 3 S 64; B 3 S 64; B 3 S 64; 3
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d1, d3)>
#map3 = affine_map<()[s0] -> (s0 + 1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x3x?x64xbf16>, %arg1: tensor<?x3x?x64xbf16>, %arg2: tensor<?x3x?x64xbf16>, %arg3: tensor<3xbf16>) -> tensor<?x3x?x64xbf16> {
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c2 = arith.constant 2 : index
    %c3_i64 = arith.constant 3 : i64
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %c-1 = arith.constant -1 : index
    %c192_i64 = arith.constant 192 : i64
    %cst_1 = arith.constant 8.000000e+00 : bf16
    %c3 = arith.constant 3 : index
    %dim = tensor.dim %arg0, %c0 : tensor<?x3x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_2 = tensor.dim %arg0, %c2 : tensor<?x3x?x64xbf16>
    %1 = arith.index_cast %dim_2 : index to i64
    %dim_3 = tensor.dim %arg1, %c0 : tensor<?x3x?x64xbf16>
    %dim_4 = tensor.dim %arg1, %c2 : tensor<?x3x?x64xbf16>
    %2 = tensor.empty(%dim_3, %dim_4) : tensor<?x3x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x3x?x64xbf16>) outs(%2 : tensor<?x3x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %3 = arith.muli %0, %c3_i64 : i64
    %4 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    %5 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    %6 = tensor.empty(%dim, %dim_2) : tensor<?x3x?x64xbf16>
    %7 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%6 : tensor<?x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %121 = linalg.index 0 : index
      %122 = linalg.index 1 : index
      %123 = linalg.index 2 : index
      %124 = linalg.index 3 : index
      %125 = arith.cmpi eq, %dim, %c1 : index
      %126 = arith.select %125, %c0, %121 : index
      %127 = arith.cmpi eq, %dim_2, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %extracted = tensor.extract %arg0[%126, %122, %128, %124] : tensor<?x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x64xbf16>
    %8 = arith.cmpi slt, %3, %c0_i64 : i64
    %9 = arith.select %8, %c1_i64, %3 : i64
    %10 = arith.extui %8 : i1 to i64
    %11 = arith.muli %9, %1 : i64
    %12 = arith.addi %10, %c1_i64 : i64
    %13 = arith.cmpi slt, %1, %c0_i64 : i64
    %14 = arith.select %13, %9, %11 : i64
    %15 = arith.select %13, %12, %10 : i64
    %16 = arith.muli %14, %c64_i64 : i64
    %17 = arith.cmpi sle, %15, %c1_i64 : i64
    cf.assert %17, "must have at most one inferred (negative) dimension"
    %18 = arith.muli %3, %1 : i64
    %19 = arith.muli %18, %c64_i64 : i64
    %20 = arith.divsi %19, %16 : i64
    %21 = arith.select %8, %20, %3 : i64
    %22 = arith.select %13, %20, %1 : i64
    %from_elements = tensor.from_elements %21, %22, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %7(%from_elements) : (tensor<?x3x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    %23 = tensor.empty(%dim, %dim_2) : tensor<?x3x64x?xbf16>
    %24 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%23 : tensor<?x3x64x?xbf16>) {
    ^bb0(%out: bf16):
      %121 = linalg.index 0 : index
      %122 = linalg.index 1 : index
      %123 = linalg.index 2 : index
      %124 = linalg.index 3 : index
      %125 = arith.cmpi eq, %dim_3, %c1 : index
      %126 = arith.select %125, %c0, %121 : index
      %127 = arith.cmpi eq, %dim_4, %c1 : index
      %128 = arith.select %127, %c0, %124 : index
      %extracted = tensor.extract %transposed[%126, %122, %123, %128] : tensor<?x3x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x64x?xbf16>
    %25 = arith.muli %9, %c64_i64 : i64
    %26 = arith.muli %25, %1 : i64
    %27 = arith.select %13, %25, %26 : i64
    cf.assert %17, "must have at most one inferred (negative) dimension"
    %28 = arith.muli %0, %c192_i64 : i64
    %29 = arith.muli %28, %1 : i64
    %30 = arith.divsi %29, %27 : i64
    %31 = arith.select %8, %30, %3 : i64
    %32 = arith.select %13, %30, %1 : i64
    %from_elements_5 = tensor.from_elements %31, %c64_i64, %32 : tensor<3xi64>
    %reshape_6 = tensor.reshape %24(%from_elements_5) : (tensor<?x3x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %33 = arith.index_cast %21 : i64 to index
    %34 = arith.index_cast %22 : i64 to index
    %35 = arith.index_cast %32 : i64 to index
    %36 = arith.cmpi eq, %21, %31 : i64
    cf.assert %36, "mismatching contracting dimension"
    %37 = tensor.empty(%33, %34, %35) : tensor<?x?x?xf32>
    %38 = linalg.fill ins(%cst : f32) outs(%37 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %39 = linalg.batch_matmul ins(%reshape, %reshape_6 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%38 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %40 = tensor.empty(%33, %34, %35) : tensor<?x?x?xbf16>
    %41 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<?x?x?xf32>) outs(%40 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %121 = arith.truncf %in : f32 to bf16
      linalg.yield %121 : bf16
    } -> tensor<?x?x?xbf16>
    %42 = arith.cmpi slt, %0, %c0_i64 : i64
    %43 = arith.select %42, %c1_i64, %0 : i64
    %44 = arith.extui %42 : i1 to i64
    %45 = arith.muli %43, %c3_i64 : i64
    %46 = arith.muli %45, %1 : i64
    %47 = arith.addi %44, %c1_i64 : i64
    %48 = arith.select %13, %45, %46 : i64
    %49 = arith.select %13, %47, %44 : i64
    %50 = arith.muli %48, %1 : i64
    %51 = arith.addi %49, %c1_i64 : i64
    %52 = arith.select %13, %45, %50 : i64
    %53 = arith.select %13, %51, %44 : i64
    %54 = arith.cmpi sle, %53, %c1_i64 : i64
    cf.assert %54, "must have at most one inferred (negative) dimension"
    %55 = arith.muli %21, %22 : i64
    %56 = arith.muli %55, %32 : i64
    %57 = arith.divsi %56, %52 : i64
    %58 = arith.select %42, %57, %0 : i64
    %59 = arith.select %13, %57, %1 : i64
    %from_elements_7 = tensor.from_elements %58, %c3_i64, %59, %59 : tensor<4xi64>
    %reshape_8 = tensor.reshape %41(%from_elements_7) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x3x?x?xbf16>
    %60 = arith.index_cast %58 : i64 to index
    %61 = arith.index_cast %59 : i64 to index
    %62 = tensor.empty(%60, %61, %61) : tensor<?x3x?x?xbf16>
    %63 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_8 : tensor<?x3x?x?xbf16>) outs(%62 : tensor<?x3x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %121 = arith.divf %in, %cst_1 : bf16
      linalg.yield %121 : bf16
    } -> tensor<?x3x?x?xbf16>
    %64 = arith.select %42, %c1, %dim : index
    %65 = arith.select %13, %c1, %dim_2 : index
    %66 = tensor.empty(%64, %65) : tensor<?x3x?x1xbf16>
    %expanded = tensor.expand_shape %arg3 [[0, 1]] output_shape [3, 1] : tensor<3xbf16> into tensor<3x1xbf16>
    %67 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<3x1xbf16>) outs(%66 : tensor<?x3x?x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<?x3x?x1xbf16>
    %concat = tensor.concat dim(3) %63, %67 : (tensor<?x3x?x?xbf16>, tensor<?x3x?x1xbf16>) -> tensor<?x3x?x?xbf16>
    %dim_9 = tensor.dim %63, %c0 : tensor<?x3x?x?xbf16>
    %dim_10 = tensor.dim %63, %c2 : tensor<?x3x?x?xbf16>
    %dim_11 = tensor.dim %63, %c3 : tensor<?x3x?x?xbf16>
    %68 = affine.apply #map3()[%dim_11]
    %69 = tensor.empty(%dim_9, %dim_10, %68) : tensor<?x3x?x?xf32>
    %70 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat : tensor<?x3x?x?xbf16>) outs(%69 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %121 = arith.extf %in : bf16 to f32
      linalg.yield %121 : f32
    } -> tensor<?x3x?x?xf32>
    %71 = tensor.empty(%dim_9, %dim_10) : tensor<?x3x?xi64>
    %72 = linalg.fill ins(%c0_i64 : i64) outs(%71 : tensor<?x3x?xi64>) -> tensor<?x3x?xi64>
    %73 = tensor.empty(%dim_9, %dim_10) : tensor<?x3x?xf32>
    %74 = linalg.fill ins(%cst_0 : f32) outs(%73 : tensor<?x3x?xf32>) -> tensor<?x3x?xf32>
    %75:2 = linalg.generic {indexing_maps = [#map, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%70 : tensor<?x3x?x?xf32>) outs(%74, %72 : tensor<?x3x?xf32>, tensor<?x3x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_18: i64):
      %121 = linalg.index 3 : index
      %122 = arith.index_cast %121 : index to i64
      %123 = arith.maximumf %in, %out : f32
      %124 = arith.cmpf ogt, %in, %out : f32
      %125 = arith.select %124, %122, %out_18 : i64
      linalg.yield %123, %125 : f32, i64
    } -> (tensor<?x3x?xf32>, tensor<?x3x?xi64>)
    %expanded_12 = tensor.expand_shape %75#0 [[0], [1], [2, 3]] output_shape [%dim_9, 3, %dim_10, 1] : tensor<?x3x?xf32> into tensor<?x3x?x1xf32>
    %76 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%70, %expanded_12 : tensor<?x3x?x?xf32>, tensor<?x3x?x1xf32>) outs(%69 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %121 = arith.subf %in, %in_18 : f32
      linalg.yield %121 : f32
    } -> tensor<?x3x?x?xf32>
    %77 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%76 : tensor<?x3x?x?xf32>) outs(%69 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %121 = math.exp %in : f32
      linalg.yield %121 : f32
    } -> tensor<?x3x?x?xf32>
    %78 = tensor.empty(%dim_9, %dim_10) : tensor<?x3x?x1xf32>
    %79 = linalg.fill ins(%cst : f32) outs(%78 : tensor<?x3x?x1xf32>) -> tensor<?x3x?x1xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%77 : tensor<?x3x?x?xf32>) outs(%79 : tensor<?x3x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %121 = arith.addf %in, %out : f32
      linalg.yield %121 : f32
    } -> tensor<?x3x?x1xf32>
    %81 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%77, %80 : tensor<?x3x?x?xf32>, tensor<?x3x?x1xf32>) outs(%69 : tensor<?x3x?x?xf32>) {
    ^bb0(%in: f32, %in_18: f32, %out: f32):
      %121 = arith.divf %in, %in_18 : f32
      linalg.yield %121 : f32
    } -> tensor<?x3x?x?xf32>
    %82 = tensor.empty(%dim_9, %dim_10, %68) : tensor<?x3x?x?xbf16>
    %83 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%81 : tensor<?x3x?x?xf32>) outs(%82 : tensor<?x3x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %121 = arith.truncf %in : f32 to bf16
      linalg.yield %121 : bf16
    } -> tensor<?x3x?x?xbf16>
    %84 = arith.index_cast %68 : index to i64
    %85 = arith.minsi %84, %c0_i64 : i64
    %86 = arith.index_cast %85 : i64 to index
    %87 = arith.addi %68, %c-1 : index
    %88 = arith.cmpi slt, %87, %c0 : index
    %89 = arith.select %88, %c-1, %87 : index
    %90 = arith.minsi %89, %68 : index
    %91 = arith.subi %90, %86 : index
    %92 = arith.maxsi %91, %c0 : index
    %extracted_slice = tensor.extract_slice %83[0, 0, 0, %86] [%dim_9, 3, %dim_10, %92] [1, 1, 1, 1] : tensor<?x3x?x?xbf16> to tensor<?x3x?x?xbf16>
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    %93 = tensor.empty(%dim, %dim_2, %dim_2) : tensor<?x3x?x?xbf16>
    %94 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%93 : tensor<?x3x?x?xbf16>) {
    ^bb0(%out: bf16):
      %121 = linalg.index 0 : index
      %122 = linalg.index 1 : index
      %123 = linalg.index 2 : index
      %124 = linalg.index 3 : index
      %125 = arith.cmpi eq, %dim_9, %c1 : index
      %126 = arith.select %125, %c0, %121 : index
      %127 = arith.cmpi eq, %dim_10, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %129 = arith.cmpi eq, %92, %c1 : index
      %130 = arith.select %129, %c0, %124 : index
      %extracted = tensor.extract %extracted_slice[%126, %122, %128, %130] : tensor<?x3x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x?xbf16>
    %95 = arith.muli %14, %1 : i64
    %96 = arith.addi %15, %c1_i64 : i64
    %97 = arith.select %13, %9, %95 : i64
    %98 = arith.select %13, %96, %10 : i64
    %99 = arith.cmpi sle, %98, %c1_i64 : i64
    cf.assert %99, "must have at most one inferred (negative) dimension"
    %100 = arith.muli %18, %1 : i64
    %101 = arith.divsi %100, %97 : i64
    %102 = arith.select %8, %101, %3 : i64
    %103 = arith.select %13, %101, %1 : i64
    %from_elements_13 = tensor.from_elements %102, %103, %103 : tensor<3xi64>
    %reshape_14 = tensor.reshape %94(%from_elements_13) : (tensor<?x3x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %5, "unimplemented: dynamic negative broadcast sizes"
    %104 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%6 : tensor<?x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %121 = linalg.index 0 : index
      %122 = linalg.index 1 : index
      %123 = linalg.index 2 : index
      %124 = linalg.index 3 : index
      %dim_18 = tensor.dim %arg2, %c0 : tensor<?x3x?x64xbf16>
      %125 = arith.cmpi eq, %dim_18, %c1 : index
      %126 = arith.select %125, %c0, %121 : index
      %dim_19 = tensor.dim %arg2, %c2 : tensor<?x3x?x64xbf16>
      %127 = arith.cmpi eq, %dim_19, %c1 : index
      %128 = arith.select %127, %c0, %123 : index
      %extracted = tensor.extract %arg2[%126, %122, %128, %124] : tensor<?x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x64xbf16>
    cf.assert %17, "must have at most one inferred (negative) dimension"
    %reshape_15 = tensor.reshape %104(%from_elements) : (tensor<?x3x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %105 = arith.index_cast %102 : i64 to index
    %106 = arith.index_cast %103 : i64 to index
    %107 = arith.cmpi eq, %102, %21 : i64
    cf.assert %107, "mismatching contracting dimension"
    %108 = arith.cmpi eq, %103, %22 : i64
    cf.assert %108, "mismatching contracting dimension"
    %109 = tensor.empty(%105, %106) : tensor<?x?x64xf32>
    %110 = linalg.fill ins(%cst : f32) outs(%109 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %111 = linalg.batch_matmul ins(%reshape_14, %reshape_15 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%110 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %112 = tensor.empty(%105, %106) : tensor<?x?x64xbf16>
    %113 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%111 : tensor<?x?x64xf32>) outs(%112 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %121 = arith.truncf %in : f32 to bf16
      linalg.yield %121 : bf16
    } -> tensor<?x?x64xbf16>
    %114 = arith.muli %48, %c64_i64 : i64
    %115 = arith.cmpi sle, %49, %c1_i64 : i64
    cf.assert %115, "must have at most one inferred (negative) dimension"
    %116 = arith.muli %102, %103 : i64
    %117 = arith.muli %116, %c64_i64 : i64
    %118 = arith.divsi %117, %114 : i64
    %119 = arith.select %42, %118, %0 : i64
    %120 = arith.select %13, %118, %1 : i64
    %from_elements_16 = tensor.from_elements %119, %c3_i64, %120, %c64_i64 : tensor<4xi64>
    %reshape_17 = tensor.reshape %113(%from_elements_16) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x3x?x64xbf16>
    return %reshape_17 : tensor<?x3x?x64xbf16>
  }
}

