mod parity;

fn main() {}
