#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> ()>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d4)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d4)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d2, d0, d1, d3, d5)>
#map7 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d4, d5)>
#map8 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4)>
#map9 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d5)>
#map10 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d0, d1, d4, d5)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d3, d2, d4)>
#map12 = affine_map<(d0, d1, d2, d3) -> ()>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map14 = affine_map<(d0, d1, d2, d3, d4) -> ()>
#map15 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map16 = affine_map<(d0, d1, d2) -> ()>
#map17 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map18 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map19 = affine_map<(d0, d1, d2, d3, d4) -> (d1, d2, d3, d0, d4)>
#map20 = affine_map<(d0, d1, d2, d3, d4) -> (d1, d2, d3, d4)>
#map21 = affine_map<(d0, d1, d2, d3, d4) -> (0, d1, d2, d3, d4)>
#map22 = affine_map<(d0, d1, d2, d3, d4) -> (0, d1, d2, d3, 0)>
#map23 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, 0)>
#map24 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d5, d4)>
#map25 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d0, d1, d5, d4)>
#map26 = affine_map<(d0, d1, d2, d3, d4) -> (d0)>
module @jit_compute attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x1x8x16xf32>) -> (tensor<1x1x8x8xf32> {jax.result_info = "result[0]"}, tensor<1x1x8x128x8xf32> {jax.result_info = "result[1]"}, tensor<1x1x8xf32> {jax.result_info = "result[2]"}, tensor<1x1x8xf32> {jax.result_info = "result[3]"}, tensor<1x1x8x8xf32> {jax.result_info = "result[4]"}, tensor<1x1x8x16xf32> {jax.result_info = "result[5]"}) {
    %0 = tensor.empty() : tensor<128x128xi32>
    %1 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel"]} outs(%0 : tensor<128x128xi32>) {
    ^bb0(%out: i32):
      %115 = linalg.index 0 : index
      %116 = arith.index_cast %115 : index to i32
      linalg.yield %116 : i32
    } -> tensor<128x128xi32>
    %2 = tensor.empty() : tensor<128x128xi32>
    %3 = linalg.generic {indexing_maps = [#map], iterator_types = ["parallel", "parallel"]} outs(%2 : tensor<128x128xi32>) {
    ^bb0(%out: i32):
      %115 = linalg.index 1 : index
      %116 = arith.index_cast %115 : index to i32
      linalg.yield %116 : i32
    } -> tensor<128x128xi32>
    %cst = arith.constant dense<0> : tensor<i32>
    %4 = tensor.empty() : tensor<128x128xi32>
    %5 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel"]} ins(%cst : tensor<i32>) outs(%4 : tensor<128x128xi32>) {
    ^bb0(%in: i32, %out: i32):
      linalg.yield %in : i32
    } -> tensor<128x128xi32>
    %6 = tensor.empty() : tensor<128x128xi32>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %5 : tensor<128x128xi32>, tensor<128x128xi32>) outs(%6 : tensor<128x128xi32>) {
    ^bb0(%in: i32, %in_19: i32, %out: i32):
      %115 = arith.addi %in, %in_19 : i32
      linalg.yield %115 : i32
    } -> tensor<128x128xi32>
    %8 = tensor.empty() : tensor<128x128xi1>
    %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%7, %3 : tensor<128x128xi32>, tensor<128x128xi32>) outs(%8 : tensor<128x128xi1>) {
    ^bb0(%in: i32, %in_19: i32, %out: i1):
      %115 = arith.cmpi eq, %in, %in_19 : i32
      linalg.yield %115 : i1
    } -> tensor<128x128xi1>
    %10 = tensor.empty() : tensor<128x128xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<128x128xi1>) outs(%10 : tensor<128x128xf32>) {
    ^bb0(%in: i1, %out: f32):
      %115 = arith.uitofp %in : i1 to f32
      linalg.yield %115 : f32
    } -> tensor<128x128xf32>
    %extracted_slice = tensor.extract_slice %11[0, 0] [128, 128] [1, 1] : tensor<128x128xf32> to tensor<128x128xf32>
    %expanded = tensor.expand_shape %extracted_slice [[0], [1, 2, 3, 4]] output_shape [128, 1, 1, 8, 16] : tensor<128x128xf32> into tensor<128x1x1x8x16xf32>
    %12 = tensor.empty() : tensor<128x1x1x8x16xf32>
    %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<128x1x1x8x16xf32>) outs(%12 : tensor<128x1x1x8x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x16xf32>
    %14 = tensor.empty() : tensor<1x1x8x8xf32>
    %cst_0 = arith.constant 0.000000e+00 : f32
    %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<1x1x8x8xf32>) -> tensor<1x1x8x8xf32>
    %16 = linalg.generic {indexing_maps = [#map3, #map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %arg0 : tensor<1x1x8x16xf32>, tensor<1x1x8x16xf32>) outs(%15 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      %116 = arith.addf %out, %115 : f32
      linalg.yield %116 : f32
    } -> tensor<1x1x8x8xf32>
    %17 = tensor.empty() : tensor<1x1x128x8x8xf32>
    %cst_1 = arith.constant 0.000000e+00 : f32
    %18 = linalg.fill ins(%cst_1 : f32) outs(%17 : tensor<1x1x128x8x8xf32>) -> tensor<1x1x128x8x8xf32>
    %19 = linalg.generic {indexing_maps = [#map6, #map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%13, %arg0 : tensor<128x1x1x8x16xf32>, tensor<1x1x8x16xf32>) outs(%18 : tensor<1x1x128x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      %116 = arith.addf %out, %115 : f32
      linalg.yield %116 : f32
    } -> tensor<1x1x128x8x8xf32>
    %20 = tensor.empty() : tensor<1x1x8x128x8xf32>
    %cst_2 = arith.constant 0.000000e+00 : f32
    %21 = linalg.fill ins(%cst_2 : f32) outs(%20 : tensor<1x1x8x128x8xf32>) -> tensor<1x1x8x128x8xf32>
    %22 = linalg.generic {indexing_maps = [#map9, #map10, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %13 : tensor<1x1x8x16xf32>, tensor<128x1x1x8x16xf32>) outs(%21 : tensor<1x1x8x128x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      %116 = arith.addf %out, %115 : f32
      linalg.yield %116 : f32
    } -> tensor<1x1x8x128x8xf32>
    %23 = tensor.empty() : tensor<1x1x8x128x8xf32>
    %24 = linalg.generic {indexing_maps = [#map11, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<1x1x128x8x8xf32>) outs(%23 : tensor<1x1x8x128x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x128x8xf32>
    %25 = tensor.empty() : tensor<1x1x8x128x8xf32>
    %26 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%24, %22 : tensor<1x1x8x128x8xf32>, tensor<1x1x8x128x8xf32>) outs(%25 : tensor<1x1x8x128x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.addf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x128x8xf32>
    %cst_3 = arith.constant dense<4.000000e+00> : tensor<f32>
    %27 = tensor.empty() : tensor<1x1x8x8xf32>
    %28 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_3 : tensor<f32>) outs(%27 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x8xf32>
    %29 = tensor.empty() : tensor<1x1x8x8xf32>
    %30 = linalg.generic {indexing_maps = [#map13, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %28 : tensor<1x1x8x8xf32>, tensor<1x1x8x8xf32>) outs(%29 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.divf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x8xf32>
    %cst_4 = arith.constant dense<4.000000e+00> : tensor<f32>
    %31 = tensor.empty() : tensor<1x1x8x128x8xf32>
    %32 = linalg.generic {indexing_maps = [#map14, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%cst_4 : tensor<f32>) outs(%31 : tensor<1x1x8x128x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x128x8xf32>
    %33 = tensor.empty() : tensor<1x1x8x128x8xf32>
    %34 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%26, %32 : tensor<1x1x8x128x8xf32>, tensor<1x1x8x128x8xf32>) outs(%33 : tensor<1x1x8x128x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.divf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x128x8xf32>
    %cst_5 = arith.constant dense<0xFF800000> : tensor<f32>
    %cst_6 = arith.constant 0xFF800000 : f32
    %35 = tensor.empty() : tensor<1x1x8xf32>
    %36 = linalg.fill ins(%cst_6 : f32) outs(%35 : tensor<1x1x8xf32>) -> tensor<1x1x8xf32>
    %37 = linalg.generic {indexing_maps = [#map13, #map15], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%30 : tensor<1x1x8x8xf32>) outs(%36 : tensor<1x1x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_19 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_19[] : tensor<f32>
      %extracted_20 = tensor.extract %from_elements[] : tensor<f32>
      %115 = arith.maximumf %extracted, %extracted_20 : f32
      %from_elements_21 = tensor.from_elements %115 : tensor<f32>
      %extracted_22 = tensor.extract %from_elements_21[] : tensor<f32>
      linalg.yield %extracted_22 : f32
    } -> tensor<1x1x8xf32>
    %cst_7 = arith.constant dense<0xFF800000> : tensor<f32>
    %38 = tensor.empty() : tensor<1x1x8xf32>
    %39 = linalg.generic {indexing_maps = [#map16, #map17], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_7 : tensor<f32>) outs(%38 : tensor<1x1x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8xf32>
    %40 = tensor.empty() : tensor<1x1x8xf32>
    %41 = linalg.generic {indexing_maps = [#map17, #map17, #map17], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39, %37 : tensor<1x1x8xf32>, tensor<1x1x8xf32>) outs(%40 : tensor<1x1x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.maximumf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8xf32>
    %42 = tensor.empty() : tensor<1x1x8x1xf32>
    %43 = linalg.generic {indexing_maps = [#map15, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41 : tensor<1x1x8xf32>) outs(%42 : tensor<1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x1xf32>
    %44 = tensor.empty() : tensor<1x1x8x8xf32>
    %45 = linalg.generic {indexing_maps = [#map18, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43 : tensor<1x1x8x1xf32>) outs(%44 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x8xf32>
    %46 = tensor.empty() : tensor<1x1x8x8xf32>
    %47 = linalg.generic {indexing_maps = [#map13, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %45 : tensor<1x1x8x8xf32>, tensor<1x1x8x8xf32>) outs(%46 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.subf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x8xf32>
    %48 = tensor.empty() : tensor<1x1x8x8xf32>
    %49 = linalg.generic {indexing_maps = [#map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<1x1x8x8xf32>) outs(%48 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %115 = math.exp %in : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x8xf32>
    %50 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %51 = linalg.generic {indexing_maps = [#map19, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<1x1x8x128x8xf32>) outs(%50 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x8xf32>
    %52 = tensor.empty() : tensor<1x1x1x8x8xf32>
    %53 = linalg.generic {indexing_maps = [#map20, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%49 : tensor<1x1x8x8xf32>) outs(%52 : tensor<1x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x1x8x8xf32>
    %54 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %55 = linalg.generic {indexing_maps = [#map21, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%53 : tensor<1x1x1x8x8xf32>) outs(%54 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x8xf32>
    %56 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %57 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%51, %55 : tensor<128x1x1x8x8xf32>, tensor<128x1x1x8x8xf32>) outs(%56 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<128x1x1x8x8xf32>
    %cst_8 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_9 = arith.constant 0.000000e+00 : f32
    %58 = tensor.empty() : tensor<1x1x8xf32>
    %59 = linalg.fill ins(%cst_9 : f32) outs(%58 : tensor<1x1x8xf32>) -> tensor<1x1x8xf32>
    %60 = linalg.generic {indexing_maps = [#map13, #map15], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%49 : tensor<1x1x8x8xf32>) outs(%59 : tensor<1x1x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_19 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_19[] : tensor<f32>
      %extracted_20 = tensor.extract %from_elements[] : tensor<f32>
      %115 = arith.addf %extracted, %extracted_20 : f32
      %from_elements_21 = tensor.from_elements %115 : tensor<f32>
      %extracted_22 = tensor.extract %from_elements_21[] : tensor<f32>
      linalg.yield %extracted_22 : f32
    } -> tensor<1x1x8xf32>
    %cst_10 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_11 = arith.constant 0.000000e+00 : f32
    %61 = tensor.empty() : tensor<128x1x1x8xf32>
    %62 = linalg.fill ins(%cst_11 : f32) outs(%61 : tensor<128x1x1x8xf32>) -> tensor<128x1x1x8xf32>
    %63 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%57 : tensor<128x1x1x8x8xf32>) outs(%62 : tensor<128x1x1x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_19 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_19[] : tensor<f32>
      %extracted_20 = tensor.extract %from_elements[] : tensor<f32>
      %115 = arith.addf %extracted, %extracted_20 : f32
      %from_elements_21 = tensor.from_elements %115 : tensor<f32>
      %extracted_22 = tensor.extract %from_elements_21[] : tensor<f32>
      linalg.yield %extracted_22 : f32
    } -> tensor<128x1x1x8xf32>
    %64 = tensor.empty() : tensor<1x1x8x1xf32>
    %65 = linalg.generic {indexing_maps = [#map15, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%60 : tensor<1x1x8xf32>) outs(%64 : tensor<1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x1xf32>
    %66 = tensor.empty() : tensor<128x1x1x8x1xf32>
    %67 = linalg.generic {indexing_maps = [#map5, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%63 : tensor<128x1x1x8xf32>) outs(%66 : tensor<128x1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x1xf32>
    %68 = tensor.empty() : tensor<1x1x8x8xf32>
    %69 = linalg.generic {indexing_maps = [#map18, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65 : tensor<1x1x8x1xf32>) outs(%68 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x8xf32>
    %70 = tensor.empty() : tensor<1x1x8x8xf32>
    %71 = linalg.generic {indexing_maps = [#map13, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%49, %69 : tensor<1x1x8x8xf32>, tensor<1x1x8x8xf32>) outs(%70 : tensor<1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.divf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x8xf32>
    %72 = tensor.empty() : tensor<1x1x1x8x1xf32>
    %73 = linalg.generic {indexing_maps = [#map20, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%65 : tensor<1x1x8x1xf32>) outs(%72 : tensor<1x1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x1x8x1xf32>
    %74 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %75 = linalg.generic {indexing_maps = [#map22, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%73 : tensor<1x1x1x8x1xf32>) outs(%74 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x8xf32>
    %76 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %77 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%57, %75 : tensor<128x1x1x8x8xf32>, tensor<128x1x1x8x8xf32>) outs(%76 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.divf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<128x1x1x8x8xf32>
    %78 = tensor.empty() : tensor<128x1x1x8x1xf32>
    %79 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%67 : tensor<128x1x1x8x1xf32>) outs(%78 : tensor<128x1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %115 = arith.negf %in : f32
      linalg.yield %115 : f32
    } -> tensor<128x1x1x8x1xf32>
    %80 = tensor.empty() : tensor<1x1x1x8x8xf32>
    %81 = linalg.generic {indexing_maps = [#map20, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%49 : tensor<1x1x8x8xf32>) outs(%80 : tensor<1x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x1x8x8xf32>
    %82 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %83 = linalg.generic {indexing_maps = [#map23, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%79 : tensor<128x1x1x8x1xf32>) outs(%82 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x8xf32>
    %84 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %85 = linalg.generic {indexing_maps = [#map21, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%81 : tensor<1x1x1x8x8xf32>) outs(%84 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x8xf32>
    %86 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %87 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%83, %85 : tensor<128x1x1x8x8xf32>, tensor<128x1x1x8x8xf32>) outs(%86 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<128x1x1x8x8xf32>
    %88 = tensor.empty() : tensor<1x1x8x1xf32>
    %89 = linalg.generic {indexing_maps = [#map13, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65, %65 : tensor<1x1x8x1xf32>, tensor<1x1x8x1xf32>) outs(%88 : tensor<1x1x8x1xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x1xf32>
    %cst_12 = arith.constant dense<1.000000e+00> : tensor<f32>
    %90 = tensor.empty() : tensor<1x1x8x1xf32>
    %91 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%cst_12 : tensor<f32>) outs(%90 : tensor<1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x1xf32>
    %92 = tensor.empty() : tensor<1x1x8x1xf32>
    %93 = linalg.generic {indexing_maps = [#map13, #map13, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91, %89 : tensor<1x1x8x1xf32>, tensor<1x1x8x1xf32>) outs(%92 : tensor<1x1x8x1xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.divf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x1xf32>
    %94 = tensor.empty() : tensor<1x1x1x8x1xf32>
    %95 = linalg.generic {indexing_maps = [#map20, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%93 : tensor<1x1x8x1xf32>) outs(%94 : tensor<1x1x1x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x1x8x1xf32>
    %96 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %97 = linalg.generic {indexing_maps = [#map22, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%95 : tensor<1x1x1x8x1xf32>) outs(%96 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<128x1x1x8x8xf32>
    %98 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %99 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%87, %97 : tensor<128x1x1x8x8xf32>, tensor<128x1x1x8x8xf32>) outs(%98 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<128x1x1x8x8xf32>
    %100 = tensor.empty() : tensor<128x1x1x8x8xf32>
    %101 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%77, %99 : tensor<128x1x1x8x8xf32>, tensor<128x1x1x8x8xf32>) outs(%100 : tensor<128x1x1x8x8xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.addf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<128x1x1x8x8xf32>
    %102 = tensor.empty() : tensor<1x1x128x8x16xf32>
    %cst_13 = arith.constant 0.000000e+00 : f32
    %103 = linalg.fill ins(%cst_13 : f32) outs(%102 : tensor<1x1x128x8x16xf32>) -> tensor<1x1x128x8x16xf32>
    %104 = linalg.generic {indexing_maps = [#map6, #map24, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%101, %arg0 : tensor<128x1x1x8x8xf32>, tensor<1x1x8x16xf32>) outs(%103 : tensor<1x1x128x8x16xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      %116 = arith.addf %out, %115 : f32
      linalg.yield %116 : f32
    } -> tensor<1x1x128x8x16xf32>
    %105 = tensor.empty() : tensor<1x1x8x128x16xf32>
    %cst_14 = arith.constant 0.000000e+00 : f32
    %106 = linalg.fill ins(%cst_14 : f32) outs(%105 : tensor<1x1x8x128x16xf32>) -> tensor<1x1x8x128x16xf32>
    %107 = linalg.generic {indexing_maps = [#map9, #map25, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%71, %13 : tensor<1x1x8x8xf32>, tensor<128x1x1x8x16xf32>) outs(%106 : tensor<1x1x8x128x16xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.mulf %in, %in_19 : f32
      %116 = arith.addf %out, %115 : f32
      linalg.yield %116 : f32
    } -> tensor<1x1x8x128x16xf32>
    %108 = tensor.empty() : tensor<1x1x8x128x16xf32>
    %109 = linalg.generic {indexing_maps = [#map11, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%104 : tensor<1x1x128x8x16xf32>) outs(%108 : tensor<1x1x8x128x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<1x1x8x128x16xf32>
    %110 = tensor.empty() : tensor<1x1x8x128x16xf32>
    %111 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%109, %107 : tensor<1x1x8x128x16xf32>, tensor<1x1x8x128x16xf32>) outs(%110 : tensor<1x1x8x128x16xf32>) {
    ^bb0(%in: f32, %in_19: f32, %out: f32):
      %115 = arith.addf %in, %in_19 : f32
      linalg.yield %115 : f32
    } -> tensor<1x1x8x128x16xf32>
    %cst_15 = arith.constant dense<0.000000e+00> : tensor<f32>
    %cst_16 = arith.constant 0.000000e+00 : f32
    %112 = tensor.empty() : tensor<128xf32>
    %113 = linalg.fill ins(%cst_16 : f32) outs(%112 : tensor<128xf32>) -> tensor<128xf32>
    %114 = linalg.generic {indexing_maps = [#map19, #map26], iterator_types = ["parallel", "reduction", "reduction", "reduction", "reduction"]} ins(%111 : tensor<1x1x8x128x16xf32>) outs(%113 : tensor<128xf32>) {
    ^bb0(%in: f32, %out: f32):
      %from_elements = tensor.from_elements %in : tensor<f32>
      %from_elements_19 = tensor.from_elements %out : tensor<f32>
      %extracted = tensor.extract %from_elements_19[] : tensor<f32>
      %extracted_20 = tensor.extract %from_elements[] : tensor<f32>
      %115 = arith.addf %extracted, %extracted_20 : f32
      %from_elements_21 = tensor.from_elements %115 : tensor<f32>
      %extracted_22 = tensor.extract %from_elements_21[] : tensor<f32>
      linalg.yield %extracted_22 : f32
    } -> tensor<128xf32>
    %extracted_slice_17 = tensor.extract_slice %114[0] [128] [1] : tensor<128xf32> to tensor<128xf32>
    %expanded_18 = tensor.expand_shape %extracted_slice_17 [[0, 1, 2, 3]] output_shape [1, 1, 8, 16] : tensor<128xf32> into tensor<1x1x8x16xf32>
    return %30, %34, %37, %41, %71, %expanded_18 : tensor<1x1x8x8xf32>, tensor<1x1x8x128x8xf32>, tensor<1x1x8xf32>, tensor<1x1x8xf32>, tensor<1x1x8x8xf32>, tensor<1x1x8x16xf32>
  }
}

