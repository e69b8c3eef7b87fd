//! The run with a display: the window stays open until the person closes it.

use super::{browser, folder, made, mpcctl, sandbox::Sandbox, short, wizard, written};
use crate::processes::{Running, shown, tied};
use crate::words::{Done, Failure, say};

/// Who can sign in, and what it leads to. `accounts_are_those_of_the_sandbox` holds the names.
const ACCOUNTS: [(&str, &str); 11] = [
    ("svc-cosell@contoso.example", "nothing is wrong: ends in Active, all passed"),
    ("jane@contoso.example", "a person with a smaller role: Active, with a warning"),
    ("nomfa@contoso.example", "the company asks for no second check: Inactive"),
    ("norole@contoso.example", "no role in Partner Center: Inactive"),
    ("disabled@contoso.example", "a disabled account: never connected"),
    ("consent@northwind.example", "an administrator has to approve first"),
    ("admin@northwind.example", "the administrator who can"),
    ("many@adatum.example", "48 organizations to choose from"),
    ("nodeals@tailspin.example", "no deals yet: Active, rights not proven"),
    ("other@fabrikam.example", "another company's account"),
    ("someone@outlook.example", "a personal account, which is refused"),
];

pub(super) fn open() -> Done {
    let sandbox = Sandbox::start(&folder().join("sandbox.toml"))?;
    browser::register()?;
    tell(&sandbox)?;
    let mut window = wizard();
    // Without a named desktop, xdg-open cannot hand the app its links.
    if std::env::var_os("XDG_CURRENT_DESKTOP").is_none() {
        window.env("XDG_CURRENT_DESKTOP", "GNOME");
    }
    say("\nThe wizard opens now. Closing it, or Ctrl-C, ends everything.");
    let mut running = Running::start(&mut tied(&window))?;
    let status = running.0.wait().map_err(|error| Failure::new(format!("The window is lost: {error}.")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` ended with {status}.", shown(&window))))
    }
}

/// Says who can sign in, and leaves a script that calls `mpcctl` in this session.
fn tell(sandbox: &Sandbox) -> Done {
    let script = folder().join("mpcctl");
    made(&folder())?;
    written(&script, &session_script())?;
    say(format!("\nThe sandbox listens on {}, its control interface on {}.", sandbox.base, sandbox.control));
    say("\nAccounts to sign in with, each with the password Sandbox-1 and the code 000000:");
    for (account, plays) in ACCOUNTS {
        say(format!("  {account:<28} {plays}"));
    }
    say("\nThe same without a window, from another terminal:");
    let script = short(&script);
    for words in ["connect --username svc-cosell@contoso.example", "organizations", "test", "status"] {
        say(format!("  sh {script} {words}"));
    }
    Ok(())
}

/// A shell script with the folders and the bus of this session, so that it shares data and keychain with the window.
fn session_script() -> String {
    let mut text = "# Calls mpcctl in the session of `cargo xtask run`.\n".to_owned();
    let session =
        ["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"];
    for name in session {
        if let Ok(value) = std::env::var(name) {
            text.push_str(&format!("export {name}={}\n", quoted(&value)));
        }
    }
    let mpcctl = mpcctl();
    let own = mpcctl.get_envs().filter(|(name, _)| name.to_string_lossy().starts_with("MPC_"));
    for (name, value) in own {
        let value = value.unwrap_or_default().to_string_lossy();
        text.push_str(&format!("export {}={}\n", name.to_string_lossy(), quoted(&value)));
    }
    text.push_str(&format!("exec {} \"$@\"\n", quoted(&mpcctl.get_program().to_string_lossy())));
    text
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_those_of_the_sandbox() {
        let sandbox =
            std::fs::read_to_string(crate::processes::root().join("src-tauri/sandbox/src/accounts.rs"));
        let sandbox = sandbox.expect("the sandbox's accounts");
        assert!(ACCOUNTS.iter().all(|(account, _)| sandbox.contains(&format!("\"{account}\""))));
        assert!(sandbox.contains(&format!("[Account; {}]", ACCOUNTS.len())));
    }

    #[test]
    fn a_quoted_value_survives_a_shell() {
        let value = "it's $HOME; `x` \"y\"";
        let mut shell = crate::processes::line(["sh", "-c"]);
        let printed = crate::processes::output(shell.arg(format!("printf %s {}", quoted(value))));
        assert_eq!(printed.as_deref(), Ok(value));
    }
}
