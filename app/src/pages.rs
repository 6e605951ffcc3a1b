//! One module per page. A page owns its address and loads its data.
//!
//! Comes in: the address. Goes out: HTML of components and panels. Never does: reading another page's internals.

mod home;
mod item;
mod model;
mod not_found;
mod predict;

pub use home::HomePage;
pub use item::ItemPage;
pub use model::ModelPage;
pub use not_found::NotFoundPage;
pub use predict::PredictPage;
