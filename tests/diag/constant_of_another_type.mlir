func.func @main() {
  %0 = arith.constant 1.0 : i32
  return
}
