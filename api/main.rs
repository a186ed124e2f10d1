//! The command line, and nothing else.

use std::process::ExitCode;

use clap::Parser;
use credits::cli::{self, CommandLine};

#[tokio::main]
async fn main() -> ExitCode {
    cli::run(CommandLine::parse()).await
}
