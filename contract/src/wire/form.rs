//! Turning domain types into their wire forms and back.

use std::collections::BTreeMap;

use engine::domain::{Date, ItemCode, JobCode, ModelId, Receipt, RoutingId, Seq, SnapshotId, WorkCentreCode};

/// The wire form of a domain type.
pub trait WireForm<Domain>: Sized {
    /// The form of a value.
    fn of(domain: Domain) -> Self;
    /// The value of a form.
    fn into_domain(self) -> Domain;
}

impl<D, W: WireForm<D>> WireForm<Vec<D>> for Vec<W> {
    fn of(domain: Vec<D>) -> Self {
        domain.into_iter().map(W::of).collect()
    }

    fn into_domain(self) -> Vec<D> {
        self.into_iter().map(W::into_domain).collect()
    }
}

impl<D, W: WireForm<D>> WireForm<Option<D>> for Option<W> {
    fn of(domain: Option<D>) -> Self {
        domain.map(W::of)
    }

    fn into_domain(self) -> Option<D> {
        self.map(W::into_domain)
    }
}

/// Types that are their own form.
macro_rules! own_forms {
    ($($name:ty),+) => {
        $(
            impl WireForm<$name> for $name {
                fn of(domain: $name) -> Self {
                    domain
                }

                fn into_domain(self) -> $name {
                    self
                }
            }
        )+
    };
}

own_forms!(bool, u16, u32, u64, usize, f64, String, BTreeMap<String, String>);
own_forms!(Date, Seq, ItemCode, JobCode, ModelId, Receipt, RoutingId, SnapshotId, WorkCentreCode);

/// A wire form with the fields, or the values, of a domain type. It names all of them: one that is missing does not compile.
macro_rules! form {
    (
        $(#[$meta:meta])*
        struct $name:ident of $($domain:ident)::+ {
            $($(#[$field_meta:meta])* $field:ident: $kind:ty,)+
        }
    ) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* pub $field: $kind,)+
        }

        impl $crate::wire::WireForm<$($domain)::+> for $name {
            fn of(domain: $($domain)::+) -> Self {
                let $($domain)::+ { $($field),+ } = domain;
                Self { $($field: $crate::wire::WireForm::of($field)),+ }
            }

            fn into_domain(self) -> $($domain)::+ {
                let Self { $($field),+ } = self;
                $($domain)::+ { $($field: $crate::wire::WireForm::into_domain($field)),+ }
            }
        }
    };
    (
        $(#[$meta:meta])*
        enum $name:ident of $($domain:ident)::+ {
            $($(#[$value_meta:meta])* $value:ident,)+
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $($(#[$value_meta])* $value,)+
        }

        impl $crate::wire::WireForm<$($domain)::+> for $name {
            fn of(domain: $($domain)::+) -> Self {
                use $($domain)::+ as Domain;
                match domain {
                    $(Domain::$value => Self::$value,)+
                }
            }

            fn into_domain(self) -> $($domain)::+ {
                use $($domain)::+ as Domain;
                match self {
                    $(Self::$value => Domain::$value,)+
                }
            }
        }
    };
}
