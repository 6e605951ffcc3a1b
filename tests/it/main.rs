//! Integration tests of Routing ML, one binary: the product as its users meet it, and the laws of the house.

mod parity;
mod tidy;
