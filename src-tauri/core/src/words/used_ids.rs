//! No source of the workspace names a text that the catalogue lacks.

use std::fs;
use std::path::{Path, PathBuf};

use super::Words;

/// All Rust sources of the workspace, without this module's own.
fn sources() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the core lies in src-tauri");
    let mut folders = vec![workspace.to_path_buf()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the workspace can be read").flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("core/src/words") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// The ids that `source` uses as literals: the argument of `Text::new`, and whatever starts like a text of `mpcctl`. The
/// beginning of an id alone is none.
fn literal_ids(source: &str) -> Vec<String> {
    let literal = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
    let constructed =
        source.split("Text::new(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    let terminal = source.split("\"ctl-").skip(1).map(|rest| format!("ctl-{}", literal(rest)));
    constructed.map(literal).chain(terminal).filter(|id| !id.contains('{') && !id.ends_with('-')).collect()
}

#[test]
fn no_id_used_anywhere_in_the_workspace_is_unknown() {
    let words = Words::plain();
    let files = sources();
    assert!(files.len() > 5, "the sources were not found");
    let mut unknown = Vec::new();
    for file in files {
        // A file that another program is replacing at this moment counts as empty.
        let source = fs::read_to_string(&file).unwrap_or_default();
        let strange = literal_ids(&source).into_iter().filter(|id| !words.knows(id));
        unknown.extend(strange.map(|id| format!("{}: {id}", file.display())));
    }
    assert!(unknown.is_empty(), "ids that the catalogue lacks:\n{}", unknown.join("\n"));
}

#[test]
fn the_search_for_ids_finds_them_across_lines() {
    let source = "Text::new(\n    \"status-active\",\n) say(\"ctl-waiting\") Text::new(format!(\"a-{b}\")) \"ctl-{x}\" \"ctl-\"";
    assert_eq!(literal_ids(source), ["status-active", "ctl-waiting"]);
}
