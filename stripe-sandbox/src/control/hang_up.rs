//! Closing a client's connection without an answer, as a broken network does.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream as AsyncTcpStream;

/// A second handle on a client's connection.
struct Line(TcpStream);

/// Called once per connection, before its first request.
pub(crate) fn remember_connection(connection: &dyn Any, data: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<AsyncTcpStream>()
        && let Ok(handle) = stream.as_fd().try_clone_to_owned()
    {
        data.insert(Line(TcpStream::from(handle)));
    }
}

pub(crate) fn hang_up(request: &HttpRequest) {
    if let Some(line) = request.conn_data::<Line>() {
        // It may be closed already, which is what was wanted.
        let _ = line.0.shutdown(Shutdown::Both);
    }
}
