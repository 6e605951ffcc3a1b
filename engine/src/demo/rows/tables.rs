//! The four tables as CSV text (RFC 4180), written in pieces so that memory stays bounded.

/// A table of the demo plant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemoFile {
    Items,
    Routings,
    WorkResults,
    /// Routings of make-items whose routing was left out of `routings.csv`.
    Truth,
}

/// All tables, in the order in which they are listed.
pub const DEMO_FILES: [DemoFile; 4] = [DemoFile::Items, DemoFile::Routings, DemoFile::WorkResults, DemoFile::Truth];

impl DemoFile {
    /// Name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Items => "items.csv",
            Self::Routings => "routings.csv",
            Self::WorkResults => "work_results.csv",
            Self::Truth => "truth.csv",
        }
    }

    /// Names of the columns.
    pub fn header(self) -> &'static [&'static str] {
        match self {
            Self::Items => &[
                "item_cd",
                "item_nm",
                "part_type",
                "part_name",
                "item_suffix",
                "item_spec",
                "additional_spec",
                "material_code",
                "material",
                "item_account",
                "item_type",
                "unit",
                "group1",
                "group2",
                "standard_yn",
                "draw_no",
                "draw_rev",
                "outer_diameter",
                "outer_diameter_unit",
                "inner_diameter",
                "inner_diameter_unit",
                "thickness",
                "thickness_unit",
                "rotation",
                "seal_type",
                "seal_size",
                "seal_size_uom",
                "raw_material_kind",
                "raw_material_name",
                "created",
            ],
            Self::Routings => &[
                "item_cd",
                "routing_id",
                "proc_seq",
                "job_cd",
                "job_nm",
                "res_cd",
                "res_nm",
                "setup_time_min",
                "run_time_min",
                "lot_size",
                "inside_flag",
                "is_main",
                "valid_from",
                "valid_to",
                "created",
            ],
            Self::WorkResults => &[
                "order_no",
                "item_cd",
                "routing_id",
                "proc_seq",
                "job_cd",
                "res_cd",
                "qty",
                "good_qty",
                "setup_min",
                "run_min",
                "end",
            ],
            Self::Truth => &["item_cd", "proc_seq", "job_cd", "res_cd", "setup_min", "run_min_per_piece"],
        }
    }
}

/// Takes pieces of the tables as they are made.
pub type Emit<'a, E> = dyn FnMut(DemoFile, &str) -> Result<(), E> + 'a;

/// Pieces are handed on when they reach this size.
const PIECE_BYTES: usize = 1 << 16;

/// Collects rows of the four tables and hands them on in pieces.
pub struct Tables {
    writers: [csv::Writer<Vec<u8>>; 4],
}

impl Tables {
    /// The tables with their header rows.
    pub fn with_headers() -> Self {
        let mut tables = Self { writers: std::array::from_fn(|_| writer()) };
        for file in DEMO_FILES {
            tables.row(file, file.header());
        }
        tables
    }

    /// Adds one row, cells in the order of [`DemoFile::header`].
    pub fn row<C: AsRef<[u8]>>(&mut self, file: DemoFile, cells: impl IntoIterator<Item = C>) {
        self.writers[file as usize].write_record(cells).expect("a Vec takes every write and rows are of equal length");
    }

    /// Hands on what has grown large enough, or everything.
    pub fn hand_on<E>(&mut self, everything: bool, emit: &mut Emit<'_, E>) -> Result<(), E> {
        for file in DEMO_FILES {
            let slot = &mut self.writers[file as usize];
            if everything || slot.get_ref().len() >= PIECE_BYTES {
                let full = std::mem::replace(slot, writer());
                let bytes = full.into_inner().expect("a Vec takes every write");
                emit(file, std::str::from_utf8(&bytes).expect("cells are text, so rows are"))?;
            }
        }
        Ok(())
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().from_writer(Vec::new())
}
