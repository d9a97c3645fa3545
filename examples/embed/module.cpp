// Compiles a module of the host's own MLIR context, which the host goes on using, and prints the kernels it became.
//
//   module FILE
#include "flashlight.h"
#include "mlir-c/IR.h"
#include "mlir-c/RegisterEverything.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

int main(int count, char **arguments) {
  if (count != 2)
    return std::fprintf(stderr, "usage: module FILE\n"), 2;
  std::ifstream file(arguments[1]);
  const std::string text{std::istreambuf_iterator<char>(file), {}};

  MlirContext context = mlirContextCreate();
  MlirDialectRegistry registry = mlirDialectRegistryCreate();
  mlirRegisterAllDialects(registry);
  mlirContextAppendDialectRegistry(context, registry);
  mlirDialectRegistryDestroy(registry);
  MlirModule module = mlirModuleCreateParse(context, mlirStringRefCreate(text.data(), text.size()));
  int status = 1;
  if (!mlirModuleIsNull(module)) {
    std::unique_ptr<FlashlightCompiler, decltype(&flashlight_compiler_destroy)> compiler(
        flashlight_compiler_create_in(context), flashlight_compiler_destroy);
    flashlight_compiler_set(compiler.get(), "target", "sm_90a");
    flashlight_compiler_set(compiler.get(), "to", "ptx");
    std::unique_ptr<FlashlightProgram, decltype(&flashlight_program_destroy)> program(
        flashlight_compile_module(compiler.get(), module), flashlight_program_destroy);
    if (program) {
      for (size_t at = 0; at < flashlight_program_kernel_count(program.get()); ++at) {
        FlashlightBytes ptx = flashlight_program_kernel_ptx(program.get(), at);
        std::cout << "kernel " << flashlight_program_kernel_symbol(program.get(), at) << '\n'
                  << std::string(ptx.data, ptx.size);
      }
      // The module is as it was.
      status = !mlirOperationVerify(mlirModuleGetOperation(module));
    }
    mlirModuleDestroy(module);
  }
  mlirContextDestroy(context);
  return status;
}
