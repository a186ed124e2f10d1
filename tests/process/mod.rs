//! The program as it is run: started, told to stop, killed, misconfigured, cut off from its
//! database. Nothing here looks inside; all is seen over HTTP, in the log and in exit codes.

mod bench;
mod caller;
mod commands;
mod crashes;
mod database_faults;
mod drain;
mod flushes;
mod kill_nine;
mod lifecycle;
mod log;
mod metrics;
mod proxies;
mod refusals;
mod shopping;
mod streams;
mod zones;
