//! JSON values in few bits: what stands at the same path before, stretches of the text by their tokens, known names by
//! their numbers. It carries the names of its fields, so that a field which later versions add costs old files nothing.

use std::collections::HashMap;

use serde_json::{Map, Number, Value};
use twosource_model::Span;

use super::bits::{Coder, context, hash_of, number, signed, symbol};
use super::prior::Lists;
use super::tokens::Grid;
use crate::articles::{date_of, day_number};

/// Deepest value: a guard against damaged files. Ours are a fifth as deep.
const DEPTH: usize = 60;
/// Most values and bytes of strings in one annotation: the same guard.
const MOST: usize = 1 << 26;
/// Strings of one annotation that are looked back to.
const SEEN: usize = 1 << 10;
/// Tokens passed over one by one before the rest is counted.
const STEPS: usize = 96;
/// Bits of the number of a known word, and of a shape; the last number of each means another one.
const WORD_BITS: u32 = 10;
const SHAPE_BITS: u32 = 8;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum Kind {
    Null,
    False,
    True,
    Whole,
    Fraction,
    Text,
    List,
    Object,
    /// Two offsets at the ends of tokens.
    Stretch,
    /// The same two as last time.
    SameStretch,
    /// Two other numbers, the second not below the first.
    Range,
    /// Anything else, as it is spelt.
    Spelt,
}

const KINDS: [Kind; 12] = [
    Kind::Null,
    Kind::False,
    Kind::True,
    Kind::Whole,
    Kind::Fraction,
    Kind::Text,
    Kind::List,
    Kind::Object,
    Kind::Stretch,
    Kind::SameStretch,
    Kind::Range,
    Kind::Spelt,
];

/// How a string is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// As the last one at this path.
    Again,
    /// By its number among the known words.
    Known,
    /// By its place among those of this annotation.
    Seen,
    /// It stands in the text.
    Stretch,
    /// It is the lemma of a token of the last stretch.
    Lemma,
    /// It is a day.
    Day,
    /// Byte by byte.
    Spelt,
}

const HOWS: [How; 7] = [
    How::Again,
    How::Known,
    How::Seen,
    How::Stretch,
    How::Lemma,
    How::Day,
    How::Spelt,
];

/// What was last met at one path.
#[derive(Debug, Clone, Default)]
struct Last {
    number: i64,
    most: i64,
    relation: u32,
    word: u32,
    how: u32,
    text: Option<String>,
    token: usize,
    end: i64,
}

/// Walks values of one annotation, in the same order when writing and when reading.
pub struct Tree<'a> {
    text: &'a str,
    grid: &'a Grid,
    lists: &'a Lists,
    shapes: Vec<Vec<String>>,
    seen: Vec<String>,
    places: HashMap<String, usize>,
    last: HashMap<u32, Last>,
    stretch: (usize, usize),
    fraction: f64,
    length: i64,
    day: i64,
    spent: usize,
}

impl<'a> Tree<'a> {
    /// For values that speak of `text`; `known` are strings that stand beside them in the file.
    pub fn new<'k>(
        text: &'a str,
        grid: &'a Grid,
        lists: &'a Lists,
        known: impl Iterator<Item = &'k str>,
    ) -> Self {
        let mut tree = Self {
            text,
            grid,
            lists,
            shapes: Vec::new(),
            seen: Vec::new(),
            places: HashMap::new(),
            last: HashMap::new(),
            stretch: (0, 0),
            fraction: 0.0,
            length: 0,
            day: 0,
            spent: 0,
        };
        for text in known {
            tree.note(text);
            if let Some(day) = text.get(..10).and_then(day_of) {
                tree.day = day;
            }
        }
        tree
    }

    /// Writes or reads a value. What is given back when writing is worth nothing; `None` when what is read makes no sense.
    pub fn value<C: Coder>(&mut self, coder: &mut C, given: Option<&Value>) -> Option<Value> {
        self.walk(coder, given, 1, 0, 0)
    }

    fn walk<C: Coder>(
        &mut self,
        coder: &mut C,
        given: Option<&Value>,
        path: u32,
        before: u32,
        depth: usize,
    ) -> Option<Value> {
        self.spent += 1;
        if coder.failed() || depth > DEPTH || self.spent > MOST {
            return None;
        }
        let kind = given.map_or(Kind::Null, |value| self.kind_of(value));
        let contexts = [context(60, path, before), context(61, path, 0)];
        let kind = *KINDS.get(symbol(coder, kind as u32, 4, contexts) as usize)?;
        Some(match kind {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Whole => self.whole(coder, given.and_then(Value::as_i64), path).into(),
            Kind::Fraction => {
                let value = self.fraction(coder, given.and_then(Value::as_f64), path)?;
                Value::Number(Number::from_f64(value)?)
            }
            Kind::Text => Value::String(self.string(coder, given.and_then(Value::as_str), path)?),
            Kind::List => self.list(coder, given.and_then(Value::as_array), path, depth)?,
            Kind::Object => self.object(coder, given.and_then(Value::as_object), path, depth)?,
            Kind::Stretch => {
                let tokens = given.and_then(two).and_then(|two| self.tokens_of(two));
                let (from, to) = self.stretch(coder, tokens, path)?;
                self.offsets(from, to)?
            }
            Kind::SameStretch => self.offsets(self.stretch.0, self.stretch.1)?,
            Kind::Range => self.range(coder, given.and_then(two), path)?,
            Kind::Spelt => {
                let json = given.map(Value::to_string);
                let json = self.spelt(coder, json.as_deref(), path)?;
                serde_json::from_str(&json).ok()?
            }
        })
    }

    fn kind_of(&self, value: &Value) -> Kind {
        match value {
            Value::Null => Kind::Null,
            Value::Bool(false) => Kind::False,
            Value::Bool(true) => Kind::True,
            Value::Number(number) if number.is_f64() => Kind::Fraction,
            Value::Number(number) if number.as_i64().is_some_and(is_small) => Kind::Whole,
            Value::Number(_) => Kind::Spelt,
            Value::String(_) => Kind::Text,
            Value::Object(_) => Kind::Object,
            Value::Array(_) => match two(value) {
                Some(ends) => match self.tokens_of(ends) {
                    Some(tokens) if tokens == self.stretch => Kind::SameStretch,
                    Some(_) => Kind::Stretch,
                    None => Kind::Range,
                },
                None => Kind::List,
            },
        }
    }

    fn whole<C: Coder>(&mut self, coder: &mut C, given: Option<i64>, path: u32) -> i64 {
        let last = self.last.entry(path).or_default();
        let value = given.unwrap_or(0);
        let relation = match value {
            value if value == last.number => 0,
            value if Some(value) == last.number.checked_add(1) => 1,
            value if Some(value) == last.most.checked_add(1) => 2,
            _ => 3,
        };
        let contexts = [context(62, path, last.relation), context(63, path, 0)];
        let relation = symbol(coder, relation, 2, contexts);
        let value = match relation {
            0 => last.number,
            1 => last.number.wrapping_add(1),
            2 => last.most.wrapping_add(1),
            _ => {
                let size = 64 - last.number.unsigned_abs().leading_zeros();
                signed(coder, value, [context(64, path, 0), context(65, path, size)])
            }
        };
        last.relation = relation;
        last.number = value;
        last.most = last.most.max(value);
        value
    }

    fn fraction<C: Coder>(&mut self, coder: &mut C, given: Option<f64>, path: u32) -> Option<f64> {
        let same = given.is_some_and(|value| value.to_bits() == self.fraction.to_bits());
        if coder.bit(same, [context(66, path, 0)]) {
            return Some(self.fraction);
        }
        let value = given.unwrap_or(0.0);
        let is_whole =
            value.fract() == 0.0 && value.abs() < 1e15 && !(value == 0.0 && value.is_sign_negative());
        self.fraction = if coder.bit(is_whole, [context(67, path, 0)]) {
            self.whole(coder, Some(value as i64), path) as f64
        } else {
            let spelt = given.map(|value| value.to_string());
            self.spelt(coder, spelt.as_deref(), path)?.parse().ok()?
        };
        Some(self.fraction)
    }

    fn string<C: Coder>(&mut self, coder: &mut C, given: Option<&str>, path: u32) -> Option<String> {
        let (last_how, last_word) = self.last.get(&path).map_or((0, 0), |last| (last.how, last.word));
        let how = given.map_or(How::Spelt, |text| self.how_of(text, path));
        let contexts = [context(70, path, last_how), context(71, path, 0)];
        let how = *HOWS.get(symbol(coder, how as u32, 3, contexts) as usize)?;
        let text = match how {
            How::Again => self.last.get(&path)?.text.clone()?,
            How::Known => {
                let number = given.and_then(|text| self.lists.number_of(text)).unwrap_or(0);
                let contexts = [context(72, path, last_word), context(73, path, 0)];
                let number = symbol(coder, number, WORD_BITS, contexts);
                self.last.entry(path).or_default().word = number + 1;
                self.lists.words.get(number as usize)?.clone()
            }
            How::Seen => {
                let place = given.and_then(|text| self.places.get(text)).copied().unwrap_or(0);
                let place = number(coder, place as u64, [context(74, path, 0)]);
                self.seen.get(usize::try_from(place).ok()?)?.clone()
            }
            How::Stretch => {
                let tokens = given.and_then(|text| self.found(text, path));
                let (from, to) = self.stretch(coder, tokens, path)?;
                self.span(from, to)?.get(self.text)?.to_owned()
            }
            How::Lemma => {
                let place = given.and_then(|text| self.lemma_of(text)).unwrap_or(0);
                let place = number(coder, place as u64, [context(75, path, 0)]);
                let at = self.stretch.1.checked_sub(1 + usize::try_from(place).ok()?)?;
                self.grid.tokens.get(at)?.lemma.to_string()
            }
            How::Day => {
                let day = given.and_then(day_of).unwrap_or(self.day);
                let by = signed(coder, day - self.day, [context(76, path, 0), context(77, 0, 0)]);
                self.day = self.day.checked_add(by)?;
                date_of(self.day)?.to_string()
            }
            How::Spelt => self.spelt(coder, given, path)?,
        };
        self.spent += text.len();
        let last = self.last.entry(path).or_default();
        last.how = how as u32;
        if how != How::Again {
            last.text = Some(text.clone());
        }
        if !matches!(how, How::Again | How::Known | How::Seen) {
            self.note(&text);
        }
        Some(text)
    }

    /// Keeps a string to look back to.
    fn note(&mut self, text: &str) {
        if self.seen.len() < SEEN && !self.places.contains_key(text) {
            self.places.insert(text.to_owned(), self.seen.len());
            self.seen.push(text.to_owned());
        }
    }

    fn how_of(&self, text: &str, path: u32) -> How {
        let last = self.last.get(&path).and_then(|last| last.text.as_deref());
        if last == Some(text) {
            return How::Again;
        }
        if self.lists.number_of(text).is_some() {
            return How::Known;
        }
        if self.places.contains_key(text) {
            return How::Seen;
        }
        if day_of(text).is_some() {
            return How::Day;
        }
        if self.found(text, path).is_some() {
            return How::Stretch;
        }
        if self.lemma_of(text).is_some() {
            return How::Lemma;
        }
        How::Spelt
    }

    /// The tokens at whose ends a string stands in the text, from where the last one of its path was found.
    fn found(&self, text: &str, path: u32) -> Option<(usize, usize)> {
        let from = self.last.get(&path).map_or(0, |last| last.token);
        let from = self.grid.tokens.get(from)?.span.start();
        let start = match self.text.get(from..)?.find(text) {
            Some(at) => from + at,
            None => self.text.find(text)?,
        };
        self.tokens_of((start as i64, (start + text.len()) as i64))
    }

    /// How far from its end the last stretch holds a token of this lemma.
    fn lemma_of(&self, text: &str) -> Option<usize> {
        let tokens = self.grid.tokens.get(self.stretch.0..self.stretch.1)?;
        tokens.iter().rev().take(8).position(|token| token.lemma == text)
    }

    fn list<C: Coder>(
        &mut self,
        coder: &mut C,
        given: Option<&Vec<Value>>,
        path: u32,
        depth: usize,
    ) -> Option<Value> {
        let length = number(coder, given.map_or(0, Vec::len) as u64, [context(80, path, 0)]);
        let mut values = Vec::new();
        let mut before = 1;
        for at in 0..usize::try_from(length).ok()? {
            let value = given.map(|values| &values[at]);
            let read = self.walk(coder, value, context(81, path, 0), before, depth + 1)?;
            let shown = value.unwrap_or(&read);
            before = if shown.is_array() { 2 } else { 1 };
            if C::READS {
                values.push(read);
            }
        }
        Some(Value::Array(values))
    }

    fn object<C: Coder>(
        &mut self,
        coder: &mut C,
        given: Option<&Map<String, Value>>,
        path: u32,
        depth: usize,
    ) -> Option<Value> {
        let names: Vec<String> = self.shape(coder, given, path)?;
        let mut fields = Map::new();
        let mut before = 0;
        for name in names {
            let value = given.map(|fields| &fields[name.as_str()]);
            let path = context(82, path, hash_of(name.as_bytes()));
            let read = self.walk(coder, value, path, before, depth + 1)?;
            before = match value.unwrap_or(&read) {
                Value::String(text) => hash_of(text.as_bytes()),
                Value::Null => 1,
                _ => 2,
            };
            if C::READS {
                fields.insert(name, read);
            }
        }
        Some(Value::Object(fields))
    }

    /// The names of an object's fields.
    fn shape<C: Coder>(
        &mut self,
        coder: &mut C,
        given: Option<&Map<String, Value>>,
        path: u32,
    ) -> Option<Vec<String>> {
        const OTHER: u32 = (1 << SHAPE_BITS) - 1;
        let same = |shape: &[String]| given.is_some_and(|fields| shape.iter().eq(fields.keys()));
        let known = self.lists.shapes.iter().chain(&self.shapes);
        let place = known.take(OTHER as usize).position(|shape| same(shape));
        let place = place.map_or(OTHER, |place| place as u32);
        let place = symbol(
            coder,
            place,
            SHAPE_BITS,
            [context(83, path, 0), context(84, 0, 0)],
        );
        if place != OTHER {
            let place = place as usize;
            let own = place.checked_sub(self.lists.shapes.len());
            return match own {
                Some(own) => self.shapes.get(own).cloned(),
                None => Some(self.lists.shapes[place].clone()),
            };
        }
        let count = number(coder, given.map_or(0, Map::len) as u64, [context(85, 0, 0)]);
        let mut given = given.map(Map::keys);
        let mut names = Vec::new();
        for _ in 0..count {
            let name = given.as_mut().and_then(Iterator::next);
            names.push(self.string(coder, name.map(String::as_str), 86)?);
            if coder.failed() {
                return None;
            }
        }
        self.shapes.push(names.clone());
        Some(names)
    }

    /// Tokens from one to behind another: which token starts it is asked one by one, from the last start at this path.
    fn stretch<C: Coder>(
        &mut self,
        coder: &mut C,
        given: Option<(usize, usize)>,
        path: u32,
    ) -> Option<(usize, usize)> {
        let grid = self.grid;
        let last = self.last.get(&path).map_or(0, |last| last.token);
        let start = given.map_or(0, |given| given.0);
        let mut from = last;
        let steps = start.wrapping_sub(last);
        if coder.bit(steps < STEPS, [context(90, path, 0)]) {
            loop {
                let contexts = [
                    context(91, path, grid.word(from)),
                    context(92, path, grid.tag(from) * 128 + grid.tag(from.wrapping_sub(1))),
                    context(
                        93,
                        path ^ u32::from(from == last),
                        grid.tag(from) * 128 + grid.tag(from + 1),
                    ),
                ];
                if coder.bit(from == start, contexts) {
                    break;
                }
                from += 1;
                if from >= grid.tokens.len() || from > last + STEPS {
                    return None;
                }
            }
        } else {
            let by = signed(coder, start as i64 - last as i64, [context(94, path, 0)]);
            from = usize::try_from((last as i64).checked_add(by)?).ok()?;
        }
        let mut to = from + 1;
        let end = given.map_or(0, |given| given.1);
        loop {
            let long = (to - from).min(7) as u32;
            let contexts = [
                context(95, path, grid.tag(to - 1) * 128 + grid.tag(to)),
                context(97, path ^ long, grid.tag(to)),
            ];
            if to >= grid.tokens.len() || coder.bit(to == end, contexts) {
                break;
            }
            to += 1;
            if to > from + STEPS {
                let more = number(coder, end.wrapping_sub(to) as u64, [context(98, path, 0)]);
                to = to.checked_add(usize::try_from(more).ok()?)?;
                break;
            }
        }
        self.span(from, to)?;
        self.stretch = (from, to);
        self.last.entry(path).or_default().token = from;
        Some((from, to))
    }

    fn range<C: Coder>(&mut self, coder: &mut C, given: Option<(i64, i64)>, path: u32) -> Option<Value> {
        let last = self.last.get(&path).map_or(0, |last| last.end);
        let (start, end) = given.unwrap_or((0, 0));
        let by = signed(coder, start.wrapping_sub(last), [context(100, path, 0)]);
        let start = last.checked_add(by)?;
        let length = end.wrapping_sub(start);
        let length = if coder.bit(length == self.length, [context(101, path, 0)]) {
            self.length
        } else {
            i64::try_from(number(coder, length as u64, [context(102, path, 0)])).ok()?
        };
        self.length = length;
        let end = start.checked_add(length)?;
        self.last.entry(path).or_default().end = end;
        Some(Value::from(vec![start, end]))
    }

    /// Byte by byte, each guessed from those before it.
    fn spelt<C: Coder>(&mut self, coder: &mut C, given: Option<&str>, path: u32) -> Option<String> {
        let given = given.map(str::as_bytes);
        let mut read: Vec<u8> = Vec::new();
        let mut at = 0;
        loop {
            let before = |count: usize| hash_of(&read[read.len().saturating_sub(count)..]);
            let (one, three) = (before(1), before(3));
            let end = given.is_some_and(|given| at == given.len());
            if coder.bit(end, [context(110, path, one), context(111, three, 0)]) {
                break;
            }
            let byte = given.map_or(0, |given| given[at]);
            let contexts = [
                context(115, before(5), 0),
                context(114, three, 0),
                context(112, path, before(2)),
                context(113, one, 0),
            ];
            read.push(symbol(coder, u32::from(byte), 8, contexts) as u8);
            at += 1;
            self.spent += 1;
            if coder.failed() || self.spent > MOST {
                return None;
            }
        }
        String::from_utf8(read).ok()
    }

    /// The tokens at whose ends two offsets stand.
    fn tokens_of(&self, (start, end): (i64, i64)) -> Option<(usize, usize)> {
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        let tokens = &self.grid.tokens;
        let from = tokens
            .binary_search_by_key(&start, |token| token.span.start())
            .ok()?;
        let to = tokens.binary_search_by_key(&end, |token| token.span.end()).ok()? + 1;
        (from < to).then_some((from, to))
    }

    fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (first, last) = (
            self.grid.tokens.get(from)?,
            self.grid.tokens.get(to.checked_sub(1)?)?,
        );
        Span::new(first.span.start(), last.span.end()).ok()
    }

    fn offsets(&self, from: usize, to: usize) -> Option<Value> {
        let span = self.span(from, to)?;
        Some(Value::from(vec![span.start(), span.end()]))
    }
}

/// Two numbers that may be the ends of a stretch.
fn two(value: &Value) -> Option<(i64, i64)> {
    let [start, end] = value.as_array()?.as_slice() else {
        return None;
    };
    let (start, end) = (start.as_i64()?, end.as_i64()?);
    (0 <= start && start <= end && is_small(end)).then_some((start, end))
}

/// Far enough from the ends of its type for differences.
fn is_small(number: i64) -> bool {
    number.unsigned_abs() < 1 << 60
}

/// The day that a string is the usual form of.
fn day_of(text: &str) -> Option<i64> {
    if text.len() != 10 || !text.is_ascii() {
        return None;
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    (date.to_string() == text).then(|| day_number(date))
}
