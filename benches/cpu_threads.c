/* flashlight_parallel_for on a fixed set of threads, for object files timed by benches/cpu_peers.py --packed. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#define STACK_BYTES (64 << 20)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t begin = PTHREAD_COND_INITIALIZER, end = PTHREAD_COND_INITIALIZER;
static long generation, threads = 2, started, running, total;
static atomic_long next_tile;
static void (*tile_function)(void *, int64_t);
static void *tile_frame;

static void *worker(void *unused) {
  for (long seen = 0;;) {
    pthread_mutex_lock(&lock);
    while (generation == seen) pthread_cond_wait(&begin, &lock);
    seen = generation;
    pthread_mutex_unlock(&lock);
    for (long tile; (tile = atomic_fetch_add(&next_tile, 1)) < total;) tile_function(tile_frame, tile);
    pthread_mutex_lock(&lock);
    if (--running == 0) pthread_cond_signal(&end);
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

/* Before the first kernel runs. */
void set_threads(long count) { threads = count; }

void flashlight_parallel_for(int64_t count, void (*tile)(void *, int64_t), void *frame) {
  for (; started < threads; started++) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_create(&thread, &attributes, worker, 0);
  }
  pthread_mutex_lock(&lock);
  atomic_store(&next_tile, 0);
  total = count, tile_function = tile, tile_frame = frame, running = threads, generation++;
  pthread_cond_broadcast(&begin);
  while (running) pthread_cond_wait(&end, &lock);
  pthread_mutex_unlock(&lock);
}
