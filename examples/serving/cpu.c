/* Attention on the CPU from four threads that share a pool.

   flashlight compile examples/serving/attention.mlir --target cpu --symbol attention -o out
   cc -O2 -pthread -Iout examples/serving/cpu.c out/attention.o out/flashlight_pool.c -o cpu -lm && ./cpu */
#include "attention.h"
#include "flashlight_pool.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { HEADS = 4, WIDTH = 64, CALLERS = 4, CALLS = 25 };

static flashlight_pool *pool;

/* Calls with as many tokens as it is told; the values of a key are all its number, so those of query i lie between 0 and i. */
static void *serve(void *argument) {
    int64_t tokens = *(int64_t *)argument, count = HEADS * tokens * WIDTH, wrong = 0;
    float *q = calloc((size_t)count, sizeof *q), *v = malloc((size_t)count * sizeof *v), *out = malloc((size_t)count * sizeof *out);
    for (int64_t at = 0; at < count; ++at) v[at] = (float)(at / WIDTH % tokens);
    for (int call = 0; call < CALLS; ++call) {
        int error = attention(pool, q, tokens, q, tokens, v, tokens, out);
        if (error) fprintf(stderr, "%s\n", attention_message(error)), exit(1);
        /* All scores are equal: a query's result is the mean of the values up to its own. */
        for (int64_t at = 0; at < count; ++at) wrong += !(fabsf(out[at] - (float)(at / WIDTH % tokens) / 2) < 1e-3f);
    }
    printf("%lld tokens: %s\n", (long long)tokens, wrong ? "wrong" : "right");
    free(q), free(v), free(out);
    return NULL;
}

int main(void) {
    pthread_t callers[CALLERS];
    int64_t tokens[CALLERS] = {1, 100, 300, 513};
    pool = flashlight_pool_new(4);
    for (int at = 0; at < CALLERS; ++at) pthread_create(&callers[at], NULL, serve, &tokens[at]);
    for (int at = 0; at < CALLERS; ++at) pthread_join(callers[at], NULL);
    float x[HEADS * WIDTH] = {0}, out[HEADS * WIDTH];
    printf("%s\n", attention_message(attention(pool, x, 1, x, 1, x, 2, out)));
    flashlight_pool_free(pool);
    return 0;
}
