/* Written by flashlight compile --target cpu: see flashlight_pool.h. */
#include "flashlight_pool.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Tiles need up to 2 MiB of stack. */
#define STACK_BYTES (8 << 20)

/* What one caller wants done; it lies on the caller's stack, and is in the list while tiles may be left. */
struct job {
    struct job *next;
    void (*tile)(void *, int64_t);
    void *frame;
    int64_t count;
    atomic_llong taken;
    int helpers; /* threads of the pool in it; under the lock */
};

struct flashlight_pool {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct job *jobs;
    int stops, threads;
    pthread_t thread[];
};

static _Thread_local flashlight_pool *current;

static void run(struct job *job) {
    for (long long tile; (tile = atomic_fetch_add(&job->taken, 1)) < job->count;) job->tile(job->frame, tile);
}

static void *help(void *argument) {
    flashlight_pool *pool = argument;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        struct job *job = pool->jobs;
        while (job && atomic_load(&job->taken) >= job->count) job = job->next;
        if (job) {
            job->helpers++;
            pthread_mutex_unlock(&pool->lock);
            run(job);
            pthread_mutex_lock(&pool->lock);
            if (--job->helpers == 0) pthread_cond_broadcast(&pool->done);
        } else if (pool->stops) {
            break;
        } else {
            pthread_cond_wait(&pool->work, &pool->lock);
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

flashlight_pool *flashlight_pool_new(int threads) {
    int others = threads > 1 ? threads - 1 : 0;
    flashlight_pool *pool = calloc(1, sizeof *pool + (size_t)others * sizeof pool->thread[0]);
    pthread_attr_t attributes;
    if (pool == NULL) return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    while (pool->threads < others && pthread_create(&pool->thread[pool->threads], &attributes, help, pool) == 0) pool->threads++;
    pthread_attr_destroy(&attributes);
    if (pool->threads == others) return pool;
    flashlight_pool_free(pool);
    return NULL;
}

void flashlight_pool_free(flashlight_pool *pool) {
    if (pool == NULL) return;
    pthread_mutex_lock(&pool->lock);
    pool->stops = 1;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (int at = 0; at < pool->threads; ++at) pthread_join(pool->thread[at], NULL);
    pthread_cond_destroy(&pool->done);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

flashlight_pool *flashlight_pool_use(flashlight_pool *pool) {
    flashlight_pool *before = current;
    current = pool;
    return before;
}

void flashlight_parallel_for(int64_t count, void (*tile)(void *frame, int64_t index), void *frame) {
    flashlight_pool *pool = current;
    struct job job = { .tile = tile, .frame = frame, .count = count };
    if (pool == NULL || pool->threads == 0 || count < 2) {
        for (int64_t at = 0; at < count; ++at) tile(frame, at);
        return;
    }
    atomic_init(&job.taken, 0);
    pthread_mutex_lock(&pool->lock);
    struct job **end = &pool->jobs;
    while (*end) end = &(*end)->next;
    *end = &job;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    run(&job);
    pthread_mutex_lock(&pool->lock);
    for (end = &pool->jobs; *end != &job; end = &(*end)->next) {}
    *end = job.next;
    while (job.helpers) pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
