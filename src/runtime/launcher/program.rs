//! What surrounds the run: the embedded files, loading, messages and helpers.

use super::{Writer, text::arithmetic};
use crate::runtime::manifest::Parameter;
use std::{collections::BTreeMap, fmt::Write};

impl Writer<'_> {
    /// The modules of the program: cubins, each once.
    fn cubins(&self) -> Vec<&str> {
        let mut cubins: Vec<&str> = vec![];
        for kernel in &self.manifest.kernels {
            if !cubins.contains(&kernel.cubin.as_str()) {
                cubins.push(&kernel.cubin);
            }
        }
        cubins
    }

    /// The functions of the program by cubin and symbol, with the most shared memory that a launch asks for.
    fn functions(&self) -> Vec<(&str, &str, u32)> {
        let mut functions: Vec<(&str, &str, u32)> = vec![];
        for kernel in &self.manifest.kernels {
            let same = |(cubin, symbol, _): &&mut (&str, &str, u32)| *cubin == kernel.cubin && *symbol == kernel.symbol;
            match functions.iter_mut().find(same) {
                Some((_, _, shared)) => *shared = (*shared).max(kernel.shared_memory),
                None => functions.push((&kernel.cubin, &kernel.symbol, kernel.shared_memory)),
            }
        }
        functions
    }

    /// The place of every kernel's function.
    pub(super) fn places(&self) -> Vec<usize> {
        let functions = self.functions();
        let places: BTreeMap<_, _> =
            functions.iter().enumerate().map(|(at, (cubin, symbol, _))| ((*cubin, *symbol), at)).collect();
        let kernels = self.manifest.kernels.iter();
        kernels.filter_map(|kernel| places.get(&(kernel.cubin.as_str(), kernel.symbol.as_str())).copied()).collect()
    }

    fn has_maps(&self) -> bool {
        let parameters = self.manifest.kernels.iter().flat_map(|kernel| &kernel.parameters);
        parameters.into_iter().any(|parameter| matches!(parameter, Parameter::TensorMap(_)))
    }

    fn has_reads(&self) -> bool {
        !self.manifest.is_plain()
    }

    /// The whole source, of what the run and the sizes became.
    pub(super) fn source(&mut self, run: &str, sizes: &str) -> String {
        let symbol = self.options.symbol;
        let mut text = format!(
            "/* Written by flashlight compile --target {}: see {}.h. */\n#include \"{}.h\"\n#include <stdlib.h>\n",
            self.manifest.target, self.options.stem, self.options.stem
        );
        if self.reads_files() {
            text.push_str("#include <stdio.h>\n");
        }
        if self.reads_files() || self.has_maps() {
            text.push_str("#include <string.h>\n");
        }
        text.push_str("#if CUDA_VERSION < 12000\n#error \"CUDA 12.0 or later is needed\"\n#endif\n\n");
        if self.has_maps() {
            text.push_str(ENCODER);
        }
        text.push_str("/* A file of compile's folder, perhaps with what is in it. */\n");
        text.push_str("struct file { const char *name; const void *bytes; size_t size; const char *hash; };\n\n");
        let cubins: Vec<_> = self.cubins().into_iter().map(str::to_owned).collect();
        self.table(&mut text, "images", &cubins, self.options.embed);
        let constants: Vec<_> = self.manifest.constants.iter().map(|constant| constant.file.clone()).collect();
        if !constants.is_empty() {
            self.table(&mut text, "constants", &constants, self.embeds_constants());
        }
        let (modules, functions) = (cubins.len().max(1), self.functions().len().max(1));
        let _ = writeln!(
            text,
            "struct {symbol}_program {{\n    CUmodule modules[{modules}];\n    CUfunction functions[{functions}];"
        );
        if !constants.is_empty() {
            let _ = writeln!(text, "    CUdeviceptr constants[{}];", constants.len());
        }
        if self.has_maps() {
            text.push_str("    encoder *encode;\n");
        }
        text.push_str("    int64_t sm_count;\n};\n\n");
        let loads = self.load(&constants);
        text.push_str(&arithmetic(&self.arithmetic));
        if self.has_maps() {
            text.push_str(ENCODE);
        }
        text.push_str(LAUNCH);
        if self.has_reads() {
            text.push_str(READ);
        }
        text.push_str(&loads);
        text.push_str(sizes);
        text.push_str(run);
        let texts: Vec<_> = self.messages.texts().iter().map(|text| format!("        {text:?}")).collect();
        let _ = write!(
            text,
            "const char *{symbol}_message(int error) {{
    static const char *const texts[] = {{
{}
    }};
    const char *text = NULL;
    if (error == 0) return \"success\";
    if (error < 0 && error >= -(int)(sizeof texts / sizeof *texts)) return texts[-1 - error];
    if (error < 0 || cuGetErrorString((CUresult)error, &text) != CUDA_SUCCESS || text == NULL) return \"an error that is not known\";
    return text;
}}
",
            texts.join(",\n")
        );
        text
    }

    /// Files as an array, each perhaps with its bytes.
    fn table(&self, text: &mut String, name: &str, files: &[String], embed: bool) {
        let mut rows = vec![];
        for (at, file) in files.iter().enumerate() {
            let bytes = self.files.get(file).map_or(&[][..], Vec::as_slice);
            let own = if embed { format!("{name}_{at}") } else { "NULL".into() };
            let hash = self.manifest.files.get(file).filter(|_| !embed);
            let hash = hash.map_or_else(|| "NULL".into(), |hash| format!("{hash:?}"));
            rows.push(format!("    {{ {file:?}, {own}, {}, {hash} }}", bytes.len()));
            if embed {
                let _ = writeln!(text, "static const uint64_t {name}_{at}[] = {{ /* {file} */");
                words(text, bytes);
                text.push_str("};\n");
            }
        }
        let _ = writeln!(text, "static const struct file {name}[] = {{\n{}\n}};\n", rows.join(",\n"));
    }

    /// `SYMBOL_load` and `SYMBOL_unload`.
    fn load(&mut self, constants: &[String]) -> String {
        let symbol = self.options.symbol;
        let mut text = String::new();
        let (memory, nowhere) = (self.messages.code("out of memory"), self.messages.code("'program' is NULL"));
        if self.reads_files() {
            let (folder, unreadable) = (
                self.messages.code("the folder that compile wrote is needed"),
                self.messages.code("a file that compile wrote cannot be read, or is another"),
            );
            let _ = write!(
                text,
                "{}",
                READ_FILE
                    .replace("@memory", &memory.to_string())
                    .replace("@folder", &folder.to_string())
                    .replace("@unreadable", &unreadable.to_string())
            );
        }
        let other = self.messages.code(format!("the GPU is not one that {} code runs on", self.manifest.target));
        let (major, minor, exact) = capability(&self.manifest.target);
        let minor_test = if exact { "!=" } else { "<" };
        let functions = self.functions();
        let cubins = self.cubins();
        let rows: Vec<_> = functions
            .iter()
            .map(|(cubin, name, shared)| {
                let module = cubins.iter().position(|own| own == cubin).unwrap_or(0);
                format!("        {{ {module}, {name:?}, {shared} }}")
            })
            .collect();
        let _ = write!(
            text,
            "static int fill({symbol}_program *program, const char *folder) {{
    static const struct {{ int module; const char *name; int shared; }} functions[] = {{
{rows}
    }};
    CUdevice device;
    int error, major = 0, minor = 0, count = 0;
    if ((error = cuCtxGetDevice(&device))) return error;
    if ((error = cuDeviceGetAttribute(&major, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device))) return error;
    if ((error = cuDeviceGetAttribute(&minor, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device))) return error;
    if (major != {major} || minor {minor_test} {minor}) return {other};
    if ((error = cuDeviceGetAttribute(&count, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device))) return error;
    program->sm_count = count;
",
            rows = rows.join(",\n")
        );
        if self.has_maps() {
            let old = self.messages.code("the driver is too old: it has no tensor maps");
            let _ = write!(
                text,
                "    void *encode = NULL;
    if ((error = cuGetProcAddress(\"cuTensorMapEncodeTiled\", &encode, 12000, CU_GET_PROC_ADDRESS_DEFAULT, NULL))) return error;
    if (encode == NULL) return {old};
    memcpy(&program->encode, &encode, sizeof encode);
"
            );
        }
        let (image, constant, done) = if self.reads_files() {
            let read = |table: &str| {
                format!(
                    "        void *own = NULL;\n        if ((error = read_file(folder, &{table}[at], &own))) return error;\n        const void *bytes = own ? own : {table}[at].bytes;\n"
                )
            };
            (read("images"), read("constants"), "        free(own);\n")
        } else {
            text.push_str("    (void)folder;\n");
            let own = |table: &str| format!("        const void *bytes = {table}[at].bytes;\n");
            (own("images"), own("constants"), "")
        };
        let _ = write!(
            text,
            "    for (size_t at = 0; at < sizeof images / sizeof *images; ++at) {{
{image}        error = cuModuleLoadData(&program->modules[at], bytes);
{done}        if (error) return error;
    }}
    for (size_t at = 0; at < sizeof functions / sizeof *functions; ++at) {{
        CUfunction *function = &program->functions[at];
        if ((error = cuModuleGetFunction(function, program->modules[functions[at].module], functions[at].name))) return error;
        if ((error = cuFuncSetAttribute(*function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES, functions[at].shared))) return error;
    }}
"
        );
        if !constants.is_empty() {
            let _ = write!(
                text,
                "    for (size_t at = 0; at < sizeof constants / sizeof *constants; ++at) {{
        size_t size = constants[at].size;
{constant}        error = cuMemAlloc(&program->constants[at], size ? size : 1);
        if (!error && size) error = cuMemcpyHtoD(program->constants[at], bytes, size);
{done}        if (error) return error;
    }}
"
            );
        }
        let freed = if constants.is_empty() {
            ""
        } else {
            "    for (size_t at = 0; at < sizeof constants / sizeof *constants; ++at)\n        if (program->constants[at]) cuMemFree(program->constants[at]);\n"
        };
        let _ = write!(
            text,
            "    return 0;
}}

void {symbol}_unload({symbol}_program *program) {{
    if (program == NULL) return;
    for (size_t at = 0; at < sizeof images / sizeof *images; ++at)
        if (program->modules[at]) cuModuleUnload(program->modules[at]);
{freed}    free(program);
}}

int {symbol}_load({symbol}_program **program, const char *folder) {{
    if (program == NULL) return {nowhere};
    {symbol}_program *made = calloc(1, sizeof *made);
    *program = NULL;
    if (made == NULL) return {memory};
    int error = fill(made, folder);
    if (error) {symbol}_unload(made);
    else *program = made;
    return error;
}}

"
        );
        text
    }
}

/// Bytes as words, little-endian.
fn words(text: &mut String, bytes: &[u8]) {
    for line in bytes.chunks(64) {
        for word in line.chunks(8) {
            let value = word.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            let _ = write!(text, "{value:#x},");
        }
        text.push('\n');
    }
    if bytes.is_empty() {
        text.push_str("0\n");
    }
}

/// What `sm_90a` asks of a GPU: its major and minor version, and whether a later minor one will not do.
fn capability(target: &str) -> (u32, u32, bool) {
    let digits: String = target.chars().filter(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().unwrap_or(0);
    (number / 10, number % 10, target.ends_with(|last: char| last.is_ascii_alphabetic()))
}

const ENCODER: &str = "/* cuTensorMapEncodeTiled. */
typedef CUresult CUDAAPI encoder(CUtensorMap *, CUtensorMapDataType, cuuint32_t, void *, const cuuint64_t *, const cuuint64_t *,
                                 const cuuint32_t *, const cuuint32_t *, CUtensorMapInterleave, CUtensorMapSwizzle,
                                 CUtensorMapL2promotion, CUtensorMapFloatOOBfill);

";

const ENCODE: &str = "/* What a tensor map takes that does not depend on sizes. */
struct box {
    CUtensorMapDataType type;
    int64_t element;
    cuuint32_t rank, tile[5], steps[5];
    CUtensorMapSwizzle swizzle;
    CUtensorMapL2promotion promotion;
};

/* Encodes the map of a tensor of so many bytes. An empty dim is given as 1, as the hardware has no empty maps. `wrong` is the error
   where sizes are not those of a map. */
static int encode_map(encoder *encode, CUtensorMap *map, const struct box *box, CUdeviceptr tensor, int64_t bytes, int64_t offset,
                      const int64_t *dims, const int64_t *strides, int wrong) {
    cuuint64_t sizes[5], steps[5] = {0};
    int64_t reach = offset, empty = bytes == 0;
    if (offset < 0 || offset % 16 != 0) return wrong;
    for (cuuint32_t dim = 0; dim < box->rank; ++dim) empty |= dims[dim] == 0;
    for (cuuint32_t dim = 0; dim < box->rank; ++dim) {
        int64_t size = dims[dim], stride = dim ? strides[dim - 1] : box->element;
        if (empty && size < 1) size = size < 0 ? size : 1;
        if (empty && dim && stride < 16) stride = stride < 0 ? stride : 16;
        if (size < 1 || size > INT64_C(1) << 32) return wrong;
        if (stride < 0 || stride >= INT64_C(1) << 40 || (dim && stride % 16 != 0)) return wrong;
        int64_t last = dim ? size - 1 : size;
        if (stride && last > (INT64_MAX - reach) / stride) return wrong;
        reach += last * stride;
        sizes[dim] = (cuuint64_t)size;
        if (dim) steps[dim - 1] = (cuuint64_t)stride;
    }
    if (!empty && reach > bytes) return wrong;
    if (tensor == 0) tensor = 256; /* an empty tensor without memory */
    return encode(map, box->type, box->rank, (void *)(uintptr_t)(tensor + (CUdeviceptr)offset), sizes, steps, box->tile, box->steps,
                  CU_TENSOR_MAP_INTERLEAVE_NONE, box->swizzle, box->promotion, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
}

";

const LAUNCH: &str = "/* What a launch takes that does not depend on sizes. */
struct shape { unsigned block[3], cluster[3], shared; int dependent; };

/* Launches a kernel, or does nothing where its grid is empty; `wrong` is the error where the grid is too large. */
static int launch(CUfunction function, const struct shape *shape, const int64_t *grid, CUstream stream, void **parameters, int wrong) {
    CUlaunchConfig config = {0};
    CUlaunchAttribute attributes[2];
    const unsigned *cluster = shape->cluster;
    if (grid[0] < 0 || grid[1] < 0 || grid[2] < 0) return wrong;
    if (grid[0] == 0 || grid[1] == 0 || grid[2] == 0) return 0;
    if (grid[0] > INT32_MAX || grid[1] > 65535 || grid[2] > 65535) return wrong;
    config.gridDimX = (unsigned)grid[0], config.gridDimY = (unsigned)grid[1], config.gridDimZ = (unsigned)grid[2];
    config.blockDimX = shape->block[0], config.blockDimY = shape->block[1], config.blockDimZ = shape->block[2];
    config.sharedMemBytes = shape->shared;
    config.hStream = stream;
    config.attrs = attributes;
    if (cluster[0] * cluster[1] * cluster[2] != 1) {
        CUlaunchAttribute *attribute = &attributes[config.numAttrs++];
        attribute->id = CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION;
        attribute->value.clusterDim.x = cluster[0];
        attribute->value.clusterDim.y = cluster[1];
        attribute->value.clusterDim.z = cluster[2];
    }
    if (shape->dependent) { /* the kernel itself waits for those before it */
        CUlaunchAttribute *attribute = &attributes[config.numAttrs++];
        attribute->id = CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION;
        attribute->value.programmaticStreamSerializationAllowed = 1;
    }
    return cuLaunchKernelEx(&config, function, parameters, NULL);
}

";

const READ: &str = "/* Reads an element of a tensor when all on the stream has ended. */
static int read_back(void *value, size_t size, CUdeviceptr tensor, int64_t bytes, size_t element, CUstream stream, int wrong) {
    int error;
    if (tensor == 0 || bytes < 0 || (uint64_t)bytes < (element + 1) * size) return wrong;
    if ((error = cuMemcpyDtoHAsync(value, tensor + element * size, size, stream))) return error;
    return cuStreamSynchronize(stream);
}

";

const READ_FILE: &str = "static uint32_t rotated(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

/* Adds 64 bytes to a SHA-256. */
static void sha256_block(uint32_t state[8], const unsigned char *bytes) {
    static const uint32_t constants[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
        0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
        0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
        0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
        0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
        0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    };
    uint32_t words[64], now[8];
    for (int at = 0; at < 64; ++at) {
        if (at < 16) {
            const unsigned char *own = bytes + 4 * at;
            words[at] = (uint32_t)own[0] << 24 | (uint32_t)own[1] << 16 | (uint32_t)own[2] << 8 | own[3];
        } else {
            uint32_t far = words[at - 15], near = words[at - 2];
            words[at] = words[at - 16] + (rotated(far, 7) ^ rotated(far, 18) ^ far >> 3) + words[at - 7] + (rotated(near, 17) ^ rotated(near, 19) ^ near >> 10);
        }
    }
    memcpy(now, state, sizeof now);
    for (int at = 0; at < 64; ++at) {
        uint32_t high = rotated(now[4], 6) ^ rotated(now[4], 11) ^ rotated(now[4], 25), low = rotated(now[0], 2) ^ rotated(now[0], 13) ^ rotated(now[0], 22);
        uint32_t first = now[7] + high + ((now[4] & now[5]) ^ (~now[4] & now[6])) + constants[at] + words[at];
        uint32_t second = low + ((now[0] & now[1]) ^ (now[0] & now[2]) ^ (now[1] & now[2]));
        memmove(now + 1, now, 7 * sizeof *now);
        now[4] += first;
        now[0] = first + second;
    }
    for (int at = 0; at < 8; ++at) state[at] += now[at];
}

/* Whether bytes have a SHA-256, which is given in hex. */
static int is_sha256(const void *bytes, size_t size, const char *hash) {
    uint32_t state[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    unsigned char end[128] = { 0 };
    char text[9];
    size_t whole = size / 64 * 64, rest = size - whole, last = rest < 56 ? 64 : 128;
    for (size_t at = 0; at < whole; at += 64) sha256_block(state, (const unsigned char *)bytes + at);
    memcpy(end, (const unsigned char *)bytes + whole, rest);
    end[rest] = 0x80;
    for (int at = 0; at < 8; ++at) end[last - 1 - at] = (unsigned char)((uint64_t)size * 8 >> 8 * at);
    for (size_t at = 0; at < last; at += 64) sha256_block(state, end + at);
    for (int at = 0; at < 8; ++at) {
        snprintf(text, sizeof text, \"%08x\", (unsigned)state[at]);
        if (memcmp(text, hash + 8 * at, 8)) return 0;
    }
    return 1;
}

/* Reads a file whose bytes are not in this source; to be freed. */
static int read_file(const char *folder, const struct file *file, void **bytes) {
    if (file->bytes) return 0;
    if (folder == NULL) return @folder;
    size_t length = strlen(folder) + strlen(file->name) + 2;
    char *path = malloc(length);
    *bytes = malloc(file->size ? file->size : 1);
    if (path == NULL || *bytes == NULL) {
        free(path);
        free(*bytes);
        *bytes = NULL;
        return @memory;
    }
    snprintf(path, length, \"%s/%s\", folder, file->name);
    FILE *stream = fopen(path, \"rb\");
    free(path);
    int right = stream && fread(*bytes, 1, file->size, stream) == file->size && fgetc(stream) == EOF && (file->hash == NULL || is_sha256(*bytes, file->size, file->hash));
    if (stream) fclose(stream);
    if (right) return 0;
    free(*bytes);
    *bytes = NULL;
    return @unreadable;
}

";
