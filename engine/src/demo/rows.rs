//! From designs and routings to rows of text.
//!
//! In: designs, planned routings, reports. Out: the four tables in pieces ([`tables`]), with dirt and planted faults
//! counted ([`dirt`]).
//! Never: a decision about how an item is made.

pub mod dirt;
pub mod items;
pub mod naming;
pub mod routings;
pub mod tables;
