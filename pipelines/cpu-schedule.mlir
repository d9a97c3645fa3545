// How tiles become vector code: structured transforms, instantiated by the pass `apply-schedule`.
//
// The pass sorts the linalg ops of a kernel into classes by the shape of their iteration space, writes the
// class on each op (`flashlight.class`), and repeats a section once per class:
//   contract    sum of products into a fresh or rescaled accumulator: register block, init fused
//   accumulate  the same into an accumulator that cannot be fused
//   reduce      reduction over outer dims, lanes parallel
//   map         elementwise; `transpose` is the same on squares that are turned in registers
// $CLASS, $TILES (parallel dims), $STEPS (reduction dims) and $UNROLL are the pass's.
// A section that fails leaves its op to the scalar lowering.

//# head
module attributes {transform.with_named_sequence} {
transform.named_sequence @__transform_main(%root: !transform.any_op) {
%f = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op

//# contract
%ops_$CLASS = transform.structured.match attributes {flashlight.class = "$CLASS"} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %ops_$CLASS : !transform.any_op {
^bb0(%op: !transform.any_op):
  transform.sequence %op : !transform.any_op failures(suppress) {
  ^bb1(%x: !transform.any_op):
    %init = transform.get_producer_of_operand %x[2] : (!transform.any_op) -> !transform.any_op
    %block, %blocks = transform.structured.tile_using_forall %x tile_sizes $TILES : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %fused, %nest = transform.structured.fuse_into_containing_op %init into %blocks : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    %step, %loop = transform.structured.tile_using_for %block tile_sizes $STEPS : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.annotate %loop "flashlight.unroll" : !transform.any_op
    transform.structured.vectorize %step : !transform.any_op
    transform.structured.vectorize %fused : !transform.any_op
  }
}

//# accumulate
%ops_$CLASS = transform.structured.match attributes {flashlight.class = "$CLASS"} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %ops_$CLASS : !transform.any_op {
^bb0(%op: !transform.any_op):
  transform.sequence %op : !transform.any_op failures(suppress) {
  ^bb1(%x: !transform.any_op):
    %block, %blocks = transform.structured.tile_using_forall %x tile_sizes $TILES : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %step, %loop = transform.structured.tile_using_for %block tile_sizes $STEPS : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.annotate %loop "flashlight.unroll" : !transform.any_op
    transform.structured.vectorize %step : !transform.any_op
  }
}

//# reduce
%ops_$CLASS = transform.structured.match attributes {flashlight.class = "$CLASS"} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %ops_$CLASS : !transform.any_op {
^bb0(%op: !transform.any_op):
  transform.sequence %op : !transform.any_op failures(suppress) {
  ^bb1(%x: !transform.any_op):
    %block, %blocks = transform.structured.tile_using_forall %x tile_sizes $TILES : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %step, %loop = transform.structured.tile_using_for %block tile_sizes $STEPS : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.structured.vectorize %step : !transform.any_op
  }
}

//# map
%ops_$CLASS = transform.structured.match attributes {flashlight.class = "$CLASS"} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %ops_$CLASS : !transform.any_op {
^bb0(%op: !transform.any_op):
  transform.sequence %op : !transform.any_op failures(suppress) {
  ^bb1(%x: !transform.any_op):
    %block, %blocks = transform.structured.tile_using_forall %x tile_sizes $TILES : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.structured.vectorize %block : !transform.any_op
  }
}

//# tail
transform.apply_patterns to %f {
  transform.apply_patterns.vector.reduction_to_contract
  transform.apply_patterns.vector.transfer_permutation_patterns
} : !transform.any_op
transform.apply_patterns to %f {
  transform.apply_patterns.canonicalization
  transform.apply_patterns.tensor.fold_tensor_subset_ops_into_vector_transfers
} : !transform.any_op
transform.apply_patterns to %f {
  transform.apply_patterns.vector.lower_multi_reduction lowering_strategy = "innerparallel"
  transform.apply_patterns.canonicalization
} : !transform.any_op
transform.apply_cse to %f : !transform.any_op
%loops1 = transform.structured.match ops{["scf.for"]} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %loops1 : !transform.any_op {
^bb0(%x: !transform.any_op):
  transform.loop.hoist_loop_invariant_subsets %x : !transform.any_op
}
transform.apply_patterns to %f {
  transform.apply_patterns.canonicalization
} : !transform.any_op
transform.apply_cse to %f : !transform.any_op
%loops2 = transform.structured.match ops{["scf.for"]} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %loops2 : !transform.any_op {
^bb0(%x: !transform.any_op):
  transform.loop.hoist_loop_invariant_subsets %x : !transform.any_op
}
transform.apply_patterns to %f {
  transform.apply_patterns.canonicalization
  transform.apply_patterns.tensor.fold_tensor_subset_ops_into_vector_transfers
} : !transform.any_op
%unrolled = transform.structured.match attributes {flashlight.unroll} in %f : (!transform.any_op) -> !transform.any_op
transform.foreach %unrolled : !transform.any_op {
^bb0(%x: !transform.any_op):
  transform.loop.unroll %x {factor = $UNROLL} : !transform.any_op
}
transform.yield
}
}
