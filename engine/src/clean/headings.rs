//! What people call the code and the name of an item above a column that they paste, in Korean and English. An import
//! knows many more; it is not in the browser.

/// Headings of codes, as [`attribute_name`](super::text::attribute_name) writes them.
pub const CODES: [&str; 11] =
    ["item_cd", "item_code", "itemcode", "item", "code", "item_no", "part_no", "품목코드", "품목_코드", "품번", "코드"];
/// Headings of names, in the same form.
pub const NAMES: [&str; 9] =
    ["item_nm", "item_name", "itemname", "name", "part_name", "품목명", "품목_이름", "품명", "이름"];
