func.func @main() attributes {note = "no end} {
  return
}
