//! What a machine may lack: the wasm target, npm packages, Debian packages. Installed where that is allowed, else the
//! error says exactly what to type.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{process, progress, repo};

/// The target of the browser client.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The compiler's wasm target.
pub fn wasm_target() -> Result<()> {
    let libdir = process::output(
        Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]).current_dir(repo::root()),
    );
    if libdir.is_ok_and(|dir| Path::new(dir.trim()).is_dir()) {
        return Ok(());
    }
    progress::step("add the wasm target", || {
        process::run(Command::new("rustup").args(["target", "add", WASM]).current_dir(repo::root()))
            .context("the compiler lacks its wasm target; type: rustup target add wasm32-unknown-unknown")
    })
}

/// Debian packages, unless `is_there` says that nothing is missing.
pub fn debian(packages: &[&str], is_there: impl Fn() -> bool) -> Result<()> {
    if is_there() {
        return Ok(());
    }
    let wanted = packages.join(" ");
    let Some(prefix) = may_install() else {
        bail!("this machine lacks some of: {wanted}; type: sudo apt-get install -y --no-install-recommends {wanted}");
    };
    progress::step(&format!("apt-get install {wanted}"), || {
        let apt = |args: &[&str]| {
            let mut words = prefix.clone();
            words.push("apt-get");
            words.extend(args);
            process::run(Command::new(words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive"))
        };
        apt(&["update", "-qq"])?;
        let mut args = vec!["install", "-y", "-qq", "--no-install-recommends"];
        args.extend(packages);
        apt(&args)
    })?;
    if !is_there() {
        bail!("{wanted} were installed, but are still not found");
    }
    Ok(())
}

/// `[]` for root, `["sudo", "-n"]` where sudo asks no password, `None` where nothing may be installed.
fn may_install() -> Option<Vec<&'static str>> {
    if !process::has("apt-get") {
        return None;
    }
    if is_root() {
        return Some(Vec::new());
    }
    let sudo = Command::new("sudo").args(["-n", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    sudo.is_ok_and(|status| status.success()).then(|| vec!["sudo", "-n"])
}

/// Whether we run as root.
pub fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Chromium as a path.
pub fn chromium() -> Result<&'static str> {
    const PATH: &str = "/usr/bin/chromium";
    debian(&["chromium", "chromium-driver", "fonts-noto-cjk"], || Path::new(PATH).exists() && has_cjk_font())?;
    Ok(PATH)
}

fn has_cjk_font() -> bool {
    if !process::has("fc-list") {
        return Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists();
    }
    process::output(Command::new("fc-list").args([":lang=ko", "family"])).is_ok_and(|fonts| !fonts.trim().is_empty())
}

/// Python that can make an environment of its own, for the tool of `cargo xtask api` only.
pub fn python() -> Result<()> {
    debian(&["python3", "python3-venv"], || {
        process::output(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_ok()
    })
}

/// Node with npm, for the browser tests only.
pub fn node() -> Result<()> {
    debian(&["nodejs", "npm"], || process::has("node") && process::has("npm"))?;
    let version = process::output(Command::new("node").arg("--version"))?;
    if node_major(&version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("Node {} is too old for the browser tests; install Node {OLDEST_NODE} or newer", version.trim());
    }
    Ok(())
}

/// The browser tests use what this version brought.
const OLDEST_NODE: u32 = 20;

/// `v20.11.1` → 20.
fn node_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The npm packages of a folder, exactly as its lock file says, unless they were installed from this lock file.
pub fn npm(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = std::fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = folder.join("node_modules/.xtask-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    node()?;
    progress::step("npm ci", || {
        process::run(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(folder),
        )?;
        std::fs::write(&stamp, &wanted).with_context(|| format!("cannot write {}", stamp.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(node_major("v20.11.1\n"), Some(20));
        assert_eq!(node_major("nonsense"), None);
    }
}
