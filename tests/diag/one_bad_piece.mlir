// RUN: --split-input-file
func.func @good() {
  return
}
// -----
func.func @bad() -> f32 {
  return
}
// -----
func.func @fine() {
  return
}
