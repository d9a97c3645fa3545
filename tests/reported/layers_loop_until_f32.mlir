#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0, 0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0) -> (d0)>
#map5 = affine_map<(d0, d1) -> (0, d1)>
#map6 = affine_map<(d0, d1) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
module {
  func.func private @layer(%arg0: tensor<32x32xf32>, %arg1: tensor<32x32xf32>, %arg2: tensor<32x32xf32>, %arg3: tensor<32x32xf32>, %arg4: tensor<32x32xf32>, %arg5: tensor<32xf32>) -> tensor<32x32xf32> {
    %c2_i64 = arith.constant 2 : i64
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f32
    %cst_0 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<1x2x32x32xf32>
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_3 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_4 = arith.constant dense<true> : tensor<32x32xi1>
    %cst_5 = arith.constant 0xFFF0000000000000 : f64
    %cst_6 = arith.constant 1.000000e-05 : f64
    %cst_7 = arith.constant 3.200000e+01 : f32
    %cst_8 = arith.constant 5.000000e-01 : f32
    %0 = tensor.empty() : tensor<32x32xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<32x32xf32>) outs(%0 : tensor<32x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = math.fpowi %in, %c2_i64 : f32, i64
      linalg.yield %54 : f32
    } -> tensor<32x32xf32>
    %2 = tensor.empty() : tensor<32x1xf32>
    %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<32x1xf32>) -> tensor<32x1xf32>
    %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<32x32xf32>) outs(%3 : tensor<32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.addf %in, %out : f32
      linalg.yield %54 : f32
    } -> tensor<32x1xf32>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<32x1xf32>) outs(%2 : tensor<32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.divf %in, %cst_7 : f32
      linalg.yield %54 : f32
    } -> tensor<32x1xf32>
    %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<32x1xf32>) outs(%2 : tensor<32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.truncf %cst_6 : f64 to f32
      %55 = arith.addf %in, %54 : f32
      linalg.yield %55 : f32
    } -> tensor<32x1xf32>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<32x1xf32>) outs(%2 : tensor<32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = math.rsqrt %in : f32
      linalg.yield %54 : f32
    } -> tensor<32x1xf32>
    %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %7 : tensor<32x32xf32>, tensor<32x1xf32>) outs(%0 : tensor<32x32xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %54 = arith.mulf %in, %in_24 : f32
      linalg.yield %54 : f32
    } -> tensor<32x32xf32>
    %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%8, %arg5 : tensor<32x32xf32>, tensor<32xf32>) outs(%0 : tensor<32x32xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %54 = arith.mulf %in, %in_24 : f32
      linalg.yield %54 : f32
    } -> tensor<32x32xf32>
    %10 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %11 = linalg.matmul ins(%9, %arg1 : tensor<32x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %expanded = tensor.expand_shape %11 [[0], [1, 2]] output_shape [32, 2, 16] : tensor<32x32xf32> into tensor<32x2x16xf32>
    %12 = tensor.empty() : tensor<2x32x16xf32>
    %transposed = linalg.transpose ins(%expanded : tensor<32x2x16xf32>) outs(%12 : tensor<2x32x16xf32>) permutation = [1, 0, 2] 
    %expanded_9 = tensor.expand_shape %transposed [[0, 1], [2], [3]] output_shape [1, 2, 32, 16] : tensor<2x32x16xf32> into tensor<1x2x32x16xf32>
    %13 = linalg.matmul ins(%9, %arg2 : tensor<32x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %expanded_10 = tensor.expand_shape %13 [[0], [1, 2]] output_shape [32, 2, 16] : tensor<32x32xf32> into tensor<32x2x16xf32>
    %transposed_11 = linalg.transpose ins(%expanded_10 : tensor<32x2x16xf32>) outs(%12 : tensor<2x32x16xf32>) permutation = [1, 0, 2] 
    %expanded_12 = tensor.expand_shape %transposed_11 [[0, 1], [2], [3]] output_shape [1, 2, 32, 16] : tensor<2x32x16xf32> into tensor<1x2x32x16xf32>
    %14 = linalg.matmul ins(%9, %arg3 : tensor<32x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %expanded_13 = tensor.expand_shape %14 [[0], [1, 2]] output_shape [32, 2, 16] : tensor<32x32xf32> into tensor<32x2x16xf32>
    %transposed_14 = linalg.transpose ins(%expanded_13 : tensor<32x2x16xf32>) outs(%12 : tensor<2x32x16xf32>) permutation = [1, 0, 2] 
    %15 = tensor.empty() : tensor<1x2x32x16xf32>
    %16 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<1x2x32x16xf32>) outs(%15 : tensor<1x2x32x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.mulf %in, %cst_8 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x16xf32>
    %17 = tensor.empty() : tensor<32xi64>
    %18 = linalg.generic {indexing_maps = [#map4], iterator_types = ["parallel"]} outs(%17 : tensor<32xi64>) {
    ^bb0(%out: i64):
      %54 = linalg.index 0 : index
      %55 = arith.index_cast %54 : index to i64
      linalg.yield %55 : i64
    } -> tensor<32xi64>
    %expanded_15 = tensor.expand_shape %18 [[0, 1]] output_shape [1, 32] : tensor<32xi64> into tensor<1x32xi64>
    %expanded_16 = tensor.expand_shape %18 [[0, 1]] output_shape [32, 1] : tensor<32xi64> into tensor<32x1xi64>
    %19 = tensor.empty() : tensor<32x32xi64>
    %20 = linalg.generic {indexing_maps = [#map5, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_15, %expanded_16 : tensor<1x32xi64>, tensor<32x1xi64>) outs(%19 : tensor<32x32xi64>) {
    ^bb0(%in: i64, %in_24: i64, %out: i64):
      %54 = arith.subi %in, %in_24 : i64
      linalg.yield %54 : i64
    } -> tensor<32x32xi64>
    %21 = tensor.empty() : tensor<32x32xi1>
    %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<32x32xi64>) outs(%21 : tensor<32x32xi1>) {
    ^bb0(%in: i64, %out: i1):
      %54 = arith.cmpi sle, %in, %c0_i64 : i64
      linalg.yield %54 : i1
    } -> tensor<32x32xi1>
    %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%22, %cst_4 : tensor<32x32xi1>, tensor<32x32xi1>) outs(%21 : tensor<32x32xi1>) {
    ^bb0(%in: i1, %in_24: i1, %out: i1):
      %54 = arith.andi %in, %in_24 : i1
      linalg.yield %54 : i1
    } -> tensor<32x32xi1>
    %24 = linalg.generic {indexing_maps = [#map, #map6, #map6, #map], iterator_types = ["parallel", "parallel"]} ins(%23, %cst_2, %cst_3 : tensor<32x32xi1>, tensor<f32>, tensor<f32>) outs(%0 : tensor<32x32xf32>) {
    ^bb0(%in: i1, %in_24: f32, %in_25: f32, %out: f32):
      %54 = arith.select %in, %in_24, %in_25 : f32
      linalg.yield %54 : f32
    } -> tensor<32x32xf32>
    %25 = tensor.empty() : tensor<1x2x16x32xf32>
    %transposed_17 = linalg.transpose ins(%expanded_12 : tensor<1x2x32x16xf32>) outs(%25 : tensor<1x2x16x32xf32>) permutation = [0, 1, 3, 2] 
    %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_17 : tensor<1x2x16x32xf32>) outs(%25 : tensor<1x2x16x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.mulf %in, %cst_8 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x16x32xf32>
    %collapsed = tensor.collapse_shape %16 [[0, 1], [2], [3]] : tensor<1x2x32x16xf32> into tensor<2x32x16xf32>
    %collapsed_18 = tensor.collapse_shape %26 [[0, 1], [2], [3]] : tensor<1x2x16x32xf32> into tensor<2x16x32xf32>
    %27 = tensor.empty() : tensor<2x32x32xf32>
    %28 = linalg.fill ins(%cst : f32) outs(%27 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %29 = linalg.batch_matmul ins(%collapsed, %collapsed_18 : tensor<2x32x16xf32>, tensor<2x16x32xf32>) outs(%28 : tensor<2x32x32xf32>) -> tensor<2x32x32xf32>
    %expanded_19 = tensor.expand_shape %29 [[0, 1], [2], [3]] output_shape [1, 2, 32, 32] : tensor<2x32x32xf32> into tensor<1x2x32x32xf32>
    %30 = tensor.empty() : tensor<1x2x32x32xf32>
    %31 = linalg.generic {indexing_maps = [#map3, #map7, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_19, %24 : tensor<1x2x32x32xf32>, tensor<32x32xf32>) outs(%30 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %54 = arith.addf %in, %in_24 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x32xf32>
    %32 = tensor.empty() : tensor<1x2x32xi64>
    %33 = linalg.fill ins(%c0_i64 : i64) outs(%32 : tensor<1x2x32xi64>) -> tensor<1x2x32xi64>
    %34 = tensor.empty() : tensor<1x2x32xf32>
    %35 = linalg.fill ins(%cst_0 : f32) outs(%34 : tensor<1x2x32xf32>) -> tensor<1x2x32xf32>
    %36:2 = linalg.generic {indexing_maps = [#map3, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%31 : tensor<1x2x32x32xf32>) outs(%35, %33 : tensor<1x2x32xf32>, tensor<1x2x32xi64>) {
    ^bb0(%in: f32, %out: f32, %out_24: i64):
      %54 = linalg.index 3 : index
      %55 = arith.index_cast %54 : index to i64
      %56 = arith.maximumf %in, %out : f32
      %57 = arith.cmpf ogt, %in, %out : f32
      %58 = arith.select %57, %55, %out_24 : i64
      linalg.yield %56, %58 : f32, i64
    } -> (tensor<1x2x32xf32>, tensor<1x2x32xi64>)
    %expanded_20 = tensor.expand_shape %36#0 [[0], [1], [2, 3]] output_shape [1, 2, 32, 1] : tensor<1x2x32xf32> into tensor<1x2x32x1xf32>
    %37 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %expanded_20 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%30 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %54 = arith.subf %in, %in_24 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x32xf32>
    %38 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37 : tensor<1x2x32x32xf32>) outs(%30 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = math.exp %in : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x32xf32>
    %39 = tensor.empty() : tensor<1x2x32x1xf32>
    %40 = linalg.fill ins(%cst : f32) outs(%39 : tensor<1x2x32x1xf32>) -> tensor<1x2x32x1xf32>
    %41 = linalg.generic {indexing_maps = [#map3, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%38 : tensor<1x2x32x32xf32>) outs(%40 : tensor<1x2x32x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %54 = arith.addf %in, %out : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x1xf32>
    %42 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %41 : tensor<1x2x32x32xf32>, tensor<1x2x32x1xf32>) outs(%30 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %54 = arith.divf %in, %in_24 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x32xf32>
    %43 = tensor.empty() : tensor<1x2x32x32xi1>
    %44 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<1x2x32x32xf32>) outs(%43 : tensor<1x2x32x32xi1>) {
    ^bb0(%in: f32, %out: i1):
      %54 = arith.extf %in : f32 to f64
      %55 = arith.cmpf oeq, %54, %cst_5 : f64
      linalg.yield %55 : i1
    } -> tensor<1x2x32x32xi1>
    %45 = tensor.empty() : tensor<1x2x32x1xi1>
    %46 = linalg.fill ins(%true : i1) outs(%45 : tensor<1x2x32x1xi1>) -> tensor<1x2x32x1xi1>
    %47 = linalg.generic {indexing_maps = [#map3, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%44 : tensor<1x2x32x32xi1>) outs(%46 : tensor<1x2x32x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %54 = arith.andi %in, %out : i1
      linalg.yield %54 : i1
    } -> tensor<1x2x32x1xi1>
    %48 = linalg.generic {indexing_maps = [#map9, #map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47, %cst_1, %42 : tensor<1x2x32x1xi1>, tensor<1x2x32x32xf32>, tensor<1x2x32x32xf32>) outs(%30 : tensor<1x2x32x32xf32>) {
    ^bb0(%in: i1, %in_24: f32, %in_25: f32, %out: f32):
      %54 = arith.select %in, %in_24, %in_25 : f32
      linalg.yield %54 : f32
    } -> tensor<1x2x32x32xf32>
    %collapsed_21 = tensor.collapse_shape %48 [[0, 1], [2], [3]] : tensor<1x2x32x32xf32> into tensor<2x32x32xf32>
    %49 = linalg.fill ins(%cst : f32) outs(%12 : tensor<2x32x16xf32>) -> tensor<2x32x16xf32>
    %50 = linalg.batch_matmul ins(%collapsed_21, %transposed_14 : tensor<2x32x32xf32>, tensor<2x32x16xf32>) outs(%49 : tensor<2x32x16xf32>) -> tensor<2x32x16xf32>
    %51 = tensor.empty() : tensor<32x2x16xf32>
    %transposed_22 = linalg.transpose ins(%50 : tensor<2x32x16xf32>) outs(%51 : tensor<32x2x16xf32>) permutation = [1, 0, 2] 
    %collapsed_23 = tensor.collapse_shape %transposed_22 [[0], [1, 2]] : tensor<32x2x16xf32> into tensor<32x32xf32>
    %52 = linalg.matmul ins(%collapsed_23, %arg4 : tensor<32x32xf32>, tensor<32x32xf32>) outs(%10 : tensor<32x32xf32>) -> tensor<32x32xf32>
    %53 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %52 : tensor<32x32xf32>, tensor<32x32xf32>) outs(%0 : tensor<32x32xf32>) {
    ^bb0(%in: f32, %in_24: f32, %out: f32):
      %54 = arith.addf %in, %in_24 : f32
      linalg.yield %54 : f32
    } -> tensor<32x32xf32>
    return %53 : tensor<32x32xf32>
  }
  func.func @main(%x: tensor<32x32xf32>, %W0: tensor<3x32x32xf32>, %W1: tensor<3x32x32xf32>, %W2: tensor<3x32x32xf32>, %W3: tensor<3x32x32xf32>, %g: tensor<3x32xf32>, %high: index) -> tensor<32x32xf32> {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    
    %r = scf.for %i = %c0 to %high step %c1 iter_args(%h = %x) -> (tensor<32x32xf32>) {
      %w0 = tensor.extract_slice %W0[%i, 0, 0] [1, 32, 32] [1, 1, 1] : tensor<3x32x32xf32> to tensor<32x32xf32>
      %w1 = tensor.extract_slice %W1[%i, 0, 0] [1, 32, 32] [1, 1, 1] : tensor<3x32x32xf32> to tensor<32x32xf32>
      %w2 = tensor.extract_slice %W2[%i, 0, 0] [1, 32, 32] [1, 1, 1] : tensor<3x32x32xf32> to tensor<32x32xf32>
      %w3 = tensor.extract_slice %W3[%i, 0, 0] [1, 32, 32] [1, 1, 1] : tensor<3x32x32xf32> to tensor<32x32xf32>
      %gi = tensor.extract_slice %g[%i, 0] [1, 32] [1, 1] : tensor<3x32xf32> to tensor<32xf32>
      %y = func.call @layer(%h, %w0, %w1, %w2, %w3, %gi) : (tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32x32xf32>, tensor<32xf32>) -> tensor<32x32xf32>
      scf.yield %y : tensor<32x32xf32>
    }
    return %r : tensor<32x32xf32>
  }
}
