//! Sources of every kind, whole and broken, and a server on this machine to fetch from.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests may stop at the first surprise and may print what they skipped")]

#[path = "sources/common.rs"]
mod common;
#[path = "sources/feeds.rs"]
mod feeds;
#[path = "sources/archives.rs"]
mod archives;
#[path = "sources/messages.rs"]
mod messages;
#[path = "sources/tables.rs"]
mod tables;
#[path = "sources/web.rs"]
mod web;
#[path = "sources/following.rs"]
mod following;
#[path = "sources/robust.rs"]
mod robust;
#[path = "sources/shared.rs"]
mod shared;
