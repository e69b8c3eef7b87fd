use std::fs;

use super::*;

const FILE: &str = r#"
name = "contoso-lab"
metadata = "https://login.example/organizations/v2.0/.well-known/openid-configuration"
client_id = "lab"
[referrals]
base = "https://api.example/v1.0/engagements/referrals"
scope = "lab/read"
"#;

struct Home {
    home: tempfile::TempDir,
    folder: DataFolder,
}

impl Home {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let folder = DataFolder::at(&home.path().join("data"));
        Self { home, folder }
    }

    fn choose(&self, text: &OsStr) -> Result<Environment, EnvironmentError> {
        let argument = Some(text.to_os_string());
        called(&wanted(Sources { argument, ..Sources::default() })?, &self.folder, None)
    }

    fn file(&self, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join("lab.toml");
        fs::write(&path, text).expect("a file");
        path
    }

    /// Reads a file of this text and remembers it as a command with a connection does.
    fn use_file(&self, text: &str) -> Result<Environment, EnvironmentError> {
        let environment = self.choose(self.file(text).as_os_str())?;
        remember(&environment, &self.folder);
        Ok(environment)
    }
}

#[test]
fn a_file_that_was_used_is_known_by_its_name() {
    let home = Home::new();
    let read = home.use_file(FILE).expect("the file is good");
    assert_eq!(home.choose(OsStr::new("contoso-lab")), Ok(read));
    assert_eq!(remembered::last_used(&home.folder).as_deref(), Some("contoso-lab"));
}

#[test]
fn choosing_writes_nothing() {
    let home = Home::new();
    let file = home.file(FILE);
    assert!(home.choose(file.as_os_str()).is_ok());
    assert!(!home.folder.path.exists());
    assert!(matches!(home.choose(OsStr::new("contoso-lab")), Err(EnvironmentError::UnknownName(_))));
}

#[test]
fn what_cannot_be_used_is_refused_and_nothing_taken_instead() {
    let home = Home::new();
    let choose = |text: &str| home.choose(OsStr::new(text)).expect_err("refused");
    assert_eq!(choose("sandbox"), EnvironmentError::SandboxNeedsFile);
    assert_eq!(choose("public"), EnvironmentError::NotSetUp);
    for name in ["never-seen", "Never Seen", ""] {
        assert_eq!(choose(name), EnvironmentError::UnknownName(name.to_owned()));
    }
    assert!(matches!(choose("/nowhere/at/all.toml"), EnvironmentError::Unreadable(_)));
    for bytes in [vec![b'#'; 70_000], vec![0xff, 0xfe, 0x00]] {
        let file = home.file(bytes);
        assert!(matches!(choose(file.to_str().expect("a path")), EnvironmentError::Unreadable(_)));
    }
}

#[test]
fn a_name_keeps_the_authority_it_was_first_used_with() {
    let home = Home::new();
    let first = home.use_file(FILE).expect("the file is good");
    let copy = home.folder.path.join("environments/contoso-lab.toml");
    let other = FILE.replace("login.example", "login.other.example");
    let refused = home.use_file(&other).expect_err("another authority");
    assert_eq!(refused, EnvironmentError::NameInUse(copy.display().to_string()));
    remember(&Environment::parse(&other).expect("a good file"), &home.folder);
    assert_eq!(home.choose(OsStr::new("contoso-lab")), Ok(first), "nothing was overwritten");

    fs::write(&copy, "what is this?").expect("a file");
    assert!(matches!(home.use_file(FILE), Err(EnvironmentError::NameInUse(_))), "it may be of any other");
    fs::remove_file(&copy).expect("the person removes it");
    assert!(home.use_file(&other).is_ok());
}

#[test]
fn a_rehearsal_on_other_ports_follows_a_rehearsal() {
    let home = Home::new();
    let at = |port: &str| {
        let here = format!("http://127.0.0.1:{port}/");
        FILE.replace("https://login.example/", &here).replace("https://api.example/", &here)
    };
    assert!(home.use_file(&at("9000")).is_ok());
    let second = home.use_file(&at("9001")).expect("a rehearsal too");
    assert_eq!(home.choose(OsStr::new("contoso-lab")), Ok(second));
    assert!(matches!(home.use_file(FILE), Err(EnvironmentError::NameInUse(_))));
}

#[test]
fn a_copy_under_a_foreign_name_is_refused() {
    let home = Home::new();
    home.use_file(FILE).expect("the file is good");
    let copies = home.folder.path.join("environments");
    fs::copy(copies.join("contoso-lab.toml"), copies.join("fabrikam.toml")).expect("a copy");
    assert!(matches!(home.choose(OsStr::new("fabrikam")), Err(EnvironmentError::Malformed(_))));
}

#[cfg(unix)]
#[test]
fn the_folder_is_for_this_user_alone_from_the_first_moment() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.use_file(FILE).expect("the file is good");
    for folder in [home.folder.path.clone(), home.folder.path.join("environments")] {
        let mode = fs::metadata(&folder).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
    }
}

#[test]
fn every_folder_and_environment_has_its_own_keychain_entries() {
    let one = DataFolder::at(Path::new("/one"));
    let two = DataFolder::at(Path::new("/two"));
    let own = DataFolder { path: PathBuf::from("/own"), keychain: Keychain::Plain };
    assert_eq!(own.keychain_service("public"), "com.mpc-connect.desktop.public");
    assert_ne!(one.keychain_service("public"), two.keychain_service("public"));
    let gone =
        ["/one", "/two"].map(|path| DataFolder::throw_away(Path::new(path)).keychain_service("public"));
    assert_eq!(gone[0], gone[1], "nothing piles up");
    assert!(![&one, &two, &own].iter().any(|folder| folder.keychain_service("public") == gone[0]));
    assert_ne!(one.keychain_service("lab"), one.keychain_service("public"));
}
