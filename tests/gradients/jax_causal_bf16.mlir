#map = affine_map<(d0, d1) -> ()>
#map1 = affine_map<(d0, d1) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> ()>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2) -> ()>
#map9 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d4, d2)>
#map12 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d4, d3)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3, d2)>
#map14 = affine_map<(d0, d1, d2, d3) -> (d2, d0, d1, d3)>
#map15 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map16 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map17 = affine_map<() -> ()>
#map18 = affine_map<(d0, d1, d2, d3) -> (d2, d3)>
module @jit_g attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x2x40x16xbf16>, %arg1: tensor<1x2x40x16xbf16>, %arg2: tensor<1x2x40x16xbf16>, %arg3: tensor<1x2x40x16xbf16>) -> (tensor<1x2x40x16xbf16> {jax.result_info = "result[0]"}, tensor<1x2x40x16xbf16> {jax.result_info = "result[1]"}, tensor<1x2x40x16xbf16> {jax.result_info = "result[2]"}) {
    %cst = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_0 = arith.constant dense<1.000000e+00> : tensor<bf16>
    %cst_1 = arith.constant dense<0.000000e+00> : tensor<bf16>
    %cst_2 = arith.constant dense<0xFF80> : tensor<bf16>
    %cst_3 = arith.constant dense<0xFFF0000000000000> : tensor<f64>
    %cst_4 = arith.constant dense<4.000000e+00> : tensor<bf16>
    %cst_5 = arith.constant dense<true> : tensor<i1>
    %0 = tensor.empty() : tensor<40x40xi1>
    %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_5 : tensor<i1>) outs(%0 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<40x40xi1>
    %2 = call @tril(%1) : (tensor<40x40xi1>) -> tensor<40x40xi1>
    %3 = tensor.empty() : tensor<1x2x40x40xbf16>
    %cst_6 = arith.constant 0.000000e+00 : bf16
    %4 = linalg.fill ins(%cst_6 : bf16) outs(%3 : tensor<1x2x40x40xbf16>) -> tensor<1x2x40x40xbf16>
    %5 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %arg1 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%4 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      %95 = arith.addf %out, %94 : bf16
      linalg.yield %95 : bf16
    } -> tensor<1x2x40x40xbf16>
    %6 = tensor.empty() : tensor<1x2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_4 : tensor<bf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %8 = tensor.empty() : tensor<1x2x40x40xbf16>
    %9 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %7 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.divf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %10:3 = call @_where(%2, %9, %cst_3) : (tensor<40x40xi1>, tensor<1x2x40x40xbf16>, tensor<f64>) -> (tensor<1x2x40x40xbf16>, tensor<1x2x40x40xi1>, tensor<1x2x40x40xbf16>)
    %cst_7 = arith.constant 0xFF80 : bf16
    %11 = tensor.empty() : tensor<1x2x40xbf16>
    %12 = linalg.fill ins(%cst_7 : bf16) outs(%11 : tensor<1x2x40xbf16>) -> tensor<1x2x40xbf16>
    %13 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%10#0 : tensor<1x2x40x40xbf16>) outs(%12 : tensor<1x2x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %from_elements = tensor.from_elements %in : tensor<bf16>
      %from_elements_15 = tensor.from_elements %out : tensor<bf16>
      %extracted = tensor.extract %from_elements_15[] : tensor<bf16>
      %extracted_16 = tensor.extract %from_elements[] : tensor<bf16>
      %94 = arith.maximumf %extracted, %extracted_16 : bf16
      %from_elements_17 = tensor.from_elements %94 : tensor<bf16>
      %extracted_18 = tensor.extract %from_elements_17[] : tensor<bf16>
      linalg.yield %extracted_18 : bf16
    } -> tensor<1x2x40xbf16>
    %14 = tensor.empty() : tensor<1x2x40xbf16>
    %15 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_2 : tensor<bf16>) outs(%14 : tensor<1x2x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40xbf16>
    %16 = tensor.empty() : tensor<1x2x40xbf16>
    %17 = linalg.generic {indexing_maps = [#map9, #map9, #map9], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %13 : tensor<1x2x40xbf16>, tensor<1x2x40xbf16>) outs(%16 : tensor<1x2x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.maximumf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40xbf16>
    %18 = tensor.empty() : tensor<1x2x40x1xbf16>
    %19 = linalg.generic {indexing_maps = [#map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x2x40xbf16>) outs(%18 : tensor<1x2x40x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x1xbf16>
    %20 = tensor.empty() : tensor<1x2x40x40xbf16>
    %21 = linalg.generic {indexing_maps = [#map10, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x2x40x1xbf16>) outs(%20 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %22 = tensor.empty() : tensor<1x2x40x40xbf16>
    %23 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10#0, %21 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%22 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.subf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %24 = tensor.empty() : tensor<1x2x40x40xbf16>
    %25 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<1x2x40x40xbf16>) outs(%24 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %94 = math.exp %in : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %26 = tensor.empty() : tensor<1x2x40x40xf32>
    %27 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<1x2x40x40xbf16>) outs(%26 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %94 = arith.extf %in : bf16 to f32
      linalg.yield %94 : f32
    } -> tensor<1x2x40x40xf32>
    %cst_8 = arith.constant 0.000000e+00 : f32
    %28 = tensor.empty() : tensor<1x2x40xf32>
    %29 = linalg.fill ins(%cst_8 : f32) outs(%28 : tensor<1x2x40xf32>) -> tensor<1x2x40xf32>
    %30 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%27 : tensor<1x2x40x40xf32>) outs(%29 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_15 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_15[] : tensor<f32>
      %extracted_16 = tensor.extract %from_elements[] : tensor<f32>
      %94 = arith.addf %extracted, %extracted_16 : f32
      %from_elements_17 = tensor.from_elements %94 : tensor<f32>
      %extracted_18 = tensor.extract %from_elements_17[] : tensor<f32>
      linalg.yield %extracted_18 : f32
    } -> tensor<1x2x40xf32>
    %31 = tensor.empty() : tensor<1x2x40x1xf32>
    %32 = linalg.generic {indexing_maps = [#map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<1x2x40xf32>) outs(%31 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x1xf32>
    %33 = tensor.empty() : tensor<1x2x40x1xbf16>
    %34 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32 : tensor<1x2x40x1xf32>) outs(%33 : tensor<1x2x40x1xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %94 = arith.truncf %in : f32 to bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x1xbf16>
    %35 = tensor.empty() : tensor<1x2x40x40xbf16>
    %36 = linalg.generic {indexing_maps = [#map10, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x2x40x1xbf16>) outs(%35 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %37 = tensor.empty() : tensor<1x2x40x40xbf16>
    %38 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %36 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%37 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.divf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %39 = tensor.empty() : tensor<1x2x40x1xbf16>
    %40 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %34 : tensor<1x2x40x1xbf16>, tensor<1x2x40x1xbf16>) outs(%39 : tensor<1x2x40x1xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x1xbf16>
    %41 = tensor.empty() : tensor<1x2x40x1xbf16>
    %42 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<bf16>) outs(%41 : tensor<1x2x40x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x1xbf16>
    %43 = tensor.empty() : tensor<1x2x40x1xbf16>
    %44 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42, %40 : tensor<1x2x40x1xbf16>, tensor<1x2x40x1xbf16>) outs(%43 : tensor<1x2x40x1xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.divf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x1xbf16>
    %45 = tensor.empty() : tensor<1x2x16x40xbf16>
    %cst_9 = arith.constant 0.000000e+00 : bf16
    %46 = linalg.fill ins(%cst_9 : bf16) outs(%45 : tensor<1x2x16x40xbf16>) -> tensor<1x2x16x40xbf16>
    %47 = linalg.generic {indexing_maps = [#map11, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg3, %38 : tensor<1x2x40x16xbf16>, tensor<1x2x40x40xbf16>) outs(%46 : tensor<1x2x16x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      %95 = arith.addf %out, %94 : bf16
      linalg.yield %95 : bf16
    } -> tensor<1x2x16x40xbf16>
    %48 = tensor.empty() : tensor<1x2x40x16xbf16>
    %49 = linalg.generic {indexing_maps = [#map13, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x2x16x40xbf16>) outs(%48 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x16xbf16>
    %50 = tensor.empty() : tensor<1x2x40x40xbf16>
    %cst_10 = arith.constant 0.000000e+00 : bf16
    %51 = linalg.fill ins(%cst_10 : bf16) outs(%50 : tensor<1x2x40x40xbf16>) -> tensor<1x2x40x40xbf16>
    %52 = linalg.generic {indexing_maps = [#map2, #map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg3, %arg2 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>) outs(%51 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      %95 = arith.addf %out, %94 : bf16
      linalg.yield %95 : bf16
    } -> tensor<1x2x40x40xbf16>
    %53 = tensor.empty() : tensor<1x2x40x40xbf16>
    %54 = linalg.generic {indexing_maps = [#map10, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44 : tensor<1x2x40x1xbf16>) outs(%53 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %55 = tensor.empty() : tensor<1x2x40x40xbf16>
    %56 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52, %54 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%55 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %57 = tensor.empty() : tensor<1x2x40x40xbf16>
    %58 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%56, %25 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%57 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %cst_11 = arith.constant 0.000000e+00 : bf16
    %59 = tensor.empty() : tensor<1x2x40xbf16>
    %60 = linalg.fill ins(%cst_11 : bf16) outs(%59 : tensor<1x2x40xbf16>) -> tensor<1x2x40xbf16>
    %61 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%58 : tensor<1x2x40x40xbf16>) outs(%60 : tensor<1x2x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %from_elements = tensor.from_elements %in : tensor<bf16>
      %from_elements_15 = tensor.from_elements %out : tensor<bf16>
      %extracted = tensor.extract %from_elements_15[] : tensor<bf16>
      %extracted_16 = tensor.extract %from_elements[] : tensor<bf16>
      %94 = arith.addf %extracted, %extracted_16 : bf16
      %from_elements_17 = tensor.from_elements %94 : tensor<bf16>
      %extracted_18 = tensor.extract %from_elements_17[] : tensor<bf16>
      linalg.yield %extracted_18 : bf16
    } -> tensor<1x2x40xbf16>
    %expanded = tensor.expand_shape %61 [[0], [1], [2, 3]] output_shape [1, 2, 40, 1] : tensor<1x2x40xbf16> into tensor<1x2x40x1xbf16>
    %62 = tensor.empty() : tensor<1x2x40x1xbf16>
    %63 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x2x40x1xbf16>) outs(%62 : tensor<1x2x40x1xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %94 = arith.negf %in : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x1xbf16>
    %64 = tensor.empty() : tensor<1x2x40x40xbf16>
    %65 = linalg.generic {indexing_maps = [#map10, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x2x40x1xbf16>) outs(%64 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %66 = tensor.empty() : tensor<1x2x40x40xbf16>
    %67 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%52, %65 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%66 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.divf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %68 = tensor.empty() : tensor<1x2x40x1xf32>
    %69 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%63 : tensor<1x2x40x1xbf16>) outs(%68 : tensor<1x2x40x1xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %94 = arith.extf %in : bf16 to f32
      linalg.yield %94 : f32
    } -> tensor<1x2x40x1xf32>
    %cst_12 = arith.constant 0.000000e+00 : f32
    %70 = tensor.empty() : tensor<2x40xf32>
    %71 = linalg.fill ins(%cst_12 : f32) outs(%70 : tensor<2x40xf32>) -> tensor<2x40xf32>
    %72 = linalg.generic {indexing_maps = [#map14, #map15], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%69 : tensor<1x2x40x1xf32>) outs(%71 : tensor<2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_15 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_15[] : tensor<f32>
      %extracted_16 = tensor.extract %from_elements[] : tensor<f32>
      %94 = arith.addf %extracted, %extracted_16 : f32
      %from_elements_17 = tensor.from_elements %94 : tensor<f32>
      %extracted_18 = tensor.extract %from_elements_17[] : tensor<f32>
      linalg.yield %extracted_18 : f32
    } -> tensor<2x40xf32>
    %73 = tensor.empty() : tensor<1x2x40xf32>
    %74 = linalg.generic {indexing_maps = [#map16, #map9], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72 : tensor<2x40xf32>) outs(%73 : tensor<1x2x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40xf32>
    %75 = tensor.empty() : tensor<1x2x40x40xf32>
    %76 = linalg.generic {indexing_maps = [#map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%74 : tensor<1x2x40xf32>) outs(%75 : tensor<1x2x40x40xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x2x40x40xf32>
    %77 = tensor.empty() : tensor<1x2x40x40xbf16>
    %78 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%76 : tensor<1x2x40x40xf32>) outs(%77 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %94 = arith.truncf %in : f32 to bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %79 = tensor.empty() : tensor<1x2x40x40xbf16>
    %80 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%67, %78 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%79 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.addf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %81 = tensor.empty() : tensor<1x2x40x40xbf16>
    %82 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%80, %25 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%81 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %83 = call @_where_0(%10#1, %10#2, %82) : (tensor<1x2x40x40xi1>, tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) -> tensor<1x2x40x40xbf16>
    %84 = tensor.empty() : tensor<1x2x40x40xbf16>
    %85 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_4 : tensor<bf16>) outs(%84 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %86 = tensor.empty() : tensor<1x2x40x40xbf16>
    %87 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%83, %85 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%86 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.divf %in, %in_15 : bf16
      linalg.yield %94 : bf16
    } -> tensor<1x2x40x40xbf16>
    %88 = tensor.empty() : tensor<1x2x40x16xbf16>
    %cst_13 = arith.constant 0.000000e+00 : bf16
    %89 = linalg.fill ins(%cst_13 : bf16) outs(%88 : tensor<1x2x40x16xbf16>) -> tensor<1x2x40x16xbf16>
    %90 = linalg.generic {indexing_maps = [#map11, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%87, %arg0 : tensor<1x2x40x40xbf16>, tensor<1x2x40x16xbf16>) outs(%89 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      %95 = arith.addf %out, %94 : bf16
      linalg.yield %95 : bf16
    } -> tensor<1x2x40x16xbf16>
    %91 = tensor.empty() : tensor<1x2x40x16xbf16>
    %cst_14 = arith.constant 0.000000e+00 : bf16
    %92 = linalg.fill ins(%cst_14 : bf16) outs(%91 : tensor<1x2x40x16xbf16>) -> tensor<1x2x40x16xbf16>
    %93 = linalg.generic {indexing_maps = [#map2, #map12, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%87, %arg1 : tensor<1x2x40x40xbf16>, tensor<1x2x40x16xbf16>) outs(%92 : tensor<1x2x40x16xbf16>) {
    ^bb0(%in: bf16, %in_15: bf16, %out: bf16):
      %94 = arith.mulf %in, %in_15 : bf16
      %95 = arith.addf %out, %94 : bf16
      linalg.yield %95 : bf16
    } -> tensor<1x2x40x16xbf16>
    return %93, %90, %49 : tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>, tensor<1x2x40x16xbf16>
  }
  func.func private @tril(%arg0: tensor<40x40xi1>) -> tensor<40x40xi1> {
    %cst = arith.constant dense<false> : tensor<i1>
    %cst_0 = arith.constant dense<0> : tensor<i64>
    %0 = tensor.empty() : tensor<40x40xi64>
    %1 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel"]} outs(%0 : tensor<40x40xi64>) {
    ^bb0(%out: i64):
      %14 = linalg.index 0 : index
      %15 = arith.index_cast %14 : index to i64
      linalg.yield %15 : i64
    } -> tensor<40x40xi64>
    %2 = tensor.empty() : tensor<40x40xi64>
    %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst_0 : tensor<i64>) outs(%2 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %out: i64):
      linalg.yield %in : i64
    } -> tensor<40x40xi64>
    %4 = tensor.empty() : tensor<40x40xi64>
    %5 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%1, %3 : tensor<40x40xi64>, tensor<40x40xi64>) outs(%4 : tensor<40x40xi64>) {
    ^bb0(%in: i64, %in_1: i64, %out: i64):
      %14 = arith.addi %in, %in_1 : i64
      linalg.yield %14 : i64
    } -> tensor<40x40xi64>
    %6 = tensor.empty() : tensor<40x40xi64>
    %7 = linalg.generic {indexing_maps = [#map1], iterator_types = ["parallel", "parallel"]} outs(%6 : tensor<40x40xi64>) {
    ^bb0(%out: i64):
      %14 = linalg.index 1 : index
      %15 = arith.index_cast %14 : index to i64
      linalg.yield %15 : i64
    } -> tensor<40x40xi64>
    %8 = tensor.empty() : tensor<40x40xi1>
    %9 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%5, %7 : tensor<40x40xi64>, tensor<40x40xi64>) outs(%8 : tensor<40x40xi1>) {
    ^bb0(%in: i64, %in_1: i64, %out: i1):
      %14 = arith.cmpi sge, %in, %in_1 : i64
      linalg.yield %14 : i1
    } -> tensor<40x40xi1>
    %10 = tensor.empty() : tensor<40x40xi1>
    %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel"]} ins(%cst : tensor<i1>) outs(%10 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<40x40xi1>
    %12 = tensor.empty() : tensor<40x40xi1>
    %13 = linalg.generic {indexing_maps = [#map1, #map1, #map1, #map1], iterator_types = ["parallel", "parallel"]} ins(%9, %arg0, %11 : tensor<40x40xi1>, tensor<40x40xi1>, tensor<40x40xi1>) outs(%12 : tensor<40x40xi1>) {
    ^bb0(%in: i1, %in_1: i1, %in_2: i1, %out: i1):
      %14 = arith.select %in, %in_1, %in_2 : i1
      linalg.yield %14 : i1
    } -> tensor<40x40xi1>
    return %13 : tensor<40x40xi1>
  }
  func.func private @_where(%arg0: tensor<40x40xi1>, %arg1: tensor<1x2x40x40xbf16>, %arg2: tensor<f64>) -> (tensor<1x2x40x40xbf16>, tensor<1x2x40x40xi1>, tensor<1x2x40x40xbf16>) {
    %cst = arith.constant dense<0.000000e+00> : tensor<bf16>
    %0 = tensor.empty() : tensor<bf16>
    %1 = linalg.generic {indexing_maps = [#map17, #map17], iterator_types = []} ins(%arg2 : tensor<f64>) outs(%0 : tensor<bf16>) {
    ^bb0(%in: f64, %out: bf16):
      %10 = arith.truncf %in : f64 to bf16
      linalg.yield %10 : bf16
    } -> tensor<bf16>
    %2 = tensor.empty() : tensor<1x2x40x40xi1>
    %3 = linalg.generic {indexing_maps = [#map18, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<40x40xi1>) outs(%2 : tensor<1x2x40x40xi1>) {
    ^bb0(%in: i1, %out: i1):
      linalg.yield %in : i1
    } -> tensor<1x2x40x40xi1>
    %4 = tensor.empty() : tensor<1x2x40x40xbf16>
    %5 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<bf16>) outs(%4 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %6 = tensor.empty() : tensor<1x2x40x40xbf16>
    %7 = linalg.generic {indexing_maps = [#map6, #map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %arg1, %5 : tensor<1x2x40x40xi1>, tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%6 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_0: bf16, %in_1: bf16, %out: bf16):
      %10 = arith.select %in, %in_0, %in_1 : bf16
      linalg.yield %10 : bf16
    } -> tensor<1x2x40x40xbf16>
    %8 = tensor.empty() : tensor<1x2x40x40xbf16>
    %9 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst : tensor<bf16>) outs(%8 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    return %7, %3, %9 : tensor<1x2x40x40xbf16>, tensor<1x2x40x40xi1>, tensor<1x2x40x40xbf16>
  }
  func.func private @_where_0(%arg0: tensor<1x2x40x40xi1>, %arg1: tensor<1x2x40x40xbf16>, %arg2: tensor<1x2x40x40xbf16>) -> tensor<1x2x40x40xbf16> {
    %cst = arith.constant dense<0.000000e+00> : tensor<bf16>
    %0 = tensor.empty() : tensor<1x2x40x40xbf16>
    %1 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst : tensor<bf16>) outs(%0 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<1x2x40x40xbf16>
    %2 = tensor.empty() : tensor<1x2x40x40xbf16>
    %3 = linalg.generic {indexing_maps = [#map6, #map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg2, %1 : tensor<1x2x40x40xi1>, tensor<1x2x40x40xbf16>, tensor<1x2x40x40xbf16>) outs(%2 : tensor<1x2x40x40xbf16>) {
    ^bb0(%in: i1, %in_0: bf16, %in_1: bf16, %out: bf16):
      %4 = arith.select %in, %in_0, %in_1 : bf16
      linalg.yield %4 : bf16
    } -> tensor<1x2x40x40xbf16>
    return %3 : tensor<1x2x40x40xbf16>
  }
}

