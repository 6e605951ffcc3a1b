//! Tests of rows.

use super::*;

type Seen = Vec<(u32, Result<Vec<String>, Broken>)>;

fn rows(text: &str) -> (char, Vec<String>, Seen, u64) {
    let decoded = Decoded::open(text.as_bytes()).expect("text");
    let (mut rows, header) = Rows::open(decoded, |_| 0).expect("memory can be read").expect("a header");
    let mut seen = Vec::new();
    while let Some(row) = rows.next_row().expect("memory can be read") {
        let fields = row.fields.map(|record| record.iter().map(str::to_owned).collect()).map_err(|(_, why)| why);
        seen.push((row.number, fields));
    }
    (rows.delimiter(), header, seen, rows.n_blank())
}

fn fields(values: &[&str]) -> Result<Vec<String>, Broken> {
    Ok(values.iter().map(|value| (*value).to_owned()).collect())
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_does() {
    for end in ["\n", "\r\n"] {
        let text = ["a,b", "1,2", "", "\"x\ny\",\"say \"\"hi\"\"\"", ",", "3,4"].join(end);
        let (_, header, seen, n_blank) = rows(&text);
        assert_eq!(header, ["a", "b"]);
        assert_eq!(seen, [(2, fields(&["1", "2"])), (4, fields(&["x\ny", "say \"hi\""])), (6, fields(&["3", "4"]))]);
        assert_eq!(n_blank, 2);
    }
    assert_eq!(rows("a,b\r1,2\r3,4").2, [(2, fields(&["1", "2"])), (3, fields(&["3", "4"]))]);
}

#[test]
fn an_open_quote_costs_one_row() {
    let (_, _, seen, _) = rows("a,b\n\"1,2\n3,4\n5,\"six\"\n7,8\n");
    assert_eq!(seen[0], (2, Err(Broken::OpenQuote)));
    assert_eq!(seen[1..], [(3, fields(&["3", "4"])), (4, fields(&["5", "six"])), (5, fields(&["7", "8"]))]);
    let long = format!("a,b\n\"1,2\n{}", "3,4\n".repeat(1000));
    let (_, _, seen, _) = rows(&long);
    assert_eq!(seen.iter().filter(|(_, fields)| fields.is_ok()).count(), 1000);
}

#[test]
fn a_quote_within_a_field_is_a_letter() {
    assert_eq!(rows("a,b\n4\" pipe,x\n").2, [(2, fields(&["4\" pipe", "x"]))]);
}

#[test]
fn the_delimiter_follows_from_the_header() {
    assert_eq!(rows("a;b,c;d\n").1, ["a", "b,c", "d"]);
    assert_eq!(rows("a\tb\n").0, '\t');
    assert_eq!(rows("a|b\n").0, '|');
    assert_eq!(rows("sep=;\na;b\n1;2\n").2, [(3, fields(&["1", "2"]))]);
    assert_eq!(rows("\"a\n(mm)\",b\n1,2\n").1, ["a\n(mm)", "b"]);
}

#[test]
fn a_short_row_is_padded_and_a_long_one_is_refused() {
    let text = "a,b,c\n1\n1,2\n1,2,3,4\n1,2,3,,\n\"x\ny\",2\n";
    let (_, _, seen, _) = rows(text);
    assert_eq!(
        seen,
        [
            (2, fields(&["1", "", ""])),
            (3, fields(&["1", "2", ""])),
            (4, Err(Broken::Fields)),
            (5, fields(&["1", "2", "3"])),
            (6, fields(&["x\ny", "2", ""]))
        ]
    );
    let (mut opened, _) =
        Rows::open(Decoded::open(text.as_bytes()).expect("text"), |_| 0).expect("read").expect("rows");
    let n_missing: Vec<usize> =
        std::iter::from_fn(|| opened.next_row().expect("memory can be read")).map(|row| row.n_missing).collect();
    assert_eq!(n_missing, [2, 1, 0, 0, 1]);
}

#[test]
fn an_open_quote_never_swallows_the_rows_behind_it() {
    // The quote seems to end in a later row: before text, or before the end of a row of its own.
    for (text, n_refused) in [
        ("a,b,c\n\"1,2,3\n4,5,6\n7,\"8\",9\n", 1),
        ("a,b,c,d\n1,2,x,\"3\n4,5,x,6\n7,8,x,\"\n", 2),
        ("a,b,c\n1,\"2,3\n4,5,6\n7,8,9\"\n", 1),
        ("a,b,c\n\"1,\"2,\"3\n\"4,\"5,\"6\n7,8,9\n", 2),
    ] {
        let seen = rows(text).2;
        assert_eq!(seen.len(), 3, "{text}: {seen:?}");
        assert_eq!(seen.iter().filter(|(_, fields)| fields.is_err()).count(), n_refused, "{text}: {seen:?}");
    }
}

#[test]
fn many_open_quotes_cost_a_row_each() {
    for line in ["\"1,2\n", "1,\"2\n", "1,\"\"\"2\n"] {
        let seen = rows(&format!("a,b\n{}3,4\n", line.repeat(20_000))).2;
        assert_eq!(seen.len(), 20_001, "{line}");
        assert!(seen[..20_000].iter().all(|(_, fields)| *fields == Err(Broken::OpenQuote)), "{line}");
        assert_eq!(seen[20_000].1, fields(&["3", "4"]));
    }
}

#[test]
fn the_hint_about_the_delimiter_is_understood_in_each_spelling() {
    for (hint, delimiter) in [
        ("sep=;", ';'),
        ("\"sep=;\"", ';'),
        ("SEP=;", ';'),
        ("Sep = ;", ';'),
        ("\u{feff}sep=;", ';'),
        ("\u{feff}\"sep=;\"", ';'),
        ("sep=;;;", ';'),
        ("\"sep=;\",,", ';'),
        ("sep=\t", '\t'),
        ("SEP=\\t", '\t'),
        ("sep=|", '|'),
        ("sep=^", '^'),
        ("\nsep=;\r", ';'),
    ] {
        let row = |cells: [&str; 2]| cells.join(&delimiter.to_string());
        let text = format!("{hint}\n{}\n{}\n", row(["x,1", "y,1"]), row(["1,5", "2,5"]));
        let (found, header, seen, _) = rows(&text);
        assert_eq!((found, header), (delimiter, vec!["x,1".to_owned(), "y,1".to_owned()]), "{hint:?}");
        assert_eq!(seen.iter().map(|(_, fields)| fields.clone()).collect::<Vec<_>>(), [fields(&["1,5", "2,5"])]);
    }
    // A column may be called so.
    assert_eq!(rows("sep=x,b\n1,2\n").1, ["sep=x", "b"]);
    assert_eq!(rows("sep,b\n1,2\n").1, ["sep", "b"]);
}

#[test]
fn the_delimiter_follows_from_all_of_the_first_rows() {
    // Commas in the names and in the numbers, and a title that has some.
    assert_eq!(rows("Teil;Gewicht, kg;Länge, mm\nK-1;1,5;20,5\nK-2;1,75;3\n").0, ';');
    assert_eq!(rows("parts, tools, gauges\nTeil\tWert\nK-1\t1,5\nK-2\t2,5\nK-3\t9,5\n").0, '\t');
    assert_eq!(rows("x|note\nK-1|red, blue; green\nK-2|a, b, c\nK-3|none\n").0, '|');
    assert_eq!(rows("x,note\nK-1,a;b;c\nK-2,d;e;f\nK-3,g;h;i\n").0, ',');
}

fn score(names: &[String]) -> usize {
    names.iter().filter(|name| ["part_no", "part_name", "mass_g"].contains(&name.trim())).count()
}

#[test]
fn a_text_opened_again_in_the_same_shape_gives_the_same_rows() {
    for text in [
        "part_no,part_name\nA,x\n\nB,\"y\nz\"\n",
        "List of parts;;\n2023-10-05;;\n\npart_no;part_name;mass_g\nA;x;1,5\nB;y\n",
        "sep=|\n\"part\nno\"|part_name|mass_g\n(code)|(text)|(g)\nA|x|3\n",
        "part_no\tpart_name\rA\tx\rB\ty",
        "A,x,1\nB,y,2\n",
    ] {
        let open = || Decoded::open(text.as_bytes()).expect("text");
        let (mut first, header) = Rows::open_stated(open(), &Stated::default(), &score).expect("read").expect("rows");
        let shape = *first.shape();
        let mut again = Rows::open_as(open(), &shape).expect("read");
        assert_eq!((header.row, header.names.len()), (shape.header_row, shape.n_fields));
        let mut n_rows = 0;
        loop {
            let (a, b) = (first.next_row().expect("read"), again.next_row().expect("read"));
            assert_eq!(format!("{a:?}"), format!("{b:?}"));
            let Some(row) = a else { break };
            n_rows += 1;
            assert!(row.number > shape.header_row);
        }
        assert!(n_rows >= 1, "{text}");
        assert_eq!(first.n_blank(), RowSource::n_blank(&again));
    }
}

#[test]
fn titles_before_the_header_are_passed_over_and_told() {
    let text = "List of parts;;\nPrinted 2023-10-05;;\n\n;;\npart_no;part_name;mass_g\n[code];[text];[g]\nA;x;1,5\n";
    let open = |stated| {
        let decoded = Decoded::open(text.as_bytes()).expect("text");
        Rows::open_stated(decoded, &stated, &score).expect("read").expect("rows")
    };
    let (mut rows, header) = open(Stated::default());
    assert_eq!((header.row, header.is_found, header.names.join(" ")), (5, true, "part_no part_name mass_g".into()));
    assert_eq!(header.passed_over, [(1, "List of parts".into()), (2, "Printed 2023-10-05".into())]);
    assert_eq!(header.second.map(|(row, _)| row), Some(6));
    assert_eq!(rows.next_row().expect("read").expect("a row").number, 7);
    let (_, header) = open(Stated { delimiter: Some(','), header_row: Some(2) });
    assert_eq!((header.row, header.names), (2, vec!["Printed 2023-10-05;;".to_owned()]));
    // A file that begins with data says so.
    let decoded = Decoded::open(&b"A;x;1\nB;y;2\n"[..]).expect("text");
    let (_, header) = Rows::open_stated(decoded, &Stated::default(), &score).expect("read").expect("rows");
    assert_eq!((header.row, header.is_found), (1, false));
}

#[test]
fn fields_are_split_as_the_csv_crate_splits_them() {
    const SIGNS: [u8; 4] = [b'a', b'"', b',', b' '];
    for n in 0..4_usize.pow(7) {
        let text: String = (0..7).map(|at| char::from(SIGNS[n / 4_usize.pow(at) % 4])).collect();
        if scan(State::FieldStart, text.as_bytes(), b',') == State::Quoted {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(64).from_reader(text.as_bytes());
        let mut expected = StringRecord::new();
        reader.read_record(&mut expected).expect("memory can be read");
        assert_eq!(super::fields(&text, b',', 0), expected, "{text:?}");
    }
}

#[test]
fn an_endless_line_costs_one_row() {
    let (_, _, seen, _) = rows(&format!("a,b\n{}\n1,2\n", "x".repeat(3 * MAX_LINE_BYTES)));
    assert_eq!(seen, [(2, Err(Broken::TooLong)), (3, fields(&["1", "2"]))]);
}
