//! The page's TypeScript knows the same commands and types as the program.

use std::path::Path;

use specta_typescript::Typescript;

const FILE: &str = "ui/src/lib/bindings.gen.ts";
/// Set to anything, the committed file is written anew instead of compared.
const REWRITE: &str = "MPC_REWRITE_BINDINGS";

#[test]
fn the_generated_bindings_are_fresh() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let folder = tempfile::tempdir().expect("a folder");
    let made = if std::env::var_os(REWRITE).is_some() {
        committed.clone()
    } else {
        folder.path().join("bindings.gen.ts")
    };
    let typescript = Typescript::default()
        .header("// Generated from the Rust types; tests/bindings.rs proves it fresh.\n");
    mpc_connect::bindings::builder::<tauri::Wry>()
        .export(typescript, &made)
        .expect("the types are TypeScript too");
    let read = |file: &Path| std::fs::read_to_string(file).expect("the bindings can be read");
    assert!(
        read(&made) == read(&committed),
        "{FILE} is out of date: run {REWRITE}=1 cargo nextest run -p mpc-connect --test bindings"
    );
}
