// sizes: 2 20 16
// From PyTorch: encoder_layer of examples/export.py.
#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
#map8 = affine_map<(d0, d1) -> (d1)>
module {
  func.func @main(%arg0: tensor<2x20x16xf32>) -> tensor<2x20x16xf32> {
    %c0_i64 = arith.constant 0 : i64
    %cst = arith.constant 0.000000e+00 : f64
    %cst_0 = arith.constant 0.000000e+00 : f32
    %cst_1 = arith.constant 0xFF800000 : f32
    %true = arith.constant true
    %cst_2 = arith.constant dense<0.000000e+00> : tensor<2x2x20x20xf32>
    %cst_3 = arith.constant dense_resource<torch_tensor_16_torch.float32_5> : tensor<16xf32>
    %cst_4 = arith.constant dense_resource<torch_tensor_16_24_torch.float32> : tensor<16x24xf32>
    %cst_5 = arith.constant dense_resource<torch_tensor_24_torch.float32> : tensor<24xf32>
    %cst_6 = arith.constant dense_resource<torch_tensor_24_16_torch.float32> : tensor<24x16xf32>
    %cst_7 = arith.constant dense_resource<torch_tensor_16_torch.float32_4> : tensor<16xf32>
    %cst_8 = arith.constant dense_resource<torch_tensor_16_torch.float32_3> : tensor<16xf32>
    %cst_9 = arith.constant dense_resource<torch_tensor_16_torch.float32_2> : tensor<16xf32>
    %cst_10 = arith.constant dense_resource<torch_tensor_16_16_torch.float32> : tensor<16x16xf32>
    %cst_11 = arith.constant 0xFFF0000000000000 : f64
    %cst_12 = arith.constant 0.59460355750136051 : f64
    %cst_13 = arith.constant dense_resource<torch_tensor_48_torch.float32> : tensor<48xf32>
    %cst_14 = arith.constant dense_resource<torch_tensor_48_16_torch.float32> : tensor<48x16xf32>
    %cst_15 = arith.constant dense_resource<torch_tensor_16_torch.float32_1> : tensor<16xf32>
    %cst_16 = arith.constant dense_resource<torch_tensor_16_torch.float32> : tensor<16xf32>
    %cst_17 = arith.constant 1.000000e-05 : f64
    %cst_18 = arith.constant 1.600000e+01 : f64
    %cst_19 = arith.constant 1.600000e+01 : f32
    %0 = tensor.empty() : tensor<2x20x16xf64>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x20x16xf32>) outs(%0 : tensor<2x20x16xf64>) {
    ^bb0(%in: f32, %out: f64):
      %93 = arith.extf %in : f32 to f64
      linalg.yield %93 : f64
    } -> tensor<2x20x16xf64>
    %2 = tensor.empty() : tensor<2x20x1xf64>
    %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x20x1xf64>) -> tensor<2x20x1xf64>
    %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x20x16xf64>) outs(%3 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.addf %in, %out : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x20x1xf64>) outs(%2 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.divf %in, %cst_18 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x20x16xf64>, tensor<2x20x1xf64>) outs(%0 : tensor<2x20x16xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %93 = arith.subf %in, %in_53 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x16xf64>
    %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x20x16xf64>, tensor<2x20x16xf64>) outs(%0 : tensor<2x20x16xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %93 = arith.mulf %in, %in_53 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x16xf64>
    %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x20x16xf64>) outs(%3 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.addf %in, %out : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x20x1xf64>) outs(%2 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.divf %in, %cst_18 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %10 = tensor.empty() : tensor<2x20x1xf32>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x20x1xf64>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %93 = arith.truncf %in : f64 to f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x20x1xf32>) -> tensor<2x20x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x20x16xf32>) outs(%12 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.addf %in, %out : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x20x1xf32>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.divf %in, %cst_19 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x20x1xf32>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.truncf %cst_17 : f64 to f32
      %94 = arith.addf %in, %93 : f32
      linalg.yield %94 : f32
    } -> tensor<2x20x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x20x1xf32>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = math.rsqrt %in : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %17 = tensor.empty() : tensor<2x20x16xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<2x20x16xf32>, tensor<2x20x1xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.subf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x20x16xf32>, tensor<2x20x1xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.mulf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %cst_16 : tensor<2x20x16xf32>, tensor<16xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.mulf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %cst_15 : tensor<2x20x16xf32>, tensor<16xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %22 = tensor.empty() : tensor<20x2x16xf32>
    %transposed = linalg.transpose ins(%21 : tensor<2x20x16xf32>) outs(%22 : tensor<20x2x16xf32>) permutation = [1, 0, 2] 
    %23 = tensor.empty() : tensor<16x48xf32>
    %transposed_20 = linalg.transpose ins(%cst_14 : tensor<48x16xf32>) outs(%23 : tensor<16x48xf32>) permutation = [1, 0] 
    %24 = tensor.empty() : tensor<20x16x48xf32>
    %25 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_20 : tensor<16x48xf32>) outs(%24 : tensor<20x16x48xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
    } -> tensor<20x16x48xf32>
    %26 = tensor.empty() : tensor<20x2x48xf32>
    %27 = linalg.fill ins(%cst_0 : f32) outs(%26 : tensor<20x2x48xf32>) -> tensor<20x2x48xf32>
    %28 = linalg.batch_matmul ins(%transposed, %25 : tensor<20x2x16xf32>, tensor<20x16x48xf32>) outs(%27 : tensor<20x2x48xf32>) -> tensor<20x2x48xf32>
    %29 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %cst_13 : tensor<20x2x48xf32>, tensor<48xf32>) outs(%26 : tensor<20x2x48xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<20x2x48xf32>
    %expanded = tensor.expand_shape %29 [[0, 1], [2], [3, 4]] output_shape [1, 20, 2, 3, 16] : tensor<20x2x48xf32> into tensor<1x20x2x3x16xf32>
    %30 = tensor.empty() : tensor<3x20x2x1x16xf32>
    %transposed_21 = linalg.transpose ins(%expanded : tensor<1x20x2x3x16xf32>) outs(%30 : tensor<3x20x2x1x16xf32>) permutation = [3, 1, 2, 0, 4] 
    %collapsed = tensor.collapse_shape %transposed_21 [[0], [1], [2, 3], [4]] : tensor<3x20x2x1x16xf32> into tensor<3x20x2x16xf32>
    %extracted_slice = tensor.extract_slice %collapsed[0, 0, 0, 0] [1, 20, 2, 16] [1, 1, 1, 1] : tensor<3x20x2x16xf32> to tensor<1x20x2x16xf32>
    %extracted_slice_22 = tensor.extract_slice %collapsed[1, 0, 0, 0] [1, 20, 2, 16] [1, 1, 1, 1] : tensor<3x20x2x16xf32> to tensor<1x20x2x16xf32>
    %extracted_slice_23 = tensor.extract_slice %collapsed[2, 0, 0, 0] [1, 20, 2, 16] [1, 1, 1, 1] : tensor<3x20x2x16xf32> to tensor<1x20x2x16xf32>
    %collapsed_24 = tensor.collapse_shape %extracted_slice [[0, 1], [2, 3]] : tensor<1x20x2x16xf32> into tensor<20x32xf32>
    %expanded_25 = tensor.expand_shape %collapsed_24 [[0], [1, 2]] output_shape [20, 4, 8] : tensor<20x32xf32> into tensor<20x4x8xf32>
    %31 = tensor.empty() : tensor<4x20x8xf32>
    %transposed_26 = linalg.transpose ins(%expanded_25 : tensor<20x4x8xf32>) outs(%31 : tensor<4x20x8xf32>) permutation = [1, 0, 2] 
    %collapsed_27 = tensor.collapse_shape %extracted_slice_22 [[0, 1], [2, 3]] : tensor<1x20x2x16xf32> into tensor<20x32xf32>
    %expanded_28 = tensor.expand_shape %collapsed_27 [[0], [1, 2]] output_shape [20, 4, 8] : tensor<20x32xf32> into tensor<20x4x8xf32>
    %transposed_29 = linalg.transpose ins(%expanded_28 : tensor<20x4x8xf32>) outs(%31 : tensor<4x20x8xf32>) permutation = [1, 0, 2] 
    %collapsed_30 = tensor.collapse_shape %extracted_slice_23 [[0, 1], [2, 3]] : tensor<1x20x2x16xf32> into tensor<20x32xf32>
    %expanded_31 = tensor.expand_shape %collapsed_30 [[0], [1, 2]] output_shape [20, 4, 8] : tensor<20x32xf32> into tensor<20x4x8xf32>
    %transposed_32 = linalg.transpose ins(%expanded_31 : tensor<20x4x8xf32>) outs(%31 : tensor<4x20x8xf32>) permutation = [1, 0, 2] 
    %expanded_33 = tensor.expand_shape %transposed_26 [[0, 1], [2], [3]] output_shape [2, 2, 20, 8] : tensor<4x20x8xf32> into tensor<2x2x20x8xf32>
    %expanded_34 = tensor.expand_shape %transposed_29 [[0, 1], [2], [3]] output_shape [2, 2, 20, 8] : tensor<4x20x8xf32> into tensor<2x2x20x8xf32>
    %32 = tensor.empty() : tensor<2x2x20x8xf32>
    %33 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_33 : tensor<2x2x20x8xf32>) outs(%32 : tensor<2x2x20x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.truncf %cst_12 : f64 to f32
      %94 = arith.mulf %in, %93 : f32
      linalg.yield %94 : f32
    } -> tensor<2x2x20x8xf32>
    %34 = tensor.empty() : tensor<2x2x8x20xf32>
    %transposed_35 = linalg.transpose ins(%expanded_34 : tensor<2x2x20x8xf32>) outs(%34 : tensor<2x2x8x20xf32>) permutation = [0, 1, 3, 2] 
    %35 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed_35 : tensor<2x2x8x20xf32>) outs(%34 : tensor<2x2x8x20xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.truncf %cst_12 : f64 to f32
      %94 = arith.mulf %in, %93 : f32
      linalg.yield %94 : f32
    } -> tensor<2x2x8x20xf32>
    %collapsed_36 = tensor.collapse_shape %33 [[0, 1], [2], [3]] : tensor<2x2x20x8xf32> into tensor<4x20x8xf32>
    %collapsed_37 = tensor.collapse_shape %35 [[0, 1], [2], [3]] : tensor<2x2x8x20xf32> into tensor<4x8x20xf32>
    %36 = tensor.empty() : tensor<4x20x20xf32>
    %37 = linalg.fill ins(%cst_0 : f32) outs(%36 : tensor<4x20x20xf32>) -> tensor<4x20x20xf32>
    %38 = linalg.batch_matmul ins(%collapsed_36, %collapsed_37 : tensor<4x20x8xf32>, tensor<4x8x20xf32>) outs(%37 : tensor<4x20x20xf32>) -> tensor<4x20x20xf32>
    %expanded_38 = tensor.expand_shape %38 [[0, 1], [2], [3]] output_shape [2, 2, 20, 20] : tensor<4x20x20xf32> into tensor<2x2x20x20xf32>
    %39 = tensor.empty() : tensor<2x2x20xi64>
    %40 = linalg.fill ins(%c0_i64 : i64) outs(%39 : tensor<2x2x20xi64>) -> tensor<2x2x20xi64>
    %41 = tensor.empty() : tensor<2x2x20xf32>
    %42 = linalg.fill ins(%cst_1 : f32) outs(%41 : tensor<2x2x20xf32>) -> tensor<2x2x20xf32>
    %43:2 = linalg.generic {indexing_maps = [#map4, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_38 : tensor<2x2x20x20xf32>) outs(%42, %40 : tensor<2x2x20xf32>, tensor<2x2x20xi64>) {
    ^bb0(%in: f32, %out: f32, %out_53: i64):
      %93 = linalg.index 3 : index
      %94 = arith.index_cast %93 : index to i64
      %95 = arith.maximumf %in, %out : f32
      %96 = arith.cmpf ogt, %in, %out : f32
      %97 = arith.select %96, %94, %out_53 : i64
      linalg.yield %95, %97 : f32, i64
    } -> (tensor<2x2x20xf32>, tensor<2x2x20xi64>)
    %expanded_39 = tensor.expand_shape %43#0 [[0], [1], [2, 3]] output_shape [2, 2, 20, 1] : tensor<2x2x20xf32> into tensor<2x2x20x1xf32>
    %44 = tensor.empty() : tensor<2x2x20x20xf32>
    %45 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_38, %expanded_39 : tensor<2x2x20x20xf32>, tensor<2x2x20x1xf32>) outs(%44 : tensor<2x2x20x20xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.subf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x2x20x20xf32>
    %46 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45 : tensor<2x2x20x20xf32>) outs(%44 : tensor<2x2x20x20xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = math.exp %in : f32
      linalg.yield %93 : f32
    } -> tensor<2x2x20x20xf32>
    %47 = tensor.empty() : tensor<2x2x20x1xf32>
    %48 = linalg.fill ins(%cst_0 : f32) outs(%47 : tensor<2x2x20x1xf32>) -> tensor<2x2x20x1xf32>
    %49 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%46 : tensor<2x2x20x20xf32>) outs(%48 : tensor<2x2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.addf %in, %out : f32
      linalg.yield %93 : f32
    } -> tensor<2x2x20x1xf32>
    %50 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46, %49 : tensor<2x2x20x20xf32>, tensor<2x2x20x1xf32>) outs(%44 : tensor<2x2x20x20xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.divf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x2x20x20xf32>
    %51 = tensor.empty() : tensor<2x2x20x20xi1>
    %52 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_38 : tensor<2x2x20x20xf32>) outs(%51 : tensor<2x2x20x20xi1>) {
    ^bb0(%in: f32, %out: i1):
      %93 = arith.extf %in : f32 to f64
      %94 = arith.cmpf oeq, %93, %cst_11 : f64
      linalg.yield %94 : i1
    } -> tensor<2x2x20x20xi1>
    %53 = tensor.empty() : tensor<2x2x20x1xi1>
    %54 = linalg.fill ins(%true : i1) outs(%53 : tensor<2x2x20x1xi1>) -> tensor<2x2x20x1xi1>
    %55 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%52 : tensor<2x2x20x20xi1>) outs(%54 : tensor<2x2x20x1xi1>) {
    ^bb0(%in: i1, %out: i1):
      %93 = arith.andi %in, %out : i1
      linalg.yield %93 : i1
    } -> tensor<2x2x20x1xi1>
    %56 = linalg.generic {indexing_maps = [#map6, #map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%55, %cst_2, %50 : tensor<2x2x20x1xi1>, tensor<2x2x20x20xf32>, tensor<2x2x20x20xf32>) outs(%44 : tensor<2x2x20x20xf32>) {
    ^bb0(%in: i1, %in_53: f32, %in_54: f32, %out: f32):
      %93 = arith.select %in, %in_53, %in_54 : f32
      linalg.yield %93 : f32
    } -> tensor<2x2x20x20xf32>
    %collapsed_40 = tensor.collapse_shape %56 [[0, 1], [2], [3]] : tensor<2x2x20x20xf32> into tensor<4x20x20xf32>
    %57 = linalg.fill ins(%cst_0 : f32) outs(%31 : tensor<4x20x8xf32>) -> tensor<4x20x8xf32>
    %58 = linalg.batch_matmul ins(%collapsed_40, %transposed_32 : tensor<4x20x20xf32>, tensor<4x20x8xf32>) outs(%57 : tensor<4x20x8xf32>) -> tensor<4x20x8xf32>
    %expanded_41 = tensor.expand_shape %58 [[0, 1], [2], [3]] output_shape [2, 2, 20, 8] : tensor<4x20x8xf32> into tensor<2x2x20x8xf32>
    %59 = tensor.empty() : tensor<20x2x2x8xf32>
    %transposed_42 = linalg.transpose ins(%expanded_41 : tensor<2x2x20x8xf32>) outs(%59 : tensor<20x2x2x8xf32>) permutation = [2, 0, 1, 3] 
    %collapsed_43 = tensor.collapse_shape %transposed_42 [[0, 1], [2, 3]] : tensor<20x2x2x8xf32> into tensor<40x16xf32>
    %60 = tensor.empty() : tensor<16x16xf32>
    %transposed_44 = linalg.transpose ins(%cst_10 : tensor<16x16xf32>) outs(%60 : tensor<16x16xf32>) permutation = [1, 0] 
    %61 = tensor.empty() : tensor<40x16xf32>
    %62 = linalg.fill ins(%cst_0 : f32) outs(%61 : tensor<40x16xf32>) -> tensor<40x16xf32>
    %63 = linalg.matmul ins(%collapsed_43, %transposed_44 : tensor<40x16xf32>, tensor<16x16xf32>) outs(%62 : tensor<40x16xf32>) -> tensor<40x16xf32>
    %64 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%63, %cst_9 : tensor<40x16xf32>, tensor<16xf32>) outs(%61 : tensor<40x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<40x16xf32>
    %expanded_45 = tensor.expand_shape %64 [[0, 1], [2]] output_shape [20, 2, 16] : tensor<40x16xf32> into tensor<20x2x16xf32>
    %transposed_46 = linalg.transpose ins(%expanded_45 : tensor<20x2x16xf32>) outs(%17 : tensor<2x20x16xf32>) permutation = [1, 0, 2] 
    %65 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %transposed_46 : tensor<2x20x16xf32>, tensor<2x20x16xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %66 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65 : tensor<2x20x16xf32>) outs(%0 : tensor<2x20x16xf64>) {
    ^bb0(%in: f32, %out: f64):
      %93 = arith.extf %in : f32 to f64
      linalg.yield %93 : f64
    } -> tensor<2x20x16xf64>
    %67 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%66 : tensor<2x20x16xf64>) outs(%3 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.addf %in, %out : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %68 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%67 : tensor<2x20x1xf64>) outs(%2 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.divf %in, %cst_18 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %69 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%66, %68 : tensor<2x20x16xf64>, tensor<2x20x1xf64>) outs(%0 : tensor<2x20x16xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %93 = arith.subf %in, %in_53 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x16xf64>
    %70 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%69, %69 : tensor<2x20x16xf64>, tensor<2x20x16xf64>) outs(%0 : tensor<2x20x16xf64>) {
    ^bb0(%in: f64, %in_53: f64, %out: f64):
      %93 = arith.mulf %in, %in_53 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x16xf64>
    %71 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%70 : tensor<2x20x16xf64>) outs(%3 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.addf %in, %out : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %72 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%71 : tensor<2x20x1xf64>) outs(%2 : tensor<2x20x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %93 = arith.divf %in, %cst_18 : f64
      linalg.yield %93 : f64
    } -> tensor<2x20x1xf64>
    %73 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72 : tensor<2x20x1xf64>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %93 = arith.truncf %in : f64 to f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %74 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%65 : tensor<2x20x16xf32>) outs(%12 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.addf %in, %out : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %75 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<2x20x1xf32>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.divf %in, %cst_19 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %76 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%73 : tensor<2x20x1xf32>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.truncf %cst_17 : f64 to f32
      %94 = arith.addf %in, %93 : f32
      linalg.yield %94 : f32
    } -> tensor<2x20x1xf32>
    %77 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%76 : tensor<2x20x1xf32>) outs(%10 : tensor<2x20x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = math.rsqrt %in : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x1xf32>
    %78 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65, %75 : tensor<2x20x16xf32>, tensor<2x20x1xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.subf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %79 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78, %77 : tensor<2x20x16xf32>, tensor<2x20x1xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.mulf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %80 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%79, %cst_8 : tensor<2x20x16xf32>, tensor<16xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.mulf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %81 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%80, %cst_7 : tensor<2x20x16xf32>, tensor<16xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    %collapsed_47 = tensor.collapse_shape %81 [[0, 1], [2]] : tensor<2x20x16xf32> into tensor<40x16xf32>
    %82 = tensor.empty() : tensor<16x24xf32>
    %transposed_48 = linalg.transpose ins(%cst_6 : tensor<24x16xf32>) outs(%82 : tensor<16x24xf32>) permutation = [1, 0] 
    %83 = tensor.empty() : tensor<40x24xf32>
    %84 = linalg.fill ins(%cst_0 : f32) outs(%83 : tensor<40x24xf32>) -> tensor<40x24xf32>
    %85 = linalg.matmul ins(%collapsed_47, %transposed_48 : tensor<40x16xf32>, tensor<16x24xf32>) outs(%84 : tensor<40x24xf32>) -> tensor<40x24xf32>
    %86 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%85, %cst_5 : tensor<40x24xf32>, tensor<24xf32>) outs(%83 : tensor<40x24xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<40x24xf32>
    %expanded_49 = tensor.expand_shape %86 [[0, 1], [2]] output_shape [2, 20, 24] : tensor<40x24xf32> into tensor<2x20x24xf32>
    %87 = tensor.empty() : tensor<2x20x24xf32>
    %88 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_49 : tensor<2x20x24xf32>) outs(%87 : tensor<2x20x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      %93 = arith.cmpf ugt, %in, %cst_0 : f32
      %94 = arith.select %93, %in, %cst_0 : f32
      linalg.yield %94 : f32
    } -> tensor<2x20x24xf32>
    %collapsed_50 = tensor.collapse_shape %88 [[0, 1], [2]] : tensor<2x20x24xf32> into tensor<40x24xf32>
    %89 = tensor.empty() : tensor<24x16xf32>
    %transposed_51 = linalg.transpose ins(%cst_4 : tensor<16x24xf32>) outs(%89 : tensor<24x16xf32>) permutation = [1, 0] 
    %90 = linalg.matmul ins(%collapsed_50, %transposed_51 : tensor<40x24xf32>, tensor<24x16xf32>) outs(%62 : tensor<40x16xf32>) -> tensor<40x16xf32>
    %91 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%90, %cst_3 : tensor<40x16xf32>, tensor<16xf32>) outs(%61 : tensor<40x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<40x16xf32>
    %expanded_52 = tensor.expand_shape %91 [[0, 1], [2]] output_shape [2, 20, 16] : tensor<40x16xf32> into tensor<2x20x16xf32>
    %92 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65, %expanded_52 : tensor<2x20x16xf32>, tensor<2x20x16xf32>) outs(%17 : tensor<2x20x16xf32>) {
    ^bb0(%in: f32, %in_53: f32, %out: f32):
      %93 = arith.addf %in, %in_53 : f32
      linalg.yield %93 : f32
    } -> tensor<2x20x16xf32>
    return %92 : tensor<2x20x16xf32>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_16_torch.float32_5: "0x04000000B72CAE3DF91E2EBEE0CA3BBE8EE31B3EE77B49BEBCBC6EBD3796003E18472BBB4212223EB64BDD3DC0F9D5BD635617BED82C7B3DF3D114BED686973D720C6FBD",
      torch_tensor_16_24_torch.float32: "0x0400000045B380BC4EBC09BC01B101BE782517BD5BA9863C5AE2313EA0B5143E86EC8BBC74105D3D75583F3E29F434BE24380F3E7D3100BE97CE4C3D33D0103E8637E8BD0D4AF53DE7CD2B3E1930ED3C4A2233BE71A61ABE9022F5BD815B2C3E62A7F63D5736DE3CD22E143E28824D3EFF153FBD19C65C3C5162C33DCCE10F3CD8998E3DCFAB0DBD64BCCA3D32CEC33D40C2123DC8E4613B70C5BBBDF26A0F3D172E85BC947F84BD1BE38C3AC6E034BE1E40B7BD813F06BEEE6D4FBEF2634BBE4D9E35BD41C708BC34D88F3DEF6F483EE8B693BDF9192E3D0C82CF3D54DE4C3EF1C6013CE0129E3D8C29E23DD92BBB3D1834393DAF7F19BE328BA6BDB1E3183E461BAE3D4AC3303EDD1EFEBD84DD1DBEEF6E1BBE48E659BD3A58E6BD89CD86BCD6D1B83D1BD540BEF3362DBED1207E3C1041413EB99B283E5F7FCABCC761ECBC6A661B3EB1C61FBEA382D83DA28F9EBD3FD04D3E96F828BD02B224BEC2FA42BD979D323E698E213D5C929FBD0AAC213E0F92DD3D76C5863D25B02E3E71B2403E5D7788BDD8F3D0BD55628BBC07A03DBE8B2F01BE012F0E3E56ADC6BD285532BDD5D5223E6C3A013EF9A2B9BD6DB023BE8215933DBE1E933B204634BEE2D6C8BD1099CB3B82C6C53DDC9F1ABE804915BE948A013E4F8A56BDE5E034BE0F3B953C7DAD063E55A11CBDE6E92CBED91EF63DCF43BB3DA9F9E7BD52CAF33DE0088B3D22CB45BE2E5389BCD54B843D9CDFB13CC4C2943D6091283DB5C2A0BD495FE1BB9DBA193E7E73183E86E2353E1AE8293C6F8ACEBCADCA123E24A535BE5FC1A43DE40B003E7647013EE9CB413E5D3FF43D2B6D263EF93BF73D727E1F3DF3DBABBDB20D0DBE7DAA3DBEB4C9883BF306083E7E783D3D974AF33D914C793D5EDAA23CB4B8033EAE7C17BDBC35E43D70CBF6BCF376AF3D5D0D0BBEB2AE683B39BD3DBED716CCBDF5BDE23DC03350BEBCB32ABEEBB714BEEA40BA3D9BC8B1BD299C6BBDB2F9C43DD2224E3EC010023E36484FBE831D4CBDAFAA03BE7E8207BB023BBE3DF6441E3D1E5007BE5411333E12FA953DE987FABC7B09BB3DEE5D023E754882BC1B3EDABDA351AEBDA8A54E3EE48FA1BCF7E8DD3D19994EBE92484C3E2831C43BEB9921BDE7207B3DDB340DBE73A250BEC88931BEB29E02BED984163DFA8CF0BD56EE113E4E0908BEC537023EE8A52EBE28E2E0BB21AF673B941C40BDC6D88B3D6F81153DC805B6BDE5AA91BD99791E3D183FEB3DF119A73C632203BDF072EC3DDFAEC83D483D0B3E29AF153E855BFCBDC5E1EA3C5041A73DE252ABBDF33A8F3D0740BC3DF640003ACA0C073E436226BEECD52DBB14979B3DAF24B93DE4B2FA3DF05F2DBE531C18BED867D33C1163F1BC8A3D28BEC7448DBDDE4B17BE6890C8BD1310A5BDBB530BBE3B9F9BBD0BCC8ABD21F8DF3D0A61E73D9C2A253E130324BE165C1BBD94A903BEFB4AA83D9A56A8BDC7A915BE01C243BEBE1E3CBEA1A5223E250807BE85B2A03CC53C273DEFB8413D2D50F9BD20E820BE5D578ABDAB8E7B3DFF68093DC7E0573D635AA13DEA54233E3BCF32BEA448F33D458650BD2BEF923DCC672E3E79C9ADBDD5F0D5BD956B1ABE612EDE3C938DD1BD5F843E3ECD79F6BDF76E80BD93914BBEEB4600BE48C34CBEFC96AFBD4870243E0C418FBCAD1542BE3EA42E3D2AA985BDB7403D3E395441BE77EF883AA6C20E3E1F20503EA4D2203E297C01BE43C84CBDA30449BE1221DA3DCC6322BD5C6C3D3E9615643D58FDE0BD7B0415BE79FABB3DB370B7BC746C0E3EA70C01BE0FC342BE69C33B3EB78CAA3DBDDC113E7EED14BE9957FF3C47F8D3BD4EF2383E8C7BC03D347E50BD32EC3ABEBB245FBD802EB23D3A0F783D068BE8BD401D0EBE96661FBE2FEF023E28CFD4BCEBC613BD374420BD3177B43D02A2E93B825AB03D9FC1373E1465E93C1178183E162CE63DCAFC2FBEC916D73DA167AA3C4A5A03BCC3DC9B3DC6F983BD89B613BD36D9CEBD82F7743D7EA71DBE8C34C03D288C7FBB7FF6B53D03CA143EBA95883D1164663D92DCC83DB4E8113E67BDB13D79F71C3C604B21BE003F23BE0CD87D3CB4D8D23DB16B373E6738893DE14CD63D1C1C47BE7270AE3B088B0EBE53911F3ECDBF36BEBE772E3E792F5FBD193DB2BD8F308CBD8DEA0D3D7D2CDABD915F35BED1AC24BE",
      torch_tensor_24_torch.float32: "0x0400000040A8DB3D38E9CE3DF032E33C9EFE3DBE0032F33B6ED0263E983C14BE200C40BD7C3F9D3D868461BE307877BE98B0CABDAC4184BDE8870B3EB455683EC63A1FBE28A935BE1EDA7EBE20F562BCF4ED11BE7C37ECBDB4500ABE38035FBE583167BE",
      torch_tensor_24_16_torch.float32: "0x04000000CA56273E34C8D0BDBCBF6A3E94E46ABEC8DA6D3E20603C3EE06A133E78B9773D1C5A7F3EE085483E588F723D20784EBC00EABFBB3CC3703E70214CBD029279BE3077F2BC58C9A1BD5666013E20ECEDBC741B16BE088AF0BDE0527EBEE093E33D3488AD3DEC3F9D3D78D229BDC87CB43D50B3C9BD6C8F8C3D086D7B3D4C41C0BD36B407BE86F5483ED09DEE3D207A673D6097003E409F023C86C7053ED0AD40BDBA2177BEDEEC3CBE40FF92BBC85F263E8C01F93D9CA345BEE046683D08DFE5BD5036F43D609938BC067C3ABE802B4EBB3487C83D3CF9043EE6A020BE4491793E14FE9EBD680990BD303C25BD8014E9BBDA274A3E10EE21BE52DF21BEA8C02E3E3A135BBEC05410BD186F2B3E042DF43D305D56BE80BF003CC6A546BEC86726BDA091903CAE87703E96F043BE1222593ED02F7FBE08F066BE40DF9C3D5C2F883DDCCB7FBE10BEC4BC42AF25BECE2E2A3E688A96BDA4FBF3BD502EF2BC108C8F3C426F0E3E4000263C14E6903D983FD3BDC0B70ABD3EF1663E28996CBE1054E3BCE0E614BC0017E13D08D03ABE2C6821BE00FAF73DD46C953DB48CCDBD94AE503EB2C173BEB8B6583DB448D13D343E7F3E3E48003EE266083E505156BDD8527EBED8B7DA3D986B503DC0BF2FBD065B2FBE986F4A3E501E0A3EDE97763EF2CE71BE4843E43D08820BBED26D6A3E58E6CE3DAC62FCBD04A53A3E1C3440BE9600063EA072763E5AEA573E92200C3E921E603EF06FFBBC2EB5423E40F097BB748E163EF25617BE889CE03D12EF23BE1E9F0C3E589E913D9A036DBE544470BE78BB3C3D584A7FBEF0B6203E800A35BE221B3BBEE045883CE813F83DEC11FFBDB055B53C40C0703E960B61BE8004DBBC941C9BBD103D0FBE10E58EBC1CEE543E2C82C63D085655BDA82703BE268A53BE808C063D4A10463ED0D7043D826C32BEB851C3BD2A62013EA4A4EC3DA85AC03D3CD1763E40E388BB00D916BCFE415CBE2CA5EE3DECE333BE24E412BE3086893DA087CDBC0C347FBE3C26F4BDD8BA123E06A15BBE904E533D74F900BED43BF43D0613283E00FFFABCB052D93D5004373D66BF29BE105065BD8081343CAE0F45BE400DD2BCB0DCD6BCC0570F3DF4B0E23D4CA83B3EF2556DBE16C018BEE8F9803D402275BE44D145BE948B513E00F2B13C9CB3EE3DCCEEDF3D5C2846BE002A2A3CE80047BDC2CC2EBE862911BE78D09EBDA0AD0D3D10F3703E8849083E508894BD68F4343DE4D3C33D5A066E3EEC7BB9BD3481EFBDA4D4313EF20747BE7081D0BC5883ADBD5464D53DA070843C08DC2DBD28A19C3DBC879BBDF014A4BD9C9796BD082CAF3DE235683E5057393DF877F03DB0FF6E3D44597CBEDE2F58BE98B3063E40B7893CEE09623E389F4D3E287E0A3DF42C5FBE207549BCA04ADF3C2847A43D26BD433E64DAB4BDA0ED853D709E073D6CDEDDBD00B76DBDF0A71B3DC097633D924A51BE00B24EBB00D071BB303A50BDF0065E3E90F5E4BC144FD73D7E8C6FBE5083E8BD2057A43DF8737D3D00777A3C6E6870BEFE4B7F3EAC64793E08885ABD84C138BE984832BD94539FBDD6FD4B3E5005743E803F17BCAE7306BE80D013BC08A3313D88FD553E20C31ABD3810C33DF831F2BD4C667DBE6CD05FBE5CF7CFBDB03BF03D002B1F3CC62A6DBE905A32BD26235F3E1848403D0CFA1FBE2006423E02BE103EC0229B3C607E28BC6890033E60E9463C10EB243D7EAF5FBE8C5BD1BD86F90D3ED81E01BEF8CD0BBD26F50B3EC094F23B0A21553EF421C6BDD8D7FCBDAEED0BBEFA6057BEC0C3C13B7CF8D3BDFAD97EBE5C32CCBDB49C80BD08249C3DE889E63D78C42B3D3240563E601E49BE4065F0BC60B68E3DC8CDC53D8093F1BC502D06BE2CDCDB3D6E8E783E24116D3E7088133D5079063D52131C3EC0FCECBCBC39C83DD0FBE53CE0A3503C20D9B3BD307BAD3C60911E3E384B2EBEC0532DBE40D7D1BC607FCD3C3A16573EC6AF26BED40A1EBEF05D37BDC056FA3D1AB64CBED004A03D649D7CBE781B61BD18E6753E5871FCBDB049913D802A943DC039303C9419663E8E402ABE48F6373D123532BE14ED773E3491463E16B6643E083552BE3ADD56BE1A1B7C3EACD47FBEE0EFBBBD20E3503C3032C1BC3416D4BD40325E3E34F1FB3D8019373ED4F1DB3D2E0A393E1410F1BD",
      torch_tensor_16_torch.float32_4: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32_3: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F",
      torch_tensor_16_torch.float32_2: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_16_torch.float32: "0x040000003AE02F3EF0F5D13C4CA59E3D804E243C10CA5ABD0E8A623E6C421C3EBC164E3EA4EB46BE08557E3DAA3B7BBE087B84BD50144ABDFC2B30BEB6AD693EDC4FEFBD109AFEBC648FB9BD7C58573E62516A3EE65C7FBEC461ABBD5E6311BE080A533DF6A80A3E383BAFBD52C74FBEB03609BE082285BD8C7749BE804634BDD8D752BE80B2963C4871603E7CCF263EA07F253DD4D1BA3DDED1383E5CB1BEBD12CE73BEB097D5BDB02BC5BC70B1033D2AF13A3E5A62003E004CE93C6A6D53BE506A76BEF27151BE64F5063E66761E3E1483D23D248955BEA4918D3D28EB053D543ED13D1287703E52C1183E96976EBEE09B6A3C68866BBE72E2593EF2D51DBEC43E053ED00CAE3D0EF336BEC85C2FBD50C4553E4CAA02BEE4515C3E50AD51BEC8B4FCBD64121ABE18F864BD2060A73CC2864C3E6876EFBD009293BB1AD94E3ECA9816BE3C15E93D0A9A193E68924C3E2888CC3D28545E3D1E350E3E3479553E90B728BDDABF37BEAC1A5DBE04FE1A3E6CFCBFBDD830443EF4CA963D585FF3BD94472DBE2AD113BEB633653E0A3F683E0C3CDC3DD86CFBBDAA24243EC013423E1A21183E7614703E00AE483EC081593D6A54793EBA853CBE6CB7BBBD90B5E33DD29610BE30AD1FBDB083113E0038463B46FD303E5C8B8DBDB6943A3ED0FCC73CE041D63D32767EBE32C51C3E08C16BBD98361ABE88D68F3D8C9F643E1A3258BE8E734B3EC63A033E567A1F3EB42452BE425D6BBE62DB073E3CD85D3E02214D3EB06EB5BC6089653E78B739BD084C273D747035BEAC1B14BE6CEEA7BDBC7C24BEF06B5F3EA0F50D3D54F27BBEA00A84BCC285363EF2F72CBE42BC173E803950BD7EAF07BEC016453C3E226D3EB023EA3CEAF971BE8CFC5EBED0206EBDD80943BD687DB83D7AB823BE6A690B3E50730B3D58E45EBE62E77EBE0800403EAC316E3EA05EA4BC962613BE78AFD9BDB84B84BD6CFF50BE18926FBDE0B07D3E2072B0BCF811983DB4B5FF3D302F9E3C1C942C3EE6B756BEC8EB3EBD343294BD0065B9BA1CAD0DBEA8B282BD7CB105BED43C2C3EC4395C3EC04100BE804949BD3AFD4EBED0575CBD7A2A69BE601555BC74DFD4BD442CEC3DB4E01C3E10299E3CD0DA113D2ECF47BE3425FF3D2CBC513E746D61BEE6ED363E5810DCBDC03992BB70B3BE3D8C33A23D8E7E53BE0E20023EE8CE013EC25C61BEC0AE1E3C902D48BD1065C9BD661A2D3EDEF3163EAC1953BEA411AABDD46A5FBEDEF42E3E26C955BE6076F7BDE2A126BEE0B8B1BC0A8B54BE9489663E403362BC229650BE282167BD706F02BE705141BD108CD13D2EBB52BE0485243EF89FF6BDE48AC83DC09494BD1C29483E1895AEBD80E9CF3B2020463DA47B3CBE6A5A4BBE3EE031BE800AED3C44C0773EC80800BE8C5C5ABE48F15C3E185BD0BDC450853D80E1ACBCDCDA843D8477B03D982E913D",
      torch_tensor_48_torch.float32: "0x04000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_48_16_torch.float32: "0x040000003B08AB3DA28B7B3EE8B8253E8D1252BDDF0D3C3E5A2A8F3ED163113E0FE88BBC5337C23D914B8ABD64CE01BDDD64603D1F56BB3DB1B96EBE207E023ED88D783E15B176BE6BB00A3E2122713D9F4827BD8D0580BEA04D903E5011B23D00C339BE0711FD3B3A62553D6D41233DCF4683BEEFD7383D54FD983E040B16BEB9B8A13D2E96913E1871203E6832903E3905853E05B3A5BD921E903ECABB173E2C4D973D5622E33D8543803E23C60CBE4CB2923E3F22013ED5EE58BCFCFB96BEB3FB7C3EE6A853BDE68D97BE057A87BB357895BE43F2C3BD669599BE86B6273EF95065BD7B025EBE7F170B3EAB8E693DFBE8E03DDC09CCBD18F918BE28EFA4BC931F263EB765053E65900E3E3DE0B6BD2CE9603DED82973D5865213E261B173D6A2C553E1BAE72BC674E89BE10D1033EF8914A3E16C912BDDA7D803E803D893EF1DA5BBEEBE587BE56FCDF3CB2174ABE93A1303EAFF41A3D71D4383EA7B463BC07B1843D0A51923E673E0C3DD01D6E3D734E5A3DC39914BD5C1918BD0529F33D5849F7BD6AE68F3D7C617B3E0D25823E3EAF3EBEEB36833E9C424C3E199C773E700AEFBD72E2463D994CE2BD2E62A6BC59D1E63CD2BD893E0CD29BBE20BE033E5DCD58BE27F389BE7B7DC2BDCC8B983D7EFDBDBD9CED443E7DBBD03DD86F713E381DECBDA40099BEC8B55FBE06441B3CEE8760BE5B2774BE5452AFBDED17953E78B7523DE765F23DE164F13C5602B13ABF3778BC39F02BBD10C43BBE89F4A43DC3BA963E74FF3FBE3CA61BBE5C97BD3D436377BEDDC2843DCD24873EF45B81BE258C8B3EE540013D0E3381BEE8C0BDBCE0F648BEAF0823BE39F4F4BDA6E68DBE0A90973E553F91BEFA16853EDC1E96BECBE33F3EC1A39ABD95E1C6BDCC3585B9F1D3303E879579BE79F6313EE5E6473EAD7E10BEF89CDCBD3282C3BCFFA9803E7A95103CC900463DFE6E813E72FAB13D83A7DEBD6C798EBD98C3733E4CDF2FBE14DF18BD53122BBEB2AFF8BCC4D435BE3AFE6DBEEED1313E4BA7613E8515F33C7A3170BE1D284B3E527BCE3D02398D3EEB9F8C3E44793E3E60397BBEA0A5F0BDC710893EAA481DBE9BF87CBDE10BFB3D9E7C993E71B5383EFEB1C43D7E94E43D122AD4BD2C7C7F3EA253A2BD6982823E7C22C63D749D83BE7D9B1A3E5FDA2FBD596B93BDD79C243EE6D083BE6782923E3CBB963E149E5FBE8A95913E65FAE2BD10433BBE2C79DB3C51B4DC3C8EE588BED054913E8D348EBE5C0761BE36C248BE3A01983D9A5472BE486B29BC8CE38A3E4E710EBE551A92BE24FE6BBD2878573EEF168D3D2D2F86BE04B143BE29A0BB3D50169ABE4FD182BDC5A123BEC79D943EAFB86BBE92F727BCE3D7D23CD172EE3C498F563EBEADAB3D739E28BE08B7BDBDCBFDB53D686D943E3182A0BA915D943EC89CA13D48FC4C3ECA532A3E5BC7EFBDD5C28BBE407A7C3EA5BA643E530025BE4D7D08BEF04C263DFA18633E73E80EBEB72F95BE8D4A20BE033963BE5D789A3E981B98BE3AA8A3BCA11C2DBD727F353E1F5B02BE7F72143EAD5CB83D8F9B923E3D2F41BD365D55BE1B6AE0BC520B31BE8EC9583D20CE4BBE31C923BE936E673D5B898A3E19D3FABD5401D83D8EF9B43D8CD5CA3D264BABBD48C4D53C38BC973E9E143ABE7665F23DC297EBBD4C24B83D2B3488BEC3B745BE3102713EEEBEB73D7EBD493EDC4162BEC6E8D1BD3446B03D0C935BBCA03AC33D7C2640BE301D9CBDFA442B3E0BB465BE6D3240BE97507EBE2F161C3D24EC62BE9AEF91BECAAEFFBD13EDE0BC7320323EEA1408BE0D5FA73DE701D6BC38662BBE7BCA943E22E8833CC5AFABBDDAE6EB3D3691843E7FF58DBEC6B9E63A4DD5073EEAC799BEA2133EBE77D504BDDC881EBE1BDF00BEACDD793CE6A581BE27E3943DC1AB00BE7D0043BEDC1E753E49B80FBE268184BD027816BE149784BE300A933E4902A4BDA03D3CBECA07743E5AEDC63D8D1CA3BD984D493B0C932A3EEE3DB53B1EE60CBC32E0A8BD78A11D3E1149633D1A2E5B3E4D754C3E288A433E8538A83DA70C463E2DE3E9BC76812FBD2AF65A3D1559C23D05F4713DCACB37BCA79471BE4F35503E8EE88739B87ACB3D2CB31CBE714F233E389A97BE13F8A63D4218793DD47C6FBE5F051EBE8A878EBE7C6BE8BC1644273EE3424F3EB28403BC733C38BE195D5B3EE4E6A43DE628043ECC47B63D20E2403E390D81BE57FD5ABEE56E213EB63610BDD817AB3DB48296BD2405333EE68345BDF7AABEBD6ED36DBE5E6192BD3E8D08BE3D5D673D7994453E05E377BEA471EBBDA2D09EBAE5AA533E4A8FFFBD421FBFBDBBFC5FBED0F35FBE61FA90BE43AAE53CE24F0ABE1F3E4B3E8674A73A77DC19BE86788A3ED2946BBE36263A3BF5EAA13CFEBB063D2F8731BE2D6664BED63B213E307681BE136999BE6D3697BEBA8E25BE418A853E6D46843EC83DBD3CC6653ABEF400383E84C601BEEB64993D0DEEC73DEEDA373E32581ABE6BCB4F3DE05B83BE7C42353D53610BBE95225F3E5547703EAFC5823E1128843ED5CB0D3EA76E67BD274365BEF49F8D3E96B38FBED64186BEB5A0943E6BB581BDC8BC86BE6D50A1BDE2CA91BEAC1F90BCFB538DBE902CB23BAFEBECBD79D3673EE384F63C3B729CBE7E9EE5BD9145523DAE8FADBCD7B28ABE2E0E82BEECBA953E972A433DE05B87BE2EE13DBEB2BE713ED7B291BD532890BE04F9C73D4174423EF016AE3D88CB83BE0D4536BE20F072BEF3BD40BEB29B94BD56982A3EFE8064BD7CE6E73D895D1FBE9C7132BDB43A2E3EE91126BE2E7B8CBC8A108EBED3B3A13D97DB083D4EB73ABED29FC1BD2053843DB71E40BE528F89BC2F67113E1B5738BEA316573E26584F3EF7A2A7BD3683613E0B4D12BD859CD93C6544A93BEC286F3EC9B9213E2510023E4E571B3E51DA3ABE81487F3E54882A3E3DFE3B3E2CA8D53DE209C1BD3DEE8DBE6348C9BCEBF1823D72E76F3EEA8F3E3EB9078B3E509697BE90DA1DBE37EA193E0B4B2B3EAA28A33DCC3D043E786E463E01F08D3EB714A83D34AE66BE90CE443D9B0001BE7EFC31BD8C91003E6081983EB3912CBE7D94EFBD167A85BE165920BE689F2A3E508A963E57D4F2BD7AA899BE88B60B3D604F6BBE367F433C5C1BF93DB1C943BDDC1D6DBE3F2C1ABD5AEA36BE65AEE13D3A2F38BE22E8BDBDED7649BCF31A50BE3D3547BEA37EC13D3FEA7D3EA23EA5BDF91D9C3D22412DBEFC5E9CBEFEA7493E635B703EAEA9ECBCA6DFBE3C42A8873EFB6F4E3E0D8440BE4B7EC33DAEDAEBBDD539B1BD0CFCF43D604F8BBEC9D652BE5642803E216C873ECE24233E38736CBEF942FFBD306585BE31FE403EED3A51BE3760B43D3EBE39BE4D93943ED2CDD6BBA54E013E55AE223E551C17BDD1BBC1BD1C0439BEC4E8A0BD80768BBE464D2D3E1FF833BE5FE2173EAAD5003EA3AA9F3D80D2B8BC842FDDBD215CE53DEF378C3DF3B05F3E206D0FBE5FEB953C46BA90BDF85CE33DFCC7223E32C7143E25CD85BE26D5CC3D13B0A73DFEB981BDFB4819BD915C1CBE9E015FBE48BC1DBEC0B9F5BD6F6E99BE79E2DCBA829992BEB38E8E3D2037B23C6DA2003E8F8A5E3EBEA29E3D55A296BEB3A645BE12C499BE50EB84BE5BFC923E2CB618BEB5B4AF3D2DDD213E7103963E67B73F3ED016633D325B283D68588ABE7966803EDB8043BE3FFBDD3C3E160C3E0EEFAB3DCA842FBEE46F9CBEB1AD5A3EDD928E3E665C543DE7545FBE84798E3E49D6FF3D413186BD34B802BD4284E9BC07A9353EAE04AC3D36B68ABEC69253BD288611BE5FDBC3BD0E29923E98F3B7BC0DA51FBE8809DD3D9C0086BD3E9893BDAA4699BE93963EBE4F3FA2BCA8A3143E1393F1BD72A573BEE5038F3D52E3243ED1C514BDDD7C503E5B98F3BDCB45453E35F12ABD025ADA3D3F76A9BD5384063EE178603EAC1376BC4B67653E381891BC2D30993E8BB97B3E29AB9BBE90BA15BE1A5CBABD3CD7D03D274A113EA9BBED3DD88181BA13035FBE1514A43CA4EB8D3EEB00263E9B39043E652FE6BDBDC09D3CC0587FBEAEE453BEF55B07BE274282BEC82B57BE2789413E85DC833E389424BE8DD42B3EA19002BD57143EBBB4D6873E18078B3E7376FF3D54E80FB7918D7ABE87DE0B3DDDD179BE8E67E93D9993D53CF8530C3E81140DBD0FE31C3D7FE6EA3D0ADA383E566A84BC1F6EC5BD84A6BF3C33FA6EBE2734E53C824B86BCD3B7A1BC6BF2013EB5AB63BE5B58F4BDB33F643D6C820D3E2F712FBE54CDF3BD8DD5833E402BC83DB3A8773E2915B43D88928E3EDC7E8CBE96E3043D8B02273D8A50953DB7B4BDBD26F465BE61CC3FBE15B9C7BDC988E6BB88768F3EA2D896BE72E8813E",
      torch_tensor_16_torch.float32_1: "0x0400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
      torch_tensor_16_torch.float32: "0x040000000000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F0000803F"
    }
  }
#-}

