//! XLS. `fixtures/operations.xls` was made once by the Python package xlwt; `fixtures/README.md` says how.

use super::*;

const OPERATIONS: &[u8] = include_bytes!("../../../../tests/fixtures/operations.xls");

#[test]
fn values_formats_and_hidden_things() {
    let mut workbook = open(OPERATIONS.to_vec());
    let info = &workbook.sheets()[0];
    assert_eq!(info.name, "Vorgänge");
    assert_eq!((info.n_rows, info.n_columns, info.n_merged), (4, 7, 1));
    assert_eq!((info.n_hidden_rows, info.n_hidden_columns), (1, 1));
    assert!(workbook.sheets()[1].is_hidden);
    assert_eq!(
        texts(&mut workbook, 0),
        [
            vec!["품목", "Arbeitsplatz", "min", "gültig ab", "Dauer", "ok", "Fehler"],
            vec!["000815", "Säge", "12.5", "2021-06-09", "42:00:00", "TRUE", "#REF!"],
            vec!["000042", "Drehen", "1234567"],
            vec!["000007", "Drehen", "0.25"],
        ]
    );
    let row = &workbook.rows(0).unwrap().rows[1];
    assert_eq!(row[0].plain().as_deref(), Some("815"));
    assert_eq!(number(&row[0]).is_general, Some(false));
    assert_eq!(number(&row[2]).is_general, Some(true));
    assert_eq!(row[3].form, CellForm::Date);
    assert_eq!(row[6].form, CellForm::Error);
    assert_eq!(workbook.rows(1).unwrap().first_row, 6);
}

#[test]
fn cut_and_spoiled_files_end_in_errors_or_values() {
    for length in (0..OPERATIONS.len()).step_by(211) {
        let _ = Workbook::open(Cursor::new(OPERATIONS[..length].to_vec()), &Limits::default());
    }
    let mut n_opened = 0;
    for at in (0..OPERATIONS.len()).step_by(5) {
        for flip in [0x04, 0xff] {
            let mut bytes = OPERATIONS.to_vec();
            bytes[at] ^= flip;
            if let Ok(mut workbook) = Workbook::open(Cursor::new(bytes), &Limits::default()) {
                n_opened += 1;
                for sheet in 0..workbook.sheets().len() {
                    let _ = workbook.rows(sheet);
                }
            }
        }
    }
    assert!(n_opened > 0);
}

#[test]
fn other_office_files_are_told_from_workbooks() {
    for (stream, expected) in
        [("EncryptedPackage", "password"), ("WordDocument", "Word"), ("__properties", "not an Excel")]
    {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap().write_all(&[7; 5000]).unwrap();
        file.flush().unwrap();
        let error = error_of(file.into_inner().into_inner(), &Limits::default());
        assert!(error.to_string().contains(expected), "{error}");
    }
}
