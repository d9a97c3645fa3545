// sizes: B H S 64; B H S 64; B H S 64
#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1) -> (d0, 0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func @main(%arg0: tensor<?x?x?x64xbf16>, %arg1: tensor<?x?x?x64xbf16>, %arg2: tensor<?x?x?x64xbf16>) -> tensor<?x?x?x64xbf16> {
    %c64_i64 = arith.constant 64 : i64
    %c1_i64 = arith.constant 1 : i64
    %c0_i64 = arith.constant 0 : i64
    %c1 = arith.constant 1 : index
    %c0 = arith.constant 0 : index
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 1.000000e+00 : f32
    %c2 = arith.constant 2 : index
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 2.000000e+00 : f32
    %cst_3 = arith.constant 6.400000e+01 : f32
    %cst_4 = arith.constant 1.000000e+04 : f32
    %cst_5 = arith.constant 8.000000e+00 : bf16
    %dim = tensor.dim %arg0, %c0 : tensor<?x?x?x64xbf16>
    %0 = arith.index_cast %dim : index to i64
    %dim_6 = tensor.dim %arg0, %c2 : tensor<?x?x?x64xbf16>
    %1 = arith.index_cast %dim_6 : index to i64
    %dim_7 = tensor.dim %arg2, %c1 : tensor<?x?x?x64xbf16>
    %2 = arith.index_cast %dim_7 : index to i64
    %3 = tensor.empty() : tensor<32xf32>
    %4 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%3 : tensor<32xf32>) {
    ^bb0(%out: f32):
      %158 = linalg.index 0 : index
      %159 = arith.index_cast %158 : index to i64
      %160 = arith.sitofp %159 : i64 to f32
      %161 = arith.mulf %160, %cst_2 : f32
      %162 = arith.addf %161, %cst : f32
      linalg.yield %162 : f32
    } -> tensor<32xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = arith.divf %in, %cst_3 : f32
      linalg.yield %158 : f32
    } -> tensor<32xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%5 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = math.powf %cst_4, %in : f32
      linalg.yield %158 : f32
    } -> tensor<32xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%6 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = arith.cmpf one, %in, %cst : f32
      cf.assert %158, "unimplemented: tensor with zero element"
      %159 = arith.divf %cst_0, %in : f32
      linalg.yield %159 : f32
    } -> tensor<32xf32>
    %8 = arith.sitofp %1 : i64 to f32
    %9 = math.ceil %8 : f32
    %10 = arith.fptoui %9 : f32 to i64
    %11 = arith.index_cast %10 : i64 to index
    %12 = tensor.empty(%11) : tensor<?xf32>
    %13 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel"]} outs(%12 : tensor<?xf32>) {
    ^bb0(%out: f32):
      %158 = linalg.index 0 : index
      %159 = arith.index_cast %158 : index to i64
      %160 = arith.sitofp %159 : i64 to f32
      %161 = arith.addf %160, %cst : f32
      linalg.yield %161 : f32
    } -> tensor<?xf32>
    %expanded = tensor.expand_shape %13 [[0, 1]] output_shape [%11, 1] : tensor<?xf32> into tensor<?x1xf32>
    %14 = tensor.empty(%11) : tensor<?x32xf32>
    %15 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded, %7 : tensor<?x1xf32>, tensor<32xf32>) outs(%14 : tensor<?x32xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %158 = arith.mulf %in, %in_36 : f32
      linalg.yield %158 : f32
    } -> tensor<?x32xf32>
    %16 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<?x32xf32>) outs(%14 : tensor<?x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = math.cos %in : f32
      linalg.yield %158 : f32
    } -> tensor<?x32xf32>
    %concat = tensor.concat dim(1) %16, %16 : (tensor<?x32xf32>, tensor<?x32xf32>) -> tensor<?x64xf32>
    %dim_8 = tensor.dim %16, %c0 : tensor<?x32xf32>
    %17 = tensor.empty(%dim_8) : tensor<?x64xbf16>
    %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%concat : tensor<?x64xf32>) outs(%17 : tensor<?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %158 = arith.truncf %in : f32 to bf16
      linalg.yield %158 : bf16
    } -> tensor<?x64xbf16>
    %19 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<?x32xf32>) outs(%14 : tensor<?x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = math.sin %in : f32
      linalg.yield %158 : f32
    } -> tensor<?x32xf32>
    %concat_9 = tensor.concat dim(1) %19, %19 : (tensor<?x32xf32>, tensor<?x32xf32>) -> tensor<?x64xf32>
    %dim_10 = tensor.dim %19, %c0 : tensor<?x32xf32>
    %20 = tensor.empty(%dim_10) : tensor<?x64xbf16>
    %21 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%concat_9 : tensor<?x64xf32>) outs(%20 : tensor<?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %158 = arith.truncf %in : f32 to bf16
      linalg.yield %158 : bf16
    } -> tensor<?x64xbf16>
    %dim_11 = tensor.dim %arg0, %c1 : tensor<?x?x?x64xbf16>
    %extracted_slice = tensor.extract_slice %arg0[0, 0, 0, 0] [%dim, %dim_11, %dim_6, 32] [1, 1, 1, 1] : tensor<?x?x?x64xbf16> to tensor<?x?x?x32xbf16>
    %extracted_slice_12 = tensor.extract_slice %arg0[0, 0, 0, 32] [%dim, %dim_11, %dim_6, 32] [1, 1, 1, 1] : tensor<?x?x?x64xbf16> to tensor<?x?x?x32xbf16>
    %22 = arith.cmpi eq, %dim_6, %dim_8 : index
    cf.assert %22, "mismatched size for broadcast"
    %23 = tensor.empty(%dim, %dim_11, %dim_6) : tensor<?x?x?x64xbf16>
    %24 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %18 : tensor<?x?x?x64xbf16>, tensor<?x64xbf16>) outs(%23 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %158 = arith.mulf %in, %in_36 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    %25 = tensor.empty(%dim, %dim_11, %dim_6) : tensor<?x?x?x32xbf16>
    %26 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_12 : tensor<?x?x?x32xbf16>) outs(%25 : tensor<?x?x?x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %158 = arith.negf %in : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x32xbf16>
    %concat_13 = tensor.concat dim(3) %26, %extracted_slice : (tensor<?x?x?x32xbf16>, tensor<?x?x?x32xbf16>) -> tensor<?x?x?x64xbf16>
    %dim_14 = tensor.dim %26, %c0 : tensor<?x?x?x32xbf16>
    %dim_15 = tensor.dim %26, %c1 : tensor<?x?x?x32xbf16>
    %dim_16 = tensor.dim %26, %c2 : tensor<?x?x?x32xbf16>
    %27 = arith.cmpi eq, %dim_16, %dim_10 : index
    cf.assert %27, "mismatched size for broadcast"
    %28 = tensor.empty(%dim_14, %dim_15, %dim_16) : tensor<?x?x?x64xbf16>
    %29 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_13, %21 : tensor<?x?x?x64xbf16>, tensor<?x64xbf16>) outs(%28 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %158 = arith.mulf %in, %in_36 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    %30 = arith.cmpi eq, %dim, %dim_14 : index
    cf.assert %30, "mismatched size for broadcast"
    %31 = arith.cmpi eq, %dim_11, %dim_15 : index
    cf.assert %31, "mismatched size for broadcast"
    %32 = arith.cmpi eq, %dim_6, %dim_16 : index
    cf.assert %32, "mismatched size for broadcast"
    %33 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %29 : tensor<?x?x?x64xbf16>, tensor<?x?x?x64xbf16>) outs(%23 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %158 = arith.addf %in, %in_36 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    %dim_17 = tensor.dim %arg1, %c0 : tensor<?x?x?x64xbf16>
    %dim_18 = tensor.dim %arg1, %c1 : tensor<?x?x?x64xbf16>
    %dim_19 = tensor.dim %arg1, %c2 : tensor<?x?x?x64xbf16>
    %extracted_slice_20 = tensor.extract_slice %arg1[0, 0, 0, 0] [%dim_17, %dim_18, %dim_19, 32] [1, 1, 1, 1] : tensor<?x?x?x64xbf16> to tensor<?x?x?x32xbf16>
    %extracted_slice_21 = tensor.extract_slice %arg1[0, 0, 0, 32] [%dim_17, %dim_18, %dim_19, 32] [1, 1, 1, 1] : tensor<?x?x?x64xbf16> to tensor<?x?x?x32xbf16>
    %34 = arith.cmpi eq, %dim_19, %dim_8 : index
    cf.assert %34, "mismatched size for broadcast"
    %35 = tensor.empty(%dim_17, %dim_18, %dim_19) : tensor<?x?x?x64xbf16>
    %36 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %18 : tensor<?x?x?x64xbf16>, tensor<?x64xbf16>) outs(%35 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %158 = arith.mulf %in, %in_36 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    %37 = tensor.empty(%dim_17, %dim_18, %dim_19) : tensor<?x?x?x32xbf16>
    %38 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice_21 : tensor<?x?x?x32xbf16>) outs(%37 : tensor<?x?x?x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %158 = arith.negf %in : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x32xbf16>
    %concat_22 = tensor.concat dim(3) %38, %extracted_slice_20 : (tensor<?x?x?x32xbf16>, tensor<?x?x?x32xbf16>) -> tensor<?x?x?x64xbf16>
    %dim_23 = tensor.dim %38, %c0 : tensor<?x?x?x32xbf16>
    %dim_24 = tensor.dim %38, %c1 : tensor<?x?x?x32xbf16>
    %dim_25 = tensor.dim %38, %c2 : tensor<?x?x?x32xbf16>
    %39 = arith.cmpi eq, %dim_25, %dim_10 : index
    cf.assert %39, "mismatched size for broadcast"
    %40 = tensor.empty(%dim_23, %dim_24, %dim_25) : tensor<?x?x?x64xbf16>
    %41 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat_22, %21 : tensor<?x?x?x64xbf16>, tensor<?x64xbf16>) outs(%40 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %158 = arith.mulf %in, %in_36 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    %42 = arith.cmpi eq, %dim_17, %dim_23 : index
    cf.assert %42, "mismatched size for broadcast"
    %43 = arith.cmpi eq, %dim_18, %dim_24 : index
    cf.assert %43, "mismatched size for broadcast"
    %44 = arith.cmpi eq, %dim_19, %dim_25 : index
    cf.assert %44, "mismatched size for broadcast"
    %45 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36, %41 : tensor<?x?x?x64xbf16>, tensor<?x?x?x64xbf16>) outs(%35 : tensor<?x?x?x64xbf16>) {
    ^bb0(%in: bf16, %in_36: bf16, %out: bf16):
      %158 = arith.addf %in, %in_36 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x64xbf16>
    %46 = tensor.empty(%dim_17, %dim_18, %dim_19) : tensor<?x?x64x?xbf16>
    %transposed = linalg.transpose ins(%45 : tensor<?x?x?x64xbf16>) outs(%46 : tensor<?x?x64x?xbf16>) permutation = [0, 1, 3, 2] 
    %47 = arith.muli %0, %2 : i64
    %48 = arith.cmpi sge, %0, %c0_i64 : i64
    cf.assert %48, "unimplemented: dynamic negative broadcast sizes"
    %49 = arith.cmpi sge, %2, %c0_i64 : i64
    cf.assert %49, "unimplemented: dynamic negative broadcast sizes"
    %50 = arith.cmpi sge, %1, %c0_i64 : i64
    cf.assert %50, "unimplemented: dynamic negative broadcast sizes"
    %51 = tensor.empty(%dim, %dim_7, %dim_6) : tensor<?x?x?x64xbf16>
    %52 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%51 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %dim, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %dim_11, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %dim_6, %c1 : index
      %167 = arith.select %166, %c0, %160 : index
      %extracted = tensor.extract %33[%163, %165, %167, %161] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    %53 = arith.cmpi slt, %47, %c0_i64 : i64
    %54 = arith.select %53, %c1_i64, %47 : i64
    %55 = arith.extui %53 : i1 to i64
    %56 = arith.muli %54, %1 : i64
    %57 = arith.addi %55, %c1_i64 : i64
    %58 = arith.cmpi slt, %1, %c0_i64 : i64
    %59 = arith.select %58, %54, %56 : i64
    %60 = arith.select %58, %57, %55 : i64
    %61 = arith.muli %59, %c64_i64 : i64
    %62 = arith.cmpi sle, %60, %c1_i64 : i64
    cf.assert %62, "must have at most one inferred (negative) dimension"
    %63 = arith.muli %47, %1 : i64
    %64 = arith.muli %63, %c64_i64 : i64
    %65 = arith.divsi %64, %61 : i64
    %66 = arith.select %53, %65, %47 : i64
    %67 = arith.select %58, %65, %1 : i64
    %from_elements = tensor.from_elements %66, %67, %c64_i64 : tensor<3xi64>
    %reshape = tensor.reshape %52(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    cf.assert %48, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %49, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %50, "unimplemented: dynamic negative broadcast sizes"
    %68 = tensor.empty(%dim, %dim_7, %dim_6) : tensor<?x?x64x?xbf16>
    %69 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%68 : tensor<?x?x64x?xbf16>) {
    ^bb0(%out: bf16):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %dim_17, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %dim_18, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %dim_19, %c1 : index
      %167 = arith.select %166, %c0, %161 : index
      %extracted = tensor.extract %transposed[%163, %165, %160, %167] : tensor<?x?x64x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x64x?xbf16>
    %70 = arith.muli %54, %c64_i64 : i64
    %71 = arith.muli %70, %1 : i64
    %72 = arith.select %58, %70, %71 : i64
    cf.assert %62, "must have at most one inferred (negative) dimension"
    %73 = arith.muli %47, %c64_i64 : i64
    %74 = arith.muli %73, %1 : i64
    %75 = arith.divsi %74, %72 : i64
    %76 = arith.select %53, %75, %47 : i64
    %77 = arith.select %58, %75, %1 : i64
    %from_elements_26 = tensor.from_elements %76, %c64_i64, %77 : tensor<3xi64>
    %reshape_27 = tensor.reshape %69(%from_elements_26) : (tensor<?x?x64x?xbf16>, tensor<3xi64>) -> tensor<?x64x?xbf16>
    %78 = arith.index_cast %66 : i64 to index
    %79 = arith.index_cast %67 : i64 to index
    %80 = arith.index_cast %77 : i64 to index
    %81 = arith.cmpi eq, %66, %76 : i64
    cf.assert %81, "mismatching contracting dimension"
    %82 = tensor.empty(%78, %79, %80) : tensor<?x?x?xf32>
    %83 = linalg.fill ins(%cst : f32) outs(%82 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %84 = linalg.batch_matmul ins(%reshape, %reshape_27 : tensor<?x?x64xbf16>, tensor<?x64x?xbf16>) outs(%83 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %85 = tensor.empty(%78, %79, %80) : tensor<?x?x?xbf16>
    %86 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%84 : tensor<?x?x?xf32>) outs(%85 : tensor<?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %158 = arith.truncf %in : f32 to bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?xbf16>
    %87 = arith.cmpi slt, %0, %c0_i64 : i64
    %88 = arith.select %87, %c1_i64, %0 : i64
    %89 = arith.extui %87 : i1 to i64
    %90 = arith.muli %88, %2 : i64
    %91 = arith.addi %89, %c1_i64 : i64
    %92 = arith.cmpi slt, %2, %c0_i64 : i64
    %93 = arith.select %92, %88, %90 : i64
    %94 = arith.select %92, %91, %89 : i64
    %95 = arith.muli %93, %1 : i64
    %96 = arith.addi %94, %c1_i64 : i64
    %97 = arith.select %58, %93, %95 : i64
    %98 = arith.select %58, %96, %94 : i64
    %99 = arith.muli %97, %1 : i64
    %100 = arith.addi %98, %c1_i64 : i64
    %101 = arith.select %58, %93, %99 : i64
    %102 = arith.select %58, %100, %94 : i64
    %103 = arith.cmpi sle, %102, %c1_i64 : i64
    cf.assert %103, "must have at most one inferred (negative) dimension"
    %104 = arith.muli %66, %67 : i64
    %105 = arith.muli %104, %77 : i64
    %106 = arith.divsi %105, %101 : i64
    %107 = arith.select %87, %106, %0 : i64
    %108 = arith.select %92, %106, %2 : i64
    %109 = arith.select %58, %106, %1 : i64
    %from_elements_28 = tensor.from_elements %107, %108, %109, %109 : tensor<4xi64>
    %reshape_29 = tensor.reshape %86(%from_elements_28) : (tensor<?x?x?xbf16>, tensor<4xi64>) -> tensor<?x?x?x?xbf16>
    %110 = arith.index_cast %107 : i64 to index
    %111 = arith.index_cast %108 : i64 to index
    %112 = arith.index_cast %109 : i64 to index
    %113 = tensor.empty(%110, %111, %112, %112) : tensor<?x?x?x?xbf16>
    %114 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_29 : tensor<?x?x?x?xbf16>) outs(%113 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %158 = arith.divf %in, %cst_5 : bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x?xbf16>
    %115 = tensor.empty(%110, %111, %112, %112) : tensor<?x?x?x?xf32>
    %116 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%114 : tensor<?x?x?x?xbf16>) outs(%115 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %158 = arith.extf %in : bf16 to f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %117 = tensor.empty(%110, %111, %112) : tensor<?x?x?xi64>
    %118 = linalg.fill ins(%c0_i64 : i64) outs(%117 : tensor<?x?x?xi64>) -> tensor<?x?x?xi64>
    %119 = tensor.empty(%110, %111, %112) : tensor<?x?x?xf32>
    %120 = linalg.fill ins(%cst_1 : f32) outs(%119 : tensor<?x?x?xf32>) -> tensor<?x?x?xf32>
    %121:2 = linalg.generic {indexing_maps = [#map4, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%116 : tensor<?x?x?x?xf32>) outs(%120, %118 : tensor<?x?x?xf32>, tensor<?x?x?xi64>) {
    ^bb0(%in: f32, %out: f32, %out_36: i64):
      %158 = linalg.index 3 : index
      %159 = arith.index_cast %158 : index to i64
      %160 = arith.maximumf %in, %out : f32
      %161 = arith.cmpf ogt, %in, %out : f32
      %162 = arith.select %161, %159, %out_36 : i64
      linalg.yield %160, %162 : f32, i64
    } -> (tensor<?x?x?xf32>, tensor<?x?x?xi64>)
    %expanded_30 = tensor.expand_shape %121#0 [[0], [1], [2, 3]] output_shape [%110, %111, %112, 1] : tensor<?x?x?xf32> into tensor<?x?x?x1xf32>
    %122 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%116, %expanded_30 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%115 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %158 = arith.subf %in, %in_36 : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %123 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%122 : tensor<?x?x?x?xf32>) outs(%115 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = math.exp %in : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %124 = tensor.empty(%110, %111, %112) : tensor<?x?x?x1xf32>
    %125 = linalg.fill ins(%cst : f32) outs(%124 : tensor<?x?x?x1xf32>) -> tensor<?x?x?x1xf32>
    %126 = linalg.generic {indexing_maps = [#map4, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%123 : tensor<?x?x?x?xf32>) outs(%125 : tensor<?x?x?x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %158 = arith.addf %in, %out : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x1xf32>
    %127 = linalg.generic {indexing_maps = [#map4, #map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%123, %126 : tensor<?x?x?x?xf32>, tensor<?x?x?x1xf32>) outs(%115 : tensor<?x?x?x?xf32>) {
    ^bb0(%in: f32, %in_36: f32, %out: f32):
      %158 = arith.divf %in, %in_36 : f32
      linalg.yield %158 : f32
    } -> tensor<?x?x?x?xf32>
    %128 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%127 : tensor<?x?x?x?xf32>) outs(%113 : tensor<?x?x?x?xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %158 = arith.truncf %in : f32 to bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x?x?xbf16>
    cf.assert %48, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %49, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %50, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %50, "unimplemented: dynamic negative broadcast sizes"
    %129 = tensor.empty(%dim, %dim_7, %dim_6, %dim_6) : tensor<?x?x?x?xbf16>
    %130 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%129 : tensor<?x?x?x?xbf16>) {
    ^bb0(%out: bf16):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %162 = arith.cmpi eq, %110, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %111, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %166 = arith.cmpi eq, %112, %c1 : index
      %167 = arith.select %166, %c0, %160 : index
      %168 = arith.select %166, %c0, %161 : index
      %extracted = tensor.extract %128[%163, %165, %167, %168] : tensor<?x?x?x?xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x?xbf16>
    %131 = arith.muli %59, %1 : i64
    %132 = arith.addi %60, %c1_i64 : i64
    %133 = arith.select %58, %54, %131 : i64
    %134 = arith.select %58, %132, %55 : i64
    %135 = arith.cmpi sle, %134, %c1_i64 : i64
    cf.assert %135, "must have at most one inferred (negative) dimension"
    %136 = arith.muli %63, %1 : i64
    %137 = arith.divsi %136, %133 : i64
    %138 = arith.select %53, %137, %47 : i64
    %139 = arith.select %58, %137, %1 : i64
    %from_elements_31 = tensor.from_elements %138, %139, %139 : tensor<3xi64>
    %reshape_32 = tensor.reshape %130(%from_elements_31) : (tensor<?x?x?x?xbf16>, tensor<3xi64>) -> tensor<?x?x?xbf16>
    cf.assert %48, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %49, "unimplemented: dynamic negative broadcast sizes"
    cf.assert %50, "unimplemented: dynamic negative broadcast sizes"
    %140 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%51 : tensor<?x?x?x64xbf16>) {
    ^bb0(%out: bf16):
      %158 = linalg.index 0 : index
      %159 = linalg.index 1 : index
      %160 = linalg.index 2 : index
      %161 = linalg.index 3 : index
      %dim_36 = tensor.dim %arg2, %c0 : tensor<?x?x?x64xbf16>
      %162 = arith.cmpi eq, %dim_36, %c1 : index
      %163 = arith.select %162, %c0, %158 : index
      %164 = arith.cmpi eq, %dim_7, %c1 : index
      %165 = arith.select %164, %c0, %159 : index
      %dim_37 = tensor.dim %arg2, %c2 : tensor<?x?x?x64xbf16>
      %166 = arith.cmpi eq, %dim_37, %c1 : index
      %167 = arith.select %166, %c0, %160 : index
      %extracted = tensor.extract %arg2[%163, %165, %167, %161] : tensor<?x?x?x64xbf16>
      linalg.yield %extracted : bf16
    } -> tensor<?x?x?x64xbf16>
    cf.assert %62, "must have at most one inferred (negative) dimension"
    %reshape_33 = tensor.reshape %140(%from_elements) : (tensor<?x?x?x64xbf16>, tensor<3xi64>) -> tensor<?x?x64xbf16>
    %141 = arith.index_cast %138 : i64 to index
    %142 = arith.index_cast %139 : i64 to index
    %143 = arith.cmpi eq, %138, %66 : i64
    cf.assert %143, "mismatching contracting dimension"
    %144 = arith.cmpi eq, %139, %67 : i64
    cf.assert %144, "mismatching contracting dimension"
    %145 = tensor.empty(%141, %142) : tensor<?x?x64xf32>
    %146 = linalg.fill ins(%cst : f32) outs(%145 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %147 = linalg.batch_matmul ins(%reshape_32, %reshape_33 : tensor<?x?x?xbf16>, tensor<?x?x64xbf16>) outs(%146 : tensor<?x?x64xf32>) -> tensor<?x?x64xf32>
    %148 = tensor.empty(%141, %142) : tensor<?x?x64xbf16>
    %149 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%147 : tensor<?x?x64xf32>) outs(%148 : tensor<?x?x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %158 = arith.truncf %in : f32 to bf16
      linalg.yield %158 : bf16
    } -> tensor<?x?x64xbf16>
    %150 = arith.muli %97, %c64_i64 : i64
    %151 = arith.cmpi sle, %98, %c1_i64 : i64
    cf.assert %151, "must have at most one inferred (negative) dimension"
    %152 = arith.muli %138, %139 : i64
    %153 = arith.muli %152, %c64_i64 : i64
    %154 = arith.divsi %153, %150 : i64
    %155 = arith.select %87, %154, %0 : i64
    %156 = arith.select %92, %154, %2 : i64
    %157 = arith.select %58, %154, %1 : i64
    %from_elements_34 = tensor.from_elements %155, %156, %157, %c64_i64 : tensor<4xi64>
    %reshape_35 = tensor.reshape %149(%from_elements_34) : (tensor<?x?x64xbf16>, tensor<4xi64>) -> tensor<?x?x?x64xbf16>
    return %reshape_35 : tensor<?x?x?x64xbf16>
  }
}

