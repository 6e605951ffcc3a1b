//! `routing-ml`: one binary, every command.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{Cli, Console};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.start_log();
    let mut console = Console::of_process(cli.progress);
    match cli.run(&mut console).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console.say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
