#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1) -> ()>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1) -> (d0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x32xbf16>) -> tensor<?x?x32xbf16> {
    %c96_i64 = arith.constant 96 : i64
    %c32_i64 = arith.constant 32 : i64
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %cst = arith.constant 0.000000e+00 : f32
    %c2_i64 = arith.constant 2 : i64
    %c16_i64 = arith.constant 16 : i64
    %true = arith.constant true
    %cst_0 = arith.constant 0xFF800000 : f32
    %cst_1 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_2 = arith.constant dense<true> : tensor<i1>
    %cst_3 = arith.constant dense_resource<torch_tensor_32_torch.bfloat16> : tensor<32xbf16>
    %cst_4 = arith.constant dense_resource<torch_tensor_32_32_torch.bfloat16> : tensor<32x32xbf16>
    %cst_5 = arith.constant dense_resource<torch_tensor_96_torch.bfloat16> : tensor<96xbf16>
    %cst_6 = arith.constant dense_resource<torch_tensor_96_32_torch.bfloat16> : tensor<96x32xbf16>
    %cst_7 = arith.constant 2.500000e-01 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x32xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_8 = tensor.dim %arg0, %c1 : tensor<?x?x32xbf16>
    %1 = arith.index_cast %dim_8 : index to i64
    %cast = tensor.cast %arg0 : tensor<?x?x32xbf16> to tensor<?x1x32xbf16>
    %collapsed = tensor.collapse_shape %cast [[0], [1, 2]] : tensor<?x1x32xbf16> into tensor<?x32xbf16>
    %2 = tensor.empty() : tensor<32x96xbf16>
    %transposed = linalg.transpose ins(%cst_6 : tensor<96x32xbf16>) outs(%2 : tensor<32x96xbf16>) permutation = [1, 0] 
    %3 = tensor.empty() : tensor<96xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%cst_5 : tensor<96xbf16>) outs(%3 : tensor<96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<96xf32>
    %dim_9 = tensor.dim %arg0, %c0 : tensor<?x?x32xbf16>
    %5 = tensor.empty(%dim_9) : tensor<?x32xf32>
    %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<?x32xbf16>) outs(%5 : tensor<?x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<?x32xf32>
    %7 = tensor.empty() : tensor<32x96xf32>
    %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed : tensor<32x96xbf16>) outs(%7 : tensor<32x96xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<32x96xf32>
    %9 = tensor.empty(%dim_9) : tensor<?x96xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<?x96xf32>) -> tensor<?x96xf32>
    %11 = linalg.matmul ins(%6, %8 : tensor<?x32xf32>, tensor<32x96xf32>) outs(%10 : tensor<?x96xf32>) -> tensor<?x96xf32>
    %12 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%11, %4 : tensor<?x96xf32>, tensor<96xf32>) outs(%9 : tensor<?x96xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %183 = arith.addf %in, %in_40 : f32
      linalg.yield %183 : f32
    } -> tensor<?x96xf32>
    %13 = tensor.empty(%dim_9) : tensor<?x96xbf16>
    %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<?x96xf32>) outs(%13 : tensor<?x96xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %183 = arith.truncf %in : f32 to bf16
      linalg.yield %183 : bf16
    } -> tensor<?x96xbf16>
    %15 = arith.cmpi slt, %0, %c0_i64 : i64
    %16 = arith.select %15, %c1_i64, %0 : i64
    %17 = arith.extui %15 : i1 to i64
    %18 = arith.muli %16, %1 : i64
    %19 = arith.addi %17, %c1_i64 : i64
    %20 = arith.cmpi slt, %1, %c0_i64 : i64
    %21 = arith.select %20, %16, %18 : i64
    %22 = arith.select %20, %19, %17 : i64
    %23 = arith.muli %21, %c96_i64 : i64
    %24 = arith.cmpi sle, %22, %c1_i64 : i64
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %25 = arith.index_cast %dim_9 : index to i64
    %26 = arith.muli %25, %c96_i64 : i64
    %27 = arith.divsi %26, %23 : i64
    %28 = arith.select %15, %27, %0 : i64
    %29 = arith.select %20, %27, %1 : i64
    %from_elements = tensor.from_elements %28, %29, %c96_i64 : tensor<3xi64>
    %reshape = tensor.reshape %14(%from_elements) : (tensor<?x96xbf16>, tensor<3xi64>) -> tensor<?x?x96xbf16>
    %30 = arith.index_cast %28 : i64 to index
    %31 = arith.index_cast %29 : i64 to index
    %extracted_slice = tensor.extract_slice %reshape[0, 0, 0] [%30, %31, 32] [1, 1, 1] : tensor<?x?x96xbf16> to tensor<?x?x32xbf16>
    %extracted_slice_10 = tensor.extract_slice %reshape[0, 0, 32] [%30, %31, 32] [1, 1, 1] : tensor<?x?x96xbf16> to tensor<?x?x32xbf16>
    %extracted_slice_11 = tensor.extract_slice %reshape[0, 0, 64] [%30, %31, 32] [1, 1, 1] : tensor<?x?x96xbf16> to tensor<?x?x32xbf16>
    %32 = arith.muli %21, %c32_i64 : i64
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %33 = arith.muli %28, %29 : i64
    %34 = arith.muli %33, %c32_i64 : i64
    %35 = arith.divsi %34, %32 : i64
    %36 = arith.select %15, %35, %0 : i64
    %37 = arith.select %20, %35, %1 : i64
    %from_elements_12 = tensor.from_elements %36, %37, %c2_i64, %c16_i64 : tensor<4xi64>
    %reshape_13 = tensor.reshape %extracted_slice(%from_elements_12) : (tensor<?x?x32xbf16>, tensor<4xi64>) -> tensor<?x?x2x16xbf16>
    %38 = arith.index_cast %36 : i64 to index
    %39 = arith.index_cast %37 : i64 to index
    %40 = tensor.empty(%38, %39) : tensor<?x2x?x16xbf16>
    %transposed_14 = linalg.transpose ins(%reshape_13 : tensor<?x?x2x16xbf16>) outs(%40 : tensor<?x2x?x16xbf16>) permutation = [0, 2, 1, 3] 
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %reshape_15 = tensor.reshape %extracted_slice_10(%from_elements_12) : (tensor<?x?x32xbf16>, tensor<4xi64>) -> tensor<?x?x2x16xbf16>
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %reshape_16 = tensor.reshape %extracted_slice_11(%from_elements_12) : (tensor<?x?x32xbf16>, tensor<4xi64>) -> tensor<?x?x2x16xbf16>
    %transposed_17 = linalg.transpose ins(%reshape_16 : tensor<?x?x2x16xbf16>) outs(%40 : tensor<?x2x?x16xbf16>) permutation = [0, 2, 1, 3] 
    %41 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %41, "negative values not allowed in new dimensions"
    cf.assert %41, "negative values not allowed in new dimensions"
    %42 = tensor.empty(%dim_8, %dim_8) : tensor<?x?xi1>
    %43 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_2 : tensor<i1>) outs(%42 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<?x?xi1>
    %44 = tensor.empty(%dim_8) : tensor<?xi64>
    %45 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%44 : tensor<?xi64>) {
    ^bb0(%out: i64):
      %183 = linalg.index 0 : index
      %184 = arith.index_cast %183 : index to i64
      linalg.yield %184 : i64
    } -> tensor<?xi64>
    %expanded = tensor.expand_shape %45 [[0, 1]] output_shape [1, %dim_8] : tensor<?xi64> into tensor<1x?xi64>
    %expanded_18 = tensor.expand_shape %45 [[0, 1]] output_shape [%dim_8, 1] : tensor<?xi64> into tensor<?x1xi64>
    %46 = tensor.empty(%dim_8, %dim_8) : tensor<?x?xi64>
    %47 = linalg.generic {indexing_maps = [#map4, #map5, #map1], iterator_types = ["parallel", "parallel"]} ins(%expanded, %expanded_18 : tensor<1x?xi64>, tensor<?x1xi64>) outs(%46 : tensor<?x?xi64>) {
    ^bb0(%in: i64, %in_40: i64, %out: i64):
      %183 = arith.subi %in, %in_40 : i64
      linalg.yield %183 : i64
    } -> tensor<?x?xi64>
    %48 = tensor.empty(%dim_8, %dim_8) : tensor<?x?xi1>
    %49 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%47 : tensor<?x?xi64>) outs(%48 : tensor<?x?xi1>) {
    ^bb0(%in: i64, %out: i1):
      %183 = arith.cmpi sle, %in, %c0_i64 : i64
      linalg.yield %183 : i1
    } -> tensor<?x?xi1>
    cf.assert %true, "mismatched size for broadcast"
    cf.assert %true, "mismatched size for broadcast"
    %50 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%49, %43 : tensor<?x?xi1>, tensor<?x?xi1>) outs(%48 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %in_40: i1, %out: i1):
      %183 = arith.andi %in, %in_40 : i1
      linalg.yield %183 : i1
    } -> tensor<?x?xi1>
    %51 = tensor.empty(%38, %39) : tensor<?x2x16x?xbf16>
    %transposed_19 = linalg.transpose ins(%reshape_15 : tensor<?x?x2x16xbf16>) outs(%51 : tensor<?x2x16x?xbf16>) permutation = [0, 2, 3, 1] 
    %52 = arith.muli %0, %c2_i64 : i64
    %53 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %53, "unimplemented: dynamic negative broadcast sizes"
    %54 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %54, "unimplemented: dynamic negative broadcast sizes"
    %55 = tensor.empty(%dim, %dim_8) : tensor<?x2x?x16xbf16>
    %56 = linalg.generic {indexing_maps = [#map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%55 : tensor<?x2x?x16xbf16>) {
    ^bb0(%out: bf16):
      %183 = linalg.index 0 : index
      %184 = linalg.index 1 : index
      %185 = linalg.index 2 : index
      %186 = linalg.index 3 : index
      %187 = arith.cmpi eq, %38, %c1 : index
      %188 = arith.select %187, %c0, %183 : index
      %189 = arith.cmpi eq, %39, %c1 : index
      %190 = arith.select %189, %c0, %185 : index
      %extracted = tensor.extract %transposed_14[%188, %184, %190, %186] : tensor<?x2x?x16xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x?x16xbf16>
    %57 = arith.cmpi slt, %52, %c0_i64 : i64
    %58 = arith.select %57, %c1_i64, %52 : i64
    %59 = arith.extui %57 : i1 to i64
    %60 = arith.muli %58, %1 : i64
    %61 = arith.addi %59, %c1_i64 : i64
    %62 = arith.select %20, %58, %60 : i64
    %63 = arith.select %20, %61, %59 : i64
    %64 = arith.muli %62, %c16_i64 : i64
    %65 = arith.cmpi sle, %63, %c1_i64 : i64
    cf.assert %65, "must have at most one inferred (negative) dimension"
    %66 = arith.muli %52, %1 : i64
    %67 = arith.muli %66, %c16_i64 : i64
    %68 = arith.divsi %67, %64 : i64
    %69 = arith.select %57, %68, %52 : i64
    %70 = arith.select %20, %68, %1 : i64
    %from_elements_20 = tensor.from_elements %69, %70, %c16_i64 : tensor<3xi64>
    %reshape_21 = tensor.reshape %56(%from_elements_20) : (tensor<?x2x?x16xbf16>, tensor<3xi64>) -> tensor<?x?x16xbf16>
    cf.assert %53, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %54, "unimplemented: dynamic negative broadcast sizes"
    %71 = tensor.empty(%dim, %dim_8) : tensor<?x2x16x?xbf16>
    %72 = linalg.generic {indexing_maps = [#map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%71 : tensor<?x2x16x?xbf16>) {
    ^bb0(%out: bf16):
      %183 = linalg.index 0 : index
      %184 = linalg.index 1 : index
      %185 = linalg.index 2 : index
      %186 = linalg.index 3 : index
      %187 = arith.cmpi eq, %38, %c1 : index
      %188 = arith.select %187, %c0, %183 : index
      %189 = arith.cmpi eq, %39, %c1 : index
      %190 = arith.select %189, %c0, %186 : index
      %extracted = tensor.extract %transposed_19[%188, %184, %185, %190] : tensor<?x2x16x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x16x?xbf16>
    %73 = arith.muli %58, %c16_i64 : i64
    %74 = arith.muli %73, %1 : i64
    %75 = arith.select %20, %73, %74 : i64
    cf.assert %65, "must have at most one inferred (negative) dimension"
    %76 = arith.muli %0, %c32_i64 : i64
    %77 = arith.muli %76, %1 : i64
    %78 = arith.divsi %77, %75 : i64
    %79 = arith.select %57, %78, %52 : i64
    %80 = arith.select %20, %78, %1 : i64
    %from_elements_22 = tensor.from_elements %79, %c16_i64, %80 : tensor<3xi64>
    %reshape_23 = tensor.reshape %72(%from_elements_22) : (tensor<?x2x16x?xbf16>, tensor<3xi64>) -> tensor<?x16x?xbf16>
    %81 = arith.index_cast %69 : i64 to index
    %82 = arith.index_cast %70 : i64 to index
    %83 = arith.index_cast %80 : i64 to index
    %84 = arith.cmpi eq, %69, %79 : i64
    cf.assert %84, "mismatching contracting dimension"
    %85 = tensor.empty(%81, %82, %83) : tensor<?x?x?xf32>
    %86 = linalg.fill ins(%cst : f32) outs(%85 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %87 = linalg.batch_matmul ins(%reshape_21, %reshape_23 : tensor<?x?x16xbf16>, tensor<?x16x?xbf16>) outs(%86 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %88 = tensor.empty(%81, %82, %83) : tensor<?x?x?xbf16>
    %89 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%87 : tensor<?x?x?xf32>) outs(%88 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %183 = arith.truncf %in : f32 to bf16
      linalg.yield %183 : bf16
    } -> tensor<?x?x?xbf16>
    %90 = arith.muli %16, %c2_i64 : i64
    %91 = arith.muli %90, %1 : i64
    %92 = arith.select %20, %90, %91 : i64
    %93 = arith.muli %92, %1 : i64
    %94 = arith.addi %22, %c1_i64 : i64
    %95 = arith.select %20, %90, %93 : i64
    %96 = arith.select %20, %94, %17 : i64
    %97 = arith.cmpi sle, %96, %c1_i64 : i64
    cf.assert %97, "must have at most one inferred (negative) dimension"
    %98 = arith.muli %69, %70 : i64
    %99 = arith.muli %98, %80 : i64
    %100 = arith.divsi %99, %95 : i64
    %101 = arith.select %15, %100, %0 : i64
    %102 = arith.select %20, %100, %1 : i64
    %from_elements_24 = tensor.from_elements %101, %c2_i64, %102, %102 : tensor<4xi64>
    %reshape_25 = tensor.reshape %89(%from_elements_24) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x2x?x?xbf16>
    %103 = arith.index_cast %101 : i64 to index
    %104 = arith.index_cast %102 : i64 to index
    %105 = tensor.empty(%103, %104, %104) : tensor<?x2x?x?xbf16>
    %106 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_25 : tensor<?x2x?x?xbf16>) outs(%105 : tensor<?x2x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %183 = arith.mulf %in, %cst_7 : bf16
      linalg.yield %183 : bf16
    } -> tensor<?x2x?x?xbf16>
    %107 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%50 : tensor<?x?xi1>) outs(%48 : tensor<?x?xi1>) {
    ^bb0(%in: i1, %out: i1):
      %183 = arith.xori %in, %true : i1
      linalg.yield %183 : i1
    } -> tensor<?x?xi1>
    %108 = arith.cmpi eq, %dim_8, %104 : index
    cf.assert %108, "mismatched size for broadcast"
    cf.assert %108, "mismatched size for broadcast"
    %109 = tensor.empty(%103, %dim_8, %dim_8) : tensor<?x2x?x?xbf16>
    %110 = linalg.generic {indexing_maps = [#map8, #map9, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%107, %cst_1, %106 : tensor<?x?xi1>, tensor<bf16>, tensor<?x2x?x?xbf16>) outs(%109 : tensor<?x2x?x?xbf16>) {
    ^bb0(%in: i1, %in_40: bf16, %in_41: bf16, %out: bf16):
      %183 = arith.select %in, %in_40, %in_41 : bf16
      linalg.yield %183 : bf16
    } -> tensor<?x2x?x?xbf16>
    %111 = tensor.empty(%103, %dim_8, %dim_8) : tensor<?x2x?x?xf32>
    %112 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%110 : tensor<?x2x?x?xbf16>) outs(%111 : tensor<?x2x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<?x2x?x?xf32>
    %113 = tensor.empty(%103, %dim_8) : tensor<?x2x?xi64>
    %114 = linalg.fill ins(%c0_i64 : i64) outs(%113 : tensor<?x2x?xi64>) -> tensor<?x2x?xi64>
    %115 = tensor.empty(%103, %dim_8) : tensor<?x2x?xf32>
    %116 = linalg.fill ins(%cst_0 : f32) outs(%115 : tensor<?x2x?xf32>) -> tensor<?x2x?xf32>
    %117:2 = linalg.generic {indexing_maps = [#map6, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%112 : tensor<?x2x?x?xf32>) outs(%116, %114 : tensor<?x2x?xf32>, tensor<?x2x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_40: i64):
      %183 = linalg.index 3 : index
      %184 = arith.index_cast %183 : index to i64
      %185 = arith.maximumf %in, %out : f32
      %186 = arith.cmpf ogt, %in, %out : f32
      %187 = arith.select %186, %184, %out_40 : i64
      linalg.yield %185, %187 : f32, i64
    } -> (tensor<?x2x?xf32>, tensor<?x2x?xi64>)
    %expanded_26 = tensor.expand_shape %117#0 [[0], [1], [2, 3]] output_shape [%103, 2, %dim_8, 1] : tensor<?x2x?xf32> into tensor<?x2x?x1xf32>
    %118 = linalg.generic {indexing_maps = [#map6, #map11, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%112, %expanded_26 : tensor<?x2x?x?xf32>, tensor<?x2x?x1xf32>) outs(%111 : tensor<?x2x?x?xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %183 = arith.subf %in, %in_40 : f32
      linalg.yield %183 : f32
    } -> tensor<?x2x?x?xf32>
    %119 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%118 : tensor<?x2x?x?xf32>) outs(%111 : tensor<?x2x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %183 = math.exp %in : f32
      linalg.yield %183 : f32
    } -> tensor<?x2x?x?xf32>
    %120 = tensor.empty(%103, %dim_8) : tensor<?x2x?x1xf32>
    %121 = linalg.fill ins(%cst : f32) outs(%120 : tensor<?x2x?x1xf32>) -> tensor<?x2x?x1xf32>
    %122 = linalg.generic {indexing_maps = [#map6, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%119 : tensor<?x2x?x?xf32>) outs(%121 : tensor<?x2x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %183 = arith.addf %in, %out : f32
      linalg.yield %183 : f32
    } -> tensor<?x2x?x1xf32>
    %123 = linalg.generic {indexing_maps = [#map6, #map11, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%119, %122 : tensor<?x2x?x?xf32>, tensor<?x2x?x1xf32>) outs(%111 : tensor<?x2x?x?xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %183 = arith.divf %in, %in_40 : f32
      linalg.yield %183 : f32
    } -> tensor<?x2x?x?xf32>
    %124 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%123 : tensor<?x2x?x?xf32>) outs(%109 : tensor<?x2x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %183 = arith.truncf %in : f32 to bf16
      linalg.yield %183 : bf16
    } -> tensor<?x2x?x?xbf16>
    cf.assert %53, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %54, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %54, "unimplemented: dynamic negative broadcast sizes"
    %125 = tensor.empty(%dim, %dim_8, %dim_8) : tensor<?x2x?x?xbf16>
    %126 = linalg.generic {indexing_maps = [#map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%125 : tensor<?x2x?x?xbf16>) {
    ^bb0(%out: bf16):
      %183 = linalg.index 0 : index
      %184 = linalg.index 1 : index
      %185 = linalg.index 2 : index
      %186 = linalg.index 3 : index
      %187 = arith.cmpi eq, %103, %c1 : index
      %188 = arith.select %187, %c0, %183 : index
      %189 = arith.cmpi eq, %dim_8, %c1 : index
      %190 = arith.select %189, %c0, %185 : index
      %191 = arith.select %189, %c0, %186 : index
      %extracted = tensor.extract %124[%188, %184, %190, %191] : tensor<?x2x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x?x?xbf16>
    %127 = arith.muli %62, %1 : i64
    %128 = arith.addi %63, %c1_i64 : i64
    %129 = arith.select %20, %58, %127 : i64
    %130 = arith.select %20, %128, %59 : i64
    %131 = arith.cmpi sle, %130, %c1_i64 : i64
    cf.assert %131, "must have at most one inferred (negative) dimension"
    %132 = arith.muli %66, %1 : i64
    %133 = arith.divsi %132, %129 : i64
    %134 = arith.select %57, %133, %52 : i64
    %135 = arith.select %20, %133, %1 : i64
    %from_elements_27 = tensor.from_elements %134, %135, %135 : tensor<3xi64>
    %reshape_28 = tensor.reshape %126(%from_elements_27) : (tensor<?x2x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %53, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %54, "unimplemented: dynamic negative broadcast sizes"
    %136 = linalg.generic {indexing_maps = [#map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%55 : tensor<?x2x?x16xbf16>) {
    ^bb0(%out: bf16):
      %183 = linalg.index 0 : index
      %184 = linalg.index 1 : index
      %185 = linalg.index 2 : index
      %186 = linalg.index 3 : index
      %187 = arith.cmpi eq, %38, %c1 : index
      %188 = arith.select %187, %c0, %183 : index
      %189 = arith.cmpi eq, %39, %c1 : index
      %190 = arith.select %189, %c0, %185 : index
      %extracted = tensor.extract %transposed_17[%188, %184, %190, %186] : tensor<?x2x?x16xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x2x?x16xbf16>
    cf.assert %65, "must have at most one inferred (negative) dimension"
    %reshape_29 = tensor.reshape %136(%from_elements_20) : (tensor<?x2x?x16xbf16>, tensor<3xi64>) -> tensor<?x?x16xbf16>
    %137 = arith.index_cast %134 : i64 to index
    %138 = arith.index_cast %135 : i64 to index
    %139 = arith.cmpi eq, %134, %69 : i64
    cf.assert %139, "mismatching contracting dimension"
    %140 = arith.cmpi eq, %135, %70 : i64
    cf.assert %140, "mismatching contracting dimension"
    %141 = tensor.empty(%137, %138) : tensor<?x?x16xf32>
    %142 = linalg.fill ins(%cst : f32) outs(%141 : tensor<?x?x16xf32>) -> tensor<?x?x16xf32>
    %143 = linalg.batch_matmul ins(%reshape_28, %reshape_29 : tensor<?x?x?xbf16>, tensor<?x?x16xbf16>) outs(%142 : tensor<?x?x16xf32>) -> tensor<?x?x16xf32>
    %144 = tensor.empty(%137, %138) : tensor<?x?x16xbf16>
    %145 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%143 : tensor<?x?x16xf32>) outs(%144 : tensor<?x?x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %183 = arith.truncf %in : f32 to bf16
      linalg.yield %183 : bf16
    } -> tensor<?x?x16xbf16>
    %146 = arith.muli %92, %c16_i64 : i64
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %147 = arith.muli %134, %135 : i64
    %148 = arith.muli %147, %c16_i64 : i64
    %149 = arith.divsi %148, %146 : i64
    %150 = arith.select %15, %149, %0 : i64
    %151 = arith.select %20, %149, %1 : i64
    %from_elements_30 = tensor.from_elements %150, %c2_i64, %151, %c16_i64 : tensor<4xi64>
    %reshape_31 = tensor.reshape %145(%from_elements_30) : (tensor<?x?x16xbf16>, tensor<4xi64>) -> tensor<?x2x?x16xbf16>
    %152 = arith.index_cast %150 : i64 to index
    %153 = arith.index_cast %151 : i64 to index
    %154 = tensor.empty(%152, %153) : tensor<?x?x2x16xbf16>
    %transposed_32 = linalg.transpose ins(%reshape_31 : tensor<?x2x?x16xbf16>) outs(%154 : tensor<?x?x2x16xbf16>) permutation = [0, 2, 1, 3] 
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %155 = arith.muli %150, %151 : i64
    %156 = arith.muli %155, %c32_i64 : i64
    %157 = arith.divsi %156, %32 : i64
    %158 = arith.select %15, %157, %0 : i64
    %159 = arith.select %20, %157, %1 : i64
    %from_elements_33 = tensor.from_elements %158, %159, %c32_i64 : tensor<3xi64>
    %reshape_34 = tensor.reshape %transposed_32(%from_elements_33) : (tensor<?x?x2x16xbf16>, tensor<3xi64>) -> tensor<?x?x32xbf16>
    %cast_35 = tensor.cast %reshape_34 : tensor<?x?x32xbf16> to tensor<?x1x32xbf16>
    %collapsed_36 = tensor.collapse_shape %cast_35 [[0], [1, 2]] : tensor<?x1x32xbf16> into tensor<?x32xbf16>
    %160 = tensor.empty() : tensor<32x32xbf16>
    %transposed_37 = linalg.transpose ins(%cst_4 : tensor<32x32xbf16>) outs(%160 : tensor<32x32xbf16>) permutation = [1, 0] 
    %161 = tensor.empty() : tensor<32xf32>
    %162 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%cst_3 : tensor<32xbf16>) outs(%161 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<32xf32>
    %163 = arith.index_cast %158 : i64 to index
    %164 = tensor.empty(%163) : tensor<?x32xf32>
    %165 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%collapsed_36 : tensor<?x32xbf16>) outs(%164 : tensor<?x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<?x32xf32>
    %166 = tensor.empty() : tensor<32x32xf32>
    %167 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%transposed_37 : tensor<32x32xbf16>) outs(%166 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %183 = arith.extf %in : bf16 to f32
      linalg.yield %183 : f32
    } -> tensor<32x32xf32>
    %168 = linalg.fill ins(%cst : f32) outs(%164 : tensor<?x32xf32>) -> tensor<?x32xf32>
    %169 = linalg.matmul ins(%165, %167 : tensor<?x32xf32>, tensor<32x32xf32>) outs(%168 : tensor<?x32xf32>) -> tensor<?x32xf32>
    %170 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel"]} ins(%169, %162 : tensor<?x32xf32>, tensor<32xf32>) outs(%164 : tensor<?x32xf32>) {
    ^bb0(%in: f32, %in_40: f32, %out: f32):
      %183 = arith.addf %in, %in_40 : f32
      linalg.yield %183 : f32
    } -> tensor<?x32xf32>
    %171 = tensor.empty(%163) : tensor<?x32xbf16>
    %172 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%170 : tensor<?x32xf32>) outs(%171 : tensor<?x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %183 = arith.truncf %in : f32 to bf16
      linalg.yield %183 : bf16
    } -> tensor<?x32xbf16>
    cf.assert %24, "must have at most one inferred (negative) dimension"
    %173 = arith.muli %158, %c32_i64 : i64
    %174 = arith.divsi %173, %32 : i64
    %175 = arith.select %15, %174, %0 : i64
    %176 = arith.select %20, %174, %1 : i64
    %from_elements_38 = tensor.from_elements %175, %176, %c32_i64 : tensor<3xi64>
    %reshape_39 = tensor.reshape %172(%from_elements_38) : (tensor<?x32xbf16>, tensor<3xi64>) -> tensor<?x?x32xbf16>
    %177 = arith.index_cast %175 : i64 to index
    %178 = arith.cmpi eq, %dim, %177 : index
    cf.assert %178, "mismatched size for broadcast"
    %179 = arith.index_cast %176 : i64 to index
    %180 = arith.cmpi eq, %dim_8, %179 : index
    cf.assert %180, "mismatched size for broadcast"
    %181 = tensor.empty(%dim, %dim_8) : tensor<?x?x32xbf16>
    %182 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %reshape_39 : tensor<?x?x32xbf16>, tensor<?x?x32xbf16>) outs(%181 : tensor<?x?x32xbf16>) {
    ^bb0(%in: bf16, %in_40: bf16, %out: bf16):
      %183 = arith.addf %in, %in_40 : bf16
      linalg.yield %183 : bf16
    } -> tensor<?x?x32xbf16>
    return %182 : tensor<?x?x32xbf16>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_32_torch.bfloat16: "0x02000000EF3C1C3E2D3EF63C1ABE0BBEB7BCA0BDA33C203E64BD02BEF93D1ABE1FBEC1BD1D3E80BD2C3E0ABC18BCC43B3BBDF3BD96BC4E3D823DB1BA203D133E4C3DFEBD",
      torch_tensor_32_32_torch.bfloat16: "0x02000000C73D2F3DD0BDCABDE3BC8CBDEB3CA6BC893D85BC32BD033D153E03BE963D0FBE063E803D18BE1A3EDA3D1C3E873C11BE233DA53D8D3DEF3D78BD65BDDBBC35BE263E303E8A3C3D3CCEBDF7BDF03DB93D643B5B3DCEBCB93D30BE26BE90BD373C333EC1BDF0BDB8BD603B853AF6BD1BBDD4BC12BE86BD31BE2CBE023EC03D053E753C35BE033EFC3D22BE89BD60BD27BDA53D7ABD06BDD73DA33D67BD493D063E89BD51BC33BEBF3DAC3D133E2C3EC13D323E013E0BBE38BD26BEAE3DD03D91BDB3BD263EC43BF9BD1F3D2DBE2BBED2BD1CBEB8BDB23DD83D7EBDBABD743DB53DC43D1CBEC73DD2BD143E9EBC8E3D1EBC9F3DA6BDA7BD083ED6BD863DC43DDEBC92BD4ABDF63DA5BDCCBD0CBE9CBD25BEE63CC23D25BD543D1E3DD03D273E613CBCBD41BDE4BC84BD033CBBBDAD3D10BE143EE9BC10BE3C3D30BE1D3EAD3D853DF5BD9A3D1BBE3E3BDE3D883C0EBEE0BC22BE86BC1ABE703D263EF1BD03BEEB3DD43D0EBDE53D24BD033EEBBDD5BC9D3D32BD2F3E043EF6BDF03DF9BD233D2CBE033D8F3DE93D31BDEFBD93BD043E98BC123E0C3D32BE093EC3BDE93D05BD97BDF13D52BA20BE293E2F3E2CBE6F3DDFBCB3BDCEBD2DBE08BE033E71BDDCBBE43CDF3DA3BDEFBC76BD3E3DC63B323EA8BB07BEC13DCB3D1D3C0CBBE33D0D3C39BBCD3DC63DD93ADC3DB83B9BBD013EEE3DAA3D5ABC193D0BBE423D243D93BD0CBEC6BADD3DD8BDD03D71BD81BD213ED4BD183EF53DC53C94BDDFBC023E02BE2A3E803D0DBED43D5B3DE5BC04BE313E00BEDBBDB43A89BCDFBDE53D42BD033D21BD4CBD22BE193E7A3D243E07BE083DBABD04BE28BCA53D893DFBBD01BE2B3EA33D26BD283EC6BD02BC943D22BE0C3E133E91BD723B17BC553D6DBD12BE813C373DC6BD063EC3BC133E94BC91BDDBBB043E243D193EF63D13BEE73DA5BD5F3DF9BD913DDABC2A3E333EF53C0CBEFCBCFC3B47BDF83C33BEF43DE7BDD4BD563DE03D683D0EBE343EA93D143E0ABED3BDF4BD103E03BE183EA53A563D39BB1DBE193E27BE2BBD223EB0BD92BD86BD013E81BD03BDFF3D1DBED5BCB33D5ABD153E033D973D4EBCC43DB1BCBEBCBABD1A3D063E0C3E2A3E2F3D5A3DB53C10BE37BDF43D5A3D0C3E633D2D3D5BBCEEBD4C3D10BDCABD85BD063E91BD39BDB4BB07BEF63C53BD89BD06BEE33D2B3E2A3E1C3EAABC8FBD7CBC803DB1BD32BE2CBD2A3E833D023E183E463B193D8EBD69BD45BDECBD66BD4CBD50BD0ABE25BD0F3E7CBB40BDFB3CF13D223E203ECBBD6C3D3CBDCDBC8CBC91BDC4BDFEBC85BDAABB773D3DBDFD3DD6BC243EA43D2C3DF9BBD0BCB2BBBFBDE33D0AB8B6BD40BD86BD1FBEBEBDA4BD273E213EC13D243E34BEF8BDB03DED3D1DBBAE3DFCBDC43D563DD8BD9DBD9E3D96BD1FBEAABD883DA13D003D32BE0C3E2F3EECBDA0BD8ABB20BD063E12BEA5BC103E293EF13D333EE4BD293DCBBB9CBD0BBEDFBD31BD123E353E043E673D09BCD3BDB7BDD9BDD3BC35BE15BE8DBD2ABEBE3D90BD023EBFBDFC3DC33DFA3DCB3CF8BD13BD403DD8BD103E2BBD22BE333E27BE293E193E4A3C82BD083E303E243E30BE8A3D213ED1BDC2BDD7BD0FBE0FBE0EBE1DBD8CBDD93D233DB5BB22BE903DA13D143E19BEF03D803D11BD4D3D95BDD63DBA3D36BD1DBD33BED93D103E7E3C1FBEFE3D18BE113E283E28BE2E3E2EBE7BBD46BD833D013EDCB91D3EFA3DCF3DDB3C5BBD44BDD1BD183E2EBD0EBD9FBBC73D8D3DDA3DECBD22BE973D683BCB3D0E3E02BD2FBEF4BD1ABE9CBD1A3E05BEA3BDD1BD1ABEFCBD273D013E5CBD9F3D2CBEC9BC10BECEBDCB3D58BC8ABC88BCF8BD223E2EBEDFBDC23CFE3D723B2D3D8FBD2EBE783D8F3C8CBDC13DAD3DBF3CAC3D82BD513D0C3E883D523C223DA0BC20BEC3BD1B3E97BC313E94BD1D3EA53D053E2A3E41BD8DBCBF3D173DBCBDD3BD9BBD03BE1ABE95BC04BDBC3DF7BDB9BDD6BCDE3DBDBDDEBDE93D48BD33BE1CBDE73C873D0ABEBBBDBFBBA5BA94BDA23C583D1CBE35BEE83CA03C163EF3BDF13BABBB043DD0BDB03C843D31BE7B3C33BE00BE0DBD133E173EF53D4A3DC2BDDCBD09BECF3D06BD7ABDC83DDDBD9CBD293DBB3D32BE7F3D5ABDD9BB253D15BE953C18BEFC3C0DBE2ABE913D1EBE003EC13B273E8CBC8E3D823C293EC3BD6C3C01BEAA3D2F3EDBBD1EBE5B3D55BC033DC8BCA23D06BD6ABA86BD883D483D113EDB3D023D83BC7ABCB8BD0E3EF4BD2B3E9CBDC7BD553B39BD01BE25BDBC3D8B3B313E413DE3BD05BEAFBDE4BD413D44BD01BEEC3D20BE96BDB93D8C3DD33DF63C20BE3D3D21BE34BE303E653CE7BD323E97BD11BEA83D173EABBDF73DA3BD1ABDD73D8E3D0A3E6EBDCE3DDF3D95BD28BE723C833D18BE19BE103ED13BF4BD343E1C3E8DBD1D3CC6BD5C3DC83D013E253EDA3C05BE2DBE103DA63DD7BD423C1EBE723D703D31BE40BD19BEFBBDDBBDF03DA6BD2EBC293E21BEB53D8DBC983B003E2ABE8D3DB53DFCBCC03CFF3DF3BD183EFABDBD3D123E693D1BBE343E223D54BDE53DF73D6A3D0FBE023DA9BDCDBD273ECABD00BE66BD333E72BD0DBEC4BDD2BD8D3D9E3DCA3DC03B14BEF4BDB23D27BE093DF2BDA7BC6BBDCE3DB93C05BEEDBD68BC9B3D39BD97BD1ABE473DFA3D183A043C02BED3BD19BE22BC10BEB8BD323DF0BDC43D0D3E8C3DC23DE7BD9D3DCE3CE8BCA3BCC7BD8E3C29BEE7BD533D1C3D58BC2EBEF7BD1FBE2A3E05BE0D3E363D9F3C533D01BE8FBDBF3D4DBD13BEA93D9BBDE5BD9B3DD33DCF3D0C3E8F3DF2BDA43DA5BD133CE93DD4BD10BE24BEEB3C8C3D013E283E583D233EF9BCD53D02BEE7BD863DD73DDA3C453DF23DD43DB43D503D18BEF23C2D3DF03D1D3DA3BD8A3D91BDB3BD273EFCBD2C3E3EBD69BD293E",
      torch_tensor_96_torch.bfloat16: "0x02000000A6BBDD3DF2BD83BDDFBD0F3E17BE78BB0D3E1E3EE9BCFFBD21BD163ECCBC0B3E103EA13DCABDE5BDA2BD1EBE23BE873D01BED5BC313DC83D143E1FBE9DBDE5BD0D3D27BE9C3D823DBFBD133E65BD2B3E2D3EFEBD2B3E043EFABD13BEC7BD223E223EBA3D1F3EC3BD3F3DBCBD93BD5B3DE8BDB03D393A12BE71BD67BDDD3CA73DD7BDD6BD96BDC13DD73D31BEA23DB13DA13D253E1CBDF53DFBBC0E3EE03DB43AB13DECBDC83DCEBDC5BD86BD063EFCBD053EBE3D1F3E58BD0F3C26BE263E2B3C",
      torch_tensor_96_32_torch.bfloat16: "0x02000000263E70BB2B3DAD3D293E08BEA23D933D97BD9ABD8A3DD8BDC33DED3DB23DC7BD2A3E8A3D32BE2FBE803DA73D1D3E0C3EE13D5ABD45BCE3BDC13B193DA53D153D033D1C390EBE9EBD28BD423DE03BCCBDA8BD33BD1A3EF23D1CBEC4BD873D79BD62BD13BE94BC7A3D213E44BD8FBD063D663CB03C28BE0D3E09BB79BC6ABD27BE6FBD26BE953DBEBD24BEB7BD8E3DC9BD0CBE8EBD2A3EC83D2D3D3ABD94BD143D023E0CBE0D3E2EBE24BE2DBE6A3DEE3B353D05BEDBBD993D013E18BE213C40BC30BD7A3D0ABEB23D8DBDF43D34BDFE3DF2BD24BE323E76BDC43A053E223E183D29BEE0BDE13D663DC53D88BD28BEE8BC913DFD3DF0BDB2BD173E153E303E013E423DDBB907BE82BD31BEEC3DDF3DA33D01BD19BE1E3E243D193D38BD03BEA03CE4BC233E863D743D053EBEBDF33D863A26BEE33DF4BDDE3D0C3E55BC6EBDF43C073EB83D0A3EA8BB09BEA13D553C2D3D293E26BD253ED6BDEABDED3D0A3E8ABD053DA63C673DDBBC30BE723D30BEFABD0FBE8E3D9E3DD3BD223EFEBD043E9E3D1FBD0F3E053E143E13BE87BD00BE113E223DB7BDBEBCFA3D293EBF3A24BEA5BDFE3DDC3CF23D153E78BDD23DA7BCA1BDFABD0D3D1E3DEE3D323E0EBEE9BC5BBDB93DB13D243EF93DF63D09BEF0BD11BEB2BDB2BDFD3DB0BD1B3E193EE23DD43D013EED3CF1BD073E043EF63DFDBDB7BCEB3DB8BB4DBCC1BDB53DA03D1EBD063ED5BDBC3DF3BB92BDE03C1EBE143E19BDBABD8E3CD03D073EEF3D05BD243D263EC23D343EFB3C2EBE573D38BD013D8D3DCC3DACBD06BE263E373DAE3D453D02BD27BE223E2C3E71BB3DBD9F3D29BE483D1A3E3DBD20BCB43D83BC6EBB673D60BC51BA2FBCCB3D273E813CD53C01BECA3DCD3D04BED43D463DDEBDEFBC21BEC43CB63DFABD5ABC0E3E0B3EE73DCBBD84BBAFBD223E003CDFBDC9BC213C743DDCBCF53C2BBE5BBDC83D953D313E113EBC3DB0BD233EF83D82BDA8BDB4BDE6BD913DBCBD203E233D433B643DCC3DF0BC0CBE31BE283E293E88BD1F3E8F3D1DBEDFBC23BE9D3D813DAC3DE9BBD23CD9BD16BE7FBD843D06BD15BDC6BDB5BDBEBD15BD293E39BDC0BCBEBDDCBD31BEE7BD51BD28BDF9BD60BC193E0CBEE23D0BBE033DE13A12BEB9BDACBD0ABE533C10BE293E253C0ABE91BD1E3EEEBBA63DF93DB9BD1B3EBFBD17BEDB3D0ABEF6BD0ABE7C3D13BC1C3E9FBD0C3CBB3DECBC4BBCE6BDD63D883DF8BC99BDF13D1FBE983DFD3D73BD903D423DC83C9CBDD3BCD7BC8B3D33BE10BC643D5A3DC5BD81BDD73D293D343E82BDC93DC6BCE63C81BB2CBE933D473D1EBEC7BB073D123E333E00BD00BD22BD05BEB13D313E1C3E1EBE27BEEBBD02BD3BBD2ABE1EBE0FBE51BD3C3B2E3E2BBEDE3D94BD333E17BE20BED6BC963D14BE29BD0EBECF3DACBDAFBD1CBE5B3D263E393D8E3D0E3E43BC67BA1B3E73BD26BEBA3C9A3D6F3D073E173E9939D53D19BE9B3CD53DDE3D2ABE1F3EC33B943C2B3C303BDABD1E3E633DFEBD0BBECB3D0F3E023D1E3E6FBC8EBDA73DB1BAB13C643C083EA93DBE3DA33C55BDFCBDB9BC20BECCBD31BD073E34BED43DDDBD28BEF5BDF4BD2F3E043E2C3EC3BD2EBE2DBD0F3EBB3D10BE4FBDA63B2F3EF9BDF53DD53DC3BD07BED9BDEF3D30BEF63D263E2ABED9BCF53D37BD9B3DD5BAA4BD033EDF3CD6BC763DC0BD0ABDD8BDD0BDD1BD43BC05BEA5BC67BD17BDAABDDFBD273E8B3D193E23BC053E363B883B28BE7B3DC73D2FBD20BEFDBDFB3D52BDB83D073D1B3EC7BB253DFCBDF3BD073EEBBD953B2CBE89BDBDBCDB3DE03D793D2FBD9C3D3A3D683DD23C3DBC2A3EFD3D49BC32BE2F3DFE3CAB3D2ABE0B3D193EC03CB3BDACBD593D9F3D0CBE213EBDBD1C3DE93D05BEFD3D753A64BDE6BD123ED13D1CBD2F3D453D11BE203E1DBE873D9D3D31BBBABD18BEEF3D25BC9DBD7EBD9D3C0D3E23BEB33C20BE17BEDCBD053E0DBDAE3C8C3DC23C8A3DBBBD433D0D3E30BEC63D29BDCF3D2ABD303D0BBE45BDA8BD0BBE403D293E07BE333EA43C2EBE4DBDED3D19BEE5BC2A3E5FBDD63D0FBDC4BCCEBD073E20BEEEBD22BEC03CDABD253E983DE63DA03C123EC0BD72BD193E933DE0BDA1BB983DF13C343E96BD31BECB3D4C3C12BE25BC23BED73D243E3A3D323ED5BD01BDF63C04BC133E0E3E35BD26BE173DE43DAB3C83BD473D29BE163EC33C303E1A3ECE3D83BDB9BD3D3C2A3EC9BC053E94BC8F3DC6BDB43B1C3E14BEB2BD01BD29BE1CBE603BB2BCED3D9BBCFE3DCE3D0D3E16BDB23C1EBED03D983D153D1BBD243E16BEBE3D1E3E7E3D143EDEBD223E053E98BD1B3EA4BD19BE2A3E623DCA3D303DD13C713D873DF1BDED3D423C9D3D1EBEE0BDA2BD14BE0D3EE33C04BEE0BD26BD193E95BD233EC63D02BE23BE4F3DF73D10BD1FBE873D71BDACBD763C073E23BE233D0BBCF8BD183EDBBC2D3E01BE303C40BD183D2FBE573DC1BDCB3D9CBDC2BA0CBEE9BDAC3D223E173E15BE6FBDF93D8F3DCA3D243E47BD73BD693C24BE1CBD2B3E6FBC85BD8DBD10BD3EBA1FBE0A3E2FBEB2BD14BED3BD583DE1BD8EBDFEBD03BC223E993DDD3D10BE77BDA53D8ABC0D3EFFBD2EBE0CBEB5BDFE3D7CBDB2BDE2BBC93D34BE27BD85BDE9BD5CBD88BC21BE0E3E673DD03B46BAEB3C273E0C3DC83B90BBF6BD32BE0ABD24BE953DCABDB83C993DC9BD1BBD13BE0EBD133E8F3DF73DC7BD21BEA5BD96BDD73DBBBDE93D0BBE4D3DC23CF53DEE3D0CBE213E323D2F3E963D1BBE373DF4BBAE3D8FBD66BB11BEF2BCC0BD573D11BEF53AAF3C9C3B303E1CBEFE3D34BE97BDA2BDBBBD693D95BD58BD103E583D523D48BD4E3D9CBD313D1CBE1FBEBF3DC73DE43DAABDDEBCDEBDCEBDB1BA0CBDD53D113E113E63BD573B83BD063D2DBE0DBD88BC233DBB3D85BCACBD223E1FBD07BDD0BDAB3DCC3DC63DD13CFBBD273EF53DE13D9C3DEA3CBE3D38BD32BE6EBB07BE103E1FBE8FBD453DA03D353E143EF73C103E073CA3BD193BCC3C5C3BF4BBD7BD8B3D893DB73D87BD383DEB3DA8BD52BDCD3DCEBD023D2CBD7ABD2BBE773DCF3B1BBEEDBC703C093D12BE87BC073E23BEFFBDE33D93BDB0BDE3BD3D3D893C453B663D593DDCBDF83B33BE10BEB73D913CE8BDC8BD003E19BEDFBD0A3E10BED0BDD03D0BBE303D0E3EB63CBEBDEDBD26BEC23D9ABB6CBBDEBD0CBE0ABD593DE33D053E7EBC31BEFC3D90BD8A3C0BBDCCBD76BDF5BC0FBEDCBDBCBC7C3D343EEA3DF23DFDBB1D3D75BDF4BD0B3EA83D1C3EB53DD9BD24BE333E03BE4FBDC3BD893DF33DCEBCD83C0EBCABBD303EAC3D3EBDF5BDAEBD3CBD223E9ABDAC3CD93D9F3AA73DB2BD503B883CD53D153EEEBD25BDDCBD243E193E093E7B3D53BD6B3D15BE02BBD3BD0DBE35BE8B3D013E5CBD2BBE8BBD933D243EBF3D8ABD283ECD3D213CF43DE3BDB23C8A3C07BBF83DC63D243D523DF6BD083E3B3AABBD3B3D8FBD923C663CCA3CE73DE83D103E06BECFBC34BD75BD31BEF13D80BB163E2B3E7B3D5EBD223ED43DD43D05BD193D12BE163E1A3EB7BC15BC07BC6B3DD23B1ABE9FBC81BDDD3DF3BD0DBE0F3E14BEA93DFBBC2BBE28BEC53B76BC8C3DFD3CB5BD1B3E41BC0E3D8CBD29BDC9BDD9BD04BEAA3DD23D943D33BE463C2ABE91BDAC3BC93D8FBDD33D823D4F3B333E33BD1E3D99BDAF3B653D34BEFF3DAA3D90BDE6BDA7BD943D32BEA8BDFABD203EC73D33BE18BEB1BD0E3E053EC43D493D0DBEF6BC1E3ED9BD4DBDF13D39BDCEBDEBBDD3BD27BEA3BC99BBE53DB6BD4CBDFEBD323EF73A2EBEA63DC73DF53D353E17BD1E3D093E053DABBCD23C71BD083E8B3DE03D783D713DAA3CA9BDAABB8E3DDCBD343E0D3EDDBD01BE313D06BE973DE93D9C3D4A3CBBBD22BE533D053E8DBB0DBC91BD5D3C8BBD12BE5A3C82BDBFBD1ABE5CBD913C10BEED3C5FBD963D9A3D11BD2DBE25BD15BE7C3C2BBE11BED23DB6BD383D173E0EBE24BE0CBEAA3D253E1C3D06BEC7BD97BD2EBE903D073E163E25BE873D0ABD2CBEE13DC43D2ABC2B3CE9BDD93D62BD19BA163ED7BD2C3EB63DDEBDF3BD1ABEDE3DC93BD3BC0A3E0FBD8B3D023D72BCC4BDF2BD25BE0D3E243E323EAF3D24BDDABD33BE8CBDF9BD47BDFFBD02BE8EBBFDBD9F3CBEBB163EC83D9C3DF2BD163DCDBDD73D273E0EBE1C3EDFBD97BDCDBD6A3D1FBEDEBDE73CB1BD113E82BC8C3D9A3DE9BD173EEC3D833D26BE2F3EF0BD163E273E35BB9E3D07BEF63D593C183DCEBCFD3D10BEF33C963DDA3DC4BD843C573DB5BDAFBDAF3CADBD353E313D72BD2C3D9CBD5CBC443D903DF03C2AB898BD21BE083E2CBD2FBE053E123E2CBD323BF6BDE63D16BE073E763D1A3EBDBD49BCA5BA863D3E3D243D343E353DD5BDADBDCE3D293E26BE13BE11BE0C3EDDBDCC3D90BDD83DE5BB65BD003E303E93BD033E14BE0ABE493B193E063C073ED83DE23D7D3D2FBE0ABE15BE293DE43CCA3C2ABE3F3DD7BD2EBE273D08BC08BE7C3B9C3D2EBEC7BB123E1C3E95BD87BDBEBD0ABEB0BDED3DFF3D6CBDB73CD9BDE2BCE83DE23DFBBC10BECBBBB2BD2C3D253E8C3B0BBDCCBCBDBB283D2ABB25BE263ED3BD313E3DBC2ABCB23D9FBDD93A86BDFDBDE43D043EA43D313EB73D193E27BD083E373D38B9073E0DBECEBBA4BD333EAEBC7F3D003EBD3D8FBD8C3BE23D99BD703C08BE1F3DFA3D473CE53C193EC73B8BBD0A3E03BEAB3DEB3DEABA32BEA33DE53D9DBCF33D8E3D203D283EAEBDE73C08BE1E3E673D213E10BE1E3EE23D1E3EA0BD14BEFEBC0F3E323E86BCA53C84BC67BCF63CA93D27BD0CBEA9BBC83D12BE2A3E813DAB3DAF3DF93D1F3EA0BD3E3DDA3D33BED23D2EBEECBDD4BDF7BD02BED63D1CBEB0BD29BE8FBD2CBA743DBBBD003DB03D133E0CBDF6BDDE3D82BD2DBE8ABDE1BC203D0A3EE63D9BBD133E853D3B3D04BEF6BC813D55BD993DA93DFDBD133E963C41BC5BBC5FBCA4BC72BDD53C41BD133E78BD26BE333ED63D01BE0F3E1EBEB4BDBCBDF03C453D94BD74BDC2BD0B3EB03D7F3C1D3C343C26BDA4BD233E8DBDDFBD90BC5F3D1BBE463D0ABCA8BDB63C903C2FBEAA3D8A3DD0BD653DBFBD073EA2BD823D6A3D27BCC7BDAC3D3C3DA8BDC9BC963D19BED43C1A3D31BED13C0EBE22BE1F3EBA3D023E213EC3BD9BBDB1B7913D953C85BC353EB1BDA53D963DAFBDCE3DF93D0FBDF5BDDE3D093E883DB33CB13D5F3D5FBD05BE9EBD803D93BD8A3DBCBD08BE003EE5BD5E3D193E293CE23D3FBD1CBEADBD5FBDD2BDDABD9F3D283EE73D733D10BEF0BC853D1F3EB1BDD73DD03D1EBD26BEA73DB93D10BE0D3E2CBC08BE7B3CCB3DD23B0CBEC3BDD53D9B3DE83D853DEA3D1EBDA93D4A3DFC3C213E8EBD0A3E8EBD113EEFBC083E6DBD6D3C1F3E7DBC6EBC98BD023EBE3D20BD41BD223EDC3D133EBFBD89BDEDBD06BEA0BCE8BBB6BD62BD723C0EBD0CBE153E72BDF93CAD3D26BEBCBC0BBE1E3EA6BDF73D383C9ABD923D10BE84BDB1BC2F3E1EBE863D333E1DBDC0BDEEBD13BD133EE6BD2D3E0FBE153E293C4DBD13BEB4BDE4BD1FBE73BD053E21BE0F3E3F3DCA3DA5BCACBDA33D043E4D3DAF3D353E053DB4BDC13DC5BD193EEA3CA73DDE3C1A3EC23DF83DACBD003DF93DFE3D6BBD093E25BE0B3E91BDFABD183E1CBB8EBDBF3D013EAD3C02BEA2BDC7BD813D2ABEC2BD2FBEE4BA243E693D953CA73DE8BD22BD0D3E18BE31BE6EBD22BE19BDF03D05BB3D3DC53CF9BDB6BDA93C1E3E05BEEE3DDDBD1DBE093D013EE13CDD3D593CCABC2E3D313D3FBD283D323C23BE053E29BE683D0DBE0CBDA63D843D0A3E86BD5E3DA23D27BED2BDBC3DFF3CEFBC3DBD8F3DFE3D063ECC3D4B3D0DBED03D9EBDCF3DFDBD6D3DA5BB033E9E3CB33D29BE5A3D32BE26BE34BE03BE97BD3B3DBF3C55BD863D28BE243EC2BD97BDC73B8BBD863D90BCB03DD8BC8BBDC43C8A3DC33DC439E03DC0BD3DBD34BE09BE1BBEF7BD703DD3BD30BE29BE15BE4B3D84BDC13B953D133EDFBD023EA53D58BA88BD533D8E3B823D17BE92BDB0BC30BE01BE4E3D26BECE3D273E86BB04BD9EBC6CBD2E3ECBBD09BE97BDA6BCD3BD37BD60BD153E9FBD833CEABB93BC05BE863DEA3D7BBB2ABD803DD53BB3BC4B3DB83DA93DBFBD353D98BD0F3D81BD6BBB443DE2BB18BE03BE5FBDDCBD2BBE0BBE99BDE5BDAF3D963D2FBE3DBC86BC043BB33D93BD333EC83D30BEFB3CAB3D2BBC543D70BCB83DFEBDB13C2B3ED63D2CBEBA3DBA3C58BDE73DE53DC23DEFBD03BED63C193EBCBDF73D223B19BDCDBDD93D843D1FBEFE3D95BD22BE623C0E3E223EC8BD3B3D873DBC3DFDBD20BEDBBDB5BCC1BDF13D2ABEEA3D42BD083E2CBE8EBCF4BD31BE963D1E3E84BD7DBDA3BD21BE023E423B6DBCA03D95BB58BD12BE89BDC33D953DAE3DEFBD2EBE01BD20BE083DA83DA53D0CBE233DDF3D36BD2A3ECC3DF9BD263D193E6FBD793DA13C8E3DBBBC0ABEBC3CBA3D68BD803D6E3BBCBDEABDBBBDEE3D723C9B3D1D3DBBBD203B84BB703D25BEA7BDE33D21BE023DC83D973D923D783DACBDD13CB03D01BE163EB5BDCD39C1BC66BB343E463A113E04BEE3BC2FBECDBD103ECEBDD53DB6BD153E91BC28BD293EECBC023E023D083E73BD62BC90BDCDBD1DBEBABC323ED53C843D24BDA8BC003E20BEBDBB0DBEC9BD043EB93DD3BD943DDC3DD4BDA43D15BE07BDE63C5EBCA1BDF9BD33BDC4BDF5BD4A3D613D10BE94BDCFBD9CBD7E3CD8BD303E593D8C3D4C3DEFBD7BBB1DBEC4BD9B3D0CBE1F3E983D363CA53B7ABDF43C963D92BDB1BD32BD97BD0CBE09BE74BDF03DF13D9BBD2B3EB6BD023C293E1C3DB3BD223D18BE6B3D0CBE083E5EBDF9BB08BD26BE1C3ECE3D023E243E2E3E253E9A3D5A3D29BE513DD53BBDBCB63C53BD2A3E9CBC29BE243D253EDCBDABBC94BC29BE743DEFBD3DBD70BDD33D25BE1A3DE03DA03DB2BD163D7B3D1B3E873D263CDCBD963DDC3C173E233EE73DBE3CDEBD2B3E10BE73BC99BDE83D163EF3BD773D0F3EF8BDA7BD15BE76BDA3BDFD3DA43CAABD05BE073D023DC2BD363DF9BD2FBED9BD25BEE63D2D3E173EBDBD37BBCBBD82BD4D3D183E7A3DAF3C13BD993DBFBC16BE653C1A3EFD3D73BCE7BD8EBDCDBB93BDA3BDCF3D25BEA2BC0E3E7C3D90BC073ED2BD933C323E8D3B28BE08BE1FBEBEBD693DA8BD053C32BE0DBD8D3D983D183EA73D07BEDB3D01BEF1BCBB3D133ECF3C923DC93D323E073E86BD633D24BE3FBD693DD23DE23DA73CDBBC033E093E88BDCD3CF8BCAE3DECBDDEBD0DBD163E143D6E3D8A3D2C3EAFBD27BC923D813C143E20BE11BDEBBD273D9B3DD0BD1E3E9C3C26BE2EBE6B3D393DE6BD813DEB3D073EC8BC6BBD823DCABD24BE2DBDAE3C5B3D0D3ECEBCE2BD413B4A3D283EF43D25BE0F3DC33D73BDAA3D54BC96BD9CBDCF3D163E1F3EEC3CACBBDE3D0F3E52BC51BDE2BD9E3D1DBE7F3D19BE2A3E2BBED8BDCDBC3BBDECBCC5BDEDBCF2BD2EBE2EBE103E303D243EB23C70BDD1BC2CBE253EEB3D9CBD3C3DE83DA8BDDCBDF0BD31BE313E4A3BC1BC813C07BE093E2FBE0D3EE5BD9D3DCBB92EBE163ED63D3D3DA73D28BE383D8D3DEF3D32BE23BB0C3E06BEE7BD253E193D16BDC8BDEC3CCB3C143E17BD983DBA3D713DEDBD853DE0BCF5BD83BD44BD08BD61BC103EA73D6E3DAD3D1D3EFBBD0CBD06BEB5BD973D163E7B3D27BDA8BDF2BD2E3D12BE113E0ABC953CB9BD97BD6F3D093DB53DEC3DF2BD243E2C3C16BECE3DCCBD0B3EAEBD9CBD963D2D3E04BE993D0FBE153EBBBBCD3DDCBD5A3D123EC73DFA3DFD3D26BD16BEAB3C0CBE31BE973D033E1F3D1CBE593C063EBF3C0FBE13BDFABD333CAEBD2CBE3F3D43BD26BE203E46BD1CBE7E3D163EB2BD1ABEA7BC303E333E903D29BDDB3D393CB13C113DAABD9ABDC2BD67BD043D153C193D1E3E743CCB3DD8BC04BEAD3D2F3ED83D3C3C05BD1FBE0B3E023E163D73BCA43DE0BDE63D12BE323EB7BDB9BD933C52BD3F3DDFBD65BDCA3B66BD44BDB0BA1F3DC03DD23DCF3DACBDECBD83BD20BE10BEB43DDABDE0BBCD3D0F3E5F3D11BD48BD013E94BDCB3DBA3DA2BDFC39833D0EBEBE3DB33D1EBE223E263ED43DA43DF03D1F3C5F3C6FBA1DBE01BDD63DB6BB33BE683D5A3D883D8B3DA43DBE3D723DC8BDA6BD013E973D9BBCF83D41BD82BD61BD113EF1BD803D8BBB50BD19BEDF3D863DD73D0F3E0EBED13D063D48BD18BE033EA23CE33D3FBD30BB0B3E7ABD6ABD32BDFDBDEE3D133CD33CD63D15BE19BE1BBE543D4BBD023EEF3DE4BDB03CF5BD8A3D8E3C033DDD3C923A1ABE4EBCA23DC7BD303E583C49BD19BCAABD293C1BBDD6BC243EE13DA3BB0FBE21BE17BE04BD2FBEDC3D21BEC83C173E003E8E3DBE3C923D183E29BE063DDCBD1D3EB83DF1BD9CBD113D2DBD1CBEA7BDBA3D6CBC7E3C2CBED8BDAC3D7A3D03BEB8BDB9BD1A3E20BE373DBA3CEB3D8E3D1EBE23BEB73D32BEF8BDDDBD22BEA43D153EEEBD85BC8FBDB2BBC43CF53C21BE553DBEBC743D11BE1DBEDDBD173C2D3E303E7FBD08BD05BE9FBD323DCBBDE8BD2D3EDABD34BE1A3E1F3E883DC5BCD1BDC33C8F3BB2BD223EAABD2CBE053D91BB0A3ED43D183B53BDA63C64BD133E823D353D0CBE313EA7BDFE3D1CBC2C3E22BD193BB1BD4D3D17BE0B3E263EB1BD193E053E213E32BE10BE34BE3B3D8DBDFA3CE73D853D313A7E3D58BD843C0DBED4BD063EE0BD173ECD3D273D4A3D1A3EDCBDCDBDB53C09BEDBBD"
    }
  }
#-}
