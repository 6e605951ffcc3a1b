//! People out of an uploaded file: two columns, name and role, with headings in Korean or English.

use std::collections::HashMap;

use engine::clean::text::clean;
use engine::import::{Broken, Decoded, NotText, Row, Rows};
use strum::IntoStaticStr;

use super::user_name::UserName;

/// Largest file, in bytes, and most people in it.
pub const MOST_BYTES: usize = 256 * 1024;
pub const MOST_PEOPLE: usize = 1000;

/// A value in a fault is cut off after so many characters.
const SHOWN_CHARACTERS: usize = 60;

/// How headings and roles are written, in lower case without blanks and signs; the first of a row is its code.
const NAME_HEADINGS: [&str; 9] =
    ["name", "username", "user", "userid", "이름", "성명", "사용자", "사용자명", "사용자이름"];
const ROLE_HEADINGS: [&str; 6] = ["role", "userrole", "permission", "권한", "역할", "사용자권한"];
const ROLES: [&[&str]; 4] = [
    &["viewer", "view", "조회", "조회자", "열람", "열람자"],
    &["planner", "plan", "작성", "작성자", "계획", "계획자", "계획담당자"],
    &["reviewer", "review", "검토", "검토자", "승인", "승인자"],
    &["admin", "administrator", "관리", "관리자"],
];

/// Somebody who can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// As a spreadsheet numbers it.
    pub row: u32,
    pub name: UserName,
    /// `viewer`, `planner`, `reviewer` or `admin`.
    pub role_code: String,
}

/// A row that cannot go in, or the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// As a spreadsheet numbers it; 0 for the file as a whole.
    pub row: u32,
    /// `name`, `role`, or empty for the whole row.
    pub column: String,
    /// What stands there, cut off when it is long.
    pub value: String,
    pub expected: Expected,
}

/// What should stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Expected {
    /// Text, not a workbook, a picture or another binary file.
    CsvText,
    /// UTF-8, UTF-16 or CP949.
    Encoding,
    /// At least one row below the headings.
    Rows,
    /// At most [`MOST_BYTES`].
    SmallerFile,
    /// At most [`MOST_PEOPLE`].
    FewerPeople,
    /// A heading that says which column it is, once.
    Heading,
    /// As many fields as there are headings, and no quote left open.
    Fields,
    /// A name by the rules of [`UserName`].
    Name,
    /// A name that stands in no other row of the file.
    NameOnce,
    /// One of the roles.
    Role,
}

impl Expected {
    /// The code by which pages and other systems know it.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// Reads a file. Each row below the headings that is not blank becomes a person or a fault; a file that is none becomes
/// one fault with row 0 and no people.
pub fn read(bytes: &[u8]) -> (Vec<NewPerson>, Vec<RowFault>) {
    read_rows(bytes).unwrap_or_else(|fault| (Vec::new(), vec![fault]))
}

fn read_rows(bytes: &[u8]) -> Result<(Vec<NewPerson>, Vec<RowFault>), RowFault> {
    let whole = |expected| fault(0, "", "", expected);
    if bytes.len() > MOST_BYTES {
        return Err(whole(Expected::SmallerFile));
    }
    let decoded = Decoded::open(bytes).map_err(|not_text| match not_text {
        NotText::Empty => whole(Expected::Rows),
        NotText::Binary(_) | NotText::Read(_) => whole(Expected::CsvText),
        NotText::Encoding => whole(Expected::Encoding),
    })?;
    let known = |headings: &[String]| columns(headings, &NAME_HEADINGS).len() + columns(headings, &ROLE_HEADINGS).len();
    let opened = Rows::open(decoded, known).map_err(|_| whole(Expected::CsvText))?;
    let Some((mut rows, headings)) = opened else { return Err(whole(Expected::Rows)) };
    let only = |column: &str, known: &[&str]| match columns(&headings, known)[..] {
        [at] => Ok(at),
        _ => Err(fault(0, column, &headings.join(" | "), Expected::Heading)),
    };
    let (name_at, role_at) = (only("name", &NAME_HEADINGS)?, only("role", &ROLE_HEADINGS)?);

    let (mut people, mut faults) = (Vec::new(), Vec::new());
    let mut first_rows: HashMap<String, u32> = HashMap::new();
    while let Some(row) = rows.next_row().map_err(|_| whole(Expected::CsvText))? {
        if people.len() + faults.len() >= MOST_PEOPLE {
            return Err(whole(Expected::FewerPeople));
        }
        match person(&row, name_at, role_at) {
            Err(fault) => faults.push(fault),
            Ok(person) if first_rows.contains_key(&person.name.key()) => {
                faults.push(fault(row.number, "name", person.name.as_str(), Expected::NameOnce));
            }
            Ok(person) => {
                first_rows.insert(person.name.key(), person.row);
                people.push(person);
            }
        }
    }
    if people.is_empty() && faults.is_empty() { Err(whole(Expected::Rows)) } else { Ok((people, faults)) }
}

fn person(row: &Row, name_at: usize, role_at: usize) -> Result<NewPerson, RowFault> {
    let fields = match &row.fields {
        Ok(fields) if row.n_missing == 0 => fields,
        Ok(fields) => return Err(fault(row.number, "", &fields[0], Expected::Fields)),
        Err((text, Broken::OpenQuote | Broken::TooLong | Broken::Fields)) => {
            return Err(fault(row.number, "", text, Expected::Fields));
        }
    };
    let (name, role) = (fields.get(name_at).unwrap_or_default(), fields.get(role_at).unwrap_or_default());
    let name = UserName::parse(name).map_err(|_| fault(row.number, "name", name, Expected::Name))?;
    let role_code = role_code(role).ok_or_else(|| fault(row.number, "role", role, Expected::Role))?;
    Ok(NewPerson { row: row.number, name, role_code: role_code.to_owned() })
}

fn role_code(text: &str) -> Option<&'static str> {
    let text = plain(text);
    ROLES.iter().find(|words| words.contains(&text.as_str())).and_then(|words| words.first().copied())
}

/// Which headings are among the known ones.
fn columns(headings: &[String], known: &[&str]) -> Vec<usize> {
    let is_known = |heading: &String| known.contains(&plain(heading).as_str());
    headings.iter().enumerate().filter(|(_, heading)| is_known(heading)).map(|(at, _)| at).collect()
}

/// In one form, in lower case, letters and digits only.
fn plain(text: &str) -> String {
    let short: String = text.chars().take(SHOWN_CHARACTERS).collect();
    clean(&short).to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect()
}

fn fault(row: u32, column: &str, value: &str, expected: Expected) -> RowFault {
    let value = value.chars().take(SHOWN_CHARACTERS).collect();
    RowFault { row, column: column.to_owned(), value, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(bytes: &[u8]) -> Vec<(u32, String, String)> {
        let (people, faults) = read(bytes);
        assert_eq!(faults, []);
        people.into_iter().map(|person| (person.row, person.name.to_string(), person.role_code)).collect()
    }

    fn faults(bytes: &[u8]) -> Vec<(u32, String, Expected)> {
        read(bytes).1.into_iter().map(|fault| (fault.row, fault.column, fault.expected)).collect()
    }

    fn whole(expected: Expected) -> Vec<(u32, String, Expected)> {
        vec![(0, String::new(), expected)]
    }

    const KOREAN: &str = "이름,권한\n김영호,관리자\n이 순신,작성\n박검토,검토\n최현장,조회\n";

    /// `KOREAN` as Excel in Korea saves it.
    const CP949: &[u8] = b"\xc0\xcc\xb8\xa7,\xb1\xc7\xc7\xd1\n\xb1\xe8\xbf\xb5\xc8\xa3,\xb0\xfc\xb8\xae\xc0\xda\n";

    #[test]
    fn headings_and_roles_are_read_in_both_languages() {
        let expected: Vec<(u32, String, String)> =
            [(2, "김영호", "admin"), (3, "이 순신", "planner"), (4, "박검토", "reviewer"), (5, "최현장", "viewer")]
                .map(|(row, name, role)| (row, name.into(), role.into()))
                .into();
        assert_eq!(people(KOREAN.as_bytes()), expected);
        let english = "Role;E-mail;User name\nADMIN;a@b;kim\nplanner;;lee\n\n Reviewer ;;park\nviewer;;\"choi\"\n";
        let names: Vec<String> =
            people(english.as_bytes()).iter().map(|(row, name, role)| format!("{row} {name} {role}")).collect();
        assert_eq!(names, ["2 kim admin", "3 lee planner", "5 park reviewer", "6 choi viewer"]);
    }

    #[test]
    fn each_encoding_of_a_spreadsheet_is_read() {
        assert_eq!(people(CP949), [(2, "김영호".to_owned(), "admin".to_owned())]);
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(KOREAN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [format!("\u{feff}{KOREAN}").into_bytes(), KOREAN.replace(',', "\t").into_bytes(), utf16] {
            assert_eq!(people(&bytes), people(KOREAN.as_bytes()));
        }
    }

    #[test]
    fn a_row_that_cannot_go_in_says_where_and_why_and_the_others_go_in() {
        let text = "name,role\nkim,admin\nlee,boss\n,viewer\nx<y>,viewer\nKIM,viewer\npark\nchoi,\nshin,viewer\n";
        let (people, _) = read(text.as_bytes());
        assert_eq!(people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["kim", "shin"]);
        let expected = [
            (3, "role", Expected::Role),
            (4, "name", Expected::Name),
            (5, "name", Expected::Name),
            (6, "name", Expected::NameOnce),
            (7, "", Expected::Fields),
            (8, "role", Expected::Role),
        ];
        assert_eq!(faults(text.as_bytes()), expected.map(|(row, column, expected)| (row, column.to_owned(), expected)));
    }

    #[test]
    fn damaged_letters_are_a_fault_and_never_a_name() {
        let mut bytes = KOREAN.as_bytes().to_vec();
        bytes.extend(b"\xff\xfe,viewer\n");
        assert_eq!(faults(&bytes), [(6, "name".to_owned(), Expected::Name)]);
    }

    #[test]
    fn what_is_no_list_of_people_is_refused_as_a_whole() {
        for bytes in [&b"PK\x03\x04rest"[..], b"\xd0\xcf\x11\xe0", b"name,role\nki\0m,admin\n", b"%PDF-1.7"] {
            assert_eq!(faults(bytes), whole(Expected::CsvText), "{bytes:?}");
        }
        for text in ["", " \n\n", "name,role\n", "name,role\n,\n"] {
            assert_eq!(faults(text.as_bytes()), whole(Expected::Rows), "{text:?}");
        }
        assert_eq!(faults(b"Stra\xdfe,Gr\xf6\xdfe\n"), whole(Expected::Encoding));
        let heading = |column: &str| vec![(0, column.to_owned(), Expected::Heading)];
        assert_eq!(faults(b"name,colour\nkim,red\n"), heading("role"));
        assert_eq!(faults(b"role,colour\nviewer,red\n"), heading("name"));
        assert_eq!(faults(b"name,role,user\nkim,viewer,lee\n"), heading("name"));
    }

    #[test]
    fn size_is_limited_in_bytes_and_people() {
        let rows = |n: usize| {
            (0..n).fold(String::from("name,role\n"), |text, at| text + &format!("user{at},viewer\n")).into_bytes()
        };
        assert_eq!(people(&rows(1000)).len(), 1000);
        let (people, _) = read(&rows(1001));
        assert_eq!((people.len(), faults(&rows(1001))), (0, whole(Expected::FewerPeople)));
        let mut large = b"name,role\nkim,viewer\n".to_vec();
        large.resize(MOST_BYTES, b' ');
        assert_eq!(read(&large).0.len(), 1);
        large.push(b' ');
        assert_eq!(faults(&large), whole(Expected::SmallerFile));
    }

    #[test]
    fn a_value_in_a_fault_is_cut_off() {
        let text = format!("name,role\nkim,{}\n", "x".repeat(5000));
        assert_eq!(read(text.as_bytes()).1[0].value.len(), SHOWN_CHARACTERS);
    }
}
