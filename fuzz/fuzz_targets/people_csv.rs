//! Any file as a list of people: whoever is read has a sound name that nobody else in the file has.

#![no_main]

use std::collections::HashSet;

use fuzz::auth::people_csv::{MOST_BYTES, MOST_PEOPLE, read};
use fuzz::auth::user_name::UserName;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (people, faults) = read(data);
    assert!(!(people.is_empty() && faults.is_empty()), "every file is something");
    assert!(people.len() + faults.len() <= MOST_PEOPLE);
    assert!(data.len() <= MOST_BYTES || people.is_empty());
    assert!(faults.iter().all(|fault| fault.row > 0) || (people.is_empty() && faults.len() == 1));
    let mut keys = HashSet::new();
    let mut last_row = 0;
    for person in people {
        let name = person.name.as_str();
        assert_eq!(UserName::parse(name).as_ref(), Ok(&person.name), "one form stays as it is");
        assert!((2..=40).contains(&name.chars().count()));
        assert!(!name.chars().any(char::is_control));
        assert!(keys.insert(person.name.key()));
        assert!(["viewer", "planner", "reviewer", "admin"].contains(&person.role_code.as_str()));
        assert!(person.row > last_row);
        last_row = person.row;
    }
});
