//! `mpcctl` at a real terminal: questions, their answers, and Ctrl-C in the middle of one.
#![cfg(target_os = "linux")]

#[cfg(test)]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod proof_support;

#[cfg(test)]
mod questions {
    use std::process::Stdio;
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::process::{Child, ChildStdin, ChildStdout, Command};
    use tokio::time::timeout;

    use crate::proof_support::scripted_browser::{Choices, sign_in};
    use crate::proof_support::{ACCOUNT, Desk, browser};

    const LONGEST: Duration = Duration::from_secs(60);
    const CTRL_C: &str = "\u{3}";

    /// A command at a terminal of its own, made by `script` of util-linux.
    struct Terminal {
        child: Child,
        keys: ChildStdin,
        screen: ChildStdout,
        seen: String,
    }

    impl Terminal {
        fn connect(desk: &Desk, account: &str) -> Self {
            let environment = desk.sandbox.environment.display();
            let program = env!("CARGO_BIN_EXE_mpcctl");
            let line = format!("exec {program} --environment {environment} connect --username {account}");
            let inner = desk.command(&[]);
            let mut command = Command::new("script");
            command.args(["-qfec", &line, "/dev/null"]).env_clear();
            command.envs(inner.as_std().get_envs().filter_map(|(name, value)| Some((name, value?))));
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
            let mut child = command.spawn().expect("`script` of util-linux starts");
            let (keys, screen) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
            Self { child, keys, screen, seen: String::new() }
        }

        /// Reads until this stands on the screen.
        async fn shows(&mut self, text: &str) {
            let reading = async {
                let mut buffer = [0; 4096];
                while !self.seen.contains(text) {
                    let count = self.screen.read(&mut buffer).await.expect("readable");
                    assert!(count > 0, "the end came before {text:?}: {}", self.seen);
                    self.seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
                }
            };
            let shown = timeout(LONGEST, reading).await.is_ok();
            assert!(shown, "{text:?} does not come after: {}", self.seen);
        }

        async fn types(&mut self, keys: &str) {
            self.keys.write_all(keys.as_bytes()).await.expect("somebody reads");
        }

        async fn signs_in_as(&mut self, account: &str) {
            self.shows("prompt=").await;
            self.shows("\n").await;
            let start = self.seen.rfind("http://").expect("an address");
            let address = self.seen[start..].split_whitespace().next().expect("an address").to_owned();
            sign_in(&browser(), &address, account, Choices::default()).await;
        }

        async fn ends(mut self) -> (Option<i32>, String) {
            let reading = self.screen.read_to_string(&mut self.seen);
            timeout(LONGEST, reading).await.expect("it ends").expect("text");
            let status = timeout(LONGEST, self.child.wait()).await.expect("it ends").expect("a status");
            (status.code(), self.seen)
        }
    }

    #[tokio::test]
    async fn ctrl_c_ends_the_account_question_and_changes_nothing() {
        let desk = Desk::new();
        let mut terminal = Terminal::connect(&desk, ACCOUNT);
        terminal.signs_in_as("other@fabrikam.example").await;
        terminal.shows("The organization has to be chosen and tested again.").await;
        terminal.types(CTRL_C).await;
        let (code, seen) = terminal.ends().await;
        assert_eq!(code, Some(1), "{seen}");
        assert_eq!(desk.kept(), "", "nothing was kept");
        assert_eq!(desk.json(&["status"]).await.expect(3).field("class"), "WRONG_ACCOUNT");
    }

    #[tokio::test]
    async fn the_person_answers_by_a_number() {
        let desk = Desk::new();
        let mut terminal = Terminal::connect(&desk, ACCOUNT);
        terminal.signs_in_as("other@fabrikam.example").await;
        terminal.shows("The organization has to be chosen and tested again.").await;
        terminal.types("2\r").await;
        let (code, seen) = terminal.ends().await;
        assert_eq!(code, Some(0), "{seen}");
        assert!(seen.contains("Account: other@fabrikam.example"), "{seen}");
    }

    #[tokio::test]
    async fn ctrl_c_ends_the_wait_for_the_browser() {
        let desk = Desk::new();
        let mut terminal = Terminal::connect(&desk, ACCOUNT);
        terminal.shows("Waiting for your browser").await;
        terminal.types(CTRL_C).await;
        let (code, seen) = terminal.ends().await;
        assert_eq!(code, Some(1), "{seen}");
        assert!(seen.contains("Stopped."), "{seen}");
    }

    #[tokio::test]
    async fn ctrl_c_at_the_second_check_leaves_the_first_sign_in() {
        let desk = Desk::new();
        let mut terminal = Terminal::connect(&desk, "nomfa@contoso.example");
        terminal.signs_in_as("nomfa@contoso.example").await;
        terminal.shows("[y/N]").await;
        terminal.types(CTRL_C).await;
        let (code, seen) = terminal.ends().await;
        assert_eq!(code, Some(1), "{seen}");
        assert_eq!(desk.json(&["status"]).await.expect(1).field("class"), "SIGN_IN_WITH_MFA");
    }
}
