//! What to do with files that are no workbook we read.

pub(in crate::import::workbook) const XLSB: &str =
    "this is a binary Excel workbook (.xlsb): open it in Excel and save it as Excel workbook (.xlsx)";
pub(in crate::import::workbook) const PASSWORD: &str = "this workbook is protected by a password: open it and save it without one (File, Info, Protect \
                        Workbook, Encrypt with Password, then leave the field empty)";
pub(in crate::import::workbook) const WEB_PAGE: &str =
    "this is a web page (HTML): open it in Excel and save it as Excel workbook (.xlsx) or CSV UTF-8";
pub(in crate::import::workbook) const WEB_PAGE_NAMED_WORKBOOK: &str = "this is a web page (HTML) that is only named like a workbook: open it in Excel \
                                       and save it as Excel workbook (.xlsx) or CSV UTF-8";
pub(in crate::import::workbook) const WEB_ARCHIVE: &str = "this is a web archive (MHTML), as SAP and Excel save pages: open it in Excel and save it as \
                           Excel workbook (.xlsx) or CSV UTF-8";
pub(in crate::import::workbook) const XML_2003: &str = "this is an Excel 2003 XML spreadsheet: open it in Excel and save it as Excel workbook (.xlsx) or \
                        CSV UTF-8";
pub(in crate::import::workbook) const FLAT_ODS: &str =
    "this is a flat OpenDocument spreadsheet (.fods): open it in LibreOffice and save it as .ods or .xlsx";
pub(in crate::import::workbook) const OTHER_XML: &str =
    "this is an XML file and not a table: export the table as CSV UTF-8 or Excel workbook (.xlsx)";
pub(in crate::import::workbook) const JSON: &str =
    "this is a JSON file and not a table: export the table as CSV UTF-8 or Excel workbook (.xlsx)";
pub(in crate::import::workbook) const OLD_EXCEL: &str =
    "this is a workbook of Excel 4 or older: open it and save it as Excel workbook (.xlsx)";
pub(in crate::import::workbook) const ZIP_OF_TABLES: &str =
    "this is a zip archive of files: unpack it and import the files";
pub(in crate::import::workbook) const ARCHIVE: &str =
    "this is a compressed archive: unpack it and import the files in it";
pub(in crate::import::workbook) const WORD: &str =
    "this is a Word document: copy its table into a spreadsheet and save that as .xlsx or CSV UTF-8";
pub(in crate::import::workbook) const SLIDES: &str =
    "this is a presentation: copy its table into a spreadsheet and save that as .xlsx or CSV UTF-8";
pub(in crate::import::workbook) const NUMBERS: &str =
    "this is a document of Apple Numbers: export it as Excel workbook (.xlsx) or CSV";
pub(in crate::import::workbook) const OTHER_OPEN_DOCUMENT: &str =
    "this is an OpenDocument file but not a spreadsheet: save its table as .ods or .xlsx";
pub(in crate::import::workbook) const PDF: &str =
    "this is a PDF: export the table itself as CSV UTF-8 or Excel workbook (.xlsx)";
pub(in crate::import::workbook) const RTF: &str =
    "this is a formatted text (RTF): export the table as CSV UTF-8 or Excel workbook (.xlsx)";
pub(in crate::import::workbook) const DATABASE: &str =
    "this is a database file: export the table as CSV UTF-8 or Excel workbook (.xlsx)";
pub(in crate::import::workbook) const NO_WORKBOOK_IN_OLE: &str =
    "this is an Office file but not an Excel workbook: save its table as .xlsx or CSV UTF-8";
