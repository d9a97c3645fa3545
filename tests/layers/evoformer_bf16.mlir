#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map8 = affine_map<(d0) -> (d0)>
#map9 = affine_map<(d0, d1) -> (d1)>
#map10 = affine_map<(d0, d1, d2) -> (d1, d2)>
module {
  func.func @main(%arg0: tensor<8x24x64xbf16>, %arg1: tensor<24x24x32xbf16>, %arg2: tensor<64xbf16>, %arg3: tensor<64xbf16>, %arg4: tensor<64xbf16>, %arg5: tensor<64xbf16>, %arg6: tensor<64xbf16>, %arg7: tensor<64xbf16>, %arg8: tensor<64xbf16>, %arg9: tensor<64xbf16>, %arg10: tensor<32xbf16>, %arg11: tensor<32xbf16>, %arg12: tensor<32xbf16>, %arg13: tensor<32xbf16>, %arg14: tensor<32xbf16>, %arg15: tensor<32xbf16>, %arg16: tensor<32xbf16>, %arg17: tensor<32xbf16>, %arg18: tensor<32xbf16>, %arg19: tensor<32xbf16>, %arg20: tensor<32xbf16>, %arg21: tensor<32xbf16>, %arg22: tensor<64x64xbf16>, %arg23: tensor<64x64xbf16>, %arg24: tensor<64x64xbf16>, %arg25: tensor<64x64xbf16>, %arg26: tensor<64xbf16>, %arg27: tensor<64x64xbf16>, %arg28: tensor<64xbf16>, %arg29: tensor<4x32xbf16>, %arg30: tensor<64x64xbf16>, %arg31: tensor<64x64xbf16>, %arg32: tensor<64x64xbf16>, %arg33: tensor<64x64xbf16>, %arg34: tensor<64xbf16>, %arg35: tensor<64x64xbf16>, %arg36: tensor<64xbf16>, %arg37: tensor<256x64xbf16>, %arg38: tensor<256xbf16>, %arg39: tensor<64x256xbf16>, %arg40: tensor<64xbf16>, %arg41: tensor<128x32xbf16>, %arg42: tensor<128xbf16>, %arg43: tensor<32x128xbf16>, %arg44: tensor<32xbf16>, %arg45: tensor<8x64xbf16>, %arg46: tensor<8xbf16>, %arg47: tensor<8x64xbf16>, %arg48: tensor<8xbf16>, %arg49: tensor<32x64xbf16>, %arg50: tensor<32xbf16>, %arg51: tensor<32x32xbf16>, %arg52: tensor<32xbf16>, %arg53: tensor<32x32xbf16>, %arg54: tensor<32xbf16>, %arg55: tensor<32x32xbf16>, %arg56: tensor<32xbf16>, %arg57: tensor<32x32xbf16>, %arg58: tensor<32xbf16>, %arg59: tensor<32x32xbf16>, %arg60: tensor<32xbf16>, %arg61: tensor<32x32xbf16>, %arg62: tensor<32xbf16>, %arg63: tensor<32xbf16>, %arg64: tensor<32xbf16>, %arg65: tensor<32x32xbf16>, %arg66: tensor<32xbf16>, %arg67: tensor<32x32xbf16>, %arg68: tensor<32xbf16>, %arg69: tensor<32x32xbf16>, %arg70: tensor<32xbf16>, %arg71: tensor<32x32xbf16>, %arg72: tensor<32xbf16>, %arg73: tensor<32x32xbf16>, %arg74: tensor<32xbf16>, %arg75: tensor<32x32xbf16>, %arg76: tensor<32xbf16>, %arg77: tensor<32xbf16>, %arg78: tensor<32xbf16>, %arg79: tensor<64x32xbf16>, %arg80: tensor<64x32xbf16>, %arg81: tensor<64x32xbf16>, %arg82: tensor<64x32xbf16>, %arg83: tensor<64xbf16>, %arg84: tensor<32x64xbf16>, %arg85: tensor<32xbf16>, %arg86: tensor<4x32xbf16>, %arg87: tensor<64x32xbf16>, %arg88: tensor<64x32xbf16>, %arg89: tensor<64x32xbf16>, %arg90: tensor<64x32xbf16>, %arg91: tensor<64xbf16>, %arg92: tensor<32x64xbf16>, %arg93: tensor<32xbf16>, %arg94: tensor<4x32xbf16>) -> (tensor<8x24x64xbf16>, tensor<24x24x32xbf16>) {
    %cst = arith.constant 0.000000e+00 : f64
    %cst_0 = arith.constant 0.000000e+00 : f32
    %c0_i64 = arith.constant 0 : i64
    %cst_1 = arith.constant 0xFF800000 : f32
    %cst_2 = arith.constant 1.000000e+00 : bf16
    %cst_3 = arith.constant 0.000000e+00 : bf16
    %cst_4 = arith.constant 1.000000e-05 : f64
    %cst_5 = arith.constant 6.400000e+01 : f64
    %cst_6 = arith.constant 6.400000e+01 : f32
    %cst_7 = arith.constant 3.200000e+01 : f64
    %cst_8 = arith.constant 3.200000e+01 : f32
    %cst_9 = arith.constant 2.500000e-01 : bf16
    %cst_10 = arith.constant 8.000000e+00 : bf16
    %0 = tensor.empty() : tensor<8x24x64xf32>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<8x24x64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %2 = tensor.empty() : tensor<8x24x64xf64>
    %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<8x24x64xf32>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %4 = tensor.empty() : tensor<8x24x1xf64>
    %5 = linalg.fill ins(%cst : f64) outs(%4 : tensor<8x24x1xf64>) -> tensor<8x24x1xf64>
    %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %7 : tensor<8x24x64xf64>, tensor<8x24x1xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<8x24x64xf64>, tensor<8x24x64xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %12 = tensor.empty() : tensor<8x24x1xf32>
    %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<8x24x1xf64>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %14 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<8x24x1xf32>) -> tensor<8x24x1xf32>
    %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<8x24x64xf32>) outs(%14 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_6 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x1xf32>
    %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %16 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg3 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %23 = tensor.empty() : tensor<8x24x64xbf16>
    %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<8x24x64xf32>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %25 = tensor.empty() : tensor<24x24x32xf32>
    %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %27 = tensor.empty() : tensor<24x24x32xf64>
    %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %29 = tensor.empty() : tensor<24x24x1xf64>
    %30 = linalg.fill ins(%cst : f64) outs(%29 : tensor<24x24x1xf64>) -> tensor<24x24x1xf64>
    %31 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%28 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %32 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %33 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %32 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %34 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %33 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %35 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%34 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %37 = tensor.empty() : tensor<24x24x1xf32>
    %38 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %39 = linalg.fill ins(%cst_0 : f32) outs(%37 : tensor<24x24x1xf32>) -> tensor<24x24x1xf32>
    %40 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%26 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %41 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%40 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %42 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %44 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %41 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %45 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44, %43 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %46 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %arg10 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %47 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46, %arg11 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %48 = tensor.empty() : tensor<24x24x32xbf16>
    %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %50 = tensor.empty() : tensor<64x64xbf16>
    %transposed = linalg.transpose ins(%arg22 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %collapsed = tensor.collapse_shape %24 [[0, 1], [2]] : tensor<8x24x64xbf16> into tensor<192x64xbf16>
    %51 = tensor.empty() : tensor<192x64xf32>
    %52 = linalg.fill ins(%cst_0 : f32) outs(%51 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %53 = linalg.matmul ins(%collapsed, %transposed : tensor<192x64xbf16>, tensor<64x64xbf16>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %54 = tensor.empty() : tensor<192x64xbf16>
    %55 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%53 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded = tensor.expand_shape %55 [[0, 1], [2, 3]] output_shape [8, 24, 4, 16] : tensor<192x64xbf16> into tensor<8x24x4x16xbf16>
    %56 = tensor.empty() : tensor<8x4x24x16xbf16>
    %transposed_11 = linalg.transpose ins(%expanded : tensor<8x24x4x16xbf16>) outs(%56 : tensor<8x4x24x16xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_12 = linalg.transpose ins(%arg23 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %57 = linalg.matmul ins(%collapsed, %transposed_12 : tensor<192x64xbf16>, tensor<64x64xbf16>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %58 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%57 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded_13 = tensor.expand_shape %58 [[0, 1], [2, 3]] output_shape [8, 24, 4, 16] : tensor<192x64xbf16> into tensor<8x24x4x16xbf16>
    %transposed_14 = linalg.transpose ins(%arg24 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %59 = linalg.matmul ins(%collapsed, %transposed_14 : tensor<192x64xbf16>, tensor<64x64xbf16>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %60 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%59 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded_15 = tensor.expand_shape %60 [[0, 1], [2, 3]] output_shape [8, 24, 4, 16] : tensor<192x64xbf16> into tensor<8x24x4x16xbf16>
    %transposed_16 = linalg.transpose ins(%expanded_15 : tensor<8x24x4x16xbf16>) outs(%56 : tensor<8x4x24x16xbf16>) permutation = [0, 2, 1, 3] 
    %61 = tensor.empty() : tensor<8x4x16x24xbf16>
    %transposed_17 = linalg.transpose ins(%expanded_13 : tensor<8x24x4x16xbf16>) outs(%61 : tensor<8x4x16x24xbf16>) permutation = [0, 2, 3, 1] 
    %collapsed_18 = tensor.collapse_shape %transposed_11 [[0, 1], [2], [3]] : tensor<8x4x24x16xbf16> into tensor<32x24x16xbf16>
    %collapsed_19 = tensor.collapse_shape %transposed_17 [[0, 1], [2], [3]] : tensor<8x4x16x24xbf16> into tensor<32x16x24xbf16>
    %62 = tensor.empty() : tensor<32x24x24xf32>
    %63 = linalg.fill ins(%cst_0 : f32) outs(%62 : tensor<32x24x24xf32>) -> tensor<32x24x24xf32>
    %64 = linalg.batch_matmul ins(%collapsed_18, %collapsed_19 : tensor<32x24x16xbf16>, tensor<32x16x24xbf16>) outs(%63 : tensor<32x24x24xf32>) -> tensor<32x24x24xf32>
    %65 = tensor.empty() : tensor<32x24x24xbf16>
    %66 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%64 : tensor<32x24x24xf32>) outs(%65 : tensor<32x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<32x24x24xbf16>
    %expanded_20 = tensor.expand_shape %66 [[0, 1], [2], [3]] output_shape [8, 4, 24, 24] : tensor<32x24x24xbf16> into tensor<8x4x24x24xbf16>
    %67 = tensor.empty() : tensor<8x4x24x24xbf16>
    %68 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_20 : tensor<8x4x24x24xbf16>) outs(%67 : tensor<8x4x24x24xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.mulf %in, %cst_9 : bf16
      linalg.yield %622 : bf16
    } -> tensor<8x4x24x24xbf16>
    %69 = tensor.empty() : tensor<32x4xbf16>
    %transposed_21 = linalg.transpose ins(%arg29 : tensor<4x32xbf16>) outs(%69 : tensor<32x4xbf16>) permutation = [1, 0] 
    %collapsed_22 = tensor.collapse_shape %49 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %70 = tensor.empty() : tensor<576x4xf32>
    %71 = linalg.fill ins(%cst_0 : f32) outs(%70 : tensor<576x4xf32>) -> tensor<576x4xf32>
    %72 = linalg.matmul ins(%collapsed_22, %transposed_21 : tensor<576x32xbf16>, tensor<32x4xbf16>) outs(%71 : tensor<576x4xf32>) -> tensor<576x4xf32>
    %73 = tensor.empty() : tensor<576x4xbf16>
    %74 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%72 : tensor<576x4xf32>) outs(%73 : tensor<576x4xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x4xbf16>
    %expanded_23 = tensor.expand_shape %74 [[0, 1], [2]] output_shape [24, 24, 4] : tensor<576x4xbf16> into tensor<24x24x4xbf16>
    %75 = tensor.empty() : tensor<4x24x24xbf16>
    %transposed_24 = linalg.transpose ins(%expanded_23 : tensor<24x24x4xbf16>) outs(%75 : tensor<4x24x24xbf16>) permutation = [2, 0, 1] 
    %76 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%68, %transposed_24 : tensor<8x4x24x24xbf16>, tensor<4x24x24xbf16>) outs(%67 : tensor<8x4x24x24xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<8x4x24x24xbf16>
    %77 = tensor.empty() : tensor<8x4x24x24xf32>
    %78 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%76 : tensor<8x4x24x24xbf16>) outs(%77 : tensor<8x4x24x24xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8x4x24x24xf32>
    %79 = tensor.empty() : tensor<8x4x24xi64>
    %80 = linalg.fill ins(%c0_i64 : i64) outs(%79 : tensor<8x4x24xi64>) -> tensor<8x4x24xi64>
    %81 = tensor.empty() : tensor<8x4x24xf32>
    %82 = linalg.fill ins(%cst_1 : f32) outs(%81 : tensor<8x4x24xf32>) -> tensor<8x4x24xf32>
    %83:2 = linalg.generic {indexing_maps = [#map4, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%78 : tensor<8x4x24x24xf32>) outs(%82, %80 : tensor<8x4x24xf32>, tensor<8x4x24xi64>) {
    ^bb0(%in: f32, %out: f32, %out_176: i64):
      %622 = linalg.index 3 : index
      %623 = arith.index_cast %622 : index to i64
      %624 = arith.maximumf %in, %out : f32
      %625 = arith.cmpf ogt, %in, %out : f32
      %626 = arith.select %625, %623, %out_176 : i64
      linalg.yield %624, %626 : f32, i64
    } -> (tensor<8x4x24xf32>, tensor<8x4x24xi64>)
    %expanded_25 = tensor.expand_shape %83#0 [[0], [1], [2, 3]] output_shape [8, 4, 24, 1] : tensor<8x4x24xf32> into tensor<8x4x24x1xf32>
    %84 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%78, %expanded_25 : tensor<8x4x24x24xf32>, tensor<8x4x24x1xf32>) outs(%77 : tensor<8x4x24x24xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x4x24x24xf32>
    %85 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%84 : tensor<8x4x24x24xf32>) outs(%77 : tensor<8x4x24x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.exp %in : f32
      linalg.yield %622 : f32
    } -> tensor<8x4x24x24xf32>
    %86 = tensor.empty() : tensor<8x4x24x1xf32>
    %87 = linalg.fill ins(%cst_0 : f32) outs(%86 : tensor<8x4x24x1xf32>) -> tensor<8x4x24x1xf32>
    %88 = linalg.generic {indexing_maps = [#map4, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%85 : tensor<8x4x24x24xf32>) outs(%87 : tensor<8x4x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<8x4x24x1xf32>
    %89 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%85, %88 : tensor<8x4x24x24xf32>, tensor<8x4x24x1xf32>) outs(%77 : tensor<8x4x24x24xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.divf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x4x24x24xf32>
    %90 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%89 : tensor<8x4x24x24xf32>) outs(%67 : tensor<8x4x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<8x4x24x24xbf16>
    %collapsed_26 = tensor.collapse_shape %90 [[0, 1], [2], [3]] : tensor<8x4x24x24xbf16> into tensor<32x24x24xbf16>
    %collapsed_27 = tensor.collapse_shape %transposed_16 [[0, 1], [2], [3]] : tensor<8x4x24x16xbf16> into tensor<32x24x16xbf16>
    %91 = tensor.empty() : tensor<32x24x16xf32>
    %92 = linalg.fill ins(%cst_0 : f32) outs(%91 : tensor<32x24x16xf32>) -> tensor<32x24x16xf32>
    %93 = linalg.batch_matmul ins(%collapsed_26, %collapsed_27 : tensor<32x24x24xbf16>, tensor<32x24x16xbf16>) outs(%92 : tensor<32x24x16xf32>) -> tensor<32x24x16xf32>
    %94 = tensor.empty() : tensor<32x24x16xbf16>
    %95 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%93 : tensor<32x24x16xf32>) outs(%94 : tensor<32x24x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<32x24x16xbf16>
    %expanded_28 = tensor.expand_shape %95 [[0, 1], [2], [3]] output_shape [8, 4, 24, 16] : tensor<32x24x16xbf16> into tensor<8x4x24x16xbf16>
    %96 = tensor.empty() : tensor<8x24x4x16xbf16>
    %transposed_29 = linalg.transpose ins(%expanded_28 : tensor<8x4x24x16xbf16>) outs(%96 : tensor<8x24x4x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_30 = tensor.collapse_shape %transposed_29 [[0], [1], [2, 3]] : tensor<8x24x4x16xbf16> into tensor<8x24x64xbf16>
    %transposed_31 = linalg.transpose ins(%arg25 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %97 = tensor.empty() : tensor<64xf32>
    %98 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg26 : tensor<64xbf16>) outs(%97 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64xf32>
    %99 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<192x64xbf16>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %100 = tensor.empty() : tensor<64x64xf32>
    %101 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_31 : tensor<64x64xbf16>) outs(%100 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x64xf32>
    %102 = linalg.matmul ins(%99, %101 : tensor<192x64xf32>, tensor<64x64xf32>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %103 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%102, %98 : tensor<192x64xf32>, tensor<64xf32>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %104 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%103 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded_32 = tensor.expand_shape %104 [[0, 1], [2]] output_shape [8, 24, 64] : tensor<192x64xbf16> into tensor<8x24x64xbf16>
    %105 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_32 : tensor<8x24x64xbf16>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<8x24x64xbf16>
    %106 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%105, %collapsed_30 : tensor<8x24x64xbf16>, tensor<8x24x64xbf16>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %collapsed_33 = tensor.collapse_shape %106 [[0, 1], [2]] : tensor<8x24x64xbf16> into tensor<192x64xbf16>
    %transposed_34 = linalg.transpose ins(%arg27 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %107 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg28 : tensor<64xbf16>) outs(%97 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64xf32>
    %108 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_33 : tensor<192x64xbf16>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %109 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_34 : tensor<64x64xbf16>) outs(%100 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x64xf32>
    %110 = linalg.matmul ins(%108, %109 : tensor<192x64xf32>, tensor<64x64xf32>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %111 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%110, %107 : tensor<192x64xf32>, tensor<64xf32>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %112 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%111 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded_35 = tensor.expand_shape %112 [[0, 1], [2]] output_shape [8, 24, 64] : tensor<192x64xbf16> into tensor<8x24x64xbf16>
    %113 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded_35 : tensor<8x24x64xbf16>, tensor<8x24x64xbf16>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %114 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%113 : tensor<8x24x64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %115 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%114 : tensor<8x24x64xf32>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %116 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%115 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %117 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%116 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %118 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%115, %117 : tensor<8x24x64xf64>, tensor<8x24x1xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %119 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%118, %118 : tensor<8x24x64xf64>, tensor<8x24x64xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %120 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%119 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %121 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%120 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %122 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%121 : tensor<8x24x1xf64>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %123 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%114 : tensor<8x24x64xf32>) outs(%14 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %124 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%123 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_6 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %125 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%122 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x1xf32>
    %126 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%125 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %127 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%114, %124 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %128 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%127, %126 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %129 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%128, %arg4 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %130 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%129, %arg5 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %131 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%130 : tensor<8x24x64xf32>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %132 = tensor.empty() : tensor<24x8x64xbf16>
    %transposed_36 = linalg.transpose ins(%131 : tensor<8x24x64xbf16>) outs(%132 : tensor<24x8x64xbf16>) permutation = [1, 0, 2] 
    %transposed_37 = linalg.transpose ins(%arg30 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %133 = tensor.empty() : tensor<24x64x64xbf16>
    %134 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_37 : tensor<64x64xbf16>) outs(%133 : tensor<24x64x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x64x64xbf16>
    %135 = tensor.empty() : tensor<24x8x64xf32>
    %136 = linalg.fill ins(%cst_0 : f32) outs(%135 : tensor<24x8x64xf32>) -> tensor<24x8x64xf32>
    %137 = linalg.batch_matmul ins(%transposed_36, %134 : tensor<24x8x64xbf16>, tensor<24x64x64xbf16>) outs(%136 : tensor<24x8x64xf32>) -> tensor<24x8x64xf32>
    %138 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%137 : tensor<24x8x64xf32>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x8x64xbf16>
    %expanded_38 = tensor.expand_shape %138 [[0], [1], [2, 3]] output_shape [24, 8, 4, 16] : tensor<24x8x64xbf16> into tensor<24x8x4x16xbf16>
    %139 = tensor.empty() : tensor<24x4x8x16xbf16>
    %transposed_39 = linalg.transpose ins(%expanded_38 : tensor<24x8x4x16xbf16>) outs(%139 : tensor<24x4x8x16xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_40 = linalg.transpose ins(%arg31 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %140 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_40 : tensor<64x64xbf16>) outs(%133 : tensor<24x64x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x64x64xbf16>
    %141 = linalg.batch_matmul ins(%transposed_36, %140 : tensor<24x8x64xbf16>, tensor<24x64x64xbf16>) outs(%136 : tensor<24x8x64xf32>) -> tensor<24x8x64xf32>
    %142 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%141 : tensor<24x8x64xf32>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x8x64xbf16>
    %expanded_41 = tensor.expand_shape %142 [[0], [1], [2, 3]] output_shape [24, 8, 4, 16] : tensor<24x8x64xbf16> into tensor<24x8x4x16xbf16>
    %transposed_42 = linalg.transpose ins(%arg32 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %143 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_42 : tensor<64x64xbf16>) outs(%133 : tensor<24x64x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x64x64xbf16>
    %144 = linalg.batch_matmul ins(%transposed_36, %143 : tensor<24x8x64xbf16>, tensor<24x64x64xbf16>) outs(%136 : tensor<24x8x64xf32>) -> tensor<24x8x64xf32>
    %145 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%144 : tensor<24x8x64xf32>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x8x64xbf16>
    %expanded_43 = tensor.expand_shape %145 [[0], [1], [2, 3]] output_shape [24, 8, 4, 16] : tensor<24x8x64xbf16> into tensor<24x8x4x16xbf16>
    %transposed_44 = linalg.transpose ins(%expanded_43 : tensor<24x8x4x16xbf16>) outs(%139 : tensor<24x4x8x16xbf16>) permutation = [0, 2, 1, 3] 
    %146 = tensor.empty() : tensor<24x4x16x8xbf16>
    %transposed_45 = linalg.transpose ins(%expanded_41 : tensor<24x8x4x16xbf16>) outs(%146 : tensor<24x4x16x8xbf16>) permutation = [0, 2, 3, 1] 
    %collapsed_46 = tensor.collapse_shape %transposed_39 [[0, 1], [2], [3]] : tensor<24x4x8x16xbf16> into tensor<96x8x16xbf16>
    %collapsed_47 = tensor.collapse_shape %transposed_45 [[0, 1], [2], [3]] : tensor<24x4x16x8xbf16> into tensor<96x16x8xbf16>
    %147 = tensor.empty() : tensor<96x8x8xf32>
    %148 = linalg.fill ins(%cst_0 : f32) outs(%147 : tensor<96x8x8xf32>) -> tensor<96x8x8xf32>
    %149 = linalg.batch_matmul ins(%collapsed_46, %collapsed_47 : tensor<96x8x16xbf16>, tensor<96x16x8xbf16>) outs(%148 : tensor<96x8x8xf32>) -> tensor<96x8x8xf32>
    %150 = tensor.empty() : tensor<96x8x8xbf16>
    %151 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%149 : tensor<96x8x8xf32>) outs(%150 : tensor<96x8x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<96x8x8xbf16>
    %expanded_48 = tensor.expand_shape %151 [[0, 1], [2], [3]] output_shape [24, 4, 8, 8] : tensor<96x8x8xbf16> into tensor<24x4x8x8xbf16>
    %152 = tensor.empty() : tensor<24x4x8x8xbf16>
    %153 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_48 : tensor<24x4x8x8xbf16>) outs(%152 : tensor<24x4x8x8xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.mulf %in, %cst_9 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x8x8xbf16>
    %154 = tensor.empty() : tensor<24x4x8x8xf32>
    %155 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%153 : tensor<24x4x8x8xbf16>) outs(%154 : tensor<24x4x8x8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x4x8x8xf32>
    %156 = tensor.empty() : tensor<24x4x8xi64>
    %157 = linalg.fill ins(%c0_i64 : i64) outs(%156 : tensor<24x4x8xi64>) -> tensor<24x4x8xi64>
    %158 = tensor.empty() : tensor<24x4x8xf32>
    %159 = linalg.fill ins(%cst_1 : f32) outs(%158 : tensor<24x4x8xf32>) -> tensor<24x4x8xf32>
    %160:2 = linalg.generic {indexing_maps = [#map4, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%155 : tensor<24x4x8x8xf32>) outs(%159, %157 : tensor<24x4x8xf32>, tensor<24x4x8xi64>) {
    ^bb0(%in: f32, %out: f32, %out_176: i64):
      %622 = linalg.index 3 : index
      %623 = arith.index_cast %622 : index to i64
      %624 = arith.maximumf %in, %out : f32
      %625 = arith.cmpf ogt, %in, %out : f32
      %626 = arith.select %625, %623, %out_176 : i64
      linalg.yield %624, %626 : f32, i64
    } -> (tensor<24x4x8xf32>, tensor<24x4x8xi64>)
    %expanded_49 = tensor.expand_shape %160#0 [[0], [1], [2, 3]] output_shape [24, 4, 8, 1] : tensor<24x4x8xf32> into tensor<24x4x8x1xf32>
    %161 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%155, %expanded_49 : tensor<24x4x8x8xf32>, tensor<24x4x8x1xf32>) outs(%154 : tensor<24x4x8x8xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x8x8xf32>
    %162 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%161 : tensor<24x4x8x8xf32>) outs(%154 : tensor<24x4x8x8xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.exp %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x8x8xf32>
    %163 = tensor.empty() : tensor<24x4x8x1xf32>
    %164 = linalg.fill ins(%cst_0 : f32) outs(%163 : tensor<24x4x8x1xf32>) -> tensor<24x4x8x1xf32>
    %165 = linalg.generic {indexing_maps = [#map4, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%162 : tensor<24x4x8x8xf32>) outs(%164 : tensor<24x4x8x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x8x1xf32>
    %166 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%162, %165 : tensor<24x4x8x8xf32>, tensor<24x4x8x1xf32>) outs(%154 : tensor<24x4x8x8xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.divf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x8x8xf32>
    %167 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%166 : tensor<24x4x8x8xf32>) outs(%152 : tensor<24x4x8x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x8x8xbf16>
    %collapsed_50 = tensor.collapse_shape %167 [[0, 1], [2], [3]] : tensor<24x4x8x8xbf16> into tensor<96x8x8xbf16>
    %collapsed_51 = tensor.collapse_shape %transposed_44 [[0, 1], [2], [3]] : tensor<24x4x8x16xbf16> into tensor<96x8x16xbf16>
    %168 = tensor.empty() : tensor<96x8x16xf32>
    %169 = linalg.fill ins(%cst_0 : f32) outs(%168 : tensor<96x8x16xf32>) -> tensor<96x8x16xf32>
    %170 = linalg.batch_matmul ins(%collapsed_50, %collapsed_51 : tensor<96x8x8xbf16>, tensor<96x8x16xbf16>) outs(%169 : tensor<96x8x16xf32>) -> tensor<96x8x16xf32>
    %171 = tensor.empty() : tensor<96x8x16xbf16>
    %172 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%170 : tensor<96x8x16xf32>) outs(%171 : tensor<96x8x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<96x8x16xbf16>
    %expanded_52 = tensor.expand_shape %172 [[0, 1], [2], [3]] output_shape [24, 4, 8, 16] : tensor<96x8x16xbf16> into tensor<24x4x8x16xbf16>
    %173 = tensor.empty() : tensor<24x8x4x16xbf16>
    %transposed_53 = linalg.transpose ins(%expanded_52 : tensor<24x4x8x16xbf16>) outs(%173 : tensor<24x8x4x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_54 = tensor.collapse_shape %transposed_53 [[0], [1], [2, 3]] : tensor<24x8x4x16xbf16> into tensor<24x8x64xbf16>
    %transposed_55 = linalg.transpose ins(%arg33 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %174 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_55 : tensor<64x64xbf16>) outs(%133 : tensor<24x64x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x64x64xbf16>
    %175 = linalg.batch_matmul ins(%transposed_36, %174 : tensor<24x8x64xbf16>, tensor<24x64x64xbf16>) outs(%136 : tensor<24x8x64xf32>) -> tensor<24x8x64xf32>
    %176 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%175 : tensor<24x8x64xf32>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x8x64xbf16>
    %177 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%176, %arg34 : tensor<24x8x64xbf16>, tensor<64xbf16>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x8x64xbf16>
    %178 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%177 : tensor<24x8x64xbf16>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x8x64xbf16>
    %179 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%178, %collapsed_54 : tensor<24x8x64xbf16>, tensor<24x8x64xbf16>) outs(%132 : tensor<24x8x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x8x64xbf16>
    %collapsed_56 = tensor.collapse_shape %179 [[0, 1], [2]] : tensor<24x8x64xbf16> into tensor<192x64xbf16>
    %transposed_57 = linalg.transpose ins(%arg35 : tensor<64x64xbf16>) outs(%50 : tensor<64x64xbf16>) permutation = [1, 0] 
    %180 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg36 : tensor<64xbf16>) outs(%97 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64xf32>
    %181 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_56 : tensor<192x64xbf16>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %182 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_57 : tensor<64x64xbf16>) outs(%100 : tensor<64x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x64xf32>
    %183 = linalg.matmul ins(%181, %182 : tensor<192x64xf32>, tensor<64x64xf32>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %184 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%183, %180 : tensor<192x64xf32>, tensor<64xf32>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %185 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%184 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded_58 = tensor.expand_shape %185 [[0, 1], [2]] output_shape [24, 8, 64] : tensor<192x64xbf16> into tensor<24x8x64xbf16>
    %transposed_59 = linalg.transpose ins(%expanded_58 : tensor<24x8x64xbf16>) outs(%23 : tensor<8x24x64xbf16>) permutation = [1, 0, 2] 
    %186 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%113, %transposed_59 : tensor<8x24x64xbf16>, tensor<8x24x64xbf16>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %187 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%186 : tensor<8x24x64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %188 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%187 : tensor<8x24x64xf32>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %189 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%188 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %190 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%189 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %191 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%188, %190 : tensor<8x24x64xf64>, tensor<8x24x1xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %192 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%191, %191 : tensor<8x24x64xf64>, tensor<8x24x64xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %193 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%192 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %194 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%193 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %195 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%194 : tensor<8x24x1xf64>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %196 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%187 : tensor<8x24x64xf32>) outs(%14 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %197 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%196 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_6 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %198 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%195 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x1xf32>
    %199 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%198 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %200 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%187, %197 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %201 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%200, %199 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %202 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%201, %arg6 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %203 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%202, %arg7 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %204 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%203 : tensor<8x24x64xf32>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %collapsed_60 = tensor.collapse_shape %204 [[0, 1], [2]] : tensor<8x24x64xbf16> into tensor<192x64xbf16>
    %205 = tensor.empty() : tensor<64x256xbf16>
    %transposed_61 = linalg.transpose ins(%arg37 : tensor<256x64xbf16>) outs(%205 : tensor<64x256xbf16>) permutation = [1, 0] 
    %206 = tensor.empty() : tensor<256xf32>
    %207 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg38 : tensor<256xbf16>) outs(%206 : tensor<256xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<256xf32>
    %208 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_60 : tensor<192x64xbf16>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %209 = tensor.empty() : tensor<64x256xf32>
    %210 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_61 : tensor<64x256xbf16>) outs(%209 : tensor<64x256xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x256xf32>
    %211 = tensor.empty() : tensor<192x256xf32>
    %212 = linalg.fill ins(%cst_0 : f32) outs(%211 : tensor<192x256xf32>) -> tensor<192x256xf32>
    %213 = linalg.matmul ins(%208, %210 : tensor<192x64xf32>, tensor<64x256xf32>) outs(%212 : tensor<192x256xf32>) -> tensor<192x256xf32>
    %214 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%213, %207 : tensor<192x256xf32>, tensor<256xf32>) outs(%211 : tensor<192x256xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x256xf32>
    %215 = tensor.empty() : tensor<192x256xbf16>
    %216 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%214 : tensor<192x256xf32>) outs(%215 : tensor<192x256xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x256xbf16>
    %expanded_62 = tensor.expand_shape %216 [[0, 1], [2]] output_shape [8, 24, 256] : tensor<192x256xbf16> into tensor<8x24x256xbf16>
    %217 = tensor.empty() : tensor<8x24x256xbf16>
    %218 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_62 : tensor<8x24x256xbf16>) outs(%217 : tensor<8x24x256xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.cmpf ugt, %in, %cst_3 : bf16
      %623 = arith.select %622, %in, %cst_3 : bf16
      linalg.yield %623 : bf16
    } -> tensor<8x24x256xbf16>
    %collapsed_63 = tensor.collapse_shape %218 [[0, 1], [2]] : tensor<8x24x256xbf16> into tensor<192x256xbf16>
    %219 = tensor.empty() : tensor<256x64xbf16>
    %transposed_64 = linalg.transpose ins(%arg39 : tensor<64x256xbf16>) outs(%219 : tensor<256x64xbf16>) permutation = [1, 0] 
    %220 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg40 : tensor<64xbf16>) outs(%97 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64xf32>
    %221 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_63 : tensor<192x256xbf16>) outs(%211 : tensor<192x256xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<192x256xf32>
    %222 = tensor.empty() : tensor<256x64xf32>
    %223 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_64 : tensor<256x64xbf16>) outs(%222 : tensor<256x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<256x64xf32>
    %224 = linalg.matmul ins(%221, %223 : tensor<192x256xf32>, tensor<256x64xf32>) outs(%52 : tensor<192x64xf32>) -> tensor<192x64xf32>
    %225 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%224, %220 : tensor<192x64xf32>, tensor<64xf32>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %226 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%225 : tensor<192x64xf32>) outs(%54 : tensor<192x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x64xbf16>
    %expanded_65 = tensor.expand_shape %226 [[0, 1], [2]] output_shape [8, 24, 64] : tensor<192x64xbf16> into tensor<8x24x64xbf16>
    %227 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%186, %expanded_65 : tensor<8x24x64xbf16>, tensor<8x24x64xbf16>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %228 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%227 : tensor<8x24x64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %229 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%228 : tensor<8x24x64xf32>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %230 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%229 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %231 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%230 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %232 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%229, %231 : tensor<8x24x64xf64>, tensor<8x24x1xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %233 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%232, %232 : tensor<8x24x64xf64>, tensor<8x24x64xf64>) outs(%2 : tensor<8x24x64xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x64xf64>
    %234 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%233 : tensor<8x24x64xf64>) outs(%5 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %235 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%234 : tensor<8x24x1xf64>) outs(%4 : tensor<8x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_5 : f64
      linalg.yield %622 : f64
    } -> tensor<8x24x1xf64>
    %236 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%235 : tensor<8x24x1xf64>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %237 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%228 : tensor<8x24x64xf32>) outs(%14 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %238 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%237 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_6 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %239 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%236 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x1xf32>
    %240 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%239 : tensor<8x24x1xf32>) outs(%12 : tensor<8x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x1xf32>
    %241 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%228, %238 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %242 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%241, %240 : tensor<8x24x64xf32>, tensor<8x24x1xf32>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<8x24x64xf32>
    %243 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%242, %arg8 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %244 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%243, %arg9 : tensor<8x24x64xf32>, tensor<64xbf16>) outs(%0 : tensor<8x24x64xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<8x24x64xf32>
    %245 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%244 : tensor<8x24x64xf32>) outs(%23 : tensor<8x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<8x24x64xbf16>
    %collapsed_66 = tensor.collapse_shape %245 [[0, 1], [2]] : tensor<8x24x64xbf16> into tensor<192x64xbf16>
    %246 = tensor.empty() : tensor<64x8xbf16>
    %transposed_67 = linalg.transpose ins(%arg45 : tensor<8x64xbf16>) outs(%246 : tensor<64x8xbf16>) permutation = [1, 0] 
    %247 = tensor.empty() : tensor<8xf32>
    %248 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg46 : tensor<8xbf16>) outs(%247 : tensor<8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8xf32>
    %249 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_66 : tensor<192x64xbf16>) outs(%51 : tensor<192x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<192x64xf32>
    %250 = tensor.empty() : tensor<64x8xf32>
    %251 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_67 : tensor<64x8xbf16>) outs(%250 : tensor<64x8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x8xf32>
    %252 = tensor.empty() : tensor<192x8xf32>
    %253 = linalg.fill ins(%cst_0 : f32) outs(%252 : tensor<192x8xf32>) -> tensor<192x8xf32>
    %254 = linalg.matmul ins(%249, %251 : tensor<192x64xf32>, tensor<64x8xf32>) outs(%253 : tensor<192x8xf32>) -> tensor<192x8xf32>
    %255 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%254, %248 : tensor<192x8xf32>, tensor<8xf32>) outs(%252 : tensor<192x8xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x8xf32>
    %256 = tensor.empty() : tensor<192x8xbf16>
    %257 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%255 : tensor<192x8xf32>) outs(%256 : tensor<192x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x8xbf16>
    %transposed_68 = linalg.transpose ins(%arg47 : tensor<8x64xbf16>) outs(%246 : tensor<64x8xbf16>) permutation = [1, 0] 
    %258 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg48 : tensor<8xbf16>) outs(%247 : tensor<8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<8xf32>
    %259 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_68 : tensor<64x8xbf16>) outs(%250 : tensor<64x8xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x8xf32>
    %260 = linalg.matmul ins(%249, %259 : tensor<192x64xf32>, tensor<64x8xf32>) outs(%253 : tensor<192x8xf32>) -> tensor<192x8xf32>
    %261 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%260, %258 : tensor<192x8xf32>, tensor<8xf32>) outs(%252 : tensor<192x8xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<192x8xf32>
    %262 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%261 : tensor<192x8xf32>) outs(%256 : tensor<192x8xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<192x8xbf16>
    %expanded_69 = tensor.expand_shape %257 [[0, 1], [2, 3, 4]] output_shape [8, 24, 8, 1, 1] : tensor<192x8xbf16> into tensor<8x24x8x1x1xbf16>
    %expanded_70 = tensor.expand_shape %262 [[0, 1], [2, 3, 4]] output_shape [8, 24, 8, 1, 1] : tensor<192x8xbf16> into tensor<8x24x8x1x1xbf16>
    %263 = tensor.empty() : tensor<24x8x8x1x1xbf16>
    %transposed_71 = linalg.transpose ins(%expanded_69 : tensor<8x24x8x1x1xbf16>) outs(%263 : tensor<24x8x8x1x1xbf16>) permutation = [1, 2, 0, 3, 4] 
    %collapsed_72 = tensor.collapse_shape %transposed_71 [[0, 1], [2, 3, 4]] : tensor<24x8x8x1x1xbf16> into tensor<192x8xbf16>
    %expanded_73 = tensor.expand_shape %collapsed_72 [[0, 1], [2]] output_shape [1, 192, 8] : tensor<192x8xbf16> into tensor<1x192x8xbf16>
    %collapsed_74 = tensor.collapse_shape %expanded_70 [[0], [1, 2, 3, 4]] : tensor<8x24x8x1x1xbf16> into tensor<8x192xbf16>
    %expanded_75 = tensor.expand_shape %collapsed_74 [[0, 1], [2]] output_shape [1, 8, 192] : tensor<8x192xbf16> into tensor<1x8x192xbf16>
    %264 = tensor.empty() : tensor<1x192x192xf32>
    %265 = linalg.fill ins(%cst_0 : f32) outs(%264 : tensor<1x192x192xf32>) -> tensor<1x192x192xf32>
    %266 = linalg.batch_matmul ins(%expanded_73, %expanded_75 : tensor<1x192x8xbf16>, tensor<1x8x192xbf16>) outs(%265 : tensor<1x192x192xf32>) -> tensor<1x192x192xf32>
    %267 = tensor.empty() : tensor<1x192x192xbf16>
    %268 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%266 : tensor<1x192x192xf32>) outs(%267 : tensor<1x192x192xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<1x192x192xbf16>
    %collapsed_76 = tensor.collapse_shape %268 [[0, 1], [2]] : tensor<1x192x192xbf16> into tensor<192x192xbf16>
    %expanded_77 = tensor.expand_shape %collapsed_76 [[0, 1], [2, 3, 4]] output_shape [24, 8, 1, 24, 8] : tensor<192x192xbf16> into tensor<24x8x1x24x8xbf16>
    %269 = tensor.empty() : tensor<24x24x8x8x1xbf16>
    %transposed_78 = linalg.transpose ins(%expanded_77 : tensor<24x8x1x24x8xbf16>) outs(%269 : tensor<24x24x8x8x1xbf16>) permutation = [0, 3, 1, 4, 2] 
    %collapsed_79 = tensor.collapse_shape %transposed_78 [[0], [1], [2], [3, 4]] : tensor<24x24x8x8x1xbf16> into tensor<24x24x8x8xbf16>
    %270 = tensor.empty() : tensor<24x24x8x8xbf16>
    %271 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_79 : tensor<24x24x8x8xbf16>) outs(%270 : tensor<24x24x8x8xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.divf %in, %cst_10 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x8x8xbf16>
    %collapsed_80 = tensor.collapse_shape %271 [[0, 1], [2, 3]] : tensor<24x24x8x8xbf16> into tensor<576x64xbf16>
    %272 = tensor.empty() : tensor<64x32xbf16>
    %transposed_81 = linalg.transpose ins(%arg49 : tensor<32x64xbf16>) outs(%272 : tensor<64x32xbf16>) permutation = [1, 0] 
    %273 = tensor.empty() : tensor<32xf32>
    %274 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg50 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %275 = tensor.empty() : tensor<576x64xf32>
    %276 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_80 : tensor<576x64xbf16>) outs(%275 : tensor<576x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x64xf32>
    %277 = tensor.empty() : tensor<64x32xf32>
    %278 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_81 : tensor<64x32xbf16>) outs(%277 : tensor<64x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x32xf32>
    %279 = tensor.empty() : tensor<576x32xf32>
    %280 = linalg.fill ins(%cst_0 : f32) outs(%279 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %281 = linalg.matmul ins(%276, %278 : tensor<576x64xf32>, tensor<64x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %282 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%281, %274 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %283 = tensor.empty() : tensor<576x32xbf16>
    %284 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%282 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_82 = tensor.expand_shape %284 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %285 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %expanded_82 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %286 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%285 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %287 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%286 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %288 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%287 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %289 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%288 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %290 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%287, %289 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %291 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%290, %290 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %292 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%291 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %293 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%292 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %294 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%293 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %295 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%286 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %296 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%295 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %297 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%294 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %298 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%297 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %299 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%286, %296 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %300 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%299, %298 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %301 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%300, %arg12 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %302 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%301, %arg13 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %303 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%302 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %collapsed_83 = tensor.collapse_shape %303 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %304 = tensor.empty() : tensor<32x32xbf16>
    %transposed_84 = linalg.transpose ins(%arg51 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %305 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg52 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %306 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_83 : tensor<576x32xbf16>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %307 = tensor.empty() : tensor<32x32xf32>
    %308 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_84 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %309 = linalg.matmul ins(%306, %308 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %310 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%309, %305 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %311 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%310 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_85 = tensor.expand_shape %311 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %312 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_85 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_86 = linalg.transpose ins(%arg53 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %313 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg54 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %314 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_86 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %315 = linalg.matmul ins(%306, %314 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %316 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%315, %313 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %317 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%316 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_87 = tensor.expand_shape %317 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %318 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%312, %expanded_87 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_88 = linalg.transpose ins(%arg55 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %319 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg56 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %320 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_88 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %321 = linalg.matmul ins(%306, %320 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %322 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%321, %319 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %323 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%322 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_89 = tensor.expand_shape %323 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %324 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_89 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_90 = linalg.transpose ins(%arg57 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %325 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg58 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %326 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_90 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %327 = linalg.matmul ins(%306, %326 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %328 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%327, %325 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %329 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%328 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_91 = tensor.expand_shape %329 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %330 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%324, %expanded_91 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_92 = linalg.transpose ins(%318 : tensor<24x24x32xbf16>) outs(%65 : tensor<32x24x24xbf16>) permutation = [2, 0, 1] 
    %transposed_93 = linalg.transpose ins(%330 : tensor<24x24x32xbf16>) outs(%65 : tensor<32x24x24xbf16>) permutation = [2, 1, 0] 
    %331 = linalg.batch_matmul ins(%transposed_92, %transposed_93 : tensor<32x24x24xbf16>, tensor<32x24x24xbf16>) outs(%63 : tensor<32x24x24xf32>) -> tensor<32x24x24xf32>
    %332 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%331 : tensor<32x24x24xf32>) outs(%65 : tensor<32x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<32x24x24xbf16>
    %transposed_94 = linalg.transpose ins(%arg59 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %333 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg60 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %334 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_94 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %335 = linalg.matmul ins(%306, %334 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %336 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%335, %333 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %337 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%336 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_95 = tensor.expand_shape %337 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %338 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_95 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_96 = linalg.transpose ins(%332 : tensor<32x24x24xbf16>) outs(%48 : tensor<24x24x32xbf16>) permutation = [1, 2, 0] 
    %339 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_96 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %340 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%339 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %341 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%340 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %342 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%341 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %343 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%340, %342 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %344 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%343, %343 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %345 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%344 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %346 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%345 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %347 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%346 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %348 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%339 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %349 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%348 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %350 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%347 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %351 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%350 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %352 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%339, %349 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %353 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%352, %351 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %354 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%353, %arg63 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %355 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%354, %arg64 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %356 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%355 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %collapsed_97 = tensor.collapse_shape %356 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %transposed_98 = linalg.transpose ins(%arg61 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %357 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg62 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %358 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_97 : tensor<576x32xbf16>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %359 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_98 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %360 = linalg.matmul ins(%358, %359 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %361 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%360, %357 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %362 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%361 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_99 = tensor.expand_shape %362 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %363 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%338, %expanded_99 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %364 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%285, %363 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %365 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%364 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %366 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%365 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %367 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%366 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %368 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%367 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %369 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%366, %368 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %370 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%369, %369 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %371 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%370 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %372 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%371 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %373 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%372 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %374 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%365 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %375 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%374 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %376 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%373 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %377 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%376 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %378 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%365, %375 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %379 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%378, %377 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %380 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%379, %arg14 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %381 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%380, %arg15 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %382 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%381 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %collapsed_100 = tensor.collapse_shape %382 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %transposed_101 = linalg.transpose ins(%arg65 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %383 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg66 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %384 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_100 : tensor<576x32xbf16>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %385 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_101 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %386 = linalg.matmul ins(%384, %385 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %387 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%386, %383 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %388 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%387 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_102 = tensor.expand_shape %388 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %389 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_102 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_103 = linalg.transpose ins(%arg67 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %390 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg68 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %391 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_103 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %392 = linalg.matmul ins(%384, %391 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %393 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%392, %390 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %394 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%393 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_104 = tensor.expand_shape %394 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %395 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%389, %expanded_104 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_105 = linalg.transpose ins(%arg69 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %396 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg70 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %397 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_105 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %398 = linalg.matmul ins(%384, %397 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %399 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%398, %396 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %400 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%399 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_106 = tensor.expand_shape %400 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %401 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_106 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_107 = linalg.transpose ins(%arg71 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %402 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg72 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %403 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_107 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %404 = linalg.matmul ins(%384, %403 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %405 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%404, %402 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %406 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%405 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_108 = tensor.expand_shape %406 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %407 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%401, %expanded_108 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_109 = linalg.transpose ins(%407 : tensor<24x24x32xbf16>) outs(%65 : tensor<32x24x24xbf16>) permutation = [2, 0, 1] 
    %transposed_110 = linalg.transpose ins(%395 : tensor<24x24x32xbf16>) outs(%65 : tensor<32x24x24xbf16>) permutation = [2, 1, 0] 
    %408 = linalg.batch_matmul ins(%transposed_110, %transposed_109 : tensor<32x24x24xbf16>, tensor<32x24x24xbf16>) outs(%63 : tensor<32x24x24xf32>) -> tensor<32x24x24xf32>
    %409 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%408 : tensor<32x24x24xf32>) outs(%65 : tensor<32x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<32x24x24xbf16>
    %transposed_111 = linalg.transpose ins(%arg73 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %410 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg74 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %411 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_111 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %412 = linalg.matmul ins(%384, %411 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %413 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%412, %410 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %414 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%413 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_112 = tensor.expand_shape %414 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %415 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_112 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_113 = linalg.transpose ins(%409 : tensor<32x24x24xbf16>) outs(%48 : tensor<24x24x32xbf16>) permutation = [1, 2, 0] 
    %416 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_113 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %417 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%416 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %418 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%417 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %419 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%418 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %420 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%417, %419 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %421 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%420, %420 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %422 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%421 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %423 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%422 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %424 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%423 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %425 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%416 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %426 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%425 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %427 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%424 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %428 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%427 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %429 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%416, %426 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %430 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%429, %428 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %431 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%430, %arg77 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %432 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%431, %arg78 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %433 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%432 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %collapsed_114 = tensor.collapse_shape %433 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %transposed_115 = linalg.transpose ins(%arg75 : tensor<32x32xbf16>) outs(%304 : tensor<32x32xbf16>) permutation = [1, 0] 
    %434 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg76 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %435 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_114 : tensor<576x32xbf16>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %436 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_115 : tensor<32x32xbf16>) outs(%307 : tensor<32x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x32xf32>
    %437 = linalg.matmul ins(%435, %436 : tensor<576x32xf32>, tensor<32x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %438 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%437, %434 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %439 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%438 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_116 = tensor.expand_shape %439 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %440 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%415, %expanded_116 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %441 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%364, %440 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %442 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%441 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %443 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%442 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %444 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%443 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %445 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%444 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %446 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%443, %445 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %447 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%446, %446 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %448 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%447 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %449 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%448 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %450 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%449 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %451 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%442 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %452 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%451 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %453 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%450 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %454 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%453 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %455 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%442, %452 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %456 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%455, %454 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %457 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%456, %arg16 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %458 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%457, %arg17 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %459 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%458 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %460 = tensor.empty() : tensor<32x64xbf16>
    %transposed_117 = linalg.transpose ins(%arg79 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %collapsed_118 = tensor.collapse_shape %459 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %461 = linalg.fill ins(%cst_0 : f32) outs(%275 : tensor<576x64xf32>) -> tensor<576x64xf32>
    %462 = linalg.matmul ins(%collapsed_118, %transposed_117 : tensor<576x32xbf16>, tensor<32x64xbf16>) outs(%461 : tensor<576x64xf32>) -> tensor<576x64xf32>
    %463 = tensor.empty() : tensor<576x64xbf16>
    %464 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%462 : tensor<576x64xf32>) outs(%463 : tensor<576x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x64xbf16>
    %expanded_119 = tensor.expand_shape %464 [[0, 1], [2, 3]] output_shape [24, 24, 4, 16] : tensor<576x64xbf16> into tensor<24x24x4x16xbf16>
    %465 = tensor.empty() : tensor<24x4x24x16xbf16>
    %transposed_120 = linalg.transpose ins(%expanded_119 : tensor<24x24x4x16xbf16>) outs(%465 : tensor<24x4x24x16xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_121 = linalg.transpose ins(%arg80 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %466 = linalg.matmul ins(%collapsed_118, %transposed_121 : tensor<576x32xbf16>, tensor<32x64xbf16>) outs(%461 : tensor<576x64xf32>) -> tensor<576x64xf32>
    %467 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%466 : tensor<576x64xf32>) outs(%463 : tensor<576x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x64xbf16>
    %expanded_122 = tensor.expand_shape %467 [[0, 1], [2, 3]] output_shape [24, 24, 4, 16] : tensor<576x64xbf16> into tensor<24x24x4x16xbf16>
    %transposed_123 = linalg.transpose ins(%arg81 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %468 = linalg.matmul ins(%collapsed_118, %transposed_123 : tensor<576x32xbf16>, tensor<32x64xbf16>) outs(%461 : tensor<576x64xf32>) -> tensor<576x64xf32>
    %469 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%468 : tensor<576x64xf32>) outs(%463 : tensor<576x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x64xbf16>
    %expanded_124 = tensor.expand_shape %469 [[0, 1], [2, 3]] output_shape [24, 24, 4, 16] : tensor<576x64xbf16> into tensor<24x24x4x16xbf16>
    %transposed_125 = linalg.transpose ins(%expanded_124 : tensor<24x24x4x16xbf16>) outs(%465 : tensor<24x4x24x16xbf16>) permutation = [0, 2, 1, 3] 
    %470 = tensor.empty() : tensor<24x4x16x24xbf16>
    %transposed_126 = linalg.transpose ins(%expanded_122 : tensor<24x24x4x16xbf16>) outs(%470 : tensor<24x4x16x24xbf16>) permutation = [0, 2, 3, 1] 
    %collapsed_127 = tensor.collapse_shape %transposed_120 [[0, 1], [2], [3]] : tensor<24x4x24x16xbf16> into tensor<96x24x16xbf16>
    %collapsed_128 = tensor.collapse_shape %transposed_126 [[0, 1], [2], [3]] : tensor<24x4x16x24xbf16> into tensor<96x16x24xbf16>
    %471 = tensor.empty() : tensor<96x24x24xf32>
    %472 = linalg.fill ins(%cst_0 : f32) outs(%471 : tensor<96x24x24xf32>) -> tensor<96x24x24xf32>
    %473 = linalg.batch_matmul ins(%collapsed_127, %collapsed_128 : tensor<96x24x16xbf16>, tensor<96x16x24xbf16>) outs(%472 : tensor<96x24x24xf32>) -> tensor<96x24x24xf32>
    %474 = tensor.empty() : tensor<96x24x24xbf16>
    %475 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%473 : tensor<96x24x24xf32>) outs(%474 : tensor<96x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<96x24x24xbf16>
    %expanded_129 = tensor.expand_shape %475 [[0, 1], [2], [3]] output_shape [24, 4, 24, 24] : tensor<96x24x24xbf16> into tensor<24x4x24x24xbf16>
    %476 = tensor.empty() : tensor<24x4x24x24xbf16>
    %477 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_129 : tensor<24x4x24x24xbf16>) outs(%476 : tensor<24x4x24x24xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.mulf %in, %cst_9 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x24x24xbf16>
    %transposed_130 = linalg.transpose ins(%arg86 : tensor<4x32xbf16>) outs(%69 : tensor<32x4xbf16>) permutation = [1, 0] 
    %478 = linalg.matmul ins(%collapsed_118, %transposed_130 : tensor<576x32xbf16>, tensor<32x4xbf16>) outs(%71 : tensor<576x4xf32>) -> tensor<576x4xf32>
    %479 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%478 : tensor<576x4xf32>) outs(%73 : tensor<576x4xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x4xbf16>
    %expanded_131 = tensor.expand_shape %479 [[0, 1], [2]] output_shape [24, 24, 4] : tensor<576x4xbf16> into tensor<24x24x4xbf16>
    %transposed_132 = linalg.transpose ins(%expanded_131 : tensor<24x24x4xbf16>) outs(%75 : tensor<4x24x24xbf16>) permutation = [2, 0, 1] 
    %480 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%477, %transposed_132 : tensor<24x4x24x24xbf16>, tensor<4x24x24xbf16>) outs(%476 : tensor<24x4x24x24xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x24x24xbf16>
    %481 = tensor.empty() : tensor<24x4x24x24xf32>
    %482 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%480 : tensor<24x4x24x24xbf16>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %483 = tensor.empty() : tensor<24x4x24xi64>
    %484 = linalg.fill ins(%c0_i64 : i64) outs(%483 : tensor<24x4x24xi64>) -> tensor<24x4x24xi64>
    %485 = tensor.empty() : tensor<24x4x24xf32>
    %486 = linalg.fill ins(%cst_1 : f32) outs(%485 : tensor<24x4x24xf32>) -> tensor<24x4x24xf32>
    %487:2 = linalg.generic {indexing_maps = [#map4, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%482 : tensor<24x4x24x24xf32>) outs(%486, %484 : tensor<24x4x24xf32>, tensor<24x4x24xi64>) {
    ^bb0(%in: f32, %out: f32, %out_176: i64):
      %622 = linalg.index 3 : index
      %623 = arith.index_cast %622 : index to i64
      %624 = arith.maximumf %in, %out : f32
      %625 = arith.cmpf ogt, %in, %out : f32
      %626 = arith.select %625, %623, %out_176 : i64
      linalg.yield %624, %626 : f32, i64
    } -> (tensor<24x4x24xf32>, tensor<24x4x24xi64>)
    %expanded_133 = tensor.expand_shape %487#0 [[0], [1], [2, 3]] output_shape [24, 4, 24, 1] : tensor<24x4x24xf32> into tensor<24x4x24x1xf32>
    %488 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%482, %expanded_133 : tensor<24x4x24x24xf32>, tensor<24x4x24x1xf32>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %489 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%488 : tensor<24x4x24x24xf32>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.exp %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %490 = tensor.empty() : tensor<24x4x24x1xf32>
    %491 = linalg.fill ins(%cst_0 : f32) outs(%490 : tensor<24x4x24x1xf32>) -> tensor<24x4x24x1xf32>
    %492 = linalg.generic {indexing_maps = [#map4, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%489 : tensor<24x4x24x24xf32>) outs(%491 : tensor<24x4x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x1xf32>
    %493 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%489, %492 : tensor<24x4x24x24xf32>, tensor<24x4x24x1xf32>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.divf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %494 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%493 : tensor<24x4x24x24xf32>) outs(%476 : tensor<24x4x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x24x24xbf16>
    %collapsed_134 = tensor.collapse_shape %494 [[0, 1], [2], [3]] : tensor<24x4x24x24xbf16> into tensor<96x24x24xbf16>
    %collapsed_135 = tensor.collapse_shape %transposed_125 [[0, 1], [2], [3]] : tensor<24x4x24x16xbf16> into tensor<96x24x16xbf16>
    %495 = tensor.empty() : tensor<96x24x16xf32>
    %496 = linalg.fill ins(%cst_0 : f32) outs(%495 : tensor<96x24x16xf32>) -> tensor<96x24x16xf32>
    %497 = linalg.batch_matmul ins(%collapsed_134, %collapsed_135 : tensor<96x24x24xbf16>, tensor<96x24x16xbf16>) outs(%496 : tensor<96x24x16xf32>) -> tensor<96x24x16xf32>
    %498 = tensor.empty() : tensor<96x24x16xbf16>
    %499 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%497 : tensor<96x24x16xf32>) outs(%498 : tensor<96x24x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<96x24x16xbf16>
    %expanded_136 = tensor.expand_shape %499 [[0, 1], [2], [3]] output_shape [24, 4, 24, 16] : tensor<96x24x16xbf16> into tensor<24x4x24x16xbf16>
    %500 = tensor.empty() : tensor<24x24x4x16xbf16>
    %transposed_137 = linalg.transpose ins(%expanded_136 : tensor<24x4x24x16xbf16>) outs(%500 : tensor<24x24x4x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_138 = tensor.collapse_shape %transposed_137 [[0], [1], [2, 3]] : tensor<24x24x4x16xbf16> into tensor<24x24x64xbf16>
    %transposed_139 = linalg.transpose ins(%arg82 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %501 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg83 : tensor<64xbf16>) outs(%97 : tensor<64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64xf32>
    %502 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_118 : tensor<576x32xbf16>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %503 = tensor.empty() : tensor<32x64xf32>
    %504 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_139 : tensor<32x64xbf16>) outs(%503 : tensor<32x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x64xf32>
    %505 = linalg.matmul ins(%502, %504 : tensor<576x32xf32>, tensor<32x64xf32>) outs(%461 : tensor<576x64xf32>) -> tensor<576x64xf32>
    %506 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%505, %501 : tensor<576x64xf32>, tensor<64xf32>) outs(%275 : tensor<576x64xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x64xf32>
    %507 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%506 : tensor<576x64xf32>) outs(%463 : tensor<576x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x64xbf16>
    %expanded_140 = tensor.expand_shape %507 [[0, 1], [2]] output_shape [24, 24, 64] : tensor<576x64xbf16> into tensor<24x24x64xbf16>
    %508 = tensor.empty() : tensor<24x24x64xbf16>
    %509 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_140 : tensor<24x24x64xbf16>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x64xbf16>
    %510 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%509, %collapsed_138 : tensor<24x24x64xbf16>, tensor<24x24x64xbf16>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %collapsed_141 = tensor.collapse_shape %510 [[0, 1], [2]] : tensor<24x24x64xbf16> into tensor<576x64xbf16>
    %transposed_142 = linalg.transpose ins(%arg84 : tensor<32x64xbf16>) outs(%272 : tensor<64x32xbf16>) permutation = [1, 0] 
    %511 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg85 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %512 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_141 : tensor<576x64xbf16>) outs(%275 : tensor<576x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x64xf32>
    %513 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_142 : tensor<64x32xbf16>) outs(%277 : tensor<64x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x32xf32>
    %514 = linalg.matmul ins(%512, %513 : tensor<576x64xf32>, tensor<64x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %515 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%514, %511 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %516 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%515 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_143 = tensor.expand_shape %516 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %517 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%441, %expanded_143 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %518 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%517 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %519 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%518 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %520 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%519 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %521 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%520 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %522 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%519, %521 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %523 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%522, %522 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %524 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%523 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %525 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%524 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %526 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%525 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %527 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%518 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %528 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%527 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %529 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%526 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %530 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%529 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %531 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%518, %528 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %532 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%531, %530 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %533 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%532, %arg18 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %534 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%533, %arg19 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %535 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%534 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %transposed_144 = linalg.transpose ins(%535 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) permutation = [1, 0, 2] 
    %transposed_145 = linalg.transpose ins(%arg87 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %536 = tensor.empty() : tensor<24x32x64xbf16>
    %537 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_145 : tensor<32x64xbf16>) outs(%536 : tensor<24x32x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x32x64xbf16>
    %538 = tensor.empty() : tensor<24x24x64xf32>
    %539 = linalg.fill ins(%cst_0 : f32) outs(%538 : tensor<24x24x64xf32>) -> tensor<24x24x64xf32>
    %540 = linalg.batch_matmul ins(%transposed_144, %537 : tensor<24x24x32xbf16>, tensor<24x32x64xbf16>) outs(%539 : tensor<24x24x64xf32>) -> tensor<24x24x64xf32>
    %541 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%540 : tensor<24x24x64xf32>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %expanded_146 = tensor.expand_shape %541 [[0], [1], [2, 3]] output_shape [24, 24, 4, 16] : tensor<24x24x64xbf16> into tensor<24x24x4x16xbf16>
    %transposed_147 = linalg.transpose ins(%expanded_146 : tensor<24x24x4x16xbf16>) outs(%465 : tensor<24x4x24x16xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_148 = linalg.transpose ins(%arg88 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %542 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_148 : tensor<32x64xbf16>) outs(%536 : tensor<24x32x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x32x64xbf16>
    %543 = linalg.batch_matmul ins(%transposed_144, %542 : tensor<24x24x32xbf16>, tensor<24x32x64xbf16>) outs(%539 : tensor<24x24x64xf32>) -> tensor<24x24x64xf32>
    %544 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%543 : tensor<24x24x64xf32>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %expanded_149 = tensor.expand_shape %544 [[0], [1], [2, 3]] output_shape [24, 24, 4, 16] : tensor<24x24x64xbf16> into tensor<24x24x4x16xbf16>
    %transposed_150 = linalg.transpose ins(%arg89 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %545 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_150 : tensor<32x64xbf16>) outs(%536 : tensor<24x32x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x32x64xbf16>
    %546 = linalg.batch_matmul ins(%transposed_144, %545 : tensor<24x24x32xbf16>, tensor<24x32x64xbf16>) outs(%539 : tensor<24x24x64xf32>) -> tensor<24x24x64xf32>
    %547 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%546 : tensor<24x24x64xf32>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %expanded_151 = tensor.expand_shape %547 [[0], [1], [2, 3]] output_shape [24, 24, 4, 16] : tensor<24x24x64xbf16> into tensor<24x24x4x16xbf16>
    %transposed_152 = linalg.transpose ins(%expanded_151 : tensor<24x24x4x16xbf16>) outs(%465 : tensor<24x4x24x16xbf16>) permutation = [0, 2, 1, 3] 
    %transposed_153 = linalg.transpose ins(%expanded_149 : tensor<24x24x4x16xbf16>) outs(%470 : tensor<24x4x16x24xbf16>) permutation = [0, 2, 3, 1] 
    %collapsed_154 = tensor.collapse_shape %transposed_147 [[0, 1], [2], [3]] : tensor<24x4x24x16xbf16> into tensor<96x24x16xbf16>
    %collapsed_155 = tensor.collapse_shape %transposed_153 [[0, 1], [2], [3]] : tensor<24x4x16x24xbf16> into tensor<96x16x24xbf16>
    %548 = linalg.batch_matmul ins(%collapsed_154, %collapsed_155 : tensor<96x24x16xbf16>, tensor<96x16x24xbf16>) outs(%472 : tensor<96x24x24xf32>) -> tensor<96x24x24xf32>
    %549 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%548 : tensor<96x24x24xf32>) outs(%474 : tensor<96x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<96x24x24xbf16>
    %expanded_156 = tensor.expand_shape %549 [[0, 1], [2], [3]] output_shape [24, 4, 24, 24] : tensor<96x24x24xbf16> into tensor<24x4x24x24xbf16>
    %550 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_156 : tensor<24x4x24x24xbf16>) outs(%476 : tensor<24x4x24x24xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.mulf %in, %cst_9 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x24x24xbf16>
    %transposed_157 = linalg.transpose ins(%arg94 : tensor<4x32xbf16>) outs(%69 : tensor<32x4xbf16>) permutation = [1, 0] 
    %551 = tensor.empty() : tensor<24x32x4xbf16>
    %552 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_157 : tensor<32x4xbf16>) outs(%551 : tensor<24x32x4xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x32x4xbf16>
    %553 = tensor.empty() : tensor<24x24x4xf32>
    %554 = linalg.fill ins(%cst_0 : f32) outs(%553 : tensor<24x24x4xf32>) -> tensor<24x24x4xf32>
    %555 = linalg.batch_matmul ins(%transposed_144, %552 : tensor<24x24x32xbf16>, tensor<24x32x4xbf16>) outs(%554 : tensor<24x24x4xf32>) -> tensor<24x24x4xf32>
    %556 = tensor.empty() : tensor<24x24x4xbf16>
    %557 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%555 : tensor<24x24x4xf32>) outs(%556 : tensor<24x24x4xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x4xbf16>
    %transposed_158 = linalg.transpose ins(%557 : tensor<24x24x4xbf16>) outs(%75 : tensor<4x24x24xbf16>) permutation = [2, 0, 1] 
    %558 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%550, %transposed_158 : tensor<24x4x24x24xbf16>, tensor<4x24x24xbf16>) outs(%476 : tensor<24x4x24x24xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x24x24xbf16>
    %559 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%558 : tensor<24x4x24x24xbf16>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %560:2 = linalg.generic {indexing_maps = [#map4, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%559 : tensor<24x4x24x24xf32>) outs(%486, %484 : tensor<24x4x24xf32>, tensor<24x4x24xi64>) {
    ^bb0(%in: f32, %out: f32, %out_176: i64):
      %622 = linalg.index 3 : index
      %623 = arith.index_cast %622 : index to i64
      %624 = arith.maximumf %in, %out : f32
      %625 = arith.cmpf ogt, %in, %out : f32
      %626 = arith.select %625, %623, %out_176 : i64
      linalg.yield %624, %626 : f32, i64
    } -> (tensor<24x4x24xf32>, tensor<24x4x24xi64>)
    %expanded_159 = tensor.expand_shape %560#0 [[0], [1], [2, 3]] output_shape [24, 4, 24, 1] : tensor<24x4x24xf32> into tensor<24x4x24x1xf32>
    %561 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%559, %expanded_159 : tensor<24x4x24x24xf32>, tensor<24x4x24x1xf32>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %562 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%561 : tensor<24x4x24x24xf32>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.exp %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %563 = linalg.generic {indexing_maps = [#map4, #map7], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%562 : tensor<24x4x24x24xf32>) outs(%491 : tensor<24x4x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x1xf32>
    %564 = linalg.generic {indexing_maps = [#map4, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%562, %563 : tensor<24x4x24x24xf32>, tensor<24x4x24x1xf32>) outs(%481 : tensor<24x4x24x24xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.divf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x4x24x24xf32>
    %565 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%564 : tensor<24x4x24x24xf32>) outs(%476 : tensor<24x4x24x24xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x4x24x24xbf16>
    %collapsed_160 = tensor.collapse_shape %565 [[0, 1], [2], [3]] : tensor<24x4x24x24xbf16> into tensor<96x24x24xbf16>
    %collapsed_161 = tensor.collapse_shape %transposed_152 [[0, 1], [2], [3]] : tensor<24x4x24x16xbf16> into tensor<96x24x16xbf16>
    %566 = linalg.batch_matmul ins(%collapsed_160, %collapsed_161 : tensor<96x24x24xbf16>, tensor<96x24x16xbf16>) outs(%496 : tensor<96x24x16xf32>) -> tensor<96x24x16xf32>
    %567 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%566 : tensor<96x24x16xf32>) outs(%498 : tensor<96x24x16xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<96x24x16xbf16>
    %expanded_162 = tensor.expand_shape %567 [[0, 1], [2], [3]] output_shape [24, 4, 24, 16] : tensor<96x24x16xbf16> into tensor<24x4x24x16xbf16>
    %transposed_163 = linalg.transpose ins(%expanded_162 : tensor<24x4x24x16xbf16>) outs(%500 : tensor<24x24x4x16xbf16>) permutation = [0, 2, 1, 3] 
    %collapsed_164 = tensor.collapse_shape %transposed_163 [[0], [1], [2, 3]] : tensor<24x24x4x16xbf16> into tensor<24x24x64xbf16>
    %transposed_165 = linalg.transpose ins(%arg90 : tensor<64x32xbf16>) outs(%460 : tensor<32x64xbf16>) permutation = [1, 0] 
    %568 = linalg.generic {indexing_maps = [#map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_165 : tensor<32x64xbf16>) outs(%536 : tensor<24x32x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      linalg.yield %in : bf16
    } -> tensor<24x32x64xbf16>
    %569 = linalg.batch_matmul ins(%transposed_144, %568 : tensor<24x24x32xbf16>, tensor<24x32x64xbf16>) outs(%539 : tensor<24x24x64xf32>) -> tensor<24x24x64xf32>
    %570 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%569 : tensor<24x24x64xf32>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %571 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%570, %arg91 : tensor<24x24x64xbf16>, tensor<64xbf16>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %572 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%571 : tensor<24x24x64xbf16>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.negf %in : bf16
      %623 = math.exp %622 : bf16
      %624 = arith.addf %623, %cst_2 : bf16
      %625 = arith.divf %cst_2, %624 : bf16
      linalg.yield %625 : bf16
    } -> tensor<24x24x64xbf16>
    %573 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%572, %collapsed_164 : tensor<24x24x64xbf16>, tensor<24x24x64xbf16>) outs(%508 : tensor<24x24x64xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.mulf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x64xbf16>
    %collapsed_166 = tensor.collapse_shape %573 [[0, 1], [2]] : tensor<24x24x64xbf16> into tensor<576x64xbf16>
    %transposed_167 = linalg.transpose ins(%arg92 : tensor<32x64xbf16>) outs(%272 : tensor<64x32xbf16>) permutation = [1, 0] 
    %574 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg93 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %575 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_166 : tensor<576x64xbf16>) outs(%275 : tensor<576x64xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x64xf32>
    %576 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_167 : tensor<64x32xbf16>) outs(%277 : tensor<64x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<64x32xf32>
    %577 = linalg.matmul ins(%575, %576 : tensor<576x64xf32>, tensor<64x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %578 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%577, %574 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %579 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%578 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_168 = tensor.expand_shape %579 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %transposed_169 = linalg.transpose ins(%expanded_168 : tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) permutation = [1, 0, 2] 
    %580 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%517, %transposed_169 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %581 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%580 : tensor<24x24x32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %582 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%581 : tensor<24x24x32xf32>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f32, %out: f64):
      %622 = arith.extf %in : f32 to f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %583 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%582 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %584 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%583 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %585 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%582, %584 : tensor<24x24x32xf64>, tensor<24x24x1xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.subf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %586 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%585, %585 : tensor<24x24x32xf64>, tensor<24x24x32xf64>) outs(%27 : tensor<24x24x32xf64>) {
    ^bb0(%in: f64, %in_176: f64, %out: f64):
      %622 = arith.mulf %in, %in_176 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x32xf64>
    %587 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%586 : tensor<24x24x32xf64>) outs(%30 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.addf %in, %out : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %588 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%587 : tensor<24x24x1xf64>) outs(%29 : tensor<24x24x1xf64>) {
    ^bb0(%in: f64, %out: f64):
      %622 = arith.divf %in, %cst_7 : f64
      linalg.yield %622 : f64
    } -> tensor<24x24x1xf64>
    %589 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%588 : tensor<24x24x1xf64>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f64, %out: f32):
      %622 = arith.truncf %in : f64 to f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %590 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%581 : tensor<24x24x32xf32>) outs(%39 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.addf %in, %out : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %591 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%590 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.divf %in, %cst_8 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %592 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%589 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = arith.truncf %cst_4 : f64 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x1xf32>
    %593 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%592 : tensor<24x24x1xf32>) outs(%37 : tensor<24x24x1xf32>) {
    ^bb0(%in: f32, %out: f32):
      %622 = math.rsqrt %in : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x1xf32>
    %594 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%581, %591 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.subf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %595 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%594, %593 : tensor<24x24x32xf32>, tensor<24x24x1xf32>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.mulf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<24x24x32xf32>
    %596 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%595, %arg20 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.mulf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %597 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%596, %arg21 : tensor<24x24x32xf32>, tensor<32xbf16>) outs(%25 : tensor<24x24x32xf32>) {
    ^bb0(%in: f32, %in_176: bf16, %out: f32):
      %622 = arith.extf %in_176 : bf16 to f32
      %623 = arith.addf %in, %622 : f32
      linalg.yield %623 : f32
    } -> tensor<24x24x32xf32>
    %598 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%597 : tensor<24x24x32xf32>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    %collapsed_170 = tensor.collapse_shape %598 [[0, 1], [2]] : tensor<24x24x32xbf16> into tensor<576x32xbf16>
    %599 = tensor.empty() : tensor<32x128xbf16>
    %transposed_171 = linalg.transpose ins(%arg41 : tensor<128x32xbf16>) outs(%599 : tensor<32x128xbf16>) permutation = [1, 0] 
    %600 = tensor.empty() : tensor<128xf32>
    %601 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg42 : tensor<128xbf16>) outs(%600 : tensor<128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<128xf32>
    %602 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_170 : tensor<576x32xbf16>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %603 = tensor.empty() : tensor<32x128xf32>
    %604 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_171 : tensor<32x128xbf16>) outs(%603 : tensor<32x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32x128xf32>
    %605 = tensor.empty() : tensor<576x128xf32>
    %606 = linalg.fill ins(%cst_0 : f32) outs(%605 : tensor<576x128xf32>) -> tensor<576x128xf32>
    %607 = linalg.matmul ins(%602, %604 : tensor<576x32xf32>, tensor<32x128xf32>) outs(%606 : tensor<576x128xf32>) -> tensor<576x128xf32>
    %608 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%607, %601 : tensor<576x128xf32>, tensor<128xf32>) outs(%605 : tensor<576x128xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x128xf32>
    %609 = tensor.empty() : tensor<576x128xbf16>
    %610 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%608 : tensor<576x128xf32>) outs(%609 : tensor<576x128xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x128xbf16>
    %expanded_172 = tensor.expand_shape %610 [[0, 1], [2]] output_shape [24, 24, 128] : tensor<576x128xbf16> into tensor<24x24x128xbf16>
    %611 = tensor.empty() : tensor<24x24x128xbf16>
    %612 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_172 : tensor<24x24x128xbf16>) outs(%611 : tensor<24x24x128xbf16>) {
    ^bb0(%in: bf16, %out: bf16):
      %622 = arith.cmpf ugt, %in, %cst_3 : bf16
      %623 = arith.select %622, %in, %cst_3 : bf16
      linalg.yield %623 : bf16
    } -> tensor<24x24x128xbf16>
    %collapsed_173 = tensor.collapse_shape %612 [[0, 1], [2]] : tensor<24x24x128xbf16> into tensor<576x128xbf16>
    %613 = tensor.empty() : tensor<128x32xbf16>
    %transposed_174 = linalg.transpose ins(%arg43 : tensor<32x128xbf16>) outs(%613 : tensor<128x32xbf16>) permutation = [1, 0] 
    %614 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%arg44 : tensor<32xbf16>) outs(%273 : tensor<32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<32xf32>
    %615 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed_173 : tensor<576x128xbf16>) outs(%605 : tensor<576x128xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<576x128xf32>
    %616 = tensor.empty() : tensor<128x32xf32>
    %617 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%transposed_174 : tensor<128x32xbf16>) outs(%616 : tensor<128x32xf32>) {
    ^bb0(%in: bf16, %out: f32):
      %622 = arith.extf %in : bf16 to f32
      linalg.yield %622 : f32
    } -> tensor<128x32xf32>
    %618 = linalg.matmul ins(%615, %617 : tensor<576x128xf32>, tensor<128x32xf32>) outs(%280 : tensor<576x32xf32>) -> tensor<576x32xf32>
    %619 = linalg.generic {indexing_maps = [#map3, #map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%618, %614 : tensor<576x32xf32>, tensor<32xf32>) outs(%279 : tensor<576x32xf32>) {
    ^bb0(%in: f32, %in_176: f32, %out: f32):
      %622 = arith.addf %in, %in_176 : f32
      linalg.yield %622 : f32
    } -> tensor<576x32xf32>
    %620 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%619 : tensor<576x32xf32>) outs(%283 : tensor<576x32xbf16>) {
    ^bb0(%in: f32, %out: bf16):
      %622 = arith.truncf %in : f32 to bf16
      linalg.yield %622 : bf16
    } -> tensor<576x32xbf16>
    %expanded_175 = tensor.expand_shape %620 [[0, 1], [2]] output_shape [24, 24, 32] : tensor<576x32xbf16> into tensor<24x24x32xbf16>
    %621 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%580, %expanded_175 : tensor<24x24x32xbf16>, tensor<24x24x32xbf16>) outs(%48 : tensor<24x24x32xbf16>) {
    ^bb0(%in: bf16, %in_176: bf16, %out: bf16):
      %622 = arith.addf %in, %in_176 : bf16
      linalg.yield %622 : bf16
    } -> tensor<24x24x32xbf16>
    return %227, %621 : tensor<8x24x64xbf16>, tensor<24x24x32xbf16>
  }
}
