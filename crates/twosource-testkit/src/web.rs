//! A web server on loopback for tests: it answers as a closure says, well or as badly as that wants, and keeps count.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A request.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Host that was asked for, without port.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// Fields, names in small letters.
    pub fields: Vec<(String, String)>,
    /// What was sent.
    pub body: Vec<u8>,
}

impl Request {
    /// The first field of that name (in small letters).
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Code.
    pub status: u16,
    /// Fields beside the length.
    pub fields: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// How the body comes.
    pub manner: Manner,
}

/// How a body comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// At once.
    Whole,
    /// A byte now and then, for as long as the other side waits.
    Trickle,
    /// Over and over, without an end.
    Endless,
    /// With the connection cut in its middle.
    Cut,
}

impl Reply {
    /// A body of a type, at once.
    #[must_use]
    pub fn of(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            fields: vec![("Content-Type".to_owned(), media_type.to_owned())],
            body: body.into(),
            manner: Manner::Whole,
        }
    }

    /// A code without a body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self {
            status,
            ..Self::of("text/plain", "")
        }
    }

    /// With one more field.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// In another manner.
    #[must_use]
    pub fn in_manner(mut self, manner: Manner) -> Self {
        self.manner = manner;
        self
    }
}

/// One request that was answered.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The request.
    pub request: Request,
    /// Code of the answer.
    pub status: u16,
    /// When it had come.
    pub begun: Instant,
    /// When the answer was out.
    pub ended: Instant,
}

/// A server that runs until it is dropped.
pub struct Web {
    address: SocketAddr,
    hits: Arc<Mutex<Vec<Hit>>>,
    /// Requests whose answers are not out yet.
    open: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

/// How long an answer that is on its way is waited for when the hits are taken.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// How long a trickle goes on at most.
const LONGEST_TRICKLE: Duration = Duration::from_secs(20);

impl Web {
    /// Starts a server that answers as `answer` says.
    ///
    /// # Panics
    /// When no port of the loopback can be had.
    #[must_use]
    pub fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1:0", answer)
    }

    /// Starts a server at every address of this machine, so that each of 127.0.0.0/8 is a host of its own (Linux).
    ///
    /// # Panics
    /// When no port can be had.
    #[must_use]
    pub fn start_anywhere(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at("0.0.0.0:0", answer)
    }

    fn start_at(address: &str, answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).expect("a port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let web = Self {
            address,
            hits: Arc::default(),
            open: Arc::default(),
            stop: Arc::default(),
        };
        let (hits, open) = (Arc::clone(&web.hits), Arc::clone(&web.open));
        let (stop, answer) = (Arc::clone(&web.stop), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let (hits, open) = (Arc::clone(&hits), Arc::clone(&open));
                let (stop, answer) = (Arc::clone(&stop), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &*answer, &hits, &open, &stop));
            }
        });
        web
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes what was asked so far, in the order in which the answers were out.
    ///
    /// A client may have read an answer before the server has noted it, so the last ones are waited for.
    #[must_use]
    pub fn take_hits(&self) -> Vec<Hit> {
        let until = now() + LONGEST_WAIT;
        while self.open.load(Ordering::SeqCst) > 0 && now() < until {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::mem::take(&mut *self.hits.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // wakes the thread that waits for connections
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    stream: TcpStream,
    answer: &dyn Fn(&Request) -> Reply,
    hits: &Mutex<Vec<Hit>>,
    open: &AtomicUsize,
    stop: &AtomicBool,
) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let _ = stream.set_nodelay(true);
    let Ok(reading) = stream.try_clone() else { return };
    let (mut reader, mut writer) = (BufReader::new(reading), stream);
    while let Some(request) = read(&mut reader) {
        open.fetch_add(1, Ordering::SeqCst);
        let begun = now();
        let reply = answer(&request);
        let goes_on = write(&mut writer, &reply, stop).is_ok() && reply.manner == Manner::Whole;
        hits.lock().unwrap_or_else(PoisonError::into_inner).push(Hit {
            request,
            status: reply.status,
            begun,
            ended: now(),
        });
        open.fetch_sub(1, Ordering::SeqCst);
        if !goes_on {
            break;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test measures when requests come")]
fn now() -> Instant {
    Instant::now()
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut request = Request {
        path,
        ..Request::default()
    };
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let field = line.trim();
        if field.is_empty() {
            break;
        }
        let (name, value) = field.split_once(':')?;
        request
            .fields
            .push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let host = request.field("host").unwrap_or_default();
    request.host = host.rsplit_once(':').map_or(host, |(host, _)| host).to_owned();
    let length = request
        .field("content-length")
        .and_then(|length| length.parse().ok());
    reader
        .take(length.unwrap_or(0))
        .read_to_end(&mut request.body)
        .ok()?;
    Some(request)
}

fn write(writer: &mut impl Write, reply: &Reply, stop: &AtomicBool) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} X\r\n", reply.status);
    for (name, value) in &reply.fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    match reply.manner {
        Manner::Whole | Manner::Cut if reply.status != 304 => {
            head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
        }
        Manner::Whole | Manner::Cut => {}
        Manner::Trickle | Manner::Endless => head.push_str("Connection: close\r\n"),
    }
    head.push_str("\r\n");
    writer.write_all(head.as_bytes())?;
    match reply.manner {
        Manner::Whole => writer.write_all(&reply.body)?,
        Manner::Cut => writer.write_all(&reply.body[..reply.body.len() / 2])?,
        Manner::Trickle => {
            let begun = now();
            for byte in reply.body.iter().cycle() {
                writer.write_all(&[*byte])?;
                writer.flush()?;
                if stop.load(Ordering::Relaxed) || begun.elapsed() > LONGEST_TRICKLE {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        Manner::Endless => {
            let block = reply.body.repeat((64 << 10) / reply.body.len().max(1) + 1);
            while !stop.load(Ordering::Relaxed) {
                writer.write_all(&block)?;
            }
        }
    }
    writer.flush()
}
