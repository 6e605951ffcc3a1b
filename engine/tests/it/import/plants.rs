//! Files of several plants: never merged, one is taken when it is chosen.

use super::given::{read, read_with};
use engine::import::{ImportError, Options};

const HEADINGS: [&str; 6] = ["plant", "site", "사업장", "Werk", "planta", "工厂"];

fn plan(heading: &str) -> String {
    format!(
        "{heading},item,routing_no,seq,operation,machine\n\
         N1,CC,1,10,CUT,C1\nN1,CC,1,20,BEND,B1\nS2,CC,1,10,CUT,C7\nN1,DD,1,10,CUT,C1\n"
    )
}

#[test]
fn several_plants_without_a_choice_stop_the_import_with_their_counts() {
    for heading in HEADINGS {
        let read = read(&[("routings.csv", &plan(heading))]);
        let ImportError::Plants { asked: None, plants } = read.failure() else { panic!("{:?}", read.failed) };
        assert_eq!(plants, &[("N1".to_owned(), 3), ("S2".to_owned(), 1)], "{heading}");
        let told = read.failure().to_string();
        assert!(told.contains("N1") && told.contains("3 rows") && told.contains("--plant"), "{told}");
    }
}

#[test]
fn rows_of_other_plants_are_counted_and_left() {
    for heading in HEADINGS {
        let options = Options { plant: Some("N1".to_owned()), ..Options::default() };
        let read = read_with(&[("routings.csv", &plan(heading))], &options).clean();
        assert_eq!(read.steps("CC"), ["10 CUT C1", "20 BEND B1"], "{heading}");
        assert_eq!((read.tables[0].n_rows, read.tables[0].n_other_plants), (3, 1), "{heading}");
    }
}

#[test]
fn a_plant_that_no_row_has_is_an_error_that_lists_those_there_are() {
    let options = Options { plant: Some("X9".to_owned()), ..Options::default() };
    let read = read_with(&[("routings.csv", &plan("plant"))], &options);
    assert!(read.failure().to_string().contains("S2"), "{}", read.failure());
}

#[test]
fn one_plant_is_taken_and_a_second_one_may_hide_in_another_file() {
    let items = "plant,item_no,name\nN1,CC,frame\n";
    let one = read(&[("items.csv", items)]).clean();
    assert_eq!(one.items.len(), 1);
    let two = read(&[
        ("items.csv", items),
        ("routings.csv", "site,item,routing_no,seq,operation,machine\nS2,CC,1,10,CUT,C7\n"),
    ]);
    assert!(matches!(two.failure(), ImportError::Plants { .. }));
}
