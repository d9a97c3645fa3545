//! The header: what the functions take, in C and in words.

use super::{Writer, declaration};
use crate::runtime::{Expr, manifest::Argument};

impl Writer<'_> {
    pub(super) fn header(&self) -> String {
        let (manifest, symbol) = (self.manifest, self.options.symbol);
        let mut notes = vec![];
        let shape = |argument: &Argument| {
            let sizes: Vec<_> =
                argument.shape.iter().map(|size| size.map_or("?".into(), |size| size.to_string())).collect();
            format!("   {}: {} [{}]", argument.name, argument.dtype, sizes.join(", "))
        };
        notes.extend(manifest.arguments.iter().map(shape));
        for (result, late) in self.results() {
            let sizes = listed(&result.shape);
            let when = if late { ", allocated during the run" } else { "" };
            let shares = result.shares.as_ref().map(|shares| format!(", may be {} (overwritten)", shares.argument));
            notes.push(format!("   {}: {} [{sizes}]{when}{}", result.name, result.dtype, shares.unwrap_or_default()));
        }
        notes.extend(manifest.equal.iter().map(|sizes| format!("   The same: {}", listed(sizes))));
        let folder = match (self.options.embed, self.reads_files()) {
            (_, false) => "All is in the source: `folder` may be NULL.",
            (true, true) => "Constants are read from `folder`, where compile wrote them.",
            (false, _) => "Cubins and constants are read from `folder`, where compile wrote them.",
        };
        let late = if self.shapes.late.is_empty() {
            String::new()
        } else {
            format!(
                "
/* Gives memory for a tensor whose size is only known during the run, at a multiple of 16; anything but 0 is an error that the run
   returns. It may be called for a tensor again where its size changes. The memory must live until all that the run put onto the
   stream has ended. */
typedef int (*{symbol}_allocate)(void *user, const char *tensor, size_t bytes, CUdeviceptr *memory);
"
            )
        };
        let reads = if self.manifest.is_plain() {
            "Nothing is waited for, so\n   a stream that is captured into a graph will do."
        } else {
            "It waits for the stream\n   where the program needs a number from the GPU."
        };
        let guard = format!("{}_H", symbol.to_ascii_uppercase());
        format!(
            "/* Written by flashlight compile --target {target}. Compile {stem}.c as C11 and link with -lcuda (CUDA 12 or later).

   Tensors are row-major, contiguous, in GPU memory, and begin at a multiple of 16 bytes.
{notes}
   A `?` is passed as an int64_t after its tensor; dim 1 of arg0 is `arg0.1`. Results must not overlap each other or the arguments.

   Every function returns 0 or an error: a positive one is the driver's (CUresult), a negative one a message of this program's. */
#ifndef {guard}
#define {guard}
#include <cuda.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern \"C\" {{
#endif

/* Kernels and constants in the context that was current at load. Nothing in it changes afterwards: any number of threads may
   run it at once, each with results and a workspace of its own. */
typedef struct {symbol}_program {symbol}_program;

/* Loads it into the current context. {folder} */
int {symbol}_load({symbol}_program **program, const char *folder);
void {symbol}_unload({symbol}_program *program);

/* What an error means. */
const char *{symbol}_message(int error);

/* The sizes of results that follow from those of the arguments, and the bytes of the workspace. */
{sizes};
{late}
/* Puts the program onto a stream of the context, and returns before it has ended. {reads} */
{run};

#ifdef __cplusplus
}}
#endif
#endif
",
            target = manifest.target,
            stem = self.options.stem,
            notes = notes.join("\n"),
            sizes = declaration(&format!("{symbol}_sizes"), &self.parameters_of_sizes()),
            run = declaration(symbol, &self.parameters_of_run()),
        )
    }
}

fn listed(sizes: &[Expr]) -> String {
    let sizes: Vec<_> = sizes.iter().map(ToString::to_string).collect();
    sizes.join(", ")
}
