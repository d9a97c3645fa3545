/* Threads for what flashlight compiles to object files. Build flashlight_pool.c as C11 with -pthread and link it once. */
#ifndef FLASHLIGHT_POOL_H
#define FLASHLIGHT_POOL_H
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/* Threads that any number of callers may share at once: each caller's tiles are run by itself and by threads that are free. */
typedef struct flashlight_pool flashlight_pool;

/* A pool in which a caller and `threads - 1` others run tiles; NULL where there is no memory or no thread. */
flashlight_pool *flashlight_pool_new(int threads);

/* Ends the threads. No call may be using the pool. */
void flashlight_pool_free(flashlight_pool *pool);

/* Calls tile(frame, index) once for every index in [0, count) and returns when all have returned, on the threads of the pool that
   the calling thread uses; a function of an object uses the one that it is given. */
void flashlight_parallel_for(int64_t count, void (*tile)(void *frame, int64_t index), void *frame);

/* Chooses the pool of the calling thread, NULL for none, and gives the one before. Functions of objects do this by themselves. */
flashlight_pool *flashlight_pool_use(flashlight_pool *pool);

#ifdef __cplusplus
}
#endif
#endif
