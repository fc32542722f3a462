//! The bare round trip: a message of the same size over mutual TLS, written to disk at each end
//! before it goes on.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, anyhow};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::figures::Times;
use crate::tls;

/// A record, its entry and the signed head.
const BYTES: usize = 1700;

pub(crate) fn round_trips(dir: &Path, count: usize) -> Result<Times> {
    tls::make(dir)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let at = listener.local_addr()?;
        let mut kept = File::create(dir.join("partner.log"))?;
        let acceptor = tls::acceptor(dir)?;
        let partner = tokio::spawn(async move {
            let (tcp, _) = listener.accept().await?;
            tcp.set_nodelay(true)?;
            let mut stream = acceptor.accept(tcp).await?;
            let mut message = vec![0; BYTES];
            for _ in 0..count {
                stream.read_exact(&mut message).await?;
                kept.write_all(&message)?;
                kept.sync_data()?;
                stream.write_u8(1).await?;
                stream.flush().await?;
            }
            anyhow::Ok(())
        });
        let tcp = TcpStream::connect(at).await?;
        tcp.set_nodelay(true)?;
        let (connector, name) = tls::connector(dir)?;
        let mut stream = connector.connect(name, tcp).await?;
        let mut kept = File::create(dir.join("author.log"))?;
        let (message, mut times) = (vec![7; BYTES], Times::default());
        for _ in 0..count {
            let began = Instant::now();
            kept.write_all(&message)?;
            kept.sync_data()?;
            stream.write_all(&message).await?;
            stream.flush().await?;
            stream.read_u8().await?;
            times.add(began.elapsed());
        }
        partner.await.map_err(|_| anyhow!("the bare partner broke"))??;
        Ok(times)
    })
}
