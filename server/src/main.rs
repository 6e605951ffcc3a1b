//! `routing-ml`: one binary, every command.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{Cli, Console};
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.start_log();
    let mut console = Console::of_process(cli.progress);
    let done = Runtime::new().map_err(Into::into).and_then(|runtime| {
        let done = runtime.block_on(cli.run(&mut console));
        // Maths that a request began and nobody waits for any more does not keep the process.
        runtime.shutdown_background();
        done
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console.say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
