//! The lock around read, refresh and write, between two processes.

#[cfg(test)]
mod tests {
    use std::{
        env,
        io::{BufRead, BufReader, Read, Write},
        path::Path,
        process::{Child, ChildStdout, Command, Stdio},
        time::Duration,
    };

    use mpc_connect_adapters::keychain::{CredentialLock, LockError};

    const SOON: Duration = Duration::from_millis(100);
    const AMPLE: Duration = Duration::from_secs(20);
    const LOCK_FILE: &str = "KEYCHAIN_LOCK_TEST_FILE";

    /// Not a test of its own: the other process, until its standard input ends.
    #[tokio::test]
    #[ignore = "the other process of the tests below"]
    async fn hold_the_lock() {
        let path = env::var(LOCK_FILE).unwrap();
        let _lock = CredentialLock::acquire(Path::new(&path), AMPLE).await.unwrap();
        let mut output = std::io::stdout();
        output.write_all(b"\nholding\n").unwrap();
        output.flush().unwrap();
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    }

    /// A process that holds the lock until its standard input is closed.
    struct Other {
        process: Child,
        _output: BufReader<ChildStdout>,
    }

    fn other_process(path: &Path) -> Other {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "--ignored", "--nocapture", "tests::hold_the_lock"])
            .env(LOCK_FILE, path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let holding = output.by_ref().lines().map_while(Result::ok).any(|line| line == "holding");
        assert!(holding, "the other process ended without the lock");
        Other { process, _output: output }
    }

    #[tokio::test]
    async fn a_second_process_waits_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("public.lock");
        let mut other = other_process(&path);
        assert_eq!(CredentialLock::acquire(&path, SOON).await.map(drop), Err(LockError::TimedOut));
        let waiting = CredentialLock::acquire(&path, AMPLE);
        let release = async { drop(other.process.stdin.take()) };
        let (lock, ()) = tokio::join!(waiting, release);
        let lock = lock.unwrap();
        assert!(other.process.wait().unwrap().success());
        drop(lock);
        CredentialLock::acquire(&path, Duration::ZERO).await.unwrap();
    }

    #[tokio::test]
    async fn a_killed_process_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("public.lock");
        let mut other = other_process(&path);
        other.process.kill().unwrap();
        CredentialLock::acquire(&path, AMPLE).await.unwrap();
        other.process.wait().unwrap();
    }

    #[tokio::test]
    async fn a_cancelled_wait_never_takes_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("public.lock");
        let lock = CredentialLock::acquire(&path, AMPLE).await.unwrap();
        let given_up = tokio::time::timeout(SOON, CredentialLock::acquire(&path, AMPLE)).await;
        assert!(given_up.is_err());
        drop(lock);
        // Were the abandoned wait to go on, it would win about every other round.
        for _ in 0..20 {
            CredentialLock::acquire(&path, AMPLE).await.unwrap();
        }
    }

    #[tokio::test]
    async fn two_tasks_of_one_process_exclude_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("public.lock");
        let lock = CredentialLock::acquire(&path, AMPLE).await.unwrap();
        assert_eq!(CredentialLock::acquire(&path, SOON).await.map(drop), Err(LockError::TimedOut));
        drop(lock);
        CredentialLock::acquire(&path, AMPLE).await.unwrap();
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_an_error_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("missing").join("public.lock");
        let outcome = CredentialLock::acquire(&path, AMPLE).await.map(drop);
        assert_eq!(outcome, Err(LockError::Io(std::io::ErrorKind::NotFound)));
    }
}
