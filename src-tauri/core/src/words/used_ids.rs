//! No source of the workspace names a text that the catalogue lacks, and the catalogue holds none that nothing shows.

use std::fs;
use std::path::{Path, PathBuf};

use super::Words;

/// Beginnings of ids that are put together from the name of a value.
const PUT_TOGETHER: [&str; 13] = [
    "account-kind-",
    "actor-",
    "check-",
    "ctl-evidence-",
    "failure-",
    "history-",
    "open-item-",
    "qualifier-",
    "result-",
    "status-",
    "step-",
    "wizard-evidence-",
    "wizard-preflight-",
];
/// Texts of the guide that the window's wizard, which comes next, shows beside its steps.
const OF_THE_WIZARD: &str = "note-";

/// The workspace's sources of these kinds below a folder, without this module's own and what others wrote.
fn sources(below: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the core lies in src-tauri");
    let mut folders = vec![workspace.join(below)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the workspace can be read").flatten() {
            let path = entry.path();
            let is_a_source =
                path.extension().is_some_and(|extension| extensions.iter().any(|it| extension == *it));
            if path.is_dir() && !path.ends_with("core/src/words") {
                folders.push(path);
            } else if is_a_source {
                files.push(path);
            }
        }
    }
    files
}

/// What a person may get to see: no test's own mention keeps a text alive.
fn shown_sources() -> String {
    let is_a_test = |path: &PathBuf| {
        path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
    };
    let mut files = sources("", &["rs"]);
    files.extend(sources("../ui/src", &["svelte", "ts"]));
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/named.rs"));
    files.retain(|path| !is_a_test(path));
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let without_tests =
        |text: String| text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    files.into_iter().map(read).map(without_tests).collect()
}

/// The messages of a catalogue, in its order.
fn messages(catalogue: &str) -> Vec<&str> {
    let starts = |line: &str| line.starts_with(|letter: char| letter.is_ascii_lowercase());
    let id = |line: &'_ str| line.split_once(" =").map(|(id, _)| id.len());
    catalogue.lines().filter(|line| starts(line)).filter_map(|line| line.get(..id(line)?)).collect()
}

/// The messages that neither a source nor another message names.
fn unused<'a>(catalogue: &'a str, shown: &str) -> Vec<&'a str> {
    let named = |id: &str| {
        let literal = |quote| [quote, '.'].iter().any(|end| shown.contains(&format!("{quote}{id}{end}")));
        ['"', '\'', '`'].into_iter().any(literal)
    };
    let quoted = |id: &str| [" }", "."].iter().any(|end| catalogue.contains(&format!("{{ {id}{end}")));
    let built = |id: &str| PUT_TOGETHER.iter().chain([&OF_THE_WIZARD]).any(|start| id.starts_with(start));
    messages(catalogue).into_iter().filter(|id| !built(id) && !named(id) && !quoted(id)).collect()
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
    let files = sources("", &["rs"]);
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

#[test]
fn the_catalogue_holds_no_text_that_nothing_shows() {
    let shown = shown_sources();
    assert!(shown.contains("window-refused"), "the sources were not found");
    assert_eq!(unused(Words::source(), &shown), Vec::<&str>::new(), "texts that nothing shows");
}

#[test]
fn a_text_is_used_by_a_literal_an_attribute_or_another_text() {
    let catalogue = "## said\na-one = 1\na-two =\n    .what = 2\na-three = { a-four }\na-four = 4\na-five = 5\nactor-us = 6";
    let shown = "Text::new(\"a-one\") words('a-two.what') say(`a-three`) \"a-five-more\"";
    assert_eq!(unused(catalogue, shown), ["a-five"]);
}
