#map = affine_map<(d0) -> (d1)>
func.func @main() {
  return
}
