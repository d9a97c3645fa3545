// The kernel dialect: what a kernel does with threads, shared memory, barriers, the copy engine and the matrix unit, for any
// machine that has them. `distribute` writes it beside arith, math, scf and llvm ops; `lower-kernel` makes a machine's instructions
// of it. docs/kernel.md gives the semantics of every op with an example; src/dialect/kernel has typed views and the verifier.
//
// The IR is SIMT: a value is one value per thread. An address is a byte address in the block's shared memory, an i32.
irdl.dialect @kernel {
  // Which thread, which block.

  // The thread's number in its block. `again`: computed here anew, so that nothing that follows from it is kept from before.
  irdl.operation @thread {
    %i32 = irdl.is i32
    %again = irdl.base "#builtin.integer"
    irdl.results(number: %i32)
    irdl.attributes { "again" = %again }
  }
  // The block's number in the grid.
  irdl.operation @block {
    %i32 = irdl.is i32
    irdl.results(number: %i32)
  }
  // How many blocks the grid has.
  irdl.operation @blocks {
    %i32 = irdl.is i32
    irdl.results(count: %i32)
  }
  // Where the block's shared memory begins.
  irdl.operation @shared {
    %i32 = irdl.is i32
    irdl.results(address: %i32)
  }
  // The registers a thread of this warpgroup has from here on: `action` is "increase" or "decrease".
  irdl.operation @registers {
    %action = irdl.base "#builtin.string"
    %count = irdl.base "#builtin.integer"
    irdl.attributes { "action" = %action, "count" = %count }
  }
  // Grids that depend on this one may begin; this one goes on when all before it have ended and their writes can be seen.
  irdl.operation @await_grids {}

  // Values.

  // The largest of the warp's values: one that is the same in all its threads, in a register that they share.
  irdl.operation @uniform {
    %value = irdl.is i32
    %result = irdl.is i32
    irdl.operands(value: %value)
    irdl.results(result: %result)
  }
  // The same value, of which the compiler knows nothing, computed at this place.
  irdl.operation @opaque {
    %type = irdl.any
    irdl.operands(value: %type)
    irdl.results(result: %type)
  }
  // Two f32 rounded to a word of two 16-bit floats, `low` in its lower half. `fixed`: at this place among products and waits.
  irdl.operation @pack {
    %low = irdl.is f32
    %high = irdl.is f32
    %word = irdl.is i32
    %element = irdl.base "#builtin.type"
    %fixed = irdl.base "#builtin.integer"
    irdl.operands(low: %low, high: %high)
    irdl.results(word: %word)
    irdl.attributes { "element" = %element, "fixed" = %fixed }
  }
  // Two 8-bit floats (bits) as two f16 (bits).
  irdl.operation @extend_float8 {
    %bits = irdl.is i16
    %word = irdl.is i32
    %element = irdl.base "#builtin.type"
    irdl.operands(bits: %bits)
    irdl.results(word: %word)
    irdl.attributes { "element" = %element }
  }
  // Two f32 rounded to 8-bit floats (bits), `low` in the lower half; past the largest number comes the largest.
  irdl.operation @truncate_float8 {
    %low = irdl.is f32
    %high = irdl.is f32
    %bits = irdl.is i16
    %element = irdl.base "#builtin.type"
    irdl.operands(low: %low, high: %high)
    irdl.results(bits: %bits)
    irdl.attributes { "element" = %element }
  }

  // Threads of a warp, of a block.

  // True in one thread of the warp.
  irdl.operation @elect {
    %i1 = irdl.is i1
    irdl.results(elected: %i1)
  }
  // The value of another lane: of lane `lane` ("idx"), or of the lane whose number differs in the bits of `lane` ("bfly").
  irdl.operation @shuffle {
    %type = irdl.any
    %kind = irdl.base "#builtin.string"
    %lane = irdl.base "#builtin.integer"
    irdl.operands(value: %type)
    irdl.results(result: %type)
    irdl.attributes { "kind" = %kind, "lane" = %lane }
  }
  // Whether the condition holds in some thread of the warp.
  irdl.operation @vote {
    %condition = irdl.is i1
    %any = irdl.is i1
    irdl.operands(condition: %condition)
    irdl.results(any: %any)
  }
  // The warp's threads wait for each other, and see each other's writes.
  irdl.operation @sync_warp {}
  // The block's threads wait for each other, and see each other's writes.
  irdl.operation @sync {}
  // Arrives at a named barrier and waits until so many threads have.
  irdl.operation @barrier {
    %id = irdl.is i32
    %threads = irdl.base "#builtin.integer"
    irdl.operands(id: %id)
    irdl.attributes { "threads" = %threads }
  }
  // Arrives at a named barrier and goes on.
  irdl.operation @arrive {
    %id = irdl.is i32
    %threads = irdl.base "#builtin.integer"
    irdl.operands(id: %id)
    irdl.attributes { "threads" = %threads }
  }

  // Barriers in shared memory: words of 64 bits with a phase, pending arrivals and pending bytes.

  // Makes a barrier whose phases end after so many arrivals.
  irdl.operation @init_barrier {
    %address = irdl.is i32
    %arrivals = irdl.base "#builtin.integer"
    irdl.operands(address: %address)
    irdl.attributes { "arrivals" = %arrivals }
  }
  // What this thread initialized can be seen by the copy engine.
  irdl.operation @fence_init {}
  // Arrives, and the phase does not end before so many bytes have been copied.
  irdl.operation @expect {
    %address = irdl.is i32
    %bytes = irdl.base "#builtin.integer"
    irdl.operands(address: %address)
    irdl.attributes { "bytes" = %bytes }
  }
  // Arrives `count` times, if the condition (at most one) holds.
  irdl.operation @arrive_barrier {
    %address = irdl.is i32
    %condition = irdl.is i1
    %count = irdl.base "#builtin.integer"
    irdl.operands(address: %address, condition: optional %condition)
    irdl.attributes { "count" = %count }
  }
  // Waits until the phase of a parity has ended.
  irdl.operation @wait {
    %address = irdl.is i32
    %parity = irdl.is i32
    irdl.operands(address: %address, parity: %parity)
  }

  // The copy engine.

  // Begins to copy a box of a tensor to shared memory; its bytes arrive at the barrier. Coordinates are innermost first.
  irdl.operation @fill {
    %map = irdl.any
    %target = irdl.is i32
    %barrier = irdl.is i32
    %coordinate = irdl.is i32
    irdl.operands(map: %map, target: %target, barrier: %barrier, coordinates: variadic %coordinate)
  }
  // Begins to copy a box from shared memory to a tensor, as part of the thread's open group.
  irdl.operation @drain {
    %map = irdl.any
    %source = irdl.is i32
    %coordinate = irdl.is i32
    irdl.operands(map: %map, source: %source, coordinates: variadic %coordinate)
  }
  // Closes the thread's group of drains.
  irdl.operation @commit {}
  // Waits until all but the thread's last `pending` groups of drains have read shared memory (`read`), or are done.
  irdl.operation @await_drains {
    %pending = irdl.base "#builtin.integer"
    %read = irdl.base "#builtin.integer"
    irdl.attributes { "pending" = %pending, "read" = %read }
  }
  // What this thread wrote to shared memory can be seen by the copy engine and the matrix unit, and what it read is read.
  irdl.operation @fence_engine {}

  // Shared memory, by threads.

  // Loads neighbours, of 32 bits each, from `address + offset` on. `volatile`: at this place, and of a value not known before.
  irdl.operation @load {
    %address = irdl.is i32
    %f32 = irdl.is f32
    %i32 = irdl.is i32
    %value = irdl.any_of(%f32, %i32)
    %offset = irdl.base "#builtin.integer"
    %volatile = irdl.base "#builtin.integer"
    irdl.operands(address: %address)
    irdl.results(values: variadic %value)
    irdl.attributes { "offset" = %offset, "volatile" = %volatile }
  }
  // Stores neighbours, of 32 bits each.
  irdl.operation @store {
    %address = irdl.is i32
    %f32 = irdl.is f32
    %i32 = irdl.is i32
    %value = irdl.any_of(%f32, %i32)
    irdl.operands(address: %address, values: variadic %value)
  }
  // Loads four matrices of 8 by 8 16-bit elements: lane l names row l % 8 of matrix l / 8, and gets two neighbours of each.
  irdl.operation @load_matrix {
    %address = irdl.is i32
    %word = irdl.is i32
    irdl.operands(address: %address)
    irdl.results(words: variadic %word)
  }
  // Stores four matrices of 8 by 8 16-bit elements.
  irdl.operation @store_matrix {
    %address = irdl.is i32
    %word = irdl.is i32
    irdl.operands(address: %address, words: variadic %word)
  }

  // The matrix unit.

  // Begins to multiply tiles: 64 rows of a warpgroup, `columns` columns, sums over `depth`. `products` lists pairs of left and
  // right tiles that are multiplied and added up. A left tile is in shared memory (its address and layout) or in registers (`unit`;
  // four words per 16 of the depth), a right one in shared memory. Without accumulators, or where `adds` is false, sums begin at 0.
  irdl.operation @mma {
    %accumulator = irdl.is f32
    %adds = irdl.is i1
    %left = irdl.is i32
    %right = irdl.is i32
    %sum = irdl.is f32
    %columns = irdl.base "#builtin.integer"
    %depth = irdl.base "#builtin.integer"
    %element = irdl.base "#builtin.type"
    %products = irdl.base "#builtin.array"
    %lefts = irdl.base "#builtin.array"
    %rights = irdl.base "#builtin.array"
    irdl.operands(accumulators: variadic %accumulator, adds: optional %adds, left: variadic %left, right: variadic %right)
    irdl.results(sums: variadic %sum)
    irdl.attributes {
      "columns" = %columns,
      "depth" = %depth,
      "element" = %element,
      "products" = %products,
      "lefts" = %lefts,
      "rights" = %rights
    }
  }
  // Waits until all but the warpgroup's last `pending` mma are done. Sums pass through, and may be read from here on. `pins` are
  // computed before the wait; the machine may use the word of shared memory at `scratch + offset`, which nobody reads.
  irdl.operation @await {
    %sum = irdl.is f32
    %pin = irdl.is f32
    %scratch = irdl.is i32
    %landed = irdl.is f32
    %pending = irdl.base "#builtin.integer"
    %offset = irdl.base "#builtin.integer"
    irdl.operands(sums: variadic %sum, pins: variadic %pin, scratch: optional %scratch)
    irdl.results(landed: variadic %landed)
    irdl.attributes { "pending" = %pending, "offset" = %offset }
  }
  // Multiplies 16 by 16 elements by 16 by 8, by one warp, and adds them to sums.
  irdl.operation @mma_warp {
    %left = irdl.is i32
    %right = irdl.is i32
    %sum = irdl.is f32
    %result = irdl.is f32
    %element = irdl.base "#builtin.type"
    irdl.operands(left: variadic %left, right: variadic %right, sums: variadic %sum)
    irdl.results(results: variadic %result)
    irdl.attributes { "element" = %element }
  }
}
