<<<<<<< HEAD
//! Integration tests of Routing ML, one binary: the product as its users meet it, and the laws of the house.

mod tidy;
=======
mod parity;

fn main() {}
>>>>>>> frontend
