//! Tables as plants write them, read as an import reads them.
//!
//! Comes in: texts, bytes and workbooks in our own words. Checked: what is understood, what is doubtful, what is held back.

mod given;

mod codes;
mod columns;
mod dates;
mod dress;
mod numbers;
mod plants;
mod reports;
mod rows;
mod systems;
mod table;
mod text;
mod workbooks;
