//! `mpcctl export`: the report as a file that may travel, written once and never over another.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod export {
    use std::fs;
    use std::path::{Path, PathBuf};

    use crate::proof_support::desk::Ended;
    use crate::proof_support::{ACCOUNT, Desk};

    /// A file of this desk that is not there yet.
    fn target(desk: &Desk, name: &str) -> PathBuf {
        desk.home().join(name)
    }

    async fn export(desk: &Desk, format: &str, file: &Path) -> Ended {
        let environment = desk.sandbox.environment.to_str().expect("a path");
        let file = file.to_str().expect("a path");
        desk.run(&["--environment", environment, "export", "--format", format, file]).await
    }

    #[tokio::test]
    async fn a_connection_is_told_as_mail_and_as_page_without_its_account() {
        let desk = Desk::new();
        desk.connect(ACCOUNT, &["--computer-label", "Front <b>desk</b>", "--flow", "migration"])
            .await
            .expect(0);
        let tenant = desk.json(&["status"]).await.expect(0).json()["account"]["tenant_id"].to_string();
        let asked = desk.sandbox.requests().await.len();

        let mail = target(&desk, "report.txt");
        let said = export(&desk, "mail", &mail).await.expect(0);
        assert!(said.stdout.contains("The report was written: "), "{said:?}");
        let text = fs::read_to_string(mail).expect("a file");
        let first = "Rehearsal: this is not a real connection.\nEnvironment: sandbox-rehearsal\nConnection status: Active\n";
        assert!(text.starts_with(first), "{text}");
        assert!(text.contains("WorkSpan Support: is anything still to be pressed"), "{text}");

        let page = target(&desk, "report.html");
        let line = desk.json(&["export", "--format", "html", page.to_str().expect("a path")]).await.expect(0);
        assert_eq!((line.field("format"), line.field("file")), ("html".into(), page.display().to_string()));
        let html = fs::read_to_string(page).expect("a file");
        assert!(html.starts_with("<!doctype html>") && html.contains("Front &lt;b&gt;desk"), "{html}");

        for secret in [ACCOUNT, "svc-cosell", tenant.trim_matches('"')] {
            assert!(!text.contains(secret) && !html.contains(secret), "{secret} left the computer");
        }
        assert_eq!(desk.sandbox.requests().await.len(), asked, "an export asks nobody");
    }

    #[tokio::test]
    async fn a_computer_that_was_never_connected_gets_a_file_that_says_so() {
        let desk = Desk::new();
        let file = target(&desk, "report.html");
        export(&desk, "html", &file).await.expect(0);
        let html = fs::read_to_string(file).expect("a file");
        assert!(html.contains("<span>Not connected</span>"), "{html}");
        assert!(!desk.database().exists(), "an export writes no history");
    }

    #[tokio::test]
    async fn a_history_that_is_gone_is_told_in_the_file() {
        let desk = Desk::connected().await;
        fs::remove_file(desk.database()).expect("it was there");
        let file = target(&desk, "report.txt");
        let said = export(&desk, "mail", &file).await.expect(0);
        assert!(said.stdout.contains("The history of this computer is gone"), "{said:?}");
        let text = fs::read_to_string(file).expect("a file");
        assert!(text.contains("\nThe history of this computer is gone"), "{text}");
    }

    #[tokio::test]
    async fn a_file_that_is_there_stays_as_it_is() {
        let desk = Desk::new();
        let file = target(&desk, "mine.html");
        fs::write(&file, "mine").expect("a file");
        let link = target(&desk, "link.html");
        let elsewhere = target(&desk, "elsewhere.html");
        std::os::unix::fs::symlink(&elsewhere, &link).expect("a link");
        for taken in [&file, &link] {
            let refused = export(&desk, "html", taken).await.expect(5);
            assert!(refused.stderr.contains("is there already"), "{refused:?}");
        }
        assert_eq!(fs::read_to_string(&file).expect("a file"), "mine");
        assert!(!elsewhere.exists(), "a link leads nowhere new");
        let refused = export(&desk, "mail", &target(&desk, "no-such-folder/report.txt")).await.expect(5);
        assert!(refused.stderr.contains("could not be written"), "{refused:?}");
        let environment = desk.sandbox.environment.to_str().expect("a path");
        let file = file.to_str().expect("a path");
        let arguments = ["--environment", environment, "export", "--format", "html", file];
        let refused = desk.json(&arguments).await.expect(5);
        assert_eq!(refused.field("error"), "ctl-export-exists");
    }

    #[tokio::test]
    async fn formats_that_are_not_written_yet_are_refused_as_usage() {
        let desk = Desk::new();
        let file = target(&desk, "report.json");
        for format in ["json", "ics"] {
            let refused = export(&desk, format, &file).await.expect(2);
            assert!(refused.stderr.contains("not available yet. Choose html or mail"), "{refused:?}");
        }
        export(&desk, "pdf", &file).await.expect(2);
        desk.run(&["export", "--format", "html"]).await.expect(2);
        assert!(!file.exists());
    }
}
