//! The data directory: who may use it, and how files get into it.
//!
//! Nothing is ever overwritten in place: a power cut leaves the old file or the new one. What is
//! written is readable by its owner only.

mod sandbox_secrets;

pub(crate) use sandbox_secrets::SANDBOX_WEBHOOK_PREFIX;
pub use sandbox_secrets::SandboxSecrets;

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

const LOCK_FILE: &str = "lock";

/// Why the data directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    #[error(
        "the data directory {path} is in use by another credits process (pid {pid}); stop it, or set CREDITS_DATA_DIR to another directory"
    )]
    InUse { path: String, pid: String },
    #[error("cannot {doing} {path}: {source}")]
    Io {
        doing: &'static str,
        path: String,
        source: io::Error,
    },
    #[error(
        "{path} does not hold the sandbox's secrets; restore it, or delete it to have new ones made"
    )]
    SecretsUnreadable { path: String },
    #[error("the operating system gave no random bytes")]
    NoRandomness,
}

/// An existing data directory.
#[derive(Debug, Clone)]
pub struct DataDirectory {
    path: PathBuf,
}

/// The right to use a data directory alone. The operating system takes it back when the process
/// ends, however it ends, so a lock is never stale.
#[derive(Debug)]
pub struct DataDirLock {
    _held: File,
}

impl DataDirectory {
    /// Opens the directory, and makes it (mode 0700, parents included) if it is not there.
    pub fn open(path: &Path) -> Result<DataDirectory, DataDirError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true).mode(0o700);
        builder
            .create(path)
            .map_err(|source| failed("create", path, source))?;
        let path = fs::canonicalize(path).map_err(|source| failed("open", path, source))?;
        Ok(DataDirectory { path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the directory for this process until the lock is dropped.
    pub fn lock(&self) -> Result<DataDirLock, DataDirError> {
        let path = self.path.join(LOCK_FILE);
        let mut options = OpenOptions::new();
        // Not truncated: until the lock is ours, the number in it is somebody else's.
        options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600);
        let mut file = options
            .open(&path)
            .map_err(|source| failed("open", &path, source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(self.in_use(&mut file)),
            Err(TryLockError::Error(source)) => return Err(failed("lock", &path, source)),
        }
        write_pid(&mut file).map_err(|source| failed("write", &path, source))?;
        Ok(DataDirLock { _held: file })
    }

    fn in_use(&self, lock: &mut File) -> DataDirError {
        let mut pid = String::new();
        // The number helps a human and decides nothing: if it cannot be read, say so and go on.
        let read = lock.take(20).read_to_string(&mut pid).is_ok();
        let pid = pid.trim();
        let known = read && !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit());
        DataDirError::InUse {
            path: self.path.display().to_string(),
            pid: if known { pid } else { "unknown" }.to_owned(),
        }
    }

    /// Puts a whole file in place, or leaves what was there.
    pub fn replace(&self, name: &str, content: &[u8]) -> Result<(), DataDirError> {
        let target = self.path.join(name);
        self.write_aside(name, content, |aside| fs::rename(aside, &target))
            .map_err(|source| failed("write", &target, source))
    }

    /// Puts a whole file in place unless one is there. Of several processes, one wins.
    fn create(&self, name: &str, content: &[u8]) -> Result<(), DataDirError> {
        let target = self.path.join(name);
        let link = |aside: &Path| {
            let linked = fs::hard_link(aside, &target);
            fs::remove_file(aside)?;
            match linked {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                linked => linked,
            }
        };
        self.write_aside(name, content, link)
            .map_err(|source| failed("write", &target, source))
    }

    fn write_aside(
        &self,
        name: &str,
        content: &[u8],
        put_in_place: impl FnOnce(&Path) -> io::Result<()>,
    ) -> io::Result<()> {
        let aside = self.path.join(format!(".{name}.{}", std::process::id()));
        // Left over from a crash of a process that had our number.
        match fs::remove_file(&aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&aside)?;
        file.write_all(content)?;
        file.sync_all()?;
        put_in_place(&aside)?;
        // Without this a power cut can forget the new name.
        File::open(&self.path)?.sync_all()
    }
}

fn write_pid(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    lock.write_all(format!("{}\n", std::process::id()).as_bytes())?;
    lock.sync_all()
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> DataDirError {
    let path = path.display().to_string();
    DataDirError::Io {
        doing,
        path,
        source,
    }
}

#[cfg(test)]
mod tests;
