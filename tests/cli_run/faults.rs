//! What goes wrong around a compiler: pipes, names, disks, other compilers, the end of the process.

use crate::support::Place;
use std::{
    ffi::OsStr,
    io::Write,
    os::unix::ffi::OsStrExt,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_flashlight");
const OPT: &str = env!("CARGO_BIN_EXE_flashlight-opt");
const ATTENTION: &str = include_str!("../../examples/attention.mlir");

/// Runs a program with a text as its standard input: the exit code and both outputs.
fn piped(place: &Place, program: &str, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(place.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn programs_come_from_standard_input() {
    let place = Place::new();
    let (code, said, complaints) = piped(&place, PROGRAM, &["compile", "-", "--target", "cpu", "-o", "out"], ATTENTION);
    assert_eq!(code, Some(0), "{said}{complaints}");
    assert!(place.path("out/manifest.json").is_file());
    let (code, said, _) = piped(&place, PROGRAM, &["explain", "-"], ATTENTION);
    assert!(code == Some(0) && said.starts_with("main: 1 fused op(s)"), "{said}");
    let (code, _, complaints) = piped(&place, PROGRAM, &["explain", "-"], "func.func @f( {");
    assert!(code == Some(1) && complaints.starts_with("<stdin>:1:14: error: "), "{complaints}");
}

#[test]
fn names_of_files_are_any_bytes() {
    let place = Place::new();
    let name = OsStr::from_bytes(b"in\xff.mlir");
    std::fs::write(place.path("").join(name), ATTENTION).expect("a file");
    for (program, before, after) in [
        (PROGRAM, &["explain"][..], &[][..]),
        (OPT, &[][..], &["--cse", "-o", "out.mlir"][..]),
        (PROGRAM, &["compile", "--target=cpu", "-o", "out"][..], &[][..]),
    ] {
        let output = Command::new(program).args(before).arg(name).args(after).current_dir(place.path("")).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let out = OsStr::from_bytes(b"out\xfe.mlir");
    let output = Command::new(OPT).arg("in.mlir").arg("-o").arg(out).current_dir(place.path("")).output();
    assert_eq!(output.expect("it runs").status.code(), Some(1), "there is no in.mlir");
    let output = Command::new(OPT).arg(name).arg("-o").arg(out).current_dir(place.path("")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(place.path("").join(out).is_file());
}

/// Sixteen compilers at once, of which some are killed: whoever finds a manifest finds all that it names, as it was compiled.
#[test]
fn compilers_at_once_and_killed_ones_leave_whole_artifacts() {
    let place = Place::new();
    place.file("in.mlir", ATTENTION);
    let start = |number: usize| {
        let mut command = Command::new(PROGRAM);
        command.args(["compile", "in.mlir", "--target", "cpu", "-o", "out"]).current_dir(place.path(""));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        (number, command.spawn().expect("it starts"))
    };
    let children: Vec<_> = (0..16).map(start).collect();
    for (number, mut child) in children {
        if number % 3 == 0 {
            thread::sleep(Duration::from_millis(20 * number as u64));
            child.kill().expect("killed, or ended");
        }
        let output = child.wait_with_output().expect("it ends");
        let killed = output.status.code().is_none();
        assert!(killed || output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let manifest = flashlight::runtime::Manifest::load(&place.path("out")).expect("a manifest");
    for name in manifest.file_names() {
        let bytes = std::fs::read(place.path("out").join(name)).expect("a file");
        manifest.verify(name, &bytes).expect("the file of the manifest");
    }
    // Where one was killed as it wrote, the next one clears up.
    std::fs::create_dir(place.path("out/.flashlight-4194305-abc")).expect("a folder");
    assert_eq!(place.run(PROGRAM, "compile in.mlir --target cpu -o out").code, Some(0));
    assert!(
        place
            .path("out")
            .read_dir()
            .expect("there")
            .flatten()
            .all(|entry| !entry.file_name().as_bytes().starts_with(b"."))
    );
}

#[test]
fn a_full_disk_is_an_error() {
    let place = Place::new();
    place.file("in.mlir", ATTENTION);
    let output = Command::new(OPT).args(["in.mlir", "-o", "/dev/full"]).current_dir(place.path("")).output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("No space left on device"));
}

/// A link that is written through stays one, and a file keeps who may read it.
#[test]
fn outputs_replace_contents_only() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    place.file("in.mlir", ATTENTION);
    let secret = place.file("secret.mlir", "");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).expect("set");
    symlink("secret.mlir", place.path("link.mlir")).expect("a link");
    for name in ["secret.mlir", "link.mlir"] {
        std::fs::write(&secret, "").expect("emptied");
        assert_eq!(place.run(OPT, &format!("in.mlir -o {name}")).code, Some(0));
        assert!(std::fs::read_to_string(&secret).expect("read").contains("func.func @main"), "{name}");
        assert_eq!(std::fs::metadata(&secret).expect("there").permissions().mode() & 0o777, 0o600, "{name}");
    }
    assert!(place.path("link.mlir").is_symlink());
}

/// What is compiled into a program knows nothing of the folder it was built in; what is for debuggers may.
#[test]
fn a_program_knows_nothing_of_where_it_was_built() {
    let place = Place::new();
    let prefix = std::env::var("MLIR_SYS_220_PREFIX").unwrap_or_else(|_| "/usr/lib/llvm-22".into());
    let dumps = [".rodata", ".data", ".data.rel.ro"].map(|section| format!("{section}={section}"));
    let mut command = Command::new(format!("{prefix}/bin/llvm-objcopy"));
    dumps.iter().for_each(|dump| {
        command.args(["--dump-section", dump]);
    });
    let output = command.args([PROGRAM, "/dev/null"]).current_dir(place.path("")).output().expect("llvm-objcopy runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for section in [".rodata", ".data", ".data.rel.ro"] {
        let bytes = std::fs::read(place.path(section)).expect("a section");
        let root = env!("CARGO_MANIFEST_DIR").as_bytes();
        assert!(!bytes.windows(root.len()).any(|part| part == root), "{section}");
    }
}
