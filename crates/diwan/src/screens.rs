//! Serving the screens: an accept loop with bounds on connections and on how slowly one may ask.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tracing::{debug, warn};

/// Connections of browsers at the same time; a room of hundreds of people with several tabs fits.
const CONNECTIONS: usize = 2048;
/// How long a browser may take to say what it wants.
const ASK: Duration = Duration::from_secs(10);

/// Serves until the task is ended; all its connections end with it.
pub(crate) async fn serve(router: Router, listener: &TcpListener) -> Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let place = Arc::clone(&places).acquire_owned().await?;
        while connections.try_join_next().is_some() {}
        let (tcp, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(fault) => {
                // Out of file handles and the like: it passes.
                warn!("a browser could not be served: {fault}");
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let router = router.clone().layer(axum::Extension(from));
        connections.spawn(async move {
            let _place = place;
            // Live changes are small and must not wait for each other.
            let _ = tcp.set_nodelay(true);
            let mut server = Builder::new(TokioExecutor::new());
            server.http1().timer(TokioTimer::new()).header_read_timeout(ASK);
            let service = TowerToHyperService::new(router);
            if let Err(fault) = server.serve_connection(TokioIo::new(tcp), service).await {
                debug!("a browser's connection ended: {fault}");
            }
        });
    }
}
