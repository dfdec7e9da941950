//! Tests of what the repository commits: generated files, catalogues, help texts.

mod catalogues;
mod completions;
mod generated;
mod help;
mod manual;
mod messages;
mod schema;
mod tool;
