//! Words on the command line.

use crate::proof_support::{ACCOUNT, Desk};

/// Signs that steer a terminal or the direction of reading.
fn steers(text: &str) -> bool {
    let bad =
        |letter: char| (letter.is_control() && letter != '\n') || ('\u{202a}'..='\u{202e}').contains(&letter);
    text.chars().any(bad)
}

#[tokio::test]
async fn a_username_that_is_none_is_refused_before_anything_is_done() {
    let desk = Desk::new();
    let long = format!("{}@contoso.com", "a".repeat(10_000));
    for username in [
        "",
        "   ",
        "svc",
        "@contoso.com",
        "svc@",
        "svc@contoso",
        "svc@contoso..com",
        "svc@@contoso.com",
        "svc cosell@contoso.com",
        "svc@contoso.com,other@contoso.com",
        "<script>alert(1)</script>@contoso.com",
        "\u{202e}moc.osotnoc@cvs",
        "svc\u{200b}@contoso.com",
        "svc\u{7}\u{1b}[31m@contoso.com",
        "svc@contoso.com\nBcc: x",
        &long,
    ] {
        let refused = desk.start_connect(username, &[]).end().await.expect(2);
        assert!(refused.field("error").starts_with("username-error-"), "{username:?}: {refused:?}");
        let environment = desk.sandbox.environment.to_str().expect("a path");
        let human =
            desk.run(&["--environment", environment, "connect", "--username", username]).await.expect(2);
        assert!(human.stderr.contains("username") && !steers(&human.stderr), "{username:?}: {human:?}");
    }
    assert!(!desk.database().exists(), "nothing was kept");
    assert!(desk.sandbox.requests().await.is_empty(), "nothing was asked");
}

#[tokio::test]
async fn what_is_mended_silently_works() {
    let desk = Desk::new();
    let connected =
        desk.start_connect("  svc-cosell@CONTOSO.example\n", &[]).signed_in_as(ACCOUNT).await.expect(0);
    assert_eq!(connected.json()["account"]["username"], ACCOUNT);
}

#[tokio::test]
async fn a_label_cannot_steer_a_terminal() {
    let desk = Desk::new();
    let label = format!("<b>front\u{1b}[31m \u{202e}desk\n{}", "x".repeat(10_000));
    desk.connect(ACCOUNT, &["--computer-label", &label]).await.expect(0);
    let status = desk.run(&["status"]).await.expect(0);
    assert!(!steers(&status.stdout), "{status:?}");
    assert!(status.stdout.lines().all(|line| line.chars().count() < 300), "{status:?}");
}

#[tokio::test]
async fn options_that_do_not_exist_are_refused() {
    let desk = Desk::connected().await;
    let before = desk.json(&["status"]).await.expect(0).stdout;
    let history = desk.json(&["history"]).await.expect(0).stdout;
    for arguments in [
        &[][..],
        &["--what"],
        &["reconnect"],
        &["connect"],
        &["connect", "--username", ACCOUNT, "--flow", "sideways"],
        &["connect", "--username", ACCOUNT, "--kind", "robot"],
        &["connect", "--username", ACCOUNT, "--username", "b@contoso.com"],
        &["connect", "--username", ACCOUNT, "--accept-account", "nobody"],
        &["select"],
        &["select", "a", "b"],
        &["disconnect"],
        &["disconnect", "--keep-history", "--wipe-history"],
        &["history", "--limit", "0"],
        &["history", "--limit", "-1"],
        &["history", "--limit", "99999999999999999999"],
        &["status", "surplus"],
        &["decode"],
    ] {
        let refused = desk.run(arguments).await.expect(2);
        assert!(!refused.stderr.is_empty(), "{arguments:?} says why");
    }
    assert_eq!(desk.json(&["status"]).await.expect(0).stdout, before);
    assert_eq!(desk.json(&["history"]).await.expect(0).stdout, history);
}

#[tokio::test]
async fn a_state_code_that_was_misheard_is_refused() {
    let desk = Desk::connected().await;
    let code = desk.json(&["status"]).await.expect(0).field("state_code");
    desk.json(&["decode", &code.to_lowercase()]).await.expect(0);
    let long = "2".repeat(10_000);
    for wrong in [
        "",
        "7KQ4",
        "7KQ4MM",
        "IIIII",
        "7KQ4I",
        "7 KQ4",
        "ÄÖÜß2",
        "🙂🙂🙂🙂🙂",
        "<b>22",
        "\u{202e}2222",
        &long,
    ] {
        let refused = desk.json(&["decode", wrong]).await.expect(2);
        assert!(refused.field("error").starts_with("ctl-decode-"), "{wrong}: {refused:?}");
    }
    let letters: Vec<char> = code.chars().collect();
    for place in 0..letters.len() {
        for letter in ['2', '5', '9', 'A', 'K', 'Z'].into_iter().filter(|letter| *letter != letters[place]) {
            let mut wrong = letters.clone();
            wrong[place] = letter;
            desk.json(&["decode", &wrong.iter().collect::<String>()]).await.expect(2);
        }
        if place > 0 && letters[place] != letters[place - 1] {
            let mut wrong = letters.clone();
            wrong.swap(place, place - 1);
            desk.json(&["decode", &wrong.iter().collect::<String>()]).await.expect(2);
        }
    }
}

#[tokio::test]
async fn an_organization_that_is_not_there_is_not_chosen() {
    let desk = Desk::connected().await;
    for id in
        ["", " ", "nobody", "5a4db0c5-0001-4000-8000-0f0000000009", "<b>", "../../etc", "\u{202e}x\u{1b}[31m"]
    {
        let refused = desk.json(&["select", id]).await.expect(1);
        assert_eq!(refused.field("error"), "ORGANIZATION_MISSING", "{id:?}");
        let human = desk.run(&["select", id]).await.expect(1);
        assert!(!steers(&human.stderr) && !steers(&human.stdout), "{id:?}: {human:?}");
    }
    assert!(desk.json(&["status"]).await.expect(0).json()["organization"].is_null());
}
