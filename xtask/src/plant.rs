//! A demo plant in a data directory: made, imported and trained by the product's own commands.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, progress};

/// Codes of standard routings that the plant keeps beside its items.
const STANDARD_CODES: &str = "60";

/// Whether the data directory has a model that predicts.
pub fn has_model(binary: &Path, data_dir: &Path) -> Result<bool> {
    let text = process::output(command(binary, data_dir).args(["status", "--json"]))?;
    let status: serde_json::Value = serde_json::from_str(&text).context("routing-ml status --json wrote no JSON")?;
    Ok(status.get("active_model").is_some_and(|model| !model.is_null()))
}

/// Makes, imports and trains a demo plant of `n_items` items; the product reports its progress on the terminal.
pub fn prepare(
    binary: &Path,
    data_dir: &Path,
    n_items: usize,
    run: &mut dyn FnMut(&mut Command) -> Result<()>,
) -> Result<()> {
    let tables = data_dir.join("demo");
    progress::step(&format!("make the demo plant ({n_items} items)"), || {
        let mut demo = command(binary, data_dir);
        demo.args([
            "demo",
            "--items",
            &n_items.to_string(),
            "--seed",
            "1",
            "--standard-codes",
            STANDARD_CODES,
            "--out",
        ]);
        demo.arg(&tables);
        run(&mut demo)
    })?;
    progress::step("import it", || run(command(binary, data_dir).arg("import").arg(&tables)))?;
    progress::step("train a model", || run(command(binary, data_dir).args(["train", "--seed", "1"])))
}

/// Measures on the plant of [`prepare`] and keeps it, so that the page of the model has all that it can show.
pub fn measure(binary: &Path, data_dir: &Path, run: &mut dyn FnMut(&mut Command) -> Result<()>) -> Result<()> {
    progress::step("evaluate", || run(command(binary, data_dir).args(["evaluate", "--split", "all", "--save"])))
}

/// Password of the people of [`add_people`]: nothing that anybody could reach is behind it.
pub const PASSWORD: &str = "only for tests on loopback";

/// Adds the people as whom the browser tests ask (`end2end/support/people.ts`).
pub fn add_people(binary: &Path, data_dir: &Path) -> Result<()> {
    for (name, role) in [("e2e planner", "planner"), ("e2e admin", "admin"), ("e2e viewer", "viewer")] {
        let mut add = command(binary, data_dir);
        add.args(["user", "add", name, "--role", role, "--password-stdin"]).env_remove("DATABASE_URL");
        process::run_with_input(&mut add, PASSWORD)?;
    }
    Ok(())
}

fn command(binary: &Path, data_dir: &Path) -> Command {
    let mut command = Command::new(binary);
    command.env("ROUTING_ML_DATA_DIR", data_dir);
    command
}
