//! The desk as flat tables for other tools: rows by name, written as CSV, Parquet or JSON Lines; and feeds.

mod csv;
mod events;
mod feed;
mod gdelt;
mod parquet;
mod rows;
mod sheet;

pub use feed::{Feed, FeedForm};
pub use sheet::{Cell, Column, ColumnKind, Sheet, SheetForm};
