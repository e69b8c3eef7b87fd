//! Where a saved report page goes.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// So many reports of one name are enough for a folder.
const MOST: u32 = 200;

/// Writes a page into the person's documents, or into the home folder where there are none. Overwrites nothing.
///
/// # Errors
/// When there is no such folder, or it takes no file.
pub(crate) fn save(file_name: &str, html: &str) -> io::Result<PathBuf> {
    let folders = directories::UserDirs::new().ok_or(io::ErrorKind::NotFound)?;
    let documents = folders.document_dir().filter(|folder| folder.is_dir());
    save_in(documents.unwrap_or_else(|| folders.home_dir()), file_name, html)
}

fn save_in(folder: &Path, file_name: &str, html: &str) -> io::Result<PathBuf> {
    let proposed = Path::new(file_name);
    let stem = proposed.file_stem().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
    for number in 1..=MOST {
        let name = if number == 1 { format!("{stem}.html") } else { format!("{stem} ({number}).html") };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return write_whole(file, html, &path).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A page that was cut off is no report, so it does not stay.
fn write_whole(mut file: File, html: &str, path: &Path) -> io::Result<()> {
    let written = file.write_all(html.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        let _stays_where_it_cannot_be_removed = std::fs::remove_file(path);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = save_in(folder.path(), "report.html", "one").expect("saved");
        let second = save_in(folder.path(), "report.html", "two").expect("saved");
        assert_eq!(second.file_name(), Some("report (2).html".as_ref()));
        let text = |path: &Path| std::fs::read_to_string(path).expect("a page");
        assert_eq!((text(&first), text(&second)), ("one".to_owned(), "two".to_owned()));
    }

    #[test]
    fn a_name_leads_out_of_no_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = save_in(folder.path(), "../../elsewhere.html", "page").expect("saved");
        assert_eq!(path, folder.path().join("elsewhere.html"));
        assert!(save_in(&folder.path().join("missing"), "report.html", "page").is_err());
    }
}
