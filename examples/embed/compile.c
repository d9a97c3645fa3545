/* Compiles a file in a context of the compiler's own, and prints what was made.
 *
 *   compile FILE TARGET [FOLDER]
 */
#include "flashlight.h"

#include <stdio.h>
#include <stdlib.h>

static void complain(const char *text, size_t size, void *user) {
  ++*(int *)user;
  fwrite(text, 1, size, stderr);
  fputc('\n', stderr);
}

static char *contents(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  char *text = NULL;
  *size = 0;
  if (!file)
    return NULL;
  for (size_t room = 1 << 16;; room *= 2) {
    char *more = realloc(text, room);
    if (!more)
      break;
    text = more;
    *size += fread(text + *size, 1, room - *size, file);
    if (*size < room)
      break;
  }
  fclose(file);
  return text;
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: compile FILE TARGET [FOLDER]\n");
    return 2;
  }
  size_t size;
  char *source = contents(arguments[1], &size);
  if (!source) {
    perror(arguments[1]);
    return 1;
  }

  int complaints = 0, status = 1;
  FlashlightCompiler *compiler = flashlight_compiler_create();
  FlashlightProgram *program = NULL;
  flashlight_compiler_on_diagnostic(compiler, complain, &complaints);
  if (flashlight_compiler_set(compiler, "target", arguments[2]))
    program = flashlight_compile(compiler, arguments[1], source, size);
  if (program) {
    for (size_t at = 0; at < flashlight_program_kernel_count(program); ++at)
      printf("kernel %s: %zu bytes of PTX, %zu of cubin\n", flashlight_program_kernel_symbol(program, at),
             flashlight_program_kernel_ptx(program, at).size, flashlight_program_kernel_cubin(program, at).size);
    for (size_t at = 0; at < flashlight_program_file_count(program); ++at)
      printf("file %s: %zu bytes\n", flashlight_program_file_name(program, at), flashlight_program_file(program, at).size);
    status = count > 3 && !flashlight_program_write(compiler, program, arguments[3]);
  }
  printf("flashlight %s, %d diagnostic(s)\n", flashlight_version(), complaints);
  flashlight_program_destroy(program);
  flashlight_compiler_destroy(compiler);
  free(source);
  return status;
}
