//! A run of a program as the manifest says it, and as a C program that does the same by the launcher.

use flashlight::runtime::{
    DType, Expr, Manifest, RuntimeError, Scope,
    manifest::{Buffer, Parameter, TensorMap},
    steps::Machine,
};
use std::{collections::BTreeMap, fmt::Write, path::Path};

/// Where the test's tensors lie: apart, each at an address that tells its number.
pub fn address(number: usize) -> u64 {
    0x1_0000_0000_0000 + ((number as u64) << 36)
}

pub const WORKSPACE: u64 = 0x7000_0000_0000;
pub const ALLOCATED: u64 = 0x6000_0000_0000;
pub const CONSTANTS: u64 = 0x5000_0000_0000;

const fn up(bytes: u64) -> u64 {
    bytes.div_ceil(256) * 256
}

pub fn hash(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    format!("{hash:016x}")
}

/// A machine that says what it does, as tests/launcher/driver.c does.
struct Noted<'m> {
    manifest: &'m Manifest,
    memory: BTreeMap<String, u64>,
    told: String,
    numbers: Vec<i64>,
    next: u64,
    /// Kernels that are not launched.
    left_out: Vec<usize>,
}

impl Noted<'_> {
    fn line(&mut self, line: impl AsRef<str>) {
        self.told.push_str(line.as_ref());
        self.told.push('\n');
    }

    fn map(&self, map: &TensorMap, scope: &Scope) -> String {
        let size = |size: &Expr| size.eval(scope).expect("a size");
        let mut dims: Vec<_> = map.dims.iter().map(size).collect();
        let mut strides: Vec<_> = map.strides.iter().map(size).collect();
        if dims.contains(&0) {
            dims.iter_mut().for_each(|dim| *dim = (*dim).max(1));
            strides.iter_mut().for_each(|stride| *stride = (*stride).max(16));
        }
        let dtype = match map.dtype {
            DType::F64 => 8,
            DType::F32 => 7,
            DType::F16 => 6,
            DType::BF16 => 9,
            DType::I64 => 5,
            DType::I32 => 3,
            DType::I16 => 1,
            _ => 0,
        };
        let address = self.memory[&map.tensor] + size(&map.offset) as u64;
        let mut text = format!("map {dtype} {address:#x}");
        for (at, dim) in dims.iter().enumerate() {
            let step = map.element_strides.get(at).unwrap_or(&1);
            let _ = write!(text, " {dim}/{}/{step}", map.tile[at]);
        }
        strides.iter().for_each(|stride| {
            let _ = write!(text, " +{stride}");
        });
        format!("{text} {} {}", map.swizzle as usize, map.l2_promotion as usize)
    }
}

impl Machine for Noted<'_> {
    fn launch(&mut self, number: usize, scope: &Scope) -> Result<(), RuntimeError> {
        let kernel = &self.manifest.kernels[number];
        let grid: Vec<_> = kernel.grid.iter().map(|dim| dim.eval(scope)).collect::<Result<_, _>>()?;
        if grid.contains(&0) || self.left_out.contains(&number) {
            return Ok(());
        }
        let dims = |dims: &[u32]| dims.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
        let grid: Vec<_> = grid.iter().map(i64::to_string).collect();
        self.line(format!(
            "launch {} grid {} block {} cluster {} shared {} dependent {} stream 5",
            kernel.symbol,
            grid.join(" "),
            dims(&kernel.block),
            dims(&kernel.cluster),
            kernel.shared_memory,
            u32::from(kernel.dependent)
        ));
        for parameter in &kernel.parameters {
            let line = match parameter {
                Parameter::Pointer { tensor } => format!("  {:#x}", self.memory[tensor]),
                Parameter::Scalar { value, .. } => format!("  {}", value.eval(scope)?),
                Parameter::TensorMap(map) => format!("  {}", self.map(map, scope)),
            };
            self.line(line);
        }
        Ok(())
    }

    fn read(&mut self, tensor: &str, element: usize, dtype: DType) -> Result<i64, RuntimeError> {
        let address = self.memory[tensor] + (element * dtype.size()) as u64;
        self.line(format!("read {address:#x} {} stream 5", dtype.size()));
        let number = if self.numbers.is_empty() { 0 } else { self.numbers.remove(0) };
        Ok(if dtype == DType::Bool { i64::from(number != 0) } else { number })
    }

    fn swap(&mut self, [a, b]: &[String; 2]) -> Result<(), RuntimeError> {
        let (first, second) = (self.memory[a], self.memory[b]);
        self.memory.extend([(a.clone(), second), (b.clone(), first)]);
        Ok(())
    }

    fn allocate(&mut self, buffer: &Buffer, shape: &[usize], _: &Scope) -> Result<(), RuntimeError> {
        let bytes = (shape.iter().product::<usize>() * buffer.dtype.size()) as u64;
        self.line(format!("allocate {} {bytes}", buffer.name));
        self.memory.insert(buffer.name.clone(), self.next);
        self.next += up(bytes.max(1));
        Ok(())
    }
}

/// One run of a program.
pub struct Run<'a> {
    pub manifest: &'a Manifest,
    pub symbol: &'a str,
    pub stem: &'a str,
    /// The size of every dynamic dim.
    pub size: usize,
    pub numbers: Vec<i64>,
    /// Whether results that may share an argument's memory do.
    pub shared: bool,
    pub folder: Option<&'a Path>,
}

impl Run<'_> {
    fn addresses(&self) -> BTreeMap<String, u64> {
        let mut addresses = BTreeMap::new();
        let names = self.manifest.arguments.iter().map(|argument| &argument.name);
        for (number, name) in names.chain(self.manifest.results.iter().map(|result| &result.name)).enumerate() {
            addresses.insert(name.clone(), address(number));
        }
        for result in &self.manifest.results {
            if let Some(shares) = result.shares.as_ref().filter(|_| self.shared) {
                addresses.insert(result.name.clone(), addresses[&shares.argument]);
            }
        }
        addresses
    }

    /// Whether all results have a shape.
    pub fn has_sizes(&self) -> bool {
        let scope = self.arguments();
        let known = self.manifest.results.iter().filter(|result| result.is_known(&scope));
        known.into_iter().all(|result| result.eval_shape(&scope).is_ok())
    }

    fn arguments(&self) -> Scope {
        let mut scope = Scope::default();
        scope.fact("sm_count", 132);
        for argument in &self.manifest.arguments {
            let shape: Vec<_> = argument.shape.iter().map(|size| size.unwrap_or(self.size)).collect();
            scope.shape(&argument.name, &shape);
        }
        scope
    }

    fn scope(&self) -> Scope {
        let mut scope = self.arguments();
        for buffer in self.manifest.results.iter().chain(&self.manifest.temporaries) {
            if buffer.is_known(&scope) {
                let shape = buffer.eval_shape(&scope).expect("sizes");
                scope.shape(&buffer.name, &shape);
            }
        }
        scope
    }

    /// What the manifest tells a machine to do.
    pub fn expected(&self) -> String {
        let (manifest, mut scope, mut memory) = (self.manifest, self.scope(), self.addresses());
        let mut place = WORKSPACE;
        for buffer in manifest.temporaries.iter().filter(|buffer| buffer.is_known(&scope)) {
            memory.insert(buffer.name.clone(), place);
            let count: usize = buffer.eval_shape(&scope).expect("sizes").iter().product();
            place += up((count * buffer.dtype.size()) as u64);
        }
        let mut text = format!("workspace {}\n", place - WORKSPACE);
        place = CONSTANTS;
        for constant in &manifest.constants {
            memory.insert(constant.name.clone(), place);
            place += up((constant.shape.iter().product::<usize>() * constant.dtype.size()).max(1) as u64);
        }
        for result in manifest.results.iter().filter(|result| result.is_known(&scope)) {
            for (dim, size) in result.shape.iter().enumerate().filter(|(_, size)| !matches!(size, Expr::Int(_))) {
                let _ = writeln!(text, "{}.{dim} = {}", result.name, size.eval(&scope).expect("a size"));
            }
        }
        let shares = manifest.results.iter().filter_map(|result| result.shares.as_ref()?.kernel);
        let left_out = if self.shared { shares.collect() } else { vec![] };
        let numbers = self.numbers.clone();
        let late: Vec<_> = manifest.results.iter().filter(|result| !result.is_known(&scope)).collect();
        let mut machine = Noted { manifest, memory, told: text, numbers, next: ALLOCATED, left_out };
        manifest.execute(&mut scope, &mut machine).expect("it runs");
        for result in late {
            let sizes: Vec<_> = result.eval_shape(&scope).expect("sizes").iter().map(usize::to_string).collect();
            let place = machine.memory[&result.name];
            machine.line(format!("{} at {place:#x}: {}", result.name, sizes.join(" ")));
        }
        machine.told
    }

    /// A C program that does the same by the launcher.
    pub fn main(&self) -> String {
        let (manifest, symbol, scope, addresses) = (self.manifest, self.symbol, self.scope(), self.addresses());
        let numbers: Vec<_> = self.numbers.iter().chain([0; 2000].iter()).map(|number| format!("{number}LL")).collect();
        let mut text = format!(
            "#include \"{}.h\"\n#include <stdio.h>\n#include <string.h>\nconst long long numbers[] = {{{}}};\nconst char *kinds_of(const char *kernel) {{\n",
            self.stem,
            numbers.join(", ")
        );
        for kernel in &manifest.kernels {
            let kinds = kernel.parameters.iter().map(|parameter| match parameter {
                Parameter::TensorMap(_) => 'm',
                Parameter::Pointer { .. } => 'p',
                Parameter::Scalar { dtype: DType::I32, .. } => 'i',
                Parameter::Scalar { .. } => 'l',
            });
            let kinds: String = kinds.collect();
            let _ = writeln!(text, "  if (strcmp(kernel, \"{}\") == 0) return \"{kinds}\";", kernel.symbol);
        }
        text.push_str("  return \"\";\n}\n");
        let late = |buffer: &Buffer| !buffer.is_known(&scope);
        let any_late = manifest.results.iter().chain(&manifest.temporaries).any(late);
        if any_late {
            let _ = writeln!(
                text,
                "static int allocate(void *user, const char *tensor, size_t bytes, CUdeviceptr *memory) {{
  CUdeviceptr *next = user;
  printf(\"allocate %s %zu\\n\", tensor, bytes);
  *memory = *next, *next += ((bytes ? bytes : 1) + 255) / 256 * 256;
  return 0;
}}"
            );
        }
        let folder = self.folder.map_or_else(|| "NULL".into(), |folder| format!("{folder:?}"));
        let _ = writeln!(
            text,
            "#define TRY(call) if ((error = call)) {{ printf(\"error %d: %s\\n\", error, {symbol}_message(error)); {symbol}_unload(program); return 1; }}
int main(void) {{
  {symbol}_program *program = NULL;
  int error;
  size_t workspace = 0;
  TRY({symbol}_load(&program, {folder}));"
        );
        let dims = manifest.arguments.iter().flat_map(|argument| argument.shape.iter().filter(|size| size.is_none()));
        let mut sizes: Vec<String> = dims.map(|_| self.size.to_string()).collect();
        let open = |buffer: &Buffer| -> Vec<usize> {
            (0..buffer.shape.len()).filter(|dim| !matches!(buffer.shape[*dim], Expr::Int(_))).collect()
        };
        let mut said = String::new();
        for result in manifest.results.iter().filter(|result| !late(result)) {
            for dim in open(result) {
                let name = format!("{}_d{dim}", result.name);
                let _ = writeln!(text, "  int64_t {name} = -1;");
                let _ = writeln!(said, "  printf(\"{}.{dim} = %lld\\n\", (long long){name});", result.name);
                sizes.push(format!("&{name}"));
            }
        }
        sizes.push("&workspace".into());
        let _ = writeln!(text, "  TRY({symbol}_sizes({}));", sizes.join(", "));
        let _ = writeln!(text, "  printf(\"workspace %zu\\n\", workspace);\n{said}");
        let mut given = vec!["program".into(), "(CUstream)5".into()];
        for argument in &manifest.arguments {
            given.push(format!("{:#x}ull", addresses[&argument.name]));
            given.extend(argument.shape.iter().filter(|size| size.is_none()).map(|_| self.size.to_string()));
        }
        said.clear();
        for result in &manifest.results {
            if late(result) {
                let name = &result.name;
                let _ = writeln!(text, "  CUdeviceptr {name}_at = 0;");
                given.push(format!("&{name}_at"));
                let _ = write!(said, "  printf(\"{name} at %#llx:\", {name}_at);");
                for (dim, size) in result.shape.iter().enumerate() {
                    if let Expr::Int(size) = size {
                        let _ = write!(said, " printf(\" {size}\");");
                        continue;
                    }
                    let _ = writeln!(text, "  int64_t {name}_size{dim} = -1;");
                    let _ = write!(said, " printf(\" %lld\", (long long){name}_size{dim});");
                    given.push(format!("&{name}_size{dim}"));
                }
                said.push_str(" puts(\"\");\n");
            } else {
                given.push(format!("{:#x}ull", addresses[&result.name]));
            }
        }
        given.extend([format!("{WORKSPACE:#x}ull"), "workspace".into()]);
        if any_late {
            let _ = writeln!(text, "  CUdeviceptr next = {ALLOCATED:#x}ull;");
            given.extend(["allocate".into(), "&next".into()]);
        }
        let _ = writeln!(
            text,
            "  TRY({symbol}({}));\n{said}  {symbol}_unload(program);\n  return 0;\n}}",
            given.join(", ")
        );
        text
    }
}
