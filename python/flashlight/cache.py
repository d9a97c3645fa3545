"""Compiled programs and cuts of graphs on disk, shared by processes.

An entry is a file named by what it follows from: the program, what it is compiled for and how, and the compiler. Files are written beside their place
and renamed, so that a reader sees whole ones only, and begin with the hash of what they hold. The oldest go when there are more than `LIMIT` bytes.
"""

import functools
import hashlib
import importlib.util
import os
import platform
import shutil
import struct
import tempfile
from pathlib import Path

from . import _native

LIMIT = 2 << 30
# How files end: those of programs, and those of cuts.
PROGRAM, CUT = ".flashlight", ".cut"
_CHECK = hashlib.sha256().digest_size


def folder():
    """`FLASHLIGHT_CACHE_DIR`, or a folder of the user's. `None`: nothing is kept."""
    named = os.environ.get("FLASHLIGHT_CACHE_DIR")
    if named == "":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(named or os.path.join(base, "flashlight"))


def compiled(text, **options):
    """The artifact of a program, from the cache if it is there."""
    name = name_of(text, **options)
    found = artifact(name)
    if found is None:
        found = _compiled(text, options)
        write(name, found.to_bytes())
    return found


def name_of(text, **options):
    """The name of the artifact of a program."""
    return f"{key(options['target'], repr(sorted(options.items())), text)}{PROGRAM}"


def artifact(name):
    """The artifact of this name. `None`: it is not there."""
    data = read(name)
    try:
        return _native.Artifact.from_bytes(data) if data else None
    except _native.CompileError:
        return None


def read(name):
    """The content of an entry. `None`: it is not there, or not what was written."""
    place = folder()
    if place is None:
        return None
    try:
        content = (place / name).read_bytes()
        os.utime(place / name)
    except OSError:
        return None
    check, data = content[:_CHECK], content[_CHECK:]
    return data if hashlib.sha256(data).digest() == check else None


def write(name, data):
    """Makes an entry. A cache that cannot be written is none."""
    place = folder()
    if place is None:
        return
    try:
        _write(place / name, hashlib.sha256(data).digest(), data)
    except OSError:
        pass


def _compiled(text, options):
    return _native.compile(text, ptxas=None if options["target"] == "cpu" else _ptxas(), **options)


def _ptxas():
    """The assembler that PyTorch brings along, in Triton, or JAX, in packages of NVIDIA's. `None`: there is none, or one where the compiler
    looks itself."""
    if os.environ.get("FLASHLIGHT_PTXAS") or shutil.which("ptxas") or os.path.exists("/usr/local/cuda/bin/ptxas"):
        return None
    for package, place in (("triton", "backends/nvidia/bin"), ("nvidia", "cu13/bin"), ("nvidia", "cuda_nvcc/bin")):
        found = importlib.util.find_spec(package)
        for folder in (found and found.submodule_search_locations) or []:
            if os.path.exists(os.path.join(folder, place, "ptxas")):
                return os.path.join(folder, place, "ptxas")
    return None


@functools.cache
def _compiler():
    """What tells this build of the compiler from others: its content."""
    with open(_native.__file__, "rb") as file:
        return f"{_native.__version__} {_build_id(file) or hashlib.sha256(file.read()).hexdigest()}"


def _build_id(file):
    """The hash of its content that a linker wrote into a shared object of ELF, if there is one."""
    head = file.read(64)
    if head[:5] != b"\x7fELF\x02":
        return None
    (table,), (size, count) = struct.unpack_from("<Q", head, 32), struct.unpack_from("<HH", head, 54)
    for number in range(count):
        file.seek(table + number * size)
        kind, _, start, _, _, length = struct.unpack_from("<IIQQQQ", file.read(size))
        if kind != 4:  # PT_NOTE
            continue
        file.seek(start)
        notes = file.read(length)
        while len(notes) >= 12:
            named, described, note = struct.unpack_from("<III", notes)
            body = 12 + (named + 3) // 4 * 4
            if note == 3 and notes[12 : 12 + named] == b"GNU\0":  # NT_GNU_BUILD_ID
                return notes[body : body + described].hex()
            notes = notes[body + (described + 3) // 4 * 4 :]
    file.seek(0)
    return None


@functools.cache
def _processor():
    """What this machine's processor can do: code for the CPU is compiled for it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return "\n".join(sorted({line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))}))


def key(target, *parts):
    """What follows from these texts, for a target."""
    digest = hashlib.sha256()
    variables = [os.environ.get(name, "") for name in ("FLASHLIGHT_CPU", "FLASHLIGHT_ISA")]
    machine = _processor() + repr(variables) if target == "cpu" else ""
    for part in (_compiler(), machine, *parts):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def _write(path, *parts):
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.writelines(parts)
            file.close()
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    _make_room(path.parent)


def _make_room(place):
    entries = []
    for entry in (entry for kind in (PROGRAM, CUT) for entry in place.glob(f"*{kind}")):
        try:
            status = entry.stat()
        except OSError:
            continue  # another process took it away
        entries.append((status.st_mtime, status.st_size, entry))
    total = sum(size for _, size, _ in entries)
    for _, size, entry in sorted(entries):
        if total <= LIMIT:
            break
        entry.unlink(missing_ok=True)
        total -= size
