//! A web page as a light tree that keeps its offsets.

mod attributes;
mod entities;
mod parse;
mod tag;
mod tree;

pub(crate) use attributes::{Attribute, AttributeName};
pub(crate) use entities::{decode_entity, decode_text};
pub(crate) use parse::parse;
pub(crate) use tag::Tag;
pub(crate) use tree::{Node, NodeId, Page};
