// sizes: B H S 64; B H S 64; B H S 64
#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1) -> ()>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
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
    %cst_2 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_3 = arith.constant dense<true> : tensor<i1>
    %cst_4 = arith.constant 0xFFF0000000000000 : f64
    %cst_5 = arith.constant 0.35355339059327379 : f64
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_6 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_6 : index to i64
    %dim_7 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_7 : index to i64
    %dim_8 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
    %3 = tensor.empty(%dim, %dim_8, %dim_6) : tensor<?x?x?x64xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<?x?x?x64xbf16>) outs(%3 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %153 = arith.extf %in : bf16 to f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x64xf32>
    %dim_9 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_10 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_11 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %5 = tensor.empty(%dim_9, %dim_10, %dim_11) : tensor<?x?x?x64xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<?x?x?x64xbf16>) outs(%5 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %153 = arith.extf %in : bf16 to f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x64xf32>
    %dim_12 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
    %dim_13 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
    %7 = tensor.empty(%dim_12, %dim_7, %dim_13) : tensor<?x?x?x64xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<?x?x?x64xbf16>) outs(%7 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %153 = arith.extf %in : bf16 to f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x64xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<?x?x?x64xf32>) outs(%3 : tensor<?x?x?x64xf32>) {
    ^bb0(%in: f32, %out: f32):
      %153 = arith.truncf %cst_5 : f64 to f32
      %154 = arith.mulf %in, %153 : f32
      linalg.yield %154 : f32
    } -> tensor<?x?x?x64xf32>
    %10 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %10, "negative values not allowed in new dimensions"
    cf.assert %10, "negative values not allowed in new dimensions"
    %11 = tensor.empty(%dim_6, %dim_6) : tensor<?x?xi1>
    %12 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel"]} ins(%cst_3 : tensor<i1>) outs(%11 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<?x?xi1>
    %13 = tensor.empty(%dim_6) : tensor<?xi64>
    %14 = linalg.generic {indexing_maps = [#map3], iterator_types = ["parallel"]} outs(%13 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %153 = linalg.index 0 : index
      %154 = arith.index_cast %153 : index to i64
      linalg.yield %154 : i64
    } -> tensor<?xi64>
    %expanded = tensor.expand_shape %14 [[0, 1]] output_shape [1, %dim_6] : tensor<?xi64> into tensor<1x?xi64>
    %expanded_14 = tensor.expand_shape %14 [[0, 1]] output_shape [%dim_6, 1] : tensor<?xi64> into tensor<?x1xi64>
    %15 = tensor.empty(%dim_6, %dim_6) : tensor<?x?xi64>
    %16 = linalg.generic {indexing_maps = [#map4, #map5, #map2], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_14 : tensor<1x?xi64>, tensor<?x1xi64>) outs(%15 : tensor<?x?xi64>) {
    ^bb0(%in: i64, %in_25: i64, %out: i64):
      %153 = arith.subi %in, %in_25 : i64
      linalg.yield %153 : i64
    } -> tensor<?x?xi64>
    %17 = tensor.empty(%dim_6, %dim_6) : tensor<?x?xi1>
    %18 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<?x?xi64>) outs(%17 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %out: i1):
      %153 = arith.cmpi sle, %in, %c0_i64 : i64
      linalg.yield %153 : i1
    } -> tensor<?x?xi1>
    cf.assert %true, "mismatched size for broadcast"
    cf.assert %true, "mismatched size for broadcast"
    %19 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%18, %12 : tensor<?x?xi1>, tensor<?x?xi1>) outs(%17 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %in_25: i1, %out: i1):
      %153 = arith.andi %in, %in_25 : i1
      linalg.yield %153 : i1
    } -> tensor<?x?xi1>
    %20 = tensor.empty(%dim_6, %dim_6) : tensor<?x?xf32>
    %21 = linalg.generic {indexing_maps = [#map2, #map1, #map1, #map2], iterator_types = ["parallel", "parallel"]} ins(%19, %cst_1, %cst_2 : tensor<?x?xi1>, tensor<f32>, tensor<f32>) outs(%20 : tensor<?x?xf32>) {
    ^bb0(%in: i1, %in_25: f32, %in_26: f32, %out: f32):
      %153 = arith.select %in, %in_25, %in_26 : f32
      linalg.yield %153 : f32
    } -> tensor<?x?xf32>
    %22 = tensor.empty(%dim_9, %dim_10, %dim_11) : tensor<?x?x64x?xf32>
    %transposed = linalg.transpose ins(%6 : tensor<?x?x?x64xf32>) outs(%22 : tensor<?x?x64x?xf32>) permutation = [0, 1, 3, 2] 
    %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<?x?x64x?xf32>) outs(%22 : tensor<?x?x64x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %153 = arith.truncf %cst_5 : f64 to f32
      %154 = arith.mulf %in, %153 : f32
      linalg.yield %154 : f32
    } -> tensor<?x?x64x?xf32>
    %24 = arith.muli %0, %2 : i64
    %25 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %25, "unimplemented: dynamic negative broadcast sizes"
    %26 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    %27 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %27, "unimplemented: dynamic negative broadcast sizes"
    %28 = tensor.empty(%dim, %dim_7, %dim_6) : tensor<?x?x?x64xf32>
    %29 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%28 : tensor<?x?x?x64xf32>) {
    ^bb0(%out: f32):
      %153 = linalg.index 0 : index
      %154 = linalg.index 1 : index
      %155 = linalg.index 2 : index
      %156 = linalg.index 3 : index
      %157 = arith.cmpi eq, %dim, %c1 : index
      %158 = arith.select %157, %c0, %153 : index
      %159 = arith.cmpi eq, %dim_8, %c1 : index
      %160 = arith.select %159, %c0, %154 : index
      %161 = arith.cmpi eq, %dim_6, %c1 : index
      %162 = arith.select %161, %c0, %155 : index
      %extracted = tensor.extract %9[%158, %160, %162, %156] : tensor<?x?x?x64xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x64xf32>
    %30 = arith.cmpi slt, %24, %c0_i64 : i64
    %31 = arith.select %30, %c1_i64, %24 : i64
    %32 = arith.extui %30 : i1 to i64
    %33 = arith.muli %31, %1 : i64
    %34 = arith.addi %32, %c1_i64 : i64
    %35 = arith.cmpi slt, %1, %c0_i64 : i64
    %36 = arith.select %35, %31, %33 : i64
    %37 = arith.select %35, %34, %32 : i64
    %38 = arith.muli %36, %c64_i64 : i64
    %39 = arith.cmpi sle, %37, %c1_i64 : i64
    cf.assert %39, "must have at most one inferred (negative) dimension"
    %40 = arith.muli %24, %1 : i64
    %41 = arith.muli %40, %c64_i64 : i64
    %42 = arith.divsi %41, %38 : i64
    %43 = arith.select %30, %42, %24 : i64
    %44 = arith.select %35, %42, %1 : i64
    %from_elements = tensor.from_elements %43, %44, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %29(%from_elements) : (tensor<?x?x?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
    cf.assert %25, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %27, "unimplemented: dynamic negative broadcast sizes"
    %45 = tensor.empty(%dim, %dim_7, %dim_6) : tensor<?x?x64x?xf32>
    %46 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%45 : tensor<?x?x64x?xf32>) {
    ^bb0(%out: f32):
      %153 = linalg.index 0 : index
      %154 = linalg.index 1 : index
      %155 = linalg.index 2 : index
      %156 = linalg.index 3 : index
      %157 = arith.cmpi eq, %dim_9, %c1 : index
      %158 = arith.select %157, %c0, %153 : index
      %159 = arith.cmpi eq, %dim_10, %c1 : index
      %160 = arith.select %159, %c0, %154 : index
      %161 = arith.cmpi eq, %dim_11, %c1 : index
      %162 = arith.select %161, %c0, %156 : index
      %extracted = tensor.extract %23[%158, %160, %155, %162] : tensor<?x?x64x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x64x?xf32>
    %47 = arith.muli %31, %c64_i64 : i64
    %48 = arith.muli %47, %1 : i64
    %49 = arith.select %35, %47, %48 : i64
    cf.assert %39, "must have at most one inferred (negative) dimension"
    %50 = arith.muli %24, %c64_i64 : i64
    %51 = arith.muli %50, %1 : i64
    %52 = arith.divsi %51, %49 : i64
    %53 = arith.select %30, %52, %24 : i64
    %54 = arith.select %35, %52, %1 : i64
    %from_elements_15 = tensor.from_elements %53, %c64_i64, %54 : tensor<3xi64>
    %reshape_16 = tensor.reshape %46(%from_elements_15) : (tensor<?x?x64x?xf32>, tensor<3xi64>) -> tensor<?x64x?xf32>
    %55 = arith.index_cast %43 : i64 to index
    %56 = arith.index_cast %44 : i64 to index
    %57 = arith.index_cast %54 : i64 to index
    %58 = arith.cmpi eq, %43, %53 : i64
    cf.assert %58, "mismatching contracting dimension"
    %59 = tensor.empty(%55, %56, %57) : tensor<?x?x?xf32>
    %60 = linalg.fill ins(%cst : f32) outs(%59 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %61 = linalg.batch_matmul ins(%reshape, %reshape_16 : tensor<?x?x64xf32>, tensor<?x64x?xf32>) outs(%60 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %62 = arith.cmpi slt, %0, %c0_i64 : i64
    %63 = arith.select %62, %c1_i64, %0 : i64
    %64 = arith.extui %62 : i1 to i64
    %65 = arith.muli %63, %2 : i64
    %66 = arith.addi %64, %c1_i64 : i64
    %67 = arith.cmpi slt, %2, %c0_i64 : i64
    %68 = arith.select %67, %63, %65 : i64
    %69 = arith.select %67, %66, %64 : i64
    %70 = arith.muli %68, %1 : i64
    %71 = arith.addi %69, %c1_i64 : i64
    %72 = arith.select %35, %68, %70 : i64
    %73 = arith.select %35, %71, %69 : i64
    %74 = arith.muli %72, %1 : i64
    %75 = arith.addi %73, %c1_i64 : i64
    %76 = arith.select %35, %68, %74 : i64
    %77 = arith.select %35, %75, %69 : i64
    %78 = arith.cmpi sle, %77, %c1_i64 : i64
    cf.assert %78, "must have at most one inferred (negative) dimension"
    %79 = arith.muli %43, %44 : i64
    %80 = arith.muli %79, %54 : i64
    %81 = arith.divsi %80, %76 : i64
    %82 = arith.select %62, %81, %0 : i64
    %83 = arith.select %67, %81, %2 : i64
    %84 = arith.select %35, %81, %1 : i64
    %from_elements_17 = tensor.from_elements %82, %83, %84, %84 : tensor<4xi64>
    %reshape_18 = tensor.reshape %61(%from_elements_17) : (tensor<?x?x?xf32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
    %85 = arith.index_cast %82 : i64 to index
    %86 = arith.index_cast %83 : i64 to index
    %87 = arith.index_cast %84 : i64 to index
    %88 = arith.cmpi eq, %87, %dim_6 : index
    cf.assert %88, "mismatched size for broadcast"
    cf.assert %88, "mismatched size for broadcast"
    %89 = tensor.empty(%85, %86, %87, %87) : tensor<?x?x?x?xf32>
    %90 = linalg.generic {indexing_maps = [#map, #map6, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_18, %21 : tensor<?x?x?x?xf32>, tensor<?x?xf32>) outs(%89 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %153 = arith.addf %in, %in_25 : f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x?xf32>
    %91 = tensor.empty(%85, %86, %87) : tensor<?x?x?xi64>
    %92 = linalg.fill ins(%c0_i64 : i64) outs(%91 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %93 = tensor.empty(%85, %86, %87) : tensor<?x?x?xf32>
    %94 = linalg.fill ins(%cst_0 : f32) outs(%93 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %95:2 = linalg.generic {indexing_maps = [#map, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%90 : tensor<?x?x?x?xf32>) outs(%94, %92 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_25: i64):
      %153 = linalg.index 3 : index
      %154 = arith.index_cast %153 : index to i64
      %155 = arith.maximumf %in, %out : f32
      %156 = arith.cmpf ogt, %in, %out : f32
      %157 = arith.select %156, %154, %out_25 : i64
      linalg.yield %155, %157 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_19 = tensor.expand_shape %95#0 [[0], [1], [2, 3]] output_shape [%85, %86, %87, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %96 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%90, %expanded_19 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%89 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %153 = arith.subf %in, %in_25 : f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x?xf32>
    %97 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%96 : tensor<?x?x?x?xf32>) outs(%89 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %153 = math.exp %in : f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x?xf32>
    %98 = tensor.empty(%85, %86, %87) : tensor<?x?x?x1xf32>
    %99 = linalg.fill ins(%cst : f32) outs(%98 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %100 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%97 : tensor<?x?x?x?xf32>) outs(%99 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %153 = arith.addf %in, %out : f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x1xf32>
    %101 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%97, %100 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%89 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_25: f32, %out: f32):
      %153 = arith.divf %in, %in_25 : f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x?xf32>
    %102 = tensor.empty(%85, %86, %87, %87) : tensor<?x?x?x?xi1>
    %103 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%90 : tensor<?x?x?x?xf32>) outs(%102 : tensor<?x?x?x?xi1>) {
    ^bb0(%in: f32, %out: i1):
      %153 = arith.extf %in : f32 to f64
      %154 = arith.cmpf oeq, %153, %cst_4 : f64
      linalg.yield %154 : i1
    } -> tensor<?x?x?x?xi1>
    %104 = tensor.empty(%85, %86, %87) : tensor<?x?x?x1xi1>
    %105 = linalg.fill ins(%true : i1) outs(%104 : tensor<?x?x?x1xi1>) -> tensor<?x?x?x1xi1>
    %106 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%103 : tensor<?x?x?x?xi1>) outs(%105 : tensor<?x?x?x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %153 = arith.andi %in, %out : i1
      linalg.yield %153 : i1
    } -> tensor<?x?x?x1xi1>
    %107 = arith.cmpi sge, %82, %c0_i64 : i64
    cf.assert %107, "negative values not allowed in new dimensions"
    %108 = arith.index_cast %82 : i64 to index
    %109 = arith.cmpi sge, %83, %c0_i64 : i64
    cf.assert %109, "negative values not allowed in new dimensions"
    %110 = arith.index_cast %83 : i64 to index
    %111 = arith.cmpi sge, %84, %c0_i64 : i64
    cf.assert %111, "negative values not allowed in new dimensions"
    %112 = arith.index_cast %84 : i64 to index
    cf.assert %111, "negative values not allowed in new dimensions"
    %113 = tensor.empty(%108, %110, %112, %112) : tensor<?x?x?x?xf32>
    %114 = linalg.generic {indexing_maps = [#map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_1 : tensor<f32>) outs(%113 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<?x?x?x?xf32>
    %115 = arith.cmpi eq, %85, %108 : index
    cf.assert %115, "mismatched size for broadcast"
    %116 = arith.cmpi eq, %86, %110 : index
    cf.assert %116, "mismatched size for broadcast"
    %117 = arith.cmpi eq, %87, %112 : index
    cf.assert %117, "mismatched size for broadcast"
    %118 = arith.cmpi eq, %112, %87 : index
    cf.assert %118, "mismatched size for broadcast"
    %119 = tensor.empty(%85, %86, %87, %112) : tensor<?x?x?x?xf32>
    %120 = linalg.generic {indexing_maps = [#map8, #map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%106, %114, %101 : tensor<?x?x?x1xi1>, tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>) outs(%119 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: i1, %in_25: f32, %in_26: f32, %out: f32):
      %153 = arith.select %in, %in_25, %in_26 : f32
      linalg.yield %153 : f32
    } -> tensor<?x?x?x?xf32>
    cf.assert %25, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %27, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %27, "unimplemented: dynamic negative broadcast sizes"
    %121 = tensor.empty(%dim, %dim_7, %dim_6, %dim_6) : tensor<?x?x?x?xf32>
    %122 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%121 : tensor<?x?x?x?xf32>) {
    ^bb0(%out: f32):
      %153 = linalg.index 0 : index
      %154 = linalg.index 1 : index
      %155 = linalg.index 2 : index
      %156 = linalg.index 3 : index
      %157 = arith.cmpi eq, %85, %c1 : index
      %158 = arith.select %157, %c0, %153 : index
      %159 = arith.cmpi eq, %86, %c1 : index
      %160 = arith.select %159, %c0, %154 : index
      %161 = arith.cmpi eq, %87, %c1 : index
      %162 = arith.select %161, %c0, %155 : index
      %163 = arith.cmpi eq, %112, %c1 : index
      %164 = arith.select %163, %c0, %156 : index
      %extracted = tensor.extract %120[%158, %160, %162, %164] : tensor<?x?x?x?xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x?xf32>
    %123 = arith.muli %36, %1 : i64
    %124 = arith.addi %37, %c1_i64 : i64
    %125 = arith.select %35, %31, %123 : i64
    %126 = arith.select %35, %124, %32 : i64
    %127 = arith.cmpi sle, %126, %c1_i64 : i64
    cf.assert %127, "must have at most one inferred (negative) dimension"
    %128 = arith.muli %40, %1 : i64
    %129 = arith.divsi %128, %125 : i64
    %130 = arith.select %30, %129, %24 : i64
    %131 = arith.select %35, %129, %1 : i64
    %from_elements_20 = tensor.from_elements %130, %131, %131 : tensor<3xi64>
    %reshape_21 = tensor.reshape %122(%from_elements_20) : (tensor<?x?x?x?xf32>, tensor<3xi64>) -> tensor<?x?x?xf32>
    cf.assert %25, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %26, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %27, "unimplemented: dynamic negative broadcast sizes"
    %132 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%28 : tensor<?x?x?x64xf32>) {
    ^bb0(%out: f32):
      %153 = linalg.index 0 : index
      %154 = linalg.index 1 : index
      %155 = linalg.index 2 : index
      %156 = linalg.index 3 : index
      %157 = arith.cmpi eq, %dim_12, %c1 : index
      %158 = arith.select %157, %c0, %153 : index
      %159 = arith.cmpi eq, %dim_7, %c1 : index
      %160 = arith.select %159, %c0, %154 : index
      %161 = arith.cmpi eq, %dim_13, %c1 : index
      %162 = arith.select %161, %c0, %155 : index
      %extracted = tensor.extract %8[%158, %160, %162, %156] : tensor<?x?x?x64xf32>
      linalg.yield %extracted : f32
    } -> tensor<?x?x?x64xf32>
    cf.assert %39, "must have at most one inferred (negative) dimension"
    %reshape_22 = tensor.reshape %132(%from_elements) : (tensor<?x?x?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
    %133 = arith.index_cast %130 : i64 to index
    %134 = arith.index_cast %131 : i64 to index
    %135 = arith.cmpi eq, %130, %43 : i64
    cf.assert %135, "mismatching contracting dimension"
    %136 = arith.cmpi eq, %131, %44 : i64
    cf.assert %136, "mismatching contracting dimension"
    %137 = tensor.empty(%133, %134) : tensor<?x?x64xf32>
    %138 = linalg.fill ins(%cst : f32) outs(%137 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %139 = linalg.batch_matmul ins(%reshape_21, %reshape_22 : tensor<?x?x?xf32>, tensor<?x?x64xf32>) outs(%138 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %140 = arith.muli %72, %c64_i64 : i64
    %141 = arith.cmpi sle, %73, %c1_i64 : i64
    cf.assert %141, "must have at most one inferred (negative) dimension"
    %142 = arith.muli %130, %131 : i64
    %143 = arith.muli %142, %c64_i64 : i64
    %144 = arith.divsi %143, %140 : i64
    %145 = arith.select %62, %144, %0 : i64
    %146 = arith.select %67, %144, %2 : i64
    %147 = arith.select %35, %144, %1 : i64
    %from_elements_23 = tensor.from_elements %145, %146, %147, %c64_i64 : tensor<4xi64>
    %reshape_24 = tensor.reshape %139(%from_elements_23) : (tensor<?x?x64xf32>, tensor<4xi64>) -> tensor<?x?x?x64xf32>
    %148 = arith.index_cast %145 : i64 to index
    %149 = arith.index_cast %146 : i64 to index
    %150 = arith.index_cast %147 : i64 to index
    %151 = tensor.empty(%148, %149, %150) : tensor<?x?x?x64xbf16>
    %152 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_24 : tensor<?x?x?x64xf32>) outs(%151 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %153 = arith.truncf %in : f32 to bf16
      linalg.yield %153 : bf16
    } -> tensor<?x?x?x64xbf16>
    return %152 : tensor<?x?x?x64xbf16>
  }
}

