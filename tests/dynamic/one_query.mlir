// sizes: B 3 1 64; B 3 T 64; B 3 T 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<()[s0] -> (s0 * 3)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x3x1x64xbf16>, %arg1: tensor<?x3x?x64xbf16>, %arg2: tensor<?x3x?x64xbf16>) -> tensor<?x3x1x64xbf16> {
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c3 = arith.constant 3 : index
    %c2 = arith.constant 2 : index
    %c3_i64 = arith.constant 3 : i64
    %c1_i64 = arith.constant 1 : i64
    %c64_i64 = arith.constant 64 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %c192_i64 = arith.constant 192 : i64
    %cst_1 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x3x1x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_2 = tensor.dim %arg2, %c2 : tensor<?x3x?x64xbf16>
    %1 = arith.index_cast %dim_2 : index to i64
    %dim_3 = tensor.dim %arg1, %c0 : tensor<?x3x?x64xbf16>
    %dim_4 = tensor.dim %arg1, %c2 : tensor<?x3x?x64xbf16>
    %2 = tensor.empty(%dim_3, %dim_4) : tensor<?x3x64x?xbf16>
    %transposed = linalg.transpose ins(%arg1 : tensor<?x3x?x64xbf16>) outs(%2 : tensor<?x3x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %3 = arith.muli %0, %c3_i64 : i64
    %4 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    %5 = tensor.empty(%dim) : tensor<?x3x1x64xbf16>
    %6 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%5 : tensor<?x3x1x64xbf16>) {
    ^bb0(%out: bf16):
      %89 = linalg.index 0 : index
      %90 = linalg.index 1 : index
      %91 = linalg.index 3 : index
      %92 = arith.cmpi eq, %dim, %c1 : index
      %93 = arith.select %92, %c0, %89 : index
      %extracted = tensor.extract %arg0[%93, %90, %c0, %91] : tensor<?x3x1x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x1x64xbf16>
    %collapsed = tensor.collapse_shape %6 [[0, 1], [2], [3]] : tensor<?x3x1x64xbf16> into tensor<?x1x64xbf16>
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    %7 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %8 = tensor.empty(%dim, %dim_2) : tensor<?x3x64x?xbf16>
    %9 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%8 : tensor<?x3x64x?xbf16>) {
    ^bb0(%out: bf16):
      %89 = linalg.index 0 : index
      %90 = linalg.index 1 : index
      %91 = linalg.index 2 : index
      %92 = linalg.index 3 : index
      %93 = arith.cmpi eq, %dim_3, %c1 : index
      %94 = arith.select %93, %c0, %89 : index
      %95 = arith.cmpi eq, %dim_4, %c1 : index
      %96 = arith.select %95, %c0, %92 : index
      %extracted = tensor.extract %transposed[%94, %90, %91, %96] : tensor<?x3x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x64x?xbf16>
    %10 = arith.cmpi slt, %3, %c0_i64 : i64
    %11 = arith.select %10, %c1_i64, %3 : i64
    %12 = arith.extui %10 : i1 to i64
    %13 = arith.muli %11, %c64_i64 : i64
    %14 = arith.muli %13, %1 : i64
    %15 = arith.addi %12, %c1_i64 : i64
    %16 = arith.cmpi slt, %1, %c0_i64 : i64
    %17 = arith.select %16, %13, %14 : i64
    %18 = arith.select %16, %15, %12 : i64
    %19 = arith.cmpi sle, %18, %c1_i64 : i64
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %20 = arith.muli %0, %c192_i64 : i64
    %21 = arith.muli %20, %1 : i64
    %22 = arith.divsi %21, %17 : i64
    %23 = arith.select %10, %22, %3 : i64
    %24 = arith.select %16, %22, %1 : i64
    %from_elements = tensor.from_elements %23, %c64_i64, %24 : tensor<3xi64>
    %reshape = tensor.reshape %9(%from_elements) : (tensor<?x3x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %25 = affine.apply #map1()[%dim]
    %26 = arith.index_cast %24 : i64 to index
    %27 = arith.index_cast %25 : index to i64
    %28 = arith.cmpi eq, %27, %23 : i64
    cf.assert %28, "mismatching contracting dimension"
    %29 = tensor.empty(%25, %26) : tensor<?x1x?xf32>
    %30 = linalg.fill ins(%cst : f32) outs(%29 : tensor<?x1x?xf32>) -> tensor<?x1x?xf32>
    %31 = linalg.batch_matmul ins(%collapsed, %reshape : tensor<?x1x64xbf16>, tensor<?x64x?xbf16>) outs(%30 : tensor<?x1x?xf32>) -> tensor<?x1x?xf32>
    %32 = tensor.empty(%25, %26) : tensor<?x1x?xbf16>
    %33 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<?x1x?xf32>) outs(%32 : tensor<?x1x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %89 = arith.truncf %in : f32 to bf16
      linalg.yield %89 : bf16
    } -> tensor<?x1x?xbf16>
    %34 = arith.cmpi slt, %0, %c0_i64 : i64
    %35 = arith.select %34, %c1_i64, %0 : i64
    %36 = arith.extui %34 : i1 to i64
    %37 = arith.muli %35, %c3_i64 : i64
    %38 = arith.muli %37, %1 : i64
    %39 = arith.addi %36, %c1_i64 : i64
    %40 = arith.select %16, %37, %38 : i64
    %41 = arith.select %16, %39, %36 : i64
    %42 = arith.cmpi sle, %41, %c1_i64 : i64
    cf.assert %42, "must have at most one inferred (negative) dimension"
    %43 = arith.muli %27, %24 : i64
    %44 = arith.divsi %43, %40 : i64
    %45 = arith.select %34, %44, %0 : i64
    %46 = arith.select %16, %44, %1 : i64
    %from_elements_5 = tensor.from_elements %45, %c3_i64, %c1_i64, %46 : tensor<4xi64>
    %reshape_6 = tensor.reshape %33(%from_elements_5) : (tensor<?x1x?xbf16>, tensor<4xi64>) -> tensor<?x3x1x?xbf16>
    %47 = arith.index_cast %45 : i64 to index
    %48 = arith.index_cast %46 : i64 to index
    %49 = tensor.empty(%47, %48) : tensor<?x3x1x?xbf16>
    %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_6 : tensor<?x3x1x?xbf16>) outs(%49 : tensor<?x3x1x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %89 = arith.divf %in, %cst_1 : bf16
      linalg.yield %89 : bf16
    } -> tensor<?x3x1x?xbf16>
    %51 = tensor.empty(%47, %48) : tensor<?x3x1x?xf32>
    %52 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%50 : tensor<?x3x1x?xbf16>) outs(%51 : tensor<?x3x1x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %89 = arith.extf %in : bf16 to f32
      linalg.yield %89 : f32
    } -> tensor<?x3x1x?xf32>
    %53 = tensor.empty(%47) : tensor<?x3x1xi64>
    %54 = linalg.fill ins(%c0_i64 : i64) outs(%53 : tensor<?x3x1xi64>) -> tensor<?x3x1xi64>
    %55 = tensor.empty(%47) : tensor<?x3x1xf32>
    %56 = linalg.fill ins(%cst_0 : f32) outs(%55 : tensor<?x3x1xf32>) -> tensor<?x3x1xf32>
    %57:2 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%52 : tensor<?x3x1x?xf32>) outs(%56, %54 : tensor<?x3x1xf32>, tensor<?x3x1xi64>) {
    ^bb0(%in: f32, %out: f32, %out_12: i64):
      %89 = linalg.index 3 : index
      %90 = arith.index_cast %89 : index to i64
      %91 = arith.maximumf %in, %out : f32
      %92 = arith.cmpf ogt, %in, %out : f32
      %93 = arith.select %92, %90, %out_12 : i64
      linalg.yield %91, %93 : f32, i64
    } -> (tensor<?x3x1xf32>, tensor<?x3x1xi64>)
    %expanded = tensor.expand_shape %57#0 [[0], [1], [2, 3]] output_shape [%47, 3, 1, 1] : tensor<?x3x1xf32> into tensor<?x3x1x1xf32>
    %58 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52, %expanded : tensor<?x3x1x?xf32>, tensor<?x3x1x1xf32>) outs(%51 : tensor<?x3x1x?xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %89 = arith.subf %in, %in_12 : f32
      linalg.yield %89 : f32
    } -> tensor<?x3x1x?xf32>
    %59 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%58 : tensor<?x3x1x?xf32>) outs(%51 : tensor<?x3x1x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %89 = math.exp %in : f32
      linalg.yield %89 : f32
    } -> tensor<?x3x1x?xf32>
    %60 = tensor.empty(%47) : tensor<?x3x1x1xf32>
    %61 = linalg.fill ins(%cst : f32) outs(%60 : tensor<?x3x1x1xf32>) -> tensor<?x3x1x1xf32>
    %62 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%59 : tensor<?x3x1x?xf32>) outs(%61 : tensor<?x3x1x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %89 = arith.addf %in, %out : f32
      linalg.yield %89 : f32
    } -> tensor<?x3x1x1xf32>
    %63 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%59, %62 : tensor<?x3x1x?xf32>, tensor<?x3x1x1xf32>) outs(%51 : tensor<?x3x1x?xf32>) {
    ^bb0(%in: f32, %in_12: f32, %out: f32):
      %89 = arith.divf %in, %in_12 : f32
      linalg.yield %89 : f32
    } -> tensor<?x3x1x?xf32>
    %64 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63 : tensor<?x3x1x?xf32>) outs(%49 : tensor<?x3x1x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %89 = arith.truncf %in : f32 to bf16
      linalg.yield %89 : bf16
    } -> tensor<?x3x1x?xbf16>
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %65 = tensor.empty(%dim, %dim_2) : tensor<?x3x1x?xbf16>
    %66 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%65 : tensor<?x3x1x?xbf16>) {
    ^bb0(%out: bf16):
      %89 = linalg.index 0 : index
      %90 = linalg.index 1 : index
      %91 = linalg.index 3 : index
      %92 = arith.cmpi eq, %47, %c1 : index
      %93 = arith.select %92, %c0, %89 : index
      %94 = arith.cmpi eq, %48, %c1 : index
      %95 = arith.select %94, %c0, %91 : index
      %extracted = tensor.extract %64[%93, %90, %c0, %95] : tensor<?x3x1x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x1x?xbf16>
    %67 = arith.muli %11, %1 : i64
    %68 = arith.select %16, %11, %67 : i64
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %69 = arith.muli %3, %1 : i64
    %70 = arith.divsi %69, %68 : i64
    %71 = arith.select %10, %70, %3 : i64
    %72 = arith.select %16, %70, %1 : i64
    %from_elements_7 = tensor.from_elements %71, %c1_i64, %72 : tensor<3xi64>
    %reshape_8 = tensor.reshape %66(%from_elements_7) : (tensor<?x3x1x?xbf16>, tensor<3xi64>) -> tensor<?x1x?xbf16>
    cf.assert %4, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %7, "unimplemented: dynamic negative broadcast sizes"
    %73 = tensor.empty(%dim, %dim_2) : tensor<?x3x?x64xbf16>
    %74 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%73 : tensor<?x3x?x64xbf16>) {
    ^bb0(%out: bf16):
      %89 = linalg.index 0 : index
      %90 = linalg.index 1 : index
      %91 = linalg.index 2 : index
      %92 = linalg.index 3 : index
      %dim_12 = tensor.dim %arg2, %c0 : tensor<?x3x?x64xbf16>
      %93 = arith.cmpi eq, %dim_12, %c1 : index
      %94 = arith.select %93, %c0, %89 : index
      %95 = arith.cmpi eq, %dim_2, %c1 : index
      %96 = arith.select %95, %c0, %91 : index
      %extracted = tensor.extract %arg2[%94, %90, %96, %92] : tensor<?x3x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x3x?x64xbf16>
    %75 = arith.muli %68, %c64_i64 : i64
    cf.assert %19, "must have at most one inferred (negative) dimension"
    %76 = arith.muli %69, %c64_i64 : i64
    %77 = arith.divsi %76, %75 : i64
    %78 = arith.select %10, %77, %3 : i64
    %79 = arith.select %16, %77, %1 : i64
    %from_elements_9 = tensor.from_elements %78, %79, %c64_i64 : tensor<3xi64>
    %reshape_10 = tensor.reshape %74(%from_elements_9) : (tensor<?x3x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %80 = arith.index_cast %71 : i64 to index
    %81 = arith.cmpi eq, %71, %78 : i64
    cf.assert %81, "mismatching contracting dimension"
    %82 = arith.cmpi eq, %72, %79 : i64
    cf.assert %82, "mismatching contracting dimension"
    %83 = tensor.empty(%80) : tensor<?x1x64xf32>
    %84 = linalg.fill ins(%cst : f32) outs(%83 : tensor<?x1x64xf32>) -> tensor<?x1x64xf32>
    %85 = linalg.batch_matmul ins(%reshape_8, %reshape_10 : tensor<?x1x?xbf16>, tensor<?x?x64xbf16>) outs(%84 : tensor<?x1x64xf32>) -> tensor<?x1x64xf32>
    %86 = tensor.empty(%80) : tensor<?x1x64xbf16>
    %87 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85 : tensor<?x1x64xf32>) outs(%86 : tensor<?x1x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %89 = arith.truncf %in : f32 to bf16
      linalg.yield %89 : bf16
    } -> tensor<?x1x64xbf16>
    %88 = arith.divsi %80, %c3 : index
    %expanded_11 = tensor.expand_shape %87 [[0, 1], [2], [3]] output_shape [%88, 3, 1, 64] : tensor<?x1x64xbf16> into tensor<?x3x1x64xbf16>
    return %expanded_11 : tensor<?x3x1x64xbf16>
  }
}

