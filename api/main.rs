//! The command line, and nothing else.

use std::process::ExitCode;

use clap::Parser;
use credits::cli::{self, CommandLine};

// Small things are made and dropped by the million here, by several threads at once.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    cli::run(CommandLine::parse()).await
}
