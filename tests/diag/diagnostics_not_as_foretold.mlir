// RUN: --verify-diagnostics
func.func @bad() -> f32 {
  // expected-error @below {{has 7 operands}}
  return
}
// expected-warning-re @above {{never {{[0-9]+}}}}
