//! For how many pieces, or for what, a time is: `per 100`, `/Stk`, `개당`.

/// What a time is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Per {
    /// One piece.
    Piece,
    /// So many pieces.
    Pieces(f64),
    /// A lot or batch, whatever its size.
    Lot,
    /// An order.
    Order,
}

const PIECES: [&str; 54] = [
    "piece", "pieces", "pc", "pcs", "pce", "pces", "ea", "each", "unit", "units", "un", "u", "part", "parts", "item",
    "stk", "stck", "stück", "stueck", "st", "teil", "teile", "einheit", "me", "pieza", "piezas", "pza", "pzas", "pz",
    "ud", "uds", "unidad", "unidades", "개", "단위", "매", "본", "대", "품", "件", "个", "個", "本", "枚", "只", "台",
    "支", "片", "つ", "ケ", "ヶ", "pcs.", "수량", "單位",
];
const LOTS: [&str; 17] = [
    "lot",
    "lots",
    "batch",
    "batches",
    "los",
    "lose",
    "charge",
    "lote",
    "lotes",
    "로트",
    "롯트",
    "배치",
    "批",
    "批次",
    "批量",
    "ロット",
    "バッチ",
];
const ORDERS: [&str; 17] = [
    "order",
    "orders",
    "wo",
    "work order",
    "auftrag",
    "fa",
    "orden",
    "pedido",
    "오더",
    "지시",
    "작업지시",
    "订单",
    "工单",
    "訂單",
    "オーダー",
    "指図",
    "指示",
];

/// What stands behind "per": `piece`, `100`, `100 Stk`, `1,000 pcs`, `hundred`, `lot`, `批`; `None` when it is none.
pub fn per_of(text: &str) -> Option<Per> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let n_digits = lower.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(lower.len());
    let (number, word) = lower.split_at(n_digits);
    let word = word.trim();
    if number.is_empty() {
        return match word {
            "hundred" | "hundert" | "cien" | "백" | "百" => Some(Per::Pieces(100.0)),
            "thousand" | "tausend" | "mil" | "천" | "千" => Some(Per::Pieces(1000.0)),
            _ if PIECES.contains(&word) => Some(Per::Piece),
            _ if LOTS.contains(&word) => Some(Per::Lot),
            _ if ORDERS.contains(&word) => Some(Per::Order),
            _ => None,
        };
    }
    if !word.is_empty() && !PIECES.contains(&word) {
        return None;
    }
    whole(number).map(|n| if n == 1.0 { Per::Piece } else { Per::Pieces(n) })
}

/// A number of pieces, thousands grouped or not; `1.5` pieces are none.
fn whole(number: &str) -> Option<f64> {
    let mut parts = number.split([',', '.']);
    let first = parts.next()?;
    let is_grouped = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3);
    if first.is_empty() || (number.contains([',', '.']) && !is_grouped) {
        return None;
    }
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.parse::<u32>().ok().filter(|n| *n > 0).map(f64::from)
}

/// `개당`, `100개당`, `個あたり`, `每件` within `header`: what it says, and the header without it.
pub(super) fn within(header: &str) -> Option<(Per, String)> {
    for mark in ["당", "あたり", "当たり", "当り"] {
        for (at, _) in header.match_indices(mark) {
            let before = &header[..at];
            let starts = before.char_indices().map(|(start, _)| start).filter(|start| at - start <= 24);
            for start in starts {
                let is_start = before[..start].chars().next_back().is_none_or(|c| !c.is_ascii_digit());
                if is_start && let Some(per) = per_of(&before[start..]) {
                    return Some((per, format!("{} {}", &before[..start], &header[at + mark.len()..])));
                }
            }
        }
    }
    for (word, per) in [
        ("每件", Per::Piece),
        ("每个", Per::Piece),
        ("每個", Per::Piece),
        ("单件", Per::Piece),
        ("單件", Per::Piece),
        ("每批", Per::Lot),
    ] {
        if let Some((before, after)) = header.split_once(word) {
            return Some((per, format!("{before} {after}")));
        }
    }
    None
}
