// What the verifier refuses, one case a piece. Each is the valid op of the last piece with one change.
// RUN: flashlight-opt --split-input-file --verify-diagnostics --allow-unregistered-dialect

// a capture whose map has too few results
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op operand has rank 2, but its map has 1 results}}
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture of something that is no tensor
func.func @f(%a: f32) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op operand must be a ranked tensor, but is 'f32'}}
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (f32) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture of an unranked tensor
func.func @f(%a: tensor<*xf32>) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op operand must be a ranked tensor, but is 'tensor<*xf32>'}}
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<*xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture whose map divides
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op the map affine_map<(d0, d1) -> (d0, d1 floordiv 2)> is not linear in its dims}}
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n floordiv 2)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture whose map has a symbol
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op the map affine_map<(d0, d1)[s0] -> (d0, d1 + s0)> is not linear in its dims}}
  %c = "attention.capture"(%a) {map = affine_map<(m, n)[s] -> (m, n + s)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture whose map has other dims than the op
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 has a map over 3 dims, but there are 2 iterator types}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture that another op uses
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op result is used by 'test.use', but only 'attention.fused' takes captures}}
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  "test.use"(%c) : (!attention.captured) -> ()
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a tensor smaller than the extent of its dim
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 has size 8 in dim 1, but d1 has extent 9}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 9>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a shifted access past the end
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n + 2)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 has size 8 in dim 1, but d1 + 2 runs from 2 to 9}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a shifted access before the start
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, 6 - n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 has size 8 in dim 1, but -1*d1 + 6 runs from -1 to 6}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a constant access past the end
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, 8)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 has size 8 in dim 1, but 8 runs from 8 to 8}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// extents of another count
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op has 2 iterator types, but 3 extents}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8, 1>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a negative extent
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op extent -3 of dim 0 is negative}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: -3, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// extents that are no i64 array
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the attribute 'extents' must be an array<i64>}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i32: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a dynamic extent that nothing gives a size to
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n * 2)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op dim 1 is dynamic, but no capture has it as a plain map result to take its size from}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, -9223372036854775808>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// no key
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op expected one key dim, found 0}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "batch"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// two keys
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op expected one key dim, found 2}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["key", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// two queries
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, p) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op expected at most one query dim, found 2}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "query"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an unknown iterator type
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op unknown iterator type 'parallel'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["parallel", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an iterator type that is no string
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op iterator types are strings}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = [1, "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an unknown combine
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op unknown combine 'prod'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "prod", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state without a combine
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op a state needs a 'combine' string}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state without a map
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op a state needs a linear 'map'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum"}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state that is no dictionary
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op a state needs a 'combine' string}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = ["sum"]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state that carries the key
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 carries d1, which is a key dim}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m, n)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state that carries a dim twice
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 carries d0 twice}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m, m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state whose map is no plain dim
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 has the map result d0 + 1, but only plain dims can be carried}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m + 1)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a state with a map of other dims
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 has a map over 1 dims, but there are 2 iterator types}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a value that is no capture
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 has value capture 7, but there are 1 captures}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>, value = 7 : i64}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a value that is negative
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'value' must be a capture's number}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>, value = -1 : i64}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a value under a maximum
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 has a value, but combines by 'max' and not 'sum'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "max", map = affine_map<(m, n) -> (m)>, value = 0 : i64}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a value with a dim that the state lacks
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 has value capture 0, which depends on d0, but the state does not}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> ()>, value = 0 : i64}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an and of floats
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 combines by 'and', but has type 'f32'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "and", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a result that depends on the key
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op result 0 carries d1, which is a key dim}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (n)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a result of another size
func.func @f(%a: tensor<4x8xf32>) -> tensor<5xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op result 0 has size 5 in dim 0, but d0 has extent 4}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<5xf32>
  return %o : tensor<5xf32>
}

// -----

// a result of another rank
func.func @f(%a: tensor<4x8xf32>) -> tensor<4x1xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  // expected-error @below {{'attention.result' op result has rank 2, but its map has 1 results}}
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4x1xf32>
  return %o : tensor<4x1xf32>
}

// -----

// a result that is shifted
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op result 0 has the map result d0 + 1, but only plain dims can be carried}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m + 1)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a result that is used twice
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op result 0 must have one use, by an 'attention.result'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  %p = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an init that yields too much
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the init region yields 2 values, but there are 1 states}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z, %z : f32, f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a score with an argument
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the score region has 1 arguments, but 0 are expected}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
  ^bb0(%y: f32):
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a lift with too few arguments
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the lift region has 1 arguments, but 2 are expected}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a lift with an argument of another type
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the lift region has argument 1 of type 'f64', but 'f32' is expected}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f64):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a lift that yields another type
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the lift region has yielded value 0 of type 'f64', but 'f32' is expected}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    %w = arith.extf %x : f32 to f64
    gpu.yield %w : f64
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a rescale with too few arguments
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the rescale region has 1 arguments, but 2 are expected}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a rescale that yields nothing
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the rescale region yields 0 values, but there are 1 states}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a rescale by another type
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the rescale region yields 'f64' for state 0, which has type 'f32'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f64
    gpu.yield %one : f64
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an epilogue that yields too much
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the epilogue region yields 2 values, but there are 1 results}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s, %s : f32, f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an epilogue that yields the narrow type
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xbf16> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the epilogue region yields 'bf16' for result 0, but 'bf16' elements are computed in 'f32'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    %b = arith.truncf %s : f32 to bf16
    gpu.yield %b : bf16
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xbf16>
  return %o : tensor<4xbf16>
}

// -----

// a region with another terminator
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the score region ends in 'test.end', not in 'gpu.yield'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    "test.end"(%x) : (f32) -> ()
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a region with two blocks
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the score region must have one block}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    cf.br ^bb1
  ^bb1:
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an empty region
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the score region must have one block}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a read of a capture that is not there
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.read' op reads capture 3, but there are 1 captures}}
    %x = "attention.read"() {capture = 3 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a read of a negative capture
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.read' op reads capture -1, but there are 1 captures}}
    %x = "attention.read"() {capture = -1 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a read that is not widened
func.func @f(%a: tensor<4x8xbf16>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xbf16>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.read' op gives 'bf16', but capture 0 has 'bf16' elements, which are read as 'f32'}}
    %x = "attention.read"() {capture = 0 : i64} : () -> bf16
    %w = arith.extf %x : bf16 to f32
    gpu.yield %w : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a read of another type
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.read' op gives 'f64', but capture 0 has 'f32' elements, which are read as 'f32'}}
    %x = "attention.read"() {capture = 0 : i64} : () -> f64
    %w = arith.truncf %x : f64 to f32
    gpu.yield %w : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a read outside
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  // expected-error @below {{'attention.read' op must be inside of an 'attention.fused'}}
  %y = "attention.read"() {capture = 0 : i64} : () -> f32
  return %o : tensor<4xf32>
}

// -----

// an index of a dim that is not there
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    // expected-error @below {{'attention.index' op names dim 2, but there are 2 dims}}
    %i = "attention.index"() {dim = 2 : i64} : () -> index
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an op on tensors
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    // expected-error @below {{'arith.addf' op gives a 'tensor<4x8xf32>', but the regions of 'attention.fused' compute on scalars}}
    %t = arith.addf %a, %a : tensor<4x8xf32>
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an op with effects
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    // expected-error @below {{'memref.alloc' op is not allowed in the score region of 'attention.fused'}}
    %t = memref.alloc() : memref<4xf32>
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction over the key
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op reduces d1, which is a key dim}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "sum", dims = array<i64: 1>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction over a dim that is not there
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op names dim 5, but there are 3 dims}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "sum", dims = array<i64: 5>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction over a dim twice
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op reduces d2 twice}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "sum", dims = array<i64: 2, 2>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction over nothing
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op reduces no dim}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "sum", dims = array<i64>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction without dims
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op needs an array<i64> attribute 'dims'}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "sum", dims = [2]} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction of an unknown kind
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op unknown combine 'mean'}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "mean", dims = array<i64: 2>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction by or of floats
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op combines by 'or', but has type 'f32'}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "or", dims = array<i64: 2>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction that yields two values
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op the body has 2 yielded values, but 1 are expected}}
    %x = "attention.reduce"() ({
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y, %y : f32, f32
    }) {kind = "sum", dims = array<i64: 2>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a reduction with a body argument
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    // expected-error @below {{'attention.reduce' op the body has 1 arguments, but 0 are expected}}
    %x = "attention.reduce"() ({
    ^bb0(%z: f32):
      %y = "attention.read"() {capture = 0 : i64} : () -> f32
      gpu.yield %y : f32
    }) {kind = "sum", dims = array<i64: 2>} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a score that depends on a reduction dim
func.func @f(%a: tensor<4x8x2xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n, k) -> (m, n, k)>} : (tensor<4x8x2xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the score region's value for score 0 depends on d2, which is not in scope there}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key", "reduction"], extents = array<i64: 4, 8, 2>,
    states = [{combine = "sum", map = affine_map<(m, n, k) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n, k) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an init that depends on the key
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the init region's value for state 0 depends on d1, which is not in scope there}}
  %r = "attention.fused"(%c) ({
    %z = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// an epilogue that depends on the key
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the epilogue region's value for result 0 depends on d1, which is not in scope there}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    %i = "attention.index"() {dim = 1 : i64} : () -> index
    %j = arith.index_cast %i : index to i32
    %k = arith.sitofp %j : i32 to f32
    gpu.yield %k : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a rescale that depends on the key
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the rescale region's value for state 0 depends on d1, which is not in scope there}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a lift that uses its own state
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the lift region's value for state 0 uses state 0, but may only use states before 0}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    %y = arith.addf %x, %s : f32
    gpu.yield %y : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a rescale that uses its own state
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the rescale region's value for state 0 uses state 0, but may only use states before 0}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.subf %s0, %s1 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a result that is no fusion
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  %q = "test.make"() : () -> !attention.fusion
  // expected-error @below {{'attention.result' op operand is not the result of an 'attention.fused'}}
  %p = "attention.result"(%q) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture that is no capture
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "test.make"() : () -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 is not the result of an 'attention.capture'}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range that is no dictionary
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the attribute 'key_range' must be a dictionary}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = [],
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a clear range with one end
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'key_range' needs both of 'clear_low' and 'clear_high', or neither}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {clear_low = []},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range with an end that is no array
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'low' of 'key_range' is not an array: 3 : i64}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {low = 3 : i64},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range with a mean of ends
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'high' of 'key_range' is neither a 'max' nor a 'min' of ends: ["mean"]}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {high = ["mean"]},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range with a map of two results
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'high' of 'key_range' needs a map with one result over at most 3 dims, not affine_map<(d0) -> (d0, d0)>}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {high = [affine_map<(m) -> (m, m)>]},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range with too few captures
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'low' of 'key_range' has a map with 1 symbols, but names 0 captures}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {low = [affine_map<(m)[s] -> (m + s)>]},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range of a capture that is not there
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'low' of 'key_range' names capture 4 : i64, but there are 1 captures}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {low = [affine_map<(m)[s] -> (m + s)>, 4 : i64]},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a key range of a float
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op 'low' of 'key_range' names capture 0 : i64, which has 'f32' elements and no integers}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    key_range = {low = [affine_map<(m)[s] -> (m + s)>, 0 : i64]},
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a skip with a value
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the attribute 'skip' must be a unit attribute}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    skip = 1 : i64,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a capture without a map
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  // expected-error @below {{'attention.capture' op attribute "map" is expected but not provided}}
  %c = "attention.capture"(%a) : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a fused op with too few regions
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op unexpected number of regions: expected 5 but got 4}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a fused op on plain tensors
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{expected base type 'attention.captured' but got 'builtin.tensor'}}
  %r = "attention.fused"(%a) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (tensor<4x8xf32>) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// two split dims
func.func @f(%a: tensor<4x8xf32>) -> tensor<2x2x4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(z, y, m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op expected at most one split dim, found 2}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["split", "split", "query", "key"], extents = array<i64: 2, 2, 4, 8>,
    states = [{combine = "sum", map = affine_map<(z, y, m, n) -> (z, y, m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(z, y, m, n) -> (z, y, m)>} : (!attention.fusion) -> tensor<2x2x4xf32>
  return %o : tensor<2x2x4xf32>
}

// -----

// a split dim of no size
func.func @f(%a: tensor<4x8xf32>) -> tensor<0x4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(z, m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the extent of d0, a split dim, must be a positive constant}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["split", "query", "key"], extents = array<i64: 0, 4, 8>,
    states = [{combine = "sum", map = affine_map<(z, m, n) -> (z, m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(z, m, n) -> (z, m)>} : (!attention.fusion) -> tensor<0x4xf32>
  return %o : tensor<0x4xf32>
}

// -----

// a capture that depends on the split dim
func.func @f(%a: tensor<2x4x8xf32>) -> tensor<2x4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(z, m, n) -> (z, m, n)>} : (tensor<2x4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op capture 0 depends on d0, which is a split dim}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["split", "query", "key"], extents = array<i64: 2, 4, 8>,
    states = [{combine = "sum", map = affine_map<(z, m, n) -> (z, m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(z, m, n) -> (z, m)>} : (!attention.fusion) -> tensor<2x4xf32>
  return %o : tensor<2x4xf32>
}

// -----

// a state that the parts share
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(z, m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op state 0 has no value for each coordinate of d0, which is a split dim}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["split", "query", "key"], extents = array<i64: 2, 4, 8>,
    states = [{combine = "sum", map = affine_map<(z, m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(z, m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}

// -----

// a lift that depends on which keys a part has
func.func @f(%a: tensor<4x8xf32>) -> tensor<2x4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(z, m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  // expected-error @below {{'attention.fused' op the lift region's value for state 0 depends on d0, which is not in scope there}}
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    %z = "attention.index"() {dim = 0 : i64} : () -> index
    %i = arith.index_cast %z : index to i32
    %f = arith.sitofp %i : i32 to f32
    gpu.yield %f : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["split", "query", "key"], extents = array<i64: 2, 4, 8>,
    states = [{combine = "sum", map = affine_map<(z, m, n) -> (z, m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(z, m, n) -> (z, m)>} : (!attention.fusion) -> tensor<2x4xf32>
  return %o : tensor<2x4xf32>
}

// -----

// the valid op
func.func @f(%a: tensor<4x8xf32>) -> tensor<4xf32> {
  %c = "attention.capture"(%a) {map = affine_map<(m, n) -> (m, n)>} : (tensor<4x8xf32>) -> !attention.captured
  %r = "attention.fused"(%c) ({
    %z = arith.constant 0.0 : f32
    gpu.yield %z : f32
  }, {
    %x = "attention.read"() {capture = 0 : i64} : () -> f32
    gpu.yield %x : f32
  }, {
  ^bb0(%x: f32, %s: f32):
    gpu.yield %x : f32
  }, {
  ^bb0(%s0: f32, %s1: f32):
    %one = arith.constant 1.0 : f32
    gpu.yield %one : f32
  }, {
  ^bb0(%s: f32):
    gpu.yield %s : f32
  }) {
    iterator_types = ["query", "key"], extents = array<i64: 4, 8>,
    states = [{combine = "sum", map = affine_map<(m, n) -> (m)>}]
  } : (!attention.captured) -> !attention.fusion
  %o = "attention.result"(%r) {map = affine_map<(m, n) -> (m)>} : (!attention.fusion) -> tensor<4xf32>
  return %o : tensor<4xf32>
}
