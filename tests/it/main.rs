//! Integration tests of Routing ML, one binary: the product as its users meet it, and the laws of the house.

mod access;
mod accounts;
mod bench;
mod bundle;
mod command_line;
mod data_guide;
mod faults;
mod feedback;
mod headers;
mod import;
mod import_command;
mod items;
mod model_page;
mod nul;
mod openapi;
mod parity;
mod predictions;
mod receipts;
mod registry;
mod request_ids;
mod server_functions;
mod slow_clients;
mod storage;
mod tidy;
mod tls;
mod wire;
