// A CUDA driver for machines without a GPU: "device" memory is the host's, kernels do nothing, and every call that matters is a line of a log.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[1 << 20];
static size_t length;
static void *current;
static int capturing, live, quiet;

static void say(const char *format, ...) {
  if (quiet) return;
  va_list arguments;
  va_start(arguments, format);
  if (length < sizeof text - 512) length += vsnprintf(text + length, 512, format, arguments);
  va_end(arguments);
}

// What tests call.
const char *fake_log(void) { return text; }
void fake_clear(void) { length = 0, text[0] = 0; }
void fake_capture(int on) { capturing = on; }
void fake_quiet(int on) { quiet = on; }
int fake_live(void) { return live; }

int cuDriverGetVersion(int *version) { return *version = 13000, 0; }
int cuInit(unsigned flags) { return 0; }
int cuDeviceGetCount(int *count) { return *count = 2, 0; }
int cuDeviceGet(int *device, int ordinal) { return *device = ordinal, 0; }
int cuDeviceGetName(char *name, int room, int device) { return snprintf(name, room, "Fake GPU"), 0; }
int cuDeviceGetAttribute(int *value, int attribute, int device) {
  const char *minor = getenv("FAKE_MINOR");
  switch (attribute) {
  case 16: return *value = 132, 0;                        // multiprocessors
  case 75: return *value = 9, 0;                          // capability
  case 76: return *value = minor ? atoi(minor) : 0, 0;
  case 97: return *value = 232448, 0;                     // shared memory that a block can ask for
  default: return 1;
  }
}
int cuDevicePrimaryCtxRetain(void **context, int device) { return *context = (void *)(intptr_t)(0x100 + device), 0; }
int cuDevicePrimaryCtxRelease_v2(int device) { return 0; }
int cuCtxGetCurrent(void **context) { return *context = current, 0; }
int cuCtxSetCurrent(void *context) { return current = context, 0; }
int cuModuleLoadData(void **module, const void *image) { return say("load %p\n", current), *module = malloc(1), 0; }
int cuModuleUnload(void *module) { return free(module), say("unload %p\n", current), 0; }
int cuModuleGetFunction(void **function, void *module, const char *name) { return *function = strdup(name), 0; }
int cuFuncGetAttribute(int *value, int attribute, void *function) { return *value = 49152, 0; }
int cuFuncSetAttribute(void *function, int attribute, int value) { return say("shared %s %d\n", function, value), 0; }

int cuMemAlloc_v2(uint64_t *address, size_t bytes) { return live++, *address = (uintptr_t)aligned_alloc(256, (bytes + 255) / 256 * 256), 0; }
int cuMemFree_v2(uint64_t address) { return live--, free((void *)address), 0; }
int cuMemcpyHtoD_v2(uint64_t to, const void *from, size_t bytes) { return memcpy((void *)to, from, bytes), 0; }
int cuMemAllocAsync(uint64_t *address, size_t bytes, void *stream) {
  return say("allocate %zu on %p\n", bytes, stream), cuMemAlloc_v2(address, bytes);
}
int cuMemFreeAsync(uint64_t address, void *stream) { return say("free on %p\n", stream), cuMemFree_v2(address); }
int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *stream) { return say("read %zu on %p\n", bytes, stream), memcpy(to, (void *)from, bytes), 0; }
int cuMemsetD8Async(uint64_t to, unsigned char value, size_t count, void *stream) { return memset((void *)to, value, count), 0; }
int cuMemsetD16Async(uint64_t to, unsigned short value, size_t count, void *stream) {
  for (size_t i = 0; i < count; i++) ((unsigned short *)to)[i] = value;
  return 0;
}
int cuMemsetD32Async(uint64_t to, unsigned value, size_t count, void *stream) {
  for (size_t i = 0; i < count; i++) ((unsigned *)to)[i] = value;
  return say("write %u x%zu on %p\n", value, count, stream), 0;
}
int cuStreamIsCapturing(void *stream, int *status) { return *status = capturing, 0; }
int cuStreamSynchronize(void *stream) { return say("synchronize %p\n", stream), 0; }
int cuEventCreate(void **event, unsigned flags) { return *event = malloc(1), 0; }
int cuEventRecord(void *event, void *stream) { return say("record on %p\n", stream), 0; }
int cuEventDestroy_v2(void *event) { return free(event), 0; }
int cuStreamWaitEvent(void *stream, void *event, unsigned flags) { return say("wait on %p\n", stream), 0; }
int cuGetErrorName(int code, const char **name) { return *name = "FAKE_ERROR", 0; }
int cuGetErrorString(int code, const char **name) { return *name = "a fake error", 0; }

int cuTensorMapEncodeTiled(void *map, int type, unsigned rank, void *address, const uint64_t *dims, const uint64_t *strides,
                           const unsigned *box, const unsigned *steps, int interleave, int swizzle, int promotion, int fill) {
  if (!address || (uintptr_t)address % 16) return 1;
  memcpy(map, &address, 8); // the rest is of no account here
  return say("encode %u %lu\n", rank, (unsigned long)dims[0]), 0;
}

typedef struct { unsigned grid[3], block[3], shared; void *stream; struct { unsigned id, pad; uint64_t value[8]; } *attributes; unsigned count; } Config;

int cuLaunchKernelEx(const Config *config, void *function, void **parameters, void **extra) {
  if (config->grid[0] == 77) return 700; // a grid that this driver refuses
  if (quiet) return 0;
  say("launch %s in %p on %p: %ux%ux%u", function, current, config->stream, config->grid[0], config->grid[1], config->grid[2]);
  for (unsigned i = 0; i < config->count; i++) say(" attribute %u", config->attributes[i].id);
  say(" first %lx\n", (unsigned long)*(uint64_t *)parameters[0]);
  return 0;
}

// A library of tensors with an exchange table, as PyTorch's: objects are known by their addresses.
typedef struct { int kind, number; } Device;
typedef struct { void *data; Device device; int ndim; struct { unsigned char code, bits; unsigned short lanes; } dtype; int64_t *shape, *strides; uint64_t offset; } DlTensor;
typedef struct Managed { unsigned major, minor; void *context; void (*deleter)(struct Managed *); uint64_t flags; DlTensor tensor; } Managed;
static struct { void *object; DlTensor tensor; int64_t shape[2]; } known[64];
static int count;
static void *stream_now;
static void *(*make)(uint64_t);

void fake_know(void *object, uint64_t address, int64_t rows, int64_t columns, int device) {
  DlTensor tensor = {(void *)address, {2, device}, 2, {2, 32, 1}};
  known[count].object = object, known[count].tensor = tensor;
  known[count].shape[0] = rows, known[count].shape[1] = columns;
  known[count].tensor.shape = known[count].shape, count++;
}
void fake_forget(void) { count = 0; }
void fake_stream(void *stream) { stream_now = stream; }
void fake_maker(void *(*maker)(uint64_t)) { make = maker; }

static void release(Managed *managed) { free(managed); }
static int exchange_allocate(DlTensor *like, Managed **out, void *context, void *refuse) {
  Managed made = {1, 3, 0, release, 0, *like};
  say("allocate result %ld on GPU %d\n", (long)like->shape[0], like->device.number);
  made.tensor.data = aligned_alloc(256, 1 << 16); // never freed: there are few
  return *out = malloc(sizeof made), **out = made, 0;
}
static int exchange_object(Managed *managed, void **out) { return *out = make((uintptr_t)managed->tensor.data), release(managed), 0; }
static int exchange_borrow(void *object, DlTensor *out) {
  for (int i = 0; i < count; i++)
    if (known[i].object == object) return *out = known[i].tensor, 0;
  return -1;
}
static int exchange_stream(int kind, int number, void **out) { return *out = stream_now, 0; }
static struct { unsigned major, minor; void *previous, *allocate, *from, *object, *borrow, *stream; } table = {
    1, 3, 0, exchange_allocate, 0, exchange_object, exchange_borrow, exchange_stream};
void *fake_exchange(void) { return &table; }
