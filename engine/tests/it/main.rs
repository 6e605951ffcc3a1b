//! Tests of the engine from outside, in one binary: it is linked once, and its tests share the cores to the end.

mod golden;
mod import;
mod laws;
mod odd_plants;
mod pairs;
mod plants;
mod properties;
mod reasons;
mod sentences;
mod standards;
mod times;
