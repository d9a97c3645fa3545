//! Attention on the CPU from Rust, without a compiler in the program.
//!
//! ```console
//! $ flashlight compile examples/serving/attention.mlir --target cpu --symbol attention -o out
//! $ cc -O2 -pthread -c out/flashlight_pool.c -o out/flashlight_pool.o
//! $ rustc -O examples/serving/cpu.rs -C link-arg=out/attention.o -C link-arg=out/flashlight_pool.o -C link-arg=-lm -o cpu && ./cpu
//! ```

use std::ffi::{CStr, c_char, c_int, c_void};

unsafe extern "C" {
    fn attention(
        pool: *mut c_void,
        q: *const f32,
        queries: i64,
        k: *const f32,
        keys: i64,
        v: *const f32,
        values: i64,
        result: *mut f32,
    ) -> c_int;
    fn attention_message(error: c_int) -> *const c_char;
    fn flashlight_pool_new(threads: c_int) -> *mut c_void;
    fn flashlight_pool_free(pool: *mut c_void);
}

const HEADS: usize = 4;
const WIDTH: usize = 64;

/// Threads, shared by all that call.
struct Pool(*mut c_void);

// SAFETY: a pool may be used from any thread, by several at once.
unsafe impl Sync for Pool {}

impl Drop for Pool {
    fn drop(&mut self) {
        // SAFETY: made by `flashlight_pool_new`, and no call borrows it any more.
        unsafe { flashlight_pool_free(self.0) }
    }
}

/// Tokens of all heads, head by head.
fn tokens(values: &[f32]) -> i64 {
    (values.len() / (HEADS * WIDTH)) as i64
}

fn run(pool: &Pool, q: &[f32], k: &[f32], v: &[f32]) -> Result<Vec<f32>, String> {
    let mut result = vec![0.0; q.len()];
    // SAFETY: every slice has as many elements as the sizes say.
    let error = unsafe {
        attention(pool.0, q.as_ptr(), tokens(q), k.as_ptr(), tokens(k), v.as_ptr(), tokens(v), result.as_mut_ptr())
    };
    if error == 0 {
        return Ok(result);
    }
    // SAFETY: messages are constants of the object file.
    Err(unsafe { CStr::from_ptr(attention_message(error)) }.to_string_lossy().into_owned())
}

fn main() {
    // SAFETY: takes any number.
    let pool = Pool(unsafe { flashlight_pool_new(4) });
    std::thread::scope(|scope| {
        for count in [1, 100, 300, 513] {
            let pool = &pool;
            scope.spawn(move || {
                let zeros = vec![0.0; HEADS * count * WIDTH];
                let values: Vec<f32> = (0..zeros.len()).map(|at| (at / WIDTH % count) as f32).collect();
                let result = run(pool, &zeros, &zeros, &values).expect("sizes that fit");
                let right = result.iter().zip(&values).all(|(found, value)| (found - value / 2.0).abs() < 1e-3);
                println!("{count} tokens: {}", if right { "right" } else { "wrong" });
            });
        }
    });
    let token = vec![0.0; HEADS * WIDTH];
    println!("{}", run(&pool, &token, &token, &[token.clone(), token.clone()].concat()).expect_err("two values for one key"));
}
