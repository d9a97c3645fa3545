#map = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d5)>
#map1 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d4, d5)>
#map2 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> ()>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, 0)>
#map9 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d4, d5, d2)>
#map10 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d4, d5, d3)>
#map11 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3, d2)>
#map13 = affine_map<(d0, d1, d2, d3, d4) -> (d3, d0, d1, d2, d4)>
#map14 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
#map15 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map16 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d5, d4)>
module @jit_g attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x4x40x16xf32>, %arg1: tensor<1x2x40x16xf32>, %arg2: tensor<1x2x40x16xf32>, %arg3: tensor<1x4x40x16xf32>) -> (tensor<1x4x40x16xf32> {jax.result_info = "result[0]"}, tensor<1x2x40x16xf32> {jax.result_info = "result[1]"}, tensor<1x2x40x16xf32> {jax.result_info = "result[2]"}) {
    %cst = arith.constant dense<1.000000e+00> : tensor<f32>
    %cst_0 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_1 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_2 = arith.constant dense<4.000000e+00> : tensor<f32>
    %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [1, 2, 2, 40, 16] : tensor<1x4x40x16xf32> into tensor<1x2x2x40x16xf32>
    %0 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %cst_3 = arith.constant 0.000000e+00 : f32
    %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<1x2x2x40x40xf32>) -> tensor<1x2x2x40x40xf32>
    %2 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%expanded, %arg1 : tensor<1x2x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%1 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      %82 = arith.addf %out, %81 : f32
      linalg.yield %82 : f32
    } -> tensor<1x2x2x40x40xf32>
    %3 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %4 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst_2 : tensor<f32>) outs(%3 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %5 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %6 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%2, %4 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%5 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.divf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %cst_4 = arith.constant 0xFF800000 : f32
    %7 = tensor.empty() : tensor<1x2x2x40xf32>
    %8 = linalg.fill ins(%cst_4 : f32) outs(%7 : tensor<1x2x2x40xf32>) -> tensor<1x2x2x40xf32>
    %9 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%6 : tensor<1x2x2x40x40xf32>) outs(%8 : tensor<1x2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_14 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_14[] : tensor<f32>
      %extracted_15 = tensor.extract %from_elements[] : tensor<f32>
      %81 = arith.maximumf %extracted, %extracted_15 : f32
      %from_elements_16 = tensor.from_elements %81 : tensor<f32>
      %extracted_17 = tensor.extract %from_elements_16[] : tensor<f32>
      linalg.yield %extracted_17 : f32
    } -> tensor<1x2x2x40xf32>
    %10 = tensor.empty() : tensor<1x2x2x40xf32>
    %11 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_1 : tensor<f32>) outs(%10 : tensor<1x2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40xf32>
    %12 = tensor.empty() : tensor<1x2x2x40xf32>
    %13 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %9 : tensor<1x2x2x40xf32>, tensor<1x2x2x40xf32>) outs(%12 : tensor<1x2x2x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.maximumf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40xf32>
    %14 = tensor.empty() : tensor<1x2x2x40x1xf32>
    %15 = linalg.generic {indexing_maps = [#map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x2x2x40xf32>) outs(%14 : tensor<1x2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x1xf32>
    %16 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %17 = linalg.generic {indexing_maps = [#map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x2x2x40x1xf32>) outs(%16 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %18 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %19 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%6, %17 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%18 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.subf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %20 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %21 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x2x2x40x40xf32>) outs(%20 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %81 = math.exp %in : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %cst_5 = arith.constant 0.000000e+00 : f32
    %22 = tensor.empty() : tensor<1x2x2x40xf32>
    %23 = linalg.fill ins(%cst_5 : f32) outs(%22 : tensor<1x2x2x40xf32>) -> tensor<1x2x2x40xf32>
    %24 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%21 : tensor<1x2x2x40x40xf32>) outs(%23 : tensor<1x2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_14 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_14[] : tensor<f32>
      %extracted_15 = tensor.extract %from_elements[] : tensor<f32>
      %81 = arith.addf %extracted, %extracted_15 : f32
      %from_elements_16 = tensor.from_elements %81 : tensor<f32>
      %extracted_17 = tensor.extract %from_elements_16[] : tensor<f32>
      linalg.yield %extracted_17 : f32
    } -> tensor<1x2x2x40xf32>
    %25 = tensor.empty() : tensor<1x2x2x40x1xf32>
    %26 = linalg.generic {indexing_maps = [#map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<1x2x2x40xf32>) outs(%25 : tensor<1x2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x1xf32>
    %27 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %28 = linalg.generic {indexing_maps = [#map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x2x40x1xf32>) outs(%27 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %29 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %30 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%21, %28 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%29 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.divf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %31 = tensor.empty() : tensor<1x2x2x40x1xf32>
    %32 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%26, %26 : tensor<1x2x2x40x1xf32>, tensor<1x2x2x40x1xf32>) outs(%31 : tensor<1x2x2x40x1xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x1xf32>
    %33 = tensor.empty() : tensor<1x2x2x40x1xf32>
    %34 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst : tensor<f32>) outs(%33 : tensor<1x2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x1xf32>
    %35 = tensor.empty() : tensor<1x2x2x40x1xf32>
    %36 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%34, %32 : tensor<1x2x2x40x1xf32>, tensor<1x2x2x40x1xf32>) outs(%35 : tensor<1x2x2x40x1xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.divf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x1xf32>
    %expanded_6 = tensor.expand_shape %arg3 [[0], [1, 2], [3], [4]] output_shape [1, 2, 2, 40, 16] : tensor<1x4x40x16xf32> into tensor<1x2x2x40x16xf32>
    %37 = tensor.empty() : tensor<1x2x16x40xf32>
    %cst_7 = arith.constant 0.000000e+00 : f32
    %38 = linalg.fill ins(%cst_7 : f32) outs(%37 : tensor<1x2x16x40xf32>) -> tensor<1x2x16x40xf32>
    %39 = linalg.generic {indexing_maps = [#map9, #map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded_6, %30 : tensor<1x2x2x40x16xf32>, tensor<1x2x2x40x40xf32>) outs(%38 : tensor<1x2x16x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      %82 = arith.addf %out, %81 : f32
      linalg.yield %82 : f32
    } -> tensor<1x2x16x40xf32>
    %40 = tensor.empty() : tensor<1x2x40x16xf32>
    %41 = linalg.generic {indexing_maps = [#map12, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<1x2x16x40xf32>) outs(%40 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x16xf32>
    %42 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %cst_8 = arith.constant 0.000000e+00 : f32
    %43 = linalg.fill ins(%cst_8 : f32) outs(%42 : tensor<1x2x2x40x40xf32>) -> tensor<1x2x2x40x40xf32>
    %44 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%expanded_6, %arg2 : tensor<1x2x2x40x16xf32>, tensor<1x2x40x16xf32>) outs(%43 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      %82 = arith.addf %out, %81 : f32
      linalg.yield %82 : f32
    } -> tensor<1x2x2x40x40xf32>
    %45 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %46 = linalg.generic {indexing_maps = [#map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<1x2x2x40x1xf32>) outs(%45 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %47 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %48 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%44, %46 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%47 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %49 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %50 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%48, %21 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%49 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %cst_9 = arith.constant 0.000000e+00 : f32
    %51 = tensor.empty() : tensor<1x2x2x40xf32>
    %52 = linalg.fill ins(%cst_9 : f32) outs(%51 : tensor<1x2x2x40xf32>) -> tensor<1x2x2x40xf32>
    %53 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%50 : tensor<1x2x2x40x40xf32>) outs(%52 : tensor<1x2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_14 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_14[] : tensor<f32>
      %extracted_15 = tensor.extract %from_elements[] : tensor<f32>
      %81 = arith.addf %extracted, %extracted_15 : f32
      %from_elements_16 = tensor.from_elements %81 : tensor<f32>
      %extracted_17 = tensor.extract %from_elements_16[] : tensor<f32>
      linalg.yield %extracted_17 : f32
    } -> tensor<1x2x2x40xf32>
    %expanded_10 = tensor.expand_shape %53 [[0], [1], [2], [3, 4]] output_shape [1, 2, 2, 40, 1] : tensor<1x2x2x40xf32> into tensor<1x2x2x40x1xf32>
    %54 = tensor.empty() : tensor<1x2x2x40x1xf32>
    %55 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<1x2x2x40x1xf32>) outs(%54 : tensor<1x2x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %81 = arith.negf %in : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x1xf32>
    %56 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %57 = linalg.generic {indexing_maps = [#map8, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<1x2x2x40x1xf32>) outs(%56 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %58 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %59 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%44, %57 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%58 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.divf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %cst_11 = arith.constant 0.000000e+00 : f32
    %60 = tensor.empty() : tensor<2x2x40xf32>
    %61 = linalg.fill ins(%cst_11 : f32) outs(%60 : tensor<2x2x40xf32>) -> tensor<2x2x40xf32>
    %62 = linalg.generic {indexing_maps = [#map13, #map14], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%55 : tensor<1x2x2x40x1xf32>) outs(%61 : tensor<2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_14 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_14[] : tensor<f32>
      %extracted_15 = tensor.extract %from_elements[] : tensor<f32>
      %81 = arith.addf %extracted, %extracted_15 : f32
      %from_elements_16 = tensor.from_elements %81 : tensor<f32>
      %extracted_17 = tensor.extract %from_elements_16[] : tensor<f32>
      linalg.yield %extracted_17 : f32
    } -> tensor<2x2x40xf32>
    %63 = tensor.empty() : tensor<1x2x2x40xf32>
    %64 = linalg.generic {indexing_maps = [#map15, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62 : tensor<2x2x40xf32>) outs(%63 : tensor<1x2x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40xf32>
    %65 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %66 = linalg.generic {indexing_maps = [#map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%64 : tensor<1x2x2x40xf32>) outs(%65 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %67 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %68 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%59, %66 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%67 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.addf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %69 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %70 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%68, %21 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%69 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %71 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %72 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst_2 : tensor<f32>) outs(%71 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x2x40x40xf32>
    %73 = tensor.empty() : tensor<1x2x2x40x40xf32>
    %74 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%70, %72 : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x40xf32>) outs(%73 : tensor<1x2x2x40x40xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.divf %in, %in_14 : f32
      linalg.yield %81 : f32
    } -> tensor<1x2x2x40x40xf32>
    %75 = tensor.empty() : tensor<1x2x40x16xf32>
    %cst_12 = arith.constant 0.000000e+00 : f32
    %76 = linalg.fill ins(%cst_12 : f32) outs(%75 : tensor<1x2x40x16xf32>) -> tensor<1x2x40x16xf32>
    %77 = linalg.generic {indexing_maps = [#map9, #map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%74, %expanded : tensor<1x2x2x40x40xf32>, tensor<1x2x2x40x16xf32>) outs(%76 : tensor<1x2x40x16xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      %82 = arith.addf %out, %81 : f32
      linalg.yield %82 : f32
    } -> tensor<1x2x40x16xf32>
    %78 = tensor.empty() : tensor<1x2x2x40x16xf32>
    %cst_13 = arith.constant 0.000000e+00 : f32
    %79 = linalg.fill ins(%cst_13 : f32) outs(%78 : tensor<1x2x2x40x16xf32>) -> tensor<1x2x2x40x16xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map16, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%74, %arg1 : tensor<1x2x2x40x40xf32>, tensor<1x2x40x16xf32>) outs(%79 : tensor<1x2x2x40x16xf32>) {
    ^bb0(%in: f32, %in_14: f32, %out: f32):
      %81 = arith.mulf %in, %in_14 : f32
      %82 = arith.addf %out, %81 : f32
      linalg.yield %82 : f32
    } -> tensor<1x2x2x40x16xf32>
    %collapsed = tensor.collapse_shape %80 [[0], [1, 2], [3], [4]] : tensor<1x2x2x40x16xf32> into tensor<1x4x40x16xf32>
    return %collapsed, %77, %41 : tensor<1x4x40x16xf32>, tensor<1x2x40x16xf32>, tensor<1x2x40x16xf32>
  }
}

