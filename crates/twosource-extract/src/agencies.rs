//! News agencies: the names that stand for a wire report in credits and datelines.

/// Name to show and the forms in which it is credited. Public facts: the agencies' own names.
const AGENCIES: &[(&str, &[&str])] = &[
    ("Reuters", &["Reuters", "REUTERS", "rtr", "Thomson Reuters"]),
    (
        "AP",
        &["AP", "Associated Press", "The Associated Press", "AP News"],
    ),
    (
        "AFP",
        &["AFP", "Agence France-Presse", "Agence France Presse", "afp"],
    ),
    ("dpa", &["dpa", "DPA", "Deutsche Presse-Agentur"]),
    (
        "PA Media",
        &["PA", "PA Media", "Press Association", "PA news agency"],
    ),
    ("UPI", &["UPI", "United Press International"]),
    ("EFE", &["EFE", "Agencia EFE"]),
    ("Europa Press", &["Europa Press"]),
    ("ANSA", &["ANSA", "Ansa"]),
    ("TASS", &["TASS", "ITAR-TASS"]),
    ("Interfax", &["Interfax"]),
    ("RIA Novosti", &["RIA Novosti"]),
    ("Xinhua", &["Xinhua"]),
    ("Kyodo", &["Kyodo", "Kyodo News"]),
    ("Jiji Press", &["Jiji", "JIJI", "Jiji Press"]),
    ("Yonhap", &["Yonhap"]),
    ("PTI", &["PTI", "Press Trust of India"]),
    ("ANI", &["ANI", "Asian News International"]),
    ("IANS", &["IANS"]),
    ("AAP", &["AAP", "Australian Associated Press"]),
    (
        "The Canadian Press",
        &["The Canadian Press", "Canadian Press", "CP"],
    ),
    ("Bloomberg", &["Bloomberg", "Bloomberg News"]),
    ("APA", &["APA"]),
    ("KNA", &["KNA"]),
    ("epd", &["epd"]),
    ("SID", &["SID"]),
    ("Keystone-SDA", &["Keystone-SDA", "SDA", "sda"]),
    ("Belga", &["Belga", "BELGA"]),
    ("ANP", &["ANP"]),
    ("TT", &["TT"]),
    ("NTB", &["NTB"]),
    ("Ritzau", &["Ritzau", "Ritzau/"]),
    ("STT", &["STT"]),
    ("Lusa", &["Lusa"]),
    ("PAP", &["PAP"]),
    ("ČTK", &["ČTK", "CTK"]),
    ("MTI", &["MTI"]),
    ("Agerpres", &["Agerpres"]),
    ("Anadolu", &["Anadolu", "Anadolu Agency", "AA"]),
    ("IRNA", &["IRNA"]),
    ("Ukrinform", &["Ukrinform"]),
    ("Bernama", &["Bernama", "BERNAMA"]),
    ("Antara", &["Antara", "ANTARA"]),
];

/// The agency of a credit, which must be its name and nothing else.
pub(crate) fn agency_of(credit: &str) -> Option<&'static str> {
    let credit = credit.trim_matches(|c: char| !c.is_alphanumeric());
    AGENCIES
        .iter()
        .find(|(_, forms)| forms.contains(&credit))
        .map(|(name, _)| *name)
}

/// The agencies of a credit with several names, such as "dpa/AFP" or "AP, Reuters"; empty when one part is no agency.
pub(crate) fn agencies_of(credit: &str) -> Vec<&'static str> {
    let parts: Vec<_> = credit
        .split(['/', ',', ';', '&', '|'])
        .flat_map(|part| part.split(" and "))
        .map(|part| agency_of(part.trim()))
        .collect();
    parts.into_iter().collect::<Option<Vec<_>>>().unwrap_or_default()
}
