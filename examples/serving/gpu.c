/* Attention on a GPU with nothing but the CUDA driver.

   flashlight compile examples/serving/attention.mlir --target sm_90a --symbol attention -o out
   cc -std=c11 -O2 -Iout -I/usr/local/cuda/include examples/serving/gpu.c out/attention.c -o gpu -lcuda && ./gpu */
#include "attention.h"
#include <stdio.h>
#include <stdlib.h>

#define DRIVER(call) check(call, NULL)
#define OURS(call) check(call, attention_message)

static void check(int error, const char *(*message)(int)) {
    const char *text = "the driver failed";
    if (error == 0) return;
    if (message) text = message(error);
    else cuGetErrorString((CUresult)error, &text);
    fprintf(stderr, "%s\n", text);
    exit(1);
}

int main(void) {
    enum { HEADS = 4, WIDTH = 64 };
    int64_t tokens = 1000, count = HEADS * tokens * WIDTH, rows;
    size_t bytes = (size_t)count * sizeof(float), workspace_bytes;
    CUdevice device;
    CUcontext context;
    DRIVER(cuInit(0));
    DRIVER(cuDeviceGet(&device, 0));
    DRIVER(cuDevicePrimaryCtxRetain(&context, device));
    DRIVER(cuCtxSetCurrent(context));

    attention_program *program;
    OURS(attention_load(&program, NULL));
    OURS(attention_sizes(tokens, tokens, tokens, &rows, &workspace_bytes));

    CUdeviceptr q, k, v, result, workspace = 0;
    DRIVER(cuMemAlloc(&q, bytes));
    DRIVER(cuMemAlloc(&k, bytes));
    DRIVER(cuMemAlloc(&v, bytes));
    DRIVER(cuMemAlloc(&result, HEADS * (size_t)rows * WIDTH * sizeof(float)));
    if (workspace_bytes) DRIVER(cuMemAlloc(&workspace, workspace_bytes));
    float *host = calloc((size_t)count, sizeof *host);
    DRIVER(cuMemcpyHtoD(q, host, bytes));
    DRIVER(cuMemcpyHtoD(k, host, bytes));
    for (int64_t at = 0; at < count; ++at) host[at] = (float)(at / WIDTH % tokens);
    DRIVER(cuMemcpyHtoD(v, host, bytes));

    OURS(attention(program, NULL, q, tokens, k, tokens, v, tokens, result, workspace, workspace_bytes));
    DRIVER(cuStreamSynchronize(NULL));
    DRIVER(cuMemcpyDtoH(host, result, bytes));
    printf("the last query's result is %g\n", host[count - 1]); /* the mean of all values: 499.5 */
    attention_unload(program);
    free(host);
    return 0;
}
