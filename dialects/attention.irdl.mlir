// The attention dialect. Shapes, maps and region signatures are checked by the Rust verifier
// (src/dialect/verify.rs); docs/dialect.md gives the semantics of every op.
//
// In IRDL one constraint value used twice means "the same type twice", even inside one variadic
// list. Hence a fresh constraint per use, and `capture`/`result`, which give tensors of every type
// one type of their own on the way into and out of `fused`.
irdl.dialect @attention {
  irdl.type @captured
  irdl.type @fusion
  irdl.operation @capture {
    %tensor = irdl.any
    %capture = irdl.base @attention::@captured
    %map = irdl.base "#builtin.affine_map"
    irdl.operands(tensor: %tensor)
    irdl.results(capture: %capture)
    irdl.attributes { "map" = %map }
  }
  irdl.operation @fused {
    %capture = irdl.base @attention::@captured
    %result = irdl.base @attention::@fusion
    %iterator_types = irdl.base "#builtin.array"
    %extents = irdl.any
    %states = irdl.base "#builtin.array"
    irdl.operands(captures: variadic %capture)
    irdl.results(results: variadic %result)
    irdl.attributes {
      "iterator_types" = %iterator_types,
      "extents" = %extents,
      "states" = %states
    }
    %init = irdl.region
    %score = irdl.region
    %lift = irdl.region
    %rescale = irdl.region
    %epilogue = irdl.region
    irdl.regions(init: %init, score: %score, lift: %lift, rescale: %rescale, epilogue: %epilogue)
  }
  irdl.operation @result {
    %result = irdl.base @attention::@fusion
    %tensor = irdl.any
    %map = irdl.base "#builtin.affine_map"
    irdl.operands(result: %result)
    irdl.results(tensor: %tensor)
    irdl.attributes { "map" = %map }
  }
  irdl.operation @read {
    %value = irdl.any
    %capture = irdl.base "#builtin.integer"
    irdl.operands()
    irdl.results(value: %value)
    irdl.attributes { "capture" = %capture }
  }
  irdl.operation @index {
    %index = irdl.is index
    %dim = irdl.base "#builtin.integer"
    irdl.operands()
    irdl.results(index: %index)
    irdl.attributes { "dim" = %dim }
  }
  irdl.operation @reduce {
    %value = irdl.any
    %kind = irdl.base "#builtin.string"
    %dims = irdl.any
    irdl.operands()
    irdl.results(value: %value)
    irdl.attributes { "kind" = %kind, "dims" = %dims }
    %body = irdl.region
    irdl.regions(body: %body)
  }
}
