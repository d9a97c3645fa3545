//! Object files, called from C and loaded again.

use super::{elementwise, fused_program, tensor};
use crate::support::{compile_after, context};
use flashlight::{
    cli::front::functions,
    cpu, ffi,
    pass::pipeline,
    runtime::{DType, manifest::HostCode},
    shape::Sizes,
};
use melior::ir::Module;
use std::process::{Command, Output};

/// Builds a C program from `main_c` and the object file of a text, and returns what it prints.
fn run_with_c(text: &str, passes: &str, main_c: &str) -> String {
    let run = output_with_c(text, passes, main_c);
    assert!(run.status.success(), "{run:?}");
    String::from_utf8(run.stdout).expect("text")
}

/// The object file of a text, and its header.
fn artifact(text: &str, passes: &str) -> cpu::aot::Artifact {
    let context = context();
    let mut module = Module::parse(&context, text).expect("the text parses");
    pipeline::run(&module, passes).expect("the passes run");
    let signature = cpu::Signature::of(&module, "main").expect("an entry");
    let sizes = Sizes::of(functions(ffi::op(&module.as_operation()))[0].1);
    cpu::lower::vectorize(&mut module).expect("vectorize");
    cpu::lower::llvm(&mut module).expect("llvm");
    let target = cpu::native::Target { cpu: "native".into(), optimization: 3 };
    cpu::aot::compile(&module, &signature, &sizes.results, "flashlight_main", &target).expect("an object file")
}

/// Builds a C program from `main_c` and the object file of a text, and runs it.
fn output_with_c(text: &str, passes: &str, main_c: &str) -> Output {
    let artifact = artifact(text, passes);
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("main.o"), &artifact.object).expect("written");
    std::fs::write(path("main.h"), &artifact.header).expect("written");
    std::fs::write(path("test.c"), main_c).expect("written");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let build = Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Werror", "-O1", "-o"])
        .args([path("test"), path("test.c"), path("main.o")])
        .args(["-lm", "-lpthread"])
        .output()
        .expect("a C compiler");
    assert!(build.status.success(), "{}\n{}", String::from_utf8_lossy(&build.stderr), artifact.header);
    Command::new(path("test")).output().expect("runs")
}

#[test]
fn an_object_file_works_from_c_alone_and_on_the_callers_threads() {
    let program = fused_program(100, 77, 16, 8, "f32");
    let body = r#"
static float q[2 * 100 * 16], k[2 * 77 * 16], v[2 * 77 * 8], o[2 * 100 * 8];
int main(void) {
  for (int i = 0; i < 2 * 77 * 8; i++) v[i] = (float)(i % 8);
  for (int i = 0; i < 2 * 100 * 16; i++) q[i] = (float)(i % 7) - 3;
  for (int i = 0; i < 2 * 77 * 16; i++) k[i] = (float)(i % 5) - 2;
  flashlight_main(0, q, k, v, o);
  double worst = 0;
  for (int i = 0; i < 2 * 100 * 8; i++) worst = fmax(worst, fabs(o[i] - i % 8));
  printf("%d tiles, %s\n", tiles, worst < 1e-5 ? "right" : "wrong");
  return 0;
}
"#;
    let alone = format!("#include \"main.h\"\n#include <math.h>\n#include <stdio.h>\nstatic int tiles = 0;\n{body}");
    assert_eq!(run_with_c(&program, "builtin.module(tile)", &alone), "0 tiles, right\n");
    let threads = r#"#include "main.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
static int tiles = 0;
static int64_t half;
static void *first;
static void (*work)(void *, int64_t);
static void *run(void *unused) {
  for (int64_t i = 0; i < half; i++) work(first, i);
  return unused;
}
void flashlight_parallel_for(int64_t count, void (*tile)(void *, int64_t), void *frame) {
  pthread_t thread;
  half = count / 2, first = frame, work = tile;
  pthread_create(&thread, 0, run, 0);
  for (int64_t i = half; i < count; i++) tile(frame, i);
  pthread_join(thread, 0);
  tiles = (int)count;
}
"#;
    assert_eq!(run_with_c(&program, "builtin.module(tile)", &format!("{threads}{body}")), "4 tiles, right\n");
}

#[test]
fn an_object_file_fills_buffers_whose_sizes_follow_from_arguments() {
    let text = elementwise("f32", "f32", "%r = arith.addf %x, %y : f32");
    let main_c = r#"#include "main.h"
#include <stdio.h>
int main(void) {
  float a[3] = {1, 2, 3}, b[3] = {10, 20, 30}, r[4] = {0, 0, 0, 7};
  flashlight_main(0, a, 3, b, 3, r);
  printf("%g %g %g, %g\n", r[0], r[1], r[2], r[3]);
  return 0;
}
"#;
    assert_eq!(run_with_c(&text, "builtin.module()", main_c), "11 22 33, 7\n");
}

#[test]
fn sizes_that_do_not_fit_together_are_refused_in_every_form() {
    let text = elementwise("f32", "f32", "%r = arith.addf %x, %y : f32");
    let message = "the arguments do not fit together: arg0.0 is 3, but arg1.0 is 2";
    let context = context();
    let kernel = compile_after(&context, &text, "builtin.module(resolve-sizes)");
    let (three, two) = (tensor(DType::F32, &[3], &[1.0, 2.0, 3.0]), tensor(DType::F32, &[2], &[1.0, 2.0]));
    assert_eq!(kernel.run(&[&three, &two]).expect_err("sizes differ").to_string(), message);
    assert_eq!(kernel.run(&[&three, &three]).expect("runs")[0].to_f64(), [2.0, 4.0, 6.0]);
    let main_c = r#"#include "main.h"
#include <stdio.h>
int main(void) {
  float a[3] = {1, 2, 3}, r[3] = {0, 0, 0};
  printf("%d\n", flashlight_main(0, a, 3, a, 3, r));
  printf("%g %g %g\n", r[0], r[1], r[2]);
  int error = flashlight_main(0, a, 3, a, 2, r);
  printf("%d %s\n", error, flashlight_main_message(error));
  printf("%s\n", flashlight_main_message(flashlight_main(0, a, 3, a, -3, r)));
  printf("%s, %s\n", flashlight_main_message(0), flashlight_main_message(7));
  int64_t many = INT64_MAX / 2;
  char odd[16];
  const int errors[] = {
    flashlight_main(0, a, many, a, many, r), flashlight_main(0, 0, 3, a, 3, r), flashlight_main(0, a, 3, a, 3, 0),
    flashlight_main(0, (float *)(odd + 1), 3, a, 3, r), flashlight_main(0, a, 3, a, 3, a), flashlight_main(0, a, 3, r, 1, a + 1),
    flashlight_main(0, r + 2, 1, a, 1, r), flashlight_main(0, r, 2, a, 2, r + 1), flashlight_main(0, 0, 0, 0, 0, 0) };
  for (int at = 0; at < 9; ++at) printf("%s\n", flashlight_main_message(errors[at]));
  return 0;
}
"#;
    let said = "0\n2 4 6\n-4 the arguments do not fit together: arg0.0 and arg1.0 differ\narg1.0 is negative\n\
                success, an error that is not known\n\
                a size overflows 64 bits\n'arg0' has no memory\n'result0' has no memory\n\
                'arg0' does not begin at a multiple of 4 bytes\n'result0' lies in the memory of 'arg0'\n\
                the arguments do not fit together: arg0.0 and arg1.0 differ\nsuccess\n'result0' lies in the memory of 'arg0'\nsuccess\n";
    assert_eq!(run_with_c(&text, "builtin.module(resolve-sizes)", main_c), said);
}

#[test]
fn an_object_file_is_loaded_by_its_symbol() {
    let text = elementwise("f32", "f32", "%r = arith.addf %x, %y : f32");
    let object = artifact(&text, "builtin.module(resolve-sizes)").object;
    let context = context();
    let module = Module::parse(&context, &text).expect("the text parses");
    let signature = cpu::Signature::of(&module, "main").expect("an entry");
    let code = HostCode { symbol: "flashlight_main".into(), ..HostCode::default() };
    let kernel = cpu::CpuKernel::from_object(&object, &code, signature.clone()).expect("it loads");
    let three = tensor(DType::F32, &[3], &[1.0, 2.0, 3.0]);
    assert_eq!(kernel.run(&[&three, &three]).expect("runs")[0].to_f64(), [2.0, 4.0, 6.0]);
    let other = HostCode { symbol: "flashlight_other".into(), ..HostCode::default() };
    assert!(cpu::CpuKernel::from_object(&object, &other, signature.clone()).is_err());
    let later = HostCode { cpu: "later".into(), features: vec!["teleport".into()], ..code };
    let error = cpu::CpuKernel::from_object(&object, &later, signature).err().expect("it is refused");
    assert_eq!(error.to_string(), "the code is for processor 'later'; this one lacks teleport");
}

/// A row is written into a cache. The other result is twice what the cache holds after that, or held before.
fn cache_program(read: &str) -> String {
    format!(
        "#m = affine_map<(i, j) -> (i, j)>
func.func @main(%cache: tensor<4x2xf32>, %row: tensor<1x2xf32>, %at: index) -> (tensor<4x2xf32>, tensor<4x2xf32>) {{
  %new = tensor.insert_slice %row into %cache[%at, 0] [1, 2] [1, 1] : tensor<1x2xf32> into tensor<4x2xf32>
  %e = tensor.empty() : tensor<4x2xf32>
  %twice = linalg.generic {{indexing_maps = [#m, #m], iterator_types = [\"parallel\", \"parallel\"]}} ins({read} : tensor<4x2xf32>) outs(%e : tensor<4x2xf32>) {{
  ^bb0(%x: f32, %out: f32):
    %y = arith.addf %x, %x : f32
    linalg.yield %y : f32
  }} -> tensor<4x2xf32>
  return %new, %twice : tensor<4x2xf32>, tensor<4x2xf32>
}}"
    )
}

#[test]
fn a_cache_may_be_stored_to_where_nothing_reads_what_it_held() {
    let body = |shared: bool| {
        let call =
            if shared { "flashlight_main(0, c, row, &at, c, t)" } else { "flashlight_main(0, c, row, &at, r, t)" };
        format!(
            "#include \"main.h\"
#include <stdio.h>
int main(void) {{
  float c[8] = {{0, 1, 2, 3, 4, 5, 6, 7}}, row[2] = {{70, 80}}, t[8], r[8];
  int64_t at = 2;
  for (int i = 0; i < 8; i++) r[i] = -1;
  {call};
  for (int i = 0; i < 8; i++) printf(\"%g/%g/%g \", c[i], r[i], t[i]);
  return 0;
}}
"
        )
    };
    let run = |read: &str, shared| run_with_c(&cache_program(read), "builtin.module(box-scalars)", &body(shared));
    assert_eq!(run("%new", true), "0/-1/0 1/-1/2 2/-1/4 3/-1/6 70/-1/140 80/-1/160 6/-1/12 7/-1/14 ");
    assert_eq!(run("%new", false), "0/0/0 1/1/2 2/2/4 3/3/6 4/70/140 5/80/160 6/6/12 7/7/14 ");
    assert_eq!(run("%cache", false), "0/0/0 1/1/2 2/2/4 3/3/6 4/70/8 5/80/10 6/6/12 7/7/14 ");
    let header = |read: &str| artifact(&cache_program(read), "builtin.module(box-scalars)").header;
    assert!(header("%new").contains("must not overlap, but result0 may be arg0 "), "{}", header("%new"));
    assert!(header("%cache").contains("Buffers must not overlap. */"), "{}", header("%cache"));
}

#[test]
fn an_object_file_hands_over_buffers_whose_sizes_are_data() {
    let text = "func.func @main(%n: tensor<i64>) -> (tensor<?xf32>, tensor<2xf32>) {
  %x = arith.constant 3.0 : f32
  %count = tensor.extract %n[] : tensor<i64>
  %size = arith.index_cast %count : i64 to index
  %e = tensor.empty(%size) : tensor<?xf32>
  %f = linalg.fill ins(%x : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  %g = tensor.empty() : tensor<2xf32>
  %h = linalg.fill ins(%x : f32) outs(%g : tensor<2xf32>) -> tensor<2xf32>
  return %f, %h : tensor<?xf32>, tensor<2xf32>
}";
    let main_c = r#"#include "main.h"
#include <stdio.h>
#include <stdlib.h>
int main(void) {
  int64_t count = 3, n;
  float *r, two[2];
  flashlight_main(0, &count, &r, &n, two);
  printf("%d: %g %g %g, %g\n", (int)n, r[0], r[1], r[2], two[1]);
  free(r);
  return 0;
}
"#;
    assert_eq!(run_with_c(text, "builtin.module()", main_c), "3: 3 3 3, 3\n");
}
