// A call of an FFI handler as XLA makes it, by XLA's header, with a device, a stream and memory. What is asked of it is noted.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xla/ffi/api/c_api.h"

struct XLA_FFI_Error {
  char message[512];
};

static int taken, given_back, number = 1;
static void *queue = (void *)0x55;
static const char *refusal;

static XLA_FFI_Error *error_of(const char *message) {
  XLA_FFI_Error *error = calloc(1, sizeof *error);
  snprintf(error->message, sizeof error->message, "%s", message);
  return error;
}
static XLA_FFI_Error *create(XLA_FFI_Error_Create_Args *args) { return error_of(args->message); }
static void message(XLA_FFI_Error_GetMessage_Args *args) { args->message = args->error->message; }
static void destroy(XLA_FFI_Error_Destroy_Args *args) { free(args->error); }
static XLA_FFI_Error *stream(XLA_FFI_Stream_Get_Args *args) {
  if (refusal) return error_of(refusal);
  return args->stream = queue, (XLA_FFI_Error *)0;
}
static XLA_FFI_Error *device(XLA_FFI_DeviceOrdinal_Get_Args *args) { return args->device_ordinal = number, (XLA_FFI_Error *)0; }
static XLA_FFI_Error *allocate(XLA_FFI_DeviceMemory_Allocate_Args *args) {
  return taken++, args->data = aligned_alloc(256, (args->size + 255) / 256 * 256), (XLA_FFI_Error *)0;
}
static XLA_FFI_Error *release(XLA_FFI_DeviceMemory_Free_Args *args) { return given_back++, free(args->data), (XLA_FFI_Error *)0; }

// Where calls are from now on.
void place(int device, void *stream) { number = device, queue = stream; }
int blocks_taken(void) { return taken; }
int blocks_given_back(void) { return given_back; }

// The version that the handler says it is for, as major and minor number.
int version_of(XLA_FFI_Handler *handler, int *minor) {
  XLA_FFI_Metadata metadata = {.struct_size = sizeof metadata, .traits = 0, .state_type_id = {0}};
  metadata.api_version.struct_size = sizeof metadata.api_version;
  XLA_FFI_Metadata_Extension extension = {{sizeof extension, XLA_FFI_Extension_Metadata, 0}, &metadata};
  XLA_FFI_CallFrame frame = {.struct_size = sizeof frame, .extension_start = &extension.extension_base};
  metadata.api_version.major_version = -1;
  if (handler(&frame) || metadata.traits) return -2;
  *minor = metadata.api_version.minor_version;
  return metadata.api_version.major_version;
}

// Calls a program on buffers, of which so many are arguments and the others results: their XLA types, addresses, ranks and all sizes in a row. What
// went wrong is written to `text`.
int call(XLA_FFI_Handler *handler, const char *program, int arguments, int count, const int *types, void *const *data, const int *ranks, int64_t *sizes,
         const char *refuse, char *text) {
  XLA_FFI_Api api = {.struct_size = sizeof api};
  api.XLA_FFI_Error_Create = create;
  api.XLA_FFI_Error_GetMessage = message;
  api.XLA_FFI_Error_Destroy = destroy;
  api.XLA_FFI_Stream_Get = stream;
  api.XLA_FFI_DeviceOrdinal_Get = device;
  api.XLA_FFI_DeviceMemory_Allocate = allocate;
  api.XLA_FFI_DeviceMemory_Free = release;
  refusal = refuse;
  enum { MOST = 16 };
  if (count > MOST) return strcpy(text, "too many buffers"), 1;
  XLA_FFI_Buffer buffers[MOST];
  void *items[MOST];
  XLA_FFI_ArgType argument_types[MOST];
  XLA_FFI_RetType result_types[MOST];
  for (int number = 0; number < count; sizes += ranks[number++]) {
    buffers[number] = (XLA_FFI_Buffer){sizeof buffers[0], 0, types[number], data[number], ranks[number], sizes};
    items[number] = &buffers[number], argument_types[number] = XLA_FFI_ArgType_BUFFER, result_types[number] = XLA_FFI_RetType_BUFFER;
  }
  XLA_FFI_ByteSpan name = {"program", 7}, value = {program, strlen(program)};
  XLA_FFI_ByteSpan *names[] = {&name};
  void *values[] = {&value};
  XLA_FFI_AttrType kinds[] = {XLA_FFI_AttrType_STRING};
  XLA_FFI_CallFrame frame = {.struct_size = sizeof frame, .api = &api, .stage = XLA_FFI_ExecutionStage_EXECUTE};
  frame.args = (XLA_FFI_Args){sizeof frame.args, 0, arguments, argument_types, items};
  frame.rets = (XLA_FFI_Rets){sizeof frame.rets, 0, count - arguments, result_types, items + arguments};
  frame.attrs = (XLA_FFI_Attrs){sizeof frame.attrs, 0, 1, kinds, names, values};
  XLA_FFI_Error *error = handler(&frame);
  if (!error) return 0;
  strcpy(text, error->message);
  free(error);
  return 1;
}
