//! Words that keep their full stop, endings of addresses, and prefixes that keep their hyphen.
//!
//! The lists are our own, from general knowledge of English news writing.

/// When a full stop belongs to the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Titles, months, firms: always.
    Always,
    /// `No. 5`, `p. 12`: before a number only.
    BeforeNumber,
    /// Words such as `Sun` and `Ill`, which are abbreviations only when more text follows.
    InsideSentence,
    /// The stop is a token of its own.
    Never,
}

const ALWAYS: &[&str] = &[
    "Adm", "Amb", "Assn", "Asst", "Attn", "Aug", "Ave", "Bldg", "Blvd", "Bp", "Brig", "Bros", "Capt", "Card",
    "Cmdr", "Co", "Col", "Comdr", "Comm", "Corp", "Cpl", "Ct", "Dec", "Dept", "Dist", "Dr", "Drs", "Esq",
    "Est", "Ft", "Feb", "Fr", "Fri", "Gen", "Gov", "Govs", "Hon", "Inc", "Insp", "Jan", "Jr", "Jul", "Jun",
    "Lieut", "Lt", "Ltd", "Maj", "Messrs", "Mfg", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Msgr", "Mt", "Mx",
    "Nov", "Oct", "Ont", "Pfc", "Plc", "Pres", "Prof", "Profs", "Pte", "Pty", "Pvt", "Que", "Rep", "Reps",
    "Rev", "Rt", "Sen", "Sens", "Sept", "Sgt", "Spc", "Sr", "St", "Ste", "Supt", "Thur", "Thurs", "Tue",
    "Tues", "Univ", "Vol", "Vols", "Wed", "al", "approx", "cf", "dept", "eg", "esp", "est", "etc", "ie",
    "incl", "vs", "Conn", "Calif", "Mich", "Minn", "Tenn", "Wis", "Okla", "Ariz", "Ala", "Colo", "Nev",
    "Neb",
];

const BEFORE_NUMBER: &[&str] = &[
    "Apr", "Art", "Fig", "Figs", "Mar", "No", "Nos", "Para", "Sec", "app", "art", "c", "ca", "ch", "ext",
    "fig", "no", "nos", "p", "para", "pp", "sec", "v", "vol",
];

const INSIDE_SENTENCE: &[&str] = &[
    "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Mass", "Mo", "Mon", "Pa", "Sat", "Sun", "Va", "Vt",
    "Wash", "Wyo", "v",
];

/// Whether the full stop behind `word` belongs to it.
#[must_use]
pub fn is_abbreviation(word: &str) -> Stop {
    if word.len() > 6 {
        return Stop::Never;
    }
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    let listed = |list: &[&str]| {
        list.contains(&word)
            || (capital
                && word.len() > 2
                && list
                    .iter()
                    .any(|w| w.eq_ignore_ascii_case(word) && w.starts_with(|c: char| c.is_ascii_uppercase())))
    };
    if listed(ALWAYS) {
        Stop::Always
    } else if listed(BEFORE_NUMBER) {
        Stop::BeforeNumber
    } else if listed(INSIDE_SENTENCE) {
        Stop::InsideSentence
    } else {
        Stop::Never
    }
}

const DOMAINS: &[&str] = &[
    "ai", "au", "biz", "ca", "co", "com", "csv", "de", "doc", "docx", "edu", "eu", "fr", "gov", "gz", "htm",
    "html", "info", "int", "io", "jpg", "js", "mil", "mp3", "mp4", "net", "news", "nl", "org", "pdf", "php",
    "png", "ppt", "pptx", "py", "rs", "ru", "tv", "txt", "uk", "us", "xls", "xlsx", "xml", "zip",
];

/// Whether this is the last part of a host's or a file's name.
pub fn is_domain(part: &str) -> bool {
    part.len() <= 5
        && DOMAINS.iter().any(|d| d.eq_ignore_ascii_case(part))
        && !matches!(
            part,
            "Us" | "Co" | "De" | "News" | "Info" | "Int" | "Ai" | "Ca" | "Io"
        )
}

const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "inter", "intra",
    "macro", "mega", "micro", "mid", "mini", "multi", "neo", "non", "over", "pan", "para", "poly", "post",
    "pre", "pro", "proto", "pseudo", "psycho", "re", "semi", "socio", "sub", "super", "trans", "tri",
    "ultra", "un", "under", "uni",
];

/// Whether a word beginning with this keeps its hyphen: `non-profit`, `mid-July`, `e-mail`.
pub fn keeps_hyphen(prefix: &str) -> bool {
    PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(prefix))
}
