//! Integration tests of Routing ML, one binary: the product as its users meet it, and the laws of the house.

mod access;
mod accounts;
mod bench;
mod bundle;
mod command_line;
mod data_guide;
mod feedback;
mod headers;
mod import;
mod import_command;
mod items;
mod jobs;
mod model_page;
mod openapi;
mod parity;
mod predictions;
mod receipts;
mod registry;
mod server_functions;
mod storage;
mod tidy;
mod tls;
