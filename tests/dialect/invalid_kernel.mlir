// What the verifier refuses of kernel ops, one case a piece.
// RUN: flashlight-opt --split-input-file --verify-diagnostics

llvm.func @registers() {
  // expected-error @below {{'kernel.registers' op 'count' must be a multiple of 8 of at most 256, but is 100}}
  "kernel.registers"() {action = "increase", count = 100 : i64} : () -> ()
  llvm.return
}

// -----
llvm.func @action() {
  // expected-error @below {{'kernel.registers' op 'action' must be increase or decrease, but is 'inc'}}
  "kernel.registers"() {action = "inc", count = 104 : i64} : () -> ()
  llvm.return
}

// -----
llvm.func @element(%a: f32) {
  // expected-error @below {{'kernel.pack' op 'element' must be bf16 or f16, but is f32}}
  %w = "kernel.pack"(%a, %a) {element = f32, fixed = false} : (f32, f32) -> i32
  llvm.return
}

// -----
llvm.func @flag(%a: f32) {
  // expected-error @below {{'kernel.pack' op 'fixed' must be true or false, but is 1 : i64}}
  %w = "kernel.pack"(%a, %a) {element = bf16, fixed = 1 : i64} : (f32, f32) -> i32
  llvm.return
}

// -----
llvm.func @float8(%a: i16) {
  // expected-error @below {{'kernel.extend_float8' op 'element' must be f8E4M3FN or f8E5M2, but is f16}}
  %w = "kernel.extend_float8"(%a) {element = f16} : (i16) -> i32
  llvm.return
}

// -----
llvm.func @kind(%a: f32) {
  // expected-error @below {{'kernel.shuffle' op 'kind' must be idx or bfly, but is 'up'}}
  %w = "kernel.shuffle"(%a) {kind = "up", lane = 1 : i64} : (f32) -> f32
  llvm.return
}

// -----
llvm.func @lane(%a: f32) {
  // expected-error @below {{'kernel.shuffle' op 'lane' must be at most 31, but is 32}}
  %w = "kernel.shuffle"(%a) {kind = "idx", lane = 32 : i64} : (f32) -> f32
  llvm.return
}

// -----
llvm.func @shuffled(%a: f64) {
  // expected-error @below {{'kernel.shuffle' op operand must be i32 or f32, but is f64}}
  %w = "kernel.shuffle"(%a) {kind = "idx", lane = 0 : i64} : (f64) -> f64
  llvm.return
}

// -----
llvm.func @opaque(%a: f32) {
  // expected-error @below {{'kernel.opaque' op operand must be i32 or !llvm.ptr, but is f32}}
  %w = "kernel.opaque"(%a) : (f32) -> f32
  llvm.return
}

// -----
llvm.func @threads(%id: i32) {
  // expected-error @below {{'kernel.barrier' op 'threads' must be a multiple of 32, but is 100}}
  "kernel.barrier"(%id) {threads = 100 : i64} : (i32) -> ()
  llvm.return
}

// -----
llvm.func @arrivals(%at: i32) {
  // expected-error @below {{'kernel.init_barrier' op 'arrivals' must be at least 1, but is 0}}
  "kernel.init_barrier"(%at) {arrivals = 0 : i64} : (i32) -> ()
  llvm.return
}

// -----
llvm.func @map(%map: i64, %at: i32) {
  // expected-error @below {{'kernel.fill' op 'map' must be !llvm.ptr, but is i64}}
  "kernel.fill"(%map, %at, %at, %at) : (i64, i32, i32, i32) -> ()
  llvm.return
}

// -----
llvm.func @coordinates(%map: !llvm.ptr, %at: i32) {
  // expected-error @below {{'kernel.fill' op expected 1 to 5 coordinates, found 0}}
  "kernel.fill"(%map, %at, %at) : (!llvm.ptr, i32, i32) -> ()
  llvm.return
}

// -----
llvm.func @neighbours(%at: i32) {
  // expected-error @below {{'kernel.load' op expected 1, 2 or 4 values, found 3}}
  %v:3 = "kernel.load"(%at) {offset = 0 : i64, volatile = false} : (i32) -> (f32, f32, f32)
  llvm.return
}

// -----
llvm.func @matrix(%at: i32) {
  // expected-error @below {{'kernel.store_matrix' op expected 4 words, found 1}}
  "kernel.store_matrix"(%at, %at) : (i32, i32) -> ()
  llvm.return
}

// -----
llvm.func @columns(%k: i32) {
  // expected-error @below {{'kernel.mma' op 'columns' must be a multiple of 8 of at most 256, but is 12}}
  %s:4 = "kernel.mma"(%k, %k) {
    columns = 12 : i64, depth = 16 : i64, element = bf16, products = [[0, 0]], lefts = [], rights = [],
    operandSegmentSizes = array<i32: 0, 0, 1, 1>
  } : (i32, i32) -> (f32, f32, f32, f32)
  llvm.return
}

// -----
llvm.func @words(%k: i32) {
  // expected-error @below {{'kernel.mma' op expected 4 words of a left operand, found 1}}
  %s:4 = "kernel.mma"(%k, %k) {
    columns = 8 : i64, depth = 16 : i64, element = bf16, products = [[0, 0]], lefts = [unit], rights = [],
    operandSegmentSizes = array<i32: 0, 0, 1, 1>
  } : (i32, i32) -> (f32, f32, f32, f32)
  llvm.return
}

// -----
llvm.func @swizzle(%k: i32) {
  // expected-error @below {{'kernel.mma' op 'swizzle' must be 32, 64 or 128, but is 48}}
  %s:4 = "kernel.mma"(%k, %k) {
    columns = 8 : i64, depth = 16 : i64, element = bf16, products = [[0, 0]],
    lefts = [{rows = 64 : i64, columns = 16 : i64, swizzle = 48 : i64, inner = true, first = 0 : i64}], rights = [],
    operandSegmentSizes = array<i32: 0, 0, 1, 1>
  } : (i32, i32) -> (f32, f32, f32, f32)
  llvm.return
}

// -----
llvm.func @pair(%k: i32) {
  // expected-error @below {{'kernel.mma' op a product is a pair of a left and a right operand, not [0, 1]}}
  %s:4 = "kernel.mma"(%k, %k) {
    columns = 8 : i64, depth = 16 : i64, element = bf16, products = [[0, 1]],
    lefts = [{rows = 64 : i64, columns = 16 : i64, swizzle = 32 : i64, inner = true, first = 0 : i64}],
    rights = [{rows = 64 : i64, columns = 16 : i64, swizzle = 32 : i64, inner = true, first = 0 : i64}],
    operandSegmentSizes = array<i32: 0, 0, 1, 1>
  } : (i32, i32) -> (f32, f32, f32, f32)
  llvm.return
}

// -----
llvm.func @sums(%k: i32) {
  // expected-error @below {{'kernel.mma' op expected 4 sums, found 3}}
  %s:3 = "kernel.mma"(%k, %k) {
    columns = 8 : i64, depth = 16 : i64, element = bf16, products = [[0, 0]],
    lefts = [{rows = 64 : i64, columns = 16 : i64, swizzle = 32 : i64, inner = true, first = 0 : i64}],
    rights = [{rows = 64 : i64, columns = 16 : i64, swizzle = 32 : i64, inner = true, first = 0 : i64}],
    operandSegmentSizes = array<i32: 0, 0, 1, 1>
  } : (i32, i32) -> (f32, f32, f32)
  llvm.return
}

// -----
llvm.func @adds(%k: i32, %c: i1) {
  // expected-error @below {{'kernel.mma' op 'adds' needs accumulators}}
  %s:4 = "kernel.mma"(%c, %k, %k) {
    columns = 8 : i64, depth = 16 : i64, element = bf16, products = [[0, 0]],
    lefts = [{rows = 64 : i64, columns = 16 : i64, swizzle = 32 : i64, inner = true, first = 0 : i64}],
    rights = [{rows = 64 : i64, columns = 16 : i64, swizzle = 32 : i64, inner = true, first = 0 : i64}],
    operandSegmentSizes = array<i32: 0, 1, 1, 1>
  } : (i1, i32, i32) -> (f32, f32, f32, f32)
  llvm.return
}

// -----
llvm.func @scratch(%s: f32) {
  // expected-error @below {{'kernel.await' op 'scratch' must be there where 'pins' are}}
  %o = "kernel.await"(%s, %s) {pending = 0 : i64, offset = 0 : i64, operandSegmentSizes = array<i32: 1, 1, 0>} : (f32, f32) -> f32
  llvm.return
}
