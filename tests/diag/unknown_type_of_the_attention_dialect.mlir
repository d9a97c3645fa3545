func.func @main(%q: !attention.ring) {
  return
}
