//! A heading in the form in which it is compared: only what tells one column from another.

use crate::clean::text;

/// A header as it is compared: its letters and digits in lower case, without accents, traditional and Japanese characters
/// as simplified ones, and without the prefix that Access gives to the columns of a linked view.
pub fn key(header: &str) -> String {
    let letters = letters(header);
    letters
        .strip_prefix("dbobiroutingview")
        .filter(|rest| !rest.is_empty())
        .map_or_else(|| letters.clone(), str::to_owned)
}

/// The keys under which a name is known: German umlauts are also written as two letters.
pub fn spellings(name: &str) -> Vec<String> {
    let plain = key(name);
    let mut all: Vec<String> = UMLAUTS
        .iter()
        .filter(|(short, _)| plain.contains(short))
        .map(|(short, long)| plain.replace(short, long))
        .collect();
    all.push(plain);
    all
}

/// Parts of German names without and with the two letters that stand for an umlaut.
#[rustfmt::skip]
const UMLAUTS: [(&str, &str); 15] = [
    ("rust", "ruest"), ("stuck", "stueck"), ("ruck", "rueck"), ("schlussel", "schluessel"), ("grosse", "groesse"), ("gultig", "gueltig"),
    ("losch", "loesch"), ("ausfuhr", "ausfuehr"), ("prioritat", "prioritaet"), ("kapazitat", "kapazitaet"), ("platze", "plaetze"),
    ("auswarts", "auswaerts"), ("uber", "ueber"), ("tatig", "taetig"), ("forder", "foerder"),
];

/// Lower-case letters and digits, folded.
fn letters(header: &str) -> String {
    let mut out = String::with_capacity(header.len());
    for character in text::clean(header).chars().filter(|character| character.is_alphanumeric()) {
        for lower in character.to_lowercase() {
            fold(lower, &mut out);
        }
    }
    out
}

/// Adds a letter in its plain form.
pub fn fold(letter: char, out: &mut String) {
    let plain = match letter {
        'a'..='z' | '0'..='9' => letter,
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ß' => {
            out.push_str("ss");
            return;
        }
        // What lower case leaves of a Turkish capital I, and accents that stand alone.
        '\u{300}'..='\u{36f}' => return,
        'º' | 'ª' => return,
        _ => HAN.iter().find(|(from, _)| *from == letter).map_or(letter, |(_, to)| *to),
    };
    out.push(plain);
}

/// Traditional and Japanese characters of headings, and their simplified forms.
#[rustfmt::skip]
const HAN: &[(char, char)] = &[
    ('號', '号'), ('編', '编'), ('碼', '码'), ('單', '单'), ('単', '单'), ('機', '机'), ('時', '时'), ('間', '间'), ('準', '准'),
    ('備', '备'), ('設', '设'), ('數', '数'), ('產', '产'), ('産', '产'), ('製', '制'), ('廠', '厂'), ('線', '线'), ('規', '规'),
    ('訂', '订'), ('狀', '状'), ('態', '态'), ('優', '优'), ('級', '级'), ('運', '运'), ('転', '转'), ('轉', '转'), ('報', '报'),
    ('廢', '废'), ('廃', '废'), ('開', '开'), ('結', '结'), ('動', '动'), ('換', '换'), ('種', '种'), ('類', '类'), ('後', '后'),
    ('實', '实'), ('実', '实'), ('際', '际'), ('檢', '检'), ('検', '检'), ('驗', '验'), ('標', '标'), ('價', '价'), ('員', '员'),
    ('稱', '称'), ('圖', '图'), ('図', '图'), ('組', '组'), ('順', '顺'), ('業', '业'), ('區', '区'), ('資', '资'), ('預', '预'),
    ('導', '导'), ('層', '层'), ('階', '阶'), ('場', '场'), ('庫', '库'), ('親', '亲'), ('參', '参'), ('績', '绩'), ('從', '从'),
    ('處', '处'), ('処', '处'), ('測', '测'), ('補', '补'), ('損', '损'), ('載', '载'), ('鋼', '钢'), ('進', '进'), ('達', '达'),
    ('領', '领'), ('負', '负'), ('責', '责'), ('審', '审'), ('說', '说'), ('説', '说'), ('內', '内'), ('屬', '属'), ('確', '确'),
    ('認', '认'), ('軟', '软'), ('復', '复'), ('納', '纳'), ('註', '注'), ('經', '经'), ('経', '经'), ('終', '终'), ('適', '适'),
    ('効', '效'), ('並', '并'), ('來', '来'), ('裝', '装'), ('調', '调'), ('臺', '台'), ('連', '连'), ('録', '录'), ('錄', '录'),
    ('記', '记'), ('銷', '销'), ('滅', '灭'), ('據', '据'), ('還', '还'), ('為', '为'), ('無', '无'), ('麼', '么'), ('軸', '轴'),
    ('選', '选'), ('擇', '择'), ('択', '择'), ('話', '话'), ('電', '电'), ('郵', '邮'), ('擔', '担'), ('當', '当'), ('積', '积'),
];
