//! Tables as cells, and how one dress writes them: as text in some encoding, or as a sheet.

use encoding_rs::{EUC_KR, GBK, SHIFT_JIS, WINDOWS_1252};
use engine::domain::Date;
use rand::Rng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus as Dice;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet};

use super::plant::Decimal;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Blank,
    /// Codes and texts.
    Text(String),
    Number(Decimal),
    Day(Date),
    /// Seconds as `h:mm:ss`.
    Clock(u32),
    /// A number with its unit behind it.
    Behind(Decimal, &'static str),
}

/// One table before it is written.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    /// Columns whose cells stay blank (or are merged) where they repeat the row above, the outer one first.
    pub grouped: Vec<usize>,
    pub titles: Vec<String>,
    /// The word of a total row and the column that it stands in.
    pub total: Option<(String, usize)>,
}

/// How one file is written.
#[derive(Clone, Copy, Debug)]
pub struct Dress {
    pub decimal: char,
    pub group: Option<char>,
    pub dates: usize,
    pub delimiter: char,
    pub line_end: &'static str,
    pub quotes_all: bool,
    pub encoding: &'static str,
    pub has_ruler: bool,
    pub has_blank_lines: bool,
    pub repeats_header: bool,
    pub has_footer: bool,
    pub numbers_as_text: bool,
}

pub const N_DATES: usize = 11;

impl Dress {
    pub fn draw(dice: &mut Dice, language: &str) -> Self {
        let (decimal, group) = *[
            ('.', None),
            ('.', None),
            (',', None),
            (',', None),
            ('.', Some(',')),
            (',', Some('.')),
            (',', Some(' ')),
            ('.', Some('\'')),
        ]
        .choose(dice)
        .expect("some");
        let own = match language {
            "ko" => "cp949",
            "de" | "es" => "windows_1252",
            "zh" => "gbk",
            "ja" => "shift_jis",
            _ => "utf8",
        };
        let encoding = ["utf8", "utf8_bom", "utf16_le", "utf16_be", own][dice.gen_range(0..5)];
        let dates = match (dice.gen_range(0..N_DATES), encoding) {
            // The words for year, month and day are no letters of every encoding.
            (6, "gbk" | "shift_jis" | "windows_1252") | (7, "windows_1252") => 0,
            (dates, _) => dates,
        };
        Self {
            decimal,
            group,
            dates,
            delimiter: *[',', ';', '\t', '|'].choose(dice).expect("some"),
            line_end: if dice.gen_bool(0.5) { "\n" } else { "\r\n" },
            quotes_all: dice.gen_bool(0.3),
            encoding,
            has_ruler: dice.gen_bool(0.15),
            has_blank_lines: dice.gen_bool(0.2),
            repeats_header: dice.gen_bool(0.15),
            has_footer: dice.gen_bool(0.1),
            numbers_as_text: dice.gen_bool(0.3),
        }
    }

    /// Whether the encoding knows only the letters of the language.
    pub fn is_plain(&self) -> bool {
        !self.encoding.starts_with("utf")
    }

    fn number(&self, number: Decimal) -> String {
        let digits = format!("{:0>1$}", number.units, number.n_decimals + 1);
        let (whole, decimals) = digits.split_at(digits.len() - number.n_decimals);
        let mut text = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if let Some(group) = self.group
                && at > 0
                && (whole.len() - at).is_multiple_of(3)
            {
                text.push(group);
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(self.decimal);
            text.push_str(decimals);
        }
        text
    }

    fn day(&self, date: Date) -> String {
        let text = date.to_string();
        let (year, month, day) = (&text[..4], &text[5..7], &text[8..]);
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        match self.dates {
            0 => text.clone(),
            1 => format!("{year}/{month}/{day}"),
            2 => format!("{year}{month}{day}"),
            3 => format!("{day}.{month}.{year}"),
            4 => format!("{day}/{month}/{year}"),
            5 => format!("{month}/{day}/{year}"),
            6 => format!("{year}년 {month}월 {day}일"),
            7 => format!("{year}年{month}月{day}日"),
            8 => format!("{day}-{}-{year}", MONTHS[month.parse::<usize>().expect("a month") - 1]),
            9 => format!("{year}. {month}. {day}."),
            _ => format!("{year}-{month}-{day} 14:05:00"),
        }
    }

    fn text(&self, cell: &Cell) -> String {
        match cell {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => self.number(*number),
            Cell::Day(date) => self.day(*date),
            Cell::Clock(seconds) => format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60),
            Cell::Behind(number, unit) => format!("{} {unit}", self.number(*number)),
        }
    }

    fn quoted(&self, text: &str) -> String {
        let needs = self.quotes_all || text.contains([self.delimiter, '"', '\n', '\r']);
        if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    }

    /// The table as the bytes of a text file.
    pub fn write(&self, table: &Table) -> Vec<u8> {
        let delimiter = self.delimiter.to_string();
        let line = |cells: Vec<String>| {
            let cells: Vec<String> = cells.iter().map(|cell| self.quoted(cell)).collect();
            cells.join(&delimiter)
        };
        let mut lines: Vec<String> = table.titles.clone();
        lines.push(line(table.header.clone()));
        if self.has_ruler {
            lines.push(line(vec!["-------".to_owned(); table.header.len()]));
        }
        for (at, row) in table.rows.iter().enumerate() {
            let begins = table.begins(at);
            if begins && at > 0 && self.has_blank_lines {
                lines.push(String::new());
            }
            if begins && at > 3 && at % 5 == 0 && self.repeats_header {
                lines.push(line(table.header.clone()));
            }
            let cells = row
                .iter()
                .enumerate()
                .map(|(column, cell)| if table.repeats(at, column) { String::new() } else { self.text(cell) });
            lines.push(line(cells.collect()));
        }
        if let Some((word, column)) = &table.total {
            let mut cells = vec![String::new(); table.header.len()];
            cells[*column].clone_from(word);
            lines.push(line(cells));
        }
        if self.has_footer {
            lines.push(format!("({} rows affected)", table.rows.len()));
        }
        let text = lines.join(self.line_end) + self.line_end;
        let mark = |text: &str| format!("\u{feff}{text}");
        let of = |encoding: &'static encoding_rs::Encoding| encoding.encode(&text).0.into_owned();
        match self.encoding {
            "utf8_bom" => mark(&text).into_bytes(),
            "utf16_le" => mark(&text).encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf16_be" => mark(&text).encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "cp949" => of(EUC_KR),
            "windows_1252" => of(WINDOWS_1252),
            "gbk" => of(GBK),
            "shift_jis" => of(SHIFT_JIS),
            _ => text.into_bytes(),
        }
    }

    /// The table as a sheet of a workbook.
    pub fn fill(&self, table: &Table, sheet: &mut Worksheet) {
        let (clock, date) = (Format::new().set_num_format("[h]:mm:ss"), Format::new().set_num_format("yyyy-mm-dd"));
        let mut at = 0;
        for title in &table.titles {
            sheet.write(at, 0, title.as_str()).expect("a cell");
            at += 1;
        }
        for (column, name) in (0..).zip(&table.header) {
            sheet.write(at, column, name.as_str()).expect("a cell");
        }
        let first = at + 1;
        for (row_at, row) in table.rows.iter().enumerate() {
            let number = first + row_at as u32;
            for (column_at, cell) in row.iter().enumerate() {
                let column = column_at as u16;
                let is_grouped = table.grouped.contains(&column_at);
                let written = match cell {
                    Cell::Text(text) if is_grouped => {
                        if table.repeats(row_at, column_at) {
                            continue;
                        }
                        let rest = &table.rows[row_at + 1..];
                        let n = (0..rest.len()).take_while(|n| table.repeats(row_at + 1 + n, column_at)).count() as u32;
                        match n {
                            0 => sheet.write(number, column, text.as_str()),
                            n => sheet.merge_range(number, column, number + n, column, text, &Format::new()),
                        }
                    }
                    Cell::Number(value) if !self.numbers_as_text => sheet.write(number, column, value.value()),
                    Cell::Day(day) if !self.numbers_as_text => {
                        let day = ExcelDateTime::parse_from_str(&day.to_string()).expect("a day");
                        sheet.write_with_format(number, column, &day, &date)
                    }
                    Cell::Clock(seconds) if !self.numbers_as_text => {
                        sheet.write_with_format(number, column, f64::from(*seconds) / 86_400.0, &clock)
                    }
                    Cell::Blank => continue,
                    cell => sheet.write(number, column, self.text(cell)),
                };
                written.expect("a cell");
            }
        }
    }
}

impl Table {
    /// Whether a cell repeats the one above in a column of groups.
    fn repeats(&self, row: usize, column: usize) -> bool {
        let Some(depth) = self.grouped.iter().position(|grouped| *grouped == column) else { return false };
        row > 0 && self.grouped[..=depth].iter().all(|outer| self.rows[row][*outer] == self.rows[row - 1][*outer])
    }

    /// Whether no column of groups repeats the row above.
    fn begins(&self, row: usize) -> bool {
        self.grouped.iter().all(|column| !self.repeats(row, *column))
    }
}
