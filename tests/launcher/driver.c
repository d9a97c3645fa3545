/* Stands in for the CUDA driver: says on standard output what it is told to do. Numbers that come back from memory are those of the
   array `numbers` in turn, and what the parameters of a kernel are is said by `kinds_of`: m is a tensor map, p a pointer, i an i32, l an i64. With
   FAIL=function in the environment that function fails. */
#include "cuda.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const long long numbers[];
const char *kinds_of(const char *kernel);

struct CUmod_st { uint64_t hash; };
struct CUfunc_st { char name[256]; int shared; };

static int fails(const char *function) {
    const char *wanted = getenv("FAIL");
    return wanted && strcmp(wanted, function) == 0;
}

#define MAY_FAIL if (fails(__func__)) return CUDA_ERROR_OUT_OF_MEMORY

CUresult cuGetErrorString(CUresult error, const char **text) {
    *text = error == CUDA_ERROR_OUT_OF_MEMORY ? "out of memory (of the driver)" : "another error";
    return CUDA_SUCCESS;
}

CUresult cuInit(unsigned flags) {
    (void)flags;
    return CUDA_SUCCESS;
}

CUresult cuDeviceGet(CUdevice *device, int ordinal) {
    *device = ordinal;
    return CUDA_SUCCESS;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice device) {
    (void)device;
    *context = NULL;
    return CUDA_SUCCESS;
}

CUresult cuCtxSetCurrent(CUcontext context) {
    (void)context;
    return CUDA_SUCCESS;
}

CUresult cuCtxGetDevice(CUdevice *device) {
    MAY_FAIL;
    *device = 0;
    return CUDA_SUCCESS;
}

CUresult cuDeviceGetAttribute(int *value, CUdevice_attribute attribute, CUdevice device) {
    (void)device;
    int major = getenv("MAJOR") ? atoi(getenv("MAJOR")) : 9;
    *value = attribute == CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT ? 132 : attribute == CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR ? major : 0;
    return CUDA_SUCCESS;
}

/* A map holds the text of what it was made from. */
static CUresult cuTensorMapEncodeTiled(CUtensorMap *map, CUtensorMapDataType type, cuuint32_t rank, void *address, const cuuint64_t *dims,
                                       const cuuint64_t *strides, const cuuint32_t *box, const cuuint32_t *steps, CUtensorMapInterleave interleave,
                                       CUtensorMapSwizzle swizzle, CUtensorMapL2promotion promotion, CUtensorMapFloatOOBfill fill) {
    MAY_FAIL;
    char *text = malloc(1024);
    int at = sprintf(text, "map %d %#llx", type, (unsigned long long)(uintptr_t)address);
    for (cuuint32_t dim = 0; dim < rank; ++dim) at += sprintf(text + at, " %" PRIu64 "/%u/%u", dims[dim], box[dim], steps[dim]);
    for (cuuint32_t dim = 0; dim + 1 < rank; ++dim) at += sprintf(text + at, " +%" PRIu64, strides[dim]);
    sprintf(text + at, " %d %d", swizzle, promotion);
    if ((uintptr_t)map % 64 != 0 || interleave || fill) return CUDA_ERROR_INVALID_VALUE;
    memset(map, 0, sizeof *map);
    memcpy(map, &text, sizeof text);
    return CUDA_SUCCESS;
}

CUresult cuGetProcAddress(const char *symbol, void **function, int version, cuuint64_t flags, CUdriverProcAddressQueryResult *status) {
    MAY_FAIL;
    (void)status;
    CUresult (*own)(CUtensorMap *, CUtensorMapDataType, cuuint32_t, void *, const cuuint64_t *, const cuuint64_t *, const cuuint32_t *,
                    const cuuint32_t *, CUtensorMapInterleave, CUtensorMapSwizzle, CUtensorMapL2promotion, CUtensorMapFloatOOBfill) =
        cuTensorMapEncodeTiled;
    if (strcmp(symbol, "cuTensorMapEncodeTiled") || version != 12000 || flags) return CUDA_ERROR_NOT_FOUND;
    memcpy(function, &own, sizeof own);
    return CUDA_SUCCESS;
}

/* Says how many bytes the ELF file has, and a hash of them. */
CUresult cuModuleLoadData(CUmodule *module, const void *image) {
    MAY_FAIL;
    const unsigned char *bytes = image;
    uint64_t table;
    uint16_t size, count;
    memcpy(&table, bytes + 40, 8), memcpy(&size, bytes + 58, 2), memcpy(&count, bytes + 60, 2);
    uint64_t length = table + (uint64_t)size * count;
    memcpy(&table, bytes + 32, 8), memcpy(&size, bytes + 54, 2), memcpy(&count, bytes + 56, 2);
    if (count && table + (uint64_t)size * count > length) length = table + (uint64_t)size * count;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint64_t at = 0; at < length; ++at) hash = (hash ^ bytes[at]) * UINT64_C(0x100000001b3);
    *module = malloc(sizeof **module);
    printf("module %" PRIu64 " %016" PRIx64 "\n", length, hash);
    return CUDA_SUCCESS;
}

CUresult cuModuleUnload(CUmodule module) {
    free(module);
    puts("unload");
    return CUDA_SUCCESS;
}

CUresult cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
    MAY_FAIL;
    if (!module) return CUDA_ERROR_INVALID_VALUE;
    *function = calloc(1, sizeof **function);
    snprintf((*function)->name, sizeof (*function)->name, "%s", name);
    return CUDA_SUCCESS;
}

CUresult cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute, int value) {
    MAY_FAIL;
    if (attribute != CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES) return CUDA_ERROR_INVALID_VALUE;
    function->shared = value;
    return CUDA_SUCCESS;
}

static CUdeviceptr next_memory = 0x500000000000;

CUresult cuMemAlloc(CUdeviceptr *memory, size_t bytes) {
    MAY_FAIL;
    *memory = next_memory;
    next_memory += (bytes + 255) / 256 * 256;
    return CUDA_SUCCESS;
}

CUresult cuMemFree(CUdeviceptr memory) {
    printf("free %#llx\n", memory);
    return CUDA_SUCCESS;
}

CUresult cuMemcpyHtoD(CUdeviceptr to, const void *from, size_t bytes) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t at = 0; at < bytes; ++at) hash = (hash ^ ((const unsigned char *)from)[at]) * UINT64_C(0x100000001b3);
    printf("upload %#llx %zu %016" PRIx64 "\n", to, bytes, hash);
    return CUDA_SUCCESS;
}

CUresult cuMemcpyDtoH(void *to, CUdeviceptr from, size_t bytes) {
    (void)from;
    memset(to, 0, bytes);
    return CUDA_SUCCESS;
}

CUresult cuMemcpyDtoHAsync(void *to, CUdeviceptr from, size_t bytes, CUstream stream) {
    MAY_FAIL;
    static int next;
    int64_t number = numbers[next++];
    memcpy(to, &number, bytes);
    printf("read %#llx %zu stream %d\n", from, bytes, (int)(intptr_t)stream);
    return CUDA_SUCCESS;
}

CUresult cuStreamSynchronize(CUstream stream) {
    (void)stream;
    return CUDA_SUCCESS;
}

CUresult cuLaunchKernelEx(const CUlaunchConfig *config, CUfunction function, void **parameters, void **extra) {
    MAY_FAIL;
    unsigned cluster[3] = {1, 1, 1};
    int dependent = 0;
    for (unsigned at = 0; at < config->numAttrs; ++at) {
        const CUlaunchAttribute *attribute = &config->attrs[at];
        if (attribute->id == CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION) memcpy(cluster, &attribute->value.clusterDim, sizeof cluster);
        else dependent = attribute->value.programmaticStreamSerializationAllowed;
    }
    if (extra || (int)config->sharedMemBytes > function->shared) return CUDA_ERROR_INVALID_VALUE;
    printf("launch %s grid %u %u %u block %u %u %u cluster %u %u %u shared %u dependent %d stream %d\n", function->name, config->gridDimX,
           config->gridDimY, config->gridDimZ, config->blockDimX, config->blockDimY, config->blockDimZ, cluster[0], cluster[1], cluster[2],
           config->sharedMemBytes, dependent, (int)(intptr_t)config->hStream);
    for (const char *kind = kinds_of(function->name); *kind; ++kind, ++parameters) {
        char *map;
        if (*kind == 'm') memcpy(&map, *parameters, sizeof map), printf("  %s\n", map);
        if (*kind == 'p') printf("  %#llx\n", *(CUdeviceptr *)*parameters);
        if (*kind == 'i') printf("  %" PRId32 "\n", *(int32_t *)*parameters);
        if (*kind == 'l') printf("  %" PRId64 "\n", *(int64_t *)*parameters);
    }
    return CUDA_SUCCESS;
}
