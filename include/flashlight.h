/* The C API of Flashlight: MLIR in, kernels out (docs/embed.md).
 *
 * No function unwinds or ends the process: what fails says why as a diagnostic. What a function returns belongs to the object that it was
 * asked of, where nothing else is said. A compiler is for one thread at a time; any number of compilers may work at once. */

#ifndef FLASHLIGHT_H
#define FLASHLIGHT_H

/* Written by cbindgen from capi/src/api.rs: change that. */

#include <mlir-c/IR.h>
#include <stdbool.h>
#include <stddef.h>

/*
 A compiler: an MLIR context and what to compile for. One thread at a time may use it.
 */
typedef struct FlashlightCompiler FlashlightCompiler;

/*
 A compiled program. It must not outlive the context that it was made in.
 */
typedef struct FlashlightProgram FlashlightProgram;

/*
 Takes a diagnostic as text, with its location and notes; `text` is nul-terminated, and gone after the call.
 */
typedef void (*FlashlightDiagnosticCallback)(const char *text, size_t size, void *user);

/*
 Bytes of an object of this library: text, too, which ends in a nul that `size` does not count.
 */
typedef struct {
  const char *data;
  size_t size;
} FlashlightBytes;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 The version of the library: a text for good.
 */
const char *flashlight_version(void);

/*
 Makes a compiler with an MLIR context of its own. `NULL`: there is none to be had.
 */
FlashlightCompiler *flashlight_compiler_create(void);

/*
 Makes a compiler on a context of the host, which must outlive it and all that it makes. The context gains every upstream
 dialect, ours and the translations to LLVM IR; while the compiler lives, it takes the context's diagnostics.

 # Safety
 The context is one of MLIR's, alive, and used by no other thread meanwhile.
 */
FlashlightCompiler *flashlight_compiler_create_in(MlirContext context);

/*
 Frees a compiler, and its context if that is its own. `NULL` is left alone.

 # Safety
 The compiler is one of this library's, and not used again; nor is a program of it, where the context is its own.
 */
void flashlight_compiler_destroy(FlashlightCompiler *compiler);

/*
 The context of a compiler.

 # Safety
 The compiler is alive.
 */
MlirContext flashlight_compiler_context(const FlashlightCompiler *compiler);

/*
 Hands the diagnostics of a compiler to a function from now on; `NULL`: to standard error, as before.

 # Safety
 The compiler is alive; `callback` may be called with `user` as long as it is, and must not unwind.
 */
void flashlight_compiler_on_diagnostic(FlashlightCompiler *compiler, FlashlightDiagnosticCallback callback, void *user);

/*
 Sets an option, by the names of `flashlight compile`: `target` (`cpu`, `sm_90a`), `entry`, `symbol`, `from` and `to` (stages),
 `ptxas`, `dump-stages`, `cpu`; `strict-masks`, `tf32` and `require-fusion` are `true` or `false`. False after a diagnostic.

 # Safety
 The compiler is alive; both texts end in a nul.
 */
bool flashlight_compiler_set(FlashlightCompiler *compiler,
                             const char *name,
                             const char *value);

/*
 Compiles MLIR, text or bytecode; `name` is the file name in diagnostics. `NULL` after a diagnostic.

 # Safety
 The compiler is alive, `name` ends in a nul, and `source` has `size` bytes.
 */
FlashlightProgram *flashlight_compile(FlashlightCompiler *compiler, const char *name, const char *source, size_t size);

/*
 Compiles a module of the compiler's context, which stays as it is. `NULL` after a diagnostic.

 # Safety
 The compiler and the module are alive, and of one context.
 */
FlashlightProgram *flashlight_compile_module(FlashlightCompiler *compiler, MlirModule module);

/*
 Frees a program. `NULL` is left alone.

 # Safety
 The program is one of this library's, its context is alive, and neither it nor what it returned is used again.
 */
void flashlight_program_destroy(FlashlightProgram *program);

/*
 The module after the last stage that ran; the program's.

 # Safety
 The program is alive.
 */
MlirModule flashlight_program_module(const FlashlightProgram *program);

/*
 That module as text.

 # Safety
 The program is alive.
 */
FlashlightBytes flashlight_program_text(const FlashlightProgram *program);

/*
 The manifest (docs/manifest.md); empty where a stage before the last was asked for.

 # Safety
 The program is alive.
 */
FlashlightBytes flashlight_program_manifest(const FlashlightProgram *program);

/*
 The number of files that the manifest names: cubins and constants, or an object and its header.

 # Safety
 The program is alive.
 */
size_t flashlight_program_file_count(const FlashlightProgram *program);

/*
 The name of a file; `NULL` past the last.

 # Safety
 The program is alive.
 */
const char *flashlight_program_file_name(const FlashlightProgram *program, size_t index);

/*
 The content of a file.

 # Safety
 The program is alive.
 */
FlashlightBytes flashlight_program_file(const FlashlightProgram *program, size_t index);

/*
 The number of GPU kernels, in the order of their launches; from stage `ptx` on.

 # Safety
 The program is alive.
 */
size_t flashlight_program_kernel_count(const FlashlightProgram *program);

/*
 The symbol of a kernel; `NULL` past the last.

 # Safety
 The program is alive.
 */
const char *flashlight_program_kernel_symbol(const FlashlightProgram *program, size_t index);

/*
 The PTX of a kernel.

 # Safety
 The program is alive.
 */
FlashlightBytes flashlight_program_kernel_ptx(const FlashlightProgram *program, size_t index);

/*
 The cubin of a kernel; empty before stage `cubin`.

 # Safety
 The program is alive.
 */
FlashlightBytes flashlight_program_kernel_cubin(const FlashlightProgram *program, size_t index);

/*
 Writes the manifest and its files to a folder, which is made if it is not there: all of them, or none. False after a
 diagnostic.

 # Safety
 The compiler and the program are alive; `folder` ends in a nul.
 */
bool flashlight_program_write(FlashlightCompiler *compiler, const FlashlightProgram *program, const char *folder);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* FLASHLIGHT_H */
