//! One process at a time, secrets made once, and nobody else can read them.

use std::os::unix::fs::PermissionsExt;

use secrecy::ExposeSecret;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn names(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_directory_is_made_for_its_owner_alone() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("a/b");
    let directory = DataDirectory::open(&path).unwrap();
    assert_eq!(mode(directory.path()), 0o700);
    DataDirectory::open(&path).expect("an existing one is taken as it is");
}

#[test]
fn a_second_process_is_told_who_holds_the_directory() {
    let parent = tempfile::tempdir().unwrap();
    let directory = DataDirectory::open(parent.path()).unwrap();
    let held = directory.lock().unwrap();
    // The lock belongs to the open file, so a second one here is as good as another process.
    let refusal = directory.lock().unwrap_err().to_string();
    let expected = format!(
        "in use by another credits process (pid {})",
        std::process::id()
    );
    assert!(refusal.contains(&expected), "{refusal}");
    assert!(refusal.contains("CREDITS_DATA_DIR"), "{refusal}");
    directory
        .lock()
        .expect_err("a refused attempt must not take the lock away");
    drop(held);
    directory.lock().unwrap();
}

#[test]
fn a_lock_file_that_a_dead_process_left_behind_locks_nobody_out() {
    let parent = tempfile::tempdir().unwrap();
    fs::write(
        parent.path().join("lock"),
        "4194305 and some more text than a number",
    )
    .unwrap();
    let directory = DataDirectory::open(parent.path()).unwrap();
    let _held = directory.lock().unwrap();
    let written = fs::read_to_string(parent.path().join("lock")).unwrap();
    assert_eq!(written, format!("{}\n", std::process::id()));
}

#[test]
fn a_path_that_is_no_directory_is_an_error_that_names_it() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    fs::write(&file, "").unwrap();
    let refusal = DataDirectory::open(&file).unwrap_err().to_string();
    assert!(refusal.contains(file.to_str().unwrap()), "{refusal}");
}

#[test]
fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
    let parent = tempfile::tempdir().unwrap();
    let directory = DataDirectory::open(parent.path()).unwrap();
    directory.replace("state", b"one").unwrap();
    directory.replace("state", b"two").unwrap();
    assert_eq!(fs::read(parent.path().join("state")).unwrap(), b"two");
    assert_eq!(mode(&parent.path().join("state")), 0o600);
    assert_eq!(names(parent.path()), ["state"]);
    directory.create("state", b"three").unwrap();
    assert_eq!(fs::read(parent.path().join("state")).unwrap(), b"two");
    assert_eq!(names(parent.path()), ["state"]);
}

#[test]
fn sandbox_secrets_are_made_once_and_kept() {
    let parent = tempfile::tempdir().unwrap();
    let directory = DataDirectory::open(parent.path()).unwrap();
    let made = SandboxSecrets::keep(&directory).unwrap();
    let file = parent.path().join("sandbox-secrets.json");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(names(parent.path()), ["sandbox-secrets.json"]);
    assert!(
        made.stripe_secret_key
            .expose_secret()
            .starts_with("sk_test_")
    );
    assert!(made.webhook_secret.expose_secret().starts_with("whsec_"));
    assert!(made.jwt_secret.expose_secret().len() >= 32);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let kept = SandboxSecrets::keep(&directory).unwrap();
    assert_eq!(mode(&file), 0o600, "opened by a copy, closed again");
    for (made, kept) in [
        (&made.jwt_secret, &kept.jwt_secret),
        (&made.stripe_secret_key, &kept.stripe_secret_key),
        (&made.webhook_secret, &kept.webhook_secret),
    ] {
        assert_eq!(made.expose_secret(), kept.expose_secret());
    }

    let other = tempfile::tempdir().unwrap();
    let other = SandboxSecrets::keep(&DataDirectory::open(other.path()).unwrap()).unwrap();
    assert_ne!(
        made.jwt_secret.expose_secret(),
        other.jwt_secret.expose_secret()
    );
    assert!(!format!("{made:?}").contains(made.jwt_secret.expose_secret()));
}

#[test]
fn a_broken_secrets_file_is_reported_and_not_replaced() {
    let short = r#"{"jwt_secret":"sandbox-jwt-1","stripe_secret_key":"sk_test_1","webhook_secret":"whsec_test_1"}"#;
    for content in ["", "{", "{}", "[]", short] {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("sandbox-secrets.json");
        fs::write(&file, content).unwrap();
        let directory = DataDirectory::open(parent.path()).unwrap();
        let refusal = SandboxSecrets::keep(&directory).unwrap_err().to_string();
        assert!(
            refusal.contains("does not hold the sandbox's secrets"),
            "{refusal}"
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), content);
    }
}
