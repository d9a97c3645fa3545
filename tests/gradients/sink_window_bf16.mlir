#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> (d0, 0)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> ()>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#map14 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, d3, d4)>
module {
  func.func @main(%arg0: tensor<1x4x72x16xbf16>, %arg1: tensor<1x2x72x16xbf16>, %arg2: tensor<1x2x72x16xbf16>, %arg3: tensor<4xbf16>, %arg4: tensor<1x4x72x16xbf16>) -> (tensor<1x4x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<4xbf16>) {
    %c24_i64 = arith.constant 24 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF80 : bf16
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 0.000000e+00 : bf16
    %cst_3 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_4 = arith.constant dense<0.000000e+00> : tensor<1x4x72x73xbf16>
    %cst_5 = arith.constant dense<-3.389530e+38> : tensor<bf16>
    %cst_6 = arith.constant 4.000000e+00 : bf16
    %0 = tensor.empty() : tensor<1x2x2x72x16xbf16>
    %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<1x2x72x16xbf16>) outs(%0 : tensor<1x2x2x72x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x72x16xbf16>
    %collapsed = tensor.collapse_shape %1 [[0], [1, 2], [3], [4]] : tensor<1x2x2x72x16xbf16> into tensor<1x4x72x16xbf16>
    %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<1x2x72x16xbf16>) outs(%0 : tensor<1x2x2x72x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x2x72x16xbf16>
    %3 = tensor.empty() : tensor<72xi64>
    %4 = linalg.generic {indexing_maps = [#map2], iterator_types = ["parallel"]} outs(%3 : tensor<72xi64>) {
    ^bb0(%out: i64):
      %72 = linalg.index 0 : index
      %73 = arith.index_cast %72 : index to i64
      linalg.yield %73 : i64
    } -> tensor<72xi64>
    %expanded = tensor.expand_shape %4 [[0, 1]] output_shape [72, 1] : tensor<72xi64> into tensor<72x1xi64>
    %expanded_7 = tensor.expand_shape %4 [[0, 1]] output_shape [1, 72] : tensor<72xi64> into tensor<1x72xi64>
    %5 = tensor.empty() : tensor<1x4x16x72xbf16>
    %transposed = linalg.transpose ins(%collapsed : tensor<1x4x72x16xbf16>) outs(%5 : tensor<1x4x16x72xbf16>) permutation = [0, 1, 3, 2] 
    %collapsed_8 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<1x4x72x16xbf16> into tensor<4x72x16xbf16>
    %collapsed_9 = tensor.collapse_shape %transposed [[0, 1], [2], [3]] : tensor<1x4x16x72xbf16> into tensor<4x16x72xbf16>
    %6 = tensor.empty() : tensor<4x72x72xf32>
    %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<4x72x72xf32>) -> tensor<4x72x72xf32>
    %8 = linalg.batch_matmul ins(%collapsed_8, %collapsed_9 : tensor<4x72x16xbf16>, tensor<4x16x72xbf16>) outs(%7 : tensor<4x72x72xf32>) -> tensor<4x72x72xf32>
    %9 = tensor.empty() : tensor<4x72x72xbf16>
    %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x72x72xf32>) outs(%9 : tensor<4x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<4x72x72xbf16>
    %expanded_10 = tensor.expand_shape %10 [[0, 1], [2], [3]] output_shape [1, 4, 72, 72] : tensor<4x72x72xbf16> into tensor<1x4x72x72xbf16>
    %11 = tensor.empty() : tensor<1x4x72x72xbf16>
    %12 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<1x4x72x72xbf16>) outs(%11 : tensor<1x4x72x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %72 = arith.divf %in, %cst_6 : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x72xbf16>
    %13 = tensor.empty() : tensor<72x72xi1>
    %14 = linalg.generic {indexing_maps = [#map5, #map6, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded_7, %expanded : tensor<1x72xi64>, tensor<72x1xi64>) outs(%13 : tensor<72x72xi1>) {
    ^bb0(%in: i64, %in_33: i64, %out: i1):
      %72 = arith.cmpi sgt, %in, %in_33 : i64
      linalg.yield %72 : i1
    } -> tensor<72x72xi1>
    %15 = tensor.empty() : tensor<72x1xi64>
    %16 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded : tensor<72x1xi64>) outs(%15 : tensor<72x1xi64>) {
    ^bb0(%in: i64, %out: i64):
      %72 = arith.subi %in, %c24_i64 : i64
      linalg.yield %72 : i64
    } -> tensor<72x1xi64>
    %17 = linalg.generic {indexing_maps = [#map5, #map6, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded_7, %16 : tensor<1x72xi64>, tensor<72x1xi64>) outs(%13 : tensor<72x72xi1>) {
    ^bb0(%in: i64, %in_33: i64, %out: i1):
      %72 = arith.cmpi sle, %in, %in_33 : i64
      linalg.yield %72 : i1
    } -> tensor<72x72xi1>
    %18 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%14, %17 : tensor<72x72xi1>, tensor<72x72xi1>) outs(%13 : tensor<72x72xi1>) {
    ^bb0(%in: i1, %in_33: i1, %out: i1):
      %72 = arith.ori %in, %in_33 : i1
      linalg.yield %72 : i1
    } -> tensor<72x72xi1>
    %19 = linalg.generic {indexing_maps = [#map8, #map9, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %cst_5, %12 : tensor<72x72xi1>, tensor<bf16>, tensor<1x4x72x72xbf16>) outs(%11 : tensor<1x4x72x72xbf16>) {
    ^bb0(%in: i1, %in_33: bf16, %in_34: bf16, %out: bf16):
      %72 = arith.select %in, %in_33, %in_34 : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x72xbf16>
    %20 = tensor.empty() : tensor<1x4x72x1xbf16>
    %expanded_11 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [1, 4, 1] : tensor<4xbf16> into tensor<1x4x1xbf16>
    %21 = linalg.generic {indexing_maps = [#map10, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_11 : tensor<1x4x1xbf16>) outs(%20 : tensor<1x4x72x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x4x72x1xbf16>
    %concat = tensor.concat dim(3) %19, %21 : (tensor<1x4x72x72xbf16>, tensor<1x4x72x1xbf16>) -> tensor<1x4x72x73xbf16>
    %22 = tensor.empty() : tensor<1x4x72xi64>
    %23 = linalg.fill ins(%c0_i64 : i64) outs(%22 : tensor<1x4x72xi64>) -> tensor<1x4x72xi64>
    %24 = tensor.empty() : tensor<1x4x72xbf16>
    %25 = linalg.fill ins(%cst_0 : bf16) outs(%24 : tensor<1x4x72xbf16>) -> tensor<1x4x72xbf16>
    %26:2 = linalg.generic {indexing_maps = [#map4, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%concat : tensor<1x4x72x73xbf16>) outs(%25, %23 : tensor<1x4x72xbf16>, tensor<1x4x72xi64>) {
    ^bb0(%in: bf16, %out: bf16, %out_33: i64):
      %72 = linalg.index 3 : index
      %73 = arith.index_cast %72 : index to i64
      %74 = arith.maximumf %in, %out : bf16
      %75 = arith.cmpf ogt, %in, %out : bf16
      %76 = arith.select %75, %73, %out_33 : i64
      linalg.yield %74, %76 : bf16, i64
    } -> (tensor<1x4x72xbf16>, tensor<1x4x72xi64>)
    %expanded_12 = tensor.expand_shape %26#0 [[0], [1], [2, 3]] output_shape [1, 4, 72, 1] : tensor<1x4x72xbf16> into tensor<1x4x72x1xbf16>
    %27 = tensor.empty() : tensor<1x4x72x73xbf16>
    %28 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%concat, %expanded_12 : tensor<1x4x72x73xbf16>, tensor<1x4x72x1xbf16>) outs(%27 : tensor<1x4x72x73xbf16>) {
    ^bb0(%in: bf16, %in_33: bf16, %out: bf16):
      %72 = arith.subf %in, %in_33 : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x73xbf16>
    %29 = tensor.empty() : tensor<1x4x72x73xf32>
    %30 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<1x4x72x73xbf16>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %72 = arith.extf %in : bf16 to f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %31 = tensor.empty() : tensor<1x4x72xf32>
    %32 = linalg.fill ins(%cst_1 : f32) outs(%31 : tensor<1x4x72xf32>) -> tensor<1x4x72xf32>
    %33:2 = linalg.generic {indexing_maps = [#map4, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%30 : tensor<1x4x72x73xf32>) outs(%32, %23 : tensor<1x4x72xf32>, tensor<1x4x72xi64>) {
    ^bb0(%in: f32, %out: f32, %out_33: i64):
      %72 = linalg.index 3 : index
      %73 = arith.index_cast %72 : index to i64
      %74 = arith.maximumf %in, %out : f32
      %75 = arith.cmpf ogt, %in, %out : f32
      %76 = arith.select %75, %73, %out_33 : i64
      linalg.yield %74, %76 : f32, i64
    } -> (tensor<1x4x72xf32>, tensor<1x4x72xi64>)
    %expanded_13 = tensor.expand_shape %33#0 [[0], [1], [2, 3]] output_shape [1, 4, 72, 1] : tensor<1x4x72xf32> into tensor<1x4x72x1xf32>
    %34 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %expanded_13 : tensor<1x4x72x73xf32>, tensor<1x4x72x1xf32>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %72 = arith.subf %in, %in_33 : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %35 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x4x72x73xf32>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: f32, %out: f32):
      %72 = math.exp %in : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %36 = tensor.empty() : tensor<1x4x72x1xf32>
    %37 = linalg.fill ins(%cst : f32) outs(%36 : tensor<1x4x72x1xf32>) -> tensor<1x4x72x1xf32>
    %38 = linalg.generic {indexing_maps = [#map4, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%35 : tensor<1x4x72x73xf32>) outs(%37 : tensor<1x4x72x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %72 = arith.addf %in, %out : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x1xf32>
    %39 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35, %38 : tensor<1x4x72x73xf32>, tensor<1x4x72x1xf32>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %72 = arith.divf %in, %in_33 : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %40 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<1x4x72x73xf32>) outs(%27 : tensor<1x4x72x73xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x73xbf16>
    %extracted_slice = tensor.extract_slice %40[0, 0, 0, 0] [1, 4, 72, 72] [1, 1, 1, 1] : tensor<1x4x72x73xbf16> to tensor<1x4x72x72xbf16>
    %collapsed_14 = tensor.collapse_shape %extracted_slice [[0, 1], [2], [3]] : tensor<1x4x72x72xbf16> into tensor<4x72x72xbf16>
    %collapsed_15 = tensor.collapse_shape %2 [[0, 1, 2], [3], [4]] : tensor<1x2x2x72x16xbf16> into tensor<4x72x16xbf16>
    %collapsed_16 = tensor.collapse_shape %arg4 [[0, 1], [2], [3]] : tensor<1x4x72x16xbf16> into tensor<4x72x16xbf16>
    %transposed_17 = linalg.transpose ins(%collapsed_14 : tensor<4x72x72xbf16>) outs(%9 : tensor<4x72x72xbf16>) permutation = [0, 2, 1] 
    %41 = tensor.empty() : tensor<4x72x16xf32>
    %42 = linalg.fill ins(%cst : f32) outs(%41 : tensor<4x72x16xf32>) -> tensor<4x72x16xf32>
    %43 = linalg.batch_matmul ins(%transposed_17, %collapsed_16 : tensor<4x72x72xbf16>, tensor<4x72x16xbf16>) outs(%42 : tensor<4x72x16xf32>) -> tensor<4x72x16xf32>
    %44 = tensor.empty() : tensor<4x72x16xbf16>
    %45 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43 : tensor<4x72x16xf32>) outs(%44 : tensor<4x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<4x72x16xbf16>
    %46 = tensor.empty() : tensor<4x16x72xbf16>
    %transposed_18 = linalg.transpose ins(%collapsed_15 : tensor<4x72x16xbf16>) outs(%46 : tensor<4x16x72xbf16>) permutation = [0, 2, 1] 
    %47 = linalg.batch_matmul ins(%collapsed_16, %transposed_18 : tensor<4x72x16xbf16>, tensor<4x16x72xbf16>) outs(%7 : tensor<4x72x72xf32>) -> tensor<4x72x72xf32>
    %48 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<4x72x72xf32>) outs(%9 : tensor<4x72x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<4x72x72xbf16>
    %expanded_19 = tensor.expand_shape %48 [[0, 1], [2], [3]] output_shape [1, 4, 72, 72] : tensor<4x72x72xbf16> into tensor<1x4x72x72xbf16>
    %inserted_slice = tensor.insert_slice %expanded_19 into %cst_4[0, 0, 0, 0] [1, 4, 72, 72] [1, 1, 1, 1] : tensor<1x4x72x72xbf16> into tensor<1x4x72x73xbf16>
    %49 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%inserted_slice : tensor<1x4x72x73xbf16>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %72 = arith.extf %in : bf16 to f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %50 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40 : tensor<1x4x72x73xbf16>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %72 = arith.extf %in : bf16 to f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %51 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49, %50 : tensor<1x4x72x73xf32>, tensor<1x4x72x73xf32>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %72 = arith.mulf %in, %in_33 : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %52 = linalg.generic {indexing_maps = [#map4, #map12], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%51 : tensor<1x4x72x73xf32>) outs(%37 : tensor<1x4x72x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %72 = arith.addf %in, %out : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x1xf32>
    %53 = linalg.generic {indexing_maps = [#map4, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%50, %52 : tensor<1x4x72x73xf32>, tensor<1x4x72x1xf32>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %72 = arith.mulf %in, %in_33 : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %54 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%51, %53 : tensor<1x4x72x73xf32>, tensor<1x4x72x73xf32>) outs(%29 : tensor<1x4x72x73xf32>) {
    ^bb0(%in: f32, %in_33: f32, %out: f32):
      %72 = arith.subf %in, %in_33 : f32
      linalg.yield %72 : f32
    } -> tensor<1x4x72x73xf32>
    %55 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%54 : tensor<1x4x72x73xf32>) outs(%27 : tensor<1x4x72x73xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x73xbf16>
    %extracted_slice_20 = tensor.extract_slice %55[0, 0, 0, 0] [1, 4, 72, 72] [1, 1, 1, 1] : tensor<1x4x72x73xbf16> to tensor<1x4x72x72xbf16>
    %extracted_slice_21 = tensor.extract_slice %55[0, 0, 0, 72] [1, 4, 72, 1] [1, 1, 1, 1] : tensor<1x4x72x73xbf16> to tensor<1x4x72x1xbf16>
    %56 = tensor.empty() : tensor<1x4x1x1xbf16>
    %57 = linalg.fill ins(%cst_2 : bf16) outs(%56 : tensor<1x4x1x1xbf16>) -> tensor<1x4x1x1xbf16>
    %58 = linalg.generic {indexing_maps = [#map4, #map13], iterator_types = ["parallel", "parallel", "reduction", "parallel"]} ins(%extracted_slice_21 : tensor<1x4x72x1xbf16>) outs(%57 : tensor<1x4x1x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %72 = arith.addf %in, %out : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x1x1xbf16>
    %collapsed_22 = tensor.collapse_shape %58 [[0, 1, 2, 3]] : tensor<1x4x1x1xbf16> into tensor<4xbf16>
    %59 = linalg.generic {indexing_maps = [#map8, #map9, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %cst_3, %extracted_slice_20 : tensor<72x72xi1>, tensor<bf16>, tensor<1x4x72x72xbf16>) outs(%11 : tensor<1x4x72x72xbf16>) {
    ^bb0(%in: i1, %in_33: bf16, %in_34: bf16, %out: bf16):
      %72 = arith.select %in, %in_33, %in_34 : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x72xbf16>
    %60 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%59 : tensor<1x4x72x72xbf16>) outs(%11 : tensor<1x4x72x72xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %72 = arith.divf %in, %cst_6 : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x4x72x72xbf16>
    %collapsed_23 = tensor.collapse_shape %60 [[0, 1], [2], [3]] : tensor<1x4x72x72xbf16> into tensor<4x72x72xbf16>
    %transposed_24 = linalg.transpose ins(%collapsed_8 : tensor<4x72x16xbf16>) outs(%46 : tensor<4x16x72xbf16>) permutation = [0, 2, 1] 
    %61 = tensor.empty() : tensor<4x16x72xf32>
    %62 = linalg.fill ins(%cst : f32) outs(%61 : tensor<4x16x72xf32>) -> tensor<4x16x72xf32>
    %63 = linalg.batch_matmul ins(%transposed_24, %collapsed_23 : tensor<4x16x72xbf16>, tensor<4x72x72xbf16>) outs(%62 : tensor<4x16x72xf32>) -> tensor<4x16x72xf32>
    %64 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%63 : tensor<4x16x72xf32>) outs(%46 : tensor<4x16x72xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<4x16x72xbf16>
    %transposed_25 = linalg.transpose ins(%collapsed_9 : tensor<4x16x72xbf16>) outs(%44 : tensor<4x72x16xbf16>) permutation = [0, 2, 1] 
    %65 = linalg.batch_matmul ins(%collapsed_23, %transposed_25 : tensor<4x72x72xbf16>, tensor<4x72x16xbf16>) outs(%42 : tensor<4x72x16xf32>) -> tensor<4x72x16xf32>
    %66 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65 : tensor<4x72x16xf32>) outs(%44 : tensor<4x72x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %72 = arith.truncf %in : f32 to bf16
      linalg.yield %72 : bf16
    } -> tensor<4x72x16xbf16>
    %expanded_26 = tensor.expand_shape %64 [[0, 1], [2], [3]] output_shape [1, 4, 16, 72] : tensor<4x16x72xbf16> into tensor<1x4x16x72xbf16>
    %expanded_27 = tensor.expand_shape %66 [[0, 1], [2], [3]] output_shape [1, 4, 72, 16] : tensor<4x72x16xbf16> into tensor<1x4x72x16xbf16>
    %67 = tensor.empty() : tensor<1x4x72x16xbf16>
    %transposed_28 = linalg.transpose ins(%expanded_26 : tensor<1x4x16x72xbf16>) outs(%67 : tensor<1x4x72x16xbf16>) permutation = [0, 1, 3, 2] 
    %expanded_29 = tensor.expand_shape %45 [[0, 1, 2], [3], [4]] output_shape [1, 2, 2, 72, 16] : tensor<4x72x16xbf16> into tensor<1x2x2x72x16xbf16>
    %68 = tensor.empty() : tensor<1x2x1x72x16xbf16>
    %69 = linalg.fill ins(%cst_2 : bf16) outs(%68 : tensor<1x2x1x72x16xbf16>) -> tensor<1x2x1x72x16xbf16>
    %70 = linalg.generic {indexing_maps = [#map1, #map14], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%expanded_29 : tensor<1x2x2x72x16xbf16>) outs(%69 : tensor<1x2x1x72x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %72 = arith.addf %in, %out : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x2x1x72x16xbf16>
    %collapsed_30 = tensor.collapse_shape %70 [[0], [1, 2], [3], [4]] : tensor<1x2x1x72x16xbf16> into tensor<1x2x72x16xbf16>
    %expanded_31 = tensor.expand_shape %transposed_28 [[0], [1, 2], [3], [4]] output_shape [1, 2, 2, 72, 16] : tensor<1x4x72x16xbf16> into tensor<1x2x2x72x16xbf16>
    %71 = linalg.generic {indexing_maps = [#map1, #map14], iterator_types = ["parallel", "parallel", "reduction", "parallel", "parallel"]} ins(%expanded_31 : tensor<1x2x2x72x16xbf16>) outs(%69 : tensor<1x2x1x72x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %72 = arith.addf %in, %out : bf16
      linalg.yield %72 : bf16
    } -> tensor<1x2x1x72x16xbf16>
    %collapsed_32 = tensor.collapse_shape %71 [[0], [1, 2], [3], [4]] : tensor<1x2x1x72x16xbf16> into tensor<1x2x72x16xbf16>
    return %expanded_27, %collapsed_32, %collapsed_30, %collapsed_22 : tensor<1x4x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<1x2x72x16xbf16>, tensor<4xbf16>
  }
}

