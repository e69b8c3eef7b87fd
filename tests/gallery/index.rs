//! The page that shows all pictures beside each other.

use std::path::Path;

use crate::camera::{SIZES, Taken, file};
use crate::support::driven::Scheme;

const STYLE: &str = "
  body { margin: 24px; background: #fff; color: #1b1f24; font: 15px/1.4 system-ui, sans-serif; color-scheme: light; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; }
  th, td { padding: 6px; text-align: start; vertical-align: top; border-block-end: 1px solid #d0d4d9; }
  th[scope=row] { overflow-wrap: anywhere; font-weight: 600; }
  small { display: block; color: #57606a; font-weight: 400; }
  img { width: 100%; height: auto; border: 1px solid #d0d4d9; }";

/// Writes `index.html` into the folder of the pictures.
pub(crate) fn write(folder: &Path, taken: &[Taken]) {
    let mut body = String::new();
    let mut group = "";
    for one in taken {
        if one.group != group {
            if !group.is_empty() {
                body.push_str("</table>\n");
            }
            group = one.group;
            body.push_str(&format!("<h2>{group}</h2>\n<table>\n{}", head()));
        }
        body.push_str(&row(one));
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>MPC Connect: every screen</title>\n\
         <style>{STYLE}\n</style>\n<h1>MPC Connect: every screen</h1>\n\
         <p>{} states, each in {} pictures, drawn by the program's own web view. Fed: the page was made by the \
         program's core in a test and handed to the window; seen: the window was opened on a database.</p>\n\
         {body}</table>\n</html>\n",
        taken.len(),
        2 * SIZES.len(),
    );
    std::fs::write(folder.join("index.html"), page).expect("the index is written");
}

fn head() -> String {
    let columns = variants().map(|(width, scheme)| format!("<th scope=\"col\">{width} {scheme:?}</th>"));
    format!("<tr><th scope=\"col\">State</th>{}</tr>\n", columns.collect::<String>())
}

fn row(one: &Taken) -> String {
    let pictures = variants().map(|(width, scheme)| {
        let file = file(one.name, width, scheme);
        format!(
            "<td><a href=\"{file}.png\"><img loading=\"lazy\" alt=\"{file}\" src=\"{file}.png\"></a></td>"
        )
    });
    let how = if one.fed { "fed" } else { "seen" };
    let scrolls: String = SIZES
        .iter()
        .zip(&one.down)
        .filter(|(_, down)| **down > 0)
        .map(|((width, _), down)| format!("; at {width} {down} px have to be scrolled"))
        .collect();
    let name = one.name;
    format!(
        "<tr id=\"{name}\"><th scope=\"row\">{name}<small>{how}{scrolls}</small></th>{}</tr>\n",
        pictures.collect::<String>()
    )
}

fn variants() -> impl Iterator<Item = (u32, Scheme)> {
    SIZES.into_iter().flat_map(|(width, _)| [Scheme::Light, Scheme::Dark].map(|scheme| (width, scheme)))
}
