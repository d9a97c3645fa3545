func.func @main() {
  %0 = arith.constant "größe" : i32
  return
}
